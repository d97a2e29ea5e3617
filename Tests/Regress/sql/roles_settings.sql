-- Settings of roles and databases, and what else roles have.
CREATE ROLE settings_anna LOGIN;
CREATE ROLE settings_bert LOGIN SUPERUSER;
ALTER ROLE settings_anna SET work_mem = '8MB';
ALTER ROLE settings_anna SET search_path TO one, "Two", public;
ALTER USER settings_anna SET TimeZone TO 'Europe/Berlin';
ALTER ROLE settings_anna SET statement_timeout TO 5000;
SELECT rolname, rolconfig FROM pg_roles WHERE rolname LIKE 'settings\_%' ORDER BY 1;
SELECT setdatabase, setrole::regrole, setconfig FROM pg_db_role_setting WHERE setrole = 'settings_anna'::regrole;
SELECT useconfig FROM pg_user WHERE usename = 'settings_anna';
SELECT useconfig FROM pg_shadow WHERE usename = 'settings_anna';
-- A value that is there already keeps its place.
ALTER ROLE settings_anna SET work_mem = '16MB';
ALTER ROLE settings_anna SET custom.name = 'a b';
ALTER ROLE settings_anna SET datestyle = 'SQL, DMY';
ALTER ROLE settings_anna SET enable_seqscan = off;
ALTER ROLE settings_anna SET enable_seqscan = DEFAULT;
ALTER ROLE settings_anna RESET statement_timeout;
ALTER ROLE settings_anna RESET work_mem_no;
ALTER ROLE settings_anna RESET lock_timeout;
SELECT rolconfig FROM pg_roles WHERE rolname = 'settings_anna';
\drds settings_anna
-- What cannot be.
ALTER ROLE settings_anna SET no_such_thing = 1;
ALTER ROLE settings_anna SET work_mem = 'much';
ALTER ROLE settings_anna SET work_mem = '1kB';
ALTER ROLE settings_anna SET enable_seqscan = maybe;
ALTER ROLE settings_anna SET max_connections = 5;
ALTER ROLE settings_anna SET server_version = '1';
ALTER ROLE settings_anna SET fsync = off;
ALTER ROLE settings_anna SET TRANSACTION READ ONLY;
ALTER ROLE settings_nobody SET work_mem = '8MB';
ALTER ROLE settings_anna IN DATABASE no_such_base SET work_mem = '8MB';
ALTER ROLE settings_nobody RESET ALL;
ALTER DATABASE no_such_base SET work_mem = '8MB';
ALTER DATABASE no_such_base RESET ALL;
-- In one database, for all roles, for all.
SELECT current_database() AS base \gset
ALTER ROLE settings_anna IN DATABASE :"base" SET work_mem = '32MB';
ALTER ROLE settings_anna IN DATABASE :"base" SET lock_timeout = 7;
ALTER DATABASE :"base" SET lock_timeout = 3;
ALTER DATABASE :"base" SET geqo_threshold = 14;
ALTER ROLE ALL IN DATABASE :"base" SET deadlock_timeout = '2s';
ALTER ROLE ALL SET geqo_effort = 6;
ALTER ROLE ALL SET geqo_threshold = 15;
SELECT coalesce(d.datname = current_database(), false) AS here, r.rolname, setconfig FROM pg_db_role_setting s
    LEFT JOIN pg_database d ON d.oid = setdatabase LEFT JOIN pg_roles r ON r.oid = setrole
    WHERE (d.datname = current_database() OR setdatabase = 0) AND coalesce(r.rolname LIKE 'settings\_%', true) ORDER BY 1, 2;
-- They count for sessions that begin.
SHOW lock_timeout;
\c - settings_anna
SHOW work_mem;
SHOW search_path;
SHOW TimeZone;
SHOW DateStyle;
SHOW lock_timeout;
SHOW geqo_threshold;
SHOW geqo_effort;
SHOW custom.name;
SELECT name, setting, source, reset_val FROM pg_settings WHERE name IN ('work_mem', 'search_path', 'lock_timeout', 'geqo_threshold', 'geqo_effort', 'enable_seqscan', 'DateStyle') ORDER BY name;
SET work_mem = '1MB';
RESET work_mem;
SHOW work_mem;
SET search_path = elsewhere;
RESET ALL;
SHOW search_path;
DISCARD ALL;
SHOW TimeZone;
-- Everybody may set what is theirs.
ALTER ROLE settings_anna SET work_mem = '24MB';
ALTER ROLE CURRENT_USER SET lock_timeout = 9;
ALTER ROLE SESSION_USER RESET lock_timeout;
ALTER USER CURRENT_ROLE SET random_page_cost TO 2.5;
ALTER ROLE settings_bert SET work_mem = '24MB';
ALTER ROLE ALL SET work_mem = '24MB';
ALTER ROLE settings_anna SET log_statement = 'all';
ALTER DATABASE :"base" SET work_mem = '24MB';
SELECT rolconfig FROM pg_roles WHERE rolname = 'settings_anna';
\c - postgres
SHOW lock_timeout;
SHOW geqo_threshold;
SHOW deadlock_timeout;
\c - settings_bert
SHOW work_mem;
SHOW geqo_threshold;
SET work_mem = '5MB';
ALTER ROLE settings_bert SET work_mem FROM CURRENT;
SELECT rolconfig FROM pg_roles WHERE rolname = 'settings_bert';
ALTER ROLE settings_bert RESET ALL;
SELECT rolconfig FROM pg_roles WHERE rolname = 'settings_bert';
\c - postgres
-- As all definitions, they can be taken back.
BEGIN;
ALTER ROLE settings_anna SET work_mem = '77MB';
ALTER DATABASE :"base" RESET ALL;
ROLLBACK;
SELECT rolconfig FROM pg_roles WHERE rolname = 'settings_anna';
ALTER ROLE settings_anna IN DATABASE :"base" RESET lock_timeout;
ALTER ROLE settings_anna IN DATABASE :"base" RESET work_mem;
ALTER DATABASE :"base" RESET lock_timeout;
ALTER DATABASE :"base" RESET ALL;
ALTER ROLE ALL RESET geqo_threshold;
ALTER ROLE ALL RESET ALL;
SELECT count(*) FROM pg_db_role_setting;
ALTER ROLE settings_anna RENAME TO settings_carl;
SELECT setrole::regrole, setconfig FROM pg_db_role_setting;
DROP ROLE settings_carl;
SELECT count(*) FROM pg_db_role_setting;
-- How long, how many, and with what word.
CREATE ROLE settings_dora VALID UNTIL '2030-05-06 07:08:09+02' CONNECTION LIMIT 3 LOGIN;
CREATE USER settings_emil VALID UNTIL 'infinity' PASSWORD NULL;
CREATE ROLE settings_fred VALID UNTIL 'not a time';
CREATE ROLE settings_fred CONNECTION LIMIT -2;
CREATE ROLE settings_fred VALID UNTIL '2001-01-01' VALID UNTIL '2002-02-02';
SET TimeZone = 'UTC';
SELECT rolname, rolconnlimit, rolvaliduntil, rolpassword FROM pg_roles WHERE rolname LIKE 'settings\_%' ORDER BY 1;
SELECT usename, valuntil, passwd FROM pg_user WHERE usename LIKE 'settings\_%' ORDER BY 1;
\du settings_*
ALTER ROLE settings_dora VALID UNTIL '-infinity' CONNECTION LIMIT -1;
ALTER ROLE settings_emil CONNECTION LIMIT 0;
ALTER ROLE settings_emil VALID UNTIL '1999-12-31';
\du+ settings_*
SELECT rolname, rolconnlimit, rolvaliduntil FROM pg_roles WHERE rolname LIKE 'settings\_%' ORDER BY 1;
CREATE ROLE settings_fred PASSWORD '';
ALTER ROLE settings_dora PASSWORD 'secret';
SELECT rolpassword LIKE 'SCRAM-SHA-256$4096:%$%:%' AS is_scram FROM pg_authid WHERE rolname = 'settings_dora';
SET password_encryption = 'md5';
ALTER ROLE settings_dora PASSWORD 'secret';
SELECT rolpassword FROM pg_authid WHERE rolname = 'settings_dora';
ALTER ROLE settings_dora PASSWORD 'md5f43a9a0c9e9ae2c3a6e2a5bc4ff8c6f0';
SELECT rolpassword FROM pg_authid WHERE rolname = 'settings_dora';
ALTER ROLE settings_dora RENAME TO settings_gina;
SELECT rolpassword FROM pg_authid WHERE rolname = 'settings_gina';
ALTER ROLE settings_gina PASSWORD NULL;
SELECT rolpassword FROM pg_authid WHERE rolname = 'settings_gina';
DROP ROLE settings_bert, settings_fred, settings_gina, settings_emil;
