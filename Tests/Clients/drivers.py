#!/usr/bin/env python3
"""Drivers against PostgreSQL 15 and Ordinal: what each prints has to be the same, line by line.

    tools/clients drivers|jdbc|node [--ordinal PATH]

The scripts are Tests/Clients/drivers; they get the directory of the server's socket and its port.
"""

import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Harness"))

from servers import ROOT, Ordinal, Postgres  # noqa: E402

SCRIPTS = HERE / "drivers"
SECONDS_MAX = 120
LINES_SHOWN = 40
BUILD = ROOT / ".build" / "clients"
# Addresses of objects, and the numbers of sessions in the names of their schemas.
PASSING = re.compile(r" at 0x[0-9a-f]+|(?<=pg_temp_)\d+")


def python(name):
    return [sys.executable, str(SCRIPTS / f"{name}_client.py")]


def node():
    modules = BUILD / "node" / "usr" / "share" / "nodejs"
    os.environ["NODE_PATH"] = str(modules)
    return ["node", str(SCRIPTS / "node_client.js")]


def java():
    classes = BUILD / "jdbc"
    classes.mkdir(parents=True, exist_ok=True)
    jar = "/usr/share/java/postgresql.jar"
    subprocess.run(
        ["javac", "-cp", jar, "-d", str(classes), str(SCRIPTS / "JdbcClient.java")], check=True)
    return ["java", "-cp", f"{jar}:{classes}", "JdbcClient"]


DRIVERS = {
    "psycopg2": lambda: python("psycopg2"), "asyncpg": lambda: python("asyncpg"),
    "pg8000": lambda: python("pg8000"), "node": node, "jdbc": java,
}


def printed(command, server):
    done = subprocess.run(
        [*command, str(server.sockets), str(server.port)], capture_output=True, text=True,
        timeout=SECONDS_MAX)
    lines = PASSING.sub("", done.stdout).replace(str(server.sockets), "").split("\n")
    if done.returncode != 0:
        lines += ["ended with " + str(done.returncode), *done.stderr.split("\n")[-12:]]
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="+", choices=sorted(DRIVERS))
    parser.add_argument("--ordinal", help="another binary than the release build")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    passed = failed = 0
    with Postgres.scratch() as postgres:
        for name in options.names:
            command = DRIVERS[name]()
            postgres.fresh_database()
            wanted = printed(command, postgres)
            with Ordinal.scratch() as server:
                found = printed(command, server)
                if not server.alive:
                    found.append(f"the server ended: {server.log_tail(2000)}")
            diff = [line for line in difflib.unified_diff(
                wanted, found, "postgres", "ordinal", lineterm="", n=0) if line[:2] != "@@"][2:]
            broken = sum(line[0] == "-" for line in diff) or len(diff)
            ended = any(line.startswith("ended with") for line in wanted)
            broken += ended
            passed += len(wanted) - min(broken, len(wanted))
            failed += broken
            print(f"{'FAIL' if broken else 'ok  '} {name}: {len(wanted)} lines")
            print("\n".join(line[:400] for line in diff[:LINES_SHOWN]), end="\n" if diff else "")
            if ended:
                print("\n".join(wanted[-12:]))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
