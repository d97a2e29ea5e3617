internal import Base
internal import Types

/// json_agg, json_object_agg and their jsonb twins: text is gathered, nulls are values.
let jsonArrayAggregate = jsonAggregate(open: "[", close: "]", isBinary: false) {
    (state, arguments, row, context) throws(SQLError) in
    appendElement(&state, arguments, row, context)
}
let jsonbArrayAggregate = jsonAggregate(open: "[", close: "]", isBinary: true) {
    (state, arguments, row, context) throws(SQLError) in
    appendElement(&state, arguments, row, context)
}
let jsonObjectAggregate = jsonAggregate(open: "{ ", close: " }", isBinary: false) {
    (state, arguments, row, context) throws(SQLError) in
    try appendPair(&state, arguments, row, context)
}
let jsonbObjectAggregate = jsonAggregate(open: "{", close: "}", isBinary: true) {
    (state, arguments, row, context) throws(SQLError) in
    try appendPair(&state, arguments, row, context)
}

private func appendElement(
    _ state: inout GatheredBytes, _ arguments: [Vector], _ row: Int, _ context: FunctionContext
) {
    let type = context.argumentTypes[0]
    var buffer = ByteBuffer()
    // Arrays have a line each.
    if state.hasValue {
        let isLong = JSONWriter.isArray(type) && !arguments[0].isNull(row)
        buffer.append(isLong ? ", \n " : ", ")
    }
    JSONWriter(context: context.types).append(arguments[0][row], type, to: &buffer)
    state.append(buffer, context.stateArena)
}

private func appendPair(
    _ state: inout GatheredBytes, _ arguments: [Vector], _ row: Int, _ context: FunctionContext
) throws(SQLError) {
    guard !arguments[0].isNull(row) else { throw jsonFailure("field name must not be null") }
    let writer = JSONWriter(context: context.types)
    let key = try writer.key(arguments[0][row], context.argumentTypes[0])
    var buffer = ByteBuffer()
    if state.hasValue { buffer.append(", ") }
    key.withBytes { JSONText.appendQuoted($0, to: &buffer) }
    buffer.append(" : ")
    writer.append(arguments[1][row], context.argumentTypes[1], to: &buffer)
    state.append(buffer, context.stateArena)
}

private func jsonAggregate(
    open: StaticString, close: StaticString, isBinary: Bool,
    _ step:
        @escaping @Sendable (inout GatheredBytes, [Vector], Int, FunctionContext)
        throws(SQLError) -> Void
) -> AggregateKernel {
    AggregateKernel(
        stateSizeBytes: MemoryLayout<GatheredBytes>.stride,
        initialize: { $0.initializeMemory(as: GatheredBytes.self, to: GatheredBytes()) },
        accumulate: { (states, arguments, count, context) throws(SQLError) in
            for row in 0..<count {
                try step(
                    &states[row].assumingMemoryBound(to: GatheredBytes.self).pointee, arguments,
                    row, context)
            }
        },
        accumulateAll: { (state, arguments, count, context) throws(SQLError) in
            for row in 0..<count {
                try step(
                    &state.assumingMemoryBound(to: GatheredBytes.self).pointee, arguments, row,
                    context)
            }
        },
        finalize: { (state, context) throws(SQLError) in
            let gathered = state.assumingMemoryBound(to: GatheredBytes.self).pointee
            guard gathered.hasValue else { return .null }
            var buffer = ByteBuffer()
            buffer.append(open)
            buffer.append(contentsOf: gathered.bytes)
            buffer.append(close)
            guard isBinary else { return context.text(buffer) }
            return Datum(
                view: try buffer.withBytes { (text) throws(SQLError) in
                    try JSONText.parse(text, arena: context.arena)
                })
        },
        merge: nil)
}

/// Bytes in the arena of states; moved to a place twice as large when it is full.
private struct GatheredBytes: BitwiseCopyable, Sendable {
    private var address: UInt = 0
    private var count = 0
    private var capacity = 0
    private(set) var hasValue = false

    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
    }

    mutating func append(_ buffer: borrowing ByteBuffer, _ arena: Arena) {
        hasValue = true
        let added = buffer.count
        if count + added > capacity {
            let size = max(capacity * 2, count + added, 64)
            let target = arena.allocate(byteCount: size)
            if count > 0, let old = bytes.baseAddress {
                target.copyMemory(from: old, byteCount: count)
            }
            address = UInt(bitPattern: target)
            capacity = size
        }
        guard let target = UnsafeMutableRawPointer(bitPattern: address) else { return }
        let end = target + count
        buffer.withBytes { source in
            if let start = source.baseAddress { end.copyMemory(from: start, byteCount: added) }
        }
        count += added
    }
}
