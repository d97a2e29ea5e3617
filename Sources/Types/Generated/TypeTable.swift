// Written by tools/generate-catalog-tables. Do not edit.

/// oid, typname, format_type, typarray, typelem, typlen, typbyval, typalign, typstorage, typcategory,
/// typispreferred, typdelim, typinput, typoutput, typreceive, typsend, typtype, typcollation, typmodin, typmodout.
let typeTable: StaticString = """
    16	bool	boolean	1000	0	1	t	c	p	B	t	,	boolin	boolout	boolrecv	boolsend	b	0	-	-
    17	bytea	bytea	1001	0	-1	f	i	x	U	f	,	byteain	byteaout	bytearecv	byteasend	b	0	-	-
    18	char	"char"	1002	0	1	t	c	p	Z	f	,	charin	charout	charrecv	charsend	b	0	-	-
    19	name	name	1003	18	64	f	c	p	S	f	,	namein	nameout	namerecv	namesend	b	950	-	-
    20	int8	bigint	1016	0	8	t	d	p	N	f	,	int8in	int8out	int8recv	int8send	b	0	-	-
    21	int2	smallint	1005	0	2	t	s	p	N	f	,	int2in	int2out	int2recv	int2send	b	0	-	-
    22	int2vector	int2vector	1006	21	-1	f	i	p	A	f	,	int2vectorin	int2vectorout	int2vectorrecv	int2vectorsend	b	0	-	-
    23	int4	integer	1007	0	4	t	i	p	N	f	,	int4in	int4out	int4recv	int4send	b	0	-	-
    24	regproc	regproc	1008	0	4	t	i	p	N	f	,	regprocin	regprocout	regprocrecv	regprocsend	b	0	-	-
    25	text	text	1009	0	-1	f	i	x	S	t	,	textin	textout	textrecv	textsend	b	100	-	-
    26	oid	oid	1028	0	4	t	i	p	N	t	,	oidin	oidout	oidrecv	oidsend	b	0	-	-
    27	tid	tid	1010	0	6	f	s	p	U	f	,	tidin	tidout	tidrecv	tidsend	b	0	-	-
    28	xid	xid	1011	0	4	t	i	p	U	f	,	xidin	xidout	xidrecv	xidsend	b	0	-	-
    29	cid	cid	1012	0	4	t	i	p	U	f	,	cidin	cidout	cidrecv	cidsend	b	0	-	-
    30	oidvector	oidvector	1013	26	-1	f	i	p	A	f	,	oidvectorin	oidvectorout	oidvectorrecv	oidvectorsend	b	0	-	-
    114	json	json	199	0	-1	f	i	x	U	f	,	json_in	json_out	json_recv	json_send	b	0	-	-
    194	pg_node_tree	pg_node_tree	0	0	-1	f	i	x	Z	f	,	pg_node_tree_in	pg_node_tree_out	pg_node_tree_recv	pg_node_tree_send	b	100	-	-
    199	_json	json[]	0	114	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    271	_xid8	xid8[]	0	5069	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    600	point	point	1017	701	16	f	d	p	G	f	,	point_in	point_out	point_recv	point_send	b	0	-	-
    601	lseg	lseg	1018	600	32	f	d	p	G	f	,	lseg_in	lseg_out	lseg_recv	lseg_send	b	0	-	-
    602	path	path	1019	0	-1	f	d	x	G	f	,	path_in	path_out	path_recv	path_send	b	0	-	-
    603	box	box	1020	600	32	f	d	p	G	f	;	box_in	box_out	box_recv	box_send	b	0	-	-
    604	polygon	polygon	1027	0	-1	f	d	x	G	f	,	poly_in	poly_out	poly_recv	poly_send	b	0	-	-
    628	line	line	629	701	24	f	d	p	G	f	,	line_in	line_out	line_recv	line_send	b	0	-	-
    629	_line	line[]	0	628	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    650	cidr	cidr	651	0	-1	f	i	m	I	f	,	cidr_in	cidr_out	cidr_recv	cidr_send	b	0	-	-
    651	_cidr	cidr[]	0	650	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    700	float4	real	1021	0	4	t	i	p	N	f	,	float4in	float4out	float4recv	float4send	b	0	-	-
    701	float8	double precision	1022	0	8	t	d	p	N	t	,	float8in	float8out	float8recv	float8send	b	0	-	-
    705	unknown	unknown	0	0	-2	f	c	p	X	f	,	unknownin	unknownout	unknownrecv	unknownsend	p	0	-	-
    718	circle	circle	719	0	24	f	d	p	G	f	,	circle_in	circle_out	circle_recv	circle_send	b	0	-	-
    719	_circle	circle[]	0	718	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    774	macaddr8	macaddr8	775	0	8	f	i	p	U	f	,	macaddr8_in	macaddr8_out	macaddr8_recv	macaddr8_send	b	0	-	-
    775	_macaddr8	macaddr8[]	0	774	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    790	money	money	791	0	8	t	d	p	N	f	,	cash_in	cash_out	cash_recv	cash_send	b	0	-	-
    791	_money	money[]	0	790	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    829	macaddr	macaddr	1040	0	6	f	i	p	U	f	,	macaddr_in	macaddr_out	macaddr_recv	macaddr_send	b	0	-	-
    869	inet	inet	1041	0	-1	f	i	m	I	t	,	inet_in	inet_out	inet_recv	inet_send	b	0	-	-
    1000	_bool	boolean[]	0	16	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1001	_bytea	bytea[]	0	17	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1002	_char	"char"[]	0	18	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1003	_name	name[]	0	19	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	950	-	-
    1005	_int2	smallint[]	0	21	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1006	_int2vector	int2vector[]	0	22	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1007	_int4	integer[]	0	23	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1008	_regproc	regproc[]	0	24	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1009	_text	text[]	0	25	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	100	-	-
    1010	_tid	tid[]	0	27	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1011	_xid	xid[]	0	28	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1012	_cid	cid[]	0	29	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1013	_oidvector	oidvector[]	0	30	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1014	_bpchar	character[]	0	1042	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	100	bpchartypmodin	bpchartypmodout
    1015	_varchar	character varying[]	0	1043	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	100	varchartypmodin	varchartypmodout
    1016	_int8	bigint[]	0	20	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1017	_point	point[]	0	600	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1018	_lseg	lseg[]	0	601	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1019	_path	path[]	0	602	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1020	_box	box[]	0	603	-1	f	d	x	A	f	;	array_in	array_out	array_recv	array_send	b	0	-	-
    1021	_float4	real[]	0	700	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1022	_float8	double precision[]	0	701	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1027	_polygon	polygon[]	0	604	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1028	_oid	oid[]	0	26	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1033	aclitem	aclitem	1034	0	12	f	i	p	U	f	,	aclitemin	aclitemout	-	-	b	0	-	-
    1034	_aclitem	aclitem[]	0	1033	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1040	_macaddr	macaddr[]	0	829	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1041	_inet	inet[]	0	869	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1042	bpchar	character	1014	0	-1	f	i	x	S	f	,	bpcharin	bpcharout	bpcharrecv	bpcharsend	b	100	bpchartypmodin	bpchartypmodout
    1043	varchar	character varying	1015	0	-1	f	i	x	S	f	,	varcharin	varcharout	varcharrecv	varcharsend	b	100	varchartypmodin	varchartypmodout
    1082	date	date	1182	0	4	t	i	p	D	f	,	date_in	date_out	date_recv	date_send	b	0	-	-
    1083	time	time without time zone	1183	0	8	t	d	p	D	f	,	time_in	time_out	time_recv	time_send	b	0	timetypmodin	timetypmodout
    1114	timestamp	timestamp without time zone	1115	0	8	t	d	p	D	f	,	timestamp_in	timestamp_out	timestamp_recv	timestamp_send	b	0	timestamptypmodin	timestamptypmodout
    1115	_timestamp	timestamp without time zone[]	0	1114	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	timestamptypmodin	timestamptypmodout
    1182	_date	date[]	0	1082	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1183	_time	time without time zone[]	0	1083	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	timetypmodin	timetypmodout
    1184	timestamptz	timestamp with time zone	1185	0	8	t	d	p	D	t	,	timestamptz_in	timestamptz_out	timestamptz_recv	timestamptz_send	b	0	timestamptztypmodin	timestamptztypmodout
    1185	_timestamptz	timestamp with time zone[]	0	1184	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	timestamptztypmodin	timestamptztypmodout
    1186	interval	interval	1187	0	16	f	d	p	T	t	,	interval_in	interval_out	interval_recv	interval_send	b	0	intervaltypmodin	intervaltypmodout
    1187	_interval	interval[]	0	1186	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	intervaltypmodin	intervaltypmodout
    1231	_numeric	numeric[]	0	1700	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	numerictypmodin	numerictypmodout
    1263	_cstring	cstring[]	0	2275	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    1266	timetz	time with time zone	1270	0	12	f	d	p	D	f	,	timetz_in	timetz_out	timetz_recv	timetz_send	b	0	timetztypmodin	timetztypmodout
    1270	_timetz	time with time zone[]	0	1266	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	timetztypmodin	timetztypmodout
    1560	bit	bit	1561	0	-1	f	i	x	V	f	,	bit_in	bit_out	bit_recv	bit_send	b	0	bittypmodin	bittypmodout
    1561	_bit	bit[]	0	1560	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	bittypmodin	bittypmodout
    1562	varbit	bit varying	1563	0	-1	f	i	x	V	t	,	varbit_in	varbit_out	varbit_recv	varbit_send	b	0	varbittypmodin	varbittypmodout
    1563	_varbit	bit varying[]	0	1562	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	varbittypmodin	varbittypmodout
    1700	numeric	numeric	1231	0	-1	f	i	m	N	f	,	numeric_in	numeric_out	numeric_recv	numeric_send	b	0	numerictypmodin	numerictypmodout
    2202	regprocedure	regprocedure	2207	0	4	t	i	p	N	f	,	regprocedurein	regprocedureout	regprocedurerecv	regproceduresend	b	0	-	-
    2203	regoper	regoper	2208	0	4	t	i	p	N	f	,	regoperin	regoperout	regoperrecv	regopersend	b	0	-	-
    2204	regoperator	regoperator	2209	0	4	t	i	p	N	f	,	regoperatorin	regoperatorout	regoperatorrecv	regoperatorsend	b	0	-	-
    2205	regclass	regclass	2210	0	4	t	i	p	N	f	,	regclassin	regclassout	regclassrecv	regclasssend	b	0	-	-
    2206	regtype	regtype	2211	0	4	t	i	p	N	f	,	regtypein	regtypeout	regtyperecv	regtypesend	b	0	-	-
    2207	_regprocedure	regprocedure[]	0	2202	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    2208	_regoper	regoper[]	0	2203	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    2209	_regoperator	regoperator[]	0	2204	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    2210	_regclass	regclass[]	0	2205	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    2211	_regtype	regtype[]	0	2206	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    2249	record	record	2287	0	-1	f	d	x	P	f	,	record_in	record_out	record_recv	record_send	p	0	-	-
    2275	cstring	cstring	1263	0	-2	f	c	p	P	f	,	cstring_in	cstring_out	cstring_recv	cstring_send	p	0	-	-
    2276	any	"any"	0	0	4	t	i	p	P	f	,	any_in	any_out	-	-	p	0	-	-
    2277	anyarray	anyarray	0	0	-1	f	d	x	P	f	,	anyarray_in	anyarray_out	anyarray_recv	anyarray_send	p	0	-	-
    2278	void	void	0	0	4	t	i	p	P	f	,	void_in	void_out	void_recv	void_send	p	0	-	-
    2279	trigger	trigger	0	0	4	t	i	p	P	f	,	trigger_in	trigger_out	-	-	p	0	-	-
    2280	language_handler	language_handler	0	0	4	t	i	p	P	f	,	language_handler_in	language_handler_out	-	-	p	0	-	-
    2281	internal	internal	0	0	8	t	d	p	P	f	,	internal_in	internal_out	-	-	p	0	-	-
    2283	anyelement	anyelement	0	0	4	t	i	p	P	f	,	anyelement_in	anyelement_out	-	-	p	0	-	-
    2287	_record	record[]	0	2249	-1	f	d	x	P	f	,	array_in	array_out	array_recv	array_send	p	0	-	-
    2776	anynonarray	anynonarray	0	0	4	t	i	p	P	f	,	anynonarray_in	anynonarray_out	-	-	p	0	-	-
    2949	_txid_snapshot	txid_snapshot[]	0	2970	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    2950	uuid	uuid	2951	0	16	f	c	p	U	f	,	uuid_in	uuid_out	uuid_recv	uuid_send	b	0	-	-
    2951	_uuid	uuid[]	0	2950	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    2970	txid_snapshot	txid_snapshot	2949	0	-1	f	d	x	U	f	,	txid_snapshot_in	txid_snapshot_out	txid_snapshot_recv	txid_snapshot_send	b	0	-	-
    3220	pg_lsn	pg_lsn	3221	0	8	t	d	p	U	f	,	pg_lsn_in	pg_lsn_out	pg_lsn_recv	pg_lsn_send	b	0	-	-
    3221	_pg_lsn	pg_lsn[]	0	3220	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    3500	anyenum	anyenum	0	0	4	t	i	p	P	f	,	anyenum_in	anyenum_out	-	-	p	0	-	-
    3802	jsonb	jsonb	3807	0	-1	f	i	x	U	f	,	jsonb_in	jsonb_out	jsonb_recv	jsonb_send	b	0	-	-
    3807	_jsonb	jsonb[]	0	3802	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    3831	anyrange	anyrange	0	0	-1	f	d	x	P	f	,	anyrange_in	anyrange_out	-	-	p	0	-	-
    3904	int4range	int4range	3905	0	-1	f	i	x	R	f	,	range_in	range_out	range_recv	range_send	r	0	-	-
    3905	_int4range	int4range[]	0	3904	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    3906	numrange	numrange	3907	0	-1	f	i	x	R	f	,	range_in	range_out	range_recv	range_send	r	0	-	-
    3907	_numrange	numrange[]	0	3906	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    3908	tsrange	tsrange	3909	0	-1	f	d	x	R	f	,	range_in	range_out	range_recv	range_send	r	0	-	-
    3909	_tsrange	tsrange[]	0	3908	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    3910	tstzrange	tstzrange	3911	0	-1	f	d	x	R	f	,	range_in	range_out	range_recv	range_send	r	0	-	-
    3911	_tstzrange	tstzrange[]	0	3910	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    3912	daterange	daterange	3913	0	-1	f	i	x	R	f	,	range_in	range_out	range_recv	range_send	r	0	-	-
    3913	_daterange	daterange[]	0	3912	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    3926	int8range	int8range	3927	0	-1	f	d	x	R	f	,	range_in	range_out	range_recv	range_send	r	0	-	-
    3927	_int8range	int8range[]	0	3926	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    4072	jsonpath	jsonpath	4073	0	-1	f	i	x	U	f	,	jsonpath_in	jsonpath_out	jsonpath_recv	jsonpath_send	b	0	-	-
    4073	_jsonpath	jsonpath[]	0	4072	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    4089	regnamespace	regnamespace	4090	0	4	t	i	p	N	f	,	regnamespacein	regnamespaceout	regnamespacerecv	regnamespacesend	b	0	-	-
    4090	_regnamespace	regnamespace[]	0	4089	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    4096	regrole	regrole	4097	0	4	t	i	p	N	f	,	regrolein	regroleout	regrolerecv	regrolesend	b	0	-	-
    4097	_regrole	regrole[]	0	4096	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    4451	int4multirange	int4multirange	6150	0	-1	f	i	x	R	f	,	multirange_in	multirange_out	multirange_recv	multirange_send	m	0	-	-
    4532	nummultirange	nummultirange	6151	0	-1	f	i	x	R	f	,	multirange_in	multirange_out	multirange_recv	multirange_send	m	0	-	-
    4533	tsmultirange	tsmultirange	6152	0	-1	f	d	x	R	f	,	multirange_in	multirange_out	multirange_recv	multirange_send	m	0	-	-
    4534	tstzmultirange	tstzmultirange	6153	0	-1	f	d	x	R	f	,	multirange_in	multirange_out	multirange_recv	multirange_send	m	0	-	-
    4535	datemultirange	datemultirange	6155	0	-1	f	i	x	R	f	,	multirange_in	multirange_out	multirange_recv	multirange_send	m	0	-	-
    4536	int8multirange	int8multirange	6157	0	-1	f	d	x	R	f	,	multirange_in	multirange_out	multirange_recv	multirange_send	m	0	-	-
    4537	anymultirange	anymultirange	0	0	-1	f	d	x	P	f	,	anymultirange_in	anymultirange_out	-	-	p	0	-	-
    4538	anycompatiblemultirange	anycompatiblemultirange	0	0	-1	f	d	x	P	f	,	anycompatiblemultirange_in	anycompatiblemultirange_out	-	-	p	0	-	-
    5038	pg_snapshot	pg_snapshot	5039	0	-1	f	d	x	U	f	,	pg_snapshot_in	pg_snapshot_out	pg_snapshot_recv	pg_snapshot_send	b	0	-	-
    5039	_pg_snapshot	pg_snapshot[]	0	5038	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    5069	xid8	xid8	271	0	8	t	d	p	U	f	,	xid8in	xid8out	xid8recv	xid8send	b	0	-	-
    5077	anycompatible	anycompatible	0	0	4	t	i	p	P	f	,	anycompatible_in	anycompatible_out	-	-	p	0	-	-
    5078	anycompatiblearray	anycompatiblearray	0	0	-1	f	d	x	P	f	,	anycompatiblearray_in	anycompatiblearray_out	anycompatiblearray_recv	anycompatiblearray_send	p	0	-	-
    5079	anycompatiblenonarray	anycompatiblenonarray	0	0	4	t	i	p	P	f	,	anycompatiblenonarray_in	anycompatiblenonarray_out	-	-	p	0	-	-
    5080	anycompatiblerange	anycompatiblerange	0	0	-1	f	d	x	P	f	,	anycompatiblerange_in	anycompatiblerange_out	-	-	p	0	-	-
    6150	_int4multirange	int4multirange[]	0	4451	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    6151	_nummultirange	nummultirange[]	0	4532	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    6152	_tsmultirange	tsmultirange[]	0	4533	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    6153	_tstzmultirange	tstzmultirange[]	0	4534	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    6155	_datemultirange	datemultirange[]	0	4535	-1	f	i	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    6157	_int8multirange	int8multirange[]	0	4536	-1	f	d	x	A	f	,	array_in	array_out	array_recv	array_send	b	0	-	-
    """
