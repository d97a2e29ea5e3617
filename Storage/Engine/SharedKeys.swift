public import Base
internal import Glibc
internal import System

/// Orders the additions of entries under one key that rows may share for a while, so that of two
/// writers at least one, and but for waits only one, sees the other.
final class SharedKeyLatches: Sendable {
    private static let count = 64
    private let latches = (0..<count).map { _ in Lock() }

    func latch(_ generation: GenerationID, _ prefix: UnsafeRawBufferPointer) -> Lock {
        let hash = foldHash(hashBytes(prefix) ^ generation.rawValue)
        return latches[Int(truncatingIfNeeded: hash) & (SharedKeyLatches.count - 1)]
    }
}

/// Entries of keys that are unique only at the end of a statement or transaction: the key and the
/// row's key, as in an index that is not unique. Whether rows share a key is looked at when an entry
/// is added, which costs no wait, and once more when it matters.
extension Table {
    /// Adds an entry of `value`, whose first `prefixCount` bytes are the key that others may have.
    /// - Returns: true if another entry has it, or may have it yet as transactions end.
    public func addSharedEntry(
        _ key: UnsafeRawBufferPointer, prefixCount: Int, value: UnsafeRawBufferPointer,
        _ transaction: Transaction
    ) throws(SQLError) -> Bool {
        let prefix = UnsafeRawBufferPointer(rebasing: key[..<prefixCount])
        return try engine.sharedKeys.latch(generation, prefix).withLock { () throws(SQLError) in
            try addEntry(key, value: value, transaction)
            return try walkOthers(key, prefix) { version, outcome in
                switch outcome {
                case .active(let top): top != transaction.writer || !version.isDeletion
                case .committed: !version.isDeletion
                case .aborted: false
                }
            } != nil
        }
    }

    /// Finds another live entry with the same first `prefixCount` bytes, waiting for whoever is about
    /// to add or remove one.
    /// - Parameter counts: tells by an entry's value whether the entry matters.
    /// - Returns: its value. The bytes live as long as the table.
    public func sharedEntry(
        with key: UnsafeRawBufferPointer, prefixCount: Int, _ transaction: Transaction,
        where counts: (UnsafeRawBufferPointer) throws(SQLError) -> Bool = { _ in true }
    ) throws(SQLError) -> UnsafeRawBufferPointer? {
        let prefix = UnsafeRawBufferPointer(rebasing: key[..<prefixCount])
        while true {
            let found = try walkOthers(key, prefix) { (version, outcome) throws(SQLError) in
                switch outcome {
                case .active(let top):
                    if top == transaction.writer, version.isDeletion { return false }
                    // Who removes an entry has left its value behind.
                    let valued = version.isDeletion
                        ? engine.writers.newestLive(version.older)?.version : version
                    guard let valued else { return true }
                    return try counts(valued.bytes)
                case .committed(let position):
                    if version.isDeletion { return false }
                    guard try counts(version.bytes) else { return false }
                    transaction.raiseWait(position)
                    return true
                case .aborted: return false
                }
            }
            guard let (node, version, outcome) = found else { return nil }
            guard case .active(let top) = outcome, top != transaction.writer else {
                return version.bytes
            }
            try wait(node, nil, .update, nil, transaction)
        }
    }

    /// The first entry but `key` that begins with `prefix` and meets a condition.
    private func walkOthers(
        _ key: UnsafeRawBufferPointer, _ prefix: UnsafeRawBufferPointer,
        where condition: (Version, WriterTable.Outcome) throws(SQLError) -> Bool
    ) throws(SQLError) -> (Memtable.Node, Version, WriterTable.Outcome)? {
        if !memtable.isWhole { return try walkOthersLayered(key, prefix, where: condition) }
        var next = memtable.lowerBound(prefix)
        while let node = next {
            let other = node.key
            guard other.count >= prefix.count,
                compareBytes(UnsafeRawBufferPointer(rebasing: other[..<prefix.count]), prefix) == 0
            else { return nil }
            next = node.next(0)
            if compareBytes(other, key) == 0 { continue }
            if let (version, outcome) = engine.writers.newestLive(node.newest),
                try condition(version, outcome)
            {
                return (node, version, outcome)
            }
        }
        return nil
    }
    private func walkOthersLayered(
        _ key: UnsafeRawBufferPointer, _ prefix: UnsafeRawBufferPointer,
        where condition: (Version, WriterTable.Outcome) throws(SQLError) -> Bool
    ) throws(SQLError) -> (Memtable.Node, Version, WriterTable.Outcome)? {
        let walk = LayeredWalk(currentView())
        try walk.seek(prefix)
        while let other = try walk.next() {
            guard other.count >= prefix.count,
                compareBytes(UnsafeRawBufferPointer(rebasing: other[..<prefix.count]), prefix) == 0
            else { return nil }
            if compareBytes(other, key) == 0 { continue }
            // Brought into memory, where it can be waited for and its bytes stay.
            if let (version, outcome) = walk.newestLive(engine.writers),
                try condition(version, outcome),
                let (_, node) = try node(of: other, isMade: false),
                let (version, outcome) = engine.writers.newestLive(node.newest),
                try condition(version, outcome)
            {
                return (node, version, outcome)
            }
        }
        return nil
    }
}
