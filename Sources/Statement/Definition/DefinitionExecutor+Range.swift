internal import Analyze
internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Types

/// CREATE TYPE … AS RANGE: a range type, its multirange type, and the arrays of both.
extension DefinitionExecutor {
    func createRange(_ statement: CreateRangeStatement) throws(SQLError) -> String {
        let (namespace, name) = try placeOfNewType(statement.names)
        let options = try RangeOptions(statement.parameters, self)
        guard let subtype = options.subtype else {
            throw SQLError(.syntaxError, "type attribute \"subtype\" is required")
        }
        let range = try catalog.newOID()
        let multirange = try catalog.newOID()
        let facts = RangeFacts(range: range, multirange: multirange, subtype: subtype.oid)
        let definition = UserRange(
            facts: facts, collation: try collation(of: subtype.oid, options),
            difference: try difference(of: subtype.oid, options))
        let other = try placeOfMultirange(options, name, namespace)
        try make(.range(definition), named: name, in: namespace, oid: range)
        addTypeDependency(of: .type(range), on: subtype.oid)
        try make(.multirange(facts), named: other.name, in: other.namespace, oid: multirange)
        catalog.addDependency(
            Dependency(.type(multirange), on: .type(range), .internal))
        return "CREATE TYPE"
    }

    /// The subtype's collation, unless another was asked for.
    private func collation(of subtype: OID, _ options: RangeOptions) throws(SQLError) -> OID {
        let own = TypeCatalog.info(subtype)?.collation ?? .invalid
        guard let name = options.collation else { return own }
        guard own.isValid else {
            throw SQLError(
                .wrongObjectType,
                "range collation specified but subtype does not support collation")
        }
        guard let collation = DefinitionExecutor.collations[name] else {
            throw SQLError(
                .undefinedObject,
                "collation \"\(name)\" for encoding \"UTF8\" does not exist")
        }
        return collation
    }

    /// The function that tells how far two values lie apart.
    private func difference(of subtype: OID, _ options: RangeOptions) throws(SQLError) -> OID {
        guard let names = options.difference else { return .invalid }
        let found = FunctionRegistry.functions(named: names[names.count - 1])
            .first { $0.arguments == [subtype, subtype] }
        let type = scope.name(of: SQLType(subtype))
        let signature = "\(names.joined(separator: "."))(\(type), \(type))"
        guard let found else {
            throw SQLError(.undefinedFunction, "function \(signature) does not exist")
        }
        guard found.result == .float8 else {
            throw SQLError(
                .invalidObjectDefinition,
                "range subtype diff function \(signature) must return type double precision")
        }
        return found.oid
    }

    private func placeOfMultirange(
        _ options: RangeOptions, _ range: String, _ namespace: OID
    ) throws(SQLError) -> (namespace: OID, name: String) {
        if let names = options.multirangeNames { return try placeOfNewType(names) }
        let name: String
        if range.contains("range") {
            name = Identifier.clipped(
                range.replacing("range", with: "multirange", maxReplacements: 1))
        } else {
            // The ending stays whole.
            let ending = "_multirange"
            name = Identifier.clipped(range, to: Identifier.bytesMax - ending.utf8.count) + ending
        }
        try host.lockName(name, in: namespace)
        do throws(SQLError) {
            try claimTypeName(name, in: namespace)
        } catch {
            throw error.detail("Failed while creating a multirange type for type \"\(range)\".")
                .hint(
                    "You can manually specify a multirange type name using the \"multirange_type_name\" attribute."
                )
        }
        return (namespace, name)
    }
}

/// What stands behind AS RANGE.
private struct RangeOptions {
    var subtype: SQLType?
    var collation: String?
    var difference: [String]?
    var multirangeNames: [String]?

    init(_ elements: [DefinitionElement], _ executor: DefinitionExecutor) throws(SQLError) {
        var seen: Set<String> = []
        for element in elements {
            guard seen.insert(element.name).inserted else {
                throw executor.failure(
                    .syntaxError, "conflicting or redundant options", at: element.location)
            }
            let names = RangeOptions.names(element.value)
            switch element.name {
            case "subtype": subtype = try RangeOptions.subtype(names, element, executor)
            case "collation": collation = names.last
            case "subtype_diff": difference = names
            case "multirange_type_name": multirangeNames = names
            case "subtype_opclass": throw SQLError.notSupported("attribute subtype_opclass of a range type")
            case "canonical":
                throw SQLError(
                    .invalidObjectDefinition,
                    "cannot specify a canonical function without a pre-created shell type"
                ).hint(
                    "Create the type as a shell type, then create its canonicalization function, then do a full CREATE TYPE."
                )
            default:
                throw SQLError(
                    .syntaxError, "type attribute \"\(element.name)\" not recognized")
            }
        }
    }

    private static func names(_ value: DefinitionElement.Value) -> [String] {
        switch value {
        case .typeName(let type): type.names
        case .names(let names): names
        case .string(let name): [name]
        default: []
        }
    }

    private static func subtype(
        _ names: [String], _ element: DefinitionElement, _ executor: DefinitionExecutor
    ) throws(SQLError) -> SQLType {
        var syntax = TypeNameSyntax(names: names, arrayBounds: [])
        if case .typeName(let given) = element.value { syntax = given }
        let found = syntax
        let type = try executor.withoutPosition { () throws(SQLError) in
            SQLType(try executor.analyzer().resolveType(found).oid)
        }
        if TypeCatalog.info(type.oid)?.isPseudo != false {
            throw SQLError(
                .datatypeMismatch,
                "range subtype cannot be \(executor.scope.name(of: type))")
        }
        do throws(SQLError) {
            try executor.checkIndexable(type)
        } catch {
            throw error.hint(
                "You must specify an operator class for the range type or define a default operator class for the subtype."
            )
        }
        return type
    }
}
