-- Defaults built on sequences, prefixes, quoted names, schemas, search_path, temporary sequences.
CREATE SEQUENCE invoice START WITH 1000;
CREATE TABLE invoices (
    id serial PRIMARY KEY,
    number varchar(20) DEFAULT 'INV-' || nextval('invoice'),
    total numeric(10,2));
INSERT INTO invoices (total) VALUES (100.00) RETURNING *;
INSERT INTO invoices (total) VALUES (200), (300.005) RETURNING *;
INSERT INTO invoices (number, total) VALUES ('manual', 1) RETURNING *;
INSERT INTO invoices (number) VALUES (DEFAULT) RETURNING *;
SELECT number FROM invoices ORDER BY id;
SELECT column_default FROM information_schema.columns WHERE table_name = 'invoices' ORDER BY ordinal_position;
CREATE TABLE short (number varchar(5) DEFAULT 'INV-' || nextval('invoice'));
INSERT INTO short DEFAULT VALUES;
CREATE TABLE padded (number char(10) DEFAULT 'A' || nextval('invoice'), v text);
INSERT INTO padded (v) VALUES ('x') RETURNING number || '|', v;
CREATE TABLE arith (id bigint DEFAULT nextval('invoice') * 10 + 7, half numeric DEFAULT nextval('invoice') / 2.0);
INSERT INTO arith DEFAULT VALUES RETURNING *;
CREATE TABLE lpadded (id text DEFAULT 'T' || lpad(nextval('invoice')::text, 8, '0'));
INSERT INTO lpadded DEFAULT VALUES RETURNING *;

-- A default added, changed, dropped.
CREATE SEQUENCE later START 5;
CREATE TABLE plain (id int, v text);
INSERT INTO plain (v) VALUES ('no default');
ALTER TABLE plain ALTER COLUMN id SET DEFAULT nextval('later');
INSERT INTO plain (v) VALUES ('default') RETURNING id;
ALTER TABLE plain ALTER COLUMN id SET DEFAULT nextval('later') * 100;
INSERT INTO plain (v) VALUES ('times') RETURNING id;
ALTER TABLE plain ALTER COLUMN id DROP DEFAULT;
INSERT INTO plain (v) VALUES ('none') RETURNING id;
ALTER TABLE plain ADD COLUMN n int DEFAULT nextval('later');
SELECT count(DISTINCT n), min(n), max(n) FROM plain;
UPDATE plain SET n = DEFAULT WHERE v = 'none';
SELECT n FROM plain WHERE v = 'none';
CREATE TABLE bad (id int DEFAULT nextval('nosuch'));
CREATE TABLE bad (id int DEFAULT nextval('plain'));
INSERT INTO bad DEFAULT VALUES;
CREATE TABLE bad2 (id text DEFAULT nextval('later'));
CREATE TABLE bad3 (id boolean DEFAULT nextval('later'));
INSERT INTO bad2 DEFAULT VALUES RETURNING *;
CREATE TABLE noexpr (id int DEFAULT currval('later'), v int DEFAULT lastval());
INSERT INTO noexpr DEFAULT VALUES RETURNING *;

-- Shared by three tables, as a global id.
CREATE SEQUENCE global_id;
CREATE TABLE users (id int PRIMARY KEY DEFAULT nextval('global_id'), username varchar(100));
CREATE TABLE products (id int PRIMARY KEY DEFAULT nextval('global_id'), name varchar(200));
INSERT INTO users (username) VALUES ('alice') RETURNING id;
INSERT INTO products (name) VALUES ('Laptop') RETURNING id;
INSERT INTO users (username) VALUES ('bob') RETURNING id;
SELECT id, username AS what FROM users WHERE id IN (SELECT id FROM users) ORDER BY id;
SELECT (SELECT max(id) FROM users), (SELECT max(id) FROM products), last_value FROM global_id;

-- Quoted names
CREATE SEQUENCE "Quoted Name";
CREATE SEQUENCE "regress'quote";
CREATE SEQUENCE "dou""ble";
CREATE SEQUENCE "ünïcode";
SELECT nextval('"Quoted Name"'), nextval('"regress''quote"'), nextval('"dou""ble"'), nextval('"ünïcode"');
SELECT nextval('Quoted Name');
SELECT nextval('"Quoted Name');
SELECT nextval('');
SELECT nextval('a.b.c.d');
SELECT '"Quoted Name"'::regclass, '"regress''quote"'::regclass, '"dou""ble"'::regclass;
SELECT last_value FROM "Quoted Name";
SELECT sequencename FROM pg_sequences WHERE sequencename LIKE '%o%"%' OR sequencename LIKE '%''%' ORDER BY 1;
CREATE TABLE q (id int DEFAULT nextval('"Quoted Name"'), id2 int DEFAULT nextval('"regress''quote"'));
SELECT column_default FROM information_schema.columns WHERE table_name = 'q' ORDER BY ordinal_position;
ALTER SEQUENCE "Quoted Name" RENAME TO "Even ""more"" quoted";
SELECT column_default FROM information_schema.columns WHERE table_name = 'q' AND column_name = 'id';
DROP SEQUENCE "Even ""more"" quoted";
SELECT currval('"dou""ble"'), currval('"ünïcode"');

-- Schemas and search_path
CREATE SCHEMA one;
CREATE SCHEMA two;
CREATE SEQUENCE one.s START 100;
CREATE SEQUENCE two.s START 200;
SELECT nextval('s');
SET search_path TO one;
SELECT nextval('s');
SET search_path TO two, one;
SELECT nextval('s'), nextval('one.s');
CREATE TABLE t (id int DEFAULT nextval('s'), v int);
SET search_path TO one, public;
INSERT INTO two.t (v) VALUES (1) RETURNING id;
SELECT currval('two.s'), currval('one.s');
SELECT column_default FROM information_schema.columns WHERE table_schema = 'two' AND table_name = 't' ORDER BY ordinal_position;
DROP SEQUENCE two.s;
RESET search_path;
DROP SCHEMA one CASCADE;
DROP SCHEMA two CASCADE;

-- Temporary sequences hide permanent ones and live in their own schema.
CREATE SEQUENCE twice START 10;
CREATE TEMPORARY SEQUENCE twice START 20;
SELECT nextval('twice'), nextval('public.twice'), nextval('pg_temp.twice');
DROP SEQUENCE twice;
SELECT nextval('twice');
CREATE TEMP SEQUENCE tmp CACHE 5;
SELECT nextval('tmp'), nextval('pg_temp.tmp');
BEGIN READ ONLY;
SELECT nextval('tmp');
COMMIT;
DISCARD ALL;
SELECT nextval('tmp');
CREATE TEMP SEQUENCE public.tmp;
CREATE UNLOGGED SEQUENCE u START 3;
SELECT nextval('u');
