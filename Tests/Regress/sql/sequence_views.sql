-- pg_sequences, pg_sequence, the parameter functions, information_schema, pg_get_serial_sequence.
CREATE SEQUENCE s START 5 INCREMENT 3 MINVALUE 2 MAXVALUE 50 CACHE 4 CYCLE;
CREATE SEQUENCE down AS smallint INCREMENT -2;
CREATE TABLE t (id serial, big bigserial, ident int GENERATED ALWAYS AS IDENTITY, v int);
SELECT schemaname, sequencename, sequenceowner, data_type, start_value, min_value, max_value, increment_by, cycle, cache_size, last_value
  FROM pg_sequences ORDER BY sequencename;
SELECT sequencename FROM pg_sequences;
SELECT seqtypid, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle
  FROM pg_sequence WHERE seqrelid = 's'::regclass;
SELECT seqrelid::regclass, seqstart FROM pg_sequence ORDER BY seqrelid::regclass::text;
SELECT * FROM pg_sequence_parameters('down'::regclass::oid);
SELECT start_value, minimum_value, maximum_value, increment, cycle_option, cache_size
  FROM pg_sequence_parameters('s'::regclass);
SELECT pg_sequence_parameters('s'::regclass);
SELECT * FROM pg_sequence_parameters(0);
SELECT * FROM pg_sequence_parameters(NULL);

-- last_value is NULL until it was called, and after setval(…, false).
SELECT pg_sequence_last_value('s');
SELECT last_value FROM pg_sequences WHERE sequencename = 's';
SELECT nextval('s');
SELECT pg_sequence_last_value('s');
SELECT last_value FROM pg_sequences WHERE sequencename = 's';
SELECT setval('s', 20, false);
SELECT pg_sequence_last_value('s');
SELECT last_value FROM pg_sequences WHERE sequencename = 's';
SELECT last_value FROM s;
SELECT setval('s', 20);
SELECT last_value FROM pg_sequences WHERE sequencename = 's';
SELECT pg_sequence_last_value('t');
SELECT pg_sequence_last_value('nosuch');
SELECT pg_sequence_last_value(NULL);

-- information_schema leaves identity sequences out; numbers are text.
SELECT sequence_schema, sequence_name, data_type, numeric_precision, numeric_precision_radix, numeric_scale, start_value, minimum_value, maximum_value, increment, cycle_option
  FROM information_schema.sequences ORDER BY sequence_name;
SELECT sequence_catalog, sequence_schema, sequence_name FROM information_schema.sequences WHERE sequence_name = 's';
SELECT start_value || ' is text' FROM information_schema.sequences WHERE sequence_name = 's';

-- pg_class knows them as kind S.
SELECT relname, relkind, relpersistence, relnatts FROM pg_class WHERE relkind = 'S' ORDER BY relname;
SELECT c.relname, n.nspname, s.seqincrement
  FROM pg_sequence AS s JOIN pg_class AS c ON c.oid = s.seqrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
  ORDER BY c.relname;
SELECT attname, attnum, attnotnull FROM pg_attribute WHERE attrelid = 's'::regclass AND attnum > 0 ORDER BY attnum;
SELECT 's'::regclass, 'public.s'::regclass::text;
SELECT 'nosuch'::regclass;
SELECT to_regclass('nosuch'), to_regclass('s');

-- What the default of a column says.
SELECT column_name, column_default FROM information_schema.columns WHERE table_name = 't' ORDER BY ordinal_position;
SET search_path TO pg_catalog;
SELECT column_default FROM information_schema.columns WHERE table_name = 't' AND column_name = 'id';
SELECT pg_get_serial_sequence('public.t', 'id');
SELECT 'public.s'::regclass;
RESET search_path;

-- pg_get_serial_sequence: argument 1 is an identifier, argument 2 a literal.
SELECT pg_get_serial_sequence('t', 'id');
SELECT pg_get_serial_sequence('T', 'id');
SELECT pg_get_serial_sequence('public.t', 'ident');
SELECT pg_get_serial_sequence('t', 'v');
SELECT pg_get_serial_sequence('t', 'ID');
SELECT pg_get_serial_sequence('t', 'nosuch');
SELECT pg_get_serial_sequence('nosuch', 'id');
SELECT pg_get_serial_sequence('nosuch.t', 'id');
SELECT pg_get_serial_sequence(NULL, 'id');
SELECT pg_get_serial_sequence('t', NULL);
CREATE TABLE hand (id int DEFAULT nextval('s'));
SELECT pg_get_serial_sequence('hand', 'id');
SELECT currval(pg_get_serial_sequence('t', 'id'));
INSERT INTO t (v) VALUES (1);
SELECT currval(pg_get_serial_sequence('t', 'id')), currval(pg_get_serial_sequence('t', 'big')), currval(pg_get_serial_sequence('t', 'ident'));

-- The views follow ALTER, RENAME and DROP.
ALTER SEQUENCE s INCREMENT 7 NO CYCLE;
ALTER SEQUENCE s RENAME TO s2;
SELECT sequencename, increment_by, cycle FROM pg_sequences WHERE sequencename LIKE 's%';
CREATE SCHEMA other;
ALTER SEQUENCE down SET SCHEMA other;
SELECT schemaname, sequencename FROM pg_sequences ORDER BY 1, 2;
SELECT sequence_schema, sequence_name FROM information_schema.sequences ORDER BY 1, 2;
DROP TABLE t;
DROP SEQUENCE other.down;
SELECT schemaname, sequencename FROM pg_sequences ORDER BY 1, 2;
