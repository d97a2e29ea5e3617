public import Base
internal import Synchronization
internal import System

/// The server's values of all parameters: boot values, then the configuration files', then the
/// command line's. Sessions start from them, and see what a reload changes.
public final class ServerSettings: @unchecked Sendable {
    // Safe to share: `generation` is atomic, `files` is set before sessions begin, everything else
    // is used under `lock`.
    private let lock = Lock()
    private var values: [Int: Entry] = [:]
    /// In which generation each value that a reload changed has changed last.
    private var changes: [Int: Int] = [:]
    /// Parameters whose value in the files counts only after a restart.
    private var pending: Set<Int> = []
    private let currentGeneration = Atomic<Int>(0)

    struct Entry: Sendable {
        var value: SettingValue
        /// pg_settings.source.
        var source: String
        var place: Place?
    }

    /// Where a file sets a parameter.
    public struct Place: Hashable, Sendable {
        public var file: String
        /// 1-based.
        public var line: Int

        public init(file: String, line: Int) {
            self.file = file
            self.line = line
        }
    }

    /// One value as a file or the command line gives it.
    public struct Assignment: Sendable {
        public var name: String
        public var text: String
        /// `configuration file`, `command line`.
        public var source: String
        public var place: Place?

        public init(name: String, text: String, source: String, place: Place? = nil) {
            self.name = name
            self.text = text
            self.source = source
            self.place = place
        }
    }

    /// The files behind the settings, as the layer that knows them does it.
    public struct Files: Sendable {
        /// What they say now, in order; the later counts.
        public var read: @Sendable () throws(SQLError) -> [Assignment]
        public var readAutomatic: @Sendable () throws(SQLError) -> [SettingsFile.Line]
        /// Replaces the file that ALTER SYSTEM writes, durably.
        public var writeAutomatic: @Sendable (String) throws(SQLError) -> Void
        /// Has the server read its files again, soon.
        public var requestReload: @Sendable () -> Void

        public init(
            read: @escaping @Sendable () throws(SQLError) -> [Assignment],
            readAutomatic: @escaping @Sendable () throws(SQLError) -> [SettingsFile.Line],
            writeAutomatic: @escaping @Sendable (String) throws(SQLError) -> Void,
            requestReload: @escaping @Sendable () -> Void
        ) {
            self.read = read
            self.readAutomatic = readAutomatic
            self.writeAutomatic = writeAutomatic
            self.requestReload = requestReload
        }
    }
    public var files: Files?

    /// Reads a time zone's name into its canonical spelling; nil if there is no such zone.
    public let timeZoneCheck: @Sendable (String) -> String?

    public init(timeZoneCheck: @escaping @Sendable (String) -> String? = { $0 }) {
        self.timeZoneCheck = timeZoneCheck
        loadTime = wallClockMicroseconds()
    }

    // MARK: Writing

    /// Sets a value at start-up; names of the form `a.b` are taken as they come.
    /// - Parameter source: `configuration file`, `command line`, `default`.
    /// - Throws: 42704 or 22023.
    public func set(
        _ name: String, _ text: String, source: String, place: Place? = nil
    ) throws(SQLError) {
        let assignment = Assignment(name: name, text: text, source: source, place: place)
        let (definition, entry) = try check(assignment)
        lock.withLock { values[definition.index] = entry }
    }

    /// - Throws: 42704 or 22023.
    public func check(_ assignment: Assignment) throws(SQLError) -> SettingDefinition {
        try check(assignment).definition
    }

    /// False if the value would count only after a restart.
    /// - Throws: 42704 or 22023.
    func mayApply(_ assignment: Assignment) throws(SQLError) -> Bool {
        let (definition, entry) = try check(assignment)
        return definition.context != .postmaster || entry.value == self.entry(definition).value
    }

    private func check(
        _ assignment: Assignment
    ) throws(SQLError) -> (definition: SettingDefinition, entry: Entry) {
        guard let definition = Settings.definition(named: assignment.name) else {
            throw Settings.unrecognized(assignment.name)
        }
        let value = try SettingChecks.canonical(
            definition, try definition.parse(assignment.text), previous: definition.bootValue)
        return (
            definition, Entry(value: value, source: assignment.source, place: assignment.place)
        )
    }

    /// Takes what the files and the command line say now, as far as it can change while the server
    /// runs.
    /// - Returns: what is wrong or has to wait, for the log.
    public func reload(_ assignments: [Assignment]) -> [SQLError] {
        var problems: [SQLError] = []
        var wanted: [Int: Entry] = [:]
        for assignment in assignments {
            do throws(SQLError) {
                let (definition, entry) = try check(assignment)
                wanted[definition.index] = entry
            } catch {
                problems.append(
                    error.with {
                        $0.severity = .log
                        $0.context = assignment.place.map { "file \"\($0.file)\" line \($0.line)" }
                    })
            }
        }
        lock.withLock { adopt(wanted, &problems) }
        return problems
    }

    private func adopt(_ wanted: [Int: Entry], _ problems: inout [SQLError]) {
        let next = currentGeneration.load(ordering: .relaxed) + 1
        var merged = values.filter { $0.value.source == "default" }
        merged.merge(wanted) { $1 }
        pending.removeAll()
        for index in Set(merged.keys).union(values.keys) {
            let definition = Settings.definitions[index]
            let before = values[index]?.value ?? definition.bootValue
            if before == merged[index]?.value ?? definition.bootValue { continue }
            if definition.context == .postmaster || definition.context == .internal {
                merged[index] = values[index]
                pending.insert(index)
                problems.append(
                    SQLError(
                        .cantChangeRuntimeParam,
                        "parameter \"\(definition.name)\" cannot be changed without restarting "
                            + "the server", severity: .log))
            } else {
                changes[index] = next
            }
        }
        values = merged
        loadTime = wallClockMicroseconds()
        currentGeneration.store(next, ordering: .releasing)
    }

    /// pg_conf_load_time(): µs since 2000-01-01 UTC.
    public private(set) var loadTime: Int64
    /// When the server started: pg_postmaster_start_time().
    public let startTime = wallClockMicroseconds()

    // MARK: ALTER SYSTEM

    private let alterLock = Lock()

    /// Writes a value into the file that ALTER SYSTEM keeps; nil takes it out. It counts from the
    /// next reload on.
    public func alterSystem(_ definition: SettingDefinition, _ text: String?) throws(SQLError) {
        try rewriteAutomatic { lines in
            lines.removeAll { $0.name.lowercased() == definition.name.lowercased() }
            if let text {
                lines.append(SettingsFile.Line(name: definition.name, value: text, number: 0))
            }
        }
    }

    /// ALTER SYSTEM RESET ALL.
    public func resetSystem() throws(SQLError) { try rewriteAutomatic { $0.removeAll() } }

    private func rewriteAutomatic(
        _ change: (inout [SettingsFile.Line]) -> Void
    ) throws(SQLError) {
        guard let files else { throw SQLError.notSupported("ALTER SYSTEM without files") }
        try alterLock.withLock { () throws(SQLError) in
            var lines = try files.readAutomatic()
            change(&lines)
            try files.writeAutomatic(SettingsFile.automaticText(lines))
        }
    }

    // MARK: Reading

    func entry(_ definition: SettingDefinition) -> Entry {
        lock.withLock { values[definition.index] }
            ?? Entry(value: definition.bootValue, source: "default")
    }

    /// Changes with every reload.
    var generation: Int { currentGeneration.load(ordering: .acquiring) }

    /// Parameters that reloads have changed since a generation.
    func changes(since generation: Int) -> [Int] {
        lock.withLock { changes.filter { $0.value > generation }.map(\.key) }
    }

    /// pg_settings.pending_restart.
    func isPendingRestart(_ definition: SettingDefinition) -> Bool {
        lock.withLock { pending.contains(definition.index) }
    }

    public func value(named name: String) -> SettingValue? {
        Settings.definition(named: name).map { entry($0).value }
    }
    /// For settings that are integers.
    public func integer(_ name: String) -> Int {
        if case .integer(let value) = value(named: name) { return Int(value) }
        return 0
    }
    public func string(_ name: String) -> String {
        if case .string(let value) = value(named: name) { return value }
        return ""
    }
    public func bool(_ name: String) -> Bool {
        if case .bool(let value) = value(named: name) { return value }
        return false
    }
}
