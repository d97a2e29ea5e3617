public import Base
internal import System
public import Catalog
internal import Engine
internal import Functions
internal import Query
internal import Types

/// What happens to the rows that refer to a row which was deleted or has another key now.
///
/// The rows are found and changed by plans made here, whose parameters are the old key's values and
/// then the new ones.
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
    private unowned let session: SessionState
    @exclusivity(unchecked) private var plans: [Kind: PhysicalPlan] = [:]

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
                try change(.setNew, pending.old + new)
            } else {
                try change(.delete, pending.old)
            }
        case .setNull: try change(setsSome ? .setSomeNull : .setNull, pending.old)
        case .setDefault:
            try change(setsSome ? .setSomeDefault : .setDefault, pending.old)
            try refuseLeftOver(pending)
        }
    }

    /// NO ACTION and RESTRICT: there must be no row left that refers to the key.
    private func refuse(_ pending: Pending, isRestrict: Bool = false) throws(SQLError) {
        // NO ACTION lets the key pass on to another row.
        if !isRestrict, isKeyTaken(pending.old) { return }
        try refuseLeftOver(pending)
    }

    private func refuseLeftOver(_ pending: Pending) throws(SQLError) {
        guard try execute(try plan(.find), pending.old) > 0 else { return }
        let schema =
            session.catalog.snapshot.namespace(check.referencing.value.namespace)?.name ?? ""
        throw ConstraintErrors.stillReferenced(
            check.referenced.value, referencing: check.referencing.value, schema: schema,
            constraint: check.constraint.name, key: pending.keyText)
    }

    /// True if a row with the key is there now.
    private func isKeyTaken(_ values: [Datum]) -> Bool {
        guard let definition = check.referencedIndex.index,
            let placement = check.referencedIndex.placement ?? check.referenced.placement
        else { return false }
        var buffer = ByteBuffer()
        for key in definition.keys {
            guard let position = foreign.columns.firstIndex(where: { $0 == key.column }) else {
                return false
            }
            KeyColumnEncoder(
                KeyColumn(type: key.type, descending: key.descending, nullsFirst: key.nullsFirst)
            ).append(values[position], to: &buffer)
        }
        let table = session.database.engine.table(GenerationID(placement.generation))
        let newest = session.newestSnapshot()
        return buffer.withBytes { table.read($0, newest) } != nil
    }

    private func change(_ kind: Kind, _ values: [Datum]) throws(SQLError) {
        _ = try execute(try plan(kind), values)
    }

    /// Runs a plan on the newest rows; how many it found or changed.
    private func execute(_ plan: PhysicalPlan, _ values: [Datum]) throws(SQLError) -> Int {
        let execution = try Execution.start(
            plan, parameters: values, session: session, locksRelations: true,
            seesNewest: true)
        defer { execution.close() }
        while try execution.next() != nil {
            if case .modify = plan.root { continue }
            return 1
        }
        return execution.rowCount
    }

    // MARK: Plans

    private func plan(_ kind: Kind) throws(SQLError) -> PhysicalPlan {
        if let plan = plans[kind] { return plan }
        let plan = try makePlan(kind)
        plans[kind] = plan
        return plan
    }

    private func makePlan(_ kind: Kind) throws(SQLError) -> PhysicalPlan {
        let table = check.referencing
        let root: PlanNode
        if kind == .find {
            root = .tableScan(try scan(table, columns: [], withRowKey: false))
        } else {
            root = .modify(try modification(kind, table))
        }
        return PhysicalPlan(
            root: root, subplans: [], executionParameterCount: 0, columns: [],
            relations: [
                PlannedRelation(
                    relation: table.value.oid, use: kind == .find ? .read : .write, rights: [])
            ])
    }

    private func modification(
        _ kind: Kind, _ table: Shared<Relation>
    ) throws(SQLError) -> PlannedModify {
        let (checks, defaults) = try session.tableChecks(table)
        var assignments: [Assignment]?
        switch kind {
        case .find, .delete: assignments = nil
        case .setNull, .setSomeNull:
            let columns = kind == .setNull ? key.referencing : foreign.deleteSetColumns
            assignments = columns.map {
                Assignment(column: $0, value: .constant(.null(table.value.columns[$0].type)))
            }
        case .setDefault, .setSomeDefault:
            let columns = kind == .setDefault ? key.referencing : foreign.deleteSetColumns
            assignments = columns.map {
                let type = table.value.columns[$0].type
                return Assignment(
                    column: $0, value: defaults[$0] ?? .constant(.null(type)))
            }
        case .setNew:
            assignments = key.referencing.enumerated().map {
                Assignment(
                    column: $0.element,
                    value: .parameter(
                        key.referencing.count + $0.offset,
                        type: table.value.columns[$0.element].type))
            }
        }
        return PlannedModify(
            table: table,
            source: .tableScan(
                try scan(
                    table, columns: Array(table.value.columns.indices), withRowKey: true)),
            assignments: assignments, checks: checks, recheck: nil, returning: [])
    }

    /// Reads the rows that refer to the key in the parameters.
    private func scan(
        _ table: Shared<Relation>, columns: [Int], withRowKey: Bool
    ) throws(SQLError) -> TableScan {
        var equal: [Expression] = []
        var index: Shared<Relation>?
        if let candidate = check.referencingIndex, let definition = candidate.index,
            candidate.placement != nil, definition.predicate == nil
        {
            index = candidate
            for key in definition.keys {
                guard let column = key.column,
                    let position = self.key.referencing.firstIndex(of: column)
                else { break }
                equal.append(.parameter(position, type: key.type))
            }
        }
        let isCovered = index != nil && equal.count == key.referencing.count
        let needed =
            isCovered ? columns : Array(Set(columns).union(key.referencing)).sorted()
        return TableScan(
            table: table,
            path: isCovered
                ? .index(index!, equal: equal, lower: nil, upper: nil)
                : .rows(lower: nil, upper: nil),
            isReverse: false, columns: needed,
            filter: isCovered ? nil : try equality(table.value, needed), withRowKey: withRowKey,
            alias: table.value.name, rows: 1)
    }

    private func equality(_ table: Relation, _ slots: [Int]) throws(SQLError) -> Expression {
        var conditions: [Expression] = []
        for (position, column) in key.referencing.enumerated() {
            let type = table.columns[column].type
            guard let slot = slots.firstIndex(of: column) else { continue }
            let base = TypeCatalog.base(type.oid)
            let compared: OID =
                base == .varchar
                ? .text
                : TypeCatalog.isEnumeration(base)
                    ? .anyEnum : TypeCatalog.isComposite(base) ? .record : base
            guard
                let found = FunctionRegistry.operators(named: "=").first(where: {
                    $0.left == compared && $0.right == compared
                })
            else {
                throw SQLError(
                    .undefinedFunction, "type \(type.name) has no equality operator")
            }
            conditions.append(
                .call(
                    function: found.function,
                    arguments: [.slot(slot, type: type), .parameter(position, type: type)],
                    type: .bool))
        }
        return conditions.count == 1 ? conditions[0] : .and(conditions)
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

    /// The checks, indexes and defaults of a table whose rows a referential action changes.
    func tableChecks(
        _ table: Shared<Relation>
    ) throws(SQLError) -> (checks: TableChecks, defaults: [Expression?]) {
        if let analyzeTable {
            let (checks, defaults) = try analyzeTable(table)
            return (checks.overSlots, defaults)
        }
        let relation = table.value
        let catalog = catalog.snapshot
        var checks = TableChecks()
        for oid in relation.indexes {
            guard let index = catalog.relation(oid), let definition = index.index else { continue }
            var keys: [Expression] = []
            for key in definition.keys {
                guard let column = key.column else {
                    throw SQLError.notSupported("a referential action on an expression index")
                }
                keys.append(.slot(column, type: relation.columns[column].type))
            }
            if definition.predicate != nil {
                throw SQLError.notSupported("a referential action on a partial index")
            }
            checks.indexes.append(
                TableChecks.Index(relation: index, keys: keys, predicate: nil))
        }
        checks.indexes.sort { left, _ in left.relation.index?.isRowKey ?? false }
        return (checks, relation.columns.map { _ in nil })
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
