internal import Base

/// Reads the text forms of interval (chapter 8.5.4): PostgreSQL's and SQL's own by tokens, from the last
/// to the first, since a unit follows its number; ISO 8601's where those do not fit.
struct IntervalInput {
    enum Failure: Error {
        case malformed, overflow
        /// The fields are, but their sum is not one of interval.
        case outOfRange
    }

    /// The sums so far. Months and years stay apart until the end, as their limits do.
    private var sums = IntervalSums()
    /// A bit of each unit that had its number: none may have two.
    private var seen: Int32 = 0
    /// What a number that comes next counts.
    private enum Expected {
        case implied
        case unit(IntervalUnit)
        /// After `ago`: no number may.
        case none
    }
    private var expected = Expected.implied
    private var isAgo = false
    private var isForcedNegative = false
    private let range: Int32

    static func parse(
        _ text: UnsafeRawBufferPointer, _ modifier: Int32, _ context: TypeContext
    ) throws(SQLError) -> Interval {
        let value: Interval
        do throws(Failure) {
            value = try parse(text, range: IntervalModifier.range(modifier), context)
        } catch {
            switch error {
            case .malformed:
                throw SQLError(
                    .invalidDatetimeFormat,
                    "invalid input syntax for type interval: \"\(string(text))\"")
            case .overflow:
                throw SQLError(
                    .intervalFieldOverflow,
                    "interval field value out of range: \"\(string(text))\"")
            case .outOfRange: throw Interval.outOfRange()
            }
        }
        return try IntervalModifier.apply(modifier, to: value)
    }

    private static func parse(
        _ text: UnsafeRawBufferPointer, range: Int32, _ context: TypeContext
    ) throws(Failure) -> Interval {
        do throws(Failure) {
            let tokens = try IntervalTokens.split(text)
            var reader = IntervalInput(range: range)
            reader.checkLeadingSign(tokens, context)
            for token in tokens.reversed() { try reader.take(token) }
            guard reader.seen != 0 else { throw Failure.malformed }
            if reader.isAgo { try reader.sums.negate() }
            return try reader.sums.interval()
        } catch {
            guard error == .malformed else { throw error }
            return try ISOInterval.parse(text)
        }
    }

    private init(range: Int32) { self.range = range }

    /// In SQL's style one sign before the first field, and none later, is that of all.
    private mutating func checkLeadingSign(_ tokens: [IntervalTokens.Token], _ context: TypeContext) {
        guard context.intervalStyle == .standard, tokens.first?.text.first == 0x2D else { return }
        isForcedNegative = !tokens.dropFirst().contains {
            $0.text.first == 0x2D || $0.text.first == 0x2B
        }
    }

    private mutating func take(_ token: IntervalTokens.Token) throws(Failure) {
        switch token.kind {
        case .word:
            guard let meaning = IntervalUnit.Word.lookup(token.text) else { throw .malformed }
            switch meaning {
            case .unit(let unit): expected = .unit(unit)
            case .ago:
                isAgo = true
                expected = .none
            case .nothing: break
            }
        case .clock: try takeClock(token.text[...], isNegative: false)
        case .signed:
            if token.text.contains(0x3A) {
                do throws(Failure) {
                    return try takeClock(token.text.dropFirst(), isNegative: token.text[0] == 0x2D)
                } catch { guard error == .malformed else { throw error } }
            }
            try takeNumber(token.text)
        case .number: try takeNumber(token.text)
        }
    }

    // MARK: Times of day

    private mutating func takeClock(
        _ text: ArraySlice<UInt8>, isNegative: Bool
    ) throws(Failure) {
        var scanner = IntervalScanner(text)
        var hour = try scanner.integer()
        guard scanner.take(0x3A) else { throw .malformed }
        var minute = try scanner.integer()
        var second: Int64 = 0
        var fraction = 0.0
        if scanner.isAtEnd {
            if range == IntervalModifier.minute | IntervalModifier.second {
                (hour, minute, second) = (0, hour, minute)
            }
        } else if scanner.next == 0x2E {
            fraction = try scanner.fraction()
            (hour, minute, second) = (0, hour, minute)
        } else if scanner.take(0x3A) {
            second = try scanner.integer()
            if !scanner.isAtEnd { fraction = try scanner.fraction() }
        }
        guard scanner.isAtEnd else { throw .malformed }
        guard hour >= 0, (0...59).contains(minute), (0...60).contains(second) else {
            throw .overflow
        }
        var time = IntervalSums()
        try time.add(hour, unit: .hour, fraction: 0)
        try time.add(minute, unit: .minute, fraction: 0)
        try time.add(second, unit: .second, fraction: fraction)
        if isNegative || isForcedNegative { try time.negate() }
        try sums.add(time)
        try mark(IntervalUnit.hour.bit | IntervalUnit.minute.bit | IntervalUnit.allSecondBits)
        expected = .unit(.day)
    }

    private mutating func mark(_ bits: Int32) throws(Failure) {
        guard seen & bits == 0 else { throw .malformed }
        seen |= bits
    }

    // MARK: Numbers

    /// The unit of a last number that has none: the smallest field of the type's modifier.
    private var impliedUnit: IntervalUnit {
        if range == IntervalModifier.fullRange { return .second }
        if range & IntervalModifier.second != 0 { return .second }
        if range & IntervalModifier.minute != 0 { return .minute }
        if range & IntervalModifier.hour != 0 { return .hour }
        if range & IntervalModifier.day != 0 { return .day }
        return range & IntervalModifier.month != 0 ? .month : .year
    }

    private mutating func takeNumber(_ text: [UInt8]) throws(Failure) {
        var unit: IntervalUnit? =
            switch expected {
            case .implied: impliedUnit
            case .unit(let unit): unit
            case .none: nil
            }
        var scanner = IntervalScanner(text[...])
        let isNegative = text.first == 0x2D
        var value = try scanner.signedInteger()
        var fraction = 0.0
        if scanner.take(0x2D) {
            // SQL's years and months.
            let months = try scanner.integer()
            guard months < 12 else { throw .overflow }
            guard scanner.isAtEnd else { throw .malformed }
            let (product, overflow1) = value.multipliedReportingOverflow(by: 12)
            let (sum, overflow2) = product.addingReportingOverflow(isNegative ? -months : months)
            guard !overflow1, !overflow2 else { throw .overflow }
            value = sum
            unit = .month
        } else if scanner.next == 0x2E {
            fraction = try scanner.fraction()
            if isNegative { fraction = -fraction }
        }
        guard scanner.isAtEnd, let unit else { throw .malformed }
        if isForcedNegative {
            if value > 0 { value = -value }
            if fraction > 0 { fraction = -fraction }
        }
        try sums.add(value, unit: unit, fraction: fraction)
        try mark(
            unit == .second && fraction != 0 ? IntervalUnit.allSecondBits : unit.bit)
        expected = .unit(unit == .hour ? .day : unit)
    }
}

/// The sums of an interval's fields while it is read.
struct IntervalSums {
    private var years: Int32 = 0
    private var months: Int32 = 0
    private var days: Int32 = 0
    private var microseconds: Int64 = 0

    typealias Failure = IntervalInput.Failure

    private static func sum(_ left: Int32, _ right: Int64) throws(Failure) -> Int32 {
        guard let right = Int32(exactly: right) else { throw .overflow }
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { throw .overflow }
        return sum
    }
    private static func product(_ left: Int64, _ right: Int64) throws(Failure) -> Int64 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        guard !overflow else { throw .overflow }
        return product
    }

    /// `value` and `fraction` (below one, of the same sign) units; fractions go to smaller fields.
    mutating func add(_ value: Int64, unit: IntervalUnit, fraction: Double) throws(Failure) {
        switch unit {
        case .microsecond: try addTime(value, 1, fraction)
        case .millisecond: try addTime(value, 1000, fraction)
        case .second: try addTime(value, 1_000_000, fraction)
        case .minute: try addTime(value, 60_000_000, fraction)
        case .hour: try addTime(value, 3_600_000_000, fraction)
        case .day:
            days = try IntervalSums.sum(days, value)
            try addTime(0, Calendar.microsecondsPerDay, fraction)
        case .week:
            days = try IntervalSums.sum(days, try IntervalSums.product(value, 7))
            try addDays(fraction * 7)
        case .month:
            months = try IntervalSums.sum(months, value)
            try addDays(fraction * Double(Interval.daysPerMonth))
        case .year: try addYears(value, 1, fraction)
        case .decade: try addYears(value, 10, fraction)
        case .century: try addYears(value, 100, fraction)
        case .millennium: try addYears(value, 1000, fraction)
        }
    }

    private mutating func addTime(
        _ value: Int64, _ scale: Int64, _ fraction: Double
    ) throws(Failure) {
        let scaled = fraction * Double(scale)
        // Halves stay below: only more than one half rounds away from zero.
        let whole = scaled.rounded(.towardZero)
        let rest = scaled - whole
        let rounded = Int64(whole) + (rest > 0.5 ? 1 : rest < -0.5 ? -1 : 0)
        for part in [try IntervalSums.product(value, scale), rounded] {
            let (sum, overflow) = microseconds.addingReportingOverflow(part)
            guard !overflow else { throw .overflow }
            microseconds = sum
        }
    }

    private mutating func addDays(_ count: Double) throws(Failure) {
        let whole = count.rounded(.towardZero)
        days = try IntervalSums.sum(days, Int64(whole))
        try addTime(0, Calendar.microsecondsPerDay, count - whole)
    }

    private mutating func addYears(
        _ value: Int64, _ scale: Int64, _ fraction: Double
    ) throws(Failure) {
        years = try IntervalSums.sum(years, try IntervalSums.product(value, scale))
        let count = (fraction * Double(scale) * 12).rounded(.toNearestOrEven)
        months = try IntervalSums.sum(months, Int64(count))
    }

    mutating func add(_ other: IntervalSums) throws(Failure) {
        let (sum, overflow) = microseconds.addingReportingOverflow(other.microseconds)
        guard !overflow else { throw .overflow }
        microseconds = sum
    }

    mutating func negate() throws(Failure) {
        guard years != .min, months != .min, days != .min, microseconds != .min else {
            throw .overflow
        }
        years = -years
        months = -months
        days = -days
        microseconds = -microseconds
    }

    func interval() throws(Failure) -> Interval {
        guard let total = Int32(exactly: Int64(years) * 12 + Int64(months)) else {
            throw .outOfRange
        }
        return Interval(months: total, days: days, microseconds: microseconds)
    }
}
