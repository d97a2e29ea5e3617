"""What an application sees of a server: every answer and every error, in a form that compares.

An application module has `run(app)`. It opens connections with `app.connect()` (psycopg 3) or
`app.engine()` (SQLAlchemy), and each statement's outcome becomes one step of `app.steps`. Two
servers are equal when all steps are.

What may differ by nature is named, not dropped: random uuids and times of this very day are
numbered by their first appearance, and the rows of a statement without ORDER BY are sorted.
"""

import collections.abc
import datetime
import decimal
import re
import uuid

import psycopg
import sqlalchemy
from sqlalchemy.pool import NullPool

ORDER_BY = re.compile(r"\border\s+by\b", re.I)
RANDOM = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b")
NEAR = datetime.timedelta(hours=24)


class Application:
    """One run of one application on one server."""

    def __init__(self, server):
        self.server = server
        self.steps = []
        self.seen = {}
        self.opened = []

    # Connections

    def connect(self, autocommit=True, **arguments):
        connection = psycopg.connect(
            host=str(self.server.sockets), port=self.server.port, user="postgres",
            dbname="postgres", autocommit=autocommit, **arguments)
        connection.add_notice_handler(
            lambda notice: self.steps.append(
                ("notice", notice.severity, notice.sqlstate, notice.message_primary)))
        self.opened.append(connection)
        return Recorder(self, connection)

    def engine(self, **arguments):
        """An SQLAlchemy engine; what it asks of the catalogs is not recorded, what it returns is."""
        arguments.setdefault("poolclass", NullPool)
        return sqlalchemy.create_engine(
            f"postgresql+psycopg://postgres@/postgres?host={self.server.sockets}"
            f"&port={self.server.port}", **arguments)

    def close(self):
        for connection in self.opened:
            connection.close()

    # Steps

    def record(self, label, value):
        self.steps.append((label, self.plain(value)))

    def attempt(self, label, action):
        """Records what `action` returns or which error it raises; returns the result or None."""
        try:
            result = action()
        except (psycopg.Error, sqlalchemy.exc.SQLAlchemyError) as error:
            self.steps.append((label, self.error(error)))
            return None
        self.record(label, result)
        return result

    def error(self, error):
        if isinstance(error, sqlalchemy.exc.DBAPIError):
            error = error.orig
        if not isinstance(error, psycopg.Error):
            return ("error", type(error).__name__, str(error))
        diag = error.diag
        return ("error", type(error).__name__, diag.sqlstate, self.plain(diag.message_primary),
                self.plain(diag.message_detail), diag.message_hint, diag.schema_name,
                diag.table_name, diag.column_name, diag.constraint_name, diag.statement_position)

    def plain(self, value):
        """The value with what no two runs share replaced by a number."""
        if isinstance(value, uuid.UUID) and value.version == 4:
            return self.number("uuid", value)
        if isinstance(value, datetime.datetime):
            now = datetime.datetime.now(datetime.timezone.utc)
            moment = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
            # PostgreSQL and Ordinal run one after the other: all of this run's times are "now".
            return "now" if abs(now - moment) < NEAR else value
        if isinstance(value, datetime.date) and value == datetime.date.today():
            return "today"
        if isinstance(value, str):
            value = RANDOM.sub(lambda found: self.number("uuid", uuid.UUID(found.group(0))), value)
            today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
            return re.sub(today + r" \d\d:\d\d:\d\d(\.\d+)?(\+00)?", "now", value)
        if isinstance(value, dict):
            return {self.plain(key): self.plain(item) for key, item in value.items()}
        if isinstance(value, tuple):
            return tuple(self.plain(item) for item in value)
        if isinstance(value, (list, set, frozenset, collections.abc.Iterator, sqlalchemy.Result)):
            return [self.plain(item) for item in value]
        if isinstance(value, sqlalchemy.Row):
            return tuple(self.plain(item) for item in value)
        if isinstance(value, decimal.Decimal):
            return ("decimal", str(value))
        return value

    def type_code(self, column):
        """The type's OID; types of the application's own have other ones on each server."""
        return column.type_code if column.type_code < 16384 else "own type"

    def number(self, kind, value):
        return self.seen.setdefault((kind, value), f"{kind} {len(self.seen) + 1}")


class Recorder:
    """A psycopg connection whose statements are recorded."""

    def __init__(self, app, connection):
        self.app = app
        self.connection = connection

    def __call__(self, statement, parameters=None, **arguments):
        """Runs one statement; returns its rows, or None where it fails or has none."""
        label = " ".join(statement.split()) if isinstance(statement, str) else "composed"
        try:
            cursor = self.connection.execute(statement, parameters, **arguments)
        except psycopg.Error as error:
            self.app.steps.append((label, self.app.error(error)))
            return None
        if cursor.description is None:
            self.app.steps.append((label, cursor.statusmessage, cursor.rowcount))
            return None
        columns = [(column.name, self.app.type_code(column)) for column in cursor.description]
        rows = cursor.fetchall()
        shown = [self.app.plain(row) for row in rows]
        if not ORDER_BY.search(label):
            shown.sort(key=repr)
        self.app.steps.append((label, cursor.statusmessage, columns, shown))
        return rows

    def many(self, statement, rows, returning=False):
        """executemany, which psycopg 3 sends as a pipeline."""
        label = "many: " + " ".join(statement.split())

        def action():
            with self.connection.cursor() as cursor:
                cursor.executemany(statement, rows, returning=returning)
                found = []
                while returning:
                    found.extend(cursor.fetchall())
                    if not cursor.nextset():
                        break
                return (cursor.rowcount, found)
        return self.app.attempt(label, action)

    def script(self, statements):
        """A migration: statements one after the other, each a step."""
        for statement in statements.split(";\n"):
            if statement.strip():
                self(statement.strip())

    def transaction(self):
        return self.connection.transaction()

    def copy_in(self, statement, rows):
        def action():
            with self.connection.cursor() as cursor:
                with cursor.copy(statement) as copy:
                    for row in rows:
                        copy.write_row(row)
                return cursor.statusmessage
        return self.app.attempt(statement, action)

    def copy_out(self, statement):
        def action():
            with self.connection.cursor() as cursor:
                with cursor.copy(statement) as copy:
                    return b"".join(bytes(part) for part in copy).decode()
        return self.app.attempt(statement, action)
