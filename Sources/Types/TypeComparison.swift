public import Base

/// How the values of a type compare: hoist it out of loops.
@frozen
public enum ComparisonKind: UInt8, Sendable {
    case signed, unsigned, float4, float8, bytes, blankPadded, numeric, array, interval, timetz, jsonb, record,
        network, bits, range, multirange
}

/// SQL order, equality and hashing of values that are not null.
public enum TypeComparison {
    public static func kind(of type: OID) -> ComparisonKind {
        switch type {
        case .float4: return .float4
        case .float8: return .float8
        case .xid8, .pgLSN: return .unsigned
        case .bpchar: return .blankPadded
        case .numeric: return .numeric
        case .interval: return .interval
        case .timetz: return .timetz
        case .jsonb: return .jsonb
        case .inet, .cidr: return .network
        case .bit, .varbit: return .bits
        default:
            if type == .record { return .record }
            guard let info = TypeCatalog.info(type) else { return .bytes }
            if let base = info.domainBase { return kind(of: base.oid) }
            if info.kind == "c" { return .record }
            if let range = info.range { return range.range == type ? .range : .multirange }
            if info.physical == .word { return .signed }
            return info.hasElements ? .array : .bytes
        }
    }

    /// Negative, zero or positive. NaN is above every number and equals itself.
    @inlinable
    public static func compare(_ left: Datum, _ right: Datum, kind: ComparisonKind) -> Int {
        switch kind {
        case .signed: return left.word < right.word ? -1 : left.word > right.word ? 1 : 0
        case .bytes:
            // The first four bytes decide most: shorter values have zeros there, which sort first.
            let a = left.view.head.bigEndian
            let b = right.view.head.bigEndian
            return a != b ? (a < b ? -1 : 1) : ByteView.compare(left.view, right.view)
        case .numeric: return Numeric.compare(left.view, right.view)
        case .unsigned:
            let a = UInt64(bitPattern: left.word)
            let b = UInt64(bitPattern: right.word)
            return a < b ? -1 : a > b ? 1 : 0
        case .float8: return compare(left.double, right.double)
        case .float4: return compare(Double(left.float), Double(right.float))
        case .blankPadded: return compareBlankPadded(left.view, right.view)
        case .array: return ArrayBinary.compare(left.view, right.view)
        case .interval: return Interval.compare(left.view, right.view)
        case .timetz: return TimeTZ.compare(left.view, right.view)
        case .jsonb: return JSONB.compare(left.view, right.view)
        case .record: return RecordValue.compare(left.view, right.view)
        case .network: return NetworkAddress.compare(left.view, right.view)
        case .bits: return BitString.compare(left.view, right.view)
        case .range: return RangeValue.compare(left.view, right.view)
        case .multirange: return MultirangeValue.compare(left.view, right.view)
        }
    }

    public static func compare(_ left: Datum, _ right: Datum, type: OID) -> Int {
        compare(left, right, kind: kind(of: type))
    }

    public static func equal(_ left: Datum, _ right: Datum, type: OID) -> Bool {
        compare(left, right, kind: kind(of: type)) == 0
    }

    @inlinable
    public static func compare(_ left: Double, _ right: Double) -> Int {
        if left < right { return -1 }
        if left > right { return 1 }
        if left == right { return 0 }
        return (left.isNaN ? 1 : 0) - (right.isNaN ? 1 : 0)
    }

    /// Bytes without the blanks at the end.
    @inlinable
    public static func unpaddedCount(_ bytes: UnsafeRawBufferPointer) -> Int {
        var count = bytes.count
        while count > 0, bytes[count - 1] == 0x20 { count -= 1 }
        return count
    }

    @inlinable
    public static func compareBlankPadded(_ left: ByteView, _ right: ByteView) -> Int {
        left.withBytes { a in
            right.withBytes { b in
                compareBytes(
                    UnsafeRawBufferPointer(rebasing: a[..<unpaddedCount(a)]),
                    UnsafeRawBufferPointer(rebasing: b[..<unpaddedCount(b)]))
            }
        }
    }

    // MARK: Hashing

    @inlinable
    public static func mix(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low ^ (word >> 29)
    }

    @inlinable
    public static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var state = UInt64(truncatingIfNeeded: bytes.count) &+ 0x2545_F491_4F6C_DD1D
        var index = 0
        while index + 8 <= bytes.count {
            state = mix(state ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var tail: UInt64 = 0
        while index < bytes.count {
            tail = tail << 8 | UInt64(bytes[index])
            index += 1
        }
        return mix(state ^ tail ^ 0xA076_1D64_78BD_642F)
    }

    /// Equal values have equal hashes.
    @inlinable
    public static func hash(_ datum: Datum, kind: ComparisonKind) -> UInt64 {
        switch kind {
        case .signed, .unsigned: return mix(UInt64(bitPattern: datum.word))
        case .bytes: return datum.view.withBytes { hash($0) }
        case .float8: return hash(datum.double)
        case .float4: return hash(Double(datum.float))
        case .numeric: return Numeric.hash(datum.view)
        case .blankPadded:
            return datum.view.withBytes {
                hash(UnsafeRawBufferPointer(rebasing: $0[..<unpaddedCount($0)]))
            }
        case .array: return ArrayBinary.hash(datum.view)
        case .interval:
            let span = Interval(datum.view).span
            return mix(UInt64(truncatingIfNeeded: span) ^ mix(UInt64(truncatingIfNeeded: span >> 64)))
        case .timetz: return datum.view.withBytes { hash($0) }
        case .jsonb: return JSONB.hash(datum.view)
        case .record: return RecordValue.hash(datum.view)
        case .network: return NetworkAddress.hash(datum.view)
        case .bits: return datum.view.withBytes { hash($0) }
        case .range: return RangeValue.hash(datum.view)
        case .multirange: return MultirangeValue.hash(datum.view)
        }
    }

    public static func hash(_ datum: Datum, type: OID) -> UInt64 {
        hash(datum, kind: kind(of: type))
    }

    @inlinable
    static func hash(_ value: Double) -> UInt64 {
        if value.isNaN { return mix(0x7FF8_0000_0000_0000) }
        return mix(value == 0 ? 0 : value.bitPattern)
    }
}

extension Numeric {
    /// Scale does not count: 1.0 and 1.00 hash alike.
    public static func hash(_ view: ByteView) -> UInt64 {
        guard isFinite(view) else { return view.withBytes { TypeComparison.hash($0) } }
        var scale = scale(view)
        if isSmall(view) {
            var value = scaled(view)
            if value == 0 { return TypeComparison.mix(0) }
            while value % 10 == 0 {
                value /= 10
                scale -= 1
            }
            return TypeComparison.mix(UInt64(bitPattern: value) &+ UInt64(bitPattern: Int64(scale)))
        }
        var digits = integer(view).digits
        while digits.last == 0x30 {
            digits.removeLast()
            scale -= 1
        }
        // A value with at most 18 significant digits may be small in another scale.
        if digits.count <= 18 {
            let magnitude = digits.reduce(0 as Int64) { $0 * 10 + Int64($1 - 48) }
            let value = signum(view) < 0 ? -magnitude : magnitude
            return TypeComparison.mix(UInt64(bitPattern: value) &+ UInt64(bitPattern: Int64(scale)))
        }
        return digits.withUnsafeBytes { TypeComparison.hash($0) }
            &+ UInt64(bitPattern: Int64(scale))
    }
}
