public import Base

/// The row of pg_type for one type, as far as it does not change, and how Ordinal lays its values out.
/// An object, because it is asked for again and again and must not be copied each time.
public final class TypeInfo: Sendable {
    public let oid: OID
    /// pg_type.typname: `int4`, `_int4`.
    public let name: String
    /// `format_type(oid, NULL)`: `integer`, `integer[]`.
    public let sqlName: String
    /// The type of arrays of this one; 0 none.
    public let arrayOID: OID
    /// typelem: of arrays, and of name, int2vector, oidvector.
    public let elementOID: OID
    /// typlen: bytes, -1 variable, -2 zero-terminated.
    public let length: Int16
    public let isByValue: Bool
    public let alignment: Character
    public let storage: Character
    /// typcategory: `N` numeric, `S` string, `D` date …
    public let category: Character
    public let isPreferred: Bool
    public let delimiter: Character
    public let inputFunction: String
    public let outputFunction: String
    public let receiveFunction: String
    public let sendFunction: String
    /// typtype: `b` base, `p` pseudo, `e` enum, `d` domain, `c` composite, `r` range, `m` multirange.
    public let kind: Character
    public let collation: OID
    public let modifierInputFunction: String
    public let modifierOutputFunction: String

    public let physical: PhysicalType
    /// Bytes a word takes in a stored row: 1, 2, 4 or 8. 0: variable length.
    public let storedWidthBytes: Int
    /// Of a domain: the type that it restricts.
    public let domainBase: SQLType?
    /// Of a range or multirange type: what it is made of.
    public let range: RangeFacts?

    init(
        oid: OID, name: String, sqlName: String, arrayOID: OID, elementOID: OID, length: Int16,
        isByValue: Bool, alignment: Character, storage: Character, category: Character,
        isPreferred: Bool, delimiter: Character, inputFunction: String, outputFunction: String,
        receiveFunction: String, sendFunction: String, kind: Character, collation: OID,
        modifierInputFunction: String, modifierOutputFunction: String, physical: PhysicalType,
        storedWidthBytes: Int, domainBase: SQLType? = nil, range: RangeFacts? = nil
    ) {
        self.oid = oid
        self.name = name
        self.sqlName = sqlName
        self.arrayOID = arrayOID
        self.elementOID = elementOID
        self.length = length
        self.isByValue = isByValue
        self.alignment = alignment
        self.storage = storage
        self.category = category
        self.isPreferred = isPreferred
        self.delimiter = delimiter
        self.inputFunction = inputFunction
        self.outputFunction = outputFunction
        self.receiveFunction = receiveFunction
        self.sendFunction = sendFunction
        self.kind = kind
        self.collation = collation
        self.modifierInputFunction = modifierInputFunction
        self.modifierOutputFunction = modifierOutputFunction
        self.physical = physical
        self.storedWidthBytes = storedWidthBytes
        self.domainBase = domainBase
        self.range = range
    }

    /// A true (variable-length) array type, whose name ends in `[]`.
    public var isArray: Bool { hasElements && length == -1 && inputFunction == "array_in" }
    /// An array type, int2vector or oidvector. PostgreSQL counts record[] among the pseudo-types.
    public var hasElements: Bool { category == "A" || oid == .recordArray }
    public var isPseudo: Bool { kind == "p" }
}

/// The built-in types, by OID and by name; users' types by OID (`UserTypeRegistry`).
public enum TypeCatalog {
    public static let all: [TypeInfo] =
        typeTable.description.utf8.split(separator: 0x0A).map { parse(Substring($0)) }

    /// At each OID below the users'.
    private static let byOID: [TypeInfo?] = {
        var table = [TypeInfo?](repeating: nil, count: Int(OID.firstUser.rawValue))
        for info in all { table[Int(info.oid.rawValue)] = info }
        return table
    }()
    private static let byName: [String: Int] = Dictionary(
        uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })

    /// Nil: no such type.
    public static func info(_ oid: OID) -> TypeInfo? {
        if oid >= .firstUser { return UserTypeRegistry.shared.info(oid) }
        return byOID[Int(oid.rawValue)]
    }
    /// By pg_type.typname (`int4`, `_int4`), not by SQL's spelling.
    public static func named(_ name: String) -> TypeInfo? {
        guard let index = byName[name] else { return nil }
        return all[index]
    }

    /// Whether ORDER BY, DISTINCT and indexes can use it.
    public static func isOrderable(_ oid: OID) -> Bool {
        guard let info = info(oid), !info.isPseudo else {
            return oid == .record || oid == .anyArray || oid == .recordArray || oid == .anyRange
                || oid == .anyMultirange
        }
        if info.isArray { return isOrderable(info.elementOID) }
        if let base = info.domainBase { return isOrderable(base.oid) }
        return oid != .json && oid != .jsonpath && oid != .aclitem && oid != .pgNodeTree && oid != .xid && oid != .cid
            && oid != .int2vector && !unordered.contains(oid)
    }

    /// The geometric types have no order, nor an equality that others could rely on.
    public static let unordered: Set<OID> = [
        .point, .lseg, .path, .box, .polygon, .line, .circle,
    ]

    /// Types whose values are words, and the bytes they take in a row.
    private static func wordWidthBytes(_ oid: OID, _ length: Int16, isByValue: Bool) -> Int {
        if oid == .tid { return 8 }
        return isByValue && oid != .anyElement && oid != .void ? Int(length) : 0
    }

    private static func parse(_ row: Substring) -> TypeInfo {
        let fields = row.utf8.split(separator: 0x09, omittingEmptySubsequences: false)
            .map { Substring($0) }
        invariant(fields.count == 20, "a row of the type table has 20 fields")
        func oid(_ index: Int) -> OID { OID(UInt32(fields[index]) ?? 0) }
        func letter(_ index: Int) -> Character { fields[index].first ?? " " }
        func text(_ index: Int) -> String { String(fields[index]) }
        let length = Int16(fields[5]) ?? 0
        let isByValue = fields[6] == "t"
        let width =
            fields[16] == "b" ? wordWidthBytes(oid(0), length, isByValue: isByValue) : 0
        return TypeInfo(
            oid: oid(0), name: text(1), sqlName: text(2), arrayOID: oid(3), elementOID: oid(4),
            length: length, isByValue: isByValue, alignment: letter(7), storage: letter(8),
            category: letter(9), isPreferred: fields[10] == "t", delimiter: letter(11),
            inputFunction: text(12), outputFunction: text(13), receiveFunction: text(14),
            sendFunction: text(15), kind: letter(16), collation: oid(17),
            modifierInputFunction: text(18), modifierOutputFunction: text(19),
            physical: width > 0 ? .word : .bytes, storedWidthBytes: width,
            range: RangeFacts.builtin(oid(0)))
    }
}
