internal import Base
internal import Types

/// Values of bytes folded into one, which lies in the arena of states.
private struct FoldedView: BitwiseCopyable, Sendable {
    // A view, which is no bitwise copyable type.
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    var hasValue = false

    var view: ByteView {
        get { unsafeBitCast((low, high), to: ByteView.self) }
        set { (low, high) = unsafeBitCast(newValue, to: (UInt64, UInt64).self) }
    }
}

/// An aggregate that joins the values so far with the next one; nulls do not count.
func viewFold(
    _ operation: @escaping @Sendable (ByteView, ByteView, Arena) throws(SQLError) -> ByteView
) -> AggregateKernel {
    @Sendable func add(
        _ state: inout FoldedView, _ view: ByteView, _ context: FunctionContext
    ) throws(SQLError) {
        state.view =
            state.hasValue
            ? try operation(state.view, view, context.stateArena)
            : view.copied(into: context.stateArena)
        state.hasValue = true
    }
    return aggregate(
        FoldedView(),
        step: { state, arguments, row, context throws(SQLError) in
            try add(&state, arguments[0].views[row], context)
        },
        merge: { state, other, context throws(SQLError) in
            if other.hasValue { try add(&state, other.view, context) }
        },
        finish: { state, _ throws(SQLError) in
            state.hasValue ? Datum(view: state.view) : .null
        })
}
