-- ALTER SEQUENCE: options, RESTART, types, names, schemas.
CREATE SEQUENCE a;
SELECT nextval('a'), nextval('a');
ALTER SEQUENCE a INCREMENT BY 10;
SELECT nextval('a');
ALTER SEQUENCE a RESTART;
SELECT nextval('a');
ALTER SEQUENCE a RESTART WITH 100;
SELECT last_value, is_called FROM a;
SELECT nextval('a');
ALTER SEQUENCE a RESTART 7;
SELECT nextval('a');
ALTER SEQUENCE a START WITH 50;
SELECT nextval('a');
ALTER SEQUENCE a RESTART;
SELECT nextval('a');
ALTER SEQUENCE a MINVALUE 40 MAXVALUE 80;
SELECT nextval('a'), nextval('a'), nextval('a');
SELECT nextval('a');
ALTER SEQUENCE a CYCLE;
SELECT nextval('a');
ALTER SEQUENCE a NO CYCLE NO MAXVALUE NO MINVALUE CACHE 3;
SELECT data_type, start_value, min_value, max_value, increment_by, cycle, cache_size, last_value
  FROM pg_sequences WHERE sequencename = 'a';

-- What contradicts the rest.
ALTER SEQUENCE a INCREMENT BY 0;
ALTER SEQUENCE a CACHE 0;
ALTER SEQUENCE a MINVALUE 10 MAXVALUE 9;
ALTER SEQUENCE a MINVALUE 60;
ALTER SEQUENCE a MAXVALUE 45;
ALTER SEQUENCE a RESTART WITH 0;
ALTER SEQUENCE a RESTART WITH -9223372036854775808;
ALTER SEQUENCE a MAXVALUE 90 RESTART WITH 100;
ALTER SEQUENCE a RESTART WITH 3 RESTART;
ALTER SEQUENCE a START 1 START 2;
ALTER SEQUENCE a SEQUENCE NAME b;
ALTER SEQUENCE a;
ALTER SEQUENCE nosuch RESTART;
ALTER SEQUENCE IF EXISTS nosuch RESTART;
CREATE TABLE tab (x int);
ALTER SEQUENCE tab RESTART;

-- last_value must stay within new bounds.
CREATE SEQUENCE b;
SELECT setval('b', 100);
ALTER SEQUENCE b MAXVALUE 50;
ALTER SEQUENCE b MINVALUE 101 START 101;
ALTER SEQUENCE b MAXVALUE 50 RESTART 5;
SELECT nextval('b');

-- The type, and bounds that follow it only when they were its own.
CREATE SEQUENCE c AS integer;
ALTER SEQUENCE c AS bigint;
SELECT data_type, min_value, max_value FROM pg_sequences WHERE sequencename = 'c';
ALTER SEQUENCE c AS smallint;
SELECT data_type, min_value, max_value FROM pg_sequences WHERE sequencename = 'c';
ALTER SEQUENCE c MAXVALUE 1000;
ALTER SEQUENCE c AS integer;
SELECT data_type, min_value, max_value FROM pg_sequences WHERE sequencename = 'c';
SELECT setval('c', 900);
ALTER SEQUENCE c AS integer MAXVALUE 100000;
ALTER SEQUENCE c AS smallint;
ALTER SEQUENCE c AS text;
ALTER SEQUENCE c AS smallint NO MAXVALUE;
SELECT data_type, min_value, max_value, last_value FROM pg_sequences WHERE sequencename = 'c';
CREATE SEQUENCE d AS bigint INCREMENT -1;
ALTER SEQUENCE d AS smallint;
SELECT data_type, start_value, min_value, max_value FROM pg_sequences WHERE sequencename = 'd';
CREATE SEQUENCE e AS bigint;
SELECT setval('e', 40000);
ALTER SEQUENCE e AS smallint;

-- Turning round.
CREATE SEQUENCE f;
SELECT nextval('f'), nextval('f'), nextval('f');
ALTER SEQUENCE f INCREMENT BY -1;
SELECT nextval('f'), nextval('f');
SELECT nextval('f');
ALTER SEQUENCE f MINVALUE -3;
SELECT nextval('f'), nextval('f');

-- What ALTER does to log_cnt and to the session's value.
CREATE SEQUENCE g;
SELECT nextval('g');
SELECT last_value, log_cnt, is_called FROM g;
ALTER SEQUENCE g INCREMENT BY 5;
SELECT last_value, log_cnt, is_called FROM g;
SELECT currval('g');
SELECT nextval('g');
SELECT last_value, log_cnt, is_called FROM g;
ALTER SEQUENCE g RESTART;
SELECT last_value, log_cnt, is_called FROM g;
SELECT currval('g'), lastval();
ALTER SEQUENCE g OWNED BY NONE;

-- Names and schemas.
ALTER SEQUENCE g RENAME TO h;
SELECT nextval('g');
SELECT nextval('h');
ALTER SEQUENCE h RENAME TO tab;
ALTER SEQUENCE h RENAME TO a;
ALTER TABLE h RENAME TO i;
SELECT nextval('i');
CREATE SCHEMA other;
ALTER SEQUENCE i SET SCHEMA other;
SELECT nextval('i');
SELECT nextval('other.i');
ALTER SEQUENCE other.i SET SCHEMA nosuch;
ALTER SEQUENCE IF EXISTS nosuch RENAME TO x;
ALTER SEQUENCE IF EXISTS nosuch SET SCHEMA other;
ALTER SEQUENCE nosuch RENAME TO x;
ALTER SEQUENCE tab RENAME TO x;
DROP SCHEMA other;
DROP SCHEMA other CASCADE;
SELECT nextval('other.i');
