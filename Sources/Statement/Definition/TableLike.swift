internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Query
internal import Sequences
internal import Types

/// CREATE TABLE (LIKE …): columns of another relation, and of what belongs to it the parts that
/// INCLUDING names.
extension DefinitionExecutor {
    func likeSource(_ clause: TableLikeClause) throws(SQLError) -> Shared<Relation> {
        let source: Shared<Relation>
        do throws(SQLError) {
            source = try lockedRelation(clause.relation, .accessShare)
        } catch {
            throw error.at(position: position(clause.relation.location))
        }
        switch source.kind {
        case .table, .partitionedTable, .view, .materializedView, .compositeType: return source
        case .index, .partitionedIndex, .sequence:
            throw failure(
                .wrongObjectType, "relation \"\(source.name)\" is invalid in LIKE clause",
                at: clause.relation.location
            ).detail(unsupportedKindDetail(source.kind))
        }
    }

    func columns(
        like source: Shared<Relation>, _ options: TableLikeClause.Options
    ) -> [ColumnPlan] {
        source.columns.enumerated().compactMap { index, column in
            if column.isDropped { return nil }
            var plan = ColumnPlan(
                column: Column(
                    name: column.name, type: column.type, isNotNull: column.isNotNull))
            plan.column.dimensions = column.dimensions
            if options.contains(column.isGenerated ? .generated : .defaults) {
                plan.copiedExpression = column.defaultValue
                plan.column.isGenerated = column.isGenerated
            }
            if let identity = column.identity, options.contains(.identity),
                let sequence = snapshot.ownedSequence(
                    of: source.oid, columnNumber: index + 1, internalOnly: true
                ).flatMap({ snapshot.relation($0)?.sequence })
            {
                plan.column.identity = identity
                plan.generator = ColumnPlan.Generator(
                    identity: identity,
                    options: [
                        ("start", sequence.start), ("increment", sequence.increment),
                        ("minvalue", sequence.minimum), ("maxvalue", sequence.maximum),
                        ("cache", sequence.cache),
                    ].map { DefinitionElement(name: $0, value: .float(String($1))) }
                        + [DefinitionElement(name: "cycle", value: .boolean(sequence.cycle))],
                    type: .int8)
            }
            return plan
        }
    }

    /// The checks of a table, as if they were written for the new one.
    func checks(of source: Relation) throws(SQLError) -> [ConstraintDefinition] {
        var found: [ConstraintDefinition] = []
        for constraint in source.constraints {
            guard case .check(let stored) = constraint.kind else { continue }
            var definition = ConstraintDefinition(kind: .check)
            definition.name = constraint.name
            definition.rawExpression = try analyzer().syntax(of: stored)
            found.append(definition)
        }
        return found
    }

    /// Indexes, keys and comments: what needs the new table to be there.
    func copyParts(
        of source: Shared<Relation>, _ options: TableLikeClause.Options,
        to relation: inout Relation
    ) throws(SQLError) {
        if options.contains(.indexes) {
            for oid in source.indexes.sorted() {
                try copyIndex(oid, of: source, options, to: &relation)
            }
        }
        guard options.contains(.comments) else { return }
        for (index, column) in source.columns.enumerated() where !column.isDropped {
            guard let target = relation.columnIndex(named: column.name) else { continue }
            copyComment(
                .column(index, of: source.oid), to: .column(target, of: relation.oid))
        }
        guard options.contains(.constraints) else { return }
        for constraint in source.constraints where constraint.kind.code == "c" {
            guard let copy = relation.constraints.first(where: { $0.name == constraint.name })
            else { continue }
            copyComment(.constraint(constraint.oid), to: .constraint(copy.oid))
        }
    }

    private func copyComment(_ source: ObjectAddress, to target: ObjectAddress) {
        if let text = snapshot.comment(on: source) { catalog.setComment(on: target, text) }
    }

    private func copyIndex(
        _ oid: OID, of source: Shared<Relation>, _ options: TableLikeClause.Options,
        to relation: inout Relation
    ) throws(SQLError) {
        guard let index = snapshot.relation(oid), let definition = index.index else { return }
        let wanted = mapped(definition, of: source.value, to: relation)
        let constraint = source.constraints.first { $0.oid == definition.constraint }
        let made = try copy(index, as: wanted, constraint, to: &relation, isNew: true)
        guard options.contains(.comments), let made else { return }
        copyComment(.relation(oid), to: .relation(made))
    }
}
