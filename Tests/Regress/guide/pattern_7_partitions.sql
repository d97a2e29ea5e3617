-- Pattern 7: Separate Sequences Per Partition, as the guide writes it
CREATE TABLE orders_2024 (
  id INT DEFAULT nextval('orders_2024_id_seq') PRIMARY KEY,
  customer_id INT,
  created_at DATE
) PARTITION BY RANGE (created_at);
CREATE SEQUENCE orders_2024_id_seq START WITH 10000000;
CREATE TABLE orders_2025 (
  id INT DEFAULT nextval('orders_2025_id_seq') PRIMARY KEY,
  customer_id INT,
  created_at DATE
) PARTITION BY RANGE (created_at);
CREATE SEQUENCE orders_2025_id_seq START WITH 20000000;
-- With the sequences there, the key still lacks the partition column
CREATE TABLE orders_2024 (
  id INT DEFAULT nextval('orders_2024_id_seq') PRIMARY KEY,
  customer_id INT,
  created_at DATE
) PARTITION BY RANGE (created_at);
-- What the pattern wants, as PostgreSQL takes it
CREATE TABLE orders_2024 (
  id INT DEFAULT nextval('orders_2024_id_seq'),
  customer_id INT,
  created_at DATE,
  PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);
CREATE TABLE orders_2024_h1 PARTITION OF orders_2024 FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
CREATE TABLE orders_2024_h2 PARTITION OF orders_2024 FOR VALUES FROM ('2024-07-01') TO ('2025-01-01');
CREATE TABLE orders_2025 (
  id INT DEFAULT nextval('orders_2025_id_seq'),
  customer_id INT,
  created_at DATE,
  PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);
CREATE TABLE orders_2025_all PARTITION OF orders_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO orders_2024 (customer_id, created_at) VALUES (1, '2024-02-01'), (2, '2024-09-01') RETURNING id, tableoid::regclass;
INSERT INTO orders_2025 (customer_id, created_at) VALUES (3, '2025-02-01') RETURNING id, tableoid::regclass;
INSERT INTO orders_2024 (customer_id, created_at) VALUES (4, '2025-02-01');
SELECT id, customer_id FROM orders_2024 UNION ALL SELECT id, customer_id FROM orders_2025 ORDER BY id;
SELECT last_value, is_called FROM orders_2024_id_seq;
