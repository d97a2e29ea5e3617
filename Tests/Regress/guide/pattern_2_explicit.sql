-- Pattern 2: Explicit Sequence Creation
CREATE SEQUENCE order_id_seq
  START WITH 1000         -- First ID will be 1000
  INCREMENT BY 1          -- Each call increments by 1
  MINVALUE 1000           -- Can't go below 1000
  MAXVALUE 999999999      -- Max value
  CACHE 20;               -- Pre-allocate 20 IDs in memory (faster)
CREATE TABLE orders (
  id INT PRIMARY KEY DEFAULT nextval('order_id_seq'),
  customer_id INT,
  total DECIMAL(10, 2)
);
INSERT INTO orders (customer_id, total) VALUES (123, 100.00);
SELECT * FROM orders;
INSERT INTO orders (customer_id, total) VALUES (456, 50.00);
SELECT * FROM orders;
SELECT last_value FROM order_id_seq;
SELECT * FROM pg_sequences;
