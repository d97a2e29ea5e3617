internal import Base

/// A compiled regular expression: a program for a machine that follows all alternatives at once, so
/// that its time is bounded by pattern × text (R. Pike's; no backtracking).
///
/// As in POSIX the leftmost match wins, and of those the longest, unless the pattern has a
/// non-greedy quantifier: then the alternatives' order decides, as in Perl.
final class Regex: Sendable {
    private enum Instruction: Sendable {
        case character(UInt32)
        case any
        case set(CharacterSet)
        case anchor(RegexNode.Anchor)
        /// Tries the first target before the second.
        case split(Int, Int)
        case jump(Int)
        case save(Int)
        case match
    }
    private static let instructionsMax = 50_000

    private let program: [Instruction]
    private let ignoresCase: Bool
    private let prefersLongest: Bool
    let groupCount: Int

    init(_ pattern: String, ignoresCase: Bool) throws(SQLError) {
        var parser = RegexParser(pattern, ignoresCase: ignoresCase)
        let node = try parser.parse()
        var program: [Instruction] = []
        try Regex.emit(node, into: &program)
        program.append(.match)
        self.program = program
        self.ignoresCase = parser.ignoresCase
        prefersLongest = !parser.hasLazy
        groupCount = parser.groupCount
    }

    private static func emit(
        _ node: RegexNode, into program: inout [Instruction]
    ) throws(SQLError) {
        guard program.count < instructionsMax else {
            throw RegexParser.invalid("regular expression is too complex")
        }
        switch node {
        case .empty: break
        case .character(let code): program.append(.character(code))
        case .any: program.append(.any)
        case .set(let set): program.append(.set(set))
        case .anchor(let anchor): program.append(.anchor(anchor))
        case .group(let inner, let index):
            if let index { program.append(.save(index * 2)) }
            try emit(inner, into: &program)
            if let index { program.append(.save(index * 2 + 1)) }
        case .sequence(let parts):
            for part in parts { try emit(part, into: &program) }
        case .choice(let branches): try emit(choice: branches[...], into: &program)
        case .repetition(let inner, let least, let most, let isGreedy):
            for _ in 0..<least { try emit(inner, into: &program) }
            if let most {
                try emit(optional: inner, count: most - least, isGreedy, into: &program)
                return
            }
            // loop: split body, end; body; jump loop
            let loop = program.count
            program.append(.jump(0))
            try emit(inner, into: &program)
            program.append(.jump(loop))
            program[loop] = branch(loop + 1, program.count, isGreedy)
        }
    }

    private static func branch(_ body: Int, _ end: Int, _ isGreedy: Bool) -> Instruction {
        isGreedy ? .split(body, end) : .split(end, body)
    }

    private static func emit(
        choice branches: ArraySlice<RegexNode>, into program: inout [Instruction]
    ) throws(SQLError) {
        var jumps: [Int] = []
        for (index, node) in branches.enumerated() {
            if index == branches.count - 1 {
                try emit(node, into: &program)
                break
            }
            let split = program.count
            program.append(.jump(0))
            try emit(node, into: &program)
            jumps.append(program.count)
            program.append(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        for jump in jumps { program[jump] = .jump(program.count) }
    }

    private static func emit(
        optional node: RegexNode, count: Int, _ isGreedy: Bool,
        into program: inout [Instruction]
    ) throws(SQLError) {
        var splits: [Int] = []
        for _ in 0..<count {
            splits.append(program.count)
            program.append(.jump(0))
            try emit(node, into: &program)
        }
        for split in splits { program[split] = branch(split + 1, program.count, isGreedy) }
    }

    // MARK: Matching

    /// Whether the text has a match anywhere.
    func matches(_ text: [UInt32]) -> Bool { find(in: text, from: 0, isTest: true) != nil }

    /// The bounds of the match and its groups, in pairs (-1: not taken part), from `start` on.
    func find(in text: [UInt32], from start: Int, isTest: Bool = false) -> [Int]? {
        var machine = Machine(
            slots: isTest ? 0 : (groupCount + 1) * 2, instructionCount: program.count)
        var best: [Int]?
        var position = start
        while true {
            if best == nil {
                machine.begin(position)
                follow(0, text, position, &machine)
            }
            machine.swap()
            if machine.threads.isEmpty, best != nil { return best }
            let code = position < text.count ? text[position] : nil
            for index in machine.threads.indices {
                let thread = machine.threads[index]
                if case .match = program[thread.instruction] {
                    if isTest { return [] }
                    var captures = thread.captures
                    captures[1] = position
                    if let known = best, prefersLongest, known[1] >= position,
                        known[0] <= captures[0]
                    {
                        continue
                    }
                    if best == nil || !prefersLongest || captures[0] <= best![0] { best = captures }
                    if !prefersLongest { break }
                    continue
                }
                guard let code, accepts(program[thread.instruction], code) else { continue }
                // Of matches that start later none can win any more.
                if let best, thread.captures[0] > best[0] { continue }
                machine.captures = thread.captures
                follow(thread.instruction + 1, text, position + 1, &machine)
            }
            if position >= text.count { return best }
            position += 1
        }
    }

    private func accepts(_ instruction: Instruction, _ code: UInt32) -> Bool {
        switch instruction {
        case .character(let wanted):
            return wanted == code || ignoresCase && CharacterSet.otherCase(wanted) == code
        case .any: return true
        case .set(let set): return set.contains(code, ignoringCase: ignoresCase)
        case .anchor, .split, .jump, .save, .match: return false
        }
    }

    /// Adds the threads that start at `instruction` without reading; the machine's stack, not the
    /// caller's.
    private func follow(
        _ instruction: Int, _ text: [UInt32], _ position: Int, _ machine: inout Machine
    ) {
        machine.stack.append((instruction, machine.captures))
        while let (at, captures) = machine.stack.popLast() {
            guard machine.mark(at) else { continue }
            switch program[at] {
            case .jump(let target): machine.stack.append((target, captures))
            case .split(let first, let second):
                machine.stack.append((second, captures))
                machine.stack.append((first, captures))
            case .save(let slot):
                var changed = captures
                if slot < changed.count { changed[slot] = position }
                machine.stack.append((at + 1, changed))
            case .anchor(let anchor):
                if holds(anchor, text, position) { machine.stack.append((at + 1, captures)) }
            case .character, .any, .set, .match: machine.add(at, captures)
            }
        }
    }

    private func holds(_ anchor: RegexNode.Anchor, _ text: [UInt32], _ position: Int) -> Bool {
        func isWord(_ index: Int) -> Bool {
            guard text.indices.contains(index) else { return false }
            return CharacterSet.words.contains { $0.contains(text[index]) }
        }
        let before = isWord(position - 1)
        let behind = isWord(position)
        switch anchor {
        case .start: return position == 0
        case .end: return position == text.count
        case .wordStart: return !before && behind
        case .wordEnd: return before && !behind
        case .wordBoundary: return before != behind
        case .notWordBoundary: return before == behind
        }
    }
}

/// The threads of one match: those that wait for this character and those for the next.
private struct Machine {
    struct Thread {
        var instruction: Int
        var captures: [Int]
    }
    private(set) var threads: [Thread] = []
    private var next: [Thread] = []
    /// The step in which an instruction was last added.
    private var marks: [Int]
    private var step = 1
    private let slots: Int
    var captures: [Int]
    /// Instructions still to follow; empty between calls.
    var stack: [(instruction: Int, captures: [Int])] = []

    init(slots: Int, instructionCount: Int) {
        self.slots = slots
        marks = [Int](repeating: 0, count: instructionCount)
        captures = [Int](repeating: -1, count: slots)
    }

    /// A thread that starts here has no captures but its start.
    mutating func begin(_ position: Int) {
        if slots == 0 { return }
        captures = [Int](repeating: -1, count: slots)
        captures[0] = position
    }

    mutating func mark(_ instruction: Int) -> Bool {
        if marks[instruction] == step { return false }
        marks[instruction] = step
        return true
    }

    mutating func add(_ instruction: Int, _ captures: [Int]) {
        next.append(Thread(instruction: instruction, captures: captures))
    }

    mutating func swap() {
        Swift.swap(&threads, &next)
        next.removeAll(keepingCapacity: true)
        step += 1
    }
}
