-- Hands-On, Step 1: Create Table with SERIAL
CREATE TABLE customers (
  id SERIAL PRIMARY KEY,
  name VARCHAR(200),
  email VARCHAR(200)
);
-- Before the first call
SELECT currval('customers_id_seq');  -- Error if never called
SELECT lastval();                    -- Last value returned in this session

-- Step 2: Insert Data (No ID Needed)
INSERT INTO customers (name, email) VALUES
  ('Alice', 'alice@example.com'),
  ('Bob', 'bob@example.com'),
  ('Carol', 'carol@example.com');
SELECT * FROM customers;

-- Step 3: Get Next Value Without Inserting
SELECT currval('customers_id_seq');  -- Error if never called
SELECT lastval();                    -- Last value returned in this session
SELECT nextval('customers_id_seq');  -- Returns 4
SELECT nextval('customers_id_seq');  -- Returns 5

-- Step 4: Reset Sequence
ALTER SEQUENCE customers_id_seq RESTART WITH 1;
-- Next insert gets ID = 1
INSERT INTO customers (name, email) VALUES ('Dave', 'dave@example.com');
SELECT * FROM customers;
-- If the table was empty
DELETE FROM customers;
ALTER SEQUENCE customers_id_seq RESTART WITH 1;
INSERT INTO customers (name, email) VALUES ('Dave', 'dave@example.com');
SELECT * FROM customers;

-- Step 5: Manually Set ID (Override Sequence)
DELETE FROM customers;
SELECT setval('customers_id_seq', 5);
INSERT INTO customers (id, name, email) VALUES (100, 'Eve', 'eve@example.com');
-- Next auto-generated ID is still 6 (sequence not updated!)
INSERT INTO customers (name, email) VALUES ('Frank', 'frank@example.com');
SELECT * FROM customers ORDER BY id;
-- Fix sequence
SELECT setval('customers_id_seq', (SELECT MAX(id) FROM customers));
-- Next insert now correctly gets 101
INSERT INTO customers (name, email) VALUES ('Grace', 'grace@example.com');
SELECT * FROM customers ORDER BY id;

-- BIGSERIAL for Large Tables
CREATE TABLE events (
  id BIGSERIAL PRIMARY KEY,  -- Supports up to 9,223,372,036,854,775,807 rows
  event_type VARCHAR(50),
  created_at TIMESTAMPTZ
);
INSERT INTO events (event_type, created_at) VALUES ('signup', '2024-01-01 12:00:00+00') RETURNING id, event_type;
SELECT data_type, max_value FROM pg_sequences WHERE sequencename = 'events_id_seq';

-- Sequence Caching
CREATE SEQUENCE order_id_seq
  CACHE 100;  -- Pre-allocate 100 IDs in memory
SELECT nextval('order_id_seq'), nextval('order_id_seq');
SELECT last_value FROM order_id_seq;
