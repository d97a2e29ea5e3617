internal import Base
internal import Catalog
internal import Functions
internal import Types

/// Names of functions and operators: what regproc, regprocedure, regoper and regoperator read and
/// write. All of them are built in.
struct RoutineNames {
    /// The type that a name in a list of arguments means.
    let typeNamed: (String) throws(SQLError) -> OID

    // MARK: Writing

    static func name(_ oid: OID, type: OID) -> String? {
        switch type {
        case .regproc: functionName(oid)
        case .regprocedure: procedureName(oid)
        case .regoper: operatorName(oid)
        default: operatorSignature(oid)
        }
    }

    private static func functionName(_ oid: OID) -> String? {
        guard let function = SystemFunction(oid) else {
            return FunctionRegistry.function(oid)?.name
        }
        let name = Identifier.quote(function.name)
        // With its schema where the bare name could mean another one as well.
        return candidates(function.name).count == 1 ? name : "pg_catalog." + name
    }

    private static func procedureName(_ oid: OID) -> String? {
        SystemFunction(oid).map { function in
            let types = function.inputTypes.map { SQLType($0).name }
            return "\(Identifier.quote(function.name))(\(types.joined(separator: ",")))"
        }
    }

    private static func operatorName(_ oid: OID) -> String? {
        guard let entry = FunctionRegistry.operator(oid) else { return nil }
        let isAlone = FunctionRegistry.operators(named: entry.name).count == 1
        return isAlone ? entry.name : "pg_catalog." + entry.name
    }

    private static func operatorSignature(_ oid: OID) -> String? {
        FunctionRegistry.operator(oid).map { entry in
            let left = entry.left.map { SQLType($0).name } ?? "NONE"
            return "\(entry.name)(\(left),\(SQLType(entry.right).name))"
        }
    }

    // MARK: Reading

    func oid(_ text: String, type: OID, _ scope: CatalogScope) throws(SQLError) -> OID {
        switch type {
        case .regproc: try function(text, scope)
        case .regprocedure: try procedure(text, scope)
        case .regoper: try anOperator(text, scope)
        default: try operatorWithTypes(text, scope)
        }
    }

    private static func candidates(_ name: String) -> [OID] {
        SystemFunction.named(name)
    }

    /// The bare name; a schema but pg_catalog has no functions.
    private func bareName(
        _ text: String, _ scope: CatalogScope
    ) throws(SQLError) -> String? {
        let parts = try QualifiedName.split(text)
        if parts.count > 1 {
            let schema = try scope.resolveNamespace(parts[parts.count - 2])
            if schema != SystemOID.catalogNamespace { return nil }
        }
        return parts[parts.count - 1]
    }

    private func function(_ text: String, _ scope: CatalogScope) throws(SQLError) -> OID {
        let found = try bareName(text, scope).map { RoutineNames.candidates($0) } ?? []
        guard let first = found.first else {
            throw SQLError(.undefinedFunction, "function \"\(text)\" does not exist")
        }
        guard found.count == 1 else {
            throw SQLError(.ambiguousFunction, "more than one function named \"\(text)\"")
        }
        return first
    }

    private func procedure(_ text: String, _ scope: CatalogScope) throws(SQLError) -> OID {
        let (name, arguments) = try signature(text)
        let types = try arguments.map { argument throws(SQLError) in try typeNamed(argument) }
        let found = try bareName(name, scope).map { RoutineNames.candidates($0) } ?? []
        guard let match = found.first(where: { SystemFunction($0)?.inputTypes == types }) else {
            throw SQLError(.undefinedFunction, "function \"\(text)\" does not exist")
        }
        return match
    }

    private func operators(
        _ name: String, _ scope: CatalogScope
    ) throws(SQLError) -> [OperatorEntry] {
        var symbol = name
        if let dot = name.lastIndex(of: ".") {
            let schema = try scope.resolveNamespace(String(name[..<dot]))
            if schema != SystemOID.catalogNamespace { return [] }
            symbol = String(name[name.index(after: dot)...])
        }
        return FunctionRegistry.operators(named: symbol)
    }

    private func anOperator(_ text: String, _ scope: CatalogScope) throws(SQLError) -> OID {
        let found = try operators(text, scope)
        guard let first = found.first else {
            throw SQLError(.undefinedFunction, "operator does not exist: \(text)")
        }
        guard found.count == 1 else {
            throw SQLError(.ambiguousFunction, "more than one operator named \(text)")
        }
        return first.oid
    }

    private func operatorWithTypes(
        _ text: String, _ scope: CatalogScope
    ) throws(SQLError) -> OID {
        let (name, arguments) = try signature(text)
        if arguments.count == 1 {
            throw SQLError(.undefinedParameter, "missing argument").hint(
                "Use NONE to denote the missing argument of a unary operator.")
        }
        if arguments.count != 2 {
            throw SQLError(.tooManyArguments, "too many arguments").hint(
                "Provide two argument types for operator.")
        }
        func type(_ name: String) throws(SQLError) -> OID? {
            name.uppercased() == "NONE" ? nil : try typeNamed(name)
        }
        let (left, right) = (try type(arguments[0]), try type(arguments[1]))
        let match = try operators(name, scope).first { $0.left == left && $0.right == right }
        guard let match else {
            throw SQLError(.undefinedFunction, "operator does not exist: \(text)")
        }
        return match.oid
    }

    /// `name(type, type)` in its parts.
    private func signature(
        _ text: String
    ) throws(SQLError) -> (name: String, arguments: [String]) {
        let invalid = SQLState.invalidTextRepresentation
        guard let open = text.firstIndex(of: "(") else {
            throw SQLError(invalid, "expected a left parenthesis")
        }
        var rest = text[text.index(after: open)...]
        while rest.last == " " { rest.removeLast() }
        guard rest.last == ")" else { throw SQLError(invalid, "expected a right parenthesis") }
        rest.removeLast()
        let name = String(text[..<open]).trimmed
        var arguments: [String] = []
        // numeric(5,2) is one argument.
        var depth = 0
        var current = ""
        for character in rest {
            switch character {
            case "(": depth += 1
            case ")": depth -= 1
            default: break
            }
            if character == ",", depth == 0 {
                arguments.append(current.trimmed)
                current = ""
            } else {
                current.append(character)
            }
        }
        if !arguments.isEmpty || !current.trimmed.isEmpty { arguments.append(current.trimmed) }
        guard arguments.allSatisfy({ !$0.isEmpty }) else {
            throw SQLError(invalid, "expected a type name")
        }
        return (name, arguments)
    }
}

extension String {
    /// Without spaces around it.
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
