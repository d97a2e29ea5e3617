public import Base

/// A schema: a row of pg_namespace.
public struct Namespace: Sendable {
    public var oid: OID
    public var name: String
    public var owner: OID
    public var privileges: [Privilege]?

    public init(oid: OID, name: String, owner: OID, privileges: [Privilege]? = nil) {
        self.oid = oid
        self.name = name
        self.owner = owner
        self.privileges = privileges
    }

    /// pg_temp_N.
    public var isTemporary: Bool { name.hasPrefix("pg_temp_") }
    /// Made by the system itself: cannot be dropped or written to.
    public var isSystem: Bool {
        oid == SystemOID.catalogNamespace || oid == SystemOID.informationNamespace
            || oid == SystemOID.toastNamespace
    }
}

/// What objects that a role makes are granted from the start: a row of pg_default_acl.
public struct DefaultPrivileges: Sendable {
    /// As defaclobjtype has them.
    public enum Kind: Character, Sendable {
        case relations = "r"
        case sequences = "S"
        case functions = "f"
        case types = "T"
        case schemas = "n"
    }
    public var oid: OID
    public var role: OID
    /// Invalid: in every schema.
    public var namespace: OID
    public var kind: Kind
    /// In every schema: the whole list; in one: what is added to it.
    public var privileges: [Privilege]

    public init(oid: OID, role: OID, namespace: OID, kind: Kind, privileges: [Privilege]) {
        self.oid = oid
        self.role = role
        self.namespace = namespace
        self.kind = kind
        self.privileges = privileges
    }
}

/// A database: a row of pg_database. Databases and roles are shared by all databases.
public struct Database: Sendable {
    public var oid: OID
    public var name: String
    public var owner: OID
    public var isTemplate: Bool
    public var allowsConnections: Bool
    /// −1: no limit.
    public var connectionLimit: Int
    public var privileges: [Privilege]?
    public var defaultPrivileges: [DefaultPrivileges] = []
    /// What was granted and revoked on built-in functions, by their OIDs.
    public var routinePrivileges: [OID: [Privilege]] = [:]

    public init(
        oid: OID, name: String, owner: OID, isTemplate: Bool = false,
        allowsConnections: Bool = true, connectionLimit: Int = -1, privileges: [Privilege]? = nil
    ) {
        self.oid = oid
        self.name = name
        self.owner = owner
        self.isTemplate = isTemplate
        self.allowsConnections = allowsConnections
        self.connectionLimit = connectionLimit
        self.privileges = privileges
    }
}
