#!/usr/bin/env python3
"""Portals of the extended query protocol against the recorded answers of PostgreSQL 15.

    python3 Tests/Clients/portals.py [--ordinal PATH] [--postgres [--write]] [CASE…]

portals.golden holds conversations: each `>` line is sent as one piece, and the `<` line below it is
what the server answers up to ReadyForQuery. Messages stand between bars; all but Q get a Sync.

    Q sql                        query
    P statement sql              Parse               a name of - is the unnamed one
    B portal statement [values] [binary]             Bind, the values as JSON
    DS statement, DP portal, CS statement, CP portal Describe and Close
    X portal [rows]              Execute

Answers: 1 2 3 n s I as their type bytes say, t(types), T(column:type:format,…), D(values),
C(tag), E(SQLSTATE message), N(…), Z and the transaction's status. `--postgres` tries PostgreSQL,
`--write` records its answers.
"""

import argparse
import json
import pathlib
import struct
import sys

ROOT = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT.parent / "Harness"))

from servers import Ordinal, Postgres  # noqa: E402
from wire import (  # noqa: E402
    SYNC, Connection, bind_message, close_message, decode_description, decode_fields, decode_row,
    describe_message, execute_message, message, parse_message, text)

GOLDEN = ROOT / "portals.golden"


def encode(item):
    """One message of a `>` line."""
    kind, _, rest = item.partition(" ")
    words = ["" if word == "-" else word for word in rest.split(" ")]
    if kind == "Q":
        return message(b"Q", text(rest))
    if kind == "P":
        return parse_message(words[0], rest.partition(" ")[2])
    if kind == "B":
        values = rest.split(" ", 2)[2:]
        formats = (1,) if values and values[0].endswith("binary") else ()
        values = json.loads(values[0].removesuffix("binary") or "[]") if values else []
        return bind_message(words[0], words[1], values, result_formats=formats)
    if kind == "X":
        return execute_message(words[0], int(words[1]) if len(words) > 1 else 0)
    verb, target = kind
    return (describe_message if verb == "D" else close_message)(target.encode(), words[0])


def value_text(value):
    if value is None:
        return "NULL"
    printable = all(32 <= byte < 127 for byte in value)
    return value.decode() if printable else "x" + value.hex()


def describe(kind, body):
    """One message of a `<` line."""
    name = kind.decode()
    if kind == b"D":
        return "D(" + ",".join(map(value_text, decode_row(body))) + ")"
    if kind == b"T":
        columns = (f"{name}:{oid}:{form}" for name, oid, _, form in decode_description(body))
        return "T(" + ",".join(columns) + ")"
    if kind == b"C":
        return f"C({body[:-1].decode()})"
    if kind in b"EN":
        fields = decode_fields(body)
        return f"{name}({fields['C']} {fields['M']})"
    if kind == b"Z":
        return "Z" + body.decode()
    if kind == b"t":
        count, = struct.unpack_from("!H", body)
        return "t(" + ",".join(map(str, struct.unpack_from(f"!{count}I", body, 2))) + ")"
    return name


def talk(connection, line):
    items = line.split(" | ")
    data = b"".join(map(encode, items))
    connection.send(data if items[0].startswith("Q ") else data + SYNC)
    answers = []
    while not answers or not answers[-1].startswith("Z"):
        kind, body = connection.read()
        if kind != b"S":
            answers.append(describe(kind, body))
    return " ".join(answers)


def conversations():
    """(name, [(sent, wanted)]) of each case."""
    cases = []
    for line in GOLDEN.read_text().splitlines():
        if line.startswith("== "):
            cases.append((line[3:], []))
        elif line.startswith("> "):
            cases[-1][1].append([line[2:], None])
        elif line.startswith("< "):
            cases[-1][1][-1][1] = line[2:]
    return cases


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--ordinal", help="another binary than the release build")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    passed = failed = 0
    written = []
    with (Postgres if options.postgres else Ordinal).scratch() as server:
        for name, exchanges in conversations():
            written.append(f"== {name}")
            if options.names and name.split(":")[0] not in options.names:
                continue
            differences = []
            with Connection(server.socket_path, timeout=20) as connection:
                for sent, wanted in exchanges:
                    found = talk(connection, sent)
                    written += [f"> {sent}", f"< {found}"]
                    if found != wanted:
                        differences.append(f"  > {sent}\n  < {wanted}\n  ! {found}")
            passed += not differences
            failed += bool(differences)
            print("\n".join([f"{'FAIL' if differences else 'ok  '} {name}", *differences]))
    if options.write and options.postgres:
        GOLDEN.write_text("\n".join(written) + "\n")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
