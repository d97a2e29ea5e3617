public import Base

/// Whose sessions settings are for that ALTER ROLE … SET and ALTER DATABASE … SET have made: those of
/// a role, in a database, both, or all; an invalid OID stands for all.
public struct SettingsScope: Hashable, Sendable {
    public var database: OID
    public var role: OID

    public init(database: OID, role: OID) {
        self.database = database
        self.role = role
    }
}
