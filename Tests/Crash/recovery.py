#!/usr/bin/env python3
"""What a restart keeps, and what it does not: after a crash, after a stop.

    python3 Tests/Crash/recovery.py [--ordinal PATH] [--postgres] [CASE…]

PostgreSQL 15 gives the same (--postgres).
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from cases import case, equal, main  # noqa: E402
from wire import Connection  # noqa: E402

UNLOGGED = """
CREATE UNLOGGED TABLE u (id serial PRIMARY KEY, v int UNIQUE);
CREATE INDEX ON u (v, id);
CREATE UNLOGGED TABLE ui (id int GENERATED ALWAYS AS IDENTITY, v int);
CREATE TABLE later (id serial, v int);
CREATE UNLOGGED TABLE saved (id serial, v int);
CREATE TABLE kept (id int PRIMARY KEY, v int);
CREATE UNLOGGED SEQUENCE us START 10;
INSERT INTO u (v) VALUES (1), (2), (3);
INSERT INTO ui (v) VALUES (1), (2);
INSERT INTO later (v) VALUES (1), (2), (3);
ALTER TABLE later SET UNLOGGED;
INSERT INTO later (v) VALUES (4);
INSERT INTO saved (v) VALUES (1), (2);
ALTER TABLE saved SET LOGGED;
INSERT INTO kept VALUES (1, 1);
SELECT nextval('us');
"""
COUNTS = " UNION ALL ".join(
    f"SELECT '{name}', count(*) FROM {name}" for name in ("u", "ui", "later", "saved", "kept"))
DROP = "DROP TABLE u, ui, later, saved, kept; DROP SEQUENCE us"


def query(server, statement):
    with Connection(server.socket_path, timeout=20) as connection:
        return connection.query(statement)


def counts(server):
    return {name: int(count) for name, count in query(server, COUNTS)}


def insert(server, table):
    rows = query(server, f"INSERT INTO {table} (v) VALUES (100) RETURNING id")
    return int(rows[0][0])


@case
def a_crash_empties_unlogged_tables(server):
    """Rows, entries of indexes and owned sequences begin anew; what is logged stays."""
    query(server, UNLOGGED)
    server.kill()
    server.start()
    equal(counts(server), {"u": 0, "ui": 0, "later": 0, "saved": 2, "kept": 1})
    equal(query(server, "SELECT id FROM u WHERE v = 2"), [])
    equal(query(server, "SELECT id FROM u WHERE id = 2"), [])
    # As it was when the table became unlogged.
    equal([insert(server, name) for name in ("u", "ui", "later")], [1, 1, 4])
    equal(insert(server, "saved") > 2, True)
    equal(query(server, "SELECT nextval('us')"), [["10"]])
    equal(query(server, "SELECT id FROM u WHERE v = 100"), [["1"]])
    query(server, DROP)


@case
def a_stop_keeps_unlogged_tables(server):
    """And one after a crash does not bring back what the crash took."""
    query(server, UNLOGGED)
    server.stop()
    server.start()
    equal(counts(server), {"u": 3, "ui": 2, "later": 4, "saved": 2, "kept": 1})
    equal([insert(server, name) for name in ("u", "ui", "later", "saved")], [4, 3, 5, 3])
    equal(query(server, "SELECT nextval('us')"), [["11"]])
    server.kill()
    server.start()
    server.stop()
    server.start()
    equal(counts(server), {"u": 0, "ui": 0, "later": 0, "saved": 3, "kept": 1})
    equal([insert(server, name) for name in ("u", "ui", "later")], [1, 1, 4])
    equal(query(server, "SELECT nextval('us')"), [["10"]])
    server.stop()
    server.start()
    equal(counts(server), {"u": 1, "ui": 1, "later": 1, "saved": 3, "kept": 1})
    query(server, DROP)


STATISTICS = "SELECT relname, reltuples FROM pg_class WHERE relname IN ('seen', 'parts') ORDER BY 1"
SAMPLES = ("SELECT attname, null_frac, n_distinct, most_common_vals::text, histogram_bounds::text, "
           "correlation FROM pg_stats WHERE tablename IN ('seen', 'parts') ORDER BY tablename, attname")


@case
def a_restart_keeps_statistics(server):
    """What ANALYZE found out is there after a crash and after a stop, unless it was rolled back."""
    query(server, """
        CREATE TABLE seen AS SELECT g AS a, g % 7 AS b, 'x' || g % 50 AS c
            FROM generate_series(1, 3000) AS g;
        CREATE TABLE parts (a int, b int) PARTITION BY RANGE (a);
        CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (5000);
        INSERT INTO parts SELECT g, g % 3 FROM generate_series(1, 500) AS g;
        CREATE TABLE undone AS SELECT 1 AS a""")
    query(server, "ANALYZE seen, parts")
    query(server, "BEGIN; ANALYZE undone; ROLLBACK")
    before = query(server, STATISTICS), query(server, SAMPLES)
    equal(len(before[1]), 5)
    for end in (server.kill, server.stop):
        end()
        server.start()
        equal((query(server, STATISTICS), query(server, SAMPLES)), before)
        equal(query(server, "SELECT count(*) FROM pg_stats WHERE tablename = 'undone'"), [["0"]])
    query(server, "DROP TABLE seen, parts, undone")
    equal(query(server, SAMPLES), [])


if __name__ == "__main__":
    sys.exit(main(__doc__))
