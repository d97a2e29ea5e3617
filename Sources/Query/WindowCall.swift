public import Base
public import Types

/// Which rows around the current one a window function looks at.
public struct WindowFrame: Sendable, Equatable {
    public enum Mode: Sendable { case range, rows, groups }
    public enum Bound: Sendable {
        case unboundedPreceding, offsetPreceding, currentRow, offsetFollowing, unboundedFollowing
    }
    public enum Exclusion: Sendable { case nothing, currentRow, group, ties }

    public var mode: Mode
    public var start: Bound
    public var end: Bound
    public var exclusion: Exclusion

    public init(mode: Mode, start: Bound, end: Bound, exclusion: Exclusion) {
        self.mode = mode
        self.start = start
        self.end = end
        self.exclusion = exclusion
    }

    /// RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW.
    public static let standard = WindowFrame(
        mode: .range, start: .unboundedPreceding, end: .currentRow, exclusion: .nothing)
}

/// How a window was written, for texts of it.
public struct WindowForm: Sendable {
    public enum Frame: Sendable {
        case unwritten
        case start
        case between
    }
    /// `OVER name`.
    public var name: String?
    /// `(name ORDER BY …)`: the window that gives what is not written here.
    public var reference: String?
    public var isOrderCopied = false
    public var frame = Frame.unwritten

    public init() {}
}

/// An item of a WINDOW clause.
public struct NamedWindow: Sendable {
    public var name: String
    public var window: WindowSpecification

    public init(name: String, window: WindowSpecification) {
        self.name = name
        self.window = window
    }
}

/// PARTITION BY, ORDER BY and frame of a window.
public struct WindowSpecification: Sendable {
    public var partitionBy: [Expression]
    public var orderBy: [SortKey]
    public var frame: WindowFrame
    /// Of the bounds with an offset: bigint for ROWS and GROUPS.
    public var startOffset: Expression?
    public var endOffset: Expression?
    public var form = WindowForm()

    public init(
        partitionBy: [Expression], orderBy: [SortKey], frame: WindowFrame,
        startOffset: Expression?, endOffset: Expression?
    ) {
        self.partitionBy = partitionBy
        self.orderBy = orderBy
        self.frame = frame
        self.startOffset = startOffset
        self.endOffset = endOffset
    }

    var expressions: [Expression] {
        partitionBy + orderBy.map(\.expression) + (startOffset.map { [$0] } ?? [])
            + (endOffset.map { [$0] } ?? [])
    }

    func hasSameForm(as other: WindowSpecification) -> Bool {
        partitionBy.count == other.partitionBy.count && frame == other.frame
            && orderBy.map(\.descending) == other.orderBy.map(\.descending)
            && orderBy.map(\.nullsFirst) == other.orderBy.map(\.nullsFirst)
            && (startOffset == nil) == (other.startOffset == nil)
            && (endOffset == nil) == (other.endOffset == nil)
    }

    /// The same window.
    public func isSame(as other: WindowSpecification) -> Bool {
        guard hasSameForm(as: other) else { return false }
        return zip(expressions, other.expressions).allSatisfy { $0.isSame(as: $1) }
    }

    /// The specification with `change` applied to each of its expressions.
    public func map<Failure: Error>(
        _ change: (Expression) throws(Failure) -> Expression
    ) throws(Failure) -> WindowSpecification {
        var result = self
        for index in partitionBy.indices {
            result.partitionBy[index] = try change(partitionBy[index])
        }
        for index in orderBy.indices {
            result.orderBy[index].expression = try change(orderBy[index].expression)
        }
        if let startOffset { result.startOffset = try change(startOffset) }
        if let endOffset { result.endOffset = try change(endOffset) }
        return result
    }
}

/// A call with OVER: of a window function, or of an aggregate as one.
public struct WindowCall: Sendable {
    /// OID of a `WindowFunction` or of an aggregate.
    public var function: OID
    public var arguments: [Expression]
    public var filter: Expression?
    public var window: WindowSpecification
    public var type: SQLType

    public init(
        function: OID, arguments: [Expression], filter: Expression?, window: WindowSpecification,
        type: SQLType
    ) {
        self.function = function
        self.arguments = arguments
        self.filter = filter
        self.window = window
        self.type = type
    }

    var children: [Expression] {
        arguments + (filter.map { [$0] } ?? []) + window.expressions
    }

    func hasSameHead(as other: WindowCall) -> Bool {
        function == other.function && type == other.type
            && arguments.count == other.arguments.count
            && (filter == nil) == (other.filter == nil)
            && window.hasSameForm(as: other.window)
    }

    /// The call with `change` applied to each of its expressions.
    public func map<Failure: Error>(
        _ change: (Expression) throws(Failure) -> Expression
    ) throws(Failure) -> WindowCall {
        var result = self
        for index in arguments.indices { result.arguments[index] = try change(arguments[index]) }
        if let filter { result.filter = try change(filter) }
        result.window = try window.map(change)
        return result
    }
}

/// A WindowAgg node's work: all calls over one window. Input is sorted by PARTITION BY, then ORDER
/// BY; output is the input's slots, then the calls' results.
public struct PlannedWindow: Sendable {
    public var window: WindowSpecification
    public var calls: [WindowCall]

    public init(window: WindowSpecification, calls: [WindowCall]) {
        self.window = window
        self.calls = calls
    }
}
