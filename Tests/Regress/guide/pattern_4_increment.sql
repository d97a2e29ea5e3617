-- Pattern 4: Custom Increment Values
CREATE SEQUENCE invoice_id_seq
  START WITH 1000
  INCREMENT BY 10;  -- 1000, 1010, 1020, 1030, ...
CREATE TABLE invoices (
  id INT PRIMARY KEY DEFAULT nextval('invoice_id_seq'),
  customer_id INT,
  total DECIMAL(10, 2)
);
INSERT INTO invoices (customer_id, total) VALUES (123, 100.00);  -- id: 1000
INSERT INTO invoices (customer_id, total) VALUES (456, 50.00);   -- id: 1010
-- Manually insert with ID in gap
INSERT INTO invoices (id, customer_id, total) VALUES (1005, 789, 75.00);
SELECT id FROM invoices ORDER BY id;
SELECT * FROM invoices;
