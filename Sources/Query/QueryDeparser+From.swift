internal import Base
internal import Catalog
internal import Functions
internal import Types

/// FROM.
extension QueryDeparser {
    /// The join tree with the forms in which its joins were written.
    private indirect enum Item {
        case nothing
        case entry(Int)
        case join(JoinKind, Item, Item, Expression?, JoinForm)
    }

    func from(_ body: BoundQuery.Body) -> String {
        var forms = body.joinForms[...]
        let items = list(item(body.from, &forms))
        if items.isEmpty { return "" }
        var text = line(
            " FROM ", before: -QueryDeparser.step, after: QueryDeparser.step, plus: 2)
        for (index, item) in items.enumerated() {
            if index > 0 {
                text += ", "
                let next = self.text(item)
                if next.first != "\0" {
                    text += line(
                        "", before: -QueryDeparser.step, after: QueryDeparser.step, plus: 4)
                }
                text += next
            } else {
                text += self.text(item)
            }
        }
        return text
    }

    /// The forms stand in the order of analysis: read backwards the root's is the first.
    private func item(_ tree: JoinTree, _ forms: inout ArraySlice<JoinForm>) -> Item {
        switch tree {
        case .oneRow: return .nothing
        case .entry(let index): return .entry(index)
        case .join(let kind, let left, let right, let condition):
            let form = forms.popLast() ?? .on
            let rightItem = item(right, &forms)
            let leftItem = item(left, &forms)
            return .join(kind, leftItem, rightItem, condition, form)
        }
    }

    private func list(_ item: Item) -> [Item] {
        switch item {
        case .nothing: []
        case .join(_, let left, let right, _, .comma): list(left) + [right]
        case .entry, .join: [item]
        }
    }

    private func text(_ item: Item) -> String {
        switch item {
        case .nothing: return ""
        case .entry(let index): return entry(index)
        case .join(let kind, let left, let right, let condition, let form):
            return join(kind, left, right, condition, form)
        }
    }

    private func join(
        _ kind: JoinKind, _ left: Item, _ right: Item, _ condition: Expression?, _ form: JoinForm
    ) -> String {
        var text = isPretty ? "" : "("
        text += self.text(left)
        let words =
            switch kind {
            case .left: " LEFT JOIN "
            case .right: " RIGHT JOIN "
            case .full: " FULL JOIN "
            case .inner, .semi, .anti: condition == nil ? " CROSS JOIN " : " JOIN "
            }
        text += line(words, before: -QueryDeparser.step, after: QueryDeparser.step, plus: 4)
        var isJoin = false
        if case .join = right { isJoin = true }
        text += isPretty && isJoin ? "(\(self.text(right)))" : self.text(right)
        if let names = usingNames(form, condition) {
            text += " USING (\(names.map { Identifier.quote($0) }.joined(separator: ", ")))"
        } else if let condition {
            let test = self.text(condition)
            text += " ON " + (isPretty ? test : "(\(test))")
        } else if kind != .inner {
            text += " ON TRUE"
        }
        return text + (isPretty ? "" : ")")
    }

    /// The columns of USING, if both sides still call them so.
    private func usingNames(_ form: JoinForm, _ condition: Expression?) -> [String]? {
        guard case .using(let names) = form, let condition else { return nil }
        if isForCatalog { return names }
        var equalities = [condition]
        if case .and(let terms) = condition { equalities = terms }
        for (name, equality) in zip(names, equalities) {
            var areSame = true
            _ = equality.contains { part in
                if case .variable(let variable) = part {
                    let entry = levels[levels.count - 1].body.rangeTable[variable.relation]
                    if columnName(variable.column, of: entry) != name { areSame = false }
                }
                return false
            }
            if !areSame { return nil }
        }
        return names
    }

    // MARK: Entries

    private func entry(_ index: Int) -> String {
        let level = levels[levels.count - 1]
        let entry = level.body.rangeTable[index]
        let name = Identifier.quote(level.names[index])
        var text = isLateral(entry) ? "LATERAL " : ""
        if let relation = relation(of: entry) {
            return text + (entry.isOnly ? "ONLY " : "")
                + self.text(relation, entry, name: level.names[index]) + sample(entry)
        }
        var columnNames: [String] = []
        if entry.columnAliasCount > 0 { columnNames = entry.columns.map(\.name) }
        switch entry.kind {
        case .subquery(let query):
            if let functions = sideBySide(query) {
                text += functions
                columnNames = entry.columns.map(\.name)
            } else {
                text += "(\(self.query(query, columnNames: nil)))"
            }
        case .values(let rows): text += "(\(values(rows)))"
        case .function(let call, let withOrdinality):
            text += self.text(call) + (withOrdinality ? " WITH ORDINALITY" : "")
            columnNames = entry.columns.map(\.name)
        case .common(let id):
            let own = commonName(id)
            text += Identifier.quote(own)
            if own == level.names[index], columnNames.isEmpty { return text }
        case .table, .computed, .sequence, .excluded, .aggregates: break
        }
        text += " \(name)"
        if columnNames.isEmpty { return text }
        return text + "(\(columnNames.map { Identifier.quote($0) }.joined(separator: ", ")))"
    }

    /// Functions that run side by side, where a query stands for them; nil: it is a query.
    private func sideBySide(_ query: BoundQuery) -> String? {
        guard let form = query.body.functions else { return nil }
        levels.append(Level(body: query.body, names: uniqueNames(query.body)))
        defer { levels.removeLast() }
        switch form {
        case .functions:
            let calls = query.body.sideBySideCalls
            let arrays = calls.compactMap(\.unnestedArray)
            if arrays.count == calls.count {
                return "UNNEST(\(arrays.map { self.text($0) }.joined(separator: ", ")))"
            }
            return "ROWS FROM(\(calls.map { self.text($0) }.joined(separator: ", ")))"
        case .numbered:
            guard case .subquery(let inner)? = query.body.rangeTable.first?.kind else { return nil }
            return sideBySide(inner).map { $0 + " WITH ORDINALITY" }
        }
    }

    /// The relation that an entry names.
    private func relation(of entry: RangeEntry) -> OID? {
        if let view = entry.view { return view.oid }
        return switch entry.kind {
        case .table(let table): table.oid
        case .computed(let oid), .sequence(let oid): oid
        case .subquery, .values, .function, .excluded, .common, .aggregates: nil
        }
    }

    private func text(_ relation: OID, _ entry: RangeEntry, name: String) -> String {
        if isForCatalog {
            let form =
                "#" + (entry.hasAlias ? "a" : "")
                + (entry.columnAliasCount > 0 ? String(entry.columnAliasCount) : "")
            let columns = entry.columns.map { "\"\(stored($0.name))\"" }
            return "\"\(form)\".\"\(relation)\" \"\(stored(name))\"(\(columns.joined(separator: ", ")))"
        }
        let own = relationName(relation) ?? String(relation.rawValue)
        var text = own
        let isSameName = own == Identifier.quote(name) || own.hasSuffix("." + Identifier.quote(name))
        if entry.hasAlias || !isSameName { text += " \(Identifier.quote(name))" }
        let live = entry.columns.indices.filter { !entry.columns[$0].name.isEmpty }
        let isChanged = live.contains {
            entry.isAliased($0) && columnName($0, of: entry) != realName($0, of: entry)
        }
        guard isChanged else { return text }
        let names = live.map { Identifier.quote(columnName($0, of: entry)) }
        return text + "(\(names.joined(separator: ", ")))"
    }

    private func sample(_ entry: RangeEntry) -> String {
        guard let sample = entry.sample else { return "" }
        let seed = sample.seed.map { " REPEATABLE (\(count($0)))" } ?? ""
        return " TABLESAMPLE \(sample.method.name) (\(count(sample.percent)))" + seed
    }

    private func realName(_ column: Int, of entry: RangeEntry) -> String {
        if let view = entry.view { return view.columns[column].name }
        if case .table(let table) = entry.kind { return table.columns[column].name }
        return entry.columns[column].name
    }

    /// Between double quotes; a dropped column's place has a name that nothing else has.
    private func stored(_ name: String) -> String {
        name.isEmpty
            ? "#" : name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    }

    /// LATERAL is said where it is needed.
    private func isLateral(_ entry: RangeEntry) -> Bool {
        switch entry.kind {
        case .subquery(let query) where query.body.functions != nil:
            return query.isLateralSideBySide(depth: 1)
        case .subquery where entry.view == nil: return entry.isLateral
        case .function(let call, _):
            return call.contains {
                if case .variable(let variable) = $0 { variable.levelsUp == 0 } else { false }
            }
        case .table, .computed, .sequence, .subquery, .values, .excluded, .common, .aggregates:
            return false
        }
    }
}

extension BoundQuery.Body {
    /// The functions that it runs side by side.
    fileprivate var sideBySideCalls: [Expression] {
        if rangeTable.isEmpty { return targets.map(\.expression) }
        return rangeTable.compactMap { entry in
            if case .function(let call, _) = entry.kind { call } else { nil }
        }
    }
}

extension BoundQuery {
    /// Whether functions side by side need the items of FROM before them, `depth` levels up.
    fileprivate func isLateralSideBySide(depth: Int) -> Bool {
        if case .numbered? = body.functions, case .subquery(let inner)? = body.rangeTable.first?.kind {
            return inner.isLateralSideBySide(depth: depth + 1)
        }
        return body.sideBySideCalls.contains { call in
            call.contains {
                if case .variable(let variable) = $0 { variable.levelsUp == depth } else { false }
            }
        }
    }
}

extension Expression {
    /// The argument of unnest of one array.
    fileprivate var unnestedArray: Expression? {
        guard case .call(let function, let arguments, _) = self, arguments.count == 1,
            let entry = FunctionRegistry.function(function), entry.name == "unnest",
            entry.arguments == [.anyArray]
        else { return nil }
        return arguments[0]
    }
}
