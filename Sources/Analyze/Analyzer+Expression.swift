internal import Base
internal import Catalog
internal import Functions
public import Parse
internal import Query
internal import Types

/// Expressions (PostgreSQL's parse_expr.c).
extension Analyzer {
    func analyze(_ syntax: SyntaxExpression) throws(SQLError) -> Expression {
        switch syntax {
        case .columnReference(let names, let isStar, let location):
            if isStar {
                // Where no columns can stand, the row does.
                if !names.isEmpty {
                    if let row = try wholeRow(named: names, at: location) { return row }
                    throw missingRelation(
                        names[names.count - 1],
                        schema: names.count > 1 ? names[names.count - 2] : nil, at: location)
                }
                throw failure(.syntaxError, "row expansion via \"*\" is not supported here", at: location)
            }
            return try columnReference(names, at: location)
        case .constant(let constant, let location):
            return try analyzeConstant(constant, at: location)
        case .parameter(let number, let location):
            return try analyzeParameter(number, at: location)
        case .operation(let kind, let name, let left, let right, let location):
            return try analyzeOperation(kind, name, left, right, at: location)
        case .boolean(let operation, let arguments, _):
            return try analyzeBooleanOperation(operation, arguments)
        case .functionCall(let call):
            return written(try analyzeCall(call), call.isSQLSyntax ? .sqlCall : nil)
        case .typeCast(let value, let type, let location):
            return try analyzeCast(value, type, at: location)
        case .subLink(let link):
            return try analyzeSubLink(link)
        case .caseExpression(let syntax):
            let value = try withoutSets(in: "CASE") { () throws(SQLError) in
                try analyzeCase(syntax)
            }
            return written(value, syntax.argument == nil ? nil : .caseOfValue)
        case .coalesce(let arguments, _):
            let (values, type) = try withoutSets(in: "COALESCE") { () throws(SQLError) in
                try unified(arguments, construct: "COALESCE")
            }
            return .coalesce(values, type: type)
        case .minMax(let operation, let arguments, _):
            let construct = operation == .greatest ? "GREATEST" : "LEAST"
            let (values, type) = try unified(arguments, construct: construct)
            return .minMax(isGreatest: operation == .greatest, values, type: type)
        case .nullTest(.row(let elements, _, _), let isNot, _):
            // A row is null, or not null, if all its fields are.
            var tests: [Expression] = []
            // A field that is a row itself has a value or has not.
            for element in try rowValues(elements).values {
                let value = try known(element)
                let tested =
                    TypeCatalog.isComposite(TypeCatalog.base(value.type.oid))
                    ? Expression.relabel(value, type: .plain(.text)) : value
                tests.append(.isNull(tested, negated: isNot))
            }
            return tests.isEmpty ? .constant(.bool(true)) : .and(tests)
        case .nullTest(let value, let isNot, _):
            return .isNull(try known(try analyze(value)), negated: isNot)
        case .booleanTest(let value, let kind, let location):
            return try analyzeBooleanTest(value, kind, at: location)
        case .sqlValueFunction(let kind, let modifier, let location):
            return written(
                try analyzeValueFunction(kind, modifier, at: location),
                kind.keyword.map { .keyword($0) })
        case .collate(let value, let collation, let location):
            let expression = try analyze(value)
            try checkCollation(collation, of: expression.type, at: location)
            return written(try known(expression), .collated(collation.last ?? ""))
        case .setToDefault(let location):
            throw failure(.syntaxError, "DEFAULT is not allowed in this context", at: location)
        case .arrayConstructor(let values, let location):
            return try analyzeArray(values, target: nil, at: location)
        case .indirection(let base, let steps):
            return try analyzeIndirection(base, steps)
        case .row(let elements, _, let location):
            return try analyzeRow(elements, at: location)
        case .grouping(let arguments, let location):
            return try analyzeGrouping(arguments, at: location)
        case .currentOf:
            throw SQLError.notSupported("WHERE CURRENT OF")
        case .namedArgument(_, _, let location):
            throw failure(.featureNotSupported, "a named argument is not supported", at: location)
        case .multiAssign:
            throw SQLError.notSupported("a multiple-column assignment here")
        case .list, .groupingSet:
            throw SQLError(.syntaxError, "syntax error in expression")
        case .unsupported(let name, let location):
            throw failure(.featureNotSupported, "\(name) is not supported", at: location)
        }
    }

    /// The expression with its form, where forms are kept.
    func written(_ expression: Expression, _ form: WrittenForm?) -> Expression {
        guard keepsForms, let form else { return expression }
        if case .call = expression { return .written(expression, as: form) }
        // Arguments may have become another call, whose form tells nothing.
        return form == .sqlCall ? expression : .written(expression, as: form)
    }

    /// An expression that must be boolean: WHERE, ON, AND …
    func analyzeBoolean(
        _ syntax: SyntaxExpression, construct: String
    ) throws(SQLError) -> Expression {
        let expression = try analyze(syntax)
        return try coerceToBoolean(expression, construct: construct, at: location(of: syntax))
    }

    func coerceToBoolean(
        _ expression: Expression, construct: String, at location: Int
    ) throws(SQLError) -> Expression {
        if expression.type.oid == .bool {
            try checkNoSet(expression, construct: construct, at: location)
            return expression
        }
        guard canCoerce(expression.type.oid, to: .bool, .assignment) else {
            throw failure(
                .datatypeMismatch,
                "argument of \(construct) must be type boolean, not type \(typeText(expression.type))",
                at: location)
        }
        return try coerce(expression, to: .plain(.bool), .assignment, at: location)
    }

    /// `expression`, with an unknown literal made text.
    func known(_ expression: Expression) throws(SQLError) -> Expression {
        expression.type.oid == .unknown
            ? try coerce(expression, to: .plain(.text), .implicit, at: -1) : expression
    }

    // MARK: Leaves

    private func analyzeConstant(
        _ constant: SyntaxConstant, at location: Int
    ) throws(SQLError) -> Expression {
        switch constant {
        case .null: return .constant(.null(.plain(.unknown)))
        case .boolean(let value): return .constant(.bool(value))
        case .integer(let value):
            return .constant(Constant(type: .plain(.int4), value: .word(Int64(value))))
        case .string(let value):
            return .constant(Constant(type: .plain(.unknown), value: .bytes(Array(value.utf8))))
        case .float(let digits):
            if let value = Int64(digits) {
                // A negated literal may fit 32 bits where its digits did not.
                let type: OID = Int32(exactly: value) == nil ? .int8 : .int4
                return .constant(Constant(type: .plain(type), value: .word(value)))
            }
            return try input(Array(digits.utf8), as: .plain(.numeric), at: location)
        case .bitString(let digits):
            return try input(Array(digits.utf8), as: .plain(.bit), at: location)
        }
    }

    private func analyzeParameter(
        _ number: Int, at location: Int
    ) throws(SQLError) -> Expression {
        guard allowsParameters, number >= 1, number <= 65535 else {
            throw failure(.undefinedParameter, "there is no parameter $\(number)", at: location)
        }
        while parameterTypes.count < number { parameterTypes.append(.invalid) }
        let type = parameterTypes[number - 1]
        return .parameter(
            number - 1, type: .plain(type.isValid ? type : .unknown))
    }

    // MARK: Boolean and null logic

    private func analyzeBooleanOperation(
        _ operation: BooleanOperator, _ arguments: [SyntaxExpression]
    ) throws(SQLError) -> Expression {
        let construct =
            switch operation {
            case .and: "AND"
            case .or: "OR"
            case .not: "NOT"
            }
        var values: [Expression] = []
        for argument in arguments {
            values.append(try analyzeBoolean(argument, construct: construct))
        }
        switch operation {
        case .and: return .and(values)
        case .or: return .or(values)
        case .not: return .not(values[0])
        }
    }

    private func analyzeBooleanTest(
        _ value: SyntaxExpression, _ kind: BooleanTestKind, at location: Int
    ) throws(SQLError) -> Expression {
        let (construct, wanted, negated): (String, Bool?, Bool) =
            switch kind {
            case .isTrue: ("IS TRUE", true, false)
            case .isNotTrue: ("IS NOT TRUE", true, true)
            case .isFalse: ("IS FALSE", false, false)
            case .isNotFalse: ("IS NOT FALSE", false, true)
            case .isUnknown: ("IS UNKNOWN", nil, false)
            case .isNotUnknown: ("IS NOT UNKNOWN", nil, true)
            }
        let tested = try analyzeBoolean(value, construct: construct)
        return .isBoolean(tested, value: wanted, negated: negated)
    }

    private func analyzeCase(_ syntax: CaseSyntax) throws(SQLError) -> Expression {
        var argument: Expression? =
            if let value = syntax.argument { try known(try analyze(value)) } else { nil }
        // All WHENs compare one value, which only what is volatile needs to be held for.
        var held: (value: Expression, number: Int)?
        if let value = argument, value.isVolatile {
            held = (value, heldCount)
            argument = .heldValue(number: heldCount, type: value.type)
            heldCount += 1
        }
        var conditions: [Expression] = []
        var results: [Expression] = []
        var locations: [Int] = []
        for when in syntax.whens {
            if let argument {
                let value = try analyze(when.expression)
                let test = try binaryOperator(
                    "=", argument, value, at: when.location,
                    sides: (
                        syntax.argument.map(location(of:)) ?? -1, location(of: when.expression)
                    ))
                // A set in it is the argument's, about which CASE has its own message.
                conditions.append(
                    test.type.oid == .bool
                        ? test
                        : try coerceToBoolean(test, construct: "CASE/WHEN", at: when.location))
            } else {
                conditions.append(try analyzeBoolean(when.expression, construct: "CASE/WHEN"))
            }
            results.append(try analyze(when.result))
            locations.append(location(of: when.result))
        }
        var otherwise: Expression?
        // PostgreSQL weighs ELSE first.
        var all = results
        if let syntax = syntax.defaultResult {
            let value = try analyze(syntax)
            otherwise = value
            all.insert(value, at: 0)
            locations.insert(location(of: syntax), at: 0)
        }
        let type = try commonType(all, construct: "CASE", at: locations, resolvesUnknown: true)
        var branches: [CaseBranch] = []
        for (index, condition) in conditions.enumerated() {
            branches.append(
                CaseBranch(
                    condition: condition,
                    result: try coerce(
                        results[index], to: type, .implicit,
                        at: location(of: syntax.whens[index].result))))
        }
        if let value = otherwise, let rest = syntax.defaultResult {
            otherwise = try coerce(value, to: type, .implicit, at: location(of: rest))
        }
        let result = Expression.caseWhen(branches: branches, otherwise: otherwise, type: type)
        guard let held else { return result }
        return .holding(held.value, number: held.number, body: result)
    }

    /// Arguments brought to one type.
    private func unified(
        _ arguments: [SyntaxExpression], construct: String
    ) throws(SQLError) -> ([Expression], SQLType) {
        var values: [Expression] = []
        for argument in arguments { values.append(try analyze(argument)) }
        let type = try commonType(
            values, construct: construct, at: arguments.map(location(of:)), resolvesUnknown: true)
        for index in values.indices {
            values[index] = try coerce(
                values[index], to: type, .implicit, at: location(of: arguments[index]))
        }
        return (values, type)
    }

    // MARK: current_date and its relatives

    private func analyzeValueFunction(
        _ kind: SQLValueFunctionKind, _ modifier: Int, at location: Int
    ) throws(SQLError) -> Expression {
        func hosted(_ name: String) throws(SQLError) -> Expression {
            try functionCall(named: [name], [], at: location)
        }
        func clock(_ word: ClockWord) throws(SQLError) -> Expression {
            let now = Expression.call(
                function: word.function, arguments: [], type: .plain(.timestamptz))
            let value = try coerce(now, to: .plain(word.type), .explicit, at: location)
            if modifier < 0 { return value }
            return .applyModifier(
                value, type: SQLType(oid: word.type, modifier: Int32(modifier)), isExplicit: true)
        }
        switch kind {
        case .currentDate: return try clock(.currentDate)
        case .currentTimestamp, .currentTimestampPrecision: return try clock(.currentTimestamp)
        case .localTimestamp, .localTimestampPrecision: return try clock(.localTimestamp)
        case .currentTime, .currentTimePrecision: return try clock(.currentTime)
        case .localTime, .localTimePrecision: return try clock(.localTime)
        case .currentRole, .currentUser, .user: return try hosted("current_user")
        case .sessionUser: return try hosted("session_user")
        case .currentCatalog: return try hosted("current_database")
        case .currentSchema: return try hosted("current_schema")
        }
    }

    // MARK: Subqueries

    private func analyzeSubLink(_ link: SubLinkSyntax) throws(SQLError) -> Expression {
        if let message = clause.subqueryError {
            throw failure(.featureNotSupported, message, at: link.location)
        }
        let query = try analyzeQuery(link.subselect)
        switch link.kind {
        case .exists:
            return .subquery(Subquery(kind: .exists, query: query, type: .plain(.bool)))
        case .expression:
            guard query.columns.count == 1 else {
                throw failure(
                    .syntaxError, "subquery must return only one column", at: link.location)
            }
            return .subquery(Subquery(kind: .scalar, query: query, type: query.columns[0].type))
        case .array:
            guard query.columns.count == 1 else {
                throw failure(
                    .syntaxError, "subquery must return only one column", at: link.location)
            }
            let column = query.columns[0].type.oid
            let isArray = FunctionRegistry.elementType(of: column) != nil
            let type = isArray ? column : try arrayType(of: column, at: link.location)
            return .subquery(Subquery(kind: .array(isNested: isArray), query: query, type: .plain(type)))
        case .any, .all:
            return try analyzeQuantified(link, query)
        }
    }

    private func analyzeQuantified(
        _ link: SubLinkSyntax, _ query: BoundQuery
    ) throws(SQLError) -> Expression {
        guard let test = link.testExpression else {
            throw SQLError(.internalError, "a quantified subquery has a left side")
        }
        var lefts: [Expression] = []
        if case .row(let elements, _, _) = test {
            for element in elements { lefts.append(try analyze(element)) }
        } else {
            lefts = [try analyze(test)]
        }
        let columns = query.columns
        try checkWidth(of: query, lefts.count, at: link.location)
        let name = link.operatorName.last ?? "="
        // Rows are equal if all columns are, and differ if one does: ANY and ALL know that.
        let isPlain = link.kind == .any ? name == "=" : name == "<>"
        if columns.count > 1, !isPlain {
            return try rowQuantified(
                name, lefts, query, isAll: link.kind == .all, at: link.location)
        }
        var functions: [OID] = []
        var types: [SQLType] = []
        for (index, column) in columns.enumerated() {
            // The row's side of the comparison stands for itself as a typed placeholder.
            let placeholder = Expression.slot(0, type: column.type)
            let comparison = try binaryOperator(name, lefts[index], placeholder, at: link.location)
            guard case .call(let function, let sides, let type) = comparison, type.oid == .bool
            else {
                throw failure(
                    .datatypeMismatch, "operator \(name) must return type boolean", at: link.location)
            }
            lefts[index] = sides[0]
            types.append(sides[1].type)
            functions.append(function)
        }
        let converted = try converted(query, to: types, link.subselect)
        let kind: Subquery.Kind =
            link.kind == .any
            ? .any(left: lefts, functions: functions) : .all(left: lefts, functions: functions)
        return .subquery(Subquery(kind: kind, query: converted, type: .plain(.bool)))
    }

    // MARK: Casts

    private func analyzeCast(
        _ value: SyntaxExpression, _ typeName: TypeNameSyntax, at location: Int
    ) throws(SQLError) -> Expression {
        let type = try resolveType(typeName)
        // Elements of a constructor that is cast are cast themselves.
        if case .arrayConstructor(let elements, let place) = value,
            FunctionRegistry.elementType(of: type.oid) != nil
        {
            let array = try analyzeArray(elements, target: TypeCatalog.base(type), at: place)
            return try coerce(array, to: type, .explicit, at: place)
        }
        let expression = try analyze(value)
        let where_ = location >= 0 ? location : self.location(of: value)
        guard canCoerce(expression.type.oid, to: type.oid, .explicit) else {
            throw failure(
                .cannotCoerce,
                "cannot cast type \(typeText(expression.type)) to \(typeText(.plain(type.oid)))",
                at: where_)
        }
        // A string literal's own position is where its bad content is.
        let place = expression.type.oid == .record ? where_ : self.location(of: value)
        return try coerce(expression, to: type, .explicit, at: place)
    }

    /// The leftmost location in an expression, as PostgreSQL's exprLocation. Goes down without
    /// recursion where only one operand can be leftmost: it is asked for at every level.
    public func location(of syntax: SyntaxExpression) -> Int {
        var best = -1
        func note(_ location: Int) {
            if location >= 0, best < 0 || location < best { best = location }
        }
        var current = syntax
        while true {
            switch current {
            case .columnReference(_, _, let location), .constant(_, let location),
                .parameter(_, let location), .coalesce(_, let location),
                .minMax(_, _, let location), .sqlValueFunction(_, _, let location),
                .arrayConstructor(_, let location), .row(_, _, let location),
                .setToDefault(let location), .grouping(_, let location),
                .groupingSet(_, _, let location), .unsupported(_, let location),
                .namedArgument(_, _, let location):
                note(location)
                return best
            case .caseExpression(let syntax):
                note(syntax.location)
                return best
            case .booleanTest(let value, _, let location), .nullTest(let value, _, let location),
                .collate(let value, _, let location):
                note(location)
                current = value
            case .operation(_, _, let left, _, let location):
                note(location)
                guard let left else { return best }
                current = left
            case .boolean(_, let arguments, let location):
                note(location)
                guard let first = arguments.first else { return best }
                current = first
            case .functionCall(let call):
                note(call.location)
                for argument in call.arguments { note(self.location(of: argument)) }
                return best
            case .typeCast(let value, let type, let location):
                note(location)
                note(self.location(of: value))
                if best < 0 { note(type.location) }
                return best
            case .subLink(let link):
                note(link.location)
                guard let test = link.testExpression else { return best }
                current = test
            case .indirection(let value, _): current = value
            case .currentOf: return best
            case .multiAssign(let source, _, _): current = source
            case .list(let items):
                guard let first = items.first else { return best }
                current = first
            }
        }
    }
}

extension Expression {
    /// True if a volatile function or a sequence draw is in it.
    var isVolatile: Bool {
        contains {
            switch $0 {
            case .call(let function, _, _):
                FunctionRegistry.function(function)?.volatility == .volatile
            case .nextValue: true
            default: false
            }
        }
    }
}
