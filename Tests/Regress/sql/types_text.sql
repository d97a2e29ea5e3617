-- text, varchar(n), char(n), bytea; string functions.
CREATE TABLE s (t text, v varchar(5), c char(5), u varchar);
INSERT INTO s VALUES ('hello', 'abc', 'ab', 'any'), ('', '', '', ''), (NULL, NULL, NULL, NULL), ('ünï', 'ünïcö', 'ü', '日本');
SELECT t, v, c || '|', u FROM s ORDER BY t;
INSERT INTO s (v) VALUES ('abcdef');
INSERT INTO s (c) VALUES ('abcdef');
INSERT INTO s (v) VALUES ('abcde   ') RETURNING v || '|';
INSERT INTO s (c) VALUES ('abc     ') RETURNING c || '|', length(c), octet_length(c);
SELECT 'abcdef'::varchar(3), 'abcdef'::char(3), 'ab'::char(4) || '|', 'a'::char = 'a   '::char(4);
SELECT 'ab'::char(5) = 'ab'::text, 'ab'::char(5) = 'ab   '::text, 'ab  '::varchar = 'ab'::varchar;
SELECT c = 'ab', length(c), char_length(c::text), octet_length(c) FROM s WHERE t = 'hello';
CREATE TABLE bad (a varchar(0));
CREATE TABLE bad (a char(-1));
CREATE TABLE bad (a varchar(10485761));
SELECT 'a' || 'b', 'a' || 1, 1 || 'a', 'a' || NULL, 'x' || true, 'n' || 1.50;
SELECT 1 || 2;
SELECT 'it''s', E'tab\there', E'\\', E'\x41\u00e9', 'a\b', $$dollar 'quoted'$$, $x$nested $$ inside$x$;
SELECT 'split '
       'literal';
SELECT length('ünï'), octet_length('ünï'), char_length('日本'), bit_length('a');
SELECT substring('hello' from 2 for 3), substring('hello', 2), substr('hello', 2, 2), substring('hello' from -1 for 4), substring('ünïcode' from 2 for 2);
SELECT substring('hello' from 2 for -1);
SELECT 'a' < 'b', 'a' < 'B', 'abc' < 'abd', '' < 'a', 'Z' < 'a', 'é' > 'z';
SELECT 'hello' LIKE 'h%', 'hello' LIKE '_ello', 'hello' LIKE 'H%', 'hello' ILIKE 'H%', 'hello' NOT LIKE '%z%', 'a%b' LIKE 'a\%b', 'a_b' LIKE 'a!_b' ESCAPE '!';
SELECT NULL LIKE 'a', 'a' LIKE NULL, '' LIKE '', '' LIKE '%', 'abc' LIKE '%b%', 'abc' LIKE 'a%c%';
SELECT 'a' LIKE 'a\';
SELECT max(t), min(t), count(t), count(DISTINCT v) FROM s;
SELECT 'abc'::text::varchar, 'abc'::name, 123::text, true::text, NULL::text;
SELECT pg_typeof('a'), pg_typeof('a'::text), pg_typeof('a'::varchar(3)), pg_typeof('a'::char(3)), pg_typeof('a' || 'b'), pg_typeof('a'::varchar || 'b');
SELECT upper(NULL), length(NULL), NULL || 'x';
SELECT 'abc' = 'ABC', 'abc' <> 'ABC', 'a' BETWEEN 'a' AND 'c';

-- bytea
CREATE TABLE b (x bytea);
INSERT INTO b VALUES ('\x00ff10'), ('abc'), ('a\000b'), ('\\'), ('') RETURNING x;
INSERT INTO b VALUES ('\x0');
INSERT INTO b VALUES ('\xzz');
INSERT INTO b VALUES ('a\9');
SELECT '\x0102'::bytea || '\x03'::bytea, length('\x010203'::bytea), octet_length('\x01'::bytea), '\x01'::bytea < '\x02'::bytea;
SELECT * FROM b ORDER BY x;
SELECT 'x'::bytea::text, 'text'::text::bytea;

-- Subscripts of name.
SELECT typname[0], typname[63], typname[64], typname[-1], typname[1] = 'o', typname[NULL] FROM pg_type WHERE oid = 16;
SELECT ('abc'::name)[1], ('abc'::name)[0][1];
SELECT ('abc'::name)[0:1];
SELECT ('abc'::text)[1];
CREATE TABLE nm (n name, d int); INSERT INTO nm VALUES ('xyz', 1);
SELECT n[0], n[d] FROM nm;
CREATE VIEW nmv AS SELECT n[d] AS c FROM nm;
\d+ nmv
