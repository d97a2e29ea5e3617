-- COPY in both directions, text and csv.
CREATE TABLE c (id int PRIMARY KEY, a text, n numeric(8,2), d date, b boolean);
COPY c FROM STDIN;
1	one	1.50	2024-01-01	t
2	\N	\N	\N	\N
3	tab\there	-3	1999-12-31	false
4	new\nline and back\\slash	4	2024-02-29	f
\.
COPY c FROM STDIN;
4		0	2024-02-29	f
5		0	2024-02-29	f
\.
COPY c FROM STDIN;
5		0	2024-02-29	f
6	six	6	2024-06-06	yes
\.
SELECT * FROM c WHERE id <> 4 ORDER BY id;
COPY (SELECT * FROM c ORDER BY id) TO STDOUT;
COPY (SELECT * FROM c ORDER BY id) TO STDOUT WITH (FORMAT csv);
COPY (SELECT * FROM c ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER, DELIMITER ';', NULL 'null');
COPY (SELECT id, a FROM c ORDER BY id) TO STDOUT CSV HEADER FORCE QUOTE a;
COPY (SELECT id, a FROM c ORDER BY id) TO STDOUT WITH (DELIMITER '|', NULL '-');
COPY (SELECT 'a"b' AS q, 'c,d' AS w, '' AS e, NULL AS n, ' sp ' AS s) TO STDOUT WITH (FORMAT csv);
COPY (SELECT 'a"b', 'it''s') TO STDOUT WITH (FORMAT csv, QUOTE '''', ESCAPE '\');
COPY (SELECT 1, true, 1.50, '2024-01-01'::date, '\x01'::bytea) TO STDOUT;
COPY c (id, a) FROM STDIN WITH (FORMAT csv);
10,plain
11,"quoted, with comma"
12,"double ""quotes"""
13,
14,""
15,"two
lines"
\.
SELECT id, a, a IS NULL AS null FROM c WHERE id BETWEEN 10 AND 14 ORDER BY id;
COPY c (a, id) FROM STDIN WITH (FORMAT csv, HEADER true, DELIMITER ';', NULL 'none');
a;id
x;20
none;21
\.
SELECT id, a FROM c WHERE id BETWEEN 20 AND 21 ORDER BY id;
COPY c (id, a) FROM STDIN WITH (DELIMITER ',', NULL 'N');
30,comma
31,N
32,a\,b
\.
SELECT id, a FROM c WHERE id BETWEEN 30 AND 32 ORDER BY id;

-- Errors name the line and the column.
COPY c FROM STDIN;
x	one	1	2024-01-01	t
\.
COPY c FROM STDIN;
40	one	1
\.
COPY c FROM STDIN;
40	one	1	2024-01-01	t	extra
\.
COPY c FROM STDIN;
40	one	1	2024-01-01	t
41	one	99999999	2024-01-01	t
\.
COPY c FROM STDIN;
40	one	1	2024-01-01	t
1	duplicate	1	2024-01-01	t
\.
COPY c FROM STDIN;
\N	null key	1	2024-01-01	t
\.
COPY c (id, d) FROM STDIN;
40	2024-13-01
\.
COPY c (id) FROM STDIN WITH (FORMAT csv);
"40
\.
COPY c (id, a) FROM STDIN WITH (FORMAT csv);
40,"unquoted" end
41,"x""y"
\.
SELECT count(*) FROM c WHERE id >= 40;
COPY nosuch FROM STDIN;
COPY c (nosuch) FROM STDIN;
COPY c (id, id) FROM STDIN;
COPY c FROM STDIN WITH (FORMAT nosuch);
COPY c FROM STDIN WITH (nosuch);
COPY c FROM STDIN WITH (FORMAT csv, DELIMITER 'ab');
COPY c TO STDOUT WITH (FORMAT csv, FORMAT csv);
COPY c FROM STDIN WITH (FORMAT text, QUOTE '"');
COPY c TO STDOUT WITH (FORMAT csv, HEADER maybe);
COPY (SELECT nosuch) TO STDOUT;
COPY (INSERT INTO c (id) VALUES (50) RETURNING id) TO STDOUT;

-- Defaults, sequences and constraints apply.
CREATE TABLE cs (id serial PRIMARY KEY, a int CHECK (a > 0), t text DEFAULT 'd');
COPY cs (a) FROM STDIN;
1
2
3
\.
SELECT * FROM cs ORDER BY id;
COPY cs (a) FROM STDIN;
4
-5
6
\.
INSERT INTO cs (a) VALUES (7) RETURNING id > 3;
BEGIN;
CREATE TABLE fr (a int);
COPY fr FROM STDIN WITH (FREEZE);
1
2
\.
COMMIT;
SELECT count(*) FROM fr;
BEGIN;
COPY fr FROM STDIN;
3
\.
ROLLBACK;
SELECT count(*) FROM fr;
COPY fr FROM STDIN;
\.
COPY fr TO STDOUT;
COPY (SELECT * FROM fr WHERE a = 1) TO STDOUT;
\copy fr FROM STDIN
10
11
\.
SELECT sum(a) FROM fr;
\copy (SELECT a FROM fr ORDER BY a) TO STDOUT
