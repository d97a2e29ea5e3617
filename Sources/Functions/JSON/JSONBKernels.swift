internal import Base
internal import Types

/// Reading jsonb: order, containment, access, series, casts (chapter 9.16.1).
let jsonbKernels: KernelTable.Theme =
    viewTheme("jsonb", JSONBOrder.self, separator: "_")
    + [
        viewSupport("jsonb_cmp", JSONBOrder.self),
        ("jsonb_object_field", access(asText: false) { $0.field($1.view) }),
        ("jsonb_object_field_text", access(asText: true) { $0.field($1.view) }),
        ("jsonb_array_element", access(asText: false) { $0.element($1.word) }),
        ("jsonb_array_element_text", access(asText: true) { $0.element($1.word) }),
        ("jsonb_extract_path", access(asText: false) { $0.descend($1.view) }),
        ("jsonb_extract_path_text", access(asText: true) { $0.descend($1.view) }),
        ("jsonb_contains", test { left, right in JSONB(left).contains(view: right) }),
        ("jsonb_contained", test { left, right in right.withBytes { JSONB($0).contains(JSONB(left)) } }),
        ("jsonb_exists", test { value, key in exists(value, [key]) { $0 > 0 } }),
        ("jsonb_exists_any", test { value, keys in exists(value, texts(keys)) { $0 > 0 } }),
        (
            "jsonb_exists_all",
            test { value, keys in
                let wanted = texts(keys)
                return exists(value, wanted) { $0 == wanted.count }
            }
        ),
        (
            "jsonb_typeof",
            reading { (value, context) in context.text(value.kind.typeName.description) }
        ),
        (
            "jsonb_array_length",
            reading { (value, _) throws(SQLError) in
                guard value.kind == .array else {
                    let what = value.kind == .object ? "non-array" : "scalar"
                    throw jsonFailure("cannot get array length of a \(what)")
                }
                return Datum(word: Int64(value.count))
            }
        ),
        (
            "jsonb_pretty",
            reading { (value, context) in
                var buffer = ByteBuffer()
                JSONText.appendPretty(value, to: &buffer)
                return context.text(buffer)
            }
        ),
        ("jsonb_object_keys", .series(keys)),
        ("jsonb_array_elements", elements(asText: false)),
        ("jsonb_array_elements_text", elements(asText: true)),
        ("jsonb_each", each(asText: false, "jsonb_each")),
        ("jsonb_each_text", each(asText: true, "jsonb_each_text")),
        (
            "jsonb_bool",
            reading { (value, _) throws(SQLError) in
                guard value.isBoolean else { throw cannotCast(value, "boolean") }
                return Datum(value.kind == .true)
            }
        ),
        (
            "jsonb_numeric",
            reading { (value, context) throws(SQLError) in
                Datum(view: try number(value, "numeric").copied(into: context.arena))
            }
        ),
        ("jsonb_int2", integer("smallint", Int64(Int16.min)...Int64(Int16.max))),
        ("jsonb_int4", integer("integer", Int64(Int32.min)...Int64(Int32.max))),
        ("jsonb_int8", integer("bigint", Int64.min...Int64.max)),
        (
            "jsonb_float4",
            reading { (value, _) throws(SQLError) in
                Datum(try Numeric.float(try number(value, "real")))
            }
        ),
        (
            "jsonb_float8",
            reading { (value, _) throws(SQLError) in
                Datum(try Numeric.double(try number(value, "double precision")))
            }
        ),
    ]

private enum JSONBOrder: ViewOrder {
    static func compare(_ left: ByteView, _ right: ByteView) -> Int { JSONB.compare(left, right) }
}

/// A value in place. Kernels' arguments outlive their calls, but a short view holds its own bytes:
/// hence `withJSONB` for all that is not one expression.
private func withJSONB<Result>(
    _ view: ByteView, _ body: (JSONB) throws(SQLError) -> Result
) throws(SQLError) -> Result {
    try view.withBytes { (bytes) throws(SQLError) in try body(JSONB(bytes)) }
}

private func reading(
    _ body: @escaping @Sendable (JSONB, FunctionContext) throws(SQLError) -> Datum
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        try withJSONB(arguments[0].view) { (value) throws(SQLError) in try body(value, context) }
    }
}

private func test(
    _ holds: @escaping @Sendable (UnsafeRawBufferPointer, ByteView) -> Bool
) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        Datum(arguments[0].view.withBytes { holds($0, arguments[1].view) })
    }
}

extension JSONB {
    fileprivate func contains(view: ByteView) -> Bool {
        view.withBytes { contains(JSONB($0)) }
    }
}

/// A piece; as text a string is without quotes, and null is null.
func jsonbPiece(_ value: JSONB, asText: Bool, _ arena: Arena) -> Datum {
    guard asText else { return Datum(view: ByteView(copying: value.encoded, into: arena)) }
    switch value.kind {
    case .null: return .null
    case .string: return Datum(view: ByteView(copying: value.string, into: arena))
    case .false, .true, .number, .array, .object:
        var buffer = ByteBuffer()
        JSONText.append(value, to: &buffer)
        return Datum(view: buffer.withBytes { ByteView(copying: $0, into: arena) })
    }
}

private func access(
    asText: Bool, _ find: @escaping @Sendable (JSONB, Datum) -> JSONB?
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        arguments[0].view.withBytes { bytes in
            find(JSONB(bytes), arguments[1])
                .map { jsonbPiece($0, asText: asText, context.arena) } ?? .null
        }
    }
}

// MARK: Existence

private func texts(_ array: ByteView) -> [ByteView] {
    let arena = Arena()
    defer { withExtendedLifetime(arena) {} }
    return array.withBytes { _ in
        ArrayBinary.elements(array, arena: arena).compactMap { $0.isNull ? nil : $0.view }
    }
}

/// Whether so many of the texts are keys, elements, or the string itself.
private func exists(
    _ bytes: UnsafeRawBufferPointer, _ texts: [ByteView], _ isEnough: (Int) -> Bool
) -> Bool {
    let value = JSONB(bytes)
    func isThere(_ text: UnsafeRawBufferPointer) -> Bool {
        switch value.kind {
        case .object: return value.index(of: text) != nil
        case .array:
            return (0..<value.count).contains {
                let item = value.element($0)
                return item.kind == .string && compareBytes(item.string, text) == 0
            }
        case .string: return compareBytes(value.string, text) == 0
        case .null, .false, .true, .number: return false
        }
    }
    return isEnough(texts.count { $0.withBytes(isThere) })
}

// MARK: Series

private func keys(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Series {
    try withJSONB(arguments[0].view) { (value) throws(SQLError) in
        guard value.kind == .object else {
            throw jsonFailure(
                "cannot call jsonb_object_keys on \(value.kind == .array ? "an array" : "a scalar")"
            )
        }
        return Series(
            .list(
                (0..<value.count).map {
                    Datum(view: ByteView(copying: value.key($0), into: context.stateArena))
                }, next: 0))
    }
}

private func elements(asText: Bool) -> Kernel {
    .series { (arguments, context) throws(SQLError) in
        try withJSONB(arguments[0].view) { (value) throws(SQLError) in
            guard value.kind == .array else {
                throw jsonFailure(
                    "cannot extract elements from \(value.kind == .object ? "an object" : "a scalar")"
                )
            }
            return Series(
                .list(
                    (0..<value.count).map {
                        jsonbPiece(value.element($0), asText: asText, context.stateArena)
                    }, next: 0))
        }
    }
}

private func each(asText: Bool, _ name: String) -> Kernel {
    .series { (arguments, context) throws(SQLError) in
        try withJSONB(arguments[0].view) { (value) throws(SQLError) in
            guard value.kind == .object else {
                throw jsonFailure("cannot call \(name) on a non-object")
            }
            let arena = context.stateArena
            return Series(
                .rows(
                    (0..<value.count).map {
                        [
                            Datum(view: ByteView(copying: value.key($0), into: arena)),
                            jsonbPiece(value.value($0), asText: asText, arena),
                        ]
                    }, next: 0))
        }
    }
}

// MARK: Casts

private func cannotCast(_ value: JSONB, _ typeName: String) -> SQLError {
    let what =
        switch value.kind {
        case .null: "null"
        case .false, .true: "boolean"
        case .number: "numeric"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    return jsonFailure("cannot cast jsonb \(what) to type \(typeName)")
}

private func number(_ value: JSONB, _ typeName: String) throws(SQLError) -> ByteView {
    guard value.kind == .number else { throw cannotCast(value, typeName) }
    return value.numeric
}

private func integer(_ typeName: StaticString, _ range: ClosedRange<Int64>) -> Kernel {
    reading { (value, _) throws(SQLError) in
        let view = try number(value, typeName.description)
        guard let whole = try Numeric.int64(view, typeName: typeName), range.contains(whole) else {
            throw SQLError(.numericValueOutOfRange, "\(typeName) out of range")
        }
        return Datum(word: whole)
    }
}
