internal import Base
internal import Types

/// The views of information_schema about roles, privileges and what uses what.
extension ComputedRows {
    static let grantGenerators: [String: Generator] = [
        "pg_default_acl": { context in
            let snapshot = context.snapshot
            return (snapshot.database(snapshot.database)?.defaultPrivileges ?? []).map { entry in
                [
                    .oid(entry.oid), .oid(entry.role), .oid(entry.namespace),
                    .char(entry.kind.rawValue),
                    .texts(entry.privileges.map { snapshot.text(of: $0) }),
                ]
            }
        },
        "information_schema.enabled_roles": { context in
            enabledRoles(context).map { [.text($0.name)] }
        },
        "information_schema.applicable_roles": { context in applicableRoles(context) },
        "information_schema.administrable_role_authorizations": { context in
            applicableRoles(context).filter { $0[2].textValue == "YES" }
        },
        "information_schema.table_privileges": { context in
            tableGrants(context).map(\.tableRow)
        },
        "information_schema.role_table_grants": { context in
            tableGrants(context).filter { $0.isOfRole }.map(\.tableRow)
        },
        "information_schema.column_privileges": { context in
            columnGrants(context).map(\.columnRow)
        },
        "information_schema.role_column_grants": { context in
            columnGrants(context).filter { $0.isOfRole }.map(\.columnRow)
        },
        "information_schema.usage_privileges": { context in usageRows(context) },
        "information_schema.role_usage_grants": { context in
            usageRows(context).filter { isOfRole($0, context) }
        },
        "information_schema.routine_privileges": { context in routineGrants(context) },
        "information_schema.role_routine_grants": { context in
            routineGrants(context).filter { isOfRole($0, context) }
        },
        "information_schema.view_table_usage": { context in
            viewUses(context).filter { $0.column == 0 }.map { use in
                name(use.view, context) + name(use.table, context)
            }
        },
        "information_schema.view_column_usage": { context in
            viewUses(context).compactMap { use in
                guard use.column > 0, use.column <= use.table.columns.count else { return nil }
                return name(use.view, context) + name(use.table, context)
                    + [.text(use.table.columns[use.column - 1].name)]
            }
        },
        "information_schema.constraint_table_usage": { context in
            ownTables(context).flatMap { table in
                table.constraints.compactMap { constraint -> [ComputedValue]? in
                    var used = table
                    switch constraint.kind {
                    case .check, .exclusion: return nil
                    case .primaryKey, .unique: break
                    case .foreignKey(let key):
                        guard let found = context.snapshot.relation(key.table) else { return nil }
                        used = found.value
                    }
                    return name(used, context) + [
                        .text(context.databaseName), .text(context.schemaName(table.namespace)),
                        .text(constraint.name),
                    ]
                }
            }
        },
    ]

    private static func name(
        _ relation: Relation, _ context: ComputedContext
    ) -> [ComputedValue] {
        [
            .text(context.databaseName), .text(context.schemaName(relation.namespace)),
            .text(relation.name),
        ]
    }

    private static func ownTables(_ context: ComputedContext) -> [Relation] {
        context.snapshot.relations.map(\.value).filter {
            ($0.kind == .table || $0.kind == .partitionedTable)
                && context.snapshot.hasPrivileges(of: $0.owner, member: context.scope.user)
        }
    }

    // MARK: Roles

    private static func enabledRoles(_ context: ComputedContext) -> [Role] {
        context.snapshot.roles.map(\.value).filter {
            context.snapshot.hasPrivileges(of: $0.oid, member: context.scope.user)
        }
    }

    private static func applicableRoles(_ context: ComputedContext) -> [[ComputedValue]] {
        enabledRoles(context).flatMap { member in
            member.memberships.map { membership in
                [
                    .text(member.name), .text(context.roleName(membership.role)),
                    .yesNo(membership.withAdmin),
                ]
            }
        }
    }

    // MARK: Tables

    /// One right on one table.
    private struct Grant {
        var table: Relation
        var column = ""
        var grantor: String
        var grantee: String
        var right: String
        var isGrantable: Bool
        /// Neither of both is PUBLIC alone.
        var isOfRole: Bool
        var database: String
        var schema: String

        private var head: [ComputedValue] {
            [
                .text(grantor), .text(grantee), .text(database), .text(schema), .text(table.name),
            ]
        }
        var tableRow: [ComputedValue] {
            head + [.text(right), .yesNo(isGrantable), .yesNo(right == "SELECT")]
        }
        var columnRow: [ComputedValue] {
            head + [.text(column), .text(right), .yesNo(isGrantable)]
        }
    }

    private static let tableRights: [(Privilege.Rights, String)] = [
        (.insert, "INSERT"), (.select, "SELECT"), (.update, "UPDATE"), (.delete, "DELETE"),
        (.truncate, "TRUNCATE"), (.references, "REFERENCES"), (.trigger, "TRIGGER"),
    ]

    private static func tableGrants(_ context: ComputedContext) -> [Grant] {
        let kinds: Set<RelationKind> = [.table, .view, .partitionedTable]
        return context.allRelations.map(\.value).filter { kinds.contains($0.kind) }.flatMap {
            table -> [Grant] in
            grants(on: table, context)
        }
    }

    private static func grants(on table: Relation, _ context: ComputedContext) -> [Grant] {
        grants(acl(of: table, context), on: table, context)
    }

    /// One right on one column each: of the column itself or of the table, once.
    private static func columnGrants(_ context: ComputedContext) -> [Grant] {
        let kinds: Set<RelationKind> = [.table, .view, .partitionedTable]
        let rights: Set<String> = ["SELECT", "INSERT", "UPDATE", "REFERENCES"]
        return context.allRelations.map(\.value).filter { kinds.contains($0.kind) }.flatMap {
            table -> [Grant] in
            let whole = grants(on: table, context).filter { rights.contains($0.right) }
            return table.columns.enumerated().flatMap { index, column -> [Grant] in
                if column.isDropped { return [] }
                var seen: Set<[String]> = []
                let own = grants(table.columnPrivileges[index] ?? [], on: table, context)
                return (whole + own).compactMap { grant in
                    var grant = grant
                    grant.column = column.name
                    let key = [
                        grant.grantor, grant.grantee, grant.right, String(grant.isGrantable),
                    ]
                    return seen.insert(key).inserted ? grant : nil
                }
            }
        }
    }

    private static func grants(
        _ list: [Privilege], on table: Relation, _ context: ComputedContext
    ) -> [Grant] {
        let schema = context.schemaName(table.namespace)
        return list.flatMap { privilege -> [Grant] in
            guard
                isShown(privilege.grantor, context) || !privilege.grantee.isValid
                    || isShown(privilege.grantee, context)
            else { return [] }
            return tableRights.compactMap { right, word in
                guard privilege.rights.contains(right) else { return nil }
                let ownsIt =
                    privilege.grantee.isValid
                    && context.snapshot.hasPrivileges(of: table.owner, member: privilege.grantee)
                return Grant(
                    table: table, grantor: context.roleName(privilege.grantor),
                    grantee: granteeName(privilege.grantee, context), right: word,
                    isGrantable: ownsIt || privilege.grantable.contains(right),
                    isOfRole: isShown(privilege.grantor, context)
                        || isShown(privilege.grantee, context),
                    database: context.databaseName, schema: schema)
            }
        }
    }

    private static func granteeName(_ oid: OID, _ context: ComputedContext) -> String {
        oid.isValid ? context.roleName(oid) : "PUBLIC"
    }

    private static func isShown(_ role: OID, _ context: ComputedContext) -> Bool {
        role.isValid && context.snapshot.hasPrivileges(of: role, member: context.scope.user)
    }

    /// The privileges of a table; without a list its owner has all, and everybody may read what is
    /// built in, but for what holds secrets.
    private static func acl(of table: Relation, _ context: ComputedContext) -> [Privilege] {
        if let list = table.privileges { return list }
        let all = tableRights.reduce(into: Privilege.Rights()) { $0.formUnion($1.0) }
        var list = [
            Privilege(grantee: table.owner, grantor: table.owner, rights: all, grantable: [])
        ]
        if table.oid < .firstUser,
            context.snapshot.hasRights(.select, on: table, user: SystemOID.databaseOwnerRole)
        {
            list.append(
                Privilege(
                    grantee: .invalid, grantor: table.owner, rights: .select, grantable: []))
        }
        return list
    }

    // MARK: Everything else

    /// Whether the grantor or the grantee of a row is a role of the user's.
    private static func isOfRole(_ row: [ComputedValue], _ context: ComputedContext) -> Bool {
        row.prefix(2).contains { value in
            value.textValue.flatMap { context.snapshot.role(named: $0) }
                .map { isShown($0.oid, context) } ?? false
        }
    }

    private static func usageRows(_ context: ComputedContext) -> [[ComputedValue]] {
        var rows: [[ComputedValue]] = []
        func add(
            _ privileges: [Privilege], owner: OID, _ namespace: OID, _ name: String, _ kind: String
        ) {
            for privilege in privileges where privilege.rights.contains(.usage) {
                guard
                    isShown(privilege.grantor, context) || !privilege.grantee.isValid
                        || isShown(privilege.grantee, context)
                else { continue }
                let ownsIt =
                    privilege.grantee.isValid
                    && context.snapshot.hasPrivileges(of: owner, member: privilege.grantee)
                rows.append([
                    .text(context.roleName(privilege.grantor)),
                    .text(granteeName(privilege.grantee, context)), .text(context.databaseName),
                    .text(context.schemaName(namespace)), .text(name), .text(kind),
                    .text("USAGE"), .yesNo(ownsIt || privilege.grantable.contains(.usage)),
                ])
            }
        }
        for name in ["default", "C", "POSIX", "ucs_basic"] {
            let everybody = Privilege(
                grantee: .invalid, grantor: SystemOID.superuser, rights: .usage, grantable: [])
            add(
                [everybody], owner: SystemOID.superuser, SystemOID.catalogNamespace, name,
                "COLLATION")
        }
        for type in context.snapshot.userTypes where type.value.domain != nil {
            let list =
                type.value.privileges
                ?? [type.owner, .invalid].map {
                    Privilege(grantee: $0, grantor: type.owner, rights: .usage, grantable: [])
                }
            add(list, owner: type.owner, type.namespace, type.name, "DOMAIN")
        }
        for relation in context.snapshot.relations where relation.kind == .sequence {
            add(
                relation.privileges ?? [], owner: relation.owner, relation.namespace,
                relation.name,
                "SEQUENCE")
        }
        return rows
    }

    private static func routineGrants(_ context: ComputedContext) -> [[ComputedValue]] {
        let superuser = context.roleName(SystemOID.superuser)
        let seesOwner = isShown(SystemOID.superuser, context)
        return SystemRows.functions.flatMap { function -> [[ComputedValue]] in
            let name = function[1].textValue ?? ""
            let list =
                context.snapshot.privileges(ofRoutine: function[0].oidValue)
                ?? PrivilegeKind.function.initialList(owner: SystemOID.superuser)
            return list.compactMap { entry in
                let isPublic = !entry.grantee.isValid
                guard isPublic || seesOwner || isShown(entry.grantee, context) else { return nil }
                let grantee = granteeName(entry.grantee, context)
                return [
                    .text(context.roleName(entry.grantor)), .text(grantee),
                    .text(context.databaseName), .text("pg_catalog"),
                    .text("\(name)_\(function[0].oidValue)"), .text(context.databaseName),
                    .text("pg_catalog"), .text(name), .text("EXECUTE"),
                    .yesNo(grantee == superuser || entry.grantable.contains(.execute)),
                ]
            }
        }
    }

    // MARK: Views

    private struct ViewUse {
        var view: Relation
        var table: Relation
        /// 0: the relation itself.
        var column: Int
    }

    /// What views read of relations whose owner the user is.
    private static func viewUses(_ context: ComputedContext) -> [ViewUse] {
        let views = context.snapshot.relations.filter { $0.kind == .view }
        return views.flatMap { view -> [ViewUse] in
            var uses: [ViewUse] = []
            for dependency in context.snapshot.dependencies(of: .relation(view.oid))
            where dependency.referenced.classID == SystemOID.relation {
                guard let table = context.snapshot.relation(dependency.referenced.objectID),
                    table.oid != view.oid,
                    context.snapshot.hasPrivileges(of: table.owner, member: context.scope.user)
                else { continue }
                let column = Int(dependency.referenced.subID)
                for number in Set([0, column])
                where !uses.contains(where: { $0.table.oid == table.oid && $0.column == number }) {
                    uses.append(ViewUse(view: view.value, table: table.value, column: number))
                }
            }
            return uses
        }
    }
}
