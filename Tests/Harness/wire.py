"""A small PostgreSQL protocol 3.0 client: simple and extended queries, pipelines, raw messages.

For tests that must see each message. Values come back as text (str) or None.
"""

import socket
import struct

MESSAGE_BYTES_MAX = 1 << 30


class ServerError(Exception):
    """An ErrorResponse: `fields` maps the one-letter field codes to text."""

    def __init__(self, fields):
        super().__init__(f"{fields.get('S')}: {fields.get('C')}: {fields.get('M')}")
        self.fields = fields

    @property
    def state(self):
        return self.fields.get("C")


def message(kind, body=b""):
    """One frontend message with its length."""
    return kind + struct.pack("!I", len(body) + 4) + body


def text(value):
    return value.encode() + b"\0"


def parse_message(name, sql, types=()):
    return message(b"P", text(name) + text(sql) + struct.pack(
        f"!H{len(types)}I", len(types), *types))


def bind_message(portal, name, values=(), formats=(), result_formats=()):
    body = text(portal) + text(name)
    body += struct.pack(f"!H{len(formats)}H", len(formats), *formats)
    body += struct.pack("!H", len(values))
    for value in values:
        if value is None:
            body += struct.pack("!i", -1)
        else:
            encoded = value if isinstance(value, bytes) else str(value).encode()
            body += struct.pack("!i", len(encoded)) + encoded
    body += struct.pack(f"!H{len(result_formats)}H", len(result_formats), *result_formats)
    return message(b"B", body)


def describe_message(kind, name):
    return message(b"D", kind + text(name))


def execute_message(portal="", rows_max=0):
    return message(b"E", text(portal) + struct.pack("!I", rows_max))


def close_message(kind, name):
    return message(b"C", kind + text(name))


SYNC = message(b"S")
FLUSH = message(b"H")
TERMINATE = message(b"X")
SSL_REQUEST = struct.pack("!II", 8, 80877103)
GSSENC_REQUEST = struct.pack("!II", 8, 80877104)


def startup_message(parameters, version=196608):
    body = struct.pack("!I", version)
    for key, value in parameters.items():
        body += text(key) + text(value)
    body += b"\0"
    return struct.pack("!I", len(body) + 4) + body


def decode_fields(body):
    """The fields of an ErrorResponse or NoticeResponse."""
    fields = {}
    for part in body.split(b"\0"):
        if part:
            fields[chr(part[0])] = part[1:].decode(errors="replace")
    return fields


def decode_row(body):
    count, = struct.unpack_from("!H", body)
    offset, values = 2, []
    for _ in range(count):
        length, = struct.unpack_from("!i", body, offset)
        offset += 4
        if length < 0:
            values.append(None)
        else:
            values.append(body[offset:offset + length])
            offset += length
    return values


def decode_description(body):
    """(name, type OID, type modifier, format) of each column of a RowDescription."""
    count, = struct.unpack_from("!H", body)
    offset, columns = 2, []
    for _ in range(count):
        end = body.index(b"\0", offset)
        name = body[offset:end].decode()
        _, _, oid, _, modifier, form = struct.unpack_from("!IHIhih", body, end + 1)
        columns.append((name, oid, modifier, form))
        offset = end + 19
    return columns


class Connection:
    """One connection, over a Unix socket path or a (host, port) pair."""

    def __init__(self, address, user="postgres", database="postgres", timeout=60, start=True,
                 **parameters):
        self.address = address
        if isinstance(address, str):
            self.socket = socket.socket(socket.AF_UNIX)
        else:
            self.socket = socket.socket()
        self.socket.settimeout(timeout)
        self.parameters = {}
        self.key = None
        self.notices = []
        self.buffer = bytearray()
        self.status = None
        try:
            self.socket.connect(address)
            if start:
                self.send(startup_message({"user": user, "database": database, **parameters}))
                self.read_until_ready()
        except BaseException:
            self.socket.close()
            raise

    def send(self, data):
        self.socket.sendall(data)

    def close(self):
        try:
            self.send(TERMINATE)
        except OSError:
            pass  # The server has closed first.
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def receive(self, count):
        while len(self.buffer) < count:
            chunk = self.socket.recv(1 << 16)
            if not chunk:
                raise EOFError("the server closed the connection")
            self.buffer += chunk
        data = bytes(self.buffer[:count])
        del self.buffer[:count]
        return data

    def read(self):
        """The next message as (kind, body); notices and parameters are taken along."""
        while True:
            kind, length = struct.unpack("!cI", self.receive(5))
            assert 4 <= length < MESSAGE_BYTES_MAX, (kind, length)
            body = self.receive(length - 4)
            if kind == b"S":
                name, value, _ = body.split(b"\0")
                self.parameters[name.decode()] = value.decode()
            elif kind == b"N":
                self.notices.append(decode_fields(body))
            elif kind == b"K":
                self.key = struct.unpack("!II", body)
            else:
                if kind == b"Z":
                    self.status = body.decode()
                return kind, body

    def read_until_ready(self):
        """Messages up to ReadyForQuery; raises the first error after having read them all."""
        messages, error = [], None
        while True:
            kind, body = self.read()
            messages.append((kind, body))
            if kind == b"E":
                error = error or ServerError(decode_fields(body))
                if error.fields.get("V", error.fields.get("S")) in ("FATAL", "PANIC"):
                    raise error
            if kind == b"Z":
                if error:
                    raise error
                return messages

    def query(self, sql):
        """Rows of a simple query, of all its statements together."""
        self.send(message(b"Q", text(sql)))
        return rows_of(self.read_until_ready())

    def extended(self, sql, values=(), name=""):
        """Rows of one Parse, Bind, Describe, Execute, Sync."""
        self.send(parse_message(name, sql) + bind_message("", name, values) +
                  describe_message(b"P", "") + execute_message() + SYNC)
        return rows_of(self.read_until_ready())

    def cancel(self):
        """Sends a cancel request for this connection on a connection of its own."""
        with Connection(self.address, start=False) as other:
            other.send(struct.pack("!IIII", 16, 80877102, *self.key))
            other.socket.recv(1)  # The server closes when it has acted.


def rows_of(messages):
    return [[v if v is None else v.decode() for v in decode_row(body)]
            for kind, body in messages if kind == b"D"]
