-- Foreign keys: checks, actions, messages.
CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE, a int, b int, UNIQUE (a, b));
INSERT INTO p VALUES (1, 'one', 1, 1), (2, 'two', 1, 2), (3, 'three', 2, 1);
CREATE TABLE c (id serial PRIMARY KEY, p_id int REFERENCES p, code text REFERENCES p (code));
INSERT INTO c (p_id, code) VALUES (1, 'one'), (2, NULL), (NULL, NULL);
INSERT INTO c (p_id) VALUES (9);
INSERT INTO c (code) VALUES ('nine');
UPDATE c SET p_id = 8 WHERE p_id = 1;
UPDATE c SET p_id = 3 WHERE p_id = 1;
DELETE FROM p WHERE id = 3;
DELETE FROM p WHERE id = 2;
DELETE FROM p WHERE id = 1;
UPDATE p SET id = 20 WHERE id = 2;
UPDATE p SET a = 5 WHERE id = 2;
UPDATE p SET id = 2 WHERE id = 2;
DELETE FROM c;
DELETE FROM p WHERE id = 2;
SELECT id FROM p ORDER BY id;

-- Composite keys
CREATE TABLE cc (a int, b int, CONSTRAINT to_p FOREIGN KEY (a, b) REFERENCES p (a, b));
INSERT INTO cc VALUES (1, 1), (NULL, 99), (NULL, NULL);
INSERT INTO cc VALUES (1, 99);
DELETE FROM p WHERE a = 1 AND b = 1;
DROP TABLE cc;
CREATE TABLE cc (a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b) MATCH FULL);
INSERT INTO cc VALUES (NULL, 1);
INSERT INTO cc VALUES (NULL, NULL);

-- Actions
CREATE TABLE top (id int PRIMARY KEY);
INSERT INTO top SELECT g FROM generate_series(1, 10) AS g;
CREATE TABLE casc (id int PRIMARY KEY, t int REFERENCES top ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE setn (id int PRIMARY KEY, t int REFERENCES top ON DELETE SET NULL ON UPDATE SET NULL);
CREATE TABLE setd (id int PRIMARY KEY, t int DEFAULT 10 REFERENCES top ON DELETE SET DEFAULT);
CREATE TABLE rest (id int PRIMARY KEY, t int REFERENCES top ON DELETE RESTRICT ON UPDATE NO ACTION);
CREATE TABLE deep (c int REFERENCES casc ON DELETE CASCADE);
INSERT INTO casc VALUES (1, 1), (2, 2), (3, 3);
INSERT INTO setn VALUES (1, 1), (2, 2), (3, 3);
INSERT INTO setd VALUES (1, 1), (2, 2), (3, 3);
INSERT INTO rest VALUES (4, 4);
INSERT INTO deep VALUES (1), (2), (3);
DELETE FROM top WHERE id = 1;
SELECT * FROM casc ORDER BY id;
SELECT * FROM setn ORDER BY id;
SELECT * FROM setd ORDER BY id;
SELECT * FROM deep ORDER BY c;
DELETE FROM top WHERE id = 4;
UPDATE top SET id = 40 WHERE id = 4;
UPDATE top SET id = 20 WHERE id = 2;
UPDATE setd SET t = 10;
UPDATE top SET id = 20 WHERE id = 2;
SELECT * FROM casc ORDER BY id;
SELECT * FROM setn ORDER BY id;
DELETE FROM top WHERE id = 10;
UPDATE setd SET t = NULL;
DELETE FROM top WHERE id = 10;
UPDATE setd SET t = 3;
DELETE FROM top WHERE id = 3;
SELECT * FROM setd ORDER BY id;

-- To itself
CREATE TABLE tree (id int PRIMARY KEY, parent int REFERENCES tree ON DELETE CASCADE);
INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 2), (4, 4);
INSERT INTO tree VALUES (5, 99);
DELETE FROM tree WHERE id = 1;
SELECT * FROM tree ORDER BY id;

-- Declared wrongly
CREATE TABLE bad (a int REFERENCES nosuch);
CREATE TABLE bad (a int REFERENCES p (nosuch));
CREATE TABLE bad (a int REFERENCES p (a));
CREATE TABLE bad (a text REFERENCES p);
CREATE TABLE bad (a int, b int, FOREIGN KEY (a, b) REFERENCES p);
CREATE TABLE bad (a int, FOREIGN KEY (nosuch) REFERENCES p);
CREATE TABLE nokey (a int);
CREATE TABLE bad (a int REFERENCES nokey);
CREATE TABLE wider (a bigint REFERENCES p);
INSERT INTO wider VALUES (1), (5000000000);

-- Added and dropped later
CREATE TABLE late (p_id int);
INSERT INTO late VALUES (1), (77);
ALTER TABLE late ADD CONSTRAINT late_fk FOREIGN KEY (p_id) REFERENCES p (id);
DELETE FROM late WHERE p_id = 77;
ALTER TABLE late ADD CONSTRAINT late_fk FOREIGN KEY (p_id) REFERENCES p (id);
INSERT INTO late VALUES (77);
ALTER TABLE late DROP CONSTRAINT late_fk;
INSERT INTO late VALUES (77);
TRUNCATE p;
TRUNCATE p, c, cc, wider;
SELECT count(*) FROM p;
TRUNCATE top CASCADE;
SELECT count(*) FROM casc;

-- Within one transaction
INSERT INTO p VALUES (1, 'one', 1, 1);
BEGIN;
INSERT INTO p VALUES (50, 'fifty', 5, 0);
INSERT INTO c (p_id) VALUES (50) RETURNING p_id;
ROLLBACK;
INSERT INTO c (p_id) VALUES (50);
BEGIN;
DELETE FROM p WHERE id = 1;
INSERT INTO c (p_id) VALUES (1);
ROLLBACK;
INSERT INTO c (p_id) VALUES (1) RETURNING p_id;
