internal import Base
internal import Catalog
internal import Query
internal import Types

/// pg_get_partition_constraintdef: what makes rows belong to a partition, as one SQL condition.
struct PartitionConstraintText {
    private let scope: CatalogScope
    private var snapshot: CatalogSnapshot { scope.snapshot }

    init(_ scope: CatalogScope) { self.scope = scope }

    /// Nil for what is no partition, and for a default partition without others.
    func text(of partition: Relation) throws(SQLError) -> String? {
        guard partition.index == nil else { return nil }
        var terms: [String] = []
        var child = partition
        while let membership = child.partition, let bounds = membership.bounds,
            let parent = snapshot.relation(membership.parent)
        {
            terms = try self.terms(bounds, of: parent.value) + terms
            child = parent.value
        }
        return terms.isEmpty ? nil : joined(terms, " AND ")
    }

    private func terms(
        _ bounds: PartitionBounds, of parent: Relation
    ) throws(SQLError) -> [String] {
        guard let partitioning = parent.partitioning else { return [] }
        let keys = partitioning.keys.map { text(of: $0, parent) }
        let types = partitioning.keys.map(\.type)
        switch bounds {
        case .hash(let modulus, let remainder):
            let arguments =
                ["'\(parent.oid)'::oid", "\(modulus)", "\(remainder)"] + keys.map(\.plain)
            return ["satisfies_hash_partition(\(arguments.joined(separator: ", ")))"]
        case .list(let values): return list(values, keys[0], types[0])
        case .range(let lower, let upper):
            return keys.map { "(\($0.plain) IS NOT NULL)" } + range(lower, upper, keys, types)
        case .default:
            let rest =
                partitioning.strategy == .list
                ? try listedElsewhere(parent, keys[0], types[0])
                : try rangesElsewhere(parent, keys, types)
            return rest.isEmpty ? [] : ["(NOT \(joined(rest, " AND ")))"]
        }
    }

    private func joined(_ terms: [String], _ word: String) -> String {
        terms.count == 1 ? terms[0] : "(\(terms.joined(separator: word)))"
    }

    // MARK: Lists

    private func list(_ values: [BoundValue], _ key: Key, _ type: SQLType) -> [String] {
        let others = values.filter { $0 != .null }.map { constant($0, type) }
        let isNull = "(\(key.plain) IS NULL)"
        guard let first = others.first else { return [isNull] }
        let comparison =
            others.count == 1
            ? "(\(key.compared) = \(first))"
            : "(\(key.compared) = ANY (ARRAY[\(others.joined(separator: ", "))]))"
        if values.contains(.null) { return ["(\(isNull) OR \(comparison))"] }
        return ["(\(key.plain) IS NOT NULL)", comparison]
    }

    private func listedElsewhere(
        _ parent: Relation, _ key: Key, _ type: SQLType
    ) throws(SQLError) -> [String] {
        let map = try PartitionMap(of: parent) { snapshot.relation($0) }
        var values: [(key: [UInt8], value: BoundValue)] = []
        for partition in snapshot.partitions(of: parent) {
            guard case .list(let own)? = partition.partition?.bounds else { continue }
            for value in own { values.append((try map.encode([value]), value)) }
        }
        if values.isEmpty { return [] }
        values.sort { $0.key.lexicographicallyPrecedes($1.key) }
        return list(values.map(\.value), key, type)
    }

    // MARK: Ranges

    private func range(
        _ lower: [BoundValue], _ upper: [BoundValue], _ keys: [Key], _ types: [SQLType]
    ) -> [String] {
        var terms: [String] = []
        // Keys that are the same in both bounds.
        var first = 0
        while first < keys.count, case .value = lower[first], lower[first] == upper[first] {
            terms.append("(\(keys[first].compared) = \(constant(lower[first], types[first])))")
            first += 1
        }
        let above = bound(lower, from: first, ">", isLast: ">=", keys, types)
        let below = bound(upper, from: first, "<", isLast: "<", keys, types)
        return terms + [above, below].compactMap { $0 }
    }

    /// `(a > 1) OR ((a = 1) AND (b >= 2))`, from the key `first` on; nil: everything.
    private func bound(
        _ values: [BoundValue], from first: Int, _ operation: String, isLast: String,
        _ keys: [Key], _ types: [SQLType]
    ) -> String? {
        // MINVALUE below and MAXVALUE above leave the keys before in the partition.
        let open: BoundValue = operation == ">" ? .minimum : .maximum
        var arms: [String] = []
        var equal: [String] = []
        for index in first..<keys.count {
            guard case .value = values[index] else { break }
            let value = constant(values[index], types[index])
            let isEnd = index + 1 == keys.count
            let isOpen = !isEnd && values[index + 1] == open
            let own = isEnd ? isLast : isOpen ? operation + "=" : operation
            arms.append(joined(equal + ["(\(keys[index].compared) \(own) \(value))"], " AND "))
            equal.append("(\(keys[index].compared) = \(value))")
        }
        return arms.isEmpty ? nil : joined(arms, " OR ")
    }

    private func rangesElsewhere(
        _ parent: Relation, _ keys: [Key], _ types: [SQLType]
    ) throws(SQLError) -> [String] {
        let map = try PartitionMap(of: parent) { snapshot.relation($0) }
        var others: [String] = []
        for child in map.rangeOrder {
            guard
                case .range(let lower, let upper)? =
                    snapshot.relation(map.partitions[child])?.partition?.bounds
            else { continue }
            let terms = range(lower, upper, keys, types)
            others.append(terms.isEmpty ? "true" : joined(terms, " AND "))
        }
        if others.isEmpty { return [] }
        return keys.map { "(\($0.plain) IS NOT NULL)" } + [joined(others, " OR ")]
    }

    // MARK: Parts

    private struct Key {
        var plain: String
        /// As an operand of comparisons, which text has and character varying has not.
        var compared: String
    }

    private func text(of key: PartitionKey, _ table: Relation) -> Key {
        let plain: String
        if let column = key.column {
            plain = Identifier.quote(table.columns[column].name)
        } else {
            plain = key.expression.map { scope.displayText(of: $0) } ?? ""
        }
        let isText = key.type.oid == .varchar
        return Key(plain: plain, compared: isText ? "(\(plain))::text" : plain)
    }

    private func constant(_ value: BoundValue, _ type: SQLType) -> String {
        let literal = CatalogScope.text(of: value, type: type.oid)
        let isPlain = !literal.hasPrefix("'") && !literal.hasPrefix("E'")
        return isPlain ? literal : "\(literal)::\(type.name)"
    }
}
