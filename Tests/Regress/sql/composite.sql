-- Composite types (chapter 8.16) and rows as values (chapters 4.2.13, 9.24.5, 9.16).
\set VERBOSITY default
CREATE TYPE complex AS (r float8, i float8);
CREATE TYPE item AS (name text, supplier int, price numeric(10,2));
CREATE TYPE nested AS (c complex, tags text[], n int);
CREATE TYPE complex AS (a int);
CREATE TYPE bad AS (a int, a text);
CREATE TYPE bad AS (a nosuch);
CREATE TYPE bad AS (a record);
CREATE TYPE nosuch.bad AS (a int);
CREATE TYPE empty AS ();
CREATE TABLE complex (a int);
\d complex
\d item

-- Text form.
SELECT '(1,2)'::complex, '(1,)'::complex, '(,)'::complex, ' ( 1 , 2 ) '::complex;
SELECT '("fuzzy dice",42,1.99)'::item, '(fuzzy dice,42,1.999)'::item;
SELECT '("a ""quoted"" one",,)'::item, '("comma, (paren)",1,2)'::item, '(back\\slash,1,)'::item, '("",1,)'::item;
SELECT '("(1,2)","{a,b}",3)'::nested, ('("(1,2)","{a,b}",3)'::nested).c.i;
SELECT '(1)'::complex;
SELECT '(1,2,3)'::complex;
SELECT '1,2'::complex;
SELECT '(1,2'::complex;
SELECT '(1,2)x'::complex;
SELECT ''::complex;
SELECT '(a,2)'::complex;
SELECT '(1,2)'::record;
SELECT NULL::complex, ROW(NULL, NULL)::complex;
SELECT '()'::empty, ROW()::empty;

-- ROW(…).
SELECT ROW(1, 'a', NULL, true), ROW(), (1, 2), ROW(ROW(1, 2), 3), ROW('a b', '', 'x,y', '"');
SELECT ROW(1, 2)::complex, (1, 2)::complex, CAST(ROW('dice', 42, 1.99) AS item);
SELECT ROW(1)::complex;
SELECT ROW(1, 2, 3)::complex;
SELECT ROW('x', 2)::complex;
SELECT ROW(true, 2)::complex;
SELECT ROW(1, 2)::int;
SELECT pg_typeof(ROW(1, 2)), pg_typeof(ROW(1, 2)::complex), pg_typeof('{}'::complex[]);
SELECT ROW(1, 2)::complex::text, '(3,4)'::text::complex, ROW(1, 2)::text;

-- Fields.
SELECT (ROW(1, 2)::complex).r, (ROW('d', 4, 5)::item).price * 2;
SELECT (ROW(1, 2)).f1, (ROW('x', ROW(5, 6))).f2;
SELECT (ROW(1, 2)).f3;
SELECT (ROW(1, 2)::complex).x;
SELECT (1).x;
SELECT (NULL::complex).r;
SELECT (ROW(1, 2)::complex).*;
SELECT (ROW('a', 2, 3)::item).*, 1 AS one;
SELECT (1).*;

-- Columns.
CREATE TABLE numbers (id int PRIMARY KEY, c complex, l complex[], n nested, d complex DEFAULT '(9,9)');
INSERT INTO numbers VALUES (1, '(1,2)', '{"(1,2)","(3,4)"}', NULL);
INSERT INTO numbers VALUES (2, ROW(3, 4), ARRAY[ROW(5, 6), ROW(7, 8)]::complex[], ROW(ROW(1, 2), '{x,y}', 3)), (3, (5, 6), NULL, ROW(NULL, NULL, 1));
INSERT INTO numbers (id, c.r) VALUES (4, 10);
INSERT INTO numbers (id, c.r, c.i, n.c.r, n.tags[2]) VALUES (5, 10, 11, 12, 'two');
INSERT INTO numbers (id, c.r) SELECT 6, 60;
INSERT INTO numbers (id, c.x) VALUES (7, 1);
INSERT INTO numbers (id, id.x) VALUES (7, 1);
INSERT INTO numbers (id, c) VALUES (7, ROW(1, 2, 3));
INSERT INTO numbers (id, c) VALUES (7, ROW('a', 2));
INSERT INTO numbers (id, c) VALUES (7, 5);
SELECT * FROM numbers ORDER BY id;
SELECT id, (c).r, (n).c.r, (n).tags[1], (l[1]).i FROM numbers ORDER BY id;
SELECT numbers.c.r FROM numbers;
SELECT (numbers.c).r FROM numbers WHERE (numbers.c).i = 2;
SELECT c.r FROM numbers;
SELECT id, (c).* FROM numbers WHERE id < 3 ORDER BY id;
UPDATE numbers SET c.r = (c).r + 100 WHERE id = 1 RETURNING c;
UPDATE numbers SET c.r = 1, c.i = 2 WHERE id = 4 RETURNING c;
UPDATE numbers SET n.c.i = 77, n.tags[1] = 'one' WHERE id = 5 RETURNING n;
UPDATE numbers SET n.c = ROW(8, 9) WHERE id = 3 RETURNING n;
UPDATE numbers SET l[2].r = 33 WHERE id = 1 RETURNING l;
UPDATE numbers SET c = NULL WHERE id = 6;
UPDATE numbers SET c.r = 5 WHERE id = 6 RETURNING c;
UPDATE numbers SET c.x = 1;
UPDATE numbers SET id.x = 1;
UPDATE numbers SET c.r = 'x';
UPDATE numbers SET c.r = true;
UPDATE numbers SET c.r = 1, c = ROW(1, 2);
UPDATE numbers SET c.r = DEFAULT;
UPDATE numbers SET (c, id) = (ROW(0, 0), 20) WHERE id = 6 RETURNING id, c;
\d numbers

-- Comparison, order, null tests.
SELECT ROW(1, 2)::complex = ROW(1, 2)::complex, ROW(1, 2)::complex < ROW(1, 3)::complex, ROW(1, NULL)::complex = ROW(1, NULL)::complex;
SELECT ROW(1, 2) = ROW(1, 2), ROW(1, NULL) = ROW(1, 2), ROW(1, 2) < ROW(1, NULL), (1, 'b') > (1, 'a');
SELECT ROW(1, 2)::complex = ROW(1, 2), ROW(1.0::float8, 2.0::float8) = ROW(1, 2)::complex;
SELECT ROW(1, 2)::complex = ROW(1, 'a');
SELECT ROW(1, 2) = ROW(1, 2, 3);
SELECT '(1,2)'::complex = '(1,2)';
SELECT id FROM numbers WHERE c = ROW(3, 4)::complex;
SELECT id, c FROM numbers ORDER BY c, id;
SELECT id, c FROM numbers ORDER BY c DESC NULLS LAST, id LIMIT 2;
SELECT c, count(*) FROM numbers GROUP BY c ORDER BY c;
SELECT DISTINCT c FROM numbers ORDER BY c;
SELECT id FROM numbers WHERE c IN (ROW(3, 4)::complex, ROW(5, 6)::complex) ORDER BY id;
SELECT a.id, b.id FROM numbers a JOIN numbers b ON a.c = b.c AND a.id < b.id;
SELECT ROW(1, NULL) IS NULL, ROW(NULL, NULL) IS NULL, ROW(1, 2) IS NOT NULL, ROW(1, NULL) IS NOT NULL, ROW() IS NULL;
SELECT id, c IS NULL AS isnull, c IS NOT NULL AS notnull, n IS NULL, n IS NOT NULL FROM numbers ORDER BY id;
SELECT (NULL::complex) IS NULL, ROW(NULL, NULL)::complex IS NULL, ROW(ROW(NULL), NULL) IS NULL;
SELECT ROW(1, NULL) IS DISTINCT FROM ROW(1, NULL), ROW(1, 2)::complex IS DISTINCT FROM NULL;
SELECT coalesce(ROW(NULL, NULL)::complex, ROW(1, 1)::complex), nullif(ROW(1, 2)::complex, ROW(1, 2)::complex);
SELECT greatest(ROW(1, 2)::complex, ROW(1, 3)::complex), CASE WHEN true THEN ROW(1, 2)::complex ELSE NULL END;
CREATE INDEX numbers_c ON numbers (c);
CREATE UNIQUE INDEX ON numbers (((c).r), id);
SELECT id FROM numbers WHERE c = ROW(5, 6)::complex;
CREATE TABLE keyed (c complex PRIMARY KEY, v text);
INSERT INTO keyed VALUES ('(1,2)', 'a'), ('(0,5)', 'b');
INSERT INTO keyed VALUES ('(1,2)', 'c');
SELECT * FROM keyed ORDER BY c;
SELECT v FROM keyed WHERE c > ROW(0, 9)::complex;
\d keyed

-- Whole rows.
CREATE TABLE people (id int, name text, dropped int, born date);
ALTER TABLE people DROP dropped;
INSERT INTO people VALUES (1, 'Ann', '2001-02-03'), (2, 'Bob O''Neil', NULL);
SELECT people FROM people ORDER BY id;
SELECT p, p.name FROM people p ORDER BY p DESC;
SELECT (p).name, (p).* FROM people p ORDER BY id;
SELECT (p).nosuch FROM people p;
SELECT pg_typeof(p) FROM people p LIMIT 1;
SELECT count(p), count(p.*), count(DISTINCT p) FROM people p;
SELECT row_to_json(p) FROM people p ORDER BY id;
SELECT p = ROW(1, 'Ann'::text, '2001-02-03'::date) FROM people p ORDER BY id;
SELECT s FROM (SELECT 1 AS a, 'x' AS b) s;
SELECT (s).b FROM (SELECT 1 AS a, 'x' AS b) s;
SELECT v FROM (VALUES (1, 'a'), (2, 'b')) v (n, t) ORDER BY v;
SELECT a, b FROM people a LEFT JOIN people b ON b.id = a.id + 1 ORDER BY a.id;
SELECT a.id FROM people a LEFT JOIN people b ON b.id = a.id + 1 WHERE b IS NULL;
SELECT g FROM generate_series(1, 2) g;
SELECT array_agg(p ORDER BY id) FROM people p;
SELECT max(p.name), array_agg(DISTINCT p) FROM people p GROUP BY p.id ORDER BY 1;
WITH w AS (SELECT id, name FROM people) SELECT w FROM w ORDER BY id;
SELECT x FROM people;
SELECT people.x FROM people;
SELECT ROW(p.*, 1), ROW(p, 1) FROM people p WHERE id = 1;
SELECT ROW(p.*) FROM people p WHERE id = 1;
SELECT (SELECT p FROM people p WHERE id = 2), EXISTS (SELECT p FROM people p);
DELETE FROM people WHERE id = 2 RETURNING people;
INSERT INTO people VALUES (2, 'Bob') RETURNING people, (people).name;
CREATE TABLE teams (t text, lead people, members people[]);
INSERT INTO teams SELECT 'red', p, ARRAY[p, p] FROM people p WHERE id = 1;
INSERT INTO teams VALUES ('blue', ROW(9, 'Zed', NULL), '{"(1,a,)"}');
SELECT t, (lead).name, (members[1]).id FROM teams ORDER BY t;
SELECT * FROM teams ORDER BY t;
ALTER TABLE people ADD extra int;
SELECT * FROM teams ORDER BY t;
SELECT (lead).extra FROM teams;
ALTER TABLE people ALTER id TYPE bigint;
ALTER TABLE people DROP extra;
ALTER TABLE people RENAME name TO called;
SELECT (lead).called, row_to_json(lead) FROM teams ORDER BY t;
DROP TABLE people;
DROP TYPE people;

-- Arrays of rows, and functions that give rows.
SELECT unnest(ARRAY[ROW(1, 2), ROW(3, 4)]::complex[]);
SELECT * FROM unnest(ARRAY[ROW(1, 2), ROW(3, 4)]::complex[]);
SELECT u.r + u.i AS sum, u FROM unnest('{"(1,2)","(3,4)",NULL}'::complex[]) u;
SELECT a, b, n FROM unnest('{"(1,2)","(3,4)"}'::complex[]) WITH ORDINALITY u (a, b, n);
SELECT id, u.* FROM numbers, unnest(l) u ORDER BY id, u.r;
SELECT (unnest('{"(1,2)","(3,4)"}'::complex[])).r;
SELECT ARRAY[ROW(1, 2)::complex, NULL], ('{"(1,2)"}'::complex[])[1].r;
SELECT '{"(1,x)"}'::complex[];
SELECT array_length('{"(1,2)","(3,4)"}'::complex[], 1), '{"(1,2)"}'::complex[] = ARRAY[ROW(1, 2)]::complex[];
SELECT pg_sequence_parameters(NULL), (json_each('{"a": 1}')).key;

-- JSON.
SELECT row_to_json(ROW(1, 'a', NULL)), row_to_json(ROW(1, 2)::complex), row_to_json(ROW(1, ROW(2, 3)), true);
SELECT to_json(ROW('dice', 42, 1.5)::item), to_jsonb(ROW('dice', 42, 1.5)::item), to_json(ARRAY[ROW(1, 2)::complex]);
SELECT json_agg(n ORDER BY id) FROM numbers n WHERE id < 3;
SELECT jsonb_agg(c ORDER BY id) FROM numbers WHERE id < 4;
SELECT json_build_object('c', c, 'l', l) FROM numbers WHERE id = 1;
SELECT row_to_json(s) FROM (SELECT id, c AS "The Number" FROM numbers WHERE id = 1) s;
SELECT json_populate_record(NULL::complex, '{"r": 1.5, "i": "2", "x": 3}');
SELECT * FROM json_populate_record(NULL::item, '{"name": "dice", "price": 1.999}');
SELECT * FROM jsonb_populate_record(ROW('old', 7, 8)::item, '{"price": 5}');
SELECT * FROM jsonb_populate_record(NULL::nested, '{"c": {"r": 1}, "tags": ["a", "b"], "n": "3"}');
SELECT * FROM jsonb_populate_record(NULL::nested, '{"c": "(4,5)", "tags": "{x}", "n": null}');
SELECT * FROM json_populate_record(NULL::nested, '{"tags": 5}');
SELECT * FROM json_populate_record(NULL::nested, '{"c": [1]}');
SELECT * FROM json_populate_record(NULL::nested, '{"n": "x"}');
SELECT jsonb_populate_record(NULL::complex, '[1]');
SELECT json_populate_record(1, '{}');
SELECT json_populate_record(NULL::record, '{"a": 1}');
SELECT json_populate_record(ROW(1, 2), '{"f1": 5}');
SELECT * FROM json_populate_recordset(NULL::complex, '[{"r": 1}, {"i": 2, "r": 3}, {}]');
SELECT * FROM jsonb_populate_recordset(ROW(1, 2)::complex, '[{"r": 5}, {"i": 6}]');
SELECT json_populate_recordset(NULL::complex, '{"r": 1}');
SELECT jsonb_populate_recordset(NULL::complex, '[1]');
SELECT * FROM json_to_record('{"a": 1, "b": [1, 2], "c": "x", "d": {"r": 1, "i": 2}, "e": {"k": true}}') AS x (a int, b int[], c text, d complex, e jsonb, missing text);
SELECT * FROM jsonb_to_recordset('[{"a": 1, "b": "foo"}, {"a": "2", "c": "bar"}]') AS x (a int, b text) ORDER BY a;
SELECT a + 1, x FROM json_to_recordset('[{"a": 1, "b": [[1, 2], [3, 4]]}]') AS x (a int, b int[]);
SELECT * FROM json_to_recordset('[{"a": 1}]') WITH ORDINALITY AS x (a int);
SELECT * FROM ROWS FROM (jsonb_to_recordset('[{"a": 1}, {"a": 2}]') AS (a int)) WITH ORDINALITY;
SELECT * FROM json_to_record('{"a": 1}');
SELECT * FROM json_to_record('{"a": 1}') AS x;
SELECT json_to_record('{"a": 1}');
SELECT * FROM generate_series(1, 2) AS x (a int);
SELECT * FROM json_each('{}') AS x (k text, v json);
SELECT * FROM json_to_record('{"a": [1, 2]}') AS x (a int[][]);
SELECT * FROM json_to_record('{"a": [[1], 2]}') AS x (a int[]);
SELECT n.id, x.* FROM numbers n, jsonb_to_record(to_jsonb(n)) AS x (id int, c complex) WHERE n.id < 3 ORDER BY 1;

-- ALTER TYPE.
CREATE TYPE alterable AS (a int, b text);
CREATE TABLE uses (x alterable);
INSERT INTO uses VALUES (ROW(1, 'one'));
ALTER TYPE alterable ADD ATTRIBUTE c numeric;
SELECT x, (x).c FROM uses;
INSERT INTO uses VALUES (ROW(2, 'two', 2.5));
ALTER TYPE alterable ADD ATTRIBUTE c int;
ALTER TYPE alterable DROP ATTRIBUTE b;
SELECT x FROM uses ORDER BY x;
ALTER TYPE alterable DROP ATTRIBUTE nosuch;
ALTER TYPE alterable DROP ATTRIBUTE IF EXISTS nosuch;
ALTER TYPE alterable ALTER ATTRIBUTE a TYPE bigint;
ALTER TYPE alterable RENAME ATTRIBUTE a TO first;
ALTER TYPE alterable RENAME ATTRIBUTE nosuch TO x;
ALTER TYPE alterable RENAME ATTRIBUTE first TO c;
SELECT row_to_json(x), (x).first FROM uses ORDER BY 2;
\d alterable
ALTER TYPE alterable ADD ATTRIBUTE self alterable;
ALTER TYPE item ALTER ATTRIBUTE price TYPE numeric, ADD ATTRIBUTE note text;
\d item
ALTER TABLE item ADD x int;
ALTER TYPE alterable RENAME TO altered;
SELECT pg_typeof(x) FROM uses LIMIT 1;
CREATE SCHEMA other;
ALTER TYPE altered SET SCHEMA other;
\d uses
SELECT x FROM uses ORDER BY x;
ALTER TYPE other.altered OWNER TO nosuch;
DROP TYPE other.altered;
DROP TABLE other.altered;
SELECT * FROM item;
BEGIN;
DROP TYPE other.altered CASCADE;
\d uses
ROLLBACK;

-- Views, defaults, checks with rows.
CREATE VIEW rows AS SELECT id, c, (c).r AS real_part, ROW(id, c) AS both, n FROM numbers;
CREATE VIEW rows AS SELECT id, c, (c).r AS real_part, n, row_to_json(numbers.*) AS j FROM numbers;
\d+ rows
SELECT id, real_part FROM rows WHERE real_part > 4 ORDER BY id;
CREATE TABLE checked (c complex DEFAULT ROW(1, 2) CHECK ((c).r > 0), r float8 GENERATED ALWAYS AS ((c).r) STORED);
INSERT INTO checked DEFAULT VALUES RETURNING *;
INSERT INTO checked VALUES (ROW(-1, 0));
\d checked
CREATE DOMAIN unit AS complex CHECK ((VALUE).r ^ 2 + (VALUE).i ^ 2 <= 1);
SELECT '(0.5,0.5)'::unit, (ROW(0.6, 0.8)::unit).i, '(1,1)'::unit;
CREATE TABLE units (u unit, l unit[]);
INSERT INTO units VALUES (ROW(0, 1), ARRAY[ROW(0, 0)]::unit[]);
UPDATE units SET u.r = 1;
UPDATE units SET u.i = 0.5 RETURNING *;

-- Copy, prepared statements, catalogs.
COPY (SELECT id, c, l FROM numbers ORDER BY id) TO stdout;
COPY keyed FROM stdin;
(7,8)	seven
\.
COPY keyed FROM stdin;
(7,x)	seven
\.
PREPARE q (complex) AS SELECT $1, ($1).r;
EXECUTE q('(4,5)');
EXECUTE q(ROW(6, 7));
DEALLOCATE q;
SELECT typname, typlen, typbyval, typtype, typcategory, typrelid::regclass, typinput, typoutput, typalign, typstorage FROM pg_type WHERE typname IN ('complex', '_complex', 'keyed') ORDER BY 1;
SELECT relname, relkind, reltype::regtype FROM pg_class WHERE relname IN ('complex', 'keyed', 'rows') ORDER BY 1;
SELECT user_defined_type_name, user_defined_type_category, is_instantiable FROM information_schema.user_defined_types WHERE user_defined_type_schema = 'public' ORDER BY 1;
SELECT udt_name, attribute_name, ordinal_position, is_nullable, data_type, attribute_udt_name FROM information_schema.attributes WHERE udt_schema = 'public' ORDER BY 1, 3;
\dT complex
DROP TABLE numbers CASCADE;
DROP TYPE complex;
DROP TYPE complex CASCADE;
DROP TABLE teams, people, keyed, checked, units, uses;
DROP TYPE item, nested, empty, other.altered;
DROP SCHEMA other;
