-- Pattern 6: Sequences with Prefixes
CREATE SEQUENCE invoice_number_seq START WITH 1000;
CREATE TABLE invoices (
  id SERIAL PRIMARY KEY,
  invoice_number VARCHAR(20) DEFAULT 'INV-' || nextval('invoice_number_seq'),
  total DECIMAL(10, 2)
);
INSERT INTO invoices (total) VALUES (100.00);
SELECT invoice_number FROM invoices;
INSERT INTO invoices (total) VALUES (200.00);
SELECT * FROM invoices ORDER BY id;
