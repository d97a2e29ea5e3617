public import Base
public import Catalog
public import Parse
public import Query
internal import Types

/// COPY between a client and a table or query.
extension Analyzer {
    /// The table that COPY names; nil of COPY (query).
    public func copyRelation(_ copy: CopyStatement) throws(SQLError) -> Shared<Relation>? {
        guard let range = copy.relation else { return nil }
        if let schema = range.schema, try scope.findNamespace(schema) == nil {
            throw SQLError(.invalidSchemaName, "schema \"\(schema)\" does not exist")
        }
        let relation = try scope.resolveRelation(
            catalog: range.catalog, schema: range.schema, name: range.name)
        if !relation.columnPrivileges.isEmpty { meetsColumnPrivileges = true }
        switch relation.kind {
        case .index, .partitionedIndex:
            throw SQLError(.wrongObjectType, "\"\(relation.name)\" is an index")
        case .compositeType:
            throw SQLError(.wrongObjectType, "\"\(relation.name)\" is a composite type")
        case .table, .partitionedTable, .view, .materializedView, .sequence: return relation
        }
    }

    /// COPY table FROM: an INSERT whose rows come from elsewhere. Identity columns take given
    /// values, GENERATED ALWAYS or not.
    public func analyzeCopyFrom(
        _ copy: CopyStatement, _ table: Shared<Relation>
    ) throws(SQLError) -> BoundInsert {
        try withLevel { _ throws(SQLError) in
            var filter: Expression?
            if let condition = copy.filter {
                addTable(table)
                filter = try inClause(.copyFilter) { () throws(SQLError) in
                    try analyzeBoolean(condition, construct: "WHERE")
                }
            }
            let columns = try copyColumns(copy.columns, table)
            var defaults: [Expression?] = []
            for index in table.columns.indices {
                let isGiven = columns.contains(index) || table.columns[index].isDropped
                defaults.append(isGiven ? nil : try defaultExpression(of: index, in: table))
            }
            var bound = BoundInsert(
                table: table, columns: columns, source: BoundQuery(BoundQuery.Body()),
                defaults: defaults, checks: try tableChecks(of: table), conflict: nil,
                returning: [])
            bound.filter = filter
            bound.partitions = try partitionedTable(table)
            return bound
        }
    }

    /// Why rows cannot be copied to the relation; nil: they can.
    public static func copyRefusal(to relation: Relation) -> SQLError? {
        switch relation.kind {
        case .table, .partitionedTable: nil
        case .view:
            SQLError(.wrongObjectType, "cannot copy to view \"\(relation.name)\"")
                .hint("To enable copying to a view, provide an INSTEAD OF INSERT trigger.")
        case .materializedView:
            SQLError(
                .wrongObjectType, "cannot copy to materialized view \"\(relation.name)\"")
        case .sequence:
            SQLError(.wrongObjectType, "cannot copy to sequence \"\(relation.name)\"")
        case .index, .partitionedIndex, .compositeType:
            SQLError(
                .wrongObjectType, "cannot copy to non-table relation \"\(relation.name)\"")
        }
    }

    /// Why rows cannot be copied from the relation; nil: they can.
    public static func copyRefusal(from relation: Relation) -> SQLError? {
        switch relation.kind {
        case .table: nil
        case .partitionedTable:
            SQLError(
                .wrongObjectType, "cannot copy from partitioned table \"\(relation.name)\""
            ).hint("Try the COPY (SELECT ...) TO variant.")
        case .view:
            SQLError(.wrongObjectType, "cannot copy from view \"\(relation.name)\"")
                .hint("Try the COPY (SELECT ...) TO variant.")
        case .materializedView:
            SQLError(
                .wrongObjectType, "cannot copy from materialized view \"\(relation.name)\""
            ).hint("Try the COPY (SELECT ...) TO variant.")
        case .sequence:
            SQLError(.wrongObjectType, "cannot copy from sequence \"\(relation.name)\"")
        case .index, .partitionedIndex, .compositeType:
            SQLError(
                .wrongObjectType, "cannot copy from non-table relation \"\(relation.name)\"")
        }
    }

    /// COPY table TO: the query whose rows are sent.
    public func analyzeCopyTo(
        _ copy: CopyStatement, _ table: Shared<Relation>
    ) throws(SQLError) -> BoundStatement {
        .select(
            try withLevel { level throws(SQLError) in
                addTable(table)
                var body = BoundQuery.Body()
                body.rangeTable = level.rangeTable
                body.from = .entry(0)
                for index in try copyColumns(copy.columns, table) {
                    let column = level.rangeTable[0].columns[index]
                    body.targets.append(
                        Target(
                            expression: .variable(
                                Variable(relation: 0, column: index, type: column.type)),
                            column: column))
                }
                return BoundQuery(body)
            })
    }

    /// COPY (query) TO.
    public func analyzeCopyQuery(_ query: SyntaxStatement) throws(SQLError) -> BoundStatement {
        if case .select(let select) = query, select.into != nil {
            throw SQLError.notSupported("COPY (SELECT INTO)")
        }
        if case .merge = query {
            throw SQLError(.featureNotSupported, "MERGE not supported in COPY")
        }
        let bound = try analyze(query)
        let hasRows: Bool
        if case .select = bound { hasRows = true } else { hasRows = !bound.columns.isEmpty }
        if !hasRows {
            throw SQLError(
                .featureNotSupported, "COPY query must have a RETURNING clause")
        }
        return bound
    }

    /// Numbers of the columns that COPY names, or of all but the generated ones.
    public func copyColumns(
        _ names: [String], _ table: Shared<Relation>
    ) throws(SQLError) -> [Int] {
        if names.isEmpty {
            return table.columns.indices.filter {
                !table.columns[$0].isDropped && !table.columns[$0].isGenerated
            }
        }
        var columns: [Int] = []
        for name in names {
            guard let index = table.value.columnIndex(named: name) else {
                throw SQLError(
                    .undefinedColumn,
                    "column \"\(name)\" of relation \"\(table.name)\" does not exist")
            }
            if table.columns[index].isGenerated {
                throw SQLError(
                    .invalidColumnReference, "column \"\(name)\" is a generated column"
                ).detail("Generated columns cannot be used in COPY.")
            }
            if columns.contains(index) {
                throw SQLError(
                    .duplicateColumn, "column \"\(name)\" specified more than once")
            }
            columns.append(index)
        }
        return columns
    }

    /// Values of an EXECUTE: expressions without columns, brought to the parameters' types.
    public func analyzeParameters(
        _ syntax: [SyntaxExpression], types: [OID]
    ) throws(SQLError) -> [Expression] {
        try withLevel { _ throws(SQLError) in
            var values: [Expression] = []
            for (index, (item, type)) in zip(syntax, types).enumerated() {
                let value = try inClause(.executeParameter) { () throws(SQLError) in
                    try analyze(item)
                }
                guard canCoerce(value.type.oid, to: type, .assignment) else {
                    throw failure(
                        .datatypeMismatch,
                        "parameter $\(index + 1) of type \(typeText(value.type)) cannot be coerced to the expected type \(typeText(.plain(type)))",
                        at: location(of: item)
                    ).hint("You will need to rewrite or cast the expression.")
                }
                values.append(
                    try coerce(value, to: SQLType(type), .assignment, at: location(of: item)))
            }
            return values
        }
    }
}
