import Base
import Log
import Support
import System
import Testing

@testable import Engine

/// Flipped bits: whichever byte of whichever file is wrong, a look at the files says where, and no start
/// gives rows that were not written.
@Suite struct DamageTests {
    /// The files of an engine that has made checkpoints, gone on, and ended.
    private struct World {
        let disk = SimulatedDisk(seed: 4)
        static let generations = (0..<3).map { GenerationID(2000 + UInt64($0)) }
        private(set) var rows: [String] = []

        init(stops: Bool) throws {
            let engine = try World.open(disk)
            // The second checkpoint replaces what the first one has of the first generation alone, so that
            // a file has a section that nothing names. The last transactions are in the log alone.
            for (round, generations) in [World.generations, [World.generations[0]]].enumerated() {
                for generation in generations { try World.change(engine, generation, round) }
                engine.memoryBytesMax = 0
                try engine.checkpoint()
            }
            for (number, generation) in World.generations.enumerated() {
                try World.change(engine, generation, 2 + number)
                engine.log.flush()
            }
            rows = try World.rows(engine)
            if stops { engine.close() }
        }

        static func open(_ disk: SimulatedDisk) throws -> Engine {
            let engine = try Engine(
                fileSystem: disk, directory: "data", logFileSizeBytes: 8 << 10,
                cacheSizeBytes: 64 << 10, wholeBytesMax: 0
            ) { _, _ in }
            engine.log.onFailure = { _ in }
            return engine
        }

        private static func change(
            _ engine: Engine, _ generation: GenerationID, _ round: Int
        ) throws {
            let transaction = engine.begin(waiter: Waiter(), processID: 1)
            let table = engine.table(generation)
            for number in 0..<40 {
                let key = Array("key\(round * 20 + number)".utf8)
                let row = Array("row \(generation.rawValue) \(round) \(number * number)".utf8)
                transaction.advanceCommand()
                let snapshot = transaction.snapshot(lastCommit: engine.newestPosition)
                try key.withUnsafeBytes { key in
                    try row.withUnsafeBytes { row in
                        if try table.read(key, snapshot) == nil {
                            _ = try table.insert(key, row: row, transaction)
                        } else if number % 3 == 0 {
                            _ = try table.delete(key, snapshot: snapshot, transaction)
                        } else {
                            _ = try table.update(
                                key, row: row, snapshot: snapshot, isKeyUpdate: true, transaction)
                        }
                    }
                }
            }
            transaction.commit()
        }

        static func rows(_ engine: Engine) throws -> [String] {
            let limit = 64
            let places = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 2 * limit)
            defer { places.deallocate() }
            var result: [String] = []
            let snapshot = Snapshot(
                horizon: engine.newestPosition, writer: .none, command: 0)
            for generation in generations {
                var cursor = try Cursor(engine.table(generation), snapshot: snapshot)
                while case let count = try cursor.next(
                    keys: places, rows: places + limit, limit: limit), count > 0
                {
                    for index in 0..<count {
                        result.append(
                            String(decoding: places[index], as: UTF8.self) + ": "
                                + String(decoding: places[limit + index], as: UTF8.self))
                    }
                }
            }
            return result
        }

        /// All files, by path, with their sizes.
        func files() throws -> [(path: String, sizeBytes: Int)] {
            try disk.list("data").map { name in
                let path = "data/\(name)"
                return (path, disk.bytes(of: path)?.count ?? 0)
            }
        }

        func check(isStopped: Bool) -> StorageCheck {
            StorageCheck(disk, directory: "data", isStopped: isStopped)
        }

        /// Another disk with the same files.
        func copy() throws -> SimulatedDisk {
            let copy = SimulatedDisk(seed: 5)
            for (path, _) in try files() {
                if let bytes = disk.bytes(of: path) { copy.setBytes(bytes, of: path) }
            }
            return copy
        }
    }

    @Test(arguments: [true, false])
    func whatIsWholeHasNoDamage(stops: Bool) throws {
        let world = try World(stops: stops)
        let check = world.check(isStopped: stops)
        #expect(check.problems == [])
        #expect(check.notes == [])
        #expect(check.wasStoppedCleanly == stops)
        #expect(check.fileCount >= 4)
        #expect(check.blockCount >= 3)
        #expect(check.keyCount > 100)
        #expect(check.recordCount > 100)
    }

    /// The offset that a message names.
    private static func offset(_ message: String) -> Int? {
        let words = message.split(separator: " ")
        guard let name = words.lastIndex(of: "offset"), name + 1 < words.count else { return nil }
        return Int(words[name + 1].prefix { $0.isNumber })
    }

    /// Every place of small files, and so many of larger ones that each kind of field has some.
    @Test func flippedBitsAreFoundWhereTheyAre() throws {
        let world = try World(stops: true)
        var random = SeededRandom(seed: 9)
        for (path, sizeBytes) in try world.files() {
            let step = max(sizeBytes / 3000, 1)
            for place in stride(from: 0, to: sizeBytes, by: step) {
                let offset = min(place + Int.random(in: 0..<step, using: &random), sizeBytes - 1)
                let mask = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
                world.disk.damage(path, at: offset, xor: mask)
                defer { world.disk.damage(path, at: offset, xor: mask) }
                let check = world.check(isStopped: true)
                let named = check.problems.filter { $0.contains("\"\(path)\"") }
                #expect(!named.isEmpty, "\(path) at \(offset), bit \(mask): \(check.problems)")
                let found = named.compactMap { DamageTests.offset($0) }
                #expect(
                    found.contains { $0 <= offset && offset - $0 < 40 << 10 },
                    "\(path) at \(offset), bit \(mask): \(named)")
            }
        }
    }

    /// A start is refused, or reading is, or every row is as it was written.
    @Test func flippedBitsAreNeverRead() throws {
        let world = try World(stops: true)
        var random = SeededRandom(seed: 10)
        var refused = 0
        for (path, sizeBytes) in try world.files() {
            let step = max(sizeBytes / 60, 1)
            for place in stride(from: 0, to: sizeBytes, by: step) {
                let offset = min(place + Int.random(in: 0..<step, using: &random), sizeBytes - 1)
                let mask = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
                let disk = try world.copy()
                disk.damage(path, at: offset, xor: mask)
                do {
                    let rows = try World.rows(try World.open(disk))
                    #expect(rows == world.rows, "\(path) at \(offset), bit \(mask)")
                } catch let error as LogOpenError {
                    #expect(error.description.contains("\"\(path)\""), "\(path) at \(offset)")
                    refused += 1
                } catch let error as SQLError {
                    #expect(error.state == .dataCorrupted && error.message.contains("\"\(path)\""))
                    refused += 1
                }
            }
        }
        #expect(refused > 100)
    }

    /// What a crash leaves is no damage.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func whatACrashLeavesIsNoDamage(seed: UInt64) throws {
        let disk = SimulatedDisk(seed: seed)
        let engine = try World.open(disk)
        disk.plan(.tear, inOperations: Int(seed) * 3)
        for number in 0..<12 {
            let transaction = engine.begin(waiter: Waiter(), processID: 1)
            let key = Array("key\(number)".utf8)
            let row = [UInt8](repeating: UInt8(number), count: 700)
            try key.withUnsafeBytes { key in
                try row.withUnsafeBytes { row in
                    _ = try engine.table(World.generations[0]).insert(key, row: row, transaction)
                }
            }
            transaction.commit()
            engine.log.flush()
            engine.memoryBytesMax = number % 8 == 0 ? 0 : .max / 2
            if number % 4 == 0 { try? engine.checkpoint() }
        }
        disk.restart()
        let check = StorageCheck(disk, directory: "data", isStopped: false)
        #expect(check.problems == [])
    }

    /// `ordinal verify` looks at data through it.
    @Test func anOverlayLeavesFilesAsTheyAre() throws {
        let world = try World(stops: false)
        let before = try world.files().map { world.disk.bytes(of: $0.path) }
        let engine = try Engine(
            fileSystem: OverlayFileSystem(over: world.disk), directory: "data",
            logFileSizeBytes: 8 << 10
        ) { _, _ in }
        #expect(try World.rows(engine) == world.rows)
        let transaction = engine.begin(waiter: Waiter(), processID: 1)
        try [UInt8]([1, 2]).withUnsafeBytes {
            _ = try engine.table(World.generations[0]).insert($0, row: $0, transaction)
        }
        transaction.commit()
        try engine.checkpoint()
        engine.close()
        #expect(try world.files().map { world.disk.bytes(of: $0.path) } == before)
    }
}
