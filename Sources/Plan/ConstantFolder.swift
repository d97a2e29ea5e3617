internal import Base
internal import Functions
internal import Query
internal import Types

/// Computes immutable calls of constants while planning, and simplifies conditions that constants
/// decide. A call that fails is left for the execution, which may never come to it.
final class ConstantFolder {
    private let source: PlannerSource
    private lazy var context = FunctionContext(randomSeed: 0)

    init(_ source: PlannerSource) { self.source = source }

    func fold(_ expression: Expression) -> Expression {
        canChange(expression) ? change(expression) : expression
    }

    func fold(_ body: BoundQuery.Body) -> BoundQuery.Body {
        var body = body
        for index in body.rangeTable.indices {
            if let sample = body.rangeTable[index].sample {
                body.rangeTable[index].sample?.percent = fold(sample.percent)
                body.rangeTable[index].sample?.seed = sample.seed.map { fold($0) }
            }
            switch body.rangeTable[index].kind {
            case .table, .computed, .sequence, .excluded, .subquery, .common: break
            case .aggregates(let calls):
                body.rangeTable[index].kind = .aggregates(calls.map { fold($0) })
            case .values(var rows):
                for row in rows.indices where rows[row].contains(where: { canChange($0) }) {
                    rows[row] = rows[row].map { fold($0) }
                }
                body.rangeTable[index].kind = .values(rows)
            case .function(let call, let withOrdinality):
                body.rangeTable[index].kind = .function(fold(call), withOrdinality: withOrdinality)
            }
        }
        if case .join = body.from { body.from = body.from.mapConditions { fold($0) } }
        body.predicate = body.predicate.map { fold($0) }
        for index in body.targets.indices where canChange(body.targets[index].expression) {
            body.targets[index].expression = change(body.targets[index].expression)
        }
        for index in body.groupBy.indices { body.groupBy[index] = fold(body.groupBy[index]) }
        body.having = body.having.map { fold($0) }
        body.limit = body.limit.map { fold($0) }
        body.offset = body.offset.map { fold($0) }
        return body
    }

    /// True if `change` might give something else: a quick look before anything is rebuilt.
    private func canChange(_ expression: Expression) -> Bool {
        switch expression {
        case .parameter: return !source.parameters.isEmpty
        case .constant, .variable, .slot, .executionParameter, .nextValue, .defaultMarker:
            return false
        case .call(let function, let arguments, _):
            if DateComparison.isMixed(function) { return true }
            var areConstant = true
            for argument in arguments {
                if case .constant(let constant) = argument {
                    if constant.isNull { return true }
                    continue
                }
                areConstant = false
                if canChange(argument) { return true }
            }
            return areConstant
        case .relabel(.constant, _), .not, .isNull(.constant, _), .arrayCast(.constant, _, _):
            return true
        case .coalesce(let values, _):
            return values.contains { if case .constant = $0 { true } else { canChange($0) } }
        case .array(let values, isNested: false, _):
            return values.allSatisfy { if case .constant = $0 { true } else { false } }
                || values.contains { canChange($0) }
        case .and(let terms), .or(let terms):
            return terms.contains {
                if case .constant = $0 { true } else { canChange($0) }
            }
        case .caseWhen(let branches, let otherwise, _):
            return branches.contains {
                if case .constant = $0.condition { return true }
                return canChange($0.condition) || canChange($0.result)
            } || otherwise.map { canChange($0) } ?? false
        default: return expression.children.contains { canChange($0) }
        }
    }

    private func change(_ original: Expression) -> Expression {
        // Branches that a constant rules out must not be computed.
        if case .caseWhen(let branches, let otherwise, let type) = original {
            return changeCase(branches, otherwise, type)
        }
        let expression = original.mapChildren { change($0) }
        switch expression {
        case .parameter(let index, let type) where index < source.parameters.count:
            return .constant(Constant(type: type, value: source.parameters[index]))
        case .call(let function, let arguments, let type):
            return evaluate(function, arguments, type) ?? nullOfNull(function, arguments, type)
                ?? DateComparison.simplified(function, arguments) ?? expression
        case .relabel(.constant(let constant), let type):
            return .constant(Constant(type: type, value: constant.value))
        case .not(let negated): return Negation.of(negated)
        case .coalesce(let values, let type): return coalesce(values, type)
        case .arrayCast(.constant(let constant), let element, let type):
            return array(constant, through: element, type) ?? expression
        case .isNull(.constant(let constant), let negated):
            return .constant(.bool(constant.isNull != negated))
        case .array(let values, isNested: false, let type):
            return array(values, type) ?? expression
        case .and(let terms): return combine(terms, deciding: 0) { .and($0) }
        case .or(let terms): return combine(terms, deciding: 1) { .or($0) }
        default: return expression
        }
    }

    /// AND is decided by a false term, OR by a true one; the opposite constants say nothing.
    private func combine(
        _ terms: [Expression], deciding: Int64, _ make: ([Expression]) -> Expression
    ) -> Expression {
        var rest: [Expression] = []
        for term in terms {
            if case .constant(let constant) = term, case .word(let word) = constant.value {
                if word == deciding { return term }
            } else {
                rest.append(term)
            }
        }
        if rest.count > 1 { return make(rest) }
        return rest.first ?? .constant(.bool(deciding == 0))
    }

    private func changeCase(
        _ branches: [CaseBranch], _ otherwise: Expression?, _ type: SQLType
    ) -> Expression {
        var rest: [CaseBranch] = []
        for branch in branches {
            let condition = change(branch.condition)
            if condition.isNeverTrue { continue }
            if case .constant = condition {
                let result = change(branch.result)
                if rest.isEmpty { return result }
                return .caseWhen(branches: rest, otherwise: result, type: type)
            }
            rest.append(CaseBranch(condition: condition, result: change(branch.result)))
        }
        let last = otherwise.map { change($0) }
        if rest.isEmpty { return last ?? .constant(.null(type)) }
        return .caseWhen(branches: rest, otherwise: last, type: type)
    }

    /// ARRAY[…] of constants, as one.
    private func array(_ values: [Expression], _ type: SQLType) -> Expression? {
        guard let element = FunctionRegistry.elementType(of: type.oid) else { return nil }
        var elements: [Datum] = []
        for value in values {
            guard case .constant(let constant) = value else { return nil }
            elements.append(datum(constant))
        }
        let array = ArrayBinary.make(elements, element: element, arena: context.arena)
        return .constant(Constant(type: type, value: .bytes(array.withBytes { [UInt8]($0) })))
    }

    /// The elements of a constant array, each cast.
    private func array(
        _ constant: Constant, through cast: Expression?, _ type: SQLType
    ) -> Expression? {
        guard let cast else {
            return .constant(Constant(type: type, value: constant.value))
        }
        guard case .bytes = constant.value,
            let from = FunctionRegistry.elementType(of: constant.type.oid)
        else { return constant.isNull ? .constant(.null(type)) : nil }
        let given = ArrayValue(datum(constant).view, arena: context.arena)
        guard given.lengths.count <= 1, given.lowerBounds.allSatisfy({ $0 == 1 }) else {
            return nil
        }
        var values: [Expression] = []
        let isWord = SQLType.plain(from).physical == .word
        for datum in given.elements {
            let bytes = datum.isNull || isWord ? [] : datum.view.withBytes { [UInt8]($0) }
            let element = Constant(
                type: .plain(from),
                value: datum.isNull ? .null : isWord ? .word(datum.word) : .bytes(bytes))
            let result = fold(
                cast.mapChildren { if case .slot = $0 { .constant(element) } else { $0 } })
            guard case .constant = result else { return nil }
            values.append(result)
        }
        return array(values, type)
    }

    /// The first value that is no null, as far as constants tell.
    private func coalesce(_ values: [Expression], _ type: SQLType) -> Expression {
        var rest: [Expression] = []
        for value in values {
            guard case .constant(let constant) = value else {
                rest.append(value)
                continue
            }
            if constant.isNull { continue }
            rest.append(value)
            break
        }
        if rest.isEmpty { return .constant(.null(type)) }
        if case .constant = rest[0] { return rest[0] }
        return rest.count == 1 ? rest[0] : .coalesce(rest, type: type)
    }

    private func datum(_ constant: Constant) -> Datum {
        switch constant.value {
        case .null: .null
        case .word(let word): Datum(word: word)
        case .bytes(let bytes): Datum(view: ByteView(copying: bytes, into: context.arena))
        }
    }

    // MARK: Calls

    /// A strict function of a null is null, whatever else it is called with.
    private func nullOfNull(
        _ function: OID, _ arguments: [Expression], _ type: SQLType
    ) -> Expression? {
        let hasNull = arguments.contains {
            if case .constant(let constant) = $0 { constant.isNull } else { false }
        }
        guard hasNull, let entry = FunctionRegistry.function(function), entry.isStrict,
            !entry.returnsSet, type.oid != .record
        else { return nil }
        return .constant(.null(type))
    }

    private func evaluate(
        _ function: OID, _ arguments: [Expression], _ type: SQLType
    ) -> Expression? {
        var constants: [Constant] = []
        for argument in arguments {
            guard case .constant(let constant) = argument else { return nil }
            constants.append(constant)
        }
        guard source.isFoldable(function), let entry = FunctionRegistry.function(function) else {
            return nil
        }
        if entry.isStrict, constants.contains(where: \.isNull) { return .constant(.null(type)) }
        let vectors = constants.map { constant in
            let vector = Vector(constant.type.physical)
            vector.set(0, self.datum(constant))
            return vector
        }
        let result = Vector(type.physical)
        do throws(SQLError) {
            try Kernel.apply(entry, vectors, count: 1, result: result, context: context)
        } catch {
            return nil
        }
        let datum = result[0]
        if datum.isNull { return .constant(.null(type)) }
        if type.physical == .word {
            return .constant(Constant(type: type, value: .word(datum.word)))
        }
        return .constant(Constant(type: type, value: .bytes(datum.view.withBytes { [UInt8]($0) })))
    }
}
