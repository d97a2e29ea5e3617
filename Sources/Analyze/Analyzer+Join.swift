internal import Base
internal import Catalog
internal import Parse
internal import Query
internal import Types

/// JOIN … ON, USING, NATURAL.
extension Analyzer {
    func analyzeJoin(_ join: JoinSyntax) throws(SQLError) -> (JoinTree, [NamespaceItem]) {
        let base = level.namespace.count
        let (left, leftItems) = try analyzeJoinSide(join.left, siblings: [])
        var siblings = leftItems
        if join.kind == .right || join.kind == .full {
            for index in siblings.indices { siblings[index].isOutOfReach = true }
        }
        let (right, rightItems) = try analyzeJoinSide(join.right, siblings: siblings)
        invariant(level.namespace.count == base, "join sides leave the namespace as it was")
        try checkAliases(leftItems, rightItems)
        let kind = joinKind(join.kind)

        var items = leftItems + rightItems
        var usingColumns = join.usingColumns
        if join.isNatural {
            let rightNames = Set(visibleColumns(rightItems).map(\.name))
            usingColumns = visibleColumns(leftItems).map(\.name).filter(rightNames.contains)
        }
        var condition: Expression?
        var merged: [NamespaceItem.Entry] = []
        if !usingColumns.isEmpty {
            var equalities: [Expression] = []
            for (number, name) in usingColumns.enumerated() {
                if usingColumns[..<number].contains(name) {
                    throw SQLError(
                        .duplicateColumn,
                        "column name \"\(name)\" appears more than once in USING clause")
                }
                let (l, r) = try usingPair(name, leftItems, rightItems)
                let equality = try binaryOperator("=", l, r, at: -1)
                equalities.append(equality)
                merged.append(
                    NamespaceItem.Entry(name: name, expression: try mergedColumn(kind, l, r)))
            }
            condition = equalities.count == 1 ? equalities[0] : .and(equalities)
        } else if let on = join.condition {
            let saved = level.namespace
            level.namespace += items
            defer { level.namespace = saved }
            condition = try inClause(.joinCondition) { () throws(SQLError) in
                try analyzeBoolean(on, construct: "JOIN/ON")
            }
        }
        if !usingColumns.isEmpty || join.alias != nil {
            let names = Set(usingColumns)
            let rest = (visibleColumns(leftItems) + visibleColumns(rightItems)).filter {
                !names.contains($0.name)
            }
            for index in items.indices {
                items[index].areColumnsVisible = false
                if join.alias != nil { items[index].isRelationVisible = false }
            }
            var columns = merged + rest
            if let alias = join.alias {
                if alias.columnNames.count > columns.count {
                    throw SQLError(
                        .invalidColumnReference,
                        "join expression \"\(alias.name)\" has \(columns.count) columns available but \(alias.columnNames.count) columns specified"
                    )
                }
                for (index, name) in alias.columnNames.enumerated() where index < columns.count {
                    columns[index].name = name
                }
            }
            items.append(
                NamespaceItem(
                    name: join.alias?.name, schema: nil, columns: columns,
                    isRelationVisible: join.alias != nil))
        }
        if let alias = join.usingAlias {
            // The merged columns alone, by the alias alone.
            let item = NamespaceItem(
                name: alias.name, schema: nil, columns: merged, areColumnsVisible: false)
            try checkAliases(items, [item])
            items.append(item)
        }
        level.joinForms.append(usingColumns.isEmpty ? .on : .using(usingColumns))
        return (.join(kind, left, right, condition: condition), items)
    }

    /// One side; the right one may refer to the left one if LATERAL.
    private func analyzeJoinSide(
        _ side: SyntaxFromItem, siblings: [NamespaceItem]
    ) throws(SQLError) -> (JoinTree, [NamespaceItem]) {
        let saved = level.namespace
        defer { level.namespace = saved }
        for sibling in siblings {
            var hidden = sibling
            hidden.isLateralOnly = true
            level.namespace.append(hidden)
        }
        return try analyzeJoinItem(side)
    }

    /// Columns that `*` and unqualified names see.
    private func visibleColumns(_ items: [NamespaceItem]) -> [NamespaceItem.Entry] {
        items.filter(\.areColumnsVisible).flatMap { $0.columns.filter { !$0.isHidden } }
    }

    private func usingPair(
        _ name: String, _ leftItems: [NamespaceItem], _ rightItems: [NamespaceItem]
    ) throws(SQLError) -> (Expression, Expression) {
        func one(_ items: [NamespaceItem], _ side: String) throws(SQLError) -> Expression {
            let matches = visibleColumns(items).filter { $0.name == name }
            if matches.count > 1 {
                throw SQLError(
                    .ambiguousColumn,
                    "common column name \"\(name)\" appears more than once in \(side) table")
            }
            guard let match = matches.first else {
                throw SQLError(
                    .undefinedColumn,
                    "column \"\(name)\" specified in USING clause does not exist in \(side) table")
            }
            return match.expression
        }
        return (try one(leftItems, "left"), try one(rightItems, "right"))
    }

    private func mergedColumn(
        _ kind: JoinKind, _ left: Expression, _ right: Expression
    ) throws(SQLError) -> Expression {
        let type = try commonType([left, right], construct: "JOIN/USING", at: [-1, -1])
        let l = try coerce(left, to: type, .implicit, at: -1)
        let r = try coerce(right, to: type, .implicit, at: -1)
        switch kind {
        case .right: return r
        case .full: return .coalesce([l, r], type: type)
        case .inner, .left, .semi, .anti: return l
        }
    }

    private func joinKind(_ kind: JoinSyntax.Kind) -> JoinKind {
        switch kind {
        case .inner: .inner
        case .left: .left
        case .right: .right
        case .full: .full
        }
    }
}
