-- Statements that change data in WITH (chapter 7.8.4).
CREATE TABLE products (id int PRIMARY KEY, name text, price numeric, day date DEFAULT '2024-01-01');
CREATE TABLE products_log (LIKE products);
CREATE TABLE parts (part text, sub text, n int);
INSERT INTO products VALUES (1, 'bread', 2.50), (2, 'milk', 1.20), (3, 'salt', 0.90), (4, 'oil', 7);

-- Rows move from one table to another.
WITH moved AS (DELETE FROM products WHERE price < 1 RETURNING *) INSERT INTO products_log SELECT * FROM moved;
SELECT * FROM products ORDER BY id;
SELECT * FROM products_log ORDER BY id;
WITH moved AS (DELETE FROM products_log RETURNING id, name, price) INSERT INTO products SELECT * FROM moved RETURNING *;

-- What is outside sees the rows as they were.
WITH t AS (UPDATE products SET price = price * 2 RETURNING *) SELECT id, price FROM products ORDER BY id;
WITH t AS (UPDATE products SET price = price / 2 RETURNING *) SELECT id, round(price, 2) AS price FROM t ORDER BY id;
WITH t AS (INSERT INTO products VALUES (5, 'tea', 3) RETURNING id) SELECT t.id, p.name FROM t LEFT JOIN products p USING (id);
WITH t AS (DELETE FROM products WHERE id = 5) SELECT count(*) FROM products;
SELECT count(*) FROM products;

-- They run to the end whether somebody reads them or not.
CREATE SEQUENCE calls;
WITH t AS (INSERT INTO parts SELECT 'p' || g, 'x', nextval('calls') FROM generate_series(1, 2500) g RETURNING *) SELECT 1 AS one;
SELECT count(*), max(n) FROM parts;
WITH t AS (UPDATE parts SET n = n + 1 RETURNING n) SELECT count(*) > 0 AS some FROM (SELECT * FROM t LIMIT 1) q;
SELECT min(n), max(n) FROM parts;
WITH t AS (DELETE FROM parts WHERE n > 10 RETURNING *) SELECT n FROM t WHERE false;
SELECT count(*) FROM parts;
WITH t AS (DELETE FROM parts RETURNING part), u AS (SELECT * FROM t) SELECT count(*) FROM u;
WITH t AS (INSERT INTO parts VALUES ('a', 'b', 1), ('b', 'c', 2), ('c', 'd', 3) RETURNING *) SELECT x.n, y.n FROM t x, t y WHERE x.n < y.n ORDER BY 1, 2;
SELECT count(*) FROM parts;

-- Several of them, reading each other.
WITH a AS (INSERT INTO products VALUES (10, 'jam', 4), (11, 'nuts', 5) RETURNING *),
     b AS (INSERT INTO products_log SELECT * FROM a RETURNING id),
     c AS (UPDATE products SET price = 0 WHERE id = 1 RETURNING id)
SELECT 'a', id FROM a UNION ALL SELECT 'b', id FROM b UNION ALL SELECT 'c', id FROM c ORDER BY 1, 2;
SELECT id, name, price FROM products ORDER BY id;
SELECT id, name FROM products_log ORDER BY id;
WITH a AS (SELECT id FROM products WHERE id > 9), b AS (DELETE FROM products WHERE id IN (SELECT id FROM a) RETURNING id), c AS (DELETE FROM products_log WHERE id IN (SELECT id FROM b) RETURNING id, name)
SELECT * FROM c ORDER BY id;
SELECT count(*) FROM products_log;
WITH a AS (INSERT INTO parts VALUES ('q', 'r', 10) RETURNING n), b AS (INSERT INTO parts SELECT 'r', 's', n + 1 FROM a RETURNING n) INSERT INTO parts SELECT 's', 't', n + 1 FROM b RETURNING part, n;
SELECT * FROM parts WHERE n >= 10 ORDER BY n;
WITH a AS MATERIALIZED (SELECT max(n) AS m FROM parts), b AS (UPDATE parts SET n = n + m FROM a WHERE part = 'q' RETURNING n) SELECT m, n FROM a, b;
WITH a AS (SELECT 1 AS x), b AS NOT MATERIALIZED (SELECT x + 1 AS y FROM a), c AS (INSERT INTO parts SELECT 'w', 'v', y FROM b RETURNING n) SELECT * FROM c, a;

-- Recursion beside them.
WITH RECURSIVE down(part, depth) AS (
    SELECT 'a', 0 UNION ALL SELECT p.sub, d.depth + 1 FROM down d JOIN parts p ON p.part = d.part
), gone AS (DELETE FROM parts WHERE part IN (SELECT part FROM down) RETURNING part)
SELECT part FROM gone ORDER BY part;
WITH RECURSIVE ins AS (INSERT INTO parts SELECT 'rec', 'x', n FROM t RETURNING n), t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT sum(n) FROM ins;
SELECT count(*) FROM parts WHERE part = 'rec';
WITH a AS (WITH inner_one AS (SELECT 77 AS n) INSERT INTO parts SELECT 'in', 'ner', n FROM inner_one RETURNING *) SELECT * FROM a;
WITH a AS (INSERT INTO parts WITH w AS (SELECT 78 AS n) SELECT 'in', 'ner', n FROM w RETURNING *) SELECT * FROM a;

-- One row, changed twice by one statement: the first change counts.
CREATE TABLE once (id int PRIMARY KEY, v text);
INSERT INTO once VALUES (1, 'one'), (2, 'two'), (3, 'three');
WITH a AS (UPDATE once SET v = v || ' a' WHERE id = 1 RETURNING v) UPDATE once SET v = once.v || ' b' FROM a WHERE once.id IN (1, 2) RETURNING once.id, once.v;
SELECT * FROM once ORDER BY id;
WITH a AS (DELETE FROM once WHERE id = 2 RETURNING id) UPDATE once SET v = 'late' FROM a WHERE once.id = a.id RETURNING once.*;
SELECT * FROM once ORDER BY id;
WITH a AS (UPDATE once SET v = 'kept' WHERE id = 3 RETURNING id) DELETE FROM once USING a WHERE once.id = a.id RETURNING once.*;
SELECT * FROM once ORDER BY id;
WITH a AS (INSERT INTO once VALUES (4, 'four') RETURNING id) DELETE FROM once USING a WHERE once.id = a.id;
SELECT * FROM once ORDER BY id;
WITH a AS (INSERT INTO once VALUES (4, 'again') ON CONFLICT (id) DO UPDATE SET v = once.v || '/' || excluded.v RETURNING *) SELECT * FROM a;
WITH a AS (INSERT INTO once VALUES (4, 'no') ON CONFLICT DO NOTHING RETURNING *) SELECT count(*) FROM a;
WITH a AS (UPDATE once SET v = 'x' WHERE id = 4 RETURNING id) INSERT INTO once SELECT id, 'y' FROM a ON CONFLICT (id) DO UPDATE SET v = 'z';
WITH a AS (INSERT INTO once VALUES (5, 'five') RETURNING id) INSERT INTO once SELECT id, 'dup' FROM a;
SELECT * FROM once ORDER BY id;
WITH a AS (DELETE FROM once WHERE id = 4 RETURNING id) INSERT INTO once SELECT id, 'in its place' FROM a RETURNING *;
SELECT * FROM once ORDER BY id;

-- Foreign keys are checked when all is done.
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent);
WITH p AS (INSERT INTO parent VALUES (1), (2)) INSERT INTO child VALUES (10, 1), (20, 2);
WITH c AS (INSERT INTO child VALUES (30, 3)) INSERT INTO parent VALUES (3);
WITH c AS (INSERT INTO child VALUES (40, 4)) INSERT INTO parent VALUES (5);
WITH p AS (DELETE FROM parent WHERE id = 1) DELETE FROM child WHERE parent = 1;
WITH c AS (DELETE FROM child WHERE parent = 2) DELETE FROM parent WHERE id = 2;
WITH p AS (DELETE FROM parent WHERE id = 3) SELECT 1;
SELECT * FROM parent ORDER BY id;
SELECT * FROM child ORDER BY id;
CREATE TABLE grandchild (id int PRIMARY KEY, child int REFERENCES child ON DELETE CASCADE);
WITH g AS (INSERT INTO grandchild VALUES (1, 30)) DELETE FROM child WHERE id = 30;
SELECT count(*) FROM grandchild;
DROP TABLE grandchild, child, parent;

-- Tags, RETURNING of the statement, prepared statements.
WITH a AS (INSERT INTO once VALUES (6, 'six') RETURNING *) UPDATE once SET v = upper(v);
WITH a AS (UPDATE once SET v = lower(v)) INSERT INTO once VALUES (7, 'seven'), (8, 'eight');
WITH a AS (INSERT INTO once VALUES (9, 'nine')) DELETE FROM once WHERE id > 6;
WITH a AS (INSERT INTO once VALUES (10, 'ten')) SELECT id FROM once ORDER BY id;
WITH a AS (INSERT INTO once VALUES (11, 'eleven')) VALUES (1), (2);
PREPARE put(int, text) AS WITH a AS (INSERT INTO once VALUES ($1, $2) RETURNING *) SELECT id, v FROM a;
EXECUTE put(12, 'twelve');
EXECUTE put(13, 'thirteen');
EXECUTE put(13, 'thirteen');
DEALLOCATE put;
SELECT id, v FROM once ORDER BY id;
WITH a (k, w) AS (UPDATE once SET v = v || '!' WHERE id > 11 RETURNING *) SELECT k, w FROM a ORDER BY k;
WITH a (k) AS (UPDATE once SET v = v || '?' WHERE id > 11 RETURNING *) SELECT a.* FROM a ORDER BY k;
WITH a AS (UPDATE once SET v = v RETURNING 1) SELECT count(*) FROM a;
SELECT (SELECT count(*) FROM once) AS n, 1 AS one;
WITH a AS (DELETE FROM once WHERE id = 13 RETURNING *) SELECT (SELECT v FROM a), EXISTS (SELECT FROM a), 13 IN (SELECT id FROM a);
WITH a AS (DELETE FROM once WHERE id = 12 RETURNING *) SELECT DISTINCT v FROM a UNION SELECT 'x' ORDER BY 1;

-- COPY, CREATE TABLE AS.
COPY (WITH a AS (INSERT INTO once VALUES (14, 'copied') RETURNING *) SELECT * FROM a) TO STDOUT;
COPY (INSERT INTO once VALUES (15, 'copied too') RETURNING id) TO STDOUT;
COPY (INSERT INTO once VALUES (16, 'not copied')) TO STDOUT;
CREATE TABLE taken AS WITH a AS (DELETE FROM once WHERE id > 13 RETURNING *) SELECT * FROM a;
SELECT * FROM taken ORDER BY id;
SELECT count(*) FROM once WHERE id > 13;

-- Views and partitions.
CREATE VIEW small AS SELECT id, v FROM once WHERE id < 5 WITH CHECK OPTION;
WITH a AS (UPDATE small SET v = 'through' RETURNING *) SELECT * FROM a ORDER BY id;
WITH a AS (INSERT INTO small VALUES (100, 'no') RETURNING *) SELECT * FROM a;
CREATE TABLE days (d int, t text) PARTITION BY RANGE (d);
CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM (0) TO (10);
CREATE TABLE days_2 PARTITION OF days FOR VALUES FROM (10) TO (20);
WITH a AS (INSERT INTO days VALUES (1, 'a'), (11, 'b') RETURNING *) SELECT * FROM a ORDER BY d;
WITH a AS (UPDATE days SET d = d + 10 WHERE d < 10 RETURNING tableoid::regclass AS place, *) SELECT * FROM a;
WITH a AS (DELETE FROM days RETURNING *) SELECT count(*), min(d) FROM a;
SELECT count(*) FROM days;

-- What cannot be.
INSERT INTO once WITH x AS (INSERT INTO once VALUES (50, 'b') RETURNING *) SELECT id + 1, v FROM x;
SELECT * FROM (WITH x AS (DELETE FROM once RETURNING *) SELECT * FROM x) q;
SELECT (WITH x AS (DELETE FROM once RETURNING *) SELECT count(*) FROM x);
SELECT 1 WHERE EXISTS (WITH x AS (UPDATE once SET v = v RETURNING *) SELECT * FROM x);
SELECT 1 UNION (WITH x AS (DELETE FROM once RETURNING id) SELECT id FROM x);
WITH a AS (WITH x AS (DELETE FROM once RETURNING id) SELECT id FROM x) SELECT * FROM a;
WITH a AS (WITH x AS (DELETE FROM once RETURNING id) INSERT INTO once SELECT id, 'x' FROM x) SELECT 1;
WITH RECURSIVE x AS (INSERT INTO once SELECT * FROM x RETURNING *) SELECT * FROM x;
WITH RECURSIVE x AS (DELETE FROM once WHERE id IN (SELECT id FROM x) RETURNING *) SELECT * FROM x;
WITH x AS (INSERT INTO once VALUES (50, 'e')) SELECT * FROM x;
WITH x AS (UPDATE once SET v = 'e') SELECT 1 FROM once, x;
WITH x AS (DELETE FROM once) INSERT INTO once SELECT * FROM x;
WITH x (a, b, c) AS (INSERT INTO once VALUES (50, 'e') RETURNING *) SELECT * FROM x;
WITH x (a) AS (INSERT INTO once VALUES (50, 'e')) SELECT 1;
WITH x AS (INSERT INTO once VALUES (50, 'e')) INSERT INTO x VALUES (1);
WITH x AS (INSERT INTO once VALUES (50, 'e')), y AS (UPDATE x SET id = 1) SELECT 1;
WITH y AS (UPDATE x SET id = 1), x AS (INSERT INTO once VALUES (50, 'e')) SELECT 1;
WITH y AS (INSERT INTO once SELECT * FROM x), x AS (SELECT 50, 'e') SELECT 1;
WITH x AS (INSERT INTO once VALUES (50, 'e')), x AS (SELECT 1) SELECT 1;
WITH x AS (INSERT INTO nowhere VALUES (50, 'e')) SELECT 1;
WITH x AS (INSERT INTO once VALUES ('no number', 'e')) SELECT 1;
WITH x AS (UPDATE once SET nothing = 1) SELECT 1;
WITH x AS (DELETE FROM once RETURNING count(*)) SELECT 1;
WITH x AS (INSERT INTO once VALUES (1 / 0, 'e')) SELECT 1;
CREATE VIEW changing AS WITH x AS (DELETE FROM once RETURNING *) SELECT * FROM x;
BEGIN;
DECLARE c CURSOR FOR WITH x AS (DELETE FROM once RETURNING *) SELECT * FROM x;
ROLLBACK;
BEGIN READ ONLY;
WITH x AS (INSERT INTO once VALUES (50, 'e') RETURNING *) SELECT * FROM x;
ROLLBACK;
BEGIN READ ONLY;
WITH x AS (INSERT INTO once VALUES (50, 'e') RETURNING *) DELETE FROM taken;
ROLLBACK;
SELECT count(*) FROM once WHERE id >= 50;

-- All of it or nothing.
WITH a AS (INSERT INTO once VALUES (60, 'sixty')), b AS (INSERT INTO once VALUES (61, 'x'), (61, 'y')) SELECT 1;
SELECT count(*) FROM once WHERE id >= 60;
BEGIN;
WITH a AS (INSERT INTO once VALUES (60, 'sixty')) SELECT 1;
SAVEPOINT s;
WITH a AS (DELETE FROM once RETURNING *) SELECT count(*) > 0 FROM a;
ROLLBACK TO s;
SELECT v FROM once WHERE id = 60;
ROLLBACK;

-- Rights.
CREATE ROLE with_reader;
GRANT SELECT ON once TO with_reader;
SET ROLE with_reader;
WITH a AS (INSERT INTO once VALUES (70, 'x') RETURNING *) SELECT * FROM a;
WITH a AS (SELECT * FROM once) SELECT count(*) > 0 FROM a;
WITH a AS (DELETE FROM once) SELECT 1;
RESET ROLE;
GRANT INSERT ON once TO with_reader;
SET ROLE with_reader;
WITH a AS (INSERT INTO once VALUES (70, 'x') RETURNING *) SELECT * FROM a;
WITH a AS (UPDATE once SET v = 'q') INSERT INTO once VALUES (71, 'x');
INSERT INTO products SELECT 1;
RESET ROLE;
DROP TABLE once, taken, days CASCADE;
DROP TABLE products, products_log, parts;
DROP SEQUENCE calls;
DROP ROLE with_reader;
