-- Range and multirange types (chapters 8.17, 9.20, 9.21).
SELECT '[1,5)'::int4range, '(1,5]'::int4range, '[1,5]'::int8range, '[1.10,2.20]'::numrange, '[2020-01-01,2020-02-01]'::daterange, '[2020-01-01 10:00,2020-01-02)'::tsrange, '["2020-01-01 10:00+02","2020-01-02 11:00+02")'::tstzrange;
SELECT '(,5)'::int4range, '[,]'::int4range, '[5,)'::int4range, '(,)'::numrange, 'empty'::int4range, ' EMPTY '::numrange, '(3,3)'::int4range, '[3,4)'::int4range, '(3,4)'::int4range, '[3,3)'::numrange, '[3,3]'::numrange, ' [1 , 2) '::int4range;
SELECT '["1","2")'::int4range, '[\1,2)'::int4range, '["2020-01-01 00:00:00",infinity]'::tsrange, '[-infinity,infinity]'::daterange, '[-infinity,infinity)'::numrange, '(-infinity,infinity)'::daterange;
SELECT '[1,2'::int4range;
SELECT 'emptyx'::int4range;
SELECT '[1)'::int4range;
SELECT '[1,2,3)'::int4range;
SELECT '[1,2) x'::int4range;
SELECT '1,2'::int4range;
SELECT ''::int4range;
SELECT '[a,2)'::int4range;
SELECT '[ ,2)'::int4range;
SELECT '["",2)'::int4range;
SELECT '[3,2)'::int4range;
SELECT '[1,2147483648)'::int4range;
SELECT '(2147483647,)'::int4range;
SELECT '[1,2147483647]'::int4range;
SELECT '[1,9223372036854775807]'::int8range;
SELECT '[2020-13-01,)'::daterange;
-- Constructors
SELECT int4range(1, 5), int4range(1, 5, '[]'), int4range(1, 5, '()'), int4range(NULL, 5), int4range(1, NULL, '[]'), int4range(NULL, NULL), int4range(1, 1), int4range(1, 1, '[]'), int8range(1, 5), numrange(1.0, 2.50, '(]');
SELECT daterange('2020-01-01', '2020-02-01', '[]'), daterange('infinity', 'infinity', '[]'), tsrange('2020-01-01', 'infinity'), tstzrange('2020-01-01 10:00+00', NULL), int4range('1', 5), numrange(1, 2);
SELECT int4range(1, 5, 'x');
SELECT int4range(1, 5, '[[');
SELECT int4range(1, 5, '');
SELECT int4range(1, 5, NULL);
SELECT int4range(5, 1);
SELECT int4range(1);
SELECT int4range(1::bigint, 5);
-- Functions
SELECT x, lower(x), upper(x), isempty(x), lower_inc(x), upper_inc(x), lower_inf(x), upper_inf(x) FROM unnest(ARRAY['[1,5)', 'empty', '(,5)', '[1,)', '(,)', '(1,3)']::int4range[]) x;
SELECT x, lower(x), upper(x), isempty(x), lower_inc(x), upper_inc(x), lower_inf(x), upper_inf(x) FROM unnest(ARRAY['[1.0,5)', 'empty', '(,5]', '(1,)', '(,)', '(-infinity,infinity)']::numrange[]) x;
SELECT lower('x'), upper('y'), lower('[1,2)'::int4range), pg_typeof(lower(int8range(1, 2))), pg_typeof(upper(daterange(NULL, NULL))), lower(NULL::tsrange);
SELECT isempty('empty');
SELECT lower(1);
SELECT range_merge(int4range(1, 5), int4range(7, 9)), range_merge('empty', numrange(1, 2)), range_merge(int4range(1, NULL), int4range(7, 9));
-- Operators
SELECT a, b, a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, a @> b AS c, a <@ b AS cb, a && b AS o, a << b AS l, a >> b AS r, a &< b AS nr, a &> b AS nl, a -|- b AS adj
FROM (VALUES (numrange(1, 5), numrange(3, 9)), (numrange(1, 5), numrange(5, 9)), (numrange(1, 5, '[]'), numrange(5, 9)), ('empty', numrange(1, 2)), (numrange(1, 2), 'empty'), ('empty', 'empty'), (numrange(NULL, 5), numrange(NULL, NULL)), (numrange(1, 2), numrange(1, 2, '[]')), (numrange(1, 5, '()'), numrange(1, 5)), (numrange(8, 9), numrange(1, 2))) v(a, b);
SELECT a, b, a @> b AS c, a && b AS o, a << b AS l, a -|- b AS adj, a * b AS i
FROM (VALUES (int4range(1, 5), int4range(5, 9)), (int4range(1, 5), int4range(6, 9)), (int4range(1, 5), int4range(2, 3)), (int4range(1, 5), int4range(3, 7))) v(a, b);
SELECT int4range(1, 5) @> 3, int4range(1, 5) @> 5, int4range(1, 5) @> '[2,3)', 3 <@ int4range(1, 5), '2020-01-15'::date <@ daterange('2020-01-01', '2020-02-01'), 'empty'::int4range @> 1, numrange(1, 5) @> 3.5;
SELECT int4range(1, 5) @> '3';
SELECT int4range(1, 5) @> 3::bigint;
SELECT numrange(1, 5) @> 3;
SELECT int4range(1, 5) = int8range(1, 5);
SELECT int4range(1, 5) + int4range(5, 9), int4range(1, 5) + int4range(3, 9), 'empty'::int4range + int4range(7, 9), int4range(1, 5) * int4range(3, 9), int4range(1, 5) * int4range(7, 9), int4range(1, 5) - int4range(3, 9), int4range(1, 5) - int4range(-3, 3), int4range(1, 5) - int4range(1, 5), numrange(1, 5) - numrange(1, 1, '[]');
SELECT int4range(1, 5) + int4range(7, 9);
SELECT int4range(1, 9) - int4range(3, 5);
SELECT int4range(1, 5) * numrange(1, 5);
-- Multiranges
SELECT '{}'::int4multirange, '{[1,3),[2,5)}'::int4multirange, '{[5,7), (1,3] }'::int4multirange, '{empty, [1,2)}'::int4multirange, '{[1,2),[2,3)}'::int4multirange, '{[1,2],(2,3)}'::nummultirange, '{(,2],[5,)}'::nummultirange, '{["2020-01-01 00:00:00","2020-01-02 00:00:00")}'::tsmultirange, ' { } '::datemultirange;
SELECT '{[1,2'::int4multirange;
SELECT '{[1,2),}'::int4multirange;
SELECT '{[1,2) [3,4)}'::int4multirange;
SELECT '{[1,2)}x'::int4multirange;
SELECT '{x}'::int4multirange;
SELECT ''::int4multirange;
SELECT '{,}'::int4multirange;
SELECT '{'::int4multirange;
SELECT '{["a,b"'::int4multirange;
SELECT '{[a,b)}'::int4multirange;
SELECT '{[3,1)}'::int4multirange;
SELECT int4multirange('[1,3)');
SELECT int4multirange(), int4multirange('{[1,3)}'), int4multirange('[1,3)', '[2,5)', 'empty'), int4multirange(VARIADIC ARRAY[int4range(7, 9), int4range(1, 3)]), nummultirange(numrange(1, 2)), multirange(int4range(1, 3)), datemultirange(daterange('2020-01-01', NULL));
SELECT int4multirange(VARIADIC ARRAY[int4range(1, 3), NULL]);
SELECT int4multirange(VARIADIC ARRAY[[int4range(1, 3)]]);
SELECT int4multirange(NULL::int4range) IS NULL, int4multirange(VARIADIC NULL) IS NULL;
SELECT x, lower(x), upper(x), isempty(x), lower_inc(x), upper_inc(x), lower_inf(x), upper_inf(x), range_merge(x) FROM unnest(ARRAY['{[1,5),[7,9)}', '{}', '{(,5),[8,)}', '{(1,3)}']::int4multirange[]) x;
SELECT unnest('{[1,3),[5,7)}'::int4multirange), pg_typeof(unnest('{[1,3)}'::int4multirange));
SELECT * FROM unnest('{[1,3),[5,7)}'::nummultirange) WITH ORDINALITY;
SELECT a, b, a = b AS eq, a < b AS lt, a @> b AS c, a <@ b AS cb, a && b AS o, a << b AS l, a >> b AS r, a &< b AS nr, a &> b AS nl, a -|- b AS adj, a + b AS u, a - b AS d, a * b AS i
FROM (VALUES (nummultirange(numrange(1, 5), numrange(8, 9)), nummultirange(numrange(3, 8))), ('{[1,5)}', '{[5,9)}'), ('{}', '{[1,2)}'), ('{[1,2)}', '{}'), ('{[1,9)}', '{[2,3),[5,6)}'), ('{(,)}', '{[1,2]}'), ('{[1,2),[3,4)}', '{[1,2),[3,5)}')) v(a, b);
SELECT r, m, r @> m AS c, r <@ m AS cb, m @> r AS mc, m <@ r AS mcb, r && m AS o, m && r AS mo, r << m AS l, m << r AS ml, r >> m AS r, r &< m AS nr, m &< r AS mnr, r &> m AS nl, m &> r AS mnl, r -|- m AS adj, m -|- r AS madj
FROM (VALUES (int4range(1, 5), int4multirange('[1,3)', '[7,9)')), (int4range(1, 9), int4multirange('[1,3)', '[7,9)')), (int4range(2, 3), int4multirange('[1,3)', '[7,9)')), (int4range(9, 12), int4multirange('[1,3)', '[7,9)')), ('empty', '{[1,2)}'), (int4range(1, 2), '{}')) v(r, m);
SELECT 2 <@ '{[1,3)}'::int4multirange, '{[1,3),[5,7)}'::int4multirange @> 4, '{[1,3),[5,7)}'::int4multirange @> 5;
SELECT '[1,3)'::int4range::int4multirange, '[1,3)'::int4range::text, '{[1,3)}'::text::int4multirange, CAST(numrange(1, 2) AS nummultirange);
SELECT '[1,3)'::int4range::int8range;
SELECT '{[1,3)}'::int4multirange::int4range;
-- Aggregates
SELECT range_agg(x), range_intersect_agg(x) FROM (VALUES (int4range(1, 5)), ('[3,9)'), (NULL), ('[4,5)')) v(x);
SELECT range_agg(x), range_agg(x) IS NULL FROM (VALUES (NULL::int4range)) v(x);
SELECT range_agg(x), range_intersect_agg(x) FROM (VALUES ('{[1,5),[7,9)}'::int4multirange), ('{[3,8)}'), (NULL)) v(x);
SELECT k, range_agg(r ORDER BY r) FROM (VALUES (1, int4range(1, 3)), (2, 'empty'), (1, int4range(3, 5)), (1, int4range(8, 9))) v(k, r) GROUP BY k ORDER BY k;
SELECT range_agg(1);
SELECT min(int4range(1, 2));
SELECT array_agg(r ORDER BY r), count(DISTINCT r) FROM unnest(ARRAY['[1,5)', 'empty', '(,5)', '[1,)', '[1,3]', '[1,4)', '(,)']::int4range[]) r;
-- Values elsewhere
SELECT '{"[1,3)","[2,)"}'::int4range[], ARRAY[int4range(1, 2), 'empty'], row(int4range(1, 3), 'a'), row('{[1,3)}'::int4multirange), to_json(int4range(1, 3)), ARRAY['{[1,2),[4,5)}'::int4multirange], format('%s %L', int4range(1, 2), '{[1,2)}'::int4multirange);
SELECT encode(range_send(int4range(1, 5)), 'hex'), encode(multirange_send('{[1,3),[5,)}'::int4multirange), 'hex'), encode(range_send('empty'::numrange), 'hex'), encode(range_send(numrange(1.5, NULL)), 'hex');
SELECT pg_typeof(int4range(1, 2)), pg_typeof('{[1,2)}'::int8multirange), 'int4range'::regtype, 'tstzmultirange'::regtype::oid, 'int4range[]'::regtype;
SELECT NULL::int4range, coalesce(NULL, int4range(1, 2)), CASE WHEN true THEN 'empty' ELSE int4range(1, 2) END, greatest(int4range(1, 2), '[3,4)'), int4range(1, 2) IS DISTINCT FROM '[1,1]', int4range(1, 5) IN ('[1,4]', 'empty');
-- Tables
CREATE TABLE reservation (room int, during tsrange, nights daterange NOT NULL DEFAULT 'empty', price numrange, slots int4multirange, PRIMARY KEY (room, during));
INSERT INTO reservation VALUES (1, '[2024-01-01 14:30,2024-01-01 15:30)', '[2024-01-01,2024-01-03]', '[100,200.50)', '{[1,3)}'), (1, '[2024-01-02 10:00,2024-01-02 11:00)', DEFAULT, NULL, '{}'), (2, '[2024-01-01 14:30,)', '[,2024-02-01)', 'empty', '{[1,2),[5,)}'), (2, 'empty', '[2024-01-01,2024-01-02)', '(,5]', NULL);
INSERT INTO reservation VALUES (1, '[2024-01-01 14:30,2024-01-01 15:30)');
INSERT INTO reservation VALUES (1, '["2024-01-01 14:30:00","2024-01-01 15:30:00"]', '[3,4)');
SELECT * FROM reservation ORDER BY room, during;
SELECT during FROM reservation ORDER BY during DESC;
SELECT room FROM reservation WHERE during = '[2024-01-01 14:30,2024-01-01 15:30)';
SELECT room, during FROM reservation WHERE room = 1 AND during > '[2024-01-01 14:30,2024-01-01 15:30)';
SELECT room, during FROM reservation WHERE during @> timestamp '2024-01-01 15:00' ORDER BY 1;
SELECT a.room, a.during * b.during FROM reservation a JOIN reservation b ON a.room < b.room AND a.during && b.during ORDER BY 1, 2;
SELECT a.room FROM reservation a JOIN reservation b ON a.nights = b.nights ORDER BY 1;
SELECT nights, count(*) FROM reservation GROUP BY nights ORDER BY nights;
SELECT room, upper(during) - lower(during), upper(nights) - lower(nights) FROM reservation ORDER BY room, during;
CREATE INDEX ON reservation (nights);
CREATE UNIQUE INDEX ON reservation (price);
CREATE INDEX ON reservation (slots);
INSERT INTO reservation VALUES (3, 'empty', DEFAULT, '[100.00,200.5)');
SELECT room FROM reservation WHERE nights = '[2024-01-01,2024-01-03]';
SELECT room, slots FROM reservation WHERE slots @> 5 OR slots = '{}' ORDER BY 1;
UPDATE reservation SET during = tsrange(lower(during), lower(during) + interval '2 hours'), slots = slots + '{[10,20)}' WHERE room = 1 RETURNING during, slots;
COPY (SELECT * FROM reservation ORDER BY room, during) TO STDOUT;
COPY reservation (room, during, slots) FROM STDIN;
7	[2024-01-01 14:30,2024-01-01 15:30)	{[1,3),[2,5)}
\.
COPY reservation (room, during) FROM STDIN;
8	[2024-01-02,2024-01-01)
\.
SELECT * FROM reservation WHERE room > 6;
\d reservation
CREATE TABLE measurement (at daterange, v int) PARTITION BY RANGE (v);
CREATE DOMAIN span AS int4range CHECK (NOT isempty(VALUE));
SELECT '[1,3)'::span, lower('[1,3)'::span), '[1,3)'::span @> 2, '[1,3)'::span + '[3,4)'::int4range;
SELECT 'empty'::span;
DROP TABLE reservation, measurement;
DROP DOMAIN span;
CREATE TABLE sampled (a int4range, b int4multirange);
INSERT INTO sampled SELECT CASE WHEN i > 3 THEN int4range(i % 3, 5) END, int4multirange(int4range(i % 3, 5)) FROM generate_series(1, 30) i;
ANALYZE sampled;
SELECT attname, null_frac, n_distinct, most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'sampled' ORDER BY attname;
DROP TABLE sampled;
