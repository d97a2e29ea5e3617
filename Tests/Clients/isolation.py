#!/usr/bin/env python3
"""Sessions that meet: waits, re-evaluation, row locks, foreign keys, deadlocks, savepoints.

    python3 Tests/Clients/isolation.py [--ordinal PATH] [--postgres] [CASE…]

A case is a list of steps, `session: statement => answer`; `=> waits` for one that must wait, whose
answer comes with a step `session: … => answer`. PostgreSQL 15 gives the same (--postgres).
"""

import pathlib
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from cases import case, equal, main  # noqa: E402
from wire import Connection, ServerError  # noqa: E402

SETUP = """
DROP TABLE IF EXISTS child, item, made CASCADE;
DROP SEQUENCE IF EXISTS q;
CREATE TABLE item (id int PRIMARY KEY, v int, u int UNIQUE);
INSERT INTO item SELECT i, i, i FROM generate_series(1, 5) AS i;
CREATE TABLE child (id int PRIMARY KEY, item int REFERENCES item);
"""
# How long a statement that must wait is watched, and one that must not may take.
WATCH_SECONDS = 0.4
ANSWER_SECONDS = 15


class Session:
    def __init__(self, server):
        self.connection = Connection(server.socket_path, timeout=20)
        self.thread = None
        self.answer = None

    def ask(self, statement):
        try:
            rows = self.connection.query(statement)
            self.answer = " ".join(
                "(" + ",".join("null" if value is None else value for value in row) + ")"
                for row in rows) or "-"
        except ServerError as error:
            self.answer = error.state

    def start(self, statement):
        self.answer = None
        self.thread = threading.Thread(target=self.ask, args=(statement,))
        self.thread.start()

    def wait(self, seconds):
        self.thread.join(seconds)
        return self.answer if not self.thread.is_alive() else "waits"


def play(server, script):
    """Runs the steps of a script."""
    sessions = {}
    with Connection(server.socket_path, timeout=20) as connection:
        connection.query(SETUP)
    try:
        for line in script.strip().splitlines():
            name, _, rest = line.strip().partition(": ")
            statement, _, wanted = rest.rpartition(" => ")
            if name not in sessions:
                sessions[name] = Session(server)
            session = sessions[name]
            if statement != "…":
                session.start(statement)
            found = session.wait(WATCH_SECONDS if wanted == "waits" else ANSWER_SECONDS)
            equal((line.strip(), found), (line.strip(), wanted))
    finally:
        for session in sessions.values():
            session.connection.close()


@case
def update_looks_again(server):
    """READ COMMITTED: an update that has waited tests its condition on the newest row."""
    play(server, """
        a: BEGIN => -
        a: UPDATE item SET v = 100 WHERE id = 1 => -
        b: UPDATE item SET v = v + 1 WHERE id = 1 AND v < 200 RETURNING v => waits
        a: COMMIT => -
        b: … => (101)
        a: BEGIN => -
        a: UPDATE item SET v = 300 WHERE id = 1 => -
        b: UPDATE item SET v = v + 1 WHERE id = 1 AND v < 200 RETURNING v => waits
        a: COMMIT => -
        b: … => -
        a: BEGIN => -
        a: DELETE FROM item WHERE id = 2 => -
        b: UPDATE item SET v = 0 WHERE id = 2 RETURNING v => waits
        a: COMMIT => -
        b: … => -
        a: BEGIN => -
        a: UPDATE item SET id = 30 WHERE id = 3 => -
        b: UPDATE item SET v = 77 WHERE v = 3 RETURNING id, v => waits
        a: COMMIT => -
        b: … => (30,77)
        """)


@case
def changes_in_with_look_again(server):
    play(server, """
        a: BEGIN => -
        a: UPDATE item SET v = v + 10 WHERE id = 1 => -
        b: WITH up AS (UPDATE item SET v = v + 100 WHERE id = 1 RETURNING v) SELECT v FROM up => waits
        a: COMMIT => -
        b: … => (111)
        a: BEGIN => -
        a: DELETE FROM item WHERE id = 2 => -
        b: WITH up AS (UPDATE item SET v = 0 WHERE id = 2 RETURNING id), ins AS (INSERT INTO item SELECT id + 10, 0, 12 FROM up) SELECT count(*) FROM up => waits
        a: COMMIT => -
        b: … => (0)
        b: SELECT count(*) FROM item WHERE id = 12 => (0)
        a: BEGIN => -
        a: UPDATE item SET v = 50 WHERE id = 3 => -
        b: WITH gone AS (DELETE FROM item WHERE v = 3 RETURNING id) SELECT count(*) FROM gone => waits
        a: COMMIT => -
        b: … => (0)
        b: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        b: SELECT count(*) FROM item => (4)
        a: UPDATE item SET v = 60 WHERE id = 3 => -
        b: WITH up AS (UPDATE item SET v = 1 WHERE id = 3) SELECT 1 => 40001
        b: ROLLBACK => -
        """)


@case
def merge_looks_again(server):
    """READ COMMITTED: a row that has changed is matched again, and may have no match any more."""
    play(server, """
        a: BEGIN => -
        a: UPDATE item SET v = 100 WHERE id = 1 => -
        b: MERGE INTO item t USING (VALUES (1, 5)) s (id, n) ON t.id = s.id WHEN MATCHED AND t.v = 1 THEN DELETE WHEN MATCHED THEN UPDATE SET v = t.v + s.n => waits
        a: COMMIT => -
        b: … => -
        b: SELECT v FROM item WHERE id = 1 => (105)
        a: BEGIN => -
        a: DELETE FROM item WHERE id = 2 => -
        b: MERGE INTO item t USING (VALUES (2)) s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = 0 WHEN NOT MATCHED THEN INSERT VALUES (s.id, 22, 22) => waits
        a: COMMIT => -
        b: … => -
        b: SELECT v FROM item WHERE id = 2 => (22)
        a: BEGIN => -
        a: UPDATE item SET v = 33 WHERE id = 3 => -
        b: MERGE INTO item t USING (VALUES (3)) s (v) ON t.v = s.v WHEN MATCHED THEN UPDATE SET u = 0 WHEN NOT MATCHED THEN INSERT VALUES (13, s.v, 13) => waits
        a: COMMIT => -
        b: … => -
        b: SELECT id, v, u FROM item WHERE id IN (3, 13) ORDER BY id => (3,33,3) (13,3,13)
        a: BEGIN => -
        a: UPDATE item SET v = 44 WHERE id = 4 => -
        b: MERGE INTO item t USING (VALUES (4)) s (id) ON t.id = s.id WHEN MATCHED AND t.v = 4 THEN UPDATE SET v = 0 => waits
        a: COMMIT => -
        b: … => -
        b: SELECT v FROM item WHERE id = 4 => (44)
        a: BEGIN => -
        a: INSERT INTO item VALUES (6, 6, 6) => -
        b: MERGE INTO item t USING (VALUES (6)) s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = 0 WHEN NOT MATCHED THEN INSERT VALUES (s.id, 0, 60) => waits
        a: COMMIT => -
        b: … => 23505
        b: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        b: SELECT count(*) FROM item => (7)
        a: UPDATE item SET v = 0 WHERE id = 5 => -
        b: MERGE INTO item t USING (VALUES (5)) s (id) ON t.id = s.id WHEN MATCHED THEN DELETE => 40001
        b: ROLLBACK => -
        """)


@case
def inserts_lock_the_partitions_they_touch(server):
    play(server, """
        a: DROP TABLE IF EXISTS part => -
        a: CREATE TABLE part (id int, v int) PARTITION BY RANGE (id) => -
        a: CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (10) => -
        a: CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (10) TO (20) => -
        a: CREATE TABLE part_3 PARTITION OF part DEFAULT => -
        a: BEGIN => -
        a: LOCK TABLE part_2 IN ACCESS EXCLUSIVE MODE => -
        b: INSERT INTO part VALUES (1, 1) => -
        b: INSERT INTO part VALUES (2, 2), (12, 2) => waits
        a: CREATE UNIQUE INDEX ON part_2 (v) => -
        a: INSERT INTO part_2 VALUES (11, 2) => -
        a: COMMIT => -
        b: … => 23505
        b: SELECT count(*) FROM part => (2)
        b: INSERT INTO part VALUES (2, 2), (12, 3) RETURNING id => (2) (12)
        a: BEGIN => -
        a: TRUNCATE part_2 => -
        b: INSERT INTO part VALUES (13, 4) RETURNING id => waits
        a: COMMIT => -
        b: … => (13)
        b: SELECT id FROM part ORDER BY id => (1) (2) (13)
        a: BEGIN => -
        a: ALTER TABLE part_3 ADD CHECK (v > 5) => -
        b: INSERT INTO part VALUES (3, 1), (50, 1) => waits
        a: COMMIT => -
        b: … => 23514
        a: DROP TABLE part => -
        """)


@case
def repeatable_read_refuses(server):
    """REPEATABLE READ: one snapshot, and the first updater wins."""
    play(server, """
        b: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        b: SELECT v FROM item WHERE id = 3 => (3)
        a: UPDATE item SET v = 33 WHERE id = 3 => -
        b: SELECT v FROM item WHERE id = 3 => (3)
        b: UPDATE item SET v = 1 WHERE id = 3 => 40001
        b: ROLLBACK => -
        b: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        b: SELECT count(*) FROM item => (5)
        a: DELETE FROM item WHERE id = 3 => -
        b: DELETE FROM item WHERE id = 3 => 40001
        b: ROLLBACK => -
        b: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        b: SELECT count(*) FROM item => (4)
        a: INSERT INTO item VALUES (9, 9, 9) => -
        b: INSERT INTO item VALUES (9, 9, 9) ON CONFLICT DO NOTHING => 40001
        b: ROLLBACK => -
        """)


@case
def row_lock_strengths(server):
    """Every pair of row locks: which may be held together."""
    strengths = ["KEY SHARE", "SHARE", "NO KEY UPDATE", "UPDATE"]
    conflicts = {("KEY SHARE", "UPDATE"), ("SHARE", "NO KEY UPDATE"), ("SHARE", "UPDATE"),
                 ("NO KEY UPDATE", "NO KEY UPDATE"), ("NO KEY UPDATE", "UPDATE"),
                 ("UPDATE", "UPDATE")}
    steps = []
    for held in strengths:
        steps += ["a: BEGIN => -", f"a: SELECT v FROM item WHERE id = 1 FOR {held} => (1)"]
        for asked in strengths:
            refused = (held, asked) in conflicts or (asked, held) in conflicts
            query = f"b: SELECT v FROM item WHERE id = 1 FOR {asked}"
            steps.append(f"{query} NOWAIT => {'55P03' if refused else '(1)'}")
            steps.append(f"{query} SKIP LOCKED => {'-' if refused else '(1)'}")
        steps.append("a: COMMIT => -")
    play(server, "\n".join(steps))


@case
def row_locks_and_writers(server):
    """What UPDATE and DELETE of a row do with its locks, and foreign keys with key shares."""
    play(server, """
        a: BEGIN => -
        a: SELECT v FROM item WHERE id = 1 FOR KEY SHARE => (1)
        b: UPDATE item SET v = 11 WHERE id = 1 RETURNING v => (11)
        b: UPDATE item SET id = 100 WHERE id = 1 RETURNING v => waits
        a: COMMIT => -
        b: … => (11)
        a: BEGIN => -
        a: SELECT v FROM item WHERE id = 2 FOR NO KEY UPDATE => (2)
        b: INSERT INTO child VALUES (1, 2) => -
        b: DELETE FROM item WHERE id = 3 => -
        b: UPDATE item SET v = 22 WHERE id = 2 RETURNING v => waits
        a: COMMIT => -
        b: … => (22)
        """)


@case
def cursors_lock_what_they_fetch(server):
    """FOR UPDATE in a cursor locks the rows that were fetched; WHERE CURRENT OF changes them."""
    play(server, """
        a: BEGIN => -
        a: DECLARE c CURSOR FOR SELECT id FROM item ORDER BY id FOR UPDATE => -
        a: FETCH 2 FROM c => (1) (2)
        b: SELECT id FROM item ORDER BY id FOR UPDATE SKIP LOCKED => (3) (4) (5)
        b: UPDATE item SET v = 20 WHERE id = 2 RETURNING v => waits
        a: UPDATE item SET v = v + 5 WHERE CURRENT OF c RETURNING v => (7)
        a: COMMIT => -
        b: … => (20)
        a: BEGIN => -
        a: DECLARE c CURSOR FOR SELECT id, v FROM item WHERE id > 2 => -
        a: FETCH 1 FROM c => (3,3)
        b: UPDATE item SET v = 30 WHERE id = 3 => -
        a: UPDATE item SET v = v + 1 WHERE CURRENT OF c RETURNING v => (31)
        a: ROLLBACK => -
        a: BEGIN => -
        a: DECLARE h CURSOR WITH HOLD FOR SELECT id FROM item ORDER BY id => -
        a: COMMIT => -
        b: DELETE FROM item WHERE id = 1 => -
        a: FETCH 1 FROM h => (1)
        """)


@case
def advisory_locks(server):
    """Advisory locks of sessions and transactions, waits and deadlocks among them."""
    play(server, """
        a: SELECT pg_advisory_lock(7) => ()
        b: SELECT pg_try_advisory_lock(7), pg_try_advisory_lock_shared(7), pg_try_advisory_lock(0, 7) => (f,f,t)
        b: SELECT pg_advisory_lock(7) => waits
        a: BEGIN => -
        a: SELECT pg_advisory_lock(7) => ()
        a: ROLLBACK => -
        a: SELECT pg_advisory_unlock(7) => (t)
        a: SELECT pg_advisory_unlock(7) => (t)
        b: … => ()
        a: SELECT pg_try_advisory_xact_lock(7) => (f)
        b: SELECT pg_advisory_unlock(7) => (t)
        a: BEGIN => -
        a: SELECT pg_advisory_xact_lock_shared(9) => ()
        b: SELECT pg_try_advisory_lock_shared(9) => (t)
        b: SELECT pg_advisory_unlock_shared(9) => (t)
        b: SELECT pg_advisory_xact_lock(9) => waits
        a: COMMIT => -
        b: … => ()
        a: SET deadlock_timeout = '50ms' => -
        b: SET deadlock_timeout = '10s' => -
        a: SELECT pg_advisory_lock(1) => ()
        b: SELECT pg_advisory_lock(2) => ()
        b: SELECT pg_advisory_lock(1) => waits
        a: SELECT pg_advisory_lock(2) => 40P01
        a: SELECT pg_advisory_unlock(1) => (t)
        b: … => ()
        b: SELECT pg_advisory_unlock_all() => ()
        a: SELECT pg_advisory_lock(1) => ()
        a: BEGIN => -
        b: SELECT pg_advisory_lock(1) => waits
        a: COMMIT => -
        a: BEGIN => -
        a: SELECT pg_advisory_unlock(1) => (t)
        b: … => ()
        a: COMMIT => -
        a: SET lock_timeout = '50ms' => -
        a: SELECT pg_advisory_lock(1) => 55P03
        """)


@case
def table_lock_modes(server):
    """LOCK TABLE: every pair of modes."""
    modes = ["ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE",
             "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"]
    conflicts = ["00000001", "00000011", "00001111", "00011111", "00110111", "00111111",
                 "01111111", "11111111"]
    steps = []
    for held, row in zip(modes, conflicts):
        steps += ["a: BEGIN => -", f"a: LOCK TABLE item IN {held} MODE => -"]
        for asked, refused in zip(modes, row):
            steps.append("b: BEGIN => -")
            answer = "55P03" if refused == "1" else "-"
            steps.append(f"b: LOCK TABLE item IN {asked} MODE NOWAIT => {answer}")
            steps.append("b: ROLLBACK => -")
        steps.append("a: COMMIT => -")
    play(server, "\n".join(steps))


@case
def unique_keys_wait(server):
    """An insertion waits for the one that may have taken its key."""
    play(server, """
        a: BEGIN => -
        a: INSERT INTO item VALUES (10, 10, 10) => -
        b: INSERT INTO item VALUES (10, 11, 11) => waits
        a: COMMIT => -
        b: … => 23505
        a: BEGIN => -
        a: INSERT INTO item VALUES (12, 10, 12) => -
        b: INSERT INTO item VALUES (13, 11, 12) => waits
        a: ROLLBACK => -
        b: … => -
        a: BEGIN => -
        a: INSERT INTO item VALUES (14, 10, 14) => -
        b: INSERT INTO item VALUES (14, 1, 15) ON CONFLICT (id) DO UPDATE SET v = item.v + 1000 RETURNING v => waits
        a: COMMIT => -
        b: … => (1010)
        """)


@case
def deferrable_keys_wait(server):
    """Another's uncommitted row with the same key is waited for when the key is checked."""
    setup = """
        z: DROP TABLE IF EXISTS late => -
        z: CREATE TABLE late (id int PRIMARY KEY DEFERRABLE, u int UNIQUE DEFERRABLE INITIALLY DEFERRED) => -
        z: INSERT INTO late VALUES (1, 1), (2, 2) => -"""
    play(server, setup + """
        a: BEGIN => -
        a: INSERT INTO late VALUES (7, 7) => -
        b: INSERT INTO late VALUES (7, 8) => waits
        a: COMMIT => -
        b: … => 23505
        a: BEGIN => -
        a: INSERT INTO late VALUES (9, 9) => -
        b: INSERT INTO late VALUES (9, 10) => waits
        a: ROLLBACK => -
        b: … => -
    """)
    play(server, setup + """
        a: BEGIN => -
        a: INSERT INTO late VALUES (7, 7) => -
        b: BEGIN => -
        b: INSERT INTO late VALUES (8, 7) => -
        b: SELECT count(*) FROM late WHERE u = 7 => (1)
        b: COMMIT => waits
        a: COMMIT => -
        b: … => 23505
        a: SELECT id, u FROM late ORDER BY id => (1,1) (2,2) (7,7)
    """)
    play(server, setup + """
        a: BEGIN => -
        a: DELETE FROM late WHERE id = 1 => -
        b: INSERT INTO late VALUES (1, 5) => waits
        a: ROLLBACK => -
        b: … => 23505
        a: BEGIN => -
        a: DELETE FROM late WHERE id = 1 => -
        b: INSERT INTO late VALUES (1, 5) => waits
        a: COMMIT => -
        b: … => -
    """)
    play(server, setup + """
        a: BEGIN => -
        a: UPDATE late SET id = 3 WHERE id = 1 => -
        b: BEGIN => -
        b: SET CONSTRAINTS ALL DEFERRED => -
        b: UPDATE late SET id = 3 WHERE id = 2 => -
        b: SET CONSTRAINTS late_pkey IMMEDIATE => waits
        a: UPDATE late SET id = 4 WHERE id = 3 => -
        a: COMMIT => -
        b: … => -
        b: COMMIT => -
        a: SELECT id, u FROM late ORDER BY id => (3,2) (4,1)
    """)
    play(server, setup + """
        a: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        a: SELECT count(*) FROM late => (2)
        b: INSERT INTO late VALUES (7, 7) => -
        a: INSERT INTO late VALUES (7, 8) => 23505
        a: ROLLBACK => -
        a: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        a: SELECT count(*) FROM late => (3)
        b: INSERT INTO late VALUES (8, 8) => -
        a: INSERT INTO late VALUES (9, 8) => -
        a: COMMIT => 23505
    """)
    play(server, """
        z: DROP TABLE IF EXISTS late => -
        z: CREATE TABLE late (id int, EXCLUDE USING btree (id WITH =)) => -
        a: BEGIN => -
        a: INSERT INTO late VALUES (7) => -
        b: INSERT INTO late VALUES (7) => waits
        a: COMMIT => -
        b: … => 23P01
        a: BEGIN => -
        a: DELETE FROM late WHERE id = 7 => -
        b: INSERT INTO late VALUES (7) ON CONFLICT DO NOTHING => waits
        a: COMMIT => -
        b: … => -
        b: SELECT count(*) FROM late => (1)
    """)


@case
def refreshes_and_readers(server):
    """REFRESH keeps readers out, REFRESH CONCURRENTLY other writers alone."""
    setup = """
        z: DROP MATERIALIZED VIEW IF EXISTS seen => -
        z: CREATE MATERIALIZED VIEW seen AS SELECT id, v FROM item => -
        z: CREATE UNIQUE INDEX ON seen (id) => -
        z: UPDATE item SET v = 100 WHERE id = 1 => -"""
    play(server, setup + """
        a: BEGIN => -
        a: REFRESH MATERIALIZED VIEW seen => -
        b: SELECT v FROM seen WHERE id = 1 => waits
        a: COMMIT => -
        b: … => (100)
    """)
    play(server, setup + """
        a: BEGIN => -
        a: REFRESH MATERIALIZED VIEW CONCURRENTLY seen => -
        a: SELECT v FROM seen WHERE id = 1 => (100)
        b: SELECT v FROM seen WHERE id = 1 => (1)
        c: REFRESH MATERIALIZED VIEW CONCURRENTLY seen => waits
        a: COMMIT => -
        c: … => -
        b: SELECT v FROM seen WHERE id = 1 => (100)
    """)
    play(server, setup + """
        a: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        a: SELECT v FROM seen WHERE id = 1 => (1)
        b: REFRESH MATERIALIZED VIEW CONCURRENTLY seen => -
        a: SELECT v FROM seen WHERE id = 1 => (1)
        b: SELECT v FROM seen WHERE id = 1 => (100)
        a: COMMIT => -
        a: SELECT v FROM seen WHERE id = 1 => (100)
    """)


@case
def row_locks(server):
    """FOR UPDATE and FOR SHARE, NOWAIT and SKIP LOCKED; a LIMIT locks what it gives."""
    play(server, """
        a: BEGIN => -
        a: SELECT id FROM item WHERE id = 4 FOR UPDATE => (4)
        b: SELECT id FROM item WHERE id = 4 FOR UPDATE NOWAIT => 55P03
        b: SELECT id FROM item WHERE id IN (4, 5) ORDER BY id FOR UPDATE SKIP LOCKED => (5)
        b: UPDATE item SET v = 44 WHERE id = 4 => waits
        a: COMMIT => -
        b: … => -
        a: BEGIN => -
        a: SELECT id FROM item WHERE id = 4 FOR SHARE => (4)
        b: SELECT id FROM item WHERE id = 4 FOR SHARE NOWAIT => (4)
        b: SELECT id FROM item WHERE id = 4 FOR UPDATE NOWAIT => 55P03
        a: COMMIT => -
        a: BEGIN => -
        a: SELECT id FROM item ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED => (1)
        b: SELECT id FROM item ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED => (2)
        a: COMMIT => -
        """)


@case
def foreign_keys_meet(server):
    """References and deletions of the row that they refer to wait for each other."""
    play(server, """
        a: BEGIN => -
        a: INSERT INTO child VALUES (1, 4) => -
        b: DELETE FROM item WHERE id = 4 => waits
        a: COMMIT => -
        b: … => 23503
        a: BEGIN => -
        a: DELETE FROM item WHERE id = 5 => -
        b: INSERT INTO child VALUES (2, 5) => waits
        a: COMMIT => -
        b: … => 23503
        """)


@case
def deadlocks_and_timeouts(server):
    """One of two that wait for each other is refused; waits end by lock_timeout and the like."""
    play(server, """
        a: BEGIN => -
        b: BEGIN => -
        a: UPDATE item SET v = 1 WHERE id = 1 => -
        b: UPDATE item SET v = 1 WHERE id = 2 => -
        b: SET deadlock_timeout = '10s' => -
        b: UPDATE item SET v = 2 WHERE id = 1 => waits
        a: UPDATE item SET v = 2 WHERE id = 2 => 40P01
        b: … => -
        a: ROLLBACK => -
        b: COMMIT => -
        """)
    play(server, """
        a: BEGIN => -
        a: UPDATE item SET v = 1 WHERE id = 1 => -
        b: SET lock_timeout = '100ms' => -
        b: UPDATE item SET v = 2 WHERE id = 1 => 55P03
        b: SET lock_timeout = 0 => -
        b: SET statement_timeout = '100ms' => -
        b: UPDATE item SET v = 2 WHERE id = 1 => 57014
        """)


@case
def savepoints_and_tables(server):
    """ROLLBACK TO lets go of what the savepoint has locked; table and name locks wait."""
    play(server, """
        a: BEGIN => -
        a: SAVEPOINT s => -
        a: UPDATE item SET v = 5 WHERE id = 1 => -
        b: UPDATE item SET v = 6 WHERE id = 1 => waits
        a: ROLLBACK TO s => -
        b: … => -
        a: SELECT v FROM item WHERE id = 1 => (6)
        a: COMMIT => -
        a: BEGIN => -
        a: LOCK TABLE item => -
        b: SELECT count(*) FROM item => waits
        a: COMMIT => -
        b: … => (5)
        a: BEGIN => -
        a: CREATE TABLE made (i int) => -
        b: SELECT * FROM made => 42P01
        b: CREATE TABLE made (i int) => waits
        a: ROLLBACK => -
        b: … => -
        b: DROP TABLE made => -
        """)


@case
def sequence_changes_wait(server):
    """ALTER SEQUENCE is the transaction's own until it commits; others' nextval, currval, setval wait."""
    play(server, """
        a: CREATE SEQUENCE q CACHE 3 => -
        b: SELECT nextval('q') => (1)
        a: BEGIN => -
        a: ALTER SEQUENCE q RESTART 100 INCREMENT 5 => -
        a: SELECT nextval('q') => (100)
        a: SELECT * FROM q => (110,32,t)
        b: SELECT nextval('q') => waits
        a: ROLLBACK => -
        b: … => (2)
        a: SELECT currval('q') => (100)
        b: SELECT * FROM q => (3,32,t)
        a: BEGIN => -
        a: ALTER SEQUENCE q RESTART 100 INCREMENT 5 => -
        b: SELECT currval('q') => waits
        a: COMMIT => -
        b: … => (2)
        b: SELECT nextval('q') => (100)
        a: BEGIN => -
        a: DROP SEQUENCE q => -
        b: SELECT setval('q', 7) => waits
        a: ROLLBACK => -
        b: … => (7)
        a: BEGIN => -
        a: DROP SEQUENCE q => -
        b: SELECT nextval('q') => waits
        a: COMMIT => -
        b: … => XX000
        b: SELECT lastval() => 55000
        """)


@case
def sequence_changes_by_savepoint(server):
    """Restarts are stacked by savepoint; what others drew meanwhile and setval stay."""
    play(server, """
        a: CREATE SEQUENCE q => -
        a: BEGIN => -
        a: SELECT nextval('q') => (1)
        b: SELECT nextval('q') => (2)
        b: SELECT setval('q', 50) => (50)
        a: SAVEPOINT s => -
        a: ALTER SEQUENCE q RESTART 500 => -
        a: SELECT nextval('q') => (500)
        a: SAVEPOINT t => -
        a: ALTER SEQUENCE q RESTART 900 => -
        a: SELECT nextval('q') => (900)
        a: ROLLBACK TO t => -
        a: SELECT nextval('q') => (501)
        b: SELECT nextval('q') => waits
        a: ROLLBACK TO s => -
        b: … => (51)
        a: SELECT nextval('q') => (52)
        a: ROLLBACK => -
        a: SELECT nextval('q'), lastval() => (53,53)
        a: DROP SEQUENCE q => -
        """)


@case
def identities_restart_by_transaction(server):
    """TRUNCATE … RESTART IDENTITY is undone with its transaction."""
    play(server, """
        a: CREATE TABLE made (id serial, v int) => -
        a: INSERT INTO made (v) VALUES (1), (2) => -
        a: BEGIN => -
        a: TRUNCATE made RESTART IDENTITY => -
        a: INSERT INTO made (v) VALUES (1) RETURNING id => (1)
        b: INSERT INTO made (v) VALUES (1) RETURNING id => waits
        a: ROLLBACK => -
        b: … => (3)
        a: BEGIN => -
        a: TRUNCATE made RESTART IDENTITY => -
        a: COMMIT => -
        b: INSERT INTO made (v) VALUES (1) RETURNING id => (1)
        b: DROP TABLE made => -
        """)


@case
def writers_of_a_row_queue(server):
    """In order; whoever does not want to wait is told so, and whoever gives up leaves the queue."""
    play(server, """
        a: BEGIN => -
        a: UPDATE item SET v = 20 WHERE id = 1 => -
        b: BEGIN => -
        b: UPDATE item SET v = v + 1 WHERE id = 1 => waits
        c: BEGIN => -
        c: UPDATE item SET v = v * 2 WHERE id = 1 => waits
        d: SELECT v FROM item WHERE id = 1 FOR UPDATE SKIP LOCKED => -
        d: SELECT v FROM item WHERE id = 1 FOR UPDATE NOWAIT => 55P03
        d: SET lock_timeout = 200 => -
        d: UPDATE item SET v = 0 WHERE id = 1 => 55P03
        a: COMMIT => -
        b: … => -
        b: COMMIT => -
        c: … => -
        c: COMMIT => -
        a: SELECT v FROM item WHERE id = 1 => (42)
    """)


@case
def a_row_waited_for_stays_locked(server):
    """Even if it does not satisfy the condition any more."""
    for statement in ("UPDATE item SET v = 9 WHERE id = 1 AND v = 1",
                      "SELECT v FROM item WHERE id = 1 AND v = 1 FOR UPDATE"):
        play(server, f"""
            a: BEGIN => -
            a: UPDATE item SET v = 20 WHERE id = 1 => -
            b: BEGIN => -
            b: {statement} => waits
            a: COMMIT => -
            b: … => -
            c: UPDATE item SET v = 30 WHERE id = 1 => waits
            b: COMMIT => -
            c: … => -
            a: SELECT v FROM item WHERE id = 1 => (30)
        """)


@case
def rows_go_while_others_queue(server):
    """Deleted, moved to another key, or changed for a transaction that keeps its snapshot."""
    play(server, """
        a: BEGIN => -
        a: DELETE FROM item WHERE id = 1 => -
        b: UPDATE item SET v = v + 1 WHERE id = 1 RETURNING v => waits
        c: SELECT v FROM item WHERE id = 1 FOR UPDATE => waits
        d: DELETE FROM item WHERE id = 1 RETURNING id => waits
        a: COMMIT => -
        b: … => -
        c: … => -
        d: … => -
        a: BEGIN => -
        a: UPDATE item SET id = 12 WHERE id = 2 => -
        b: UPDATE item SET v = v + 1 WHERE u = 2 RETURNING id, v => waits
        c: UPDATE item SET v = v + 1 WHERE u = 2 RETURNING id, v => waits
        a: COMMIT => -
        b: … => (12,3)
        c: … => (12,4)
        a: BEGIN => -
        a: UPDATE item SET v = 20 WHERE id = 3 => -
        b: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        b: SAVEPOINT s => -
        b: UPDATE item SET v = v + 1 WHERE id = 3 => waits
        c: UPDATE item SET v = v + 1 WHERE id = 3 => waits
        a: COMMIT => -
        b: … => 40001
        c: … => -
        b: ROLLBACK TO s => -
        c: UPDATE item SET v = v + 1 WHERE id = 3 RETURNING v => (22)
        b: ROLLBACK => -
    """)


@case
def old_snapshots_do_not_use_newer_indexes(server):
    """REPEATABLE READ: an index that was built later lacks versions that the snapshot sees."""
    play(server, """
        a: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        a: PREPARE find AS SELECT id FROM item WHERE v = $1 => -
        a: SELECT count(*) FROM child => (0)
        b: UPDATE item SET v = 20 WHERE id = 2 => -
        b: DELETE FROM item WHERE id = 3 => -
        b: CREATE INDEX item_v ON item (v) => -
        b: SELECT id FROM item WHERE v = 20 => (2)
        a: SELECT id FROM item WHERE v = 20 => -
        a: EXECUTE find(2) => (2)
        a: SELECT id FROM item WHERE v = 3 => (3)
        a: SELECT id FROM item WHERE v BETWEEN 2 AND 4 ORDER BY v => (2) (3) (4)
        a: UPDATE item SET v = 40 WHERE v = 4 RETURNING id => (4)
        a: DELETE FROM item WHERE v = 3 => 40001
        a: ROLLBACK => -
        a: EXECUTE find(2) => -
        a: EXECUTE find(20) => (2)
    """)


@case
def old_snapshots_and_their_own_indexes(server):
    """The same for an index of the transaction itself."""
    play(server, """
        a: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        a: SELECT count(*) FROM child => (0)
        b: UPDATE item SET v = 20 WHERE id = 2 => -
        a: CREATE INDEX item_v ON item (v) => -
        a: SELECT id FROM item WHERE v = 2 => (2)
        a: UPDATE item SET v = 50 WHERE v = 5 => -
        a: SELECT id FROM item WHERE v = 50 => (5)
        a: COMMIT => -
        a: SELECT id FROM item WHERE v IN (2, 20, 50) ORDER BY id => (2) (5)
    """)


@case
def old_snapshots_and_new_primary_keys(server):
    """A table that was given a primary key keeps its rows for older snapshots; here they are told to
    begin again."""
    play(server, f"""
        b: CREATE TEMP TABLE done () => -
        b: CREATE TABLE made (id int) => -
        b: INSERT INTO made VALUES (1), (2) => -
        a: BEGIN ISOLATION LEVEL REPEATABLE READ => -
        a: SELECT count(*) FROM child => (0)
        b: ALTER TABLE made ADD PRIMARY KEY (id) => -
        a: SELECT count(*) FROM made => {'(2)' if server.name == 'postgres' else '40001'}
        a: ROLLBACK => -
        a: SELECT id FROM made WHERE id = 2 => (2)
    """)


@case
def locked_tables_show_what_was_done(server):
    """Who locks a table sees the changes of those who had it before, in the same message even."""
    with Connection(server.socket_path, timeout=20) as connection:
        connection.query(SETUP)
        for round in range(1, 51):
            with Connection(server.socket_path, timeout=20) as other:
                connection.query("BEGIN; LOCK item IN EXCLUSIVE MODE; UPDATE item SET v = v + 1")
                found = []
                reader = threading.Thread(target=lambda: found.extend(other.query(
                    "BEGIN; LOCK item IN SHARE MODE; SELECT v FROM item WHERE id = 1")))
                reader.start()
                connection.query("COMMIT")
                reader.join()
                equal(found, [[str(round + 1)]])


@case
def sessions_are_seen_and_ended(server):
    """pg_stat_activity shows what others do; pg_cancel_backend and pg_terminate_backend end it."""
    victim = "FROM pg_stat_activity WHERE application_name = 'victim'"
    play(server, f"""
        b: SET application_name = 'victim' => -
        a: SELECT state, query {victim} => (idle,SET application_name = 'victim')
        a: SELECT pg_cancel_backend(pid) {victim} => (t)
        b: SELECT 1 => (1)
        a: BEGIN => -
        a: UPDATE item SET v = 100 WHERE id = 1 => -
        b: BEGIN => -
        a: SELECT state, query, xact_start IS NULL {victim} => (idle in transaction,BEGIN,f)
        b: UPDATE item SET v = 200 WHERE id = 1 => waits
        c: SELECT state, query, xact_start < now() {victim} => (active,UPDATE item SET v = 200 WHERE id = 1,t)
        c: SELECT pg_cancel_backend(pid) {victim} => (t)
        b: … => 57014
        c: SELECT state {victim} => (idle in transaction (aborted))
        b: ROLLBACK => -
        b: SELECT pg_sleep(30) => waits
        c: SELECT pg_cancel_backend(pid) {victim} => (t)
        b: … => 57014
        b: SELECT count(*) FROM generate_series(1, 10000000000) => waits
        c: SELECT pg_cancel_backend(pid) {victim} => (t)
        b: … => 57014
        b: UPDATE item SET v = 200 WHERE id = 1 => waits
        c: SELECT pg_terminate_backend(pid, 5000) {victim} => (t)
        b: … => 57P01
        c: SELECT count(*) {victim} => (0)
        d: SELECT pg_advisory_lock(77) => ()
        d: SET application_name = 'victim' => -
        d: BEGIN => -
        d: UPDATE item SET v = 300 WHERE id = 2 => -
        a: COMMIT => -
        a: UPDATE item SET v = 400 WHERE id = 2 => waits
        c: SELECT pg_terminate_backend(pid, 5000) {victim} => (t)
        a: … => -
        a: SELECT v FROM item WHERE id < 3 ORDER BY id => (100) (400)
        e: SET application_name = 'victim' => -
        e: SELECT pg_advisory_lock(77) => ()
        e: SELECT pg_sleep(30) => waits
        c: SELECT pg_terminate_backend(pid, 5000) {victim} => (t)
        e: … => 57P01
        c: SELECT pg_advisory_lock(77) => ()
        a: SELECT pg_terminate_backend(0) => (f)
        a: SELECT pg_terminate_backend(pg_backend_pid() + 100000, 100) => (f)
        a: SELECT pg_terminate_backend(0, -1) => 22003
        a: SELECT pg_cancel_backend(NULL) => (null)
        a: SELECT pg_cancel_backend(pg_backend_pid()) => 57014
        a: CREATE ROLE mortal => -
        a: SET ROLE mortal => -
        a: SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'postgres' => 42501
        a: RESET ROLE => -
        a: DROP ROLE mortal => -
        """)


if __name__ == "__main__":
    sys.exit(main(__doc__))
