internal import Base
internal import CPgQuery

/// The actions of ALTER TABLE.
extension TreeWalker {
    mutating func alterTable(
        _ node: UnsafeMutablePointer<AlterTableStmt>
    ) throws(SQLError) -> AlterTableStatement {
        AlterTableStatement(
            relation: try requiredRangeVariable(node.pointee.relation),
            objectType: try objectType(node.pointee.objtype),
            commands: try map(node.pointee.cmds) { (walker, item) throws(SQLError) in
                try walker.alterTableCommand(walker.cast(item, to: AlterTableCmd.self))
            },
            ifExists: node.pointee.missing_ok)
    }

    private mutating func alterTableCommand(
        _ node: UnsafeMutablePointer<AlterTableCmd>
    ) throws(SQLError) -> AlterTableCommand {
        let name = string(node.pointee.name) ?? ""
        let dropBehavior = behavior(node.pointee.behavior)
        let ifExists = node.pointee.missing_ok
        switch node.pointee.subtype {
        case AT_AddColumn:
            var definition = try commandColumn(node)
            definition.behavior = dropBehavior
            return .addColumn(definition, ifNotExists: ifExists)
        case AT_DropColumn: return .dropColumn(name, dropBehavior, ifExists: ifExists)
        case AT_AlterColumnType:
            var definition = try commandColumn(node)
            definition.name = name
            definition.behavior = dropBehavior
            return .alterColumnType(column: name, definition)
        case AT_AddConstraint: return .addConstraint(try commandConstraint(node))
        case AT_AlterConstraint: return .alterConstraint(try commandConstraint(node))
        case AT_ValidateConstraint: return .validateConstraint(name)
        case AT_DropConstraint: return .dropConstraint(name, dropBehavior, ifExists: ifExists)
        case AT_ChangeOwner:
            return .changeOwner(try roleSpecification(node.pointee.newowner))
        case AT_ClusterOn: return .clusterOn(index: name)
        case AT_DropCluster: return .dropCluster
        case AT_SetLogged: return .setLogged
        case AT_SetUnLogged: return .setUnlogged
        case AT_DropOids: return .dropOIDs
        case AT_SetAccessMethod: return .setAccessMethod(name)
        case AT_SetTableSpace: return .setTablespace(name)
        case AT_SetRelOptions: return .setOptions(try commandOptions(node))
        case AT_ResetRelOptions: return .resetOptions(try commandOptions(node))
        case AT_AddInherit: return .addInherit(try commandRelation(node))
        case AT_DropInherit: return .dropInherit(try commandRelation(node))
        case AT_AddOf: return .addOf(try typeName(node: try commandNode(node)))
        case AT_DropOf: return .dropOf
        case AT_EnableRowSecurity: return .rowSecurity(.enable)
        case AT_DisableRowSecurity: return .rowSecurity(.disable)
        case AT_ForceRowSecurity: return .rowSecurity(.force)
        case AT_NoForceRowSecurity: return .rowSecurity(.noForce)
        case AT_ReplicaIdentity: return .replicaIdentity(try replicaIdentity(node))
        case AT_AttachPartition, AT_DetachPartition, AT_DetachPartitionFinalize:
            return try partitionCommand(node)
        case AT_GenericOptions, AT_AlterColumnGenericOptions: return .unsupported("OPTIONS")
        default:
            if let command = try columnCommand(node, column: name) { return command }
            return try triggerCommand(node, name: name)
        }
    }

    /// The actions of ALTER COLUMN but for the type.
    private mutating func columnCommand(
        _ node: UnsafeMutablePointer<AlterTableCmd>, column: String
    ) throws(SQLError) -> AlterTableCommand? {
        switch node.pointee.subtype {
        case AT_ColumnDefault:
            return .columnDefault(column: column, try optionalExpression(node.pointee.def))
        case AT_DropNotNull: return .dropNotNull(column: column)
        case AT_SetNotNull: return .setNotNull(column: column)
        case AT_DropExpression:
            return .dropExpression(column: column, ifExists: node.pointee.missing_ok)
        case AT_SetStatistics:
            let target = try commandNode(node)
            guard tag(target) == T_Integer else { throw unexpected("statistics target", target) }
            return .setStatistics(
                column: string(node.pointee.name), number: Int(node.pointee.num),
                target: Int(cast(target, to: PGInteger.self).pointee.ival))
        case AT_SetOptions:
            return .setColumnOptions(column: column, try commandOptions(node))
        case AT_ResetOptions:
            return .resetColumnOptions(column: column, try commandOptions(node))
        case AT_SetStorage:
            return .setStorage(column: column, try text(try commandNode(node)))
        case AT_SetCompression:
            return .setCompression(column: column, try text(try commandNode(node)))
        case AT_AddIdentity:
            return .addIdentity(column: column, try commandConstraint(node))
        case AT_SetIdentity:
            return .setIdentity(column: column, try commandOptions(node))
        case AT_DropIdentity:
            return .dropIdentity(column: column, ifExists: node.pointee.missing_ok)
        default: return nil
        }
    }

    private func triggerCommand(
        _ node: UnsafeMutablePointer<AlterTableCmd>, name: String
    ) throws(SQLError) -> AlterTableCommand {
        switch node.pointee.subtype {
        case AT_EnableTrig: return .enableTrigger(.named(name), .origin)
        case AT_EnableAlwaysTrig: return .enableTrigger(.named(name), .always)
        case AT_EnableReplicaTrig: return .enableTrigger(.named(name), .replica)
        case AT_EnableTrigAll: return .enableTrigger(.all, .origin)
        case AT_EnableTrigUser: return .enableTrigger(.user, .origin)
        case AT_DisableTrig: return .disableTrigger(.named(name))
        case AT_DisableTrigAll: return .disableTrigger(.all)
        case AT_DisableTrigUser: return .disableTrigger(.user)
        case AT_EnableRule: return .enableRule(name, .origin)
        case AT_EnableAlwaysRule: return .enableRule(name, .always)
        case AT_EnableReplicaRule: return .enableRule(name, .replica)
        case AT_DisableRule: return .disableRule(name)
        default:
            throw unexpected("ALTER TABLE action", value: node.pointee.subtype.rawValue)
        }
    }

    private func commandNode(
        _ node: UnsafeMutablePointer<AlterTableCmd>
    ) throws(SQLError) -> NodePointer {
        guard let definition = node.pointee.def else {
            throw SQLError(.internalError, "ALTER TABLE action without definition")
        }
        return definition
    }

    private mutating func commandColumn(
        _ node: UnsafeMutablePointer<AlterTableCmd>
    ) throws(SQLError) -> ColumnDefinition {
        let definition = try commandNode(node)
        guard tag(definition) == T_ColumnDef else { throw unexpected("column", definition) }
        return try columnDefinition(cast(definition, to: ColumnDef.self))
    }

    private mutating func commandConstraint(
        _ node: UnsafeMutablePointer<AlterTableCmd>
    ) throws(SQLError) -> ConstraintDefinition {
        let definition = try commandNode(node)
        guard tag(definition) == T_Constraint else { throw unexpected("constraint", definition) }
        return try constraint(cast(definition, to: Constraint.self))
    }

    private mutating func commandOptions(
        _ node: UnsafeMutablePointer<AlterTableCmd>
    ) throws(SQLError) -> [DefinitionElement] {
        guard let definition = node.pointee.def else { return [] }
        return try definitions(list(definition))
    }

    private func commandRelation(
        _ node: UnsafeMutablePointer<AlterTableCmd>
    ) throws(SQLError) -> RangeVariable {
        let definition = try commandNode(node)
        guard tag(definition) == T_RangeVar else { throw unexpected("relation", definition) }
        return rangeVariable(cast(definition, to: RangeVar.self))
    }

    private func replicaIdentity(
        _ node: UnsafeMutablePointer<AlterTableCmd>
    ) throws(SQLError) -> AlterTableCommand.ReplicaIdentity {
        let identity = cast(try commandNode(node), to: ReplicaIdentityStmt.self)
        switch UInt8(bitPattern: identity.pointee.identity_type) {
        case UInt8(ascii: "n"): return .nothing
        case UInt8(ascii: "f"): return .full
        case UInt8(ascii: "i"): return .index(required(identity.pointee.name))
        default: return .default
        }
    }

    private mutating func partitionCommand(
        _ node: UnsafeMutablePointer<AlterTableCmd>
    ) throws(SQLError) -> AlterTableCommand {
        let partition = cast(try commandNode(node), to: PartitionCmd.self)
        let relation = try requiredRangeVariable(partition.pointee.name)
        switch node.pointee.subtype {
        case AT_AttachPartition:
            return .attachPartition(relation, try partitionBound(partition.pointee.bound))
        case AT_DetachPartition:
            return .detachPartition(relation, isConcurrent: partition.pointee.concurrent)
        default: return .finalizeDetachPartition(relation)
        }
    }
}
