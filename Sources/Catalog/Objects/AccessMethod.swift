public import Base

/// How an index is kept (pg_am).
///
/// A b-tree's entries are in the order of its keys. So are those of a hash index here, which yet
/// serves no more than in PostgreSQL: equality of its one key. Of the other methods an index has
/// entries only where it serves an EXCLUDE constraint; any other one is known by its name, its
/// definition and its dependencies alone: it costs nothing to keep, and queries read the table.
public enum AccessMethod: UInt8, Sendable, CaseIterable {
    // The raw value is in the catalog's records.
    case btree, hash, gist, gin, spgist, brin

    public init?(named name: String) {
        guard let method = AccessMethod.allCases.first(where: { $0.name == name }) else { return nil }
        self = method
    }

    public var name: String { "\(self)" }

    public var oid: OID {
        switch self {
        case .btree: OID(403)
        case .hash: OID(405)
        case .gist: OID(783)
        case .gin: OID(2742)
        case .spgist: OID(4000)
        case .brin: OID(3580)
        }
    }

    public var takesManyColumns: Bool { self != .hash && self != .spgist }
    public var takesIncludedColumns: Bool { self == .btree || self == .gist || self == .spgist }
    public var servesExclusion: Bool { self != .gin && self != .brin }
    /// All indexes have entries.
    public var keepsEntries: Bool { self == .btree || self == .hash }
}
