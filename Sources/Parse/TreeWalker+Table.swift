internal import Base
internal import CPgQuery

/// CREATE TABLE, CREATE INDEX and their parts.
extension TreeWalker {
    mutating func createTable(
        _ node: UnsafeMutablePointer<CreateStmt>
    ) throws(SQLError) -> CreateTableStatement {
        let elements = try map(node.pointee.tableElts) {
            (walker, item) throws(SQLError) -> CreateTableStatement.Element in
            switch walker.tag(item) {
            case T_ColumnDef:
                return .column(try walker.columnDefinition(walker.cast(item, to: ColumnDef.self)))
            case T_Constraint:
                return .constraint(
                    try walker.constraint(walker.cast(item, to: Constraint.self)))
            case T_TableLikeClause:
                let like = walker.cast(item, to: CPgQuery.TableLikeClause.self)
                return .like(
                    TableLikeClause(
                        relation: try walker.requiredRangeVariable(like.pointee.relation),
                        options: TableLikeClause.Options(rawValue: like.pointee.options)))
            default: throw walker.unexpected("table element", item)
            }
        }
        var ofType: TypeNameSyntax?
        if let type = node.pointee.ofTypename { ofType = try typeName(type) }
        return CreateTableStatement(
            relation: try requiredRangeVariable(node.pointee.relation), elements: elements,
            inherits: try rangeVariables(node.pointee.inhRelations),
            partitionBound: try partitionBound(node.pointee.partbound),
            partitionBy: try partitionSpecification(node.pointee.partspec), ofType: ofType,
            options: try definitions(node.pointee.options),
            onCommit: onCommit(node.pointee.oncommit),
            tablespace: string(node.pointee.tablespacename),
            accessMethod: string(node.pointee.accessMethod),
            ifNotExists: node.pointee.if_not_exists)
    }

    mutating func columnDefinitions(_ list: ListPointer?) throws(SQLError) -> [ColumnDefinition] {
        guard list != nil else { return [] }
        return try map(list) { (walker, node) throws(SQLError) in
            guard walker.tag(node) == T_ColumnDef else {
                throw walker.unexpected("column definition", node)
            }
            return try walker.columnDefinition(walker.cast(node, to: ColumnDef.self))
        }
    }

    mutating func columnDefinition(
        _ node: UnsafeMutablePointer<ColumnDef>
    ) throws(SQLError) -> ColumnDefinition {
        var type: TypeNameSyntax?
        if let name = node.pointee.typeName { type = try typeName(name) }
        var collation: [String] = []
        var collationLocation = -1
        if let clause = node.pointee.collClause {
            collation = try strings(clause.pointee.collname)
            collationLocation = Int(clause.pointee.location)
        }
        return ColumnDefinition(
            name: required(node.pointee.colname), type: type,
            compression: string(node.pointee.compression), collation: collation,
            collationLocation: collationLocation,
            constraints: try constraints(node.pointee.constraints),
            rawDefault: try optionalExpression(node.pointee.raw_default),
            location: Int(node.pointee.location))
    }

    mutating func constraints(_ list: ListPointer?) throws(SQLError) -> [ConstraintDefinition] {
        guard list != nil else { return [] }
        return try map(list) { (walker, node) throws(SQLError) in
            guard walker.tag(node) == T_Constraint else {
                throw walker.unexpected("constraint", node)
            }
            return try walker.constraint(walker.cast(node, to: Constraint.self))
        }
    }

    mutating func constraint(
        _ node: UnsafeMutablePointer<Constraint>
    ) throws(SQLError) -> ConstraintDefinition {
        var result = ConstraintDefinition(
            kind: try constraintKind(node.pointee.contype), location: Int(node.pointee.location))
        result.name = string(node.pointee.conname)
        result.isDeferrable = node.pointee.deferrable
        result.isInitiallyDeferred = node.pointee.initdeferred
        result.isNoInherit = node.pointee.is_no_inherit
        result.rawExpression = try optionalExpression(node.pointee.raw_expr)
        switch UInt8(bitPattern: node.pointee.generated_when) {
        case UInt8(ascii: "a"): result.generatedWhen = .always
        case UInt8(ascii: "d"): result.generatedWhen = .byDefault
        default: result.generatedWhen = nil
        }
        result.isNullsNotDistinct = node.pointee.nulls_not_distinct
        result.keys = try strings(node.pointee.keys)
        result.including = try strings(node.pointee.including)
        result.options = try definitions(node.pointee.options)
        result.indexName = string(node.pointee.indexname)
        result.indexTablespace = string(node.pointee.indexspace)
        result.accessMethod = string(node.pointee.access_method)
        result.filter = try optionalExpression(node.pointee.where_clause)
        result.skipsValidation = node.pointee.skip_validation
        result.isInitiallyValid = node.pointee.initially_valid
        if result.kind == .foreign { try addForeignKey(node, to: &result) }
        if result.kind == .exclusion {
            result.exclusions = try map(node.pointee.exclusions) {
                (walker, item) throws(SQLError) in
                let pair = walker.list(item)
                guard let key = walker.element(pair, 0), let name = walker.element(pair, 1) else {
                    throw walker.unexpected("exclusion", item)
                }
                return ConstraintDefinition.Exclusion(
                    element: try walker.indexElement(key),
                    operatorName: try walker.strings(walker.list(name)))
            }
        }
        return result
    }

    private mutating func addForeignKey(
        _ node: UnsafeMutablePointer<Constraint>, to result: inout ConstraintDefinition
    ) throws(SQLError) {
        result.foreignTable = optionalRangeVariable(node.pointee.pktable)
        result.foreignColumns = try strings(node.pointee.fk_attrs)
        result.primaryColumns = try strings(node.pointee.pk_attrs)
        switch UInt8(bitPattern: node.pointee.fk_matchtype) {
        case UInt8(ascii: "f"): result.matchType = .full
        case UInt8(ascii: "p"): result.matchType = .partial
        default: result.matchType = .simple
        }
        result.updateAction = foreignKeyAction(node.pointee.fk_upd_action)
        result.deleteAction = foreignKeyAction(node.pointee.fk_del_action)
        result.deleteSetColumns = try strings(node.pointee.fk_del_set_cols)
    }

    private func foreignKeyAction(_ action: CChar) -> ConstraintDefinition.Action {
        switch UInt8(bitPattern: action) {
        case UInt8(ascii: "r"): .restrict
        case UInt8(ascii: "c"): .cascade
        case UInt8(ascii: "n"): .setNull
        case UInt8(ascii: "d"): .setDefault
        default: .noAction
        }
    }

    private func constraintKind(_ kind: ConstrType) throws(SQLError) -> ConstraintDefinition.Kind {
        switch kind {
        case CONSTR_NULL: return .null
        case CONSTR_NOTNULL: return .notNull
        case CONSTR_DEFAULT: return .default
        case CONSTR_IDENTITY: return .identity
        case CONSTR_GENERATED: return .generated
        case CONSTR_CHECK: return .check
        case CONSTR_PRIMARY: return .primary
        case CONSTR_UNIQUE: return .unique
        case CONSTR_EXCLUSION: return .exclusion
        case CONSTR_FOREIGN: return .foreign
        case CONSTR_ATTR_DEFERRABLE: return .attributeDeferrable
        case CONSTR_ATTR_NOT_DEFERRABLE: return .attributeNotDeferrable
        case CONSTR_ATTR_DEFERRED: return .attributeDeferred
        case CONSTR_ATTR_IMMEDIATE: return .attributeImmediate
        default: throw unexpected("constraint type", value: kind.rawValue)
        }
    }

    // MARK: Partitions

    private mutating func partitionSpecification(
        _ node: UnsafeMutablePointer<PartitionSpec>?
    ) throws(SQLError) -> PartitionSpecification? {
        guard let node else { return nil }
        let elements = try map(node.pointee.partParams) { (walker, item) throws(SQLError) in
            let element = walker.cast(item, to: PartitionElem.self)
            return PartitionSpecification.Element(
                name: walker.string(element.pointee.name),
                expression: try walker.optionalExpression(element.pointee.expr),
                collation: try walker.strings(element.pointee.collation),
                operatorClass: try walker.strings(element.pointee.opclass),
                location: Int(element.pointee.location))
        }
        return PartitionSpecification(
            strategy: required(node.pointee.strategy), elements: elements,
            location: Int(node.pointee.location))
    }

    mutating func partitionBound(
        _ node: UnsafeMutablePointer<PartitionBoundSpec>?
    ) throws(SQLError) -> PartitionBound? {
        guard let node else { return nil }
        let location = Int(node.pointee.location)
        if node.pointee.is_default { return .default(location: location) }
        switch UInt8(bitPattern: node.pointee.strategy) {
        case UInt8(ascii: "h"):
            return .hash(
                modulus: Int(node.pointee.modulus), remainder: Int(node.pointee.remainder),
                location: location)
        case UInt8(ascii: "l"):
            return .list(try expressions(node.pointee.listdatums), location: location)
        default:
            return .range(
                from: try expressions(node.pointee.lowerdatums),
                to: try expressions(node.pointee.upperdatums), location: location)
        }
    }

    // MARK: Indexes

    mutating func createIndex(
        _ node: UnsafeMutablePointer<IndexStmt>
    ) throws(SQLError) -> CreateIndexStatement {
        CreateIndexStatement(
            name: string(node.pointee.idxname),
            relation: try requiredRangeVariable(node.pointee.relation),
            accessMethod: string(node.pointee.accessMethod) ?? "btree",
            tablespace: string(node.pointee.tableSpace),
            elements: try indexElements(node.pointee.indexParams),
            including: try indexElements(node.pointee.indexIncludingParams),
            options: try definitions(node.pointee.options),
            filter: try optionalExpression(node.pointee.whereClause),
            isUnique: node.pointee.unique, isNullsNotDistinct: node.pointee.nulls_not_distinct,
            isConcurrent: node.pointee.concurrent, ifNotExists: node.pointee.if_not_exists)
    }
}
