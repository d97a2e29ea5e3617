internal import Base
internal import Types

/// Functions of enums (chapter 9.10). Values are words in the labels' order, which compare as such.
let enumKernels: KernelTable.Theme = [
    (
        "enum_first",
        .scalar { (_, context) throws(SQLError) in
            guard let first = try labels(context).labels.first else {
                throw try emptyEnum(context)
            }
            return Datum(word: first.word)
        }
    ),
    (
        "enum_last",
        .scalar { (_, context) throws(SQLError) in
            guard let last = try labels(context).labels.last else {
                throw try emptyEnum(context)
            }
            return Datum(word: last.word)
        }
    ),
    (
        "enum_range_all",
        .scalar { (_, context) throws(SQLError) in
            try range(from: nil, through: nil, context)
        }
    ),
    (
        "enum_range_bounds",
        .scalar { (arguments, context) throws(SQLError) in
            try range(
                from: arguments[0].isNull ? nil : arguments[0].word,
                through: arguments[1].isNull ? nil : arguments[1].word, context)
        }
    ),
    (
        "enum_out",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(
                TypeIO.text(arguments[0], type: try enumType(context), context: context.types))
        }
    ),
    (
        "enum_send",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(
                TypeIO.text(arguments[0], type: try enumType(context), context: context.types))
        }
    ),
]

/// - Throws: 22023 where nothing tells which enum is meant.
private func enumType(_ context: FunctionContext) throws(SQLError) -> OID {
    for type in context.argumentTypes {
        let base = TypeCatalog.base(type)
        if TypeCatalog.isEnumeration(base) { return base }
    }
    throw SQLError(.featureNotSupported, "could not determine actual enum type")
}

private func labels(_ context: FunctionContext) throws(SQLError) -> EnumLabels {
    let type = try enumType(context)
    guard let labels = context.types.enumLabels?(type) else {
        throw SQLError(.undefinedObject, "type with OID \(type) does not exist")
    }
    return labels
}

private func emptyEnum(_ context: FunctionContext) throws(SQLError) -> SQLError {
    let name = context.types.name(of: SQLType(try enumType(context)))
    return SQLError(.objectNotInPrerequisiteState, "enum \(name) contains no values")
}

private func range(
    from first: Int64?, through last: Int64?, _ context: FunctionContext
) throws(SQLError) -> Datum {
    let type = try enumType(context)
    let words = try labels(context).labels.map(\.word).filter { word in
        (first.map { word >= $0 } ?? true) && (last.map { word <= $0 } ?? true)
    }
    return Datum(
        view: ArrayBinary.make(
            words.map { Datum(word: $0) }, element: type, arena: context.arena))
}
