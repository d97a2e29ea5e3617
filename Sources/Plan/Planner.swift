public import Base
internal import Catalog
public import Query
internal import Types

/// Turns bound statements into physical plans. Pure: a value in, a value out.
public enum Planner {
    /// - Parameter isForCursor: rows keep the keys that WHERE CURRENT OF needs.
    public static func plan(
        _ statement: BoundStatement, source: PlannerSource, isForCursor: Bool = false
    ) throws(SQLError) -> PhysicalPlan {
        let context = PlanContext(source)
        guard case .select(let query) = statement else {
            return context.finish(try context.plan(statement), columns: statement.columns)
        }
        context.mayRunInParallel = source.parallelWorkersMax > 0
        let planner = try QueryPlanner(context, query.body)
        planner.givesRowKeys = isForCursor
        let part = try planner.plan()
        if !part.bindings.isEmpty {
            throw SQLError(.internalError, "a FROM item needs another one that is not before it")
        }
        return context.finish(part.node, columns: query.columns, rowKeys: planner.rowKeys)
    }
}

extension PlanContext {
    /// A statement that changes data, with its WITH.
    func plan(_ statement: BoundStatement) throws(SQLError) -> PlanNode {
        let tables = try planCommonTables(statement.commonTables)
        let node: PlanNode
        switch statement {
        case .select: throw SQLError(.internalError, "a query changes no data")
        case .insert(let insert): node = try ModifyPlanner(self).plan(insert)
        case .update(let modify), .delete(let modify): node = try ModifyPlanner(self).plan(modify)
        case .merge(let merge): node = try ModifyPlanner(self).plan(merge)
        }
        return tables.isEmpty ? node : .with(tables: tables, node)
    }

    private func planCommonTables(_ tables: [CommonTable]) throws(SQLError) -> [Int] {
        if tables.isEmpty { return [] }
        var around = BoundQuery.Body()
        around.commonTables = tables
        return try QueryPlanner(self, around).planCommonTables()
    }

    fileprivate func finish(
        _ root: PlanNode, columns: [OutputColumn], rowKeys: [PlannedRowKey] = []
    ) -> PhysicalPlan {
        PhysicalPlan(
            root: root, subplans: subplans, commonTables: commonTables,
            executionParameterCount: executionParameterCount,
            columns: columns, relations: relations, rowKeys: rowKeys, cost: cost,
            columnUses: source.named.columnUses, guardedFunctions: source.named.functions)
    }
}
