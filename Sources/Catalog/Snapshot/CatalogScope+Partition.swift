public import Base
internal import Types

/// Partition keys and bounds as SQL text, as PostgreSQL's ruleutils write them.
extension CatalogScope {
    /// pg_get_partkeydef: `RANGE (a, lower(b))`.
    public func partitionKeyDefinition(_ oid: OID) -> String? {
        guard let table = snapshot.relation(oid), table.kind == .partitionedTable,
            let partitioning = table.partitioning
        else { return nil }
        return "\(partitioning.strategy.word.uppercased()) (\(partitionKeyText(of: table.value)))"
    }

    /// The key's columns and expressions.
    public func partitionKeyText(of table: Relation) -> String {
        (table.partitioning?.keys ?? []).map { key in
            if let column = key.column { return Identifier.quote(table.columns[column].name) }
            let text = key.expression.map { displayText(of: $0) } ?? ""
            let isCall = text.last == ")" && text.first != "("
            return isCall || (text.hasPrefix("(") && text.hasSuffix(")")) ? text : "(\(text))"
        }.joined(separator: ", ")
    }

    /// relpartbound as pg_get_expr shows it: `FOR VALUES FROM (1) TO (10)`.
    public func partitionBoundText(of partition: Relation) -> String? {
        guard let membership = partition.partition, let bounds = membership.bounds,
            let keys = snapshot.relation(membership.parent)?.partitioning?.keys
        else { return nil }
        func text(_ values: [BoundValue], type: (Int) -> OID) -> String {
            values.enumerated().map { CatalogScope.text(of: $1, type: type($0)) }
                .joined(separator: ", ")
        }
        switch bounds {
        case .default: return "DEFAULT"
        case .hash(let modulus, let remainder):
            return "FOR VALUES WITH (modulus \(modulus), remainder \(remainder))"
        case .list(let values):
            return "FOR VALUES IN (\(text(values) { _ in keys[0].type.oid }))"
        case .range(let lower, let upper):
            return "FOR VALUES FROM (\(text(lower) { keys[$0].type.oid })) "
                + "TO (\(text(upper) { keys[$0].type.oid }))"
        }
    }

    /// A bound's value as a literal without its type.
    public static func text(of value: BoundValue, type: OID) -> String {
        switch value {
        case .minimum: return "MINVALUE"
        case .maximum: return "MAXVALUE"
        case .null: return "NULL"
        case .value(let text):
            switch type {
            case .bool: return text == "t" ? "true" : "false"
            case .int4 where !text.hasPrefix("-"): return text
            case .numeric where text.first?.isNumber == true && text.contains("."): return text
            default:
                let quoted = text.split(separator: "'", omittingEmptySubsequences: false)
                    .joined(separator: "''")
                return text.contains("\\")
                    ? "E'" + quoted.split(separator: "\\", omittingEmptySubsequences: false)
                        .joined(separator: "\\\\") + "'"
                    : "'\(quoted)'"
            }
        }
    }
}
