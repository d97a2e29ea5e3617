public import Base
internal import Catalog
public import Parse
public import Query
internal import Types

/// COPY between a client and a table or query.
extension Analyzer {
    /// COPY table FROM: an INSERT whose rows come from elsewhere. Identity columns take given
    /// values, GENERATED ALWAYS or not.
    public func analyzeCopyFrom(_ copy: CopyStatement) throws(SQLError) -> BoundInsert {
        guard let range = copy.relation else {
            throw SQLError(.syntaxError, "COPY query FROM is not possible")
        }
        if copy.filter != nil { throw SQLError.notSupported("COPY FROM … WHERE") }
        return try withLevel { _ throws(SQLError) in
            let table = try copyTarget(range)
            let columns = try copyColumns(copy.columns, table, at: range.location)
            var defaults: [Expression?] = []
            for index in table.columns.indices {
                let isGiven = columns.contains(index) || table.columns[index].isDropped
                defaults.append(isGiven ? nil : try defaultExpression(of: index, in: table))
            }
            var bound = BoundInsert(
                table: table, columns: columns, source: BoundQuery(BoundQuery.Body()),
                defaults: defaults, checks: try tableChecks(of: table), conflict: nil,
                returning: [])
            bound.partitions = try partitionedTable(table)
            return bound
        }
    }

    /// COPY table TO and COPY (query) TO: the query whose rows are sent.
    public func analyzeCopyTo(_ copy: CopyStatement) throws(SQLError) -> BoundStatement {
        if let query = copy.query {
            let bound = try analyze(query)
            if case .select = bound { return bound }
            if bound.columns.isEmpty {
                throw SQLError(
                    .featureNotSupported, "COPY query must have a RETURNING clause")
            }
            return bound
        }
        guard let range = copy.relation else {
            throw SQLError(.internalError, "COPY has a table or a query")
        }
        let table = try scope.resolveRelation(
            catalog: range.catalog, schema: range.schema, name: range.name)
        switch table.kind {
        case .table: break
        case .partitionedTable:
            throw SQLError(
                .wrongObjectType, "cannot copy from partitioned table \"\(table.name)\""
            ).hint("Try the COPY (SELECT ...) TO variant.")
        case .view:
            throw SQLError(.wrongObjectType, "cannot copy from view \"\(table.name)\"")
                .hint("Try the COPY (SELECT ...) TO variant.")
        case .sequence:
            throw SQLError(.wrongObjectType, "cannot copy from sequence \"\(table.name)\"")
        case .index, .partitionedIndex, .compositeType:
            throw SQLError(
                .wrongObjectType, "cannot copy from non-table relation \"\(table.name)\"")
        }
        return .select(
            try withLevel { level throws(SQLError) in
                addTable(table)
                var body = BoundQuery.Body()
                body.rangeTable = level.rangeTable
                body.from = .entry(0)
                for index in try copyColumns(copy.columns, table, at: range.location) {
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

    private func copyTarget(_ range: RangeVariable) throws(SQLError) -> Shared<Relation> {
        let table = try scope.resolveRelation(
            catalog: range.catalog, schema: range.schema, name: range.name)
        switch table.kind {
        case .table, .partitionedTable: return table
        case .view:
            throw SQLError(.wrongObjectType, "cannot copy to view \"\(table.name)\"")
                .hint("To enable copying to a view, provide an INSTEAD OF INSERT trigger.")
        case .sequence:
            throw SQLError(.wrongObjectType, "cannot copy to sequence \"\(table.name)\"")
        case .index, .partitionedIndex, .compositeType:
            throw SQLError(
                .wrongObjectType, "cannot copy to non-table relation \"\(table.name)\"")
        }
    }

    private func copyColumns(
        _ names: [String], _ table: Shared<Relation>, at location: Int
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
                        "parameter $\(index + 1) of type \(value.type.name) cannot be coerced to the expected type \(SQLType(type).name)",
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
