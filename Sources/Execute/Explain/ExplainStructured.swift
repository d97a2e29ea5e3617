internal import Base

/// EXPLAIN (FORMAT JSON).
struct JSONWriterOfPlans {
    private let formatter: ExplainFormatter
    init(_ formatter: ExplainFormatter) { self.formatter = formatter }

    func text(_ root: ExplainNode) -> String {
        var members = ["    \"Plan\": \(node(root, 4))"]
        if formatter.options.settings {
            members.append(object("Settings", formatter.summary.settings.map { ($0.name, .text($0.value)) }))
        }
        if formatter.showsPlanning { members.append(object("Planning", ExplainFormatter.buffers)) }
        if let time = formatter.summary.planningTime {
            members.append("    \"Planning Time\": \(ExplainFormatter.fixed(time, 3))")
        }
        if formatter.summary.hasTriggers { members.append("    \"Triggers\": [\n    ]") }
        if let time = formatter.summary.executionTime {
            members.append("    \"Execution Time\": \(ExplainFormatter.fixed(time, 3))")
        }
        return "[\n  {\n\(members.joined(separator: ",\n"))\n  }\n]"
    }

    private func object(_ name: String, _ members: [(String, ExplainValue)]) -> String {
        let lines = members.map { "      \(quoted($0.0)): \(value($0.1))" }
        let content = lines.isEmpty ? "" : lines.joined(separator: ",\n") + "\n"
        return "    \(quoted(name)): {\n\(content)    }"
    }

    private func node(_ node: ExplainNode, _ indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        var lines = formatter.members(node).map {
            "\(margin)  \(quoted($0.name)): \(value($0.value))"
        }
        if !node.children.isEmpty {
            let children = node.children.map { "\(margin)    " + self.node($0, indent + 4) }
            lines.append(
                "\(margin)  \"Plans\": [\n\(children.joined(separator: ",\n"))\n\(margin)  ]")
        }
        return "{\n\(lines.joined(separator: ",\n"))\n\(margin)}"
    }

    private func value(_ value: ExplainValue) -> String {
        switch value {
        case .text(let text): quoted(text)
        case .plain(let text): text
        case .list(let list): "[\(list.map { quoted($0) }.joined(separator: ", "))]"
        }
    }

    private func quoted(_ text: String) -> String { explainQuoted(text) }
}

/// A string as JSON and YAML write it.
private func explainQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case "\u{8}": result += "\\b"
        case "\u{C}": result += "\\f"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}

/// EXPLAIN (FORMAT YAML).
struct YAMLWriterOfPlans {
    private let formatter: ExplainFormatter
    init(_ formatter: ExplainFormatter) { self.formatter = formatter }

    func text(_ root: ExplainNode) -> String {
        var lines = ["- Plan: "]
        append(root, 4, to: &lines)
        if formatter.options.settings {
            lines.append("  Settings: ")
            for setting in formatter.summary.settings {
                lines.append("    \(setting.name): \(explainQuoted(setting.value))")
            }
        }
        if formatter.showsPlanning {
            lines.append("  Planning: ")
            for (name, value) in ExplainFormatter.buffers {
                append(name, value, 4, to: &lines)
            }
        }
        if let time = formatter.summary.planningTime {
            lines.append("  Planning Time: \(ExplainFormatter.fixed(time, 3))")
        }
        if formatter.summary.hasTriggers { lines.append("  Triggers: ") }
        if let time = formatter.summary.executionTime {
            lines.append("  Execution Time: \(ExplainFormatter.fixed(time, 3))")
        }
        return lines.joined(separator: "\n")
    }

    private func append(_ node: ExplainNode, _ indent: Int, to lines: inout [String]) {
        for member in formatter.members(node) {
            append(member.name, member.value, indent, to: &lines)
        }
        if node.children.isEmpty { return }
        lines.append(String(repeating: " ", count: indent) + "Plans: ")
        for child in node.children {
            let first = lines.count
            append(child, indent + 4, to: &lines)
            // The first member carries the dash.
            let margin = String(repeating: " ", count: indent + 2)
            lines[first] = margin + "- " + lines[first].dropFirst(indent + 4)
        }
    }

    private func append(
        _ name: String, _ value: ExplainValue, _ indent: Int, to lines: inout [String]
    ) {
        let margin = String(repeating: " ", count: indent)
        switch value {
        case .text(let text): lines.append("\(margin)\(name): \(explainQuoted(text))")
        case .plain(let text): lines.append("\(margin)\(name): \(text)")
        case .list(let list):
            lines.append("\(margin)\(name): ")
            for text in list { lines.append("\(margin)  - \(explainQuoted(text))") }
        }
    }
}

/// EXPLAIN (FORMAT XML).
struct XMLWriterOfPlans {
    private let formatter: ExplainFormatter
    init(_ formatter: ExplainFormatter) { self.formatter = formatter }

    func text(_ root: ExplainNode) -> String {
        var lines = ["<explain xmlns=\"http://www.postgresql.org/2009/explain\">", "  <Query>"]
        append(root, 4, to: &lines)
        if formatter.options.settings {
            append(
                "Settings", formatter.summary.settings.map { ($0.name, .text($0.value)) }, to: &lines)
        }
        if formatter.showsPlanning { append("Planning", ExplainFormatter.buffers, to: &lines) }
        if let time = formatter.summary.planningTime {
            lines.append("    <Planning-Time>\(ExplainFormatter.fixed(time, 3))</Planning-Time>")
        }
        if formatter.summary.hasTriggers { lines += ["    <Triggers>", "    </Triggers>"] }
        if let time = formatter.summary.executionTime {
            lines.append("    <Execution-Time>\(ExplainFormatter.fixed(time, 3))</Execution-Time>")
        }
        return (lines + ["  </Query>", "</explain>"]).joined(separator: "\n")
    }

    private func append(
        _ name: String, _ members: [(String, ExplainValue)], to lines: inout [String]
    ) {
        lines.append("    <\(name)>")
        for (name, value) in members { append(name, value, 6, to: &lines) }
        lines.append("    </\(name)>")
    }

    private func append(_ node: ExplainNode, _ indent: Int, to lines: inout [String]) {
        let margin = String(repeating: " ", count: indent)
        lines.append("\(margin)<Plan>")
        for member in formatter.members(node) {
            append(member.name, member.value, indent + 2, to: &lines)
        }
        if !node.children.isEmpty {
            lines.append("\(margin)  <Plans>")
            for child in node.children { append(child, indent + 4, to: &lines) }
            lines.append("\(margin)  </Plans>")
        }
        lines.append("\(margin)</Plan>")
    }

    private func append(
        _ name: String, _ value: ExplainValue, _ indent: Int, to lines: inout [String]
    ) {
        let margin = String(repeating: " ", count: indent)
        let tag = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
        switch value {
        case .text(let text): lines.append("\(margin)<\(tag)>\(escaped(text))</\(tag)>")
        case .plain(let text): lines.append("\(margin)<\(tag)>\(text)</\(tag)>")
        case .list(let list):
            lines.append("\(margin)<\(tag)>")
            for text in list { lines.append("\(margin)  <Item>\(escaped(text))</Item>") }
            lines.append("\(margin)</\(tag)>")
        }
    }

    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\r": result += "&#x0d;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
