internal import Base
internal import Catalog
internal import Parse
internal import Query
internal import Functions
internal import Types

/// FROM → range table, join tree and visible names (PostgreSQL's parse_clause.c).
extension Analyzer {
    /// The whole FROM list: a cross product of its items.
    func analyzeFrom(_ items: [SyntaxFromItem]) throws(SQLError) -> JoinTree {
        var tree: JoinTree?
        for item in items {
            // Items to the left are visible to LATERAL ones only.
            let before = level.namespace.count
            for index in 0..<before { level.namespace[index].isLateralOnly = true }
            let (node, added) = try analyzeJoinItem(item)
            level.namespace.removeSubrange(before...)
            try checkAliases(level.namespace, added)
            level.namespace += added
            if tree != nil { level.joinForms.append(.comma) }
            tree = tree.map { .join(.inner, $0, node, condition: nil) } ?? node
        }
        for index in level.namespace.indices { level.namespace[index].isLateralOnly = false }
        return tree ?? .oneRow
    }

    func checkAliases(
        _ before: [NamespaceItem], _ added: [NamespaceItem]
    ) throws(SQLError) {
        for item in added {
            guard let name = item.name, item.isRelationVisible else { continue }
            if before.contains(where: {
                $0.isRelationVisible && $0.name == name
                    && ($0.schema == nil || item.schema == nil || $0.schema == item.schema)
            }) {
                throw SQLError(
                    .duplicateAlias, "table name \"\(name)\" specified more than once")
            }
        }
    }

    func analyzeJoinItem(
        _ item: SyntaxFromItem
    ) throws(SQLError) -> (JoinTree, [NamespaceItem]) {
        switch item {
        case .table(let range):
            let index = try addRelation(range)
            return (.entry(index), [namespaceItem(of: index, schema: range.schema)])
        case .subselect(let subselect):
            return try analyzeSubselect(subselect)
        case .function(let function):
            return try analyzeFunction(function)
        case .join(let join):
            return try analyzeJoin(join)
        case .tableSample(let sample): return try analyzeSample(sample)
        case .unsupported(let name, let location):
            throw failure(.featureNotSupported, "\(name) is not supported", at: location)
        }
    }

    /// Adds the relation that `range` names and returns its range table index.
    func addRelation(_ range: RangeVariable) throws(SQLError) -> Int {
        if range.catalog == nil, range.schema == nil, let entry = try commonTable(range) {
            return level.add(entry)
        }
        let form = storedForm(range)
        let relation: Shared<Relation> =
            if let form { form.relation } else { try lookUp(range) }
        let alias = range.alias?.name ?? relation.name
        if !relation.columnPrivileges.isEmpty { meetsColumnPrivileges = true }
        var columns: [OutputColumn] = []
        for (index, column) in relation.columns.enumerated() {
            columns.append(
                OutputColumn(
                    name: column.isDropped ? "" : column.name, type: column.type,
                    table: relation.oid, columnNumber: index + 1))
        }
        if form == nil {
            try rename(&columns, by: range.alias, of: alias)
        } else {
            nameStored(&columns, range.alias?.columnNames ?? [])
        }
        var entry = RangeEntry(
            kind: .excluded, alias: alias, columns: columns, checkAs: checkAs,
            hasAlias: form?.hasAlias ?? (range.alias != nil),
            columnAliasCount: form?.columnAliasCount ?? range.alias?.columnNames.count ?? 0)
        entry.isOnly = !range.inherits
        if scope.snapshot.isComputed(relation.oid) {
            entry.kind = .computed(relation.oid)
        } else {
            switch relation.kind {
            case .table, .materializedView: entry.kind = .table(relation)
            case .partitionedTable:
                entry.kind = .table(range.inherits ? relation : withoutPartitions(relation))
            case .sequence: entry.kind = .sequence(relation.oid)
            case .view:
                entry.kind = .subquery(try viewQuery(relation))
                entry.view = relation
                views.append(
                    PlannedRelation(
                        relation: relation.oid, use: .read, rights: .select, checkAs: checkAs))
            case .compositeType:
                throw failure(
                    .wrongObjectType, "\"\(relation.name)\" is a composite type",
                    at: range.location)
            case .index, .partitionedIndex:
                throw failure(
                    .wrongObjectType, "cannot open relation \"\(relation.name)\"",
                    at: range.location
                ).detail("This operation is not supported for \(relation.kind.plural).")
            }
        }
        return level.add(entry)
    }

    /// Applies an alias's column names.
    func rename(
        _ columns: inout [OutputColumn], by alias: AliasSyntax?, of name: String
    ) throws(SQLError) {
        guard let names = alias?.columnNames, !names.isEmpty else { return }
        let live = columns.indices.filter { !columns[$0].name.isEmpty }
        if names.count > live.count {
            throw SQLError(
                .invalidColumnReference,
                "table \"\(name)\" has \(live.count) columns available but \(names.count) columns specified"
            )
        }
        for (index, new) in zip(live, names) { columns[index].name = new }
    }

    /// The relation that a statement names.
    func lookUp(_ range: RangeVariable) throws(SQLError) -> Shared<Relation> {
        do throws(SQLError) {
            return try scope.resolveRelation(
                catalog: range.catalog, schema: range.schema, name: range.name)
        } catch {
            var error = error
            if range.schema == nil, error.state == .undefinedTable,
                levels.contains(where: { level in
                    level.with?.members.contains {
                        $0.syntax.name == range.name && $0.state != .done
                    } ?? false
                })
            {
                error = error.detail(
                    "There is a WITH item named \"\(range.name)\", but it cannot be referenced from this part of the query."
                ).hint(
                    "Use WITH RECURSIVE, or re-order the WITH items to remove forward references.")
            }
            throw error.at(position: position(range.location))
        }
    }

    private func analyzeSubselect(
        _ subselect: RangeSubselect
    ) throws(SQLError) -> (JoinTree, [NamespaceItem]) {
        guard let alias = subselect.alias else {
            throw SQLError(.syntaxError, "subquery in FROM must have an alias")
                .hint("For example, FROM (SELECT ...) [AS] foo.")
        }
        let query = try visibleSiblings(subselect.isLateral) { () throws(SQLError) in
            try inClause(.fromSubquery) { () throws(SQLError) in
                try analyzeQuery(subselect.subquery)
            }
        }
        var columns = query.columns
        try rename(&columns, by: alias, of: alias.name)
        let index = level.add(
            RangeEntry(
                kind: .subquery(query), alias: alias.name, columns: columns,
                isLateral: subselect.isLateral, hasAlias: true,
                columnAliasCount: alias.columnNames.count))
        return (.entry(index), [namespaceItem(of: index, schema: nil)])
    }

    /// Runs `body` with the left siblings visible if LATERAL, hidden otherwise.
    private func visibleSiblings<Result>(
        _ isLateral: Bool, _ body: () throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        let saved = level.namespace
        if isLateral {
            for index in level.namespace.indices { level.namespace[index].isLateralOnly = false }
        }
        defer { level.namespace = saved }
        return try body()
    }

    private func analyzeFunction(
        _ range: RangeFunction
    ) throws(SQLError) -> (JoinTree, [NamespaceItem]) {
        if let functions = functionsSideBySide(range) {
            if range.functions.contains(where: { !$0.columnDefinitions.isEmpty }) {
                throw SQLError.notSupported("a column definition list in ROWS FROM")
            }
            return try analyzeSideBySide(functions, range)
        }
        let syntax = range.functions[0].function
        let name = outputName(syntax) ?? "function"
        // Functions in FROM are lateral by themselves.
        let call = try visibleSiblings(true) { () throws(SQLError) in
            try analyzeFromFunction(syntax)
        }
        let entry = try visibleSiblings(true) { () throws(SQLError) in
            try rowFunction(call, range)
        }
        if let entry {
            let index = level.add(entry)
            return (.entry(index), [namespaceItem(of: index, schema: nil)])
        }
        let alias = range.alias?.name ?? name
        // A scalar function's single column takes the alias's name.
        var columns = tableColumns(of: call) ?? [OutputColumn(name: alias, type: call.type)]
        if range.hasOrdinality {
            columns.append(OutputColumn(name: "ordinality", type: .plain(.int8)))
        }
        try rename(&columns, by: range.alias, of: alias)
        let index = level.add(
            RangeEntry(
                kind: .function(call, withOrdinality: range.hasOrdinality), alias: alias,
                columns: columns, isLateral: true))
        return (.entry(index), [namespaceItem(of: index, schema: nil)])
    }

    private func analyzeSideBySide(
        _ functions: [SyntaxExpression], _ range: RangeFunction
    ) throws(SQLError) -> (JoinTree, [NamespaceItem]) {
        let query = try visibleSiblings(true) { () throws(SQLError) in
            try inClause(.fromFunction) { () throws(SQLError) in
                try sideBySideQuery(functions, withOrdinality: range.hasOrdinality)
            }
        }
        let alias = range.alias?.name ?? query.columns[0].name
        var columns = query.columns
        try rename(&columns, by: range.alias, of: alias)
        let index = level.add(
            RangeEntry(kind: .subquery(query), alias: alias, columns: columns, isLateral: true))
        return (.entry(index), [namespaceItem(of: index, schema: nil)])
    }

    /// The columns of functions with OUT parameters.
    func tableColumns(of call: Expression) -> [OutputColumn]? {
        guard case .call(let function, _, _) = call,
            let entry = FunctionRegistry.function(function), !entry.outputColumns.isEmpty
        else { return nil }
        return entry.outputColumns.map { OutputColumn(name: $0.name, type: .plain($0.type)) }
    }

    /// What an entry makes visible.
    func namespaceItem(of index: Int, schema: String?) -> NamespaceItem {
        let entry = level.rangeTable[index]
        var columns: [NamespaceItem.Entry] = []
        for (number, column) in entry.columns.enumerated() where !column.name.isEmpty {
            columns.append(
                NamespaceItem.Entry(
                    name: column.name,
                    expression: .variable(
                        Variable(relation: index, column: number, type: column.type)),
                    isHidden: number >= entry.columns.count - entry.addedColumnCount))
        }
        if case .function(.call(let function, _, _), withOrdinality: false) = entry.kind,
            let only = columns.first, columns.count == 1, only.name != entry.alias,
            FunctionRegistry.function(function)?.outputColumns.count == 1
        {
            // The whole row of a function of one value is that value.
            columns.append(
                NamespaceItem.Entry(
                    name: entry.alias, expression: only.expression, isHidden: true))
        }
        var schemaName = schema
        if case .table(let relation) = entry.kind {
            columns.append(
                NamespaceItem.Entry(
                    name: "tableoid",
                    expression: .variable(
                        Variable(
                            relation: index, column: relation.columns.count, type: .plain(.oid))),
                    isHidden: true))
            columns += systemColumns(of: index)
            if entry.alias == relation.name {
                schemaName = schema ?? scope.snapshot.namespace(relation.namespace)?.name
            } else {
                schemaName = nil
            }
        }
        if case .computed(let relation) = entry.kind, let first = columns.first {
            // Of the null row of an outer join it is null, as the first column, else never null, is.
            let oid = Expression.constant(
                Constant(type: .plain(.oid), value: .word(Int64(relation.rawValue))))
            let isRow = Expression.isNull(first.expression, negated: true)
            columns.append(
                NamespaceItem.Entry(
                    name: "tableoid",
                    expression: .caseWhen(
                        branches: [CaseBranch(condition: isRow, result: oid)], otherwise: nil,
                        type: .plain(.oid)), isHidden: true))
            columns += systemColumns(of: index)
        }
        return NamespaceItem(
            entry: index, name: entry.alias, schema: schemaName, columns: columns)
    }

    private func systemColumns(of index: Int) -> [NamespaceItem.Entry] {
        SystemColumn.allCases.map { column in
            NamespaceItem.Entry(
                name: column.name,
                expression: .variable(
                    Variable(relation: index, column: column.number, type: column.type)),
                isHidden: true)
        }
    }
}

extension RelationKind {
    /// For "This operation is not supported for …."
    var plural: String {
        switch self {
        case .table: "tables"
        case .index: "indexes"
        case .sequence: "sequences"
        case .view: "views"
        case .materializedView: "materialized views"
        case .compositeType: "composite types"
        case .partitionedTable: "partitioned tables"
        case .partitionedIndex: "partitioned indexes"
        }
    }
}
