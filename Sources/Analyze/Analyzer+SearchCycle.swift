internal import Base
internal import Functions
internal import Parse
internal import Query
internal import Types

/// SEARCH and CYCLE of a recursive query (chapter 7.8.2.1 and 7.8.2.2): columns that the query has
/// besides its own, which its terms compute as PostgreSQL's rewriteSearchAndCycle has it.
extension Analyzer {
    // MARK: Before the query is analysed

    /// CYCLE's mark: its values are of one type, that the query itself may name.
    func analyzeCycleMark(_ member: CommonTableScope.Member) throws(SQLError) {
        guard let cycle = member.syntax.cycle else { return }
        let values = try inClause(.cycleMark) { () throws(SQLError) in
            [try analyze(cycle.markValue), try analyze(cycle.markDefault)]
        }
        let places = [location(of: cycle.markValue), location(of: cycle.markDefault)]
        var type = try commonType(values, construct: "CYCLE", at: places)
        if type.oid == .unknown { type = .plain(.text) }
        if TypeCatalog.info(type.oid) == nil || !TypeCatalog.isOrderable(type.oid) {
            throw SQLError(
                .undefinedFunction, "could not identify an equality operator for type \(type.name)")
        }
        member.mark = CommonTable.Mark(
            value: try coerce(values[0], to: type, .implicit, at: places[0]),
            otherwise: try coerce(values[1], to: type, .implicit, at: places[1]))
    }

    /// The columns that the clauses add, once the types of the query's own are known.
    func addedColumns(_ member: CommonTableScope.Member) -> [OutputColumn] {
        var added: [OutputColumn] = []
        if let search = member.syntax.search {
            let fields = fieldTypes(search.columns, member)
            let type: SQLType =
                search.isBreadthFirst ? recordType([.int8] + fields) : .plain(.recordArray)
            added.append(OutputColumn(name: search.sequenceColumn, type: type))
        }
        if let cycle = member.syntax.cycle {
            let type = member.mark?.value.type ?? .plain(.bool)
            added.append(OutputColumn(name: cycle.markColumn, type: type))
            added.append(OutputColumn(name: cycle.pathColumn, type: .plain(.recordArray)))
        }
        return added
    }

    private func fieldTypes(
        _ names: [String], _ member: CommonTableScope.Member
    ) -> [SQLType] {
        names.compactMap { name in member.columns.first { $0.name == name }?.type }
    }

    private func recordType(_ types: [SQLType]) -> SQLType {
        RecordShapes.type(
            RecordShape(
                types.enumerated().map {
                    RecordShape.Field(name: "f\($0.offset + 1)", type: $0.element)
                }))
    }

    // MARK: Afterwards

    /// The query with what its clauses add.
    func expanded(
        _ query: BoundQuery, _ member: CommonTableScope.Member
    ) throws(SQLError) -> BoundQuery {
        let syntax = member.syntax
        if syntax.search == nil, syntax.cycle == nil { return query }
        try checkClauses(member, query)
        guard let operation = query.body.setOperation,
            let reference = operation.right.body.rangeTable.firstIndex(where: {
                if case .common(member.id) = $0.kind { true } else { false }
            })
        else {
            throw SQLError(
                .featureNotSupported,
                "with a SEARCH or CYCLE clause, the recursive reference to WITH query \"\(syntax.name)\" must be at the top level of its right-hand SELECT"
            )
        }
        let own = query.columns
        let added = addedColumns(member)
        // The recursive term gives the columns of the row before, too.
        var step = operation.right.body
        func before(_ index: Int) -> Expression {
            .variable(
                Variable(
                    relation: reference, column: own.count + index, type: added[index].type))
        }
        step.targets += added.indices.map {
            Target(expression: before($0), column: added[$0])
        }
        if let mark = member.mark {
            let isNew = try binaryOperator(
                "<>", before(syntax.search == nil ? 0 : 1), mark.value.lowered(by: 2), at: -1)
            step.predicate = step.predicate.map { .and([$0, isNew]) } ?? isNew
        }
        let names = member.columns.map(\.name)
        var body = query.body
        body.setOperation?.left = wrapped(
            operation.left, own, added, first(member, own, names, added))
        body.setOperation?.right = wrapped(
            BoundQuery(step), own, added, next(member, own, names, added))
        body.rangeTable[0].columns += added
        body.targets += added.enumerated().map { index, column in
            Target(
                expression: .variable(
                    Variable(relation: 0, column: own.count + index, type: column.type)),
                column: column)
        }
        return BoundQuery(body)
    }

    /// `SELECT own columns, values FROM (query)`.
    private func wrapped(
        _ query: BoundQuery, _ own: [OutputColumn], _ added: [OutputColumn],
        _ values: [Expression]
    ) -> BoundQuery {
        var body = query.asFrom(alias: "*TERM*")
        body.targets = own.indices.map { Target(expression: column($0, own), column: own[$0]) }
        body.targets += zip(values, added).map { Target(expression: $0, column: $1) }
        return BoundQuery(body)
    }

    private func column(_ index: Int, _ columns: [OutputColumn]) -> Expression {
        .variable(Variable(relation: 0, column: index, type: columns[index].type))
    }

    private func row(
        _ wanted: [String], _ own: [OutputColumn], _ names: [String], first: [Expression] = []
    ) -> Expression {
        let values =
            first + wanted.compactMap { name in names.firstIndex(of: name).map { column($0, own) } }
        return .row(RowExpression(values: values, type: recordType(values.map(\.type))))
    }

    private func list(_ row: Expression) -> Expression {
        .array([row], isNested: false, type: .plain(.recordArray))
    }

    /// What the first term gives for the added columns.
    private func first(
        _ member: CommonTableScope.Member, _ own: [OutputColumn], _ names: [String],
        _ added: [OutputColumn]
    ) -> [Expression] {
        var values: [Expression] = []
        if let search = member.syntax.search {
            let zero = Expression.constant(Constant(type: .int8, value: .word(0)))
            values.append(
                search.isBreadthFirst
                    ? row(search.columns, own, names, first: [zero])
                    : list(row(search.columns, own, names)))
        }
        if let cycle = member.syntax.cycle, let mark = member.mark {
            values += [mark.otherwise.lowered(by: 2), list(row(cycle.columns, own, names))]
        }
        return values
    }

    /// What the recursive term gives for them, from those of the row before.
    private func next(
        _ member: CommonTableScope.Member, _ own: [OutputColumn], _ names: [String],
        _ added: [OutputColumn]
    ) -> [Expression] {
        func before(_ index: Int) -> Expression {
            .variable(
                Variable(relation: 0, column: own.count + index, type: added[index].type))
        }
        func appended(_ list: Expression, _ row: Expression) -> Expression {
            .call(
                function: Analyzer.arrayCat, arguments: [list, self.list(row)],
                type: .plain(.recordArray))
        }
        var values: [Expression] = []
        if let search = member.syntax.search {
            if search.isBreadthFirst {
                let depth = Expression.call(
                    function: Analyzer.int8Increment,
                    arguments: [.field(before(0), index: 0, type: .int8)], type: .int8)
                values.append(row(search.columns, own, names, first: [depth]))
            } else {
                values.append(appended(before(0), row(search.columns, own, names)))
            }
        }
        if let cycle = member.syntax.cycle, let mark = member.mark {
            let place = row(cycle.columns, own, names)
            let path = before(values.count + 1)
            values.append(
                .caseWhen(
                    branches: [
                        CaseBranch(
                            condition: .anyOf(
                                place, array: path, function: Analyzer.recordEqual, isAll: false),
                            result: mark.value.lowered(by: 2))
                    ], otherwise: mark.otherwise.lowered(by: 2), type: mark.value.type))
            values.append(appended(path, place))
        }
        return values
    }

    private static let arrayCat = OID(383)
    private static let int8Increment = OID(1219)
    private static let recordEqual = OID(2981)

    // MARK: Checks

    private func checkClauses(
        _ member: CommonTableScope.Member, _ query: BoundQuery
    ) throws(SQLError) {
        let syntax = member.syntax
        guard member.isRecursive, let operation = query.body.setOperation else {
            throw failure(.syntaxError, "WITH query is not recursive", at: syntax.location)
        }
        if operation.left.body.setOperation != nil {
            throw SQLError(
                .featureNotSupported,
                "with a SEARCH or CYCLE clause, the left side of the UNION must be a SELECT")
        }
        if operation.right.body.setOperation != nil {
            throw SQLError(
                .syntaxError,
                "with a SEARCH or CYCLE clause, the right side of the UNION must be a SELECT")
        }
        let names = member.columns.map(\.name)
        func checkList(
            _ columns: [String], _ kind: String, at location: Int
        ) throws(SQLError) {
            for (index, name) in columns.enumerated() {
                if !names.contains(name) {
                    throw failure(
                        .syntaxError, "\(kind) column \"\(name)\" not in WITH query column list",
                        at: location)
                }
                if columns[..<index].contains(name) {
                    throw failure(
                        .duplicateColumn, "\(kind) column \"\(name)\" specified more than once",
                        at: location)
                }
            }
        }
        func checkNew(_ name: String, _ what: String, at location: Int) throws(SQLError) {
            if names.contains(name) {
                throw failure(
                    .syntaxError,
                    "\(what) column name \"\(name)\" already used in WITH query column list",
                    at: location)
            }
        }
        if let search = syntax.search {
            try checkList(search.columns, "search", at: search.location)
            try checkNew(search.sequenceColumn, "search sequence", at: search.location)
        }
        guard let cycle = syntax.cycle else { return }
        try checkList(cycle.columns, "cycle", at: cycle.location)
        try checkNew(cycle.markColumn, "cycle mark", at: cycle.location)
        try checkNew(cycle.pathColumn, "cycle path", at: cycle.location)
        func differ(
            _ left: (name: String, what: String), _ right: (name: String, what: String),
            at location: Int
        ) throws(SQLError) {
            if left.name == right.name {
                throw failure(
                    .syntaxError,
                    "\(left.what) column name and \(right.what) column name are the same",
                    at: location)
            }
        }
        let mark = (name: cycle.markColumn, what: "cycle mark")
        let path = (name: cycle.pathColumn, what: "cycle path")
        try differ(mark, path, at: cycle.location)
        guard let search = syntax.search else { return }
        let sequence = (name: search.sequenceColumn, what: "search sequence")
        try differ(sequence, mark, at: search.location)
        try differ(sequence, path, at: search.location)
    }
}
