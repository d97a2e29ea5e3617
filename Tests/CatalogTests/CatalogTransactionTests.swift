import Base
import Catalog
import Sequences
import Synchronization
import Testing
import Types

final class GenerationCounter: Sendable {
    private let value = Atomic<UInt64>(1024)
    func next() -> UInt64 { value.add(1, ordering: .relaxed).newValue }
}

@Suite struct CatalogTransactionTests {
    private func table(_ transaction: CatalogTransaction, _ name: String) throws -> Relation {
        var relation = Relation(
            oid: try transaction.newOID(), name: name, namespace: SystemOID.publicNamespace,
            owner: SystemOID.superuser, kind: .table)
        relation.columns = [Column(name: "id", type: SQLType(oid: .int4, modifier: -1))]
        relation.placement = transaction.newPlacement()
        return relation
    }

    @Test func changesAreOwnUntilPublished() throws {
        let store = try ComputedRowsTests.store()
        let one = try #require(
            CatalogTransaction(store: store, database: SystemOID.postgresDatabase))
        let other = try #require(
            CatalogTransaction(store: store, database: SystemOID.postgresDatabase))
        let relation = try table(one, "t")
        one.put(relation)
        #expect(one.snapshot.relation(relation.oid)?.name == "t")
        #expect(other.snapshot.relation(relation.oid) == nil)

        // Another transaction's commit is seen at once, under the own changes.
        let second = try table(other, "u")
        other.put(second)
        other.publish()
        other.reset()
        #expect(one.snapshot.relation(named: "u", namespace: OID(2200))?.oid == second.oid)
        #expect(one.snapshot.relation(named: "t", namespace: OID(2200))?.oid == relation.oid)

        one.publish()
        one.reset()
        #expect(other.snapshot.relation(relation.oid) != nil)
        #expect(other.snapshot.relation(second.oid) === one.snapshot.relation(second.oid))
    }

    @Test func savepointsTakeBackChangesAndPlacements() throws {
        let store = try ComputedRowsTests.store()
        let transaction = try #require(
            CatalogTransaction(store: store, database: SystemOID.postgresDatabase))
        let kept = try table(transaction, "kept")
        transaction.put(kept)
        let mark = transaction.mark()
        let lost = try table(transaction, "lost")
        transaction.put(lost)
        var renamed = kept
        renamed.name = "renamed"
        transaction.put(renamed)
        #expect(transaction.rollback(to: mark) == [lost.placement!])
        #expect(transaction.snapshot.relation(lost.oid) == nil)
        #expect(transaction.snapshot.relation(kept.oid)?.name == "kept")
        #expect(transaction.snapshot.relation(named: "renamed", namespace: OID(2200)) == nil)
    }

    @Test func rowsLoadAgain() throws {
        let store = try ComputedRowsTests.store()
        let transaction = try #require(
            CatalogTransaction(store: store, database: SystemOID.postgresDatabase))
        var relation = try table(transaction, "t")
        relation.options = ["fillfactor=70"]
        relation.constraints = [
            Constraint(
                oid: OID(20000), name: "c", kind: .check(StoredExpression(text: "(id > 0)")),
                columns: [0]),
            Constraint(
                oid: OID(20001), name: "f",
                kind: .foreignKey(
                    Constraint.ForeignKey(
                        table: OID(7), columns: [3], index: OID(8), onUpdate: .cascade,
                        onDelete: .setNull, matchFull: true)), columns: [0], isDeferrable: true),
        ]
        relation.privileges = [
            Privilege(grantee: .invalid, grantor: OID(10), rights: .select, grantable: [])
        ]
        transaction.put(relation)
        var sequence = Relation(
            oid: OID(20002), name: "s", namespace: SystemOID.publicNamespace,
            owner: SystemOID.superuser, kind: .sequence, persistence: .unlogged)
        sequence.sequence = SequenceDefinition(
            type: .int2, start: -1, increment: -4, minimum: -32768, maximum: -1, cache: 7,
            cycle: true)
        transaction.put(sequence)
        transaction.addDependency(
            Dependency(.relation(OID(20002)), on: .column(0, of: relation.oid), .automatic))
        transaction.setComment(on: .relation(relation.oid), "naïve")

        let rows =
            CatalogStore.initialRows
            + transaction.rows.compactMap { row in row.value.map { (row.key, $0) } }
        let loaded = try CatalogStore(
            rows: rows, identifiers: IdentifierAllocator(ceiling: 0) { _ in }, shardCount: 1,
            newGeneration: { 0 })
        let snapshot = try #require(loaded.snapshot(of: SystemOID.postgresDatabase))
        let again = try #require(snapshot.relation(relation.oid)).value
        // What is written again is the same bytes: nothing was lost.
        #expect(
            CatalogCodec.encode(.relation(Shared(again)))
                == CatalogCodec.encode(.relation(Shared(relation))))
        #expect(snapshot.relation(OID(20002))?.sequence == sequence.sequence)
        #expect(snapshot.ownedSequence(of: relation.oid, columnNumber: 1) == OID(20002))
        #expect(snapshot.comment(on: .relation(relation.oid)) == "naïve")
        #expect(loaded.snapshot(of: SystemOID.template1Database)?.relation(relation.oid) == nil)
    }

    @Test func damagedRowsAreRefused() throws {
        let store = try ComputedRowsTests.store()
        let transaction = try #require(
            CatalogTransaction(store: store, database: SystemOID.postgresDatabase))
        let relation = try table(transaction, "t")
        let key = CatalogCodec.encode(.relation(relation.oid), database: OID(5))
        let value = CatalogCodec.encode(.relation(Shared(relation)))
        for count in 0..<value.count {
            #expect(throws: SQLError.self) {
                try CatalogCodec.decode(key, Array(value.prefix(count)))
            }
        }
        _ = try CatalogCodec.decode(key, value)
    }

    @Test func partitionsAreWrittenAndRead() throws {
        var parent = Relation(
            oid: OID(30001), name: "p", namespace: OID(2200), owner: OID(10),
            kind: .partitionedTable)
        parent.columns = [Column(name: "a", type: SQLType(.int4))]
        parent.partitioning = Partitioning(
            strategy: .range,
            keys: [
                PartitionKey(column: 0, type: SQLType(.int4)),
                PartitionKey(
                    column: nil, expression: StoredExpression(text: "(a + 1)"),
                    type: SQLType(.int4)),
            ], partitions: [OID(30002)])
        var child = Relation(
            oid: OID(30002), name: "c", namespace: OID(2200), owner: OID(10), kind: .table)
        child.columns = parent.columns
        var check = Constraint(
            oid: OID(30003), name: "x", kind: .check(StoredExpression(text: "(a > 0)")),
            columns: [0])
        check.isInherited = true
        check.isLocal = false
        check.parent = OID(30004)
        child.constraints = [check]
        let bounds: [PartitionBounds] = [
            .default, .hash(modulus: 4, remainder: 3), .list([.null, .value("x")]),
            .range(lower: [.minimum, .value("1")], upper: [.value("9"), .maximum]),
        ]
        var relations = [parent]
        for bound in bounds {
            child.partition = PartitionMembership(
                parent: parent.oid, bounds: bound, isAttached: true)
            relations.append(child)
        }
        for relation in relations {
            let key = CatalogCodec.encode(.relation(relation.oid), database: OID(5))
            let value = CatalogCodec.encode(.relation(Shared(relation)))
            guard case .relation(let again) = try CatalogCodec.decode(key, value).value else {
                Issue.record("a relation is one")
                continue
            }
            #expect(CatalogCodec.encode(.relation(again)) == value)
            #expect(again.partition?.bounds == relation.partition?.bounds)
            #expect(again.partitioning?.partitions == relation.partitioning?.partitions)
            #expect(again.constraints.first?.parent == relation.constraints.first?.parent)
        }
    }
}
