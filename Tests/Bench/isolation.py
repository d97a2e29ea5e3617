#!/usr/bin/env python3
"""How little sixty clients notice of four bad neighbours.

    tools/bench isolation [--rounds 3] [--seconds 10] [--ordinal PATH] [--server postgres|ordinal]

Sixty connections do 5,000 point selects a second in total (pgbench -R 5000), first in calm, then
beside one connection in pg_sleep, one in an endless join, one waiting for a row lock and one that
does not read its result. The 99th percentile of Ordinal must stay within twice its calm one, and
not above PostgreSQL's in the same situation.
"""

import argparse
import contextlib
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from servers import Ordinal, Postgres  # noqa: E402
from wire import Connection, message, text  # noqa: E402

ROWS = 100_000
CLIENTS = 60
RATE = 5000


def latencies(server, seconds):
    """Latencies in milliseconds, counted from the moment each select was due."""
    with tempfile.TemporaryDirectory(prefix="isolation-") as directory:
        script = pathlib.Path(directory, "script.sql")
        script.write_text(
            f"\\set id random(1, {ROWS})\nSELECT v FROM points WHERE id = :id;\n")
        done = subprocess.run(
            ["pgbench", "-n", "-f", str(script), "-M", "prepared", "-c", str(CLIENTS), "-j", "2",
             "-R", str(RATE), "-T", str(seconds), "-l", "--log-prefix", f"{directory}/log",
             "postgres"],
            env=server.environment(), text=True, capture_output=True, timeout=600)
        if done.returncode != 0:
            raise RuntimeError(f"pgbench on {server.name}: {done.stderr[-1000:]}")
        found = [int(line.split()[2]) / 1000
                 for path in pathlib.Path(directory).glob("log*")
                 for line in path.read_text().splitlines()]
    if len(found) < RATE * seconds * 0.8:
        print(f"     {server.name} did only {len(found) / seconds:,.0f} of {RATE} a second")
    return sorted(found)


def percentile(sorted_values, share):
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))]


@contextlib.contextmanager
def neighbours(server):
    """The four; fails where one of them has ended before the end."""
    with contextlib.ExitStack() as stack:
        def connection():
            return stack.enter_context(contextlib.closing(Raw(server)))
        holder = connection()
        holder.query("BEGIN")
        holder.query("UPDATE locked SET v = v + 1 WHERE id = 1")
        waiting = [connection() for _ in range(4)]
        for neighbour, sql in zip(waiting, (
                "SELECT pg_sleep(600)",
                "SELECT count(*) FROM points a, points b WHERE a.v + b.v < 0",
                "UPDATE locked SET v = v + 1 WHERE id = 1",
                "SELECT * FROM points a, points b")):
            neighbour.send(message(b"Q", text(sql)))
        yield
        for neighbour in waiting[:3]:
            neighbour.socket.settimeout(0.05)
            with contextlib.suppress(TimeoutError):
                kind, body = neighbour.read()
                if kind != b"T":
                    raise RuntimeError(f"a neighbour has ended: {kind} {body[:200]}")
        for neighbour in waiting[:2]:
            neighbour.cancel()


class Raw(Connection):
    """Closes without a word: the server is in the middle of something."""

    def __init__(self, server):
        super().__init__(server.socket_path, timeout=30)

    def close(self):
        self.socket.close()


def measure(server, seconds):
    """Percentiles (50 and 99) in calm, and beside the neighbours."""
    calm = latencies(server, seconds)
    with neighbours(server):
        disturbed = latencies(server, seconds)
    return [percentile(values, share) for values in (calm, disturbed) for share in (0.5, 0.99)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--ordinal")
    parser.add_argument("--server", choices=["postgres", "ordinal"])
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    found = {}
    with contextlib.ExitStack() as stack:
        servers = []
        if options.server != "ordinal":
            servers.append(stack.enter_context(Postgres.scratch()))
        if options.server != "postgres":
            servers.append(stack.enter_context(Ordinal.scratch()))
        for server in servers:
            server.psql(
                "CREATE TABLE points (id int PRIMARY KEY, v int);"
                f"INSERT INTO points SELECT g, g FROM generate_series(1, {ROWS}) AS g;"
                "CREATE TABLE locked (id int PRIMARY KEY, v int);"
                "INSERT INTO locked VALUES (1, 0);"
                "ANALYZE points")
        for number in range(options.rounds):
            for server in servers if number % 2 == 0 else servers[::-1]:
                found.setdefault(server.name, []).append(measure(server, options.seconds))
    print(f"{'milliseconds':12} {'calm p50':>9} {'calm p99':>9} {'beside p50':>11} "
          f"{'beside p99':>11}")
    medians = {}
    for name, rows in found.items():
        medians[name] = [statistics.median(column) for column in zip(*rows)]
        print(f"{name:12} {medians[name][0]:9.3f} {medians[name][1]:9.3f} "
              f"{medians[name][2]:11.3f} {medians[name][3]:11.3f}")
    if len(medians) < 2:
        return 0
    _, calm, _, beside = medians["ordinal"]
    twice = beside <= 2 * calm
    below = beside <= medians["postgres"][3]
    print(f"within twice of calm: {'yes' if twice else 'NO'}; "
          f"not above PostgreSQL: {'yes' if below else 'NO'}")
    return 0 if twice and below else 1


if __name__ == "__main__":
    sys.exit(main())
