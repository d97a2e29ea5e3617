"""An event store after message-db's and eventsourcing's documentation: streams with expected
versions, a global position, snapshots, and read models kept by upserts."""

import psycopg
from psycopg.types.json import Jsonb

SCHEMA = """
CREATE SCHEMA message_store;
CREATE TABLE message_store.messages (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    stream_name text NOT NULL,
    type text NOT NULL,
    position bigint NOT NULL,
    global_position bigserial NOT NULL,
    data jsonb,
    metadata jsonb,
    time timestamp WITHOUT TIME ZONE DEFAULT (now() AT TIME ZONE 'utc') NOT NULL,
    category text GENERATED ALWAYS AS (split_part(stream_name, '-', 1)) STORED
);
ALTER TABLE message_store.messages ADD PRIMARY KEY (global_position) NOT DEFERRABLE INITIALLY IMMEDIATE;
CREATE UNIQUE INDEX messages_id ON message_store.messages (id);
CREATE UNIQUE INDEX messages_stream ON message_store.messages (stream_name, position);
CREATE INDEX messages_category ON message_store.messages (category, global_position, (metadata ->> 'correlationStreamName'));
CREATE TABLE message_store.snapshots (
    stream_name text NOT NULL, version bigint NOT NULL, state jsonb NOT NULL, taken timestamptz DEFAULT now(),
    PRIMARY KEY (stream_name, version)
) PARTITION BY HASH (stream_name);
CREATE TABLE message_store.snapshots_0 PARTITION OF message_store.snapshots FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE message_store.snapshots_1 PARTITION OF message_store.snapshots FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE message_store.subscriptions (name text PRIMARY KEY, position bigint NOT NULL DEFAULT 0, updated timestamptz);
CREATE TABLE balances (account text PRIMARY KEY, balance numeric(12, 2) NOT NULL DEFAULT 0 CHECK (balance >= 0), version bigint NOT NULL);
CREATE VIEW message_store.category_type_summary AS
    SELECT category, type, count(*) AS message_count,
        round(count(*)::numeric / (SELECT count(*) FROM message_store.messages) * 100, 2) AS percent
    FROM message_store.messages GROUP BY category, type ORDER BY category, type;
CREATE VIEW message_store.stream_summary AS
    SELECT stream_name, count(id) AS message_count, max(position) AS last FROM message_store.messages
    GROUP BY stream_name ORDER BY stream_name
"""

APPEND = """
INSERT INTO messages (stream_name, type, position, data, metadata)
SELECT %(stream)s, %(type)s, coalesce(max(position), -1) + 1, %(data)s, %(metadata)s
FROM messages WHERE stream_name = %(stream)s
HAVING %(expected)s::bigint IS NULL OR coalesce(max(position), -1) = %(expected)s
RETURNING position, global_position, category
"""


def run(app):
    store = app.connect()
    store.script(SCHEMA)
    store("SET search_path = message_store, public")
    store("SHOW search_path")

    def append(stream, kind, data, expected=None, **metadata):
        return store(APPEND, {"stream": stream, "type": kind, "data": Jsonb(data),
                              "metadata": Jsonb(metadata), "expected": expected})

    append("account-1", "Opened", {"owner": "Ada", "limits": {"daily": 500}}, -1)
    append("account-1", "Deposited", {"amount": "100.50"}, 0, correlationStreamName="batch-7")
    append("account-1", "Deposited", {"amount": "20"}, 0)
    append("account-1", "Withdrawn", {"amount": "30.25"}, 1)
    append("account-2", "Opened", {"owner": "Grace"}, -1)
    append("account-2", "Deposited", {"amount": "7"})
    append("transfer-9", "Started", {"from": "account-1", "to": "account-2", "steps": [1, 2, 3]})
    append("transfer-9", "Finished", None)
    store("INSERT INTO messages (stream_name, type, position) VALUES ('account-1', 'X', 1)")
    store("INSERT INTO messages (stream_name, type, position, category) VALUES ('a-1', 'X', 1, 'b')")
    store("INSERT INTO messages (stream_name, type) VALUES ('a-1', 'X')")
    store("UPDATE messages SET category = 'other'")

    # Reading a stream, a category, all.
    store("SELECT position, type, data FROM messages WHERE stream_name = %s AND position >= %s "
          "ORDER BY position LIMIT %s", ("account-1", 1, 10))
    store("SELECT global_position, stream_name, type FROM messages WHERE category = %s "
          "AND global_position > %s ORDER BY global_position", ("account", 2))
    store("SELECT stream_name, position FROM messages WHERE category = 'account' "
          "AND metadata ->> 'correlationStreamName' = 'batch-7'")
    store("SELECT DISTINCT ON (stream_name) stream_name, type, position FROM messages "
          "ORDER BY stream_name, position DESC")
    store("SELECT * FROM category_type_summary")
    store("SELECT * FROM stream_summary")
    # Consumer groups: which of three consumers reads which stream.
    store("SELECT stream_name, abs(('x' || substr(md5(split_part(stream_name, '-', 2)), 1, 16)) IS NULL::int) "
          "FROM messages")
    store("SELECT stream_name, mod(abs(hashtext(split_part(stream_name, '-', 2))), 3) AS member "
          "FROM messages GROUP BY stream_name ORDER BY 1")

    # Two writers with one expectation: the second waits for the first, then fails.
    first, second = app.connect(autocommit=False), app.connect(autocommit=False)
    for writer in (first, second):
        writer("SET LOCAL search_path = message_store")
    first("INSERT INTO messages (stream_name, type, position) VALUES ('account-2', 'Frozen', 2) RETURNING position")
    second("SET LOCAL lock_timeout = '50ms'")
    second("INSERT INTO messages (stream_name, type, position) VALUES ('account-2', 'Closed', 2)")
    second.connection.rollback()
    first.connection.commit()
    second("SET LOCAL search_path = message_store")
    second("INSERT INTO messages (stream_name, type, position) VALUES ('account-2', 'Closed', 2)")
    second.connection.rollback()

    # Repeatable reads: the projection sees one moment.
    first.connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    first("SELECT max(global_position) FROM message_store.messages")
    append("account-3", "Opened", {"owner": "Alan"})
    first("SELECT max(global_position) FROM message_store.messages")
    first("SHOW transaction_isolation")
    first.connection.commit()
    first("SELECT position FROM message_store.messages WHERE stream_name = 'account-1' AND position = 0 FOR UPDATE")
    store("UPDATE messages SET metadata = '{\"touched\": true}' WHERE stream_name = 'account-3'")
    first("UPDATE message_store.messages SET metadata = NULL WHERE stream_name = 'account-3'")
    first.connection.rollback()

    # Projection: a read model caught up from its position, in one transaction.
    with store.transaction():
        store("INSERT INTO subscriptions (name) VALUES ('balances') ON CONFLICT DO NOTHING")
        store("SELECT position FROM subscriptions WHERE name = 'balances' FOR UPDATE")
        for stream, kind, data, position in store(
                "SELECT stream_name, type, data, position FROM messages WHERE category = 'account' "
                "ORDER BY global_position") or ():
            amount = {"Deposited": 1, "Withdrawn": -1}.get(kind, 0)
            change = (data or {}).get("amount", "0")
            store("""INSERT INTO balances AS b (account, balance, version) VALUES (%s, %s::numeric * %s, %s)
                ON CONFLICT (account) DO UPDATE SET balance = b.balance + EXCLUDED.balance, version = EXCLUDED.version
                WHERE b.version < EXCLUDED.version RETURNING account, balance, version""",
                  (stream, change, amount, position))
        store("UPDATE subscriptions SET position = (SELECT max(global_position) FROM messages), updated = now() "
              "WHERE name = 'balances' RETURNING position")
    store("SELECT * FROM balances ORDER BY account")
    store("UPDATE balances SET balance = balance - 1000 WHERE account = 'account-1'")

    # Folding in the database.
    store("""SELECT stream_name, sum(CASE type WHEN 'Deposited' THEN (data ->> 'amount')::numeric
            WHEN 'Withdrawn' THEN -(data ->> 'amount')::numeric ELSE 0 END) AS balance,
            jsonb_agg(type ORDER BY position) AS history,
            (array_agg(data ORDER BY position) FILTER (WHERE type = 'Opened'))[1] ->> 'owner' AS owner
        FROM messages WHERE category = 'account' GROUP BY stream_name ORDER BY stream_name""")
    store("SELECT position, type, sum((data ->> 'amount')::numeric) OVER (ORDER BY position "
          "ROWS UNBOUNDED PRECEDING) AS running, first_value(type) OVER (ORDER BY position), "
          "nth_value(position, 2) OVER (ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) "
          "FROM messages WHERE stream_name = 'account-1' ORDER BY position")
    store("SELECT key, value FROM messages, jsonb_each(data) WHERE stream_name = 'transfer-9' AND data <> 'null' ORDER BY key")
    store("SELECT jsonb_array_elements(data -> 'steps') FROM messages WHERE type = 'Started'")
    store("SELECT data #>> '{limits,daily}', data ? 'owner', jsonb_typeof(data) FROM messages "
          "WHERE type = 'Opened' ORDER BY global_position")
    store("WITH RECURSIVE chain AS (SELECT position, type, 1 AS depth FROM messages WHERE stream_name = 'account-1' AND position = 0 "
          "UNION ALL SELECT m.position, m.type, c.depth + 1 FROM chain c JOIN messages m ON m.stream_name = 'account-1' "
          "AND m.position = c.position + 1) SELECT * FROM chain ORDER BY depth")

    # Snapshots over hash partitions.
    store.many("INSERT INTO snapshots (stream_name, version, state) VALUES (%s, %s, %s)",
               [(f"account-{n % 4}", n, Jsonb({"n": n})) for n in range(12)])
    store("INSERT INTO snapshots (stream_name, version, state) VALUES ('account-1', 1, '{}')")
    store("SELECT tableoid::regclass::text, count(*) FROM snapshots GROUP BY 1 ORDER BY 1")
    store("SELECT s.stream_name, l.version, l.state FROM (SELECT DISTINCT stream_name FROM snapshots) s, "
          "LATERAL (SELECT version, state FROM snapshots x WHERE x.stream_name = s.stream_name "
          "ORDER BY version DESC LIMIT 1) l ORDER BY 1")
    store("DELETE FROM snapshots s WHERE EXISTS (SELECT FROM snapshots n WHERE n.stream_name = s.stream_name "
          "AND n.version > s.version) RETURNING stream_name, version")

    # Export and import.
    store.copy_out("COPY (SELECT stream_name, position, type, data FROM message_store.messages "
                   "ORDER BY global_position) TO STDOUT")
    store.copy_out("COPY (SELECT * FROM balances ORDER BY account) TO STDOUT WITH (FORMAT csv, HEADER)")
    store("CREATE TEMP TABLE loaded (LIKE messages INCLUDING DEFAULTS INCLUDING GENERATED)")
    store.copy_in("COPY loaded (stream_name, type, position, data) FROM STDIN",
                  [("import-1", "Loaded", n, f'{{"n": {n}}}') for n in range(5)])
    store("INSERT INTO messages (stream_name, type, position, data) SELECT stream_name, type, position, data "
          "FROM loaded ORDER BY position")
    store("SELECT count(*), max(position), min(category) FROM messages WHERE stream_name LIKE 'import-%'")
    store("DROP SCHEMA message_store")
    store("DROP SCHEMA message_store CASCADE")
    store("SELECT to_regclass('message_store.messages')")
