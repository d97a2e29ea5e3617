internal import Base
internal import Types

/// Functions over pg_snapshot and its older name.
let transactionKernels: KernelTable.Theme = [
    (
        "pg_snapshot_xmin",
        .scalar { (arguments, _) throws(SQLError) in
            Datum(word: Int64(bitPattern: SnapshotValue(stored: arguments[0].view).oldest))
        }
    ),
    (
        "pg_snapshot_xmax",
        .scalar { (arguments, _) throws(SQLError) in
            Datum(word: Int64(bitPattern: SnapshotValue(stored: arguments[0].view).next))
        }
    ),
    (
        "pg_snapshot_xip",
        .series { (arguments, _) throws(SQLError) in
            let active = SnapshotValue(stored: arguments[0].view).active
            return Series(
                .list(active.map { Datum(word: Int64(bitPattern: $0)) }, next: 0))
        }
    ),
    (
        "pg_visible_in_snapshot",
        .scalar { (arguments, _) throws(SQLError) in
            Datum(
                SnapshotValue(stored: arguments[1].view)
                    .sees(UInt64(bitPattern: arguments[0].word)))
        }
    ),
    (
        "xid8toxid",
        .scalar { (arguments, _) throws(SQLError) in
            Datum(word: Int64(UInt32(truncatingIfNeeded: arguments[0].word)))
        }
    ),
]
