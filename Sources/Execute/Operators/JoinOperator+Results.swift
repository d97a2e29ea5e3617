internal import Base
internal import Query

/// What becomes of a join's pairs.
extension JoinOperator {
    /// Decides each pair; returns how many result rows there are.
    func resolvePairs() throws(SQLError) -> Int {
        var passes: UnsafePointer<Int64>?
        var nulls: Vector?
        if let condition, pairCount > 0 {
            var candidates = 0
            for index in 0..<pairCount where pairRight[index] >= 0 {
                outLeft[candidates] = pairLeft[index]
                outRight[candidates] = pairRight[index]
                candidates += 1
            }
            gather(pairColumns, into: pairBatch, candidates)
            let value = try condition.evaluateOne(pairBatch)
            passes = UnsafePointer(value.words)
            nulls = value.hasNulls ? value : nil
        }
        var count = 0
        var candidate = 0
        for index in 0..<pairCount {
            let reference = pairRight[index]
            if reference >= 0 {
                let isMatch =
                    passes.map { $0[candidate] != 0 && !(nulls?.isNull(candidate) ?? false) }
                    ?? true
                candidate += 1
                if !isMatch { continue }
                switch kind {
                case .semi:
                    if !currentMatched { count = put(count, pairLeft[index], -1) }
                case .anti: break
                case .inner, .left: count = put(count, pairLeft[index], reference)
                case .right, .full:
                    rightMatched[Int(reference)] = true
                    count = put(count, pairLeft[index], reference)
                }
                currentMatched = true
            } else {
                switch kind {
                case .left, .full, .anti:
                    if !currentMatched { count = put(count, pairLeft[index], -1) }
                case .inner, .right, .semi: break
                }
                currentMatched = false
            }
        }
        return count
    }

    @inline(__always)
    func put(_ count: Int, _ left: Int32, _ right: Int32) -> Int {
        outLeft[count] = left
        outRight[count] = right
        return count + 1
    }

    func emit(_ count: Int) { gather(outputColumns, into: output, count) }

    private func gather(_ columns: [Int], into target: Batch, _ count: Int) {
        let leftCount = left.types.count
        for column in columns {
            if column < leftCount {
                target.columns[column].assign(
                    from: leftBatch!.columns[column], rows: outLeft, count: count)
            } else {
                store.gather(
                    column - leftCount, outRight, count: count, into: target.columns[column])
            }
        }
        target.count = count
    }

    /// The left side has ended: what is left are right rows without a match.
    func finishLeft() throws(SQLError) {
        if !keepsRight { return }
        if !isBuilt { try build() }
        unmatchedPosition = 0
    }

    func nextUnmatchedRight() -> Batch? {
        var count = 0
        while unmatchedPosition < store.count, count < batchRowsMax {
            if !rightMatched[unmatchedPosition] {
                outRight[count] = Int32(unmatchedPosition)
                count += 1
            }
            unmatchedPosition += 1
        }
        if count == 0 { return nil }
        let leftCount = left.types.count
        for column in outputColumns {
            if column < leftCount {
                broadcast(.null, from: 0, to: count, into: output.columns[column])
            } else {
                store.gather(
                    column - leftCount, outRight, count: count, into: output.columns[column])
            }
        }
        output.count = count
        return output
    }
}
