internal import Base
internal import Catalog
internal import Functions
internal import Types

/// What the text forms of values ask of the session: names in the catalog, formats in the settings.
extension SessionState {
    func connectTypes() {
        functions.types.relationName = { [unowned self] oid in
            guard let relation = catalog.snapshot.relation(oid) else { return nil }
            return scope.displayName(of: relation.value)
        }
        functions.types.relationNamed = { [unowned self] text throws(SQLError) in
            try self.relation(named: text).oid
        }
        functions.types.typeNamed = { text throws(SQLError) in
            try SessionState.builtInType(named: text)
        }
        functions.types.typeName = { [unowned self] oid in
            let scope = scope
            return scope.snapshot.type(oid) == nil ? nil : scope.name(of: SQLType(oid))
        }
        functions.types.enumLabels = { [unowned self] oid in
            catalog.snapshot.userType(oid)?.value.labels
        }
        functions.types.checkEnumLabel = { [unowned self] label, type throws(SQLError) in
            guard unusableLabels.contains(label.oid) else { return }
            throw SQLError(
                .unsafeNewEnumValueUsage,
                "unsafe use of new value \"\(label.name)\" of enum type \(scope.name(of: SQLType(type)))"
            ).hint("New enum values must be committed before they can be used.")
        }
        functions.types.recordShape = { [unowned self] oid in
            catalog.snapshot.relation(ofRowType: oid)?.value.shape
        }
        functions.types.checkDomain = { [unowned self] value, domain throws(SQLError) in
            try domainChecker(domain).check(value)
        }
        functions.types.namespaceName = { [unowned self] oid in
            catalog.snapshot.namespace(oid).map { Identifier.quote($0.name) }
        }
        functions.types.namespaceNamed = { [unowned self] text throws(SQLError) in
            let name = try QualifiedName.split(text).last ?? text
            guard let found = catalog.snapshot.namespace(named: name) else {
                throw CatalogScope.undefinedSchema(name)
            }
            return found.oid
        }
        functions.types.roleName = { [unowned self] oid in
            catalog.snapshot.role(oid).map { Identifier.quote($0.name) }
        }
        functions.types.roleNamed = { [unowned self] text throws(SQLError) in
            let name = try QualifiedName.split(text).last ?? text
            guard let found = catalog.snapshot.role(named: name) else {
                throw SQLError(.undefinedObject, "role \"\(name)\" does not exist")
            }
            return found.oid
        }
        functions.types.routineName = { RoutineNames.name($0, type: $1) }
        functions.types.routineNamed = { [unowned self] text, type throws(SQLError) in
            let routines = RoutineNames { name throws(SQLError) in
                try SessionState.builtInType(named: name)
            }
            return try routines.oid(text, type: type, scope)
        }
        refreshTypeSettings()
    }

    /// The relation that a name in a string means, as regclass reads it.
    func relation(named text: String) throws(SQLError) -> Shared<Relation> {
        let parts = try QualifiedName.split(text)
        switch parts.count {
        case 1: return try scope.resolveRelation(catalog: nil, schema: nil, name: parts[0])
        case 2:
            // Unlike in FROM, a missing schema is told apart.
            _ = try scope.resolveNamespace(parts[0])
            return try scope.resolveRelation(catalog: nil, schema: parts[0], name: parts[1])
        case 3:
            return try scope.resolveRelation(
                catalog: parts[0], schema: parts[1], name: parts[2])
        default:
            throw SQLError(
                .syntaxError,
                "improper relation name (too many dotted names): \(text)")
        }
    }

    private static func builtInType(named text: String) throws(SQLError) -> OID {
        let name = text.hasPrefix("pg_catalog.") ? String(text.dropFirst(11)) : text
        if let info = TypeCatalog.named(name) { return info.oid }
        let lower = name.lowercased()
        if let info = TypeCatalog.all.first(where: { $0.sqlName == lower || $0.name == lower }) {
            return info.oid
        }
        let aliases = ["int": "int4", "decimal": "numeric", "float": "float8"]
        if let alias = aliases[lower], let info = TypeCatalog.named(alias) { return info.oid }
        throw SQLError(.undefinedObject, "type \"\(text)\" does not exist")
    }

    /// Takes over the settings that text forms depend on, where they changed.
    public func refreshTypeSettings() {
        if seenSettingsGeneration == settings.generation { return }
        seenSettingsGeneration = settings.generation
        let typed = settings.typed
        functions.types.extraFloatDigits = typed.extraFloatDigits
        functions.types.byteaOutput = typed.byteaOutput == "escape" ? .escape : .hex
        let style = typed.dateStyle.lowercased()
        functions.types.dateStyle =
            style.contains("german")
            ? .german : style.contains("sql") ? .sql : style.contains("postgres") ? .postgres : .iso
        functions.types.dateOrder =
            style.contains("dmy") ? .dayFirst : style.contains("ymd") ? .yearFirst : .monthFirst
        functions.types.intervalStyle =
            switch typed.intervalStyle {
            case "postgres_verbose": .verbose
            case "sql_standard": .standard
            case "iso_8601": .iso
            default: .postgres
            }
        if let zone = TimeZone.named(typed.timeZone) { functions.types.timeZone = zone }
    }
}

/// Names as they are written in strings: `schema."Relation"`.
enum QualifiedName {
    /// The parts, folded to lower case where they are not quoted.
    /// - Throws: 42602 `invalid name syntax`.
    static func split(_ text: String) throws(SQLError) -> [String] {
        let invalid = SQLError(.invalidName, "invalid name syntax")
        var parts: [String] = []
        var rest = Array(text.unicodeScalars)[...]
        func skipSpaces() {
            while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        }
        while true {
            skipSpaces()
            var part = ""
            if rest.first == "\"" {
                rest.removeFirst()
                while true {
                    guard let next = rest.popFirst() else { throw invalid }
                    if next == "\"" {
                        guard rest.first == "\"" else { break }
                        rest.removeFirst()
                    }
                    part.unicodeScalars.append(next)
                }
                if part.isEmpty { throw invalid }
            } else {
                while let next = rest.first, next != ".", next != "\"",
                    !next.properties.isWhitespace
                {
                    part.unicodeScalars.append(next)
                    rest.removeFirst()
                }
                if part.isEmpty || part.utf8.first.map({ (48...57).contains($0) }) == true {
                    throw invalid
                }
                part = String(
                    decoding: part.utf8.map { (65...90).contains($0) ? $0 | 0x20 : $0 },
                    as: UTF8.self)
            }
            parts.append(Identifier.clipped(part))
            skipSpaces()
            if rest.isEmpty { return parts }
            guard rest.removeFirst() == "." else { throw invalid }
        }
    }
}
