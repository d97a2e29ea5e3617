#!/usr/bin/env python3
"""pgbench whole: -i, then TPC-B, simple-update and select-only in every mode and client count.

    python3 Tests/Clients/pgbench.py [--scale 10] [--seconds 3] [--short] [--ordinal PATH]
                                     [--postgres]

No transaction may fail, and the balances of accounts, tellers, branches and the history must agree
after every run. Each run is one test.
"""

import argparse
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from servers import Ordinal, Postgres  # noqa: E402

SCRIPTS = {"tpcb-like": "TPC-B", "simple-update": "simple update", "select-only": "select only"}
MODES = ("simple", "extended", "prepared")


def pgbench(server, *arguments):
    done = subprocess.run(
        ["pgbench", *arguments, "postgres"], env=server.environment(), text=True,
        capture_output=True, timeout=1800)
    return done.returncode, done.stdout + done.stderr


def initialise(server, scale):
    """Problems of `pgbench -i`."""
    status, output = pgbench(server, "-i", "-s", str(scale))
    if status != 0:
        return [f"pgbench -i ended with {status}: {output[-1000:]}"]
    counts = server.psql(
        "SELECT (SELECT count(*) FROM pgbench_accounts), (SELECT count(*) FROM pgbench_tellers), "
        "(SELECT count(*) FROM pgbench_branches)")
    wanted = f"{scale * 100000}|{scale * 10}|{scale}"
    return [] if counts == wanted else [f"loaded {counts}, wanted {wanted}"]


def agree(server):
    """Problems with the balances."""
    sums = server.psql(
        "SELECT (SELECT sum(abalance) FROM pgbench_accounts), "
        "(SELECT sum(tbalance) FROM pgbench_tellers), "
        "(SELECT sum(bbalance) FROM pgbench_branches), "
        "(SELECT coalesce(sum(delta), 0) FROM pgbench_history)").split("|")
    return [] if len(set(sums)) == 1 else [f"balances do not agree: {sums}"]


def run(server, script, mode, clients, seconds, whole):
    """(problems, transactions per second) of one run; `whole` when all balances must agree."""
    status, output = pgbench(
        server, "-n", "-b", script, "-M", mode, "-c", str(clients), "-j", "2",
        "-T", str(seconds))
    problems = []
    if status != 0:
        problems.append(f"ended with {status}: {output[-800:]}")
    failed = re.search(r"number of failed transactions: (\d+)", output)
    if failed and failed.group(1) != "0":
        problems.append(f"{failed.group(1)} failed transactions")
    rate = re.search(r"tps = ([\d.]+)", output)
    if whole:
        problems += agree(server)
    return problems, float(rate.group(1)) if rate else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scale", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--short", action="store_true", help="scale 1, one second, fewer runs")
    parser.add_argument("--ordinal")
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    scale = 1 if options.short else options.scale
    seconds = 1 if options.short else options.seconds
    clients = (8,) if options.short else (1, 8, 32, 64)
    passed = failed = 0
    with (Postgres if options.postgres else Ordinal).scratch() as server:
        problems = initialise(server, scale)
        results = [("pgbench -i", problems, 0.0)]
        # TPC-B first: simple-update does not touch tellers and branches.
        for script in SCRIPTS if not problems else ():
            for mode in MODES:
                for count in clients:
                    problems, rate = run(
                        server, script, mode, count, seconds, script == "tpcb-like")
                    results.append((f"{script}, {mode}, {count} clients", problems, rate))
        for name, problems, rate in results:
            passed, failed = passed + (not problems), failed + bool(problems)
            print(f"{'FAIL' if problems else 'ok  '} {name}" + (f": {rate:,.0f}/s" if rate else ""))
            for problem in problems:
                print(f"     {problem}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
