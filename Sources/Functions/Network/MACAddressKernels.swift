internal import Base
internal import Types

/// Operators and functions of macaddr and macaddr8 (chapter 9.12), which are their bytes.
let macAddressKernels: KernelTable.Theme =
    ["macaddr", "macaddr8"].flatMap { type in
        viewTheme(type, ByteOrder.self, separator: "_")
            + [
                viewSupport("\(type)_cmp", ByteOrder.self),
                ("\(type)_not", change { $0.map { ~$0 } }),
                ("\(type)_and", combination(&)),
                ("\(type)_or", combination(|)),
                // The manufacturer's three bytes stay.
                ("\(type)_trunc", change { Array($0.prefix(3)) + $0.dropFirst(3).map { _ in 0 } }),
                ("\(type)_send", send(type == "macaddr" ? .macaddr : .macaddr8)),
            ]
    } + [
        ("macaddr8_set7bit", change { [$0[0] | 0x02] + $0.dropFirst() }),
        ("macaddrtomacaddr8", change { Array($0[..<3]) + [0xFF, 0xFE] + $0[3...] }),
        (
            "macaddr8tomacaddr",
            .scalar { (arguments, context) throws(SQLError) in
                let bytes = arguments[0].view.bytes
                guard bytes[3] == 0xFF, bytes[4] == 0xFE else {
                    throw SQLError(
                        .numericValueOutOfRange,
                        "macaddr8 data out of range to convert to macaddr"
                    ).hint(
                        "Only addresses that have FF and FE as values in the 4th and 5th bytes from the left, for example xx:xx:xx:ff:fe:xx:xx:xx, are eligible to be converted from macaddr8 to macaddr."
                    )
                }
                return context.text(Array(bytes[..<3] + bytes[5...]))
            }
        ),
    ]

private func change(
    _ body: @escaping @Sendable ([UInt8]) -> [UInt8]
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        context.text(body(arguments[0].view.bytes))
    }
}

private func combination(
    _ operation: @escaping @Sendable (UInt8, UInt8) -> UInt8
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        context.text(
            zip(arguments[0].view.bytes, arguments[1].view.bytes).map { operation($0, $1) })
    }
}
