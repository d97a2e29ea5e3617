internal import Base
internal import Types

/// A value on the way along a path: jsonb in its encoded form, or a date or time that .datetime()
/// has made.
enum JSONPathItem {
    case json([UInt8])
    case datetime(JSONPathDatetime)

    static let null = JSONPathItem(.null)

    init(_ value: JSONValue) {
        var buffer = ByteBuffer()
        value.append(to: &buffer)
        self = .json(buffer.bytes)
    }

    /// As jsonb.
    var encoded: [UInt8] {
        switch self {
        case .json(let bytes): return bytes
        case .datetime(let value): return JSONPathItem(.string(Array(value.text.utf8))).encoded
        }
    }
}

/// Evaluates a jsonpath over a jsonb value (chapter 9.16.2.1). In the lax mode arrays are unwrapped
/// and wrapped as operations need it, and what is not there is not an error.
struct JSONPathExecutor {
    /// What a predicate comes to.
    enum Truth { case no, yes, unknown }

    let path: JSONPath
    let root: [UInt8]
    /// The object of variables, encoded.
    let variables: [UInt8]
    let context: FunctionContext
    /// The session's, where it may be used.
    let zone: TimeZone?
    /// The sizes of the arrays whose subscripts are being computed, for `last`.
    var isBehindAnyLevel = false
    var sizes: [Int] = []
    var currents: [JSONPathItem] = []

    init(
        path: JSONPath, root: [UInt8], variables: [UInt8], context: FunctionContext, zone: TimeZone?
    ) {
        self.path = path
        self.root = root
        self.variables = variables
        self.context = context
        self.zone = zone
    }

    mutating func run() throws(SQLError) -> [JSONPathItem] {
        currents = [.json(root)]
        return try evaluate(path.expression)
    }

    var isLax: Bool { path.isLax }
    /// Behind `.**`, as in the lax mode, what is not there is no error.
    var forgives: Bool { isLax || isBehindAnyLevel }

    // MARK: Values

    func with<Result>(
        _ item: JSONPathItem, _ body: (JSONB) throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        switch item {
        case .json(let bytes):
            return try bytes.span.bytes.withUnsafeBytes { (raw) throws(SQLError) in
                try body(JSONB(raw))
            }
        case .datetime:
            // Where it stands for text, it is its text.
            return try with(.json(item.encoded), body)
        }
    }

    func kind(_ item: JSONPathItem) throws(SQLError) -> JSONKind {
        try with(item) { (value) throws(SQLError) in value.kind }
    }

    func elements(_ item: JSONPathItem) throws(SQLError) -> [JSONPathItem]? {
        try with(item) { (value) throws(SQLError) in
            guard value.kind == .array else { return nil }
            return (0..<value.count).map { .json([UInt8](value.element($0).encoded)) }
        }
    }

    /// In the lax mode the elements of arrays in their place.
    func unwrapped(_ items: [JSONPathItem]) throws(SQLError) -> [JSONPathItem] {
        if !isLax { return items }
        var result: [JSONPathItem] = []
        for item in items {
            if case .json = item, let elements = try elements(item) {
                result += elements
            } else {
                result.append(item)
            }
        }
        return result
    }

    mutating func evaluate(_ node: JSONPath.Node) throws(SQLError) -> [JSONPathItem] {
        switch node {
        case .root: return [.json(root)]
        case .current: return [currents[currents.count - 1]]
        case .last:
            guard let size = sizes.last else {
                throw SQLError(.internalError, "evaluating jsonpath LAST outside of array subscript")
            }
            return [number(Numeric.make(Int64(size - 1), arena: context.arena))]
        case .null: return [.null]
        case .bool(let value): return [JSONPathItem(.bool(value))]
        case .number(let digits):
            let bytes = Array(digits.utf8)
            let value = try bytes.span.bytes.withUnsafeBytes { (text) throws(SQLError) in
                try Numeric.parse(text, arena: context.arena)
            }
            return [number(value)]
        case .string(let text): return [JSONPathItem(.string(Array(text.utf8)))]
        case .variable(let name): return [try variable(name)]
        case .path(let base, let steps):
            var items = try evaluate(base)
            let wasBehind = isBehindAnyLevel
            defer { isBehindAnyLevel = wasBehind }
            for step in steps {
                items = try self.step(step, items)
                if case .anyLevel = step { isBehindAnyLevel = true }
            }
            return items
        case .arithmetic(let operation, let left, let right):
            return [try arithmetic(operation, left, right)]
        case .sign(let isMinus, let value): return try signed(isMinus, value)
        case .compare, .and, .or, .not, .isUnknown, .exists, .startsWith, .likeRegex:
            switch try truth(node) {
            case .yes: return [JSONPathItem(.bool(true))]
            case .no: return [JSONPathItem(.bool(false))]
            case .unknown: return [.null]
            }
        }
    }

    func number(_ value: ByteView) -> JSONPathItem { JSONPathItem(.number(value.bytes)) }

    func variable(_ name: String) throws(SQLError) -> JSONPathItem {
        try with(.json(variables)) { (object) throws(SQLError) in
            let key = Array(name.utf8)
            guard let index = key.withUnsafeBytes({ object.index(of: $0) }) else {
                throw SQLError(.undefinedObject, "could not find jsonpath variable \"\(name)\"")
            }
            return .json([UInt8](object.value(index).encoded))
        }
    }

    // MARK: Steps

    mutating func step(
        _ step: JSONPath.Step, _ items: [JSONPathItem]
    ) throws(SQLError) -> [JSONPathItem] {
        var result: [JSONPathItem] = []
        switch step {
        case .key(let name):
            for item in try unwrapped(items) {
                if let found = try member(name, of: item) { result.append(found) }
            }
        case .anyKey:
            for item in try unwrapped(items) { result += try members(of: item) }
        case .anyElement:
            for item in items {
                if let elements = try elements(item) {
                    result += elements
                } else if isLax {
                    result.append(item)
                } else if !forgives {
                    throw SQLError(
                        .sqlJsonArrayNotFound,
                        "jsonpath wildcard array accessor can only be applied to an array")
                }
            }
        case .subscripts(let ranges):
            for item in items { result += try subscripted(item, ranges) }
        case .anyLevel(let first, let last):
            for item in items {
                try descend(item, 0, first ?? .max, last ?? .max, isLast: first == nil, &result)
            }
        case .filter(let predicate):
            for item in try unwrapped(items) {
                currents.append(item)
                defer { currents.removeLast() }
                if try truth(predicate) == .yes { result.append(item) }
            }
        case .method(let method):
            let isPlain = method == .type || method == .size
            for item in isPlain ? items : try unwrapped(items) {
                result += try self.method(method, of: item)
            }
        case .datetime(let template):
            for item in try unwrapped(items) {
                if template != nil { throw .notSupported(".datetime() with a template") }
                result.append(.datetime(try JSONPathDatetime(try string(item))))
            }
        }
        return result
    }

    func member(_ name: String, of item: JSONPathItem) throws(SQLError) -> JSONPathItem? {
        try with(item) { (value) throws(SQLError) in
            guard value.kind == .object else {
                if forgives { return nil }
                throw SQLError(
                    .sqlJsonMemberNotFound,
                    "jsonpath member accessor can only be applied to an object")
            }
            let key = Array(name.utf8)
            guard let index = key.withUnsafeBytes({ value.index(of: $0) }) else {
                if forgives { return nil }
                throw SQLError(
                    .sqlJsonMemberNotFound, "JSON object does not contain key \"\(name)\"")
            }
            return .json([UInt8](value.value(index).encoded))
        }
    }

    func members(of item: JSONPathItem) throws(SQLError) -> [JSONPathItem] {
        try with(item) { (value) throws(SQLError) in
            guard value.kind == .object else {
                if forgives { return [] }
                throw SQLError(
                    .sqlJsonObjectNotFound,
                    "jsonpath wildcard member accessor can only be applied to an object")
            }
            return (0..<value.count).map { .json([UInt8](value.value($0).encoded)) }
        }
    }

    mutating func subscripted(
        _ item: JSONPathItem, _ ranges: [(from: JSONPath.Node, to: JSONPath.Node?)]
    ) throws(SQLError) -> [JSONPathItem] {
        var elements = try self.elements(item)
        if elements == nil, isLax { elements = [item] }
        guard let elements else {
            if forgives { return [] }
            throw SQLError(
                .sqlJsonArrayNotFound,
                "jsonpath array accessor can only be applied to an array")
        }
        sizes.append(elements.count)
        defer { sizes.removeLast() }
        var result: [JSONPathItem] = []
        for range in ranges {
            var first = try index(range.from)
            var last = first
            if let to = range.to { last = try index(to) }
            if !forgives, first < 0 || first > last || last >= elements.count {
                throw SQLError(
                    .invalidSqlJsonSubscript, "jsonpath array subscript is out of bounds")
            }
            first = max(first, 0)
            last = min(last, elements.count - 1)
            if first <= last { result += elements[first...last] }
        }
        return result
    }

    mutating func index(_ node: JSONPath.Node) throws(SQLError) -> Int {
        let found = try evaluate(node)
        let error = SQLError(
            .invalidSqlJsonSubscript, "jsonpath array subscript is not a single numeric value")
        guard found.count == 1 else { throw error }
        return try with(found[0]) { (value) throws(SQLError) in
            guard value.kind == .number else { throw error }
            let whole = try Numeric.round(
                value.numeric, digits: 0, .towardZero, arena: context.arena)
            let outOfRange = SQLError(
                .invalidSqlJsonSubscript, "jsonpath array subscript is out of integer range")
            do throws(SQLError) {
                guard let number = try Numeric.int64(whole, typeName: "integer"),
                    Int32(exactly: number) != nil
                else { throw outOfRange }
                return Int(number)
            } catch {
                throw outOfRange
            }
        }
    }

    /// `.**`: the item and what is in it, level by level down.
    func descend(
        _ item: JSONPathItem, _ level: Int, _ first: Int, _ last: Int, isLast: Bool,
        _ result: inout [JSONPathItem]
    ) throws(SQLError) {
        let children = try with(item) { (value) throws(SQLError) -> [JSONPathItem] in
            switch value.kind {
            case .array: return (0..<value.count).map { .json([UInt8](value.element($0).encoded)) }
            case .object: return (0..<value.count).map { .json([UInt8](value.value($0).encoded)) }
            case .null, .false, .true, .number, .string: return []
            }
        }
        // The last level has nothing below.
        let isLeaf = try !with(item) { (value) throws(SQLError) in value.isContainer }
        if isLast ? isLeaf : level >= first && level <= last { result.append(item) }
        if level >= last { return }
        for child in children {
            try descend(child, level + 1, first, last, isLast: isLast, &result)
        }
    }

    // MARK: Methods

    func string(_ item: JSONPathItem) throws(SQLError) -> [UInt8] {
        try with(item) { (value) throws(SQLError) in
            guard value.kind == .string else {
                throw SQLError(
                    .invalidArgumentForSqlJsonDatetimeFunction,
                    "jsonpath item method .datetime() can only be applied to a string")
            }
            return [UInt8](value.string)
        }
    }

    func method(
        _ method: JSONPath.Method, of item: JSONPathItem
    ) throws(SQLError) -> [JSONPathItem] {
        if method == .type, case .datetime(let value) = item {
            return [JSONPathItem(.string(Array(value.kind.rawValue.utf8)))]
        }
        return try with(item) { (value) throws(SQLError) in
            switch method {
            case .type:
                return [JSONPathItem(.string(Array(value.kind.typeName.description.utf8)))]
            case .size:
                guard value.kind == .array else {
                    if isLax { return [number(Numeric.make(1 as Int64, arena: context.arena))] }
                    if forgives { return [] }
                    throw SQLError(
                        .sqlJsonArrayNotFound,
                        "jsonpath item method .size() can only be applied to an array")
                }
                return [number(Numeric.make(Int64(value.count), arena: context.arena))]
            case .abs, .floor, .ceiling:
                guard value.kind == .number else {
                    throw SQLError(
                        .nonNumericSqlJsonItem,
                        "jsonpath item method .\(method.rawValue)() can only be applied to a numeric value"
                    )
                }
                let numeric = value.numeric
                switch method {
                case .abs: return [number(try Numeric.absolute(numeric, arena: context.arena))]
                case .floor: 
                    return [
                        number(try Numeric.round(numeric, digits: 0, .down, arena: context.arena))
                    ]
                default: 
                    return [
                        number(try Numeric.round(numeric, digits: 0, .up, arena: context.arena))
                    ]
                }
            case .double: return [try double(value)]
            case .keyvalue: return try pairs(value)
            }
        }
    }

    func double(_ value: JSONB) throws(SQLError) -> JSONPathItem {
        var text: [UInt8]
        switch value.kind {
        case .number:
            var buffer = ByteBuffer()
            Numeric.append(value.numeric, to: &buffer)
            text = buffer.bytes
        case .string: text = [UInt8](value.string)
        case .null, .false, .true, .array, .object:
            throw SQLError(
                .nonNumericSqlJsonItem,
                "jsonpath item method .double() can only be applied to a string or numeric value")
        }
        let isString = value.kind == .string
        do throws(SQLError) {
            let double = try text.span.bytes.withUnsafeBytes { (bytes) throws(SQLError) in
                try FloatText.parseDouble(bytes)
            }
            guard double.isFinite else {
                throw SQLError(
                    .nonNumericSqlJsonItem,
                    "NaN or Infinity is not allowed for jsonpath item method .double()")
            }
            return number(try Numeric.make(double, arena: context.arena))
        } catch {
            if error.message.hasPrefix("NaN") { throw error }
            throw SQLError(
                .nonNumericSqlJsonItem,
                isString
                    ? "string argument of jsonpath item method .double() is not a valid representation of a double precision number"
                    : "numeric argument of jsonpath item method .double() is out of range for type double precision"
            )
        }
    }

    func pairs(_ value: JSONB) throws(SQLError) -> [JSONPathItem] {
        guard value.kind == .object else {
            throw SQLError(
                .sqlJsonObjectNotFound,
                "jsonpath item method .keyvalue() can only be applied to an object")
        }
        return (0..<value.count).map { index in
            JSONPathItem(
                .object([
                    (Array("key".utf8), .string([UInt8](value.key(index)))),
                    (Array("value".utf8), .encoded([UInt8](value.value(index).encoded))),
                    (Array("id".utf8), JSONValue(number: Numeric.small(0, scale: 0))),
                ]))
        }
    }
}
