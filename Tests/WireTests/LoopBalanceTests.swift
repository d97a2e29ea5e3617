import Testing

@testable import Wire

@Suite struct LoopBalanceTests {
    private let window = LoopBalance.windowNanoseconds

    /// Two loops that share `busyPercent` of one processor, `rounds` and `syncs`.
    private func uses(
        busyPercent: UInt64, rounds: Int, syncs: Int, handOffs: Int = 0
    ) -> [LoopBalance.Use] {
        let half = LoopBalance.Use(
            busyNanoseconds: window * busyPercent / 200, roundCount: rounds / 2,
            syncCount: syncs / 2, handOffCount: handOffs / 2)
        return [half, half]
    }

    /// The moves that `count` such windows bring, and when the last ended.
    private func judge(
        _ balance: inout LoopBalance, _ uses: [LoopBalance.Use], count: Int, from start: UInt64
    ) -> [LoopBalance.Move] {
        (1...count).compactMap {
            balance.judge(uses, window: window, now: start + UInt64($0) * window)
        }
    }

    @Test func loopsThatWaitForTheLogArePackedAndStaySo() {
        var balance = LoopBalance()
        let syncing = uses(busyPercent: 40, rounds: 100, syncs: 90)
        #expect(judge(&balance, syncing, count: 2, from: 0).isEmpty)
        #expect(judge(&balance, syncing, count: 50, from: 2 * window) == [.pack])
        #expect(balance.isPacked)
    }

    @Test func readersBusyLoopsWaitersAndIdleOnesAreNotPacked() {
        for use in [
            uses(busyPercent: 40, rounds: 100, syncs: 20),
            uses(busyPercent: 80, rounds: 100, syncs: 90),
            uses(busyPercent: 40, rounds: 100, syncs: 90, handOffs: 30),
            uses(busyPercent: 1, rounds: 10, syncs: 10),
        ] {
            var balance = LoopBalance()
            #expect(judge(&balance, use, count: 20, from: 0).isEmpty)
        }
    }

    @Test func oneLoopThatSyncsAloneNeedsNoMove() {
        var balance = LoopBalance()
        let alone = LoopBalance.Use(
            busyNanoseconds: window / 4, roundCount: 100, syncCount: 100, handOffCount: 0)
        #expect(judge(&balance, [alone, LoopBalance.Use()], count: 20, from: 0).isEmpty)
    }

    @Test func busyLoopsThatSeldomSyncAreKeptApart() {
        var balance = LoopBalance()
        let drawing = uses(busyPercent: 120, rounds: 400, syncs: 4)
        _ = judge(&balance, drawing, count: 2, from: 0)
        #expect(!balance.keepsApart)
        _ = judge(&balance, drawing, count: 1, from: 2 * window)
        #expect(balance.keepsApart)
        // One window of something else changes nothing, three do.
        let syncing = uses(busyPercent: 160, rounds: 400, syncs: 300)
        _ = judge(&balance, syncing, count: 2, from: 3 * window)
        _ = judge(&balance, drawing, count: 1, from: 5 * window)
        _ = judge(&balance, syncing, count: 2, from: 6 * window)
        #expect(balance.keepsApart)
        _ = judge(&balance, syncing, count: 1, from: 8 * window)
        #expect(!balance.keepsApart)
    }

    @Test func loopsThatRestBlockOrSyncAreNotKeptApart() {
        let busy = LoopBalance.Use(
            busyNanoseconds: window / 2, roundCount: 200, syncCount: 0, handOffCount: 0)
        for use in [
            uses(busyPercent: 20, rounds: 200, syncs: 0),
            uses(busyPercent: 160, rounds: 200, syncs: 40),
            uses(busyPercent: 160, rounds: 200, syncs: 0, handOffs: 40),
            [busy, LoopBalance.Use()],
        ] {
            var balance = LoopBalance()
            _ = judge(&balance, use, count: 20, from: 0)
            #expect(!balance.keepsApart)
        }
    }

    @Test func aFullLoopIsSpreadAndPackedAgainOnlyLater() {
        var balance = LoopBalance()
        let syncing = uses(busyPercent: 40, rounds: 100, syncs: 90)
        let full = uses(busyPercent: 95, rounds: 100, syncs: 90)
        #expect(judge(&balance, syncing, count: 3, from: 0) == [.pack])
        #expect(judge(&balance, full, count: 3, from: 3 * window) == [.spread])
        // 200 ms of pause: 16 windows.
        #expect(judge(&balance, syncing, count: 16, from: 6 * window).isEmpty)
        #expect(judge(&balance, syncing, count: 3, from: 22 * window) == [.pack])
    }
}

/// Connections on the move between loops lose nothing.
@Suite struct LoopMoveTests {
    @Test func clientsWorkOnWhileTheyAreMoved() throws {
        let server = try TestServer(loopCount: 2)
        let clients = try (0..<6).map { _ in try TestClient(server) }
        try clients[0].query("CREATE TABLE t (id serial PRIMARY KEY, client int)")
        for round in 0..<200 {
            server.hub.rearrange(round % 2 == 0 ? .pack : .spread)
            for (number, client) in clients.enumerated() {
                client.start("INSERT INTO t (client) VALUES (\(number))")
            }
            for client in clients {
                #expect(TestClient.state(try client.readUntilReady()) == nil)
            }
        }
        let rows = try clients[0].query("SELECT count(*) || ' ' || count(DISTINCT id) FROM t")
        #expect(TestClient.value(rows) == "1200 1200")
    }

    @Test func aBlockOutlivesAMove() throws {
        let server = try TestServer(loopCount: 2)
        let first = try TestClient(server)
        let second = try TestClient(server)
        for client in [first, second] { try client.query("BEGIN; SELECT 1") }
        server.hub.rearrange(.pack)
        for client in [first, second] {
            #expect(TestClient.value(try client.query("SELECT 2")) == "2")
        }
        server.hub.rearrange(.spread)
        for client in [first, second] { #expect(try client.failure("COMMIT") == nil) }
    }

    @Test func aServerThatHasMovedClientsShutsDown() throws {
        let server = try TestServer(loopCount: 2)
        let clients = try (0..<4).map { _ in try TestClient(server) }
        server.hub.rearrange(.pack)
        server.stop()
        for client in clients {
            #expect(client.readToEnd().last?.field("C") == "57P01")
        }
    }
}
