public import Base
public import Catalog
internal import Functions
public import Query

/// What planning needs to know beyond the statement. Closures, so that tests and other nodes'
/// catalogs can answer as well as a snapshot.
public struct PlannerSource {
    /// The relation of an OID: indexes of the tables that are read.
    public var relation: (OID) -> Shared<Relation>?
    /// Estimated rows of a table.
    public var rowCount: (Shared<Relation>) -> Double
    /// What a sample of a table has told of its columns, if there is one.
    public var statistics: (Shared<Relation>) -> Shared<TableStatistics>? = { _ in nil }
    /// What an index of a table computes, over relation 0; nil: what it keeps cannot be used.
    public var indexTerms: (_ index: Shared<Relation>, _ table: Shared<Relation>) -> TableChecks.Index? =
        { _, _ in nil }
    /// Whether a function may give another result for the same arguments within a statement, or
    /// has effects: such calls are never moved, duplicated or dropped.
    public var isVolatile: (OID) -> Bool
    /// Whether a function returns a set.
    public var isSetReturning: (OID) -> Bool

    /// Whether a function gives null whenever an argument is null.
    public var isStrict: (OID) -> Bool
    /// Whether a call of constants may be computed while planning: immutable, and its kernel
    /// needs no more than its arguments.
    public var isFoldable: (OID) -> Bool
    /// Whether calls of a function depend on its arguments and the statement alone, so that any thread
    /// may compute them.
    public var isSelfContained: (OID) -> Bool = { _ in false }
    /// Whether an aggregate's states can be merged, and give the same in any order.
    public var isMergeable: (OID) -> Bool = { _ in false }
    /// How many threads may help with a node of a plan.
    public var parallelWorkersMax = 0
    /// They help whether or not it pays.
    public var forcesParallel = false
    /// Of a custom plan: the parameters' values, which count as constants; empty: not known.
    public var parameters: [Constant.Value] = []
    /// What the statement names beside the tables that it is planned for.
    public var named = NamedObjects()

    public init(
        relation: @escaping (OID) -> Shared<Relation>?,
        rowCount: @escaping (Shared<Relation>) -> Double,
        isVolatile: @escaping (OID) -> Bool, isSetReturning: @escaping (OID) -> Bool,
        isStrict: @escaping (OID) -> Bool, isFoldable: @escaping (OID) -> Bool
    ) {
        self.relation = relation
        self.rowCount = rowCount
        self.isVolatile = isVolatile
        self.isSetReturning = isSetReturning
        self.isStrict = isStrict
        self.isFoldable = isFoldable
    }

    /// What a catalog snapshot and the built-in functions answer. Functions that are not built in
    /// count as volatile.
    /// - Parameter rowCount: estimated rows of a table.
    public init(
        _ snapshot: CatalogSnapshot, rowCount: @escaping (Shared<Relation>) -> Double
    ) {
        self.init(
            relation: { snapshot.relation($0) }, rowCount: rowCount,
            isVolatile: { FunctionFacts.of($0) & FunctionFacts.isSteady == 0 },
            isSetReturning: { FunctionFacts.of($0) & FunctionFacts.returnsSet != 0 },
            isStrict: { FunctionFacts.of($0) & FunctionFacts.isStrict != 0 },
            isFoldable: { FunctionFacts.of($0) & FunctionFacts.isFoldable != 0 })
        isSelfContained = { FunctionFacts.of($0) & FunctionFacts.isSelfContained != 0 }
        isMergeable = { function in
            guard let entry = FunctionRegistry.aggregate(function) else { return false }
            return entry.kernel?.merge != nil && !entry.needsArgumentTypes
        }
    }
}

/// What planning asks of the built-in functions, a byte each: the registry's entries are large.
private enum FunctionFacts {
    static let isSteady: UInt8 = 1
    static let returnsSet: UInt8 = 2
    static let isStrict: UInt8 = 4
    static let isFoldable: UInt8 = 8
    static let isSelfContained: UInt8 = 16

    static func of(_ function: OID) -> UInt8 {
        let index = Int(function.rawValue)
        return index < bytes.count ? bytes[index] : 0
    }

    private static let bytes: [UInt8] = {
        let entries = FunctionRegistry.allFunctions
        var result = [UInt8](
            repeating: 0, count: (entries.map { Int($0.oid.rawValue) }.max() ?? 0) + 1)
        for entry in entries {
            var facts: UInt8 = 0
            if entry.volatility != .volatile { facts |= isSteady }
            if entry.returnsSet { facts |= returnsSet }
            if entry.isStrict { facts |= isStrict }
            switch entry.kernel {
            case .scalar, .vector:
                // What asks for types may ask the session about them.
                if entry.volatility != .volatile, !entry.returnsSet, !entry.needsArgumentTypes {
                    facts |= isSelfContained
                }
            case .hosted, .series, .missing: break
            }
            // PostgreSQL calls age() of two instants immutable, though it counts in the zone.
            if entry.volatility == .immutable, !entry.returnsSet, !entry.needsArgumentTypes,
                entry.key != "timestamptz_age"
            {
                switch entry.kernel {
                case .scalar, .vector: facts |= isFoldable
                case .hosted, .series, .missing: break
                }
            }
            result[Int(entry.oid.rawValue)] = facts
        }
        return result
    }()
}
