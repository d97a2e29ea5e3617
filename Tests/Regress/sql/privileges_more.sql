-- GRANT and REVOKE on types and domains
CREATE ROLE g_alice;
CREATE ROLE g_bob;
CREATE TYPE gty AS ENUM ('x', 'y');
CREATE DOMAIN gd AS int;
CREATE TYPE gcomp AS (a int);
CREATE SCHEMA gsch;
GRANT USAGE ON TYPE gty TO g_alice;
GRANT USAGE ON DOMAIN gd TO g_alice, PUBLIC;
GRANT ALL ON TYPE gd TO g_bob WITH GRANT OPTION;
GRANT ALL PRIVILEGES ON TYPE gcomp TO g_bob;
GRANT SELECT ON TYPE gty TO g_alice;
GRANT USAGE ON TYPE nosuch TO g_alice;
GRANT USAGE ON DOMAIN gty TO g_alice;
GRANT USAGE ON TYPE gty TO nosuch;
GRANT USAGE ON TYPE _gty TO g_alice;
GRANT USAGE ON TYPE gty TO PUBLIC WITH GRANT OPTION;
SELECT typname, typacl FROM pg_type WHERE typname IN ('gty', 'gd', 'gcomp') ORDER BY 1;
SELECT relname, relacl FROM pg_class WHERE relname = 'gcomp';
REVOKE USAGE ON TYPE gty FROM PUBLIC;
SELECT typname, typacl FROM pg_type WHERE typname IN ('gty', 'gd') ORDER BY 1;
REVOKE GRANT OPTION FOR USAGE ON DOMAIN gd FROM g_bob;
REVOKE ALL ON TYPE gty FROM g_alice;
SELECT typname, typacl FROM pg_type WHERE typname IN ('gty', 'gd') ORDER BY 1;
SELECT has_type_privilege('g_alice', 'gty', 'USAGE'), has_type_privilege('g_bob', 'gd', 'USAGE'), has_type_privilege('g_bob', 'gd', 'USAGE WITH GRANT OPTION'), has_type_privilege('gty', 'USAGE'), has_type_privilege('g_alice', 'int4', 'USAGE'), has_type_privilege('g_bob', 'gcomp', 'USAGE');
SELECT has_type_privilege('g_alice', 'nosuch', 'USAGE');
SELECT has_type_privilege('g_alice', 'gty', 'SELECT');
SELECT has_type_privilege('g_alice', 999999::oid, 'USAGE');
\dT+ gty
\dD+ gd
DROP ROLE g_bob;
SET ROLE g_alice;
GRANT USAGE ON TYPE gty TO g_bob;
RESET ROLE;
-- functions of a schema
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA gsch TO g_alice;
GRANT ALL ON ALL ROUTINES IN SCHEMA gsch, public TO g_alice;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA nosuch TO g_alice;
GRANT SELECT ON ALL FUNCTIONS IN SCHEMA gsch TO g_alice;
REVOKE EXECUTE ON ALL PROCEDURES IN SCHEMA gsch FROM g_alice;
-- all tables and sequences of a schema
CREATE TABLE gsch.t1 (a int);
CREATE TABLE gsch.t2 (a int);
CREATE SEQUENCE gsch.s1;
CREATE VIEW gsch.v1 AS SELECT a FROM gsch.t1;
GRANT SELECT ON ALL TABLES IN SCHEMA gsch TO g_alice;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA gsch TO g_alice;
GRANT SELECT ON ALL TABLES IN SCHEMA nosuch TO g_alice;
\dp gsch.*
REVOKE ALL ON ALL TABLES IN SCHEMA gsch FROM g_alice;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA gsch FROM g_alice;
\dp gsch.*
-- ALTER DEFAULT PRIVILEGES
ALTER DEFAULT PRIVILEGES IN SCHEMA gsch GRANT SELECT ON TABLES TO g_alice;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO g_bob;
ALTER DEFAULT PRIVILEGES FOR ROLE g_bob IN SCHEMA gsch GRANT ALL ON TABLES TO g_alice WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO g_alice;
ALTER DEFAULT PRIVILEGES IN SCHEMA gsch GRANT USAGE ON SCHEMAS TO g_alice;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON SEQUENCES TO nosuch;
ALTER DEFAULT PRIVILEGES FOR ROLE nosuch GRANT SELECT ON SEQUENCES TO g_alice;
ALTER DEFAULT PRIVILEGES IN SCHEMA nosuch GRANT SELECT ON SEQUENCES TO g_alice;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON TABLES TO g_alice;
ALTER DEFAULT PRIVILEGES GRANT DELETE ON SEQUENCES TO g_alice;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TYPES TO g_alice;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON SCHEMAS TO g_alice;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON FUNCTIONS TO g_alice;
\ddp
SELECT defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl FROM pg_default_acl ORDER BY 1::text, 2::text, 3;
CREATE TABLE gsch.t3 (a serial);
CREATE TABLE gt (a int);
CREATE VIEW gsch.v2 AS SELECT 1 AS a;
CREATE TABLE gsch.t4 AS SELECT 1 AS a;
CREATE SEQUENCE gs2;
CREATE TYPE gty2 AS ENUM ('x');
CREATE TYPE gcomp2 AS (a int);
CREATE DOMAIN gd2 AS text;
CREATE SCHEMA gsch2;
\dp gsch.*
SELECT relname, relacl FROM pg_class WHERE relname IN ('gs2', 'gt') ORDER BY 1;
SELECT typname, typacl FROM pg_type WHERE typname IN ('gty2', 'gcomp2', 'gd2') ORDER BY 1;
SELECT nspacl FROM pg_namespace WHERE nspname = 'gsch2';
SET ROLE g_alice;
SELECT a FROM gsch.t3;
RESET ROLE;
GRANT USAGE ON SCHEMA gsch TO g_alice;
SET ROLE g_alice;
SELECT a FROM gsch.t3;
INSERT INTO gsch.t3 VALUES (1);
ALTER DEFAULT PRIVILEGES FOR ROLE g_bob GRANT SELECT ON TABLES TO PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
CREATE TEMPORARY TABLE own (a int);
SELECT relacl FROM pg_class WHERE relname = 'own';
DROP TABLE own;
ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM PUBLIC;
RESET ROLE;
BEGIN;
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO g_bob;
CREATE TABLE within (a int);
SELECT relacl FROM pg_class WHERE relname = 'within';
ROLLBACK;
CREATE TABLE after (a int);
SELECT relacl FROM pg_class WHERE relname = 'after';
DROP TABLE after;
-- taken back
ALTER DEFAULT PRIVILEGES IN SCHEMA gsch REVOKE SELECT ON TABLES FROM g_alice;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON SEQUENCES FROM g_bob;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SCHEMAS FROM g_alice;
\ddp
DROP SCHEMA gsch CASCADE;
\ddp
-- has_…_privilege
CREATE SEQUENCE gs;
GRANT SELECT, UPDATE ON gt TO g_bob WITH GRANT OPTION;
SELECT has_table_privilege('g_bob', 'gt', 'SELECT'), has_table_privilege('g_bob', 'gt', 'SELECT WITH GRANT OPTION'), has_table_privilege('g_bob', 'gt', 'INSERT, SELECT'), has_table_privilege('g_bob', 'gt', 'INSERT,DELETE WITH GRANT OPTION');
SELECT has_sequence_privilege('g_bob', 'gs', 'USAGE'), has_schema_privilege('g_bob', 'gsch2', 'CREATE'), has_schema_privilege('g_bob', 'public', 'USAGE'), has_schema_privilege('g_bob', 'public', 'USAGE WITH GRANT OPTION'), has_database_privilege('g_bob', current_database(), 'CONNECT, TEMP'), has_database_privilege('g_bob', current_database(), 'TEMP WITH GRANT OPTION');
SELECT has_parameter_privilege('g_bob', 'work_mem', 'SET'), has_parameter_privilege('work_mem', 'SET, ALTER SYSTEM'), has_column_privilege('g_bob', 'gt', 'a', 'SELECT'), has_column_privilege('g_bob', 'gt', 1::int2, 'INSERT'), has_any_column_privilege('g_bob', 'gt', 'UPDATE');
SELECT has_column_privilege('g_bob', 'gt', 'nosuch', 'SELECT');
SELECT has_column_privilege('g_bob', 'gt', 99::int2, 'SELECT');
SELECT has_column_privilege('g_bob', 'gt', 'a', 'DELETE');
SELECT has_table_privilege('nosuch', 'gt', 'SELECT');
SELECT has_table_privilege('g_bob', 'nosuch', 'SELECT');
SELECT has_table_privilege('g_bob', 'gt', 'FOO');
SELECT has_table_privilege('g_bob', 'gt', 'SELECT, FOO WITH GRANT OPTION');
SELECT has_table_privilege('g_bob', 999999::oid, 'SELECT'), has_schema_privilege('g_bob', 999999::oid, 'USAGE'), has_database_privilege(999999::oid, 'CONNECT');
DROP ROLE g_bob;
REVOKE ALL ON gt FROM g_bob;
REVOKE ALL ON TYPE gd FROM g_alice, g_bob;
REVOKE ALL ON TYPE gcomp FROM g_bob;
REVOKE ALL ON SCHEMA gsch2 FROM g_alice;
REVOKE ALL ON SEQUENCE gs2 FROM g_bob;
DROP TABLE gt;
DROP SEQUENCE gs, gs2;
DROP TYPE gty, gty2, gcomp, gcomp2;
DROP DOMAIN gd, gd2;
DROP SCHEMA gsch2;
DROP ROLE g_alice, g_bob;
