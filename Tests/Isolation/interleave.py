#!/usr/bin/env python3
"""Runs interleavings of sessions on Ordinal and compares what each step gives with PostgreSQL 15.

    python3 Tests/Isolation/interleave.py [--ordinal PATH] [NAME…]
    python3 Tests/Isolation/interleave.py --oracle [NAME…]     makes the expected files

A spec in `specs` has keywords at the left margin and their contents indented:

    # What it shows.
    setup
        CREATE TABLE t (id int PRIMARY KEY);
    session a
        begin   BEGIN;
        add     INSERT INTO t VALUES (1);
        end     COMMIT;
    session b
        add     INSERT INTO t VALUES (1);
    run a.begin a.add b.add a.end
    every a b

A step is a name and a statement, which goes on in lines that are indented further. Steps before the
first `run` line's are not run by themselves, but for one named `open`, which runs when its session
connects. `run` is one order of steps; `every` all orders that keep each session's own. A step that
has to wait is reported as such at once, when the server says who is in its way, and again when it
is done; `step!` waits for the end of the step, whatever it waits for (deadlocks), and `a.` for the
end of the one that session a waits in. An order in which a session would have to go on while it
waits ends there.
"""

import argparse
import difflib
import pathlib
import re
import select
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Harness"))

from servers import Ordinal, Postgres  # noqa: E402
from wire import (  # noqa: E402
    Connection, decode_description, decode_fields, decode_row, message, text)

# How long a step may neither end nor be seen to wait.
STEP_SECONDS_MAX = 30
# The control connection is asked who waits after so long without an answer.
WATCH_SECONDS = 0.01
# Numbers that differ from run to run.
NUMBERS = re.compile(
    r"\b([Pp]rocess|transaction|relation|database|pivot|OID) \d+")
# Where PostgreSQL's row lies in its file, which Ordinal's does not.
PLACES = re.compile(r"^while \w+ tuple \(\d+,\d+\) in relation")


class Spec:
    """A parsed file."""

    def __init__(self, path):
        self.name = path.stem
        self.title = ""
        self.setup = ""
        self.sessions = {}
        self.orders = []
        place = None
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                self.title = self.title or line.lstrip("# ")
            elif line[0] != " ":
                place = self.keyword(line, number)
            elif place == "setup":
                self.setup += line.strip() + "\n"
            elif line.startswith("        ") and line[8] == " ":
                steps = self.sessions[place]
                steps[list(steps)[-1]] += " " + line.strip()
            else:
                step, _, sql = line.strip().partition(" ")
                self.sessions[place][step] = sql.strip()

    def keyword(self, line, number):
        word, _, rest = line.partition(" ")
        if word == "setup":
            return word
        if word == "session":
            self.sessions[rest] = {}
            return rest
        if word == "run":
            self.orders.append(rest.split())
        elif word == "every":
            self.orders += list(self.merges(rest.split()))
        else:
            raise ValueError(f"{self.name}:{number}: {line}")
        return None

    def merges(self, names):
        """All orders of the sessions' steps that keep each session's own."""
        steps = {name: [f"{name}.{step}" for step in self.sessions[name] if step != "open"]
                 for name in names}
        turns = [name for name in names for _ in steps[name]]
        for order in self.turns(turns):
            left = {name: iter(steps[name]) for name in names}
            yield [next(left[name]) for name in order]

    @staticmethod
    def turns(turns):
        """The different permutations, sorted."""
        def walk(counts, prefix):
            if not any(counts.values()):
                yield tuple(prefix)
            for name in sorted(counts):
                if counts[name]:
                    counts[name] -= 1
                    yield from walk(counts, prefix + [name])
                    counts[name] += 1
        yield from walk({name: turns.count(name) for name in turns}, [])


class Session:
    """A connection with at most one step under way."""

    def __init__(self, server, name, steps):
        self.name = name
        self.connection = Connection(server.socket_path, timeout=STEP_SECONDS_MAX)
        self.connection.query("SET search_path = play")
        if "open" in steps:
            self.connection.query(steps["open"])
        self.pid = self.connection.key[0]
        self.step = None

    def start(self, step, sql):
        self.step = step
        self.connection.send(message(b"Q", text(sql)))

    def answered(self, seconds):
        if self.connection.buffer:
            return True
        return bool(select.select([self.connection.socket], [], [], seconds)[0])

    def finish(self):
        """The lines of the step's answer."""
        lines, self.connection.notices = [], []
        while True:
            kind, body = self.connection.read()
            if kind == b"T":
                lines.append("| " + " | ".join(name for name, *_ in decode_description(body)))
            elif kind == b"D":
                values = ["null" if v is None else v.decode() for v in decode_row(body)]
                lines.append("  " + " | ".join(values))
            elif kind == b"E":
                # PostgreSQL runs some statements before it says which columns they have.
                if lines and lines[-1].startswith("| "):
                    lines.pop()
                lines += report(body)
            elif kind == b"C" and body.split(b" ")[0] in (b"UPDATE", b"DELETE", b"INSERT", b"MERGE"):
                lines.append("= " + body.rstrip(b"\0").decode())
            elif kind == b"Z":
                notices = [f"{n.get('S')}: {n.get('M')}" for n in self.connection.notices]
                self.step = None
                return notices + lines


def report(body):
    """The lines of an error."""
    fields = decode_fields(body)
    lines = [f"{fields['S']} {fields['C']}: {fields['M']}"]
    for code, title in (("D", "DETAIL"), ("H", "HINT"), ("W", "CONTEXT")):
        if code in fields:
            lines += [f"{title}: {line}" for line in fields[code].split("\n")
                      if not PLACES.search(line)]
    return [NUMBERS.sub(r"\1 N", line) for line in lines]


class Player:
    """Plays the orders of one spec on one server."""

    def __init__(self, server, spec):
        self.server, self.spec = server, spec
        self.control = Connection(server.socket_path, timeout=STEP_SECONDS_MAX)
        self.control.query("SET client_min_messages = warning")

    def play(self):
        lines = [f"# {self.spec.title}"]
        for order in self.spec.orders:
            lines += ["", "run " + " ".join(order)] + self.order(order)
        self.control.close()
        return "\n".join(lines) + "\n"

    def order(self, order):
        self.control.query("DROP SCHEMA IF EXISTS play CASCADE")
        self.control.query("CREATE SCHEMA play; SET search_path = play")
        self.control.query(self.spec.setup)
        sessions = {name: Session(self.server, name, steps)
                    for name, steps in self.spec.sessions.items()}
        self.pids = "{" + ",".join(str(s.pid) for s in sessions.values()) + "}"
        lines, waiting = [], []
        try:
            for place in order:
                must_end = place.endswith("!")
                name, _, step = place.rstrip("!").partition(".")
                session = sessions[name]
                if not step:
                    if session.step and self.settle(session, True):
                        waiting.remove(session)
                        lines += self.answer(f"{session.step} done", session)
                    continue
                if session.step:
                    lines.append(f"{name}.{step}: cannot begin, {session.step} waits")
                    break
                sql = self.spec.sessions[name][step]
                session.start(f"{name}.{step}", sql)
                if self.settle(session, must_end):
                    lines += self.answer(f"{name}.{step}: {sql}", session)
                else:
                    lines.append(f"{name}.{step}: {sql} <waiting>")
                    waiting.append(session)
                # Those who waited go on or still wait, one after the other.
                lines += self.settle_all(waiting)
            lines += self.settle_end(sessions, waiting)
        finally:
            for session in sessions.values():
                session.connection.close()
        return lines

    def answer(self, title, session):
        return [title] + ["    " + line for line in session.finish()]

    def settle_all(self, waiting):
        lines = []
        changed = True
        while changed:
            changed = False
            for session in list(waiting):
                if self.settle(session, False):
                    waiting.remove(session)
                    lines += self.answer(f"{session.step} done", session)
                    changed = True
        return lines

    def settle_end(self, sessions, waiting):
        """Sessions that do not wait roll back, until none waits."""
        lines = []
        for _ in sessions:
            if not waiting:
                break
            for session in sessions.values():
                if not session.step:
                    session.connection.query("ROLLBACK")
            lines += self.settle_all(waiting)
        for session in waiting:
            lines.append(f"{session.step} waits for ever")
        return lines

    def settle(self, session, must_end):
        """True when the step has ended, false when it waits for another session."""
        deadline = time.monotonic() + STEP_SECONDS_MAX
        while not session.answered(WATCH_SECONDS):
            if not must_end and self.is_blocked(session):
                return session.answered(0)
            if time.monotonic() > deadline:
                raise TimeoutError(f"{session.step} neither ends nor waits")
        return True

    def is_blocked(self, session):
        rows = self.control.query(
            f"SELECT pg_isolation_test_session_is_blocked({session.pid}, '{self.pids}')")
        return rows[0][0] == "t"


def compare(spec, found, expected):
    difference = list(difflib.unified_diff(
        expected.splitlines(), found.splitlines(), "PostgreSQL", "Ordinal", lineterm="", n=4))
    if difference:
        print(f"FAIL {spec.name}: {spec.title}")
        print("\n".join("     " + line for line in difference[:80]))
        return False
    print(f"ok   {spec.name}", flush=True)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--ordinal", help="another binary than the release build")
    parser.add_argument("--oracle", action="store_true", help="make the expected files")
    parser.add_argument("--verify-oracle", action="store_true", help="compare PostgreSQL with them")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    specs = [Spec(path) for path in sorted((HERE / "specs").glob("*.spec"))
             if not options.names or path.stem in options.names]
    unknown = set(options.names) - {spec.name for spec in specs}
    if unknown:
        parser.error(f"no spec named {', '.join(sorted(unknown))}")
    passed = failed = 0
    is_oracle = options.oracle or options.verify_oracle
    with (Postgres if is_oracle else Ordinal).scratch() as server:
        for spec in specs:
            expected = HERE / "expected" / f"{spec.name}.out"
            try:
                found = Player(server, spec).play()
                if options.oracle:
                    expected.write_text(found)
                    print(f"made {spec.name}", flush=True)
                    passed += 1
                    continue
                good = compare(spec, found, expected.read_text())
            except Exception as error:  # Any failure of a spec is that spec's failure.
                print(f"FAIL {spec.name}: {type(error).__name__}: {error}", flush=True)
                good = False
                if not server.alive:
                    print(server.log_tail(2000))
                    server.start()
            passed += good
            failed += not good
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
