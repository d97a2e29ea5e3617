internal import Base
internal import Synchronization

/// The keys of a table, cut into pieces of some thousand for several threads to walk: who is through
/// with one takes the next, in order.
///
/// A piece ends where the next one begins. Keys that come later lie in some piece, and no snapshot of a
/// walk that has begun sees them.
public final class ScanPieces: Sendable {
    /// One piece: from a node up to another one; 0: to the end.
    struct Piece {
        var first: Memtable.Node
        var end: UInt
    }

    /// Addresses of the nodes that pieces begin with.
    private let starts: [UInt]
    private let taken = Atomic<Int>(0)
    /// Nodes of this level are some 4,096 apart.
    private static let level = 6

    public init(_ table: Table) {
        var starts = [table.memtable.first?.address].compactMap { $0 }
        var node = table.memtable.first(onLevel: ScanPieces.level)
        while let next = node {
            if next.address != starts[0] { starts.append(next.address) }
            node = next.next(ScanPieces.level)
        }
        self.starts = starts
    }

    /// Nobody gets another piece.
    public func stop() { taken.store(starts.count, ordering: .relaxed) }

    func take() -> Piece? {
        let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < starts.count, let first = Memtable.Node(starts[number]) else { return nil }
        return Piece(first: first, end: number + 1 < starts.count ? starts[number + 1] : 0)
    }
}
