internal import Base

/// Says of a key that it is not in a section, most times that it is not (Bloom 1970): ten bits a
/// key, six of which are looked at, wrong once in a hundred times.
///
///     | bits: a whole number of 8-byte words |
struct BloomFilter {
    private static let bitsPerKey = 10
    private static let probeCount = 6

    private let words: [UInt64]

    /// - Parameter hashes: of all keys, by `hash`.
    init(_ hashes: [UInt64]) {
        var words = [UInt64](repeating: 0, count: max(hashes.count * BloomFilter.bitsPerKey, 64) / 64 + 1)
        let bitCount = UInt64(words.count * 64)
        for hash in hashes {
            var probe = hash
            for _ in 0..<BloomFilter.probeCount {
                let bit = probe.multipliedFullWidth(by: bitCount).high
                words[Int(bit >> 6)] |= 1 << (bit & 63)
                probe = probe &+ BloomFilter.step(hash)
            }
        }
        self.words = words
    }

    /// Nil for bytes that are no filter.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 8, bytes.count % 8 == 0 else { return nil }
        words = (0..<bytes.count / 8).map {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
        }
    }

    func append(to buffer: inout ByteBuffer) {
        for word in words { buffer.append(littleEndian: word) }
    }

    var sizeBytes: Int { words.count * 8 }

    /// Part of the format: `hashBytes` must not change.
    @inline(__always)
    static func hash(_ key: UnsafeRawBufferPointer) -> UInt64 { hashBytes(key) }

    private static func step(_ hash: UInt64) -> UInt64 { foldHash(hash ^ 0x9E37_79B9_7F4A_7C15) | 1 }

    func mayContain(_ hash: UInt64) -> Bool {
        let bitCount = UInt64(words.count * 64)
        var probe = hash
        for _ in 0..<BloomFilter.probeCount {
            let bit = probe.multipliedFullWidth(by: bitCount).high
            if words[Int(bit >> 6)] & 1 << (bit & 63) == 0 { return false }
            probe = probe &+ BloomFilter.step(hash)
        }
        return true
    }
}
