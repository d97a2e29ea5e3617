public import Base
internal import Catalog
public import Query
internal import Types

/// Turns bound statements into physical plans. Pure: a value in, a value out.
public enum Planner {
    public static func plan(
        _ statement: BoundStatement, source: PlannerSource
    ) throws(SQLError) -> PhysicalPlan {
        let context = PlanContext(source)
        switch statement {
        case .select(let query):
            let part = try QueryPlanner(context, query.body).plan()
            return try context.finish(part, columns: query.columns)
        case .insert(let insert):
            return try ModifyPlanner(context).plan(insert)
        case .update(let modify), .delete(let modify):
            return try ModifyPlanner(context).plan(modify)
        }
    }
}

extension PlanContext {
    func finish(_ part: PlannedPart, columns: [OutputColumn]) throws(SQLError) -> PhysicalPlan {
        if !part.bindings.isEmpty {
            throw SQLError(.internalError, "a FROM item needs another one that is not before it")
        }
        return PhysicalPlan(
            root: part.node, subplans: subplans, executionParameterCount: executionParameterCount,
            columns: columns, relations: relations)
    }
}
