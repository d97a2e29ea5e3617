-- What definitions say is kept as it was said: words, validity, keys that views need, lists of rights.
CREATE TABLE ct (a timestamp default current_timestamp, b date default current_date, c timestamptz default current_timestamp(3), d text default current_user, e date default current_timestamp, f timestamp default localtimestamp, g time default localtime(2), h timetz default current_time, i timestamptz default current_timestamp, j text default current_date, k date default current_date + 1, l timestamptz default (current_timestamp at time zone 'UTC'), m bool default (current_date > '2020-01-01'), n timestamp default localtimestamp(0), o text default current_timestamp::text, p date default now()::date, q time default current_time);
\d ct
INSERT INTO ct DEFAULT VALUES;
SELECT a = i, b = current_date, c = date_trunc('ms', i) OR c <> i, p = b, k - b, m FROM ct;
CREATE VIEW cv AS SELECT current_date AS d, current_timestamp AS ts, localtime(0) AS lt, current_time AS t, now() AS n, current_date - 5 AS x, extract(year from current_date) AS y FROM ct WHERE i < current_timestamp - interval '1 day';
\d+ cv
SELECT count(*) FROM cv;
CREATE TABLE ck (a date CHECK (a <= current_date), b timestamptz CHECK (b < current_timestamp(0)));
EXPLAIN (COSTS OFF) SELECT * FROM ct WHERE i > current_timestamp AND a > localtimestamp AND k <> current_date;
\d ck
SELECT current_timestamp(-1);
SELECT current_date(1);
SELECT pg_typeof(current_date), pg_typeof(current_time), pg_typeof(localtime), pg_typeof(localtimestamp(3)), pg_typeof(current_timestamp);
ALTER TABLE ct ALTER a SET DEFAULT current_timestamp, ALTER b SET DEFAULT 'today';
SELECT column_name, column_default FROM information_schema.columns WHERE table_name = 'ct' AND column_name IN ('a', 'c', 'k', 'l') ORDER BY 1;
CREATE DOMAIN dd AS date DEFAULT current_date; 
SELECT typdefault, pg_get_expr(typdefaultbin, 'pg_type'::regclass), typdefaultbin IS NULL FROM pg_type WHERE typname = 'dd';
CREATE DOMAIN de AS text DEFAULT 'x' || 'y'; CREATE DOMAIN df AS numeric(5,2) DEFAULT 1;
SELECT typname, typdefault, pg_get_expr(typdefaultbin, 'pg_type'::regclass), typdefaultbin IS NULL FROM pg_type WHERE typname IN ('de', 'df') ORDER BY 1;
PREPARE p AS SELECT current_date = $1; EXECUTE p(current_date);
SELECT generate_series(current_date, current_date + 1, '1 day') - current_date;
CREATE TABLE g (id int PRIMARY KEY, a int, b text);
CREATE VIEW gv AS SELECT id, a, count(*) FROM g GROUP BY id;
ALTER TABLE g DROP CONSTRAINT g_pkey;
ALTER TABLE g DROP CONSTRAINT g_pkey CASCADE;
CREATE TABLE nv (a int CHECK (a > 0) NOT VALID, b int, CONSTRAINT c CHECK (b > 0) NOT VALID);
CREATE TABLE nv (a int, b int, CONSTRAINT c CHECK (b > 0) NOT VALID);
\d nv
CREATE TABLE fk0 (id int PRIMARY KEY); CREATE TABLE fk1 (a int, FOREIGN KEY (a) REFERENCES fk0 NOT VALID);
SELECT conname, convalidated FROM pg_constraint WHERE conrelid IN ('nv'::regclass, 'fk1'::regclass) ORDER BY 1;
CREATE TABLE ac (a int); REVOKE ALL ON ac FROM postgres; SELECT relacl FROM pg_class WHERE relname = 'ac'; 
\dp ac
GRANT SELECT ON ac TO postgres; SELECT relacl FROM pg_class WHERE relname = 'ac';
REVOKE SELECT ON ac FROM postgres; GRANT SELECT ON ac TO pg_monitor;
\dp ac
SELECT classoid::regclass, privtype, initprivs FROM pg_init_privs WHERE classoid = 'pg_namespace'::regclass AND objoid < 10000 ORDER BY objoid;
SELECT objoid::regprocedure, initprivs FROM pg_init_privs WHERE objoid = 'pg_reload_conf'::regproc;
