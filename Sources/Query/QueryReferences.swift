internal import Base
public import Catalog
internal import Functions
public import Types

/// The objects without which a query cannot be: relations, or those columns of them that it reads.
/// What a view in it needs is the view's own business.
public struct QueryReferences {
    public private(set) var objects: [ObjectAddress] = []
    private var levels: [BoundQuery.Body] = []

    public init(_ query: BoundQuery) {
        walk(query)
        let withColumns = Set(objects.filter { $0.subID != 0 }.map(\.whole))
        var seen: Set<ObjectAddress> = []
        objects = objects.filter { object in
            if object.subID == 0, withColumns.contains(object) { return false }
            return seen.insert(object).inserted
        }
    }

    private mutating func walk(_ query: BoundQuery) {
        let body = query.body
        levels.append(body)
        defer { levels.removeLast() }
        for table in body.commonTables { if let common = table.query { walk(common) } }
        if let operation = body.setOperation {
            walk(operation.left)
            walk(operation.right)
        } else {
            for entry in body.rangeTable { walk(entry) }
        }
        walk(body.from)
        objects += body.groupingConstraints.map { .constraint($0) }
        let expressions =
            [body.predicate, body.having, body.limit, body.offset].compactMap { $0 }
            + body.targets.map(\.expression) + body.groupBy
            + body.namedWindows.flatMap(\.window.expressions)
        for expression in expressions { walk(expression) }
    }

    private mutating func walk(_ entry: RangeEntry) {
        if let view = entry.view {
            objects.append(.relation(view.oid))
            return
        }
        if let sample = entry.sample {
            walk(sample.percent)
            if let seed = sample.seed { walk(seed) }
        }
        switch entry.kind {
        case .table(let table): objects.append(.relation(table.oid))
        case .sequence(let oid): objects.append(.relation(oid))
        case .subquery(let query): walk(query)
        case .values(let rows): for row in rows { for value in row { walk(value) } }
        case .function(let call, _): walk(call)
        case .aggregates(let calls): for call in calls { walk(call) }
        case .computed, .excluded, .common: break
        }
    }

    private mutating func walk(_ tree: JoinTree) {
        if case .join(_, let left, let right, let condition) = tree {
            walk(left)
            walk(right)
            if let condition { walk(condition) }
        }
    }

    private mutating func walk(_ expression: Expression) {
        switch expression {
        case .variable(let variable): note(variable)
        case .constant(let constant):
            if constant.type.oid == .regclass, case .word(let value) = constant.value {
                objects.append(.relation(OID(UInt32(truncatingIfNeeded: value))))
            }
        case .nextValue(let sequence, _): objects.append(.relation(sequence))
        case .subquery(let subquery): walk(subquery.query)
        default: break
        }
        objects += expression.typeReferences
        for child in expression.children { walk(child) }
    }

    private mutating func note(_ variable: Variable) {
        let body = levels[levels.count - 1 - variable.levelsUp]
        if body.setOperation != nil { return }
        let entry = body.rangeTable[variable.relation]
        if let view = entry.view {
            objects.append(.column(variable.column, of: view.oid))
        } else if case .table(let table) = entry.kind, variable.column < table.columns.count {
            objects.append(.column(variable.column, of: table.oid))
        }
    }
}

extension SQLType {
    /// The type as an object that others need; none if it is built in.
    public var typeReferences: [ObjectAddress] { oid >= .firstUser ? [.type(oid)] : [] }
}

extension Expression {
    /// The types that this part of an expression names, not those that its children do.
    public var typeReferences: [ObjectAddress] {
        switch self {
        case .constant(let constant): return constant.type.typeReferences
        case .ioCast(_, let type), .relabel(_, let type), .coerceToDomain(_, let type),
            .array(_, _, let type), .arrayCast(_, _, let type), .field(_, _, let type):
            return type.typeReferences
        case .row(let row): return row.type.typeReferences
        case .call(let function, _, _):
            // What makes values of a range type goes with it.
            let made = FunctionRegistry.constructedType(function)
            return made.map { SQLType($0).typeReferences } ?? []
        default: return []
        }
    }
}
