internal import Base
internal import CGMP

/// An integer of any size: the one owner of GMP's `mpz_t`. The only file that imports CGMP.
///
/// GMP aborts when memory runs out, so callers bound the sizes first (`Numeric.digitsMax`).
struct BigInteger: ~Copyable {
    private let raw: UnsafeMutablePointer<__mpz_struct>

    init() {
        raw = .allocate(capacity: 1)
        __gmpz_init(raw)
    }

    init(_ value: Int64) {
        raw = .allocate(capacity: 1)
        __gmpz_init_set_si(raw, Int(value))
    }

    init(_ value: Int128) {
        self.init()
        var magnitude = value.magnitude.littleEndian
        __gmpz_import(raw, 16, -1, 1, -1, 0, &magnitude)
        if value < 0 { raw.pointee._mp_size = -raw.pointee._mp_size }
    }

    /// Little-endian magnitude.
    func assign(magnitude: UnsafeRawBufferPointer, isNegative: Bool) {
        __gmpz_import(raw, magnitude.count, -1, 1, -1, 0, magnitude.baseAddress)
        if isNegative { raw.pointee._mp_size = -raw.pointee._mp_size }
    }

    /// ASCII digits, at least one.
    init(digits: [UInt8]) {
        self.init()
        var text = digits.map { CChar(bitPattern: $0) }
        text.append(0)
        let status = __gmpz_set_str(raw, text, 10)
        invariant(status == 0, "decimal digits only")
    }

    static func powerOfTen(_ exponent: Int) -> BigInteger {
        let result = BigInteger()
        __gmpz_ui_pow_ui(result.raw, 10, UInt(exponent))
        return result
    }

    deinit {
        __gmpz_clear(raw)
        raw.deallocate()
    }

    /// -1, 0 or 1.
    var signum: Int { Int(raw.pointee._mp_size.signum()) }
    var isZero: Bool { signum == 0 }

    func copy() -> BigInteger {
        let result = BigInteger()
        __gmpz_set(result.raw, raw)
        return result
    }

    func negated() -> BigInteger {
        let result = copy()
        result.raw.pointee._mp_size = -result.raw.pointee._mp_size
        return result
    }

    func magnitude() -> BigInteger { signum < 0 ? negated() : copy() }

    static func + (left: borrowing BigInteger, right: borrowing BigInteger) -> BigInteger {
        let result = BigInteger()
        __gmpz_add(result.raw, left.raw, right.raw)
        return result
    }
    static func - (left: borrowing BigInteger, right: borrowing BigInteger) -> BigInteger {
        let result = BigInteger()
        __gmpz_sub(result.raw, left.raw, right.raw)
        return result
    }
    static func * (left: borrowing BigInteger, right: borrowing BigInteger) -> BigInteger {
        let result = BigInteger()
        __gmpz_mul(result.raw, left.raw, right.raw)
        return result
    }

    /// Toward zero.
    func quotient(by divisor: borrowing BigInteger) -> BigInteger {
        let result = BigInteger()
        __gmpz_tdiv_q(result.raw, raw, divisor.raw)
        return result
    }

    /// With the sign of the dividend.
    func remainder(by divisor: borrowing BigInteger) -> BigInteger {
        let result = BigInteger()
        __gmpz_tdiv_r(result.raw, raw, divisor.raw)
        return result
    }

    /// To the nearest, halves away from zero.
    func roundedQuotient(by divisor: borrowing BigInteger) -> BigInteger {
        let result = BigInteger()
        let rest = BigInteger()
        __gmpz_tdiv_qr(result.raw, rest.raw, raw, divisor.raw)
        __gmpz_mul_2exp(rest.raw, rest.raw, 1)
        if __gmpz_cmpabs(rest.raw, divisor.raw) >= 0 {
            if signum * divisor.signum < 0 {
                __gmpz_sub_ui(result.raw, result.raw, 1)
            } else {
                __gmpz_add_ui(result.raw, result.raw, 1)
            }
        }
        return result
    }

    func timesPowerOfTen(_ exponent: Int) -> BigInteger {
        exponent == 0 ? copy() : self * BigInteger.powerOfTen(exponent)
    }

    func power(_ exponent: Int) -> BigInteger {
        let result = BigInteger()
        __gmpz_pow_ui(result.raw, raw, UInt(exponent))
        return result
    }

    /// Toward zero, of a value that is not negative.
    func squareRoot() -> BigInteger {
        let result = BigInteger()
        __gmpz_sqrt(result.raw, raw)
        return result
    }

    func greatestCommonDivisor(_ other: borrowing BigInteger) -> BigInteger {
        let result = BigInteger()
        __gmpz_gcd(result.raw, raw, other.raw)
        return result
    }

    /// `n!`
    static func factorial(_ count: Int) -> BigInteger {
        let result = BigInteger()
        __gmpz_fac_ui(result.raw, UInt(count))
        return result
    }

    static func compare(_ left: borrowing BigInteger, _ right: borrowing BigInteger) -> Int {
        Int(__gmpz_cmp(left.raw, right.raw))
    }

    static func compareMagnitudes(_ left: borrowing BigInteger, _ right: borrowing BigInteger)
        -> Int
    {
        Int(__gmpz_cmpabs(left.raw, right.raw))
    }

    /// Nil where it does not fit.
    var int64: Int64? { __gmpz_fits_slong_p(raw) != 0 ? Int64(__gmpz_get_si(raw)) : nil }

    /// Decimal digits of the magnitude; 1 for zero.
    var digitCount: Int {
        if isZero { return 1 }
        // GMP's estimate is exact or one too many.
        let estimate = __gmpz_sizeinbase(raw, 10)
        if estimate == 1 { return 1 }
        let limit = BigInteger.powerOfTen(estimate - 1)
        return __gmpz_cmpabs(raw, limit.raw) < 0 ? estimate - 1 : estimate
    }

    /// ASCII digits of the magnitude.
    var digits: [UInt8] {
        let room = __gmpz_sizeinbase(raw, 10) + 2
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: room) { buffer in
            _ = __gmpz_get_str(buffer.baseAddress!, 10, raw)
            var result: [UInt8] = []
            result.reserveCapacity(room)
            for character in buffer {
                if character == 0 { break }
                if character != 0x2D { result.append(UInt8(bitPattern: character)) }
            }
            return result
        }
    }

    /// Bytes of the magnitude.
    var magnitudeSizeBytes: Int { isZero ? 0 : (__gmpz_sizeinbase(raw, 2) + 7) / 8 }

    /// Writes the magnitude, little-endian, into `magnitudeSizeBytes` bytes.
    func store(magnitudeTo target: UnsafeMutableRawPointer) {
        var count = 0
        __gmpz_export(target, &count, -1, 1, -1, 0, raw)
        invariant(count == magnitudeSizeBytes, "the magnitude fills its bytes")
    }
}
