public import Base

/// A session's parameters: what SET, SET LOCAL, RESET and SHOW work on. Belongs to the session's
/// thread.
///
/// Values are kept where they differ from the server's. SET changes the session's value and the
/// current one, SET LOCAL the current one alone; commit makes the session's values current, abort
/// brings back both as they were when the transaction began, and so do savepoints.
public final class SessionSettings {
    private struct Values {
        /// In effect now.
        var current: [Int: ServerSettings.Entry] = [:]
        /// In effect after commit.
        var session: [Int: ServerSettings.Entry] = [:]
        var currentCustom: [String: String] = [:]
        var sessionCustom: [String: String] = [:]
    }

    public let server: ServerSettings
    @exclusivity(unchecked) private var values = Values()
    @exclusivity(unchecked) private var isInTransaction = false
    /// As it was when the transaction began; nil as long as nothing was changed in it.
    @exclusivity(unchecked) private var atBegin: Values?
    @exclusivity(unchecked) private var savepoints: [Values] = []
    /// What RESET goes back to: options of the connection, role and database.
    @exclusivity(unchecked) private var resetValues: [Int: ServerSettings.Entry] = [:]
    @exclusivity(unchecked) private var unreported: Set<Int> = []

    /// Changes with every change of a value: caches that depend on settings compare it.
    @inlinable public var generation: Int { storedGeneration }
    @exclusivity(unchecked) @usableFromInline private(set) var storedGeneration = 0
    /// The values that statements ask for most, ready to use.
    @inlinable public var typed: TypedSettings { storedTyped }
    // Through an inlinable accessor: in other modules the attribute alone does not count.
    @exclusivity(unchecked) @usableFromInline private(set) var storedTyped = TypedSettings()

    /// Gives the text of parameters whose value is not kept here (transaction_isolation,
    /// transaction_read_only, is_superuser …); nil for the others.
    @exclusivity(unchecked) public var dynamicText: ((SettingDefinition) -> String?)?
    /// Takes a value that is not kept here (transaction_isolation, role …); false for the others.
    @exclusivity(unchecked)
    public var assignDynamic: ((SettingDefinition, String) throws(SQLError) -> Bool)?
    /// Called when the value of role or session_authorization has changed.
    @exclusivity(unchecked) public var rolesChanged: (() -> Void)?
    @exclusivity(unchecked) private var seenServerGeneration = 0
    @exclusivity(unchecked) public var isSuperuser = true

    public init(server: ServerSettings) {
        self.server = server
        seenServerGeneration = server.generation
        storedTyped = TypedSettings(self)
    }

    /// Takes over what a reload has changed, where the session has no value of its own. To be called
    /// between statements.
    @inline(__always)
    public func adoptServerChanges() {
        if server.generation != seenServerGeneration { adoptReload() }
    }

    @inline(never)
    private func adoptReload() {
        let before = seenServerGeneration
        seenServerGeneration = server.generation
        for index in server.changes(since: before)
        where values.current[index] == nil && Settings.definitions[index].isReported {
            unreported.insert(index)
        }
        storedGeneration &+= 1
        storedTyped = TypedSettings(self)
    }

    // MARK: Reading

    private func entry(_ definition: SettingDefinition) -> ServerSettings.Entry {
        values.current[definition.index] ?? server.entry(definition)
    }

    public func value(_ definition: SettingDefinition) -> SettingValue { entry(definition).value }
    public func value(named name: String) -> SettingValue? {
        Settings.definition(named: name).map { value($0) }
    }

    /// SHOW: the canonical name and the text.
    /// - Throws: 42704.
    public func show(_ name: String) throws(SQLError) -> (name: String, text: String) {
        if let definition = Settings.definition(named: name) {
            return (definition.name, text(definition))
        }
        if let text = values.currentCustom[name.lowercased()] { return (name, text) }
        throw Settings.unrecognized(name)
    }

    /// As current_setting() and SHOW have it.
    public func text(_ definition: SettingDefinition) -> String {
        dynamicText?(definition) ?? definition.text(of: value(definition))
    }

    /// pg_settings.source.
    public func source(_ definition: SettingDefinition) -> String {
        definition.name.hasPrefix("transaction_") ? "override" : entry(definition).source
    }
    /// Where a file sets the value that is in effect.
    public func place(_ definition: SettingDefinition) -> ServerSettings.Place? {
        entry(definition).place
    }
    /// pg_settings.pending_restart.
    public func isPendingRestart(_ definition: SettingDefinition) -> Bool {
        server.isPendingRestart(definition)
    }
    public func resetValue(_ definition: SettingDefinition) -> SettingValue {
        resetValues[definition.index]?.value ?? server.entry(definition).value
    }
    /// Custom parameters by name.
    public var custom: [(name: String, text: String)] {
        values.currentCustom.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    // MARK: Writing

    /// A value that comes with the connection, the role or the database: also what RESET restores.
    /// - Parameter source: `client`, or as `CatalogSnapshot.initialSettings` has it: what was checked
    ///   when it was set is not asked again.
    public func setInitial(_ name: String, _ text: String, source: String) throws(SQLError) {
        guard let definition = Settings.definition(named: name) else {
            try setCustom(name, text, isLocal: false)
            return
        }
        if source == "client" { try checkContext(definition, isStarting: true) }
        let entry = ServerSettings.Entry(value: try check(definition, text), source: source)
        resetValues[definition.index] = entry
        assign(definition, entry, isLocal: false)
    }

    /// SET and SET LOCAL; nil is DEFAULT. Outside a transaction block SET LOCAL does nothing that
    /// lasts; the caller warns.
    /// - Throws: 42704, 22023, 42501, 55P02.
    public func set(_ name: String, _ text: String?, isLocal: Bool) throws(SQLError) {
        guard let definition = Settings.definition(named: name) else {
            try setCustom(name, text, isLocal: isLocal)
            return
        }
        try checkContext(definition, isStarting: false)
        if let assignDynamic {
            let given = text ?? definition.text(of: resetValue(definition))
            if try assignDynamic(definition, given) {
                touch(definition)
                return
            }
        }
        guard let text else {
            assign(definition, resetValues[definition.index], isLocal: isLocal)
            return
        }
        let value: SettingValue
        do throws(SQLError) {
            value = try check(definition, text)
        } catch {
            // Enumerations and numbers are told by the name that was given.
            if case .string = definition.kind { throw error }
            throw error.with {
                $0.message.replace("parameter \"\(definition.name)\"", with: "parameter \"\(name)\"")
            }
        }
        assign(definition, ServerSettings.Entry(value: value, source: "session"), isLocal: isLocal)
    }

    /// What ALTER ROLE and ALTER DATABASE may set, for others as well.
    /// - Parameter text: nil: only the name counts.
    /// - Returns: what the parameter is called.
    public func checkForOthers(_ name: String, _ text: String?) throws(SQLError) -> String {
        guard let definition = Settings.definition(named: name) else {
            try checkCustomName(name)
            return name
        }
        try checkContext(definition, isStarting: false)
        if let text { _ = try check(definition, text) }
        return definition.name
    }

    /// RESET ALL and DISCARD ALL.
    public func resetAll() {
        for definition in Settings.definitions
        where !definition.isKeptByResetAll && values.current[definition.index] != nil {
            assign(definition, resetValues[definition.index], isLocal: false)
        }
        willChange()
        values.currentCustom.removeAll()
        values.sessionCustom.removeAll()
    }

    /// The text of SET name = a, b, …: one string.
    /// - Throws: 22023 where the parameter takes one argument.
    public static func joinArguments(
        _ arguments: [String], name: String
    ) throws(SQLError) -> String {
        let definition = Settings.definition(named: name)
        if arguments.count > 1, definition?.isList != true {
            throw SQLError(
                .invalidParameterValue, "SET \(name) takes only one argument")
        }
        guard definition?.isQuotedList == true else { return arguments.joined(separator: ", ") }
        return arguments.map(Identifier.quote).joined(separator: ", ")
    }

    private func check(
        _ definition: SettingDefinition, _ text: String
    ) throws(SQLError) -> SettingValue {
        let parsed = try definition.parse(text)
        if definition.name == "TimeZone" || definition.name == "log_timezone" {
            guard let zone = server.timeZoneCheck(text) else { throw definition.invalid(text) }
            return .string(zone)
        }
        return try SettingChecks.canonical(definition, parsed, previous: value(definition))
    }

    private func checkContext(
        _ definition: SettingDefinition, isStarting: Bool
    ) throws(SQLError) {
        func failure(_ words: String) -> SQLError {
            SQLError(
                .cantChangeRuntimeParam, "parameter \"\(definition.name)\" cannot be \(words)")
        }
        switch definition.context {
        case .internal: throw failure("changed")
        case .postmaster: throw failure("changed without restarting the server")
        case .sighup: throw failure("changed now")
        case .superuserBackend, .backend:
            if !isStarting { throw failure("set after connection start") }
        case .superuser:
            if !isSuperuser {
                throw SQLError(
                    .insufficientPrivilege,
                    "permission denied to set parameter \"\(definition.name)\"")
            }
        case .user: break
        }
    }

    /// - Parameter entry: nil: the server's value, as it is and will be.
    private func assign(
        _ definition: SettingDefinition, _ entry: ServerSettings.Entry?, isLocal: Bool
    ) {
        willChange()
        values.current[definition.index] = entry
        if !isLocal { values.session[definition.index] = entry }
        touch(definition)
        if definition.isOfRoles { rolesChanged?() }
    }

    private func touch(_ definition: SettingDefinition) {
        storedGeneration &+= 1
        if definition.isReported { unreported.insert(definition.index) }
        storedTyped = TypedSettings(self)
    }

    private func checkCustomName(_ name: String) throws(SQLError) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1 else { throw Settings.unrecognized(name) }
        guard parts.allSatisfy(SessionSettings.isSimpleIdentifier) else {
            throw SQLError(
                .invalidName, "invalid configuration parameter name \"\(name)\""
            ).detail(
                "Custom parameter names must be two or more simple identifiers separated by dots.")
        }
    }

    private func setCustom(_ name: String, _ text: String?, isLocal: Bool) throws(SQLError) {
        try checkCustomName(name)
        willChange()
        storedGeneration &+= 1
        values.currentCustom[name.lowercased()] = text ?? ""
        if !isLocal { values.sessionCustom[name.lowercased()] = text ?? "" }
    }

    private static func isSimpleIdentifier(_ part: Substring) -> Bool {
        guard let first = part.utf8.first else { return false }
        func isLetter(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "_")
                || byte | 0x20 >= UInt8(ascii: "a")
                    && byte | 0x20 <= UInt8(ascii: "z")
                || byte >= 0x80
        }
        return isLetter(first)
            && part.utf8.allSatisfy {
                isLetter($0) || ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: "$")
            }
    }

    // MARK: Transactions

    public func beginTransaction() {
        isInTransaction = true
        if !savepoints.isEmpty { savepoints.removeAll(keepingCapacity: true) }
    }

    /// To be called before `values` change: a transaction that changes nothing copies nothing.
    private func willChange() {
        if isInTransaction, atBegin == nil { atBegin = values }
    }

    public func commitTransaction() {
        isInTransaction = false
        if !savepoints.isEmpty { savepoints.removeAll(keepingCapacity: true) }
        guard atBegin != nil else { return }
        atBegin = nil
        var after = values
        after.current = after.session
        after.currentCustom = after.sessionCustom
        replace(by: after)
    }

    public func abortTransaction() {
        isInTransaction = false
        if !savepoints.isEmpty { savepoints.removeAll(keepingCapacity: true) }
        guard let before = atBegin else { return }
        atBegin = nil
        replace(by: before)
    }

    /// Savepoints nest; `depth` of the first is 0.
    public func beginSavepoint() { savepoints.append(values) }
    /// RELEASE: the savepoint at `depth` and those inside it are forgotten, values stay.
    public func releaseSavepoint(depth: Int) {
        savepoints.removeLast(max(savepoints.count - depth, 0))
    }
    /// ROLLBACK TO: values are as they were; the savepoint stays.
    public func rollbackToSavepoint(depth: Int) {
        guard depth < savepoints.count else { return }
        let before = savepoints[depth]
        savepoints.removeLast(savepoints.count - depth - 1)
        replace(by: before)
    }

    private func replace(by new: Values) {
        var changed = false
        for index in Set(new.current.keys).union(values.current.keys)
        where new.current[index]?.value != values.current[index]?.value {
            changed = true
            if Settings.definitions[index].isReported { unreported.insert(index) }
        }
        let changesRoles = Settings.roleDefinitions.contains {
            new.current[$0.index]?.value != values.current[$0.index]?.value
        }
        // A name that was set once stays known.
        var new = new
        for name in values.currentCustom.keys where new.currentCustom[name] == nil {
            new.currentCustom[name] = ""
            new.sessionCustom[name] = ""
        }
        values = new
        if changed {
            storedGeneration &+= 1
            storedTyped = TypedSettings(self)
        }
        if changesRoles { rolesChanged?() }
    }

    // MARK: ParameterStatus

    /// All reported parameters, for the start of a session.
    public var reported: [(name: String, text: String)] {
        Settings.definitions.filter(\.isReported).map { ($0.name, text($0)) }
    }

    /// Those that changed since the last call.
    public func takeChangedReports() -> [(name: String, text: String)] {
        if unreported.isEmpty { return [] }
        defer { unreported.removeAll() }
        return unreported.sorted().map { Settings.definitions[$0] }.map { ($0.name, text($0)) }
    }

    /// To be called when a dynamic parameter changed (session_authorization, is_superuser).
    public func noteChange(of name: String) {
        if let definition = Settings.definition(named: name) { touch(definition) }
    }
}
