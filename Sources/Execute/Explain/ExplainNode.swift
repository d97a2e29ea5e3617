/// A value that EXPLAIN shows.
enum ExplainValue {
    case text(String)
    /// Numbers, true and false: as they are.
    case plain(String)
    case list([String])
}

/// A line of a node's description, or a member of its object.
struct ExplainProperty {
    enum Place {
        /// `Name: value`, or a member.
        case everywhere
        /// A member of the structured formats alone.
        case structured
        /// A whole line of the text format alone.
        case line
    }
    var name: String
    var value: ExplainValue
    var place = Place.everywhere
}

/// A node of a plan as EXPLAIN describes it: the same for all formats.
struct ExplainNode {
    /// What the text format calls it, with what it is about.
    var title: String
    /// `Node Type` and what specifies it.
    var kind: [ExplainProperty]
    /// `Outer`, `Inner`, `SubPlan` …; empty at the root.
    var relationship = ""
    /// `SubPlan 1`, `CTE x`.
    var subplanName: String?
    /// What it reads or writes, and how.
    var target: [ExplainProperty] = []
    var startupCost = 0.0
    var totalCost = 0.0
    var rows = 1.0
    var width = 0
    /// Several threads share its work.
    var isParallel = false
    var counters: OperatorCounters?
    var output: [String] = []
    var details: [ExplainProperty] = []
    var children: [ExplainNode] = []

    init(_ title: String, type: String? = nil) {
        self.title = title
        kind = [ExplainProperty(name: "Node Type", value: .text(type ?? title), place: .structured)]
    }

    /// It reads a relation, whose columns need no further name in its conditions.
    var isScan: Bool {
        guard case .text(let type)? = kind.first?.value else { return false }
        return type.hasSuffix("Scan")
    }

    mutating func specify(_ name: String, _ value: String) {
        kind.append(ExplainProperty(name: name, value: .text(value), place: .structured))
    }
    mutating func aim(_ name: String, _ value: String) {
        target.append(ExplainProperty(name: name, value: .text(value), place: .structured))
    }
    mutating func add(_ name: String, _ text: String) {
        details.append(ExplainProperty(name: name, value: .text(text)))
    }
    mutating func add(_ name: String, list: [String]) {
        details.append(ExplainProperty(name: name, value: .list(list)))
    }
    mutating func addCount(_ name: String, _ count: Int) {
        details.append(ExplainProperty(name: name, value: .plain(String(count))))
    }
    /// Measured values that the text format has on one line.
    mutating func addLine(_ line: String, _ members: [(String, ExplainValue)]) {
        details.append(ExplainProperty(name: "", value: .text(line), place: .line))
        for (name, value) in members {
            details.append(ExplainProperty(name: name, value: value, place: .structured))
        }
    }
}
