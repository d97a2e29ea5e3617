import Base
import Catalog
import Glibc
import Query
import System
import Testing
import Types

@testable import Execute

/// What has no room in memory goes to disk and comes back as it was.
@Suite struct SpillTests {
    private func temporaryFiles(_ database: TestDatabase) throws -> TemporaryFiles {
        try TemporaryFiles(RealFileSystem(), directory: "\(database.directory)/temporary")
    }

    @Test func rowsComeBackAsTheyWere() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let database = try TestDatabase()
        let types: [PhysicalType] = [.word, .bytes, .bytes]
        let file = try SpillFile(
            try temporaryFiles(database), types: types, limitKilobytes: -1, use: SessionUse())
        let arena = Arena()
        var parts: [(range: Range<Int>, rows: [[[UInt8]?]])] = []
        for _ in 0..<6 {
            let start = try file.mark()
            var written: [[[UInt8]?]] = []
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let columns = types.map { Vector($0) }
                let count = Int.random(in: 1...batchRowsMax, using: &random)
                for row in 0..<count {
                    for column in columns {
                        if Int.random(in: 0..<5, using: &random) == 0 {
                            column.set(row, .null)
                        } else if column.physicalType == .word {
                            column.set(row, Datum(word: .random(in: .min ... .max, using: &random)))
                        } else {
                            let isLong = Int.random(in: 0..<400, using: &random) == 0
                            let length = Int.random(in: 0...(isLong ? 90_000 : 30), using: &random)
                            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
                            column.set(row, Datum(view: ByteView(copying: bytes, into: arena)))
                        }
                    }
                }
                try file.append(columns, count: count)
                written += (0..<count).map { row in columns.map { Self.value($0, row) } }
            }
            parts.append((start..<(try file.mark()), written))
        }
        for part in parts.shuffled(using: &random) {
            let reader = file.reader(part.range)
            var read: [[[UInt8]?]] = []
            while let batch = try reader.next() {
                for row in 0..<batch.count {
                    read.append(batch.columns.map { Self.value($0, row) })
                }
            }
            #expect(read == part.rows)
        }
        #expect(try RealFileSystem().list("\(database.directory)/temporary").isEmpty)
    }

    private static func value(_ column: Vector, _ row: Int) -> [UInt8]? {
        if column.isNull(row) { return nil }
        if column.physicalType == .bytes { return column.views[row].bytes }
        return withUnsafeBytes(of: column.words[row]) { [UInt8]($0) }
    }

    /// With 64 kB: a hundred runs, which one merge cannot take.
    @Test(arguments: [nil, 1_048_576, 1_100_000] as [Int64?])
    func sortsWhatDoesNotFit(limit: Int64?) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let database = try TestDatabase()
        try database.session.settings.set("work_mem", "64kB", isLocal: false)
        let run = try database.run()
        let compiler = ExpressionCompiler(run: run)
        let rows: [[Int64?]] = (0..<120_000).map { number in
            let key = Int64.random(in: 0..<20_000, using: &random)
            return [key % 9 == 0 ? nil : key, Int64(number)]
        }
        let sort = SortOperator(
            RowsOperator(rows, columnCount: 2, batchSize: 1000, run: run),
            keys: try compiler.sortKeys([
                SortKey(expression: .slot(0, type: .int8), descending: true, nullsFirst: false)
            ]),
            limit: try compiler.compileSet(
                limit.map { .constant(Constant(type: .int8, value: .word($0))) }), run: run)
        // Rows of one key in the order in which they came, though that is not promised.
        let expected = rows.sorted { a, b in
            if a[0] == b[0] { return a[1]! < b[1]! }
            guard let x = a[0] else { return false }
            guard let y = b[0] else { return true }
            return x > y
        }
        for _ in 0..<2 { #expect(try collect(sort) == expected) }
        #expect(sort.peakDiskBytes > 1 << 20)
        sort.close()
        #expect(database.session.record.use.temporaryFiles.count > 0)
    }

    @Test func aFullDiskAndTheLimitEndTheStatement() throws {
        let database = try TestDatabase()
        let columns = [Vector(.word)]
        columns[0].clear()
        func fill(_ files: TemporaryFiles, limitKilobytes: Int) -> SQLError? {
            do throws(SQLError) {
                let file = try SpillFile(
                    files, types: [.word], limitKilobytes: limitKilobytes, use: SessionUse())
                for _ in 0..<100 { try file.append(columns, count: batchRowsMax) }
                _ = try file.mark()
                return nil
            } catch { return error }
        }
        let files = try temporaryFiles(database)
        #expect(fill(files, limitKilobytes: -1) == nil)
        let limited = fill(files, limitKilobytes: 100)
        #expect(limited?.state == .configurationLimitExceeded)
        #expect(limited?.message == "temporary file size exceeds temp_file_limit (100kB)")
        let full = fill(
            try TemporaryFiles(FullDisk(), directory: "\(database.directory)/temporary"),
            limitKilobytes: -1)
        #expect(full?.state == .diskFull)
    }
}

/// Files that take nothing.
private final class FullDisk: FileSystem, @unchecked Sendable {
    private final class FullFile: File {
        override func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
            throw FileError("write to", path, ENOSPC)
        }
    }
    override func open(_ path: String, creating: Bool) throws(FileError) -> File {
        FullFile(path: path)
    }
    override func list(_ path: String) throws(FileError) -> [String] { [] }
    override func makeDirectory(_ path: String) throws(FileError) {}
    override func remove(_ path: String) throws(FileError) {}
}
