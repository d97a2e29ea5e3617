public import Base
internal import System
public import Catalog
internal import Engine
internal import Functions
internal import Query
internal import Types

/// What happens to the rows that refer to a row which was deleted or has another key now.
///
/// The rows are found and changed by statements as PostgreSQL's ri_triggers.c writes them, whose
/// parameters are the new key's values, if there are any, and the old ones.
final class ReferentialAction {
    /// One changed row, waiting for the end of the statement. `arena` owns the values' bytes.
    struct Pending {
        var action: ReferentialAction
        var arena: Arena
        var old: [Datum]
        /// Nil: the row was deleted.
        var new: [Datum]?
        var keyText: String
    }

    private let check: ForeignKeyCheck
    private let foreign: Constraint.ForeignKey
    private let key: ForeignKeyColumns
    private let referenced: ReferencedKeys
    private unowned let session: SessionState
    @exclusivity(unchecked) private var statements: [Kind: Statement] = [:]

    private struct Statement {
        var text: String
        var plan: PhysicalPlan
        /// Of the catalog that it was planned for: a check may wait until after changes of it.
        var catalogVersion: UInt64
    }

    private enum Kind: Hashable {
        case find
        case delete
        case setNull
        case setDefault
        /// Of ON DELETE with columns: these alone.
        case setSomeNull
        case setSomeDefault
        case setNew
    }

    init(
        _ check: ForeignKeyCheck, key: ForeignKeyColumns, session: SessionState
    ) throws(SQLError) {
        guard case .foreignKey(let foreign) = check.constraint.kind else {
            throw SQLError(.internalError, "a foreign key constraint is one")
        }
        self.check = check
        self.foreign = foreign
        self.key = key
        self.session = session
        referenced = try ReferencedKeys(check.target, session: session)
    }

    // MARK: Running

    func run(_ pending: Pending) throws(SQLError) {
        let setsSome = pending.new == nil && !foreign.deleteSetColumns.isEmpty
        let rule = pending.new == nil ? foreign.onDelete : foreign.onUpdate
        switch rule {
        case .noAction:
            if session.isDeferred(check.constraint) {
                session.deferredChecks.append(
                    DeferredCheck(
                        constraint: check.constraint.oid, table: check.referenced.oid
                    ) { () throws(SQLError) in
                        try self.refuse(pending)
                    })
                return
            }
            try refuse(pending)
        case .restrict: try refuse(pending, isRestrict: true)
        case .cascade:
            if let new = pending.new {
                _ = try execute(.setNew, new + pending.old)
            } else {
                _ = try execute(.delete, pending.old)
            }
        case .setNull: _ = try execute(setsSome ? .setSomeNull : .setNull, pending.old)
        case .setDefault:
            _ = try execute(setsSome ? .setSomeDefault : .setDefault, pending.old)
            try refuseLeftOver(pending)
        }
    }

    /// NO ACTION and RESTRICT: there must be no row left that refers to the key.
    private func refuse(_ pending: Pending, isRestrict: Bool = false) throws(SQLError) {
        // NO ACTION lets the key pass on to another row.
        if !isRestrict, try isKeyTaken(pending.old) { return }
        try refuseLeftOver(pending)
    }

    private func refuseLeftOver(_ pending: Pending) throws(SQLError) {
        guard try execute(.find, pending.old) > 0 else { return }
        let schema =
            session.catalog.snapshot.namespace(check.referencing.value.namespace)?.name ?? ""
        let isShown = session.catalog.snapshot.hasRights(
            .select, on: check.referenced.value, columns: foreign.columns, user: session.user)
        throw ConstraintErrors.stillReferenced(
            check.referenced.value, referencing: check.referencing.value, schema: schema,
            constraint: check.constraint.name, key: isShown ? pending.keyText : nil)
    }

    /// True if some row refers to the key.
    func isReferred(_ values: [Datum]) throws(SQLError) -> Bool {
        try execute(.find, values) > 0
    }

    /// True if a row with the key is there now.
    private func isKeyTaken(_ values: [Datum]) throws(SQLError) -> Bool {
        guard let place = referenced.place(values) else { return false }
        var buffer = ByteBuffer()
        for (column, position) in zip(key.indexColumns, key.order) {
            KeyColumnEncoder(column).append(values[position], to: &buffer)
        }
        return try buffer.withBytes { (key) throws(SQLError) in try place.contains(key, session) }
    }

    /// Runs a statement on the newest rows; how many it found or changed.
    private func execute(_ kind: Kind, _ values: [Datum]) throws(SQLError) -> Int {
        let statement = try self.statement(kind)
        do throws(SQLError) {
            let execution = try Execution.start(
                statement.plan, parameters: values, session: session, locksRelations: true,
                seesNewest: true)
            defer { execution.close() }
            while try execution.next() != nil {
                if kind == .find { return 1 }
            }
            return execution.rowCount
        } catch {
            // Checks of references belong to the statement that caused all this.
            if error.state == .foreignKeyViolation || error.fields.context != nil { throw error }
            throw error.context("SQL statement \"\(statement.text)\"")
        }
    }

    // MARK: Statements

    private func statement(_ kind: Kind) throws(SQLError) -> Statement {
        let version = session.catalog.version
        if let known = statements[kind], known.catalogVersion == version { return known }
        guard let planStatement = session.planStatement else {
            throw SQLError(.internalError, "a session has an analyzer")
        }
        let text = self.text(kind)
        let types = foreign.columns.map { check.referenced.columns[$0].type.oid }
        let made = Statement(
            text: text, plan: try planStatement(text, kind == .setNew ? types + types : types),
            catalogVersion: version)
        statements[kind] = made
        return made
    }

    private func text(_ kind: Kind) -> String {
        let table = check.referencing.value
        let schema = session.catalog.snapshot.namespace(table.namespace)?.name ?? ""
        let only = table.kind == .partitionedTable ? "" : "ONLY "
        let name = only + ReferentialAction.quoted(schema) + "." + ReferentialAction.quoted(table.name)
        func column(_ number: Int) -> String {
            ReferentialAction.quoted(table.columns[number].name)
        }
        func condition(from first: Int) -> String {
            key.referencing.enumerated().map { position, number in
                "$\(first + position) OPERATOR(pg_catalog.=) \(column(number))"
            }.joined(separator: " AND ")
        }
        func setting(_ columns: [Int], _ value: (Int) -> String) -> String {
            "UPDATE \(name) SET "
                + columns.enumerated().map { "\(column($1)) = \(value($0))" }
                .joined(separator: ", ")
        }
        let count = key.referencing.count
        return switch kind {
        case .find: "SELECT 1 FROM \(name) x WHERE \(condition(from: 1))"
        case .delete: "DELETE FROM \(name) WHERE \(condition(from: 1))"
        case .setNull:
            setting(key.referencing) { _ in "NULL" } + " WHERE \(condition(from: 1))"
        case .setSomeNull:
            setting(foreign.deleteSetColumns) { _ in "NULL" } + " WHERE \(condition(from: 1))"
        case .setDefault:
            setting(key.referencing) { _ in "DEFAULT" } + " WHERE \(condition(from: 1))"
        case .setSomeDefault:
            setting(foreign.deleteSetColumns) { _ in "DEFAULT" } + " WHERE \(condition(from: 1))"
        case .setNew:
            setting(key.referencing) { "$\($0 + 1)" } + " WHERE \(condition(from: count + 1))"
        }
    }

    static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
}

extension SessionState {
    /// Whether a constraint waits for commit.
    func isDeferred(_ constraint: Constraint) -> Bool {
        guard constraint.isDeferrable else { return false }
        return constraintModes[constraint.oid] ?? allConstraintsDeferred ?? constraint.isDeferred
    }

    /// Runs referential actions and those that they cause, one after another.
    func runReferentialActions(_ actions: [ReferentialAction.Pending]) throws(SQLError) {
        referentialQueue += actions
        if isRunningReferentialActions { return }
        isRunningReferentialActions = true
        defer {
            isRunningReferentialActions = false
            referentialQueue.removeAll()
            keyChecks.removeAll()
        }
        var position = 0
        while position < referentialQueue.count {
            try waiter.checkInterrupt()
            let pending = referentialQueue[position]
            position += 1
            try pending.action.run(pending)
        }
        for check in keyChecks { try check.run() }
    }

    /// Keys are checked at the end of the statement, when all that it causes is through.
    func runAfterReferentialActions(_ check: DeferredCheck) throws(SQLError) {
        if isRunningReferentialActions { keyChecks.append(check) } else { try check.run() }
    }

    /// - Throws: 55006 if a check of the table's rows waits for its time.
    public func requireNoPendingChecks(_ table: Relation, for command: String) throws(SQLError) {
        if deferredChecks.contains(where: { $0.table == table.oid }) {
            throw SQLError(
                .objectInUse,
                "cannot \(command) \"\(table.name)\" because it has pending trigger events")
        }
    }

    /// Commit: everything that was deferred.
    func runDeferredChecks() throws(SQLError) {
        while !deferredChecks.isEmpty {
            let checks = deferredChecks
            deferredChecks.removeAll()
            transaction?.advanceCommand()
            for check in checks { try check.run() }
        }
    }

    /// SET CONSTRAINTS: constraints by OID, or all; those made immediate are checked now.
    public func setConstraints(_ constraints: [OID]?, deferred: Bool) throws(SQLError) {
        if let constraints {
            for constraint in constraints { constraintModes[constraint] = deferred }
        } else {
            constraintModes.removeAll()
            allConstraintsDeferred = deferred
        }
        if deferred { return }
        let due = deferredChecks.filter { constraints?.contains($0.constraint) ?? true }
        deferredChecks.removeAll { constraints?.contains($0.constraint) ?? true }
        for check in due { try check.run() }
    }

    /// The checks, indexes and defaults of a table, with its columns as slots of a row.
    func tableChecks(
        _ table: Shared<Relation>
    ) throws(SQLError) -> (checks: TableChecks, defaults: [Expression?]) {
        if let analyzeTable {
            let (checks, defaults) = try analyzeTable(table)
            return (checks.overSlots, defaults)
        }
        throw SQLError(.internalError, "a session has an analyzer")
    }
}

extension TableChecks {
    /// The expressions with the table's columns as slots of its row.
    fileprivate var overSlots: TableChecks {
        func slots(_ expression: Expression) -> Expression {
            if case .variable(let variable) = expression {
                return .slot(variable.column, type: variable.type)
            }
            return expression.mapChildren { slots($0) }
        }
        var result = self
        for index in checks.indices {
            result.checks[index].predicate = slots(checks[index].predicate)
        }
        for index in partition.indices {
            result.partition[index].keys = partition[index].keys.map(slots)
        }
        for index in indexes.indices {
            result.indexes[index].keys = indexes[index].keys.map(slots)
            result.indexes[index].predicate = indexes[index].predicate.map(slots)
        }
        for index in generated.indices {
            result.generated[index].expression = slots(generated[index].expression)
        }
        return result
    }
}
