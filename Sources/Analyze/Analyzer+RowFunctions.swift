internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// Functions in FROM whose rows have several columns: those that give values of a row type, and
/// records with a column definition list.
extension Analyzer {
    /// json_to_record and its kin are json_populate_record and its kin with a null of the row type.
    private static let populating: [OID: OID] = [
        OID(3204): OID(3960), OID(3205): OID(3961), OID(3490): OID(3209), OID(3491): OID(3475),
    ]

    /// The entry of a function that gives rows; nil: it gives values of one column, or columns of
    /// its own.
    func rowFunction(
        _ call: Expression, _ range: RangeFunction
    ) throws(SQLError) -> RangeEntry? {
        let syntax = range.functions[0].function
        let definitions =
            range.columnDefinitions.isEmpty
            ? range.functions[0].columnDefinitions : range.columnDefinitions
        let place = location(of: syntax)
        let listPlace = definitions.first?.location ?? place
        if range.hasOrdinality, !range.columnDefinitions.isEmpty {
            throw failure(
                .syntaxError, "WITH ORDINALITY cannot be used with a column definition list",
                at: listPlace
            ).hint("Put the column definition list inside ROWS FROM().")
        }
        guard case .call(let function, _, let type) = call else {
            if definitions.isEmpty { return nil }
            throw failure(
                .syntaxError,
                "a column definition list is only allowed for functions returning \"record\"",
                at: listPlace)
        }
        let hasColumns = FunctionRegistry.function(function)?.outputColumns.isEmpty == false
        if !definitions.isEmpty {
            if hasColumns {
                throw failure(
                    .syntaxError,
                    "a column definition list is redundant for a function with OUT parameters",
                    at: listPlace)
            }
            guard type.oid == .record else {
                throw failure(
                    .syntaxError,
                    "a column definition list is only allowed for functions returning \"record\"",
                    at: listPlace)
            }
        } else if hasColumns || !TypeCatalog.isComposite(TypeCatalog.base(type.oid)) {
            return nil
        }
        let row = try definitions.isEmpty ? type : rowType(definitions)
        guard let shape = shape(of: .constant(.null(row))) else {
            throw failure(
                .syntaxError,
                "a column definition list is required for functions returning \"record\"",
                at: place)
        }
        func columnsQuery() throws(SQLError) -> BoundQuery {
            try withLevel { (_) throws(SQLError) in
                let inner = try withLevel { (_) throws(SQLError) in
                    let again = try inClause(.fromFunction) { () throws(SQLError) in
                        try analyze(syntax)
                    }
                    return try rows(of: again, as: row)
                }
                return unpacked(inner, shape, row)
            }
        }
        // Numbers come from a query around: what the function refers to lies one further up.
        let query =
            range.hasOrdinality
            ? try withLevel { (_) throws(SQLError) in numbered(try columnsQuery()) }
            : try columnsQuery()
        let alias = range.alias?.name ?? outputName(syntax) ?? "function"
        var columns = query.columns
        try rename(&columns, by: range.alias, of: alias)
        return RangeEntry(
            kind: .subquery(query), alias: alias, columns: columns, isLateral: true,
            hasAlias: range.alias != nil)
    }

    private func rowType(_ definitions: [ColumnDefinition]) throws(SQLError) -> SQLType {
        var fields: [RecordShape.Field] = []
        for definition in definitions {
            guard let syntax = definition.type else { continue }
            let type = try resolveType(syntax)
            if fields.contains(where: { $0.name == definition.name }) {
                throw failure(
                    .duplicateColumn,
                    "column name \"\(definition.name)\" specified more than once",
                    at: definition.location)
            }
            if TypeCatalog.info(type.oid)?.isPseudo == true {
                throw failure(
                    .invalidTableDefinition,
                    "column \"\(definition.name)\" has pseudo-type \(typeText(type))",
                    at: definition.location)
            }
            fields.append(RecordShape.Field(name: definition.name, type: type))
        }
        return RecordShapes.type(RecordShape(fields))
    }

    /// A query of one column: the function's rows as values.
    private func rows(of call: Expression, as row: SQLType) throws(SQLError) -> BoundQuery {
        var call = call
        if case .call(let function, let arguments, let type) = call, type != row {
            guard let populate = Analyzer.populating[function] else {
                throw SQLError.notSupported("a column definition list for this function")
            }
            call = .call(
                function: populate, arguments: [.constant(.null(row))] + arguments, type: row)
        }
        var body = BoundQuery.Body()
        body.targets = [Target(expression: call, column: OutputColumn(name: "row", type: row))]
        return BoundQuery(body)
    }

    private func unpacked(
        _ inner: BoundQuery, _ shape: RecordShape, _ row: SQLType
    ) -> BoundQuery {
        var body = BoundQuery.Body()
        body.rangeTable = [
            RangeEntry(
                kind: .subquery(inner), alias: "*ROWS*", columns: inner.columns, isLateral: true)
        ]
        body.from = .entry(0)
        let value = Expression.variable(Variable(relation: 0, column: 0, type: row))
        body.targets = shape.fields.enumerated().compactMap { index, field in
            if field.isDropped { return nil }
            return Target(
                expression: .field(value, index: index, type: field.type),
                column: OutputColumn(name: field.name, type: field.type))
        }
        return BoundQuery(body)
    }
}
