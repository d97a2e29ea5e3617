#!/usr/bin/env python3
"""pg_dump 15 of Ordinal's databases and of PostgreSQL's, and their restores on either.

    python3 Tests/Clients/restore.py [--ordinal PATH]

One schema is made on both servers. Its dumps (COPY, INSERTs) must be the same text from both, and
each must restore on each server without an error, so that a dump of the restored database is again
the same; sequences go on where they were.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from servers import Ordinal, Postgres  # noqa: E402

SCHEMA = pathlib.Path(__file__).resolve().parent / "restore.sql"
# What a dump says of itself, and of the moment and the key that it was made with.
OWN_LINES = re.compile(r"^(-- Dumped |-- Started |-- Completed |\\(un)?restrict |$|--$)")


class Results:
    """Counts what holds."""

    def __init__(self):
        self.passed = self.failed = 0

    def run(self, name, test):
        try:
            test()
        except Exception:  # Any failure of a test is that test's failure.
            self.failed += 1
            print(f"FAIL {name}\n{traceback.format_exc(limit=-2)}", flush=True)
        else:
            self.passed += 1
            print(f"ok   {name}", flush=True)

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


def run(server, command, database, text=None):
    done = subprocess.run(
        command, input=text, text=True, capture_output=True,
        env={**server.environment(), "PGDATABASE": database}, timeout=300)
    return done.returncode, done.stdout, done.stderr


def dump(server, database, *options):
    status, text, error = run(server, ["pg_dump", *options], database)
    if status != 0 or error:
        raise AssertionError(f"pg_dump {' '.join(options)} of {server.name}: {error}")
    return text


def lines(text):
    return [line for line in text.split("\n") if not OWN_LINES.match(line)]


def first_difference(left, right):
    for number, (a, b) in enumerate(zip(left, right)):
        if a != b:
            return f"line {number}: {a!r} and {b!r}"
    return None if len(left) == len(right) else f"{len(left)} and {len(right)} lines"


def restore(server, database, text):
    server.psql(f"CREATE DATABASE {database}")
    status, _, error = run(
        server, ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", "-o", "/dev/null"],
        database, text)
    if status != 0 or "ERROR" in error:
        raise AssertionError(f"restore on {server.name}: {error}")


def expect_equal(left, right):
    found = first_difference(lines(left), lines(right))
    if found:
        raise AssertionError(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ordinal", help="another binary than the release build")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    results = Results()
    with Postgres.scratch() as postgres, Ordinal.scratch() as ordinal:
        servers = (postgres, ordinal)
        for server in servers:
            server.psql("CREATE DATABASE shop")
            server.psql(SCHEMA.read_text(), database="shop")

        forms = {
            "COPY": (), "INSERTs": ("--inserts",), "schema": ("--schema-only",),
            "rows": ("--data-only", "--column-inserts", "--rows-per-insert=7"),
            "rows, triggers off": ("--data-only", "--disable-triggers"), "clean": ("--clean", "--if-exists"), "one schema": ("-n", "store", "--no-owner"),
        }
        for name, given in forms.items():
            def same(given=given):
                expect_equal(dump(postgres, "shop", *given), dump(ordinal, "shop", *given))
            results.run(f"pg_dump is the same: {name}", same)

        for source in servers:
            for target in servers:
                for name, given in (("copy", ()), ("inserts", ("--inserts",))):
                    database = f"{source.name}_{name}"

                    def round_trip(source=source, target=target, given=given, database=database):
                        text = dump(source, "shop", *given)
                        restore(target, database, text)
                        expect_equal(text, dump(target, database, *given))
                        first = target.psql(
                            "INSERT INTO store.customers (name, email) VALUES ('new', 'n@x') "
                            "RETURNING id; SELECT nextval('store.ticket_seq')", database=database)
                        if first.split() != ["105", "130"]:
                            raise AssertionError(f"sequences go on with {first.split()}")
                    results.run(f"{name} of {source.name} restores on {target.name}", round_trip)

        def custom():
            archive = ordinal.directory / "shop.dump"
            status, _, error = run(ordinal, ["pg_dump", "-Fc", "-f", str(archive)], "shop")
            assert status == 0 and not error, error
            ordinal.psql("CREATE DATABASE from_archive")
            status, _, error = run(
                ordinal, ["pg_restore", "--exit-on-error", "--single-transaction",
                          "-d", "from_archive", str(archive)], "from_archive")
            assert status == 0 and not error, error
            expect_equal(dump(ordinal, "shop"), dump(ordinal, "from_archive"))
        results.run("pg_restore of an archive, in one transaction", custom)

        def roles():
            status, text, error = run(ordinal, ["pg_dumpall", "--globals-only"], "postgres")
            assert status == 0 and not error, error
            assert "CREATE ROLE shop_reader;" in text and "GRANT shop_reader TO shop_owner" in text
        results.run("pg_dumpall --globals-only", roles)
    return results.finish()


if __name__ == "__main__":
    sys.exit(main())
