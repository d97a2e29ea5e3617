internal import Base
internal import Functions
internal import Query
internal import Types

/// A function ready to be called on batches: its kernel, whatever its shape, and its result.
final class FunctionCall {
    /// One call of a hosted function.
    typealias Hosted = (UnsafePointer<Datum>) throws(SQLError) -> Datum

    private enum Implementation {
        case vector(VectorKernel)
        case scalar(ScalarKernel)
        case hosted(Hosted)
    }

    let entry: FunctionEntry
    private let implementation: Implementation
    private let context: FunctionContext
    /// The arguments' actual types.
    let actualTypes: [OID]
    private let actualModifiers: [Int32]
    private let result: Vector
    /// One row of arguments, for kernels that take rows.
    private let row: UnsafeMutablePointer<Datum>

    /// - Throws: 42883 if there is no such function, 0A000 for one that returns a set.
    init(_ function: OID, arguments: [Expression], run: RunState) throws(SQLError) {
        guard let entry = FunctionRegistry.function(function) else {
            throw SQLError(
                .undefinedFunction, "function with OID \(function) does not exist")
        }
        self.entry = entry
        context = run.context
        actualTypes = arguments.map(\.type.oid)
        actualModifiers = arguments.map(\.type.modifier)
        let polymorphic = TypeCatalog.info(entry.result)?.isPseudo ?? false
        let resultType: PhysicalType =
            polymorphic
            ? FunctionCall.polymorphicResult(entry, arguments)
            : SQLType(entry.result).physical
        result = Vector(resultType)
        row = .allocate(capacity: max(arguments.count, entry.arguments.count, 1))
        row.initialize(repeating: .null, count: max(arguments.count, entry.arguments.count, 1))
        switch entry.kernel {
        case .vector(let kernel): implementation = .vector(kernel)
        case .scalar(let kernel): implementation = .scalar(kernel)
        case .hosted(let function):
            implementation = .hosted(
                try HostedFunctions(run: run).make(function, entry, arguments))
        case .series:
            throw SQLError(
                .featureNotSupported,
                "set-returning functions are not allowed in this context")
        case .missing: throw SQLError.notSupported("function \(entry.name)")
        }
    }

    deinit { row.deallocate() }

    private static func polymorphicResult(
        _ entry: FunctionEntry, _ arguments: [Expression]
    ) -> PhysicalType {
        SQLType(
            FunctionRegistry.resultType(
                entry.result, declared: entry.arguments, actual: arguments.map(\.type.oid))
        ).physical
    }

    var argumentTypes: [SQLType] { entry.arguments.map { SQLType($0) } }

    /// Calls the function for `count` rows; null arguments of a strict one give null.
    func call(_ arguments: [Vector], count: Int) throws(SQLError) -> Vector {
        if entry.isStrict {
            Kernel.intersectValidity(of: arguments, into: result)
        } else {
            result.hasNulls = false
        }
        if needsTypes {
            context.argumentTypes = actualTypes
            context.argumentModifiers = actualModifiers
        }
        switch implementation {
        case .vector(let kernel): try kernel(arguments, count, result, context)
        case .scalar(let kernel):
            try forEachRow(arguments, count) { (row) throws(SQLError) in try kernel(row, context) }
        case .hosted(let body): try forEachRow(arguments, count, body)
        }
        return result
    }
    private lazy var needsTypes = entry.needsArgumentTypes

    /// Sets the result of each row that no null argument decides.
    @inline(__always)
    private func forEachRow(
        _ arguments: [Vector], _ count: Int, _ body: Hosted
    ) throws(SQLError) {
        let (isStrict, result, row) = (entry.isStrict, result, row)
        // One and two arguments, which most have, are looked up once.
        switch arguments.count {
        case 1:
            let only = VectorReader(arguments[0])
            for index in 0..<count where !isStrict || !result.isNull(index) {
                row[0] = only[index]
                result.set(index, try body(row))
            }
        case 2:
            let (left, right) = (VectorReader(arguments[0]), VectorReader(arguments[1]))
            for index in 0..<count where !isStrict || !result.isNull(index) {
                row[0] = left[index]
                row[1] = right[index]
                result.set(index, try body(row))
            }
        default:
            for index in 0..<count where !isStrict || !result.isNull(index) {
                for position in arguments.indices { row[position] = arguments[position][index] }
                result.set(index, try body(row))
            }
        }
    }

    // MARK: What is known of functions

    private static let comparisonNames: Set<String> = ["=", "<>", "<", "<=", ">", ">="]

    /// Comparison functions, which cannot fail.
    private static let comparisons: Set<OID> = Set(
        FunctionRegistry.allOperators.filter { comparisonNames.contains($0.name) }.map(\.function))

    var isComparison: Bool { FunctionCall.comparisons.contains(entry.oid) }

    private static let hashableEqualities: Set<OID> = Set(
        FunctionRegistry.allOperators.filter { $0.name == "=" && $0.canHash }.map(\.function))

    /// Equality that encoded keys decide: of one type, or of two integer types.
    var isHashableEquality: Bool {
        guard FunctionCall.hashableEqualities.contains(entry.oid), entry.arguments.count == 2
        else { return false }
        let (left, right) = (entry.arguments[0], entry.arguments[1])
        if left == right { return true }
        let integers: Set<OID> = [.int2, .int4, .int8]
        return integers.contains(left) && integers.contains(right)
    }
}

/// A call with its arguments.
final class CallNode: ExpressionNode {
    private let call: FunctionCall
    private let operands: FixedList<ExpressionNode>
    override var isSafe: Bool { isSafeCall }
    private let isSafeCall: Bool
    /// Reused; changed only where an operand gives another vector than before.
    @exclusivity(unchecked) private var arguments: [Vector] = []

    init(_ call: FunctionCall, _ operands: [ExpressionNode]) {
        self.call = call
        self.operands = FixedList(operands)
        isSafeCall = call.isComparison && operands.allSatisfy(\.isSafe)
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        for index in operands.indices {
            let value = try operands.lend(index) { (operand) throws(SQLError) in
                try operand.evaluate(input)
            }
            if index == arguments.count {
                arguments.append(value)
            } else if arguments[index] !== value {
                arguments[index] = value
            }
        }
        return try call.call(arguments, count: input.count)
    }

    override func collectSlots(_ slots: inout Set<Int>) {
        operands.forEach { $0.collectSlots(&slots) }
    }
}

extension ExpressionCompiler {
    func compileCall(
        _ function: OID, _ arguments: [Expression], _ type: SQLType
    ) throws(SQLError) -> ExpressionNode {
        if let sequence = drawnSequence(function, arguments) {
            return NextValueNode(
                sequence: sequence, type: .int8, checksPrivilege: true, run: run)
        }
        return CallNode(
            try FunctionCall(function, arguments: arguments, run: run), try compileAll(arguments))
    }

    /// The sequence of `nextval('s'::regclass)`.
    private func drawnSequence(_ function: OID, _ arguments: [Expression]) -> OID? {
        guard arguments.count == 1, case .constant(let constant) = arguments[0],
            case .word(let word) = constant.value,
            case .hosted(.nextval)? = FunctionRegistry.function(function)?.kernel
        else { return nil }
        return Datum(word: word).oid
    }
}
