internal import Base
internal import Catalog
internal import Query

/// A range of encoded keys: from `lower`, inclusive, up to `upper`, exclusive; empty: unbounded.
struct KeyRange {
    var lower: [UInt8] = []
    var upper: [UInt8] = []
    /// A null in a bound: nothing matches.
    var isEmpty = false

    static let all = KeyRange()
    static let none = KeyRange(isEmpty: true)

    /// The smallest key after all that begin with `prefix`; empty if there is none.
    static func successor(_ prefix: [UInt8]) -> [UInt8] {
        var key = prefix
        while let last = key.last {
            if last < 0xFF {
                key[key.count - 1] = last + 1
                return key
            }
            key.removeLast()
        }
        return []
    }
}

/// Computes the key range of a scan from its bounds' expressions, at each opening.
final class KeyRangeMaker {
    private let equal: ExpressionSet
    private let lower: ExpressionSet?
    private let upper: ExpressionSet?
    private let lowerInclusive: Bool
    private let upperInclusive: Bool
    private let encoders: [KeyColumnEncoder]
    /// After the equal columns comes one whose nulls a bounded range leaves out.
    private let nullsFirst: Bool
    private let nothing = Batch([])
    @exclusivity(unchecked) private var buffer = ByteBuffer(capacityBytes: 64)

    init(
        equal: [Expression], lower: KeyBound?, upper: KeyBound?, columns: [KeyColumn],
        compiler: ExpressionCompiler
    ) throws(SQLError) {
        self.equal = try compiler.compileSet(equal)
        if let lower {
            self.lower = try compiler.compileSet(lower.values)
        } else {
            self.lower = nil
        }
        if let upper {
            self.upper = try compiler.compileSet(upper.values)
        } else {
            self.upper = nil
        }
        lowerInclusive = lower?.isInclusive ?? true
        upperInclusive = upper?.isInclusive ?? true
        encoders = columns.map { KeyColumnEncoder($0) }
        nullsFirst = equal.count < columns.count && columns[equal.count].nullsFirst
        nothing.count = 1
    }

    /// The whole key, of which every column is given; nil if one is null. The bytes are valid in
    /// `body` alone.
    func withExactKey<Result>(
        _ body: (UnsafeRawBufferPointer) throws(SQLError) -> Result
    ) throws(SQLError) -> Result? {
        buffer.removeAll()
        if try !append(equal, from: 0) { return nil }
        return try buffer.withBytes(body)
    }

    func make() throws(SQLError) -> KeyRange {
        buffer.removeAll()
        if try !append(equal, from: 0) { return .none }
        let prefix = buffer.bytes
        var range = KeyRange(lower: prefix, upper: KeyRange.successor(prefix))
        let count = equal.count
        if let lower {
            buffer.truncate(to: prefix.count)
            if try !append(lower, from: count) { return .none }
            range.lower = lowerInclusive ? buffer.bytes : KeyRange.successor(buffer.bytes)
        } else if upper != nil, nullsFirst {
            range.lower = prefix + [1]
        }
        if let upper {
            buffer.truncate(to: prefix.count)
            if try !append(upper, from: count) { return .none }
            range.upper = upperInclusive ? KeyRange.successor(buffer.bytes) : buffer.bytes
        } else if lower != nil, !nullsFirst {
            range.upper = prefix + [2]
        }
        return range
    }

    /// False if a value is null.
    private func append(_ values: ExpressionSet, from first: Int) throws(SQLError) -> Bool {
        try values.evaluateAll(nothing)
        let results = values.results
        for index in results.indices {
            let value = VectorReader(results[index])[0]
            if value.isNull { return false }
            encoders[first + index].append(value, to: &buffer)
        }
        return true
    }
}
