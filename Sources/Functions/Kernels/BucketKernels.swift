internal import Base
internal import Types

/// width_bucket over double precision (chapter 9.3).
let bucketKernels: KernelTable.Theme = [
    (
        "width_bucket_float8",
        .scalar { (arguments, _) throws(SQLError) in
            let bucket = try bucket(
                arguments[0].double, from: arguments[1].double, to: arguments[2].double,
                count: arguments[3].word)
            guard let result = Int32(exactly: bucket) else {
                throw SQLError(.numericValueOutOfRange, "integer out of range")
            }
            return Datum(word: Int64(result))
        }
    ),
]

private func bucket(
    _ operand: Double, from start: Double, to end: Double, count: Int64
) throws(SQLError) -> Int64 {
    func failure(_ message: String) -> SQLError {
        SQLError(.invalidArgumentForWidthBucketFunction, message)
    }
    guard count > 0 else { throw failure("count must be greater than zero") }
    guard !operand.isNaN, !start.isNaN, !end.isNaN else {
        throw failure("operand, lower bound, and upper bound cannot be NaN")
    }
    guard start.isFinite, end.isFinite else {
        throw failure("lower and upper bounds must be finite")
    }
    guard start != end else { throw failure("lower bound cannot equal upper bound") }
    let isAscending = start < end
    if isAscending ? operand < start : operand > start { return 0 }
    if isAscending ? operand >= end : operand <= end { return count + 1 }
    // Halves keep a wide range from overflowing.
    let share = (operand / 2 - start / 2) / (end / 2 - start / 2)
    return min(Int64(share * Double(count)) + 1, count)
}
