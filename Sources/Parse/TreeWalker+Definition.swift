internal import Base
internal import CPgQuery

/// `name = value` lists and the names of objects.
extension TreeWalker {
    mutating func definitions(_ list: ListPointer?) throws(SQLError) -> [DefinitionElement] {
        guard list != nil else { return [] }
        return try map(list) { (walker, node) throws(SQLError) in
            guard walker.tag(node) == T_DefElem else {
                throw walker.unexpected("option", node)
            }
            return try walker.definition(walker.cast(node, to: DefElem.self))
        }
    }

    mutating func definition(
        _ node: UnsafeMutablePointer<DefElem>
    ) throws(SQLError) -> DefinitionElement {
        var element = DefinitionElement(
            name: required(node.pointee.defname), value: try definitionValue(node.pointee.arg),
            location: Int(node.pointee.location))
        element.namespace = string(node.pointee.defnamespace)
        switch node.pointee.defaction {
        case DEFELEM_SET: element.action = .set
        case DEFELEM_ADD: element.action = .add
        case DEFELEM_DROP: element.action = .drop
        default: element.action = .unspecified
        }
        return element
    }

    private mutating func definitionValue(
        _ node: NodePointer?
    ) throws(SQLError) -> DefinitionElement.Value {
        guard let node else { return .none }
        switch tag(node) {
        case T_Integer: return .integer(cast(node, to: PGInteger.self).pointee.ival)
        case T_Float: return .float(required(cast(node, to: PGFloat.self).pointee.fval))
        case T_Boolean: return .boolean(cast(node, to: PGBoolean.self).pointee.boolval)
        case T_String: return .string(required(cast(node, to: PGString.self).pointee.sval))
        case T_A_Star: return .star
        case T_TypeName: return .typeName(try typeName(node: node))
        case T_A_Const:
            switch try constantValue(cast(node, to: A_Const.self)) {
            case .integer(let value): return .integer(value)
            case .float(let digits): return .float(digits)
            case .string(let text), .bitString(let text): return .string(text)
            case .boolean(let value): return .boolean(value)
            case .null: return .none
            }
        case T_List: return try definitionList(list(node))
        case T_RoleSpec: return .role(try roleSpecification(cast(node, to: RoleSpec.self)))
        case T_DefElem: return .element(try definition(cast(node, to: DefElem.self)))
        case T_VariableSetStmt:
            return .variableSet(try variableSet(cast(node, to: VariableSetStmt.self)))
        default: return .expression(try expression(node))
        }
    }

    private mutating func definitionList(
        _ list: ListPointer
    ) throws(SQLError) -> DefinitionElement.Value {
        let areNames = (0..<count(list)).allSatisfy { index in
            element(list, index).map { tag($0) == T_String } ?? false
        }
        if areNames { return .names(try strings(list)) }
        try enter()
        defer { leave() }
        return .list(
            try map(list) { (walker, node) throws(SQLError) in try walker.definitionValue(node) })
    }

    // MARK: Names of objects

    mutating func objectReference(_ node: NodePointer?) throws(SQLError) -> ObjectReference {
        guard let node else { throw SQLError(.internalError, "object name expected") }
        switch tag(node) {
        case T_String, T_Integer, T_Float: return .name([try text(node)])
        case T_TypeName: return .type(try typeName(node: node))
        case T_ObjectWithArgs:
            return .routine(try routineReference(cast(node, to: ObjectWithArgs.self)))
        case T_RangeVar:
            let relation = rangeVariable(cast(node, to: RangeVar.self))
            return .name(
                [relation.catalog, relation.schema].compactMap { $0 } + [relation.name])
        case T_List:
            let parts = list(node)
            let areNames = (0..<count(parts)).allSatisfy { index in
                element(parts, index).map { tag($0) == T_String } ?? false
            }
            if areNames { return .name(try strings(parts)) }
            try enter()
            defer { leave() }
            return .parts(
                try map(parts) { (walker, part) throws(SQLError) in
                    try walker.objectReference(part)
                })
        default: throw unexpected("object name", node)
        }
    }

    mutating func optionalObject(_ node: NodePointer?) throws(SQLError) -> ObjectReference? {
        guard node != nil else { return nil }
        return try objectReference(node)
    }

    mutating func routineReference(
        _ node: UnsafeMutablePointer<ObjectWithArgs>?
    ) throws(SQLError) -> RoutineReference {
        guard let node else { throw SQLError(.internalError, "routine name expected") }
        var types: [TypeNameSyntax?] = []
        if let arguments = node.pointee.objargs {
            for index in 0..<count(arguments) {
                guard let argument = element(arguments, index) else {
                    types.append(nil)
                    continue
                }
                types.append(try typeName(node: argument))
            }
        }
        return RoutineReference(
            name: try strings(node.pointee.objname), argumentTypes: types,
            parameters: try parameters(node.pointee.objfuncargs),
            isArgumentsUnspecified: node.pointee.args_unspecified)
    }

    func objectType(_ type: CPgQuery.ObjectType) throws(SQLError) -> ObjectType {
        if let result = TreeWalker.objectTypes[type.rawValue] { return result }
        throw unexpected("object type", value: type.rawValue)
    }

    private static let objectTypes: [UInt32: ObjectType] = [
        OBJECT_ACCESS_METHOD.rawValue: .accessMethod, OBJECT_AGGREGATE.rawValue: .aggregate,
        OBJECT_AMOP.rawValue: .accessMethodOperator,
        OBJECT_AMPROC.rawValue: .accessMethodProcedure, OBJECT_ATTRIBUTE.rawValue: .attribute,
        OBJECT_CAST.rawValue: .cast, OBJECT_COLUMN.rawValue: .column,
        OBJECT_COLLATION.rawValue: .collation, OBJECT_CONVERSION.rawValue: .conversion,
        OBJECT_DATABASE.rawValue: .database, OBJECT_DEFAULT.rawValue: .default,
        OBJECT_DEFACL.rawValue: .defaultPrivileges, OBJECT_DOMAIN.rawValue: .domain,
        OBJECT_DOMCONSTRAINT.rawValue: .domainConstraint,
        OBJECT_EVENT_TRIGGER.rawValue: .eventTrigger, OBJECT_EXTENSION.rawValue: .extension,
        OBJECT_FDW.rawValue: .foreignDataWrapper, OBJECT_FOREIGN_SERVER.rawValue: .foreignServer,
        OBJECT_FOREIGN_TABLE.rawValue: .foreignTable, OBJECT_FUNCTION.rawValue: .function,
        OBJECT_INDEX.rawValue: .index, OBJECT_LANGUAGE.rawValue: .language,
        OBJECT_LARGEOBJECT.rawValue: .largeObject, OBJECT_MATVIEW.rawValue: .materializedView,
        OBJECT_OPCLASS.rawValue: .operatorClass, OBJECT_OPERATOR.rawValue: .operator,
        OBJECT_OPFAMILY.rawValue: .operatorFamily,
        OBJECT_PARAMETER_ACL.rawValue: .parameterPrivileges, OBJECT_POLICY.rawValue: .policy,
        OBJECT_PROCEDURE.rawValue: .procedure, OBJECT_PUBLICATION.rawValue: .publication,
        OBJECT_PUBLICATION_NAMESPACE.rawValue: .publicationNamespace,
        OBJECT_PUBLICATION_REL.rawValue: .publicationRelation, OBJECT_ROLE.rawValue: .role,
        OBJECT_ROUTINE.rawValue: .routine, OBJECT_RULE.rawValue: .rule,
        OBJECT_SCHEMA.rawValue: .schema, OBJECT_SEQUENCE.rawValue: .sequence,
        OBJECT_SUBSCRIPTION.rawValue: .subscription,
        OBJECT_STATISTIC_EXT.rawValue: .extendedStatistics,
        OBJECT_TABCONSTRAINT.rawValue: .tableConstraint, OBJECT_TABLE.rawValue: .table,
        OBJECT_TABLESPACE.rawValue: .tablespace, OBJECT_TRANSFORM.rawValue: .transform,
        OBJECT_TRIGGER.rawValue: .trigger,
        OBJECT_TSCONFIGURATION.rawValue: .textSearchConfiguration,
        OBJECT_TSDICTIONARY.rawValue: .textSearchDictionary,
        OBJECT_TSPARSER.rawValue: .textSearchParser,
        OBJECT_TSTEMPLATE.rawValue: .textSearchTemplate, OBJECT_TYPE.rawValue: .type,
        OBJECT_USER_MAPPING.rawValue: .userMapping, OBJECT_VIEW.rawValue: .view,
    ]
}
