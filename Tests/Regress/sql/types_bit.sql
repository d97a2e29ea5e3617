-- Bit strings: bit and bit varying (chapters 4.1.2.5, 8.10 and 9.6).
SELECT B'101', X'1F', b'', x'aB', pg_typeof(B'1'), '101'::bit(3), '101'::bit(5), '101'::bit, '101'::varbit, '101'::varbit(2);
SELECT B'101'::bit(5), B'10111'::bit(3), B'10111'::varbit(3), 'x1f'::varbit, 'X1F'::bit(8), 'B101'::varbit, bit '101', bit(4) '101', bit varying '101', varbit(2) '1011', bit(3) 'x1';
SELECT B'102';
SELECT X'1G';
SELECT '12'::bit(2);
SELECT 'xAG'::varbit;
SELECT '1é'::varbit;
CREATE TABLE bits (a bit(3), b bit varying(5), c bit, d varbit);
INSERT INTO bits VALUES (B'101', B'00', B'1', X'FF');
INSERT INTO bits VALUES (B'10', B'101');
INSERT INTO bits VALUES (B'1010', B'101');
INSERT INTO bits (b) VALUES (B'101010');
INSERT INTO bits (b) VALUES ('1x');
INSERT INTO bits (a) VALUES ('10');
INSERT INTO bits (b) VALUES ('101010');
INSERT INTO bits (a) VALUES ('10'::bit(3)), ('111');
SELECT *, pg_typeof(a), pg_typeof(b) FROM bits;
SELECT format_type('bit'::regtype, 3), format_type('bit'::regtype, 1), format_type('varbit'::regtype, 3), format_type('varbit'::regtype, -1), format_type('bit'::regtype, -1), format_type('bit'::regtype, NULL), 'bit(3)'::regtype, 'bit varying'::regtype;
\d bits
CREATE TABLE bad (a bit(0));
CREATE TABLE bad (a varbit(0));
CREATE TABLE bad (a bit(83886081));
CREATE TABLE bad (a bit(1,2));
-- Operators
SELECT B'1010' & B'0110', B'1010' | B'0110', B'1010' # B'0110', ~B'1010', B'10001' << 3, B'10001' >> 2, B'10001' << -1, B'10001' >> -2, B'101' || B'11', B'10001' << 9;
SELECT B'1010' & B'011';
SELECT B'1010' | B'011';
SELECT B'1010' # B'011';
SELECT B'110011001100110' || B'1111', B'1' || B'', B'' || B'', X'ABCDEF' || B'1' || X'ABCDEF', B'10' || '1';
SELECT B'10' || 'x';
SELECT B'1' || 1;
SELECT B'1' + 1;
SELECT -B'1';
SELECT ~ '101';
SELECT B'1' < B'10', B'10' < B'1', B'0' < B'00', B'1' = B'10', B'101' > B'1001', varbit '1' < varbit '10', B'10' <> varbit '10', B'10' >= B'1', B'' <= B'0';
-- Functions
SELECT length(B'101'), bit_length(B'101'), octet_length(B'101010101'), octet_length(B''), get_bit(B'101', 0), get_bit(B'101', 2), set_bit(B'101', 1, 1), bit_count(B'10110');
SELECT position(B'01' IN B'1101'), position(B'' IN B'1'), position(B'1' IN B''), position(B'' IN B''), position(B'11' IN B'000'), position(B'0000000001' IN B'00000000000001');
SELECT substring(B'110010' FROM 2 FOR 3), substring(B'110010' FROM 3), substring(B'110010' FROM -1 FOR 4), substring(B'110010' FROM 9), substring(B'1100101011110001' FROM 6 FOR 9), substring(B'1', 1, 2147483647);
SELECT overlay(B'0000000' PLACING B'111' FROM 3 FOR 2), overlay(B'0000000' PLACING B'111' FROM 3), overlay(B'00' PLACING B'111' FROM 9);
SELECT get_bit(B'101', 3);
SELECT get_bit(B'101', -1);
SELECT set_bit(B'101', 5, 1);
SELECT set_bit(B'101', 1, 2);
SELECT substring(B'101' FROM 1 FOR -1);
SELECT overlay(B'101' PLACING B'1' FROM 0);
-- Casts
SELECT 44::bit(10), 44::bit(3), (-44)::bit(12), '1110'::bit(4)::integer, 5::int8::bit(70), (-5)::int8::bit(70), 44::bit, CAST(-1 AS bit(40)), B'1'::bit(40)::int8;
SELECT repeat('1', 33)::varbit::bit(33)::int;
SELECT repeat('1', 65)::varbit::bit(65)::int8;
SELECT repeat('1', 32)::varbit::bit(32)::int, repeat('1', 64)::varbit::bit(64)::int8, B'1'::int8, B''::int;
SELECT 44::varbit;
SELECT b'1'::int2;
SELECT B'101'::text, '101'::text::bit(3), B'101'::varchar, B'101'::varbit(2), B'1'::varbit::bit(3);
INSERT INTO bits (a, d) VALUES (5::bit(3), 5::bit(9)) RETURNING a, d;
-- Aggregates, arrays, rows
SELECT bit_and(x), bit_or(x), bit_xor(x) FROM (VALUES (B'1100'), (B'1010'), (NULL)) v(x);
SELECT bit_and(x) FROM (VALUES (B'1100'), (B'10')) v(x);
SELECT bit_and(x) FROM (VALUES (NULL::bit(3))) v(x);
SELECT min(x) FROM (VALUES (B'1')) v(x);
SELECT encode(bit_send(B'10110'), 'hex'), encode(varbit_send(''), 'hex'), ARRAY[B'1', B'10'], '{101,1}'::varbit[], '{101,10}'::bit(3)[], row(B'1'), to_json(B'101'), quote_literal(B'101');
SELECT x, count(*) FROM (VALUES (B'1'), (B'1'), (B'10'), (B''), (B'01')) v(x) GROUP BY x ORDER BY x;
-- Keys
CREATE TABLE flags (id varbit PRIMARY KEY, b bit(4));
INSERT INTO flags SELECT i::bit(8)::varbit(8), i::bit(4) FROM generate_series(0, 9) i;
INSERT INTO flags VALUES (B'00000001', B'1');
INSERT INTO flags VALUES (B'00000001', B'1111');
INSERT INTO flags VALUES (B'1', B'1111'), (B'10', B'1111'), (B'', B'0000');
SELECT * FROM flags ORDER BY id;
SELECT * FROM flags WHERE id > B'00000111' ORDER BY id;
CREATE INDEX ON flags (b DESC);
SELECT id FROM flags WHERE b = B'1111' ORDER BY id;
SELECT b FROM flags GROUP BY b ORDER BY b DESC LIMIT 3;
UPDATE flags SET b = b & B'0101' WHERE id = B'10' RETURNING *;
SELECT count(*) FROM flags a JOIN flags b ON a.id = b.id;
COPY (SELECT * FROM flags ORDER BY id) TO STDOUT;
DROP TABLE bits, flags;
