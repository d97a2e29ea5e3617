public import Base
public import Types
public import System

/// One call: as many arguments as the function has. Strict functions never see null.
public typealias ScalarKernel =
    @Sendable (UnsafePointer<Datum>, FunctionContext) throws(SQLError) -> Datum

/// A whole batch: arguments are full vectors (constants broadcast), and the caller of a strict
/// function has set the result's validity to the AND of theirs. Rows that are null there hold
/// anything, and the kernel must neither raise for them nor make them valid.
public typealias VectorKernel =
    @Sendable (_ arguments: [Vector], _ count: Int, _ result: Vector, FunctionContext)
    throws(SQLError) -> Void

/// Starts a set-returning function for one row of arguments.
public typealias SeriesKernel =
    @Sendable (UnsafePointer<Datum>, FunctionContext) throws(SQLError) -> Series

public enum Kernel: Sendable {
    case scalar(ScalarKernel)
    case vector(VectorKernel)
    /// Implemented by the layers above, which alone have what it needs.
    case hosted(HostedFunction)
    case series(SeriesKernel)
    /// In pg_proc, but not built: calling it is 0A000.
    case missing
}

/// What kernels know of the statement they run in. Belongs to one thread at a time.
public final class FunctionContext {
    /// Results of kernels live here: the batch's arena.
    @inlinable public var arena: Arena {
        get { storedArena }
        set { storedArena = newValue }
    }
    // Through an inlinable accessor: in other modules the attribute alone does not count.
    @exclusivity(unchecked) @usableFromInline var storedArena: Arena
    /// Growing states of aggregates live here; it must outlast the states.
    @exclusivity(unchecked) public var stateArena: Arena
    public let types: TypeContext
    /// µs since 2000-01-01 UTC.
    @exclusivity(unchecked) public var transactionTimestamp: Int64 = 0
    @inlinable public var statementTimestamp: Int64 {
        get { storedStatementTimestamp }
        set { storedStatementTimestamp = newValue }
    }
    @exclusivity(unchecked) @usableFromInline var storedStatementTimestamp: Int64 = 0
    /// The time of day, µs since 2000-01-01 UTC.
    @exclusivity(unchecked) public var clock: @Sendable () -> Int64
    /// Fills with random bytes fit for secrets, for gen_random_uuid().
    @exclusivity(unchecked) public var fillRandom: @Sendable (UnsafeMutableRawBufferPointer) -> Void
    /// random() and its kin; setseed replaces it.
    @exclusivity(unchecked) public var random: SeededRandom
    /// Compiled regular expressions by case flag and pattern.
    @exclusivity(unchecked) var regexes: [String: Regex] = [:]
    /// The actual types of the arguments, for functions that take `any` and the like.
    @exclusivity(unchecked) public var argumentTypes: [OID] = []
    /// Their modifiers, which tell the columns of records.
    @exclusivity(unchecked) public var argumentModifiers: [Int32] = []
    /// Parsed jsonpaths by their text.
    @exclusivity(unchecked) var jsonPaths: [String: JSONPath] = [:]

    public init(
        arena: Arena = Arena(), types: TypeContext = TypeContext(), randomSeed: UInt64,
        clock: @escaping @Sendable () -> Int64 = { wallClockMicroseconds() },
        fillRandom: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void = systemRandom
    ) {
        self.clock = clock
        self.fillRandom = fillRandom
        storedArena = arena
        self.stateArena = arena
        self.types = types
        random = SeededRandom(seed: randomSeed)
    }
}

extension FunctionContext {
    /// A context of its own for another thread that works for the same statement. What is known of
    /// types is shared, and stays as it is while the statement runs.
    public func twin() -> FunctionContext {
        let twin = FunctionContext(
            types: types, randomSeed: 0, clock: clock, fillRandom: fillRandom)
        twin.follow(self)
        return twin
    }

    /// Takes over what a statement may have changed in the context that this is the twin of.
    public func follow(_ other: FunctionContext) {
        transactionTimestamp = other.transactionTimestamp
        statementTimestamp = other.statementTimestamp
    }

    /// Exchanges the results' arena with the caller's; costs no reference counting.
    @inlinable
    public func exchangeArena(_ arena: inout Arena) { swap(&storedArena, &arena) }

    /// now() and its kin give `now`, in µs since 2000-01-01 UTC.
    public func beginTransaction(at now: Int64) {
        transactionTimestamp = now
        statementTimestamp = now
        types.nowMicroseconds = now
    }

    /// A text result.
    @inlinable
    public func text(_ bytes: UnsafeRawBufferPointer) -> Datum {
        Datum(view: ByteView(copying: bytes, into: arena))
    }
    public func text(_ text: String) -> Datum { Datum(view: ByteView(copying: text, into: arena)) }
    @inlinable
    public func text(_ bytes: [UInt8]) -> Datum {
        Datum(view: ByteView(copying: bytes, into: arena))
    }
    public func text(_ buffer: borrowing ByteBuffer) -> Datum { buffer.withBytes { text($0) } }
}

/// The operating system's generator.
public func systemRandom(_ target: UnsafeMutableRawBufferPointer) {
    var generator = SystemRandomNumberGenerator()
    for index in target.indices {
        target[index] = UInt8.random(in: .min ... .max, using: &generator)
    }
}

extension Kernel {
    /// Runs a scalar or vector kernel over a batch, as a vector kernel would: the adapter that makes
    /// breadth cheap. Handles nulls for strict functions; the result's validity is set here.
    public static func apply(
        _ entry: FunctionEntry, _ arguments: [Vector], count: Int, result: Vector,
        context: FunctionContext
    ) throws(SQLError) {
        if entry.isStrict {
            intersectValidity(of: arguments, into: result)
        } else {
            result.hasNulls = false
        }
        switch entry.kernel {
        case .vector(let kernel): try kernel(arguments, count, result, context)
        case .scalar(let kernel):
            try applyScalar(
                kernel, arguments, count: count, isStrict: entry.isStrict, result, context)
        case .hosted, .series, .missing:
            throw .notSupported("function \(entry.name)")
        }
    }

    /// Valid where every argument is.
    public static func intersectValidity(of arguments: [Vector], into result: Vector) {
        result.hasNulls = false
        for argument in arguments where argument.hasNulls {
            if result.hasNulls {
                for word in 0..<Vector.validityWordCount {
                    result.validity[word] &= argument.validity[word]
                }
            } else {
                result.hasNulls = true
                result.validity.update(from: argument.validity, count: Vector.validityWordCount)
            }
        }
    }

    private static func applyScalar(
        _ kernel: ScalarKernel, _ arguments: [Vector], count: Int, isStrict: Bool,
        _ result: Vector, _ context: FunctionContext
    ) throws(SQLError) {
        let row = UnsafeMutablePointer<Datum>.allocate(capacity: max(arguments.count, 1))
        defer { row.deallocate() }
        for index in 0..<count {
            if isStrict, result.isNull(index) {
                result.setNull(index)
                continue
            }
            for (position, argument) in arguments.enumerated() {
                (row + position).initialize(to: argument[index])
            }
            result.set(index, try kernel(row, context))
        }
    }
}
