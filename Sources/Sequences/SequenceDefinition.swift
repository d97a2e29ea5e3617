public import Base

/// What makes a relation a sequence: pg_sequence's row.
public struct SequenceDefinition: Hashable, Sendable {
    /// smallint, integer or bigint.
    public var type: OID
    public var start: Int64
    public var increment: Int64
    public var minimum: Int64
    public var maximum: Int64
    public var cache: Int64
    public var cycle: Bool

    public init(
        type: OID, start: Int64, increment: Int64, minimum: Int64, maximum: Int64, cache: Int64,
        cycle: Bool
    ) {
        self.type = type
        self.start = start
        self.increment = increment
        self.minimum = minimum
        self.maximum = maximum
        self.cache = cache
        self.cycle = cycle
    }

    /// `CREATE SEQUENCE` without options.
    public static let standard = SequenceDefinition(
        type: OID(20), start: 1, increment: 1, minimum: 1, maximum: .max, cache: 1, cycle: false)

    /// How many more values follow `value` before the bound, however far apart the two are.
    func stepsLeft(after value: Int64) -> UInt64 {
        if increment > 0 {
            if value >= maximum { return 0 }
            return UInt64(bitPattern: maximum &- value) / UInt64(increment)
        }
        if value <= minimum { return 0 }
        return UInt64(bitPattern: value &- minimum) / increment.magnitude
    }

    /// `value` moved on by `count` steps, at most `stepsLeft`.
    func advanced(_ value: Int64, by count: UInt64) -> Int64 {
        // Within the bounds by the caller's word, so the product wraps around to the right value.
        value &+ Int64(bitPattern: count &* UInt64(bitPattern: increment))
    }
}
