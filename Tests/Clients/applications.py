#!/usr/bin/env python3
"""Whole applications against PostgreSQL 15 and Ordinal: schemas with their migrations and a day's
statements, through psycopg 3 and SQLAlchemy. Every answer and every error must be the same.

    tools/clients applications [--ordinal PATH] [--show] [NAME…]

Applications are the modules of Tests/Clients/apps; each step of one counts as a test.
"""

import argparse
import importlib
import pathlib
import pprint
import sys
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "apps"), str(HERE.parent / "Harness")]

from recording import Application  # noqa: E402
from servers import Ordinal, Postgres  # noqa: E402

NAMES = ["issue_tracker", "shop", "chat", "blog", "job_queue", "event_store"]
DIFFERENCES_SHOWN = 12


def run(module, server):
    """The steps of one application on a server whose database `postgres` is new."""
    app = Application(server)
    try:
        module.run(app)
    except Exception:  # An application that ends early has told why in its steps.
        app.steps.append(("ended early", traceback.format_exc(limit=-3)))
    finally:
        app.close()
    return app.steps


def show(step):
    return pprint.pformat(step, width=150, compact=True).replace("\n", "\n        ")


def compare(name, wanted, found, limit):
    passed, failed = 0, 0
    for number in range(max(len(wanted), len(found))):
        left = wanted[number] if number < len(wanted) else "no such step"
        right = found[number] if number < len(found) else "no such step"
        early = left[0] == "ended early"
        if left == right and not early:
            passed += 1
            continue
        failed += 1
        if failed <= limit:
            print(f"FAIL {name} step {number + 1}\n   postgres {show(left)}\n"
                  f"   ordinal  {show(right)}")
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--ordinal", help="another binary than the release build")
    parser.add_argument("--show", action="store_true", help="print PostgreSQL's steps, too")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    passed = failed = 0
    with Postgres.scratch() as postgres:
        for name in options.names or NAMES:
            module = importlib.import_module(name)
            postgres.fresh_database()
            started = time.monotonic()
            wanted = run(module, postgres)
            if options.show:
                for step in wanted:
                    print("   ", show(step))
            with Ordinal.scratch() as server:
                found = run(module, server)
                if not server.alive:
                    found.append(("the server ended", server.log_tail(2000)))
            held, broken = compare(name, wanted, found, DIFFERENCES_SHOWN)
            passed += held
            failed += broken
            print(f"{'FAIL' if broken else 'ok  '} {name}: {held} of {held + broken} steps "
                  f"({time.monotonic() - started:.1f} s)", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
