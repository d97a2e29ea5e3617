internal import Base
internal import Catalog
internal import Parse
internal import Query
internal import Types

/// Column and relation names → variables (PostgreSQL's parse_relation.c).
extension Analyzer {
    /// `a`, `t.a`, `s.t.a`.
    func columnReference(_ names: [String], at location: Int) throws(SQLError) -> Expression {
        if location >= 0 { noteColumn(names, at: location) }
        if names.count == 1 {
            if let found = try unqualifiedColumn(names[0], at: location) {
                try checkSystemColumn(found, at: location)
                return found
            }
            if let row = try wholeRow(named: names, at: location) { return row }
            throw undefinedColumn(names, at: location)
        }
        let column = names[names.count - 1]
        let relation = names[names.count - 2]
        let schema = names.count > 2 ? names[names.count - 3] : nil
        guard let (item, depth) = try namedItem(relation, schema: schema, at: location) else {
            throw missingRelation(relation, schema: schema, at: location)
        }
        try checkReach(item, at: location)
        let matches = item.columns.filter { $0.name == column }
        if matches.count > 1 {
            throw failure(
                .ambiguousColumn, "column reference \"\(column)\" is ambiguous", at: location)
        }
        guard let match = matches.first else { throw undefinedColumn(names, at: location) }
        try checkSystemColumn(match.expression, at: location)
        return raised(match.expression, by: depth)
    }

    /// - Throws: 42P10 where a clause takes no system column but `tableoid`.
    private func checkSystemColumn(_ found: Expression, at location: Int) throws(SQLError) {
        guard case .variable(let variable) = found, let column = variable.systemColumn else {
            return
        }
        let message: String
        switch clause {
        case .checkConstraint:
            message = "system column \"\(column.name)\" reference in check constraint is invalid"
        case .generatedColumn:
            message = "cannot use system column \"\(column.name)\" in column generation expression"
        case .mergeWhen:
            message = "cannot use system column \"\(column.name)\" in MERGE WHEN condition"
        default: return
        }
        throw failure(.invalidColumnReference, message, at: location)
    }

    /// - Throws: 42P10 for LATERAL references across a RIGHT or FULL join.
    private func checkReach(_ item: NamespaceItem, at location: Int) throws(SQLError) {
        guard item.isOutOfReach else { return }
        throw failure(
            .invalidColumnReference,
            "invalid reference to FROM-clause entry for table \"\(item.name ?? "")\"", at: location
        ).detail("The combining JOIN type must be INNER or LEFT for a LATERAL reference.")
    }

    func noteColumn(_ names: [String], at location: Int) {
        columnLocations.append(
            ColumnLocation(
                names: names, location: location, depth: levels.count,
                isInAggregate: aggregateDepth > 0))
    }

    /// The innermost level that knows the name decides; two matches there are an error.
    private func unqualifiedColumn(
        _ name: String, at location: Int
    ) throws(SQLError) -> Expression? {
        for depth in 0..<levels.count {
            let candidate = levels[levels.count - 1 - depth]
            var found: Expression?
            for item in candidate.namespace where item.areColumnsVisible && !item.isLateralOnly {
                for column in item.columns where column.name == name {
                    if found != nil {
                        throw failure(
                            .ambiguousColumn, "column reference \"\(name)\" is ambiguous",
                            at: location)
                    }
                    try checkReach(item, at: location)
                    found = column.expression
                }
            }
            if let found { return raised(found, by: depth) }
        }
        return nil
    }

    /// The FROM item that `relation` names, and how many levels up it is.
    func namedItem(
        _ relation: String, schema: String?, at location: Int
    ) throws(SQLError) -> (NamespaceItem, Int)? {
        for depth in 0..<levels.count {
            let candidate = levels[levels.count - 1 - depth]
            let matches = candidate.namespace.filter {
                $0.isRelationVisible && !$0.isLateralOnly && $0.name == relation
                    && (schema == nil || $0.schema == schema)
            }
            if matches.count > 1 {
                throw failure(
                    .ambiguousAlias, "table reference \"\(relation)\" is ambiguous", at: location)
            }
            if let match = matches.first { return (match, depth) }
        }
        return nil
    }

    /// An expression of an outer level as seen from the innermost one.
    func raised(_ expression: Expression, by depth: Int) -> Expression {
        if depth == 0 { return expression }
        if case .variable(var variable) = expression {
            variable.levelsUp += depth
            return .variable(variable)
        }
        return expression.mapChildren { raised($0, by: depth) }
    }

    private func undefinedColumn(_ names: [String], at location: Int) -> SQLError {
        let written = names.joined(separator: ".")
        let message =
            names.count == 1
            ? "column \"\(written)\" does not exist" : "column \(written) does not exist"
        var error = failure(.undefinedColumn, message, at: location)
        if let hint = columnHint(names) { error = error.hint(hint) }
        return error
    }

    /// PostgreSQL's suggestion of a column with nearly the same name, or one that cannot be reached.
    private func columnHint(_ names: [String]) -> String? {
        guard let wanted = names.last else { return nil }
        var best: (distance: Int, text: String)?
        var isTied = false
        var second: String?
        for item in level.namespace {
            guard let relation = item.name else { continue }
            if names.count > 1, names[names.count - 2] != relation { continue }
            for column in item.columns where !column.isHidden {
                if column.name == wanted, names.count == 1 {
                    return "There is a column named \"\(wanted)\" in table \"\(relation)\", "
                        + "but it cannot be referenced from this part of the query."
                }
                let distance = editDistance(wanted, column.name)
                guard distance <= 3, distance <= wanted.utf8.count / 2 else { continue }
                let text = "\"\(relation).\(column.name)\""
                if let current = best, distance == current.distance {
                    isTied = second != nil
                    second = text
                } else if best == nil || distance < best!.distance {
                    best = (distance, text)
                    second = nil
                    isTied = false
                }
            }
        }
        if names.count == 1, best == nil,
            let hidden = level.unreachable.first(where: { $0.columns.contains(wanted) })
        {
            return "There is a column named \"\(wanted)\" in table \"\(hidden.relation)\", "
                + "but it cannot be referenced from this part of the query."
        }
        guard let best, !isTied else { return nil }
        if let second {
            return "Perhaps you meant to reference the column \(best.text) or the column \(second)."
        }
        return "Perhaps you meant to reference the column \(best.text)."
    }

    func missingRelation(_ relation: String, schema: String?, at location: Int) -> SQLError {
        for candidate in levels {
            for item in candidate.namespace where item.name == relation && item.isLateralOnly {
                return failure(
                    .undefinedTable,
                    "invalid reference to FROM-clause entry for table \"\(relation)\"", at: location
                ).hint(
                    "There is an entry for table \"\(relation)\", but it cannot be referenced from this part of the query."
                )
            }
            for entry in candidate.rangeTable {
                guard case .table(let table) = entry.kind, table.name == relation,
                    entry.alias != relation
                else { continue }
                return failure(
                    .undefinedTable,
                    "invalid reference to FROM-clause entry for table \"\(relation)\"", at: location
                ).hint("Perhaps you meant to reference the table alias \"\(entry.alias)\".")
            }
        }
        for candidate in levels
        where candidate.rangeTable.contains(where: { $0.alias == relation && schema == nil }) {
            return failure(
                .undefinedTable,
                "invalid reference to FROM-clause entry for table \"\(relation)\"", at: location
            ).hint(
                "There is an entry for table \"\(relation)\", but it cannot be referenced from this part of the query."
            )
        }
        return failure(
            .undefinedTable, "missing FROM-clause entry for table \"\(relation)\"", at: location)
    }
}

/// Levenshtein distance of the UTF-8 forms.
private func editDistance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    if abs(left.count - right.count) > 3 { return .max }
    var row = Array(0...right.count)
    for (i, byte) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in right.enumerated() {
            let substituted = diagonal + (byte == other ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[right.count]
}
