internal import Base
internal import System

/// What EXPLAIN ANALYZE has measured of an operator. Nodes mirror the order in which operators are
/// built, so that the description of the plan finds them again.
final class OperatorCounters {
    @exclusivity(unchecked) var loops = 0
    @exclusivity(unchecked) var rows = 0
    /// Nanoseconds, summed over the loops: until the first row, and in all.
    @exclusivity(unchecked) var startupTime: UInt64 = 0
    @exclusivity(unchecked) var totalTime: UInt64 = 0
    @exclusivity(unchecked) var rowsRemoved = 0
    @exclusivity(unchecked) var peakDiskBytes = 0
    @exclusivity(unchecked) var children: [OperatorCounters] = []
}

/// Collects counters while a plan's operators are built.
final class Instrumentation {
    private let measuresTime: Bool
    @exclusivity(unchecked) private var stack: [OperatorCounters] = []
    /// Of the plan, its subplans by number, and the queries of WITH.
    @exclusivity(unchecked) private(set) var root: OperatorCounters?
    @exclusivity(unchecked) var subplans: [Int: OperatorCounters] = [:]
    @exclusivity(unchecked) var commonTables: [Int: OperatorCounters] = [:]

    init(measuresTime: Bool) { self.measuresTime = measuresTime }

    func begin() -> OperatorCounters {
        let counters = OperatorCounters()
        if let parent = stack.last {
            parent.children.append(counters)
        } else {
            root = counters
        }
        stack.append(counters)
        return counters
    }
    func end() { stack.removeLast() }

    /// Counters of a node that has no operator of its own.
    func leaf() -> OperatorCounters {
        defer { end() }
        return begin()
    }

    /// Builds a part of the plan whose counters are not the root's.
    func separately<Result>(
        _ body: () throws(SQLError) -> Result
    ) throws(SQLError) -> (result: Result, counters: OperatorCounters?) {
        let outer = stack
        let outerRoot = root
        stack = []
        root = nil
        defer {
            stack = outer
            root = outerRoot
        }
        let result = try body()
        return (result, root)
    }

    func now() -> UInt64 { measuresTime ? Instant.now().nanoseconds : 0 }
}

/// Counts the rows of the operator below it, and the time it takes.
final class InstrumentedOperator: Operator {
    private let input: Operator
    private let counters: OperatorCounters
    private let instrumentation: Instrumentation
    @exclusivity(unchecked) private var hasRows = false
    @exclusivity(unchecked) private var loopTime: UInt64 = 0

    init(_ input: Operator, _ counters: OperatorCounters, _ instrumentation: Instrumentation) {
        self.input = input
        self.counters = counters
        self.instrumentation = instrumentation
        super.init(types: input.types, run: input.run)
    }

    override func open() throws(SQLError) {
        finishLoop()
        counters.loops += 1
        hasRows = false
        let start = instrumentation.now()
        try input.open()
        loopTime = instrumentation.now() - start
        counters.totalTime += loopTime
    }

    override func next() throws(SQLError) -> Batch? {
        let start = instrumentation.now()
        let batch = try input.next()
        let time = instrumentation.now() - start
        counters.totalTime += time
        loopTime += time
        if let batch { counters.rows += batch.count }
        if !hasRows {
            hasRows = true
            counters.startupTime += loopTime
        }
        return batch
    }

    private func finishLoop() {
        counters.rowsRemoved = input.rowsRemoved
        counters.peakDiskBytes = input.peakDiskBytes
    }

    override func close() {
        finishLoop()
        input.close()
    }

    override func want(_ count: Int) {
        super.want(count)
        input.want(count)
    }
    override var changedCount: Int? { input.changedCount }
    override var rowsRemoved: Int { input.rowsRemoved }
    override var peakDiskBytes: Int { input.peakDiskBytes }
}
