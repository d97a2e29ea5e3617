/// The SHA-2 functions (FIPS 180-4): one computation over words of 32 or 64 bits.
enum SHA2 {
    static func digest224(_ message: [UInt8]) -> [UInt8] {
        // The second halves of SHA-384's words.
        Array(digest(message, initial384.map { UInt32(truncatingIfNeeded: $0) }, short).prefix(28))
    }
    static func digest256(_ message: [UInt8]) -> [UInt8] {
        digest(message, initial512.map { UInt32($0 >> 32) }, short)
    }
    static func digest384(_ message: [UInt8]) -> [UInt8] {
        Array(digest(message, initial384, long).prefix(48))
    }
    static func digest512(_ message: [UInt8]) -> [UInt8] { digest(message, initial512, long) }

    /// What words of one width are mixed with. The third of a schedule's counts is a shift.
    private struct Constants<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
        /// One a round.
        var table: [Word]
        var schedule: (early: (Word, Word, Word), late: (Word, Word, Word))
        var rounds: (sum1: (Word, Word, Word), sum0: (Word, Word, Word))
    }

    private static let short = Constants<UInt32>(
        table: table.prefix(64).map { UInt32($0 >> 32) },
        schedule: (early: (7, 18, 3), late: (17, 19, 10)),
        rounds: (sum1: (6, 11, 25), sum0: (2, 13, 22)))
    private static let long = Constants<UInt64>(
        table: table, schedule: (early: (1, 8, 7), late: (19, 61, 6)),
        rounds: (sum1: (14, 18, 41), sum0: (28, 34, 39)))

    /// The first 64 bits of the fractional parts of the cube roots of the first 80 primes.
    private static let table: [UInt64] = primes(80).map { fractionalRoot($0, degree: 3) }
    private static let initial512: [UInt64] = primes(8).map { fractionalRoot($0, degree: 2) }
    private static let initial384: [UInt64] = primes(16).suffix(8).map {
        fractionalRoot($0, degree: 2)
    }

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

    private static func digest<Word>(
        _ message: [UInt8], _ initial: [Word], _ constants: Constants<Word>
    ) -> [UInt8] {
        func rotate(_ word: Word, _ count: Word) -> Word {
            word >> count | word << (Word(Word.bitWidth) - count)
        }
        func schedule(_ word: Word, _ counts: (Word, Word, Word)) -> Word {
            rotate(word, counts.0) ^ rotate(word, counts.1) ^ word >> counts.2
        }
        func sum(_ word: Word, _ counts: (Word, Word, Word)) -> Word {
            rotate(word, counts.0) ^ rotate(word, counts.1) ^ rotate(word, counts.2)
        }
        let width = Word.bitWidth / 8
        let padded = padding(message, isBigEndian: true, lengthCount: 2 * width)
        var state = initial
        for start in stride(from: 0, to: padded.count, by: 16 * width) {
            var words = (0..<16).map { index in
                (0..<width).reduce(0 as Word) { $0 << 8 | Word(padded[start + index * width + $1]) }
            }
            for index in 16..<constants.table.count {
                let first = schedule(words[index - 15], constants.schedule.early)
                let second = schedule(words[index - 2], constants.schedule.late)
                words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
            }
            var v = state
            for index in constants.table.indices {
                let choice = v[4] & v[5] ^ ~v[4] & v[6]
                let first =
                    v[7] &+ sum(v[4], constants.rounds.sum1) &+ choice
                    &+ constants.table[index] &+ words[index]
                let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
                let second = sum(v[0], constants.rounds.sum0) &+ majority
                v = [first &+ second, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
            }
            for index in 0..<8 { state[index] &+= v[index] }
        }
        return state.flatMap { word in
            (1...width).map { UInt8(truncatingIfNeeded: word >> Word(Word.bitWidth - 8 * $0)) }
        }
    }
}
