/// A storage generation: the prefix of all keys of one table or index. TRUNCATE and rewrites make a
/// new one; numbers are never used again.
@frozen
public struct GenerationID: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: UInt64

    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable public init(_ rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable public static func < (left: GenerationID, right: GenerationID) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The rows of the catalog.
    public static let catalog = GenerationID(1)
}

/// A transaction or subtransaction that writes. Never used again.
@frozen
public struct WriterID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable public init(_ rawValue: UInt64) { self.rawValue = rawValue }
    public static let none = WriterID(0)
    public var description: String { String(rawValue) }
}
