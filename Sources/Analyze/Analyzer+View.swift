public import Base
public import Catalog
internal import Functions
internal import Parse
public import Query
internal import Types

/// Views: their queries are kept as `QueryDeparser` writes them for the catalog, relations by OID
/// and columns by attribute number.
extension Analyzer {
    /// The query of a view.
    /// - Throws: 42P17 for a view that reads itself.
    public func viewQuery(_ view: Shared<Relation>) throws(SQLError) -> BoundQuery {
        guard let definition = view.viewDefinition else {
            throw SQLError(.internalError, "view \"\(view.name)\" has no query")
        }
        if viewChain.contains(view.oid) {
            throw SQLError(
                .invalidObjectDefinition,
                "infinite recursion detected in rules for relation \"\(view.name)\"")
        }
        if viewChain.count >= Analyzer.viewDepthMax {
            throw SQLError(.statementTooComplex, "stack depth limit exceeded")
        }
        let isInvoker = view.options.contains("security_invoker=true")
        return try storedQuery(
            definition, chain: viewChain + [view.oid], checkAs: isInvoker ? checkAs : view.owner)
    }

    /// A query as the catalog keeps it.
    public func storedQuery(_ definition: String) throws(SQLError) -> BoundQuery {
        try storedQuery(definition, chain: viewChain + [.invalid], checkAs: checkAs)
    }

    private func storedQuery(
        _ definition: String, chain: [OID], checkAs: OID
    ) throws(SQLError) -> BoundQuery {
        guard case .select(let select)? = try Parser.parse(definition).first?.statement else {
            throw SQLError(.internalError, "a stored query is a query")
        }
        let analyzer = Analyzer(
            scope: scope, text: Array(definition.utf8), types: types.forCatalog,
            allowsParameters: false)
        analyzer.viewChain = chain
        analyzer.commonIDs = commonIDs
        analyzer.checkAs = checkAs
        analyzer.keepsForms = keepsForms
        let query = try analyzer.analyzeQuery(select)
        views += analyzer.views
        guardedFunctions += analyzer.guardedFunctions
        if analyzer.meetsColumnPrivileges { meetsColumnPrivileges = true }
        return query
    }

    struct StoredForm {
        var relation: Shared<Relation>
        var hasAlias: Bool
        var columnAliasCount: Int
    }

    /// What a name in a stored query stands for; nil in any other text.
    func storedForm(_ range: RangeVariable) -> StoredForm? {
        guard !viewChain.isEmpty, let schema = range.schema, schema.hasPrefix("#"),
            let number = UInt32(range.name), let relation = scope.snapshot.relation(OID(number))
        else { return nil }
        let form = schema.dropFirst()
        return StoredForm(
            relation: relation, hasAlias: form.hasPrefix("a"),
            columnAliasCount: Int(form.drop { $0 == "a" }) ?? 0)
    }

    /// Columns of a stored query's relation are named by attribute number; those that came later
    /// are not seen.
    func nameStored(_ columns: inout [OutputColumn], _ names: [String]) {
        for index in columns.indices {
            columns[index].name = index < names.count && names[index] != "#" ? names[index] : ""
        }
    }
}
