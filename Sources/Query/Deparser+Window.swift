internal import Base
internal import Functions
internal import Types

/// Calls with OVER as text.
extension Deparser {
    func windowCall(_ call: WindowCall) -> String {
        let name =
            WindowFunction(rawValue: call.function.rawValue)?.name
            ?? FunctionRegistry.aggregate(call.function)?.name ?? "?"
        let isStar = call.arguments.isEmpty && name == "count"
        let filter = call.filter.map { " FILTER (WHERE \(text($0)))" } ?? ""
        return "\(name)(\(isStar ? "*" : list(call.arguments)))\(filter) "
            + "OVER \(call.window.form.name.map { Identifier.quote($0) } ?? "(\(window(call.window)))")"
    }

    func window(_ window: WindowSpecification) -> String {
        var parts: [String] = []
        if let reference = window.form.reference {
            // What it gives is not written again.
            parts.append(Identifier.quote(reference))
        } else if !window.partitionBy.isEmpty {
            let keys = window.partitionBy.map { sortItem($0) }
            parts.append("PARTITION BY \(keys.joined(separator: ", "))")
        }
        if !window.orderBy.isEmpty, !window.form.isOrderCopied {
            let keys = window.orderBy.map { key in
                var result = sortItem(key.expression)
                if key.descending { result += " DESC" }
                if key.nullsFirst != key.descending {
                    result += key.nullsFirst ? " NULLS FIRST" : " NULLS LAST"
                }
                return result
            }
            parts.append("ORDER BY \(keys.joined(separator: ", "))")
        }
        if window.form.frame != .unwritten { parts.append(frame(window)) }
        return parts.joined(separator: " ")
    }

    /// A count of rows, whose conversion to bigint nobody wrote.
    private func distance(_ offset: Expression) -> String {
        if case .call(_, let arguments, let type) = offset, type.oid == .int8, arguments.count == 1,
            case .constant = arguments[0]
        {
            return text(arguments[0])
        }
        return text(offset)
    }

    private func frame(_ window: WindowSpecification) -> String {
        let frame = window.frame
        let mode =
            switch frame.mode {
            case .range: "RANGE"
            case .rows: "ROWS"
            case .groups: "GROUPS"
            }
        func bound(_ bound: WindowFrame.Bound, _ offset: Expression?) -> String {
            switch bound {
            case .unboundedPreceding: "UNBOUNDED PRECEDING"
            case .unboundedFollowing: "UNBOUNDED FOLLOWING"
            case .currentRow: "CURRENT ROW"
            case .offsetPreceding: "\(offset.map(distance) ?? "") PRECEDING"
            case .offsetFollowing: "\(offset.map(distance) ?? "") FOLLOWING"
            }
        }
        let exclusion =
            switch frame.exclusion {
            case .nothing: ""
            case .currentRow: " EXCLUDE CURRENT ROW"
            case .group: " EXCLUDE GROUP"
            case .ties: " EXCLUDE TIES"
            }
        if window.form.frame == .start {
            return "\(mode) \(bound(frame.start, window.startOffset))\(exclusion)"
        }
        return "\(mode) BETWEEN \(bound(frame.start, window.startOffset)) "
            + "AND \(bound(frame.end, window.endOffset))\(exclusion)"
    }
}
