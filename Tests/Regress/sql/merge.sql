-- MERGE.
CREATE TABLE stock (id int PRIMARY KEY, n int, note text DEFAULT 'new');
CREATE TABLE change (id int, delta int);
INSERT INTO stock VALUES (1, 10), (2, 20), (3, 30);
INSERT INTO change VALUES (1, 5), (2, -20), (4, 40), (5, -1);

MERGE INTO stock s USING change c ON s.id = c.id
    WHEN MATCHED AND s.n + c.delta > 0 THEN UPDATE SET n = s.n + c.delta, note = 'changed'
    WHEN MATCHED THEN DELETE
    WHEN NOT MATCHED AND c.delta > 0 THEN INSERT VALUES (c.id, c.delta)
    WHEN NOT MATCHED THEN DO NOTHING;
SELECT * FROM stock ORDER BY id;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN DO NOTHING;
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN INSERT (id, note) VALUES (c.id, DEFAULT);
SELECT * FROM stock ORDER BY id;
MERGE INTO stock USING change ON stock.id = change.id WHEN MATCHED AND delta < 0 THEN DELETE;
SELECT * FROM stock ORDER BY id;
MERGE INTO stock s USING (SELECT id, sum(delta) AS d FROM change GROUP BY id) c ON c.id = s.id WHEN MATCHED THEN UPDATE SET n = d;
MERGE INTO stock s USING (VALUES (3, 'three'), (7, 'seven')) AS v (id, t) ON v.id = s.id WHEN MATCHED THEN UPDATE SET note = t WHEN NOT MATCHED THEN INSERT (note, id) VALUES (t, v.id);
SELECT * FROM stock ORDER BY id;
MERGE INTO stock s USING generate_series(1, 9) g ON s.id = g WHEN MATCHED AND g % 2 = 1 THEN UPDATE SET n = g WHEN NOT MATCHED AND g = 9 THEN INSERT VALUES (g, g, g::text);
SELECT * FROM stock ORDER BY id;
MERGE INTO stock s USING change c JOIN (VALUES (4), (5)) v (k) ON c.id = v.k ON s.id = c.id WHEN MATCHED THEN UPDATE SET note = 'joined ' || v.k;
SELECT * FROM stock ORDER BY id;
MERGE INTO stock s USING stock o ON s.id = o.id AND o.n IS NULL WHEN MATCHED THEN UPDATE SET n = o.id * 100;
SELECT * FROM stock ORDER BY id;

-- The join's condition, and those of the actions.
MERGE INTO stock s USING change c ON false WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id AND s.n > 1000 WHEN NOT MATCHED AND c.id > 4 THEN INSERT VALUES (c.id + 100, 1) WHEN MATCHED THEN DELETE;
SELECT id FROM stock WHERE id > 100;
MERGE INTO stock s USING (SELECT 1) q ON s.id > 100 WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING (SELECT 1 AS k) q ON true WHEN MATCHED AND s.id = 9 THEN DELETE WHEN MATCHED AND s.id < 3 THEN UPDATE SET n = n + 1;
SELECT * FROM stock ORDER BY id;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED AND NULL THEN DELETE WHEN MATCHED AND c.delta IS NULL THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED AND EXISTS (SELECT FROM change d WHERE d.id = s.id AND d.delta > 0) THEN UPDATE SET note = (SELECT string_agg(d.delta::text, ',') FROM change d WHERE d.id = c.id);
SELECT * FROM stock ORDER BY id;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET (n, note) = (SELECT c.delta, 'both'), id = s.id;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET (n, note) = ROW (c.delta + 1, DEFAULT);
SELECT * FROM stock ORDER BY id;
MERGE INTO stock AS s USING change AS c ON s.id = c.id WHEN MATCHED THEN UPDATE SET note = DEFAULT, n = DEFAULT;
SELECT * FROM stock ORDER BY id;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET id = s.id + 50;
SELECT * FROM stock ORDER BY id;
MERGE INTO ONLY stock s USING change c ON s.id = c.id + 50 WHEN MATCHED THEN UPDATE SET id = c.id;
SELECT count(*) FROM stock;

-- WITH, parameters, EXPLAIN, transactions.
WITH q AS (SELECT 1 AS id, 'cte' AS t) MERGE INTO stock s USING q ON s.id = q.id WHEN MATCHED THEN UPDATE SET note = q.t || (SELECT count(*) FROM q);
WITH q AS (DELETE FROM change WHERE id = 5 RETURNING id) MERGE INTO stock s USING q ON s.id = q.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (q.id, 0);
SELECT * FROM stock ORDER BY id;
PREPARE upsert (int, int) AS MERGE INTO stock s USING (VALUES ($1, $2)) v (id, n) ON s.id = v.id WHEN MATCHED THEN UPDATE SET n = v.n WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.n, 'prepared');
EXECUTE upsert (1, 111);
EXECUTE upsert (60, 600);
EXECUTE upsert (60, 601);
DEALLOCATE upsert;
SELECT * FROM stock WHERE id IN (1, 60) ORDER BY id;
BEGIN;
MERGE INTO stock s USING stock t ON s.id = t.id WHEN MATCHED THEN DELETE;
SELECT count(*) FROM stock;
ROLLBACK;
SELECT count(*) FROM stock;
BEGIN;
MERGE INTO stock s USING (VALUES (70)) v (id) ON s.id = v.id WHEN NOT MATCHED THEN INSERT VALUES (v.id, 1);
MERGE INTO stock s USING (VALUES (70)) v (id) ON s.id = v.id WHEN MATCHED THEN UPDATE SET n = s.n + 1;
MERGE INTO stock s USING (VALUES (70)) v (id) ON s.id = v.id WHEN MATCHED AND s.n = 2 THEN DELETE;
SELECT count(*) FROM stock WHERE id = 70;
COMMIT;

-- Twice is too often.
INSERT INTO change VALUES (1, 6);
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET n = 0;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED AND c.delta = 6 THEN UPDATE SET n = 6 WHEN MATCHED THEN DO NOTHING;
MERGE INTO stock s USING (VALUES (80), (80)) v (id) ON s.id = v.id WHEN NOT MATCHED THEN INSERT VALUES (v.id, 1);
SELECT * FROM stock ORDER BY id;

-- Constraints.
ALTER TABLE stock ADD CHECK (n < 1000), ALTER COLUMN note SET NOT NULL;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED AND c.delta = 6 THEN UPDATE SET n = 5000;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED AND c.delta = 6 THEN UPDATE SET note = NULL;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED AND c.delta = 6 THEN UPDATE SET id = 60;
MERGE INTO stock s USING change c ON s.id = c.id + 1000 WHEN NOT MATCHED THEN INSERT VALUES (NULL, 1);
MERGE INTO stock s USING change c ON s.id = c.id + 1000 WHEN NOT MATCHED THEN INSERT VALUES (c.id + 500, 9999);
MERGE INTO stock s USING change c ON s.id = c.id + 1000 WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET n = 1 / (c.delta - 6);
CREATE TABLE sale (id int PRIMARY KEY, stock int REFERENCES stock ON DELETE SET NULL);
INSERT INTO sale VALUES (1, 1), (2, 60);
MERGE INTO sale s USING (VALUES (1, 999), (3, 1)) v (id, stock) ON s.id = v.id WHEN MATCHED THEN UPDATE SET stock = v.stock;
MERGE INTO sale s USING (VALUES (1, 999), (3, 999)) v (id, stock) ON s.id = v.id WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.stock);
MERGE INTO stock s USING (VALUES (60)) v (id) ON s.id = v.id WHEN MATCHED THEN DELETE;
SELECT * FROM sale ORDER BY id;
CREATE UNIQUE INDEX stock_note ON stock (note) WHERE id > 200;
MERGE INTO stock s USING (VALUES (201), (202)) v (id) ON s.id = v.id WHEN NOT MATCHED THEN INSERT VALUES (v.id, 1, 'same');
DROP TABLE sale;

-- Identity and generated columns.
CREATE TABLE made (id int GENERATED ALWAYS AS IDENTITY, twice int GENERATED ALWAYS AS (v * 2) STORED, v int);
MERGE INTO made m USING change c ON false WHEN NOT MATCHED THEN INSERT (id, v) VALUES (c.id, c.delta);
MERGE INTO made m USING change c ON false WHEN NOT MATCHED THEN INSERT (id, v) OVERRIDING USER VALUE VALUES (c.id, c.delta);
MERGE INTO made m USING change c ON false WHEN NOT MATCHED THEN INSERT (id, v) OVERRIDING SYSTEM VALUE VALUES (c.id + 100, c.delta);
MERGE INTO made m USING change c ON false WHEN NOT MATCHED THEN INSERT (twice) VALUES (1);
MERGE INTO made m USING change c ON false WHEN NOT MATCHED THEN INSERT (v, twice, id) VALUES (1, DEFAULT, DEFAULT);
SELECT v, twice, id > 100 AS given FROM made ORDER BY v, id;
MERGE INTO made m USING (VALUES (1)) c ON m.v = 1 WHEN MATCHED THEN UPDATE SET id = 5;
MERGE INTO made m USING (VALUES (1)) c ON m.v = 1 WHEN MATCHED THEN UPDATE SET twice = 5;
MERGE INTO made m USING (VALUES (1)) c ON m.v = 1 WHEN MATCHED THEN UPDATE SET v = 3, twice = DEFAULT;
SELECT count(*) FROM made WHERE twice = 6;
DROP TABLE made;

-- Partitioned targets.
CREATE TABLE event (day int, id int, t text, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM (0) TO (10);
CREATE TABLE event_2 (t text, gone int, id int NOT NULL, day int NOT NULL);
ALTER TABLE event_2 DROP COLUMN gone;
ALTER TABLE event ATTACH PARTITION event_2 FOR VALUES FROM (10) TO (20);
INSERT INTO event VALUES (1, 1, 'a'), (2, 2, 'b'), (11, 3, 'c'), (12, 4, 'd');
MERGE INTO event e USING (VALUES (1, 'x'), (3, 'y'), (5, 'z')) v (id, t) ON e.id = v.id WHEN MATCHED THEN UPDATE SET t = v.t WHEN NOT MATCHED THEN INSERT VALUES (15, v.id, v.t);
SELECT tableoid::regclass, day, id, t FROM event ORDER BY id;
MERGE INTO event e USING (VALUES (1), (4)) v (id) ON e.id = v.id WHEN MATCHED AND day > 10 THEN UPDATE SET day = day - 10 WHEN MATCHED THEN UPDATE SET day = day + 10;
SELECT tableoid::regclass, day, id, t FROM event ORDER BY id;
MERGE INTO event e USING (VALUES (2), (5)) v (id) ON e.id = v.id WHEN MATCHED AND e.tableoid = 'event_1'::regclass THEN DELETE WHEN MATCHED THEN UPDATE SET t = e.tableoid::regclass::text;
SELECT tableoid::regclass, day, id, t FROM event ORDER BY id;
MERGE INTO event e USING (VALUES (2)) v (id) ON e.id = v.id WHEN NOT MATCHED THEN INSERT VALUES (99, v.id, 'nowhere');
MERGE INTO event e USING (VALUES (3)) v (id) ON e.id = v.id WHEN MATCHED THEN UPDATE SET day = 50;
MERGE INTO event_1 e USING (VALUES (4)) v (id) ON e.id = v.id WHEN MATCHED THEN UPDATE SET day = 15;
MERGE INTO event_1 e USING (VALUES (4)) v (id) ON e.id = v.id WHEN MATCHED THEN UPDATE SET day = 5;
SELECT tableoid::regclass, day, id, t FROM event ORDER BY id;
DROP TABLE event;

-- What is wrong.
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN INSERT (id, n) VALUES (c.id);
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN INSERT (id) VALUES (c.id, 1);
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN INSERT VALUES (c.id, 1, 'x', 2);
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN INSERT (id, id) VALUES (c.id, 1);
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN INSERT (nothing) VALUES (c.id);
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id);
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN INSERT (id) VALUES (note);
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED AND s.n = 1 THEN INSERT (id) VALUES (c.id);
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED AND n = 1 THEN INSERT (id) VALUES (c.id);
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN DO NOTHING WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN DO NOTHING WHEN MATCHED THEN DELETE WHEN NOT MATCHED AND true THEN DO NOTHING;
MERGE INTO stock USING stock ON true WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING change s ON true WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING change c ON id = c.id WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING change c ON stock.id = c.id WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING nowhere c ON s.id = c.id WHEN MATCHED THEN DELETE;
MERGE INTO nowhere s USING change c ON s.id = c.id WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET nothing = 1;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET n = 1, n = 2;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET n = 'x';
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET n = '2024-01-01'::date;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED AND s.n THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id AND max(c.delta) > 1 WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED AND max(c.delta) > 1 THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED AND row_number() OVER () > 1 THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED AND generate_series(1, 2) > 1 THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET n = max(c.delta);
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN INSERT VALUES (max(c.delta));
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN UPDATE SET n = 1 WHERE true;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN INSERT VALUES (1);
MERGE INTO stock s USING change c ON s.id = c.id WHEN NOT MATCHED THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN DELETE RETURNING *;
MERGE INTO stock s USING change c USING (id) WHEN MATCHED THEN DELETE;
WITH y AS (MERGE INTO stock s USING change c ON false WHEN NOT MATCHED THEN DO NOTHING) SELECT 1;
WITH RECURSIVE y AS (SELECT 1) MERGE INTO stock s USING y ON false WHEN NOT MATCHED THEN DO NOTHING;
COPY (MERGE INTO stock s USING change c ON false WHEN NOT MATCHED THEN DO NOTHING) TO STDOUT;
CREATE VIEW v_stock AS SELECT * FROM stock;
MERGE INTO v_stock s USING change c ON s.id = c.id WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING v_stock c ON s.id = c.id WHEN MATCHED THEN DO NOTHING;
CREATE SEQUENCE merge_seq;
MERGE INTO merge_seq s USING change c ON false WHEN NOT MATCHED THEN DO NOTHING;
DROP SEQUENCE merge_seq;
BEGIN READ ONLY;
MERGE INTO stock s USING change c ON s.id = c.id WHEN MATCHED THEN DELETE;
ROLLBACK;

-- Rights.
CREATE ROLE merger;
GRANT SELECT ON change TO merger;
GRANT SELECT, UPDATE ON stock TO merger;
SET ROLE merger;
MERGE INTO stock s USING change c ON s.id = c.id AND c.delta = 6 WHEN MATCHED THEN UPDATE SET n = 6;
MERGE INTO stock s USING change c ON s.id = c.id AND c.delta = 6 WHEN MATCHED THEN DELETE;
MERGE INTO stock s USING change c ON s.id = c.id AND c.delta = 6 WHEN MATCHED THEN UPDATE SET n = 6 WHEN NOT MATCHED THEN INSERT VALUES (c.id + 300, 1);
RESET ROLE;
DROP VIEW v_stock;
DROP TABLE stock, change;
DROP ROLE merger;
