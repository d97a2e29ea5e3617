internal import Base
internal import CPgQuery

/// Roles, privileges, publications, subscriptions.
extension TreeWalker {
    mutating func createRole(
        _ node: UnsafeMutablePointer<CreateRoleStmt>
    ) throws(SQLError) -> CreateRoleStatement {
        let kind: CreateRoleStatement.Kind =
            switch node.pointee.stmt_type {
            case ROLESTMT_USER: .user
            case ROLESTMT_GROUP: .group
            default: .role
            }
        return CreateRoleStatement(
            kind: kind, name: required(node.pointee.role),
            options: try definitions(node.pointee.options))
    }

    mutating func alterRole(
        _ node: UnsafeMutablePointer<AlterRoleStmt>
    ) throws(SQLError) -> AlterRoleStatement {
        AlterRoleStatement(
            role: try roleSpecification(node.pointee.role),
            options: try definitions(node.pointee.options), isAdding: node.pointee.action > 0)
    }

    mutating func alterRoleSet(
        _ node: UnsafeMutablePointer<AlterRoleSetStmt>
    ) throws(SQLError) -> AlterRoleSetStatement {
        AlterRoleSetStatement(
            role: try optionalRole(node.pointee.role), database: string(node.pointee.database),
            setting: try requiredVariableSet(node.pointee.setstmt))
    }

    mutating func dropRole(
        _ node: UnsafeMutablePointer<DropRoleStmt>
    ) throws(SQLError) -> DropRoleStatement {
        DropRoleStatement(
            roles: try roles(node.pointee.roles), ifExists: node.pointee.missing_ok)
    }

    mutating func grant(
        _ node: UnsafeMutablePointer<GrantStmt>
    ) throws(SQLError) -> GrantStatement {
        let target: GrantStatement.Target =
            switch node.pointee.targtype {
            case ACL_TARGET_ALL_IN_SCHEMA: .allInSchema
            case ACL_TARGET_DEFAULTS: .defaults
            default: .object
            }
        let objects = try map(node.pointee.objects) {
            (walker, item) throws(SQLError) -> GrantStatement.Object in
            switch walker.tag(item) {
            case T_RangeVar:
                return .relation(walker.rangeVariable(walker.cast(item, to: RangeVar.self)))
            case T_ObjectWithArgs:
                return .routine(
                    try walker.routineReference(walker.cast(item, to: ObjectWithArgs.self)))
            case T_List: return .name(try walker.strings(walker.list(item)))
            default: return .name([try walker.text(item)])
            }
        }
        return GrantStatement(
            isGrant: node.pointee.is_grant, target: target,
            objectType: try objectType(node.pointee.objtype), objects: objects,
            privileges: try privileges(node.pointee.privileges),
            grantees: try roles(node.pointee.grantees),
            hasGrantOption: node.pointee.grant_option,
            grantor: try optionalRole(node.pointee.grantor),
            behavior: behavior(node.pointee.behavior))
    }

    private mutating func privileges(
        _ list: ListPointer?
    ) throws(SQLError) -> [GrantStatement.Privilege] {
        try map(list) { (walker, item) throws(SQLError) in
            let privilege = walker.cast(item, to: AccessPriv.self)
            return GrantStatement.Privilege(
                name: walker.string(privilege.pointee.priv_name),
                columns: try walker.strings(privilege.pointee.cols))
        }
    }

    mutating func grantRole(
        _ node: UnsafeMutablePointer<GrantRoleStmt>
    ) throws(SQLError) -> GrantRoleStatement {
        GrantRoleStatement(
            isGrant: node.pointee.is_grant,
            grantedRoles: try privileges(node.pointee.granted_roles),
            granteeRoles: try roles(node.pointee.grantee_roles),
            hasAdminOption: node.pointee.admin_opt,
            grantor: try optionalRole(node.pointee.grantor),
            behavior: behavior(node.pointee.behavior))
    }

    mutating func alterDefaultPrivileges(
        _ node: UnsafeMutablePointer<AlterDefaultPrivilegesStmt>
    ) throws(SQLError) -> AlterDefaultPrivilegesStatement {
        guard let action = node.pointee.action else {
            throw SQLError(.internalError, "ALTER DEFAULT PRIVILEGES without action")
        }
        return AlterDefaultPrivilegesStatement(
            options: try definitions(node.pointee.options), action: try grant(action))
    }

    // MARK: Replication

    private mutating func publicationObjects(
        _ list: ListPointer?
    ) throws(SQLError) -> [PublicationObject] {
        try map(list) { (walker, item) throws(SQLError) in
            let object = walker.cast(item, to: PublicationObjSpec.self)
            let location = Int(object.pointee.location)
            switch object.pointee.pubobjtype {
            case PUBLICATIONOBJ_TABLE:
                guard let table = object.pointee.pubtable else {
                    throw walker.unexpected("publication object", item)
                }
                return .table(
                    try walker.requiredRangeVariable(table.pointee.relation),
                    columns: try walker.strings(table.pointee.columns),
                    filter: try walker.optionalExpression(table.pointee.whereClause))
            case PUBLICATIONOBJ_TABLES_IN_SCHEMA:
                return .tablesInSchema(
                    walker.required(object.pointee.name), location: location)
            case PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA:
                return .tablesInCurrentSchema(location: location)
            default:
                throw walker.unexpected(
                    "publication object", value: object.pointee.pubobjtype.rawValue)
            }
        }
    }

    mutating func createPublication(
        _ node: UnsafeMutablePointer<CreatePublicationStmt>
    ) throws(SQLError) -> CreatePublicationStatement {
        CreatePublicationStatement(
            name: required(node.pointee.pubname), options: try definitions(node.pointee.options),
            objects: try publicationObjects(node.pointee.pubobjects),
            isForAllTables: node.pointee.for_all_tables)
    }

    mutating func alterPublication(
        _ node: UnsafeMutablePointer<AlterPublicationStmt>
    ) throws(SQLError) -> AlterPublicationStatement {
        let action: AlterPublicationStatement.Action =
            switch node.pointee.action {
            case AP_AddObjects: .add
            case AP_DropObjects: .drop
            default: .set
            }
        return AlterPublicationStatement(
            name: required(node.pointee.pubname), options: try definitions(node.pointee.options),
            objects: try publicationObjects(node.pointee.pubobjects), action: action)
    }

    mutating func createSubscription(
        _ node: UnsafeMutablePointer<CreateSubscriptionStmt>
    ) throws(SQLError) -> CreateSubscriptionStatement {
        CreateSubscriptionStatement(
            name: required(node.pointee.subname), connection: required(node.pointee.conninfo),
            publications: try strings(node.pointee.publication),
            options: try definitions(node.pointee.options))
    }

    mutating func alterSubscription(
        _ node: UnsafeMutablePointer<AlterSubscriptionStmt>
    ) throws(SQLError) -> AlterSubscriptionStatement {
        let kind: AlterSubscriptionStatement.Kind =
            switch node.pointee.kind {
            case ALTER_SUBSCRIPTION_OPTIONS: .options
            case ALTER_SUBSCRIPTION_CONNECTION: .connection
            case ALTER_SUBSCRIPTION_SET_PUBLICATION: .setPublication
            case ALTER_SUBSCRIPTION_ADD_PUBLICATION: .addPublication
            case ALTER_SUBSCRIPTION_DROP_PUBLICATION: .dropPublication
            case ALTER_SUBSCRIPTION_REFRESH: .refresh
            case ALTER_SUBSCRIPTION_ENABLED: .enabled
            case ALTER_SUBSCRIPTION_SKIP: .skip
            default: throw unexpected("ALTER SUBSCRIPTION", value: node.pointee.kind.rawValue)
            }
        return AlterSubscriptionStatement(
            kind: kind, name: required(node.pointee.subname),
            connection: string(node.pointee.conninfo),
            publications: try strings(node.pointee.publication),
            options: try definitions(node.pointee.options))
    }
}
