#!/usr/bin/env python3
"""The regress corpus with its tokens mixed up: the server answers everything, and in time.

    python3 Tests/Fuzz/mutate.py [--seconds 20] [--seed N] [--ordinal PATH] [TOPIC…]

Each worker has a database of its own, runs the statements of the topics of Tests/Regress/sql in
order, and before each some mutations of it: tokens dropped, doubled, swapped, taken from other
statements, values made extreme. What counts as a failure: the server ends, a connection is lost
without a FATAL error that says why, an error XX000, a statement that outlives its cancel. The seed
is printed; the same seed gives the same statements to each worker.
"""

import argparse
import pathlib
import random
import re
import socket
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "Harness"))

from regress import split_statements  # noqa: E402
from servers import Ordinal  # noqa: E402
from wire import (  # noqa: E402
    FLUSH, SYNC, Connection, ServerError, bind_message, decode_fields, describe_message, execute_message,
    message, parse_message, text)

WORKERS = 2
TIMEOUT_SECONDS = 2
# How much longer than its timeout a statement may take on a busy machine before it is cancelled,
# and how much longer than the cancel.
GRACE_SECONDS = 6
MUTATIONS_MAX = 3

TOKEN = re.compile(
    r"\s+|--[^\n]*|/\*.*?\*/|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|[eEbBxXnN]?'(?:[^']|'')*'"
    r"|\"(?:[^\"]|\"\")*\"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*"
    r"|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\$\d+|::|:=|=>|[-+*/<>=~!@#%^&|`?]+|.", re.S)
NUMBERS = [
    "0", "-1", "1", "2", "127", "128", "32767", "32768", "2147483647", "2147483648", "-2147483648",
    "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1e308", "1e-400",
    "1.5", "0.1", "99999999999999999999999999", "1e131072", "NULL"]
STRINGS = [
    "''", "' '", "'NaN'", "'infinity'", "'-infinity'", "'{}'", "'[]'", "'{1,2,3}'", "'{{1},{2}}'",
    "'[0:1]={1,2}'", "'null'", "'{\"a\": [1, {\"b\": null}]}'", "'2024-02-29'", "'epoch'",
    "'294276-12-31 23:59:59.999999'", "'4713-01-01 BC'", "'5874897-12-31'",
    "'178000000 years'", "'-2147483648 mons'", "'1 day -25:00:00'", "'é\u20ac\U0001f600'",
    "'\\x00ff'", "'%'", "'\\'", "'(((('", "'a|b*'", "'9999999999999999999'", "'-1'", "'t'",
    "'Y,YYY MM DD HH24:MI:SS.US'", "'9G999D99'", "repeat('x', 10000)", "NULL", "'1 2 3'",
    "E'\\\\'", "'Europe/Berlin'", "'pg_class'", "'int4'"]
WORDS = [
    "NULL", "DEFAULT", "NOT", "ALL", "ANY", "DISTINCT", "LATERAL", "OVER ()", "(SELECT 1)", "()",
    "ARRAY[]", "ROW()", "*", "CASE WHEN true THEN 1 END", "COLLATE \"C\"", "::int[]", "::text",
    "::jsonb", "::numeric", "::interval", "LIMIT 0", "OFFSET 1", "ORDER BY 1", "GROUP BY 1",
    "FOR UPDATE", "WITH ORDINALITY", "generate_series(1, 3)", "CASCADE", "RETURNING *"]
# Files of the machine that runs the test, and what would stop the test by design.
FORBIDDEN = re.compile(
    r"copy\b.*(from|to)\s*(program\b|[eE]?'/)|pg_terminate_backend|pg_sleep|pg_read_file|lo_export"
    r"|pg_rotate_logfile", re.I | re.S)
# Internal errors that PostgreSQL has for users as well.
OWN_OF_POSTGRESQL = re.compile(
    r"^could not open relation with OID \d+$|^cache lookup failed for |^cannot alter constraint "
    r"|^unrecognized objtype abbreviation: |^unrecognized object class: \d+$")


def statements_of(path):
    """The statements of a script without psql's own commands and COPY data."""
    lines = path.read_text().split("\n")
    for first, last, _ in split_statements("\n".join(lines)):
        sql = "\n".join(lines[first:last + 1])
        if sql.startswith("\\") or re.search(r":'?\w+'?\b(?<!::)", re.sub(r"'[^']*'|::", "", sql)):
            continue
        yield re.sub(r"\s*\\g\w*.*$|;\s*$", "", sql.replace("\\;", ";"))


class Mutator:
    def __init__(self, chance, corpus):
        self.random = chance
        self.corpus = corpus
        self.by_class = {}
        for sql in corpus:
            for token in self.tokens(sql):
                self.by_class.setdefault(self.class_of(token), []).append(token)

    @staticmethod
    def class_of(token):
        """What can stand in a token's place with some sense."""
        if token[-1] == "'":
            return "string"
        if token[0].isdigit():
            return "number"
        if token[0] == '"' or token[0].isalpha() or token[0] == "_":
            return "word"
        return "symbol" if token in "(),.;[]" else "operator"

    def mutate(self, sql):
        tokens = self.tokens(sql)
        for _ in range(self.random.randint(1, MUTATIONS_MAX)):
            self.change(tokens)
        return "".join(tokens)[:20000]

    def change(self, tokens):
        places = [i for i, token in enumerate(tokens) if not token.isspace()]
        if not places:
            tokens.append(self.random.choice(WORDS))
            return
        pick = self.random.choice
        place = pick(places)
        kind = self.random.randrange(18)
        if kind == 0:
            del tokens[place]
        elif kind == 1:
            tokens.insert(place, tokens[place] + " ")
        elif kind == 2:
            other = pick(places)
            tokens[place], tokens[other] = tokens[other], tokens[place]
        elif kind == 3:
            tokens[place] = " " + pick(self.tokens(pick(self.corpus))) + " "
        elif kind == 4:
            end = min(place + self.random.randint(2, 8), len(tokens))
            tokens[place:place] = tokens[place:end] + [" "]
        elif kind == 5:
            other = self.tokens(pick(self.corpus))
            start = self.random.randrange(len(other))
            tokens[place:] = [" "] + other[start:]
        elif kind == 6:
            tokens.insert(place, " " + pick(WORDS) + " ")
        elif kind == 7:
            tokens[place] = f"({tokens[place]})"
        elif kind < 13:
            tokens[place] = pick(self.by_class[self.class_of(tokens[place])])
        else:
            values = [i for i in places if tokens[i][0].isdigit() or tokens[i][-1] == "'"]
            place = pick(values or places)
            tokens[place] = pick(NUMBERS if tokens[place][0].isdigit() else STRINGS)

    @staticmethod
    def tokens(sql):
        return [m.group(0) for m in TOKEN.finditer(sql)] or [" "]


class Worker(threading.Thread):
    """Runs statements on one connection until the time is over."""

    # Restarts of the server are one worker's.
    lock = threading.Lock()

    def __init__(self, number, server, options, corpus):
        super().__init__(name=f"worker {number}")
        self.database = f"fuzz{number}"
        self.server = server
        self.options = options
        self.random = random.Random(options.seed * 1000 + number)
        self.topics = corpus
        self.mutator = Mutator(self.random, [s for topic in corpus.values() for s in topic])
        self.connection = None
        self.count = 0
        self.codes = {}
        self.findings = []
        self.recent = []

    def run(self):
        try:
            while time.monotonic() < self.options.end:
                topics = list(self.topics)
                self.random.shuffle(topics)
                for topic in topics:
                    self.fresh()
                    for sql in self.topics[topic]:
                        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
                            self.execute(self.mutator.mutate(sql))
                        self.execute(sql)
                        if time.monotonic() >= self.options.end or len(self.findings) > 50:
                            return
        except Exception as error:  # What the harness does not expect is a failure of its own.
            self.finding(f"the worker failed: {error!r}", "")

    def fresh(self):
        """A new database and a new connection."""
        if self.connection:
            self.connection.close()
        with Connection(self.server.socket_path, timeout=60) as setup:
            for _ in range(50):
                try:
                    setup.query(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
                    break
                except ServerError:
                    time.sleep(0.1)
            setup.query(f"CREATE DATABASE {self.database} TEMPLATE template0")
        self.connect()

    def connect(self):
        self.connection = Connection(
            self.server.socket_path, database=self.database, timeout=TIMEOUT_SECONDS + GRACE_SECONDS)
        self.connection.query(f"SET statement_timeout = '{TIMEOUT_SECONDS}s'")
        self.connection.query(f"SET lock_timeout = '{TIMEOUT_SECONDS}s'")
        self.connection.query("SET idle_in_transaction_session_timeout = 0")

    def finding(self, what, sql):
        self.findings.append((what, sql, list(self.recent)))
        print(f"--- {self.name}, seed {self.options.seed}: {what}\n{sql}\n", flush=True)

    def crash(self):
        """The log from the last crash on."""
        log = self.server.log.read_bytes()
        start = max(log.rfind(mark) for mark in (b"Fatal error", b"Program crashed", b"malloc"))
        recent = "\n".join(f"  {statement!r}" for statement in self.recent[-5:])
        return f"{log[max(start, 0):][:5000].decode(errors='replace')}\nafter\n{recent}\n"

    def execute(self, sql):
        if FORBIDDEN.search(sql) or "\0" in sql or not sql.strip():
            return
        self.count += 1
        self.recent = self.recent[-20:] + [sql]
        try:
            if self.count % 25 == 0:
                self.connection.query(f"ROLLBACK; SET statement_timeout = '{TIMEOUT_SECONDS}s'")
            self.exchange(sql)
        except socket.timeout:
            self.overdue(sql)
        except (EOFError, OSError) as error:
            time.sleep(0.2)
            if not self.server.alive:
                with self.lock:
                    self.finding(f"the server ended: {self.crash()}", sql)
                    if not self.server.alive:
                        self.server.start()
                self.fresh()
            else:
                self.finding(f"the connection was lost: {error}", sql)
                self.connect()
        except ServerError:
            pass

    def exchange(self, sql):
        """One statement by the simple protocol, or sometimes the extended one."""
        is_extended = needs_sync = self.random.random() < 0.25 and ";" not in sql
        if is_extended:
            formats = (self.random.randrange(2),)
            self.connection.send(
                parse_message("", sql) + bind_message("", "", result_formats=formats) +
                describe_message(b"P", "") + execute_message() + FLUSH)
        else:
            self.connection.send(message(b"Q", text(sql)))
        while True:
            kind, body = self.connection.read()
            if kind == b"E":
                fields = decode_fields(body)
                code = fields.get("C")
                self.codes[code] = self.codes.get(code, 0) + 1
                if code == "XX000" and not OWN_OF_POSTGRESQL.search(fields.get("M", "")):
                    self.finding(f"{code}: {fields.get('M')}", sql)
                if fields.get("V") == "FATAL":
                    self.connection.close()
                    self.connect()
                    return
            # One Sync, at the end: COPY would pass over an earlier one.
            if needs_sync and kind in (b"E", b"C", b"I"):
                needs_sync = False
                self.connection.send(SYNC)
            elif kind == b"G":
                data = self.random.choice((b"1\tx\n", b"1,2\n", b"\\N\t\\N\t\\N\n", b"", b"x"))
                self.connection.send(message(b"d", data) + message(b"c"))
            elif kind == b"Z":
                return

    def overdue(self, sql):
        """The statement did not end by itself: does a cancel end it?"""
        self.connection.socket.settimeout(GRACE_SECONDS)
        try:
            self.connection.cancel()
            while self.connection.read()[0] != b"Z":
                pass
            ended = "ended by a cancel only"
        except (socket.timeout, EOFError, OSError, ServerError):
            ended = "not ended by a cancel"
        limits = re.search(r"timeout|idle", " ".join(self.recent), re.I)
        # A statement of the corpus may have switched the timeout off.
        if ended == "not ended by a cancel" or not limits:
            self.finding(f"past its timeout, {ended}", sql)
        self.connection.socket.close()
        self.connect()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("topics", nargs="*")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--ordinal", help="another binary than the release build")
    parser.add_argument("--keep", action="store_true", help="leaves the server's directory")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    print(f"seed {options.seed}", flush=True)
    scripts = sorted((ROOT / "Tests" / "Regress" / "sql").glob("*.sql"))
    corpus = {path.stem: list(statements_of(path)) for path in scripts
              if not options.topics or path.stem in options.topics}
    with Ordinal.scratch(keep=options.keep) as server:
        options.end = time.monotonic() + options.seconds
        workers = [Worker(n, server, options, corpus) for n in range(options.workers)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    codes, count, failed = {}, 0, 0
    for worker in workers:
        count += worker.count
        failed += len(worker.findings)
        for code, number in worker.codes.items():
            codes[code] = codes.get(code, 0) + number
    print("errors by SQLSTATE: " + ", ".join(
        f"{code} {number}" for code, number in sorted(codes.items(), key=lambda item: -item[1])))
    print(f"{count} statements, {failed} findings")
    print(f"{1 if count and not failed else 0} passed, {failed or (0 if count else 1)} failed")
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())
