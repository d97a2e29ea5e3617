#!/usr/bin/env python3
"""Kills the server with -9 in the middle of a load, again and again, and checks what it promised.

    python3 Tests/Crash/crash.py [--rounds 20] [--seed N] [--clients 64] [--ordinal PATH]
    python3 Tests/Crash/crash.py --postgres        the same against PostgreSQL, to test the test:
                                                   all holds there but the first claim, which
                                                   PostgreSQL makes for committed rows only

Every round starts the server, lets the clients work for a random moment, kills it, starts it again
(sometimes killing it once more while it recovers) and checks:

- no value of nextval was given to anyone twice, in this round or any before, committed or not;
- every row whose INSERT or COMMIT was acknowledged is there, with the id that was answered;
- of what was not acknowledged, a transaction is there whole or not at all, and rolled back ones
  are not there;
- a sequence moved by setval goes on after the value last acknowledged, or after the one in flight;
- transfers between accounts leave their sum as it was;
- tables whose CREATE was acknowledged are there, with their rows and their sequence.

Each round is one test. The seed is printed; the moments of scheduling are the machine's own.
"""

import argparse
import collections
import os
import pathlib
import random
import signal
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from servers import Ordinal, Postgres, process_tree  # noqa: E402
from wire import (  # noqa: E402
    SYNC, Connection, ServerError, bind_message, execute_message, parse_message, rows_of)

LOAD_SECONDS_MAX = 1.5
ACCOUNTS = 8
MULTI_ROWS = 5
PIPELINE_DEPTH = 10
# What a crash may skip, at most; setval moves by more than this, so that the two are told apart.
SKIP_MAX = 10_000_000
SETVAL_STEP = 1_000_000_000
ENDING = {"57P01", "57P02", "57P03", "08006"}

SCHEMA = f"""
CREATE SEQUENCE drawn;
CREATE SEQUENCE drawn_down INCREMENT BY -3;
CREATE SEQUENCE drawn_cached CACHE 20;
CREATE TABLE single (id serial PRIMARY KEY, round int, worker int, n int);
CREATE TABLE multi (id bigserial PRIMARY KEY, round int, worker int, batch int, k int);
CREATE TABLE accounts (id int PRIMARY KEY, balance bigint NOT NULL);
INSERT INTO accounts SELECT g, 0 FROM generate_series(1, {ACCOUNTS}) AS g;
CREATE TABLE history (id serial PRIMARY KEY, round int, worker int, n int, amount int);
"""


class Worker(threading.Thread):
    """One client. Ends when its connection does; an error it did not expect is kept."""

    def __init__(self, number, round_number, server, seed):
        super().__init__(daemon=True)
        self.number = number
        self.round = round_number
        self.server = server
        self.random = random.Random(seed)
        self.problem = None
        self.answers = 0
        self.connection = None

    def run(self):
        try:
            self.connection = Connection(self.server.socket_path, timeout=60)
            self.prepare()
            while True:
                self.step()
                self.answers += 1
        except TimeoutError:
            self.problem = "no answer within 60 s"
        except (OSError, EOFError):
            pass  # The kill.
        except ServerError as error:
            if error.state not in ENDING:
                self.problem = f"{type(self).__name__}: {error}"
        finally:
            if self.connection is not None:
                self.connection.socket.close()

    def prepare(self):
        """Once, before the first step."""

    def step(self):
        raise NotImplementedError

    def query(self, sql):
        return self.connection.query(sql)


class Draws(Worker):
    """Draws from shared sequences in every way; every value that arrives is kept."""

    sequences = ("drawn", "drawn", "drawn_down", "drawn_cached", "single_id_seq")

    def prepare(self):
        self.seen = collections.defaultdict(list)

    def step(self):
        name = self.random.choice(self.sequences)
        way = self.random.randrange(4)
        if way == 0:
            self.seen[name].append(int(self.query(f"SELECT nextval('{name}')")[0][0]))
        elif way == 1:
            self.query("BEGIN")
            self.seen[name].append(int(self.query(f"SELECT nextval('{name}')")[0][0]))
            self.query(self.random.choice(("COMMIT", "ROLLBACK")))
        elif way == 2:
            sql = f"SELECT nextval('{name}') FROM generate_series(1, {self.random.randint(1, 50)})"
            self.seen[name].extend(int(row[0]) for row in self.query(sql))
        else:
            self.pipeline(name)

    def pipeline(self, name):
        """Several draws in flight at once, each its own transaction; values count as they come."""
        one = bind_message("", "") + execute_message() + SYNC
        self.connection.send(
            parse_message("", f"SELECT nextval('{name}')") + one * PIPELINE_DEPTH)
        for _ in range(PIPELINE_DEPTH):
            while True:
                kind, body = self.connection.read()
                if kind == b"D":
                    self.seen[name].extend(int(row[0]) for row in rows_of([(kind, body)]))
                elif kind == b"Z":
                    break


class Inserts(Worker):
    """Single rows into a SERIAL table."""

    def prepare(self):
        self.acknowledged = {}
        self.sent = 0

    def step(self):
        self.sent += 1
        sql = (f"INSERT INTO single (round, worker, n) VALUES ({self.round}, {self.number}, "
               f"{self.sent}) RETURNING id")
        rows = self.query(sql) if self.sent % 2 else self.connection.extended(sql)
        self.acknowledged[self.sent] = int(rows[0][0])


class Transactions(Worker):
    """Transactions of several rows: by one statement, by several, with savepoints, rolled back."""

    def prepare(self):
        self.outcome = {}
        self.sent = 0

    def row(self, k):
        return f"({self.round}, {self.number}, {self.sent}, {k})"

    def insert(self, *ks):
        self.query("INSERT INTO multi (round, worker, batch, k) VALUES " +
                   ", ".join(self.row(k) for k in ks))

    def step(self):
        self.sent += 1
        way = self.random.randrange(5)
        if way == 0:
            self.outcome[self.sent] = "open"
            self.insert(*range(MULTI_ROWS))
        elif way == 1:
            self.outcome[self.sent] = "open"
            self.query("BEGIN")
            for k in range(MULTI_ROWS):
                self.insert(k)
            self.query("COMMIT")
        elif way == 2:
            self.outcome[self.sent] = "open"
            self.query("BEGIN")
            self.insert(0, 1)
            self.query("SAVEPOINT s")
            self.insert(100, 101)
            self.query("ROLLBACK TO s")
            self.insert(*range(2, MULTI_ROWS))
            self.query("COMMIT")
        elif way == 3:
            self.outcome[self.sent] = "open"
            values = "; ".join(
                f"INSERT INTO multi (round, worker, batch, k) VALUES {self.row(k)}"
                for k in range(MULTI_ROWS))
            self.query(values)
        else:
            self.outcome[self.sent] = "undone"
            self.query("BEGIN")
            self.insert(*range(MULTI_ROWS))
            self.query("ROLLBACK")
            return
        self.outcome[self.sent] = "done"


class Moves(Worker):
    """setval and nextval on a sequence of its own."""

    def prepare(self):
        self.name = f"moved_{self.round}_{self.number}"
        self.known = None
        self.possible = None
        self.query(f"CREATE SEQUENCE {self.name}")
        self.known = 0

    def step(self):
        if self.random.random() < 0.4:
            target = self.random.randrange(1, 1_000_000) * SETVAL_STEP
            self.possible = target
            self.query(f"SELECT setval('{self.name}', {target})")
            self.known, self.possible = target, None
        else:
            value = int(self.query(f"SELECT nextval('{self.name}')")[0][0])
            if not self.known < value <= self.known + SKIP_MAX:
                self.problem = f"{self.name}: nextval gave {value} after {self.known}"
            self.known = value


class Transfers(Worker):
    """Moves money between accounts; the sum stays 0."""

    def prepare(self):
        self.acknowledged = []
        self.sent = 0

    def step(self):
        self.sent += 1
        low, high = sorted(self.random.sample(range(1, ACCOUNTS + 1), 2))
        amount = self.random.randint(-100, 100)
        self.query("BEGIN")
        self.query(f"UPDATE accounts SET balance = balance + {amount} WHERE id = {low}")
        self.query(f"UPDATE accounts SET balance = balance - {amount} WHERE id = {high}")
        self.query("INSERT INTO history (round, worker, n, amount) VALUES "
                   f"({self.round}, {self.number}, {self.sent}, {amount})")
        self.query("COMMIT")
        self.acknowledged.append(self.sent)


class Definitions(Worker):
    """Creates tables with sequences, fills them, drops some."""

    def prepare(self):
        self.state = {}
        self.sent = 0

    def step(self):
        self.sent += 1
        name = f"made_{self.round}_{self.number}_{self.sent}"
        self.state[name] = "creating"
        self.query(f"BEGIN; CREATE TABLE {name} (id serial PRIMARY KEY, n int); "
                   f"INSERT INTO {name} (n) VALUES (1), (2), (3); COMMIT")
        self.state[name] = "there"
        if self.random.random() < 0.5:
            victim = self.random.choice([k for k, v in self.state.items() if v == "there"])
            self.state[victim] = "dropping"
            self.query(f"DROP TABLE {victim}")
            self.state[victim] = "gone"


def roles(clients):
    """The kinds of client, in proportion, `clients` in all."""
    pattern = [Draws, Inserts, Draws, Inserts, Transactions, Draws, Inserts, Moves, Draws, Inserts,
               Draws, Inserts, Transactions, Transfers, Draws, Inserts]
    chosen = [pattern[i % len(pattern)] for i in range(clients - 1)]
    return chosen + [Definitions]


class Checker:
    """What all rounds have shown so far, and whether a restarted server agrees."""

    def __init__(self):
        self.drawn = collections.defaultdict(set)
        self.counts = {}
        self.problems = []

    def fail(self, text):
        self.problems.append(text)

    def check(self, server, workers, round_number):
        """All claims after one crash; returns what does not hold."""
        self.problems = [w.problem for w in workers if w.problem]
        of_kind = collections.defaultdict(list)
        for worker in workers:
            of_kind[type(worker)].append(worker)
        with Connection(server.socket_path) as connection:
            singles = self.check_single(connection, of_kind[Inserts], round_number)
            self.check_draws(of_kind[Draws], singles)
            self.check_multi(connection, of_kind[Transactions], round_number)
            self.check_moves(connection, of_kind[Moves])
            self.check_transfers(connection, of_kind[Transfers], round_number)
            self.check_definitions(connection, of_kind[Definitions])
            self.check_earlier(connection, round_number)
        return self.problems

    def check_single(self, connection, workers, round_number):
        """Returns the ids of this round's rows that somebody must not have drawn besides."""
        rows = connection.query(
            f"SELECT worker, n, id FROM single WHERE round = {round_number}")
        found = {(int(w), int(n)): int(i) for w, n, i in rows}
        if len(found) != len(rows):
            self.fail("a row of single is there twice")
        for worker in workers:
            if not hasattr(worker, "sent"):
                continue
            for n, identity in worker.acknowledged.items():
                there = found.pop((worker.number, n), None)
                if there is None:
                    self.fail(f"acknowledged row lost: single {worker.number}, {n}")
                elif there != identity:
                    self.fail(f"single {worker.number}, {n} has id {there}, answered {identity}")
            # At most the one in flight.
            found.pop((worker.number, worker.sent), None)
        if found:
            self.fail(f"rows nobody inserted: single {list(found)[:5]}")
        answered = {i for w in workers for i in getattr(w, "acknowledged", {}).values()}
        return answered | {int(i) for _, _, i in rows}

    def check_draws(self, workers, singles):
        for worker in workers:
            for name, values in getattr(worker, "seen", {}).items():
                for value in values:
                    self.draw(name, value)
        for value in singles:
            self.draw("single_id_seq", value)

    def draw(self, name, value):
        if value in self.drawn[name]:
            self.fail(f"{name} gave {value} twice")
        self.drawn[name].add(value)

    def check_multi(self, connection, workers, round_number):
        rows = connection.query(
            f"SELECT worker, batch, k FROM multi WHERE round = {round_number}")
        found = collections.defaultdict(list)
        for w, batch, k in rows:
            found[int(w), int(batch)].append(int(k))
        for worker in workers:
            for batch, outcome in getattr(worker, "outcome", {}).items():
                ks = sorted(found.pop((worker.number, batch), []))
                whole = ks == list(range(MULTI_ROWS))
                if outcome == "done" and not whole:
                    self.fail(f"acknowledged transaction {worker.number}, {batch} has rows {ks}")
                if outcome == "undone" and ks:
                    self.fail(f"rolled back transaction {worker.number}, {batch} has rows {ks}")
                if outcome == "open" and ks and not whole:
                    self.fail(f"half a transaction: {worker.number}, {batch} has rows {ks}")
        if found:
            self.fail(f"rows nobody inserted: multi {list(found)[:5]}")

    def check_moves(self, connection, workers):
        for worker in workers:
            if getattr(worker, "known", None) is None:
                continue
            value = int(connection.query(f"SELECT nextval('{worker.name}')")[0][0])
            bases = [base for base in (worker.known, worker.possible) if base is not None]
            if not any(base < value <= base + SKIP_MAX for base in bases):
                self.fail(f"{worker.name}: {value} after a crash, but known were {bases}")

    def check_transfers(self, connection, workers, round_number):
        if connection.query("SELECT sum(balance) FROM accounts") != [["0"]]:
            self.fail("the balances do not add up")
        rows = connection.query(
            f"SELECT worker, n FROM history WHERE round = {round_number}")
        found = {(int(w), int(n)) for w, n in rows}
        for worker in workers:
            for n in getattr(worker, "acknowledged", ()):
                if (worker.number, n) not in found:
                    self.fail(f"acknowledged transfer lost: {worker.number}, {n}")

    def check_definitions(self, connection, workers):
        for worker in workers:
            for name, state in getattr(worker, "state", {}).items():
                try:
                    rows = connection.query(f"SELECT count(*), max(id) FROM {name}")
                    there = rows == [["3", "3"]]
                    if not there:
                        self.fail(f"{name} has {rows}")
                    if int(connection.query(
                            f"INSERT INTO {name} (n) VALUES (4) RETURNING id")[0][0]) <= 3:
                        self.fail(f"{name} repeats an id")
                    if state == "gone":
                        self.fail(f"{name} was dropped and is there")
                except ServerError as error:
                    if error.state != "42P01":
                        self.fail(f"{name}: {error}")
                    elif state == "there":
                        self.fail(f"{name} was created and is not there")
                    continue
                connection.query(f"DROP TABLE {name}")

    def check_earlier(self, connection, round_number):
        """Rows of rounds before stay as they were."""
        for table in ("single", "multi", "history"):
            rows = connection.query(f"SELECT round, count(*) FROM {table} GROUP BY round")
            for number, count in ((int(r), int(c)) for r, c in rows):
                known = self.counts.setdefault((table, number), count)
                if known != count:
                    self.fail(f"{table} of round {number} had {known} rows, has {count}")


def kill(server):
    """SIGKILL to the server and all its children; stopped first, it makes no more of them."""
    os.kill(server.process.pid, signal.SIGSTOP)
    for pid in process_tree(server.process.pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    server.reap()


def restart(server, chance, log):
    """Starts the server again, now and then killing it while it recovers."""
    while chance.random() < 0.25:
        server.start(wait=False)
        time.sleep(chance.random() * 0.05)
        kill(server)
        log.append("killed while recovering")
    server.start()


def run_round(server, checker, number, clients, chance):
    """One crash; returns (problems, one line about it)."""
    log = []
    workers = [role(i, number, server, chance.random())
               for i, role in enumerate(roles(clients))]
    for worker in workers:
        worker.start()
    seconds = chance.random() ** 2 * LOAD_SECONDS_MAX
    time.sleep(seconds)
    early = server.process.poll()
    kill(server)
    for worker in workers:
        worker.join(90)
    damage = server.verify() if isinstance(server, Ordinal) else None
    restart(server, chance, log)
    problems = checker.check(server, workers, number)
    if damage:
        problems.append(f"ordinal verify says:\n{damage}")
    if early is not None:
        problems.append(f"the server ended by itself with {early}: {server.log_tail(1500)}")
    answers = sum(worker.answers for worker in workers)
    drawn = sum(len(values) for values in checker.drawn.values())
    notes = "".join(f", {note}" for note in log)
    return problems, (
        f"{answers} answers in {seconds:.2f} s, {drawn} values drawn so far{notes}")


def check_clean_stop(server):
    """A clean stop skips nothing and loses nothing."""
    with Connection(server.socket_path) as connection:
        before = int(connection.query("SELECT nextval('drawn')")[0][0])
        rows = connection.query("SELECT count(*) FROM single")
    server.stop()
    server.start()
    with Connection(server.socket_path) as connection:
        after = int(connection.query("SELECT nextval('drawn')")[0][0])
        same = connection.query("SELECT count(*) FROM single") == rows
    problems = []
    if after != before + 1:
        problems.append(f"a clean stop skipped from {before} to {after}")
    if not same:
        problems.append("a clean stop lost rows")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--ordinal")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--keep", action="store_true", help="keep the directory")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    checker = Checker()
    passed = failed = 0
    settings = [part for setting in options.set for part in ("-c", setting)]
    kind = Postgres if options.postgres else Ordinal
    with kind.scratch(keep=options.keep, options=settings) as server:
        server.psql(SCHEMA)
        for number in range(1, options.rounds + 1):
            problems, line = run_round(server, checker, number, options.clients, chance)
            passed, failed = passed + (not problems), failed + bool(problems)
            print(f"{'FAIL' if problems else 'ok  '} round {number}: {line}", flush=True)
            for problem in problems[:10]:
                print(f"     {problem}")
        problems = check_clean_stop(server)
        passed, failed = passed + (not problems), failed + bool(problems)
        print("\n".join(problems) or "ok   clean stop")
        if failed:
            print(f"repeat with --seed {seed} --rounds {options.rounds}")
            print(server.log_tail())
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
