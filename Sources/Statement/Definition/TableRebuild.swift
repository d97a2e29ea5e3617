internal import Base
internal import Catalog
internal import Engine
internal import Execute
internal import Functions
internal import Query
internal import Types

/// The work on stored rows that goes with definitions: rewriting a table into new places, and
/// looking for rows that a new constraint forbids. All of it are plans, run as statements are.
enum TableRebuild {
    static func isEmpty(_ table: Relation, session: SessionState) throws(SQLError) -> Bool {
        if !table.isPopulated { return true }
        let scan = self.scan(Shared(table), columns: [], filter: nil)
        return try firstRow(scan, session: session) { _ throws(SQLError) in true } == nil
    }

    /// Copies all rows of `old` into `new` and its indexes.
    /// - Throws: as building indexes and adding constraints do: 23505 `could not create unique
    ///   index`, 23502 `… contains null values`, 23514 `… is violated by some row`.
    static func rewrite(
        _ old: Shared<Relation>, as new: Shared<Relation>, values: [Expression?],
        checks: TableChecks, order: Shared<Relation>? = nil, session: SessionState
    ) throws(SQLError) {
        if let placement = new.placement, let transaction = session.transaction {
            session.database.engine.noteBuild(GenerationID(placement.generation), by: transaction)
        }
        let all = old.columns.indices.filter { !old.columns[$0].isDropped }
        let columns = new.columns.indices.filter {
            !new.columns[$0].isDropped && !new.columns[$0].isGenerated
        }
        var outputs: [Expression] = []
        for column in columns {
            let value = column < values.count ? values[column] : nil
            let source =
                value
                ?? (column < old.columns.count
                    ? .variable(
                        Variable(relation: 0, column: column, type: old.columns[column].type))
                    : .constant(.null(new.columns[column].type)))
            outputs.append(slots(source) { all.firstIndex(of: $0) ?? 0 })
        }
        let planned = slots(checks)
        let insert = BoundInsert(
            table: new, columns: columns, source: BoundQuery(BoundQuery.Body()),
            defaults: new.columns.map { _ in nil }, checks: planned, conflict: nil, returning: [])
        let source = PlanNode.project(
            scan(old, columns: Array(all), filter: nil, order: order), outputs)
        let root = PlanNode.insert(
            PlannedInsert(
                insert: insert, source: source, checks: planned, conflict: nil, returning: []))
        do throws(SQLError) {
            try run(root, session: session)
        } catch {
            throw definitionError(error, table: new.value, session)
        }
    }

    /// Fills a new index of a table that has rows.
    /// - Throws: 23505 `could not create unique index`.
    static func build(
        _ index: TableChecks.Index, of table: Shared<Relation>, session: SessionState
    ) throws(SQLError) {
        guard let planned = slots(TableChecks(indexes: [index])).indexes.first else { return }
        try IndexBuild.run(planned, of: table, session: session)
    }

    /// What of a table's rows and the entries of its indexes does not agree.
    static func compare(
        _ table: Shared<Relation>, indexes: [TableChecks.Index], session: SessionState
    ) throws(SQLError) -> TableComparison {
        try TableComparison(table, slots(TableChecks(indexes: indexes)), session: session)
    }

    /// - Throws: 23514, 23502.
    static func validate(
        _ table: Shared<Relation>, checks: [TableChecks.Check], notNull: [Int],
        session: SessionState
    ) throws(SQLError) {
        let columns = Array(table.columns.indices)
        for column in notNull {
            let filter = Expression.isNull(
                .slot(column, type: table.columns[column].type), negated: false)
            let found = try firstRow(
                scan(table, columns: columns, filter: filter), session: session
            ) { _ throws(SQLError) in true }
            if found != nil { throw nullValues(table.columns[column].name, table.value, session) }
        }
        for check in checks {
            let violated = Expression.isBoolean(
                slots(check.predicate) { $0 }, value: false, negated: false)
            let found = try firstRow(
                scan(table, columns: columns, filter: violated), session: session
            ) { _ throws(SQLError) in true }
            if found != nil { throw violatedCheck(check.name, table.value, session) }
        }
    }

    static func hasStranger(
        _ table: Shared<Relation>, checks: [PartitionCheck], session: SessionState
    ) throws(SQLError) -> Bool {
        var planned = checks
        for index in planned.indices {
            planned[index].keys = planned[index].keys.map { slots($0) { $0 } }
        }
        return try PartitionScan.hasStranger(table, checks: planned, session: session)
    }

    /// The value of an expression without columns.
    static func evaluate(
        _ expression: Expression, session: SessionState
    ) throws(SQLError) -> Constant {
        let type = expression.type
        let root = PlanNode.project(.oneRow, [expression])
        let value = try firstRow(root, session: session) { batch throws(SQLError) in
            let datum = batch.columns[0][0]
            if datum.isNull { return Constant.null(type) }
            if type.physical == .word { return Constant(type: type, value: .word(datum.word)) }
            return Constant(type: type, value: .bytes(datum.view.bytes))
        }
        return value ?? .null(type)
    }

    // MARK: Plans

    private static func scan(
        _ table: Shared<Relation>, columns: [Int], filter: Expression?,
        order: Shared<Relation>? = nil
    ) -> PlanNode {
        .tableScan(
            TableScan(
                table: table,
                path: order.map { .index($0, equal: [], lower: nil, upper: nil) }
                    ?? .rows(lower: nil, upper: nil), isReverse: false,
                columns: columns, filter: filter, withRowKey: false, alias: table.name, rows: 1000))
    }

    private static func run(_ root: PlanNode, session: SessionState) throws(SQLError) {
        let execution = try execution(root, session: session)
        defer { execution.close() }
        while try execution.next() != nil {}
    }

    private static func firstRow<Result>(
        _ root: PlanNode, session: SessionState,
        _ body: (Batch) throws(SQLError) -> Result
    ) throws(SQLError) -> Result? {
        let execution = try execution(root, session: session)
        defer { execution.close() }
        guard let batch = try execution.next() else { return nil }
        return try body(batch)
    }

    private static func execution(
        _ root: PlanNode, session: SessionState
    ) throws(SQLError) -> Execution {
        try session.withNewestSnapshot { () throws(SQLError) in
            try Execution.start(
                PhysicalPlan(
                    root: root, subplans: [], executionParameterCount: 0, columns: [],
                    relations: []),
                parameters: [], session: session, locksRelations: false)
        }
    }

    /// Variables of the table as slots.
    private static func slots(_ expression: Expression, _ slot: (Int) -> Int) -> Expression {
        if case .variable(let variable) = expression {
            return .slot(slot(variable.column), type: variable.type)
        }
        return expression.mapChildren { slots($0, slot) }
    }

    private static func slots(_ checks: TableChecks) -> TableChecks {
        var result = checks
        // Rows stay in the table that they are in.
        result.partition = []
        result.isRebuild = true
        for index in result.checks.indices {
            result.checks[index].predicate = slots(result.checks[index].predicate) { $0 }
        }
        for index in result.indexes.indices {
            result.indexes[index].keys = result.indexes[index].keys.map { slots($0) { $0 } }
            result.indexes[index].predicate = result.indexes[index].predicate.map {
                slots($0) { $0 }
            }
        }
        for index in result.generated.indices {
            result.generated[index].expression = slots(result.generated[index].expression) { $0 }
        }
        return result
    }

    // MARK: Errors

    /// A row's violation, told as the fault of the definition.
    private static func definitionError(
        _ error: SQLError, table: Relation, _ session: SessionState
    ) -> SQLError {
        // A domain's constraints are no fault of the table.
        if error.fields.dataTypeName != nil { return error }
        switch error.state {
        case .notNullViolation: return nullValues(error.fields.columnName ?? "", table, session)
        case .checkViolation:
            return violatedCheck(error.fields.constraintName ?? "", table, session)
        default: return error
        }
    }

    private static func schemaName(_ table: Relation, _ session: SessionState) -> String? {
        session.catalog.snapshot.namespace(table.namespace)?.name
    }

    private static func nullValues(
        _ column: String, _ table: Relation, _ session: SessionState
    ) -> SQLError {
        SQLError(
            .notNullViolation,
            "column \"\(column)\" of relation \"\(table.name)\" contains null values"
        ).with {
            $0.schemaName = schemaName(table, session)
            $0.tableName = table.name
            $0.columnName = column
        }
    }

    private static func violatedCheck(
        _ name: String, _ table: Relation, _ session: SessionState
    ) -> SQLError {
        SQLError(
            .checkViolation,
            "check constraint \"\(name)\" of relation \"\(table.name)\" is violated by some row"
        ).with {
            $0.schemaName = schemaName(table, session)
            $0.tableName = table.name
            $0.constraintName = name
        }
    }
}
