internal import Base
internal import Parse

/// Where a query of WITH RECURSIVE names itself, and whether it may there (PostgreSQL's
/// checkWellFormedRecursion).
struct RecursionCheck {
    private enum Place {
        case allowed
        case firstTerm
        case subquery
        case outerJoin
        case intersect
        case except

        var words: String {
            switch self {
            case .allowed: ""
            case .firstTerm: "its non-recursive term"
            case .subquery: "a subquery"
            case .outerJoin: "an outer join"
            case .intersect: "INTERSECT"
            case .except: "EXCEPT"
            }
        }
    }

    private let name: String
    private let text: [UInt8]
    private var place = Place.allowed
    private var count = 0
    /// Looks only whether there is a reference.
    private var isLooking = true

    init(_ name: String, text: [UInt8]) {
        self.name = name
        self.text = text
    }

    private func failure(_ state: SQLState, _ message: String, at location: Int) -> SQLError {
        SQLError(state, message).at(
            position: text.withUnsafeBytes {
                Parser.characterPosition(ofByteOffset: location, in: $0)
            })
    }

    /// - Throws: 42P19 where a reference must not be, 0A000 for clauses that are not built.
    mutating func namesItself(
        _ statement: SyntaxStatement, at location: Int
    ) throws(SQLError) -> Bool {
        try walk(statement)
        if count == 0 { return false }
        guard case .select(let select) = statement else {
            throw failure(
                .invalidRecursion,
                "recursive query \"\(name)\" must not contain data-modifying statements",
                at: location)
        }
        guard select.operation == .union, let left = select.left, let right = select.right else {
            throw failure(
                .invalidRecursion,
                "recursive query \"\(name)\" does not have the form non-recursive-term UNION [ALL] recursive-term",
                at: location)
        }
        isLooking = false
        count = 0
        place = .firstTerm
        if let with = select.with { try walk(with) }
        try refuse(select)
        try walk(left)
        place = .allowed
        count = 0
        try walk(right)
        return true
    }

    private func refuse(_ select: SelectStatement) throws(SQLError) {
        func refused(_ what: String, _ location: Int) -> SQLError {
            failure(
                .featureNotSupported, "\(what) in a recursive query is not implemented",
                at: location)
        }
        if let first = select.orderBy.first {
            throw refused("ORDER BY", place(of: first.expression))
        }
        if let offset = select.limitOffset { throw refused("OFFSET", place(of: offset)) }
        if let limit = select.limitCount { throw refused("LIMIT", place(of: limit)) }
        if !select.locking.isEmpty { throw refused("FOR UPDATE/SHARE", -1) }
    }

    private func place(of expression: SyntaxExpression) -> Int {
        switch expression {
        case .columnReference(_, _, let location), .constant(_, let location),
            .parameter(_, let location):
            location
        case .typeCast(let value, _, _): place(of: value)
        case .operation(_, _, let left, let right, let location):
            left.map(place(of:)) ?? (location >= 0 ? location : place(of: right))
        case .functionCall(let call): call.location
        default: -1
        }
    }

    // MARK: The walk

    private mutating func walk(_ with: WithClause) throws(SQLError) {
        for member in with.expressions { try walk(member.query) }
    }

    private mutating func walk(_ statement: SyntaxStatement) throws(SQLError) {
        switch statement {
        case .select(let select): try walk(select)
        case .insert(let insert):
            if try hides(insert.with) { return }
            if let source = insert.source { try walk(source) }
            try walk(insert.onConflict?.assignments ?? [])
            try walk(insert.onConflict?.filter)
            try walk(insert.returning)
        case .update(let update):
            if try hides(update.with) { return }
            try walk(update.assignments)
            for item in update.from { try walk(item) }
            try walk(update.filter)
            try walk(update.returning)
        case .delete(let delete):
            if try hides(delete.with) { return }
            for item in delete.using { try walk(item) }
            try walk(delete.filter)
            try walk(delete.returning)
        case .merge(let merge):
            if try hides(merge.with) { return }
            try walk(merge.source)
            try walk(merge.condition)
            for when in merge.whens {
                try walk(when.condition)
                try walk(when.targets)
                for value in when.values { try walk(value) }
            }
        default: break
        }
    }

    private mutating func walk(_ targets: [ResultTarget]) throws(SQLError) {
        for target in targets { try walk(target.value) }
    }

    /// Walks a WITH; true if one of its queries has the name, so that what follows means that one.
    private mutating func hides(_ with: WithClause?) throws(SQLError) -> Bool {
        guard let with else { return false }
        let isHidden = with.expressions.contains { $0.name == name }
        if with.isRecursive, isHidden { return true }
        try walk(with)
        return isHidden
    }

    private mutating func walk(_ select: SelectStatement) throws(SQLError) {
        if try hides(select.with) { return }
        let outer = place
        defer { place = outer }
        if let left = select.left, let right = select.right {
            if outer == .allowed, select.operation == .intersect, select.isAll {
                place = .intersect
            }
            if outer == .allowed, select.operation == .except, select.isAll { place = .except }
            try walk(left)
            if outer == .allowed, select.operation == .except { place = .except }
            try walk(right)
            place = outer
        }
        for item in select.from { try walk(item) }
        try walk(select.targets)
        for row in select.valuesLists { for value in row { try walk(value) } }
        try walk(select.filter)
        try walk(select.having)
        for key in select.groupBy { try walk(key) }
        for key in select.orderBy { try walk(key.expression) }
        try walk(select.limitCount)
        try walk(select.limitOffset)
    }

    private mutating func walk(_ item: SyntaxFromItem) throws(SQLError) {
        switch item {
        case .table(let range):
            guard range.schema == nil, range.name == name else { return }
            count += 1
            if isLooking { return }
            if place != .allowed {
                throw failure(
                    .invalidRecursion,
                    "recursive reference to query \"\(name)\" must not appear within \(place.words)",
                    at: range.location)
            }
            if count > 1 {
                throw failure(
                    .invalidRecursion,
                    "recursive reference to query \"\(name)\" must not appear more than once",
                    at: range.location)
            }
        case .subselect(let subselect): try walk(subselect.subquery)
        case .function(let function):
            for item in function.functions { try walk(item.function) }
        case .join(let join):
            let outer = place
            defer { place = outer }
            func inside(_ isNullable: Bool) -> Place {
                outer == .allowed && isNullable ? .outerJoin : outer
            }
            place = inside(join.kind == .right || join.kind == .full)
            try walk(join.left)
            place = inside(join.kind == .left || join.kind == .full)
            try walk(join.right)
            place = outer
            try walk(join.condition)
        case .tableSample(let sample): try walk(sample.relation)
        case .unsupported: break
        }
    }

    private mutating func walk(_ expression: SyntaxExpression?) throws(SQLError) {
        guard let expression else { return }
        switch expression {
        case .subLink(let link):
            try walk(link.testExpression)
            let outer = place
            if outer == .allowed { place = .subquery }
            defer { place = outer }
            try walk(link.subselect)
        case .operation(_, _, let left, let right, _):
            try walk(left)
            try walk(right)
        case .boolean(_, let values, _), .coalesce(let values, _), .minMax(_, let values, _),
            .arrayConstructor(let values, _), .row(let values, _, _), .list(let values),
            .grouping(let values, _), .groupingSet(_, let values, _):
            for value in values { try walk(value) }
        case .functionCall(let call):
            for argument in call.arguments { try walk(argument) }
            for item in call.aggregateOrder { try walk(item.expression) }
            try walk(call.aggregateFilter)
        case .typeCast(let value, _, _), .nullTest(let value, _, _), .booleanTest(let value, _, _),
            .collate(let value, _, _), .namedArgument(_, let value, _), .indirection(let value, _),
            .multiAssign(let value, _, _):
            try walk(value)
        case .caseExpression(let syntax):
            try walk(syntax.argument)
            for when in syntax.whens {
                try walk(when.expression)
                try walk(when.result)
            }
            try walk(syntax.defaultResult)
        case .columnReference, .constant, .parameter, .sqlValueFunction, .setToDefault, .currentOf,
            .unsupported:
            break
        }
    }
}
