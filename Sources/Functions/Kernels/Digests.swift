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

/// One bit, zeros, and the length in bits, in `lengthCount` bytes: to a multiple of eight times
/// these.
func padding(_ message: [UInt8], isBigEndian: Bool, lengthCount: Int = 8) -> [UInt8] {
    var padded = message
    padded.append(0x80)
    // The length's upper half, if it has 16 bytes, is zeros too.
    while padded.count % (8 * lengthCount) != 8 * lengthCount - 8 { padded.append(0) }
    let bitCount = UInt64(message.count) &* 8
    for index in 0..<8 {
        let shift = UInt64(8 * (isBigEndian ? 7 - index : index))
        padded.append(UInt8(truncatingIfNeeded: bitCount >> shift))
    }
    return padded
}
