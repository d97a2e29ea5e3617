public import Base

/// The catalog as one transaction sees and changes it: the newest committed version, whatever
/// other transactions commit meanwhile, and on top of it the transaction's own delta.
///
/// One per session, reused from transaction to transaction; belongs to the session's thread.
/// Whoever changes an object holds a lock on it that excludes other changes until the end of the
/// transaction, so that deltas of concurrent transactions never contain the same object.
public final class CatalogTransaction {
    public let store: CatalogStore
    public let database: OID
    @exclusivity(unchecked) private var delta = CatalogDelta()
    @exclusivity(unchecked) private var cached: CatalogSnapshot {
        didSet { cachedVersion = cached.version }
    }
    @exclusivity(unchecked) private var cachedVersion: UInt64
    /// The version of the store that `cached` is made of; 0 after a change.
    @exclusivity(unchecked) private var cachedBase: UInt64
    /// Changes that `cached` does not have yet, and the version that it was made of; 0: it must be
    /// made from the beginning.
    @exclusivity(unchecked) private var unapplied: [CatalogKey] = []
    @exclusivity(unchecked) private var unappliedBase: UInt64 = 0

    /// Nil if the database does not exist.
    public init?(store: CatalogStore, database: OID) {
        guard let snapshot = store.snapshot(of: database) else { return nil }
        self.store = store
        self.database = database
        cached = snapshot
        cachedVersion = snapshot.version
        cachedBase = snapshot.version
    }

    /// The newest catalog with the transaction's own changes.
    public var snapshot: CatalogSnapshot {
        if cachedBase == store.version { return cached }
        return refresh()
    }

    /// The snapshot's version, without a reference to the snapshot, which all threads share.
    public var version: UInt64 {
        if cachedBase == store.version { return cachedVersion }
        return refresh().version
    }

    @inline(never)
    private func refresh() -> CatalogSnapshot {
        if delta.order.isEmpty {
            // A dropped database keeps its last version for those still connected.
            if let newest = store.snapshot(of: database) { cached = newest }
            cachedBase = cached.version
            unapplied.removeAll()
            return cached
        }
        let newest = store.version
        if unappliedBase == newest {
            // Nobody else has committed: only what is new is applied.
            cached = store.snapshot(cached, applying: unapplied, of: delta)
            cachedBase = newest
        } else {
            (cached, cachedBase) = store.snapshot(of: database, applying: delta)
        }
        unapplied.removeAll(keepingCapacity: true)
        return cached
    }

    /// True if there is anything to write, publish or drop at the end of the transaction.
    public var isModified: Bool { !delta.isEmpty }

    // MARK: Changes

    public func newOID() throws(SQLError) -> OID { try store.identifiers.newOID() }

    /// A place for the rows of a new table or index, or for a rewritten one; dropped if the
    /// transaction aborts.
    /// - Parameter shard: nil spreads tables over the shards.
    public func newPlacement(in shard: UInt32? = nil) -> Placement {
        let placement = store.newPlacement(in: shard)
        delta.createdPlacements.append(placement)
        return placement
    }

    /// The generation's rows go when the transaction commits.
    public func dropPlacement(_ placement: Placement) {
        delta.droppedPlacements.append(placement)
    }

    private func change(_ key: CatalogKey, _ value: CatalogValue?) {
        delta.set(key, value)
        if cachedBase != 0 { unappliedBase = cachedBase }
        unapplied.append(key)
        cachedBase = 0
    }

    /// Adds or replaces a relation.
    @discardableResult
    public func put(_ relation: Relation) -> Shared<Relation> {
        let shared = Shared(relation)
        change(.relation(relation.oid), .relation(shared))
        return shared
    }
    public func put(_ namespace: Namespace) {
        change(.namespace(namespace.oid), .namespace(Shared(namespace)))
    }
    @discardableResult
    public func put(_ type: UserType) -> Shared<UserType> {
        let shared = Shared(type)
        CatalogSnapshot.TypeEntry.user(shared).register()
        change(.type(type.oid), .type(shared))
        return shared
    }
    public func put(_ role: Role) { change(.role(role.oid), .role(Shared(role))) }
    public func put(_ database: Database) {
        change(.database(database.oid), .database(Shared(database)))
    }

    /// What ANALYZE found out about a table.
    public func put(_ statistics: TableStatistics, of table: OID) {
        change(.statistics(table), .statistics(Shared(statistics)))
    }
    /// True if plans made before may be others once this transaction has committed.
    public var changesStatistics: Bool {
        delta.order.contains { if case .statistics = $0 { true } else { false } }
    }

    /// Removes the relation's row, its dependencies and comments, not its storage.
    public func dropRelation(_ oid: OID) {
        forget(.relation(oid))
        if snapshot.statistics(of: oid) != nil { change(.statistics(oid), nil) }
        change(.relation(oid), nil)
    }
    public func dropType(_ oid: OID) {
        forget(.type(oid))
        change(.type(oid), nil)
    }
    public func dropNamespace(_ oid: OID) {
        forget(.namespace(oid))
        change(.namespace(oid), nil)
    }
    /// Settings for sessions that begin; empty ones are none.
    public func put(_ settings: [String], for scope: SettingsScope) {
        change(.settings(scope), settings.isEmpty ? nil : .settings(settings))
    }
    private func dropSettings(_ belong: (SettingsScope) -> Bool) {
        for scope in snapshot.settingsScopes where belong(scope) { put([], for: scope) }
    }

    public func dropRole(_ oid: OID) {
        dropSettings { $0.role == oid }
        setComment(on: .role(oid), nil)
        change(.role(oid), nil)
    }
    public func dropDatabase(_ oid: OID) {
        dropSettings { $0.database == oid }
        setComment(on: .database(oid), nil)
        change(.database(oid), nil)
    }

    public func addDependency(_ dependency: Dependency) {
        change(.dependency(dependency), .dependency)
    }
    public func removeDependency(_ dependency: Dependency) {
        change(.dependency(dependency), nil)
    }

    /// Removes what `object` (with a column number: that column) depends on.
    public func removeDependencies(of object: ObjectAddress, kind: DependencyKind? = nil) {
        for dependency in snapshot.dependencies(of: object)
        where kind == nil || dependency.kind == kind {
            removeDependency(dependency)
        }
    }

    /// Removes every trace of an object that goes: dependencies in both directions, comments.
    public func forget(_ object: ObjectAddress) {
        let before = snapshot
        for dependency in before.dependencies(of: object) + before.dependents(on: object) {
            removeDependency(dependency)
        }
        if before.comment(on: object) != nil { setComment(on: object, nil) }
        guard object.classID == SystemOID.relation, object.subID == 0,
            let relation = before.relation(object.objectID)
        else { return }
        for column in relation.columns.indices {
            let address = ObjectAddress.column(column, of: object.objectID)
            if before.comment(on: address) != nil { setComment(on: address, nil) }
        }
    }

    /// Nil or empty text removes the comment.
    public func setComment(on object: ObjectAddress, _ text: String?) {
        if let text, !text.isEmpty {
            change(.comment(object), .comment(text))
        } else if snapshot.comment(on: object) != nil {
            change(.comment(object), nil)
        }
    }

    // MARK: Savepoints and the end

    /// A state of the delta, to come back to.
    public struct Mark: Sendable {
        fileprivate let delta: CatalogDelta
    }
    public func mark() -> Mark { Mark(delta: delta) }

    /// Takes back what was changed since `mark`.
    /// - Returns: the generations made since, whose rows are to be dropped now.
    public func rollback(to mark: Mark) -> [Placement] {
        let made = delta.createdPlacements.dropFirst(mark.delta.createdPlacements.count)
        delta = mark.delta
        startAgain()
        return Array(made)
    }

    /// The rows to write to the catalog's keyspace before commit; nil values delete.
    public var rows: [(key: [UInt8], value: [UInt8]?)] {
        delta.order.map { key in
            let value = delta.changes[key]!
            return (
                CatalogCodec.encode(key, database: key.isShared ? .invalid : database),
                value.map { CatalogCodec.encode($0) }
            )
        } + newDatabaseRows
    }

    /// A new database begins with the schema public.
    private var newDatabaseRows: [(key: [UInt8], value: [UInt8]?)] {
        delta.order.flatMap { key -> [(key: [UInt8], value: [UInt8]?)] in
            guard case .database(let oid) = key, delta.changes[key]! != nil,
                store.snapshot(of: oid) == nil
            else { return [] }
            return BuiltinObjects.databaseContent.map {
                (CatalogCodec.encode($0.key, database: oid), CatalogCodec.encode($0.value))
            }
        }
    }

    /// Generations to drop once the transaction has committed …
    public var droppedPlacements: [Placement] { delta.droppedPlacements }
    /// … or when it aborts.
    public var createdPlacements: [Placement] { delta.createdPlacements }
    /// Those made since a mark; nil: since the transaction began.
    public func createdPlacements(since mark: Mark?) -> ArraySlice<Placement> {
        delta.createdPlacements.dropFirst(mark?.delta.createdPlacements.count ?? 0)
    }

    /// To be called inside the engine's commit, when the transaction's rows become visible.
    public func publish() { store.publish(delta, database: database) }

    /// After commit or abort: ready for the next transaction.
    public func reset() {
        if delta.isEmpty { return }
        delta = CatalogDelta()
        startAgain()
    }

    private func startAgain() {
        cachedBase = 0
        unappliedBase = 0
        unapplied.removeAll()
    }
}
