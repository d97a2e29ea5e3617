internal import Base
internal import Functions
internal import Parse
internal import Query
internal import Types

/// OVER and WINDOW (PostgreSQL's transformWindowFuncCall, transformWindowDefinitions).
extension Analyzer {
    /// The WINDOW clause: each item may build on those before it.
    func analyzeWindows(_ definitions: [WindowDefinition]) throws(SQLError) {
        for definition in definitions {
            let name = definition.name ?? ""
            if level.windows.contains(where: { $0.name == name }) {
                throw failure(
                    .windowingError, "window \"\(name)\" is already defined",
                    at: definition.location)
            }
            level.windows.append(NamedWindow(name: name, window: try analyzeWindow(definition)))
        }
    }

    private func window(
        named name: String, at location: Int
    ) throws(SQLError) -> WindowSpecification {
        if let found = level.windows.first(where: { $0.name == name }) { return found.window }
        throw failure(.undefinedObject, "window \"\(name)\" does not exist", at: location)
    }

    private func analyzeOver(_ over: WindowDefinition) throws(SQLError) -> WindowSpecification {
        if let name = over.name {
            var found = try window(named: name, at: over.location)
            found.form = WindowForm()
            found.form.name = name
            return found
        }
        return try analyzeWindow(over)
    }

    private func analyzeWindow(
        _ definition: WindowDefinition
    ) throws(SQLError) -> WindowSpecification {
        var base: WindowSpecification?
        if let name = definition.referenceName {
            base = try window(named: name, at: definition.location)
        }
        return try inClause(.windowDefinition) { () throws(SQLError) in
            var partition: [Expression] = []
            for syntax in definition.partitionBy {
                let key = try known(try analyze(syntax))
                if !partition.contains(where: { $0.isSame(as: key) }) { partition.append(key) }
            }
            var order: [SortKey] = []
            for item in definition.orderBy {
                let key = try sortKey(item)
                if !order.contains(where: { $0.expression.isSame(as: key.expression) }) {
                    order.append(key)
                }
            }
            if let base {
                try checkCopy(base, of: definition)
                partition = base.partitionBy
                if definition.orderBy.isEmpty { order = base.orderBy }
            }
            var window = try withFrame(definition, partition, order)
            window.form.reference = definition.referenceName
            window.form.isOrderCopied = base != nil && definition.orderBy.isEmpty
            if definition.frame.contains(.nonDefault) {
                window.form.frame = definition.frame.contains(.between) ? .between : .start
            }
            return window
        }
    }

    /// One ORDER BY item of a window or of an aggregate.
    func sortKey(_ item: SortBy) throws(SQLError) -> SortKey {
        let key = try known(try analyze(item.expression))
        try requireOrdering(key.type, at: location(of: item.expression))
        let descending =
            switch item.direction {
            case .unspecified, .ascending: false
            case .descending: true
            case .using: item.usingOperator.last == ">"
            }
        let nullsFirst =
            switch item.nulls {
            case .unspecified: descending
            case .first: true
            case .last: false
            }
        return SortKey(expression: key, descending: descending, nullsFirst: nullsFirst)
    }

    private func checkCopy(
        _ base: WindowSpecification, of definition: WindowDefinition
    ) throws(SQLError) {
        let name = definition.referenceName ?? ""
        if !definition.partitionBy.isEmpty {
            throw failure(
                .windowingError, "cannot override PARTITION BY clause of window \"\(name)\"",
                at: definition.location)
        }
        if !definition.orderBy.isEmpty, !base.orderBy.isEmpty {
            throw failure(
                .windowingError, "cannot override ORDER BY clause of window \"\(name)\"",
                at: definition.location)
        }
        if base.frame != .standard {
            let error = failure(
                .windowingError,
                "cannot copy window \"\(name)\" because it has a frame clause",
                at: definition.location)
            let isBare =
                definition.name == nil && definition.orderBy.isEmpty
                && definition.frame == .defaults
            throw isBare ? error.hint("Omit the parentheses in this OVER clause.") : error
        }
    }

    // MARK: Frames

    private func withFrame(
        _ definition: WindowDefinition, _ partition: [Expression], _ order: [SortKey]
    ) throws(SQLError) -> WindowSpecification {
        let options = definition.frame
        let mode: WindowFrame.Mode =
            options.contains(.rows) ? .rows : options.contains(.groups) ? .groups : .range
        let hasOffset = definition.startOffset != nil || definition.endOffset != nil
        if mode == .range, hasOffset, order.count != 1 {
            throw failure(
                .windowingError,
                "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
                at: definition.location)
        }
        if mode == .groups, order.isEmpty {
            throw failure(
                .windowingError, "GROUPS mode requires an ORDER BY clause",
                at: definition.location)
        }
        let start: WindowFrame.Bound =
            options.contains(.startCurrentRow)
            ? .currentRow
            : options.contains(.startOffsetPreceding)
                ? .offsetPreceding
                : options.contains(.startOffsetFollowing) ? .offsetFollowing : .unboundedPreceding
        let end: WindowFrame.Bound =
            options.contains(.endUnboundedFollowing)
            ? .unboundedFollowing
            : options.contains(.endOffsetPreceding)
                ? .offsetPreceding
                : options.contains(.endOffsetFollowing) ? .offsetFollowing : .currentRow
        let exclusion: WindowFrame.Exclusion =
            options.contains(.excludeCurrentRow)
            ? .currentRow
            : options.contains(.excludeGroup)
                ? .group : options.contains(.excludeTies) ? .ties : .nothing
        return WindowSpecification(
            partitionBy: partition, orderBy: order,
            frame: WindowFrame(mode: mode, start: start, end: end, exclusion: exclusion),
            startOffset: try offset(definition.startOffset, mode, order),
            endOffset: try offset(definition.endOffset, mode, order))
    }

    private func offset(
        _ syntax: SyntaxExpression?, _ mode: WindowFrame.Mode, _ order: [SortKey]
    ) throws(SQLError) -> Expression? {
        guard let syntax else { return nil }
        let place = location(of: syntax)
        let value = try inClause(.windowFrame(mode.word)) { () throws(SQLError) in
            try analyze(syntax)
        }
        let result: Expression
        if mode == .range {
            result = try rangeOffset(value, key: order[0].expression.type, at: place)
        } else {
            result = try coerceArgument(value, of: mode.word, to: .int8, at: place)
        }
        if result.contains({ if case .variable(let v) = $0 { v.levelsUp == 0 } else { false } }) {
            throw failure(
                .invalidColumnReference, "argument of \(mode.word) must not contain variables",
                at: place)
        }
        return result
    }

    /// RANGE n PRECEDING: the key's type has an in_range function for some types of n.
    private func rangeOffset(
        _ value: Expression, key: SQLType, at location: Int
    ) throws(SQLError) -> Expression {
        let accepted: [OID] =
            switch key.oid {
            case .int2, .int4: [.int8, .int4, .int2]
            case .int8: [.int8]
            case .float4, .float8: [.float8]
            case .numeric: [.numeric]
            case .date, .timestamp, .timestamptz, .interval, OID(1083), OID(1266): [.interval]
            default: []
            }
        let message =
            "RANGE with offset PRECEDING/FOLLOWING is not supported for column type \(key.name)"
        if accepted.isEmpty { throw failure(.featureNotSupported, message, at: location) }
        let type = value.type.oid
        let fitting = accepted.filter { canCoerce(type, to: $0, .implicit) }
        guard let any = fitting.first else {
            throw failure(
                .featureNotSupported, "\(message) and offset type \(typeText(value.type))", at: location
            ).hint("Cast the offset value to an appropriate type.")
        }
        let preferred = type == .unknown ? key.oid : type
        let chosen = fitting.contains(preferred) ? preferred : any
        return try coerce(value, to: .plain(chosen), .implicit, at: location)
    }

    // MARK: Calls

    func analyzeWindowCall(
        _ call: FunctionCallSyntax, over: WindowDefinition
    ) throws(SQLError) -> Expression {
        let name = call.name.last ?? ""
        try checkWindowAllowed(at: call.location)
        let aggregates = FunctionRegistry.aggregates(named: name)
        let functions = WindowFunction.named(name)
        let arguments = try inClause(.windowArgument) { () throws(SQLError) in
            var list: [Expression] = []
            for argument in call.arguments { list.append(try analyze(argument)) }
            return list
        }
        if aggregates.isEmpty, functions.isEmpty {
            _ = try functionCall(
                named: call.name, arguments, at: call.location, isVariadic: call.isVariadic)
            throw failure(
                .wrongObjectType,
                "OVER specified, but \(name) is not a window function nor an aggregate function",
                at: call.location)
        }
        let chosen: (function: OID, arguments: [Expression], type: SQLType)
        var isAggregate = false
        if let function = try chooseWindowFunction(functions, arguments, call) {
            chosen = function
        } else if let aggregate = try chooseAggregate(aggregates, arguments, call) {
            chosen = aggregate
            isAggregate = true
        } else {
            throw undefinedFunction(call, arguments)
        }
        if call.isDistinct {
            throw failure(
                .featureNotSupported, "DISTINCT is not implemented for window functions",
                at: call.location)
        }
        if isAggregate, !call.isStar, arguments.isEmpty {
            throw failure(
                .wrongObjectType,
                "\(name)(*) must be used to call a parameterless aggregate function",
                at: call.location)
        }
        if !call.aggregateOrder.isEmpty {
            throw failure(
                .featureNotSupported,
                "aggregate ORDER BY is not implemented for window functions", at: call.location)
        }
        if !isAggregate, call.aggregateFilter != nil {
            throw failure(
                .featureNotSupported,
                "FILTER is not implemented for non-aggregate window functions", at: call.location)
        }
        let filter: Expression? =
            if let syntax = call.aggregateFilter {
                try inClause(.aggregateFilter) { () throws(SQLError) in
                    try analyzeBoolean(syntax, construct: "FILTER")
                }
            } else { nil }
        level.hasWindows = true
        return .windowCall(
            WindowCall(
                function: chosen.function, arguments: chosen.arguments, filter: filter,
                window: try analyzeOver(over), type: chosen.type))
    }

    private func checkWindowAllowed(at location: Int) throws(SQLError) {
        switch clause {
        case .windowArgument:
            throw failure(.windowingError, "window function calls cannot be nested", at: location)
        case .aggregateArgument:
            throw failure(
                .groupingError, "aggregate function calls cannot contain window function calls",
                at: location)
        default:
            guard let message = clause.windowError else { return }
            throw failure(.windowingError, message, at: location)
        }
    }

    private func chooseWindowFunction(
        _ candidates: [WindowFunction], _ arguments: [Expression], _ call: FunctionCallSyntax
    ) throws(SQLError) -> (OID, [Expression], SQLType)? {
        guard let function = candidates.first(where: { $0.arguments.count == arguments.count })
        else { return nil }
        var values: [Expression] = []
        var element: SQLType?
        if function.arguments.contains(.anyCompatible) {
            let pair = [arguments[0], arguments[2]]
            do throws(SQLError) {
                var common = try commonType(pair, construct: "", at: [])
                if common.oid == .unknown { common = .plain(.text) }
                element = common
            } catch {
                throw undefinedFunction(call, arguments)
            }
        }
        for (index, declared) in function.arguments.enumerated() {
            let place = location(of: call.arguments[index])
            switch declared {
            case .anyElement: values.append(try known(arguments[index]))
            case .anyCompatible:
                values.append(
                    try coerce(
                        arguments[index], to: element ?? .plain(.text), .implicit, at: place))
            default:
                guard canCoerce(arguments[index].type.oid, to: declared, .implicit) else {
                    throw undefinedFunction(call, arguments)
                }
                values.append(
                    try coerce(arguments[index], to: .plain(declared), .implicit, at: place))
            }
        }
        let type = function.result.map { SQLType.plain($0) } ?? values[0].type
        return (function.oid, values, type)
    }
}

extension WindowFrame.Mode {
    var word: String {
        switch self {
        case .range: "RANGE"
        case .rows: "ROWS"
        case .groups: "GROUPS"
        }
    }
}
