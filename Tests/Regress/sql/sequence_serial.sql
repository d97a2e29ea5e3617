-- smallserial, serial, bigserial: types, names, ownership.
CREATE TABLE kinds (a smallserial, b serial, c bigserial, d serial2, e serial4, f serial8, x int);
SELECT sequencename, data_type, start_value, min_value, max_value, increment_by, cycle, cache_size, last_value
  FROM pg_sequences ORDER BY sequencename;
INSERT INTO kinds (x) VALUES (1);
INSERT INTO kinds (x) VALUES (2);
SELECT * FROM kinds ORDER BY a;
SELECT pg_typeof(a), pg_typeof(b), pg_typeof(c) FROM kinds WHERE a = 1;
SELECT pg_get_serial_sequence('kinds', 'a'), pg_get_serial_sequence('kinds', 'f'), pg_get_serial_sequence('kinds', 'x');
SELECT column_name, data_type, column_default, is_nullable FROM information_schema.columns
  WHERE table_name = 'kinds' ORDER BY ordinal_position;

-- Serial implies NOT NULL.
INSERT INTO kinds (a) VALUES (NULL);
INSERT INTO kinds (b, x) VALUES (NULL, 1);
SELECT currval('kinds_a_seq');

-- DEFAULT, explicit values, several rows.
CREATE TABLE t (id serial PRIMARY KEY, name text);
INSERT INTO t (name) VALUES ('a'), ('b') RETURNING id;
INSERT INTO t VALUES (DEFAULT, 'c') RETURNING *;
INSERT INTO t DEFAULT VALUES RETURNING *;
INSERT INTO t VALUES (5, 'five');
INSERT INTO t (name) VALUES ('clash');
INSERT INTO t (name) VALUES ('six') RETURNING id;
INSERT INTO t VALUES (10, 'ten'), (DEFAULT, 'seven');
SELECT * FROM t ORDER BY id;
SELECT setval('t_id_seq', (SELECT max(id) FROM t));
INSERT INTO t (name) VALUES ('eleven') RETURNING id;
SELECT setval(pg_get_serial_sequence('t', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) FROM t;
SELECT nextval('t_id_seq');
SELECT currval(pg_get_serial_sequence('t', 'id'));
INSERT INTO t SELECT nextval('t_id_seq'), 'g' || g FROM generate_series(1, 3) AS g RETURNING id;
INSERT INTO t (name) SELECT 'h' || g FROM generate_series(1, 3) AS g RETURNING id;
SELECT lastval();

-- Failed rows use up their value.
CREATE TABLE fails (id serial PRIMARY KEY, n int CHECK (n > 0) NOT NULL, u int UNIQUE);
INSERT INTO fails (n) VALUES (1) RETURNING id;
INSERT INTO fails (n) VALUES (-1);
INSERT INTO fails (n) VALUES (NULL);
INSERT INTO fails (n) VALUES (2) RETURNING id;
INSERT INTO fails (n, u) VALUES (3, 1) RETURNING id;
INSERT INTO fails (n, u) VALUES (3, 1);
INSERT INTO fails (n, u) VALUES (3, 1) ON CONFLICT DO NOTHING;
INSERT INTO fails (n, u) VALUES (4, 1) ON CONFLICT (u) DO UPDATE SET n = 40 RETURNING id, n;
INSERT INTO fails (n, u) VALUES (3, 2) RETURNING id;

-- Names: long ones are cut, taken ones are numbered.
CREATE TABLE a_table_with_a_very_long_name_indeed_it_goes_on (a_column_with_a_long_name_as_well_to_be_cut serial);
SELECT sequencename FROM pg_sequences WHERE sequencename LIKE 'a_table%';
CREATE TABLE a_table_with_a_name_of_sixty_three_letters_which_is_the_maximum (id serial);
SELECT sequencename FROM pg_sequences WHERE sequencename LIKE 'a_table_with_a_name%';
CREATE TABLE s (a_column_with_a_name_of_sixty_three_letters_which_is_the_maximu serial);
SELECT sequencename FROM pg_sequences WHERE sequencename LIKE 's_a_column%';
CREATE SEQUENCE taken_id_seq;
CREATE TABLE taken (id serial);
SELECT pg_get_serial_sequence('taken', 'id');
CREATE TABLE taken_id_seq2 (a int);
CREATE TABLE taken2 (id serial, id2 serial);
SELECT pg_get_serial_sequence('taken2', 'id'), pg_get_serial_sequence('taken2', 'id2');
CREATE TABLE x_y (z serial);
CREATE TABLE x (y_z serial);
SELECT pg_get_serial_sequence('x_y', 'z'), pg_get_serial_sequence('x', 'y_z');
CREATE TABLE "Mixed Case" ("Id" serial, plain int);
SELECT pg_get_serial_sequence('"Mixed Case"', 'Id');
SELECT pg_get_serial_sequence('"Mixed Case"', 'id');
SELECT pg_get_serial_sequence('Mixed Case', 'Id');
SELECT nextval('"Mixed Case_Id_seq"');
CREATE TABLE "quo'te" ("i""d" serial);
SELECT pg_get_serial_sequence('"quo''te"', 'i"d');

-- Errors
CREATE TABLE bad (id serial DEFAULT 5);
CREATE TABLE bad (id serial NULL);
CREATE TABLE bad (id serial, id serial);
SELECT nextval('bad_id_seq');
CREATE TABLE t (id serial);
CREATE TABLE IF NOT EXISTS t (id serial);
SELECT sequencename FROM pg_sequences WHERE sequencename LIKE 't_id%';
ALTER TABLE t ALTER COLUMN id TYPE serial;
SELECT 1::serial;

-- ADD COLUMN … SERIAL numbers the rows there are.
CREATE TABLE late (name text);
INSERT INTO late VALUES ('a'), ('b'), ('c');
ALTER TABLE late ADD COLUMN id serial;
SELECT count(DISTINCT id), min(id), max(id) FROM late;
INSERT INTO late VALUES ('d') RETURNING id;
ALTER TABLE late ADD PRIMARY KEY (id);
ALTER TABLE late DROP COLUMN id;
SELECT nextval('late_id_seq');

-- A wider column keeps its narrower sequence.
CREATE TABLE grow (id serial PRIMARY KEY, a int);
SELECT setval('grow_id_seq', 2147483646);
INSERT INTO grow (a) VALUES (1) RETURNING id;
INSERT INTO grow (a) VALUES (2);
ALTER TABLE grow ALTER COLUMN id TYPE bigint;
INSERT INTO grow (a) VALUES (3);
ALTER SEQUENCE grow_id_seq AS bigint;
INSERT INTO grow (a) VALUES (4) RETURNING id;
