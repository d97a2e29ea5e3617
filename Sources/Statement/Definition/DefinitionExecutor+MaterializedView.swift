internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// Materialized views: tables whose rows are what a query gave when they were last refreshed.
extension DefinitionExecutor {
    /// The query of a new materialized view, with the relations that it reads locked.
    func materializedQuery(_ select: SelectStatement) throws(SQLError) -> BoundQuery {
        let query = try lockedQuery(select)
        if query.body.changesData {
            throw SQLError(
                .featureNotSupported,
                "materialized views must not use data-modifying statements in WITH")
        }
        let usesTemporary = QueryReferences(query).objects.contains {
            $0.classID == SystemOID.relation
                && snapshot.relation($0.objectID)?.persistence == .temporary
        }
        if usesTemporary {
            throw SQLError(
                .featureNotSupported,
                "materialized views must not use temporary tables or views")
        }
        return query
    }

    /// - Returns: nil where there is one and IF NOT EXISTS was said.
    func createMaterializedView(
        _ into: IntoClause, query: BoundQuery, ifNotExists: Bool
    ) throws(SQLError) -> Shared<Relation>? {
        let name = into.relation
        if name.persistence == .unlogged {
            throw SQLError(.featureNotSupported, "materialized views cannot be unlogged")
        }
        let (namespace, persistence) = try creationNamespace(name)
        if try !claim(name.name, in: namespace, ifNotExists: ifNotExists) { return nil }
        var columns = query.columns.map { Column(name: $0.name, type: $0.type) }
        if into.columnNames.count > columns.count {
            throw SQLError(.syntaxError, "too many column names were specified")
        }
        for (index, given) in into.columnNames.enumerated() { columns[index].name = given }
        for column in columns where TypeCatalog.info(column.type.oid)?.isPseudo == true {
            throw SQLError(
                .invalidTableDefinition,
                "column \"\(column.name)\" has pseudo-type \(column.type.name)")
        }
        var view = Relation(
            oid: .invalid, name: name.name, namespace: namespace, owner: host.user,
            kind: .materializedView, persistence: persistence)
        try checkStorage(tablespace: into.tablespace, accessMethod: into.accessMethod)
        view.options = try tableOptions(into.options)
        view.viewDefinition = try storedText(query)
        view.isPopulated = !into.skipsData
        try build(&view, plans: columns.map { ColumnPlan(column: $0) }, constraints: [])
        for object in QueryReferences(query).objects where object.whole != .relation(view.oid) {
            catalog.addDependency(Dependency(.relation(view.oid), on: object, .normal))
        }
        return snapshot.relation(view.oid)
    }

    /// The materialized view that REFRESH names, locked.
    func viewToRefresh(
        _ statement: RefreshMaterializedViewStatement
    ) throws(SQLError) -> Shared<Relation> {
        let view = try lockedRelation(
            statement.relation, statement.isConcurrent ? .exclusive : .accessExclusive)
        guard view.kind.keepsRows || view.kind == .partitionedTable else {
            throw SQLError(
                .wrongObjectType, "\"\(view.name)\" is not a table or materialized view")
        }
        if !snapshot.isComputed(view.oid) { try checkOwner(view.value) }
        guard view.kind == .materializedView else {
            throw SQLError(
                .featureNotSupported, "\"\(view.name)\" is not a materialized view")
        }
        guard statement.isConcurrent else { return view }
        if !view.isPopulated {
            throw SQLError(
                .featureNotSupported,
                "CONCURRENTLY cannot be used when the materialized view is not populated")
        }
        if statement.skipsData {
            throw SQLError(
                .syntaxError, "CONCURRENTLY and WITH NO DATA options cannot be used together")
        }
        let isKeyed = view.indexes.contains { oid in
            guard let index = snapshot.relation(oid)?.index else { return false }
            return index.isUnique && index.predicate == nil
                && index.keys.allSatisfy { $0.column != nil }
        }
        if !isKeyed {
            let schema = snapshot.namespace(view.namespace)?.name ?? ""
            throw SQLError(
                .objectNotInPrerequisiteState,
                "cannot refresh materialized view \"\(Identifier.quote(qualified: [schema, view.name]))\" concurrently"
            ).hint(
                "Create a unique index with no WHERE clause on one or more columns of the materialized view."
            )
        }
        return view
    }

    /// Gives the view new places for the rows to come.
    func emptied(
        _ view: Shared<Relation>, isPopulated: Bool
    ) throws(SQLError) -> Shared<Relation> {
        var changed = view.value
        changed.isPopulated = isPopulated
        catalog.put(changed)
        try empty(view.oid)
        guard let current = snapshot.relation(view.oid) else {
            throw SQLError(.internalError, "a locked relation stays")
        }
        return current
    }
}
