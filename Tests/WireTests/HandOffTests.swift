import Testing

/// One loop has all connections here: whoever keeps its thread keeps everybody waiting. No test
/// sleeps; a server that does not hand its loop off never answers, and the test fails.
@Suite struct HandOffTests {
    @Test func aStatementThatWaitsGivesTheLoopAway() throws {
        let server = try TestServer()
        let holder = try TestClient(server)
        let waiter = try TestClient(server)
        let other = try TestClient(server)
        try holder.query("CREATE TABLE t (id int PRIMARY KEY)")
        try holder.query("BEGIN")
        try holder.query("INSERT INTO t VALUES (1)")
        waiter.start("INSERT INTO t VALUES (1)")
        for _ in 0..<10 { #expect(TestClient.value(try other.query("SELECT 7")) == "7") }
        try holder.query("COMMIT")
        #expect(TestClient.state(try waiter.readUntilReady()) == "23505")
        #expect(TestClient.value(try waiter.query("SELECT 8")) == "8")
    }

    @Test func aLongStatementLosesTheLoop() throws {
        let server = try TestServer()
        let busy = try TestClient(server)
        let other = try TestClient(server)
        busy.start("SELECT count(*) FROM generate_series(1, 2000000000)")
        for _ in 0..<10 { #expect(TestClient.value(try other.query("SELECT 7")) == "7") }
        // It runs still: cancelling is what ends it.
        try busy.cancel(on: server)
        #expect(TestClient.state(try busy.readUntilReady()) == "57014")
        #expect(TestClient.value(try busy.query("SELECT 8")) == "8")
    }

    @Test func messagesBehindAWaitingStatementAreRunAfterIt() throws {
        let server = try TestServer()
        let holder = try TestClient(server)
        let waiter = try TestClient(server)
        try holder.query("CREATE TABLE t (id int PRIMARY KEY, v int)")
        try holder.query("INSERT INTO t VALUES (1, 0)")
        try holder.query("BEGIN")
        try holder.query("UPDATE t SET v = v + 1")
        waiter.send(
            framed("Q", zeroEnded("UPDATE t SET v = v + 10 RETURNING v"))
                + framed("Q", zeroEnded("SELECT v + 100 FROM t")))
        #expect(TestClient.value(try holder.query("SELECT 5")) == "5")
        try holder.query("COMMIT")
        #expect(TestClient.value(try waiter.readUntilReady()) == "11")
        #expect(TestClient.value(try waiter.readUntilReady()) == "111")
    }

    @Test func aClientThatDoesNotReadHoldsUpNobody() throws {
        let server = try TestServer()
        let slow = try TestClient(server)
        let other = try TestClient(server)
        slow.start("SELECT g, repeat('x', 100) FROM generate_series(1, 50000) g")
        for _ in 0..<10 { #expect(TestClient.value(try other.query("SELECT 7")) == "7") }
        let rows = try slow.readUntilReady().filter { $0.type == "D" }
        #expect(rows.count == 50_000)
        #expect(rows.last.map { String(decoding: $0.body[6..<11], as: UTF8.self) } == "50000")
    }

    @Test func manySessionsWaitAtOnce() throws {
        let server = try TestServer()
        let holder = try TestClient(server)
        try holder.query("CREATE TABLE t (id int PRIMARY KEY, v int)")
        try holder.query("INSERT INTO t VALUES (1, 0)")
        try holder.query("BEGIN")
        try holder.query("UPDATE t SET v = v + 1")
        var waiters: [TestClient] = []
        for _ in 0..<20 {
            let waiter = try TestClient(server)
            waiter.start("UPDATE t SET v = v + 1")
            waiters.append(waiter)
        }
        try holder.query("COMMIT")
        for waiter in waiters { #expect(TestClient.state(try waiter.readUntilReady()) == nil) }
        #expect(TestClient.value(try holder.query("SELECT v FROM t")) == "21")
    }
}
