public import Base
internal import Types

/// What the rows of computed relations are computed from.
public struct ComputedContext {
    public var scope: CatalogScope
    public var settings: SessionSettings
    /// Where a sequence stands; nil if the user may not know, or nothing was drawn yet.
    public var sequenceLastValue: (OID) -> Int64?
    /// Estimated rows and bytes of a table.
    public var tableSize: (Relation) -> (rows: Double, bytes: Int)
    /// What ANALYZE has found out about a table.
    public var statistics: (Relation) -> TableStatistics?
    /// The text of a view's query.
    public var viewDefinition: (Relation) -> String?
    /// What a view lets be changed below it, as bits: UPDATE 4, INSERT 8, DELETE 16.
    public var updatableEvents: (Relation) -> Int
    /// The columns of a view that UPDATE may change.
    public var updatableColumns: (Relation) -> Set<Int>
    /// An expression of a table, or of a domain (`Domain.valueTable`), for people.
    public var expressionText: (StoredExpression, Relation) -> String
    public var sessions: () -> [SessionActivity]
    public var locks: () -> [LockActivity]
    public var cursors: () -> [CursorActivity]
    public var preparedStatements: () -> [PreparedActivity] = { [] }
    /// How a database was used.
    public var use: (OID) -> DatabaseUse = { _ in DatabaseUse() }
    /// An estimate of the rows in a table.
    public var liveRows: (Relation) -> Int = { _ in 0 }

    public init(scope: CatalogScope, settings: SessionSettings) {
        self.scope = scope
        self.settings = settings
        sequenceLastValue = { _ in nil }
        tableSize = { _ in (-1, 0) }
        statistics = { _ in nil }
        viewDefinition = { _ in nil }
        updatableEvents = { _ in 0 }
        updatableColumns = { _ in [] }
        expressionText = { stored, _ in scope.displayText(of: stored) }
        sessions = { [] }
        locks = { [] }
        cursors = { [] }
    }

    var snapshot: CatalogSnapshot { scope.snapshot }
    func schemaName(_ oid: OID) -> String { snapshot.namespace(oid)?.name ?? "" }
    func roleName(_ oid: OID) -> String {
        snapshot.role(oid)?.name ?? "unknown (OID=\(oid))"
    }
    var databaseName: String { snapshot.database(snapshot.database)?.name ?? "" }

    /// User and built-in relations, by OID.
    var allRelations: [Shared<Relation>] { ComputedRelations.all + snapshot.relations }

    /// True if the user owns the relation or has any right on it: what information_schema shows.
    func isShown(_ relation: Relation) -> Bool {
        let any: Privilege.Rights =
            relation.kind == .sequence
            ? [.usage, .select, .update]
            : [.select, .insert, .update, .delete, .truncate, .references, .trigger]
        return snapshot.hasRightsSomewhere(any, on: relation, user: scope.user)
            || snapshot.hasPrivileges(of: relation.owner, member: scope.user)
    }

    /// The same of one column, whose table `isShown`.
    func isShown(_ column: Int, of relation: Relation) -> Bool {
        // Where nothing was granted on columns they are shown as the table is.
        if relation.columnPrivileges.isEmpty { return true }
        let any = PrivilegeKind.column.all
        return snapshot.hasRights(any, on: relation, user: scope.user)
            || snapshot.hasColumnRights(any, column: column, of: relation, user: scope.user)
            || snapshot.hasPrivileges(of: relation.owner, member: scope.user)
    }
}

/// Where a client is.
public struct ClientAddress: Sendable {
    public var host: String
    public var port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// As a value of inet.
    public func datum(_ arena: Arena) -> Datum {
        NetworkText.address(host).map { Datum(view: $0.view(arena: arena)) } ?? .null
    }
}

/// A row of pg_stat_activity.
public struct SessionActivity: Sendable {
    public var database: OID
    public var processID: Int32
    public var user: OID
    public var applicationName: String
    /// Nil: a Unix socket.
    public var client: ClientAddress?
    /// µs since 2000-01-01 UTC.
    public var started: Int64
    public var transactionStarted: Int64?
    public var queryStarted: Int64?
    public var stateChanged: Int64?
    /// `active`, `idle`, `idle in transaction` …
    public var state: String
    public var query: String

    public init(
        database: OID, processID: Int32, user: OID, applicationName: String,
        client: ClientAddress?, started: Int64, transactionStarted: Int64?, queryStarted: Int64?,
        stateChanged: Int64?, state: String, query: String
    ) {
        self.database = database
        self.processID = processID
        self.user = user
        self.applicationName = applicationName
        self.client = client
        self.started = started
        self.transactionStarted = transactionStarted
        self.queryStarted = queryStarted
        self.stateChanged = stateChanged
        self.state = state
        self.query = query
    }
}

/// A row of pg_locks: a relation's, an advisory lock's or a transaction's.
public struct LockActivity: Sendable {
    public var database: OID
    public var relation: OID
    /// classid, objid and objsubid of an advisory lock; nil: a relation's.
    public var advisory: (high: UInt32, low: UInt32, kind: Int)?
    /// The transaction that is locked; nil: something else is.
    public var transaction: UInt32?
    public var processID: Int32
    /// `AccessShareLock` …
    public var mode: String
    public var isGranted: Bool

    public init(database: OID, relation: OID, processID: Int32, mode: String, isGranted: Bool) {
        self.database = database
        self.relation = relation
        self.processID = processID
        self.mode = mode
        self.isGranted = isGranted
    }
}

/// A row of pg_prepared_statements.
public struct PreparedActivity: Sendable {
    public var name: String
    public var statement: String
    /// µs since 2000-01-01 UTC.
    public var created: Int64
    public var parameterTypes: [OID]
    public var isFromSQL: Bool
    public var genericPlanCount: Int
    public var customPlanCount: Int

    public init(
        name: String, statement: String, created: Int64, parameterTypes: [OID], isFromSQL: Bool,
        genericPlanCount: Int, customPlanCount: Int
    ) {
        self.name = name
        self.statement = statement
        self.created = created
        self.parameterTypes = parameterTypes
        self.isFromSQL = isFromSQL
        self.genericPlanCount = genericPlanCount
        self.customPlanCount = customPlanCount
    }
}

/// A row of pg_cursors.
public struct CursorActivity: Sendable {
    public var name: String
    public var statement: String
    public var isHoldable: Bool
    public var isBinary: Bool
    public var isScrollable: Bool
    /// µs since 2000-01-01 UTC.
    public var created: Int64
    /// The present statement is its own.
    public var isRunning: Bool

    public init(
        name: String, statement: String, isHoldable: Bool, isBinary: Bool, isScrollable: Bool,
        created: Int64, isRunning: Bool
    ) {
        self.isRunning = isRunning
        self.name = name
        self.statement = statement
        self.isHoldable = isHoldable
        self.isBinary = isBinary
        self.isScrollable = isScrollable
        self.created = created
    }
}

/// A value of a computed row, in the terms of the catalog; the column's type decides its form.
enum ComputedValue {
    case null
    case bool(Bool)
    case int(Int64)
    case real(Double)
    case oid(OID)
    case char(Character)
    case text(String)
    case oids([OID])
    case ints([Int])
    case reals([Double])
    /// Values of a column, as an array of its type.
    case samples([SampledValue], element: OID)
    case texts([String])
    case client(ClientAddress)
    case interval(seconds: Int)
    case chars([Character])

    static func int(_ value: Int) -> ComputedValue { .int(Int64(value)) }
    static func optional(_ text: String?) -> ComputedValue { text.map { .text($0) } ?? .null }
    static func optional(_ value: Int64?) -> ComputedValue { value.map { .int($0) } ?? .null }
    static func yesNo(_ value: Bool) -> ComputedValue { .text(value ? "YES" : "NO") }

    /// As a value of `type`; bytes are copied into `arena`.
    func datum(_ type: OID, _ arena: Arena) -> Datum {
        switch self {
        case .null: return .null
        case .bool(let value): return Datum(value)
        case .int(let value): return Datum(word: value)
        case .oid(let value): return Datum(value)
        case .real(let value): return type == .float4 ? Datum(Float(value)) : Datum(value)
        case .char(let character):
            return Datum(word: Int64(character.asciiValue.map { Int8(bitPattern: $0) } ?? 0))
        case .text(let text): return Datum(view: ByteView(copying: text, into: arena))
        case .client(let address): return address.datum(arena)
        case .interval(let seconds):
            let value = Interval(months: 0, days: 0, microseconds: Int64(seconds) * 1_000_000)
            return Datum(view: value.view(in: arena))
        case .oids(let oids):
            let element = TypeCatalog.info(type)?.elementOID ?? .invalid
            return array(
                oids.map { Datum($0) }, element.isValid ? element : .oid, type, arena)
        case .ints(let values):
            return array(values.map { Datum(word: Int64($0)) }, .int2, type, arena)
        case .chars(let letters):
            return array(
                letters.map { Datum(word: Int64($0.asciiValue ?? 0)) }, .char, type, arena)
        case .reals(let values):
            return array(values.map { Datum(Float($0)) }, .float4, type, arena)
        case .samples(let samples, let element):
            let data = samples.map { sample in
                switch sample.content {
                case .word(let word): Datum(word: word)
                case .bytes(let bytes): Datum(view: ByteView(copying: bytes, into: arena))
                }
            }
            return array(data, element, type, arena)
        case .texts(let texts):
            let element = TypeCatalog.info(type)?.elementOID ?? .text
            return array(
                texts.map { Datum(view: ByteView(copying: $0, into: arena)) }, element, type, arena)
        }
    }

    private func array(_ elements: [Datum], _ element: OID, _ type: OID, _ arena: Arena) -> Datum {
        // The two vector types count from 0.
        let isVector = type == .int2vector || type == .oidvector
        return Datum(
            view: ArrayBinary.make(
                elements, element: element, lowerBound: isVector ? 0 : 1, arena: arena))
    }
}
