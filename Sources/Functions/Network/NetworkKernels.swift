internal import Base
internal import Types

/// Operators and functions of inet and cidr (chapter 9.12).
let networkKernels: KernelTable.Theme =
    viewTheme("network", NetworkOrder.self, separator: "_")
    + viewChoice("network_", NetworkOrder.self)
    + [
        viewSupport("network_cmp", NetworkOrder.self),
        ("network_sub", relation { $1.contains($0) && $0.bits > $1.bits }),
        ("network_subeq", relation { $1.contains($0) }),
        ("network_sup", relation { $0.contains($1) && $0.bits < $1.bits }),
        ("network_supeq", relation { $0.contains($1) }),
        ("network_overlap", relation { $0.overlaps($1) }),
        ("inet_same_family", relation { $0.isIPv4 == $1.isIPv4 }),
        ("inet_abbrev", text { NetworkText.text($0, isCIDR: false) }),
        ("cidr_abbrev", text { NetworkText.abbreviated($0) }),
        ("network_host", text { NetworkText.host($0) }),
        ("network_show", text { NetworkText.text($0, isCIDR: true) }),
        ("network_family", number { $0.family }),
        ("network_masklen", number { $0.bits }),
        (
            "network_broadcast",
            change { NetworkAddress(bytes: zip($0.bytes, $0.mask).map { $0 | ~$1 }, bits: $0.bits) }
        ),
        ("network_network", change { NetworkAddress(bytes: $0.masked, bits: $0.bits) }),
        ("inet_to_cidr", change { NetworkAddress(bytes: $0.masked, bits: $0.bits) }),
        ("network_netmask", change { NetworkAddress(bytes: $0.mask, bits: $0.bitsMax) }),
        (
            "network_hostmask",
            change { NetworkAddress(bytes: $0.mask.map { ~$0 }, bits: $0.bitsMax) }
        ),
        ("inet_set_masklen", maskLength(isCIDR: false)),
        ("cidr_set_masklen", maskLength(isCIDR: true)),
        (
            "inet_merge",
            .scalar { (arguments, context) throws(SQLError) in
                let (left, right) = addresses(arguments)
                guard left.isIPv4 == right.isIPv4 else {
                    throw SQLError(
                        .invalidParameterValue, "cannot merge addresses from different families")
                }
                let bits = min(left.bits, right.bits, left.sharedBits(right))
                let shared = NetworkAddress(bytes: left.bytes, bits: bits)
                return Datum(
                    view: NetworkAddress(bytes: shared.masked, bits: bits)
                        .view(arena: context.arena))
            }
        ),
        ("inetnot", change { NetworkAddress(bytes: $0.bytes.map { ~$0 }, bits: $0.bits) }),
        ("inetand", combination("AND", &)),
        ("inetor", combination("OR", |)),
        (
            "inetpl",
            .scalar { (arguments, context) throws(SQLError) in
                try moved(arguments[0], by: Int128(arguments[1].word), context)
            }
        ),
        (
            "int8pl_inet$2631",
            .scalar { (arguments, context) throws(SQLError) in
                try moved(arguments[1], by: Int128(arguments[0].word), context)
            }
        ),
        (
            "inetmi_int8",
            .scalar { (arguments, context) throws(SQLError) in
                try moved(arguments[0], by: -Int128(arguments[1].word), context)
            }
        ),
        (
            "inetmi",
            .scalar { (arguments, _) throws(SQLError) in
                let (left, right) = addresses(arguments)
                guard left.isIPv4 == right.isIPv4 else {
                    throw SQLError(
                        .invalidParameterValue,
                        "cannot subtract inet values of different sizes")
                }
                let (a, b) = (number(left), number(right))
                let distance = a >= b ? a - b : b - a
                guard distance <= UInt128(Int64.max) else { throw resultOutOfRange }
                return Datum(word: a >= b ? Int64(distance) : -Int64(distance))
            }
        ),
        ("inet_send", send(.inet)), ("cidr_send", send(.cidr)),
    ]

private enum NetworkOrder: ViewOrder {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        NetworkAddress.compare(left, right)
    }
}

private var resultOutOfRange: SQLError {
    SQLError(.numericValueOutOfRange, "result is out of range")
}

private func addresses(
    _ arguments: UnsafePointer<Datum>
) -> (NetworkAddress, NetworkAddress) {
    (NetworkAddress(arguments[0].view), NetworkAddress(arguments[1].view))
}

private func relation(
    _ holds: @escaping @Sendable (NetworkAddress, NetworkAddress) -> Bool
) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        let (left, right) = addresses(arguments)
        return Datum(holds(left, right))
    }
}

private func text(_ body: @escaping @Sendable (NetworkAddress) -> String) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        context.text(body(NetworkAddress(arguments[0].view)))
    }
}

private func number(_ body: @escaping @Sendable (NetworkAddress) -> Int) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        Datum(word: Int64(body(NetworkAddress(arguments[0].view))))
    }
}

private func change(
    _ body: @escaping @Sendable (NetworkAddress) -> NetworkAddress
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        Datum(view: body(NetworkAddress(arguments[0].view)).view(arena: context.arena))
    }
}

/// -1 stands for all bits; what a cidr has behind its new mask is cleared.
private func maskLength(isCIDR: Bool) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        var value = NetworkAddress(arguments[0].view)
        let bits = arguments[1].word == -1 ? Int64(value.bitsMax) : arguments[1].word
        guard (0...Int64(value.bitsMax)).contains(bits) else {
            throw SQLError(.invalidParameterValue, "invalid mask length: \(bits)")
        }
        value.bits = Int(bits)
        if isCIDR { value.bytes = value.masked }
        return Datum(view: value.view(arena: context.arena))
    }
}

/// Byte by byte, with the longer of the masks.
private func combination(
    _ name: String, _ operation: @escaping @Sendable (UInt8, UInt8) -> UInt8
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        let (left, right) = addresses(arguments)
        guard left.isIPv4 == right.isIPv4 else {
            throw SQLError(
                .invalidParameterValue, "cannot \(name) inet values of different sizes")
        }
        let result = NetworkAddress(
            bytes: zip(left.bytes, right.bytes).map { operation($0, $1) },
            bits: max(left.bits, right.bits))
        return Datum(view: result.view(arena: context.arena))
    }
}

private func number(_ address: NetworkAddress) -> UInt128 {
    address.bytes.reduce(0) { $0 << 8 | UInt128($1) }
}

private func moved(
    _ datum: Datum, by distance: Int128, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let address = NetworkAddress(datum.view)
    let start = number(address)
    let (sum, overflow) =
        distance >= 0
        ? start.addingReportingOverflow(UInt128(distance))
        : start.subtractingReportingOverflow(distance.magnitude)
    guard !overflow, address.isIPv4 ? sum <= UInt128(UInt32.max) : true else {
        throw resultOutOfRange
    }
    let bytes = (0..<address.bytes.count).reversed().map {
        UInt8(truncatingIfNeeded: sum >> UInt128(8 * $0))
    }
    return Datum(
        view: NetworkAddress(bytes: bytes, bits: address.bits).view(arena: context.arena))
}

/// The binary form of a type's values.
func send(_ type: OID) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        var buffer = ByteBuffer()
        TypeIO.send(arguments[0], type: type, context: context.types, into: &buffer)
        return context.text(buffer)
    }
}
