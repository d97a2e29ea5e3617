internal import Base
internal import Types

/// The relations of pg_catalog and information_schema as catalog objects: PostgreSQL's OIDs, names
/// and columns. `ComputedScan` gives their rows.
enum ComputedRelations {
    static func relation(_ oid: OID) -> Shared<Relation>? {
        // User objects are asked for most.
        oid < .firstUser ? byOID[oid] : nil
    }

    static func relation(named name: String, namespace: OID) -> Shared<Relation>? {
        guard
            namespace == SystemOID.catalogNamespace || namespace == SystemOID.informationNamespace
        else { return nil }
        return byName[QualifiedKey(namespace: namespace, name: name)]
    }

    /// By OID.
    static let all: [Shared<Relation>] = parse(computedRelationTable).map { Shared($0) }

    private static let byOID: [OID: Shared<Relation>] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.oid, $0) })
    private static let byName: [QualifiedKey: Shared<Relation>] = Dictionary(
        uniqueKeysWithValues: all.map {
            (QualifiedKey(namespace: $0.namespace, name: $0.name), $0)
        })

    private static func parse(_ table: StaticString) -> [Relation] {
        var relations: [Relation] = []
        for line in table.description.utf8.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            if fields[0].isEmpty {
                invariant(fields.count == 5, "a column has four fields")
                let type = SQLType(
                    oid: OID(UInt32(fields[2]) ?? 0), modifier: Int32(fields[3]) ?? -1)
                var column = Column(name: fields[1], type: type, isNotNull: fields[4] == "t")
                let isCatalog = relations[relations.count - 1].kind == .table
                if isCatalog, TypeCatalog.info(type.oid)?.isArray == true { column.dimensions = 1 }
                relations[relations.count - 1].columns.append(column)
            } else {
                invariant(fields.count == 4, "a relation has four fields")
                relations.append(
                    Relation(
                        oid: OID(UInt32(fields[0]) ?? 0), name: fields[2],
                        namespace: fields[1] == "pg_catalog"
                            ? SystemOID.catalogNamespace : SystemOID.informationNamespace,
                        owner: SystemOID.superuser, kind: fields[3] == "r" ? .table : .view))
            }
        }
        return relations
    }
}
