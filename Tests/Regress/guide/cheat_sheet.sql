-- Cheat sheet: create sequence
CREATE SEQUENCE sequence_name
  START WITH 1000
  INCREMENT BY 1
  MINVALUE 1
  MAXVALUE 999999999
  CACHE 20
  CYCLE;  -- Optional: restart after max
-- Create table with SERIAL (syntactic sugar)
CREATE TABLE table_name (
  id SERIAL PRIMARY KEY
);
-- Get next value
SELECT nextval('sequence_name');
-- Get current value (last returned in this session)
SELECT currval('sequence_name');
-- Get last value globally
SELECT last_value FROM sequence_name;
-- Reset sequence
ALTER SEQUENCE sequence_name RESTART WITH 1;
SELECT nextval('sequence_name');
-- Set sequence to specific value
SELECT setval('sequence_name', 1000);
SELECT nextval('sequence_name');
-- Sync sequence with table's max ID
SELECT setval('sequence_name', (SELECT MAX(id) FROM table_name));
INSERT INTO table_name VALUES (7), (9);
SELECT setval('sequence_name', (SELECT MAX(id) FROM table_name));
SELECT nextval('sequence_name');
-- List all sequences
SELECT sequencename FROM pg_sequences;
-- Show sequence definition
\d+ sequence_name
-- Drop sequence
DROP SEQUENCE sequence_name;
SELECT nextval('sequence_name');
SELECT sequencename FROM pg_sequences;
