internal import Base
internal import Query
internal import Types

/// Comparisons of a date with a constant instant, such as `day < date '1994-01-01' + interval '1
/// year'`, as comparisons of dates: those an index and a column's statistics can serve.
enum DateComparison {
    private static let microsecondsOfDay: Int64 = 86_400_000_000

    /// By function: the strategy, and whether the date is on the left.
    private static let mixed: [OID: (strategy: Comparison.Strategy, dateIsLeft: Bool)] = [
        OID(2338): (.less, true), OID(2339): (.lessOrEqual, true), OID(2340): (.equal, true),
        OID(2341): (.greater, true), OID(2342): (.greaterOrEqual, true),
        OID(2364): (.less, false), OID(2365): (.lessOrEqual, false), OID(2366): (.equal, false),
        OID(2367): (.greater, false), OID(2368): (.greaterOrEqual, false),
    ]

    static func isMixed(_ function: OID) -> Bool { mixed[function] != nil }

    /// Nil: it is no such comparison, or there is no constant.
    static func simplified(_ function: OID, _ arguments: [Expression]) -> Expression? {
        guard let (written, dateIsLeft) = mixed[function] else { return nil }
        let date = dateIsLeft ? arguments[0] : arguments[1]
        guard case .constant(let constant) = dateIsLeft ? arguments[1] : arguments[0],
            case .word(let instant) = constant.value, instant != .max, instant != .min
        else { return nil }
        var strategy = dateIsLeft ? written : written.commuted
        let (day, time) = instant.quotientAndRemainder(dividingBy: microsecondsOfDay)
        let isMidnight = time == 0
        let floor = time < 0 ? day - 1 : day
        switch strategy {
        case .equal:
            // Only midnight is a date; a null stays one.
            if !isMidnight { return nil }
        case .less where !isMidnight: strategy = .lessOrEqual
        case .greaterOrEqual where !isMidnight: strategy = .greater
        case .less, .lessOrEqual, .greater, .greaterOrEqual: break
        }
        guard let comparison = Comparison.function(strategy, left: .date, right: .date) else {
            return nil
        }
        return .call(
            function: comparison,
            arguments: [date, .constant(Constant(type: .plain(.date), value: .word(floor)))],
            type: .plain(.bool))
    }
}
