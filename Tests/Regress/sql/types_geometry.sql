-- geometric types: input and output
SELECT '(1,2)'::point, ' ( 1.5 , -2e3 ) '::point, '1,2'::point, '(NaN,Infinity)'::point, '(1e-7,-0)'::point;
SELECT '(1,2'::point;
SELECT '1 2'::point;
SELECT '(1,2) x'::point;
SELECT '(x,2)'::point;
SELECT '(1e999,2)'::point;
SELECT ''::point;
SELECT '[(1,2),(3,4)]'::lseg, '((1,2),(3,4))'::lseg, '(1,2),(3,4)'::lseg, '1,2,3,4'::lseg, '[1,2,3,4]'::lseg;
SELECT '[(1,2),(3,4)'::lseg;
SELECT '(1,2)'::lseg;
SELECT '((1,2),(3,4))'::box, '(3,4),(1,2)'::box, '1,4,3,2'::box, '(3,2,1,4)'::box;
SELECT '[(1,2),(3,4)]'::box;
SELECT '(1,2),(3,4),(5,6)'::box;
SELECT '{1,2,3}'::line, '{1,0,3}'::line, '[(0,0),(1,1)]'::line, '(0,0),(0,1)'::line, '((1,1),(2,1))'::line, '1,2,3,4'::line;
SELECT '{0,0,1}'::line;
SELECT '(1,1),(1,1)'::line;
SELECT '{1,2}'::line;
SELECT '[(1,2),(3,4),(5,6)]'::path, '((1,2),(3,4),(5,6))'::path, '(1,2),(3,4)'::path, '1,2,3,4'::path, '((1,2))'::path, '[(1,2)]'::path, '(1,2,3,4)'::path;
SELECT '[(1,2),(3,4)'::path;
SELECT '[]'::path;
SELECT '(1,2,3)'::path;
SELECT '((0,0),(1,0),(1,1))'::polygon, '(0,0),(1,0),(1,1)'::polygon, '0,0,1,0,1,1'::polygon, '(0,0)'::polygon;
SELECT '[(0,0),(1,0)]'::polygon;
SELECT '()'::polygon;
SELECT '<(1,2),3>'::circle, '((1,2),3)'::circle, '(1,2),3'::circle, '1,2,3'::circle, '<(0,0),0>'::circle, '<(1,2),NaN>'::circle;
SELECT '<(1,2),-3>'::circle;
SELECT '<(1,2)>'::circle;
SELECT '(1,2,3)'::circle;
-- tables, arrays, rows
CREATE TABLE gt (id int PRIMARY KEY, p point, s lseg, b box, l line, pa path, pg polygon, c circle);
INSERT INTO gt VALUES (1, '(1,2)', '[(0,0),(2,2)]', '(0,0),(2,2)', '{1,-1,0}', '[(0,0),(1,1),(2,0)]', '((0,0),(4,0),(4,4),(0,4))', '<(0,0),5>'), (2, '(-1,5)', '[(0,2),(2,0)]', '(1,1),(3,3)', '{1,1,-2}', '((0,0),(1,1),(2,0))', '((1,1),(2,1),(2,2))', '<(3,4),1>'), (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT * FROM gt ORDER BY id;
SELECT array_agg(p ORDER BY id), array_agg(b ORDER BY id) FROM gt;
SELECT '{"(1,2)","(3,4)"}'::point[], '{(1,2),(3,4);(5,6),(7,8)}'::box[], (ARRAY[point(1,2), point(3,4)])[2];
SELECT row(p, c), to_jsonb(p), p::text FROM gt WHERE id = 1;
SELECT count(*) FROM gt WHERE p IS NULL;
COPY gt (id, p, pa, c) TO STDOUT;
COPY gt (id, p) FROM STDIN;
4	(7,8)
\.
SELECT p FROM gt WHERE id = 4;
DELETE FROM gt WHERE id = 4;
UPDATE gt SET p = p + point(1,1) WHERE id = 1 RETURNING p;
SELECT p FROM gt ORDER BY p;
SELECT DISTINCT p FROM gt;
SELECT p, count(*) FROM gt GROUP BY p;
SELECT min(p) FROM gt;
CREATE INDEX ON gt (p);
SELECT * FROM gt WHERE p = '(1,2)';
SELECT id FROM gt WHERE p ~= '(2,3)';
SELECT id FROM gt ORDER BY p <-> point(0,0), id;
CREATE TABLE gk (p point PRIMARY KEY);
CREATE TABLE gk (p point UNIQUE);
-- constructors and conversions
SELECT point(1, 2), point('<(3,4),5>'::circle), point('(0,0),(2,4)'::box), point('[(0,0),(4,2)]'::lseg), point('((0,0),(2,0),(2,2),(0,2))'::polygon);
SELECT box(point(1,2), point(3,0)), box(point(1,2)), box('<(0,0),2>'::circle), box('((0,0),(4,1),(2,5))'::polygon), bound_box('(0,0),(1,1)'::box, '(3,3),(4,4)'::box);
SELECT circle(point(1,2), 3), circle('(0,0),(2,2)'::box), circle('((0,0),(2,0),(2,2),(0,2))'::polygon), lseg(point(1,2), point(3,4)), lseg('(0,0),(2,2)'::box);
SELECT line(point(0,0), point(2,1)), line(point(1,0), point(1,5)), line(point(0,3), point(5,3));
SELECT line(point(1,1), point(1,1));
SELECT path('((0,0),(1,0),(1,1))'::polygon), polygon('((0,0),(1,0),(1,1))'::path), polygon('(0,0),(1,2)'::box), polygon('<(0,0),1>'::circle) ~= polygon(12, '<(0,0),1>'::circle), npoints(polygon(5, '<(0,0),1>'::circle));
SELECT polygon('[(0,0),(1,0)]'::path);
SELECT polygon(1, '<(0,0),1>'::circle);
SELECT polygon(4, '<(0,0),0>'::circle);
SELECT '(1,2)'::point::box, '(0,0),(1,1)'::box::polygon, '<(1,1),1>'::circle::point, '((0,0),(1,1))'::path::polygon, '((0,0),(1,1),(1,0))'::polygon::path;
-- measures
SELECT area('(0,0),(2,3)'::box), area('<(0,0),1>'::circle), area('((0,0),(2,0),(2,2))'::path), area('[(0,0),(2,0)]'::path), center('(0,0),(2,4)'::box), center('<(1,2),3>'::circle), diagonal('(0,0),(2,4)'::box), diameter('<(1,2),3>'::circle), height('(0,0),(2,4)'::box), width('(0,0),(2,4)'::box), radius('<(1,2),3>'::circle);
SELECT length('((0,0),(3,0),(3,4))'::path), length('[(0,0),(3,0),(3,4)]'::path), length('[(0,0),(3,4)]'::lseg), npoints('[(0,0),(1,1)]'::path), npoints('((0,0),(1,1),(2,2))'::polygon), isclosed('((0,0),(1,1))'::path), isopen('((0,0),(1,1))'::path), pclose('[(0,0),(1,1)]'::path), popen('((0,0),(1,1))'::path), slope(point(0,0), point(2,1)), slope(point(0,0), point(0,1)), slope(point(0,0), point(1,0));
SELECT @-@ '[(0,0),(3,4)]'::lseg, @@ '(0,0),(2,4)'::box, @@ '[(0,0),(2,4)]'::lseg, # '((0,0),(1,1))'::path, # '((0,0),(1,1),(2,2))'::polygon, @@ '<(1,2),3>'::circle, @@ '((0,0),(2,0),(2,2),(0,2))'::polygon;
-- arithmetic
SELECT point(1,2) + point(3,4), point(1,2) - point(3,4), point(1,2) * point(3,4), point(1,2) / point(3,4), '(0,0),(1,1)'::box + point(2,3), '(0,0),(1,1)'::box - point(2,3), '(0,0),(1,1)'::box * point(2,0), '(0,0),(2,2)'::box / point(0,2);
SELECT '[(0,0),(1,1)]'::path + point(1,0), '((0,0),(1,1))'::path * point(0,1), '[(0,0),(1,1)]'::path + '[(5,5),(6,6)]'::path, '((0,0),(1,1))'::path + '[(5,5)]'::path, '<(1,1),2>'::circle + point(1,1), '<(1,1),2>'::circle - point(1,1), '<(1,1),2>'::circle * point(2,0), '<(1,1),2>'::circle / point(2,0);
SELECT point(1,2) / point(0,0);
SELECT '<(1,1),2>'::circle / point(0,0);
SELECT '(0,0),(2,2)'::box # '(1,1),(3,3)'::box, '(0,0),(1,1)'::box # '(5,5),(6,6)'::box, '[(0,0),(2,2)]'::lseg # '[(0,2),(2,0)]'::lseg, '[(0,0),(1,1)]'::lseg # '[(5,0),(5,1)]'::lseg, '{1,-1,0}'::line # '{1,1,-2}'::line, '{1,-1,0}'::line # '{1,-1,5}'::line;
-- closest points
SELECT point(0,5) ## '[(0,0),(4,4)]'::lseg, point(5,5) ## '(0,0),(2,2)'::box, point(1,1) ## '(0,0),(2,2)'::box, '[(0,0),(1,0)]'::lseg ## '[(3,1),(3,5)]'::lseg, point(0,2) ## '{1,-1,0}'::line, '{1,-1,0}'::line ## '[(3,0),(5,1)]'::lseg, '[(5,0),(6,1)]'::lseg ## '(0,0),(2,2)'::box, '[(0,0),(1,1)]'::lseg ## '[(0,1),(1,2)]'::lseg;
-- distances
SELECT point(0,0) <-> point(3,4), point(0,5) <-> '[(0,0),(4,0)]'::lseg, '[(0,0),(4,0)]'::lseg <-> point(0,5), point(5,5) <-> '(0,0),(2,2)'::box, '(0,0),(2,2)'::box <-> point(5,5), point(0,2) <-> '{1,-1,0}'::line, '{1,-1,0}'::line <-> point(0,2);
SELECT '(0,0),(1,1)'::box <-> '(3,4),(5,6)'::box, '<(0,0),1>'::circle <-> '<(5,0),1>'::circle, '<(0,0),1>'::circle <-> '<(1,0),1>'::circle, point(3,0) <-> '<(0,0),1>'::circle, '<(0,0),1>'::circle <-> point(0.5,0), '{1,-1,0}'::line <-> '{1,-1,2}'::line, '{1,-1,0}'::line <-> '{1,1,2}'::line;
SELECT '[(0,0),(1,0)]'::lseg <-> '[(0,3),(1,3)]'::lseg, '[(0,0),(1,0)]'::lseg <-> '(3,3),(4,4)'::box, '(3,3),(4,4)'::box <-> '[(0,0),(1,0)]'::lseg, '{0,-1,3}'::line <-> '[(0,0),(1,0)]'::lseg, '[(0,0),(1,0)]'::lseg <-> '{0,-1,3}'::line, point(0,3) <-> '[(0,0),(1,0)]'::path, '((0,0),(1,0),(1,1))'::path <-> point(5,1), '[(0,0),(1,0)]'::path <-> '[(0,2),(1,2)]'::path;
SELECT point(5,0) <-> '((0,0),(2,0),(2,2))'::polygon, '((0,0),(2,0),(2,2))'::polygon <-> point(1.5,0.5), '((0,0),(1,0),(1,1))'::polygon <-> '((4,0),(5,0),(5,1))'::polygon, '<(5,0),1>'::circle <-> '((0,0),(2,0),(2,2))'::polygon, '((0,0),(2,0),(2,2))'::polygon <-> '<(5,0),1>'::circle;
-- places
SELECT a.id, b.id, a.b && b.b, a.b @> b.b, a.b <@ b.b, a.b << b.b, a.b >> b.b, a.b &< b.b, a.b &> b.b, a.b <<| b.b, a.b |>> b.b, a.b &<| b.b, a.b |&> b.b, a.b <^ b.b, a.b >^ b.b, a.b ?# b.b, a.b ~= b.b FROM gt a, gt b WHERE a.id < 3 AND b.id < 3 ORDER BY 1, 2;
SELECT a.id, b.id, a.c && b.c, a.c @> b.c, a.c <@ b.c, a.c << b.c, a.c >> b.c, a.c &< b.c, a.c &> b.c, a.c <<| b.c, a.c |>> b.c, a.c &<| b.c, a.c |&> b.c, a.c ~= b.c FROM gt a, gt b WHERE a.id < 3 AND b.id < 3 ORDER BY 1, 2;
SELECT a.id, b.id, a.pg && b.pg, a.pg @> b.pg, a.pg <@ b.pg, a.pg << b.pg, a.pg >> b.pg, a.pg &< b.pg, a.pg &> b.pg, a.pg <<| b.pg, a.pg |>> b.pg, a.pg &<| b.pg, a.pg |&> b.pg, a.pg ~= b.pg FROM gt a, gt b WHERE a.id < 3 AND b.id < 3 ORDER BY 1, 2;
SELECT a.id, b.id, a.p << b.p, a.p >> b.p, a.p <<| b.p, a.p |>> b.p, a.p <^ b.p, a.p >^ b.p, a.p ?- b.p, a.p ?| b.p, a.p ~= b.p, a.p <> b.p FROM gt a, gt b WHERE a.id < 3 AND b.id < 3 ORDER BY 1, 2;
SELECT a.id, b.id, a.s ?# b.s, a.s ?|| b.s, a.s ?-| b.s, a.s = b.s, a.s <> b.s, a.s < b.s, a.s <= b.s, a.s > b.s, a.s >= b.s, ?- a.s, ?| a.s FROM gt a, gt b WHERE a.id < 3 AND b.id < 3 ORDER BY 1, 2;
SELECT a.id, b.id, a.l ?# b.l, a.l ?|| b.l, a.l ?-| b.l, a.l = b.l, ?- a.l, ?| a.l FROM gt a, gt b WHERE a.id < 3 AND b.id < 3 ORDER BY 1, 2;
SELECT a.id, b.id, a.pa ?# b.pa, a.pa = b.pa, a.pa < b.pa, a.pa <= b.pa, a.pa > b.pa, a.pa >= b.pa FROM gt a, gt b WHERE a.id < 3 AND b.id < 3 ORDER BY 1, 2;
SELECT id, p <@ b, p <@ s, p <@ l, p <@ pa, p <@ pg, p <@ c, b @> p, pg @> p, c @> p, pa @> p, s <@ l, s <@ b, l ?# b, s ?# b, s ?# l FROM gt ORDER BY id;
SELECT '(0,0),(1,1)'::box = '(5,5),(6,6)'::box, '(0,0),(1,1)'::box < '(0,0),(2,2)'::box, '(0,0),(1,1)'::box >= '(0,0),(2,2)'::box, '<(0,0),1>'::circle = '<(9,9),1>'::circle, '<(0,0),1>'::circle <> '<(9,9),2>'::circle, '<(0,0),1>'::circle < '<(9,9),2>'::circle, '<(0,0),1>'::circle >= '<(9,9),2>'::circle;
SELECT point(1,1) <@ '((0,0),(2,0),(2,2),(0,2))'::polygon, point(2,1) <@ '((0,0),(2,0),(2,2),(0,2))'::polygon, point(3,1) <@ '((0,0),(2,0),(2,2),(0,2))'::polygon, '((0,0),(4,0),(4,4),(0,4))'::polygon @> '((1,1),(2,1),(2,2))'::polygon, '((0,0),(4,0),(4,4),(2,1),(0,4))'::polygon @> '((1,1),(3,1),(3,3),(1,3))'::polygon, '((0,0),(4,0),(4,4),(0,4))'::polygon @> '((0,0),(4,0),(4,4),(0,4))'::polygon;
SELECT '((0,0),(1,0),(1,1))'::polygon ~= '((1,0),(1,1),(0,0))'::polygon, '((0,0),(1,0),(1,1))'::polygon ~= '((1,1),(1,0),(0,0))'::polygon, '((0,0),(1,0),(1,1))'::polygon ~= '((0,0),(1,0),(1,2))'::polygon;
SELECT ishorizontal(point(1,2), point(3,2)), isvertical(point(1,2), point(1,5)), isparallel('{1,-1,0}'::line, '{2,-2,5}'::line), isperp('[(0,0),(1,1)]'::lseg, '[(0,1),(1,0)]'::lseg), ishorizontal('[(0,0),(5,0)]'::lseg), isvertical('{1,0,3}'::line);
SELECT point(1,2) < point(3,4);
SELECT point(1,2) + 1;
SELECT '(1,2)'::point::text::point, '(1,2)' + point(1,1);
SELECT pg_typeof(p), pg_typeof(b), pg_typeof(p <-> p) FROM gt WHERE id = 1;
\dT point
\d gt
DROP TABLE gt;
