internal import Base

/// Computes rows of expressions from rows. The output is one batch as long as the expressions give
/// the same vectors: most have one of their own.
final class Projection {
    private let expressions: ExpressionSet
    @exclusivity(unchecked) private var output = Batch(columns: [], count: 0)
    /// Of `expressions`, when `output` was made.
    @exclusivity(unchecked) private var changeCount = 0

    init(_ expressions: ExpressionSet) { self.expressions = expressions }

    /// The rows are valid until the next call.
    func project(_ batch: Batch) throws(SQLError) -> Batch {
        try expressions.evaluateAll(batch)
        if changeCount != expressions.changeCount {
            output = Batch(columns: expressions.results, count: 0)
            changeCount = expressions.changeCount
        }
        output.count = batch.count
        return output
    }
}
