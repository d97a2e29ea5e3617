#!/usr/bin/env python3
"""Random queries on Ordinal and on PostgreSQL 15: the same rows, or the same SQLSTATE.

Each round fills the same tables on both servers and runs random SELECT, UPDATE, DELETE and INSERT
statements over them: joins of every kind, subqueries, LATERAL, aggregates, set operations, ORDER BY
with LIMIT, by literals and by parameters. Rows compare as multisets, in order where ORDER BY names
every column. The seed is printed; `--seed N` repeats a run exactly.
"""

import argparse
import collections
import contextlib
import pathlib
import random
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

import servers  # noqa: E402
import wire  # noqa: E402

TABLES = {
    "t": [("id", "int"), ("a", "int"), ("b", "text"), ("c", "bigint"), ("d", "numeric")],
    "u": [("id", "bigint"), ("t_id", "int"), ("e", "text"), ("f", "bool")],
    "v": [("x", "int"), ("y", "int"), ("z", "text")],
    "w": [("p", "int"), ("q", "int"), ("r", "bigint")],
}
SCHEMA = """
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c bigint NOT NULL, d numeric(8,2));
CREATE INDEX ON t (a); CREATE INDEX ON t (b, c DESC);
CREATE TABLE u (id bigint PRIMARY KEY, t_id int, e varchar(10), f boolean);
CREATE INDEX ON u (t_id);
CREATE TABLE v (x int, y int, z text);
CREATE TABLE w (p int, q int, r bigint UNIQUE, PRIMARY KEY (p, q));
"""
WORDS = ["", "a", "ab", "b", "c", "zz", "A"]


class Generator:
    """Random SQL text. Every method returns text; `scope` is a list of (alias, [(column, type)])."""

    def __init__(self, seed, scale=1):
        self.scale = scale
        self.random = random.Random(seed)
        self.aliases = 0
        self.parameters = []
        self.uses_parameters = False

    def alias(self):
        self.aliases += 1
        return f"q{self.aliases}"

    def chance(self, probability):
        return self.random.random() < probability

    def statement(self, changes):
        """A statement and its parameters, those that its text mentions."""
        self.parameters = []
        self.uses_parameters = self.chance(0.3)
        sql = self.change() if changes else self.query()[0]
        used = []

        def renumber(match):
            used.append(self.parameters[int(match[1]) - 1])
            return f"${len(used)}"

        return re.sub(r"\$(\d+)", renumber, sql), used

    # Data

    def data(self):
        r = self.random
        rows = {"t": [], "u": [], "v": [], "w": []}

        def maybe(value):
            return "NULL" if r.random() < 0.15 else value

        def word():
            return "'" + r.choice(WORDS) + "'"

        scale = self.scale
        for key in r.sample(range(1, 400 * scale), scale * r.choice([0, 5, 40, 200])):
            rows["t"].append([str(key), maybe(str(r.randint(0, 20 * scale))), maybe(word()),
                              str(r.randint(-5, 30)), maybe(f"{r.randint(-99, 999) / 10}")])
        for key in r.sample(range(1, 200 * scale), scale * r.choice([0, 3, 30, 100])):
            rows["u"].append([str(key), maybe(str(r.randint(1, 40))), maybe(word()),
                              maybe(r.choice(["true", "false"]))])
        for _ in range(r.choice([0, 4, 25])):
            rows["v"].append([maybe(str(r.randint(0, 10))), maybe(str(r.randint(0, 10))),
                              maybe(word())])
        keys = r.sample([(p, q) for p in range(12) for q in range(8)], r.choice([0, 10, 60]))
        for number, (p, q) in enumerate(keys):
            rows["w"].append([str(p), str(q), maybe(str(number))])
        statements = ["TRUNCATE t, u, v, w"]
        for name, values in rows.items():
            if values:
                lines = ", ".join("(" + ", ".join(row) + ")" for row in values)
                statements.append(f"INSERT INTO {name} VALUES {lines}")
        return statements

    # Expressions

    def literal(self, kind):
        r = self.random
        if kind == "int":
            value = str(r.randint(-2, 25))
        elif kind == "bigint":
            value = str(r.choice([r.randint(-2, 40), r.randint(0, 9) * 10 ** 10]))
        elif kind == "numeric":
            value = f"{r.randint(-20, 400) / 10}"
        elif kind == "text":
            value = r.choice(WORDS)
        else:
            value = r.choice(["true", "false"])
        if self.uses_parameters and self.chance(0.6):
            self.parameters.append(value)
            return f"${len(self.parameters)}::{kind}"
        if kind == "text":
            return f"'{value}'"
        return f"({value})" if value.startswith("-") else value

    def column(self, scope, kind):
        found = [f"{alias}.{name}" for alias, columns in scope for name, type_ in columns
                 if type_ == kind]
        return self.random.choice(found) if found else self.literal(kind)

    def value(self, scope, kind, depth=0):
        r = self.random.random()
        if depth > 2 or r < 0.6:
            return self.column(scope, kind) if r < 0.45 else self.literal(kind)
        if r < 0.68:
            return (f"CASE WHEN {self.condition(scope, depth + 1)} THEN "
                    f"{self.value(scope, kind, depth + 1)}"
                    + (f" ELSE {self.value(scope, kind, depth + 1)}" if self.chance(0.6) else "")
                    + " END")
        if r < 0.75:
            return (f"coalesce({self.column(scope, kind)}, "
                    f"{self.value(scope, kind, depth + 1)})")
        if r < 0.8 and depth < 2:
            return self.scalar_subquery(scope, kind, depth)
        left, right = (self.value(scope, kind, depth + 1) for _ in range(2))
        if kind in ("int", "bigint", "numeric"):
            return f"({left} {self.random.choice('+-*')} {right})"
        if kind == "text":
            return f"({left} || {right})"
        return f"({left} AND {right})"

    def scalar_subquery(self, scope, kind, depth):
        source, inner = self.source(scope, 2)
        if kind in ("int", "bigint"):
            aggregate = self.random.choice(["max", "min"])
            body = f"{aggregate}({self.column([inner], kind)})"
            where = self.where([inner] + scope[:1], depth + 1)
            return f"(SELECT {body} FROM {source}{where})"
        column = self.column([inner], kind)
        where = self.where([inner] + scope[:1], depth + 1)
        return f"(SELECT {column} FROM {source}{where} ORDER BY 1 LIMIT 1)"

    def condition(self, scope, depth=0):
        r = self.random.random()
        kind = self.random.choice(["int", "int", "bigint", "text", "numeric", "bool"])
        if r < 0.4 or depth > 2:
            operator = self.random.choice(["=", "=", "=", "<", "<=", ">", ">=", "<>"])
            other = "bigint" if kind == "int" and self.chance(0.2) else kind
            return f"{self.column(scope, kind)} {operator} {self.value(scope, other, depth + 1)}"
        if r < 0.5:
            return (f"{self.column(scope, kind)} IS "
                    f"{self.random.choice(['', 'NOT '])}NULL")
        if r < 0.57:
            items = ", ".join(self.literal(kind) for _ in range(self.random.randint(1, 4)))
            return f"{self.column(scope, kind)} {self.random.choice(['', 'NOT '])}IN ({items})"
        if r < 0.63:
            return (f"{self.column(scope, kind)} BETWEEN {self.literal(kind)} "
                    f"AND {self.literal(kind)}")
        if r < 0.7 and depth < 2:
            source, inner = self.source(scope, 2)
            where = self.where([inner] + scope[:1], depth + 1, always=True)
            return f"{self.random.choice(['', 'NOT '])}EXISTS (SELECT 1 FROM {source}{where})"
        if r < 0.78 and depth < 2:
            source, inner = self.source(scope, 2)
            scopes = [inner] + (scope[:1] if self.chance(0.3) else [])
            where = self.where(scopes, depth + 1)
            return (f"{self.column(scope, kind)} {self.random.choice(['', '', 'NOT '])}IN "
                    f"(SELECT {self.column([inner], kind)} FROM {source}{where})")
        if r < 0.8 and depth < 2:
            source, inner = self.source(scope, 2)
            operator = self.random.choice(["=", "<", ">=", "<>"])
            where = self.where([inner] + (scope[:1] if self.chance(0.3) else []), depth + 1)
            return (f"{self.column(scope, kind)} {operator} {self.random.choice(['ANY', 'ALL'])} "
                    f"(SELECT {self.column([inner], kind)} FROM {source}{where})")
        if r < 0.82 and depth < 2:
            source, inner = self.source(scope, 2)
            where = self.where([inner], depth + 1)
            return (f"({self.column(scope, 'int')}, {self.column(scope, kind)}) "
                    f"{self.random.choice(['', 'NOT '])}IN (SELECT {self.column([inner], 'int')}, "
                    f"{self.column([inner], kind)} FROM {source}{where})")
        if r < 0.835:
            return (f"({self.condition(scope, depth + 1)}) IS {self.random.choice(['', 'NOT '])}"
                    f"{self.random.choice(['TRUE', 'FALSE', 'UNKNOWN'])}")
        if r < 0.85:
            return f"NOT ({self.condition(scope, depth + 1)})"
        if r < 0.88:
            return (f"{self.column(scope, kind)} IS {self.random.choice(['', 'NOT '])}"
                    f"DISTINCT FROM {self.value(scope, kind, depth + 1)}")
        joiner = self.random.choice([" AND ", " AND ", " OR "])
        return "(" + joiner.join(self.condition(scope, depth + 1) for _ in range(2)) + ")"

    def where(self, scope, depth=0, always=False):
        if not always and self.chance(0.4):
            return ""
        terms = [self.condition(scope, depth) for _ in range(self.random.choice([1, 1, 1, 2]))]
        return " WHERE " + " AND ".join(terms)

    # FROM

    def source(self, scope, depth):
        """One FROM item: its text and (alias, columns)."""
        alias = self.alias()
        r = self.random.random()
        if depth > 1 or r < 0.75:
            name = self.random.choice(list(TABLES))
            return f"{name} {alias}", (alias, TABLES[name])
        if r < 0.8:
            low = self.random.randint(-2, 4)
            return (f"generate_series({low}, {low + self.random.randint(0, 8)}) {alias}(g)",
                    (alias, [("g", "int")]))
        if r < 0.85:
            rows = ", ".join(f"({self.literal('int')}, {self.literal('text')})"
                             for _ in range(self.random.randint(1, 4)))
            return (f"(VALUES {rows}) {alias}(k, s)",
                    (alias, [("k", "int"), ("s", "text")]))
        text, columns = self.query(depth + 1, scope if self.chance(0.5) else [])
        lateral = "LATERAL " if scope else ""
        names = ", ".join(name for name, _ in columns)
        return f"{lateral}({text}) {alias}({names})", (alias, columns)

    def from_clause(self, outer, depth):
        count = self.random.choice([1, 1, 2, 2, 3]) if depth < 2 else 1
        text, first = self.source(outer, depth)
        scope = [first]
        for _ in range(count - 1):
            kind = self.random.choice(["JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN",
                                       "FULL JOIN", ","])
            visible = scope if kind in ("JOIN", "LEFT JOIN", ",") else []
            item, entry = self.source(visible, depth)
            if kind == "FULL JOIN" and not all(
                    any(type_ == "int" for _, columns in part for _, type_ in columns)
                    for part in (scope, [entry])):
                kind = "JOIN"
            if kind == ",":
                text += f" CROSS JOIN {item}"
            elif kind == "FULL JOIN":
                text += (f" FULL JOIN {item} ON {self.column(scope, 'int')} = "
                         f"{self.column([entry], 'int')}")
            else:
                both = scope + [entry]
                on = self.condition(both, 2)
                if self.chance(0.75):
                    pair = f"{self.column(scope, 'int')} = {self.column([entry], 'int')}"
                    on = pair if self.chance(0.5) else f"{pair} AND {on}"
                text += f" {kind} {item} ON {on}"
            scope.append(entry)
        return text, scope

    # Queries

    def query(self, depth=0, outer=()):
        """A query and its columns [(name, type)]."""
        outer = list(outer)
        if depth < 2 and self.chance(0.12):
            return self.set_operation(depth, outer)
        source, scope = self.from_clause(outer, depth)
        visible = scope + outer[:1]
        where = self.where(visible, depth)
        kinds = [self.random.choice(["int", "bigint", "text", "numeric", "bool"])
                 for _ in range(self.random.randint(1, 3))]
        tail = ""
        if self.chance(0.25):
            keys = [self.column(scope, kind) for kind in kinds if self.chance(0.7)]
            keys = [key for key in keys if key.startswith("q")]
            items = list(keys)
            columns = [self.type_of(scope, key) for key in keys]
            if self.chance(0.25):
                kind = self.random.choice(["int", "text"])
                text = self.column(scope, kind)
                if text.startswith("q"):
                    key = (f"({text} % 5)" if kind == "int" else f"({text} || 'x')")
                    keys.append(key)
                    items.append(key if self.chance(0.7) else f"coalesce({key}, {key})")
                    columns.append(kind)
            for _ in range(self.random.randint(1, 2)):
                name = self.random.choice(["count(*)", "sum", "min", "max", "count", "avg"])
                kind = self.random.choice(["int", "bigint", "numeric"])
                if name == "count(*)":
                    items.append(name)
                    columns.append("bigint")
                    continue
                distinct = "DISTINCT " if self.chance(0.2) else ""
                call = f"{name}({distinct}{self.column(scope, kind)})"
                if self.chance(0.2):
                    call += f" FILTER (WHERE {self.condition(scope, 2)})"
                items.append(call)
                columns.append("bigint" if name == "count" else
                               kind if name in ("min", "max") else "numeric"
                               if name == "avg" or kind != "int" else "bigint")
            if keys:
                tail += " GROUP BY " + ", ".join(keys)
            if self.chance(0.3):
                tail += f" HAVING count(*) > {self.random.randint(0, 3)}"
            select = ", ".join(items)
            types = columns
        else:
            select = ", ".join(self.value(visible, kind) for kind in kinds)
            types = kinds
            if self.chance(0.12):
                select = "DISTINCT " + select
            elif self.chance(0.08):
                # All columns order the rows, so that it is known which row comes first.
                key = self.random.randint(1, len(types))
                others = [str(n) for n in range(1, len(types) + 1) if n != key]
                expressions = [self.value(visible, kind) for kind in kinds]
                source_text = (f"SELECT DISTINCT ON ({expressions[key - 1]}) "
                               f"{', '.join(expressions)} FROM {source}{where} ORDER BY "
                               + ", ".join([str(key)] + others))
                return source_text, [(f"c{n}", type_) for n, type_ in enumerate(types)]
            elif self.chance(0.1):
                hidden = self.value(scope, "int")
                order = ", ".join(f"{n + 1}" for n in range(len(types)))
                tail = f" ORDER BY {order}, {hidden} DESC"
                if self.chance(0.5):
                    tail += f" LIMIT {self.random.randint(0, 12)}"
                return (f"SELECT {select} FROM {source}{where}{tail}",
                        [(f"c{n}", type_) for n, type_ in enumerate(types)])
        if self.chance(0.35) or (depth > 0 and self.chance(0.2)):
            tail += self.order(len(types))
        return (f"SELECT {select} FROM {source}{where}{tail}",
                [(f"c{index}", type_) for index, type_ in enumerate(types)])

    def type_of(self, scope, key):
        alias, name = key.split(".")
        return dict(dict(scope)[alias])[name]

    def order(self, count):
        keys = [f"{index + 1}{self.random.choice(['', '', ' DESC', ' NULLS FIRST'])}"
                for index in self.random.sample(range(count), count)]
        text = " ORDER BY " + ", ".join(keys)
        if self.chance(0.6):
            text += f" LIMIT {self.random.randint(0, 12)}"
            if self.chance(0.3):
                text += f" OFFSET {self.random.randint(0, 4)}"
        return text

    def set_operation(self, depth, outer):
        kinds = [self.random.choice(["int", "bigint", "text"])
                 for _ in range(self.random.randint(1, 2))]
        arms = []
        for _ in range(2):
            source, scope = self.from_clause(outer, 2)
            select = ", ".join(self.value(scope + outer[:1], kind, 1) for kind in kinds)
            arms.append(f"SELECT {select} FROM {source}{self.where(scope, 2)}")
        if self.chance(0.3):
            source, scope = self.from_clause(outer, 2)
            select = ", ".join(self.value(scope + outer[:1], kind, 1) for kind in kinds)
            third = f"SELECT {select} FROM {source}{self.where(scope, 2)}"
            inner = self.random.choice(["UNION", "INTERSECT", "EXCEPT", "UNION ALL"])
            arms[1] = f"({arms[1]} {inner} {third})"
        operator = self.random.choice(["UNION", "INTERSECT", "EXCEPT"])
        everything = self.random.choice(["", " ALL"])
        tail = self.order(len(kinds)) if self.chance(0.3) else ""
        return (f"{arms[0]} {operator}{everything} {arms[1]}{tail}",
                [(f"c{index}", kind) for index, kind in enumerate(kinds)])

    def change(self):
        name = self.random.choice(["t", "u", "v"])
        alias = self.alias()
        scope = [(alias, TABLES[name])]
        columns = [column for column in TABLES[name] if column[0] not in ("id", "c")]
        column, kind = self.random.choice(columns)
        other = ""
        if self.chance(0.3):
            text, entry = self.source([], 2)
            other = text
            scope.append(entry)
        where = self.where(scope)
        returning = ", ".join(f"{alias}.{name}" for name, _ in TABLES[name])
        if self.chance(0.5):
            # With several matches the one that counts is not defined.
            value = self.value(scope[:1], kind, 1)
            if kind == "text":
                value = f"substr({value}, 1, 8)"
            if kind == "numeric":
                value = f"least({value}, 9999)"
            source = f" FROM {other}" if other else ""
            return f"UPDATE {name} {alias} SET {column} = {value}{source}{where} RETURNING {returning}"
        source = f" USING {other}" if other else ""
        return f"DELETE FROM {name} {alias}{source}{where} RETURNING {returning}"


def run(connection, sql, parameters):
    """(SQLSTATE or None, rows)."""
    try:
        rows = connection.extended(sql, parameters) if parameters else connection.query(sql)
        return None, rows, ""
    except wire.ServerError as error:
        return error.state, [], error.fields.get("M", "")


def is_ordered(sql):
    """ORDER BY of the outermost query names every column, so rows come in one order."""
    tail = sql.rsplit(" ORDER BY ", 1)
    return len(tail) == 2 and re.fullmatch(r"[0-9A-Z, ]+", tail[1]) is not None


def compare(sql, found, wanted):
    """What differs, or None."""
    if found[0] != wanted[0]:
        return f"SQLSTATE {found[0]} {found[2]!r}, PostgreSQL {wanted[0]} {wanted[2]!r}"
    left, right = found[1], wanted[1]
    if not is_ordered(sql):
        left, right = (sorted(rows, key=repr) for rows in (left, right))
    if left != right:
        return (f"{len(left)} rows, PostgreSQL {len(right)}; first difference "
                + repr(next(((a, b) for a, b in zip(left, right) if a != b),
                            (left[len(right):][:1], right[len(left):][:1]))))
    return None


def fuzz(ordinal, oracle, seed, count, scale):
    generator = Generator(seed, scale)
    failures = 0
    outcomes = collections.Counter()
    for number in range(count):
        if number % 50 == 0:
            for statement in generator.data():
                ordinal.query(statement)
                oracle.query(statement)
        changes = generator.chance(0.15)
        sql, parameters = generator.statement(changes)
        results = []
        for connection in (ordinal, oracle):
            if changes:
                connection.query("BEGIN")
            results.append(run(connection, sql, parameters))
            if changes:
                connection.query("ROLLBACK")
        outcomes[results[1][0] or ("rows" if results[1][1] else "no rows")] += 1
        difference = compare(sql, *results)
        if any(r[0] == "57014" for r in results):
            if results[1][0] != "57014":
                print(f"--- seed {seed} statement {number}: slower than the timeout\n{sql}")
            continue
        # Evaluation order of conditions is free, so errors of computation may differ.
        if difference and any(r[0] in ("22003", "22012") for r in results):
            continue
        if difference:
            failures += 1
            print(f"--- seed {seed} statement {number}: {difference}\n{sql}"
                  + (f"\n  parameters {parameters}" if parameters else ""))
    print("PostgreSQL gave " + ", ".join(f"{n} {what}" for what, n in outcomes.most_common()))
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--count", type=int, default=1000, help="statements (default 1000)")
    parser.add_argument("--scale", type=int, default=1, help="size of the tables (default 1)")
    parser.add_argument("--timeout", type=int, default=20, help="seconds a statement may take")
    parser.add_argument("--ordinal", help="host:port[/database] of a running Ordinal")
    parser.add_argument("--oracle", help="host:port[/database] of a running PostgreSQL 15")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else time.time_ns() % 10 ** 9
    print(f"seed {seed}")

    def connect(address, server, stack):
        if address:
            host, port, *database = address.replace("/", ":").split(":")
            return wire.Connection(
                (host, int(port)), timeout=120, database=(database or ["postgres"])[0])
        started = stack.enter_context(server.scratch())
        return wire.Connection(("127.0.0.1", started.port), timeout=120)

    with contextlib.ExitStack() as stack:
        ordinal = connect(options.ordinal, servers.Ordinal, stack)
        oracle = connect(options.oracle, servers.Postgres, stack)
        for connection in (ordinal, oracle):
            connection.query("DROP TABLE IF EXISTS t, u, v, w")
            connection.query(SCHEMA)
            connection.query(f"SET statement_timeout = '{options.timeout}s'")
        failures = fuzz(ordinal, oracle, seed, options.count, options.scale)
    print(f"{options.count} statements, {failures} differ")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
