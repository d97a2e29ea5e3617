internal import Analyze
internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// EXCLUDE constraints whose operators are all `=`: unique keys that may have a predicate.
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
        try checkAccessMethod(definition.accessMethod ?? "btree")
        let table = Shared(relation)
        var keys: [IndexKey] = []
        var names: [String] = []
        for exclusion in definition.exclusions {
            if let name = exclusion.element.name, relation.columnIndex(named: name) == nil {
                throw SQLError(
                    .undefinedColumn, "column \"\(name)\" named in key does not exist")
            }
            let (key, name) = try self.key(exclusion.element, of: table)
            try checkExclusionOperator(exclusion.operatorName, key.type)
            keys.append(key)
            names.append(name)
        }
        if keys.count > DefinitionExecutor.indexKeyCountMax {
            throw SQLError(.tooManyColumns, "cannot use more than 32 columns in an index")
        }
        let included = try definition.including.map { name throws(SQLError) in
            try columnIndex(name, of: relation)
        }
        let columns = indexColumns(keys, names, included, relation)
        let name = try constraintIndexName(
            definition, of: relation, GeneratedNames.columnsPart(columns.map(\.name)), "excl")
        let constraint = try catalog.newOID()
        let shape = IndexDefinition(
            table: relation.oid, keys: keys, included: included, isUnique: false,
            isPrimary: false, isImmediate: !definition.isDeferrable, isExclusion: true,
            predicate: try predicate(definition.filter, of: table), constraint: constraint)
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

    /// - Throws: 42883, 42809 for an operator that no b-tree answers; 0A000 for those that it answers
    ///   in PostgreSQL and not here.
    private func checkExclusionOperator(
        _ name: [String], _ type: SQLType
    ) throws(SQLError) {
        let oid = TypeCatalog.base(type.oid)
        guard let symbol = name.last, symbol != "=" else { return }
        let text = scope.name(of: SQLType(oid))
        guard
            let found = FunctionRegistry.operators(named: symbol).first(where: {
                $0.left == oid && $0.right == oid
            })
        else {
            throw SQLError(
                .undefinedFunction, "operator does not exist: \(text) \(symbol) \(text)"
            ).hint(
                "No operator matches the given name and argument types. You might need to add explicit type casts."
            )
        }
        if found.commutator != found.oid {
            throw SQLError(
                .wrongObjectType, "operator \(symbol)(\(text),\(text)) is not commutative"
            ).detail("Only commutative operators can be used in exclusion constraints.")
        }
        guard let family = ComputedRows.operatorFamily(of: oid) else {
            throw SQLError.notSupported("EXCLUDE with operator \(symbol)")
        }
        throw SQLError(
            .wrongObjectType,
            "operator \(symbol)(\(text),\(text)) is not a member of operator family \"\(family)\""
        ).detail(
            "The exclusion operator must be related to the index operator class for the constraint."
        )
    }
}
