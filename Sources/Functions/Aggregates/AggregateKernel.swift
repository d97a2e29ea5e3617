public import Base

/// How one aggregate runs. Its state is `stateSizeBytes` bytes of plain memory, 16-byte aligned, which
/// the executor allocates and never destroys; what grows lies in `FunctionContext.stateArena`.
///
/// Rows whose (first) argument is null are for the kernel to pass over.
public struct AggregateKernel: Sendable {
    public typealias State = UnsafeMutableRawPointer

    public let stateSizeBytes: Int
    /// Makes any memory a state that has seen nothing.
    public let initialize: @Sendable (State) -> Void
    /// Row n of the arguments goes to state n.
    public let accumulate:
        @Sendable (
            _ states: UnsafePointer<State>, _ arguments: [Vector], _ count: Int, FunctionContext
        ) throws(SQLError) -> Void
    /// All rows go to one state: the fast path.
    public let accumulateAll:
        @Sendable (State, _ arguments: [Vector], _ count: Int, FunctionContext) throws(SQLError) ->
            Void
    /// The answer, in `context.arena` or `stateArena`; null for no rows, except counts.
    public let finalize: @Sendable (State, FunctionContext) throws(SQLError) -> Datum
    /// Adds the second state to the first, as if its rows had followed. Nil: cannot be split.
    public let merge:
        (@Sendable (_ target: State, _ source: State, FunctionContext) throws(SQLError) -> Void)?
}

/// A kernel over a state of one type. `all` is the fast path for one group, `step` where not given.
func aggregate<Value: BitwiseCopyable & Sendable>(
    _ initial: Value,
    step:
        @escaping @Sendable (inout Value, [Vector], Int, FunctionContext) throws(SQLError) -> Void,
    all: (@Sendable (inout Value, [Vector], Int, FunctionContext) throws(SQLError) -> Void)? = nil,
    merge: (@Sendable (inout Value, Value, FunctionContext) throws(SQLError) -> Void)? = nil,
    finish: @escaping @Sendable (Value, FunctionContext) throws(SQLError) -> Datum
) -> AggregateKernel {
    var mergeStates:
        (
            @Sendable (UnsafeMutableRawPointer, UnsafeMutableRawPointer, FunctionContext)
                throws(SQLError) -> Void
        )?
    if let merge {
        mergeStates = { (target, source, context) throws(SQLError) in
            try merge(
                &target.assumingMemoryBound(to: Value.self).pointee,
                source.assumingMemoryBound(to: Value.self).pointee, context)
        }
    }
    return AggregateKernel(
        stateSizeBytes: MemoryLayout<Value>.stride,
        initialize: { $0.initializeMemory(as: Value.self, to: initial) },
        accumulate: { (states, arguments, count, context) throws(SQLError) in
            for row in 0..<count where arguments.isEmpty || !arguments[0].isNull(row) {
                try step(
                    &states[row].assumingMemoryBound(to: Value.self).pointee, arguments, row,
                    context)
            }
        },
        accumulateAll: { (state, arguments, count, context) throws(SQLError) in
            let typed = state.assumingMemoryBound(to: Value.self)
            if let all { return try all(&typed.pointee, arguments, count, context) }
            for row in 0..<count where arguments.isEmpty || !arguments[0].isNull(row) {
                try step(&typed.pointee, arguments, row, context)
            }
        },
        finalize: { (state, context) throws(SQLError) in
            try finish(state.assumingMemoryBound(to: Value.self).pointee, context)
        },
        merge: mergeStates)
}
