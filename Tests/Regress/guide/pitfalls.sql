-- Pitfall: Not Syncing Sequence After Manual Inserts
CREATE TABLE customers (
  id SERIAL PRIMARY KEY,
  name VARCHAR(200)
);
INSERT INTO customers (id, name) VALUES (5000, 'Alice');
-- Next auto-generated ID is still 1
INSERT INTO customers (name) VALUES ('Bob');
SELECT * FROM customers ORDER BY id;
-- … and fails where it meets the manual one.
INSERT INTO customers (id, name) VALUES (2, 'Carol');
INSERT INTO customers (name) VALUES ('Dave');
-- Fix: Sync sequence
SELECT setval('customers_id_seq', (SELECT MAX(id) FROM customers));
INSERT INTO customers (name) VALUES ('Dave');
SELECT * FROM customers ORDER BY id;

-- Pitfall: Assuming No Gaps
CREATE TABLE orders (
  id SERIAL PRIMARY KEY,
  customer_id INT,
  total DECIMAL(10, 2)
);
BEGIN;
INSERT INTO orders (customer_id, total) VALUES (123, 100.00);  -- id: 1
ROLLBACK;
INSERT INTO orders (customer_id, total) VALUES (456, 50.00);   -- id: 2 (not 1!)
SELECT * FROM orders;
DELETE FROM orders;
INSERT INTO orders (customer_id, total) VALUES (789, 75.00);
SELECT * FROM orders;

-- Pitfall: Using Sequence Values for Ordering
SELECT * FROM orders ORDER BY id DESC LIMIT 10;
DROP TABLE orders;
CREATE TABLE orders (
  id SERIAL PRIMARY KEY,
  created_at TIMESTAMPTZ DEFAULT NOW()
);
INSERT INTO orders DEFAULT VALUES;
INSERT INTO orders (id, created_at) VALUES (50, '2020-01-01');
INSERT INTO orders DEFAULT VALUES;
SELECT id FROM orders ORDER BY created_at DESC LIMIT 10;
SELECT count(*) FROM orders WHERE created_at <= NOW();
