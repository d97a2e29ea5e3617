internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// Function and aggregate calls (PostgreSQL's parse_func.c, chapter 10.3).
extension Analyzer {
    func analyzeCall(_ syntax: FunctionCallSyntax) throws(SQLError) -> Expression {
        var call = syntax
        if let schema = call.name.dropLast().last, schema != "pg_catalog" {
            _ = try scope.resolveNamespace(schema)
            let qualified = "\(schema).\(call.name.last ?? "")"
            if !FunctionRegistry.functions(named: qualified).isEmpty {
                call.name = [qualified]
            } else if try constructors(named: call.name).isEmpty {
                throw undefinedFunction(call, try analyzeArguments(call.arguments))
            }
        }
        let name = call.name.last ?? ""
        if let aggregate = try analyzeOrderedSet(call) { return aggregate }
        if let over = call.over { return try analyzeWindowCall(call, over: over) }
        let aggregates = FunctionRegistry.aggregates(named: name)
        let isMarkedAggregate =
            call.isStar || call.isDistinct || call.aggregateFilter != nil
            || !call.aggregateOrder.isEmpty
        if !aggregates.isEmpty { return try analyzeAggregate(call, aggregates) }
        call = try spread(call)
        var arguments = try analyzeArguments(call.arguments)
        // A parameter of type void stands for a result that JDBC's calls give a place among the
        // arguments.
        let isVoid = arguments.map { argument in
            if case .parameter(_, let type) = argument { type.oid == .void } else { false }
        }
        if isVoid.contains(true) {
            arguments = zip(arguments, isVoid).filter { !$1 }.map(\.0)
            call.arguments = zip(call.arguments, isVoid).filter { !$1 }.map(\.0)
        }
        let names = try argumentNames(call.arguments)
        if WindowFunction.named(name).contains(where: { $0.arguments.count == arguments.count }) {
            throw failure(
                .wrongObjectType, "window function \(name) requires an OVER clause",
                at: call.location)
        }
        if isMarkedAggregate {
            _ = try functionCall(named: call.name, arguments, at: call.location, names: names)
            let what =
                call.isStar
                ? "\(name)(*) specified, but \(name) is not an aggregate function"
                : call.isDistinct
                    ? "DISTINCT specified, but \(name) is not an aggregate function"
                    : call.aggregateFilter != nil
                        ? "FILTER specified, but \(name) is not an aggregate function"
                        : "ORDER BY specified, but \(name) is not an aggregate function"
            throw failure(.wrongObjectType, what, at: call.location)
        }
        return try functionCall(
            named: call.name, arguments, at: call.location, isVariadic: call.isVariadic,
            argumentLocations: call.arguments.map { location(of: $0) }, names: names)
    }

    /// VARIADIC ARRAY[…] for arguments of any type: the elements are the arguments.
    private func spread(_ call: FunctionCallSyntax) throws(SQLError) -> FunctionCallSyntax {
        // Texts have the array as it was written.
        guard !keepsForms, call.isVariadic, case .arrayConstructor(let elements, _)? = call.arguments.last,
            !elements.isEmpty
        else { return call }
        let candidates = FunctionRegistry.functions(named: call.name.last ?? "").filter {
            $0.variadic == .any
        }
        if candidates.isEmpty { return call }
        guard candidates.contains(where: { $0.arguments.count == call.arguments.count }) else {
            throw undefinedFunction(call, try analyzeArguments(call.arguments))
        }
        var call = call
        call.arguments = Array(call.arguments.dropLast()) + elements
        call.isVariadic = false
        return call
    }

    private func analyzeArguments(
        _ syntax: [SyntaxExpression]
    ) throws(SQLError) -> [Expression] {
        var arguments: [Expression] = []
        for argument in syntax {
            if case .namedArgument(_, let value, _) = argument {
                arguments.append(try analyze(value))
            } else {
                arguments.append(try analyze(argument))
            }
        }
        return arguments
    }

    /// The functions of a name, or what makes values of a user's range type of that name.
    private func functions(named name: [String]) throws(SQLError) -> [FunctionEntry] {
        let isBuiltIn = name.count == 1 || name.first == "pg_catalog"
        let known = isBuiltIn ? FunctionRegistry.functions(named: name.last ?? "") : []
        return known.isEmpty ? try constructors(named: name) : known
    }

    private func constructors(named name: [String]) throws(SQLError) -> [FunctionEntry] {
        guard let type = try typeNamed(TypeNameSyntax(names: name, arrayBounds: [])) else {
            return []
        }
        return FunctionRegistry.constructors(of: type)
    }

    /// A call of the function that `name` and the arguments' types choose.
    func functionCall(
        named name: [String], _ arguments: [Expression], at location: Int, isVariadic: Bool = false,
        argumentLocations: [Int] = [], names: [String] = []
    ) throws(SQLError) -> Expression {
        let simple = name.last ?? ""
        // f(x) may be a cast: the name of a type, with an unknown or string argument or a cast.
        let types = arguments.map { TypeCatalog.base($0.type.oid) }
        let candidates = try functions(named: name)
        if isVariadic,
            let entry = candidates.first(where: {
                $0.variadic == .any && $0.arguments.count == arguments.count
            })
        {
            return try call(entry, withArray: arguments, at: location, argumentLocations)
        }
        var signatures: [FunctionSignature] = []
        for entry in candidates {
            if let signature = FunctionSignature(
                entry, count: types.count, names: names, isVariadic: isVariadic),
                FunctionRegistry.concreteTypes(declared: signature.arguments, actual: types) != nil
            {
                signatures.append(signature)
            }
        }
        if let exact = signatures.firstIndex(where: { $0.arguments == types }) {
            return try build(signatures[exact], arguments, at: location, argumentLocations)
        }
        if arguments.count == 1,
            let type = try scope.findType(schema: name.dropLast().last, name: simple),
            types[0] == .unknown || canCoerce(types[0], to: type, .explicit),
            candidates.isEmpty || types[0] == .unknown
        {
            return try coerce(
                arguments[0], to: .plain(type), .explicit, at: argumentLocations.first ?? location)
        }
        switch selectCandidate(signatures.map(\.arguments), types) {
        case .one(let index): return try build(signatures[index], arguments, at: location, argumentLocations)
        case .ambiguous:
            throw failure(
                .ambiguousFunction, "function \(written(name, arguments, names)) is not unique",
                at: location
            ).hint(
                "Could not choose a best candidate function. You might need to add explicit type casts."
            )
        case .none:
            // name(row) is the row's column of that name.
            if arguments.count == 1, name.count == 1, let shape = shape(of: arguments[0]),
                shape.index(named: simple) != nil
            {
                return try field(simple, of: arguments[0], at: location)
            }
            throw failure(
                .undefinedFunction, "function \(written(name, arguments, names)) does not exist",
                at: location
            ).hint(
                "No function matches the given name and argument types. You might need to add explicit type casts."
            )
        }
    }

    /// A function of any arguments, of which the last ones come as an array.
    private func call(
        _ entry: FunctionEntry, withArray arguments: [Expression], at location: Int,
        _ locations: [Int]
    ) throws(SQLError) -> Expression {
        noteCall(of: entry)
        guard let function = FunctionRegistry.withArray(entry), let array = arguments.last else {
            throw SQLError.notSupported("function \(entry.name) with VARIADIC")
        }
        guard FunctionRegistry.elementType(of: array.type.oid) != nil else {
            throw failure(
                .datatypeMismatch, "VARIADIC argument must be an array",
                at: locations.last ?? location)
        }
        var values: [Expression] = []
        for (argument, type) in zip(arguments.dropLast(), entry.arguments) {
            values.append(try coerce(argument, to: .plain(type), .implicit, at: location))
        }
        return .call(
            function: function.oid, arguments: values + [array], type: .plain(entry.result))
    }

    func undefinedFunction(
        _ call: FunctionCallSyntax, _ arguments: [Expression]
    ) -> SQLError {
        failure(
            .undefinedFunction, "function \(written(call.name, arguments)) does not exist",
            at: call.location
        ).hint(
            "No function matches the given name and argument types. You might need to add explicit type casts."
        )
    }

    private func written(
        _ name: [String], _ arguments: [Expression], _ names: [String] = []
    ) -> String {
        var list = arguments.map {
            $0.type.oid == .unknown ? "unknown" : typeText(.plain($0.type.oid))
        }
        for (index, name) in zip(list.indices.suffix(names.count), names) {
            list[index] = "\(name) => \(list[index])"
        }
        return "\(name.joined(separator: "."))(\(list.joined(separator: ", ")))"
    }

    /// Remembers functions that the user may not be allowed to call. The superuser that the first
    /// start makes may call all.
    private func noteCall(of entry: FunctionEntry) {
        if scope.user == SystemOID.superuser || !scope.snapshot.isGuarded(routine: entry.oid) {
            return
        }
        guardedFunctions.append(entry.oid)
    }

    private func build(
        _ signature: FunctionSignature, _ arguments: [Expression],
        at location: Int, _ argumentLocations: [Int]
    ) throws(SQLError) -> Expression {
        let entry = signature.entry
        noteCall(of: entry)
        if entry.returnsSet, let message = clause.setReturningError {
            let error = failure(.featureNotSupported, message, at: location)
            guard message.contains(" calls cannot contain ") else { throw error }
            throw error.hint(Analyzer.lateralHint)
        }
        if entry.returnsSet { try noteSet(at: location) }
        // A domain stays one where nothing must agree with it.
        let isAlone = signature.arguments.count { FunctionRegistry.isPolymorphic($0) } == 1
        var result = SQLType.plain(entry.result)
        if entry.result == .record, !entry.outputColumns.isEmpty {
            result = RecordShapes.type(
                RecordShape(
                    entry.outputColumns.map {
                        RecordShape.Field(name: $0.name, type: .plain($0.type))
                    }))
        }
        let types =
            FunctionRegistry.concreteTypes(
                declared: signature.arguments,
                actual: arguments.map { isAlone ? $0.type.oid : TypeCatalog.base($0.type.oid) })
            ?? signature.arguments
        for (declared, type) in zip(signature.arguments, types)
        where type == .unknown && declared != .unknown {
            throw SQLError(
                .datatypeMismatch,
                "could not determine polymorphic type because input has type unknown")
        }
        var values: [Expression] = []
        for (index, type) in types.enumerated() {
            let place = index < argumentLocations.count ? argumentLocations[index] : location
            values.append(try coerce(arguments[index], to: .plain(type), .implicit, at: place))
        }
        if entry.result == .anyElement, entry.arguments.first == .anyElement,
            let first = values.first
        {
            result = first.type
        } else if FunctionRegistry.isPolymorphic(entry.result) {
            result = .plain(
                FunctionRegistry.resultType(
                    entry.result, declared: signature.arguments, actual: values.map(\.type.oid)))
        }
        return .call(
            function: entry.oid, arguments: try completed(values, signature, at: location),
            type: result)
    }

    /// The arguments in the function's order, with its defaults for those that are not given.
    private func completed(
        _ values: [Expression], _ signature: FunctionSignature, at location: Int
    ) throws(SQLError) -> [Expression] {
        let entry = signature.entry
        if let first = signature.packedFrom, let array = entry.arguments.last {
            return values[..<first] + [
                .array(Array(values[first...]), isNested: false, type: .plain(array))
            ]
        }
        guard let order = signature.order else { return values }
        let firstDefault = entry.arguments.count - entry.defaultCount
        var result: [Expression] = []
        for (index, given) in order.enumerated() {
            if let given {
                result.append(values[given])
            } else {
                let text = Array(entry.defaults[index - firstDefault].utf8)
                result.append(try input(text, as: .plain(entry.arguments[index]), at: location))
            }
        }
        return result
    }

    /// The names of the arguments at the end of a call that have one.
    private func argumentNames(_ arguments: [SyntaxExpression]) throws(SQLError) -> [String] {
        var names: [String] = []
        for argument in arguments {
            guard case .namedArgument(let name, _, let location) = argument else {
                if names.isEmpty { continue }
                throw failure(
                    .syntaxError, "positional argument cannot follow named argument",
                    at: self.location(of: argument))
            }
            if names.contains(name) {
                throw failure(
                    .syntaxError, "argument name \"\(name)\" used more than once", at: location)
            }
            names.append(name)
        }
        return names
    }

    // MARK: Aggregates

    private func analyzeAggregate(
        _ call: FunctionCallSyntax, _ candidates: [AggregateEntry]
    ) throws(SQLError) -> Expression {
        let name = call.name.last ?? ""
        aggregateDepth += 1
        defer { aggregateDepth -= 1 }
        let arguments = try inClause(.aggregateArgument) { () throws(SQLError) in
            try analyzeArguments(call.arguments)
        }
        let types = arguments.map(\.type.oid)
        if types.isEmpty, !call.isStar, candidates.contains(where: { $0.arguments.isEmpty }) {
            throw failure(
                .wrongObjectType, "\(name)(*) must be used to call a parameterless aggregate function",
                at: call.location)
        }
        guard let chosen = try chooseAggregate(candidates, arguments, call) else {
            throw undefinedFunction(call, arguments)
        }
        let filter: Expression? =
            if let syntax = call.aggregateFilter {
                try inClause(.aggregateFilter) { () throws(SQLError) in
                    try analyzeBoolean(syntax, construct: "FILTER")
                }
            } else { nil }
        var order: [SortKey] = []
        for item in call.aggregateOrder {
            order.append(
                try inClause(.aggregateArgument) { () throws(SQLError) in try sortKey(item) })
        }
        if call.isDistinct {
            for (key, item) in zip(order, call.aggregateOrder)
            where !chosen.arguments.contains(where: { $0.isSame(as: key.expression) }) {
                throw failure(
                    .invalidColumnReference,
                    "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list",
                    at: location(of: item.expression))
            }
        }
        let aggregate = AggregateCall(
            function: chosen.function, arguments: chosen.arguments,
            isDistinct: call.isDistinct, filter: filter, orderBy: order, type: chosen.type)
        let parts = chosen.arguments + order.map(\.expression) + (filter.map { [$0] } ?? [])
        return try placed(
            .aggregate(aggregate), parts: parts, direct: [], called: "aggregate functions",
            at: call.location)
    }

    /// The aggregate that the arguments' types choose, its arguments and result type.
    func chooseAggregate(
        _ candidates: [AggregateEntry], _ arguments: [Expression], _ call: FunctionCallSyntax
    ) throws(SQLError) -> (function: OID, arguments: [Expression], type: SQLType)? {
        let types = arguments.map { TypeCatalog.base($0.type.oid) }
        let fitting = candidates.filter { $0.arguments.count == types.count }
        let index: Int
        if let exact = fitting.firstIndex(where: { $0.arguments == types }) {
            index = exact
        } else {
            switch selectCandidate(fitting.map(\.arguments), types) {
            case .one(let chosen): index = chosen
            case .none: return nil
            case .ambiguous:
                throw failure(
                    .ambiguousFunction,
                    "function \(written(call.name, arguments)) is not unique", at: call.location
                ).hint(
                    "Could not choose a best candidate function. You might need to add explicit type casts."
                )
            }
        }
        let entry = fitting[index]
        var values: [Expression] = []
        for (argument, type) in zip(arguments, entry.arguments) {
            values.append(try coerce(argument, to: .plain(type), .implicit, at: call.location))
        }
        var result = SQLType.plain(entry.result)
        if entry.result == .anyElement, let first = values.first {
            result = .plain(first.type.oid)
        } else if FunctionRegistry.isPolymorphic(entry.result) {
            result = .plain(
                FunctionRegistry.resultType(
                    entry.result, declared: entry.arguments, actual: values.map(\.type.oid)))
        }
        return (entry.oid, values, result)
    }
}
