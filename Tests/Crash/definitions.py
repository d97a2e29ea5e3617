#!/usr/bin/env python3
"""Kills the server with -9 in the middle of definitions, again and again, and checks the catalog.

    python3 Tests/Crash/definitions.py [--rounds 10] [--seed N] [--ordinal PATH] [--postgres]

Workers create, change, fill, empty, rename and drop tables of their own, some in transactions of
several statements, some rolled back. After each kill and start every worker's tables are as its
last acknowledged statement left them, or as the one in flight would have: names, columns, numbers
of rows, distinct ids; no table of a transaction that was rolled back is there; and every serial
column's next value is above all that are stored.

Each round is one test. The seed is printed; the moments of scheduling are the machine's own.
"""

import argparse
import copy
import pathlib
import random
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from servers import Ordinal, Postgres  # noqa: E402
from wire import Connection, ServerError  # noqa: E402

WORKERS = 4
TABLES_MAX = 8
LOAD_SECONDS_MAX = 2.0
# A column that holds text cannot become an integer by itself.
EXPECTED_ERRORS = {"42804"}
ENDING = {"57P01", "57P02", "57P03", "08006"}


class Table:
    def __init__(self, rows=0):
        self.rows = rows
        self.columns = set()
        self.has_key = True


class Worker:
    """One client's tables, as it knows them."""

    def __init__(self, number, seed):
        self.number = number
        self.chance = random.Random(seed)
        self.tables = {}
        self.in_flight = None
        self.made = 0
        self.done = 0
        self.problem = None

    def name(self):
        self.made += 1
        return f"w{self.number}_{self.made}"

    def next_change(self):
        """SQL, and the tables after it."""
        after = copy.deepcopy(self.tables)
        if not after:
            return self.create(after)
        name = self.chance.choice(sorted(after))
        table = after[name]
        actions = [self.insert, self.insert, self.add_column, self.drop_column, self.index,
                   self.truncate, self.retype, self.rolled_back, self.key, self.drop]
        if len(after) < TABLES_MAX:
            actions += [self.create, self.create, self.transaction, self.rename]
        action = self.chance.choice(actions)
        if action in (self.create, self.transaction):
            return action(after)
        return action(after, name, table)

    def create(self, after):
        name = self.name()
        after[name] = Table()
        return f"CREATE TABLE {name} (id serial PRIMARY KEY, a int)", after

    def transaction(self, after):
        other = self.chance.choice(sorted(after))
        name, rows = self.name(), self.chance.randint(1, 20)
        after[name] = Table(rows)
        after[other].rows += 1
        return (f"BEGIN; CREATE TABLE {name} (id serial PRIMARY KEY, a int); "
                f"INSERT INTO {name} (a) SELECT generate_series(1, {rows}); "
                f"INSERT INTO {other} (a) SELECT 1; COMMIT"), after

    def rolled_back(self, after, name, table):
        return (f"BEGIN; CREATE TABLE undone{self.number} (a int); TRUNCATE {name}; "
                f"INSERT INTO undone{self.number} VALUES (1); ROLLBACK"), after

    def insert(self, after, name, table):
        rows = self.chance.randint(1, 20)
        table.rows += rows
        return f"INSERT INTO {name} (a) SELECT generate_series(1, {rows})", after

    def add_column(self, after, name, table):
        column = self.name()
        table.columns.add(column)
        return f"ALTER TABLE {name} ADD COLUMN {column} text DEFAULT '{column}'", after

    def drop_column(self, after, name, table):
        if not table.columns:
            return self.insert(after, name, table)
        column = min(table.columns)
        table.columns.discard(column)
        return f"ALTER TABLE {name} DROP COLUMN {column}", after

    def index(self, after, name, table):
        return f"CREATE INDEX {self.name()} ON {name} (a)", after

    def truncate(self, after, name, table):
        table.rows = 0
        return f"TRUNCATE {name}", after

    def retype(self, after, name, table):
        new = self.chance.choice(["bigint", "int", "text USING a::text", "int USING a::int"])
        return f"ALTER TABLE {name} ALTER COLUMN a TYPE {new}", after

    def key(self, after, name, table):
        table.has_key = not table.has_key
        if table.has_key:
            return f"ALTER TABLE {name} ADD CONSTRAINT {name}_pkey PRIMARY KEY (id)", after
        return f"ALTER TABLE {name} DROP CONSTRAINT {name}_pkey", after

    def rename(self, after, name, table):
        if not table.has_key:
            return self.insert(after, name, table)
        new = self.name()
        after[new] = after.pop(name)
        return (f"ALTER TABLE {name} RENAME TO {new}; "
                f"ALTER INDEX {name}_pkey RENAME TO {new}_pkey"), after

    def drop(self, after, name, table):
        del after[name]
        return f"DROP TABLE {name}", after

    def run(self, address):
        try:
            with Connection(address) as connection:
                while True:
                    sql, after = self.next_change()
                    self.in_flight = after
                    try:
                        connection.query(sql)
                        self.tables = after
                        self.done += 1
                    except ServerError as error:
                        if error.state in ENDING:
                            return
                        if error.state not in EXPECTED_ERRORS:
                            self.problem = f"{sql}: {error}"
                            return
                    self.in_flight = None
        except (OSError, EOFError):
            return  # The kill.


def difference(connection, worker, expected, names):
    """What is not as `expected`; nothing if all is."""
    own = {name for name in names if name.startswith(f"w{worker.number}_")}
    if own != set(expected):
        return f"tables {sorted(own ^ set(expected))}"
    for name, table in expected.items():
        rows, ids, largest = connection.query(
            f"SELECT count(*), count(DISTINCT id), coalesce(max(id), 0) FROM {name}")[0]
        if int(rows) != table.rows or int(ids) != table.rows:
            return f"{name} has {rows} rows and {ids} ids, not {table.rows}"
        columns = {row[0] for row in connection.query(
            f"SELECT attname FROM pg_attribute WHERE attrelid = '{name}'::regclass "
            "AND attnum > 0 AND NOT attisdropped")} - {"id", "a"}
        if columns != table.columns:
            return f"{name} has columns {sorted(columns)}, not {sorted(table.columns)}"
        following = connection.query(
            f"SELECT nextval(pg_get_serial_sequence('{name}', 'id'))")[0][0]
        if int(following) <= int(largest):
            return f"{name}: the next id is {following}, and {largest} is there"
    return None


def check(address, workers):
    problems = []
    with Connection(address) as connection:
        names = {row[0] for row in connection.query(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND oid >= 16384")}
        problems += [f"{name} was rolled back" for name in names if name.startswith("undone")]
        for worker in workers:
            found = []
            for expected in [worker.tables] + ([worker.in_flight] if worker.in_flight else []):
                problem = difference(connection, worker, expected, names)
                if problem is None:
                    worker.tables, worker.in_flight = expected, None
                    break
                found.append(problem)
            else:
                problems.append(" / ".join(found))
    return problems


def run_round(server, workers, chance):
    address = str(server.socket_path)
    threads = [threading.Thread(target=worker.run, args=(address,)) for worker in workers]
    for thread in threads:
        thread.start()
    time.sleep(chance.uniform(0.2, LOAD_SECONDS_MAX))
    server.kill()
    for thread in threads:
        thread.join()
    problems = [worker.problem for worker in workers if worker.problem]
    damage = server.verify() if isinstance(server, Ordinal) else None
    if damage:
        problems.append(f"ordinal verify says:\n{damage}")
    server.start()
    return problems + check(address, workers)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--ordinal")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    workers = [Worker(number, chance.randrange(1 << 32)) for number in range(WORKERS)]
    passed = failed = 0
    settings = [part for setting in options.set for part in ("-c", setting)]
    with (Postgres if options.postgres else Ordinal).scratch(options=settings) as server:
        for number in range(1, options.rounds + 1):
            problems = run_round(server, workers, chance)
            passed, failed = passed + (not problems), failed + bool(problems)
            done = sum(worker.done for worker in workers)
            print(f"{'FAIL' if problems else 'ok  '} round {number}: {done} statements so far",
                  flush=True)
            for problem in problems[:10]:
                print(f"     {problem}")
        if failed:
            print(f"repeat with --seed {seed} --rounds {options.rounds}")
            print(server.log_tail())
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
