internal import Base
internal import CPgQuery

/// Schemas, sequences, views, types, databases, and statements about objects of any kind.
extension TreeWalker {
    mutating func drop(_ node: UnsafeMutablePointer<DropStmt>) throws(SQLError) -> DropStatement {
        DropStatement(
            objectType: try objectType(node.pointee.removeType),
            objects: try map(node.pointee.objects) { (walker, item) throws(SQLError) in
                try walker.objectReference(item)
            },
            behavior: behavior(node.pointee.behavior), ifExists: node.pointee.missing_ok,
            isConcurrent: node.pointee.concurrent)
    }

    mutating func rename(
        _ node: UnsafeMutablePointer<RenameStmt>
    ) throws(SQLError) -> RenameStatement {
        RenameStatement(
            objectType: try objectType(node.pointee.renameType),
            relationType: try objectType(node.pointee.relationType),
            relation: optionalRangeVariable(node.pointee.relation),
            object: try optionalObject(node.pointee.object),
            subname: string(node.pointee.subname), newName: required(node.pointee.newname),
            behavior: behavior(node.pointee.behavior), ifExists: node.pointee.missing_ok)
    }

    mutating func alterOwner(
        _ node: UnsafeMutablePointer<AlterOwnerStmt>
    ) throws(SQLError) -> AlterOwnerStatement {
        AlterOwnerStatement(
            objectType: try objectType(node.pointee.objectType),
            relation: optionalRangeVariable(node.pointee.relation),
            object: try optionalObject(node.pointee.object),
            newOwner: try roleSpecification(node.pointee.newowner))
    }

    mutating func alterObjectSchema(
        _ node: UnsafeMutablePointer<AlterObjectSchemaStmt>
    ) throws(SQLError) -> AlterObjectSchemaStatement {
        AlterObjectSchemaStatement(
            objectType: try objectType(node.pointee.objectType),
            relation: optionalRangeVariable(node.pointee.relation),
            object: try optionalObject(node.pointee.object),
            newSchema: required(node.pointee.newschema), ifExists: node.pointee.missing_ok)
    }

    mutating func comment(
        _ node: UnsafeMutablePointer<CommentStmt>
    ) throws(SQLError) -> CommentStatement {
        CommentStatement(
            objectType: try objectType(node.pointee.objtype),
            object: try objectReference(node.pointee.object),
            comment: string(node.pointee.comment))
    }

    mutating func createSchema(
        _ node: UnsafeMutablePointer<CreateSchemaStmt>
    ) throws(SQLError) -> CreateSchemaStatement {
        CreateSchemaStatement(
            name: string(node.pointee.schemaname), role: try optionalRole(node.pointee.authrole),
            elements: try statements(node.pointee.schemaElts),
            ifNotExists: node.pointee.if_not_exists)
    }

    mutating func createSequence(
        _ node: UnsafeMutablePointer<CreateSeqStmt>
    ) throws(SQLError) -> CreateSequenceStatement {
        CreateSequenceStatement(
            sequence: try requiredRangeVariable(node.pointee.sequence),
            options: try definitions(node.pointee.options),
            ifNotExists: node.pointee.if_not_exists)
    }

    mutating func alterSequence(
        _ node: UnsafeMutablePointer<AlterSeqStmt>
    ) throws(SQLError) -> AlterSequenceStatement {
        AlterSequenceStatement(
            sequence: try requiredRangeVariable(node.pointee.sequence),
            options: try definitions(node.pointee.options), ifExists: node.pointee.missing_ok)
    }

    mutating func createView(
        _ node: UnsafeMutablePointer<ViewStmt>
    ) throws(SQLError) -> CreateViewStatement {
        let check: CreateViewStatement.CheckOption =
            switch node.pointee.withCheckOption {
            case LOCAL_CHECK_OPTION: .local
            case CASCADED_CHECK_OPTION: .cascaded
            default: .none
            }
        return CreateViewStatement(
            view: try requiredRangeVariable(node.pointee.view),
            columnNames: try strings(node.pointee.aliases),
            query: try requiredSelect(node.pointee.query), isReplace: node.pointee.replace,
            options: try definitions(node.pointee.options), checkOption: check)
    }

    mutating func createTableAs(
        _ node: UnsafeMutablePointer<CreateTableAsStmt>
    ) throws(SQLError) -> CreateTableAsStatement {
        guard let target = node.pointee.into else {
            throw SQLError(.internalError, "CREATE TABLE AS without target")
        }
        return CreateTableAsStatement(
            query: try statement(node.pointee.query), into: try into(target),
            objectType: try objectType(node.pointee.objtype),
            ifNotExists: node.pointee.if_not_exists)
    }

    mutating func createStatistics(
        _ node: UnsafeMutablePointer<CreateStatsStmt>
    ) throws(SQLError) -> CreateStatisticsStatement {
        let elements = try map(node.pointee.exprs) { (walker, item) throws(SQLError) in
            let element = walker.cast(item, to: StatsElem.self)
            if let name = walker.string(element.pointee.name) {
                return SyntaxExpression.columnReference(
                    names: [name], isStar: false, location: -1)
            }
            return try walker.requiredExpression(element.pointee.expr)
        }
        return CreateStatisticsStatement(
            names: try strings(node.pointee.defnames), kinds: try strings(node.pointee.stat_types),
            elements: elements, relations: try fromItems(node.pointee.relations),
            ifNotExists: node.pointee.if_not_exists)
    }

    // MARK: Types

    mutating func createDomain(
        _ node: UnsafeMutablePointer<CreateDomainStmt>
    ) throws(SQLError) -> CreateDomainStatement {
        var collation: [String] = []
        if let clause = node.pointee.collClause { collation = try strings(clause.pointee.collname) }
        return CreateDomainStatement(
            names: try strings(node.pointee.domainname),
            type: try typeName(node.pointee.typeName), collation: collation,
            constraints: try constraints(node.pointee.constraints))
    }

    mutating func alterDomain(
        _ node: UnsafeMutablePointer<AlterDomainStmt>
    ) throws(SQLError) -> AlterDomainStatement {
        let action: AlterDomainStatement.Action
        let name = string(node.pointee.name) ?? ""
        switch UInt8(bitPattern: node.pointee.subtype) {
        case UInt8(ascii: "T"): action = .setDefault(try optionalExpression(node.pointee.def))
        case UInt8(ascii: "N"): action = .dropNotNull
        case UInt8(ascii: "O"): action = .setNotNull
        case UInt8(ascii: "C"):
            guard let definition = node.pointee.def, tag(definition) == T_Constraint else {
                throw SQLError(.internalError, "ALTER DOMAIN without constraint")
            }
            action = .addConstraint(try constraint(cast(definition, to: Constraint.self)))
        case UInt8(ascii: "X"):
            action = .dropConstraint(
                name, behavior(node.pointee.behavior), ifExists: node.pointee.missing_ok)
        default: action = .validateConstraint(name)
        }
        return AlterDomainStatement(names: try strings(node.pointee.typeName), action: action)
    }

    func createEnum(
        _ node: UnsafeMutablePointer<CreateEnumStmt>
    ) throws(SQLError) -> CreateEnumStatement {
        CreateEnumStatement(
            names: try strings(node.pointee.typeName), labels: try strings(node.pointee.vals))
    }

    func alterEnum(
        _ node: UnsafeMutablePointer<AlterEnumStmt>
    ) throws(SQLError) -> AlterEnumStatement {
        AlterEnumStatement(
            names: try strings(node.pointee.typeName), oldLabel: string(node.pointee.oldVal),
            newLabel: required(node.pointee.newVal),
            neighbor: string(node.pointee.newValNeighbor), isAfter: node.pointee.newValIsAfter,
            ifNotExists: node.pointee.skipIfNewValExists)
    }

    mutating func define(
        _ node: UnsafeMutablePointer<DefineStmt>
    ) throws(SQLError) -> DefineStatement {
        // An aggregate's arguments come as a list of two: the parameters (null for *) and a number.
        var arguments: [FunctionParameter]?
        if let pair = node.pointee.args, let first = element(pair, 0), tag(first) == T_List {
            arguments = try parameters(list(first))
        }
        return DefineStatement(
            objectType: try objectType(node.pointee.kind), isOldStyle: node.pointee.oldstyle,
            names: try strings(node.pointee.defnames), arguments: arguments,
            definition: try definitions(node.pointee.definition),
            ifNotExists: node.pointee.if_not_exists, isReplace: node.pointee.replace)
    }
}
