internal import Base
internal import Parse
internal import Query
internal import Types

/// The queries of one WITH while they are analysed.
final class CommonTableScope {
    final class Member {
        enum State { case waiting, inFirstTerm, inRecursiveTerm, done }
        let syntax: CommonTableExpression
        let id: Int
        /// Names itself.
        let isRecursive: Bool
        var state = State.waiting
        var columns: [OutputColumn] = []
        /// A statement that changes data reads it, so that it can be part of no query.
        var isReadByStatement = false
        /// CYCLE's.
        var mark: CommonTable.Mark?
        /// Of SEARCH and CYCLE, known with the columns.
        var added: [OutputColumn] = []

        init(_ syntax: CommonTableExpression, id: Int, isRecursive: Bool) {
            self.syntax = syntax
            self.id = id
            self.isRecursive = isRecursive
        }
    }
    let isRecursive: Bool
    let members: [Member]
    /// Those that are done, in the order in which they can be computed.
    var tables: [CommonTable] = []

    init(isRecursive: Bool, members: [Member]) {
        self.isRecursive = isRecursive
        self.members = members
    }
}

/// WITH (PostgreSQL's parse_cte.c).
extension Analyzer {
    /// Analyses the queries of a WITH and makes them known in the current level.
    func analyzeWith(_ with: WithClause?) throws(SQLError) {
        guard let with else { return }
        var members: [CommonTableScope.Member] = []
        for syntax in with.expressions {
            if members.contains(where: { $0.syntax.name == syntax.name }) {
                throw failure(
                    .duplicateAlias,
                    "WITH query name \"\(syntax.name)\" specified more than once",
                    at: syntax.location)
            }
            if case .merge = syntax.query {
                throw failure(
                    .featureNotSupported, "MERGE not supported in WITH query", at: syntax.location)
            }
            var isRecursive = false
            if with.isRecursive {
                var check = RecursionCheck(syntax.name, text: text)
                isRecursive = try check.namesItself(syntax.query, at: syntax.location)
            }
            members.append(
                CommonTableScope.Member(
                    syntax, id: commonIDs.next(), isRecursive: isRecursive))
        }
        let scope = CommonTableScope(isRecursive: with.isRecursive, members: members)
        level.with = scope
        for member in members where member.state == .waiting { try analyze(member, of: scope) }
        for index in scope.tables.indices
        where members.contains(where: { $0.id == scope.tables[index].id && $0.isReadByStatement }) {
            scope.tables[index].materialization = .always
        }
    }

    /// Analyses one query in the level that has the WITH.
    private func analyze(
        _ member: CommonTableScope.Member, of scope: CommonTableScope
    ) throws(SQLError) {
        member.state = .inFirstTerm
        try analyzeCycleMark(member)
        var content = try commonContent(member)
        member.columns = try commonColumns(content.columns, member)
        var clauses: CommonTable.Clauses?
        if case .query(let query) = content,
            member.syntax.search != nil || member.syntax.cycle != nil
        {
            content = .query(try expanded(query, member))
            clauses = self.clauses(of: member, query)
            member.columns += addedColumns(member)
        }
        member.state = .done
        let materialization: CommonTable.Materialization =
            switch member.syntax.materialization {
            case .unspecified: .unspecified
            case .always: .always
            case .never: .never
            }
        scope.tables.append(
            CommonTable(
                id: member.id, name: member.syntax.name, columnNames: member.syntax.columnNames,
                content: content, isRecursive: member.isRecursive,
                materialization: materialization, clauses: clauses))
    }

    /// SEARCH and CYCLE as written.
    private func clauses(
        of member: CommonTableScope.Member, _ query: BoundQuery
    ) -> CommonTable.Clauses {
        CommonTable.Clauses(
            query: query,
            search: member.syntax.search.map {
                CommonTable.Search(
                    columns: $0.columns, isBreadthFirst: $0.isBreadthFirst,
                    sequenceColumn: $0.sequenceColumn)
            },
            cycle: member.syntax.cycle.flatMap { cycle in
                member.mark.map {
                    CommonTable.Cycle(
                        columns: cycle.columns, markColumn: cycle.markColumn, mark: $0,
                        pathColumn: cycle.pathColumn)
                }
            })
    }

    private func commonContent(
        _ member: CommonTableScope.Member
    ) throws(SQLError) -> CommonTable.Content {
        let outer = isInStatementOfWith
        defer { isInStatementOfWith = outer }
        switch member.syntax.query {
        case .select(let select):
            isInStatementOfWith = false
            if member.isRecursive { nextRecursion = member }
            return .query(try analyzeQuery(select))
        case .insert, .update, .delete:
            isInStatementOfWith = true
            let statement = try analyzeChange(member.syntax.query)
            if levels.count > 1 {
                throw failure(
                    .featureNotSupported,
                    "WITH clause containing a data-modifying statement must be at the top level",
                    at: member.syntax.location)
            }
            return .statement(statement)
        default: throw SQLError(.internalError, "WITH has queries and changes of data")
        }
    }

    private func commonColumns(
        _ columns: [OutputColumn], _ member: CommonTableScope.Member
    ) throws(SQLError) -> [OutputColumn] {
        let names = member.syntax.columnNames
        if names.count > columns.count {
            throw failure(
                .invalidColumnReference,
                "WITH query \"\(member.syntax.name)\" has \(columns.count) columns available but \(names.count) columns specified",
                at: member.syntax.location)
        }
        var columns = columns
        for index in columns.indices {
            if index < names.count { columns[index].name = names[index] }
            columns[index].table = .invalid
            columns[index].columnNumber = 0
        }
        return columns
    }

    /// A recursive query's columns are those of its first term.
    func beginRecursiveTerm(
        _ member: CommonTableScope.Member, columns: [OutputColumn]
    ) throws(SQLError) {
        member.columns = try commonColumns(columns, member)
        member.added = addedColumns(member)
        member.state = .inRecursiveTerm
    }

    /// The query of WITH that a name in FROM means.
    func commonTable(_ range: RangeVariable) throws(SQLError) -> RangeEntry? {
        for depth in 0..<levels.count {
            let position = levels.count - 1 - depth
            guard let scope = levels[position].with,
                let member = scope.members.first(where: { $0.syntax.name == range.name })
            else { continue }
            switch member.state {
            case .done: break
            case .waiting:
                if !scope.isRecursive { continue }
                let inner = levels
                let innerClause = clause
                levels = Array(levels.prefix(position + 1))
                defer {
                    levels = inner
                    clause = innerClause
                }
                try analyze(member, of: scope)
            case .inFirstTerm, .inRecursiveTerm:
                if !scope.isRecursive { continue }
                guard member.isRecursive, member.state == .inRecursiveTerm else {
                    throw failure(
                        .featureNotSupported,
                        "mutual recursion between WITH items is not implemented",
                        at: member.syntax.location)
                }
            }
            if isInStatementOfWith { member.isReadByStatement = true }
            try checkReturns(member, at: range.location)
            let added = member.state == .inRecursiveTerm ? member.added : []
            var columns = member.columns + added
            try rename(&columns, by: range.alias, of: range.alias?.name ?? range.name)
            var entry = RangeEntry(
                kind: .common(member.id), alias: range.alias?.name ?? range.name,
                columns: columns, hasAlias: range.alias != nil,
                columnAliasCount: range.alias?.columnNames.count ?? 0)
            entry.addedColumnCount = added.count
            return entry
        }
        return nil
    }

    /// - Throws: 0A000 for a statement without rows.
    private func checkReturns(
        _ member: CommonTableScope.Member, at location: Int
    ) throws(SQLError) {
        let returning: [ResultTarget]
        switch member.syntax.query {
        case .insert(let insert): returning = insert.returning
        case .update(let update): returning = update.returning
        case .delete(let delete): returning = delete.returning
        default: return
        }
        if returning.isEmpty {
            throw failure(
                .featureNotSupported,
                "WITH query \"\(member.syntax.name)\" does not have a RETURNING clause",
                at: location)
        }
    }

    /// - Throws: 42P19 for an aggregate in the term of a recursive query that names the query.
    func checkRecursiveTerm(_ what: String, at location: Int) throws(SQLError) {
        for entry in level.rangeTable {
            guard case .common(let id) = entry.kind else { continue }
            let isOwn = levels.contains { level in
                level.with?.members.contains {
                    $0.id == id && $0.state == .inRecursiveTerm
                } ?? false
            }
            if isOwn {
                throw failure(
                    .invalidRecursion,
                    "\(what) functions are not allowed in a recursive query's recursive term",
                    at: location)
            }
        }
    }
}

/// Gives ids to the queries of WITH: one for a statement and the views that it reads.
final class CommonIDs {
    private var last = 0
    func next() -> Int {
        last += 1
        return last
    }
}
