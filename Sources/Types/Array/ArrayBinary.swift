public import Base

/// Array values are kept in PostgreSQL's binary wire form (array_send), int2vector and oidvector too,
/// but for elements of users' types (`TypeIO.store`):
///
///     | dimensions 4 | has nulls 4 | element type 4 | (length 4, lower bound 4) each dimension |
///     | element length 4 (-1 null), bytes in the element's binary form | …                     |
public enum ArrayBinary {
    public static let dimensionsMax = 6
    public static let elementsMax = 1 << 27

    /// The elements in storage order; long ones borrow the array's bytes, or lie in `arena`.
    public static func elements(_ view: ByteView, arena: Arena) -> [Datum] {
        view.withBytes { bytes in
            var reader = ByteReader(bytes)
            guard let header = readHeader(&reader) else { return [] }
            var result: [Datum] = []
            result.reserveCapacity(header.count)
            for _ in 0..<header.count {
                guard let length = reader.read(bigEndian: Int32.self) else { break }
                guard length >= 0 else {
                    result.append(.null)
                    continue
                }
                guard let value = reader.read(byteCount: Int(length)) else { break }
                result.append(element(value, header.element, arena))
            }
            return result
        }
    }

    struct Header {
        var element: OID
        var lengths: [Int]
        var lowerBounds: [Int]
        var count: Int { lengths.isEmpty ? 0 : lengths.reduce(1, *) }
    }

    static func readHeader(_ reader: inout ByteReader) -> Header? {
        guard let dimensions = reader.read(bigEndian: Int32.self),
            (0...Int32(dimensionsMax)).contains(dimensions),
            reader.read(bigEndian: Int32.self) != nil,
            let element = reader.read(bigEndian: UInt32.self)
        else { return nil }
        var header = Header(element: OID(element), lengths: [], lowerBounds: [])
        var total = 1
        for _ in 0..<dimensions {
            guard let length = reader.read(bigEndian: Int32.self), length >= 0,
                let lower = reader.read(bigEndian: Int32.self)
            else { return nil }
            total *= Int(length)
            guard total <= elementsMax else { return nil }
            header.lengths.append(Int(length))
            header.lowerBounds.append(Int(lower))
        }
        return header
    }

    static func header(_ view: ByteView) -> Header? {
        view.withBytes { bytes in
            var reader = ByteReader(bytes)
            return readHeader(&reader)
        }
    }

    /// Appends all before the first element; returns the elements' type.
    static func appendHeader(of view: ByteView, to buffer: inout ByteBuffer) -> OID {
        view.withBytes { bytes in
            var reader = ByteReader(bytes)
            guard let header = readHeader(&reader) else { return .invalid }
            let count = bytes.count - reader.remainingCount
            buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            return header.element
        }
    }

    /// Lengths of the dimensions; empty of an empty array.
    public static func lengths(_ view: ByteView) -> [Int] { header(view)?.lengths ?? [] }
    public static func lowerBounds(_ view: ByteView) -> [Int] { header(view)?.lowerBounds ?? [] }

    /// One element from its binary form, which was checked when the array was made.
    static func element(
        _ bytes: UnsafeRawBufferPointer, _ type: OID, _ arena: Arena
    ) -> Datum {
        let type = TypeCatalog.base(type)
        guard let info = TypeCatalog.info(type) else {
            return Datum(view: ByteView(borrowing: bytes))
        }
        if info.physical == .word {
            var word: Int64 = 0
            for byte in bytes { word = word << 8 | Int64(byte) }
            let isUnsigned = info.name != "int2" && info.name != "int4" && info.name != "date"
            let unused = Int64(64 - bytes.count * 8)
            return Datum(word: isUnsigned ? word : (word << unused) >> unused)
        }
        if type == .numeric, let value = numeric(bytes, arena) { return Datum(view: value) }
        if type == .jsonb, let value = jsonb(bytes, arena) { return Datum(view: value) }
        // Its text comes after the version.
        let isPath = type.rawValue == 4072 && !bytes.isEmpty
        let rest = isPath ? UnsafeRawBufferPointer(rebasing: bytes.dropFirst()) : bytes
        return Datum(view: ByteView(borrowing: rest))
    }

    /// After the version comes text.
    private static func jsonb(_ bytes: UnsafeRawBufferPointer, _ arena: Arena) -> ByteView? {
        do {
            return try JSONText.parse(UnsafeRawBufferPointer(rebasing: bytes.dropFirst()), arena: arena)
        } catch { return nil }
    }

    private static func numeric(_ bytes: UnsafeRawBufferPointer, _ arena: Arena) -> ByteView? {
        do { return try Numeric.receive(bytes, arena: arena) } catch { return nil }
    }

    /// A one-dimensional array; no elements make the empty array.
    public static func make(
        _ elements: [Datum], element: OID, lowerBound: Int = 1, arena: Arena
    ) -> ByteView {
        make(
            elements, element: element, lengths: elements.isEmpty ? [] : [elements.count],
            lowerBounds: [lowerBound], arena: arena)
    }

    public static func make(
        _ elements: [Datum], element: OID, lengths: [Int], lowerBounds: [Int], arena: Arena
    ) -> ByteView {
        var buffer = ByteBuffer()
        buffer.append(bigEndian: Int32(lengths.count))
        buffer.append(bigEndian: elements.contains { $0.isNull } ? 1 : 0 as Int32)
        buffer.append(bigEndian: element.rawValue)
        for (length, lower) in zip(lengths, lowerBounds) {
            buffer.append(bigEndian: Int32(length))
            buffer.append(bigEndian: Int32(truncatingIfNeeded: lower))
        }
        for datum in elements {
            if datum.isNull {
                buffer.append(bigEndian: -1 as Int32)
                continue
            }
            let start = buffer.skip(4)
            TypeIO.store(datum, type: element, into: &buffer)
            buffer.overwrite(bigEndian: Int32(buffer.count - start - 4), at: start)
        }
        return buffer.withBytes { ByteView(copying: $0, into: arena) }
    }

    static func receive(
        _ bytes: UnsafeRawBufferPointer, type: SQLType, context: TypeContext, arena: Arena
    ) throws(SQLError) -> Datum {
        guard let info = TypeCatalog.info(type.oid), info.hasElements else {
            throw SQLError(
                .undefinedFunction,
                "no binary input function available for type \(type.name)")
        }
        var reader = ByteReader(bytes)
        guard let header = readHeader(&reader) else { throw insufficientData }
        guard header.element == info.elementOID else {
            func name(_ type: OID) -> String { "\(type) (\(SQLType(type).name))" }
            throw SQLError(
                .datatypeMismatch,
                "binary data has array element type \(name(header.element)) instead of "
                    + "expected \(name(info.elementOID))")
        }
        let element = SQLType(oid: header.element, modifier: type.modifier)
        var elements: [Datum] = []
        for _ in 0..<header.count {
            guard let length = reader.read(bigEndian: Int32.self) else { throw insufficientData }
            guard length >= 0 else {
                if TypeCatalog.isDomain(element.oid) {
                    try context.checkDomain?(.null, element.oid)
                }
                elements.append(.null)
                continue
            }
            guard let value = reader.read(byteCount: Int(length)) else { throw insufficientData }
            elements.append(
                try TypeIO.receive(value, type: element, context: context, arena: arena))
        }
        guard reader.isAtEnd else { throw TypeIO.badBinary }
        return Datum(
            view: make(
                elements, element: header.element, lengths: header.lengths,
                lowerBounds: header.lowerBounds, arena: arena))
    }

    /// Element by element, nulls last; then by count, dimensions, lengths and lower bounds.
    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        let a = ArrayValue(left, arena: scratch)
        let b = ArrayValue(right, arena: scratch)
        let kind = TypeComparison.kind(of: a.element)
        for (x, y) in zip(a.elements, b.elements) {
            if x.isNull || y.isNull {
                if x.isNull != y.isNull { return x.isNull ? 1 : -1 }
                continue
            }
            let order = TypeComparison.compare(x, y, kind: kind)
            if order != 0 { return order }
        }
        if a.elements.count != b.elements.count { return a.elements.count - b.elements.count }
        if a.dimensionCount != b.dimensionCount { return a.dimensionCount - b.dimensionCount }
        for (x, y) in zip(a.lengths + a.lowerBounds, b.lengths + b.lowerBounds) where x != y {
            return x < y ? -1 : 1
        }
        return 0
    }

    public static func hash(_ view: ByteView) -> UInt64 {
        let kind = TypeComparison.kind(of: header(view)?.element ?? .text)
        let scratch = Arena()
        defer { withExtendedLifetime(scratch) {} }
        return elements(view, arena: scratch).reduce(1) { state, datum in
            TypeComparison.mix(state) &+ (datum.isNull ? 0 : TypeComparison.hash(datum, kind: kind))
        }
    }
}
