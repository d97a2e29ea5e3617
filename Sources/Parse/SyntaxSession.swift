/// Transactions, settings, prepared statements, cursors and maintenance.

public struct TransactionStatement: Sendable {
    public enum Kind: Sendable {
        case begin, start, commit, rollback
        case savepoint, release, rollbackTo
        case prepare, commitPrepared, rollbackPrepared
    }
    public var kind: Kind
    /// "transaction_isolation", "transaction_read_only", "transaction_deferrable".
    public var options: [DefinitionElement]
    public var savepointName: String?
    /// Of a prepared transaction.
    public var globalIdentifier: String?
    /// AND CHAIN.
    public var isChained: Bool
}

/// SET and RESET.
public struct VariableSetStatement: Sendable {
    public enum Kind: Sendable {
        case value
        /// TO DEFAULT.
        case `default`
        /// FROM CURRENT.
        case current
        /// SET TRANSACTION ("TRANSACTION"), SESSION CHARACTERISTICS, TRANSACTION SNAPSHOT.
        case multi
        case reset
        case resetAll
    }
    public enum Argument: Sendable {
        case constant(SyntaxConstant, location: Int)
        /// A cast constant: `INTERVAL '…' HOUR TO MINUTE` in SET TIME ZONE.
        case interval(String, TypeNameSyntax)
        /// An option of SET TRANSACTION.
        case element(DefinitionElement)
    }
    public var kind: Kind
    /// Nil for RESET ALL.
    public var name: String?
    public var arguments: [Argument]
    public var isLocal: Bool
}

extension SyntaxConstant {
    /// The text that SET passes on.
    public var settingText: String {
        switch self {
        case .integer(let value): String(value)
        case .float(let text), .string(let text), .bitString(let text): text
        case .boolean(let value): value ? "true" : "false"
        case .null: ""
        }
    }
}

public struct PrepareStatement: Sendable {
    public var name: String
    public var argumentTypes: [TypeNameSyntax]
    public var query: SyntaxStatement
}

public struct ExecuteStatement: Sendable {
    public var name: String
    public var parameters: [SyntaxExpression]
}

public struct DeclareCursorStatement: Sendable {
    public struct Options: OptionSet, Sendable {
        public var rawValue: Int32
        public init(rawValue: Int32) { self.rawValue = rawValue }
        public static let binary = Options(rawValue: 0x0001)
        public static let scroll = Options(rawValue: 0x0002)
        public static let noScroll = Options(rawValue: 0x0004)
        public static let insensitive = Options(rawValue: 0x0008)
        public static let asensitive = Options(rawValue: 0x0010)
        public static let hold = Options(rawValue: 0x0020)
    }
    public var name: String
    public var options: Options
    public var query: SelectStatement
}

/// FETCH and MOVE.
public struct FetchStatement: Sendable {
    public enum Direction: Sendable { case forward, backward, absolute, relative }
    public var direction: Direction
    /// `Int.max` is ALL.
    public var count: Int
    public var portalName: String
    public var isMove: Bool
}

public enum DiscardTarget: Sendable { case all, plans, sequences, temporary }

public struct ConstraintsSetStatement: Sendable {
    /// Empty is ALL.
    public var constraints: [RangeVariable]
    public var isDeferred: Bool
}

public struct LockStatement: Sendable {
    /// In order of strength; raw values are PostgreSQL's lock mode numbers.
    public enum Mode: Int, Sendable {
        case accessShare = 1, rowShare, rowExclusive, shareUpdateExclusive, share
        case shareRowExclusive, exclusive, accessExclusive
    }
    public var relations: [RangeVariable]
    public var mode: Mode
    public var isNoWait: Bool
}

public struct ExplainStatement: Sendable {
    public var query: SyntaxStatement
    /// "analyze", "verbose", "costs", "format" …
    public var options: [DefinitionElement]
}

public struct VacuumStatement: Sendable {
    public struct Relation: Sendable {
        public var relation: RangeVariable
        public var columns: [String]
    }
    /// False for ANALYZE.
    public var isVacuum: Bool
    public var options: [DefinitionElement]
    /// Empty: everything.
    public var relations: [Relation]
}

public struct ClusterStatement: Sendable {
    /// Nil: every table clustered before.
    public var relation: RangeVariable?
    public var indexName: String?
    public var options: [DefinitionElement]
}

public struct ReindexStatement: Sendable {
    public enum Kind: Sendable { case index, table, schema, system, database }
    public var kind: Kind
    /// Of INDEX and TABLE.
    public var relation: RangeVariable?
    /// Of SCHEMA, SYSTEM and DATABASE.
    public var name: String?
    public var options: [DefinitionElement]
}
