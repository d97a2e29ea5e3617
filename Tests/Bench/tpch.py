#!/usr/bin/env python3
"""The 22 TPC-H queries on PostgreSQL 15 and Ordinal: answers compared, times as ratios.

    tools/bench tpch [--scale 0.1] [--rounds 5] [--only q05]… [--plans] [--ordinal PATH]
    python3 Tests/Bench/tpch.py --check          answers alone, at scale 0.01: a test

Both servers hold the same tables, keys and indexes, analyzed; queries run in turns, and medians
count. The bars: no query slower than PostgreSQL's, the geometric mean at least twice as fast.
With --check the last line is "N passed, N failed".
"""

import argparse
import contextlib
import math
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

import tpchdata  # noqa: E402
from servers import Ordinal, Postgres, process_tree  # noqa: E402
from wire import Connection, ServerError, message, text  # noqa: E402

QUERIES = pathlib.Path(__file__).resolve().parent / "tpch"
OPTIONS = {
    "postgres": ["-c", "shared_buffers=1GB", "-c", "max_wal_size=8GB", "-c", "work_mem=64MB"],
    "ordinal": [],
}
QUERY_BAR, MEAN_BAR = 1.0, 2.0
COPY_BYTES = 1 << 18


def copy_in(connection, table, lines):
    connection.send(message(b"Q", text(f"COPY {table} FROM STDIN")))
    kind, body = connection.read()
    if kind != b"G":
        raise RuntimeError(f"COPY {table} answered {kind} {body}")
    data = "".join(lines).encode()
    for start in range(0, len(data), COPY_BYTES):
        connection.send(message(b"d", data[start:start + COPY_BYTES]))
    connection.send(message(b"c"))
    connection.read_until_ready()


def load(servers, scale):
    """Fills the servers, and prints how long each took."""
    seconds = {server.name: 0.0 for server in servers}
    for server in servers:
        server.psql((QUERIES / "schema.sql").read_text())
    for table, lines in tpchdata.tables(scale):
        for server in servers:
            started = time.perf_counter()
            with Connection(server.socket_path, timeout=600) as connection:
                copy_in(connection, table, lines)
            seconds[server.name] += time.perf_counter() - started
    for server in servers:
        started = time.perf_counter()
        server.psql((QUERIES / "keys.sql").read_text())
        if server.name == "postgres":
            server.psql("VACUUM ANALYZE")
        keys = time.perf_counter() - started
        print(f"{server.name}: loaded in {seconds[server.name]:.1f} s, "
              f"keys and ANALYZE in {keys:.1f} s", flush=True)


def queries(only, scale):
    for path in sorted(QUERIES.glob("q*.sql")):
        if not only or path.stem in only:
            yield path.stem, path.read_text().replace(":scale", str(max(scale, 0.1)))


def processor_seconds(server):
    """User and system time that the server's processes have used, ended ones included."""
    ticks = 0
    for pid in process_tree(server.process.pid):
        with contextlib.suppress(OSError):
            stat = open(f"/proc/{pid}/stat").read()
            fields = stat[stat.rindex(")") + 2:].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / 100


def difference(left, right):
    """Where two answers differ, in a line; None where they do not."""
    if left == right:
        return None
    for number, (a, b) in enumerate(zip(left, right)):
        if a != b:
            return f"row {number}: {a} and {b}"
    return f"{len(left)} and {len(right)} rows"


def plan(connection, sql):
    return "\n".join(row[0] for row in connection.query("EXPLAIN " + sql))


def check(servers, options):
    """Compares answers; returns how many are equal and how many are not."""
    passed = failed = 0
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(Connection(server.socket_path, timeout=600))
                       for server in servers]
        for name, sql in queries(options.only, options.scale):
            try:
                answers = [connection.query(sql) for connection in connections]
                problem = difference(*answers)
                if not answers[0]:
                    problem = "no row to compare"
            except ServerError as error:
                problem = str(error)
            if problem:
                failed += 1
                print(f"{name}: {problem}")
            else:
                passed += 1
    return passed, failed


def measure(servers, options):
    """Times each query in turns; returns whether all bars hold."""
    ratios, below = [], []
    print(f"{'':6}{'PostgreSQL ms':>14}{'Ordinal ms':>12}{'ratio':>8}{'  cpu ms':>18}")
    with contextlib.ExitStack() as stack:
        connections = {server.name: stack.enter_context(
            Connection(server.socket_path, timeout=600)) for server in servers}
        for name, sql in queries(options.only, options.scale):
            times = {server.name: [] for server in servers}
            work = {server.name: 0.0 for server in servers}
            for turn in range(options.rounds + 1):
                for server in servers if turn % 2 == 0 else servers[::-1]:
                    before = processor_seconds(server)
                    started = time.perf_counter()
                    connections[server.name].query(sql)
                    if turn > 0:
                        times[server.name].append(time.perf_counter() - started)
                        work[server.name] += processor_seconds(server) - before
            medians = [statistics.median(times[server.name]) * 1000 for server in servers]
            work = [work[server.name] * 1000 / options.rounds for server in servers]
            ratio = medians[0] / medians[1]
            ratios.append(ratio)
            if ratio < QUERY_BAR:
                below.append(name)
            print(f"{name:6}{medians[0]:14.1f}{medians[1]:12.1f}{ratio:8.2f}"
                  f"{work[0]:10.0f}{work[1]:8.0f}{'  SLOWER' if ratio < QUERY_BAR else ''}",
                  flush=True)
            if options.plans:
                print(plan(connections["ordinal"], sql))
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"geometric mean {mean:.2f} (bar {MEAN_BAR:g}), slowest {min(ratios):.2f} "
          f"(bar {QUERY_BAR:g}); slower: {' '.join(below) or 'none'}")
    return not below and mean >= MEAN_BAR


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare answers alone")
    parser.add_argument("--scale", type=float)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--plans", action="store_true", help="print Ordinal's plans")
    parser.add_argument("--ordinal")
    options = parser.parse_args()
    options.scale = options.scale or (0.01 if options.check else 0.1)
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(Postgres.scratch(options=OPTIONS["postgres"])),
                   stack.enter_context(Ordinal.scratch(options=OPTIONS["ordinal"]))]
        load(servers, options.scale)
        passed, failed = check(servers, options)
        if options.check:
            print(f"{passed} passed, {failed} failed")
            return 1 if failed else 0
        holds = measure(servers, options)
        print(f"{passed} answers equal, {failed} not")
        return 0 if holds and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
