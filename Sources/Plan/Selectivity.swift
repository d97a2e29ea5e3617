internal import Base
internal import Catalog
internal import Functions
internal import Query
internal import Types

/// Estimates which part of the rows conditions keep.
struct Selectivity {
    let source: PlannerSource
    private(set) var rangeTable: [RangeEntry]
    let folder: ConstantFolder

    init(source: PlannerSource, rangeTable: [RangeEntry], folder: ConstantFolder) {
        self.source = source
        self.rangeTable = rangeTable
        self.folder = folder
    }

    /// With a partition in its table's place.
    func reading(_ partition: Shared<Relation>, as relation: Int) -> Selectivity {
        var result = self
        result.rangeTable[relation].kind = .table(partition)
        return result
    }

    // MARK: Columns

    /// What is known of a variable of this query; nil: it is not a table's column.
    func column(_ expression: Expression) -> ColumnEstimate? {
        guard case .variable(let variable) = expression.withoutRelabels, variable.levelsUp == 0,
            variable.relation < rangeTable.count,
            case .table(let table) = rangeTable[variable.relation].kind,
            variable.column < table.value.columns.count
        else { return nil }
        return ColumnEstimate(
            type: table.value.columns[variable.column].type, rows: source.rowCount(table),
            statistics: source.statistics(table)?.value.columns[variable.column],
            isUnique: isUnique(variable.column, of: table))
    }

    /// True if the column alone is a key of the table.
    private func isUnique(_ column: Int, of table: Shared<Relation>) -> Bool {
        for oid in (table.value.primaryKey.map { [$0] } ?? []) + table.value.indexes {
            if let index = source.relation(oid)?.value.index, index.isUnique, index.isValid,
                index.predicate == nil, index.keys.count == 1, index.keys[0].column == column
            {
                return true
            }
        }
        return false
    }

    /// How many different values an expression has in `rows` rows.
    func distinctCount(_ expression: Expression, rows: Double) -> Double {
        if case .constant = expression { return 1 }
        if let column = column(expression) {
            return min(column.distinctCount ?? 200, max(rows, 1))
        }
        if expression.type.oid == .bool { return 2 }
        // Of a computed value: at most what its columns have.
        var product = 1.0
        var isKnown = false
        expression.forEachVariable { variable, level in
            guard level == 0 else { return }
            isKnown = true
            product *= column(.variable(variable))?.distinctCount ?? 200
        }
        return isKnown ? min(product, max(rows, 1)) : 1
    }

    /// How many groups keys make of `rows` rows: keys of one table no more than its rows.
    func groupCount(_ keys: [Expression], rows: Double) -> Double {
        var byRelation: [Int: Double] = [:]
        var product = 1.0
        for key in keys {
            let count = distinctCount(key, rows: .infinity)
            guard case .variable(let variable) = key.withoutRelabels,
                let column = column(key)
            else {
                product *= count
                continue
            }
            let known = byRelation[variable.relation] ?? 1
            byRelation[variable.relation] = min(known * count, max(column.rows, 1))
        }
        for count in byRelation.values { product *= count }
        return max(min(product, rows), 1)
    }

    // MARK: Conditions

    /// The part of the rows that all of `terms` keep.
    func all(_ terms: some Sequence<Expression>) -> Double {
        var result = 1.0
        // `a < column` and `column < b` are about one range.
        var ranges: [Variable: (above: Double?, below: Double?)] = [:]
        for term in terms {
            guard let range = range(term) else {
                result *= one(term)
                continue
            }
            var known = ranges[range.variable] ?? (nil, nil)
            if range.isUpper {
                known.below = min(known.below ?? 1, range.part)
            } else {
                known.above = min(known.above ?? 1, range.part)
            }
            ranges[range.variable] = known
        }
        for range in ranges.values {
            switch range {
            case (let above?, let below?):
                let both = above + below - 1
                result *=
                    both > 0 ? both : above == Cost.rangeSelectivity ? 0.005 : 0.0001
            case (let part?, nil), (nil, let part?): result *= part
            case (nil, nil): break
            }
        }
        return min(max(result, 1e-9), 1)
    }

    /// `column < value` and its like.
    private func range(
        _ term: Expression
    ) -> (variable: Variable, isUpper: Bool, part: Double)? {
        guard case .call(let function, let arguments, _) = term, arguments.count == 2,
            let comparison = Comparison.function(function), comparison.strategy != .equal
        else { return nil }
        var strategy = comparison.strategy
        var sides = (arguments[0].withoutRelabels, arguments[1])
        if case .variable(let variable) = sides.0, variable.levelsUp == 0 {} else {
            sides = (arguments[1].withoutRelabels, arguments[0])
            strategy = strategy.commuted
        }
        guard case .variable(let variable) = sides.0, variable.levelsUp == 0,
            !sides.1.relations.contains(variable.relation)
        else { return nil }
        let isUpper = strategy == .less || strategy == .lessOrEqual
        guard let column = column(sides.0), case .constant(let constant) = sides.1 else {
            return (variable, isUpper, Cost.rangeSelectivity)
        }
        let orEqual = strategy == .lessOrEqual || strategy == .greater
        guard let below = column.below(constant, orEqual: orEqual) else {
            return (variable, isUpper, Cost.rangeSelectivity)
        }
        return (variable, isUpper, isUpper ? below : max(1 - below - column.nullFraction, 0))
    }

    /// The part of the rows that one condition keeps.
    func one(_ term: Expression) -> Double {
        switch term {
        case .constant(let constant): return constant.value == .word(1) ? 1 : 0
        case .and(let terms): return all(terms)
        case .or(let terms):
            var rest = 1.0
            for term in terms { rest *= 1 - one(term) }
            return 1 - rest
        case .not(let value): return 1 - one(value)
        case .isNull(let value, let negated):
            guard let column = column(value) else { return negated ? 0.995 : 0.005 }
            return negated ? 1 - column.nullFraction : column.nullFraction
        case .inList(let left, let list, let function, let isAll):
            return quantified(left, list, function, isAll: isAll)
        case .anyOf(let left, let array, let function, let isAll):
            guard let elements = array.constantElements else {
                return quantified(
                    left, [array, array, array, array, array, array, array, array, array, array],
                    function, isAll: isAll)
            }
            return quantified(left, elements, function, isAll: isAll)
        case .call(let function, let arguments, _): return call(function, arguments, term)
        case .variable:
            guard let column = column(term) else { return 0.5 }
            return column.statistics == nil ? 0.5 : column.equality(.bool(true))
        case .isBoolean(let value, let wanted, let negated):
            guard let wanted, let column = column(value) else { return 0.5 }
            let part = column.equality(.bool(wanted))
            return negated ? 1 - part : part
        default: return Cost.filterSelectivity
        }
    }

    private func quantified(
        _ left: Expression, _ list: [Expression], _ function: OID, isAll: Bool
    ) -> Double {
        var result = isAll ? 1.0 : 0.0
        for value in list {
            let part = call(function, [left, value], nil)
            result = isAll ? result * part : result + part
        }
        return min(result, 1)
    }

    private func call(_ function: OID, _ arguments: [Expression], _ term: Expression?) -> Double {
        guard arguments.count == 2 else { return Cost.filterSelectivity }
        if let comparison = Comparison.function(function) {
            if comparison.strategy == .equal { return equality(arguments[0], arguments[1]) }
            let whole =
                term ?? .call(function: function, arguments: arguments, type: .plain(.bool))
            return range(whole)?.part ?? Cost.rangeSelectivity
        }
        switch Operators.kind(of: function) {
        case .unequal: return 1 - equality(arguments[0], arguments[1])
        case .match(let isNegated):
            let part = match(function, arguments, isNegated: isNegated)
            return min(max(part, 0.0001), 0.9999)
        case .other: return Cost.filterSelectivity
        }
    }

    private func equality(_ left: Expression, _ right: Expression) -> Double {
        switch (column(left), column(right)) {
        case (let a?, let b?): return 1 / max(a.distinctCount ?? 200, b.distinctCount ?? 200)
        case (let column?, nil):
            if case .constant(let constant) = right { return column.equality(constant) }
            return column.equality
        case (nil, let column?):
            if case .constant(let constant) = left { return column.equality(constant) }
            return column.equality
        case (nil, nil): return Cost.equalitySelectivity
        }
    }

    /// LIKE and regular expressions: tried on the values that the sample has kept.
    private func match(
        _ function: OID, _ arguments: [Expression], isNegated: Bool
    ) -> Double {
        let rest = isNegated ? 0.95 : 0.05
        guard let column = column(arguments[0]), let statistics = column.statistics,
            case .constant(let pattern) = arguments[1], !pattern.isNull,
            statistics.mostCommon.count + statistics.histogram.count >= 10
        else { return rest }
        let type = arguments[0].type
        func matches(_ value: SampledValue) -> Bool {
            let constant: Constant
            switch value.content {
            case .word(let word): constant = Constant(type: type, value: .word(word))
            case .bytes(let bytes): constant = Constant(type: type, value: .bytes(bytes))
            }
            let call = Expression.call(
                function: function, arguments: [.constant(constant), .constant(pattern)],
                type: .plain(.bool))
            if case .constant(let result) = folder.fold(call) { return result.value == .word(1) }
            return false
        }
        var common = 0.0
        var result = 0.0
        for value in statistics.mostCommon {
            common += value.frequency
            if matches(value.value) { result += value.frequency }
        }
        let others = max(1 - common - statistics.nullFraction, 0)
        if statistics.histogram.isEmpty { return result + others * rest }
        let found = statistics.histogram.count { matches($0) }
        let part = Double(found) / Double(statistics.histogram.count)
        // The few of a histogram say little about rare matches.
        return result + others * min(max(part, 0.005), 0.995)
    }
}

/// What operators' functions mean to estimates.
private enum Operators {
    enum Kind {
        case unequal
        case match(isNegated: Bool)
        case other
    }

    static func kind(of function: OID) -> Kind { kinds[function] ?? .other }

    private static let kinds: [OID: Kind] = {
        var result: [OID: Kind] = [:]
        for entry in FunctionRegistry.allOperators where entry.left != nil {
            switch entry.name {
            case "<>": result[entry.function] = .unequal
            case "~~", "~~*", "~", "~*": result[entry.function] = .match(isNegated: false)
            case "!~~", "!~~*", "!~", "!~*": result[entry.function] = .match(isNegated: true)
            default: break
            }
        }
        return result
    }()
}
