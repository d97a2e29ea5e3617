/// How the values of a SQL type lie in memory.
///
/// - word: 8 bytes. boolean (0/1), the integers (sign-extended), oid (zero-extended), date,
///   timestamps, double precision (its bit pattern), real (its 32-bit pattern, zero-extended).
/// - bytes: a `ByteView`. text, bytea, numeric, uuid …
@frozen
public enum PhysicalType: UInt8, Sendable {
    case word
    case bytes
}

/// One nullable value of either physical type. The SQL type is known from the plan.
@frozen
public struct Datum {
    @usableFromInline var storage: ByteView
    public var isNull: Bool

    @inlinable
    public init(word: Int64) {
        storage = ByteView(low: 0, high: UInt64(bitPattern: word))
        isNull = false
    }
    @inlinable public init(_ value: Bool) { self.init(word: value ? 1 : 0) }
    @inlinable public init(_ value: Double) {
        self.init(word: Int64(bitPattern: value.bitPattern))
    }
    @inlinable public init(_ value: Float) { self.init(word: Int64(value.bitPattern)) }
    @inlinable public init(_ value: OID) { self.init(word: Int64(value.rawValue)) }
    @inlinable
    public init(view: ByteView) {
        storage = view
        isNull = false
    }
    @inlinable
    init(nothing: Void) {
        storage = ByteView()
        isNull = true
    }
    @inlinable public static var null: Datum { Datum(nothing: ()) }

    @inlinable public var word: Int64 { Int64(bitPattern: storage.high) }
    @inlinable public var bool: Bool { word != 0 }
    @inlinable public var double: Double { Double(bitPattern: storage.high) }
    @inlinable public var float: Float { Float(bitPattern: UInt32(truncatingIfNeeded: word)) }
    @inlinable public var oid: OID { OID(UInt32(truncatingIfNeeded: word)) }
    @inlinable public var view: ByteView { storage }
}
