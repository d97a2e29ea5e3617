-- Pattern 3: Shared Sequence Across Tables
CREATE SEQUENCE global_id_seq START WITH 1;
CREATE TABLE users (
  id INT PRIMARY KEY DEFAULT nextval('global_id_seq'),
  username VARCHAR(100)
);
CREATE TABLE products (
  id INT PRIMARY KEY DEFAULT nextval('global_id_seq'),
  name VARCHAR(200)
);
CREATE TABLE orders (
  id INT PRIMARY KEY DEFAULT nextval('global_id_seq'),
  customer_id INT
);
INSERT INTO users (username) VALUES ('alice');       -- id: 1
INSERT INTO products (name) VALUES ('Laptop');       -- id: 2
INSERT INTO orders (customer_id) VALUES (1);         -- id: 3
INSERT INTO users (username) VALUES ('bob');         -- id: 4
INSERT INTO products (name) VALUES ('Mouse');        -- id: 5
SELECT * FROM users;
SELECT * FROM products;
SELECT * FROM orders;
DROP SEQUENCE global_id_seq;
