#!/usr/bin/env python3
"""A disk without room: statements that write fail with 53100, the others go on, and with room all do.

    python3 Tests/Crash/full.py [--rounds N] [--ordinal PATH]

Mounts a small file system in memory, which only root may do.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))
from servers import Ordinal  # noqa: E402
from wire import Connection, ServerError  # noqa: E402

SIZE_MEGABYTES = 96
SECONDS_MAX = 60


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def expect(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {what}")


def state_of(connection, sql):
    """The SQLSTATE that a statement fails with; None: it does not."""
    try:
        connection.query(sql)
        return None
    except ServerError as error:
        return error.state


def write_until(connection, wanted, counts):
    """Writes rows until a statement ends with the wanted state; what it ended with."""
    deadline = time.monotonic() + SECONDS_MAX
    while time.monotonic() < deadline:
        state = state_of(
            connection, "INSERT INTO kept (b) SELECT repeat('x', 1000) FROM generate_series(1, 300)")
        if state is None:
            counts["kept"] += 300
        if state == wanted:
            return state
        if state not in (None, "53100"):
            return state
    return "too late"


def run_round(server, checks, number, counts):
    filler = server.directory / "filler"
    with Connection(server.socket_path, timeout=SECONDS_MAX) as connection:
        with open(filler, "wb") as file:
            try:
                while True:
                    file.write(b"f" * (1 << 16))
                    file.flush()
            except OSError:
                pass
        checks.expect(write_until(connection, "53100", counts) == "53100", "writing is refused")
        for sql in ["INSERT INTO kept (b) VALUES ('y')", "UPDATE kept SET b = 'z' WHERE id = 1",
                    "CREATE TABLE more (a int)"]:
            state = state_of(connection, sql)
            checks.expect(state == "53100", f"{sql}: {state}")
        count = connection.query("SELECT count(*) FROM kept")
        checks.expect(count == [[str(counts["kept"])]], f"rows while the disk is full: {count}")
        checks.expect(connection.query("SELECT b FROM kept WHERE id = 1") != [], "a row is read")
        if number % 2 == 0:
            server.kill()
            filler.unlink()
            server.start()
    if number % 2 == 0:
        connection = Connection(server.socket_path, timeout=SECONDS_MAX)
    else:
        filler.unlink()
        connection = Connection(server.socket_path, timeout=SECONDS_MAX)
    with connection:
        checks.expect(write_until(connection, None, counts) is None, "with room it is written again")
        count = connection.query("SELECT count(*) FROM kept")
        checks.expect(count == [[str(counts["kept"])]], f"rows with room: {count}")
        connection.query("CHECKPOINT")
        connection.query("DELETE FROM kept WHERE id > 1000")
        counts["kept"] = int(connection.query("SELECT count(*) FROM kept")[0][0])
        connection.query("CHECKPOINT")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--ordinal")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    checks = Checks()
    directory = tempfile.mkdtemp(prefix="ordinal-full-")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_MEGABYTES}m", "tmpfs", directory],
                   check=True)
    try:
        server = Ordinal(directory)
        server.start()
        try:
            server.psql("CREATE TABLE kept (id bigserial PRIMARY KEY, b text)")
            server.psql("INSERT INTO kept (b) SELECT 'first' FROM generate_series(1, 1000)")
            counts = {"kept": 1000}
            for number in range(options.rounds):
                run_round(server, checks, number, counts)
            server.stop()
            damage = server.verify()
            checks.expect(damage is None, f"verify: {damage}")
            log = server.log.read_text()
            checks.expect("PANIC" not in log, f"the server went on: {log[-2000:]}")
        finally:
            server.kill()
    finally:
        subprocess.run(["umount", directory], check=True)
        pathlib.Path(directory).rmdir()
    print(f"{checks.passed} passed, {checks.failed} failed")
    sys.exit(checks.failed > 0)


if __name__ == "__main__":
    main()
