-- Sorts with more rows than work_mem holds.
CREATE TABLE spilled AS
    SELECT g AS id, md5(g::text) AS hash,
        CASE WHEN g % 7 = 0 THEN NULL ELSE g % 1000 END AS k,
        repeat(chr(97 + g % 26), g % 50) AS filler
    FROM generate_series(1, 40000) g;
SET work_mem = '64kB';
SHOW work_mem;
SELECT count(*), md5(string_agg(hash, ',')) FROM (SELECT hash FROM spilled ORDER BY hash) s;
SELECT md5(string_agg(id::text, ',')) FROM (SELECT id FROM spilled ORDER BY k DESC NULLS LAST, hash) s;
SELECT md5(string_agg(id::text, ',')) FROM (SELECT id FROM spilled ORDER BY k NULLS FIRST, hash DESC) s;
SELECT md5(string_agg(id::text, ',')) FROM (SELECT id FROM spilled ORDER BY filler, id) s;
SELECT id, k, hash, filler FROM spilled ORDER BY k, id OFFSET 39990;
SELECT id, k, hash, filler FROM spilled ORDER BY hash LIMIT 5;
SELECT id, hash FROM spilled ORDER BY hash LIMIT 5 OFFSET 20000;
SELECT DISTINCT ON (k) k, id FROM spilled ORDER BY k, id DESC LIMIT 3;
SELECT k, count(*), min(hash), max(filler) FROM spilled GROUP BY k ORDER BY 3 LIMIT 4;
SELECT id, row_number() OVER (ORDER BY hash) FROM spilled ORDER BY 2 DESC LIMIT 3;
SELECT a.id, b.id FROM (SELECT id, hash FROM spilled ORDER BY hash) a
    JOIN (SELECT id, hash FROM spilled ORDER BY hash DESC) b USING (hash) ORDER BY hash LIMIT 3;
-- A cursor over a sort on disk.
BEGIN;
DECLARE c CURSOR FOR SELECT id, hash FROM spilled ORDER BY hash, id;
FETCH 3 FROM c;
MOVE 30000 IN c;
FETCH 2 FROM c;
CLOSE c;
COMMIT;
BEGIN;
DECLARE c SCROLL CURSOR FOR SELECT id, hash FROM spilled ORDER BY hash, id;
FETCH LAST FROM c;
FETCH ABSOLUTE 3 FROM c;
FETCH BACKWARD 2 FROM c;
COMMIT;
-- An error in the middle of it, then the same again.
SELECT id FROM spilled ORDER BY 100 / (id - 39000), hash;
SELECT id FROM spilled ORDER BY hash OFFSET 39998;
-- Space on disk has a limit.
SET temp_file_limit = '100kB';
SHOW temp_file_limit;
SELECT count(*) FROM (SELECT id FROM spilled ORDER BY hash, filler OFFSET 0) s;
SELECT 1;
RESET temp_file_limit;
SET work_mem = '63kB';
SET work_mem = '8MB';
SELECT md5(string_agg(id::text, ',')) FROM (SELECT id FROM spilled ORDER BY k DESC NULLS LAST, hash) s;
RESET work_mem;
DROP TABLE spilled;
