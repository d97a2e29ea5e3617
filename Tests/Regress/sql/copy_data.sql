-- What stands in the data of COPY FROM: escapes, ends, errors and where they are
CREATE TABLE t (a int, b text);
COPY t FROM STDIN;
1	\b\f\n\r\t\v
2	\101\x41\x4a\7
3	\\N
4	\N
5	\.x
6	\q\"\'
\.
SELECT a, b, length(b), encode(convert_to(b, 'UTF8'), 'hex') FROM t ORDER BY a;
TRUNCATE t;
COPY t FROM STDIN;
1	one
2
\.
COPY t FROM STDIN;
1	one
2	two	three
\.
COPY t FROM STDIN;
one	1
\.
COPY t FROM STDIN;
1	one

2	two
\.
COPY t FROM STDIN;
99999999999	big
\.
COPY t FROM STDIN;
1	a line that is much longer than what PostgreSQL shows of a line in the context of an error, which is a hundred bytes	x
\.
COPY t FROM STDIN;
a number that is much longer than what PostgreSQL shows of a line in the context of an error, which is a hundred bytes	x
\.
COPY t FROM STDIN (NULL 'nil', DELIMITER '|');
1|nil
nil|nil
|x
\.
SELECT * FROM t;
COPY t FROM STDIN (FORMAT csv);
1,"a ""quoted"" word"
2,"two
lines"
3, spaces 
4,""
5,
6,a"b"c
"7","seven"
\.
SELECT a, b, b IS NULL FROM t ORDER BY a;
TRUNCATE t;
COPY t FROM STDIN (FORMAT csv);
1,"unterminated
2,x
\.
COPY t FROM STDIN (FORMAT csv);
1,x,y
\.
COPY t FROM STDIN (FORMAT csv);
1
\.
COPY t FROM STDIN (FORMAT csv);
x,1
\.
COPY t FROM STDIN (FORMAT csv, ESCAPE '\');
1,"a \"quoted\" word and \\ one"
2,a\b
\.
SELECT a, b FROM t ORDER BY a;
TRUNCATE t;
COPY t (b) FROM STDIN (FORMAT csv);
"x\.y"
z
\.
SELECT a, b FROM t ORDER BY b;
TRUNCATE t;
-- constraints, triggers of errors, and lines
CREATE TABLE k (id int PRIMARY KEY, v int CHECK (v > 0), w text NOT NULL, u int UNIQUE, d date);
COPY k FROM STDIN;
1	1	w	1	2024-01-01
2	0	w	2	2024-01-01
\.
COPY k FROM STDIN;
1	1	w	1	2024-01-01
2	1	\N	2	2024-01-01
\.
COPY k FROM STDIN;
1	1	w	1	2024-01-01
1	1	w	2	2024-01-01
\.
COPY k FROM STDIN;
1	1	w	1	2024-01-01
2	1	w	1	2024-01-01
\.
COPY k FROM STDIN;
1	1	w	1	2024-01-01
\N	1	w	2	2024-01-01
\.
COPY k FROM STDIN;
1	1	w	1	2024-13-01
\.
COPY k (id) FROM STDIN;
1
\.
SELECT count(*) FROM k;
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (id int REFERENCES parent, n int);
INSERT INTO parent VALUES (1), (2);
COPY child FROM STDIN;
1	1
3	3
\.
COPY child FROM STDIN;
1	1
\N	2
2	3
\.
SELECT * FROM child ORDER BY n;
-- types
CREATE TABLE ty (i2 smallint, i8 bigint, n numeric(6,2), f float8, b boolean, d date, ts timestamp, tz timestamptz, iv interval, u uuid, by bytea, j json, jb jsonb, ar int[], ta text[], c char(4), vc varchar(4));
COPY ty FROM STDIN;
1	2	3.456	4.5	t	2024-02-29	2024-02-29 12:00:00	2024-02-29 12:00:00+02	1 day 02:00	6b1f7a5e-3c36-4f0e-9d5f-0c1d2e3f4a5b	\\x01ff	{"a": 1}	{"b": [1, 2]}	{1,2,NULL}	{"a b",c}	ab	abcd
\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
\.
SELECT * FROM ty;
COPY ty TO STDOUT;
COPY ty TO STDOUT (FORMAT csv);
COPY ty (vc) FROM STDIN;
abcde
\.
COPY ty (c) FROM STDIN;
abcde
\.
COPY ty (n) FROM STDIN;
12345.6
\.
COPY ty (j) FROM STDIN;
{"a": 
\.
COPY ty (ar) FROM STDIN;
{1,x}
\.
COPY ty (u) FROM STDIN;
not-a-uuid
\.
COPY ty (by) FROM STDIN;
\\xzz
\.
COPY ty (b) FROM STDIN;
perhaps
\.
COPY ty (iv) FROM STDIN;
1 fortnight ago or so
\.
-- WHERE
CREATE TABLE w (a int, b text, c int DEFAULT 5);
COPY w FROM STDIN WHERE a > 2;
1	x	1
2	y	2
3	z	3
4	\N	4
\.
SELECT * FROM w ORDER BY a;
TRUNCATE w;
COPY w (a, b) FROM STDIN (FORMAT csv) WHERE b LIKE 'k%' AND c = 5;
1,keep
2,drop
3,keep too
4,
\.
SELECT * FROM w ORDER BY a;
COPY w FROM STDIN WHERE nosuch = 1;
COPY w FROM STDIN WHERE a;
COPY w FROM STDIN WHERE w.a = 1 AND other.b = 2;
COPY w FROM STDIN WHERE a IN (SELECT 1);
COPY w FROM STDIN WHERE max(a) > 1;
COPY w FROM STDIN WHERE row_number() OVER () > 1;
COPY w FROM STDIN WHERE a = generate_series(1, 5);
COPY w TO STDOUT WHERE a = 1;
COPY w FROM STDIN WHERE 1/a > 0;
1	x	1
0	y	2
\.
COPY w FROM STDIN WHERE false;
7	x	1
\.
COPY w FROM STDIN WHERE NULL;
8	x	1
\.
COPY w FROM STDIN WHERE w.a = 9;
8	x	1
9	nine	1
\.
COPY k FROM STDIN WHERE v > 0;
1	1	w	1	2024-01-01
2	0	w	2	2024-01-01
3	1	w	3	2024-01-01
\.
COPY k FROM STDIN WHERE v > 0;
4	1	w	4	2024-01-01
5	0	w	5	2024-01-01
4	1	w	6	2024-01-01
\.
SELECT id FROM k ORDER BY id;
CREATE TABLE wp (a int, b text) PARTITION BY LIST (a);
CREATE TABLE wp1 PARTITION OF wp FOR VALUES IN (1);
CREATE TABLE wp2 PARTITION OF wp FOR VALUES IN (2);
COPY wp FROM STDIN WHERE a < 3;
1	x
2	y
3	z
1	xx
\.
SELECT tableoid::regclass, * FROM wp ORDER BY a, b;
COPY wp FROM STDIN WHERE b <> 'skip';
9	skip
9	fail
\.
CREATE TABLE wg (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
COPY wg FROM STDIN WHERE a > 1;
1
2
\.
SELECT * FROM wg;
SELECT * FROM w ORDER BY a;
-- several statements, and errors that leave the rest
BEGIN;
COPY t FROM STDIN;
1	in a transaction
\.
SAVEPOINT s;
COPY t FROM STDIN;
x	fails
\.
ROLLBACK TO s;
COPY t FROM STDIN;
2	after the savepoint
\.
COMMIT;
SELECT * FROM t ORDER BY a;
DROP TABLE t, k, child, parent, ty, w, wp, wg;
