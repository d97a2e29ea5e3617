import Base
import Catalog
import Synchronization
import Testing
import Types

@testable import Statement

@Suite struct DependencyDeletionTests {
    /// A schema `s` with tables `a` (identity column) and `b`, whose constraint `b_fk` and default
    /// depend on `a` and its sequence.
    private struct World {
        let transaction: CatalogTransaction
        let schema: OID
        let a: OID
        let sequence: OID
        let b: OID
        let constraint: OID

        var scope: CatalogScope {
            CatalogScope(
                snapshot: transaction.snapshot, searchPathNames: ["public"],
                user: SystemOID.superuser, temporaryNamespace: nil)
        }

        init() throws {
            let generations = Atomic<UInt64>(2000)
            let next = generations.add(1, ordering: .relaxed).newValue
            let store = try CatalogStore(
                rows: [], identifiers: IdentifierAllocator(ceiling: 0) { _ in }, shardCount: 1,
                newGeneration: { next })
            transaction = try #require(
                CatalogTransaction(store: store, database: SystemOID.postgresDatabase))
            schema = try transaction.newOID()
            transaction.put(Namespace(oid: schema, name: "s", owner: SystemOID.superuser))
            func relation(_ name: String, _ kind: RelationKind, _ oid: OID) -> Relation {
                var relation = Relation(
                    oid: oid, name: name, namespace: kind == .sequence ? schema : schema,
                    owner: SystemOID.superuser, kind: kind)
                relation.columns = [Column(name: "id", type: SQLType(oid: .int4))]
                return relation
            }
            sequence = try transaction.newOID()
            a = try transaction.newOID()
            b = try transaction.newOID()
            constraint = try transaction.newOID()
            transaction.put(relation("a_seq", .sequence, sequence))
            transaction.put(relation("a", .table, a))
            var other = relation("b", .table, b)
            other.constraints = [
                Constraint(
                    oid: constraint, name: "b_fk",
                    kind: .foreignKey(
                        Constraint.ForeignKey(
                            table: a, columns: [0], index: .invalid, onUpdate: .noAction,
                            onDelete: .noAction, matchFull: false)), columns: [0])
            ]
            other.namespace = SystemOID.publicNamespace
            transaction.put(other)
            for table in [a, sequence] {
                transaction.addDependency(
                    Dependency(.relation(table), on: .namespace(schema), .normal))
            }
            transaction.addDependency(
                Dependency(.relation(sequence), on: .column(0, of: a), .internal))
            transaction.addDependency(
                Dependency(.columnDefault(0, of: b), on: .column(0, of: b), .automatic))
            transaction.addDependency(
                Dependency(.columnDefault(0, of: b), on: .relation(sequence), .normal))
            transaction.addDependency(
                Dependency(.constraint(constraint), on: .column(0, of: b), .automatic))
            transaction.addDependency(
                Dependency(.constraint(constraint), on: .column(0, of: a), .normal))
        }

        func deletion(_ objects: ObjectAddress...) throws(SQLError) -> DependencyDeletion {
            try DependencyDeletion(of: objects, in: scope, snapshot: transaction.snapshot)
        }
    }

    @Test func restrictNamesEveryDependent() throws {
        let world = try World()
        let deletion = try world.deletion(.relation(world.a))
        do {
            _ = try deletion.report(.restrict)
            Issue.record("the table has dependents")
        } catch {
            #expect(error.state == .dependentObjectsStillExist)
            #expect(error.message == "cannot drop table s.a because other objects depend on it")
            #expect(
                error.fields.detail == """
                    default value for column id of table b depends on sequence s.a_seq
                    constraint b_fk on table b depends on table s.a
                    """)
        }
    }

    @Test func cascadeGoesFromDependentToObject() throws {
        let world = try World()
        let deletion = try world.deletion(.namespace(world.schema))
        let objects = deletion.entries.map(\.object)
        #expect(objects.last == .namespace(world.schema))
        let table = try #require(objects.firstIndex(of: .relation(world.a)))
        for dependent in [
            ObjectAddress.constraint(world.constraint), .relation(world.sequence),
            .columnDefault(0, of: world.b),
        ] {
            let index = try #require(objects.firstIndex(of: dependent))
            #expect(index < table)
        }
        #expect(Set(objects).count == objects.count)
        let notice = try deletion.report(.cascade)
        #expect(notice?.message == "drop cascades to 3 other objects")
    }

    @Test func partsNeedTheirWhole() throws {
        let world = try World()
        do {
            _ = try world.deletion(.relation(world.sequence))
            Issue.record("the sequence belongs to an identity column")
        } catch {
            #expect(
                error.message
                    == "cannot drop sequence s.a_seq because column id of table s.a requires it")
            #expect(error.fields.hint == "You can drop column id of table s.a instead.")
        }
        // Together with its table it may be named.
        let both = try world.deletion(.relation(world.sequence), .relation(world.a))
        #expect(both.entries.map(\.object).contains(.relation(world.sequence)))
    }
}
