internal import Base
internal import Types

/// Functions and operators of json, which work on its text and give pieces of it (chapter 9.16.1).
let jsonTextKernels: KernelTable.Theme = [
    ("json_object_field", access(asText: false) { $0.field($1.view) }),
    ("json_object_field_text", access(asText: true) { $0.field($1.view) }),
    ("json_array_element", access(asText: false) { $0.element($1.word) }),
    ("json_array_element_text", access(asText: true) { $0.element($1.word) }),
    ("json_extract_path", access(asText: false) { $0.descend($1.view) }),
    ("json_extract_path_text", access(asText: true) { $0.descend($1.view) }),
    (
        "json_typeof",
        .scalar { (arguments, context) throws(SQLError) in
            try parsed(arguments[0].view) { (node, _) in
                context.text(node.kind.typeName.description)
            }
        }
    ),
    (
        "json_array_length",
        .scalar { (arguments, _) throws(SQLError) in
            try parsed(arguments[0].view) { (node, _) throws(SQLError) in
                guard node.kind == .array else {
                    let what = node.kind == .object ? "non-array" : "scalar"
                    throw jsonFailure("cannot get array length of a \(what)")
                }
                return Datum(word: Int64(node.children.count))
            }
        }
    ),
    (
        "json_strip_nulls",
        .scalar { (arguments, context) throws(SQLError) in
            try parsed(arguments[0].view) { (node, text) in
                var buffer = ByteBuffer()
                appendStripped(node, text, to: &buffer)
                return context.text(buffer)
            }
        }
    ),
    (
        "json_object_keys",
        .series { (arguments, context) throws(SQLError) in
            try parsed(arguments[0].view) { (node, _) throws(SQLError) in
                guard node.kind == .object else {
                    throw jsonFailure(
                        "cannot call json_object_keys on \(node.kind == .array ? "an array" : "a scalar")"
                    )
                }
                return Series(
                    .list(
                        node.keys.map {
                            Datum(view: ByteView(copying: $0, into: context.stateArena))
                        }, next: 0))
            }
        }
    ),
    ("json_array_elements", elements(asText: false, "json_array_elements")),
    ("json_array_elements_text", elements(asText: true, "json_array_elements_text")),
    ("json_each", each(asText: false)),
    ("json_each_text", each(asText: true)),
]

func jsonFailure(_ message: String) -> SQLError { SQLError(.invalidParameterValue, message) }

private func parsed<Result>(
    _ view: ByteView, _ body: (JSONNode, UnsafeRawBufferPointer) throws(SQLError) -> Result
) throws(SQLError) -> Result {
    try view.withBytes { (text) throws(SQLError) in
        try body(try JSONParser.parse(text), text)
    }
}

/// A piece of json text; as text a string is without quotes, and null is null.
private func piece(
    _ node: JSONNode, _ text: UnsafeRawBufferPointer, asText: Bool, _ arena: Arena
) -> Datum {
    if asText {
        if node.kind == .null { return .null }
        if node.kind == .string { return Datum(view: ByteView(copying: node.string, into: arena)) }
    }
    return Datum(
        view: ByteView(
            copying: UnsafeRawBufferPointer(rebasing: text[node.range]), into: arena))
}

private func access(
    asText: Bool, _ find: @escaping @Sendable (JSONNode, Datum) -> JSONNode?
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        try parsed(arguments[0].view) { (node, text) in
            guard let found = find(node, arguments[1]) else { return .null }
            return piece(found, text, asText: asText, context.arena)
        }
    }
}

private func elements(asText: Bool, _ name: String) -> Kernel {
    .series { (arguments, context) throws(SQLError) in
        try parsed(arguments[0].view) { (node, text) throws(SQLError) in
            guard node.kind == .array else {
                throw jsonFailure(
                    "cannot call \(name) on a \(node.kind == .object ? "non-array" : "scalar")")
            }
            return Series(
                .list(
                    node.children.map { piece($0, text, asText: asText, context.stateArena) },
                    next: 0))
        }
    }
}

private func each(asText: Bool) -> Kernel {
    .series { (arguments, context) throws(SQLError) in
        try parsed(arguments[0].view) { (node, text) throws(SQLError) in
            guard node.kind == .object else {
                throw jsonFailure(
                    node.kind == .array
                        ? "cannot deconstruct an array as an object"
                        : "cannot deconstruct a scalar")
            }
            let arena = context.stateArena
            return Series(
                .rows(
                    zip(node.keys, node.children).map { key, child in
                        [
                            Datum(view: ByteView(copying: key, into: arena)),
                            piece(child, text, asText: asText, arena),
                        ]
                    }, next: 0))
        }
    }
}

/// Without the fields of objects that are null, and without white space.
private func appendStripped(
    _ node: JSONNode, _ text: UnsafeRawBufferPointer, to buffer: inout ByteBuffer
) {
    switch node.kind {
    case .object:
        buffer.append(0x7B as UInt8)
        var isFirst = true
        for (key, child) in zip(node.keys, node.children) where child.kind != .null {
            if !isFirst { buffer.append(0x2C as UInt8) }
            isFirst = false
            key.withBytes { JSONText.appendQuoted($0, to: &buffer) }
            buffer.append(0x3A as UInt8)
            appendStripped(child, text, to: &buffer)
        }
        buffer.append(0x7D as UInt8)
    case .array:
        buffer.append(0x5B as UInt8)
        for (index, child) in node.children.enumerated() {
            if index > 0 { buffer.append(0x2C as UInt8) }
            appendStripped(child, text, to: &buffer)
        }
        buffer.append(0x5D as UInt8)
    case .string: node.string.withBytes { JSONText.appendQuoted($0, to: &buffer) }
    case .null, .true, .false, .number:
        buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[node.range]))
    }
}
