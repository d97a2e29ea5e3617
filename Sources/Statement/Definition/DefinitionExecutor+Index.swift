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
        let method = try accessMethod(statement.accessMethod)
        if statement.isUnique, method != .btree { throw unsupported("unique indexes", method) }
        if !statement.including.isEmpty, !method.takesIncludedColumns {
            throw unsupported("included columns", method)
        }
        if statement.elements.count > 1, !method.takesManyColumns {
            throw unsupported("multicolumn indexes", method)
        }
        var relation = table.value
        var keys: [IndexKey] = []
        var names: [String] = []
        for element in statement.elements {
            let (key, name) = try self.key(element, of: table, method)
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
            predicate: try predicate(statement.filter, of: table), method: method)
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
            definition, name: name, columns: indexColumns(keys, names, included, relation, method),
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
        if !isPartitioned, definition.keepsEntries {
            index.placement = newIndexPlacement(of: relation)
        }
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

    func accessMethod(_ name: String) throws(SQLError) -> AccessMethod {
        // What R-trees did.
        if name == "rtree" {
            notice(
                .successfulCompletion,
                "substituting access method \"gist\" for obsolete method \"rtree\"")
            return .gist
        }
        if let method = AccessMethod(named: name) { return method }
        throw SQLError(.undefinedObject, "access method \"\(name)\" does not exist")
    }

    func unsupported(_ what: String, _ method: AccessMethod) -> SQLError {
        SQLError(.featureNotSupported, "access method \"\(method.name)\" does not support \(what)")
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
        _ element: IndexElement, of table: Shared<Relation>, _ method: AccessMethod = .btree
    ) throws(SQLError) -> (IndexKey, String) {
        var (key, name) = try orderedKey(element, of: table)
        if !element.collation.isEmpty {
            try analyzer().checkCollation(element.collation, of: key.type, at: -1)
        }
        key.operatorClass = try operatorClass(of: element, key.type, method)
        if method != .btree {
            if element.direction != .unspecified { throw unsupported("ASC/DESC options", method) }
            if element.nulls != .unspecified {
                throw unsupported("NULLS FIRST/LAST options", method)
            }
        }
        return (key, name)
    }

    private func orderedKey(
        _ element: IndexElement, of table: Shared<Relation>
    ) throws(SQLError) -> (IndexKey, String) {
        let descending = element.direction == .descending
        let nullsFirst =
            switch element.nulls {
            case .unspecified: descending
            case .first: true
            case .last: false
            }
        if let name = element.name {
            let column = try indexColumn(name, of: table.value)
            let type = table.columns[column].type
            return (
                IndexKey(
                    column: column, type: type, descending: descending, nullsFirst: nullsFirst),
                name
            )
        }
        guard let syntax = element.expression else {
            throw SQLError(.syntaxError, "an index key is a column or an expression")
        }
        let expression = try analyzer().definitionExpression(syntax, for: .indexKey, of: table)
        // A column in parentheses is a column.
        if case .variable(let variable) = expression {
            return (
                IndexKey(
                    column: variable.column, type: expression.type, descending: descending,
                    nullsFirst: nullsFirst), table.columns[variable.column].name
            )
        }
        let name = analyzer().outputName(syntax) ?? "expr"
        return (
            IndexKey(
                column: nil, expression: stored(expression, of: table.value),
                type: expression.type, descending: descending, nullsFirst: nullsFirst), name
        )
    }

    /// - Throws: 42704 for a type without an operator class of the method.
    func checkIndexable(_ type: SQLType, _ method: AccessMethod = .btree) throws(SQLError) {
        let isKept = method.keepsEntries ? DefinitionExecutor.hasOrder(type) : true
        guard isKept, OperatorClass.default(of: type.oid, method) != nil else {
            throw noOperatorClass(type, method)
        }
    }

    private func noOperatorClass(_ type: SQLType, _ method: AccessMethod) -> SQLError {
        SQLError(
            .undefinedObject,
            "data type \(scope.name(of: type)) has no default operator class for access method \"\(method.name)\""
        ).hint(
            "You must specify an operator class for the index or define a default operator class for the data type."
        )
    }

    /// Keys of the type can be brought into an order.
    private static func hasOrder(_ type: SQLType) -> Bool {
        let known: Set<OID> = [
            .bool, .bytea, .char, .name, .int2, .int4, .int8, .text, .oid, .float4, .float8,
            .bpchar, .varchar, .date, .time, .timestamp, .timestamptz, .interval, .timetz, .jsonb, .numeric,
            .uuid, .regclass, .regtype, .regproc, .pgLSN, .xid8, .inet, .cidr, .macaddr, .macaddr8,
            .bit, .varbit, .money, .tid,
        ]
        let base = TypeCatalog.base(type.oid)
        let element = TypeCatalog.base(FunctionRegistry.elementType(of: base) ?? base)
        return known.contains(element) || TypeCatalog.isEnumeration(element)
            || TypeCatalog.isComposite(element) || TypeCatalog.range(element) != nil
    }

    /// The operator class that is written with a key; nil: the default one, named or not.
    /// - Throws: 42704 if there is none, 42804 if it is another type's.
    private func operatorClass(
        of element: IndexElement, _ type: SQLType, _ method: AccessMethod
    ) throws(SQLError) -> OID? {
        guard let name = element.operatorClass.last else {
            try checkIndexable(type, method)
            return nil
        }
        let schema = element.operatorClass.dropLast().last ?? "pg_catalog"
        guard snapshot.namespace(named: schema) != nil else {
            throw SQLError(.undefinedSchema, "schema \"\(schema)\" does not exist")
        }
        guard schema == "pg_catalog", let found = OperatorClass.named(name, method) else {
            throw SQLError(
                .undefinedObject,
                "operator class \"\(element.operatorClass.joined(separator: "."))\" does not exist for access method \"\(method.name)\""
            )
        }
        guard found.accepts(type.oid) else {
            throw SQLError(
                .datatypeMismatch,
                "operator class \"\(name)\" does not accept data type \(scope.name(of: type))")
        }
        if method.keepsEntries, !DefinitionExecutor.hasOrder(type) {
            throw noOperatorClass(type, method)
        }
        if method == .btree, !found.ordersAsIndexes(type.oid) {
            throw SQLError.notSupported("operator class \(name)")
        }
        if let option = element.operatorClassOptions.first {
            throw SQLError.notSupported("the operator class option \"\(option.name)\"")
        }
        return found.oid == OperatorClass.default(of: type.oid, method)?.oid ? nil : found.oid
    }

    func predicate(
        _ syntax: SyntaxExpression?, of table: Shared<Relation>
    ) throws(SQLError) -> StoredExpression? {
        guard let syntax else { return nil }
        let expression = try analyzer().definitionExpression(
            syntax, for: .indexPredicate, of: table)
        return stored(expression, of: table.value)
    }

    /// What an index of the method would keep of a key.
    static func kept(_ key: IndexKey, _ method: AccessMethod) -> SQLType {
        if method == .hash { return .int4 }
        let operatorClass =
            key.operatorClass.flatMap { OperatorClass.of($0) }
            ?? OperatorClass.default(of: key.type.oid, method)
        guard let keyType = operatorClass?.keyType else { return key.type }
        if keyType != .anyElement { return SQLType(keyType) }
        return SQLType(FunctionRegistry.elementType(of: key.type.oid) ?? key.type.oid)
    }

    func indexColumns(
        _ keys: [IndexKey], _ names: [String], _ included: [Int], _ table: Relation,
        _ method: AccessMethod
    ) -> [Column] {
        var columns: [Column] = []
        for (key, name) in zip(keys, names) {
            var unique = name
            var number = 0
            while columns.contains(where: { $0.name == unique }) {
                number += 1
                unique = "\(name)\(number)"
            }
            columns.append(Column(name: unique, type: DefinitionExecutor.kept(key, method)))
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
