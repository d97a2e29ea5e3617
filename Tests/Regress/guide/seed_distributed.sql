-- distributed-sequences-feature.md: Syntax. The block as it stands, in a database without its users.
-- Create sequence
CREATE SEQUENCE user_id_seq START 1000 INCREMENT 1;

-- Use sequence
INSERT INTO users VALUES (nextval('user_id_seq'), 'Alice');

-- SERIAL shorthand (auto-creates sequence)
CREATE TABLE products (
    id SERIAL PRIMARY KEY,  -- Equivalent to sequence + default
    name TEXT
);

-- Get current value (without incrementing)
SELECT currval('user_id_seq');

-- Set sequence value
SELECT setval('user_id_seq', 5000);

-- The same with the table that it supposes.
DROP SEQUENCE user_id_seq;
CREATE SEQUENCE user_id_seq START 1000 INCREMENT 1;
CREATE TABLE users (id bigint PRIMARY KEY, name text);
INSERT INTO users VALUES (nextval('user_id_seq'), 'Alice');
SELECT currval('user_id_seq');
SELECT setval('user_id_seq', 5000);
INSERT INTO users VALUES (nextval('user_id_seq'), 'Bob');
SELECT * FROM users ORDER BY id;
INSERT INTO products (name) VALUES ('Lamp'), ('Chair') RETURNING *;
\d products
\d user_id_seq
