public import Base
public import Catalog
internal import Functions
public import Parse
public import Query
public import Types

/// Expressions that a table keeps: defaults, checks, generated columns, index keys.
extension Analyzer {
    /// What a stored expression of `table` computes, over relation 0: the table.
    public func storedExpression(
        _ stored: StoredExpression, of table: Shared<Relation>
    ) throws(SQLError) -> Expression {
        let analyzer = Analyzer(
            scope: scope, text: Array(stored.text.utf8), types: types.forCatalog,
            allowsParameters: false)
        let syntax = try analyzer.syntax(of: stored)
        return try analyzer.withLevel { _ throws(SQLError) in
            analyzer.addTable(table)
            return try analyzer.analyze(syntax)
        }
    }

    /// The syntax of a stored expression.
    public func syntax(of stored: StoredExpression) throws(SQLError) -> SyntaxExpression {
        guard
            case .select(let select)? = try Parser.parse("SELECT " + stored.text).first?.statement,
            let syntax = select.targets.first?.value
        else { throw SQLError(.internalError, "a stored expression is one expression") }
        return syntax
    }

    /// The default of a column: nil is null. Identity columns draw from their sequence.
    public func defaultExpression(
        of column: Int, in table: Shared<Relation>
    ) throws(SQLError) -> Expression? {
        let definition = table.columns[column]
        if definition.identity != nil {
            guard
                let sequence = scope.snapshot.ownedSequence(
                    of: table.oid, columnNumber: column + 1, internalOnly: true)
            else { throw SQLError(.internalError, "an identity column has a sequence") }
            return .nextValue(sequence: sequence, type: .plain(definition.type.oid))
        }
        if definition.defaultValue == nil, TypeCatalog.isDomain(definition.type.oid) {
            return try domainDefault(definition.type)
        }
        guard let stored = definition.defaultValue, !definition.isGenerated else { return nil }
        let expression = try storedExpression(stored, of: table)
        return try coerce(expression, to: definition.type, .assignment, at: -1)
    }

    /// What a column of a domain is without a default of its own: the domain's, or a null, which
    /// the domain may not allow.
    private func domainDefault(_ type: SQLType) throws(SQLError) -> Expression? {
        let base = TypeCatalog.base(type)
        guard let domain = scope.snapshot.userType(type.oid)?.value.domain else { return nil }
        var value = Expression.constant(.null(base))
        if let stored = domain.defaultValue {
            value = try storedExpression(stored, of: Domain.valueTable(of: domain.base))
        }
        return try coerce(value, to: type, .assignment, at: -1)
    }

    private func unfittingDefault(_ expression: Expression, for column: Column) -> SQLError {
        SQLError(
            .datatypeMismatch,
            "column \"\(column.name)\" is of type \(typeText(.plain(column.type.oid))) but default expression is of type \(typeText(.plain(expression.type.oid)))"
        ).hint("You will need to rewrite or cast the expression.")
    }

    /// Analyses an expression as it is written in a definition of `table`, coerced to `type`
    /// (nil: boolean, for checks). `clause` decides what it may contain.
    public func definitionExpression(
        _ syntax: SyntaxExpression, for purpose: DefinitionPurpose, of table: Shared<Relation>
    ) throws(SQLError) -> Expression {
        let expression = try analyzeDefinition(syntax, for: purpose, of: table)
        let columnCount = table.value.columns.count
        var usesTableOID = false
        var usesSystemColumn = false
        expression.forEachVariable { variable, _ in
            if variable.systemColumn != nil {
                usesSystemColumn = true
            } else if variable.column >= columnCount {
                usesTableOID = true
            }
        }
        switch purpose {
        case .indexKey, .indexPredicate:
            if usesTableOID || usesSystemColumn {
                throw SQLError(
                    .featureNotSupported, "index creation on system columns is not supported")
            }
        case .partitionKey:
            if usesTableOID || usesSystemColumn {
                throw SQLError(
                    .invalidObjectDefinition,
                    "partition key expressions cannot contain system column references")
            }
        case .conversion:
            if usesSystemColumn {
                throw .notSupported("system columns in the conversion of a column")
            }
            return expression.knowing(table.value)
        case .check, .generated, .columnDefault, .partitionBound: break
        }
        return expression
    }

    private func analyzeDefinition(
        _ syntax: SyntaxExpression, for purpose: DefinitionPurpose, of table: Shared<Relation>
    ) throws(SQLError) -> Expression {
        try withLevel { _ throws(SQLError) in
            switch purpose {
            case .columnDefault(let column):
                // No column is visible: PostgreSQL says so in words of its own.
                if let location = firstColumn(syntax) {
                    throw failure(
                        .featureNotSupported, "cannot use column reference in DEFAULT expression",
                        at: location)
                }
                let expression = try inClause(.defaultValue) { () throws(SQLError) in
                    try analyze(syntax)
                }
                guard canCoerce(expression.type.oid, to: column.type.oid, .assignment) else {
                    throw unfittingDefault(expression, for: column)
                }
                let fitting = try coerce(
                    expression, to: column.type, .assignment, at: location(of: syntax))
                // The coercion is made again where the default is used: catalogs do not show it.
                if expression.type.oid == .record { return fitting }
                if expression.type.oid != .unknown { return expression }
                return fitting.type.modifier < 0
                    ? fitting
                    : try coerce(
                        expression, to: .plain(column.type.oid), .assignment,
                        at: location(of: syntax))
            case .check:
                addTable(table)
                return try inClause(.checkConstraint) { () throws(SQLError) in
                    try analyzeBoolean(syntax, construct: "CHECK")
                }
            case .indexKey:
                addTable(table)
                let key = try inClause(.indexExpression) { () throws(SQLError) in
                    try known(try analyze(syntax))
                }
                return try checkImmutable(
                    key, "functions in index expression must be marked IMMUTABLE")
            case .indexPredicate:
                addTable(table)
                let predicate = try inClause(.indexPredicate) { () throws(SQLError) in
                    try analyzeBoolean(syntax, construct: "WHERE")
                }
                return try checkImmutable(
                    predicate, "functions in index predicate must be marked IMMUTABLE")
            case .partitionKey:
                addTable(table)
                return try inClause(.partitionKey) { () throws(SQLError) in
                    try known(try analyze(syntax))
                }
            case .partitionBound(let name, let type):
                if let location = firstColumn(syntax) {
                    throw failure(
                        .featureNotSupported,
                        "cannot use column reference in partition bound expression", at: location)
                }
                let expression = try inClause(.partitionBound) { () throws(SQLError) in
                    try analyze(syntax)
                }
                guard canCoerce(expression.type.oid, to: type.oid, .assignment) else {
                    throw failure(
                        .datatypeMismatch,
                        "specified value cannot be cast to type \(typeText(.plain(type.oid))) for column \"\(name)\"",
                        at: location(of: syntax))
                }
                return try coerce(expression, to: type, .assignment, at: location(of: syntax))
            case .generated(let column):
                addTable(table)
                let expression = try inClause(.generatedColumn) { () throws(SQLError) in
                    try analyze(syntax)
                }
                try checkGeneration(of: table.value)
                let checked = try checkImmutable(
                    expression, "generation expression is not immutable")
                guard canCoerce(checked.type.oid, to: column.type.oid, .assignment) else {
                    throw unfittingDefault(checked, for: column)
                }
                let fitting = try assign(checked, to: column, at: location(of: syntax))
                // The coercion is made again where rows are made: catalogs do not show it.
                let isTyped = checked.type.oid != .unknown && checked.type.oid != .record
                return isTyped ? checked : fitting
            case .conversion(let column):
                addTable(table)
                let expression = try inClause(.other) { () throws(SQLError) in try analyze(syntax) }
                guard canCoerce(expression.type.oid, to: column.type.oid, .assignment) else {
                    throw SQLError(
                        .datatypeMismatch,
                        "result of USING clause for column \"\(column.name)\" cannot be cast automatically to type \(typeText(.plain(column.type.oid)))"
                    ).hint("You might need to add an explicit cast.")
                }
                return try coerce(expression, to: column.type, .assignment, at: location(of: syntax))
            }
        }
    }

    /// What an index of `table` computes for its entries, over relation 0: the table.
    public func terms(
        of index: Shared<Relation>, _ definition: IndexDefinition, on table: Shared<Relation>
    ) throws(SQLError) -> TableChecks.Index {
        var keys: [Expression] = []
        for key in definition.keys {
            if let column = key.column {
                keys.append(
                    .variable(
                        Variable(relation: 0, column: column, type: table.columns[column].type)))
            } else if let stored = key.expression {
                keys.append(try storedExpression(stored, of: table))
            }
        }
        let predicate = try definition.predicate.map { stored throws(SQLError) in
            try storedExpression(stored, of: table)
        }
        return TableChecks.Index(relation: index, keys: keys, predicate: predicate)
    }

    /// What a new row of `table` must satisfy, ready for planning.
    public func tableChecks(of table: Shared<Relation>) throws(SQLError) -> TableChecks {
        var result = TableChecks()
        for constraint in table.constraints.sorted(by: { $0.name < $1.name }) {
            guard case .check(let stored) = constraint.kind else { continue }
            let predicate = try storedExpression(stored, of: table).knowing(table.value)
            result.checks.append(TableChecks.Check(name: constraint.name, predicate: predicate))
        }
        let ordered = table.indexes.sorted {
            ($0 == table.primaryKey ? 0 : 1, $0) < ($1 == table.primaryKey ? 0 : 1, $1)
        }
        for oid in ordered {
            guard let relation = scope.snapshot.relation(oid), let index = relation.index,
                index.keepsEntries
            else { continue }
            result.indexes.append(try terms(of: relation, index, on: table))
        }
        // While its triggers are off, the table's foreign keys are nobody's business.
        let keys = table.marks.areTriggersDisabled ? [] : table.constraints
        for constraint in keys {
            if table.value.isReferencedPart(constraint) { continue }
            if let check = try foreignKeyCheck(constraint, of: table) {
                result.foreignKeys.append(check)
            }
        }
        for reference in table.marks.areTriggersDisabled ? [] : table.referencedBy {
            // Of a partitioned table its own constraint counts, not those of its partitions.
            guard let referencing = scope.snapshot.relation(reference.table),
                let constraint = referencing.constraints.first(where: {
                    $0.oid == reference.constraint
                }), constraint.parent == nil || referencing.value.isReferencedPart(constraint),
                let check = try foreignKeyCheck(constraint, of: referencing)
            else { continue }
            result.referencedBy.append(check)
        }
        result.partition = try partitionChecks(of: table)
        for (index, column) in table.columns.enumerated() where column.isGenerated {
            guard let stored = column.defaultValue else { continue }
            let expression = try storedExpression(stored, of: table).knowing(table.value)
            result.generated.append(
                (index, try coerce(expression, to: column.type, .assignment, at: -1)))
        }
        return result
    }

    /// Makes `table` relation 0 of the current level.
    func addTable(_ table: Shared<Relation>, alias: String? = nil) {
        var columns: [OutputColumn] = []
        for (index, column) in table.columns.enumerated() {
            columns.append(
                OutputColumn(
                    name: column.isDropped ? "" : column.name, type: column.type,
                    table: table.oid, columnNumber: index + 1))
        }
        let index = level.add(
            RangeEntry(kind: .table(table), alias: alias ?? table.name, columns: columns))
        level.namespace.append(namespaceItem(of: index, schema: nil))
    }

    private func firstColumn(_ syntax: SyntaxExpression) -> Int? {
        switch syntax {
        case .columnReference(_, _, let location): return location
        case .operation(_, _, let left, let right, _):
            return left.flatMap(firstColumn) ?? firstColumn(right)
        case .boolean(_, let values, _), .coalesce(let values, _), .minMax(_, let values, _),
            .list(let values):
            return values.lazy.compactMap { self.firstColumn($0) }.first
        case .functionCall(let call):
            return call.arguments.lazy.compactMap { self.firstColumn($0) }.first
        case .typeCast(let value, _, _), .nullTest(let value, _, _), .booleanTest(let value, _, _),
            .collate(let value, _, _):
            return firstColumn(value)
        default: return nil
        }
    }
}

/// What an expression in a definition is for.
public enum DefinitionPurpose: Sendable {
    case columnDefault(Column)
    case check
    case indexKey
    case indexPredicate
    case generated(Column)
    case partitionKey
    /// FOR VALUES: the key's name and type.
    case partitionBound(String, SQLType)
    /// ALTER COLUMN … TYPE … USING; the column with its new type.
    case conversion(Column)
}
