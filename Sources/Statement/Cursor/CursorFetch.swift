public import Base
internal import Execute
public import Parse

extension Cursor {
    /// Starts FETCH or MOVE (DoPortalRunFetch). The moves that give no rows are made at once.
    public func fetch(_ statement: FetchStatement) throws(SQLError) -> RunningStatement {
        try checkRunnable()
        let fetch = CursorFetch(self, isMove: statement.isMove)
        do throws(SQLError) {
            try fetch.start(statement.direction, statement.count)
        } catch {
            markFailed()
            throw error
        }
        return RunningStatement(fetch: fetch)
    }

    /// The next rows as the portal gives them to Execute.
    public func execute(_ countMax: Int) throws(SQLError) -> RunningStatement {
        try checkRunnable()
        let fetch = CursorFetch(self, isMove: false, tag: tag)
        try fetch.start(.forward, countMax)
        return RunningStatement(fetch: fetch)
    }
}

/// One FETCH or MOVE on its way through its cursor's rows.
final class CursorFetch {
    private let cursor: Cursor
    private let isMove: Bool
    let tag: CommandTag
    private var isForward = true
    private var left = 0
    /// Rows given or passed.
    private(set) var rowCount = 0
    private lazy var output = Batch(cursor.types)
    var types: [PhysicalType] { cursor.types }

    /// - Parameter tag: what stands behind the rows; nil: FETCH or MOVE.
    init(_ cursor: Cursor, isMove: Bool, tag: CommandTag? = nil) {
        self.cursor = cursor
        self.isMove = isMove
        self.tag = tag ?? .rows(isMove ? .move : .fetch, 0)
    }

    /// Goes to where the rows asked for begin.
    func start(_ direction: FetchStatement.Direction, _ count: Int) throws(SQLError) {
        switch direction {
        case .forward:
            try startRun(forward: count >= 0, count < 0 ? negated(count) : count)
        case .backward:
            try startRun(forward: count < 0, count < 0 ? negated(count) : count)
        case .absolute: try startAbsolute(count)
        case .relative:
            if count > 0 {
                try skip(forward: true, count - 1)
                try startRun(forward: true, 1)
            } else if count < 0 {
                try cursor.checkScrollable()
                try skip(forward: false, negated(count) - 1)
                try startRun(forward: false, 1)
            } else {
                try startRun(forward: true, 0)
            }
        }
    }

    /// No cursor has as many rows as to make a difference.
    private func negated(_ count: Int) -> Int { count == .min ? .max : -count }

    private func startAbsolute(_ count: Int) throws(SQLError) {
        if count > 0 {
            // From the beginning, or from where it stands: whichever is nearer.
            if count - 1 <= cursor.passedCount / 2 {
                try cursor.rewind()
                try skip(forward: true, count - 1)
            } else {
                let place = cursor.isOnRow || cursor.passedCount == 0 ? 0 : 1
                let here = cursor.passedCount + place
                if count <= here {
                    try cursor.checkScrollable()
                    try skip(forward: false, here - count + 1)
                } else {
                    try skip(forward: true, count - here - 1)
                }
            }
            begin(forward: true, 1)
        } else if count < 0 {
            try skip(forward: true, .max)
            try cursor.checkScrollable()
            try skip(forward: false, negated(count) - 1)
            begin(forward: false, 1)
        } else {
            try cursor.rewind()
            begin(forward: true, 0)
        }
    }

    private func begin(forward: Bool, _ count: Int) {
        isForward = forward
        left = count
    }

    private func startRun(forward: Bool, _ count: Int) throws(SQLError) {
        if count == 0 {
            // The row that it stands on, again.
            if isMove {
                rowCount = cursor.isOnRow ? 1 : 0
                return
            }
            guard cursor.isOnRow else { return }
            try cursor.checkScrollable()
            try skip(forward: false, 1)
            return begin(forward: true, 1)
        }
        if !forward {
            if isMove, count == .max, cursor.passedCount == 0 { return }
            try cursor.checkScrollable()
        }
        begin(forward: forward, count)
    }

    private func skip(forward: Bool, _ count: Int) throws(SQLError) {
        var left = count
        while left > 0, try cursor.step(forward: forward, wanted: left) { left -= 1 }
    }

    /// The next rows; nil at the end.
    func next() throws(SQLError) -> Batch? {
        if isMove {
            while left > 0, try cursor.step(forward: isForward, wanted: left) {
                rowCount += 1
                left -= 1
            }
            left = 0
            return nil
        }
        var references: [Int32] = []
        while left > 0, references.count < batchRowsMax {
            // The rows at hand are given before others take their place.
            if isForward, !references.isEmpty, !cursor.hasNextAtHand { break }
            guard try cursor.step(forward: isForward, wanted: left) else {
                left = 0
                break
            }
            references.append(Int32(truncatingIfNeeded: cursor.rowIndex))
            left -= 1
        }
        if references.isEmpty { return nil }
        references.withUnsafeBufferPointer {
            cursor.gather($0.baseAddress!, count: references.count, into: output)
        }
        rowCount += references.count
        return output
    }
}
