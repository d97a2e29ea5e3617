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
    private typealias Branch = UnsafeMutablePointer<Atomic<UInt>>
    /// Writer ids are three digits: 4,096 branches of 4,096 chunks of 65,536 words. 2^40 writers are
    /// more than a year of 30,000 transactions a second in one log.
    private static let chunkBits: UInt64 = 16
    private static let branchBits: UInt64 = 12
    private static let branchCount = 1 << 12

    private let root: Branch

    init() { root = WriterTable.zeros(count: WriterTable.branchCount) }

    deinit {
        for index in 0..<WriterTable.branchCount {
            let address = root[index].load(ordering: .relaxed)
            guard let branch = Branch(bitPattern: address) else { continue }
            for inner in 0..<WriterTable.branchCount {
                free(UnsafeMutableRawPointer(bitPattern: branch[inner].load(ordering: .relaxed)))
            }
            free(branch)
        }
        free(root)
    }

    private static func zeros<Element: ~Copyable>(count: Int) -> UnsafeMutablePointer<Element> {
        guard let memory = calloc(count, MemoryLayout<UInt64>.size) else {
            fatalError("out of memory")
        }
        return memory.bindMemory(to: Element.self, capacity: count)
    }

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
        var isSettled = false
        while true {
            let word = self.word(current).pointee.load(ordering: .acquiring)
            switch word & 3 {
            case 0: return .active(current)
            case 1: return .aborted
            case 2:
                if current == writer || isSettled { return .committed(LogPosition(word >> 2)) }
                // Until the end that was just read, those on the way could be rolled back by
                // themselves after they were looked at: what they say now is final.
                isSettled = true
                current = writer
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

    /// What the manifest keeps of a writer.
    func number(of writer: WriterID) -> UInt64 { word(writer).pointee.load(ordering: .acquiring) }
    func set(_ writer: WriterID, number: UInt64) {
        word(writer).pointee.store(number, ordering: .releasing)
    }
    /// Whose fate a subtransaction shares; nil: it is none, or was rolled back by itself.
    func parent(of writer: WriterID) -> WriterID? {
        let number = number(of: writer)
        return number & 3 == 3 ? WriterID(number >> 2) : nil
    }

    /// The word of a writer; its chunk is made where there is none.
    @inline(__always)
    private func word(_ writer: WriterID) -> UnsafeMutablePointer<Word> {
        let chunk = Int(writer.rawValue >> WriterTable.chunkBits)
        let mask = WriterTable.branchCount - 1
        invariant(chunk >> WriterTable.branchBits <= mask, "writers fit the table")
        let branch: Branch = child(of: root + (chunk >> WriterTable.branchBits), mask + 1)
        let words: UnsafeMutablePointer<Word> = child(
            of: branch + (chunk & mask), 1 << WriterTable.chunkBits)
        return words + Int(writer.rawValue & (1 << WriterTable.chunkBits - 1))
    }

    @inline(__always)
    private func child<Element: ~Copyable>(
        of slot: Branch, _ count: Int
    ) -> UnsafeMutablePointer<Element> {
        let address = slot.pointee.load(ordering: .acquiring)
        return UnsafeMutablePointer<Element>(bitPattern: address) ?? makeChild(of: slot, count)
    }

    @inline(never)
    private func makeChild<Element: ~Copyable>(
        of slot: Branch, _ count: Int
    ) -> UnsafeMutablePointer<Element> {
        let new: UnsafeMutablePointer<Element> = WriterTable.zeros(count: count)
        let (isExchanged, original) = slot.pointee.compareExchange(
            expected: 0, desired: UInt(bitPattern: new), ordering: .acquiringAndReleasing)
        if isExchanged { return new }
        free(new)
        guard let winner = UnsafeMutablePointer<Element>(bitPattern: original) else {
            fatalError("whoever came first made one")
        }
        return winner
    }
}
