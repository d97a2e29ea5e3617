internal import Analyze
internal import Base
internal import Catalog
internal import Execute
internal import Functions
internal import Query
internal import Types

/// Views' queries for people: pg_get_viewdef and the catalogs that show them.
extension SessionState {
    /// The text of a view's query; nil for a relation that is no view of a user.
    func viewDefinition(_ view: Shared<Relation>, isPretty: Bool) throws(SQLError) -> String? {
        guard view.kind.isOfQuery, view.viewDefinition != nil else { return nil }
        let scope = scope
        let analyzer = Analyzer(
            scope: scope, text: [], types: functions.types, allowsParameters: false)
        analyzer.keepsForms = true
        let query = try analyzer.viewQuery(view)
        let deparser = QueryDeparser(
            .display(isPretty: isPretty) { oid in
                scope.snapshot.relation(oid).map { scope.displayName(of: $0.value) }
            }, types: functions.types)
        return deparser.text(query, columnNames: view.columns.map(\.name)) + ";"
    }

    /// CREATE RULE of the rule that makes a view one, which has the view's own definition.
    func ruleDefinition(_ view: Shared<Relation>, isPretty: Bool) throws(SQLError) -> String? {
        guard let definition = try viewDefinition(view, isPretty: isPretty) else { return nil }
        let schema = catalog.snapshot.namespace(view.namespace)?.name ?? ""
        let qualified = "\(Identifier.quote(schema)).\(Identifier.quote(view.name))"
        let name = isPretty ? scope.displayName(of: view.value) : qualified
        return "CREATE RULE \"_RETURN\" AS\n    ON SELECT TO \(name) DO INSTEAD \(definition)"
    }

    /// An expression that a table or domain keeps, for people.
    func text(
        of stored: StoredExpression, in table: Relation, isPretty: Bool
    ) throws(SQLError) -> String {
        let scope = scope
        // A domain's expressions are over a table of their own.
        guard let shared = table.oid.isValid ? scope.snapshot.relation(table.oid) : Shared(table)
        else { return scope.displayText(of: stored) }
        let analyzer = Analyzer(
            scope: scope, text: [], types: functions.types, allowsParameters: false)
        let expression = try analyzer.storedExpression(stored, of: shared)
        return Deparser.shown(
            expression, of: table, isPretty: isPretty, types: functions.types
        ) { oid in
            scope.snapshot.relation(oid).map { scope.displayName(of: $0.value) }
        }
    }

    /// The same for the catalogs: what cannot be read is shown as it is kept.
    func shownText(of stored: StoredExpression, in table: Relation) -> String {
        do throws(SQLError) {
            return try text(of: stored, in: table, isPretty: false)
        } catch {
            return scope.displayText(of: stored)
        }
    }

    /// For the catalogs: what cannot be read is shown as null.
    func shownViewDefinition(_ view: Relation) -> String? {
        guard let shared = catalog.snapshot.relation(view.oid) else { return nil }
        do throws(SQLError) {
            return try viewDefinition(shared, isPretty: false)
        } catch {
            return nil
        }
    }

    /// For the catalogs, as `shownViewDefinition`.
    func shownUpdatableEvents(_ view: Relation) -> Int {
        guard let shared = catalog.snapshot.relation(view.oid) else { return 0 }
        do throws(SQLError) {
            return try updatableEvents(shared)
        } catch {
            return 0
        }
    }

    /// The columns of a view that UPDATE may change, as `shownViewDefinition`.
    func shownUpdatableColumns(_ view: Relation) -> Set<Int> {
        guard let shared = catalog.snapshot.relation(view.oid) else { return [] }
        do throws(SQLError) {
            return try updatableColumns(shared)
        } catch {
            return []
        }
    }

    private func updatableColumns(_ relation: Shared<Relation>) throws(SQLError) -> Set<Int> {
        guard relation.kind == .view else {
            return relation.kind == .table ? Set(relation.columns.indices) : []
        }
        if relation.viewDefinition == nil { return [] }
        let analyzer = Analyzer(
            scope: scope, text: [], types: functions.types, allowsParameters: false)
        let query = try analyzer.viewQuery(relation)
        guard ViewUpdatability.obstacle(query) == nil, let base = ViewUpdatability.base(of: query)
        else { return [] }
        let below = try updatableColumns(base)
        return Set(
            relation.columns.indices.filter { index in
                ViewUpdatability.baseColumn(index, of: query).column.map(below.contains) ?? false
            })
    }

    /// pg_relation_is_updatable: bits of UPDATE 4, INSERT 8, DELETE 16.
    func updatableEvents(_ relation: Shared<Relation>) throws(SQLError) -> Int {
        switch relation.kind {
        case .table, .partitionedTable: return 28
        case .index, .partitionedIndex, .sequence, .materializedView, .compositeType: return 0
        case .view: break
        }
        if relation.viewDefinition == nil { return 0 }
        let analyzer = Analyzer(
            scope: scope, text: [], types: functions.types, allowsParameters: false)
        let query = try analyzer.viewQuery(relation)
        guard ViewUpdatability.obstacle(query) == nil, let base = ViewUpdatability.base(of: query)
        else { return 0 }
        let below = try updatableEvents(base)
        let changes = relation.columns.indices.contains {
            ViewUpdatability.baseColumn($0, of: query).column != nil
        }
        return changes ? below : below & 16
    }
}
