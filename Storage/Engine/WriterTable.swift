internal import Base
internal import Glibc
internal import Synchronization

/// What became of each writer, for readers that meet its versions. Lock-free to read.
///
/// One word a writer, in chunks that never move:
///
///     0                    active (a top-level transaction)
///     1                    aborted
///     position << 2 | 2    committed at that log position
///     writer << 2 | 3      subtransaction: shares the fate of that writer, unless set to aborted
final class WriterTable: @unchecked Sendable {
    // Safe to share: words and chunk pointers are atomic.

    private typealias Word = Atomic<UInt64>
    private static let chunkShift: UInt64 = 16
    private static let chunkWords = 1 << 16
    /// 2^40 writers: more than a year of a million transactions a second in one log.
    private static let chunksMax = 1 << 24

    /// 128 MB of addresses, of which only what is used gets memory.
    private let chunks: UnsafeMutablePointer<Atomic<UInt>>

    init() {
        guard let zeros = calloc(WriterTable.chunksMax, 8) else { fatalError("out of memory") }
        chunks = zeros.bindMemory(to: Atomic<UInt>.self, capacity: WriterTable.chunksMax)
    }

    deinit {
        for index in 0..<chunkEnd.load(ordering: .relaxed) {
            let address = chunks[index].load(ordering: .relaxed)
            free(UnsafeMutableRawPointer(bitPattern: address))
        }
        free(chunks)
    }

    /// Chunks at and above were never made.
    private let chunkEnd = Atomic<Int>(0)

    /// What a version's writer came to, as a reader sees it.
    enum Outcome {
        /// The top-level writer that is still at it.
        case active(WriterID)
        case committed(LogPosition)
        case aborted
    }

    @inline(__always)
    func outcome(of writer: WriterID) -> Outcome {
        var current = writer
        while true {
            let word = self.word(current).pointee.load(ordering: .acquiring)
            switch word & 3 {
            case 0: return .active(current)
            case 1: return .aborted
            case 2: return .committed(LogPosition(word >> 2))
            default: current = WriterID(word >> 2)
            }
        }
    }

    func setCommitted(_ writer: WriterID, at position: LogPosition) {
        word(writer).pointee.store(position.rawValue << 2 | 2, ordering: .releasing)
    }
    func setAborted(_ writer: WriterID) { word(writer).pointee.store(1, ordering: .releasing) }
    func setSubtransaction(_ writer: WriterID, of parent: WriterID) {
        word(writer).pointee.store(parent.rawValue << 2 | 3, ordering: .releasing)
    }

    /// Makes the word of a new writer; ids are handed out in order.
    @inline(__always)
    private func word(_ writer: WriterID) -> UnsafeMutablePointer<Word> {
        let index = Int(writer.rawValue >> WriterTable.chunkShift)
        invariant(index < WriterTable.chunksMax, "writers fit the table")
        let address = chunks[index].load(ordering: .acquiring)
        let offset = Int(writer.rawValue & UInt64(WriterTable.chunkWords - 1))
        if let chunk = UnsafeMutablePointer<Word>(bitPattern: address) { return chunk + offset }
        return makeChunk(index) + offset
    }

    @inline(never)
    private func makeChunk(_ index: Int) -> UnsafeMutablePointer<Word> {
        guard let chunk = calloc(WriterTable.chunkWords, 8) else { fatalError("out of memory") }
        let (exchanged, original) = chunks[index].compareExchange(
            expected: 0, desired: UInt(bitPattern: chunk), ordering: .acquiringAndReleasing)
        chunkEnd.max(index + 1, ordering: .relaxed)
        if exchanged { return chunk.bindMemory(to: Word.self, capacity: WriterTable.chunkWords) }
        free(chunk)
        guard let winner = UnsafeMutablePointer<Word>(bitPattern: original) else {
            fatalError("a chunk that lost the race has a winner")
        }
        return winner
    }
}
