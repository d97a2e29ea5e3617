public import Base

/// How one aggregate runs. Its state is `stateSizeBytes` bytes of plain memory, 8-byte aligned, which
/// the executor allocates and never destroys; what grows lies in `FunctionContext.stateArena`.
public struct AggregateKernel: Sendable {
    public typealias State = UnsafeMutableRawPointer

    public let stateSizeBytes: Int
    public let initialize: @Sendable (State) -> Void
    /// Row n of the arguments goes to state n.
    public let accumulate:
        @Sendable (
            _ states: UnsafePointer<UnsafeMutableRawPointer>, _ arguments: [Vector], _ count: Int,
            FunctionContext
        ) throws(SQLError) -> Void
    /// All rows go to one state.
    public let accumulateAll:
        @Sendable (State, _ arguments: [Vector], _ count: Int, FunctionContext) throws(SQLError) ->
            Void
    public let finalize: @Sendable (State, FunctionContext) throws(SQLError) -> Datum
    /// Adds the second state to the first, as if its rows had come there (in order).
    public let merge:
        @Sendable (_ target: State, _ source: State, FunctionContext) throws(SQLError) -> Void

    init(
        stateSizeBytes: Int, initialize: @escaping @Sendable (State) -> Void,
        accumulate:
            @escaping @Sendable (
                UnsafePointer<UnsafeMutableRawPointer>, [Vector], Int, FunctionContext
            ) throws(SQLError) -> Void,
        accumulateAll:
            @escaping @Sendable (State, [Vector], Int, FunctionContext) throws(SQLError) -> Void,
        finalize: @escaping @Sendable (State, FunctionContext) throws(SQLError) -> Datum,
        merge: @escaping @Sendable (State, State, FunctionContext) throws(SQLError) -> Void
    ) {
        self.stateSizeBytes = stateSizeBytes
        self.initialize = initialize
        self.accumulate = accumulate
        self.accumulateAll = accumulateAll
        self.finalize = finalize
        self.merge = merge
    }
}

/// Every aggregate by name and argument types.
enum AggregateTable {
    static let byKey: [String: AggregateKernel] = [:]
}
