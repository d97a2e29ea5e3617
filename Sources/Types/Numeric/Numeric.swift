public import Base

/// NUMERIC values in a `ByteView`.
///
///     small:   12 bytes: | scale 2, zero 2 | scaled value 8 |       |value| < 10^18
///     other:   | kind 1 |                                            NaN, Infinity, -Infinity
///              | kind 1 | scale 2 | magnitude, little-endian ... |   never 12 bytes: one zero more
///
/// A value whose scaled form has up to 18 digits is always small, so a large one never equals a
/// small one of the same scale. Scale is PostgreSQL's display scale. Arithmetic on small values is
/// inline; the rest goes through GMP.
public enum Numeric {
    /// The magnitude that a small value stays below.
    public static let smallLimit: Int64 = 1_000_000_000_000_000_000
    /// PostgreSQL's NUMERIC_DSCALE_MAX.
    public static let scaleMax = 16383
    /// Digits before the decimal point (NUMERIC_WEIGHT_MAX groups of four).
    public static let digitsMax = 131_072
    /// PostgreSQL's NUMERIC_MAX_DISPLAY_SCALE, for results of division and the like.
    static let resultScaleMax = 1000
    static let significantDigitsMin = 16

    @usableFromInline
    enum Kind: UInt8 { case positive, negative, nan, infinity, negativeInfinity }

    // MARK: The small form

    @inlinable
    public static func isSmall(_ view: ByteView) -> Bool { view.count == 12 }

    /// The small form of `value` · 10^-scale; the caller knows that it fits.
    @inlinable
    public static func small(_ value: Int64, scale: Int) -> ByteView {
        ByteView(head: UInt32(truncatingIfNeeded: scale), tail: UInt64(bitPattern: value))
    }

    /// Of a small value only.
    @inlinable
    public static func scaled(_ view: ByteView) -> Int64 { Int64(bitPattern: view.tail) }

    @inlinable
    public static func fitsSmall(_ value: Int64) -> Bool {
        value < smallLimit && value > -smallLimit
    }

    public static let zero = small(0, scale: 0)
    public static let nan = special(.nan)
    public static let infinity = special(.infinity)
    public static let negativeInfinity = special(.negativeInfinity)

    private static func special(_ kind: Kind) -> ByteView {
        withUnsafeBytes(of: kind.rawValue) { ByteView(borrowing: $0) }
    }

    // MARK: Parts of any value

    @usableFromInline
    static func kind(_ view: ByteView) -> Kind {
        if isSmall(view) { return scaled(view) < 0 ? .negative : .positive }
        return view.withBytes { Kind(rawValue: $0[0])! }
    }

    public static func isNaN(_ view: ByteView) -> Bool { !isSmall(view) && kind(view) == .nan }
    public static func isFinite(_ view: ByteView) -> Bool {
        isSmall(view) || kind(view).rawValue <= Kind.negative.rawValue
    }

    /// The display scale; 0 of NaN and the infinities.
    public static func scale(_ view: ByteView) -> Int {
        if isSmall(view) { return Int(view.head & 0xFFFF) }
        guard view.count > 1 else { return 0 }
        return view.withBytes { Int($0[1]) | Int($0[2]) << 8 }
    }

    /// The scaled integer of a finite value.
    static func integer(_ view: ByteView) -> BigInteger {
        if isSmall(view) { return BigInteger(scaled(view)) }
        let result = BigInteger()
        view.withBytes { bytes in
            result.assign(
                magnitude: UnsafeRawBufferPointer(rebasing: bytes[3...]),
                isNegative: bytes[0] == Kind.negative.rawValue)
        }
        return result
    }

    // MARK: Making values

    @inlinable
    public static func make(_ value: Int64, scale: Int = 0, arena: Arena) -> ByteView {
        fitsSmall(value) ? small(value, scale: scale) : makeLarge(Int128(value), scale, arena)
    }

    @inlinable
    public static func make(_ value: Int128, scale: Int, arena: Arena) -> ByteView {
        value < Int128(smallLimit) && value > -Int128(smallLimit)
            ? small(Int64(truncatingIfNeeded: value), scale: scale)
            : makeLarge(value, scale, arena)
    }

    @usableFromInline @inline(never)
    static func makeLarge(_ value: Int128, _ scale: Int, _ arena: Arena) -> ByteView {
        var magnitude = value.magnitude.littleEndian
        let size = 16 - value.magnitude.leadingZeroBitCount / 8
        return withUnsafeBytes(of: &magnitude) { source in
            encode(isNegative: value < 0, scale: scale, sizeBytes: size, arena) {
                $0.copyMemory(from: source.baseAddress!, byteCount: size)
            }
        }
    }

    /// Any size; throws 22003 beyond PostgreSQL's format.
    static func make(
        _ value: borrowing BigInteger, scale: Int, arena: Arena
    ) throws(SQLError) -> ByteView {
        invariant(scale >= 0, "display scales are not negative")
        if let word = value.int64, fitsSmall(word), scale <= scaleMax {
            return small(word, scale: scale)
        }
        let size = value.magnitudeSizeBytes
        // Some 2.4 digits a byte: only near the limit is the exact count worth its price.
        guard scale <= scaleMax,
            size * 3 - scale <= digitsMax || value.digitCount - scale <= digitsMax
        else { throw overflow }
        return encode(
            isNegative: value.signum < 0, scale: scale, sizeBytes: size, arena
        ) { value.store(magnitudeTo: $0) }
    }

    static var overflow: SQLError {
        SQLError(.numericValueOutOfRange, "value overflows numeric format")
    }

    private static func encode(
        isNegative: Bool, scale: Int, sizeBytes: Int, _ arena: Arena,
        _ store: (UnsafeMutableRawPointer) -> Void
    ) -> ByteView {
        // 3 + 9 bytes would look small: a zero byte at the high end tells it apart.
        let count = sizeBytes == 9 ? 13 : 3 + sizeBytes
        let target = arena.allocate(byteCount: count)
        target.storeBytes(of: 0, toByteOffset: count - 1, as: UInt8.self)
        target.storeBytes(
            of: isNegative ? Kind.negative.rawValue : Kind.positive.rawValue, as: UInt8.self)
        target.storeBytes(of: UInt8(truncatingIfNeeded: scale), toByteOffset: 1, as: UInt8.self)
        target.storeBytes(
            of: UInt8(truncatingIfNeeded: scale >> 8), toByteOffset: 2, as: UInt8.self)
        store(target + 3)
        return ByteView(borrowing: UnsafeRawBufferPointer(start: target, count: count))
    }

    // MARK: Powers of ten

    @usableFromInline
    static let powersOfTen: [Int64] = (0...18).map { exponent in
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }

    /// 10^exponent, exponent up to 38.
    @usableFromInline
    static func wideTen(_ exponent: Int) -> Int128 {
        exponent <= 18
            ? Int128(powersOfTen[exponent])
            : Int128(powersOfTen[18]) * wideTen(exponent - 18)
    }

    static func digitCount(_ magnitude: UInt64) -> Int {
        var count = 1
        while count < 19, magnitude >= UInt64(powersOfTen[min(count, 18)]) {
            if count == 18 { return magnitude >= 10_000_000_000_000_000_000 ? 20 : 19 }
            count += 1
        }
        return count
    }
}
