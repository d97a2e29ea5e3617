public import Base
internal import Types

/// The rows of pg_catalog's and information_schema's relations.
public enum ComputedRows {
    typealias Generator = @Sendable (ComputedContext) -> [[ComputedValue]]

    /// All rows of a computed relation, with a value for each of its columns. Relations that
    /// PostgreSQL keeps about things Ordinal does not have are empty.
    /// - Parameter arena: bytes of the values lie there.
    public static func rows(
        of relation: OID, _ context: ComputedContext, arena: Arena
    ) throws(SQLError) -> [[Datum]] {
        guard let definition = ComputedRelations.relation(relation) else {
            throw SQLError(.undefinedTable, "relation with OID \(relation) does not exist")
        }
        let key =
            definition.namespace == SystemOID.informationNamespace
            ? "information_schema." + definition.name : definition.name
        guard let generator = generators[key] else { return [] }
        let types = definition.columns.map(\.type.oid)
        return generator(context).map { row in
            invariant(row.count == types.count, "a computed row has the relation's columns")
            return zip(row, types).map { $0.datum($1, arena) }
        }
    }

    private static let generators: [String: Generator] = [
        relationGenerators, operatorGenerators, objectGenerators, sharedGenerators, typeGenerators, viewGenerators,
        informationGenerators, userTypeGenerators, statisticsGenerators, grantGenerators,
        routineGenerators, activityGenerators,
    ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

    /// aclitem[]; null where nothing was granted.
    static func privileges(
        _ privileges: [Privilege]?, _ context: ComputedContext
    ) -> ComputedValue {
        guard let privileges else { return .null }
        return .texts(privileges.map { context.snapshot.text(of: $0) })
    }

    static func options(_ options: [String]) -> ComputedValue {
        options.isEmpty ? .null : .texts(options)
    }
}

extension CatalogSnapshot {
    /// An aclitem: `user=rw/grantor`.
    func text(of privilege: Privilege) -> String {
        let letters: [(Privilege.Rights, Character)] = [
            (.insert, "a"), (.select, "r"), (.update, "w"), (.delete, "d"), (.truncate, "D"),
            (.references, "x"), (.trigger, "t"), (.execute, "X"), (.usage, "U"), (.create, "C"),
            (.temporary, "T"), (.connect, "c"),
        ]
        var text =
            privilege.grantee.isValid
            ? Identifier.quote(role(privilege.grantee)?.name ?? String(privilege.grantee.rawValue))
            : ""
        text += "="
        for (right, letter) in letters where privilege.rights.contains(right) {
            text.append(letter)
            if privilege.grantable.contains(right) { text += "*" }
        }
        return text + "/"
            + Identifier.quote(role(privilege.grantor)?.name ?? String(privilege.grantor.rawValue))
    }
}
