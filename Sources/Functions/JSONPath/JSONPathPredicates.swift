internal import Base
internal import Types

/// True, false and unknown, which an error makes.
extension JSONPathExecutor {
    mutating func truth(_ node: JSONPath.Node) throws(SQLError) -> Truth {
        switch node {
        case .and(let left, let right):
            let first = try truth(left)
            if first == .no { return .no }
            let second = try truth(right)
            return second == .yes ? first : second
        case .or(let left, let right):
            let first = try truth(left)
            if first == .yes { return .yes }
            let second = try truth(right)
            return second == .no ? first : second
        case .not(let value):
            switch try truth(value) {
            case .yes: return .no
            case .no: return .yes
            case .unknown: return .unknown
            }
        case .isUnknown(let value): return try truth(value) == .unknown ? .yes : .no
        case .exists(let value):
            guard let found = try quietly({ (executor) throws(SQLError) in
                try executor.evaluate(value)
            }) else { return .unknown }
            return found.isEmpty ? .no : .yes
        case .compare(let test, let left, let right):
            return try predicate(left, right) { (executor, a, b) throws(SQLError) in
                try executor.compare(test, a, b)
            }
        case .startsWith(let value, let start):
            return try predicate(value, start) { (executor, a, b) throws(SQLError) in
                try executor.strings(a, b) { $0.starts(with: $1) }
            }
        case .likeRegex(let value, let pattern, let flags):
            let regex = try JSONPathRegex.make(pattern, flags: flags, context)
            return try predicate(value, .string("")) { (executor, a, _) throws(SQLError) in
                try executor.strings(a, .null) { text, _ in
                    regex.matches(text.withUnsafeBytes { characterCodes(ByteView(borrowing: $0)) })
                }
            }
        default:
            // A value where a predicate is wanted: a boolean.
            let found = try evaluate(node)
            guard found.count == 1 else { return .unknown }
            return switch try kind(found[0]) {
            case .true: .yes
            case .false: .no
            default: .unknown
            }
        }
    }

    /// Nil: there was an error, which a predicate takes for unknown.
    private mutating func quietly(
        _ body: (inout JSONPathExecutor) throws(SQLError) -> [JSONPathItem]
    ) throws(SQLError) -> [JSONPathItem]? {
        var copy = self
        do throws(SQLError) {
            return try body(&copy)
        } catch {
            if JSONPathExecutor.isFatal(error) { throw error }
            return nil
        }
    }

    /// A variable that is not there, and limits, are no matter of the value.
    static func isFatal(_ error: SQLError) -> Bool {
        error.state == .undefinedObject || error.state == .statementTooComplex
            || error.state == .featureNotSupported
    }

    /// True if the test holds for some pair; unknown where nothing can be said.
    private mutating func predicate(
        _ left: JSONPath.Node, _ right: JSONPath.Node,
        _ test: (inout JSONPathExecutor, JSONPathItem, JSONPathItem) throws(SQLError) -> Truth
    ) throws(SQLError) -> Truth {
        guard let lefts = try quietly({ (executor) throws(SQLError) in
            try executor.unwrapped(try executor.evaluate(left))
        }), let rights = try quietly({ (executor) throws(SQLError) in
            try executor.unwrapped(try executor.evaluate(right))
        }) else { return .unknown }
        var hasUnknown = false
        var hasFound = false
        for a in lefts {
            for b in rights {
                switch try test(&self, a, b) {
                case .yes:
                    if isLax { return .yes }
                    hasFound = true
                case .unknown:
                    if !isLax { return .unknown }
                    hasUnknown = true
                case .no: break
                }
            }
        }
        return hasFound ? .yes : hasUnknown ? .unknown : .no
    }

    private func strings(
        _ left: JSONPathItem, _ right: JSONPathItem, _ test: ([UInt8], [UInt8]) -> Bool
    ) throws(SQLError) -> Truth {
        func text(_ item: JSONPathItem) throws(SQLError) -> [UInt8]? {
            try with(item) { (value) throws(SQLError) in
                value.kind == .string ? [UInt8](value.string) : value.kind == .null ? [] : nil
            }
        }
        guard try kind(left) == .string, let a = try text(left), let b = try text(right) else {
            return .unknown
        }
        return test(a, b) ? .yes : .no
    }

    private func compare(
        _ test: JSONPath.Comparison, _ left: JSONPathItem, _ right: JSONPathItem
    ) throws(SQLError) -> Truth {
        func holds(_ order: Int) -> Truth {
            let result =
                switch test {
                case .equal: order == 0
                case .notEqual: order != 0
                case .less: order < 0
                case .lessOrEqual: order <= 0
                case .greater: order > 0
                case .greaterOrEqual: order >= 0
                }
            return result ? .yes : .no
        }
        if case .datetime(let a) = left, case .datetime(let b) = right {
            guard let order = try JSONPathDatetime.compare(a, b, zone: zone) else {
                return .unknown
            }
            return holds(order)
        }
        if case .datetime = left { return .unknown }
        if case .datetime = right { return .unknown }
        return try with(left) { (a) throws(SQLError) in
            try with(right) { (b) throws(SQLError) in
                if a.kind == .null || b.kind == .null, a.kind != b.kind {
                    // Null differs from all else, which is all that can be said.
                    return test == .notEqual ? .yes : .no
                }
                if a.isBoolean, b.isBoolean {
                    return holds((a.kind == .true ? 1 : 0) - (b.kind == .true ? 1 : 0))
                }
                guard a.kind == b.kind else { return .unknown }
                switch a.kind {
                case .null: return holds(0)
                case .number: return holds(Numeric.compare(a.numeric, b.numeric))
                case .string:
                    return holds(
                        ByteView.compare(
                            ByteView(copying: a.string, into: context.arena),
                            ByteView(copying: b.string, into: context.arena)))
                case .true, .false, .array, .object: return .unknown
                }
            }
        }
    }
}
