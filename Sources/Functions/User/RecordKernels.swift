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
    ("record_image_eq", image { $0 }),
    ("record_image_ne", image { !$0 }),
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

/// Equality of the fields' bytes: 1.0 is not 1.00.
private func image(_ result: @escaping @Sendable (Bool) -> Bool) -> Kernel {
    .scalar { (arguments, context) throws(SQLError) in
        func fields(_ datum: Datum) -> [UInt8] {
            // What comes before the count is the type.
            Array(datum.view.bytes.dropFirst(8))
        }
        return Datum(result(fields(arguments[0]) == fields(arguments[1])))
    }
}
