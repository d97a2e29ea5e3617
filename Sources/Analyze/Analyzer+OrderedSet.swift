internal import Base
internal import Functions
internal import Parse
internal import Query
internal import Types

/// Aggregates with WITHIN GROUP (chapters 4.2.7 and 9.21).
extension Analyzer {
    /// Nil: the call is none of them.
    func analyzeOrderedSet(_ call: FunctionCallSyntax) throws(SQLError) -> Expression? {
        let name = call.name.last ?? ""
        let candidates = OrderedSetFunction.named(name)
        if candidates.isEmpty {
            guard call.isWithinGroup else { return nil }
            throw try notOrderedSet(call)
        }
        guard call.isWithinGroup else {
            let count = call.arguments.count
            let isComplete =
                candidates[0].isHypothetical
                ? count > 0 : count == (candidates[0] == .mode ? 1 : 2)
            if !isComplete { return nil }
            throw failure(
                .wrongObjectType, "WITHIN GROUP is required for ordered-set aggregate \(name)",
                at: call.location)
        }
        if call.over != nil {
            throw failure(
                .featureNotSupported, "OVER is not supported for ordered-set aggregate \(name)",
                at: call.location)
        }
        aggregateDepth += 1
        defer { aggregateDepth -= 1 }
        let parts = try inClause(.aggregateArgument) {
            () throws(SQLError) -> (direct: [Expression], order: [SortKey]) in
            var direct: [Expression] = []
            for argument in call.arguments { direct.append(try analyze(argument)) }
            var order: [SortKey] = []
            for item in call.aggregateOrder { order.append(try sortKey(item)) }
            return (direct, order)
        }
        let filter: Expression? =
            if let syntax = call.aggregateFilter {
                try inClause(.aggregateFilter) { () throws(SQLError) in
                    try analyzeBoolean(syntax, construct: "FILTER")
                }
            } else { nil }
        var result: AggregateCall
        var direct: [Expression] = []
        if candidates[0].isHypothetical {
            result = try hypothetical(candidates[0], parts.direct, parts.order, call, &direct)
        } else {
            result = try orderedSet(candidates, parts.direct, parts.order, call, &direct)
        }
        result.filter = filter
        let aggregated = parts.order.map(\.expression) + (filter.map { [$0] } ?? [])
        let depth = levels.count
        return try placed(
            .aggregate(result), parts: aggregated, direct: direct, called: "aggregate functions",
            at: call.location, directLocation: call.arguments.first.map { location(of: $0) } ?? -1
        ) { level, _ in
            let place = levels.firstIndex { $0 === level } ?? depth - 1
            level.directArguments += direct.map { $0.lowered(by: place + 1 - depth) }
        }
    }

    /// What is wrong with WITHIN GROUP at a call that is no ordered-set aggregate's.
    private func notOrderedSet(_ call: FunctionCallSyntax) throws(SQLError) -> SQLError {
        let name = call.name.last ?? ""
        var arguments: [Expression] = []
        for argument in call.arguments { arguments.append(try analyze(argument)) }
        for item in call.aggregateOrder { arguments.append(try analyze(item.expression)) }
        let aggregates = FunctionRegistry.aggregates(named: name)
        if try chooseAggregate(aggregates, arguments, call) != nil {
            return failure(
                .wrongObjectType,
                "\(name) is not an ordered-set aggregate, so it cannot have WITHIN GROUP",
                at: call.location)
        }
        _ = try functionCall(named: call.name, arguments, at: call.location)
        return failure(
            .wrongObjectType, "WITHIN GROUP specified, but \(name) is not an aggregate function",
            at: call.location)
    }

    private func undefined(
        _ call: FunctionCallSyntax, _ direct: [Expression], _ order: [SortKey]
    ) -> SQLError {
        undefinedFunction(call, direct + order.map(\.expression))
    }

    // MARK: percentile_disc, percentile_cont, mode

    private func orderedSet(
        _ candidates: [OrderedSetFunction], _ direct: [Expression], _ order: [SortKey],
        _ call: FunctionCallSyntax, _ directArguments: inout [Expression]
    ) throws(SQLError) -> AggregateCall {
        let isMode = candidates[0] == .mode
        guard order.count == 1, direct.count == (isMode ? 0 : 1) else {
            throw undefined(call, direct, order)
        }
        var key = order[0]
        if isMode {
            return AggregateCall(
                function: candidates[0].oid, arguments: [key.expression], isDistinct: false,
                filter: nil, orderBy: [key], type: key.expression.type)
        }
        let fraction = direct[0]
        let isList = TypeCatalog.info(fraction.type.oid)?.isArray ?? false
        let target: OID = isList ? .float8Array : .float8
        guard canCoerce(fraction.type.oid, to: target, .implicit) else {
            throw undefined(call, direct, order)
        }
        let number = try coerce(fraction, to: .plain(target), .implicit, at: location(of: call.arguments[0]))
        directArguments.append(number)
        let isContinuous = candidates[0] == .percentileCont
        if isContinuous, key.expression.type.oid != .interval {
            guard canCoerce(key.expression.type.oid, to: .float8, .implicit) else {
                throw undefined(call, direct, order)
            }
            key.expression = try coerce(
                key.expression, to: .plain(.float8), .implicit, at: call.location)
        }
        var type = SQLType.plain(key.expression.type.oid)
        if isList, let array = TypeCatalog.info(type.oid)?.arrayOID { type = .plain(array) }
        let function: OrderedSetFunction =
            switch (isContinuous, isList) {
            case (true, true): .percentileContList
            case (true, false): .percentileCont
            case (false, true): .percentileDiscList
            case (false, false): .percentileDisc
            }
        return AggregateCall(
            function: function.oid, arguments: [key.expression, number], isDistinct: false,
            filter: nil, orderBy: [key], type: type)
    }

    // MARK: rank, dense_rank, percent_rank, cume_dist

    private func hypothetical(
        _ function: OrderedSetFunction, _ direct: [Expression], _ order: [SortKey],
        _ call: FunctionCallSyntax, _ directArguments: inout [Expression]
    ) throws(SQLError) -> AggregateCall {
        if direct.count != order.count {
            throw failure(
                .undefinedFunction, undefined(call, direct, order).message, at: call.location
            ).hint(
                "To use the hypothetical-set aggregate \(function.name), the number of "
                    + "hypothetical direct arguments (here \(direct.count)) must match the "
                    + "number of ordering columns (here \(order.count)).")
        }
        var keys = order
        var values = direct
        for index in keys.indices {
            let pair = [keys[index].expression, values[index]]
            let places = [
                location(of: call.aggregateOrder[index].expression),
                location(of: call.arguments[index]),
            ]
            var type = try commonType(pair, construct: "WITHIN GROUP", at: places)
            if type.oid == .unknown { type = .plain(.text) }
            keys[index].expression = try coerce(pair[0], to: type, .implicit, at: places[0])
            values[index] = try coerce(pair[1], to: type, .implicit, at: places[1])
            directArguments.append(values[index])
        }
        let place = try standing(keys, values, at: call.location)
        let isCount = function == .rank || function == .denseRank
        return AggregateCall(
            function: function.oid, arguments: [place] + keys.map(\.expression) + values,
            isDistinct: false, filter: nil, orderBy: keys,
            type: .plain(isCount ? .int8 : .float8))
    }

    /// -1, 0 or 1: whether a row comes before the hypothetical one, is its equal, or behind.
    private func standing(
        _ keys: [SortKey], _ values: [Expression], at location: Int
    ) throws(SQLError) -> Expression {
        func number(_ value: Int64) -> Expression {
            .constant(Constant(type: .plain(.int4), value: .word(value)))
        }
        var result = number(0)
        for (key, value) in zip(keys, values).reversed() {
            let row = key.expression
            let before = try binaryOperator(
                key.descending ? ">" : "<", row, value, at: location, sides: (-1, -1))
            let equal = try binaryOperator("=", row, value, at: location, sides: (-1, -1))
            let isRowNull = Expression.isNull(row, negated: false)
            let isValueNull = Expression.isNull(value, negated: false)
            result = .caseWhen(
                branches: [
                    CaseBranch(condition: .and([isRowNull, isValueNull]), result: result),
                    CaseBranch(condition: isRowNull, result: number(key.nullsFirst ? -1 : 1)),
                    CaseBranch(condition: isValueNull, result: number(key.nullsFirst ? 1 : -1)),
                    CaseBranch(condition: before, result: number(-1)),
                    CaseBranch(condition: equal, result: result),
                ], otherwise: number(1), type: .plain(.int4))
        }
        return result
    }
}
