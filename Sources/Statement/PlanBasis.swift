internal import Base
internal import Catalog
internal import Engine
internal import Execute
internal import Query

/// What a plan's estimates rest on: it is made again when its tables have grown out of them, or
/// ANALYZE has told more.
struct PlanBasis: Sendable {
    private var sizes: [(counter: KeyCounter, countMax: Int)] = []
    private var statisticsVersion: UInt64 = 0

    private static let growthMax = 4
    private static let keysMin = 1000
    /// Microseconds.
    private static let cheapMax = 20.0

    /// Of what does not depend on any table.
    init() {}

    init(_ plan: PhysicalPlan, snapshot: CatalogSnapshot, database: OpenDatabase) {
        statisticsVersion = database.statistics.version
        // A plan that reads by keys alone is good for any size.
        if plan.cost <= PlanBasis.cheapMax { return }
        for use in plan.relations {
            guard let table = snapshot.relation(use.relation), table.kind.keepsRows,
                let placement = table.placement
            else { continue }
            let counter = database.engine.keyCounter(GenerationID(placement.generation))
            sizes.append((counter, PlanBasis.growthMax * counter.count + PlanBasis.keysMin))
        }
    }

    func holds(_ statistics: StatisticsStore) -> Bool {
        if statisticsVersion != statistics.version { return false }
        for size in sizes where size.counter.count > size.countMax { return false }
        return true
    }
}
