internal import Base
internal import CPgQuery

/// Functions, casts, triggers, rules, policies.
extension TreeWalker {
    mutating func createFunction(
        _ node: UnsafeMutablePointer<CreateFunctionStmt>
    ) throws(SQLError) -> CreateFunctionStatement {
        var returnType: TypeNameSyntax?
        if let type = node.pointee.returnType { returnType = try typeName(type) }
        return CreateFunctionStatement(
            isProcedure: node.pointee.is_procedure, isReplace: node.pointee.replace,
            name: try strings(node.pointee.funcname),
            parameters: try parameters(node.pointee.parameters), returnType: returnType,
            options: try definitions(node.pointee.options),
            body: try functionBody(node.pointee.sql_body))
    }

    /// RETURN is a statement; BEGIN ATOMIC is a list of one list of statements.
    private mutating func functionBody(_ node: NodePointer?) throws(SQLError) -> [SyntaxStatement] {
        guard let node else { return [] }
        guard tag(node) == T_List else { return [try statement(node)] }
        guard let inner = element(list(node), 0) else { return [] }
        return try statements(list(inner))
    }

    mutating func parameters(_ list: ListPointer?) throws(SQLError) -> [FunctionParameter] {
        try map(list) { (walker, item) throws(SQLError) in
            guard walker.tag(item) == T_FunctionParameter else {
                throw walker.unexpected("parameter", item)
            }
            let parameter = walker.cast(item, to: CPgQuery.FunctionParameter.self)
            let mode: FunctionParameter.Mode =
                switch parameter.pointee.mode {
                case FUNC_PARAM_IN: .in
                case FUNC_PARAM_OUT: .out
                case FUNC_PARAM_INOUT: .inOut
                case FUNC_PARAM_VARIADIC: .variadic
                case FUNC_PARAM_TABLE: .table
                default: .default
                }
            return FunctionParameter(
                name: walker.string(parameter.pointee.name),
                type: try walker.typeName(parameter.pointee.argType), mode: mode,
                defaultValue: try walker.optionalExpression(parameter.pointee.defexpr))
        }
    }

    mutating func alterFunction(
        _ node: UnsafeMutablePointer<AlterFunctionStmt>
    ) throws(SQLError) -> AlterFunctionStatement {
        AlterFunctionStatement(
            objectType: try objectType(node.pointee.objtype),
            function: try routineReference(node.pointee.func),
            actions: try definitions(node.pointee.actions))
    }

    mutating func createCast(
        _ node: UnsafeMutablePointer<CreateCastStmt>
    ) throws(SQLError) -> CreateCastStatement {
        var function: RoutineReference?
        if let reference = node.pointee.func { function = try routineReference(reference) }
        let context: CreateCastStatement.Context =
            switch node.pointee.context {
            case COERCION_IMPLICIT: .implicit
            case COERCION_ASSIGNMENT: .assignment
            default: .explicit
            }
        return CreateCastStatement(
            source: try typeName(node.pointee.sourcetype),
            target: try typeName(node.pointee.targettype), function: function, context: context,
            isInOut: node.pointee.inout)
    }

    mutating func createTrigger(
        _ node: UnsafeMutablePointer<CreateTrigStmt>
    ) throws(SQLError) -> CreateTriggerStatement {
        // Timing in bits of PostgreSQL's pg_trigger.tgtype: 2 is BEFORE, 64 is INSTEAD OF.
        let timing: CreateTriggerStatement.Timing =
            switch node.pointee.timing {
            case 2: .before
            case 64: .insteadOf
            default: .after
            }
        let transitions = try map(node.pointee.transitionRels) { (walker, item) throws(SQLError) in
            let transition = walker.cast(item, to: TriggerTransition.self)
            return CreateTriggerStatement.Transition(
                name: walker.required(transition.pointee.name), isNew: transition.pointee.isNew,
                isTable: transition.pointee.isTable)
        }
        return CreateTriggerStatement(
            isReplace: node.pointee.replace, isConstraint: node.pointee.isconstraint,
            name: required(node.pointee.trigname),
            relation: try requiredRangeVariable(node.pointee.relation),
            function: try strings(node.pointee.funcname),
            arguments: try strings(node.pointee.args), isForEachRow: node.pointee.row,
            timing: timing,
            events: CreateTriggerStatement.Events(rawValue: node.pointee.events),
            columns: try strings(node.pointee.columns),
            condition: try optionalExpression(node.pointee.whenClause), transitions: transitions,
            isDeferrable: node.pointee.deferrable,
            isInitiallyDeferred: node.pointee.initdeferred,
            constraintRelation: optionalRangeVariable(node.pointee.constrrel))
    }

    mutating func createRule(
        _ node: UnsafeMutablePointer<RuleStmt>
    ) throws(SQLError) -> CreateRuleStatement {
        let event: CreateRuleStatement.Event =
            switch node.pointee.event {
            case CMD_UPDATE: .update
            case CMD_INSERT: .insert
            case CMD_DELETE: .delete
            default: .select
            }
        return CreateRuleStatement(
            relation: try requiredRangeVariable(node.pointee.relation),
            name: required(node.pointee.rulename),
            filter: try optionalExpression(node.pointee.whereClause), event: event,
            isInstead: node.pointee.instead, actions: try statements(node.pointee.actions),
            isReplace: node.pointee.replace)
    }

    mutating func createPolicy(
        _ node: UnsafeMutablePointer<CreatePolicyStmt>
    ) throws(SQLError) -> PolicyStatement {
        PolicyStatement(
            name: required(node.pointee.policy_name),
            table: try requiredRangeVariable(node.pointee.table),
            command: string(node.pointee.cmd_name), isPermissive: node.pointee.permissive,
            roles: try roles(node.pointee.roles),
            using: try optionalExpression(node.pointee.qual),
            withCheck: try optionalExpression(node.pointee.with_check))
    }

    mutating func alterPolicy(
        _ node: UnsafeMutablePointer<AlterPolicyStmt>
    ) throws(SQLError) -> PolicyStatement {
        PolicyStatement(
            name: required(node.pointee.policy_name),
            table: try requiredRangeVariable(node.pointee.table), command: nil,
            isPermissive: true, roles: try roles(node.pointee.roles),
            using: try optionalExpression(node.pointee.qual),
            withCheck: try optionalExpression(node.pointee.with_check))
    }
}
