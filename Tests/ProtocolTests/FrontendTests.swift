import Base
import Protocol
import Testing

/// A message as a client writes it, made apart from the decoder.
func message(_ type: Character, _ body: [UInt8]) -> [UInt8] {
    let length = UInt32(body.count + 4)
    return [type.asciiValue!] + bigEndian(length) + body
}
func bigEndian(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
func bigEndian(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)] }
func terminated(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

/// Decodes the first message of `bytes` and lets `body` look at it while its buffers live.
func decode(
    _ bytes: [UInt8], _ body: (FrontendMessage) throws -> Void = { _ in }
) throws(SQLError) {
    var decoder = FrontendDecoder()
    decoder.phase = .messages
    try bytes.span.bytes.withUnsafeBytes { buffer throws(SQLError) in
        guard case .message(let type, let content, let byteCount) = try decoder.nextFrame(buffer)
        else {
            Issue.record("a whole message is a frame")
            return
        }
        #expect(byteCount == bytes.count)
        let decoded = try FrontendMessage(type, content)
        do { try body(decoded) } catch { Issue.record(error) }
    }
}

func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }

@Suite struct FrontendTests {
    @Test func framesAreCutWhereTheyEnd() throws {
        var decoder = FrontendDecoder()
        decoder.phase = .messages
        let all = message("Q", terminated("select 1")) + message("S", [])
        for count in 0..<all.count {
            try all[..<count].withUnsafeBytes { bytes in
                let frame = try decoder.nextFrame(bytes)
                if count < 14 {
                    guard case .incomplete(let needed) = frame else {
                        Issue.record("\(count) bytes are no message")
                        return
                    }
                    #expect(needed > count)
                    if count >= 5 { #expect(needed == 14) }
                } else {
                    guard case .message(.query, let body, 14) = frame else {
                        Issue.record("14 bytes are a query")
                        return
                    }
                    #expect(Array(body) == terminated("select 1"))
                }
            }
        }
    }

    @Test func framingErrorsAreFatal() {
        var decoder = FrontendDecoder()
        decoder.phase = .messages
        func fault(_ bytes: [UInt8]) -> SQLError? {
            do throws(SQLError) {
                _ = try bytes.span.bytes.withUnsafeBytes { bytes throws(SQLError) in
                    try decoder.nextFrame(bytes)
                }
                return nil
            } catch { return error }
        }
        #expect(fault([1])?.message == "invalid frontend message type 1")
        #expect(fault([0x51, 0, 0, 0, 3])?.message == "invalid message length")
        #expect(fault([0x51, 0x3F, 0xFF, 0xFF, 0xFF])?.message == "invalid message length")
        // Sync carries nothing: ten thousand bytes of it are nonsense.
        #expect(fault([0x53, 0, 0, 0x40, 0])?.message == "invalid message length")
        #expect(fault([0x50, 0, 0, 0x40, 0]) == nil)
        #expect(fault([1])?.severity == .fatal)
        #expect(fault([1])?.state == .protocolViolation)
        decoder.phase = .startup
        #expect(fault([0, 0, 0, 7])?.message == "invalid length of startup packet")
        #expect(fault([0, 0, 0x27, 0x11])?.message == "invalid length of startup packet")
        // "GET " of a web browser.
        #expect(fault(Array("GET / HTTP/1.1".utf8))?.message == "invalid length of startup packet")
    }

    @Test func startupPackets() throws {
        func packet(_ bytes: [UInt8]) throws -> StartupPacket {
            try bytes.withUnsafeBytes { try StartupPacket($0) }
        }
        #expect(try packet(bigEndian(80_877_103 as UInt32)) == .sslRequest)
        #expect(try packet(bigEndian(80_877_104 as UInt32)) == .gssEncryptionRequest)
        let cancel = bigEndian(80_877_102 as UInt32) + bigEndian(7 as UInt32) + bigEndian(9 as UInt32)
        #expect(try packet(cancel) == .cancel(processID: 7, secret: 9))
        let start =
            bigEndian(196_608 as UInt32) + terminated("user") + terminated("anna")
            + terminated("_pq_.x") + terminated("1") + [0]
        #expect(
            try packet(start)
                == .startup(
                    minorVersion: 0, parameters: [.init(name: "user", value: "anna")],
                    extensions: ["_pq_.x"]))
        #expect(throws: SQLError.self) { try packet(Array(start.dropLast())) }
        #expect(throws: SQLError.self) { try packet(start + [0]) }
        do throws(SQLError) {
            let packet = bigEndian(2 << 16 as UInt32)
            _ = try packet.span.bytes.withUnsafeBytes { bytes throws(SQLError) in
                try StartupPacket(bytes)
            }
            Issue.record("protocol 2.0 is refused")
        } catch {
            #expect(
                error.message == "unsupported frontend protocol 2.0: server supports 3.0 to 3.0")
        }
    }

    @Test func parseAndBind() throws {
        let parse =
            terminated("s1") + terminated("select $1") + bigEndian(1 as UInt16)
            + bigEndian(23 as UInt32)
        try decode(message("P", parse)) { decoded in
            guard case .parse(let message) = decoded else { return #expect(Bool(false)) }
            #expect(text(message.name) == "s1")
            #expect(text(message.text) == "select $1")
            #expect(message.parameterTypeCount == 1)
            #expect(message.parameterType(0) == OID(23))
        }
        let bind =
            terminated("") + terminated("s1") + bigEndian(1 as UInt16) + bigEndian(1 as UInt16)
            + bigEndian(3 as UInt16) + bigEndian(2 as UInt32) + Array("ab".utf8)
            + bigEndian(UInt32.max) + bigEndian(0 as UInt32) + bigEndian(2 as UInt16)
            + bigEndian(0 as UInt16) + bigEndian(1 as UInt16)
        try decode(message("B", bind)) { decoded in
            guard case .bind(let message) = decoded else { return #expect(Bool(false)) }
            #expect(message.parameterCount == 3)
            var offset = 0
            #expect(message.parameter(at: &offset).map { text($0) } == "ab")
            #expect(message.parameter(at: &offset) == nil)
            #expect(message.parameter(at: &offset)?.count == 0)
            let isBinary = try message.parameterFormats.isBinary(2)
            #expect(isBinary)
            let formats = [try message.resultFormats.isBinary(0), try message.resultFormats.isBinary(1)]
            #expect(formats == [false, true])
        }
        // Every cut of it lacks something.
        for count in 0..<bind.count {
            do throws(SQLError) {
                try decode(message("B", Array(bind[..<count])))
                Issue.record("\(count) of \(bind.count) bytes are no Bind")
            } catch {
                #expect(error.state == .protocolViolation)
                #expect(error.severity == .error)
            }
        }
        do throws(SQLError) {
            try decode(message("B", bind + [0]))
            Issue.record("a byte too many")
        } catch { #expect(error.message == "invalid message format") }
    }

    @Test func smallMessages() throws {
        try decode(message("E", terminated("p") + bigEndian(5 as UInt32))) { decoded in
            guard case .execute(let portal, 5) = decoded else { return #expect(Bool(false)) }
            #expect(text(portal) == "p")
        }
        try decode(message("D", [0x53] + terminated("s"))) { decoded in
            guard case .describe(.statement, let name) = decoded else { return #expect(Bool(false)) }
            #expect(text(name) == "s")
        }
        do throws(SQLError) {
            try decode(message("C", [0x58] + terminated("s")))
            Issue.record("no such kind")
        } catch { #expect(error.message == "invalid CLOSE message subtype 88") }
        do throws(SQLError) {
            try decode(message("Q", Array("select".utf8)))
            Issue.record("not terminated")
        } catch { #expect(error.message == "invalid string in message") }
        do throws(SQLError) {
            try decode(message("E", terminated("p") + [0, 0]))
            Issue.record("two bytes are no count")
        } catch { #expect(error.message == "insufficient data left in message") }
    }

    /// Random bytes never trap, whatever they decode to.
    @Test func randomBytes() {
        let seed = UInt64.random(in: 0 ... .max)
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let types = Array("BCDEFHPQSXcdfp".utf8)
        for _ in 0..<20_000 {
            var body: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<24, using: &random) {
                body.append(Bool.random(using: &random) ? 0 : .random(in: 0...255, using: &random))
            }
            let bytes = message(Character(UnicodeScalar(types.randomElement(using: &random)!)), body)
            do throws(SQLError) { try decode(bytes) } catch {
                #expect(error.state == .protocolViolation)
            }
            _ = body.withUnsafeBytes { body in Result { try StartupPacket(body) } }
        }
    }
}
