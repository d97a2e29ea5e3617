internal import Base
internal import Catalog
internal import Functions
internal import Query
internal import Types

/// Conditions that hold a query become joins: [NOT] EXISTS, IN over a query, IN over values of a key.
extension QueryRewriter {
    mutating func rewriteConditions() {
        let source = self.source
        if case .join = body.from {
            body.from = body.from.mapConditions { $0.factored { source.isVolatile($0) } }
        }
        guard let written = body.predicate else { return }
        let predicate = written.factored { source.isVolatile($0) }
        var rest: [Expression] = []
        for term in predicate.conjuncts {
            if pullUpExists(term) || pullUpMembership(term) { continue }
            rest.append(term)
        }
        body.predicate = Expression.conjunction(rest)
    }

    /// Makes a join of a correlated [NOT] EXISTS.
    private mutating func pullUpExists(_ term: Expression) -> Bool {
        var kind = JoinKind.semi
        var test = term
        if case .not(let negated) = term {
            kind = .anti
            test = negated
        }
        guard case .subquery(let subquery) = test, case .exists = subquery.kind else {
            return false
        }
        let query = subquery.query.body
        guard query.commonTables.isEmpty, query.setOperation == nil, !query.hasAggregates, query.groupBy.isEmpty,
            query.having == nil, query.limit == nil, query.offset == nil, query.locking.isEmpty,
            let predicate = query.predicate,
            query.rangeTable.count + body.rangeTable.count <= RelationSet.relationsMax,
            !query.targets.contains(where: {
                source.returnsSet($0.expression) || source.isVolatile($0.expression)
            })
        else { return false }
        if case .oneRow = query.from { return false }
        // Only WHERE may look outside, and by conditions that need no subquery.
        var isCorrelated = false
        for term in predicate.conjuncts {
            var looksOutside = false
            term.forEachVariable { _, level in if level == 1 { looksOutside = true } }
            guard looksOutside else { continue }
            isCorrelated = true
            if source.isVolatile(term) || term.contains({ $0.isSubquery }) { return false }
        }
        var others = query
        others.predicate = nil
        others.targets = []
        var othersLookOutside = false
        others.forEachVariable { _, level in if level == 1 { othersLookOutside = true } }
        guard isCorrelated, !othersLookOutside else { return false }

        let offset = body.rangeTable.count
        others.predicate = predicate
        let raised = QueryRewriter.raised(others, past: offset)
        body.rangeTable += raised.rangeTable
        semiJoins.append(
            SemiJoin(
                kind: kind, tree: raised.from.shifted(by: offset),
                conditions: raised.predicate?.conjuncts ?? []))
        return true
    }

    /// `column IN (…)` over a column that leads a key becomes a join with the distinct values, so
    /// that each of them can be looked up.
    private mutating func pullUpMembership(_ term: Expression) -> Bool {
        guard body.rangeTable.count < RelationSet.relationsMax else { return false }
        switch term {
        case .anyOf(let left, let array, let function, isAll: false):
            return pullUpArray(left, array, function)
        case .inList(let left, let elements, let function, isAll: false):
            guard elements.count > 1, leadsKey(left, function),
                elements.allSatisfy({ element in
                    element.relations.isEmpty && !source.isVolatile(element)
                        && !element.contains { $0.isSubquery }
                })
            else { return false }
            let type = elements[0].type
            guard elements.allSatisfy({ $0.type.oid == type.oid }) else { return false }
            var rows: [Expression] = []
            var known: Set<Constant> = []
            for element in elements {
                guard case .constant(let constant) = element else {
                    rows = elements
                    break
                }
                if known.insert(constant).inserted { rows.append(element) }
            }
            let areConstant = elements.allSatisfy { if case .constant = $0 { true } else { false } }
            let column = OutputColumn(name: "column1", type: type)
            var entry = RangeEntry(
                kind: .values(rows.map { [$0] }), alias: "*VALUES*", columns: [column])
            if !areConstant {
                var distinct = BoundQuery.Body()
                distinct.rangeTable = [
                    entry.mapVariables(depth: 0) { variable, _ in
                        var variable = variable
                        variable.levelsUp += 1
                        return .variable(variable)
                    }
                ]
                distinct.from = .entry(0)
                distinct.targets = [
                    Target(
                        expression: .variable(Variable(relation: 0, column: 0, type: type)),
                        column: column)
                ]
                distinct.distinct = .all
                entry.kind = .subquery(BoundQuery(distinct))
            }
            join(entry, left: [left], functions: [function])
            return true
        case .subquery(let subquery):
            guard case .any(let left, let functions) = subquery.kind else { return false }
            guard left.count == 1, leadsKey(left[0], functions[0]) else {
                return pullUpAny(subquery, left, functions)
            }
            var query = subquery.query.body
            guard case .none = query.distinct, query.limit == nil, query.offset == nil,
                query.locking.isEmpty, !query.targets.contains(where: \.isHidden),
                !query.containsDeep({ source.isVolatileCall($0) })
            else { return false }
            var isCorrelated = false
            query.forEachVariable { _, level in if level == 1 { isCorrelated = true } }
            if isCorrelated { return false }
            query.orderBy = []
            query.distinct = .all
            let entry = RangeEntry(
                kind: .subquery(BoundQuery(query)), alias: "*IN*",
                columns: query.targets.map(\.column))
            join(entry, left: left, functions: functions)
            return true
        default: return false
        }
    }

    /// `value IN (SELECT …)` as a semi join: with the tables of a simple query, else with its rows.
    private mutating func pullUpAny(
        _ subquery: Subquery, _ left: [Expression], _ functions: [OID]
    ) -> Bool {
        guard functions.allSatisfy({ Comparison.function($0)?.strategy == .equal }),
            left.allSatisfy({ !source.isVolatile($0) && !$0.contains { $0.isSubquery } }),
            left.contains(where: { !$0.relations.isEmpty })
        else { return false }
        var query = subquery.query.body
        let targets = query.targets.filter { !$0.isHidden }
        guard targets.count == left.count,
            !query.containsDeep({ source.isVolatileCall($0) })
        else { return false }
        func terms(_ right: (Int) -> Expression, lowering: Int) -> [Expression] {
            left.indices.map { index in
                .call(
                    function: functions[index],
                    arguments: [left[index].lowered(by: lowering), right(index)],
                    type: .plain(.bool))
            }
        }
        let isSimple =
            !query.hasAggregates && !query.hasWindows && query.groupBy.isEmpty
            && query.having == nil && query.limit == nil && query.offset == nil
            && query.setOperation == nil && query.locking.isEmpty && query.commonTables.isEmpty
            && !query.targets.contains { source.returnsSet($0.expression) }
            && !targets.contains { $0.expression.contains { $0.isSubquery } }
        if isSimple {
            // As EXISTS with the comparison among its conditions.
            query.distinct = .none
            query.orderBy = []
            query.targets = []
            query.predicate = Expression.conjunction(
                (query.predicate?.conjuncts ?? [])
                    + terms({ targets[$0].expression }, lowering: 1))
            return pullUpExists(
                .subquery(
                    Subquery(kind: .exists, query: BoundQuery(query), type: .plain(.bool))))
        }
        var isCorrelated = false
        query.forEachVariable { _, level in if level == 1 { isCorrelated = true } }
        guard !isCorrelated, query.targets.count == targets.count else { return false }
        if query.limit == nil, query.offset == nil { query.orderBy = [] }
        let relation = body.rangeTable.count
        body.rangeTable.append(
            RangeEntry(
                kind: .subquery(BoundQuery(query)), alias: "*IN*",
                columns: targets.map(\.column)))
        semiJoins.append(
            SemiJoin(
                kind: .semi, tree: .entry(relation),
                conditions: terms(
                    {
                        .variable(
                            Variable(
                                relation: relation, column: $0,
                                type: targets[$0].column.type))
                    }, lowering: 0)))
        return true
    }

    /// `column = ANY (array)`: the array's distinct elements are joined in.
    private mutating func pullUpArray(
        _ left: Expression, _ array: Expression, _ function: OID
    ) -> Bool {
        if let elements = array.constantElements {
            return pullUpMembership(.inList(left, elements, function: function, isAll: false))
        }
        guard leadsKey(left, function), array.relations.isEmpty, !source.isVolatile(array),
            !array.contains({ $0.isSubquery }),
            let element = FunctionRegistry.elementType(of: array.type.oid)
        else { return false }
        let type = SQLType.plain(element)
        let column = OutputColumn(name: "unnest", type: type)
        var distinct = BoundQuery.Body()
        distinct.rangeTable = [
            RangeEntry(
                kind: .function(
                    .call(
                        function: Expression.unnest,
                        arguments: [array.lowered(by: 1)], type: type),
                    withOrdinality: false), alias: "unnest", columns: [column])
        ]
        distinct.from = .entry(0)
        distinct.targets = [
            Target(
                expression: .variable(Variable(relation: 0, column: 0, type: type)),
                column: column)
        ]
        distinct.distinct = .all
        let entry = RangeEntry(
            kind: .subquery(BoundQuery(distinct)), alias: "*ANY*", columns: [column])
        join(entry, left: [left], functions: [function])
        return true
    }

    /// Adds an entry to FROM, joined by equality of its columns with `left`.
    mutating func join(_ entry: RangeEntry, left: [Expression], functions: [OID]) {
        let relation = body.rangeTable.count
        body.rangeTable.append(entry)
        let bool = SQLType(oid: .bool, modifier: -1)
        let terms = zip(left, functions).enumerated().map { index, pair in
            Expression.call(
                function: pair.1,
                arguments: [
                    pair.0,
                    .variable(
                        Variable(
                            relation: relation, column: index, type: entry.columns[index].type)),
                ], type: bool)
        }
        body.from = .join(
            .inner, body.from, .entry(relation), condition: Expression.conjunction(terms))
    }

    /// True if `left` is a column that begins the primary key or an index of its table, and
    /// `function` its equality with a value of the same type.
    private func leadsKey(_ left: Expression, _ function: OID) -> Bool {
        guard let comparison = Comparison.function(function), comparison.strategy == .equal,
            case .variable(let variable) = left.withoutRelabels, variable.levelsUp == 0,
            case .table(let table) = body.rangeTable[variable.relation].kind,
            table.kind != .partitionedTable
        else { return false }
        let keys = (table.value.primaryKey.map { [$0] } ?? []) + table.value.indexes
        return keys.contains {
            guard let index = source.relation($0)?.value.index, index.predicate == nil,
                index.method.keepsEntries
            else { return false }
            return index.keys.first?.column == variable.column
        }
    }
}
