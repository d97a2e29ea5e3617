internal import Base
internal import Parse
internal import Query
internal import Statement
internal import System
internal import Types

/// A statement that is ready to be bound: named or unnamed, by Parse or by SQL PREPARE. Portals
/// share it; it does not change.
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
    /// Of DECLARE: what is planned is the query of the cursor.
    let declaration: DeclareCursorStatement?
    /// The whole text that it stands in, for the log.
    let text: [UInt8]
    let parameterTypes: [OID]
    /// Nil: it returns no rows.
    let columns: [OutputColumn]?
    /// `columns` is not nil.
    let givesRows: Bool
    /// How each column is sent as text; as binary on demand, by the portal.
    let textEncoders: [ColumnEncoder]
    /// The RowDescription message of that, once it was asked for.
    @exclusivity(unchecked) var textDescription: [UInt8]?

    // Of a named statement, for pg_prepared_statements:
    /// By SQL's PREPARE, not by a message.
    @exclusivity(unchecked) private(set) var isFromSQL = false
    /// µs since 2000-01-01 UTC.
    @exclusivity(unchecked) private(set) var created: Int64 = 0
    /// How often it ran by its plan for all parameters, and by plans for the values given.
    @exclusivity(unchecked) var genericPlanCount = 0
    @exclusivity(unchecked) var customPlanCount = 0

    /// It gets a name now.
    func becomesNamed(isFromSQL: Bool) {
        self.isFromSQL = isFromSQL
        created = wallClockMicroseconds()
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
        columns = nil
        givesRows = false
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
        text = prepared.text
        parameterTypes = prepared.parameterTypes
        self.columns = columns
        givesRows = columns != nil
        textEncoders = (columns ?? []).map { ColumnEncoder(type: $0.type, isBinary: false) }
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
