-- The columns that every table has: tableoid, ctid, xmin, cmin, xmax, cmax.
CREATE TABLE plain (a int, b text);
INSERT INTO plain VALUES (1, 'one'), (2, 'two'), (2, 'two'), (3, 'three'), (2, 'two') RETURNING ctid, a;
SELECT ctid, * FROM plain;
SELECT ctid, a FROM plain ORDER BY ctid DESC;
SELECT min(ctid), max(ctid), count(ctid), count(DISTINCT ctid) FROM plain;
SELECT a FROM plain WHERE ctid = '(0,2)';
SELECT a FROM plain WHERE '(0,4)'::tid = ctid;
SELECT a FROM plain WHERE ctid IN ('(0,1)', '(0,4)', '(7,7)');
SELECT a FROM plain WHERE ctid = ANY (ARRAY['(0,1)', '(0,4)']::tid[]);
SELECT a FROM plain WHERE ctid > '(0,3)' AND ctid <= '(0,5)';
SELECT a FROM plain WHERE ctid < '(0,3)' OR ctid >= '(0,5)';
SELECT a FROM plain WHERE ctid <> '(0,1)' AND ctid::text LIKE '(0,%)';
SELECT x.a, y.ctid FROM plain x JOIN plain y ON x.ctid = y.ctid WHERE x.a = 2;
SELECT x.ctid, y.ctid FROM plain x, plain y WHERE x.a = y.a AND x.ctid < y.ctid ORDER BY 1, 2;
SELECT a, (SELECT count(*) FROM plain i WHERE i.ctid <= o.ctid) AS number FROM plain o;
SELECT a, row_number() OVER (ORDER BY ctid) FROM plain;
SELECT DISTINCT ON (a) a, ctid FROM plain ORDER BY a, ctid DESC;
SELECT a, array_agg(ctid ORDER BY ctid) FROM plain GROUP BY a ORDER BY a;
SELECT pg_typeof(ctid), pg_typeof(xmin), pg_typeof(cmin), pg_typeof(xmax), pg_typeof(cmax), pg_typeof(tableoid) FROM plain LIMIT 1;
-- Duplicates go.
BEGIN;
DELETE FROM plain a USING plain b WHERE a.ctid < b.ctid AND a.a = b.a AND a.b = b.b;
SELECT ctid, * FROM plain;
ROLLBACK;
BEGIN;
DELETE FROM plain WHERE ctid NOT IN (SELECT min(ctid) FROM plain GROUP BY a, b);
SELECT ctid, * FROM plain;
ROLLBACK;
DELETE FROM plain WHERE ctid = ANY (ARRAY(SELECT ctid FROM plain WHERE a = 2 ORDER BY ctid LIMIT 2)) RETURNING ctid, a;
SELECT ctid, * FROM plain;
WITH doomed AS (SELECT ctid FROM plain ORDER BY a LIMIT 1 FOR UPDATE SKIP LOCKED)
DELETE FROM plain USING doomed WHERE plain.ctid = doomed.ctid RETURNING plain.*;
UPDATE plain SET b = b || '!' WHERE ctid = (SELECT max(ctid) FROM plain) RETURNING a, b;
SELECT a, b FROM plain ORDER BY a, b;
-- Keys of several kinds: all places differ, and lead back to their rows.
CREATE TABLE small (id smallint PRIMARY KEY, v text);
INSERT INTO small VALUES (1, 'a'), (2, 'b'), (3, 'c') RETURNING ctid;
CREATE TABLE big (id bigint PRIMARY KEY, v text);
INSERT INTO big VALUES (1, 'a'), (2, 'b'), (3, 'c') RETURNING ctid;
SELECT ctid, v FROM big WHERE ctid >= '(0,2)' ORDER BY ctid;
CREATE TABLE worded (word text PRIMARY KEY, v int);
INSERT INTO worded VALUES ('x', 1), ('y', 2), ('', 3);
CREATE TABLE paired (a int, b text, PRIMARY KEY (a, b));
INSERT INTO paired VALUES (1, 'x'), (1, 'y'), (-2, 'x');
CREATE TABLE wide (id bigint PRIMARY KEY);
INSERT INTO wide VALUES (9223372036854775807), (-9223372036854775808), (0), (-1), (1);
SELECT count(*), count(DISTINCT ctid) FROM worded;
SELECT count(*), count(DISTINCT ctid) FROM paired;
SELECT count(*), count(DISTINCT ctid) FROM wide;
SELECT o.v FROM worded o WHERE o.ctid = (SELECT i.ctid FROM worded i WHERE i.word = 'y');
SELECT i.id FROM wide o JOIN wide i USING (ctid) ORDER BY 1;
SELECT i.id FROM wide o JOIN wide i ON i.ctid = o.ctid ORDER BY 1;
SELECT count(*) FROM paired o JOIN paired i ON i.ctid::text::tid = o.ctid;
-- Who wrote a row.
BEGIN;
INSERT INTO small VALUES (4, 'd') RETURNING xmin = pg_current_xact_id()::xid AS own, xmax;
SELECT id, xmin = pg_current_xact_id()::xid AS own FROM small ORDER BY id;
UPDATE small SET v = 'bb' WHERE id = 2 RETURNING xmin = pg_current_xact_id()::xid AS own, xmax = 0 AS live;
SELECT id, v, xmin = pg_current_xact_id()::xid AS own FROM small ORDER BY id;
SAVEPOINT s;
UPDATE small SET v = 'cc' WHERE id = 3;
SELECT id, xmin = pg_current_xact_id()::xid AS own, xmin::text::bigint > pg_current_xact_id()::text::bigint AS later FROM small ORDER BY id;
ROLLBACK TO s;
SELECT id, v, xmin = pg_current_xact_id()::xid AS own FROM small ORDER BY id;
DELETE FROM small WHERE id = 1 RETURNING id, xmin <> pg_current_xact_id()::xid AS older, xmax = pg_current_xact_id()::xid AS own;
COMMIT;
SELECT count(DISTINCT xmin::text) FROM small;
SELECT id, xmax FROM small WHERE id = 4;
SELECT count(*) FROM small WHERE age(xmin) BETWEEN 0 AND 1000;
BEGIN;
SELECT count(*) FROM small WHERE xmin = pg_current_xact_id()::xid;
SELECT count(*) FROM small WHERE xmin::text = txid_current()::text;
SELECT count(*) FROM small WHERE xmin IS NULL OR xmax IS NULL OR cmin IS NULL OR cmax IS NULL;
ROLLBACK;
-- A row's version as an optimistic lock.
CREATE TABLE account (id int PRIMARY KEY, amount int);
INSERT INTO account VALUES (1, 100) RETURNING xmin AS seen \gset
UPDATE account SET amount = 90 WHERE id = 1 AND xmin = :'seen' RETURNING amount;
UPDATE account SET amount = 80 WHERE id = 1 AND xmin = :'seen' RETURNING amount;
SELECT xmin AS seen FROM account WHERE id = 1 \gset
UPDATE account SET amount = 80 WHERE id = 1 AND xmin = :'seen' RETURNING amount, xmin::text <> :'seen' AS newer;
PREPARE change (int, xid) AS UPDATE account SET amount = $1 WHERE id = 1 AND xmin = $2;
EXECUTE change (1, :'seen');
SELECT amount FROM account;
-- Inserted or updated?
INSERT INTO account VALUES (1, 5) ON CONFLICT (id) DO UPDATE SET amount = excluded.amount RETURNING id, xmax = 0 AS inserted;
INSERT INTO account VALUES (2, 5) ON CONFLICT (id) DO UPDATE SET amount = excluded.amount RETURNING id, xmax = 0 AS inserted;
INSERT INTO account VALUES (2, 6), (3, 6), (1, 6) ON CONFLICT (id) DO UPDATE SET amount = excluded.amount
    RETURNING id, (xmax = 0) AS inserted, xmax = xmin AS updated, xmin = pg_current_xact_id()::xid AS own;
INSERT INTO account VALUES (3, 7) ON CONFLICT (id) DO UPDATE SET id = 30 RETURNING id, xmax = 0 AS inserted;
INSERT INTO account VALUES (4, 7) ON CONFLICT DO NOTHING RETURNING id, xmax = 0 AS inserted, ctid IS NULL AS nowhere;
WITH new AS (INSERT INTO account VALUES (4, 8), (5, 8) ON CONFLICT (id) DO UPDATE SET amount = 9 RETURNING xmax)
SELECT count(*) FILTER (WHERE xmax = 0) AS inserted, count(*) FILTER (WHERE xmax <> 0) AS updated FROM new;
UPDATE account SET id = 31 WHERE id = 30 RETURNING id, ctid = (SELECT ctid FROM account WHERE id = 30) AS same_place;
SELECT id, amount FROM account ORDER BY id;
-- In joins, views and subqueries.
SELECT p.a, s.v FROM plain p LEFT JOIN small s ON s.id = p.a AND s.ctid IS NOT NULL ORDER BY 1;
SELECT s.ctid, s.xmin IS NULL AS missing FROM (VALUES (1), (77)) v (k) LEFT JOIN big s ON s.id = v.k ORDER BY 2;
SELECT place FROM (SELECT ctid AS place, * FROM plain) q ORDER BY 1 LIMIT 1;
SELECT ctid FROM (SELECT * FROM plain) q;
SELECT q.ctid FROM (SELECT * FROM plain) q;
SELECT xmin FROM generate_series(1, 2) g;
SELECT ctid FROM plain p, small s;
CREATE VIEW places AS SELECT ctid, xmin = xmin AS itself, tableoid::regclass AS home, b FROM plain;
\d+ places
SELECT ctid IS NULL AS nowhere, itself, home FROM places;
UPDATE places SET b = 'changed' WHERE ctid IS NOT NULL;
UPDATE places SET ctid = '(0,1)';
SELECT xmax FROM places;
CREATE VIEW bare AS SELECT * FROM plain;
SELECT ctid FROM bare;
UPDATE bare SET b = 'x' WHERE xmin = '1';
DELETE FROM bare RETURNING cmin;
DROP VIEW places, bare;
SELECT xmin FROM plain GROUP BY a;
SELECT id, xmin IS NOT NULL AS is_known FROM small GROUP BY id ORDER BY id;
SELECT tableoid::regclass, count(*) FROM small GROUP BY tableoid;
SELECT count(*) FROM (SELECT ctid FROM plain UNION SELECT ctid FROM plain) u;
WITH c AS MATERIALIZED (SELECT ctid AS place FROM plain) SELECT count(*) FROM c JOIN plain ON ctid = place;
SELECT EXISTS (SELECT FROM plain i WHERE i.ctid = o.ctid AND i.xmin = o.xmin) FROM plain o;
SELECT row_to_json(p) FROM plain p ORDER BY ctid LIMIT 1;
MERGE INTO small USING (VALUES (2), (9)) s (k) ON small.id = s.k AND small.ctid IS NOT NULL
WHEN MATCHED THEN UPDATE SET v = 'merged' WHEN NOT MATCHED THEN INSERT VALUES (s.k, 'new');
SELECT id, v FROM small ORDER BY id;
MERGE INTO small USING (VALUES (2)) s (k) ON small.id = s.k WHEN MATCHED AND small.xmin = '3' THEN DELETE;
MERGE INTO small USING (VALUES (2)) s (k) ON small.id = s.k WHEN MATCHED AND small.tableoid = 'small'::regclass THEN DELETE;
-- Not to be written, nor defined.
UPDATE plain SET ctid = '(0,1)';
UPDATE plain SET b = 'x', xmax = '1';
UPDATE plain SET tableoid = 1;
INSERT INTO plain (xmin) VALUES ('1');
INSERT INTO plain (a, tableoid) VALUES (1, 1);
INSERT INTO account VALUES (1, 5) ON CONFLICT (id) DO UPDATE SET amount = excluded.xmin::text::int;
INSERT INTO account VALUES (1, 5) ON CONFLICT (id) DO UPDATE SET xmin = 1;
COPY plain (ctid) TO STDOUT;
CREATE TABLE named (ctid int);
CREATE TABLE named (a int, xmax text);
ALTER TABLE plain ADD COLUMN cmin int;
ALTER TABLE plain RENAME COLUMN a TO xmin;
ALTER TABLE plain RENAME COLUMN xmin TO a;
ALTER TABLE plain DROP COLUMN ctid;
ALTER TABLE plain DROP COLUMN IF EXISTS ctid;
ALTER TABLE plain ALTER COLUMN xmin SET NOT NULL;
ALTER TABLE plain ALTER COLUMN tableoid DROP NOT NULL;
ALTER TABLE plain ALTER COLUMN ctid SET DEFAULT '(0,0)';
ALTER TABLE plain ALTER COLUMN ctid TYPE text;
CREATE TABLE checked (a int, CHECK (xmin IS NOT NULL));
CREATE TABLE checked (a int CHECK (ctid <> '(0,0)'));
CREATE TABLE made (a int, b text GENERATED ALWAYS AS (xmin::text) STORED);
CREATE TABLE parted (a int) PARTITION BY RANGE (ctid);
CREATE TABLE parted (a int) PARTITION BY RANGE ((ctid::text));
CREATE TABLE parted (a int) PARTITION BY LIST ((tableoid::int));
CREATE INDEX ON plain ((ctid::text));
CREATE INDEX ON plain (a) WHERE xmin IS NOT NULL;
CREATE INDEX ON plain (a) WHERE tableoid = 1;
CREATE INDEX ON plain (tableoid);
ALTER TABLE plain ADD CONSTRAINT c CHECK (cmax = '0');
-- A check and a generated column may say where the row is.
CREATE TABLE checked (a int, CHECK (tableoid = 'checked'::regclass OR a > 0));
INSERT INTO checked VALUES (-1);
CREATE TABLE made (a int, home oid GENERATED ALWAYS AS (tableoid) STORED);
INSERT INTO made VALUES (1), (2);
SELECT a, home::regclass FROM made ORDER BY a;
UPDATE made SET a = 3 WHERE a = 1 RETURNING a, home::regclass;
ALTER TABLE made ADD CONSTRAINT at_home CHECK (home = tableoid);
ALTER TABLE made ADD CONSTRAINT elsewhere CHECK (home <> tableoid);
ALTER TABLE made ADD CONSTRAINT elsewhere CHECK (home <> tableoid) NOT VALID;
ALTER TABLE made VALIDATE CONSTRAINT elsewhere;
ALTER TABLE made DROP CONSTRAINT elsewhere;
\d made
-- Partitions.
CREATE TABLE parts (k int, v text) PARTITION BY RANGE (k);
CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (10);
CREATE TABLE parts_high (v text, gone int, k int);
ALTER TABLE parts_high DROP COLUMN gone;
ALTER TABLE parts ATTACH PARTITION parts_high FOR VALUES FROM (10) TO (20);
ALTER TABLE parts ADD CHECK (tableoid <> 'parts'::regclass);
INSERT INTO parts VALUES (1, 'a'), (11, 'b'), (2, 'c') RETURNING tableoid::regclass;
SELECT tableoid::regclass, ctid, k FROM parts ORDER BY 1, 2;
SELECT k FROM parts WHERE ctid = '(0,1)' ORDER BY k;
SELECT k FROM parts WHERE ctid = '(0,1)' AND tableoid = 'parts_high'::regclass;
UPDATE parts SET k = 12 WHERE k = 1 RETURNING tableoid::regclass, xmin = pg_current_xact_id()::xid AS own, xmax = 0 AS live, ctid IS NULL AS nowhere;
UPDATE parts SET v = v || '!' WHERE xmin IS NOT NULL RETURNING k, tableoid::regclass, xmin = pg_current_xact_id()::xid AS own;
DELETE FROM parts WHERE (tableoid, ctid) IN (SELECT tableoid, max(ctid) FROM parts GROUP BY tableoid) RETURNING k;
SELECT k, v FROM parts WHERE ctid IS NOT NULL ORDER BY k FOR UPDATE;
-- Catalogs and sequences.
SELECT count(*) > 100 AS many FROM pg_class WHERE ctid IS NOT NULL AND xmin IS NOT NULL;
SELECT age(xmin) >= 0 AS is_known, xmax FROM pg_namespace WHERE nspname = 'public';
SELECT tableoid::regclass, relname FROM pg_class WHERE relname = 'plain' AND xmin IS NOT NULL;
-- tid
SELECT '(0,0)'::tid, '(4294967295,65535)'::tid, '(-1,1)'::tid, '(1,2)x'::tid, 'x(1,2)'::tid, '( 1, 2)'::tid;
SELECT tid '(1,2';
SELECT tid '1,2';
SELECT tid '()';
SELECT tid '(1,-1)';
SELECT tid '(1,65536)';
SELECT tid '(4294967296,1)';
SELECT tid '(1 ,2)';
SELECT tid '';
SELECT '(0,1)'::tid = '(0,1)', '(0,1)'::tid < '(0,2)', '(1,0)'::tid > '(0,9)', '(2147483648,1)'::tid > '(1,1)', '(1,1)'::tid >= '(1,1)', '(1,1)'::tid <> '(1,2)';
SELECT v FROM unnest(ARRAY['(3,1)', NULL, '(0,7)', '(0,11)']::tid[]) v ORDER BY v;
SELECT tidlarger('(0,1)', '(0,2)'), tidsmaller('(0,1)', '(0,2)'), bttidcmp('(0,1)', '(0,2)');
CREATE TABLE kept (place tid PRIMARY KEY, back tid[]);
INSERT INTO kept VALUES ('(0,5)', '{"(1,1)","(2,2)"}'), ('(0,3)', NULL);
SELECT * FROM kept ORDER BY place;
INSERT INTO kept VALUES ('(0,5)');
DROP TABLE plain, small, big, worded, paired, wide, account, checked, made, parts, kept;
