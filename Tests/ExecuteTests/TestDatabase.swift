import Base
import Catalog
import Engine
import Glibc
import Log
import Query
import Sequences
import System
import Testing
import Types

@testable import Execute

/// A database in a directory of its own, removed with it, and a session in it.
final class TestDatabase {
    let directory: String
    let engine: Engine
    let session: SessionState

    init() throws {
        var name = Array("/tmp/ordinal-execute-XXXXXX".utf8CString)
        directory = name.withUnsafeMutableBufferPointer {
            String(cString: mkdtemp($0.baseAddress!))
        }
        let engine = try Engine(fileSystem: RealFileSystem(), directory: directory) { _, _ in }
        self.engine = engine
        let sequences = SequenceManager()
        sequences.open(engine)
        let catalog = try CatalogStore(
            rows: [], identifiers: IdentifierAllocator(ceiling: 0) { _ in }, shardCount: 1,
            newGeneration: { engine.allocateGeneration().rawValue })
        let settings = ServerSettings()
        let template = try #require(catalog.snapshot(of: OID(1)))
        let postgres = try #require(template.database(named: "postgres"))
        let database = OpenDatabase(
            engine: engine, catalog: catalog, sequences: sequences, settings: settings,
            temporaryFiles: try TemporaryFiles(
                RealFileSystem(), directory: "\(directory)/temporary"),
            oid: postgres.oid)
        session = try #require(
            SessionState(
                database: database, waiter: Waiter(), processID: 1,
                user: OID(10), settings: SessionSettings(server: settings)))
    }

    deinit {
        let files = (try? RealFileSystem().list(directory)) ?? []
        for file in files { unlink("\(directory)/\(file)") }
        rmdir("\(directory)/temporary")
        rmdir(directory)
    }

    /// A run of no plan, in a transaction.
    func run() throws -> RunState {
        if !session.isInTransaction { try session.begin() }
        let run = RunState(session: session, executionParameterCount: 4)
        try run.begin(parameters: [])
        return run
    }
}

/// Gives rows of words (nil: null) in batches of a size.
final class RowsOperator: Operator {
    private let rows: [[Int64?]]
    private let size: Int
    private let output: Batch
    private var position = 0

    init(_ rows: [[Int64?]], columnCount: Int, batchSize: Int, run: RunState) {
        self.rows = rows
        size = batchSize
        let types = [PhysicalType](repeating: .word, count: columnCount)
        output = Batch(types)
        super.init(types: types, run: run)
    }

    override func open() throws(SQLError) { position = 0 }
    override func next() throws(SQLError) -> Batch? {
        let count = min(size, rows.count - position)
        if count == 0 { return nil }
        for (index, column) in output.columns.enumerated() {
            column.hasNulls = false
            for row in 0..<count {
                column.set(row, rows[position + row][index].map { Datum(word: $0) } ?? .null)
            }
        }
        position += count
        output.count = count
        return output
    }
}

/// All rows of an operator.
func collect(_ input: Operator) throws -> [[Int64?]] {
    try input.open()
    var rows: [[Int64?]] = []
    while let batch = try input.next() {
        for row in 0..<batch.count {
            rows.append(batch.columns.map { $0.isNull(row) ? nil : $0.words[row] })
        }
    }
    return rows
}
