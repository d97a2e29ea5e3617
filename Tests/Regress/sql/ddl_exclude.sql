-- EXCLUDE with operators other than =: what may not lie beside what.

CREATE TABLE booking (id int PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&));
\d booking
INSERT INTO booking VALUES (1, '[1,5)'), (2, '[5,9)');
INSERT INTO booking VALUES (3, '[8,10)');
INSERT INTO booking VALUES (3, '[0,2)');
INSERT INTO booking VALUES (3, '[2,3)');
INSERT INTO booking VALUES (3, '(,)');
INSERT INTO booking VALUES (3, '[9,)');
INSERT INTO booking VALUES (4, '[100,200)');
INSERT INTO booking VALUES (4, 'empty'), (5, 'empty'), (6, NULL), (7, NULL);
INSERT INTO booking VALUES (8, '[-4,-2)'), (9, '[-3,0)');
SELECT * FROM booking ORDER BY id;
UPDATE booking SET during = '[4,6)' WHERE id = 1;
UPDATE booking SET during = '[1,4)' WHERE id = 1;
UPDATE booking SET during = '[4,9)' WHERE id = 2;
UPDATE booking SET id = id + 100;
UPDATE booking SET during = int4range(lower(during) + 1, upper(during) + 1) WHERE id = 102;
DELETE FROM booking WHERE id = 103;
INSERT INTO booking VALUES (3, '[20,30)');
INSERT INTO booking VALUES (10, '[25,26)') ON CONFLICT DO NOTHING;
INSERT INTO booking VALUES (10, '[25,26)') ON CONFLICT ON CONSTRAINT booking_during_excl DO NOTHING;
INSERT INTO booking VALUES (10, '[25,26)') ON CONFLICT ON CONSTRAINT booking_during_excl DO UPDATE SET id = 11;
INSERT INTO booking VALUES (10, '[25,26)') ON CONFLICT (during) DO NOTHING;
INSERT INTO booking VALUES (10, '[30,31)'), (11, '[30,32)') ON CONFLICT DO NOTHING;
SELECT * FROM booking ORDER BY id;
INSERT INTO booking SELECT i + 200, int4range(i, i + 1) FROM generate_series(40, 50) i;
INSERT INTO booking SELECT i + 300, int4range(i, i + 1) FROM generate_series(45, 60) i;
SELECT count(*) FROM booking WHERE during && '[40,60)';
BEGIN;
DELETE FROM booking WHERE during && '[40,60)';
INSERT INTO booking VALUES (12, '[40,60)');
ROLLBACK;
BEGIN;
SAVEPOINT s;
INSERT INTO booking VALUES (12, '[60,70)');
ROLLBACK TO s;
INSERT INTO booking VALUES (12, '[65,66)');
COMMIT;
SELECT count(*) FROM booking;
SELECT conname, contype, conexclop, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'booking'::regclass ORDER BY 1;
SELECT conexclop[1]::regoperator FROM pg_constraint WHERE conname = 'booking_during_excl';
SELECT indexdef FROM pg_indexes WHERE tablename = 'booking' ORDER BY 1;
TRUNCATE booking;
INSERT INTO booking VALUES (1, '[1,5)');
INSERT INTO booking VALUES (2, '[1,5)');
ALTER TABLE booking DROP CONSTRAINT booking_during_excl;
INSERT INTO booking VALUES (2, '[1,5)');
ALTER TABLE booking ADD EXCLUDE USING gist (during WITH &&);
DELETE FROM booking WHERE id = 2;
ALTER TABLE booking ADD CONSTRAINT once EXCLUDE USING gist (during WITH &&) WHERE (id < 100);
INSERT INTO booking VALUES (200, '[2,4)'), (201, '[2,4)');
INSERT INTO booking VALUES (99, '[2,4)');
UPDATE booking SET id = 50 WHERE id = 200;
\d booking
DROP TABLE booking;

-- Several keys.
CREATE TABLE room (name int4range, during tsrange, note text,
    CONSTRAINT no_overlap EXCLUDE USING gist (name WITH =, during WITH &&));
INSERT INTO room VALUES ('[1,1]', '[2024-01-01 10:00, 2024-01-01 12:00)', 'a');
INSERT INTO room VALUES ('[1,1]', '[2024-01-01 11:00, 2024-01-01 13:00)', 'b');
INSERT INTO room VALUES ('[2,2]', '[2024-01-01 11:00, 2024-01-01 13:00)', 'c');
INSERT INTO room VALUES ('[1,1]', '[2024-01-01 12:00, 2024-01-01 13:00)', 'd');
INSERT INTO room VALUES (NULL, '[2024-01-01 10:00, 2024-01-01 12:00)', 'e'), (NULL, '[2024-01-01 10:00, 2024-01-01 12:00)', 'f');
UPDATE room SET name = '[1,1]' WHERE note = 'c';
INSERT INTO room VALUES ('[1,1]', NULL, 'g'), ('[1,1]', NULL, 'h');
UPDATE room SET name = '[3,3]' WHERE note IN ('e', 'g');
UPDATE room SET name = '[3,3]' WHERE note IN ('f');
SELECT * FROM room ORDER BY note;
\d room
CREATE TABLE shape (b box, c circle, p point, EXCLUDE USING gist (b WITH &&), EXCLUDE USING gist (c WITH &&));
INSERT INTO shape VALUES ('(0,0),(2,2)', '<(0,0),1>', '(1,1)');
INSERT INTO shape VALUES ('(1,1),(3,3)', '<(9,9),1>', '(1,1)');
INSERT INTO shape VALUES ('(5,5),(6,6)', '<(1,0),1>', '(1,1)');
INSERT INTO shape VALUES ('(5,5),(6,6)', '<(9,9),1>', '(1,1)');
ALTER TABLE shape ADD EXCLUDE USING gist (p WITH ~=);
CREATE TABLE nets (n inet, EXCLUDE USING gist (n inet_ops WITH &&));
INSERT INTO nets VALUES ('10.0.0.0/8'), ('192.168.0.0/16');
INSERT INTO nets VALUES ('10.1.0.0/16');
INSERT INTO nets VALUES ('192.0.0.0/8');
INSERT INTO nets VALUES ('11.0.0.1');
\d nets
CREATE TABLE beside (r int4range, EXCLUDE USING gist (r WITH -|-));
INSERT INTO beside VALUES ('[1,3)'), ('[4,6)'), ('[2,5)');
INSERT INTO beside VALUES ('[6,7)');
CREATE TABLE same (r int4range, EXCLUDE USING gist (r WITH =));
INSERT INTO same VALUES ('[1,3)'), ('[1,2)');
INSERT INTO same VALUES ('[1,3)');
CREATE TABLE hashed (a int, b text, EXCLUDE USING hash (a WITH =));
INSERT INTO hashed VALUES (1, 'x'), (2, 'y'), (NULL, 'z'), (NULL, 'z');
INSERT INTO hashed VALUES (1, 'z');
\d hashed
CREATE TABLE computed (a int, b int, EXCLUDE USING gist (int4range(a, b) WITH &&));
INSERT INTO computed VALUES (1, 5), (5, 6);
INSERT INTO computed VALUES (4, 6);
INSERT INTO computed VALUES (7, 6);
\d computed
CREATE DOMAIN span AS int4range;
CREATE TABLE domained (s span, EXCLUDE USING gist (s WITH &&));
INSERT INTO domained VALUES ('[1,4)'), ('[3,5)');

-- Later.
CREATE TABLE later (id int, r int4range, EXCLUDE USING gist (r WITH &&) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO later VALUES (1, '[1,5)'), (2, '[5,10)');
BEGIN;
INSERT INTO later VALUES (3, '[4,6)');
DELETE FROM later WHERE id < 3;
COMMIT;
BEGIN;
INSERT INTO later VALUES (4, '[5,6)');
COMMIT;
BEGIN;
INSERT INTO later VALUES (4, '[5,6)');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
BEGIN;
SET CONSTRAINTS later_r_excl IMMEDIATE;
INSERT INTO later VALUES (4, '[5,6)');
ROLLBACK;
SELECT * FROM later;
INSERT INTO later VALUES (9, '[5,6)') ON CONFLICT DO NOTHING;
INSERT INTO later VALUES (9, '[5,6)') ON CONFLICT ON CONSTRAINT later_r_excl DO NOTHING;
\d later
CREATE TABLE shifted (id int, r int4range, EXCLUDE USING gist (r WITH &&) DEFERRABLE);
INSERT INTO shifted SELECT i, int4range(i * 2, i * 2 + 2) FROM generate_series(1, 5) i;
UPDATE shifted SET r = int4range(lower(r) + 1, upper(r) + 1);
SELECT r FROM shifted ORDER BY id;
UPDATE shifted SET r = int4range(lower(r), upper(r) + 1);

-- What is refused.
CREATE TABLE bad (a int, EXCLUDE USING gist (a WITH =));
CREATE TABLE bad (r int4range, EXCLUDE USING gist (r WITH <));
CREATE TABLE bad (r int4range, EXCLUDE USING gist (r WITH <@));
CREATE TABLE bad (r int4range, EXCLUDE USING gist (r WITH <>));
CREATE TABLE bad (r int4range, EXCLUDE USING gist (r WITH +++));
CREATE TABLE bad (r int4range, EXCLUDE USING gin (r WITH &&));
CREATE TABLE bad (a int[], EXCLUDE USING gin (a WITH &&));
CREATE TABLE bad (r int4range, EXCLUDE USING brin (r WITH &&));
CREATE TABLE bad (r int4range, EXCLUDE USING btree (r WITH &&));
CREATE TABLE bad (r int4range, EXCLUDE (r WITH &&));
CREATE TABLE bad (r int4range, EXCLUDE USING hash (r WITH &&));
CREATE TABLE bad (r int4range, EXCLUDE USING nosuch (r WITH &&));
CREATE TABLE bad (r int4range, EXCLUDE USING gist (s WITH &&));
CREATE TABLE bad (a int, EXCLUDE USING hash (a WITH =, a WITH =));
CREATE TABLE bad (n inet, EXCLUDE USING gist (n WITH &&));
CREATE TABLE bad (r int4range, EXCLUDE USING gist (r DESC WITH &&));
CREATE TABLE bad (a int, EXCLUDE USING btree (a WITH <>));
CREATE TABLE bad (a int, r int4range, EXCLUDE USING gist (r WITH &&)) PARTITION BY LIST (a);
DROP TABLE room, shape, nets, beside, same, hashed, computed, domained, later, shifted;
DROP DOMAIN span;
