internal import Base
internal import Types

/// What catalogs and their readers make of names and options, and the zones that there are.
let catalogTextKernels: KernelTable.Theme = [
    (
        "pg_options_to_table",
        .series { (arguments, context) throws(SQLError) in
            let arena = context.stateArena
            let options = ArrayValue(arguments[0].view, arena: context.arena).elements
            let rows = options.filter { !$0.isNull }.map { option -> [Datum] in
                let bytes = option.view.bytes
                func text(_ part: ArraySlice<UInt8>) -> Datum {
                    Datum(view: ByteView(copying: Array(part), into: arena))
                }
                guard let sign = bytes.firstIndex(of: 0x3D) else { return [text(bytes[...]), .null] }
                return [text(bytes[..<sign]), text(bytes[(sign + 1)...])]
            }
            return Series(rows.isEmpty ? .done : .rows(rows, next: 0))
        }
    ),
    (
        "nameconcatoid",
        .scalar { (arguments, context) throws(SQLError) in
            let suffix = Array("_\(arguments[1].oid)".utf8)
            return arguments[0].view.withBytes { name in
                let end = TextEncoding.clip(name, toBytes: 63 - suffix.count)
                return context.text([UInt8](name[..<end]) + suffix)
            }
        }
    ),
    (
        "pg_timezone_names",
        .series { (_, context) throws(SQLError) in
            let arena = context.stateArena
            let now =
                context.transactionTimestamp / 1_000_000 + Int64(Calendar.unixEpochDays) * 86400
            let rows = TimeZone.all(at: now).map { zone -> [Datum] in
                let offset = Interval(
                    months: 0, days: 0,
                    microseconds: Int64(zone.period.offsetSeconds) * 1_000_000)
                return [
                    Datum(view: ByteView(copying: zone.name, into: arena)),
                    Datum(view: ByteView(copying: zone.period.abbreviation, into: arena)),
                    Datum(view: offset.view(in: arena)), Datum(zone.period.isDaylight),
                ]
            }
            return Series(rows.isEmpty ? .done : .rows(rows, next: 0))
        }
    ),
    // Nothing that is stored is compressed.
    ("pg_column_compression", .scalar { (_, _) throws(SQLError) in .null }),
]
