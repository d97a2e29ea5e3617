-- sequence-prevention-guide.md
CREATE TABLE products (product_id serial PRIMARY KEY, product_name varchar(200) NOT NULL, price numeric(10, 2));
CREATE TABLE customermaster (customer_id serial PRIMARY KEY, customer_name text NOT NULL);
CREATE TABLE salesorderhistory (
    sales_order_id serial PRIMARY KEY,
    customer_id int REFERENCES customermaster (customer_id),
    product_id int REFERENCES products (product_id) ON DELETE SET NULL,
    ordered_at timestamptz DEFAULT now()
);

-- 1. Never Insert Manual IDs
-- Manual ID insertion - NEVER DO THIS
INSERT INTO products (product_id, product_name) VALUES (5, 'Test Product');
INSERT INTO customermaster (customer_id, customer_name) VALUES (2, 'Test Customer');

-- Let the sequence auto-generate IDs
INSERT INTO products (product_name) VALUES ('Test Product');
INSERT INTO customermaster (customer_name) VALUES ('Test Customer');
INSERT INTO customermaster (customer_name) VALUES ('Test Customer');

-- 2. Proper Migration Scripts
-- Save current sequence value
SELECT setval('products_product_id_seq', (SELECT MAX(product_id) FROM products));
INSERT INTO products (product_name) VALUES ('Test Product') RETURNING product_id;

-- Reset sequence to next available ID
SELECT setval('products_product_id_seq', (SELECT MAX(product_id) FROM products) + 1);
INSERT INTO products (product_name) VALUES ('Test Product') RETURNING product_id;

-- 3. Application-Level Safeguards
PREPARE add_product AS INSERT INTO products (product_name) VALUES ($1) RETURNING *;
EXECUTE add_product ('New Product');

-- 4. Database Schema Best Practices
-- Check your table definitions
\d+ products
\d+ customermaster
\d+ salesorderhistory

-- If not SERIAL, alter them:
ALTER TABLE products 
ALTER COLUMN product_id SET DEFAULT nextval('products_product_id_seq');
\d products

CREATE TABLE quotes (quote_id int PRIMARY KEY, note text);
ALTER TABLE quotes 
ALTER COLUMN quote_id SET DEFAULT nextval('quotes_quote_id_seq');
CREATE SEQUENCE quotes_quote_id_seq OWNED BY quotes.quote_id;
ALTER TABLE quotes 
ALTER COLUMN quote_id SET DEFAULT nextval('quotes_quote_id_seq');
INSERT INTO quotes (note) VALUES ('first') RETURNING *;
\d+ quotes
