-- OWNED BY, dependencies, what DROP takes along and what it refuses.
CREATE TABLE t (id int, other int);
CREATE SEQUENCE s OWNED BY t.id;
SELECT pg_get_serial_sequence('t', 'id');
SELECT pg_get_serial_sequence('t', 'other');
DROP TABLE t;
SELECT nextval('s');

-- Owned, then not, then by another column.
CREATE TABLE t (id int, other int);
CREATE SEQUENCE s;
ALTER SEQUENCE s OWNED BY t.id;
ALTER SEQUENCE s OWNED BY NONE;
SELECT pg_get_serial_sequence('t', 'id');
ALTER SEQUENCE s OWNED BY t.other;
SELECT pg_get_serial_sequence('t', 'other');
ALTER SEQUENCE s OWNED BY t.id;
SELECT pg_get_serial_sequence('t', 'id'), pg_get_serial_sequence('t', 'other');
ALTER TABLE t DROP COLUMN id;
SELECT nextval('s');

-- Errors
CREATE SEQUENCE s OWNED BY nosuch.id;
CREATE SEQUENCE s OWNED BY t.nosuch;
CREATE SEQUENCE s OWNED BY t;
CREATE SEQUENCE s OWNED BY other;
CREATE SEQUENCE s;
ALTER SEQUENCE s OWNED BY s.last_value;
ALTER SEQUENCE s OWNED BY t.nosuch;
CREATE TABLE indexed (a int PRIMARY KEY);
ALTER SEQUENCE s OWNED BY indexed_pkey.a;
CREATE SCHEMA far;
CREATE TABLE far.t (id int);
ALTER SEQUENCE s OWNED BY far.t.id;
CREATE SEQUENCE far.s OWNED BY far.t.id;
SELECT pg_get_serial_sequence('far.t', 'id');
ALTER SEQUENCE far.s SET SCHEMA public;
ALTER TABLE far.t SET SCHEMA public;
DROP SCHEMA far CASCADE;

-- A default depends on its sequence.
CREATE TABLE d (id int DEFAULT nextval('s'), b int);
DROP SEQUENCE s;
DROP SEQUENCE s RESTRICT;
INSERT INTO d (b) VALUES (1);
DROP SEQUENCE s CASCADE;
INSERT INTO d (b) VALUES (2);
SELECT * FROM d;
CREATE SEQUENCE s;
ALTER TABLE d ALTER COLUMN id SET DEFAULT nextval('s');
DROP SEQUENCE s;
ALTER TABLE d ALTER COLUMN id DROP DEFAULT;
DROP SEQUENCE s;

-- A default by text does not.
CREATE SEQUENCE s;
CREATE TABLE loose (id int DEFAULT nextval('s'::text), b int);
DROP SEQUENCE s;
INSERT INTO loose (b) VALUES (1);
CREATE SEQUENCE s START 9;
INSERT INTO loose (b) VALUES (1);
SELECT * FROM loose;

-- Several tables on one sequence.
CREATE SEQUENCE shared;
CREATE TABLE u1 (id int DEFAULT nextval('shared'), a int);
CREATE TABLE u2 (id bigint DEFAULT nextval('shared'), a int);
INSERT INTO u1 (a) VALUES (1);
INSERT INTO u2 (a) VALUES (1);
INSERT INTO u1 (a) VALUES (2);
SELECT id FROM u1 ORDER BY id;
SELECT id FROM u2 ORDER BY id;
DROP SEQUENCE shared;
DROP TABLE u1;
DROP SEQUENCE shared;
DROP SEQUENCE shared CASCADE;
INSERT INTO u2 (a) VALUES (3);
SELECT * FROM u2;

-- A renamed sequence, table or column keeps its default and its owner.
CREATE TABLE ren (id serial, a int);
ALTER SEQUENCE ren_id_seq RENAME TO renamed_seq;
INSERT INTO ren (a) VALUES (1);
ALTER TABLE ren RENAME COLUMN id TO key;
ALTER TABLE ren RENAME TO renamed;
INSERT INTO renamed (a) VALUES (2);
SELECT * FROM renamed ORDER BY key;
SELECT pg_get_serial_sequence('renamed', 'key');
SELECT pg_get_serial_sequence('renamed', 'id');
SELECT pg_get_serial_sequence('ren', 'id');
DROP SEQUENCE renamed_seq;
ALTER SEQUENCE renamed_seq OWNED BY NONE;
DROP TABLE renamed;
SELECT nextval('renamed_seq');
DROP SEQUENCE renamed_seq;

-- An owned sequence follows its table to another schema.
CREATE SCHEMA far;
CREATE TABLE mover (id serial, a int);
ALTER TABLE mover SET SCHEMA far;
SELECT pg_get_serial_sequence('far.mover', 'id');
INSERT INTO far.mover (a) VALUES (1);
SELECT * FROM far.mover;
SELECT nextval('mover_id_seq');
SELECT nextval('far.mover_id_seq');
ALTER SEQUENCE far.mover_id_seq SET SCHEMA public;
DROP TABLE far.mover;
SELECT nextval('far.mover_id_seq');
DROP SCHEMA far;
