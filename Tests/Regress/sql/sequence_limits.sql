-- The ends of the range, CYCLE, CACHE, descending, and the edges of int64.
CREATE SEQUENCE up MAXVALUE 3;
SELECT nextval('up'), nextval('up'), nextval('up');
SELECT nextval('up');
SELECT nextval('up');
SELECT currval('up');
SELECT last_value, is_called FROM up;
CREATE SEQUENCE down INCREMENT -1 MINVALUE -3;
SELECT nextval('down'), nextval('down'), nextval('down');
SELECT nextval('down');
SELECT last_value, is_called FROM down;

-- Steps that do not meet the end.
CREATE SEQUENCE step INCREMENT 4 MAXVALUE 10;
SELECT nextval('step'), nextval('step'), nextval('step');
SELECT nextval('step');
CREATE SEQUENCE stepdown INCREMENT -4 MINVALUE -10 MAXVALUE 10;
SELECT nextval('stepdown'), nextval('stepdown'), nextval('stepdown');
SELECT nextval('stepdown'), nextval('stepdown'), nextval('stepdown');
SELECT nextval('stepdown');

-- CYCLE goes to MINVALUE or MAXVALUE, not to START.
CREATE SEQUENCE cyc START 3 MAXVALUE 4 CYCLE;
SELECT nextval('cyc'), nextval('cyc'), nextval('cyc'), nextval('cyc'), nextval('cyc');
CREATE SEQUENCE cycdown INCREMENT -1 START 2 MINVALUE 1 MAXVALUE 3 CYCLE;
SELECT nextval('cycdown'), nextval('cycdown'), nextval('cycdown'), nextval('cycdown');
CREATE SEQUENCE cycstep INCREMENT 3 MINVALUE 1 MAXVALUE 5 CYCLE;
SELECT nextval('cycstep'), nextval('cycstep'), nextval('cycstep'), nextval('cycstep');
CREATE SEQUENCE cycbig INCREMENT 10 MAXVALUE 5 CYCLE;
SELECT nextval('cycbig'), nextval('cycbig'), nextval('cycbig');
ALTER SEQUENCE cyc NO CYCLE;
SELECT nextval('cyc'), nextval('cyc');
SELECT nextval('cyc');

-- CACHE: last_value jumps, the session draws from its block.
CREATE SEQUENCE cache10 CACHE 10;
SELECT nextval('cache10');
SELECT last_value, log_cnt, is_called FROM cache10;
SELECT nextval('cache10'), nextval('cache10');
SELECT last_value, log_cnt, is_called FROM cache10;
SELECT currval('cache10');
SELECT setval('cache10', 100);
SELECT nextval('cache10');
SELECT last_value, log_cnt, is_called FROM cache10;
DISCARD SEQUENCES;
SELECT nextval('cache10');
ALTER SEQUENCE cache10 RESTART;
SELECT nextval('cache10'), nextval('cache10');
ALTER SEQUENCE cache10 CACHE 2;
SELECT nextval('cache10');
SELECT last_value, log_cnt, is_called FROM cache10;
ALTER SEQUENCE cache10 CACHE 100;
SELECT nextval('cache10');
SELECT last_value, log_cnt, is_called FROM cache10;

-- MAXVALUE inside a block.
CREATE SEQUENCE inblock CACHE 10 MAXVALUE 5;
SELECT nextval('inblock');
SELECT last_value, is_called FROM inblock;
SELECT nextval('inblock'), nextval('inblock'), nextval('inblock'), nextval('inblock');
SELECT nextval('inblock');

-- CYCLE with a block as large as the range, and larger.
CREATE SEQUENCE cycblock CACHE 3 MAXVALUE 3 CYCLE;
SELECT nextval('cycblock'), nextval('cycblock'), nextval('cycblock'), nextval('cycblock');
CREATE SEQUENCE cycblock2 CACHE 10 MAXVALUE 3 CYCLE;
SELECT nextval('cycblock2'), nextval('cycblock2'), nextval('cycblock2'), nextval('cycblock2');
SELECT last_value, is_called FROM cycblock2;
CREATE SEQUENCE cycblock3 CACHE 4 MINVALUE 1 MAXVALUE 6 CYCLE;
SELECT g, nextval('cycblock3') FROM generate_series(1, 10) AS g ORDER BY g;
CREATE SEQUENCE downblock CACHE 4 INCREMENT -4 MINVALUE -30;
SELECT g, nextval('downblock') FROM generate_series(1, 7) AS g ORDER BY g;
SELECT last_value, is_called FROM downblock;

-- int64 edges.
CREATE SEQUENCE top MINVALUE 9223372036854775805 START 9223372036854775806;
SELECT nextval('top'), nextval('top');
SELECT nextval('top');
CREATE SEQUENCE bottom INCREMENT -1 MINVALUE -9223372036854775808 MAXVALUE -9223372036854775806 START -9223372036854775807;
SELECT nextval('bottom'), nextval('bottom');
SELECT nextval('bottom');
CREATE SEQUENCE huge INCREMENT 9223372036854775807;
SELECT nextval('huge');
SELECT nextval('huge');
CREATE SEQUENCE hugedown INCREMENT -9223372036854775808 MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807;
SELECT nextval('hugedown');
SELECT nextval('hugedown');
SELECT nextval('hugedown');
CREATE SEQUENCE whole MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807 CYCLE;
SELECT nextval('whole');
SELECT setval('whole', 9223372036854775807);
SELECT nextval('whole');
CREATE SEQUENCE spread INCREMENT 9223372036854775807 MINVALUE -9223372036854775808;
SELECT nextval('spread'), nextval('spread'), nextval('spread');
SELECT nextval('spread');
CREATE SEQUENCE topcache CACHE 100 START 9223372036854775800;
SELECT nextval('topcache');
SELECT last_value FROM topcache;
CREATE SEQUENCE bigcache CACHE 9223372036854775807;
SELECT cache_size FROM pg_sequences WHERE sequencename = 'bigcache';

-- A column narrower than its sequence.
CREATE SEQUENCE wide START 2147483647;
CREATE TABLE narrow (id int DEFAULT nextval('wide'), a int);
INSERT INTO narrow (a) VALUES (1);
INSERT INTO narrow (a) VALUES (2);
SELECT * FROM narrow;
CREATE TABLE small (id smallserial, a int);
SELECT setval('small_id_seq', 32766);
INSERT INTO small (a) VALUES (1);
INSERT INTO small (a) VALUES (2);
SELECT * FROM small;
CREATE TABLE full4 (id serial, a int);
SELECT setval('full4_id_seq', 2147483647);
INSERT INTO full4 (a) VALUES (1);
