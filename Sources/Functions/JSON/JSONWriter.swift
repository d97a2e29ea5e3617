internal import Base
internal import Types

/// SQL values as JSON text (to_json and its kin, chapter 9.16.1).
struct JSONWriter {
    let context: TypeContext
    /// Lines between the elements of an outermost array.
    var isPretty = false

    private enum Category {
        case null, bool, number, date, timestamp, timestamptz, json, array, record, text
    }

    private static func category(_ type: OID) -> Category {
        switch TypeCatalog.base(type) {
        case .bool: .bool
        case .int2, .int4, .int8, .float4, .float8, .numeric: .number
        case .date: .date
        case .timestamp: .timestamp
        case .timestamptz: .timestamptz
        case .json, .jsonb: .json
        default:
            TypeCatalog.isComposite(TypeCatalog.base(type))
                ? .record
                : TypeCatalog.info(TypeCatalog.base(type))?.isArray == true ? .array : .text
        }
    }

    /// Arrays and records have a line each in json_agg.
    static func isArray(_ type: OID) -> Bool {
        let category = category(type)
        return category == .array || category == .record
    }

    func append(_ datum: Datum, _ type: OID, to buffer: inout ByteBuffer) {
        if datum.isNull { return buffer.append("null") }
        switch JSONWriter.category(type) {
        case .null: buffer.append("null")
        case .bool: buffer.append(datum.bool ? "true" : "false")
        case .number:
            let text = TypeIO.text(datum, type: type, context: context)
            // NaN and infinities are no JSON numbers.
            let isFinite = text.utf8.last.map { (48...57).contains($0) } == true
            if isFinite { buffer.append(text) } else { appendQuoted(text, to: &buffer) }
        case .json: TypeIO.output(datum, type: type, context: context, into: &buffer)
        case .date, .timestamp, .timestamptz:
            appendQuoted(isoText(datum, type), to: &buffer)
        case .array: appendArray(datum.view, isOutermost: true, to: &buffer)
        case .record: appendRecord(datum.view, isPretty: false, to: &buffer)
        case .text: appendQuoted(TypeIO.text(datum, type: type, context: context), to: &buffer)
        }
    }

    /// - Parameter isPretty: a line for each field.
    func appendRecord(_ view: ByteView, isPretty: Bool, to buffer: inout ByteBuffer) {
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }
        buffer.append(0x7B as UInt8)
        let fields = RecordValue(view, arena: arena).named(context)
        for (index, (name, field)) in fields.enumerated() {
            if index > 0 { buffer.append(isPretty ? ",\n " : ",") }
            appendQuoted(name, to: &buffer)
            buffer.append(0x3A as UInt8)
            append(field.value, field.type, to: &buffer)
        }
        buffer.append(0x7D as UInt8)
    }

    private func appendQuoted(_ text: String, to buffer: inout ByteBuffer) {
        var text = text
        text.withUTF8 { JSONText.appendQuoted(UnsafeRawBufferPointer($0), to: &buffer) }
    }

    /// ISO 8601 with a T, and minutes in the offset, whatever DateStyle says.
    private func isoText(_ datum: Datum, _ type: OID) -> String {
        var iso = context
        if iso.dateStyle != .iso {
            iso = TypeContext(context)
            iso.dateStyle = .iso
        }
        let text = TypeIO.text(datum, type: type, context: iso)
        guard type != .date, let blank = text.firstIndex(of: " ") else { return text }
        var result = text.replacingCharacters(at: blank, with: "T")
        guard type == .timestamptz else { return result }
        var end = ""
        if result.hasSuffix(" BC") {
            result.removeLast(3)
            end = " BC"
        }
        let offset = result.lastIndex { $0 == "+" || $0 == "-" }
        if let offset, result.distance(from: offset, to: result.endIndex) == 3 { result += ":00" }
        return result + end
    }

    func appendArray(
        _ view: ByteView, isOutermost: Bool, to buffer: inout ByteBuffer
    ) {
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }
        let array = ArrayValue(view, arena: arena)
        var next = 0
        appendLevel(array, 0, &next, to: &buffer)
    }

    private func appendLevel(
        _ array: ArrayValue, _ level: Int, _ next: inout Int, to buffer: inout ByteBuffer
    ) {
        buffer.append(0x5B as UInt8)
        for index in 0..<(array.lengths.isEmpty ? 0 : array.lengths[level]) {
            if index > 0 { buffer.append(isPretty && level == 0 ? ",\n " : ",") }
            if level + 1 < array.lengths.count {
                appendLevel(array, level + 1, &next, to: &buffer)
            } else {
                append(array.elements[next], array.element, to: &buffer)
                next += 1
            }
        }
        buffer.append(0x5D as UInt8)
    }

    /// The text of an object's key; nil: the type may not be one.
    func key(_ datum: Datum, _ type: OID) throws(SQLError) -> [UInt8] {
        switch JSONWriter.category(type) {
        case .json, .array, .record:
            throw SQLError(
                .invalidParameterValue,
                "key value must be scalar, not array, composite, or json")
        case .null, .bool, .number, .date, .timestamp, .timestamptz, .text:
            let isBoolean = type == .bool
            let text =
                isBoolean
                ? (datum.bool ? "true" : "false")
                : type == .date || type == .timestamp || type == .timestamptz
                    ? isoText(datum, type) : TypeIO.text(datum, type: type, context: context)
            return Array(text.utf8)
        }
    }

    /// The same as jsonb.
    func value(_ datum: Datum, _ type: OID) throws(SQLError) -> JSONValue {
        if datum.isNull { return .null }
        if type == .jsonb { return .encoded(datum.view.bytes) }
        if type == .bool { return .bool(datum.bool) }
        if type == .numeric, Numeric.isFinite(datum.view) { return JSONValue(number: datum.view) }
        if type == .text || type == .varchar { return .string(datum.view.bytes) }
        var buffer = ByteBuffer()
        append(datum, type, to: &buffer)
        return try buffer.withBytes { (text) throws(SQLError) in
            try JSONValue(try JSONParser.parse(text), of: text)
        }
    }
}

extension String {
    fileprivate func replacingCharacters(at index: Index, with text: String) -> String {
        self[..<index] + text + self[self.index(after: index)...]
    }
}
