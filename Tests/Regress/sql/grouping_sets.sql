-- GROUPING SETS, ROLLUP, CUBE (chapter 7.2.4) and GROUPING (chapter 9.21).
CREATE TABLE sold (brand text, size text, sales int, day date);
INSERT INTO sold VALUES ('Foo', 'L', 10, '2024-01-01'), ('Foo', 'M', 20, '2024-01-01'), ('Bar', 'M', 15, '2024-01-02'), ('Bar', 'L', 5, '2024-01-02'), (NULL, 'M', 7, '2024-01-03'), ('Foo', NULL, 1, NULL);
SELECT brand, size, sum(sales) FROM sold GROUP BY GROUPING SETS ((brand), (size), ()) ORDER BY 1, 2, 3;
SELECT brand, size, sum(sales) FROM sold GROUP BY GROUPING SETS (brand, size) ORDER BY 1, 2, 3;
SELECT brand, size, sum(sales), grouping(brand, size) FROM sold GROUP BY ROLLUP (brand, size) ORDER BY 4, 1, 2;
SELECT brand, size, sum(sales), grouping(brand), grouping(size), grouping(size, brand) FROM sold GROUP BY CUBE (brand, size) ORDER BY 4, 5, 1, 2;
SELECT brand, count(*) FROM sold GROUP BY ROLLUP (brand) ORDER BY brand NULLS FIRST, 2;
SELECT sum(sales) FROM sold GROUP BY ();
SELECT sum(sales) FROM sold GROUP BY GROUPING SETS (());
SELECT sum(sales) FROM sold GROUP BY GROUPING SETS ((), (), ());
SELECT 1 FROM sold GROUP BY ();
SELECT 1 AS one FROM sold WHERE false GROUP BY ();
SELECT 'x' FROM sold HAVING true;
SELECT brand FROM sold GROUP BY brand, () ORDER BY 1;
SELECT brand, sum(sales) FROM sold GROUP BY GROUPING SETS ((brand)) ORDER BY 1;
SELECT brand, size FROM sold GROUP BY GROUPING SETS ((brand, size)) ORDER BY 1, 2;
SELECT brand, size FROM sold GROUP BY (brand, size) ORDER BY 1, 2;

-- Nothing to group.
SELECT brand, sum(sales), count(*) FROM sold WHERE false GROUP BY ROLLUP (brand);
SELECT brand, sum(sales), count(*) FROM sold WHERE false GROUP BY GROUPING SETS (brand, (), ());
SELECT brand, sum(sales), count(*) FROM sold WHERE false GROUP BY GROUPING SETS (brand, size);
SELECT count(*) FROM sold WHERE false GROUP BY brand;
SELECT brand, sum(sales) FROM sold WHERE false GROUP BY ROLLUP (brand) HAVING sum(sales) IS NULL;

-- Composite parts, nested and mixed lists.
SELECT brand, size, day, sum(sales) FROM sold GROUP BY ROLLUP (brand, (size, day)) ORDER BY 1, 2, 3, 4;
SELECT brand, size, day, sum(sales) FROM sold GROUP BY CUBE ((brand, size), day) ORDER BY 1, 2, 3, 4;
SELECT brand, size, sum(sales) FROM sold GROUP BY brand, ROLLUP (size) ORDER BY 1, 2, 3;
SELECT brand, size, sum(sales) FROM sold GROUP BY brand, CUBE (size), GROUPING SETS ((day), ()) ORDER BY 1, 2, 3;
SELECT brand, size, count(*) FROM sold GROUP BY GROUPING SETS (ROLLUP (brand, size), CUBE (brand, size)) ORDER BY 1, 2, 3;
SELECT brand, size, count(*) FROM sold GROUP BY GROUPING SETS (brand, GROUPING SETS (size, ()), (brand, size)) ORDER BY 1, 2, 3;
SELECT brand, size, count(*) FROM sold GROUP BY DISTINCT ROLLUP (brand, size), ROLLUP (brand, day) ORDER BY 1, 2, 3;
SELECT count(*) FROM (SELECT brand FROM sold GROUP BY ALL ROLLUP (brand, size), ROLLUP (brand, day)) q;
SELECT count(*) FROM (SELECT brand FROM sold GROUP BY DISTINCT ROLLUP (brand, size), ROLLUP (brand, day)) q;
SELECT brand, count(*) FROM sold GROUP BY DISTINCT brand, brand ORDER BY 1;
SELECT brand, count(*) FROM sold GROUP BY GROUPING SETS ((brand), (brand), (brand, brand)) ORDER BY 1, 2;
SELECT brand, count(*) FROM sold GROUP BY DISTINCT GROUPING SETS ((brand), (brand), (brand, brand)) ORDER BY 1, 2;
SELECT brand, brand || '!' AS shout, count(*) FROM sold GROUP BY CUBE (1, 2) ORDER BY 1, 2, 3;
SELECT brand AS b, size AS s, count(*) FROM sold GROUP BY ROLLUP (b, s) ORDER BY b, s, 3;
SELECT upper(brand), count(*) FROM sold GROUP BY ROLLUP (upper(brand)) ORDER BY 1, 2;
SELECT upper(brand) || '?', count(*) FROM sold GROUP BY ROLLUP (upper(brand)) ORDER BY 1, 2;
SELECT upper(brand), count(*) FROM sold GROUP BY ROLLUP (brand) ORDER BY 1, 2;
SELECT sales % 3 AS rest, sales / 10 AS tens, count(*) FROM sold GROUP BY GROUPING SETS ((rest), (sales / 10)) ORDER BY 1, 2, 3;
SELECT coalesce(brand, 'all'), count(*) FROM sold GROUP BY CUBE (brand) ORDER BY 1, 2;
SELECT CASE WHEN grouping(brand) = 1 THEN 'all' ELSE coalesce(brand, 'none') END AS b, sum(sales) FROM sold GROUP BY ROLLUP (brand) ORDER BY 1;
SELECT brand, day, sum(sales) FROM sold GROUP BY ROLLUP (day, brand) ORDER BY day, brand, 3;
SELECT g % 2 AS a, g % 3 AS b, g % 5 AS c, count(*), sum(g) FROM generate_series(1, 300) g GROUP BY CUBE (a, b, c) ORDER BY grouping(g % 2, g % 3, g % 5), 1, 2, 3 LIMIT 20;
SELECT count(*), sum(n) FROM (SELECT g % 7, g % 11, count(*) AS n FROM generate_series(1, 5000) g GROUP BY CUBE (1, 2)) q;

-- HAVING, ORDER BY, FILTER, DISTINCT, ordered aggregates.
SELECT brand, size, sum(sales) FROM sold GROUP BY ROLLUP (brand, size) HAVING sum(sales) > 10 ORDER BY 3, 2;
SELECT brand, size, sum(sales) FROM sold GROUP BY ROLLUP (brand, size) HAVING grouping(size) = 1 ORDER BY 3;
SELECT brand, size, sum(sales) FROM sold GROUP BY CUBE (brand, size) HAVING brand IS NULL ORDER BY 3, 2;
SELECT brand FROM sold GROUP BY ROLLUP (brand) ORDER BY grouping(brand) DESC, brand;
SELECT brand, count(*) FILTER (WHERE sales > 8), count(DISTINCT size), string_agg(size, ',' ORDER BY size DESC) FROM sold GROUP BY ROLLUP (brand) ORDER BY 1, 2;
SELECT size, array_agg(sales ORDER BY sales), array_agg(DISTINCT brand) FROM sold GROUP BY GROUPING SETS ((size), ()) ORDER BY 1, 2;
SELECT brand, percentile_cont(0.5) WITHIN GROUP (ORDER BY sales), mode() WITHIN GROUP (ORDER BY size) FROM sold GROUP BY ROLLUP (brand) ORDER BY 1, 2;
SELECT DISTINCT brand FROM sold GROUP BY CUBE (brand, size) ORDER BY brand;
SELECT DISTINCT ON (brand) brand, size, sum(sales) FROM sold GROUP BY CUBE (brand, size) ORDER BY brand, sum(sales) DESC;
SELECT brand, sum(sales) AS s FROM sold GROUP BY ROLLUP (brand) ORDER BY s DESC LIMIT 1 OFFSET 1;
SELECT brand, sum(sales) FROM sold GROUP BY ROLLUP (brand) ORDER BY sum(sales) FETCH FIRST 2 ROWS WITH TIES;

-- Windows over groups.
SELECT brand, size, sum(sales), rank() OVER (PARTITION BY grouping(brand, size) ORDER BY sum(sales) DESC) FROM sold GROUP BY ROLLUP (brand, size) ORDER BY grouping(brand, size), 4, 1, 2;
SELECT brand, sum(sales), sum(sum(sales)) OVER (ORDER BY brand, grouping(brand)) FROM sold GROUP BY ROLLUP (brand) ORDER BY 1, 2;
SELECT size, count(*), row_number() OVER (ORDER BY size) FROM sold GROUP BY GROUPING SETS (size, ()) ORDER BY 3;

-- Joins, subqueries, set operations, INSERT.
SELECT s.brand, t.n, sum(sales) FROM sold s JOIN (VALUES ('Foo', 1), ('Bar', 2)) t(b, n) ON s.brand = t.b GROUP BY CUBE (s.brand, t.n) ORDER BY 1, 2, 3;
SELECT * FROM (SELECT brand, sum(sales) AS s FROM sold GROUP BY ROLLUP (brand)) q WHERE brand IS NULL ORDER BY s;
SELECT brand, s FROM (SELECT brand, sum(sales) AS s FROM sold GROUP BY ROLLUP (brand)) q WHERE brand = 'Foo';
SELECT brand, (SELECT count(*) FROM sold i WHERE i.brand IS NOT DISTINCT FROM o.brand) FROM sold o GROUP BY ROLLUP (brand) ORDER BY 1, 2;
SELECT brand, (SELECT grouping(o.brand)) FROM sold o GROUP BY ROLLUP (o.brand) ORDER BY 1, 2;
SELECT brand, (SELECT sum(o.sales) + x FROM (VALUES (1000)) v(x)) FROM sold o GROUP BY ROLLUP (brand) ORDER BY 1, 2;
SELECT brand FROM sold GROUP BY ROLLUP (brand) UNION ALL SELECT 'end' ORDER BY 1;
WITH q AS (SELECT brand, count(*) AS n FROM sold GROUP BY CUBE (brand)) SELECT max(n) FROM q;
CREATE TABLE totals AS SELECT brand, size, sum(sales) AS total FROM sold GROUP BY ROLLUP (brand, size);
SELECT count(*) FROM totals;
INSERT INTO totals SELECT brand, NULL, grouping(brand) FROM sold GROUP BY CUBE (brand);
SELECT count(*) FROM totals;
PREPARE roll(int) AS SELECT brand, sum(sales) FROM sold WHERE sales > $1 GROUP BY ROLLUP (brand) ORDER BY 1, 2;
EXECUTE roll(9);
EXECUTE roll(100);
DEALLOCATE roll;

-- Columns that depend on a key.
CREATE TABLE owner (id int PRIMARY KEY, name text);
CREATE TABLE pet (id int PRIMARY KEY, owner int, kind text);
INSERT INTO owner VALUES (1, 'Ann'), (2, 'Bob');
INSERT INTO pet VALUES (1, 1, 'cat'), (2, 1, 'dog'), (3, 2, 'cat');
SELECT o.id, o.name, p.kind, count(*) FROM owner o JOIN pet p ON p.owner = o.id GROUP BY GROUPING SETS ((o.id), (o.id, p.kind)) ORDER BY 1, 3, 4;
SELECT o.id, o.name FROM owner o GROUP BY ROLLUP (o.id);
SELECT o.id, o.name FROM owner o GROUP BY o.id, ROLLUP (o.name) ORDER BY 1, 2;
SELECT grouping(o.id, o.name), o.name FROM owner o GROUP BY o.id;
SELECT grouping(o.id), o.name FROM owner o GROUP BY o.id ORDER BY 2;

-- GROUPING of everything.
SELECT grouping(brand, size, day), count(*) FROM sold GROUP BY GROUPING SETS ((brand, size, day), (day), (size, day), ()) ORDER BY 1, 2;
SELECT grouping(brand) + grouping(size) AS level, sum(sales) FROM sold GROUP BY CUBE (brand, size) ORDER BY 1, 2;
SELECT grouping(lower(brand)), count(*) FROM sold GROUP BY ROLLUP (lower(brand)) ORDER BY 1, 2;
SELECT grouping(brand) FROM sold GROUP BY brand ORDER BY 1;
SELECT brand, size FROM sold GROUP BY CUBE (brand, size) HAVING grouping(brand, size) IN (1, 2) ORDER BY 1, 2;

-- Views.
CREATE VIEW rolled AS SELECT brand, size, count(*) AS n, grouping(brand, size) AS g FROM sold GROUP BY DISTINCT GROUPING SETS ((brand), (brand, size), (), CUBE (brand, size), ROLLUP ((brand, size), brand)), brand;
SELECT * FROM rolled ORDER BY 1, 2, 3, 4;
SELECT pg_get_viewdef('rolled'::regclass);
SELECT pg_get_viewdef('rolled'::regclass, true);
CREATE VIEW rolled_2 AS SELECT brand FROM sold GROUP BY brand, (), GROUPING SETS ((day));
SELECT pg_get_viewdef('rolled_2'::regclass);
CREATE VIEW rolled_3 AS SELECT sum(sales) AS s FROM sold GROUP BY ();
SELECT pg_get_viewdef('rolled_3'::regclass);
INSERT INTO rolled_3 VALUES (1);
DROP VIEW rolled, rolled_2, rolled_3;

-- What is wrong.
SELECT brand, size FROM sold GROUP BY ROLLUP (brand);
SELECT sales FROM sold GROUP BY GROUPING SETS ((brand), (sales, brand)) ORDER BY 1 LIMIT 1;
SELECT sales + 1 FROM sold GROUP BY GROUPING SETS ((brand));
SELECT grouping(sales) FROM sold GROUP BY brand;
SELECT grouping(brand) FROM sold;
SELECT grouping(brand, size || 'x') FROM sold GROUP BY brand, size;
SELECT brand FROM sold WHERE grouping(brand) = 1 GROUP BY brand;
SELECT brand FROM sold GROUP BY brand, grouping(brand);
SELECT sum(grouping(brand)) FROM sold GROUP BY brand;
SELECT brand FROM sold s JOIN owner o ON grouping(brand) = 1 GROUP BY brand;
SELECT brand FROM sold GROUP BY brand LIMIT grouping(brand);
SELECT sum(sales) FILTER (WHERE grouping(brand) = 0) FROM sold GROUP BY brand;
INSERT INTO totals VALUES ('x', 'y', grouping(1));
UPDATE totals SET total = grouping(total);
SELECT * FROM sold s, LATERAL (SELECT grouping(s.brand)) q;
SELECT brand FROM sold GROUP BY CUBE (brand, size, sales, day, brand, size, sales, day, brand, size, sales, day, brand);
SELECT brand FROM sold GROUP BY CUBE (brand, size, sales, day), CUBE (brand, size, sales, day), CUBE (brand, size, sales, day), CUBE (brand, size);
SELECT brand FROM sold GROUP BY ROLLUP (5);
SELECT brand FROM sold GROUP BY ROLLUP (nothing);
SELECT brand FROM sold GROUP BY ROLLUP (count(*));
SELECT count(*) AS n FROM sold GROUP BY ROLLUP (n);
SELECT row_number() OVER () AS n FROM sold GROUP BY ROLLUP (n);
SELECT grouping() FROM sold;
SELECT rollup(brand) FROM sold;
SELECT brand FROM sold GROUP BY ROLLUP (brand) FOR UPDATE;
SELECT sum(sales) FROM sold GROUP BY () FOR SHARE;
SELECT brand FROM sold GROUP BY ROLLUP ();
SELECT brand FROM sold GROUP BY ();
SELECT '{}'::json AS j FROM sold GROUP BY ROLLUP (j);
SELECT (SELECT size) FROM sold GROUP BY ROLLUP (brand);
EXPLAIN (COSTS OFF) SELECT sum(sales) FROM sold GROUP BY GROUPING SETS ((), ());
DROP TABLE sold, totals, owner, pet;
