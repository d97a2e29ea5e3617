internal import Base

/// Computes rows of expressions from rows. The output is one batch as long as the expressions give
/// the same vectors: most have one of their own.
final class Projection {
    private let expressions: ExpressionSet
    @exclusivity(unchecked) private var output = Batch(columns: [], count: 0)

    init(_ expressions: ExpressionSet) { self.expressions = expressions }

    /// The rows are valid until the next call.
    func project(_ batch: Batch) throws(SQLError) -> Batch {
        let output = self.output
        var changed: [Vector] = []
        let known = output.columns.count
        try expressions.evaluate(batch) { (index, value) throws(SQLError) in
            if changed.isEmpty, index < known, output.columns[index] === value { return }
            if changed.isEmpty { changed.append(contentsOf: output.columns.prefix(index)) }
            changed.append(value)
        }
        if changed.isEmpty {
            output.count = batch.count
            return output
        }
        self.output = Batch(columns: changed, count: batch.count)
        return self.output
    }
}
