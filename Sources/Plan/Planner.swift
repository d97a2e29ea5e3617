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
        switch statement {
        case .select(let query):
            let planner = try QueryPlanner(context, query.body)
            planner.givesRowKeys = isForCursor
            let part = try planner.plan()
            return try context.finish(part, columns: query.columns, rowKeys: planner.rowKeys)
        case .insert(let insert):
            let tables = try context.planCommonTables(insert.commonTables)
            return context.finish(try ModifyPlanner(context).plan(insert), tables)
        case .update(let modify), .delete(let modify):
            let tables = try context.planCommonTables(modify.commonTables)
            return context.finish(try ModifyPlanner(context).plan(modify), tables)
        }
    }
}

extension PlanContext {
    /// WITH before a statement that changes data.
    fileprivate func planCommonTables(_ tables: [CommonTable]) throws(SQLError) -> [Int] {
        if tables.isEmpty { return [] }
        var around = BoundQuery.Body()
        around.commonTables = tables
        return try QueryPlanner(self, around).planCommonTables()
    }

    /// The plan with the queries of WITH that it and its subqueries read.
    fileprivate func finish(_ plan: PhysicalPlan, _ tables: [Int]) -> PhysicalPlan {
        if commonTables.isEmpty { return plan }
        return PhysicalPlan(
            root: tables.isEmpty ? plan.root : .with(tables: tables, plan.root),
            subplans: plan.subplans, commonTables: commonTables,
            executionParameterCount: plan.executionParameterCount, columns: plan.columns,
            relations: plan.relations, rowKeys: plan.rowKeys)
    }

    func finish(
        _ part: PlannedPart, columns: [OutputColumn], rowKeys: [PlannedRowKey]
    ) throws(SQLError) -> PhysicalPlan {
        if !part.bindings.isEmpty {
            throw SQLError(.internalError, "a FROM item needs another one that is not before it")
        }
        return PhysicalPlan(
            root: part.node, subplans: subplans, commonTables: commonTables,
            executionParameterCount: executionParameterCount,
            columns: columns, relations: relations, rowKeys: rowKeys)
    }
}
