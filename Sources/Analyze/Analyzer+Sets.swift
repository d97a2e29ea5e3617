internal import Base
internal import Functions
internal import Parse
internal import Query
internal import Types

/// Where calls of set-returning functions may stand, beside what `Clause` forbids (PostgreSQL's
/// check_srf_call_placement).
extension Analyzer {
    static let lateralHint =
        "You might be able to move the set-returning function into a LATERAL FROM item."

    /// A call was met. In FROM there is none within another's arguments.
    func noteSet(at location: Int) throws(SQLError) {
        let level = level
        if case .fromFunction = clause, level.sets.count > 0 {
            throw notAtTop(at: level.sets.location)
        }
        level.sets = (level.sets.count + 1, location)
    }

    private func notAtTop(at location: Int) -> SQLError {
        failure(
            .featureNotSupported, "set-returning functions must appear at top level of FROM",
            at: location)
    }

    /// One function of FROM.
    func analyzeFromFunction(_ syntax: SyntaxExpression) throws(SQLError) -> Expression {
        let level = level
        let outer = level.sets
        level.sets = (0, -1)
        defer { level.sets = outer }
        return try inClause(.fromFunction) { () throws(SQLError) in
            let call = try analyze(syntax)
            if level.sets.count > 0, !isSet(call) { throw notAtTop(at: level.sets.location) }
            return call
        }
    }

    private func isSet(_ expression: Expression) -> Bool {
        guard case .call(let function, _, _) = expression else { return false }
        return FunctionRegistry.function(function)?.returnsSet ?? false
    }

    /// Analyses what must not contain such calls at all.
    func withoutSets<Result>(
        in construct: String, _ body: () throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        let level = level
        let before = level.sets.count
        let result = try body()
        if level.sets.count > before {
            throw failure(
                .featureNotSupported, "set-returning functions are not allowed in \(construct)",
                at: level.sets.location
            ).hint(Analyzer.lateralHint)
        }
        return result
    }

    /// The rows of a set are not one truth value.
    func checkNoSet(
        _ expression: Expression, construct: String, at location: Int
    ) throws(SQLError) {
        if level.sets.count == 0 { return }
        if expression.contains({ isSet($0) }) {
            throw failure(
                .datatypeMismatch, "argument of \(construct) must not return a set", at: location)
        }
    }
}
