internal import Base
internal import Functions
internal import Query
internal import Types

/// TABLESAMPLE: takes rows by where they come in their table. The same seed takes the same places.
final class SampleOperator: Operator {
    private let input: Operator
    private let method: TableSample.Method
    private let percent: ExpressionSet
    private let seed: ExpressionSet?
    private let output: Batch
    private let rows: UnsafeMutablePointer<Int32>
    private let nothing = Batch([])
    /// The place of the next row.
    @exclusivity(unchecked) private var position: UInt64 = 0
    /// Rows whose hash is below are taken.
    @exclusivity(unchecked) private var limit: UInt64 = 0
    @exclusivity(unchecked) private var key: UInt64 = 0
    /// What SYSTEM takes together.
    private static let blockRows: UInt64 = 128

    init(_ input: Operator, _ sample: TableSample, builder: OperatorBuilder) throws(SQLError) {
        self.input = input
        method = sample.method
        percent = try builder.compiler.compileSet([sample.percent])
        seed = try builder.compiler.compileSet(sample.seed)
        output = Batch(input.types)
        rows = .allocate(capacity: batchRowsMax)
        super.init(types: input.types, run: builder.run)
    }

    deinit { rows.deallocate() }

    override func open() throws(SQLError) {
        nothing.count = 1
        let share = try percent.evaluateOne(nothing)
        if share.isNull(0) {
            throw SQLError(
                .invalidTablesampleArgument, "TABLESAMPLE parameter cannot be null")
        }
        let value = Double(Float(bitPattern: UInt32(truncatingIfNeeded: share.words[0])))
        guard value >= 0, value <= 100 else {
            throw SQLError(
                .invalidTablesampleArgument, "sample percentage must be between 0 and 100")
        }
        limit = UInt64(value / 100 * 0x1p32)
        if let seed {
            let given = try seed.evaluateOne(nothing)
            if given.isNull(0) {
                throw SQLError(
                    .invalidTablesampleRepeat, "TABLESAMPLE REPEATABLE parameter cannot be null")
            }
            key = given[0].double.bitPattern
        } else {
            key = run.context.random.next()
        }
        position = 0
        try input.open()
    }
    override func close() { input.close() }

    override func next() throws(SQLError) -> Batch? {
        while let batch = try input.next() {
            try run.checkInterrupt()
            var count = 0
            for row in 0..<batch.count {
                let place =
                    switch method {
                    case .bernoulli: position
                    case .system: position / SampleOperator.blockRows
                    }
                position += 1
                rows[count] = Int32(row)
                if SampleOperator.hash(place, key) >> 32 < limit { count += 1 }
            }
            if count == 0 { continue }
            for (index, column) in output.columns.enumerated() {
                column.assign(from: batch.columns[index], rows: rows, count: count)
            }
            output.count = count
            return output
        }
        return nil
    }

    /// SplitMix64.
    private static func hash(_ place: UInt64, _ key: UInt64) -> UInt64 {
        var value = (place &+ 1) &* 0x9E37_79B9_7F4A_7C15 ^ key
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
