#!/usr/bin/env python3
"""`ordinal verify` on data that is whole, that a crash has left, and that is damaged.

    python3 Tests/Crash/verify.py [--seed N] [--ordinal PATH]

A server gets tables with all kinds of indexes and checkpoints, and is stopped or killed: verify finds
nothing. Then one bit is flipped in each file in turn, at places that the seed chooses: verify names the
file and an offset, and the directory is left as it was.
"""

import argparse
import hashlib
import pathlib
import random
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))
from servers import Ordinal  # noqa: E402

SCHEMA = """
CREATE TABLE plain (a int, b text);
CREATE INDEX plain_b ON plain (b DESC NULLS LAST, a);
CREATE TABLE keyed (id bigserial PRIMARY KEY, a numeric, b text UNIQUE, c date DEFAULT '2020-02-02',
                    d int GENERATED ALWAYS AS (length(b)) STORED);
CREATE INDEX keyed_expression ON keyed (lower(b), (a * 2)) WHERE a > 10;
CREATE TABLE deferred (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, a int,
                       EXCLUDE USING btree (a WITH =));
CREATE TABLE parted (id int, a int, UNIQUE (id, a)) PARTITION BY HASH (id);
CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY, b text);
CREATE INDEX ON unlogged (b);
"""

LOAD = """
INSERT INTO plain SELECT i %% 50, CASE WHEN i %% 7 > 0 THEN 'text ' || i END FROM generate_series(%(a)d, %(b)d) i;
INSERT INTO keyed (a, b) SELECT i / 3.0, 'Key ' || i FROM generate_series(%(a)d, %(b)d) i;
INSERT INTO deferred SELECT i, -i FROM generate_series(%(a)d, %(b)d) i;
INSERT INTO parted SELECT i, i * i FROM generate_series(%(a)d, %(b)d) i;
INSERT INTO unlogged SELECT i, 'u' || i FROM generate_series(%(a)d, %(b)d) i;
UPDATE plain SET b = b || '!' WHERE a %% 5 = 0;
UPDATE keyed SET b = upper(b) WHERE id %% 11 = 3;
DELETE FROM keyed WHERE id %% 13 = 1;
UPDATE deferred SET id = -id WHERE id %% 4 = 0 AND id > 0;
CREATE INDEX ON plain (a) WHERE b IS NOT NULL;
ALTER TABLE parted ADD COLUMN n%(a)d int DEFAULT 5;
"""


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def expect(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {what}")


def verify(server):
    """(exit status, what it says)"""
    done = subprocess.run(
        [str(server.binary), "verify", "--data", str(server.data)], capture_output=True, text=True,
        timeout=300)
    return done.returncode, done.stdout + done.stderr


def contents(server):
    return {str(path.relative_to(server.data)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(server.data.rglob("*")) if path.is_file()}


def check_whole(server, checks, what):
    before = contents(server)
    status, said = verify(server)
    checks.expect(status == 0 and "everything is whole" in said, f"{what}: {status}\n{said}")
    checks.expect(re.search(r'database "postgres": 6 tables with \d{3,} rows and \d{3,} index', said),
                  f"{what}: all tables are looked at\n{said}")
    checks.expect(contents(server) == before, f"{what}: the directory is as it was")


def check_damage(server, checks, chance, count):
    """Flips bits of every file of log and segments."""
    for path in sorted([*server.data.glob("log/*"), *server.data.glob("segments/*")]):
        original = path.read_bytes()
        used = len(original.rstrip(b"\0"))
        for number in range(count):
            # Of the log's files most is zeros: there half of the places are among what is used.
            offset = chance.randrange(used if number % 2 == 0 and used > 0 else len(original))
            damaged = bytearray(original)
            damaged[offset] ^= 1 << chance.randrange(8)
            path.write_bytes(damaged)
            status, said = verify(server)
            named = [int(m) for m in re.findall(rf'{re.escape(path.name)}".* offset (\d+)', said)]
            checks.expect(
                status == 1 and any(place <= offset for place in named),
                f"{path.name}, a bit at {offset} of {used}: {status}\n{said}")
        path.write_bytes(original)


def run(chance, checks):
    settings = ["-c", "memtable_memory_kb=256"]
    with Ordinal.scratch(options=settings) as server:
        server.psql(SCHEMA)
        for step in range(4):
            server.psql(LOAD % {"a": step * 1000 + 1, "b": step * 1000 + 900})
            if step % 2 == 0:
                server.psql("CHECKPOINT")
        server.psql("CREATE DATABASE other")
        server.psql("CREATE TABLE there (id int PRIMARY KEY)", database="other")
        status, said = verify(server)
        checks.expect(
            status == 2 and 'lock file "postmaster.pid" already exists' in said
            and f"(PID {server.process.pid})" in said, f"of a server that runs: {status}\n{said}")
        server.kill()
        check_whole(server, checks, "after a crash")
        server.start()
        server.psql("UPDATE keyed SET a = a + 1")
        server.stop()
        check_whole(server, checks, "after a clean stop")
        # A start makes nothing of its own of what verify has left.
        server.start()
        checks.expect(server.psql("SELECT count(*) FROM keyed") == "3323", "the rows are there")
        server.psql("INSERT INTO deferred SELECT i, -i FROM generate_series(9000, 9100) i")
        server.stop()
        check_damage(server, checks, chance, 6)
        check_whole(server, checks, "after all damage was mended")
        (server.data / "postgresql.conf").write_text("nonsense here\n")
        status, said = verify(server)
        checks.expect(status == 1 and "postgresql.conf" in said, f"settings: {status}\n{said}")
        (server.data / "ORDINAL_VERSION").write_text("77\n")
        status, said = verify(server)
        checks.expect(
            status == 2 and "has format 77" in said, f"another version: {status}\n{said}")
        done = subprocess.run([str(server.binary), "verify", "--data", str(server.sockets)],
                              capture_output=True, text=True)
        checks.expect(done.returncode == 2 and "is no data directory" in done.stderr,
                      f"another directory: {done.returncode} {done.stderr}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--ordinal")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    seed = options.seed if options.seed is not None else random.randrange(1 << 32)
    print(f"seed {seed}")
    checks = Checks()
    run(random.Random(seed), checks)
    print(f"{checks.passed} passed, {checks.failed} failed")
    sys.exit(checks.failed > 0)


if __name__ == "__main__":
    main()
