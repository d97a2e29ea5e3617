#!/usr/bin/env python3
"""Random transactions of many sessions, and a proof from what they have seen that none saw too much.

    python3 Tests/Isolation/history.py [--level LEVEL] [--transactions N] [--seed N]
    python3 Tests/Isolation/history.py --planted --ordinal .build/debug/ordinal

Each key has a list; each write appends a number of its own. At the end a list tells in which order
its writers came, so that every read shows which of them it had seen and which it had not (the
method of Kingsbury and Alvaro's Elle). From that follow, between committed transactions,

    ww   the next number of a list is another's        wr   a read saw another's last number
    rw   a read did not see the next number of another

READ COMMITTED allows no circle of ww and wr, no number of a transaction that has failed or was not
through, and loses none; REPEATABLE READ, no circle but those with two rw in a row; SERIALIZABLE, no
circle. At each level a transaction sees what was reported committed before it began.

--planted runs a debug build that leaves out one part of its isolation after the other
(ORDINAL_ISOLATION_FAULT), and must find each.
"""

import argparse
import collections
import os
import pathlib
import random
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Harness"))

from servers import Ordinal, Postgres  # noqa: E402
from wire import Connection, ServerError  # noqa: E402

LEVELS = ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]
SESSIONS = 8
KEYS = 12
BUCKETS = 4
STEPS_MAX = 4
RETRIED = {"40001", "40P01", "23505"}
# What each fault must show at which level.
FAULTS = [("dirty", "READ COMMITTED"), ("updates", "REPEATABLE READ"),
          ("snapshots", "REPEATABLE READ"), ("conflicts", "SERIALIZABLE")]


class Transaction:
    """What one transaction did: its steps with what they gave, and how and when it ended."""

    def __init__(self, number):
        self.number = number
        self.reads = []    # (key, numbers)
        self.writes = []   # (key, number)
        self.committed = False
        self.began = self.ended = 0.0


class Session(threading.Thread):
    """Runs random transactions on a connection of its own."""

    def __init__(self, server, level, number, count, seed):
        super().__init__()
        self.random = random.Random(f"{seed} {level} {number}")
        self.connection = Connection(server.socket_path, timeout=120)
        self.connection.query("SET deadlock_timeout = '20ms'; SET search_path = history")
        self.level, self.number, self.count = level, number, count
        self.transactions = []
        self.failure = None

    def run(self):
        try:
            for position in range(self.count):
                self.transact(self.number * self.count + position)
        except Exception as error:  # Reported by the thread that waits for this one.
            self.failure = error
        finally:
            self.connection.close()

    def transact(self, number):
        transaction = Transaction(number)
        self.transactions.append(transaction)
        transaction.began = time.monotonic()
        only = self.level != "READ COMMITTED" and self.random.random() < 0.15
        self.connection.query(
            f"BEGIN ISOLATION LEVEL {self.level}" + (" READ ONLY" if only else ""))
        try:
            for step in range(self.random.randint(1, STEPS_MAX)):
                self.step(transaction, number * STEPS_MAX + step + 1, only)
            if self.random.random() < 0.1:
                self.connection.query("ROLLBACK")
            else:
                self.connection.query("COMMIT")
                transaction.committed = True
        except ServerError as error:
            if error.state not in RETRIED:
                raise
            if self.connection.status != "I":
                self.connection.query("ROLLBACK")
        transaction.ended = time.monotonic()

    def step(self, transaction, value, only):
        choice = self.random.random()
        key = self.random.randrange(KEYS)
        if only or choice < 0.25:
            return self.read(transaction, [key], f"WHERE k = {key}")
        if choice < 0.35:
            last = min(key + 3, KEYS - 1)
            keys = list(range(key, last + 1))
            return self.read(transaction, keys, f"WHERE k BETWEEN {key} AND {last}")
        if choice < 0.45:
            bucket = key % BUCKETS
            keys = [k for k in range(KEYS) if k % BUCKETS == bucket]
            return self.read(transaction, keys, f"WHERE bucket = {bucket}")
        if choice < 0.5:
            return self.read(transaction, list(range(KEYS)), "")
        if choice < 0.6:
            return self.replace(transaction, key, value)
        self.connection.query(
            f"INSERT INTO list AS l VALUES ({key}, {key % BUCKETS}, '{value}') ON CONFLICT (k) "
            f"DO UPDATE SET numbers = l.numbers || ' {value}'")
        transaction.writes.append((key, value))
        return None

    def read(self, transaction, keys, condition):
        rows = self.connection.query(f"SELECT k, numbers FROM list {condition}")
        found = {int(key): [int(n) for n in numbers.split()] for key, numbers in rows}
        for key in keys:
            transaction.reads.append((key, found.get(key, [])))

    def replace(self, transaction, key, value):
        """Reads under a lock and writes what follows from that."""
        rows = self.connection.query(f"SELECT numbers FROM list WHERE k = {key} FOR UPDATE")
        if not rows:
            return
        transaction.reads.append((key, [int(n) for n in rows[0][0].split()]))
        self.connection.query(
            f"UPDATE list SET numbers = '{rows[0][0]} {value}' WHERE k = {key}")
        transaction.writes.append((key, value))


class History:
    """The transactions of a run, and what is wrong with them."""

    def __init__(self, level, transactions, final):
        self.level = level
        self.all = {t.number: t for t in transactions}
        self.final = final
        self.writer = {value: t for t in transactions for _, value in t.writes}
        self.problems = []
        self.dependencies = collections.defaultdict(set)
        self.antidependencies = collections.defaultdict(set)

    def check(self):
        self.check_final()
        for transaction in self.all.values():
            if transaction.committed:
                for key, numbers in transaction.reads:
                    self.check_read(transaction, key, numbers)
        self.check_circles()
        return self.problems

    def problem(self, text):
        if len(self.problems) < 20:
            self.problems.append(text)

    def check_final(self):
        """Every committed number is there once, no other; neighbours follow each other."""
        for key, numbers in self.final.items():
            for number, count in collections.Counter(numbers).items():
                if count > 1:
                    self.problem(f"key {key}: {number} is there {count} times")
                if not self.writer[number].committed:
                    self.problem(f"key {key}: {number} is of a transaction that failed")
            for before, after in zip(numbers, numbers[1:]):
                self.depend(self.writer[before], self.writer[after])
        for transaction in self.all.values():
            for key, number in transaction.writes:
                if transaction.committed and number not in self.final.get(key, []):
                    self.problem(f"key {key}: {number} was lost")

    def depend(self, first, second):
        if first is not second:
            self.dependencies[first.number].add(second.number)

    def check_read(self, reader, key, numbers):
        final = self.final.get(key, [])
        foreign = [n for n in numbers if self.writer[n] is not reader]
        for number in foreign:
            if not self.writer[number].committed:
                return self.problem(
                    f"{reader.number} read {number} of a transaction that failed")
        if numbers != final[:len(numbers)]:
            own = numbers and self.writer[numbers[-1]] is reader
            if not own:
                self.problem(f"{reader.number} read key {key} as {numbers}, which it never was")
            return None
        if foreign:
            writer = self.writer[foreign[-1]]
            last = [n for k, n in writer.writes if k == key][-1]
            if last not in numbers:
                return self.problem(
                    f"{reader.number} read {foreign[-1]}, but not {last} of the same transaction")
            self.depend(writer, reader)
        if len(numbers) < len(final):
            after = self.writer[final[len(numbers)]]
            if after is not reader:
                self.antidependencies[reader.number].add(after.number)
                if after.ended < reader.began:
                    self.problem(
                        f"{reader.number} did not read {final[len(numbers)]}, "
                        "which was committed before it began")
        return None

    def check_circles(self):
        edges = {number: set(self.dependencies[number]) for number in self.all}
        if self.level == "SERIALIZABLE":
            for number in self.all:
                edges[number] |= self.antidependencies[number]
        elif self.level == "REPEATABLE READ":
            # One rw, and what follows it: two in a row are allowed.
            for number in self.all:
                for after in list(self.antidependencies[number]):
                    edges[number] |= self.dependencies[after]
        circle = find_circle(edges)
        if circle:
            self.problem(f"circle of {len(circle)}: " + " → ".join(map(str, circle)))


def find_circle(edges):
    """Some circle of a graph, or None."""
    state = {}
    for start in edges:
        if start in state:
            continue
        path, stack = [start], [iter(edges[start])]
        state[start] = "open"
        while stack:
            for after in stack[-1]:
                if state.get(after) == "open":
                    return path[path.index(after):]
                if after not in state:
                    state[after] = "open"
                    path.append(after)
                    stack.append(iter(edges[after]))
                    break
            else:
                stack.pop()
                state[path.pop()] = "done"
    return None


def run(server, level, count, seed):
    """The problems of one run, and how many transactions have committed."""
    with Connection(server.socket_path, timeout=60) as control:
        control.query("""
            DROP SCHEMA IF EXISTS history CASCADE; CREATE SCHEMA history;
            CREATE TABLE history.list (k int PRIMARY KEY, bucket int, numbers text);
            CREATE INDEX ON history.list (bucket)""")
        sessions = [Session(server, level, number, count // SESSIONS, seed)
                    for number in range(SESSIONS)]
        for session in sessions:
            session.start()
        for session in sessions:
            session.join()
        for session in sessions:
            if session.failure:
                raise session.failure
        final = {int(key): [int(n) for n in numbers.split()]
                 for key, numbers in control.query("SELECT k, numbers FROM history.list")}
    transactions = [t for session in sessions for t in session.transactions]
    problems = History(level, transactions, final).check()
    return problems, sum(t.committed for t in transactions), len(transactions)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--level", choices=LEVELS, action="append")
    parser.add_argument("--transactions", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--ordinal", help="another binary than the release build")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, to test the test")
    parser.add_argument("--planted", action="store_true", help="find the faults of a debug build")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    print(f"seed {options.seed}", flush=True)
    server = Postgres if options.postgres else Ordinal
    passed = failed = 0

    def play(level, fault=None):
        os.environ["ORDINAL_ISOLATION_FAULT"] = fault or ""
        with server.scratch() as running:
            problems, committed, count = run(running, level, options.transactions, options.seed)
        good = bool(problems) == bool(fault)
        title = f"{level}{f', without {fault}' if fault else ''}"
        print(f"{'ok  ' if good else 'FAIL'} {title}: {committed} of {count} committed, "
              f"{len(problems)} problems", flush=True)
        for text in problems[:3] if fault else problems:
            print(f"     {text}")
        return good

    runs = [(level, fault) for fault, level in FAULTS] if options.planted else \
        [(level, None) for level in options.level or LEVELS]
    for level, fault in runs:
        good = play(level, fault)
        passed += good
        failed += not good
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
