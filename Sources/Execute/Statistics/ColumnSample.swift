internal import Base
internal import Catalog
internal import Glibc
internal import Types

/// The sampled values of one column, and what is made of them, by the rules of PostgreSQL's ANALYZE
/// for types that have an order.
struct ColumnSample {
    private struct Entry {
        var key: ByteView
        /// Its place among the values that are not null, in the order of the rows.
        var position: Int32
    }
    private struct Run {
        var first: Int
        var count: Int
    }

    private let type: SQLType
    private let width: Int?
    private let isOrderable: Bool
    private let isRange: Bool
    private let arena = Arena()
    private let store: RowStore
    private var entries: [Entry] = []
    private var rowCount = 0
    private var widthSum = 0

    /// Values wider than this are counted, and looked at no further.
    private static let widthMax = 1024

    init(_ type: SQLType) {
        self.type = type
        let info = TypeCatalog.info(type.oid)
        width = (info?.length).flatMap { $0 > 0 ? Int($0) : nil }
        // Ranges count as unique, as in PostgreSQL: which ones come often says little of them.
        isRange = TypeCatalog.range(type.oid) != nil
        isOrderable = TypeCatalog.isOrderable(type.oid) && !isRange
        store = RowStore(types: [type.physical])
    }

    mutating func append(_ vector: Vector, count: Int) {
        rowCount += count
        if !isOrderable {
            for row in 0..<count where !vector.isNull(row) {
                widthSum += width ?? storedWidth(vector.views[row])
                entries.append(Entry(key: ByteView(), position: 0))
            }
            return
        }
        let encoder = KeyColumnEncoder(KeyColumn(type: type))
        var buffer = ByteBuffer(capacityBytes: 64)
        let kept = UnsafeMutablePointer<Int32>.allocate(capacity: batchRowsMax)
        defer { kept.deallocate() }
        var keptCount = 0
        for row in 0..<count where !vector.isNull(row) {
            widthSum += width ?? storedWidth(vector.views[row])
            if type.physical == .bytes, vector.views[row].count > ColumnSample.widthMax {
                wideCount += 1
                continue
            }
            buffer.removeAll()
            encoder.append(vector[row], to: &buffer)
            entries.append(
                Entry(
                    key: buffer.withBytes { ByteView(copying: $0, into: arena) },
                    position: Int32(entries.count)))
            kept[keptCount] = Int32(row)
            keptCount += 1
        }
        store.append([vector], rows: kept, count: keptCount)
    }
    private var wideCount = 0

    /// As PostgreSQL stores it: with its own header, numerics in digits of four.
    private func storedWidth(_ view: ByteView) -> Int {
        if type.oid == .numeric {
            let text = TypeIO.text(
                Datum(view: view), type: .numeric, context: TypeContext())
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let whole = parts[0].drop { $0 == "-" || $0 == "0" }.utf8.count
            let behind = parts.count > 1 ? parts[1].utf8.count : 0
            return 3 + 2 * ((whole + 3) / 4 + (behind + 3) / 4)
        }
        return view.count + (view.count < 127 ? 1 : 4)
    }

    /// - Parameters:
    ///   - rows: live rows of the whole table.
    ///   - target: how many common values and parts of the histogram there may be.
    func statistics(rows: Double, target: Int) -> ColumnStatistics {
        var result = ColumnStatistics()
        let valueCount = entries.count + wideCount
        guard rowCount > 0 else { return result }
        result.nullFraction = Double(Float(rowCount - valueCount) / Float(rowCount))
        result.averageWidth =
            valueCount == 0 ? width ?? 0 : width ?? Int((Double(widthSum) / Double(valueCount)))
        guard isOrderable, !entries.isEmpty else {
            if valueCount > 0 { result.distinct = wideCount > 0 ? -1 : 0 }
            if isRange { result.distinct = Double(-Float(1 - Float(result.nullFraction))) }
            return result
        }
        let sorted = entries.sorted { left, right in
            let order = ByteView.compare(left.key, right.key)
            return order == 0 ? left.position < right.position : order < 0
        }
        var runs: [Run] = []
        for (index, entry) in sorted.enumerated() {
            if let last = runs.last, sorted[last.first].key == entry.key {
                runs[runs.count - 1].count += 1
            } else {
                runs.append(Run(first: index, count: 1))
            }
        }
        result.correlation = correlation(sorted)
        result.distinct = distinct(runs, nullFraction: result.nullFraction, rows: rows)
        let common = mostCommon(runs, distinct: result.distinct, rows: rows, target: target)
        result.mostCommon = common.map { run in
            ColumnStatistics.CommonValue(
                value: value(sorted[run.first]),
                frequency: Double(run.count) / Double(rowCount))
        }
        result.histogram = histogram(sorted, runs, without: common, target: target)
        return result
    }

    private func value(_ entry: Entry) -> SampledValue {
        let datum = store.datum(0, Int(entry.position))
        return SampledValue(
            content: type.physical == .word ? .word(datum.word) : .bytes(datum.view.bytes),
            key: entry.key.bytes)
    }

    /// Pearson's coefficient of positions before and after sorting.
    private func correlation(_ sorted: [Entry]) -> Double? {
        let count = Double(sorted.count)
        if sorted.count < 2 { return count == 1 ? 1 : nil }
        var products = 0.0
        for (index, entry) in sorted.enumerated() {
            products += Double(index) * Double(entry.position)
        }
        let sum = (count - 1) * count / 2
        let squares = (count - 1) * count * (2 * count - 1) / 6
        return (count * products - sum * sum) / (count * squares - sum * sum)
    }

    /// The estimator of Haas and Stokes (IBM RJ 10025), as PostgreSQL uses it.
    private func distinct(_ runs: [Run], nullFraction: Double, rows: Double) -> Double {
        let multiple = runs.count { $0.count > 1 }
        var result: Double
        if multiple == 0 {
            return -(1 - nullFraction)
        } else if wideCount == 0, multiple == runs.count {
            result = Double(runs.count)
        } else {
            let single = Double(runs.count - multiple + wideCount)
            let found = Double(multiple) + single
            let sampled = Double(rowCount)
            let total = rows * (1 - nullFraction)
            result = total > 0 ? sampled * found / (sampled - single + single * sampled / rows) : 0
            result = min(max(result, found), max(total, found))
            result = (result + 0.5).rounded(.down)
        }
        if result > 0.1 * rows { result = -(result / rows) }
        return result
    }

    /// Those that are found more often than chance would have it.
    private func mostCommon(
        _ runs: [Run], distinct: Double, rows: Double, target: Int
    ) -> [Run] {
        let isComplete = wideCount == 0 && distinct > 0
        let multiple = isComplete && runs.count <= target ? runs : runs.filter { $0.count > 1 }
        let ordered = multiple.enumerated().sorted {
            $0.element.count == $1.element.count
                ? $0.offset < $1.offset : $0.element.count > $1.element.count
        }.map(\.element)
        if isComplete, ordered.count == runs.count, ordered.count <= target { return ordered }
        var kept = Array(ordered.prefix(target))
        let sampled = Double(rowCount)
        if sampled >= rows { return kept }
        let distinctCount = distinct < 0 ? -distinct * rows : distinct
        let nullCount = Double(rowCount - entries.count - wideCount)
        var counted = Double(kept.dropLast().reduce(0) { $0 + $1.count })
        while let last = kept.last {
            // What would the last be, were it not among them?
            let others = max(distinctCount - Double(kept.count - 1), 1)
            let selectivity = min(
                max(1 - counted / sampled - nullCount / sampled, 0) / others, 1)
            let hits = selectivity * rows
            let variance =
                sampled * hits * (rows - hits) * (rows - sampled) / (rows * rows * (rows - 1))
            if Double(last.count) > selectivity * sampled + 2 * variance.squareRoot() + 0.5 {
                break
            }
            kept.removeLast()
            counted -= Double(kept.last?.count ?? 0)
        }
        return kept
    }

    private func histogram(
        _ sorted: [Entry], _ runs: [Run], without common: [Run], target: Int
    ) -> [SampledValue] {
        let distinctCount = runs.count - common.count
        let count = min(distinctCount, target + 1)
        if count < 2 { return [] }
        let left = Set(common.map(\.first))
        var rest: [Entry] = []
        rest.reserveCapacity(sorted.count)
        for run in runs where !left.contains(run.first) {
            rest += sorted[run.first..<run.first + run.count]
        }
        return (0..<count).map { value(rest[$0 * (rest.count - 1) / (count - 1)]) }
    }
}
