import Testing

@testable import Server

@Suite struct ConnectionTests {
    @Test(arguments: [1, 2, 3]) func pipelinedQueriesAnswerInOrder(loopCount: Int) throws {
        let server = try TestServer(loopCount: loopCount)
        let client = try TestClient(server)
        var bytes: [UInt8] = []
        for number in 0..<500 { bytes += framed("Q", zeroEnded("SELECT \(number)")) }
        client.send(bytes)
        for number in 0..<500 {
            #expect(TestClient.value(try client.readUntilReady()) == "\(number)")
        }
    }

    @Test func aStreamThatMakesNoSenseEndsItsConnectionOnly() throws {
        let server = try TestServer()
        let good = try TestClient(server)
        let bad = try TestClient(server)
        bad.send([1, 2, 3, 4, 5, 6, 7, 8])
        let words = bad.readToEnd()
        #expect(words.last?.field("C") == "08P01")
        #expect(words.last?.field("V") == "FATAL")
        #expect(TestClient.value(try good.query("SELECT 7")) == "7")
    }

    @Test func whoIsUnknownIsTurnedAway() throws {
        let server = try TestServer()
        func lastWords(user: String, database: String) throws -> String? {
            let client = try TestClient(server, user: nil)
            let body =
                word(196_608) + zeroEnded("user") + zeroEnded(user) + zeroEnded("database")
                + zeroEnded(database) + [0]
            client.send(word(UInt32(body.count + 4)) + body)
            return client.readToEnd().last?.field("M")
        }
        #expect(
            try lastWords(user: "nobody", database: "postgres")
                == "role \"nobody\" does not exist")
        #expect(
            try lastWords(user: "postgres", database: "nothing")
                == "database \"nothing\" does not exist")
    }

    @Test func aCancelThatComesTooLateHarmsNothing() throws {
        let server = try TestServer()
        let client = try TestClient(server)
        try client.cancel(on: server)
        #expect(TestClient.value(try client.query("SELECT 7")) == "7")
    }

    @Test func statementTimeoutEndsComputation() throws {
        let server = try TestServer()
        let client = try TestClient(server)
        try client.query("SET statement_timeout = 50")
        #expect(
            try client.failure("SELECT count(*) FROM generate_series(1, 2000000000)") == "57014")
        #expect(TestClient.value(try client.query("SELECT 7")) == "7")
    }

    @Test func idleTransactionsEndInTime() throws {
        let server = try TestServer()
        let client = try TestClient(server)
        try client.query("SET idle_in_transaction_session_timeout = 50")
        try client.query("BEGIN")
        #expect(client.readToEnd().last?.field("C") == "25P03")
    }

    @Test func shutdownTellsIdleAndBusySessions() throws {
        let server = try TestServer(loopCount: 2)
        let idle = try TestClient(server)
        let busy = try TestClient(server)
        let holder = try TestClient(server)
        try holder.query("CREATE TABLE t (id int PRIMARY KEY)")
        try holder.query("BEGIN")
        try holder.query("INSERT INTO t VALUES (1)")
        busy.start("INSERT INTO t VALUES (1)")
        #expect(TestClient.value(try idle.query("SELECT 7")) == "7")
        server.stop()
        for client in [idle, busy, holder] {
            let error = client.readToEnd().last { $0.type == "E" }
            #expect(error?.field("C") == "57P01")
        }
    }

    @Test func whatWasAnsweredIsDurable() throws {
        let server = try TestServer(loopCount: 2)
        let client = try TestClient(server)
        try client.query("CREATE TABLE t (id serial PRIMARY KEY)")
        for _ in 0..<50 {
            try client.query("INSERT INTO t DEFAULT VALUES")
            // Nothing else runs: all that was appended had to be synced before the answer.
            #expect(server.instance.durablePosition == server.instance.endPosition)
        }
    }
}
