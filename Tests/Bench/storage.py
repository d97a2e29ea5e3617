#!/usr/bin/env python3
"""Tables that do not fit in memory: Ordinal beside PostgreSQL 15, both durable.

    tools/bench storage [--quick] [--only NAME]… [--seconds 5] [--ordinal PATH] [--list]

A table of some five times the memory that the server may use for rows is loaded by COPY, read and changed
at random, aggregated and restarted. Resident memory is looked at all the while. Every line checks its
answer; the exit status is 0 when all bars hold.

With --quick (1,750,000 rows of 95 bytes, 8 MB of memtables) random updates of a tenth of the rows have
had Ordinal write 5 to 7 bytes for each byte of a changed row, the log included, and PostgreSQL 120, most
of it whole pages; rows and keys took 0.32 of PostgreSQL's table and index. So segments are merged with
those that are at most twice as large (Storage/FORMAT.md): a smaller ratio leaves more sections to look
into, a larger one writes more, and bloom filters make the ones that a point read does not need cheap.
"""

import argparse
import contextlib
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import bench as base  # noqa: E402
from bench import Line, Ordinal, Postgres, WrongAnswer  # noqa: E402
from servers import process_tree  # noqa: E402
from wire import Connection, message, text  # noqa: E402

ROWS = 7_000_000
LOGGED_ROWS = 1_000_000
CLEAN_START_SECONDS_MAX = 1
CRASH_START_SECONDS_MAX = 5
STATES = ("paid", "open", "returned", "cancelled")
AMPLIFIED_STATEMENTS = 40
# Code, sessions, indexes and filters of segments, buffers of the log and of a checkpoint, the blocks that
# a batch of rows at random places lies in, what the allocator keeps.
OTHER_MEGABYTES = 320


class Memory:
    """What Ordinal may use: rows on their way to disk, twice that while a checkpoint is at work, and
    blocks that were read. PostgreSQL has as much for its buffers."""

    def __init__(self, quick):
        self.memtable, self.cache = (8, 16) if quick else (32, 64)
        self.rows = 2 * self.memtable + self.cache
        self.most = self.rows + OTHER_MEGABYTES

    def options(self, kind):
        if kind is Postgres:
            return ["-c", f"shared_buffers={self.rows}MB", "-c", "max_wal_size=1GB"]
        return ["-c", f"memtable_memory_kb={self.memtable << 10}",
                "-c", f"shared_buffers={self.cache}MB", "-c", "max_wal_size=1GB"]


def row(number):
    """A row as COPY takes it; some 95 bytes."""
    return (f"{number}\t0\t{number * 7919 % 1000003}\tcustomer {number % 99991} has ordered article "
            f"{number * 31 % 4999}, {STATES[number % 4]}, reference {number * 2654435761 % (1 << 32):08x}"
            f"\t2024-{number % 12 + 1:02}-{number % 28 + 1:02} {number % 24:02}:{number % 60:02}:00\n")


class Watch(threading.Thread):
    """The most resident memory that a server has had, in kilobytes."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.most, self.ends = server, 0, threading.Event()

    def run(self):
        while not self.ends.wait(0.05):
            with contextlib.suppress(OSError):
                for line in open(f"/proc/{self.server.process.pid}/status"):
                    if line.startswith("VmRSS:"):
                        self.most = max(self.most, int(line.split()[1]))


class Bench(base.Bench):
    def __init__(self, options):
        super().__init__(options)
        self.rows = ROWS // 4 if options.quick else ROWS
        self.logged = LOGGED_ROWS // 4 if options.quick else LOGGED_ROWS
        self.seconds = options.seconds or (2 if options.quick else 5)
        self.loading = {}

    def need(self, server):
        """The big table."""
        self.once(server, "big", lambda: self.load(server))

    def load(self, server):
        server.psql("CREATE TABLE big (id int PRIMARY KEY, n int, a bigint, t text, at timestamp)")
        chunk = 20_000
        started = time.perf_counter()
        with Connection(server.socket_path, timeout=600) as connection:
            connection.send(message(b"Q", text("COPY big FROM STDIN")))
            kind, body = connection.read()
            if kind != b"G":
                raise WrongAnswer(f"COPY answered {kind} {body}")
            spent = 0
            for first in range(1, self.rows + 1, chunk):
                begin = time.perf_counter()
                data = "".join(map(row, range(first, min(first + chunk, self.rows + 1)))).encode()
                spent += time.perf_counter() - begin
                for start in range(0, len(data), 1 << 16):
                    connection.send(message(b"d", data[start:start + (1 << 16)]))
            connection.send(message(b"c"))
            connection.read_until_ready()
        # What it has taken to make the rows here is the same for both.
        self.loading[server.name] = time.perf_counter() - started - spent
        server.psql("CHECKPOINT")
        if server.name == "postgres":
            server.psql("VACUUM ANALYZE big")
        self.same("big", server, server.psql(
            "SELECT count(*), sum(a), sum(length(t)), max(at) FROM big"))


def load(bench, server):
    bench.need(server)
    return bench.rows / bench.loading[server.name]


def space(bench, server):
    """Megabytes on disk of the table and its index."""
    bench.need(server)
    server.psql("CHECKPOINT")
    if server.name == "postgres":
        return int(server.psql("SELECT pg_total_relation_size('big')")) / (1 << 20)
    return sum(path.stat().st_size for path in server.data.glob("segments/*")) / (1 << 20)


def point_reads(bench, server):
    bench.need(server)
    script = "\\set id random(1, :rows)\nSELECT a, t FROM big WHERE id = :id;"
    return bench.pgbench(server, script, 8, "prepared")[1]


def point_updates(bench, server):
    bench.need(server)
    before = int(server.psql("SELECT sum(n) FROM big"))
    # What the other server has yet to write is not this one's.
    os.sync()
    script = "\\set id random(1, :rows)\nUPDATE big SET n = n + 1 WHERE id = :id;"
    count, rate = bench.pgbench(server, script, 8, "prepared")
    after = int(server.psql("SELECT sum(n) FROM big"))
    if after - before != count:
        raise WrongAnswer(f"{count} updates made a difference of {after - before}")
    return rate


def scan(bench, server):
    """Milliseconds of an aggregating scan."""
    bench.need(server)
    sql = "SELECT count(*), sum(a), avg(a) FROM big WHERE a % 7 = 3"
    with Connection(server.socket_path, timeout=600) as connection:
        bench.same("scan", server, connection.query(sql))
        times = []
        for _ in range(3):
            started = time.perf_counter()
            connection.query(sql)
            times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def first_answer(server):
    """Seconds from the start of the process to the first answer of a point read."""
    started = time.perf_counter()
    server.start(wait=False)
    while True:
        with contextlib.suppress(OSError, EOFError):
            if base.try_select(server) == [["1"]]:
                break
        if time.perf_counter() - started > 120:
            raise WrongAnswer(f"{server.name} did not start: {server.log_tail()}")
        time.sleep(0.0005)
    with Connection(server.socket_path) as connection:
        connection.query("SELECT t FROM big WHERE id = 4711")
    return time.perf_counter() - started


def clean_restart(bench, server):
    bench.need(server)
    server.stop()
    return first_answer(server)


def crash_restart(bench, server):
    bench.need(server)
    before = server.psql("SELECT sum(n) FROM big")
    server.kill()
    seconds = first_answer(server)
    if server.psql("SELECT sum(n) FROM big") != before:
        raise WrongAnswer("a crash has changed rows")
    return seconds


def recovery(bench, server):
    """Seconds to the first answer after kill -9 with a million rows in the log alone."""
    options = ["-c", "max_wal_size=8GB"]
    with type(server).scratch(options=options) as fresh:
        fresh.psql("CREATE TABLE big (id int PRIMARY KEY, t text)")
        fresh.psql("CHECKPOINT")
        fresh.psql(f"INSERT INTO big SELECT g, 'row ' || g FROM generate_series(1, {bench.logged}) g")
        fresh.kill()
        seconds = first_answer(fresh)
        count = fresh.psql("SELECT count(*) FROM big")
        if int(count) != bench.logged:
            raise WrongAnswer(f"{count} of {bench.logged} rows are there")
    return seconds


def written_bytes(server):
    """What the server's processes have given the system to write, log files' zeros included."""
    total = 0
    for pid in process_tree(server.process.pid):
        for line in open(f"/proc/{pid}/io"):
            if line.startswith("wchar:"):
                total += int(line.split()[1])
    return total


def amplification(bench, server):
    """Bytes written for each byte of the rows that random updates change: of a tenth of them all."""
    bench.need(server)
    with Connection(server.socket_path, timeout=600) as connection:
        connection.query("SELECT setseed(0.5)")
        connection.query("CHECKPOINT")
        before = written_bytes(server)
        changed = 0
        for _ in range(AMPLIFIED_STATEMENTS):
            rows = connection.query(
                "WITH wanted AS MATERIALIZED (SELECT DISTINCT 1 + (random() * "
                f"{bench.rows - 1})::int AS id "
                f"FROM generate_series(1, {bench.rows // 10 // AMPLIFIED_STATEMENTS})), "
                "changed AS (UPDATE big SET n = n + 1 FROM wanted WHERE big.id = wanted.id "
                "RETURNING length(t) + 24 AS size) SELECT count(*), sum(size) FROM changed")
            changed += int(rows[0][1])
        connection.query("CHECKPOINT")
        return (written_bytes(server) - before) / changed


LINES = [
    Line("load by COPY", "rows/s", load),
    Line("space on disk", "MB", space, 2, False),
    Line("random point reads 8", "/s", point_reads),
    Line("random updates 8", "/s", point_updates),
    Line("aggregating scan", "ms", scan, 5, False),
    Line("clean restart", "s", clean_restart, None, False, CLEAN_START_SECONDS_MAX),
    Line("restart after kill -9", "s", crash_restart, None, False, CRASH_START_SECONDS_MAX),
    Line("recovery of a long log", "s", recovery, 2, False),
    Line("write amplification", "times", amplification, None, False),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the data")
    parser.add_argument("--only", action="append", default=[], help="lines whose name contains it")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=None)
    parser.add_argument("--ordinal")
    parser.add_argument("--server", choices=["postgres", "ordinal"], help="only one of the two")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    lines = [line for line in LINES
             if not options.only or any(part in line.name for part in options.only)]
    if options.list:
        print("\n".join(line.name for line in lines))
        return 0
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    bench = Bench(options)
    with contextlib.ExitStack() as stack:
        servers = []
        memory = Memory(options.quick)
        for kind in (Postgres, Ordinal):
            if options.server in (None, kind.name):
                servers.append(
                    stack.enter_context(kind.scratch(options=memory.options(kind))))
        watch = Watch(servers[-1])
        watch.start()
        size = sum(len(row(n)) for n in range(1, 1001)) * bench.rows // 1000 >> 20
        print(f"{bench.rows:,} rows, {size} MB; memory for rows {memory.rows} MB; "
              f"{os.cpu_count()} cores")
        print(f"{'':27} {'PostgreSQL 15':>13} {'Ordinal':>13} {'':7}{'ratio':>8}  bar")
        held = [base.run_line(bench, line, servers, options.rounds) for line in lines]
        if options.server != "postgres":
            watch.ends.set()
            holds = watch.most <= memory.most << 10
            print(f"{'resident memory, the most':27} {'':>13} {watch.most >> 10:>13,} MB      "
                  f"{'':8}  ≤ {memory.most} MB {'' if holds else 'ABOVE'}")
            held.append(holds)
    print(f"{held.count(True)} of {len(held)} lines hold")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
