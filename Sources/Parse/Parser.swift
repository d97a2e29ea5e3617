public import Base
internal import CPgQuery

/// SQL text to syntax trees, through PostgreSQL 15's own grammar. Works on any thread.
public enum Parser {
    /// Deepest nesting of expressions and queries; PostgreSQL's default max_stack_depth allows about as much.
    public static let nestingDepthMax = 4000
    /// C stack that turning the grammar's tree into ours may use; a thread that parses has 1 MB or more.
    static let walkStackSizeBytesMax: UInt = 768 << 10
    /// Texts shorter than this are copied to the stack for their terminating zero.
    private static let stackTextSizeBytesMax = 2048

    /// Parses every statement of `text`, which is valid UTF-8 without zero bytes.
    ///
    /// Throws what PostgreSQL's parser reports: mostly 42601, with the position in characters.
    public static func parse(
        _ text: UnsafeRawBufferPointer
    ) throws(SQLError) -> [ParsedStatement] {
        let size = text.count + 1
        if size <= stackTextSizeBytesMax {
            let result = withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) {
                parse(text, copy: $0)
            }
            return try result.get()
        }
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
        defer { copy.deallocate() }
        return try parse(text, copy: copy).get()
    }

    /// Parses every statement of `text`.
    public static func parse(_ text: String) throws(SQLError) -> [ParsedStatement] {
        var text = text
        let result = text.withUTF8 { bytes -> Result<[ParsedStatement], SQLError> in
            do throws(SQLError) {
                return .success(try parse(UnsafeRawBufferPointer(bytes)))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private static func parse(
        _ text: UnsafeRawBufferPointer, copy: UnsafeMutableRawBufferPointer
    ) -> Result<[ParsedStatement], SQLError> {
        copy.copyMemory(from: text)
        copy[text.count] = 0
        guard let start = copy.baseAddress else { return .success([]) }
        do throws(SQLError) {
            return .success(try parse(terminated: start.assumingMemoryBound(to: CChar.self)))
        } catch {
            return .failure(error)
        }
    }

    /// The C tree lives between entering and leaving the library's memory context.
    private static func parse(
        terminated text: UnsafePointer<CChar>
    ) throws(SQLError) -> [ParsedStatement] {
        let context = pg_query_enter_memory_context()
        defer { pg_query_exit_memory_context(context) }
        let result = pg_query_raw_parse(text)
        free(result.stderr_buffer)
        if let error = result.error {
            defer { pg_query_free_error(error) }
            throw sqlError(error.pointee, in: text)
        }
        guard let tree = result.tree else { return [] }
        var walker = TreeWalker()
        return try walker.map(tree) { (walker, node) throws(SQLError) in
            guard walker.tag(node) == T_RawStmt else { throw walker.unexpected("RawStmt", node) }
            let raw = walker.cast(node, to: RawStmt.self)
            return ParsedStatement(
                statement: try walker.statement(raw.pointee.stmt).withoutInto,
                location: Int(raw.pointee.stmt_location), length: Int(raw.pointee.stmt_len))
        }
    }

    /// The 1-based position, in characters, of a byte offset in `text`; nil for an unknown offset (-1).
    public static func characterPosition(
        ofByteOffset offset: Int, in text: UnsafeRawBufferPointer
    ) -> Int? {
        guard offset >= 0 else { return nil }
        var position = 1
        for index in 0..<min(offset, text.count) where text[index] & 0xC0 != 0x80 { position += 1 }
        return position
    }
}
