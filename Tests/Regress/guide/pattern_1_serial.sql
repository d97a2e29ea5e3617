-- Pattern 1: SERIAL
CREATE TABLE orders (
  id SERIAL PRIMARY KEY,
  customer_id INT,
  total DECIMAL(10, 2)
);
-- ID auto-generated
INSERT INTO orders (customer_id, total) VALUES (123, 100.00);
SELECT * FROM orders;
INSERT INTO orders (customer_id, total) VALUES (456, 50.00);
SELECT * FROM orders;
DROP TABLE orders;

-- Behind the scenes
CREATE SEQUENCE orders_id_seq;
CREATE TABLE orders (
  id INT PRIMARY KEY DEFAULT nextval('orders_id_seq'),
  customer_id INT,
  total DECIMAL(10, 2)
);
ALTER SEQUENCE orders_id_seq OWNED BY orders.id;
INSERT INTO orders (customer_id, total) VALUES (123, 100.00);
INSERT INTO orders (customer_id, total) VALUES (456, 50.00);
SELECT * FROM orders;
SELECT pg_get_serial_sequence('orders', 'id');
DROP TABLE orders;
SELECT nextval('orders_id_seq');

-- The race that the application loses
CREATE TABLE orders (
  id SERIAL PRIMARY KEY,
  customer_id INT,
  total DECIMAL(10, 2)
);
INSERT INTO orders (id, customer_id, total) VALUES (1000, 1, 1);
SELECT MAX(id) as max_id FROM orders;
INSERT INTO orders (id, customer_id, total) VALUES (1001, 123, 100);
INSERT INTO orders (id, customer_id, total) VALUES (1001, 456, 50);
