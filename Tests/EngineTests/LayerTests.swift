import Base
import Log
import Support
import System
import Testing

@testable import Engine

/// Tables in memtables and segments, held against a model: whatever is where, every snapshot sees
/// through every kind of read what was committed when it was taken.
@Suite struct LayerTests {
    typealias Rows = [[UInt8]: [UInt8]]

    final class World {
        let disk: SimulatedDisk
        let generation: GenerationID
        private(set) var engine: Engine
        private(set) var rows: Rows = [:]
        /// Snapshots of this life of the engine and what they see.
        private(set) var known: [(snapshot: Snapshot, rows: Rows)] = []
        var random: SeededRandom

        init(seed: UInt64) throws {
            disk = SimulatedDisk(seed: seed)
            random = SeededRandom(seed: seed)
            engine = try World.open(disk, wholeBytesMax: 0)
            generation = engine.allocateGeneration()
        }

        private static func open(_ disk: SimulatedDisk, wholeBytesMax: Int) throws -> Engine {
            try Engine(
                fileSystem: disk, directory: "data", logFileSizeBytes: 64 << 10,
                cacheSizeBytes: 256 << 10, wholeBytesMax: wholeBytesMax
            ) { _, _ in }
        }

        var table: Table { engine.table(generation) }

        func reopen() throws {
            disk.restart()
            let isWhole = Int.random(in: 0..<3, using: &random) == 0
            engine = try World.open(disk, wholeBytesMax: isWhole ? 64 << 20 : 0)
            known = []
        }

        func key() -> [UInt8] {
            let number = Int.random(in: 0..<3000, using: &random)
            return Array("k\(number % 7)/\(number)".utf8)
        }

        /// Changes some keys, with a savepoint now and then, and commits or not; `inside` happens
        /// before the end.
        func change(_ inside: () throws -> Void) throws {
            let transaction = engine.begin(waiter: Waiter(), processID: 1)
            var changed = rows
            for _ in 0..<Int.random(in: 1...60, using: &random) {
                transaction.advanceCommand()
                let before = changed
                transaction.pushSavepoint()
                try change(&changed, transaction)
                if Int.random(in: 0..<6, using: &random) == 0 {
                    transaction.rollbackToSavepoint()
                    changed = before
                }
                transaction.releaseSavepoint()
            }
            try inside()
            if Int.random(in: 0..<4, using: &random) == 0 { return transaction.abort() }
            transaction.commit()
            rows = changed
            engine.log.flush()
            if Int.random(in: 0..<3, using: &random) == 0 {
                known.append((snapshot(), rows))
                if known.count > 6 { known.remove(at: Int.random(in: 1..<6, using: &random)) }
            }
        }

        func snapshot() -> Snapshot {
            Snapshot(horizon: engine.log.durablePosition, writer: .none, command: 0)
        }

        private func change(_ rows: inout Rows, _ transaction: Transaction) throws {
            let key = key()
            let size = Int.random(in: 0..<40, using: &random) == 0 ? 40_000 : 60
            let row = [UInt8](
                repeating: UInt8.random(in: 1...255, using: &random),
                count: Int.random(in: 0...size, using: &random))
            let newest = Snapshot(
                horizon: LogPosition(.max >> 2), writer: transaction.writer, command: .max)
            let table = self.table
            let isThere = rows[key] != nil
            try key.withUnsafeBytes { key in
                try row.withUnsafeBytes { bytes in
                    let outcome: Table.ChangeOutcome
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0:
                        outcome = try table.update(
                            key, row: bytes, snapshot: newest, isKeyUpdate: false, transaction)
                        if isThere { rows[[UInt8](key)] = row }
                    case 2 where isThere:
                        outcome = try table.delete(key, snapshot: newest, transaction)
                        rows[[UInt8](key)] = nil
                    default:
                        let inserted = try table.insert(key, row: bytes, transaction)
                        if case .done = inserted {
                            #expect(!isThere)
                            rows[[UInt8](key)] = row
                        } else {
                            #expect(isThere)
                        }
                        return
                    }
                    if case .done = outcome { #expect(isThere) } else { #expect(!isThere) }
                }
            }
        }

        /// Snapshots older than one that is known go away.
        func forgetOldest() {
            known.removeFirst(known.count / 2)
            engine.noteOldestHorizon(known.first?.snapshot.horizon ?? snapshot().horizon)
        }

        /// All ways to read, for all snapshots that are known.
        func check() throws {
            for (snapshot, rows) in known + [(snapshot(), self.rows)] {
                let table = self.table
                let keys = rows.keys.sorted { $0.lexicographicallyPrecedes($1) }
                #expect(try walk(table, snapshot, isReverse: false) == keys.map { [$0, rows[$0]!] })
                #expect(
                    try walk(table, snapshot, isReverse: true)
                        == keys.reversed().map { [$0, rows[$0]!] })
                for _ in 0..<30 {
                    let key = key()
                    let row = try key.withUnsafeBytes { try table.read($0, snapshot).map { [UInt8]($0) } }
                    #expect(row == rows[key])
                }
                try checkRange(table, snapshot, keys)
                try checkPrefix(table, snapshot, keys)
                try checkPieces(table, snapshot, keys)
            }
        }

        private func checkRange(_ table: Table, _ snapshot: Snapshot, _ keys: [[UInt8]]) throws {
            let (one, other) = (key(), key())
            let lower = one.lexicographicallyPrecedes(other) ? one : other
            let upper = lower == one ? other : one
            let wanted = keys.filter {
                !$0.lexicographicallyPrecedes(lower) && $0.lexicographicallyPrecedes(upper)
            }
            for isReverse in [false, true] {
                let found = try walk(
                    table, snapshot, isReverse: isReverse, lower: lower, upper: upper)
                #expect(found.map(\.[0]) == (isReverse ? wanted.reversed() : wanted))
            }
        }

        private func checkPrefix(_ table: Table, _ snapshot: Snapshot, _ keys: [[UInt8]]) throws {
            var walk = PrefixWalk(table, snapshot: snapshot)
            // Each has to stay until the next one is given.
            let prefixes = Array("k3/k1/k6/k9/".utf8)
            try prefixes.withUnsafeBytes { all in
                for start in stride(from: 0, to: all.count, by: 3) {
                    let prefix = UnsafeRawBufferPointer(rebasing: all[start..<start + 3])
                    var found: [[UInt8]] = []
                    walk.beginBatch()
                    try walk.start(prefix)
                    while let (key, _) = try walk.next() { found.append([UInt8](key)) }
                    #expect(found == keys.filter { $0.starts(with: prefix) })
                }
            }
        }

        private func checkPieces(_ table: Table, _ snapshot: Snapshot, _ keys: [[UInt8]]) throws {
            let pieces = try ScanPieces(table)
            var found: [[UInt8]] = []
            while var cursor = try Cursor(table, next: pieces, snapshot: snapshot) {
                found += try World.all(&cursor).map(\.[0])
            }
            #expect(found == keys)
        }

        private func walk(
            _ table: Table, _ snapshot: Snapshot, isReverse: Bool, lower: [UInt8]? = nil,
            upper: [UInt8]? = nil
        ) throws -> [[[UInt8]]] {
            func with(
                _ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) throws -> Cursor
            ) throws -> Cursor {
                guard let bytes else { return try body(nil) }
                return try bytes.withUnsafeBytes { try body($0) }
            }
            var cursor = try with(lower) { lower in
                try with(upper) { upper in
                    try Cursor(
                        table, lower: lower, upper: upper, snapshot: snapshot, isReverse: isReverse)
                }
            }
            return try World.all(&cursor)
        }

        private static func all(_ cursor: inout Cursor) throws -> [[[UInt8]]] {
            let empty = UnsafeRawBufferPointer(start: nil, count: 0)
            let keys = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 64)
            let rows = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 64)
            keys.initialize(repeating: empty, count: 64)
            rows.initialize(repeating: empty, count: 64)
            defer {
                keys.deallocate()
                rows.deallocate()
            }
            var found: [[[UInt8]]] = []
            while case let count = try cursor.next(keys: keys, rows: rows, limit: 64), count > 0 {
                for index in 0..<count { found.append([[UInt8](keys[index]), [UInt8](rows[index])]) }
            }
            return found
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func everySnapshotSeesWhatWasCommitted(seed: UInt64) throws {
        let world = try World(seed: seed)
        for round in 0..<60 {
            let inside = Int.random(in: 0..<5, using: &world.random) == 0
            try world.change {
                if !inside { return }
                world.engine.memoryBytesMax = round % 2 == 0 ? 0 : .max / 2
                try world.engine.checkpoint()
            }
            switch Int.random(in: 0..<6, using: &world.random) {
            case 0:
                world.engine.memoryBytesMax = 0
                try world.engine.checkpoint()
            case 1:
                world.engine.memoryBytesMax = .max / 2
                try world.engine.checkpoint()
            case 2 where round % 5 == 4: try world.reopen()
            case 3: world.forgetOldest()
            default: break
            }
            if round % 3 == 0 { try world.check() }
        }
        try world.check()
        try world.reopen()
        try world.check()
    }

    /// What a start reads does not grow: the log before a checkpoint goes, and so do segments that
    /// were replaced.
    @Test func aCheckpointLeavesLittleBehind() throws {
        let world = try World(seed: 5)
        for round in 0..<20 {
            world.engine.memoryBytesMax = round % 2 == 0 ? 0 : .max / 2
            for _ in 0..<10 { try world.change {} }
            try world.engine.checkpoint()
            let names = try world.disk.list("data").filter { $0.utf8.count == 16 }
            #expect(names.count <= 2, "\(names)")
            world.forgetOldest()
        }
        let segments = try world.disk.list("data/segments").filter { $0.hasSuffix(".segment") }
        #expect(segments.count <= 10, "\(segments)")
        try world.reopen()
        try world.check()
    }

    /// A file of a later version is named and refused.
    @Test func anotherFormatVersionIsRefused() throws {
        let world = try World(seed: 6)
        world.engine.memoryBytesMax = 0
        try world.change {}
        world.engine.close()
        for name in ["manifest"] + (try world.disk.list("data/segments")).filter({ $0 != "manifest" }) {
            let path = "data/segments/" + name
            guard var bytes = world.disk.bytes(of: path) else { continue }
            let before = bytes
            bytes[4] = 2
            if name != "manifest" {
                let checksum = bytes[..<20].withUnsafeBytes { crc32c($0) }
                for place in 0..<4 { bytes[20 + place] = UInt8(truncatingIfNeeded: checksum >> (8 * UInt32(place))) }
            }
            world.disk.setBytes(bytes, of: path)
            do {
                _ = try Engine(
                    fileSystem: world.disk, directory: "data", logFileSizeBytes: 64 << 10
                ) { _, _ in }
                Issue.record("\(path) was taken")
            } catch {
                #expect(error.description.contains(path))
                #expect(error.description.contains("format version 2"))
            }
            world.disk.setBytes(before, of: path)
        }
    }

    /// A sample of a table in layers counts its rows right, whatever is where.
    @Test func samplesCountRows() throws {
        let world = try World(seed: 9)
        world.engine.memoryBytesMax = 0
        for _ in 0..<12 {
            try world.change {}
            try world.engine.checkpoint()
        }
        var cursor = SampleCursor(world.table, snapshot: world.snapshot(), keysMax: 100_000)
        #expect(cursor.isWhole)
        let rows = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 64)
        defer { rows.deallocate() }
        var found = 0
        while case let count = try cursor.next(rows: rows, limit: 64), count > 0 { found += count }
        #expect(found == world.rows.count)
    }

    /// No bit of a segment or of the manifest can change without being noticed, and nothing that
    /// was not written is ever read.
    @Test func everyFlippedBitIsNoticed() throws {
        let world = try World(seed: 3)
        world.engine.memoryBytesMax = 0
        for _ in 0..<4 { try world.change {} }
        try world.engine.checkpoint()
        for name in try world.disk.list("data/segments") {
            let path = "data/segments/" + name
            let size = world.disk.bytes(of: path)!.count
            // All of the beginning and the end, some of the rest.
            let places = (0..<size).filter { $0 < 120 || $0 >= size - 200 || $0 % 997 == 0 }
            for place in places {
                world.disk.damage(path, at: place, xor: 1 << UInt8(place % 8))
                defer { world.disk.damage(path, at: place, xor: 1 << UInt8(place % 8)) }
                do {
                    let engine = try Engine(
                        fileSystem: world.disk, directory: "data", logFileSizeBytes: 64 << 10,
                        wholeBytesMax: place % 2 == 0 ? 0 : 64 << 20
                    ) { _, _ in }
                    var cursor = try Cursor(engine.table(world.generation), snapshot: world.snapshot())
                    let keys = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 64)
                    let rows = UnsafeMutablePointer<UnsafeRawBufferPointer>.allocate(capacity: 64)
                    defer {
                        keys.deallocate()
                        rows.deallocate()
                    }
                    while case let count = try cursor.next(keys: keys, rows: rows, limit: 64),
                        count > 0
                    {}
                    // A lookup asks the filter, which the walk does not.
                    _ = try engine.table(world.generation).read(rows[0], world.snapshot())
                    Issue.record("\(path), byte \(place): nothing was noticed")
                } catch let error as SQLError {
                    #expect([.dataCorrupted, .featureNotSupported].contains(error.state))
                    #expect(error.message.contains(path), "\(error.message)")
                } catch let error as LogOpenError {
                    #expect(error.description.contains(path), "\(error)")
                }
            }
        }
    }

    /// A statement that writes more than there is memory goes on with one handle.
    @Test func aHandleLetsGoOfWhatIsOnDisk() throws {
        let world = try World(seed: 7)
        let engine = world.engine
        let table = world.table
        let transaction = engine.begin(waiter: Waiter(), processID: 1)
        engine.memoryBytesMax = 0
        final class Gone { weak var memtable: Memtable? }
        var frozen: [Gone] = []
        for number in 0..<6 as Range<UInt8> {
            for low in 0..<100 as Range<UInt8> {
                try [number, low].withUnsafeBytes {
                    guard case .done = try table.insert($0, row: $0, transaction) else {
                        throw SQLError(.internalError, "the key was not free")
                    }
                }
            }
            let gone = Gone()
            gone.memtable = table.currentView().active
            frozen.append(gone)
            try engine.checkpoint()
            table.unpin()
        }
        transaction.commit()
        // The handle's first memtable is its own, the newest may be in use.
        #expect(frozen.dropFirst().dropLast().allSatisfy { $0.memtable == nil })
        let snapshot = transaction.snapshot(lastCommit: engine.newestPosition)
        try [UInt8]([2, 50]).withUnsafeBytes {
            let row = try table.read($0, snapshot)
            #expect(row != nil)
        }
    }
}
