public import Base

/// The settings that text forms of values depend on, and what regclass and its kin ask the catalog.
/// The session's, passed down; belongs to one thread at a time.
public final class TypeContext {
    public enum DateStyle: Sendable, Equatable { case iso, sql, postgres, german }
    public enum DateOrder: Sendable, Equatable { case monthFirst, dayFirst, yearFirst }
    public enum IntervalStyle: Sendable, Equatable { case postgres, verbose, standard, iso }
    public enum ByteaOutput: Sendable, Equatable { case hex, escape }

    @exclusivity(unchecked) public var dateStyle = DateStyle.iso
    @exclusivity(unchecked) public var dateOrder = DateOrder.monthFirst
    @exclusivity(unchecked) public var intervalStyle = IntervalStyle.postgres
    @exclusivity(unchecked) public var timeZone = TimeZone.utc
    @exclusivity(unchecked) public var extraFloatDigits = 1
    @exclusivity(unchecked) public var byteaOutput = ByteaOutput.hex
    /// The transaction's start, for `now`, `today` …: µs since 2000-01-01 UTC.
    @exclusivity(unchecked) public var nowMicroseconds: Int64 = 0
    @exclusivity(unchecked) public var isArrayNullsOn = true
    /// Text is kept in the catalog, where enums are words and types are named by OID: what people
    /// see may be renamed.
    @exclusivity(unchecked) public var isForCatalog = false

    // MARK: Look-ups in the catalog

    /// The name to show for a relation, qualified and quoted as the search path needs. Nil: no such.
    @exclusivity(unchecked) public var relationName: ((OID) -> String?)?
    /// The relation that a possibly qualified name means; throws 42P01.
    @exclusivity(unchecked) public var relationNamed: ((String) throws(SQLError) -> OID)?
    /// The name of a type that is not built in; nil: no such type.
    @exclusivity(unchecked) public var typeName: ((OID) -> String?)?
    /// The type that SQL text names; throws 42704. Without it, built-in names alone are known.
    @exclusivity(unchecked) public var typeNamed: ((String) throws(SQLError) -> OID)?
    @exclusivity(unchecked) public var namespaceName: ((OID) -> String?)?
    @exclusivity(unchecked) public var namespaceNamed: ((String) throws(SQLError) -> OID)?
    @exclusivity(unchecked) public var roleName: ((OID) -> String?)?
    @exclusivity(unchecked) public var roleNamed: ((String) throws(SQLError) -> OID)?
    /// A function or operator, by its OID and the type that wants the name: regproc, regoper …
    @exclusivity(unchecked) public var routineName: ((OID, OID) -> String?)?
    @exclusivity(unchecked) public var routineNamed: ((String, OID) throws(SQLError) -> OID)?
    @exclusivity(unchecked) public var enumLabels: ((OID) -> EnumLabels?)?
    /// Throws 55P04 for a label that may not be used yet.
    @exclusivity(unchecked)
    public var checkEnumLabel: ((EnumLabels.Label, OID) throws(SQLError) -> Void)?
    /// The columns of a named row type.
    @exclusivity(unchecked) public var recordShape: ((OID) -> RecordShape?)?
    /// Throws 23502 or 23514 where a value, null or of the base type, is none of the domain's.
    @exclusivity(unchecked) public var checkDomain: ((Datum, OID) throws(SQLError) -> Void)?

    public init() {}

    /// One like `other`, to be changed.
    public init(_ other: TypeContext) {
        dateStyle = other.dateStyle
        dateOrder = other.dateOrder
        intervalStyle = other.intervalStyle
        timeZone = other.timeZone
        extraFloatDigits = other.extraFloatDigits
        byteaOutput = other.byteaOutput
        nowMicroseconds = other.nowMicroseconds
        isArrayNullsOn = other.isArrayNullsOn
        isForCatalog = other.isForCatalog
        relationName = other.relationName
        relationNamed = other.relationNamed
        typeName = other.typeName
        typeNamed = other.typeNamed
        namespaceName = other.namespaceName
        namespaceNamed = other.namespaceNamed
        roleName = other.roleName
        roleNamed = other.roleNamed
        routineName = other.routineName
        routineNamed = other.routineNamed
        enumLabels = other.enumLabels
        checkEnumLabel = other.checkEnumLabel
        recordShape = other.recordShape
        checkDomain = other.checkDomain
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
