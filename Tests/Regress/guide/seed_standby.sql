-- standby-sequence-synchronization.md: Manual Synchronization, on one server.
CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE orders (id bigserial PRIMARY KEY, user_id int REFERENCES users, total numeric(10, 2));
CREATE SCHEMA audit;
CREATE SEQUENCE audit.event_ids INCREMENT 10;
CREATE SEQUENCE audit.unused;
INSERT INTO users (name) SELECT 'user ' || n FROM generate_series(1, 234) AS n;
INSERT INTO orders (user_id, total) SELECT 1 + n % 234, n FROM generate_series(1, 2891) AS n;
SELECT nextval('audit.event_ids'), nextval('audit.event_ids');

-- Step 1: Get Sequences from Primary
-- Run on PRIMARY
SELECT
    schemaname || '.' || sequencename AS sequence_name,
    last_value
FROM pg_sequences
WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
ORDER BY schemaname, sequencename;

-- Step 2: Generate setval Statements
-- Run on PRIMARY to generate SQL for standby
SELECT format(
    'SELECT setval(%L, %s);',
    schemaname || '.' || sequencename,
    last_value + 10000
)
FROM pg_sequences
WHERE schemaname NOT IN ('pg_catalog', 'information_schema');

-- Step 3: Execute on Standby
-- Run on STANDBY (generated from Step 2)
SELECT setval('public.users_id_seq', 10234);
SELECT setval('public.orders_id_seq', 52891);

-- … or at once.
SELECT format('SELECT setval(%L, %s);', schemaname || '.' || sequencename, last_value + 10000)
FROM pg_sequences WHERE last_value IS NOT NULL ORDER BY schemaname, sequencename \gexec

-- The wrapper's query
SELECT
    schemaname || '.' || sequencename,
    last_value
FROM pg_sequences
WHERE schemaname NOT IN ('pg_catalog', 'information_schema');

-- What the function of sync_sequences.sql loops over
SELECT
    n.nspname AS schema_name,
    c.relname AS seq_name,
    n.nspname || '.' || c.relname AS full_name
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S'
AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY full_name;

-- Verification
-- Run on STANDBY
SELECT
    schemaname || '.' || sequencename AS sequence_name,
    last_value,
    last_value - 10000 AS "estimated_primary_value"
FROM pg_sequences
WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
ORDER BY schemaname, sequencename;
INSERT INTO users (name) VALUES ('after failover') RETURNING id;
INSERT INTO orders (user_id, total) VALUES (1, 1) RETURNING id;

-- Alternative: Use UUIDs
CREATE TABLE public.new_feature (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name TEXT NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now()
);
\d public.new_feature
INSERT INTO public.new_feature (name) SELECT 'feature ' || n FROM generate_series(1, 100) AS n;
SELECT count(DISTINCT id), min(length(id::text)), bool_and(substr(id::text, 15, 1) = '4'), bool_and(created_at <= now()) FROM new_feature;
