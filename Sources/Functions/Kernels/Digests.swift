/// MD5 (RFC 1321), for md5(): not for security.
enum MD5 {
    private static let shifts: [UInt32] = [
        7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21,
    ]

    /// floor(2^32 · |sin(n + 1)|), the table of the RFC, by series over exact doubles.
    private static let table: [UInt32] = (1...64).map { UInt32(abs(sine(Double($0))) * 0x1p32) }

    /// The sine by its Taylor series, after reduction to at most π/2.
    private static func sine(_ angle: Double) -> Double {
        var x = angle.truncatingRemainder(dividingBy: 2 * Double.pi)
        if x > Double.pi { x -= 2 * Double.pi }
        var term = x
        var sum = x
        var index = 1.0
        while abs(term) > 1e-18 {
            term *= -x * x / ((index + 1) * (index + 2))
            sum += term
            index += 2
        }
        return sum
    }

    static func digest(_ message: [UInt8]) -> [UInt8] {
        var state: (UInt32, UInt32, UInt32, UInt32) = (
            0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476
        )
        let padded = padding(message, isBigEndian: false)
        for start in stride(from: 0, to: padded.count, by: 64) {
            let words = (0..<16).map { index in
                (0..<4).reduce(0 as UInt32) {
                    $0 | UInt32(padded[start + index * 4 + $1]) << UInt32(8 * $1)
                }
            }
            var (a, b, c, d) = state
            for step in 0..<64 {
                let mixed: UInt32
                let index: Int
                switch step / 16 {
                case 0: (mixed, index) = (b & c | ~b & d, step)
                case 1: (mixed, index) = (d & b | ~d & c, (5 * step + 1) % 16)
                case 2: (mixed, index) = (b ^ c ^ d, (3 * step + 5) % 16)
                default: (mixed, index) = (c ^ (b | ~d), 7 * step % 16)
                }
                let sum = a &+ mixed &+ table[step] &+ words[index]
                let shift = shifts[step / 16 * 4 + step % 4]
                (a, d, c) = (d, c, b)
                b = b &+ (sum << shift | sum >> (32 - shift))
            }
            state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d)
        }
        return [state.0, state.1, state.2, state.3].flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
        }
    }
}

/// SHA-256 (FIPS 180-4).
enum SHA256 {
    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let table: [UInt32] = primes(64).map { prime in
        // floor(2^32 · cbrt(prime)): the largest r with r³ ≤ prime · 2^96, of which the low half.
        fractionalRoot(prime, degree: 3)
    }
    private static let initial: [UInt32] = primes(8).map { fractionalRoot($0, degree: 2) }

    private static func primes(_ count: Int) -> [UInt64] {
        var found: [UInt64] = []
        var candidate: UInt64 = 2
        while found.count < count {
            if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }

    /// By bisection over 128-bit integers; 37 bits of root, cubed, stay within 111.
    private static func fractionalRoot(_ prime: UInt64, degree: Int) -> UInt32 {
        let scaled = UInt128(prime) << UInt128(32 * degree)
        var low: UInt128 = 0
        var high: UInt128 = 1 << 37
        while high - low > 1 {
            let middle = (low + high) / 2
            let power = degree == 3 ? middle * middle * middle : middle * middle
            if power <= scaled { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }

    static func digest(_ message: [UInt8]) -> [UInt8] { digest(message, initial) }

    /// SHA-224: another initial state, and no last word.
    static func digest224(_ message: [UInt8]) -> [UInt8] {
        Array(digest(message, SHA512.initial224).prefix(28))
    }

    private static func digest(_ message: [UInt8], _ initial: [UInt32]) -> [UInt8] {
        func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
            word >> count | word << (32 - count)
        }
        var state = initial
        let padded = padding(message, isBigEndian: true)
        for start in stride(from: 0, to: padded.count, by: 64) {
            var words = (0..<16).map { index in
                (0..<4).reduce(0 as UInt32) { $0 << 8 | UInt32(padded[start + index * 4 + $1]) }
            }
            for index in 16..<64 {
                let early = words[index - 15]
                let late = words[index - 2]
                let first = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
                let second = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
                words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
            }
            var v = state
            for index in 0..<64 {
                let sum1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
                let choice = v[4] & v[5] ^ ~v[4] & v[6]
                let first = v[7] &+ sum1 &+ choice &+ table[index] &+ words[index]
                let sum0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
                let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
                v = [first &+ sum0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
            }
            for index in 0..<8 { state[index] &+= v[index] }
        }
        return state.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) }
        }
    }
}

/// One bit, zeros, and the length in bits: to a multiple of 64 bytes.
private func padding(_ message: [UInt8], isBigEndian: Bool) -> [UInt8] {
    var padded = message
    padded.append(0x80)
    while padded.count % 64 != 56 { padded.append(0) }
    let bitCount = UInt64(message.count) &* 8
    for index in 0..<8 {
        let shift = UInt64(8 * (isBigEndian ? 7 - index : index))
        padded.append(UInt8(truncatingIfNeeded: bitCount >> shift))
    }
    return padded
}
