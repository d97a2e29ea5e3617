public import Base
internal import Catalog
public import Types

/// A query → SQL text, laid out as PostgreSQL's ruleutils do (pg_get_viewdef).
///
/// For the catalog, relations are written by OID and every item of FROM with the names that its
/// columns had when the query was written, by attribute number. So a stored query is bound as
/// PostgreSQL's: renaming a table or a column changes nothing in it. The schema of such a name tells
/// what the writer said: `#`, `#a` with an alias, `#a2` with an alias of two column names.
public final class QueryDeparser: QueryLayout {
    public enum Purpose {
        case catalog
        /// `relationName`: as a statement would have to name it.
        case display(isPretty: Bool, relationName: (OID) -> String?)
    }

    struct Level {
        var body: BoundQuery.Body
        /// The name of each entry of FROM, unique among all that can be seen.
        var names: [String]
    }

    let isPretty: Bool
    let isForCatalog: Bool
    let relationName: (OID) -> String?
    let types: TypeContext
    var levels: [Level] = []
    private var indentation = 0

    /// Stands for a line's end that the layout makes; no text value contains it.
    private static let lineEnd: Character = "\0"
    static let step = 8
    private static let indentationMax = 40

    public init(_ purpose: Purpose, types: TypeContext) {
        switch purpose {
        case .catalog:
            isPretty = false
            isForCatalog = true
            relationName = { _ in nil }
            self.types = types.forCatalog
        case .display(let isPretty, let relationName):
            self.isPretty = isPretty
            isForCatalog = false
            self.relationName = relationName
            self.types = types
        }
    }

    /// - Parameter columnNames: the names of the result, if not the query's own.
    public func text(_ query: BoundQuery, columnNames: [String]? = nil) -> String {
        QueryDeparser.finished(self.query(query, columnNames: columnNames))
    }

    // MARK: Layout

    func line(_ text: String, before: Int, after: Int) -> String {
        line(text, before: before, after: after, plus: 0)
    }

    func line(_ text: String, before: Int, after: Int, plus: Int) -> String {
        indentation += before
        var amount = max(indentation, 0)
        if indentation >= QueryDeparser.indentationMax {
            // Deep nesting goes right in smaller steps, and back.
            amount = QueryDeparser.indentationMax
                + (indentation - QueryDeparser.indentationMax) / (QueryDeparser.step / 2)
            amount %= QueryDeparser.indentationMax
        }
        indentation = max(indentation + after, 0)
        return String(QueryDeparser.lineEnd)
            + String(repeating: " ", count: amount + plus) + text
    }

    func indent(by count: Int) { indentation += count }
    func saveIndentation() -> Int { indentation }
    func restoreIndentation(_ saved: Int) { indentation = saved }

    /// Lines have no spaces at their end.
    static func finished(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            if byte == 0 {
                while result.last == UInt8(ascii: " ") { result.removeLast() }
                result.append(UInt8(ascii: "\n"))
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    // MARK: Expressions

    func text(of query: BoundQuery) -> String {
        self.query(query, columnNames: nil, namesVisible: false)
    }

    func text(_ expression: Expression) -> String { deparser.text(expression) }

    /// Of expressions of the present level.
    var deparser: Deparser {
        var deparser = Deparser(
            types: types, columnName: { self.name(of: $0) },
            relationName: isForCatalog ? nil : relationName, layout: self)
        deparser.itemName = { variable in
            let level = self.levels[self.levels.count - 1 - variable.levelsUp]
            return Identifier.quote(level.names[variable.relation])
        }
        return deparser
    }

    /// `item.column`.
    private func name(of variable: Variable) -> String {
        if let call = aggregate(for: variable) { return text(call) }
        let level = levels[levels.count - 1 - variable.levelsUp]
        let column = columnName(
            variable.column, of: level.body.rangeTable[variable.relation])
        return "\(Identifier.quote(level.names[variable.relation])).\(Identifier.quote(column))"
    }

    /// What a variable stands for that is an aggregate of a query around.
    func aggregate(for variable: Variable) -> Expression? {
        let body = levels[levels.count - 1 - variable.levelsUp].body
        guard case .aggregates(let calls) = body.rangeTable[variable.relation].kind else {
            return nil
        }
        return calls[variable.column].lowered(by: variable.levelsUp)
    }

    /// The name of a query of WITH around the present place.
    func commonName(_ id: Int) -> String {
        for level in levels.reversed() {
            if let table = level.body.commonTables.first(where: { $0.id == id }) {
                return table.name
            }
        }
        return "?"
    }

    /// What a column of a FROM item is called: by the alias, or as it is called now.
    func columnName(_ column: Int, of entry: RangeEntry) -> String {
        if let column = SystemColumn(number: column) { return column.name }
        if case .table(let table) = entry.kind, column == table.columns.count { return "tableoid" }
        if isForCatalog || entry.isAliased(column) { return entry.columns[column].name }
        if let view = entry.view { return view.columns[column].name }
        if case .table(let table) = entry.kind { return table.columns[column].name }
        return entry.columns[column].name
    }

    private func relationBase(_ entry: RangeEntry) -> String {
        if let view = entry.view { return view.name }
        if case .table(let table) = entry.kind { return table.name }
        return entry.alias
    }

    /// Names for a query's FROM items that differ from each other and from those around.
    func uniqueNames(_ body: BoundQuery.Body) -> [String] {
        // A view's rule has two more items in PostgreSQL.
        var used: Set<String> = ["old", "new"]
        for level in levels { used.formUnion(level.names) }
        return body.rangeTable.map { entry in
            // Without an alias an item has its relation's present name.
            let base = isForCatalog || entry.hasAlias ? entry.alias : relationBase(entry)
            var name = base
            var number = 0
            while !used.insert(name).inserted {
                number += 1
                name = "\(base)_\(number)"
            }
            return name
        }
    }
}

extension RangeEntry {
    /// True if the alias gives the column its name.
    func isAliased(_ column: Int) -> Bool {
        if columnAliasCount == 0 || columns[column].name.isEmpty { return false }
        return columns[..<column].count { !$0.name.isEmpty } < columnAliasCount
    }
}

extension TypeContext {
    /// As the catalog keeps text forms: no setting of the session counts, relations are numbers.
    public var forCatalog: TypeContext {
        let types = TypeContext(self)
        types.dateStyle = .iso
        types.dateOrder = .monthFirst
        types.extraFloatDigits = 1
        types.byteaOutput = .hex
        types.relationName = nil
        types.typeName = nil
        types.isForCatalog = true
        return types
    }
}
