-- DEFERRABLE UNIQUE and PRIMARY KEY (CREATE TABLE, "DEFERRABLE"; SET CONSTRAINTS; INSERT, "ON CONFLICT")
\set VERBOSITY default
CREATE TABLE seats (id int PRIMARY KEY DEFERRABLE, guest text UNIQUE DEFERRABLE INITIALLY DEFERRED, note text);
\d seats
INSERT INTO seats SELECT g, 'guest ' || g, 'n' FROM generate_series(1, 6) g;
SELECT * FROM seats ORDER BY id;
-- Checked at the end of the statement
UPDATE seats SET id = id + 1;
SELECT id, guest FROM seats ORDER BY id;
UPDATE seats SET id = 8 - id + 1;
SELECT id, guest FROM seats ORDER BY id;
UPDATE seats SET id = CASE id WHEN 2 THEN 3 WHEN 3 THEN 2 ELSE id END RETURNING id > 0;
UPDATE seats SET id = 3 WHERE id = 2;
SELECT id, guest FROM seats ORDER BY id;
INSERT INTO seats VALUES (3, 'x', 'y');
INSERT INTO seats VALUES (20, 'x', 'y'), (20, 'z', 'y');
INSERT INTO seats VALUES (NULL, 'x', 'y');
INSERT INTO seats SELECT 21, 'q', 'w' UNION ALL SELECT 21, 'qq', 'ww';
DELETE FROM seats WHERE id > 7;
WITH gone AS (DELETE FROM seats WHERE id = 3 RETURNING *) INSERT INTO seats SELECT * FROM gone;
SELECT id, guest FROM seats ORDER BY id;
-- Look-ups by the key
SELECT guest FROM seats WHERE id = 4;
SELECT id FROM seats WHERE id BETWEEN 3 AND 5 ORDER BY id;
SELECT id FROM seats ORDER BY id DESC LIMIT 2;
SELECT s.id, t.id FROM seats s JOIN seats t ON t.id = s.id + 1 ORDER BY 1;
-- Deferred: checked at commit
BEGIN;
INSERT INTO seats VALUES (30, 'guest 1', 'second');
SELECT id, guest FROM seats WHERE guest = 'guest 1' ORDER BY id;
SELECT count(*) FROM seats WHERE guest = 'guest 1';
COMMIT;
SELECT count(*) FROM seats WHERE guest = 'guest 1';
BEGIN;
INSERT INTO seats VALUES (30, 'guest 1', 'second');
UPDATE seats SET guest = 'guest 1b' WHERE id = 30;
COMMIT;
BEGIN;
INSERT INTO seats VALUES (31, 'guest 1', 'second');
DELETE FROM seats WHERE guest = 'guest 1' AND id <> 31;
COMMIT;
SELECT id, guest FROM seats ORDER BY id;
BEGIN;
UPDATE seats SET guest = 'the same';
SELECT count(*) FROM seats WHERE guest = 'the same';
ROLLBACK;
SELECT count(DISTINCT guest) = count(*) FROM seats;
INSERT INTO seats VALUES (40, 'guest 2', NULL);
INSERT INTO seats VALUES (41, NULL, NULL), (42, NULL, NULL);
UPDATE seats SET guest = 'one' WHERE id IN (41, 42);
-- Nulls never clash
SELECT count(*) FROM seats WHERE guest IS NULL;
DELETE FROM seats WHERE guest IS NULL;
-- SET CONSTRAINTS
BEGIN;
SET CONSTRAINTS seats_guest_key IMMEDIATE;
INSERT INTO seats VALUES (50, 'guest 2', NULL);
ROLLBACK;
BEGIN;
SET CONSTRAINTS seats_pkey DEFERRED;
UPDATE seats SET id = 5 WHERE id IN (5, 6);
SELECT id, guest FROM seats WHERE id = 5 ORDER BY guest;
SET CONSTRAINTS seats_pkey IMMEDIATE;
ROLLBACK;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
UPDATE seats SET id = 5 WHERE id IN (5, 6);
UPDATE seats SET id = 6 WHERE id = 5 AND guest = (SELECT min(guest) FROM seats WHERE id = 5);
SET CONSTRAINTS ALL IMMEDIATE;
SELECT id FROM seats WHERE id IN (5, 6) ORDER BY id;
INSERT INTO seats VALUES (5, 'new', NULL);
ROLLBACK;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO seats VALUES (5, 'new', NULL);
SAVEPOINT a;
INSERT INTO seats VALUES (6, 'newer', NULL);
ROLLBACK TO a;
DELETE FROM seats WHERE guest = 'new';
COMMIT;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
SAVEPOINT a;
INSERT INTO seats VALUES (6, 'newer', NULL);
RELEASE a;
SAVEPOINT b;
DELETE FROM seats WHERE guest = 'newer';
ROLLBACK TO b;
COMMIT;
BEGIN;
SAVEPOINT a;
INSERT INTO seats VALUES (6, 'newer', NULL);
ROLLBACK TO a;
SELECT count(*) FROM seats WHERE id = 6;
COMMIT;
SET CONSTRAINTS seats_pkey, seats_guest_key DEFERRED;
BEGIN; SET CONSTRAINTS no_such DEFERRED; ROLLBACK;
BEGIN; SET CONSTRAINTS no_schema.seats_pkey DEFERRED; ROLLBACK;
BEGIN; SET CONSTRAINTS public.seats_pkey DEFERRED; ROLLBACK;
CREATE TABLE firm (id int PRIMARY KEY, code int UNIQUE);
BEGIN; SET CONSTRAINTS firm_pkey DEFERRED; ROLLBACK;
BEGIN; SET CONSTRAINTS seats_pkey, firm_code_key DEFERRED; ROLLBACK;
-- A firm key is checked row by row
INSERT INTO firm SELECT g, g FROM generate_series(1, 4) g;
UPDATE firm SET code = code + 1 WHERE code < 4 AND id = 1;
-- Not an arbiter of ON CONFLICT, nor referenced
INSERT INTO seats VALUES (4, 'c', NULL) ON CONFLICT DO NOTHING;
INSERT INTO seats VALUES (94, 'c', NULL) ON CONFLICT DO NOTHING;
INSERT INTO seats VALUES (94, 'c', NULL) ON CONFLICT (id) DO NOTHING;
INSERT INTO seats VALUES (94, 'c', NULL) ON CONFLICT (guest) DO UPDATE SET note = 'x';
INSERT INTO seats VALUES (94, 'c', NULL) ON CONFLICT ON CONSTRAINT seats_guest_key DO NOTHING;
INSERT INTO seats SELECT 94, 'c', NULL WHERE false ON CONFLICT (id) DO NOTHING;
CREATE TABLE mixed (id int PRIMARY KEY, v int UNIQUE DEFERRABLE, w int UNIQUE);
INSERT INTO mixed VALUES (1, 1, 1), (2, 2, 2);
INSERT INTO mixed VALUES (1, 7, 7) ON CONFLICT DO NOTHING;
INSERT INTO mixed VALUES (7, 7, 1) ON CONFLICT DO NOTHING;
INSERT INTO mixed VALUES (1, 2, 7) ON CONFLICT (id) DO UPDATE SET v = excluded.v;
INSERT INTO mixed VALUES (1, 3, 7) ON CONFLICT (id) DO UPDATE SET v = excluded.v;
INSERT INTO mixed VALUES (3, 2, 9) ON CONFLICT (id) DO NOTHING;
INSERT INTO mixed VALUES (3, 4, 9) ON CONFLICT (id) DO NOTHING;
SELECT * FROM mixed ORDER BY id;
CREATE TABLE refers (id int REFERENCES seats);
CREATE TABLE refers (id int REFERENCES seats (id));
CREATE TABLE refers (g text REFERENCES seats (guest));
CREATE TABLE refers (g text REFERENCES seats (note));
CREATE TABLE refers (id int);
ALTER TABLE refers ADD FOREIGN KEY (id) REFERENCES seats;
DROP TABLE refers;
-- Grammar
CREATE TABLE g1 (a int UNIQUE DEFERRABLE NOT DEFERRABLE);
CREATE TABLE g1 (a int UNIQUE NOT DEFERRABLE DEFERRABLE);
CREATE TABLE g1 (a int UNIQUE INITIALLY DEFERRED INITIALLY IMMEDIATE);
CREATE TABLE g1 (a int UNIQUE NOT DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE g1 (a int UNIQUE INITIALLY DEFERRED NOT DEFERRABLE);
CREATE TABLE g1 (a int DEFERRABLE);
CREATE TABLE g1 (a int NOT NULL DEFERRABLE);
CREATE TABLE g1 (a int UNIQUE NOT NULL DEFERRABLE);
CREATE TABLE g1 (a int CHECK (a > 0) DEFERRABLE);
CREATE TABLE g1 (a int INITIALLY DEFERRED);
CREATE TABLE g1 (a int INITIALLY IMMEDIATE);
CREATE TABLE g1 (a int NOT DEFERRABLE);
CREATE TABLE g1 (a int, UNIQUE (a) NOT DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE g1 (a int UNIQUE INITIALLY IMMEDIATE DEFERRABLE, b int UNIQUE INITIALLY DEFERRED, c int UNIQUE NOT DEFERRABLE INITIALLY IMMEDIATE, d int UNIQUE INITIALLY IMMEDIATE);
SELECT conname, condeferrable, condeferred, indimmediate, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_index i ON i.indexrelid = conindid WHERE conrelid = 'g1'::regclass ORDER BY conname;
SELECT constraint_name, constraint_type, is_deferrable, initially_deferred FROM information_schema.table_constraints WHERE table_name IN ('g1', 'seats') AND constraint_type <> 'CHECK' ORDER BY 1;
SELECT relname, indisunique, indisprimary, indimmediate, indisexclusion FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = 'seats'::regclass ORDER BY 1;
-- A column that is grouped by a deferrable key decides nothing
SELECT id, note FROM seats GROUP BY id;
-- ALTER TABLE
CREATE TABLE later (a int, b int, c text);
INSERT INTO later VALUES (1, 1, 'x'), (2, 2, 'y'), (2, 3, 'z');
ALTER TABLE later ADD PRIMARY KEY (a) DEFERRABLE;
ALTER TABLE later ADD UNIQUE (a) DEFERRABLE INITIALLY DEFERRED;
UPDATE later SET a = b;
ALTER TABLE later ADD PRIMARY KEY (a) DEFERRABLE;
ALTER TABLE later ADD CONSTRAINT later_b UNIQUE (b, c) DEFERRABLE INITIALLY DEFERRED;
\d later
UPDATE later SET a = a + 1;
SELECT * FROM later ORDER BY a;
INSERT INTO later VALUES (9, 1, 'x');
ALTER TABLE later ALTER CONSTRAINT later_b NOT DEFERRABLE;
ALTER TABLE later RENAME CONSTRAINT later_b TO later_bc;
ALTER TABLE later ALTER COLUMN b TYPE bigint;
ALTER TABLE later ALTER COLUMN a TYPE bigint USING 1;
ALTER TABLE later ADD COLUMN d int DEFAULT 7;
UPDATE later SET a = a - 1;
INSERT INTO later VALUES (9, 1, 'x');
SELECT * FROM later ORDER BY a;
ALTER TABLE later DROP CONSTRAINT later_pkey;
INSERT INTO later VALUES (1, 10, 'u');
\d later
SELECT * FROM later ORDER BY a, b;
ALTER TABLE later ALTER COLUMN a DROP NOT NULL;
DELETE FROM later WHERE b = 10;
ALTER TABLE later ADD PRIMARY KEY (a);
UPDATE later SET a = a + 1 WHERE a = 1;
-- USING INDEX
CREATE UNIQUE INDEX later_d ON later (c);
ALTER TABLE later ADD CONSTRAINT later_c UNIQUE USING INDEX later_d DEFERRABLE INITIALLY DEFERRED;
\d later
BEGIN;
UPDATE later SET c = 'z';
COMMIT;
UPDATE later SET c = CASE c WHEN 'x' THEN 'y' WHEN 'y' THEN 'x' ELSE c END;
SELECT c FROM later ORDER BY a;
-- Tables with checks that wait
BEGIN; UPDATE later SET c = 'z' WHERE c = 'x'; ALTER TABLE later ADD COLUMN e int; ROLLBACK;
BEGIN; UPDATE later SET c = 'z' WHERE c = 'x'; TRUNCATE later; ROLLBACK;
BEGIN; UPDATE later SET c = 'z' WHERE c = 'x'; DROP TABLE later; ROLLBACK;
BEGIN; UPDATE later SET c = 'z' WHERE c = 'x'; CREATE INDEX ON later (b); ROLLBACK;
BEGIN; UPDATE later SET c = 'z' WHERE c = 'x'; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK;
TRUNCATE later;
INSERT INTO later VALUES (1, 1, 'a'), (2, 1, 'b');
BEGIN; INSERT INTO later VALUES (3, 3, 'a'); COMMIT;
-- ALTER CONSTRAINT, of foreign keys alone
CREATE TABLE key1 (a int PRIMARY KEY);
CREATE TABLE key2 (a int CONSTRAINT f1 REFERENCES key1, b int) PARTITION BY LIST (b);
CREATE TABLE key3 PARTITION OF key2 FOR VALUES IN (1);
INSERT INTO key2 VALUES (5, 1);
ALTER TABLE key2 ALTER CONSTRAINT f1 DEFERRABLE INITIALLY DEFERRED;
\d key3
BEGIN; INSERT INTO key2 VALUES (5, 1); SELECT count(*) FROM key2; COMMIT;
ALTER TABLE key3 ALTER CONSTRAINT f1 NOT DEFERRABLE;
ALTER TABLE key3 ALTER CONSTRAINT f9 NOT DEFERRABLE;
ALTER TABLE key1 ALTER CONSTRAINT key1_pkey DEFERRABLE;
ALTER TABLE key2 ALTER CONSTRAINT f1 NOT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE key2 ALTER CONSTRAINT f1 INITIALLY IMMEDIATE DEFERRABLE;
\d key3
ALTER TABLE key2 ALTER CONSTRAINT f1;
SELECT conrelid::regclass, condeferrable, condeferred FROM pg_constraint WHERE conname = 'f1' ORDER BY 1;
DROP TABLE key2, key1;
-- LIKE, types with several encodings, several columns
CREATE TABLE copied (LIKE later INCLUDING ALL);
\d copied
INSERT INTO copied VALUES (1, 1, 'a'), (2, 2, 'a');
CREATE TABLE wide (n numeric, t text, d date, UNIQUE (n, t, d) DEFERRABLE);
INSERT INTO wide VALUES (1.0, 'a', '2024-01-01'), (1.00, 'a', '2024-01-01');
INSERT INTO wide VALUES (1.0, 'a', '2024-01-01'), (1.00, 'a', NULL), (1.0, 'a', NULL);
UPDATE wide SET d = '2024-01-01';
CREATE TABLE distinctive (n int, UNIQUE NULLS NOT DISTINCT (n) DEFERRABLE);
INSERT INTO distinctive VALUES (NULL);
INSERT INTO distinctive VALUES (NULL);
\d distinctive
-- Cascades
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (pid int UNIQUE DEFERRABLE REFERENCES parent ON UPDATE CASCADE ON DELETE SET DEFAULT, n int);
INSERT INTO parent VALUES (1), (2), (10);
INSERT INTO child VALUES (1, 1), (2, 2);
UPDATE parent SET id = id + 20 WHERE id < 10;
SELECT * FROM child ORDER BY n;
ALTER TABLE child ALTER pid SET DEFAULT 10;
DELETE FROM parent WHERE id IN (21, 22);
SELECT * FROM child ORDER BY n;
-- Partitions
CREATE TABLE parts (a int PRIMARY KEY DEFERRABLE, b int) PARTITION BY RANGE (a);
CREATE TABLE parts1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
CREATE TABLE parts2 PARTITION OF parts FOR VALUES FROM (10) TO (20);
\d parts
\d parts1
INSERT INTO parts SELECT g, g FROM generate_series(1, 12) g;
UPDATE parts SET a = a + 1;
SELECT tableoid::regclass, min(a), max(a), count(*) FROM parts GROUP BY 1 ORDER BY 1;
INSERT INTO parts VALUES (5);
BEGIN;
SET CONSTRAINTS parts_pkey DEFERRED;
INSERT INTO parts VALUES (5);
INSERT INTO parts VALUES (15);
COMMIT;
BEGIN;
SET CONSTRAINTS parts2_pkey DEFERRED;
INSERT INTO parts VALUES (12);
DELETE FROM parts WHERE a = 12 AND b IS NULL;
COMMIT;
CREATE TABLE parts3 (a int NOT NULL, b int);
INSERT INTO parts3 VALUES (21, 1), (21, 2);
ALTER TABLE parts ATTACH PARTITION parts3 FOR VALUES FROM (20) TO (30);
DELETE FROM parts3 WHERE b = 2;
ALTER TABLE parts ATTACH PARTITION parts3 FOR VALUES FROM (20) TO (30);
\d parts3
INSERT INTO parts VALUES (21, 3);
-- COPY, MERGE, prepared statements
COPY seats FROM stdin;
100	copied	\N
100	copied too	\N
\.
COPY seats FROM stdin;
100	copied	\N
101	copied too	\N
\.
MERGE INTO seats s USING (VALUES (100, 101), (101, 100)) v (a, b) ON s.id = v.a WHEN MATCHED THEN UPDATE SET id = v.b;
SELECT id, guest FROM seats WHERE id >= 100 ORDER BY id;
MERGE INTO seats s USING (VALUES (100, 102), (101, 102)) v (a, b) ON s.id = v.a WHEN MATCHED THEN UPDATE SET id = v.b;
PREPARE add_seat AS INSERT INTO seats VALUES ($1, $2, NULL);
EXECUTE add_seat (100, 'p');
EXECUTE add_seat (110, 'p');
EXECUTE add_seat (110, 'p2');
EXECUTE add_seat (111, 'p2');
SELECT relname, relhastriggers, hastriggers FROM pg_class JOIN pg_tables ON tablename = relname WHERE relname IN ('seats', 'firm', 'mixed', 'parts1') ORDER BY 1;
DROP TABLE seats, firm, mixed, g1, later, copied, wide, distinctive, child, parent, parts;
