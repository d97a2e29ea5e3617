internal import Base
internal import Query

/// COPY FROM … WHERE: drops rows of a batch before they are checked and written.
final class RowFilter {
    private let predicate: ExpressionSet
    /// The rows that stay.
    let rows: Batch
    /// For each row that stays, which it was.
    private let kept = UnsafeMutablePointer<Int32>.allocate(capacity: batchRowsMax)
    private var keptCount = 0

    init(_ predicate: ExpressionSet, types: [PhysicalType]) {
        self.predicate = predicate
        rows = Batch(types)
    }

    deinit { kept.deallocate() }

    func givenRow(_ row: Int) -> Int { row < keptCount ? Int(kept[row]) : row }

    /// Puts the rows of `batch` that the predicate holds for into `rows`.
    /// - Returns: the first row that it fails at; rows from there on are dropped.
    func apply(to batch: Batch) -> (row: Int, error: SQLError)? {
        keptCount = 0
        var failure: (row: Int, error: SQLError)?
        do throws(SQLError) {
            keep(try predicate.evaluateOne(batch), batch.count)
        } catch {
            failure = firstFailure(of: batch) ?? (0, error)
        }
        for (target, source) in zip(rows.columns, batch.columns) {
            target.assign(from: source, rows: kept, count: keptCount)
        }
        rows.count = keptCount
        return failure
    }

    private func keep(_ result: Vector, _ count: Int) {
        for row in 0..<count where !result.isNull(row) && result.words[row] != 0 {
            kept[keptCount] = Int32(row)
            keptCount += 1
        }
    }

    /// Row by row: the predicate failed somewhere.
    private func firstFailure(of batch: Batch) -> (row: Int, error: SQLError)? {
        let single = Batch(batch.columns.map(\.physicalType))
        single.count = 1
        for row in 0..<batch.count {
            for (target, source) in zip(single.columns, batch.columns) {
                var index = Int32(row)
                target.assign(from: source, rows: &index, count: 1)
            }
            do throws(SQLError) {
                let result = try predicate.evaluateOne(single)
                if !result.isNull(0), result.words[0] != 0 {
                    kept[keptCount] = Int32(row)
                    keptCount += 1
                }
            } catch {
                return (row, error)
            }
        }
        return nil
    }
}
