-- ENCODING of COPY, and the functions that convert
CREATE TABLE e (a int, b text);
INSERT INTO e VALUES (1, 'ascii'), (2, 'café'), (3, 'naïve ÿ');
COPY e TO STDOUT (ENCODING 'utf8');
COPY e TO STDOUT (ENCODING 'UTF-8', FORMAT csv);
COPY e TO STDOUT (ENCODING 'unicode');
COPY e TO STDOUT (ENCODING 'sql_ascii');
COPY e TO STDOUT (ENCODING 'win1251');
COPY e TO STDOUT (ENCODING 'koi8r');
COPY e TO STDOUT (ENCODING 'mule_internal');
COPY e TO STDOUT (ENCODING 'nosuch');
COPY e TO STDOUT (ENCODING '');
COPY (SELECT a FROM e) TO STDOUT (ENCODING 'latin1');
COPY (SELECT a AS "é" FROM e) TO STDOUT (ENCODING 'win1251', HEADER);
CREATE TABLE f (a int, b text);
COPY f FROM STDIN (ENCODING 'latin1');
1	ascii
2	café
\.
COPY f FROM STDIN (ENCODING 'ISO-8859-15', FORMAT csv, HEADER);
a,b
3,naïve
\.
COPY f FROM STDIN (ENCODING 'sql_ascii');
4	as it is: é
\.
COPY f FROM STDIN (ENCODING 'mule_internal');
5	x
\.
COPY f FROM STDIN (ENCODING 'euc_jp');
6	plain
\.
COPY f FROM STDIN (ENCODING 'win1251', FORMAT csv, HEADER match);
a,b
7,seven
\.
COPY f FROM STDIN (ENCODING 'win1251', FORMAT csv, HEADER match);
a,é
8,eight
\.
SELECT a, b, length(b) FROM f ORDER BY a;
SELECT convert('caf\303\251'::bytea, 'UTF8', 'LATIN1'), convert_to('café', 'LATIN1'), convert_from('caf\351'::bytea, 'LATIN1');
SELECT convert_to('€', 'LATIN1');
SELECT convert_to('€', 'LATIN9'), convert_to('€', 'win1252'), convert_to('ж', 'KOI8R'), convert_to('ж', 'windows-1251'), convert_to('ж', 'ISO_8859_5');
SELECT convert_to('漢字', 'EUC_JP'), convert_to('漢字', 'SJIS'), convert_to('漢字', 'GBK'), convert_to('漢字', 'BIG5'), convert_to('漢字', 'GB18030'), convert_to('한글', 'EUC_KR'), convert_to('한글', 'UHC');
SELECT convert_from(convert_to('漢字', 'EUC_JP'), 'EUC_JP'), convert_from('\212\277\216\232'::bytea, 'SJIS'), convert_from('\xd6'::bytea, 'koi8-r');
SELECT convert_from('\xff'::bytea, 'UTF8');
SELECT convert_from('\x6100'::bytea, 'UTF8');
SELECT convert_from('\xe9'::bytea, 'SQL_ASCII');
SELECT convert_from('\xc3a9'::bytea, 'SQL_ASCII'), convert_to('é', 'SQL_ASCII'), convert('\xff'::bytea, 'LATIN1', 'SQL_ASCII');
SELECT convert_to('x', 'nosuch');
SELECT convert_from('x', 'nosuch');
SELECT convert('x', 'nosuch', 'UTF8');
SELECT convert('\xff'::bytea, 'UTF8', 'LATIN1');
SELECT convert_to('x', 'MULE_INTERNAL');
SELECT convert_to('Ж', 'LATIN2');
SELECT convert_to(repeat('é', 3000), 'LATIN1') = decode(repeat('e9', 3000), 'hex'), length(convert_from(decode(repeat('e9', 5000), 'hex'), 'LATIN1'));
SELECT n, pg_encoding_to_char(n), pg_encoding_max_length(n) FROM generate_series(-1, 43) AS n;
SELECT name, pg_char_to_encoding(name) FROM (VALUES ('utf8'), ('UTF-8'), ('Latin1'), ('iso_8859_1'), ('ISO 8859-15'), ('windows1252'), ('win'), ('alt'), ('koi8'), ('shiftjis'), ('mskanji'), ('abc'), ('tcvn'), ('sqlascii'), ('nosuch'), ('')) AS v (name);
SET client_encoding = 'nosuch';
SET client_encoding = 'unicode';
SHOW client_encoding;
SET client_encoding = 'sql-ascii';
SHOW client_encoding;
SELECT pg_client_encoding();
RESET client_encoding;
SELECT pg_client_encoding(), getdatabaseencoding();
-- digests
SELECT md5(''), md5('abc'), md5(repeat('a', 1000000));
SELECT md5('\x00ff'::bytea), md5(NULL::text);
SELECT sha224(''), sha256(''), sha224('abc'), sha256('abc');
SELECT sha384(''), sha384('abc');
SELECT sha512(''), sha512('abc');
SELECT sha256(decode(repeat('61', 1000000), 'hex')), sha512(decode(repeat('61', 111), 'hex')), sha512(decode(repeat('61', 112), 'hex')), sha256(decode(repeat('61', 64), 'hex'));
SELECT n, encode(sha256(decode(repeat('ab', n), 'hex')), 'hex') = encode(sha256(decode(repeat('ab', n), 'hex')), 'hex'), md5(decode(repeat('ab', n), 'hex')) FROM generate_series(54, 66) AS n;
DROP TABLE e, f;
