internal import Base
internal import Catalog
internal import Query
internal import Types

/// What the planner knows of one column of one entry: the part of its rows that a comparison keeps.
struct ColumnEstimate {
    let type: SQLType
    /// Rows of the table.
    let rows: Double
    let statistics: ColumnStatistics?
    /// The column alone is a key.
    let isUnique: Bool

    var nullFraction: Double { statistics?.nullFraction ?? 0 }

    /// How many different values the column has; nil: unknown.
    var distinctCount: Double? {
        if isUnique { return max(rows, 1) }
        guard let statistics, statistics.distinct != 0 else {
            return type.oid == .bool ? 2 : nil
        }
        return max(min(statistics.distinctCount(rows: rows), rows), 1)
    }

    // MARK: Equality

    /// `column = value` for a value that is not known yet.
    var equality: Double {
        if let distinctCount { return (1 - nullFraction) / distinctCount }
        return Cost.equalitySelectivity
    }

    func equality(_ constant: Constant) -> Double {
        if constant.isNull { return 0 }
        guard let statistics, !isUnique else { return equality }
        let key = self.key(constant)
        if let common = statistics.mostCommon.first(where: { $0.value.key == key }) {
            return common.frequency
        }
        let common = statistics.mostCommon.reduce(0) { $0 + $1.frequency }
        let distinct = distinctCount ?? 200
        let rest = max(distinct - Double(statistics.mostCommon.count), 1)
        var result = max(1 - common - nullFraction, 0) / rest
        // No value can be more frequent than the least frequent of the common ones.
        if let last = statistics.mostCommon.last { result = min(result, last.frequency) }
        return max(result, 0.1 / max(rows, 1))
    }

    // MARK: Order

    /// `column < value` (`orEqual`: <=); nil: there is nothing to tell from.
    func below(_ constant: Constant, orEqual: Bool) -> Double? {
        if constant.isNull { return 0 }
        guard let statistics, statistics.mostCommon.count + statistics.histogram.count > 0 else {
            return nil
        }
        let key = self.key(constant)
        var result = 0.0
        var common = 0.0
        for value in statistics.mostCommon {
            common += value.frequency
            if compare(value.value.key, key) < (orEqual ? 1 : 0) { result += value.frequency }
        }
        let rest = max(1 - common - nullFraction, 0)
        if statistics.histogram.count > 1 {
            result += rest * part(of: statistics.histogram, below: key)
        } else {
            result += rest / 2
        }
        return min(max(result, 0.1 / max(rows, 1)), 1)
    }

    /// The part of a histogram's values below a key.
    private func part(of histogram: [SampledValue], below key: [UInt8]) -> Double {
        var low = 0
        var high = histogram.count
        while low < high {
            let middle = (low + high) / 2
            if compare(histogram[middle].key, key) < 0 { low = middle + 1 } else { high = middle }
        }
        if low == 0 { return 0 }
        if low == histogram.count { return 1 }
        let before = histogram[low - 1].key
        let after = histogram[low].key
        // Between two bounds: by the first bytes in which they differ, as a number.
        let shared = zip(before, after).prefix { $0 == $1 }.count
        func number(_ bytes: [UInt8]) -> Double {
            var result = 0.0
            for index in shared..<shared + 7 {
                result = result * 256 + Double(index < bytes.count ? bytes[index] : 0)
            }
            return result
        }
        let width = number(after) - number(before)
        let inside = width > 0 ? min(max((number(key) - number(before)) / width, 0), 1) : 0.5
        return (Double(low - 1) + inside) / Double(histogram.count - 1)
    }

    private func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left.withUnsafeBytes { left in right.withUnsafeBytes { compareBytes(left, $0) } }
    }

    /// The constant as the column's values are encoded.
    private func key(_ constant: Constant) -> [UInt8] {
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }
        let datum: Datum
        switch constant.value {
        case .null: datum = .null
        case .word(let word): datum = Datum(word: word)
        case .bytes(let bytes): datum = Datum(view: ByteView(copying: bytes, into: arena))
        }
        var buffer = ByteBuffer(capacityBytes: 32)
        KeyEncoding.append(datum, type: type.oid, into: &buffer)
        return buffer.withBytes { [UInt8]($0) }
    }
}
