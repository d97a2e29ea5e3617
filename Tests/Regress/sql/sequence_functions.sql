-- nextval, currval, lastval, setval.
CREATE SEQUENCE s;
SELECT lastval();
SELECT currval('s');
SELECT nextval('s');
SELECT currval('s'), lastval();
SELECT nextval('s') + nextval('s');
SELECT currval('s');
SELECT nextval('s'::regclass);
SELECT nextval('public.s');
SELECT nextval('S');
SELECT nextval('"s"');
SELECT nextval('"S"');
SELECT nextval('nosuch');
SELECT currval('nosuch');
SELECT setval('nosuch', 1);
SELECT nextval('nosuch.s');
SELECT nextval(NULL);
SELECT currval(NULL);
SELECT setval('s', NULL);
SELECT setval(NULL, 1);
SELECT setval('s', 1, NULL);
SELECT nextval();
SELECT nextval('s', 1);
SELECT nextval(1.5);
SELECT setval('s', 'x');

-- Not a sequence.
CREATE TABLE t (id int PRIMARY KEY, v bigint);
SELECT nextval('t');
SELECT currval('t');
SELECT setval('t', 5);
SELECT nextval('t_pkey');

-- setval
SELECT setval('s', 20);
SELECT nextval('s');
SELECT setval('s', 20, true);
SELECT nextval('s');
SELECT setval('s', 20, false);
SELECT nextval('s');
SELECT setval('s', 0);
SELECT setval('s', -1, false);
SELECT setval('s', 9223372036854775807);
SELECT nextval('s');
SELECT setval('s', 9223372036854775808);
SELECT setval('s', 1);
SELECT last_value, log_cnt, is_called FROM s;
SELECT setval('s', 30, false);
SELECT last_value, log_cnt, is_called FROM s;
SELECT nextval('s');
SELECT last_value, log_cnt, is_called FROM s;
CREATE SEQUENCE bounded MINVALUE 10 MAXVALUE 20;
SELECT setval('bounded', 9);
SELECT setval('bounded', 21);
SELECT setval('bounded', 21, false);
SELECT setval('bounded', 20);
SELECT nextval('bounded');
SELECT setval('bounded', 10, false);
SELECT nextval('bounded');
CREATE SEQUENCE small AS smallint;
SELECT setval('small', 32768);
SELECT setval('small', 32767);
SELECT nextval('small');

-- What setval does to currval and lastval.
CREATE SEQUENCE a;
CREATE SEQUENCE b;
SELECT setval('a', 100);
SELECT currval('a');
SELECT lastval();
SELECT nextval('b');
SELECT lastval();
SELECT setval('a', 200);
SELECT currval('a'), lastval();
SELECT setval('b', 50);
SELECT currval('b'), lastval();
SELECT setval('b', 70, false);
SELECT currval('b'), lastval();
SELECT nextval('b');
SELECT lastval();
CREATE SEQUENCE c;
SELECT setval('c', 5, false);
SELECT currval('c');

-- DISCARD SEQUENCES forgets the session's values.
DISCARD SEQUENCES;
SELECT currval('a');
SELECT lastval();
SELECT nextval('a');
SELECT lastval();
DISCARD ALL;
SELECT lastval();
SELECT currval('a');
SELECT nextval('a');

-- A dropped sequence takes its values along.
SELECT lastval();
DROP SEQUENCE a;
SELECT lastval();
SELECT currval('a');
CREATE SEQUENCE a;
SELECT currval('a');
SELECT nextval('a'), lastval();

-- Once a row.
CREATE SEQUENCE r;
SELECT g, nextval('r') FROM generate_series(1, 5) AS g ORDER BY g;
SELECT count(nextval('r')) FROM generate_series(1, 100);
SELECT nextval('r');
SELECT max(n) - min(n) FROM (SELECT nextval('r') AS n FROM generate_series(1, 1000)) AS x;
SELECT last_value, log_cnt, is_called FROM r;
INSERT INTO t SELECT g, nextval('r') FROM generate_series(1, 3) AS g;
SELECT * FROM t ORDER BY id;
UPDATE t SET v = nextval('r') WHERE id = 2;
SELECT * FROM t WHERE id = 2;
SELECT CASE WHEN false THEN nextval('r') ELSE 0 END;
SELECT nextval('r') WHERE false;
SELECT nextval('r');
SELECT coalesce(1, nextval('r'));
SELECT nextval('r');
SELECT pg_typeof(nextval('r')), pg_typeof(currval('r'));

-- Reading a sequence as a relation.
SELECT * FROM r;
SELECT last_value FROM public.r;
SELECT r.is_called FROM r;
SELECT count(*) FROM r;
SELECT nosuch FROM r;
INSERT INTO r VALUES (1, 1, true);
UPDATE r SET last_value = 1;
DELETE FROM r;
TRUNCATE r;
