internal import Base

/// ISO 8601's two forms of an interval: `P1Y2M3DT4H5M6.7S`, and `P0001-02-03T04:05:06` with or without
/// its separators.
struct ISOInterval {
    typealias Failure = IntervalInput.Failure

    private var sums = IntervalSums()
    private var scanner: IntervalScanner

    static func parse(_ text: UnsafeRawBufferPointer) throws(Failure) -> Interval {
        var reader = ISOInterval(scanner: IntervalScanner([UInt8](text)[...]))
        guard text.count >= 2, reader.scanner.take(0x50) else { throw .malformed }
        try reader.read()
        return try reader.sums.interval()
    }

    private init(scanner: IntervalScanner) { self.scanner = scanner }

    private mutating func number() throws(Failure) -> (value: Int64, fraction: Double) {
        guard isDigit(scanner.next) || scanner.next == 0x2D || scanner.next == 0x2E else {
            throw .malformed
        }
        let isNegative = scanner.next == 0x2D
        let value = try scanner.signedInteger()
        let fraction = scanner.next == 0x2E ? try scanner.fraction() : 0
        return (value, isNegative ? -fraction : fraction)
    }

    private mutating func read() throws(Failure) {
        var isDate = true
        var isFirst = true
        while !scanner.isAtEnd {
            if scanner.take(0x54) {
                isDate = false
                isFirst = true
                continue
            }
            let width = scanner.integerWidth
            let (value, fraction) = try number()
            if isDate {
                guard let unit = dateUnit() else {
                    // Only at the start may the alternative form be.
                    guard isFirst else { throw .malformed }
                    try readAlternativeDate(value, fraction, width)
                    if scanner.isAtEnd { return }
                    guard scanner.take(0x54) else { throw .malformed }
                    isDate = false
                    continue
                }
                try sums.add(value, unit: unit, fraction: fraction)
            } else {
                guard let unit = timeUnit() else {
                    guard isFirst else { throw .malformed }
                    return try readAlternativeTime(value, fraction, width)
                }
                try sums.add(value, unit: unit, fraction: fraction)
            }
            isFirst = false
        }
    }

    private mutating func dateUnit() -> IntervalUnit? {
        if scanner.take(0x59) { return .year }
        if scanner.take(0x4D) { return .month }
        if scanner.take(0x57) { return .week }
        return scanner.take(0x44) ? .day : nil
    }
    private mutating func timeUnit() -> IntervalUnit? {
        if scanner.take(0x48) { return .hour }
        if scanner.take(0x4D) { return .minute }
        return scanner.take(0x53) ? .second : nil
    }

    private mutating func readAlternativeDate(
        _ value: Int64, _ fraction: Double, _ width: Int
    ) throws(Failure) {
        if width == 8, scanner.isAtEnd || scanner.next == 0x54 {
            try sums.add(value / 10000, unit: .year, fraction: 0)
            try sums.add(value / 100 % 100, unit: .month, fraction: 0)
            return try sums.add(value % 100, unit: .day, fraction: fraction)
        }
        try sums.add(value, unit: .year, fraction: fraction)
        for unit in [IntervalUnit.month, .day] {
            if scanner.isAtEnd || scanner.next == 0x54 { return }
            guard scanner.take(0x2D) else { throw .malformed }
            let (value, fraction) = try number()
            try sums.add(value, unit: unit, fraction: fraction)
        }
    }

    private mutating func readAlternativeTime(
        _ value: Int64, _ fraction: Double, _ width: Int
    ) throws(Failure) {
        if width == 6, scanner.isAtEnd {
            try sums.add(value / 10000, unit: .hour, fraction: 0)
            try sums.add(value / 100 % 100, unit: .minute, fraction: 0)
            return try sums.add(value % 100, unit: .second, fraction: fraction)
        }
        try sums.add(value, unit: .hour, fraction: fraction)
        for unit in [IntervalUnit.minute, .second] {
            if scanner.isAtEnd { return }
            guard scanner.take(0x3A) else { throw .malformed }
            let (value, fraction) = try number()
            try sums.add(value, unit: unit, fraction: fraction)
        }
        guard scanner.isAtEnd else { throw .malformed }
    }
}
