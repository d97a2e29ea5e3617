public import Base

/// The settings that text forms of values depend on, and what regclass and its kin ask the catalog.
/// A value of the session, passed down; belongs to one thread at a time.
public struct TypeContext {
    public enum DateStyle: Sendable, Equatable { case iso, sql, postgres, german }
    public enum DateOrder: Sendable, Equatable { case monthFirst, dayFirst, yearFirst }
    public enum ByteaOutput: Sendable, Equatable { case hex, escape }

    public var dateStyle = DateStyle.iso
    public var dateOrder = DateOrder.monthFirst
    public var timeZone = TimeZone.utc
    public var extraFloatDigits = 1
    public var byteaOutput = ByteaOutput.hex
    /// The transaction's start, for `now`, `today` …: µs since 2000-01-01 UTC.
    public var nowMicroseconds: Int64 = 0
    public var isArrayNullsOn = true

    /// The name to show for a relation, qualified and quoted as the search path needs. Nil: no such.
    public var relationName: ((OID) -> String?)?
    /// The relation that a possibly qualified name means; throws 42P01.
    public var relationNamed: ((String) throws(SQLError) -> OID)?
    /// The name of a type that is not built in.
    public var typeName: ((OID) -> String?)?
    /// The type that SQL text names; throws 42704. Without it, built-in names alone are known.
    public var typeNamed: ((String) throws(SQLError) -> OID)?
    public var namespaceName: ((OID) -> String?)?
    public var namespaceNamed: ((String) throws(SQLError) -> OID)?
    public var roleName: ((OID) -> String?)?
    public var roleNamed: ((String) throws(SQLError) -> OID)?
    public var functionName: ((OID) -> String?)?
    public var functionNamed: ((String) throws(SQLError) -> OID)?

    public init() {}
}
