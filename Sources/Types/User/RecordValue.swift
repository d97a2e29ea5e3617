public import Base

/// A row as a value. It says itself what it consists of, so that comparing, hashing, keys and output
/// need no catalog:
///
///     | row type 4 | modifier 4 | count 4 | (type 4, length 4 (-1 null), bytes) each field |
///
/// Numbers are big-endian, and fields are kept in the form that array elements are kept in. Of a
/// named type, dropped columns are there as nulls, and columns that were added later are missing.
public struct RecordValue {
    public struct Field {
        public var type: OID
        public var value: Datum

        public init(type: OID, value: Datum) {
            self.type = type
            self.value = value
        }
    }
    public var type: SQLType
    public var fields: [Field]

    public init(type: SQLType, fields: [Field]) {
        self.type = type
        self.fields = fields
    }

    /// Long fields borrow the view's bytes, or lie in `arena`.
    public init(_ view: ByteView, arena: Arena) {
        (type, fields) = view.withBytes { bytes in
            var reader = ByteReader(bytes)
            guard let oid = reader.read(bigEndian: UInt32.self),
                let modifier = reader.read(bigEndian: Int32.self),
                let count = reader.read(bigEndian: Int32.self), count >= 0,
                Int(count) <= bytes.count
            else { return (.unknown, []) }
            var fields: [Field] = []
            fields.reserveCapacity(Int(count))
            for _ in 0..<count {
                guard let type = reader.read(bigEndian: UInt32.self),
                    let length = reader.read(bigEndian: Int32.self)
                else { break }
                guard length >= 0 else {
                    fields.append(Field(type: OID(type), value: .null))
                    continue
                }
                guard let value = reader.read(byteCount: Int(length)) else { break }
                fields.append(
                    Field(
                        type: OID(type), value: ArrayBinary.element(value, OID(type), arena)))
            }
            return (SQLType(oid: OID(oid), modifier: modifier), fields)
        }
    }

    public func view(arena: Arena) -> ByteView {
        var buffer = ByteBuffer()
        buffer.append(bigEndian: type.oid.rawValue)
        buffer.append(bigEndian: type.modifier)
        buffer.append(bigEndian: Int32(fields.count))
        for field in fields {
            buffer.append(bigEndian: field.type.rawValue)
            if field.value.isNull {
                buffer.append(bigEndian: -1 as Int32)
                continue
            }
            let start = buffer.skip(4)
            TypeIO.store(field.value, type: field.type, into: &buffer)
            buffer.overwrite(bigEndian: Int32(buffer.count - start - 4), at: start)
        }
        return buffer.withBytes { ByteView(copying: $0, into: arena) }
    }

    /// The field at a 0-based place; null where a value is older than the column.
    public subscript(index: Int) -> Datum {
        index < fields.count ? fields[index].value : .null
    }

    /// IS NULL: no field has a value. IS NOT NULL: all have one.
    public static func areAllNull(_ view: ByteView) -> Bool {
        eachField(view) { $0 < 0 }
    }
    public static func areNoneNull(_ view: ByteView) -> Bool {
        eachField(view) { $0 >= 0 }
    }

    /// True if `test` holds for the lengths of all fields.
    private static func eachField(_ view: ByteView, _ test: (Int32) -> Bool) -> Bool {
        view.withBytes { bytes in
            var reader = ByteReader(bytes)
            guard reader.read(byteCount: 8) != nil,
                let count = reader.read(bigEndian: Int32.self)
            else { return false }
            for _ in 0..<count {
                guard reader.read(byteCount: 4) != nil,
                    let length = reader.read(bigEndian: Int32.self)
                else { return false }
                if !test(length) { return false }
                if length > 0, reader.read(byteCount: Int(length)) == nil { return false }
            }
            return true
        }
    }

    // MARK: Comparison

    /// Field by field, nulls last and equal to each other; then by count.
    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        let a = RecordValue(left, arena: scratch).fields
        let b = RecordValue(right, arena: scratch).fields
        for (x, y) in zip(a, b) {
            if x.value.isNull || y.value.isNull {
                if x.value.isNull != y.value.isNull { return x.value.isNull ? 1 : -1 }
                continue
            }
            let order = TypeComparison.compare(x.value, y.value, type: x.type)
            if order != 0 { return order }
        }
        return a.count - b.count
    }

    /// As `compare`, for operators.
    /// - Throws: 42804 for records of different columns.
    public static func compareChecked(
        _ left: ByteView, _ right: ByteView, isEquality: Bool, context: TypeContext
    ) throws(SQLError) -> Int {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        let a = RecordValue(left, arena: scratch).live(context)
        let b = RecordValue(right, arena: scratch).live(context)
        for (index, (x, y)) in zip(a, b).enumerated() {
            let (first, second) = (TypeCatalog.base(x.type), TypeCatalog.base(y.type))
            if first != second {
                let names = [x.type, y.type].map { context.name(of: SQLType($0)) }
                throw SQLError(
                    .datatypeMismatch,
                    "cannot compare dissimilar column types \(names[0]) and \(names[1]) at record column \(index + 1)"
                )
            }
            if x.value.isNull || y.value.isNull {
                if x.value.isNull != y.value.isNull { return x.value.isNull ? 1 : -1 }
                continue
            }
            guard TypeCatalog.isOrderable(first) else {
                let what = isEquality ? "an equality operator" : "a comparison function"
                throw SQLError(
                    .undefinedFunction,
                    "could not identify \(what) for type \(context.name(of: SQLType(first)))")
            }
            let order = TypeComparison.compare(x.value, y.value, type: first)
            if order != 0 { return order }
        }
        guard a.count == b.count else {
            throw SQLError(
                .datatypeMismatch,
                "cannot compare record types with different numbers of columns")
        }
        return 0
    }

    public static func hash(_ view: ByteView) -> UInt64 {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        return RecordValue(view, arena: scratch).fields.reduce(1) { state, field in
            TypeComparison.mix(state)
                &+ (field.value.isNull ? 0 : TypeComparison.hash(field.value, type: field.type))
        }
    }
}
