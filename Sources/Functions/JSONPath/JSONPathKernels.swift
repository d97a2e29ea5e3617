internal import Base
internal import Types

/// The functions and operators that evaluate a jsonpath (chapter 9.16.2).
let jsonPathKernels: KernelTable.Theme =
    [
        ("jsonb_path_exists_opr", .scalar(exists(.operation))),
        ("jsonb_path_match_opr", .scalar(match(.operation))),
    ] + jsonPathTheme("", .function) + jsonPathTheme("_tz", .zoned)

/// Operators have two arguments and are silent; a zoned function may use the session's time zone.
private enum JSONPathCall { case operation, function, zoned }

private func jsonPathTheme(_ suffix: String, _ call: JSONPathCall) -> KernelTable.Theme {
    [
        ("jsonb_path_exists" + suffix, .scalar(exists(call))),
        ("jsonb_path_match" + suffix, .scalar(match(call))),
        (
            "jsonb_path_query" + suffix,
            .series { (arguments, context) throws(SQLError) in
                let found = try found(arguments, context, call) ?? []
                return Series(
                    .list(
                        found.map {
                            Datum(view: ByteView(copying: $0.encoded, into: context.stateArena))
                        }, next: 0))
            }
        ),
        (
            "jsonb_path_query_array" + suffix,
            .scalar { (arguments, context) throws(SQLError) in
                let found = try found(arguments, context, call) ?? []
                let array = JSONPathItem(.array(found.map { .encoded($0.encoded) }))
                return context.text(array.encoded)
            }
        ),
        (
            "jsonb_path_query_first" + suffix,
            .scalar { (arguments, context) throws(SQLError) in
                let found = try found(arguments, context, call)?.first
                return found.map { context.text($0.encoded) } ?? .null
            }
        ),
    ]
}

private func exists(_ call: JSONPathCall) -> ScalarKernel {
    { (arguments, context) throws(SQLError) in
        guard let found = try found(arguments, context, call) else { return .null }
        return Datum(!found.isEmpty)
    }
}

private func match(_ call: JSONPathCall) -> ScalarKernel {
    { (arguments, context) throws(SQLError) in
        guard let found = try found(arguments, context, call) else { return .null }
        if found.count == 1, case .json(let bytes) = found[0] {
            let kind = bytes.withUnsafeBytes { JSONB($0).kind }
            if kind == .null { return .null }
            if kind == .true || kind == .false { return Datum(kind == .true) }
        }
        if isSilent(arguments, call) { return .null }
        throw SQLError(.singletonSqlJsonItemRequired, "single boolean result is expected")
    }
}

private func isSilent(_ arguments: UnsafePointer<Datum>, _ call: JSONPathCall) -> Bool {
    call == .operation || arguments[3].bool
}

/// Nil: there was an error, and the call is silent.
private func found(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext, _ call: JSONPathCall
) throws(SQLError) -> [JSONPathItem]? {
    var variables = JSONPathItem(.object([])).encoded
    if call != .operation {
        variables = arguments[2].view.bytes
        let kind = variables.withUnsafeBytes { JSONB($0).kind }
        guard kind == .object else {
            throw SQLError(.invalidParameterValue, "\"vars\" argument is not an object").detail(
                "Jsonpath parameters should be encoded as key-value pairs of \"vars\" object.")
        }
    }
    var executor = JSONPathExecutor(
        path: try context.jsonPath(arguments[1].view), root: arguments[0].view.bytes,
        variables: variables, context: context, zone: call == .zoned ? context.types.timeZone : nil)
    do throws(SQLError) {
        return try executor.run()
    } catch {
        if JSONPathExecutor.isFatal(error) || !isSilent(arguments, call) { throw error }
        return nil
    }
}

extension FunctionContext {
    private static let jsonPathsMax = 64

    /// Parsed once for all rows.
    fileprivate func jsonPath(_ text: ByteView) throws(SQLError) -> JSONPath {
        let key = text.string
        if let known = jsonPaths[key] { return known }
        let path = try JSONPath.parse(text.bytes)
        if jsonPaths.count >= FunctionContext.jsonPathsMax { jsonPaths.removeAll() }
        jsonPaths[key] = path
        return path
    }
}
