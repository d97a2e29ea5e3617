import Base
import Catalog
import Engine
import Query
import Testing
import Types

@testable import Execute

/// What `ordinal verify` says of tables and indexes that do not agree.
@Suite struct TableComparisonTests {
    /// A table of (id integer PRIMARY KEY, v integer) with rows 0 … 99 and an index on v.
    private final class World {
        let database: TestDatabase
        let table: Shared<Relation>
        let checks: TableChecks
        let entries: GenerationID
        var engine: Engine { database.engine }
        var session: SessionState { database.session }

        init(isUnique: Bool) throws {
            database = try TestDatabase()
            let engine = database.engine
            func relation(_ oid: UInt32, _ name: String, _ kind: RelationKind) -> Relation {
                var relation = Relation(
                    oid: OID(oid), name: name, namespace: SystemOID.publicNamespace,
                    owner: SystemOID.superuser, kind: kind)
                relation.placement = Placement(
                    generation: engine.allocateGeneration().rawValue, shard: 0)
                return relation
            }
            let type = SQLType(oid: .int4)
            var rows = relation(20000, "t", .table)
            rows.columns = [
                Column(name: "id", type: type, isNotNull: true), Column(name: "v", type: type),
            ]
            rows.indexes = [OID(20001), OID(20002)]
            rows.primaryKey = OID(20001)
            func index(_ oid: UInt32, _ name: String, _ column: Int) -> Relation {
                var index = relation(oid, name, .index)
                index.index = IndexDefinition(
                    table: rows.oid, keys: [IndexKey(column: column, type: type)],
                    isUnique: column == 0 || isUnique, isPrimary: column == 0)
                return index
            }
            let indexes = [index(20001, "t_pkey", 0), index(20002, "t_v", 1)]
            table = Shared(rows)
            entries = GenerationID(indexes[1].placement?.generation ?? 0)
            checks = TableChecks(
                indexes: indexes.enumerated().map { number, index in
                    TableChecks.Index(
                        relation: Shared(index), keys: [.slot(number, type: type)], predicate: nil)
                })
            let run = try database.run()
            let writer = try RowWriter(
                rows, checks: checks, compiler: ExpressionCompiler(run: run))
            let batch = Batch([.word, .word])
            batch.count = 100
            for row in 0..<100 {
                batch.columns[0].set(row, Datum(word: Int64(row)))
                batch.columns[1].set(row, Datum(word: Int64(1000 + row)))
            }
            try writer.prepare(batch)
            for row in 0..<100 { try writer.insert(row, of: batch) }
            try session.commit()
        }

        func compare() throws -> TableComparison {
            try session.begin()
            defer { session.abort() }
            return try TableComparison(table, checks, session: session)
        }

        /// Changes the index alone: `body` gets an entry of the middle.
        func spoil(_ body: (Table, [UInt8], [UInt8], Transaction) throws -> Void) throws {
            try session.begin()
            let transaction = try #require(session.transaction)
            let index = engine.table(entries)
            let places = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 200)
            defer { places.deallocate() }
            var cursor = try Cursor(
                index, snapshot: transaction.snapshot(lastCommit: engine.newestPosition))
            #expect(try cursor.next(keys: places, rows: places + 100, limit: 100) == 100)
            try body(index, [UInt8](places[50]), [UInt8](places[150]), transaction)
            try session.commit()
        }
    }

    @Test(arguments: [false, true])
    func whatAgreesIsCounted(isUnique: Bool) throws {
        let found = try World(isUnique: isUnique).compare()
        #expect(found.problems == [])
        #expect(found.rowCount == 100)
        #expect(found.entryCount == 100)
    }

    @Test(arguments: [false, true])
    func missingEntriesAreFound(isUnique: Bool) throws {
        let world = try World(isUnique: isUnique)
        try world.spoil { index, key, _, transaction in
            try key.withUnsafeBytes { try index.removeEntry($0, transaction) }
        }
        let found = try world.compare()
        #expect(
            found.problems == [
                "index \"t_v\" has no entry for the row with key \\x0180000032",
                "index \"t_v\" has 99 entries, its table needs 100",
            ])
    }

    @Test(arguments: [false, true])
    func entriesWithoutRowsAreFound(isUnique: Bool) throws {
        let world = try World(isUnique: isUnique)
        try world.spoil { index, key, value, transaction in
            try (key + [7]).withUnsafeBytes { key in
                try (value + [7]).withUnsafeBytes {
                    try index.addEntry(key, value: $0, transaction)
                }
            }
        }
        let found = try world.compare()
        #expect(
            found.problems == [
                "index \"t_v\" has an entry for key \\x018000003207, which no row has",
                "index \"t_v\" has 101 entries, its table needs 100",
            ])
    }

    @Test func entriesOfOtherRowsAreFound() throws {
        let world = try World(isUnique: true)
        try world.spoil { index, key, value, transaction in
            var other = value
            other[other.count - 1] -= 1
            try key.withUnsafeBytes { key in
                try index.removeEntry(key, transaction)
                try other.withUnsafeBytes { try index.addEntry(key, value: $0, transaction) }
            }
        }
        let found = try world.compare()
        #expect(
            found.problems == [
                "the entry of index \"t_v\" for the row with key \\x0180000032 is another row's"
            ])
    }
}
