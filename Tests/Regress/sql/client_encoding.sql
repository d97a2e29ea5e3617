-- Clients whose texts are not UTF-8. The bytes of this script stay as they are: C3 A4 is one character of
-- UTF-8 and two of LATIN1.
SHOW client_encoding;
SELECT length('ä'), octet_length('ä'), ascii('ä');
SET client_encoding = 'LATIN1';
SHOW client_encoding;
SELECT pg_client_encoding(), getdatabaseencoding();
SELECT length('ä'), octet_length('ä'), ascii('ä');
SELECT 'ä' AS "ü";
SELECT 'ä' = U&'\00c3\00a4' AS same, chr(195) || chr(164) AS both, upper('a');
SELECT chr(228) = E'\u00e4' AS same;
SELECT chr(8364);
SELECT 'a' UNION ALL SELECT chr(8364) ORDER BY 1;
SELECT chr(8364) AS euro INTO kept_texts;
SELECT length(euro), euro = chr(8364) FROM kept_texts;
SELECT euro FROM kept_texts;
SELECT no_such_ä;
SELECT 'ä'::int;
SELECT * FROM kept_texts WHERE euro = 'ä';
CREATE TABLE "tä" ("cä" text CHECK ("cä" <> 'ö'));
INSERT INTO "tä" VALUES ('ö');
INSERT INTO "tä" VALUES ('ß');
SELECT "cä", length("cä") FROM "tä";
COPY "tä" TO STDOUT;
COPY "tä" FROM STDIN;
ü
\.
SELECT "cä", length("cä") FROM "tä" ORDER BY 1;
COPY "tä" FROM STDIN (ENCODING 'UTF8');
ü
\.
SELECT length("cä") FROM "tä" ORDER BY 1;
PREPARE p (text) AS SELECT $1 || 'é', length($1);
EXECUTE p ('é');
DO_NOT_EXIST 'ä';
DECLARE c CURSOR WITH HOLD FOR SELECT "cä" FROM "tä" WHERE length("cä") = 2 ORDER BY 1;
FETCH ALL FROM c;
CLOSE c;
SET client_encoding = 'UTF8';
SELECT "tÃ¤"."cÃ¤", length("cÃ¤") FROM "tÃ¤" ORDER BY 1;
DROP TABLE "tÃ¤", kept_texts;
-- Names of encodings.
SET client_encoding TO 'latin-9';
SHOW client_encoding;
SET NAMES 'ISO_8859_5';
SHOW client_encoding;
SET NAMES win1252;
SHOW client_encoding;
SELECT length('a');
SET NAMES 'EUC_JP';
SELECT length('abc'), pg_client_encoding();
SELECT 'ä';
SELECT chr(228) IS NULL AS nothing;
SET NAMES 'SJIS';
SHOW client_encoding;
SET NAMES 'GB18030';
SHOW client_encoding;
SET NAMES 'SQL_ASCII';
SELECT length('ä'), 'ä' AS same;
SET client_encoding = 'MULE_INTERNAL';
SET client_encoding = 'no such';
SET NAMES;
SHOW client_encoding;
RESET client_encoding;
SHOW client_encoding;
BEGIN;
SET LOCAL client_encoding = 'LATIN1';
SELECT length('ä');
COMMIT;
SELECT length('ä');
BEGIN;
SET client_encoding = 'LATIN1';
SELECT length('ä');
ROLLBACK;
SELECT length('ä');
\encoding LATIN1
\encoding
SELECT length('ä');
\encoding UTF8
\encoding
SELECT length('ä');
-- WIN1252 has no character at 0x81.
SET client_encoding = 'WIN1252';
SELECT 'Á';
SELECT chr(8364) = convert_from('\x80', 'WIN1252') AS same;
SET client_encoding = 'UTF8';
SELECT convert_from('\x81', 'WIN1252');
SELECT convert_to(chr(8364), 'LATIN1');
SELECT convert_to(chr(8364), 'LATIN9'), convert_to('ä', 'UTF8'), convert('\xe4', 'LATIN1', 'UTF8');
SELECT convert('\xe4', 'nothing', 'UTF8');
