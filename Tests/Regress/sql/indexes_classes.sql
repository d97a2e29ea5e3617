-- operator classes of indexes' keys
CREATE TABLE oc (id int PRIMARY KEY, name varchar(50) UNIQUE, body text, code char(5), n numeric, at timestamptz, tags text[], j jsonb, u uuid, ip inet);
CREATE INDEX oc_name_like ON oc (name varchar_pattern_ops);
CREATE INDEX oc_body_like ON oc (body text_pattern_ops DESC, code bpchar_pattern_ops);
CREATE INDEX oc_lower ON oc (lower(name) text_pattern_ops, id int4_ops, (n + 1) numeric_ops);
CREATE INDEX oc_plain ON oc (body text_ops, name text_ops, name varchar_ops, at timestamptz_ops DESC NULLS LAST);
CREATE INDEX oc_text ON oc (name text_pattern_ops, body varchar_pattern_ops, body varchar_ops);
CREATE INDEX oc_other ON oc (tags array_ops, j jsonb_ops, u uuid_ops, ip inet_ops, ip cidr_ops, code bpchar_ops);
CREATE UNIQUE INDEX oc_unique ON oc (body pg_catalog.text_pattern_ops) WHERE id > 5;
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'oc' ORDER BY 1;
SELECT c.relname, i.indkey, array_agg(o.opcname ORDER BY k.n) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid, unnest(i.indclass) WITH ORDINALITY k (class, n) JOIN pg_opclass o ON o.oid = k.class WHERE i.indrelid = 'oc'::regclass GROUP BY 1, 2 ORDER BY 1;
\d oc
\d oc_lower
\d oc_body_like
SELECT pg_get_indexdef('oc_lower'::regclass, 1, true), pg_get_indexdef('oc_body_like'::regclass, 1, false);
CREATE INDEX oc_bad ON oc (name nosuch_ops);
CREATE INDEX oc_bad ON oc (id text_pattern_ops);
CREATE INDEX oc_bad ON oc (body int4_ops);
CREATE INDEX oc_bad ON oc (body nosuch.text_ops);
CREATE INDEX oc_bad ON oc ((id + 1) int8_ops);
CREATE INDEX oc_bad ON oc (tags jsonb_ops);
CREATE INDEX oc_bad ON oc (id array_ops);
CREATE INDEX oc_bad ON oc (nosuch text_ops);
INSERT INTO oc (id, name, body, code) SELECT g, 'n' || g, 'b' || g % 3, 'c' || g FROM generate_series(1, 20) g;
INSERT INTO oc (id, name, body, code) SELECT g, 'n' || g, 'b' || g, 'c' || g FROM generate_series(3, 6) g;
DELETE FROM oc WHERE id > 5;
INSERT INTO oc (id, name, body) VALUES (30, 'N30', 'same'), (31, 'N31', 'same');
SELECT id FROM oc WHERE name LIKE 'n1%' ORDER BY id;
SELECT id FROM oc WHERE body = 'b1' ORDER BY body DESC, code;
CREATE TABLE oc2 (LIKE oc INCLUDING INDEXES);
SELECT indexdef FROM pg_indexes WHERE tablename = 'oc2' ORDER BY 1;
CREATE TABLE op (id int, k text) PARTITION BY LIST (id);
CREATE TABLE op1 PARTITION OF op FOR VALUES IN (1);
CREATE INDEX op_k ON op (k text_pattern_ops);
CREATE INDEX op_k2 ON op (k);
\d op1
ALTER TABLE oc RENAME body TO content;
SELECT pg_get_indexdef('oc_body_like'::regclass);
REINDEX INDEX oc_body_like;
DROP TABLE oc, oc2, op;
CREATE TABLE og (a int);
GRANT EXECUTE ON og TO public;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON TABLES TO public;
GRANT USAGE ON og TO public;
DROP TABLE og;
