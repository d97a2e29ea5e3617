"""Private servers for tests: PostgreSQL 15, the oracle, and Ordinal, on scratch directories.

Both have one shape, so that a test takes either:

    with Ordinal.scratch() as server:
        server.psql("SELECT 1")

`start` returns when the server accepts connections. `kill` is SIGKILL, `stop` a clean shutdown.
"""

import contextlib
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
POSTGRES_BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 60


class ServerFailed(Exception):
    """The server did not start, or ended by itself. The message holds the end of its log."""


def spare_port():
    """A TCP port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def psql_environment():
    """The environment of every client: nothing of the caller's PostgreSQL settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    return {**kept, "PGCLIENTENCODING": "UTF8", "PGUSER": "postgres", "PGDATABASE": "postgres",
            "PGCONNECT_TIMEOUT": "10", "LC_ALL": "C.UTF-8"}


class Server:
    """One server process on a directory of its own: `directory`/data, /socket and /log."""

    name = "server"

    def __init__(self, directory, port=None, options=()):
        self.directory = pathlib.Path(directory)
        self.data = self.directory / "data"
        self.sockets = self.directory / "s"
        self.log = self.directory / "log"
        self.port = port or spare_port()
        self.options = list(options)
        self.process = None
        self.sockets.mkdir(parents=True, exist_ok=True)

    @classmethod
    @contextlib.contextmanager
    def scratch(cls, keep=False, start=True, **arguments):
        """A started server on a new directory, both gone at the end."""
        directory = tempfile.mkdtemp(prefix=f"{cls.name}-")
        server = cls(directory, **arguments)
        try:
            if start:
                server.start()
            yield server
        finally:
            server.kill()
            if not keep:
                shutil.rmtree(directory, ignore_errors=True)

    def prepare(self):
        """Makes the data directory, where the server does not do it itself."""

    def command(self):
        raise NotImplementedError

    def popen_arguments(self):
        return {}

    def start(self, wait=True):
        self.prepare()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                **self.popen_arguments())
        if wait:
            self.wait_ready()

    def wait_ready(self):
        """Returns when the server answers a startup message with ReadyForQuery."""
        from wire import Connection, ServerError
        deadline = time.monotonic() + START_SECONDS_MAX
        while True:
            if self.process.poll() is not None:
                raise ServerFailed(
                    f"{self.name} ended with {self.process.returncode}:\n{self.log_tail()}")
            try:
                Connection(self.socket_path, timeout=10).close()
                return
            except (OSError, ServerError, EOFError) as error:
                if time.monotonic() > deadline:
                    raise ServerFailed(
                        f"{self.name} not ready ({error}):\n{self.log_tail()}") from error
                time.sleep(0.002)

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.reap()

    def stop(self):
        """Clean shutdown; raises ServerFailed when it does not end in time or ends badly."""
        self.process.send_signal(self.stop_signal)
        try:
            status = self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired as error:
            self.kill()
            raise ServerFailed(f"{self.name} did not stop:\n{self.log_tail()}") from error
        if status != 0:
            raise ServerFailed(f"{self.name} stopped with {status}:\n{self.log_tail()}")

    def reap(self):
        if self.process is not None:
            self.process.wait()

    @property
    def alive(self):
        return self.process is not None and self.process.poll() is None

    stop_signal = signal.SIGTERM

    @property
    def socket_path(self):
        return str(self.sockets / f".s.PGSQL.{self.port}")

    def log_tail(self, size=3000):
        return self.log.read_text(errors="replace")[-size:] if self.log.exists() else ""

    def environment(self):
        return {**psql_environment(), "PGHOST": str(self.sockets), "PGPORT": str(self.port)}

    def psql(self, sql, check=True, database="postgres", timeout=600):
        """Unaligned rows of one psql call, without headers."""
        done = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database],
            input=sql, text=True, capture_output=True, env=self.environment(), timeout=timeout)
        if check and done.returncode != 0:
            raise RuntimeError(f"psql on {self.name}: {done.stderr}\n{sql[:500]}")
        return done.stdout.rstrip("\n")

    def memory_kilobytes(self):
        """Proportional set size of the server's whole process tree: shared pages count once."""
        total = 0
        for pid in process_tree(self.process.pid):
            try:
                for line in open(f"/proc/{pid}/smaps_rollup"):
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
            except OSError:
                continue
        return total


def process_tree(root):
    """The process and all its descendants."""
    children = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            stat = open(f"/proc/{entry}/stat").read()
        except OSError:
            continue
        parent = int(stat[stat.rindex(")") + 2:].split()[1])
        children.setdefault(parent, []).append(int(entry))
    found, pending = [], [root]
    while pending:
        pid = pending.pop()
        found.append(pid)
        pending.extend(children.get(pid, ()))
    return found


class Postgres(Server):
    """PostgreSQL 15 with its defaults, C collation, UTC; refuses to run as root, so as postgres."""

    name = "postgres"
    # Fast shutdown: SIGTERM waits for clients.
    stop_signal = signal.SIGINT

    def __init__(self, directory, port=None, options=()):
        super().__init__(directory, port, options)
        if os.getuid() == 0:
            account = pwd.getpwnam("postgres")
            for path in (self.directory, self.sockets):
                os.chown(path, account.pw_uid, account.pw_gid)

    def popen_arguments(self):
        if os.getuid() != 0:
            return {}
        account = pwd.getpwnam("postgres")
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def prepare(self):
        if (self.data / "PG_VERSION").exists():
            return
        subprocess.run(
            [POSTGRES_BIN / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust",
             "--locale=C", "--encoding=UTF8", "--no-sync", "--no-instructions"],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **self.popen_arguments())
        with open(self.data / "postgresql.conf", "a") as settings:
            settings.write("timezone = 'UTC'\nlog_timezone = 'UTC'\n")

    def command(self):
        return [str(POSTGRES_BIN / "postgres"), "-D", str(self.data), "-p", str(self.port),
                "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.sockets}",
                "-c", "max_connections=300", *self.options]

    def kill(self):
        """Immediate shutdown, so that its children and its shared memory go as well."""
        if self.alive:
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                for pid in process_tree(self.process.pid):
                    os.kill(pid, signal.SIGKILL)
        self.reap()

    def fresh_database(self):
        """The database `postgres` as initdb makes it."""
        self.psql("DROP DATABASE IF EXISTS postgres WITH (FORCE)", database="template1")
        self.psql("CREATE DATABASE postgres TEMPLATE template0", database="template1")


class Ordinal(Server):
    """The server under test: the release build, or the one given."""

    name = "ordinal"
    binary = ROOT / ".build" / "release" / "ordinal"

    def verify(self):
        """What `ordinal verify` finds wrong with the data of the server, which does not run; None:
        nothing."""
        done = subprocess.run([str(self.binary), "verify", "--data", str(self.data)],
                              capture_output=True, text=True, timeout=600)
        return None if done.returncode == 0 else f"{done.returncode}: {done.stdout}{done.stderr}"

    def command(self):
        return [str(self.binary), "serve", "--data", str(self.data), "--port", str(self.port),
                "--unix-socket-dir", str(self.sockets), *self.options]
