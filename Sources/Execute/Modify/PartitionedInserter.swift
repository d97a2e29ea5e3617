internal import Base
internal import Catalog
internal import Engine
internal import Query
internal import Types

/// Inserts rows into a partitioned table: finds each row's partition and hands it on. Rows that
/// follow each other into one partition go together, so that errors come in the order of rows.
final class PartitionedInserter: RowInserter {
    private let run: RunState
    private let source: RowSource
    private let router: PartitionRouter
    private let relation: Relation
    /// Of a table that is a partition itself.
    private let filter: PartitionFilter?
    private let plan: PlannedInsert.Partitions
    private let builder: OperatorBuilder
    /// Made when the first row for it comes.
    private var leaves: [InsertExecutor?]
    private enum LeafState {
        /// Not locked by the present statement.
        case unknown
        case asPlanned
        /// It has changed since: its executor is for this statement alone.
        case changed
    }
    private var states: [LeafState]
    /// For each leaf: the vectors of its given columns.
    private var vectors: [[Vector]]
    private let targets = UnsafeMutablePointer<Int32>.allocate(capacity: batchRowsMax)
    private let selection = UnsafeMutablePointer<Int32>.allocate(capacity: batchRowsMax)
    private let results: Batch?
    private let resultArena = Arena()

    init(_ plan: PlannedInsert, builder: OperatorBuilder) throws(SQLError) {
        guard let partitions = plan.partitions else {
            throw SQLError(.internalError, "a partitioned table has partitions")
        }
        run = builder.run
        self.builder = builder
        self.plan = partitions
        source = try RowSource(plan, compiler: builder.compiler)
        router = try PartitionRouter(partitions.routing, builder: builder)
        relation = plan.insert.table.value
        filter = try PartitionFilter.make(plan.checks.partition, compiler: builder.compiler)
        leaves = partitions.leaves.map { _ in nil }
        states = partitions.leaves.map { _ in .unknown }
        vectors = partitions.leaves.map { _ in [] }
        results = plan.returning.isEmpty ? nil : Batch(plan.returning.map(\.type.physical))
        super.init()
    }

    deinit {
        targets.deallocate()
        selection.deallocate()
    }

    override func begin() {
        changedCount = 0
        failedRow = 0
        for index in leaves.indices {
            if case .changed = states[index] { leaves[index] = nil }
            states[index] = .unknown
            leaves[index]?.begin()
        }
    }

    override func insert(_ values: [Vector], count: Int) throws(SQLError) -> Batch? {
        failedRow = 0
        hasFailedCheck = false
        let filterFailure = try source.fill(values, count: count)
        do throws(SQLError) { try insertBatch() } catch {
            failedRow = source.givenRow(failedRow)
            throw error
        }
        if let filterFailure {
            failedRow = filterFailure.row
            hasFailedCheck = true
            throw filterFailure.error
        }
        return results.flatMap { $0.count == 0 ? nil : $0 }
    }

    private func insertBatch() throws(SQLError) {
        let batch = source.batch
        results?.count = 0
        resultArena.reset()
        var failure = try router.route(batch, into: targets)
        if let row = try filter?.firstStranger(batch), row <= failure?.row ?? .max {
            let schema = run.session.catalog.snapshot.namespace(relation.namespace)?.name ?? ""
            let text = run.rowText(batch, row, of: relation)
            failure = (row, ConstraintErrors.partition(relation, schema: schema, row: text))
        }
        let end = failure?.row ?? batch.count
        var row = 0
        while row < end {
            var next = row + 1
            while next < end, targets[next] == targets[row] { next += 1 }
            try insert(row..<next, of: batch, into: Int(targets[row]))
            row = next
        }
        if let failure {
            failedRow = failure.row
            hasFailedCheck = true
            throw failure.error
        }
    }

    private func insert(
        _ rows: Range<Int>, of batch: Batch, into leaf: Int
    ) throws(SQLError) {
        let executor = try self.executor(leaf)
        for (index, row) in rows.enumerated() { selection[index] = Int32(row) }
        for (position, column) in plan.sources[leaf].enumerated() {
            vectors[leaf][position].assign(
                from: batch.columns[column], rows: selection, count: rows.count)
        }
        let before = executor.changedCount
        let returned: Batch?
        do throws(SQLError) {
            returned = try executor.insert(vectors[leaf], count: rows.count)
        } catch {
            failedRow = rows.lowerBound + executor.failedRow
            hasFailedCheck = executor.hasFailedCheck
            throw error
        }
        changedCount += executor.changedCount - before
        guard let results, let returned else { return }
        for row in 0..<returned.count {
            for (column, vector) in results.columns.enumerated() {
                let value = returned.columns[column][row]
                if results.count == 0 { vector.hasNulls = false }
                vector.set(
                    results.count,
                    !value.isNull && vector.physicalType == .bytes
                        ? Datum(view: value.view.copied(into: resultArena)) : value)
            }
            results.count += 1
        }
    }

    private func executor(_ leaf: Int) throws(SQLError) -> InsertExecutor {
        if case .unknown = states[leaf] {
            let table = plan.leaves[leaf].insert.table
            try run.session.lockRelation(table.value.oid, .rowExclusive)
            if plan.routing.isCurrent(run.session.catalog.snapshot, leaf: table) {
                states[leaf] = .asPlanned
            } else {
                states[leaf] = .changed
                leaves[leaf] = nil
            }
        }
        if let known = leaves[leaf] { return known }
        var planned = plan.leaves[leaf]
        if case .changed = states[leaf] { planned = try current(planned) }
        let made = try InsertExecutor(planned, builder: builder)
        made.begin()
        leaves[leaf] = made
        vectors[leaf] = planned.insert.columns.map {
            Vector(planned.insert.table.columns[$0].type.physical)
        }
        return made
    }
}

extension PartitionedInserter {
    /// The INSERT into a partition as it is now: with its indexes and constraints, and a test of each
    /// row, since other partitions may have come.
    private func current(_ planned: PlannedInsert) throws(SQLError) -> PlannedInsert {
        let oid = planned.insert.table.value.oid
        guard let table = run.session.catalog.snapshot.relation(oid) else {
            throw SQLError(
                .undefinedTable,
                "relation \"\(planned.insert.table.value.name)\" does not exist")
        }
        var result = planned
        result.insert.table = table
        result.isRouted = false
        result.checks = try run.session.tableChecks(table).checks
        result.checks.checks += planned.checks.checks.filter(\.isOfView)
        return result
    }
}

extension PartitionRouting {
    /// True if the partition and the tables above it are those that the statement was planned for.
    fileprivate func isCurrent(_ snapshot: CatalogSnapshot, leaf: Shared<Relation>) -> Bool {
        snapshot.relation(leaf.value.oid) === leaf && isCurrent(snapshot)
    }

    private func isCurrent(_ snapshot: CatalogSnapshot) -> Bool {
        snapshot.relation(table.value.oid) === table
            && targets.allSatisfy {
                if case .table(let below) = $0 { below.isCurrent(snapshot) } else { true }
            }
    }
}

/// Finds the partitions of rows of a partitioned table.
final class PartitionRouter {
    private enum Target {
        case leaf(Int32)
        case table(PartitionRouter)
    }
    private let relation: Relation
    private let map: PartitionMap
    private let keys: [ExpressionSet]
    private let targets: [Target]
    private let keyNames: String
    private let run: RunState
    @exclusivity(unchecked) private var values: [Datum] = []

    init(_ routing: PartitionRouting, builder: OperatorBuilder) throws(SQLError) {
        run = builder.run
        relation = routing.table.value
        map = routing.map
        var keys: [ExpressionSet] = []
        for key in routing.keys { keys.append(try builder.compiler.compileSet([key])) }
        self.keys = keys
        var targets: [Target] = []
        for target in routing.targets {
            switch target {
            case .leaf(let number): targets.append(.leaf(Int32(number)))
            case .table(let below):
                targets.append(.table(try PartitionRouter(below, builder: builder)))
            }
        }
        self.targets = targets
        keyNames = run.session.scope.partitionKeyText(of: routing.table.value)
    }

    /// Writes the leaf of each row of the batch; gives the first row that has none, with its error.
    func route(
        _ batch: Batch, into leaves: UnsafeMutablePointer<Int32>
    ) throws(SQLError) -> (row: Int, error: SQLError)? {
        try route(batch, nil, count: batch.count, into: leaves)
    }

    /// - Parameter rows: the rows to look at, ascending; nil: all.
    private func route(
        _ batch: Batch, _ rows: [Int32]?, count: Int, into leaves: UnsafeMutablePointer<Int32>
    ) throws(SQLError) -> (row: Int, error: SQLError)? {
        var vectors: [Vector] = []
        for key in keys { vectors.append(try key.evaluateOne(batch)) }
        var below: [Int: [Int32]] = [:]
        var failure: (row: Int, error: SQLError)?
        for index in 0..<count {
            let row = rows.map { Int($0[index]) } ?? index
            values.removeAll(keepingCapacity: true)
            for vector in vectors { values.append(vector[row]) }
            guard let child = map.child(of: values) else {
                failure = (row, noPartition(values))
                break
            }
            switch targets[child] {
            case .leaf(let number): leaves[row] = number
            case .table: below[child, default: []].append(Int32(row))
            }
        }
        for (child, rows) in below {
            guard case .table(let router) = targets[child] else { continue }
            if let found = try router.route(batch, rows, count: rows.count, into: leaves),
                found.row < failure?.row ?? .max
            {
                failure = found
            }
        }
        return failure
    }

    private func noPartition(_ values: [Datum]) -> SQLError {
        let texts = zip(values, map.keyTypes).map { run.valueText($0, $1.oid) }
        return SQLError(
            .checkViolation, "no partition of relation \"\(relation.name)\" found for row"
        ).with {
            $0.detail =
                "Partition key of the failing row contains (\(keyNames)) = "
                + "(\(texts.joined(separator: ", ")))."
            $0.schemaName = run.session.catalog.snapshot.namespace(relation.namespace)?.name
            $0.tableName = relation.name
        }
    }
}

/// Tells rows that belong to a partition from others.
final class PartitionFilter {
    private struct Level {
        var keys: [ExpressionSet]
        var map: PartitionMap
        var child: Int
    }
    private let levels: [Level]
    @exclusivity(unchecked) private var values: [Datum] = []

    /// Nil if every row may be in the table.
    static func make(
        _ checks: [PartitionCheck], compiler: ExpressionCompiler
    ) throws(SQLError) -> PartitionFilter? {
        checks.isEmpty ? nil : try PartitionFilter(checks, compiler: compiler)
    }

    private init(_ checks: [PartitionCheck], compiler: ExpressionCompiler) throws(SQLError) {
        var levels: [Level] = []
        for check in checks {
            var keys: [ExpressionSet] = []
            for key in check.keys { keys.append(try compiler.compileSet([key])) }
            levels.append(Level(keys: keys, map: check.map, child: check.child))
        }
        self.levels = levels
    }

    /// The first of the batch's rows that does not belong; nil: all do.
    func firstStranger(_ batch: Batch) throws(SQLError) -> Int? {
        var first: Int?
        for level in levels {
            var vectors: [Vector] = []
            for key in level.keys { vectors.append(try key.evaluateOne(batch)) }
            for row in 0..<(first ?? batch.count) {
                values.removeAll(keepingCapacity: true)
                for vector in vectors { values.append(vector[row]) }
                if level.map.child(of: values) != level.child {
                    first = row
                    break
                }
            }
        }
        return first
    }
}
