/// PostgreSQL's object identifier: names a type, relation, function … in the catalog. Built-in
/// objects have PostgreSQL's own OIDs; ours start at `firstUser`.
@frozen
public struct OID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt32

    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
    @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// The null object (`InvalidOid`).
    public static let invalid = OID(0)
    /// The first OID that user objects get (`FirstNormalObjectId`).
    public static let firstUser = OID(16384)

    @inlinable public var isValid: Bool { rawValue != 0 }
    public var description: String { String(rawValue) }
    @inlinable public static func < (left: OID, right: OID) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A byte position in the write-ahead log (PostgreSQL's LSN). Positions only grow; the end position
/// of a commit record is the transaction's commit timestamp.
@frozen
public struct LogPosition: RawRepresentable, Hashable, Comparable, Sendable,
    CustomStringConvertible
{
    public let rawValue: UInt64

    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Before every record: already durable.
    public static let zero = LogPosition(0)

    /// PostgreSQL's way to write one: `16/B374D848`.
    public var description: String {
        let high = String(rawValue >> 32, radix: 16, uppercase: true)
        let low = String(rawValue & 0xFFFF_FFFF, radix: 16, uppercase: true)
        return "\(high)/\(low)"
    }
    @inlinable public static func < (left: LogPosition, right: LogPosition) -> Bool {
        left.rawValue < right.rawValue
    }
}
