-- pg_stat_user_tables, pg_stat_user_indexes, pg_stat_database: what was done with tables
CREATE TABLE su (a int PRIMARY KEY, b text);
CREATE TABLE plain (a int);
SELECT pg_stat_force_next_flush();
SELECT relname, seq_tup_read, idx_scan, idx_tup_fetch, n_tup_ins, n_tup_upd, n_tup_del, n_live_tup, n_mod_since_analyze, n_ins_since_vacuum FROM pg_stat_user_tables WHERE relname IN ('su', 'plain') ORDER BY relname;
INSERT INTO su SELECT g, 'text ' || g FROM generate_series(1, 100) AS g;
INSERT INTO su VALUES (101, 'one');
UPDATE su SET b = 'new' WHERE a > 90;
DELETE FROM su WHERE a % 10 = 0;
SELECT pg_stat_force_next_flush();
SELECT n_tup_ins, n_tup_upd, n_tup_del, n_mod_since_analyze, n_ins_since_vacuum FROM pg_stat_user_tables WHERE relname = 'su';
-- what is rolled back was done
BEGIN;
INSERT INTO su VALUES (201, 'x'), (202, 'y');
DELETE FROM su WHERE a = 201;
ROLLBACK;
SELECT pg_stat_force_next_flush();
SELECT n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables WHERE relname = 'su';
-- ON CONFLICT, MERGE, COPY
INSERT INTO su VALUES (1, 'again'), (301, 'new') ON CONFLICT (a) DO UPDATE SET b = excluded.b;
INSERT INTO su VALUES (1, 'again') ON CONFLICT DO NOTHING;
MERGE INTO su USING (VALUES (1, 'm'), (401, 'n'), (2, NULL)) AS v (k, t) ON a = k WHEN MATCHED AND t IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET b = t WHEN NOT MATCHED THEN INSERT VALUES (k, t);
COPY su FROM STDIN;
501	copied
502	copied
\.
SELECT pg_stat_force_next_flush();
SELECT n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables WHERE relname = 'su';
-- scans of the whole table
INSERT INTO plain SELECT generate_series(1, 10);
SELECT count(*) FROM plain;
SELECT a FROM plain WHERE a > 8 ORDER BY a;
SELECT count(*) FROM plain AS x, plain AS y WHERE x.a = y.a;
SELECT pg_stat_force_next_flush();
SELECT seq_scan, seq_tup_read, idx_scan, idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'plain';
-- look-ups by an index
CREATE TABLE looked (a int PRIMARY KEY, b int);
CREATE INDEX looked_b ON looked (b);
INSERT INTO looked SELECT g, g % 5000 FROM generate_series(1, 20000) AS g;
SELECT pg_stat_force_next_flush();
ANALYZE looked;
SELECT b FROM looked WHERE a = 77;
SELECT b FROM looked WHERE a = 78;
SELECT b FROM looked WHERE a = 100000;
SELECT pg_stat_force_next_flush();
SELECT relname, indexrelname, idx_scan, idx_tup_read, idx_tup_fetch FROM pg_stat_user_indexes WHERE relname = 'looked' ORDER BY indexrelname;
SELECT idx_scan, idx_tup_fetch, n_mod_since_analyze, n_live_tup, analyze_count, last_analyze > now() - interval '1 minute' AS recent, vacuum_count FROM pg_stat_user_tables WHERE relname = 'looked';
VACUUM looked;
VACUUM ANALYZE looked;
SELECT pg_stat_force_next_flush();
SELECT vacuum_count, analyze_count, last_vacuum >= last_analyze - interval '1 minute' AS both, n_ins_since_vacuum, autovacuum_count FROM pg_stat_user_tables WHERE relname = 'looked';
-- foreign keys with actions
CREATE TABLE child (a int REFERENCES su ON DELETE CASCADE);
INSERT INTO child VALUES (3), (4), (4);
DELETE FROM su WHERE a = 4;
SELECT pg_stat_force_next_flush();
SELECT n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables WHERE relname = 'child';
-- partitions
CREATE TABLE parted (a int) PARTITION BY LIST (a);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES IN (2);
INSERT INTO parted VALUES (1), (2), (2);
SELECT pg_stat_force_next_flush();
SELECT relname, n_tup_ins FROM pg_stat_user_tables WHERE relname LIKE 'parted%' ORDER BY relname;
-- from zero again
SELECT pg_stat_reset_single_table_counters('su'::regclass);
SELECT n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables WHERE relname = 'su';
SELECT pg_stat_reset();
SELECT pg_stat_clear_snapshot();
SELECT relname, n_tup_ins FROM pg_stat_user_tables WHERE relname = 'looked';
SELECT stats_reset > now() - interval '1 minute' AS recent FROM pg_stat_database WHERE datname = current_database();
INSERT INTO su VALUES (601, 'after');
SELECT pg_stat_force_next_flush();
SELECT n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables WHERE relname = 'su';
SELECT tup_inserted >= 1, xact_commit > 0, deadlocks, numbackends FROM pg_stat_database WHERE datname = current_database();
SELECT pg_stat_reset_shared('nosuch');
SELECT pg_stat_reset_shared('wal');
SELECT count(*) FROM pg_stat_database WHERE datname IS NULL;
DROP TABLE su, plain, looked, child, parted;
SELECT count(*) FROM pg_stat_user_tables WHERE relname IN ('su', 'plain');
