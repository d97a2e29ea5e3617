public import Base

/// What a client sends before anything else (protocol chapter 55.7): a request number or a protocol
/// version, and what belongs to it.
public enum StartupPacket: Sendable, Equatable {
    /// 3.0, or a later minor version that is answered with NegotiateProtocolVersion.
    public static let protocolVersionNumber: UInt32 = 3 << 16
    private static let cancelRequestNumber: UInt32 = 1234 << 16 | 5678
    private static let sslRequestNumber: UInt32 = 1234 << 16 | 5679
    private static let gssEncryptionRequestNumber: UInt32 = 1234 << 16 | 5680

    public struct Parameter: Sendable, Equatable {
        public var name: String
        public var value: String
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    case sslRequest
    case gssEncryptionRequest
    case cancel(processID: Int32, secret: Int32)
    /// Parameters in the order sent; `_pq_.` ones (extensions, none known) are apart.
    case startup(minorVersion: UInt32, parameters: [Parameter], extensions: [String])

    /// Decodes the body of a startup frame (at least 4 bytes, as the decoder sees to).
    public init(_ body: UnsafeRawBufferPointer) throws(SQLError) {
        var reader = ByteReader(body)
        guard let number = reader.read(bigEndian: UInt32.self) else {
            throw StartupPacket.invalidLength
        }
        switch number {
        case StartupPacket.sslRequestNumber:
            self = .sslRequest
        case StartupPacket.gssEncryptionRequestNumber:
            self = .gssEncryptionRequest
        case StartupPacket.cancelRequestNumber:
            guard let processID = reader.read(bigEndian: Int32.self),
                let secret = reader.read(bigEndian: Int32.self), reader.isAtEnd
            else { throw StartupPacket.invalidLength }
            self = .cancel(processID: processID, secret: secret)
        default:
            guard number >> 16 == 3 else {
                throw SQLError(
                    .featureNotSupported,
                    "unsupported frontend protocol \(number >> 16).\(number & 0xFFFF): "
                        + "server supports 3.0 to 3.0", severity: .fatal)
            }
            self = try StartupPacket.parameters(&reader, minorVersion: number & 0xFFFF)
        }
    }

    private static func parameters(
        _ reader: inout ByteReader, minorVersion: UInt32
    ) throws(SQLError) -> StartupPacket {
        var parameters: [Parameter] = []
        var extensions: [String] = []
        while true {
            guard let name = reader.readTerminatedString() else { throw invalidLayout }
            if name.isEmpty { break }
            guard let value = reader.readTerminatedString() else { throw invalidLayout }
            if name.utf8.starts(with: "_pq_.".utf8) {
                extensions.append(name)
            } else {
                parameters.append(Parameter(name: name, value: value))
            }
        }
        guard reader.isAtEnd else { throw invalidLayout }
        return .startup(
            minorVersion: minorVersion, parameters: parameters, extensions: extensions)
    }

    private static var invalidLength: SQLError {
        SQLError(.protocolViolation, "invalid length of startup packet", severity: .fatal)
    }
    private static var invalidLayout: SQLError {
        SQLError(
            .protocolViolation,
            "invalid startup packet layout: expected terminator as last byte", severity: .fatal)
    }
}
