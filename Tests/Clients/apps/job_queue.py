"""A job queue on FOR UPDATE SKIP LOCKED, as Oban, Que and graphile-worker describe theirs."""

import json

MIGRATIONS = [
    """
CREATE TABLE schema_migrations (version bigint PRIMARY KEY, inserted_at timestamp(0) NOT NULL DEFAULT (now() AT TIME ZONE 'utc'));
CREATE TABLE queues (
    name text PRIMARY KEY,
    concurrency integer NOT NULL DEFAULT 10,
    paused boolean NOT NULL DEFAULT false,
    meta jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT queues_name_length CHECK (char_length(name) > 0 AND char_length(name) < 128)
);
CREATE TABLE jobs (
    id bigserial PRIMARY KEY,
    state text NOT NULL DEFAULT 'available',
    queue text NOT NULL DEFAULT 'default' REFERENCES queues (name) ON UPDATE CASCADE,
    worker text NOT NULL,
    args jsonb NOT NULL DEFAULT '{}',
    errors jsonb[] NOT NULL DEFAULT ARRAY[]::jsonb[],
    attempt integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL DEFAULT 20,
    priority integer NOT NULL DEFAULT 0,
    tags varchar(255)[] DEFAULT ARRAY[]::varchar[],
    attempted_by text[],
    scheduled_at timestamptz NOT NULL DEFAULT now(),
    attempted_at timestamptz,
    completed_at timestamptz,
    CONSTRAINT attempt_range CHECK (attempt >= 0 AND attempt <= max_attempts),
    CONSTRAINT state_known CHECK (state IN ('available', 'scheduled', 'executing', 'retryable', 'completed', 'discarded', 'cancelled'))
);
INSERT INTO schema_migrations (version) VALUES (1)
""",
    """
CREATE INDEX jobs_state_queue_priority_scheduled_at_id_index ON jobs (state, queue, priority, scheduled_at, id);
CREATE INDEX jobs_executing ON jobs (attempted_at) WHERE state = 'executing';
CREATE UNIQUE INDEX jobs_unique_args ON jobs (queue, worker, md5(args::text)) WHERE state IN ('available', 'scheduled');
ALTER TABLE jobs ADD COLUMN unique_key text;
ALTER TABLE jobs ADD CONSTRAINT positive_max CHECK (max_attempts > 0) NOT VALID;
ALTER TABLE jobs VALIDATE CONSTRAINT positive_max;
ALTER TABLE jobs ADD COLUMN discarded_at timestamptz, ADD COLUMN cancelled_at timestamptz;
COMMENT ON TABLE jobs IS '12';
CREATE UNLOGGED TABLE leaders (name text PRIMARY KEY, node text NOT NULL, expires_at timestamptz NOT NULL);
INSERT INTO schema_migrations (version) VALUES (2), (3)
""",
]

FETCH = """
WITH subset AS MATERIALIZED (
    SELECT id FROM jobs WHERE state = 'available' AND queue = %s AND scheduled_at <= now()
    ORDER BY priority ASC, scheduled_at ASC, id ASC LIMIT %s FOR UPDATE SKIP LOCKED
)
UPDATE jobs j SET state = 'executing', attempted_at = now(), attempted_by = ARRAY[%s, 'pid'],
    attempt = attempt + 1
FROM subset s WHERE j.id = s.id AND j.attempt < j.max_attempts
RETURNING j.id, j.queue, j.worker, j.args, j.attempt, j.priority
"""

FETCH_ONE = """
UPDATE jobs SET state = 'executing', attempted_at = now(), attempt = attempt + 1
WHERE id = (SELECT id FROM jobs WHERE state IN ('available', 'retryable') AND scheduled_at <= now()
            ORDER BY priority, id FOR UPDATE SKIP LOCKED LIMIT 1)
RETURNING id, worker
"""


def run(app):
    admin = app.connect()
    for migration in MIGRATIONS:
        admin.script(migration)
    admin("SELECT version FROM schema_migrations ORDER BY version")
    admin("SELECT obj_description('jobs'::regclass, 'pg_class')")
    admin.many("INSERT INTO queues (name, concurrency, meta) VALUES (%s, %s, %s)",
               [("default", 10, "{}"), ("mail", 2, '{"rate": 5}'), ("media", 1, '{"gpu": true}')])
    admin("INSERT INTO jobs (queue, worker) VALUES ('nosuch', 'X')")
    admin("INSERT INTO queues (name) VALUES ('')")

    insert = ("INSERT INTO jobs (queue, worker, args, priority, tags) VALUES (%s, %s, %s, %s, %s) "
              "ON CONFLICT (queue, worker, md5(args::text)) "
              "WHERE state IN ('available', 'scheduled') DO NOTHING RETURNING id, state, priority")
    for number in range(12):
        admin(insert, ("mail" if number % 3 else "default", "Mailer",
                       json.dumps({"to": number // 2, "tries": [1, 2]}), number % 4,
                       ["bulk", f"n{number % 2}"]))
    admin("INSERT INTO jobs (queue, worker, args) VALUES ('mail', 'Mailer', '{not json')")
    admin("INSERT INTO jobs (queue, worker, state) VALUES ('mail', 'Mailer', 'lost')")
    admin("INSERT INTO jobs (queue, worker, attempt) VALUES ('mail', 'Late', 21)")
    admin("SELECT queue, state, count(*), min(priority), max(id) FROM jobs GROUP BY 1, 2 ORDER BY 1, 2")

    # Two workers at once: what the one has locked the other skips.
    first, second = app.connect(autocommit=False), app.connect(autocommit=False)
    first(FETCH, ("mail", 3, "node-1"))
    second(FETCH, ("mail", 3, "node-2"))
    second("SELECT count(*) FROM jobs WHERE state = 'executing'")
    first.connection.commit()
    second.connection.commit()
    first("SELECT id FROM jobs WHERE id = 2 FOR UPDATE")
    second("SELECT id FROM jobs WHERE id = 2 FOR UPDATE NOWAIT")
    second.connection.rollback()
    second("SELECT id FROM jobs WHERE queue = 'mail' ORDER BY id FOR UPDATE SKIP LOCKED")
    second.connection.rollback()
    second("SET LOCAL lock_timeout = '50ms'")
    second("UPDATE jobs SET priority = 9 WHERE id = 2")
    second("SELECT 1")
    second.connection.rollback()
    first.connection.rollback()

    # Outcomes.
    admin("UPDATE jobs SET state = 'completed', completed_at = now() WHERE id = %s", (2,))
    admin("""UPDATE jobs SET state = CASE WHEN attempt >= max_attempts THEN 'discarded' ELSE 'retryable' END,
        scheduled_at = now() + make_interval(secs => 15 * 2 ^ attempt),
        errors = array_append(errors, jsonb_build_object('attempt', attempt, 'error', %s::text))
        WHERE id = %s RETURNING id, state, attempt, errors, scheduled_at > now() AS later""",
          ("timeout after 30s", 3))
    admin("UPDATE jobs SET errors = errors || %s::jsonb WHERE id = 3 "
          "RETURNING array_length(errors, 1), errors[2] ->> 'error'", ('{"error": "again"}',))
    admin("SELECT id, errors[array_upper(errors, 1)] FROM jobs WHERE errors <> '{}' ORDER BY id")
    admin("UPDATE jobs SET scheduled_at = now() WHERE state = 'retryable'")
    for _ in range(3):
        admin(FETCH_ONE)

    # Uniqueness, cancellation, rescue of the orphaned.
    admin("UPDATE jobs SET state = 'cancelled', cancelled_at = now() "
          "WHERE args @> '{\"to\": 4}' AND state NOT IN ('completed', 'discarded') RETURNING id")
    admin("UPDATE jobs SET state = 'available', attempted_by = NULL WHERE state = 'executing' "
          "AND attempted_at < now() - interval '1 hour' RETURNING id")
    admin("WITH stuck AS (SELECT id FROM jobs WHERE 'node-1' = ANY (attempted_by)) "
          "UPDATE jobs SET attempted_by = NULL FROM stuck WHERE stuck.id = jobs.id")
    admin("SELECT id, tags FROM jobs WHERE tags @> ARRAY['n1']::varchar[] ORDER BY id LIMIT 4")
    admin("SELECT unnest(tags) AS tag, count(*) FROM jobs GROUP BY tag ORDER BY count(*) DESC, tag")
    admin("DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE state IN ('completed', 'cancelled') "
          "AND (completed_at < now() + interval '1 s' OR cancelled_at IS NOT NULL) ORDER BY id LIMIT 2) RETURNING id")

    # Pausing, leadership, session locks.
    admin("UPDATE queues SET paused = true, meta = meta || jsonb_build_object('by', 'ops') "
          "WHERE name = 'mail' RETURNING *")
    admin("UPDATE queues SET name = 'email' WHERE name = 'mail'")
    admin("SELECT DISTINCT queue FROM jobs ORDER BY 1")
    for node in ("node-1", "node-2"):
        admin("""INSERT INTO leaders AS l (name, node, expires_at) VALUES ('oban', %s, now() + interval '30 s')
            ON CONFLICT (name) DO UPDATE SET expires_at = EXCLUDED.expires_at WHERE l.node = EXCLUDED.node
            RETURNING node""", (node,))
    admin("SELECT pg_try_advisory_lock(hashtext('maintenance'))")
    second("SELECT pg_try_advisory_lock(hashtext('maintenance'))")
    second("SELECT pg_try_advisory_xact_lock(42, 7), pg_try_advisory_xact_lock(42, 8)")
    admin("SELECT pg_try_advisory_xact_lock(42, 7), pg_advisory_unlock(hashtext('maintenance'))")
    second.connection.rollback()
    admin("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")

    # A state of its own type, and moving what is done into an archive at once.
    admin.script("""CREATE TYPE job_state AS ENUM ('available', 'scheduled', 'executing', 'retryable', 'completed', 'discarded', 'cancelled');
ALTER TABLE jobs DROP CONSTRAINT state_known;
CREATE TABLE archive (id bigint PRIMARY KEY, state job_state NOT NULL, worker text, moved timestamptz DEFAULT now());
CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100)""")
    admin("WITH gone AS (DELETE FROM jobs WHERE state IN ('cancelled', 'discarded', 'completed') RETURNING id, state, worker) "
          "INSERT INTO archive (id, state, worker) SELECT id, state::job_state, worker FROM gone RETURNING id, state")
    admin("INSERT INTO archive (id, state) VALUES (1000, 'lost')")
    admin("SELECT state, count(*) FROM archive GROUP BY state ORDER BY state")
    admin("SELECT enum_range(NULL::job_state), 'executing'::job_state > 'scheduled', 101::percent")
    admin("SELECT max(state), 100::percent FROM archive")

    # Telemetry.
    admin("""SELECT queue, count(*) FILTER (WHERE state = 'executing') AS executing,
        count(*) FILTER (WHERE state = 'available') AS available,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY priority) AS middle,
        round(avg(attempt), 2) AS tries FROM jobs GROUP BY queue ORDER BY queue""")
    admin("SELECT id, row_number() OVER (PARTITION BY queue ORDER BY priority, id), "
          "lag(id) OVER w, sum(priority) OVER w FROM jobs WINDOW w AS (ORDER BY id) ORDER BY id")
    admin("SELECT jsonb_object_agg(state, n) FROM (SELECT state, count(*) AS n FROM jobs GROUP BY state) AS s")
    admin("SELECT args -> 'to' AS receiver, jsonb_array_length(args -> 'tries'), args #>> '{tries,1}' "
          "FROM jobs ORDER BY id LIMIT 3")
    app.attempt("explain", lambda: bool(admin.connection.execute(
        "EXPLAIN " + FETCH_ONE).fetchall()))

    admin("ALTER TABLE jobs DROP CONSTRAINT jobs_queue_fkey")
    admin("DROP TABLE queues")
    admin("DROP INDEX jobs_executing")
    admin("TRUNCATE jobs RESTART IDENTITY")
    admin("INSERT INTO jobs (worker) VALUES ('After') RETURNING id, queue, state")
