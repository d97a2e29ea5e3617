public import Base
public import Engine
internal import Log
internal import System

/// Where the catalog is kept: rows of the engine's generation `catalog`, and ceilings of object
/// identifiers as messages of the log.
extension CatalogStore {
    /// Collects what replaying the log says about the catalog besides its rows.
    public struct Replay: Sendable {
        fileprivate var ceiling: UInt32 = 0

        public init() {}

        /// Takes a message of kind `messageKind`, in the log's order.
        public mutating func apply(_ payload: UnsafeRawBufferPointer) {
            var reader = ByteReader(payload)
            if let value = reader.readVarint(), let ceiling = UInt32(exactly: value) {
                self.ceiling = max(self.ceiling, ceiling)
            }
        }
    }

    /// The kind of the catalog's messages in the log.
    public static let messageKind: UInt8 = 2

    /// Reads the catalog of an engine that has recovered; a new one gets its first rows.
    /// - Throws: XX001 when a row cannot be read.
    public static func open(
        _ engine: Engine, replay: Replay, shardCount: UInt32
    ) throws(SQLError) -> CatalogStore {
        let identifiers = IdentifierAllocator(ceiling: replay.ceiling) { ceiling in
            var buffer = ByteBuffer(capacityBytes: 16)
            buffer.append(varint: UInt64(ceiling))
            buffer.withBytes { _ = engine.appendMessage(kind: messageKind, $0) }
        }
        let table = engine.table(.catalog)
        var rows = try committedRows(of: table)
        if rows.isEmpty {
            rows = initialRows
            let transaction = engine.begin(waiter: Waiter(), processID: 0)
            for row in rows {
                try row.key.lend { (key) throws(SQLError) in
                    try row.value.lend { (value) throws(SQLError) in
                        try table.addEntry(key, value: value, transaction)
                    }
                }
            }
            transaction.commit()
            engine.log.flush()
        }
        rows = try dropStale(rows, table, engine)
        if !engine.wasStoppedCleanly { try emptyUnlogged(rows, engine) }
        return try CatalogStore(
            rows: rows, identifiers: identifiers, shardCount: shardCount,
            newGeneration: { engine.allocateGeneration().rawValue })
    }

    /// Appends to the log what messages of this store have said so far.
    public func appendCheckpointState() { identifiers.appendCeiling() }

    /// Temporary relations of sessions that a crash has ended, and what belonged to databases that
    /// were dropped, go before anybody can see them.
    /// - Returns: the rows that stay.
    private static func dropStale(
        _ rows: [(key: [UInt8], value: [UInt8])], _ table: Table, _ engine: Engine
    ) throws(SQLError) -> [(key: [UInt8], value: [UInt8])] {
        var decoded: [(database: OID, key: CatalogKey, value: CatalogValue)] = []
        for row in rows { decoded.append(try CatalogCodec.decode(row.key, row.value)) }
        var dropped: Set<OwnedAddress> = []
        var databases: Set<OID> = [.invalid]
        for (_, key, _) in decoded {
            if case .database(let oid) = key { databases.insert(oid) }
        }
        for (database, _, value) in decoded {
            if case .namespace(let namespace) = value, namespace.value.isTemporary {
                dropped.insert(OwnedAddress(database, .namespace(namespace.oid)))
            }
        }
        if dropped.isEmpty, decoded.allSatisfy({ databases.contains($0.database) }) { return rows }
        let transaction = engine.begin(waiter: Waiter(), processID: 0)
        for (database, _, value) in decoded {
            if case .type(let type) = value,
                dropped.contains(OwnedAddress(database, .namespace(type.namespace)))
            {
                dropped.insert(OwnedAddress(database, .type(type.oid)))
            }
            guard case .relation(let relation) = value,
                dropped.contains(OwnedAddress(database, .namespace(relation.namespace)))
            else { continue }
            dropped.insert(OwnedAddress(database, .relation(relation.oid)))
            for constraint in relation.constraints {
                dropped.insert(OwnedAddress(database, .constraint(constraint.oid)))
            }
            for column in relation.columns.indices {
                dropped.insert(OwnedAddress(database, .columnDefault(column, of: relation.oid)))
            }
            if let placement = relation.placement {
                transaction.dropGeneration(GenerationID(placement.generation))
                engine.freeGeneration(GenerationID(placement.generation))
            }
        }
        var kept: [(key: [UInt8], value: [UInt8])] = []
        for (row, (database, key, _)) in zip(rows, decoded) {
            let objects = key.objects.map { OwnedAddress(database, $0) }
            if !databases.contains(database) || objects.contains(where: { dropped.contains($0) }) {
                try row.key.lend { (key) throws(SQLError) in
                    try table.removeEntry(key, transaction)
                }
            } else {
                kept.append(row)
            }
        }
        transaction.commit()
        return kept
    }

    /// After a crash: unlogged tables and their indexes lose their rows, in their place. The record
    /// that says so stands behind the rows in the log; what comes later begins anew.
    private static func emptyUnlogged(
        _ rows: [(key: [UInt8], value: [UInt8])], _ engine: Engine
    ) throws(SQLError) {
        let transaction = engine.begin(waiter: Waiter(), processID: 0)
        var emptied: [GenerationID] = []
        for row in rows {
            guard case .relation(let relation) = try CatalogCodec.decode(row.key, row.value).value,
                relation.persistence == .unlogged, relation.kind != .sequence,
                let placement = relation.placement
            else { continue }
            emptied.append(GenerationID(placement.generation))
        }
        for generation in emptied { transaction.dropGeneration(generation) }
        transaction.commit()
        for generation in emptied { engine.freeGeneration(generation) }
    }

    /// OIDs are the server's, but rows of one object stand in one database.
    private struct OwnedAddress: Hashable {
        var database: OID
        var object: ObjectAddress

        init(_ database: OID, _ object: ObjectAddress) {
            self.database = database
            self.object = object
        }
    }

    private static func committedRows(
        of table: Table
    ) throws(SQLError) -> [(key: [UInt8], value: [UInt8])] {
        let horizon = LogPosition(UInt64.max >> 2)
        var cursor = try Cursor(
            table, snapshot: Snapshot(horizon: horizon, writer: .none, command: 0))
        var result: [(key: [UInt8], value: [UInt8])] = []
        let limit = 256
        let keys = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 2 * limit)
        defer { keys.deallocate() }
        let rows = keys + limit
        while true {
            let count = try cursor.next(keys: keys, rows: rows, limit: limit)
            if count == 0 { return result }
            for index in 0..<count {
                result.append(([UInt8](keys[index]), [UInt8](rows[index])))
            }
        }
    }
}

extension CatalogKey {
    /// What the row is about.
    fileprivate var objects: [ObjectAddress] {
        switch self {
        case .relation(let oid), .statistics(let oid): [.relation(oid)]
        case .namespace(let oid): [.namespace(oid)]
        case .type(let oid): [.type(oid)]
        case .dependency(let dependency): [dependency.dependent.whole, dependency.referenced.whole]
        case .comment(let address): [address.whole]
        case .role, .database, .settings: []
        }
    }
}
