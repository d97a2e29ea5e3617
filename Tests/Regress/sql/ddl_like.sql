-- CREATE TABLE (LIKE …): what INCLUDING brings along.
CREATE TABLE source (
    id int GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 2) PRIMARY KEY,
    a text NOT NULL DEFAULT 'x' CHECK (length(a) > 0),
    b numeric(5, 2) DEFAULT 1.5,
    c int GENERATED ALWAYS AS (length(a) * 2) STORED,
    d int UNIQUE,
    e serial,
    tags text[] DEFAULT '{}',
    CONSTRAINT ab CHECK (b > 0 OR a <> 'y')
);
CREATE INDEX source_lower ON source (lower(a), b DESC) WHERE d IS NOT NULL;
CREATE UNIQUE INDEX source_pair ON source (b, d) INCLUDE (e);
COMMENT ON COLUMN source.a IS 'a text';
COMMENT ON CONSTRAINT ab ON source IS 'a check';
COMMENT ON INDEX source_lower IS 'an index';
CREATE TABLE plain (LIKE source);
\d plain
CREATE TABLE with_defaults (LIKE source INCLUDING DEFAULTS);
\d with_defaults
CREATE TABLE with_generated (LIKE source INCLUDING GENERATED, more int);
\d with_generated
CREATE TABLE with_identity (LIKE source INCLUDING IDENTITY);
\d with_identity
\d with_identity_id_seq
CREATE TABLE with_constraints (LIKE source INCLUDING CONSTRAINTS);
\d with_constraints
CREATE TABLE with_indexes (LIKE source INCLUDING INDEXES);
\d with_indexes
CREATE TABLE with_comments (LIKE source INCLUDING COMMENTS INCLUDING CONSTRAINTS INCLUDING INDEXES);
\d+ with_comments
SELECT conname, obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conrelid = 'with_comments'::regclass AND contype = 'c' ORDER BY 1;
SELECT indexrelid::regclass::text, obj_description(indexrelid, 'pg_class') FROM pg_index WHERE indrelid = 'with_comments'::regclass ORDER BY 1;
CREATE TABLE everything (first int, LIKE source INCLUDING ALL, last int);
\d+ everything
INSERT INTO everything (a, d) VALUES ('one', 1), ('two', 2) RETURNING *;
INSERT INTO everything (a, d) VALUES ('three', 2);
INSERT INTO everything (a, d) VALUES ('', 3);
CREATE TABLE except_some (LIKE source INCLUDING ALL EXCLUDING INDEXES EXCLUDING COMMENTS EXCLUDING DEFAULTS);
\d+ except_some
CREATE TABLE two_sources (LIKE plain, LIKE source INCLUDING ALL);
CREATE TABLE other (x int CHECK (x > 1), y date DEFAULT '2020-01-01');
CREATE TABLE joined (LIKE other INCLUDING ALL, LIKE with_comments EXCLUDING ALL, z int DEFAULT 3);
\d joined
CREATE TEMP TABLE short_lived (LIKE source INCLUDING ALL);
INSERT INTO short_lived (a) VALUES ('t') RETURNING id, a, b, c, e > 0;
CREATE VIEW seen AS SELECT id, a, b + 1 AS b1 FROM source;
CREATE TABLE of_view (LIKE seen INCLUDING ALL);
\d of_view
CREATE TABLE of_sequence (LIKE source_e_seq);
CREATE TABLE of_index (LIKE source_lower);
CREATE TABLE of_nothing (LIKE nosuch);
CREATE TABLE twice (a int, LIKE source);
CREATE TABLE again (LIKE source INCLUDING CONSTRAINTS, CONSTRAINT ab CHECK (b > 1));
ALTER TABLE source DROP COLUMN d;
CREATE TABLE after_drop (LIKE source INCLUDING ALL);
\d after_drop
DROP TABLE source;
DROP TABLE source CASCADE;
\d after_drop

-- Partitioned and like: the partitions follow.
CREATE TABLE parted (LIKE other INCLUDING ALL) PARTITION BY RANGE (x);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (1) TO (10);
\d parted_1
CREATE TABLE like_part (LIKE parted_1 INCLUDING ALL);
\d like_part
CREATE TABLE like_parted (LIKE parted INCLUDING ALL);
\d like_parted

-- ON CONFLICT where a partial index arbitrates.
CREATE TABLE slots (id serial PRIMARY KEY, name text, state text DEFAULT 'open', n int);
CREATE UNIQUE INDEX slots_open ON slots (name) WHERE state = 'open';
CREATE UNIQUE INDEX slots_live ON slots (lower(name), n) WHERE state IN ('open', 'kept') AND n > 0;
INSERT INTO slots (name, n) VALUES ('a', 1) ON CONFLICT (name) WHERE state = 'open' DO NOTHING RETURNING *;
INSERT INTO slots (name, n) VALUES ('a', 1) ON CONFLICT (name) WHERE state = 'open' DO NOTHING RETURNING *;
INSERT INTO slots (name, state, n) VALUES ('a', 'done', 0) ON CONFLICT (name) WHERE state = 'open' DO NOTHING RETURNING *;
INSERT INTO slots (name, n) VALUES ('a', 7) ON CONFLICT (name) WHERE state = 'open' AND n > 0 DO UPDATE SET n = EXCLUDED.n RETURNING *;
INSERT INTO slots (name, n) VALUES ('a', 8) ON CONFLICT (name) DO NOTHING;
INSERT INTO slots (name, n) VALUES ('a', 8) ON CONFLICT (name) WHERE state = 'done' DO NOTHING;
INSERT INTO slots (name, state, n) VALUES ('A', 'kept', 7) ON CONFLICT (lower(name), n) WHERE state IN ('open', 'kept') AND n > 0 DO UPDATE SET state = 'done' RETURNING *;
INSERT INTO slots (name, state, n) VALUES ('A', 'kept', 7) ON CONFLICT (lower(name), n) WHERE state IN ('open', 'kept') AND n > 0 DO UPDATE SET state = 'done' RETURNING *;
INSERT INTO slots (name, state, n) VALUES ('A', 'kept', 7) ON CONFLICT (lower(name), n) WHERE nosuch > 0 DO NOTHING;
INSERT INTO slots (name, state, n) VALUES ('A', 'kept', 7);
SELECT * FROM slots ORDER BY id;

-- The key of a violation, as an index would be written.
CREATE TABLE "Odd Names" ("position" int, "User" text, plain int, PRIMARY KEY ("position", plain), UNIQUE ("User"));
CREATE UNIQUE INDEX odd_1 ON "Odd Names" (("User" || 'x'), (plain + 1), lower("User"), coalesce(plain, 0));
INSERT INTO "Odd Names" VALUES (1, 'a', 1);
INSERT INTO "Odd Names" VALUES (1, 'b', 1);
INSERT INTO "Odd Names" VALUES (2, 'a', 1);
ALTER TABLE "Odd Names" DROP CONSTRAINT "Odd Names_User_key";
INSERT INTO "Odd Names" VALUES (2, 'a', 1);
CREATE UNIQUE INDEX odd_2 ON "Odd Names" ((plain * 2));
INSERT INTO "Odd Names" VALUES (3, 'c', 1);

-- Grouping by what returns sets.
CREATE TABLE posts (id int, tags text[], doc jsonb);
INSERT INTO posts VALUES (1, '{a,b}', '{"x": {"y": [1, {"z": "deep"}]}, "n": 1}'), (2, '{b,c}', '{"x": null}'), (3, '{}', NULL), (4, NULL, '[1, "two", null]');
SELECT unnest(tags) AS tag, count(*) FROM posts GROUP BY tag ORDER BY 2 DESC, 1;
SELECT unnest(tags) AS tag, count(*), max(id) FROM posts GROUP BY 1 HAVING count(*) > 1;
SELECT unnest(tags) || '!' AS tag, sum(id) FROM posts GROUP BY 1 ORDER BY 1;
SELECT generate_series(1, id) AS n, count(*) FROM posts GROUP BY n ORDER BY n;
SELECT unnest(tags), id % 2 AS odd, count(*) FROM posts GROUP BY 1, 2 ORDER BY 1, 2;
SELECT count(*) FROM posts GROUP BY unnest(tags) ORDER BY 1;
SELECT count(unnest(tags)) FROM posts;
SELECT array_agg(id) FROM posts HAVING unnest(array_agg(id)) > 1;
SELECT jsonb_object_keys(doc) AS key, count(*) FROM posts WHERE jsonb_typeof(doc) = 'object' GROUP BY key ORDER BY key;

-- Subscripts of jsonb.
SELECT id, doc['x'], doc['x']['y'][1]['z'], doc['n'] FROM posts ORDER BY id;
SELECT doc[1], doc[-1], doc['1'], doc[7] FROM posts WHERE id = 4;
SELECT doc['x'][NULL], doc[NULL] FROM posts WHERE id = 1;
SELECT id FROM posts WHERE doc['x']['y'][0] = '1';
SELECT (jsonb '{"a": {"b": 1}}')['a']['b'], (jsonb '"s"')['a'];
SELECT doc[1:2] FROM posts;
SELECT doc[1.5] FROM posts;
SELECT doc['2020-01-01'::date] FROM posts;
SELECT doc[id] FROM posts WHERE id = 4;
SELECT ('{"a": 1}'::json)['a'];
SELECT string_agg(d::varchar(5)) FROM (VALUES (1)) AS v (d);

-- Hashes, as PostgreSQL computes them.
SELECT hashtext('abc'), hashtext(''), hashtext('maintenance'), hashtext(repeat('long ', 20)), hashtextextended('abc', 0), hashtextextended('abc', 5);
SELECT hashint2(7::int2), hashint4(-7), hashint8(7), hashint8(-9223372036854775808), hashint4extended(7, 1), hashint8extended(7, 1);
SELECT hashoid(7), hashchar('a'), hashname('abc'), hashbpchar('abc  '::char(5)), hashfloat4(1.5), hashfloat8(0), hashfloat8(-0.0), hashfloat8('NaN');
SELECT uuid_hash('00000000-0000-0000-0000-000000000007'), time_hash('12:34'), timestamp_hash('2024-01-01'), hashtext(NULL);
