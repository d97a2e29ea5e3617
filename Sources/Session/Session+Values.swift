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
    /// Nothing of its values lies in an arena.
    private let isWord: Bool

    init(_ type: OID) {
        self.type = SQLType(type)
        isWord = self.type.physical == .word
    }

    /// - Parameters:
    ///   - arena: made when it is first needed.
    ///   - unused: what functions get that need none.
    func decode(
        _ bytes: UnsafeRawBufferPointer, isBinary: Bool, context: TypeContext, arena: inout Arena?,
        unused: Arena
    ) throws(SQLError) -> Datum {
        if !isWord, arena == nil { arena = Arena() }
        let target = isWord ? unused : arena ?? unused
        return isBinary
            ? try TypeIO.receive(bytes, type: type, context: context, arena: target)
            : try TypeIO.input(bytes, type: type, context: context, arena: target)
    }
}
