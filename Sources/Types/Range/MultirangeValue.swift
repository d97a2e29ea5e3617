public import Base

/// A value of a multirange type: ranges in order, none empty, none touching the next.
///
///     | multirange type 4 | count 4 | (length 4, range from its flags on) each |
///
/// What follows the type is the binary wire form, as in `RangeValue`.
public struct MultirangeValue {
    public let facts: RangeFacts
    public let ranges: [RangeValue]

    /// The union of any ranges.
    public init(_ facts: RangeFacts, _ ranges: [RangeValue]) {
        self.facts = facts
        var result: [RangeValue] = []
        let sorted = ranges.filter { !$0.isEmpty }.sorted { RangeValue.compare($0, $1) < 0 }
        for range in sorted {
            if let last = result.last, last.overlaps(range) || last.isAdjacent(to: range) {
                result[result.count - 1] = last.merged(with: range)
            } else {
                result.append(range)
            }
        }
        self.ranges = result
    }

    /// Long bounds borrow the view's bytes, or lie in `arena`.
    public init(_ view: ByteView, arena: Arena) {
        (facts, ranges) = view.withBytes { bytes in
            var reader = ByteReader(bytes)
            guard let type = reader.read(bigEndian: UInt32.self),
                let facts = TypeCatalog.range(OID(type)),
                let count = reader.read(bigEndian: Int32.self)
            else { return (RangeFacts(range: .unknown, multirange: .unknown, subtype: .text), []) }
            var ranges: [RangeValue] = []
            for _ in 0..<count {
                guard let length = reader.read(bigEndian: Int32.self),
                    let part = reader.read(byteCount: Int(length))
                else { break }
                var inner = ByteReader(part)
                ranges.append(RangeValue(&inner, facts, arena))
            }
            return (facts, ranges)
        }
    }

    public func view(arena: Arena) -> ByteView {
        var buffer = ByteBuffer()
        buffer.append(bigEndian: facts.multirange.rawValue)
        append(to: &buffer) { datum, buffer in
            TypeIO.store(datum, type: facts.subtype, into: &buffer)
        }
        return buffer.withBytes { ByteView(copying: $0, into: arena) }
    }

    /// Appends all that follows the type; `write` writes a value of the subtype.
    func append(to buffer: inout ByteBuffer, _ write: (Datum, inout ByteBuffer) -> Void) {
        buffer.append(bigEndian: Int32(ranges.count))
        for range in ranges {
            let start = buffer.skip(4)
            range.append(to: &buffer, write)
            buffer.overwrite(bigEndian: Int32(buffer.count - start - 4), at: start)
        }
    }

    // MARK: Order

    /// Range by range; then by count.
    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        let a = MultirangeValue(left, arena: scratch).ranges
        let b = MultirangeValue(right, arena: scratch).ranges
        for (x, y) in zip(a, b) {
            let order = RangeValue.compare(x, y)
            if order != 0 { return order }
        }
        return a.count - b.count
    }

    public static func hash(_ view: ByteView) -> UInt64 {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        return MultirangeValue(view, arena: scratch).ranges.reduce(3) { state, range in
            TypeComparison.mix(state) &+ range.hash
        }
    }

    // MARK: Relations and operations

    /// From its first lower to its last upper bound; empty if there is nothing.
    public var span: RangeValue {
        guard let first = ranges.first, let last = ranges.last else { return .empty(facts) }
        return first.merged(with: last)
    }

    public func contains(_ value: Datum) -> Bool { ranges.contains { $0.contains(value) } }

    public func contains(_ range: RangeValue) -> Bool {
        range.isEmpty || ranges.contains { $0.contains(range) }
    }

    public func contains(_ other: MultirangeValue) -> Bool {
        other.ranges.allSatisfy { contains($0) }
    }

    public func overlaps(_ range: RangeValue) -> Bool { ranges.contains { $0.overlaps(range) } }

    public func overlaps(_ other: MultirangeValue) -> Bool {
        other.ranges.contains { overlaps($0) }
    }

    public func union(_ other: MultirangeValue) -> MultirangeValue {
        MultirangeValue(facts, ranges + other.ranges)
    }

    public func subtracting(_ other: MultirangeValue) -> MultirangeValue {
        var rest = ranges
        for range in other.ranges { rest = rest.flatMap { $0.subtracting(range) } }
        return MultirangeValue(facts, rest)
    }

    public func intersected(with other: MultirangeValue) -> MultirangeValue {
        MultirangeValue(
            facts, ranges.flatMap { range in other.ranges.map { range.intersected(with: $0) } })
    }
}
