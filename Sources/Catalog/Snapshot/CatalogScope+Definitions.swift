public import Base
internal import Types

/// Definitions as SQL text, as PostgreSQL's ruleutils write them for pg_dump and psql.
extension CatalogScope {
    /// A stored expression for people: relations in regclass constants by name.
    public func displayText(of expression: StoredExpression) -> String {
        let marker = "'::regclass"
        var text = ""
        var rest = Substring(expression.text)
        while let end = rest.range(ofText: marker) {
            let before = rest[..<end.lowerBound]
            let digits = before.reversed().prefix { $0.isASCII && $0.isNumber }.count
            let start = before.index(before.endIndex, offsetBy: -digits)
            text += before[..<start]
            if digits > 0, text.hasSuffix("'"), let number = UInt32(before[start...]),
                let relation = snapshot.relation(OID(number))
            {
                text += displayName(of: relation.value).doublingQuotes()
            } else {
                text += before[start...]
            }
            text += marker
            rest = rest[end.upperBound...]
        }
        return text + rest
    }

    /// pg_get_indexdef: `CREATE UNIQUE INDEX i ON public.t USING btree (a, b DESC)`.
    public func indexDefinition(_ oid: OID) -> String? {
        guard let relation = snapshot.relation(oid), let index = relation.index,
            let table = snapshot.relation(index.table)
        else { return nil }
        let schema = snapshot.namespace(table.namespace)?.name ?? ""
        var text =
            "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX "
            + "\(Identifier.quote(relation.name)) ON \(Identifier.quote(schema))."
            + "\(Identifier.quote(table.name)) USING btree ("
        text += index.keys.map { key(text: $0, table.value) }.joined(separator: ", ") + ")"
        if !index.included.isEmpty {
            let names = index.included.map { Identifier.quote(table.columns[$0].name) }
            text += " INCLUDE (\(names.joined(separator: ", ")))"
        }
        if index.nullsNotDistinct { text += " NULLS NOT DISTINCT" }
        if !relation.options.isEmpty {
            text += " WITH (\(relation.options.map(optionText).joined(separator: ", ")))"
        }
        if let predicate = index.predicate { text += " WHERE \(displayText(of: predicate))" }
        return text
    }

    /// One key of an index, by number from 1: its column or expression alone.
    public func indexKeyDefinition(_ oid: OID, number: Int) -> String? {
        guard let index = snapshot.relation(oid)?.index, let table = snapshot.relation(index.table)
        else { return nil }
        if number >= 1, number <= index.keys.count {
            let key = index.keys[number - 1]
            if let column = key.column { return Identifier.quote(table.columns[column].name) }
            return key.expression.map { displayText(of: $0) }
        }
        let rest = number - index.keys.count - 1
        guard index.included.indices.contains(rest) else { return "" }
        return Identifier.quote(table.columns[index.included[rest]].name)
    }

    private func key(text key: IndexKey, _ table: Relation) -> String {
        var text: String
        if let column = key.column {
            text = Identifier.quote(table.columns[column].name)
        } else {
            text = key.expression.map { displayText(of: $0) } ?? ""
            let isCall = text.last == ")" && text.first != "("
            if !isCall, !(text.hasPrefix("(") && text.hasSuffix(")")) { text = "(\(text))" }
        }
        if key.descending {
            text += " DESC"
            if !key.nullsFirst { text += " NULLS LAST" }
        } else if key.nullsFirst {
            text += " NULLS FIRST"
        }
        return text
    }

    private func optionText(_ option: String) -> String {
        guard let equals = option.firstIndex(of: "=") else { return option }
        return "\(option[..<equals])='\(option[option.index(after: equals)...])'"
    }

    /// pg_get_constraintdef: `PRIMARY KEY (id)`, `CHECK ((a > 0))`,
    /// `FOREIGN KEY (a) REFERENCES t(id) ON DELETE CASCADE`.
    public func constraintDefinition(_ oid: OID) -> String? {
        guard let (table, constraint) = snapshot.constraint(oid) else { return nil }
        func columns(_ indexes: [Int], _ relation: Relation) -> String {
            "("
                + indexes.map { Identifier.quote(relation.columns[$0].name) }
                .joined(separator: ", ") + ")"
        }
        var text: String
        switch constraint.kind {
        case .check(let stored):
            let expression = displayText(of: stored)
            text = "CHECK (\(expression.hasPrefix("(") ? expression : "(\(expression))"))"
        case .primaryKey: text = "PRIMARY KEY " + columns(constraint.columns, table.value)
        case .unique(let index):
            let isNotDistinct = snapshot.relation(index)?.index?.nullsNotDistinct == true
            text =
                "UNIQUE \(isNotDistinct ? "NULLS NOT DISTINCT " : "")"
                + columns(constraint.columns, table.value)
        case .foreignKey(let key):
            guard let referenced = snapshot.relation(key.table) else { return nil }
            text =
                "FOREIGN KEY \(columns(constraint.columns, table.value)) REFERENCES "
                + displayName(of: referenced.value) + columns(key.columns, referenced.value)
            if key.matchFull { text += " MATCH FULL" }
            if key.onUpdate != .noAction { text += " ON UPDATE \(key.onUpdate.words)" }
            if key.onDelete != .noAction { text += " ON DELETE \(key.onDelete.words)" }
        }
        if constraint.isDeferrable { text += " DEFERRABLE" }
        if constraint.isDeferred { text += " INITIALLY DEFERRED" }
        if !constraint.isValidated { text += " NOT VALID" }
        return text
    }
}

extension Substring {
    /// The first place of `text`, compared by bytes.
    fileprivate func range(ofText text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].utf8.starts(with: text.utf8) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }
}

extension String {
    /// For a place between single quotes.
    fileprivate func doublingQuotes() -> String {
        split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    }
}
