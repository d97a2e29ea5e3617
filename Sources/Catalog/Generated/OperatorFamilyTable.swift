// Written by tools/generate-catalog-tables. Do not edit.

/// oid, opfmethod, opfname.
let operatorFamilyTable: StaticString = """
    397	403	array_ops
    424	403	bool_ops
    426	403	bpchar_ops
    427	405	bpchar_ops
    428	403	bytea_ops
    429	403	char_ops
    431	405	char_ops
    434	403	datetime_ops
    435	405	date_ops
    627	405	array_ops
    1970	403	float_ops
    1971	405	float_ops
    1976	403	integer_ops
    1977	405	integer_ops
    1982	403	interval_ops
    1983	405	interval_ops
    1988	403	numeric_ops
    1989	403	oid_ops
    1990	405	oid_ops
    1991	403	oidvector_ops
    1992	405	oidvector_ops
    1994	403	text_ops
    1995	405	text_ops
    1996	403	time_ops
    1997	405	time_ops
    1998	405	numeric_ops
    1999	405	timestamptz_ops
    2000	403	timetz_ops
    2001	405	timetz_ops
    2040	405	timestamp_ops
    2095	403	text_pattern_ops
    2097	403	bpchar_pattern_ops
    2222	405	bool_ops
    2223	405	bytea_ops
    2225	405	xid_ops
    2226	405	cid_ops
    2227	405	tid_ops
    2229	405	text_pattern_ops
    2231	405	bpchar_pattern_ops
    2235	405	aclitem_ops
    2789	403	tid_ops
    2968	403	uuid_ops
    2969	405	uuid_ops
    2994	403	record_ops
    3194	403	record_image_ops
    3253	403	pg_lsn_ops
    3254	405	pg_lsn_ops
    4033	403	jsonb_ops
    4034	405	jsonb_ops
    5032	405	xid8_ops
    5067	403	xid8_ops
    6194	405	record_ops
    """
