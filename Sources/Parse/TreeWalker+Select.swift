internal import Base
internal import CPgQuery

/// Queries and FROM.
extension TreeWalker {
    /// The library (15.1) numbers LimitOption otherwise than later headers of PostgreSQL 15 do:
    /// 0 no limit, 1 LIMIT, 2 WITH TIES.
    private static let limitOptionWithTies: UInt32 = 2

    mutating func requiredSelect(_ node: NodePointer?) throws(SQLError) -> SelectStatement {
        guard let node else { throw SQLError(.internalError, "query expected") }
        guard tag(node) == T_SelectStmt else { throw unexpected("query", node) }
        return try select(cast(node, to: SelectStmt.self))
    }

    mutating func select(
        _ node: UnsafeMutablePointer<SelectStmt>
    ) throws(SQLError) -> SelectStatement {
        if node.pointee.op != SETOP_NONE { return try setOperations(node) }
        try enter()
        defer { leave() }
        if node.pointee.valuesLists != nil { return try values(node) }
        return try plainSelect(node)
    }

    @inline(never)
    private mutating func plainSelect(
        _ node: UnsafeMutablePointer<SelectStmt>
    ) throws(SQLError) -> SelectStatement {
        SelectStatement(
            distinct: try distinct(node.pointee.distinctClause),
            into: try optionalInto(node.pointee.intoClause),
            targets: try resultTargets(node.pointee.targetList),
            from: try fromItems(node.pointee.fromClause),
            filter: try optionalExpression(node.pointee.whereClause),
            groupBy: try expressions(node.pointee.groupClause),
            isGroupDistinct: node.pointee.groupDistinct,
            having: try optionalExpression(node.pointee.havingClause),
            windows: try windows(node.pointee.windowClause),
            orderBy: try sortBys(node.pointee.sortClause),
            limitOffset: try optionalExpression(node.pointee.limitOffset),
            limitCount: try optionalExpression(node.pointee.limitCount),
            isLimitWithTies: isLimitWithTies(node),
            locking: try lockings(node.pointee.lockingClause),
            with: try with(node.pointee.withClause))
    }

    private func isLimitWithTies(_ node: UnsafeMutablePointer<SelectStmt>) -> Bool {
        node.pointee.limitOption.rawValue == TreeWalker.limitOptionWithTies
    }

    private mutating func values(
        _ node: UnsafeMutablePointer<SelectStmt>
    ) throws(SQLError) -> SelectStatement {
        let rows = try map(node.pointee.valuesLists) { (walker, row) throws(SQLError) in
            try walker.expressions(walker.list(row))
        }
        return SelectStatement(
            valuesLists: rows, orderBy: try sortBys(node.pointee.sortClause),
            limitOffset: try optionalExpression(node.pointee.limitOffset),
            limitCount: try optionalExpression(node.pointee.limitCount),
            isLimitWithTies: isLimitWithTies(node),
            locking: try lockings(node.pointee.lockingClause),
            with: try with(node.pointee.withClause))
    }

    /// UNION chains grow to the left and are walked in a loop.
    @inline(never)
    private mutating func setOperations(
        _ top: UnsafeMutablePointer<SelectStmt>
    ) throws(SQLError) -> SelectStatement {
        var nodes: [UnsafeMutablePointer<SelectStmt>] = []
        var node = top
        while node.pointee.op != SETOP_NONE {
            guard let left = node.pointee.larg else {
                throw SQLError(.internalError, "set operation without operand")
            }
            try enter()
            nodes.append(node)
            node = left
        }
        var result = try select(node)
        for node in nodes.reversed() {
            result = try setOperation(node, left: result)
            leave()
        }
        return result
    }

    @inline(never)
    private mutating func setOperation(
        _ node: UnsafeMutablePointer<SelectStmt>, left: SelectStatement
    ) throws(SQLError) -> SelectStatement {
        guard let rightNode = node.pointee.rarg else {
            throw SQLError(.internalError, "set operation without operand")
        }
        let operation: SetOperation =
            switch node.pointee.op {
            case SETOP_UNION: .union
            case SETOP_INTERSECT: .intersect
            case SETOP_EXCEPT: .except
            default: throw unexpected("set operation", value: node.pointee.op.rawValue)
            }
        let right = try select(rightNode)
        return SelectStatement(
            orderBy: try sortBys(node.pointee.sortClause),
            limitOffset: try optionalExpression(node.pointee.limitOffset),
            limitCount: try optionalExpression(node.pointee.limitCount),
            isLimitWithTies: isLimitWithTies(node),
            locking: try lockings(node.pointee.lockingClause),
            with: try with(node.pointee.withClause), operation: operation,
            isAll: node.pointee.all, left: left, right: right)
    }

    private mutating func distinct(_ list: ListPointer?) throws(SQLError) -> DistinctClause? {
        guard let list else { return nil }
        // DISTINCT alone is a list of one null pointer.
        if element(list, 0) == nil { return .all }
        return .on(try expressions(list))
    }

    mutating func resultTargets(_ list: ListPointer?) throws(SQLError) -> [ResultTarget] {
        try map(list) { (walker, node) throws(SQLError) in try walker.resultTarget(node) }
    }

    @inline(never)
    private mutating func resultTarget(_ node: NodePointer) throws(SQLError) -> ResultTarget {
        guard tag(node) == T_ResTarget else { throw unexpected("target", node) }
        let target = cast(node, to: ResTarget.self)
        let value = try optionalExpression(target.pointee.val)
        return ResultTarget(
            name: string(target.pointee.name),
            indirection: try indirections(target.pointee.indirection), value: value,
            location: Int(target.pointee.location))
    }

    // MARK: FROM

    mutating func fromItems(_ list: ListPointer?) throws(SQLError) -> [SyntaxFromItem] {
        try map(list) { (walker, node) throws(SQLError) in try walker.fromItem(node) }
    }

    mutating func requiredFromItem(_ node: NodePointer?) throws(SQLError) -> SyntaxFromItem {
        guard let node else { throw SQLError(.internalError, "FROM item expected") }
        return try fromItem(node)
    }

    mutating func fromItem(_ node: NodePointer) throws(SQLError) -> SyntaxFromItem {
        if tag(node) == T_RangeVar { return .table(rangeVariable(cast(node, to: RangeVar.self))) }
        if tag(node) == T_JoinExpr { return try joins(node) }
        try enter()
        defer { leave() }
        switch tag(node) {
        case T_RangeSubselect:
            return try rangeSubselect(cast(node, to: CPgQuery.RangeSubselect.self))
        case T_RangeFunction:
            return .function(try rangeFunction(cast(node, to: CPgQuery.RangeFunction.self)))
        case T_RangeTableSample:
            let sample = cast(node, to: CPgQuery.RangeTableSample.self)
            return .tableSample(
                RangeTableSample(
                    relation: try requiredFromItem(sample.pointee.relation),
                    method: try strings(sample.pointee.method),
                    arguments: try expressions(sample.pointee.args),
                    repeatable: try optionalExpression(sample.pointee.repeatable),
                    location: Int(sample.pointee.location)))
        case T_RangeTableFunc:
            return .unsupported(
                "XMLTABLE", location: Int(cast(node, to: RangeTableFunc.self).pointee.location))
        default: throw unexpected("FROM item", node)
        }
    }

    @inline(never)
    private mutating func rangeSubselect(
        _ node: UnsafeMutablePointer<CPgQuery.RangeSubselect>
    ) throws(SQLError) -> SyntaxFromItem {
        let subquery = try requiredSelect(node.pointee.subquery)
        return .subselect(
            RangeSubselect(
                isLateral: node.pointee.lateral, subquery: subquery,
                alias: alias(node.pointee.alias)))
    }

    /// Joins grow to the left and are walked in a loop.
    @inline(never)
    private mutating func joins(_ top: NodePointer) throws(SQLError) -> SyntaxFromItem {
        var nodes: [UnsafeMutablePointer<JoinExpr>] = []
        var node = top
        while tag(node) == T_JoinExpr {
            let join = cast(node, to: JoinExpr.self)
            guard let left = join.pointee.larg else {
                throw SQLError(.internalError, "join without operand")
            }
            try enter()
            nodes.append(join)
            node = left
        }
        var result = try fromItem(node)
        for node in nodes.reversed() {
            result = try join(node, left: result)
            leave()
        }
        return result
    }

    @inline(never)
    private mutating func join(
        _ node: UnsafeMutablePointer<JoinExpr>, left: SyntaxFromItem
    ) throws(SQLError) -> SyntaxFromItem {
        let kind: JoinSyntax.Kind =
            switch node.pointee.jointype {
            case JOIN_INNER: .inner
            case JOIN_LEFT: .left
            case JOIN_FULL: .full
            case JOIN_RIGHT: .right
            default: throw unexpected("join type", value: node.pointee.jointype.rawValue)
            }
        return .join(
            JoinSyntax(
                kind: kind, isNatural: node.pointee.isNatural, left: left,
                right: try requiredFromItem(node.pointee.rarg),
                usingColumns: try strings(node.pointee.usingClause),
                usingAlias: alias(node.pointee.join_using_alias),
                condition: try optionalExpression(node.pointee.quals),
                alias: alias(node.pointee.alias)))
    }

    @inline(never)
    private mutating func rangeFunction(
        _ node: UnsafeMutablePointer<CPgQuery.RangeFunction>
    ) throws(SQLError) -> RangeFunction {
        // Each element is a list of two: the function and its column definitions.
        let functions = try map(node.pointee.functions) { (walker, pair) throws(SQLError) in
            let parts = walker.list(pair)
            let definitions = walker.element(parts, 1).map { walker.list($0) }
            return RangeFunction.Item(
                function: try walker.requiredExpression(walker.element(parts, 0)),
                columnDefinitions: try walker.columnDefinitions(definitions))
        }
        return RangeFunction(
            isLateral: node.pointee.lateral, hasOrdinality: node.pointee.ordinality,
            isRowsFrom: node.pointee.is_rowsfrom, functions: functions,
            alias: alias(node.pointee.alias),
            columnDefinitions: try columnDefinitions(node.pointee.coldeflist))
    }

    func rangeVariable(_ node: UnsafeMutablePointer<RangeVar>) -> RangeVariable {
        let persistence: RelationPersistence =
            switch UInt8(bitPattern: node.pointee.relpersistence) {
            case UInt8(ascii: "t"): .temporary
            case UInt8(ascii: "u"): .unlogged
            default: .permanent
            }
        return RangeVariable(
            catalog: string(node.pointee.catalogname), schema: string(node.pointee.schemaname),
            name: required(node.pointee.relname), inherits: node.pointee.inh,
            persistence: persistence, alias: alias(node.pointee.alias),
            location: Int(node.pointee.location))
    }

    func optionalRangeVariable(_ node: UnsafeMutablePointer<RangeVar>?) -> RangeVariable? {
        guard let node else { return nil }
        return rangeVariable(node)
    }

    func requiredRangeVariable(
        _ node: UnsafeMutablePointer<RangeVar>?
    ) throws(SQLError) -> RangeVariable {
        guard let node else { throw SQLError(.internalError, "relation expected") }
        return rangeVariable(node)
    }

    mutating func rangeVariables(_ list: ListPointer?) throws(SQLError) -> [RangeVariable] {
        try map(list) { (walker, node) throws(SQLError) in
            guard walker.tag(node) == T_RangeVar else {
                throw walker.unexpected("relation", node)
            }
            return walker.rangeVariable(walker.cast(node, to: RangeVar.self))
        }
    }

    /// Column names of an alias are String nodes; anything else cannot come from the grammar.
    func alias(_ node: UnsafeMutablePointer<Alias>?) -> AliasSyntax? {
        guard let node else { return nil }
        var names: [String] = []
        if let list = node.pointee.colnames {
            for index in 0..<count(list) {
                guard let name = element(list, index), tag(name) == T_String else { continue }
                names.append(required(cast(name, to: PGString.self).pointee.sval))
            }
        }
        return AliasSyntax(name: required(node.pointee.aliasname), columnNames: names)
    }
}
