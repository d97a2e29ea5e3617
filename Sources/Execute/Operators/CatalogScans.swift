internal import Base
internal import Catalog
internal import Engine
internal import Query
internal import Sequences
internal import Types

/// Rows of a relation that is computed from the catalog or the server's state, as the layer that
/// knows it gives them.
final class ComputedScanOperator: Operator {
    private let relation: OID
    private let columns: [Int]
    private let output: Batch
    private let arena = Arena()
    /// The first column has OIDs.
    private let namesObjects: Bool
    @exclusivity(unchecked) private var rows: [[Datum]] = []
    @exclusivity(unchecked) private var position = 0

    init(_ relation: OID, columns: [Int], run: RunState) throws(SQLError) {
        self.relation = relation
        self.columns = columns
        guard let found = run.session.catalog.snapshot.relation(relation) else {
            throw SQLError(.undefinedTable, "relation with OID \(relation) does not exist")
        }
        let types = columns.map {
            $0 < found.columns.count ? found.columns[$0].type.physical : .word
        }
        namesObjects = found.columns.first?.type.oid == .oid
        output = Batch(types)
        super.init(types: types, run: run)
    }

    override func open() throws(SQLError) {
        position = 0
        arena.reset()
        let session = run.session
        if let found = session.catalog.snapshot.relation(relation),
            !session.catalog.snapshot.hasRights(.select, on: found.value, user: session.user)
        {
            throw SQLError(
                .insufficientPrivilege,
                "permission denied for \(found.kind.noun) \(found.name)")
        }
        guard let compute = run.session.computedRows else {
            throw SQLError.notSupported("reading relation with OID \(relation)")
        }
        rows = try compute(relation, run.session, arena)
    }

    override func close() { rows = [] }

    override func next() throws(SQLError) -> Batch? {
        let count = min(batchRowsMax, rows.count - position)
        if count == 0 { return nil }
        for (index, column) in columns.enumerated() {
            let target = output.columns[index]
            target.hasNulls = false
            if let system = SystemColumn(number: column) {
                fill(target, system, count)
                continue
            }
            for row in 0..<count {
                let values = rows[position + row]
                target.set(row, column < values.count ? values[column] : Datum(relation))
            }
        }
        position += count
        output.count = count
        return output
    }
}

extension ComputedScanOperator {
    /// The rows have no versions: the built-in ones are as old as the server, those of users'
    /// objects may have changed just now.
    private func fill(_ target: Vector, _ column: SystemColumn, _ count: Int) {
        let next = run.engine.nextWriterID.rawValue
        for row in 0..<count {
            let number = position + row
            target.words[row] =
                switch column {
                case .ctid: RowPlace(row: Int64(number) + 1)?.word ?? 0
                case .xmin:
                    isOfUser(rows[number]) ? Int64(UInt32(truncatingIfNeeded: next)) : 1
                case .cmin, .xmax, .cmax: 0
                }
        }
    }

    /// The first column names the object.
    private func isOfUser(_ row: [Datum]) -> Bool {
        namesObjects && row.first.map { !$0.isNull && $0.oid >= .firstUser } ?? false
    }
}

/// `SELECT last_value, log_cnt, is_called FROM sequence`.
final class SequenceScanOperator: Operator {
    private let sequence: OID
    private let columns: [Int]
    private let output: Batch
    @exclusivity(unchecked) private var isDone = false

    init(_ sequence: OID, columns: [Int], run: RunState) {
        self.sequence = sequence
        self.columns = columns
        let types: [PhysicalType] = columns.map { _ in .word }
        output = Batch(types)
        super.init(types: types, run: run)
    }

    override func open() throws(SQLError) { isDone = false }

    override func next() throws(SQLError) -> Batch? {
        if isDone { return nil }
        isDone = true
        let session = run.session
        let contents = session.sequences.contents(try session.sequenceReference(sequence))
        session.waitFor(contents.position)
        for (index, column) in columns.enumerated() {
            let value =
                switch column {
                case 0: contents.lastValue
                case 1: contents.logCount
                case 2: contents.isCalled ? 1 : 0 as Int64
                default: Int64(sequence.rawValue)
                }
            output.columns[index].set(0, Datum(word: value))
        }
        output.count = 1
        return output
    }
}
