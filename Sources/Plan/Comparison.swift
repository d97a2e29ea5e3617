internal import Base

/// What PostgreSQL's B-tree operator families say about a comparison function (pg_amop): which
/// order it tests and of what types. Only what keys can serve: both sides of one type, or any two
/// of the integers, whose values have the same physical form.
struct Comparison {
    /// B-tree strategy numbers, as in pg_amop.
    enum Strategy: UInt8 {
        case less = 1
        case lessOrEqual = 2
        case equal = 3
        case greaterOrEqual = 4
        case greater = 5

        /// The test with its sides exchanged.
        var commuted: Strategy {
            switch self {
            case .less: .greater
            case .lessOrEqual: .greaterOrEqual
            case .equal: .equal
            case .greaterOrEqual: .lessOrEqual
            case .greater: .less
            }
        }
    }
    var strategy: Strategy
    var left: OID
    var right: OID

    /// The comparison that the function `oid` is, if any.
    static func function(_ oid: OID) -> Comparison? { byFunction[oid.rawValue] }

    /// The function that tests `strategy` between values of these types.
    static func function(_ strategy: Strategy, left: OID, right: OID) -> OID? {
        for row in rows where row.1 == strategy.rawValue && row.2 == left.rawValue {
            if row.3 == right.rawValue { return OID(row.0) }
        }
        return nil
    }

    private static let byFunction: [UInt32: Comparison] = {
        var result: [UInt32: Comparison] = [:]
        for row in rows {
            guard let strategy = Strategy(rawValue: row.1) else { continue }
            result[row.0] = Comparison(strategy: strategy, left: OID(row.2), right: OID(row.3))
        }
        return result
    }()

    /// (function, strategy, left type, right type).
    private static let rows: [(UInt32, UInt8, UInt32, UInt32)] = [
        (56, 1, 16, 16), (57, 5, 16, 16), (60, 3, 16, 16), (1691, 2, 16, 16),
        (1692, 4, 16, 16), (1048, 3, 1042, 1042), (1049, 1, 1042, 1042), (1050, 2, 1042, 1042),
        (1051, 5, 1042, 1042), (1052, 4, 1042, 1042), (1948, 3, 17, 17), (1949, 1, 17, 17),
        (1950, 2, 17, 17), (1951, 5, 17, 17), (1952, 4, 17, 17), (61, 3, 18, 18),
        (72, 2, 18, 18), (73, 5, 18, 18), (74, 4, 18, 18), (1246, 1, 18, 18),
        (1086, 3, 1082, 1082), (1087, 1, 1082, 1082), (1088, 2, 1082, 1082), (1089, 5, 1082, 1082),
        (1090, 4, 1082, 1082), (1152, 3, 1184, 1184), (1154, 1, 1184, 1184), (1155, 2, 1184, 1184),
        (1156, 4, 1184, 1184), (1157, 5, 1184, 1184), (2052, 3, 1114, 1114), (2054, 1, 1114, 1114),
        (2055, 2, 1114, 1114), (2056, 4, 1114, 1114), (2057, 5, 1114, 1114), (287, 3, 700, 700),
        (289, 1, 700, 700), (290, 2, 700, 700), (291, 5, 700, 700), (292, 4, 700, 700),
        (293, 3, 701, 701), (295, 1, 701, 701), (296, 2, 701, 701), (297, 5, 701, 701),
        (298, 4, 701, 701), (63, 3, 21, 21), (64, 1, 21, 21), (65, 3, 23, 23),
        (66, 1, 23, 23), (146, 5, 21, 21), (147, 5, 23, 23), (148, 2, 21, 21),
        (149, 2, 23, 23), (150, 4, 23, 23), (151, 4, 21, 21), (158, 3, 21, 23),
        (159, 3, 23, 21), (160, 1, 21, 23), (161, 1, 23, 21), (162, 5, 21, 23),
        (163, 5, 23, 21), (166, 2, 21, 23), (167, 2, 23, 21), (168, 4, 21, 23),
        (169, 4, 23, 21), (467, 3, 20, 20), (469, 1, 20, 20), (470, 5, 20, 20),
        (471, 2, 20, 20), (472, 4, 20, 20), (474, 3, 20, 23), (476, 1, 20, 23),
        (477, 5, 20, 23), (478, 2, 20, 23), (479, 4, 20, 23), (852, 3, 23, 20),
        (854, 1, 23, 20), (855, 5, 23, 20), (856, 2, 23, 20), (857, 4, 23, 20),
        (1850, 3, 21, 20), (1852, 1, 21, 20), (1853, 5, 21, 20), (1854, 2, 21, 20),
        (1855, 4, 21, 20), (1856, 3, 20, 21), (1858, 1, 20, 21), (1859, 5, 20, 21),
        (1860, 2, 20, 21), (1861, 4, 20, 21), (1162, 3, 1186, 1186), (1164, 1, 1186, 1186),
        (1165, 2, 1186, 1186), (1166, 4, 1186, 1186), (1167, 5, 1186, 1186), (1718, 3, 1700, 1700),
        (1720, 5, 1700, 1700), (1721, 4, 1700, 1700), (1722, 1, 1700, 1700), (1723, 2, 1700, 1700),
        (184, 3, 26, 26), (716, 1, 26, 26), (717, 2, 26, 26), (1638, 5, 26, 26),
        (1639, 4, 26, 26), (62, 3, 19, 19), (67, 3, 25, 25), (655, 1, 19, 19),
        (656, 2, 19, 19), (657, 5, 19, 19), (658, 4, 19, 19), (740, 1, 25, 25),
        (741, 2, 25, 25), (742, 5, 25, 25), (743, 4, 25, 25), (1102, 1, 1083, 1083),
        (1103, 2, 1083, 1083), (1104, 5, 1083, 1083), (1105, 4, 1083, 1083), (1145, 3, 1083, 1083),
        (1352, 3, 1266, 1266), (1354, 1, 1266, 1266), (1355, 2, 1266, 1266), (1356, 4, 1266, 1266),
        (1357, 5, 1266, 1266), (2954, 1, 2950, 2950), (2955, 2, 2950, 2950), (2956, 3, 2950, 2950),
        (2957, 4, 2950, 2950), (2958, 5, 2950, 2950), (744, 3, 2277, 2277), (391, 1, 2277, 2277),
        (393, 2, 2277, 2277), (396, 4, 2277, 2277), (392, 5, 2277, 2277),
    ]
}
