internal import Base
internal import Catalog
internal import Engine
internal import System

/// The helpers of an aggregation: operators like its own, down to the scan, for other threads. Made when
/// they are first needed, kept with the operator.
final class AggregateCrew {
    private let helperCountMax: Int
    private let make: () throws(SQLError) -> AggregateOperator
    private var helpers: [AggregateOperator] = []

    init(
        helperCountMax: Int, _ make: @escaping () throws(SQLError) -> AggregateOperator
    ) {
        self.helperCountMax = helperCountMax
        self.make = make
    }

    /// What a helper's thread is given. Its operators are the thread's alone while it is inside the gate;
    /// what they share with the leader's is only read meanwhile.
    private struct Job: @unchecked Sendable {
        let helper: AggregateOperator
        let pieces: ScanPieces
        let gate: CrewGate

        func run() {
            if !gate.enter() { return }
            var problem: SQLError?
            do throws(SQLError) {
                try helper.readInput()
            } catch {
                problem = error
                pieces.stop()
            }
            gate.leave(problem)
        }
    }

    /// Reads the leader's input together with it, and merges the groups. False: nothing was read,
    /// because nobody may help.
    func read(with leader: AggregateOperator) throws(SQLError) -> Bool {
        let run = leader.run
        let settings = run.session.settings.typed
        var countMax = min(helperCountMax, settings.parallelWorkers)
        if countMax > 0, !settings.forcesParallel { countMax = min(countMax, Processors.freeCount()) }
        let way = leader.way
        guard countMax > 0, let scan = way.last as? TableScanOperator else { return false }
        for step in way { try (step as? JoinOperator)?.prepare() }
        let pieces = try scan.makePieces()
        scan.walk(pieces)
        let signal = CrewSignal()
        let gate = CrewGate()
        var started: [AggregateOperator] = []
        defer { for helper in started { helper.close() } }
        do throws(SQLError) {
            for number in 0..<countMax {
                if number == helpers.count { helpers.append(try make()) }
                let helper = helpers[number]
                started.append(helper)
                helper.run.follow(run, signal)
                try helper.open()
                helper.share(way, pieces)
                let job = Job(helper: helper, pieces: pieces, gate: gate)
                if !WorkerThreads.shared.start({ job.run() }) { break }
            }
            try leader.readInput()
        } catch {
            signal.stop()
            pieces.stop()
            _ = gate.close()
            throw error
        }
        if let problem = gate.close() {
            // An interrupt is the statement's own.
            try run.checkInterrupt()
            throw problem
        }
        for helper in started { try leader.absorb(helper) }
        return true
    }
}

extension Operator {
    /// The operators that rows pass on their way to this one, from the next one down to where they come
    /// from.
    var way: [Operator] {
        var result: [Operator] = []
        var current = leadingInput
        while let input = current {
            result.append(input)
            current = input.leadingInput
        }
        return result
    }

    /// Takes part in what the leader's operators on the same way do: joins look into its right sides,
    /// the scan walks pieces.
    fileprivate func share(_ way: [Operator], _ pieces: ScanPieces) {
        for (own, other) in zip(self.way, way) {
            if let own = own as? JoinOperator, let other = other as? JoinOperator {
                own.adopt(other)
            }
            (own as? TableScanOperator)?.walk(pieces)
        }
    }
}
