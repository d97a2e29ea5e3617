public import Base

/// A client's message with its fields found but not copied: every buffer points into the frame's
/// body and is valid as long as that is.
///
/// A body that does not fit its type throws ERROR 08P01, as PostgreSQL does: the stream can still
/// be followed, so the connection lives on.
@frozen
public enum FrontendMessage {
    case query(UnsafeRawBufferPointer)
    case parse(ParseMessage)
    case bind(BindMessage)
    case describe(ObjectKind, name: UnsafeRawBufferPointer)
    case execute(portal: UnsafeRawBufferPointer, rowCountMax: Int)
    case close(ObjectKind, name: UnsafeRawBufferPointer)
    case flush
    case sync
    case copyData(UnsafeRawBufferPointer)
    case copyDone
    case copyFail(message: UnsafeRawBufferPointer)
    case functionCall
    case password
    case terminate

    /// What Describe and Close name.
    @frozen
    public enum ObjectKind: UInt8, Sendable {
        case statement = 0x53  // S
        case portal = 0x50  // P
    }

    @inlinable
    public init(
        _ type: FrontendMessageType, _ body: UnsafeRawBufferPointer
    ) throws(SQLError) {
        var reader = MessageReader(body)
        switch type {
        case .query:
            self = .query(try reader.string())
        case .parse:
            self = .parse(try ParseMessage(&reader))
        case .bind:
            self = .bind(try BindMessage(&reader))
        case .describe:
            let kind = try reader.objectKind(of: "DESCRIBE")
            self = .describe(kind, name: try reader.string())
        case .execute:
            let portal = try reader.string()
            self = .execute(portal: portal, rowCountMax: Int(try reader.int32()))
        case .close:
            let kind = try reader.objectKind(of: "CLOSE")
            self = .close(kind, name: try reader.string())
        case .flush: self = .flush
        case .sync: self = .sync
        case .copyData:
            self = .copyData(body)
            return
        case .copyDone: self = .copyDone
        case .copyFail: self = .copyFail(message: try reader.string())
        case .functionCall:
            self = .functionCall
            return
        case .password:
            self = .password
            return
        case .terminate:
            self = .terminate
            return
        }
        try reader.end()
    }
}

/// Parse: a statement's name and text and the types of its first parameters (0: to be inferred).
@frozen
public struct ParseMessage {
    public let name: UnsafeRawBufferPointer
    public let text: UnsafeRawBufferPointer
    @usableFromInline let types: UnsafeRawBufferPointer

    @inlinable
    init(_ reader: inout MessageReader) throws(SQLError) {
        name = try reader.string()
        text = try reader.string()
        types = try reader.bytes(try reader.count() * 4)
    }

    @inlinable public var parameterTypeCount: Int { types.count / 4 }
    @inlinable
    public func parameterType(_ index: Int) -> OID {
        OID(UInt32(bigEndian: types.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
    }
}

/// Bind: the parameters' values for a statement and the formats of its result columns.
@frozen
public struct BindMessage {
    public let portal: UnsafeRawBufferPointer
    public let statement: UnsafeRawBufferPointer
    public let parameterFormats: FormatCodes
    public let parameterCount: Int
    @usableFromInline let values: UnsafeRawBufferPointer
    public let resultFormats: FormatCodes

    @inlinable
    init(_ reader: inout MessageReader) throws(SQLError) {
        portal = try reader.string()
        statement = try reader.string()
        parameterFormats = FormatCodes(try reader.bytes(try reader.count() * 2))
        parameterCount = try reader.count()
        let start = reader.offset
        for _ in 0..<parameterCount {
            let length = Int(try reader.int32())
            if length >= 0 { _ = try reader.bytes(length) }
        }
        values = reader.slice(from: start)
        resultFormats = FormatCodes(try reader.bytes(try reader.count() * 2))
    }

    /// The bytes of the parameter at `offset` of the values, nil for null; moves `offset` (0 at
    /// first) to the next. To be called `parameterCount` times.
    @inlinable
    public func parameter(at offset: inout Int) -> UnsafeRawBufferPointer? {
        let word = values.loadUnaligned(fromByteOffset: offset, as: Int32.self)
        let length = Int(Int32(bigEndian: word))
        offset += 4
        if length < 0 { return nil }
        defer { offset += length }
        return UnsafeRawBufferPointer(rebasing: values[offset..<offset + length])
    }
}

/// A list of format codes: none means text everywhere, one counts for every column.
@frozen
public struct FormatCodes {
    @usableFromInline let bytes: UnsafeRawBufferPointer

    @inlinable
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// No codes: text.
    @inlinable public init() { bytes = UnsafeRawBufferPointer(start: nil, count: 0) }

    @inlinable public var count: Int { bytes.count / 2 }

    /// The code as sent, for a column or parameter.
    @inlinable
    public subscript(index: Int) -> Int16 {
        if bytes.count == 0 { return 0 }
        let offset = bytes.count == 2 ? 0 : index * 2
        return Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int16.self))
    }

    /// True where the code is 1, false where 0.
    @inlinable
    public func isBinary(_ index: Int) throws(SQLError) -> Bool {
        let code = self[index]
        if code == 0 { return false }
        if code == 1 { return true }
        throw SQLError(.invalidParameterValue, "unsupported format code: \(code)")
    }
}

/// Reads the fields of one message's body with PostgreSQL's errors.
@usableFromInline
struct MessageReader {
    @usableFromInline var reader: ByteReader
    @usableFromInline let body: UnsafeRawBufferPointer

    @inlinable
    init(_ body: UnsafeRawBufferPointer) {
        self.body = body
        reader = ByteReader(body)
    }

    @inlinable var offset: Int { reader.offset }

    @inlinable
    func slice(from start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: body[start..<reader.offset])
    }

    @inlinable
    mutating func string() throws(SQLError) -> UnsafeRawBufferPointer {
        guard let text = reader.readTerminated() else {
            throw SQLError(.protocolViolation, "invalid string in message")
        }
        return text
    }
    /// Two bytes, never negative: PostgreSQL reads 65535 where a client means -1.
    @inlinable
    mutating func count() throws(SQLError) -> Int {
        guard let value = reader.read(bigEndian: UInt16.self) else { throw insufficient() }
        return Int(value)
    }
    @inlinable
    mutating func int32() throws(SQLError) -> Int32 {
        guard let value = reader.read(bigEndian: Int32.self) else { throw insufficient() }
        return value
    }
    @inlinable
    mutating func bytes(_ count: Int) throws(SQLError) -> UnsafeRawBufferPointer {
        guard let value = reader.read(byteCount: count) else { throw insufficient() }
        return value
    }
    @inlinable
    mutating func objectKind(
        of message: StaticString
    ) throws(SQLError) -> FrontendMessage.ObjectKind {
        guard let code = reader.readByte() else {
            throw SQLError(.protocolViolation, "no data left in message")
        }
        guard let kind = FrontendMessage.ObjectKind(rawValue: code) else {
            throw SQLError(.protocolViolation, "invalid \(message) message subtype \(code)")
        }
        return kind
    }
    @inlinable
    func end() throws(SQLError) {
        if !reader.isAtEnd { throw SQLError(.protocolViolation, "invalid message format") }
    }
    @usableFromInline @inline(never)
    func insufficient() -> SQLError {
        SQLError(.protocolViolation, "insufficient data left in message")
    }
}
