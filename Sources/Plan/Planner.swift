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
            return try ModifyPlanner(context).plan(insert)
        case .update(let modify), .delete(let modify):
            return try ModifyPlanner(context).plan(modify)
        }
    }
}

extension PlanContext {
    func finish(
        _ part: PlannedPart, columns: [OutputColumn], rowKeys: [PlannedRowKey]
    ) throws(SQLError) -> PhysicalPlan {
        if !part.bindings.isEmpty {
            throw SQLError(.internalError, "a FROM item needs another one that is not before it")
        }
        return PhysicalPlan(
            root: part.node, subplans: subplans, executionParameterCount: executionParameterCount,
            columns: columns, relations: relations, rowKeys: rowKeys)
    }
}
