internal import Base

/// What every database has from the start, beside the computed relations.
enum BuiltinObjects {
    static let namespaces: [Namespace] = [
        Namespace(
            oid: SystemOID.catalogNamespace, name: "pg_catalog", owner: SystemOID.superuser,
            privileges: usage),
        Namespace(
            oid: SystemOID.informationNamespace, name: "information_schema",
            owner: SystemOID.superuser, privileges: usage),
        Namespace(oid: SystemOID.toastNamespace, name: "pg_toast", owner: SystemOID.superuser),
    ]

    private static let usage = [
        Privilege(
            grantee: SystemOID.superuser, grantor: SystemOID.superuser,
            rights: [.usage, .create], grantable: []),
        Privilege(
            grantee: .invalid, grantor: SystemOID.superuser, rights: .usage, grantable: []),
    ]

    /// The schema `public` of a new database.
    static let publicNamespace = Namespace(
        oid: SystemOID.publicNamespace, name: "public", owner: SystemOID.databaseOwnerRole,
        privileges: [
            Privilege(
                grantee: SystemOID.databaseOwnerRole, grantor: SystemOID.databaseOwnerRole,
                rights: [.usage, .create], grantable: []),
            Privilege(
                grantee: .invalid, grantor: SystemOID.databaseOwnerRole, rights: .usage,
                grantable: []),
        ])

    /// What a new database has of its own: the schema public and what is said about it.
    static var databaseContent: [(key: CatalogKey, value: CatalogValue)] {
        [
            (.namespace(publicNamespace.oid), .namespace(Shared(publicNamespace))),
            (.comment(.namespace(publicNamespace.oid)), .comment("standard public schema")),
        ]
    }

    /// What is said about the databases that the first start makes.
    static let databaseComments: [(database: OID, text: String)] = [
        (SystemOID.template1Database, "default template for new databases"),
        (SystemOID.template0Database, "unmodifiable empty database"),
        (SystemOID.postgresDatabase, "default administrative connection database"),
    ]

    /// PostgreSQL's predefined roles and the superuser.
    static let roles: [Role] =
        [
            Role(
                oid: SystemOID.superuser, name: "postgres",
                attributes: [
                    .superuser, .inherit, .createRole, .createDatabase, .login, .replication,
                    .bypassRowSecurity,
                ])
        ] + predefinedRoles.map { oid, name in
            let memberships = oid == monitorRole ? monitorMemberships : []
            return Role(
                oid: OID(oid), name: name, attributes: .inherit, memberships: memberships)
        }

    static func role(named name: String) -> OID? { roles.first { $0.name == name }?.oid }

    private static let monitorRole: UInt32 = 3373

    /// pg_monitor may what the three roles of its parts may.
    private static let monitorMemberships = [3374, 3375, 3377].map {
        Role.Membership(role: OID($0), grantor: SystemOID.superuser, withAdmin: false)
    }

    private static let predefinedRoles: [(UInt32, String)] = [
        (6171, "pg_database_owner"), (6181, "pg_read_all_data"), (6182, "pg_write_all_data"),
        (3373, "pg_monitor"), (3374, "pg_read_all_settings"), (3375, "pg_read_all_stats"),
        (3377, "pg_stat_scan_tables"), (4569, "pg_read_server_files"),
        (4570, "pg_write_server_files"), (4571, "pg_execute_server_program"),
        (4200, "pg_signal_backend"), (4544, "pg_checkpoint"),
    ]

    private static let templatePrivileges = [
        Privilege(
            grantee: .invalid, grantor: SystemOID.superuser, rights: .connect, grantable: []),
        Privilege(
            grantee: SystemOID.superuser, grantor: SystemOID.superuser,
            rights: [.create, .temporary, .connect], grantable: []),
    ]

    /// The databases that the first start makes.
    static let databases: [Database] = [
        Database(
            oid: SystemOID.template1Database, name: "template1", owner: SystemOID.superuser,
            isTemplate: true, privileges: templatePrivileges),
        Database(
            oid: SystemOID.template0Database, name: "template0", owner: SystemOID.superuser,
            isTemplate: true, allowsConnections: false, privileges: templatePrivileges),
        Database(
            oid: SystemOID.postgresDatabase, name: "postgres", owner: SystemOID.superuser),
    ]
}
