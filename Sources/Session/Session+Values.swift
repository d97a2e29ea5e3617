internal import Base
internal import Execute
internal import Functions
internal import Types

/// Parameters in, result fields out, through the types' own functions.
extension Session {
    /// The settings that text forms depend on.
    var typeContext: TypeContext { state.functions.types }

    func textParameter(
        _ bytes: UnsafeRawBufferPointer, _ type: SQLType, _ arena: inout Arena?
    ) throws(SQLError) -> Datum {
        let context = state.functions.types
        if type.physical == .word {
            // Nothing of such a value lies in an arena.
            return try TypeIO.input(
                bytes, type: type, context: context, arena: state.functions.arena)
        }
        let arena = Session.made(&arena)
        return try TypeIO.input(bytes, type: type, context: context, arena: arena)
    }

    func binaryParameter(
        _ bytes: UnsafeRawBufferPointer, _ type: SQLType, _ arena: inout Arena?
    ) throws(SQLError) -> Datum {
        let context = state.functions.types
        if type.physical == .word {
            return try TypeIO.receive(
                bytes, type: type, context: context, arena: state.functions.arena)
        }
        let arena = Session.made(&arena)
        return try TypeIO.receive(bytes, type: type, context: context, arena: arena)
    }

    private static func made(_ arena: inout Arena?) -> Arena {
        if let arena { return arena }
        let new = Arena()
        arena = new
        return new
    }
}
