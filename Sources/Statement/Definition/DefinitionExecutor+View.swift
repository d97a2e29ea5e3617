internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// CREATE VIEW.
extension DefinitionExecutor {
    func createView(_ statement: CreateViewStatement) throws(SQLError) -> String {
        if statement.view.persistence == .unlogged {
            throw SQLError(
                .syntaxError, "views cannot be unlogged because they do not have storage")
        }
        if statement.query.into != nil {
            throw SQLError(.featureNotSupported, "views must not contain SELECT INTO")
        }
        let query = try lockedQuery(statement.query)
        if query.body.changesData {
            throw SQLError(
                .featureNotSupported, "views must not contain data-modifying statements in WITH")
        }
        var columns = query.columns.map { Column(name: $0.name, type: $0.type) }
        if statement.columnNames.count > columns.count {
            throw SQLError(
                .syntaxError, "CREATE VIEW specifies more column names than columns")
        }
        for (index, name) in statement.columnNames.enumerated() { columns[index].name = name }
        let options = try viewOptions(statement)
        if options.contains(where: { $0.hasPrefix("check_option=") }) {
            if let obstacle = ViewUpdatability.obstacle(query) {
                throw SQLError(
                    .featureNotSupported,
                    "WITH CHECK OPTION is supported only on automatically updatable views"
                ).hint(obstacle)
            }
        }
        let references = QueryReferences(query).objects
        var name = statement.view
        let usesTemporary = references.contains {
            $0.classID == SystemOID.relation
                && snapshot.relation($0.objectID)?.persistence == .temporary
        }
        if name.persistence == .permanent, name.schema == nil, usesTemporary {
            notice(.successfulCompletion, "view \"\(name.name)\" will be a temporary view")
            name.persistence = .temporary
        }
        try checkColumns(columns)
        try storeView(
            name, columns: columns, query: query, options: options, references: references,
            isReplace: statement.isReplace)
        return "CREATE VIEW"
    }

    /// The query, with the relations that it reads locked.
    func lockedQuery(_ select: SelectStatement) throws(SQLError) -> BoundQuery {
        var locked: Set<OID> = []
        while true {
            guard case .select(let query) = try analyzer(keepsForms: true).analyze(
                .select(select)) else {
                throw SQLError(.internalError, "a query gives a query")
            }
            let wanted = Set(
                QueryReferences(query).objects.filter { $0.classID == SystemOID.relation }
                    .map(\.objectID))
            if wanted.isSubset(of: locked) { return query }
            for oid in wanted.subtracting(locked).sorted() { try host.lock(oid, .accessShare) }
            locked.formUnion(wanted)
        }
    }

    private func checkColumns(_ columns: [Column]) throws(SQLError) {
        if columns.isEmpty {
            throw SQLError(.invalidTableDefinition, "view must have at least one column")
        }
        var names: Set<String> = []
        for column in columns {
            if !names.insert(column.name).inserted {
                throw SQLError(
                    .duplicateColumn, "column \"\(column.name)\" specified more than once")
            }
            if TypeCatalog.info(column.type.oid)?.isPseudo == true {
                throw SQLError(
                    .invalidTableDefinition,
                    "column \"\(column.name)\" has pseudo-type \(scope.name(of: column.type))")
            }
        }
    }

    /// WITH (…) and WITH CHECK OPTION, as reloptions.
    private func viewOptions(_ statement: CreateViewStatement) throws(SQLError) -> [String] {
        var options = try viewOptions(statement.options)
        switch statement.checkOption {
        case .none: break
        case .local: options.append("check_option=local")
        case .cascaded: options.append("check_option=cascaded")
        }
        return options
    }

    func viewOptions(_ options: [DefinitionElement]) throws(SQLError) -> [String] {
        var result: [String] = []
        for option in options {
            let value = option.value.optionText
            switch option.name {
            case "security_barrier", "security_invoker":
                guard ["true", "false", "on", "off", "1", "0", "yes", "no"].contains(value) else {
                    throw SQLError(
                        .invalidParameterValue,
                        "invalid value for boolean option \"\(option.name)\": \(value)")
                }
            case "check_option":
                guard value == "local" || value == "cascaded" else {
                    throw SQLError(
                        .invalidParameterValue,
                        "invalid value for enum option \"check_option\": \(value)"
                    ).detail("Valid values are \"local\" and \"cascaded\".")
                }
            default:
                throw SQLError(
                    .invalidParameterValue, "unrecognized parameter \"\(option.name)\"")
            }
            result.append("\(option.name)=\(value)")
        }
        return result
    }

    // MARK: Storing

    private func storeView(
        _ name: RangeVariable, columns: [Column], query: BoundQuery, options: [String],
        references: [ObjectAddress], isReplace: Bool
    ) throws(SQLError) {
        let (namespace, persistence) = try creationNamespace(name)
        try host.lockName(name.name, in: namespace)
        var view: Relation
        if let existing = snapshot.relation(named: name.name, namespace: namespace) {
            guard isReplace else {
                throw SQLError(.duplicateTable, "relation \"\(name.name)\" already exists")
            }
            view = try lockedRelation(existing.oid, .accessExclusive).value
            try checkOwner(view)
            guard view.kind == .view else {
                throw SQLError(.wrongObjectType, "\"\(view.name)\" is not a view")
            }
            try checkReplacement(of: view.columns, by: columns)
            for dependency in snapshot.dependencies(of: .relation(view.oid))
            where dependency.referenced.classID != SystemOID.namespace {
                catalog.removeDependency(dependency)
            }
            for index in columns.indices where index < view.columns.count {
                view.columns[index].type = columns[index].type
            }
            view.columns += columns.dropFirst(view.columns.count)
        } else {
            view = Relation(
                oid: try catalog.newOID(), name: name.name, namespace: namespace, owner: host.user,
                kind: .view, persistence: persistence, columns: columns)
            try makeRowType(of: &view)
            view.privileges = newPrivileges(.relations, owner: view.owner, in: namespace)
            catalog.addDependency(
                Dependency(.relation(view.oid), on: .namespace(namespace), .normal))
        }
        view.options = options
        view.viewDefinition = try storedText(query)
        catalog.put(view)
        for object in references where object.whole != .relation(view.oid) {
            catalog.addDependency(Dependency(.relation(view.oid), on: object, .normal))
        }
    }

    /// The query for the catalog, proven to be read again as the same.
    func storedText(_ query: BoundQuery) throws(SQLError) -> String {
        func text(_ query: BoundQuery) -> String {
            QueryDeparser(.catalog, types: host.typeContext).text(query)
        }
        let stored = text(query)
        let again: BoundQuery
        do throws(SQLError) {
            again = try analyzer(keepsForms: true).storedQuery(stored)
        } catch {
            throw SQLError.notSupported("a view of this query").detail(error.message)
        }
        if text(again) != stored || again.columns.map(\.type) != query.columns.map(\.type) {
            throw SQLError.notSupported("a view of this query")
        }
        return stored
    }

    private func checkReplacement(of old: [Column], by new: [Column]) throws(SQLError) {
        if new.count < old.count {
            throw SQLError(.invalidTableDefinition, "cannot drop columns from view")
        }
        for (before, after) in zip(old, new) {
            if before.name != after.name {
                throw SQLError(
                    .invalidTableDefinition,
                    "cannot change name of view column \"\(before.name)\" to \"\(after.name)\""
                ).hint(
                    "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.")
            }
            if before.type != after.type {
                throw SQLError(
                    .invalidTableDefinition,
                    "cannot change data type of view column \"\(before.name)\" from \(scope.name(of: before.type)) to \(scope.name(of: after.type))"
                )
            }
        }
    }

    /// - Throws: 0A000 if a view reads the column.
    func checkNoView(reads column: Int, of relation: Relation) throws(SQLError) {
        for dependency in snapshot.dependents(on: .column(column, of: relation.oid)) {
            guard dependency.dependent.classID == SystemOID.relation,
                let view = snapshot.relation(dependency.dependent.objectID),
                view.kind.isOfQuery
            else { continue }
            throw SQLError(
                .featureNotSupported, "cannot alter type of a column used by a view or rule"
            ).detail(
                "rule _RETURN on \(view.kind.noun) \(scope.displayName(of: view.value)) depends on column \"\(relation.columns[column].name)\""
            )
        }
    }
}
