internal import Base
internal import Types

/// Plain functions over OIDs, types and encodings, and hashing support.
let systemKernels: KernelTable.Theme = [
    (
        "format_type",
        .scalar { (arguments, context) throws(SQLError) in
            formatType(arguments, context)
        }
    ),
    ("pg_typeof", .scalar { (_, context) throws(SQLError) in Datum(context.argumentTypes[0]) }),
    (
        "PG_encoding_to_char",
        .scalar { (arguments, context) throws(SQLError) in
            let all = CharacterEncoding.all
            let number = Int(arguments[0].word)
            return context.text(all.indices.contains(number) ? all[number].name : "")
        }
    ),
    (
        "PG_char_to_encoding",
        .scalar { (arguments, _) throws(SQLError) in
            let found = CharacterEncoding.named(arguments[0].view.string)
            return Datum(word: Int64(found?.number ?? -1))
        }
    ),
    (
        "to_ascii_default",
        .scalar { (_, _) throws(SQLError) in
            throw SQLError(
                .featureNotSupported, "encoding conversion from UTF8 to ASCII not supported")
        }
    ),
    (
        "pg_encoding_max_length_sql",
        .scalar { (arguments, _) throws(SQLError) in
            let all = CharacterEncoding.all
            let number = Int(arguments[0].word)
            return all.indices.contains(number) ? Datum(word: Int64(all[number].bytesMax)) : .null
        }
    ),
    ("getdatabaseencoding", .scalar { (_, context) throws(SQLError) in context.text("UTF8") }),
    (
        "pg_column_size",
        .scalar { (arguments, context) throws(SQLError) in
            let info = TypeCatalog.info(context.argumentTypes[0])
            if let info, info.storedWidthBytes > 0 {
                return Datum(word: Int64(info.storedWidthBytes))
            }
            return Datum(word: Int64(arguments[0].view.count + 4))
        }
    ),
    (
        "pg_lsn_mi",
        .scalar { (arguments, context) throws(SQLError) in
            let left = UInt64(bitPattern: arguments[0].word)
            let right = UInt64(bitPattern: arguments[1].word)
            return Datum(
                view: Numeric.make(Int128(left) - Int128(right), scale: 0, arena: context.arena))
        }
    ),
    (
        "pg_wal_lsn_diff",
        .scalar { (arguments, context) throws(SQLError) in
            let left = UInt64(bitPattern: arguments[0].word)
            let right = UInt64(bitPattern: arguments[1].word)
            return Datum(
                view: Numeric.make(Int128(left) - Int128(right), scale: 0, arena: context.arena))
        }
    ),
    (
        "pg_lsn_pli",
        .scalar { (arguments, _) throws(SQLError) in
            try moved(arguments[0].word, by: arguments[1].view, isBackward: false)
        }
    ),
    (
        "pg_lsn_mii",
        .scalar { (arguments, _) throws(SQLError) in
            try moved(arguments[0].word, by: arguments[1].view, isBackward: true)
        }
    ),
    (
        "numeric_pg_lsn",
        .scalar { (arguments, context) throws(SQLError) in
            let value = arguments[0].view
            if Numeric.isNaN(value) {
                throw SQLError(.featureNotSupported, "cannot convert NaN to pg_lsn")
            }
            var digits = ByteBuffer()
            Numeric.append(try Numeric.round(value, digits: 0, arena: context.arena), to: &digits)
            guard let position = UInt64(String(decoding: digits.bytes, as: UTF8.self)) else {
                throw SQLError(.invalidParameterValue, "pg_lsn out of range")
            }
            return Datum(word: Int64(bitPattern: position))
        }
    ),
    (
        "numeric_pl_pg_lsn$5023",
        .scalar { (arguments, _) throws(SQLError) in
            try moved(arguments[1].word, by: arguments[0].view, isBackward: false)
        }
    ),
    (
        "pg_num_nulls",
        .scalar { (arguments, context) throws(SQLError) in
            let count = context.argumentTypes.indices.count { arguments[$0].isNull }
            return Datum(word: Int64(count))
        }
    ),
    (
        "pg_num_nonnulls",
        .scalar { (arguments, context) throws(SQLError) in
            let count = context.argumentTypes.indices.count { !arguments[$0].isNull }
            return Datum(word: Int64(count))
        }
    ),
]

/// pg_lsn ± bytes.
private func moved(
    _ position: Int64, by bytes: ByteView, isBackward: Bool
) throws(SQLError) -> Datum {
    if Numeric.isNaN(bytes) {
        let verb = isBackward ? "subtract NaN from" : "add NaN to"
        throw SQLError(.featureNotSupported, "cannot \(verb) pg_lsn")
    }
    let distance = Int128(try Numeric.int64(bytes, typeName: "bigint") ?? .max)
    let start = Int128(UInt64(bitPattern: position))
    guard let result = UInt64(exactly: isBackward ? start - distance : start + distance) else {
        throw SQLError(.numericValueOutOfRange, "pg_lsn out of range")
    }
    return Datum(word: Int64(bitPattern: result))
}

/// A null modifier asks for the bare name; bpchar then is `character`. With one that is none, SQL's
/// names of bpchar and bit would mean one character and one bit.
private func formatType(_ arguments: UnsafePointer<Datum>, _ context: FunctionContext) -> Datum {
    if arguments[0].isNull { return .null }
    let oid = arguments[0].oid
    let modifier = arguments[1].isNull ? -1 : Int32(truncatingIfNeeded: arguments[1].word)
    if oid == .bpchar, !arguments[1].isNull, modifier < 0 { return context.text("bpchar") }
    if oid == .bit, !arguments[1].isNull, modifier < 0 { return context.text("\"bit\"") }
    return context.text(context.types.name(of: SQLType(oid: oid, modifier: modifier)))
}
