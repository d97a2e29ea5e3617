/// A query of WITH. FROM items name it by `id`, which is its own in the whole statement.
public struct CommonTable: Sendable {
    public enum Materialization: Sendable { case unspecified, always, never }

    public var id: Int
    public var name: String
    /// As given behind the name.
    public var columnNames: [String]
    /// One query level below the one that has the WITH. Of a recursive one, a UNION whose right arm
    /// names the table itself: there it stands for the rows of the step before.
    public var query: BoundQuery
    public var isRecursive: Bool
    public var materialization: Materialization

    public init(
        id: Int, name: String, columnNames: [String], query: BoundQuery, isRecursive: Bool,
        materialization: Materialization
    ) {
        self.id = id
        self.name = name
        self.columnNames = columnNames
        self.query = query
        self.isRecursive = isRecursive
        self.materialization = materialization
    }
}

extension BoundQuery.Body {
    /// The query with `change` applied to every FROM item in it and below; it gets the item and how
    /// many query levels lie between.
    public func mapEntries(
        depth: Int = 0, _ change: (RangeEntry, Int) -> RangeEntry
    ) -> BoundQuery.Body {
        func map(_ query: BoundQuery) -> BoundQuery {
            BoundQuery(query.body.mapEntries(depth: depth + 1, change))
        }
        func map(_ expression: Expression) -> Expression {
            if case .subquery(var subquery) = expression {
                subquery.query = map(subquery.query)
                return Expression.subquery(subquery).mapChildren { map($0) }
            }
            return expression.mapChildren { map($0) }
        }
        var body = self
        for index in body.rangeTable.indices {
            var entry = body.rangeTable[index]
            switch entry.kind {
            case .subquery(let query): entry.kind = .subquery(map(query))
            case .values(let rows): entry.kind = .values(rows.map { $0.map { map($0) } })
            case .function(let call, let withOrdinality):
                entry.kind = .function(map(call), withOrdinality: withOrdinality)
            case .table, .computed, .sequence, .excluded, .common: break
            }
            body.rangeTable[index] = change(entry, depth)
        }
        for index in body.commonTables.indices {
            body.commonTables[index].query = map(body.commonTables[index].query)
        }
        body.from = body.from.mapConditions { map($0) }
        body.predicate = body.predicate.map { map($0) }
        for index in body.targets.indices {
            body.targets[index].expression = map(body.targets[index].expression)
        }
        body.groupBy = body.groupBy.map { map($0) }
        body.having = body.having.map { map($0) }
        body.limit = body.limit.map { map($0) }
        body.offset = body.offset.map { map($0) }
        if let operation = body.setOperation {
            body.setOperation?.left = map(operation.left)
            body.setOperation?.right = map(operation.right)
        }
        return body
    }
}
