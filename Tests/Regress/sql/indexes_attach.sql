-- Indexes of partitioned tables made ONLY there, and put together from parts: as pg_dump restores them.
CREATE TABLE p (a int NOT NULL, b int, c text) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 (c text, b int, a int NOT NULL);
ALTER TABLE p ATTACH PARTITION p2 FOR VALUES FROM (10) TO (20);
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (20) TO (30) PARTITION BY LIST (b);
CREATE TABLE p31 PARTITION OF p3 FOR VALUES IN (1);
INSERT INTO p SELECT g, 1, g FROM generate_series(0, 25) g;
ALTER TABLE ONLY p ADD CONSTRAINT p_key UNIQUE (a);
CREATE INDEX p_b ON ONLY p (b);
\d p
\d p1
SELECT indexrelid::regclass, indisvalid, indisready, indisunique FROM pg_index WHERE indrelid IN ('p'::regclass, 'p1'::regclass) ORDER BY 1;
ALTER TABLE ONLY p1 ADD CONSTRAINT p1_key UNIQUE (a);
ALTER INDEX p_key ATTACH PARTITION p1_key;
ALTER INDEX p_key ATTACH PARTITION p1_key;
CREATE INDEX p1_b ON p1 (b);
CREATE INDEX p2_a ON p2 (a);
CREATE UNIQUE INDEX p2_ua ON p2 (a);
ALTER INDEX p_b ATTACH PARTITION p1_b;
ALTER INDEX p_b ATTACH PARTITION p2_a;
ALTER INDEX p_b ATTACH PARTITION p_b;
ALTER INDEX p_b ATTACH PARTITION nope;
ALTER INDEX p_b ATTACH PARTITION p2;
ALTER INDEX p1_b ATTACH PARTITION p1_b;
ALTER INDEX p_key ATTACH PARTITION p2_ua;
ALTER INDEX p_key ATTACH PARTITION p1_b;
CREATE INDEX p1_b2 ON p1 (b);
ALTER INDEX p_b ATTACH PARTITION p1_b2;
CREATE TABLE other (a int, b int); CREATE INDEX other_b ON other (b);
ALTER INDEX p_b ATTACH PARTITION other_b;
ALTER INDEX other_b ATTACH PARTITION p1_b;
INSERT INTO p VALUES (1, 1, 'x') ON CONFLICT (a) DO NOTHING;
CREATE TABLE f (a int REFERENCES p (a));
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid IN ('p'::regclass, 'p1'::regclass) ORDER BY 1;
CREATE INDEX p2_b ON p2 (b);
ALTER INDEX p_b ATTACH PARTITION p2_b;
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 'p'::regclass ORDER BY 1;
CREATE INDEX p3_b ON ONLY p3 (b);
ALTER INDEX p_b ATTACH PARTITION p3_b;
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid IN ('p'::regclass, 'p3'::regclass) ORDER BY 1;
CREATE INDEX p31_b ON p31 (b);
ALTER INDEX p3_b ATTACH PARTITION p31_b;
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid IN ('p'::regclass, 'p3'::regclass) ORDER BY 1;
\d p
\d p31
\d p_b
DROP INDEX p1_b;
ALTER TABLE p2 ADD CONSTRAINT p2_key UNIQUE (a); ALTER TABLE ONLY p3 ADD CONSTRAINT p3_key UNIQUE (a, b);
ALTER TABLE ONLY p3 ADD CONSTRAINT p3_key1 UNIQUE (a);
ALTER INDEX p_key ATTACH PARTITION p2_key;
INSERT INTO p VALUES (1, 1, 'x');
INSERT INTO p VALUES (11, 1, 'x');
INSERT INTO p VALUES (21, 1, 'x');
CREATE TABLE p4 PARTITION OF p FOR VALUES FROM (30) TO (40);
\d p4
SELECT relname, relispartition, inhparent::regclass FROM pg_class LEFT JOIN pg_inherits ON inhrelid = oid WHERE relname ~ '^p' AND relkind IN ('i', 'I') AND relnamespace = 'public'::regnamespace ORDER BY 1;
SELECT conname, conrelid::regclass, conindid::regclass, coninhcount, conislocal, conparentid <> 0 FROM pg_constraint WHERE conname ~ '^p' AND connamespace = 'public'::regnamespace ORDER BY 1;
ALTER TABLE p DETACH PARTITION p1;
\d p1
DROP TABLE p2;
ALTER TABLE ONLY p DROP CONSTRAINT p_key;
ALTER TABLE p DROP CONSTRAINT p_key;
\d p1
\d p4
CREATE TABLE q (a int, b int) PARTITION BY LIST (a);
CREATE TABLE q1 PARTITION OF q FOR VALUES IN (1);
ALTER TABLE ONLY q ADD PRIMARY KEY (a);
\d q
\d q1
ALTER TABLE ONLY q ALTER a SET NOT NULL;
ALTER TABLE q ALTER a SET NOT NULL;
ALTER TABLE ONLY q ADD PRIMARY KEY (a);
INSERT INTO q VALUES (1, 1), (1, 2);
SELECT * FROM q ORDER BY b;
UPDATE q SET b = 3 WHERE a = 1;
SELECT * FROM q WHERE a = 1 ORDER BY b;
DELETE FROM q WHERE b = 3;
ALTER TABLE q1 ADD PRIMARY KEY (a);
ALTER INDEX q_pkey ATTACH PARTITION q1_pkey;
\d q1
INSERT INTO q VALUES (1, 1), (1, 2);
INSERT INTO q VALUES (1, 1) ON CONFLICT (a) DO UPDATE SET b = 10;
INSERT INTO q VALUES (1, 1) ON CONFLICT (a) DO UPDATE SET b = 10;
SELECT * FROM q;
CREATE TABLE e (a int, b int) PARTITION BY LIST (a);
CREATE INDEX e_b ON ONLY e (b);
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 'e'::regclass;
CREATE TABLE e1 PARTITION OF e FOR VALUES IN (1);
\d e1
CREATE INDEX CONCURRENTLY e_c ON e (a);
CREATE INDEX ON ONLY e1 (a);
REINDEX INDEX e_b;
REINDEX TABLE e;
