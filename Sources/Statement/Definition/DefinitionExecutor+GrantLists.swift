internal import Base
internal import Catalog
internal import Parse
internal import Types

/// What GRANT and REVOKE do to the lists of objects.
extension DefinitionExecutor {
    /// What a list belongs to, as the messages about it say.
    private struct Subject {
        var kind: PrivilegeKind
        /// Of the object itself; of a column its relation's.
        var name: String
        var column: String?
        /// `table t`, `column c of relation t`.
        var denied: String

        /// `"t"`, `column "c" of relation "t"`.
        var quoted: String {
            column.map { "column \"\($0)\" of relation \"\(name)\"" } ?? "\"\(name)\""
        }
    }

    // MARK: Relations

    /// - Parameter asTable: the statement says TABLE, or nothing; sequences may be named as well.
    func apply(_ grant: Grant, to oid: OID, asTable: Bool) throws(SQLError) {
        guard let relation = snapshot.relation(oid) else { return }
        if snapshot.isComputed(oid) { throw SQLError.notSupported("GRANT on system catalogs") }
        let rights = try relationRights(grant, relation.value)
        let kind = relation.privilegeKind
        let before = relation.privileges ?? kind.initialList(owner: relation.owner)
        var columns = try columnRights(grant, relation.value)
        let ofColumns = rights.intersection(PrivilegeKind.column.all)
        if !grant.isGrant, !ofColumns.isEmpty {
            // What is revoked of the table is revoked of its columns.
            for (index, column) in relation.columns.enumerated() where !column.isDropped {
                columns[index, default: []].formUnion(ofColumns)
            }
        }
        var changed = relation.value
        if !rights.isEmpty {
            let subject = Subject(
                kind: kind, name: relation.name,
                denied: "\(relation.kind.noun) \(relation.name)")
            changed.privileges = try list(
                before, grant, rights, owner: relation.owner, subject,
                isAll: grant.rights == nil)
        }
        for (index, rights) in columns.sorted(by: { $0.key < $1.key }) {
            let name = relation.columns[index].name
            let own = relation.columnPrivileges[index] ?? []
            if !grant.isGrant, own.isEmpty { continue }
            let subject = Subject(
                kind: .column, name: relation.name, column: name,
                denied: "column \"\(name)\" of relation \"\(relation.name)\"")
            let list = try list(
                own, grant, rights, owner: relation.owner, subject,
                isAll: rights == PrivilegeKind.column.all, inherited: before)
            changed.columnPrivileges[index] = list.isEmpty ? nil : list
        }
        catalog.put(changed)
    }

    private func relationRights(
        _ grant: Grant, _ relation: Relation
    ) throws(SQLError) -> Privilege.Rights {
        let isSequence = relation.kind == .sequence
        guard let given = grant.rights else { return relation.privilegeKind.all }
        var rights: Privilege.Rights = []
        var warns = false
        for (name, right) in given {
            if isSequence, !PrivilegeKind.sequence.all.contains(right) {
                // GRANT … ON a sequence as if on a table, as old dumps do.
                warns = true
                continue
            }
            if !isSequence, !PrivilegeKind.table.all.contains(right) {
                throw SQLError(
                    .invalidGrantOperation,
                    "invalid privilege type \(name.uppercased()) for table")
            }
            rights.insert(right)
        }
        if warns {
            warn(
                .invalidGrantOperation,
                "sequence \"\(relation.name)\" only supports USAGE, SELECT, and UPDATE privileges")
        }
        return rights
    }

    /// The rights that the statement names with columns, by the columns' indexes.
    private func columnRights(
        _ grant: Grant, _ relation: Relation
    ) throws(SQLError) -> [Int: Privilege.Rights] {
        var result: [Int: Privilege.Rights] = [:]
        for (given, name, columns) in grant.columns {
            var right = given ?? PrivilegeKind.column.all
            if !PrivilegeKind.column.all.isSuperset(of: right) {
                throw SQLError(
                    .invalidGrantOperation,
                    "invalid privilege type \(name.uppercased()) for column")
            }
            if relation.kind == .sequence, right != .select {
                warn(
                    .invalidGrantOperation,
                    "sequence \"\(relation.name)\" only supports SELECT column privileges")
                right.formIntersection(.select)
            }
            for column in columns {
                let index = try columnIndex(column, of: relation)
                if !right.isEmpty { result[index, default: []].formUnion(right) }
            }
        }
        return result
    }

    // MARK: Other objects

    func apply(_ grant: Grant, toSchema name: String) throws(SQLError) {
        guard let found = snapshot.namespace(named: name) else {
            throw CatalogScope.undefinedSchema(name)
        }
        try host.lock(.namespace(found.oid))
        var changed = found.value
        changed.privileges = try list(
            changed.privileges, grant, owner: found.owner,
            Subject(kind: .schema, name: name, denied: "schema \(name)"))
        catalog.put(changed)
    }

    func apply(_ grant: Grant, toDatabase name: String) throws(SQLError) {
        guard let found = snapshot.database(named: name) else {
            throw SQLError(.undefinedDatabase, "database \"\(name)\" does not exist")
        }
        try host.lock(.database(found.oid))
        var changed = snapshot.database(found.oid)?.value ?? found.value
        changed.privileges = try list(
            changed.privileges, grant, owner: found.owner,
            Subject(kind: .database, name: name, denied: "database \(name)"))
        catalog.put(changed)
    }

    func apply(_ grant: Grant, toRoutine routine: SystemFunction) throws(SQLError) {
        guard let found = snapshot.database(snapshot.database) else { return }
        try host.lock(.database(found.oid))
        var changed = snapshot.database(found.oid)?.value ?? found.value
        changed.routinePrivileges[routine.oid] = try list(
            changed.routinePrivileges[routine.oid] ?? routine.privileges, grant,
            owner: SystemOID.superuser,
            Subject(
                kind: .function, name: routine.name, denied: "function \(routine.name)"))
        catalog.put(changed)
    }

    func apply(_ grant: Grant, toType names: [String], isDomain: Bool) throws(SQLError) {
        let oid = try lockedType(names)
        if isDomain, snapshot.userType(oid)?.domain == nil {
            throw SQLError(
                .wrongObjectType, "\"\(names.joined(separator: "."))\" is not a domain")
        }
        try apply(grant, toTypeOf: oid)
    }

    func apply(_ grant: Grant, toTypeOf oid: OID) throws(SQLError) {
        guard let entry = snapshot.type(oid) else {
            throw SQLError.notSupported("GRANT on types of the system")
        }
        func changed(_ before: [Privilege]?, _ name: String) throws(SQLError) -> [Privilege] {
            try list(
                before, grant, owner: entry.owner,
                Subject(
                    kind: .type, name: name,
                    denied: "type \(scope.name(of: SQLType(oid)))"))
        }
        switch entry {
        case .user(let type):
            var new = type.value
            new.privileges = try changed(new.privileges, new.name)
            catalog.put(new)
        case .row(let relation):
            guard relation.kind == .compositeType else {
                throw SQLError.notSupported("GRANT on row types of tables")
            }
            var new = relation.value
            new.privileges = try changed(new.privileges, new.name)
            catalog.put(new)
        case .array:
            throw SQLError(
                .invalidGrantOperation, "cannot set privileges of array types"
            ).hint("Set the privileges of the element type instead.")
        }
    }

    // MARK: Lists

    private func list(
        _ before: [Privilege]?, _ grant: Grant, owner: OID, _ subject: Subject
    ) throws(SQLError) -> [Privilege] {
        try list(
            before ?? subject.kind.initialList(owner: owner), grant, grant.rights(subject.kind),
            owner: owner, subject, isAll: grant.rights == nil)
    }

    /// The list after GRANT or REVOKE.
    /// - Parameter inherited: of a column, the table's list: its grant options hold for the column.
    private func list(
        _ before: [Privilege], _ grant: Grant, _ rights: Privilege.Rights, owner: OID,
        _ subject: Subject, isAll: Bool, inherited: [Privilege] = []
    ) throws(SQLError) -> [Privilege] {
        let merged = inherited + before
        let (grantor, options) = snapshot.grantor(
            of: rights, in: merged, owner: owner, user: host.user)
        let possible = rights.intersection(options)
        if options.isEmpty {
            let all = subject.kind.all
            let hasAny = snapshot.holdsAny(
                all, grantable: all, on: subject.kind, privileges: merged, owner: owner,
                user: grantor)
            if !hasAny {
                throw SQLError(
                    .insufficientPrivilege, "permission denied for \(subject.denied)")
            }
        }
        if possible.isEmpty {
            grant.isGrant
                ? warn(
                    .warningPrivilegeNotGranted,
                    "no privileges were granted for \(subject.quoted)")
                : warn(
                    .warningPrivilegeNotRevoked,
                    "no privileges could be revoked for \(subject.quoted)")
        } else if !isAll, possible != rights {
            grant.isGrant
                ? warn(
                    .warningPrivilegeNotGranted,
                    "not all privileges were granted for \(subject.quoted)")
                : warn(
                    .warningPrivilegeNotRevoked,
                    "not all privileges could be revoked for \(subject.quoted)")
        }
        return try merging(before, grant, possible, grantor: grantor, owner: owner)
    }

    /// The list with `rights` granted to or revoked from each grantee.
    func merging(
        _ before: [Privilege], _ grant: Grant, _ rights: Privilege.Rights, grantor: OID,
        owner: OID
    ) throws(SQLError) -> [Privilege] {
        var list = before
        for grantee in grant.grantees {
            if grant.isGrant, grant.hasGrantOption, !grantee.isValid {
                throw SQLError(
                    .invalidGrantOperation, "grant options can only be granted to roles")
            }
            // GRANT with the option gives both, REVOKE without it takes both.
            let change = Privilege(
                grantee: grantee, grantor: grantor,
                rights: grant.isGrant || !grant.hasGrantOption ? rights : [],
                grantable: !grant.isGrant || grant.hasGrantOption ? rights : [])
            list =
                grant.isGrant
                ? try snapshot.granting(change, in: list, owner: owner)
                : try snapshot.revoking(
                    change, from: list, owner: owner, cascades: grant.cascades)
        }
        return list
    }

    private func warn(_ state: SQLState, _ message: String) {
        host.notify(SQLError(state, message, severity: .warning))
    }
}
