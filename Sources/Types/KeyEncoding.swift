public import Base

/// Order-preserving keys: memcmp of two encodings is the SQL order of the values, also where several
/// follow each other, because no encoding is a prefix of another of its type.
///
///     null:        00 (nulls first) or 02 (nulls last)      value: 01, then
///     integers …   big-endian, sign bit inverted, in their stored width
///     floats       bits, inverted below zero; one zero, one NaN, above everything
///     text, name   bytes, 00                                (bpchar: without trailing blanks)
///     bytea        bytes, 00 as 00 FF; then 00 01
///     uuid, macaddr  their bytes
///     inet, cidr   family, network, bits, address
///     bit strings  bytes as of bytea, then the count of bits
///     ranges       see `appendRange`; of multiranges 01 and range each, then 00
///     numeric      class, exponent, base-100 digits + 1, 00 (all inverted below zero)
///     interval     its span in µs, 16 bytes, sign bit inverted
///     timetz       µs of the day at Greenwich, zone; sign bits inverted
///     jsonb        see `JSONB.appendKey`
///     enums        the word, as integers
///     rows         01 and field, or 02 for null, each; then 00
///     arrays       01 and element, or 02 for null, each; then 00, dimensions, lengths, lower bounds
///
/// A descending key has the bytes after its first inverted.
public enum KeyEncoding {
    public static func append(
        _ datum: Datum, type: OID, descending: Bool = false, nullsFirst: Bool = false,
        into buffer: inout ByteBuffer
    ) {
        if datum.isNull { return buffer.append(nullsFirst ? 0 : 2 as UInt8) }
        buffer.append(1 as UInt8)
        let start = buffer.count
        appendValue(datum, type, into: &buffer)
        if descending { buffer.invert(from: start) }
    }

    private static func appendValue(
        _ datum: Datum, _ type: OID, into buffer: inout ByteBuffer
    ) {
        switch type.rawValue {
        case 23, 1082:
            buffer.append(bigEndian: UInt32(truncatingIfNeeded: datum.word) ^ 0x8000_0000)
        case 20, 790, 1083, 1114, 1184:
            buffer.append(bigEndian: UInt64(bitPattern: datum.word) ^ (1 << 63))
        case 21: buffer.append(bigEndian: UInt16(truncatingIfNeeded: datum.word) ^ 0x8000)
        case 16, 18: buffer.append(UInt8(truncatingIfNeeded: datum.word))
        case 24, 26, 28, 29, 2202, 2203, 2204, 2205, 2206, 4089, 4096:
            buffer.append(bigEndian: UInt32(truncatingIfNeeded: datum.word))
        case 27, 3220, 5069: buffer.append(bigEndian: datum.word)
        case 700: buffer.append(bigEndian: ordered(datum.float))
        case 701: buffer.append(bigEndian: ordered(datum.double))
        case 1700: appendNumeric(datum.view, into: &buffer)
        case 774, 829, 2950: buffer.append(datum.view)
        case 650, 869: buffer.append(contentsOf: NetworkAddress(datum.view).key)
        case 1186:
            let span = Interval(datum.view).span
            buffer.append(bigEndian: UInt128(bitPattern: span) ^ (1 << 127))
        case 3802: datum.view.withBytes { JSONB($0).appendKey(into: &buffer) }
        case 1266:
            let value = TimeTZ(datum.view)
            buffer.append(bigEndian: UInt64(bitPattern: value.utcMicroseconds) ^ (1 << 63))
            buffer.append(bigEndian: UInt32(bitPattern: value.westSeconds) ^ 0x8000_0000)
        case 1042:
            datum.view.withBytes { bytes in
                let count = TypeComparison.unpaddedCount(bytes)
                buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            }
            buffer.append(0 as UInt8)
        case 19, 25, 194, 705, 1043, 2275:
            buffer.append(datum.view)
            buffer.append(0 as UInt8)
        default: appendOther(datum, type, into: &buffer)
        }
    }

    private static func appendOther(
        _ datum: Datum, _ type: OID, into buffer: inout ByteBuffer
    ) {
        let base = TypeCatalog.base(type)
        if base != type { return appendValue(datum, base, into: &buffer) }
        if TypeCatalog.isEnumeration(type) {
            return buffer.append(bigEndian: UInt64(bitPattern: datum.word) ^ (1 << 63))
        }
        if TypeCatalog.isComposite(type) { return appendRecord(datum, into: &buffer) }
        if let info = TypeCatalog.info(type), info.hasElements {
            let scratch = Arena()
            defer { withExtendedLifetime(scratch) {} }
            let array = ArrayValue(datum.view, arena: scratch)
            for element in array.elements {
                buffer.append(element.isNull ? 2 : 1 as UInt8)
                if !element.isNull { appendValue(element, info.elementOID, into: &buffer) }
            }
            buffer.append(0 as UInt8)
            buffer.append(UInt8(array.dimensionCount))
            for length in array.lengths { buffer.append(bigEndian: UInt32(length)) }
            for lower in array.lowerBounds {
                buffer.append(bigEndian: UInt32(truncatingIfNeeded: lower) ^ 0x8000_0000)
            }
            return
        }
        if TypeCatalog.range(type) != nil { return appendRanges(datum, type, into: &buffer) }
        if type == .bit || type == .varbit {
            let bits = BitString(datum.view)
            bits.bytes.withUnsafeBytes { appendBytes($0, into: &buffer) }
            return buffer.append(bigEndian: UInt32(bits.count))
        }
        datum.view.withBytes { appendBytes($0, into: &buffer) }
    }

    private static func appendBytes(
        _ bytes: UnsafeRawBufferPointer, into buffer: inout ByteBuffer
    ) {
        for byte in bytes {
            buffer.append(byte)
            if byte == 0 { buffer.append(0xFF as UInt8) }
        }
        buffer.append(0 as UInt8)
        buffer.append(1 as UInt8)
    }

    private static func appendRanges(
        _ datum: Datum, _ type: OID, into buffer: inout ByteBuffer
    ) {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        if TypeCatalog.isRange(type) {
            return appendRange(RangeValue(datum.view, arena: scratch), into: &buffer)
        }
        for range in MultirangeValue(datum.view, arena: scratch).ranges {
            buffer.append(1 as UInt8)
            appendRange(range, into: &buffer)
        }
        buffer.append(0 as UInt8)
    }

    /// 00 empty; else 01, the lower and the upper bound: 00 below everything, 02 above it, or 01,
    /// the value, and 00 before, 01 at, 02 behind it.
    private static func appendRange(_ range: RangeValue, into buffer: inout ByteBuffer) {
        if range.isEmpty { return buffer.append(0 as UInt8) }
        buffer.append(1 as UInt8)
        for bound in [range.lower, range.upper] {
            guard let value = bound.value else {
                buffer.append(bound.isLower ? 0 : 2 as UInt8)
                continue
            }
            buffer.append(1 as UInt8)
            appendValue(value, range.facts.subtype, into: &buffer)
            buffer.append(bound.isInclusive ? 1 : bound.isLower ? 2 : 0 as UInt8)
        }
    }

    private static func appendRecord(_ datum: Datum, into buffer: inout ByteBuffer) {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        for field in RecordValue(datum.view, arena: scratch).fields {
            buffer.append(field.value.isNull ? 2 : 1 as UInt8)
            if !field.value.isNull { appendValue(field.value, field.type, into: &buffer) }
        }
        buffer.append(0 as UInt8)
    }

    private static func ordered(_ value: Double) -> UInt64 {
        if value.isNaN { return .max }
        let bits = value == 0 ? 0 : value.bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    private static func ordered(_ value: Float) -> UInt32 {
        if value.isNaN { return .max }
        let bits = value == 0 ? 0 : value.bitPattern
        return bits >> 31 == 0 ? bits | 1 << 31 : ~bits
    }

    // MARK: Numeric

    private enum NumericClass {
        static let negativeInfinity: UInt8 = 1
        static let negative: UInt8 = 2
        static let zero: UInt8 = 3
        static let positive: UInt8 = 4
        static let infinity: UInt8 = 5
        static let nan: UInt8 = 6
    }

    static func appendNumeric(_ view: ByteView, into buffer: inout ByteBuffer) {
        let kind = Numeric.kind(view)
        switch kind {
        case .nan: return buffer.append(NumericClass.nan)
        case .infinity: return buffer.append(NumericClass.infinity)
        case .negativeInfinity: return buffer.append(NumericClass.negativeInfinity)
        case .positive, .negative: break
        }
        let sign = Numeric.signum(view)
        if sign == 0 { return buffer.append(NumericClass.zero) }
        buffer.append(sign > 0 ? NumericClass.positive : NumericClass.negative)
        let inversion: UInt8 = sign > 0 ? 0 : 0xFF
        if Numeric.isSmall(view) {
            return appendSmall(
                Numeric.scaled(view).magnitude, scale: Numeric.scale(view), inversion, into: &buffer
            )
        }
        let digits = Numeric.integer(view).digits
        // value = 0.d1d2d3… · 100^exponent, where d1 is a pair of digits
        let pointPosition = digits.count - Numeric.scale(view)
        let exponent = floorDivide(pointPosition + 1, 2)
        appendExponent(exponent, inversion, into: &buffer)
        var index = exponent * 2 == pointPosition ? 0 : -1
        var end = digits.count
        while end > 0, digits[end - 1] == 0x30 { end -= 1 }
        while index < end {
            let high = index >= 0 ? digits[index] - 48 : 0
            let low = index + 1 < end ? digits[index + 1] - 48 : 0
            buffer.append((high * 10 + low + 1) ^ inversion)
            index += 2
        }
        buffer.append(inversion)
    }

    /// The same from a word: pairs of digits are taken from the top, by powers of a hundred.
    private static func appendSmall(
        _ magnitude: UInt64, scale: Int, _ inversion: UInt8, into buffer: inout ByteBuffer
    ) {
        let pointPosition = Numeric.digitCount(magnitude) - scale
        let exponent = floorDivide(pointPosition + 1, 2)
        appendExponent(exponent, inversion, into: &buffer)
        // Whole pairs behind the point need an even scale.
        var rest = scale & 1 == 0 ? magnitude : magnitude * 10
        var power: UInt64 = 1
        while power <= rest / 100 { power *= 100 }
        while rest > 0 {
            buffer.append(UInt8(truncatingIfNeeded: rest / power + 1) ^ inversion)
            rest %= power
            power /= 100
        }
        buffer.append(inversion)
    }

    /// One byte from -100 to 100, else a byte below or above those and three more.
    private static func appendExponent(
        _ exponent: Int, _ inversion: UInt8, into buffer: inout ByteBuffer
    ) {
        if exponent.magnitude <= 100 {
            return buffer.append(UInt8(exponent + 128) ^ inversion)
        }
        buffer.append((exponent < 0 ? 1 : 254 as UInt8) ^ inversion)
        let biased = UInt32(exponent + (1 << 23))
        for shift: UInt32 in [16, 8, 0] {
            buffer.append(UInt8(truncatingIfNeeded: biased >> shift) ^ inversion)
        }
    }
}
