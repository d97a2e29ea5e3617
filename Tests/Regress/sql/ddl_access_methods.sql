-- Access methods of indexes: what CREATE INDEX … USING takes, how the catalogs show it, and that
-- queries give the same rows with such indexes as without them.

CREATE TABLE docs (id int PRIMARY KEY, body jsonb, tags text[], span int4range, title text, place point, net inet, made timestamp, kind char(3));
INSERT INTO docs SELECT i, jsonb_build_object('n', i, 'even', i % 2 = 0), ARRAY['t' || i % 5, 'u' || i % 3],
    int4range(i, i + 3), 'title ' || i, point(i, -i), ('10.0.0.' || i)::inet, timestamp '2024-01-01' + i * interval '1 day', 'k' || i % 4
    FROM generate_series(1, 40) i;

-- Each method, by name.
CREATE INDEX docs_hash ON docs USING hash (id);
CREATE INDEX docs_hash_title ON docs USING hash (title);
CREATE INDEX docs_body ON docs USING gin (body);
CREATE INDEX docs_path ON docs USING gin (body jsonb_path_ops);
CREATE INDEX docs_tags ON docs USING gin (tags);
CREATE INDEX docs_two ON docs USING gin (body, tags);
CREATE INDEX docs_span ON docs USING gist (span);
CREATE INDEX docs_place ON docs USING gist (place);
CREATE INDEX docs_net ON docs USING gist (net inet_ops);
CREATE INDEX docs_made ON docs USING brin (made);
CREATE INDEX docs_many ON docs USING brin (id, made, title);
CREATE INDEX docs_bloom ON docs USING brin (id int4_bloom_ops) WITH (pages_per_range = 32);
CREATE INDEX docs_spgist ON docs USING spgist (title);
CREATE INDEX docs_quad ON docs USING spgist (place);
CREATE INDEX docs_kd ON docs USING spgist (place kd_point_ops);
CREATE INDEX docs_pattern ON docs (title text_pattern_ops);
CREATE INDEX docs_pattern_desc ON docs (title text_pattern_ops DESC NULLS LAST, id);
CREATE INDEX docs_plain ON docs (title text_ops);
CREATE INDEX docs_expression ON docs USING gin ((body -> 'n'));
CREATE INDEX docs_lower ON docs USING hash (lower(title));
CREATE INDEX docs_partial ON docs USING gin (tags) WHERE id > 10;
CREATE INDEX docs_include ON docs USING gist (span) INCLUDE (id);
CREATE INDEX docs_include_sp ON docs USING spgist (span) INCLUDE (id, title);
CREATE INDEX docs_fast ON docs USING gin (tags array_ops) WITH (fastupdate = off, gin_pending_list_limit = 128);
CREATE INDEX CONCURRENTLY docs_later ON docs USING gin (tags);
CREATE INDEX IF NOT EXISTS docs_later ON docs USING gin (body);
CREATE INDEX ON docs USING hash (title);
CREATE INDEX ON docs USING gin (body);
CREATE INDEX ON docs USING brin (made, id);
CREATE INDEX docs_rtree ON docs USING rtree (place);
\d docs
\d docs_path
\d docs_kd
\di docs_b*

-- What they refuse.
CREATE INDEX ON docs USING nosuch (id);
CREATE UNIQUE INDEX ON docs USING hash (id);
CREATE UNIQUE INDEX ON docs USING gin (tags);
CREATE UNIQUE INDEX ON docs USING gist (span);
CREATE UNIQUE INDEX ON docs USING brin (id);
CREATE UNIQUE INDEX ON docs USING spgist (title);
CREATE INDEX ON docs USING hash (id, title);
CREATE INDEX ON docs USING spgist (title, place);
CREATE INDEX ON docs USING hash (id) INCLUDE (title);
CREATE INDEX ON docs USING gin (tags) INCLUDE (title);
CREATE INDEX ON docs USING brin (id) INCLUDE (title);
CREATE INDEX ON docs USING hash (id DESC);
CREATE INDEX ON docs USING gin (tags ASC);
CREATE INDEX ON docs USING gist (span NULLS FIRST);
CREATE INDEX ON docs USING brin (id NULLS LAST);
CREATE INDEX ON docs USING gin (id);
CREATE INDEX ON docs USING gin (title);
CREATE INDEX ON docs USING gin (title gin_trgm_ops);
CREATE INDEX ON docs USING gist (id);
CREATE INDEX ON docs USING gist (title);
CREATE INDEX ON docs USING gist (body);
CREATE INDEX ON docs USING gist (net);
CREATE INDEX ON docs USING spgist (id);
CREATE INDEX ON docs USING spgist (body);
CREATE INDEX ON docs USING brin (body);
CREATE INDEX ON docs USING hash (place);
CREATE INDEX ON docs (place);
CREATE INDEX ON docs (id text_ops);
CREATE INDEX ON docs (title int4_ops);
CREATE INDEX ON docs (title nosuch_ops);
CREATE INDEX ON docs (title pg_catalog.text_ops);
CREATE INDEX ON docs (title public.text_ops);
CREATE INDEX ON docs USING gin (tags jsonb_path_ops);
CREATE INDEX ON docs USING gin (nosuch);
CREATE INDEX ON docs USING hash (id, nosuch);
CREATE TABLE wrong (a int) USING hash;
CREATE TABLE wrong (a int) USING gin;
CREATE TABLE wrong (a int UNIQUE USING INDEX TABLESPACE pg_default, CONSTRAINT c UNIQUE USING INDEX docs_hash);
ALTER TABLE docs ADD UNIQUE USING INDEX docs_hash;
ALTER TABLE docs ADD PRIMARY KEY USING INDEX docs_body;
ALTER TABLE docs CLUSTER ON docs_hash;
ALTER TABLE docs CLUSTER ON docs_body;
INSERT INTO docs (id) VALUES (1) ON CONFLICT (body) DO NOTHING;
DROP ACCESS METHOD gin;
DROP ACCESS METHOD btree;

-- The catalogs.
SELECT oid, amname, amtype FROM pg_am ORDER BY oid;
SELECT c.relname, a.amname, array_length(i.indclass, 1) AS classes, i.indisunique, i.indisvalid
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE i.indrelid = 'docs'::regclass ORDER BY 1;
SELECT c.relname, o.opcname, f.opfname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_opclass o ON o.oid = i.indclass[0] JOIN pg_opfamily f ON f.oid = o.opcfamily
    WHERE i.indrelid = 'docs'::regclass ORDER BY 1;
SELECT indexdef FROM pg_indexes WHERE tablename = 'docs' ORDER BY indexname;
SELECT pg_get_indexdef('docs_path'::regclass), pg_get_indexdef('docs_path'::regclass, 1, false);
SELECT pg_get_indexdef('docs_pattern_desc'::regclass, 1, true);
SELECT opcname, opcdefault FROM pg_opclass WHERE opcmethod = 2742 AND opcname NOT LIKE 'ts%' ORDER BY 1;
SELECT opcname, opcintype::regtype FROM pg_opclass WHERE opcmethod = 783 AND opcname NOT LIKE 'ts%' ORDER BY 1;
SELECT opcname, opcintype::regtype FROM pg_opclass WHERE opcmethod = 4000 ORDER BY 1;
SELECT count(*) FROM pg_opclass WHERE opcmethod = 3580 AND opcintype <> 'tid'::regtype;
SELECT amopstrategy, amopopr::regoperator FROM pg_amop WHERE amopfamily = (SELECT opcfamily FROM pg_opclass WHERE opcname = 'jsonb_ops' AND opcmethod = 2742) ORDER BY 1;
SELECT pg_relation_size('docs_body') >= 0, pg_indexes_size('docs') > 0;
SELECT obj_description(oid, 'pg_am') FROM pg_am ORDER BY oid;
COMMENT ON INDEX docs_body IS 'what it says';
SELECT obj_description('docs_body'::regclass);

-- Queries.
SELECT id FROM docs WHERE body @> '{"even": true}' AND id < 9 ORDER BY id;
SELECT id FROM docs WHERE body ? 'nosuch';
SELECT id FROM docs WHERE body @> '{"n": 17}';
SELECT count(*) FROM docs WHERE tags @> ARRAY['t1'];
SELECT count(*) FROM docs WHERE tags && ARRAY['t1', 'u2'];
SELECT id FROM docs WHERE tags <@ ARRAY['t1', 'u1', 'u0'] ORDER BY id;
SELECT id FROM docs WHERE span && int4range(5, 7) ORDER BY id;
SELECT id FROM docs WHERE span @> 30 ORDER BY id;
SELECT id FROM docs WHERE net << '10.0.0.8/30' ORDER BY id;
SELECT id FROM docs WHERE made BETWEEN '2024-01-05' AND '2024-01-08' ORDER BY id;
SELECT id FROM docs WHERE title = 'title 7';
SELECT id FROM docs WHERE title IN ('title 7', 'title 9') ORDER BY id;
SELECT id FROM docs WHERE title > 'title 38' ORDER BY title;
SELECT id FROM docs WHERE title LIKE 'title 3%' ORDER BY id;
SELECT id FROM docs WHERE lower(title) = 'title 12';

-- Changes: the entries of a hash index follow.
CREATE TABLE h (a int, b text);
CREATE INDEX h_a ON h USING hash (a);
CREATE INDEX h_b ON h USING gin (string_to_array(b, ' '));
INSERT INTO h SELECT i % 7, 'word ' || i FROM generate_series(1, 50) i;
INSERT INTO h VALUES (NULL, NULL);
SELECT count(*) FROM h WHERE a = 3;
UPDATE h SET a = 3 WHERE a = 4;
SELECT count(*) FROM h WHERE a = 3;
DELETE FROM h WHERE a = 3 AND b < 'word 3';
SELECT count(*) FROM h WHERE a = 3;
SELECT count(*) FROM h WHERE a IS NULL;
BEGIN; DELETE FROM h; SELECT count(*) FROM h WHERE a = 3; ROLLBACK;
SELECT count(*) FROM h WHERE a = 3;
SELECT a, count(*) FROM h WHERE a > 4 GROUP BY a ORDER BY a;
REINDEX INDEX h_a;
REINDEX INDEX h_b;
REINDEX TABLE h;
SELECT count(*) FROM h WHERE a = 3;
ALTER TABLE h ALTER a TYPE bigint;
SELECT count(*) FROM h WHERE a = 3;
\d h
ALTER INDEX h_b RENAME TO h_words;
ALTER TABLE h RENAME b TO words;
\d h_words
TRUNCATE h;
INSERT INTO h VALUES (1, 'x y');
SELECT * FROM h WHERE a = 1;
DROP INDEX h_a, h_words;
\d h

-- Copies and parts.
CREATE TABLE copy (LIKE docs INCLUDING INDEXES);
SELECT indexdef FROM pg_indexes WHERE tablename = 'copy' ORDER BY indexname;
CREATE TABLE parted (a int, tags text[]) PARTITION BY RANGE (a);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE INDEX ON parted USING gin (tags);
CREATE INDEX ON parted USING hash (a);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20);
CREATE TABLE parted_3 (a int, tags text[]);
CREATE INDEX third ON parted_3 USING gin (tags);
CREATE INDEX other ON parted_3 (a);
ALTER TABLE parted ATTACH PARTITION parted_3 FOR VALUES FROM (20) TO (30);
SELECT tablename, indexdef FROM pg_indexes WHERE tablename LIKE 'parted%' ORDER BY 1, 2;
INSERT INTO parted SELECT i, ARRAY[i::text] FROM generate_series(0, 29) i;
SELECT tableoid::regclass, a FROM parted WHERE a = 17;
SELECT a FROM parted WHERE tags @> '{23}';
CREATE MATERIALIZED VIEW shown AS SELECT id, tags FROM docs;
CREATE INDEX ON shown USING gin (tags);
REFRESH MATERIALIZED VIEW shown;
SELECT count(*) FROM shown WHERE tags @> '{t2}';
DROP MATERIALIZED VIEW shown;
DROP TABLE docs, h, copy, parted;
