public import Base
internal import Types

/// CURRENT_TIMESTAMP and the like: now(), converted, and written back as the word that it came as.
public enum ClockWord: String, CaseIterable, Sendable {
    case currentTimestamp = "CURRENT_TIMESTAMP"
    case currentDate = "CURRENT_DATE"
    case currentTime = "CURRENT_TIME"
    case localTimestamp = "LOCALTIMESTAMP"
    case localTime = "LOCALTIME"

    /// now() under the word's own OID, one of those that PostgreSQL leaves unused.
    public var function: OID {
        switch self {
        case .currentTimestamp: OID(9990)
        case .currentDate: OID(9991)
        case .currentTime: OID(9992)
        case .localTimestamp: OID(9993)
        case .localTime: OID(9994)
        }
    }

    /// What the word gives.
    public var type: OID {
        switch self {
        case .currentTimestamp: .timestamptz
        case .currentDate: .date
        case .currentTime: .timetz
        case .localTimestamp: .timestamp
        case .localTime: .time
        }
    }

    public init?(function: OID) {
        guard let word = ClockWord.allCases.first(where: { $0.function == function }) else {
            return nil
        }
        self = word
    }

    /// The word with its precision.
    public func text(modifier: Int32) -> String {
        modifier < 0 ? rawValue : "\(rawValue)(\(modifier))"
    }
}
