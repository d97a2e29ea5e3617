public import Base
internal import Types

/// pg_proc.provolatile.
public enum Volatility: Character, Sendable {
    case immutable = "i"
    case stable = "s"
    case volatile = "v"
}

/// A built-in function: pg_proc's row and what runs it.
public struct FunctionEntry: Sendable {
    public let oid: OID
    public let name: String
    public let arguments: [OID]
    /// The element type of a VARIADIC last argument (`any` for concat and its kin).
    public let variadic: OID?
    public let result: OID
    public let returnsSet: Bool
    /// Null in, null out, without a call.
    public let isStrict: Bool
    public let volatility: Volatility
    /// What the last arguments are where they are left out: text of their types.
    public let defaults: [String]
    /// For `name => value`; empty: none are known.
    public let argumentNames: [String]
    /// pg_proc.prosrc, or name$oid where PostgreSQL has an SQL body: the kernel's name.
    public let key: String
    public let kernel: Kernel
    /// Columns of a function with OUT parameters, for FROM; else empty.
    public let outputColumns: [(name: String, type: OID)]

    /// How many trailing arguments may be left out.
    public var defaultCount: Int { defaults.count }

    /// The kernel reads `FunctionContext.argumentTypes`: set it before each call.
    public var needsArgumentTypes: Bool {
        variadic != nil || arguments.contains { FunctionRegistry.isPolymorphic($0) }
    }
}

public struct OperatorEntry: Sendable {
    public let oid: OID
    public let name: String
    /// Nil: a prefix operator.
    public let left: OID?
    public let right: OID
    public let result: OID
    public let function: OID
    /// 0 none.
    public let commutator: OID
    public let negator: OID
    public let canHash: Bool
    public let canMerge: Bool
}

public struct CastEntry: Sendable {
    public enum Method: Character, Sendable {
        case binary = "b"
        case function = "f"
        case inputOutput = "i"
    }
    public enum Context: Character, Sendable, Comparable {
        case implicit = "i"
        case assignment = "a"
        case explicit = "e"

        private var rank: Int {
            switch self {
            case .implicit: 0
            case .assignment: 1
            case .explicit: 2
            }
        }
        public static func < (left: Context, right: Context) -> Bool { left.rank < right.rank }
    }

    public let source: OID
    public let target: OID
    public let function: OID?
    public let method: Method
    /// The least explicit place where the cast applies.
    public let context: Context
}

public struct AggregateEntry: Sendable {
    public let oid: OID
    public let name: String
    /// Empty for count(*).
    public let arguments: [OID]
    public let variadic: OID?
    public let result: OID
    /// For min and max: the operator whose first row is the answer. 0 none.
    public let sortOperator: OID
    /// Nil: not built; calling it is 0A000.
    public let kernel: AggregateKernel?

    /// The kernel reads `FunctionContext.argumentTypes`: set it before each call.
    public var needsArgumentTypes: Bool {
        result == .anyArray || result == .json || result == .jsonb
            || OrderedSetFunction(rawValue: oid.rawValue) != nil
    }
}
