public import Base

/// A value of inet or cidr: an IPv4 or IPv6 address and how many of its bits name the network. It is
/// kept as it travels:
///
///     | family 1 (2: IPv4, 3: IPv6) | network bits 1 | cidr 1 | address bytes 1 | address 4 or 16 |
///
/// The third byte is there for receivers alone: nothing here reads it.
public struct NetworkAddress: Equatable, Sendable {
    /// 4 or 16 bytes, from the highest.
    public var bytes: [UInt8]
    /// How many leading bits name the network.
    public var bits: Int

    public init(bytes: [UInt8], bits: Int) {
        invariant(bytes.count == 4 || bytes.count == 16, "an address of one of two families")
        invariant((0...bytes.count * 8).contains(bits), "as many bits as the address has at most")
        self.bytes = bytes
        self.bits = bits
    }

    public init(_ view: ByteView) {
        (bytes, bits) = view.withBytes { raw in ([UInt8](raw.dropFirst(4)), Int(raw[1])) }
    }

    public var isIPv4: Bool { bytes.count == 4 }
    public var bitsMax: Int { bytes.count * 8 }
    /// 4 or 6.
    public var family: Int { isIPv4 ? 4 : 6 }

    public func view(arena: Arena) -> ByteView {
        ByteView(copying: wire(isCIDR: false), into: arena)
    }

    func wire(isCIDR: Bool) -> [UInt8] {
        [isIPv4 ? 2 : 3, UInt8(bits), isCIDR ? 1 : 0, UInt8(bytes.count)] + bytes
    }

    // MARK: Masks

    /// Ones where the network is.
    public var mask: [UInt8] {
        (0..<bytes.count).map { index in
            let covered = min(max(bits - index * 8, 0), 8)
            return UInt8(truncatingIfNeeded: 0xFF00 >> covered)
        }
    }
    /// The address with zeros behind the network.
    public var masked: [UInt8] { zip(bytes, mask).map { $0 & $1 } }

    public var hasHostBits: Bool { bytes != masked }

    /// True if all addresses of `other`'s network are in this one's.
    public func contains(_ other: NetworkAddress) -> Bool {
        isIPv4 == other.isIPv4 && bits <= other.bits
            && NetworkAddress(bytes: other.bytes, bits: bits).masked == masked
    }

    /// True if the networks have addresses in common.
    public func overlaps(_ other: NetworkAddress) -> Bool {
        contains(other) || other.contains(self)
    }

    /// How many leading bits two addresses of one family share.
    public func sharedBits(_ other: NetworkAddress) -> Int {
        for index in bytes.indices where bytes[index] != other.bytes[index] {
            return index * 8 + (bytes[index] ^ other.bytes[index]).leadingZeroBitCount
        }
        return bitsMax
    }

    // MARK: Order

    /// What memcmp orders as the values: family, network, bits, address.
    var key: [UInt8] { [isIPv4 ? 2 : 3] + masked + [UInt8(bits)] + bytes }

    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        let a = NetworkAddress(left).key
        let b = NetworkAddress(right).key
        return a.withUnsafeBytes { first in b.withUnsafeBytes { compareBytes(first, $0) } }
    }

    public static func hash(_ view: ByteView) -> UInt64 {
        NetworkAddress(view).key.withUnsafeBytes { TypeComparison.hash($0) }
    }

    // MARK: Binary

    static func receive(
        _ bytes: UnsafeRawBufferPointer, type: OID, arena: Arena
    ) throws(SQLError) -> ByteView {
        let name = type == .cidr ? "cidr" : "inet"
        func invalid(_ what: String) -> SQLError {
            SQLError(
                .invalidBinaryRepresentation, "invalid \(what) in external \"\(name)\" value")
        }
        guard bytes.count >= 4 else { throw insufficientData }
        guard bytes[0] == 2 || bytes[0] == 3 else { throw invalid("address family") }
        let count = bytes[0] == 2 ? 4 : 16
        guard Int(bytes[1]) <= count * 8 else { throw invalid("bits") }
        guard Int(bytes[3]) == count else { throw invalid("length") }
        guard bytes.count >= 4 + count else { throw insufficientData }
        guard bytes.count == 4 + count else { throw TypeIO.badBinary }
        let value = NetworkAddress(bytes: [UInt8](bytes[4...]), bits: Int(bytes[1]))
        if type == .cidr, value.hasHostBits {
            throw SQLError(.invalidBinaryRepresentation, "invalid external \"cidr\" value")
                .detail("Value has bits set to right of mask.")
        }
        return value.view(arena: arena)
    }
}
