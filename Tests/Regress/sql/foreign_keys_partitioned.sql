-- Foreign keys that reference partitioned tables ("Constraints", "Table Partitioning", ALTER TABLE)
CREATE TABLE pk (a int primary key, b int, unique (a, b)) partition by range (a);
CREATE TABLE pk1 partition of pk for values from (0) to (10);
CREATE TABLE pk2 (b int, a int not null);
alter table pk attach partition pk2 for values from (10) to (20);
CREATE TABLE fk (x int, y int, constraint myfk foreign key (x) references pk on update cascade on delete cascade);
\d fk
\d pk
\d pk1
select oid::regclass from pg_class where relname like 'pk%' order by 1;
select conname, conrelid::regclass, confrelid::regclass, conindid::regclass, (select conname from pg_constraint where oid = c.conparentid) parent, confkey, conkey, conislocal, coninhcount, connoinherit from pg_constraint c where contype = 'f' and conrelid = 'fk'::regclass order by oid;
insert into fk values (1,1);
insert into pk values (1,1),(2,2),(11,11);
insert into fk values (1,1),(2,2),(11,11),(null,3);
insert into fk values (25,1);
update fk set x=3 where x=1;
delete from pk where a = 2;
select * from fk order by 1,2;
update pk set a = 5 where a = 1;
select * from fk order by 1,2;
update pk set a = 15 where a = 5;
select tableoid::regclass,* from fk order by 2,3;
alter table fk drop constraint myfk;
alter table fk add foreign key (x) references pk;
delete from pk where a = 15;
update pk set a = 7 where a = 15;
update pk set a = 16 where a = 15;
delete from pk2 where a = 15;
update pk2 set a = 17 where a=15;
drop table pk2;
alter table pk detach partition pk2;
alter table pk detach partition pk1;
\d fk
truncate pk;
truncate pk2;
truncate pk1;
truncate pk,fk;
drop table pk2;
drop table pk;
drop table pk cascade;
\d fk
select conname from pg_constraint where conrelid='fk'::regclass;
drop table pk1;
-- partitioned both
CREATE TABLE pk (a int primary key, b int) partition by list (a);
CREATE TABLE pk1 partition of pk for values in (1,2,3) partition by range (a);
CREATE TABLE pk11 partition of pk1 for values from (0) to (2);
CREATE TABLE pk12 partition of pk1 for values from (2) to (5);
CREATE TABLE pkd partition of pk default;
CREATE TABLE fkp (x int, y int, foreign key (x) references pk on update cascade) partition by range (y);
CREATE TABLE fkp1 partition of fkp for values from (0) to (10);
CREATE TABLE fkp2 (y int, x int);
alter table fkp attach partition fkp2 for values from (10) to (20);
\d fkp
\d fkp1
\d pk11
select conname, conrelid::regclass, confrelid::regclass, conindid::regclass, (select conname||conrelid::regclass from pg_constraint where oid=c.conparentid) from pg_constraint c where contype='f' order by c.oid;
insert into pk values (1,1),(2,2),(9,9);
insert into fkp values (1,1),(2,12),(9,13);
insert into fkp values (3,1);
insert into fkp values (3,11);
delete from pk where a=1;
update pk set a=10 where a=9;
select tableoid::regclass,* from fkp order by 2;
update pk set a=3 where a=1;
update pk set a=11 where a=2;
select tableoid::regclass,* from fkp order by 2;
CREATE TABLE pk5 (a int not null primary key, b int);
alter table pk attach partition pk5 for values in (50);
select conname, conrelid::regclass, confrelid::regclass, conindid::regclass, (select conname||conrelid::regclass from pg_constraint where oid=c.conparentid) from pg_constraint c where contype='f' order by c.oid;
alter table pk detach partition pk5;
alter table fkp drop constraint fkp_x_fkey1;
alter table fkp drop constraint fkp_x_fkey;
alter table fkp add constraint q foreign key (x) references pk not valid;
-- intermediate
CREATE TABLE fki (x int references pk1);
insert into fki values (3);
update pk set a=33 where a=3;
update pk1 set a=2 where a=3;
drop table fki;
-- move across partitions of the referencing
CREATE TABLE pp (a int primary key);
CREATE TABLE ff (a int references pp on update cascade on delete set default, b int) partition by range (a);
alter table ff alter a set default 50;
CREATE TABLE ff1 partition of ff for values from (0) to (10);
CREATE TABLE ff2 partition of ff for values from (10) to (20);
insert into pp values (1),(2),(50);
insert into ff values (1,1),(2,2);
update pp set a = 11 where a = 1;
select tableoid::regclass, * from ff order by 3;
update pp set a = 99 where a = 2;
delete from pp where a = 2;
CREATE TABLE ff3 partition of ff for values from (50) to (60);
delete from pp where a = 2;
select tableoid::regclass, * from ff order by 3;
delete from pp where a=50;
drop table ff, pp, fkp, pk;
-- Several columns, another order in partitions, hash and list, a default partition
CREATE TABLE region (country text, code int, name text, PRIMARY KEY (country, code)) PARTITION BY LIST (country);
CREATE TABLE region_de (code int NOT NULL, name text, country text NOT NULL);
ALTER TABLE region ATTACH PARTITION region_de FOR VALUES IN ('de');
CREATE TABLE region_other PARTITION OF region DEFAULT PARTITION BY HASH (code);
CREATE TABLE region_o0 PARTITION OF region_other FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE region_o1 PARTITION OF region_other FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE town (id int PRIMARY KEY, code int, country varchar(10), n int DEFAULT 7, FOREIGN KEY (country, code) REFERENCES region (country, code) MATCH FULL ON UPDATE SET NULL ON DELETE SET DEFAULT);
INSERT INTO region SELECT c, g, c || g FROM unnest(ARRAY['de', 'fr', 'it']) c, generate_series(1, 4) g;
INSERT INTO town SELECT g, g, 'de' FROM generate_series(1, 4) g;
INSERT INTO town SELECT 10 + g, g, 'fr' FROM generate_series(1, 4) g;
INSERT INTO town VALUES (20, 5, 'de');
INSERT INTO town VALUES (20, 5, 'it');
INSERT INTO town VALUES (20, NULL, 'it');
INSERT INTO town VALUES (20, NULL, NULL);
UPDATE region SET code = 40 WHERE country = 'de' AND code = 4;
DELETE FROM region WHERE country = 'fr' AND code < 3;
SELECT * FROM town ORDER BY id;
UPDATE region SET country = 'at' WHERE country = 'fr' AND code = 3;
SELECT * FROM town WHERE id = 13;
ALTER TABLE town ADD CHECK (country IS NOT NULL OR id > 10);
UPDATE region SET code = 50 WHERE country = 'de' AND code = 3;
ALTER TABLE town ALTER country SET DEFAULT 'xx', ALTER code SET DEFAULT 1;
DELETE FROM region WHERE country = 'de' AND code = 2;
SELECT conname, confrelid::regclass, confkey FROM pg_constraint WHERE conrelid = 'town'::regclass AND contype = 'f' ORDER BY oid;
-- Deferred, with keys that come and go
CREATE TABLE later_fk (id int, code int, country text, FOREIGN KEY (country, code) REFERENCES region DEFERRABLE INITIALLY DEFERRED);
BEGIN;
INSERT INTO later_fk VALUES (1, 99, 'es');
INSERT INTO region VALUES ('es', 99, 'x');
COMMIT;
BEGIN;
INSERT INTO later_fk VALUES (2, 98, 'es');
COMMIT;
BEGIN;
DELETE FROM region WHERE country = 'es';
INSERT INTO region VALUES ('es', 99, 'again');
COMMIT;
BEGIN;
DELETE FROM region WHERE country = 'es';
COMMIT;
BEGIN;
UPDATE region SET country = 'de' WHERE country = 'es';
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
BEGIN;
SET CONSTRAINTS later_fk_country_code_fkey IMMEDIATE;
DELETE FROM region WHERE country = 'es';
ROLLBACK;
SELECT * FROM later_fk;
-- MERGE and moves
MERGE INTO region r USING (VALUES ('es', 'de')) v (a, b) ON r.country = v.a WHEN MATCHED THEN UPDATE SET country = v.b;
MERGE INTO region r USING (VALUES ('es')) v (a) ON r.country = v.a WHEN MATCHED THEN DELETE;
ALTER TABLE later_fk DROP CONSTRAINT later_fk_country_code_fkey;
ALTER TABLE later_fk ADD FOREIGN KEY (country, code) REFERENCES region ON UPDATE CASCADE;
MERGE INTO region r USING (VALUES ('es', 'de')) v (a, b) ON r.country = v.a WHEN MATCHED THEN UPDATE SET country = v.b;
SELECT * FROM later_fk;
-- TRUNCATE, DROP, ATTACH, DETACH
TRUNCATE region;
TRUNCATE region_de;
BEGIN;
TRUNCATE region CASCADE;
SELECT count(*) FROM later_fk;
ROLLBACK;
DROP TABLE region_de;
BEGIN;
DROP TABLE region_de CASCADE;
SELECT conname FROM pg_constraint WHERE conrelid = 'later_fk'::regclass;
ROLLBACK;
ALTER TABLE region DETACH PARTITION region_de;
DELETE FROM later_fk;
ALTER TABLE region DETACH PARTITION region_de;
SELECT count(*) FROM town WHERE country = 'de';
DELETE FROM town WHERE country = 'de';
ALTER TABLE region DETACH PARTITION region_de;
SELECT conname, confrelid::regclass FROM pg_constraint WHERE conrelid = 'town'::regclass AND contype = 'f' ORDER BY oid;
DELETE FROM region_de WHERE code = 40;
INSERT INTO later_fk VALUES (9, 1, 'de');
ALTER TABLE region ATTACH PARTITION region_de FOR VALUES IN ('de');
INSERT INTO later_fk VALUES (9, 1, 'de');
DELETE FROM region WHERE country = 'de' AND code = 1;
\d region_de
\d region_o1
DROP TABLE town, later_fk;
DROP TABLE region;
DROP TABLE region_de;
-- A table that refers to itself
CREATE TABLE tree (id int PRIMARY KEY, parent int REFERENCES tree ON DELETE CASCADE) PARTITION BY RANGE (id);
CREATE TABLE tree1 PARTITION OF tree FOR VALUES FROM (1) TO (10);
CREATE TABLE tree2 PARTITION OF tree FOR VALUES FROM (10) TO (20);
INSERT INTO tree VALUES (1, NULL), (2, 1), (11, 2), (12, 11), (3, 12);
INSERT INTO tree VALUES (4, 7);
SELECT conname, conrelid::regclass, confrelid::regclass, conparentid <> 0 AS is_part FROM pg_constraint WHERE contype = 'f' ORDER BY oid;
DELETE FROM tree WHERE id = 11;
SELECT tableoid::regclass, * FROM tree ORDER BY id;
CREATE TABLE tree3 PARTITION OF tree FOR VALUES FROM (20) TO (30);
INSERT INTO tree VALUES (21, 1), (22, 21);
DELETE FROM tree WHERE id = 1;
SELECT count(*) FROM tree;
DROP TABLE tree;
-- Both sides partitioned, actions that move rows
CREATE TABLE depot (id int PRIMARY KEY) PARTITION BY HASH (id);
CREATE TABLE depot0 PARTITION OF depot FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE depot1 PARTITION OF depot FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE load (depot int DEFAULT 1 REFERENCES depot ON UPDATE CASCADE ON DELETE SET DEFAULT, n int) PARTITION BY LIST (depot);
CREATE TABLE load1 PARTITION OF load FOR VALUES IN (1, 2, 3);
CREATE TABLE load2 (n int, depot int);
ALTER TABLE load ATTACH PARTITION load2 FOR VALUES IN (4, 5, 6);
CREATE TABLE load0 PARTITION OF load FOR VALUES IN (NULL);
INSERT INTO depot SELECT generate_series(1, 4);
INSERT INTO load SELECT g % 4 + 1, g FROM generate_series(1, 8) g;
UPDATE depot SET id = 5 WHERE id = 1;
SELECT tableoid::regclass, * FROM load WHERE depot = 5 ORDER BY n;
DELETE FROM depot WHERE id = 2;
INSERT INTO depot VALUES (1);
DELETE FROM depot WHERE id = 2;
SELECT tableoid::regclass, count(*) FROM load GROUP BY 1 ORDER BY 1;
UPDATE depot SET id = 7 WHERE id = 3;
ALTER TABLE load DROP CONSTRAINT load_depot_fkey;
ALTER TABLE load ADD CONSTRAINT l FOREIGN KEY (depot) REFERENCES depot ON UPDATE SET NULL ON DELETE CASCADE;
UPDATE depot SET id = 8 WHERE id = 3;
SELECT tableoid::regclass, count(*) FROM load GROUP BY 1 ORDER BY 1;
DELETE FROM depot WHERE id = 1;
SELECT tableoid::regclass, count(*) FROM load GROUP BY 1 ORDER BY 1;
UPDATE load1 SET depot = 77;
ALTER TABLE load DETACH PARTITION load2;
\d load2
DELETE FROM depot WHERE id = 4;
SELECT count(*) FROM load2 WHERE depot = 4;
-- Definitions over rows that are there
CREATE TABLE old_rows (depot int);
INSERT INTO old_rows VALUES (5), (NULL), (6);
ALTER TABLE old_rows ADD FOREIGN KEY (depot) REFERENCES depot;
ALTER TABLE old_rows ADD FOREIGN KEY (depot) REFERENCES depot NOT VALID;
ALTER TABLE old_rows VALIDATE CONSTRAINT old_rows_depot_fkey;
DELETE FROM old_rows WHERE depot = 6;
ALTER TABLE old_rows VALIDATE CONSTRAINT old_rows_depot_fkey;
ALTER TABLE old_rows RENAME CONSTRAINT old_rows_depot_fkey TO r;
DELETE FROM depot WHERE id = 5;
-- A partition that is referred to by itself
CREATE TABLE direct (id int REFERENCES depot1);
CREATE TABLE direct0 (id int REFERENCES depot0);
SELECT tableoid::regclass, id FROM depot ORDER BY 2;
INSERT INTO direct SELECT id FROM depot1;
INSERT INTO direct0 SELECT id FROM depot0;
UPDATE depot SET id = id + 100;
DELETE FROM depot;
DROP TABLE direct, direct0, old_rows, load, load2, depot;
-- Keys of other types
CREATE TABLE exact (n numeric PRIMARY KEY);
CREATE TABLE rough (n int REFERENCES exact ON UPDATE CASCADE, m int);
INSERT INTO exact VALUES (1.0), (2.50);
INSERT INTO rough VALUES (1, 1);
INSERT INTO rough VALUES (2, 2);
UPDATE exact SET n = 3.4 WHERE n = 1;
UPDATE exact SET n = 3.00 WHERE n = 1;
SELECT * FROM rough;
DELETE FROM exact WHERE n = 3;
CREATE TABLE moments (t timestamp PRIMARY KEY);
CREATE TABLE days (d date REFERENCES moments ON DELETE CASCADE);
INSERT INTO moments VALUES ('2024-02-03'), ('2024-02-04 10:00');
INSERT INTO days VALUES ('2024-02-03');
INSERT INTO days VALUES ('2024-02-04');
DELETE FROM moments;
SELECT count(*) FROM days;
CREATE TABLE reals (r float8 PRIMARY KEY);
CREATE TABLE whole_reals (i int8 REFERENCES reals, n numeric REFERENCES reals, s float4 REFERENCES reals);
INSERT INTO reals VALUES (1), (2.5);
INSERT INTO whole_reals VALUES (1, 2.5, 2.5), (NULL, 2.50, 1);
INSERT INTO whole_reals (i) VALUES (2);
INSERT INTO whole_reals (n) VALUES (2.51);
-- CONTEXT of what an action does
CREATE TABLE base (id int PRIMARY KEY);
CREATE TABLE strict1 (id int NOT NULL REFERENCES base ON DELETE SET NULL ON UPDATE CASCADE CHECK (id < 10), u int);
CREATE TABLE strict2 (id int UNIQUE REFERENCES base ON DELETE SET DEFAULT);
INSERT INTO base VALUES (1), (2), (3);
INSERT INTO strict1 VALUES (1, 1);
DELETE FROM base WHERE id = 1;
UPDATE base SET id = 11 WHERE id = 1;
ALTER TABLE strict2 ALTER id SET DEFAULT 3;
INSERT INTO strict2 VALUES (2), (3);
DELETE FROM base WHERE id = 2;
ALTER TABLE strict2 ALTER id SET DEFAULT 9;
DELETE FROM base WHERE id = 2;
DROP TABLE exact, rough, moments, days, reals, whole_reals, base, strict1, strict2;
-- ATTACH takes over a foreign key that fits
CREATE TABLE hub (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE hub1 PARTITION OF hub FOR VALUES FROM (0) TO (10);
CREATE TABLE spoke (id int, hub int REFERENCES hub ON DELETE CASCADE) PARTITION BY RANGE (id);
CREATE TABLE spoke1 (hub int REFERENCES hub ON DELETE CASCADE, id int);
CREATE TABLE spoke2 (hub int REFERENCES hub, id int);
CREATE TABLE spoke3 (hub int CONSTRAINT own REFERENCES hub ON DELETE CASCADE NOT VALID, id int);
INSERT INTO hub VALUES (1), (2);
INSERT INTO spoke1 VALUES (1, 1), (2, 2);
ALTER TABLE spoke ATTACH PARTITION spoke1 FOR VALUES FROM (0) TO (10);
ALTER TABLE spoke ATTACH PARTITION spoke2 FOR VALUES FROM (10) TO (20);
ALTER TABLE spoke ATTACH PARTITION spoke3 FOR VALUES FROM (20) TO (30);
\d spoke1
\d spoke2
\d spoke3
SELECT conname, conrelid::regclass, confrelid::regclass, conislocal, coninhcount, (SELECT p.conrelid::regclass FROM pg_constraint p WHERE p.oid = c.conparentid) AS parent FROM pg_constraint c WHERE contype = 'f' AND conrelid::regclass::text LIKE 'spoke%' ORDER BY conrelid::regclass::text, confrelid::regclass::text, conname;
INSERT INTO spoke VALUES (3, 7);
DELETE FROM hub WHERE id = 1;
SELECT * FROM spoke;
ALTER TABLE spoke1 DROP CONSTRAINT spoke1_hub_fkey;
ALTER TABLE spoke DETACH PARTITION spoke1;
\d spoke1
DELETE FROM hub WHERE id = 2;
SELECT * FROM spoke1;
ALTER TABLE spoke1 DROP CONSTRAINT spoke1_hub_fkey;
DROP TABLE spoke, spoke1, hub;
-- Checks that wait while tables change
CREATE TABLE target (id int PRIMARY KEY, v int);
CREATE TABLE source (id int REFERENCES target DEFERRABLE INITIALLY DEFERRED, w int);
INSERT INTO target VALUES (1), (2);
INSERT INTO source VALUES (1);
BEGIN;
INSERT INTO source VALUES (2);
INSERT INTO source VALUES (3);
INSERT INTO target VALUES (3);
ALTER TABLE target ADD COLUMN x float DEFAULT random();
COMMIT;
BEGIN;
INSERT INTO source VALUES (4);
ALTER TABLE target ALTER COLUMN v TYPE bigint;
COMMIT;
BEGIN;
DELETE FROM target WHERE id = 1;
ALTER TABLE source ALTER COLUMN w TYPE bigint;
COMMIT;
BEGIN;
DELETE FROM target WHERE id = 1;
CREATE INDEX ON source (id);
DELETE FROM source WHERE id = 1;
COMMIT;
BEGIN;
DELETE FROM target WHERE id = 2;
TRUNCATE source;
COMMIT;
SELECT count(*) FROM target;
BEGIN;
INSERT INTO source VALUES (9);
ALTER TABLE source ADD COLUMN q int;
ROLLBACK;
DROP TABLE source, target;
-- DETACH … CONCURRENTLY and FINALIZE
CREATE TABLE q (id int PRIMARY KEY, b text) PARTITION BY RANGE (id);
CREATE TABLE q1 PARTITION OF q FOR VALUES FROM (1) TO (5);
CREATE TABLE q2 PARTITION OF q FOR VALUES FROM (5) TO (9);
CREATE TABLE qd PARTITION OF q DEFAULT;
CREATE TABLE fq (id int REFERENCES q);
INSERT INTO q VALUES (1), (6);
INSERT INTO fq VALUES (6);
ALTER TABLE q DETACH PARTITION q1 CONCURRENTLY;
DROP TABLE qd CASCADE;
ALTER TABLE fq ADD FOREIGN KEY (id) REFERENCES q;
BEGIN;
ALTER TABLE q DETACH PARTITION q1 CONCURRENTLY;
ROLLBACK;
ALTER TABLE q DETACH PARTITION q1 FINALIZE;
ALTER TABLE q DETACH PARTITION fq FINALIZE;
ALTER TABLE q DETACH PARTITION fq CONCURRENTLY;
ALTER TABLE q DETACH PARTITION q2 CONCURRENTLY;
ALTER TABLE q DETACH PARTITION q1 CONCURRENTLY;
\d q1
INSERT INTO q1 VALUES (5);
CREATE TABLE q3 (id int NOT NULL PRIMARY KEY, b text, CHECK (id >= 10 AND id < 20 AND id IS NOT NULL));
ALTER TABLE q ATTACH PARTITION q3 FOR VALUES FROM (10) TO (20);
ALTER TABLE q DETACH PARTITION q3 CONCURRENTLY;
\d q3
CREATE TABLE l (a text, b int) PARTITION BY LIST (a);
CREATE TABLE l1 PARTITION OF l FOR VALUES IN ('x', NULL);
CREATE TABLE l2 PARTITION OF l FOR VALUES IN ('y') PARTITION BY RANGE (b);
CREATE TABLE l21 PARTITION OF l2 FOR VALUES FROM (0) TO (5);
ALTER TABLE l2 DETACH PARTITION l21 CONCURRENTLY;
\d l21
ALTER TABLE l DETACH PARTITION l1 CONCURRENTLY;
ALTER TABLE l DETACH PARTITION l2 CONCURRENTLY;
\d l1
\d l2
CREATE TABLE h (a text, b int) PARTITION BY HASH (a);
CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0);
ALTER TABLE h DETACH PARTITION h1 CONCURRENTLY;
\d h1
CREATE TABLE many (a int, b int) PARTITION BY RANGE (a, b);
CREATE TABLE many1 PARTITION OF many FOR VALUES FROM (1, 2) TO (3, MAXVALUE);
ALTER TABLE many DETACH PARTITION many1 CONCURRENTLY;
\d many1
ALTER TABLE q DETACH PARTITION nope CONCURRENTLY;
ALTER TABLE q1 DETACH PARTITION q2 CONCURRENTLY;
DROP TABLE q, fq, q1, q3, l, l1, l2, l21, h, h1, many, many1;
-- EXCLUDE with expressions, checked at commit
CREATE TABLE late_excl (t text, EXCLUDE (lower(t) WITH =, (length(t)) WITH =) DEFERRABLE INITIALLY DEFERRED);
\d late_excl
BEGIN;
INSERT INTO late_excl VALUES ('A'), ('b'), ('a');
COMMIT;
ALTER TABLE ONLY late_excl ADD CONSTRAINT again EXCLUDE USING btree (t WITH OPERATOR(pg_catalog.=)) DEFERRABLE;
INSERT INTO late_excl VALUES ('x');
UPDATE late_excl SET t = t;
INSERT INTO late_excl VALUES ('x');
DROP TABLE late_excl;
