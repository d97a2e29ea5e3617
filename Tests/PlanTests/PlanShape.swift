import Base
import Catalog
import Query
import Types

/// A plan in one line, for comparison in tests.
enum PlanShape {
    static func of(_ plan: PhysicalPlan) -> String {
        var text = of(plan.root)
        for (index, subplan) in plan.subplans.enumerated() { text += " | #\(index) \(of(subplan))" }
        return text
    }

    static func of(_ node: PlanNode) -> String {
        switch node {
        case .oneRow: "one"
        case .estimated(let child, _): of(child)
        case .tableScan(let scan): of(scan)
        case .with(_, let input): "with(\(of(input)))"
        case .commonScan(let table, _, _, _): "common(\(table))"
        case .recursiveUnion(_, let base, let step, _, _): "recursion(\(of(base)), \(of(step)))"
        case .computedScan(let relation, _, let filter, _): "computed \(relation)\(when(filter))"
        case .sequenceScan(let sequence, let columns, _): "sequence \(sequence) \(columns)"
        case .values(let rows, _): "values(\(rows.count))"
        case .functionScan(let call, _, _): "function(\(of(call)))"
        case .filter(let child, let condition): "filter(\(of(child)), \(of(condition)))"
        case .project(let child, let outputs): "project(\(of(child)), \(list(outputs)))"
        case .projectSet(let child, let outputs): "sets(\(of(child)), \(list(outputs)))"
        case .nestedLoop(let kind, let left, let right, let parameters, let condition):
            "loop.\(kind)(\(of(left)), \(of(right))"
                + parameters.map { " @\($0.parameter)=\(of($0.value))" }.joined()
                + when(condition) + ")"
        case .hashJoin(let kind, let left, let right, let leftKeys, let rightKeys, let condition):
            "hash.\(kind)(\(of(left)), \(of(right)) on \(list(leftKeys)) = \(list(rightKeys))"
                + when(condition) + ")"
        case .parallelAggregate(let child, let keys, let aggregates, let workers):
            "parallel \(workers) \(of(.aggregate(child, groupKeys: keys, aggregates: aggregates, sets: nil)))"
        case .aggregate(let child, let keys, let aggregates, _):
            "aggregate(\(of(child)), \(list(keys)), "
                + aggregates.map { "\($0.function)\(list($0.arguments))" }.joined(separator: " ")
                + ")"
        case .window(let child, let window):
            "window(\(of(child)), \(window.calls.count) calls)"
        case .sort(let child, let keys, let limit):
            "sort(\(of(child)), " + keys.map { of($0) }.joined(separator: " ")
                + (limit.map { " top \(of($0))" } ?? "") + ")"
        case .limit(let child, let limit, let offset, _):
            "limit(\(of(child)), \(limit.map { of($0) } ?? "all")"
                + (offset.map { " from \(of($0))" } ?? "") + ")"
        case .distinct(let child, let keys):
            "distinct(\(of(child))" + (keys.map { " on \(list($0))" } ?? "") + ")"
        case .append(let children): "append(\(children.map { of($0) }.joined(separator: ", ")))"
        case .partitionAppend(let children, _):
            "partitions(\(children.map { of($0) }.joined(separator: ", ")))"
        case .setOperation(let kind, let isAll, let left, let right):
            "\(kind)\(isAll ? ".all" : "")(\(of(left)), \(of(right)))"
        case .lockRows(let child, let locks, let recheck):
            "lock(\(of(child)), " + locks.map { "key \($0.keySlot)" }.joined(separator: " ")
                + when(recheck) + ")"
        case .insert(let insert): "insert(\(of(insert.source)))"
        case .sample(let child, _): "sample(\(of(child)))"
        case .merge(let merge): "merge(\(merge.table.name), \(of(merge.source)))"
        case .modify(let modify):
            (modify.assignments == nil ? "delete" : "update") + "(\(of(modify.source))"
                + (modify.assignments ?? []).map { " \($0.column):=\(of($0.value))" }.joined()
                + when(modify.recheck) + ")"
        }
    }

    private static func of(_ scan: TableScan) -> String {
        var text: String
        switch scan.path {
        case .currentRow(let cursor): text = "current row of \(cursor)"
        case .rows(let lower, let upper):
            text = "scan \(scan.alias)" + bounds(lower, upper)
        case .row(let key): text = "row \(scan.alias)\(list(key))"
        case .index(let index, let equal, let lower, let upper):
            text = "index \(index.value.name)\(list(equal))" + bounds(lower, upper)
        }
        if scan.isReverse { text += " reverse" }
        text += " \(scan.columns)"
        if scan.withRowKey { text += "+key" }
        return text + when(scan.filter)
    }

    private static func bounds(_ lower: KeyBound?, _ upper: KeyBound?) -> String {
        (lower.map { " from\($0.isInclusive ? "=" : "")\(list($0.values))" } ?? "")
            + (upper.map { " to\($0.isInclusive ? "=" : "")\(list($0.values))" } ?? "")
    }

    private static func when(_ condition: Expression?) -> String {
        condition.map { " if \(of($0))" } ?? ""
    }

    private static func of(_ key: SortKey) -> String {
        of(key.expression) + (key.descending ? "-" : "+")
    }

    private static func list(_ values: [Expression]) -> String {
        "[" + values.map { of($0) }.joined(separator: ",") + "]"
    }

    static func of(_ expression: Expression) -> String {
        switch expression {
        case .constant(let constant):
            switch constant.value {
            case .null: "null"
            case .word(let word): "\(word)"
            case .bytes(let bytes): "'\(String(decoding: bytes, as: UTF8.self))'"
            }
        case .parameter(let index, _): "$\(index + 1)"
        case .variable(let variable): "v\(variable.relation).\(variable.column)"
        case .slot(let slot, _): "s\(slot)"
        case .executionParameter(let index, _): "@\(index)"
        case .call(let function, let arguments, _): "f\(function)\(list(arguments))"
        case .and(let terms): "and\(list(terms))"
        case .or(let terms): "or\(list(terms))"
        case .isNull(let value, let negated): "\(of(value)) is\(negated ? " not" : "") null"
        case .subplan(let plan):
            "#\(plan.subplan)"
                + plan.arguments.map { "(@\($0.parameter)=\(of($0.value)))" }.joined()
        case .nextValue(let sequence, _): "next \(sequence)"
        default: "?" + list(expression.children)
        }
    }
}
