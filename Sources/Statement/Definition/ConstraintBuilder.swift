internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// Adds constraints to a table: new (no rows yet) or loaded (rows are checked, indexes built).
extension DefinitionExecutor {
    /// In PostgreSQL's order: checks, then primary key and unique constraints, then foreign keys.
    /// `relation` is changed and put into the catalog on the way.
    /// - Parameter isOnly: keys of a partitioned table are made without parts in its partitions.
    func add(
        _ definitions: [ConstraintDefinition], to relation: inout Relation, isNew: Bool,
        isOnly: Bool = false
    ) throws(SQLError) {
        let primaries = definitions.filter { $0.kind == .primary }
        // An index that becomes the key is looked at first.
        let hasOther = primaries.contains { $0.indexName == nil } && relation.primaryKey != nil
        if primaries.count > 1 || hasOther {
            let error = SQLError(
                .invalidTableDefinition,
                "multiple primary keys for table \"\(relation.name)\" are not allowed")
            throw primaries.count > 1 ? error.at(position: position(primaries[1].location)) : error
        }
        // Names given by the user are taken before any is made.
        var names = Set(definitions.compactMap { $0.kind == .check ? $0.name : nil })
        names.formUnion(relation.constraints.map(\.name))
        for definition in definitions where definition.kind == .check {
            try addCheck(definition, to: &relation, names: &names, isNew: isNew)
        }
        for definition in primaries {
            try addKey(definition, to: &relation, isNew: isNew, isOnly: isOnly)
        }
        for definition in definitions {
            if definition.kind == .unique {
                try addKey(definition, to: &relation, isNew: isNew, isOnly: isOnly)
            } else if definition.kind == .exclusion {
                try addExclusion(definition, to: &relation)
            }
        }
        for definition in definitions where definition.kind == .foreign {
            try addForeignKey(definition, to: &relation, isNew: isNew)
        }
    }

    // MARK: CHECK

    private func addCheck(
        _ definition: ConstraintDefinition, to relation: inout Relation,
        names: inout Set<String>, isNew: Bool
    ) throws(SQLError) {
        guard let syntax = definition.rawExpression else {
            throw SQLError(.syntaxError, "a check constraint has an expression")
        }
        let table = Shared(relation)
        // Added to a table that is there, it is read without the text.
        let expression =
            isNew
            ? try analyzer().definitionExpression(syntax, for: .check, of: table)
            : try withoutPosition { () throws(SQLError) in
                try analyzer().definitionExpression(syntax, for: .check, of: table)
            }
        let references = DefinitionExecutor.references(expression, relation)
        let columns = references.filter { $0.classID == SystemOID.relation && $0.subID > 0 }
            .map { Int($0.subID) - 1 }
        let name: String
        if let given = definition.name {
            if relation.constraints.contains(where: { $0.name == given }) {
                throw duplicateConstraint(given, relation)
            }
            name = given
        } else {
            name = freeConstraintName(
                relation.name, columns.count == 1 ? relation.columns[columns[0]].name : nil,
                "check", in: relation.namespace, except: names)
        }
        names.insert(name)
        let constraint = Constraint(
            oid: try catalog.newOID(), name: name, kind: .check(stored(expression, of: relation)),
            columns: columns.sorted(), isValidated: isNew || !definition.skipsValidation)
        if !isNew, !definition.skipsValidation, relation.kind == .table {
            try host.validate(
                table,
                checks: [
                    TableChecks.Check(name: name, predicate: expression.knowing(table.value))
                ], notNull: [])
        }
        relation.constraints.append(constraint)
        catalog.put(relation)
        for partition in relation.partitioning?.partitions ?? [] {
            try pass(check: constraint, to: partition)
        }
        let address = ObjectAddress.constraint(constraint.oid)
        for column in columns {
            catalog.addDependency(
                Dependency(address, on: .column(column, of: relation.oid), .automatic))
        }
        if columns.isEmpty {
            catalog.addDependency(Dependency(address, on: .relation(relation.oid), .automatic))
        }
        for object in references where object.subID == 0 {
            catalog.addDependency(Dependency(address, on: object, .normal))
        }
    }

    func duplicateConstraint(_ name: String, _ relation: Relation) -> SQLError {
        SQLError(
            .duplicateObject,
            "constraint \"\(name)\" for relation \"\(relation.name)\" already exists")
    }

    // MARK: PRIMARY KEY and UNIQUE

    private func addKey(
        _ definition: ConstraintDefinition, to relation: inout Relation, isNew: Bool, isOnly: Bool
    ) throws(SQLError) {
        if let index = definition.indexName {
            if isNew {
                throw failure(
                    .featureNotSupported, "cannot use an existing index in CREATE TABLE",
                    at: definition.location)
            }
            return try addKey(using: index, definition, to: &relation)
        }
        let isPrimary = definition.kind == .primary
        let columns = try keyColumns(definition, of: relation)
        let included = try definition.including.map { name throws(SQLError) in
            try columnIndex(name, of: relation)
        }
        try checkPartitionKey(
            in: columns, of: relation, isPrimary ? "PRIMARY KEY" : "UNIQUE")
        let isPartitioned = relation.kind == .partitionedTable
        let middle = GeneratedNames.columnsPart(
            (columns + included).map { relation.columns[$0].name })
        let name = try constraintIndexName(
            definition, of: relation, isPrimary ? nil : middle, isPrimary ? "pkey" : "key")
        if isPrimary {
            if isOnly { try checkNotNull(columns, inPartitionsOf: relation) }
            try setNotNull(columns, of: &relation, isNew: isNew)
        }
        let constraintOID = try catalog.newOID()
        var index = Relation(
            oid: try catalog.newOID(), name: name, namespace: relation.namespace,
            owner: relation.owner, kind: isPartitioned ? .partitionedIndex : .index,
            persistence: relation.persistence)
        index.index = IndexDefinition(
            table: relation.oid,
            keys: columns.map { IndexKey(column: $0, type: relation.columns[$0].type) },
            included: included, isUnique: true, isPrimary: isPrimary,
            isImmediate: !definition.isDeferrable, nullsNotDistinct: definition.isNullsNotDistinct, constraint: constraintOID)
        index.columns = (columns + included).map {
            Column(name: relation.columns[$0].name, type: relation.columns[$0].type)
        }
        if isOnly { index.index?.isValid = relation.partitioning?.partitions.isEmpty ?? true }
        index.options = try tableOptions(definition.options)
        let isRowKey = index.index?.isRowKey == true
        if !isRowKey, !isPartitioned { index.placement = newIndexPlacement(of: relation) }

        relation.indexes.append(index.oid)
        if isPrimary { relation.primaryKey = index.oid }
        relation.constraints.append(
            Constraint(
                oid: constraintOID, name: name,
                kind: isPrimary ? .primaryKey(index: index.oid) : .unique(index: index.oid),
                columns: columns, isDeferrable: definition.isDeferrable,
                isDeferred: definition.isInitiallyDeferred))
        catalog.put(index)
        let old = snapshot.relation(relation.oid)
        catalog.put(relation)
        for column in columns + included {
            catalog.addDependency(
                Dependency(
                    .constraint(constraintOID), on: .column(column, of: relation.oid), .automatic))
        }
        catalog.addDependency(
            Dependency(.relation(index.oid), on: .constraint(constraintOID), .internal))
        if isPartitioned {
            if !isOnly { try makeParts(of: index.oid, on: relation.oid) }
            return
        }
        if isNew { return }
        if isRowKey, let old {
            // The row key changes: everything moves.
            try rewrite(old, as: &relation, values: nil)
        } else {
            try build(index.oid, of: relation)
        }
    }

    /// The name given to a constraint that has an index, or a free one; nobody else can take it.
    func constraintIndexName(
        _ definition: ConstraintDefinition, of relation: Relation, _ middle: String?,
        _ label: String
    ) throws(SQLError) -> String {
        guard let given = definition.name else {
            let name = freeRelationName(
                relation.name, middle, label, in: relation.namespace, isConstraint: true)
            try host.lockName(name, in: relation.namespace)
            return name
        }
        try host.lockName(given, in: relation.namespace)
        if snapshot.relation(named: given, namespace: relation.namespace) != nil {
            throw SQLError(.duplicateTable, "relation \"\(given)\" already exists")
        }
        if relation.constraints.contains(where: { $0.name == given }) {
            throw duplicateConstraint(given, relation)
        }
        return given
    }

    private func keyColumns(
        _ definition: ConstraintDefinition, of relation: Relation
    ) throws(SQLError) -> [Int] {
        var columns: [Int] = []
        for key in definition.keys {
            guard let column = relation.columnIndex(named: key) else {
                throw failure(
                    .undefinedColumn, "column \"\(key)\" named in key does not exist",
                    at: definition.location)
            }
            if columns.contains(column) {
                let what = definition.kind == .primary ? "primary key" : "unique"
                throw failure(
                    .duplicateColumn, "column \"\(key)\" appears twice in \(what) constraint",
                    at: definition.location)
            }
            try checkIndexable(relation.columns[column].type)
            columns.append(column)
        }
        if columns.count > DefinitionExecutor.indexKeyCountMax {
            throw SQLError(.tooManyColumns, "cannot use more than 32 columns in an index")
        }
        return columns
    }

    static let indexKeyCountMax = 32

    func setNotNull(
        _ columns: [Int], of relation: inout Relation, isNew: Bool
    ) throws(SQLError) {
        let nullable = columns.filter { !relation.columns[$0].isNotNull }
        if nullable.isEmpty { return }
        if !isNew, relation.kind == .table {
            try host.validate(Shared(relation), checks: [], notNull: nullable)
        }
        for column in nullable { relation.columns[column].isNotNull = true }
    }

    /// An index lies in the shard of its table.
    func newIndexPlacement(of table: Relation) -> Placement {
        catalog.newPlacement(in: table.placement?.shard)
    }

    /// Fills a new index of a table that is in the catalog.
    func build(_ index: OID, of relation: Relation) throws(SQLError) {
        if try host.isEmpty(relation) { return }
        let table = snapshot.relation(relation.oid) ?? Shared(relation)
        let checks = try analyzer().tableChecks(of: table)
        guard let entry = checks.indexes.first(where: { $0.relation.oid == index }) else { return }
        try host.build(entry, of: table)
    }

    /// Gives the table and all its indexes new places and writes the rows there.
    func rewrite(
        _ old: Shared<Relation>, as relation: inout Relation, values: [Expression?]?,
        order: Shared<Relation>? = nil
    ) throws(SQLError) {
        if let placement = old.placement { catalog.dropPlacement(placement) }
        relation.placement = catalog.newPlacement(in: old.placement?.shard)
        for oid in relation.indexes {
            guard let index = snapshot.relation(oid) else { continue }
            var moved = index.value
            if let placement = moved.placement { catalog.dropPlacement(placement) }
            let shape = moved.index
            moved.placement =
                shape?.isRowKey == true || shape?.keepsEntries == false
                ? nil : newIndexPlacement(of: relation)
            catalog.put(moved)
        }
        for index in relation.columns.indices { relation.columns[index].missingValue = nil }
        let new = catalog.put(relation)
        let checks = try analyzer().tableChecks(of: new)
        let copies = [Expression?](repeating: nil, count: relation.columns.count)
        try host.rewrite(
            old, as: new, values: values ?? copies, checks: checks, order: order)
    }

    /// A new check of the parent in a partition, and in those below.
    private func pass(check constraint: Constraint, to partition: OID) throws(SQLError) {
        guard case .check(let stored) = constraint.kind else { return }
        var relation = try lockedRelation(partition, .accessExclusive).value
        if let index = relation.constraints.firstIndex(where: { $0.name == constraint.name }) {
            guard case .check(stored) = relation.constraints[index].kind else {
                throw duplicateConstraint(constraint.name, relation)
            }
            notice(
                .successfulCompletion,
                "merging constraint \"\(constraint.name)\" with inherited definition")
            relation.constraints[index].isInherited = true
            catalog.put(relation)
        } else {
            try inheritCheck(constraint, stored, by: &relation)
            if constraint.isValidated, relation.kind == .table {
                let table = Shared(relation)
                let predicate = try analyzer().storedExpression(stored, of: table)
                    .knowing(table.value)
                try host.validate(
                    table, checks: [TableChecks.Check(name: constraint.name, predicate: predicate)],
                    notNull: [])
            }
        }
        for below in relation.partitioning?.partitions ?? [] {
            try pass(check: constraint, to: below)
        }
    }
}
