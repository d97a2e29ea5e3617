internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Functions
internal import Parse
internal import Query
internal import Types

/// CREATE INDEX.
extension DefinitionExecutor {
    func createIndex(_ statement: CreateIndexStatement) throws(SQLError) -> String {
        let table = try lockedRelation(statement.relation, .shareRowExclusive)
        guard table.kind.keepsRows || table.kind == .partitionedTable else {
            throw SQLError(
                .wrongObjectType, "cannot create index on relation \"\(table.name)\""
            ).detail(unsupportedKindDetail(table.kind))
        }
        try checkOwner(table.value)
        try host.requireNoPendingChecks(table.value, for: "CREATE INDEX")
        try checkAccessMethod(statement.accessMethod)
        var relation = table.value
        var keys: [IndexKey] = []
        var names: [String] = []
        for element in statement.elements {
            let (key, name) = try self.key(element, of: table)
            keys.append(key)
            names.append(name)
        }
        if keys.count > DefinitionExecutor.indexKeyCountMax {
            throw SQLError(.tooManyColumns, "cannot use more than 32 columns in an index")
        }
        let included = try statement.including.map { element throws(SQLError) in
            guard let name = element.name else {
                throw SQLError(
                    .featureNotSupported,
                    "expressions are not supported in included columns")
            }
            return try indexColumn(name, of: relation)
        }
        let isPartitioned = relation.kind == .partitionedTable
        if isPartitioned, statement.isConcurrent {
            throw SQLError(
                .featureNotSupported,
                "cannot create index on partitioned table \"\(relation.name)\" concurrently")
        }
        let definition = IndexDefinition(
            table: relation.oid, keys: keys, included: included, isUnique: statement.isUnique,
            isPrimary: false, nullsNotDistinct: statement.isNullsNotDistinct,
            predicate: try predicate(statement.filter, of: table))
        var name: String?
        if let given = statement.name {
            guard
                try claim(given, in: relation.namespace, ifNotExists: statement.ifNotExists)
            else { return "CREATE INDEX" }
            name = given
        }
        if statement.isUnique {
            try checkPartitionKey(in: keys.map(\.column), of: relation, "UNIQUE")
        }
        try makeIndex(
            definition, name: name, columns: indexColumns(keys, names, included, relation),
            options: try tableOptions(statement.options), on: &relation,
            isOnly: !statement.relation.inherits)
        return "CREATE INDEX"
    }

    /// Adds an index to a table and fills it.
    /// - Parameters:
    ///   - columns: the index's own, whose names make its name.
    ///   - isOnly: the partitions of the table get no part of it.
    func makeIndex(
        _ definition: IndexDefinition, name given: String? = nil, columns: [Column],
        options: [String], on relation: inout Relation, isOnly: Bool = false
    ) throws(SQLError) {
        let isPartitioned = relation.kind == .partitionedTable
        var name = given ?? ""
        if given == nil {
            name = freeRelationName(
                relation.name, GeneratedNames.columnsPart(columns.map(\.name)), "idx",
                in: relation.namespace)
            try host.lockName(name, in: relation.namespace)
        }
        var index = Relation(
            oid: try catalog.newOID(), name: name, namespace: relation.namespace,
            owner: relation.owner, kind: isPartitioned ? .partitionedIndex : .index,
            persistence: relation.persistence)
        index.index = definition
        if isOnly { index.index?.isValid = relation.partitioning?.partitions.isEmpty ?? true }
        index.columns = columns
        index.options = options
        if !isPartitioned { index.placement = newIndexPlacement(of: relation) }
        relation.indexes.append(index.oid)
        catalog.put(index)
        let table = catalog.put(relation)
        try addDependencies(of: index, on: table)
        if isPartitioned {
            if !isOnly { try makeParts(of: index.oid, on: relation.oid) }
        } else {
            try build(index.oid, of: relation)
        }
    }

    func checkAccessMethod(_ name: String) throws(SQLError) {
        switch name {
        case "btree": return
        case "hash", "gist", "gin", "spgist", "brin":
            throw SQLError.notSupported("access method \(name)")
        default:
            throw SQLError(.undefinedObject, "access method \"\(name)\" does not exist")
        }
    }

    private func indexColumn(_ name: String, of relation: Relation) throws(SQLError) -> Int {
        guard let column = relation.columnIndex(named: name) else {
            if let system = SystemColumn.allCases.first(where: { $0.name == name }) {
                try checkIndexable(system.type)
            }
            if relation.isSystemColumn(name) {
                throw SQLError(
                    .featureNotSupported, "index creation on system columns is not supported")
            }
            throw SQLError(.undefinedColumn, "column \"\(name)\" does not exist")
        }
        return column
    }

    /// A key and the name that it gives to the index's column.
    func key(
        _ element: IndexElement, of table: Shared<Relation>
    ) throws(SQLError) -> (IndexKey, String) {
        let descending = element.direction == .descending
        let nullsFirst =
            switch element.nulls {
            case .unspecified: descending
            case .first: true
            case .last: false
            }
        func key(
            _ column: Int?, _ expression: StoredExpression?, _ type: SQLType
        ) throws(SQLError) -> IndexKey {
            var key = IndexKey(
                column: column, expression: expression, type: type, descending: descending,
                nullsFirst: nullsFirst)
            key.operatorClass = try operatorClass(element.operatorClass, of: type)
            if key.operatorClass == nil { try checkIndexable(type) }
            return key
        }
        if let name = element.name {
            let column = try indexColumn(name, of: table.value)
            return (try key(column, nil, table.columns[column].type), name)
        }
        guard let syntax = element.expression else {
            throw SQLError(.syntaxError, "an index key is a column or an expression")
        }
        let expression = try analyzer().definitionExpression(syntax, for: .indexKey, of: table)
        // A column in parentheses is a column.
        if case .variable(let variable) = expression {
            return (
                try key(variable.column, nil, expression.type),
                table.columns[variable.column].name
            )
        }
        let name = analyzer().outputName(syntax) ?? "expr"
        return (try key(nil, stored(expression, of: table.value), expression.type), name)
    }

    /// The operator class that a key names; nil: it names none.
    private func operatorClass(_ name: [String], of type: SQLType) throws(SQLError) -> OID? {
        guard let last = name.last else { return nil }
        let schema = name.count == 1 ? "pg_catalog" : name[name.count - 2]
        guard snapshot.namespace(named: schema) != nil else {
            throw SQLError(.undefinedSchema, "schema \"\(schema)\" does not exist")
        }
        guard schema == "pg_catalog", let found = ComputedRows.OperatorClass(named: last) else {
            throw SQLError(
                .undefinedObject,
                "operator class \"\(name.joined(separator: "."))\" does not exist for access method \"btree\""
            )
        }
        let base = TypeCatalog.base(type.oid)
        let isAccepted =
            FunctionRegistry.isPolymorphic(found.input)
            ? FunctionRegistry.concreteTypes(declared: [found.input], actual: [base]) != nil
            : base == found.input
                || FunctionRegistry.isBinaryCoercible(from: base, to: found.input)
        if !isAccepted {
            throw SQLError(
                .datatypeMismatch,
                "operator class \"\(last)\" does not accept data type \(scope.name(of: type))")
        }
        if !found.ordersAsIndexes(base) { throw SQLError.notSupported("operator class \(last)") }
        return found.oid
    }

    /// - Throws: 42704 for a type without a b-tree operator class.
    func checkIndexable(_ type: SQLType) throws(SQLError) {
        let known: Set<OID> = [
            .bool, .bytea, .char, .name, .int2, .int4, .int8, .text, .oid, .float4, .float8,
            .bpchar, .varchar, .date, .time, .timestamp, .timestamptz, .interval, .timetz, .jsonb, .numeric,
            .uuid, .regclass, .regtype, .regproc, .pgLSN, .xid8, .inet, .cidr, .macaddr, .macaddr8,
            .bit, .varbit, .money, .tid,
        ]
        let base = TypeCatalog.base(type.oid)
        let element = TypeCatalog.base(FunctionRegistry.elementType(of: base) ?? base)
        if known.contains(element) || TypeCatalog.isEnumeration(element)
            || TypeCatalog.isComposite(element) || TypeCatalog.range(element) != nil
        {
            return
        }
        throw SQLError(
            .undefinedObject,
            "data type \(scope.name(of: type)) has no default operator class for access method \"btree\""
        ).hint(
            "You must specify an operator class for the index or define a default operator class for the data type."
        )
    }

    func predicate(
        _ syntax: SyntaxExpression?, of table: Shared<Relation>
    ) throws(SQLError) -> StoredExpression? {
        guard let syntax else { return nil }
        let expression = try analyzer().definitionExpression(
            syntax, for: .indexPredicate, of: table)
        return stored(expression, of: table.value)
    }

    func indexColumns(
        _ keys: [IndexKey], _ names: [String], _ included: [Int], _ table: Relation
    ) -> [Column] {
        var columns: [Column] = []
        for (key, name) in zip(keys, names) {
            var unique = name
            var number = 0
            while columns.contains(where: { $0.name == unique }) {
                number += 1
                unique = "\(name)\(number)"
            }
            columns.append(Column(name: unique, type: key.type))
        }
        return columns
            + included.map { Column(name: table.columns[$0].name, type: table.columns[$0].type) }
    }

    /// An index goes with any column that its keys, expressions or predicate name.
    func addDependencies(of index: Relation, on table: Shared<Relation>) throws(SQLError) {
        guard let definition = index.index else { return }
        for object in try columnsUsed(by: definition, on: table) {
            catalog.addDependency(Dependency(.relation(index.oid), on: object, .automatic))
        }
    }

    /// The columns that an index's keys, expressions or predicate name; the table if there are none.
    func columnsUsed(
        by definition: IndexDefinition, on table: Shared<Relation>
    ) throws(SQLError) -> [ObjectAddress] {
        var columns = definition.keys.compactMap(\.column) + definition.included
        let expressions = definition.keys.compactMap(\.expression)
        for stored in expressions + [definition.predicate].compactMap({ $0 }) {
            let expression = try analyzer().storedExpression(stored, of: table)
            for object in DefinitionExecutor.references(expression, table.value)
            where object.classID == SystemOID.relation && object.subID > 0 {
                columns.append(Int(object.subID) - 1)
            }
        }
        if columns.isEmpty { return [.relation(table.oid)] }
        return Set(columns).sorted().map { .column($0, of: table.oid) }
    }
}
