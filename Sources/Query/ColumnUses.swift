public import Base
public import Catalog

/// Which columns of its relations a statement reads and changes, for rights that were granted on
/// single columns. What a view reads counts for the view's owner, and what is read of the view for
/// whoever names it.
public struct ColumnUses: Sendable {
    /// A relation, and whose rights count for it.
    public struct Key: Hashable, Sendable {
        public var relation: OID
        /// Invalid: the user's.
        public var checkAs: OID

        public init(relation: OID, checkAs: OID) {
            self.relation = relation
            self.checkAs = checkAs
        }
    }
    public struct Columns: Sendable {
        public var selected: Set<Int> = []
        public var inserted: Set<Int> = []
        public var updated: Set<Int> = []

        public init() {}

        /// - Parameter right: SELECT, INSERT or UPDATE.
        public func of(_ right: Privilege.Rights) -> Set<Int> {
            switch right {
            case .select: selected
            case .insert: inserted
            default: updated
            }
        }
    }

    public private(set) var columns: [Key: Columns] = [:]
    /// For each query level around: what each entry of its range table is, if it has columns that
    /// rights are for. A set operation's variables name its own columns.
    private var levels: [[Key?]] = []

    public init(_ statement: BoundStatement) { walk(statement) }

    /// A statement that goes through an updatable view uses the view's columns as it uses the
    /// table's that they are.
    /// - Parameters:
    ///   - places: the table's column that each of the view's is; nil: an expression.
    ///   - named: the expressions among the view's columns that the statement may name.
    public mutating func addView(_ view: Key, over table: Key, places: [Int?], named: Set<Int>) {
        let used = columns[table] ?? Columns()
        columns[view, default: Columns()].selected.formUnion(named)
        for (index, place) in places.enumerated() {
            guard let place else { continue }
            if used.selected.contains(place) { columns[view, default: Columns()].selected.insert(index) }
            if used.inserted.contains(place) { columns[view, default: Columns()].inserted.insert(index) }
            if used.updated.contains(place) { columns[view, default: Columns()].updated.insert(index) }
        }
    }

    // MARK: Statements

    private mutating func walk(_ statement: BoundStatement) {
        for table in statement.commonTables { walk(table) }
        switch statement {
        case .select(let query): walk(query)
        case .insert(let insert): walk(insert, into: nil)
        case .update(let modify), .delete(let modify):
            let key = Key(relation: modify.table.value.oid, checkAs: modify.checkAs)
            for assignment in modify.assignments ?? [] {
                columns[key, default: Columns()].updated.insert(assignment.column)
            }
            walk(modify.query.body) { uses in
                for assignment in modify.assignments ?? [] { uses.walk(assignment.value) }
                for target in modify.returning { uses.walk(target.expression) }
            }
        case .merge(let merge): walk(merge)
        }
    }

    private mutating func walk(_ table: CommonTable) {
        switch table.content {
        case .query(let query): walk(query)
        case .statement(let statement):
            let around = levels
            levels = []
            walk(statement)
            levels = around
        }
    }

    private mutating func walk(_ insert: BoundInsert, into table: Key?) {
        let key =
            table ?? Key(relation: insert.table.value.oid, checkAs: insert.checkAs)
        columns[key, default: Columns()].inserted.formUnion(insert.columns)
        if table == nil {
            levels.append([key, nil])
            walk(insert.source)
            levels.removeLast()
        }
        levels.append([key, nil])
        defer { levels.removeLast() }
        if let filter = insert.filter { walk(filter) }
        for target in insert.returning { walk(target.expression) }
        guard let conflict = insert.conflict else { return }
        for index in insert.checks.indexes where conflict.indexes.contains(index.relation.oid) {
            for key in index.keys { walk(key) }
        }
        guard case .update(let assignments, let predicate) = conflict.action else { return }
        for assignment in assignments {
            columns[key, default: Columns()].updated.insert(assignment.column)
            walk(assignment.value)
        }
        if let predicate { walk(predicate) }
    }

    private mutating func walk(_ merge: BoundMerge) {
        let key = Key(relation: merge.table.value.oid, checkAs: .invalid)
        walk(merge.query.body) { uses in
            uses.walk(merge.condition)
            for action in merge.actions {
                if let condition = action.condition { uses.walk(condition) }
                switch action.change {
                case .insert(let insert, let values):
                    uses.walk(insert, into: key)
                    for value in values { uses.walk(value) }
                case .update(let assignments):
                    for assignment in assignments {
                        uses.columns[key, default: Columns()].updated.insert(assignment.column)
                        uses.walk(assignment.value)
                    }
                case .delete, .nothing: break
                }
            }
        }
    }

    // MARK: Queries

    private mutating func walk(_ query: BoundQuery) { walk(query.body) { _ in } }

    /// - Parameter inside: what else stands at the query's level.
    private mutating func walk(
        _ body: BoundQuery.Body, inside: (inout ColumnUses) -> Void
    ) {
        levels.append(body.setOperation != nil ? [] : body.rangeTable.map { key(of: $0) })
        defer { levels.removeLast() }
        var parts: [Expression] = []
        var queries: [BoundQuery] = []
        body.forEachPart(expression: { parts.append($0) }, query: { queries.append($0) })
        for part in parts { walk(part) }
        for query in queries { walk(query) }
        for table in body.commonTables {
            if case .statement = table.content { walk(table) }
        }
        inside(&self)
    }

    private func key(of entry: RangeEntry) -> Key? {
        if let view = entry.view { return Key(relation: view.oid, checkAs: entry.checkAs) }
        switch entry.kind {
        case .table(let table): return Key(relation: table.oid, checkAs: entry.checkAs)
        case .sequence(let oid): return Key(relation: oid, checkAs: entry.checkAs)
        case .computed, .subquery, .common, .values, .function, .excluded, .aggregates: return nil
        }
    }

    private mutating func walk(_ expression: Expression) {
        if case .variable(let variable) = expression {
            let place = levels.count - 1 - variable.levelsUp
            guard levels.indices.contains(place), levels[place].indices.contains(variable.relation),
                let key = levels[place][variable.relation]
            else { return }
            columns[key, default: Columns()].selected.insert(variable.column)
            return
        }
        if case .subquery(let subquery) = expression { walk(subquery.query) }
        for child in expression.children { walk(child) }
    }
}
