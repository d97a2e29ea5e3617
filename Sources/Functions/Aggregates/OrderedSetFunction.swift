public import Base
internal import Types

/// The aggregates that need WITHIN GROUP (chapter 9.21), under pg_proc's OIDs.
public enum OrderedSetFunction: UInt32, Sendable, CaseIterable {
    case percentileDisc = 3972
    case percentileCont = 3974
    case percentileDiscList = 3978
    case percentileContList = 3980
    case mode = 3984
    case rank = 3986
    case percentRank = 3988
    case cumeDist = 3990
    case denseRank = 3992

    public var name: String {
        switch self {
        case .percentileDisc, .percentileDiscList: "percentile_disc"
        case .percentileCont, .percentileContList: "percentile_cont"
        case .mode: "mode"
        case .rank: "rank"
        case .percentRank: "percent_rank"
        case .cumeDist: "cume_dist"
        case .denseRank: "dense_rank"
        }
    }

    /// Whether the direct arguments are a row that might be among the sorted ones.
    public var isHypothetical: Bool {
        switch self {
        case .rank, .percentRank, .cumeDist, .denseRank: true
        case .percentileDisc, .percentileCont, .percentileDiscList, .percentileContList, .mode:
            false
        }
    }

    public var oid: OID { OID(rawValue) }

    public static func named(_ name: String) -> [OrderedSetFunction] {
        allCases.filter { $0.name == name }
    }
}
