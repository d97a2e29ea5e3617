import Base
import Catalog
import Protocol
import Session
import Support
import System
import Testing

@testable import Server
@testable import Wire

/// A session without sockets: messages in, bytes out.
final class Machine {
    private let directory = TemporaryDirectory()
    let instance: Instance
    let session: Session
    private let output = OutputBuffer()

    init() throws {
        instance = try Instance(directory: directory.path, settings: ServerSettings())
        session = try instance.openSession(
            SessionRequest(
                parameters: [.init(name: "user", value: "postgres")], peer: .unix, processID: 1,
                secret: 2, output: output), hooks: .silent)
    }

    deinit {
        session.end()
        instance.close()
    }

    /// Gives one message to the session, resuming it as often as its output is full.
    func receive(_ type: FrontendMessageType, _ body: [UInt8] = []) {
        var progress = body.withUnsafeBytes { session.receive(type, $0) }
        while progress == .outputFull {
            taken += output.bytes.bytes
            output.bytes.removeAll()
            resumeCount += 1
            progress = session.resume()
        }
    }

    private var taken: [UInt8] = []
    var resumeCount = 0

    func query(_ sql: String) -> String {
        receive(.query, Array(sql.utf8) + [0])
        return kinds()
    }

    func parse(_ sql: String, name: String = "") {
        receive(.parse, Array(name.utf8) + [0] + Array(sql.utf8) + [0, 0, 0])
    }
    func bind(portal: String = "", statement: String = "", _ values: [String] = []) {
        var body = Array(portal.utf8) + [0] + Array(statement.utf8) + [0, 0, 0]
        body += [0, UInt8(values.count)]
        for value in values { body += [0, 0, 0, UInt8(value.utf8.count)] + Array(value.utf8) }
        receive(.bind, body + [0, 0])
    }
    func execute(portal: String = "", rowCountMax: UInt8 = 0) {
        receive(.execute, Array(portal.utf8) + [0, 0, 0, 0, rowCountMax])
    }
    func sync() { receive(.sync) }

    /// The messages so far as type letters, with a status after Z and the SQLSTATE after E.
    func kinds() -> String {
        let bytes = taken + output.bytes.bytes
        taken = []
        output.bytes.removeAll()
        var text = ""
        var offset = 0
        while offset < bytes.count {
            let length = bytes[offset + 1..<offset + 5].reduce(0) { $0 << 8 | Int($1) }
            let body = bytes[offset + 5..<offset + 1 + length]
            text.unicodeScalars.append(UnicodeScalar(bytes[offset]))
            switch bytes[offset] {
            case UInt8(ascii: "Z"): text += String(decoding: body, as: UTF8.self).lowercased()
            case UInt8(ascii: "E"), UInt8(ascii: "N"):
                let fields = body.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
                text += "(\(fields.first { $0.hasPrefix("C") }?.dropFirst() ?? ""))"
            default: break
            }
            offset += 1 + length
        }
        return text
    }
}

/// Message sequences as a PostgreSQL 15 server answers them.
@Suite struct SessionTests {
    @Test func simpleQueries() throws {
        let machine = try Machine()
        #expect(machine.query("SELECT 1") == "TDCZi")
        #expect(machine.query("") == "IZi")
        #expect(machine.query("SELECT 1; SELECT 2") == "TDCTDCZi")
        #expect(machine.query("SELEC 1") == "E(42601)Zi")
        #expect(machine.query("BEGIN") == "CZt")
        #expect(machine.query("SELEC 1") == "E(42601)Ze")
        #expect(machine.query("SELECT 1") == "E(25P02)Ze")
        #expect(machine.query("COMMIT") == "CZi")
    }

    @Test func severalStatementsAreOneTransaction() throws {
        let machine = try Machine()
        #expect(machine.query("CREATE TABLE t (a int)") == "CZi")
        #expect(machine.query("INSERT INTO t VALUES (1); SELECT nothing") == "CE(42703)Zi")
        #expect(machine.query("SELECT a FROM t") == "TCZi")
        // What was done before COMMIT stays, what comes after it goes.
        #expect(
            machine.query("INSERT INTO t VALUES (2); COMMIT; INSERT INTO t VALUES (3); SELECT x")
                == "CN(25P01)CCE(42703)Zi")
        #expect(machine.query("SELECT a FROM t") == "TDCZi")
        #expect(machine.query("INSERT INTO t VALUES (4); BEGIN; SELECT x") == "CCE(42703)Ze")
        #expect(machine.query("ROLLBACK") == "CZi")
        #expect(machine.query("SELECT a FROM t") == "TDCZi")
    }

    @Test func transactionBlocks() throws {
        let machine = try Machine()
        #expect(machine.query("COMMIT") == "N(25P01)CZi")
        #expect(machine.query("COMMIT AND CHAIN") == "E(25P01)Zi")
        #expect(machine.query("SAVEPOINT a") == "E(25P01)Zi")
        #expect(machine.query("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY") == "CZt")
        #expect(machine.query("BEGIN") == "N(25001)CZt")
        #expect(machine.query("CREATE TABLE t (a int)") == "E(25006)Ze")
        #expect(machine.query("ROLLBACK AND CHAIN") == "CZt")
        #expect(machine.query("CREATE TABLE t (a int)") == "E(25006)Ze")
        #expect(machine.query("ROLLBACK") == "CZi")
        #expect(machine.query("PREPARE TRANSACTION 'x'") == "N(25P01)CZi")
    }

    @Test func savepoints() throws {
        let machine = try Machine()
        #expect(machine.query("CREATE TABLE t (a int)") == "CZi")
        #expect(machine.query("BEGIN") == "CZt")
        #expect(machine.query("INSERT INTO t VALUES (1)") == "CZt")
        #expect(machine.query("SAVEPOINT s") == "CZt")
        #expect(machine.query("INSERT INTO t VALUES (2)") == "CZt")
        #expect(machine.query("SELECT x") == "E(42703)Ze")
        #expect(machine.query("RELEASE s") == "E(25P02)Ze")
        #expect(machine.query("ROLLBACK TO s") == "CZt")
        #expect(machine.query("RELEASE s") == "CZt")
        #expect(machine.query("ROLLBACK TO s") == "E(3B001)Ze")
        #expect(machine.query("COMMIT") == "CZi")
        // It had failed, so COMMIT rolled back.
        #expect(machine.query("SELECT a FROM t") == "TCZi")
    }

    @Test func extendedQueries() throws {
        let machine = try Machine()
        machine.parse("SELECT $1::int + 1")
        machine.bind(["41"])
        machine.execute()
        machine.sync()
        #expect(machine.kinds() == "12DCZi")
        machine.parse("SELECT 1", name: "s")
        machine.parse("SELECT 2", name: "s")
        machine.bind()
        machine.execute()
        machine.sync()
        // Everything after the error up to Sync is passed over.
        #expect(machine.kinds() == "1E(42P05)Zi")
        machine.bind(portal: "p", statement: "s")
        machine.execute(portal: "p")
        machine.sync()
        machine.execute(portal: "p")
        machine.sync()
        // Portals end with their transaction.
        #expect(machine.kinds() == "2DCZiE(34000)Zi")
        machine.bind(statement: "nothing")
        machine.sync()
        machine.bind(statement: "s", ["1"])
        machine.sync()
        #expect(machine.kinds() == "E(26000)ZiE(08P01)Zi")
    }

    @Test func rowLimits() throws {
        let machine = try Machine()
        machine.parse("SELECT * FROM generate_series(1, 5)")
        machine.bind()
        machine.execute(rowCountMax: 2)
        machine.execute(rowCountMax: 2)
        machine.execute(rowCountMax: 2)
        machine.execute()
        machine.sync()
        #expect(machine.kinds() == "12DDsDDsDCCZi")
    }

    @Test func oneTransactionUpToSync() throws {
        let machine = try Machine()
        #expect(machine.query("CREATE TABLE t (a int)") == "CZi")
        for sql in ["INSERT INTO t VALUES (1)", "SELECT x"] {
            machine.parse(sql)
            machine.bind()
            machine.execute()
        }
        machine.sync()
        #expect(machine.kinds() == "12CE(42703)Zi")
        #expect(machine.query("SELECT a FROM t") == "TCZi")
    }

    @Test func copyIsAStateBetweenMessages() throws {
        let machine = try Machine()
        #expect(machine.query("CREATE TABLE t (a int, b text)") == "CZi")
        #expect(machine.query("COPY t FROM STDIN") == "G")
        machine.receive(.copyData, Array("1\to".utf8))
        machine.receive(.copyData, Array("ne\n2\ttwo\n".utf8))
        machine.receive(.copyDone)
        #expect(machine.kinds() == "CZi")
        #expect(machine.query("COPY t TO STDOUT") == "HddcCZi")
        #expect(machine.query("COPY t FROM STDIN") == "G")
        machine.receive(.copyFail, Array("no".utf8) + [0])
        #expect(machine.kinds() == "E(57014)Zi")
        #expect(machine.query("COPY t FROM STDIN") == "G")
        machine.receive(.copyData, Array("x\ty\n".utf8))
        // Data behind the error is dropped.
        machine.receive(.copyData, Array("3\tthree\n".utf8))
        machine.receive(.copyDone)
        #expect(machine.kinds() == "E(22P02)Zi")
        #expect(machine.query("SELECT count(*) FROM t") == "TDCZi")
    }

    @Test func largeResultsComeInPieces() throws {
        let machine = try Machine()
        let kinds = machine.query("SELECT repeat('x', 1000) FROM generate_series(1, 1000)")
        #expect(kinds == "T" + String(repeating: "D", count: 1000) + "CZi")
        #expect(machine.resumeCount >= 10)
    }

    @Test func preparedStatementsOfSQL() throws {
        let machine = try Machine()
        #expect(machine.query("PREPARE p (int) AS SELECT $1 + 1") == "CZi")
        #expect(machine.query("EXECUTE p (1)") == "TDCZi")
        #expect(machine.query("EXECUTE p") == "E(42601)Zi")
        #expect(machine.query("PREPARE p AS SELECT 1") == "E(42P05)Zi")
        #expect(machine.query("DEALLOCATE p; EXECUTE p") == "CE(26000)Zi")
    }

    @Test func reportedParameters() throws {
        let machine = try Machine()
        #expect(machine.query("SET application_name = 'x'") == "CSZi")
        #expect(machine.query("BEGIN; SET TIME ZONE 'Europe/Berlin'") == "CCSZt")
        // The old value is reported again.
        #expect(machine.query("ROLLBACK") == "CSZi")
        #expect(machine.query("SET LOCAL work_mem = '1MB'") == "N(25P01)CZi")
        #expect(machine.query("SHOW work_mem") == "TDCZi")
    }

    @Test func malformedBodiesAreErrors() throws {
        let machine = try Machine()
        machine.receive(.bind, [0])
        machine.sync()
        #expect(machine.kinds() == "E(08P01)Zi")
        machine.receive(.query, Array("SELECT 1".utf8))
        #expect(machine.kinds() == "E(08P01)Zi")
        #expect(machine.query("SELECT '\u{7F}'") == "TDCZi")
        machine.receive(.query, Array("SELECT '".utf8) + [0xC3, 0x28] + Array("'".utf8) + [0])
        #expect(machine.kinds() == "E(22021)Zi")
    }
}
