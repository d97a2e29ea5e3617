internal import Base

/// Text forms of inet and cidr (chapter 8.9).
public enum NetworkText {
    // MARK: Input

    /// The address that a system call names; nil: it is none.
    public static func address(_ text: String) -> NetworkAddress? {
        let source = Array(text.utf8)
        return source.contains(0x3A) ? parseIPv6(source) : parseIPv4(source, isCIDR: false)
    }

    static func parse(
        _ text: UnsafeRawBufferPointer, type: OID, arena: Arena
    ) throws(SQLError) -> ByteView {
        let isCIDR = type == .cidr
        let source = [UInt8](text)
        let address =
            source.contains(0x3A) ? parseIPv6(source) : parseIPv4(source, isCIDR: isCIDR)
        guard let address else { throw invalidSyntax(isCIDR ? "cidr" : "inet", text) }
        if isCIDR, address.hasHostBits {
            throw SQLError(
                .invalidTextRepresentation, "invalid cidr value: \"\(string(text))\""
            ).detail("Value has bits set to right of mask.")
        }
        return address.view(arena: arena)
    }

    /// One to four decimal octets and a number of bits. Of an inet all four or the bits are given; of
    /// a cidr what is missing follows from the class of the network, and octets may be hexadecimal.
    private static func parseIPv4(_ text: [UInt8], isCIDR: Bool) -> NetworkAddress? {
        var octets: [UInt8] = []
        var index = 0
        if isCIDR, text.count > 2, text[0] == 0x30, text[1] | 0x20 == 0x78, isHex(text[2]) {
            var digits: [UInt8] = []
            index = 2
            while index < text.count, let digit = hexValue(text[index]) {
                digits.append(digit)
                index += 1
            }
            if digits.count % 2 == 1 { digits.append(0) }
            octets = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        } else {
            while true {
                guard let value = number(text, &index, max: 255) else { return nil }
                octets.append(UInt8(value))
                guard index < text.count, text[index] == 0x2E else { break }
                index += 1
            }
        }
        guard octets.count <= 4 else { return nil }
        var bits: Int?
        if index < text.count {
            guard text[index] == 0x2F else { return nil }
            index += 1
            bits = number(text, &index, max: 32)
            if bits == nil || index < text.count { return nil }
        }
        if !isCIDR {
            guard bits != nil || octets.count == 4, (bits ?? 32) / 8 <= octets.count else {
                return nil
            }
        }
        let width = bits ?? (isCIDR ? classBits(octets) : 32)
        return NetworkAddress(
            bytes: octets + Array(repeating: 0, count: 4 - octets.count), bits: width)
    }

    /// The bits of a network by its class, but at least the octets that were given.
    private static func classBits(_ octets: [UInt8]) -> Int {
        let bits =
            switch octets[0] {
            case 240...: 32
            case 224...: 8
            case 192...: 24
            case 128...: 16
            default: 8
            }
        // Multicast has a class of its own.
        if octets.count == 1, octets[0] == 224 { return 4 }
        return max(bits, octets.count * 8)
    }

    /// Groups of up to four digits between colons, one run of zeros left out, the last two perhaps as
    /// an IPv4 address; then the bits.
    private static func parseIPv6(_ text: [UInt8]) -> NetworkAddress? {
        var rest = text[...]
        var bits = 128
        if let slash = rest.firstIndex(of: 0x2F) {
            guard let given = plainNumber(rest[(slash + 1)...], max: 128) else { return nil }
            bits = given
            rest = rest[..<slash]
        }
        var groups: [UInt8] = []
        var gap: Int?
        var parts = rest.split(separator: 0x3A, omittingEmptySubsequences: false)
        // Of a pair of colons at either end one is enough to tell the gap; a lone one is an error.
        if parts.count > 2, parts[0].isEmpty, parts[1].isEmpty { parts.removeFirst() }
        let last = parts.count - 1
        if last > 0, parts[last].isEmpty, parts[last - 1].isEmpty { parts.removeLast() }
        if let first = parts.first, first.isEmpty, rest.first != 0x3A || rest.dropFirst().first != 0x3A {
            return nil
        }
        if parts.last?.isEmpty == true, !rest.suffix(2).elementsEqual([0x3A, 0x3A]) { return nil }
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                guard gap == nil else { return nil }
                gap = groups.count
            } else if part.contains(0x2E) {
                guard index == parts.count - 1, let octets = dotted(part) else { return nil }
                groups += octets
            } else {
                guard part.count <= 4, part.allSatisfy({ isHex($0) }) else { return nil }
                let value = part.reduce(0 as UInt16) { $0 << 4 | UInt16(hexValue($1) ?? 0) }
                groups += [UInt8(value >> 8), UInt8(value & 0xFF)]
            }
        }
        guard groups.count <= 16 else { return nil }
        if let gap {
            guard groups.count < 16 else { return nil }
            groups.insert(contentsOf: Array(repeating: 0, count: 16 - groups.count), at: gap)
        }
        return groups.count == 16 ? NetworkAddress(bytes: groups, bits: bits) : nil
    }

    /// Up to four octets without leading zeros; those that are missing are zero.
    private static func dotted(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let parts = text.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard parts.count <= 4 else { return nil }
        var octets: [UInt8] = []
        for part in parts {
            guard let value = plainNumber(part, max: 255) else { return nil }
            octets.append(UInt8(value))
        }
        return octets + Array(repeating: 0, count: 4 - octets.count)
    }

    private static func isHex(_ byte: UInt8) -> Bool { hexValue(byte) != nil }

    /// Digits from `index` on; nil: none, or too many.
    private static func number(_ text: [UInt8], _ index: inout Int, max: Int) -> Int? {
        var value = 0
        let start = index
        while index < text.count, isDigit(text[index]) {
            value = value * 10 + Int(text[index] - 48)
            if value > max { return nil }
            index += 1
        }
        return index > start ? value : nil
    }

    /// A whole number without leading zeros.
    private static func plainNumber(_ text: ArraySlice<UInt8>, max: Int) -> Int? {
        if text.count > 1, text.first == 0x30 { return nil }
        var index = 0
        let value = number(Array(text), &index, max: max)
        return index == text.count ? value : nil
    }

    // MARK: Output

    /// As inet shows it: the bits only where some name a host. As cidr: always.
    public static func text(_ address: NetworkAddress, isCIDR: Bool) -> String {
        host(address) + (isCIDR || address.bits < address.bitsMax ? "/\(address.bits)" : "")
    }

    /// The address alone.
    public static func host(_ address: NetworkAddress) -> String {
        address.isIPv4 ? dots(address.bytes[...]) : colons(address.bytes)
    }

    private static func dots(_ octets: ArraySlice<UInt8>) -> String {
        octets.map { "\($0)" }.joined(separator: ".")
    }

    private static func group(_ bytes: [UInt8], _ index: Int) -> UInt16 {
        UInt16(bytes[index * 2]) << 8 | UInt16(bytes[index * 2 + 1])
    }

    /// The longest run of zero groups as `::`; an IPv4 address behind 96 fixed bits in dots.
    private static func colons(_ bytes: [UInt8]) -> String {
        let groups = (0..<8).map { group(bytes, $0) }
        var gap = run(groups)
        // A single zero is as short.
        if gap.count == 1 { gap = 0..<0 }
        let isIPv4 =
            gap.lowerBound == 0
            && (gap.count == 6 || gap.count == 7 && groups[7] != 1
                || gap.count == 5 && groups[5] == 0xFFFF)
        var text = ""
        for index in 0..<8 {
            if gap.contains(index) {
                if index == gap.lowerBound { text += ":" }
                if index == 7 { text += ":" }
                continue
            }
            if !text.isEmpty { text += ":" }
            if index == 6, isIPv4 { return text + dots(bytes[12...]) }
            text += String(groups[index], radix: 16)
        }
        return text
    }

    /// cidr's short form: the octets or groups of the network alone.
    public static func abbreviated(_ address: NetworkAddress) -> String {
        let suffix = "/\(address.bits)"
        if address.isIPv4 {
            let count = max((address.bits + 7) / 8, 1)
            return dots(address.bytes[..<count]) + suffix
        }
        if address.bits == 0 { return "::/0" }
        return abbreviatedIPv6(address) + suffix
    }

    /// The network's groups, at least two, and the longest run of zeros among them as `::`.
    private static func abbreviatedIPv6(_ address: NetworkAddress) -> String {
        let bytes = address.masked
        let count = max((address.bits + 15) / 16, 2)
        let groups = (0..<count).map { group(bytes, $0) }
        let gap = run(groups)
        let isIPv4 =
            gap.lowerBound == 0 && gap.count != count
            && (gap.count == 6 || gap.count == 5 && groups[5] == 0xFFFF
                || gap.count == 7 && bytes[14] != 0 && bytes[15] != 1)
        var text = ""
        for index in 0..<count {
            if gap.contains(index) {
                if index == gap.lowerBound { text += ":" }
                if index == count - 1 { text += ":" }
                continue
            }
            if !text.isEmpty { text += ":" }
            if isIPv4, index == 6 {
                let end = count == 7 ? 14 : address.bits > 120 ? 16 : 15
                return text + dots(bytes[12..<end])
            }
            text += String(groups[index], radix: 16)
        }
        return text
    }

    /// The first longest run of zeros; empty if there is none.
    private static func run(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start > best.count { best = start..<end }
            start = max(end, start + 1)
        }
        return best
    }
}
