/// SHA-512 and SHA-384 (FIPS 180-4), and SHA-224's initial state, which is part of SHA-384's.
enum SHA512 {
    /// The first 64 bits of the fractional parts of the cube roots of the first 80 primes.
    private static let table: [UInt64] = primes(80).map { fractionalRoot($0, degree: 3) }
    private static let initial512: [UInt64] = primes(8).map { fractionalRoot($0, degree: 2) }
    private static let initial384: [UInt64] = primes(16).suffix(8).map {
        fractionalRoot($0, degree: 2)
    }
    /// The second halves of SHA-384's words.
    static let initial224: [UInt32] = initial384.map { UInt32(truncatingIfNeeded: $0) }

    private static func primes(_ count: Int) -> [UInt64] {
        var found: [UInt64] = []
        var candidate: UInt64 = 2
        while found.count < count {
            if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }

    /// floor(2^64 · root(prime)), of which the low 64 bits: by bisection over numbers of 32-bit limbs.
    private static func fractionalRoot(_ prime: UInt64, degree: Int) -> UInt64 {
        let scaled = Array(repeating: 0 as UInt32, count: 2 * degree) + [UInt32(prime)]
        var low: UInt128 = 0
        var high: UInt128 = 1 << 70
        while high - low > 1 {
            let middle = (low + high) / 2
            let limbs = self.limbs(middle)
            var power = product(limbs, limbs)
            if degree == 3 { power = product(power, limbs) }
            if isAtMost(power, scaled) { low = middle } else { high = middle }
        }
        return UInt64(truncatingIfNeeded: low)
    }

    private static func limbs(_ value: UInt128) -> [UInt32] {
        (0..<4).map { UInt32(truncatingIfNeeded: value >> UInt128(32 * $0)) }
    }

    private static func product(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result = [UInt32](repeating: 0, count: left.count + right.count)
        for (i, a) in left.enumerated() {
            var carry: UInt64 = 0
            for (j, b) in right.enumerated() {
                let sum = UInt64(a) * UInt64(b) + UInt64(result[i + j]) + carry
                result[i + j] = UInt32(truncatingIfNeeded: sum)
                carry = sum >> 32
            }
            result[i + right.count] = UInt32(carry)
        }
        return result
    }

    private static func isAtMost(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        for index in (0..<max(left.count, right.count)).reversed() {
            let a = index < left.count ? left[index] : 0
            let b = index < right.count ? right[index] : 0
            if a != b { return a < b }
        }
        return true
    }

    static func digest(_ message: [UInt8]) -> [UInt8] { digest(message, initial512, count: 64) }
    static func digest384(_ message: [UInt8]) -> [UInt8] {
        digest(message, initial384, count: 48)
    }

    private static func digest(
        _ message: [UInt8], _ initial: [UInt64], count: Int
    ) -> [UInt8] {
        func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
            word >> count | word << (64 - count)
        }
        var state = initial
        let padded = padding(message)
        for start in stride(from: 0, to: padded.count, by: 128) {
            var words = (0..<16).map { index in
                (0..<8).reduce(0 as UInt64) { $0 << 8 | UInt64(padded[start + index * 8 + $1]) }
            }
            for index in 16..<80 {
                let early = words[index - 15]
                let late = words[index - 2]
                let first = rotate(early, 1) ^ rotate(early, 8) ^ early >> 7
                let second = rotate(late, 19) ^ rotate(late, 61) ^ late >> 6
                words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
            }
            var v = state
            for index in 0..<80 {
                let sum1 = rotate(v[4], 14) ^ rotate(v[4], 18) ^ rotate(v[4], 41)
                let choice = v[4] & v[5] ^ ~v[4] & v[6]
                let first = v[7] &+ sum1 &+ choice &+ table[index] &+ words[index]
                let sum0 = rotate(v[0], 28) ^ rotate(v[0], 34) ^ rotate(v[0], 39)
                let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
                v = [first &+ sum0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
            }
            for index in 0..<8 { state[index] &+= v[index] }
        }
        let bytes = state.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
        }
        return Array(bytes.prefix(count))
    }

    /// One bit, zeros, and the length in bits as 16 bytes: to a multiple of 128 bytes.
    private static func padding(_ message: [UInt8]) -> [UInt8] {
        var padded = message
        padded.append(0x80)
        while padded.count % 128 != 120 { padded.append(0) }
        let bitCount = UInt64(message.count) &* 8
        for index in 0..<8 { padded.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(56 - 8 * index))) }
        return padded
    }
}
