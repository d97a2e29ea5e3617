internal import Base
internal import Types

// Casts to, from and among the types of strings (chapter 8.3), and values as text.

let identityViews = Kernel.vector { (arguments, count, result, _) throws(SQLError) in
    result.views.update(from: arguments[0].views, count: count)
}

/// The text form of any value, in the arena.
func asTextDatum(_ datum: Datum, _ type: OID, _ context: FunctionContext) -> Datum {
    var buffer = ByteBuffer()
    TypeIO.output(datum, type: type, context: context.types, into: &buffer)
    return context.text(buffer)
}
func asText(_ datum: Datum, _ type: OID, _ context: FunctionContext) -> ByteView {
    asTextDatum(datum, type, context).view
}

/// As a cast to text, which differs from the text form for boolean and character.
func castToText(_ datum: Datum, _ type: OID, _ context: FunctionContext) -> ByteView {
    switch type {
    case .bool: return context.text(datum.bool ? "true" : "false").view
    case .bpchar:
        return datum.view.withBytes { bytes in
            let count = TypeComparison.unpaddedCount(bytes)
            return ByteView(
                copying: UnsafeRawBufferPointer(rebasing: bytes[..<count]), into: context.arena)
        }
    case .text, .varchar: return datum.view
    case .inet, .cidr:
        // Unlike the text form, the cast always tells how many bits name the network.
        return context.text(NetworkText.text(NetworkAddress(datum.view), isCIDR: true)).view
    default: return asText(datum, type, context)
    }
}

/// varchar(value, typmod, isExplicit) and bpchar.
func modifierCast(_ type: OID) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        try TypeModifiers.apply(
            SQLType(oid: type, modifier: Int32(truncatingIfNeeded: arguments[1].word)),
            to: arguments[0], isExplicit: arguments[2].bool, arena: context.arena)
    }
}

let nameCast = Kernel.scalar { (arguments, context) throws(SQLError) in
    arguments[0].view.withBytes { bytes in
        let end = TextEncoding.clip(bytes, toBytes: 63)
        return context.text(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
    }
}
