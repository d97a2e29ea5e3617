"""Regress runner: psql scripts run on Ordinal must print what they print on PostgreSQL 15.

    tools/regress                     all enabled topics on a freshly started Ordinal each
    tools/regress --all               also topics that are not enabled yet
    tools/regress TOPIC…              the named topics
    tools/regress --oracle [TOPIC…]   makes the expected files, on a private PostgreSQL 15
    tools/regress --verify-oracle     compares PostgreSQL with the expected files
    tools/regress --list              topics and their statement counts
    --guide                           the same, for the scripts of Tests/Regress/guide
    --ordinal PATH                    another binary than .build/release/ordinal
    --set NAME=VALUE                  a parameter of Ordinal; memtable_memory_kb=16: all tables leave
                                      memory again and again
    --port N --database D [--host H]  a running server; schema public of D is dropped for each topic

Scripts are Tests/Regress/sql/TOPIC.sql. psql echoes them (-a) with VERBOSITY verbose, so messages,
SQLSTATEs, DETAIL, HINT, positions and the names of schema, table, column and constraint are all
compared; dropped are LOCATION lines, which name C functions, the CONTEXT of the SQL that
PostgreSQL runs inside a foreign key's trigger, and the process numbers of notifications. The rows of a statement without
ORDER BY compare as a multiset. Each statement counts as one test. A topic is enabled by its line
in Tests/Regress/schedule. Tests/Regress/differences names the statements whose output has to differ, with the
reason; one of them that does not differ any more fails.
"""

import argparse
import contextlib
import difflib
import pathlib
import re
import subprocess
import sys
import time

from servers import ROOT, Ordinal, Postgres, psql_environment

REGRESS = ROOT / "Tests" / "Regress"
TOPIC_SECONDS_MAX = 120
DIFF_LINES_SHOWN = 60

RULE = re.compile(r"^-+(\+-+)*$")
ROW_COUNT = re.compile(r"^\(\d+ rows?\)$")
ORDER_BY = re.compile(r"\border\s+by\b", re.I)
NOTIFIER = re.compile(r"^(Asynchronous notification .* server process with PID )\d+(?=\.$)")
DOLLAR = re.compile(r"\$(\w*)\$")


def copy_data_end(lines, number, statement):
    """The last line of the data after a COPY FROM STDIN that ends on this line, or this line."""
    if re.search(r"\bcopy\b.*\bfrom\s+stdin\b", statement, re.I | re.S):
        for data in range(number + 1, len(lines)):
            if lines[data] == "\\.":
                return data
    return number


def split_statements(sql):
    """The script as (first line, last line, last line of COPY data), 0-based: one a statement or
    psql command. Comments and blank lines between statements belong to none.
    """
    statements, start, quote, depth = [], None, None, 0
    lines = sql.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        if quote is None and start is None and line.startswith("\\"):
            data = copy_data_end(lines, number, line)
            statements.append((number, number, data))
            number = data + 1
            continue
        index = 0
        while index < len(line):
            rest = line[index:]
            if quote is not None:
                if rest.startswith(quote):
                    index += len(quote)
                    quote = None
                else:
                    index += 1
                continue
            if rest.startswith("--"):
                break
            if rest.startswith("/*"):
                quote, index = "*/", index + 2
                continue
            dollar = DOLLAR.match(rest)
            if dollar:
                quote, index = dollar.group(0), index + len(dollar.group(0))
                start = number if start is None else start
                continue
            if not rest[0].isspace() and start is None:
                start = number
            if rest[0] in "'\"":
                quote = rest[0]
            elif rest[0] in "()":
                depth += 1 if rest[0] == "(" else -1
            elif rest[0] == "\\" and rest.startswith(("\\g", "\\;")):
                if rest.startswith("\\g"):
                    statements.append((start, number, number))
                    start, depth = None, 0
                    break
                index += 1
            elif rest[0] == ";" and depth <= 0:
                text = "\n".join(lines[start:number + 1])
                data = copy_data_end(lines, number, text)
                statements.append((start, number, data))
                start, depth = None, 0
                if data > number:
                    number = data
                    break
            index += 1
        number += 1
    return statements


def chunks(sql, output):
    """For each line of the script what psql printed between its echo and the echo of the next.

    None for a line without an echo: empty lines, COPY data, and all lines after a lost session.
    """
    script = sql.split("\n")
    printed = output.split("\n")
    data = {n for _, end, last in split_statements(sql) for n in range(end + 1, last + 1)}
    result, position, last = [], 0, None
    for number, line in enumerate(script):
        echoed = line and number not in data and line in printed[position:]
        found = printed.index(line, position) if echoed else None
        if found is None:
            result.append(None)
            continue
        if found > position and last is not None:
            result[last].extend(printed[position:found])
        last = len(result)
        result.append([])
        position = found + 1
    if last is not None:
        result[last].extend(printed[position:])
    return result


def normalise(statement, lines):
    """The lines with the rows of an unordered result in sorted order."""
    lines = [line.rstrip() for line in lines]
    if ORDER_BY.search(statement):
        return lines
    result, index = [], 0
    while index < len(lines):
        result.append(lines[index])
        if RULE.match(lines[index]) and index > 0:
            end = index + 1
            while end < len(lines) and not ROW_COUNT.match(lines[end]):
                end += 1
            if end < len(lines):
                result.extend(sorted(lines[index + 1:end]))
                index = end
                continue
        index += 1
    return result


def run_script(path, environment):
    """What psql prints for a script. A run that takes too long ends with a line that says so."""
    command = ["psql", "-X", "-a", "-q", "-v", "VERBOSITY=verbose"]
    with open(path, "rb") as script:
        process = subprocess.Popen(
            command, stdin=script, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=environment, cwd=REGRESS)
        try:
            output, _ = process.communicate(timeout=TOPIC_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
            output += f"\n*** no end within {TOPIC_SECONDS_MAX} s\n".encode()
    text = output.decode(errors="replace")
    lines = [NOTIFIER.sub(r"\1", line) for line in text.split("\n")
             if not line.startswith(("LOCATION:  ", "CONTEXT:  SQL statement"))]
    return "\n".join(lines).rstrip("\n") + "\n"


def known_differences(topic):
    """{first line of a statement: why its output differs} of one topic."""
    known = {}
    for line in (REGRESS / "differences").read_text().split("\n"):
        if line and not line.startswith("#"):
            name, statement, reason = line.split("\t")
            if name == topic:
                known[statement] = reason
    return known


def compare(path, expected, actual):
    """(statements that agree, statements that do not, diff) of one topic. Known differences are
    neither.
    """
    sql = path.read_text()
    known = known_differences(path.stem)
    script = sql.split("\n")
    expected_chunks, actual_chunks = chunks(sql, expected), chunks(sql, actual)
    passed, failed, wanted, got = 0, 0, [], []
    for first, last, _ in split_statements(sql):
        statement = "\n".join(script[first:last + 1])
        sides = []
        for side in (expected_chunks, actual_chunks):
            lines = [line for part in side[first:last + 1] for line in part or ()]
            if side[first] is None:
                lines.append("*** not reached")
            sides.append(normalise(statement, lines))
        agrees = sides[0] == sides[1] and actual_chunks[first] is not None
        if script[first] in known and actual_chunks[first] is not None:
            if not agrees:
                continue
            sides[0].append("*** differed once: Tests/Regress/differences still says so")
            agrees = False
        if agrees:
            passed += 1
        else:
            failed += 1
        for side, lines in ((wanted, sides[0]), (got, sides[1])):
            side.extend([f"{path.stem}:{first + 1}", *script[first:last + 1], *lines])
    diff = list(difflib.unified_diff(wanted, got, "postgres", "ordinal", lineterm="", n=4))
    return passed, failed, diff


class Suite:
    """Where the scripts of one kind are, and which are enabled."""

    def __init__(self, guide):
        self.scripts = REGRESS / ("guide" if guide else "sql")
        self.expected = REGRESS / ("guide" if guide else "expected")
        self.schedule = REGRESS / ("guide/schedule" if guide else "schedule")

    def topics(self):
        return sorted(path.stem for path in self.scripts.glob("*.sql"))

    def enabled(self):
        lines = self.schedule.read_text().split("\n")
        return [line for line in lines if line and not line.startswith("#")]

    def script(self, topic):
        return self.scripts / f"{topic}.sql"

    def output(self, topic):
        return self.expected / f"{topic}.out"


@contextlib.contextmanager
def server_environment(options):
    """Yields a function that gives the environment for a topic, on a fresh database each time."""
    if options.port:
        environment = {**psql_environment(), "PGHOST": options.host, "PGPORT": str(options.port),
                       "PGDATABASE": options.database}

        def given():
            subprocess.run(
                ["psql", "-X", "-q", "-c", "DROP SCHEMA public CASCADE",
                 "-c", "CREATE SCHEMA public"],
                env=environment, check=True, stderr=subprocess.DEVNULL)
            return contextlib.nullcontext(environment)
        yield given
    elif options.oracle or options.verify_oracle:
        with Postgres.scratch() as server:
            def oracle():
                server.fresh_database()
                return contextlib.nullcontext(server.environment())
            yield oracle
    else:
        if options.ordinal:
            Ordinal.binary = pathlib.Path(options.ordinal).resolve()

        @contextlib.contextmanager
        def fresh():
            settings = [part for setting in options.set for part in ("-c", setting)]
            with Ordinal.scratch(options=settings) as server:
                yield server.environment()
                if not server.alive:
                    print(f"*** the server ended: {server.log_tail(1500)}")
        yield fresh


def run_topic(suite, topic, environment, options):
    """Runs and judges one topic; returns (passed, failed)."""
    started = time.monotonic()
    actual = run_script(suite.script(topic), environment)
    seconds = time.monotonic() - started
    if options.oracle:
        suite.output(topic).write_text(actual)
        count = len(split_statements(suite.script(topic).read_text()))
        print(f"{topic}: {count} statements, expected output written")
        return count, 0
    passed, failed, diff = compare(
        suite.script(topic), suite.output(topic).read_text(), actual)
    print(f"{'ok  ' if not failed else 'FAIL'} {topic}: {passed} of {passed + failed} "
          f"({seconds:.2f} s)")
    if diff:
        folder = ROOT / ".build" / "regress"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{topic}.diff").write_text("\n".join(diff) + "\n")
        (folder / f"{topic}.out").write_text(actual)
        shown = options.lines
        print("\n".join(diff[:shown]))
        if len(diff) > shown:
            print(f"… {len(diff) - shown} more lines in .build/regress/{topic}.diff")
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("topics", nargs="*")
    parser.add_argument("--oracle", action="store_true")
    parser.add_argument("--verify-oracle", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--guide", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--ordinal")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int)
    parser.add_argument("--database", help="with --port: loses its schema public")
    parser.add_argument("--lines", type=int, default=DIFF_LINES_SHOWN)
    options = parser.parse_args()
    if options.port and not options.database:
        parser.error("--port needs --database, whose schema public is dropped")

    suite = Suite(options.guide)
    every = options.all or options.oracle or options.verify_oracle or options.list
    topics = options.topics or (suite.topics() if every else suite.enabled())
    if options.list:
        total = 0
        for topic in topics:
            count = len(split_statements(suite.script(topic).read_text()))
            total += count
            print(f"{topic:28} {count:5}{'' if topic in suite.enabled() else '  not enabled'}")
        print(f"{'total':28} {total:5}")
        return 0

    passed = failed = 0
    with server_environment(options) as fresh:
        for topic in topics:
            with fresh() as environment:
                good, bad = run_topic(suite, topic, environment, options)
            passed += good
            failed += bad
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
