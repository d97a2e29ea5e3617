-- CREATE SEQUENCE: every option, its default, its errors.
CREATE SEQUENCE s_plain;
SELECT * FROM pg_sequences WHERE sequencename = 's_plain';
SELECT last_value, log_cnt, is_called FROM s_plain;
SELECT nextval('s_plain');
SELECT last_value, log_cnt, is_called FROM s_plain;

-- Types and their bounds.
CREATE SEQUENCE s_small AS smallint;
CREATE SEQUENCE s_int AS integer;
CREATE SEQUENCE s_int4 AS int4;
CREATE SEQUENCE s_big AS bigint;
CREATE SEQUENCE s_small_down AS smallint INCREMENT BY -1;
CREATE SEQUENCE s_int_down AS integer INCREMENT -1;
CREATE SEQUENCE s_big_down INCREMENT BY -1;
SELECT sequencename, data_type, start_value, min_value, max_value, increment_by, cycle, cache_size, last_value
  FROM pg_sequences ORDER BY sequencename;
CREATE SEQUENCE s_text AS text;
CREATE SEQUENCE s_numeric AS numeric;
CREATE SEQUENCE s_nosuch AS nosuchtype;

-- START
CREATE SEQUENCE s_start START WITH 1000;
CREATE SEQUENCE s_start2 START 5;
SELECT nextval('s_start'), nextval('s_start2');
CREATE SEQUENCE s_bad START WITH 0;
CREATE SEQUENCE s_bad START WITH -10 MINVALUE 1;
CREATE SEQUENCE s_bad START WITH 11 MAXVALUE 10;
CREATE SEQUENCE s_bad AS smallint START WITH 40000;
CREATE SEQUENCE s_bad INCREMENT BY -1 START WITH 1;

-- INCREMENT
CREATE SEQUENCE s_inc INCREMENT BY 10;
CREATE SEQUENCE s_inc4 INCREMENT 4 MINVALUE 3;
SELECT nextval('s_inc'), nextval('s_inc'), nextval('s_inc4'), nextval('s_inc4');
CREATE SEQUENCE s_bad INCREMENT BY 0;
CREATE SEQUENCE s_bad AS smallint INCREMENT BY 100000;
SELECT nextval('s_bad');
SELECT nextval('s_bad');
DROP SEQUENCE s_bad;

-- MINVALUE and MAXVALUE
CREATE SEQUENCE s_min MINVALUE 5;
CREATE SEQUENCE s_max MAXVALUE 7;
CREATE SEQUENCE s_both MINVALUE -5 MAXVALUE 5;
CREATE SEQUENCE s_no NO MINVALUE NO MAXVALUE;
CREATE SEQUENCE s_down MINVALUE -5 MAXVALUE 5 INCREMENT -2;
SELECT nextval('s_min'), nextval('s_max'), nextval('s_both'), nextval('s_no'), nextval('s_down');
CREATE SEQUENCE s_bad MINVALUE 10 MAXVALUE 10;
CREATE SEQUENCE s_bad MINVALUE 10 MAXVALUE 5;
CREATE SEQUENCE s_bad AS smallint MINVALUE -40000;
CREATE SEQUENCE s_bad AS smallint MAXVALUE 40000;
CREATE SEQUENCE s_bad AS integer MAXVALUE 3000000000;
CREATE SEQUENCE s_bad AS integer MINVALUE -3000000000 INCREMENT BY -1;
CREATE SEQUENCE s_bad MAXVALUE 9223372036854775808;
CREATE SEQUENCE s_bad MAXVALUE 1.5;
CREATE SEQUENCE s_bad MAXVALUE 0;

-- CACHE
CREATE SEQUENCE s_cache CACHE 20;
SELECT nextval('s_cache');
SELECT last_value, log_cnt, is_called FROM s_cache;
CREATE SEQUENCE s_bad CACHE 0;
CREATE SEQUENCE s_bad CACHE -1;

-- CYCLE
CREATE SEQUENCE s_cycle MAXVALUE 2 CYCLE;
CREATE SEQUENCE s_nocycle MAXVALUE 2 NO CYCLE;
SELECT nextval('s_cycle'), nextval('s_cycle'), nextval('s_cycle');
SELECT nextval('s_nocycle'), nextval('s_nocycle');
SELECT nextval('s_nocycle');

-- Options twice, or none of these.
CREATE SEQUENCE s_bad START 1 START 2;
CREATE SEQUENCE s_bad INCREMENT 1 INCREMENT BY 2;
CREATE SEQUENCE s_bad CACHE 1 CACHE 2;
CREATE SEQUENCE s_bad MINVALUE 1 NO MINVALUE;
CREATE SEQUENCE s_bad MAXVALUE 1 MAXVALUE 2;
CREATE SEQUENCE s_bad CYCLE NO CYCLE;
CREATE SEQUENCE s_bad AS int AS bigint;
CREATE SEQUENCE s_bad OWNED BY NONE OWNED BY NONE;
CREATE SEQUENCE s_bad RESTART WITH 3 RESTART;
CREATE SEQUENCE s_bad SEQUENCE NAME s_other;
CREATE SEQUENCE s_bad FROM 3;
CREATE SEQUENCE;
CREATE SEQUENCE s_bad START WITH;

-- IF NOT EXISTS and name clashes.
CREATE SEQUENCE s_plain;
CREATE SEQUENCE IF NOT EXISTS s_plain;
CREATE SEQUENCE IF NOT EXISTS s_new START 42;
SELECT nextval('s_new');
CREATE TABLE t_taken (a int);
CREATE SEQUENCE t_taken;
CREATE SEQUENCE IF NOT EXISTS t_taken;
CREATE TABLE s_plain (a int);
CREATE SEQUENCE nosuchschema.s;

-- Everything at once, in another order than the manual's.
CREATE SEQUENCE s_all CYCLE CACHE 5 MAXVALUE 500 MINVALUE 50 START WITH 100 INCREMENT BY 25 AS integer;
SELECT data_type, start_value, min_value, max_value, increment_by, cycle, cache_size, last_value
  FROM pg_sequences WHERE sequencename = 's_all';
SELECT nextval('s_all'), nextval('s_all');

-- DROP SEQUENCE
DROP SEQUENCE s_all;
SELECT nextval('s_all');
DROP SEQUENCE s_all;
DROP SEQUENCE IF EXISTS s_all;
DROP SEQUENCE s_min, s_max, s_both;
DROP SEQUENCE s_no, s_gone;
SELECT nextval('s_no');
DROP SEQUENCE IF EXISTS s_no, s_gone;
DROP SEQUENCE t_taken;
DROP TABLE s_plain;
DROP SEQUENCE nosuchschema.s;
DROP SEQUENCE IF EXISTS nosuchschema.s;
