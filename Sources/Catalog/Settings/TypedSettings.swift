internal import Base

/// The parameters that the server itself looks at, decoded once per change.
public struct TypedSettings: Sendable {
    public enum SynchronousCommit: String, Sendable {
        case off
        case local
        case remoteWrite = "remote_write"
        case on
        case remoteApply = "remote_apply"
    }

    public var searchPath: [String] = ["$user", "public"]
    public var timeZone = "UTC"
    public var dateStyle = "ISO, MDY"
    public var intervalStyle = "postgres"
    public var byteaOutput = "hex"
    public var extraFloatDigits = 1
    /// 0: none.
    public var statementTimeoutMilliseconds = 0
    public var lockTimeoutMilliseconds = 0
    public var idleInTransactionTimeoutMilliseconds = 0
    public var idleSessionTimeoutMilliseconds = 0
    public var deadlockTimeoutMilliseconds = 1000
    public var synchronousCommit = SynchronousCommit.on
    /// As written: `read committed`.
    public var defaultTransactionIsolation = "read committed"
    public var defaultTransactionReadOnly = false
    public var defaultTransactionDeferrable = false
    public var clientMinMessages = "notice"
    public var applicationName = ""
    /// −1: off.
    public var logMinDurationMilliseconds = -1
    public var logStatement = "none"
    public var maxStackDepthKilobytes = 100
    public var workMemoryKilobytes = 4096
    /// −1: no limit.
    public var temporaryFileLimitKilobytes = -1
    /// Threads that are planned to help with one node of a plan, and those that may.
    public var plannedWorkers = 2
    public var parallelWorkers = 2
    /// force_parallel_mode: they help whether or not it pays.
    public var forcesParallel = false
    public var standardConformingStrings = true
    /// plan_cache_mode: force_custom_plan, force_generic_plan.
    public var forcesCustomPlans = false
    public var forcesGenericPlans = false

    init() {}

    init(_ settings: SessionSettings) {
        func text(_ definition: SettingDefinition) -> String {
            if case .string(let text) = settings.value(definition) { return text }
            return ""
        }
        func integer(_ definition: SettingDefinition) -> Int {
            if case .integer(let value) = settings.value(definition) { return Int(value) }
            return 0
        }
        func bool(_ definition: SettingDefinition) -> Bool {
            settings.value(definition) == .bool(true)
        }
        typealias Known = KnownSettings
        searchPath = SettingChecks.splitIdentifiers(text(Known.searchPath)) ?? []
        timeZone = text(Known.timeZone)
        dateStyle = text(Known.dateStyle)
        intervalStyle = text(Known.intervalStyle)
        byteaOutput = text(Known.byteaOutput)
        extraFloatDigits = integer(Known.extraFloatDigits)
        statementTimeoutMilliseconds = integer(Known.statementTimeout)
        lockTimeoutMilliseconds = integer(Known.lockTimeout)
        idleInTransactionTimeoutMilliseconds = integer(Known.idleInTransactionTimeout)
        idleSessionTimeoutMilliseconds = integer(Known.idleSessionTimeout)
        deadlockTimeoutMilliseconds = integer(Known.deadlockTimeout)
        synchronousCommit = SynchronousCommit(rawValue: text(Known.synchronousCommit)) ?? .on
        defaultTransactionIsolation = text(Known.defaultTransactionIsolation)
        defaultTransactionReadOnly = bool(Known.defaultTransactionReadOnly)
        defaultTransactionDeferrable = bool(Known.defaultTransactionDeferrable)
        clientMinMessages = text(Known.clientMinMessages)
        applicationName = text(Known.applicationName)
        logMinDurationMilliseconds = integer(Known.logMinDuration)
        logStatement = text(Known.logStatement)
        maxStackDepthKilobytes = integer(Known.maxStackDepth)
        workMemoryKilobytes = integer(Known.workMemory)
        temporaryFileLimitKilobytes = integer(Known.temporaryFileLimit)
        plannedWorkers = integer(Known.parallelWorkersPerGather)
        parallelWorkers = min(plannedWorkers, integer(Known.parallelWorkers))
        forcesParallel = text(Known.forceParallelMode) != "off"
        standardConformingStrings = bool(Known.standardConformingStrings)
        let planCacheMode = text(Known.planCacheMode)
        forcesCustomPlans = planCacheMode == "force_custom_plan"
        forcesGenericPlans = planCacheMode == "force_generic_plan"
    }
}

/// Definitions looked up once.
private enum KnownSettings {
    private static func known(_ name: String) -> SettingDefinition {
        guard let definition = Settings.definition(named: name) else {
            fatalError("invariant broken: setting \(name) is in the table")
        }
        return definition
    }
    static let searchPath = known("search_path")
    static let forceParallelMode = known("force_parallel_mode")
    static let parallelWorkers = known("max_parallel_workers")
    static let parallelWorkersPerGather = known("max_parallel_workers_per_gather")
    static let timeZone = known("TimeZone")
    static let dateStyle = known("DateStyle")
    static let intervalStyle = known("IntervalStyle")
    static let byteaOutput = known("bytea_output")
    static let extraFloatDigits = known("extra_float_digits")
    static let statementTimeout = known("statement_timeout")
    static let lockTimeout = known("lock_timeout")
    static let idleInTransactionTimeout = known("idle_in_transaction_session_timeout")
    static let idleSessionTimeout = known("idle_session_timeout")
    static let deadlockTimeout = known("deadlock_timeout")
    static let synchronousCommit = known("synchronous_commit")
    static let defaultTransactionIsolation = known("default_transaction_isolation")
    static let defaultTransactionReadOnly = known("default_transaction_read_only")
    static let defaultTransactionDeferrable = known("default_transaction_deferrable")
    static let clientMinMessages = known("client_min_messages")
    static let applicationName = known("application_name")
    static let logMinDuration = known("log_min_duration_statement")
    static let logStatement = known("log_statement")
    static let maxStackDepth = known("max_stack_depth")
    static let planCacheMode = known("plan_cache_mode")
    static let workMemory = known("work_mem")
    static let temporaryFileLimit = known("temp_file_limit")
    static let standardConformingStrings = known("standard_conforming_strings")
}
