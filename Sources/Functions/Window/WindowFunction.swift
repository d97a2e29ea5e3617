public import Base
internal import Types

/// The functions that need OVER (chapter 9.22), under pg_proc's OIDs.
public enum WindowFunction: UInt32, Sendable, CaseIterable {
    case rowNumber = 3100
    case rank = 3101
    case denseRank = 3102
    case percentRank = 3103
    case cumeDist = 3104
    case ntile = 3105
    case lag = 3106
    case lagBy = 3107
    case lagOrElse = 3108
    case lead = 3109
    case leadBy = 3110
    case leadOrElse = 3111
    case firstValue = 3112
    case lastValue = 3113
    case nthValue = 3114

    public var name: String {
        switch self {
        case .rowNumber: "row_number"
        case .rank: "rank"
        case .denseRank: "dense_rank"
        case .percentRank: "percent_rank"
        case .cumeDist: "cume_dist"
        case .ntile: "ntile"
        case .lag, .lagBy, .lagOrElse: "lag"
        case .lead, .leadBy, .leadOrElse: "lead"
        case .firstValue: "first_value"
        case .lastValue: "last_value"
        case .nthValue: "nth_value"
        }
    }

    /// Declared argument types.
    public var arguments: [OID] {
        switch self {
        case .rowNumber, .rank, .denseRank, .percentRank, .cumeDist: []
        case .ntile: [.int4]
        case .lag, .lead, .firstValue, .lastValue: [.anyElement]
        case .lagBy, .leadBy, .nthValue: [.anyElement, .int4]
        case .lagOrElse, .leadOrElse: [.anyCompatible, .int4, .anyCompatible]
        }
    }

    /// The result type where it does not depend on the arguments; else it is the first one's.
    public var result: OID? {
        switch self {
        case .rowNumber, .rank, .denseRank: .int8
        case .percentRank, .cumeDist: .float8
        case .ntile: .int4
        case .lag, .lagBy, .lagOrElse, .lead, .leadBy, .leadOrElse, .firstValue, .lastValue,
            .nthValue:
            nil
        }
    }

    /// Whether the rows of the frame matter, not just those of the partition.
    public var looksAtFrame: Bool {
        switch self {
        case .firstValue, .lastValue, .nthValue: true
        default: false
        }
    }

    public var oid: OID { OID(rawValue) }

    public static func named(_ name: String) -> [WindowFunction] {
        allCases.filter { $0.name == name }
    }
}
