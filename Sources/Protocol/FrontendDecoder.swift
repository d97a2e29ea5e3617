public import Base

/// Cuts a client's byte stream into messages (protocol chapter 55.7). A pure state machine: bytes
/// in, frames out; it keeps no bytes itself.
///
///     first packet:   | length 4 | body ... |             (startup, SSLRequest, CancelRequest …)
///     then:           | type 1 | length 4 | body ... |    (length counts itself, not the type)
public struct FrontendDecoder {
    /// The most bytes that a startup packet has, its length word included.
    public static let startupBytesMax = 10_000
    /// The most bytes of a message that carries no statement text or data.
    public static let smallMessageBytesMax = 10_000
    /// The most bytes of any message: PostgreSQL's largest allocation.
    public static let messageBytesMax = 0x3FFF_FFFE

    public enum Phase: Sendable {
        case startup
        case messages
    }
    /// What the next bytes are. The session moves it on when a startup packet is accepted.
    public var phase = Phase.startup

    @frozen
    public enum Frame {
        /// The message is not all there: `byteCount` bytes are needed in all (at least).
        case incomplete(byteCount: Int)
        /// The body of a startup-phase packet; the whole packet has `byteCount` bytes.
        case startup(UnsafeRawBufferPointer, byteCount: Int)
        /// A message; with type and length it has `byteCount` bytes.
        case message(FrontendMessageType, UnsafeRawBufferPointer, byteCount: Int)
    }

    public init() {}

    /// The first frame of `bytes`, which it borrows.
    ///
    /// Throws FATAL 08P01 when the stream can not be followed any more.
    @inlinable
    public func nextFrame(_ bytes: UnsafeRawBufferPointer) throws(SQLError) -> Frame {
        guard phase == .messages else { return try startupFrame(bytes) }
        guard bytes.count >= 1 else { return .incomplete(byteCount: 5) }
        guard let type = FrontendMessageType(rawValue: bytes[0]) else {
            throw FrontendDecoder.invalidType(bytes[0])
        }
        guard bytes.count >= 5 else { return .incomplete(byteCount: 5) }
        let word = bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self)
        let length = Int(UInt32(bigEndian: word))
        let limit =
            type.isLarge
            ? FrontendDecoder.messageBytesMax : FrontendDecoder.smallMessageBytesMax
        if length < 4 || length > limit { throw FrontendDecoder.invalidLength() }
        if bytes.count <= length { return .incomplete(byteCount: 1 + length) }
        return .message(
            type, UnsafeRawBufferPointer(rebasing: bytes[5..<1 + length]), byteCount: 1 + length)
    }

    @usableFromInline @inline(never)
    func startupFrame(_ bytes: UnsafeRawBufferPointer) throws(SQLError) -> Frame {
        guard bytes.count >= 4 else { return .incomplete(byteCount: 4) }
        let length = Int(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
        if length < 8 || length > FrontendDecoder.startupBytesMax {
            throw SQLError(
                .protocolViolation, "invalid length of startup packet", severity: .fatal)
        }
        if bytes.count < length { return .incomplete(byteCount: length) }
        return .startup(UnsafeRawBufferPointer(rebasing: bytes[4..<length]), byteCount: length)
    }

    @usableFromInline @inline(never)
    static func invalidType(_ type: UInt8) -> SQLError {
        SQLError(
            .protocolViolation, "invalid frontend message type \(type)", severity: .fatal)
    }

    @usableFromInline @inline(never)
    static func invalidLength() -> SQLError {
        SQLError(.protocolViolation, "invalid message length", severity: .fatal)
    }
}

/// The first byte of a client's message.
@frozen
public enum FrontendMessageType: UInt8, Sendable {
    case bind = 0x42  // B
    case close = 0x43  // C
    case describe = 0x44  // D
    case execute = 0x45  // E
    case functionCall = 0x46  // F
    case flush = 0x48  // H
    case parse = 0x50  // P
    case query = 0x51  // Q
    case sync = 0x53  // S
    case terminate = 0x58  // X
    case copyDone = 0x63  // c
    case copyData = 0x64  // d
    case copyFail = 0x66  // f
    case password = 0x70  // p

    /// Carries statement text or data, so that only memory limits its size.
    @inlinable public var isLarge: Bool {
        switch self {
        case .bind, .functionCall, .parse, .query, .copyData: true
        case .close, .describe, .execute, .flush, .sync, .terminate, .copyDone, .copyFail,
            .password:
            false
        }
    }

    /// Part of the extended query protocol: an error in it makes the server skip to Sync.
    @inlinable public var isExtendedQuery: Bool {
        switch self {
        case .bind, .close, .describe, .execute, .flush, .parse: true
        case .functionCall, .query, .sync, .terminate, .copyDone, .copyData, .copyFail, .password:
            false
        }
    }
}
