extension PlanNode {
    /// Whether PostgreSQL's executor could run such a plan backwards: then a cursor scrolls without
    /// being told to.
    public var runsBackwards: Bool {
        switch self {
        case .tableScan, .computedScan, .sequenceScan, .functionScan, .sort: true
        case .with(_, let input), .estimated(let input, _): input.runsBackwards
        case .commonScan(_, let isWorking, _, _): !isWorking
        case .recursiveUnion: false
        case .values(let rows, _): rows.count > 1
        case .sample(let input, _): input.runsBackwards
        case .filter(let input, _), .limit(let input, _, _, _), .lockRows(let input, _, _):
            input.runsBackwards
        case .project(let input, _): input.runsBackwards
        case .append(let inputs), .partitionAppend(let inputs, _): inputs.allSatisfy(\.runsBackwards)
        case .oneRow, .projectSet, .nestedLoop, .hashJoin, .aggregate, .parallelAggregate, .window,
            .distinct, .setOperation,
            .insert, .modify, .merge:
            false
        }
    }
}
