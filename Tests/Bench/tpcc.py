#!/usr/bin/env python3
"""TPC-C's five transactions on PostgreSQL 15 and Ordinal: pgbench runs the mix, both durable.

    tools/bench tpcc [--warehouses 2] [--clients 16] [--seconds 10] [--rounds 3] [--ordinal PATH]
    python3 Tests/Bench/tpcc.py --check     every transaction's answers and the conditions: a test

The scripts below are the five transactions of the specification's chapter 2 in their usual SQL,
45 new orders, 43 payments and four each of the others of every 100, without think times. Items of
an order ascend, so that stock rows are locked in one order; otherwise keys are drawn by NURand.
Afterwards the consistency conditions 1 to 4 of chapter 3.3.2 must hold on both servers.
"""

import argparse
import contextlib
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Harness"))

from servers import Ordinal, Postgres  # noqa: E402
from tpch import copy_in, difference, processor_seconds  # noqa: E402
from wire import Connection  # noqa: E402

OPTIONS = {
    "postgres": ["-c", "shared_buffers=1GB", "-c", "max_wal_size=8GB"],
    "ordinal": [],
}
BAR = 1.5
DISTRICTS, LINES_MIN, LINES_MAX = 10, 5, 15
SYLLABLES = ["BAR", "OUGHT", "ABLE", "PRI", "PRES", "ESE", "ANTI", "CALLY", "ATION", "EING"]
DAY = "2024-01-01 00:00:00"

SCHEMA = """
CREATE TABLE warehouse (
    w_id integer PRIMARY KEY, w_name varchar(10), w_street_1 varchar(20), w_street_2 varchar(20),
    w_city varchar(20), w_state char(2), w_zip char(9), w_tax numeric(4, 4),
    w_ytd numeric(12, 2));
CREATE TABLE district (
    d_id integer, d_w_id integer REFERENCES warehouse, d_name varchar(10),
    d_street_1 varchar(20), d_street_2 varchar(20), d_city varchar(20), d_state char(2),
    d_zip char(9), d_tax numeric(4, 4), d_ytd numeric(12, 2), d_next_o_id integer,
    PRIMARY KEY (d_w_id, d_id));
CREATE TABLE customer (
    c_id integer, c_d_id integer, c_w_id integer, c_first varchar(16), c_middle char(2),
    c_last varchar(16), c_street_1 varchar(20), c_street_2 varchar(20), c_city varchar(20),
    c_state char(2), c_zip char(9), c_phone char(16), c_since timestamp, c_credit char(2),
    c_credit_lim numeric(12, 2), c_discount numeric(4, 4), c_balance numeric(12, 2),
    c_ytd_payment numeric(12, 2), c_payment_cnt integer, c_delivery_cnt integer,
    c_data varchar(500), PRIMARY KEY (c_w_id, c_d_id, c_id));
CREATE TABLE history (
    h_c_id integer, h_c_d_id integer, h_c_w_id integer, h_d_id integer, h_w_id integer,
    h_date timestamp, h_amount numeric(6, 2), h_data varchar(24));
CREATE TABLE oorder (
    o_id integer, o_d_id integer, o_w_id integer, o_c_id integer, o_entry_d timestamp,
    o_carrier_id integer, o_ol_cnt integer, o_all_local integer,
    PRIMARY KEY (o_w_id, o_d_id, o_id));
CREATE TABLE new_order (
    no_o_id integer, no_d_id integer, no_w_id integer,
    PRIMARY KEY (no_w_id, no_d_id, no_o_id));
CREATE TABLE item (
    i_id integer PRIMARY KEY, i_im_id integer, i_name varchar(24), i_price numeric(5, 2),
    i_data varchar(50));
CREATE TABLE stock (
    s_i_id integer, s_w_id integer, s_quantity integer, s_dist_01 char(24), s_dist_02 char(24),
    s_dist_03 char(24), s_dist_04 char(24), s_dist_05 char(24), s_dist_06 char(24),
    s_dist_07 char(24), s_dist_08 char(24), s_dist_09 char(24), s_dist_10 char(24),
    s_ytd integer, s_order_cnt integer, s_remote_cnt integer, s_data varchar(50),
    PRIMARY KEY (s_w_id, s_i_id));
CREATE TABLE order_line (
    ol_o_id integer, ol_d_id integer, ol_w_id integer, ol_number integer, ol_i_id integer,
    ol_supply_w_id integer, ol_delivery_d timestamp, ol_quantity integer,
    ol_amount numeric(6, 2), ol_dist_info char(24),
    PRIMARY KEY (ol_w_id, ol_d_id, ol_o_id, ol_number));
"""

KEYS = """
CREATE INDEX customer_name ON customer (c_w_id, c_d_id, c_last, c_first);
CREATE INDEX oorder_customer ON oorder (o_w_id, o_d_id, o_c_id, o_id);
ALTER TABLE customer ADD FOREIGN KEY (c_w_id, c_d_id) REFERENCES district;
ALTER TABLE history ADD FOREIGN KEY (h_c_w_id, h_c_d_id, h_c_id) REFERENCES customer;
ALTER TABLE history ADD FOREIGN KEY (h_w_id, h_d_id) REFERENCES district;
ALTER TABLE oorder ADD FOREIGN KEY (o_w_id, o_d_id, o_c_id) REFERENCES customer;
ALTER TABLE new_order ADD FOREIGN KEY (no_w_id, no_d_id, no_o_id) REFERENCES oorder;
ALTER TABLE stock ADD FOREIGN KEY (s_w_id) REFERENCES warehouse;
ALTER TABLE stock ADD FOREIGN KEY (s_i_id) REFERENCES item;
ALTER TABLE order_line ADD FOREIGN KEY (ol_w_id, ol_d_id, ol_o_id) REFERENCES oorder;
ALTER TABLE order_line ADD FOREIGN KEY (ol_supply_w_id, ol_i_id) REFERENCES stock;
ANALYZE;
"""

# Rows that break a consistency condition (3.3.2.1 to 3.3.2.4): none may come.
CONDITIONS = {
    "1: a warehouse has its districts' year-to-date":
        "SELECT w_id FROM warehouse JOIN district ON d_w_id = w_id GROUP BY w_id, w_ytd "
        "HAVING w_ytd <> sum(d_ytd)",
    "2: a district's next order follows the last":
        "SELECT d_w_id, d_id FROM district "
        "JOIN (SELECT o_w_id, o_d_id, max(o_id) AS last FROM oorder GROUP BY 1, 2) o "
        "ON o_w_id = d_w_id AND o_d_id = d_id "
        "JOIN (SELECT no_w_id, no_d_id, max(no_o_id) AS last FROM new_order GROUP BY 1, 2) n "
        "ON no_w_id = d_w_id AND no_d_id = d_id "
        "WHERE d_next_o_id - 1 <> o.last OR d_next_o_id - 1 <> n.last",
    "3: new orders have no gaps":
        "SELECT no_w_id, no_d_id FROM new_order GROUP BY 1, 2 "
        "HAVING max(no_o_id) - min(no_o_id) + 1 <> count(*)",
    "4: orders count their lines":
        "SELECT o_w_id, o_d_id FROM (SELECT o_w_id, o_d_id, sum(o_ol_cnt) AS counted "
        "FROM oorder GROUP BY 1, 2) o JOIN (SELECT ol_w_id, ol_d_id, count(*) AS found "
        "FROM order_line GROUP BY 1, 2) l ON ol_w_id = o_w_id AND ol_d_id = o_d_id "
        "WHERE counted <> found",
}


# MARK: Data

class Size:
    """How much data: the specification's at full size, a tenth and less for tests."""

    def __init__(self, warehouses, part):
        self.warehouses = warehouses
        self.items = int(100_000 * part)
        self.customers = int(3000 * part)
        # Of a district's orders the last third is not delivered yet.
        self.orders = self.customers
        self.names = min(self.customers, 1000)


def last_name(number):
    return SYLLABLES[number // 100] + SYLLABLES[number // 10 % 10] + SYLLABLES[number % 10]


def word(generator, least, most=None):
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join(generator.choices(letters, k=generator.randint(least, most or least)))


def place(generator):
    return (f"{word(generator, 10, 20)}\t{word(generator, 10, 20)}\t{word(generator, 10, 20)}\t"
            f"{word(generator, 2)}\t{generator.randint(0, 9999):04}11111")


def tables(size, seed=1):
    """(table, lines of COPY text) in load order."""
    generator = random.Random(seed)
    homes = range(1, size.warehouses + 1)
    districts = [(home, district) for home in homes for district in range(1, DISTRICTS + 1)]
    yield "warehouse", [
        f"{home}\t{word(generator, 6, 10)}\t{place(generator)}\t0.{generator.randint(0, 2000):04}\t"
        f"{DISTRICTS * 30000}.00\n" for home in homes]
    yield "district", [
        f"{district}\t{home}\t{word(generator, 6, 10)}\t{place(generator)}\t"
        f"0.{generator.randint(0, 2000):04}\t30000.00\t{size.orders + 1}\n"
        for home, district in districts]
    yield "customer", [
        f"{number}\t{district}\t{home}\t{word(generator, 8, 16)}\tOE\t"
        f"{last_name((number - 1) % size.names)}\t{place(generator)}\t"
        f"{generator.randint(10 ** 15, 10 ** 16 - 1)}\t{DAY}\t"
        f"{'BC' if generator.random() < 0.1 else 'GC'}\t50000.00\t"
        f"0.{generator.randint(0, 5000):04}\t-10.00\t10.00\t1\t0\t{word(generator, 300)}\n"
        for home, district in districts for number in range(1, size.customers + 1)]
    yield "history", [
        f"{number}\t{district}\t{home}\t{district}\t{home}\t{DAY}\t10.00\t{word(generator, 12)}\n"
        for home, district in districts for number in range(1, size.customers + 1)]
    yield "item", [
        f"{number}\t{generator.randint(1, 10000)}\t{word(generator, 14, 24)}\t"
        f"{generator.randint(1, 100)}.{generator.randint(0, 99):02}\t{word(generator, 26, 50)}\n"
        for number in range(1, size.items + 1)]
    info = [word(generator, 24) for _ in range(997)]
    yield "stock", [
        f"{number}\t{home}\t{generator.randint(10, 100)}\t"
        + "\t".join(info[(number + k * 7) % 997] for k in range(10))
        + f"\t0\t0\t0\t{info[number % 997]}\n"
        for home in homes for number in range(1, size.items + 1)]
    orders, new_orders, lines = [], [], []
    undelivered = size.orders * 7 // 10
    for home, district in districts:
        buyers = list(range(1, size.customers + 1))
        generator.shuffle(buyers)
        for order in range(1, size.orders + 1):
            count = generator.randint(LINES_MIN, LINES_MAX)
            is_new = order > undelivered
            carrier = "\\N" if is_new else generator.randint(1, 10)
            orders.append(f"{order}\t{district}\t{home}\t{buyers[order - 1]}\t{DAY}\t{carrier}\t"
                          f"{count}\t1\n")
            if is_new:
                new_orders.append(f"{order}\t{district}\t{home}\n")
            for line in range(1, count + 1):
                amount = f"{generator.randint(0, 9999)}.{generator.randint(0, 99):02}"
                lines.append(
                    f"{order}\t{district}\t{home}\t{line}\t{generator.randint(1, size.items)}\t"
                    f"{home}\t{chr(92) + 'N' if is_new else DAY}\t5\t"
                    f"{amount if is_new else '0.00'}\t{info[(order + line) % 997]}\n")
    yield "oorder", orders
    yield "new_order", new_orders
    yield "order_line", lines


# MARK: Transactions

def nurand(most, spread, low, high):
    return f"((random(0, {spread}) | random({low}, {high})) + {most}) % ({high} - {low} + 1) + {low}"


def header(size):
    return (f"\\set w random(1, {size.warehouses})\n\\set d random(1, {DISTRICTS})\n")


def customer_by_name(size):
    """Sets :c to the middle customer of a drawn last name."""
    names = "ARRAY[" + ", ".join(f"'{syllable}'" for syllable in SYLLABLES) + "]"
    return (f"\\set n {nurand(123, 255, 0, size.names - 1)}\n"
            "\\set n1 :n / 100 + 1\n\\set n2 :n / 10 % 10 + 1\n\\set n3 :n % 10 + 1\n"
            f"SELECT ({names})[:n1] || ({names})[:n2] || ({names})[:n3] AS last \\gset\n"
            "SELECT count(*) AS namesakes FROM customer "
            "WHERE c_w_id = :cw AND c_d_id = :cd AND c_last = :last \\gset\n"
            "\\set middle (:namesakes - 1) / 2\n"
            "SELECT c_id AS c FROM customer WHERE c_w_id = :cw AND c_d_id = :cd "
            "AND c_last = :last ORDER BY c_first OFFSET :middle LIMIT 1 \\gset\n")


def new_order(size):
    out = [header(size), f"\\set c {nurand(77, 1023, 1, size.customers)}\n",
           f"\\set count random({LINES_MIN}, {LINES_MAX})\n\\set spoilt random(1, 100)\n",
           "\\set all_local 1\n"]
    # Each line's item is from its own stretch of the items: they ascend.
    stretch = size.items // LINES_MAX
    for line in range(1, LINES_MAX + 1):
        first = (line - 1) * stretch + 1
        out.append(f"\\set i{line} {nurand(11, 8191, first, first + stretch - 1)}\n"
                   f"\\set q{line} random(1, 10)\n\\set s{line} :w\n")
        if size.warehouses > 1:
            out.append(f"\\set far random(1, 100)\n\\if :far = 1 and :count >= {line}\n"
                       f"\\set s{line} :w % {size.warehouses} + 1\n\\set all_local 0\n\\endif\n")
    out.append("""BEGIN;
SELECT w_tax FROM warehouse WHERE w_id = :w;
UPDATE district SET d_next_o_id = d_next_o_id + 1 WHERE d_w_id = :w AND d_id = :d RETURNING d_next_o_id - 1 AS o, d_tax \\gset
SELECT c_discount, c_last, c_credit FROM customer WHERE c_w_id = :w AND c_d_id = :d AND c_id = :c;
INSERT INTO oorder (o_id, o_d_id, o_w_id, o_c_id, o_entry_d, o_ol_cnt, o_all_local) VALUES (:o, :d, :w, :c, now(), :count, :all_local);
INSERT INTO new_order (no_o_id, no_d_id, no_w_id) VALUES (:o, :d, :w);
""")
    for line in range(1, LINES_MAX + 1):
        if line > LINES_MIN:
            out.append(f"\\if :count >= {line}\n")
        out.append(
            f"SELECT i_price AS price, i_name, i_data FROM item WHERE i_id = :i{line} \\gset\n"
            f"UPDATE stock SET s_quantity = CASE WHEN s_quantity - :q{line} >= 10 "
            f"THEN s_quantity - :q{line} ELSE s_quantity - :q{line} + 91 END, "
            f"s_ytd = s_ytd + :q{line}, s_order_cnt = s_order_cnt + 1, "
            f"s_remote_cnt = s_remote_cnt + CASE WHEN s_w_id = :w THEN 0 ELSE 1 END "
            f"WHERE s_w_id = :s{line} AND s_i_id = :i{line} "
            "RETURNING s_quantity, s_data, s_dist_01 AS info \\gset\n"
            "INSERT INTO order_line (ol_o_id, ol_d_id, ol_w_id, ol_number, ol_i_id, "
            "ol_supply_w_id, ol_quantity, ol_amount, ol_dist_info) VALUES "
            f"(:o, :d, :w, {line}, :i{line}, :s{line}, :q{line}, :q{line}::integer * :price::numeric, :info);\n")
        if line > LINES_MIN:
            out.append("\\endif\n")
    # One order of a hundred names an item that is not there, and is rolled back.
    out.append("\\if :spoilt = 1\nSELECT i_price FROM item WHERE i_id = 0;\nROLLBACK;\n"
               "\\else\nCOMMIT;\n\\endif\n")
    return "".join(out)


def payment(size):
    out = [header(size), "\\set amount random(100, 500000)\n\\set way random(1, 100)\n"
           "\\set far random(1, 100)\n\\set cw :w\n\\set cd :d\n"]
    if size.warehouses > 1:
        out.append(f"\\if :far > 85\n\\set cw :w % {size.warehouses} + 1\n"
                   f"\\set cd random(1, {DISTRICTS})\n\\endif\n")
    out.append("""BEGIN;
UPDATE warehouse SET w_ytd = w_ytd + :amount / 100.0 WHERE w_id = :w RETURNING w_name, w_street_1, w_street_2, w_city, w_state, w_zip;
UPDATE district SET d_ytd = d_ytd + :amount / 100.0 WHERE d_w_id = :w AND d_id = :d RETURNING d_name, d_street_1, d_street_2, d_city, d_state, d_zip;
\\if :way <= 60
""" + customer_by_name(size) + f"""\\else
\\set c {nurand(77, 1023, 1, size.customers)}
\\endif
UPDATE customer SET c_balance = c_balance - :amount / 100.0, c_ytd_payment = c_ytd_payment + :amount / 100.0, c_payment_cnt = c_payment_cnt + 1, c_data = CASE WHEN c_credit = 'BC' THEN substr(c_id || ' ' || c_d_id || ' ' || c_w_id || ' ' || :d || ' ' || :w || ' ' || c_data, 1, 500) ELSE c_data END WHERE c_w_id = :cw AND c_d_id = :cd AND c_id = :c RETURNING c_first, c_middle, c_last, c_street_1, c_city, c_phone, c_since, c_credit, c_credit_lim, c_discount, c_balance;
INSERT INTO history (h_c_d_id, h_c_w_id, h_c_id, h_d_id, h_w_id, h_date, h_amount, h_data) VALUES (:cd, :cw, :c, :d, :w, now(), :amount / 100.0, 'payment');
COMMIT;
""")
    return "".join(out)


def order_status(size):
    return (header(size) + "\\set cw :w\n\\set cd :d\n\\set way random(1, 100)\nBEGIN;\n"
            "\\if :way <= 60\n" + customer_by_name(size)
            + f"\\else\n\\set c {nurand(77, 1023, 1, size.customers)}\n\\endif\n"
            + """SELECT c_first, c_middle, c_last, c_balance FROM customer WHERE c_w_id = :w AND c_d_id = :d AND c_id = :c;
SELECT o_id AS o, o_entry_d, o_carrier_id FROM oorder WHERE o_w_id = :w AND o_d_id = :d AND o_c_id = :c ORDER BY o_id DESC LIMIT 1 \\gset
SELECT ol_i_id, ol_supply_w_id, ol_quantity, ol_amount, ol_delivery_d FROM order_line WHERE ol_w_id = :w AND ol_d_id = :d AND ol_o_id = :o;
COMMIT;
""")


def delivery(size):
    out = [f"\\set w random(1, {size.warehouses})\n\\set carrier random(1, 10)\nBEGIN;\n"]
    for district in range(1, DISTRICTS + 1):
        key = f"_w_id = :w AND {{0}}_d_id = {district} AND {{0}}_o_id = :o"
        out.append(f"""\\set o 0
SELECT no_o_id AS o FROM new_order WHERE no_w_id = :w AND no_d_id = {district} ORDER BY no_o_id LIMIT 1 FOR UPDATE \\aset
\\if :o > 0
DELETE FROM new_order WHERE no{key.format('no')};
UPDATE oorder SET o_carrier_id = :carrier WHERE o_w_id = :w AND o_d_id = {district} AND o_id = :o RETURNING o_c_id AS c \\gset
UPDATE order_line SET ol_delivery_d = now() WHERE ol{key.format('ol')};
SELECT sum(ol_amount) AS total FROM order_line WHERE ol{key.format('ol')} \\gset
UPDATE customer SET c_balance = c_balance + :total, c_delivery_cnt = c_delivery_cnt + 1 WHERE c_w_id = :w AND c_d_id = {district} AND c_id = :c;
\\endif
""")
    return "".join(out) + "COMMIT;\n"


def stock_level(size):
    return header(size) + """\\set threshold random(10, 20)
BEGIN;
SELECT d_next_o_id AS o FROM district WHERE d_w_id = :w AND d_id = :d \\gset
SELECT count(DISTINCT s_i_id) FROM order_line, stock WHERE ol_w_id = :w AND ol_d_id = :d AND ol_o_id < :o AND ol_o_id >= :o - 20 AND s_w_id = :w AND s_i_id = ol_i_id AND s_quantity < :threshold;
COMMIT;
"""


MIX = [(new_order, 45), (payment, 43), (order_status, 4), (delivery, 4), (stock_level, 4)]


# MARK: Running

def load(servers, size):
    for server in servers:
        server.psql(SCHEMA)
    for table, lines in tables(size):
        for server in servers:
            with Connection(server.socket_path, timeout=600) as connection:
                copy_in(connection, table, lines)
    for server in servers:
        server.psql(KEYS)


def pgbench(server, scripts, size, *arguments):
    """(transactions, per second, output) of one run of the mix; seeded, so that runs are alike."""
    files = [f"--file={scripts}/{make.__name__}.sql@{weight}" for make, weight in MIX]
    done = subprocess.run(
        ["pgbench", "-n", "-M", "prepared", "--random-seed=7", "--max-tries=10", *files,
         *arguments, "postgres"],
        env=server.environment(), text=True, capture_output=True, timeout=1200)
    count = re.search(r"actually processed: (\d+)", done.stdout)
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    failed = re.search(r"failed transactions: (\d+)", done.stdout)
    if done.returncode != 0 or not count or failed and failed.group(1) != "0":
        raise RuntimeError(f"pgbench on {server.name}: {done.stdout}{done.stderr}"[-2500:])
    return int(count.group(1)), float(rate.group(1)), done.stdout


def broken_conditions(server):
    return [name for name, sql in CONDITIONS.items() if server.psql(sql)]


def write_scripts(directory, size):
    for make, _ in MIX:
        pathlib.Path(directory, f"{make.__name__}.sql").write_text(make(size))


CONTENT = [
    "SELECT * FROM warehouse ORDER BY w_id", "SELECT * FROM district ORDER BY d_w_id, d_id",
    "SELECT * FROM customer ORDER BY c_w_id, c_d_id, c_id",
    "SELECT h_c_id, h_c_d_id, h_c_w_id, h_d_id, h_w_id, h_amount, h_data FROM history "
    "ORDER BY 1, 2, 3, 4, 5, 6, 7",
    "SELECT o_id, o_d_id, o_w_id, o_c_id, o_carrier_id, o_ol_cnt, o_all_local FROM oorder "
    "ORDER BY 3, 2, 1",
    "SELECT * FROM new_order ORDER BY 3, 2, 1",
    "SELECT * FROM stock ORDER BY s_w_id, s_i_id",
    "SELECT ol_o_id, ol_d_id, ol_w_id, ol_number, ol_i_id, ol_supply_w_id, ol_quantity, ol_amount, "
    "ol_dist_info, ol_delivery_d IS NULL FROM order_line ORDER BY 3, 2, 1, 4"]


def check(servers, scripts, size):
    """One client's transactions must leave the same tables; many clients' consistent ones."""
    results = []
    for server in servers:
        pgbench(server, scripts, size, "-c", "1", "-t", "150")
    for sql in CONTENT:
        answers = []
        for server in servers:
            with Connection(server.socket_path, timeout=600) as connection:
                answers.append(connection.query(sql))
        problem = difference(*answers)
        results.append(problem is None)
        if problem:
            print(f"after one client: {sql}: {problem}")
    for server in servers:
        pgbench(server, scripts, size, "-c", "16", "-j", "2", "-t", "25")
        broken = broken_conditions(server)
        for name in CONDITIONS:
            results.append(name not in broken)
            if name in broken:
                print(f"{server.name}: condition {name}: broken")
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return all(results)


def measure(servers, scripts, size, options):
    rates = {server.name: [] for server in servers}
    work = {server.name: [] for server in servers}
    holds = True
    for turn in range(options.rounds):
        for server in servers if turn % 2 == 0 else servers[::-1]:
            before = processor_seconds(server)
            count, rate, output = pgbench(
                server, scripts, size, "-c", str(options.clients), "-j", "2",
                "-T", str(options.seconds))
            used = (processor_seconds(server) - before) / count * 1e6
            rates[server.name].append(rate)
            work[server.name].append(used)
            retried = re.search(r"transactions retried: (\d+)", output)
            print(f"{server.name:9}{rate:10.0f} /s{used:9.0f} µs of processor each, "
                  f"{retried.group(1) if retried else 0} retried", flush=True)
            if options.latencies:
                print("\n".join(line for line in output.splitlines()
                                if "script" in line or "average" in line))
    for server in servers:
        for name in broken_conditions(server):
            print(f"{server.name}: condition {name}: broken")
            holds = False
    if len(servers) < 2:
        return holds
    postgres, ordinal = (statistics.median(rates[server.name]) for server in servers)
    ratio = ordinal / postgres
    print(f"TPC-C mix, {size.warehouses} warehouses, {options.clients} clients: "
          f"{postgres:.0f} and {ordinal:.0f} /s, ratio {ratio:.2f} (bar {BAR:g})")
    return holds and ratio >= BAR


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="answers and conditions alone")
    parser.add_argument("--warehouses", type=int, default=2)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", type=float, help="part of the specified sizes")
    parser.add_argument("--latencies", action="store_true", help="pgbench's times by script")
    parser.add_argument("--server", choices=["postgres", "ordinal"], help="only one of the two")
    parser.add_argument("--ordinal")
    options = parser.parse_args()
    if options.ordinal:
        Ordinal.binary = pathlib.Path(options.ordinal).resolve()
    size = Size(options.warehouses, options.part or (0.05 if options.check else 1))
    kinds = [kind for kind in (Postgres, Ordinal) if options.server in (None, kind.name)]
    with contextlib.ExitStack() as stack:
        scripts = stack.enter_context(tempfile.TemporaryDirectory(prefix="tpcc-"))
        write_scripts(scripts, size)
        servers = [stack.enter_context(kind.scratch(options=OPTIONS[kind.name]))
                   for kind in kinds]
        load(servers, size)
        if options.check:
            return 0 if check(servers, scripts, size) else 1
        return 0 if measure(servers, scripts, size, options) else 1


if __name__ == "__main__":
    sys.exit(main())
