internal import Base
internal import Catalog
internal import Engine
internal import Execute
internal import Functions
internal import Sequences

/// What a session answers about the catalog: rows of pg_catalog, functions over it.
extension SessionState {
    /// Sets the hooks that the executor asks. Called once, when the session begins.
    func connectCatalog() {
        computedRows = { relation, session, arena throws(SQLError) in
            try ComputedRows.rows(of: relation, session.computedContext, arena: arena)
        }
        hostedFunction = { [unowned self] function, entry, arguments, context throws(SQLError) in
            try CatalogFunctions(
                session: self, entry: entry, arguments: arguments, context: context
            )
            .call(function)
        }
        hostedRecord = { [unowned self] function, arguments throws(SQLError) in
            switch function {
            case .sequenceParameters: return [try sequenceParameters(arguments[0].oid)]
            case .partitionAncestors:
                return catalog.snapshot.partitionLine(of: arguments[0].oid).map { [Datum($0)] }
            case .partitionTree: return partitionTree(arguments[0].oid)
            case .cursorRows: return try viewRows("pg_cursors")
            case .preparedStatementRows: return try viewRows("pg_prepared_statements")
            case .preparedTransactionRows: return []
            case .settingRows: return try viewRows("pg_settings")
            case .fileSettingRows: return try viewRows("pg_file_settings")
            case .lockRows: return try viewRows("pg_locks")
            case .timeZoneRows: return try viewRows("pg_timezone_names")
            case .getKeywords: return Keywords.rows { functions.text($0) }
            case .identifyObject, .identifyObjectAsAddress:
                guard let entry = FunctionRegistry.functions(named: function.rawValue).first else {
                    throw SQLError.notSupported("function \(function.rawValue)")
                }
                let row = UnsafeMutablePointer<Datum>.allocate(capacity: arguments.count)
                row.initialize(from: arguments, count: arguments.count)
                defer { row.deallocate() }
                let call = CatalogFunctions(
                    session: self, entry: entry, arguments: row, context: functions)
                return [
                    function == .identifyObject
                        ? try call.identifiedObject() : try call.objectAddress()
                ]
            default: throw SQLError.notSupported("function \(function.rawValue)")
            }
        }
    }

    /// What a view of pg_catalog shows, for the function that PostgreSQL makes it of.
    private func viewRows(_ name: String) throws(SQLError) -> [[Datum]] {
        guard
            let view = catalog.snapshot.relation(
                named: name, namespace: SystemOID.catalogNamespace)
        else { throw SQLError(.undefinedTable, "relation \"\(name)\" does not exist") }
        return try ComputedRows.rows(of: view.oid, computedContext, arena: functions.arena)
    }

    /// pg_partition_tree: relation, parent, whether it is a leaf, level; level by level.
    private func partitionTree(_ root: OID) -> [[Datum]] {
        let snapshot = catalog.snapshot
        guard !snapshot.partitionLine(of: root).isEmpty, let relation = snapshot.relation(root)
        else { return [] }
        var rows: [[Datum]] = []
        var level = [relation]
        var number = 0
        while !level.isEmpty {
            var below: [Shared<Relation>] = []
            for member in level {
                let isLeaf =
                    member.kind != .partitionedTable && member.kind != .partitionedIndex
                rows.append([
                    Datum(member.oid), member.partition.map { Datum($0.parent) } ?? .null,
                    Datum(isLeaf), Datum(word: Int64(number)),
                ])
                below +=
                    member.kind == .partitionedIndex
                    ? snapshot.parts(ofIndex: member.value)
                    : snapshot.partitions(of: member.value)
            }
            level = below.sorted { $0.oid < $1.oid }
            number += 1
        }
        return rows
    }

    /// pg_sequence_parameters: start, minimum, maximum, increment, cycle, cache, type.
    /// - Throws: 42P01, 42501.
    func sequenceParameters(_ oid: OID) throws(SQLError) -> [Datum] {
        guard let relation = catalog.snapshot.relation(oid), let sequence = relation.sequence else {
            throw SQLError(.undefinedTable, "relation with OID \(oid) does not exist")
        }
        if !catalog.snapshot.hasRights([.usage, .select, .update], on: relation.value, user: user) {
            throw SQLError(
                .insufficientPrivilege, "permission denied for sequence \(relation.name)")
        }
        return [
            Datum(word: sequence.start), Datum(word: sequence.minimum),
            Datum(word: sequence.maximum), Datum(word: sequence.increment), Datum(sequence.cycle),
            Datum(word: sequence.cache), Datum(sequence.type),
        ]
    }

    private var computedContext: ComputedContext {
        var context = ComputedContext(scope: scope, settings: settings)
        context.sequenceLastValue = { [unowned self] oid in lastValue(ofSequence: oid) }
        context.tableSize = { [unowned self] table in
            return (
                analyzedStatistics(of: table)?.value.rows ?? -1,
                table.placement.map { self.usedBytes($0) } ?? 0
            )
        }
        context.statistics = { [unowned self] in analyzedStatistics(of: $0)?.value }
        context.expressionText = { [unowned self] in shownText(of: $0, in: $1) }
        context.viewDefinition = { [unowned self] in shownViewDefinition($0) }
        context.updatableEvents = { [unowned self] in shownUpdatableEvents($0) }
        context.updatableColumns = { [unowned self] in shownUpdatableColumns($0) }
        context.locks = { [unowned self] in lockActivities }
        context.sessions = { [unowned self] in database.sessions.activities }
        context.preparedStatements = { [unowned self] in preparedStatements?() ?? [] }
        context.cursors = { [unowned self] in openCursors?() ?? [] }
        context.use = { [unowned self] in database.sessions.use(of: $0) }
        context.liveRows = { [unowned self] table in
            guard let placement = table.placement else { return 0 }
            let known = statistics(of: table)
            let keys = database.engine.keyCount(GenerationID(placement.generation))
            return Int(Double(keys) * (known?.value.liveFraction ?? 1))
        }
        return context
    }

    private var lockActivities: [LockActivity] {
        let engine = database.engine
        let held = engine.relationLocks.contents.filter { $0.key.space > 2 }.map { lock in
            var activity = LockActivity(
                database: OID(lock.key.space),
                relation: OID(UInt32(truncatingIfNeeded: lock.key.value)),
                processID: lock.processID, mode: lock.mode.name, isGranted: lock.isGranted)
            if lock.key.kind != .relation {
                activity.advisory = (
                    UInt32(truncatingIfNeeded: lock.key.value >> 32),
                    UInt32(truncatingIfNeeded: lock.key.value), Int(lock.key.kind.rawValue)
                )
            }
            return activity
        }
        let transactions = engine.transactionLocks.map { lock in
            var activity = LockActivity(
                database: .invalid, relation: .invalid, processID: lock.processID,
                mode: lock.isGranted ? "ExclusiveLock" : "ShareLock", isGranted: lock.isGranted)
            activity.transaction = UInt32(truncatingIfNeeded: lock.writer.rawValue)
            return activity
        }
        return held + transactions
    }

    func usedBytes(_ placement: Placement) -> Int {
        database.engine.usedBytes(GenerationID(placement.generation))
    }

    /// pg_sequences.last_value: nil before the first value was drawn.
    private func lastValue(ofSequence oid: OID) -> Int64? {
        guard let relation = catalog.snapshot.relation(oid), let definition = relation.sequence,
            let placement = relation.placement
        else { return nil }
        let contents = database.sequences.cell(
            SequenceID(placement.generation), definition,
            persistence: relation.persistence.ofSequence
        ).contents
        waitFor(contents.position)
        return contents.isCalled ? contents.lastValue : nil
    }
}
