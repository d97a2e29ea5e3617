-- Extensions: the one that is always there, and those that are not.
CREATE EXTENSION IF NOT EXISTS plpgsql;
CREATE EXTENSION IF NOT EXISTS "plpgsql" WITH SCHEMA pg_catalog;
CREATE EXTENSION plpgsql;
SELECT extname, extowner::regrole, extnamespace::regnamespace, extrelocatable, extversion, extconfig, extcondition FROM pg_extension;
SELECT * FROM pg_available_extensions WHERE name = 'plpgsql';
SELECT * FROM pg_available_extension_versions WHERE name = 'plpgsql';
SELECT e.extname, n.nspname, e.extversion, obj_description(e.oid, 'pg_extension') FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace;
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'plpgsql'), EXISTS (SELECT FROM pg_extension WHERE extname = 'hstore');
\dx
\dx plpgsql
\dx nothing*
\dL
\dLS
SELECT lanname, lanowner::regrole, lanispl, lanpltrusted, lanacl FROM pg_language ORDER BY oid;
SELECT has_language_privilege('plpgsql', 'usage');
CREATE EXTENSION "";
CREATE EXTENSION "-a";
CREATE EXTENSION "a--b";
CREATE EXTENSION "../a";
CREATE EXTENSION plpgsql CASCADE CASCADE;
DROP EXTENSION nothing;
DROP EXTENSION IF EXISTS nothing, nobody;
DROP EXTENSION nothing, nobody;
COMMENT ON EXTENSION plpgsql IS 'a language';
SELECT obj_description(oid, 'pg_extension') FROM pg_extension;
COMMENT ON EXTENSION plpgsql IS NULL;
COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';
COMMENT ON EXTENSION nothing IS 'x';
COMMENT ON LANGUAGE nothing IS 'x';
COMMENT ON COLLATION nothing IS 'x';
COMMENT ON ACCESS METHOD nothing IS 'x';
COMMENT ON FUNCTION nothing(int) IS 'x';
COMMENT ON FUNCTION lower(text, text) IS 'x';
COMMENT ON FUNCTION lower IS 'x';
COMMENT ON AGGREGATE nothing(int) IS 'x';
BEGIN;
COMMENT ON LANGUAGE sql IS 'the language';
COMMENT ON ACCESS METHOD heap IS 'a heap';
COMMENT ON COLLATION "C" IS 'bytes';
COMMENT ON COLLATION pg_catalog."POSIX" IS 'bytes as well';
COMMENT ON FUNCTION lower(text) IS 'small letters';
COMMENT ON FUNCTION pg_catalog.now() IS 'now';
COMMENT ON AGGREGATE sum(int) IS 'a sum';
SELECT obj_description(14, 'pg_language'), obj_description(2, 'pg_am'), obj_description(950, 'pg_collation'),
    obj_description('lower(text)'::regprocedure, 'pg_proc'), obj_description('sum(int)'::regprocedure, 'pg_proc');
ROLLBACK;
SELECT obj_description(14, 'pg_language'), obj_description('lower(text)'::regprocedure, 'pg_proc');
CREATE ROLE extensions_nobody;
SET ROLE extensions_nobody;
COMMENT ON EXTENSION plpgsql IS 'x';
COMMENT ON LANGUAGE sql IS 'x';
COMMENT ON COLLATION "C" IS 'x';
COMMENT ON FUNCTION lower(text) IS 'x';
COMMENT ON AGGREGATE sum(int) IS 'x';
RESET ROLE;
DROP ROLE extensions_nobody;
