internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// INSERT.
extension Analyzer {
    func analyzeInsert(_ insert: InsertStatement) throws(SQLError) -> BoundInsert {
        try withLevel { level throws(SQLError) in
            try analyzeWith(insert.with)
            let table = try modifiableTable(insert.relation, verb: "insert into")
            let columns = try insertColumns(insert, table)
            let named = level.target?.view ?? table
            level.unreachable = [
                (
                    insert.relation.alias?.name ?? named.name,
                    named.columns.filter { !$0.isDropped }.map(\.name)
                )
            ]
            var source = try analyzeInsertSource(insert, table, columns)
            level.unreachable = []
            if insert.columns.contains(where: { !$0.indirection.isEmpty }) {
                let given = zip(columns, insert.columns).filter { source.columns.contains($0.0) }
                let whole = try assembled(
                    source.query, given.map { (column: $0.0, target: $0.1) }, table)
                source = Source(columns: whole.columns, query: whole.query)
            }
            let defaults = try insertDefaults(table, given: source.columns)
            var checks = try tableChecks(of: table)
            checks.checks += level.target?.checks ?? []
            addTarget(table, alias: insert.relation.alias?.name)
            let conflict = try insert.onConflict.map { clause throws(SQLError) in
                try analyzeConflict(clause, table, checks)
            }
            let returning = try analyzeReturning(insert.returning)
            var bound = BoundInsert(
                table: table, columns: source.columns, source: source.query, defaults: defaults,
                checks: checks, conflict: conflict, returning: returning)
            bound.checkAs = level.target?.checkAs ?? .invalid
            bound.partitions = try partitionedTable(table)
            bound.commonTables = commonTables()
            if let view = level.targetView { views[view].rights = bound.rights }
            return bound
        }
    }

    /// A table that DML may change.
    func modifiableTable(
        _ range: RangeVariable, verb: String
    ) throws(SQLError) -> Shared<Relation> {
        let relation = try lookUp(range)
        if scope.snapshot.isComputed(relation.oid) {
            throw SQLError(
                .insufficientPrivilege, "permission denied: \"\(relation.name)\" is a system catalog")
        }
        if !relation.columnPrivileges.isEmpty { meetsColumnPrivileges = true }
        switch relation.kind {
        case .table, .partitionedTable: return relation
        case .view:
            let target = try viewTarget(relation, verb: verb)
            viewTargets.append(
                (
                    ColumnUses.Key(relation: relation.oid, checkAs: checkAs),
                    ColumnUses.Key(relation: target.table.oid, checkAs: target.checkAs),
                    target.baseColumns.map(\.column)
                ))
            if !target.table.columnPrivileges.isEmpty { meetsColumnPrivileges = true }
            level.target = target
            level.targetView = views.count
            views.append(
                PlannedRelation(
                    relation: relation.oid, use: .write, rights: [], checkAs: checkAs))
            return target.table
        case .materializedView:
            throw SQLError(
                .wrongObjectType, "cannot change materialized view \"\(relation.name)\"")
        case .sequence:
            throw SQLError(.wrongObjectType, "cannot change sequence \"\(relation.name)\"")
        case .index, .partitionedIndex, .compositeType:
            throw failure(
                .wrongObjectType, "cannot open relation \"\(relation.name)\"", at: range.location
            ).detail("This operation is not supported for \(relation.kind.plural).")
        }
    }

    /// The defaults of the columns that are not given.
    func insertDefaults(
        _ table: Shared<Relation>, given: [Int]
    ) throws(SQLError) -> [Expression?] {
        var defaults: [Expression?] = []
        for index in table.columns.indices {
            let isGiven = given.contains(index) || table.columns[index].isDropped
            defaults.append(isGiven ? nil : try targetDefault(of: index, in: table))
        }
        return defaults
    }

    func insertColumns(
        _ insert: InsertStatement, _ table: Shared<Relation>
    ) throws(SQLError) -> [Int] {
        if insert.columns.isEmpty, let target = level.target {
            return target.columns.indices.map { target.baseColumns[$0].column ?? -1 - $0 }
        }
        if insert.columns.isEmpty {
            return table.columns.indices.filter { !table.columns[$0].isDropped }
        }
        var columns: [Int] = []
        for target in insert.columns {
            let name = target.name ?? ""
            guard let index = try targetColumn(name, in: table, verb: "insert into") else {
                throw failure(
                    .undefinedColumn,
                    "column \"\(name)\" of relation \"\((level.target?.view ?? table).name)\" does not exist",
                    at: target.location)
            }
            // Several parts of a column may be given, but not parts and the whole.
            if let earlier = columns.firstIndex(of: index),
                target.indirection.isEmpty || insert.columns[earlier].indirection.isEmpty
            {
                throw failure(
                    .duplicateColumn, "column \"\(name)\" specified more than once",
                    at: target.location)
            }
            columns.append(index)
        }
        return columns
    }

    // MARK: Source

    /// The columns that an INSERT gives, and the query for their values.
    struct Source {
        var columns: [Int]
        var query: BoundQuery
    }

    func analyzeInsertSource(
        _ insert: InsertStatement, _ table: Shared<Relation>, _ columns: [Int]
    ) throws(SQLError) -> Source {
        guard let select = insert.source else {
            var body = BoundQuery.Body()
            body.targets = []
            return Source(columns: [], query: BoundQuery(body))
        }
        let isPlainValues =
            !select.valuesLists.isEmpty && select.orderBy.isEmpty && select.limitCount == nil
            && select.limitOffset == nil && select.with == nil && select.operation == .none
        if isPlainValues { return try analyzeInsertValues(insert, select, table, columns) }

        let query = try analyzeQuery(select, resolvesUnknown: false)
        let count = query.columns.count
        try checkWidth(count, insert, columns, select)
        var targets = Array(columns.prefix(count))
        try checkInsertable(targets)
        var body = BoundQuery.Body()
        body.rangeTable = [
            RangeEntry(kind: .subquery(query), alias: "*SELECT*", columns: query.columns)
        ]
        body.from = .entry(0)
        let isDirect = isPlainSelect(query)
        if isDirect { body = query.body }
        let visible = query.body.targets.filter { !$0.isHidden }
        var kept: [Target] = []
        for (index, column) in targets.enumerated() {
            try checkGenerated(column, table, insert, isDefault: false)
            let value: Expression =
                isDirect
                ? visible[index].expression
                : literal(visible[index].expression)
                    ?? .variable(
                        Variable(
                            relation: 0, column: index, type: query.columns[index].type))
            let location =
                index < select.targets.count
                ? select.targets[index].value.map(self.location(of:)) ?? -1 : -1
            let definition = try insertTarget(index, column, table, insert)
            kept.append(
                Target(
                    expression: try assign(value, to: definition, at: location),
                    column: OutputColumn(name: definition.name, type: definition.type)))
        }
        if insert.overriding == .userValue {
            let isIdentity = targets.map { table.columns[$0].identity != nil }
            kept = zip(kept, isIdentity).filter { !$1 }.map { $0.0 }
            targets = zip(targets, isIdentity).filter { !$1 }.map { $0.0 }
        }
        body.targets = kept
        return Source(columns: targets, query: BoundQuery(body))
    }

    /// Unknown literals in the select list of INSERT … SELECT are read as the column's type.
    private func literal(_ expression: Expression) -> Expression? {
        if case .constant(let constant) = expression, constant.type.oid == .unknown {
            return expression
        }
        return nil
    }

    /// True if the query's select list may be converted in place.
    private func isPlainSelect(_ query: BoundQuery) -> Bool {
        if case .none = query.body.distinct {} else { return false }
        return query.body.setOperation == nil && query.body.orderBy.isEmpty
            && !query.body.targets.contains(where: \.isHidden)
            && !query.body.targets.contains { target in
                target.expression.contains { expression in
                    if case .call(let function, _, _) = expression {
                        FunctionRegistry.function(function)?.returnsSet ?? false
                    } else { false }
                }
            }
    }

    private func checkWidth(
        _ count: Int, _ insert: InsertStatement, _ columns: [Int], _ select: SelectStatement
    ) throws(SQLError) {
        if count > columns.count {
            let row = select.valuesLists.first ?? select.targets.compactMap(\.value)
            throw failure(
                .syntaxError, "INSERT has more expressions than target columns",
                at: columns.count < row.count ? location(of: row[columns.count]) : -1)
        }
        if !insert.columns.isEmpty, count < columns.count {
            throw failure(
                .syntaxError, "INSERT has more target columns than expressions",
                at: insert.columns[count].location)
        }
    }

    private func analyzeInsertValues(
        _ insert: InsertStatement, _ select: SelectStatement, _ table: Shared<Relation>,
        _ columns: [Int]
    ) throws(SQLError) -> Source {
        let width = select.valuesLists[0].count
        for list in select.valuesLists where list.count != width {
            throw failure(
                .syntaxError, "VALUES lists must all be the same length",
                at: list.first.map(location(of:)) ?? -1)
        }
        try checkWidth(width, insert, columns, select)
        var targets = Array(columns.prefix(width))
        try checkInsertable(targets)
        var rows: [[Expression]] = []
        let clause = select.valuesLists.count == 1 ? Clause.insertedRow : .values
        for list in select.valuesLists {
            var row: [Expression] = []
            for (index, (syntax, column)) in zip(list, targets).enumerated() {
                let definition = try insertTarget(index, column, table, insert)
                row.append(
                    try inClause(clause) { () throws(SQLError) in
                        try insertValue(syntax, column, definition, table, insert)
                    })
            }
            rows.append(row)
        }
        if insert.overriding == .userValue {
            let kept = targets.indices.filter { table.columns[targets[$0]].identity == nil }
            rows = rows.map { row in kept.map { row[$0] } }
            targets = kept.map { targets[$0] }
        }
        var definitions: [Column] = []
        for (index, column) in targets.enumerated() {
            let isShifted = insert.overriding == .userValue
            definitions.append(
                isShifted
                    ? table.columns[column] : try insertTarget(index, column, table, insert))
        }
        return Source(columns: targets, query: valuesQuery(rows, definitions))
    }

    /// The column that the `index`th value is for, or what a part of it takes.
    private func insertTarget(
        _ index: Int, _ column: Int, _ table: Shared<Relation>, _ insert: InsertStatement
    ) throws(SQLError) -> Column {
        let definition = table.columns[column]
        guard index < insert.columns.count else { return definition }
        return try partColumn(definition, insert.columns[index]) ?? definition
    }

    private func insertValue(
        _ syntax: SyntaxExpression, _ column: Int, _ definition: Column,
        _ table: Shared<Relation>, _ insert: InsertStatement
    ) throws(SQLError) -> Expression {
        if case .setToDefault = syntax {
            if definition.type != table.columns[column].type {
                throw failure(
                    .featureNotSupported, "cannot set an array element to DEFAULT",
                    at: location(of: syntax))
            }
            try checkGenerated(column, table, insert, isDefault: true)
            return try targetDefault(of: column, in: table)
                ?? .constant(.null(definition.type))
        }
        let value = try analyze(syntax)
        let assigned = try assign(value, to: definition, at: location(of: syntax))
        try checkGenerated(column, table, insert, isDefault: false)
        return assigned
    }

    private func valuesQuery(
        _ rows: [[Expression]], _ definitions: [Column]
    ) -> BoundQuery {
        var body = BoundQuery.Body()
        let columns = definitions.map { OutputColumn(name: $0.name, type: $0.type) }
        if rows.count == 1 {
            body.targets = zip(rows[0], columns).map { Target(expression: $0, column: $1) }
            return BoundQuery(body)
        }
        body.rangeTable = [
            RangeEntry(kind: .values(rows), alias: "*VALUES*", columns: columns)
        ]
        body.from = .entry(0)
        body.targets = columns.enumerated().map { index, column in
            Target(
                expression: .variable(Variable(relation: 0, column: index, type: column.type)),
                column: column)
        }
        return BoundQuery(body)
    }

    /// GENERATED columns refuse values of their own (428C9).
    private func checkGenerated(
        _ column: Int, _ table: Shared<Relation>, _ insert: InsertStatement, isDefault: Bool
    ) throws(SQLError) {
        let definition = table.columns[column]
        if isDefault { return }
        if definition.isGenerated {
            throw SQLError(
                .generatedAlways,
                "cannot insert a non-DEFAULT value into column \"\(definition.name)\""
            ).detail("Column \"\(definition.name)\" is a generated column.")
        }
        if definition.identity == .always, insert.overriding == .notSet {
            throw SQLError(
                .generatedAlways,
                "cannot insert a non-DEFAULT value into column \"\(definition.name)\""
            ).detail(
                "Column \"\(definition.name)\" is an identity column defined as GENERATED ALWAYS."
            ).hint("Use OVERRIDING SYSTEM VALUE to override.")
        }
    }

    // MARK: ON CONFLICT, RETURNING

    private func analyzeConflict(
        _ clause: OnConflictClause, _ table: Shared<Relation>, _ checks: TableChecks
    ) throws(SQLError) -> BoundInsert.Conflict {
        var arbiters: [OID] = []
        if let infer = clause.infer {
            arbiters = try inferArbiters(infer, table, checks, isUpdate: clause.action == .update)
        } else if clause.action == .update {
            throw failure(
                .syntaxError,
                "ON CONFLICT DO UPDATE requires inference specification or constraint name",
                at: clause.location
            ).hint("For example, ON CONFLICT (column_name).")
        }
        guard clause.action == .update else {
            return BoundInsert.Conflict(indexes: arbiters, action: .nothing)
        }
        var columns: [OutputColumn] = []
        for column in table.columns {
            columns.append(
                OutputColumn(name: column.isDropped ? "" : column.name, type: column.type))
        }
        let excluded = level.add(RangeEntry(kind: .excluded, alias: "excluded", columns: columns))
        level.namespace.append(excludedItem(excluded))
        defer { level.namespace.removeLast() }
        let assignments = try inClause(.updateSource) { () throws(SQLError) in
            try analyzeAssignments(clause.assignments, table)
        }
        let predicate: Expression? =
            if let filter = clause.filter {
                try inClause(.filter) { () throws(SQLError) in
                    try analyzeBoolean(filter, construct: "WHERE")
                }
            } else { nil }
        return BoundInsert.Conflict(
            indexes: arbiters, action: .update(assignments: assignments, predicate: predicate))
    }

    private func inferArbiters(
        _ infer: InferClause, _ table: Shared<Relation>, _ checks: TableChecks, isUpdate: Bool
    ) throws(SQLError) -> [OID] {
        if let name = infer.constraintName {
            guard let constraint = table.constraints.first(where: { $0.name == name }) else {
                throw SQLError(
                    .undefinedObject,
                    "constraint \"\(name)\" for table \"\(table.name)\" does not exist")
            }
            switch constraint.kind {
            case .primaryKey(let index), .unique(let index): return [index]
            case .exclusion(let index):
                if isUpdate {
                    throw SQLError(
                        .wrongObjectType,
                        "ON CONFLICT DO UPDATE not supported with exclusion constraints")
                }
                return [index]
            case .check, .foreignKey:
                throw SQLError(
                    .wrongObjectType, "constraint in ON CONFLICT clause has no associated index")
            }
        }
        var wanted: [Expression] = []
        for element in infer.elements {
            if let name = element.name {
                wanted.append(try columnReference([name], at: infer.location))
            } else if let expression = element.expression {
                wanted.append(try analyze(expression))
            }
        }
        let given = try infer.filter.map { filter throws(SQLError) in
            try inClause(.filter) { () throws(SQLError) in
                try analyzeBoolean(filter, construct: "WHERE")
            }
        }
        // A partial index arbitrates where the clause says all that its predicate asks, in the form
        // that the catalog keeps.
        func stored(_ expression: Expression) -> StoredExpression {
            Deparser.stored(expression, of: table.value, types: types)
        }
        let said = given?.conjuncts.map(stored) ?? []
        let matches = checks.indexes.filter { index in
            guard let definition = index.relation.index, definition.isUnique, definition.isValid,
                index.keys.count == wanted.count
            else { return false }
            let asked = index.predicate?.conjuncts ?? []
            guard asked.allSatisfy({ said.contains(stored($0)) }) else { return false }
            return wanted.allSatisfy { want in index.keys.contains { $0.isSame(as: want) } }
        }
        if matches.isEmpty {
            throw SQLError(
                .invalidColumnReference,
                "there is no unique or exclusion constraint matching the ON CONFLICT specification")
        }
        return matches.map(\.relation.oid)
    }

    func analyzeReturning(_ targets: [ResultTarget]) throws(SQLError) -> [Target] {
        var result = try inClause(.returning) { () throws(SQLError) in
            try analyzeTargets(targets)
        }
        try resolveUnknown(&result)
        return result
    }
}
