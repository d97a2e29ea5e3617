public import Base

/// A value of a range type. It says itself which, so that comparing, hashing and keys need no more:
///
///     | range type 4 | flags 1 | lower bound: length 4, bytes | upper bound: length 4, bytes |
///
/// Bounds that are not there have no bytes, and what follows the type is the binary wire form, but
/// for bounds of users' types (`TypeIO.store`).
public struct RangeValue {
    public var facts: RangeFacts
    public var isEmpty: Bool
    public var lower: RangeBound
    public var upper: RangeBound

    enum Flags {
        static let empty: UInt8 = 1
        static let lowerInclusive: UInt8 = 2
        static let upperInclusive: UInt8 = 4
        static let lowerInfinite: UInt8 = 8
        static let upperInfinite: UInt8 = 16
    }

    private init(_ facts: RangeFacts, isEmpty: Bool, _ lower: RangeBound, _ upper: RangeBound) {
        self.facts = facts
        self.isEmpty = isEmpty
        self.lower = lower
        self.upper = upper
    }

    public static func empty(_ facts: RangeFacts) -> RangeValue {
        RangeValue(
            facts, isEmpty: true, RangeBound(value: nil, isInclusive: false, isLower: true),
            RangeBound(value: nil, isInclusive: false, isLower: false))
    }

    /// The range between two bounds, in its one form.
    /// - Throws: 22000 where the lower is above the upper.
    public static func make(
        _ facts: RangeFacts, from lower: RangeBound, to upper: RangeBound
    ) throws(SQLError) -> RangeValue {
        var (lower, upper) = (lower, upper)
        if lower.value == nil { lower.isInclusive = false }
        if upper.value == nil { upper.isInclusive = false }
        if try isEmpty(facts, lower, upper) { return empty(facts) }
        if facts.canonical != .none {
            lower = try facts.canonical(lower)
            upper = try facts.canonical(upper)
            if try isEmpty(facts, lower, upper) { return empty(facts) }
        }
        return RangeValue(facts, isEmpty: false, lower, upper)
    }

    private static func isEmpty(
        _ facts: RangeFacts, _ lower: RangeBound, _ upper: RangeBound
    ) throws(SQLError) -> Bool {
        guard let first = lower.value, let last = upper.value else { return false }
        let order = TypeComparison.compare(first, last, type: facts.subtype)
        guard order <= 0 else {
            throw SQLError(
                .dataException,
                "range lower bound must be less than or equal to range upper bound")
        }
        return order == 0 && !(lower.isInclusive && upper.isInclusive)
    }

    var kind: ComparisonKind { TypeComparison.kind(of: facts.subtype) }

    // MARK: As it lies

    /// Long bounds borrow the view's bytes, or lie in `arena`.
    public init(_ view: ByteView, arena: Arena) {
        self = view.withBytes { bytes in
            var reader = ByteReader(bytes)
            guard let type = reader.read(bigEndian: UInt32.self),
                let facts = TypeCatalog.range(OID(type))
            else { return .empty(RangeFacts(range: .unknown, multirange: .unknown, subtype: .text)) }
            return RangeValue(&reader, facts, arena)
        }
    }

    /// Reads what follows the type, which was checked when the value was made.
    init(_ reader: inout ByteReader, _ facts: RangeFacts, _ arena: Arena) {
        let flags = reader.readByte() ?? Flags.empty
        func bound(_ isInfinite: Bool, _ isInclusive: Bool, isLower: Bool) -> RangeBound {
            var value: Datum?
            if !isInfinite, let length = reader.read(bigEndian: Int32.self),
                let bytes = reader.read(byteCount: Int(length))
            {
                value = ArrayBinary.element(bytes, facts.subtype, arena)
            }
            return RangeBound(value: value, isInclusive: isInclusive, isLower: isLower)
        }
        let isEmpty = flags & Flags.empty != 0
        let lower = bound(
            isEmpty || flags & Flags.lowerInfinite != 0, flags & Flags.lowerInclusive != 0,
            isLower: true)
        let upper = bound(
            isEmpty || flags & Flags.upperInfinite != 0, flags & Flags.upperInclusive != 0,
            isLower: false)
        self.init(facts, isEmpty: isEmpty, lower, upper)
    }

    public func view(arena: Arena) -> ByteView {
        var buffer = ByteBuffer()
        buffer.append(bigEndian: facts.range.rawValue)
        append(to: &buffer) { datum, buffer in
            TypeIO.store(datum, type: facts.subtype, into: &buffer)
        }
        return buffer.withBytes { ByteView(copying: $0, into: arena) }
    }

    /// Appends flags and bounds; `write` writes a value of the subtype.
    func append(to buffer: inout ByteBuffer, _ write: (Datum, inout ByteBuffer) -> Void) {
        if isEmpty { return buffer.append(Flags.empty) }
        var flags: UInt8 = 0
        if lower.value == nil { flags |= Flags.lowerInfinite }
        if upper.value == nil { flags |= Flags.upperInfinite }
        if lower.isInclusive { flags |= Flags.lowerInclusive }
        if upper.isInclusive { flags |= Flags.upperInclusive }
        buffer.append(flags)
        for value in [lower.value, upper.value] {
            guard let value else { continue }
            let start = buffer.skip(4)
            write(value, &buffer)
            buffer.overwrite(bigEndian: Int32(buffer.count - start - 4), at: start)
        }
    }

    // MARK: Order

    /// The empty range first; then by lower, then by upper bound.
    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        return compare(RangeValue(left, arena: scratch), RangeValue(right, arena: scratch))
    }

    public static func compare(_ left: RangeValue, _ right: RangeValue) -> Int {
        if left.isEmpty || right.isEmpty {
            return (left.isEmpty ? 0 : 1) - (right.isEmpty ? 0 : 1)
        }
        let order = RangeBound.compare(left.lower, right.lower, kind: left.kind)
        if order != 0 { return order }
        return RangeBound.compare(left.upper, right.upper, kind: left.kind)
    }

    public static func hash(_ view: ByteView) -> UInt64 {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        return RangeValue(view, arena: scratch).hash
    }

    var hash: UInt64 {
        if isEmpty { return TypeComparison.mix(1) }
        return [lower, upper].reduce(2) { state, bound in
            guard let value = bound.value else { return TypeComparison.mix(state) }
            return TypeComparison.mix(state &+ (bound.isInclusive ? 1 : 0))
                &+ TypeComparison.hash(value, kind: kind)
        }
    }
}

extension RangeValue {
    // MARK: Relations

    public func contains(_ value: Datum) -> Bool {
        if isEmpty { return false }
        let point = RangeBound(value: value, isInclusive: true, isLower: true)
        let end = RangeBound(value: value, isInclusive: true, isLower: false)
        return RangeBound.compare(lower, point, kind: kind) <= 0
            && RangeBound.compare(end, upper, kind: kind) <= 0
    }

    public func contains(_ other: RangeValue) -> Bool {
        if other.isEmpty { return true }
        if isEmpty { return false }
        return RangeBound.compare(lower, other.lower, kind: kind) <= 0
            && RangeBound.compare(upper, other.upper, kind: kind) >= 0
    }

    public func overlaps(_ other: RangeValue) -> Bool {
        if isEmpty || other.isEmpty { return false }
        return RangeBound.compare(lower, other.upper, kind: kind) <= 0
            && RangeBound.compare(other.lower, upper, kind: kind) <= 0
    }

    /// True if all of it is before all of the other.
    public func isBefore(_ other: RangeValue) -> Bool {
        !isEmpty && !other.isEmpty && RangeBound.compare(upper, other.lower, kind: kind) < 0
    }

    /// True if it ends where the other begins, or the other way around.
    public func isAdjacent(to other: RangeValue) -> Bool {
        if isEmpty || other.isEmpty { return false }
        return RangeValue.meet(upper, other.lower, kind) || RangeValue.meet(other.upper, lower, kind)
    }

    /// True if nothing lies between an upper bound and the lower one behind it. Values of discrete
    /// types are in their one form, where that shows as in all others.
    private static func meet(_ upper: RangeBound, _ lower: RangeBound, _ kind: ComparisonKind) -> Bool {
        guard let end = upper.value, let start = lower.value else { return false }
        return upper.isInclusive != lower.isInclusive
            && TypeComparison.compare(end, start, kind: kind) == 0
    }

    /// Does not extend to the right of the other.
    public func isLeft(of other: RangeValue) -> Bool {
        !isEmpty && !other.isEmpty && RangeBound.compare(upper, other.upper, kind: kind) <= 0
    }
    /// Does not extend to the left of the other.
    public func isRight(of other: RangeValue) -> Bool {
        !isEmpty && !other.isEmpty && RangeBound.compare(lower, other.lower, kind: kind) >= 0
    }

    // MARK: Operations

    /// The smallest range with both.
    public func merged(with other: RangeValue) -> RangeValue {
        if isEmpty { return other }
        if other.isEmpty { return self }
        return RangeValue(
            facts, isEmpty: false,
            RangeBound.compare(lower, other.lower, kind: kind) <= 0 ? lower : other.lower,
            RangeBound.compare(upper, other.upper, kind: kind) >= 0 ? upper : other.upper)
    }

    public func intersected(with other: RangeValue) -> RangeValue {
        guard overlaps(other) else { return .empty(facts) }
        return RangeValue(
            facts, isEmpty: false,
            RangeBound.compare(lower, other.lower, kind: kind) >= 0 ? lower : other.lower,
            RangeBound.compare(upper, other.upper, kind: kind) <= 0 ? upper : other.upper)
    }

    /// What is left when the other is taken out: none, one or two ranges.
    public func subtracting(_ other: RangeValue) -> [RangeValue] {
        guard overlaps(other) else { return isEmpty ? [] : [self] }
        var parts: [RangeValue] = []
        if RangeBound.compare(lower, other.lower, kind: kind) < 0 {
            parts.append(RangeValue(facts, isEmpty: false, lower, other.lower.inverted))
        }
        if RangeBound.compare(upper, other.upper, kind: kind) > 0 {
            parts.append(RangeValue(facts, isEmpty: false, other.upper.inverted, upper))
        }
        return parts
    }
}
