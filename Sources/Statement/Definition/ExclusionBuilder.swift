internal import Analyze
internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// EXCLUDE constraints. Those whose operators are all `=` are unique keys that may have a predicate.
extension DefinitionExecutor {
    func addExclusion(
        _ definition: ConstraintDefinition, to relation: inout Relation
    ) throws(SQLError) {
        if relation.kind == .partitionedTable {
            throw failure(
                .featureNotSupported,
                "exclusion constraints are not supported on partitioned tables",
                at: definition.location)
        }
        let method = try accessMethod(definition.accessMethod ?? "btree")
        if !definition.including.isEmpty, !method.takesIncludedColumns {
            throw unsupported("included columns", method)
        }
        if definition.exclusions.count > 1, !method.takesManyColumns {
            throw unsupported("multicolumn indexes", method)
        }
        if !method.servesExclusion { throw unsupported("exclusion constraints", method) }
        let table = Shared(relation)
        var keys: [IndexKey] = []
        var names: [String] = []
        for exclusion in definition.exclusions {
            if let name = exclusion.element.name, relation.columnIndex(named: name) == nil {
                throw SQLError(
                    .undefinedColumn, "column \"\(name)\" named in key does not exist")
            }
            var (key, name) = try self.key(exclusion.element, of: table, method)
            key.exclusionOperator = try exclusionOperator(exclusion.operatorName, key, method)
            keys.append(key)
            names.append(name)
        }
        if keys.count > DefinitionExecutor.indexKeyCountMax {
            throw SQLError(.tooManyColumns, "cannot use more than 32 columns in an index")
        }
        let included = try definition.including.map { name throws(SQLError) in
            try columnIndex(name, of: relation)
        }
        let columns = indexColumns(keys, names, included, relation, method)
        let name = try constraintIndexName(
            definition, of: relation, GeneratedNames.columnsPart(columns.map(\.name)), "excl")
        let constraint = try catalog.newOID()
        let shape = IndexDefinition(
            table: relation.oid, keys: keys, included: included, isUnique: false,
            isPrimary: false, isImmediate: !definition.isDeferrable, isExclusion: true,
            predicate: try predicate(definition.filter, of: table), constraint: constraint,
            method: method)
        try addExclusion(
            shape, name: name, columns: columns, options: try tableOptions(definition.options),
            isDeferrable: definition.isDeferrable, isDeferred: definition.isInitiallyDeferred,
            to: &relation)
    }

    /// - Parameter shape: names the new constraint, which is made here with its index.
    func addExclusion(
        _ shape: IndexDefinition, name: String, columns: [Column], options: [String],
        isDeferrable: Bool, isDeferred: Bool, to relation: inout Relation
    ) throws(SQLError) {
        guard let constraint = shape.constraint else {
            throw SQLError(.internalError, "the index of a constraint names it")
        }
        var index = Relation(
            oid: try catalog.newOID(), name: name, namespace: relation.namespace,
            owner: relation.owner, kind: .index, persistence: relation.persistence)
        index.index = shape
        index.columns = columns
        index.options = options
        index.placement = newIndexPlacement(of: relation)
        relation.indexes.append(index.oid)
        relation.constraints.append(
            Constraint(
                oid: constraint, name: name, kind: .exclusion(index: index.oid),
                columns: shape.keys.compactMap(\.column), isDeferrable: isDeferrable,
                isDeferred: isDeferred))
        catalog.put(index)
        let table = catalog.put(relation)
        for object in try columnsUsed(by: shape, on: table) {
            catalog.addDependency(
                Dependency(.constraint(constraint), on: object, .automatic))
        }
        catalog.addDependency(
            Dependency(.relation(index.oid), on: .constraint(constraint), .internal))
        try build(index.oid, of: relation)
    }

    /// The operator that no two rows' keys may satisfy; nil: `=`, which entries of the same key do.
    /// - Throws: 42883, 42809 for an operator that the index does not answer.
    private func exclusionOperator(
        _ name: [String], _ key: IndexKey, _ method: AccessMethod
    ) throws(SQLError) -> OID? {
        let oid = TypeCatalog.base(key.type.oid)
        guard let symbol = name.last else { return nil }
        guard let found = DefinitionExecutor.comparison(symbol, of: oid) else {
            let text = scope.name(of: SQLType(oid))
            throw SQLError(
                .undefinedFunction, "operator does not exist: \(text) \(symbol) \(text)"
            ).hint(
                "No operator matches the given name and argument types. You might need to add explicit type casts."
            )
        }
        let operands = [found.left ?? oid, found.right].map { scope.name(of: SQLType($0)) }
        let shown = "\(symbol)(\(operands.joined(separator: ",")))"
        if found.commutator != found.oid {
            throw SQLError(.wrongObjectType, "operator \(shown) is not commutative").detail(
                "Only commutative operators can be used in exclusion constraints.")
        }
        let operatorClass =
            key.operatorClass.flatMap { OperatorClass.of($0) }
            ?? OperatorClass.default(of: oid, method)
        guard let operatorClass, operatorClass.has(operator: found.oid) else {
            throw SQLError(
                .wrongObjectType,
                "operator \(shown) is not a member of operator family \"\(operatorClass?.familyName ?? "")\""
            ).detail(
                "The exclusion operator must be related to the index operator class for the constraint."
            )
        }
        return symbol == "=" ? nil : found.oid
    }

    /// The operator of a name between two values of a type, or of what they are without a change.
    private static func comparison(_ symbol: String, of type: OID) -> OperatorEntry? {
        let named = FunctionRegistry.operators(named: symbol)
        for input in OperatorClass.inputs(of: type) {
            if let found = named.first(where: { $0.left == input && $0.right == input }) {
                return found
            }
        }
        return nil
    }
}
