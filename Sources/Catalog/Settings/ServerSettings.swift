public import Base
internal import System

/// The server's values of all parameters: boot values, then the configuration file, then the
/// command line. Sessions start from them.
public final class ServerSettings: @unchecked Sendable {
    // Safe to share: `values` is used under `lock`.
    private let lock = Lock()
    private var values: [Int: Entry] = [:]

    struct Entry: Sendable {
        var value: SettingValue
        /// pg_settings.source.
        var source: String
    }

    /// Reads a time zone's name into its canonical spelling; nil if there is no such zone.
    public let timeZoneCheck: @Sendable (String) -> String?

    public init(timeZoneCheck: @escaping @Sendable (String) -> String? = { $0 }) {
        self.timeZoneCheck = timeZoneCheck
    }

    /// Sets a value at start-up or on reload; names of the form `a.b` are taken as they come.
    /// - Parameter source: `configuration file`, `command line`, `override`.
    /// - Throws: 42704 or 22023.
    public func set(_ name: String, _ text: String, source: String) throws(SQLError) {
        guard let definition = Settings.definition(named: name) else {
            throw Settings.unrecognized(name)
        }
        let parsed = try definition.parse(text)
        let value = try SettingChecks.canonical(
            definition, parsed, previous: definition.bootValue)
        lock.withLock { values[definition.index] = Entry(value: value, source: source) }
    }

    /// Takes back what the configuration file said, before it is read again.
    public func forget(source: String) {
        lock.withLock { values = values.filter { $0.value.source != source } }
    }

    func entry(_ definition: SettingDefinition) -> Entry {
        lock.withLock { values[definition.index] }
            ?? Entry(value: definition.bootValue, source: "default")
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
