internal import Base
internal import Catalog
internal import Parse
internal import Query
internal import Types

/// INSERT into elements and slices: `INSERT INTO t (a[1], a[2]) VALUES (1, 2)`.
extension Analyzer {
    /// What a value for a subscripted column is coerced to: the column, with the type that its part
    /// has. Nil: the whole column is meant.
    func partColumn(
        _ column: Column, _ target: ResultTarget
    ) throws(SQLError) -> Column? {
        if target.indirection.isEmpty { return nil }
        var part = column
        part.type = try partType(
            target.indirection, of: column.type,
            AssignedPart(
                column: column.name, name: column.name, location: target.location,
                valueLocation: -1))
        return part
    }

    /// A source whose columns are parts, as one whose columns are the table's: the parts of a
    /// column are assigned, in the order written, to an array that is null at first.
    /// - Parameter parts: of each column of the source its table column and target.
    func assembled(
        _ query: BoundQuery, _ parts: [(column: Int, target: ResultTarget)],
        _ table: Shared<Relation>
    ) throws(SQLError) -> (columns: [Int], query: BoundQuery) {
        var body = BoundQuery.Body()
        body.rangeTable = [
            RangeEntry(kind: .subquery(query), alias: "*PARTS*", columns: query.columns)
        ]
        body.from = .entry(0)
        let values = query.columns.enumerated().map { index, column in
            Expression.variable(Variable(relation: 0, column: index, type: column.type))
        }
        let whole = try assembled(values, parts, table)
        body.targets = whole.targets
        return (whole.columns, BoundQuery(body))
    }

    /// The same of values of parts: those of whole columns.
    func assembled(
        _ values: [Expression], _ parts: [(column: Int, target: ResultTarget)],
        _ table: Shared<Relation>
    ) throws(SQLError) -> (columns: [Int], targets: [Target]) {
        var columns: [Int] = []
        var targets: [Target] = []
        for (value, part) in zip(values, parts) {
            let definition = table.columns[part.column]
            let known = columns.firstIndex(of: part.column)
            let array =
                known.map { targets[$0].expression } ?? .constant(.null(definition.type))
            let assigned =
                part.target.indirection.isEmpty
                ? value
                : try self.assigned(
                    value, part.target.indirection[...], in: array,
                    AssignedPart(
                        column: definition.name, name: definition.name,
                        location: part.target.location, valueLocation: part.target.location))
            if let known {
                targets[known].expression = assigned
            } else {
                columns.append(part.column)
                targets.append(
                    Target(
                        expression: assigned,
                        column: OutputColumn(name: definition.name, type: definition.type)))
            }
        }
        return (columns, targets)
    }
}
