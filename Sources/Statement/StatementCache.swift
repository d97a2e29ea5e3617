internal import Base
internal import System

/// Prepared statements by text, shared by all sessions of a database (design.md section 8).
///
/// A hit saves parsing, analysis and planning. An entry is found only with the same text, declared
/// parameter types, search path, user and input settings, and is good only for the catalog version
/// it was made with.
public final class StatementCache: @unchecked Sendable {
    // Safe to share: `entries` is used under `lock`.

    struct Key: Hashable {
        var text: [UInt8]
        var parameterTypes: [OID]
        var database: OID
        var user: OID
        var searchPath: [OID]
        /// The settings that literals' input depends on.
        var dateStyle: String
        var intervalStyle: String
        var timeZone: String

        /// The text tells most of them apart; it is hashed in one piece.
        func hash(into hasher: inout Hasher) {
            text.withUnsafeBytes { hasher.combine(bytes: $0) }
            hasher.combine(parameterTypes.count)
        }
    }

    public init() {}

    private let lock = Lock()
    private var entries: [Key: PreparedStatement] = [:]
    private var textBytes = 0

    private static let entriesMax = 2048
    private static let textBytesMax = 8 << 20
    /// Longer texts (bulk INSERTs) are not worth keeping.
    static let entryTextBytesMax = 8192

    func find(_ key: Key, catalogVersion: UInt64) -> PreparedStatement? {
        lock.withLock {
            guard let entry = entries[key] else { return nil }
            if let version = entry.catalogVersion, version != catalogVersion { return nil }
            return entry
        }
    }

    func insert(_ statement: PreparedStatement, for key: Key) {
        guard key.text.count <= StatementCache.entryTextBytesMax else { return }
        lock.withLock {
            // A full cache starts again: simple, and rare with statements that repeat.
            if entries.count >= StatementCache.entriesMax
                || textBytes > StatementCache.textBytesMax
            {
                entries.removeAll()
                textBytes = 0
            }
            if entries.updateValue(statement, forKey: key) == nil { textBytes += key.text.count }
        }
    }
}
