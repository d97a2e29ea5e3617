#!/usr/bin/env python3
"""PostgreSQL 15 and Ordinal side by side: same machine, Unix sockets, both durable (fsync on).

    tools/bench [--quick] [--only NAME]… [--rounds 3] [--seconds 3] [--ordinal PATH] [--list]
    tools/bench isolation …        latency beside sleepers, joins, lock waiters, slow readers
    tools/bench tpch …             the 22 TPC-H queries
    tools/bench tpcc …             TPC-C's five transactions
    tools/bench storage …          tables larger than memory

The servers take turns, in another order each round; every line prints the medians, the ratio in
Ordinal's favour and the bar it is held to, and checks the answers of both. PostgreSQL has its
defaults, except for more buffers and rarer checkpoints. The exit status is 0 when all bars hold
and no answer was wrong.
"""

import argparse
import contextlib
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from servers import Ordinal, Postgres, process_tree  # noqa: E402
from wire import (  # noqa: E402
    SYNC, Connection, ServerError, bind_message, message, parse_message, text)

# The harness gives PostgreSQL 300 connections; so that 100 idle ones fit, Ordinal gets them too.
OPTIONS = {
    "postgres": ["-c", "shared_buffers=1GB", "-c", "max_wal_size=8GB"],
    "ordinal": ["-c", "max_connections=300"],
}
PIPELINE_DEPTH = 50
IDLE_CONNECTIONS = 100
START_MILLISECONDS_MAX = 100
COPY_BYTES = 1 << 16
PLANNED_STATEMENTS = 200_000
PLANNED_BATCH = 500
PLAN_MICROSECONDS_MAX = 25
KNOWN_MICROSECONDS_MAX = 2

SCHEMA = """
CREATE SEQUENCE bench_seq;
CREATE TABLE inserts (id serial PRIMARY KEY, customer_id int, total numeric(10,2));
CREATE TABLE orders (id serial PRIMARY KEY, customer_id int, total numeric(10,2));
CREATE TABLE copied (id serial PRIMARY KEY, customer_id int, total numeric(10,2));
CREATE TABLE by_max (id int PRIMARY KEY, customer_id int, total numeric(10,2));
"""


class WrongAnswer(Exception):
    """A server did not do what was measured."""


class Line:
    """One measurement: `measure(bench, server)` gives a number in `unit`.

    `bar` is the least ratio (Ordinal over PostgreSQL, in Ordinal's favour), or None.
    """

    def __init__(self, name, unit, measure, bar=None, more_is_better=True, most=None):
        self.name, self.unit, self.measure, self.bar = name, unit, measure, bar
        self.more_is_better = more_is_better
        self.most = most

    def ratio(self, postgres, ordinal):
        if postgres == 0 or ordinal == 0:
            return float("inf")
        return ordinal / postgres if self.more_is_better else postgres / ordinal

    def verdict(self, postgres, ordinal):
        """(text of the bar, whether it holds)."""
        if self.most is not None:
            return f"≤ {self.most:g} {self.unit}", ordinal <= self.most
        if self.bar is None:
            return "", True
        return f"≥ {self.bar:g}", self.ratio(postgres, ordinal) >= self.bar


class Bench:
    """The two servers, and what the measurements share."""

    def __init__(self, options):
        self.rows = 100_000 if options.quick else 1_000_000
        self.scale = 1 if options.quick else 10
        self.seconds = options.seconds or (1 if options.quick else 3)
        self.scripts = tempfile.TemporaryDirectory(prefix="bench-scripts-")
        self.prepared = set()
        self.answers = {}

    def pgbench(self, server, script, clients, mode, builtin=False):
        """(transactions, transactions per second) of one pgbench run."""
        path = pathlib.Path(self.scripts.name, "script.sql")
        if builtin:
            source = ["-b", script]
        else:
            path.write_text(script)
            source = ["-f", str(path)]
        done = subprocess.run(
            ["pgbench", "-n", *source, "-M", mode, "-c", str(clients), "-j", "2",
             "-T", str(self.seconds), "-D", f"rows={self.rows}", "postgres"],
            env=server.environment(), text=True, capture_output=True, timeout=600)
        count = re.search(r"actually processed: (\d+)", done.stdout)
        rate = re.search(r"tps = ([\d.]+)", done.stdout)
        failed = re.search(r"failed transactions: (\d+)", done.stdout)
        if done.returncode != 0 or not count or (failed and failed.group(1) != "0"):
            raise WrongAnswer(f"pgbench on {server.name}: {done.stdout}{done.stderr}"[-1500:])
        return int(count.group(1)), float(rate.group(1))

    def once(self, server, name, prepare):
        """Runs `prepare` the first time it is asked for on a server."""
        if (server.name, name) not in self.prepared:
            prepare()
            self.prepared.add((server.name, name))

    def same(self, name, server, answer):
        """Both servers must give this answer, whenever asked."""
        known = self.answers.setdefault(name, answer)
        if known != answer:
            raise WrongAnswer(f"{name}: {server.name} answered {answer}, before {known}")


def nextval(clients, mode):
    def measure(bench, server):
        before = int(server.psql("SELECT nextval('bench_seq')"))
        count, rate = bench.pgbench(server, "SELECT nextval('bench_seq');", clients, mode)
        after = int(server.psql("SELECT nextval('bench_seq')"))
        if after - before - 1 != count:
            raise WrongAnswer(f"{count} draws moved the sequence by {after - before - 1}")
        return rate
    return measure


def nextval_pipelined(clients):
    script = "\\startpipeline\n" + "SELECT nextval('bench_seq');\n" * PIPELINE_DEPTH + \
        "\\endpipeline\n"

    def measure(bench, server):
        before = int(server.psql("SELECT nextval('bench_seq')"))
        count, rate = bench.pgbench(server, script, clients, "prepared")
        after = int(server.psql("SELECT nextval('bench_seq')"))
        if after - before - 1 != count * PIPELINE_DEPTH:
            raise WrongAnswer(f"{count} pipelines moved the sequence by {after - before - 1}")
        return rate * PIPELINE_DEPTH
    return measure


def serial_insert(clients):
    def measure(bench, server):
        server.psql("TRUNCATE inserts RESTART IDENTITY")
        count, rate = bench.pgbench(
            server, "INSERT INTO inserts (customer_id, total) VALUES (123, 100.00);", clients,
            "prepared")
        found = server.psql("SELECT count(*), count(DISTINCT id), sum(total) FROM inserts")
        if found != f"{count}|{count}|{count * 100}.00":
            raise WrongAnswer(f"{count} inserts left {found}")
        return rate
    return measure


def fill_orders(bench, server):
    """The bulk INSERT … SELECT; returns its seconds."""
    with Connection(server.socket_path, timeout=600) as connection:
        connection.query("TRUNCATE orders RESTART IDENTITY")
        started = time.perf_counter()
        connection.query(
            "INSERT INTO orders (customer_id, total) SELECT g % 10000, (g % 100000) / 100.0 "
            f"FROM generate_series(1, {bench.rows}) AS g")
        seconds = time.perf_counter() - started
        bench.same("bulk insert", server, connection.query(
            "SELECT count(*), min(id), max(id), sum(customer_id), sum(total) FROM orders"))
    bench.prepared.add((server.name, "orders"))
    return seconds


def bulk_insert(bench, server):
    return bench.rows / fill_orders(bench, server)


def need_orders(bench, server):
    def prepare():
        fill_orders(bench, server)
        server.psql("VACUUM ANALYZE orders")
    bench.once(server, "orders", prepare)


def bulk_copy(bench, server):
    data = "".join(f"{g % 10000}\t{g % 100000 / 100:.2f}\n"
                   for g in range(1, bench.rows + 1)).encode()
    with Connection(server.socket_path, timeout=600) as connection:
        connection.query("TRUNCATE copied RESTART IDENTITY")
        started = time.perf_counter()
        connection.send(message(b"Q", text("COPY copied (customer_id, total) FROM STDIN")))
        kind, body = connection.read()
        if kind != b"G":
            raise WrongAnswer(f"COPY answered {kind} {body}")
        for start in range(0, len(data), COPY_BYTES):
            connection.send(message(b"d", data[start:start + COPY_BYTES]))
        connection.send(message(b"c"))
        connection.read_until_ready()
        seconds = time.perf_counter() - started
        bench.same("copy", server, connection.query(
            "SELECT count(*), min(id), max(id), sum(customer_id), sum(total) FROM copied"))
    return bench.rows / seconds


def scan(bench, server):
    need_orders(bench, server)
    sql = "SELECT count(*), sum(total) FROM orders WHERE customer_id % 7 = 3"
    with Connection(server.socket_path, timeout=600) as connection:
        bench.same("scan", server, connection.query(sql))
        times = []
        for _ in range(5):
            started = time.perf_counter()
            connection.query(sql)
            times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def point_select(clients, mode="prepared"):
    def measure(bench, server):
        need_orders(bench, server)
        bench.same("point select", server, server.psql(
            "SELECT id, customer_id, total FROM orders WHERE id IN (1, 777, 99999) ORDER BY id"))
        script = "\\set id random(1, :rows)\nSELECT total FROM orders WHERE id = :id;"
        return bench.pgbench(server, script, clients, mode)[1]
    return measure


def by_maximum(bench, server):
    """SELECT max(id) + 1, then INSERT: one client, since several of them would collide."""
    server.psql("TRUNCATE by_max; INSERT INTO by_max VALUES (0, 0, 0)")
    count, rate = bench.pgbench(
        server, "SELECT max(id) + 1 AS id FROM by_max \\gset\n"
        "INSERT INTO by_max VALUES (:id, 123, 100.00);", 1, "simple")
    if server.psql("SELECT max(id), count(*) FROM by_max") != f"{count}|{count + 1}":
        raise WrongAnswer("max(id) + 1 lost rows")
    return rate


def by_serial(bench, server):
    server.psql("TRUNCATE inserts RESTART IDENTITY")
    count, rate = bench.pgbench(
        server, "INSERT INTO inserts (customer_id, total) VALUES (123, 100.00) RETURNING id;", 1,
        "simple")
    if server.psql("SELECT count(*) FROM inserts") != str(count):
        raise WrongAnswer("SERIAL lost rows")
    return rate


def tpcb(clients):
    def measure(bench, server):
        def prepare():
            subprocess.run(
                ["pgbench", "-i", "-q", "-s", str(bench.scale), "postgres"], check=True,
                env=server.environment(), capture_output=True, timeout=1200)
        bench.once(server, "pgbench", prepare)
        rate = bench.pgbench(server, "tpcb-like", clients, "prepared", builtin=True)[1]
        sums = server.psql(
            "SELECT (SELECT sum(abalance) FROM pgbench_accounts), "
            "(SELECT sum(tbalance) FROM pgbench_tellers), "
            "(SELECT sum(bbalance) FROM pgbench_branches), "
            "(SELECT sum(delta) FROM pgbench_history)").split("|")
        if len(set(sums)) != 1:
            raise WrongAnswer(f"balances do not agree: {sums}")
        return rate
    return measure


def start_up(bench, server):
    """Milliseconds from nothing, an empty directory, to the first answer."""
    with type(server).scratch(start=False, options=OPTIONS[server.name]) as fresh:
        started = time.perf_counter()
        fresh.start(wait=False)
        while True:
            with contextlib.suppress(OSError, EOFError):
                from_wire = try_select(fresh)
                if from_wire == [["1"]]:
                    return (time.perf_counter() - started) * 1000
            if time.perf_counter() - started > 60:
                raise WrongAnswer(f"{server.name} did not start: {fresh.log_tail()}")
            time.sleep(0.0005)


def try_select(server):
    try:
        with Connection(server.socket_path, timeout=10) as connection:
            return connection.query("SELECT 1")
    except ServerError:
        return None  # Still starting.


def memory_alone(bench, server):
    """Kilobytes of a freshly started server."""
    with type(server).scratch(options=OPTIONS[server.name]) as fresh:
        return fresh.memory_kilobytes()


def memory_idle(bench, server):
    """Kilobytes that each of 100 idle connections adds."""
    with type(server).scratch(options=OPTIONS[server.name]) as fresh:
        with Connection(fresh.socket_path) as connection:
            connection.query("SELECT 1")
            before = fresh.memory_kilobytes()
            idle = []
            for _ in range(IDLE_CONNECTIONS):
                idle.append(Connection(fresh.socket_path))
                idle[-1].query("SELECT 1")
            after = fresh.memory_kilobytes()
            for other in idle:
                other.close()
        return max(after - before, 0.1) / IDLE_CONNECTIONS


def planning(is_new):
    """Microseconds of processor time for a Parse and a Bind: of a text that is new, or known."""
    def measure(bench, server):
        need_orders(bench, server)
        count = PLANNED_STATEMENTS // (10 if is_new else 1)
        with Connection(server.socket_path) as connection:
            connection.query("SELECT 1")
            start = processor_seconds(server)
            for first in range(0, count, PLANNED_BATCH):
                batch = bytearray()
                for n in range(first, first + PLANNED_BATCH):
                    key = n if is_new else 7
                    batch += parse_message(
                        "", f"SELECT id, total AS t{key} FROM orders"
                            f" WHERE id = {key} AND customer_id > 0")
                    batch += bind_message("", "")
                connection.send(bytes(batch) + SYNC)
                messages = connection.read_until_ready()
                if [kind for kind, _ in messages[-3:]] != [b"1", b"2", b"Z"]:
                    raise WrongAnswer("a statement was not prepared")
            used = processor_seconds(server) - start
        return used / count * 1e6
    return measure


def processor_seconds(server):
    """What the server's processes have used so far."""
    ticks = 0
    for pid in process_tree(server.process.pid):
        stat = open(f"/proc/{pid}/stat").read()
        fields = stat[stat.rindex(")") + 2:].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


LINES = [
    *(Line(f"nextval simple {c}", "/s", nextval(c, "simple")) for c in (8, 32, 64)),
    Line("nextval prepared 8", "/s", nextval(8, "prepared"), 1.4),
    Line("nextval prepared 32", "/s", nextval(32, "prepared")),
    Line("nextval prepared 64", "/s", nextval(64, "prepared"), 2),
    *(Line(f"nextval pipelined {c}", "/s", nextval_pipelined(c), 2.5) for c in (8, 32, 64)),
    *(Line(f"serial insert {c}", "/s", serial_insert(c), bar)
      for c, bar in ((1, None), (8, 1.2), (32, 2), (64, None))),
    Line("insert by max(id)+1", "/s", by_maximum),
    Line("insert by SERIAL", "/s", by_serial),
    Line("bulk insert", "rows/s", bulk_insert, 2.5),
    Line("bulk copy", "rows/s", bulk_copy, 2.5),
    Line("scan", "ms", scan, 2, more_is_better=False),
    *(Line(f"point select {c}", "/s", point_select(c), bar)
      for c, bar in ((8, None), (32, 1.4), (64, None))),
    *(Line(f"TPC-B {c}", "/s", tpcb(c), bar) for c, bar in ((8, None), (32, 1.5))),
    Line("plan a new statement", "µs", planning(True), None, False, PLAN_MICROSECONDS_MAX),
    Line("plan a known one", "µs", planning(False), None, False, KNOWN_MICROSECONDS_MAX),
    Line("start-up, empty directory", "ms", start_up, None, False, START_MILLISECONDS_MAX),
    Line("memory, no connection", "kB", memory_alone, None, False),
    Line("memory, each idle", "kB", memory_idle, 10, False),
]


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"


def run_line(bench, line, servers, rounds):
    """Measures one line; prints it; returns whether it is right and above its bar."""
    values = {server.name: [] for server in servers}
    try:
        for number_of_round in range(rounds):
            turn = servers if number_of_round % 2 == 0 else servers[::-1]
            for server in turn:
                values[server.name].append(line.measure(bench, server))
    except (WrongAnswer, ServerError, RuntimeError, OSError, EOFError, subprocess.SubprocessError) as error:
        print(f"{line.name:27} WRONG  {error}", flush=True)
        return False
    medians = {name: statistics.median(found) for name, found in values.items()}
    if len(servers) == 1:
        name, median = next(iter(medians.items()))
        print(f"{line.name:27} {number(median):>13} {line.unit} ({name})", flush=True)
        return True
    postgres, ordinal = medians["postgres"], medians["ordinal"]
    bar, holds = line.verdict(postgres, ordinal)
    print(f"{line.name:27} {number(postgres):>13} {number(ordinal):>13} {line.unit:7}"
          f"{line.ratio(postgres, ordinal):8.2f}  {bar:10} {'' if holds else 'BELOW'}",
          flush=True)
    return holds


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the data, one second")
    parser.add_argument("--only", action="append", default=[], help="lines whose name contains it")
    parser.add_argument("--rounds", type=int, default=None)
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
    rounds = options.rounds or (1 if options.quick else 3)
    bench = Bench(options)
    with contextlib.ExitStack() as stack:
        servers = []
        if options.server != "ordinal":
            servers.append(stack.enter_context(Postgres.scratch(options=OPTIONS["postgres"])))
        if options.server != "postgres":
            servers.append(stack.enter_context(Ordinal.scratch(options=OPTIONS["ordinal"])))
        for server in servers:
            server.psql(SCHEMA)
        print(f"{bench.rows:,} rows, {rounds} rounds of {bench.seconds} s, {os.cpu_count()} cores")
        print(f"{'':27} {'PostgreSQL 15':>13} {'Ordinal':>13} {'':7}{'ratio':>8}  bar")
        held = [run_line(bench, line, servers, rounds) for line in lines]
    print(f"{held.count(True)} of {len(held)} lines hold")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
