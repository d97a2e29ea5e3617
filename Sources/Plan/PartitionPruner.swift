internal import Base
internal import Catalog
internal import Query
internal import Types

/// Which partitions of one table the conditions of a query can leave out: by constants now, by
/// parameters when the scan starts.
struct PartitionPruner {
    private let map: PartitionMap
    /// For each key the table's column; nil for expressions, which no condition is matched with.
    private let keyColumns: [Int?]
    private let relation: Int
    private let table: Shared<Relation>
    private let source: PlannerSource

    init(
        relation: Int, table: Shared<Relation>, map: PartitionMap, source: PlannerSource
    ) {
        self.relation = relation
        self.table = table
        self.map = map
        self.source = source
        keyColumns = table.partitioning?.keys.map(\.column) ?? []
    }

    /// One flag for each child of the map.
    func candidates(_ conjuncts: [Conjunct]) -> [Bool] {
        var result = candidates(joint: conjuncts)
        for conjunct in conjuncts where !conjunct.isVolatile {
            guard let some = candidates(of: conjunct.expression) else { continue }
            for index in result.indices where !some[index] { result[index] = false }
        }
        return result
    }

    /// By constants that several conjuncts together compare the keys with.
    private func candidates(joint conjuncts: [Conjunct]) -> [Bool] {
        let arena = Arena()
        let clauses = AccessChooser.clauses(
            of: conjuncts, relation: relation, table: table.value)
        var conditions = keyColumns.map { _ in PartitionMap.KeyCondition() }
        for (key, column) in keyColumns.enumerated() {
            guard let column else { continue }
            for clause in clauses where clause.column == column {
                guard case .constant(let constant) = clause.value else { continue }
                let value = PartitionPruner.datum(constant, arena)
                if value.isNull { return map.partitions.map { _ in false } }
                PartitionPruner.add(value, clause.strategy, to: &conditions[key])
            }
            for conjunct in conjuncts {
                if isNullTest(conjunct.expression, of: column) { conditions[key].equal = .null }
            }
        }
        return withExtendedLifetime(arena) { map.candidates(conditions) }
    }

    private static func add(
        _ value: Datum, _ strategy: Comparison.Strategy,
        to condition: inout PartitionMap.KeyCondition
    ) {
        switch strategy {
        case .equal: condition.equal = condition.equal ?? value
        case .greater, .greaterOrEqual:
            condition.lower = condition.lower ?? (value, strategy == .greaterOrEqual)
        case .less, .lessOrEqual:
            condition.upper = condition.upper ?? (value, strategy == .lessOrEqual)
        }
    }

    /// AND, OR and IN by themselves; nil: nothing is known.
    private func candidates(of expression: Expression) -> [Bool]? {
        switch expression {
        case .and(let terms):
            return candidates(terms.map(conjunct))
        case .or(let terms):
            var result = map.partitions.map { _ in false }
            for term in terms {
                let some = candidates([conjunct(term)])
                for index in result.indices where some[index] { result[index] = true }
            }
            return result
        case .inList(let left, let elements, let function, false) where elements.count > 1:
            return candidates(
                of: .or(
                    elements.map {
                        .call(function: function, arguments: [left, $0], type: expression.type)
                    }))
        case .not(.isNull(let value, let negated)):
            return candidates(of: .isNull(value, negated: !negated))
        default: return nil
        }
    }

    private func conjunct(_ expression: Expression) -> Conjunct {
        Conjunct(
            expression: expression, relations: expression.relations,
            isVolatile: source.isVolatile(expression))
    }

    private func isNullTest(_ expression: Expression, of column: Int) -> Bool {
        guard case .isNull(let value, negated: false) = expression,
            case .variable(let variable) = value.withoutRelabels
        else { return false }
        return variable.levelsUp == 0 && variable.relation == relation
            && variable.column == column
    }

    /// Conditions whose values are known when the scan starts: parameters of the statement, and
    /// values of the queries and join sides around it. Nil: there are none.
    func startConditions(_ conjuncts: [Conjunct]) -> [AccessPath]? {
        let clauses = AccessChooser.clauses(
            of: conjuncts, relation: relation, table: table.value)
        var hasValues = false
        var result: [AccessPath] = []
        for column in keyColumns {
            var path = AccessPath(rows: 0, cost: 0)
            for clause in clauses
            where clause.column == column && clause.valueRelations.isEmpty {
                switch clause.strategy {
                case .equal: if path.equal.isEmpty { path.equal = [clause] }
                case .greater, .greaterOrEqual: path.lower = path.lower ?? clause
                case .less, .lessOrEqual: path.upper = path.upper ?? clause
                }
                if case .constant = clause.value {} else { hasValues = true }
            }
            result.append(path)
        }
        return hasValues ? result : nil
    }

    private static func datum(_ constant: Constant, _ arena: Arena) -> Datum {
        switch constant.value {
        case .null: .null
        case .word(let value): Datum(word: value)
        case .bytes(let bytes): Datum(view: ByteView(copying: bytes, into: arena))
        }
    }
}
