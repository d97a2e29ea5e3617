internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// Rows as values (chapter 4.2.13): ROW(…), whole rows of FROM items, fields, and their conversion.
extension Analyzer {
    private static let fieldCountMax = 1664

    // MARK: ROW(…)

    func analyzeRow(
        _ elements: [SyntaxExpression], at location: Int
    ) throws(SQLError) -> Expression {
        let (values, locations) = try rowValues(elements)
        if values.count > Analyzer.fieldCountMax {
            throw failure(
                .tooManyColumns, "ROW expressions can have at most 1664 entries", at: location)
        }
        let fields = values.enumerated().map { index, value in
            RecordShape.Field(name: "f\(index + 1)", type: value.type)
        }
        var row = RowExpression(values: values, type: RecordShapes.type(RecordShape(fields)))
        row.locations = locations
        return .row(row)
    }

    /// `t.*` and `(row).*` among the elements stand for their columns.
    func rowValues(
        _ elements: [SyntaxExpression]
    ) throws(SQLError) -> (values: [Expression], locations: [Int]) {
        var values: [Expression] = []
        var locations: [Int] = []
        for element in elements {
            switch element {
            case .columnReference(let names, true, let location):
                values += try star(names, at: location).map(\.expression)
            case .indirection(let base, let steps) where steps.endsInStar:
                values += try fields(of: base, steps).map(\.expression)
            // What a literal is may be known when the row is.
            default: values.append(try analyze(element))
            }
            while locations.count < values.count { locations.append(location(of: element)) }
        }
        return (values, locations)
    }

    // MARK: Whole rows

    /// All columns of a FROM item as one value, of the row type of its relation if it has one.
    func wholeRow(_ item: NamespaceItem, depth: Int) -> Expression {
        let level = levels[levels.count - 1 - depth]
        if let index = item.entry {
            let entry = level.rangeTable[index]
            // A function of one value: the row is the value.
            if case .function(let call, withOrdinality: false) = entry.kind,
                entry.columns.count == 1
            {
                return .variable(
                    Variable(relation: index, column: 0, levelsUp: depth, type: call.type))
            }
            var relation = entry.view
            if case .table(let table) = entry.kind { relation = table }
            let presence = presence(of: index, in: level)
            if let relation, let type = scope.snapshot.rowType(of: relation.value) {
                let row = row(of: relation.value, at: index, entry, type, presence)
                return raised(row, by: depth)
            }
            return raised(.row(record(of: item, presence)), by: depth)
        }
        return raised(.row(record(of: item, nil)), by: depth)
    }

    private func record(of item: NamespaceItem, _ presence: Expression?) -> RowExpression {
        let columns = item.columns.filter { !$0.isHidden }
        let shape = RecordShape(
            columns.map { RecordShape.Field(name: $0.name, type: $0.expression.type) })
        return RowExpression(
            values: columns.map(\.expression), type: RecordShapes.type(shape), presence: presence,
            isWhole: true)
    }

    /// What is null where an outer join has no row of an item; nil: it has always one, or is a
    /// query of several arms, whose rows cannot be marked.
    private func presence(of index: Int, in level: QueryLevel) -> Expression? {
        guard let from = level.from, from.mayLeaveOut(index) else { return nil }
        let entry = level.rangeTable[index]
        if case .table(let table) = entry.kind {
            // tableoid is null then.
            return .variable(
                Variable(relation: index, column: table.columns.count, type: .plain(.oid)))
        }
        guard case .subquery(let query) = entry.kind, query.body.setOperation == nil else {
            return nil
        }
        if let known = entry.columns.firstIndex(where: { $0.isMark }) {
            return .variable(Variable(relation: index, column: known, type: .bool))
        }
        // A column that is always true marks the rows that are there.
        let mark = OutputColumn(name: "", type: .bool)
        var body = query.body
        let place = body.targets.firstIndex { $0.isHidden } ?? body.targets.count
        guard place == body.targets.count else { return nil }
        body.targets.append(Target(expression: .constant(.bool(true)), column: mark))
        level.rangeTable[index].kind = .subquery(BoundQuery(body))
        while level.rangeTable[index].columns.count < place {
            level.rangeTable[index].columns.append(OutputColumn(name: "", type: .unknown))
        }
        level.rangeTable[index].columns.append(mark)
        return .variable(Variable(relation: index, column: place, type: .bool))
    }

    private func row(
        of relation: Relation, at index: Int, _ entry: RangeEntry, _ type: OID,
        _ presence: Expression?
    ) -> Expression {
        let values = relation.columns.enumerated().map { number, column -> Expression in
            if column.isDropped { return .constant(.null(column.type)) }
            return .variable(Variable(relation: index, column: number, type: column.type))
        }
        return .row(
            RowExpression(
                values: values, type: .plain(type), presence: presence, isWhole: true))
    }

    /// `t`, `s.t` or `t.*` as a value; nil: there is no such item.
    func wholeRow(named names: [String], at location: Int) throws(SQLError) -> Expression? {
        guard let name = names.last, names.count <= 2 else { return nil }
        let schema = names.count > 1 ? names[0] : nil
        guard let (item, depth) = try namedItem(name, schema: schema, at: location) else {
            return nil
        }
        return wholeRow(item, depth: depth)
    }

    // MARK: Fields

    /// The columns of a row expression; nil: it is of no row type. Throws for a record of which
    /// nothing is known.
    func shape(of expression: Expression) -> RecordShape? {
        let type = TypeCatalog.base(expression.type)
        if type.oid == .record { return RecordShapes.shape(type.modifier) }
        guard TypeCatalog.isComposite(type.oid) else { return nil }
        return scope.snapshot.relation(ofRowType: type.oid)?.value.shape
    }

    /// `(row).name`.
    func field(
        _ name: String, of row: Expression, at location: Int
    ) throws(SQLError) -> Expression {
        guard TypeCatalog.isComposite(TypeCatalog.base(row.type.oid)) else {
            throw failure(
                .wrongObjectType,
                "column notation .\(name) applied to type \(typeText(row.type)), which is not a composite type",
                at: location)
        }
        // Stored expressions name fields by number.
        if types.isForCatalog, name.hasPrefix("#"), let number = Int(name.dropFirst()),
            let shape = shape(of: row), shape.fields.indices.contains(number - 1)
        {
            return place(number - 1, of: row, shape)
        }
        guard let shape = shape(of: row), let index = shape.index(named: name) else {
            if case .row(let whole) = row, whole.isWhole, let item = itemName(of: whole) {
                throw failure(
                    .undefinedColumn, "column \(item).\(name) does not exist", at: location)
            }
            if TypeCatalog.base(row.type.oid) == .record {
                throw failure(
                    .undefinedColumn,
                    "could not identify column \"\(name)\" in record data type", at: location)
            }
            throw failure(
                .undefinedColumn,
                "column \"\(name)\" not found in data type \(typeText(row.type))", at: location)
        }
        return place(index, of: row, shape)
    }

    /// The FROM item of the present level that a whole row is of.
    private func itemName(of row: RowExpression) -> String? {
        for value in row.values {
            guard case .variable(let variable) = value, variable.levelsUp == 0 else { continue }
            return level.rangeTable[variable.relation].alias
        }
        return nil
    }

    private func place(_ index: Int, of row: Expression, _ shape: RecordShape) -> Expression {
        if case .row(let known) = row { return known.values[index] }
        return .field(row, index: index, type: shape.fields[index].type)
    }

    /// `(row).*`: its columns as output columns.
    func fields(
        of base: SyntaxExpression, _ steps: [SyntaxIndirection]
    ) throws(SQLError) -> [Target] {
        let row = try analyzeIndirection(base, Array(steps.dropLast()))
        let place = location(of: base)
        guard TypeCatalog.isComposite(TypeCatalog.base(row.type.oid)) else {
            throw SQLError(.wrongObjectType, "type \(typeText(row.type)) is not composite")
        }
        guard let shape = shape(of: row) else {
            throw failure(
                .syntaxError, "record type has not been registered", at: place)
        }
        return shape.fields.enumerated().compactMap { index, field in
            if field.isDropped { return nil }
            let value = self.place(index, of: row, shape)
            return Target(expression: value, column: column(named: field.name, value))
        }
    }

    /// `base.field`, `base[1].field` …: subscripts and fields in turn.
    func analyzeIndirection(
        _ base: SyntaxExpression, _ steps: [SyntaxIndirection]
    ) throws(SQLError) -> Expression {
        var value = try known(try analyze(base))
        var place = location(of: base)
        // A row that is cast stands where the cast does.
        if case .typeCast(.row, _, let location) = base { place = location }
        var rest = steps[...]
        while let step = rest.first {
            switch step {
            case .field(let name):
                value = try field(name, of: value, at: place)
                rest = rest.dropFirst()
            case .star:
                throw failure(
                    .syntaxError, "row expansion via \"*\" is not supported here", at: place)
            case .subscripted, .slice:
                let subscripts = rest.prefix { $0.isSubscript }
                if TypeCatalog.base(value.type.oid) == .jsonb {
                    value = written(
                        try jsonbElement(value, Array(subscripts), at: place), .subscripts)
                } else {
                    let array =
                        TypeCatalog.isDomain(value.type.oid)
                        ? .relabel(value, type: TypeCatalog.base(value.type)) : value
                    value = .arrayReference(
                        try arrayReference(array, Array(subscripts), newValue: nil, at: place))
                }
                rest = rest.dropFirst(subscripts.count)
            }
        }
        return value
    }

    // MARK: Conversion

    /// ROW(…) as a value of a named row type: field by field.
    /// - Throws: 42846.
    func convertRow(
        _ expression: Expression, to type: OID, _ context: CoercionContext, at location: Int
    ) throws(SQLError) -> Expression {
        func impossible(_ detail: String?) -> SQLError {
            let error = failure(
                .cannotCoerce,
                "cannot cast type \(typeText(expression.type)) to \(typeText(.plain(type)))",
                at: location)
            return detail.map { error.detail($0) } ?? error
        }
        guard case .row(let row) = expression,
            let shape = scope.snapshot.relation(ofRowType: type)?.value.shape
        else { throw impossible(nil) }
        var values: [Expression] = []
        var next = 0
        for field in shape.fields {
            if field.isDropped {
                values.append(.constant(.null(field.type)))
                continue
            }
            guard next < row.values.count else { throw impossible("Input has too few columns.") }
            let value = row.values[next]
            next += 1
            guard canCoerce(value.type.oid, to: field.type.oid, context) else {
                throw impossible(
                    "Cannot cast type \(typeText(value.type)) to \(typeText(field.type)) in column \(next)."
                )
            }
            let place = next <= row.locations.count ? row.locations[next - 1] : location
            values.append(try coerce(value, to: field.type, context, at: place))
        }
        if next < row.values.count { throw impossible("Input has too many columns.") }
        var converted = RowExpression(
            values: values, type: .plain(type), presence: row.presence)
        converted.isImplicit = context != .explicit
        return .row(converted)
    }
}

extension OutputColumn {
    /// It marks the rows that an item of FROM has.
    fileprivate var isMark: Bool { name.isEmpty && type == .bool && table == .invalid }
}

extension JoinTree {
    /// True if an outer join may have nulls in place of the entry's rows.
    fileprivate func mayLeaveOut(_ entry: Int) -> Bool {
        guard case .join(let kind, let left, let right, _) = self else { return false }
        switch kind {
        case .left, .anti, .semi:
            if right.contains(entry) { return kind == .left || right.mayLeaveOut(entry) }
        case .right: if left.contains(entry) { return true }
        case .full: return contains(entry)
        case .inner: break
        }
        return left.mayLeaveOut(entry) || right.mayLeaveOut(entry)
    }

    private func contains(_ entry: Int) -> Bool {
        switch self {
        case .oneRow: false
        case .entry(let index): index == entry
        case .join(_, let left, let right, _): left.contains(entry) || right.contains(entry)
        }
    }
}

extension SyntaxIndirection {
    var isSubscript: Bool {
        switch self {
        case .subscripted, .slice: true
        case .field, .star: false
        }
    }
}

extension [SyntaxIndirection] {
    var endsInStar: Bool {
        if case .star? = last { return true }
        return false
    }
}
