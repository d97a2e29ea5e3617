-- Aggregates of a query around (chapter 4.2.7), and aggregates in wrong places.
CREATE TABLE a (id int PRIMARY KEY, g int, v int);
CREATE TABLE b (id int PRIMARY KEY, a int, w int);
INSERT INTO a VALUES (1, 1, 10), (2, 1, 20), (3, 2, 30), (4, 2, NULL);
INSERT INTO b VALUES (1, 1, 5), (2, 1, 6), (3, 3, 7), (4, NULL, 8);

-- All variables are of the query around: it has the aggregate.
SELECT (SELECT sum(a.v)) FROM a;
SELECT (SELECT sum(a.v) FROM b LIMIT 1) FROM a;
SELECT (SELECT sum(a.v) + x FROM (VALUES (1)) t(x)) FROM a;
SELECT (SELECT count(a.id) FROM (VALUES (1)) t(x)), count(*) FROM a;
SELECT g, (SELECT sum(a.v) FROM (VALUES (1)) t(x)) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT max(w) FROM b WHERE b.w < sum(a.v)) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT string_agg(w::text, ',' ORDER BY w) FROM b WHERE b.w > count(a.v) + 4) FROM a GROUP BY g ORDER BY g;
SELECT g FROM a GROUP BY g HAVING EXISTS (SELECT FROM b WHERE b.w = min(a.id) + 4) ORDER BY g;
SELECT g FROM a GROUP BY g HAVING (SELECT sum(a.v)) > 25 ORDER BY g;
SELECT g FROM a GROUP BY g HAVING 30 IN (SELECT sum(a.v)) ORDER BY g;
SELECT g FROM a GROUP BY g ORDER BY (SELECT -sum(a.id));
SELECT g, array(SELECT sum(a.v) + b.w FROM b ORDER BY 1) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT (SELECT sum(a.v))) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT (SELECT sum(a.v) + b.w) FROM b WHERE b.id = 1) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT count(*) FROM (SELECT sum(a.v) AS s) q WHERE s > 20) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT sum(DISTINCT a.v) FILTER (WHERE a.v > 10) FROM (VALUES (1)) t(x)) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT string_agg(a.v::text, '-' ORDER BY a.v DESC) FROM (VALUES (1)) t(x)) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a.v) FROM (VALUES (1)) t(x)) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT sum(a.v) UNION ALL SELECT 0 LIMIT 1) FROM a GROUP BY g ORDER BY g;
SELECT (SELECT max((SELECT i.w FROM b i WHERE i.id = o.id)) FROM b o);
SELECT (SELECT sum(a.v) FROM b) FROM a;
SELECT (SELECT sum(a.v + 0) WHERE false) FROM a;
SELECT g, sum(v), (SELECT sum(a.v)), (SELECT sum(a.v) + 1), (SELECT count(a.v)) FROM a GROUP BY g ORDER BY g;
SELECT g, rank() OVER (ORDER BY (SELECT sum(a.v))) FROM a GROUP BY g ORDER BY g;
WITH t AS (SELECT 1 AS x) SELECT (SELECT sum(a.v) FROM t) FROM a;
SELECT * FROM (SELECT g, (SELECT sum(a.v)) AS s FROM a GROUP BY g) q WHERE s = 30 ORDER BY g;

-- A variable of the inner query makes it the inner one's.
SELECT id, (SELECT sum(a.v + b.w) FROM b) FROM a ORDER BY id;
SELECT id, (SELECT sum(b.w) FROM b WHERE b.a = a.id) FROM a ORDER BY id;
SELECT id, (SELECT count(*) FROM b WHERE b.a = a.id) FROM a ORDER BY id;
SELECT id, (SELECT sum(a.v * 1) FILTER (WHERE b.w > 5) FROM b) FROM a ORDER BY id;
SELECT id, (SELECT string_agg('x', ',' ORDER BY b.w) FROM b) FROM a ORDER BY id;
SELECT id, (SELECT max(1)) FROM a ORDER BY id;
SELECT sum(v), (SELECT max(b.w + (SELECT min(id) FROM a)) FROM b) FROM a;
SELECT sum((SELECT count(*) FROM b WHERE b.a = a.id)) FROM a;
SELECT g, (SELECT max(b.w + x.s) FROM b, (SELECT sum(a.v) AS s) x) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT max(b.w) + sum(a.v) FROM b) FROM a GROUP BY g ORDER BY g;
SELECT g, (SELECT sum(b.w + sum(a.v)) FROM b) FROM a GROUP BY g ORDER BY g;

-- Ungrouped columns.
SELECT g, (SELECT sum(a.v)), v FROM a GROUP BY g;
SELECT v, (SELECT sum(a.v)) FROM a;
SELECT g, (SELECT a.v) FROM a GROUP BY g;
SELECT g, (SELECT b.w FROM b WHERE b.a = a.id) FROM a GROUP BY g;
SELECT g, (SELECT max(w) FROM b WHERE b.a = a.g) FROM a GROUP BY g ORDER BY g;
SELECT id, (SELECT max(w) FROM b WHERE b.a = a.v) FROM a GROUP BY id ORDER BY id;
SELECT g + 1, (SELECT a.g + 1) FROM a GROUP BY g ORDER BY 1;
SELECT g + 1, (SELECT a.g + 1) FROM a GROUP BY g + 1;
SELECT EXISTS (SELECT FROM b WHERE b.w = a.v), count(*) FROM a;
SELECT count(*) FROM a HAVING (SELECT a.v) > 1;
SELECT a.v IN (SELECT w FROM b), count(*) FROM a;
SELECT sum(v) FROM a ORDER BY id;

-- Nesting.
SELECT sum(max(v)) FROM a;
SELECT sum((SELECT max(a.v))) FROM a;
SELECT (SELECT max(sum(a.v)) FROM b) FROM a;
SELECT (SELECT sum(a.v + sum(a.v)) FROM b) FROM a;
SELECT sum(v) FILTER (WHERE max(v) > 1) FROM a;
SELECT sum(v) FILTER (WHERE (SELECT max(a.v)) > 1) FROM a;
SELECT string_agg(v::text, ',' ORDER BY max(v)) FROM a;
SELECT sum(row_number() OVER ()) FROM a;
SELECT sum(sum(v)) OVER () FROM a;
SELECT percentile_cont(max(v)) WITHIN GROUP (ORDER BY v) FROM a;
SELECT g, (SELECT percentile_cont(t.x) WITHIN GROUP (ORDER BY a.v) FROM (VALUES (0.5)) t(x)) FROM a GROUP BY g;
SELECT percentile_cont(v) WITHIN GROUP (ORDER BY v) FROM a;

-- Where aggregates must not be.
SELECT 1 FROM a WHERE sum(v) > 1;
SELECT 1 FROM a WHERE (SELECT sum(a.v)) > 1;
SELECT 1 FROM a WHERE EXISTS (SELECT FROM b WHERE b.w > max(a.v));
SELECT 1 FROM a WHERE v IN (SELECT max(a.v) FROM b);
SELECT 1 FROM a JOIN b ON sum(a.v) > 1;
SELECT 1 FROM a JOIN b ON (SELECT sum(a.v)) > 1;
SELECT 1 FROM a GROUP BY sum(v);
SELECT 1 FROM a GROUP BY (SELECT sum(a.v));
SELECT 1 FROM a LIMIT sum(1);
SELECT 1 FROM a OFFSET count(*);
SELECT 1 FROM generate_series(1, max(2));
SELECT 1 FROM a, generate_series(1, max(a.v));
SELECT 1 FROM a, LATERAL (SELECT sum(a.v)) q;
SELECT 1 FROM a, LATERAL (SELECT b.w FROM b WHERE b.w > sum(a.v)) q;
SELECT q.s FROM a, LATERAL (SELECT sum(b.w) AS s FROM b WHERE b.a = a.id) q ORDER BY 1;
SELECT * FROM (VALUES (sum(1))) t;
VALUES (max(1));
INSERT INTO a VALUES (10, max(1), 2);
INSERT INTO a VALUES (10, 1, 2) RETURNING max(id);
INSERT INTO a VALUES (1, 1, 2) ON CONFLICT (id) DO UPDATE SET v = max(excluded.v);
INSERT INTO a VALUES (1, 1, 2) ON CONFLICT (id) DO UPDATE SET v = 1 WHERE max(a.v) > 1;
UPDATE a SET v = max(v);
UPDATE a SET v = (SELECT max(a.v));
UPDATE a SET v = 1 WHERE max(v) = 1;
UPDATE a SET v = 1 RETURNING max(v);
UPDATE a SET v = 1 RETURNING (SELECT max(a.v));
DELETE FROM a WHERE max(v) = 1;
DELETE FROM a RETURNING count(*);
CREATE TABLE c (x int DEFAULT max(1));
CREATE TABLE c (x int CHECK (max(x) > 1));
CREATE TABLE c (x int, y int GENERATED ALWAYS AS (max(x)) STORED);
CREATE TABLE c (x int) PARTITION BY RANGE ((max(x)));
CREATE INDEX ON a (max(v));
CREATE INDEX ON a (v) WHERE max(v) > 1;
SELECT row_number() OVER (ROWS max(1) PRECEDING) FROM a;
SELECT sum(v) OVER (ORDER BY sum(v)) FROM a;
PREPARE p(int) AS SELECT $1;
EXECUTE p(max(1));
DEALLOCATE p;
SELECT max(v) OVER w FROM a WINDOW w AS (PARTITION BY max(g));
SELECT 1 FROM a ORDER BY max(v);
SELECT max(v) AS m FROM a WHERE m > 1;

-- Aggregates that are not, and other wrong calls.
SELECT lower(DISTINCT 'A') FROM a;
SELECT lower(*) FROM a;
SELECT lower('A') FILTER (WHERE true) FROM a;
SELECT lower('A' ORDER BY 1) FROM a;
SELECT max() FROM a;
SELECT count() FROM a;
SELECT max(v, v) FROM a;
SELECT sum('x') FROM a;
SELECT sum(true) FROM a;
SELECT count(DISTINCT *) FROM a;
SELECT string_agg(DISTINCT v::text, ',' ORDER BY v) FROM a;
SELECT max(generate_series(1, 2)) FROM a;
SELECT max(v) WITHIN GROUP (ORDER BY v) FROM a;
SELECT rank(1) WITHIN GROUP (ORDER BY v, g) FROM a;

-- Views keep them.
CREATE VIEW sums AS SELECT a.g, (SELECT sum(a.v + 1) AS sum FROM (VALUES (1)) t(x)) AS s, (SELECT max(b.w) AS max FROM b WHERE b.w < sum(a.v)) AS m FROM a GROUP BY a.g;
SELECT * FROM sums ORDER BY g;
SELECT pg_get_viewdef('sums'::regclass);
DROP VIEW sums;
DROP TABLE a, b;
