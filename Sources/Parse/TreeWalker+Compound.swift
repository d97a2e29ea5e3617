internal import Base
internal import CPgQuery

/// Expressions of several parts, each of one kind.
extension TreeWalker {
    /// `inner` is the left operand, or the right one of a prefix operator.
    @inline(never)
    mutating func operation(
        _ node: UnsafeMutablePointer<A_Expr>, _ inner: SyntaxExpression
    ) throws(SQLError) -> SyntaxExpression {
        let kind = try operationKind(node.pointee.kind)
        let name = try strings(node.pointee.name)
        let location = Int(node.pointee.location)
        if node.pointee.lexpr == nil {
            return .operation(kind, name: name, left: nil, right: inner, location: location)
        }
        let right = try requiredExpression(node.pointee.rexpr)
        return .operation(kind, name: name, left: inner, right: right, location: location)
    }

    private func operationKind(_ kind: A_Expr_Kind) throws(SQLError) -> OperationKind {
        switch kind {
        case AEXPR_OP: return .operator
        case AEXPR_OP_ANY: return .any
        case AEXPR_OP_ALL: return .all
        case AEXPR_DISTINCT: return .isDistinct
        case AEXPR_NOT_DISTINCT: return .isNotDistinct
        case AEXPR_NULLIF: return .nullIf
        case AEXPR_IN: return .in
        case AEXPR_LIKE: return .like
        case AEXPR_ILIKE: return .iLike
        case AEXPR_SIMILAR: return .similar
        case AEXPR_BETWEEN: return .between
        case AEXPR_NOT_BETWEEN: return .notBetween
        case AEXPR_BETWEEN_SYM: return .betweenSymmetric
        case AEXPR_NOT_BETWEEN_SYM: return .notBetweenSymmetric
        default: throw unexpected("operator kind", value: kind.rawValue)
        }
    }

    @inline(never)
    mutating func boolean(
        _ node: UnsafeMutablePointer<BoolExpr>
    ) throws(SQLError) -> SyntaxExpression {
        // NOT is a chain's.
        let kind: BooleanOperator = node.pointee.boolop == AND_EXPR ? .and : .or
        return .boolean(
            kind, try expressions(node.pointee.args), location: Int(node.pointee.location))
    }

    @inline(never)
    mutating func parenthesised(_ list: ListPointer) throws(SQLError) -> SyntaxExpression {
        .list(try expressions(list))
    }

    @inline(never)
    mutating func coalesce(
        _ node: UnsafeMutablePointer<CoalesceExpr>
    ) throws(SQLError) -> SyntaxExpression {
        .coalesce(try expressions(node.pointee.args), location: Int(node.pointee.location))
    }

    @inline(never)
    mutating func array(
        _ node: UnsafeMutablePointer<A_ArrayExpr>
    ) throws(SQLError) -> SyntaxExpression {
        .arrayConstructor(
            try expressions(node.pointee.elements), location: Int(node.pointee.location))
    }

    @inline(never)
    mutating func minMax(
        _ node: UnsafeMutablePointer<MinMaxExpr>
    ) throws(SQLError) -> SyntaxExpression {
        .minMax(
            node.pointee.op == IS_GREATEST ? .greatest : .least,
            try expressions(node.pointee.args), location: Int(node.pointee.location))
    }

    @inline(never)
    mutating func namedArgument(
        _ node: UnsafeMutablePointer<NamedArgExpr>
    ) throws(SQLError) -> SyntaxExpression {
        .namedArgument(
            name: required(node.pointee.name), try requiredExpression(node.pointee.arg),
            location: Int(node.pointee.location))
    }

    @inline(never)
    mutating func multiAssign(
        _ node: UnsafeMutablePointer<MultiAssignRef>
    ) throws(SQLError) -> SyntaxExpression {
        .multiAssign(
            source: try requiredExpression(node.pointee.source), column: Int(node.pointee.colno),
            columnCount: Int(node.pointee.ncolumns))
    }

    /// The arguments are walked here, in a small frame, because calls nest.
    @inline(never)
    mutating func call(
        _ node: UnsafeMutablePointer<FuncCall>
    ) throws(SQLError) -> SyntaxExpression {
        let arguments = try expressions(node.pointee.args)
        return try call(node, arguments)
    }

    @inline(never)
    mutating func call(
        _ node: UnsafeMutablePointer<FuncCall>, _ arguments: [SyntaxExpression]
    ) throws(SQLError) -> SyntaxExpression {
        .functionCall(try functionCall(node, arguments))
    }

    mutating func functionCall(
        _ node: UnsafeMutablePointer<FuncCall>
    ) throws(SQLError) -> FunctionCallSyntax {
        try functionCall(node, try expressions(node.pointee.args))
    }

    private mutating func functionCall(
        _ node: UnsafeMutablePointer<FuncCall>, _ arguments: [SyntaxExpression]
    ) throws(SQLError) -> FunctionCallSyntax {
        var call = FunctionCallSyntax(
            name: try strings(node.pointee.funcname), arguments: arguments,
            location: Int(node.pointee.location))
        call.aggregateOrder = try sortBys(node.pointee.agg_order)
        if let filter = node.pointee.agg_filter { call.aggregateFilter = try expression(filter) }
        if let over = node.pointee.over { call.over = try windowDefinition(over) }
        call.isWithinGroup = node.pointee.agg_within_group
        call.isStar = node.pointee.agg_star
        call.isDistinct = node.pointee.agg_distinct
        call.isVariadic = node.pointee.func_variadic
        call.isSQLSyntax = node.pointee.funcformat == COERCE_SQL_SYNTAX
        return call
    }

    @inline(never)
    mutating func typeCast(
        _ node: UnsafeMutablePointer<TypeCast>, _ inner: SyntaxExpression
    ) throws(SQLError) -> SyntaxExpression {
        .typeCast(
            inner, try typeName(node.pointee.typeName), location: Int(node.pointee.location))
    }

    @inline(never)
    mutating func subLink(
        _ node: UnsafeMutablePointer<SubLink>
    ) throws(SQLError) -> SyntaxExpression {
        let kind: SubLinkSyntax.Kind =
            switch node.pointee.subLinkType {
            case EXISTS_SUBLINK: .exists
            case ALL_SUBLINK: .all
            case ANY_SUBLINK: .any
            case EXPR_SUBLINK: .expression
            case ARRAY_SUBLINK: .array
            default: throw unexpected("subquery kind", value: node.pointee.subLinkType.rawValue)
            }
        let test = try optionalExpression(node.pointee.testexpr)
        return .subLink(
            SubLinkSyntax(
                kind: kind, testExpression: test, operatorName: try strings(node.pointee.operName),
                subselect: try requiredSelect(node.pointee.subselect),
                location: Int(node.pointee.location)))
    }

    func booleanTest(
        _ node: UnsafeMutablePointer<BooleanTest>, _ inner: SyntaxExpression
    ) throws(SQLError) -> SyntaxExpression {
        let kind: BooleanTestKind =
            switch node.pointee.booltesttype {
            case IS_TRUE: .isTrue
            case IS_NOT_TRUE: .isNotTrue
            case IS_FALSE: .isFalse
            case IS_NOT_FALSE: .isNotFalse
            case IS_UNKNOWN: .isUnknown
            case IS_NOT_UNKNOWN: .isNotUnknown
            default: throw unexpected("boolean test", value: node.pointee.booltesttype.rawValue)
            }
        return .booleanTest(inner, kind, location: Int(node.pointee.location))
    }

    @inline(never)
    mutating func row(
        _ node: UnsafeMutablePointer<RowExpr>
    ) throws(SQLError) -> SyntaxExpression {
        .row(
            try expressions(node.pointee.args),
            isExplicit: node.pointee.row_format == COERCE_EXPLICIT_CALL,
            location: Int(node.pointee.location))
    }

    @inline(never)
    mutating func caseExpression(
        _ node: UnsafeMutablePointer<CaseExpr>
    ) throws(SQLError) -> SyntaxExpression {
        let argument = try optionalExpression(nodePointer(node.pointee.arg))
        let whens = try map(node.pointee.args) { (walker, item) throws(SQLError) in
            let when = walker.cast(item, to: CaseWhen.self)
            return CaseSyntax.When(
                expression: try walker.requiredExpression(when.pointee.expr),
                result: try walker.requiredExpression(when.pointee.result),
                location: Int(when.pointee.location))
        }
        return .caseExpression(
            CaseSyntax(
                argument: argument, whens: whens,
                defaultResult: try optionalExpression(nodePointer(node.pointee.defresult)),
                location: Int(node.pointee.location)))
    }

    @inline(never)
    mutating func groupingSet(
        _ node: UnsafeMutablePointer<GroupingSet>
    ) throws(SQLError) -> SyntaxExpression {
        let kind: GroupingSetKind =
            switch node.pointee.kind {
            case GROUPING_SET_EMPTY: .empty
            case GROUPING_SET_ROLLUP: .rollup
            case GROUPING_SET_CUBE: .cube
            case GROUPING_SET_SETS: .sets
            default: throw unexpected("grouping set", value: node.pointee.kind.rawValue)
            }
        return .groupingSet(
            kind, try expressions(node.pointee.content), location: Int(node.pointee.location))
    }
}
