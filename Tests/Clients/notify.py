#!/usr/bin/env python3
"""LISTEN and NOTIFY between sessions: when messages arrive, in which order, and to whom.

    python3 Tests/Clients/notify.py [--ordinal PATH] [--postgres] [CASE…]

Every case also holds on PostgreSQL 15 (--postgres).
"""

import pathlib
import random
import socket
import struct
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from cases import case, equal, run  # noqa: E402
from wire import (  # noqa: E402
    FLUSH, SYNC, Connection, bind_message, execute_message, message, parse_message, text)


def connect(server, **parameters):
    return Connection(server.socket_path, timeout=30, **parameters)


def decode(body):
    """(channel, payload, sender) of a NotificationResponse."""
    sender, = struct.unpack_from("!i", body)
    channel, payload, rest = body[4:].split(b"\0")
    assert rest == b""
    return channel.decode(), payload.decode(), sender


def heard(messages):
    return [decode(body)[1] for kind, body in messages if kind == b"A"]


def kinds(messages):
    return b"".join(kind for kind, _ in messages).decode()


def exchange(connection, data):
    """Sends, and reads up to ReadyForQuery without raising errors."""
    connection.send(data)
    messages = []
    while True:
        messages.append(connection.read())
        if messages[-1][0] == b"Z":
            return messages


def query(connection, sql):
    return exchange(connection, message(b"Q", text(sql)))


def next_payload(connection):
    """What an idle connection is told next."""
    kind, body = connection.read()
    equal(kind, b"A")
    return decode(body)[1]


def is_silent(connection, seconds=0.3):
    """Nothing comes."""
    if connection.buffer:
        return False
    connection.socket.settimeout(seconds)
    try:
        connection.buffer += connection.socket.recv(1 << 16)
        return not connection.buffer
    except socket.timeout:
        return True
    finally:
        connection.socket.settimeout(30)


@case
def idle_listeners_hear_at_once(server):
    """An idle client gets the message without asking, with channel, payload and sender."""
    with connect(server) as listener, connect(server) as sender:
        listener.query("LISTEN news")
        pid = int(sender.query("SELECT pg_backend_pid()")[0][0])
        for number in range(100):
            sender.query(f"NOTIFY news, 'number {number}'")
            kind, body = listener.read()
            equal((kind, decode(body)), (b"A", ("news", f"number {number}", pid)))
        sender.query("NOTIFY other, 'x'")
        sender.query("NOTIFY news")
        equal(next_payload(listener), "")
        assert is_silent(listener)


@case
def own_messages_come_before_ready(server):
    """A session hears itself after CommandComplete and before ReadyForQuery."""
    with connect(server) as connection:
        connection.query("LISTEN own")
        messages = query(connection, "NOTIFY own, 'a'")
        equal((kinds(messages), heard(messages)), ("CAZ", ["a"]))
        messages = query(connection, "NOTIFY own, 'b'; NOTIFY own, 'c'; NOTIFY own, 'b'")
        equal((kinds(messages), heard(messages)), ("CCCAAZ", ["b", "c"]))
        messages = exchange(
            connection, parse_message("", "NOTIFY own, 'd'") + bind_message("", "") +
            execute_message() + SYNC)
        equal((kinds(messages), heard(messages)), ("12CAZ", ["d"]))


@case
def only_commits_are_heard(server):
    """Nothing of an open or rolled back transaction, all of a committed one, in order."""
    with connect(server) as listener, connect(server) as sender:
        listener.query("LISTEN news")
        sender.query("BEGIN; NOTIFY news, '1'; NOTIFY news, '2'")
        assert is_silent(listener)
        sender.query("NOTIFY news, '1'; NOTIFY news, '3'; COMMIT")
        equal([next_payload(listener) for _ in range(3)], ["1", "2", "3"])
        sender.query("BEGIN; NOTIFY news, '4'; ROLLBACK")
        query(sender, "NOTIFY news, '5'; SELECT 1/0")
        sender.query("NOTIFY news, '6'")
        equal(next_payload(listener), "6")
        assert is_silent(listener)


@case
def transactions_are_not_interrupted(server):
    """A listener in a transaction block hears at its end, before ReadyForQuery; also of a failed one."""
    with connect(server) as listener, connect(server) as sender:
        listener.query("LISTEN news")
        for end in ("COMMIT", "ROLLBACK"):
            listener.query("BEGIN")
            sender.query("NOTIFY news, 'while in a block'")
            assert is_silent(listener)
            messages = query(listener, "SELECT 1")
            equal((kinds(messages), heard(messages)), ("TDCZ", []))
            messages = query(listener, end)
            equal((kinds(messages), heard(messages)), ("CAZ", ["while in a block"]))
        query(listener, "BEGIN")
        query(listener, "SELECT 1/0")
        sender.query("NOTIFY news, 'while failed'")
        assert is_silent(listener)
        equal(heard(query(listener, "ROLLBACK")), ["while failed"])


@case
def statements_are_not_interrupted(server):
    """What comes in during a statement follows it, before ReadyForQuery."""
    with connect(server) as listener, connect(server) as sender:
        listener.query("LISTEN news")
        listener.send(message(b"Q", text("SELECT pg_sleep(0.5)")))
        time.sleep(0.1)
        sender.query("NOTIFY news, 'during'")
        messages = []
        while not messages or messages[-1][0] != b"Z":
            messages.append(listener.read())
        equal((kinds(messages), heard(messages)), ("TDCAZ", ["during"]))


@case
def extended_queries_hear_at_sync(server):
    """Between Parse and Sync there is a transaction."""
    with connect(server) as listener, connect(server) as sender:
        listener.query("LISTEN news")
        listener.send(parse_message("", "SELECT 1") + FLUSH)
        equal(listener.read()[0], b"1")
        sender.query("NOTIFY news, 'held back'")
        assert is_silent(listener)
        messages = exchange(listener, bind_message("", "") + execute_message() + SYNC)
        equal((kinds(messages), heard(messages)), ("2DCAZ", ["held back"]))


@case
def listening_begins_and_ends_at_commit(server):
    """LISTEN and UNLISTEN take effect with their transaction."""
    with connect(server) as listener, connect(server) as sender:
        listener.query("BEGIN; LISTEN news")
        sender.query("NOTIFY news, 'too early'")
        listener.query("COMMIT")
        sender.query("NOTIFY news, 'in time'")
        equal(next_payload(listener), "in time")
        listener.query("BEGIN; UNLISTEN news")
        sender.query("NOTIFY news, 'dropped at commit'")
        equal(heard(query(listener, "COMMIT")), [])
        sender.query("NOTIFY news, 'too late'")
        assert is_silent(listener)


@case
def databases_are_apart(server):
    """Channels belong to a database."""
    with connect(server) as listener, connect(server) as sender:
        sender.query("CREATE DATABASE elsewhere")
        listener.query("LISTEN news")
        with connect(server, database="elsewhere") as stranger:
            stranger.query("LISTEN news")
            stranger.query("NOTIFY news, 'elsewhere'")
            sender.query("NOTIFY news, 'here'")
            equal(next_payload(listener), "here")
            assert is_silent(stranger)
        sender.query("DROP DATABASE elsewhere")


@case
def commit_order(server):
    """Messages of many sessions arrive in the order of their commits, at each of many listeners."""
    with connect(server) as setup:
        setup.query("CREATE TABLE counter (n int)")
        setup.query("INSERT INTO counter VALUES (0)")
    senders, rounds, count = 6, 50, 8
    listeners = [connect(server) for _ in range(count)]
    for listener in listeners:
        listener.query("LISTEN steps")

    def send():
        with connect(server) as sender:
            for _ in range(rounds):
                sender.query("BEGIN")
                number = sender.query("UPDATE counter SET n = n + 1 RETURNING n")[0][0]
                sender.query(f"SELECT pg_notify('steps', '{number}')")
                sender.query("COMMIT")

    threads = [threading.Thread(target=send) for _ in range(senders)]
    for thread in threads:
        thread.start()
    wanted = [str(n) for n in range(1, senders * rounds + 1)]
    for listener in listeners:
        equal([next_payload(listener) for _ in wanted], wanted)
    for thread in threads:
        thread.join()
    for listener in listeners:
        listener.close()
    with connect(server) as setup:
        setup.query("DROP TABLE counter")


@case
def each_senders_order(server):
    """Busy listeners, idle ones and those that come and go: nobody misses or repeats a message."""
    chance = random.Random(server.seed)
    stop = threading.Event()
    problems = []

    def come_and_go(seed):
        own = random.Random(seed)
        while not stop.is_set():
            with connect(server) as visitor:
                visitor.query("LISTEN steps")
                time.sleep(own.random() / 50)
                if own.random() < 0.5:
                    visitor.query("UNLISTEN *")

    def work(name):
        """Listens, and queries all the time."""
        with connect(server) as worker:
            worker.query("LISTEN steps")
            seen = []
            while len(seen) < total:
                seen += heard(query(worker, "SELECT count(*) FROM generate_series(1, 1000)"))
            check(name, seen)

    def check(name, seen):
        for sender in range(senders):
            own = [s for s in seen if s.startswith(f"{sender}:")]
            if own != [f"{sender}:{n}" for n in range(rounds)]:
                problems.append((name, sender, own[:5], len(own)))

    senders, rounds = 3, 200
    total = senders * rounds
    listener = connect(server)
    listener.query("LISTEN steps")
    workers = [threading.Thread(target=work, args=(f"worker {n}",)) for n in range(2)]
    visitors = [threading.Thread(target=come_and_go, args=(chance.random(),)) for _ in range(3)]
    for thread in workers + visitors:
        thread.start()
    time.sleep(0.5)

    def send(number):
        with connect(server) as sender:
            for step in range(rounds):
                sender.query(f"NOTIFY steps, '{number}:{step}'")

    sending = [threading.Thread(target=send, args=(n,)) for n in range(senders)]
    for thread in sending:
        thread.start()
    check("idle", [next_payload(listener) for _ in range(total)])
    for thread in sending + workers:
        thread.join()
    stop.set()
    for thread in visitors:
        thread.join()
    listener.close()
    equal(problems, [])


@case
def slow_readers(server):
    """A listener that does not read holds nobody up, and gets everything later."""
    with connect(server) as listener, connect(server) as sender:
        listener.query("LISTEN bulk")
        rounds, size = 100, 7000
        for number in range(rounds):
            sender.query(
                f"SELECT count(pg_notify('bulk', rpad('{number}:' || g, {size}, '.')))"
                " FROM generate_series(1, 20) AS g")
        for number in range(rounds):
            for step in range(1, 21):
                payload = next_payload(listener)
                equal((len(payload), payload.rstrip(".")), (size, f"{number}:{step}"))
        equal(listener.query("SELECT 1"), [["1"]])
        assert is_silent(listener)


@case
def a_listener_that_vanishes(server):
    """A listener that is gone leaves nothing behind."""
    with connect(server) as sender:
        listener = connect(server)
        listener.query("LISTEN gone")
        listener.query("BEGIN")
        for number in range(100):
            sender.query(f"SELECT pg_notify('gone', rpad('{number}', 7000, '.'))")
        listener.socket.close()
        sender.query("SELECT pg_sleep(0.5)")
        sender.query("NOTIFY gone")
        equal(sender.query("SELECT pg_notification_queue_usage() < 0.0001"), [["t"]])


@case
def what_is_told_is_there(server):
    """Who hears of a row sees it, and a drawn value that was told is not given again."""
    with connect(server) as listener, connect(server) as sender:
        sender.query("CREATE TABLE told (id serial PRIMARY KEY)")
        listener.query("LISTEN told")
        for number in range(200):
            sender.query("INSERT INTO told DEFAULT VALUES RETURNING pg_notify('told', id::text)")
            equal(listener.query(f"SELECT id FROM told WHERE id = {next_payload(listener)}"),
                  [[str(number + 1)]])
        sender.query("DROP TABLE told")


@case
def discard_ends_listening(server):
    """DISCARD ALL is UNLISTEN * as well."""
    with connect(server) as listener, connect(server) as sender:
        listener.query("LISTEN news")
        listener.query("DISCARD ALL")
        sender.query("NOTIFY news")
        assert is_silent(listener)


if __name__ == "__main__":
    run(__doc__)
