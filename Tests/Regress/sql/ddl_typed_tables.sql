-- CREATE TABLE OF a type, ALTER TYPE CASCADE; CREATE TABLE AS EXECUTE
CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person (PRIMARY KEY (id), name WITH OPTIONS DEFAULT 'nobody' NOT NULL);
\d people
INSERT INTO people VALUES (1);
INSERT INTO people VALUES (1, 'x');
INSERT INTO people VALUES (2, NULL);
INSERT INTO people (id, name) VALUES (2, 'two') RETURNING people;
SELECT reloftype::regtype, reltype <> reloftype AS own FROM pg_class WHERE relname = 'people';
CREATE TABLE others OF person (id WITH OPTIONS CHECK (id > 0) UNIQUE, CHECK (name <> ''), FOREIGN KEY (id) REFERENCES people);
\d others
CREATE TABLE plain OF person;
\d plain
CREATE TABLE IF NOT EXISTS plain OF person;
CREATE TABLE bad OF person (c WITH OPTIONS NOT NULL);
CREATE TABLE bad OF person (id NOT NULL, id NOT NULL);
CREATE TABLE bad OF int4;
CREATE TABLE bad OF people;
CREATE TABLE bad OF nothing;
CREATE TABLE bad OF person (id int);
CREATE TABLE bad OF person (id DEFAULT 'x');
CREATE TEMP TABLE tmp OF person (id GENERATED ALWAYS AS IDENTITY);
CREATE TABLE made OF person (name GENERATED ALWAYS AS (id::text || '!') STORED);
CREATE TABLE split OF person PARTITION BY RANGE (id);
CREATE TABLE split1 PARTITION OF split FOR VALUES FROM (0) TO (10);
\d split
DROP TABLE split;
-- Columns change with the type alone
ALTER TABLE people ADD COLUMN c int;
ALTER TABLE people DROP COLUMN name;
ALTER TABLE people RENAME COLUMN name TO title;
ALTER TABLE people ALTER id TYPE bigint;
ALTER TABLE people ALTER name SET DEFAULT 'somebody';
ALTER TABLE people ADD CHECK (id < 1000);
ALTER TABLE people RENAME TO folk;
ALTER TABLE folk RENAME TO people;
ALTER TYPE person ADD ATTRIBUTE age int;
ALTER TYPE person ADD ATTRIBUTE age int CASCADE;
ALTER TYPE person ADD ATTRIBUTE age int CASCADE;
\d people
SELECT * FROM people;
ALTER TYPE person RENAME ATTRIBUTE name TO title;
ALTER TYPE person RENAME ATTRIBUTE name TO title CASCADE;
\d others
INSERT INTO others VALUES (1, '');
ALTER TYPE person ALTER ATTRIBUTE age TYPE bigint;
ALTER TYPE person ALTER ATTRIBUTE age TYPE bigint CASCADE;
ALTER TYPE person DROP ATTRIBUTE age;
ALTER TYPE person DROP ATTRIBUTE age CASCADE;
ALTER TYPE person DROP ATTRIBUTE IF EXISTS age CASCADE;
ALTER TYPE person ADD ATTRIBUTE x int, ADD ATTRIBUTE y int CASCADE;
ALTER TYPE person ADD ATTRIBUTE x int CASCADE, ADD ATTRIBUTE y int CASCADE;
\d plain
\d person
-- OF and NOT OF
ALTER TABLE plain NOT OF;
ALTER TABLE plain NOT OF;
\d plain
ALTER TABLE plain ADD COLUMN z int;
ALTER TABLE plain OF person;
ALTER TABLE plain DROP COLUMN z, DROP COLUMN y;
ALTER TABLE plain OF person;
ALTER TABLE plain ADD COLUMN yy int;
ALTER TABLE plain OF person;
ALTER TABLE plain RENAME COLUMN yy TO y;
ALTER TABLE plain ALTER y TYPE text;
ALTER TABLE plain OF person;
ALTER TABLE plain ALTER y TYPE int USING 1;
ALTER TABLE plain OF person;
ALTER TABLE plain OF person;
\d plain
DROP TYPE person;
DROP TYPE person CASCADE;
SELECT relname FROM pg_class WHERE relname IN ('people', 'others', 'plain');
-- CREATE TABLE AS EXECUTE
CREATE TABLE c0 (a int);
PREPARE numbers AS SELECT g, 'x' || g AS t FROM generate_series(1, 3) g;
PREPARE pair (int, text) AS SELECT $1 AS a, $2 AS b;
PREPARE change AS DELETE FROM c0 WHERE false;
CREATE TABLE c1 AS EXECUTE numbers;
SELECT * FROM c1 ORDER BY g;
\d c1
CREATE TABLE c1 AS EXECUTE numbers;
CREATE TABLE IF NOT EXISTS c1 AS EXECUTE numbers;
CREATE TABLE c2 (x) AS EXECUTE pair (7, 'seven') WITH NO DATA;
SELECT * FROM c2;
\d c2
CREATE TABLE c3 (x, y) AS EXECUTE pair (3 + 4, 'se' || 'ven');
SELECT * FROM c3;
CREATE TABLE c4 (x, y, z) AS EXECUTE pair (1, 'a');
CREATE TABLE c4 AS EXECUTE pair (7);
CREATE TABLE c4 AS EXECUTE pair (7, 'x', 1);
CREATE TABLE c4 AS EXECUTE pair ('z', 'x');
CREATE TABLE c4 AS EXECUTE change;
CREATE TABLE c4 AS EXECUTE nothing;
CREATE TEMP TABLE c5 AS EXECUTE pair (NULL, NULL);
SELECT * FROM c5;
BEGIN;
CREATE TEMP TABLE c6 ON COMMIT DROP AS EXECUTE numbers;
SELECT count(*) FROM c6;
COMMIT;
SELECT count(*) FROM c6;
EXPLAIN (COSTS OFF) CREATE TABLE c7 AS EXECUTE pair (1, 'a');
DROP TABLE c0, c1, c2, c3;
