/// A value of a column that statistics show.
public struct SampledValue: Sendable {
    public enum Content: Sendable {
        case word(Int64)
        case bytes([UInt8])
    }
    public var content: Content
    /// Its `KeyEncoding`: in the order of the values.
    public var key: [UInt8]

    public init(content: Content, key: [UInt8]) {
        self.content = content
        self.key = key
    }
}

/// What a sample of a table's rows tells of one column: the contents of its row of pg_statistic.
public struct ColumnStatistics: Sendable {
    public struct CommonValue: Sendable {
        public var value: SampledValue
        /// The part of the rows that have it.
        public var frequency: Double

        public init(value: SampledValue, frequency: Double) {
            self.value = value
            self.frequency = frequency
        }
    }
    public var nullFraction = 0.0
    public var averageWidth = 0
    /// As pg_statistic.stadistinct: how many different values there are; negative, where that grows
    /// with the table: as a part of the rows. 0: unknown.
    public var distinct = 0.0
    /// Most frequent first.
    public var mostCommon: [CommonValue] = []
    /// Bounds of parts with as many rows each, of the values that are not among `mostCommon`;
    /// ascending. Empty, or two at least.
    public var histogram: [SampledValue] = []
    /// How well the order of the values follows that of the rows; nil: they have no order.
    public var correlation: Double?

    public init() {}

    /// How many different values `rows` rows have.
    public func distinctCount(rows: Double) -> Double {
        max(distinct < 0 ? -distinct * rows : distinct, 1)
    }
}

/// What ANALYZE, or planning by itself, has found out about a table. What ANALYZE finds is kept in the
/// catalog; planning takes a sample again when it needs one.
public struct TableStatistics: Sendable {
    /// The storage that it was taken from; another one of the same table starts without.
    public var generation: UInt64
    /// Live rows when it was taken.
    public var rows: Double
    /// Keys, dead ones included, when it was taken.
    public var keyCount: Int
    /// By column; nil: dropped, or not analyzed.
    public var columns: [ColumnStatistics?]
    /// By ANALYZE: pg_class and pg_stats show it.
    public var isExplicit: Bool

    public init(
        generation: UInt64, rows: Double, keyCount: Int, columns: [ColumnStatistics?],
        isExplicit: Bool
    ) {
        self.generation = generation
        self.rows = rows
        self.keyCount = keyCount
        self.columns = columns
        self.isExplicit = isExplicit
    }

    /// The part of the keys that are live rows.
    public var liveFraction: Double { keyCount > 0 ? min(rows / Double(keyCount), 1) : 1 }
}
