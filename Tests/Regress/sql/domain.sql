-- Domains (chapter 8.18): definition, constraints, where they hold, changes.
\set VERBOSITY default
CREATE DOMAIN posint AS int CHECK (VALUE > 0);
CREATE DOMAIN word AS varchar(5) COLLATE "C" NOT NULL DEFAULT 'none';
CREATE DOMAIN code text CONSTRAINT short CHECK (length(VALUE) <= 4) CONSTRAINT upper_case CHECK (VALUE = upper(VALUE)) DEFAULT 'A1';
SELECT 1::posint, 5::posint + 1, pg_typeof(5::posint), pg_typeof(5::posint + 1);
SELECT 0::posint;
SELECT '-1'::posint;
SELECT 'x'::posint;
SELECT (-3)::posint;
SELECT 1.6::posint, '7'::text::posint, 3::bigint::posint;
SELECT NULL::posint, NULL::word;
SELECT CAST('abcdefgh' AS word);
SELECT 'abc'::word || 'def', length('abc'::word);
SELECT 'toolong'::code;
SELECT 'abc'::code;
SELECT 'ABC'::code;
SELECT posint(7), posint(0);

-- Definitions that fail.
CREATE DOMAIN posint AS text;
CREATE DOMAIN bad AS nosuch;
CREATE DOMAIN bad AS record;
CREATE DOMAIN bad AS int UNIQUE;
CREATE DOMAIN bad AS int PRIMARY KEY;
CREATE DOMAIN bad AS int REFERENCES pg_class;
CREATE DOMAIN bad AS int NULL NOT NULL;
CREATE DOMAIN bad AS int DEFAULT 1 DEFAULT 2;
CREATE DOMAIN bad AS int DEFAULT 'x';
CREATE DOMAIN bad AS int DEFAULT VALUE;
CREATE DOMAIN bad AS int CHECK (a > 0);
CREATE DOMAIN bad AS int CHECK (VALUE > 'x');
CREATE DOMAIN bad AS int CHECK (VALUE);
CREATE DOMAIN bad AS int CHECK (EXISTS (SELECT 1));
CREATE DOMAIN bad AS int CHECK (sum(VALUE) > 0);
CREATE DOMAIN bad AS int CONSTRAINT c CHECK (VALUE > 0) CONSTRAINT c CHECK (VALUE > 1);
CREATE DOMAIN bad AS int COLLATE "C";
CREATE DOMAIN bad AS text COLLATE nosuch;
CREATE DOMAIN nosuch.bad AS int;
CREATE DOMAIN bad AS int CHECK (VALUE > 0) NO INHERIT;

-- Columns.
CREATE TABLE basic (a posint, b word, c code, d posint DEFAULT 9, n int);
INSERT INTO basic VALUES (1, 'x', 'Y', 2, 0);
INSERT INTO basic (a) VALUES (2);
INSERT INTO basic (a, b) VALUES (3, NULL);
INSERT INTO basic (a, c) VALUES (0, 'A');
INSERT INTO basic (c) VALUES ('abc');
INSERT INTO basic (b) VALUES ('abcdefg');
INSERT INTO basic (b) VALUES ('abc       ');
INSERT INTO basic SELECT i, 'w' || i, 'C' || i, i FROM generate_series(4, 6) i;
INSERT INTO basic SELECT i FROM generate_series(0, 1) i;
INSERT INTO basic (a) VALUES (DEFAULT), (7);
SELECT * FROM basic ORDER BY a NULLS FIRST, b;
UPDATE basic SET a = a - 1 WHERE a = 2;
UPDATE basic SET a = a - 1 WHERE a = 1;
UPDATE basic SET b = DEFAULT, d = DEFAULT WHERE a = 4 RETURNING *;
UPDATE basic SET b = NULL WHERE a = 4;
SELECT a, a + 1 AS plus, a * 2.5 AS times FROM basic WHERE a > 3 AND a < 6 ORDER BY a;
SELECT a FROM basic WHERE a = 5;
SELECT a FROM basic WHERE a IN (5, 6) ORDER BY a;
SELECT sum(a), max(a), avg(d), string_agg(b, ',' ORDER BY b) FROM basic WHERE a > 3;
SELECT b, count(*) FROM basic GROUP BY b ORDER BY b;
SELECT coalesce(a, d) FROM basic ORDER BY 1 LIMIT 2;
SELECT pg_typeof(coalesce(a, d)), pg_typeof(coalesce(a, 1)), pg_typeof(greatest(a, 1)) FROM basic LIMIT 1;
SELECT CASE WHEN a > 4 THEN a ELSE 0 END FROM basic WHERE a > 3 ORDER BY 1;
SELECT a FROM basic WHERE a > 5 UNION SELECT 0 ORDER BY 1;
SELECT x.a FROM basic x JOIN basic y ON x.a = y.a AND x.a = 5 JOIN generate_series(1, 5) z ON z = x.a;
CREATE UNIQUE INDEX basic_a ON basic (a) WHERE a > 3;
CREATE TABLE keyed (k posint PRIMARY KEY, w word UNIQUE);
INSERT INTO keyed VALUES (10, 'a'), (2, 'b'), (33, 'c');
INSERT INTO keyed VALUES (2, 'd');
INSERT INTO keyed VALUES (3, 'b');
INSERT INTO keyed VALUES (0, 'b');
SELECT * FROM keyed WHERE k = 2;
SELECT * FROM keyed WHERE k > 2 ORDER BY k;
SELECT * FROM keyed WHERE w = 'c';
CREATE TABLE referring (k posint REFERENCES keyed, i int REFERENCES keyed);
INSERT INTO referring VALUES (2, 33);
INSERT INTO referring VALUES (5, 33);
INSERT INTO referring VALUES (2, 5);
DELETE FROM keyed WHERE k = 2;
COPY basic (a, b) FROM stdin;
20	abc
\.
COPY basic (a, b) FROM stdin;
0	abc
\.
COPY basic (a, b) FROM stdin;
21	\N
\.
COPY basic (a, c) FROM stdin;
21	abcdef
\.
SELECT a, b, c FROM basic WHERE a = 20;
\d basic
\d keyed
PREPARE p (posint) AS SELECT $1 + 1;
EXECUTE p(1);
EXECUTE p(0);
EXECUTE p('-5');
DEALLOCATE p;
PREPARE i AS INSERT INTO basic (a) VALUES ($1);
EXECUTE i(0);
DEALLOCATE i;

-- Domains over domains, arrays of domains, domains over arrays.
CREATE DOMAIN smallpos AS posint CHECK (VALUE < 10);
SELECT 5::smallpos, pg_typeof(5::smallpos), 5::smallpos::posint, pg_typeof(5::smallpos::posint);
SELECT 0::smallpos;
SELECT 10::smallpos;
SELECT 50::posint::smallpos;
CREATE DOMAIN needed AS smallpos NOT NULL;
SELECT NULL::smallpos;
SELECT NULL::needed;
SELECT 11::needed;
SELECT '{1,2,3}'::posint[], ARRAY[1, 2]::posint[], ('{4,5}'::posint[])[2];
SELECT '{1,0}'::posint[];
SELECT ARRAY[1, 0]::posint[];
SELECT '{1,0}'::int[]::posint[];
SELECT pg_typeof('{1}'::posint[]), pg_typeof(('{1}'::posint[])[1]), '{1}'::posint[]::int[];
CREATE DOMAIN vector AS int[] CHECK (array_length(VALUE, 1) = 3);
SELECT '{1,2,3}'::vector, ('{1,2,3}'::vector)[2], array_length('{1,2,3}'::vector, 1);
SELECT '{1,2}'::vector;
SELECT ARRAY[1, 2]::vector;
SELECT unnest('{7,8,9}'::vector), 8 = ANY ('{7,8,9}'::vector), pg_typeof('{7,8,9}'::vector || 1);
CREATE TABLE arrays (v vector, p posint[], q needed[]);
INSERT INTO arrays VALUES ('{1,2,3}', '{4,5}', '{1}');
INSERT INTO arrays VALUES ('{1,2,3,4}', '{4,5}', '{1}');
INSERT INTO arrays (p) VALUES ('{0}');
INSERT INTO arrays (q) VALUES ('{NULL}');
UPDATE arrays SET v[2] = 20, p[3] = 6;
UPDATE arrays SET p[1] = 0;
UPDATE arrays SET v[4] = 1;
SELECT * FROM arrays;
SELECT v[1:2], p[2] + 1 FROM arrays;
\d arrays

-- Changes.
CREATE TABLE held (p posint, q smallpos, s text);
INSERT INTO held VALUES (100, 1), (NULL, 2);
ALTER DOMAIN posint SET NOT NULL;
UPDATE held SET p = 3 WHERE p IS NULL;
ALTER DOMAIN posint SET NOT NULL;
DELETE FROM basic WHERE a IS NULL;
UPDATE basic SET n = 1;
ALTER DOMAIN posint SET NOT NULL;
INSERT INTO held (q) VALUES (1);
SELECT NULL::smallpos;
ALTER DOMAIN posint DROP NOT NULL;
INSERT INTO held (q) VALUES (1);
ALTER DOMAIN posint SET DEFAULT 42;
INSERT INTO held (s) VALUES ('default') RETURNING *;
CREATE DOMAIN inherits AS posint;
CREATE TABLE inheriting (i inherits);
INSERT INTO inheriting DEFAULT VALUES RETURNING *;
ALTER DOMAIN posint SET DEFAULT 0;
INSERT INTO held (s) VALUES ('bad default');
ALTER DOMAIN posint SET DEFAULT 'x';
ALTER DOMAIN posint DROP DEFAULT;
INSERT INTO held (s) VALUES ('none') RETURNING *;
ALTER DOMAIN smallpos ADD CONSTRAINT odd CHECK (VALUE % 2 = 1);
ALTER DOMAIN smallpos ADD CONSTRAINT odd CHECK (VALUE % 2 = 1) NOT VALID;
ALTER DOMAIN smallpos ADD CONSTRAINT odd CHECK (VALUE > 1);
INSERT INTO held (q) VALUES (4);
SELECT 4::smallpos;
ALTER DOMAIN smallpos VALIDATE CONSTRAINT odd;
UPDATE held SET q = 3 WHERE q = 2;
ALTER DOMAIN smallpos VALIDATE CONSTRAINT odd;
ALTER DOMAIN smallpos VALIDATE CONSTRAINT nosuch;
ALTER DOMAIN smallpos ADD CHECK (VALUE <> 5), ADD CHECK (VALUE <> 7);
ALTER DOMAIN smallpos ADD CHECK (VALUE <> 5);
SELECT 5::smallpos;
ALTER DOMAIN smallpos RENAME CONSTRAINT odd TO uneven;
ALTER DOMAIN smallpos RENAME CONSTRAINT odd TO uneven;
SELECT 4::smallpos;
ALTER DOMAIN smallpos DROP CONSTRAINT uneven;
ALTER DOMAIN smallpos DROP CONSTRAINT uneven;
ALTER DOMAIN smallpos DROP CONSTRAINT IF EXISTS uneven;
SELECT 4::smallpos;
ALTER DOMAIN posint ADD CHECK (VALUE < 1000);
ALTER DOMAIN posint ADD CONSTRAINT small CHECK (VALUE < 50);
ALTER DOMAIN posint ADD UNIQUE;
ALTER DOMAIN nosuch DROP NOT NULL;
ALTER DOMAIN int4 DROP NOT NULL;
ALTER DOMAIN smallpos RENAME TO tiny;
SELECT 0::tiny;
ALTER TYPE tiny RENAME TO smallpos;
ALTER DOMAIN int4 RENAME TO x;
CREATE SCHEMA elsewhere;
ALTER DOMAIN smallpos SET SCHEMA elsewhere;
SELECT 0::elsewhere.smallpos;
SELECT 0::smallpos;
\d held
ALTER DOMAIN elsewhere.smallpos SET SCHEMA public;
ALTER DOMAIN smallpos OWNER TO nosuch;
BEGIN;
ALTER DOMAIN posint DROP CONSTRAINT posint_check;
SELECT 0::posint;
DROP DOMAIN code CASCADE;
SELECT 'Q'::code;
ROLLBACK;
BEGIN;
SELECT 'Q'::code;
ROLLBACK;
SELECT 0::posint;

-- Adding and changing columns.
CREATE TABLE later (a int);
INSERT INTO later VALUES (1), (2);
ALTER TABLE later ADD b posint;
ALTER TABLE later ADD c word;
ALTER TABLE later ADD d needed;
ALTER TABLE later ADD e posint DEFAULT -1;
ALTER TABLE later ALTER a TYPE posint;
ALTER TABLE later ALTER a TYPE needed;
UPDATE later SET a = 50 WHERE a = 2;
ALTER TABLE later ALTER a TYPE smallpos;
SELECT * FROM later ORDER BY a;
ALTER TABLE later ALTER a TYPE text;
\d later

-- What depends on domains.
CREATE VIEW seen AS SELECT a, b, 5::posint AS five, a > 3 AS big FROM basic WHERE c = 'A1'::code;
\d+ seen
CREATE TABLE defaulted (x int DEFAULT 5::posint, y int CHECK (y::posint > 2));
INSERT INTO defaulted (y) VALUES (1);
INSERT INTO defaulted (y) VALUES (-1);
\d defaulted
DROP DOMAIN posint;
DROP TYPE code;
DROP DOMAIN nosuch;
DROP DOMAIN IF EXISTS nosuch;
DROP DOMAIN IF EXISTS nos.such;
DROP DOMAIN int4;
DROP TYPE _code;

-- Catalogs.
COMMENT ON DOMAIN posint IS 'above zero';
COMMENT ON CONSTRAINT posint_check ON DOMAIN posint IS 'the check';
COMMENT ON CONSTRAINT nosuch ON DOMAIN posint IS 'the check';
\dD
\dD+ posint
\dT posint
SELECT typname, typlen, typbyval, typtype, typcategory, typdelim, typinput, typoutput, typreceive, typsend, typalign, typstorage, typnotnull, typbasetype::regtype, typtypmod, typndims, (SELECT collname FROM pg_collation c WHERE c.oid = typcollation), typdefault FROM pg_type WHERE typname IN ('posint', '_posint', 'word', 'code', 'vector', 'needed') ORDER BY 1;
SELECT conname, contype, conrelid, contypid::regtype, convalidated, connoinherit, pg_get_constraintdef(oid), pg_get_constraintdef(oid, true) FROM pg_constraint WHERE contypid IN (SELECT oid FROM pg_type WHERE typnamespace = 'public'::regnamespace) ORDER BY 1, 4;
SELECT domain_schema, domain_name, data_type, character_maximum_length, numeric_precision, domain_default, udt_schema, udt_name FROM information_schema.domains WHERE domain_schema = 'public' ORDER BY 2;
SELECT constraint_name, domain_name, is_deferrable FROM information_schema.domain_constraints WHERE domain_schema = 'public' ORDER BY 1, 2;
SELECT column_name, data_type, character_maximum_length, is_nullable, domain_schema, domain_name, udt_name FROM information_schema.columns WHERE table_name = 'basic' ORDER BY ordinal_position;
SELECT check_clause FROM information_schema.check_constraints WHERE constraint_name = 'short';
DROP TABLE basic, keyed, referring, arrays, held, inheriting, later, defaulted CASCADE;
DROP DOMAIN posint CASCADE;
DROP DOMAIN word, code, vector;
DROP SCHEMA elsewhere;
