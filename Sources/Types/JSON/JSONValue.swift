public import Base

/// A jsonb value being made or changed.
public indirect enum JSONValue {
    case null
    case bool(Bool)
    /// A numeric's bytes.
    case number([UInt8])
    case string([UInt8])
    case array([JSONValue])
    /// In any order; of equal keys the last counts.
    case object([(key: [UInt8], value: JSONValue)])
    /// As it already lies.
    case encoded([UInt8])

    public init(number: ByteView) { self = .number(number.bytes) }

    public init(text: String) { self = .string(Array(text.utf8)) }

    /// The outermost level of a value is opened, what is inside stays encoded.
    public init(opening value: JSONB) {
        switch value.kind {
        case .array:
            self = .array((0..<value.count).map { .encoded([UInt8](value.element($0).encoded)) })
        case .object:
            self = .object(
                (0..<value.count).map {
                    ([UInt8](value.key($0)), .encoded([UInt8](value.value($0).encoded)))
                })
        case .null, .false, .true, .number, .string: self = .encoded([UInt8](value.encoded))
        }
    }

    /// Numbers become numerics, and may be too large for that (22003).
    public init(_ node: JSONNode, of text: UnsafeRawBufferPointer) throws(SQLError) {
        switch node.kind {
        case .null: self = .null
        case .true: self = .bool(true)
        case .false: self = .bool(false)
        case .string: self = .string(node.string)
        case .number:
            let arena = Arena()
            defer { withExtendedLifetime(arena) {} }
            let digits = UnsafeRawBufferPointer(rebasing: text[node.range])
            self = .number(try Numeric.parse(digits, arena: arena).bytes)
        case .array:
            var elements: [JSONValue] = []
            for child in node.children { elements.append(try JSONValue(child, of: text)) }
            self = .array(elements)
        case .object:
            var pairs: [(key: [UInt8], value: JSONValue)] = []
            for (key, child) in zip(node.keys, node.children) {
                pairs.append((key, try JSONValue(child, of: text)))
            }
            self = .object(pairs)
        }
    }

    public func view(in arena: Arena) -> ByteView {
        var buffer = ByteBuffer()
        append(to: &buffer)
        return buffer.withBytes { ByteView(copying: $0, into: arena) }
    }

    public func append(to buffer: inout ByteBuffer) {
        switch self {
        case .null: buffer.append(JSONKind.null.rawValue)
        case .bool(let value):
            buffer.append((value ? JSONKind.true : .false).rawValue)
        case .number(let bytes):
            buffer.append(JSONKind.number.rawValue)
            buffer.append(contentsOf: bytes)
        case .string(let bytes):
            buffer.append(JSONKind.string.rawValue)
            buffer.append(contentsOf: bytes)
        case .encoded(let bytes): buffer.append(contentsOf: bytes)
        case .array(let elements):
            buffer.append(JSONKind.array.rawValue)
            buffer.append(littleEndian: UInt32(elements.count))
            let ends = buffer.skip(elements.count * 4)
            let start = buffer.count
            for (index, element) in elements.enumerated() {
                element.append(to: &buffer)
                buffer.overwrite(littleEndian: UInt32(buffer.count - start), at: ends + index * 4)
            }
        case .object(let pairs): JSONValue.append(JSONValue.unique(pairs), to: &buffer)
        }
    }

    private static func append(
        _ pairs: [(key: [UInt8], value: JSONValue)], to buffer: inout ByteBuffer
    ) {
        buffer.append(JSONKind.object.rawValue)
        buffer.append(littleEndian: UInt32(pairs.count))
        let ends = buffer.skip(pairs.count * 8)
        let start = buffer.count
        for (index, pair) in pairs.enumerated() {
            buffer.append(contentsOf: pair.key)
            buffer.overwrite(littleEndian: UInt32(buffer.count - start), at: ends + index * 4)
        }
        for (index, pair) in pairs.enumerated() {
            pair.value.append(to: &buffer)
            buffer.overwrite(
                littleEndian: UInt32(buffer.count - start), at: ends + (pairs.count + index) * 4)
        }
    }

    /// Sorted, with the last of equal keys.
    private static func unique(
        _ pairs: [(key: [UInt8], value: JSONValue)]
    ) -> [(key: [UInt8], value: JSONValue)] {
        func order(_ left: [UInt8], _ right: [UInt8]) -> Int {
            left.withUnsafeBytes { a in right.withUnsafeBytes { JSONB.compareKeys(a, $0) } }
        }
        let sorted = pairs.enumerated().sorted {
            let keys = order($0.element.key, $1.element.key)
            return keys != 0 ? keys < 0 : $0.offset < $1.offset
        }
        var result: [(key: [UInt8], value: JSONValue)] = []
        result.reserveCapacity(sorted.count)
        for (_, pair) in sorted {
            if let last = result.last, last.key == pair.key { result.removeLast() }
            result.append(pair)
        }
        return result
    }
}
