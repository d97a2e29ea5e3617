import Base
import Catalog
import Glibc
import Session
import Support
import System

@testable import Server
@testable import Wire

/// A whole server inside the test, on a Unix socket of its own directory.
final class TestServer {
    private let directory = TemporaryDirectory()
    let hub: Hub
    let instance: Instance
    private var isStopped = false

    /// - Parameter loopCount: 1 puts every connection on one loop, so that what blocks it shows.
    init(loopCount: Int = 1) throws {
        let settings = ServerSettings()
        let instance = try Instance(directory: directory.path, settings: settings)
        var configuration = WireConfiguration(
            openSession: { request throws(SQLError) in
                try instance.openSession(request, hooks: .silent)
            },
            durablePosition: { instance.durablePosition },
            flushLog: { instance.flushLog(upTo: $0) }, logError: { _ in })
        configuration.loopCount = loopCount
        self.instance = instance
        hub = Hub(configuration)
        signal(SIGPIPE, SIG_IGN)
        let listener = Hub.Listener(try ListeningSocket.listen(directory: directory.path, port: 1))
        hub.start([listener])
    }

    var socketPath: String { "\(directory.path)/.s.PGSQL.1" }

    func stop() {
        if isStopped { return }
        isStopped = true
        hub.shutDown(withinMilliseconds: 10_000)
        instance.close()
    }

    deinit { stop() }
}

/// A client of few words: sends bytes, reads messages.
final class TestClient {
    struct Message {
        let type: Character
        let body: [UInt8]

        /// A field of an ErrorResponse.
        func field(_ code: Character) -> String? {
            for part in body.split(separator: 0) where part.first == code.asciiValue {
                return String(decoding: part.dropFirst(), as: UTF8.self)
            }
            return nil
        }
    }
    struct Closed: Error {}

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private(set) var processID: Int32 = 0
    private(set) var secret: Int32 = 0

    /// Connects; without `user` nothing is sent.
    init(_ server: TestServer, user: String? = "postgres", database: String = "postgres") throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) {
            $0.copyBytes(from: Array(server.socketPath.utf8))
        }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if status != 0 { throw Closed() }
        // A test that waits for ever fails instead.
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard let user else { return }
        let body =
            word(196_608) + zeroEnded("user") + zeroEnded(user) + zeroEnded("database")
            + zeroEnded(database) + [0]
        send(word(UInt32(body.count + 4)) + body)
        for message in try readUntilReady() where message.type == "K" {
            processID = Int32(bitPattern: integer(message.body[0..<4]))
            secret = Int32(bitPattern: integer(message.body[4..<8]))
        }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            sent += count
        }
    }

    func read() throws -> Message {
        while buffer.count < 5 || buffer.count < 1 + Int(integer(buffer[1..<5])) {
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count <= 0 { throw Closed() }
            buffer += chunk[..<count]
        }
        let end = 1 + Int(integer(buffer[1..<5]))
        let message = Message(
            type: Character(UnicodeScalar(buffer[0])), body: Array(buffer[5..<end]))
        buffer.removeFirst(end)
        return message
    }

    func readUntilReady() throws -> [Message] {
        var messages: [Message] = []
        while true {
            let message = try read()
            messages.append(message)
            if message.type == "Z" { return messages }
            if message.type == "E", message.field("V") == "FATAL" { return messages }
        }
    }

    /// Everything up to the server's end of the connection.
    func readToEnd() -> [Message] {
        var messages: [Message] = []
        while let message = try? read() { messages.append(message) }
        return messages
    }

    func start(_ sql: String) { send(framed("Q", zeroEnded(sql))) }

    @discardableResult
    func query(_ sql: String) throws -> [Message] {
        start(sql)
        return try readUntilReady()
    }

    /// The SQLSTATE of a query's error, nil if it has none.
    func failure(_ sql: String) throws -> String? { try TestClient.state(query(sql)) }

    static func state(_ messages: [Message]) -> String? {
        messages.first { $0.type == "E" }?.field("C")
    }
    static func kinds(_ messages: [Message]) -> String { String(messages.map(\.type)) }
    /// The first field of the first row.
    static func value(_ messages: [Message]) -> String? {
        guard let row = messages.first(where: { $0.type == "D" }) else { return nil }
        return String(decoding: row.body[6...], as: UTF8.self)
    }

    /// Sends a cancel request for this client's statement, on a connection of its own.
    func cancel(on server: TestServer) throws {
        let other = try TestClient(server, user: nil)
        other.send(
            word(16) + word(80_877_102) + word(UInt32(bitPattern: processID))
                + word(UInt32(bitPattern: secret)))
        _ = other.readToEnd()
    }
}

func word(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
}
func integer(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
func zeroEnded(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }
func framed(_ type: Character, _ body: [UInt8]) -> [UInt8] {
    [type.asciiValue!] + word(UInt32(body.count + 4)) + body
}
