internal import Base
internal import Functions
internal import Query
internal import Types

/// A function with OUT parameters in FROM: rows of several columns.
final class RecordScanOperator: Operator {
    private let function: HostedFunction
    private let entry: FunctionEntry
    private let arguments: ExpressionSet
    private let withOrdinality: Bool
    private let output: Batch
    private let nothing = Batch([])
    private let arena = Arena()
    /// The rows of this run, and how many were given; nil: not called yet.
    private var rows: [[Datum]]?
    private var givenCount = 0

    /// Nil if the expression is not a call of such a function.
    init?(
        _ expression: Expression, withOrdinality: Bool, builder: OperatorBuilder
    ) throws(SQLError) {
        guard case .call(let oid, let arguments, _) = expression,
            let entry = FunctionRegistry.function(oid), !entry.outputColumns.isEmpty,
            case .hosted(let function) = entry.kernel
        else { return nil }
        self.function = function
        self.entry = entry
        self.arguments = try builder.compiler.compileSet(arguments)
        self.withOrdinality = withOrdinality
        var types = entry.outputColumns.map { SQLType($0.type).physical }
        if withOrdinality { types.append(.word) }
        output = Batch(types)
        nothing.count = 1
        super.init(types: types, run: builder.run)
    }

    /// Nil if the expression is not a call of such a function.
    static func columnTypes(of expression: Expression) -> [SQLType]? {
        guard case .call(let oid, _, _) = expression, let entry = FunctionRegistry.function(oid),
            !entry.outputColumns.isEmpty
        else { return nil }
        return entry.outputColumns.map { SQLType($0.type) }
    }

    override func open() throws(SQLError) {
        rows = nil
        givenCount = 0
    }

    override func next() throws(SQLError) -> Batch? {
        let rows: [[Datum]]
        if let known = self.rows { rows = known } else { rows = try call() }
        self.rows = rows
        let count = min(rows.count - givenCount, batchRowsMax)
        if count == 0 { return nil }
        for column in output.columns { column.hasNulls = false }
        for row in 0..<count {
            for (index, value) in rows[givenCount + row].enumerated() {
                output.columns[index].set(row, value)
            }
            if withOrdinality {
                output.columns[entry.outputColumns.count].words[row] = Int64(givenCount + row + 1)
            }
        }
        givenCount += count
        output.count = count
        return output
    }

    private func call() throws(SQLError) -> [[Datum]] {
        var values: [Datum] = []
        try arguments.evaluate(nothing) { (_, value) throws(SQLError) in values.append(value[0]) }
        let outer = run.beginExpressions(arena)
        defer { run.endExpressions(outer) }
        if entry.isStrict, values.contains(where: \.isNull) {
            return entry.returnsSet ? [] : [entry.outputColumns.map { _ in .null }]
        }
        guard let body = run.session.hostedRecord else {
            throw SQLError.notSupported("function \(entry.name)")
        }
        return try body(function, values)
    }
}
