internal import Base
internal import Types

/// array_agg: the values' datums, nulls included, gathered in the state's arena. The element type comes
/// with the call: `FunctionContext.argumentTypes`.
let arrayAggregate = gatheringKernel { (elements, type, context) throws(SQLError) in
    ArrayBinary.make(elements, element: type, arena: context.arena)
}

/// array_agg of arrays, which become the dimensions below the first.
let nestedArrayAggregate = gatheringKernel { (elements, type, context) throws(SQLError) in
    var parts: [ArrayValue] = []
    for element in elements {
        guard !element.isNull else {
            throw SQLError(.nullValueNotAllowed, "cannot accumulate null arrays")
        }
        let part = ArrayValue(element.view, arena: context.arena)
        guard !part.isEmpty else {
            throw SQLError(.arraySubscriptError, "cannot accumulate empty arrays")
        }
        guard parts.isEmpty || part.lengths == parts[0].lengths else {
            throw SQLError(
                .arraySubscriptError, "cannot accumulate arrays of different dimensionality")
        }
        parts.append(part)
    }
    let inner = FunctionRegistry.elementType(of: type) ?? .text
    return try ArrayValue.nested(parts, element: inner).view(arena: context.arena)
}

/// An aggregate over all values at once; nil is null.
func gatheringKernel(
    _ make: @escaping @Sendable ([Datum], OID, FunctionContext) throws(SQLError) -> ByteView?
) -> AggregateKernel {
    AggregateKernel(
        stateSizeBytes: MemoryLayout<GatheredDatums>.stride,
        initialize: { $0.initializeMemory(as: GatheredDatums.self, to: GatheredDatums()) },
        accumulate: { (states, arguments, count, context) throws(SQLError) in
            for row in 0..<count {
                states[row].assumingMemoryBound(to: GatheredDatums.self).pointee
                    .append(arguments[0][row], arguments[0].physicalType, context)
            }
        },
        accumulateAll: { (state, arguments, count, context) throws(SQLError) in
            let gathered = state.assumingMemoryBound(to: GatheredDatums.self)
            for row in 0..<count {
                gathered.pointee.append(arguments[0][row], arguments[0].physicalType, context)
            }
        },
        finalize: { (state, context) throws(SQLError) in
            let gathered = state.assumingMemoryBound(to: GatheredDatums.self).pointee
            guard let elements = gathered.elements else { return .null }
            let result = try make(Array(elements), OID(gathered.elementType), context)
            return result.map { Datum(view: $0) } ?? .null
        },
        merge: { (target, source, context) throws(SQLError) in
            let other = source.assumingMemoryBound(to: GatheredDatums.self).pointee
            guard let elements = other.elements else { return }
            let gathered = target.assumingMemoryBound(to: GatheredDatums.self)
            gathered.pointee.elementType = other.elementType
            for element in elements { gathered.pointee.append(element, context.stateArena) }
        })
}

/// Values gathered in the arena of states.
struct GatheredDatums: BitwiseCopyable, Sendable {
    private var address: UInt = 0
    private var count = 0
    private var capacity = 0
    var elementType: UInt32 = 0

    var elements: UnsafeBufferPointer<Datum>? {
        guard count > 0, let start = UnsafePointer<Datum>(bitPattern: address) else { return nil }
        return UnsafeBufferPointer(start: start, count: count)
    }

    mutating func append(_ datum: Datum, _ physical: PhysicalType, _ context: FunctionContext) {
        elementType = context.argumentTypes.first?.rawValue ?? elementType
        reserve(context.stateArena)
        let isLong = !datum.isNull && physical == .bytes
        store(isLong ? Datum(view: datum.view.copied(into: context.stateArena)) : datum)
    }

    /// A datum that already lies in the arena of states.
    mutating func append(_ datum: Datum, _ arena: Arena) {
        reserve(arena)
        store(datum)
    }

    private mutating func reserve(_ arena: Arena) {
        guard count == capacity else { return }
        let size = max(capacity * 2, 8)
        let target = arena.allocate(byteCount: size * MemoryLayout<Datum>.stride)
        if let old = UnsafeRawPointer(bitPattern: address) {
            target.copyMemory(from: old, byteCount: count * MemoryLayout<Datum>.stride)
        }
        address = UInt(bitPattern: target)
        capacity = size
    }

    private mutating func store(_ datum: Datum) {
        UnsafeMutablePointer<Datum>(bitPattern: address)?.advanced(by: count).initialize(to: datum)
        count += 1
    }
}
