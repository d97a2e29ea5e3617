public import Base
internal import Synchronization
internal import System
internal import Types

/// The newest committed catalog of every database of the server.
///
/// Changes arrive as a transaction's delta, published while the engine makes the transaction's
/// commit visible, so that data and catalog change at one moment. Readers take an immutable
/// snapshot; a statement that runs on holds its own.
public final class CatalogStore: @unchecked Sendable {
    // Safe to share: the version is atomic, everything else is used under `lock`.
    private let newestVersion = Atomic<UInt64>(1)
    private let privateVersion = Atomic<UInt64>(CatalogSnapshot.privateVersionsStart)
    private let lock = Lock()
    private var shared = SharedContent()
    private var locals: [OID: LocalContent] = [:]
    private var snapshots: [OID: CatalogSnapshot] = [:]

    public let identifiers: IdentifierAllocator
    private let shardCount: UInt32
    private let newGeneration: @Sendable () -> UInt64

    /// - Parameters:
    ///   - rows: the committed rows of the catalog's keyspace, as `CatalogTransaction.rows` made
    ///     them; none for a new data directory, which is then to be filled with `initialRows`.
    ///   - newGeneration: allocates storage generations, none twice.
    /// - Throws: XX001 when a row cannot be read.
    public init(
        rows: [(key: [UInt8], value: [UInt8])], identifiers: IdentifierAllocator,
        shardCount: UInt32, newGeneration: @escaping @Sendable () -> UInt64
    ) throws(SQLError) {
        invariant(shardCount > 0, "there is a shard")
        self.identifiers = identifiers
        self.newGeneration = newGeneration
        self.shardCount = shardCount
        let all = rows.isEmpty ? CatalogStore.initialRows : rows
        var decoded: [(database: OID, key: CatalogKey, value: CatalogValue)] = []
        for row in all { decoded.append(try CatalogCodec.decode(row.key, row.value)) }
        for (_, key, value) in decoded where key.isShared { shared.apply(key, value) }
        for oid in shared.databases.keys { locals[oid] = LocalContent() }
        for (database, key, value) in decoded where !key.isShared {
            // Rows of a dropped database may linger until its keyspace is cleaned.
            locals[database]?.apply(key, value)
        }
        for local in locals.values { local.registerTypes() }
    }

    /// What the first start writes: databases, the superuser, the schema public.
    public static var initialRows: [(key: [UInt8], value: [UInt8])] {
        var rows: [(key: [UInt8], value: [UInt8])] = []
        func add(_ database: OID, _ key: CatalogKey, _ value: CatalogValue) {
            rows.append((CatalogCodec.encode(key, database: database), CatalogCodec.encode(value)))
        }
        for role in BuiltinObjects.roles {
            add(.invalid, .role(role.oid), .role(Shared(role)))
        }
        for database in BuiltinObjects.databases {
            add(.invalid, .database(database.oid), .database(Shared(database)))
            for (key, value) in BuiltinObjects.databaseContent { add(database.oid, key, value) }
        }
        for (database, text) in BuiltinObjects.databaseComments {
            add(.invalid, .comment(.database(database)), .comment(text))
        }
        return rows
    }

    /// Changes with every commit of DDL in any database.
    public var version: UInt64 { newestVersion.load(ordering: .acquiring) }

    /// The storage generations of all relations of all databases.
    public var generations: Set<UInt64> {
        lock.withLock {
            var result: Set<UInt64> = []
            for local in locals.values {
                local.relations.forEach { _, relation in
                    if let placement = relation.placement { result.insert(placement.generation) }
                }
            }
            return result
        }
    }

    /// The storage generations of all sequences of all databases.
    public var sequenceGenerations: Set<UInt64> {
        lock.withLock {
            var result: Set<UInt64> = []
            for local in locals.values {
                local.relations.forEach { _, relation in
                    guard relation.kind == .sequence, let placement = relation.placement else {
                        return
                    }
                    result.insert(placement.generation)
                }
            }
            return result
        }
    }

    /// Nil for a database that does not exist.
    public func snapshot(of database: OID) -> CatalogSnapshot? {
        lock.withLock { lockedSnapshot(of: database) }
    }

    private func lockedSnapshot(of database: OID) -> CatalogSnapshot? {
        if let snapshot = snapshots[database] { return snapshot }
        guard let local = locals[database] else { return nil }
        let snapshot = CatalogSnapshot(
            version: newestVersion.load(ordering: .relaxed), database: database, local: local,
            shared: shared)
        snapshots[database] = snapshot
        return snapshot
    }

    /// The newest content with a delta applied.
    func snapshot(
        of database: OID, applying delta: CatalogDelta
    ) -> (snapshot: CatalogSnapshot, base: UInt64) {
        lock.lock()
        let base = newestVersion.load(ordering: .relaxed)
        var local = locals[database] ?? LocalContent()
        var shared = shared
        lock.unlock()
        delta.apply(to: &local, shared: &shared)
        let version = privateVersion.add(1, ordering: .relaxed).newValue
        return (
            CatalogSnapshot(version: version, database: database, local: local, shared: shared),
            base
        )
    }

    /// A private snapshot with some more of its transaction's changes.
    func snapshot(
        _ before: CatalogSnapshot, applying keys: [CatalogKey], of delta: CatalogDelta
    ) -> CatalogSnapshot {
        var local = before.local
        var shared = before.shared
        for key in keys { delta.apply(key, &local, &shared) }
        let version = privateVersion.add(1, ordering: .relaxed).newValue
        return CatalogSnapshot(
            version: version, database: before.database, local: local, shared: shared)
    }

    /// Makes a committed delta everybody's. Called in the engine's commit, in commit order; takes
    /// this store's lock for as long as the changes take, waits for nothing else.
    func publish(_ delta: CatalogDelta, database: OID) {
        if delta.order.isEmpty { return }
        lock.lock()
        var local = locals[database] ?? LocalContent()
        let changesShared = delta.order.contains { $0.isShared }
        delta.apply(to: &local, shared: &shared)
        locals[database] = local
        for key in delta.order {
            guard case .database(let oid) = key else { continue }
            if shared.databases[oid] == nil {
                locals[oid] = nil
            } else if locals[oid] == nil {
                locals[oid] = LocalContent.fresh
            }
        }
        if changesShared {
            snapshots.removeAll()
        } else {
            snapshots[database] = nil
        }
        newestVersion.add(1, ordering: .releasing)
        lock.unlock()
    }

    /// Where the rows of a new table or index go: without a wish a shard picked by generation.
    func newPlacement(in shard: UInt32?) -> Placement {
        let generation = newGeneration()
        return Placement(
            generation: generation, shard: shard ?? UInt32(generation % UInt64(shardCount)))
    }
}

extension LocalContent {
    /// Makes all types known to Types. A domain may come before the one that it is built on.
    func registerTypes() {
        relations.forEach { _, relation in
            if relation.rowType.isValid { CatalogSnapshot.TypeEntry.row(relation).register() }
        }
        var waiting: [Shared<UserType>] = []
        types.forEach { waiting.append($1) }
        while !waiting.isEmpty {
            let missing = waiting.filter { type in
                CatalogSnapshot.TypeEntry.user(type).register()
                return TypeCatalog.info(type.oid) == nil
            }
            if missing.count == waiting.count { break }
            waiting = missing
        }
    }

    /// A database as CREATE DATABASE makes it.
    static var fresh: LocalContent {
        var content = LocalContent()
        for (key, value) in BuiltinObjects.databaseContent { content.apply(key, value) }
        return content
    }
}
