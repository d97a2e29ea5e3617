internal import Base

/// What EXPLAIN tells beside the plan.
struct ExplainSummary {
    var settings: [(name: String, value: String)] = []
    /// Milliseconds.
    var planningTime: Double?
    var executionTime: Double?
    /// The statement was run: there is a list of its triggers.
    var hasTriggers = false
}

/// Writes a described plan in EXPLAIN's formats.
struct ExplainFormatter {
    let options: ExplainOptions
    let summary: ExplainSummary

    func lines(_ root: ExplainNode) -> [String] {
        switch options.format {
        case .text: textLines(root)
        case .json: [JSONWriterOfPlans(self).text(root)]
        case .yaml: [YAMLWriterOfPlans(self).text(root)]
        case .xml: [XMLWriterOfPlans(self).text(root)]
        }
    }

    // MARK: Numbers

    static func fixed(_ value: Double, _ digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let limited = min(max(value, 0), 1e15)
        let scaled = Int64((limited * scale).rounded())
        let whole = scaled / Int64(scale)
        let part = String(scaled % Int64(scale))
        return "\(whole)." + String(repeating: "0", count: digits - part.utf8.count) + part
    }

    static func milliseconds(_ nanoseconds: UInt64, _ loops: Int) -> String {
        fixed(Double(nanoseconds) / 1e6 / Double(max(loops, 1)), 3)
    }

    func rows(_ node: ExplainNode) -> String {
        String(Int64(min(max(node.rows.rounded(), node.rows > 0 ? 1 : 0), 1e15)))
    }

    /// Rows of one loop, as PostgreSQL rounds them.
    static func actualRows(_ counters: OperatorCounters) -> String {
        String(Int((Double(counters.rows) / Double(max(counters.loops, 1))).rounded()))
    }

    // MARK: Text

    private func textLines(_ root: ExplainNode) -> [String] {
        var lines: [String] = []
        append(root, indent: 0, isRoot: true, to: &lines)
        if !summary.settings.isEmpty {
            let list = summary.settings.map { "\($0.name) = '\($0.value)'" }
            lines.append("Settings: \(list.joined(separator: ", "))")
        }
        if let time = summary.planningTime {
            lines.append("Planning Time: \(ExplainFormatter.fixed(time, 3)) ms")
        }
        if let time = summary.executionTime {
            lines.append("Execution Time: \(ExplainFormatter.fixed(time, 3)) ms")
        }
        return lines
    }

    /// - Parameter indent: columns before the node's arrow.
    private func append(
        _ node: ExplainNode, indent: Int, isRoot: Bool, to lines: inout [String]
    ) {
        var start = indent
        if let name = node.subplanName {
            lines.append(spaces(start) + name)
            start += 2
        }
        lines.append(spaces(start) + (isRoot ? "" : "->  ") + node.title + estimate(node))
        // Details stand below the title, which an arrow moves.
        let below = start + (isRoot ? 2 : 6)
        if options.verbose, !node.output.isEmpty {
            lines.append(spaces(below) + "Output: \(node.output.joined(separator: ", "))")
        }
        for detail in node.details {
            switch (detail.place, detail.value) {
            case (.structured, _): break
            case (.line, .text(let text)), (.line, .plain(let text)):
                lines.append(spaces(below) + text)
            case (.line, .list): break
            case (.everywhere, .text(let text)), (.everywhere, .plain(let text)):
                lines.append(spaces(below) + "\(detail.name): \(text)")
            case (.everywhere, .list(let list)):
                lines.append(spaces(below) + "\(detail.name): \(list.joined(separator: ", "))")
            }
        }
        for child in node.children {
            append(child, indent: below, isRoot: false, to: &lines)
        }
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    private func estimate(_ node: ExplainNode) -> String {
        var result = ""
        if options.costs {
            let start = ExplainFormatter.fixed(node.startupCost, 2)
            let total = ExplainFormatter.fixed(node.totalCost, 2)
            result += "  (cost=\(start)..\(total) rows=\(rows(node)) width=\(node.width))"
        }
        guard options.analyze else { return result }
        guard let counters = node.counters, counters.loops > 0 else {
            return result + " (never executed)"
        }
        let counts = "rows=\(ExplainFormatter.actualRows(counters)) loops=\(counters.loops)"
        if !options.showsTimes { return result + " (actual \(counts))" }
        let first = ExplainFormatter.milliseconds(counters.startupTime, counters.loops)
        let last = ExplainFormatter.milliseconds(counters.totalTime, counters.loops)
        return result + " (actual time=\(first)..\(last) \(counts))"
    }

    // MARK: Structured formats

    /// A node's members before its children, in PostgreSQL's order.
    func members(_ node: ExplainNode) -> [(name: String, value: ExplainValue)] {
        var list = node.kind.map { ($0.name, $0.value) }
        if !node.relationship.isEmpty {
            list.append(("Parent Relationship", .text(node.relationship)))
        }
        if let name = node.subplanName { list.append(("Subplan Name", .text(name))) }
        list.append(("Parallel Aware", .plain(String(node.isParallel))))
        list.append(("Async Capable", .plain("false")))
        list += node.target.map { ($0.name, $0.value) }
        if options.costs {
            list.append(("Startup Cost", .plain(ExplainFormatter.fixed(node.startupCost, 2))))
            list.append(("Total Cost", .plain(ExplainFormatter.fixed(node.totalCost, 2))))
            list.append(("Plan Rows", .plain(rows(node))))
            list.append(("Plan Width", .plain(String(node.width))))
        }
        if options.analyze { list += actual(node) }
        if options.verbose, !node.output.isEmpty { list.append(("Output", .list(node.output))) }
        for detail in node.details where detail.place != .line {
            list.append((detail.name, detail.value))
        }
        if options.buffers { list += ExplainFormatter.buffers }
        if options.wal {
            list += ["WAL Records", "WAL FPI", "WAL Bytes"].map { ($0, .plain("0")) }
        }
        return list
    }

    private func actual(_ node: ExplainNode) -> [(String, ExplainValue)] {
        let loops = node.counters?.loops ?? 0
        var list: [(String, ExplainValue)] = []
        if options.showsTimes {
            let first = ExplainFormatter.milliseconds(node.counters?.startupTime ?? 0, loops)
            let last = ExplainFormatter.milliseconds(node.counters?.totalTime ?? 0, loops)
            list.append(("Actual Startup Time", .plain(first)))
            list.append(("Actual Total Time", .plain(last)))
        }
        let rows = node.counters.map { ExplainFormatter.actualRows($0) } ?? "0"
        list.append(("Actual Rows", .plain(rows)))
        list.append(("Actual Loops", .plain(String(loops))))
        return list
    }

    /// There is no buffer cache to hit or miss: tables are in memory.
    static let buffers: [(String, ExplainValue)] = [
        "Shared Hit Blocks", "Shared Read Blocks", "Shared Dirtied Blocks",
        "Shared Written Blocks", "Local Hit Blocks", "Local Read Blocks", "Local Dirtied Blocks",
        "Local Written Blocks", "Temp Read Blocks", "Temp Written Blocks",
    ].map { ($0, .plain("0")) }

    var showsPlanning: Bool { options.buffers && options.showsSummary }
}
