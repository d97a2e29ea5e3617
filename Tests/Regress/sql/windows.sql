-- Window functions (chapters 3.5, 4.2.8, 7.2.5, 9.22).
CREATE TABLE emp (dep text, no int PRIMARY KEY, salary int, enrolled date);
INSERT INTO emp VALUES ('develop', 10, 5200, '2007-08-01'), ('sales', 1, 5000, '2006-10-01'), ('personnel', 5, 3500, '2007-12-10'), ('sales', 4, 4800, '2007-08-08'), ('personnel', 2, 3900, '2006-12-23'), ('develop', 7, 4200, '2008-01-01'), ('develop', 9, 4500, '2008-01-01'), ('sales', 3, 4800, '2007-08-01'), ('develop', 8, 6000, '2006-10-01'), ('develop', 11, 5200, '2007-08-15');
CREATE TABLE n (i int, g int, f float8, q numeric(10,2), s text, b bigint, sm smallint);
INSERT INTO n SELECT i, i % 3, i * 1.5, i * 1.25, chr(96 + i), i * 1000000000::bigint, i FROM generate_series(1, 9) i;
INSERT INTO n VALUES (NULL, 1, NULL, NULL, NULL, NULL, NULL), (3, NULL, 'NaN', 3.5, 'dup', 3, 3), (3, 0, 'Infinity', NULL, 'dup2', 4, 4);

-- The built-in ones.
SELECT no, row_number() OVER (ORDER BY no) FROM emp ORDER BY no;
SELECT no, row_number() OVER (PARTITION BY dep ORDER BY no) FROM emp ORDER BY no;
SELECT dep, no, salary, rank() OVER (PARTITION BY dep ORDER BY salary DESC) FROM emp ORDER BY dep, no;
SELECT no, salary, rank() OVER w, dense_rank() OVER w, percent_rank() OVER w, cume_dist() OVER w FROM emp WINDOW w AS (ORDER BY salary) ORDER BY no;
SELECT no, rank() OVER (), dense_rank() OVER (), percent_rank() OVER (), cume_dist() OVER () FROM emp ORDER BY no;
SELECT no, ntile(3) OVER (ORDER BY no), ntile(4) OVER (ORDER BY no), ntile(20) OVER (ORDER BY no), ntile(1) OVER (ORDER BY no) FROM emp ORDER BY no;
SELECT no, ntile(NULL) OVER (ORDER BY no) FROM emp ORDER BY no;
SELECT no, ntile(CASE WHEN no > 3 THEN 3 END) OVER (ORDER BY no) FROM emp ORDER BY no;
SELECT ntile(0) OVER (ORDER BY no) FROM emp;
SELECT ntile(-1) OVER (ORDER BY no) FROM emp;
SELECT no, lag(no) OVER w, lead(no) OVER w, lag(no, 2) OVER w, lead(no, 2, -1) OVER w, lag(no, -1) OVER w, lag(no, 0) OVER w FROM emp WINDOW w AS (ORDER BY no) ORDER BY no;
SELECT no, lag(no, NULL) OVER w, lag(no, NULL, 5) OVER w, lead(salary, no, 0) OVER w FROM emp WINDOW w AS (ORDER BY no) ORDER BY no;
SELECT no, lag(no, 1, 0.5) OVER (ORDER BY no), lag(dep, 1, 'none') OVER (ORDER BY no), pg_typeof(lag(no, 1, 0.5) OVER (ORDER BY no)) FROM emp ORDER BY no;
SELECT lag(no, 1, 'x') OVER () FROM emp;
SELECT lag(dep, 1, 5) OVER () FROM emp;
SELECT no, first_value(no) OVER w, last_value(no) OVER w, nth_value(no, 2) OVER w FROM emp WINDOW w AS (PARTITION BY dep ORDER BY salary, no) ORDER BY no;
SELECT no, nth_value(no, NULL) OVER w, nth_value(no, 100) OVER w FROM emp WINDOW w AS (ORDER BY no) ORDER BY no;
SELECT nth_value(no, 0) OVER (ORDER BY no) FROM emp;
SELECT i, lag(s) OVER (ORDER BY i, s), first_value(s) OVER (ORDER BY i NULLS FIRST, s) FROM n ORDER BY i, s;
SELECT pg_typeof(row_number() OVER ()), pg_typeof(ntile(1) OVER ()), pg_typeof(cume_dist() OVER ()), pg_typeof(lag(q) OVER ()) FROM n LIMIT 1;

-- Aggregates as window functions.
SELECT dep, no, salary, avg(salary) OVER (PARTITION BY dep) FROM emp ORDER BY dep, no;
SELECT salary, sum(salary) OVER () FROM emp ORDER BY salary;
SELECT no, salary, sum(salary) OVER (ORDER BY salary) FROM emp ORDER BY salary, no;
SELECT no, count(*) OVER (ORDER BY salary), count(*) OVER (), count(*) OVER (PARTITION BY dep) FROM emp ORDER BY no;
SELECT no, sum(salary) FILTER (WHERE no > 4) OVER (ORDER BY no), count(*) FILTER (WHERE dep = 'sales') OVER (), max(no) FILTER (WHERE no < 5) OVER (ORDER BY no) FROM emp ORDER BY no;
SELECT no, min(salary) OVER w, max(salary) OVER w, string_agg(no::text, ',') OVER w FROM emp WINDOW w AS (PARTITION BY dep ORDER BY no) ORDER BY dep, no;
SELECT no, array_agg(no) OVER (ORDER BY no ROWS 2 PRECEDING) FROM emp ORDER BY no;
SELECT no, bool_and(salary > 4000) OVER (ORDER BY no), bool_or(salary > 5100) OVER (ORDER BY no), stddev(salary) OVER (ORDER BY no), var_pop(salary) OVER (ORDER BY no) FROM emp ORDER BY no;
SELECT dep, sum(sum(salary)) OVER (ORDER BY dep), rank() OVER (ORDER BY sum(salary) DESC), count(*) FROM emp GROUP BY dep ORDER BY dep;
SELECT dep, sum(salary), lag(sum(salary)) OVER (ORDER BY dep), sum(salary) * 100 / sum(sum(salary)) OVER () AS percent FROM emp GROUP BY dep HAVING count(*) > 2 ORDER BY dep;
SELECT count(*) OVER () FROM emp GROUP BY dep;
SELECT sum(count(*)) OVER () FROM emp;
SELECT DISTINCT count(*) OVER (PARTITION BY dep) FROM emp ORDER BY 1;

-- Frames: ROWS.
SELECT i, sum(i) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM generate_series(1, 8) i ORDER BY i;
SELECT i, sum(i) OVER (ORDER BY i ROWS 2 PRECEDING), avg(i) OVER (ORDER BY i ROWS 2 PRECEDING), count(i) OVER (ORDER BY i ROWS 2 PRECEDING) FROM generate_series(1, 8) i ORDER BY i;
SELECT i, sum(i) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), min(i) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM generate_series(1, 5) i ORDER BY i;
SELECT i, sum(i) OVER (ORDER BY i ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING), sum(i) OVER (ORDER BY i ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) FROM generate_series(1, 6) i ORDER BY i;
SELECT i, sum(i) OVER (ORDER BY i ROWS BETWEEN 2 PRECEDING AND 3 PRECEDING) FROM generate_series(1, 4) i ORDER BY i;
SELECT i, count(*) OVER (ORDER BY i ROWS BETWEEN 9223372036854775807 PRECEDING AND 9223372036854775807 FOLLOWING) FROM generate_series(1, 4) i ORDER BY i;
SELECT i, first_value(i) OVER w, last_value(i) OVER w, nth_value(i, 2) OVER w FROM generate_series(1, 6) i WINDOW w AS (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING) ORDER BY i;
SELECT i, max(i) OVER w, min(i) OVER w, string_agg(i::text, '') OVER w, sum(i::numeric) OVER w, avg(i::numeric) OVER w, sum(i::float8) OVER w FROM generate_series(1, 6) i WINDOW w AS (ORDER BY i DESC ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) ORDER BY i;
SELECT i, s, sum(i) OVER w, count(i) OVER w, max(s) OVER w, sum(q) OVER w, avg(q) OVER w, sum(b) OVER w FROM n WINDOW w AS (ORDER BY s ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) ORDER BY s;
SELECT s, sum(x) OVER (ORDER BY s ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES ('a', 1.5), ('b', 2.25), ('c', 10), ('d', 0.125), ('e', 'NaN'), ('f', 1)) v (s, x) ORDER BY s;
SELECT i, sum(i) OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), sum(i) OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM generate_series(1, 4) i ORDER BY i;

-- RANGE.
SELECT no, salary, sum(salary) OVER (ORDER BY salary RANGE BETWEEN 300 PRECEDING AND 300 FOLLOWING), count(*) OVER (ORDER BY salary RANGE BETWEEN 300 PRECEDING AND 300 FOLLOWING) FROM emp ORDER BY salary, no;
SELECT no, salary, count(*) OVER (ORDER BY salary DESC RANGE BETWEEN 1000 PRECEDING AND CURRENT ROW), min(no) OVER (ORDER BY salary DESC RANGE BETWEEN CURRENT ROW AND 500 FOLLOWING) FROM emp ORDER BY salary, no;
SELECT i, s, count(*) OVER (ORDER BY i RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING), count(*) OVER (ORDER BY i NULLS FIRST RANGE BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING), count(*) OVER (ORDER BY i DESC NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND 2 FOLLOWING) FROM n ORDER BY i, s;
SELECT f, count(*) OVER (ORDER BY f RANGE BETWEEN 3 PRECEDING AND 1.5 FOLLOWING), count(*) OVER (ORDER BY f DESC RANGE BETWEEN 'Infinity' PRECEDING AND 1 FOLLOWING) FROM n ORDER BY f;
SELECT q, sum(q) OVER (ORDER BY q RANGE BETWEEN 1.25 PRECEDING AND 2.5 FOLLOWING) FROM n ORDER BY q;
SELECT sm, count(*) OVER (ORDER BY sm RANGE BETWEEN 1::int2 PRECEDING AND 2::int8 FOLLOWING), count(*) OVER (ORDER BY b RANGE 3000000000 PRECEDING) FROM n ORDER BY sm, b;
SELECT i, sum(i) OVER (ORDER BY i RANGE BETWEEN 3 FOLLOWING AND 5 FOLLOWING), sum(i) OVER (ORDER BY i RANGE BETWEEN 5 PRECEDING AND 3 PRECEDING) FROM generate_series(1, 9) i ORDER BY i;
SELECT x, count(*) OVER (ORDER BY x RANGE BETWEEN 9223372036854775807 PRECEDING AND 9223372036854775807 FOLLOWING) FROM (VALUES (-9223372036854775808), (0), (9223372036854775807)) v (x) ORDER BY x;
SELECT no, last_value(no) OVER (ORDER BY salary RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) > 0 FROM emp ORDER BY no;
SELECT dep, sum(salary) OVER (PARTITION BY dep ORDER BY salary RANGE BETWEEN 1000 PRECEDING AND CURRENT ROW) FROM emp ORDER BY 1, 2;

-- RANGE over dates and times.
SELECT no, enrolled, sum(salary) OVER (ORDER BY enrolled RANGE BETWEEN '1 year'::interval PRECEDING AND '1 year' FOLLOWING) FROM emp ORDER BY enrolled, no;
SELECT no, count(*) OVER (ORDER BY enrolled DESC RANGE BETWEEN '6 months' PRECEDING AND '1 month' FOLLOWING) FROM emp ORDER BY no;
SELECT no, count(*) OVER (ORDER BY enrolled::timestamp RANGE '10 days' PRECEDING), count(*) OVER (ORDER BY enrolled::timestamptz RANGE '1 month' PRECEDING) FROM emp ORDER BY no;
SELECT t, count(*) OVER (ORDER BY t RANGE BETWEEN '1 hour' PRECEDING AND '30 min' FOLLOWING) FROM (VALUES (time '10:00'), ('10:20'), ('11:00'), ('23:59'), ('00:10')) v (t) ORDER BY t;
SELECT t, count(*) OVER (ORDER BY t RANGE '1 day' PRECEDING) FROM (VALUES (interval '1 day'), ('36 hours'), ('1 month'), ('29 days')) v (t) ORDER BY t;
SELECT sum(no) OVER (ORDER BY enrolled RANGE '-1 day' PRECEDING) FROM emp;
SELECT sum(no) OVER (ORDER BY enrolled RANGE 1 PRECEDING) FROM emp;

-- GROUPS.
SELECT no, salary, sum(salary) OVER (ORDER BY salary GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING), count(*) OVER (ORDER BY salary GROUPS 1 PRECEDING) FROM emp ORDER BY salary, no;
SELECT no, salary, min(salary) OVER (ORDER BY salary GROUPS BETWEEN 2 PRECEDING AND 1 PRECEDING), max(salary) OVER (ORDER BY salary GROUPS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM emp ORDER BY salary, no;
SELECT no, salary, count(*) OVER (ORDER BY salary GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), count(*) OVER (ORDER BY salary GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM emp ORDER BY salary, no;
SELECT i, g, sum(i) OVER (PARTITION BY g ORDER BY i GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM n ORDER BY g, i;

-- EXCLUDE.
SELECT no, salary, sum(salary) OVER (ORDER BY salary ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) FROM emp ORDER BY salary, no;
SELECT no, salary, count(*) OVER w, max(salary) OVER w, first_value(salary) OVER w FROM emp WINDOW w AS (ORDER BY salary RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) ORDER BY salary, no;
SELECT no, salary, count(*) OVER w, sum(salary) OVER w, last_value(salary) OVER w FROM emp WINDOW w AS (ORDER BY salary GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES) ORDER BY salary, no;
SELECT no, salary, count(*) OVER w, string_agg(salary::text, ' ') OVER w, nth_value(salary, 2) OVER w FROM emp WINDOW w AS (ORDER BY salary GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) ORDER BY salary, no;
SELECT no, count(*) OVER (ORDER BY no ROWS 3 PRECEDING EXCLUDE NO OTHERS), count(*) OVER (ORDER BY no ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING EXCLUDE CURRENT ROW) FROM emp ORDER BY no;
SELECT i, sum(i) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP) FROM generate_series(1, 3) i ORDER BY i;

-- WINDOW clause and inheritance.
SELECT no, sum(salary) OVER w, avg(salary) OVER w FROM emp WINDOW w AS (PARTITION BY dep ORDER BY salary DESC) ORDER BY no;
SELECT no, sum(salary) OVER (w ORDER BY no), rank() OVER w2, count(*) OVER (w2 ROWS 1 PRECEDING) FROM emp WINDOW w AS (PARTITION BY dep), w2 AS (w ORDER BY salary, no) ORDER BY no;
SELECT no, count(*) OVER w FROM emp WINDOW w AS (ORDER BY no ROWS 1 PRECEDING) ORDER BY no;
SELECT count(*) OVER nosuch FROM emp;
SELECT count(*) OVER (nosuch) FROM emp;
SELECT count(*) OVER (w PARTITION BY no) FROM emp WINDOW w AS (ORDER BY no);
SELECT count(*) OVER (w ORDER BY no) FROM emp WINDOW w AS (ORDER BY no);
SELECT count(*) OVER (w) FROM emp WINDOW w AS (ORDER BY no ROWS 1 PRECEDING);
SELECT count(*) OVER (w ROWS 2 PRECEDING) FROM emp WINDOW w AS (ORDER BY no ROWS 1 PRECEDING);
SELECT count(*) OVER w2 FROM emp WINDOW w AS (ORDER BY no ROWS 1 PRECEDING), w2 AS (w);
SELECT count(*) OVER w FROM emp WINDOW w AS (ORDER BY no), w AS (ORDER BY dep);
SELECT 1 FROM emp WINDOW w AS (ORDER BY nosuch);

-- Where they may stand.
SELECT no FROM emp WHERE rank() OVER (ORDER BY no) < 3;
SELECT dep FROM emp GROUP BY dep HAVING rank() OVER (ORDER BY dep) < 3;
SELECT count(*) FROM emp GROUP BY rank() OVER (ORDER BY no);
SELECT rank() OVER (ORDER BY rank() OVER (ORDER BY no)) FROM emp;
SELECT sum(rank() OVER (ORDER BY no)) FROM emp;
SELECT sum(count(*) OVER ()) OVER () FROM emp;
SELECT * FROM emp LIMIT rank() OVER ();
SELECT * FROM emp JOIN n ON rank() OVER () = 1;
SELECT * FROM generate_series(1, rank() OVER ());
UPDATE emp SET salary = rank() OVER ();
INSERT INTO n (i) VALUES (rank() OVER ());
DELETE FROM emp WHERE rank() OVER () = 1;
DELETE FROM emp RETURNING rank() OVER ();
CREATE TABLE bad (a int DEFAULT (rank() OVER ()));
CREATE TABLE bad (a int CHECK (rank() OVER () > 1));
SELECT count(*) FILTER (WHERE rank() OVER () = 1) FROM emp;
SELECT no FROM emp ORDER BY rank() OVER (ORDER BY no DESC) LIMIT 3;
SELECT no, rank() OVER (ORDER BY salary) AS r FROM emp ORDER BY r DESC, no;
SELECT DISTINCT ON (dep) dep, no, row_number() OVER (PARTITION BY dep ORDER BY no) FROM emp ORDER BY dep, no;
SELECT * FROM (SELECT no, row_number() OVER (PARTITION BY dep ORDER BY salary DESC) AS r FROM emp) x WHERE r = 1 ORDER BY no;
SELECT no FROM emp WHERE no IN (SELECT max(no) OVER (PARTITION BY dep) FROM emp) ORDER BY no;
SELECT (SELECT count(*) OVER () FROM emp e2 WHERE e2.dep = emp.dep LIMIT 1) FROM emp ORDER BY no;
SELECT rank() OVER (ORDER BY no) FROM emp FOR UPDATE;
WITH x AS (SELECT no, sum(no) OVER (ORDER BY no) AS s FROM emp) SELECT * FROM x WHERE s > 20 ORDER BY no;
SELECT no, rank() OVER (ORDER BY no) FROM emp UNION ALL SELECT 0, 0 ORDER BY 1;

-- Bad calls.
SELECT rank() FROM emp;
SELECT row_number(), no FROM emp;
SELECT lag(no) FROM emp;
SELECT lower(dep) OVER () FROM emp;
SELECT nosuch(no) OVER () FROM emp;
SELECT rank(1) OVER () FROM emp;
SELECT lag() OVER () FROM emp;
SELECT ntile('x') OVER () FROM emp;
SELECT ntile(dep) OVER () FROM emp;
SELECT count() OVER () FROM emp;
SELECT sum(dep) OVER () FROM emp;
SELECT count(DISTINCT no) OVER () FROM emp;
SELECT string_agg(dep, ',' ORDER BY no) OVER () FROM emp;
SELECT rank() FILTER (WHERE no > 1) OVER () FROM emp;
SELECT row_number(*) OVER () FROM emp;
SELECT generate_series(1, 2) OVER () FROM emp;
SELECT sum(generate_series(1, 2)) OVER () FROM emp;
SELECT sum(no) OVER (PARTITION BY nosuch) FROM emp;
SELECT sum(no) OVER (ORDER BY no ROWS -1 PRECEDING) FROM emp;
SELECT sum(no) OVER (ORDER BY no ROWS NULL PRECEDING) FROM emp;
SELECT sum(no) OVER (ORDER BY no ROWS BETWEEN CURRENT ROW AND -1 FOLLOWING) FROM emp;
SELECT sum(no) OVER (ORDER BY no ROWS no PRECEDING) FROM emp;
SELECT sum(no) OVER (ORDER BY no ROWS 'x' PRECEDING) FROM emp;
SELECT sum(no) OVER (ORDER BY no ROWS 1.7 PRECEDING) FROM emp ORDER BY 1;
SELECT sum(no) OVER (ORDER BY no GROUPS -1 PRECEDING) FROM emp;
SELECT sum(no) OVER (GROUPS 1 PRECEDING) FROM emp;
SELECT sum(no) OVER (RANGE 1 PRECEDING) FROM emp;
SELECT sum(no) OVER (ORDER BY no, dep RANGE 1 PRECEDING) FROM emp;
SELECT sum(no) OVER (ORDER BY dep RANGE 1 PRECEDING) FROM emp;
SELECT sum(no) OVER (ORDER BY no RANGE 1.5 PRECEDING) FROM emp;
SELECT sum(no) OVER (ORDER BY no RANGE -1 PRECEDING) FROM emp;
SELECT sum(no) OVER (ORDER BY no RANGE BETWEEN CURRENT ROW AND NULL FOLLOWING) FROM emp;
SELECT sum(q) OVER (ORDER BY q RANGE -1.5 PRECEDING) FROM n;
SELECT sum(f) OVER (ORDER BY f RANGE 'NaN' PRECEDING) FROM n;
SELECT sum(no) OVER (ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM emp;
SELECT sum(no) OVER (ROWS BETWEEN CURRENT ROW AND UNBOUNDED PRECEDING) FROM emp;
SELECT sum(no) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM emp;
SELECT sum(no) OVER (ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM emp;
SELECT sum(no) OVER (ROWS BETWEEN 1 FOLLOWING AND CURRENT ROW) FROM emp;
SELECT sum(no) OVER (ROWS 1 FOLLOWING) FROM emp;
SELECT salary, sum(no) OVER () FROM emp GROUP BY dep;
SELECT sum(9223372036854775807) OVER (ROWS 1 PRECEDING) FROM emp LIMIT 2;
SELECT sum(x) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (2147483647), (2147483647)) v (x);

-- Empty, one row, many rows.
SELECT row_number() OVER (), sum(no) OVER () FROM emp WHERE no > 1000;
SELECT row_number() OVER (ROWS NULL PRECEDING) FROM emp WHERE no > 1000;
SELECT row_number() OVER (), sum(1) OVER (), lag(1) OVER ();
SELECT count(*), sum(r), sum(m), sum(c) FROM (SELECT i, row_number() OVER (ORDER BY i) AS r, max(i % 97) OVER (ORDER BY i ROWS 50 PRECEDING) AS m, count(*) OVER (PARTITION BY i / 3) AS c FROM generate_series(1, 5000) i) x;
SELECT sum(s), sum(a), sum(x) FROM (SELECT sum(i) OVER (ORDER BY i ROWS BETWEEN 1000 PRECEDING AND 500 FOLLOWING) AS s, avg(i) OVER (PARTITION BY i % 7 ORDER BY i) AS a, min(-i) OVER (PARTITION BY i % 2 ORDER BY i RANGE BETWEEN 10 PRECEDING AND 10 FOLLOWING) AS x FROM generate_series(1, 5000) i) y;
SELECT p, count(*), sum(r) FROM (SELECT i % 3 AS p, rank() OVER (PARTITION BY i % 3 ORDER BY i / 10) AS r FROM generate_series(1, 4000) i) x GROUP BY p ORDER BY p;
SELECT i, lag(i, 1500) OVER (ORDER BY i) FROM generate_series(1, 3000) i ORDER BY i DESC LIMIT 2;
PREPARE w (int, int) AS SELECT no, sum(no) OVER (ORDER BY no ROWS $1 PRECEDING), lag(no, $2) OVER (ORDER BY no) FROM emp ORDER BY no LIMIT 3;
EXECUTE w (1, 1);
EXECUTE w (2, 2);
EXECUTE w (-1, 1);

-- In a view.
CREATE VIEW emp_ranks AS SELECT no, rank() OVER (PARTITION BY dep ORDER BY salary DESC NULLS LAST) AS r, sum(salary) FILTER (WHERE no > 3) OVER (ORDER BY no ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) AS s FROM emp;
SELECT * FROM emp_ranks ORDER BY no;
SELECT no FROM emp_ranks WHERE r = 1 ORDER BY no;
DROP VIEW emp_ranks;

-- Plans.
EXPLAIN (COSTS OFF) SELECT rank() OVER (ORDER BY salary) FROM emp;
EXPLAIN (COSTS OFF) SELECT row_number() OVER () FROM emp;
EXPLAIN (COSTS OFF) SELECT rank() OVER (PARTITION BY dep ORDER BY salary DESC), sum(no) OVER (PARTITION BY dep) FROM emp;
EXPLAIN (COSTS OFF) SELECT salary, rank() OVER w FROM emp WINDOW w AS (ORDER BY salary) ORDER BY salary;
EXPLAIN (COSTS OFF) SELECT dep, sum(sum(salary)) OVER (ORDER BY dep) FROM emp GROUP BY dep;
DROP TABLE emp, n;
