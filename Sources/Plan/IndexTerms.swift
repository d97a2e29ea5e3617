internal import Base
internal import Catalog
internal import Query
internal import Types

/// What an index computes, of a table that a query reads: over the query's entry for it.
struct IndexTerms {
    /// By key; empty: all keys are columns.
    var keys: [Expression] = []
    /// The conjuncts of a partial index's predicate.
    var predicate: [Expression] = []
    /// The query's conjuncts that the predicate says: they need no test.
    var implied: [Int] = []
}

extension IndexDefinition {
    /// True if what it computes has to be known to use it.
    var isComputed: Bool { predicate != nil || keys.contains { $0.column == nil } }
}

extension AccessChooser {
    /// What a partial index, or one over expressions, computes; nil: it lacks rows that the query may
    /// need. It has all of them where each condition of its predicate is one of the query's too.
    func terms(of index: Shared<Relation>) -> IndexTerms? {
        guard let stored = source.indexTerms(index, table) else { return nil }
        let folder = ConstantFolder(source)
        func own(_ expression: Expression) -> Expression {
            let placed = expression.mapVariables { variable, depth in
                var variable = variable
                if variable.levelsUp == depth { variable.relation = relation }
                return .variable(variable)
            }
            return folder.fold(placed)
        }
        var terms = IndexTerms(keys: stored.keys.map(own))
        for condition in stored.predicate.map(own)?.conjuncts ?? [] {
            terms.predicate.append(condition)
            if let said = conjuncts.firstIndex(where: { $0.expression.isSame(as: condition) }) {
                terms.implied.append(said)
            } else if !isImplied(condition) {
                return nil
            }
        }
        return terms
    }

    /// True if a column cannot be null because it is compared with something.
    private func isImplied(_ condition: Expression) -> Bool {
        guard case .isNull(let operand, negated: true) = condition,
            case .variable(let variable) = operand.withoutRelabels,
            // A row of nulls is one that can be compared.
            !TypeCatalog.isComposite(TypeCatalog.base(variable.type.oid))
        else { return false }
        return clauses.contains { $0.column == variable.column && $0.valueRelations.isEmpty }
    }
}
