internal import Base
internal import CPgQuery

typealias NodePointer = UnsafeMutablePointer<Node>
typealias ListPointer = UnsafeMutablePointer<List>

/// Turns the grammar's C tree into the syntax tree. The only files that see PostgreSQL's parse nodes are
/// this one and its extensions; the C tree lives in the parser's memory context and is gone afterwards.
///
/// PostgreSQL's own parser does not overflow on deep input, but a recursion over its tree would:
/// every expression and query level is counted, and the C stack used since the walk began is bounded.
struct TreeWalker {
    /// Levels open at the moment.
    private var depth = 0
    private let stackTop: UInt

    init() { stackTop = UInt(ordinal_stack_address()) }

    /// To be called on entry of each level of recursion, with `leave` on the way out. An error ends the
    /// whole walk, so the count need not be right after one.
    @inline(__always)
    mutating func enter() throws(SQLError) {
        depth += 1
        let used = stackTop &- UInt(ordinal_stack_address())
        if depth > Parser.nestingDepthMax || used > Parser.walkStackSizeBytesMax {
            throw Parser.stackDepthExceeded()
        }
    }

    @inline(__always)
    mutating func leave() { depth -= 1 }

    // MARK: Reading C values

    @inline(__always)
    func cast<Target>(_ node: NodePointer, to: Target.Type) -> UnsafeMutablePointer<Target> {
        UnsafeMutableRawPointer(node).assumingMemoryBound(to: Target.self)
    }

    @inline(__always)
    func tag(_ node: NodePointer) -> NodeTag { node.pointee.type }

    @inline(__always)
    func list(_ node: NodePointer) -> ListPointer { cast(node, to: List.self) }

    @inline(__always)
    func count(_ list: ListPointer?) -> Int {
        guard let list else { return 0 }
        return Int(list.pointee.length)
    }

    /// The node at `index`, nil where the list holds a null pointer.
    @inline(__always)
    func element(_ list: ListPointer, _ index: Int) -> NodePointer? {
        list.pointee.elements[index].ptr_value?.assumingMemoryBound(to: Node.self)
    }

    @inline(__always)
    func string(_ text: UnsafeMutablePointer<CChar>?) -> String? {
        guard let text else { return nil }
        return String(cString: text)
    }

    /// A string that the grammar always sets.
    @inline(__always)
    func required(_ text: UnsafeMutablePointer<CChar>?) -> String {
        guard let text else { return "" }
        return String(cString: text)
    }

    /// The text of a String node; "*" for a star, digits for a number.
    func text(_ node: NodePointer) throws(SQLError) -> String {
        switch tag(node) {
        case T_String: return required(cast(node, to: PGString.self).pointee.sval)
        case T_A_Star: return "*"
        case T_Integer: return String(cast(node, to: PGInteger.self).pointee.ival)
        case T_Float: return required(cast(node, to: PGFloat.self).pointee.fval)
        default: throw unexpected("string", node)
        }
    }

    /// The texts of a list of String nodes.
    func strings(_ list: ListPointer?) throws(SQLError) -> [String] {
        guard let list else { return [] }
        let length = count(list)
        if length == 1, let only = element(list, 0) { return [try text(only)] }
        var result: [String] = []
        result.reserveCapacity(length)
        for index in 0..<length {
            if let node = element(list, index) { result.append(try text(node)) }
        }
        return result
    }

    /// Each element of a list, converted; null elements are left out.
    @inline(__always)
    mutating func map<Result>(
        _ list: ListPointer?, _ convert: (inout TreeWalker, NodePointer) throws(SQLError) -> Result
    ) throws(SQLError) -> [Result] {
        guard let list else { return [] }
        let length = count(list)
        var result: [Result] = []
        result.reserveCapacity(length)
        for index in 0..<length {
            if let node = element(list, index) { result.append(try convert(&self, node)) }
        }
        return result
    }

    /// A node where the grammar, as we know it, never puts one.
    func unexpected(_ context: StaticString, _ node: NodePointer) -> SQLError {
        SQLError(.internalError, "unrecognized node type \(tag(node).rawValue) for \(context)")
    }

    /// A C enum constant that we do not know.
    func unexpected(_ context: StaticString, value: some BinaryInteger) -> SQLError {
        SQLError(.internalError, "unrecognized \(context): \(value)")
    }
}
