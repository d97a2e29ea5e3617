-- psql's commands over what a database has from the start, and over objects of every kind.
CREATE SCHEMA work;
CREATE TABLE work.parent (id int PRIMARY KEY, kind text NOT NULL, made date) PARTITION BY LIST (kind);
CREATE TABLE work.parent_a PARTITION OF work.parent FOR VALUES IN ('a') PARTITION BY RANGE (made);
DROP TABLE work.parent;
CREATE TABLE work.parent (id int, kind text NOT NULL, made date, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE TABLE work.parent_a PARTITION OF work.parent FOR VALUES IN ('a');
CREATE INDEX parent_made ON work.parent (made);
CREATE TABLE things (id serial PRIMARY KEY, name varchar(20) DEFAULT 'x', parts jsonb);
CREATE VIEW thing_names AS SELECT name FROM things;
COMMENT ON VIEW thing_names IS 'only names';
COMMENT ON TABLE things IS 'all of them';
COMMENT ON INDEX things_pkey IS 'the key';
\df abs
\df+ abs
\df pg_catalog.lower
\df lower|upper
\df generate_series
\df+ generate_series int int
\df regexp_*
\df make_*
\df *extract*
\df lpad text
\df lpad text int
\dfn pg_get_*def
\dfa sum
\dfw
\dfa percentile_disc
\dfp
\dft
\dfnx abs
\da
\da count
\da+ min int*
\da *agg
\da mode
\dfw+ lag
\do
\do pg_catalog.||
\do ->>
\do+ @>
\do + int4 int4
\do - NONE int4
\do %% int4
\dC int4
\dC+ numeric
\dC jsonb
\dC date
\dT
\dT int4
\dT+ int4
\dT+ "char"
\dT timestamp*
\dT pg_catalog.numeric
\dTS json*
\dD
\dDS
\dL
\dLS
\dA
\dA btree
\dA+ btree
\dAc btree
\dAc btree int4
\dAc+ btree text
\dAf btree int4
\dAf+ btree integer
\dAo btree integer_ops
\dAo+ btree text_ops
\dAp btree uuid_ops
\dO
\dOS C
\dOS "default"
\dO+ nosuch
\dc
\dcS nosuch
\dF
\dFd
\dFp
\dFt
\dF nosuch
\dx
\dx+
\dy
\dyS
\dX
\des
\des+
\deu+
\dew+
\det+
\dE
\dES
\dRp
\dRp+
\dRs
\dRs+
\dl
\dl+
\lo_list
\db
\db pg_default
\dn
\dn+
\dnS
\dnS+ information_schema
\du
\du+
\duS pg_read*
\dg
\dgS+ pg_mon*
\l
\l+ template1
\l template*
\ddp
\dp
\dp things
\dpS pg_class
\z work.*
\dd
\ddS int4
\dP
\dPn
\dPt
\dPi
\dP+
\dPtn+ work.*
\dm
\dm+
\ds
\dsS
\di
\di+
\dti
\dtvs+
\dtS pg_a*
\dtS+ pg_am
\dvS pg_s*
\dS pg_tablespace
\dv
\dv+
\d
\d+
\d work.*
\d+ work.parent
\d work.parent_made
\d things_pkey
\dt *.things
\dt pg_catalog.pg_cl*
\dt information_schema.sql_*
\d pg_class
\d+ pg_am
\d pg_stat_activity
\d information_schema.tables
\d+ information_schema.schemata
\dconfig
\dconfig work_mem|TimeZone
\dconfig+ max_connections
\drds
\sf abs
\sf abs(int)
\sf nextval
\sf+ lpad(text, int)
\sf nosuch
\sf sum
\sv thing_names
\sv+ thing_names
\sv things
\sv nosuch
\ef nosuch
\ev nosuch
\d nosuch
\dt nosuch.*
\df nosuch
\do nosuch
\dT nosuch
\dconfig nosuch
\dn nosuch
\l nosuch
\du nosuch
\dt no.such.things.here
\dt postgres.public.things
\dt otherdb.public.things
\df otherdb.public.things
\dtx things
\encoding
\conninfo
\h TABLE
SELECT oid, typname, typlen, typbyval, typcategory, typreceive, typsubscript FROM pg_type WHERE typname IN ('int4', '_int4', 'jsonb', 'text', 'name', 'oidvector') ORDER BY oid;
SELECT 'abs(integer)'::regprocedure, 1397::regproc, 551::regoper, 551::regoperator, 'now'::regproc, '-'::regproc, 0::regoper;
SELECT 'nosuch(int)'::regprocedure;
SELECT 'abs(int'::regprocedure;
SELECT 'abs(nosuch)'::regprocedure;
SELECT 'abs'::regproc;
SELECT '+'::regoper;
SELECT '+(int,int)'::regoperator, '-(NONE,int)'::regoperator;
SELECT '+(int)'::regoperator;
SELECT '+(int,int,int)'::regoperator;
SELECT '+(int,text)'::regoperator;
SELECT to_regprocedure('abs(int)'), to_regprocedure('abs(text)'), to_regoper('||/'), to_regoperator('+(int,int)'), to_regoper('+'), to_regproc('abs'), to_regproc('now');
SELECT 'abs( INTEGER )'::regprocedure, 'pg_catalog."substring"(text, int4,  int)'::regprocedure;
SELECT proname, pg_get_function_arguments(oid), pg_get_function_identity_arguments(oid), pg_get_function_result(oid), pg_get_function_arg_default(oid, 3) FROM pg_proc WHERE proname IN ('lpad', 'make_date', 'jsonb_set', 'json_each', 'concat', 'rank', 'width_bucket', 'date_bin') ORDER BY proname, oid;
SELECT obj_description(oid, 'pg_proc') FROM pg_proc WHERE proname = 'now';
SELECT obj_description('pg_catalog'::regnamespace, 'pg_namespace'), obj_description('public'::regnamespace, 'pg_namespace'), shobj_description(1, 'pg_database');
COMMENT ON SCHEMA public IS NULL;
\dn+
SELECT p.proname, l.lanname, n.nspname FROM pg_proc p JOIN pg_language l ON l.oid = prolang JOIN pg_namespace n ON n.oid = pronamespace WHERE proname IN ('lower', 'lpad', 'age') AND pronargs = 2 ORDER BY p.oid;
SELECT oprname, oprleft::regtype, oprright::regtype, oprresult::regtype, oprcode, oprcom::regoperator, oprnegate::regoperator FROM pg_operator WHERE oprname IN ('<', '@>') AND oprleft IN ('int4'::regtype, 'jsonb'::regtype) ORDER BY oid;
SELECT castsource::regtype, casttarget::regtype, castfunc::regprocedure, castcontext, castmethod FROM pg_cast WHERE castsource = 'bool'::regtype ORDER BY 2;
