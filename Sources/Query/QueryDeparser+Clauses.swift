internal import Base
internal import Catalog
internal import Types

/// SELECT, VALUES and set operations, clause by clause.
extension QueryDeparser {
    func query(
        _ query: BoundQuery, columnNames: [String]?, namesVisible: Bool = true
    ) -> String {
        let body = query.body
        let outerIndentation = saveIndentation()
        levels.append(Level(body: body, names: uniqueNames(body)))
        defer {
            levels.removeLast()
            restoreIndentation(outerIndentation)
        }
        var text = with(body)
        if let operation = body.setOperation {
            text += setOperation(operation, columnNames, namesVisible)
        } else {
            indent(by: QueryDeparser.step)
            text += " "
            if let rows = simpleValues(body, columnNames) { return text + values(rows) }
            text += select(body, columnNames, namesVisible)
        }
        if !body.orderBy.isEmpty {
            text += clause(" ORDER BY ", plus: 1)
            text += order(body)
        }
        if let offset = body.offset { text += clause(" OFFSET ") + count(offset) }
        if let limit = body.limit {
            if body.withTies {
                text += clause(" FETCH FIRST ") + "(\(count(limit))) ROWS WITH TIES"
            } else {
                text += clause(" LIMIT ") + count(limit)
            }
        }
        for lock in body.locking { text += locking(lock) }
        return text
    }

    private func with(_ body: BoundQuery.Body) -> String {
        if body.commonTables.isEmpty { return "" }
        indent(by: QueryDeparser.step)
        var text = body.isWithRecursive ? " WITH RECURSIVE " : " WITH "
        for (index, table) in body.commonTables.enumerated() {
            if index > 0 { text += ", " }
            text += Identifier.quote(table.name)
            if !table.columnNames.isEmpty {
                let names = table.columnNames.map { Identifier.quote($0) }
                text += "(\(names.joined(separator: ", ")))"
            }
            text += " AS "
            switch table.materialization {
            case .unspecified: break
            case .always: text += "MATERIALIZED "
            case .never: text += "NOT MATERIALIZED "
            }
            text += "(" + line("", before: 0, after: 0)
            // No view has a statement that changes data in WITH.
            if let common = table.clauses?.query ?? table.query {
                text += query(common, columnNames: nil)
            }
            text += line("", before: 0, after: 0) + ")" + clauses(table.clauses)
        }
        indent(by: -QueryDeparser.step)
        return text + line("", before: 0, after: 0)
    }

    /// A constant of CYCLE. The grammar takes `type 'x'` there, though PostgreSQL shows `'x'::type`.
    private func literal(_ expression: Expression) -> String {
        let text = self.text(expression)
        guard isForCatalog, text.hasPrefix("'"), let end = text.lastIndex(of: "'"),
            text[end...].hasPrefix("'::")
        else { return text }
        return "\(text[end...].dropFirst(3)) \(text[...end])"
    }

    /// SEARCH and CYCLE.
    private func clauses(_ clauses: CommonTable.Clauses?) -> String {
        func list(_ names: [String]) -> String {
            names.map { Identifier.quote($0) }.joined(separator: ", ")
        }
        var text = ""
        if let search = clauses?.search {
            text += " SEARCH \(search.isBreadthFirst ? "BREADTH" : "DEPTH") FIRST BY "
            text += "\(list(search.columns)) SET \(Identifier.quote(search.sequenceColumn))"
        }
        if let cycle = clauses?.cycle {
            text += " CYCLE \(list(cycle.columns)) SET \(Identifier.quote(cycle.markColumn))"
            if !cycle.mark.value.isConstant(.bool(true))
                || !cycle.mark.otherwise.isConstant(.bool(false))
            {
                text += " TO \(literal(cycle.mark.value))"
                text += " DEFAULT \(literal(cycle.mark.otherwise))"
            }
            text += " USING \(Identifier.quote(cycle.pathColumn))"
        }
        return text
    }

    /// LIMIT's and OFFSET's bigint, or what TABLESAMPLE takes, without the cast that nobody wrote.
    func count(_ expression: Expression) -> String {
        if case .call(_, let arguments, _) = expression, arguments.count == 1,
            case .constant = arguments[0]
        {
            return text(arguments[0])
        }
        return text(expression)
    }

    private func clause(_ words: String, plus: Int = 0) -> String {
        line(words, before: -QueryDeparser.step, after: QueryDeparser.step, plus: plus)
    }

    // MARK: SELECT

    private func select(
        _ body: BoundQuery.Body, _ columnNames: [String]?, _ namesVisible: Bool
    ) -> String {
        var text = "SELECT"
        switch body.distinct {
        case .none: break
        case .all: text += " DISTINCT"
        case .on(let keys):
            let items = keys.map { sortItem(body.targets[$0].expression) }
            text += " DISTINCT ON (\(items.joined(separator: ", ")))"
        }
        text += targets(body, columnNames, namesVisible)
        text += from(body)
        if let predicate = body.predicate {
            text += clause(" WHERE ", plus: 1) + self.text(predicate)
        }
        if body.groupingSets != nil {
            text += clause(" GROUP BY ", plus: 1) + (body.isGroupDistinct ? "DISTINCT " : "")
            text += body.groupingItems.map { groupingItem($0, body) }.joined(separator: ", ")
        } else if !body.groupBy.isEmpty {
            text += clause(" GROUP BY ", plus: 1)
            text += body.groupBy.map { sortItem($0) }.joined(separator: ", ")
        }
        if let having = body.having { text += clause(" HAVING ") + self.text(having) }
        if !body.namedWindows.isEmpty {
            let windows = body.namedWindows.map {
                "\(Identifier.quote($0.name)) AS (\(deparser.window($0.window)))"
            }
            text += clause(" WINDOW ", plus: 1) + windows.joined(separator: ", ")
        }
        return text
    }

    /// - Parameter isSet: of GROUPING SETS, where a single key has parentheses too.
    private func groupingItem(
        _ item: GroupingItem, _ body: BoundQuery.Body, isSet: Bool = false
    ) -> String {
        func list(_ items: [GroupingItem], areSets: Bool = false) -> String {
            let texts = items.map { groupingItem($0, body, isSet: areSets) }
            return "(\(texts.joined(separator: ", ")))"
        }
        switch item {
        case .empty: return "()"
        case .keys(let keys):
            let text = keys.map { sortItem(body.groupBy[$0]) }.joined(separator: ", ")
            return isSet || keys.count != 1 ? "(\(text))" : text
        case .rollup(let items): return "ROLLUP" + list(items)
        case .cube(let items): return "CUBE" + list(items)
        case .sets(let items): return "GROUPING SETS " + list(items, areSets: true)
        }
    }

    private func targets(
        _ body: BoundQuery.Body, _ columnNames: [String]?, _ namesVisible: Bool
    ) -> String {
        var text = ""
        var number = 0
        var wasMultiline = false
        for target in body.targets where !target.isHidden {
            let name = columnNames?[number] ?? target.column.name
            var item = self.text(target.expression)
            if let type = target.expression.wholeRowType {
                // Alone it would stand for its columns.
                item += "::\(types.name(of: type))"
            }
            var known: String?
            if case .variable(let variable) = target.expression,
                aggregate(for: variable) == nil
            {
                let level = levels[levels.count - 1 - variable.levelsUp]
                known = columnName(variable.column, of: level.body.rangeTable[variable.relation])
            } else if !namesVisible, columnNames == nil, !isForCatalog {
                known = "?column?"
            }
            if known != name { item += " AS \(Identifier.quote(name))" }
            text += number == 0 ? " " : ", "
            // Each element but the first has a line of its own; some begin with one anyway.
            if number > 0, item.first != "\0" || wasMultiline {
                if item.first != "\0" {
                    text += line(
                        "", before: -QueryDeparser.step, after: QueryDeparser.step, plus: 4)
                }
            }
            wasMultiline = item.dropFirst().contains("\0")
            text += item
            number += 1
        }
        return text
    }

    /// ORDER BY's elements; those of a set operation are numbers of columns.
    private func order(_ body: BoundQuery.Body) -> String {
        body.orderBy.map { key in
            let target = body.targets[key.target].expression
            let item = body.setOperation == nil ? sortItem(target) : String(key.target + 1)
            return item
                + Deparser.direction(descending: key.descending, nullsFirst: key.nullsFirst)
        }.joined(separator: ", ")
    }

    private func sortItem(_ expression: Expression) -> String {
        deparser.sortItem(expression)
    }

    private func locking(_ lock: RowLocking) -> String {
        let words =
            switch lock.strength {
            case .keyShare: " FOR KEY SHARE"
            case .share: " FOR SHARE"
            case .noKeyUpdate: " FOR NO KEY UPDATE"
            case .update: " FOR UPDATE"
            }
        var text = line(words, before: -QueryDeparser.step, after: QueryDeparser.step)
        text += " OF \(Identifier.quote(levels[levels.count - 1].names[lock.relation]))"
        switch lock.policy {
        case .wait: break
        case .noWait: text += " NOWAIT"
        case .skipLocked: text += " SKIP LOCKED"
        }
        return text
    }

    // MARK: VALUES

    /// The rows of a query that is a bare VALUES list with its own column names.
    private func simpleValues(
        _ body: BoundQuery.Body, _ columnNames: [String]?
    ) -> [[Expression]]? {
        guard body.rangeTable.count == 1, case .values(let rows) = body.rangeTable[0].kind,
            body.orderBy.isEmpty || !body.targets.contains(where: \.isHidden)
        else { return nil }
        for (index, target) in body.targets.enumerated() {
            guard case .variable(let variable) = target.expression, variable.column == index
            else { return nil }
            if let columnNames, columnNames[index] != body.rangeTable[0].columns[index].name {
                return nil
            }
        }
        return body.orderBy.isEmpty && body.limit == nil && body.offset == nil ? rows : nil
    }

    func values(_ rows: [[Expression]]) -> String {
        "VALUES "
            + rows.map { row in "(\(row.map { text($0) }.joined(separator: ",")))" }
            .joined(separator: ", ")
    }

    // MARK: Set operations

    private func setOperation(
        _ operation: BoundQuery.SetOperation, _ columnNames: [String]?, _ namesVisible: Bool
    ) -> String {
        var text = ""
        if let left = bare(operation.left) {
            let isSame = left.kind == operation.kind && left.isAll == operation.isAll
            if isSame {
                text += nested(left, operation.left, columnNames, namesVisible)
                text += line("", before: 0, after: 0)
            } else {
                text += "(" + line("", before: QueryDeparser.step, after: 0)
                text += nested(left, operation.left, columnNames, namesVisible)
                text += line(") ", before: -QueryDeparser.step, after: 0)
            }
        } else {
            text += arm(operation.left, columnNames, namesVisible) + line("", before: 0, after: 0)
        }
        switch operation.kind {
        case .union: text += "UNION "
        case .intersect: text += "INTERSECT "
        case .except: text += "EXCEPT "
        }
        if operation.isAll { text += "ALL " }
        if let right = bare(operation.right) {
            text += "(" + line("", before: QueryDeparser.step, after: 0)
            text += nested(right, operation.right, columnNames, false)
            indent(by: -QueryDeparser.step)
            text += line(")", before: 0, after: 0)
        } else {
            text += line("", before: 0, after: 0) + arm(operation.right, columnNames, false)
        }
        return text
    }

    /// A set operation that is an arm of another one: a level of its own.
    private func nested(
        _ operation: BoundQuery.SetOperation, _ query: BoundQuery, _ columnNames: [String]?,
        _ namesVisible: Bool
    ) -> String {
        levels.append(Level(body: query.body, names: uniqueNames(query.body)))
        defer { levels.removeLast() }
        return setOperation(operation, columnNames, namesVisible)
    }

    /// A set operation without clauses of its own.
    private func bare(_ query: BoundQuery) -> BoundQuery.SetOperation? {
        let body = query.body
        guard body.orderBy.isEmpty, body.limit == nil, body.offset == nil, body.commonTables.isEmpty
        else { return nil }
        return body.setOperation
    }

    private func arm(
        _ query: BoundQuery, _ columnNames: [String]?, _ namesVisible: Bool
    ) -> String {
        let body = query.body
        let needsParentheses =
            !body.orderBy.isEmpty || body.limit != nil || body.offset != nil
            || !body.locking.isEmpty || !body.commonTables.isEmpty
        let text = self.query(query, columnNames: columnNames, namesVisible: namesVisible)
        return needsParentheses ? "(\(text))" : text
    }
}

extension Expression {
    fileprivate func isConstant(_ value: Constant) -> Bool {
        if case .constant(let constant) = self { return constant == value }
        return false
    }
}
