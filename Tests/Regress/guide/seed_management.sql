-- sequence-management.md: a restore with explicit ids leaves the sequence behind.
CREATE TABLE "user" (
    user_id serial PRIMARY KEY,
    first_names text NOT NULL,
    last_name text NOT NULL,
    hub_id int
);
CREATE TABLE battery_rental (rental_id serial PRIMARY KEY, user_id int REFERENCES "user", rented date);
COPY "user" (user_id, first_names, last_name, hub_id) FROM stdin;
1	Ada	Lovelace	1
2	Grace	Hopper	1
3	Alan	Turing	2
\.
INSERT INTO battery_rental SELECT n, 1 + n % 3, date '2024-01-01' + n FROM generate_series(1, 15) AS n;
INSERT INTO "user" (first_names, last_name) VALUES ('Test', 'User');

-- Manual Fix (Single Table), as the pattern is written
SELECT setval('table_name_column_name_seq',
    (SELECT MAX(column_name) FROM table_name) + 1,
    false);

-- Example for the `user` table:
SELECT setval('user_user_id_seq',
    (SELECT MAX(user_id) FROM "user") + 1,
    false);
INSERT INTO "user" (first_names, last_name, hub_id) VALUES ('Test', 'User', 1) RETURNING user_id;

-- What fix_all_sequences does: scan the tables, find the sequences, reset each.
SELECT t.table_name, c.column_name, pg_get_serial_sequence(quote_ident(t.table_name), c.column_name)
FROM information_schema.tables t JOIN information_schema.columns c USING (table_schema, table_name)
WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.column_default LIKE 'nextval(%'
ORDER BY 1, 2;
SELECT setval(pg_get_serial_sequence('battery_rental', 'rental_id'), (SELECT MAX(rental_id) FROM battery_rental) + 1, false);
INSERT INTO battery_rental (user_id, rented) VALUES (4, '2024-02-01') RETURNING rental_id;

-- Troubleshooting 1. Check the actual data in the table:
SELECT MAX(user_id), COUNT(*) FROM "user";

-- 2. Check the current sequence value:
SELECT last_value, is_called FROM user_user_id_seq;

-- 3. Manually set the sequence higher:
SELECT setval('user_user_id_seq', 100, false);
SELECT last_value, is_called FROM user_user_id_seq;
INSERT INTO "user" (first_names, last_name, hub_id) VALUES ('Test', 'User', 1) RETURNING user_id;
