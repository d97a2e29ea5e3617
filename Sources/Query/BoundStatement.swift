public import Base
public import Catalog

/// INSERT, resolved. The source's visible columns are the values of `columns`, already coerced to
/// the columns' types; every other column gets its entry of `defaults`.
public struct BoundInsert: Sendable {
    public enum ConflictAction: Sendable {
        case nothing
        /// Assignments see the existing row as relation 0 and `excluded` as relation 1.
        case update(assignments: [Assignment], predicate: Expression?)
    }
    public struct Conflict: Sendable {
        /// The unique indexes that arbitrate; empty: all of them (DO NOTHING without a target).
        public var indexes: [OID]
        public var action: ConflictAction

        public init(indexes: [OID], action: ConflictAction) {
            self.indexes = indexes
            self.action = action
        }
    }

    public var table: Shared<Relation>
    /// Of a partitioned table.
    public var partitions: PartitionedTable?
    public var columns: [Int]
    public var source: BoundQuery
    /// One expression for each column of the table (nil: null), used where `columns` has none.
    public var defaults: [Expression?]
    public var checks: TableChecks
    public var conflict: Conflict?
    /// Over relation 0: the table.
    public var returning: [Target]
    /// Whose rights count for the table: a view's owner; invalid: the user's.
    public var checkAs = OID.invalid
    /// WITH before INSERT.
    public var commonTables: [CommonTable] = []
    /// COPY FROM … WHERE, over relation 0: rows that it does not hold for are passed over.
    public var filter: Expression?

    public init(
        table: Shared<Relation>, columns: [Int], source: BoundQuery, defaults: [Expression?],
        checks: TableChecks, conflict: Conflict?, returning: [Target]
    ) {
        self.table = table
        self.columns = columns
        self.source = source
        self.defaults = defaults
        self.checks = checks
        self.conflict = conflict
        self.returning = returning
    }
}

extension BoundInsert {
    /// What the user must be allowed to do to the table.
    public var rights: Privilege.Rights {
        var rights: Privilege.Rights = [.insert]
        func note(_ expression: Expression) {
            expression.forEachVariable { variable, level in
                if level == 0, variable.relation == 0 { rights.insert(.select) }
            }
        }
        if let filter { note(filter) }
        for target in returning { note(target.expression) }
        // To look for conflicts on named columns is to read them.
        if conflict?.indexes.isEmpty == false { rights.insert(.select) }
        if case .update(let assignments, let predicate)? = conflict?.action {
            rights.insert(.update)
            for assignment in assignments { note(assignment.value) }
            if let predicate { note(predicate) }
        }
        return rights
    }
}

extension BoundModify {
    /// What the user must be allowed to do to the table: to read it only if a column is named.
    public var rights: Privilege.Rights {
        var rights: Privilege.Rights = assignments == nil ? .delete : .update
        func note(_ variable: Variable, _ level: Int) {
            if level == 0, variable.relation == 0 { rights.insert(.select) }
        }
        query.body.forEachVariable { note($0, $1) }
        for assignment in assignments ?? [] { assignment.value.forEachVariable { note($0, $1) } }
        for target in returning { target.expression.forEachVariable { note($0, $1) } }
        return rights
    }
}

/// What a new row of a table must satisfy and how its generated columns and expression index keys
/// are computed; expressions over relation 0: the table itself.
public struct TableChecks: Sendable {
    public struct Check: Sendable {
        public var name: String
        public var predicate: Expression
        /// WITH CHECK OPTION of the view `name`.
        public var isOfView: Bool
        public init(name: String, predicate: Expression, isOfView: Bool = false) {
            self.name = name
            self.predicate = predicate
            self.isOfView = isOfView
        }
    }
    /// Everything known of one index of the table, with its expressions analysed.
    public struct Index: Sendable {
        public var relation: Shared<Relation>
        /// One for each key: `.variable` for plain columns.
        public var keys: [Expression]
        public var predicate: Expression?
        public init(relation: Shared<Relation>, keys: [Expression], predicate: Expression?) {
            self.relation = relation
            self.keys = keys
            self.predicate = predicate
        }
    }
    /// By name, as PostgreSQL checks them.
    public var checks: [Check]
    /// The primary key first, then by OID.
    public var indexes: [Index]
    /// Foreign keys of this table, and of others that refer to it, with the relations they need.
    public var foreignKeys: [ForeignKeyCheck]
    public var referencedBy: [ForeignKeyCheck]
    /// Column → expression of generated columns.
    public var generated: [(column: Int, expression: Expression)]
    /// Of a partition: what makes a row belong to it, for its own parent and those above.
    public var partition: [PartitionCheck] = []
    /// The rows are those that the table has: a definition writes them anew, and no key may wait.
    public var isRebuild = false

    public init(
        checks: [Check] = [], indexes: [Index] = [], foreignKeys: [ForeignKeyCheck] = [],
        referencedBy: [ForeignKeyCheck] = [], generated: [(column: Int, expression: Expression)] = []
    ) {
        self.checks = checks
        self.indexes = indexes
        self.foreignKeys = foreignKeys
        self.referencedBy = referencedBy
        self.generated = generated
    }
}

/// `SET column = expression`.
public struct Assignment: Sendable {
    public var column: Int
    public var value: Expression

    public init(column: Int, value: Expression) {
        self.column = column
        self.value = value
    }
}

/// UPDATE or DELETE, resolved: `query`'s range table entry 0 is the target table (others come from
/// FROM or USING); its targets are not used. All expressions are over that range table.
public struct BoundModify: Sendable {
    public var table: Shared<Relation>
    /// Of a partitioned table.
    public var partitions: PartitionedTable?
    public var query: BoundQuery
    /// Nil for DELETE.
    public var assignments: [Assignment]?
    public var checks: TableChecks
    public var returning: [Target]
    /// As `BoundInsert.checkAs`.
    public var checkAs = OID.invalid
    /// WITH before UPDATE or DELETE.
    public var commonTables: [CommonTable] = []
    /// WHERE CURRENT OF this cursor: the only row of the table that is looked at.
    public var cursor: String?

    public init(
        table: Shared<Relation>, query: BoundQuery, assignments: [Assignment]?,
        checks: TableChecks, returning: [Target], cursor: String? = nil
    ) {
        self.cursor = cursor
        self.table = table
        self.query = query
        self.assignments = assignments
        self.checks = checks
        self.returning = returning
    }
}

/// A statement that is planned and run; utility statements run from their syntax.
public enum BoundStatement: Sendable {
    case select(BoundQuery)
    case insert(BoundInsert)
    case update(BoundModify)
    case delete(BoundModify)
    case merge(BoundMerge)

    /// WITH before a statement that changes data.
    public var commonTables: [CommonTable] {
        switch self {
        case .select: []
        case .insert(let insert): insert.commonTables
        case .update(let modify), .delete(let modify): modify.commonTables
        case .merge(let merge): merge.commonTables
        }
    }

    /// What its rows are made of: of a statement that changes data, RETURNING's.
    public var columns: [OutputColumn] {
        switch self {
        case .select(let query): query.columns
        case .insert(let insert): insert.returning.map(\.column)
        case .update(let modify), .delete(let modify): modify.returning.map(\.column)
        case .merge: []
        }
    }
}
