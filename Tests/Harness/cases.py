"""A tiny test runner for scripts that need one server: @case functions taking it, counted at the end."""

import argparse
import pathlib
import random
import sys
import traceback

from servers import Ordinal, Postgres

CASES = []


def case(function):
    """Registers a test; its docstring says what must hold."""
    CASES.append(function)
    return function


def equal(found, wanted):
    """Fails with both values where they differ."""
    if found != wanted:
        raise AssertionError(f"found {found!r}, wanted {wanted!r}")


def main(description, prepare=None):
    """Runs all cases, or the named ones, on a new server; returns the exit status."""
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--ordinal", help="another binary than the release build")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, to test the tests")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    print(f"seed {options.seed}", flush=True)
    passed = failed = 0
    with (Postgres if options.postgres else Ordinal).scratch() as server:
        server.seed = options.seed
        if prepare:
            prepare(server)
        for test in CASES:
            if options.names and test.__name__ not in options.names:
                continue
            try:
                test(server)
                if not server.alive:
                    raise AssertionError(f"the server ended: {server.log_tail(2000)}")
            except Exception:  # Any failure of a test is that test's failure.
                failed += 1
                print(f"FAIL {test.__name__}: {test.__doc__}")
                print("     " + traceback.format_exc(limit=-3).replace("\n", "\n     ").rstrip())
                if not server.alive:
                    server.start()
                continue
            passed += 1
            print(f"ok   {test.__name__}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def run(description, prepare=None):
    sys.exit(main(description, prepare))
