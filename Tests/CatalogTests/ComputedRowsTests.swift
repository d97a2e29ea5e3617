import Base
import Catalog
import Testing

@Suite struct ComputedRowsTests {
    /// A store of its own, as the first start makes it.
    static func store() throws -> CatalogStore {
        let generations = GenerationCounter()
        return try CatalogStore(
            rows: [], identifiers: IdentifierAllocator(ceiling: 0) { _ in }, shardCount: 4,
            newGeneration: { generations.next() })
    }

    @Test func everyRelationGivesRowsOfItsColumns() throws {
        let store = try ComputedRowsTests.store()
        let snapshot = try #require(store.snapshot(of: SystemOID.postgresDatabase))
        let scope = CatalogScope(
            snapshot: snapshot, searchPathNames: ["$user", "public"], user: SystemOID.superuser,
            temporaryNamespace: nil)
        let context = ComputedContext(
            scope: scope, settings: SessionSettings(server: ServerSettings()))
        let classRows = try rows("pg_class", context)
        #expect(classRows.count > 150)
        for row in classRows {
            let oid = row[0].oid
            #expect(snapshot.isComputed(oid))
            let columns = try #require(snapshot.relation(oid)).columns.count
            for computed in try ComputedRows.rows(of: oid, context, arena: Arena()) {
                #expect(computed.count == columns)
            }
        }
    }

    @Test func firstDatabasesAndRoles() throws {
        let store = try ComputedRowsTests.store()
        let snapshot = try #require(store.snapshot(of: SystemOID.postgresDatabase))
        #expect(snapshot.databases.map(\.name) == ["template1", "template0", "postgres"])
        #expect(snapshot.role(named: "postgres")?.isSuperuser == true)
        #expect(snapshot.namespace(named: "public")?.oid == OID(2200))
        #expect(snapshot.relation(named: "pg_class", namespace: OID(11))?.oid == OID(1259))
    }

    private func rows(_ name: String, _ context: ComputedContext) throws -> [[Datum]] {
        let relation = try #require(
            context.scope.snapshot.relation(
                named: name, namespace: SystemOID.catalogNamespace))
        return try ComputedRows.rows(of: relation.oid, context, arena: Arena())
    }
}
