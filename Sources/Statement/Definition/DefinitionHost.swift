public import Base
public import Catalog
public import Engine
public import Query
public import Types

/// Where a sequence stands.
public struct SequencePosition: Hashable, Sendable {
    public var lastValue: Int64
    /// False: the next value drawn is `lastValue` itself.
    public var isCalled: Bool

    public init(lastValue: Int64, isCalled: Bool) {
        self.lastValue = lastValue
        self.isCalled = isCalled
    }
}

/// What running a definition needs of the session: its transaction on the catalog, locks, and
/// the work on stored rows and sequence states that goes with a change of the catalog.
public protocol DefinitionHost: AnyObject {
    var catalog: CatalogTransaction { get }
    /// Names as the session resolves them, over the newest catalog.
    var scope: CatalogScope { get }
    var user: OID { get }
    var typeContext: TypeContext { get }
    var settings: SessionSettings { get }
    /// Fills memory with random bytes.
    func fillRandom(_ bytes: UnsafeMutableRawBufferPointer)

    /// Sends a NOTICE or WARNING.
    func notify(_ notice: SQLError)

    /// The session's pg_temp_N, made if need be.
    func temporaryNamespace() throws(SQLError) -> OID

    // MARK: Locks, held until the end of the transaction

    func lock(_ relation: OID, _ mode: RelationLockMode) throws(SQLError)
    /// Excludes others who make an object of that name, until it is known whether they did.
    func lockName(_ name: String, in namespace: OID) throws(SQLError)
    /// Excludes other changes of a schema, role or database.
    func lock(_ object: ObjectAddress) throws(SQLError)

    /// - Throws: 55006 if checks of the table's rows wait for the end of the transaction.
    func requireNoPendingChecks(_ table: Relation, for command: String) throws(SQLError)

    /// A label of an enum that cannot be used until it is committed.
    func noteNewLabel(_ label: OID)

    // MARK: Stored rows

    /// True if the transaction sees no row.
    func isEmpty(_ table: Relation) throws(SQLError) -> Bool

    /// Fills a new index from the table's rows.
    /// - Throws: 23505 `could not create unique index`.
    func build(_ index: TableChecks.Index, of table: Shared<Relation>) throws(SQLError)

    /// Writes the rows of `old` into the new places of `new` and its indexes. `values` has an
    /// expression over the old row for each column of `new` (nil: the column as it was, by index).
    /// - Parameter order: an index of `old` in whose order they are written; nil: as they are.
    /// - Throws: 23502, 23505, 23514 as a row fails.
    func rewrite(
        _ old: Shared<Relation>, as new: Shared<Relation>, values: [Expression?],
        checks: TableChecks, order: Shared<Relation>?
    ) throws(SQLError)

    /// Checks that every row satisfies all of `checks` and has no null in `notNull` columns.
    /// - Throws: 23514 `check constraint … is violated by some row`, 23502.
    func validate(
        _ table: Shared<Relation>, checks: [TableChecks.Check], notNull: [Int]
    ) throws(SQLError)

    /// Checks that every row's key is in the referenced table.
    /// - Throws: 23503.
    func validate(_ foreignKey: ForeignKeyCheck) throws(SQLError)

    /// Checks that no row refers to a row of a partition that leaves its parent.
    /// - Parameter constraint: of `table`, the part for the partition.
    /// - Throws: 23503.
    func checkUnreferenced(
        _ constraint: Constraint, of table: Shared<Relation>, in partition: Shared<Relation>
    ) throws(SQLError)

    /// True if the table has a row that is not the given partition's.
    func hasStranger(_ table: Shared<Relation>, checks: [PartitionCheck]) throws(SQLError) -> Bool

    /// The value of an expression without columns.
    func evaluate(_ expression: Expression) throws(SQLError) -> Constant

    // MARK: Sequence states: private to the transaction until it commits

    /// Starts the state of a sequence whose `placement` is new.
    func createState(of sequence: Relation, at position: SequencePosition) throws(SQLError)
    func position(of sequence: Relation) throws(SQLError) -> SequencePosition
}
