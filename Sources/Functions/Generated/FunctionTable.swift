// Written by tools/generate-catalog-tables. Do not edit.

/// oid, proname, key, proargtypes, provariadic, prorettype, proretset, proisstrict, provolatile, defaults,
/// prorows, names of IN parameters, OUT parameters as name:type.
let functionTable: StaticString = """
    31	byteaout	byteaout	17	0	2275	f	t	i		0		
    33	charout	charout	18	0	2275	f	t	i		0		
    34	namein	namein	2275	0	19	f	t	i		0		
    35	nameout	nameout	19	0	2275	f	t	i		0		
    38	int2in	int2in	2275	0	21	f	t	i		0		
    39	int2out	int2out	21	0	2275	f	t	i		0		
    40	int2vectorin	int2vectorin	2275	0	22	f	t	i		0		
    41	int2vectorout	int2vectorout	22	0	2275	f	t	i		0		
    42	int4in	int4in	2275	0	23	f	t	i		0		
    43	int4out	int4out	23	0	2275	f	t	i		0		
    44	regprocin	regprocin	2275	0	24	f	t	s		0		
    45	regprocout	regprocout	24	0	2275	f	t	s		0		
    46	textin	textin	2275	0	25	f	t	i		0		
    47	textout	textout	25	0	2275	f	t	i		0		
    48	tidin	tidin	2275	0	27	f	t	i		0		
    49	tidout	tidout	27	0	2275	f	t	i		0		
    50	xidin	xidin	2275	0	28	f	t	i		0		
    51	xidout	xidout	28	0	2275	f	t	i		0		
    52	cidin	cidin	2275	0	29	f	t	i		0		
    53	cidout	cidout	29	0	2275	f	t	i		0		
    54	oidvectorin	oidvectorin	2275	0	30	f	t	i		0		
    55	oidvectorout	oidvectorout	30	0	2275	f	t	i		0		
    56	boollt	boollt	16 16	0	16	f	t	i		0		
    57	boolgt	boolgt	16 16	0	16	f	t	i		0		
    60	booleq	booleq	16 16	0	16	f	t	i		0		
    61	chareq	chareq	18 18	0	16	f	t	i		0		
    62	nameeq	nameeq	19 19	0	16	f	t	i		0		
    63	int2eq	int2eq	21 21	0	16	f	t	i		0		
    64	int2lt	int2lt	21 21	0	16	f	t	i		0		
    65	int4eq	int4eq	23 23	0	16	f	t	i		0		
    66	int4lt	int4lt	23 23	0	16	f	t	i		0		
    67	texteq	texteq	25 25	0	16	f	t	i		0		
    68	xideq	xideq	28 28	0	16	f	t	i		0		
    69	cideq	cideq	29 29	0	16	f	t	i		0		
    70	charne	charne	18 18	0	16	f	t	i		0		
    72	charle	charle	18 18	0	16	f	t	i		0		
    73	chargt	chargt	18 18	0	16	f	t	i		0		
    74	charge	charge	18 18	0	16	f	t	i		0		
    77	int4	chartoi4	18	0	23	f	t	i		0		
    78	char	i4tochar	23	0	18	f	t	i		0		
    79	nameregexeq	nameregexeq	19 25	0	16	f	t	i		0		
    84	boolne	boolne	16 16	0	16	f	t	i		0		
    89	version	pgsql_version		0	25	f	t	s		0		
    109	unknownin	unknownin	2275	0	705	f	t	i		0		
    110	unknownout	unknownout	705	0	2275	f	t	i		0		
    115	box_above_eq	box_above_eq	603 603	0	16	f	t	i		0		
    116	box_below_eq	box_below_eq	603 603	0	16	f	t	i		0		
    117	point_in	point_in	2275	0	600	f	t	i		0		
    118	point_out	point_out	600	0	2275	f	t	i		0		
    119	lseg_in	lseg_in	2275	0	601	f	t	i		0		
    120	lseg_out	lseg_out	601	0	2275	f	t	i		0		
    121	path_in	path_in	2275	0	602	f	t	i		0		
    122	path_out	path_out	602	0	2275	f	t	i		0		
    123	box_in	box_in	2275	0	603	f	t	i		0		
    124	box_out	box_out	603	0	2275	f	t	i		0		
    125	box_overlap	box_overlap	603 603	0	16	f	t	i		0		
    126	box_ge	box_ge	603 603	0	16	f	t	i		0		
    127	box_gt	box_gt	603 603	0	16	f	t	i		0		
    128	box_eq	box_eq	603 603	0	16	f	t	i		0		
    129	box_lt	box_lt	603 603	0	16	f	t	i		0		
    130	box_le	box_le	603 603	0	16	f	t	i		0		
    131	point_above	point_above	600 600	0	16	f	t	i		0		
    132	point_left	point_left	600 600	0	16	f	t	i		0		
    133	point_right	point_right	600 600	0	16	f	t	i		0		
    134	point_below	point_below	600 600	0	16	f	t	i		0		
    135	point_eq	point_eq	600 600	0	16	f	t	i		0		
    136	on_pb	on_pb	600 603	0	16	f	t	i		0		
    137	on_ppath	on_ppath	600 602	0	16	f	t	i		0		
    138	box_center	box_center	603	0	600	f	t	i		0		
    141	int4mul	int4mul	23 23	0	23	f	t	i		0		
    144	int4ne	int4ne	23 23	0	16	f	t	i		0		
    145	int2ne	int2ne	21 21	0	16	f	t	i		0		
    146	int2gt	int2gt	21 21	0	16	f	t	i		0		
    147	int4gt	int4gt	23 23	0	16	f	t	i		0		
    148	int2le	int2le	21 21	0	16	f	t	i		0		
    149	int4le	int4le	23 23	0	16	f	t	i		0		
    150	int4ge	int4ge	23 23	0	16	f	t	i		0		
    151	int2ge	int2ge	21 21	0	16	f	t	i		0		
    152	int2mul	int2mul	21 21	0	21	f	t	i		0		
    153	int2div	int2div	21 21	0	21	f	t	i		0		
    154	int4div	int4div	23 23	0	23	f	t	i		0		
    155	int2mod	int2mod	21 21	0	21	f	t	i		0		
    156	int4mod	int4mod	23 23	0	23	f	t	i		0		
    157	textne	textne	25 25	0	16	f	t	i		0		
    158	int24eq	int24eq	21 23	0	16	f	t	i		0		
    159	int42eq	int42eq	23 21	0	16	f	t	i		0		
    160	int24lt	int24lt	21 23	0	16	f	t	i		0		
    161	int42lt	int42lt	23 21	0	16	f	t	i		0		
    162	int24gt	int24gt	21 23	0	16	f	t	i		0		
    163	int42gt	int42gt	23 21	0	16	f	t	i		0		
    164	int24ne	int24ne	21 23	0	16	f	t	i		0		
    165	int42ne	int42ne	23 21	0	16	f	t	i		0		
    166	int24le	int24le	21 23	0	16	f	t	i		0		
    167	int42le	int42le	23 21	0	16	f	t	i		0		
    168	int24ge	int24ge	21 23	0	16	f	t	i		0		
    169	int42ge	int42ge	23 21	0	16	f	t	i		0		
    170	int24mul	int24mul	21 23	0	23	f	t	i		0		
    171	int42mul	int42mul	23 21	0	23	f	t	i		0		
    172	int24div	int24div	21 23	0	23	f	t	i		0		
    173	int42div	int42div	23 21	0	23	f	t	i		0		
    176	int2pl	int2pl	21 21	0	21	f	t	i		0		
    177	int4pl	int4pl	23 23	0	23	f	t	i		0		
    178	int24pl	int24pl	21 23	0	23	f	t	i		0		
    179	int42pl	int42pl	23 21	0	23	f	t	i		0		
    180	int2mi	int2mi	21 21	0	21	f	t	i		0		
    181	int4mi	int4mi	23 23	0	23	f	t	i		0		
    182	int24mi	int24mi	21 23	0	23	f	t	i		0		
    183	int42mi	int42mi	23 21	0	23	f	t	i		0		
    184	oideq	oideq	26 26	0	16	f	t	i		0		
    185	oidne	oidne	26 26	0	16	f	t	i		0		
    186	box_same	box_same	603 603	0	16	f	t	i		0		
    187	box_contain	box_contain	603 603	0	16	f	t	i		0		
    188	box_left	box_left	603 603	0	16	f	t	i		0		
    189	box_overleft	box_overleft	603 603	0	16	f	t	i		0		
    190	box_overright	box_overright	603 603	0	16	f	t	i		0		
    191	box_right	box_right	603 603	0	16	f	t	i		0		
    192	box_contained	box_contained	603 603	0	16	f	t	i		0		
    193	box_contain_pt	box_contain_pt	603 600	0	16	f	t	i		0		
    195	pg_node_tree_in	pg_node_tree_in	2275	0	194	f	t	i		0		
    196	pg_node_tree_out	pg_node_tree_out	194	0	2275	f	t	i		0		
    198	pg_node_tree_send	pg_node_tree_send	194	0	17	f	t	s		0		
    200	float4in	float4in	2275	0	700	f	t	i		0		
    201	float4out	float4out	700	0	2275	f	t	i		0		
    202	float4mul	float4mul	700 700	0	700	f	t	i		0		
    203	float4div	float4div	700 700	0	700	f	t	i		0		
    204	float4pl	float4pl	700 700	0	700	f	t	i		0		
    205	float4mi	float4mi	700 700	0	700	f	t	i		0		
    206	float4um	float4um	700	0	700	f	t	i		0		
    207	float4abs	float4abs	700	0	700	f	t	i		0		
    208	float4_accum	float4_accum	1022 700	0	1022	f	t	i		0		
    209	float4larger	float4larger	700 700	0	700	f	t	i		0		
    211	float4smaller	float4smaller	700 700	0	700	f	t	i		0		
    212	int4um	int4um	23	0	23	f	t	i		0		
    213	int2um	int2um	21	0	21	f	t	i		0		
    214	float8in	float8in	2275	0	701	f	t	i		0		
    215	float8out	float8out	701	0	2275	f	t	i		0		
    216	float8mul	float8mul	701 701	0	701	f	t	i		0		
    217	float8div	float8div	701 701	0	701	f	t	i		0		
    218	float8pl	float8pl	701 701	0	701	f	t	i		0		
    219	float8mi	float8mi	701 701	0	701	f	t	i		0		
    220	float8um	float8um	701	0	701	f	t	i		0		
    221	float8abs	float8abs	701	0	701	f	t	i		0		
    222	float8_accum	float8_accum	1022 701	0	1022	f	t	i		0		
    223	float8larger	float8larger	701 701	0	701	f	t	i		0		
    224	float8smaller	float8smaller	701 701	0	701	f	t	i		0		
    225	lseg_center	lseg_center	601	0	600	f	t	i		0		
    227	poly_center	poly_center	604	0	600	f	t	i		0		
    228	dround	dround	701	0	701	f	t	i		0		
    229	dtrunc	dtrunc	701	0	701	f	t	i		0		
    230	dsqrt	dsqrt	701	0	701	f	t	i		0		
    231	dcbrt	dcbrt	701	0	701	f	t	i		0		
    232	dpow	dpow	701 701	0	701	f	t	i		0		
    233	dexp	dexp	701	0	701	f	t	i		0		
    234	dlog1	dlog1	701	0	701	f	t	i		0		
    235	float8	i2tod	21	0	701	f	t	i		0		
    236	float4	i2tof	21	0	700	f	t	i		0		
    237	int2	dtoi2	701	0	21	f	t	i		0		
    238	int2	ftoi2	700	0	21	f	t	i		0		
    239	line_distance	line_distance	628 628	0	701	f	t	i		0		
    240	nameeqtext	nameeqtext	19 25	0	16	f	t	i		0		
    241	namelttext	namelttext	19 25	0	16	f	t	i		0		
    242	nameletext	nameletext	19 25	0	16	f	t	i		0		
    243	namegetext	namegetext	19 25	0	16	f	t	i		0		
    244	namegttext	namegttext	19 25	0	16	f	t	i		0		
    245	namenetext	namenetext	19 25	0	16	f	t	i		0		
    246	btnametextcmp	btnametextcmp	19 25	0	23	f	t	i		0		
    247	texteqname	texteqname	25 19	0	16	f	t	i		0		
    248	textltname	textltname	25 19	0	16	f	t	i		0		
    249	textlename	textlename	25 19	0	16	f	t	i		0		
    250	textgename	textgename	25 19	0	16	f	t	i		0		
    251	textgtname	textgtname	25 19	0	16	f	t	i		0		
    252	textnename	textnename	25 19	0	16	f	t	i		0		
    253	bttextnamecmp	bttextnamecmp	25 19	0	23	f	t	i		0		
    266	nameconcatoid	nameconcatoid	19 26	0	19	f	t	i		0		
    274	timeofday	timeofday		0	25	f	t	v		0		
    275	pg_nextoid	pg_nextoid	2205 19 2205	0	26	f	t	v		0		
    276	float8_combine	float8_combine	1022 1022	0	1022	f	t	i		0		
    277	inter_sl	inter_sl	601 628	0	16	f	t	i		0		
    278	inter_lb	inter_lb	628 603	0	16	f	t	i		0		
    279	float48mul	float48mul	700 701	0	701	f	t	i		0		
    280	float48div	float48div	700 701	0	701	f	t	i		0		
    281	float48pl	float48pl	700 701	0	701	f	t	i		0		
    282	float48mi	float48mi	700 701	0	701	f	t	i		0		
    283	float84mul	float84mul	701 700	0	701	f	t	i		0		
    284	float84div	float84div	701 700	0	701	f	t	i		0		
    285	float84pl	float84pl	701 700	0	701	f	t	i		0		
    286	float84mi	float84mi	701 700	0	701	f	t	i		0		
    287	float4eq	float4eq	700 700	0	16	f	t	i		0		
    288	float4ne	float4ne	700 700	0	16	f	t	i		0		
    289	float4lt	float4lt	700 700	0	16	f	t	i		0		
    290	float4le	float4le	700 700	0	16	f	t	i		0		
    291	float4gt	float4gt	700 700	0	16	f	t	i		0		
    292	float4ge	float4ge	700 700	0	16	f	t	i		0		
    293	float8eq	float8eq	701 701	0	16	f	t	i		0		
    294	float8ne	float8ne	701 701	0	16	f	t	i		0		
    295	float8lt	float8lt	701 701	0	16	f	t	i		0		
    296	float8le	float8le	701 701	0	16	f	t	i		0		
    297	float8gt	float8gt	701 701	0	16	f	t	i		0		
    298	float8ge	float8ge	701 701	0	16	f	t	i		0		
    299	float48eq	float48eq	700 701	0	16	f	t	i		0		
    300	float48ne	float48ne	700 701	0	16	f	t	i		0		
    301	float48lt	float48lt	700 701	0	16	f	t	i		0		
    302	float48le	float48le	700 701	0	16	f	t	i		0		
    303	float48gt	float48gt	700 701	0	16	f	t	i		0		
    304	float48ge	float48ge	700 701	0	16	f	t	i		0		
    305	float84eq	float84eq	701 700	0	16	f	t	i		0		
    306	float84ne	float84ne	701 700	0	16	f	t	i		0		
    307	float84lt	float84lt	701 700	0	16	f	t	i		0		
    308	float84le	float84le	701 700	0	16	f	t	i		0		
    309	float84gt	float84gt	701 700	0	16	f	t	i		0		
    310	float84ge	float84ge	701 700	0	16	f	t	i		0		
    311	float8	ftod	700	0	701	f	t	i		0		
    312	float4	dtof	701	0	700	f	t	i		0		
    313	int4	i2toi4	21	0	23	f	t	i		0		
    314	int2	i4toi2	23	0	21	f	t	i		0		
    315	pg_jit_available	pg_jit_available		0	16	f	t	v		0		
    316	float8	i4tod	23	0	701	f	t	i		0		
    317	int4	dtoi4	701	0	23	f	t	i		0		
    318	float4	i4tof	23	0	700	f	t	i		0		
    319	int4	ftoi4	700	0	23	f	t	i		0		
    320	width_bucket	width_bucket_float8	701 701 701 23	0	23	f	t	i		0		
    321	json_in	json_in	2275	0	114	f	t	i		0		
    322	json_out	json_out	114	0	2275	f	t	i		0		
    324	json_send	json_send	114	0	17	f	t	i		0		
    328	hashmacaddr8	hashmacaddr8	774	0	23	f	t	i		0		
    329	hash_aclitem	hash_aclitem	1033	0	23	f	t	i		0		
    338	amvalidate	amvalidate	26	0	16	f	t	v		0		
    339	poly_same	poly_same	604 604	0	16	f	t	i		0		
    340	poly_contain	poly_contain	604 604	0	16	f	t	i		0		
    341	poly_left	poly_left	604 604	0	16	f	t	i		0		
    342	poly_overleft	poly_overleft	604 604	0	16	f	t	i		0		
    343	poly_overright	poly_overright	604 604	0	16	f	t	i		0		
    344	poly_right	poly_right	604 604	0	16	f	t	i		0		
    345	poly_contained	poly_contained	604 604	0	16	f	t	i		0		
    346	poly_overlap	poly_overlap	604 604	0	16	f	t	i		0		
    347	poly_in	poly_in	2275	0	604	f	t	i		0		
    348	poly_out	poly_out	604	0	2275	f	t	i		0		
    350	btint2cmp	btint2cmp	21 21	0	23	f	t	i		0		
    351	btint4cmp	btint4cmp	23 23	0	23	f	t	i		0		
    354	btfloat4cmp	btfloat4cmp	700 700	0	23	f	t	i		0		
    355	btfloat8cmp	btfloat8cmp	701 701	0	23	f	t	i		0		
    356	btoidcmp	btoidcmp	26 26	0	23	f	t	i		0		
    357	dist_bp	dist_bp	603 600	0	701	f	t	i		0		
    358	btcharcmp	btcharcmp	18 18	0	23	f	t	i		0		
    359	btnamecmp	btnamecmp	19 19	0	23	f	t	i		0		
    360	bttextcmp	bttextcmp	25 25	0	23	f	t	i		0		
    361	lseg_distance	lseg_distance	601 601	0	701	f	t	i		0		
    362	lseg_interpt	lseg_interpt	601 601	0	600	f	t	i		0		
    363	dist_ps	dist_ps	600 601	0	701	f	t	i		0		
    364	dist_pb	dist_pb	600 603	0	701	f	t	i		0		
    365	dist_sb	dist_sb	601 603	0	701	f	t	i		0		
    366	close_ps	close_ps	600 601	0	600	f	t	i		0		
    367	close_pb	close_pb	600 603	0	600	f	t	i		0		
    368	close_sb	close_sb	601 603	0	600	f	t	i		0		
    369	on_ps	on_ps	600 601	0	16	f	t	i		0		
    370	path_distance	path_distance	602 602	0	701	f	t	i		0		
    371	dist_ppath	dist_ppath	600 602	0	701	f	t	i		0		
    372	on_sb	on_sb	601 603	0	16	f	t	i		0		
    373	inter_sb	inter_sb	601 603	0	16	f	t	i		0		
    376	string_to_array	text_to_array_null	25 25 25	0	1009	f	f	i		0		
    377	cash_cmp	cash_cmp	790 790	0	23	f	t	i		0		
    378	array_append	array_append	5078 5077	0	5078	f	f	i		0		
    379	array_prepend	array_prepend	5077 5078	0	5078	f	f	i		0		
    380	dist_sp	dist_sp	601 600	0	701	f	t	i		0		
    381	dist_bs	dist_bs	603 601	0	701	f	t	i		0		
    382	btarraycmp	btarraycmp	2277 2277	0	23	f	t	i		0		
    383	array_cat	array_cat	5078 5078	0	5078	f	f	i		0		
    384	array_to_string	array_to_text_null	2277 25 25	0	25	f	f	s		0		
    390	array_ne	array_ne	2277 2277	0	16	f	t	i		0		
    391	array_lt	array_lt	2277 2277	0	16	f	t	i		0		
    392	array_gt	array_gt	2277 2277	0	16	f	t	i		0		
    393	array_le	array_le	2277 2277	0	16	f	t	i		0		
    394	string_to_array	text_to_array	25 25	0	1009	f	f	i		0		
    395	array_to_string	array_to_text	2277 25	0	25	f	t	s		0		
    396	array_ge	array_ge	2277 2277	0	16	f	t	i		0		
    399	hashmacaddr	hashmacaddr	829	0	23	f	t	i		0		
    400	hashtext	hashtext	25	0	23	f	t	i		0		
    401	text	rtrim1	1042	0	25	f	t	i		0		
    404	btoidvectorcmp	btoidvectorcmp	30 30	0	23	f	t	i		0		
    406	text	name_text	19	0	25	f	t	i		0		
    407	name	text_name	25	0	19	f	t	i		0		
    408	bpchar	name_bpchar	19	0	1042	f	t	i		0		
    409	name	bpchar_name	1042	0	19	f	t	i		0		
    421	dist_pathp	dist_pathp	602 600	0	701	f	t	i		0		
    422	hashinet	hashinet	869	0	23	f	t	i		0		
    425	hashint4extended	hashint4extended	23 20	0	20	f	t	i		0		
    432	hash_numeric	hash_numeric	1700	0	23	f	t	i		0		
    436	macaddr_in	macaddr_in	2275	0	829	f	t	i		0		
    437	macaddr_out	macaddr_out	829	0	2275	f	t	i		0		
    438	num_nulls	pg_num_nulls	2276	2276	23	f	f	i		0		
    440	num_nonnulls	pg_num_nonnulls	2276	2276	23	f	f	i		0		
    441	hashint2extended	hashint2extended	21 20	0	20	f	t	i		0		
    442	hashint8extended	hashint8extended	20 20	0	20	f	t	i		0		
    443	hashfloat4extended	hashfloat4extended	700 20	0	20	f	t	i		0		
    444	hashfloat8extended	hashfloat8extended	701 20	0	20	f	t	i		0		
    445	hashoidextended	hashoidextended	26 20	0	20	f	t	i		0		
    446	hashcharextended	hashcharextended	18 20	0	20	f	t	i		0		
    447	hashnameextended	hashnameextended	19 20	0	20	f	t	i		0		
    448	hashtextextended	hashtextextended	25 20	0	20	f	t	i		0		
    449	hashint2	hashint2	21	0	23	f	t	i		0		
    450	hashint4	hashint4	23	0	23	f	t	i		0		
    451	hashfloat4	hashfloat4	700	0	23	f	t	i		0		
    452	hashfloat8	hashfloat8	701	0	23	f	t	i		0		
    453	hashoid	hashoid	26	0	23	f	t	i		0		
    454	hashchar	hashchar	18	0	23	f	t	i		0		
    455	hashname	hashname	19	0	23	f	t	i		0		
    457	hashoidvector	hashoidvector	30	0	23	f	t	i		0		
    458	text_larger	text_larger	25 25	0	25	f	t	i		0		
    459	text_smaller	text_smaller	25 25	0	25	f	t	i		0		
    460	int8in	int8in	2275	0	20	f	t	i		0		
    461	int8out	int8out	20	0	2275	f	t	i		0		
    462	int8um	int8um	20	0	20	f	t	i		0		
    463	int8pl	int8pl	20 20	0	20	f	t	i		0		
    464	int8mi	int8mi	20 20	0	20	f	t	i		0		
    465	int8mul	int8mul	20 20	0	20	f	t	i		0		
    466	int8div	int8div	20 20	0	20	f	t	i		0		
    467	int8eq	int8eq	20 20	0	16	f	t	i		0		
    468	int8ne	int8ne	20 20	0	16	f	t	i		0		
    469	int8lt	int8lt	20 20	0	16	f	t	i		0		
    470	int8gt	int8gt	20 20	0	16	f	t	i		0		
    471	int8le	int8le	20 20	0	16	f	t	i		0		
    472	int8ge	int8ge	20 20	0	16	f	t	i		0		
    474	int84eq	int84eq	20 23	0	16	f	t	i		0		
    475	int84ne	int84ne	20 23	0	16	f	t	i		0		
    476	int84lt	int84lt	20 23	0	16	f	t	i		0		
    477	int84gt	int84gt	20 23	0	16	f	t	i		0		
    478	int84le	int84le	20 23	0	16	f	t	i		0		
    479	int84ge	int84ge	20 23	0	16	f	t	i		0		
    480	int4	int84	20	0	23	f	t	i		0		
    481	int8	int48	23	0	20	f	t	i		0		
    482	float8	i8tod	20	0	701	f	t	i		0		
    483	int8	dtoi8	701	0	20	f	t	i		0		
    515	array_larger	array_larger	2277 2277	0	2277	f	t	i		0		
    516	array_smaller	array_smaller	2277 2277	0	2277	f	t	i		0		
    598	abbrev	inet_abbrev	869	0	25	f	t	i		0		
    599	abbrev	cidr_abbrev	650	0	25	f	t	i		0		
    605	set_masklen	inet_set_masklen	869 23	0	869	f	t	i		0		
    619	oidvectorne	oidvectorne	30 30	0	16	f	t	i		0		
    626	hash_array	hash_array	2277	0	23	f	t	i		0		
    635	set_masklen	cidr_set_masklen	650 23	0	650	f	t	i		0		
    636	pg_indexam_has_property	pg_indexam_has_property	26 25	0	16	f	t	s		0		
    637	pg_index_has_property	pg_index_has_property	2205 25	0	16	f	t	s		0		
    638	pg_index_column_has_property	pg_index_column_has_property	2205 23 25	0	16	f	t	s		0		
    652	float4	i8tof	20	0	700	f	t	i		0		
    653	int8	ftoi8	700	0	20	f	t	i		0		
    655	namelt	namelt	19 19	0	16	f	t	i		0		
    656	namele	namele	19 19	0	16	f	t	i		0		
    657	namegt	namegt	19 19	0	16	f	t	i		0		
    658	namege	namege	19 19	0	16	f	t	i		0		
    659	namene	namene	19 19	0	16	f	t	i		0		
    668	bpchar	bpchar	1042 23 16	0	1042	f	t	i		0		
    669	varchar	varchar	1043 23 16	0	1043	f	t	i		0		
    676	pg_indexam_progress_phasename	pg_indexam_progress_phasename	26 20	0	25	f	t	i		0		
    677	oidvectorlt	oidvectorlt	30 30	0	16	f	t	i		0		
    678	oidvectorle	oidvectorle	30 30	0	16	f	t	i		0		
    679	oidvectoreq	oidvectoreq	30 30	0	16	f	t	i		0		
    680	oidvectorge	oidvectorge	30 30	0	16	f	t	i		0		
    681	oidvectorgt	oidvectorgt	30 30	0	16	f	t	i		0		
    683	network	network_network	869	0	650	f	t	i		0		
    696	netmask	network_netmask	869	0	869	f	t	i		0		
    697	masklen	network_masklen	869	0	23	f	t	i		0		
    698	broadcast	network_broadcast	869	0	869	f	t	i		0		
    699	host	network_host	869	0	25	f	t	i		0		
    702	dist_lp	dist_lp	628 600	0	701	f	t	i		0		
    704	dist_ls	dist_ls	628 601	0	701	f	t	i		0		
    710	getpgusername	current_user		0	19	f	t	s		0		
    711	family	network_family	869	0	23	f	t	i		0		
    714	int2	int82	20	0	21	f	t	i		0		
    715	lo_create	be_lo_create	26	0	26	f	t	v		0		
    716	oidlt	oidlt	26 26	0	16	f	t	i		0		
    717	oidle	oidle	26 26	0	16	f	t	i		0		
    720	octet_length	byteaoctetlen	17	0	23	f	t	i		0		
    721	get_byte	byteaGetByte	17 23	0	23	f	t	i		0		
    722	set_byte	byteaSetByte	17 23 23	0	17	f	t	i		0		
    723	get_bit	byteaGetBit	17 20	0	23	f	t	i		0		
    724	set_bit	byteaSetBit	17 20 23	0	17	f	t	i		0		
    725	dist_pl	dist_pl	600 628	0	701	f	t	i		0		
    727	dist_sl	dist_sl	601 628	0	701	f	t	i		0		
    728	dist_cpoly	dist_cpoly	718 604	0	701	f	t	i		0		
    729	poly_distance	poly_distance	604 604	0	701	f	t	i		0		
    730	text	network_show	869	0	25	f	t	i		0		
    740	text_lt	text_lt	25 25	0	16	f	t	i		0		
    741	text_le	text_le	25 25	0	16	f	t	i		0		
    742	text_gt	text_gt	25 25	0	16	f	t	i		0		
    743	text_ge	text_ge	25 25	0	16	f	t	i		0		
    744	array_eq	array_eq	2277 2277	0	16	f	t	i		0		
    745	current_user	current_user		0	19	f	t	s		0		
    746	session_user	session_user		0	19	f	t	s		0		
    747	array_dims	array_dims	2277	0	25	f	t	i		0		
    748	array_ndims	array_ndims	2277	0	23	f	t	i		0		
    749	overlay	byteaoverlay	17 17 23 23	0	17	f	t	i		0		
    750	array_in	array_in	2275 26 23	0	2277	f	t	s		0		
    751	array_out	array_out	2277	0	2275	f	t	s		0		
    752	overlay	byteaoverlay_no_len	17 17 23	0	17	f	t	i		0		
    753	trunc	macaddr_trunc	829	0	829	f	t	i		0		
    754	int8	int28	21	0	20	f	t	i		0		
    764	lo_import	be_lo_import	25	0	26	f	t	v		0		
    765	lo_export	be_lo_export	26 25	0	23	f	t	v		0		
    766	int4inc	int4inc	23	0	23	f	t	i		0		
    767	lo_import	be_lo_import_with_oid	25 26	0	26	f	t	v		0		
    768	int4larger	int4larger	23 23	0	23	f	t	i		0		
    769	int4smaller	int4smaller	23 23	0	23	f	t	i		0		
    770	int2larger	int2larger	21 21	0	21	f	t	i		0		
    771	int2smaller	int2smaller	21 21	0	21	f	t	i		0		
    776	hashoidvectorextended	hashoidvectorextended	30 20	0	20	f	t	i		0		
    777	hash_aclitem_extended	hash_aclitem_extended	1033 20	0	20	f	t	i		0		
    778	hashmacaddrextended	hashmacaddrextended	829 20	0	20	f	t	i		0		
    779	hashinetextended	hashinetextended	869 20	0	20	f	t	i		0		
    780	hash_numeric_extended	hash_numeric_extended	1700 20	0	20	f	t	i		0		
    781	hashmacaddr8extended	hashmacaddr8extended	774 20	0	20	f	t	i		0		
    782	hash_array_extended	hash_array_extended	2277 20	0	20	f	t	i		0		
    785	dist_polyc	dist_polyc	604 718	0	701	f	t	i		0		
    810	pg_client_encoding	pg_client_encoding		0	19	f	t	s		0		
    817	current_query	current_query		0	25	f	f	v		0		
    830	macaddr_eq	macaddr_eq	829 829	0	16	f	t	i		0		
    831	macaddr_lt	macaddr_lt	829 829	0	16	f	t	i		0		
    832	macaddr_le	macaddr_le	829 829	0	16	f	t	i		0		
    833	macaddr_gt	macaddr_gt	829 829	0	16	f	t	i		0		
    834	macaddr_ge	macaddr_ge	829 829	0	16	f	t	i		0		
    835	macaddr_ne	macaddr_ne	829 829	0	16	f	t	i		0		
    836	macaddr_cmp	macaddr_cmp	829 829	0	23	f	t	i		0		
    837	int82pl	int82pl	20 21	0	20	f	t	i		0		
    838	int82mi	int82mi	20 21	0	20	f	t	i		0		
    839	int82mul	int82mul	20 21	0	20	f	t	i		0		
    840	int82div	int82div	20 21	0	20	f	t	i		0		
    841	int28pl	int28pl	21 20	0	20	f	t	i		0		
    842	btint8cmp	btint8cmp	20 20	0	23	f	t	i		0		
    846	cash_mul_flt4	cash_mul_flt4	790 700	0	790	f	t	i		0		
    847	cash_div_flt4	cash_div_flt4	790 700	0	790	f	t	i		0		
    848	flt4_mul_cash	flt4_mul_cash	700 790	0	790	f	t	i		0		
    849	position	textpos	25 25	0	23	f	t	i		0		
    850	textlike	textlike	25 25	0	16	f	t	i		0		
    851	textnlike	textnlike	25 25	0	16	f	t	i		0		
    852	int48eq	int48eq	23 20	0	16	f	t	i		0		
    853	int48ne	int48ne	23 20	0	16	f	t	i		0		
    854	int48lt	int48lt	23 20	0	16	f	t	i		0		
    855	int48gt	int48gt	23 20	0	16	f	t	i		0		
    856	int48le	int48le	23 20	0	16	f	t	i		0		
    857	int48ge	int48ge	23 20	0	16	f	t	i		0		
    858	namelike	namelike	19 25	0	16	f	t	i		0		
    859	namenlike	namenlike	19 25	0	16	f	t	i		0		
    860	bpchar	char_bpchar	18	0	1042	f	t	i		0		
    861	current_database	current_database		0	19	f	t	s		0		
    862	int4_mul_cash	int4_mul_cash	23 790	0	790	f	t	i		0		
    863	int2_mul_cash	int2_mul_cash	21 790	0	790	f	t	i		0		
    864	cash_mul_int4	cash_mul_int4	790 23	0	790	f	t	i		0		
    865	cash_div_int4	cash_div_int4	790 23	0	790	f	t	i		0		
    866	cash_mul_int2	cash_mul_int2	790 21	0	790	f	t	i		0		
    867	cash_div_int2	cash_div_int2	790 21	0	790	f	t	i		0		
    868	strpos	textpos	25 25	0	23	f	t	i		0		
    870	lower	lower	25	0	25	f	t	i		0		
    871	upper	upper	25	0	25	f	t	i		0		
    872	initcap	initcap	25	0	25	f	t	i		0		
    873	lpad	lpad	25 23 25	0	25	f	t	i		0		
    874	rpad	rpad	25 23 25	0	25	f	t	i		0		
    875	ltrim	ltrim	25 25	0	25	f	t	i		0		
    876	rtrim	rtrim	25 25	0	25	f	t	i		0		
    877	substr	text_substr	25 23 23	0	25	f	t	i		0		
    878	translate	translate	25 25 25	0	25	f	t	i		0		
    879	lpad	lpad$879	25 23	0	25	f	t	i		0		
    880	rpad	rpad$880	25 23	0	25	f	t	i		0		
    881	ltrim	ltrim1	25	0	25	f	t	i		0		
    882	rtrim	rtrim1	25	0	25	f	t	i		0		
    883	substr	text_substr_no_len	25 23	0	25	f	t	i		0		
    884	btrim	btrim	25 25	0	25	f	t	i		0		
    885	btrim	btrim1	25	0	25	f	t	i		0		
    886	cash_in	cash_in	2275	0	790	f	t	s		0		
    887	cash_out	cash_out	790	0	2275	f	t	s		0		
    888	cash_eq	cash_eq	790 790	0	16	f	t	i		0		
    889	cash_ne	cash_ne	790 790	0	16	f	t	i		0		
    890	cash_lt	cash_lt	790 790	0	16	f	t	i		0		
    891	cash_le	cash_le	790 790	0	16	f	t	i		0		
    892	cash_gt	cash_gt	790 790	0	16	f	t	i		0		
    893	cash_ge	cash_ge	790 790	0	16	f	t	i		0		
    894	cash_pl	cash_pl	790 790	0	790	f	t	i		0		
    895	cash_mi	cash_mi	790 790	0	790	f	t	i		0		
    896	cash_mul_flt8	cash_mul_flt8	790 701	0	790	f	t	i		0		
    897	cash_div_flt8	cash_div_flt8	790 701	0	790	f	t	i		0		
    898	cashlarger	cashlarger	790 790	0	790	f	t	i		0		
    899	cashsmaller	cashsmaller	790 790	0	790	f	t	i		0		
    910	inet_in	inet_in	2275	0	869	f	t	i		0		
    911	inet_out	inet_out	869	0	2275	f	t	i		0		
    919	flt8_mul_cash	flt8_mul_cash	701 790	0	790	f	t	i		0		
    920	network_eq	network_eq	869 869	0	16	f	t	i		0		
    921	network_lt	network_lt	869 869	0	16	f	t	i		0		
    922	network_le	network_le	869 869	0	16	f	t	i		0		
    923	network_gt	network_gt	869 869	0	16	f	t	i		0		
    924	network_ge	network_ge	869 869	0	16	f	t	i		0		
    925	network_ne	network_ne	869 869	0	16	f	t	i		0		
    926	network_cmp	network_cmp	869 869	0	23	f	t	i		0		
    927	network_sub	network_sub	869 869	0	16	f	t	i		0		
    928	network_subeq	network_subeq	869 869	0	16	f	t	i		0		
    929	network_sup	network_sup	869 869	0	16	f	t	i		0		
    930	network_supeq	network_supeq	869 869	0	16	f	t	i		0		
    935	cash_words	cash_words	790	0	25	f	t	i		0		
    936	substring	text_substr	25 23 23	0	25	f	t	i		0		
    937	substring	text_substr_no_len	25 23	0	25	f	t	i		0		
    938	generate_series	generate_series_timestamp	1114 1114 1186	0	1114	t	t	i		1000		
    939	generate_series	generate_series_timestamptz	1184 1184 1186	0	1184	t	t	s		1000		
    940	mod	int2mod	21 21	0	21	f	t	i		0		
    941	mod	int4mod	23 23	0	23	f	t	i		0		
    942	int28mi	int28mi	21 20	0	20	f	t	i		0		
    943	int28mul	int28mul	21 20	0	20	f	t	i		0		
    944	char	text_char	25	0	18	f	t	i		0		
    945	int8mod	int8mod	20 20	0	20	f	t	i		0		
    946	text	char_text	18	0	25	f	t	i		0		
    947	mod	int8mod	20 20	0	20	f	t	i		0		
    948	int28div	int28div	21 20	0	20	f	t	i		0		
    949	hashint8	hashint8	20	0	23	f	t	i		0		
    952	lo_open	be_lo_open	26 23	0	23	f	t	v		0		
    953	lo_close	be_lo_close	23	0	23	f	t	v		0		
    954	loread	be_loread	23 23	0	17	f	t	v		0		
    955	lowrite	be_lowrite	23 17	0	23	f	t	v		0		
    956	lo_lseek	be_lo_lseek	23 23 23	0	23	f	t	v		0		
    957	lo_creat	be_lo_creat	23	0	26	f	t	v		0		
    958	lo_tell	be_lo_tell	23	0	23	f	t	v		0		
    959	on_pl	on_pl	600 628	0	16	f	t	i		0		
    960	on_sl	on_sl	601 628	0	16	f	t	i		0		
    961	close_pl	close_pl	600 628	0	600	f	t	i		0		
    964	lo_unlink	be_lo_unlink	26	0	23	f	t	v		0		
    972	hashbpcharextended	hashbpcharextended	1042 20	0	20	f	t	i		0		
    973	path_inter	path_inter	602 602	0	16	f	t	i		0		
    975	area	box_area	603	0	701	f	t	i		0		
    976	width	box_width	603	0	701	f	t	i		0		
    977	height	box_height	603	0	701	f	t	i		0		
    978	box_distance	box_distance	603 603	0	701	f	t	i		0		
    979	area	path_area	602	0	701	f	t	i		0		
    980	box_intersect	box_intersect	603 603	0	603	f	t	i		0		
    981	diagonal	box_diagonal	603	0	601	f	t	i		0		
    982	path_n_lt	path_n_lt	602 602	0	16	f	t	i		0		
    983	path_n_gt	path_n_gt	602 602	0	16	f	t	i		0		
    984	path_n_eq	path_n_eq	602 602	0	16	f	t	i		0		
    985	path_n_le	path_n_le	602 602	0	16	f	t	i		0		
    986	path_n_ge	path_n_ge	602 602	0	16	f	t	i		0		
    987	path_length	path_length	602	0	701	f	t	i		0		
    988	point_ne	point_ne	600 600	0	16	f	t	i		0		
    989	point_vert	point_vert	600 600	0	16	f	t	i		0		
    990	point_horiz	point_horiz	600 600	0	16	f	t	i		0		
    991	point_distance	point_distance	600 600	0	701	f	t	i		0		
    992	slope	point_slope	600 600	0	701	f	t	i		0		
    993	lseg	lseg_construct	600 600	0	601	f	t	i		0		
    994	lseg_intersect	lseg_intersect	601 601	0	16	f	t	i		0		
    995	lseg_parallel	lseg_parallel	601 601	0	16	f	t	i		0		
    996	lseg_perp	lseg_perp	601 601	0	16	f	t	i		0		
    997	lseg_vertical	lseg_vertical	601	0	16	f	t	i		0		
    998	lseg_horizontal	lseg_horizontal	601	0	16	f	t	i		0		
    999	lseg_eq	lseg_eq	601 601	0	16	f	t	i		0		
    1004	lo_truncate	be_lo_truncate	23 23	0	23	f	t	v		0		
    1026	timezone	timestamptz_izone	1186 1184	0	1114	f	t	i		0		
    1031	aclitemin	aclitemin	2275	0	1033	f	t	s		0		
    1032	aclitemout	aclitemout	1033	0	2275	f	t	s		0		
    1035	aclinsert	aclinsert	1034 1033	0	1034	f	t	i		0		
    1036	aclremove	aclremove	1034 1033	0	1034	f	t	i		0		
    1037	aclcontains	aclcontains	1034 1033	0	16	f	t	i		0		
    1039	getdatabaseencoding	getdatabaseencoding		0	19	f	t	s		0		
    1044	bpcharin	bpcharin	2275 26 23	0	1042	f	t	i		0		
    1045	bpcharout	bpcharout	1042	0	2275	f	t	i		0		
    1046	varcharin	varcharin	2275 26 23	0	1043	f	t	i		0		
    1047	varcharout	varcharout	1043	0	2275	f	t	i		0		
    1048	bpchareq	bpchareq	1042 1042	0	16	f	t	i		0		
    1049	bpcharlt	bpcharlt	1042 1042	0	16	f	t	i		0		
    1050	bpcharle	bpcharle	1042 1042	0	16	f	t	i		0		
    1051	bpchargt	bpchargt	1042 1042	0	16	f	t	i		0		
    1052	bpcharge	bpcharge	1042 1042	0	16	f	t	i		0		
    1053	bpcharne	bpcharne	1042 1042	0	16	f	t	i		0		
    1062	aclitemeq	aclitem_eq	1033 1033	0	16	f	t	i		0		
    1063	bpchar_larger	bpchar_larger	1042 1042	0	1042	f	t	i		0		
    1064	bpchar_smaller	bpchar_smaller	1042 1042	0	1042	f	t	i		0		
    1065	pg_prepared_xact	pg_prepared_xact		0	2249	t	t	v		1000		transaction:28,gid:25,prepared:1184,ownerid:26,dbid:26
    1066	generate_series	generate_series_step_int4	23 23 23	0	23	t	t	i		1000		
    1067	generate_series	generate_series_int4	23 23	0	23	t	t	i		1000		
    1068	generate_series	generate_series_step_int8	20 20 20	0	20	t	t	i		1000		
    1069	generate_series	generate_series_int8	20 20	0	20	t	t	i		1000		
    1078	bpcharcmp	bpcharcmp	1042 1042	0	23	f	t	i		0		
    1079	regclass	text_regclass	25	0	2205	f	t	s		0		
    1080	hashbpchar	hashbpchar	1042	0	23	f	t	i		0		
    1081	format_type	format_type	26 23	0	25	f	f	s		0		
    1084	date_in	date_in	2275	0	1082	f	t	s		0		
    1085	date_out	date_out	1082	0	2275	f	t	s		0		
    1086	date_eq	date_eq	1082 1082	0	16	f	t	i		0		
    1087	date_lt	date_lt	1082 1082	0	16	f	t	i		0		
    1088	date_le	date_le	1082 1082	0	16	f	t	i		0		
    1089	date_gt	date_gt	1082 1082	0	16	f	t	i		0		
    1090	date_ge	date_ge	1082 1082	0	16	f	t	i		0		
    1091	date_ne	date_ne	1082 1082	0	16	f	t	i		0		
    1092	date_cmp	date_cmp	1082 1082	0	23	f	t	i		0		
    1102	time_lt	time_lt	1083 1083	0	16	f	t	i		0		
    1103	time_le	time_le	1083 1083	0	16	f	t	i		0		
    1104	time_gt	time_gt	1083 1083	0	16	f	t	i		0		
    1105	time_ge	time_ge	1083 1083	0	16	f	t	i		0		
    1106	time_ne	time_ne	1083 1083	0	16	f	t	i		0		
    1107	time_cmp	time_cmp	1083 1083	0	23	f	t	i		0		
    1136	pg_stat_get_wal	pg_stat_get_wal		0	2249	f	f	s		0		wal_records:20,wal_fpi:20,wal_bytes:1700,wal_buffers_full:20,wal_write:20,wal_sync:20,wal_write_time:701,wal_sync_time:701,stats_reset:1184
    1137	pg_get_wal_replay_pause_state	pg_get_wal_replay_pause_state		0	25	f	t	v		0		
    1138	date_larger	date_larger	1082 1082	0	1082	f	t	i		0		
    1139	date_smaller	date_smaller	1082 1082	0	1082	f	t	i		0		
    1140	date_mi	date_mi	1082 1082	0	23	f	t	i		0		
    1141	date_pli	date_pli	1082 23	0	1082	f	t	i		0		
    1142	date_mii	date_mii	1082 23	0	1082	f	t	i		0		
    1143	time_in	time_in	2275 26 23	0	1083	f	t	s		0		
    1144	time_out	time_out	1083	0	2275	f	t	i		0		
    1145	time_eq	time_eq	1083 1083	0	16	f	t	i		0		
    1146	circle_add_pt	circle_add_pt	718 600	0	718	f	t	i		0		
    1147	circle_sub_pt	circle_sub_pt	718 600	0	718	f	t	i		0		
    1148	circle_mul_pt	circle_mul_pt	718 600	0	718	f	t	i		0		
    1149	circle_div_pt	circle_div_pt	718 600	0	718	f	t	i		0		
    1150	timestamptz_in	timestamptz_in	2275 26 23	0	1184	f	t	s		0		
    1151	timestamptz_out	timestamptz_out	1184	0	2275	f	t	s		0		
    1152	timestamptz_eq	timestamp_eq	1184 1184	0	16	f	t	i		0		
    1153	timestamptz_ne	timestamp_ne	1184 1184	0	16	f	t	i		0		
    1154	timestamptz_lt	timestamp_lt	1184 1184	0	16	f	t	i		0		
    1155	timestamptz_le	timestamp_le	1184 1184	0	16	f	t	i		0		
    1156	timestamptz_ge	timestamp_ge	1184 1184	0	16	f	t	i		0		
    1157	timestamptz_gt	timestamp_gt	1184 1184	0	16	f	t	i		0		
    1158	to_timestamp	float8_timestamptz	701	0	1184	f	t	i		0		
    1159	timezone	timestamptz_zone	25 1184	0	1114	f	t	i		0		
    1160	interval_in	interval_in	2275 26 23	0	1186	f	t	s		0		
    1161	interval_out	interval_out	1186	0	2275	f	t	s		0		
    1162	interval_eq	interval_eq	1186 1186	0	16	f	t	i		0		
    1163	interval_ne	interval_ne	1186 1186	0	16	f	t	i		0		
    1164	interval_lt	interval_lt	1186 1186	0	16	f	t	i		0		
    1165	interval_le	interval_le	1186 1186	0	16	f	t	i		0		
    1166	interval_ge	interval_ge	1186 1186	0	16	f	t	i		0		
    1167	interval_gt	interval_gt	1186 1186	0	16	f	t	i		0		
    1168	interval_um	interval_um	1186	0	1186	f	t	i		0		
    1169	interval_pl	interval_pl	1186 1186	0	1186	f	t	i		0		
    1170	interval_mi	interval_mi	1186 1186	0	1186	f	t	i		0		
    1171	date_part	timestamptz_part	25 1184	0	701	f	t	s		0		
    1172	date_part	interval_part	25 1186	0	701	f	t	i		0		
    1174	timestamptz	date_timestamptz	1082	0	1184	f	t	s		0		
    1175	justify_hours	interval_justify_hours	1186	0	1186	f	t	i		0		
    1176	timestamptz	timestamptz$1176	1082 1083	0	1184	f	t	s		0		
    1177	jsonb_path_exists_tz	jsonb_path_exists_tz	3802 4072 3802 16	0	16	f	t	s	{},false	0	target,path,vars,silent	
    1178	date	timestamptz_date	1184	0	1082	f	t	s		0		
    1179	jsonb_path_query_tz	jsonb_path_query_tz	3802 4072 3802 16	0	3802	t	t	s	{},false	1000	target,path,vars,silent	
    1180	jsonb_path_query_array_tz	jsonb_path_query_array_tz	3802 4072 3802 16	0	3802	f	t	s	{},false	0	target,path,vars,silent	
    1181	age	xid_age	28	0	23	f	t	s		0		
    1188	timestamptz_mi	timestamp_mi	1184 1184	0	1186	f	t	i		0		
    1189	timestamptz_pl_interval	timestamptz_pl_interval	1184 1186	0	1184	f	t	s		0		
    1190	timestamptz_mi_interval	timestamptz_mi_interval	1184 1186	0	1184	f	t	s		0		
    1191	generate_subscripts	generate_subscripts	2277 23 16	0	23	t	t	i		1000		
    1192	generate_subscripts	generate_subscripts_nodir	2277 23	0	23	t	t	i		1000		
    1193	array_fill	array_fill	2283 1007	0	2277	f	f	i		0		
    1194	log10	dlog10	701	0	701	f	t	i		0		
    1195	timestamptz_smaller	timestamp_smaller	1184 1184	0	1184	f	t	i		0		
    1196	timestamptz_larger	timestamp_larger	1184 1184	0	1184	f	t	i		0		
    1197	interval_smaller	interval_smaller	1186 1186	0	1186	f	t	i		0		
    1198	interval_larger	interval_larger	1186 1186	0	1186	f	t	i		0		
    1199	age	timestamptz_age	1184 1184	0	1186	f	t	i		0		
    1200	interval	interval_scale	1186 23	0	1186	f	t	i		0		
    1215	obj_description	obj_description$1215	26 19	0	25	f	t	s		0		
    1216	col_description	col_description$1216	26 23	0	25	f	t	s		0		
    1217	date_trunc	timestamptz_trunc	25 1184	0	1184	f	t	s		0		
    1218	date_trunc	interval_trunc	25 1186	0	1186	f	t	i		0		
    1219	int8inc	int8inc	20	0	20	f	t	i		0		
    1230	int8abs	int8abs	20	0	20	f	t	i		0		
    1236	int8larger	int8larger	20 20	0	20	f	t	i		0		
    1237	int8smaller	int8smaller	20 20	0	20	f	t	i		0		
    1238	texticregexeq	texticregexeq	25 25	0	16	f	t	i		0		
    1239	texticregexne	texticregexne	25 25	0	16	f	t	i		0		
    1240	nameicregexeq	nameicregexeq	19 25	0	16	f	t	i		0		
    1241	nameicregexne	nameicregexne	19 25	0	16	f	t	i		0		
    1242	boolin	boolin	2275	0	16	f	t	i		0		
    1243	boolout	boolout	16	0	2275	f	t	i		0		
    1244	byteain	byteain	2275	0	17	f	t	i		0		
    1245	charin	charin	2275	0	18	f	t	i		0		
    1246	charlt	charlt	18 18	0	16	f	t	i		0		
    1251	int4abs	int4abs	23	0	23	f	t	i		0		
    1252	nameregexne	nameregexne	19 25	0	16	f	t	i		0		
    1253	int2abs	int2abs	21	0	21	f	t	i		0		
    1254	textregexeq	textregexeq	25 25	0	16	f	t	i		0		
    1256	textregexne	textregexne	25 25	0	16	f	t	i		0		
    1257	textlen	textlen	25	0	23	f	t	i		0		
    1258	textcat	textcat	25 25	0	25	f	t	i		0		
    1264	pg_char_to_encoding	PG_char_to_encoding	19	0	23	f	t	s		0		
    1265	tidne	tidne	27 27	0	16	f	t	i		0		
    1267	cidr_in	cidr_in	2275	0	650	f	t	i		0		
    1268	parse_ident	parse_ident	25 16	0	1009	f	t	i	true	0	str,strict	
    1269	pg_column_size	pg_column_size	2276	0	23	f	t	s		0		
    1271	overlaps	overlaps_timetz	1266 1266 1266 1266	0	16	f	f	i		0		
    1272	datetime_pl	datetime_timestamp	1082 1083	0	1114	f	t	i		0		
    1273	date_part	timetz_part	25 1266	0	701	f	t	i		0		
    1274	int84pl	int84pl	20 23	0	20	f	t	i		0		
    1275	int84mi	int84mi	20 23	0	20	f	t	i		0		
    1276	int84mul	int84mul	20 23	0	20	f	t	i		0		
    1277	int84div	int84div	20 23	0	20	f	t	i		0		
    1278	int48pl	int48pl	23 20	0	20	f	t	i		0		
    1279	int48mi	int48mi	23 20	0	20	f	t	i		0		
    1280	int48mul	int48mul	23 20	0	20	f	t	i		0		
    1281	int48div	int48div	23 20	0	20	f	t	i		0		
    1282	quote_ident	quote_ident	25	0	25	f	t	i		0		
    1283	quote_literal	quote_literal	25	0	25	f	t	i		0		
    1284	date_trunc	timestamptz_trunc_zone	25 1184 25	0	1184	f	t	s		0		
    1285	quote_literal	quote_literal$1285	2283	0	25	f	t	s		0		
    1286	array_fill	array_fill_with_lower_bounds	2283 1007 1007	0	2277	f	f	i		0		
    1287	oid	i8tooid	20	0	26	f	t	i		0		
    1288	int8	oidtoi8	26	0	20	f	t	i		0		
    1289	quote_nullable	quote_nullable	25	0	25	f	f	i		0		
    1290	quote_nullable	quote_nullable$1290	2283	0	25	f	f	s		0		
    1292	tideq	tideq	27 27	0	16	f	t	i		0		
    1293	unnest	multirange_unnest	4537	0	3831	t	t	i		100		
    1294	currtid2	currtid_byrelname	25 27	0	27	f	t	v		0		
    1295	justify_days	interval_justify_days	1186	0	1186	f	t	i		0		
    1296	timedate_pl	timedate_pl$1296	1083 1082	0	1114	f	t	i		0		
    1297	datetimetz_pl	datetimetz_timestamptz	1082 1266	0	1184	f	t	i		0		
    1298	timetzdate_pl	timetzdate_pl$1298	1266 1082	0	1184	f	t	i		0		
    1299	now	now		0	1184	f	t	s		0		
    1304	overlaps	overlaps_timestamp	1184 1184 1184 1184	0	16	f	f	i		0		
    1305	overlaps	overlaps$1305	1184 1186 1184 1186	0	16	f	f	s		0		
    1306	overlaps	overlaps$1306	1184 1184 1184 1186	0	16	f	f	s		0		
    1307	overlaps	overlaps$1307	1184 1186 1184 1184	0	16	f	f	s		0		
    1308	overlaps	overlaps_time	1083 1083 1083 1083	0	16	f	f	i		0		
    1309	overlaps	overlaps$1309	1083 1186 1083 1186	0	16	f	f	i		0		
    1310	overlaps	overlaps$1310	1083 1083 1083 1186	0	16	f	f	i		0		
    1311	overlaps	overlaps$1311	1083 1186 1083 1083	0	16	f	f	i		0		
    1312	timestamp_in	timestamp_in	2275 26 23	0	1114	f	t	s		0		
    1313	timestamp_out	timestamp_out	1114	0	2275	f	t	s		0		
    1314	timestamptz_cmp	timestamp_cmp	1184 1184	0	23	f	t	i		0		
    1315	interval_cmp	interval_cmp	1186 1186	0	23	f	t	i		0		
    1316	time	timestamp_time	1114	0	1083	f	t	i		0		
    1317	length	textlen	25	0	23	f	t	i		0		
    1318	length	bpcharlen	1042	0	23	f	t	i		0		
    1319	xideqint4	xideq	28 23	0	16	f	t	i		0		
    1326	interval_div	interval_div	1186 701	0	1186	f	t	i		0		
    1339	dlog10	dlog10	701	0	701	f	t	i		0		
    1340	log	dlog10	701	0	701	f	t	i		0		
    1341	ln	dlog1	701	0	701	f	t	i		0		
    1342	round	dround	701	0	701	f	t	i		0		
    1343	trunc	dtrunc	701	0	701	f	t	i		0		
    1344	sqrt	dsqrt	701	0	701	f	t	i		0		
    1345	cbrt	dcbrt	701	0	701	f	t	i		0		
    1346	pow	dpow	701 701	0	701	f	t	i		0		
    1347	exp	dexp	701	0	701	f	t	i		0		
    1348	obj_description	obj_description$1348	26	0	25	f	t	s		0		
    1349	oidvectortypes	oidvectortypes	30	0	25	f	t	s		0		
    1350	timetz_in	timetz_in	2275 26 23	0	1266	f	t	s		0		
    1351	timetz_out	timetz_out	1266	0	2275	f	t	i		0		
    1352	timetz_eq	timetz_eq	1266 1266	0	16	f	t	i		0		
    1353	timetz_ne	timetz_ne	1266 1266	0	16	f	t	i		0		
    1354	timetz_lt	timetz_lt	1266 1266	0	16	f	t	i		0		
    1355	timetz_le	timetz_le	1266 1266	0	16	f	t	i		0		
    1356	timetz_ge	timetz_ge	1266 1266	0	16	f	t	i		0		
    1357	timetz_gt	timetz_gt	1266 1266	0	16	f	t	i		0		
    1358	timetz_cmp	timetz_cmp	1266 1266	0	23	f	t	i		0		
    1359	timestamptz	datetimetz_timestamptz	1082 1266	0	1184	f	t	i		0		
    1362	hostmask	network_hostmask	869	0	869	f	t	i		0		
    1365	makeaclitem	makeaclitem	26 26 25 16	0	1033	f	t	i		0		
    1367	character_length	bpcharlen	1042	0	23	f	t	i		0		
    1368	power	dpow	701 701	0	701	f	t	i		0		
    1369	character_length	textlen	25	0	23	f	t	i		0		
    1370	interval	time_interval	1083	0	1186	f	t	i		0		
    1371	pg_lock_status	pg_lock_status		0	2249	t	t	v		1000		locktype:25,database:26,relation:26,page:23,tuple:21,virtualxid:25,transactionid:28,classid:26,objid:26,objsubid:21,virtualtransaction:25,pid:23,mode:25,granted:16,fastpath:16,waitstart:1184
    1372	char_length	bpcharlen	1042	0	23	f	t	i		0		
    1373	isfinite	date_finite	1082	0	16	f	t	i		0		
    1374	octet_length	textoctetlen	25	0	23	f	t	i		0		
    1375	octet_length	bpcharoctetlen	1042	0	23	f	t	i		0		
    1376	factorial	numeric_fac	20	0	1700	f	t	i		0		
    1377	time_larger	time_larger	1083 1083	0	1083	f	t	i		0		
    1378	time_smaller	time_smaller	1083 1083	0	1083	f	t	i		0		
    1379	timetz_larger	timetz_larger	1266 1266	0	1266	f	t	i		0		
    1380	timetz_smaller	timetz_smaller	1266 1266	0	1266	f	t	i		0		
    1381	char_length	textlen	25	0	23	f	t	i		0		
    1384	date_part	date_part$1384	25 1082	0	701	f	t	i		0		
    1385	date_part	time_part	25 1083	0	701	f	t	i		0		
    1386	age	age$1386	1184	0	1186	f	t	s		0		
    1387	pg_get_constraintdef	pg_get_constraintdef	26	0	25	f	t	s		0		
    1388	timetz	timestamptz_timetz	1184	0	1266	f	t	s		0		
    1389	isfinite	timestamp_finite	1184	0	16	f	t	i		0		
    1390	isfinite	interval_finite	1186	0	16	f	t	i		0		
    1391	pg_stat_get_backend_start	pg_stat_get_backend_start	23	0	1184	f	t	s		0		
    1392	pg_stat_get_backend_client_addr	pg_stat_get_backend_client_addr	23	0	869	f	t	s		0		
    1393	pg_stat_get_backend_client_port	pg_stat_get_backend_client_port	23	0	23	f	t	s		0		
    1394	abs	float4abs	700	0	700	f	t	i		0		
    1395	abs	float8abs	701	0	701	f	t	i		0		
    1396	abs	int8abs	20	0	20	f	t	i		0		
    1397	abs	int4abs	23	0	23	f	t	i		0		
    1398	abs	int2abs	21	0	21	f	t	i		0		
    1400	name	text_name	1043	0	19	f	t	i		0		
    1401	varchar	name_text	19	0	1043	f	t	i		0		
    1402	current_schema	current_schema		0	19	f	t	s		0		
    1403	current_schemas	current_schemas	16	0	1003	f	t	s		0		
    1404	overlay	textoverlay	25 25 23 23	0	25	f	t	i		0		
    1405	overlay	textoverlay_no_len	25 25 23	0	25	f	t	i		0		
    1406	isvertical	point_vert	600 600	0	16	f	t	i		0		
    1407	ishorizontal	point_horiz	600 600	0	16	f	t	i		0		
    1408	isparallel	lseg_parallel	601 601	0	16	f	t	i		0		
    1409	isperp	lseg_perp	601 601	0	16	f	t	i		0		
    1410	isvertical	lseg_vertical	601	0	16	f	t	i		0		
    1411	ishorizontal	lseg_horizontal	601	0	16	f	t	i		0		
    1412	isparallel	line_parallel	628 628	0	16	f	t	i		0		
    1413	isperp	line_perp	628 628	0	16	f	t	i		0		
    1414	isvertical	line_vertical	628	0	16	f	t	i		0		
    1415	ishorizontal	line_horizontal	628	0	16	f	t	i		0		
    1416	point	circle_center	718	0	600	f	t	i		0		
    1419	time	interval_time	1186	0	1083	f	t	i		0		
    1421	box	points_box	600 600	0	603	f	t	i		0		
    1422	box_add	box_add	603 600	0	603	f	t	i		0		
    1423	box_sub	box_sub	603 600	0	603	f	t	i		0		
    1424	box_mul	box_mul	603 600	0	603	f	t	i		0		
    1425	box_div	box_div	603 600	0	603	f	t	i		0		
    1426	path_contain_pt	path_contain_pt$1426	602 600	0	16	f	t	i		0		
    1427	cidr_out	cidr_out	650	0	2275	f	t	i		0		
    1428	poly_contain_pt	poly_contain_pt	604 600	0	16	f	t	i		0		
    1429	pt_contained_poly	pt_contained_poly	600 604	0	16	f	t	i		0		
    1430	isclosed	path_isclosed	602	0	16	f	t	i		0		
    1431	isopen	path_isopen	602	0	16	f	t	i		0		
    1432	path_npoints	path_npoints	602	0	23	f	t	i		0		
    1433	pclose	path_close	602	0	602	f	t	i		0		
    1434	popen	path_open	602	0	602	f	t	i		0		
    1435	path_add	path_add	602 602	0	602	f	t	i		0		
    1436	path_add_pt	path_add_pt	602 600	0	602	f	t	i		0		
    1437	path_sub_pt	path_sub_pt	602 600	0	602	f	t	i		0		
    1438	path_mul_pt	path_mul_pt	602 600	0	602	f	t	i		0		
    1439	path_div_pt	path_div_pt	602 600	0	602	f	t	i		0		
    1440	point	construct_point	701 701	0	600	f	t	i		0		
    1441	point_add	point_add	600 600	0	600	f	t	i		0		
    1442	point_sub	point_sub	600 600	0	600	f	t	i		0		
    1443	point_mul	point_mul	600 600	0	600	f	t	i		0		
    1444	point_div	point_div	600 600	0	600	f	t	i		0		
    1445	poly_npoints	poly_npoints	604	0	23	f	t	i		0		
    1446	box	poly_box	604	0	603	f	t	i		0		
    1447	path	poly_path	604	0	602	f	t	i		0		
    1448	polygon	box_poly	603	0	604	f	t	i		0		
    1449	polygon	path_poly	602	0	604	f	t	i		0		
    1450	circle_in	circle_in	2275	0	718	f	t	i		0		
    1451	circle_out	circle_out	718	0	2275	f	t	i		0		
    1452	circle_same	circle_same	718 718	0	16	f	t	i		0		
    1453	circle_contain	circle_contain	718 718	0	16	f	t	i		0		
    1454	circle_left	circle_left	718 718	0	16	f	t	i		0		
    1455	circle_overleft	circle_overleft	718 718	0	16	f	t	i		0		
    1456	circle_overright	circle_overright	718 718	0	16	f	t	i		0		
    1457	circle_right	circle_right	718 718	0	16	f	t	i		0		
    1458	circle_contained	circle_contained	718 718	0	16	f	t	i		0		
    1459	circle_overlap	circle_overlap	718 718	0	16	f	t	i		0		
    1460	circle_below	circle_below	718 718	0	16	f	t	i		0		
    1461	circle_above	circle_above	718 718	0	16	f	t	i		0		
    1462	circle_eq	circle_eq	718 718	0	16	f	t	i		0		
    1463	circle_ne	circle_ne	718 718	0	16	f	t	i		0		
    1464	circle_lt	circle_lt	718 718	0	16	f	t	i		0		
    1465	circle_gt	circle_gt	718 718	0	16	f	t	i		0		
    1466	circle_le	circle_le	718 718	0	16	f	t	i		0		
    1467	circle_ge	circle_ge	718 718	0	16	f	t	i		0		
    1468	area	circle_area	718	0	701	f	t	i		0		
    1469	diameter	circle_diameter	718	0	701	f	t	i		0		
    1470	radius	circle_radius	718	0	701	f	t	i		0		
    1471	circle_distance	circle_distance	718 718	0	701	f	t	i		0		
    1472	circle_center	circle_center	718	0	600	f	t	i		0		
    1473	circle	cr_circle	600 701	0	718	f	t	i		0		
    1474	circle	poly_circle	604	0	718	f	t	i		0		
    1475	polygon	circle_poly	23 718	0	604	f	t	i		0		
    1476	dist_pc	dist_pc	600 718	0	701	f	t	i		0		
    1477	circle_contain_pt	circle_contain_pt	718 600	0	16	f	t	i		0		
    1478	pt_contained_circle	pt_contained_circle	600 718	0	16	f	t	i		0		
    1479	circle	box_circle	603	0	718	f	t	i		0		
    1480	box	circle_box	718	0	603	f	t	i		0		
    1481	log10	log10$1481	1700	0	1700	f	t	i		0		
    1482	lseg_ne	lseg_ne	601 601	0	16	f	t	i		0		
    1483	lseg_lt	lseg_lt	601 601	0	16	f	t	i		0		
    1484	lseg_le	lseg_le	601 601	0	16	f	t	i		0		
    1485	lseg_gt	lseg_gt	601 601	0	16	f	t	i		0		
    1486	lseg_ge	lseg_ge	601 601	0	16	f	t	i		0		
    1487	lseg_length	lseg_length	601	0	701	f	t	i		0		
    1488	close_ls	close_ls	628 601	0	600	f	t	i		0		
    1489	close_lseg	close_lseg	601 601	0	600	f	t	i		0		
    1490	line_in	line_in	2275	0	628	f	t	i		0		
    1491	line_out	line_out	628	0	2275	f	t	i		0		
    1492	line_eq	line_eq	628 628	0	16	f	t	i		0		
    1493	line	line_construct_pp	600 600	0	628	f	t	i		0		
    1494	line_interpt	line_interpt	628 628	0	600	f	t	i		0		
    1495	line_intersect	line_intersect	628 628	0	16	f	t	i		0		
    1496	line_parallel	line_parallel	628 628	0	16	f	t	i		0		
    1497	line_perp	line_perp	628 628	0	16	f	t	i		0		
    1498	line_vertical	line_vertical	628	0	16	f	t	i		0		
    1499	line_horizontal	line_horizontal	628	0	16	f	t	i		0		
    1530	length	lseg_length	601	0	701	f	t	i		0		
    1531	length	path_length	602	0	701	f	t	i		0		
    1532	point	lseg_center	601	0	600	f	t	i		0		
    1534	point	box_center	603	0	600	f	t	i		0		
    1540	point	poly_center	604	0	600	f	t	i		0		
    1541	lseg	box_diagonal	603	0	601	f	t	i		0		
    1542	center	box_center	603	0	600	f	t	i		0		
    1543	center	circle_center	718	0	600	f	t	i		0		
    1544	polygon	polygon$1544	718	0	604	f	t	i		0		
    1545	npoints	path_npoints	602	0	23	f	t	i		0		
    1556	npoints	poly_npoints	604	0	23	f	t	i		0		
    1564	bit_in	bit_in	2275 26 23	0	1560	f	t	i		0		
    1565	bit_out	bit_out	1560	0	2275	f	t	i		0		
    1569	like	textlike	25 25	0	16	f	t	i		0		
    1570	notlike	textnlike	25 25	0	16	f	t	i		0		
    1571	like	namelike	19 25	0	16	f	t	i		0		
    1572	notlike	namenlike	19 25	0	16	f	t	i		0		
    1573	pg_get_ruledef	pg_get_ruledef	26	0	25	f	t	s		0		
    1574	nextval	nextval_oid	2205	0	20	f	t	v		0		
    1575	currval	currval_oid	2205	0	20	f	t	v		0		
    1576	setval	setval_oid	2205 20	0	20	f	t	v		0		
    1579	varbit_in	varbit_in	2275 26 23	0	1562	f	t	i		0		
    1580	varbit_out	varbit_out	1562	0	2275	f	t	i		0		
    1581	biteq	biteq	1560 1560	0	16	f	t	i		0		
    1582	bitne	bitne	1560 1560	0	16	f	t	i		0		
    1592	bitge	bitge	1560 1560	0	16	f	t	i		0		
    1593	bitgt	bitgt	1560 1560	0	16	f	t	i		0		
    1594	bitle	bitle	1560 1560	0	16	f	t	i		0		
    1595	bitlt	bitlt	1560 1560	0	16	f	t	i		0		
    1596	bitcmp	bitcmp	1560 1560	0	23	f	t	i		0		
    1597	pg_encoding_to_char	PG_encoding_to_char	23	0	19	f	t	s		0		
    1598	random	drandom		0	701	f	t	v		0		
    1599	setseed	setseed	701	0	2278	f	t	v		0		
    1600	asin	dasin	701	0	701	f	t	i		0		
    1601	acos	dacos	701	0	701	f	t	i		0		
    1602	atan	datan	701	0	701	f	t	i		0		
    1603	atan2	datan2	701 701	0	701	f	t	i		0		
    1604	sin	dsin	701	0	701	f	t	i		0		
    1605	cos	dcos	701	0	701	f	t	i		0		
    1606	tan	dtan	701	0	701	f	t	i		0		
    1607	cot	dcot	701	0	701	f	t	i		0		
    1608	degrees	degrees	701	0	701	f	t	i		0		
    1609	radians	radians	701	0	701	f	t	i		0		
    1610	pi	dpi		0	701	f	t	i		0		
    1618	interval_mul	interval_mul	1186 701	0	1186	f	t	i		0		
    1619	pg_typeof	pg_typeof	2276	0	2206	f	f	s		0		
    1620	ascii	ascii	25	0	23	f	t	i		0		
    1621	chr	chr	23	0	25	f	t	i		0		
    1622	repeat	repeat	25 23	0	25	f	t	i		0		
    1623	similar_escape	similar_escape	25 25	0	25	f	f	i		0		
    1624	mul_d_interval	mul_d_interval	701 1186	0	1186	f	t	i		0		
    1631	bpcharlike	textlike	1042 25	0	16	f	t	i		0		
    1632	bpcharnlike	textnlike	1042 25	0	16	f	t	i		0		
    1633	texticlike	texticlike	25 25	0	16	f	t	i		0		
    1634	texticnlike	texticnlike	25 25	0	16	f	t	i		0		
    1635	nameiclike	nameiclike	19 25	0	16	f	t	i		0		
    1636	nameicnlike	nameicnlike	19 25	0	16	f	t	i		0		
    1637	like_escape	like_escape	25 25	0	25	f	t	i		0		
    1638	oidgt	oidgt	26 26	0	16	f	t	i		0		
    1639	oidge	oidge	26 26	0	16	f	t	i		0		
    1640	pg_get_viewdef	pg_get_viewdef_name	25	0	25	f	t	s		0		
    1641	pg_get_viewdef	pg_get_viewdef	26	0	25	f	t	s		0		
    1642	pg_get_userbyid	pg_get_userbyid	26	0	19	f	t	s		0		
    1643	pg_get_indexdef	pg_get_indexdef	26	0	25	f	t	s		0		
    1656	bpcharicregexeq	texticregexeq	1042 25	0	16	f	t	i		0		
    1657	bpcharicregexne	texticregexne	1042 25	0	16	f	t	i		0		
    1658	bpcharregexeq	textregexeq	1042 25	0	16	f	t	i		0		
    1659	bpcharregexne	textregexne	1042 25	0	16	f	t	i		0		
    1660	bpchariclike	texticlike	1042 25	0	16	f	t	i		0		
    1661	bpcharicnlike	texticnlike	1042 25	0	16	f	t	i		0		
    1662	pg_get_triggerdef	pg_get_triggerdef	26	0	25	f	t	s		0		
    1665	pg_get_serial_sequence	pg_get_serial_sequence	25 25	0	25	f	t	s		0		
    1666	varbiteq	biteq	1562 1562	0	16	f	t	i		0		
    1667	varbitne	bitne	1562 1562	0	16	f	t	i		0		
    1668	varbitge	bitge	1562 1562	0	16	f	t	i		0		
    1669	varbitgt	bitgt	1562 1562	0	16	f	t	i		0		
    1670	varbitle	bitle	1562 1562	0	16	f	t	i		0		
    1671	varbitlt	bitlt	1562 1562	0	16	f	t	i		0		
    1672	varbitcmp	bitcmp	1562 1562	0	23	f	t	i		0		
    1673	bitand	bit_and	1560 1560	0	1560	f	t	i		0		
    1674	bitor	bit_or	1560 1560	0	1560	f	t	i		0		
    1675	bitxor	bitxor	1560 1560	0	1560	f	t	i		0		
    1676	bitnot	bitnot	1560	0	1560	f	t	i		0		
    1677	bitshiftleft	bitshiftleft	1560 23	0	1560	f	t	i		0		
    1678	bitshiftright	bitshiftright	1560 23	0	1560	f	t	i		0		
    1679	bitcat	bitcat	1562 1562	0	1562	f	t	i		0		
    1680	substring	bitsubstr	1560 23 23	0	1560	f	t	i		0		
    1681	length	bitlength	1560	0	23	f	t	i		0		
    1682	octet_length	bitoctetlength	1560	0	23	f	t	i		0		
    1683	bit	bitfromint4	23 23	0	1560	f	t	i		0		
    1684	int4	bittoint4	1560	0	23	f	t	i		0		
    1685	bit	bit	1560 23 16	0	1560	f	t	i		0		
    1686	pg_get_keywords	pg_get_keywords		0	2249	t	t	s		500		word:25,catcode:18,barelabel:16,catdesc:25,baredesc:25
    1687	varbit	varbit	1562 23 16	0	1562	f	t	i		0		
    1688	time_hash	time_hash	1083	0	23	f	t	i		0		
    1689	aclexplode	aclexplode	1034	0	2249	t	t	s		10	acl	grantor:26,grantee:26,privilege_type:25,is_grantable:16
    1690	time_mi_time	time_mi_time	1083 1083	0	1186	f	t	i		0		
    1691	boolle	boolle	16 16	0	16	f	t	i		0		
    1692	boolge	boolge	16 16	0	16	f	t	i		0		
    1693	btboolcmp	btboolcmp	16 16	0	23	f	t	i		0		
    1696	timetz_hash	timetz_hash	1266	0	23	f	t	i		0		
    1697	interval_hash	interval_hash	1186	0	23	f	t	i		0		
    1698	position	bitposition	1560 1560	0	23	f	t	i		0		
    1699	substring	bitsubstr_no_len	1560 23	0	1560	f	t	i		0		
    1701	numeric_in	numeric_in	2275 26 23	0	1700	f	t	i		0		
    1702	numeric_out	numeric_out	1700	0	2275	f	t	i		0		
    1703	numeric	numeric	1700 23	0	1700	f	t	i		0		
    1704	numeric_abs	numeric_abs	1700	0	1700	f	t	i		0		
    1705	abs	numeric_abs	1700	0	1700	f	t	i		0		
    1706	sign	numeric_sign	1700	0	1700	f	t	i		0		
    1707	round	numeric_round	1700 23	0	1700	f	t	i		0		
    1708	round	round$1708	1700	0	1700	f	t	i		0		
    1709	trunc	numeric_trunc	1700 23	0	1700	f	t	i		0		
    1710	trunc	trunc$1710	1700	0	1700	f	t	i		0		
    1711	ceil	numeric_ceil	1700	0	1700	f	t	i		0		
    1712	floor	numeric_floor	1700	0	1700	f	t	i		0		
    1713	length	length_in_encoding	17 19	0	23	f	t	s		0		
    1714	convert_from	pg_convert_from	17 19	0	25	f	t	s		0		
    1715	cidr	inet_to_cidr	869	0	650	f	t	i		0		
    1716	pg_get_expr	pg_get_expr	194 26	0	25	f	t	s		0		
    1717	convert_to	pg_convert_to	25 19	0	17	f	t	s		0		
    1718	numeric_eq	numeric_eq	1700 1700	0	16	f	t	i		0		
    1719	numeric_ne	numeric_ne	1700 1700	0	16	f	t	i		0		
    1720	numeric_gt	numeric_gt	1700 1700	0	16	f	t	i		0		
    1721	numeric_ge	numeric_ge	1700 1700	0	16	f	t	i		0		
    1722	numeric_lt	numeric_lt	1700 1700	0	16	f	t	i		0		
    1723	numeric_le	numeric_le	1700 1700	0	16	f	t	i		0		
    1724	numeric_add	numeric_add	1700 1700	0	1700	f	t	i		0		
    1725	numeric_sub	numeric_sub	1700 1700	0	1700	f	t	i		0		
    1726	numeric_mul	numeric_mul	1700 1700	0	1700	f	t	i		0		
    1727	numeric_div	numeric_div	1700 1700	0	1700	f	t	i		0		
    1728	mod	numeric_mod	1700 1700	0	1700	f	t	i		0		
    1729	numeric_mod	numeric_mod	1700 1700	0	1700	f	t	i		0		
    1730	sqrt	numeric_sqrt	1700	0	1700	f	t	i		0		
    1731	numeric_sqrt	numeric_sqrt	1700	0	1700	f	t	i		0		
    1732	exp	numeric_exp	1700	0	1700	f	t	i		0		
    1733	numeric_exp	numeric_exp	1700	0	1700	f	t	i		0		
    1734	ln	numeric_ln	1700	0	1700	f	t	i		0		
    1735	numeric_ln	numeric_ln	1700	0	1700	f	t	i		0		
    1736	log	numeric_log	1700 1700	0	1700	f	t	i		0		
    1737	numeric_log	numeric_log	1700 1700	0	1700	f	t	i		0		
    1738	pow	numeric_power	1700 1700	0	1700	f	t	i		0		
    1739	numeric_power	numeric_power	1700 1700	0	1700	f	t	i		0		
    1740	numeric	int4_numeric	23	0	1700	f	t	i		0		
    1741	log	log$1741	1700	0	1700	f	t	i		0		
    1742	numeric	float4_numeric	700	0	1700	f	t	i		0		
    1743	numeric	float8_numeric	701	0	1700	f	t	i		0		
    1744	int4	numeric_int4	1700	0	23	f	t	i		0		
    1745	float4	numeric_float4	1700	0	700	f	t	i		0		
    1746	float8	numeric_float8	1700	0	701	f	t	i		0		
    1747	time_pl_interval	time_pl_interval	1083 1186	0	1083	f	t	i		0		
    1748	time_mi_interval	time_mi_interval	1083 1186	0	1083	f	t	i		0		
    1749	timetz_pl_interval	timetz_pl_interval	1266 1186	0	1266	f	t	i		0		
    1750	timetz_mi_interval	timetz_mi_interval	1266 1186	0	1266	f	t	i		0		
    1764	numeric_inc	numeric_inc	1700	0	1700	f	t	i		0		
    1765	setval	setval3_oid	2205 20 16	0	20	f	t	v		0		
    1766	numeric_smaller	numeric_smaller	1700 1700	0	1700	f	t	i		0		
    1767	numeric_larger	numeric_larger	1700 1700	0	1700	f	t	i		0		
    1768	to_char	interval_to_char	1186 25	0	25	f	t	s		0		
    1769	numeric_cmp	numeric_cmp	1700 1700	0	23	f	t	i		0		
    1770	to_char	timestamptz_to_char	1184 25	0	25	f	t	s		0		
    1771	numeric_uminus	numeric_uminus	1700	0	1700	f	t	i		0		
    1772	to_char	numeric_to_char	1700 25	0	25	f	t	s		0		
    1773	to_char	int4_to_char	23 25	0	25	f	t	s		0		
    1774	to_char	int8_to_char	20 25	0	25	f	t	s		0		
    1775	to_char	float4_to_char	700 25	0	25	f	t	s		0		
    1776	to_char	float8_to_char	701 25	0	25	f	t	s		0		
    1777	to_number	numeric_to_number	25 25	0	1700	f	t	s		0		
    1778	to_timestamp	to_timestamp	25 25	0	1184	f	t	s		0		
    1779	int8	numeric_int8	1700	0	20	f	t	i		0		
    1780	to_date	to_date	25 25	0	1082	f	t	s		0		
    1781	numeric	int8_numeric	20	0	1700	f	t	i		0		
    1782	numeric	int2_numeric	21	0	1700	f	t	i		0		
    1783	int2	numeric_int2	1700	0	21	f	t	i		0		
    1798	oidin	oidin	2275	0	26	f	t	i		0		
    1799	oidout	oidout	26	0	2275	f	t	i		0		
    1810	bit_length	bit_length$1810	17	0	23	f	t	i		0		
    1811	bit_length	bit_length$1811	25	0	23	f	t	i		0		
    1812	bit_length	bit_length$1812	1560	0	23	f	t	i		0		
    1813	convert	pg_convert	17 19 19	0	17	f	t	s		0		
    1830	float8_avg	float8_avg	1022	0	701	f	t	i		0		
    1831	float8_var_samp	float8_var_samp	1022	0	701	f	t	i		0		
    1832	float8_stddev_samp	float8_stddev_samp	1022	0	701	f	t	i		0		
    1840	int2_sum	int2_sum	20 21	0	20	f	f	i		0		
    1841	int4_sum	int4_sum	20 23	0	20	f	f	i		0		
    1842	int8_sum	int8_sum	1700 20	0	1700	f	f	i		0		
    1843	interval_accum	interval_accum	1187 1186	0	1187	f	t	i		0		
    1844	interval_avg	interval_avg	1187	0	1186	f	t	i		0		
    1845	to_ascii	to_ascii_default	25	0	25	f	t	i		0		
    1846	to_ascii	to_ascii_enc	25 23	0	25	f	t	i		0		
    1847	to_ascii	to_ascii_encname	25 19	0	25	f	t	i		0		
    1848	interval_pl_time	interval_pl_time$1848	1186 1083	0	1083	f	t	i		0		
    1850	int28eq	int28eq	21 20	0	16	f	t	i		0		
    1851	int28ne	int28ne	21 20	0	16	f	t	i		0		
    1852	int28lt	int28lt	21 20	0	16	f	t	i		0		
    1853	int28gt	int28gt	21 20	0	16	f	t	i		0		
    1854	int28le	int28le	21 20	0	16	f	t	i		0		
    1855	int28ge	int28ge	21 20	0	16	f	t	i		0		
    1856	int82eq	int82eq	20 21	0	16	f	t	i		0		
    1857	int82ne	int82ne	20 21	0	16	f	t	i		0		
    1858	int82lt	int82lt	20 21	0	16	f	t	i		0		
    1859	int82gt	int82gt	20 21	0	16	f	t	i		0		
    1860	int82le	int82le	20 21	0	16	f	t	i		0		
    1861	int82ge	int82ge	20 21	0	16	f	t	i		0		
    1892	int2and	int2and	21 21	0	21	f	t	i		0		
    1893	int2or	int2or	21 21	0	21	f	t	i		0		
    1894	int2xor	int2xor	21 21	0	21	f	t	i		0		
    1895	int2not	int2not	21	0	21	f	t	i		0		
    1896	int2shl	int2shl	21 23	0	21	f	t	i		0		
    1897	int2shr	int2shr	21 23	0	21	f	t	i		0		
    1898	int4and	int4and	23 23	0	23	f	t	i		0		
    1899	int4or	int4or	23 23	0	23	f	t	i		0		
    1900	int4xor	int4xor	23 23	0	23	f	t	i		0		
    1901	int4not	int4not	23	0	23	f	t	i		0		
    1902	int4shl	int4shl	23 23	0	23	f	t	i		0		
    1903	int4shr	int4shr	23 23	0	23	f	t	i		0		
    1904	int8and	int8and	20 20	0	20	f	t	i		0		
    1905	int8or	int8or	20 20	0	20	f	t	i		0		
    1906	int8xor	int8xor	20 20	0	20	f	t	i		0		
    1907	int8not	int8not	20	0	20	f	t	i		0		
    1908	int8shl	int8shl	20 23	0	20	f	t	i		0		
    1909	int8shr	int8shr	20 23	0	20	f	t	i		0		
    1910	int8up	int8up	20	0	20	f	t	i		0		
    1911	int2up	int2up	21	0	21	f	t	i		0		
    1912	int4up	int4up	23	0	23	f	t	i		0		
    1913	float4up	float4up	700	0	700	f	t	i		0		
    1914	float8up	float8up	701	0	701	f	t	i		0		
    1915	numeric_uplus	numeric_uplus	1700	0	1700	f	t	i		0		
    1922	has_table_privilege	has_table_privilege_name_name	19 25 25	0	16	f	t	s		0		
    1923	has_table_privilege	has_table_privilege_name_id	19 26 25	0	16	f	t	s		0		
    1924	has_table_privilege	has_table_privilege_id_name	26 25 25	0	16	f	t	s		0		
    1925	has_table_privilege	has_table_privilege_id_id	26 26 25	0	16	f	t	s		0		
    1926	has_table_privilege	has_table_privilege_name	25 25	0	16	f	t	s		0		
    1927	has_table_privilege	has_table_privilege_id	26 25	0	16	f	t	s		0		
    1928	pg_stat_get_numscans	pg_stat_get_numscans	26	0	20	f	t	s		0		
    1929	pg_stat_get_tuples_returned	pg_stat_get_tuples_returned	26	0	20	f	t	s		0		
    1930	pg_stat_get_tuples_fetched	pg_stat_get_tuples_fetched	26	0	20	f	t	s		0		
    1931	pg_stat_get_tuples_inserted	pg_stat_get_tuples_inserted	26	0	20	f	t	s		0		
    1932	pg_stat_get_tuples_updated	pg_stat_get_tuples_updated	26	0	20	f	t	s		0		
    1933	pg_stat_get_tuples_deleted	pg_stat_get_tuples_deleted	26	0	20	f	t	s		0		
    1934	pg_stat_get_blocks_fetched	pg_stat_get_blocks_fetched	26	0	20	f	t	s		0		
    1935	pg_stat_get_blocks_hit	pg_stat_get_blocks_hit	26	0	20	f	t	s		0		
    1936	pg_stat_get_backend_idset	pg_stat_get_backend_idset		0	23	t	t	s		100		
    1937	pg_stat_get_backend_pid	pg_stat_get_backend_pid	23	0	23	f	t	s		0		
    1938	pg_stat_get_backend_dbid	pg_stat_get_backend_dbid	23	0	26	f	t	s		0		
    1939	pg_stat_get_backend_userid	pg_stat_get_backend_userid	23	0	26	f	t	s		0		
    1940	pg_stat_get_backend_activity	pg_stat_get_backend_activity	23	0	25	f	t	s		0		
    1941	pg_stat_get_db_numbackends	pg_stat_get_db_numbackends	26	0	23	f	t	s		0		
    1942	pg_stat_get_db_xact_commit	pg_stat_get_db_xact_commit	26	0	20	f	t	s		0		
    1943	pg_stat_get_db_xact_rollback	pg_stat_get_db_xact_rollback	26	0	20	f	t	s		0		
    1944	pg_stat_get_db_blocks_fetched	pg_stat_get_db_blocks_fetched	26	0	20	f	t	s		0		
    1945	pg_stat_get_db_blocks_hit	pg_stat_get_db_blocks_hit	26	0	20	f	t	s		0		
    1946	encode	binary_encode	17 25	0	25	f	t	i		0		
    1947	decode	binary_decode	25 25	0	17	f	t	i		0		
    1948	byteaeq	byteaeq	17 17	0	16	f	t	i		0		
    1949	bytealt	bytealt	17 17	0	16	f	t	i		0		
    1950	byteale	byteale	17 17	0	16	f	t	i		0		
    1951	byteagt	byteagt	17 17	0	16	f	t	i		0		
    1952	byteage	byteage	17 17	0	16	f	t	i		0		
    1953	byteane	byteane	17 17	0	16	f	t	i		0		
    1954	byteacmp	byteacmp	17 17	0	23	f	t	i		0		
    1961	timestamp	timestamp_scale	1114 23	0	1114	f	t	i		0		
    1962	int2_avg_accum	int2_avg_accum	1016 21	0	1016	f	t	i		0		
    1963	int4_avg_accum	int4_avg_accum	1016 23	0	1016	f	t	i		0		
    1964	int8_avg	int8_avg	1016	0	1700	f	t	i		0		
    1965	oidlarger	oidlarger	26 26	0	26	f	t	i		0		
    1966	oidsmaller	oidsmaller	26 26	0	26	f	t	i		0		
    1967	timestamptz	timestamptz_scale	1184 23	0	1184	f	t	i		0		
    1968	time	time_scale	1083 23	0	1083	f	t	i		0		
    1969	timetz	timetz_scale	1266 23	0	1266	f	t	i		0		
    1972	pg_stat_get_tuples_hot_updated	pg_stat_get_tuples_hot_updated	26	0	20	f	t	s		0		
    1973	div	numeric_div_trunc	1700 1700	0	1700	f	t	i		0		
    1980	numeric_div_trunc	numeric_div_trunc	1700 1700	0	1700	f	t	i		0		
    1986	similar_to_escape	similar_to_escape_2	25 25	0	25	f	t	i		0		
    1987	similar_to_escape	similar_to_escape_1	25	0	25	f	t	i		0		
    1993	shobj_description	shobj_description$1993	26 19	0	25	f	t	s		0		
    2003	textanycat	textanycat$2003	25 2776	0	25	f	t	s		0		
    2004	anytextcat	anytextcat$2004	2776 25	0	25	f	t	s		0		
    2005	bytealike	bytealike	17 17	0	16	f	t	i		0		
    2006	byteanlike	byteanlike	17 17	0	16	f	t	i		0		
    2007	like	bytealike	17 17	0	16	f	t	i		0		
    2008	notlike	byteanlike	17 17	0	16	f	t	i		0		
    2009	like_escape	like_escape_bytea	17 17	0	17	f	t	i		0		
    2010	length	byteaoctetlen	17	0	23	f	t	i		0		
    2011	byteacat	byteacat	17 17	0	17	f	t	i		0		
    2012	substring	bytea_substr	17 23 23	0	17	f	t	i		0		
    2013	substring	bytea_substr_no_len	17 23	0	17	f	t	i		0		
    2014	position	byteapos	17 17	0	23	f	t	i		0		
    2015	btrim	byteatrim	17 17	0	17	f	t	i		0		
    2019	time	timestamptz_time	1184	0	1083	f	t	s		0		
    2020	date_trunc	timestamp_trunc	25 1114	0	1114	f	t	i		0		
    2021	date_part	timestamp_part	25 1114	0	701	f	t	i		0		
    2022	pg_stat_get_activity	pg_stat_get_activity	23	0	2249	t	f	s		100	pid	datid:26,pid:23,usesysid:26,application_name:25,state:25,query:25,wait_event_type:25,wait_event:25,xact_start:1184,query_start:1184,backend_start:1184,state_change:1184,client_addr:869,client_hostname:25,client_port:23,backend_xid:28,backend_xmin:28,backend_type:25,ssl:16,sslversion:25,sslcipher:25,sslbits:23,ssl_client_dn:25,ssl_client_serial:1700,ssl_issuer_dn:25,gss_auth:16,gss_princ:25,gss_enc:16,leader_pid:23,query_id:20
    2023	jsonb_path_query_first_tz	jsonb_path_query_first_tz	3802 4072 3802 16	0	3802	f	t	s	{},false	0	target,path,vars,silent	
    2024	timestamp	date_timestamp	1082	0	1114	f	t	i		0		
    2025	timestamp	datetime_timestamp	1082 1083	0	1114	f	t	i		0		
    2026	pg_backend_pid	pg_backend_pid		0	23	f	t	s		0		
    2027	timestamp	timestamptz_timestamp	1184	0	1114	f	t	s		0		
    2028	timestamptz	timestamp_timestamptz	1114	0	1184	f	t	s		0		
    2029	date	timestamp_date	1114	0	1082	f	t	i		0		
    2030	jsonb_path_match_tz	jsonb_path_match_tz	3802 4072 3802 16	0	16	f	t	s	{},false	0	target,path,vars,silent	
    2031	timestamp_mi	timestamp_mi	1114 1114	0	1186	f	t	i		0		
    2032	timestamp_pl_interval	timestamp_pl_interval	1114 1186	0	1114	f	t	i		0		
    2033	timestamp_mi_interval	timestamp_mi_interval	1114 1186	0	1114	f	t	i		0		
    2034	pg_conf_load_time	pg_conf_load_time		0	1184	f	t	s		0		
    2035	timestamp_smaller	timestamp_smaller	1114 1114	0	1114	f	t	i		0		
    2036	timestamp_larger	timestamp_larger	1114 1114	0	1114	f	t	i		0		
    2037	timezone	timetz_zone	25 1266	0	1266	f	t	s		0		
    2038	timezone	timetz_izone	1186 1266	0	1266	f	t	i		0		
    2039	timestamp_hash	timestamp_hash	1114	0	23	f	t	i		0		
    2041	overlaps	overlaps_timestamp	1114 1114 1114 1114	0	16	f	f	i		0		
    2042	overlaps	overlaps$2042	1114 1186 1114 1186	0	16	f	f	i		0		
    2043	overlaps	overlaps$2043	1114 1114 1114 1186	0	16	f	f	i		0		
    2044	overlaps	overlaps$2044	1114 1186 1114 1114	0	16	f	f	i		0		
    2045	timestamp_cmp	timestamp_cmp	1114 1114	0	23	f	t	i		0		
    2046	time	timetz_time	1266	0	1083	f	t	i		0		
    2047	timetz	time_timetz	1083	0	1266	f	t	s		0		
    2048	isfinite	timestamp_finite	1114	0	16	f	t	i		0		
    2049	to_char	timestamp_to_char	1114 25	0	25	f	t	s		0		
    2052	timestamp_eq	timestamp_eq	1114 1114	0	16	f	t	i		0		
    2053	timestamp_ne	timestamp_ne	1114 1114	0	16	f	t	i		0		
    2054	timestamp_lt	timestamp_lt	1114 1114	0	16	f	t	i		0		
    2055	timestamp_le	timestamp_le	1114 1114	0	16	f	t	i		0		
    2056	timestamp_ge	timestamp_ge	1114 1114	0	16	f	t	i		0		
    2057	timestamp_gt	timestamp_gt	1114 1114	0	16	f	t	i		0		
    2058	age	timestamp_age	1114 1114	0	1186	f	t	i		0		
    2059	age	age$2059	1114	0	1186	f	t	s		0		
    2069	timezone	timestamp_zone	25 1114	0	1184	f	t	i		0		
    2070	timezone	timestamp_izone	1186 1114	0	1184	f	t	i		0		
    2071	date_pl_interval	date_pl_interval	1082 1186	0	1114	f	t	i		0		
    2072	date_mi_interval	date_mi_interval	1082 1186	0	1114	f	t	i		0		
    2073	substring	textregexsubstr	25 25	0	25	f	t	i		0		
    2074	substring	substring$2074	25 25 25	0	25	f	t	i		0		
    2075	bit	bitfromint8	20 23	0	1560	f	t	i		0		
    2076	int8	bittoint8	1560	0	20	f	t	i		0		
    2077	current_setting	show_config_by_name	25	0	25	f	t	s		0		
    2078	set_config	set_config_by_name	25 25 16	0	25	f	f	v		0		
    2079	pg_table_is_visible	pg_table_is_visible	26	0	16	f	t	s		0		
    2080	pg_type_is_visible	pg_type_is_visible	26	0	16	f	t	s		0		
    2081	pg_function_is_visible	pg_function_is_visible	26	0	16	f	t	s		0		
    2082	pg_operator_is_visible	pg_operator_is_visible	26	0	16	f	t	s		0		
    2083	pg_opclass_is_visible	pg_opclass_is_visible	26	0	16	f	t	s		0		
    2084	pg_show_all_settings	show_all_settings		0	2249	t	t	s		1000		name:25,setting:25,unit:25,category:25,short_desc:25,extra_desc:25,context:25,vartype:25,source:25,min_val:25,max_val:25,enumvals:1009,boot_val:25,reset_val:25,sourcefile:25,sourceline:23,pending_restart:16
    2085	substr	bytea_substr	17 23 23	0	17	f	t	i		0		
    2086	substr	bytea_substr_no_len	17 23	0	17	f	t	i		0		
    2087	replace	replace_text	25 25 25	0	25	f	t	i		0		
    2088	split_part	split_part	25 25 23	0	25	f	t	i		0		
    2089	to_hex	to_hex32	23	0	25	f	t	i		0		
    2090	to_hex	to_hex64	20	0	25	f	t	i		0		
    2091	array_lower	array_lower	2277 23	0	23	f	t	i		0		
    2092	array_upper	array_upper	2277 23	0	23	f	t	i		0		
    2093	pg_conversion_is_visible	pg_conversion_is_visible	26	0	16	f	t	s		0		
    2094	pg_stat_get_backend_activity_start	pg_stat_get_backend_activity_start	23	0	1184	f	t	s		0		
    2096	pg_terminate_backend	pg_terminate_backend	23 20	0	16	f	t	v	0	0	pid,timeout	
    2098	pg_get_functiondef	pg_get_functiondef	26	0	25	f	t	s		0		
    2121	pg_column_compression	pg_column_compression	2276	0	25	f	t	s		0		
    2137	pg_stat_force_next_flush	pg_stat_force_next_flush		0	2278	f	f	v		0		
    2160	text_pattern_lt	text_pattern_lt	25 25	0	16	f	t	i		0		
    2161	text_pattern_le	text_pattern_le	25 25	0	16	f	t	i		0		
    2162	pg_get_function_arguments	pg_get_function_arguments	26	0	25	f	t	s		0		
    2163	text_pattern_ge	text_pattern_ge	25 25	0	16	f	t	i		0		
    2164	text_pattern_gt	text_pattern_gt	25 25	0	16	f	t	i		0		
    2165	pg_get_function_result	pg_get_function_result	26	0	25	f	t	s		0		
    2166	bttext_pattern_cmp	bttext_pattern_cmp	25 25	0	23	f	t	i		0		
    2167	ceiling	numeric_ceil	1700	0	1700	f	t	i		0		
    2168	pg_database_size	pg_database_size_name	19	0	20	f	t	v		0		
    2169	power	numeric_power	1700 1700	0	1700	f	t	i		0		
    2170	width_bucket	width_bucket_numeric	1700 1700 1700 23	0	23	f	t	i		0		
    2171	pg_cancel_backend	pg_cancel_backend	23	0	16	f	t	v		0		
    2172	pg_backup_start	pg_backup_start	25 16	0	3220	f	t	v	false	0	label,fast	
    2174	bpchar_pattern_lt	bpchar_pattern_lt	1042 1042	0	16	f	t	i		0		
    2175	bpchar_pattern_le	bpchar_pattern_le	1042 1042	0	16	f	t	i		0		
    2176	array_length	array_length	2277 23	0	23	f	t	i		0		
    2177	bpchar_pattern_ge	bpchar_pattern_ge	1042 1042	0	16	f	t	i		0		
    2178	bpchar_pattern_gt	bpchar_pattern_gt	1042 1042	0	16	f	t	i		0		
    2180	btbpchar_pattern_cmp	btbpchar_pattern_cmp	1042 1042	0	23	f	t	i		0		
    2181	has_sequence_privilege	has_sequence_privilege_name_name	19 25 25	0	16	f	t	s		0		
    2182	has_sequence_privilege	has_sequence_privilege_name_id	19 26 25	0	16	f	t	s		0		
    2183	has_sequence_privilege	has_sequence_privilege_id_name	26 25 25	0	16	f	t	s		0		
    2184	has_sequence_privilege	has_sequence_privilege_id_id	26 26 25	0	16	f	t	s		0		
    2185	has_sequence_privilege	has_sequence_privilege_name	25 25	0	16	f	t	s		0		
    2186	has_sequence_privilege	has_sequence_privilege_id	26 25	0	16	f	t	s		0		
    2188	btint48cmp	btint48cmp	23 20	0	23	f	t	i		0		
    2189	btint84cmp	btint84cmp	20 23	0	23	f	t	i		0		
    2190	btint24cmp	btint24cmp	21 23	0	23	f	t	i		0		
    2191	btint42cmp	btint42cmp	23 21	0	23	f	t	i		0		
    2192	btint28cmp	btint28cmp	21 20	0	23	f	t	i		0		
    2193	btint82cmp	btint82cmp	20 21	0	23	f	t	i		0		
    2194	btfloat48cmp	btfloat48cmp	700 701	0	23	f	t	i		0		
    2195	btfloat84cmp	btfloat84cmp	701 700	0	23	f	t	i		0		
    2196	inet_client_addr	inet_client_addr		0	869	f	f	s		0		
    2197	inet_client_port	inet_client_port		0	23	f	f	s		0		
    2198	inet_server_addr	inet_server_addr		0	869	f	f	s		0		
    2199	inet_server_port	inet_server_port		0	23	f	f	s		0		
    2212	regprocedurein	regprocedurein	2275	0	2202	f	t	s		0		
    2213	regprocedureout	regprocedureout	2202	0	2275	f	t	s		0		
    2214	regoperin	regoperin	2275	0	2203	f	t	s		0		
    2215	regoperout	regoperout	2203	0	2275	f	t	s		0		
    2216	regoperatorin	regoperatorin	2275	0	2204	f	t	s		0		
    2217	regoperatorout	regoperatorout	2204	0	2275	f	t	s		0		
    2218	regclassin	regclassin	2275	0	2205	f	t	s		0		
    2219	regclassout	regclassout	2205	0	2275	f	t	s		0		
    2220	regtypein	regtypein	2275	0	2206	f	t	s		0		
    2221	regtypeout	regtypeout	2206	0	2275	f	t	s		0		
    2230	pg_stat_clear_snapshot	pg_stat_clear_snapshot		0	2278	f	f	v		0		
    2232	pg_get_function_identity_arguments	pg_get_function_identity_arguments	26	0	25	f	t	s		0		
    2233	hashtid	hashtid	27	0	23	f	t	i		0		
    2234	hashtidextended	hashtidextended	27 20	0	20	f	t	i		0		
    2246	fmgr_internal_validator	fmgr_internal_validator	26	0	2278	f	t	s		0		
    2247	fmgr_c_validator	fmgr_c_validator	26	0	2278	f	t	s		0		
    2248	fmgr_sql_validator	fmgr_sql_validator	26	0	2278	f	t	s		0		
    2250	has_database_privilege	has_database_privilege_name_name	19 25 25	0	16	f	t	s		0		
    2251	has_database_privilege	has_database_privilege_name_id	19 26 25	0	16	f	t	s		0		
    2252	has_database_privilege	has_database_privilege_id_name	26 25 25	0	16	f	t	s		0		
    2253	has_database_privilege	has_database_privilege_id_id	26 26 25	0	16	f	t	s		0		
    2254	has_database_privilege	has_database_privilege_name	25 25	0	16	f	t	s		0		
    2255	has_database_privilege	has_database_privilege_id	26 25	0	16	f	t	s		0		
    2256	has_function_privilege	has_function_privilege_name_name	19 25 25	0	16	f	t	s		0		
    2257	has_function_privilege	has_function_privilege_name_id	19 26 25	0	16	f	t	s		0		
    2258	has_function_privilege	has_function_privilege_id_name	26 25 25	0	16	f	t	s		0		
    2259	has_function_privilege	has_function_privilege_id_id	26 26 25	0	16	f	t	s		0		
    2260	has_function_privilege	has_function_privilege_name	25 25	0	16	f	t	s		0		
    2261	has_function_privilege	has_function_privilege_id	26 25	0	16	f	t	s		0		
    2262	has_language_privilege	has_language_privilege_name_name	19 25 25	0	16	f	t	s		0		
    2263	has_language_privilege	has_language_privilege_name_id	19 26 25	0	16	f	t	s		0		
    2264	has_language_privilege	has_language_privilege_id_name	26 25 25	0	16	f	t	s		0		
    2265	has_language_privilege	has_language_privilege_id_id	26 26 25	0	16	f	t	s		0		
    2266	has_language_privilege	has_language_privilege_name	25 25	0	16	f	t	s		0		
    2267	has_language_privilege	has_language_privilege_id	26 25	0	16	f	t	s		0		
    2268	has_schema_privilege	has_schema_privilege_name_name	19 25 25	0	16	f	t	s		0		
    2269	has_schema_privilege	has_schema_privilege_name_id	19 26 25	0	16	f	t	s		0		
    2270	has_schema_privilege	has_schema_privilege_id_name	26 25 25	0	16	f	t	s		0		
    2271	has_schema_privilege	has_schema_privilege_id_id	26 26 25	0	16	f	t	s		0		
    2272	has_schema_privilege	has_schema_privilege_name	25 25	0	16	f	t	s		0		
    2273	has_schema_privilege	has_schema_privilege_id	26 25	0	16	f	t	s		0		
    2274	pg_stat_reset	pg_stat_reset		0	2278	f	f	v		0		
    2282	pg_get_backend_memory_contexts	pg_get_backend_memory_contexts		0	2249	t	t	v		100		name:25,ident:25,parent:25,level:23,total_bytes:20,total_nblocks:20,free_bytes:20,free_chunks:20,used_bytes:20
    2284	regexp_replace	textregexreplace_noopt	25 25 25	0	25	f	t	i		0		
    2285	regexp_replace	textregexreplace	25 25 25 25	0	25	f	t	i		0		
    2286	pg_total_relation_size	pg_total_relation_size	2205	0	20	f	t	v		0		
    2288	pg_size_pretty	pg_size_pretty	20	0	25	f	t	i		0		
    2289	pg_options_to_table	pg_options_to_table	1009	0	2249	t	t	s		3	options_array	option_name:25,option_value:25
    2290	record_in	record_in	2275 26 23	0	2249	f	t	s		0		
    2291	record_out	record_out	2249	0	2275	f	t	s		0		
    2292	cstring_in	cstring_in	2275	0	2275	f	t	i		0		
    2293	cstring_out	cstring_out	2275	0	2275	f	t	i		0		
    2294	any_in	any_in	2275	0	2276	f	t	i		0		
    2295	any_out	any_out	2276	0	2275	f	t	i		0		
    2296	anyarray_in	anyarray_in	2275	0	2277	f	t	i		0		
    2297	anyarray_out	anyarray_out	2277	0	2275	f	t	s		0		
    2298	void_in	void_in	2275	0	2278	f	t	i		0		
    2299	void_out	void_out	2278	0	2275	f	t	i		0		
    2301	trigger_out	trigger_out	2279	0	2275	f	t	i		0		
    2302	language_handler_in	language_handler_in	2275	0	2280	f	f	i		0		
    2303	language_handler_out	language_handler_out	2280	0	2275	f	t	i		0		
    2306	pg_stat_get_slru	pg_stat_get_slru		0	2249	t	f	s		100		name:25,blks_zeroed:20,blks_hit:20,blks_read:20,blks_written:20,blks_exists:20,flushes:20,truncates:20,stats_reset:1184
    2307	pg_stat_reset_slru	pg_stat_reset_slru	25	0	2278	f	f	v		0		
    2308	ceil	dceil	701	0	701	f	t	i		0		
    2309	floor	dfloor	701	0	701	f	t	i		0		
    2310	sign	dsign	701	0	701	f	t	i		0		
    2311	md5	md5_text	25	0	25	f	t	i		0		
    2312	anyelement_in	anyelement_in	2275	0	2283	f	t	i		0		
    2313	anyelement_out	anyelement_out	2283	0	2275	f	t	i		0		
    2316	postgresql_fdw_validator	postgresql_fdw_validator	1009 26	0	16	f	t	i		0		
    2319	pg_encoding_max_length	pg_encoding_max_length_sql	23	0	23	f	t	i		0		
    2320	ceiling	dceil	701	0	701	f	t	i		0		
    2321	md5	md5_bytea	17	0	25	f	t	i		0		
    2322	pg_tablespace_size	pg_tablespace_size_oid	26	0	20	f	t	v		0		
    2323	pg_tablespace_size	pg_tablespace_size_name	19	0	20	f	t	v		0		
    2324	pg_database_size	pg_database_size_oid	26	0	20	f	t	v		0		
    2325	pg_relation_size	pg_relation_size$2325	2205	0	20	f	t	v		0		
    2331	unnest	array_unnest	2277	0	2283	t	t	i		100		
    2332	pg_relation_size	pg_relation_size	2205 25	0	20	f	t	v		0		
    2338	date_lt_timestamp	date_lt_timestamp	1082 1114	0	16	f	t	i		0		
    2339	date_le_timestamp	date_le_timestamp	1082 1114	0	16	f	t	i		0		
    2340	date_eq_timestamp	date_eq_timestamp	1082 1114	0	16	f	t	i		0		
    2341	date_gt_timestamp	date_gt_timestamp	1082 1114	0	16	f	t	i		0		
    2342	date_ge_timestamp	date_ge_timestamp	1082 1114	0	16	f	t	i		0		
    2343	date_ne_timestamp	date_ne_timestamp	1082 1114	0	16	f	t	i		0		
    2344	date_cmp_timestamp	date_cmp_timestamp	1082 1114	0	23	f	t	i		0		
    2351	date_lt_timestamptz	date_lt_timestamptz	1082 1184	0	16	f	t	s		0		
    2352	date_le_timestamptz	date_le_timestamptz	1082 1184	0	16	f	t	s		0		
    2353	date_eq_timestamptz	date_eq_timestamptz	1082 1184	0	16	f	t	s		0		
    2354	date_gt_timestamptz	date_gt_timestamptz	1082 1184	0	16	f	t	s		0		
    2355	date_ge_timestamptz	date_ge_timestamptz	1082 1184	0	16	f	t	s		0		
    2356	date_ne_timestamptz	date_ne_timestamptz	1082 1184	0	16	f	t	s		0		
    2357	date_cmp_timestamptz	date_cmp_timestamptz	1082 1184	0	23	f	t	s		0		
    2364	timestamp_lt_date	timestamp_lt_date	1114 1082	0	16	f	t	i		0		
    2365	timestamp_le_date	timestamp_le_date	1114 1082	0	16	f	t	i		0		
    2366	timestamp_eq_date	timestamp_eq_date	1114 1082	0	16	f	t	i		0		
    2367	timestamp_gt_date	timestamp_gt_date	1114 1082	0	16	f	t	i		0		
    2368	timestamp_ge_date	timestamp_ge_date	1114 1082	0	16	f	t	i		0		
    2369	timestamp_ne_date	timestamp_ne_date	1114 1082	0	16	f	t	i		0		
    2370	timestamp_cmp_date	timestamp_cmp_date	1114 1082	0	23	f	t	i		0		
    2377	timestamptz_lt_date	timestamptz_lt_date	1184 1082	0	16	f	t	s		0		
    2378	timestamptz_le_date	timestamptz_le_date	1184 1082	0	16	f	t	s		0		
    2379	timestamptz_eq_date	timestamptz_eq_date	1184 1082	0	16	f	t	s		0		
    2380	timestamptz_gt_date	timestamptz_gt_date	1184 1082	0	16	f	t	s		0		
    2381	timestamptz_ge_date	timestamptz_ge_date	1184 1082	0	16	f	t	s		0		
    2382	timestamptz_ne_date	timestamptz_ne_date	1184 1082	0	16	f	t	s		0		
    2383	timestamptz_cmp_date	timestamptz_cmp_date	1184 1082	0	23	f	t	s		0		
    2390	has_tablespace_privilege	has_tablespace_privilege_name_name	19 25 25	0	16	f	t	s		0		
    2391	has_tablespace_privilege	has_tablespace_privilege_name_id	19 26 25	0	16	f	t	s		0		
    2392	has_tablespace_privilege	has_tablespace_privilege_id_name	26 25 25	0	16	f	t	s		0		
    2393	has_tablespace_privilege	has_tablespace_privilege_id_id	26 26 25	0	16	f	t	s		0		
    2394	has_tablespace_privilege	has_tablespace_privilege_name	25 25	0	16	f	t	s		0		
    2395	has_tablespace_privilege	has_tablespace_privilege_id	26 25	0	16	f	t	s		0		
    2398	shell_in	shell_in	2275	0	2278	f	f	i		0		
    2399	shell_out	shell_out	2278	0	2275	f	t	i		0		
    2401	array_send	array_send	2277	0	17	f	t	s		0		
    2403	record_send	record_send	2249	0	17	f	t	s		0		
    2405	int2send	int2send	21	0	17	f	t	i		0		
    2407	int4send	int4send	23	0	17	f	t	i		0		
    2409	int8send	int8send	20	0	17	f	t	i		0		
    2411	int2vectorsend	int2vectorsend	22	0	17	f	t	i		0		
    2413	byteasend	byteasend	17	0	17	f	t	i		0		
    2415	textsend	textsend	25	0	17	f	t	s		0		
    2417	unknownsend	unknownsend	705	0	17	f	t	i		0		
    2419	oidsend	oidsend	26	0	17	f	t	i		0		
    2421	oidvectorsend	oidvectorsend	30	0	17	f	t	i		0		
    2423	namesend	namesend	19	0	17	f	t	s		0		
    2425	float4send	float4send	700	0	17	f	t	i		0		
    2427	float8send	float8send	701	0	17	f	t	i		0		
    2429	point_send	point_send	600	0	17	f	t	i		0		
    2431	bpcharsend	bpcharsend	1042	0	17	f	t	s		0		
    2433	varcharsend	varcharsend	1043	0	17	f	t	s		0		
    2435	charsend	charsend	18	0	17	f	t	i		0		
    2437	boolsend	boolsend	16	0	17	f	t	i		0		
    2439	tidsend	tidsend	27	0	17	f	t	i		0		
    2441	xidsend	xidsend	28	0	17	f	t	i		0		
    2443	cidsend	cidsend	29	0	17	f	t	i		0		
    2445	regprocsend	regprocsend	24	0	17	f	t	i		0		
    2447	regproceduresend	regproceduresend	2202	0	17	f	t	i		0		
    2449	regopersend	regopersend	2203	0	17	f	t	i		0		
    2451	regoperatorsend	regoperatorsend	2204	0	17	f	t	i		0		
    2453	regclasssend	regclasssend	2205	0	17	f	t	i		0		
    2455	regtypesend	regtypesend	2206	0	17	f	t	i		0		
    2457	bit_send	bit_send	1560	0	17	f	t	i		0		
    2459	varbit_send	varbit_send	1562	0	17	f	t	i		0		
    2461	numeric_send	numeric_send	1700	0	17	f	t	i		0		
    2462	sinh	dsinh	701	0	701	f	t	i		0		
    2463	cosh	dcosh	701	0	701	f	t	i		0		
    2464	tanh	dtanh	701	0	701	f	t	i		0		
    2465	asinh	dasinh	701	0	701	f	t	i		0		
    2466	acosh	dacosh	701	0	701	f	t	i		0		
    2467	atanh	datanh	701	0	701	f	t	i		0		
    2469	date_send	date_send	1082	0	17	f	t	i		0		
    2471	time_send	time_send	1083	0	17	f	t	i		0		
    2473	timetz_send	timetz_send	1266	0	17	f	t	i		0		
    2475	timestamp_send	timestamp_send	1114	0	17	f	t	i		0		
    2477	timestamptz_send	timestamptz_send	1184	0	17	f	t	i		0		
    2479	interval_send	interval_send	1186	0	17	f	t	i		0		
    2481	lseg_send	lseg_send	601	0	17	f	t	i		0		
    2483	path_send	path_send	602	0	17	f	t	i		0		
    2485	box_send	box_send	603	0	17	f	t	i		0		
    2487	poly_send	poly_send	604	0	17	f	t	i		0		
    2489	line_send	line_send	628	0	17	f	t	i		0		
    2491	circle_send	circle_send	718	0	17	f	t	i		0		
    2493	cash_send	cash_send	790	0	17	f	t	i		0		
    2495	macaddr_send	macaddr_send	829	0	17	f	t	i		0		
    2497	inet_send	inet_send	869	0	17	f	t	i		0		
    2499	cidr_send	cidr_send	650	0	17	f	t	i		0		
    2501	cstring_send	cstring_send	2275	0	17	f	t	s		0		
    2503	anyarray_send	anyarray_send	2277	0	17	f	t	s		0		
    2504	pg_get_ruledef	pg_get_ruledef_ext	26 16	0	25	f	t	s		0		
    2505	pg_get_viewdef	pg_get_viewdef_name_ext	25 16	0	25	f	t	s		0		
    2506	pg_get_viewdef	pg_get_viewdef_ext	26 16	0	25	f	t	s		0		
    2507	pg_get_indexdef	pg_get_indexdef_ext	26 23 16	0	25	f	t	s		0		
    2508	pg_get_constraintdef	pg_get_constraintdef_ext	26 16	0	25	f	t	s		0		
    2509	pg_get_expr	pg_get_expr_ext	194 26 16	0	25	f	t	s		0		
    2510	pg_prepared_statement	pg_prepared_statement		0	2249	t	t	s		1000		name:25,statement:25,prepare_time:1184,parameter_types:2211,from_sql:16,generic_plans:20,custom_plans:20
    2511	pg_cursor	pg_cursor		0	2249	t	t	s		1000		name:25,statement:25,is_holdable:16,is_binary:16,is_scrollable:16,creation_time:1184
    2512	float8_var_pop	float8_var_pop	1022	0	701	f	t	i		0		
    2513	float8_stddev_pop	float8_stddev_pop	1022	0	701	f	t	i		0		
    2515	booland_statefunc	booland_statefunc	16 16	0	16	f	t	i		0		
    2516	boolor_statefunc	boolor_statefunc	16 16	0	16	f	t	i		0		
    2520	timestamp_lt_timestamptz	timestamp_lt_timestamptz	1114 1184	0	16	f	t	s		0		
    2521	timestamp_le_timestamptz	timestamp_le_timestamptz	1114 1184	0	16	f	t	s		0		
    2522	timestamp_eq_timestamptz	timestamp_eq_timestamptz	1114 1184	0	16	f	t	s		0		
    2523	timestamp_gt_timestamptz	timestamp_gt_timestamptz	1114 1184	0	16	f	t	s		0		
    2524	timestamp_ge_timestamptz	timestamp_ge_timestamptz	1114 1184	0	16	f	t	s		0		
    2525	timestamp_ne_timestamptz	timestamp_ne_timestamptz	1114 1184	0	16	f	t	s		0		
    2526	timestamp_cmp_timestamptz	timestamp_cmp_timestamptz	1114 1184	0	23	f	t	s		0		
    2527	timestamptz_lt_timestamp	timestamptz_lt_timestamp	1184 1114	0	16	f	t	s		0		
    2528	timestamptz_le_timestamp	timestamptz_le_timestamp	1184 1114	0	16	f	t	s		0		
    2529	timestamptz_eq_timestamp	timestamptz_eq_timestamp	1184 1114	0	16	f	t	s		0		
    2530	timestamptz_gt_timestamp	timestamptz_gt_timestamp	1184 1114	0	16	f	t	s		0		
    2531	timestamptz_ge_timestamp	timestamptz_ge_timestamp	1184 1114	0	16	f	t	s		0		
    2532	timestamptz_ne_timestamp	timestamptz_ne_timestamp	1184 1114	0	16	f	t	s		0		
    2533	timestamptz_cmp_timestamp	timestamptz_cmp_timestamp	1184 1114	0	23	f	t	s		0		
    2546	interval_pl_date	interval_pl_date$2546	1186 1082	0	1114	f	t	i		0		
    2547	interval_pl_timetz	interval_pl_timetz$2547	1186 1266	0	1266	f	t	i		0		
    2548	interval_pl_timestamp	interval_pl_timestamp$2548	1186 1114	0	1114	f	t	i		0		
    2549	interval_pl_timestamptz	interval_pl_timestamptz$2549	1186 1184	0	1184	f	t	s		0		
    2550	integer_pl_date	integer_pl_date$2550	23 1082	0	1082	f	t	i		0		
    2556	pg_tablespace_databases	pg_tablespace_databases	26	0	26	t	t	s		1000		
    2557	bool	int4_bool	23	0	16	f	t	i		0		
    2558	int4	bool_int4	16	0	23	f	t	i		0		
    2559	lastval	lastval		0	20	f	t	v		0		
    2560	pg_postmaster_start_time	pg_postmaster_start_time		0	1184	f	t	s		0		
    2561	pg_blocking_pids	pg_blocking_pids	23	0	1007	f	t	v		0		
    2562	box_below	box_below	603 603	0	16	f	t	i		0		
    2563	box_overbelow	box_overbelow	603 603	0	16	f	t	i		0		
    2564	box_overabove	box_overabove	603 603	0	16	f	t	i		0		
    2565	box_above	box_above	603 603	0	16	f	t	i		0		
    2566	poly_below	poly_below	604 604	0	16	f	t	i		0		
    2567	poly_overbelow	poly_overbelow	604 604	0	16	f	t	i		0		
    2568	poly_overabove	poly_overabove	604 604	0	16	f	t	i		0		
    2569	poly_above	poly_above	604 604	0	16	f	t	i		0		
    2580	float8	jsonb_float8	3802	0	701	f	t	i		0		
    2587	circle_overbelow	circle_overbelow	718 718	0	16	f	t	i		0		
    2588	circle_overabove	circle_overabove	718 718	0	16	f	t	i		0		
    2597	domain_in	domain_in	2275 26 23	0	2276	f	f	s		0		
    2599	pg_timezone_abbrevs	pg_timezone_abbrevs		0	2249	t	t	s		1000		abbrev:25,utc_offset:1186,is_dst:16
    2621	pg_reload_conf	pg_reload_conf		0	16	f	t	v		0		
    2622	pg_rotate_logfile	pg_rotate_logfile_v2		0	16	f	t	v		0		
    2623	pg_stat_file	pg_stat_file_1arg	25	0	2249	f	t	v		0	filename	size:20,access:1184,modification:1184,change:1184,creation:1184,isdir:16
    2624	pg_read_file	pg_read_file_off_len	25 20 20	0	25	f	t	v		0		
    2625	pg_ls_dir	pg_ls_dir_1arg	25	0	25	t	t	v		1000		
    2626	pg_sleep	pg_sleep	701	0	2278	f	t	v		0		
    2627	inetnot	inetnot	869	0	869	f	t	i		0		
    2628	inetand	inetand	869 869	0	869	f	t	i		0		
    2629	inetor	inetor	869 869	0	869	f	t	i		0		
    2630	inetpl	inetpl	869 20	0	869	f	t	i		0		
    2631	int8pl_inet	int8pl_inet$2631	20 869	0	869	f	t	i		0		
    2632	inetmi_int8	inetmi_int8	869 20	0	869	f	t	i		0		
    2633	inetmi	inetmi	869 869	0	20	f	t	i		0		
    2647	transaction_timestamp	now		0	1184	f	t	s		0		
    2648	statement_timestamp	statement_timestamp		0	1184	f	t	s		0		
    2649	clock_timestamp	clock_timestamp		0	1184	f	t	v		0		
    2705	pg_has_role	pg_has_role_name_name	19 19 25	0	16	f	t	s		0		
    2706	pg_has_role	pg_has_role_name_id	19 26 25	0	16	f	t	s		0		
    2707	pg_has_role	pg_has_role_id_name	26 19 25	0	16	f	t	s		0		
    2708	pg_has_role	pg_has_role_id_id	26 26 25	0	16	f	t	s		0		
    2709	pg_has_role	pg_has_role_name	19 25	0	16	f	t	s		0		
    2710	pg_has_role	pg_has_role_id	26 25	0	16	f	t	s		0		
    2711	justify_interval	interval_justify_interval	1186	0	1186	f	t	i		0		
    2730	pg_get_triggerdef	pg_get_triggerdef_ext	26 16	0	25	f	t	s		0		
    2731	asind	dasind	701	0	701	f	t	i		0		
    2732	acosd	dacosd	701	0	701	f	t	i		0		
    2733	atand	datand	701	0	701	f	t	i		0		
    2734	atan2d	datan2d	701 701	0	701	f	t	i		0		
    2735	sind	dsind	701	0	701	f	t	i		0		
    2736	cosd	dcosd	701	0	701	f	t	i		0		
    2737	tand	dtand	701	0	701	f	t	i		0		
    2738	cotd	dcotd	701	0	701	f	t	i		0		
    2739	pg_backup_stop	pg_backup_stop	16	0	2249	f	t	v	true	0	wait_for_archive	lsn:3220,labelfile:25,spcmapfile:25
    2747	arrayoverlap	arrayoverlap	2277 2277	0	16	f	t	i		0		
    2748	arraycontains	arraycontains	2277 2277	0	16	f	t	i		0		
    2749	arraycontained	arraycontained	2277 2277	0	16	f	t	i		0		
    2758	pg_stat_get_db_tuples_returned	pg_stat_get_db_tuples_returned	26	0	20	f	t	s		0		
    2759	pg_stat_get_db_tuples_fetched	pg_stat_get_db_tuples_fetched	26	0	20	f	t	s		0		
    2760	pg_stat_get_db_tuples_inserted	pg_stat_get_db_tuples_inserted	26	0	20	f	t	s		0		
    2761	pg_stat_get_db_tuples_updated	pg_stat_get_db_tuples_updated	26	0	20	f	t	s		0		
    2762	pg_stat_get_db_tuples_deleted	pg_stat_get_db_tuples_deleted	26	0	20	f	t	s		0		
    2763	regexp_matches	regexp_matches_no_flags	25 25	0	1009	t	t	i		1		
    2764	regexp_matches	regexp_matches	25 25 25	0	1009	t	t	i		10		
    2765	regexp_split_to_table	regexp_split_to_table_no_flags	25 25	0	25	t	t	i		1000		
    2766	regexp_split_to_table	regexp_split_to_table	25 25 25	0	25	t	t	i		1000		
    2767	regexp_split_to_array	regexp_split_to_array_no_flags	25 25	0	1009	f	t	i		0		
    2768	regexp_split_to_array	regexp_split_to_array	25 25 25	0	1009	f	t	i		0		
    2769	pg_stat_get_bgwriter_timed_checkpoints	pg_stat_get_bgwriter_timed_checkpoints		0	20	f	t	s		0		
    2770	pg_stat_get_bgwriter_requested_checkpoints	pg_stat_get_bgwriter_requested_checkpoints		0	20	f	t	s		0		
    2771	pg_stat_get_bgwriter_buf_written_checkpoints	pg_stat_get_bgwriter_buf_written_checkpoints		0	20	f	t	s		0		
    2772	pg_stat_get_bgwriter_buf_written_clean	pg_stat_get_bgwriter_buf_written_clean		0	20	f	t	s		0		
    2773	pg_stat_get_bgwriter_maxwritten_clean	pg_stat_get_bgwriter_maxwritten_clean		0	20	f	t	s		0		
    2775	pg_stat_get_buf_written_backend	pg_stat_get_buf_written_backend		0	20	f	t	s		0		
    2777	anynonarray_in	anynonarray_in	2275	0	2776	f	t	i		0		
    2778	anynonarray_out	anynonarray_out	2776	0	2275	f	t	i		0		
    2781	pg_stat_get_last_vacuum_time	pg_stat_get_last_vacuum_time	26	0	1184	f	t	s		0		
    2782	pg_stat_get_last_autovacuum_time	pg_stat_get_last_autovacuum_time	26	0	1184	f	t	s		0		
    2783	pg_stat_get_last_analyze_time	pg_stat_get_last_analyze_time	26	0	1184	f	t	s		0		
    2784	pg_stat_get_last_autoanalyze_time	pg_stat_get_last_autoanalyze_time	26	0	1184	f	t	s		0		
    2788	pg_stat_get_backend_wait_event_type	pg_stat_get_backend_wait_event_type	23	0	25	f	t	s		0		
    2790	tidgt	tidgt	27 27	0	16	f	t	i		0		
    2791	tidlt	tidlt	27 27	0	16	f	t	i		0		
    2792	tidge	tidge	27 27	0	16	f	t	i		0		
    2793	tidle	tidle	27 27	0	16	f	t	i		0		
    2794	bttidcmp	bttidcmp	27 27	0	23	f	t	i		0		
    2795	tidlarger	tidlarger	27 27	0	27	f	t	i		0		
    2796	tidsmaller	tidsmaller	27 27	0	27	f	t	i		0		
    2804	int8inc_any	int8inc_any	20 2276	0	20	f	t	i		0		
    2805	int8inc_float8_float8	int8inc_float8_float8	20 701 701	0	20	f	t	i		0		
    2806	float8_regr_accum	float8_regr_accum	1022 701 701	0	1022	f	t	i		0		
    2807	float8_regr_sxx	float8_regr_sxx	1022	0	701	f	t	i		0		
    2808	float8_regr_syy	float8_regr_syy	1022	0	701	f	t	i		0		
    2809	float8_regr_sxy	float8_regr_sxy	1022	0	701	f	t	i		0		
    2810	float8_regr_avgx	float8_regr_avgx	1022	0	701	f	t	i		0		
    2811	float8_regr_avgy	float8_regr_avgy	1022	0	701	f	t	i		0		
    2812	float8_regr_r2	float8_regr_r2	1022	0	701	f	t	i		0		
    2813	float8_regr_slope	float8_regr_slope	1022	0	701	f	t	i		0		
    2814	float8_regr_intercept	float8_regr_intercept	1022	0	701	f	t	i		0		
    2815	float8_covar_pop	float8_covar_pop	1022	0	701	f	t	i		0		
    2816	float8_covar_samp	float8_covar_samp	1022	0	701	f	t	i		0		
    2817	float8_corr	float8_corr	1022	0	701	f	t	i		0		
    2844	pg_stat_get_db_blk_read_time	pg_stat_get_db_blk_read_time	26	0	701	f	t	s		0		
    2845	pg_stat_get_db_blk_write_time	pg_stat_get_db_blk_write_time	26	0	701	f	t	s		0		
    2848	pg_switch_wal	pg_switch_wal		0	3220	f	t	v		0		
    2849	pg_current_wal_lsn	pg_current_wal_lsn		0	3220	f	t	v		0		
    2850	pg_walfile_name_offset	pg_walfile_name_offset	3220	0	2249	f	t	i		0	lsn	file_name:25,file_offset:23
    2851	pg_walfile_name	pg_walfile_name	3220	0	25	f	t	i		0		
    2852	pg_current_wal_insert_lsn	pg_current_wal_insert_lsn		0	3220	f	t	v		0		
    2853	pg_stat_get_backend_wait_event	pg_stat_get_backend_wait_event	23	0	25	f	t	s		0		
    2854	pg_my_temp_schema	pg_my_temp_schema		0	26	f	t	s		0		
    2855	pg_is_other_temp_schema	pg_is_other_temp_schema	26	0	16	f	t	s		0		
    2856	pg_timezone_names	pg_timezone_names		0	2249	t	t	s		1000		name:25,abbrev:25,utc_offset:1186,is_dst:16
    2857	pg_stat_get_backend_xact_start	pg_stat_get_backend_xact_start	23	0	1184	f	t	s		0		
    2859	pg_stat_get_buf_alloc	pg_stat_get_buf_alloc		0	20	f	t	s		0		
    2878	pg_stat_get_live_tuples	pg_stat_get_live_tuples	26	0	20	f	t	s		0		
    2879	pg_stat_get_dead_tuples	pg_stat_get_dead_tuples	26	0	20	f	t	s		0		
    2880	pg_advisory_lock	pg_advisory_lock_int8	20	0	2278	f	t	v		0		
    2881	pg_advisory_lock_shared	pg_advisory_lock_shared_int8	20	0	2278	f	t	v		0		
    2882	pg_try_advisory_lock	pg_try_advisory_lock_int8	20	0	16	f	t	v		0		
    2883	pg_try_advisory_lock_shared	pg_try_advisory_lock_shared_int8	20	0	16	f	t	v		0		
    2884	pg_advisory_unlock	pg_advisory_unlock_int8	20	0	16	f	t	v		0		
    2885	pg_advisory_unlock_shared	pg_advisory_unlock_shared_int8	20	0	16	f	t	v		0		
    2886	pg_advisory_lock	pg_advisory_lock_int4	23 23	0	2278	f	t	v		0		
    2887	pg_advisory_lock_shared	pg_advisory_lock_shared_int4	23 23	0	2278	f	t	v		0		
    2888	pg_try_advisory_lock	pg_try_advisory_lock_int4	23 23	0	16	f	t	v		0		
    2889	pg_try_advisory_lock_shared	pg_try_advisory_lock_shared_int4	23 23	0	16	f	t	v		0		
    2890	pg_advisory_unlock	pg_advisory_unlock_int4	23 23	0	16	f	t	v		0		
    2891	pg_advisory_unlock_shared	pg_advisory_unlock_shared_int4	23 23	0	16	f	t	v		0		
    2892	pg_advisory_unlock_all	pg_advisory_unlock_all		0	2278	f	t	v		0		
    2902	varbittypmodin	varbittypmodin	1263	0	23	f	t	i		0		
    2903	intervaltypmodin	intervaltypmodin	1263	0	23	f	t	i		0		
    2904	intervaltypmodout	intervaltypmodout	23	0	2275	f	t	i		0		
    2905	timestamptypmodin	timestamptypmodin	1263	0	23	f	t	i		0		
    2906	timestamptypmodout	timestamptypmodout	23	0	2275	f	t	i		0		
    2907	timestamptztypmodin	timestamptztypmodin	1263	0	23	f	t	i		0		
    2908	timestamptztypmodout	timestamptztypmodout	23	0	2275	f	t	i		0		
    2909	timetypmodin	timetypmodin	1263	0	23	f	t	i		0		
    2910	timetypmodout	timetypmodout	23	0	2275	f	t	i		0		
    2911	timetztypmodin	timetztypmodin	1263	0	23	f	t	i		0		
    2912	timetztypmodout	timetztypmodout	23	0	2275	f	t	i		0		
    2913	bpchartypmodin	bpchartypmodin	1263	0	23	f	t	i		0		
    2914	bpchartypmodout	bpchartypmodout	23	0	2275	f	t	i		0		
    2915	varchartypmodin	varchartypmodin	1263	0	23	f	t	i		0		
    2916	varchartypmodout	varchartypmodout	23	0	2275	f	t	i		0		
    2917	numerictypmodin	numerictypmodin	1263	0	23	f	t	i		0		
    2918	numerictypmodout	numerictypmodout	23	0	2275	f	t	i		0		
    2919	bittypmodin	bittypmodin	1263	0	23	f	t	i		0		
    2920	bittypmodout	bittypmodout	23	0	2275	f	t	i		0		
    2921	varbittypmodout	varbittypmodout	23	0	2275	f	t	i		0		
    2939	txid_snapshot_in	pg_snapshot_in	2275	0	2970	f	t	i		0		
    2940	txid_snapshot_out	pg_snapshot_out	2970	0	2275	f	t	i		0		
    2942	txid_snapshot_send	pg_snapshot_send	2970	0	17	f	t	i		0		
    2943	txid_current	pg_current_xact_id		0	20	f	t	s		0		
    2944	txid_current_snapshot	pg_current_snapshot		0	2970	f	t	s		0		
    2945	txid_snapshot_xmin	pg_snapshot_xmin	2970	0	20	f	t	i		0		
    2946	txid_snapshot_xmax	pg_snapshot_xmax	2970	0	20	f	t	i		0		
    2947	txid_snapshot_xip	pg_snapshot_xip	2970	0	20	t	t	i		50		
    2948	txid_visible_in_snapshot	pg_visible_in_snapshot	20 2970	0	16	f	t	i		0		
    2952	uuid_in	uuid_in	2275	0	2950	f	t	i		0		
    2953	uuid_out	uuid_out	2950	0	2275	f	t	i		0		
    2954	uuid_lt	uuid_lt	2950 2950	0	16	f	t	i		0		
    2955	uuid_le	uuid_le	2950 2950	0	16	f	t	i		0		
    2956	uuid_eq	uuid_eq	2950 2950	0	16	f	t	i		0		
    2957	uuid_ge	uuid_ge	2950 2950	0	16	f	t	i		0		
    2958	uuid_gt	uuid_gt	2950 2950	0	16	f	t	i		0		
    2959	uuid_ne	uuid_ne	2950 2950	0	16	f	t	i		0		
    2960	uuid_cmp	uuid_cmp	2950 2950	0	23	f	t	i		0		
    2962	uuid_send	uuid_send	2950	0	17	f	t	i		0		
    2963	uuid_hash	uuid_hash	2950	0	23	f	t	i		0		
    2971	text	booltext	16	0	25	f	t	i		0		
    2978	pg_stat_get_function_calls	pg_stat_get_function_calls	26	0	20	f	t	s		0		
    2979	pg_stat_get_function_total_time	pg_stat_get_function_total_time	26	0	701	f	t	s		0		
    2980	pg_stat_get_function_self_time	pg_stat_get_function_self_time	26	0	701	f	t	s		0		
    2981	record_eq	record_eq	2249 2249	0	16	f	t	i		0		
    2982	record_ne	record_ne	2249 2249	0	16	f	t	i		0		
    2983	record_lt	record_lt	2249 2249	0	16	f	t	i		0		
    2984	record_gt	record_gt	2249 2249	0	16	f	t	i		0		
    2985	record_le	record_le	2249 2249	0	16	f	t	i		0		
    2986	record_ge	record_ge	2249 2249	0	16	f	t	i		0		
    2987	btrecordcmp	btrecordcmp	2249 2249	0	23	f	t	i		0		
    2997	pg_table_size	pg_table_size	2205	0	20	f	t	v		0		
    2998	pg_indexes_size	pg_indexes_size	2205	0	20	f	t	v		0		
    2999	pg_relation_filenode	pg_relation_filenode	2205	0	26	f	t	s		0		
    3000	has_foreign_data_wrapper_privilege	has_foreign_data_wrapper_privilege_name_name	19 25 25	0	16	f	t	s		0		
    3001	has_foreign_data_wrapper_privilege	has_foreign_data_wrapper_privilege_name_id	19 26 25	0	16	f	t	s		0		
    3002	has_foreign_data_wrapper_privilege	has_foreign_data_wrapper_privilege_id_name	26 25 25	0	16	f	t	s		0		
    3003	has_foreign_data_wrapper_privilege	has_foreign_data_wrapper_privilege_id_id	26 26 25	0	16	f	t	s		0		
    3004	has_foreign_data_wrapper_privilege	has_foreign_data_wrapper_privilege_name	25 25	0	16	f	t	s		0		
    3005	has_foreign_data_wrapper_privilege	has_foreign_data_wrapper_privilege_id	26 25	0	16	f	t	s		0		
    3006	has_server_privilege	has_server_privilege_name_name	19 25 25	0	16	f	t	s		0		
    3007	has_server_privilege	has_server_privilege_name_id	19 26 25	0	16	f	t	s		0		
    3008	has_server_privilege	has_server_privilege_id_name	26 25 25	0	16	f	t	s		0		
    3009	has_server_privilege	has_server_privilege_id_id	26 26 25	0	16	f	t	s		0		
    3010	has_server_privilege	has_server_privilege_name	25 25	0	16	f	t	s		0		
    3011	has_server_privilege	has_server_privilege_id	26 25	0	16	f	t	s		0		
    3012	has_column_privilege	has_column_privilege_name_name_name	19 25 25 25	0	16	f	t	s		0		
    3013	has_column_privilege	has_column_privilege_name_name_attnum	19 25 21 25	0	16	f	t	s		0		
    3014	has_column_privilege	has_column_privilege_name_id_name	19 26 25 25	0	16	f	t	s		0		
    3015	has_column_privilege	has_column_privilege_name_id_attnum	19 26 21 25	0	16	f	t	s		0		
    3016	has_column_privilege	has_column_privilege_id_name_name	26 25 25 25	0	16	f	t	s		0		
    3017	has_column_privilege	has_column_privilege_id_name_attnum	26 25 21 25	0	16	f	t	s		0		
    3018	has_column_privilege	has_column_privilege_id_id_name	26 26 25 25	0	16	f	t	s		0		
    3019	has_column_privilege	has_column_privilege_id_id_attnum	26 26 21 25	0	16	f	t	s		0		
    3020	has_column_privilege	has_column_privilege_name_name	25 25 25	0	16	f	t	s		0		
    3021	has_column_privilege	has_column_privilege_name_attnum	25 21 25	0	16	f	t	s		0		
    3022	has_column_privilege	has_column_privilege_id_name	26 25 25	0	16	f	t	s		0		
    3023	has_column_privilege	has_column_privilege_id_attnum	26 21 25	0	16	f	t	s		0		
    3024	has_any_column_privilege	has_any_column_privilege_name_name	19 25 25	0	16	f	t	s		0		
    3025	has_any_column_privilege	has_any_column_privilege_name_id	19 26 25	0	16	f	t	s		0		
    3026	has_any_column_privilege	has_any_column_privilege_id_name	26 25 25	0	16	f	t	s		0		
    3027	has_any_column_privilege	has_any_column_privilege_id_id	26 26 25	0	16	f	t	s		0		
    3028	has_any_column_privilege	has_any_column_privilege_name	25 25	0	16	f	t	s		0		
    3029	has_any_column_privilege	has_any_column_privilege_id	26 25	0	16	f	t	s		0		
    3030	overlay	bitoverlay	1560 1560 23 23	0	1560	f	t	i		0		
    3031	overlay	bitoverlay_no_len	1560 1560 23	0	1560	f	t	i		0		
    3032	get_bit	bitgetbit	1560 23	0	23	f	t	i		0		
    3033	set_bit	bitsetbit	1560 23 23	0	1560	f	t	i		0		
    3034	pg_relation_filepath	pg_relation_filepath	2205	0	25	f	t	s		0		
    3035	pg_listening_channels	pg_listening_channels		0	25	t	t	s		10		
    3036	pg_notify	pg_notify	25 25	0	2278	f	f	v		0		
    3037	pg_stat_get_xact_numscans	pg_stat_get_xact_numscans	26	0	20	f	t	v		0		
    3038	pg_stat_get_xact_tuples_returned	pg_stat_get_xact_tuples_returned	26	0	20	f	t	v		0		
    3039	pg_stat_get_xact_tuples_fetched	pg_stat_get_xact_tuples_fetched	26	0	20	f	t	v		0		
    3040	pg_stat_get_xact_tuples_inserted	pg_stat_get_xact_tuples_inserted	26	0	20	f	t	v		0		
    3041	pg_stat_get_xact_tuples_updated	pg_stat_get_xact_tuples_updated	26	0	20	f	t	v		0		
    3042	pg_stat_get_xact_tuples_deleted	pg_stat_get_xact_tuples_deleted	26	0	20	f	t	v		0		
    3043	pg_stat_get_xact_tuples_hot_updated	pg_stat_get_xact_tuples_hot_updated	26	0	20	f	t	v		0		
    3044	pg_stat_get_xact_blocks_fetched	pg_stat_get_xact_blocks_fetched	26	0	20	f	t	v		0		
    3045	pg_stat_get_xact_blocks_hit	pg_stat_get_xact_blocks_hit	26	0	20	f	t	v		0		
    3046	pg_stat_get_xact_function_calls	pg_stat_get_xact_function_calls	26	0	20	f	t	v		0		
    3047	pg_stat_get_xact_function_total_time	pg_stat_get_xact_function_total_time	26	0	701	f	t	v		0		
    3048	pg_stat_get_xact_function_self_time	pg_stat_get_xact_function_self_time	26	0	701	f	t	v		0		
    3051	xml_is_well_formed	xml_is_well_formed	25	0	16	f	t	s		0		
    3052	xml_is_well_formed_document	xml_is_well_formed_document	25	0	16	f	t	i		0		
    3053	xml_is_well_formed_content	xml_is_well_formed_content	25	0	16	f	t	i		0		
    3054	pg_stat_get_vacuum_count	pg_stat_get_vacuum_count	26	0	20	f	t	s		0		
    3055	pg_stat_get_autovacuum_count	pg_stat_get_autovacuum_count	26	0	20	f	t	s		0		
    3056	pg_stat_get_analyze_count	pg_stat_get_analyze_count	26	0	20	f	t	s		0		
    3057	pg_stat_get_autoanalyze_count	pg_stat_get_autoanalyze_count	26	0	20	f	t	s		0		
    3058	concat	text_concat	2276	2276	25	f	f	s		0		
    3059	concat_ws	text_concat_ws	25 2276	2276	25	f	f	s		0		
    3060	left	text_left	25 23	0	25	f	t	i		0		
    3061	right	text_right	25 23	0	25	f	t	i		0		
    3062	reverse	text_reverse	25	0	25	f	t	i		0		
    3063	pg_stat_get_buf_fsync_backend	pg_stat_get_buf_fsync_backend		0	20	f	t	s		0		
    3065	pg_stat_get_db_conflict_tablespace	pg_stat_get_db_conflict_tablespace	26	0	20	f	t	s		0		
    3066	pg_stat_get_db_conflict_lock	pg_stat_get_db_conflict_lock	26	0	20	f	t	s		0		
    3067	pg_stat_get_db_conflict_snapshot	pg_stat_get_db_conflict_snapshot	26	0	20	f	t	s		0		
    3068	pg_stat_get_db_conflict_bufferpin	pg_stat_get_db_conflict_bufferpin	26	0	20	f	t	s		0		
    3069	pg_stat_get_db_conflict_startup_deadlock	pg_stat_get_db_conflict_startup_deadlock	26	0	20	f	t	s		0		
    3070	pg_stat_get_db_conflict_all	pg_stat_get_db_conflict_all	26	0	20	f	t	s		0		
    3071	pg_wal_replay_pause	pg_wal_replay_pause		0	2278	f	t	v		0		
    3072	pg_wal_replay_resume	pg_wal_replay_resume		0	2278	f	t	v		0		
    3073	pg_is_wal_replay_paused	pg_is_wal_replay_paused		0	16	f	t	v		0		
    3074	pg_stat_get_db_stat_reset_time	pg_stat_get_db_stat_reset_time	26	0	1184	f	t	s		0		
    3075	pg_stat_get_bgwriter_stat_reset_time	pg_stat_get_bgwriter_stat_reset_time		0	1184	f	t	s		0		
    3078	pg_sequence_parameters	pg_sequence_parameters	26	0	2249	f	t	s		0	sequence_oid	start_value:20,minimum_value:20,maximum_value:20,increment:20,cycle_option:16,cache_size:20,data_type:26
    3082	pg_available_extensions	pg_available_extensions		0	2249	t	t	s		100		name:19,default_version:25,comment:25
    3083	pg_available_extension_versions	pg_available_extension_versions		0	2249	t	t	s		100		name:19,version:25,superuser:16,trusted:16,relocatable:16,schema:19,requires:1003,comment:25
    3084	pg_extension_update_paths	pg_extension_update_paths	19	0	2249	t	t	s		100	name	source:25,target:25,path:25
    3086	pg_extension_config_dump	pg_extension_config_dump	2205 25	0	2278	f	t	v		0		
    3089	pg_advisory_xact_lock	pg_advisory_xact_lock_int8	20	0	2278	f	t	v		0		
    3090	pg_advisory_xact_lock_shared	pg_advisory_xact_lock_shared_int8	20	0	2278	f	t	v		0		
    3091	pg_try_advisory_xact_lock	pg_try_advisory_xact_lock_int8	20	0	16	f	t	v		0		
    3092	pg_try_advisory_xact_lock_shared	pg_try_advisory_xact_lock_shared_int8	20	0	16	f	t	v		0		
    3093	pg_advisory_xact_lock	pg_advisory_xact_lock_int4	23 23	0	2278	f	t	v		0		
    3094	pg_advisory_xact_lock_shared	pg_advisory_xact_lock_shared_int4	23 23	0	2278	f	t	v		0		
    3095	pg_try_advisory_xact_lock	pg_try_advisory_xact_lock_int4	23 23	0	16	f	t	v		0		
    3096	pg_try_advisory_xact_lock_shared	pg_try_advisory_xact_lock_shared_int4	23 23	0	16	f	t	v		0		
    3098	pg_create_restore_point	pg_create_restore_point	25	0	3220	f	t	v		0		
    3099	pg_stat_get_wal_senders	pg_stat_get_wal_senders		0	2249	t	f	s		10		pid:23,state:25,sent_lsn:3220,write_lsn:3220,flush_lsn:3220,replay_lsn:3220,write_lag:1186,flush_lag:1186,replay_lag:1186,sync_priority:23,sync_state:25,reply_time:1184
    3121	void_send	void_send	2278	0	17	f	t	i		0		
    3138	has_type_privilege	has_type_privilege_name_name	19 25 25	0	16	f	t	s		0		
    3139	has_type_privilege	has_type_privilege_name_id	19 26 25	0	16	f	t	s		0		
    3140	has_type_privilege	has_type_privilege_id_name	26 25 25	0	16	f	t	s		0		
    3141	has_type_privilege	has_type_privilege_id_id	26 26 25	0	16	f	t	s		0		
    3142	has_type_privilege	has_type_privilege_name	25 25	0	16	f	t	s		0		
    3143	has_type_privilege	has_type_privilege_id	26 25	0	16	f	t	s		0		
    3144	macaddr_not	macaddr_not	829	0	829	f	t	i		0		
    3145	macaddr_and	macaddr_and	829 829	0	829	f	t	i		0		
    3146	macaddr_or	macaddr_or	829 829	0	829	f	t	i		0		
    3150	pg_stat_get_db_temp_files	pg_stat_get_db_temp_files	26	0	20	f	t	s		0		
    3151	pg_stat_get_db_temp_bytes	pg_stat_get_db_temp_bytes	26	0	20	f	t	s		0		
    3152	pg_stat_get_db_deadlocks	pg_stat_get_db_deadlocks	26	0	20	f	t	s		0		
    3153	array_to_json	array_to_json	2277	0	114	f	t	s		0		
    3154	array_to_json	array_to_json_pretty	2277 16	0	114	f	t	s		0		
    3155	row_to_json	row_to_json	2249	0	114	f	t	s		0		
    3156	row_to_json	row_to_json_pretty	2249 16	0	114	f	t	s		0		
    3159	pg_get_viewdef	pg_get_viewdef_wrap	26 23	0	25	f	t	s		0		
    3160	pg_stat_get_checkpoint_write_time	pg_stat_get_checkpoint_write_time		0	701	f	t	s		0		
    3161	pg_stat_get_checkpoint_sync_time	pg_stat_get_checkpoint_sync_time		0	701	f	t	s		0		
    3162	pg_collation_for	pg_collation_for	2276	0	25	f	f	s		0		
    3163	pg_trigger_depth	pg_trigger_depth		0	23	f	t	s		0		
    3165	pg_wal_lsn_diff	pg_wal_lsn_diff	3220 3220	0	1700	f	t	i		0		
    3166	pg_size_pretty	pg_size_pretty_numeric	1700	0	25	f	t	i		0		
    3167	array_remove	array_remove	5078 5077	0	5078	f	f	i		0		
    3168	array_replace	array_replace	5078 5077 5077	0	5078	f	f	i		0		
    3170	lo_lseek64	be_lo_lseek64	23 20 23	0	20	f	t	v		0		
    3171	lo_tell64	be_lo_tell64	23	0	20	f	t	v		0		
    3172	lo_truncate64	be_lo_truncate64	23 20	0	23	f	t	v		0		
    3176	to_json	to_json	2283	0	114	f	t	s		0		
    3177	pg_stat_get_mod_since_analyze	pg_stat_get_mod_since_analyze	26	0	20	f	t	s		0		
    3179	cardinality	array_cardinality	2277	0	23	f	t	i		0		
    3181	record_image_eq	record_image_eq	2249 2249	0	16	f	t	i		0		
    3182	record_image_ne	record_image_ne	2249 2249	0	16	f	t	i		0		
    3183	record_image_lt	record_image_lt	2249 2249	0	16	f	t	i		0		
    3184	record_image_gt	record_image_gt	2249 2249	0	16	f	t	i		0		
    3185	record_image_le	record_image_le	2249 2249	0	16	f	t	i		0		
    3186	record_image_ge	record_image_ge	2249 2249	0	16	f	t	i		0		
    3187	btrecordimagecmp	btrecordimagecmp	2249 2249	0	23	f	t	i		0		
    3195	pg_stat_get_archiver	pg_stat_get_archiver		0	2249	f	f	s		0		archived_count:20,last_archived_wal:25,last_archived_time:1184,failed_count:20,last_failed_wal:25,last_failed_time:1184,stats_reset:1184
    3198	json_build_array	json_build_array	2276	2276	114	f	f	s		0		
    3199	json_build_array	json_build_array_noargs		0	114	f	f	s		0		
    3200	json_build_object	json_build_object	2276	2276	114	f	f	s		0		
    3201	json_build_object	json_build_object_noargs		0	114	f	f	s		0		
    3202	json_object	json_object	1009	0	114	f	t	i		0		
    3203	json_object	json_object_two_arg	1009 1009	0	114	f	t	i		0		
    3204	json_to_record	json_to_record	114	0	2249	f	t	s		0		
    3205	json_to_recordset	json_to_recordset	114	0	2249	t	f	s		100		
    3207	jsonb_array_length	jsonb_array_length	3802	0	23	f	t	i		0		
    3208	jsonb_each	jsonb_each	3802	0	2249	t	t	i		100	from_json	key:25,value:3802
    3209	jsonb_populate_record	jsonb_populate_record	2283 3802	0	2283	f	f	s		0		
    3210	jsonb_typeof	jsonb_typeof	3802	0	25	f	t	i		0		
    3214	jsonb_object_field_text	jsonb_object_field_text	3802 25	0	25	f	t	i		0	from_json,field_name	
    3215	jsonb_array_element	jsonb_array_element	3802 23	0	3802	f	t	i		0	from_json,element_index	
    3216	jsonb_array_element_text	jsonb_array_element_text	3802 23	0	25	f	t	i		0	from_json,element_index	
    3217	jsonb_extract_path	jsonb_extract_path	3802 1009	25	3802	f	t	i		0	from_json,path_elems	
    3218	width_bucket	width_bucket_array	5077 5078	0	23	f	t	i		0		
    3219	jsonb_array_elements	jsonb_array_elements	3802	0	3802	t	t	i		100	from_json	value:3802
    3229	pg_lsn_in	pg_lsn_in	2275	0	3220	f	t	i		0		
    3230	pg_lsn_out	pg_lsn_out	3220	0	2275	f	t	i		0		
    3231	pg_lsn_lt	pg_lsn_lt	3220 3220	0	16	f	t	i		0		
    3232	pg_lsn_le	pg_lsn_le	3220 3220	0	16	f	t	i		0		
    3233	pg_lsn_eq	pg_lsn_eq	3220 3220	0	16	f	t	i		0		
    3234	pg_lsn_ge	pg_lsn_ge	3220 3220	0	16	f	t	i		0		
    3235	pg_lsn_gt	pg_lsn_gt	3220 3220	0	16	f	t	i		0		
    3236	pg_lsn_ne	pg_lsn_ne	3220 3220	0	16	f	t	i		0		
    3237	pg_lsn_mi	pg_lsn_mi	3220 3220	0	1700	f	t	i		0		
    3239	pg_lsn_send	pg_lsn_send	3220	0	17	f	t	i		0		
    3251	pg_lsn_cmp	pg_lsn_cmp	3220 3220	0	23	f	t	i		0		
    3252	pg_lsn_hash	pg_lsn_hash	3220	0	23	f	t	i		0		
    3259	generate_series	generate_series_step_numeric	1700 1700 1700	0	1700	t	t	i		1000		
    3260	generate_series	generate_series_numeric	1700 1700	0	1700	t	t	i		1000		
    3261	json_strip_nulls	json_strip_nulls	114	0	114	f	t	i		0		
    3262	jsonb_strip_nulls	jsonb_strip_nulls	3802	0	3802	f	t	i		0		
    3263	jsonb_object	jsonb_object	1009	0	3802	f	t	i		0		
    3264	jsonb_object	jsonb_object_two_arg	1009 1009	0	3802	f	t	i		0		
    3271	jsonb_build_array	jsonb_build_array	2276	2276	3802	f	f	s		0		
    3272	jsonb_build_array	jsonb_build_array_noargs		0	3802	f	f	s		0		
    3273	jsonb_build_object	jsonb_build_object	2276	2276	3802	f	f	s		0		
    3274	jsonb_build_object	jsonb_build_object_noargs		0	3802	f	f	s		0		
    3275	dist_ppoly	dist_ppoly	600 604	0	701	f	t	i		0		
    3277	array_position	array_position	5078 5077	0	23	f	f	i		0		
    3278	array_position	array_position_start	5078 5077 23	0	23	f	f	i		0		
    3279	array_positions	array_positions	5078 5077	0	1007	f	f	i		0		
    3281	scale	numeric_scale	1700	0	23	f	t	i		0		
    3290	dist_cpoint	dist_cpoint	718 600	0	701	f	t	i		0		
    3292	dist_polyp	dist_polyp	604 600	0	701	f	t	i		0		
    3293	pg_read_file	pg_read_file_v2	25 20 20 16	0	25	f	t	v		0		
    3294	current_setting	show_config_by_name_missing_ok	25 16	0	25	f	t	s		0		
    3295	pg_read_binary_file	pg_read_binary_file	25 20 20 16	0	17	f	t	v		0		
    3296	pg_notification_queue_usage	pg_notification_queue_usage		0	701	f	t	v		0		
    3297	pg_ls_dir	pg_ls_dir	25 16 16	0	25	t	t	v		1000		
    3298	row_security_active	row_security_active	26	0	16	f	t	s		0		
    3299	row_security_active	row_security_active_name	25	0	16	f	t	s		0		
    3301	jsonb_concat	jsonb_concat	3802 3802	0	3802	f	t	i		0		
    3302	jsonb_delete	jsonb_delete	3802 25	0	3802	f	t	i		0		
    3303	jsonb_delete	jsonb_delete_idx	3802 23	0	3802	f	t	i		0		
    3304	jsonb_delete_path	jsonb_delete_path	3802 1009	0	3802	f	t	i		0		
    3305	jsonb_set	jsonb_set	3802 1009 3802 16	0	3802	f	t	i	true	0	jsonb_in,path,replacement,create_if_missing	
    3306	jsonb_pretty	jsonb_pretty	3802	0	25	f	t	i		0		
    3307	pg_stat_file	pg_stat_file	25 16	0	2249	f	t	v		0	filename,missing_ok	size:20,access:1184,modification:1184,change:1184,creation:1184,isdir:16
    3308	xidneq	xidneq	28 28	0	16	f	t	i		0		
    3309	xidneqint4	xidneq	28 23	0	16	f	t	i		0		
    3317	pg_stat_get_wal_receiver	pg_stat_get_wal_receiver		0	2249	f	f	s		0		pid:23,status:25,receive_start_lsn:3220,receive_start_tli:23,written_lsn:3220,flushed_lsn:3220,received_tli:23,last_msg_send_time:1184,last_msg_receipt_time:1184,latest_end_lsn:3220,latest_end_time:1184,slot_name:25,sender_host:25,sender_port:23,conninfo:25
    3318	pg_stat_get_progress_info	pg_stat_get_progress_info	25	0	2249	t	t	s		100	cmdtype	pid:23,datid:26,relid:26,param1:20,param2:20,param3:20,param4:20,param5:20,param6:20,param7:20,param8:20,param9:20,param10:20,param11:20,param12:20,param13:20,param14:20,param15:20,param16:20,param17:20,param18:20,param19:20,param20:20
    3324	int4_avg_combine	int4_avg_combine	1016 1016	0	1016	f	t	i		0		
    3325	interval_combine	interval_combine	1187 1187	0	1187	f	t	i		0		
    3329	pg_show_all_file_settings	show_all_file_settings		0	2249	t	t	v		1000		sourcefile:25,sourceline:23,seqno:23,name:25,setting:25,applied:16,error:25
    3330	pg_current_wal_flush_lsn	pg_current_wal_flush_lsn		0	3220	f	t	v		0		
    3334	pg_size_bytes	pg_size_bytes	25	0	20	f	t	i		0		
    3342	float8_regr_combine	float8_regr_combine	1022 1022	0	1022	f	t	i		0		
    3343	jsonb_delete	jsonb_delete_array	3802 1009	25	3802	f	t	i		0	from_json,path_elems	
    3344	cash_mul_int8	cash_mul_int8	790 20	0	790	f	t	i		0		
    3345	cash_div_int8	cash_div_int8	790 20	0	790	f	t	i		0		
    3348	txid_current_if_assigned	pg_current_xact_id_if_assigned		0	20	f	t	s		0		
    3352	pg_get_partkeydef	pg_get_partkeydef	26	0	25	f	t	s		0		
    3353	pg_ls_logdir	pg_ls_logdir		0	2249	t	t	v		20		name:25,size:20,modification:1184
    3354	pg_ls_waldir	pg_ls_waldir		0	2249	t	t	v		20		name:25,size:20,modification:1184
    3360	txid_status	pg_xact_status	20	0	25	f	t	v		0		
    3376	pg_safe_snapshot_blocking_pids	pg_safe_snapshot_blocking_pids	23	0	1007	f	t	v		0		
    3378	pg_isolation_test_session_is_blocked	pg_isolation_test_session_is_blocked	23 1007	0	16	f	t	v		0		
    3382	pg_identify_object_as_address	pg_identify_object_as_address	26 26 23	0	2249	f	t	s		0	classid,objid,objsubid	type:25,object_names:1009,object_args:1009
    3396	regexp_match	regexp_match_no_flags	25 25	0	1009	f	t	i		0		
    3397	regexp_match	regexp_match	25 25 25	0	1009	f	t	i		0		
    3399	int8_mul_cash	int8_mul_cash	20 790	0	790	f	t	i		0		
    3400	pg_config	pg_config		0	2249	t	t	s		23		name:25,setting:25
    3401	pg_hba_file_rules	pg_hba_file_rules		0	2249	t	t	v		1000		line_number:23,type:25,database:1009,user_name:1009,address:25,netmask:25,auth_method:25,options:1009,error:25
    3403	pg_statistics_obj_is_visible	pg_statistics_obj_is_visible	26	0	16	f	t	s		0		
    3408	pg_get_partition_constraintdef	pg_get_partition_constraintdef	26	0	25	f	t	s		0		
    3409	time_hash_extended	time_hash_extended	1083 20	0	20	f	t	i		0		
    3410	timetz_hash_extended	timetz_hash_extended	1266 20	0	20	f	t	i		0		
    3411	timestamp_hash_extended	timestamp_hash_extended	1114 20	0	20	f	t	i		0		
    3412	uuid_hash_extended	uuid_hash_extended	2950 20	0	20	f	t	i		0		
    3413	pg_lsn_hash_extended	pg_lsn_hash_extended	3220 20	0	20	f	t	i		0		
    3414	hashenumextended	hashenumextended	3500 20	0	20	f	t	i		0		
    3415	pg_get_statisticsobjdef	pg_get_statisticsobjdef	26	0	25	f	t	s		0		
    3416	jsonb_hash_extended	jsonb_hash_extended	3802 20	0	20	f	t	i		0		
    3417	hash_range_extended	hash_range_extended	3831 20	0	20	f	t	i		0		
    3418	interval_hash_extended	interval_hash_extended	1186 20	0	20	f	t	i		0		
    3419	sha224	sha224_bytea	17	0	17	f	t	i		0		
    3420	sha256	sha256_bytea	17	0	17	f	t	i		0		
    3421	sha384	sha384_bytea	17	0	17	f	t	i		0		
    3422	sha512	sha512_bytea	17	0	17	f	t	i		0		
    3423	pg_partition_tree	pg_partition_tree	2205	0	2249	t	t	v		1000	rootrelid	relid:2205,parentrelid:2205,isleaf:16,level:23
    3424	pg_partition_root	pg_partition_root	2205	0	2205	f	t	i		0		
    3425	pg_partition_ancestors	pg_partition_ancestors	2205	0	2205	t	t	v		10	partitionid	relid:2205
    3426	pg_stat_get_db_checksum_failures	pg_stat_get_db_checksum_failures	26	0	20	f	t	s		0		
    3428	pg_stat_get_db_checksum_last_failure	pg_stat_get_db_checksum_last_failure	26	0	1184	f	t	s		0		
    3432	gen_random_uuid	gen_random_uuid		0	2950	f	t	v		0		
    3436	pg_promote	pg_promote	16 23	0	16	f	t	v	true,60	0	wait,wait_seconds	
    3441	pg_control_system	pg_control_system		0	2249	f	t	v		0		pg_control_version:23,catalog_version_no:23,system_identifier:20,pg_control_last_modified:1184
    3442	pg_control_checkpoint	pg_control_checkpoint		0	2249	f	t	v		0		checkpoint_lsn:3220,redo_lsn:3220,redo_wal_file:25,timeline_id:23,prev_timeline_id:23,full_page_writes:16,next_xid:25,next_oid:26,next_multixact_id:28,next_multi_offset:28,oldest_xid:28,oldest_xid_dbid:26,oldest_active_xid:28,oldest_multi_xid:28,oldest_multi_dbid:26,oldest_commit_ts_xid:28,newest_commit_ts_xid:28,checkpoint_time:1184
    3443	pg_control_recovery	pg_control_recovery		0	2249	f	t	v		0		min_recovery_end_lsn:3220,min_recovery_end_timeline:23,backup_start_lsn:3220,backup_end_lsn:3220,end_of_backup_record_required:16
    3444	pg_control_init	pg_control_init		0	2249	f	t	v		0		max_data_alignment:23,database_block_size:23,blocks_per_segment:23,wal_block_size:23,bytes_per_wal_segment:23,max_identifier_length:23,max_index_columns:23,max_toast_chunk_size:23,large_object_chunk_size:23,float8_pass_by_value:16,data_page_checksum_version:23
    3445	pg_import_system_collations	pg_import_system_collations	4089	0	23	f	t	v		0		
    3447	macaddr8_send	macaddr8_send	774	0	17	f	t	i		0		
    3448	pg_collation_actual_version	pg_collation_actual_version	26	0	25	f	t	v		0		
    3449	numeric	jsonb_numeric	3802	0	1700	f	t	i		0		
    3450	int2	jsonb_int2	3802	0	21	f	t	i		0		
    3451	int4	jsonb_int4	3802	0	23	f	t	i		0		
    3452	int8	jsonb_int8	3802	0	20	f	t	i		0		
    3453	float4	jsonb_float4	3802	0	700	f	t	i		0		
    3454	pg_filenode_relation	pg_filenode_relation	26 26	0	2205	f	t	s		0		
    3457	lo_from_bytea	be_lo_from_bytea	26 17	0	26	f	t	v		0		
    3458	lo_get	be_lo_get	26	0	17	f	t	v		0		
    3459	lo_get	be_lo_get_fragment	26 20 23	0	17	f	t	v		0		
    3460	lo_put	be_lo_put	26 20 17	0	2278	f	t	v		0		
    3461	make_timestamp	make_timestamp	23 23 23 23 23 701	0	1114	f	t	i		0	year,month,mday,hour,min,sec	
    3462	make_timestamptz	make_timestamptz	23 23 23 23 23 701	0	1184	f	t	s		0	year,month,mday,hour,min,sec	
    3463	make_timestamptz	make_timestamptz_at_timezone	23 23 23 23 23 701 25	0	1184	f	t	s		0	year,month,mday,hour,min,sec,timezone	
    3464	make_interval	make_interval	23 23 23 23 23 23 701	0	1186	f	t	i	0,0,0,0,0,0,0.0	0	years,months,weeks,days,hours,mins,secs	
    3465	jsonb_array_elements_text	jsonb_array_elements_text	3802	0	25	t	t	i		100	from_json	value:25
    3475	jsonb_populate_recordset	jsonb_populate_recordset	2283 3802	0	2283	t	f	s		100		
    3476	to_regoperator	to_regoperator	25	0	2204	f	t	s		0		
    3478	jsonb_object_field	jsonb_object_field	3802 25	0	3802	f	t	i		0	from_json,field_name	
    3479	to_regprocedure	to_regprocedure	25	0	2202	f	t	s		0		
    3480	gin_compare_jsonb	gin_compare_jsonb	25 25	0	23	f	t	i		0		
    3490	jsonb_to_record	jsonb_to_record	3802	0	2249	f	t	s		0		
    3491	jsonb_to_recordset	jsonb_to_recordset	3802	0	2249	t	f	s		100		
    3492	to_regoper	to_regoper	25	0	2203	f	t	s		0		
    3493	to_regtype	to_regtype	25	0	2206	f	t	s		0		
    3494	to_regproc	to_regproc	25	0	24	f	t	s		0		
    3495	to_regclass	to_regclass	25	0	2205	f	t	s		0		
    3504	anyenum_in	anyenum_in	2275	0	3500	f	t	i		0		
    3505	anyenum_out	anyenum_out	3500	0	2275	f	t	s		0		
    3506	enum_in	enum_in	2275 26	0	3500	f	t	s		0		
    3507	enum_out	enum_out	3500	0	2275	f	t	s		0		
    3508	enum_eq	enum_eq	3500 3500	0	16	f	t	i		0		
    3509	enum_ne	enum_ne	3500 3500	0	16	f	t	i		0		
    3510	enum_lt	enum_lt	3500 3500	0	16	f	t	i		0		
    3511	enum_gt	enum_gt	3500 3500	0	16	f	t	i		0		
    3512	enum_le	enum_le	3500 3500	0	16	f	t	i		0		
    3513	enum_ge	enum_ge	3500 3500	0	16	f	t	i		0		
    3514	enum_cmp	enum_cmp	3500 3500	0	23	f	t	i		0		
    3515	hashenum	hashenum	3500	0	23	f	t	i		0		
    3524	enum_smaller	enum_smaller	3500 3500	0	3500	f	t	i		0		
    3525	enum_larger	enum_larger	3500 3500	0	3500	f	t	i		0		
    3528	enum_first	enum_first	3500	0	3500	f	f	s		0		
    3529	enum_last	enum_last	3500	0	3500	f	f	s		0		
    3530	enum_range	enum_range_bounds	3500 3500	0	2277	f	f	s		0		
    3531	enum_range	enum_range_all	3500	0	2277	f	f	s		0		
    3533	enum_send	enum_send	3500	0	17	f	t	s		0		
    3537	pg_describe_object	pg_describe_object	26 26 23	0	25	f	t	s		0		
    3539	format	text_format	25 2276	2276	25	f	f	s		0		
    3540	format	text_format_nv	25	0	25	f	f	s		0		
    3546	int8dec	int8dec	20	0	20	f	t	i		0		
    3547	int8dec_any	int8dec_any	20 2276	0	20	f	t	i		0		
    3549	interval_accum_inv	interval_accum_inv	1187 1186	0	1187	f	t	i		0		
    3551	network_overlap	network_overlap	869 869	0	16	f	t	i		0		
    3556	bool	jsonb_bool	3802	0	16	f	t	i		0		
    3562	network_larger	network_larger	869 869	0	869	f	t	i		0		
    3563	network_smaller	network_smaller	869 869	0	869	f	t	i		0		
    3566	pg_event_trigger_dropped_objects	pg_event_trigger_dropped_objects		0	2249	t	t	s		100		classid:26,objid:26,objsubid:23,original:16,normal:16,is_temporary:16,object_type:25,schema_name:25,object_name:25,object_identity:25,address_names:1009,address_args:1009
    3570	int2_avg_accum_inv	int2_avg_accum_inv	1016 21	0	1016	f	t	i		0		
    3571	int4_avg_accum_inv	int4_avg_accum_inv	1016 23	0	1016	f	t	i		0		
    3572	int2int4_sum	int2int4_sum	1016	0	20	f	t	i		0		
    3577	pg_logical_emit_message	pg_logical_emit_message_text	16 25 25	0	3220	f	t	v		0		
    3578	pg_logical_emit_message	pg_logical_emit_message_bytea	16 25 17	0	3220	f	t	v		0		
    3579	jsonb_insert	jsonb_insert	3802 1009 3802 16	0	3802	f	t	i	false	0	jsonb_in,path,replacement,insert_after	
    3581	pg_xact_commit_timestamp	pg_xact_commit_timestamp	28	0	1184	f	t	v		0		
    3582	binary_upgrade_set_next_pg_type_oid	binary_upgrade_set_next_pg_type_oid	26	0	2278	f	t	v		0		
    3583	pg_last_committed_xact	pg_last_committed_xact		0	2249	f	t	v		0		xid:28,timestamp:1184,roident:26
    3584	binary_upgrade_set_next_array_pg_type_oid	binary_upgrade_set_next_array_pg_type_oid	26	0	2278	f	t	v		0		
    3586	binary_upgrade_set_next_heap_pg_class_oid	binary_upgrade_set_next_heap_pg_class_oid	26	0	2278	f	t	v		0		
    3587	binary_upgrade_set_next_index_pg_class_oid	binary_upgrade_set_next_index_pg_class_oid	26	0	2278	f	t	v		0		
    3588	binary_upgrade_set_next_toast_pg_class_oid	binary_upgrade_set_next_toast_pg_class_oid	26	0	2278	f	t	v		0		
    3589	binary_upgrade_set_next_pg_enum_oid	binary_upgrade_set_next_pg_enum_oid	26	0	2278	f	t	v		0		
    3590	binary_upgrade_set_next_pg_authid_oid	binary_upgrade_set_next_pg_authid_oid	26	0	2278	f	t	v		0		
    3591	binary_upgrade_create_empty_extension	binary_upgrade_create_empty_extension	25 25 16 25 1028 1009 1009	0	2278	f	f	v		0		
    3689	ts_stat	ts_stat1	25	0	2249	t	t	v		10000	query	word:25,ndoc:23,nentry:23
    3690	ts_stat	ts_stat2	25 25	0	2249	t	t	v		10000	query,weights	word:25,ndoc:23,nentry:23
    3696	starts_with	text_starts_with	25 25	0	16	f	t	i		0		
    3713	ts_token_type	ts_token_type_byid	26	0	2249	t	t	i		16	parser_oid	tokid:23,alias:25,description:25
    3714	ts_token_type	ts_token_type_byname	25	0	2249	t	t	s		16	parser_name	tokid:23,alias:25,description:25
    3715	ts_parse	ts_parse_byid	26 25	0	2249	t	t	i		1000	parser_oid,txt	tokid:23,token:25
    3716	ts_parse	ts_parse_byname	25 25	0	2249	t	t	s		1000	parser_name,txt	tokid:23,token:25
    3724	gin_cmp_tslexeme	gin_cmp_tslexeme	25 25	0	23	f	t	i		0		
    3756	pg_ts_parser_is_visible	pg_ts_parser_is_visible	26	0	16	f	t	s		0		
    3757	pg_ts_dict_is_visible	pg_ts_dict_is_visible	26	0	16	f	t	s		0		
    3758	pg_ts_config_is_visible	pg_ts_config_is_visible	26	0	16	f	t	s		0		
    3760	ts_match_tt	ts_match_tt	25 25	0	16	f	t	s		0		
    3768	pg_ts_template_is_visible	pg_ts_template_is_visible	26	0	16	f	t	s		0		
    3775	pg_stat_reset_shared	pg_stat_reset_shared	25	0	2278	f	t	v		0		
    3776	pg_stat_reset_single_table_counters	pg_stat_reset_single_table_counters	26	0	2278	f	t	v		0		
    3777	pg_stat_reset_single_function_counters	pg_stat_reset_single_function_counters	26	0	2278	f	t	v		0		
    3778	pg_tablespace_location	pg_tablespace_location	26	0	25	f	t	s		0		
    3779	pg_create_physical_replication_slot	pg_create_physical_replication_slot	19 16 16	0	2249	f	t	v	false,false	0	slot_name,immediately_reserve,temporary	slot_name:19,lsn:3220
    3780	pg_drop_replication_slot	pg_drop_replication_slot	19	0	2278	f	t	v		0		
    3781	pg_get_replication_slots	pg_get_replication_slots		0	2249	t	f	s		10		slot_name:19,plugin:19,slot_type:25,datoid:26,temporary:16,active:16,active_pid:23,xmin:28,catalog_xmin:28,restart_lsn:3220,confirmed_flush_lsn:3220,wal_status:25,safe_wal_size:20,two_phase:16
    3782	pg_logical_slot_get_changes	pg_logical_slot_get_changes	19 3220 23 1009	25	2249	t	f	v	{}	1000	slot_name,upto_lsn,upto_nchanges,options	lsn:3220,xid:28,data:25
    3783	pg_logical_slot_get_binary_changes	pg_logical_slot_get_binary_changes	19 3220 23 1009	25	2249	t	f	v	{}	1000	slot_name,upto_lsn,upto_nchanges,options	lsn:3220,xid:28,data:17
    3784	pg_logical_slot_peek_changes	pg_logical_slot_peek_changes	19 3220 23 1009	25	2249	t	f	v	{}	1000	slot_name,upto_lsn,upto_nchanges,options	lsn:3220,xid:28,data:25
    3785	pg_logical_slot_peek_binary_changes	pg_logical_slot_peek_binary_changes	19 3220 23 1009	25	2249	t	f	v	{}	1000	slot_name,upto_lsn,upto_nchanges,options	lsn:3220,xid:28,data:17
    3786	pg_create_logical_replication_slot	pg_create_logical_replication_slot	19 19 16 16	0	2249	f	t	v	false,false	0	slot_name,plugin,temporary,twophase	slot_name:19,lsn:3220
    3787	to_jsonb	to_jsonb	2283	0	3802	f	t	s		0		
    3788	pg_stat_get_snapshot_timestamp	pg_stat_get_snapshot_timestamp		0	1184	f	t	s		0		
    3789	gin_clean_pending_list	gin_clean_pending_list	2205	0	20	f	t	v		0		
    3800	pg_current_logfile	pg_current_logfile		0	25	f	f	v		0		
    3801	pg_current_logfile	pg_current_logfile_1arg	25	0	25	f	f	v		0		
    3803	jsonb_send	jsonb_send	3802	0	17	f	t	i		0		
    3804	jsonb_out	jsonb_out	3802	0	2275	f	t	i		0		
    3806	jsonb_in	jsonb_in	2275	0	3802	f	t	i		0		
    3808	pg_get_function_arg_default	pg_get_function_arg_default	26 23	0	25	f	t	s		0		
    3809	pg_export_snapshot	pg_export_snapshot		0	25	f	t	v		0		
    3810	pg_is_in_recovery	pg_is_in_recovery		0	16	f	t	v		0		
    3811	money	int4_cash	23	0	790	f	t	s		0		
    3812	money	int8_cash	20	0	790	f	t	s		0		
    3815	pg_collation_is_visible	pg_collation_is_visible	26	0	16	f	t	s		0		
    3819	pg_get_multixact_members	pg_get_multixact_members	28	0	2249	t	t	v		1000	multixid	xid:28,mode:25
    3820	pg_last_wal_receive_lsn	pg_last_wal_receive_lsn		0	3220	f	t	v		0		
    3821	pg_last_wal_replay_lsn	pg_last_wal_replay_lsn		0	3220	f	t	v		0		
    3822	cash_div_cash	cash_div_cash	790 790	0	701	f	t	i		0		
    3823	numeric	cash_numeric	790	0	1700	f	t	s		0		
    3824	money	numeric_cash	1700	0	790	f	t	s		0		
    3826	pg_read_file	pg_read_file_all	25	0	25	f	t	v		0		
    3827	pg_read_binary_file	pg_read_binary_file_off_len	25 20 20	0	17	f	t	v		0		
    3828	pg_read_binary_file	pg_read_binary_file_all	25	0	17	f	t	v		0		
    3829	pg_opfamily_is_visible	pg_opfamily_is_visible	26	0	16	f	t	s		0		
    3830	pg_last_xact_replay_timestamp	pg_last_xact_replay_timestamp		0	1184	f	t	v		0		
    3832	anyrange_in	anyrange_in	2275 26 23	0	3831	f	t	s		0		
    3833	anyrange_out	anyrange_out	3831	0	2275	f	t	s		0		
    3834	range_in	range_in	2275 26 23	0	3831	f	t	s		0		
    3835	range_out	range_out	3831	0	2275	f	t	s		0		
    3837	range_send	range_send	3831	0	17	f	t	s		0		
    3839	pg_identify_object	pg_identify_object	26 26 23	0	2249	f	t	s		0	classid,objid,objsubid	type:25,schema:25,name:25,identity:25
    3840	int4range	range_constructor2	23 23	0	3904	f	f	i		0		
    3841	int4range	range_constructor3	23 23 25	0	3904	f	f	i		0		
    3842	pg_relation_is_updatable	pg_relation_is_updatable	2205 16	0	23	f	t	s		0		
    3843	pg_column_is_updatable	pg_column_is_updatable	2205 21 16	0	16	f	t	s		0		
    3844	numrange	range_constructor2	1700 1700	0	3906	f	f	i		0		
    3845	numrange	range_constructor3	1700 1700 25	0	3906	f	f	i		0		
    3846	make_date	make_date	23 23 23	0	1082	f	t	i		0	year,month,day	
    3847	make_time	make_time	23 23 701	0	1083	f	t	i		0	hour,min,sec	
    3848	lower	range_lower	3831	0	2283	f	t	i		0		
    3849	upper	range_upper	3831	0	2283	f	t	i		0		
    3850	isempty	range_empty	3831	0	16	f	t	i		0		
    3851	lower_inc	range_lower_inc	3831	0	16	f	t	i		0		
    3852	upper_inc	range_upper_inc	3831	0	16	f	t	i		0		
    3853	lower_inf	range_lower_inf	3831	0	16	f	t	i		0		
    3854	upper_inf	range_upper_inf	3831	0	16	f	t	i		0		
    3855	range_eq	range_eq	3831 3831	0	16	f	t	i		0		
    3856	range_ne	range_ne	3831 3831	0	16	f	t	i		0		
    3857	range_overlaps	range_overlaps	3831 3831	0	16	f	t	i		0		
    3858	range_contains_elem	range_contains_elem	3831 2283	0	16	f	t	i		0		
    3859	range_contains	range_contains	3831 3831	0	16	f	t	i		0		
    3860	elem_contained_by_range	elem_contained_by_range	2283 3831	0	16	f	t	i		0		
    3861	range_contained_by	range_contained_by	3831 3831	0	16	f	t	i		0		
    3862	range_adjacent	range_adjacent	3831 3831	0	16	f	t	i		0		
    3863	range_before	range_before	3831 3831	0	16	f	t	i		0		
    3864	range_after	range_after	3831 3831	0	16	f	t	i		0		
    3865	range_overleft	range_overleft	3831 3831	0	16	f	t	i		0		
    3866	range_overright	range_overright	3831 3831	0	16	f	t	i		0		
    3867	range_union	range_union	3831 3831	0	3831	f	t	i		0		
    3868	range_intersect	range_intersect	3831 3831	0	3831	f	t	i		0		
    3869	range_minus	range_minus	3831 3831	0	3831	f	t	i		0		
    3870	range_cmp	range_cmp	3831 3831	0	23	f	t	i		0		
    3871	range_lt	range_lt	3831 3831	0	16	f	t	i		0		
    3872	range_le	range_le	3831 3831	0	16	f	t	i		0		
    3873	range_ge	range_ge	3831 3831	0	16	f	t	i		0		
    3874	range_gt	range_gt	3831 3831	0	16	f	t	i		0		
    3878	pg_replication_slot_advance	pg_replication_slot_advance	19 3220	0	2249	f	t	v		0	slot_name,upto_lsn	slot_name:19,end_lsn:3220
    3902	hash_range	hash_range	3831	0	23	f	t	i		0		
    3914	int4range_canonical	int4range_canonical	3904	0	3904	f	t	i		0		
    3915	daterange_canonical	daterange_canonical	3912	0	3912	f	t	i		0		
    3922	int4range_subdiff	int4range_subdiff	23 23	0	701	f	t	i		0		
    3923	int8range_subdiff	int8range_subdiff	20 20	0	701	f	t	i		0		
    3924	numrange_subdiff	numrange_subdiff	1700 1700	0	701	f	t	i		0		
    3925	daterange_subdiff	daterange_subdiff	1082 1082	0	701	f	t	i		0		
    3928	int8range_canonical	int8range_canonical	3926	0	3926	f	t	i		0		
    3929	tsrange_subdiff	tsrange_subdiff	1114 1114	0	701	f	t	i		0		
    3930	tstzrange_subdiff	tstzrange_subdiff	1184 1184	0	701	f	t	i		0		
    3931	jsonb_object_keys	jsonb_object_keys	3802	0	25	t	t	i		100		
    3932	jsonb_each_text	jsonb_each_text	3802	0	2249	t	t	i		100	from_json	key:25,value:25
    3933	tsrange	range_constructor2	1114 1114	0	3908	f	f	i		0		
    3934	tsrange	range_constructor3	1114 1114 25	0	3908	f	f	i		0		
    3935	pg_sleep_for	pg_sleep_for$3935	1186	0	2278	f	t	v		0		
    3936	pg_sleep_until	pg_sleep_until$3936	1184	0	2278	f	t	v		0		
    3937	tstzrange	range_constructor2	1184 1184	0	3910	f	f	i		0		
    3938	tstzrange	range_constructor3	1184 1184 25	0	3910	f	f	i		0		
    3939	mxid_age	mxid_age	28	0	23	f	t	s		0		
    3940	jsonb_extract_path_text	jsonb_extract_path_text	3802 1009	25	25	f	t	i		0	from_json,path_elems	
    3941	daterange	range_constructor2	1082 1082	0	3912	f	f	i		0		
    3942	daterange	range_constructor3	1082 1082 25	0	3912	f	f	i		0		
    3943	acldefault	acldefault_sql	18 26	0	1034	f	t	i		0		
    3945	int8range	range_constructor2	20 20	0	3926	f	f	i		0		
    3946	int8range	range_constructor3	20 20 25	0	3926	f	f	i		0		
    3947	json_object_field	json_object_field	114 25	0	114	f	t	i		0	from_json,field_name	
    3948	json_object_field_text	json_object_field_text	114 25	0	25	f	t	i		0	from_json,field_name	
    3949	json_array_element	json_array_element	114 23	0	114	f	t	i		0	from_json,element_index	
    3950	json_array_element_text	json_array_element_text	114 23	0	25	f	t	i		0	from_json,element_index	
    3951	json_extract_path	json_extract_path	114 1009	25	114	f	t	i		0	from_json,path_elems	
    3952	brin_summarize_new_values	brin_summarize_new_values	2205	0	23	f	t	v		0		
    3953	json_extract_path_text	json_extract_path_text	114 1009	25	25	f	t	i		0	from_json,path_elems	
    3954	pg_get_object_address	pg_get_object_address	25 1009 1009	0	2249	f	t	s		0	type,object_names,object_args	classid:26,objid:26,objsubid:23
    3955	json_array_elements	json_array_elements	114	0	114	t	t	i		100	from_json	value:114
    3956	json_array_length	json_array_length	114	0	23	f	t	i		0		
    3957	json_object_keys	json_object_keys	114	0	25	t	t	i		100		
    3958	json_each	json_each	114	0	2249	t	t	i		100	from_json	key:25,value:114
    3959	json_each_text	json_each_text	114	0	2249	t	t	i		100	from_json	key:25,value:25
    3960	json_populate_record	json_populate_record	2283 114 16	0	2283	f	f	s	false	0	base,from_json,use_json_as_text	
    3961	json_populate_recordset	json_populate_recordset	2283 114 16	0	2283	t	f	s	false	100	base,from_json,use_json_as_text	
    3968	json_typeof	json_typeof	114	0	25	f	t	i		0		
    3969	json_array_elements_text	json_array_elements_text	114	0	25	t	t	i		100	from_json	value:25
    3999	brin_summarize_range	brin_summarize_range	2205 20	0	23	f	t	v		0		
    4001	jsonpath_in	jsonpath_in	2275	0	4072	f	t	i		0		
    4003	jsonpath_out	jsonpath_out	4072	0	2275	f	t	i		0		
    4004	jsonpath_send	jsonpath_send	4072	0	17	f	t	i		0		
    4005	jsonb_path_exists	jsonb_path_exists	3802 4072 3802 16	0	16	f	t	i	{},false	0	target,path,vars,silent	
    4006	jsonb_path_query	jsonb_path_query	3802 4072 3802 16	0	3802	t	t	i	{},false	1000	target,path,vars,silent	
    4007	jsonb_path_query_array	jsonb_path_query_array	3802 4072 3802 16	0	3802	f	t	i	{},false	0	target,path,vars,silent	
    4008	jsonb_path_query_first	jsonb_path_query_first	3802 4072 3802 16	0	3802	f	t	i	{},false	0	target,path,vars,silent	
    4009	jsonb_path_match	jsonb_path_match	3802 4072 3802 16	0	16	f	t	i	{},false	0	target,path,vars,silent	
    4010	jsonb_path_exists_opr	jsonb_path_exists_opr	3802 4072	0	16	f	t	i		0		
    4011	jsonb_path_match_opr	jsonb_path_match_opr	3802 4072	0	16	f	t	i		0		
    4014	brin_desummarize_range	brin_desummarize_range	2205 20	0	2278	f	t	v		0		
    4032	pg_sequence_last_value	pg_sequence_last_value	2205	0	20	f	t	v		0		
    4038	jsonb_ne	jsonb_ne	3802 3802	0	16	f	t	i		0		
    4039	jsonb_lt	jsonb_lt	3802 3802	0	16	f	t	i		0		
    4040	jsonb_gt	jsonb_gt	3802 3802	0	16	f	t	i		0		
    4041	jsonb_le	jsonb_le	3802 3802	0	16	f	t	i		0		
    4042	jsonb_ge	jsonb_ge	3802 3802	0	16	f	t	i		0		
    4043	jsonb_eq	jsonb_eq	3802 3802	0	16	f	t	i		0		
    4044	jsonb_cmp	jsonb_cmp	3802 3802	0	23	f	t	i		0		
    4045	jsonb_hash	jsonb_hash	3802	0	23	f	t	i		0		
    4046	jsonb_contains	jsonb_contains	3802 3802	0	16	f	t	i		0		
    4047	jsonb_exists	jsonb_exists	3802 25	0	16	f	t	i		0		
    4048	jsonb_exists_any	jsonb_exists_any	3802 1009	0	16	f	t	i		0		
    4049	jsonb_exists_all	jsonb_exists_all	3802 1009	0	16	f	t	i		0		
    4050	jsonb_contained	jsonb_contained	3802 3802	0	16	f	t	i		0		
    4057	range_merge	range_merge	3831 3831	0	3831	f	t	i		0		
    4063	inet_merge	inet_merge	869 869	0	650	f	t	i		0		
    4067	bound_box	boxes_bound_box	603 603	0	603	f	t	i		0		
    4071	inet_same_family	inet_same_family	869 869	0	16	f	t	i		0		
    4083	binary_upgrade_set_record_init_privs	binary_upgrade_set_record_init_privs	16	0	2278	f	t	v		0		
    4084	regnamespacein	regnamespacein	2275	0	4089	f	t	s		0		
    4085	regnamespaceout	regnamespaceout	4089	0	2275	f	t	s		0		
    4086	to_regnamespace	to_regnamespace	25	0	4089	f	t	s		0		
    4088	regnamespacesend	regnamespacesend	4089	0	17	f	t	i		0		
    4091	box	point_box	600	0	603	f	t	i		0		
    4092	regroleout	regroleout	4096	0	2275	f	t	s		0		
    4093	to_regrole	to_regrole	25	0	4096	f	t	s		0		
    4095	regrolesend	regrolesend	4096	0	17	f	t	i		0		
    4098	regrolein	regrolein	2275	0	4096	f	t	s		0		
    4099	pg_rotate_logfile_old	pg_rotate_logfile		0	16	f	t	v		0		
    4100	pg_read_file_old	pg_read_file	25 20 20	0	25	f	t	v		0		
    4101	binary_upgrade_set_missing_value	binary_upgrade_set_missing_value	26 25 25	0	2278	f	t	v		0		
    4110	macaddr8_in	macaddr8_in	2275	0	774	f	t	i		0		
    4111	macaddr8_out	macaddr8_out	774	0	2275	f	t	i		0		
    4112	trunc	macaddr8_trunc	774	0	774	f	t	i		0		
    4113	macaddr8_eq	macaddr8_eq	774 774	0	16	f	t	i		0		
    4114	macaddr8_lt	macaddr8_lt	774 774	0	16	f	t	i		0		
    4115	macaddr8_le	macaddr8_le	774 774	0	16	f	t	i		0		
    4116	macaddr8_gt	macaddr8_gt	774 774	0	16	f	t	i		0		
    4117	macaddr8_ge	macaddr8_ge	774 774	0	16	f	t	i		0		
    4118	macaddr8_ne	macaddr8_ne	774 774	0	16	f	t	i		0		
    4119	macaddr8_cmp	macaddr8_cmp	774 774	0	23	f	t	i		0		
    4120	macaddr8_not	macaddr8_not	774	0	774	f	t	i		0		
    4121	macaddr8_and	macaddr8_and	774 774	0	774	f	t	i		0		
    4122	macaddr8_or	macaddr8_or	774 774	0	774	f	t	i		0		
    4123	macaddr8	macaddrtomacaddr8	829	0	774	f	t	i		0		
    4124	macaddr	macaddr8tomacaddr	774	0	829	f	t	i		0		
    4125	macaddr8_set7bit	macaddr8_set7bit	774	0	774	f	t	i		0		
    4126	in_range	in_range_int8_int8	20 20 20 16 16	0	16	f	t	i		0		
    4127	in_range	in_range_int4_int8	23 23 20 16 16	0	16	f	t	i		0		
    4128	in_range	in_range_int4_int4	23 23 23 16 16	0	16	f	t	i		0		
    4129	in_range	in_range_int4_int2	23 23 21 16 16	0	16	f	t	i		0		
    4130	in_range	in_range_int2_int8	21 21 20 16 16	0	16	f	t	i		0		
    4131	in_range	in_range_int2_int4	21 21 23 16 16	0	16	f	t	i		0		
    4132	in_range	in_range_int2_int2	21 21 21 16 16	0	16	f	t	i		0		
    4133	in_range	in_range_date_interval	1082 1082 1186 16 16	0	16	f	t	i		0		
    4134	in_range	in_range_timestamp_interval	1114 1114 1186 16 16	0	16	f	t	i		0		
    4135	in_range	in_range_timestamptz_interval	1184 1184 1186 16 16	0	16	f	t	s		0		
    4136	in_range	in_range_interval_interval	1186 1186 1186 16 16	0	16	f	t	i		0		
    4137	in_range	in_range_time_interval	1083 1083 1186 16 16	0	16	f	t	i		0		
    4138	in_range	in_range_timetz_interval	1266 1266 1186 16 16	0	16	f	t	i		0		
    4139	in_range	in_range_float8_float8	701 701 701 16 16	0	16	f	t	i		0		
    4140	in_range	in_range_float4_float8	700 700 701 16 16	0	16	f	t	i		0		
    4141	in_range	in_range_numeric_numeric	1700 1700 1700 16 16	0	16	f	t	i		0		
    4187	pg_lsn_larger	pg_lsn_larger	3220 3220	0	3220	f	t	i		0		
    4188	pg_lsn_smaller	pg_lsn_smaller	3220 3220	0	3220	f	t	i		0		
    4220	pg_copy_physical_replication_slot	pg_copy_physical_replication_slot_a	19 19 16	0	2249	f	t	v		0	src_slot_name,dst_slot_name,temporary	slot_name:19,lsn:3220
    4221	pg_copy_physical_replication_slot	pg_copy_physical_replication_slot_b	19 19	0	2249	f	t	v		0	src_slot_name,dst_slot_name	slot_name:19,lsn:3220
    4222	pg_copy_logical_replication_slot	pg_copy_logical_replication_slot_a	19 19 16 19	0	2249	f	t	v		0	src_slot_name,dst_slot_name,temporary,plugin	slot_name:19,lsn:3220
    4223	pg_copy_logical_replication_slot	pg_copy_logical_replication_slot_b	19 19 16	0	2249	f	t	v		0	src_slot_name,dst_slot_name,temporary	slot_name:19,lsn:3220
    4224	pg_copy_logical_replication_slot	pg_copy_logical_replication_slot_c	19 19	0	2249	f	t	v		0	src_slot_name,dst_slot_name	slot_name:19,lsn:3220
    4226	anycompatiblemultirange_in	anycompatiblemultirange_in	2275 26 23	0	4538	f	t	s		0		
    4227	anycompatiblemultirange_out	anycompatiblemultirange_out	4538	0	2275	f	t	s		0		
    4228	range_merge	range_merge_from_multirange	4537	0	3831	f	t	i		0		
    4229	anymultirange_in	anymultirange_in	2275 26 23	0	4537	f	t	s		0		
    4230	anymultirange_out	anymultirange_out	4537	0	2275	f	t	s		0		
    4231	multirange_in	multirange_in	2275 26 23	0	4537	f	t	s		0		
    4232	multirange_out	multirange_out	4537	0	2275	f	t	s		0		
    4234	multirange_send	multirange_send	4537	0	17	f	t	s		0		
    4235	lower	multirange_lower	4537	0	2283	f	t	i		0		
    4236	upper	multirange_upper	4537	0	2283	f	t	i		0		
    4237	isempty	multirange_empty	4537	0	16	f	t	i		0		
    4238	lower_inc	multirange_lower_inc	4537	0	16	f	t	i		0		
    4239	upper_inc	multirange_upper_inc	4537	0	16	f	t	i		0		
    4240	lower_inf	multirange_lower_inf	4537	0	16	f	t	i		0		
    4241	upper_inf	multirange_upper_inf	4537	0	16	f	t	i		0		
    4244	multirange_eq	multirange_eq	4537 4537	0	16	f	t	i		0		
    4245	multirange_ne	multirange_ne	4537 4537	0	16	f	t	i		0		
    4246	range_overlaps_multirange	range_overlaps_multirange	3831 4537	0	16	f	t	i		0		
    4247	multirange_overlaps_range	multirange_overlaps_range	4537 3831	0	16	f	t	i		0		
    4248	multirange_overlaps_multirange	multirange_overlaps_multirange	4537 4537	0	16	f	t	i		0		
    4249	multirange_contains_elem	multirange_contains_elem	4537 2283	0	16	f	t	i		0		
    4250	multirange_contains_range	multirange_contains_range	4537 3831	0	16	f	t	i		0		
    4251	multirange_contains_multirange	multirange_contains_multirange	4537 4537	0	16	f	t	i		0		
    4252	elem_contained_by_multirange	elem_contained_by_multirange	2283 4537	0	16	f	t	i		0		
    4253	range_contained_by_multirange	range_contained_by_multirange	3831 4537	0	16	f	t	i		0		
    4254	multirange_contained_by_multirange	multirange_contained_by_multirange	4537 4537	0	16	f	t	i		0		
    4255	range_adjacent_multirange	range_adjacent_multirange	3831 4537	0	16	f	t	i		0		
    4256	multirange_adjacent_multirange	multirange_adjacent_multirange	4537 4537	0	16	f	t	i		0		
    4257	multirange_adjacent_range	multirange_adjacent_range	4537 3831	0	16	f	t	i		0		
    4258	range_before_multirange	range_before_multirange	3831 4537	0	16	f	t	i		0		
    4259	multirange_before_range	multirange_before_range	4537 3831	0	16	f	t	i		0		
    4260	multirange_before_multirange	multirange_before_multirange	4537 4537	0	16	f	t	i		0		
    4261	range_after_multirange	range_after_multirange	3831 4537	0	16	f	t	i		0		
    4262	multirange_after_range	multirange_after_range	4537 3831	0	16	f	t	i		0		
    4263	multirange_after_multirange	multirange_after_multirange	4537 4537	0	16	f	t	i		0		
    4264	range_overleft_multirange	range_overleft_multirange	3831 4537	0	16	f	t	i		0		
    4265	multirange_overleft_range	multirange_overleft_range	4537 3831	0	16	f	t	i		0		
    4266	multirange_overleft_multirange	multirange_overleft_multirange	4537 4537	0	16	f	t	i		0		
    4267	range_overright_multirange	range_overright_multirange	3831 4537	0	16	f	t	i		0		
    4268	multirange_overright_range	multirange_overright_range	4537 3831	0	16	f	t	i		0		
    4269	multirange_overright_multirange	multirange_overright_multirange	4537 4537	0	16	f	t	i		0		
    4270	multirange_union	multirange_union	4537 4537	0	4537	f	t	i		0		
    4271	multirange_minus	multirange_minus	4537 4537	0	4537	f	t	i		0		
    4272	multirange_intersect	multirange_intersect	4537 4537	0	4537	f	t	i		0		
    4273	multirange_cmp	multirange_cmp	4537 4537	0	23	f	t	i		0		
    4274	multirange_lt	multirange_lt	4537 4537	0	16	f	t	i		0		
    4275	multirange_le	multirange_le	4537 4537	0	16	f	t	i		0		
    4276	multirange_ge	multirange_ge	4537 4537	0	16	f	t	i		0		
    4277	multirange_gt	multirange_gt	4537 4537	0	16	f	t	i		0		
    4278	hash_multirange	hash_multirange	4537	0	23	f	t	i		0		
    4279	hash_multirange_extended	hash_multirange_extended	4537 20	0	20	f	t	i		0		
    4280	int4multirange	multirange_constructor0		0	4451	f	t	i		0		
    4281	int4multirange	multirange_constructor1	3904	0	4451	f	t	i		0		
    4282	int4multirange	multirange_constructor2	3905	3904	4451	f	t	i		0		
    4283	nummultirange	multirange_constructor0		0	4532	f	t	i		0		
    4284	nummultirange	multirange_constructor1	3906	0	4532	f	t	i		0		
    4285	nummultirange	multirange_constructor2	3907	3906	4532	f	t	i		0		
    4286	tsmultirange	multirange_constructor0		0	4533	f	t	i		0		
    4287	tsmultirange	multirange_constructor1	3908	0	4533	f	t	i		0		
    4288	tsmultirange	multirange_constructor2	3909	3908	4533	f	t	i		0		
    4289	tstzmultirange	multirange_constructor0		0	4534	f	t	i		0		
    4290	tstzmultirange	multirange_constructor1	3910	0	4534	f	t	i		0		
    4291	tstzmultirange	multirange_constructor2	3911	3910	4534	f	t	i		0		
    4292	datemultirange	multirange_constructor0		0	4535	f	t	i		0		
    4293	datemultirange	multirange_constructor1	3912	0	4535	f	t	i		0		
    4294	datemultirange	multirange_constructor2	3913	3912	4535	f	t	i		0		
    4295	int8multirange	multirange_constructor0		0	4536	f	t	i		0		
    4296	int8multirange	multirange_constructor1	3926	0	4536	f	t	i		0		
    4297	int8multirange	multirange_constructor2	3927	3926	4536	f	t	i		0		
    4298	multirange	multirange_constructor1	3831	0	4537	f	t	i		0		
    4350	normalize	unicode_normalize_func	25 25	0	25	f	t	i	NFC	0		
    4351	is_normalized	unicode_is_normalized	25 25	0	16	f	t	i	NFC	0		
    4388	multirange_intersect_agg_transfn	multirange_intersect_agg_transfn	4537 4537	0	4537	f	t	i		0		
    4390	binary_upgrade_set_next_multirange_pg_type_oid	binary_upgrade_set_next_multirange_pg_type_oid	26	0	2278	f	t	v		0		
    4391	binary_upgrade_set_next_multirange_array_pg_type_oid	binary_upgrade_set_next_multirange_array_pg_type_oid	26	0	2278	f	t	v		0		
    4401	range_intersect_agg_transfn	range_intersect_agg_transfn	3831 3831	0	3831	f	t	i		0		
    4541	range_contains_multirange	range_contains_multirange	3831 4537	0	16	f	t	i		0		
    4542	multirange_contained_by_range	multirange_contained_by_range	4537 3831	0	16	f	t	i		0		
    4543	pg_log_backend_memory_contexts	pg_log_backend_memory_contexts	23	0	16	f	t	v		0		
    4545	binary_upgrade_set_next_heap_relfilenode	binary_upgrade_set_next_heap_relfilenode	26	0	2278	f	t	v		0		
    4546	binary_upgrade_set_next_index_relfilenode	binary_upgrade_set_next_index_relfilenode	26	0	2278	f	t	v		0		
    4547	binary_upgrade_set_next_toast_relfilenode	binary_upgrade_set_next_toast_relfilenode	26	0	2278	f	t	v		0		
    4548	binary_upgrade_set_next_pg_tablespace_oid	binary_upgrade_set_next_pg_tablespace_oid	26	0	2278	f	t	v		0		
    4566	pg_event_trigger_table_rewrite_oid	pg_event_trigger_table_rewrite_oid		0	26	f	t	s		0		oid:26
    4567	pg_event_trigger_table_rewrite_reason	pg_event_trigger_table_rewrite_reason		0	23	f	t	s		0		
    4568	pg_event_trigger_ddl_commands	pg_event_trigger_ddl_commands		0	2249	t	t	s		100		classid:26,objid:26,objsubid:23,command_tag:25,object_type:25,schema_name:25,object_identity:25,in_extension:16,command:32
    5011	spg_poly_quad_compress	spg_poly_quad_compress	604	0	603	f	t	i		0		
    5022	pg_lsn_pli	pg_lsn_pli	3220 1700	0	3220	f	t	i		0		
    5023	numeric_pl_pg_lsn	numeric_pl_pg_lsn$5023	1700 3220	0	3220	f	t	i		0		
    5024	pg_lsn_mii	pg_lsn_mii	3220 1700	0	3220	f	t	i		0		
    5028	satisfies_hash_partition	satisfies_hash_partition	26 23 23 2276	2276	16	f	f	i		0		
    5029	pg_ls_tmpdir	pg_ls_tmpdir_noargs		0	2249	t	t	v		20		name:25,size:20,modification:1184
    5030	pg_ls_tmpdir	pg_ls_tmpdir_1arg	26	0	2249	t	t	v		20	tablespace	name:25,size:20,modification:1184
    5031	pg_ls_archive_statusdir	pg_ls_archive_statusdir		0	2249	t	t	v		20		name:25,size:20,modification:1184
    5034	xid8lt	xid8lt	5069 5069	0	16	f	t	i		0		
    5035	xid8gt	xid8gt	5069 5069	0	16	f	t	i		0		
    5036	xid8le	xid8le	5069 5069	0	16	f	t	i		0		
    5037	xid8ge	xid8ge	5069 5069	0	16	f	t	i		0		
    5042	min_scale	numeric_min_scale	1700	0	23	f	t	i		0		
    5043	trim_scale	numeric_trim_scale	1700	0	1700	f	t	i		0		
    5044	gcd	int4gcd	23 23	0	23	f	t	i		0		
    5045	gcd	int8gcd	20 20	0	20	f	t	i		0		
    5046	lcm	int4lcm	23 23	0	23	f	t	i		0		
    5047	lcm	int8lcm	20 20	0	20	f	t	i		0		
    5048	gcd	numeric_gcd	1700 1700	0	1700	f	t	i		0		
    5049	lcm	numeric_lcm	1700 1700	0	1700	f	t	i		0		
    5050	btvarstrequalimage	btvarstrequalimage	26	0	16	f	t	i		0		
    5051	btequalimage	btequalimage	26	0	16	f	t	i		0		
    5052	pg_get_shmem_allocations	pg_get_shmem_allocations		0	2249	t	t	v		50		name:25,off:20,size:20,allocated_size:20
    5053	pg_stat_get_ins_since_vacuum	pg_stat_get_ins_since_vacuum	26	0	20	f	t	s		0		
    5054	jsonb_set_lax	jsonb_set_lax	3802 1009 3802 16 25	0	3802	f	f	i	true,use_json_null	0	jsonb_in,path,replacement,create_if_missing,null_value_treatment	
    5055	pg_snapshot_in	pg_snapshot_in	2275	0	5038	f	t	i		0		
    5056	pg_snapshot_out	pg_snapshot_out	5038	0	2275	f	t	i		0		
    5058	pg_snapshot_send	pg_snapshot_send	5038	0	17	f	t	i		0		
    5059	pg_current_xact_id	pg_current_xact_id		0	5069	f	t	s		0		
    5060	pg_current_xact_id_if_assigned	pg_current_xact_id_if_assigned		0	5069	f	t	s		0		
    5061	pg_current_snapshot	pg_current_snapshot		0	5038	f	t	s		0		
    5062	pg_snapshot_xmin	pg_snapshot_xmin	5038	0	5069	f	t	i		0		
    5063	pg_snapshot_xmax	pg_snapshot_xmax	5038	0	5069	f	t	i		0		
    5064	pg_snapshot_xip	pg_snapshot_xip	5038	0	5069	t	t	i		50		
    5065	pg_visible_in_snapshot	pg_visible_in_snapshot	5069 5038	0	16	f	t	i		0		
    5066	pg_xact_status	pg_xact_status	5069	0	25	f	t	v		0		
    5070	xid8in	xid8in	2275	0	5069	f	t	i		0		
    5071	xid	xid8toxid	5069	0	28	f	t	i		0		
    5081	xid8out	xid8out	5069	0	2275	f	t	i		0		
    5083	xid8send	xid8send	5069	0	17	f	t	i		0		
    5084	xid8eq	xid8eq	5069 5069	0	16	f	t	i		0		
    5085	xid8ne	xid8ne	5069 5069	0	16	f	t	i		0		
    5086	anycompatible_in	anycompatible_in	2275	0	5077	f	t	i		0		
    5087	anycompatible_out	anycompatible_out	5077	0	2275	f	t	i		0		
    5088	anycompatiblearray_in	anycompatiblearray_in	2275	0	5078	f	t	i		0		
    5089	anycompatiblearray_out	anycompatiblearray_out	5078	0	2275	f	t	s		0		
    5091	anycompatiblearray_send	anycompatiblearray_send	5078	0	17	f	t	s		0		
    5092	anycompatiblenonarray_in	anycompatiblenonarray_in	2275	0	5079	f	t	i		0		
    5093	anycompatiblenonarray_out	anycompatiblenonarray_out	5079	0	2275	f	t	i		0		
    5094	anycompatiblerange_in	anycompatiblerange_in	2275 26 23	0	5080	f	t	s		0		
    5095	anycompatiblerange_out	anycompatiblerange_out	5080	0	2275	f	t	s		0		
    5096	xid8cmp	xid8cmp	5069 5069	0	23	f	t	i		0		
    5097	xid8_larger	xid8_larger	5069 5069	0	5069	f	t	i		0		
    5098	xid8_smaller	xid8_smaller	5069 5069	0	5069	f	t	i		0		
    6003	pg_replication_origin_create	pg_replication_origin_create	25	0	26	f	t	v		0		
    6004	pg_replication_origin_drop	pg_replication_origin_drop	25	0	2278	f	t	v		0		
    6005	pg_replication_origin_oid	pg_replication_origin_oid	25	0	26	f	t	s		0		
    6006	pg_replication_origin_session_setup	pg_replication_origin_session_setup	25	0	2278	f	t	v		0		
    6007	pg_replication_origin_session_reset	pg_replication_origin_session_reset		0	2278	f	t	v		0		
    6008	pg_replication_origin_session_is_setup	pg_replication_origin_session_is_setup		0	16	f	t	v		0		
    6009	pg_replication_origin_session_progress	pg_replication_origin_session_progress	16	0	3220	f	t	v		0		
    6010	pg_replication_origin_xact_setup	pg_replication_origin_xact_setup	3220 1184	0	2278	f	t	v		0		
    6011	pg_replication_origin_xact_reset	pg_replication_origin_xact_reset		0	2278	f	t	v		0		
    6012	pg_replication_origin_advance	pg_replication_origin_advance	25 3220	0	2278	f	t	v		0		
    6013	pg_replication_origin_progress	pg_replication_origin_progress	25 16	0	3220	f	t	v		0		
    6014	pg_show_replication_origin_status	pg_show_replication_origin_status		0	2249	t	f	v		100		local_id:26,external_id:25,remote_lsn:3220,local_lsn:3220
    6103	pg_lsn	numeric_pg_lsn	1700	0	3220	f	t	i		0		
    6118	pg_stat_get_subscription	pg_stat_get_subscription	26	0	2249	t	f	s		10	subid	subid:26,relid:26,pid:23,received_lsn:3220,last_msg_send_time:1184,last_msg_receipt_time:1184,latest_end_lsn:3220,latest_end_time:1184
    6119	pg_get_publication_tables	pg_get_publication_tables	25	0	2249	t	t	s		1000	pubname	relid:26,attrs:22,qual:194
    6120	pg_get_replica_identity_index	pg_get_replica_identity_index	2205	0	2205	f	t	s		0		
    6121	pg_relation_is_publishable	pg_relation_is_publishable	2205	0	16	f	t	s		0		
    6159	pg_get_catalog_foreign_keys	pg_get_catalog_foreign_keys		0	2249	t	t	s		250		fktable:2205,fkcols:1009,pktable:2205,pkcols:1009,is_array:16,is_opt:16
    6160	string_to_table	text_to_table	25 25	0	25	t	f	i		1000		
    6161	string_to_table	text_to_table_null	25 25 25	0	25	t	f	i		1000		
    6162	bit_count	bit_bit_count	1560	0	20	f	t	i		0		
    6163	bit_count	bytea_bit_count	17	0	20	f	t	i		0		
    6168	pg_xact_commit_timestamp_origin	pg_xact_commit_timestamp_origin	28	0	2249	f	t	v		0	xid	timestamp:1184,roident:26
    6169	pg_stat_get_replication_slot	pg_stat_get_replication_slot	25	0	2249	f	t	s		0	slot_name	slot_name:25,spill_txns:20,spill_count:20,spill_bytes:20,stream_txns:20,stream_count:20,stream_bytes:20,total_txns:20,total_bytes:20,stats_reset:1184
    6170	pg_stat_reset_replication_slot	pg_stat_reset_replication_slot	25	0	2278	f	f	v		0		
    6172	trim_array	trim_array	2277 23	0	2277	f	t	i		0		
    6173	pg_get_statisticsobjdef_expressions	pg_get_statisticsobjdef_expressions	26	0	1009	f	t	s		0		
    6174	pg_get_statisticsobjdef_columns	pg_get_statisticsobjdef_columns	26	0	25	f	t	s		0		
    6177	date_bin	timestamp_bin	1186 1114 1114	0	1114	f	t	i		0		
    6178	date_bin	timestamptz_bin	1186 1184 1184	0	1184	f	t	i		0		
    6184	ts_debug	ts_debug$6184	25	0	2249	t	t	s		1000	document	alias:25,description:25,token:25,dictionaries:3770,dictionary:3769,lexemes:1009
    6185	pg_stat_get_db_session_time	pg_stat_get_db_session_time	26	0	701	f	t	s		0		
    6186	pg_stat_get_db_active_time	pg_stat_get_db_active_time	26	0	701	f	t	s		0		
    6187	pg_stat_get_db_idle_in_transaction_time	pg_stat_get_db_idle_in_transaction_time	26	0	701	f	t	s		0		
    6188	pg_stat_get_db_sessions	pg_stat_get_db_sessions	26	0	20	f	t	s		0		
    6189	pg_stat_get_db_sessions_abandoned	pg_stat_get_db_sessions_abandoned	26	0	20	f	t	s		0		
    6190	pg_stat_get_db_sessions_fatal	pg_stat_get_db_sessions_fatal	26	0	20	f	t	s		0		
    6191	pg_stat_get_db_sessions_killed	pg_stat_get_db_sessions_killed	26	0	20	f	t	s		0		
    6192	hash_record	hash_record	2249	0	23	f	t	i		0		
    6193	hash_record_extended	hash_record_extended	2249 20	0	20	f	t	i		0		
    6195	ltrim	bytealtrim	17 17	0	17	f	t	i		0		
    6196	rtrim	byteartrim	17 17	0	17	f	t	i		0		
    6197	pg_get_function_sqlbody	pg_get_function_sqlbody	26	0	25	f	t	s		0		
    6198	unistr	unistr	25	0	25	f	t	i		0		
    6199	extract	extract_date	25 1082	0	1700	f	t	i		0		
    6200	extract	extract_time	25 1083	0	1700	f	t	i		0		
    6201	extract	extract_timetz	25 1266	0	1700	f	t	i		0		
    6202	extract	extract_timestamp	25 1114	0	1700	f	t	i		0		
    6203	extract	extract_timestamptz	25 1184	0	1700	f	t	s		0		
    6204	extract	extract_interval	25 1186	0	1700	f	t	i		0		
    6205	has_parameter_privilege	has_parameter_privilege_name_name	19 25 25	0	16	f	t	s		0		
    6206	has_parameter_privilege	has_parameter_privilege_id_name	26 25 25	0	16	f	t	s		0		
    6207	has_parameter_privilege	has_parameter_privilege_name	25 25	0	16	f	t	s		0		
    6224	pg_get_wal_resource_managers	pg_get_wal_resource_managers		0	2249	t	t	v		50		rm_id:23,rm_name:25,rm_builtin:16
    6230	pg_stat_have_stats	pg_stat_have_stats	25 26 26	0	16	f	t	v		0		
    6231	pg_stat_get_subscription_stats	pg_stat_get_subscription_stats	26	0	2249	f	t	s		0	subid	subid:26,apply_error_count:20,sync_error_count:20,stats_reset:1184
    6232	pg_stat_reset_subscription_stats	pg_stat_reset_subscription_stats	26	0	2278	f	f	v		0		
    6240	pg_settings_get_flags	pg_settings_get_flags	25	0	1009	f	t	s		0		
    6241	pg_stop_making_pinned_objects	pg_stop_making_pinned_objects		0	2278	f	t	v		0		
    6248	pg_stat_get_recovery_prefetch	pg_stat_get_recovery_prefetch		0	2249	t	t	v		1		stats_reset:1184,prefetch:20,hit:20,skip_init:20,skip_new:20,skip_fpw:20,skip_rep:20,wal_distance:23,block_distance:23,io_depth:23
    6249	pg_database_collation_actual_version	pg_database_collation_actual_version	26	0	25	f	t	v		0		
    6250	pg_ident_file_mappings	pg_ident_file_mappings		0	2249	t	t	v		1000		line_number:23,map_name:25,sys_name:25,pg_username:25,error:25
    6251	regexp_replace	textregexreplace_extended	25 25 25 23 23 25	0	25	f	t	i		0		
    6252	regexp_replace	textregexreplace_extended_no_flags	25 25 25 23 23	0	25	f	t	i		0		
    6253	regexp_replace	textregexreplace_extended_no_n	25 25 25 23	0	25	f	t	i		0		
    6254	regexp_count	regexp_count_no_start	25 25	0	23	f	t	i		0		
    6255	regexp_count	regexp_count_no_flags	25 25 23	0	23	f	t	i		0		
    6256	regexp_count	regexp_count	25 25 23 25	0	23	f	t	i		0		
    6257	regexp_instr	regexp_instr_no_start	25 25	0	23	f	t	i		0		
    6258	regexp_instr	regexp_instr_no_n	25 25 23	0	23	f	t	i		0		
    6259	regexp_instr	regexp_instr_no_endoption	25 25 23 23	0	23	f	t	i		0		
    6260	regexp_instr	regexp_instr_no_flags	25 25 23 23 23	0	23	f	t	i		0		
    6261	regexp_instr	regexp_instr_no_subexpr	25 25 23 23 23 25	0	23	f	t	i		0		
    6262	regexp_instr	regexp_instr	25 25 23 23 23 25 23	0	23	f	t	i		0		
    6263	regexp_like	regexp_like_no_flags	25 25	0	16	f	t	i		0		
    6264	regexp_like	regexp_like	25 25 25	0	16	f	t	i		0		
    6265	regexp_substr	regexp_substr_no_start	25 25	0	25	f	t	i		0		
    6266	regexp_substr	regexp_substr_no_n	25 25 23	0	25	f	t	i		0		
    6267	regexp_substr	regexp_substr_no_flags	25 25 23 23	0	25	f	t	i		0		
    6268	regexp_substr	regexp_substr_no_subexpr	25 25 23 23 25	0	25	f	t	i		0		
    6269	regexp_substr	regexp_substr	25 25 23 23 25 23	0	25	f	t	i		0		
    6270	pg_ls_logicalsnapdir	pg_ls_logicalsnapdir		0	2249	t	t	v		20		name:25,size:20,modification:1184
    6271	pg_ls_logicalmapdir	pg_ls_logicalmapdir		0	2249	t	t	v		20		name:25,size:20,modification:1184
    6272	pg_ls_replslotdir	pg_ls_replslotdir	25	0	2249	t	t	v		20	slot_name	name:25,size:20,modification:1184
    """
