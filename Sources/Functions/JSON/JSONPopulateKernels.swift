internal import Base
internal import Types

/// JSON objects as rows: json_populate_record and its kin (chapter 9.16.1). json_to_record is the
/// same with a null of the row type that its column definition list gives.
let jsonPopulateKernels: KernelTable.Theme = [
    ("json_populate_record", .scalar(populateRecord)),
    ("jsonb_populate_record", .scalar(populateRecord)),
    ("json_to_record", .scalar(undeterminedRecord("json_to_record"))),
    ("jsonb_to_record", .scalar(undeterminedRecord("jsonb_to_record"))),
    ("json_to_recordset", .series(undeterminedRecords("json_to_recordset"))),
    ("jsonb_to_recordset", .series(undeterminedRecords("jsonb_to_recordset"))),
    ("json_populate_recordset", .series(populateRecords(name: "json_populate_recordset"))),
    ("jsonb_populate_recordset", .series(populateRecords(name: "jsonb_populate_recordset"))),
]

private func undetermined(_ name: String) -> SQLError {
    SQLError(.invalidParameterValue, "could not determine row type for result of \(name)").hint(
        "Provide a non-null record argument, or call the function in the FROM clause using a column definition list."
    )
}

/// json_to_record outside of FROM, where nothing says what the record is.
private func undeterminedRecord(_ name: String) -> ScalarKernel {
    { (_, _) throws(SQLError) in throw undetermined(name) }
}
private func undeterminedRecords(_ name: String) -> SeriesKernel {
    { (_, _) throws(SQLError) in throw undetermined(name) }
}

/// A JSON argument as text.
private func text(of value: Datum, isBinary: Bool) -> [UInt8] {
    guard isBinary else { return value.view.bytes }
    var buffer = ByteBuffer()
    value.view.withBytes { JSONText.append(JSONB($0), to: &buffer) }
    return buffer.bytes
}

private func parsed<Result>(
    _ value: Datum, isBinary: Bool,
    _ body: (JSONNode, UnsafeRawBufferPointer) throws(SQLError) -> Result
) throws(SQLError) -> Result {
    let text = text(of: value, isBinary: isBinary)
    // Array's own withUnsafeBytes does not pass typed errors on.
    return try text.span.bytes.withUnsafeBytes { (bytes) throws(SQLError) in
        try body(try JSONParser.parse(bytes), bytes)
    }
}

/// The row type that the first argument has.
private func rowType(
    _ base: Datum, _ name: String, _ context: FunctionContext
) throws(SQLError) -> (type: SQLType, shape: RecordShape) {
    let declared = TypeCatalog.base(
        SQLType(oid: context.argumentTypes[0], modifier: context.argumentModifiers[0]))
    guard TypeCatalog.isComposite(declared.oid) else {
        throw SQLError(.datatypeMismatch, "first argument of \(name) must be a row type")
    }
    if let shape = context.types.shape(of: declared) { return (declared, shape) }
    guard !base.isNull else {
        throw undetermined(name)
    }
    let record = RecordValue(base.view, arena: context.arena)
    if let shape = context.types.shape(of: record.type) { return (record.type, shape) }
    let fields = record.fields.enumerated().map { index, field in
        RecordShape.Field(name: "f\(index + 1)", type: SQLType(field.type))
    }
    return (record.type, RecordShape(fields))
}

private func populateRecord(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let isBinary = context.argumentTypes[1] == .jsonb
    let name = isBinary ? "jsonb_populate_record" : "json_populate_record"
    if arguments[1].isNull { return arguments[0] }
    let (type, shape) = try rowType(arguments[0], name, context)
    return try parsed(arguments[1], isBinary: isBinary) { (node, text) throws(SQLError) in
        let populator = JSONPopulator(text: text, context: context)
        return try populator.record(node, type, shape, base: arguments[0])
    }
}

private func populateRecords(name: String) -> SeriesKernel {
    { (arguments, context) throws(SQLError) in
        let isBinary = name.hasPrefix("jsonb")
        if arguments[1].isNull { return Series([]) }
        let (type, shape) = try rowType(arguments[0], name, context)
        let rows = try parsed(arguments[1], isBinary: isBinary) { (node, text) throws(SQLError) in
            guard node.kind == .array else {
                let what =
                    isBinary ? "a non-array" : node.kind == .object ? "an object" : "a scalar"
                throw jsonFailure("cannot call \(name) on \(what)")
            }
            let populator = JSONPopulator(text: text, context: context)
            var rows: [Datum] = []
            for child in node.children {
                guard child.kind == .object else {
                    throw jsonFailure("argument of \(name) must be an array of objects")
                }
                rows.append(try populator.record(child, type, shape, base: arguments[0]))
            }
            return rows
        }
        return Series(rows)
    }
}

/// Makes values of SQL types of JSON ones.
struct JSONPopulator {
    let text: UnsafeRawBufferPointer
    let context: FunctionContext

    /// A row of an object's fields; what the object does not have is as in `base`.
    func record(
        _ node: JSONNode, _ type: SQLType, _ shape: RecordShape, base: Datum
    ) throws(SQLError) -> Datum {
        guard node.kind == .object else {
            let what = node.kind == .array ? "an array" : "a scalar"
            throw jsonFailure("cannot call populate_composite on \(what)")
        }
        let old = base.isNull ? nil : RecordValue(base.view, arena: context.arena)
        var record = RecordValue(type: type, fields: [])
        for (index, field) in shape.fields.enumerated() {
            var value = old?[index] ?? .null
            if !field.isDropped {
                let name = Array(field.name.utf8)
                if let place = node.keys.lastIndex(of: name) {
                    value = try self.value(node.children[place], field.type, key: field.name)
                } else if old == nil, TypeCatalog.isDomain(field.type.oid) {
                    try context.types.checkDomain?(.null, field.type.oid)
                }
            }
            record.fields.append(RecordValue.Field(type: field.type.oid, value: value))
        }
        return Datum(view: record.view(arena: context.arena))
    }

    /// - Parameter key: where the value is, for messages.
    private func value(
        _ node: JSONNode, _ type: SQLType, key: String
    ) throws(SQLError) -> Datum {
        if let base = TypeCatalog.info(type.oid)?.domainBase {
            let value = try self.value(node, base, key: key)
            try context.types.checkDomain?(value, type.oid)
            return value
        }
        if type.oid == .json || type.oid == .jsonb {
            if node.kind == .null, type.oid == .json { return .null }
            return try input(raw(node), type)
        }
        if node.kind == .null { return .null }
        if let info = TypeCatalog.info(type.oid), info.isArray, node.kind != .string {
            return try array(node, element: SQLType(oid: info.elementOID, modifier: type.modifier), key)
        }
        if TypeCatalog.isComposite(type.oid), node.kind != .string,
            let shape = context.types.shape(of: type)
        {
            return try record(node, type, shape, base: .null)
        }
        return try input(node.kind == .string ? node.string : raw(node), type)
    }

    private func raw(_ node: JSONNode) -> [UInt8] { [UInt8](text[node.range]) }

    private func input(_ bytes: [UInt8], _ type: SQLType) throws(SQLError) -> Datum {
        try bytes.span.bytes.withUnsafeBytes { (text) throws(SQLError) in
            try TypeIO.input(text, type: type, context: context.types, arena: context.arena)
        }
    }

    // MARK: Arrays

    private func array(
        _ node: JSONNode, element: SQLType, _ key: String
    ) throws(SQLError) -> Datum {
        guard node.kind == .array else {
            throw SQLError(.invalidTextRepresentation, "expected JSON array")
                .hint("See the value of key \"\(key)\".")
        }
        // The first elements tell how deep it goes.
        var lengths: [Int] = []
        var level = node
        while level.kind == .array {
            lengths.append(level.children.count)
            guard let first = level.children.first else { break }
            level = first
        }
        if lengths.contains(0) { lengths = [] }
        var elements: [Datum] = []
        if !lengths.isEmpty {
            try gather(node, 0, lengths, element, key, [], into: &elements)
        } else if !node.children.isEmpty {
            throw malformed
        }
        return Datum(
            view: ArrayBinary.make(
                elements, element: element.oid, lengths: lengths,
                lowerBounds: lengths.map { _ in 1 }, arena: context.arena))
    }

    private var malformed: SQLError {
        SQLError(.invalidTextRepresentation, "malformed JSON array")
            .detail("Multidimensional arrays must have sub-arrays with matching dimensions.")
    }

    private func gather(
        _ node: JSONNode, _ depth: Int, _ lengths: [Int], _ element: SQLType, _ key: String,
        _ place: [Int], into elements: inout [Datum]
    ) throws(SQLError) {
        guard node.kind == .array else {
            let indexes = place.map { "[\($0)]" }.joined()
            throw SQLError(.invalidTextRepresentation, "expected JSON array")
                .hint("See the array element \(indexes) of key \"\(key)\".")
        }
        guard node.children.count == lengths[depth] else { throw malformed }
        for (index, child) in node.children.enumerated() {
            if depth + 1 < lengths.count {
                try gather(
                    child, depth + 1, lengths, element, key, place + [index], into: &elements)
            } else {
                elements.append(try value(child, element, key: key))
            }
        }
    }
}
