public import Base
public import Catalog
public import Types

/// Which partition of a table a key belongs to, and which partitions a condition on the key can
/// leave out.
///
/// Bounds are kept as encoded keys, whose byte order is the values' order:
///
///     value     01 and the key's encoding
///     MINVALUE  00                              below every value
///     MAXVALUE  FF                              above every value
public struct PartitionMap: Sendable {
    public let strategy: PartitionStrategy
    public let keyTypes: [SQLType]
    /// The partitions, by child number.
    public let partitions: [OID]
    public private(set) var defaultChild: Int?
    /// Ascending, disjoint.
    private var ranges: [(lower: [UInt8], upper: [UInt8], child: Int)] = []
    /// By child.
    private let bounds: [PartitionBounds]
    private var listed: [[UInt8]: Int] = [:]
    private var nullChild: Int?
    /// Of hash partitions: each modulus once, and who has which remainder of it. A modulus may be
    /// large: nothing is as long as it.
    private var moduli: [Int] = []
    private var classes: [HashClass: Int] = [:]

    private struct HashClass: Hashable {
        var modulus: Int
        var remainder: Int
    }

    /// - Throws: what reading a bound's value throws, which was written by us.
    public init(
        _ partitioning: Partitioning, bounds: [(partition: OID, bounds: PartitionBounds)]
    ) throws(SQLError) {
        strategy = partitioning.strategy
        keyTypes = partitioning.keys.map(\.type)
        partitions = bounds.map(\.partition)
        self.bounds = bounds.map(\.bounds)
        for (child, entry) in bounds.enumerated() {
            switch entry.bounds {
            case .default: defaultChild = child
            case .hash(let modulus, let remainder): add(modulus, remainder, child)
            case .list(let values):
                for value in values {
                    if value == .null {
                        nullChild = child
                    } else {
                        listed[try encode([value])] = child
                    }
                }
            case .range(let lower, let upper):
                ranges.append((try encode(lower), try encode(upper), child))
            }
        }
        ranges.sort { $0.lower.lexicographicallyPrecedes($1.lower) }
    }

    /// The map of a table's partitions as the catalog has them.
    public init(
        of table: Relation, relation: (OID) -> Shared<Relation>?
    ) throws(SQLError) {
        guard let partitioning = table.partitioning else {
            throw SQLError(.internalError, "table \"\(table.name)\" is not partitioned")
        }
        var bounds: [(partition: OID, bounds: PartitionBounds)] = []
        for oid in partitioning.partitions {
            guard let own = relation(oid)?.partition?.bounds else { continue }
            bounds.append((oid, own))
        }
        try self.init(partitioning, bounds: bounds)
    }

    private mutating func add(_ modulus: Int, _ remainder: Int, _ child: Int) {
        if !moduli.contains(modulus) { moduli.append(modulus) }
        classes[HashClass(modulus: modulus, remainder: remainder)] = child
    }

    /// The children with ranges, lowest first.
    public var rangeOrder: [Int] { ranges.map(\.child) }

    // MARK: Keys

    /// A bound, or a part of it from the key `first` on, as an encoded key.
    public func encode(_ values: [BoundValue], from first: Int = 0) throws(SQLError) -> [UInt8] {
        var buffer = ByteBuffer()
        let arena = Arena()
        for (index, value) in values.enumerated() {
            switch value {
            case .minimum: buffer.append(0 as UInt8)
            case .maximum: buffer.append(0xFF as UInt8)
            case .null: buffer.append(2 as UInt8)
            case .value(let text):
                let key = first + index
                let datum = try TypeIO.input(
                    text, type: keyTypes[key], context: TypeContext(), arena: arena)
                append(datum, key: key, to: &buffer)
            }
        }
        return buffer.bytes
    }

    /// Appends the encoding of one key's value, which is not null.
    public func append(_ value: Datum, key: Int, to buffer: inout ByteBuffer) {
        KeyEncoding.append(value, type: keyTypes[key].oid, into: &buffer)
    }

    /// The partition that takes a row with these key values; nil: none does.
    public func child(of values: [Datum]) -> Int? {
        switch strategy {
        case .hash:
            if moduli.isEmpty { return nil }
            let hash = self.hash(values)
            for modulus in moduli {
                let remainder = Int(hash % UInt64(modulus))
                if let child = classes[HashClass(modulus: modulus, remainder: remainder)] {
                    return child
                }
            }
            return nil
        case .list:
            if values[0].isNull { return nullChild ?? defaultChild }
            var buffer = ByteBuffer(capacityBytes: 32)
            append(values[0], key: 0, to: &buffer)
            return listed[buffer.bytes] ?? defaultChild
        case .range:
            var buffer = ByteBuffer(capacityBytes: 32)
            for (index, value) in values.enumerated() {
                if value.isNull { return defaultChild }
                append(value, key: index, to: &buffer)
            }
            return range(containing: buffer.bytes) ?? defaultChild
        }
    }

    private func hash(_ values: [Datum]) -> UInt64 {
        var result: UInt64 = 0
        for (index, value) in values.enumerated() where !value.isNull {
            result = PartitionHash.combine(
                result, PartitionHash.hash(value, type: keyTypes[index].oid))
        }
        return result
    }

    private func range(containing key: [UInt8]) -> Int? {
        // The last range that begins at or below the key.
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if key.lexicographicallyPrecedes(ranges[middle].lower) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        guard low > 0, key.lexicographicallyPrecedes(ranges[low - 1].upper) else { return nil }
        return ranges[low - 1].child
    }

    // MARK: Pruning

    /// What a condition says about one key.
    public struct KeyCondition {
        public var equal: Datum?
        public var lower: (value: Datum, isInclusive: Bool)?
        public var upper: (value: Datum, isInclusive: Bool)?

        public init() {}

        public var isEmpty: Bool { equal == nil && lower == nil && upper == nil }
    }

    /// Which partitions may have rows that meet conditions on their keys, one for each key; a null
    /// as `equal` stands for IS NULL.
    public func candidates(_ conditions: [KeyCondition]) -> [Bool] {
        let none = [Bool](repeating: false, count: partitions.count)
        var result = none
        let equal = conditions.prefix { $0.equal != nil }.compactMap(\.equal)
        if equal.count == keyTypes.count {
            if let child = child(of: equal) { result[child] = true }
            return result
        }
        let all = [Bool](repeating: true, count: partitions.count)
        if strategy == .hash { return all }
        if equal.contains(where: { $0.isNull }) {
            if let defaultChild { result[defaultChild] = true }
            return result
        }
        let next = conditions[equal.count]
        if equal.isEmpty, next.isEmpty { return all }
        guard let (low, high) = interval(equal, next) else { return none }
        if let defaultChild { result[defaultChild] = true }
        for (key, child) in listed
        where !key.lexicographicallyPrecedes(low) && key.lexicographicallyPrecedes(high) {
            result[child] = true
        }
        var covered = low
        for range in ranges
        where range.lower.lexicographicallyPrecedes(high)
            && low.lexicographicallyPrecedes(range.upper)
        {
            result[range.child] = true
            if !covered.lexicographicallyPrecedes(range.lower) { covered = range.upper }
        }
        // Ranges without a gap leave nothing to the default partition, but for nulls in later keys.
        if strategy == .range, equal.count + 1 == keyTypes.count, !next.isEmpty,
            let defaultChild, !covered.lexicographicallyPrecedes(high) {
            result[defaultChild] = false
        }
        return result
    }

    /// Encoded keys from the first, up to the second; nil: there are none.
    private func interval(
        _ equal: [Datum], _ next: KeyCondition
    ) -> (low: [UInt8], high: [UInt8])? {
        var buffer = ByteBuffer()
        for (index, value) in equal.enumerated() { append(value, key: index, to: &buffer) }
        let prefix = buffer.bytes
        func bound(_ value: Datum) -> [UInt8] {
            var buffer = ByteBuffer()
            buffer.append(contentsOf: prefix)
            append(value, key: equal.count, to: &buffer)
            return buffer.bytes
        }
        var low = prefix
        var high = prefix.isEmpty ? [0xFF, 0xFF] : PartitionMap.successor(prefix)
        if let lower = next.lower {
            if lower.value.isNull { return nil }
            low = bound(lower.value)
            if !lower.isInclusive { low = PartitionMap.successor(low) }
        }
        if let upper = next.upper {
            if upper.value.isNull { return nil }
            high = bound(upper.value)
            if upper.isInclusive { high = PartitionMap.successor(high) }
        }
        return low.lexicographicallyPrecedes(high) ? (low, high) : nil
    }

    /// The smallest bytes after all that begin with `key`, whose first byte is never FF.
    private static func successor(_ key: [UInt8]) -> [UInt8] {
        var result = key
        while let last = result.last, last == 0xFF { result.removeLast() }
        if !result.isEmpty { result[result.count - 1] += 1 }
        return result
    }

    // MARK: New partitions

    /// A partition whose rows a new one would take too, and the place in the new one's bounds that
    /// PostgreSQL points at.
    public struct Overlap {
        public var child: Int
        /// In the upper bound of a range.
        public var isUpper = false
        /// Which of the values.
        public var value = 0
    }

    /// Nil: the new partition's rows are no other's.
    public func overlap(_ bounds: PartitionBounds) throws(SQLError) -> Overlap? {
        switch bounds {
        case .default: return defaultChild.map { Overlap(child: $0) }
        case .hash(let modulus, let remainder):
            // Of two moduli the smaller divides the larger. The first hash that both would take
            // tells which of several is named.
            var first: (hash: Int, child: Int)?
            for (other, child) in classes {
                let smaller = min(modulus, other.modulus)
                guard remainder % smaller == other.remainder % smaller else { continue }
                let hash = other.modulus > modulus ? other.remainder : remainder
                if hash < first?.hash ?? .max { first = (hash, child) }
            }
            return first.map { Overlap(child: $0.child) }
        case .list(let values):
            for (index, value) in values.enumerated() {
                let found = value == .null ? nullChild : listed[try encode([value])]
                if let found { return Overlap(child: found, value: index) }
            }
            return nil
        case .range(let lower, let upper):
            let (low, high) = (try encode(lower), try encode(upper))
            let found = ranges.first {
                $0.lower.lexicographicallyPrecedes(high) && low.lexicographicallyPrecedes($0.upper)
            }
            guard let found, case .range(let its, _) = self.bounds[found.child] else { return nil }
            if low.lexicographicallyPrecedes(found.lower) {
                return Overlap(
                    child: found.child, isUpper: true,
                    value: try firstDifference(its, upper) ?? 0)
            }
            // The greatest bound up to the new lower one.
            if ranges.contains(where: { $0.upper == low }) {
                return Overlap(child: found.child, value: lower.count - 1)
            }
            return Overlap(child: found.child, value: try firstDifference(its, lower) ?? 0)
        }
    }

    private func firstDifference(
        _ left: [BoundValue], _ right: [BoundValue]
    ) throws(SQLError) -> Int? {
        for key in left.indices
        where try encode([left[key]], from: key) != encode([right[key]], from: key) {
            return key
        }
        return nil
    }

    /// True if a range has no key in it.
    public func isEmptyRange(
        lower: [BoundValue], upper: [BoundValue]
    ) throws(SQLError) -> Bool {
        let (low, high) = (try encode(lower), try encode(upper))
        return !low.lexicographicallyPrecedes(high)
    }
}
