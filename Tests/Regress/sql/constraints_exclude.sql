-- EXCLUDE with equality over b-trees (CREATE TABLE, "EXCLUDE"; "Exclusion Constraints")
CREATE TABLE rooms (room int, day date, guest text, EXCLUDE USING btree (room WITH =, day WITH =));
\d rooms
INSERT INTO rooms VALUES (1, '2024-05-01', 'a'), (1, '2024-05-02', 'b'), (2, '2024-05-01', 'c');
INSERT INTO rooms VALUES (1, '2024-05-01', 'd');
INSERT INTO rooms VALUES (3, '2024-05-01', 'd'), (3, '2024-05-01', 'e');
INSERT INTO rooms VALUES (NULL, '2024-05-01', 'd'), (NULL, '2024-05-01', 'e');
UPDATE rooms SET day = '2024-05-02' WHERE guest = 'a';
UPDATE rooms SET room = room + 1;
UPDATE rooms SET day = day WHERE guest = 'a';
SELECT * FROM rooms ORDER BY guest;
INSERT INTO rooms VALUES (1, '2024-05-01', 'x') ON CONFLICT DO NOTHING;
INSERT INTO rooms VALUES (1, '2024-05-01', 'x') ON CONFLICT (room, day) DO NOTHING;
INSERT INTO rooms VALUES (1, '2024-05-01', 'x') ON CONFLICT ON CONSTRAINT rooms_room_day_excl DO NOTHING;
INSERT INTO rooms VALUES (1, '2024-05-01', 'x') ON CONFLICT ON CONSTRAINT rooms_room_day_excl DO UPDATE SET guest = 'x';
INSERT INTO rooms VALUES (9, '2024-05-01', 'x') ON CONFLICT DO NOTHING RETURNING *;
SELECT conname, contype, conkey, conexclop::oid[], condeferrable, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'rooms'::regclass;
SELECT indisunique, indisexclusion, indimmediate, indisprimary, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'rooms'::regclass;
SELECT constraint_name, constraint_type FROM information_schema.table_constraints WHERE table_name = 'rooms';
SELECT * FROM information_schema.key_column_usage WHERE table_name = 'rooms';
-- Names, predicates, expressions, INCLUDE, deferral
CREATE TABLE mails (id int, address text, active bool,
  CONSTRAINT one_active EXCLUDE (lower(address) WITH =) WHERE (active),
  EXCLUDE (id WITH =) INCLUDE (address) DEFERRABLE INITIALLY DEFERRED);
\d mails
INSERT INTO mails VALUES (1, 'A@x', true), (2, 'a@x', false);
INSERT INTO mails VALUES (3, 'a@X', true);
UPDATE mails SET active = true;
BEGIN;
INSERT INTO mails VALUES (1, 'other', false);
SELECT count(*) FROM mails WHERE id = 1;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
BEGIN;
UPDATE mails SET id = 3 - id;
COMMIT;
SELECT * FROM mails ORDER BY id;
BEGIN;
INSERT INTO mails VALUES (1, 'other', false);
COMMIT;
INSERT INTO mails VALUES (7, 'other', false) ON CONFLICT DO NOTHING;
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'mails'::regclass ORDER BY conname;
CREATE TABLE mails2 (LIKE mails INCLUDING ALL);
\d mails2
INSERT INTO mails2 VALUES (1, 'x', true), (2, 'X', true);
-- Texts of values
CREATE TABLE amounts (n numeric, EXCLUDE (n WITH =));
INSERT INTO amounts VALUES (1.0);
INSERT INTO amounts VALUES (1.00);
-- ALTER TABLE
CREATE TABLE late (a int, b text);
INSERT INTO late VALUES (1, 'x'), (1, 'y');
ALTER TABLE late ADD CONSTRAINT late_a EXCLUDE (a WITH =);
ALTER TABLE late ADD CONSTRAINT late_b EXCLUDE (b WITH =);
ALTER TABLE late ADD CONSTRAINT late_b EXCLUDE (b WITH =);
ALTER TABLE late ADD EXCLUDE (b WITH =), ADD EXCLUDE (a WITH =) WHERE (a <> 7);
\d late
ALTER TABLE late ALTER COLUMN b TYPE varchar(10);
INSERT INTO late VALUES (2, 'x');
ALTER TABLE late ALTER COLUMN b TYPE int USING 1;
ALTER TABLE late RENAME CONSTRAINT late_b TO late_text;
INSERT INTO late VALUES (2, 'x');
ALTER TABLE late DROP CONSTRAINT late_text, DROP CONSTRAINT late_b_excl;
INSERT INTO late VALUES (2, 'x');
DROP INDEX late_a_excl;
ALTER TABLE late DROP COLUMN a;
\d late
ALTER TABLE late VALIDATE CONSTRAINT nothing;
-- What cannot be
CREATE TABLE bad (a int, EXCLUDE (a WITH <>));
CREATE TABLE bad (a int, EXCLUDE (a WITH <));
CREATE TABLE bad (a text, EXCLUDE (a WITH <>));
CREATE TABLE bad (a int, EXCLUDE (b WITH =));
CREATE TABLE bad (a json, EXCLUDE (a WITH =));
CREATE TABLE bad (a int, EXCLUDE USING nothing (a WITH =));
CREATE TABLE bad (a int, EXCLUDE (a WITH =)) PARTITION BY RANGE (a);
CREATE TABLE bad (a int, EXCLUDE (a WITH =), EXCLUDE (a WITH =) NOT DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE whole (a int) PARTITION BY RANGE (a);
ALTER TABLE whole ADD EXCLUDE (a WITH =);
CREATE TABLE ref (a int REFERENCES rooms (room));
DROP TABLE rooms, mails, mails2, amounts, late, whole;
