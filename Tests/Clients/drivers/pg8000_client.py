"""pg8000: a driver in pure Python, with named parameters and text values of unknown type."""

import datetime
import decimal
import io
import sys
import uuid

import pg8000.native

connection = pg8000.native.Connection("postgres", unix_sock=f"{sys.argv[1]}/.s.PGSQL.{sys.argv[2]}", database="postgres")


def run(statement, **parameters):
    try:
        rows = connection.run(statement, **parameters)
        print(statement, connection.row_count, rows, [(c["name"], c["type_oid"], c["type_size"], c["type_modifier"]) for c in connection.columns or ()])
    except pg8000.native.DatabaseError as error:
        fields = error.args[0]
        print(statement, {key: fields[key] for key in "SCMDHPstcn" if key in fields} if isinstance(fields, dict) else fields)


run("SELECT :a::int, :b, cast(:c AS numeric), :d, cast(:e AS jsonb), :f, '{1,2}'::int[], interval '2 days 3 hours', '12:34'::time, 'a'::\"char\", NULL, 'x'::name",
    a=5, b="text", c=decimal.Decimal("2.50"), d=datetime.date(2024, 1, 1), e='{"a": 1}', f=uuid.UUID(int=9))
run("SELECT :a, :b, :c, :d, :e", a=True, b=1.5, c=2**40, d=[1, 2], e=datetime.timedelta(days=1, seconds=3))
run("SELECT ARRAY['a', NULL], '{{1,2},{3,4}}'::int[], '[1,2]'::json, 'infinity'::timestamp, '0044-03-15 BC'::date")
run("CREATE TEMP TABLE t (a int PRIMARY KEY, b timestamptz DEFAULT '2024-01-01 00:00+00', c bytea, d varchar(3))")
run("INSERT INTO t (a, c) VALUES (:a, :c) RETURNING *", a=1, c=b"\x01")
run("INSERT INTO t (a) VALUES (1)")
run("INSERT INTO t (a, d) VALUES (2, 'long')")
run("SELECT 1/0")
run("SELECT nosuch FROM t")
prepared = connection.prepare("SELECT :x::int + 1")
print([prepared.run(x=number) for number in range(3)])
prepared.close()
run("START TRANSACTION")
run("UPDATE t SET a = a + 1")
run("ROLLBACK")
connection.run("COPY t FROM STDIN", stream=io.BytesIO(b"7\t2024-01-01\t\\N\t\\N\n8\t\\N\t\\\\x00\tabc\n"))
out = io.BytesIO()
connection.run("COPY (SELECT * FROM t ORDER BY a) TO STDOUT WITH (FORMAT csv)", stream=out)
print(out.getvalue())
run("SELECT count(*) FROM t WHERE a = ANY(:list)", list=[7, 8, 9])
run("LISTEN news")
run("NOTIFY news, 'it'")
run("SELECT 1")
print([note[1:] for note in connection.notifications])
run("DROP TABLE t")
connection.close()
