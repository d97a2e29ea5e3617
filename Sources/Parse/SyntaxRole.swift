/// Roles and privileges.

public struct RoleSpecification: Sendable {
    public enum Kind: Sendable, Equatable {
        case named(String)
        case currentRole, currentUser, sessionUser, `public`
    }
    public var kind: Kind
    public var location: Int
}

public struct CreateRoleStatement: Sendable {
    /// CREATE ROLE, CREATE USER (which can log in), CREATE GROUP.
    public enum Kind: Sendable { case role, user, group }
    public var kind: Kind
    public var name: String
    public var options: [DefinitionElement]
}

public struct AlterRoleStatement: Sendable {
    public var role: RoleSpecification
    public var options: [DefinitionElement]
    /// True adds, false removes the members in "rolemembers" (ALTER GROUP).
    public var isAdding: Bool
}

public struct AlterRoleSetStatement: Sendable {
    /// Nil is ALL.
    public var role: RoleSpecification?
    public var database: String?
    public var setting: VariableSetStatement
}

public struct DropRoleStatement: Sendable {
    public var roles: [RoleSpecification]
    public var ifExists: Bool
}

public struct GrantStatement: Sendable {
    public enum Target: Sendable { case object, allInSchema, defaults }
    public struct Privilege: Sendable {
        /// Nil with columns: ALL (columns).
        public var name: String?
        public var columns: [String]
    }
    public enum Object: Sendable {
        case relation(RangeVariable)
        case routine(RoutineReference)
        case name([String])
    }
    public var isGrant: Bool
    public var target: Target
    public var objectType: ObjectType
    public var objects: [Object]
    /// Empty is ALL.
    public var privileges: [Privilege]
    public var grantees: [RoleSpecification]
    public var hasGrantOption: Bool
    public var grantor: RoleSpecification?
    public var behavior: DropBehavior
}

public struct GrantRoleStatement: Sendable {
    public var isGrant: Bool
    public var grantedRoles: [GrantStatement.Privilege]
    public var granteeRoles: [RoleSpecification]
    public var hasAdminOption: Bool
    public var grantor: RoleSpecification?
    public var behavior: DropBehavior
}

public struct AlterDefaultPrivilegesStatement: Sendable {
    /// "roles" and "schemas".
    public var options: [DefinitionElement]
    public var action: GrantStatement
}

public struct DropOwnedStatement: Sendable {
    public var roles: [RoleSpecification]
    public var behavior: DropBehavior
}

public struct ReassignOwnedStatement: Sendable {
    public var roles: [RoleSpecification]
    public var newRole: RoleSpecification
}
