internal import Base
internal import Execute
internal import Functions
internal import Types

/// Parameters in, result fields out, through the types' own functions.
extension Session {
    /// The settings that text forms depend on.
    var typeContext: TypeContext { functions.types }
}

/// How one parameter's values are read.
struct ParameterDecoder {
    private let type: SQLType

    init(_ type: OID) { self.type = SQLType(type) }

    /// Long values lie in an arena; of the others nothing does.
    var needsArena: Bool { type.physical == .bytes }

    @inline(__always)
    func decode(
        _ bytes: UnsafeRawBufferPointer, isBinary: Bool, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum {
        isBinary
            ? try TypeIO.receive(bytes, type: type, context: context, arena: arena)
            : try TypeIO.input(bytes, type: type, context: context, arena: arena)
    }
}
