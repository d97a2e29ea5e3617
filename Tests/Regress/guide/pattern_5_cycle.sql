-- Pattern 5: Cycle Sequences
CREATE SEQUENCE ticket_number_seq
  START WITH 1
  INCREMENT BY 1
  MAXVALUE 9999
  CYCLE;  -- Reset to 1 after reaching 9999
CREATE TABLE support_tickets (
  id SERIAL PRIMARY KEY,
  ticket_number INT DEFAULT nextval('ticket_number_seq'),
  title VARCHAR(200)
);
-- Ticket #1 to #9999
INSERT INTO support_tickets (title) SELECT 'Issue ' || g FROM generate_series(1, 9999) AS g;
-- Ticket #10,000 resets to #1
INSERT INTO support_tickets (title) VALUES ('Issue 10000');
SELECT id, ticket_number, title FROM support_tickets
WHERE id IN (1, 9999, 10000);
SELECT count(*), count(DISTINCT ticket_number), min(ticket_number), max(ticket_number) FROM support_tickets;
SELECT id, ticket_number, title FROM support_tickets ORDER BY id LIMIT 3;
