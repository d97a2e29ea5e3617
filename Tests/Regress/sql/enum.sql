-- Enum types (chapter 8.7): making, changing, ordering, casting, storing.
\set VERBOSITY default
CREATE TYPE rainbow AS ENUM ('red', 'orange', 'yellow', 'green', 'blue', 'purple');
SELECT count(*) FROM pg_enum WHERE enumtypid = 'rainbow'::regtype;
SELECT 'red'::rainbow;
SELECT 'mauve'::rainbow;
SELECT ''::rainbow;
SELECT 'Red'::rainbow;
SELECT NULL::rainbow;
SELECT CAST('green' AS rainbow), rainbow 'blue', rainbow('red');
SELECT 'red'::text::rainbow, 'red'::varchar::rainbow, 'blue'::name::rainbow;
SELECT ('r' || 'ed')::rainbow;
SELECT ('m' || 'auve')::rainbow;
SELECT 'red'::rainbow::text, 'red'::rainbow::text || '!', 'red'::rainbow::varchar(2);
SELECT 'red'::rainbow || ' wine';
SELECT 1::rainbow;
SELECT 'red'::rainbow::int;
SELECT pg_typeof('red'::rainbow), format_type('rainbow'::regtype, NULL), 'rainbow'::regtype, 'rainbow[]'::regtype;

-- Definitions that fail.
CREATE TYPE rainbow AS ENUM ('a');
CREATE TYPE int4 AS ENUM ('a');
DROP TYPE public.int4;
CREATE TYPE bad AS ENUM ('a123456789012345678901234567890123456789012345678901234567890123');
CREATE TYPE good63 AS ENUM ('a12345678901234567890123456789012345678901234567890123456789012');
SELECT 'a12345678901234567890123456789012345678901234567890123456789012'::good63;
CREATE TYPE nosuch.bad AS ENUM ('a');
CREATE TYPE nothing AS ENUM ();
SELECT 'x'::nothing;
SELECT enum_first(NULL::nothing);
SELECT enum_range(NULL::nothing);
DROP TYPE nothing;
DROP TYPE good63;

-- Columns, comparison, order, indexes.
CREATE TABLE enumtest (col rainbow);
INSERT INTO enumtest VALUES ('red'), ('orange'), ('yellow'), ('green');
INSERT INTO enumtest VALUES ('blue'::rainbow), ('purple'), (NULL);
INSERT INTO enumtest VALUES ('pink');
INSERT INTO enumtest VALUES (1);
INSERT INTO enumtest VALUES ('red'::text);
INSERT INTO enumtest SELECT 'red'::text;
SELECT * FROM enumtest ORDER BY col;
SELECT * FROM enumtest ORDER BY col DESC NULLS LAST;
SELECT * FROM enumtest WHERE col = 'orange';
SELECT * FROM enumtest WHERE col <> 'orange' ORDER BY col;
SELECT * FROM enumtest WHERE col > 'yellow' ORDER BY col;
SELECT * FROM enumtest WHERE col >= 'yellow' ORDER BY col;
SELECT * FROM enumtest WHERE col < 'green' ORDER BY col;
SELECT * FROM enumtest WHERE col <= 'green' ORDER BY col;
SELECT * FROM enumtest WHERE col BETWEEN 'orange' AND 'green' ORDER BY col;
SELECT * FROM enumtest WHERE col IN ('red', 'blue') ORDER BY col;
SELECT * FROM enumtest WHERE col NOT IN ('red', 'blue') ORDER BY col;
SELECT * FROM enumtest WHERE col = ANY ('{red,purple}') ORDER BY col;
SELECT * FROM enumtest WHERE col = ANY (ARRAY['red', 'purple']::rainbow[]) ORDER BY col;
SELECT * FROM enumtest WHERE col = 'pink';
SELECT * FROM enumtest WHERE col IN ('red', 'pink');
SELECT * FROM enumtest WHERE col = 'red'::text;
SELECT * FROM enumtest WHERE col::text LIKE '%e%' ORDER BY col;
SELECT * FROM enumtest WHERE col LIKE 'r%';
SELECT * FROM enumtest WHERE col IS DISTINCT FROM 'red' ORDER BY col;
SELECT 'red'::rainbow < 'blue', 'red' < 'blue'::rainbow, 'red'::rainbow = 'red'::rainbow;
SELECT min(col), max(col), count(DISTINCT col) FROM enumtest;
SELECT max(col) FROM enumtest WHERE col < 'green';
SELECT col, count(*) FROM enumtest GROUP BY col HAVING count(*) > 0 ORDER BY col;
SELECT DISTINCT col FROM enumtest ORDER BY 1;
SELECT greatest('red'::rainbow, 'blue'), least('green', 'yellow'::rainbow);
SELECT coalesce(col, 'purple') FROM enumtest ORDER BY 1;
SELECT CASE WHEN true THEN 'red'::rainbow ELSE 'blue' END;
SELECT nullif('red'::rainbow, 'red');
SELECT a.col, b.col FROM enumtest a JOIN enumtest b USING (col) ORDER BY 1;
SELECT col FROM enumtest UNION SELECT 'red' ORDER BY 1;
SELECT col, row_number() OVER (ORDER BY col), lag(col) OVER (ORDER BY col) FROM enumtest ORDER BY 2;
CREATE UNIQUE INDEX enumtest_i ON enumtest (col);
INSERT INTO enumtest VALUES ('red');
SELECT * FROM enumtest WHERE col = 'blue';
SELECT * FROM enumtest WHERE col > 'green' ORDER BY col;
UPDATE enumtest SET col = 'green' WHERE col = 'blue';
UPDATE enumtest SET col = 'nosuch' WHERE col = 'blue';
DELETE FROM enumtest WHERE col = 'purple' RETURNING *;
CREATE TABLE enumkey (k rainbow PRIMARY KEY, v int DEFAULT 1);
CREATE TABLE enumref (k rainbow REFERENCES enumkey, n int);
INSERT INTO enumkey VALUES ('blue'), ('red'), ('green');
INSERT INTO enumref VALUES ('red', 1), ('yellow', 2);
INSERT INTO enumref VALUES ('red', 1);
DELETE FROM enumkey WHERE k = 'red';
SELECT * FROM enumkey ORDER BY k;
SELECT * FROM enumkey NATURAL JOIN enumref;
INSERT INTO enumkey VALUES ('red') ON CONFLICT (k) DO UPDATE SET v = enumkey.v + 1 RETURNING *;
SELECT count(*) FROM enumtest t WHERE t.col IN (SELECT k FROM enumkey);
SELECT count(*) FROM enumtest t WHERE t.col NOT IN (SELECT k FROM enumkey) OR t.col IS NULL;

-- Functions.
SELECT enum_first(NULL::rainbow), enum_last('green'::rainbow);
SELECT enum_range(NULL::rainbow);
SELECT enum_range('orange'::rainbow, 'green'::rainbow);
SELECT enum_range(NULL, 'green'::rainbow);
SELECT enum_range('orange'::rainbow, NULL);
SELECT enum_range('green'::rainbow, 'orange'::rainbow);
SELECT enum_range(NULL::rainbow, NULL);
SELECT enum_first(NULL);
SELECT enum_first('red'::text);
SELECT unnest(enum_range(NULL::rainbow)) AS c;
SELECT c, n FROM unnest(enum_range(NULL::rainbow)) WITH ORDINALITY AS u(c, n) WHERE c > 'yellow';
SELECT array_agg(col ORDER BY col DESC) FROM enumtest WHERE col < 'blue';
SELECT '{red,green,blue}'::rainbow[], ('{red,green,blue}'::rainbow[])[2];
SELECT '{red,black}'::rainbow[];
SELECT ARRAY['red', 'blue']::rainbow[] @> ARRAY['red'::rainbow], 'red' = ANY ('{red,blue}'::rainbow[]);
SELECT '{red,green}'::rainbow[] < '{red,blue}'::rainbow[];
SELECT array_position('{red,green,blue}'::rainbow[], 'green'), array_remove('{red,green}'::rainbow[], 'red');
SELECT '{red,green}'::rainbow[]::text[], '{red,green}'::text[]::rainbow[];
SELECT string_agg(col::text, ',' ORDER BY col) FROM enumtest;
SELECT to_json('red'::rainbow), to_jsonb('{red,green}'::rainbow[]), json_build_object('c', 'red'::rainbow);
SELECT concat('red'::rainbow, '-', 1), format('%s/%I/%L', 'red'::rainbow, 'red'::rainbow, 'red'::rainbow), quote_literal('red'::rainbow);
SELECT length('red'::rainbow);
SELECT 'red'::rainbow + 1;

-- Adding and renaming labels.
CREATE TYPE planets AS ENUM ('venus', 'earth', 'mars');
CREATE TABLE seen (p planets);
INSERT INTO seen VALUES ('mars'), ('venus'), ('earth');
ALTER TYPE planets ADD VALUE 'uranus';
ALTER TYPE planets ADD VALUE 'mercury' BEFORE 'venus';
ALTER TYPE planets ADD VALUE 'saturn' BEFORE 'uranus';
ALTER TYPE planets ADD VALUE 'jupiter' AFTER 'mars';
ALTER TYPE planets ADD VALUE 'neptune' AFTER 'uranus';
SELECT enumlabel, enumsortorder FROM pg_enum WHERE enumtypid = 'planets'::regtype ORDER BY 2;
ALTER TYPE planets ADD VALUE 'plutoaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
ALTER TYPE planets ADD VALUE 'pluto' AFTER 'zeus';
ALTER TYPE planets ADD VALUE 'mercury';
ALTER TYPE planets ADD VALUE IF NOT EXISTS 'mercury';
ALTER TYPE planets ADD VALUE IF NOT EXISTS 'vulcan' BEFORE 'mercury';
ALTER TYPE nosuch ADD VALUE 'x';
ALTER TYPE int4 ADD VALUE 'x';
INSERT INTO seen VALUES ('jupiter'), ('vulcan'), ('neptune');
SELECT p FROM seen ORDER BY p;
SELECT p FROM seen WHERE p > 'earth' ORDER BY p DESC;
SELECT enum_range(NULL::planets);
CREATE TYPE insenum AS ENUM ('L1', 'L2');
ALTER TYPE insenum ADD VALUE 'i1' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i2' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i3' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i4' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i5' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i6' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i7' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i8' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i9' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i10' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i11' BEFORE 'L2';
ALTER TYPE insenum ADD VALUE 'i12' BEFORE 'L2';
SELECT enum_range(NULL::insenum);
SELECT enumlabel FROM pg_enum WHERE enumtypid = 'insenum'::regtype ORDER BY enumsortorder;
ALTER TYPE rainbow RENAME VALUE 'red' TO 'crimson';
SELECT enum_range(NULL::rainbow);
SELECT * FROM enumkey ORDER BY k;
ALTER TYPE rainbow RENAME VALUE 'red' TO 'crimson';
ALTER TYPE rainbow RENAME VALUE 'blue' TO 'green';
ALTER TYPE rainbow RENAME VALUE 'crimson' TO 'red';

-- Transactions: a new label waits for its commit.
BEGIN;
ALTER TYPE planets ADD VALUE 'ceres';
SAVEPOINT s;
SELECT 'ceres'::planets;
ROLLBACK TO s;
SELECT 'mars'::planets;
COMMIT;
SELECT 'ceres'::planets;
BEGIN;
CREATE TYPE bogus AS ENUM ('good');
ALTER TYPE bogus ADD VALUE 'ugly';
SELECT 'good'::bogus, 'ugly'::bogus;
ROLLBACK;
SELECT 'good'::bogus;
BEGIN;
ALTER TYPE planets ADD VALUE 'eris';
ALTER TYPE planets RENAME VALUE 'mars' TO 'Mars';
ROLLBACK;
SELECT 'eris'::planets;
SELECT 'mars'::planets;

-- Defaults, checks, generated columns, views: they follow renamed labels.
CREATE TABLE room (c rainbow DEFAULT 'red', d rainbow NOT NULL DEFAULT 'blue' CHECK (d <> 'orange'), a rainbow[] DEFAULT '{red,green}');
CREATE TABLE judged (c rainbow, isred boolean GENERATED ALWAYS AS (c = 'red') STORED);
INSERT INTO judged VALUES ('red'), ('blue') RETURNING *;
INSERT INTO room DEFAULT VALUES;
INSERT INTO room (d) VALUES ('orange');
INSERT INTO room (c) VALUES ('green') RETURNING *;
CREATE VIEW redroom AS SELECT c, d FROM room WHERE c = 'red'::rainbow OR d IN ('red', 'yellow');
\d room
\d+ redroom
ALTER TYPE rainbow RENAME VALUE 'red' TO 'scarlet';
ALTER TYPE rainbow RENAME TO colours;
INSERT INTO room DEFAULT VALUES RETURNING *;
SELECT * FROM redroom;
\d room
SELECT pg_get_viewdef('redroom');
SELECT column_default, data_type, udt_name FROM information_schema.columns WHERE table_name = 'room' ORDER BY ordinal_position;
CREATE INDEX ON room (c) WHERE c > 'green';
\d room
ALTER TABLE room ALTER c TYPE text;
SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'room'::regclass AND attnum > 0 ORDER BY attnum;

-- Changing columns to and from enums.
CREATE TABLE convert (a text, b colours DEFAULT 'green');
INSERT INTO convert VALUES ('blue', 'blue'), ('green', 'scarlet');
ALTER TABLE convert ALTER a TYPE colours;
ALTER TABLE convert ALTER a TYPE colours USING a::colours;
ALTER TABLE convert ALTER b TYPE text;
ALTER TABLE convert ALTER b DROP DEFAULT, ALTER b TYPE text;
ALTER TABLE convert ALTER b TYPE colours USING b::colours, ALTER b SET DEFAULT 'yellow';
ALTER TABLE convert ADD c colours DEFAULT 'purple';
SELECT * FROM convert ORDER BY a;
ALTER TABLE convert ALTER a TYPE int USING 1;

-- Owner, schema, names, dependencies.
CREATE SCHEMA paint;
ALTER TYPE colours SET SCHEMA paint;
SELECT pg_typeof('green'::paint.colours);
SELECT 'x'::paint.colours;
SELECT c FROM redroom;
\d convert
ALTER TYPE paint.colours SET SCHEMA nosuch;
ALTER TYPE paint.colours SET SCHEMA public;
ALTER TYPE colours RENAME TO planets;
ALTER TYPE colours OWNER TO nosuch;
COMMENT ON TYPE colours IS 'what paint has';
SELECT obj_description('colours'::regtype, 'pg_type');
DROP TABLE judged;
\dT colours
\dT+ insenum
DROP TYPE colours;
DROP TYPE IF EXISTS nosuch;
DROP TYPE nosuch;
DROP TYPE nos.such;
DROP TYPE IF EXISTS nos.such;
DROP TYPE int4;
DROP TYPE _colours;
DROP TYPE planets, insenum;
DROP TYPE colours CASCADE;
\d room
\d enumkey
DROP TABLE seen;
DROP TYPE planets, insenum;
SELECT count(*) FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace WHERE typtype = 'e' AND nspname = 'public';

-- The catalog's rows.
CREATE TYPE one AS ENUM ('a', 'b');
SELECT typname, typlen, typbyval, typtype, typcategory, typispreferred, typisdefined, typdelim, typrelid, typinput, typoutput, typreceive, typsend, typalign, typstorage, typnotnull, typbasetype, typtypmod, typndims, typcollation, typdefault FROM pg_type WHERE typname IN ('one', '_one') ORDER BY 1;
SELECT t.typname, e.typname FROM pg_type t JOIN pg_type e ON e.oid = t.typelem WHERE e.typname = 'one';
SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum e JOIN pg_type t ON t.oid = enumtypid WHERE typname = 'one';
SELECT pg_type_is_visible('one'::regtype), to_regtype('one'), to_regtype('nosuch'), 'one'::regtype = 'public.one'::regtype;
SELECT 'nosuch'::regtype;
SELECT castsource FROM pg_cast WHERE castsource = 'one'::regtype;
CREATE TABLE _one (a one);
CREATE TYPE _one_t AS ENUM ('x');
CREATE TABLE one (a int);
SELECT typname FROM pg_type WHERE typname ~ '^_+one' ORDER BY 1;

-- Copy, prepared statements.
CREATE TABLE copied (n int, e one, l one[]);
COPY copied FROM stdin;
1	a	{a,b}
2	b	{}
3	\N	\N
\.
COPY copied FROM stdin;
4	c	{a}
\.
COPY copied TO stdout;
COPY (SELECT e, l FROM copied WHERE e IS NOT NULL ORDER BY n) TO stdout (FORMAT csv, HEADER);
PREPARE p (one) AS SELECT n FROM copied WHERE e = $1;
EXECUTE p('b');
EXECUTE p('z');
PREPARE q AS SELECT n FROM copied WHERE e > $1 ORDER BY n;
EXECUTE q('a');
DEALLOCATE ALL;
DROP TABLE copied, _one;
DROP TYPE one, _one_t;
DROP TABLE enumtest, enumref, enumkey, room, convert CASCADE;
DROP SCHEMA paint;
