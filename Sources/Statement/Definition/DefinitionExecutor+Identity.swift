internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Types

/// ADD, SET and DROP IDENTITY of a column.
extension DefinitionExecutor {
    func addIdentity(
        _ definition: ConstraintDefinition, to name: String, in relation: Shared<Relation>
    ) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        let old = relation.columns[column]
        let identity: Identity = definition.generatedWhen == .always ? .always : .byDefault
        var plan = ColumnPlan(column: old)
        plan.column.identity = identity
        var generator = ColumnPlan.Generator(identity: identity, options: [])
        for option in definition.options {
            if option.name == "sequence_name", case .names(let names) = option.value {
                generator.sequenceName = names
            } else {
                generator.options.append(option)
            }
        }
        plan.generator = generator
        try nameGenerator(of: &plan, table: relation.name, in: relation.namespace)
        let sequence = try makeGenerator(
            for: &plan, in: relation.namespace, relation.persistence, owner: relation.owner)
        let whose = "column \"\(name)\" of relation \"\(relation.name)\""
        if !old.isNotNull {
            throw SQLError(
                .objectNotInPrerequisiteState,
                "\(whose) must be declared NOT NULL before identity can be added")
        }
        if old.identity != nil {
            throw SQLError(
                .objectNotInPrerequisiteState, "\(whose) is already an identity column")
        }
        if old.defaultValue != nil {
            throw SQLError(
                .objectNotInPrerequisiteState, "\(whose) already has a default value")
        }
        var changed = relation.value
        changed.columns[column].identity = identity
        catalog.put(changed)
        if let sequence { own(sequence, column: column, of: relation.oid, isIdentity: true) }
    }

    func setIdentity(
        _ options: [DefinitionElement], of name: String, in relation: Shared<Relation>
    ) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        guard relation.columns[column].identity != nil else {
            throw notIdentity(name, relation.value)
        }
        var changed = relation.value
        var sequenceOptions: [DefinitionElement] = []
        var hasGenerated = false
        for option in options {
            guard option.name == "generated" else {
                sequenceOptions.append(option)
                continue
            }
            if hasGenerated {
                throw failure(
                    .syntaxError, "conflicting or redundant options", at: option.location)
            }
            hasGenerated = true
            changed.columns[column].identity = option.value.isAlways ? .always : .byDefault
        }
        catalog.put(changed)
        guard !sequenceOptions.isEmpty,
            let oid = snapshot.ownedSequence(
                of: relation.oid, columnNumber: column + 1, internalOnly: true)
        else { return }
        let sequence = try lockedRelation(oid, .shareRowExclusive)
        try alter(sequence: sequence.value, options: sequenceOptions, isIdentity: true)
    }

    func dropIdentity(
        of name: String, ifExists: Bool, in relation: Shared<Relation>
    ) throws(SQLError) {
        let column = try columnIndex(name, of: relation.value)
        guard relation.columns[column].identity != nil else {
            if !ifExists { throw notIdentity(name, relation.value) }
            notice(.successfulCompletion, notIdentity(name, relation.value).message + ", skipping")
            return
        }
        let sequence = snapshot.ownedSequence(
            of: relation.oid, columnNumber: column + 1, internalOnly: true)
        var changed = relation.value
        changed.columns[column].identity = nil
        catalog.put(changed)
        guard let sequence else { return }
        catalog.removeDependencies(of: .relation(sequence), kind: .internal)
        try remove([.relation(sequence)], .restrict)
    }

    func notIdentity(_ name: String, _ relation: Relation) -> SQLError {
        SQLError(
            .objectNotInPrerequisiteState,
            "column \"\(name)\" of relation \"\(relation.name)\" is not an identity column")
    }
}

extension DefinitionElement.Value {
    /// The value of SET GENERATED: 'a' or 'd', by its code.
    fileprivate var isAlways: Bool {
        switch self {
        case .integer(let code): code == 97
        case .string(let text): text == "a"
        default: false
        }
    }
}
