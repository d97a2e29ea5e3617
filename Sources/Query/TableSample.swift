/// TABLESAMPLE of a FROM item.
public struct TableSample: Sendable {
    public enum Method: Sendable {
        /// Each row by itself.
        case bernoulli
        /// Rows that lie together, together.
        case system

        /// As written.
        public var name: String {
            switch self {
            case .bernoulli: "bernoulli"
            case .system: "system"
            }
        }
    }
    public var method: Method
    /// Of type real: how many rows of a hundred.
    public var percent: Expression
    /// REPEATABLE: of type double precision.
    public var seed: Expression?

    public init(method: Method, percent: Expression, seed: Expression?) {
        self.method = method
        self.percent = percent
        self.seed = seed
    }
}

/// A sample as planned: which rows of a node's output are taken, and what they must satisfy then.
public struct PlannedSample: Sendable {
    public var sample: TableSample
    public var filter: Expression?
    public var alias: String

    public init(sample: TableSample, filter: Expression?, alias: String) {
        self.sample = sample
        self.filter = filter
        self.alias = alias
    }
}
