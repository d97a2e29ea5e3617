public import Base
internal import Synchronization

/// The keys of a table, cut into pieces of some thousand for several threads to walk: who is through
/// with one takes the next, in order.
///
/// A piece ends where the next one begins. Keys that come later lie in some piece, and no snapshot of a
/// walk that has begun sees them.
public final class ScanPieces: Sendable {
    /// One piece: from its beginning up to that of the next, or to the end.
    enum Piece {
        case nodes(first: Memtable.Node, end: UInt)
        case keys(first: [UInt8], end: [UInt8]?, View)
    }

    /// Addresses of the nodes that pieces begin with.
    private let starts: [UInt]
    /// The keys that they begin with, where the table is not in one memtable alone.
    private let keys: [[UInt8]]
    private let view: View?
    private let count: Int
    private let taken = Atomic<Int>(0)
    /// Nodes of this level are some 4,096 apart.
    private static let level = 6
    /// So many blocks of a segment make a piece.
    private static let blockCount = 16

    public init(_ table: Table) throws(SQLError) {
        if table.memtable.isWhole {
            starts = ScanPieces.starts(of: table.memtable)
            keys = []
            view = nil
            count = starts.count
            return
        }
        let view = table.currentView()
        self.view = view
        starts = []
        // The source with the most keys says where to cut.
        var keys: [[UInt8]] = [[]]
        if let largest = view.segments.max(by: { $0.place.keyCount < $1.place.keyCount }) {
            let index = try largest.loaded().index
            for block in stride(
                from: ScanPieces.blockCount, to: index.count, by: ScanPieces.blockCount)
            {
                keys.append(index.withFirstKey(of: block) { [UInt8]($0) })
            }
        }
        self.keys = keys
        count = keys.count
    }

    private static func starts(of memtable: Memtable) -> [UInt] {
        var starts = [memtable.first?.address].compactMap { $0 }
        var node = memtable.first(onLevel: ScanPieces.level)
        while let next = node {
            if next.address != starts[0] { starts.append(next.address) }
            node = next.next(ScanPieces.level)
        }
        return starts
    }

    /// Nobody gets another piece.
    public func stop() { taken.store(count, ordering: .relaxed) }

    func take() -> Piece? {
        let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < count else { return nil }
        if let view {
            let end = number + 1 < count ? keys[number + 1] : nil
            return .keys(first: keys[number], end: end, view)
        }
        guard let first = Memtable.Node(starts[number]) else { return nil }
        return .nodes(first: first, end: number + 1 < count ? starts[number + 1] : 0)
    }
}
