public import Base

/// A configuration parameter (PostgreSQL chapter 20): what values it takes and who may set it.
public struct SettingDefinition: Sendable {
    public enum Kind: Sendable {
        case bool
        case integer(minimum: Int64, maximum: Int64)
        case real(minimum: Double, maximum: Double)
        case string
        case enumeration([String])
    }

    /// When the value can change; PostgreSQL's GucContext.
    public enum Context: String, Sendable {
        case `internal`
        case postmaster
        case sighup
        case superuserBackend = "superuser-backend"
        case backend
        case superuser
        case user
    }

    /// Index into `Settings.definitions`.
    public let index: Int
    public let name: String
    public let kind: Kind
    /// `kB`, `8kB`, `ms` …; empty without.
    public let unit: String
    /// The value of a server that nobody configured.
    public let bootValue: SettingValue
    public let context: Context
    public let category: String
    public let description: String
    public let details: String

    /// Sent as ParameterStatus when it changes.
    public var isReported: Bool { SettingFlags.reported.contains(name) }
    /// A comma-separated list of names, shown with quotes where needed.
    public var isQuotedList: Bool { SettingFlags.quotedLists.contains(name) }
    public var isList: Bool { isQuotedList || SettingFlags.lists.contains(name) }
    /// Not among SHOW ALL and pg_settings.
    public var isHidden: Bool { SettingFlags.hidden.contains(name) }
    /// It cannot stand in a configuration file.
    public var isRefusedInFiles: Bool { SettingFlags.refusedInFiles.contains(name) }
    /// Who the session is: role and session_authorization.
    public var isOfRoles: Bool { name == "role" || name == "session_authorization" }
    /// RESET ALL leaves it.
    public var isKeptByResetAll: Bool {
        isHidden || name.hasPrefix("transaction_") || name == "client_encoding"
    }
    /// pg_settings.vartype.
    public var typeName: String {
        switch kind {
        case .bool: "bool"
        case .integer: "integer"
        case .real: "real"
        case .string: "string"
        case .enumeration: "enum"
        }
    }
}

/// What pg_settings does not tell about a parameter (guc.c's flags).
private enum SettingFlags {
    static let reported: Set<String> = [
        "application_name", "client_encoding", "DateStyle", "default_transaction_read_only",
        "in_hot_standby", "integer_datetimes", "IntervalStyle", "is_superuser",
        "server_encoding", "server_version", "session_authorization",
        "standard_conforming_strings", "TimeZone",
    ]
    static let quotedLists: Set<String> = [
        "search_path", "temp_tablespaces", "local_preload_libraries",
        "session_preload_libraries", "shared_preload_libraries", "unix_socket_directories",
    ]
    static let lists: Set<String> = [
        "DateStyle", "debug_io_direct", "listen_addresses", "log_destination",
        "synchronous_standby_names", "wal_consistency_checking",
    ]
    static let refusedInFiles: Set<String> = [
        "config_file", "data_directory", "hba_file", "ident_file", "is_superuser", "role", "seed",
        "session_authorization", "transaction_deferrable", "transaction_isolation",
        "transaction_read_only",
    ]
    static let hidden: Set<String> = ["is_superuser", "role", "seed", "session_authorization"]
}

/// The parameters that exist.
public enum Settings {
    /// By name, without regard to case.
    public static let definitions: [SettingDefinition] = parse(settingTable)

    public static let roleDefinitions = definitions.filter(\.isOfRoles)

    private static let indexes: [String: Int] = Dictionary(
        uniqueKeysWithValues: definitions.map { ($0.name.lowercased(), $0.index) })

    /// - Parameter name: in any case.
    public static func definition(named name: String) -> SettingDefinition? {
        indexes[name.lowercased()].map { definitions[$0] }
    }

    /// 42704.
    public static func unrecognized(_ name: String) -> SQLError {
        SQLError(.undefinedObject, "unrecognized configuration parameter \"\(name)\"")
    }

    /// Values of Ordinal's own where the table has those of the PostgreSQL that described it.
    private static let ownBootValues: [String: String] = [
        "server_version": "15.18", "server_encoding": "UTF8", "client_encoding": "UTF8",
        "TimeZone": "UTC", "log_timezone": "UTC", "lc_messages": "C", "session_authorization": "",
        "unix_socket_directories": "", "default_text_search_config": "pg_catalog.english",
        "listen_addresses": "127.0.0.1", "max_stack_depth": "2048",
    ]

    private static let hiddenRows: [String] = [
        "is_superuser\tbool\t\toff\t\t\t\tinternal\tPreset Options\t"
            + "Shows whether the current user is a superuser.\t",
        "role\tstring\t\tnone\t\t\t\tuser\tUngrouped\tSets the current role.\t",
        "seed\treal\t\t0\t-1\t1\t\tuser\tUngrouped\tSets the seed for random-number generation.\t",
        "session_authorization\tstring\t\t\t\t\t\tuser\tUngrouped\tSets the session user name.\t",
    ]

    private static func parse(_ table: StaticString) -> [SettingDefinition] {
        var rows = table.description.utf8.split(separator: UInt8(ascii: "\n"))
            .map { String(Substring($0)) }
        rows += hiddenRows
        let fields = rows.map { row in
            var fields = row.utf8.split(
                separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false
            ).map { String(Substring($0)) }
            // The table leaves out the values of what is no enum.
            if fields.count == 10 { fields.insert("", at: 6) }
            return fields
        }
        let sorted = fields.sorted { $0[0].lowercased() < $1[0].lowercased() }
        return sorted.enumerated().map { definition($1, index: $0) }
    }

    private static func definition(_ fields: [String], index: Int) -> SettingDefinition {
        invariant(fields.count == 11, "a setting has eleven fields")
        let boot = ownBootValues[fields[0]] ?? fields[3]
        let kind: SettingDefinition.Kind
        let value: SettingValue
        switch fields[1] {
        case "bool":
            kind = .bool
            value = .bool(boot == "on")
        case "integer":
            kind = .integer(
                minimum: Int64(fields[4]) ?? .min, maximum: Int64(fields[5]) ?? .max)
            value = .integer(Int64(boot) ?? 0)
        case "real":
            kind = .real(
                minimum: Double(fields[4]) ?? -.infinity, maximum: Double(fields[5]) ?? .infinity)
            value = .real(Double(boot) ?? 0)
        case "enum":
            kind = .enumeration(fields[6].split(separator: ",").map(String.init))
            value = .string(boot)
        default:
            kind = .string
            value = .string(boot)
        }
        guard let context = SettingDefinition.Context(rawValue: fields[7]) else {
            invariantUnknownContext()
        }
        return SettingDefinition(
            index: index, name: fields[0], kind: kind, unit: fields[2], bootValue: value,
            context: context, category: fields[8], description: fields[9], details: fields[10])
    }

    private static func invariantUnknownContext() -> Never {
        fatalError("invariant broken: a setting's context is one of GucContext")
    }
}
