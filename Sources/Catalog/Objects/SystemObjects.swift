public import Base

/// PostgreSQL's OIDs of catalogs and of the objects that every database starts with.
public enum SystemOID {
    // Catalogs, as classid of object addresses.
    public static let type = OID(1247)
    public static let attribute = OID(1249)
    public static let procedure = OID(1255)
    public static let relation = OID(1259)
    public static let role = OID(1260)
    public static let roleMembership = OID(1261)
    public static let database = OID(1262)
    public static let tablespace = OID(1213)
    public static let constraint = OID(2606)
    public static let columnDefault = OID(2604)
    public static let namespace = OID(2615)
    public static let `operator` = OID(2617)
    public static let accessMethod = OID(2601)
    public static let rewriteRule = OID(2618)
    public static let language = OID(2612)
    public static let `extension` = OID(3079)
    public static let collation = OID(3456)

    // Schemas.
    public static let catalogNamespace = OID(11)
    public static let toastNamespace = OID(99)
    public static let publicNamespace = OID(2200)
    public static let informationNamespace = OID(13207)

    // Roles and databases.
    public static let superuser = OID(10)
    public static let readAllSettingsRole = OID(3374)
    public static let databaseOwnerRole = OID(6171)
    public static let template1Database = OID(1)
    public static let template0Database = OID(4)
    public static let postgresDatabase = OID(5)

    public static let defaultTablespace = OID(1663)
    public static let heapAccessMethod = OID(2)
    public static let btreeAccessMethod = OID(403)
    public static let cCollation = OID(950)
    public static let defaultCollation = OID(100)
}
