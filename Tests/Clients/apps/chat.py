"""A chat after Mattermost's and Matrix's tables: teams, channels, members, messages by month, reactions, unread counts."""

import asyncio
import datetime
import uuid

import psycopg
from psycopg.types.json import Jsonb

MIGRATIONS = ["""
CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), username varchar(64) NOT NULL UNIQUE, email varchar(128) UNIQUE,
    props jsonb NOT NULL DEFAULT '{}', notify jsonb NOT NULL DEFAULT '{"desktop": "mention", "push": "mention"}',
    roles text[] NOT NULL DEFAULT ARRAY['user'], locale varchar(5) DEFAULT 'en', last_seen timestamptz, deleted_at bigint NOT NULL DEFAULT 0
);
CREATE TABLE channels (
    id bigserial PRIMARY KEY, kind "char" NOT NULL DEFAULT 'O', name varchar(64) NOT NULL, header text NOT NULL DEFAULT '',
    creator uuid REFERENCES users, created timestamptz NOT NULL DEFAULT now(), total_messages bigint NOT NULL DEFAULT 0,
    CONSTRAINT kind_known CHECK (kind IN ('O', 'P', 'D', 'G'))
);
CREATE UNIQUE INDEX channels_name ON channels (name) WHERE kind <> 'D';
CREATE TABLE members (
    channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE, user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    last_read bigint NOT NULL DEFAULT 0, mentions int NOT NULL DEFAULT 0, muted boolean DEFAULT false, joined timestamptz DEFAULT now(),
    PRIMARY KEY (channel_id, user_id)
)
""", """
CREATE TABLE messages (
    id bigserial, channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE, user_id uuid NOT NULL REFERENCES users,
    root_id bigint, posted timestamptz NOT NULL, edited timestamptz, body text NOT NULL CHECK (length(body) <= 4000),
    hashtags varchar(40)[] NOT NULL DEFAULT '{}', props jsonb, PRIMARY KEY (id, posted)
) PARTITION BY RANGE (posted);
CREATE TABLE messages_2024_01 PARTITION OF messages FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE messages_2024_02 PARTITION OF messages FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
CREATE TABLE messages_rest PARTITION OF messages DEFAULT;
CREATE INDEX messages_channel ON messages (channel_id, posted DESC, id DESC);
CREATE TABLE reactions (message_id bigint NOT NULL, user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, emoji varchar(32) NOT NULL,
    PRIMARY KEY (message_id, user_id, emoji))
""", """
ALTER TABLE users ADD COLUMN status text GENERATED ALWAYS AS (CASE WHEN deleted_at > 0 THEN 'deleted' ELSE 'active' END) STORED;
ALTER TABLE channels ADD COLUMN last_message timestamptz;
CREATE INDEX users_lower ON users (lower(username) text_pattern_ops);
ALTER TABLE members ALTER COLUMN muted SET NOT NULL;
CREATE VIEW directory AS SELECT username, coalesce(props ->> 'nick', username) AS shown, status FROM users WHERE deleted_at = 0
"""]


def people(db):
    names = ["ada", "grace", "alan", "edsger", "barbara"]
    ids = {}
    for number, name in enumerate(names):
        rows = db("INSERT INTO users (username, email, props, roles) VALUES (%s, %s, %s, %s) RETURNING id, notify, status",
                  (name, f"{name}@example.org", Jsonb({"nick": name.title(), "n": number}), ["user", "admin"] if number == 0 else ["user"]))
        ids[name] = rows[0][0]
    db("INSERT INTO users (username) VALUES ('ada')")
    db("INSERT INTO users (id, username) VALUES (%s, 'fixed') RETURNING id", (uuid.UUID(int=7),))
    db("INSERT INTO users (id, username) VALUES ('not-a-uuid', 'bad')")
    db("SELECT username FROM users WHERE 'admin' = ANY (roles)")
    db("SELECT username, props -> 'n' FROM users WHERE props @> '{\"n\": 2}'")
    db("UPDATE users SET props = props || '{\"theme\": \"dark\"}' - 'n', notify = jsonb_set(notify, '{push}', '\"all\"') "
       "WHERE username = 'grace' RETURNING props, notify")
    db("SELECT username FROM users WHERE username LIKE %s ORDER BY username", ("a%",))
    db("SELECT username FROM users WHERE lower(username) LIKE 'e%%' OR username ~* '^BAR' ORDER BY 1", ())
    return ids


def talk(app, db, ids):
    db("INSERT INTO channels (name, creator, kind) VALUES ('town-square', %(a)s, 'O'), ('off-topic', %(a)s, 'O'), "
       "('secret', %(g)s, 'P') RETURNING id, kind", {"a": ids["ada"], "g": ids["grace"]})
    db("INSERT INTO channels (name, kind) VALUES ('town-square', 'O')")
    db("INSERT INTO channels (name, kind) VALUES ('x', 'Z')")
    db("INSERT INTO channels (name, kind) VALUES ('town-square', 'D') RETURNING id")
    db("INSERT INTO members (channel_id, user_id) SELECT c.id, u.id FROM channels c CROSS JOIN users u "
       "WHERE c.kind = 'O' AND u.username <> 'fixed'")
    db("INSERT INTO members (channel_id, user_id) VALUES (3, %s) ON CONFLICT DO NOTHING", (ids["grace"],))
    db("INSERT INTO members (channel_id, user_id) VALUES (77, %s)", (ids["grace"],))
    start = datetime.datetime(2024, 1, 20, 9, 0, tzinfo=datetime.timezone.utc)
    names = list(ids)
    rows = []
    for number in range(60):
        body = f"message {number}" + (" #news" if number % 5 == 0 else "") + (" @ada hello" if number % 7 == 0 else "")
        rows.append((1 + number % 2, ids[names[number % 5]], start + datetime.timedelta(hours=number * 11), body,
                     ["news"] if number % 5 == 0 else []))
    db.many("INSERT INTO messages (channel_id, user_id, posted, body, hashtags) VALUES (%s, %s, %s, %s, %s)", rows)
    db("SELECT tableoid::regclass::text AS part, count(*), min(posted), max(posted) FROM messages GROUP BY tableoid ORDER BY part")
    db("INSERT INTO messages (channel_id, user_id, root_id, posted, body) SELECT channel_id, %s, id, posted + interval '5 min', "
       "'re: ' || body FROM messages WHERE id IN (1, 6) RETURNING id, root_id, body", (ids["alan"],))
    db("INSERT INTO messages (channel_id, user_id, posted, body) VALUES (1, %s, now(), repeat('x', 4001))", (ids["ada"],))
    db("UPDATE channels c SET total_messages = m.n, last_message = m.latest FROM (SELECT channel_id, count(*) AS n, max(posted) AS latest "
       "FROM messages GROUP BY channel_id) m WHERE m.channel_id = c.id RETURNING c.id, total_messages, last_message")
    db("UPDATE messages SET body = body || ' (edited)', edited = now() WHERE id = 3 RETURNING id, body, edited")
    db("UPDATE messages SET posted = '2024-02-20 00:00+00' WHERE id = 2 RETURNING tableoid::regclass::text")
    # Pages by key, both ways.
    db("SELECT id, body FROM messages WHERE channel_id = %s ORDER BY posted DESC, id DESC LIMIT 5", (1,))
    db("SELECT id, body FROM messages WHERE channel_id = 1 AND (posted, id) < (%s, %s) ORDER BY posted DESC, id DESC LIMIT 5",
       (start + datetime.timedelta(days=20), 50))
    db("SELECT * FROM (SELECT id, posted FROM messages WHERE channel_id = 2 AND posted > '2024-02-10' ORDER BY posted, id LIMIT 3) AS t ORDER BY id DESC")
    db("SELECT to_char(posted, 'FMDay, DD Mon YYYY HH24:MI') FROM messages WHERE id IN (1, 9) ORDER BY id")


def reading(db, ids):
    db("INSERT INTO reactions VALUES (1, %(a)s, '+1'), (1, %(g)s, '+1'), (1, %(a)s, 'tada'), (4, %(g)s, 'eyes')",
       {"a": ids["ada"], "g": ids["grace"]})
    db("INSERT INTO reactions VALUES (1, %s, '+1') ON CONFLICT (message_id, user_id, emoji) DO NOTHING", (ids["ada"],))
    db("SELECT m.id, coalesce(jsonb_object_agg(r.emoji, r.n) FILTER (WHERE r.emoji IS NOT NULL), '{}') FROM messages m "
       "LEFT JOIN (SELECT message_id, emoji, count(*) AS n FROM reactions GROUP BY 1, 2) r ON r.message_id = m.id "
       "WHERE m.id < 6 GROUP BY m.id ORDER BY m.id")
    db("UPDATE members SET last_read = 31, mentions = 0 WHERE channel_id = 1 AND user_id = %s", (ids["ada"],))
    db("""SELECT c.name, u.unread, u.mentioned, l.body AS latest, l.username FROM members m JOIN channels c ON c.id = m.channel_id
        CROSS JOIN LATERAL (SELECT count(*) AS unread, count(*) FILTER (WHERE body LIKE '%%@ada%%') AS mentioned
            FROM messages x WHERE x.channel_id = m.channel_id AND x.id > m.last_read) u
        LEFT JOIN LATERAL (SELECT x.body, w.username FROM messages x JOIN users w ON w.id = x.user_id
            WHERE x.channel_id = m.channel_id ORDER BY x.posted DESC, x.id DESC LIMIT 1) l ON true
        WHERE m.user_id = %s AND NOT m.muted ORDER BY c.name""", (ids["ada"],))
    db("SELECT unnest(hashtags) AS tag, count(*) AS n, min(posted)::date FROM messages GROUP BY 1 ORDER BY n DESC")
    db("SELECT username, count(m.id) AS n, rank() OVER (ORDER BY count(m.id) DESC), "
       "round(100.0 * count(m.id) / sum(count(m.id)) OVER (), 1) AS share FROM users u LEFT JOIN messages m ON m.user_id = u.id "
       "GROUP BY u.id ORDER BY n DESC, username")
    db("WITH RECURSIVE thread AS (SELECT id, root_id, body, 0 AS depth FROM messages WHERE id = 1 UNION ALL "
       "SELECT m.id, m.root_id, m.body, t.depth + 1 FROM messages m JOIN thread t ON m.root_id = t.id) SELECT * FROM thread ORDER BY depth, id")
    db("SELECT id, posted - lag(posted) OVER (ORDER BY posted) AS gap FROM messages WHERE channel_id = 1 ORDER BY posted LIMIT 4")
    db("SELECT date_bin('7 days', posted, timestamptz '2024-01-01 00:00+00') AS week, count(*) FROM messages GROUP BY 1 ORDER BY 1")
    db("SELECT regexp_matches(body, '@(\\w+)', 'g') FROM messages WHERE body LIKE '%@%' ORDER BY id LIMIT 2")
    db("SELECT regexp_replace(body, '#(\\w+)', '<b>\\1</b>') FROM messages WHERE id = 1 ORDER BY 1")
    db("SELECT body, position('message' IN body), split_part(body, ' ', 2)::int FROM messages WHERE id BETWEEN 1 AND 2 ORDER BY id")
    db("SELECT * FROM directory ORDER BY username")
    db("SELECT array_agg(DISTINCT channel_id ORDER BY channel_id) FROM messages WHERE user_id = ANY (%s)", ([ids["ada"], ids["grace"]],))


async def together(app):
    """Several people write at once through one asynchronous program."""
    async def write(number):
        connection = await psycopg.AsyncConnection.connect(
            host=str(app.server.sockets), port=app.server.port, user="postgres", dbname="postgres")
        async with connection:
            for _ in range(5):
                await connection.execute(
                    "UPDATE channels SET total_messages = total_messages + 1 WHERE id = %s", (1 + number % 2,))
                await connection.commit()
    await asyncio.gather(*(write(number) for number in range(4)))


def keeping(app, db, ids):
    asyncio.run(together(app))
    db("SELECT id, total_messages FROM channels ORDER BY id")
    db("ALTER TABLE messages DETACH PARTITION messages_2024_01")
    db("SELECT count(*) FROM messages")
    db("ALTER TABLE messages ATTACH PARTITION messages_2024_01 FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')")
    db("CREATE TABLE messages_2024_03 PARTITION OF messages FOR VALUES FROM ('2024-02-20') TO ('2024-04-01')")
    db("DELETE FROM users WHERE username = 'grace'")
    db("UPDATE users SET deleted_at = 1706000000000 WHERE username = 'grace' RETURNING status")
    db("SELECT count(*) FROM directory")
    db("DELETE FROM channels WHERE id = 2")
    db("SELECT count(*) FROM messages")
    db("DROP TABLE messages_2024_01")
    db("SELECT count(*) FROM messages")
    db("DROP TABLE users")
    db("SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'members'::regclass ORDER BY conname")


def run(app):
    db = app.connect()
    for migration in MIGRATIONS:
        db.script(migration)
    ids = people(db)
    talk(app, db, ids)
    reading(db, ids)
    keeping(app, db, ids)
