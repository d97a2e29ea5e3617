#!/usr/bin/env python3
"""Messages that are wrong: each is answered by an error, ends at most its own connection, and
harms nobody else.

    python3 Tests/Clients/malformed.py [--ordinal PATH] [--postgres] [--seed N] [CASE…]

Ordinal answers FATAL 08P01 where PostgreSQL 15 sometimes only logs and closes; both are accepted
with --postgres, as is a plain ERROR for a message whose frame is right and whose content is not.
"""

import contextlib
import pathlib
import random
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from cases import case, equal, run  # noqa: E402
from servers import Postgres  # noqa: E402
from wire import (  # noqa: E402
    SYNC, Connection, bind_message, decode_fields, message, parse_message, startup_message, text)

RANDOM_CONNECTIONS = 300


def connect(server, **parameters):
    return Connection(server.socket_path, timeout=20, **parameters)


def last_words(connection):
    """Sends Sync, and reads what comes: ("FATAL", state), ("ERROR", state), "ready" or "closed"."""
    found = None
    with contextlib.suppress(ConnectionError):
        connection.send(SYNC)  # Closed already: its last words are still to be read.
    try:
        while True:
            kind, body = connection.read()
            if kind == b"E":
                fields = decode_fields(body)
                if fields["V"] in ("FATAL", "PANIC"):
                    return fields["V"], fields["C"]
                found = found or (fields["V"], fields["C"])
            elif kind == b"Z":
                return found or "ready"
    except (EOFError, ConnectionError, BrokenPipeError):
        return found or "closed"


def others_work(server, watch):
    equal(watch.query("SELECT 1"), [["1"]])
    with connect(server) as connection:
        equal(connection.query("SELECT 2"), [["2"]])


def check(server, data, fatal):
    """The answer to `data` on a connection of its own, while another connection goes on."""
    with connect(server) as watch:
        connection = connect(server)
        connection.send(data)
        words = last_words(connection)
        allowed = [("FATAL", "08P01")]
        if not fatal:
            allowed.append(("ERROR", "08P01"))
        if isinstance(server, Postgres):
            allowed.append("closed")
        if words not in allowed:
            raise AssertionError(f"{data[:60]!r}: {words}, allowed {allowed}")
        if words[0] == "ERROR":
            # A simple query has answered ReadyForQuery of its own.
            rows = connection.query("SELECT 3") or connection.query("SELECT 3")
            equal(rows, [["3"]])
        connection.socket.close()
        others_work(server, watch)


@case
def unknown_message_type(server):
    """A message type that is none ends the connection."""
    for kind in (b"!", b"\0", b"\xff", b"z", b"T"):
        check(server, message(kind, b"body"), fatal=True)


@case
def length_too_small(server):
    """A length below its own four bytes ends the connection."""
    for length in (0, 1, 3):
        check(server, b"Q" + struct.pack("!I", length) + b"SELECT 1\0", fatal=True)


@case
def length_too_large(server):
    """A message longer than a gigabyte ends the connection, before it is read."""
    for kind in b"QPBDECd":
        for length in (0x40000000, 0x7fffffff, 0x80000000, 0xffffffff):
            check(server, bytes([kind]) + struct.pack("!I", length), fatal=True)


@case
def long_control_messages(server):
    """Messages that are always short may not be long."""
    for kind in b"SHcD":
        check(server, bytes([kind]) + struct.pack("!I", 100_000_000), fatal=True)


@case
def strings_without_end(server):
    """Strings that do not end within their message."""
    for data in (message(b"Q", b"SELECT 1"), message(b"Q", b""), message(b"P", b"name"),
                 message(b"P", b"name\0SELECT 1"), message(b"D", b"Sname"), message(b"D", b""),
                 message(b"C", b"Pname"), message(b"E", b"portal"), message(b"B", b"portal\0x")):
        check(server, data, fatal=False)


@case
def bodies_too_short(server):
    """Counts that promise more than the message holds."""
    bind = text("") + text("")
    for data in (message(b"P", text("") + text("SELECT 1")),
                 message(b"P", text("") + text("SELECT 1") + struct.pack("!H", 5)),
                 message(b"P", text("") + text("SELECT 1") + struct.pack("!H", 65535)),
                 message(b"E", text("") + b"\0"),
                 message(b"E", text("")),
                 parse_message("", "SELECT $1::text") + message(b"B", bind),
                 parse_message("", "SELECT $1::text") + message(b"B", bind + b"\0\5"),
                 parse_message("", "SELECT $1::text") +
                 message(b"B", bind + b"\0\0\0\1" + struct.pack("!i", 100) + b"short"),
                 parse_message("", "SELECT $1::text") +
                 message(b"B", bind + b"\0\0\0\1" + struct.pack("!i", -7)),
                 parse_message("", "SELECT $1::text") +
                 message(b"B", bind + b"\0\0\0\1" + struct.pack("!i", 0x7fffffff) + b"x"),
                 parse_message("", "SELECT $1::text") +
                 message(b"B", bind + b"\0\0\0\1" + struct.pack("!i", 1) + b"x" + b"\0\7")):
        check(server, data, fatal=False)


@case
def bodies_too_long(server):
    """Bytes after the end of a message's content."""
    for data in (message(b"Q", text("SELECT 1") + b"more"),
                 message(b"P", text("") + text("SELECT 1") + b"\0\0more"),
                 message(b"E", text("") + b"\0\0\0\0more"),
                 message(b"D", b"S" + text("") + b"more"),
                 message(b"S", b"more"), message(b"H", b"more"),
                 parse_message("", "SELECT 1") + bind_message("", "")[:-2] + b"\0\0more"):
        if data.startswith((b"S", b"H")) and isinstance(server, Postgres):
            continue  # PostgreSQL answers these at the next message.
        check(server, fix_length(data), fatal=False)


def fix_length(data):
    """The same messages with the length of the last one up to the end."""
    position = 0
    while True:
        length, = struct.unpack_from("!I", data, position + 1)
        following = position + 1 + length
        if following >= len(data) or data[following:following + 1] not in (b"B",):
            return data[:position + 1] + struct.pack("!I", len(data) - position - 1) + \
                data[position + 5:]
        position = following


@case
def describe_neither(server):
    """Describe and Close of something that is neither statement nor portal."""
    for kind in (b"D", b"C"):
        check(server, message(kind, b"X" + text("name")), fatal=False)


@case
def wrong_format_codes(server):
    """Format codes that do not fit the number of parameters or columns."""
    with connect(server) as watch:
        for data, states in [
                (parse_message("", "SELECT $1::int, $2::int") +
                 bind_message("", "", [1, 2], formats=[0, 0, 0]), ["08P01"]),
                (parse_message("", "SELECT 1") +
                 bind_message("", "", result_formats=[0, 0]), ["08P01"]),
                (parse_message("", "SELECT $1::int") +
                 bind_message("", "", [b"1"], formats=[9]), ["22023", "08P01"])]:
            with connect(server) as connection:
                connection.send(data)
                words = last_words(connection)
                assert words[1] in states, (data, words)
        others_work(server, watch)


@case
def startup_packets(server):
    """Startup packets of wrong lengths, versions and contents."""
    wrong = [
        struct.pack("!I", 0), struct.pack("!I", 4), struct.pack("!I", 7) + b"abc",
        struct.pack("!I", 20000) + b"x" * 100, struct.pack("!I", 0xffffffff) + b"x" * 100,
        struct.pack("!II", 8, 0), struct.pack("!II", 8, 196608), b"GET / HTTP/1.1\r\n\r\n",
        startup_message({"user": "postgres"}, 1234 << 16),
        startup_message({"user": "postgres"}, 2 << 16),
        startup_message({"database": "postgres"}),
        startup_message({"user": "postgres"})[:-1][:4] + b"\0\3\0\0user\0postgres",
        struct.pack("!II", 21, 196608) + b"user\0postgres"[:13],
        struct.pack("!II", 12, 80877102) + b"\0\0\0\1",
        struct.pack("!IIII", 16, 80877102, 1, 2)]
    with connect(server) as watch:
        for data in wrong:
            connection = connect(server, start=False)
            connection.socket.settimeout(5)
            connection.send(data)
            connection.socket.shutdown(1)  # No more will come: what is incomplete stays so.
            words = last_words_of_startup(connection)
            if words != "closed" and words[1] not in (
                    "08P01", "0A000", "28000", "3D000", "57P03"):
                raise AssertionError(f"{data!r}: {words}")
            connection.socket.close()
        others_work(server, watch)


def last_words_of_startup(connection):
    """(severity, state) of the error, or "closed": also for the error format of protocol 2."""
    data = b""
    try:
        while chunk := connection.socket.recv(65536):
            data += chunk
    except ConnectionError:
        pass  # Closed with bytes of ours unread.
    if not data:
        return "closed"
    if data[:1] != b"E":
        raise AssertionError(f"answered {data[:50]!r}")
    if struct.unpack_from("!I", data, 1)[0] != len(data) - 1:
        return "closed"
    fields = decode_fields(data[5:])
    return fields["S"], fields["C"]


@case
def startup_without_user(server):
    """No user is FATAL 28000."""
    connection = connect(server, start=False)
    connection.send(startup_message({"database": "postgres"}))
    equal(last_words_of_startup(connection), ("FATAL", "28000"))


@case
def half_messages(server):
    """Clients that go away in the middle of a message."""
    whole = parse_message("", "SELECT $1::text") + bind_message("", "", ["value"]) + SYNC
    with connect(server) as watch:
        for end in range(1, len(whole)):
            connection = connect(server)
            connection.send(whole[:end])
            connection.socket.close()
        others_work(server, watch)


@case
def one_byte_at_a_time(server):
    """Messages that come byte by byte are read as any others."""
    whole = parse_message("", "SELECT $1::text") + bind_message("", "", ["value"]) + SYNC
    with connect(server) as connection:
        for byte in whole:
            connection.send(bytes([byte]))
        equal([connection.read()[0] for _ in range(3)], [b"1", b"2", b"Z"])


@case
def random_bytes(server):
    """Random bytes after the start: the server and its other connections go on."""
    chance = random.Random(server.seed)
    with connect(server) as watch:
        for _ in range(RANDOM_CONNECTIONS):
            connection = connect(server)
            try:
                connection.send(chance.randbytes(chance.randrange(1, 300)))
            except (ConnectionError, BrokenPipeError):
                pass  # Ended before all was sent.
            connection.socket.close()
        others_work(server, watch)


@case
def random_bytes_at_startup(server):
    """Random bytes instead of a startup packet."""
    chance = random.Random(server.seed + 1)
    with connect(server) as watch:
        for _ in range(RANDOM_CONNECTIONS):
            connection = connect(server, start=False)
            try:
                connection.send(chance.randbytes(chance.randrange(1, 300)))
            except (ConnectionError, BrokenPipeError):
                pass  # Ended before all was sent.
            connection.socket.close()
        others_work(server, watch)


@case
def random_bodies(server):
    """Real message types with random bodies: errors, never an internal one."""
    chance = random.Random(server.seed + 2)
    with connect(server) as watch:
        for _ in range(RANDOM_CONNECTIONS):
            connection = connect(server)
            try:
                for _ in range(chance.randrange(1, 6)):
                    kind = chance.choice(b"QPBDECHSdcfFp")
                    connection.send(message(bytes([kind]), chance.randbytes(chance.randrange(60))))
                words = last_words(connection)
            except (ConnectionError, BrokenPipeError):
                words = "closed"
            if words[1].startswith("XX"):
                raise AssertionError(f"internal error {words}")
            connection.socket.close()
        others_work(server, watch)


@case
def damaged_messages(server):
    """A good conversation with single bytes changed."""
    chance = random.Random(server.seed + 3)
    good = (message(b"Q", text("SELECT 1")) +
            parse_message("s", "SELECT $1::int + $2::int", (23, 23)) +
            bind_message("p", "s", [1, 2], formats=[0, 0], result_formats=[1]) + SYNC)
    with connect(server) as watch:
        for _ in range(RANDOM_CONNECTIONS):
            damaged = bytearray(good)
            for _ in range(chance.randrange(1, 4)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            connection = connect(server)
            try:
                connection.send(bytes(damaged))
            except (ConnectionError, BrokenPipeError):
                pass  # Ended before all was sent.
            connection.socket.close()
        others_work(server, watch)


@case
def deep_statements(server):
    """Statements nested too deeply are errors, not crashes."""
    with connect(server) as connection:
        for sql in ("SELECT " + "(" * 50000 + "1" + ")" * 50000,
                    "SELECT " + "1+" * 100000 + "1",
                    "SELECT " + "-" * 1 + "-".join([" "] * 50000) + "1",
                    "SELECT " + "NOT " * 50000 + "true",
                    "SELECT " + "(SELECT " * 5000 + "1" + ")" * 5000,
                    "SELECT " + "CASE WHEN true THEN " * 20000 + "1" + " END" * 20000,
                    "SELECT 1 IN (" + ",".join("1" * 5 for _ in range(100000)) + ")"):
            connection.send(message(b"Q", text(sql)))
            states = []
            while True:
                kind, body = connection.read()
                if kind == b"E":
                    states.append(decode_fields(body)["C"])
                if kind == b"Z":
                    break
            if states not in ([], ["54001"], ["53200"], ["42601"], ["0A000"]):
                raise AssertionError(f"{sql[:40]}: {states}")
        equal(connection.query("SELECT 1"), [["1"]])


@case
def invalid_text(server):
    """Bytes that are not UTF-8, and zero bytes in parameters."""
    with connect(server) as connection:
        for data, state in [
                (message(b"Q", b"SELECT '\xff'\0"), "22021"),
                (message(b"Q", b"SELECT '\xc3\x28'\0"), "22021"),
                (parse_message("", "SELECT $1::text") + bind_message("", "", [b"\xff"]), "22021"),
                (parse_message("", "SELECT $1::text") + bind_message("", "", [b"a\0b"]), "22021")]:
            connection.send(data)
            if data.startswith(b"Q"):
                equal(decode_fields(connection.read()[1])["C"], state)
                equal(connection.read()[0], b"Z")
            else:
                equal(last_words(connection), ("ERROR", state))
        equal(connection.query("SELECT 1"), [["1"]])


if __name__ == "__main__":
    run(__doc__)
