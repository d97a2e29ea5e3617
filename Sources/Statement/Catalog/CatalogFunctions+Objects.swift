internal import Base
internal import Catalog
internal import Functions
internal import Types

/// pg_describe_object, pg_identify_object and pg_identify_object_as_address: objects in words, by
/// catalog, OID and part.
extension CatalogFunctions {
    /// An object as PostgreSQL identifies it.
    private struct Identity {
        var type: String
        var schema: String?
        /// Nil: the name tells only together with something else.
        var name: String?
        var identity: String
        var names: [String]
        var arguments: [String] = []
        var description: String
    }

    func describeObject() throws(SQLError) -> Datum {
        let object = addressedObject
        // Nothing has no description.
        if !object.classID.isValid, !object.objectID.isValid { return .null }
        return text(try identity(of: object)?.description)
    }

    /// The columns of pg_identify_object.
    func identifiedObject() throws(SQLError) -> [Datum] {
        let object = addressedObject
        guard let found = try identity(of: object) else {
            return [context.text(missingType(object)), .null, .null, .null]
        }
        return [
            context.text(found.type), text(found.schema.map { Identifier.quote($0) }),
            text(found.name), context.text(found.identity),
        ]
    }

    /// The columns of pg_identify_object_as_address.
    func objectAddress() throws(SQLError) -> [Datum] {
        let object = addressedObject
        guard let found = try identity(of: object) else {
            return [context.text(missingType(object)), .null, .null]
        }
        func array(_ values: [String]) -> Datum {
            Datum(
                view: ArrayBinary.make(
                    values.map { context.text($0) }, element: .text, arena: context.arena))
        }
        return [context.text(found.type), array(found.names), array(found.arguments)]
    }

    private var addressedObject: ObjectAddress {
        ObjectAddress(
            classID: arguments[0].oid, objectID: arguments[1].oid,
            subID: Int32(truncatingIfNeeded: arguments[2].word))
    }

    /// The columns of a function's result as one value.
    func record(_ values: [Datum]) -> Datum {
        let shape = RecordShape(
            entry.outputColumns.map { RecordShape.Field(name: $0.name, type: SQLType($0.type)) })
        let fields = zip(values, entry.outputColumns).map {
            RecordValue.Field(type: $1.type, value: $0)
        }
        let record = RecordValue(type: RecordShapes.type(shape), fields: fields)
        return Datum(view: record.view(arena: context.arena))
    }

    /// What an object would be that is not there.
    private func missingType(_ object: ObjectAddress) -> String {
        switch object.classID {
        case SystemOID.relation:
            guard object.subID != 0, let relation = snapshot.relation(object.objectID) else {
                return "relation"
            }
            return relation.kind.noun + " column"
        case SystemOID.type: return "type"
        case SystemOID.namespace: return "schema"
        case SystemOID.constraint: return "constraint"
        case SystemOID.columnDefault: return "default value"
        case SystemOID.procedure: return "routine"
        case SystemOID.operator: return "operator"
        case SystemOID.role: return "role"
        case SystemOID.database: return "database"
        default: return "rule"
        }
    }

    // MARK: Identities

    private static let rewrite = OID(2618)

    /// Nil: there is no such object.
    private func identity(of object: ObjectAddress) throws(SQLError) -> Identity? {
        switch object.classID {
        case SystemOID.relation: return relationIdentity(object)
        case SystemOID.type: return typeIdentity(object.objectID)
        case SystemOID.namespace:
            guard let found = snapshot.namespace(object.objectID) else { return nil }
            return named("schema", found.name)
        case SystemOID.role:
            guard let found = snapshot.role(object.objectID) else { return nil }
            return named("role", found.name)
        case SystemOID.database:
            guard let found = snapshot.database(object.objectID) else { return nil }
            return named("database", found.name)
        case SystemOID.constraint: return constraintIdentity(object.objectID)
        case SystemOID.columnDefault: return defaultIdentity(object.objectID)
        case SystemOID.procedure: return functionIdentity(object.objectID)
        case SystemOID.operator: return operatorIdentity(object.objectID)
        case CatalogFunctions.rewrite:
            let view = snapshot.relations.first {
                $0.kind.isOfQuery && ComputedRows.ruleOID(of: $0.oid) == object.objectID
            }
            guard let view else { return nil }
            return Identity(
                type: "rule", schema: nil, name: nil,
                identity: "\"_RETURN\" on \(qualified(view.value))",
                names: [schema(view.namespace), view.name, "_RETURN"],
                description: "rule _RETURN on \(scope.description(of: .relation(view.oid)))")
        default:
            throw SQLError(
                .internalError, "unrecognized object class: \(object.classID)")
        }
    }

    private func named(_ type: String, _ name: String) -> Identity {
        let quoted = Identifier.quote(name)
        return Identity(
            type: type, schema: nil, name: quoted, identity: quoted, names: [name],
            description: "\(type) \(name)")
    }

    private func schema(_ namespace: OID) -> String { snapshot.namespace(namespace)?.name ?? "" }

    private func qualified(_ relation: Relation) -> String {
        "\(Identifier.quote(schema(relation.namespace))).\(Identifier.quote(relation.name))"
    }

    private func relationIdentity(_ object: ObjectAddress) -> Identity? {
        guard let relation = snapshot.relation(object.objectID) else { return nil }
        let names = [schema(relation.namespace), relation.name]
        var identity = Identity(
            type: relation.kind.noun, schema: names[0], name: Identifier.quote(relation.name),
            identity: qualified(relation.value), names: names,
            description: scope.description(of: object))
        if object.subID == 0 { return identity }
        let index = Int(object.subID) - 1
        guard relation.columns.indices.contains(index), !relation.columns[index].isDropped else {
            return nil
        }
        let column = relation.columns[index].name
        identity.type += " column"
        identity.identity += "." + Identifier.quote(column)
        identity.names.append(column)
        return identity
    }

    /// A type with its schema, but for those that SQL has names for.
    private func qualifiedType(_ oid: OID) -> String {
        if let element = FunctionRegistry.elementType(of: oid), oid >= .firstUser {
            return qualifiedType(element) + "[]"
        }
        guard let entry = snapshot.type(oid) else { return SQLType(oid).name }
        return "\(Identifier.quote(schema(entry.namespace))).\(Identifier.quote(entry.name))"
    }

    private func typeIdentity(_ oid: OID) -> Identity? {
        let entry = snapshot.type(oid)
        guard let name = entry?.name ?? TypeCatalog.info(oid)?.name else { return nil }
        let namespace = entry.map { schema($0.namespace) } ?? "pg_catalog"
        let whole = qualifiedType(oid)
        return Identity(
            type: "type", schema: namespace, name: Identifier.quote(name), identity: whole,
            names: [whole], description: scope.description(of: .type(oid)))
    }

    private func constraintIdentity(_ oid: OID) -> Identity? {
        let description = scope.description(of: .constraint(oid))
        if let (domain, check) = snapshot.domainCheck(oid) {
            let type = qualifiedType(domain.oid)
            return Identity(
                type: "domain constraint", schema: schema(domain.namespace), name: nil,
                identity: "\(Identifier.quote(check.name)) on \(type)", names: [type],
                arguments: [check.name], description: description)
        }
        guard let (table, constraint) = snapshot.constraint(oid) else { return nil }
        return Identity(
            type: "table constraint", schema: schema(table.namespace), name: nil,
            identity: "\(Identifier.quote(constraint.name)) on \(qualified(table.value))",
            names: [schema(table.namespace), table.name, constraint.name],
            description: description)
    }

    /// Defaults have numbers that tell their columns.
    private func defaultIdentity(_ oid: OID) -> Identity? {
        for relation in snapshot.relations {
            for (index, column) in relation.columns.enumerated()
            where column.defaultValue != nil
                && ComputedRows.defaultOID(index, of: relation.oid) == oid
            {
                let name = "\(qualified(relation.value)).\(Identifier.quote(column.name))"
                return Identity(
                    type: "default value", schema: nil, name: nil, identity: "for \(name)",
                    names: [schema(relation.namespace), relation.name, column.name],
                    description: "default value for column \(column.name) of "
                        + scope.description(of: .relation(relation.oid)))
            }
        }
        return nil
    }

    private func functionIdentity(_ oid: OID) -> Identity? {
        guard let function = SystemFunction(oid) else { return nil }
        let types = function.inputTypes.map { SQLType($0).name }
        let call = "\(Identifier.quote(function.name))(\(types.joined(separator: ",")))"
        return Identity(
            type: function.isAggregate ? "aggregate" : "function", schema: "pg_catalog", name: nil,
            identity: "pg_catalog." + call, names: ["pg_catalog", function.name],
            arguments: types, description: "function " + call)
    }

    private func operatorIdentity(_ oid: OID) -> Identity? {
        guard let found = FunctionRegistry.operator(oid) else { return nil }
        let sides = [found.left, found.right].map { $0.map { SQLType($0).name } }
        let list = sides.map { $0 ?? "NONE" }.joined(separator: ",")
        return Identity(
            type: "operator", schema: "pg_catalog", name: nil,
            identity: "pg_catalog.\(found.name)(\(list))", names: ["pg_catalog", found.name],
            arguments: sides.compactMap { $0 }, description: "operator \(found.name)(\(list))")
    }
}
