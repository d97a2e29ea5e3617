public import Base
public import Catalog

/// What planning needs to know beyond the statement. Closures, so that tests and other nodes'
/// catalogs can answer as well as a snapshot.
public struct PlannerSource {
    /// The relation of an OID: indexes of the tables that are read.
    public var relation: (OID) -> Shared<Relation>?
    /// Estimated rows of a table.
    public var rowCount: (OID) -> Double
    /// Whether a function may give another result for the same arguments within a statement, or
    /// has effects: such calls are never moved, duplicated or dropped.
    public var isVolatile: (OID) -> Bool
    /// Whether a function returns a set.
    public var isSetReturning: (OID) -> Bool

    /// Whether a function gives null whenever an argument is null.
    public var isStrict: (OID) -> Bool

    public init(
        relation: @escaping (OID) -> Shared<Relation>?, rowCount: @escaping (OID) -> Double,
        isVolatile: @escaping (OID) -> Bool, isSetReturning: @escaping (OID) -> Bool,
        isStrict: @escaping (OID) -> Bool
    ) {
        self.relation = relation
        self.rowCount = rowCount
        self.isVolatile = isVolatile
        self.isSetReturning = isSetReturning
        self.isStrict = isStrict
    }
}
