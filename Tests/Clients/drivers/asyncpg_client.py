"""asyncpg: binary values of every type, its introspection queries, prepared statements, cursors, COPY."""

import asyncio
import datetime
import decimal
import json
import sys
import uuid

import asyncpg

UTC = datetime.timezone.utc
VALUES = [
    ("int2", -3), ("int4", 2**31 - 1), ("int8", -(2**63)), ("float4", 1.5), ("float8", -2.25),
    ("numeric", decimal.Decimal("-12345.678900")), ("numeric", decimal.Decimal("NaN")), ("text", "é€𝄞"), ("varchar(10)", "short"), ("char(5)", "ab"),
    ("bytea", b"\x00\xff"), ("bool", True), ("uuid", uuid.UUID(int=5)), ("date", datetime.date(1, 1, 1)), ("date", datetime.date(2024, 2, 29)),
    ("time", datetime.time(23, 59, 59, 999999)), ("timetz", datetime.time(1, 2, 3, tzinfo=datetime.timezone(datetime.timedelta(hours=-5)))),
    ("timestamp", datetime.datetime(1999, 12, 31, 23, 59, 59, 1)), ("timestamptz", datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
    ("interval", datetime.timedelta(days=-3, seconds=5, microseconds=7)), ("json", '{"a": 1}'), ("jsonb", '{"b": [1, null]}'),
    ("int4[]", [1, None, 3]), ("int4[]", [[1, 2], [3, 4]]), ("text[]", ["a", 'b"c', "", None]), ("numeric[]", [decimal.Decimal("1.5")]),
    ("bool[]", []), ("uuid[]", [uuid.UUID(int=1)]), ("timestamptz[]", [datetime.datetime(2024, 1, 1, tzinfo=UTC)]), ("date[]", [None]),
    ("oid", 7), ("name", "nm"), ('"char"', b"x"), ("xid8", 9), ("pg_lsn", None), ("bytea[]", [b"", b"\x01"]), ("interval[]", [datetime.timedelta(1)]),
]


async def attempt(label, action):
    try:
        print(label, await action)
    except asyncpg.PostgresError as error:
        print(label, type(error).__name__, error.sqlstate, str(error))


async def main(host, port):
    connection = await asyncpg.connect(host=host, port=port, user="postgres", database="postgres")
    for number, (kind, value) in enumerate(VALUES):
        await attempt(f"{number} {kind}", connection.fetchval(f"SELECT $1::{kind}", value))
    columns = ", ".join(f"c{n} {kind}" for n, (kind, _) in enumerate(VALUES))
    await attempt("table", connection.execute(f"CREATE TABLE everything ({columns})"))
    places = ", ".join(f"${n + 1}" for n in range(len(VALUES)))
    await attempt("insert", connection.execute(f"INSERT INTO everything VALUES ({places})", *(value for _, value in VALUES)))
    await attempt("row", connection.fetchrow("SELECT * FROM everything"))
    records = [tuple(value for _, value in VALUES)] * 3
    await attempt("copy in", connection.copy_records_to_table("everything", records=records))
    await attempt("count", connection.fetchval("SELECT count(*) FROM everything"))
    await attempt("same", connection.fetchval("SELECT count(DISTINCT e.c7) FROM everything e"))

    statement = await connection.prepare("SELECT $1::int[] || c1 AS joined, $2::jsonb AS document, c8 FROM everything LIMIT 1")
    print(statement.get_parameters(), statement.get_attributes(), statement.get_statusmsg())
    await attempt("prepared", statement.fetch([5], '{"x": 1}'))
    await attempt("again", statement.fetchrow(None, None))
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
    await attempt("codec", connection.fetchval("SELECT $1::jsonb || '{\"z\": 2}'", {"y": [1]}))
    await attempt("many", connection.executemany("INSERT INTO everything (c0, c7) VALUES ($1, $2)", [(n, f"row {n}") for n in range(20)]))
    async with connection.transaction():
        found = [record[0] async for record in connection.cursor("SELECT c0 FROM everything WHERE c7 LIKE 'row %' ORDER BY c0", prefetch=7)]
        print("cursor", found)
    async with connection.transaction(isolation="serializable", readonly=True, deferrable=True):
        await attempt("isolation", connection.fetchval("SHOW transaction_isolation"))
        await attempt("read only", connection.execute("DELETE FROM everything"))
    try:
        async with connection.transaction():
            async with connection.transaction():
                await connection.execute("SELECT 1/0")
    except asyncpg.DivisionByZeroError as error:
        print("savepoint", error.sqlstate)
    for sql in ("SELECT nosuch", "SELECT 'x'::int", "INSERT INTO everything (c0) VALUES (99999)", "SELEC 1", "SELECT * FROM nosuch"):
        await attempt(sql, connection.fetch(sql))
    await attempt("bad argument", connection.fetchval("SELECT $1::text", "x" * 3))
    await attempt("changed", connection.execute("ALTER TABLE everything ADD COLUMN late int DEFAULT 5"))
    await attempt("plan of old", statement.fetchrow(None, None))
    await attempt("star", connection.fetchval("SELECT late FROM everything LIMIT 1"))
    for sql in ("SELECT ROW(1, 'a'::text, NULL)", "SELECT '1 2'::int2vector, ARRAY[ARRAY[1,2],ARRAY[3,4]], NULL::text[]", "SELECT 'pg_class'::regclass, 'int4'::regtype, 'now'::regproc",
                "SELECT '16/B374D848'::pg_lsn, 5::xid8, current_user, version() LIKE 'PostgreSQL 15%'"):
        await attempt(sql, connection.fetchrow(sql))
    types = await connection.fetch("SELECT oid, typname FROM pg_type WHERE typname IN ('int4', '_int4', 'jsonb') ORDER BY oid")
    print(types, connection.get_server_version().major)
    listened = []
    await connection.add_listener("news", lambda _, pid, channel, payload: listened.append((channel, payload)))
    await attempt("notify", connection.execute("NOTIFY news, 'hello'"))
    await asyncio.sleep(0.2)
    print(listened)
    await connection.reset()
    pool = await asyncpg.create_pool(host=host, port=port, user="postgres", database="postgres", min_size=2, max_size=4)
    print("pool", sorted(await asyncio.gather(*(pool.fetchval("SELECT $1::int", n) for n in range(10)))))
    await pool.close()
    await attempt("drop", connection.execute("DROP TABLE everything"))
    await connection.close()


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
