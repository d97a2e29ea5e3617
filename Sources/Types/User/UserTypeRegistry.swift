public import Base
internal import Synchronization

/// The types that users define, and the row types of their tables, by OID: what lies how, which is
/// the same for all databases and transactions because an OID is never given twice. Names and what
/// else may change are the catalog's, which `TypeContext` asks.
///
/// Entries stay for the life of the process: they are read on the row path without a lock.
///
///     top: 2048 pages -> page: 2048 leaves -> leaf: 1024 types          11 + 11 + 10 bits of OID
final class UserTypeRegistry: @unchecked Sendable {
    // Safe to share: cells are atomic and never emptied; `lock` orders those that fill them.
    private let lock = Mutex<Void>(())
    private let top = UserTypeRegistry.makeTable(1 << 11)

    static let shared = UserTypeRegistry()

    private typealias Cells = UnsafeMutablePointer<Atomic<UInt>>

    private static func makeTable(_ count: Int) -> Cells {
        let cells = Cells.allocate(capacity: count)
        for index in 0..<count { (cells + index).initialize(to: Atomic(0)) }
        return cells
    }

    private static func cells(_ bits: UInt) -> Cells? { Cells(bitPattern: bits) }

    func info(_ oid: OID) -> TypeInfo? {
        let number = oid.rawValue
        guard
            let page = UserTypeRegistry.cells(
                top[Int(number >> 21)].load(ordering: .acquiring)),
            let leaf = UserTypeRegistry.cells(
                page[Int(number >> 10 & 2047)].load(ordering: .acquiring)),
            let entry = UnsafeRawPointer(
                bitPattern: leaf[Int(number & 1023)].load(ordering: .acquiring))
        else { return nil }
        return Unmanaged<TypeInfo>.fromOpaque(entry).takeUnretainedValue()
    }

    func register(_ info: TypeInfo) {
        if self.info(info.oid)?.name == info.name { return }
        lock.withLock { _ in
            let number = info.oid.rawValue
            let page = UserTypeRegistry.below(top + Int(number >> 21), count: 1 << 11)
            let leaf = UserTypeRegistry.below(page + Int(number >> 10 & 2047), count: 1 << 10)
            // An entry that is replaced may be in use: it stays.
            let entry = Unmanaged.passRetained(info).toOpaque()
            leaf[Int(number & 1023)].store(UInt(bitPattern: entry), ordering: .releasing)
        }
    }

    private static func below(_ cell: Cells, count: Int) -> Cells {
        if let cells = cells(cell.pointee.load(ordering: .acquiring)) { return cells }
        let made = makeTable(count)
        cell.pointee.store(UInt(bitPattern: made), ordering: .releasing)
        return made
    }
}

extension TypeCatalog {
    /// Makes a user's type known before anything of it is used.
    public static func register(_ info: TypeInfo) { UserTypeRegistry.shared.register(info) }

    /// The type below all domains, with the modifier that they give it; other types themselves.
    public static func base(_ type: SQLType) -> SQLType {
        var type = type
        while type.oid >= .firstUser, let base = info(type.oid)?.domainBase { type = base }
        return type
    }

    /// The same without modifiers.
    @inline(__always)
    public static func base(_ oid: OID) -> OID {
        oid < .firstUser ? oid : base(SQLType(oid)).oid
    }

    /// Built on values whose text or bytes need the catalog or the session: `TypeIO.send` of them
    /// differs from how they are kept.
    static func isUserDefined(_ oid: OID) -> Bool {
        oid >= .firstUser || oid.rawValue >= OID.record.rawValue && isBuiltFromTypes(oid)
    }

    /// Of the built-in types: records, ranges, multiranges and arrays of them.
    private static func isBuiltFromTypes(_ oid: OID) -> Bool {
        if oid == .record || oid == .recordArray { return true }
        guard let info = info(oid) else { return false }
        return info.range != nil || info.isArray && self.info(info.elementOID)?.range != nil
    }

    /// A named row type, or `record`.
    public static func isComposite(_ oid: OID) -> Bool {
        if oid == .record { return true }
        return oid >= .firstUser && info(oid)?.kind == "c"
    }

    public static func isEnumeration(_ oid: OID) -> Bool {
        oid >= .firstUser && info(oid)?.kind == "e"
    }

    public static func isDomain(_ oid: OID) -> Bool {
        oid >= .firstUser && info(oid)?.domainBase != nil
    }
}

extension TypeInfo {
    /// Words whose order is the labels' (see `EnumLabels`).
    public static func enumeration(_ oid: OID, name: String, array: OID) -> TypeInfo {
        TypeInfo(
            oid: oid, name: name, sqlName: Identifier.quote(name), arrayOID: array,
            elementOID: .invalid, length: 4, isByValue: true, alignment: "i", storage: "p",
            category: "E", isPreferred: false, delimiter: ",", inputFunction: "enum_in",
            outputFunction: "enum_out", receiveFunction: "enum_recv", sendFunction: "enum_send",
            kind: "e", collation: .invalid, modifierInputFunction: "-",
            modifierOutputFunction: "-", physical: .word, storedWidthBytes: 8)
    }

    /// Its values lie as the base type's.
    public static func domain(
        _ oid: OID, name: String, array: OID, base: SQLType
    ) -> TypeInfo? {
        guard let below = TypeCatalog.info(base.oid) else { return nil }
        return TypeInfo(
            oid: oid, name: name, sqlName: Identifier.quote(name), arrayOID: array,
            elementOID: .invalid, length: below.length, isByValue: below.isByValue,
            alignment: below.alignment, storage: below.storage, category: below.category,
            isPreferred: false, delimiter: below.delimiter, inputFunction: "domain_in",
            outputFunction: below.outputFunction, receiveFunction: "domain_recv",
            sendFunction: below.sendFunction, kind: "d", collation: below.collation,
            modifierInputFunction: "-", modifierOutputFunction: "-", physical: below.physical,
            storedWidthBytes: below.storedWidthBytes, domainBase: base)
    }

    /// See `RecordValue`.
    public static func composite(_ oid: OID, name: String, array: OID) -> TypeInfo {
        TypeInfo(
            oid: oid, name: name, sqlName: Identifier.quote(name), arrayOID: array,
            elementOID: .invalid, length: -1, isByValue: false, alignment: "d", storage: "x",
            category: "C", isPreferred: false, delimiter: ",", inputFunction: "record_in",
            outputFunction: "record_out", receiveFunction: "record_recv",
            sendFunction: "record_send", kind: "c", collation: .invalid,
            modifierInputFunction: "-", modifierOutputFunction: "-", physical: .bytes,
            storedWidthBytes: 0)
    }

    /// The type of arrays of a user's type.
    public static func array(_ oid: OID, name: String, of element: TypeInfo) -> TypeInfo {
        TypeInfo(
            oid: oid, name: name, sqlName: element.sqlName + "[]", arrayOID: .invalid,
            elementOID: element.oid, length: -1, isByValue: false,
            alignment: element.alignment == "d" ? "d" : "i", storage: "x", category: "A",
            isPreferred: false, delimiter: element.delimiter, inputFunction: "array_in",
            outputFunction: "array_out", receiveFunction: "array_recv",
            sendFunction: "array_send", kind: "b", collation: element.collation,
            modifierInputFunction: "-", modifierOutputFunction: "-", physical: .bytes,
            storedWidthBytes: 0)
    }
}
