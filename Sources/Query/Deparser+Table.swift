public import Base
public import Catalog
public import Types

extension Deparser {
    /// An expression of `table` for people.
    /// - Parameters:
    ///   - isPretty: with parentheses only where they are needed.
    ///   - relationName: as a statement would have to name it.
    public static func shown(
        _ expression: Expression, of table: Relation, isPretty: Bool, types: TypeContext,
        relationName: @escaping (OID) -> String?
    ) -> String {
        let layout = QueryDeparser(
            .display(isPretty: isPretty, relationName: relationName), types: types)
        let deparser = Deparser(
            types: types, columnName: { table.columnText($0.column) },
            relationName: relationName, layout: layout)
        return QueryDeparser.finished(deparser.text(expression))
    }
}
