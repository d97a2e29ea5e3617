#!/usr/bin/env python3
"""The wire protocol message by message: startup, extended query, pipelines, COPY, cancel.

    python3 Tests/Clients/protocol.py [--ordinal PATH] [--postgres] [CASE…]

Every case also holds on PostgreSQL 15 (--postgres).
"""

import pathlib
import struct
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from cases import case, equal, run  # noqa: E402
from wire import (  # noqa: E402
    FLUSH, GSSENC_REQUEST, SSL_REQUEST, SYNC, Connection, ServerError, bind_message,
    close_message, decode_description, decode_fields, decode_row, describe_message,
    execute_message, message, parse_message, rows_of, startup_message, text)


def connect(server, **parameters):
    return Connection(server.socket_path, timeout=20, **parameters)


def kinds(messages):
    return b"".join(kind for kind, _ in messages).decode()


def exchange(connection, data):
    """Sends, and reads up to ReadyForQuery without raising errors."""
    connection.send(data)
    messages = []
    while True:
        kind, body = connection.read()
        messages.append((kind, body))
        if kind == b"Z":
            return messages


def tags(messages):
    return [body[:-1].decode() for kind, body in messages if kind == b"C"]


def errors(messages):
    return [decode_fields(body)["C"] for kind, body in messages if kind == b"E"]


@case
def startup_parameters(server):
    """The start reports the parameters that clients rely on, and a key for cancelling."""
    with connect(server, application_name="tests") as connection:
        parameters = connection.parameters
        equal(parameters["server_version"].split(".")[0].split(" ")[0], "15")
        for name, value in {
                "server_encoding": "UTF8", "client_encoding": "UTF8", "DateStyle": "ISO, MDY",
                "integer_datetimes": "on", "standard_conforming_strings": "on",
                "IntervalStyle": "postgres", "is_superuser": "on", "TimeZone": "UTC",
                "session_authorization": "postgres", "application_name": "tests",
                "default_transaction_read_only": "off", "in_hot_standby": "off"}.items():
            equal((name, parameters.get(name)), (name, value))
        equal(connection.status, "I")
        assert connection.key is not None


@case
def startup_over_tcp(server):
    """TCP on the loopback address serves as the Unix socket does."""
    with Connection(("127.0.0.1", server.port)) as connection:
        equal(connection.query("SELECT 1"), [["1"]])


@case
def encryption_requests(server):
    """SSLRequest and GSSENCRequest are answered N, and the connection goes on."""
    connection = connect(server, start=False)
    for request in (SSL_REQUEST, GSSENC_REQUEST):
        connection.send(request)
        equal(connection.receive(1), b"N")
    connection.send(startup_message({"user": "postgres", "database": "postgres"}))
    connection.read_until_ready()
    equal(connection.query("SELECT 2"), [["2"]])
    connection.close()


@case
def startup_options(server):
    """Settings in the startup message hold for the session, also by options=-c."""
    with connect(server, options="-c statement_timeout=5s", application_name="x y") as connection:
        equal(connection.query("SHOW statement_timeout"), [["5s"]])
        equal(connection.query("SHOW application_name"), [["x y"]])


@case
def unknown_database(server):
    """A database that is not there is FATAL 3D000."""
    try:
        connect(server, database="nosuch")
    except ServerError as error:
        equal((error.fields["S"], error.state), ("FATAL", "3D000"))
        equal(error.fields["M"], 'database "nosuch" does not exist')
        return
    raise AssertionError("connected")


@case
def unknown_role(server):
    """A role that is not there is FATAL 28000."""
    try:
        connect(server, user="nosuch")
    except ServerError as error:
        equal((error.fields["S"], error.state), ("FATAL", "28000"))
        return
    raise AssertionError("connected")


@case
def minor_version_is_negotiated(server):
    """Protocol 3.1 is answered NegotiateProtocolVersion and goes on as 3.0."""
    connection = connect(server, start=False)
    connection.send(startup_message({"user": "postgres", "_pq_.nosuch": "1"}, 196609))
    kind, body = connection.read()
    equal(kind, b"v")
    equal(struct.unpack_from("!II", body), (196608, 1))
    connection.read_until_ready()
    connection.close()


@case
def simple_query_messages(server):
    """A simple query of several statements: one result each, one ReadyForQuery."""
    with connect(server) as connection:
        messages = exchange(connection, message(b"Q", text("SELECT 1; SELECT 2 WHERE false; ;")))
        equal(kinds(messages), "TDCTCZ")
        equal(tags(messages), ["SELECT 1", "SELECT 0"])
        equal(kinds(exchange(connection, message(b"Q", text("")))), "IZ")
        equal(kinds(exchange(connection, message(b"Q", text("-- nothing")))), "IZ")
        messages = exchange(connection, message(b"Q", text(
            "SELECT 1; SELECT 1 / (g - 1) FROM generate_series(1, 1) AS g; SELECT 3")))
        equal((kinds(messages), errors(messages)), ("TDCTEZ", ["22012"]))


@case
def command_tags(server):
    """Every kind of statement answers its own tag."""
    with connect(server) as connection:
        for sql, tag in [
                ("CREATE TABLE tags (id serial PRIMARY KEY, a int)", "CREATE TABLE"),
                ("INSERT INTO tags (a) VALUES (1), (2)", "INSERT 0 2"),
                ("UPDATE tags SET a = 3", "UPDATE 2"),
                ("DELETE FROM tags WHERE id = 1", "DELETE 1"),
                ("SELECT * FROM tags", "SELECT 1"),
                ("CREATE INDEX tags_a ON tags (a)", "CREATE INDEX"),
                ("ALTER TABLE tags ADD COLUMN b int", "ALTER TABLE"),
                ("TRUNCATE tags", "TRUNCATE TABLE"),
                ("BEGIN", "BEGIN"), ("SAVEPOINT s", "SAVEPOINT"), ("ROLLBACK TO s", "ROLLBACK"),
                ("RELEASE s", "RELEASE"), ("COMMIT", "COMMIT"), ("ROLLBACK", "ROLLBACK"),
                ("CREATE SEQUENCE tags_s", "CREATE SEQUENCE"),
                ("ALTER SEQUENCE tags_s RESTART", "ALTER SEQUENCE"),
                ("DROP SEQUENCE tags_s", "DROP SEQUENCE"),
                ("CREATE SCHEMA tags_schema", "CREATE SCHEMA"),
                ("DROP SCHEMA tags_schema", "DROP SCHEMA"),
                ("SET statement_timeout TO 0", "SET"), ("RESET statement_timeout", "RESET"),
                ("SHOW statement_timeout", "SHOW"),
                ("PREPARE p AS SELECT 1", "PREPARE"), ("EXECUTE p", "SELECT 1"),
                ("DEALLOCATE p", "DEALLOCATE"), ("DISCARD SEQUENCES", "DISCARD SEQUENCES"),
                ("DISCARD ALL", "DISCARD ALL"), ("VACUUM tags", "VACUUM"),
                ("ANALYZE tags", "ANALYZE"), ("EXPLAIN SELECT 1", "EXPLAIN"),
                ("COPY tags TO STDOUT", "COPY 0"), ("DROP TABLE tags", "DROP TABLE"),
                ("VALUES (1), (2)", "SELECT 2")]:
            equal((sql, tags(exchange(connection, message(b"Q", text(sql))))), (sql, [tag]))


@case
def transaction_status(server):
    """ReadyForQuery says idle, in a block, or in a failed one."""
    with connect(server) as connection:
        for sql, status in [("BEGIN", "T"), ("SELECT 1", "T"), ("SELECT 1/0", "E"),
                            ("SELECT 1", "E"), ("ROLLBACK", "I"), ("SELECT 1/0", "I")]:
            exchange(connection, message(b"Q", text(sql)))
            equal((sql, connection.status), (sql, status))


@case
def error_fields(server):
    """An error has severity, SQLSTATE, message, position; a constraint's error its names."""
    with connect(server) as connection:
        messages = exchange(connection, message(b"Q", text("SELECT nosuch")))
        fields = decode_fields(messages[0][1])
        equal({k: fields[k] for k in "SVCMP"}, {
            "S": "ERROR", "V": "ERROR", "C": "42703", "M": 'column "nosuch" does not exist',
            "P": "8"})
        connection.query("CREATE TABLE fields (id int CONSTRAINT fields_key PRIMARY KEY)")
        connection.query("INSERT INTO fields VALUES (1)")
        messages = exchange(connection, message(b"Q", text("INSERT INTO fields VALUES (1)")))
        fields = decode_fields(messages[0][1])
        equal({k: fields.get(k) for k in "CDstn"}, {
            "C": "23505", "D": "Key (id)=(1) already exists.", "s": "public", "t": "fields",
            "n": "fields_key"})
        connection.query("DROP TABLE fields")


@case
def extended_messages(server):
    """Parse, Describe, Bind, Describe, Execute, Close, Sync answer one by one."""
    with connect(server) as connection:
        messages = exchange(
            connection,
            parse_message("s", "SELECT $1::int + 1 AS n, $2::text") + describe_message(b"S", "s") +
            bind_message("p", "s", [41, None]) + describe_message(b"P", "p") +
            execute_message("p") + close_message(b"P", "p") + close_message(b"S", "s") + SYNC)
        equal(kinds(messages), "1tT2TDC33Z")
        equal(struct.unpack("!HII", messages[1][1]), (2, 23, 25))
        equal([c[:3] for c in decode_description(messages[2][1])], [("n", 23, -1), ("text", 25, -1)])
        equal(decode_row(messages[5][1]), [b"42", None])
        messages = exchange(connection, bind_message("", "s", [1, "x"]) + SYNC)
        equal(errors(messages), ["26000"])


@case
def extended_without_rows(server):
    """Statements without rows describe NoData; an empty one answers EmptyQueryResponse."""
    with connect(server) as connection:
        messages = exchange(
            connection,
            parse_message("", "CREATE TABLE nodata (a int)") + describe_message(b"S", "") +
            bind_message("", "") + describe_message(b"P", "") + execute_message() + SYNC)
        equal(kinds(messages), "1tn2nCZ")
        messages = exchange(
            connection, parse_message("", "") + bind_message("", "") + execute_message() + SYNC)
        equal(kinds(messages), "12IZ")
        messages = exchange(
            connection, parse_message("", "INSERT INTO nodata VALUES ($1) RETURNING a") +
            bind_message("", "", [7]) + execute_message() + SYNC)
        equal((kinds(messages), tags(messages)), ("12DCZ", ["INSERT 0 1"]))
        connection.query("DROP TABLE nodata")


@case
def changes_run_to_their_end(server):
    """What changes data is done at once, though the client asks for some of its rows only."""
    with connect(server) as connection:
        connection.query("CREATE TABLE limited (a int PRIMARY KEY)")

        def ask(statement, *limits):
            executes = b"".join(execute_message("p", limit) for limit in limits)
            messages = exchange(
                connection, parse_message("", statement) + bind_message("p", "") + executes + SYNC)
            return kinds(messages), connection.query("SELECT count(*) FROM limited")[0][0]

        equal(ask("INSERT INTO limited SELECT generate_series(1, 5) RETURNING a", 2), ("12DDsZ", "5"))
        equal(ask("WITH x AS (DELETE FROM limited RETURNING a) SELECT a FROM x", 1, 1),
              ("12DsDsZ", "0"))
        equal(ask("WITH x AS (INSERT INTO limited VALUES (1), (2), (3) RETURNING a) SELECT a FROM x",
                  2, 2), ("12DDsDCZ", "3"))
        connection.query("DROP TABLE limited")


@case
def row_limits(server):
    """Execute with a row limit suspends the portal, and goes on where it stopped."""
    with connect(server) as connection:
        messages = exchange(
            connection,
            parse_message("", "SELECT g FROM generate_series(1, 5) AS g") + bind_message("p", "") +
            execute_message("p", 2) + execute_message("p", 2) + execute_message("p", 2) +
            execute_message("p", 2) + SYNC)
        equal(kinds(messages), "12DDsDDsDCCZ")
        equal([row[0] for row in rows_of(messages)], ["1", "2", "3", "4", "5"])
        equal(tags(messages), ["SELECT 1", "SELECT 0"])
        messages = exchange(connection, execute_message("p", 1) + SYNC)
        equal(errors(messages), ["34000"])


@case
def portal_within_transaction(server):
    """In a transaction block a portal outlives Sync; statements between do not disturb it."""
    with connect(server) as connection:
        connection.query("CREATE TABLE held (a int)")
        connection.query("INSERT INTO held SELECT generate_series(1, 10)")
        connection.query("BEGIN")
        first = exchange(
            connection, parse_message("", "SELECT a FROM held ORDER BY a") +
            bind_message("cursor", "") + execute_message("cursor", 3) + SYNC)
        connection.query("DELETE FROM held")
        second = exchange(connection, execute_message("cursor", 100) + SYNC)
        equal([r[0] for r in rows_of(first + second)], [str(n) for n in range(1, 11)])
        connection.query("COMMIT")
        equal(errors(exchange(connection, execute_message("cursor", 1) + SYNC)), ["34000"])
        connection.query("DROP TABLE held")


@case
def errors_skip_to_sync(server):
    """After an error everything up to Sync is skipped; what came before is rolled back."""
    with connect(server) as connection:
        connection.query("CREATE TABLE skipped (a int)")
        one = parse_message("", "INSERT INTO skipped VALUES ($1)")
        messages = exchange(
            connection, one + bind_message("", "", [0]) + execute_message() +
            parse_message("", "SELECT 1 / a FROM skipped") + bind_message("", "") +
            execute_message() +
            one + bind_message("", "", [2]) + execute_message() + SYNC)
        equal((kinds(messages), errors(messages)), ("12C12EZ", ["22012"]))
        equal(connection.query("SELECT count(*) FROM skipped"), [["0"]])
        messages = exchange(
            connection, one + bind_message("", "", [3]) + execute_message() + SYNC)
        equal(kinds(messages), "12CZ")
        equal(connection.query("SELECT a FROM skipped"), [["3"]])
        connection.query("DROP TABLE skipped")


@case
def pipeline(server):
    """A thousand statements in flight, each with its Sync, answer in order."""
    with connect(server) as connection:
        connection.query("CREATE SEQUENCE piped")
        one = bind_message("", "draw") + execute_message() + SYNC
        connection.send(parse_message("draw", "SELECT nextval('piped')") + one * 1000)
        values = []
        while len(values) < 1000 or connection.status is None:
            kind, body = connection.read()
            if kind == b"D":
                values.append(int(decode_row(body)[0]))
            if kind == b"Z" and len(values) == 1000:
                break
        equal(values, list(range(1, 1001)))
        connection.query("DROP SEQUENCE piped")


@case
def pipeline_with_errors(server):
    """Errors in a pipeline end only their own Sync group."""
    with connect(server) as connection:
        parse = parse_message("", "SELECT 10 / g FROM generate_series($1::int, $1::int) AS g")
        connection.send(b"".join(
            parse + bind_message("", "", [n]) + execute_message() + SYNC
            for n in (1, 0, 2, 0, 5)))
        seen = ""
        while seen.count("Z") < 5:
            kind, _ = connection.read()
            seen += kind.decode()
        equal(seen, "12DCZ12EZ12DCZ12EZ12DCZ")


@case
def flush_without_sync(server):
    """Flush brings the answers so far; the transaction stays open until Sync."""
    with connect(server) as connection:
        connection.send(parse_message("", "SELECT 5") + FLUSH)
        equal(connection.read()[0], b"1")
        connection.send(bind_message("", "") + execute_message() + FLUSH)
        equal([connection.read()[0] for _ in range(3)], [b"2", b"D", b"C"])
        connection.send(SYNC)
        equal(connection.read()[0], b"Z")


@case
def binary_formats(server):
    """Binary results and parameters of every type are PostgreSQL's bytes."""
    with connect(server) as connection:
        for sql, wanted in [
                ("SELECT true", "01"), ("SELECT 258::smallint", "0102"),
                ("SELECT -2", "fffffffe"), ("SELECT 4294967296", "0000000100000000"),
                ("SELECT 1.5::float4", "3fc00000"), ("SELECT -2.5::float8", "c004000000000000"),
                ("SELECT 'text'::text", "74657874"), ("SELECT 'v'::varchar(3)", "76"),
                ("SELECT 'c'::char(3)", "632020"), ("SELECT '\\x00ff'::bytea", "00ff"),
                ("SELECT '2000-01-02'::date", "00000001"),
                ("SELECT '2000-01-01 00:00:01'::timestamp", "00000000000f4240"),
                ("SELECT '2000-01-01 00:00:01+00'::timestamptz", "00000000000f4240"),
                ("SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
                 "a0eebc999c0b4ef8bb6d6bb9bd380a11"),
                ("SELECT 17::oid", "00000011"), ("SELECT 12345.678::numeric",
                                                 "0003000100000003000109291a7c"),
                ("SELECT 0::numeric", "0000000000000000"),
                ("SELECT -1.50::numeric", "00020000400000020001" + "1388"),
                ("SELECT 'NaN'::numeric", "00000000c0000000")]:
            messages = exchange(
                connection, parse_message("", sql) +
                bind_message("", "", result_formats=[1]) + execute_message() + SYNC)
            rows = [decode_row(body) for kind, body in messages if kind == b"D"]
            equal((sql, rows[0][0].hex()), (sql, wanted))
        for kind, encoded, wanted in [
                ("bool", b"\1", "t"), ("int2", b"\1\2", "258"), ("int4", b"\xff\xff\xff\xfe", "-2"),
                ("int8", b"\0\0\0\1\0\0\0\0", "4294967296"), ("float8", b"\xc0\4" + b"\0" * 6, "-2.5"),
                ("float4", b"\x3f\xc0\0\0", "1.5"), ("text", b"text", "text"),
                ("bytea", b"\0\xff", "\\x00ff"), ("date", b"\0\0\0\1", "2000-01-02"),
                ("timestamp", b"\0\0\0\0\0\x0f\x42\x40", "2000-01-01 00:00:01"),
                ("uuid", bytes.fromhex("a0eebc999c0b4ef8bb6d6bb9bd380a11"),
                 "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                ("numeric", bytes.fromhex("0003000100000003000109291a7c"), "12345.678"),
                ("oid", b"\0\0\0\x11", "17")]:
            messages = exchange(
                connection, parse_message("", f"SELECT $1::{kind}") +
                bind_message("", "", [encoded], formats=[1]) + execute_message() + SYNC)
            equal((kind, rows_of(messages)), (kind, [[wanted]]))
        messages = exchange(
            connection, parse_message("", "SELECT $1::int4") +
            bind_message("", "", [b"\0\0\0\0\0\1"], formats=[1]) + execute_message() + SYNC)
        equal(errors(messages), ["22P03"])
        messages = exchange(
            connection, parse_message("", "SELECT 1, 'x'::text") +
            bind_message("", "", result_formats=[1, 0]) + execute_message() + SYNC)
        equal(decode_row(messages[2][1]), [b"\0\0\0\1", b"x"])


@case
def parameter_types(server):
    """Parse infers parameter types and obeys those that are given."""
    with connect(server) as connection:
        connection.query("CREATE TABLE inferred (a int, b text, c numeric(5,2), d date)")
        for sql, types, wanted in [
                ("INSERT INTO inferred VALUES ($1, $2, $3, $4)", [], (23, 25, 1700, 1082)),
                ("SELECT * FROM inferred WHERE a = $1 AND b = $2", [], (23, 25)),
                ("SELECT $1 + 1", [], (23,)), ("SELECT $1", [], (25,)),
                ("SELECT $1", [20], (20,)), ("SELECT $1::bigint", [], (20,)),
                ("SELECT nextval($1)", [], (2205,)), ("SELECT $2::int, $1::text", [], (25, 23)),
                ("SELECT a FROM inferred LIMIT $1", [], (20,))]:
            messages = exchange(
                connection, parse_message("", sql, types) + describe_message(b"S", "") + SYNC)
            found = struct.unpack(f"!H{len(wanted)}I", messages[1][1])
            equal((sql, found), (sql, (len(wanted), *wanted)))
        messages = exchange(connection, parse_message("", "SELECT $1 + $2") + SYNC)
        equal(errors(messages), ["42725"])
        connection.query("DROP TABLE inferred")


@case
def bind_errors(server):
    """Wrong parameter counts, unknown statements, values that do not parse."""
    with connect(server) as connection:
        for data, state in [
                (parse_message("", "SELECT $1::int") + bind_message("", "", []), "08P01"),
                (parse_message("", "SELECT 1") + bind_message("", "", [1]), "08P01"),
                (bind_message("", "nosuch"), "26000"), (execute_message("nosuch"), "34000"),
                (describe_message(b"S", "nosuch"), "26000"),
                (describe_message(b"P", "nosuch"), "34000"),
                (parse_message("", "SELECT $1::int") + bind_message("", "", ["x"]), "22P02"),
                (parse_message("twice", "SELECT 1") + parse_message("twice", "SELECT 1"), "42P05"),
                (parse_message("", "SELECT 1; SELECT 2"), "42601")]:
            messages = exchange(connection, data + SYNC)
            equal((data, errors(messages)), (data, [state]))
        equal(kinds(exchange(connection, close_message(b"S", "nosuch") + SYNC)), "3Z")


@case
def cached_plan_changes(server):
    """A prepared statement whose result type changes says so; one that does not goes on."""
    with connect(server) as connection:
        connection.query("CREATE TABLE changing (a int, b int)")
        exchange(connection, parse_message("star", "SELECT * FROM changing") +
                 parse_message("one", "SELECT a FROM changing") + SYNC)
        connection.query("ALTER TABLE changing ADD COLUMN c int")
        messages = exchange(connection, bind_message("", "star") + execute_message() + SYNC)
        equal(errors(messages), ["0A000"])
        messages = exchange(connection, bind_message("", "one") + execute_message() + SYNC)
        equal(kinds(messages), "2CZ")
        connection.query("DROP TABLE changing")
        messages = exchange(connection, bind_message("", "one") + execute_message() + SYNC)
        equal(errors(messages), ["42P01"])


@case
def copy_in(server):
    """COPY FROM STDIN: data in pieces that split lines, CopyFail, and an error in the data."""
    with connect(server) as connection:
        connection.query("CREATE TABLE copied (id int PRIMARY KEY, t text)")
        connection.send(message(b"Q", text("COPY copied FROM STDIN")))
        kind, body = connection.read()
        equal((kind, body), (b"G", b"\0\0\2\0\0\0\0"))
        for piece in (b"1\ton", b"e\n2", b"\t", b"two\n3\t\\N\n"):
            connection.send(message(b"d", piece))
        connection.send(message(b"c"))
        equal(tags(connection.read_until_ready()), ["COPY 3"])
        equal(connection.query("SELECT * FROM copied ORDER BY id"),
              [["1", "one"], ["2", "two"], ["3", None]])
        connection.send(message(b"Q", text("COPY copied FROM STDIN")))
        connection.read()
        connection.send(message(b"d", b"4\tfour\n") + message(b"f", text("changed my mind")))
        kind, body = connection.read()
        equal((kind, decode_fields(body)["C"], decode_fields(body)["M"]),
              (b"E", "57014", "COPY from stdin failed: changed my mind"))
        equal(connection.read()[0], b"Z")
        connection.send(message(b"Q", text("COPY copied FROM STDIN")))
        connection.read()
        connection.send(message(b"d", b"x\tbad\n") + message(b"d", b"5\tfive\n") + message(b"c"))
        equal(errors([connection.read()]), ["22P02"])
        equal(connection.read()[0], b"Z")
        equal(connection.query("SELECT count(*) FROM copied"), [["3"]])
        connection.query("DROP TABLE copied")


@case
def copy_out(server):
    """COPY TO STDOUT: CopyOutResponse, a CopyData a row, CopyDone."""
    with connect(server) as connection:
        messages = exchange(connection, message(
            b"Q", text("COPY (SELECT g, 'x' FROM generate_series(1, 3) AS g) TO STDOUT")))
        equal(kinds(messages), "HdddcCZ")
        equal(messages[1][1], b"1\tx\n")
        messages = exchange(connection, message(b"Q", text("SELECT 1; COPY (SELECT 2) TO STDOUT")))
        equal(kinds(messages), "TDCHdcCZ")


BINARY_ROWS = (
    b"PGCOPY\n\xff\r\n\0" + bytes(8) +
    b"\0\2" + b"\0\0\0\4" + b"\0\0\0\1" + b"\0\0\0\3" + b"one" +
    b"\0\2" + b"\0\0\0\4" + b"\0\0\0\2" + b"\xff\xff\xff\xff" + b"\xff\xff")


@case
def copy_binary(server):
    """COPY (FORMAT binary): the same bytes out as in, in pieces of any size."""
    with connect(server) as connection:
        connection.query("CREATE TABLE copied (id int, t text)")
        for size in (1, 2, 3, 7, 19, 1000):
            connection.query("TRUNCATE copied")
            connection.send(message(b"Q", text("COPY copied FROM STDIN (FORMAT binary)")))
            equal(connection.read(), (b"G", b"\1\0\2\0\1\0\1"))
            for start in range(0, len(BINARY_ROWS), size):
                connection.send(message(b"d", BINARY_ROWS[start:start + size]))
            connection.send(message(b"c"))
            equal(tags(connection.read_until_ready()), ["COPY 2"])
            messages = exchange(
                connection, message(b"Q", text("COPY copied TO STDOUT (FORMAT binary)")))
            equal(messages[0], (b"H", b"\1\0\2\0\1\0\1"))
            equal(kinds(messages), "HdddcCZ")
            equal(b"".join(body for kind, body in messages if kind == b"d"), BINARY_ROWS)
        # Everything that is cut off, and the error it is.
        for end in range(len(BINARY_ROWS)):
            connection.send(message(b"Q", text("COPY copied FROM STDIN (FORMAT binary)")))
            equal(connection.read()[0], b"G")
            connection.send(message(b"d", BINARY_ROWS[:end]) + message(b"c"))
            found = exchange(connection, b"")
            wanted = [] if end in (19, 20, 36, 37, 50, 51) else ["22P04"]
            equal((end, errors(found)), (end, wanted))
        for wrong, code in ((BINARY_ROWS + b"x", "22P04"),
                            (BINARY_ROWS.replace(b"PGCOPY", b"pgcopy"), "22P04"),
                            (BINARY_ROWS.replace(b"\0\0\0\3one", b"\xff\xff\xff\xfeone"), "22P04"),
                            (BINARY_ROWS.replace(b"\0\0\0\4\0\0\0\1", b"\0\0\0\3\0\0\1"), "08P01"),
                            (BINARY_ROWS.replace(b"\0\0\0\3one", b"\0\0\0\3o\0e"), "22021"),
                            (BINARY_ROWS[:11] + b"\0\1\0\0" + BINARY_ROWS[15:], "22P04"),
                            (BINARY_ROWS[:11] + b"\0\2\0\0" + BINARY_ROWS[15:], "22P04")):
            connection.send(message(b"Q", text("COPY copied FROM STDIN (FORMAT binary)")))
            equal(connection.read()[0], b"G")
            connection.send(message(b"d", wrong) + message(b"c"))
            equal((wrong, errors(exchange(connection, b""))), (wrong, [code]))
        connection.query("DROP TABLE copied")


@case
def copy_in_extended(server):
    """COPY FROM STDIN by the extended protocol."""
    with connect(server) as connection:
        connection.query("CREATE TABLE copied (id int)")
        connection.send(parse_message("", "COPY copied FROM STDIN") + bind_message("", "") +
                        execute_message() + FLUSH)
        equal([connection.read()[0] for _ in range(3)], [b"1", b"2", b"G"])
        connection.send(message(b"d", b"1\n2\n") + message(b"c") + SYNC)
        equal(tags(connection.read_until_ready()), ["COPY 2"])
        connection.query("DROP TABLE copied")


@case
def parameter_status_changes(server):
    """SET of a reported parameter is told, also when a transaction takes it back."""
    with connect(server) as connection:
        connection.query("SET application_name TO 'one'")
        equal(connection.parameters["application_name"], "one")
        connection.query("SET TimeZone TO 'Europe/Berlin'")
        equal(connection.parameters["TimeZone"], "Europe/Berlin")
        connection.query("BEGIN")
        connection.query("SET application_name TO 'two'")
        equal(connection.parameters["application_name"], "two")
        connection.query("ROLLBACK")
        equal(connection.parameters["application_name"], "one")
        connection.query("SET DateStyle TO 'German'")
        equal(connection.parameters["DateStyle"], "German, DMY")


@case
def notices(server):
    """Notices come with their fields, and client_min_messages holds them back."""
    with connect(server) as connection:
        connection.query("DROP TABLE IF EXISTS nosuch")
        equal([(n["S"], n["C"], n["M"]) for n in connection.notices],
              [("NOTICE", "00000", 'table "nosuch" does not exist, skipping')])
        connection.notices.clear()
        connection.query("SET client_min_messages TO warning")
        connection.query("DROP TABLE IF EXISTS nosuch")
        equal(connection.notices, [])
        connection.query("COMMIT")
        equal([n["S"] for n in connection.notices], ["WARNING"])


@case
def cancel_a_sleep(server):
    """A cancel request ends the statement with 57014 and leaves the session."""
    with connect(server) as connection:
        caught = []

        def sleep():
            try:
                connection.query("SELECT pg_sleep(60)")
            except ServerError as error:
                caught.append(error.state)
        thread = threading.Thread(target=sleep)
        thread.start()
        # Cancels that come before the statement has begun do nothing, so they are repeated.
        for _ in range(200):
            connection.cancel()
            thread.join(0.05)
            if not thread.is_alive():
                break
        equal(caught, ["57014"])
        equal(connection.query("SELECT 1"), [["1"]])


@case
def cancel_a_computation(server):
    """A long join is cancelled too."""
    with connect(server) as connection:
        started = time.monotonic()
        connection.send(message(b"Q", text(
            "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b "
            "WHERE a + b < 0")))
        connection.socket.settimeout(0.2)
        while time.monotonic() - started < 20:
            connection.cancel()
            try:
                found = connection.read()
                if found[0] == b"T":
                    continue
                equal(errors([found]), ["57014"])
                break
            except TimeoutError:
                continue
        connection.socket.settimeout(20)
        equal(connection.read()[0], b"Z")
        equal(connection.query("SELECT 1"), [["1"]])


@case
def cancel_with_a_wrong_key(server):
    """A cancel request with another key does nothing."""
    with connect(server) as connection:
        key = connection.key
        connection.key = (key[0], key[1] ^ 1)
        connection.send(message(b"Q", text("SELECT pg_sleep(0.3)")))
        connection.cancel()
        equal(kinds(connection.read_until_ready()), "TDCZ")


@case
def large_values(server):
    """A value of 20 MB goes in and comes back."""
    with connect(server) as connection:
        value = "0123456789" * 2_000_000
        rows = connection.extended("SELECT $1::text, length($1)", [value])
        equal((rows[0][1], rows[0][0] == value), (str(len(value)), True))


@case
def many_columns_and_rows(server):
    """A wide row, and a result of 200,000 rows read in one go."""
    with connect(server) as connection:
        columns = ", ".join(str(n) for n in range(1600))
        equal(len(connection.query(f"SELECT {columns}")[0]), 1600)
        rows = connection.query("SELECT g, g * 2 FROM generate_series(1, 200000) AS g")
        equal((len(rows), rows[-1]), (200000, ["200000", "400000"]))


@case
def slow_reader(server):
    """A client that does not read its result holds up nobody else, and gets all of it."""
    with connect(server) as slow, connect(server) as other:
        slow.send(message(b"Q", text("SELECT g FROM generate_series(1, 2000000) AS g")))
        for n in range(200):
            equal(other.query(f"SELECT {n}"), [[str(n)]])
        rows = rows_of(slow.read_until_ready())
        equal((len(rows), rows[-1]), (2000000, ["2000000"]))


@case
def deadlock(server):
    """Of two sessions that wait for each other one gets 40P01, the other its row."""
    with connect(server) as one, connect(server) as two:
        one.query("CREATE TABLE dead (id int PRIMARY KEY, v int)")
        one.query("INSERT INTO dead VALUES (1, 0), (2, 0)")
        for connection, row in ((one, 1), (two, 2)):
            connection.query("BEGIN")
            connection.query(f"UPDATE dead SET v = v + 1 WHERE id = {row}")
        one.send(message(b"Q", text("UPDATE dead SET v = v + 1 WHERE id = 2")))
        two.send(message(b"Q", text("UPDATE dead SET v = v + 1 WHERE id = 1")))
        states = []
        first = {}

        def answer(connection):
            try:
                connection.read_until_ready()
                first[connection] = None
            except ServerError as error:
                first[connection] = error.state
                connection.query("ROLLBACK")
        threads = [threading.Thread(target=answer, args=(c,)) for c in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        states = sorted(first.values(), key=str)
        equal(states, ["40P01", None])
        for connection in (one, two):
            connection.query("ROLLBACK")
        one.query("DROP TABLE dead")


@case
def lock_timeout_and_nowait(server):
    """A lock that is not free: 55P03 after lock_timeout, at once with NOWAIT; SKIP LOCKED skips."""
    with connect(server) as one, connect(server) as two:
        one.query("CREATE TABLE locked (id int PRIMARY KEY)")
        one.query("INSERT INTO locked VALUES (1), (2)")
        one.query("BEGIN")
        one.query("SELECT * FROM locked WHERE id = 1 FOR UPDATE")
        two.query("SET lock_timeout TO '100ms'")
        for sql in ("SELECT * FROM locked WHERE id = 1 FOR UPDATE",
                    "DELETE FROM locked WHERE id = 1", "DROP TABLE locked",
                    "SELECT * FROM locked WHERE id = 1 FOR UPDATE NOWAIT"):
            try:
                two.query(sql)
                raise AssertionError(f"{sql} did not wait")
            except ServerError as error:
                equal((sql, error.state), (sql, "55P03"))
        equal(two.query("SELECT id FROM locked ORDER BY id FOR UPDATE SKIP LOCKED"), [["2"]])
        one.query("ROLLBACK")
        two.query("DROP TABLE locked")


@case
def blocked_until_commit(server):
    """An insert of the same key waits: after COMMIT it is a duplicate, after ROLLBACK it goes in."""
    with connect(server) as one, connect(server) as two:
        one.query("CREATE TABLE waits (id int PRIMARY KEY)")
        for end, state in (("COMMIT", "23505"), ("ROLLBACK", None)):
            one.query("TRUNCATE waits")
            one.query("BEGIN")
            one.query("INSERT INTO waits VALUES (1)")
            two.send(message(b"Q", text("INSERT INTO waits VALUES (1)")))
            two.socket.settimeout(0.2)
            try:
                two.read()
                raise AssertionError("did not wait")
            except TimeoutError:
                two.socket.settimeout(20)
            one.query(end)
            try:
                two.read_until_ready()
                equal((end, None), (end, state))
            except ServerError as error:
                equal((end, error.state), (end, state))
        one.query("DROP TABLE waits")


@case
def repeatable_read(server):
    """REPEATABLE READ keeps its snapshot, and gets 40001 where another updated first."""
    with connect(server) as one, connect(server) as two:
        one.query("CREATE TABLE rr (id int PRIMARY KEY, v int)")
        one.query("INSERT INTO rr VALUES (1, 0)")
        one.query("BEGIN ISOLATION LEVEL REPEATABLE READ")
        equal(one.query("SELECT v FROM rr"), [["0"]])
        two.query("UPDATE rr SET v = 5")
        equal(one.query("SELECT v FROM rr"), [["0"]])
        try:
            one.query("UPDATE rr SET v = v + 1")
            raise AssertionError("updated")
        except ServerError as error:
            equal(error.state, "40001")
            equal(error.fields["M"], "could not serialize access due to concurrent update")
        one.query("ROLLBACK")
        one.query("BEGIN")
        equal(one.query("SELECT v FROM rr"), [["5"]])
        two.query("UPDATE rr SET v = 6")
        equal(one.query("SELECT v FROM rr"), [["6"]])
        one.query("COMMIT")
        one.query("DROP TABLE rr")


@case
def read_committed_rechecks(server):
    """After a lock wait READ COMMITTED looks again at the row it waited for."""
    with connect(server) as one, connect(server) as two:
        one.query("CREATE TABLE rc (id int PRIMARY KEY, v int)")
        one.query("INSERT INTO rc VALUES (1, 10), (2, 20)")
        one.query("BEGIN")
        one.query("UPDATE rc SET v = v + 1 WHERE id = 1")
        two.send(message(b"Q", text("UPDATE rc SET v = v * 2 WHERE v = 10")))
        two.socket.settimeout(0.2)
        try:
            two.read()
            raise AssertionError("did not wait")
        except TimeoutError:
            two.socket.settimeout(20)
        one.query("COMMIT")
        equal(tags(two.read_until_ready()), ["UPDATE 0"])
        one.query("BEGIN")
        one.query("UPDATE rc SET v = 100 WHERE id = 1")
        two.send(message(b"Q", text("UPDATE rc SET v = v + 1 WHERE id = 1")))
        one.query("COMMIT")
        equal(tags(two.read_until_ready()), ["UPDATE 1"])
        equal(one.query("SELECT v FROM rc ORDER BY id"), [["101"], ["20"]])
        one.query("DROP TABLE rc")


@case
def sequence_restart_blocks(server):
    """An uncommitted ALTER SEQUENCE … RESTART makes nextval of others wait; rollback undoes it."""
    with connect(server) as one, connect(server) as two:
        one.query("CREATE SEQUENCE blocked")
        one.query("SELECT nextval('blocked')")
        for end, wanted in (("ROLLBACK", "2"), ("COMMIT", "100")):
            one.query("BEGIN")
            one.query("ALTER SEQUENCE blocked RESTART WITH 100")
            two.send(message(b"Q", text("SELECT nextval('blocked')")))
            two.socket.settimeout(0.2)
            try:
                two.read()
                raise AssertionError("did not wait")
            except TimeoutError:
                two.socket.settimeout(20)
            one.query(end)
            equal((end, rows_of(two.read_until_ready())), (end, [[wanted]]))
        one.query("DROP SEQUENCE blocked")


@case
def sequence_caches_of_sessions(server):
    """Each session draws from its own block; setval leaves them, ALTER … RESTART ends them."""
    with connect(server) as one, connect(server) as two:
        one.query("CREATE SEQUENCE cached CACHE 10")
        draw = "SELECT nextval('cached')"
        equal([one.query(draw), two.query(draw), one.query(draw), two.query(draw)],
              [[["1"]], [["11"]], [["2"]], [["12"]]])
        one.query("SELECT setval('cached', 100)")
        equal([one.query(draw), two.query(draw)], [[["101"]], [["13"]]])
        one.query("ALTER SEQUENCE cached RESTART WITH 1000")
        equal([two.query(draw), one.query(draw)], [[["1000"]], [["1010"]]])
        one.query("DROP SEQUENCE cached")


@case
def drop_with_open_transaction(server):
    """A sequence drawn from in an open transaction cannot be dropped under it."""
    with connect(server) as one, connect(server) as two:
        one.query("CREATE SEQUENCE used")
        one.query("BEGIN")
        one.query("SELECT nextval('used')")
        two.query("SET lock_timeout TO '100ms'")
        try:
            two.query("DROP SEQUENCE used")
            raise AssertionError("dropped")
        except ServerError as error:
            equal(error.state, "55P03")
        equal(one.query("SELECT nextval('used')"), [["2"]])
        one.query("COMMIT")
        two.query("DROP SEQUENCE used")


@case
def a_thousand_connections_come_and_go(server):
    """Connections that come and go leave nothing behind."""
    for _ in range(1000):
        with connect(server) as connection:
            connection.send(message(b"Q", text("SELECT 1")))
    with connect(server) as connection:
        equal(connection.query("SELECT 1"), [["1"]])


@case
def a_client_that_vanishes(server):
    """A client that goes away in a transaction releases what it held."""
    with connect(server) as other:
        other.query("CREATE TABLE left_behind (id int PRIMARY KEY)")
        gone = connect(server)
        gone.query("BEGIN")
        gone.query("INSERT INTO left_behind VALUES (1)")
        gone.socket.close()
        other.query("SET lock_timeout TO '10s'")
        other.query("INSERT INTO left_behind VALUES (1)")
        equal(other.query("SELECT count(*) FROM left_behind"), [["1"]])
        other.query("DROP TABLE left_behind")


if __name__ == "__main__":
    run(__doc__)
