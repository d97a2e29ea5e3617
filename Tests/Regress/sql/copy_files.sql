-- COPY with files on the server, and the binary format
\getenv directory PGHOST
\set text_file :directory '/copy.text'
\set binary_file :directory '/copy.binary'
\set other_file :directory '/copy.other'
CREATE TABLE t (a int PRIMARY KEY, b text, n numeric(10,3), d date);
INSERT INTO t VALUES (1, 'one', 1.5, '2024-02-29'), (2, NULL, NULL, NULL), (3, E'tab\tnew\nline', -0.001, 'infinity');
COPY t TO :'text_file';
CREATE TABLE u (a int PRIMARY KEY, b text, n numeric(10,3), d date);
COPY u FROM :'text_file';
SELECT * FROM u ORDER BY a;
COPY u FROM :'text_file';
TRUNCATE u;
COPY t TO :'text_file' (FORMAT csv, HEADER);
COPY u FROM :'text_file' (FORMAT csv, HEADER match);
SELECT count(*) FROM (SELECT * FROM t EXCEPT SELECT * FROM u) AS d;
TRUNCATE u;
COPY t (b, a) TO :'text_file' (DELIMITER '|');
COPY u (b, a) FROM :'text_file' (DELIMITER '|') WHERE a > 1;
SELECT * FROM u ORDER BY a;
TRUNCATE u;
COPY (SELECT g, 'row ' || g, g / 7.0, date '2000-01-01' + g FROM generate_series(1, 5000) AS g) TO :'text_file';
COPY u FROM :'text_file';
SELECT count(*), sum(a), sum(n), max(d), min(b) FROM u;
TRUNCATE u;
-- an error somewhere in the file
COPY (SELECT g, 'x', CASE g WHEN 3000 THEN 'wrong' ELSE '1' END, date '2000-01-01' FROM generate_series(1, 5000) AS g) TO :'text_file';
COPY u FROM :'text_file';
SELECT count(*) FROM u;
COPY u FROM :'text_file' WHERE a < 3000;
-- paths
COPY t TO 'relative.text';
COPY t TO '';
COPY t FROM '/nonexistent/file';
COPY t TO '/nonexistent/file';
COPY t FROM '/tmp';
COPY t TO '/tmp';
COPY t FROM '/etc/hostname/file';
COPY nosuch FROM '/nonexistent/file';
COPY t (nosuch) FROM '/nonexistent/file';
COPY t FROM '/nonexistent/file' (FORMAT xml);
COPY (SELECT 1/0) TO :'other_file';
CREATE VIEW v AS SELECT * FROM t;
COPY v FROM '/nonexistent/file';
COPY v FROM :'text_file';
COPY v TO :'text_file';
BEGIN READ ONLY;
COPY t TO :'text_file';
COPY t FROM :'text_file';
ROLLBACK;
-- the binary format
COPY t TO :'binary_file' (FORMAT binary);
COPY u FROM :'binary_file' (FORMAT binary);
SELECT * FROM u ORDER BY a;
COPY u FROM :'binary_file' (FORMAT binary);
COPY u FROM :'binary_file';
TRUNCATE u;
COPY BINARY u FROM :'binary_file';
SELECT count(*) FROM u;
TRUNCATE u;
COPY u FROM :'binary_file' (FORMAT binary) WHERE b IS NULL;
SELECT a FROM u;
COPY t TO :'text_file';
COPY u FROM :'text_file' (FORMAT binary);
COPY u (a, b) FROM :'binary_file' (FORMAT binary);
COPY t (a) TO :'binary_file' (FORMAT binary);
COPY u FROM :'binary_file' (FORMAT binary);
CREATE TABLE big (a bigint, b int);
COPY t (a) TO :'binary_file' (FORMAT binary);
COPY big (a) FROM :'binary_file' (FORMAT binary);
COPY big (b) FROM :'binary_file' (FORMAT binary);
SELECT * FROM big;
COPY (SELECT 5000000000) TO :'binary_file' (FORMAT binary);
COPY big (b) FROM :'binary_file' (FORMAT binary);
COPY big (a) FROM :'binary_file' (FORMAT binary);
SELECT * FROM big WHERE a > 100;
COPY (SELECT WHERE false) TO :'binary_file' (FORMAT binary);
CREATE TABLE none ();
COPY none FROM :'binary_file' (FORMAT binary);
COPY (SELECT FROM t) TO :'binary_file' (FORMAT binary);
COPY none FROM :'binary_file' (FORMAT binary);
SELECT count(*) FROM none;
-- every type there and back
CREATE TABLE every (
    i2 smallint, i4 int, i8 bigint, n numeric, f4 real, f8 float8, bo boolean, ch "char", na name,
    te text, vc varchar(10), bc char(5), by bytea, da date, ti time, tz timetz, ts timestamp,
    tt timestamptz, iv interval, uu uuid, js json, jb jsonb, o oid, rc regclass,
    ia int[], ta text[], na2 numeric[], ja jsonb[], ba bytea[], da2 date[], iva interval[], bl boolean[]);
INSERT INTO every VALUES (
    -32768, 2147483647, -9223372036854775808, 123456789012345678901234567890.0123456789, 1.5, -2.5e300,
    true, 'x', 'a_name', 'text é', 'varchar', 'char', '\x00ff10', '2024-02-29', '12:34:56.789',
    '12:34:56+05:30', '1999-12-31 23:59:59.999999', '2024-02-29 12:00:00+02', '1 year 2 mons -3 days 04:05:06',
    '6b1f7a5e-3c36-4f0e-9d5f-0c1d2e3f4a5b', '{"a": [1, null]}', '{"b": {"c": 1.50}}', 4000000000, 'pg_class',
    '{1,NULL,-3}', '{"a b",NULL,"c\"d"}', '{1.5,NaN,NULL}', ARRAY['{"x": 1}'::jsonb, '[1, 2]'], '{"\\x00",NULL}',
    '{2024-01-01,infinity}', '{1 day,-1:00}', '[0:1]={t,f}');
INSERT INTO every DEFAULT VALUES;
INSERT INTO every (n, f4, f8, da, ts, tt, ia, ta) VALUES ('NaN', 'Infinity', '-Infinity', '-infinity', 'infinity', '-infinity', '{}', '{}');
INSERT INTO every (n, ia) VALUES ('Infinity', '{{1,2},{3,4}}'), (0, '[2:3]={7,8}'), (-0.000001, NULL);
COPY every TO :'binary_file' (FORMAT binary);
CREATE TABLE again (LIKE every);
COPY again FROM :'binary_file' (FORMAT binary);
SELECT * FROM again;
COPY (SELECT te, na FROM every) TO :'binary_file' (FORMAT binary);
TRUNCATE again;
COPY again (te, na) FROM :'binary_file' (FORMAT binary);
SELECT te, na FROM again WHERE te IS NOT NULL;
-- values that do not fit
COPY (SELECT 'toolong'::text) TO :'binary_file' (FORMAT binary);
CREATE TABLE short (v varchar(3), c char(3), i int, n numeric(3,1), u uuid, b boolean, j jsonb, d date);
COPY short (v) FROM :'binary_file' (FORMAT binary);
COPY short (c) FROM :'binary_file' (FORMAT binary);
COPY short (i) FROM :'binary_file' (FORMAT binary);
COPY short (n) FROM :'binary_file' (FORMAT binary);
COPY short (u) FROM :'binary_file' (FORMAT binary);
COPY short (b) FROM :'binary_file' (FORMAT binary);
COPY short (d) FROM :'binary_file' (FORMAT binary);
COPY (SELECT 12345.67) TO :'binary_file' (FORMAT binary);
COPY short (n) FROM :'binary_file' (FORMAT binary);
COPY (SELECT 12.34) TO :'binary_file' (FORMAT binary);
COPY short (n) FROM :'binary_file' (FORMAT binary);
COPY (SELECT 2000000000) TO :'binary_file' (FORMAT binary);
COPY short (d) FROM :'binary_file' (FORMAT binary);
COPY (SELECT '{1,2}'::int[]) TO :'binary_file' (FORMAT binary);
CREATE TABLE arrays (i int[], t text[], b bigint[]);
COPY arrays (i) FROM :'binary_file' (FORMAT binary);
COPY arrays (t) FROM :'binary_file' (FORMAT binary);
COPY arrays (b) FROM :'binary_file' (FORMAT binary);
SELECT n FROM short;
-- constraints say the line alone
CREATE TABLE k (a int PRIMARY KEY CHECK (a > 0));
COPY (VALUES (1), (2), (-3)) TO :'binary_file' (FORMAT binary);
COPY k FROM :'binary_file' (FORMAT binary);
COPY (VALUES (1), (2), (2)) TO :'binary_file' (FORMAT binary);
COPY k FROM :'binary_file' (FORMAT binary);
COPY (VALUES (1), (NULL), (2)) TO :'binary_file' (FORMAT binary);
COPY k FROM :'binary_file' (FORMAT binary);
-- many rows
COPY (SELECT g, 'row ' || g, g / 7.0, date '2000-01-01' + g FROM generate_series(1, 5000) AS g) TO :'binary_file' (FORMAT binary);
TRUNCATE u;
COPY u (a, b) FROM :'binary_file' (FORMAT binary);
COPY (SELECT g, 'row ' || g, (g / 7.0)::numeric(10,3), date '2000-01-01' + g FROM generate_series(1, 5000) AS g) TO :'binary_file' (FORMAT binary);
COPY u FROM :'binary_file' (FORMAT binary);
SELECT count(*), sum(a), sum(n), max(d), min(b) FROM u;
-- a view, a query with RETURNING
COPY (SELECT * FROM v) TO :'text_file';
COPY (DELETE FROM u WHERE a <= 3 RETURNING a, b) TO :'text_file';
TRUNCATE big;
CREATE TABLE back (a int, b text);
COPY back FROM :'text_file';
SELECT * FROM back ORDER BY a;
DROP TABLE t, u, big, none, every, again, short, arrays, k, back CASCADE;
