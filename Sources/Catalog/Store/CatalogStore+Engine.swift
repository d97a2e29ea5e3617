public import Base
public import Engine
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
        var rows = committedRows(of: table)
        if rows.isEmpty {
            rows = initialRows
            let transaction = engine.begin(waiter: Waiter(), processID: 0)
            for row in rows {
                row.key.withUnsafeBytes { key in
                    row.value.withUnsafeBytes { table.addEntry(key, value: $0, transaction) }
                }
            }
            transaction.commit()
        }
        return try CatalogStore(
            rows: rows, identifiers: identifiers, shardCount: shardCount,
            newGeneration: { engine.allocateGeneration().rawValue })
    }

    private static func committedRows(of table: Table) -> [(key: [UInt8], value: [UInt8])] {
        let horizon = LogPosition(UInt64.max >> 2)
        var cursor = Cursor(
            table, snapshot: Snapshot(horizon: horizon, writer: .none, command: 0))
        var result: [(key: [UInt8], value: [UInt8])] = []
        let limit = 256
        withUnsafeTemporaryAllocation(
            of: UnsafeRawBufferPointer.self, capacity: 2 * limit
        ) { all in
            guard let keys = all.baseAddress else { return }
            let rows = keys + limit
            while true {
                let count = cursor.next(keys: keys, rows: rows, limit: limit)
                if count == 0 { break }
                for index in 0..<count {
                    result.append(([UInt8](keys[index]), [UInt8](rows[index])))
                }
            }
        }
        return result
    }
}
