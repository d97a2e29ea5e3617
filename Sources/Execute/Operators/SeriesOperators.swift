internal import Base
internal import Functions
internal import Query
internal import Types

/// Starts set-returning functions for rows of arguments.
private final class SeriesCall {
    private typealias Start =
        (UnsafePointer<Datum>, FunctionContext) throws(SQLError) -> Series
    private let start: Start
    let isStrict: Bool
    let arguments: ExpressionSet
    private let row: UnsafeMutablePointer<Datum>
    private let columnTypes: [OID]
    private let rowType: SQLType
    private let actualTypes: [OID]
    private let actualModifiers: [Int32]
    var values: [Vector] = []

    /// Nil if the expression is not a call of a set-returning function.
    init?(_ expression: Expression, compiler: ExpressionCompiler) throws(SQLError) {
        guard case .call(let function, let arguments, _) = expression,
            let entry = FunctionRegistry.function(function), entry.returnsSet
        else { return nil }
        switch entry.kernel {
        case .series(let kernel): start = kernel
        case .hosted(let hosted) where entry.outputColumns.isEmpty:
            // What a layer above implements gives its rows as one array.
            let body = try HostedFunctions(run: compiler.run).make(hosted, entry, arguments)
            start = { (row, context) throws(SQLError) in
                let rows = try body(row)
                if rows.isNull { return Series([]) }
                return Series(ArrayBinary.elements(rows.view, arena: context.stateArena))
            }
        case .hosted(let hosted):
            let (session, count) = (compiler.run.session, arguments.count)
            let isWhole = entry.outputColumns.count > 1
            start = { (row, _) throws(SQLError) in
                guard let hostedRecord = session.hostedRecord else {
                    throw SQLError.notSupported("function \(entry.name)")
                }
                let rows = try hostedRecord(hosted, (0..<count).map { row[$0] })
                return isWhole ? Series(rows: rows) : Series(rows.map { $0[0] })
            }
        case .scalar, .vector, .missing: return nil
        }
        isStrict = entry.isStrict
        columnTypes = entry.outputColumns.map(\.type)
        rowType =
            columnTypes.isEmpty
            ? .unknown
            : RecordShapes.type(
                RecordShape(
                    entry.outputColumns.map {
                        RecordShape.Field(name: $0.name, type: SQLType($0.type))
                    }))
        self.arguments = try compiler.compileSet(arguments)
        actualTypes = arguments.map(\.type.oid)
        actualModifiers = arguments.map(\.type.modifier)
        row = .allocate(capacity: max(arguments.count, 1))
        row.initialize(repeating: .null, count: max(arguments.count, 1))
    }
    deinit { row.deallocate() }

    /// Evaluates the arguments for all rows of a batch.
    func prepare(_ batch: Batch) throws(SQLError) {
        values.removeAll(keepingCapacity: true)
        try arguments.evaluate(batch) { (_, value) throws(SQLError) in values.append(value) }
    }

    /// The series of one row; nil is empty.
    func start(_ index: Int, _ context: FunctionContext) throws(SQLError) -> Series? {
        for position in values.indices {
            row[position] = values[position][index]
            if isStrict, row[position].isNull { return nil }
        }
        context.argumentTypes = actualTypes
        context.argumentModifiers = actualModifiers
        let series = try start(row, context)
        series.rowType = rowType
        series.columnTypes = columnTypes
        return series
    }
}

/// A function in FROM.
final class FunctionScanOperator: Operator {
    private let series: SeriesCall?
    /// A function that returns one value: one row.
    private let scalar: ExpressionSet?
    private let withOrdinality: Bool
    /// Without the ordinality.
    private let columnCount: Int
    private let output: Batch
    private let nothing = Batch([])
    private let startArena = Arena()
    private let arena = Arena()
    @exclusivity(unchecked) private var current: Series?
    @exclusivity(unchecked) private var isDone = false
    @exclusivity(unchecked) private var given: Int64 = 0

    init(
        _ expression: Expression, withOrdinality: Bool, builder: OperatorBuilder
    ) throws(SQLError) {
        series = try SeriesCall(expression, compiler: builder.compiler)
        scalar = series == nil ? try builder.compiler.compileSet([expression]) : nil
        self.withOrdinality = withOrdinality
        let columns = RecordScanOperator.columnTypes(of: expression) ?? [expression.type]
        columnCount = columns.count
        var types = columns.map(\.physical)
        if withOrdinality { types.append(.word) }
        output = Batch(types)
        nothing.count = 1
        super.init(types: types, run: builder.run)
    }

    override func open() throws(SQLError) {
        isDone = false
        given = 0
        current = nil
        guard let series else { return }
        try series.prepare(nothing)
        let outer = run.beginExpressions(startArena)
        defer { run.endExpressions(outer) }
        let outerState = run.beginState(startArena)
        defer { run.endState(outerState) }
        current = try series.start(0, run.context)
        isDone = current == nil
    }

    override func close() { current = nil }

    override func next() throws(SQLError) -> Batch? {
        if isDone { return nil }
        try run.checkInterrupt()
        let count: Int
        if let scalar {
            isDone = true
            output.columns[0].assign(from: try scalar.evaluateOne(nothing), count: 1)
            count = 1
        } else {
            guard let current else { return nil }
            let outer = run.beginExpressions(arena)
            defer { run.endExpressions(outer) }
            let outerState = run.beginState(startArena)
            defer { run.endState(outerState) }
            for column in output.columns[..<columnCount] { column.hasNulls = false }
            count = try current.fill(
                output.columns[..<columnCount], from: 0, count: rowsWanted, context: run.context)
            if count == 0 {
                isDone = true
                return nil
            }
        }
        if withOrdinality, let ordinality = output.columns.last {
            ordinality.hasNulls = false
            for row in 0..<count { ordinality.words[row] = given + Int64(row) + 1 }
        }
        given += Int64(count)
        output.count = count
        return output
    }
}

/// Set-returning functions in a select list: they run side by side, and those that end early give
/// nulls until the longest ends.
final class ProjectSetOperator: Operator {
    private enum Element {
        case series(SeriesCall)
        case value(ExpressionSet)
    }
    private let input: Operator
    private let elements: [Element]
    private let output: Batch
    @exclusivity(unchecked) private var batch: Batch?
    @exclusivity(unchecked) private var row = 0
    @exclusivity(unchecked) private var running: [Series?] = []
    @exclusivity(unchecked) private var isStarted = false
    @exclusivity(unchecked) private var values: [Vector?] = []
    private let startArena = Arena()
    private let arena = Arena()

    init(_ input: Operator, _ expressions: [Expression], builder: OperatorBuilder) throws(SQLError)
    {
        self.input = input
        var elements: [Element] = []
        for expression in expressions {
            if let series = try SeriesCall(expression, compiler: builder.compiler) {
                elements.append(.series(series))
            } else {
                elements.append(.value(try builder.compiler.compileSet([expression])))
            }
        }
        self.elements = elements
        let types = expressions.map(\.type.physical)
        output = Batch(types)
        super.init(types: types, run: builder.run)
    }

    override func open() throws(SQLError) {
        batch = nil
        isStarted = false
        try input.open()
    }
    override func close() {
        input.close()
        batch = nil
        running = []
    }

    override func next() throws(SQLError) -> Batch? {
        while true {
            try run.checkInterrupt()
            if batch == nil {
                guard let next = try input.next() else { return nil }
                try prepare(next)
            }
            let count = try fill()
            if count > 0 {
                output.count = count
                return output
            }
        }
    }

    private func prepare(_ next: Batch) throws(SQLError) {
        batch = next
        row = 0
        isStarted = false
        values = elements.map { _ in nil }
        for (index, element) in elements.enumerated() {
            switch element {
            case .series(let series): try series.prepare(next)
            case .value(let value): values[index] = try value.evaluateOne(next)
            }
        }
    }

    /// Output rows of the input batch at hand, until it or the output is used up.
    private func fill() throws(SQLError) -> Int {
        guard let input = batch else { return 0 }
        let outer = run.beginExpressions(arena)
        defer { run.endExpressions(outer) }
        let outerState = run.beginState(startArena)
        defer { run.endState(outerState) }
        for column in output.columns { column.hasNulls = false }
        var count = 0
        while row < input.count, count < batchRowsMax {
            if !isStarted { try startRow() }
            let added = try fillRow(from: count)
            count += added
            if count < batchRowsMax || added == 0 {
                row += 1
                isStarted = false
            }
        }
        if row == input.count { batch = nil }
        return count
    }

    private func startRow() throws(SQLError) {
        running = []
        for element in elements {
            switch element {
            case .series(let series): running.append(try series.start(row, run.context))
            case .value: running.append(nil)
            }
        }
        isStarted = true
    }

    /// Rows of the current input row, as many as fit.
    private func fillRow(from first: Int) throws(SQLError) -> Int {
        let room = batchRowsMax - first
        var counts = Array(repeating: 0, count: elements.count)
        var longest = 0
        for (index, series) in running.enumerated() {
            guard let series else { continue }
            counts[index] = try series.fill(
                output.columns[index], from: first, count: room, context: run.context)
            longest = max(longest, counts[index])
        }
        for (index, element) in elements.enumerated() {
            let target = output.columns[index]
            switch element {
            case .series:
                for position in first + counts[index]..<first + max(longest, counts[index]) {
                    target.set(position, .null)
                }
            case .value:
                let value = values[index]![row]
                for position in first..<first + longest { target.set(position, value) }
            }
        }
        return longest
    }
}
