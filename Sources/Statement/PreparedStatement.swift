public import Base
public import Parse
public import Query
internal import Synchronization

/// One statement, analysed and planned as far as that goes before parameters are known.
///
/// Shared by all sessions that send the same text under the same search path and settings
/// (`StatementCache`); a session's portals refer to it. Valid while the catalog has the version it
/// was made for: `StatementRunner` makes it again otherwise.
public final class PreparedStatement: Sendable {
    /// The whole text in which the statement stands.
    public let text: [UInt8]
    public let parsed: ParsedStatement
    /// Of SELECT, INSERT, UPDATE, DELETE; everything else runs from its syntax.
    let plan: PhysicalPlan?
    /// Nil: its tag has no count.
    let command: CountedCommand?
    /// Types of `$1` …, all known.
    public let parameterTypes: [OID]
    /// By what the cache knows it: its text, if that holds no other statement. Nil: it does not.
    let cacheKey: [UInt8]?
    /// Nil if the statement gives no rows.
    public let columns: [OutputColumn]?
    /// Catalog version it was analysed with; nil if that does not matter.
    let catalogVersion: UInt64?
    /// Planned for a transaction whose snapshot is older than some index.
    let avoidsIndexes: Bool
    /// What its estimates rest on.
    let basis: PlanBasis
    /// Its rows keep the keys that WHERE CURRENT OF needs.
    let isForCursor: Bool
    /// The same query planned for a cursor, once a portal with a name has asked for it.
    let cursorForm = AtomicLazyReference<PreparedStatement>()

    init(
        text: [UInt8], parsed: ParsedStatement, plan: PhysicalPlan?, parameterTypes: [OID],
        cacheKey: [UInt8]?, columns: [OutputColumn]?, catalogVersion: UInt64?,
        avoidsIndexes: Bool = false, basis: PlanBasis = PlanBasis(), isForCursor: Bool = false
    ) {
        self.text = text
        self.parsed = parsed
        self.plan = plan
        command = CountedCommand(parsed.statement)
        self.parameterTypes = parameterTypes
        self.cacheKey = cacheKey
        self.columns = columns
        self.catalogVersion = catalogVersion
        self.avoidsIndexes = avoidsIndexes
        self.basis = basis
        self.isForCursor = isForCursor
    }

    /// The statement's own part of `text`.
    public var sourceText: String {
        String(decoding: text[parsed.range(inTextOf: text.count)], as: UTF8.self)
    }

    public var statement: SyntaxStatement { parsed.statement }

    /// A query so long that planning it anew is nothing beside it.
    public var isCostly: Bool { cost > PreparedStatement.costlyMin }
    /// Microseconds.
    private static let costlyMin = 500.0
    private static let planningCostPerRelation = 30.0

    /// What running it is estimated to take, in microseconds.
    public var cost: Double { plan?.cost ?? 0 }
    /// The same with the planning that a plan for single values needs each time.
    public var customCost: Double {
        cost + PreparedStatement.planningCostPerRelation * Double((plan?.relations.count ?? 0) + 1)
    }

    /// SELECT, INSERT, UPDATE or DELETE.
    public var isPlanned: Bool { plan != nil }

    /// What `StatementRunner.cursorForm` gives.
    public var isForPortal: Bool { isForCursor }

    /// It gives rows and changes nothing: they can be had one by one.
    public var isQuery: Bool { columns != nil && plan?.changesData == false }
}
