#!/usr/bin/env python3
"""psycopg 3 as applications use it: parameters, binary, pipelines, COPY, types, errors.

    tools/clients psycopg          runs it in a virtual environment of its own

Every case also holds on PostgreSQL 15 (--postgres).
"""

import datetime
import decimal
import pathlib
import sys
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

import psycopg  # noqa: E402
from psycopg import errors, sql  # noqa: E402
from psycopg.rows import dict_row  # noqa: E402

from cases import case, equal, run  # noqa: E402


def connect(server, **arguments):
    return psycopg.connect(
        host=str(server.sockets), port=server.port, user="postgres", dbname="postgres",
        **arguments)


def prepare(server):
    with connect(server, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE orders (id serial PRIMARY KEY, customer_id int, total numeric(10,2))")


@case
def connects_over_tcp(server):
    """A conninfo string with host and port."""
    with psycopg.connect(f"postgresql://postgres@127.0.0.1:{server.port}/postgres") as connection:
        equal(connection.execute("SELECT 1").fetchone(), (1,))
        equal(connection.info.server_version // 10000, 15)


@case
def inserts_with_parameters(server):
    """INSERT … RETURNING with parameters gives ids that rise."""
    with connect(server) as connection:
        ids = [connection.execute(
            "INSERT INTO orders (customer_id, total) VALUES (%s, %s) RETURNING id",
            (n, decimal.Decimal("10.50"))).fetchone()[0] for n in range(10)]
        equal(ids, sorted(set(ids)))
        equal(len(ids), 10)


@case
def types_round_trip(server):
    """Values of every type go in and come back the same, as text and binary."""
    values = [True, 5, -2**31, 2**40, 1.5, decimal.Decimal("12345.678900"), "text 'quoted' é",
              b"\0\xff", datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 12, 30, 1, 5),
              datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc), uuid.uuid4(), None]
    casts = ["boolean", "integer", "integer", "bigint", "double precision", "numeric", "text",
             "bytea", "date", "timestamp", "timestamptz", "uuid", "text"]
    query = "SELECT " + ", ".join(f"%s::{cast}" for cast in casts)
    with connect(server) as connection:
        for binary in (False, True):
            equal(list(connection.execute(query, values, binary=binary).fetchone()), values)


@case
def arrays_round_trip(server):
    """Lists are arrays, as text and binary; they search, and come in bulk."""
    values = [[1, None, -3], ["a b", 'quo"te', None, "", "NULL"], [[1, 2], [3, 4]], [], [True, False],
              [decimal.Decimal("1.50"), decimal.Decimal("NaN")], [1.5, float("inf")],
              [datetime.date(2024, 2, 29)], [uuid.uuid4()], [b"\0\xff", b""],
              [datetime.datetime(2024, 2, 29, 12, 30, 1, 5)], [2**40]]
    casts = ["int[]", "text[]", "int[][]", "int[]", "bool[]", "numeric[]", "float8[]", "date[]",
             "uuid[]", "bytea[]", "timestamp[]", "bigint[]"]
    query = "SELECT " + ", ".join(f"%s::{cast}" for cast in casts)
    binary_query = "SELECT " + ", ".join(f"%b::{cast}" for cast in casts)
    with connect(server) as connection:
        for binary in (False, True):
            for text in (query, binary_query):
                found = list(connection.execute(text, values, binary=binary).fetchone())
                # NaN is not equal to itself.
                equal([repr(value) for value in found], [repr(value) for value in values])
        connection.execute("CREATE TABLE arrayed (id int PRIMARY KEY, tags text[])")
        connection.execute(
            "INSERT INTO arrayed SELECT id, ARRAY[tag] FROM unnest(%s::int[], %s::text[]) AS u(id, tag)",
            ([50, 51], ["x", None]))
        equal(connection.execute("SELECT tags FROM arrayed ORDER BY id").fetchall(),
              [(["x"],), ([None],)])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO arrayed VALUES (%s, %s)", [(n, [f"t{n}", "all"]) for n in range(20)])
        for _ in range(7):
            rows = connection.execute(
                "SELECT id FROM arrayed WHERE id = ANY(%s) ORDER BY id", ([3, 5, 3, 99],)).fetchall()
            equal(rows, [(3,), (5,)])
        equal(connection.execute(
            "SELECT count(*) FROM arrayed WHERE %s = ANY(tags)", ("all",)).fetchone(), (20,))
        with connection.cursor().copy("COPY arrayed FROM STDIN (FORMAT text)") as copy:
            copy.write_row((100, ["a,b", None, "c\\d"]))
        equal(connection.execute("SELECT tags FROM arrayed WHERE id = 100").fetchone(),
              (["a,b", None, "c\\d"],))
        connection.rollback()


@case
def rolls_back_on_error(server):
    """An exception in the block rolls back; the id is used up."""
    with connect(server) as connection:
        before = connection.execute("SELECT count(*) FROM orders").fetchone()
        connection.commit()
        try:
            with connection.transaction():
                connection.execute("INSERT INTO orders (customer_id) VALUES (1)")
                connection.execute("SELECT 1 / 0")
        except errors.DivisionByZero as error:
            equal(error.sqlstate, "22012")
        equal(connection.execute("SELECT count(*) FROM orders").fetchone(), before)


@case
def nested_transactions(server):
    """Nested blocks are savepoints."""
    with connect(server) as connection:
        with connection.transaction():
            connection.execute("INSERT INTO orders (customer_id) VALUES (777)")
            try:
                with connection.transaction():
                    connection.execute("INSERT INTO orders (customer_id) VALUES (778)")
                    raise ValueError
            except ValueError:
                pass
        equal(connection.execute(
            "SELECT customer_id FROM orders WHERE customer_id IN (777, 778)").fetchall(), [(777,)])


@case
def errors_have_their_class(server):
    """SQLSTATEs become exceptions, with the constraint's name."""
    with connect(server, autocommit=True) as connection:
        connection.execute("INSERT INTO orders (id) VALUES (1000000)")
        try:
            connection.execute("INSERT INTO orders (id) VALUES (1000000)")
            raise AssertionError("no error")
        except errors.UniqueViolation as error:
            equal((error.diag.constraint_name, error.diag.table_name, error.diag.message_detail),
                  ("orders_pkey", "orders", "Key (id)=(1000000) already exists."))
        try:
            connection.execute("SELECT * FROM nosuch")
            raise AssertionError("no error")
        except errors.UndefinedTable as error:
            equal(error.diag.statement_position, "15")
        try:
            connection.execute("SELECT currval('orders_id_seq')")
            raise AssertionError("no error")
        except errors.ObjectNotInPrerequisiteState:
            pass


@case
def prepares_by_itself(server):
    """A statement run often is prepared on the server, and goes on after a change of the table."""
    with connect(server, autocommit=True, prepare_threshold=2) as connection:
        for n in range(20):
            equal(connection.execute("SELECT %s::int + 1", (n,)).fetchone(), (n + 1,))
        connection.execute("CREATE TABLE changing (a int)")
        for n in range(10):
            connection.execute("INSERT INTO changing (a) VALUES (%s)", (n,))
        connection.execute("ALTER TABLE changing ADD COLUMN b int DEFAULT 5")
        for n in range(10):
            connection.execute("INSERT INTO changing (a) VALUES (%s)", (n,))
        equal(connection.execute("SELECT count(*), sum(b) FROM changing").fetchone(), (20, 100))
        connection.execute("DROP TABLE changing")


@case
def executemany_and_pipeline(server):
    """Many statements in a pipeline."""
    with connect(server) as connection:
        cursor = connection.cursor()
        cursor.executemany(
            "INSERT INTO orders (customer_id, total) VALUES (%s, %s)",
            [(5000 + n % 10, n) for n in range(1000)])
        equal(cursor.rowcount, 1000)
        with connection.pipeline():
            cursors = [connection.execute("SELECT nextval('orders_id_seq')") for _ in range(50)]
        values = [c.fetchone()[0] for c in cursors]
        equal(values, list(range(values[0], values[0] + 50)))
        equal(connection.execute(
            "SELECT count(*), sum(total) FROM orders WHERE customer_id >= 5000").fetchone(),
            (1000, decimal.Decimal("499500.00")))


@case
def copies(server):
    """COPY in, by rows and by block, and out."""
    with connect(server) as connection:
        cursor = connection.cursor()
        with cursor.copy("COPY orders (customer_id, total) FROM STDIN") as copy:
            for n in range(1000):
                copy.write_row((9000, decimal.Decimal(n) / 4))
        with cursor.copy("COPY orders (customer_id, total) FROM STDIN (FORMAT csv)") as copy:
            copy.write("9000,1.25\n9000,\n")
        equal(connection.execute(
            "SELECT count(*), sum(total) FROM orders WHERE customer_id = 9000").fetchone(),
            (1002, decimal.Decimal("124876.25")))
        with cursor.copy(
                "COPY (SELECT total FROM orders WHERE customer_id = 9000 ORDER BY id LIMIT 3) "
                "TO STDOUT") as copy:
            equal([row for row in copy.rows()], [("0.00",), ("0.25",), ("0.50",)])
        try:
            with cursor.copy("COPY orders (customer_id) FROM STDIN") as copy:
                copy.write("not a number\n")
            raise AssertionError("no error")
        except errors.InvalidTextRepresentation:
            pass


@case
def row_factories_and_composition(server):
    """Rows as dictionaries, identifiers composed."""
    with connect(server, row_factory=dict_row) as connection:
        query = sql.SQL("SELECT {} AS {} FROM {} WHERE {} = %s LIMIT 1").format(
            sql.Literal("it's"), sql.Identifier("Odd Name"), sql.Identifier("orders"),
            sql.Identifier("customer_id"))
        connection.execute("INSERT INTO orders (customer_id) VALUES (4242)")
        equal(connection.execute(query, (4242,)).fetchone(), {"Odd Name": "it's"})


@case
def cancels(server):
    """cancel() ends a statement of another thread."""
    import threading
    with connect(server, autocommit=True) as connection:
        timer = threading.Timer(0.3, connection.cancel)
        timer.start()
        try:
            connection.execute("SELECT pg_sleep(30)")
            raise AssertionError("slept")
        except errors.QueryCanceled:
            pass
        timer.join()
        equal(connection.execute("SELECT 1").fetchone(), (1,))


@case
def settings_and_isolation(server):
    """Isolation level, read only, autocommit, and client settings."""
    with connect(server) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        equal(connection.execute("SHOW transaction_isolation").fetchone(), ("repeatable read",))
        connection.rollback()
        connection.read_only = True
        try:
            connection.execute("SELECT nextval('orders_id_seq')")
            raise AssertionError("no error")
        except errors.ReadOnlySqlTransaction:
            connection.rollback()
        equal(connection.info.parameter_status("TimeZone"), "UTC")
        equal(connection.info.encoding, "utf-8")


@case
def notices_arrive(server):
    """Notice handlers are called."""
    seen = []
    with connect(server, autocommit=True) as connection:
        connection.add_notice_handler(lambda diag: seen.append(diag.message_primary))
        connection.execute("DROP TABLE IF EXISTS nosuch")
    equal(seen, ['table "nosuch" does not exist, skipping'])


@case
def notifications_arrive(server):
    """connection.notifies() yields what others send, and handlers are called."""
    with connect(server, autocommit=True) as listener, connect(server) as sender:
        listener.execute("LISTEN jobs")
        sender.execute("SELECT pg_notify('jobs', %s)", ("first",))
        sender.execute("NOTIFY jobs, 'second'")
        sender.commit()
        found = [(n.channel, n.payload, n.pid == sender.info.backend_pid)
                 for n in listener.notifies(timeout=10, stop_after=2)]
        equal(found, [("jobs", "first", True), ("jobs", "second", True)])
        seen = []
        listener.add_notify_handler(lambda n: seen.append(n.payload))
        sender.execute("NOTIFY jobs, 'third'")
        sender.commit()
        listener.execute("SELECT 1")
        equal(seen, ["third"])


if __name__ == "__main__":
    run(__doc__, prepare)
