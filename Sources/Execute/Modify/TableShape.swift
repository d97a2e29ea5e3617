internal import Base
internal import Catalog
internal import Query
internal import Types

/// A table as DML uses it: how its rows and keys are encoded, what its new rows must satisfy.
/// Made once for a running plan; holds the memory of one batch's rows and keys.
final class TableShape {
    let relation: Relation
    let placement: Placement
    let run: RunState
    let layout: RowLayout
    let types: [PhysicalType]
    let encoder: RowEncoder
    let decoder: RowDecoder
    /// Columns of the primary key; empty: a hidden row id is the key.
    let primaryKeyColumns: [Int]
    let primaryKeyName: String
    let indexes: [IndexShape]
    /// A definition writes the table's own rows anew.
    let isRebuild: Bool
    private let notNullColumns: [Int]
    private let checks: [(name: String, isOfView: Bool, predicate: ExpressionSet)]
    private let generated: [(column: Int, value: ExpressionSet)]

    init(
        _ relation: Relation, checks: TableChecks, compiler: ExpressionCompiler
    ) throws(SQLError) {
        self.relation = relation
        run = compiler.run
        guard let placement = relation.placement else {
            throw SQLError(
                .wrongObjectType, "cannot change \(relation.kind.noun) \"\(relation.name)\"")
        }
        self.placement = placement
        layout = RowLayout(columns: relation.columns)
        types = relation.columns.map { $0.type.physical }
        encoder = RowEncoder(layout: layout)
        decoder = RowDecoder(
            layout: layout, missing: try TableShape.missingValues(relation, run: compiler.run))
        var primaryKeyColumns: [Int] = []
        var primaryKeyName = ""
        var indexes: [IndexShape] = []
        for index in checks.indexes {
            guard let definition = index.relation.index else { continue }
            if definition.isRowKey {
                primaryKeyColumns = definition.keys.compactMap(\.column)
                primaryKeyName = index.relation.name
            } else {
                indexes.append(try IndexShape(index, definition, compiler: compiler))
            }
        }
        self.primaryKeyColumns = primaryKeyColumns
        self.primaryKeyName = primaryKeyName
        self.indexes = indexes
        isRebuild = checks.isRebuild
        notNullColumns = relation.columns.indices.filter {
            relation.columns[$0].isNotNull && !relation.columns[$0].isDropped
        }
        var compiledChecks: [(name: String, isOfView: Bool, predicate: ExpressionSet)] = []
        for check in checks.checks {
            compiledChecks.append(
                (check.name, check.isOfView, try compiler.compileSet([check.predicate])))
        }
        self.checks = compiledChecks
        var compiledGenerated: [(column: Int, value: ExpressionSet)] = []
        for (column, expression) in checks.generated {
            compiledGenerated.append((column, try compiler.compileSet([expression])))
        }
        generated = compiledGenerated
        rowKeys = KeyBuffer(
            primaryKeyColumns.map { KeyColumn(type: relation.columns[$0].type) })
    }

    /// Keys of the batch's rows, where there is a primary key.
    let rowKeys: KeyBuffer

    var hasPrimaryKey: Bool { !primaryKeyColumns.isEmpty }

    func encodeKeys(_ row: [Vector], count: Int) {
        rowKeys.encode(row, columns: primaryKeyColumns, count: count)
    }

    /// Values of ADD COLUMN … DEFAULT for rows that are older.
    static func missingValues(_ relation: Relation, run: RunState) throws(SQLError)
        -> [MissingValue]
    {
        var values: [MissingValue] = []
        let context = TypeContext(run.typeContext)
        context.isForCatalog = true
        for (index, column) in relation.columns.enumerated() {
            guard let text = column.missingValue else { continue }
            let value = try TypeIO.input(
                text, type: column.type, context: context, arena: run.planArena)
            values.append(MissingValue(column: index, value: value))
        }
        return values
    }

    // MARK: Constraints of a row

    /// Computes the generated columns of a batch in place.
    func computeGenerated(_ batch: Batch) throws(SQLError) {
        for (column, value) in generated {
            batch.columns[column].assign(from: try value.evaluateOne(batch), count: batch.count)
        }
    }
    var hasGenerated: Bool { !generated.isEmpty }

    /// The first row of the batch that violates NOT NULL or a CHECK constraint, with its error. Only
    /// the rows before it may be written.
    func firstViolation(_ batch: Batch) throws(SQLError) -> (row: Int, error: SQLError)? {
        var first = batch.count
        var column = -1
        for candidate in notNullColumns where batch.columns[candidate].hasNulls {
            let vector = batch.columns[candidate]
            for row in 0..<first where vector.isNull(row) {
                first = row
                column = candidate
                break
            }
        }
        var failedCheck = -1
        for (index, check) in checks.enumerated() {
            let value = try check.predicate.evaluateOne(batch)
            for row in 0..<first where value.words[row] == 0 && !value.isNull(row) {
                first = row
                failedCheck = index
                column = -1
                break
            }
        }
        if first == batch.count { return nil }
        let text = rowText(batch, first)
        if failedCheck >= 0, column < 0 {
            if checks[failedCheck].isOfView {
                // A view's check comes after the row is written: unique keys are tested before it.
                return (
                    first + 1, ConstraintErrors.viewCheck(checks[failedCheck].name, row: text)
                )
            }
            return (
                first,
                ConstraintErrors.check(
                    relation, schema: schemaName, constraint: checks[failedCheck].name, row: text)
            )
        }
        return (
            first,
            ConstraintErrors.notNull(
                relation, schema: schemaName, column: relation.columns[column], row: text)
        )
    }

    // MARK: Texts for errors

    var schemaName: String {
        run.session.catalog.snapshot.namespace(relation.namespace)?.name ?? ""
    }

    /// `(1, null, abc)`: the live columns.
    func rowText(_ batch: Batch, _ row: Int) -> String? { run.rowText(batch, row, of: relation) }

    /// `(a, b)=(1, 2)` of columns of a row.
    /// - Parameter quotes: names are quoted where SQL needs it.
    func keyText(
        _ batch: Batch, _ row: Int, columns: [Int], quotes: Bool = false
    ) -> String {
        let names = columns.map {
            quotes ? Identifier.quote(relation.columns[$0].name) : relation.columns[$0].name
        }.joined(separator: ", ")
        let values = columns.map {
            run.keyText(batch.columns[$0][row], relation.columns[$0].type.oid)
        }
        return "(\(names))=(\(values.joined(separator: ", ")))"
    }

    func partitionViolation(_ batch: Batch, _ row: Int) -> SQLError {
        ConstraintErrors.partition(relation, schema: schemaName, row: rowText(batch, row))
    }

    func uniqueViolation(_ batch: Batch, _ row: Int) -> SQLError {
        let key =
            run.mayRead(primaryKeyColumns, of: relation)
            ? keyText(batch, row, columns: primaryKeyColumns, quotes: true) : nil
        return isRebuild
            ? ConstraintErrors.notUnique(
                relation, schema: schemaName, index: primaryKeyName, key: key)
            : ConstraintErrors.unique(
                relation, schema: schemaName, index: primaryKeyName, key: key)
    }
}

/// A secondary index of a table that DML maintains.
final class IndexShape {
    let relation: Relation
    let definition: IndexDefinition
    let placement: Placement
    /// Keys that are not columns are computed.
    private let keyExpressions: ExpressionSet
    private let predicate: ExpressionSet?
    let keys: KeyBuffer
    /// Entries are the key alone, but for nulls.
    private let hasUniqueEntries: Bool
    /// Rows may have the same key until it is checked.
    private let sharesKeys: Bool
    @exclusivity(unchecked) private var included: [Bool] = []
    private let keyTerms: [Expression]
    private var types: [SQLType] { keyTerms.map(\.type) }

    init(
        _ index: TableChecks.Index, _ definition: IndexDefinition, compiler: ExpressionCompiler
    ) throws(SQLError) {
        relation = index.relation.value
        self.definition = definition
        hasUniqueEntries = definition.isAlwaysUnique
        sharesKeys = definition.isShared
        guard let placement = index.relation.placement else {
            throw SQLError(.internalError, "index \"\(index.relation.name)\" has no storage")
        }
        self.placement = placement
        keyExpressions = try compiler.compileSet(index.keys)
        predicate = try compiler.compileSet(index.predicate)
        keyTerms = index.keys.map { IndexShape.overColumns($0) }
        keys = KeyBuffer(
            definition.keys.map {
                KeyColumn(type: $0.type, descending: $0.descending, nullsFirst: $0.nullsFirst)
            })
    }

    /// The columns that the keys and the predicate read; nil: unknown, as for expressions.
    var plainColumns: [Int]? {
        if predicate != nil { return nil }
        var columns: [Int] = []
        for key in definition.keys {
            guard let column = key.column else { return nil }
            columns.append(column)
        }
        return columns
    }

    /// Computes the keys of a batch of rows.
    func encode(_ batch: Batch) throws(SQLError) {
        if let predicate {
            let value = try predicate.evaluateOne(batch)
            included = (0..<batch.count).map { value.words[$0] != 0 && !value.isNull($0) }
        }
        try keyExpressions.evaluateAll(batch)
        keys.encode(keyExpressions.results, count: batch.count)
    }

    /// The keys' values of the rows encoded last.
    var values: [Vector] { keyExpressions.results }

    /// False: the index's predicate leaves the row out.
    func includes(_ row: Int) -> Bool { predicate == nil || included[row] }

    /// True if the entry is the key alone, which must be unique.
    func isUniqueEntry(_ row: Int) -> Bool {
        hasUniqueEntries && (definition.nullsNotDistinct || !keys.hasNull(row))
    }

    /// True if the entry is as in an index that is not unique, and yet no other row may keep its key.
    func isSharedEntry(_ row: Int) -> Bool {
        sharesKeys && (definition.nullsNotDistinct || !keys.hasNull(row))
    }

    enum EntryKind {
        /// The key alone, which must be unique.
        case unique
        /// The key and the row's; no other row may keep the key.
        case shared
        /// The key and the row's.
        case plain
    }

    func entryKind(_ row: Int) -> EntryKind {
        isUniqueEntry(row) ? .unique : isSharedEntry(row) ? .shared : .plain
    }

    /// A planned key over the table's columns again: their slots are their numbers.
    private static func overColumns(_ key: Expression) -> Expression {
        if case .slot(let column, let type) = key {
            return .variable(Variable(relation: 0, column: column, type: type))
        }
        return key.mapChildren { overColumns($0) }
    }

    /// `(a, b)=(1, 2)` of the row encoded last.
    func keyText(_ row: Int, table: TableShape) -> String {
        let session = table.run.session
        let names = zip(definition.keys, keyTerms).map { key, term in
            session.scope.text(of: key, in: table.relation) { _, relation in
                Deparser.shown(
                    term, of: relation, isPretty: true, types: table.run.typeContext
                ) { oid in
                    session.catalog.snapshot.relation(oid).map {
                        session.scope.displayName(of: $0.value)
                    }
                }
            }
        }
        let vectors = keyExpressions.results
        let values = vectors.indices.map { table.run.keyText(vectors[$0][row], types[$0].oid) }
        return "(\(names.joined(separator: ", ")))=(\(values.joined(separator: ", ")))"
    }

    func uniqueViolation(_ row: Int, table: TableShape) -> SQLError {
        violation(keyText(row, table: table), existing: nil, table: table)
    }

    /// - Parameters:
    ///   - key: `(a, b)=(1, 2)` of the new row.
    ///   - existing: that of the row which is there; nil: the same.
    func violation(_ key: String, existing: String?, table: TableShape) -> SQLError {
        let (relation, name) = (table.relation, self.relation.name)
        let columns = definition.keys.compactMap(\.column)
        // An expression is shown to those who may read the whole table.
        let isShown = table.run.mayRead(
            columns.count == definition.keys.count ? columns : Array(relation.columns.indices),
            of: relation)
        let key = isShown ? key : nil
        let schema = table.schemaName
        return switch (definition.isExclusion, table.isRebuild) {
        case (false, false):
            ConstraintErrors.unique(relation, schema: schema, index: name, key: key)
        case (false, true):
            ConstraintErrors.notUnique(relation, schema: schema, index: name, key: key)
        case (true, false):
            ConstraintErrors.exclusion(
                relation, schema: schema, constraint: name, key: key, existing: existing)
        case (true, true):
            ConstraintErrors.notExclusive(
                relation, schema: schema, constraint: name, key: key, existing: existing)
        }
    }
}

extension RunState {
    /// `(1, null, abc)`: the live columns of a row of a table. Who may not read the table sees
    /// `(a, c) = (1, abc)`: the columns that he may read or gave himself; nil: none of them.
    func rowText(_ batch: Batch, _ row: Int, of relation: Relation) -> String? {
        let snapshot = session.catalog.snapshot
        let showsAll = snapshot.hasRights(.select, on: relation, user: session.user)
        let given = showsAll ? [] : plan?.givenColumnNames ?? []
        var names: [String] = []
        var parts: [String] = []
        for (index, column) in relation.columns.enumerated() where !column.isDropped {
            let isShown =
                showsAll || given.contains(column.name)
                || snapshot.hasColumnRights(
                    .select, column: index, of: relation, user: session.user)
            if !isShown { continue }
            names.append(column.name)
            parts.append(valueText(batch.columns[index][row], column.type.oid))
        }
        let values = "(\(parts.joined(separator: ", ")))"
        if showsAll { return values }
        return names.isEmpty ? nil : "(\(names.joined(separator: ", "))) = \(values)"
    }

    /// Whether an error may tell the user what is in these columns.
    func mayRead(_ columns: [Int], of relation: Relation) -> Bool {
        session.catalog.snapshot.hasRights(
            .select, on: relation, columns: columns, user: session.user)
    }
}
