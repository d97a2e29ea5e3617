internal import Base
internal import Engine
internal import Functions
internal import Types

/// Which sessions keep another one waiting: pg_blocking_pids and its kin.
extension HostedFunctions {
    func blocking(_ function: HostedFunction) -> FunctionCall.Hosted {
        let engine = run.engine
        let context = run.context
        func processID(_ value: Datum) -> Int32 { Int32(truncatingIfNeeded: value.word) }
        func array(_ processIDs: [Int32]) -> Datum {
            let elements = processIDs.map { Datum(word: Int64($0)) }
            return Datum(
                view: ArrayValue(
                    element: .int4, lengths: [elements.count], lowerBounds: [1],
                    elements: elements
                ).view(arena: context.arena))
        }
        switch function {
        case .blockingPids:
            return { (arguments) throws(SQLError) in
                array(engine.blockers(of: processID(arguments[0])))
            }
        case .safeSnapshotBlockingPids:
            return { (arguments) throws(SQLError) in
                array(engine.safeSnapshotBlockers(of: processID(arguments[0])))
            }
        default:
            return { (arguments) throws(SQLError) in
                let waiting = processID(arguments[0])
                let blockers =
                    engine.blockers(of: waiting) + engine.safeSnapshotBlockers(of: waiting)
                let interesting = ArrayValue(arguments[1].view, arena: context.arena).elements
                return Datum(
                    interesting.contains { !$0.isNull && blockers.contains(processID($0)) })
            }
        }
    }
}
