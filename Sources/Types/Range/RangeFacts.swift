public import Base

/// What a range type and its multirange type are made of.
public struct RangeFacts: Sendable, Equatable {
    /// How values of a discrete type get their one form, with an inclusive lower and an exclusive
    /// upper bound.
    public enum Canonical: Sendable, Equatable {
        case none, int4, int8, date
    }
    public let range: OID
    public let multirange: OID
    public let subtype: OID
    public let canonical: Canonical

    public init(range: OID, multirange: OID, subtype: OID, canonical: Canonical = .none) {
        self.range = range
        self.multirange = multirange
        self.subtype = subtype
        self.canonical = canonical
    }

    /// PostgreSQL's pg_range.
    public static let builtin: [RangeFacts] = [
        RangeFacts(
            range: OID(3904), multirange: OID(4451), subtype: .int4, canonical: .int4),
        RangeFacts(range: OID(3906), multirange: OID(4532), subtype: .numeric),
        RangeFacts(range: OID(3908), multirange: OID(4533), subtype: .timestamp),
        RangeFacts(range: OID(3910), multirange: OID(4534), subtype: .timestamptz),
        RangeFacts(
            range: OID(3912), multirange: OID(4535), subtype: .date, canonical: .date),
        RangeFacts(
            range: OID(3926), multirange: OID(4536), subtype: .int8, canonical: .int8),
    ]

    static func builtin(_ type: OID) -> RangeFacts? {
        builtin.first { $0.range == type || $0.multirange == type }
    }

    /// The one form of bounds of a discrete type.
    /// - Throws: 22003 or 22008 where there is no next value.
    func canonical(_ bound: RangeBound) throws(SQLError) -> RangeBound {
        guard let value = bound.value, bound.isInclusive != bound.isLower else { return bound }
        var result = bound
        result.isInclusive = bound.isLower
        switch canonical {
        case .none: return bound
        case .int4:
            guard value.word < Int64(Int32.max) else {
                throw SQLError(.numericValueOutOfRange, "integer out of range")
            }
        case .int8:
            guard value.word < .max else {
                throw SQLError(.numericValueOutOfRange, "bigint out of range")
            }
        case .date:
            if DateTime.isInfinite(date: value.word) { return bound }
            guard DateTime.dateRange.contains(value.word + 1) else {
                throw SQLError(.datetimeFieldOverflow, "date out of range")
            }
        }
        result.value = Datum(word: value.word + 1)
        return result
    }
}

extension TypeInfo {
    /// A user's range or multirange type. Nil while its subtype is not known.
    public static func range(
        _ oid: OID, name: String, array: OID, facts: RangeFacts
    ) -> TypeInfo? {
        guard let below = TypeCatalog.info(facts.subtype) else { return nil }
        let isRange = facts.range == oid
        let word = isRange ? "range" : "multirange"
        return TypeInfo(
            oid: oid, name: name, sqlName: Identifier.quote(name), arrayOID: array,
            elementOID: .invalid, length: -1, isByValue: false,
            alignment: below.alignment == "d" ? "d" : "i", storage: "x", category: "R",
            isPreferred: false, delimiter: ",", inputFunction: "\(word)_in",
            outputFunction: "\(word)_out", receiveFunction: "\(word)_recv",
            sendFunction: "\(word)_send", kind: isRange ? "r" : "m", collation: .invalid,
            modifierInputFunction: "-", modifierOutputFunction: "-", physical: .bytes,
            storedWidthBytes: 0, range: facts)
    }
}

extension TypeCatalog {
    /// What a range or multirange type is made of; nil: it is neither.
    public static func range(_ type: OID) -> RangeFacts? {
        info(base(type))?.range
    }
    public static func isRange(_ type: OID) -> Bool { range(type).map { $0.range == base(type) } ?? false }
    public static func isMultirange(_ type: OID) -> Bool {
        range(type).map { $0.multirange == base(type) } ?? false
    }
}

/// One end of a range.
public struct RangeBound {
    /// Nil: without end.
    public var value: Datum?
    public var isInclusive: Bool
    public var isLower: Bool

    public init(value: Datum?, isInclusive: Bool, isLower: Bool) {
        self.value = value
        self.isInclusive = isInclusive
        self.isLower = isLower
    }

    /// The same place as the other end of what is beyond it.
    var inverted: RangeBound {
        RangeBound(value: value, isInclusive: !isInclusive, isLower: !isLower)
    }

    /// The order of two bounds, each lower or upper: an exclusive lower one comes behind its value,
    /// an exclusive upper one before.
    static func compare(_ left: RangeBound, _ right: RangeBound, kind: ComparisonKind) -> Int {
        guard let a = left.value else {
            if right.value == nil, left.isLower == right.isLower { return 0 }
            return left.isLower ? -1 : 1
        }
        guard let b = right.value else { return right.isLower ? 1 : -1 }
        let order = TypeComparison.compare(a, b, kind: kind)
        if order != 0 { return order }
        /// Behind (1), at (0) or before (-1) the value.
        func side(_ bound: RangeBound) -> Int {
            bound.isInclusive ? 0 : bound.isLower ? 1 : -1
        }
        return side(left) - side(right)
    }
}
