internal import Base
internal import Functions
internal import Query
internal import Types

/// A function with OUT parameters in FROM: one row of several columns.
final class RecordScanOperator: Operator {
    private let function: HostedFunction
    private let entry: FunctionEntry
    private let arguments: ExpressionSet
    private let withOrdinality: Bool
    private let output: Batch
    private let nothing = Batch([])
    private let arena = Arena()
    private var isDone = false

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

    override func open() throws(SQLError) { isDone = false }

    override func next() throws(SQLError) -> Batch? {
        if isDone { return nil }
        isDone = true
        var values: [Datum] = []
        try arguments.evaluate(nothing) { (_, value) throws(SQLError) in values.append(value[0]) }
        let outer = run.beginExpressions(arena)
        defer { run.endExpressions(outer) }
        for (index, value) in try row(values).enumerated() {
            output.columns[index].hasNulls = false
            output.columns[index].set(0, value)
        }
        if withOrdinality {
            output.columns[entry.outputColumns.count].hasNulls = false
            output.columns[entry.outputColumns.count].words[0] = 1
        }
        output.count = 1
        return output
    }

    private func row(_ values: [Datum]) throws(SQLError) -> [Datum] {
        if entry.isStrict, values.contains(where: \.isNull) {
            return entry.outputColumns.map { _ in .null }
        }
        guard let body = run.session.hostedRecord else {
            throw SQLError.notSupported("function \(entry.name)")
        }
        return try body(function, values)
    }
}
