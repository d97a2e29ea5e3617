public import Base

/// The settings that text forms of values depend on, and what regclass and its kin ask the catalog.
/// A value of the session, passed down; belongs to one thread at a time.
public struct TypeContext {
    public enum DateStyle: Sendable, Equatable { case iso, sql, postgres, german }
    public enum DateOrder: Sendable, Equatable { case monthFirst, dayFirst, yearFirst }
    public enum IntervalStyle: Sendable, Equatable { case postgres, verbose, standard, iso }
    public enum ByteaOutput: Sendable, Equatable { case hex, escape }

    public var dateStyle = DateStyle.iso
    public var dateOrder = DateOrder.monthFirst
    public var intervalStyle = IntervalStyle.postgres
    public var timeZone = TimeZone.utc
    public var extraFloatDigits = 1
    public var byteaOutput = ByteaOutput.hex
    /// The transaction's start, for `now`, `today` …: µs since 2000-01-01 UTC.
    public var nowMicroseconds: Int64 = 0
    public var isArrayNullsOn = true
    /// Text is kept in the catalog, where enums are words and types are named by OID: what people
    /// see may be renamed.
    public var isForCatalog = false

    /// Look-ups in the catalog. One reference, so that copies of the context stay cheap.
    private var names = CatalogNames()

    public init() {}
}

/// What regclass and its kin ask the catalog.
private final class CatalogNames {
    var relationName: ((OID) -> String?)?
    var relationNamed: ((String) throws(SQLError) -> OID)?
    var typeName: ((OID) -> String?)?
    var typeNamed: ((String) throws(SQLError) -> OID)?
    var namespaceName: ((OID) -> String?)?
    var namespaceNamed: ((String) throws(SQLError) -> OID)?
    var roleName: ((OID) -> String?)?
    var roleNamed: ((String) throws(SQLError) -> OID)?
    var routineName: ((OID, OID) -> String?)?
    var routineNamed: ((String, OID) throws(SQLError) -> OID)?
    var enumLabels: ((OID) -> EnumLabels?)?
    var checkEnumLabel: ((EnumLabels.Label, OID) throws(SQLError) -> Void)?
    var recordShape: ((OID) -> RecordShape?)?
    var checkDomain: ((Datum, OID) throws(SQLError) -> Void)?

    init() {}

    func copy() -> CatalogNames {
        let other = CatalogNames()
        other.relationName = relationName
        other.relationNamed = relationNamed
        other.typeName = typeName
        other.typeNamed = typeNamed
        other.namespaceName = namespaceName
        other.namespaceNamed = namespaceNamed
        other.roleName = roleName
        other.roleNamed = roleNamed
        other.routineName = routineName
        other.routineNamed = routineNamed
        other.enumLabels = enumLabels
        other.checkEnumLabel = checkEnumLabel
        other.recordShape = recordShape
        other.checkDomain = checkDomain
        return other
    }
}

extension TypeContext {
    private mutating func change(_ body: (CatalogNames) -> Void) {
        if !isKnownUniquelyReferenced(&names) { names = names.copy() }
        body(names)
    }

    /// The name to show for a relation, qualified and quoted as the search path needs. Nil: no such.
    public var relationName: ((OID) -> String?)? {
        get { names.relationName }
        set { change { $0.relationName = newValue } }
    }
    /// The relation that a possibly qualified name means; throws 42P01.
    public var relationNamed: ((String) throws(SQLError) -> OID)? {
        get { names.relationNamed }
        set { change { $0.relationNamed = newValue } }
    }
    /// The name of a type that is not built in; nil: no such type.
    public var typeName: ((OID) -> String?)? {
        get { names.typeName }
        set { change { $0.typeName = newValue } }
    }
    /// The type that SQL text names; throws 42704. Without it, built-in names alone are known.
    public var typeNamed: ((String) throws(SQLError) -> OID)? {
        get { names.typeNamed }
        set { change { $0.typeNamed = newValue } }
    }
    public var namespaceName: ((OID) -> String?)? {
        get { names.namespaceName }
        set { change { $0.namespaceName = newValue } }
    }
    public var namespaceNamed: ((String) throws(SQLError) -> OID)? {
        get { names.namespaceNamed }
        set { change { $0.namespaceNamed = newValue } }
    }
    public var roleName: ((OID) -> String?)? {
        get { names.roleName }
        set { change { $0.roleName = newValue } }
    }
    public var roleNamed: ((String) throws(SQLError) -> OID)? {
        get { names.roleNamed }
        set { change { $0.roleNamed = newValue } }
    }
    /// A function or operator, by its OID and the type that wants the name: regproc, regoper …
    public var routineName: ((OID, OID) -> String?)? {
        get { names.routineName }
        set { change { $0.routineName = newValue } }
    }
    public var routineNamed: ((String, OID) throws(SQLError) -> OID)? {
        get { names.routineNamed }
        set { change { $0.routineNamed = newValue } }
    }
    public var enumLabels: ((OID) -> EnumLabels?)? {
        get { names.enumLabels }
        set { change { $0.enumLabels = newValue } }
    }
    /// Throws 55P04 for a label that may not be used yet.
    public var checkEnumLabel: ((EnumLabels.Label, OID) throws(SQLError) -> Void)? {
        get { names.checkEnumLabel }
        set { change { $0.checkEnumLabel = newValue } }
    }
    /// The columns of a named row type.
    public var recordShape: ((OID) -> RecordShape?)? {
        get { names.recordShape }
        set { change { $0.recordShape = newValue } }
    }
    /// Throws 23502 or 23514 where a value, null or of the base type, is none of the domain's.
    public var checkDomain: ((Datum, OID) throws(SQLError) -> Void)? {
        get { names.checkDomain }
        set { change { $0.checkDomain = newValue } }
    }

    /// The columns of a row type; nil: nothing is known of a record's.
    public func shape(of type: SQLType) -> RecordShape? {
        type.oid == .record ? RecordShapes.shape(type.modifier) : recordShape?(type.oid)
    }

    /// A type as `format_type` writes it, users' types as the search path needs.
    public func name(of type: SQLType) -> String {
        guard type.oid >= .firstUser else { return type.name }
        if !isForCatalog { return typeName?(type.oid) ?? type.name }
        if let info = TypeCatalog.info(type.oid), info.isArray {
            return name(of: SQLType(info.elementOID)) + "[]"
        }
        return "\"#\(type.oid)\""
    }
}
