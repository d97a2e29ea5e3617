"""psycopg2: adaptation, named cursors, COPY, bulk inserts, transactions, notifications."""

import datetime
import decimal
import io
import select
import sys
import uuid

import psycopg2
from psycopg2 import extras, sql

connection = psycopg2.connect(host=sys.argv[1], port=int(sys.argv[2]), user="postgres", dbname="postgres")
cursor = connection.cursor()
extras.register_uuid()


def run(statement, parameters=None):
    label = statement.as_string(connection) if not isinstance(statement, str) else statement
    try:
        cursor.execute(statement, parameters)
        rows = [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()] if cursor.description else None
        columns = [tuple(column)[:6] for column in cursor.description] if cursor.description else None
        print(label, cursor.statusmessage, cursor.rowcount, columns, rows)
    except psycopg2.Error as error:
        print(label, type(error).__name__, error.pgcode, error.diag.message_primary, error.diag.message_detail, error.diag.statement_position)
        connection.rollback()


run("SELECT %s::int[], %s, %s::numeric, %s, %s::jsonb, %s, interval '1 day 2 hours', '{a,b}'::text[], %s::bytea",
    ([1, 2], "quo'te\\", decimal.Decimal("1.50"), datetime.date(2024, 1, 1), extras.Json({"a": 1}), uuid.UUID(int=3), b"\x00x"))
run("SELECT %s, %s, %s, %s", (None, True, 1.5, datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)))
run("SELECT 1 WHERE 1 IN %s", ((1, 2),))
run(sql.SQL("CREATE TABLE {} (a int, b text)").format(sql.Identifier("Odd Table")))
run(sql.SQL("INSERT INTO {} VALUES (%s, %s)").format(sql.Identifier("Odd Table")), (1, "x"))
connection.commit()
print(connection.get_parameter_status("standard_conforming_strings"), connection.encoding, connection.server_version // 10000)
print(extras.HstoreAdapter.get_oids(connection))
connection.rollback()

named = connection.cursor("named", scrollable=True)
named.execute("SELECT generate_series(1, 10)")
print(named.fetchmany(3), named.scroll(2), named.fetchone(), named.scroll(0, mode="absolute"), named.fetchall())
named.close()
held = connection.cursor("held", withhold=True)
held.execute("SELECT generate_series(1, 3)")
connection.commit()
print(held.fetchall())
held.close()

run("CREATE TEMP TABLE copied (a int, b text)")
cursor.copy_from(io.StringIO("1\ta\n2\t\\N\n"), "copied")
cursor.copy_expert("COPY copied FROM STDIN WITH (FORMAT csv, HEADER)", io.StringIO('a,b\n3,"q""x"\n4,\n'))
out = io.StringIO()
cursor.copy_expert("COPY copied TO STDOUT WITH (FORMAT csv, HEADER, FORCE_QUOTE (b))", out)
print(out.getvalue())
print(extras.execute_values(cursor, "INSERT INTO copied VALUES %s RETURNING a, b", [(n, "v") for n in range(5)], fetch=True))
extras.execute_batch(cursor, "UPDATE copied SET b = %s WHERE a = %s", [(f"u{n}", n) for n in range(5)])
run("SELECT * FROM copied ORDER BY a, b")
with connection.cursor(cursor_factory=extras.RealDictCursor) as by_name:
    by_name.execute("SELECT a, count(*) AS n FROM copied GROUP BY a ORDER BY a")
    print([dict(row) for row in by_name])
for statement in ("SELECT nosuch", "SELEC", "SELECT 1/0", "INSERT INTO copied VALUES ('x')", "SELECT * FROM copied WHERE a = 'b'"):
    run(statement)
connection.rollback()
connection.set_session(isolation_level="SERIALIZABLE", readonly=True, deferrable=True)
run("SHOW transaction_isolation")
run("SHOW transaction_read_only")
run("CREATE TABLE never (a int)")
connection.rollback()
connection.set_session(isolation_level="DEFAULT", readonly="DEFAULT", deferrable="DEFAULT", autocommit=True)
run("LISTEN news")
run("NOTIFY news, 'it'")
run("SELECT 1")
select.select([connection], [], [], 2)
connection.poll()
print([(note.channel, note.payload) for note in connection.notifies])
run("DO NOTHING")
run('DROP TABLE "Odd Table"')
connection.close()
