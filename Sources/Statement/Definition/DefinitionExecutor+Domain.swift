internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// CREATE DOMAIN and ALTER DOMAIN.
extension DefinitionExecutor {
    func createDomain(_ statement: CreateDomainStatement) throws(SQLError) -> String {
        let (namespace, name) = try placeOfNewType(statement.names)
        let base = try withoutPosition { () throws(SQLError) in
            try analyzer().resolveType(statement.type)
        }
        guard let info = TypeCatalog.info(base.oid), !info.isPseudo else {
            throw SQLError(
                .datatypeMismatch,
                "\"\(scope.name(of: base))\" is not a valid base type for a domain")
        }
        var collationOID = info.collation
        if let below = snapshot.userType(base.oid)?.value.domain {
            collationOID = below.collation
        }
        if let collation = statement.collation.last {
            if info.collation == .invalid {
                throw SQLError(
                    .datatypeMismatch,
                    "collations are not supported by type \(scope.name(of: base))")
            }
            guard ["C", "POSIX", "default", "ucs_basic"].contains(collation) else {
                throw SQLError(
                    .undefinedObject,
                    "collation \"\(collation)\" for encoding \"UTF8\" does not exist")
            }
            collationOID = DefinitionExecutor.collations[collation] ?? collationOID
        }
        var domain = Domain(
            base: base, dimensions: statement.type.arrayBounds.count, collation: collationOID)
        // A domain begins with its base's default.
        if let below = snapshot.userType(base.oid)?.value.domain {
            domain.defaultValue = below.defaultValue
        }
        try readSimple(statement.constraints, into: &domain)
        let oid = try catalog.newOID()
        try make(.domain(domain), named: name, in: namespace, oid: oid)
        addTypeDependency(of: .type(oid), on: base.oid)
        if domain.defaultValue != nil { try addDefaultDependencies(oid, domain) }
        for constraint in statement.constraints where constraint.kind == .check {
            try add(constraint, toDomain: oid)
        }
        return "CREATE DOMAIN"
    }

    static let collations: [String: OID] = [
        "default": OID(100), "C": OID(950), "POSIX": OID(951), "ucs_basic": OID(12547),
    ]

    /// NOT NULL and DEFAULT.
    private func readSimple(
        _ constraints: [ConstraintDefinition], into domain: inout Domain
    ) throws(SQLError) {
        var nullable: Bool?
        var hasDefault = false
        for constraint in constraints {
            switch constraint.kind {
            case .default:
                if hasDefault { throw SQLError(.syntaxError, "multiple default expressions") }
                hasDefault = true
                domain.defaultValue = try defaultValue(constraint.rawExpression, domain)
            case .null, .notNull:
                let isNullable = constraint.kind == .null
                if let nullable, nullable != isNullable {
                    throw SQLError(.syntaxError, "conflicting NULL/NOT NULL constraints")
                }
                nullable = isNullable
                domain.isNotNull = !isNullable
            case .check:
                if constraint.isNoInherit {
                    throw SQLError(
                        .invalidObjectDefinition,
                        "check constraints for domains cannot be marked NO INHERIT")
                }
            default: throw DefinitionExecutor.impossible(constraint.kind)
            }
        }
    }

    /// What tables' constraints domains cannot have.
    private static func impossible(_ kind: ConstraintDefinition.Kind) -> SQLError {
        switch kind {
        case .unique: SQLError(.syntaxError, "unique constraints not possible for domains")
        case .primary: SQLError(.syntaxError, "primary key constraints not possible for domains")
        case .exclusion: SQLError(.syntaxError, "exclusion constraints not possible for domains")
        case .foreign: SQLError(.syntaxError, "foreign key constraints not possible for domains")
        case .attributeDeferrable, .attributeNotDeferrable, .attributeDeferred,
            .attributeImmediate:
            SQLError(
                .featureNotSupported,
                "specifying constraint deferrability not supported for domains")
        case .identity, .generated, .null, .notNull, .default, .check:
            SQLError(.syntaxError, "this constraint is not possible for domains")
        }
    }

    /// Nil: DEFAULT NULL is none.
    private func defaultValue(
        _ syntax: SyntaxExpression?, _ domain: Domain
    ) throws(SQLError) -> StoredExpression? {
        guard let syntax else { return nil }
        let column = Column(name: "", type: domain.base)
        let expression = try withoutPosition { () throws(SQLError) in
            try analyzer().definitionExpression(
                syntax, for: .columnDefault(column), of: Domain.valueTable(of: domain.base))
        }
        if case .constant(let constant) = expression, constant.isNull { return nil }
        return stored(expression, of: Domain.valueTable(of: domain.base).value)
    }

    private func addDefaultDependencies(_ oid: OID, _ domain: Domain) throws(SQLError) {
        guard let stored = domain.defaultValue else { return }
        let expression = try analyzer().storedExpression(
            stored, of: Domain.valueTable(of: domain.base))
        for object in DefinitionExecutor.references(expression, nil) {
            catalog.addDependency(Dependency(.type(oid), on: object, .normal))
        }
    }

    // MARK: CHECK

    /// The predicate of the new constraint, over the value as column 0.
    @discardableResult
    private func add(
        _ definition: ConstraintDefinition, toDomain oid: OID
    ) throws(SQLError) -> Expression {
        guard let type = snapshot.userType(oid), var domain = type.value.domain,
            let syntax = definition.rawExpression
        else { throw SQLError(.internalError, "a check constraint of a domain") }
        var name = ""
        if let given = definition.name {
            if domain.checks.contains(where: { $0.name == given }) {
                throw SQLError(
                    .duplicateObject,
                    "constraint \"\(given)\" for domain \"\(type.name)\" already exists")
            }
            name = given
        } else {
            name = freeConstraintName(
                type.name, nil, "check", in: type.namespace,
                except: Set(domain.checks.map(\.name)))
        }
        let table = Domain.valueTable(of: domain.base)
        let expression = try withoutPosition { () throws(SQLError) in
            try analyzer().definitionExpression(syntax, for: .check, of: table)
        }
        let check = Domain.Check(
            oid: try catalog.newOID(), name: name,
            expression: stored(expression, of: table.value),
            isValidated: !definition.skipsValidation)
        domain.checks.append(check)
        var changed = type.value
        changed.kind = .domain(domain)
        catalog.put(changed)
        let address = ObjectAddress.constraint(check.oid)
        catalog.addDependency(Dependency(address, on: .type(oid), .automatic))
        for object in DefinitionExecutor.references(expression, table.value)
        where object.classID != SystemOID.relation || object.objectID.isValid {
            catalog.addDependency(Dependency(address, on: object, .normal))
        }
        return expression
    }

    // MARK: ALTER DOMAIN

    func alterDomain(_ statement: AlterDomainStatement) throws(SQLError) -> String {
        let oid = try lockedType(statement.names)
        guard let type = snapshot.userType(oid), var domain = type.value.domain else {
            throw SQLError(.wrongObjectType, "\(scope.name(of: SQLType(oid))) is not a domain")
        }
        try checkOwner(ofType: .user(type))
        func put() {
            var changed = type.value
            changed.kind = .domain(domain)
            catalog.put(changed)
        }
        switch statement.action {
        case .setDefault(let syntax):
            for dependency in snapshot.dependencies(of: .type(oid))
            where dependency.referenced.classID == SystemOID.relation {
                catalog.removeDependency(dependency)
            }
            domain.defaultValue = try defaultValue(syntax, domain)
            put()
            try addDefaultDependencies(oid, domain)
        case .dropNotNull:
            domain.isNotNull = false
            put()
        case .setNotNull:
            if domain.isNotNull { break }
            try forEachColumn(of: oid) { (table, column) throws(SQLError) in
                try reporting(table, column, .notNullViolation, "contains null values") {
                    () throws(SQLError) in
                    try host.validate(table, checks: [], notNull: [column])
                }
            }
            domain.isNotNull = true
            put()
        case .addConstraint(let definition): try addConstraint(definition, to: oid)
        case .dropConstraint(let name, let behavior, let ifExists):
            guard let check = domain.checks.first(where: { $0.name == name }) else {
                let message = "constraint \"\(name)\" of domain \"\(type.name)\" does not exist"
                if !ifExists { throw SQLError(.undefinedObject, message) }
                notice(.successfulCompletion, message + ", skipping")
                break
            }
            try remove([.constraint(check.oid)], behavior)
        case .validateConstraint(let name):
            guard let index = domain.checks.firstIndex(where: { $0.name == name }) else {
                throw SQLError(
                    .undefinedObject,
                    "constraint \"\(name)\" of domain \"\(type.name)\" does not exist")
            }
            if domain.checks[index].isValidated { break }
            let predicate = try analyzer().storedExpression(
                domain.checks[index].expression, of: Domain.valueTable(of: domain.base))
            try validate(predicate, of: oid)
            domain.checks[index].isValidated = true
            put()
        }
        return "ALTER DOMAIN"
    }

    private func addConstraint(
        _ definition: ConstraintDefinition, to oid: OID
    ) throws(SQLError) {
        guard definition.kind == .check else {
            throw DefinitionExecutor.impossible(definition.kind)
        }
        let predicate = try add(definition, toDomain: oid)
        if !definition.skipsValidation { try validate(predicate, of: oid) }
    }

    /// - Throws: 23514 where a column has a value that the predicate does not allow.
    private func validate(_ predicate: Expression, of oid: OID) throws(SQLError) {
        let base = TypeCatalog.base(SQLType(oid))
        try forEachColumn(of: oid) { (table, column) throws(SQLError) in
            let value = Expression.relabel(
                .variable(
                    Variable(relation: 0, column: column, type: table.columns[column].type)),
                type: base)
            let check = TableChecks.Check(
                name: "", predicate: DefinitionExecutor.replacing(predicate, by: value))
            try reporting(
                table, column, .checkViolation, "contains values that violate the new constraint"
            ) { () throws(SQLError) in
                try host.validate(table, checks: [check], notNull: [])
            }
        }
    }

    private static func replacing(_ predicate: Expression, by value: Expression) -> Expression {
        if case .variable = predicate { return value }
        return predicate.mapChildren { replacing($0, by: value) }
    }

    private func reporting(
        _ table: Shared<Relation>, _ column: Int, _ state: SQLState, _ what: String,
        _ body: () throws(SQLError) -> Void
    ) throws(SQLError) {
        do throws(SQLError) {
            try body()
        } catch {
            guard error.state == state else { throw error }
            let name = table.columns[column].name
            throw SQLError(state, "column \"\(name)\" of table \"\(table.name)\" \(what)").with {
                $0.schemaName = snapshot.namespace(table.namespace)?.name
                $0.tableName = table.name
                $0.columnName = name
            }
        }
    }

    /// The columns of the domain and of domains over it, in tables that are locked.
    /// - Throws: 0A000 for a column that has it inside of an array or row.
    private func forEachColumn(
        of domain: OID, _ body: (Shared<Relation>, Int) throws(SQLError) -> Void
    ) throws(SQLError) {
        let dependents = snapshot.dependents(on: .type(domain)).map(\.dependent)
            .sorted { ($0.classID, $0.objectID, $0.subID) < ($1.classID, $1.objectID, $1.subID) }
        for object in dependents {
            if object.classID == SystemOID.relation, object.subID > 0 {
                let table = try lockedRelation(object.objectID, .share)
                let column = Int(object.subID) - 1
                guard table.columns.indices.contains(column), !table.columns[column].isDropped
                else { continue }
                if table.kind == .table { try body(table, column) }
                if table.kind == .compositeType { try refuseUse(of: table.rowType, in: domain) }
            } else if object.classID == SystemOID.type, object.objectID != domain {
                if snapshot.userType(object.objectID)?.domain != nil {
                    try forEachColumn(of: object.objectID, body)
                } else {
                    try refuseUse(of: object.objectID, in: domain)
                }
            }
        }
    }

    /// - Throws: 0A000 `cannot alter type "d" because column "t.a" uses it`.
    func refuseUse(of container: OID, in type: OID) throws(SQLError) {
        for dependency in snapshot.dependents(on: .type(container)) {
            let object = dependency.dependent
            if object.classID == SystemOID.type, object.objectID != container {
                try refuseUse(of: object.objectID, in: type)
            }
            guard object.classID == SystemOID.relation, object.subID > 0,
                let table = snapshot.relation(object.objectID)
            else { continue }
            if table.kind == .compositeType {
                try refuseUse(of: table.rowType, in: type)
                continue
            }
            let column = table.columns[Int(object.subID) - 1].name
            throw SQLError(
                .featureNotSupported,
                "cannot alter type \"\(snapshot.type(type)?.name ?? "")\" because column \"\(table.name).\(column)\" uses it"
            )
        }
    }

    func renameDomainConstraint(_ statement: RenameStatement) throws(SQLError) -> String {
        let oid = try lockedType(DefinitionExecutor.typeNames(statement.object))
        guard let type = snapshot.userType(oid), var domain = type.value.domain else {
            throw SQLError(.wrongObjectType, "\(scope.name(of: SQLType(oid))) is not a domain")
        }
        try checkOwner(ofType: .user(type))
        let old = statement.subname ?? ""
        guard let index = domain.checks.firstIndex(where: { $0.name == old }) else {
            throw undefinedConstraint(old, ofDomain: oid)
        }
        if domain.checks.contains(where: { $0.name == statement.newName }) {
            throw SQLError(
                .duplicateObject,
                "constraint \"\(statement.newName)\" for domain \(type.name) already exists")
        }
        domain.checks[index].name = statement.newName
        var changed = type.value
        changed.kind = .domain(domain)
        catalog.put(changed)
        return "ALTER DOMAIN"
    }

    private func undefinedConstraint(_ name: String, ofDomain oid: OID) -> SQLError {
        SQLError(
            .undefinedObject,
            "constraint \"\(name)\" for domain \(scope.name(of: SQLType(oid))) does not exist")
    }

    func commentOnDomainConstraint(_ statement: CommentStatement) throws(SQLError) {
        guard case .parts(let parts) = statement.object, parts.count == 2,
            let name = parts[1].names.last
        else { throw SQLError.notSupported("this COMMENT") }
        let oid = try lockedType(DefinitionExecutor.typeNames(parts[0]))
        guard let type = snapshot.userType(oid), let domain = type.value.domain else {
            throw SQLError(.wrongObjectType, "\(scope.name(of: SQLType(oid))) is not a domain")
        }
        try checkOwner(ofType: .user(type))
        guard let check = domain.checks.first(where: { $0.name == name }) else {
            throw undefinedConstraint(name, ofDomain: oid)
        }
        catalog.setComment(on: .constraint(check.oid), statement.comment)
    }

    /// Takes a check out of its domain.
    func removeDomainCheck(_ oid: OID, together: Set<ObjectAddress>) -> Bool {
        guard let (type, check) = snapshot.domainCheck(oid) else { return false }
        if !together.contains(.type(type.oid)), var domain = type.value.domain {
            domain.checks.removeAll { $0.oid == check.oid }
            var changed = type.value
            changed.kind = .domain(domain)
            catalog.put(changed)
        }
        return true
    }
}
