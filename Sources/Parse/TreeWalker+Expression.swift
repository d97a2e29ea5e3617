internal import Base
internal import CPgQuery

/// Expressions. Each kind of node has a function of its own that is not inlined, so that the frames of
/// the recursion through `expression` stay small.
extension TreeWalker {
    @inline(never)
    mutating func expressions(_ list: ListPointer?) throws(SQLError) -> [SyntaxExpression] {
        try map(list) { (walker, node) throws(SQLError) in try walker.expression(node) }
    }

    mutating func optionalExpression(
        _ node: NodePointer?
    ) throws(SQLError) -> SyntaxExpression? {
        guard let node else { return nil }
        return try expression(node)
    }

    /// A subexpression that the grammar always sets.
    mutating func requiredExpression(_ node: NodePointer?) throws(SQLError) -> SyntaxExpression {
        guard let node else { throw SQLError(.internalError, "expression without operand") }
        return try expression(node)
    }

    mutating func requiredExpression(
        _ node: UnsafeMutablePointer<Expr>?
    ) throws(SQLError) -> SyntaxExpression {
        try requiredExpression(nodePointer(node))
    }

    func nodePointer(_ pointer: UnsafeMutablePointer<Expr>?) -> NodePointer? {
        guard let pointer else { return nil }
        return UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Node.self)
    }

    @inline(never)
    mutating func expression(_ node: NodePointer) throws(SQLError) -> SyntaxExpression {
        // Leaves first: they are frequent and need no level.
        switch tag(node) {
        case T_A_Const: return try constant(cast(node, to: A_Const.self))
        case T_ColumnRef: return try columnReference(cast(node, to: ColumnRef.self))
        case T_ParamRef:
            let parameter = cast(node, to: ParamRef.self)
            return .parameter(
                number: Int(parameter.pointee.number), location: Int(parameter.pointee.location))
        case T_SetToDefault:
            return .setToDefault(location: Int(cast(node, to: SetToDefault.self).pointee.location))
        default: return try compound(node)
        }
    }

    @inline(never)
    private mutating func compound(_ node: NodePointer) throws(SQLError) -> SyntaxExpression {
        if let child = spineChild(node) {
            if spineChild(child) != nil { return try chain(node) }
            try enter()
            let inner = try expression(child)
            let result = try wrap(node, inner)
            leave()
            return result
        }
        try enter()
        let result = try branching(node)
        leave()
        return result
    }

    // MARK: Chains

    /// The operand through which chains like `1 + 1 + …`, `x::a::b` and NOT NOT … grow: it is walked in
    /// a loop, since statements have made such chains thousands of levels deep.
    private func spineChild(_ node: NodePointer) -> NodePointer? {
        switch tag(node) {
        case T_A_Expr:
            let operation = cast(node, to: A_Expr.self)
            return operation.pointee.lexpr ?? operation.pointee.rexpr
        case T_TypeCast: return cast(node, to: TypeCast.self).pointee.arg
        case T_CollateClause: return cast(node, to: CollateClause.self).pointee.arg
        case T_A_Indirection: return cast(node, to: A_Indirection.self).pointee.arg
        case T_NullTest: return nodePointer(cast(node, to: NullTest.self).pointee.arg)
        case T_BooleanTest: return nodePointer(cast(node, to: BooleanTest.self).pointee.arg)
        case T_BoolExpr:
            let boolean = cast(node, to: BoolExpr.self)
            guard boolean.pointee.boolop == NOT_EXPR, let arguments = boolean.pointee.args
            else { return nil }
            return element(arguments, 0)
        default: return nil
        }
    }

    @inline(never)
    mutating func chain(_ top: NodePointer) throws(SQLError) -> SyntaxExpression {
        var nodes: [NodePointer] = []
        var node = top
        while let child = spineChild(node) {
            try enter()
            // The operand of NOT sits in an array: freeing it takes the stack of two levels.
            if tag(node) == T_BoolExpr { try enter() }
            nodes.append(node)
            node = child
        }
        var result = try expression(node)
        for node in nodes.reversed() {
            result = try wrap(node, result)
            leave()
            if tag(node) == T_BoolExpr { leave() }
        }
        return result
    }

    /// The expression of a node whose spine child has been walked already.
    @inline(never)
    private mutating func wrap(
        _ node: NodePointer, _ inner: SyntaxExpression
    ) throws(SQLError) -> SyntaxExpression {
        switch tag(node) {
        case T_A_Expr: return try operation(cast(node, to: A_Expr.self), inner)
        case T_TypeCast: return try typeCast(cast(node, to: TypeCast.self), inner)
        case T_CollateClause:
            let clause = cast(node, to: CollateClause.self)
            return .collate(
                inner, collation: try strings(clause.pointee.collname),
                location: Int(clause.pointee.location))
        case T_A_Indirection:
            return .indirection(
                inner, try indirections(cast(node, to: A_Indirection.self).pointee.indirection))
        case T_NullTest:
            let test = cast(node, to: NullTest.self)
            return .nullTest(
                inner, isNot: test.pointee.nulltesttype == IS_NOT_NULL,
                location: Int(test.pointee.location))
        case T_BooleanTest: return try booleanTest(cast(node, to: BooleanTest.self), inner)
        case T_BoolExpr:
            return .boolean(
                .not, [inner], location: Int(cast(node, to: BoolExpr.self).pointee.location))
        default: throw unexpected("expression", node)
        }
    }

    // MARK: Branching expressions

    @inline(never)
    private mutating func branching(_ node: NodePointer) throws(SQLError) -> SyntaxExpression {
        switch tag(node) {
        case T_FuncCall: return try call(cast(node, to: FuncCall.self))
        case T_BoolExpr: return try boolean(cast(node, to: BoolExpr.self))
        case T_SubLink: return try subLink(cast(node, to: SubLink.self))
        case T_List: return try parenthesised(list(node))
        case T_RowExpr: return try row(cast(node, to: RowExpr.self))
        case T_CaseExpr: return try caseExpression(cast(node, to: CaseExpr.self))
        case T_CoalesceExpr: return try coalesce(cast(node, to: CoalesceExpr.self))
        case T_A_ArrayExpr: return try array(cast(node, to: A_ArrayExpr.self))
        default: return try rare(node)
        }
    }

    @inline(never)
    private mutating func rare(_ node: NodePointer) throws(SQLError) -> SyntaxExpression {
        switch tag(node) {
        case T_SQLValueFunction:
            return try sqlValueFunction(cast(node, to: SQLValueFunction.self))
        case T_MinMaxExpr: return try minMax(cast(node, to: MinMaxExpr.self))
        case T_NamedArgExpr: return try namedArgument(cast(node, to: NamedArgExpr.self))
        case T_MultiAssignRef: return try multiAssign(cast(node, to: MultiAssignRef.self))
        case T_GroupingFunc:
            let grouping = cast(node, to: GroupingFunc.self)
            return .grouping(
                try expressions(grouping.pointee.args), location: Int(grouping.pointee.location))
        case T_GroupingSet: return try groupingSet(cast(node, to: GroupingSet.self))
        case T_CurrentOfExpr:
            return .currentOf(
                cursor: required(cast(node, to: CurrentOfExpr.self).pointee.cursor_name))
        case T_XmlExpr:
            return .unsupported(
                "XML expression", location: Int(cast(node, to: XmlExpr.self).pointee.location))
        case T_XmlSerialize:
            return .unsupported(
                "XMLSERIALIZE", location: Int(cast(node, to: XmlSerialize.self).pointee.location))
        default: throw unexpected("expression", node)
        }
    }

    // MARK: Leaves

    func constant(_ node: UnsafeMutablePointer<A_Const>) throws(SQLError) -> SyntaxExpression {
        .constant(try constantValue(node), location: Int(node.pointee.location))
    }

    func constantValue(_ node: UnsafeMutablePointer<A_Const>) throws(SQLError) -> SyntaxConstant {
        if node.pointee.isnull { return .null }
        switch node.pointee.val.node.type {
        case T_Integer: return .integer(node.pointee.val.ival.ival)
        case T_String: return .string(required(node.pointee.val.sval.sval))
        case T_Float: return .float(required(node.pointee.val.fval.fval))
        case T_Boolean: return .boolean(node.pointee.val.boolval.boolval)
        case T_BitString: return .bitString(required(node.pointee.val.bsval.bsval))
        default:
            throw unexpected("constant", value: node.pointee.val.node.type.rawValue)
        }
    }

    func columnReference(
        _ node: UnsafeMutablePointer<ColumnRef>
    ) throws(SQLError) -> SyntaxExpression {
        var names = try strings(node.pointee.fields)
        var isStar = false
        if let fields = node.pointee.fields, let last = element(fields, count(fields) - 1),
            tag(last) == T_A_Star
        {
            names.removeLast()
            isStar = true
        }
        return .columnReference(
            names: names, isStar: isStar, location: Int(node.pointee.location))
    }

    private func sqlValueFunction(
        _ node: UnsafeMutablePointer<SQLValueFunction>
    ) throws(SQLError) -> SyntaxExpression {
        let kind: SQLValueFunctionKind =
            switch node.pointee.op {
            case SVFOP_CURRENT_DATE: .currentDate
            case SVFOP_CURRENT_TIME: .currentTime
            case SVFOP_CURRENT_TIME_N: .currentTimePrecision
            case SVFOP_CURRENT_TIMESTAMP: .currentTimestamp
            case SVFOP_CURRENT_TIMESTAMP_N: .currentTimestampPrecision
            case SVFOP_LOCALTIME: .localTime
            case SVFOP_LOCALTIME_N: .localTimePrecision
            case SVFOP_LOCALTIMESTAMP: .localTimestamp
            case SVFOP_LOCALTIMESTAMP_N: .localTimestampPrecision
            case SVFOP_CURRENT_ROLE: .currentRole
            case SVFOP_CURRENT_USER: .currentUser
            case SVFOP_USER: .user
            case SVFOP_SESSION_USER: .sessionUser
            case SVFOP_CURRENT_CATALOG: .currentCatalog
            case SVFOP_CURRENT_SCHEMA: .currentSchema
            default: throw unexpected("SQL value function", value: node.pointee.op.rawValue)
            }
        return .sqlValueFunction(
            kind, typeModifier: Int(node.pointee.typmod), location: Int(node.pointee.location))
    }

    // MARK: Parts of expressions

    mutating func indirections(_ list: ListPointer?) throws(SQLError) -> [SyntaxIndirection] {
        guard list != nil else { return [] }
        return try map(list) { (walker, node) throws(SQLError) in
            switch walker.tag(node) {
            case T_String: return .field(try walker.text(node))
            case T_A_Star: return .star
            case T_A_Indices:
                let indices = walker.cast(node, to: A_Indices.self)
                let upper = try walker.optionalExpression(indices.pointee.uidx)
                guard indices.pointee.is_slice else {
                    return .subscripted(try walker.requiredExpression(indices.pointee.uidx))
                }
                return .slice(
                    lower: try walker.optionalExpression(indices.pointee.lidx), upper: upper)
            default: throw walker.unexpected("indirection", node)
            }
        }
    }

    mutating func typeName(
        _ node: UnsafeMutablePointer<TypeName>?
    ) throws(SQLError) -> TypeNameSyntax {
        guard let node else { throw SQLError(.internalError, "type name expected") }
        let bounds = try map(node.pointee.arrayBounds) { (walker, bound) throws(SQLError) in
            guard walker.tag(bound) == T_Integer else {
                throw walker.unexpected("array bound", bound)
            }
            return Int(walker.cast(bound, to: PGInteger.self).pointee.ival)
        }
        return TypeNameSyntax(
            names: try strings(node.pointee.names),
            modifiers: try expressions(node.pointee.typmods), arrayBounds: bounds,
            isSetOf: node.pointee.setof, isPercentType: node.pointee.pct_type,
            location: Int(node.pointee.location))
    }

    mutating func typeName(node: NodePointer) throws(SQLError) -> TypeNameSyntax {
        guard tag(node) == T_TypeName else { throw unexpected("type name", node) }
        return try typeName(cast(node, to: TypeName.self))
    }
}
