internal import Base
internal import Types

/// Comparison of rows (chapter 9.24.5): field by field, nulls last and equal to each other.
let recordKernels: KernelTable.Theme = [
    ("record_eq", comparison(isEquality: true) { $0 == 0 }),
    ("record_ne", comparison(isEquality: true) { $0 != 0 }),
    ("record_lt", comparison(isEquality: false) { $0 < 0 }),
    ("record_le", comparison(isEquality: false) { $0 <= 0 }),
    ("record_gt", comparison(isEquality: false) { $0 > 0 }),
    ("record_ge", comparison(isEquality: false) { $0 >= 0 }),
    (
        "btrecordcmp",
        .scalar { (arguments, context) throws(SQLError) in
            let order = try RecordValue.compareChecked(
                arguments[0].view, arguments[1].view, isEquality: false, context: context.types)
            return Datum(word: Int64(order.signum()))
        }
    ),
    ("record_image_eq", image { $0 == 0 }), ("record_image_ne", image { $0 != 0 }),
    ("record_image_lt", image { $0 < 0 }), ("record_image_le", image { $0 <= 0 }),
    ("record_image_gt", image { $0 > 0 }), ("record_image_ge", image { $0 >= 0 }),
    (
        "btrecordimagecmp",
        .scalar { (arguments, context) throws(SQLError) in
            Datum(word: Int64(try imageOrder(arguments, context).signum()))
        }
    ),
]

private func comparison(
    isEquality: Bool, _ holds: @escaping @Sendable (Int) -> Bool
) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        Datum(
            holds(
                try RecordValue.compareChecked(
                    arguments[0].view, arguments[1].view, isEquality: isEquality,
                    context: context.types)))
    }
}

private func image(_ holds: @escaping @Sendable (Int) -> Bool) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        Datum(holds(try imageOrder(arguments, context)))
    }
}

/// The order of the fields' bytes, nulls last: 1.0 is not 1.00.
/// - Throws: 42804 for records of different columns.
private func imageOrder(
    _ arguments: UnsafePointer<Datum>, _ context: FunctionContext
) throws(SQLError) -> Int {
    let left = RecordValue(arguments[0].view, arena: context.arena).live(context.types)
    let right = RecordValue(arguments[1].view, arena: context.arena).live(context.types)
    for (index, (a, b)) in zip(left, right).enumerated() {
        guard TypeCatalog.base(a.type) == TypeCatalog.base(b.type) else {
            let names = [a.type, b.type].map { context.types.name(of: SQLType($0)) }
            throw SQLError(
                .datatypeMismatch,
                "cannot compare dissimilar column types \(names[0]) and \(names[1]) at record column \(index + 1)"
            )
        }
        if a.value.isNull || b.value.isNull {
            if a.value.isNull != b.value.isNull { return a.value.isNull ? 1 : -1 }
            continue
        }
        let order: Int
        if SQLType(a.type).physical == .word {
            let (x, y) = (UInt64(bitPattern: a.value.word), UInt64(bitPattern: b.value.word))
            order = x < y ? -1 : x > y ? 1 : 0
        } else {
            order = ByteView.compare(a.value.view, b.value.view)
        }
        if order != 0 { return order }
    }
    guard left.count == right.count else {
        throw SQLError(
            .datatypeMismatch, "cannot compare record types with different numbers of columns")
    }
    return 0
}
