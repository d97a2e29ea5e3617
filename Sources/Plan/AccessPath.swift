internal import Base
internal import Catalog
internal import Functions
internal import Query
internal import Types

/// A condition `column OP value` on one table that a key can serve.
struct KeyClause {
    /// Nil: it compares an expression.
    var column: Int?
    var strategy: Comparison.Strategy
    var value: Expression
    /// Entries of the query that the value needs.
    var valueRelations: RelationSet
    /// Which conjunct it is.
    var conjunct: Int
}

/// A way to read a table.
struct AccessPath {
    /// Nil: the rows in key order.
    var index: Shared<Relation>?
    var keys: [IndexKey] = []
    var equal: [KeyClause] = []
    /// In value order.
    var lower: KeyClause?
    var upper: KeyClause?
    /// Conjuncts that a partial index's predicate says.
    var implied: [Int] = []
    var isReverse = false
    /// The whole key of a unique index is given: one row at most.
    var isUniqueMatch = false
    var isOrdered = false
    var rows: Double
    var cost: Double

    /// How many integers are between constant bounds.
    var width: Double? {
        guard case .constant(let low) = lower?.value, case .word(let first) = low.value,
            case .constant(let high) = upper?.value, case .word(let last) = high.value
        else { return nil }
        return max(Double(last) - Double(first) + 1, 1)
    }

    var usesOuter: Bool {
        !equal.allSatisfy(\.valueRelations.isEmpty)
            || !(lower?.valueRelations.isEmpty ?? true) || !(upper?.valueRelations.isEmpty ?? true)
    }
}

/// An order in which rows of one table are wanted.
struct WantedOrder {
    var columns: [(column: Int, descending: Bool, nullsFirst: Bool)]
    /// The rows that are read in that order, if known.
    var limit: Double?
}

/// The keys of a table and what the planner knows of its conjuncts.
struct AccessChooser {
    let relation: Int
    let table: Shared<Relation>
    let source: PlannerSource
    let conjuncts: [Conjunct]
    let clauses: [KeyClause]
    let tableRows: Double
    private let estimates: Selectivity

    init(
        relation: Int, table: Shared<Relation>, source: PlannerSource, conjuncts: [Conjunct],
        _ estimates: Selectivity
    ) {
        self.relation = relation
        self.table = table
        self.source = source
        self.conjuncts = conjuncts
        self.estimates = estimates
        // A plan for a table that was not analyzed outlives the moment at which it is small.
        let isKnown = source.statistics(table)?.value.isExplicit ?? false
        tableRows = max(source.rowCount(table), isKnown ? 1 : Cost.tableRowsMin)
        clauses = AccessChooser.clauses(of: conjuncts, relation: relation, table: table.value)
    }

    /// The comparisons of the table's columns with values among `conjuncts`.
    static func clauses(
        of conjuncts: [Conjunct], relation: Int, table: Relation
    ) -> [KeyClause] {
        clauses(of: conjuncts, relation: relation) { side in
            guard case .variable(let variable) = side.withoutRelabels, variable.levelsUp == 0,
                variable.relation == relation, variable.column < table.columns.count
            else { return nil }
            let type = table.columns[variable.column].type.oid
            return (variable.column, TypeCatalog.base(type))
        }
    }

    /// The comparisons with values of what an index computes.
    func clauses(of key: Expression) -> [KeyClause] {
        AccessChooser.clauses(of: conjuncts, relation: relation) { side in
            side.isSame(as: key) ? (nil, TypeCatalog.base(key.type.oid)) : nil
        }
    }

    /// Which key a side of a comparison is, if it is one: its column, and its type.
    private typealias KeyMatch = (Expression) -> (column: Int?, type: OID)?

    private static func clauses(
        of conjuncts: [Conjunct], relation: Int, _ key: KeyMatch
    ) -> [KeyClause] {
        var clauses: [KeyClause] = []
        for (index, conjunct) in conjuncts.enumerated() where !conjunct.isVolatile {
            appendClauses(
                of: conjunct.expression, index: index, relation: relation, key, to: &clauses)
        }
        return clauses
    }

    /// The cheapest path whose values need only entries of `available`.
    func choose(available: RelationSet, order: WantedOrder?) -> AccessPath {
        var best = scanAll(order: nil)
        func consider(_ path: AccessPath) {
            if effectiveCost(path, order) < effectiveCost(best, order) { best = path }
        }
        if let primaryKey = table.value.primaryKey, let index = source.relation(primaryKey),
            let definition = index.value.index, definition.isRowKey
        {
            if let path = match(
                keys: definition.keys, isUnique: true, index: nil, available: available,
                order: order)
            {
                consider(path)
                if path.isUniqueMatch { return best }
            }
        }
        for oid in table.value.indexes {
            guard let index = source.relation(oid), let definition = index.value.index,
                !definition.isRowKey, definition.method.keepsEntries
            else { continue }
            var terms = IndexTerms()
            if definition.isComputed {
                guard let known = self.terms(of: index) else { continue }
                terms = known
            }
            guard
                let path = match(
                    keys: definition.keys, terms, isUnique: definition.isAlwaysUnique, index: index,
                    available: available, order: definition.method == .hash ? nil : order)
            else { continue }
            // A hash of the key finds equal ones.
            if definition.method == .hash, path.equal.count < definition.keys.count { continue }
            consider(path)
        }
        return best
    }

    private func effectiveCost(_ path: AccessPath, _ order: WantedOrder?) -> Double {
        guard let order else { return path.cost }
        let rest = selectivity(without: path)
        let rows = path.rows * rest
        guard path.isOrdered else { return path.cost + Cost.sort(rows: rows) }
        guard let limit = order.limit, rows > limit, rows > 0 else { return path.cost }
        // The rows that meet other conditions may all be at the far end.
        return min(path.cost, path.cost * limit / rows * (rest < 1 ? 4 : 1))
    }

    /// How many of the path's rows the other conjuncts leave, as a factor.
    func selectivity(without path: AccessPath?) -> Double {
        estimates.all(
            conjuncts.enumerated().lazy.filter { index, conjunct in
                conjunct.relations.isSubset(of: RelationSet(relation))
                    && !(path?.covers(index) ?? false)
            }.map { $0.element.expression })
    }

    /// The part of the table's rows that a path's own conjuncts leave.
    private func selectivity(of path: AccessPath) -> Double {
        let used = path.equal + [path.lower, path.upper].compactMap { $0 }
        return estimates.all(used.map { conjuncts[$0.conjunct].expression })
    }

    private func scanAll(order: WantedOrder?) -> AccessPath {
        AccessPath(rows: tableRows, cost: Cost.scanStart + tableRows * Cost.scanRow)
    }

    /// The path over an index (nil: the row key), nil if it is of no use.
    private func match(
        keys: [IndexKey], _ terms: IndexTerms = IndexTerms(), isUnique: Bool, index: Shared<Relation>?, available: RelationSet,
        order: WantedOrder?
    ) -> AccessPath? {
        let indexRows = tableRows * estimates.all(terms.predicate)
        var path = AccessPath(index: index, keys: keys, rows: indexRows, cost: 0)
        path.implied = terms.implied
        func clauses(at position: Int) -> [KeyClause] {
            let all =
                if let column = keys[position].column {
                    self.clauses.filter { $0.column == column }
                } else { self.clauses(of: terms.keys[position]) }
            return all.filter { $0.valueRelations.isSubset(of: available) }
        }
        while path.equal.count < keys.count,
            let clause = clauses(at: path.equal.count).first(where: { $0.strategy == .equal })
        {
            path.equal.append(clause)
        }
        if path.equal.count == keys.count {
            path.isUniqueMatch = isUnique
            if !isUnique { path.rows *= selectivity(of: path) }
        } else {
            for clause in clauses(at: path.equal.count) {
                switch clause.strategy {
                case .greater, .greaterOrEqual: path.lower = path.lower ?? clause
                case .less, .lessOrEqual: path.upper = path.upper ?? clause
                case .equal: break
                }
            }
            path.rows *= selectivity(of: path)
            if isUnique, path.equal.count == keys.count - 1, let width = path.width {
                path.rows = min(path.rows, width)
            }
        }
        path.rows = path.isUniqueMatch ? 1 : max(path.rows, 1)
        if let order { setOrder(of: &path, order) }
        if path.equal.isEmpty, path.lower == nil, path.upper == nil, !path.isOrdered,
            terms.predicate.isEmpty
        {
            return nil
        }
        path.cost =
            (path.isUniqueMatch ? Cost.lookup : Cost.search(rows: indexRows)) + path.rows * (index == nil ? Cost.scanRow * 1.2 : Cost.indexRow)
        return path
    }

    /// Finds whether the path gives `order`, forwards or backwards.
    private func setOrder(of path: inout AccessPath, _ order: WantedOrder) {
        var position = path.equal.count
        var direction: Bool?
        for wanted in order.columns {
            if path.equal.contains(where: { $0.column == wanted.column }) { continue }
            if path.isUniqueMatch || position == path.keys.count { break }
            let key = path.keys[position]
            guard key.column == wanted.column else { return }
            let isReverse = key.descending != wanted.descending
            if !table.value.columns[wanted.column].isNotNull,
                key.nullsFirst != (isReverse ? !wanted.nullsFirst : wanted.nullsFirst)
            {
                return
            }
            if let direction, direction != isReverse { return }
            direction = isReverse
            position += 1
        }
        // Columns of ORDER BY beyond a whole unique key change nothing only if the key is unique
        // and its rows have no null in it.
        let unmatched = order.columns.contains { wanted in
            !path.equal.contains { $0.column == wanted.column }
                && !path.keys[path.equal.count..<position].contains { $0.column == wanted.column }
        }
        if unmatched, !path.isUniqueMatch { return }
        path.isOrdered = true
        path.isReverse = direction ?? false
    }

    // MARK: Clauses

    private static func appendClauses(
        of expression: Expression, index: Int, relation: Int, _ key: KeyMatch,
        to list: inout [KeyClause]
    ) {
        switch expression {
        case .call(let function, let arguments, _) where arguments.count == 2:
            guard let comparison = Comparison.function(function) else { return }
            if let clause = clause(
                column: arguments[0], value: arguments[1], strategy: comparison.strategy,
                columnType: comparison.left, valueType: comparison.right, index: index,
                relation: relation, key)
            {
                list.append(clause)
            }
            if let clause = clause(
                column: arguments[1], value: arguments[0], strategy: comparison.strategy.commuted,
                columnType: comparison.right, valueType: comparison.left, index: index,
                relation: relation, key)
            {
                list.append(clause)
            }
        case .inList(let left, let elements, let function, false) where elements.count == 1:
            appendClauses(
                of: .call(
                    function: function, arguments: [left, elements[0]], type: expression.type),
                index: index, relation: relation, key, to: &list)
        case .anyOf(let left, let array, let function, false):
            guard let elements = array.constantElements, elements.count == 1 else { return }
            appendClauses(
                of: .call(
                    function: function, arguments: [left, elements[0]], type: expression.type),
                index: index, relation: relation, key, to: &list)
        default: break
        }
    }

    private static func clause(
        column: Expression, value: Expression, strategy: Comparison.Strategy, columnType: OID,
        valueType: OID, index: Int, relation: Int, _ key: KeyMatch
    ) -> KeyClause? {
        guard let (number, keyType) = key(column), keyFamily(keyType) == keyFamily(columnType)
        else { return nil }
        // Keys of rows are those of their fields, which must be of the same types.
        if columnType == .record, value.type.oid != keyType { return nil }
        let relations = value.relations
        // A subquery that depends on no row here is run once, before the scan.
        guard !relations.contains(relation),
            relations.isEmpty || !value.contains({ $0.isSubquery })
        else { return nil }
        guard let coerced = coerce(value, from: valueType, to: keyType, strategy: strategy) else {
            return nil
        }
        return KeyClause(
            column: number, strategy: strategy, value: coerced, valueRelations: relations,
            conjunct: index)
    }

    /// Types whose comparison is that of another one.
    private static func keyFamily(_ type: OID) -> OID {
        switch type.rawValue {
        case 1043: OID(25)
        case 650: .inet
        case 20, 21, 23: OID(20)
        case 24, 2202, 2203, 2204, 2205, 2206, 3734, 3769, 4089, 4096: OID(26)
        default:
            TypeCatalog.isEnumeration(type)
                ? .anyEnum
                : TypeCatalog.isComposite(type)
                    ? .record
                    : TypeCatalog.isRange(type)
                        ? .anyRange
                        : TypeCatalog.isMultirange(type)
                            ? .anyMultirange
                            : FunctionRegistry.elementType(of: type) == nil ? type : .anyArray
        }
    }

    /// A key value of the column's own type: integers of another width are brought into its
    /// range, nil if they cannot be. A value out of range equals nothing: null.
    private static func coerce(
        _ value: Expression, from source: OID, to target: OID, strategy: Comparison.Strategy
    ) -> Expression? {
        func width(_ type: OID) -> Int? {
            switch type.rawValue {
            case 21: 2
            case 23: 4
            case 20: 8
            default: nil
            }
        }
        guard source != target, let from = width(source), let to = width(target) else {
            return value
        }
        let type = SQLType(oid: target, modifier: -1)
        let limit = to == 8 ? Int64.max : Int64(1) << (to * 8 - 1) - 1
        if case .constant(let constant) = value {
            guard case .word(let word) = constant.value else {
                return .constant(.null(type))
            }
            if word >= -limit - 1, word <= limit {
                return .constant(Constant(type: type, value: .word(word)))
            }
            return strategy == .equal ? .constant(.null(type)) : nil
        }
        if from <= to { return value }
        guard strategy == .equal,
            let integer = Comparison.function(.lessOrEqual, left: source, right: source)
        else { return nil }
        let bool = SQLType(oid: .bool, modifier: -1)
        let sourceType = SQLType(oid: source, modifier: -1)
        func bound(_ word: Int64) -> Expression {
            .constant(Constant(type: sourceType, value: .word(word)))
        }
        return .caseWhen(
            branches: [
                CaseBranch(
                    condition: .and([
                        .call(
                            function: integer, arguments: [bound(-limit - 1), value], type: bool),
                        .call(function: integer, arguments: [value, bound(limit)], type: bool),
                    ]),
                    result: .relabel(value, type: type))
            ], otherwise: nil, type: type)
    }
}
