public import Base
public import Catalog
internal import Functions

/// What planning needs to know beyond the statement. Closures, so that tests and other nodes'
/// catalogs can answer as well as a snapshot.
public struct PlannerSource {
    /// The relation of an OID: indexes of the tables that are read.
    public var relation: (OID) -> Shared<Relation>?
    /// Estimated rows of a table.
    public var rowCount: (Shared<Relation>) -> Double
    /// Whether a function may give another result for the same arguments within a statement, or
    /// has effects: such calls are never moved, duplicated or dropped.
    public var isVolatile: (OID) -> Bool
    /// Whether a function returns a set.
    public var isSetReturning: (OID) -> Bool

    /// Whether a function gives null whenever an argument is null.
    public var isStrict: (OID) -> Bool

    public init(
        relation: @escaping (OID) -> Shared<Relation>?, rowCount: @escaping (Shared<Relation>) -> Double,
        isVolatile: @escaping (OID) -> Bool, isSetReturning: @escaping (OID) -> Bool,
        isStrict: @escaping (OID) -> Bool
    ) {
        self.relation = relation
        self.rowCount = rowCount
        self.isVolatile = isVolatile
        self.isSetReturning = isSetReturning
        self.isStrict = isStrict
    }

    /// What a catalog snapshot and the built-in functions answer. Functions that are not built in
    /// count as volatile.
    /// - Parameter rowCount: estimated rows of a table.
    public init(
        _ snapshot: CatalogSnapshot, rowCount: @escaping (Shared<Relation>) -> Double
    ) {
        self.init(
            relation: { snapshot.relation($0) }, rowCount: rowCount,
            isVolatile: { FunctionRegistry.function($0).map { $0.volatility == .volatile } ?? true },
            isSetReturning: { FunctionRegistry.function($0)?.returnsSet ?? false },
            isStrict: { FunctionRegistry.function($0)?.isStrict ?? false })
    }
}
