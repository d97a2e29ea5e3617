public import Base

/// EXPLAIN's options.
public struct ExplainOptions: Sendable {
    public enum Format: String, Sendable {
        case text
        case json
        case yaml
        case xml
    }
    public var analyze = false
    public var verbose = false
    public var costs = true
    public var buffers = false
    public var wal = false
    public var settings = false
    /// Nil: as ANALYZE has it.
    public var timing: Bool?
    public var summary: Bool?
    public var format = Format.text
    /// A plan for all parameters is shown: `$1`, not its value.
    public var isGeneric = false

    public init() {}

    var showsTimes: Bool { timing ?? analyze }
    var showsSummary: Bool { summary ?? analyze }

    /// - Throws: 22023.
    public func check() throws(SQLError) {
        if wal, !analyze {
            throw SQLError(.invalidParameterValue, "EXPLAIN option WAL requires ANALYZE")
        }
        if timing == true, !analyze {
            throw SQLError(.invalidParameterValue, "EXPLAIN option TIMING requires ANALYZE")
        }
    }
}
