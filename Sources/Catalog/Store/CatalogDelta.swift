public import Base

/// What names one row of the catalog's keyspace within a database.
public enum CatalogKey: Hashable, Sendable {
    case relation(OID)
    case namespace(OID)
    case type(OID)
    case dependency(Dependency)
    case comment(ObjectAddress)
    case role(OID)
    case database(OID)
    /// What ANALYZE found out about a table.
    case statistics(OID)
    case settings(SettingsScope)

    /// Of what all databases share.
    public var isShared: Bool {
        switch self {
        case .relation, .namespace, .type, .dependency, .statistics: false
        case .comment(let address): address.isShared
        case .role, .database, .settings: true
        }
    }
}

/// The row itself.
public enum CatalogValue: Sendable {
    case relation(Shared<Relation>)
    case namespace(Shared<Namespace>)
    case type(Shared<UserType>)
    /// All of a dependency is in its key.
    case dependency
    case comment(String)
    case role(Shared<Role>)
    case database(Shared<Database>)
    case statistics(Shared<TableStatistics>)
    /// `name=value`.
    case settings([String])
}

/// A transaction's changes of the catalog, the last one of each object: nil removes it. Applied in
/// the order of first change, so that names are freed before they are taken again.
struct CatalogDelta: Sendable {
    private(set) var changes: [CatalogKey: CatalogValue?] = [:]
    private(set) var order: [CatalogKey] = []
    /// Storage generations made by the transaction, to be dropped if it aborts …
    var createdPlacements: [Placement] = []
    /// … and those to be dropped when it commits.
    var droppedPlacements: [Placement] = []

    var isEmpty: Bool {
        order.isEmpty && createdPlacements.isEmpty && droppedPlacements.isEmpty
    }

    mutating func set(_ key: CatalogKey, _ value: CatalogValue?) {
        if changes.updateValue(value, forKey: key) == nil { order.append(key) }
    }

    func apply(to local: inout LocalContent, shared: inout SharedContent) {
        // Removals first: a new object may have taken a dropped one's name.
        for key in order where changes[key]! == nil { apply(key, &local, &shared) }
        for key in order where changes[key]! != nil { apply(key, &local, &shared) }
    }

    /// One change, in its latest form.
    func apply(
        _ key: CatalogKey, _ local: inout LocalContent, _ shared: inout SharedContent
    ) {
        if key.isShared {
            shared.apply(key, changes[key]!)
        } else {
            local.apply(key, changes[key]!)
        }
    }
}
