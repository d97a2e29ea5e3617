internal import Base
public import Catalog
internal import Functions

/// Which views INSERT, UPDATE and DELETE reach through to one relation below.
public enum ViewUpdatability {
    /// Why a view's query is not automatically updatable, in PostgreSQL's words; nil if it is.
    public static func obstacle(_ query: BoundQuery) -> String? {
        let body = query.body
        switch body.distinct {
        case .none: break
        case .all, .on: return "Views containing DISTINCT are not automatically updatable."
        }
        if !body.groupBy.isEmpty || body.groupingSets != nil {
            return "Views containing GROUP BY are not automatically updatable."
        }
        if body.having != nil { return "Views containing HAVING are not automatically updatable." }
        if body.setOperation != nil {
            return "Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable."
        }
        if !body.commonTables.isEmpty {
            return "Views containing WITH are not automatically updatable."
        }
        if body.limit != nil || body.offset != nil {
            return "Views containing LIMIT or OFFSET are not automatically updatable."
        }
        if body.hasAggregates {
            return "Views that return aggregate functions are not automatically updatable."
        }
        if body.hasWindows {
            return "Views that return window functions are not automatically updatable."
        }
        if body.hasWindows {
            return "Views that return window functions are not automatically updatable."
        }
        if body.targets.contains(where: { returnsSet($0.expression) }) {
            return "Views that return set-returning functions are not automatically updatable."
        }
        if base(of: query) == nil {
            return
                "Views that do not select from a single table or view are not automatically updatable."
        }
        return nil
    }

    /// The table or view that the query selects from.
    public static func base(of query: BoundQuery) -> Shared<Relation>? {
        guard case .entry(let index) = query.body.from else { return nil }
        let entry = query.body.rangeTable[index]
        if let view = entry.view { return view }
        if case .table(let table) = entry.kind, table.kind != .materializedView { return table }
        return nil
    }

    /// The column of the base that a visible column of the query is; nil with the reason why it
    /// cannot be changed.
    public static func baseColumn(
        _ column: Int, of query: BoundQuery
    ) -> (column: Int?, obstacle: String) {
        let visible = query.body.targets.filter { !$0.isHidden }
        guard let base = base(of: query), case .entry(let index) = query.body.from,
            case .variable(let variable) = visible[column].expression, variable.levelsUp == 0,
            variable.relation == index
        else {
            return (
                nil, "View columns that are not columns of their base relation are not updatable."
            )
        }
        if variable.column >= base.columns.count {
            return (nil, "View columns that refer to system columns are not updatable.")
        }
        return (variable.column, "")
    }

    private static func returnsSet(_ expression: Expression) -> Bool {
        expression.contains {
            if case .call(let function, _, _) = $0 {
                FunctionRegistry.function(function)?.returnsSet ?? false
            } else {
                false
            }
        }
    }
}
