internal import Base
internal import Catalog
internal import Engine
internal import Query
internal import Types

/// Finds the rows that a foreign key refers to by their key, in the table or in the partition that
/// the key's values belong to.
struct ReferencedKeys {
    /// A table's rows and the unique index over them; nil: its primary key, whose entry is the row.
    final class Place {
        let relation: OID
        let rows: Table
        let index: Table?

        init(relation: OID, rows: Table, index: Table?) {
            self.relation = relation
            self.rows = rows
            self.index = index
        }
    }
    private indirect enum Target {
        case table(Place)
        case partitions(PartitionMap, keys: [Int], [Target])
    }
    private let target: Target

    init(_ target: ReferencedRows, session: SessionState) throws(SQLError) {
        self.target = try ReferencedKeys.target(target, session)
    }

    private static func target(
        _ target: ReferencedRows, _ session: SessionState
    ) throws(SQLError) -> Target {
        func table(_ placement: Placement) -> Table {
            session.database.engine.table(GenerationID(placement.generation))
        }
        switch target {
        case .table(let relation, let index):
            guard let placement = relation.placement else {
                throw SQLError(.internalError, "table \"\(relation.name)\" has no storage")
            }
            return .table(
                Place(
                    relation: relation.value.oid, rows: table(placement),
                    index: index.placement.map(table)))
        case .partitions(let map, let keys, let targets):
            var places: [Target] = []
            for target in targets { places.append(try self.target(target, session)) }
            return .partitions(map, keys: keys, places)
        }
    }

    /// Where rows with the key are, if anywhere.
    /// - Parameter values: in the order of the constraint's columns, none of them null.
    func place(_ values: [Datum]) -> Place? {
        var current = target
        while true {
            switch current {
            case .table(let place): return place
            case .partitions(let map, let keys, let targets):
                guard let child = map.child(of: keys.map { values[$0] }) else { return nil }
                current = targets[child]
            }
        }
    }

    /// The place in one of the tables.
    func place(of relation: OID) -> Place? {
        func find(_ target: Target) -> Place? {
            switch target {
            case .table(let place): place.relation == relation ? place : nil
            case .partitions(_, _, let targets): targets.lazy.compactMap(find).first
            }
        }
        return find(target)
    }

    /// The only place; nil if there are partitions.
    var onlyPlace: Place? {
        if case .table(let place) = target { place } else { nil }
    }
}

extension ReferencedKeys.Place {
    /// True if there is a row with the key now.
    func contains(
        _ key: UnsafeRawBufferPointer, _ session: SessionState
    ) throws(SQLError) -> Bool {
        let table = index ?? rows
        defer { table.unpin() }
        return try table.read(key, session.newestSnapshot()) != nil
    }

    /// Finds the row with a unique key and locks it FOR KEY SHARE; false if there is none.
    /// - Parameter horizon: of the snapshot that it must be in; nil: the newest row.
    /// - Throws: 40001 if the row in the snapshot has gone since.
    func lock(
        _ key: UnsafeRawBufferPointer, _ session: SessionState, horizon: LogPosition? = nil
    ) throws(SQLError) -> Bool {
        guard let transaction = session.transaction else { return false }
        var snapshot = session.newestSnapshot()
        if let horizon { snapshot.horizon = horizon }
        var rowKey = key
        defer { index?.unpin() }
        if let index {
            guard let found = try index.read(key, snapshot) else { return false }
            rowKey = found
        }
        let outcome = try rows.lock(
            rowKey, .keyShare, snapshot: snapshot, policy: .wait, transaction)
        guard case .done = outcome else {
            defer { rows.unpin() }
            if horizon != nil, try rows.read(rowKey, snapshot) != nil {
                throw ConstraintErrors.concurrentUpdate
            }
            return false
        }
        // While its lock was waited for, the row may have got another key.
        guard let index, horizon == nil else { return true }
        guard let found = try index.read(key, snapshot) else { return false }
        return compareBytes(found, rowKey) == 0 ? true : try lock(key, session)
    }
}
