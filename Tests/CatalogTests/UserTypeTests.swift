import Base
import Catalog
import Sequences
import Testing
import Types

@Suite struct UserTypeTests {
    private func reopened(_ transaction: CatalogTransaction) throws -> CatalogSnapshot {
        let rows =
            CatalogStore.initialRows
            + transaction.rows.compactMap { row in row.value.map { (row.key, $0) } }
        let store = try CatalogStore(
            rows: rows, identifiers: IdentifierAllocator(ceiling: 30000) { _ in }, shardCount: 1,
            newGeneration: { 0 })
        return try #require(store.snapshot(of: SystemOID.postgresDatabase))
    }

    private func enumeration(_ transaction: CatalogTransaction) throws -> UserType {
        var labels = EnumLabels([])
        for label in ["sad", "happy"] {
            try labels.insert(label, oid: try transaction.newOID(), at: labels.labels.count)
        }
        try labels.insert("ok", oid: try transaction.newOID(), at: 1)
        return UserType(
            oid: try transaction.newOID(), name: "mood", namespace: SystemOID.publicNamespace,
            owner: SystemOID.superuser, array: try transaction.newOID(), arrayName: "_mood",
            kind: .enumeration(labels))
    }

    @Test func typesLoadAgain() throws {
        let store = try ComputedRowsTests.store()
        let transaction = try #require(
            CatalogTransaction(store: store, database: SystemOID.postgresDatabase))
        let mood = try enumeration(transaction)
        transaction.put(mood)
        var domain = Domain(
            base: SQLType(mood.array), dimensions: 1, collation: .invalid, isNotNull: true,
            defaultValue: StoredExpression(text: "'{}'"))
        domain.checks = [
            Domain.Check(
                oid: OID(29000), name: "c", expression: StoredExpression(text: "(VALUE <> '{}')"),
                isValidated: false)
        ]
        let moods = UserType(
            oid: try transaction.newOID(), name: "moods", namespace: SystemOID.publicNamespace,
            owner: SystemOID.superuser, array: try transaction.newOID(), arrayName: "_moods",
            kind: .domain(domain))
        transaction.put(moods)
        var row = Relation(
            oid: try transaction.newOID(), name: "pair", namespace: SystemOID.publicNamespace,
            owner: SystemOID.superuser, kind: .compositeType)
        row.columns = [Column(name: "m", type: SQLType(moods.oid))]
        row.rowType = try transaction.newOID()
        row.rowArrayType = try transaction.newOID()
        row.rowArrayName = "_pair"
        transaction.put(row)

        let again = try reopened(transaction)
        let labels = try #require(again.userType(mood.oid)?.value.labels)
        #expect(labels.labels.map(\.name) == ["sad", "ok", "happy"])
        #expect(labels.labels == mood.labels?.labels)
        let found = try #require(again.userType(moods.oid)?.value.domain)
        #expect(found.base == domain.base)
        #expect(found.isNotNull)
        #expect(found.checks.map(\.expression.text) == ["(VALUE <> '{}')"])
        #expect(again.domainCheck(OID(29000))?.check.isValidated == false)
        #expect(again.type(named: "pair", namespace: OID(2200))?.oid == row.rowType)
        #expect(again.type(named: "_pair", namespace: OID(2200))?.oid == row.rowArrayType)
        #expect(again.relation(ofRowType: row.rowType)?.oid == row.oid)
        #expect(TypeCatalog.base(moods.oid) == mood.array)
    }

    @Test func labelsFitBetweenOthers() throws {
        var labels = EnumLabels([])
        try labels.insert("first", oid: OID(1), at: 0)
        try labels.insert("last", oid: OID(2), at: 1)
        for number in 0..<38 {
            try labels.insert("l\(number)", oid: OID(UInt32(number + 3)), at: 1)
        }
        let words = labels.labels.map(\.word)
        #expect(words == words.sorted())
        #expect(Set(words).count == 40)
        let orders = labels.labels.map(\.sortOrder)
        #expect(orders == orders.sorted())
        #expect(Set(orders).count == 40)
        #expect(throws: SQLError.self) {
            for number in 0..<10 { try labels.insert("m\(number)", oid: OID(100), at: 1) }
        }
    }

    @Test func nameIsFreeAfterRename() throws {
        let store = try ComputedRowsTests.store()
        let transaction = try #require(
            CatalogTransaction(store: store, database: SystemOID.postgresDatabase))
        var mood = try enumeration(transaction)
        transaction.put(mood)
        mood.name = "temper"
        mood.arrayName = "_temper"
        transaction.put(mood)
        let snapshot = transaction.snapshot
        #expect(snapshot.type(named: "mood", namespace: OID(2200)) == nil)
        #expect(snapshot.type(named: "_mood", namespace: OID(2200)) == nil)
        #expect(snapshot.type(named: "temper", namespace: OID(2200))?.oid == mood.oid)
        transaction.dropType(mood.oid)
        #expect(transaction.snapshot.type(mood.oid) == nil)
    }
}
