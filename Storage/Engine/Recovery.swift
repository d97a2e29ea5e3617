internal import Base
internal import Log

/// Redo: builds memtables over segments, and the fates of writers, from the log's records since the
/// last checkpoint.
struct Recovery {
    private(set) var trees: [GenerationID: Tree] = [:]
    private(set) var writerMax: UInt64
    private(set) var generationMax: UInt64
    var recordCount = 0
    var lastWasCleanStop = false
    /// Top-level writers without commit or abort: aborted when the log ends.
    var unfinished: Set<UInt64> = []
    private var lastTable: (GenerationID, Tree)?
    private let account: MemoryAccount

    init(
        _ manifest: Manifest, segments: [GenerationID: [Segment]], _ account: MemoryAccount,
        _ writers: WriterTable
    ) {
        self.account = account
        writerMax = manifest.nextWriter - 1
        generationMax = manifest.generationCeiling
        for (generation, stored) in segments {
            trees[generation] = Tree(generation, stored: stored, account: account)
        }
        for (writer, number) in manifest.writers {
            writers.set(WriterID(writer), number: number)
            switch number & 3 {
            case 0: unfinished.insert(writer)
            case 3: children.insert(writer)
            default: break
            }
        }
    }

    mutating func apply(
        _ kind: UInt8, _ payload: UnsafeRawBufferPointer, _ position: LogPosition,
        _ writers: WriterTable, _ message: (UInt8, UnsafeRawBufferPointer) -> Void
    ) {
        recordCount += 1
        lastWasCleanStop = false
        guard let record = EngineRecord(rawValue: kind) else {
            fatalError("log record of unknown kind \(kind) at \(position)")
        }
        var reader = ByteReader(payload)
        switch record {
        case .write, .delete:
            applyChange(&reader, isDeletion: record == .delete)
        case .commit:
            // A writer that only locked or dropped has no other record: its id is used up as well.
            let writer = number(&reader)
            writerMax = max(writerMax, writer)
            writers.setCommitted(WriterID(writer), at: position)
            unfinished.remove(writer)
            let count = number(&reader)
            for _ in 0..<count {
                let generation = GenerationID(number(&reader))
                trees[generation] = nil
                lastTable = nil
            }
        case .abort:
            let writer = number(&reader)
            writerMax = max(writerMax, writer)
            writers.setAborted(WriterID(writer))
            unfinished.remove(writer)
        case .subtransaction:
            let writer = number(&reader)
            writerMax = max(writerMax, writer)
            let parent = number(&reader)
            unfinished.remove(writer)
            writerMax = max(writerMax, parent)
            // A checkpoint says it again, perhaps behind the parent's end.
            if !children.contains(parent), case .active = writers.outcome(of: WriterID(parent)) {
                unfinished.insert(parent)
            }
            children.insert(writer)
            writers.setSubtransaction(WriterID(writer), of: WriterID(parent))
        case .generations:
            generationMax = max(generationMax, number(&reader))
        case .message:
            guard let kind = reader.readByte() else { fatalError("a message has a kind") }
            if kind == Engine.cleanStopMessage {
                lastWasCleanStop = true
            } else {
                message(kind, UnsafeRawBufferPointer(rebasing: payload[1...]))
            }
        }
    }

    /// Subtransactions: their fate is their parent's.
    private var children: Set<UInt64> = []

    private mutating func applyChange(_ reader: inout ByteReader, isDeletion: Bool) {
        let writer = number(&reader)
        let generation = GenerationID(number(&reader))
        guard let key = reader.read(byteCount: Int(number(&reader))),
            let rest = reader.read(byteCount: reader.remainingCount)
        else { fatalError("a change has a key") }
        writerMax = max(writerMax, writer)
        generationMax = max(generationMax, generation.rawValue)
        if !children.contains(writer) { unfinished.insert(writer) }
        let tree = self.tree(generation)
        let table = tree.view.active
        guard let node = table.findOrInsert(key) else { fatalError("nothing is frozen yet") }
        let content: Version.Content =
            !isDeletion ? .row(rest) : rest.isEmpty ? .deletion : .moved(to: rest)
        table.prepend(content, to: node, writer: WriterID(writer), command: 0)
        tree.sawRowID(key)
    }

    private mutating func tree(_ generation: GenerationID) -> Tree {
        if let (id, tree) = lastTable, id == generation { return tree }
        let tree = trees[generation] ?? Tree(generation, stored: [], account: account)
        trees[generation] = tree
        lastTable = (generation, tree)
        return tree
    }

    private func number(_ reader: inout ByteReader) -> UInt64 {
        guard let value = reader.readVarint() else { fatalError("a log record ends too early") }
        return value
    }
}
