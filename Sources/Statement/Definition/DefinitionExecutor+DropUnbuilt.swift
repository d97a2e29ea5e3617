internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Types

/// DROP of kinds of objects that users cannot make here: there is nothing to drop but what is built
/// in. IF EXISTS says so; without, that is the error.
extension DefinitionExecutor {
    func dropUnbuilt(_ statement: DropStatement) throws(SQLError) -> String {
        let words = DefinitionExecutor.words(statement.objectType)
        for object in statement.objects {
            switch (statement.objectType, object) {
            case (.trigger, .name(let names)), (.rule, .name(let names)),
                (.policy, .name(let names)):
                try dropPart(names, statement)
            case (.function, .routine(let routine)), (.procedure, .routine(let routine)),
                (.routine, .routine(let routine)), (.aggregate, .routine(let routine)):
                try dropRoutine(routine, statement)
            case (.foreignTable, .name(let names)):
                if try isTable(names) {
                    throw SQLError(
                        .wrongObjectType, "\"\(names.last ?? "")\" is not a foreign table"
                    ).hint("Use DROP TABLE to remove a table.")
                }
                try dropNamed(names, words, statement)
            case (.extension, .name(let names)), (.publication, .name(let names)),
                (.collation, .name(let names)), (.extendedStatistics, .name(let names)),
                (.language, .name(let names)),
                (.foreignServer, .name(let names)), (.foreignDataWrapper, .name(let names)),
                (.accessMethod, .name(let names)), (.eventTrigger, .name(let names)),
                (.conversion, .name(let names)), (.textSearchConfiguration, .name(let names)),
                (.textSearchDictionary, .name(let names)), (.textSearchParser, .name(let names)),
                (.textSearchTemplate, .name(let names)):
                try dropNamed(names, words, statement)
            default: throw SQLError.notSupported("DROP \(words.uppercased())")
            }
        }
        return "DROP \(DefinitionExecutor.tagWords(statement.objectType, words).uppercased())"
    }

    /// The kind in a command tag, where it differs from the words of messages.
    private static func tagWords(_ type: ObjectType, _ words: String) -> String {
        switch type {
        case .extendedStatistics: "statistics"
        case .foreignDataWrapper: "foreign data wrapper"
        default: words
        }
    }

    /// DROP TABLESPACE and DROP SUBSCRIPTION.
    func dropUnbuilt(
        _ type: ObjectType, _ name: String, ifExists: Bool
    ) throws(SQLError) -> String {
        let words = DefinitionExecutor.words(type)
        let isBuiltIn = type == .tablespace && ["pg_default", "pg_global"].contains(name)
        if isBuiltIn {
            throw SQLError(
                .dependentObjectsStillExist,
                "cannot drop tablespace \(name) because it is required by the database system")
        }
        try missing("\(words) \"\(name)\" does not exist", ifExists)
        return "DROP \(words.uppercased())"
    }

    private func isTable(_ names: [String]) throws(SQLError) -> Bool {
        let schema = names.count > 1 ? names[names.count - 2] : nil
        let found = try scope.findRelation(catalog: nil, schema: schema, name: names.last ?? "")
        return found?.kind == .table
    }

    /// What is built in stays.
    private static let builtIn: [ObjectType: Set<String>] = [
        .language: ["internal", "c", "sql"], .extension: [BuiltinExtension.name], .collation: ["default", "C", "POSIX", "ucs_basic"],
        .accessMethod: Set(["heap"] + AccessMethod.allCases.map(\.name)),
    ]

    private func dropNamed(
        _ names: [String], _ words: String, _ statement: DropStatement
    ) throws(SQLError) {
        let name = names.joined(separator: ".")
        if DefinitionExecutor.builtIn[statement.objectType]?.contains(names.last ?? "") == true {
            throw SQLError(
                .dependentObjectsStillExist,
                "cannot drop \(words) \(names.last ?? "") because it is required by the database system")
        }
        if names.count > 1, snapshot.namespace(named: names[names.count - 2]) == nil {
            try missing("schema \"\(names[names.count - 2])\" does not exist", statement.ifExists)
            return
        }
        let place =
            statement.objectType == .collation && !statement.ifExists
            ? " for encoding \"UTF8\"" : ""
        try missing("\(words) \"\(name)\"\(place) does not exist", statement.ifExists)
    }

    private func missing(
        _ message: String, _ ifExists: Bool, _ state: SQLState = .undefinedObject
    ) throws(SQLError) {
        if !ifExists { throw SQLError(state, message) }
        notice(.successfulCompletion, message + ", skipping")
    }

    /// A trigger, rule or policy, whose last name is its own.
    private func dropPart(_ names: [String], _ statement: DropStatement) throws(SQLError) {
        let words = DefinitionExecutor.words(statement.objectType)
        let table = names.dropLast()
        let schema = table.count > 1 ? table[table.count - 2] : nil
        let relation = table.last ?? ""
        if let schema, snapshot.namespace(named: schema) == nil {
            return try missing(
                "schema \"\(schema)\" does not exist", statement.ifExists, .undefinedSchema)
        }
        guard try scope.findRelation(catalog: nil, schema: schema, name: relation) != nil else {
            let shown = table.joined(separator: ".")
            return try missing(
                "relation \"\(shown)\" does not exist", statement.ifExists, .undefinedTable)
        }
        let noun = statement.ifExists || statement.objectType == .rule ? "relation" : "table"
        try missing(
            "\(words) \"\(names.last ?? "")\" for \(noun) \"\(relation)\" does not exist",
            statement.ifExists)
    }

    private func dropRoutine(
        _ reference: RoutineReference, _ statement: DropStatement
    ) throws(SQLError) {
        if reference.name.count > 1, statement.ifExists {
            let schema = reference.name[reference.name.count - 2]
            if snapshot.namespace(named: schema) == nil {
                return try missing("schema \"\(schema)\" does not exist", true)
            }
        }
        let found: SystemFunction
        do throws(SQLError) {
            found = try routine(reference, statement.objectType)
        } catch {
            guard statement.ifExists else {
                if statement.objectType != .aggregate { throw error }
                throw error.with { $0.message.replace("function ", with: "aggregate ", maxReplacements: 1) }
            }
            if error.state == .undefinedFunction {
                let types = reference.argumentTypes.map { type in
                    guard let type else { return "none" }
                    return type.names.joined(separator: ".")
                        + String(repeating: "[]", count: type.arrayBounds.count)
                }
                let words = DefinitionExecutor.words(statement.objectType)
                return try missing(
                    "\(words) \(reference.name.joined(separator: "."))(\(types.joined(separator: ","))) does not exist",
                    true)
            }
            if error.state == .undefinedObject { return try missing(error.message, true) }
            throw error
        }
        let types = found.inputTypes.map { scope.name(of: SQLType($0)) }.joined(separator: ",")
        throw SQLError(
            .dependentObjectsStillExist,
            "cannot drop function \(found.name)(\(types)) because it is required by the database system"
        )
    }
}
