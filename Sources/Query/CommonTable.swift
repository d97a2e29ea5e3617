/// A query of WITH. FROM items name it by `id`, which is its own in the whole statement.
public struct CommonTable: Sendable {
    public enum Materialization: Sendable { case unspecified, always, never }
    public enum Content: Sendable {
        /// One query level below the one that has the WITH. Of a recursive one, a UNION whose right
        /// arm names the table itself: there it stands for the rows of the step before.
        case query(BoundQuery)
        /// A statement that changes data; the table is what RETURNING gives. It looks at nothing
        /// outside of itself but other queries of WITH.
        case statement(BoundStatement)

        public var columns: [OutputColumn] {
            switch self {
            case .query(let query): query.columns
            case .statement(let statement): statement.columns
            }
        }
    }

    public var id: Int
    public var name: String
    /// As given behind the name.
    public var columnNames: [String]
    public var content: Content
    public var isRecursive: Bool
    public var materialization: Materialization

    public init(
        id: Int, name: String, columnNames: [String], content: Content, isRecursive: Bool,
        materialization: Materialization
    ) {
        self.id = id
        self.name = name
        self.columnNames = columnNames
        self.content = content
        self.isRecursive = isRecursive
        self.materialization = materialization
    }

    /// Nil: it is a statement that changes data.
    public var query: BoundQuery? {
        if case .query(let query) = content { return query }
        return nil
    }
}

extension BoundQuery.Body {
    /// A statement of WITH changes data.
    public var changesData: Bool { commonTables.contains { $0.query == nil } }

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
        var body = mapParts(expression: { map($0) }, query: { map($0) })
        for index in body.rangeTable.indices {
            body.rangeTable[index] = change(body.rangeTable[index], depth)
        }
        return body
    }
}
