public import Base

/// Names any catalog object: the catalog it is in, its OID there, and for columns of relations the
/// column number (attnum, 1-based; 0 is the object itself).
public struct ObjectAddress: Hashable, Sendable {
    public var classID: OID
    public var objectID: OID
    public var subID: Int32

    public init(classID: OID, objectID: OID, subID: Int32 = 0) {
        self.classID = classID
        self.objectID = objectID
        self.subID = subID
    }

    public static func relation(_ oid: OID) -> ObjectAddress {
        ObjectAddress(classID: SystemOID.relation, objectID: oid)
    }
    /// `column` is the 0-based index into the relation's columns.
    public static func column(_ column: Int, of relation: OID) -> ObjectAddress {
        ObjectAddress(
            classID: SystemOID.relation, objectID: relation, subID: Int32(column) + 1)
    }
    public static func namespace(_ oid: OID) -> ObjectAddress {
        ObjectAddress(classID: SystemOID.namespace, objectID: oid)
    }
    public static func constraint(_ oid: OID) -> ObjectAddress {
        ObjectAddress(classID: SystemOID.constraint, objectID: oid)
    }
    /// The default expression of a column, addressed by its table and attnum: defaults have no
    /// OID of their own here.
    public static func columnDefault(_ column: Int, of relation: OID) -> ObjectAddress {
        ObjectAddress(
            classID: SystemOID.columnDefault, objectID: relation, subID: Int32(column) + 1)
    }
    public static func type(_ oid: OID) -> ObjectAddress {
        ObjectAddress(classID: SystemOID.type, objectID: oid)
    }
    public static func role(_ oid: OID) -> ObjectAddress {
        ObjectAddress(classID: SystemOID.role, objectID: oid)
    }
    public static func database(_ oid: OID) -> ObjectAddress {
        ObjectAddress(classID: SystemOID.database, objectID: oid)
    }

    /// The object that the address is a part of: without the column number.
    public var whole: ObjectAddress {
        classID == SystemOID.columnDefault
            ? self : ObjectAddress(classID: classID, objectID: objectID)
    }
    /// Of a role or a database, which all databases share.
    public var isShared: Bool {
        classID == SystemOID.role || classID == SystemOID.database
            || classID == SystemOID.tablespace
    }
}

/// pg_depend.deptype.
public enum DependencyKind: Character, Sendable {
    /// Dropping the referenced object needs CASCADE.
    case normal = "n"
    /// The dependent goes silently with the referenced object.
    case automatic = "a"
    /// As automatic, and the dependent cannot be dropped by itself.
    case `internal` = "i"
    /// Of a part of an index on a partitioned table: on that index, and on its own table. It goes
    /// silently with either and cannot be dropped by itself.
    case partitionPrimary = "P"
    case partitionSecondary = "S"
}

/// That one object cannot be without another: a row of pg_depend.
public struct Dependency: Hashable, Sendable {
    public var dependent: ObjectAddress
    public var referenced: ObjectAddress
    public var kind: DependencyKind

    public init(_ dependent: ObjectAddress, on referenced: ObjectAddress, _ kind: DependencyKind) {
        self.dependent = dependent
        self.referenced = referenced
        self.kind = kind
    }
}
