internal import Base
internal import System
internal import Types

/// Roles, databases, settings: what all databases share.
extension ComputedRows {
    static let sharedGenerators: [String: Generator] = [
        "pg_database": { context in
            context.snapshot.databases.map { databaseRow($0.value, context) }
        },
        "pg_authid": { context in
            context.snapshot.roles.map { role in
                let flags = role.value.flags
                return [.oid(role.oid), .text(role.name)] + flags.prefix(6)
                    + [
                        flags[6], .int(role.connectionLimit), .optional(role.password),
                        .optional(role.validUntil),
                    ]
            }
        },
        "pg_roles": { context in
            context.snapshot.roles.map { role in
                let flags = role.value.flags
                return [.text(role.name)] + flags.prefix(6)
                    + [
                        .int(role.connectionLimit), .text("********"),
                        .optional(role.validUntil), flags[6],
                        options(context.snapshot.settings(of: role.oid)),
                        .oid(role.oid),
                    ]
            }
        },
        "pg_user": { context in loginRows(context, password: "********") },
        "pg_shadow": { context in loginRows(context, password: nil) },
        "pg_group": { context in
            context.snapshot.roles.filter { !$0.attributes.contains(.login) }.map { role in
                let members = context.snapshot.roles.filter { member in
                    member.memberships.contains { $0.role == role.oid }
                }
                return [.text(role.name), .oid(role.oid), .oids(members.map(\.oid))]
            }
        },
        "pg_auth_members": { context in
            context.snapshot.roles.flatMap { member in
                member.memberships.map {
                    [.oid($0.role), .oid(member.oid), .oid($0.grantor), .bool($0.withAdmin)]
                }
            }
        },
        "pg_db_role_setting": { context in
            context.snapshot.settingsScopes.map { scope in
                [
                    .oid(scope.database), .oid(scope.role),
                    options(context.snapshot.settings(for: scope)),
                ]
            }
        },
        "pg_tablespace": { _ in
            [
                [.oid(OID(1663)), .text("pg_default"), .oid(SystemOID.superuser), .null, .null],
                [.oid(OID(1664)), .text("pg_global"), .oid(SystemOID.superuser), .null, .null],
            ]
        },
        "pg_timezone_names": { _ in
            let now =
                wallClockMicroseconds() / 1_000_000 + Int64(Calendar.unixEpochDays) * 86400
            return TimeZone.all(at: now).map { zone in
                [
                    .text(zone.name), .text(zone.period.abbreviation),
                    .interval(seconds: zone.period.offsetSeconds), .bool(zone.period.isDaylight),
                ]
            }
        },
        "pg_settings": { context in
            Settings.definitions.filter { !$0.isHidden }.map { settingRow($0, context) }
        },
        "pg_file_settings": { context in fileSettingRows(context) },
        "pg_stat_activity": { context in context.sessions().map { activityRow($0, context) } },
        "pg_prepared_statements": { context in
            context.preparedStatements().map { statement in
                [
                    .text(statement.name), .text(statement.statement), .int(statement.created),
                    .oids(statement.parameterTypes), .bool(statement.isFromSQL),
                    .int(statement.genericPlanCount), .int(statement.customPlanCount),
                ]
            }
        },
        "pg_locks": { context in context.locks().map(lockRow) },
        "pg_cursors": { context in
            context.cursors().map { cursor in
                [
                    .text(cursor.name), .text(cursor.statement), .bool(cursor.isHoldable),
                    .bool(cursor.isBinary), .bool(cursor.isScrollable), .int(cursor.created),
                ]
            }
        },
    ]

    private static func databaseRow(
        _ database: Database, _ context: ComputedContext
    ) -> [ComputedValue] {
        [
            .oid(database.oid), .text(database.name), .oid(database.owner), .int(6), .char("c"),
            .bool(database.isTemplate), .bool(database.allowsConnections),
            .int(database.connectionLimit), .int(716), .int(1), .oid(SystemOID.defaultTablespace),
            .text("C"), .text("C"), .null, .null, privileges(database.privileges, context),
        ]
    }

    private static func loginRows(
        _ context: ComputedContext, password: String?
    ) -> [[ComputedValue]] {
        context.snapshot.roles.filter { $0.attributes.contains(.login) }.map { role in
            let attributes = role.attributes
            return [
                .text(role.name), .oid(role.oid), .bool(attributes.contains(.createDatabase)),
                .bool(attributes.contains(.superuser)), .bool(attributes.contains(.replication)),
                .bool(attributes.contains(.bypassRowSecurity)),
                .optional(password ?? role.password), .optional(role.validUntil),
                options(context.snapshot.settings(of: role.oid)),
            ]
        }
    }

    private static func settingRow(
        _ definition: SettingDefinition, _ context: ComputedContext
    ) -> [ComputedValue] {
        var minimum: String?
        var maximum: String?
        var choices = ComputedValue.null
        switch definition.kind {
        case .integer(let low, let high):
            minimum = String(low)
            maximum = String(high)
        case .real(let low, let high):
            minimum = formatReal(low)
            maximum = formatReal(high)
        case .enumeration(let values): choices = .texts(values)
        case .bool, .string: break
        }
        let settings = context.settings
        // Files are shown to those who may read all settings.
        let mayRead = context.snapshot.hasPrivileges(
            of: SystemOID.readAllSettingsRole, member: context.scope.user)
        let place = mayRead ? settings.place(definition) : nil
        let current =
            settings.dynamicText?(definition)
            ?? definition.plainText(of: settings.value(definition))
        return [
            .text(definition.name), .text(current),
            definition.unit.isEmpty ? .null : .text(definition.unit), .text(definition.category),
            .text(definition.description),
            definition.details.isEmpty ? .null : .text(definition.details),
            .text(definition.context.rawValue), .text(definition.typeName),
            .text(settings.source(definition)), .optional(minimum), .optional(maximum), choices,
            .text(definition.plainText(of: definition.bootValue)),
            .text(definition.plainText(of: settings.resetValue(definition))),
            .optional(place?.file), place.map { .int(Int64($0.line)) } ?? .null,
            .bool(settings.isPendingRestart(definition)),
        ]
    }

    /// What the configuration files say, whether it counts or not.
    private static func fileSettingRows(_ context: ComputedContext) -> [[ComputedValue]] {
        let server = context.settings.server
        let assignments: [ServerSettings.Assignment]
        do throws(SQLError) { assignments = try server.files?.read() ?? [] } catch {
            return [
                [
                    .null, .null, .int(1), .null, .null, .bool(false), .text(error.message),
                ]
            ]
        }
        let ofFiles = assignments.filter { $0.place != nil }
        var last: [String: Int] = [:]
        for (index, item) in ofFiles.enumerated() { last[item.name.lowercased()] = index }
        return ofFiles.enumerated().map { index, item in
            var failure: String?
            do throws(SQLError) {
                if try !server.mayApply(item) { failure = "setting could not be applied" }
            } catch {
                failure = error.message
            }
            return [
                .optional(item.place?.file), item.place.map { .int(Int64($0.line)) } ?? .null,
                .int(Int64(index + 1)), .text(item.name), .text(item.text),
                .bool(failure == nil && last[item.name.lowercased()] == index),
                .optional(failure),
            ]
        }
    }

    private static func activityRow(
        _ session: SessionActivity, _ context: ComputedContext
    ) -> [ComputedValue] {
        let mayKnow = context.snapshot.hasPrivileges(of: session.user, member: context.scope.user)
        return [
            .oid(session.database),
            .optional(context.snapshot.database(session.database)?.name),
            .int(Int(session.processID)), .null, .oid(session.user),
            .text(context.roleName(session.user)), .text(session.applicationName),
            session.client.map { .client($0) } ?? .null, .null,
            .int(session.client?.port ?? -1),
            .int(session.started), .optional(session.transactionStarted),
            .optional(session.queryStarted), .optional(session.stateChanged), .null, .null,
            .text(session.state), .null, .null, .null,
            .text(mayKnow ? session.query : "<insufficient privilege>"), .text("client backend"),
        ]
    }

    private static func lockRow(_ lock: LockActivity) -> [ComputedValue] {
        let advisory = lock.advisory
        let isRelation = advisory == nil && lock.transaction == nil
        let type = isRelation ? "relation" : advisory == nil ? "transactionid" : "advisory"
        return [
            .text(type), lock.transaction == nil ? .oid(lock.database) : .null,
            isRelation ? .oid(lock.relation) : .null, .null, .null, .null,
            lock.transaction.map { .oid(OID($0)) } ?? .null,
            advisory.map { .oid(OID($0.high)) } ?? .null,
            advisory.map { .oid(OID($0.low)) } ?? .null,
            advisory.map { .int($0.kind) } ?? .null, .text("\(lock.processID)/0"), .int(Int(lock.processID)),
            .text(lock.mode), .bool(lock.isGranted), .bool(false), .null,
        ]
    }
}

extension Role {
    /// rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls.
    fileprivate var flags: [ComputedValue] {
        [
            Attributes.superuser, .inherit, .createRole, .createDatabase, .login, .replication,
            .bypassRowSecurity,
        ].map { .bool(attributes.contains($0)) }
    }
}
