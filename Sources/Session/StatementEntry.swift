internal import Base
internal import Parse
internal import Query
internal import Statement
internal import System
internal import Types

/// A statement that is ready to be bound: named or unnamed, by Parse or by SQL PREPARE. Portals
/// share it; it changes only when it is planned again.
final class StatementEntry {
    enum Body {
        /// No statement at all: EmptyQueryResponse.
        case empty
        /// Planned and run by the statement pipeline.
        case pipeline
        /// Run by the session itself: transactions, settings, prepared statements, cursors.
        case session(SyntaxStatement)
    }
    let body: Body
    /// Nil: no statement at all.
    let prepared: PreparedStatement?
    /// As it was prepared again when `prepared` did not hold any more.
    @exclusivity(unchecked) private(set) var renewed: PreparedStatement?
    /// It has been renewed, or a plan for the values given may be worth its planning.
    @exclusivity(unchecked) private(set) var needsCare = false
    /// Of DECLARE: what is planned is the query of the cursor.
    let declaration: DeclareCursorStatement?
    /// The whole text that it stands in, for the log.
    let text: [UInt8]
    let parameterTypes: [OID]
    let parameterDecoders: [ParameterDecoder]
    /// Some of them do.
    let needsParameterArena: Bool
    /// Nil: it returns no rows.
    let columns: [OutputColumn]?
    /// `columns` is not nil.
    let givesRows: Bool
    /// FETCH or EXECUTE: its columns are those of what it names.
    let namesAnother: Bool
    /// How each column is sent as text; as binary on demand, by the portal.
    let textEncoders: [ColumnEncoder]
    /// The RowDescription message of that, once it was asked for.
    @exclusivity(unchecked) var textDescription: [UInt8]?

    // Of a named statement, for pg_prepared_statements:
    @exclusivity(unchecked) private(set) var isNamed = false
    /// What its names were looked up in, and the state of the settings when that was last compared.
    @exclusivity(unchecked) private(set) var searchPath: [OID] = []
    @exclusivity(unchecked) private(set) var settingsGeneration: Int = 0
    /// By SQL's PREPARE, not by a message.
    @exclusivity(unchecked) private(set) var isFromSQL = false
    /// µs since 2000-01-01 UTC.
    @exclusivity(unchecked) private(set) var created: Int64 = 0
    /// How often it ran by its plan for all parameters, and by plans for the values given.
    @exclusivity(unchecked) var genericPlanCount = 0
    @exclusivity(unchecked) private(set) var customPlanCount = 0
    /// What the latter are estimated to have cost in all, in microseconds.
    @exclusivity(unchecked) private var customCost = 0.0

    /// Its plan did not hold any more: the next run begins with this one.
    func renew(_ prepared: PreparedStatement) {
        // A portal's own form of the plan is not for everybody.
        if prepared.isForPortal { return }
        renewed = prepared
        needsCare = true
    }

    private var mayPlanForValues: Bool {
        !parameterTypes.isEmpty && (renewed ?? prepared)?.isCostly == true
    }

    func countCustomPlan(cost: Double) {
        customPlanCount += 1
        customCost += cost
    }

    /// Whether a plan for the values given is to be made (PostgreSQL's choose_custom_plan): five
    /// times, and then if those were estimated to cost less than the plan for all. Statements that
    /// are cheap for any value have just the latter.
    var prefersCustomPlan: Bool {
        guard mayPlanForValues, let prepared = renewed ?? prepared else { return false }
        if customPlanCount < StatementEntry.customPlansMin { return true }
        return prepared.cost >= customCost / Double(customPlanCount)
    }

    /// The same for EXPLAIN EXECUTE, which shows the first runs of any statement for their values.
    var prefersCustomExplanation: Bool {
        mayPlanForValues
            ? prefersCustomPlan
            : customPlanCount + genericPlanCount < StatementEntry.customPlansMin
    }

    private static let customPlansMin = 5

    /// It gets a name now.
    func becomesNamed(isFromSQL: Bool, searchPath: [OID], settingsGeneration: Int) {
        isNamed = true
        checked(searchPath, settingsGeneration)
        self.isFromSQL = isFromSQL
        created = wallClockMicroseconds()
    }

    func checked(_ searchPath: [OID], _ settingsGeneration: Int) {
        self.searchPath = searchPath
        self.settingsGeneration = settingsGeneration
    }

    /// What a portal stands for before its first statement.
    nonisolated(unsafe) static let none = StatementEntry()

    /// No statement.
    init() {
        body = .empty
        prepared = nil
        declaration = nil
        text = []
        parameterTypes = []
        parameterDecoders = []
        needsParameterArena = false
        columns = nil
        givesRows = false
        namesAnother = false
        textEncoders = []
    }

    init(_ prepared: PreparedStatement, columns: [OutputColumn]?) {
        let isSession = StatementEntry.isSessionStatement(prepared.statement)
        body = isSession ? .session(prepared.statement) : .pipeline
        self.prepared = prepared
        if case .declareCursor(let declaration) = prepared.statement {
            self.declaration = declaration
        } else {
            declaration = nil
        }
        switch prepared.statement {
        case .fetch(let fetch): namesAnother = !fetch.isMove
        case .execute: namesAnother = true
        default: namesAnother = false
        }
        text = prepared.text
        parameterTypes = prepared.parameterTypes
        parameterDecoders = prepared.parameterTypes.map(ParameterDecoder.init)
        needsParameterArena = parameterDecoders.contains { $0.needsArena }
        self.columns = columns
        givesRows = columns != nil
        needsCare = prepared.isCostly && !prepared.parameterTypes.isEmpty
        textEncoders = (columns ?? []).map { ColumnEncoder(type: $0.type, isBinary: false) }
    }

    /// A statement that gives rows and changes nothing.
    var query: PreparedStatement? {
        guard case .pipeline = body, let prepared, prepared.isQuery else { return nil }
        return prepared
    }

    /// The syntax, where it matters to the session: for the check of a failed block.
    var sessionSyntax: SyntaxStatement? {
        if case .session(let syntax) = body { return syntax }
        return nil
    }

    /// True for what the session runs itself.
    static func isSessionStatement(_ statement: SyntaxStatement) -> Bool {
        switch statement {
        case .transaction, .variableSet, .variableShow, .prepare, .execute, .deallocate,
            .fetch, .closePortal, .discard, .notify, .listen, .unlisten:
            true
        default: false
        }
    }
}
