public import Base
internal import Functions
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
        indexDefinition(oid, isPretty: false) { expression, _ in displayText(of: expression) }
    }

    /// - Parameters:
    ///   - isPretty: the table's schema only where it must be named.
    ///   - show: writes an expression of a table.
    public func indexDefinition<Failure: Error>(
        _ oid: OID, isPretty: Bool,
        show: (StoredExpression, Relation) throws(Failure) -> String
    ) throws(Failure) -> String? {
        guard let relation = snapshot.relation(oid), let index = relation.index,
            let table = snapshot.relation(index.table)
        else { return nil }
        let schema = snapshot.namespace(table.namespace)?.name ?? ""
        var text =
            "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX "
            + "\(Identifier.quote(relation.name)) ON "
            + (relation.kind == .partitionedIndex ? "ONLY " : "")
        text +=
            isPretty
            ? displayName(of: table.value)
            : "\(Identifier.quote(schema)).\(Identifier.quote(table.name))"
        text += " USING \(index.method.name) ("
        for (number, key) in index.keys.enumerated() {
            if number > 0 { text += ", " }
            text += try self.text(of: key, in: table.value, show: show) + suffix(of: key)
        }
        text += ")"
        if !index.included.isEmpty {
            let names = index.included.map { Identifier.quote(table.columns[$0].name) }
            text += " INCLUDE (\(names.joined(separator: ", ")))"
        }
        if index.nullsNotDistinct { text += " NULLS NOT DISTINCT" }
        if !relation.options.isEmpty {
            text += " WITH (\(relation.options.map(optionText).joined(separator: ", ")))"
        }
        if let predicate = index.predicate {
            text += " WHERE \(try show(predicate, table.value))"
        }
        return text
    }

    /// One key of an index, by number from 1: its column or expression alone.
    /// - Parameter show: writes an expression of a table.
    public func indexKeyDefinition<Failure: Error>(
        _ oid: OID, number: Int, show: (StoredExpression, Relation) throws(Failure) -> String
    ) throws(Failure) -> String? {
        guard let index = snapshot.relation(oid)?.index, let table = snapshot.relation(index.table)
        else { return nil }
        if number >= 1, number <= index.keys.count {
            return try text(of: index.keys[number - 1], in: table.value, show: show)
        }
        let rest = number - index.keys.count - 1
        guard index.included.indices.contains(rest) else { return "" }
        return Identifier.quote(table.columns[index.included[rest]].name)
    }

    /// A column's name, or an expression, which stands in parentheses unless it is a call.
    public func text<Failure: Error>(
        of key: IndexKey, in table: Relation,
        show: (StoredExpression, Relation) throws(Failure) -> String
    ) throws(Failure) -> String {
        if let column = key.column { return Identifier.quote(table.columns[column].name) }
        guard let expression = key.expression else { return "" }
        let text = try show(expression, table)
        return text.isCall || text.isTimeZoneCall ? text : "(\(text))"
    }

    /// What follows a key: its operator class, where that is not the default one, and its order.
    private func suffix(of key: IndexKey) -> String {
        let named = key.operatorClass.flatMap { OperatorClass.of($0)?.name }
        return (named.map { " \($0)" } ?? "") + ordering(of: key)
    }

    private func ordering(of key: IndexKey) -> String {
        if key.descending { return key.nullsFirst ? " DESC" : " DESC NULLS LAST" }
        return key.nullsFirst ? " NULLS FIRST" : ""
    }

    private func optionText(_ option: String) -> String {
        guard let equals = option.firstIndex(of: "=") else { return option }
        let value = String(option[option.index(after: equals)...])
        let isName = Identifier.quote(value) == value
        return "\(option[..<equals])=" + (isName ? value : "'\(value)'")
    }

    /// pg_get_constraintdef: `PRIMARY KEY (id)`, `CHECK ((a > 0))`,
    /// `FOREIGN KEY (a) REFERENCES t(id) ON DELETE CASCADE`.
    /// - Parameter show: writes an expression of a table.
    public func constraintDefinition<Failure: Error>(
        _ oid: OID, show: (StoredExpression, Relation) throws(Failure) -> String
    ) throws(Failure) -> String? {
        if let (type, check) = snapshot.domainCheck(oid), let domain = type.value.domain {
            let text = try show(check.expression, Domain.valueTable(of: domain.base).value)
            return "CHECK (\(text))" + (check.isValidated ? "" : " NOT VALID")
        }
        guard let (table, constraint) = snapshot.constraint(oid) else { return nil }
        func columns(_ indexes: [Int], _ relation: Relation) -> String {
            "("
                + indexes.map { Identifier.quote(relation.columns[$0].name) }
                .joined(separator: ", ") + ")"
        }
        var text: String
        switch constraint.kind {
        case .check(let stored):
            text = "CHECK (\(try show(stored, table.value)))"
        case .primaryKey: text = "PRIMARY KEY " + columns(constraint.columns, table.value)
        case .unique(let index):
            let isNotDistinct = snapshot.relation(index)?.index?.nullsNotDistinct == true
            text =
                "UNIQUE \(isNotDistinct ? "NULLS NOT DISTINCT " : "")"
                + columns(constraint.columns, table.value)
        case .exclusion(let oid):
            guard let index = snapshot.relation(oid)?.index else { return nil }
            text = "EXCLUDE USING \(index.method.name) ("
            for (number, key) in index.keys.enumerated() {
                if number > 0 { text += ", " }
                text += try self.text(of: key, in: table.value, show: show) + suffix(of: key)
                let symbol = key.exclusionOperator.flatMap { FunctionRegistry.operator($0)?.name }
                text += " WITH \(symbol ?? "=")"
            }
            text += ")"
            if !index.included.isEmpty {
                text += " INCLUDE " + columns(index.included, table.value)
            }
            if let predicate = index.predicate {
                text += " WHERE (\(try show(predicate, table.value)))"
            }
        case .foreignKey(let key):
            guard let referenced = snapshot.relation(key.table) else { return nil }
            text =
                "FOREIGN KEY \(columns(constraint.columns, table.value)) REFERENCES "
                + displayName(of: referenced.value) + columns(key.columns, referenced.value)
            if key.matchFull { text += " MATCH FULL" }
            if key.onUpdate != .noAction { text += " ON UPDATE \(key.onUpdate.words)" }
            if key.onDelete != .noAction { text += " ON DELETE \(key.onDelete.words)" }
            if !key.deleteSetColumns.isEmpty {
                text += " " + columns(key.deleteSetColumns, table.value)
            }
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
    /// True of `(value AT TIME ZONE zone)`, whose parentheses are its own.
    fileprivate var isTimeZoneCall: Bool {
        guard hasPrefix("("), hasSuffix(")") else { return false }
        var depth = 0
        var isQuoted = false
        var rest = self[...]
        while let character = rest.popFirst() {
            if character == "'" { isQuoted.toggle() }
            if isQuoted { continue }
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth == 0 { return false }
            if depth == 1, rest.hasPrefix(" AT TIME ZONE ") { return true }
        }
        return false
    }

    /// True of the text of one function call: a name, and parentheses that close at the end.
    fileprivate var isCall: Bool {
        let name = prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard !name.isEmpty, dropFirst(name.count).first == "(" else { return false }
        var depth = 0
        var isQuoted = false
        var rest = dropFirst(name.count)
        while let character = rest.popFirst() {
            if character == "'" { isQuoted.toggle() }
            if isQuoted { continue }
            if character == "(" { depth += 1 }
            if character == ")" {
                depth -= 1
                if depth == 0 { return rest.isEmpty }
            }
        }
        return false
    }

    /// For a place between single quotes.
    fileprivate func doublingQuotes() -> String {
        split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    }
}
