public import Base
internal import Catalog
internal import Functions
public import Parse
internal import Query
public import Types

/// Where a conversion is asked for decides which casts apply (PostgreSQL chapter 10).
enum CoercionContext: Int, Comparable {
    case implicit
    case assignment
    case explicit

    static func < (left: CoercionContext, right: CoercionContext) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// Type conversion (PostgreSQL's parse_coerce.c).
extension Analyzer {
    /// How a value of one type becomes one of another.
    private enum Path {
        case none
        case relabel
        case function(OID)
        case inputOutput
        case array
    }

    func canCoerce(_ source: OID, to target: OID, _ context: CoercionContext) -> Bool {
        if source == target || source == .unknown { return true }
        let source = TypeCatalog.base(source)
        let target = TypeCatalog.base(target)
        // Whether its fields fit shows when it is done.
        if source == .record, TypeCatalog.isComposite(target) { return true }
        if FunctionRegistry.isPolymorphic(target) {
            return FunctionRegistry.isBinaryCoercible(from: source, to: target)
        }
        if case .none = path(source, target, context) { return false }
        return true
    }

    private func path(_ source: OID, _ target: OID, _ context: CoercionContext) -> Path {
        let needed: CastEntry.Context =
            switch context {
            case .implicit: .implicit
            case .assignment: .assignment
            case .explicit: .explicit
            }
        switch FunctionRegistry.pathway(from: source, to: target, context: needed) {
        case .relabel: return .relabel
        case .function(let function): return .function(function)
        case .viaText: return .inputOutput
        case .array: return .array
        case nil: return .none
        }
    }

    /// `expression` as a value of `type`, its modifier applied. The caller has checked that it can
    /// be (`canCoerce`); literals that do not fit throw here.
    func coerce(
        _ expression: Expression, to type: SQLType, _ context: CoercionContext, at location: Int
    ) throws(SQLError) -> Expression {
        if type.oid == .any, case .constant = expression { return expression }
        if FunctionRegistry.isPolymorphic(type.oid) { return try known(expression) }
        if TypeCatalog.isDomain(type.oid) {
            return try coerce(expression, toDomain: type, context, at: location)
        }
        if TypeCatalog.isDomain(expression.type.oid), expression.type.oid != type.oid {
            let below = Expression.relabel(expression, type: TypeCatalog.base(expression.type))
            return try coerce(below, to: type, context, at: location)
        }
        // The last number of an interval counts what its modifier's last field is.
        if type.oid == .interval, type.modifier >= 0, expression.type.oid == .unknown,
            case .constant(let constant) = expression, case .bytes(let bytes) = constant.value
        {
            return try input(bytes, as: type, at: location)
        }
        let converted = try convert(
            expression, to: type.oid, modifier: type.modifier, context, at: location)
        if type.modifier == -1 || converted.type.modifier == type.modifier { return converted }
        if case .constant(let constant) = converted, constant.isNull {
            return .constant(.null(type))
        }
        if let element = FunctionRegistry.elementType(of: type.oid) {
            let fitted = Expression.applyModifier(
                .slot(0, type: .plain(element)),
                type: SQLType(oid: element, modifier: type.modifier),
                isExplicit: context == .explicit)
            return .arrayCast(converted, element: fitted, type: type)
        }
        return .applyModifier(converted, type: type, isExplicit: context == .explicit)
    }

    /// A domain's constraints are checked when the value is there.
    private func coerce(
        _ expression: Expression, toDomain type: SQLType, _ context: CoercionContext,
        at location: Int
    ) throws(SQLError) -> Expression {
        if expression.type.oid == type.oid { return expression }
        if case .parameter(let index, _) = expression, expression.type.oid == .unknown,
            !parameterTypes[index].isValid || parameterTypes[index] == .unknown
        {
            // Its input checks it.
            parameterTypes[index] = type.oid
            return .parameter(index, type: .plain(type.oid))
        }
        let value = try coerce(expression, to: TypeCatalog.base(type), context, at: location)
        return .coerceToDomain(value, type: .plain(type.oid))
    }

    /// The modifier is for the caller to apply, unless the cast's function does.
    private func convert(
        _ expression: Expression, to target: OID, modifier: Int32 = -1, _ context: CoercionContext,
        at location: Int
    ) throws(SQLError) -> Expression {
        let source = expression.type.oid
        if source == target { return expression }
        if source == .unknown {
            switch expression {
            case .constant(let constant):
                switch constant.value {
                case .null: return .constant(.null(.plain(target)))
                case .bytes(let bytes): return try input(bytes, as: .plain(target), at: location)
                case .word: break
                }
            case .parameter(let index, _):
                if parameterTypes[index].isValid, parameterTypes[index] != .unknown {
                    let typed = Expression.parameter(index, type: .plain(parameterTypes[index]))
                    return try convert(typed, to: target, context, at: location)
                }
                parameterTypes[index] = target
                return .parameter(index, type: .plain(target))
            default: break
            }
            return .ioCast(expression, type: .plain(target))
        }
        // Rows say themselves what they are: as a record they stay as they are.
        if target == .record, TypeCatalog.isComposite(source) { return expression }
        if source == .record, target != .record, TypeCatalog.isComposite(target) {
            return try convertRow(expression, to: target, context, at: location)
        }
        switch path(source, target, context) {
        case .relabel:
            if source == .int4, target != .int4 { return unsigned(expression, target) }
            return .relabel(expression, type: .plain(target))
        case .function(let function):
            return try castCall(
                function, expression, to: SQLType(oid: target, modifier: modifier), context)
        case .inputOutput: return .ioCast(expression, type: .plain(target))
        case .array: return try convertArray(expression, to: target, context, at: location)
        case .none:
            throw failure(
                .cannotCoerce,
                "cannot cast type \(typeText(expression.type)) to \(typeText(.plain(target)))",
                at: location)
        }
    }

    /// Element by element; where the elements' bytes stay, only the array's type changes.
    private func convertArray(
        _ expression: Expression, to target: OID, _ context: CoercionContext, at location: Int
    ) throws(SQLError) -> Expression {
        guard let from = FunctionRegistry.elementType(of: expression.type.oid),
            let to = FunctionRegistry.elementType(of: target)
        else { throw SQLError(.internalError, "arrays have elements") }
        let element = Expression.slot(0, type: .plain(from))
        let converted = try coerce(element, to: .plain(to), context, at: location)
        let keepsBytes = if case .slot = converted.withoutRelabel { true } else { false }
        return .arrayCast(
            expression, element: keepsBytes ? nil : converted, type: .plain(target))
    }

    /// An integer as an oid or one of its kin: the same 32 bits, without a sign.
    private func unsigned(_ expression: Expression, _ target: OID) -> Expression {
        let mask = Constant(type: .plain(.int8), value: .word(Int64(UInt32.max)))
        let word = Expression.call(
            function: Analyzer.bigintAnd,
            arguments: [.relabel(expression, type: .plain(.int8)), .constant(mask)],
            type: .plain(.int8))
        return .relabel(word, type: .plain(target))
    }

    /// The function of `bigint & bigint`.
    private static let bigintAnd = OID(1904)

    /// Cast functions may take the type modifier and whether the cast is explicit: bits of a number
    /// come from its low end.
    private func castCall(
        _ function: OID, _ expression: Expression, to target: SQLType, _ context: CoercionContext
    ) throws(SQLError) -> Expression {
        var arguments = [expression]
        let count = FunctionRegistry.function(function)?.arguments.count ?? 1
        if count > 1 {
            let modifier = Int64(target.modifier)
            arguments.append(.constant(Constant(type: .plain(.int4), value: .word(modifier))))
        }
        if count > 2 { arguments.append(.constant(.bool(context == .explicit))) }
        let type = count > 1 ? target : .plain(target.oid)
        return .call(function: function, arguments: arguments, type: type)
    }

    /// A literal read as `type`.
    func input(
        _ bytes: [UInt8], as type: SQLType, at location: Int
    ) throws(SQLError) -> Expression {
        let arena = Arena()
        do throws(SQLError) {
            // Array's own withUnsafeBytes does not pass typed errors on.
            let datum = try bytes.span.bytes.withUnsafeBytes { (text) throws(SQLError) in
                try TypeIO.input(text, type: type, context: types, arena: arena)
            }
            return .constant(Constant(type: type, value: Constant.Value(datum, of: type.oid)))
        } catch {
            throw error.at(position: position(location))
        }
    }

    // MARK: Common type (UNION, CASE …; chapter 10.5)

    func commonType(
        _ expressions: [Expression], construct: String, at locations: [Int],
        resolvesUnknown: Bool = false
    ) throws(SQLError) -> SQLType {
        var chosen = OID.unknown
        // Unless all are of one domain, domains count as what they are made of.
        let all = expressions.map(\.type.oid)
        let isOne = all.allSatisfy { $0 == all.first }
        for (index, expression) in expressions.enumerated() {
            let type = isOne ? expression.type.oid : TypeCatalog.base(expression.type.oid)
            if type == .unknown || type == chosen { continue }
            if chosen == .unknown {
                chosen = type
                continue
            }
            let chosenCategory = category(of: chosen)
            if category(of: type) != chosenCategory {
                throw failure(
                    .datatypeMismatch,
                    "\(construct)\(construct == "JOIN/USING" ? "" : " types") \(typeText(.plain(chosen))) and \(typeText(.plain(type))) cannot be matched",
                    at: index < locations.count ? locations[index] : -1)
            }
            let isChosenPreferred = TypeCatalog.info(chosen)?.isPreferred ?? false
            if !isChosenPreferred, canCoerce(chosen, to: type, .implicit),
                !canCoerce(type, to: chosen, .implicit)
            {
                chosen = type
            }
        }
        for (index, expression) in expressions.enumerated()
        where !canCoerce(expression.type.oid, to: chosen, .implicit) {
            throw failure(
                .cannotCoerce,
                "\(construct) could not convert type \(typeText(expression.type)) to \(typeText(.plain(chosen)))",
                at: index < locations.count ? locations[index] : -1)
        }
        if chosen == .unknown { return .plain(resolvesUnknown ? .text : .unknown) }
        // A modifier survives only if all agree on it.
        let modifiers = Set(expressions.map { $0.type.oid == chosen ? $0.type.modifier : -1 })
        return SQLType(oid: chosen, modifier: modifiers.count == 1 ? modifiers.first ?? -1 : -1)
    }

    /// An expression made fit for a column: INSERT and UPDATE.
    func assign(
        _ expression: Expression, to column: Column, at location: Int
    ) throws(SQLError) -> Expression {
        guard canCoerce(expression.type.oid, to: column.type.oid, .assignment) else {
            throw failure(
                .datatypeMismatch,
                "column \"\(column.name)\" is of type \(typeText(.plain(column.type.oid))) but expression is of type \(typeText(.plain(expression.type.oid)))",
                at: location
            ).hint("You will need to rewrite or cast the expression.")
        }
        return try coerce(expression, to: column.type, .assignment, at: location)
    }

    // MARK: Type names

    /// The type that a type name stands for, with its modifier.
    public func resolveType(_ syntax: TypeNameSyntax) throws(SQLError) -> SQLType {
        if syntax.isPercentType { throw SQLError.notSupported("%TYPE") }
        if syntax.isSetOf { throw SQLError.notSupported("SETOF") }
        let name = syntax.names.last ?? ""
        guard let oid = try typeNamed(syntax), var info = TypeCatalog.info(oid) else {
            throw failure(
                .undefinedObject, "type \"\(syntax.names.joined(separator: "."))\" does not exist",
                at: syntax.location)
        }
        if !syntax.arrayBounds.isEmpty {
            guard let array = TypeCatalog.info(info.arrayOID) else {
                throw failure(
                    .undefinedObject, "type \"\(name)[]\" does not exist", at: syntax.location)
            }
            info = array
        }
        if syntax.modifiers.isEmpty { return .plain(info.oid) }
        let modified = info.isArray ? info.elementOID : info.oid
        var values: [Int64] = []
        for modifier in syntax.modifiers {
            guard case .constant(.integer(let value), _) = modifier else {
                throw failure(
                    .syntaxError, "type modifiers must be simple constants or identifiers",
                    at: syntax.location)
            }
            values.append(Int64(value))
        }
        do throws(SQLError) {
            return SQLType(
                oid: info.oid, modifier: try TypeModifiers.encode(values, for: modified))
        } catch {
            throw error.at(position: position(syntax.location))
        }
    }
}

extension Analyzer {
    /// In the text of messages: a type as the search path needs it named.
    func typeText(_ type: SQLType) -> String { scope.name(of: type) }

    /// The type that a name without brackets means; nil: none.
    func typeNamed(_ syntax: TypeNameSyntax) throws(SQLError) -> OID? {
        let names = syntax.names
        guard let name = names.last else { return nil }
        if types.isForCatalog, names.count == 1, name.hasPrefix("#") {
            guard let number = UInt32(name.dropFirst()), let entry = scope.snapshot.type(OID(number))
            else { return nil }
            scope.snapshot.makeKnown(entry)
            return entry.oid
        }
        let schema = names.count > 1 ? names[names.count - 2] : nil
        do throws(SQLError) {
            try scope.checkDatabase(names.count > 2 ? names[0] : nil, Array(names.suffix(2)))
            // Another schema than those that are there is an error of its own.
            if let schema, schema != "pg_temp" { _ = try scope.resolveNamespace(schema) }
            return try scope.findType(schema: schema, name: name)
        } catch {
            throw error.at(position: position(syntax.location))
        }
    }
}

extension Expression {
    /// The expression below a change of type that leaves the bytes as they are.
    fileprivate var withoutRelabel: Expression {
        if case .relabel(let value, _) = self { return value.withoutRelabel }
        return self
    }
}

extension Constant.Value {
    /// What `datum`, a value of `type`, is as a constant that owns its bytes.
    init(_ datum: Datum, of type: OID) {
        if datum.isNull {
            self = .null
        } else if TypeCatalog.info(type)?.physical == .word {
            self = .word(datum.word)
        } else {
            self = .bytes(datum.view.bytes)
        }
    }
}
