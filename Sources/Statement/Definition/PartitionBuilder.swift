internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// PARTITION BY and FOR VALUES: partition keys and bounds as they are written.
extension DefinitionExecutor {
    private static let partitionKeyCountMax = 32

    // MARK: PARTITION BY

    static func partitionStrategy(
        _ specification: PartitionSpecification
    ) throws(SQLError) -> PartitionStrategy {
        let strategy: PartitionStrategy
        switch specification.strategy.lowercased() {
        case "range": strategy = .range
        case "list": strategy = .list
        case "hash": strategy = .hash
        default:
            throw SQLError(
                .invalidParameterValue,
                "unrecognized partitioning strategy \"\(specification.strategy)\"")
        }
        if strategy == .list, specification.elements.count != 1 {
            throw SQLError(
                .invalidObjectDefinition,
                "cannot use \"list\" partition strategy with more than one column")
        }
        return strategy
    }

    func partitioning(
        _ specification: PartitionSpecification, of table: Shared<Relation>
    ) throws(SQLError) -> Partitioning {
        let strategy = try DefinitionExecutor.partitionStrategy(specification)
        if specification.elements.count > DefinitionExecutor.partitionKeyCountMax {
            throw SQLError(
                .tooManyColumns, "cannot partition using more than 32 columns")
        }
        var keys: [PartitionKey] = []
        for element in specification.elements {
            let key = try partitionKey(element, of: table)
            try checkPartitionKey(key.type, strategy)
            keys.append(key)
        }
        return Partitioning(strategy: strategy, keys: keys)
    }

    private func partitionKey(
        _ element: PartitionSpecification.Element, of table: Shared<Relation>
    ) throws(SQLError) -> PartitionKey {
        if let name = element.name {
            guard let column = table.value.columnIndex(named: name) else {
                if DefinitionExecutor.systemColumns.contains(name) {
                    throw failure(
                        .invalidObjectDefinition,
                        "cannot use system column \"\(name)\" in partition key",
                        at: element.location)
                }
                throw failure(
                    .undefinedColumn, "column \"\(name)\" named in partition key does not exist",
                    at: element.location)
            }
            if table.columns[column].isGenerated {
                throw failure(
                    .invalidObjectDefinition, "cannot use generated column in partition key",
                    at: element.location
                ).detail("Column \"\(name)\" is a generated column.")
            }
            return PartitionKey(column: column, type: table.columns[column].type)
        }
        guard let syntax = element.expression else {
            throw SQLError(.syntaxError, "a partition key is a column or an expression")
        }
        let expression = try withoutPosition { () throws(SQLError) in
            try analyzer().definitionExpression(syntax, for: .partitionKey, of: table)
        }
        if case .variable(let variable) = expression,
            table.columns.indices.contains(variable.column)
        {
            return PartitionKey(column: variable.column, type: variable.type)
        }
        let columns = DefinitionExecutor.references(expression, table.value).filter {
            $0.objectID == table.oid && $0.subID > 0
        }
        for column in columns where table.columns[Int(column.subID) - 1].isGenerated {
            throw SQLError(
                .invalidObjectDefinition, "cannot use generated column in partition key"
            ).detail("Column \"\(table.columns[Int(column.subID) - 1].name)\" is a generated column.")
        }
        if Analyzer.hasMutableCall(expression) {
            throw SQLError(
                .invalidObjectDefinition,
                "functions in partition key expression must be marked IMMUTABLE")
        }
        if columns.isEmpty {
            throw SQLError(
                .invalidObjectDefinition, "cannot use constant expression as partition key")
        }
        return PartitionKey(
            column: nil, expression: stored(expression, of: table.value), type: expression.type)
    }

    private func checkPartitionKey(
        _ type: SQLType, _ strategy: PartitionStrategy
    ) throws(SQLError) {
        if strategy == .hash {
            if PartitionHash.isHashable(type.oid) { return }
            let base = TypeCatalog.base(type.oid)
            let withoutHash: Set<OID> = [.money, .json, .jsonpath, .bit, .varbit]
            if withoutHash.union(TypeCatalog.unordered).contains(base) {
                throw SQLError(
                    .undefinedObject,
                    "data type \(type.name) has no default operator class for access method \"hash\""
                ).hint(
                    "You must specify a hash operator class or define a default hash operator class for the data type."
                )
            }
            throw SQLError.notSupported("hash partitioning by type \(type.name)")
        }
        do throws(SQLError) {
            try checkIndexable(type)
        } catch {
            throw SQLError(error.state, error.message).hint(
                "You must specify a btree operator class or define a default btree operator class for the data type."
            )
        }
    }

    // MARK: FOR VALUES

    /// The bounds of a partition of `parent`, as the catalog keeps them.
    func bounds(
        _ syntax: PartitionBound, of parent: Shared<Relation>
    ) throws(SQLError) -> PartitionBounds {
        guard let partitioning = parent.partitioning else { throw notPartitioned(parent.value) }
        func wrongKind(_ location: Int) -> SQLError {
            failure(
                .invalidTableDefinition,
                "invalid bound specification for a \(partitioning.strategy.word) partition",
                at: location)
        }
        switch (syntax, partitioning.strategy) {
        case (.default, .hash):
            throw SQLError(
                .invalidTableDefinition,
                "a hash-partitioned table may not have a default partition")
        case (.default, _): return .default
        case (.hash(let modulus, let remainder, _), .hash):
            if modulus <= 0 {
                throw SQLError(
                    .invalidTableDefinition,
                    "modulus for hash partition must be an integer value greater than zero")
            }
            if remainder < 0 {
                throw SQLError(
                    .invalidTableDefinition,
                    "remainder for hash partition must be an integer value greater than or equal to zero"
                )
            }
            if remainder >= modulus {
                throw SQLError(
                    .invalidTableDefinition,
                    "remainder for hash partition must be less than modulus")
            }
            return .hash(modulus: modulus, remainder: remainder)
        case (.list(let values, _), .list):
            var result: [BoundValue] = []
            for value in values {
                let bound = try self.bound(value, key: 0, of: parent)
                if !result.contains(bound) { result.append(bound) }
            }
            return .list(result)
        case (.range(let from, let to, _), .range):
            return .range(
                lower: try rangeBound(from, "FROM", of: parent),
                upper: try rangeBound(to, "TO", of: parent))
        case (.hash(_, _, let location), _), (.list(_, let location), _),
            (.range(_, _, let location), _):
            throw wrongKind(location)
        }
    }

    private func rangeBound(
        _ values: [SyntaxExpression], _ word: String, of parent: Shared<Relation>
    ) throws(SQLError) -> [BoundValue] {
        if values.count != parent.partitioning?.keys.count {
            throw SQLError(
                .invalidTableDefinition,
                "\(word) must specify exactly one value per partitioning column")
        }
        var result: [BoundValue] = []
        for (key, value) in values.enumerated() {
            let bound = try self.bound(value, key: key, of: parent)
            if bound == .null {
                throw SQLError(.invalidObjectDefinition, "cannot specify NULL in range bound")
            }
            if let last = result.last, last == .minimum || last == .maximum, bound != last {
                let name = last == .minimum ? "MINVALUE" : "MAXVALUE"
                throw failure(
                    .datatypeMismatch, "every bound following \(name) must also be \(name)",
                    at: analyzer().location(of: value))
            }
            result.append(bound)
        }
        return result
    }

    private func bound(
        _ syntax: SyntaxExpression, key: Int, of parent: Shared<Relation>
    ) throws(SQLError) -> BoundValue {
        guard let partitioning = parent.partitioning else { throw notPartitioned(parent.value) }
        if case .columnReference(let names, false, _) = syntax, names.count == 1,
            partitioning.strategy == .range
        {
            if names[0] == "minvalue" { return .minimum }
            if names[0] == "maxvalue" { return .maximum }
        }
        let own = partitioning.keys[key]
        let name =
            own.column.map { parent.columns[$0].name }
            ?? own.expression.map { scope.displayText(of: $0) } ?? ""
        let expression = try analyzer().definitionExpression(
            syntax, for: .partitionBound(name, own.type), of: parent)
        let constant = try host.evaluate(expression)
        guard let text = missingText(constant) else { return .null }
        return .value(text)
    }

    func notPartitioned(_ relation: Relation) -> SQLError {
        SQLError(.invalidObjectDefinition, "\"\(relation.name)\" is not partitioned")
    }

    // MARK: A new partition beside the others

    /// - Throws: 42P17 for bounds that meet another partition's.
    func checkNewBounds(
        _ bounds: PartitionBounds, _ syntax: PartitionBound, name: String,
        of parent: Shared<Relation>
    ) throws(SQLError) {
        let snapshot = snapshot
        let map = try PartitionMap(of: parent.value) { snapshot.relation($0) }
        func partitionName(_ child: Int) -> String {
            snapshot.relation(map.partitions[child])?.name ?? ""
        }
        if case .range(let lower, let upper) = bounds, case .range(let from, _, _) = syntax,
            try map.isEmptyRange(lower: lower, upper: upper)
        {
            throw failure(
                .invalidObjectDefinition, "empty range bound specified for partition \"\(name)\"",
                at: from.first.map { analyzer().location(of: $0) } ?? -1
            ).detail(
                "Specified lower bound \(boundText(lower, parent)) is greater than or equal to upper bound \(boundText(upper, parent))."
            )
        }
        if case .hash(let modulus, let remainder) = bounds {
            try checkModulus(modulus, remainder, of: parent)
        }
        guard let overlap = try map.overlap(bounds) else { return }
        let other = partitionName(overlap.child)
        let location: Int
        switch syntax {
        case .default(let place):
            throw failure(
                .invalidObjectDefinition,
                "partition \"\(name)\" conflicts with existing default partition \"\(other)\"",
                at: place)
        case .hash(_, _, let place): location = place
        case .list(let values, _): location = try self.location(
                ofListValue: overlap.value, values, parent)
        case .range(let from, let to, _):
            location = analyzer().location(of: (overlap.isUpper ? to : from)[overlap.value])
        }
        throw failure(
            .invalidObjectDefinition,
            "partition \"\(name)\" would overlap partition \"\(other)\"",
            at: location)
    }

    /// Equal values of a list count once: finds the syntax of the n-th that differs.
    private func location(
        ofListValue number: Int, _ values: [SyntaxExpression], _ parent: Shared<Relation>
    ) throws(SQLError) -> Int {
        var seen: [BoundValue] = []
        for value in values {
            let bound = try self.bound(value, key: 0, of: parent)
            if seen.contains(bound) { continue }
            if seen.count == number { return analyzer().location(of: value) }
            seen.append(bound)
        }
        return -1
    }

    private func boundText(_ values: [BoundValue], _ parent: Shared<Relation>) -> String {
        let types = parent.partitioning?.keys.map(\.type.oid) ?? []
        return "("
            + zip(values, types).map { CatalogScope.text(of: $0, type: $1) }
            .joined(separator: ", ") + ")"
    }

    private func checkModulus(
        _ modulus: Int, _ remainder: Int, of parent: Shared<Relation>
    ) throws(SQLError) {
        var others: [(modulus: Int, remainder: Int, name: String)] = []
        for partition in snapshot.partitions(of: parent.value) {
            guard case .hash(let modulus, let remainder)? = partition.partition?.bounds else {
                continue
            }
            others.append((modulus, remainder, partition.name))
        }
        others.sort { ($0.modulus, $0.remainder) < ($1.modulus, $1.remainder) }
        func fail(_ detail: String) -> SQLError {
            SQLError(
                .invalidObjectDefinition,
                "every hash partition modulus must be a factor of the next larger modulus"
            ).detail(detail)
        }
        let before = others.last { ($0.modulus, $0.remainder) <= (modulus, remainder) }
        if let before, modulus % before.modulus != 0 {
            throw fail(
                "The new modulus \(modulus) is not divisible by \(before.modulus), the modulus of existing partition \"\(before.name)\"."
            )
        }
        let after = others.first { ($0.modulus, $0.remainder) > (modulus, remainder) }
        if let after, after.modulus % modulus != 0 {
            throw fail(
                "The new modulus \(modulus) is not a factor of \(after.modulus), the modulus of existing partition \"\(after.name)\"."
            )
        }
    }

    // MARK: Rows

    /// Rows of the default partition must not be those of a new one.
    /// - Parameter parent: knows the new partition already.
    func checkDefaultPartition(
        of parent: Shared<Relation>, except new: OID
    ) throws(SQLError) {
        guard
            let other = snapshot.partitions(of: parent.value).first(where: {
                $0.partition?.bounds == .default
            }), other.oid != new
        else { return }
        let locked = try lockedRelation(other.oid, .accessExclusive)
        if try hasStranger(in: locked, ancestor: parent.oid) {
            throw SQLError(
                .checkViolation,
                "updated partition constraint for default partition \"\(other.name)\" would be violated by some row"
            ).with {
                $0.schemaName = snapshot.namespace(other.namespace)?.name
                $0.tableName = other.name
            }
        }
    }

    /// True if the table, or a partition below, has a row that belongs elsewhere as `ancestor`, and
    /// those above, have it.
    func hasStranger(
        in table: Shared<Relation>, ancestor: OID
    ) throws(SQLError) -> Bool {
        for partition in snapshot.partitions(of: table.value) {
            let locked = try lockedRelation(partition.oid, .accessExclusive)
            if try hasStranger(in: locked, ancestor: ancestor) { return true }
        }
        if table.kind == .partitionedTable { return false }
        let checks = try analyzer().partitionChecks(of: table)
        // Between the table and the ancestor nothing has changed.
        let distance = snapshot.ancestors(of: table.value).firstIndex { $0.oid == ancestor } ?? 0
        return try host.hasStranger(table, checks: Array(checks.dropFirst(distance)))
    }
}
