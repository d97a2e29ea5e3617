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

    /// The values of CYCLE's mark.
    public struct Mark: Sendable {
        public var value: Expression
        public var otherwise: Expression

        public init(value: Expression, otherwise: Expression) {
            self.value = value
            self.otherwise = otherwise
        }
    }
    public struct Search: Sendable {
        public var columns: [String]
        public var isBreadthFirst: Bool
        public var sequenceColumn: String

        public init(columns: [String], isBreadthFirst: Bool, sequenceColumn: String) {
            self.columns = columns
            self.isBreadthFirst = isBreadthFirst
            self.sequenceColumn = sequenceColumn
        }
    }
    public struct Cycle: Sendable {
        public var columns: [String]
        public var markColumn: String
        public var mark: Mark
        public var pathColumn: String

        public init(columns: [String], markColumn: String, mark: Mark, pathColumn: String) {
            self.columns = columns
            self.markColumn = markColumn
            self.mark = mark
            self.pathColumn = pathColumn
        }
    }
    /// SEARCH and CYCLE as written, with the query before they added to it.
    public struct Clauses: Sendable {
        public var query: BoundQuery
        public var search: Search?
        public var cycle: Cycle?

        public init(query: BoundQuery, search: Search?, cycle: Cycle?) {
            self.query = query
            self.search = search
            self.cycle = cycle
        }
    }

    public var id: Int
    public var name: String
    /// As given behind the name.
    public var columnNames: [String]
    public var content: Content
    public var isRecursive: Bool
    public var materialization: Materialization
    /// For texts only: `content` has what they mean.
    public var clauses: Clauses?

    public init(
        id: Int, name: String, columnNames: [String], content: Content, isRecursive: Bool,
        materialization: Materialization, clauses: Clauses? = nil
    ) {
        self.id = id
        self.name = name
        self.columnNames = columnNames
        self.content = content
        self.isRecursive = isRecursive
        self.materialization = materialization
        self.clauses = clauses
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
