public import Base

/// Literals to parameters, where that changes nothing but the values.
extension Parser {
    /// The statement of `text` with parameter `n` in the place of the `n`th literal; nil if some literal
    /// stands where a parameter would not mean the same: in an output column, in GROUP BY or ORDER BY,
    /// in a type, a function's argument …
    public static func parse(
        _ text: UnsafeRawBufferPointer, replacing literals: LiteralText
    ) throws(SQLError) -> ParsedStatement? {
        let parsed = try parse(text)
        guard parsed.count == 1 else { return nil }
        var replacement = LiteralReplacement(literals)
        guard let statement = replacement.statement(parsed[0].statement),
            replacement.replacedCount == literals.literals.count
        else { return nil }
        var result = parsed[0]
        result.statement = statement
        return result
    }
}

private struct LiteralReplacement {
    private var numbers: [Int: Int] = [:]
    private let kinds: [LiteralText.Kind]
    private(set) var replacedCount = 0

    init(_ text: LiteralText) {
        kinds = text.literals.map(\.kind)
        for (index, literal) in text.literals.enumerated() {
            numbers[literal.range.lowerBound] = index + 1
        }
    }

    mutating func statement(_ statement: SyntaxStatement) -> SyntaxStatement? {
        switch statement {
        case .select(let select): return self.select(select).map { .select($0) }
        case .insert(let insert): return self.insert(insert).map { .insert($0) }
        case .update(var update):
            guard update.with == nil, update.from.isEmpty else { return nil }
            for index in update.assignments.indices {
                guard let value = update.assignments[index].value else { return nil }
                update.assignments[index].value = operand(value)
            }
            update.filter = update.filter.map { condition($0) }
            return .update(update)
        case .delete(var delete):
            guard delete.with == nil, delete.using.isEmpty else { return nil }
            delete.filter = delete.filter.map { condition($0) }
            return .delete(delete)
        default: return nil
        }
    }

    /// A plain query without grouping: its conditions, LIMIT and OFFSET.
    private mutating func select(_ select: SelectStatement) -> SelectStatement? {
        guard select.operation == .none, select.with == nil, select.into == nil,
            select.valuesLists.isEmpty, select.groupBy.isEmpty, select.having == nil
        else { return nil }
        return SelectStatement(
            distinct: select.distinct, targets: select.targets, from: select.from,
            filter: select.filter.map { condition($0) }, windows: select.windows,
            orderBy: select.orderBy, limitOffset: select.limitOffset.map { number($0) },
            limitCount: select.limitCount.map { number($0) },
            isLimitWithTies: select.isLimitWithTies, locking: select.locking)
    }

    /// One row of VALUES: with several, the rows' literals decide on the columns' types together.
    private mutating func insert(_ insert: InsertStatement) -> InsertStatement? {
        guard insert.with == nil, insert.onConflict == nil, let source = insert.source,
            source.valuesLists.count == 1, source.orderBy.isEmpty, source.limitCount == nil,
            source.limitOffset == nil, source.with == nil, source.locking.isEmpty
        else { return nil }
        let row = source.valuesLists[0].map { operand($0) }
        var result = insert
        result.source = SelectStatement(valuesLists: [row])
        return result
    }

    // MARK: Expressions

    /// AND, OR, NOT over comparisons; anything else stays.
    private mutating func condition(_ expression: SyntaxExpression) -> SyntaxExpression {
        switch expression {
        case .boolean(let kind, let arguments, let location):
            return .boolean(kind, arguments.map { condition($0) }, location: location)
        case .operation(.operator, let name, let left?, let right, let location)
        where name.count == 1 && LiteralReplacement.comparisons.contains(name[0]):
            return .operation(
                .operator, name: name, left: side(left, other: right),
                right: side(right, other: left), location: location)
        case .operation(.in, let name, let left?, .list(let values), let location)
        where LiteralReplacement.isColumn(left):
            return .operation(
                .in, name: name, left: left, right: .list(values.map { literal($0) }),
                location: location)
        case .operation(.between, let name, let left?, .list(let bounds), let location)
        where LiteralReplacement.isColumn(left):
            return .operation(
                .between, name: name, left: left, right: .list(bounds.map { literal($0) }),
                location: location)
        default: return expression
        }
    }

    private static let comparisons: Set<String> = ["=", "<", ">", "<=", ">=", "<>"]
    private static let arithmetic: Set<String> = ["+", "-", "*"]

    private static func isColumn(_ expression: SyntaxExpression) -> Bool {
        if case .columnReference(_, isStar: false, _) = expression { return true }
        return false
    }

    /// A side of a comparison: a string only against a column, which gives it its type.
    private mutating func side(
        _ expression: SyntaxExpression, other: SyntaxExpression
    ) -> SyntaxExpression {
        LiteralReplacement.isColumn(other) ? operand(expression) : arithmetic(expression)
    }

    /// A value with a column's type to go to: a literal of any kind, or arithmetic over numbers.
    private mutating func operand(_ expression: SyntaxExpression) -> SyntaxExpression {
        if case .constant = expression { return literal(expression) }
        return arithmetic(expression)
    }

    /// Sums, differences and products of columns and numbers.
    private mutating func arithmetic(_ expression: SyntaxExpression) -> SyntaxExpression {
        switch expression {
        case .constant: return number(expression)
        case .operation(.operator, let name, let left?, let right, let location)
        where name.count == 1 && LiteralReplacement.arithmetic.contains(name[0]):
            return .operation(
                .operator, name: name, left: arithmetic(left), right: arithmetic(right),
                location: location)
        default: return expression
        }
    }

    private mutating func number(_ expression: SyntaxExpression) -> SyntaxExpression {
        guard case .constant(_, let location) = expression, let number = numbers[location],
            kinds[number - 1] != .string
        else { return expression }
        return literal(expression)
    }

    private mutating func literal(_ expression: SyntaxExpression) -> SyntaxExpression {
        guard case .constant(_, let location) = expression, let number = numbers[location]
        else { return expression }
        replacedCount += 1
        return .parameter(number: number, location: location)
    }
}
