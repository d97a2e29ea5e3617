-- Functions about the session, indexes and what views are made of.
SELECT current_query();
SELECT 1 AS a, current_query() LIKE 'SELECT 1%' AS own;
SELECT pg_typeof(current_query());
CREATE TABLE indexed (a int PRIMARY KEY, b text, c int);
CREATE INDEX indexed_b ON indexed (b DESC, c NULLS FIRST) INCLUDE (a);
SELECT pg_relation_filepath('indexed') = 'base/' || (SELECT oid FROM pg_database WHERE datname = current_database()) || '/' || pg_relation_filenode('indexed') AS same;
SELECT pg_relation_filepath('pg_views'), pg_relation_filepath(0);
SELECT p, pg_indexam_has_property(a.oid, p) FROM pg_am a, unnest(ARRAY['can_order', 'can_unique', 'can_multi_col', 'can_exclude', 'can_include', 'CAN_ORDER', 'bogus']) p WHERE a.amname = 'btree' ORDER BY p;
SELECT pg_indexam_has_property(0, 'can_order');
SELECT p, pg_index_has_property('indexed_pkey'::regclass, p) FROM unnest(ARRAY['clusterable', 'index_scan', 'bitmap_scan', 'backward_scan', 'bogus']) p ORDER BY p;
SELECT pg_index_has_property('indexed'::regclass, 'clusterable');
SELECT p, pg_index_column_has_property('indexed_b'::regclass, 1, p) AS b, pg_index_column_has_property('indexed_b'::regclass, 2, p) AS c,
    pg_index_column_has_property('indexed_b'::regclass, 3, p) AS a, pg_index_column_has_property('indexed_b'::regclass, 4, p) AS none
    FROM unnest(ARRAY['asc', 'desc', 'nulls_first', 'nulls_last', 'orderable', 'distance_orderable', 'returnable', 'search_array', 'search_nulls', 'bogus']) p ORDER BY p;
SELECT pg_index_column_has_property('indexed'::regclass, 1, 'asc'), pg_index_column_has_property('indexed_b'::regclass, 0, 'asc');
CREATE TABLE methods (a int, b int4range, c int[], d text, e point);
CREATE INDEX methods_hash ON methods USING hash (a);
CREATE INDEX methods_gist ON methods USING gist (b);
CREATE INDEX methods_gin ON methods USING gin (c);
CREATE INDEX methods_spgist ON methods USING spgist (d);
CREATE INDEX methods_brin ON methods USING brin (a);
CREATE INDEX methods_point ON methods USING gist (e);
SELECT amname, p, pg_indexam_has_property(a.oid, p) FROM pg_am a, unnest(ARRAY['can_order', 'can_unique', 'can_multi_col', 'can_exclude', 'can_include']) p WHERE amtype = 'i' ORDER BY 1, 2;
SELECT i, p, pg_index_has_property(i::regclass, p) FROM unnest(ARRAY['methods_hash', 'methods_gist', 'methods_gin', 'methods_spgist', 'methods_brin']) i,
    unnest(ARRAY['clusterable', 'index_scan', 'bitmap_scan', 'backward_scan']) p ORDER BY 1, 2;
SELECT i, p, pg_index_column_has_property(i::regclass, 1, p) FROM unnest(ARRAY['methods_hash', 'methods_gist', 'methods_gin', 'methods_spgist', 'methods_brin', 'methods_point']) i,
    unnest(ARRAY['asc', 'desc', 'nulls_first', 'nulls_last', 'orderable', 'distance_orderable', 'returnable', 'search_array', 'search_nulls']) p ORDER BY 1, 2;
CLUSTER methods USING methods_hash;
CLUSTER methods USING methods_gist;
DROP TABLE methods;
BEGIN;
DECLARE shown CURSOR FOR SELECT 1;
SELECT name, statement, is_holdable, is_binary, is_scrollable FROM pg_cursor() WHERE name = 'shown';
COMMIT;
PREPARE known (int) AS SELECT $1;
SELECT name, statement, parameter_types, from_sql FROM pg_prepared_statement() WHERE name = 'known';
DEALLOCATE known;
SELECT count(*) FROM pg_prepared_xact();
SELECT name, setting, unit, context, vartype FROM pg_show_all_settings() WHERE name IN ('work_mem', 'search_path') ORDER BY name;
SELECT (SELECT count(*) FROM pg_show_all_settings()) = (SELECT count(*) FROM pg_settings) AS same;
SELECT name, utc_offset, is_dst FROM pg_timezone_names() WHERE name = 'Etc/UTC';
SELECT locktype, mode, granted FROM pg_lock_status() WHERE relation = 'pg_locks'::regclass;
DROP TABLE indexed;
