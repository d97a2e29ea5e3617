public import Base

/// A role: a row of pg_authid with its memberships.
public struct Role: Sendable {
    /// That this role is a member of another one: a row of pg_auth_members.
    public struct Membership: Hashable, Sendable {
        public var role: OID
        public var grantor: OID
        public var withAdmin: Bool

        public init(role: OID, grantor: OID, withAdmin: Bool) {
            self.role = role
            self.grantor = grantor
            self.withAdmin = withAdmin
        }
    }
    public struct Attributes: OptionSet, Hashable, Sendable {
        public let rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        public static let superuser = Attributes(rawValue: 1)
        public static let inherit = Attributes(rawValue: 2)
        public static let createRole = Attributes(rawValue: 4)
        public static let createDatabase = Attributes(rawValue: 8)
        public static let login = Attributes(rawValue: 16)
        public static let replication = Attributes(rawValue: 32)
        public static let bypassRowSecurity = Attributes(rawValue: 64)
    }

    public var oid: OID
    public var name: String
    public var attributes: Attributes
    /// −1: no limit.
    public var connectionLimit: Int
    /// As stored in rolpassword: a SCRAM verifier.
    public var password: String?
    /// VALID UNTIL, µs since 2000-01-01 UTC.
    public var validUntil: Int64?
    public var memberships: [Membership]

    public init(
        oid: OID, name: String, attributes: Attributes, connectionLimit: Int = -1,
        password: String? = nil, validUntil: Int64? = nil, memberships: [Membership] = []
    ) {
        self.oid = oid
        self.name = name
        self.attributes = attributes
        self.connectionLimit = connectionLimit
        self.password = password
        self.validUntil = validUntil
        self.memberships = memberships
    }

    public var isSuperuser: Bool { attributes.contains(.superuser) }
}
