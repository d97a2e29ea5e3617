public import Base

/// The hashes of PostgreSQL's hash support functions, and of those with a seed the ones by which it
/// places rows in hash partitions. Rows have to land where PostgreSQL puts them, since `tableoid`
/// shows it.
public enum PartitionHash {
    /// The seed of partitioning.
    public static let partitionSeed: UInt64 = 0x7A5B_2236_7996_DCFD

    /// Joins the hash of one more key to that of the keys before it.
    public static func combine(_ left: UInt64, _ right: UInt64) -> UInt64 {
        left ^ (right &+ 0x49A0_F4DD_15E5_A8E3 &+ (left << 54) &+ (left >> 7))
    }

    /// True if values of the type can be keys of hash partitioning.
    public static func isHashable(_ type: OID) -> Bool {
        switch type {
        case .bool, .char, .int2, .int4, .int8, .oid, .date, .time, .timestamp, .timestamptz,
            .float4, .float8, .text, .varchar, .bpchar, .name, .bytea, .uuid,
            .inet, .cidr, .macaddr, .macaddr8:
            true
        default: false
        }
    }

    /// The hash of a value that is not null, of a type that `isHashable`. Seed 0 is none: the low
    /// half is then the 32-bit hash.
    public static func hash(
        _ value: Datum, type: OID, seed: UInt64 = partitionSeed
    ) -> UInt64 {
        switch type {
        case .int2, .int4, .oid, .date, .bool, .char:
            return hash(word: UInt32(truncatingIfNeeded: value.word), seed)
        case .int8, .time, .timestamp, .timestamptz:
            // Values that fit 32 bits hash as those of the narrower types do.
            let low = UInt32(truncatingIfNeeded: value.word)
            let high = UInt32(truncatingIfNeeded: value.word >> 32)
            return hash(word: low ^ (value.word >= 0 ? high : ~high), seed)
        case .float4: return hash(double: Double(value.float), seed)
        case .float8: return hash(double: value.double, seed)
        case .bpchar:
            return value.view.withBytes { bytes in
                let count = TypeComparison.unpaddedCount(bytes)
                return hash(bytes: UnsafeRawBufferPointer(rebasing: bytes[..<count]), seed)
            }
        case .inet, .cidr:
            let address = NetworkAddress(value.view)
            let key = [address.isIPv4 ? 2 : 3, UInt8(address.bits)] + address.bytes
            return key.withUnsafeBytes { hash(bytes: $0, seed) }
        default: return value.view.withBytes { hash(bytes: $0, seed) }
        }
    }

    private static func hash(double value: Double, _ seed: UInt64) -> UInt64 {
        if value == 0 { return seed }
        let bits = value.isNaN ? Double.nan.bitPattern : value.bitPattern
        return withUnsafeBytes(of: bits.littleEndian) { hash(bytes: $0, seed) }
    }

    // MARK: Bob Jenkins's lookup3, as PostgreSQL has it

    private struct State {
        var a: UInt32
        var b: UInt32
        var c: UInt32

        init(byteCount: Int, seed: UInt64) {
            a = 0x9E37_79B9 &+ UInt32(truncatingIfNeeded: byteCount) &+ 3_923_095
            b = a
            c = a
            if seed == 0 { return }
            a = a &+ UInt32(truncatingIfNeeded: seed >> 32)
            b = b &+ UInt32(truncatingIfNeeded: seed)
            mix()
        }

        private static func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
            value << count | value >> (32 - count)
        }

        mutating func mix() {
            State.step(&a, &c, b, 4)
            State.step(&b, &a, c, 6)
            State.step(&c, &b, a, 8)
            State.step(&a, &c, b, 16)
            State.step(&b, &a, c, 19)
            State.step(&c, &b, a, 4)
        }

        /// x −= y; x ^= y rotated; y += z.
        private static func step(
            _ x: inout UInt32, _ y: inout UInt32, _ z: UInt32, _ count: UInt32
        ) {
            x = (x &- y) ^ rotated(y, count)
            y = y &+ z
        }

        mutating func finish() -> UInt64 {
            State.last(&c, b, 14)
            State.last(&a, c, 11)
            State.last(&b, a, 25)
            State.last(&c, b, 16)
            State.last(&a, c, 4)
            State.last(&b, a, 14)
            State.last(&c, b, 24)
            return UInt64(b) << 32 | UInt64(c)
        }

        private static func last(_ x: inout UInt32, _ y: UInt32, _ count: UInt32) {
            x = (x ^ y) &- rotated(y, count)
        }
    }

    private static func hash(word: UInt32, _ seed: UInt64) -> UInt64 {
        var state = State(byteCount: 4, seed: seed)
        state.a = state.a &+ word
        return state.finish()
    }

    private static func hash(bytes: UnsafeRawBufferPointer, _ seed: UInt64) -> UInt64 {
        var state = State(byteCount: bytes.count, seed: seed)
        var rest = bytes
        while rest.count >= 12 {
            state.a = state.a &+ UInt32(littleEndian: rest.loadUnaligned(as: UInt32.self))
            state.b =
                state.b
                &+ UInt32(littleEndian: rest.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
            state.c =
                state.c
                &+ UInt32(littleEndian: rest.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
            state.mix()
            rest = UnsafeRawBufferPointer(rebasing: rest[12...])
        }
        // The lowest byte of c belongs to the length.
        for (index, byte) in rest.enumerated() {
            let value = UInt32(byte)
            switch index {
            case 0..<4: state.a = state.a &+ (value << UInt32(8 * index))
            case 4..<8: state.b = state.b &+ (value << UInt32(8 * (index - 4)))
            default: state.c = state.c &+ (value << UInt32(8 * (index - 7)))
            }
        }
        return state.finish()
    }
}
