internal import Base
internal import Types

/// Changing jsonb: concatenation, deletion, setting at a path (chapter 9.16.1).
let jsonbEditKernels: KernelTable.Theme = [
    (
        "jsonb_concat",
        edit { (value, arguments) throws(SQLError) in
            arguments[1].view.withBytes { concatenated(value, JSONB($0)) }
        }
    ),
    (
        "jsonb_strip_nulls",
        edit { (value, _) throws(SQLError) in stripped(value) }
    ),
    (
        "jsonb_delete",
        edit { (value, arguments) throws(SQLError) in try deleted(value, [arguments[1].view]) }
    ),
    (
        "jsonb_delete_array",
        edit { (value, arguments) throws(SQLError) in
            let arena = Arena()
            defer { withExtendedLifetime(arena) {} }
            let keys = ArrayBinary.elements(arguments[1].view, arena: arena)
            return try deleted(value, keys.compactMap { $0.isNull ? nil : $0.view })
        }
    ),
    (
        "jsonb_delete_idx",
        edit { (value, arguments) throws(SQLError) in
            try deleted(value, at: arguments[1].word)
        }
    ),
    (
        "jsonb_delete_path",
        edit { (value, arguments) throws(SQLError) in
            guard value.isContainer else { throw jsonFailure("cannot delete path in scalar") }
            return try withPath(arguments[1].view) { (path) throws(SQLError) in
                path.isEmpty
                    ? .encoded([UInt8](value.encoded))
                    : try JSONBPath(steps: path, change: .delete).applied(to: value)
            }
        }
    ),
    (
        "jsonb_set",
        edit { (value, arguments) throws(SQLError) in
            try set(value, arguments, arguments[3].bool ? .setOrCreate : .set)
        }
    ),
    ("jsonb_set_lax", .scalar(setLax)),
    (
        "jsonb_insert",
        edit { (value, arguments) throws(SQLError) in
            try set(value, arguments, arguments[3].bool ? .insertAfter : .insertBefore)
        }
    ),
]

private func edit(
    _ body: @escaping @Sendable (JSONB, UnsafePointer<Datum>) throws(SQLError) -> JSONValue
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        try arguments[0].view.withBytes { (bytes) throws(SQLError) in
            try jsonb(try body(JSONB(bytes), arguments), context)
        }
    }
}

private func kept(_ value: JSONB) -> JSONValue { .encoded([UInt8](value.encoded)) }

/// Two objects are merged, the second's fields win; all else becomes one array.
private func concatenated(_ left: JSONB, _ right: JSONB) -> JSONValue {
    if left.kind == .object, right.kind == .object,
        case .object(let first) = JSONValue(opening: left),
        case .object(let second) = JSONValue(opening: right)
    {
        return .object(first + second)
    }
    func elements(_ value: JSONB) -> [JSONValue] {
        value.kind == .array
            ? (0..<value.count).map { kept(value.element($0)) } : [kept(value)]
    }
    return .array(elements(left) + elements(right))
}

private func stripped(_ value: JSONB) -> JSONValue {
    switch value.kind {
    case .array: return .array((0..<value.count).map { stripped(value.element($0)) })
    case .object:
        var pairs: [(key: [UInt8], value: JSONValue)] = []
        for index in 0..<value.count where value.value(index).kind != .null {
            pairs.append(([UInt8](value.key(index)), stripped(value.value(index))))
        }
        return .object(pairs)
    case .null, .false, .true, .number, .string: return kept(value)
    }
}

/// Without these keys, or the strings among an array's elements.
private func deleted(_ value: JSONB, _ names: [ByteView]) throws(SQLError) -> JSONValue {
    func isNamed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        names.contains { $0.withBytes { compareBytes($0, bytes) == 0 } }
    }
    switch value.kind {
    case .object:
        var pairs: [(key: [UInt8], value: JSONValue)] = []
        for index in 0..<value.count where !isNamed(value.key(index)) {
            pairs.append(([UInt8](value.key(index)), kept(value.value(index))))
        }
        return .object(pairs)
    case .array:
        var elements: [JSONValue] = []
        for index in 0..<value.count {
            let element = value.element(index)
            if element.kind == .string, isNamed(element.string) { continue }
            elements.append(kept(element))
        }
        return .array(elements)
    case .null, .false, .true, .number, .string: throw jsonFailure("cannot delete from scalar")
    }
}

private func deleted(_ value: JSONB, at index: Int64) throws(SQLError) -> JSONValue {
    if value.kind == .object {
        throw jsonFailure("cannot delete from object using integer index")
    }
    guard value.kind == .array else { throw jsonFailure("cannot delete from scalar") }
    let place = index < 0 ? index + Int64(value.count) : index
    return .array(
        (0..<value.count).filter { Int64($0) != place }.map { kept(value.element($0)) })
}

private func withPath(
    _ view: ByteView, _ body: ([Datum]) throws(SQLError) -> JSONValue
) throws(SQLError) -> JSONValue {
    let arena = Arena()
    defer { withExtendedLifetime(arena) {} }
    let path = ArrayValue(view, arena: arena)
    guard path.dimensionCount <= 1 else {
        throw SQLError(.arraySubscriptError, "wrong number of array subscripts")
    }
    return try body(path.elements)
}

private enum PathMode { case set, setOrCreate, insertBefore, insertAfter }

private func set(
    _ value: JSONB, _ arguments: UnsafePointer<Datum>, _ mode: PathMode
) throws(SQLError) -> JSONValue {
    guard value.isContainer else { throw jsonFailure("cannot set path in scalar") }
    let replacement = arguments[2].view
    return try withPath(arguments[1].view) { (path) throws(SQLError) in
        if path.isEmpty { return kept(value) }
        let new = JSONValue.encoded(replacement.bytes)
        let change: JSONBPath.Change =
            switch mode {
            case .set: .set(new, creates: false)
            case .setOrCreate: .set(new, creates: true)
            case .insertBefore: .insert(new, after: false)
            case .insertAfter: .insert(new, after: true)
            }
        return try JSONBPath(steps: path, change: change).applied(to: value)
    }
}

/// jsonb_set where the new value may be SQL's null; the last argument says what that means.
private func setLax(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Datum {
    if arguments[0].isNull || arguments[1].isNull || arguments[3].isNull { return .null }
    guard !arguments[4].isNull else {
        throw jsonFailure(
            "null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or \"raise_exception\""
        )
    }
    return try arguments[0].view.withBytes { (bytes) throws(SQLError) in
        let value = JSONB(bytes)
        if !arguments[2].isNull {
            return try jsonb(
                try set(value, arguments, arguments[3].bool ? .setOrCreate : .set), context)
        }
        switch arguments[4].view.string {
        case "raise_exception":
            throw SQLError(.nullValueNotAllowed, "JSON value must not be null")
                .detail("Exception was raised because null_value_treatment is \"raise_exception\".")
                .hint(
                    "To avoid, either change the null_value_treatment argument or ensure that an SQL NULL is not passed."
                )
        case "use_json_null":
            guard value.isContainer else { throw jsonFailure("cannot set path in scalar") }
            let creates = arguments[3].bool
            return try jsonb(
                try withPath(arguments[1].view) { (path) throws(SQLError) in
                    path.isEmpty
                        ? kept(value)
                        : try JSONBPath(steps: path, change: .set(.null, creates: creates))
                            .applied(to: value)
                }, context)
        case "delete_key":
            guard value.isContainer else { throw jsonFailure("cannot delete path in scalar") }
            return try jsonb(
                try withPath(arguments[1].view) { (path) throws(SQLError) in
                    path.isEmpty
                        ? kept(value) : try JSONBPath(steps: path, change: .delete).applied(to: value)
                }, context)
        case "return_target": return arguments[0]
        default:
            throw jsonFailure(
                "null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or \"raise_exception\""
            )
        }
    }
}

/// One change at the end of a path of keys and indexes.
struct JSONBPath {
    enum Change {
        case set(JSONValue, creates: Bool)
        case insert(JSONValue, after: Bool)
        case delete
    }
    let steps: [Datum]
    let change: Change

    func applied(to value: JSONB, level: Int = 0) throws(SQLError) -> JSONValue {
        if value.isContainer, steps[level].isNull {
            throw SQLError(
                .nullValueNotAllowed, "path element at position \(level + 1) is null")
        }
        switch value.kind {
        case .object: return try changedObject(value, level)
        case .array: return try changedArray(value, level)
        case .null, .false, .true, .number, .string: return kept(value)
        }
    }

    private func changedObject(_ value: JSONB, _ level: Int) throws(SQLError) -> JSONValue {
        guard case .object(var pairs) = JSONValue(opening: value) else { return kept(value) }
        let name = steps[level].view
        let place = name.withBytes { value.index(of: $0) }
        let isLast = level == steps.count - 1
        guard let place else {
            switch change {
            case .set(let new, true) where isLast: pairs.append((name.bytes, new))
            case .insert(let new, _) where isLast: pairs.append((name.bytes, new))
            default: break
            }
            return .object(pairs)
        }
        guard isLast else {
            pairs[place].value = try applied(to: value.value(place), level: level + 1)
            return .object(pairs)
        }
        switch change {
        case .set(let new, _): pairs[place].value = new
        case .delete: pairs.remove(at: place)
        case .insert:
            throw jsonFailure("cannot replace existing key")
                .hint("Try using the function jsonb_set to replace key value.")
        }
        return .object(pairs)
    }

    private func changedArray(_ value: JSONB, _ level: Int) throws(SQLError) -> JSONValue {
        guard case .array(var elements) = JSONValue(opening: value) else { return kept(value) }
        guard let index = pathIndex(steps[level].view) else {
            throw SQLError(
                .invalidTextRepresentation,
                "path element at position \(level + 1) is not an integer: \"\(steps[level].view.string)\""
            )
        }
        let isLast = level == steps.count - 1
        let place = index < 0 ? index + elements.count : index
        guard elements.indices.contains(place) else {
            switch change {
            case .set(let new, true) where isLast: add(new, place, &elements)
            case .insert(let new, _) where isLast: add(new, place, &elements)
            default: break
            }
            return .array(elements)
        }
        guard isLast else {
            elements[place] = try applied(to: value.element(place), level: level + 1)
            return .array(elements)
        }
        switch change {
        case .set(let new, _): elements[place] = new
        case .delete: elements.remove(at: place)
        case .insert(let new, let isAfter): elements.insert(new, at: isAfter ? place + 1 : place)
        }
        return .array(elements)
    }

    /// Before the first, or behind the last.
    private func add(_ new: JSONValue, _ place: Int, _ elements: inout [JSONValue]) {
        elements.insert(new, at: place < 0 ? 0 : elements.count)
    }
}
