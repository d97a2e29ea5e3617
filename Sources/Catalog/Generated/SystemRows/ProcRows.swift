// Written by tools/generate-system-rows. Do not edit.

/// The rows of pg_proc, in COPY's text format.
let systemProcRows: StaticString = #"""
    3	heap_tableam_handler	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	269	2281	\N	\N	\N	\N	\N	heap_tableam_handler	\N	\N	\N	\N
    31	byteaout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	17	\N	\N	\N	\N	\N	byteaout	\N	\N	\N	\N
    33	charout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	18	\N	\N	\N	\N	\N	charout	\N	\N	\N	\N
    34	namein	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	19	2275	\N	\N	\N	\N	\N	namein	\N	\N	\N	\N
    35	nameout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	19	\N	\N	\N	\N	\N	nameout	\N	\N	\N	\N
    38	int2in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	2275	\N	\N	\N	\N	\N	int2in	\N	\N	\N	\N
    39	int2out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	21	\N	\N	\N	\N	\N	int2out	\N	\N	\N	\N
    40	int2vectorin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	22	2275	\N	\N	\N	\N	\N	int2vectorin	\N	\N	\N	\N
    41	int2vectorout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	22	\N	\N	\N	\N	\N	int2vectorout	\N	\N	\N	\N
    42	int4in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	2275	\N	\N	\N	\N	\N	int4in	\N	\N	\N	\N
    43	int4out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	int4out	\N	\N	\N	\N
    44	regprocin	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	24	2275	\N	\N	\N	\N	\N	regprocin	\N	\N	\N	\N
    45	regprocout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	24	\N	\N	\N	\N	\N	regprocout	\N	\N	\N	\N
    46	textin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	2275	\N	\N	\N	\N	\N	textin	\N	\N	\N	\N
    47	textout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	25	\N	\N	\N	\N	\N	textout	\N	\N	\N	\N
    48	tidin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	27	2275	\N	\N	\N	\N	\N	tidin	\N	\N	\N	\N
    49	tidout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	27	\N	\N	\N	\N	\N	tidout	\N	\N	\N	\N
    50	xidin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	28	2275	\N	\N	\N	\N	\N	xidin	\N	\N	\N	\N
    51	xidout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	28	\N	\N	\N	\N	\N	xidout	\N	\N	\N	\N
    52	cidin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	29	2275	\N	\N	\N	\N	\N	cidin	\N	\N	\N	\N
    53	cidout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	29	\N	\N	\N	\N	\N	cidout	\N	\N	\N	\N
    54	oidvectorin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	30	2275	\N	\N	\N	\N	\N	oidvectorin	\N	\N	\N	\N
    55	oidvectorout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	30	\N	\N	\N	\N	\N	oidvectorout	\N	\N	\N	\N
    56	boollt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	16 16	\N	\N	\N	\N	\N	boollt	\N	\N	\N	\N
    57	boolgt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	16 16	\N	\N	\N	\N	\N	boolgt	\N	\N	\N	\N
    60	booleq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	16 16	\N	\N	\N	\N	\N	booleq	\N	\N	\N	\N
    61	chareq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	18 18	\N	\N	\N	\N	\N	chareq	\N	\N	\N	\N
    62	nameeq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 19	\N	\N	\N	\N	\N	nameeq	\N	\N	\N	\N
    63	int2eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 21	\N	\N	\N	\N	\N	int2eq	\N	\N	\N	\N
    64	int2lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 21	\N	\N	\N	\N	\N	int2lt	\N	\N	\N	\N
    65	int4eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 23	\N	\N	\N	\N	\N	int4eq	\N	\N	\N	\N
    66	int4lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 23	\N	\N	\N	\N	\N	int4lt	\N	\N	\N	\N
    67	texteq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	texteq	\N	\N	\N	\N
    68	xideq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	28 28	\N	\N	\N	\N	\N	xideq	\N	\N	\N	\N
    69	cideq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	29 29	\N	\N	\N	\N	\N	cideq	\N	\N	\N	\N
    70	charne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	18 18	\N	\N	\N	\N	\N	charne	\N	\N	\N	\N
    72	charle	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	18 18	\N	\N	\N	\N	\N	charle	\N	\N	\N	\N
    73	chargt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	18 18	\N	\N	\N	\N	\N	chargt	\N	\N	\N	\N
    74	charge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	18 18	\N	\N	\N	\N	\N	charge	\N	\N	\N	\N
    77	int4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	18	\N	\N	\N	\N	\N	chartoi4	\N	\N	\N	\N
    78	char	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	18	23	\N	\N	\N	\N	\N	i4tochar	\N	\N	\N	\N
    79	nameregexeq	11	10	12	1	0	0	1364	f	f	f	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	nameregexeq	\N	\N	\N	\N
    84	boolne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	16 16	\N	\N	\N	\N	\N	boolne	\N	\N	\N	\N
    86	pg_ddl_command_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	32	2275	\N	\N	\N	\N	\N	pg_ddl_command_in	\N	\N	\N	\N
    87	pg_ddl_command_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	32	\N	\N	\N	\N	\N	pg_ddl_command_out	\N	\N	\N	\N
    88	pg_ddl_command_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	32	2281	\N	\N	\N	\N	\N	pg_ddl_command_recv	\N	\N	\N	\N
    89	version	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	25		\N	\N	\N	\N	\N	pgsql_version	\N	\N	\N	\N
    90	pg_ddl_command_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	32	\N	\N	\N	\N	\N	pg_ddl_command_send	\N	\N	\N	\N
    101	eqsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	eqsel	\N	\N	\N	\N
    102	neqsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	neqsel	\N	\N	\N	\N
    103	scalarltsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	scalarltsel	\N	\N	\N	\N
    104	scalargtsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	scalargtsel	\N	\N	\N	\N
    105	eqjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	eqjoinsel	\N	\N	\N	\N
    106	neqjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	neqjoinsel	\N	\N	\N	\N
    107	scalarltjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	scalarltjoinsel	\N	\N	\N	\N
    108	scalargtjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	scalargtjoinsel	\N	\N	\N	\N
    109	unknownin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	705	2275	\N	\N	\N	\N	\N	unknownin	\N	\N	\N	\N
    110	unknownout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	705	\N	\N	\N	\N	\N	unknownout	\N	\N	\N	\N
    115	box_above_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_above_eq	\N	\N	\N	\N
    116	box_below_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_below_eq	\N	\N	\N	\N
    117	point_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	2275	\N	\N	\N	\N	\N	point_in	\N	\N	\N	\N
    118	point_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	600	\N	\N	\N	\N	\N	point_out	\N	\N	\N	\N
    119	lseg_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	601	2275	\N	\N	\N	\N	\N	lseg_in	\N	\N	\N	\N
    120	lseg_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	601	\N	\N	\N	\N	\N	lseg_out	\N	\N	\N	\N
    121	path_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	602	2275	\N	\N	\N	\N	\N	path_in	\N	\N	\N	\N
    122	path_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	602	\N	\N	\N	\N	\N	path_out	\N	\N	\N	\N
    123	box_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	603	2275	\N	\N	\N	\N	\N	box_in	\N	\N	\N	\N
    124	box_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	603	\N	\N	\N	\N	\N	box_out	\N	\N	\N	\N
    125	box_overlap	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_overlap	\N	\N	\N	\N
    126	box_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_ge	\N	\N	\N	\N
    127	box_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_gt	\N	\N	\N	\N
    128	box_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_eq	\N	\N	\N	\N
    129	box_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_lt	\N	\N	\N	\N
    130	box_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_le	\N	\N	\N	\N
    131	point_above	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 600	\N	\N	\N	\N	\N	point_above	\N	\N	\N	\N
    132	point_left	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 600	\N	\N	\N	\N	\N	point_left	\N	\N	\N	\N
    133	point_right	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 600	\N	\N	\N	\N	\N	point_right	\N	\N	\N	\N
    134	point_below	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 600	\N	\N	\N	\N	\N	point_below	\N	\N	\N	\N
    135	point_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 600	\N	\N	\N	\N	\N	point_eq	\N	\N	\N	\N
    136	on_pb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 603	\N	\N	\N	\N	\N	on_pb	\N	\N	\N	\N
    137	on_ppath	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 602	\N	\N	\N	\N	\N	on_ppath	\N	\N	\N	\N
    138	box_center	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	603	\N	\N	\N	\N	\N	box_center	\N	\N	\N	\N
    139	areasel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	areasel	\N	\N	\N	\N
    140	areajoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	areajoinsel	\N	\N	\N	\N
    141	int4mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4mul	\N	\N	\N	\N
    144	int4ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 23	\N	\N	\N	\N	\N	int4ne	\N	\N	\N	\N
    145	int2ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 21	\N	\N	\N	\N	\N	int2ne	\N	\N	\N	\N
    146	int2gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 21	\N	\N	\N	\N	\N	int2gt	\N	\N	\N	\N
    147	int4gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 23	\N	\N	\N	\N	\N	int4gt	\N	\N	\N	\N
    148	int2le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 21	\N	\N	\N	\N	\N	int2le	\N	\N	\N	\N
    149	int4le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 23	\N	\N	\N	\N	\N	int4le	\N	\N	\N	\N
    150	int4ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 23	\N	\N	\N	\N	\N	int4ge	\N	\N	\N	\N
    151	int2ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 21	\N	\N	\N	\N	\N	int2ge	\N	\N	\N	\N
    152	int2mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2mul	\N	\N	\N	\N
    153	int2div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2div	\N	\N	\N	\N
    154	int4div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4div	\N	\N	\N	\N
    155	int2mod	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2mod	\N	\N	\N	\N
    156	int4mod	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4mod	\N	\N	\N	\N
    157	textne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	textne	\N	\N	\N	\N
    158	int24eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 23	\N	\N	\N	\N	\N	int24eq	\N	\N	\N	\N
    159	int42eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 21	\N	\N	\N	\N	\N	int42eq	\N	\N	\N	\N
    160	int24lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 23	\N	\N	\N	\N	\N	int24lt	\N	\N	\N	\N
    161	int42lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 21	\N	\N	\N	\N	\N	int42lt	\N	\N	\N	\N
    162	int24gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 23	\N	\N	\N	\N	\N	int24gt	\N	\N	\N	\N
    163	int42gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 21	\N	\N	\N	\N	\N	int42gt	\N	\N	\N	\N
    164	int24ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 23	\N	\N	\N	\N	\N	int24ne	\N	\N	\N	\N
    165	int42ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 21	\N	\N	\N	\N	\N	int42ne	\N	\N	\N	\N
    166	int24le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 23	\N	\N	\N	\N	\N	int24le	\N	\N	\N	\N
    167	int42le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 21	\N	\N	\N	\N	\N	int42le	\N	\N	\N	\N
    168	int24ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 23	\N	\N	\N	\N	\N	int24ge	\N	\N	\N	\N
    169	int42ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 21	\N	\N	\N	\N	\N	int42ge	\N	\N	\N	\N
    170	int24mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	21 23	\N	\N	\N	\N	\N	int24mul	\N	\N	\N	\N
    171	int42mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 21	\N	\N	\N	\N	\N	int42mul	\N	\N	\N	\N
    172	int24div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	21 23	\N	\N	\N	\N	\N	int24div	\N	\N	\N	\N
    173	int42div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 21	\N	\N	\N	\N	\N	int42div	\N	\N	\N	\N
    176	int2pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2pl	\N	\N	\N	\N
    177	int4pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4pl	\N	\N	\N	\N
    178	int24pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	21 23	\N	\N	\N	\N	\N	int24pl	\N	\N	\N	\N
    179	int42pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 21	\N	\N	\N	\N	\N	int42pl	\N	\N	\N	\N
    180	int2mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2mi	\N	\N	\N	\N
    181	int4mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4mi	\N	\N	\N	\N
    182	int24mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	21 23	\N	\N	\N	\N	\N	int24mi	\N	\N	\N	\N
    183	int42mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 21	\N	\N	\N	\N	\N	int42mi	\N	\N	\N	\N
    184	oideq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	26 26	\N	\N	\N	\N	\N	oideq	\N	\N	\N	\N
    185	oidne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	26 26	\N	\N	\N	\N	\N	oidne	\N	\N	\N	\N
    186	box_same	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_same	\N	\N	\N	\N
    187	box_contain	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_contain	\N	\N	\N	\N
    188	box_left	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_left	\N	\N	\N	\N
    189	box_overleft	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_overleft	\N	\N	\N	\N
    190	box_overright	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_overright	\N	\N	\N	\N
    191	box_right	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_right	\N	\N	\N	\N
    192	box_contained	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_contained	\N	\N	\N	\N
    193	box_contain_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 600	\N	\N	\N	\N	\N	box_contain_pt	\N	\N	\N	\N
    195	pg_node_tree_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	194	2275	\N	\N	\N	\N	\N	pg_node_tree_in	\N	\N	\N	\N
    196	pg_node_tree_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	194	\N	\N	\N	\N	\N	pg_node_tree_out	\N	\N	\N	\N
    197	pg_node_tree_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	194	2281	\N	\N	\N	\N	\N	pg_node_tree_recv	\N	\N	\N	\N
    198	pg_node_tree_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	194	\N	\N	\N	\N	\N	pg_node_tree_send	\N	\N	\N	\N
    200	float4in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	700	2275	\N	\N	\N	\N	\N	float4in	\N	\N	\N	\N
    201	float4out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	700	\N	\N	\N	\N	\N	float4out	\N	\N	\N	\N
    202	float4mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	700	700 700	\N	\N	\N	\N	\N	float4mul	\N	\N	\N	\N
    203	float4div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	700	700 700	\N	\N	\N	\N	\N	float4div	\N	\N	\N	\N
    204	float4pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	700	700 700	\N	\N	\N	\N	\N	float4pl	\N	\N	\N	\N
    205	float4mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	700	700 700	\N	\N	\N	\N	\N	float4mi	\N	\N	\N	\N
    206	float4um	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	700	700	\N	\N	\N	\N	\N	float4um	\N	\N	\N	\N
    207	float4abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	700	700	\N	\N	\N	\N	\N	float4abs	\N	\N	\N	\N
    208	float4_accum	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1022	1022 700	\N	\N	\N	\N	\N	float4_accum	\N	\N	\N	\N
    209	float4larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	700	700 700	\N	\N	\N	\N	\N	float4larger	\N	\N	\N	\N
    211	float4smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	700	700 700	\N	\N	\N	\N	\N	float4smaller	\N	\N	\N	\N
    212	int4um	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	int4um	\N	\N	\N	\N
    213	int2um	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	21	\N	\N	\N	\N	\N	int2um	\N	\N	\N	\N
    214	float8in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	2275	\N	\N	\N	\N	\N	float8in	\N	\N	\N	\N
    215	float8out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	701	\N	\N	\N	\N	\N	float8out	\N	\N	\N	\N
    216	float8mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	float8mul	\N	\N	\N	\N
    217	float8div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	float8div	\N	\N	\N	\N
    218	float8pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	float8pl	\N	\N	\N	\N
    219	float8mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	float8mi	\N	\N	\N	\N
    220	float8um	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	float8um	\N	\N	\N	\N
    221	float8abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	float8abs	\N	\N	\N	\N
    222	float8_accum	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1022	1022 701	\N	\N	\N	\N	\N	float8_accum	\N	\N	\N	\N
    223	float8larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	float8larger	\N	\N	\N	\N
    224	float8smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	float8smaller	\N	\N	\N	\N
    225	lseg_center	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	601	\N	\N	\N	\N	\N	lseg_center	\N	\N	\N	\N
    227	poly_center	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	604	\N	\N	\N	\N	\N	poly_center	\N	\N	\N	\N
    228	dround	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dround	\N	\N	\N	\N
    229	dtrunc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dtrunc	\N	\N	\N	\N
    230	dsqrt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dsqrt	\N	\N	\N	\N
    231	dcbrt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dcbrt	\N	\N	\N	\N
    232	dpow	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	dpow	\N	\N	\N	\N
    233	dexp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dexp	\N	\N	\N	\N
    234	dlog1	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dlog1	\N	\N	\N	\N
    235	float8	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	701	21	\N	\N	\N	\N	\N	i2tod	\N	\N	\N	\N
    236	float4	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	700	21	\N	\N	\N	\N	\N	i2tof	\N	\N	\N	\N
    237	int2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	701	\N	\N	\N	\N	\N	dtoi2	\N	\N	\N	\N
    238	int2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	700	\N	\N	\N	\N	\N	ftoi2	\N	\N	\N	\N
    239	line_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	628 628	\N	\N	\N	\N	\N	line_distance	\N	\N	\N	\N
    240	nameeqtext	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	nameeqtext	\N	\N	\N	\N
    241	namelttext	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	namelttext	\N	\N	\N	\N
    242	nameletext	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	nameletext	\N	\N	\N	\N
    243	namegetext	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	namegetext	\N	\N	\N	\N
    244	namegttext	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	namegttext	\N	\N	\N	\N
    245	namenetext	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	namenetext	\N	\N	\N	\N
    246	btnametextcmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	19 25	\N	\N	\N	\N	\N	btnametextcmp	\N	\N	\N	\N
    247	texteqname	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 19	\N	\N	\N	\N	\N	texteqname	\N	\N	\N	\N
    248	textltname	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 19	\N	\N	\N	\N	\N	textltname	\N	\N	\N	\N
    249	textlename	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 19	\N	\N	\N	\N	\N	textlename	\N	\N	\N	\N
    250	textgename	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 19	\N	\N	\N	\N	\N	textgename	\N	\N	\N	\N
    251	textgtname	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 19	\N	\N	\N	\N	\N	textgtname	\N	\N	\N	\N
    252	textnename	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 19	\N	\N	\N	\N	\N	textnename	\N	\N	\N	\N
    253	bttextnamecmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	25 19	\N	\N	\N	\N	\N	bttextnamecmp	\N	\N	\N	\N
    266	nameconcatoid	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	19	19 26	\N	\N	\N	\N	\N	nameconcatoid	\N	\N	\N	\N
    267	table_am_handler_in	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	269	2275	\N	\N	\N	\N	\N	table_am_handler_in	\N	\N	\N	\N
    268	table_am_handler_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	269	\N	\N	\N	\N	\N	table_am_handler_out	\N	\N	\N	\N
    274	timeofday	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	25		\N	\N	\N	\N	\N	timeofday	\N	\N	\N	\N
    275	pg_nextoid	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	26	2205 19 2205	\N	\N	\N	\N	\N	pg_nextoid	\N	\N	\N	\N
    276	float8_combine	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1022	1022 1022	\N	\N	\N	\N	\N	float8_combine	\N	\N	\N	\N
    277	inter_sl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	601 628	\N	\N	\N	\N	\N	inter_sl	\N	\N	\N	\N
    278	inter_lb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	628 603	\N	\N	\N	\N	\N	inter_lb	\N	\N	\N	\N
    279	float48mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	700 701	\N	\N	\N	\N	\N	float48mul	\N	\N	\N	\N
    280	float48div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	700 701	\N	\N	\N	\N	\N	float48div	\N	\N	\N	\N
    281	float48pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	700 701	\N	\N	\N	\N	\N	float48pl	\N	\N	\N	\N
    282	float48mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	700 701	\N	\N	\N	\N	\N	float48mi	\N	\N	\N	\N
    283	float84mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 700	\N	\N	\N	\N	\N	float84mul	\N	\N	\N	\N
    284	float84div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 700	\N	\N	\N	\N	\N	float84div	\N	\N	\N	\N
    285	float84pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 700	\N	\N	\N	\N	\N	float84pl	\N	\N	\N	\N
    286	float84mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 700	\N	\N	\N	\N	\N	float84mi	\N	\N	\N	\N
    287	float4eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 700	\N	\N	\N	\N	\N	float4eq	\N	\N	\N	\N
    288	float4ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 700	\N	\N	\N	\N	\N	float4ne	\N	\N	\N	\N
    289	float4lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 700	\N	\N	\N	\N	\N	float4lt	\N	\N	\N	\N
    290	float4le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 700	\N	\N	\N	\N	\N	float4le	\N	\N	\N	\N
    291	float4gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 700	\N	\N	\N	\N	\N	float4gt	\N	\N	\N	\N
    292	float4ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 700	\N	\N	\N	\N	\N	float4ge	\N	\N	\N	\N
    293	float8eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 701	\N	\N	\N	\N	\N	float8eq	\N	\N	\N	\N
    294	float8ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 701	\N	\N	\N	\N	\N	float8ne	\N	\N	\N	\N
    295	float8lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 701	\N	\N	\N	\N	\N	float8lt	\N	\N	\N	\N
    296	float8le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 701	\N	\N	\N	\N	\N	float8le	\N	\N	\N	\N
    297	float8gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 701	\N	\N	\N	\N	\N	float8gt	\N	\N	\N	\N
    298	float8ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 701	\N	\N	\N	\N	\N	float8ge	\N	\N	\N	\N
    299	float48eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 701	\N	\N	\N	\N	\N	float48eq	\N	\N	\N	\N
    300	float48ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 701	\N	\N	\N	\N	\N	float48ne	\N	\N	\N	\N
    301	float48lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 701	\N	\N	\N	\N	\N	float48lt	\N	\N	\N	\N
    302	float48le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 701	\N	\N	\N	\N	\N	float48le	\N	\N	\N	\N
    303	float48gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 701	\N	\N	\N	\N	\N	float48gt	\N	\N	\N	\N
    304	float48ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	700 701	\N	\N	\N	\N	\N	float48ge	\N	\N	\N	\N
    305	float84eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 700	\N	\N	\N	\N	\N	float84eq	\N	\N	\N	\N
    306	float84ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 700	\N	\N	\N	\N	\N	float84ne	\N	\N	\N	\N
    307	float84lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 700	\N	\N	\N	\N	\N	float84lt	\N	\N	\N	\N
    308	float84le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 700	\N	\N	\N	\N	\N	float84le	\N	\N	\N	\N
    309	float84gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 700	\N	\N	\N	\N	\N	float84gt	\N	\N	\N	\N
    310	float84ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	701 700	\N	\N	\N	\N	\N	float84ge	\N	\N	\N	\N
    311	float8	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	701	700	\N	\N	\N	\N	\N	ftod	\N	\N	\N	\N
    312	float4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	700	701	\N	\N	\N	\N	\N	dtof	\N	\N	\N	\N
    313	int4	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	23	21	\N	\N	\N	\N	\N	i2toi4	\N	\N	\N	\N
    314	int2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	23	\N	\N	\N	\N	\N	i4toi2	\N	\N	\N	\N
    315	pg_jit_available	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	16		\N	\N	\N	\N	\N	pg_jit_available	\N	\N	\N	\N
    316	float8	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	701	23	\N	\N	\N	\N	\N	i4tod	\N	\N	\N	\N
    317	int4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	701	\N	\N	\N	\N	\N	dtoi4	\N	\N	\N	\N
    318	float4	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	700	23	\N	\N	\N	\N	\N	i4tof	\N	\N	\N	\N
    319	int4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	700	\N	\N	\N	\N	\N	ftoi4	\N	\N	\N	\N
    320	width_bucket	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	23	701 701 701 23	\N	\N	\N	\N	\N	width_bucket_float8	\N	\N	\N	\N
    321	json_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	114	2275	\N	\N	\N	\N	\N	json_in	\N	\N	\N	\N
    322	json_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	114	\N	\N	\N	\N	\N	json_out	\N	\N	\N	\N
    323	json_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	114	2281	\N	\N	\N	\N	\N	json_recv	\N	\N	\N	\N
    324	json_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	114	\N	\N	\N	\N	\N	json_send	\N	\N	\N	\N
    326	index_am_handler_in	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	325	2275	\N	\N	\N	\N	\N	index_am_handler_in	\N	\N	\N	\N
    327	index_am_handler_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	325	\N	\N	\N	\N	\N	index_am_handler_out	\N	\N	\N	\N
    328	hashmacaddr8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	774	\N	\N	\N	\N	\N	hashmacaddr8	\N	\N	\N	\N
    329	hash_aclitem	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1033	\N	\N	\N	\N	\N	hash_aclitem	\N	\N	\N	\N
    330	bthandler	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	325	2281	\N	\N	\N	\N	\N	bthandler	\N	\N	\N	\N
    331	hashhandler	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	325	2281	\N	\N	\N	\N	\N	hashhandler	\N	\N	\N	\N
    332	gisthandler	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	325	2281	\N	\N	\N	\N	\N	gisthandler	\N	\N	\N	\N
    333	ginhandler	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	325	2281	\N	\N	\N	\N	\N	ginhandler	\N	\N	\N	\N
    334	spghandler	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	325	2281	\N	\N	\N	\N	\N	spghandler	\N	\N	\N	\N
    335	brinhandler	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	325	2281	\N	\N	\N	\N	\N	brinhandler	\N	\N	\N	\N
    336	scalarlesel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	scalarlesel	\N	\N	\N	\N
    337	scalargesel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	scalargesel	\N	\N	\N	\N
    338	amvalidate	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	16	26	\N	\N	\N	\N	\N	amvalidate	\N	\N	\N	\N
    339	poly_same	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_same	\N	\N	\N	\N
    340	poly_contain	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_contain	\N	\N	\N	\N
    341	poly_left	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_left	\N	\N	\N	\N
    342	poly_overleft	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_overleft	\N	\N	\N	\N
    343	poly_overright	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_overright	\N	\N	\N	\N
    344	poly_right	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_right	\N	\N	\N	\N
    345	poly_contained	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_contained	\N	\N	\N	\N
    346	poly_overlap	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_overlap	\N	\N	\N	\N
    347	poly_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	604	2275	\N	\N	\N	\N	\N	poly_in	\N	\N	\N	\N
    348	poly_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	604	\N	\N	\N	\N	\N	poly_out	\N	\N	\N	\N
    350	btint2cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	21 21	\N	\N	\N	\N	\N	btint2cmp	\N	\N	\N	\N
    351	btint4cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	btint4cmp	\N	\N	\N	\N
    354	btfloat4cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	700 700	\N	\N	\N	\N	\N	btfloat4cmp	\N	\N	\N	\N
    355	btfloat8cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	701 701	\N	\N	\N	\N	\N	btfloat8cmp	\N	\N	\N	\N
    356	btoidcmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	26 26	\N	\N	\N	\N	\N	btoidcmp	\N	\N	\N	\N
    357	dist_bp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	603 600	\N	\N	\N	\N	\N	dist_bp	\N	\N	\N	\N
    358	btcharcmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	18 18	\N	\N	\N	\N	\N	btcharcmp	\N	\N	\N	\N
    359	btnamecmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	19 19	\N	\N	\N	\N	\N	btnamecmp	\N	\N	\N	\N
    360	bttextcmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	25 25	\N	\N	\N	\N	\N	bttextcmp	\N	\N	\N	\N
    361	lseg_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	601 601	\N	\N	\N	\N	\N	lseg_distance	\N	\N	\N	\N
    362	lseg_interpt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	601 601	\N	\N	\N	\N	\N	lseg_interpt	\N	\N	\N	\N
    363	dist_ps	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	600 601	\N	\N	\N	\N	\N	dist_ps	\N	\N	\N	\N
    364	dist_pb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	600 603	\N	\N	\N	\N	\N	dist_pb	\N	\N	\N	\N
    365	dist_sb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	601 603	\N	\N	\N	\N	\N	dist_sb	\N	\N	\N	\N
    366	close_ps	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	600 601	\N	\N	\N	\N	\N	close_ps	\N	\N	\N	\N
    367	close_pb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	600 603	\N	\N	\N	\N	\N	close_pb	\N	\N	\N	\N
    368	close_sb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	601 603	\N	\N	\N	\N	\N	close_sb	\N	\N	\N	\N
    369	on_ps	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 601	\N	\N	\N	\N	\N	on_ps	\N	\N	\N	\N
    370	path_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	602 602	\N	\N	\N	\N	\N	path_distance	\N	\N	\N	\N
    371	dist_ppath	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	600 602	\N	\N	\N	\N	\N	dist_ppath	\N	\N	\N	\N
    372	on_sb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	601 603	\N	\N	\N	\N	\N	on_sb	\N	\N	\N	\N
    373	inter_sb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	601 603	\N	\N	\N	\N	\N	inter_sb	\N	\N	\N	\N
    376	string_to_array	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	1009	25 25 25	\N	\N	\N	\N	\N	text_to_array_null	\N	\N	\N	\N
    377	cash_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	790 790	\N	\N	\N	\N	\N	cash_cmp	\N	\N	\N	\N
    378	array_append	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	5078	5078 5077	\N	\N	\N	\N	\N	array_append	\N	\N	\N	\N
    379	array_prepend	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	5078	5077 5078	\N	\N	\N	\N	\N	array_prepend	\N	\N	\N	\N
    380	dist_sp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	601 600	\N	\N	\N	\N	\N	dist_sp	\N	\N	\N	\N
    381	dist_bs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	603 601	\N	\N	\N	\N	\N	dist_bs	\N	\N	\N	\N
    382	btarraycmp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	2277 2277	\N	\N	\N	\N	\N	btarraycmp	\N	\N	\N	\N
    383	array_cat	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	5078	5078 5078	\N	\N	\N	\N	\N	array_cat	\N	\N	\N	\N
    384	array_to_string	11	10	12	1	0	0	0	f	f	f	f	f	s	s	3	0	25	2277 25 25	\N	\N	\N	\N	\N	array_to_text_null	\N	\N	\N	\N
    386	scalarlejoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	scalarlejoinsel	\N	\N	\N	\N
    390	array_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2277 2277	\N	\N	\N	\N	\N	array_ne	\N	\N	\N	\N
    391	array_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2277 2277	\N	\N	\N	\N	\N	array_lt	\N	\N	\N	\N
    392	array_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2277 2277	\N	\N	\N	\N	\N	array_gt	\N	\N	\N	\N
    393	array_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2277 2277	\N	\N	\N	\N	\N	array_le	\N	\N	\N	\N
    394	string_to_array	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	1009	25 25	\N	\N	\N	\N	\N	text_to_array	\N	\N	\N	\N
    395	array_to_string	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	2277 25	\N	\N	\N	\N	\N	array_to_text	\N	\N	\N	\N
    396	array_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2277 2277	\N	\N	\N	\N	\N	array_ge	\N	\N	\N	\N
    398	scalargejoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	scalargejoinsel	\N	\N	\N	\N
    399	hashmacaddr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	829	\N	\N	\N	\N	\N	hashmacaddr	\N	\N	\N	\N
    400	hashtext	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	25	\N	\N	\N	\N	\N	hashtext	\N	\N	\N	\N
    401	text	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	1042	\N	\N	\N	\N	\N	rtrim1	\N	\N	\N	\N
    404	btoidvectorcmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	30 30	\N	\N	\N	\N	\N	btoidvectorcmp	\N	\N	\N	\N
    406	text	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	25	19	\N	\N	\N	\N	\N	name_text	\N	\N	\N	\N
    407	name	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	19	25	\N	\N	\N	\N	\N	text_name	\N	\N	\N	\N
    408	bpchar	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1042	19	\N	\N	\N	\N	\N	name_bpchar	\N	\N	\N	\N
    409	name	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	19	1042	\N	\N	\N	\N	\N	bpchar_name	\N	\N	\N	\N
    421	dist_pathp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	602 600	\N	\N	\N	\N	\N	dist_pathp	\N	\N	\N	\N
    422	hashinet	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	869	\N	\N	\N	\N	\N	hashinet	\N	\N	\N	\N
    425	hashint4extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	23 20	\N	\N	\N	\N	\N	hashint4extended	\N	\N	\N	\N
    432	hash_numeric	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1700	\N	\N	\N	\N	\N	hash_numeric	\N	\N	\N	\N
    436	macaddr_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	829	2275	\N	\N	\N	\N	\N	macaddr_in	\N	\N	\N	\N
    437	macaddr_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	829	\N	\N	\N	\N	\N	macaddr_out	\N	\N	\N	\N
    438	num_nulls	11	10	12	1	0	2276	0	f	f	f	f	f	i	s	1	0	23	2276	{2276}	{v}	\N	\N	\N	pg_num_nulls	\N	\N	\N	\N
    440	num_nonnulls	11	10	12	1	0	2276	0	f	f	f	f	f	i	s	1	0	23	2276	{2276}	{v}	\N	\N	\N	pg_num_nonnulls	\N	\N	\N	\N
    441	hashint2extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	21 20	\N	\N	\N	\N	\N	hashint2extended	\N	\N	\N	\N
    442	hashint8extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	hashint8extended	\N	\N	\N	\N
    443	hashfloat4extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	700 20	\N	\N	\N	\N	\N	hashfloat4extended	\N	\N	\N	\N
    444	hashfloat8extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	701 20	\N	\N	\N	\N	\N	hashfloat8extended	\N	\N	\N	\N
    445	hashoidextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	26 20	\N	\N	\N	\N	\N	hashoidextended	\N	\N	\N	\N
    446	hashcharextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	18 20	\N	\N	\N	\N	\N	hashcharextended	\N	\N	\N	\N
    447	hashnameextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	19 20	\N	\N	\N	\N	\N	hashnameextended	\N	\N	\N	\N
    448	hashtextextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	25 20	\N	\N	\N	\N	\N	hashtextextended	\N	\N	\N	\N
    449	hashint2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	21	\N	\N	\N	\N	\N	hashint2	\N	\N	\N	\N
    450	hashint4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	hashint4	\N	\N	\N	\N
    451	hashfloat4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	700	\N	\N	\N	\N	\N	hashfloat4	\N	\N	\N	\N
    452	hashfloat8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	701	\N	\N	\N	\N	\N	hashfloat8	\N	\N	\N	\N
    453	hashoid	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	26	\N	\N	\N	\N	\N	hashoid	\N	\N	\N	\N
    454	hashchar	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	18	\N	\N	\N	\N	\N	hashchar	\N	\N	\N	\N
    455	hashname	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	19	\N	\N	\N	\N	\N	hashname	\N	\N	\N	\N
    456	hashvarlena	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	2281	\N	\N	\N	\N	\N	hashvarlena	\N	\N	\N	\N
    457	hashoidvector	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	30	\N	\N	\N	\N	\N	hashoidvector	\N	\N	\N	\N
    458	text_larger	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	text_larger	\N	\N	\N	\N
    459	text_smaller	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	text_smaller	\N	\N	\N	\N
    460	int8in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	2275	\N	\N	\N	\N	\N	int8in	\N	\N	\N	\N
    461	int8out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	20	\N	\N	\N	\N	\N	int8out	\N	\N	\N	\N
    462	int8um	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	int8um	\N	\N	\N	\N
    463	int8pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8pl	\N	\N	\N	\N
    464	int8mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8mi	\N	\N	\N	\N
    465	int8mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8mul	\N	\N	\N	\N
    466	int8div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8div	\N	\N	\N	\N
    467	int8eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 20	\N	\N	\N	\N	\N	int8eq	\N	\N	\N	\N
    468	int8ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 20	\N	\N	\N	\N	\N	int8ne	\N	\N	\N	\N
    469	int8lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 20	\N	\N	\N	\N	\N	int8lt	\N	\N	\N	\N
    470	int8gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 20	\N	\N	\N	\N	\N	int8gt	\N	\N	\N	\N
    471	int8le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 20	\N	\N	\N	\N	\N	int8le	\N	\N	\N	\N
    472	int8ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 20	\N	\N	\N	\N	\N	int8ge	\N	\N	\N	\N
    474	int84eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 23	\N	\N	\N	\N	\N	int84eq	\N	\N	\N	\N
    475	int84ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 23	\N	\N	\N	\N	\N	int84ne	\N	\N	\N	\N
    476	int84lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 23	\N	\N	\N	\N	\N	int84lt	\N	\N	\N	\N
    477	int84gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 23	\N	\N	\N	\N	\N	int84gt	\N	\N	\N	\N
    478	int84le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 23	\N	\N	\N	\N	\N	int84le	\N	\N	\N	\N
    479	int84ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 23	\N	\N	\N	\N	\N	int84ge	\N	\N	\N	\N
    480	int4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	20	\N	\N	\N	\N	\N	int84	\N	\N	\N	\N
    481	int8	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	20	23	\N	\N	\N	\N	\N	int48	\N	\N	\N	\N
    482	float8	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	701	20	\N	\N	\N	\N	\N	i8tod	\N	\N	\N	\N
    483	int8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	701	\N	\N	\N	\N	\N	dtoi8	\N	\N	\N	\N
    515	array_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2277	2277 2277	\N	\N	\N	\N	\N	array_larger	\N	\N	\N	\N
    516	array_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2277	2277 2277	\N	\N	\N	\N	\N	array_smaller	\N	\N	\N	\N
    598	abbrev	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	869	\N	\N	\N	\N	\N	inet_abbrev	\N	\N	\N	\N
    599	abbrev	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	650	\N	\N	\N	\N	\N	cidr_abbrev	\N	\N	\N	\N
    605	set_masklen	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	869	869 23	\N	\N	\N	\N	\N	inet_set_masklen	\N	\N	\N	\N
    619	oidvectorne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	30 30	\N	\N	\N	\N	\N	oidvectorne	\N	\N	\N	\N
    626	hash_array	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	2277	\N	\N	\N	\N	\N	hash_array	\N	\N	\N	\N
    635	set_masklen	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	650	650 23	\N	\N	\N	\N	\N	cidr_set_masklen	\N	\N	\N	\N
    636	pg_indexam_has_property	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	pg_indexam_has_property	\N	\N	\N	\N
    637	pg_index_has_property	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	2205 25	\N	\N	\N	\N	\N	pg_index_has_property	\N	\N	\N	\N
    638	pg_index_column_has_property	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	2205 23 25	\N	\N	\N	\N	\N	pg_index_column_has_property	\N	\N	\N	\N
    652	float4	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	700	20	\N	\N	\N	\N	\N	i8tof	\N	\N	\N	\N
    653	int8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	700	\N	\N	\N	\N	\N	ftoi8	\N	\N	\N	\N
    655	namelt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 19	\N	\N	\N	\N	\N	namelt	\N	\N	\N	\N
    656	namele	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 19	\N	\N	\N	\N	\N	namele	\N	\N	\N	\N
    657	namegt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 19	\N	\N	\N	\N	\N	namegt	\N	\N	\N	\N
    658	namege	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 19	\N	\N	\N	\N	\N	namege	\N	\N	\N	\N
    659	namene	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	19 19	\N	\N	\N	\N	\N	namene	\N	\N	\N	\N
    668	bpchar	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1042	1042 23 16	\N	\N	\N	\N	\N	bpchar	\N	\N	\N	\N
    669	varchar	11	10	12	1	0	0	3097	f	f	f	t	f	i	s	3	0	1043	1043 23 16	\N	\N	\N	\N	\N	varchar	\N	\N	\N	\N
    676	pg_indexam_progress_phasename	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	26 20	\N	\N	\N	\N	\N	pg_indexam_progress_phasename	\N	\N	\N	\N
    677	oidvectorlt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	30 30	\N	\N	\N	\N	\N	oidvectorlt	\N	\N	\N	\N
    678	oidvectorle	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	30 30	\N	\N	\N	\N	\N	oidvectorle	\N	\N	\N	\N
    679	oidvectoreq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	30 30	\N	\N	\N	\N	\N	oidvectoreq	\N	\N	\N	\N
    680	oidvectorge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	30 30	\N	\N	\N	\N	\N	oidvectorge	\N	\N	\N	\N
    681	oidvectorgt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	30 30	\N	\N	\N	\N	\N	oidvectorgt	\N	\N	\N	\N
    683	network	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	650	869	\N	\N	\N	\N	\N	network_network	\N	\N	\N	\N
    696	netmask	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	869	869	\N	\N	\N	\N	\N	network_netmask	\N	\N	\N	\N
    697	masklen	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	869	\N	\N	\N	\N	\N	network_masklen	\N	\N	\N	\N
    698	broadcast	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	869	869	\N	\N	\N	\N	\N	network_broadcast	\N	\N	\N	\N
    699	host	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	869	\N	\N	\N	\N	\N	network_host	\N	\N	\N	\N
    702	dist_lp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	628 600	\N	\N	\N	\N	\N	dist_lp	\N	\N	\N	\N
    704	dist_ls	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	628 601	\N	\N	\N	\N	\N	dist_ls	\N	\N	\N	\N
    710	getpgusername	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	19		\N	\N	\N	\N	\N	current_user	\N	\N	\N	\N
    711	family	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	869	\N	\N	\N	\N	\N	network_family	\N	\N	\N	\N
    714	int2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	20	\N	\N	\N	\N	\N	int82	\N	\N	\N	\N
    715	lo_create	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	26	26	\N	\N	\N	\N	\N	be_lo_create	\N	\N	\N	\N
    716	oidlt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	26 26	\N	\N	\N	\N	\N	oidlt	\N	\N	\N	\N
    717	oidle	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	26 26	\N	\N	\N	\N	\N	oidle	\N	\N	\N	\N
    720	octet_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	17	\N	\N	\N	\N	\N	byteaoctetlen	\N	\N	\N	\N
    721	get_byte	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	17 23	\N	\N	\N	\N	\N	byteaGetByte	\N	\N	\N	\N
    722	set_byte	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	17	17 23 23	\N	\N	\N	\N	\N	byteaSetByte	\N	\N	\N	\N
    723	get_bit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	17 20	\N	\N	\N	\N	\N	byteaGetBit	\N	\N	\N	\N
    724	set_bit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	17	17 20 23	\N	\N	\N	\N	\N	byteaSetBit	\N	\N	\N	\N
    725	dist_pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	600 628	\N	\N	\N	\N	\N	dist_pl	\N	\N	\N	\N
    727	dist_sl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	601 628	\N	\N	\N	\N	\N	dist_sl	\N	\N	\N	\N
    728	dist_cpoly	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	718 604	\N	\N	\N	\N	\N	dist_cpoly	\N	\N	\N	\N
    729	poly_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	604 604	\N	\N	\N	\N	\N	poly_distance	\N	\N	\N	\N
    730	text	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	869	\N	\N	\N	\N	\N	network_show	\N	\N	\N	\N
    740	text_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	text_lt	\N	\N	\N	\N
    741	text_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	text_le	\N	\N	\N	\N
    742	text_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	text_gt	\N	\N	\N	\N
    743	text_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	text_ge	\N	\N	\N	\N
    744	array_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2277 2277	\N	\N	\N	\N	\N	array_eq	\N	\N	\N	\N
    745	current_user	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	19		\N	\N	\N	\N	\N	current_user	\N	\N	\N	\N
    746	session_user	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	19		\N	\N	\N	\N	\N	session_user	\N	\N	\N	\N
    747	array_dims	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	2277	\N	\N	\N	\N	\N	array_dims	\N	\N	\N	\N
    748	array_ndims	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	2277	\N	\N	\N	\N	\N	array_ndims	\N	\N	\N	\N
    749	overlay	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	17	17 17 23 23	\N	\N	\N	\N	\N	byteaoverlay	\N	\N	\N	\N
    750	array_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	2277	2275 26 23	\N	\N	\N	\N	\N	array_in	\N	\N	\N	\N
    751	array_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	2277	\N	\N	\N	\N	\N	array_out	\N	\N	\N	\N
    752	overlay	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	17	17 17 23	\N	\N	\N	\N	\N	byteaoverlay_no_len	\N	\N	\N	\N
    753	trunc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	829	829	\N	\N	\N	\N	\N	macaddr_trunc	\N	\N	\N	\N
    754	int8	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	20	21	\N	\N	\N	\N	\N	int28	\N	\N	\N	\N
    764	lo_import	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	26	25	\N	\N	\N	\N	\N	be_lo_import	\N	\N	\N	{postgres=X/postgres}
    765	lo_export	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	23	26 25	\N	\N	\N	\N	\N	be_lo_export	\N	\N	\N	{postgres=X/postgres}
    766	int4inc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	int4inc	\N	\N	\N	\N
    767	lo_import	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	26	25 26	\N	\N	\N	\N	\N	be_lo_import_with_oid	\N	\N	\N	{postgres=X/postgres}
    768	int4larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4larger	\N	\N	\N	\N
    769	int4smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4smaller	\N	\N	\N	\N
    770	int2larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2larger	\N	\N	\N	\N
    771	int2smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2smaller	\N	\N	\N	\N
    772	hashvarlenaextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	2281 20	\N	\N	\N	\N	\N	hashvarlenaextended	\N	\N	\N	\N
    776	hashoidvectorextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	30 20	\N	\N	\N	\N	\N	hashoidvectorextended	\N	\N	\N	\N
    777	hash_aclitem_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	1033 20	\N	\N	\N	\N	\N	hash_aclitem_extended	\N	\N	\N	\N
    778	hashmacaddrextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	829 20	\N	\N	\N	\N	\N	hashmacaddrextended	\N	\N	\N	\N
    779	hashinetextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	869 20	\N	\N	\N	\N	\N	hashinetextended	\N	\N	\N	\N
    780	hash_numeric_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	1700 20	\N	\N	\N	\N	\N	hash_numeric_extended	\N	\N	\N	\N
    781	hashmacaddr8extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	774 20	\N	\N	\N	\N	\N	hashmacaddr8extended	\N	\N	\N	\N
    782	hash_array_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	2277 20	\N	\N	\N	\N	\N	hash_array_extended	\N	\N	\N	\N
    785	dist_polyc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	604 718	\N	\N	\N	\N	\N	dist_polyc	\N	\N	\N	\N
    810	pg_client_encoding	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	19		\N	\N	\N	\N	\N	pg_client_encoding	\N	\N	\N	\N
    817	current_query	11	10	12	1	0	0	0	f	f	f	f	f	v	r	0	0	25		\N	\N	\N	\N	\N	current_query	\N	\N	\N	\N
    830	macaddr_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	829 829	\N	\N	\N	\N	\N	macaddr_eq	\N	\N	\N	\N
    831	macaddr_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	829 829	\N	\N	\N	\N	\N	macaddr_lt	\N	\N	\N	\N
    832	macaddr_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	829 829	\N	\N	\N	\N	\N	macaddr_le	\N	\N	\N	\N
    833	macaddr_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	829 829	\N	\N	\N	\N	\N	macaddr_gt	\N	\N	\N	\N
    834	macaddr_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	829 829	\N	\N	\N	\N	\N	macaddr_ge	\N	\N	\N	\N
    835	macaddr_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	829 829	\N	\N	\N	\N	\N	macaddr_ne	\N	\N	\N	\N
    836	macaddr_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	829 829	\N	\N	\N	\N	\N	macaddr_cmp	\N	\N	\N	\N
    837	int82pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 21	\N	\N	\N	\N	\N	int82pl	\N	\N	\N	\N
    838	int82mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 21	\N	\N	\N	\N	\N	int82mi	\N	\N	\N	\N
    839	int82mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 21	\N	\N	\N	\N	\N	int82mul	\N	\N	\N	\N
    840	int82div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 21	\N	\N	\N	\N	\N	int82div	\N	\N	\N	\N
    841	int28pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	21 20	\N	\N	\N	\N	\N	int28pl	\N	\N	\N	\N
    842	btint8cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	20 20	\N	\N	\N	\N	\N	btint8cmp	\N	\N	\N	\N
    846	cash_mul_flt4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 700	\N	\N	\N	\N	\N	cash_mul_flt4	\N	\N	\N	\N
    847	cash_div_flt4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 700	\N	\N	\N	\N	\N	cash_div_flt4	\N	\N	\N	\N
    848	flt4_mul_cash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	700 790	\N	\N	\N	\N	\N	flt4_mul_cash	\N	\N	\N	\N
    849	position	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	25 25	\N	\N	\N	\N	\N	textpos	\N	\N	\N	\N
    850	textlike	11	10	12	1	0	0	1023	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	textlike	\N	\N	\N	\N
    851	textnlike	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	textnlike	\N	\N	\N	\N
    852	int48eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 20	\N	\N	\N	\N	\N	int48eq	\N	\N	\N	\N
    853	int48ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 20	\N	\N	\N	\N	\N	int48ne	\N	\N	\N	\N
    854	int48lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 20	\N	\N	\N	\N	\N	int48lt	\N	\N	\N	\N
    855	int48gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 20	\N	\N	\N	\N	\N	int48gt	\N	\N	\N	\N
    856	int48le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 20	\N	\N	\N	\N	\N	int48le	\N	\N	\N	\N
    857	int48ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	23 20	\N	\N	\N	\N	\N	int48ge	\N	\N	\N	\N
    858	namelike	11	10	12	1	0	0	1023	f	f	f	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	namelike	\N	\N	\N	\N
    859	namenlike	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	namenlike	\N	\N	\N	\N
    860	bpchar	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1042	18	\N	\N	\N	\N	\N	char_bpchar	\N	\N	\N	\N
    861	current_database	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	19		\N	\N	\N	\N	\N	current_database	\N	\N	\N	\N
    862	int4_mul_cash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	23 790	\N	\N	\N	\N	\N	int4_mul_cash	\N	\N	\N	\N
    863	int2_mul_cash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	21 790	\N	\N	\N	\N	\N	int2_mul_cash	\N	\N	\N	\N
    864	cash_mul_int4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 23	\N	\N	\N	\N	\N	cash_mul_int4	\N	\N	\N	\N
    865	cash_div_int4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 23	\N	\N	\N	\N	\N	cash_div_int4	\N	\N	\N	\N
    866	cash_mul_int2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 21	\N	\N	\N	\N	\N	cash_mul_int2	\N	\N	\N	\N
    867	cash_div_int2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 21	\N	\N	\N	\N	\N	cash_div_int2	\N	\N	\N	\N
    868	strpos	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	25 25	\N	\N	\N	\N	\N	textpos	\N	\N	\N	\N
    870	lower	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	lower	\N	\N	\N	\N
    871	upper	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	upper	\N	\N	\N	\N
    872	initcap	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	initcap	\N	\N	\N	\N
    873	lpad	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 23 25	\N	\N	\N	\N	\N	lpad	\N	\N	\N	\N
    874	rpad	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 23 25	\N	\N	\N	\N	\N	rpad	\N	\N	\N	\N
    875	ltrim	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	ltrim	\N	\N	\N	\N
    876	rtrim	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	rtrim	\N	\N	\N	\N
    877	substr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 23 23	\N	\N	\N	\N	\N	text_substr	\N	\N	\N	\N
    878	translate	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 25 25	\N	\N	\N	\N	\N	translate	\N	\N	\N	\N
    879	lpad	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 23	\N	\N	\N	\N	\N		\N	RETURN lpad($1, $2, ' '::text)	\N	\N
    880	rpad	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 23	\N	\N	\N	\N	\N		\N	RETURN rpad($1, $2, ' '::text)	\N	\N
    881	ltrim	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	ltrim1	\N	\N	\N	\N
    882	rtrim	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	rtrim1	\N	\N	\N	\N
    883	substr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 23	\N	\N	\N	\N	\N	text_substr_no_len	\N	\N	\N	\N
    884	btrim	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	btrim	\N	\N	\N	\N
    885	btrim	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	btrim1	\N	\N	\N	\N
    886	cash_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	790	2275	\N	\N	\N	\N	\N	cash_in	\N	\N	\N	\N
    887	cash_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	790	\N	\N	\N	\N	\N	cash_out	\N	\N	\N	\N
    888	cash_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	790 790	\N	\N	\N	\N	\N	cash_eq	\N	\N	\N	\N
    889	cash_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	790 790	\N	\N	\N	\N	\N	cash_ne	\N	\N	\N	\N
    890	cash_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	790 790	\N	\N	\N	\N	\N	cash_lt	\N	\N	\N	\N
    891	cash_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	790 790	\N	\N	\N	\N	\N	cash_le	\N	\N	\N	\N
    892	cash_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	790 790	\N	\N	\N	\N	\N	cash_gt	\N	\N	\N	\N
    893	cash_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	790 790	\N	\N	\N	\N	\N	cash_ge	\N	\N	\N	\N
    894	cash_pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 790	\N	\N	\N	\N	\N	cash_pl	\N	\N	\N	\N
    895	cash_mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 790	\N	\N	\N	\N	\N	cash_mi	\N	\N	\N	\N
    896	cash_mul_flt8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 701	\N	\N	\N	\N	\N	cash_mul_flt8	\N	\N	\N	\N
    897	cash_div_flt8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 701	\N	\N	\N	\N	\N	cash_div_flt8	\N	\N	\N	\N
    898	cashlarger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 790	\N	\N	\N	\N	\N	cashlarger	\N	\N	\N	\N
    899	cashsmaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 790	\N	\N	\N	\N	\N	cashsmaller	\N	\N	\N	\N
    910	inet_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	869	2275	\N	\N	\N	\N	\N	inet_in	\N	\N	\N	\N
    911	inet_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	869	\N	\N	\N	\N	\N	inet_out	\N	\N	\N	\N
    919	flt8_mul_cash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	701 790	\N	\N	\N	\N	\N	flt8_mul_cash	\N	\N	\N	\N
    920	network_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_eq	\N	\N	\N	\N
    921	network_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_lt	\N	\N	\N	\N
    922	network_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_le	\N	\N	\N	\N
    923	network_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_gt	\N	\N	\N	\N
    924	network_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_ge	\N	\N	\N	\N
    925	network_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_ne	\N	\N	\N	\N
    926	network_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	869 869	\N	\N	\N	\N	\N	network_cmp	\N	\N	\N	\N
    927	network_sub	11	10	12	1	0	0	1173	f	f	f	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_sub	\N	\N	\N	\N
    928	network_subeq	11	10	12	1	0	0	1173	f	f	f	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_subeq	\N	\N	\N	\N
    929	network_sup	11	10	12	1	0	0	1173	f	f	f	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_sup	\N	\N	\N	\N
    930	network_supeq	11	10	12	1	0	0	1173	f	f	f	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_supeq	\N	\N	\N	\N
    935	cash_words	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	790	\N	\N	\N	\N	\N	cash_words	\N	\N	\N	\N
    936	substring	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 23 23	\N	\N	\N	\N	\N	text_substr	\N	\N	\N	\N
    937	substring	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 23	\N	\N	\N	\N	\N	text_substr_no_len	\N	\N	\N	\N
    938	generate_series	11	10	12	1	1000	0	0	f	f	f	t	t	i	s	3	0	1114	1114 1114 1186	\N	\N	\N	\N	\N	generate_series_timestamp	\N	\N	\N	\N
    939	generate_series	11	10	12	1	1000	0	0	f	f	f	t	t	s	s	3	0	1184	1184 1184 1186	\N	\N	\N	\N	\N	generate_series_timestamptz	\N	\N	\N	\N
    940	mod	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2mod	\N	\N	\N	\N
    941	mod	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4mod	\N	\N	\N	\N
    942	int28mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	21 20	\N	\N	\N	\N	\N	int28mi	\N	\N	\N	\N
    943	int28mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	21 20	\N	\N	\N	\N	\N	int28mul	\N	\N	\N	\N
    944	char	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	18	25	\N	\N	\N	\N	\N	text_char	\N	\N	\N	\N
    945	int8mod	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8mod	\N	\N	\N	\N
    946	text	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	18	\N	\N	\N	\N	\N	char_text	\N	\N	\N	\N
    947	mod	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8mod	\N	\N	\N	\N
    948	int28div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	21 20	\N	\N	\N	\N	\N	int28div	\N	\N	\N	\N
    949	hashint8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	20	\N	\N	\N	\N	\N	hashint8	\N	\N	\N	\N
    952	lo_open	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	23	26 23	\N	\N	\N	\N	\N	be_lo_open	\N	\N	\N	\N
    953	lo_close	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	23	23	\N	\N	\N	\N	\N	be_lo_close	\N	\N	\N	\N
    954	loread	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	17	23 23	\N	\N	\N	\N	\N	be_loread	\N	\N	\N	\N
    955	lowrite	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	23	23 17	\N	\N	\N	\N	\N	be_lowrite	\N	\N	\N	\N
    956	lo_lseek	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	23	23 23 23	\N	\N	\N	\N	\N	be_lo_lseek	\N	\N	\N	\N
    957	lo_creat	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	26	23	\N	\N	\N	\N	\N	be_lo_creat	\N	\N	\N	\N
    958	lo_tell	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	23	23	\N	\N	\N	\N	\N	be_lo_tell	\N	\N	\N	\N
    959	on_pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 628	\N	\N	\N	\N	\N	on_pl	\N	\N	\N	\N
    960	on_sl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	601 628	\N	\N	\N	\N	\N	on_sl	\N	\N	\N	\N
    961	close_pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	600 628	\N	\N	\N	\N	\N	close_pl	\N	\N	\N	\N
    964	lo_unlink	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	23	26	\N	\N	\N	\N	\N	be_lo_unlink	\N	\N	\N	\N
    972	hashbpcharextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	1042 20	\N	\N	\N	\N	\N	hashbpcharextended	\N	\N	\N	\N
    973	path_inter	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	602 602	\N	\N	\N	\N	\N	path_inter	\N	\N	\N	\N
    975	area	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	603	\N	\N	\N	\N	\N	box_area	\N	\N	\N	\N
    976	width	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	603	\N	\N	\N	\N	\N	box_width	\N	\N	\N	\N
    977	height	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	603	\N	\N	\N	\N	\N	box_height	\N	\N	\N	\N
    978	box_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	603 603	\N	\N	\N	\N	\N	box_distance	\N	\N	\N	\N
    979	area	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	602	\N	\N	\N	\N	\N	path_area	\N	\N	\N	\N
    980	box_intersect	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	603	603 603	\N	\N	\N	\N	\N	box_intersect	\N	\N	\N	\N
    981	diagonal	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	601	603	\N	\N	\N	\N	\N	box_diagonal	\N	\N	\N	\N
    982	path_n_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	602 602	\N	\N	\N	\N	\N	path_n_lt	\N	\N	\N	\N
    983	path_n_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	602 602	\N	\N	\N	\N	\N	path_n_gt	\N	\N	\N	\N
    984	path_n_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	602 602	\N	\N	\N	\N	\N	path_n_eq	\N	\N	\N	\N
    985	path_n_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	602 602	\N	\N	\N	\N	\N	path_n_le	\N	\N	\N	\N
    986	path_n_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	602 602	\N	\N	\N	\N	\N	path_n_ge	\N	\N	\N	\N
    987	path_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	602	\N	\N	\N	\N	\N	path_length	\N	\N	\N	\N
    988	point_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 600	\N	\N	\N	\N	\N	point_ne	\N	\N	\N	\N
    989	point_vert	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 600	\N	\N	\N	\N	\N	point_vert	\N	\N	\N	\N
    990	point_horiz	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 600	\N	\N	\N	\N	\N	point_horiz	\N	\N	\N	\N
    991	point_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	600 600	\N	\N	\N	\N	\N	point_distance	\N	\N	\N	\N
    992	slope	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	600 600	\N	\N	\N	\N	\N	point_slope	\N	\N	\N	\N
    993	lseg	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	601	600 600	\N	\N	\N	\N	\N	lseg_construct	\N	\N	\N	\N
    994	lseg_intersect	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_intersect	\N	\N	\N	\N
    995	lseg_parallel	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_parallel	\N	\N	\N	\N
    996	lseg_perp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_perp	\N	\N	\N	\N
    997	lseg_vertical	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	601	\N	\N	\N	\N	\N	lseg_vertical	\N	\N	\N	\N
    998	lseg_horizontal	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	601	\N	\N	\N	\N	\N	lseg_horizontal	\N	\N	\N	\N
    999	lseg_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_eq	\N	\N	\N	\N
    1004	lo_truncate	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	23	23 23	\N	\N	\N	\N	\N	be_lo_truncate	\N	\N	\N	\N
    1023	textlike_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	textlike_support	\N	\N	\N	\N
    1024	texticregexeq_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	texticregexeq_support	\N	\N	\N	\N
    1025	texticlike_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	texticlike_support	\N	\N	\N	\N
    1026	timezone	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1186 1184	\N	\N	\N	\N	\N	timestamptz_izone	\N	\N	\N	\N
    1030	gist_point_compress	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	gist_point_compress	\N	\N	\N	\N
    1031	aclitemin	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1033	2275	\N	\N	\N	\N	\N	aclitemin	\N	\N	\N	\N
    1032	aclitemout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	1033	\N	\N	\N	\N	\N	aclitemout	\N	\N	\N	\N
    1035	aclinsert	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1034	1034 1033	\N	\N	\N	\N	\N	aclinsert	\N	\N	\N	\N
    1036	aclremove	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1034	1034 1033	\N	\N	\N	\N	\N	aclremove	\N	\N	\N	\N
    1037	aclcontains	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1034 1033	\N	\N	\N	\N	\N	aclcontains	\N	\N	\N	\N
    1039	getdatabaseencoding	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	19		\N	\N	\N	\N	\N	getdatabaseencoding	\N	\N	\N	\N
    1044	bpcharin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1042	2275 26 23	\N	\N	\N	\N	\N	bpcharin	\N	\N	\N	\N
    1045	bpcharout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	1042	\N	\N	\N	\N	\N	bpcharout	\N	\N	\N	\N
    1046	varcharin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1043	2275 26 23	\N	\N	\N	\N	\N	varcharin	\N	\N	\N	\N
    1047	varcharout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	1043	\N	\N	\N	\N	\N	varcharout	\N	\N	\N	\N
    1048	bpchareq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1042 1042	\N	\N	\N	\N	\N	bpchareq	\N	\N	\N	\N
    1049	bpcharlt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1042 1042	\N	\N	\N	\N	\N	bpcharlt	\N	\N	\N	\N
    1050	bpcharle	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1042 1042	\N	\N	\N	\N	\N	bpcharle	\N	\N	\N	\N
    1051	bpchargt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1042 1042	\N	\N	\N	\N	\N	bpchargt	\N	\N	\N	\N
    1052	bpcharge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1042 1042	\N	\N	\N	\N	\N	bpcharge	\N	\N	\N	\N
    1053	bpcharne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1042 1042	\N	\N	\N	\N	\N	bpcharne	\N	\N	\N	\N
    1062	aclitemeq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1033 1033	\N	\N	\N	\N	\N	aclitem_eq	\N	\N	\N	\N
    1063	bpchar_larger	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	1042	1042 1042	\N	\N	\N	\N	\N	bpchar_larger	\N	\N	\N	\N
    1064	bpchar_smaller	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	1042	1042 1042	\N	\N	\N	\N	\N	bpchar_smaller	\N	\N	\N	\N
    1065	pg_prepared_xact	11	10	12	1	1000	0	0	f	f	f	t	t	v	s	0	0	2249		{28,25,1184,26,26}	{o,o,o,o,o}	{transaction,gid,prepared,ownerid,dbid}	\N	\N	pg_prepared_xact	\N	\N	\N	\N
    1066	generate_series	11	10	12	1	1000	0	3994	f	f	f	t	t	i	s	3	0	23	23 23 23	\N	\N	\N	\N	\N	generate_series_step_int4	\N	\N	\N	\N
    1067	generate_series	11	10	12	1	1000	0	3994	f	f	f	t	t	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	generate_series_int4	\N	\N	\N	\N
    1068	generate_series	11	10	12	1	1000	0	3995	f	f	f	t	t	i	s	3	0	20	20 20 20	\N	\N	\N	\N	\N	generate_series_step_int8	\N	\N	\N	\N
    1069	generate_series	11	10	12	1	1000	0	3995	f	f	f	t	t	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	generate_series_int8	\N	\N	\N	\N
    1078	bpcharcmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	1042 1042	\N	\N	\N	\N	\N	bpcharcmp	\N	\N	\N	\N
    1079	regclass	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2205	25	\N	\N	\N	\N	\N	text_regclass	\N	\N	\N	\N
    1080	hashbpchar	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1042	\N	\N	\N	\N	\N	hashbpchar	\N	\N	\N	\N
    1081	format_type	11	10	12	1	0	0	0	f	f	f	f	f	s	s	2	0	25	26 23	\N	\N	\N	\N	\N	format_type	\N	\N	\N	\N
    1084	date_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1082	2275	\N	\N	\N	\N	\N	date_in	\N	\N	\N	\N
    1085	date_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	1082	\N	\N	\N	\N	\N	date_out	\N	\N	\N	\N
    1086	date_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1082 1082	\N	\N	\N	\N	\N	date_eq	\N	\N	\N	\N
    1087	date_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1082 1082	\N	\N	\N	\N	\N	date_lt	\N	\N	\N	\N
    1088	date_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1082 1082	\N	\N	\N	\N	\N	date_le	\N	\N	\N	\N
    1089	date_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1082 1082	\N	\N	\N	\N	\N	date_gt	\N	\N	\N	\N
    1090	date_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1082 1082	\N	\N	\N	\N	\N	date_ge	\N	\N	\N	\N
    1091	date_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1082 1082	\N	\N	\N	\N	\N	date_ne	\N	\N	\N	\N
    1092	date_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	1082 1082	\N	\N	\N	\N	\N	date_cmp	\N	\N	\N	\N
    1102	time_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1083 1083	\N	\N	\N	\N	\N	time_lt	\N	\N	\N	\N
    1103	time_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1083 1083	\N	\N	\N	\N	\N	time_le	\N	\N	\N	\N
    1104	time_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1083 1083	\N	\N	\N	\N	\N	time_gt	\N	\N	\N	\N
    1105	time_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1083 1083	\N	\N	\N	\N	\N	time_ge	\N	\N	\N	\N
    1106	time_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1083 1083	\N	\N	\N	\N	\N	time_ne	\N	\N	\N	\N
    1107	time_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	1083 1083	\N	\N	\N	\N	\N	time_cmp	\N	\N	\N	\N
    1136	pg_stat_get_wal	11	10	12	1	0	0	0	f	f	f	f	f	s	r	0	0	2249		{20,20,1700,20,20,20,701,701,1184}	{o,o,o,o,o,o,o,o,o}	{wal_records,wal_fpi,wal_bytes,wal_buffers_full,wal_write,wal_sync,wal_write_time,wal_sync_time,stats_reset}	\N	\N	pg_stat_get_wal	\N	\N	\N	\N
    1137	pg_get_wal_replay_pause_state	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	25		\N	\N	\N	\N	\N	pg_get_wal_replay_pause_state	\N	\N	\N	\N
    1138	date_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1082	1082 1082	\N	\N	\N	\N	\N	date_larger	\N	\N	\N	\N
    1139	date_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1082	1082 1082	\N	\N	\N	\N	\N	date_smaller	\N	\N	\N	\N
    1140	date_mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	1082 1082	\N	\N	\N	\N	\N	date_mi	\N	\N	\N	\N
    1141	date_pli	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1082	1082 23	\N	\N	\N	\N	\N	date_pli	\N	\N	\N	\N
    1142	date_mii	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1082	1082 23	\N	\N	\N	\N	\N	date_mii	\N	\N	\N	\N
    1143	time_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	1083	2275 26 23	\N	\N	\N	\N	\N	time_in	\N	\N	\N	\N
    1144	time_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	1083	\N	\N	\N	\N	\N	time_out	\N	\N	\N	\N
    1145	time_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1083 1083	\N	\N	\N	\N	\N	time_eq	\N	\N	\N	\N
    1146	circle_add_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	718	718 600	\N	\N	\N	\N	\N	circle_add_pt	\N	\N	\N	\N
    1147	circle_sub_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	718	718 600	\N	\N	\N	\N	\N	circle_sub_pt	\N	\N	\N	\N
    1148	circle_mul_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	718	718 600	\N	\N	\N	\N	\N	circle_mul_pt	\N	\N	\N	\N
    1149	circle_div_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	718	718 600	\N	\N	\N	\N	\N	circle_div_pt	\N	\N	\N	\N
    1150	timestamptz_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	1184	2275 26 23	\N	\N	\N	\N	\N	timestamptz_in	\N	\N	\N	\N
    1151	timestamptz_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	1184	\N	\N	\N	\N	\N	timestamptz_out	\N	\N	\N	\N
    1152	timestamptz_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1184 1184	\N	\N	\N	\N	\N	timestamp_eq	\N	\N	\N	\N
    1153	timestamptz_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1184 1184	\N	\N	\N	\N	\N	timestamp_ne	\N	\N	\N	\N
    1154	timestamptz_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1184 1184	\N	\N	\N	\N	\N	timestamp_lt	\N	\N	\N	\N
    1155	timestamptz_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1184 1184	\N	\N	\N	\N	\N	timestamp_le	\N	\N	\N	\N
    1156	timestamptz_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1184 1184	\N	\N	\N	\N	\N	timestamp_ge	\N	\N	\N	\N
    1157	timestamptz_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1184 1184	\N	\N	\N	\N	\N	timestamp_gt	\N	\N	\N	\N
    1158	to_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1184	701	\N	\N	\N	\N	\N	float8_timestamptz	\N	\N	\N	\N
    1159	timezone	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	25 1184	\N	\N	\N	\N	\N	timestamptz_zone	\N	\N	\N	\N
    1160	interval_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	1186	2275 26 23	\N	\N	\N	\N	\N	interval_in	\N	\N	\N	\N
    1161	interval_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	1186	\N	\N	\N	\N	\N	interval_out	\N	\N	\N	\N
    1162	interval_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1186 1186	\N	\N	\N	\N	\N	interval_eq	\N	\N	\N	\N
    1163	interval_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1186 1186	\N	\N	\N	\N	\N	interval_ne	\N	\N	\N	\N
    1164	interval_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1186 1186	\N	\N	\N	\N	\N	interval_lt	\N	\N	\N	\N
    1165	interval_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1186 1186	\N	\N	\N	\N	\N	interval_le	\N	\N	\N	\N
    1166	interval_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1186 1186	\N	\N	\N	\N	\N	interval_ge	\N	\N	\N	\N
    1167	interval_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1186 1186	\N	\N	\N	\N	\N	interval_gt	\N	\N	\N	\N
    1168	interval_um	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1186	1186	\N	\N	\N	\N	\N	interval_um	\N	\N	\N	\N
    1169	interval_pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1186 1186	\N	\N	\N	\N	\N	interval_pl	\N	\N	\N	\N
    1170	interval_mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1186 1186	\N	\N	\N	\N	\N	interval_mi	\N	\N	\N	\N
    1171	date_part	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	701	25 1184	\N	\N	\N	\N	\N	timestamptz_part	\N	\N	\N	\N
    1172	date_part	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	25 1186	\N	\N	\N	\N	\N	interval_part	\N	\N	\N	\N
    1173	network_subset_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	network_subset_support	\N	\N	\N	\N
    1174	timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1184	1082	\N	\N	\N	\N	\N	date_timestamptz	\N	\N	\N	\N
    1175	justify_hours	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1186	1186	\N	\N	\N	\N	\N	interval_justify_hours	\N	\N	\N	\N
    1176	timestamptz	11	10	14	1	0	0	0	f	f	f	t	f	s	s	2	0	1184	1082 1083	\N	\N	\N	\N	\N		\N	RETURN (($1 + $2))::timestamp with time zone	\N	\N
    1177	jsonb_path_exists_tz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	2	16	3802 4072 3802 16	\N	\N	{target,path,vars,silent}	'{}'::jsonb, false	\N	jsonb_path_exists_tz	\N	\N	\N	\N
    1178	date	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1082	1184	\N	\N	\N	\N	\N	timestamptz_date	\N	\N	\N	\N
    1179	jsonb_path_query_tz	11	10	12	1	1000	0	0	f	f	f	t	t	s	s	4	2	3802	3802 4072 3802 16	\N	\N	{target,path,vars,silent}	'{}'::jsonb, false	\N	jsonb_path_query_tz	\N	\N	\N	\N
    1180	jsonb_path_query_array_tz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	2	3802	3802 4072 3802 16	\N	\N	{target,path,vars,silent}	'{}'::jsonb, false	\N	jsonb_path_query_array_tz	\N	\N	\N	\N
    1181	age	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	23	28	\N	\N	\N	\N	\N	xid_age	\N	\N	\N	\N
    1188	timestamptz_mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1184 1184	\N	\N	\N	\N	\N	timestamp_mi	\N	\N	\N	\N
    1189	timestamptz_pl_interval	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	1184	1184 1186	\N	\N	\N	\N	\N	timestamptz_pl_interval	\N	\N	\N	\N
    1190	timestamptz_mi_interval	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	1184	1184 1186	\N	\N	\N	\N	\N	timestamptz_mi_interval	\N	\N	\N	\N
    1191	generate_subscripts	11	10	12	1	1000	0	0	f	f	f	t	t	i	s	3	0	23	2277 23 16	\N	\N	\N	\N	\N	generate_subscripts	\N	\N	\N	\N
    1192	generate_subscripts	11	10	12	1	1000	0	0	f	f	f	t	t	i	s	2	0	23	2277 23	\N	\N	\N	\N	\N	generate_subscripts_nodir	\N	\N	\N	\N
    1193	array_fill	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2277	2283 1007	\N	\N	\N	\N	\N	array_fill	\N	\N	\N	\N
    1194	log10	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dlog10	\N	\N	\N	\N
    1195	timestamptz_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1184	1184 1184	\N	\N	\N	\N	\N	timestamp_smaller	\N	\N	\N	\N
    1196	timestamptz_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1184	1184 1184	\N	\N	\N	\N	\N	timestamp_larger	\N	\N	\N	\N
    1197	interval_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1186 1186	\N	\N	\N	\N	\N	interval_smaller	\N	\N	\N	\N
    1198	interval_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1186 1186	\N	\N	\N	\N	\N	interval_larger	\N	\N	\N	\N
    1199	age	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1184 1184	\N	\N	\N	\N	\N	timestamptz_age	\N	\N	\N	\N
    1200	interval	11	10	12	1	0	0	3918	f	f	f	t	f	i	s	2	0	1186	1186 23	\N	\N	\N	\N	\N	interval_scale	\N	\N	\N	\N
    1215	obj_description	11	10	14	100	0	0	0	f	f	f	t	f	s	s	2	0	25	26 19	\N	\N	\N	\N	\N		\N	BEGIN ATOMIC\n SELECT pg_description.description\n    FROM pg_description\n   WHERE ((pg_description.objoid = $1) AND (pg_description.classoid = ( SELECT pg_class.oid\n            FROM pg_class\n           WHERE ((pg_class.relname = $2) AND (pg_class.relnamespace = ('pg_catalog'::regnamespace)::oid)))) AND (pg_description.objsubid = 0));\nEND	\N	\N
    1216	col_description	11	10	14	100	0	0	0	f	f	f	t	f	s	s	2	0	25	26 23	\N	\N	\N	\N	\N		\N	BEGIN ATOMIC\n SELECT pg_description.description\n    FROM pg_description\n   WHERE ((pg_description.objoid = $1) AND (pg_description.classoid = ('pg_class'::regclass)::oid) AND (pg_description.objsubid = $2));\nEND	\N	\N
    1217	date_trunc	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	1184	25 1184	\N	\N	\N	\N	\N	timestamptz_trunc	\N	\N	\N	\N
    1218	date_trunc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	25 1186	\N	\N	\N	\N	\N	interval_trunc	\N	\N	\N	\N
    1219	int8inc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	int8inc	\N	\N	\N	\N
    1230	int8abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	int8abs	\N	\N	\N	\N
    1236	int8larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8larger	\N	\N	\N	\N
    1237	int8smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8smaller	\N	\N	\N	\N
    1238	texticregexeq	11	10	12	1	0	0	1024	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	texticregexeq	\N	\N	\N	\N
    1239	texticregexne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	texticregexne	\N	\N	\N	\N
    1240	nameicregexeq	11	10	12	1	0	0	1024	f	f	f	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	nameicregexeq	\N	\N	\N	\N
    1241	nameicregexne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	nameicregexne	\N	\N	\N	\N
    1242	boolin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	2275	\N	\N	\N	\N	\N	boolin	\N	\N	\N	\N
    1243	boolout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	16	\N	\N	\N	\N	\N	boolout	\N	\N	\N	\N
    1244	byteain	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2275	\N	\N	\N	\N	\N	byteain	\N	\N	\N	\N
    1245	charin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	18	2275	\N	\N	\N	\N	\N	charin	\N	\N	\N	\N
    1246	charlt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	18 18	\N	\N	\N	\N	\N	charlt	\N	\N	\N	\N
    1250	unique_key_recheck	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	unique_key_recheck	\N	\N	\N	\N
    1251	int4abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	int4abs	\N	\N	\N	\N
    1252	nameregexne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	nameregexne	\N	\N	\N	\N
    1253	int2abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	21	\N	\N	\N	\N	\N	int2abs	\N	\N	\N	\N
    1254	textregexeq	11	10	12	1	0	0	1364	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	textregexeq	\N	\N	\N	\N
    1256	textregexne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	textregexne	\N	\N	\N	\N
    1257	textlen	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	25	\N	\N	\N	\N	\N	textlen	\N	\N	\N	\N
    1258	textcat	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	textcat	\N	\N	\N	\N
    1264	pg_char_to_encoding	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	23	19	\N	\N	\N	\N	\N	PG_char_to_encoding	\N	\N	\N	\N
    1265	tidne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	27 27	\N	\N	\N	\N	\N	tidne	\N	\N	\N	\N
    1267	cidr_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	650	2275	\N	\N	\N	\N	\N	cidr_in	\N	\N	\N	\N
    1268	parse_ident	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	1	1009	25 16	\N	\N	{str,strict}	true	\N	parse_ident	\N	\N	\N	\N
    1269	pg_column_size	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	23	2276	\N	\N	\N	\N	\N	pg_column_size	\N	\N	\N	\N
    1271	overlaps	11	10	12	1	0	0	0	f	f	f	f	f	i	s	4	0	16	1266 1266 1266 1266	\N	\N	\N	\N	\N	overlaps_timetz	\N	\N	\N	\N
    1272	datetime_pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1082 1083	\N	\N	\N	\N	\N	datetime_timestamp	\N	\N	\N	\N
    1273	date_part	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	25 1266	\N	\N	\N	\N	\N	timetz_part	\N	\N	\N	\N
    1274	int84pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 23	\N	\N	\N	\N	\N	int84pl	\N	\N	\N	\N
    1275	int84mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 23	\N	\N	\N	\N	\N	int84mi	\N	\N	\N	\N
    1276	int84mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 23	\N	\N	\N	\N	\N	int84mul	\N	\N	\N	\N
    1277	int84div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 23	\N	\N	\N	\N	\N	int84div	\N	\N	\N	\N
    1278	int48pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	23 20	\N	\N	\N	\N	\N	int48pl	\N	\N	\N	\N
    1279	int48mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	23 20	\N	\N	\N	\N	\N	int48mi	\N	\N	\N	\N
    1280	int48mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	23 20	\N	\N	\N	\N	\N	int48mul	\N	\N	\N	\N
    1281	int48div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	23 20	\N	\N	\N	\N	\N	int48div	\N	\N	\N	\N
    1282	quote_ident	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	quote_ident	\N	\N	\N	\N
    1283	quote_literal	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	quote_literal	\N	\N	\N	\N
    1284	date_trunc	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	1184	25 1184 25	\N	\N	\N	\N	\N	timestamptz_trunc_zone	\N	\N	\N	\N
    1285	quote_literal	11	10	14	1	0	0	0	f	f	f	t	f	s	s	1	0	25	2283	\N	\N	\N	\N	\N	select pg_catalog.quote_literal($1::pg_catalog.text)	\N	\N	\N	\N
    1286	array_fill	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	2277	2283 1007 1007	\N	\N	\N	\N	\N	array_fill_with_lower_bounds	\N	\N	\N	\N
    1287	oid	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	26	20	\N	\N	\N	\N	\N	i8tooid	\N	\N	\N	\N
    1288	int8	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	20	26	\N	\N	\N	\N	\N	oidtoi8	\N	\N	\N	\N
    1289	quote_nullable	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	quote_nullable	\N	\N	\N	\N
    1290	quote_nullable	11	10	14	1	0	0	0	f	f	f	f	f	s	s	1	0	25	2283	\N	\N	\N	\N	\N	select pg_catalog.quote_nullable($1::pg_catalog.text)	\N	\N	\N	\N
    1291	suppress_redundant_updates_trigger	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	suppress_redundant_updates_trigger	\N	\N	\N	\N
    1292	tideq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	27 27	\N	\N	\N	\N	\N	tideq	\N	\N	\N	\N
    1293	unnest	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	3831	4537	\N	\N	\N	\N	\N	multirange_unnest	\N	\N	\N	\N
    1294	currtid2	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	27	25 27	\N	\N	\N	\N	\N	currtid_byrelname	\N	\N	\N	\N
    1295	justify_days	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1186	1186	\N	\N	\N	\N	\N	interval_justify_days	\N	\N	\N	\N
    1296	timedate_pl	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1083 1082	\N	\N	\N	\N	\N		\N	RETURN ($2 + $1)	\N	\N
    1297	datetimetz_pl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1184	1082 1266	\N	\N	\N	\N	\N	datetimetz_timestamptz	\N	\N	\N	\N
    1298	timetzdate_pl	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	1184	1266 1082	\N	\N	\N	\N	\N		\N	RETURN ($2 + $1)	\N	\N
    1299	now	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	1184		\N	\N	\N	\N	\N	now	\N	\N	\N	\N
    1300	positionsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	positionsel	\N	\N	\N	\N
    1301	positionjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	positionjoinsel	\N	\N	\N	\N
    1302	contsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	contsel	\N	\N	\N	\N
    1303	contjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	contjoinsel	\N	\N	\N	\N
    1304	overlaps	11	10	12	1	0	0	0	f	f	f	f	f	i	s	4	0	16	1184 1184 1184 1184	\N	\N	\N	\N	\N	overlaps_timestamp	\N	\N	\N	\N
    1305	overlaps	11	10	14	1	0	0	0	f	f	f	f	f	s	s	4	0	16	1184 1186 1184 1186	\N	\N	\N	\N	\N		\N	RETURN (($1, ($1 + $2)) OVERLAPS ($3, ($3 + $4)))	\N	\N
    1306	overlaps	11	10	14	1	0	0	0	f	f	f	f	f	s	s	4	0	16	1184 1184 1184 1186	\N	\N	\N	\N	\N		\N	RETURN (($1, $2) OVERLAPS ($3, ($3 + $4)))	\N	\N
    1307	overlaps	11	10	14	1	0	0	0	f	f	f	f	f	s	s	4	0	16	1184 1186 1184 1184	\N	\N	\N	\N	\N		\N	RETURN (($1, ($1 + $2)) OVERLAPS ($3, $4))	\N	\N
    1308	overlaps	11	10	12	1	0	0	0	f	f	f	f	f	i	s	4	0	16	1083 1083 1083 1083	\N	\N	\N	\N	\N	overlaps_time	\N	\N	\N	\N
    1309	overlaps	11	10	14	1	0	0	0	f	f	f	f	f	i	s	4	0	16	1083 1186 1083 1186	\N	\N	\N	\N	\N		\N	RETURN (($1, ($1 + $2)) OVERLAPS ($3, ($3 + $4)))	\N	\N
    1310	overlaps	11	10	14	1	0	0	0	f	f	f	f	f	i	s	4	0	16	1083 1083 1083 1186	\N	\N	\N	\N	\N		\N	RETURN (($1, $2) OVERLAPS ($3, ($3 + $4)))	\N	\N
    1311	overlaps	11	10	14	1	0	0	0	f	f	f	f	f	i	s	4	0	16	1083 1186 1083 1083	\N	\N	\N	\N	\N		\N	RETURN (($1, ($1 + $2)) OVERLAPS ($3, $4))	\N	\N
    1312	timestamp_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	1114	2275 26 23	\N	\N	\N	\N	\N	timestamp_in	\N	\N	\N	\N
    1313	timestamp_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	1114	\N	\N	\N	\N	\N	timestamp_out	\N	\N	\N	\N
    1314	timestamptz_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	1184 1184	\N	\N	\N	\N	\N	timestamp_cmp	\N	\N	\N	\N
    1315	interval_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	1186 1186	\N	\N	\N	\N	\N	interval_cmp	\N	\N	\N	\N
    1316	time	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1083	1114	\N	\N	\N	\N	\N	timestamp_time	\N	\N	\N	\N
    1317	length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	25	\N	\N	\N	\N	\N	textlen	\N	\N	\N	\N
    1318	length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1042	\N	\N	\N	\N	\N	bpcharlen	\N	\N	\N	\N
    1319	xideqint4	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	28 23	\N	\N	\N	\N	\N	xideq	\N	\N	\N	\N
    1326	interval_div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1186 701	\N	\N	\N	\N	\N	interval_div	\N	\N	\N	\N
    1339	dlog10	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dlog10	\N	\N	\N	\N
    1340	log	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dlog10	\N	\N	\N	\N
    1341	ln	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dlog1	\N	\N	\N	\N
    1342	round	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dround	\N	\N	\N	\N
    1343	trunc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dtrunc	\N	\N	\N	\N
    1344	sqrt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dsqrt	\N	\N	\N	\N
    1345	cbrt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dcbrt	\N	\N	\N	\N
    1346	pow	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	dpow	\N	\N	\N	\N
    1347	exp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dexp	\N	\N	\N	\N
    1348	obj_description	11	10	14	100	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N		\N	BEGIN ATOMIC\n SELECT pg_description.description\n    FROM pg_description\n   WHERE ((pg_description.objoid = $1) AND (pg_description.objsubid = 0));\nEND	\N	\N
    1349	oidvectortypes	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	30	\N	\N	\N	\N	\N	oidvectortypes	\N	\N	\N	\N
    1350	timetz_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	1266	2275 26 23	\N	\N	\N	\N	\N	timetz_in	\N	\N	\N	\N
    1351	timetz_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	1266	\N	\N	\N	\N	\N	timetz_out	\N	\N	\N	\N
    1352	timetz_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1266 1266	\N	\N	\N	\N	\N	timetz_eq	\N	\N	\N	\N
    1353	timetz_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1266 1266	\N	\N	\N	\N	\N	timetz_ne	\N	\N	\N	\N
    1354	timetz_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1266 1266	\N	\N	\N	\N	\N	timetz_lt	\N	\N	\N	\N
    1355	timetz_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1266 1266	\N	\N	\N	\N	\N	timetz_le	\N	\N	\N	\N
    1356	timetz_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1266 1266	\N	\N	\N	\N	\N	timetz_ge	\N	\N	\N	\N
    1357	timetz_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1266 1266	\N	\N	\N	\N	\N	timetz_gt	\N	\N	\N	\N
    1358	timetz_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	1266 1266	\N	\N	\N	\N	\N	timetz_cmp	\N	\N	\N	\N
    1359	timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1184	1082 1266	\N	\N	\N	\N	\N	datetimetz_timestamptz	\N	\N	\N	\N
    1362	hostmask	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	869	869	\N	\N	\N	\N	\N	network_hostmask	\N	\N	\N	\N
    1364	textregexeq_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	textregexeq_support	\N	\N	\N	\N
    1365	makeaclitem	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	1033	26 26 25 16	\N	\N	\N	\N	\N	makeaclitem	\N	\N	\N	\N
    1367	character_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1042	\N	\N	\N	\N	\N	bpcharlen	\N	\N	\N	\N
    1368	power	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	dpow	\N	\N	\N	\N
    1369	character_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	25	\N	\N	\N	\N	\N	textlen	\N	\N	\N	\N
    1370	interval	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	1186	1083	\N	\N	\N	\N	\N	time_interval	\N	\N	\N	\N
    1371	pg_lock_status	11	10	12	1	1000	0	0	f	f	f	t	t	v	s	0	0	2249		{25,26,26,23,21,25,28,26,26,21,25,23,25,16,16,1184}	{o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o}	{locktype,database,relation,page,tuple,virtualxid,transactionid,classid,objid,objsubid,virtualtransaction,pid,mode,granted,fastpath,waitstart}	\N	\N	pg_lock_status	\N	\N	\N	\N
    1372	char_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1042	\N	\N	\N	\N	\N	bpcharlen	\N	\N	\N	\N
    1373	isfinite	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	1082	\N	\N	\N	\N	\N	date_finite	\N	\N	\N	\N
    1374	octet_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	25	\N	\N	\N	\N	\N	textoctetlen	\N	\N	\N	\N
    1375	octet_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1042	\N	\N	\N	\N	\N	bpcharoctetlen	\N	\N	\N	\N
    1376	factorial	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	20	\N	\N	\N	\N	\N	numeric_fac	\N	\N	\N	\N
    1377	time_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1083	1083 1083	\N	\N	\N	\N	\N	time_larger	\N	\N	\N	\N
    1378	time_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1083	1083 1083	\N	\N	\N	\N	\N	time_smaller	\N	\N	\N	\N
    1379	timetz_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1266	1266 1266	\N	\N	\N	\N	\N	timetz_larger	\N	\N	\N	\N
    1380	timetz_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1266	1266 1266	\N	\N	\N	\N	\N	timetz_smaller	\N	\N	\N	\N
    1381	char_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	25	\N	\N	\N	\N	\N	textlen	\N	\N	\N	\N
    1384	date_part	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	701	25 1082	\N	\N	\N	\N	\N		\N	RETURN date_part($1, ($2)::timestamp without time zone)	\N	\N
    1385	date_part	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	25 1083	\N	\N	\N	\N	\N	time_part	\N	\N	\N	\N
    1386	age	11	10	14	1	0	0	0	f	f	f	t	f	s	s	1	0	1186	1184	\N	\N	\N	\N	\N		\N	RETURN age((CURRENT_DATE)::timestamp with time zone, $1)	\N	\N
    1387	pg_get_constraintdef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_constraintdef	\N	\N	\N	\N
    1388	timetz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1266	1184	\N	\N	\N	\N	\N	timestamptz_timetz	\N	\N	\N	\N
    1389	isfinite	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	1184	\N	\N	\N	\N	\N	timestamp_finite	\N	\N	\N	\N
    1390	isfinite	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	1186	\N	\N	\N	\N	\N	interval_finite	\N	\N	\N	\N
    1391	pg_stat_get_backend_start	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	1184	23	\N	\N	\N	\N	\N	pg_stat_get_backend_start	\N	\N	\N	\N
    1392	pg_stat_get_backend_client_addr	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	869	23	\N	\N	\N	\N	\N	pg_stat_get_backend_client_addr	\N	\N	\N	\N
    1393	pg_stat_get_backend_client_port	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	23	23	\N	\N	\N	\N	\N	pg_stat_get_backend_client_port	\N	\N	\N	\N
    1394	abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	700	700	\N	\N	\N	\N	\N	float4abs	\N	\N	\N	\N
    1395	abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	float8abs	\N	\N	\N	\N
    1396	abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	int8abs	\N	\N	\N	\N
    1397	abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	int4abs	\N	\N	\N	\N
    1398	abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	21	\N	\N	\N	\N	\N	int2abs	\N	\N	\N	\N
    1400	name	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	19	1043	\N	\N	\N	\N	\N	text_name	\N	\N	\N	\N
    1401	varchar	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	1043	19	\N	\N	\N	\N	\N	name_text	\N	\N	\N	\N
    1402	current_schema	11	10	12	1	0	0	0	f	f	f	t	f	s	u	0	0	19		\N	\N	\N	\N	\N	current_schema	\N	\N	\N	\N
    1403	current_schemas	11	10	12	1	0	0	0	f	f	f	t	f	s	u	1	0	1003	16	\N	\N	\N	\N	\N	current_schemas	\N	\N	\N	\N
    1404	overlay	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	25	25 25 23 23	\N	\N	\N	\N	\N	textoverlay	\N	\N	\N	\N
    1405	overlay	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 25 23	\N	\N	\N	\N	\N	textoverlay_no_len	\N	\N	\N	\N
    1406	isvertical	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 600	\N	\N	\N	\N	\N	point_vert	\N	\N	\N	\N
    1407	ishorizontal	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 600	\N	\N	\N	\N	\N	point_horiz	\N	\N	\N	\N
    1408	isparallel	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_parallel	\N	\N	\N	\N
    1409	isperp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_perp	\N	\N	\N	\N
    1410	isvertical	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	601	\N	\N	\N	\N	\N	lseg_vertical	\N	\N	\N	\N
    1411	ishorizontal	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	601	\N	\N	\N	\N	\N	lseg_horizontal	\N	\N	\N	\N
    1412	isparallel	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	628 628	\N	\N	\N	\N	\N	line_parallel	\N	\N	\N	\N
    1413	isperp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	628 628	\N	\N	\N	\N	\N	line_perp	\N	\N	\N	\N
    1414	isvertical	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	628	\N	\N	\N	\N	\N	line_vertical	\N	\N	\N	\N
    1415	ishorizontal	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	628	\N	\N	\N	\N	\N	line_horizontal	\N	\N	\N	\N
    1416	point	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	718	\N	\N	\N	\N	\N	circle_center	\N	\N	\N	\N
    1419	time	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1083	1186	\N	\N	\N	\N	\N	interval_time	\N	\N	\N	\N
    1421	box	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	603	600 600	\N	\N	\N	\N	\N	points_box	\N	\N	\N	\N
    1422	box_add	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	603	603 600	\N	\N	\N	\N	\N	box_add	\N	\N	\N	\N
    1423	box_sub	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	603	603 600	\N	\N	\N	\N	\N	box_sub	\N	\N	\N	\N
    1424	box_mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	603	603 600	\N	\N	\N	\N	\N	box_mul	\N	\N	\N	\N
    1425	box_div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	603	603 600	\N	\N	\N	\N	\N	box_div	\N	\N	\N	\N
    1426	path_contain_pt	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	16	602 600	\N	\N	\N	\N	\N		\N	RETURN on_ppath($2, $1)	\N	\N
    1427	cidr_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	650	\N	\N	\N	\N	\N	cidr_out	\N	\N	\N	\N
    1428	poly_contain_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 600	\N	\N	\N	\N	\N	poly_contain_pt	\N	\N	\N	\N
    1429	pt_contained_poly	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 604	\N	\N	\N	\N	\N	pt_contained_poly	\N	\N	\N	\N
    1430	isclosed	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	602	\N	\N	\N	\N	\N	path_isclosed	\N	\N	\N	\N
    1431	isopen	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	602	\N	\N	\N	\N	\N	path_isopen	\N	\N	\N	\N
    1432	path_npoints	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	602	\N	\N	\N	\N	\N	path_npoints	\N	\N	\N	\N
    1433	pclose	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	602	602	\N	\N	\N	\N	\N	path_close	\N	\N	\N	\N
    1434	popen	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	602	602	\N	\N	\N	\N	\N	path_open	\N	\N	\N	\N
    1435	path_add	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	602	602 602	\N	\N	\N	\N	\N	path_add	\N	\N	\N	\N
    1436	path_add_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	602	602 600	\N	\N	\N	\N	\N	path_add_pt	\N	\N	\N	\N
    1437	path_sub_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	602	602 600	\N	\N	\N	\N	\N	path_sub_pt	\N	\N	\N	\N
    1438	path_mul_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	602	602 600	\N	\N	\N	\N	\N	path_mul_pt	\N	\N	\N	\N
    1439	path_div_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	602	602 600	\N	\N	\N	\N	\N	path_div_pt	\N	\N	\N	\N
    1440	point	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	701 701	\N	\N	\N	\N	\N	construct_point	\N	\N	\N	\N
    1441	point_add	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	600 600	\N	\N	\N	\N	\N	point_add	\N	\N	\N	\N
    1442	point_sub	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	600 600	\N	\N	\N	\N	\N	point_sub	\N	\N	\N	\N
    1443	point_mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	600 600	\N	\N	\N	\N	\N	point_mul	\N	\N	\N	\N
    1444	point_div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	600 600	\N	\N	\N	\N	\N	point_div	\N	\N	\N	\N
    1445	poly_npoints	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	604	\N	\N	\N	\N	\N	poly_npoints	\N	\N	\N	\N
    1446	box	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	603	604	\N	\N	\N	\N	\N	poly_box	\N	\N	\N	\N
    1447	path	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	602	604	\N	\N	\N	\N	\N	poly_path	\N	\N	\N	\N
    1448	polygon	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	604	603	\N	\N	\N	\N	\N	box_poly	\N	\N	\N	\N
    1449	polygon	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	604	602	\N	\N	\N	\N	\N	path_poly	\N	\N	\N	\N
    1450	circle_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	718	2275	\N	\N	\N	\N	\N	circle_in	\N	\N	\N	\N
    1451	circle_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	718	\N	\N	\N	\N	\N	circle_out	\N	\N	\N	\N
    1452	circle_same	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_same	\N	\N	\N	\N
    1453	circle_contain	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_contain	\N	\N	\N	\N
    1454	circle_left	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_left	\N	\N	\N	\N
    1455	circle_overleft	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_overleft	\N	\N	\N	\N
    1456	circle_overright	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_overright	\N	\N	\N	\N
    1457	circle_right	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_right	\N	\N	\N	\N
    1458	circle_contained	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_contained	\N	\N	\N	\N
    1459	circle_overlap	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_overlap	\N	\N	\N	\N
    1460	circle_below	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_below	\N	\N	\N	\N
    1461	circle_above	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_above	\N	\N	\N	\N
    1462	circle_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_eq	\N	\N	\N	\N
    1463	circle_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_ne	\N	\N	\N	\N
    1464	circle_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_lt	\N	\N	\N	\N
    1465	circle_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_gt	\N	\N	\N	\N
    1466	circle_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_le	\N	\N	\N	\N
    1467	circle_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_ge	\N	\N	\N	\N
    1468	area	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	718	\N	\N	\N	\N	\N	circle_area	\N	\N	\N	\N
    1469	diameter	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	718	\N	\N	\N	\N	\N	circle_diameter	\N	\N	\N	\N
    1470	radius	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	718	\N	\N	\N	\N	\N	circle_radius	\N	\N	\N	\N
    1471	circle_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	718 718	\N	\N	\N	\N	\N	circle_distance	\N	\N	\N	\N
    1472	circle_center	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	718	\N	\N	\N	\N	\N	circle_center	\N	\N	\N	\N
    1473	circle	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	718	600 701	\N	\N	\N	\N	\N	cr_circle	\N	\N	\N	\N
    1474	circle	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	718	604	\N	\N	\N	\N	\N	poly_circle	\N	\N	\N	\N
    1475	polygon	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	604	23 718	\N	\N	\N	\N	\N	circle_poly	\N	\N	\N	\N
    1476	dist_pc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	600 718	\N	\N	\N	\N	\N	dist_pc	\N	\N	\N	\N
    1477	circle_contain_pt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 600	\N	\N	\N	\N	\N	circle_contain_pt	\N	\N	\N	\N
    1478	pt_contained_circle	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	600 718	\N	\N	\N	\N	\N	pt_contained_circle	\N	\N	\N	\N
    1479	circle	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	718	603	\N	\N	\N	\N	\N	box_circle	\N	\N	\N	\N
    1480	box	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	603	718	\N	\N	\N	\N	\N	circle_box	\N	\N	\N	\N
    1481	log10	11	10	14	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N		\N	RETURN log((10)::numeric, $1)	\N	\N
    1482	lseg_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_ne	\N	\N	\N	\N
    1483	lseg_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_lt	\N	\N	\N	\N
    1484	lseg_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_le	\N	\N	\N	\N
    1485	lseg_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_gt	\N	\N	\N	\N
    1486	lseg_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	601 601	\N	\N	\N	\N	\N	lseg_ge	\N	\N	\N	\N
    1487	lseg_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	601	\N	\N	\N	\N	\N	lseg_length	\N	\N	\N	\N
    1488	close_ls	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	628 601	\N	\N	\N	\N	\N	close_ls	\N	\N	\N	\N
    1489	close_lseg	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	601 601	\N	\N	\N	\N	\N	close_lseg	\N	\N	\N	\N
    1490	line_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	628	2275	\N	\N	\N	\N	\N	line_in	\N	\N	\N	\N
    1491	line_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	628	\N	\N	\N	\N	\N	line_out	\N	\N	\N	\N
    1492	line_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	628 628	\N	\N	\N	\N	\N	line_eq	\N	\N	\N	\N
    1493	line	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	628	600 600	\N	\N	\N	\N	\N	line_construct_pp	\N	\N	\N	\N
    1494	line_interpt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	600	628 628	\N	\N	\N	\N	\N	line_interpt	\N	\N	\N	\N
    1495	line_intersect	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	628 628	\N	\N	\N	\N	\N	line_intersect	\N	\N	\N	\N
    1496	line_parallel	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	628 628	\N	\N	\N	\N	\N	line_parallel	\N	\N	\N	\N
    1497	line_perp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	628 628	\N	\N	\N	\N	\N	line_perp	\N	\N	\N	\N
    1498	line_vertical	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	628	\N	\N	\N	\N	\N	line_vertical	\N	\N	\N	\N
    1499	line_horizontal	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	628	\N	\N	\N	\N	\N	line_horizontal	\N	\N	\N	\N
    1530	length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	601	\N	\N	\N	\N	\N	lseg_length	\N	\N	\N	\N
    1531	length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	602	\N	\N	\N	\N	\N	path_length	\N	\N	\N	\N
    1532	point	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	601	\N	\N	\N	\N	\N	lseg_center	\N	\N	\N	\N
    1534	point	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	603	\N	\N	\N	\N	\N	box_center	\N	\N	\N	\N
    1540	point	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	604	\N	\N	\N	\N	\N	poly_center	\N	\N	\N	\N
    1541	lseg	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	601	603	\N	\N	\N	\N	\N	box_diagonal	\N	\N	\N	\N
    1542	center	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	603	\N	\N	\N	\N	\N	box_center	\N	\N	\N	\N
    1543	center	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	718	\N	\N	\N	\N	\N	circle_center	\N	\N	\N	\N
    1544	polygon	11	10	14	1	0	0	0	f	f	f	t	f	i	s	1	0	604	718	\N	\N	\N	\N	\N		\N	RETURN polygon(12, $1)	\N	\N
    1545	npoints	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	602	\N	\N	\N	\N	\N	path_npoints	\N	\N	\N	\N
    1556	npoints	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	604	\N	\N	\N	\N	\N	poly_npoints	\N	\N	\N	\N
    1564	bit_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1560	2275 26 23	\N	\N	\N	\N	\N	bit_in	\N	\N	\N	\N
    1565	bit_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	1560	\N	\N	\N	\N	\N	bit_out	\N	\N	\N	\N
    1569	like	11	10	12	1	0	0	1023	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	textlike	\N	\N	\N	\N
    1570	notlike	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	textnlike	\N	\N	\N	\N
    1571	like	11	10	12	1	0	0	1023	f	f	f	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	namelike	\N	\N	\N	\N
    1572	notlike	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	namenlike	\N	\N	\N	\N
    1573	pg_get_ruledef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_ruledef	\N	\N	\N	\N
    1574	nextval	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	20	2205	\N	\N	\N	\N	\N	nextval_oid	\N	\N	\N	\N
    1575	currval	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	20	2205	\N	\N	\N	\N	\N	currval_oid	\N	\N	\N	\N
    1576	setval	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	20	2205 20	\N	\N	\N	\N	\N	setval_oid	\N	\N	\N	\N
    1579	varbit_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1562	2275 26 23	\N	\N	\N	\N	\N	varbit_in	\N	\N	\N	\N
    1580	varbit_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	1562	\N	\N	\N	\N	\N	varbit_out	\N	\N	\N	\N
    1581	biteq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1560 1560	\N	\N	\N	\N	\N	biteq	\N	\N	\N	\N
    1582	bitne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1560 1560	\N	\N	\N	\N	\N	bitne	\N	\N	\N	\N
    1592	bitge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1560 1560	\N	\N	\N	\N	\N	bitge	\N	\N	\N	\N
    1593	bitgt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1560 1560	\N	\N	\N	\N	\N	bitgt	\N	\N	\N	\N
    1594	bitle	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1560 1560	\N	\N	\N	\N	\N	bitle	\N	\N	\N	\N
    1595	bitlt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1560 1560	\N	\N	\N	\N	\N	bitlt	\N	\N	\N	\N
    1596	bitcmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	1560 1560	\N	\N	\N	\N	\N	bitcmp	\N	\N	\N	\N
    1597	pg_encoding_to_char	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	19	23	\N	\N	\N	\N	\N	PG_encoding_to_char	\N	\N	\N	\N
    1598	random	11	10	12	1	0	0	0	f	f	f	t	f	v	r	0	0	701		\N	\N	\N	\N	\N	drandom	\N	\N	\N	\N
    1599	setseed	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	701	\N	\N	\N	\N	\N	setseed	\N	\N	\N	\N
    1600	asin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dasin	\N	\N	\N	\N
    1601	acos	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dacos	\N	\N	\N	\N
    1602	atan	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	datan	\N	\N	\N	\N
    1603	atan2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	datan2	\N	\N	\N	\N
    1604	sin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dsin	\N	\N	\N	\N
    1605	cos	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dcos	\N	\N	\N	\N
    1606	tan	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dtan	\N	\N	\N	\N
    1607	cot	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dcot	\N	\N	\N	\N
    1608	degrees	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	degrees	\N	\N	\N	\N
    1609	radians	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	radians	\N	\N	\N	\N
    1610	pi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	0	0	701		\N	\N	\N	\N	\N	dpi	\N	\N	\N	\N
    1618	interval_mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1186 701	\N	\N	\N	\N	\N	interval_mul	\N	\N	\N	\N
    1619	pg_typeof	11	10	12	1	0	0	0	f	f	f	f	f	s	s	1	0	2206	2276	\N	\N	\N	\N	\N	pg_typeof	\N	\N	\N	\N
    1620	ascii	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	25	\N	\N	\N	\N	\N	ascii	\N	\N	\N	\N
    1621	chr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	23	\N	\N	\N	\N	\N	chr	\N	\N	\N	\N
    1622	repeat	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 23	\N	\N	\N	\N	\N	repeat	\N	\N	\N	\N
    1623	similar_escape	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	similar_escape	\N	\N	\N	\N
    1624	mul_d_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	701 1186	\N	\N	\N	\N	\N	mul_d_interval	\N	\N	\N	\N
    1631	bpcharlike	11	10	12	1	0	0	1023	f	f	f	t	f	i	s	2	0	16	1042 25	\N	\N	\N	\N	\N	textlike	\N	\N	\N	\N
    1632	bpcharnlike	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1042 25	\N	\N	\N	\N	\N	textnlike	\N	\N	\N	\N
    1633	texticlike	11	10	12	1	0	0	1025	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	texticlike	\N	\N	\N	\N
    1634	texticnlike	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	texticnlike	\N	\N	\N	\N
    1635	nameiclike	11	10	12	1	0	0	1025	f	f	f	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	nameiclike	\N	\N	\N	\N
    1636	nameicnlike	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	19 25	\N	\N	\N	\N	\N	nameicnlike	\N	\N	\N	\N
    1637	like_escape	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	like_escape	\N	\N	\N	\N
    1638	oidgt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	26 26	\N	\N	\N	\N	\N	oidgt	\N	\N	\N	\N
    1639	oidge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	26 26	\N	\N	\N	\N	\N	oidge	\N	\N	\N	\N
    1640	pg_get_viewdef	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	25	25	\N	\N	\N	\N	\N	pg_get_viewdef_name	\N	\N	\N	\N
    1641	pg_get_viewdef	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	25	26	\N	\N	\N	\N	\N	pg_get_viewdef	\N	\N	\N	\N
    1642	pg_get_userbyid	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	19	26	\N	\N	\N	\N	\N	pg_get_userbyid	\N	\N	\N	\N
    1643	pg_get_indexdef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_indexdef	\N	\N	\N	\N
    1644	RI_FKey_check_ins	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_check_ins	\N	\N	\N	\N
    1645	RI_FKey_check_upd	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_check_upd	\N	\N	\N	\N
    1646	RI_FKey_cascade_del	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_cascade_del	\N	\N	\N	\N
    1647	RI_FKey_cascade_upd	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_cascade_upd	\N	\N	\N	\N
    1648	RI_FKey_restrict_del	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_restrict_del	\N	\N	\N	\N
    1649	RI_FKey_restrict_upd	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_restrict_upd	\N	\N	\N	\N
    1650	RI_FKey_setnull_del	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_setnull_del	\N	\N	\N	\N
    1651	RI_FKey_setnull_upd	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_setnull_upd	\N	\N	\N	\N
    1652	RI_FKey_setdefault_del	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_setdefault_del	\N	\N	\N	\N
    1653	RI_FKey_setdefault_upd	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_setdefault_upd	\N	\N	\N	\N
    1654	RI_FKey_noaction_del	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_noaction_del	\N	\N	\N	\N
    1655	RI_FKey_noaction_upd	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2279		\N	\N	\N	\N	\N	RI_FKey_noaction_upd	\N	\N	\N	\N
    1656	bpcharicregexeq	11	10	12	1	0	0	1024	f	f	f	t	f	i	s	2	0	16	1042 25	\N	\N	\N	\N	\N	texticregexeq	\N	\N	\N	\N
    1657	bpcharicregexne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1042 25	\N	\N	\N	\N	\N	texticregexne	\N	\N	\N	\N
    1658	bpcharregexeq	11	10	12	1	0	0	1364	f	f	f	t	f	i	s	2	0	16	1042 25	\N	\N	\N	\N	\N	textregexeq	\N	\N	\N	\N
    1659	bpcharregexne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1042 25	\N	\N	\N	\N	\N	textregexne	\N	\N	\N	\N
    1660	bpchariclike	11	10	12	1	0	0	1025	f	f	f	t	f	i	s	2	0	16	1042 25	\N	\N	\N	\N	\N	texticlike	\N	\N	\N	\N
    1661	bpcharicnlike	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1042 25	\N	\N	\N	\N	\N	texticnlike	\N	\N	\N	\N
    1662	pg_get_triggerdef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_triggerdef	\N	\N	\N	\N
    1665	pg_get_serial_sequence	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	25 25	\N	\N	\N	\N	\N	pg_get_serial_sequence	\N	\N	\N	\N
    1666	varbiteq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1562 1562	\N	\N	\N	\N	\N	biteq	\N	\N	\N	\N
    1667	varbitne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1562 1562	\N	\N	\N	\N	\N	bitne	\N	\N	\N	\N
    1668	varbitge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1562 1562	\N	\N	\N	\N	\N	bitge	\N	\N	\N	\N
    1669	varbitgt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1562 1562	\N	\N	\N	\N	\N	bitgt	\N	\N	\N	\N
    1670	varbitle	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1562 1562	\N	\N	\N	\N	\N	bitle	\N	\N	\N	\N
    1671	varbitlt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1562 1562	\N	\N	\N	\N	\N	bitlt	\N	\N	\N	\N
    1672	varbitcmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	1562 1562	\N	\N	\N	\N	\N	bitcmp	\N	\N	\N	\N
    1673	bitand	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1560	1560 1560	\N	\N	\N	\N	\N	bit_and	\N	\N	\N	\N
    1674	bitor	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1560	1560 1560	\N	\N	\N	\N	\N	bit_or	\N	\N	\N	\N
    1675	bitxor	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1560	1560 1560	\N	\N	\N	\N	\N	bitxor	\N	\N	\N	\N
    1676	bitnot	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1560	1560	\N	\N	\N	\N	\N	bitnot	\N	\N	\N	\N
    1677	bitshiftleft	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1560	1560 23	\N	\N	\N	\N	\N	bitshiftleft	\N	\N	\N	\N
    1678	bitshiftright	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1560	1560 23	\N	\N	\N	\N	\N	bitshiftright	\N	\N	\N	\N
    1679	bitcat	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1562	1562 1562	\N	\N	\N	\N	\N	bitcat	\N	\N	\N	\N
    1680	substring	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1560	1560 23 23	\N	\N	\N	\N	\N	bitsubstr	\N	\N	\N	\N
    1681	length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1560	\N	\N	\N	\N	\N	bitlength	\N	\N	\N	\N
    1682	octet_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1560	\N	\N	\N	\N	\N	bitoctetlength	\N	\N	\N	\N
    1683	bit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1560	23 23	\N	\N	\N	\N	\N	bitfromint4	\N	\N	\N	\N
    1684	int4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1560	\N	\N	\N	\N	\N	bittoint4	\N	\N	\N	\N
    1685	bit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1560	1560 23 16	\N	\N	\N	\N	\N	bit	\N	\N	\N	\N
    1686	pg_get_keywords	11	10	12	10	500	0	0	f	f	f	t	t	s	s	0	0	2249		{25,18,16,25,25}	{o,o,o,o,o}	{word,catcode,barelabel,catdesc,baredesc}	\N	\N	pg_get_keywords	\N	\N	\N	\N
    1687	varbit	11	10	12	1	0	0	3158	f	f	f	t	f	i	s	3	0	1562	1562 23 16	\N	\N	\N	\N	\N	varbit	\N	\N	\N	\N
    1688	time_hash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1083	\N	\N	\N	\N	\N	time_hash	\N	\N	\N	\N
    1689	aclexplode	11	10	12	1	10	0	0	f	f	f	t	t	s	s	1	0	2249	1034	{1034,26,26,25,16}	{i,o,o,o,o}	{acl,grantor,grantee,privilege_type,is_grantable}	\N	\N	aclexplode	\N	\N	\N	\N
    1690	time_mi_time	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1083 1083	\N	\N	\N	\N	\N	time_mi_time	\N	\N	\N	\N
    1691	boolle	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	16 16	\N	\N	\N	\N	\N	boolle	\N	\N	\N	\N
    1692	boolge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	16 16	\N	\N	\N	\N	\N	boolge	\N	\N	\N	\N
    1693	btboolcmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	16 16	\N	\N	\N	\N	\N	btboolcmp	\N	\N	\N	\N
    1696	timetz_hash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1266	\N	\N	\N	\N	\N	timetz_hash	\N	\N	\N	\N
    1697	interval_hash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1186	\N	\N	\N	\N	\N	interval_hash	\N	\N	\N	\N
    1698	position	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	1560 1560	\N	\N	\N	\N	\N	bitposition	\N	\N	\N	\N
    1699	substring	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1560	1560 23	\N	\N	\N	\N	\N	bitsubstr_no_len	\N	\N	\N	\N
    1701	numeric_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1700	2275 26 23	\N	\N	\N	\N	\N	numeric_in	\N	\N	\N	\N
    1702	numeric_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	1700	\N	\N	\N	\N	\N	numeric_out	\N	\N	\N	\N
    1703	numeric	11	10	12	1	0	0	3157	f	f	f	t	f	i	s	2	0	1700	1700 23	\N	\N	\N	\N	\N	numeric	\N	\N	\N	\N
    1704	numeric_abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_abs	\N	\N	\N	\N
    1705	abs	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_abs	\N	\N	\N	\N
    1706	sign	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_sign	\N	\N	\N	\N
    1707	round	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 23	\N	\N	\N	\N	\N	numeric_round	\N	\N	\N	\N
    1708	round	11	10	14	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N		\N	RETURN round($1, 0)	\N	\N
    1709	trunc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 23	\N	\N	\N	\N	\N	numeric_trunc	\N	\N	\N	\N
    1710	trunc	11	10	14	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N		\N	RETURN trunc($1, 0)	\N	\N
    1711	ceil	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_ceil	\N	\N	\N	\N
    1712	floor	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_floor	\N	\N	\N	\N
    1713	length	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	23	17 19	\N	\N	\N	\N	\N	length_in_encoding	\N	\N	\N	\N
    1714	convert_from	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	17 19	\N	\N	\N	\N	\N	pg_convert_from	\N	\N	\N	\N
    1715	cidr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	650	869	\N	\N	\N	\N	\N	inet_to_cidr	\N	\N	\N	\N
    1716	pg_get_expr	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	194 26	\N	\N	\N	\N	\N	pg_get_expr	\N	\N	\N	\N
    1717	convert_to	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	17	25 19	\N	\N	\N	\N	\N	pg_convert_to	\N	\N	\N	\N
    1718	numeric_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1700 1700	\N	\N	\N	\N	\N	numeric_eq	\N	\N	\N	\N
    1719	numeric_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1700 1700	\N	\N	\N	\N	\N	numeric_ne	\N	\N	\N	\N
    1720	numeric_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1700 1700	\N	\N	\N	\N	\N	numeric_gt	\N	\N	\N	\N
    1721	numeric_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1700 1700	\N	\N	\N	\N	\N	numeric_ge	\N	\N	\N	\N
    1722	numeric_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1700 1700	\N	\N	\N	\N	\N	numeric_lt	\N	\N	\N	\N
    1723	numeric_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1700 1700	\N	\N	\N	\N	\N	numeric_le	\N	\N	\N	\N
    1724	numeric_add	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_add	\N	\N	\N	\N
    1725	numeric_sub	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_sub	\N	\N	\N	\N
    1726	numeric_mul	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_mul	\N	\N	\N	\N
    1727	numeric_div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_div	\N	\N	\N	\N
    1728	mod	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_mod	\N	\N	\N	\N
    1729	numeric_mod	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_mod	\N	\N	\N	\N
    1730	sqrt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_sqrt	\N	\N	\N	\N
    1731	numeric_sqrt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_sqrt	\N	\N	\N	\N
    1732	exp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_exp	\N	\N	\N	\N
    1733	numeric_exp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_exp	\N	\N	\N	\N
    1734	ln	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_ln	\N	\N	\N	\N
    1735	numeric_ln	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_ln	\N	\N	\N	\N
    1736	log	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_log	\N	\N	\N	\N
    1737	numeric_log	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_log	\N	\N	\N	\N
    1738	pow	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_power	\N	\N	\N	\N
    1739	numeric_power	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_power	\N	\N	\N	\N
    1740	numeric	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	1700	23	\N	\N	\N	\N	\N	int4_numeric	\N	\N	\N	\N
    1741	log	11	10	14	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N		\N	RETURN log((10)::numeric, $1)	\N	\N
    1742	numeric	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	1700	700	\N	\N	\N	\N	\N	float4_numeric	\N	\N	\N	\N
    1743	numeric	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	1700	701	\N	\N	\N	\N	\N	float8_numeric	\N	\N	\N	\N
    1744	int4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1700	\N	\N	\N	\N	\N	numeric_int4	\N	\N	\N	\N
    1745	float4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	700	1700	\N	\N	\N	\N	\N	numeric_float4	\N	\N	\N	\N
    1746	float8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1700	\N	\N	\N	\N	\N	numeric_float8	\N	\N	\N	\N
    1747	time_pl_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1083	1083 1186	\N	\N	\N	\N	\N	time_pl_interval	\N	\N	\N	\N
    1748	time_mi_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1083	1083 1186	\N	\N	\N	\N	\N	time_mi_interval	\N	\N	\N	\N
    1749	timetz_pl_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1266	1266 1186	\N	\N	\N	\N	\N	timetz_pl_interval	\N	\N	\N	\N
    1750	timetz_mi_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1266	1266 1186	\N	\N	\N	\N	\N	timetz_mi_interval	\N	\N	\N	\N
    1764	numeric_inc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_inc	\N	\N	\N	\N
    1765	setval	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	20	2205 20 16	\N	\N	\N	\N	\N	setval3_oid	\N	\N	\N	\N
    1766	numeric_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_smaller	\N	\N	\N	\N
    1767	numeric_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_larger	\N	\N	\N	\N
    1768	to_char	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	1186 25	\N	\N	\N	\N	\N	interval_to_char	\N	\N	\N	\N
    1769	numeric_cmp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	1700 1700	\N	\N	\N	\N	\N	numeric_cmp	\N	\N	\N	\N
    1770	to_char	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	1184 25	\N	\N	\N	\N	\N	timestamptz_to_char	\N	\N	\N	\N
    1771	numeric_uminus	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_uminus	\N	\N	\N	\N
    1772	to_char	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	1700 25	\N	\N	\N	\N	\N	numeric_to_char	\N	\N	\N	\N
    1773	to_char	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	23 25	\N	\N	\N	\N	\N	int4_to_char	\N	\N	\N	\N
    1774	to_char	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	20 25	\N	\N	\N	\N	\N	int8_to_char	\N	\N	\N	\N
    1775	to_char	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	700 25	\N	\N	\N	\N	\N	float4_to_char	\N	\N	\N	\N
    1776	to_char	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	701 25	\N	\N	\N	\N	\N	float8_to_char	\N	\N	\N	\N
    1777	to_number	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	1700	25 25	\N	\N	\N	\N	\N	numeric_to_number	\N	\N	\N	\N
    1778	to_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	1184	25 25	\N	\N	\N	\N	\N	to_timestamp	\N	\N	\N	\N
    1779	int8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	1700	\N	\N	\N	\N	\N	numeric_int8	\N	\N	\N	\N
    1780	to_date	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	1082	25 25	\N	\N	\N	\N	\N	to_date	\N	\N	\N	\N
    1781	numeric	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	1700	20	\N	\N	\N	\N	\N	int8_numeric	\N	\N	\N	\N
    1782	numeric	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	1700	21	\N	\N	\N	\N	\N	int2_numeric	\N	\N	\N	\N
    1783	int2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	1700	\N	\N	\N	\N	\N	numeric_int2	\N	\N	\N	\N
    1798	oidin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	26	2275	\N	\N	\N	\N	\N	oidin	\N	\N	\N	\N
    1799	oidout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	26	\N	\N	\N	\N	\N	oidout	\N	\N	\N	\N
    1810	bit_length	11	10	14	1	0	0	0	f	f	f	t	f	i	s	1	0	23	17	\N	\N	\N	\N	\N		\N	RETURN (octet_length($1) * 8)	\N	\N
    1811	bit_length	11	10	14	1	0	0	0	f	f	f	t	f	i	s	1	0	23	25	\N	\N	\N	\N	\N		\N	RETURN (octet_length($1) * 8)	\N	\N
    1812	bit_length	11	10	14	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1560	\N	\N	\N	\N	\N		\N	RETURN length($1)	\N	\N
    1813	convert	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	17	17 19 19	\N	\N	\N	\N	\N	pg_convert	\N	\N	\N	\N
    1814	iclikesel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	iclikesel	\N	\N	\N	\N
    1815	icnlikesel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	icnlikesel	\N	\N	\N	\N
    1816	iclikejoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	iclikejoinsel	\N	\N	\N	\N
    1817	icnlikejoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	icnlikejoinsel	\N	\N	\N	\N
    1818	regexeqsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	regexeqsel	\N	\N	\N	\N
    1819	likesel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	likesel	\N	\N	\N	\N
    1820	icregexeqsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	icregexeqsel	\N	\N	\N	\N
    1821	regexnesel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	regexnesel	\N	\N	\N	\N
    1822	nlikesel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	nlikesel	\N	\N	\N	\N
    1823	icregexnesel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	icregexnesel	\N	\N	\N	\N
    1824	regexeqjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	regexeqjoinsel	\N	\N	\N	\N
    1825	likejoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	likejoinsel	\N	\N	\N	\N
    1826	icregexeqjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	icregexeqjoinsel	\N	\N	\N	\N
    1827	regexnejoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	regexnejoinsel	\N	\N	\N	\N
    1828	nlikejoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	nlikejoinsel	\N	\N	\N	\N
    1829	icregexnejoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	icregexnejoinsel	\N	\N	\N	\N
    1830	float8_avg	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_avg	\N	\N	\N	\N
    1831	float8_var_samp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_var_samp	\N	\N	\N	\N
    1832	float8_stddev_samp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_stddev_samp	\N	\N	\N	\N
    1833	numeric_accum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 1700	\N	\N	\N	\N	\N	numeric_accum	\N	\N	\N	\N
    1834	int2_accum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 21	\N	\N	\N	\N	\N	int2_accum	\N	\N	\N	\N
    1835	int4_accum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 23	\N	\N	\N	\N	\N	int4_accum	\N	\N	\N	\N
    1836	int8_accum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 20	\N	\N	\N	\N	\N	int8_accum	\N	\N	\N	\N
    1837	numeric_avg	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_avg	\N	\N	\N	\N
    1838	numeric_var_samp	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_var_samp	\N	\N	\N	\N
    1839	numeric_stddev_samp	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_stddev_samp	\N	\N	\N	\N
    1840	int2_sum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	20	20 21	\N	\N	\N	\N	\N	int2_sum	\N	\N	\N	\N
    1841	int4_sum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	20	20 23	\N	\N	\N	\N	\N	int4_sum	\N	\N	\N	\N
    1842	int8_sum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	1700	1700 20	\N	\N	\N	\N	\N	int8_sum	\N	\N	\N	\N
    1843	interval_accum	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1187	1187 1186	\N	\N	\N	\N	\N	interval_accum	\N	\N	\N	\N
    1844	interval_avg	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1186	1187	\N	\N	\N	\N	\N	interval_avg	\N	\N	\N	\N
    1845	to_ascii	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	to_ascii_default	\N	\N	\N	\N
    1846	to_ascii	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 23	\N	\N	\N	\N	\N	to_ascii_enc	\N	\N	\N	\N
    1847	to_ascii	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 19	\N	\N	\N	\N	\N	to_ascii_encname	\N	\N	\N	\N
    1848	interval_pl_time	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	1083	1186 1083	\N	\N	\N	\N	\N		\N	RETURN ($2 + $1)	\N	\N
    1850	int28eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 20	\N	\N	\N	\N	\N	int28eq	\N	\N	\N	\N
    1851	int28ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 20	\N	\N	\N	\N	\N	int28ne	\N	\N	\N	\N
    1852	int28lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 20	\N	\N	\N	\N	\N	int28lt	\N	\N	\N	\N
    1853	int28gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 20	\N	\N	\N	\N	\N	int28gt	\N	\N	\N	\N
    1854	int28le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 20	\N	\N	\N	\N	\N	int28le	\N	\N	\N	\N
    1855	int28ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	21 20	\N	\N	\N	\N	\N	int28ge	\N	\N	\N	\N
    1856	int82eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 21	\N	\N	\N	\N	\N	int82eq	\N	\N	\N	\N
    1857	int82ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 21	\N	\N	\N	\N	\N	int82ne	\N	\N	\N	\N
    1858	int82lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 21	\N	\N	\N	\N	\N	int82lt	\N	\N	\N	\N
    1859	int82gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 21	\N	\N	\N	\N	\N	int82gt	\N	\N	\N	\N
    1860	int82le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 21	\N	\N	\N	\N	\N	int82le	\N	\N	\N	\N
    1861	int82ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	20 21	\N	\N	\N	\N	\N	int82ge	\N	\N	\N	\N
    1892	int2and	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2and	\N	\N	\N	\N
    1893	int2or	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2or	\N	\N	\N	\N
    1894	int2xor	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 21	\N	\N	\N	\N	\N	int2xor	\N	\N	\N	\N
    1895	int2not	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	21	\N	\N	\N	\N	\N	int2not	\N	\N	\N	\N
    1896	int2shl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 23	\N	\N	\N	\N	\N	int2shl	\N	\N	\N	\N
    1897	int2shr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	21	21 23	\N	\N	\N	\N	\N	int2shr	\N	\N	\N	\N
    1898	int4and	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4and	\N	\N	\N	\N
    1899	int4or	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4or	\N	\N	\N	\N
    1900	int4xor	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4xor	\N	\N	\N	\N
    1901	int4not	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	int4not	\N	\N	\N	\N
    1902	int4shl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4shl	\N	\N	\N	\N
    1903	int4shr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4shr	\N	\N	\N	\N
    1904	int8and	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8and	\N	\N	\N	\N
    1905	int8or	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8or	\N	\N	\N	\N
    1906	int8xor	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8xor	\N	\N	\N	\N
    1907	int8not	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	int8not	\N	\N	\N	\N
    1908	int8shl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 23	\N	\N	\N	\N	\N	int8shl	\N	\N	\N	\N
    1909	int8shr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 23	\N	\N	\N	\N	\N	int8shr	\N	\N	\N	\N
    1910	int8up	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	int8up	\N	\N	\N	\N
    1911	int2up	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	21	\N	\N	\N	\N	\N	int2up	\N	\N	\N	\N
    1912	int4up	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	int4up	\N	\N	\N	\N
    1913	float4up	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	700	700	\N	\N	\N	\N	\N	float4up	\N	\N	\N	\N
    1914	float8up	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	float8up	\N	\N	\N	\N
    1915	numeric_uplus	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_uplus	\N	\N	\N	\N
    1922	has_table_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_table_privilege_name_name	\N	\N	\N	\N
    1923	has_table_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_table_privilege_name_id	\N	\N	\N	\N
    1924	has_table_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_table_privilege_id_name	\N	\N	\N	\N
    1925	has_table_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_table_privilege_id_id	\N	\N	\N	\N
    1926	has_table_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_table_privilege_name	\N	\N	\N	\N
    1927	has_table_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_table_privilege_id	\N	\N	\N	\N
    1928	pg_stat_get_numscans	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_numscans	\N	\N	\N	\N
    1929	pg_stat_get_tuples_returned	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_tuples_returned	\N	\N	\N	\N
    1930	pg_stat_get_tuples_fetched	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_tuples_fetched	\N	\N	\N	\N
    1931	pg_stat_get_tuples_inserted	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_tuples_inserted	\N	\N	\N	\N
    1932	pg_stat_get_tuples_updated	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_tuples_updated	\N	\N	\N	\N
    1933	pg_stat_get_tuples_deleted	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_tuples_deleted	\N	\N	\N	\N
    1934	pg_stat_get_blocks_fetched	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_blocks_fetched	\N	\N	\N	\N
    1935	pg_stat_get_blocks_hit	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_blocks_hit	\N	\N	\N	\N
    1936	pg_stat_get_backend_idset	11	10	12	1	100	0	0	f	f	f	t	t	s	r	0	0	23		\N	\N	\N	\N	\N	pg_stat_get_backend_idset	\N	\N	\N	\N
    1937	pg_stat_get_backend_pid	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	23	23	\N	\N	\N	\N	\N	pg_stat_get_backend_pid	\N	\N	\N	\N
    1938	pg_stat_get_backend_dbid	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	26	23	\N	\N	\N	\N	\N	pg_stat_get_backend_dbid	\N	\N	\N	\N
    1939	pg_stat_get_backend_userid	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	26	23	\N	\N	\N	\N	\N	pg_stat_get_backend_userid	\N	\N	\N	\N
    1940	pg_stat_get_backend_activity	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	25	23	\N	\N	\N	\N	\N	pg_stat_get_backend_activity	\N	\N	\N	\N
    1941	pg_stat_get_db_numbackends	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	23	26	\N	\N	\N	\N	\N	pg_stat_get_db_numbackends	\N	\N	\N	\N
    1942	pg_stat_get_db_xact_commit	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_xact_commit	\N	\N	\N	\N
    1943	pg_stat_get_db_xact_rollback	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_xact_rollback	\N	\N	\N	\N
    1944	pg_stat_get_db_blocks_fetched	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_blocks_fetched	\N	\N	\N	\N
    1945	pg_stat_get_db_blocks_hit	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_blocks_hit	\N	\N	\N	\N
    1946	encode	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	17 25	\N	\N	\N	\N	\N	binary_encode	\N	\N	\N	\N
    1947	decode	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	17	25 25	\N	\N	\N	\N	\N	binary_decode	\N	\N	\N	\N
    1948	byteaeq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	17 17	\N	\N	\N	\N	\N	byteaeq	\N	\N	\N	\N
    1949	bytealt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	17 17	\N	\N	\N	\N	\N	bytealt	\N	\N	\N	\N
    1950	byteale	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	17 17	\N	\N	\N	\N	\N	byteale	\N	\N	\N	\N
    1951	byteagt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	17 17	\N	\N	\N	\N	\N	byteagt	\N	\N	\N	\N
    1952	byteage	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	17 17	\N	\N	\N	\N	\N	byteage	\N	\N	\N	\N
    1953	byteane	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	17 17	\N	\N	\N	\N	\N	byteane	\N	\N	\N	\N
    1954	byteacmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	17 17	\N	\N	\N	\N	\N	byteacmp	\N	\N	\N	\N
    1961	timestamp	11	10	12	1	0	0	3917	f	f	f	t	f	i	s	2	0	1114	1114 23	\N	\N	\N	\N	\N	timestamp_scale	\N	\N	\N	\N
    1962	int2_avg_accum	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1016	1016 21	\N	\N	\N	\N	\N	int2_avg_accum	\N	\N	\N	\N
    1963	int4_avg_accum	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1016	1016 23	\N	\N	\N	\N	\N	int4_avg_accum	\N	\N	\N	\N
    1964	int8_avg	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1016	\N	\N	\N	\N	\N	int8_avg	\N	\N	\N	\N
    1965	oidlarger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	26	26 26	\N	\N	\N	\N	\N	oidlarger	\N	\N	\N	\N
    1966	oidsmaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	26	26 26	\N	\N	\N	\N	\N	oidsmaller	\N	\N	\N	\N
    1967	timestamptz	11	10	12	1	0	0	3917	f	f	f	t	f	i	s	2	0	1184	1184 23	\N	\N	\N	\N	\N	timestamptz_scale	\N	\N	\N	\N
    1968	time	11	10	12	1	0	0	3944	f	f	f	t	f	i	s	2	0	1083	1083 23	\N	\N	\N	\N	\N	time_scale	\N	\N	\N	\N
    1969	timetz	11	10	12	1	0	0	3944	f	f	f	t	f	i	s	2	0	1266	1266 23	\N	\N	\N	\N	\N	timetz_scale	\N	\N	\N	\N
    1972	pg_stat_get_tuples_hot_updated	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_tuples_hot_updated	\N	\N	\N	\N
    1973	div	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_div_trunc	\N	\N	\N	\N
    1980	numeric_div_trunc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_div_trunc	\N	\N	\N	\N
    1986	similar_to_escape	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	similar_to_escape_2	\N	\N	\N	\N
    1987	similar_to_escape	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	similar_to_escape_1	\N	\N	\N	\N
    1993	shobj_description	11	10	14	100	0	0	0	f	f	f	t	f	s	s	2	0	25	26 19	\N	\N	\N	\N	\N		\N	BEGIN ATOMIC\n SELECT pg_shdescription.description\n    FROM pg_shdescription\n   WHERE ((pg_shdescription.objoid = $1) AND (pg_shdescription.classoid = ( SELECT pg_class.oid\n            FROM pg_class\n           WHERE ((pg_class.relname = $2) AND (pg_class.relnamespace = ('pg_catalog'::regnamespace)::oid)))));\nEND	\N	\N
    2003	textanycat	11	10	14	1	0	0	0	f	f	f	t	f	s	s	2	0	25	25 2776	\N	\N	\N	\N	\N	select $1 operator(pg_catalog.||) $2::pg_catalog.text	\N	\N	\N	\N
    2004	anytextcat	11	10	14	1	0	0	0	f	f	f	t	f	s	s	2	0	25	2776 25	\N	\N	\N	\N	\N	select $1::pg_catalog.text operator(pg_catalog.||) $2	\N	\N	\N	\N
    2005	bytealike	11	10	12	1	0	0	1023	f	f	f	t	f	i	s	2	0	16	17 17	\N	\N	\N	\N	\N	bytealike	\N	\N	\N	\N
    2006	byteanlike	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	17 17	\N	\N	\N	\N	\N	byteanlike	\N	\N	\N	\N
    2007	like	11	10	12	1	0	0	1023	f	f	f	t	f	i	s	2	0	16	17 17	\N	\N	\N	\N	\N	bytealike	\N	\N	\N	\N
    2008	notlike	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	17 17	\N	\N	\N	\N	\N	byteanlike	\N	\N	\N	\N
    2009	like_escape	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	17	17 17	\N	\N	\N	\N	\N	like_escape_bytea	\N	\N	\N	\N
    2010	length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	17	\N	\N	\N	\N	\N	byteaoctetlen	\N	\N	\N	\N
    2011	byteacat	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	17	17 17	\N	\N	\N	\N	\N	byteacat	\N	\N	\N	\N
    2012	substring	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	17	17 23 23	\N	\N	\N	\N	\N	bytea_substr	\N	\N	\N	\N
    2013	substring	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	17	17 23	\N	\N	\N	\N	\N	bytea_substr_no_len	\N	\N	\N	\N
    2014	position	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	17 17	\N	\N	\N	\N	\N	byteapos	\N	\N	\N	\N
    2015	btrim	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	17	17 17	\N	\N	\N	\N	\N	byteatrim	\N	\N	\N	\N
    2019	time	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1083	1184	\N	\N	\N	\N	\N	timestamptz_time	\N	\N	\N	\N
    2020	date_trunc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	25 1114	\N	\N	\N	\N	\N	timestamp_trunc	\N	\N	\N	\N
    2021	date_part	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	25 1114	\N	\N	\N	\N	\N	timestamp_part	\N	\N	\N	\N
    2022	pg_stat_get_activity	11	10	12	1	100	0	0	f	f	f	f	t	s	r	1	0	2249	23	{23,26,23,26,25,25,25,25,25,1184,1184,1184,1184,869,25,23,28,28,25,16,25,25,23,25,1700,25,16,25,16,23,20}	{i,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o}	{pid,datid,pid,usesysid,application_name,state,query,wait_event_type,wait_event,xact_start,query_start,backend_start,state_change,client_addr,client_hostname,client_port,backend_xid,backend_xmin,backend_type,ssl,sslversion,sslcipher,sslbits,ssl_client_dn,ssl_client_serial,ssl_issuer_dn,gss_auth,gss_princ,gss_enc,leader_pid,query_id}	\N	\N	pg_stat_get_activity	\N	\N	\N	\N
    2023	jsonb_path_query_first_tz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	2	3802	3802 4072 3802 16	\N	\N	{target,path,vars,silent}	'{}'::jsonb, false	\N	jsonb_path_query_first_tz	\N	\N	\N	\N
    2024	timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1114	1082	\N	\N	\N	\N	\N	date_timestamp	\N	\N	\N	\N
    2025	timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1082 1083	\N	\N	\N	\N	\N	datetime_timestamp	\N	\N	\N	\N
    2026	pg_backend_pid	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	23		\N	\N	\N	\N	\N	pg_backend_pid	\N	\N	\N	\N
    2027	timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1114	1184	\N	\N	\N	\N	\N	timestamptz_timestamp	\N	\N	\N	\N
    2028	timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1184	1114	\N	\N	\N	\N	\N	timestamp_timestamptz	\N	\N	\N	\N
    2029	date	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1082	1114	\N	\N	\N	\N	\N	timestamp_date	\N	\N	\N	\N
    2030	jsonb_path_match_tz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	2	16	3802 4072 3802 16	\N	\N	{target,path,vars,silent}	'{}'::jsonb, false	\N	jsonb_path_match_tz	\N	\N	\N	\N
    2031	timestamp_mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1114 1114	\N	\N	\N	\N	\N	timestamp_mi	\N	\N	\N	\N
    2032	timestamp_pl_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1114 1186	\N	\N	\N	\N	\N	timestamp_pl_interval	\N	\N	\N	\N
    2033	timestamp_mi_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1114 1186	\N	\N	\N	\N	\N	timestamp_mi_interval	\N	\N	\N	\N
    2034	pg_conf_load_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	1184		\N	\N	\N	\N	\N	pg_conf_load_time	\N	\N	\N	\N
    2035	timestamp_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1114 1114	\N	\N	\N	\N	\N	timestamp_smaller	\N	\N	\N	\N
    2036	timestamp_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1114 1114	\N	\N	\N	\N	\N	timestamp_larger	\N	\N	\N	\N
    2037	timezone	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	1266	25 1266	\N	\N	\N	\N	\N	timetz_zone	\N	\N	\N	\N
    2038	timezone	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1266	1186 1266	\N	\N	\N	\N	\N	timetz_izone	\N	\N	\N	\N
    2039	timestamp_hash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1114	\N	\N	\N	\N	\N	timestamp_hash	\N	\N	\N	\N
    2041	overlaps	11	10	12	1	0	0	0	f	f	f	f	f	i	s	4	0	16	1114 1114 1114 1114	\N	\N	\N	\N	\N	overlaps_timestamp	\N	\N	\N	\N
    2042	overlaps	11	10	14	1	0	0	0	f	f	f	f	f	i	s	4	0	16	1114 1186 1114 1186	\N	\N	\N	\N	\N		\N	RETURN (($1, ($1 + $2)) OVERLAPS ($3, ($3 + $4)))	\N	\N
    2043	overlaps	11	10	14	1	0	0	0	f	f	f	f	f	i	s	4	0	16	1114 1114 1114 1186	\N	\N	\N	\N	\N		\N	RETURN (($1, $2) OVERLAPS ($3, ($3 + $4)))	\N	\N
    2044	overlaps	11	10	14	1	0	0	0	f	f	f	f	f	i	s	4	0	16	1114 1186 1114 1114	\N	\N	\N	\N	\N		\N	RETURN (($1, ($1 + $2)) OVERLAPS ($3, $4))	\N	\N
    2045	timestamp_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	1114 1114	\N	\N	\N	\N	\N	timestamp_cmp	\N	\N	\N	\N
    2046	time	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1083	1266	\N	\N	\N	\N	\N	timetz_time	\N	\N	\N	\N
    2047	timetz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1266	1083	\N	\N	\N	\N	\N	time_timetz	\N	\N	\N	\N
    2048	isfinite	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	1114	\N	\N	\N	\N	\N	timestamp_finite	\N	\N	\N	\N
    2049	to_char	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	1114 25	\N	\N	\N	\N	\N	timestamp_to_char	\N	\N	\N	\N
    2050	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	2277	2277	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2051	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	2277	2277	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2052	timestamp_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1114 1114	\N	\N	\N	\N	\N	timestamp_eq	\N	\N	\N	\N
    2053	timestamp_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1114 1114	\N	\N	\N	\N	\N	timestamp_ne	\N	\N	\N	\N
    2054	timestamp_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1114 1114	\N	\N	\N	\N	\N	timestamp_lt	\N	\N	\N	\N
    2055	timestamp_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1114 1114	\N	\N	\N	\N	\N	timestamp_le	\N	\N	\N	\N
    2056	timestamp_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1114 1114	\N	\N	\N	\N	\N	timestamp_ge	\N	\N	\N	\N
    2057	timestamp_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1114 1114	\N	\N	\N	\N	\N	timestamp_gt	\N	\N	\N	\N
    2058	age	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1186	1114 1114	\N	\N	\N	\N	\N	timestamp_age	\N	\N	\N	\N
    2059	age	11	10	14	1	0	0	0	f	f	f	t	f	s	s	1	0	1186	1114	\N	\N	\N	\N	\N		\N	RETURN age((CURRENT_DATE)::timestamp without time zone, $1)	\N	\N
    2069	timezone	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1184	25 1114	\N	\N	\N	\N	\N	timestamp_zone	\N	\N	\N	\N
    2070	timezone	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1184	1186 1114	\N	\N	\N	\N	\N	timestamp_izone	\N	\N	\N	\N
    2071	date_pl_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1082 1186	\N	\N	\N	\N	\N	date_pl_interval	\N	\N	\N	\N
    2072	date_mi_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1082 1186	\N	\N	\N	\N	\N	date_mi_interval	\N	\N	\N	\N
    2073	substring	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	textregexsubstr	\N	\N	\N	\N
    2074	substring	11	10	14	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 25 25	\N	\N	\N	\N	\N		\N	RETURN "substring"($1, similar_to_escape($2, $3))	\N	\N
    2075	bit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1560	20 23	\N	\N	\N	\N	\N	bitfromint8	\N	\N	\N	\N
    2076	int8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	1560	\N	\N	\N	\N	\N	bittoint8	\N	\N	\N	\N
    2077	current_setting	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	25	\N	\N	\N	\N	\N	show_config_by_name	\N	\N	\N	\N
    2078	set_config	11	10	12	1	0	0	0	f	f	f	f	f	v	u	3	0	25	25 25 16	\N	\N	\N	\N	\N	set_config_by_name	\N	\N	\N	\N
    2079	pg_table_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_table_is_visible	\N	\N	\N	\N
    2080	pg_type_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_type_is_visible	\N	\N	\N	\N
    2081	pg_function_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_function_is_visible	\N	\N	\N	\N
    2082	pg_operator_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_operator_is_visible	\N	\N	\N	\N
    2083	pg_opclass_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_opclass_is_visible	\N	\N	\N	\N
    2084	pg_show_all_settings	11	10	12	1	1000	0	0	f	f	f	t	t	s	s	0	0	2249		{25,25,25,25,25,25,25,25,25,25,25,1009,25,25,25,23,16}	{o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o}	{name,setting,unit,category,short_desc,extra_desc,context,vartype,source,min_val,max_val,enumvals,boot_val,reset_val,sourcefile,sourceline,pending_restart}	\N	\N	show_all_settings	\N	\N	\N	\N
    2085	substr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	17	17 23 23	\N	\N	\N	\N	\N	bytea_substr	\N	\N	\N	\N
    2086	substr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	17	17 23	\N	\N	\N	\N	\N	bytea_substr_no_len	\N	\N	\N	\N
    2087	replace	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 25 25	\N	\N	\N	\N	\N	replace_text	\N	\N	\N	\N
    2088	split_part	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 25 23	\N	\N	\N	\N	\N	split_part	\N	\N	\N	\N
    2089	to_hex	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	23	\N	\N	\N	\N	\N	to_hex32	\N	\N	\N	\N
    2090	to_hex	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	20	\N	\N	\N	\N	\N	to_hex64	\N	\N	\N	\N
    2091	array_lower	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	2277 23	\N	\N	\N	\N	\N	array_lower	\N	\N	\N	\N
    2092	array_upper	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	2277 23	\N	\N	\N	\N	\N	array_upper	\N	\N	\N	\N
    2093	pg_conversion_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_conversion_is_visible	\N	\N	\N	\N
    2094	pg_stat_get_backend_activity_start	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	1184	23	\N	\N	\N	\N	\N	pg_stat_get_backend_activity_start	\N	\N	\N	\N
    2096	pg_terminate_backend	11	10	12	1	0	0	0	f	f	f	t	f	v	s	2	1	16	23 20	\N	\N	{pid,timeout}	0	\N	pg_terminate_backend	\N	\N	\N	\N
    2098	pg_get_functiondef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_functiondef	\N	\N	\N	\N
    2100	avg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2101	avg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2102	avg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2103	avg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2104	avg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2105	avg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2106	avg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1186	1186	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2107	sum	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2108	sum	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	20	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2109	sum	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	20	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2110	sum	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	700	700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2111	sum	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2112	sum	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	790	790	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2113	sum	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1186	1186	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2114	sum	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2115	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2116	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2117	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	21	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2118	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	26	26	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2119	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	700	700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2120	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2121	pg_column_compression	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	2276	\N	\N	\N	\N	\N	pg_column_compression	\N	\N	\N	\N
    2122	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1082	1082	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2123	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1083	1083	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2124	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1266	1266	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2125	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	790	790	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2126	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1114	1114	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2127	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1184	1184	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2128	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1186	1186	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2129	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2130	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2131	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2132	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2133	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	21	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2134	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	26	26	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2135	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	700	700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2136	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2137	pg_stat_force_next_flush	11	10	12	1	0	0	0	f	f	f	f	f	v	r	0	0	2278		\N	\N	\N	\N	\N	pg_stat_force_next_flush	\N	\N	\N	\N
    2138	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1082	1082	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2139	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1083	1083	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2140	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1266	1266	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2141	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	790	790	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2142	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1114	1114	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2143	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1184	1184	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2144	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1186	1186	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2145	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2146	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2147	count	11	10	12	1	0	0	6236	a	f	f	f	f	i	s	1	0	20	2276	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2148	variance	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2149	variance	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2150	variance	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2151	variance	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2152	variance	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2153	variance	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2154	stddev	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2155	stddev	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2156	stddev	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2157	stddev	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2158	stddev	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2159	stddev	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2160	text_pattern_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	text_pattern_lt	\N	\N	\N	\N
    2161	text_pattern_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	text_pattern_le	\N	\N	\N	\N
    2162	pg_get_function_arguments	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_function_arguments	\N	\N	\N	\N
    2163	text_pattern_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	text_pattern_ge	\N	\N	\N	\N
    2164	text_pattern_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	text_pattern_gt	\N	\N	\N	\N
    2165	pg_get_function_result	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_function_result	\N	\N	\N	\N
    2166	bttext_pattern_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	25 25	\N	\N	\N	\N	\N	bttext_pattern_cmp	\N	\N	\N	\N
    2167	ceiling	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_ceil	\N	\N	\N	\N
    2168	pg_database_size	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	20	19	\N	\N	\N	\N	\N	pg_database_size_name	\N	\N	\N	\N
    2169	power	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_power	\N	\N	\N	\N
    2170	width_bucket	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	23	1700 1700 1700 23	\N	\N	\N	\N	\N	width_bucket_numeric	\N	\N	\N	\N
    2171	pg_cancel_backend	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	16	23	\N	\N	\N	\N	\N	pg_cancel_backend	\N	\N	\N	\N
    2172	pg_backup_start	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	1	3220	25 16	\N	\N	{label,fast}	false	\N	pg_backup_start	\N	\N	\N	{postgres=X/postgres}
    2174	bpchar_pattern_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1042 1042	\N	\N	\N	\N	\N	bpchar_pattern_lt	\N	\N	\N	\N
    2175	bpchar_pattern_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1042 1042	\N	\N	\N	\N	\N	bpchar_pattern_le	\N	\N	\N	\N
    2176	array_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	2277 23	\N	\N	\N	\N	\N	array_length	\N	\N	\N	\N
    2177	bpchar_pattern_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1042 1042	\N	\N	\N	\N	\N	bpchar_pattern_ge	\N	\N	\N	\N
    2178	bpchar_pattern_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	1042 1042	\N	\N	\N	\N	\N	bpchar_pattern_gt	\N	\N	\N	\N
    2179	gist_point_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 600 21 26 2281	\N	\N	\N	\N	\N	gist_point_consistent	\N	\N	\N	\N
    2180	btbpchar_pattern_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	1042 1042	\N	\N	\N	\N	\N	btbpchar_pattern_cmp	\N	\N	\N	\N
    2181	has_sequence_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_sequence_privilege_name_name	\N	\N	\N	\N
    2182	has_sequence_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_sequence_privilege_name_id	\N	\N	\N	\N
    2183	has_sequence_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_sequence_privilege_id_name	\N	\N	\N	\N
    2184	has_sequence_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_sequence_privilege_id_id	\N	\N	\N	\N
    2185	has_sequence_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_sequence_privilege_name	\N	\N	\N	\N
    2186	has_sequence_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_sequence_privilege_id	\N	\N	\N	\N
    2188	btint48cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	23 20	\N	\N	\N	\N	\N	btint48cmp	\N	\N	\N	\N
    2189	btint84cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	20 23	\N	\N	\N	\N	\N	btint84cmp	\N	\N	\N	\N
    2190	btint24cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	21 23	\N	\N	\N	\N	\N	btint24cmp	\N	\N	\N	\N
    2191	btint42cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	23 21	\N	\N	\N	\N	\N	btint42cmp	\N	\N	\N	\N
    2192	btint28cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	21 20	\N	\N	\N	\N	\N	btint28cmp	\N	\N	\N	\N
    2193	btint82cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	20 21	\N	\N	\N	\N	\N	btint82cmp	\N	\N	\N	\N
    2194	btfloat48cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	700 701	\N	\N	\N	\N	\N	btfloat48cmp	\N	\N	\N	\N
    2195	btfloat84cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	701 700	\N	\N	\N	\N	\N	btfloat84cmp	\N	\N	\N	\N
    2196	inet_client_addr	11	10	12	1	0	0	0	f	f	f	f	f	s	r	0	0	869		\N	\N	\N	\N	\N	inet_client_addr	\N	\N	\N	\N
    2197	inet_client_port	11	10	12	1	0	0	0	f	f	f	f	f	s	r	0	0	23		\N	\N	\N	\N	\N	inet_client_port	\N	\N	\N	\N
    2198	inet_server_addr	11	10	12	1	0	0	0	f	f	f	f	f	s	r	0	0	869		\N	\N	\N	\N	\N	inet_server_addr	\N	\N	\N	\N
    2199	inet_server_port	11	10	12	1	0	0	0	f	f	f	f	f	s	r	0	0	23		\N	\N	\N	\N	\N	inet_server_port	\N	\N	\N	\N
    2212	regprocedurein	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2202	2275	\N	\N	\N	\N	\N	regprocedurein	\N	\N	\N	\N
    2213	regprocedureout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	2202	\N	\N	\N	\N	\N	regprocedureout	\N	\N	\N	\N
    2214	regoperin	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2203	2275	\N	\N	\N	\N	\N	regoperin	\N	\N	\N	\N
    2215	regoperout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	2203	\N	\N	\N	\N	\N	regoperout	\N	\N	\N	\N
    2216	regoperatorin	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2204	2275	\N	\N	\N	\N	\N	regoperatorin	\N	\N	\N	\N
    2217	regoperatorout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	2204	\N	\N	\N	\N	\N	regoperatorout	\N	\N	\N	\N
    2218	regclassin	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2205	2275	\N	\N	\N	\N	\N	regclassin	\N	\N	\N	\N
    2219	regclassout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	2205	\N	\N	\N	\N	\N	regclassout	\N	\N	\N	\N
    2220	regtypein	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2206	2275	\N	\N	\N	\N	\N	regtypein	\N	\N	\N	\N
    2221	regtypeout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	2206	\N	\N	\N	\N	\N	regtypeout	\N	\N	\N	\N
    2230	pg_stat_clear_snapshot	11	10	12	1	0	0	0	f	f	f	f	f	v	r	0	0	2278		\N	\N	\N	\N	\N	pg_stat_clear_snapshot	\N	\N	\N	\N
    2232	pg_get_function_identity_arguments	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_function_identity_arguments	\N	\N	\N	\N
    2233	hashtid	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	27	\N	\N	\N	\N	\N	hashtid	\N	\N	\N	\N
    2234	hashtidextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	27 20	\N	\N	\N	\N	\N	hashtidextended	\N	\N	\N	\N
    2236	bit_and	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	21	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2237	bit_or	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	21	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2238	bit_and	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2239	bit_or	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2240	bit_and	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2241	bit_or	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2242	bit_and	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1560	1560	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2243	bit_or	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1560	1560	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2244	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1042	1042	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2245	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1042	1042	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2246	fmgr_internal_validator	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2278	26	\N	\N	\N	\N	\N	fmgr_internal_validator	\N	\N	\N	\N
    2247	fmgr_c_validator	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2278	26	\N	\N	\N	\N	\N	fmgr_c_validator	\N	\N	\N	\N
    2248	fmgr_sql_validator	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2278	26	\N	\N	\N	\N	\N	fmgr_sql_validator	\N	\N	\N	\N
    2250	has_database_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_database_privilege_name_name	\N	\N	\N	\N
    2251	has_database_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_database_privilege_name_id	\N	\N	\N	\N
    2252	has_database_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_database_privilege_id_name	\N	\N	\N	\N
    2253	has_database_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_database_privilege_id_id	\N	\N	\N	\N
    2254	has_database_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_database_privilege_name	\N	\N	\N	\N
    2255	has_database_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_database_privilege_id	\N	\N	\N	\N
    2256	has_function_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_function_privilege_name_name	\N	\N	\N	\N
    2257	has_function_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_function_privilege_name_id	\N	\N	\N	\N
    2258	has_function_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_function_privilege_id_name	\N	\N	\N	\N
    2259	has_function_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_function_privilege_id_id	\N	\N	\N	\N
    2260	has_function_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_function_privilege_name	\N	\N	\N	\N
    2261	has_function_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_function_privilege_id	\N	\N	\N	\N
    2262	has_language_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_language_privilege_name_name	\N	\N	\N	\N
    2263	has_language_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_language_privilege_name_id	\N	\N	\N	\N
    2264	has_language_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_language_privilege_id_name	\N	\N	\N	\N
    2265	has_language_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_language_privilege_id_id	\N	\N	\N	\N
    2266	has_language_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_language_privilege_name	\N	\N	\N	\N
    2267	has_language_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_language_privilege_id	\N	\N	\N	\N
    2268	has_schema_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_schema_privilege_name_name	\N	\N	\N	\N
    2269	has_schema_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_schema_privilege_name_id	\N	\N	\N	\N
    2270	has_schema_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_schema_privilege_id_name	\N	\N	\N	\N
    2271	has_schema_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_schema_privilege_id_id	\N	\N	\N	\N
    2272	has_schema_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_schema_privilege_name	\N	\N	\N	\N
    2273	has_schema_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_schema_privilege_id	\N	\N	\N	\N
    2274	pg_stat_reset	11	10	12	1	0	0	0	f	f	f	f	f	v	s	0	0	2278		\N	\N	\N	\N	\N	pg_stat_reset	\N	\N	\N	{postgres=X/postgres}
    2282	pg_get_backend_memory_contexts	11	10	12	1	100	0	0	f	f	f	t	t	v	r	0	0	2249		{25,25,25,23,20,20,20,20,20}	{o,o,o,o,o,o,o,o,o}	{name,ident,parent,level,total_bytes,total_nblocks,free_bytes,free_chunks,used_bytes}	\N	\N	pg_get_backend_memory_contexts	\N	\N	\N	{postgres=X/postgres,pg_read_all_stats=X/postgres}
    2284	regexp_replace	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 25 25	\N	\N	\N	\N	\N	textregexreplace_noopt	\N	\N	\N	\N
    2285	regexp_replace	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	25	25 25 25 25	\N	\N	\N	\N	\N	textregexreplace	\N	\N	\N	\N
    2286	pg_total_relation_size	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	20	2205	\N	\N	\N	\N	\N	pg_total_relation_size	\N	\N	\N	\N
    2288	pg_size_pretty	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	20	\N	\N	\N	\N	\N	pg_size_pretty	\N	\N	\N	\N
    2289	pg_options_to_table	11	10	12	1	3	0	0	f	f	f	t	t	s	s	1	0	2249	1009	{1009,25,25}	{i,o,o}	{options_array,option_name,option_value}	\N	\N	pg_options_to_table	\N	\N	\N	\N
    2290	record_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	2249	2275 26 23	\N	\N	\N	\N	\N	record_in	\N	\N	\N	\N
    2291	record_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	2249	\N	\N	\N	\N	\N	record_out	\N	\N	\N	\N
    2292	cstring_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2275	\N	\N	\N	\N	\N	cstring_in	\N	\N	\N	\N
    2293	cstring_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2275	\N	\N	\N	\N	\N	cstring_out	\N	\N	\N	\N
    2294	any_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2276	2275	\N	\N	\N	\N	\N	any_in	\N	\N	\N	\N
    2295	any_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2276	\N	\N	\N	\N	\N	any_out	\N	\N	\N	\N
    2296	anyarray_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2277	2275	\N	\N	\N	\N	\N	anyarray_in	\N	\N	\N	\N
    2297	anyarray_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	2277	\N	\N	\N	\N	\N	anyarray_out	\N	\N	\N	\N
    2298	void_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2275	\N	\N	\N	\N	\N	void_in	\N	\N	\N	\N
    2299	void_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2278	\N	\N	\N	\N	\N	void_out	\N	\N	\N	\N
    2300	trigger_in	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	2279	2275	\N	\N	\N	\N	\N	trigger_in	\N	\N	\N	\N
    2301	trigger_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2279	\N	\N	\N	\N	\N	trigger_out	\N	\N	\N	\N
    2302	language_handler_in	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	2280	2275	\N	\N	\N	\N	\N	language_handler_in	\N	\N	\N	\N
    2303	language_handler_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2280	\N	\N	\N	\N	\N	language_handler_out	\N	\N	\N	\N
    2304	internal_in	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	2281	2275	\N	\N	\N	\N	\N	internal_in	\N	\N	\N	\N
    2305	internal_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2281	\N	\N	\N	\N	\N	internal_out	\N	\N	\N	\N
    2306	pg_stat_get_slru	11	10	12	1	100	0	0	f	f	f	f	t	s	r	0	0	2249		{25,20,20,20,20,20,20,20,1184}	{o,o,o,o,o,o,o,o,o}	{name,blks_zeroed,blks_hit,blks_read,blks_written,blks_exists,flushes,truncates,stats_reset}	\N	\N	pg_stat_get_slru	\N	\N	\N	\N
    2307	pg_stat_reset_slru	11	10	12	1	0	0	0	f	f	f	f	f	v	s	1	0	2278	25	\N	\N	\N	\N	\N	pg_stat_reset_slru	\N	\N	\N	{postgres=X/postgres}
    2308	ceil	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dceil	\N	\N	\N	\N
    2309	floor	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dfloor	\N	\N	\N	\N
    2310	sign	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dsign	\N	\N	\N	\N
    2311	md5	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	md5_text	\N	\N	\N	\N
    2312	anyelement_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2283	2275	\N	\N	\N	\N	\N	anyelement_in	\N	\N	\N	\N
    2313	anyelement_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2283	\N	\N	\N	\N	\N	anyelement_out	\N	\N	\N	\N
    2316	postgresql_fdw_validator	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1009 26	\N	\N	\N	\N	\N	postgresql_fdw_validator	\N	\N	\N	\N
    2319	pg_encoding_max_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	pg_encoding_max_length_sql	\N	\N	\N	\N
    2320	ceiling	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dceil	\N	\N	\N	\N
    2321	md5	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	25	17	\N	\N	\N	\N	\N	md5_bytea	\N	\N	\N	\N
    2322	pg_tablespace_size	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	20	26	\N	\N	\N	\N	\N	pg_tablespace_size_oid	\N	\N	\N	\N
    2323	pg_tablespace_size	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	20	19	\N	\N	\N	\N	\N	pg_tablespace_size_name	\N	\N	\N	\N
    2324	pg_database_size	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	20	26	\N	\N	\N	\N	\N	pg_database_size_oid	\N	\N	\N	\N
    2325	pg_relation_size	11	10	14	1	0	0	0	f	f	f	t	f	v	s	1	0	20	2205	\N	\N	\N	\N	\N		\N	RETURN pg_relation_size($1, 'main'::text)	\N	\N
    2331	unnest	11	10	12	1	100	0	3996	f	f	f	t	t	i	s	1	0	2283	2277	\N	\N	\N	\N	\N	array_unnest	\N	\N	\N	\N
    2332	pg_relation_size	11	10	12	1	0	0	0	f	f	f	t	f	v	s	2	0	20	2205 25	\N	\N	\N	\N	\N	pg_relation_size	\N	\N	\N	\N
    2333	array_agg_transfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 2776	\N	\N	\N	\N	\N	array_agg_transfn	\N	\N	\N	\N
    2334	array_agg_finalfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2277	2281 2776	\N	\N	\N	\N	\N	array_agg_finalfn	\N	\N	\N	\N
    2335	array_agg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	2277	2776	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2338	date_lt_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1082 1114	\N	\N	\N	\N	\N	date_lt_timestamp	\N	\N	\N	\N
    2339	date_le_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1082 1114	\N	\N	\N	\N	\N	date_le_timestamp	\N	\N	\N	\N
    2340	date_eq_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1082 1114	\N	\N	\N	\N	\N	date_eq_timestamp	\N	\N	\N	\N
    2341	date_gt_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1082 1114	\N	\N	\N	\N	\N	date_gt_timestamp	\N	\N	\N	\N
    2342	date_ge_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1082 1114	\N	\N	\N	\N	\N	date_ge_timestamp	\N	\N	\N	\N
    2343	date_ne_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1082 1114	\N	\N	\N	\N	\N	date_ne_timestamp	\N	\N	\N	\N
    2344	date_cmp_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	1082 1114	\N	\N	\N	\N	\N	date_cmp_timestamp	\N	\N	\N	\N
    2351	date_lt_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1082 1184	\N	\N	\N	\N	\N	date_lt_timestamptz	\N	\N	\N	\N
    2352	date_le_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1082 1184	\N	\N	\N	\N	\N	date_le_timestamptz	\N	\N	\N	\N
    2353	date_eq_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1082 1184	\N	\N	\N	\N	\N	date_eq_timestamptz	\N	\N	\N	\N
    2354	date_gt_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1082 1184	\N	\N	\N	\N	\N	date_gt_timestamptz	\N	\N	\N	\N
    2355	date_ge_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1082 1184	\N	\N	\N	\N	\N	date_ge_timestamptz	\N	\N	\N	\N
    2356	date_ne_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1082 1184	\N	\N	\N	\N	\N	date_ne_timestamptz	\N	\N	\N	\N
    2357	date_cmp_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	23	1082 1184	\N	\N	\N	\N	\N	date_cmp_timestamptz	\N	\N	\N	\N
    2364	timestamp_lt_date	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1114 1082	\N	\N	\N	\N	\N	timestamp_lt_date	\N	\N	\N	\N
    2365	timestamp_le_date	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1114 1082	\N	\N	\N	\N	\N	timestamp_le_date	\N	\N	\N	\N
    2366	timestamp_eq_date	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1114 1082	\N	\N	\N	\N	\N	timestamp_eq_date	\N	\N	\N	\N
    2367	timestamp_gt_date	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1114 1082	\N	\N	\N	\N	\N	timestamp_gt_date	\N	\N	\N	\N
    2368	timestamp_ge_date	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1114 1082	\N	\N	\N	\N	\N	timestamp_ge_date	\N	\N	\N	\N
    2369	timestamp_ne_date	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	1114 1082	\N	\N	\N	\N	\N	timestamp_ne_date	\N	\N	\N	\N
    2370	timestamp_cmp_date	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	1114 1082	\N	\N	\N	\N	\N	timestamp_cmp_date	\N	\N	\N	\N
    2377	timestamptz_lt_date	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1082	\N	\N	\N	\N	\N	timestamptz_lt_date	\N	\N	\N	\N
    2378	timestamptz_le_date	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1082	\N	\N	\N	\N	\N	timestamptz_le_date	\N	\N	\N	\N
    2379	timestamptz_eq_date	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1082	\N	\N	\N	\N	\N	timestamptz_eq_date	\N	\N	\N	\N
    2380	timestamptz_gt_date	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1082	\N	\N	\N	\N	\N	timestamptz_gt_date	\N	\N	\N	\N
    2381	timestamptz_ge_date	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1082	\N	\N	\N	\N	\N	timestamptz_ge_date	\N	\N	\N	\N
    2382	timestamptz_ne_date	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1082	\N	\N	\N	\N	\N	timestamptz_ne_date	\N	\N	\N	\N
    2383	timestamptz_cmp_date	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	23	1184 1082	\N	\N	\N	\N	\N	timestamptz_cmp_date	\N	\N	\N	\N
    2390	has_tablespace_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_tablespace_privilege_name_name	\N	\N	\N	\N
    2391	has_tablespace_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_tablespace_privilege_name_id	\N	\N	\N	\N
    2392	has_tablespace_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_tablespace_privilege_id_name	\N	\N	\N	\N
    2393	has_tablespace_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_tablespace_privilege_id_id	\N	\N	\N	\N
    2394	has_tablespace_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_tablespace_privilege_name	\N	\N	\N	\N
    2395	has_tablespace_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_tablespace_privilege_id	\N	\N	\N	\N
    2398	shell_in	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	2278	2275	\N	\N	\N	\N	\N	shell_in	\N	\N	\N	\N
    2399	shell_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2278	\N	\N	\N	\N	\N	shell_out	\N	\N	\N	\N
    2400	array_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	2277	2281 26 23	\N	\N	\N	\N	\N	array_recv	\N	\N	\N	\N
    2401	array_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	2277	\N	\N	\N	\N	\N	array_send	\N	\N	\N	\N
    2402	record_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	2249	2281 26 23	\N	\N	\N	\N	\N	record_recv	\N	\N	\N	\N
    2403	record_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	2249	\N	\N	\N	\N	\N	record_send	\N	\N	\N	\N
    2404	int2recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	2281	\N	\N	\N	\N	\N	int2recv	\N	\N	\N	\N
    2405	int2send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	21	\N	\N	\N	\N	\N	int2send	\N	\N	\N	\N
    2406	int4recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	2281	\N	\N	\N	\N	\N	int4recv	\N	\N	\N	\N
    2407	int4send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	23	\N	\N	\N	\N	\N	int4send	\N	\N	\N	\N
    2408	int8recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	2281	\N	\N	\N	\N	\N	int8recv	\N	\N	\N	\N
    2409	int8send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	20	\N	\N	\N	\N	\N	int8send	\N	\N	\N	\N
    2410	int2vectorrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	22	2281	\N	\N	\N	\N	\N	int2vectorrecv	\N	\N	\N	\N
    2411	int2vectorsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	22	\N	\N	\N	\N	\N	int2vectorsend	\N	\N	\N	\N
    2412	bytearecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2281	\N	\N	\N	\N	\N	bytearecv	\N	\N	\N	\N
    2413	byteasend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	17	\N	\N	\N	\N	\N	byteasend	\N	\N	\N	\N
    2414	textrecv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	2281	\N	\N	\N	\N	\N	textrecv	\N	\N	\N	\N
    2415	textsend	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	25	\N	\N	\N	\N	\N	textsend	\N	\N	\N	\N
    2416	unknownrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	705	2281	\N	\N	\N	\N	\N	unknownrecv	\N	\N	\N	\N
    2417	unknownsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	705	\N	\N	\N	\N	\N	unknownsend	\N	\N	\N	\N
    2418	oidrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	26	2281	\N	\N	\N	\N	\N	oidrecv	\N	\N	\N	\N
    2419	oidsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	26	\N	\N	\N	\N	\N	oidsend	\N	\N	\N	\N
    2420	oidvectorrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	30	2281	\N	\N	\N	\N	\N	oidvectorrecv	\N	\N	\N	\N
    2421	oidvectorsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	30	\N	\N	\N	\N	\N	oidvectorsend	\N	\N	\N	\N
    2422	namerecv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	19	2281	\N	\N	\N	\N	\N	namerecv	\N	\N	\N	\N
    2423	namesend	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	19	\N	\N	\N	\N	\N	namesend	\N	\N	\N	\N
    2424	float4recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	700	2281	\N	\N	\N	\N	\N	float4recv	\N	\N	\N	\N
    2425	float4send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	700	\N	\N	\N	\N	\N	float4send	\N	\N	\N	\N
    2426	float8recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	2281	\N	\N	\N	\N	\N	float8recv	\N	\N	\N	\N
    2427	float8send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	701	\N	\N	\N	\N	\N	float8send	\N	\N	\N	\N
    2428	point_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	600	2281	\N	\N	\N	\N	\N	point_recv	\N	\N	\N	\N
    2429	point_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	600	\N	\N	\N	\N	\N	point_send	\N	\N	\N	\N
    2430	bpcharrecv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	1042	2281 26 23	\N	\N	\N	\N	\N	bpcharrecv	\N	\N	\N	\N
    2431	bpcharsend	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	1042	\N	\N	\N	\N	\N	bpcharsend	\N	\N	\N	\N
    2432	varcharrecv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	1043	2281 26 23	\N	\N	\N	\N	\N	varcharrecv	\N	\N	\N	\N
    2433	varcharsend	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	1043	\N	\N	\N	\N	\N	varcharsend	\N	\N	\N	\N
    2434	charrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	18	2281	\N	\N	\N	\N	\N	charrecv	\N	\N	\N	\N
    2435	charsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	18	\N	\N	\N	\N	\N	charsend	\N	\N	\N	\N
    2436	boolrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	2281	\N	\N	\N	\N	\N	boolrecv	\N	\N	\N	\N
    2437	boolsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	16	\N	\N	\N	\N	\N	boolsend	\N	\N	\N	\N
    2438	tidrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	27	2281	\N	\N	\N	\N	\N	tidrecv	\N	\N	\N	\N
    2439	tidsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	27	\N	\N	\N	\N	\N	tidsend	\N	\N	\N	\N
    2440	xidrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	28	2281	\N	\N	\N	\N	\N	xidrecv	\N	\N	\N	\N
    2441	xidsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	28	\N	\N	\N	\N	\N	xidsend	\N	\N	\N	\N
    2442	cidrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	29	2281	\N	\N	\N	\N	\N	cidrecv	\N	\N	\N	\N
    2443	cidsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	29	\N	\N	\N	\N	\N	cidsend	\N	\N	\N	\N
    2444	regprocrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	24	2281	\N	\N	\N	\N	\N	regprocrecv	\N	\N	\N	\N
    2445	regprocsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	24	\N	\N	\N	\N	\N	regprocsend	\N	\N	\N	\N
    2446	regprocedurerecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2202	2281	\N	\N	\N	\N	\N	regprocedurerecv	\N	\N	\N	\N
    2447	regproceduresend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2202	\N	\N	\N	\N	\N	regproceduresend	\N	\N	\N	\N
    2448	regoperrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2203	2281	\N	\N	\N	\N	\N	regoperrecv	\N	\N	\N	\N
    2449	regopersend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2203	\N	\N	\N	\N	\N	regopersend	\N	\N	\N	\N
    2450	regoperatorrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2204	2281	\N	\N	\N	\N	\N	regoperatorrecv	\N	\N	\N	\N
    2451	regoperatorsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2204	\N	\N	\N	\N	\N	regoperatorsend	\N	\N	\N	\N
    2452	regclassrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2205	2281	\N	\N	\N	\N	\N	regclassrecv	\N	\N	\N	\N
    2453	regclasssend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2205	\N	\N	\N	\N	\N	regclasssend	\N	\N	\N	\N
    2454	regtyperecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2206	2281	\N	\N	\N	\N	\N	regtyperecv	\N	\N	\N	\N
    2455	regtypesend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2206	\N	\N	\N	\N	\N	regtypesend	\N	\N	\N	\N
    2456	bit_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1560	2281 26 23	\N	\N	\N	\N	\N	bit_recv	\N	\N	\N	\N
    2457	bit_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	1560	\N	\N	\N	\N	\N	bit_send	\N	\N	\N	\N
    2458	varbit_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1562	2281 26 23	\N	\N	\N	\N	\N	varbit_recv	\N	\N	\N	\N
    2459	varbit_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	1562	\N	\N	\N	\N	\N	varbit_send	\N	\N	\N	\N
    2460	numeric_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1700	2281 26 23	\N	\N	\N	\N	\N	numeric_recv	\N	\N	\N	\N
    2461	numeric_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	1700	\N	\N	\N	\N	\N	numeric_send	\N	\N	\N	\N
    2462	sinh	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dsinh	\N	\N	\N	\N
    2463	cosh	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dcosh	\N	\N	\N	\N
    2464	tanh	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dtanh	\N	\N	\N	\N
    2465	asinh	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dasinh	\N	\N	\N	\N
    2466	acosh	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dacosh	\N	\N	\N	\N
    2467	atanh	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	datanh	\N	\N	\N	\N
    2468	date_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1082	2281	\N	\N	\N	\N	\N	date_recv	\N	\N	\N	\N
    2469	date_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	1082	\N	\N	\N	\N	\N	date_send	\N	\N	\N	\N
    2470	time_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1083	2281 26 23	\N	\N	\N	\N	\N	time_recv	\N	\N	\N	\N
    2471	time_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	1083	\N	\N	\N	\N	\N	time_send	\N	\N	\N	\N
    2472	timetz_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1266	2281 26 23	\N	\N	\N	\N	\N	timetz_recv	\N	\N	\N	\N
    2473	timetz_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	1266	\N	\N	\N	\N	\N	timetz_send	\N	\N	\N	\N
    2474	timestamp_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1114	2281 26 23	\N	\N	\N	\N	\N	timestamp_recv	\N	\N	\N	\N
    2475	timestamp_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	1114	\N	\N	\N	\N	\N	timestamp_send	\N	\N	\N	\N
    2476	timestamptz_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1184	2281 26 23	\N	\N	\N	\N	\N	timestamptz_recv	\N	\N	\N	\N
    2477	timestamptz_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	1184	\N	\N	\N	\N	\N	timestamptz_send	\N	\N	\N	\N
    2478	interval_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1186	2281 26 23	\N	\N	\N	\N	\N	interval_recv	\N	\N	\N	\N
    2479	interval_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	1186	\N	\N	\N	\N	\N	interval_send	\N	\N	\N	\N
    2480	lseg_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	601	2281	\N	\N	\N	\N	\N	lseg_recv	\N	\N	\N	\N
    2481	lseg_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	601	\N	\N	\N	\N	\N	lseg_send	\N	\N	\N	\N
    2482	path_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	602	2281	\N	\N	\N	\N	\N	path_recv	\N	\N	\N	\N
    2483	path_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	602	\N	\N	\N	\N	\N	path_send	\N	\N	\N	\N
    2484	box_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	603	2281	\N	\N	\N	\N	\N	box_recv	\N	\N	\N	\N
    2485	box_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	603	\N	\N	\N	\N	\N	box_send	\N	\N	\N	\N
    2486	poly_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	604	2281	\N	\N	\N	\N	\N	poly_recv	\N	\N	\N	\N
    2487	poly_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	604	\N	\N	\N	\N	\N	poly_send	\N	\N	\N	\N
    2488	line_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	628	2281	\N	\N	\N	\N	\N	line_recv	\N	\N	\N	\N
    2489	line_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	628	\N	\N	\N	\N	\N	line_send	\N	\N	\N	\N
    2490	circle_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	718	2281	\N	\N	\N	\N	\N	circle_recv	\N	\N	\N	\N
    2491	circle_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	718	\N	\N	\N	\N	\N	circle_send	\N	\N	\N	\N
    2492	cash_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	790	2281	\N	\N	\N	\N	\N	cash_recv	\N	\N	\N	\N
    2493	cash_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	790	\N	\N	\N	\N	\N	cash_send	\N	\N	\N	\N
    2494	macaddr_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	829	2281	\N	\N	\N	\N	\N	macaddr_recv	\N	\N	\N	\N
    2495	macaddr_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	829	\N	\N	\N	\N	\N	macaddr_send	\N	\N	\N	\N
    2496	inet_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	869	2281	\N	\N	\N	\N	\N	inet_recv	\N	\N	\N	\N
    2497	inet_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	869	\N	\N	\N	\N	\N	inet_send	\N	\N	\N	\N
    2498	cidr_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	650	2281	\N	\N	\N	\N	\N	cidr_recv	\N	\N	\N	\N
    2499	cidr_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	650	\N	\N	\N	\N	\N	cidr_send	\N	\N	\N	\N
    2500	cstring_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	2281	\N	\N	\N	\N	\N	cstring_recv	\N	\N	\N	\N
    2501	cstring_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	2275	\N	\N	\N	\N	\N	cstring_send	\N	\N	\N	\N
    2502	anyarray_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2277	2281	\N	\N	\N	\N	\N	anyarray_recv	\N	\N	\N	\N
    2503	anyarray_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	2277	\N	\N	\N	\N	\N	anyarray_send	\N	\N	\N	\N
    2504	pg_get_ruledef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	26 16	\N	\N	\N	\N	\N	pg_get_ruledef_ext	\N	\N	\N	\N
    2505	pg_get_viewdef	11	10	12	1	0	0	0	f	f	f	t	f	s	r	2	0	25	25 16	\N	\N	\N	\N	\N	pg_get_viewdef_name_ext	\N	\N	\N	\N
    2506	pg_get_viewdef	11	10	12	1	0	0	0	f	f	f	t	f	s	r	2	0	25	26 16	\N	\N	\N	\N	\N	pg_get_viewdef_ext	\N	\N	\N	\N
    2507	pg_get_indexdef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	25	26 23 16	\N	\N	\N	\N	\N	pg_get_indexdef_ext	\N	\N	\N	\N
    2508	pg_get_constraintdef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	26 16	\N	\N	\N	\N	\N	pg_get_constraintdef_ext	\N	\N	\N	\N
    2509	pg_get_expr	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	25	194 26 16	\N	\N	\N	\N	\N	pg_get_expr_ext	\N	\N	\N	\N
    2510	pg_prepared_statement	11	10	12	1	1000	0	0	f	f	f	t	t	s	r	0	0	2249		{25,25,1184,2211,16,20,20}	{o,o,o,o,o,o,o}	{name,statement,prepare_time,parameter_types,from_sql,generic_plans,custom_plans}	\N	\N	pg_prepared_statement	\N	\N	\N	\N
    2511	pg_cursor	11	10	12	1	1000	0	0	f	f	f	t	t	s	r	0	0	2249		{25,25,16,16,16,1184}	{o,o,o,o,o,o}	{name,statement,is_holdable,is_binary,is_scrollable,creation_time}	\N	\N	pg_cursor	\N	\N	\N	\N
    2512	float8_var_pop	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_var_pop	\N	\N	\N	\N
    2513	float8_stddev_pop	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_stddev_pop	\N	\N	\N	\N
    2514	numeric_var_pop	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_var_pop	\N	\N	\N	\N
    2515	booland_statefunc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	16 16	\N	\N	\N	\N	\N	booland_statefunc	\N	\N	\N	\N
    2516	boolor_statefunc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	16 16	\N	\N	\N	\N	\N	boolor_statefunc	\N	\N	\N	\N
    2517	bool_and	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	16	16	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2518	bool_or	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	16	16	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2519	every	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	16	16	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2520	timestamp_lt_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1114 1184	\N	\N	\N	\N	\N	timestamp_lt_timestamptz	\N	\N	\N	\N
    2521	timestamp_le_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1114 1184	\N	\N	\N	\N	\N	timestamp_le_timestamptz	\N	\N	\N	\N
    2522	timestamp_eq_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1114 1184	\N	\N	\N	\N	\N	timestamp_eq_timestamptz	\N	\N	\N	\N
    2523	timestamp_gt_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1114 1184	\N	\N	\N	\N	\N	timestamp_gt_timestamptz	\N	\N	\N	\N
    2524	timestamp_ge_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1114 1184	\N	\N	\N	\N	\N	timestamp_ge_timestamptz	\N	\N	\N	\N
    2525	timestamp_ne_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1114 1184	\N	\N	\N	\N	\N	timestamp_ne_timestamptz	\N	\N	\N	\N
    2526	timestamp_cmp_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	23	1114 1184	\N	\N	\N	\N	\N	timestamp_cmp_timestamptz	\N	\N	\N	\N
    2527	timestamptz_lt_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1114	\N	\N	\N	\N	\N	timestamptz_lt_timestamp	\N	\N	\N	\N
    2528	timestamptz_le_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1114	\N	\N	\N	\N	\N	timestamptz_le_timestamp	\N	\N	\N	\N
    2529	timestamptz_eq_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1114	\N	\N	\N	\N	\N	timestamptz_eq_timestamp	\N	\N	\N	\N
    2530	timestamptz_gt_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1114	\N	\N	\N	\N	\N	timestamptz_gt_timestamp	\N	\N	\N	\N
    2531	timestamptz_ge_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1114	\N	\N	\N	\N	\N	timestamptz_ge_timestamp	\N	\N	\N	\N
    2532	timestamptz_ne_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	1184 1114	\N	\N	\N	\N	\N	timestamptz_ne_timestamp	\N	\N	\N	\N
    2533	timestamptz_cmp_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	23	1184 1114	\N	\N	\N	\N	\N	timestamptz_cmp_timestamp	\N	\N	\N	\N
    2546	interval_pl_date	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1186 1082	\N	\N	\N	\N	\N		\N	RETURN ($2 + $1)	\N	\N
    2547	interval_pl_timetz	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	1266	1186 1266	\N	\N	\N	\N	\N		\N	RETURN ($2 + $1)	\N	\N
    2548	interval_pl_timestamp	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	1114	1186 1114	\N	\N	\N	\N	\N		\N	RETURN ($2 + $1)	\N	\N
    2549	interval_pl_timestamptz	11	10	14	1	0	0	0	f	f	f	t	f	s	s	2	0	1184	1186 1184	\N	\N	\N	\N	\N		\N	RETURN ($2 + $1)	\N	\N
    2550	integer_pl_date	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	1082	23 1082	\N	\N	\N	\N	\N		\N	RETURN ($2 + $1)	\N	\N
    2556	pg_tablespace_databases	11	10	12	1	1000	0	0	f	f	f	t	t	s	s	1	0	26	26	\N	\N	\N	\N	\N	pg_tablespace_databases	\N	\N	\N	\N
    2557	bool	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	16	23	\N	\N	\N	\N	\N	int4_bool	\N	\N	\N	\N
    2558	int4	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	23	16	\N	\N	\N	\N	\N	bool_int4	\N	\N	\N	\N
    2559	lastval	11	10	12	1	0	0	0	f	f	f	t	f	v	u	0	0	20		\N	\N	\N	\N	\N	lastval	\N	\N	\N	\N
    2560	pg_postmaster_start_time	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	1184		\N	\N	\N	\N	\N	pg_postmaster_start_time	\N	\N	\N	\N
    2561	pg_blocking_pids	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	1007	23	\N	\N	\N	\N	\N	pg_blocking_pids	\N	\N	\N	\N
    2562	box_below	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_below	\N	\N	\N	\N
    2563	box_overbelow	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_overbelow	\N	\N	\N	\N
    2564	box_overabove	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_overabove	\N	\N	\N	\N
    2565	box_above	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	603 603	\N	\N	\N	\N	\N	box_above	\N	\N	\N	\N
    2566	poly_below	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_below	\N	\N	\N	\N
    2567	poly_overbelow	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_overbelow	\N	\N	\N	\N
    2568	poly_overabove	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_overabove	\N	\N	\N	\N
    2569	poly_above	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	604 604	\N	\N	\N	\N	\N	poly_above	\N	\N	\N	\N
    2578	gist_box_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 603 21 26 2281	\N	\N	\N	\N	\N	gist_box_consistent	\N	\N	\N	\N
    2580	float8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	3802	\N	\N	\N	\N	\N	jsonb_float8	\N	\N	\N	\N
    2581	gist_box_penalty	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	2281 2281 2281	\N	\N	\N	\N	\N	gist_box_penalty	\N	\N	\N	\N
    2582	gist_box_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	2281 2281	\N	\N	\N	\N	\N	gist_box_picksplit	\N	\N	\N	\N
    2583	gist_box_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	603	2281 2281	\N	\N	\N	\N	\N	gist_box_union	\N	\N	\N	\N
    2584	gist_box_same	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	603 603 2281	\N	\N	\N	\N	\N	gist_box_same	\N	\N	\N	\N
    2585	gist_poly_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 604 21 26 2281	\N	\N	\N	\N	\N	gist_poly_consistent	\N	\N	\N	\N
    2586	gist_poly_compress	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	gist_poly_compress	\N	\N	\N	\N
    2587	circle_overbelow	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_overbelow	\N	\N	\N	\N
    2588	circle_overabove	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	718 718	\N	\N	\N	\N	\N	circle_overabove	\N	\N	\N	\N
    2591	gist_circle_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 718 21 26 2281	\N	\N	\N	\N	\N	gist_circle_consistent	\N	\N	\N	\N
    2592	gist_circle_compress	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	gist_circle_compress	\N	\N	\N	\N
    2596	numeric_stddev_pop	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_stddev_pop	\N	\N	\N	\N
    2597	domain_in	11	10	12	1	0	0	0	f	f	f	f	f	s	s	3	0	2276	2275 26 23	\N	\N	\N	\N	\N	domain_in	\N	\N	\N	\N
    2598	domain_recv	11	10	12	1	0	0	0	f	f	f	f	f	s	s	3	0	2276	2281 26 23	\N	\N	\N	\N	\N	domain_recv	\N	\N	\N	\N
    2599	pg_timezone_abbrevs	11	10	12	1	1000	0	0	f	f	f	t	t	s	s	0	0	2249		{25,1186,16}	{o,o,o}	{abbrev,utc_offset,is_dst}	\N	\N	pg_timezone_abbrevs	\N	\N	\N	\N
    2614	xmlexists	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	25 142	\N	\N	\N	\N	\N	xmlexists	\N	\N	\N	\N
    2621	pg_reload_conf	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	16		\N	\N	\N	\N	\N	pg_reload_conf	\N	\N	\N	{postgres=X/postgres}
    2622	pg_rotate_logfile	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	16		\N	\N	\N	\N	\N	pg_rotate_logfile_v2	\N	\N	\N	{postgres=X/postgres}
    2623	pg_stat_file	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	2249	25	{25,20,1184,1184,1184,1184,16}	{i,o,o,o,o,o,o}	{filename,size,access,modification,change,creation,isdir}	\N	\N	pg_stat_file_1arg	\N	\N	\N	{postgres=X/postgres}
    2624	pg_read_file	11	10	12	1	0	0	0	f	f	f	t	f	v	s	3	0	25	25 20 20	\N	\N	\N	\N	\N	pg_read_file_off_len	\N	\N	\N	{postgres=X/postgres}
    2625	pg_ls_dir	11	10	12	1	1000	0	0	f	f	f	t	t	v	s	1	0	25	25	\N	\N	\N	\N	\N	pg_ls_dir_1arg	\N	\N	\N	{postgres=X/postgres}
    2626	pg_sleep	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	2278	701	\N	\N	\N	\N	\N	pg_sleep	\N	\N	\N	\N
    2627	inetnot	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	869	869	\N	\N	\N	\N	\N	inetnot	\N	\N	\N	\N
    2628	inetand	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	869	869 869	\N	\N	\N	\N	\N	inetand	\N	\N	\N	\N
    2629	inetor	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	869	869 869	\N	\N	\N	\N	\N	inetor	\N	\N	\N	\N
    2630	inetpl	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	869	869 20	\N	\N	\N	\N	\N	inetpl	\N	\N	\N	\N
    2631	int8pl_inet	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	869	20 869	\N	\N	\N	\N	\N		\N	RETURN ($2 + $1)	\N	\N
    2632	inetmi_int8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	869	869 20	\N	\N	\N	\N	\N	inetmi_int8	\N	\N	\N	\N
    2633	inetmi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	869 869	\N	\N	\N	\N	\N	inetmi	\N	\N	\N	\N
    2641	var_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2642	var_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2643	var_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2644	var_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2645	var_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2646	var_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2647	transaction_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	1184		\N	\N	\N	\N	\N	now	\N	\N	\N	\N
    2648	statement_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	1184		\N	\N	\N	\N	\N	statement_timestamp	\N	\N	\N	\N
    2649	clock_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	1184		\N	\N	\N	\N	\N	clock_timestamp	\N	\N	\N	\N
    2700	gin_cmp_prefix	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	23	25 25 21 2281	\N	\N	\N	\N	\N	gin_cmp_prefix	\N	\N	\N	\N
    2705	pg_has_role	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 19 25	\N	\N	\N	\N	\N	pg_has_role_name_name	\N	\N	\N	\N
    2706	pg_has_role	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	pg_has_role_name_id	\N	\N	\N	\N
    2707	pg_has_role	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 19 25	\N	\N	\N	\N	\N	pg_has_role_id_name	\N	\N	\N	\N
    2708	pg_has_role	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	pg_has_role_id_id	\N	\N	\N	\N
    2709	pg_has_role	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	19 25	\N	\N	\N	\N	\N	pg_has_role_name	\N	\N	\N	\N
    2710	pg_has_role	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	pg_has_role_id	\N	\N	\N	\N
    2711	justify_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1186	1186	\N	\N	\N	\N	\N	interval_justify_interval	\N	\N	\N	\N
    2712	stddev_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2713	stddev_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2714	stddev_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2715	stddev_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2716	stddev_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2717	stddev_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2718	var_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2719	var_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2720	var_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2721	var_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2722	var_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2723	var_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2724	stddev_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2725	stddev_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2726	stddev_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2727	stddev_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2728	stddev_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2729	stddev_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2730	pg_get_triggerdef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	26 16	\N	\N	\N	\N	\N	pg_get_triggerdef_ext	\N	\N	\N	\N
    2731	asind	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dasind	\N	\N	\N	\N
    2732	acosd	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dacosd	\N	\N	\N	\N
    2733	atand	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	datand	\N	\N	\N	\N
    2734	atan2d	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	datan2d	\N	\N	\N	\N
    2735	sind	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dsind	\N	\N	\N	\N
    2736	cosd	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dcosd	\N	\N	\N	\N
    2737	tand	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dtand	\N	\N	\N	\N
    2738	cotd	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	701	\N	\N	\N	\N	\N	dcotd	\N	\N	\N	\N
    2739	pg_backup_stop	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	1	2249	16	{16,3220,25,25}	{i,o,o,o}	{wait_for_archive,lsn,labelfile,spcmapfile}	true	\N	pg_backup_stop	\N	\N	\N	{postgres=X/postgres}
    2740	numeric_avg_serialize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2281	\N	\N	\N	\N	\N	numeric_avg_serialize	\N	\N	\N	\N
    2741	numeric_avg_deserialize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	17 2281	\N	\N	\N	\N	\N	numeric_avg_deserialize	\N	\N	\N	\N
    2743	ginarrayextract	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	2277 2281 2281	\N	\N	\N	\N	\N	ginarrayextract	\N	\N	\N	\N
    2744	ginarrayconsistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	8	0	16	2281 21 2277 23 2281 2281 2281 2281	\N	\N	\N	\N	\N	ginarrayconsistent	\N	\N	\N	\N
    2746	int8_avg_accum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 20	\N	\N	\N	\N	\N	int8_avg_accum	\N	\N	\N	\N
    2747	arrayoverlap	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2277 2277	\N	\N	\N	\N	\N	arrayoverlap	\N	\N	\N	\N
    2748	arraycontains	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2277 2277	\N	\N	\N	\N	\N	arraycontains	\N	\N	\N	\N
    2749	arraycontained	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2277 2277	\N	\N	\N	\N	\N	arraycontained	\N	\N	\N	\N
    2758	pg_stat_get_db_tuples_returned	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_tuples_returned	\N	\N	\N	\N
    2759	pg_stat_get_db_tuples_fetched	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_tuples_fetched	\N	\N	\N	\N
    2760	pg_stat_get_db_tuples_inserted	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_tuples_inserted	\N	\N	\N	\N
    2761	pg_stat_get_db_tuples_updated	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_tuples_updated	\N	\N	\N	\N
    2762	pg_stat_get_db_tuples_deleted	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_tuples_deleted	\N	\N	\N	\N
    2763	regexp_matches	11	10	12	1	1	0	0	f	f	f	t	t	i	s	2	0	1009	25 25	\N	\N	\N	\N	\N	regexp_matches_no_flags	\N	\N	\N	\N
    2764	regexp_matches	11	10	12	1	10	0	0	f	f	f	t	t	i	s	3	0	1009	25 25 25	\N	\N	\N	\N	\N	regexp_matches	\N	\N	\N	\N
    2765	regexp_split_to_table	11	10	12	1	1000	0	0	f	f	f	t	t	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	regexp_split_to_table_no_flags	\N	\N	\N	\N
    2766	regexp_split_to_table	11	10	12	1	1000	0	0	f	f	f	t	t	i	s	3	0	25	25 25 25	\N	\N	\N	\N	\N	regexp_split_to_table	\N	\N	\N	\N
    2767	regexp_split_to_array	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1009	25 25	\N	\N	\N	\N	\N	regexp_split_to_array_no_flags	\N	\N	\N	\N
    2768	regexp_split_to_array	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1009	25 25 25	\N	\N	\N	\N	\N	regexp_split_to_array	\N	\N	\N	\N
    2769	pg_stat_get_bgwriter_timed_checkpoints	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	20		\N	\N	\N	\N	\N	pg_stat_get_bgwriter_timed_checkpoints	\N	\N	\N	\N
    2770	pg_stat_get_bgwriter_requested_checkpoints	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	20		\N	\N	\N	\N	\N	pg_stat_get_bgwriter_requested_checkpoints	\N	\N	\N	\N
    2771	pg_stat_get_bgwriter_buf_written_checkpoints	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	20		\N	\N	\N	\N	\N	pg_stat_get_bgwriter_buf_written_checkpoints	\N	\N	\N	\N
    2772	pg_stat_get_bgwriter_buf_written_clean	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	20		\N	\N	\N	\N	\N	pg_stat_get_bgwriter_buf_written_clean	\N	\N	\N	\N
    2773	pg_stat_get_bgwriter_maxwritten_clean	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	20		\N	\N	\N	\N	\N	pg_stat_get_bgwriter_maxwritten_clean	\N	\N	\N	\N
    2774	ginqueryarrayextract	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	0	2281	2277 2281 21 2281 2281 2281 2281	\N	\N	\N	\N	\N	ginqueryarrayextract	\N	\N	\N	\N
    2775	pg_stat_get_buf_written_backend	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	20		\N	\N	\N	\N	\N	pg_stat_get_buf_written_backend	\N	\N	\N	\N
    2777	anynonarray_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2776	2275	\N	\N	\N	\N	\N	anynonarray_in	\N	\N	\N	\N
    2778	anynonarray_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2776	\N	\N	\N	\N	\N	anynonarray_out	\N	\N	\N	\N
    2781	pg_stat_get_last_vacuum_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	1184	26	\N	\N	\N	\N	\N	pg_stat_get_last_vacuum_time	\N	\N	\N	\N
    2782	pg_stat_get_last_autovacuum_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	1184	26	\N	\N	\N	\N	\N	pg_stat_get_last_autovacuum_time	\N	\N	\N	\N
    2783	pg_stat_get_last_analyze_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	1184	26	\N	\N	\N	\N	\N	pg_stat_get_last_analyze_time	\N	\N	\N	\N
    2784	pg_stat_get_last_autoanalyze_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	1184	26	\N	\N	\N	\N	\N	pg_stat_get_last_autoanalyze_time	\N	\N	\N	\N
    2785	int8_avg_combine	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 2281	\N	\N	\N	\N	\N	int8_avg_combine	\N	\N	\N	\N
    2786	int8_avg_serialize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2281	\N	\N	\N	\N	\N	int8_avg_serialize	\N	\N	\N	\N
    2787	int8_avg_deserialize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	17 2281	\N	\N	\N	\N	\N	int8_avg_deserialize	\N	\N	\N	\N
    2788	pg_stat_get_backend_wait_event_type	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	25	23	\N	\N	\N	\N	\N	pg_stat_get_backend_wait_event_type	\N	\N	\N	\N
    2790	tidgt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	27 27	\N	\N	\N	\N	\N	tidgt	\N	\N	\N	\N
    2791	tidlt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	27 27	\N	\N	\N	\N	\N	tidlt	\N	\N	\N	\N
    2792	tidge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	27 27	\N	\N	\N	\N	\N	tidge	\N	\N	\N	\N
    2793	tidle	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	27 27	\N	\N	\N	\N	\N	tidle	\N	\N	\N	\N
    2794	bttidcmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	27 27	\N	\N	\N	\N	\N	bttidcmp	\N	\N	\N	\N
    2795	tidlarger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	27	27 27	\N	\N	\N	\N	\N	tidlarger	\N	\N	\N	\N
    2796	tidsmaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	27	27 27	\N	\N	\N	\N	\N	tidsmaller	\N	\N	\N	\N
    2797	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	27	27	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2798	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	27	27	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2803	count	11	10	12	1	0	0	6236	a	f	f	f	f	i	s	0	0	20		\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2804	int8inc_any	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 2276	\N	\N	\N	\N	\N	int8inc_any	\N	\N	\N	\N
    2805	int8inc_float8_float8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	20	20 701 701	\N	\N	\N	\N	\N	int8inc_float8_float8	\N	\N	\N	\N
    2806	float8_regr_accum	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1022	1022 701 701	\N	\N	\N	\N	\N	float8_regr_accum	\N	\N	\N	\N
    2807	float8_regr_sxx	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_regr_sxx	\N	\N	\N	\N
    2808	float8_regr_syy	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_regr_syy	\N	\N	\N	\N
    2809	float8_regr_sxy	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_regr_sxy	\N	\N	\N	\N
    2810	float8_regr_avgx	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_regr_avgx	\N	\N	\N	\N
    2811	float8_regr_avgy	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_regr_avgy	\N	\N	\N	\N
    2812	float8_regr_r2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_regr_r2	\N	\N	\N	\N
    2813	float8_regr_slope	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_regr_slope	\N	\N	\N	\N
    2814	float8_regr_intercept	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_regr_intercept	\N	\N	\N	\N
    2815	float8_covar_pop	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_covar_pop	\N	\N	\N	\N
    2816	float8_covar_samp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_covar_samp	\N	\N	\N	\N
    2817	float8_corr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	701	1022	\N	\N	\N	\N	\N	float8_corr	\N	\N	\N	\N
    2818	regr_count	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	20	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2819	regr_sxx	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2820	regr_syy	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2821	regr_sxy	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2822	regr_avgx	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2823	regr_avgy	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2824	regr_r2	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2825	regr_slope	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2826	regr_intercept	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2827	covar_pop	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2828	covar_samp	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2829	corr	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2844	pg_stat_get_db_blk_read_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	701	26	\N	\N	\N	\N	\N	pg_stat_get_db_blk_read_time	\N	\N	\N	\N
    2845	pg_stat_get_db_blk_write_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	701	26	\N	\N	\N	\N	\N	pg_stat_get_db_blk_write_time	\N	\N	\N	\N
    2848	pg_switch_wal	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	3220		\N	\N	\N	\N	\N	pg_switch_wal	\N	\N	\N	{postgres=X/postgres}
    2849	pg_current_wal_lsn	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	3220		\N	\N	\N	\N	\N	pg_current_wal_lsn	\N	\N	\N	\N
    2850	pg_walfile_name_offset	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2249	3220	{3220,25,23}	{i,o,o}	{lsn,file_name,file_offset}	\N	\N	pg_walfile_name_offset	\N	\N	\N	\N
    2851	pg_walfile_name	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	3220	\N	\N	\N	\N	\N	pg_walfile_name	\N	\N	\N	\N
    2852	pg_current_wal_insert_lsn	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	3220		\N	\N	\N	\N	\N	pg_current_wal_insert_lsn	\N	\N	\N	\N
    2853	pg_stat_get_backend_wait_event	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	25	23	\N	\N	\N	\N	\N	pg_stat_get_backend_wait_event	\N	\N	\N	\N
    2854	pg_my_temp_schema	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	26		\N	\N	\N	\N	\N	pg_my_temp_schema	\N	\N	\N	\N
    2855	pg_is_other_temp_schema	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_is_other_temp_schema	\N	\N	\N	\N
    2856	pg_timezone_names	11	10	12	1	1000	0	0	f	f	f	t	t	s	s	0	0	2249		{25,25,1186,16}	{o,o,o,o}	{name,abbrev,utc_offset,is_dst}	\N	\N	pg_timezone_names	\N	\N	\N	\N
    2857	pg_stat_get_backend_xact_start	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	1184	23	\N	\N	\N	\N	\N	pg_stat_get_backend_xact_start	\N	\N	\N	\N
    2858	numeric_avg_accum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 1700	\N	\N	\N	\N	\N	numeric_avg_accum	\N	\N	\N	\N
    2859	pg_stat_get_buf_alloc	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	20		\N	\N	\N	\N	\N	pg_stat_get_buf_alloc	\N	\N	\N	\N
    2878	pg_stat_get_live_tuples	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_live_tuples	\N	\N	\N	\N
    2879	pg_stat_get_dead_tuples	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_dead_tuples	\N	\N	\N	\N
    2880	pg_advisory_lock	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	20	\N	\N	\N	\N	\N	pg_advisory_lock_int8	\N	\N	\N	\N
    2881	pg_advisory_lock_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	20	\N	\N	\N	\N	\N	pg_advisory_lock_shared_int8	\N	\N	\N	\N
    2882	pg_try_advisory_lock	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	16	20	\N	\N	\N	\N	\N	pg_try_advisory_lock_int8	\N	\N	\N	\N
    2883	pg_try_advisory_lock_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	16	20	\N	\N	\N	\N	\N	pg_try_advisory_lock_shared_int8	\N	\N	\N	\N
    2884	pg_advisory_unlock	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	16	20	\N	\N	\N	\N	\N	pg_advisory_unlock_int8	\N	\N	\N	\N
    2885	pg_advisory_unlock_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	16	20	\N	\N	\N	\N	\N	pg_advisory_unlock_shared_int8	\N	\N	\N	\N
    2886	pg_advisory_lock	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	2278	23 23	\N	\N	\N	\N	\N	pg_advisory_lock_int4	\N	\N	\N	\N
    2887	pg_advisory_lock_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	2278	23 23	\N	\N	\N	\N	\N	pg_advisory_lock_shared_int4	\N	\N	\N	\N
    2888	pg_try_advisory_lock	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	16	23 23	\N	\N	\N	\N	\N	pg_try_advisory_lock_int4	\N	\N	\N	\N
    2889	pg_try_advisory_lock_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	16	23 23	\N	\N	\N	\N	\N	pg_try_advisory_lock_shared_int4	\N	\N	\N	\N
    2890	pg_advisory_unlock	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	16	23 23	\N	\N	\N	\N	\N	pg_advisory_unlock_int4	\N	\N	\N	\N
    2891	pg_advisory_unlock_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	16	23 23	\N	\N	\N	\N	\N	pg_advisory_unlock_shared_int4	\N	\N	\N	\N
    2892	pg_advisory_unlock_all	11	10	12	1	0	0	0	f	f	f	t	f	v	r	0	0	2278		\N	\N	\N	\N	\N	pg_advisory_unlock_all	\N	\N	\N	\N
    2893	xml_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	142	2275	\N	\N	\N	\N	\N	xml_in	\N	\N	\N	\N
    2894	xml_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	142	\N	\N	\N	\N	\N	xml_out	\N	\N	\N	\N
    2895	xmlcomment	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	142	25	\N	\N	\N	\N	\N	xmlcomment	\N	\N	\N	\N
    2896	xml	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	142	25	\N	\N	\N	\N	\N	texttoxml	\N	\N	\N	\N
    2897	xmlvalidate	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	142 25	\N	\N	\N	\N	\N	xmlvalidate	\N	\N	\N	\N
    2898	xml_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	142	2281	\N	\N	\N	\N	\N	xml_recv	\N	\N	\N	\N
    2899	xml_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	142	\N	\N	\N	\N	\N	xml_send	\N	\N	\N	\N
    2900	xmlconcat2	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	142	142 142	\N	\N	\N	\N	\N	xmlconcat2	\N	\N	\N	\N
    2901	xmlagg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	142	142	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    2902	varbittypmodin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1263	\N	\N	\N	\N	\N	varbittypmodin	\N	\N	\N	\N
    2903	intervaltypmodin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1263	\N	\N	\N	\N	\N	intervaltypmodin	\N	\N	\N	\N
    2904	intervaltypmodout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	intervaltypmodout	\N	\N	\N	\N
    2905	timestamptypmodin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1263	\N	\N	\N	\N	\N	timestamptypmodin	\N	\N	\N	\N
    2906	timestamptypmodout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	timestamptypmodout	\N	\N	\N	\N
    2907	timestamptztypmodin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1263	\N	\N	\N	\N	\N	timestamptztypmodin	\N	\N	\N	\N
    2908	timestamptztypmodout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	timestamptztypmodout	\N	\N	\N	\N
    2909	timetypmodin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1263	\N	\N	\N	\N	\N	timetypmodin	\N	\N	\N	\N
    2910	timetypmodout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	timetypmodout	\N	\N	\N	\N
    2911	timetztypmodin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1263	\N	\N	\N	\N	\N	timetztypmodin	\N	\N	\N	\N
    2912	timetztypmodout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	timetztypmodout	\N	\N	\N	\N
    2913	bpchartypmodin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1263	\N	\N	\N	\N	\N	bpchartypmodin	\N	\N	\N	\N
    2914	bpchartypmodout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	bpchartypmodout	\N	\N	\N	\N
    2915	varchartypmodin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1263	\N	\N	\N	\N	\N	varchartypmodin	\N	\N	\N	\N
    2916	varchartypmodout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	varchartypmodout	\N	\N	\N	\N
    2917	numerictypmodin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1263	\N	\N	\N	\N	\N	numerictypmodin	\N	\N	\N	\N
    2918	numerictypmodout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	numerictypmodout	\N	\N	\N	\N
    2919	bittypmodin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1263	\N	\N	\N	\N	\N	bittypmodin	\N	\N	\N	\N
    2920	bittypmodout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	bittypmodout	\N	\N	\N	\N
    2921	varbittypmodout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	23	\N	\N	\N	\N	\N	varbittypmodout	\N	\N	\N	\N
    2922	text	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	142	\N	\N	\N	\N	\N	xmltotext	\N	\N	\N	\N
    2923	table_to_xml	11	10	12	100	0	0	0	f	f	f	t	f	s	r	4	0	142	2205 16 16 25	\N	\N	{tbl,nulls,tableforest,targetns}	\N	\N	table_to_xml	\N	\N	\N	\N
    2924	query_to_xml	11	10	12	100	0	0	0	f	f	f	t	f	v	u	4	0	142	25 16 16 25	\N	\N	{query,nulls,tableforest,targetns}	\N	\N	query_to_xml	\N	\N	\N	\N
    2925	cursor_to_xml	11	10	12	100	0	0	0	f	f	f	t	f	v	u	5	0	142	1790 23 16 16 25	\N	\N	{cursor,count,nulls,tableforest,targetns}	\N	\N	cursor_to_xml	\N	\N	\N	\N
    2926	table_to_xmlschema	11	10	12	100	0	0	0	f	f	f	t	f	s	r	4	0	142	2205 16 16 25	\N	\N	{tbl,nulls,tableforest,targetns}	\N	\N	table_to_xmlschema	\N	\N	\N	\N
    2927	query_to_xmlschema	11	10	12	100	0	0	0	f	f	f	t	f	v	u	4	0	142	25 16 16 25	\N	\N	{query,nulls,tableforest,targetns}	\N	\N	query_to_xmlschema	\N	\N	\N	\N
    2928	cursor_to_xmlschema	11	10	12	100	0	0	0	f	f	f	t	f	v	u	4	0	142	1790 16 16 25	\N	\N	{cursor,nulls,tableforest,targetns}	\N	\N	cursor_to_xmlschema	\N	\N	\N	\N
    2929	table_to_xml_and_xmlschema	11	10	12	100	0	0	0	f	f	f	t	f	s	r	4	0	142	2205 16 16 25	\N	\N	{tbl,nulls,tableforest,targetns}	\N	\N	table_to_xml_and_xmlschema	\N	\N	\N	\N
    2930	query_to_xml_and_xmlschema	11	10	12	100	0	0	0	f	f	f	t	f	v	u	4	0	142	25 16 16 25	\N	\N	{query,nulls,tableforest,targetns}	\N	\N	query_to_xml_and_xmlschema	\N	\N	\N	\N
    2931	xpath	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	143	25 142 1009	\N	\N	\N	\N	\N	xpath	\N	\N	\N	\N
    2932	xpath	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	143	25 142	\N	\N	\N	\N	\N		\N	RETURN xpath($1, $2, '{}'::text[])	\N	\N
    2933	schema_to_xml	11	10	12	100	0	0	0	f	f	f	t	f	s	r	4	0	142	19 16 16 25	\N	\N	{schema,nulls,tableforest,targetns}	\N	\N	schema_to_xml	\N	\N	\N	\N
    2934	schema_to_xmlschema	11	10	12	100	0	0	0	f	f	f	t	f	s	r	4	0	142	19 16 16 25	\N	\N	{schema,nulls,tableforest,targetns}	\N	\N	schema_to_xmlschema	\N	\N	\N	\N
    2935	schema_to_xml_and_xmlschema	11	10	12	100	0	0	0	f	f	f	t	f	s	r	4	0	142	19 16 16 25	\N	\N	{schema,nulls,tableforest,targetns}	\N	\N	schema_to_xml_and_xmlschema	\N	\N	\N	\N
    2936	database_to_xml	11	10	12	100	0	0	0	f	f	f	t	f	s	r	3	0	142	16 16 25	\N	\N	{nulls,tableforest,targetns}	\N	\N	database_to_xml	\N	\N	\N	\N
    2937	database_to_xmlschema	11	10	12	100	0	0	0	f	f	f	t	f	s	r	3	0	142	16 16 25	\N	\N	{nulls,tableforest,targetns}	\N	\N	database_to_xmlschema	\N	\N	\N	\N
    2938	database_to_xml_and_xmlschema	11	10	12	100	0	0	0	f	f	f	t	f	s	r	3	0	142	16 16 25	\N	\N	{nulls,tableforest,targetns}	\N	\N	database_to_xml_and_xmlschema	\N	\N	\N	\N
    2939	txid_snapshot_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2970	2275	\N	\N	\N	\N	\N	pg_snapshot_in	\N	\N	\N	\N
    2940	txid_snapshot_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2970	\N	\N	\N	\N	\N	pg_snapshot_out	\N	\N	\N	\N
    2941	txid_snapshot_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2970	2281	\N	\N	\N	\N	\N	pg_snapshot_recv	\N	\N	\N	\N
    2942	txid_snapshot_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2970	\N	\N	\N	\N	\N	pg_snapshot_send	\N	\N	\N	\N
    2943	txid_current	11	10	12	1	0	0	0	f	f	f	t	f	s	u	0	0	20		\N	\N	\N	\N	\N	pg_current_xact_id	\N	\N	\N	\N
    2944	txid_current_snapshot	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	2970		\N	\N	\N	\N	\N	pg_current_snapshot	\N	\N	\N	\N
    2945	txid_snapshot_xmin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	2970	\N	\N	\N	\N	\N	pg_snapshot_xmin	\N	\N	\N	\N
    2946	txid_snapshot_xmax	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	2970	\N	\N	\N	\N	\N	pg_snapshot_xmax	\N	\N	\N	\N
    2947	txid_snapshot_xip	11	10	12	1	50	0	0	f	f	f	t	t	i	s	1	0	20	2970	\N	\N	\N	\N	\N	pg_snapshot_xip	\N	\N	\N	\N
    2948	txid_visible_in_snapshot	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	20 2970	\N	\N	\N	\N	\N	pg_visible_in_snapshot	\N	\N	\N	\N
    2952	uuid_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2950	2275	\N	\N	\N	\N	\N	uuid_in	\N	\N	\N	\N
    2953	uuid_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	2950	\N	\N	\N	\N	\N	uuid_out	\N	\N	\N	\N
    2954	uuid_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	2950 2950	\N	\N	\N	\N	\N	uuid_lt	\N	\N	\N	\N
    2955	uuid_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	2950 2950	\N	\N	\N	\N	\N	uuid_le	\N	\N	\N	\N
    2956	uuid_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	2950 2950	\N	\N	\N	\N	\N	uuid_eq	\N	\N	\N	\N
    2957	uuid_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	2950 2950	\N	\N	\N	\N	\N	uuid_ge	\N	\N	\N	\N
    2958	uuid_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	2950 2950	\N	\N	\N	\N	\N	uuid_gt	\N	\N	\N	\N
    2959	uuid_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	2950 2950	\N	\N	\N	\N	\N	uuid_ne	\N	\N	\N	\N
    2960	uuid_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	2950 2950	\N	\N	\N	\N	\N	uuid_cmp	\N	\N	\N	\N
    2961	uuid_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2950	2281	\N	\N	\N	\N	\N	uuid_recv	\N	\N	\N	\N
    2962	uuid_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2950	\N	\N	\N	\N	\N	uuid_send	\N	\N	\N	\N
    2963	uuid_hash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	2950	\N	\N	\N	\N	\N	uuid_hash	\N	\N	\N	\N
    2971	text	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	16	\N	\N	\N	\N	\N	booltext	\N	\N	\N	\N
    2978	pg_stat_get_function_calls	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_function_calls	\N	\N	\N	\N
    2979	pg_stat_get_function_total_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	701	26	\N	\N	\N	\N	\N	pg_stat_get_function_total_time	\N	\N	\N	\N
    2980	pg_stat_get_function_self_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	701	26	\N	\N	\N	\N	\N	pg_stat_get_function_self_time	\N	\N	\N	\N
    2981	record_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_eq	\N	\N	\N	\N
    2982	record_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_ne	\N	\N	\N	\N
    2983	record_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_lt	\N	\N	\N	\N
    2984	record_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_gt	\N	\N	\N	\N
    2985	record_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_le	\N	\N	\N	\N
    2986	record_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_ge	\N	\N	\N	\N
    2987	btrecordcmp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	2249 2249	\N	\N	\N	\N	\N	btrecordcmp	\N	\N	\N	\N
    2997	pg_table_size	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	20	2205	\N	\N	\N	\N	\N	pg_table_size	\N	\N	\N	\N
    2998	pg_indexes_size	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	20	2205	\N	\N	\N	\N	\N	pg_indexes_size	\N	\N	\N	\N
    2999	pg_relation_filenode	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	26	2205	\N	\N	\N	\N	\N	pg_relation_filenode	\N	\N	\N	\N
    3000	has_foreign_data_wrapper_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_foreign_data_wrapper_privilege_name_name	\N	\N	\N	\N
    3001	has_foreign_data_wrapper_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_foreign_data_wrapper_privilege_name_id	\N	\N	\N	\N
    3002	has_foreign_data_wrapper_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_foreign_data_wrapper_privilege_id_name	\N	\N	\N	\N
    3003	has_foreign_data_wrapper_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_foreign_data_wrapper_privilege_id_id	\N	\N	\N	\N
    3004	has_foreign_data_wrapper_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_foreign_data_wrapper_privilege_name	\N	\N	\N	\N
    3005	has_foreign_data_wrapper_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_foreign_data_wrapper_privilege_id	\N	\N	\N	\N
    3006	has_server_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_server_privilege_name_name	\N	\N	\N	\N
    3007	has_server_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_server_privilege_name_id	\N	\N	\N	\N
    3008	has_server_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_server_privilege_id_name	\N	\N	\N	\N
    3009	has_server_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_server_privilege_id_id	\N	\N	\N	\N
    3010	has_server_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_server_privilege_name	\N	\N	\N	\N
    3011	has_server_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_server_privilege_id	\N	\N	\N	\N
    3012	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	16	19 25 25 25	\N	\N	\N	\N	\N	has_column_privilege_name_name_name	\N	\N	\N	\N
    3013	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	16	19 25 21 25	\N	\N	\N	\N	\N	has_column_privilege_name_name_attnum	\N	\N	\N	\N
    3014	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	16	19 26 25 25	\N	\N	\N	\N	\N	has_column_privilege_name_id_name	\N	\N	\N	\N
    3015	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	16	19 26 21 25	\N	\N	\N	\N	\N	has_column_privilege_name_id_attnum	\N	\N	\N	\N
    3016	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	16	26 25 25 25	\N	\N	\N	\N	\N	has_column_privilege_id_name_name	\N	\N	\N	\N
    3017	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	16	26 25 21 25	\N	\N	\N	\N	\N	has_column_privilege_id_name_attnum	\N	\N	\N	\N
    3018	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	16	26 26 25 25	\N	\N	\N	\N	\N	has_column_privilege_id_id_name	\N	\N	\N	\N
    3019	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	16	26 26 21 25	\N	\N	\N	\N	\N	has_column_privilege_id_id_attnum	\N	\N	\N	\N
    3020	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	25 25 25	\N	\N	\N	\N	\N	has_column_privilege_name_name	\N	\N	\N	\N
    3021	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	25 21 25	\N	\N	\N	\N	\N	has_column_privilege_name_attnum	\N	\N	\N	\N
    3022	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_column_privilege_id_name	\N	\N	\N	\N
    3023	has_column_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 21 25	\N	\N	\N	\N	\N	has_column_privilege_id_attnum	\N	\N	\N	\N
    3024	has_any_column_privilege	11	10	12	10	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_any_column_privilege_name_name	\N	\N	\N	\N
    3025	has_any_column_privilege	11	10	12	10	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_any_column_privilege_name_id	\N	\N	\N	\N
    3026	has_any_column_privilege	11	10	12	10	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_any_column_privilege_id_name	\N	\N	\N	\N
    3027	has_any_column_privilege	11	10	12	10	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_any_column_privilege_id_id	\N	\N	\N	\N
    3028	has_any_column_privilege	11	10	12	10	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_any_column_privilege_name	\N	\N	\N	\N
    3029	has_any_column_privilege	11	10	12	10	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_any_column_privilege_id	\N	\N	\N	\N
    3030	overlay	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	1560	1560 1560 23 23	\N	\N	\N	\N	\N	bitoverlay	\N	\N	\N	\N
    3031	overlay	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1560	1560 1560 23	\N	\N	\N	\N	\N	bitoverlay_no_len	\N	\N	\N	\N
    3032	get_bit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	1560 23	\N	\N	\N	\N	\N	bitgetbit	\N	\N	\N	\N
    3033	set_bit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1560	1560 23 23	\N	\N	\N	\N	\N	bitsetbit	\N	\N	\N	\N
    3034	pg_relation_filepath	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	2205	\N	\N	\N	\N	\N	pg_relation_filepath	\N	\N	\N	\N
    3035	pg_listening_channels	11	10	12	1	10	0	0	f	f	f	t	t	s	r	0	0	25		\N	\N	\N	\N	\N	pg_listening_channels	\N	\N	\N	\N
    3036	pg_notify	11	10	12	1	0	0	0	f	f	f	f	f	v	r	2	0	2278	25 25	\N	\N	\N	\N	\N	pg_notify	\N	\N	\N	\N
    3037	pg_stat_get_xact_numscans	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_xact_numscans	\N	\N	\N	\N
    3038	pg_stat_get_xact_tuples_returned	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_xact_tuples_returned	\N	\N	\N	\N
    3039	pg_stat_get_xact_tuples_fetched	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_xact_tuples_fetched	\N	\N	\N	\N
    3040	pg_stat_get_xact_tuples_inserted	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_xact_tuples_inserted	\N	\N	\N	\N
    3041	pg_stat_get_xact_tuples_updated	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_xact_tuples_updated	\N	\N	\N	\N
    3042	pg_stat_get_xact_tuples_deleted	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_xact_tuples_deleted	\N	\N	\N	\N
    3043	pg_stat_get_xact_tuples_hot_updated	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_xact_tuples_hot_updated	\N	\N	\N	\N
    3044	pg_stat_get_xact_blocks_fetched	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_xact_blocks_fetched	\N	\N	\N	\N
    3045	pg_stat_get_xact_blocks_hit	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_xact_blocks_hit	\N	\N	\N	\N
    3046	pg_stat_get_xact_function_calls	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_xact_function_calls	\N	\N	\N	\N
    3047	pg_stat_get_xact_function_total_time	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	701	26	\N	\N	\N	\N	\N	pg_stat_get_xact_function_total_time	\N	\N	\N	\N
    3048	pg_stat_get_xact_function_self_time	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	701	26	\N	\N	\N	\N	\N	pg_stat_get_xact_function_self_time	\N	\N	\N	\N
    3049	xpath_exists	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	16	25 142 1009	\N	\N	\N	\N	\N	xpath_exists	\N	\N	\N	\N
    3050	xpath_exists	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	16	25 142	\N	\N	\N	\N	\N		\N	RETURN xpath_exists($1, $2, '{}'::text[])	\N	\N
    3051	xml_is_well_formed	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	16	25	\N	\N	\N	\N	\N	xml_is_well_formed	\N	\N	\N	\N
    3052	xml_is_well_formed_document	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	25	\N	\N	\N	\N	\N	xml_is_well_formed_document	\N	\N	\N	\N
    3053	xml_is_well_formed_content	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	25	\N	\N	\N	\N	\N	xml_is_well_formed_content	\N	\N	\N	\N
    3054	pg_stat_get_vacuum_count	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_vacuum_count	\N	\N	\N	\N
    3055	pg_stat_get_autovacuum_count	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_autovacuum_count	\N	\N	\N	\N
    3056	pg_stat_get_analyze_count	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_analyze_count	\N	\N	\N	\N
    3057	pg_stat_get_autoanalyze_count	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_autoanalyze_count	\N	\N	\N	\N
    3058	concat	11	10	12	1	0	2276	0	f	f	f	f	f	s	s	1	0	25	2276	{2276}	{v}	\N	\N	\N	text_concat	\N	\N	\N	\N
    3059	concat_ws	11	10	12	1	0	2276	0	f	f	f	f	f	s	s	2	0	25	25 2276	{25,2276}	{i,v}	\N	\N	\N	text_concat_ws	\N	\N	\N	\N
    3060	left	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 23	\N	\N	\N	\N	\N	text_left	\N	\N	\N	\N
    3061	right	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 23	\N	\N	\N	\N	\N	text_right	\N	\N	\N	\N
    3062	reverse	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	text_reverse	\N	\N	\N	\N
    3063	pg_stat_get_buf_fsync_backend	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	20		\N	\N	\N	\N	\N	pg_stat_get_buf_fsync_backend	\N	\N	\N	\N
    3064	gist_point_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	701	2281 600 21 26 2281	\N	\N	\N	\N	\N	gist_point_distance	\N	\N	\N	\N
    3065	pg_stat_get_db_conflict_tablespace	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_conflict_tablespace	\N	\N	\N	\N
    3066	pg_stat_get_db_conflict_lock	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_conflict_lock	\N	\N	\N	\N
    3067	pg_stat_get_db_conflict_snapshot	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_conflict_snapshot	\N	\N	\N	\N
    3068	pg_stat_get_db_conflict_bufferpin	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_conflict_bufferpin	\N	\N	\N	\N
    3069	pg_stat_get_db_conflict_startup_deadlock	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_conflict_startup_deadlock	\N	\N	\N	\N
    3070	pg_stat_get_db_conflict_all	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_conflict_all	\N	\N	\N	\N
    3071	pg_wal_replay_pause	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2278		\N	\N	\N	\N	\N	pg_wal_replay_pause	\N	\N	\N	{postgres=X/postgres}
    3072	pg_wal_replay_resume	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2278		\N	\N	\N	\N	\N	pg_wal_replay_resume	\N	\N	\N	{postgres=X/postgres}
    3073	pg_is_wal_replay_paused	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	16		\N	\N	\N	\N	\N	pg_is_wal_replay_paused	\N	\N	\N	\N
    3074	pg_stat_get_db_stat_reset_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	1184	26	\N	\N	\N	\N	\N	pg_stat_get_db_stat_reset_time	\N	\N	\N	\N
    3075	pg_stat_get_bgwriter_stat_reset_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	1184		\N	\N	\N	\N	\N	pg_stat_get_bgwriter_stat_reset_time	\N	\N	\N	\N
    3076	ginarrayextract	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	2277 2281	\N	\N	\N	\N	\N	ginarrayextract_2args	\N	\N	\N	\N
    3077	gin_extract_tsvector	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	3614 2281	\N	\N	\N	\N	\N	gin_extract_tsvector_2args	\N	\N	\N	\N
    3078	pg_sequence_parameters	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2249	26	{26,20,20,20,20,16,20,26}	{i,o,o,o,o,o,o,o}	{sequence_oid,start_value,minimum_value,maximum_value,increment,cycle_option,cache_size,data_type}	\N	\N	pg_sequence_parameters	\N	\N	\N	\N
    3082	pg_available_extensions	11	10	12	10	100	0	0	f	f	f	t	t	s	s	0	0	2249		{19,25,25}	{o,o,o}	{name,default_version,comment}	\N	\N	pg_available_extensions	\N	\N	\N	\N
    3083	pg_available_extension_versions	11	10	12	10	100	0	0	f	f	f	t	t	s	s	0	0	2249		{19,25,16,16,16,19,1003,25}	{o,o,o,o,o,o,o,o}	{name,version,superuser,trusted,relocatable,schema,requires,comment}	\N	\N	pg_available_extension_versions	\N	\N	\N	\N
    3084	pg_extension_update_paths	11	10	12	10	100	0	0	f	f	f	t	t	s	s	1	0	2249	19	{19,25,25,25}	{i,o,o,o}	{name,source,target,path}	\N	\N	pg_extension_update_paths	\N	\N	\N	\N
    3086	pg_extension_config_dump	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	2278	2205 25	\N	\N	\N	\N	\N	pg_extension_config_dump	\N	\N	\N	\N
    3087	gin_extract_tsquery	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	2281	3615 2281 21 2281 2281	\N	\N	\N	\N	\N	gin_extract_tsquery_5args	\N	\N	\N	\N
    3088	gin_tsquery_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	6	0	16	2281 21 3615 23 2281 2281	\N	\N	\N	\N	\N	gin_tsquery_consistent_6args	\N	\N	\N	\N
    3089	pg_advisory_xact_lock	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	20	\N	\N	\N	\N	\N	pg_advisory_xact_lock_int8	\N	\N	\N	\N
    3090	pg_advisory_xact_lock_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	20	\N	\N	\N	\N	\N	pg_advisory_xact_lock_shared_int8	\N	\N	\N	\N
    3091	pg_try_advisory_xact_lock	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	16	20	\N	\N	\N	\N	\N	pg_try_advisory_xact_lock_int8	\N	\N	\N	\N
    3092	pg_try_advisory_xact_lock_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	16	20	\N	\N	\N	\N	\N	pg_try_advisory_xact_lock_shared_int8	\N	\N	\N	\N
    3093	pg_advisory_xact_lock	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	2278	23 23	\N	\N	\N	\N	\N	pg_advisory_xact_lock_int4	\N	\N	\N	\N
    3094	pg_advisory_xact_lock_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	2278	23 23	\N	\N	\N	\N	\N	pg_advisory_xact_lock_shared_int4	\N	\N	\N	\N
    3095	pg_try_advisory_xact_lock	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	16	23 23	\N	\N	\N	\N	\N	pg_try_advisory_xact_lock_int4	\N	\N	\N	\N
    3096	pg_try_advisory_xact_lock_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	16	23 23	\N	\N	\N	\N	\N	pg_try_advisory_xact_lock_shared_int4	\N	\N	\N	\N
    3097	varchar_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	varchar_support	\N	\N	\N	\N
    3098	pg_create_restore_point	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	3220	25	\N	\N	\N	\N	\N	pg_create_restore_point	\N	\N	\N	{postgres=X/postgres}
    3099	pg_stat_get_wal_senders	11	10	12	1	10	0	0	f	f	f	f	t	s	r	0	0	2249		{23,25,3220,3220,3220,3220,1186,1186,1186,23,25,1184}	{o,o,o,o,o,o,o,o,o,o,o,o}	{pid,state,sent_lsn,write_lsn,flush_lsn,replay_lsn,write_lag,flush_lag,replay_lag,sync_priority,sync_state,reply_time}	\N	\N	pg_stat_get_wal_senders	\N	\N	\N	\N
    3100	row_number	11	10	12	1	0	0	6233	w	f	f	f	f	i	s	0	0	20		\N	\N	\N	\N	\N	window_row_number	\N	\N	\N	\N
    3101	rank	11	10	12	1	0	0	6234	w	f	f	f	f	i	s	0	0	20		\N	\N	\N	\N	\N	window_rank	\N	\N	\N	\N
    3102	dense_rank	11	10	12	1	0	0	6235	w	f	f	f	f	i	s	0	0	20		\N	\N	\N	\N	\N	window_dense_rank	\N	\N	\N	\N
    3103	percent_rank	11	10	12	1	0	0	0	w	f	f	f	f	i	s	0	0	701		\N	\N	\N	\N	\N	window_percent_rank	\N	\N	\N	\N
    3104	cume_dist	11	10	12	1	0	0	0	w	f	f	f	f	i	s	0	0	701		\N	\N	\N	\N	\N	window_cume_dist	\N	\N	\N	\N
    3105	ntile	11	10	12	1	0	0	0	w	f	f	t	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	window_ntile	\N	\N	\N	\N
    3106	lag	11	10	12	1	0	0	0	w	f	f	t	f	i	s	1	0	2283	2283	\N	\N	\N	\N	\N	window_lag	\N	\N	\N	\N
    3107	lag	11	10	12	1	0	0	0	w	f	f	t	f	i	s	2	0	2283	2283 23	\N	\N	\N	\N	\N	window_lag_with_offset	\N	\N	\N	\N
    3108	lag	11	10	12	1	0	0	0	w	f	f	t	f	i	s	3	0	5077	5077 23 5077	\N	\N	\N	\N	\N	window_lag_with_offset_and_default	\N	\N	\N	\N
    3109	lead	11	10	12	1	0	0	0	w	f	f	t	f	i	s	1	0	2283	2283	\N	\N	\N	\N	\N	window_lead	\N	\N	\N	\N
    3110	lead	11	10	12	1	0	0	0	w	f	f	t	f	i	s	2	0	2283	2283 23	\N	\N	\N	\N	\N	window_lead_with_offset	\N	\N	\N	\N
    3111	lead	11	10	12	1	0	0	0	w	f	f	t	f	i	s	3	0	5077	5077 23 5077	\N	\N	\N	\N	\N	window_lead_with_offset_and_default	\N	\N	\N	\N
    3112	first_value	11	10	12	1	0	0	0	w	f	f	t	f	i	s	1	0	2283	2283	\N	\N	\N	\N	\N	window_first_value	\N	\N	\N	\N
    3113	last_value	11	10	12	1	0	0	0	w	f	f	t	f	i	s	1	0	2283	2283	\N	\N	\N	\N	\N	window_last_value	\N	\N	\N	\N
    3114	nth_value	11	10	12	1	0	0	0	w	f	f	t	f	i	s	2	0	2283	2283 23	\N	\N	\N	\N	\N	window_nth_value	\N	\N	\N	\N
    3116	fdw_handler_in	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	3115	2275	\N	\N	\N	\N	\N	fdw_handler_in	\N	\N	\N	\N
    3117	fdw_handler_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	3115	\N	\N	\N	\N	\N	fdw_handler_out	\N	\N	\N	\N
    3120	void_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	void_recv	\N	\N	\N	\N
    3121	void_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2278	\N	\N	\N	\N	\N	void_send	\N	\N	\N	\N
    3129	btint2sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	btint2sortsupport	\N	\N	\N	\N
    3130	btint4sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	btint4sortsupport	\N	\N	\N	\N
    3131	btint8sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	btint8sortsupport	\N	\N	\N	\N
    3132	btfloat4sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	btfloat4sortsupport	\N	\N	\N	\N
    3133	btfloat8sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	btfloat8sortsupport	\N	\N	\N	\N
    3134	btoidsortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	btoidsortsupport	\N	\N	\N	\N
    3135	btnamesortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	btnamesortsupport	\N	\N	\N	\N
    3136	date_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	date_sortsupport	\N	\N	\N	\N
    3137	timestamp_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	timestamp_sortsupport	\N	\N	\N	\N
    3138	has_type_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_type_privilege_name_name	\N	\N	\N	\N
    3139	has_type_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 26 25	\N	\N	\N	\N	\N	has_type_privilege_name_id	\N	\N	\N	\N
    3140	has_type_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_type_privilege_id_name	\N	\N	\N	\N
    3141	has_type_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 26 25	\N	\N	\N	\N	\N	has_type_privilege_id_id	\N	\N	\N	\N
    3142	has_type_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_type_privilege_name	\N	\N	\N	\N
    3143	has_type_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	26 25	\N	\N	\N	\N	\N	has_type_privilege_id	\N	\N	\N	\N
    3144	macaddr_not	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	829	829	\N	\N	\N	\N	\N	macaddr_not	\N	\N	\N	\N
    3145	macaddr_and	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	829	829 829	\N	\N	\N	\N	\N	macaddr_and	\N	\N	\N	\N
    3146	macaddr_or	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	829	829 829	\N	\N	\N	\N	\N	macaddr_or	\N	\N	\N	\N
    3150	pg_stat_get_db_temp_files	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_temp_files	\N	\N	\N	\N
    3151	pg_stat_get_db_temp_bytes	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_temp_bytes	\N	\N	\N	\N
    3152	pg_stat_get_db_deadlocks	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_deadlocks	\N	\N	\N	\N
    3153	array_to_json	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	114	2277	\N	\N	\N	\N	\N	array_to_json	\N	\N	\N	\N
    3154	array_to_json	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	114	2277 16	\N	\N	\N	\N	\N	array_to_json_pretty	\N	\N	\N	\N
    3155	row_to_json	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	114	2249	\N	\N	\N	\N	\N	row_to_json	\N	\N	\N	\N
    3156	row_to_json	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	114	2249 16	\N	\N	\N	\N	\N	row_to_json_pretty	\N	\N	\N	\N
    3157	numeric_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	numeric_support	\N	\N	\N	\N
    3158	varbit_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	varbit_support	\N	\N	\N	\N
    3159	pg_get_viewdef	11	10	12	1	0	0	0	f	f	f	t	f	s	r	2	0	25	26 23	\N	\N	\N	\N	\N	pg_get_viewdef_wrap	\N	\N	\N	\N
    3160	pg_stat_get_checkpoint_write_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	701		\N	\N	\N	\N	\N	pg_stat_get_checkpoint_write_time	\N	\N	\N	\N
    3161	pg_stat_get_checkpoint_sync_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	701		\N	\N	\N	\N	\N	pg_stat_get_checkpoint_sync_time	\N	\N	\N	\N
    3162	pg_collation_for	11	10	12	1	0	0	0	f	f	f	f	f	s	s	1	0	25	2276	\N	\N	\N	\N	\N	pg_collation_for	\N	\N	\N	\N
    3163	pg_trigger_depth	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	23		\N	\N	\N	\N	\N	pg_trigger_depth	\N	\N	\N	\N
    3165	pg_wal_lsn_diff	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	3220 3220	\N	\N	\N	\N	\N	pg_wal_lsn_diff	\N	\N	\N	\N
    3166	pg_size_pretty	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	1700	\N	\N	\N	\N	\N	pg_size_pretty_numeric	\N	\N	\N	\N
    3167	array_remove	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	5078	5078 5077	\N	\N	\N	\N	\N	array_remove	\N	\N	\N	\N
    3168	array_replace	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	5078	5078 5077 5077	\N	\N	\N	\N	\N	array_replace	\N	\N	\N	\N
    3169	rangesel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	rangesel	\N	\N	\N	\N
    3170	lo_lseek64	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	20	23 20 23	\N	\N	\N	\N	\N	be_lo_lseek64	\N	\N	\N	\N
    3171	lo_tell64	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	20	23	\N	\N	\N	\N	\N	be_lo_tell64	\N	\N	\N	\N
    3172	lo_truncate64	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	23	23 20	\N	\N	\N	\N	\N	be_lo_truncate64	\N	\N	\N	\N
    3173	json_agg_transfn	11	10	12	1	0	0	0	f	f	f	f	f	s	s	2	0	2281	2281 2283	\N	\N	\N	\N	\N	json_agg_transfn	\N	\N	\N	\N
    3174	json_agg_finalfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	114	2281	\N	\N	\N	\N	\N	json_agg_finalfn	\N	\N	\N	\N
    3175	json_agg	11	10	12	1	0	0	0	a	f	f	f	f	s	s	1	0	114	2283	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3176	to_json	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	114	2283	\N	\N	\N	\N	\N	to_json	\N	\N	\N	\N
    3177	pg_stat_get_mod_since_analyze	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_mod_since_analyze	\N	\N	\N	\N
    3178	numeric_sum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_sum	\N	\N	\N	\N
    3179	cardinality	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	2277	\N	\N	\N	\N	\N	array_cardinality	\N	\N	\N	\N
    3180	json_object_agg_transfn	11	10	12	1	0	0	0	f	f	f	f	f	s	s	3	0	2281	2281 2276 2276	\N	\N	\N	\N	\N	json_object_agg_transfn	\N	\N	\N	\N
    3181	record_image_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_image_eq	\N	\N	\N	\N
    3182	record_image_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_image_ne	\N	\N	\N	\N
    3183	record_image_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_image_lt	\N	\N	\N	\N
    3184	record_image_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_image_gt	\N	\N	\N	\N
    3185	record_image_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_image_le	\N	\N	\N	\N
    3186	record_image_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2249 2249	\N	\N	\N	\N	\N	record_image_ge	\N	\N	\N	\N
    3187	btrecordimagecmp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	2249 2249	\N	\N	\N	\N	\N	btrecordimagecmp	\N	\N	\N	\N
    3195	pg_stat_get_archiver	11	10	12	1	0	0	0	f	f	f	f	f	s	r	0	0	2249		{20,25,1184,20,25,1184,1184}	{o,o,o,o,o,o,o}	{archived_count,last_archived_wal,last_archived_time,failed_count,last_failed_wal,last_failed_time,stats_reset}	\N	\N	pg_stat_get_archiver	\N	\N	\N	\N
    3196	json_object_agg_finalfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	114	2281	\N	\N	\N	\N	\N	json_object_agg_finalfn	\N	\N	\N	\N
    3197	json_object_agg	11	10	12	1	0	0	0	a	f	f	f	f	s	s	2	0	114	2276 2276	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3198	json_build_array	11	10	12	1	0	2276	0	f	f	f	f	f	s	s	1	0	114	2276	{2276}	{v}	\N	\N	\N	json_build_array	\N	\N	\N	\N
    3199	json_build_array	11	10	12	1	0	0	0	f	f	f	f	f	s	s	0	0	114		\N	\N	\N	\N	\N	json_build_array_noargs	\N	\N	\N	\N
    3200	json_build_object	11	10	12	1	0	2276	0	f	f	f	f	f	s	s	1	0	114	2276	{2276}	{v}	\N	\N	\N	json_build_object	\N	\N	\N	\N
    3201	json_build_object	11	10	12	1	0	0	0	f	f	f	f	f	s	s	0	0	114		\N	\N	\N	\N	\N	json_build_object_noargs	\N	\N	\N	\N
    3202	json_object	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	114	1009	\N	\N	\N	\N	\N	json_object	\N	\N	\N	\N
    3203	json_object	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	114	1009 1009	\N	\N	\N	\N	\N	json_object_two_arg	\N	\N	\N	\N
    3204	json_to_record	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2249	114	\N	\N	\N	\N	\N	json_to_record	\N	\N	\N	\N
    3205	json_to_recordset	11	10	12	1	100	0	0	f	f	f	f	t	s	s	1	0	2249	114	\N	\N	\N	\N	\N	json_to_recordset	\N	\N	\N	\N
    3207	jsonb_array_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	3802	\N	\N	\N	\N	\N	jsonb_array_length	\N	\N	\N	\N
    3208	jsonb_each	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	2249	3802	{3802,25,3802}	{i,o,o}	{from_json,key,value}	\N	\N	jsonb_each	\N	\N	\N	\N
    3209	jsonb_populate_record	11	10	12	1	0	0	0	f	f	f	f	f	s	s	2	0	2283	2283 3802	\N	\N	\N	\N	\N	jsonb_populate_record	\N	\N	\N	\N
    3210	jsonb_typeof	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	3802	\N	\N	\N	\N	\N	jsonb_typeof	\N	\N	\N	\N
    3214	jsonb_object_field_text	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	3802 25	\N	\N	{from_json,field_name}	\N	\N	jsonb_object_field_text	\N	\N	\N	\N
    3215	jsonb_array_element	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3802	3802 23	\N	\N	{from_json,element_index}	\N	\N	jsonb_array_element	\N	\N	\N	\N
    3216	jsonb_array_element_text	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	3802 23	\N	\N	{from_json,element_index}	\N	\N	jsonb_array_element_text	\N	\N	\N	\N
    3217	jsonb_extract_path	11	10	12	1	0	25	0	f	f	f	t	f	i	s	2	0	3802	3802 1009	{3802,1009}	{i,v}	{from_json,path_elems}	\N	\N	jsonb_extract_path	\N	\N	\N	\N
    3218	width_bucket	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	5077 5078	\N	\N	\N	\N	\N	width_bucket_array	\N	\N	\N	\N
    3219	jsonb_array_elements	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	3802	3802	{3802,3802}	{i,o}	{from_json,value}	\N	\N	jsonb_array_elements	\N	\N	\N	\N
    3229	pg_lsn_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3220	2275	\N	\N	\N	\N	\N	pg_lsn_in	\N	\N	\N	\N
    3230	pg_lsn_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	3220	\N	\N	\N	\N	\N	pg_lsn_out	\N	\N	\N	\N
    3231	pg_lsn_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	3220 3220	\N	\N	\N	\N	\N	pg_lsn_lt	\N	\N	\N	\N
    3232	pg_lsn_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	3220 3220	\N	\N	\N	\N	\N	pg_lsn_le	\N	\N	\N	\N
    3233	pg_lsn_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	3220 3220	\N	\N	\N	\N	\N	pg_lsn_eq	\N	\N	\N	\N
    3234	pg_lsn_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	3220 3220	\N	\N	\N	\N	\N	pg_lsn_ge	\N	\N	\N	\N
    3235	pg_lsn_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	3220 3220	\N	\N	\N	\N	\N	pg_lsn_gt	\N	\N	\N	\N
    3236	pg_lsn_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	3220 3220	\N	\N	\N	\N	\N	pg_lsn_ne	\N	\N	\N	\N
    3237	pg_lsn_mi	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	3220 3220	\N	\N	\N	\N	\N	pg_lsn_mi	\N	\N	\N	\N
    3238	pg_lsn_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3220	2281	\N	\N	\N	\N	\N	pg_lsn_recv	\N	\N	\N	\N
    3239	pg_lsn_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	3220	\N	\N	\N	\N	\N	pg_lsn_send	\N	\N	\N	\N
    3251	pg_lsn_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	3220 3220	\N	\N	\N	\N	\N	pg_lsn_cmp	\N	\N	\N	\N
    3252	pg_lsn_hash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	3220	\N	\N	\N	\N	\N	pg_lsn_hash	\N	\N	\N	\N
    3255	bttextsortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	bttextsortsupport	\N	\N	\N	\N
    3259	generate_series	11	10	12	1	1000	0	0	f	f	f	t	t	i	s	3	0	1700	1700 1700 1700	\N	\N	\N	\N	\N	generate_series_step_numeric	\N	\N	\N	\N
    3260	generate_series	11	10	12	1	1000	0	0	f	f	f	t	t	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	generate_series_numeric	\N	\N	\N	\N
    3261	json_strip_nulls	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	114	114	\N	\N	\N	\N	\N	json_strip_nulls	\N	\N	\N	\N
    3262	jsonb_strip_nulls	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3802	3802	\N	\N	\N	\N	\N	jsonb_strip_nulls	\N	\N	\N	\N
    3263	jsonb_object	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3802	1009	\N	\N	\N	\N	\N	jsonb_object	\N	\N	\N	\N
    3264	jsonb_object	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3802	1009 1009	\N	\N	\N	\N	\N	jsonb_object_two_arg	\N	\N	\N	\N
    3265	jsonb_agg_transfn	11	10	12	1	0	0	0	f	f	f	f	f	s	s	2	0	2281	2281 2283	\N	\N	\N	\N	\N	jsonb_agg_transfn	\N	\N	\N	\N
    3266	jsonb_agg_finalfn	11	10	12	1	0	0	0	f	f	f	f	f	s	s	1	0	3802	2281	\N	\N	\N	\N	\N	jsonb_agg_finalfn	\N	\N	\N	\N
    3267	jsonb_agg	11	10	12	1	0	0	0	a	f	f	f	f	s	s	1	0	3802	2283	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3268	jsonb_object_agg_transfn	11	10	12	1	0	0	0	f	f	f	f	f	s	s	3	0	2281	2281 2276 2276	\N	\N	\N	\N	\N	jsonb_object_agg_transfn	\N	\N	\N	\N
    3269	jsonb_object_agg_finalfn	11	10	12	1	0	0	0	f	f	f	f	f	s	s	1	0	3802	2281	\N	\N	\N	\N	\N	jsonb_object_agg_finalfn	\N	\N	\N	\N
    3270	jsonb_object_agg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	3802	2276 2276	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3271	jsonb_build_array	11	10	12	1	0	2276	0	f	f	f	f	f	s	s	1	0	3802	2276	{2276}	{v}	\N	\N	\N	jsonb_build_array	\N	\N	\N	\N
    3272	jsonb_build_array	11	10	12	1	0	0	0	f	f	f	f	f	s	s	0	0	3802		\N	\N	\N	\N	\N	jsonb_build_array_noargs	\N	\N	\N	\N
    3273	jsonb_build_object	11	10	12	1	0	2276	0	f	f	f	f	f	s	s	1	0	3802	2276	{2276}	{v}	\N	\N	\N	jsonb_build_object	\N	\N	\N	\N
    3274	jsonb_build_object	11	10	12	1	0	0	0	f	f	f	f	f	s	s	0	0	3802		\N	\N	\N	\N	\N	jsonb_build_object_noargs	\N	\N	\N	\N
    3275	dist_ppoly	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	600 604	\N	\N	\N	\N	\N	dist_ppoly	\N	\N	\N	\N
    3277	array_position	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	23	5078 5077	\N	\N	\N	\N	\N	array_position	\N	\N	\N	\N
    3278	array_position	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	23	5078 5077 23	\N	\N	\N	\N	\N	array_position_start	\N	\N	\N	\N
    3279	array_positions	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	1007	5078 5077	\N	\N	\N	\N	\N	array_positions	\N	\N	\N	\N
    3280	gist_circle_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	701	2281 718 21 26 2281	\N	\N	\N	\N	\N	gist_circle_distance	\N	\N	\N	\N
    3281	scale	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1700	\N	\N	\N	\N	\N	numeric_scale	\N	\N	\N	\N
    3282	gist_point_fetch	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	gist_point_fetch	\N	\N	\N	\N
    3283	numeric_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	numeric_sortsupport	\N	\N	\N	\N
    3288	gist_poly_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	701	2281 604 21 26 2281	\N	\N	\N	\N	\N	gist_poly_distance	\N	\N	\N	\N
    3290	dist_cpoint	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	718 600	\N	\N	\N	\N	\N	dist_cpoint	\N	\N	\N	\N
    3292	dist_polyp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	604 600	\N	\N	\N	\N	\N	dist_polyp	\N	\N	\N	\N
    3293	pg_read_file	11	10	12	1	0	0	0	f	f	f	t	f	v	s	4	0	25	25 20 20 16	\N	\N	\N	\N	\N	pg_read_file_v2	\N	\N	\N	{postgres=X/postgres}
    3294	current_setting	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	25 16	\N	\N	\N	\N	\N	show_config_by_name_missing_ok	\N	\N	\N	\N
    3295	pg_read_binary_file	11	10	12	1	0	0	0	f	f	f	t	f	v	s	4	0	17	25 20 20 16	\N	\N	\N	\N	\N	pg_read_binary_file	\N	\N	\N	{postgres=X/postgres}
    3296	pg_notification_queue_usage	11	10	12	1	0	0	0	f	f	f	t	f	v	r	0	0	701		\N	\N	\N	\N	\N	pg_notification_queue_usage	\N	\N	\N	\N
    3297	pg_ls_dir	11	10	12	1	1000	0	0	f	f	f	t	t	v	s	3	0	25	25 16 16	\N	\N	\N	\N	\N	pg_ls_dir	\N	\N	\N	{postgres=X/postgres}
    3298	row_security_active	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	row_security_active	\N	\N	\N	\N
    3299	row_security_active	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	16	25	\N	\N	\N	\N	\N	row_security_active_name	\N	\N	\N	\N
    3300	uuid_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	uuid_sortsupport	\N	\N	\N	\N
    3301	jsonb_concat	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3802	3802 3802	\N	\N	\N	\N	\N	jsonb_concat	\N	\N	\N	\N
    3302	jsonb_delete	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3802	3802 25	\N	\N	\N	\N	\N	jsonb_delete	\N	\N	\N	\N
    3303	jsonb_delete	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3802	3802 23	\N	\N	\N	\N	\N	jsonb_delete_idx	\N	\N	\N	\N
    3304	jsonb_delete_path	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3802	3802 1009	\N	\N	\N	\N	\N	jsonb_delete_path	\N	\N	\N	\N
    3305	jsonb_set	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	1	3802	3802 1009 3802 16	\N	\N	{jsonb_in,path,replacement,create_if_missing}	true	\N	jsonb_set	\N	\N	\N	\N
    3306	jsonb_pretty	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	3802	\N	\N	\N	\N	\N	jsonb_pretty	\N	\N	\N	\N
    3307	pg_stat_file	11	10	12	1	0	0	0	f	f	f	t	f	v	s	2	0	2249	25 16	{25,16,20,1184,1184,1184,1184,16}	{i,i,o,o,o,o,o,o}	{filename,missing_ok,size,access,modification,change,creation,isdir}	\N	\N	pg_stat_file	\N	\N	\N	{postgres=X/postgres}
    3308	xidneq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	28 28	\N	\N	\N	\N	\N	xidneq	\N	\N	\N	\N
    3309	xidneqint4	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	28 23	\N	\N	\N	\N	\N	xidneq	\N	\N	\N	\N
    3311	tsm_handler_in	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	3310	2275	\N	\N	\N	\N	\N	tsm_handler_in	\N	\N	\N	\N
    3312	tsm_handler_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	3310	\N	\N	\N	\N	\N	tsm_handler_out	\N	\N	\N	\N
    3313	bernoulli	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	3310	2281	\N	\N	\N	\N	\N	tsm_bernoulli_handler	\N	\N	\N	\N
    3314	system	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	3310	2281	\N	\N	\N	\N	\N	tsm_system_handler	\N	\N	\N	\N
    3317	pg_stat_get_wal_receiver	11	10	12	1	0	0	0	f	f	f	f	f	s	r	0	0	2249		{23,25,3220,23,3220,3220,23,1184,1184,3220,1184,25,25,23,25}	{o,o,o,o,o,o,o,o,o,o,o,o,o,o,o}	{pid,status,receive_start_lsn,receive_start_tli,written_lsn,flushed_lsn,received_tli,last_msg_send_time,last_msg_receipt_time,latest_end_lsn,latest_end_time,slot_name,sender_host,sender_port,conninfo}	\N	\N	pg_stat_get_wal_receiver	\N	\N	\N	\N
    3318	pg_stat_get_progress_info	11	10	12	1	100	0	0	f	f	f	t	t	s	r	1	0	2249	25	{25,23,26,26,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20}	{i,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o}	{cmdtype,pid,datid,relid,param1,param2,param3,param4,param5,param6,param7,param8,param9,param10,param11,param12,param13,param14,param15,param16,param17,param18,param19,param20}	\N	\N	pg_stat_get_progress_info	\N	\N	\N	\N
    3319	ts_filter	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3614	3614 1002	\N	\N	\N	\N	\N	tsvector_filter	\N	\N	\N	\N
    3320	setweight	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	3614	3614 18 1009	\N	\N	\N	\N	\N	tsvector_setweight_by_filter	\N	\N	\N	\N
    3321	ts_delete	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3614	3614 25	\N	\N	\N	\N	\N	tsvector_delete_str	\N	\N	\N	\N
    3322	unnest	11	10	12	1	10	0	0	f	f	f	t	t	i	s	1	0	2249	3614	{3614,25,1005,1009}	{i,o,o,o}	{tsvector,lexeme,positions,weights}	\N	\N	tsvector_unnest	\N	\N	\N	\N
    3323	ts_delete	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3614	3614 1009	\N	\N	\N	\N	\N	tsvector_delete_arr	\N	\N	\N	\N
    3324	int4_avg_combine	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1016	1016 1016	\N	\N	\N	\N	\N	int4_avg_combine	\N	\N	\N	\N
    3325	interval_combine	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1187	1187 1187	\N	\N	\N	\N	\N	interval_combine	\N	\N	\N	\N
    3326	tsvector_to_array	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1009	3614	\N	\N	\N	\N	\N	tsvector_to_array	\N	\N	\N	\N
    3327	array_to_tsvector	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3614	1009	\N	\N	\N	\N	\N	array_to_tsvector	\N	\N	\N	\N
    3328	bpchar_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	bpchar_sortsupport	\N	\N	\N	\N
    3329	pg_show_all_file_settings	11	10	12	1	1000	0	0	f	f	f	t	t	v	s	0	0	2249		{25,23,23,25,25,16,25}	{o,o,o,o,o,o,o}	{sourcefile,sourceline,seqno,name,setting,applied,error}	\N	\N	show_all_file_settings	\N	\N	\N	{postgres=X/postgres}
    3330	pg_current_wal_flush_lsn	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	3220		\N	\N	\N	\N	\N	pg_current_wal_flush_lsn	\N	\N	\N	\N
    3331	bytea_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	bytea_sortsupport	\N	\N	\N	\N
    3332	bttext_pattern_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	bttext_pattern_sortsupport	\N	\N	\N	\N
    3333	btbpchar_pattern_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	btbpchar_pattern_sortsupport	\N	\N	\N	\N
    3334	pg_size_bytes	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	25	\N	\N	\N	\N	\N	pg_size_bytes	\N	\N	\N	\N
    3335	numeric_serialize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2281	\N	\N	\N	\N	\N	numeric_serialize	\N	\N	\N	\N
    3336	numeric_deserialize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	17 2281	\N	\N	\N	\N	\N	numeric_deserialize	\N	\N	\N	\N
    3337	numeric_avg_combine	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 2281	\N	\N	\N	\N	\N	numeric_avg_combine	\N	\N	\N	\N
    3338	numeric_poly_combine	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 2281	\N	\N	\N	\N	\N	numeric_poly_combine	\N	\N	\N	\N
    3339	numeric_poly_serialize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	2281	\N	\N	\N	\N	\N	numeric_poly_serialize	\N	\N	\N	\N
    3340	numeric_poly_deserialize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	17 2281	\N	\N	\N	\N	\N	numeric_poly_deserialize	\N	\N	\N	\N
    3341	numeric_combine	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 2281	\N	\N	\N	\N	\N	numeric_combine	\N	\N	\N	\N
    3342	float8_regr_combine	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1022	1022 1022	\N	\N	\N	\N	\N	float8_regr_combine	\N	\N	\N	\N
    3343	jsonb_delete	11	10	12	1	0	25	0	f	f	f	t	f	i	s	2	0	3802	3802 1009	{3802,1009}	{i,v}	{from_json,path_elems}	\N	\N	jsonb_delete_array	\N	\N	\N	\N
    3344	cash_mul_int8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 20	\N	\N	\N	\N	\N	cash_mul_int8	\N	\N	\N	\N
    3345	cash_div_int8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	790 20	\N	\N	\N	\N	\N	cash_div_int8	\N	\N	\N	\N
    3348	txid_current_if_assigned	11	10	12	1	0	0	0	f	f	f	t	f	s	u	0	0	20		\N	\N	\N	\N	\N	pg_current_xact_id_if_assigned	\N	\N	\N	\N
    3352	pg_get_partkeydef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_partkeydef	\N	\N	\N	\N
    3353	pg_ls_logdir	11	10	12	10	20	0	0	f	f	f	t	t	v	s	0	0	2249		{25,20,1184}	{o,o,o}	{name,size,modification}	\N	\N	pg_ls_logdir	\N	\N	\N	{postgres=X/postgres,pg_monitor=X/postgres}
    3354	pg_ls_waldir	11	10	12	10	20	0	0	f	f	f	t	t	v	s	0	0	2249		{25,20,1184}	{o,o,o}	{name,size,modification}	\N	\N	pg_ls_waldir	\N	\N	\N	{postgres=X/postgres,pg_monitor=X/postgres}
    3355	pg_ndistinct_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3361	2275	\N	\N	\N	\N	\N	pg_ndistinct_in	\N	\N	\N	\N
    3356	pg_ndistinct_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	3361	\N	\N	\N	\N	\N	pg_ndistinct_out	\N	\N	\N	\N
    3357	pg_ndistinct_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	3361	2281	\N	\N	\N	\N	\N	pg_ndistinct_recv	\N	\N	\N	\N
    3358	pg_ndistinct_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	3361	\N	\N	\N	\N	\N	pg_ndistinct_send	\N	\N	\N	\N
    3359	macaddr_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	macaddr_sortsupport	\N	\N	\N	\N
    3360	txid_status	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	25	20	\N	\N	\N	\N	\N	pg_xact_status	\N	\N	\N	\N
    3376	pg_safe_snapshot_blocking_pids	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	1007	23	\N	\N	\N	\N	\N	pg_safe_snapshot_blocking_pids	\N	\N	\N	\N
    3378	pg_isolation_test_session_is_blocked	11	10	12	1	0	0	0	f	f	f	t	f	v	s	2	0	16	23 1007	\N	\N	\N	\N	\N	pg_isolation_test_session_is_blocked	\N	\N	\N	\N
    3382	pg_identify_object_as_address	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	2249	26 26 23	{26,26,23,25,1009,1009}	{i,i,i,o,o,o}	{classid,objid,objsubid,type,object_names,object_args}	\N	\N	pg_identify_object_as_address	\N	\N	\N	\N
    3383	brin_minmax_opcinfo	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	brin_minmax_opcinfo	\N	\N	\N	\N
    3384	brin_minmax_add_value	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	16	2281 2281 2281 2281	\N	\N	\N	\N	\N	brin_minmax_add_value	\N	\N	\N	\N
    3385	brin_minmax_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	16	2281 2281 2281	\N	\N	\N	\N	\N	brin_minmax_consistent	\N	\N	\N	\N
    3386	brin_minmax_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	16	2281 2281 2281	\N	\N	\N	\N	\N	brin_minmax_union	\N	\N	\N	\N
    3387	int8_avg_accum_inv	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 20	\N	\N	\N	\N	\N	int8_avg_accum_inv	\N	\N	\N	\N
    3388	numeric_poly_sum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_poly_sum	\N	\N	\N	\N
    3389	numeric_poly_avg	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_poly_avg	\N	\N	\N	\N
    3390	numeric_poly_var_pop	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_poly_var_pop	\N	\N	\N	\N
    3391	numeric_poly_var_samp	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_poly_var_samp	\N	\N	\N	\N
    3392	numeric_poly_stddev_pop	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_poly_stddev_pop	\N	\N	\N	\N
    3393	numeric_poly_stddev_samp	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	1700	2281	\N	\N	\N	\N	\N	numeric_poly_stddev_samp	\N	\N	\N	\N
    3396	regexp_match	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1009	25 25	\N	\N	\N	\N	\N	regexp_match_no_flags	\N	\N	\N	\N
    3397	regexp_match	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1009	25 25 25	\N	\N	\N	\N	\N	regexp_match	\N	\N	\N	\N
    3399	int8_mul_cash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	790	20 790	\N	\N	\N	\N	\N	int8_mul_cash	\N	\N	\N	\N
    3400	pg_config	11	10	12	1	23	0	0	f	f	f	t	t	s	r	0	0	2249		{25,25}	{o,o}	{name,setting}	\N	\N	pg_config	\N	\N	\N	{postgres=X/postgres}
    3401	pg_hba_file_rules	11	10	12	1	1000	0	0	f	f	f	t	t	v	s	0	0	2249		{23,25,1009,1009,25,25,25,1009,25}	{o,o,o,o,o,o,o,o,o}	{line_number,type,database,user_name,address,netmask,auth_method,options,error}	\N	\N	pg_hba_file_rules	\N	\N	\N	{postgres=X/postgres}
    3403	pg_statistics_obj_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_statistics_obj_is_visible	\N	\N	\N	\N
    3404	pg_dependencies_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3402	2275	\N	\N	\N	\N	\N	pg_dependencies_in	\N	\N	\N	\N
    3405	pg_dependencies_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	3402	\N	\N	\N	\N	\N	pg_dependencies_out	\N	\N	\N	\N
    3406	pg_dependencies_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	3402	2281	\N	\N	\N	\N	\N	pg_dependencies_recv	\N	\N	\N	\N
    3407	pg_dependencies_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	3402	\N	\N	\N	\N	\N	pg_dependencies_send	\N	\N	\N	\N
    3408	pg_get_partition_constraintdef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_partition_constraintdef	\N	\N	\N	\N
    3409	time_hash_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	1083 20	\N	\N	\N	\N	\N	time_hash_extended	\N	\N	\N	\N
    3410	timetz_hash_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	1266 20	\N	\N	\N	\N	\N	timetz_hash_extended	\N	\N	\N	\N
    3411	timestamp_hash_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	1114 20	\N	\N	\N	\N	\N	timestamp_hash_extended	\N	\N	\N	\N
    3412	uuid_hash_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	2950 20	\N	\N	\N	\N	\N	uuid_hash_extended	\N	\N	\N	\N
    3413	pg_lsn_hash_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	3220 20	\N	\N	\N	\N	\N	pg_lsn_hash_extended	\N	\N	\N	\N
    3414	hashenumextended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	3500 20	\N	\N	\N	\N	\N	hashenumextended	\N	\N	\N	\N
    3415	pg_get_statisticsobjdef	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_statisticsobjdef	\N	\N	\N	\N
    3416	jsonb_hash_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	3802 20	\N	\N	\N	\N	\N	jsonb_hash_extended	\N	\N	\N	\N
    3417	hash_range_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	3831 20	\N	\N	\N	\N	\N	hash_range_extended	\N	\N	\N	\N
    3418	interval_hash_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	1186 20	\N	\N	\N	\N	\N	interval_hash_extended	\N	\N	\N	\N
    3419	sha224	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	17	17	\N	\N	\N	\N	\N	sha224_bytea	\N	\N	\N	\N
    3420	sha256	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	17	17	\N	\N	\N	\N	\N	sha256_bytea	\N	\N	\N	\N
    3421	sha384	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	17	17	\N	\N	\N	\N	\N	sha384_bytea	\N	\N	\N	\N
    3422	sha512	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	17	17	\N	\N	\N	\N	\N	sha512_bytea	\N	\N	\N	\N
    3423	pg_partition_tree	11	10	12	1	1000	0	0	f	f	f	t	t	v	s	1	0	2249	2205	{2205,2205,2205,16,23}	{i,o,o,o,o}	{rootrelid,relid,parentrelid,isleaf,level}	\N	\N	pg_partition_tree	\N	\N	\N	\N
    3424	pg_partition_root	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2205	2205	\N	\N	\N	\N	\N	pg_partition_root	\N	\N	\N	\N
    3425	pg_partition_ancestors	11	10	12	1	10	0	0	f	f	f	t	t	v	s	1	0	2205	2205	{2205,2205}	{i,o}	{partitionid,relid}	\N	\N	pg_partition_ancestors	\N	\N	\N	\N
    3426	pg_stat_get_db_checksum_failures	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_checksum_failures	\N	\N	\N	\N
    3427	pg_mcv_list_items	11	10	12	1	1000	0	0	f	f	f	t	t	s	s	1	0	2249	5017	{5017,23,1009,1000,701,701}	{i,o,o,o,o,o}	{mcv_list,index,values,nulls,frequency,base_frequency}	\N	\N	pg_stats_ext_mcvlist_items	\N	\N	\N	\N
    3428	pg_stat_get_db_checksum_last_failure	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	1184	26	\N	\N	\N	\N	\N	pg_stat_get_db_checksum_last_failure	\N	\N	\N	\N
    3432	gen_random_uuid	11	10	12	1	0	0	0	f	f	t	t	f	v	s	0	0	2950		\N	\N	\N	\N	\N	gen_random_uuid	\N	\N	\N	\N
    3434	gtsvector_options	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	gtsvector_options	\N	\N	\N	\N
    3435	gist_point_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	gist_point_sortsupport	\N	\N	\N	\N
    3436	pg_promote	11	10	12	1	0	0	0	f	f	f	t	f	v	s	2	2	16	16 23	\N	\N	{wait,wait_seconds}	true, 60	\N	pg_promote	\N	\N	\N	{postgres=X/postgres}
    3437	prefixsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	prefixsel	\N	\N	\N	\N
    3438	prefixjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	prefixjoinsel	\N	\N	\N	\N
    3441	pg_control_system	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2249		{23,23,20,1184}	{o,o,o,o}	{pg_control_version,catalog_version_no,system_identifier,pg_control_last_modified}	\N	\N	pg_control_system	\N	\N	\N	\N
    3442	pg_control_checkpoint	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2249		{3220,3220,25,23,23,16,25,26,28,28,28,26,28,28,26,28,28,1184}	{o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o,o}	{checkpoint_lsn,redo_lsn,redo_wal_file,timeline_id,prev_timeline_id,full_page_writes,next_xid,next_oid,next_multixact_id,next_multi_offset,oldest_xid,oldest_xid_dbid,oldest_active_xid,oldest_multi_xid,oldest_multi_dbid,oldest_commit_ts_xid,newest_commit_ts_xid,checkpoint_time}	\N	\N	pg_control_checkpoint	\N	\N	\N	\N
    3443	pg_control_recovery	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2249		{3220,23,3220,3220,16}	{o,o,o,o,o}	{min_recovery_end_lsn,min_recovery_end_timeline,backup_start_lsn,backup_end_lsn,end_of_backup_record_required}	\N	\N	pg_control_recovery	\N	\N	\N	\N
    3444	pg_control_init	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2249		{23,23,23,23,23,23,23,23,23,16,23}	{o,o,o,o,o,o,o,o,o,o,o}	{max_data_alignment,database_block_size,blocks_per_segment,wal_block_size,bytes_per_wal_segment,max_identifier_length,max_index_columns,max_toast_chunk_size,large_object_chunk_size,float8_pass_by_value,data_page_checksum_version}	\N	\N	pg_control_init	\N	\N	\N	\N
    3445	pg_import_system_collations	11	10	12	100	0	0	0	f	f	f	t	f	v	u	1	0	23	4089	\N	\N	\N	\N	\N	pg_import_system_collations	\N	\N	\N	\N
    3446	macaddr8_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	774	2281	\N	\N	\N	\N	\N	macaddr8_recv	\N	\N	\N	\N
    3447	macaddr8_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	774	\N	\N	\N	\N	\N	macaddr8_send	\N	\N	\N	\N
    3448	pg_collation_actual_version	11	10	12	100	0	0	0	f	f	f	t	f	v	s	1	0	25	26	\N	\N	\N	\N	\N	pg_collation_actual_version	\N	\N	\N	\N
    3449	numeric	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	3802	\N	\N	\N	\N	\N	jsonb_numeric	\N	\N	\N	\N
    3450	int2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	21	3802	\N	\N	\N	\N	\N	jsonb_int2	\N	\N	\N	\N
    3451	int4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	3802	\N	\N	\N	\N	\N	jsonb_int4	\N	\N	\N	\N
    3452	int8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	3802	\N	\N	\N	\N	\N	jsonb_int8	\N	\N	\N	\N
    3453	float4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	700	3802	\N	\N	\N	\N	\N	jsonb_float4	\N	\N	\N	\N
    3454	pg_filenode_relation	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	2205	26 26	\N	\N	\N	\N	\N	pg_filenode_relation	\N	\N	\N	\N
    3457	lo_from_bytea	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	26	26 17	\N	\N	\N	\N	\N	be_lo_from_bytea	\N	\N	\N	\N
    3458	lo_get	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	17	26	\N	\N	\N	\N	\N	be_lo_get	\N	\N	\N	\N
    3459	lo_get	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	17	26 20 23	\N	\N	\N	\N	\N	be_lo_get_fragment	\N	\N	\N	\N
    3460	lo_put	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	2278	26 20 17	\N	\N	\N	\N	\N	be_lo_put	\N	\N	\N	\N
    3461	make_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	6	0	1114	23 23 23 23 23 701	\N	\N	{year,month,mday,hour,min,sec}	\N	\N	make_timestamp	\N	\N	\N	\N
    3462	make_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	6	0	1184	23 23 23 23 23 701	\N	\N	{year,month,mday,hour,min,sec}	\N	\N	make_timestamptz	\N	\N	\N	\N
    3463	make_timestamptz	11	10	12	1	0	0	0	f	f	f	t	f	s	s	7	0	1184	23 23 23 23 23 701 25	\N	\N	{year,month,mday,hour,min,sec,timezone}	\N	\N	make_timestamptz_at_timezone	\N	\N	\N	\N
    3464	make_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	7	1186	23 23 23 23 23 23 701	\N	\N	{years,months,weeks,days,hours,mins,secs}	0, 0, 0, 0, 0, 0, 0.0	\N	make_interval	\N	\N	\N	\N
    3465	jsonb_array_elements_text	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	25	3802	{3802,25}	{i,o}	{from_json,value}	\N	\N	jsonb_array_elements_text	\N	\N	\N	\N
    3469	spg_range_quad_config	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_range_quad_config	\N	\N	\N	\N
    3470	spg_range_quad_choose	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_range_quad_choose	\N	\N	\N	\N
    3471	spg_range_quad_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_range_quad_picksplit	\N	\N	\N	\N
    3472	spg_range_quad_inner_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_range_quad_inner_consistent	\N	\N	\N	\N
    3473	spg_range_quad_leaf_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2281 2281	\N	\N	\N	\N	\N	spg_range_quad_leaf_consistent	\N	\N	\N	\N
    3475	jsonb_populate_recordset	11	10	12	1	100	0	0	f	f	f	f	t	s	s	2	0	2283	2283 3802	\N	\N	\N	\N	\N	jsonb_populate_recordset	\N	\N	\N	\N
    3476	to_regoperator	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2204	25	\N	\N	\N	\N	\N	to_regoperator	\N	\N	\N	\N
    3478	jsonb_object_field	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3802	3802 25	\N	\N	{from_json,field_name}	\N	\N	jsonb_object_field	\N	\N	\N	\N
    3479	to_regprocedure	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2202	25	\N	\N	\N	\N	\N	to_regprocedure	\N	\N	\N	\N
    3480	gin_compare_jsonb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	25 25	\N	\N	\N	\N	\N	gin_compare_jsonb	\N	\N	\N	\N
    3482	gin_extract_jsonb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	3802 2281 2281	\N	\N	\N	\N	\N	gin_extract_jsonb	\N	\N	\N	\N
    3483	gin_extract_jsonb_query	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	0	2281	3802 2281 21 2281 2281 2281 2281	\N	\N	\N	\N	\N	gin_extract_jsonb_query	\N	\N	\N	\N
    3484	gin_consistent_jsonb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	8	0	16	2281 21 3802 23 2281 2281 2281 2281	\N	\N	\N	\N	\N	gin_consistent_jsonb	\N	\N	\N	\N
    3485	gin_extract_jsonb_path	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	3802 2281 2281	\N	\N	\N	\N	\N	gin_extract_jsonb_path	\N	\N	\N	\N
    3486	gin_extract_jsonb_query_path	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	0	2281	3802 2281 21 2281 2281 2281 2281	\N	\N	\N	\N	\N	gin_extract_jsonb_query_path	\N	\N	\N	\N
    3487	gin_consistent_jsonb_path	11	10	12	1	0	0	0	f	f	f	t	f	i	s	8	0	16	2281 21 3802 23 2281 2281 2281 2281	\N	\N	\N	\N	\N	gin_consistent_jsonb_path	\N	\N	\N	\N
    3488	gin_triconsistent_jsonb	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	0	18	2281 21 3802 23 2281 2281 2281	\N	\N	\N	\N	\N	gin_triconsistent_jsonb	\N	\N	\N	\N
    3489	gin_triconsistent_jsonb_path	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	0	18	2281 21 3802 23 2281 2281 2281	\N	\N	\N	\N	\N	gin_triconsistent_jsonb_path	\N	\N	\N	\N
    3490	jsonb_to_record	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2249	3802	\N	\N	\N	\N	\N	jsonb_to_record	\N	\N	\N	\N
    3491	jsonb_to_recordset	11	10	12	1	100	0	0	f	f	f	f	t	s	s	1	0	2249	3802	\N	\N	\N	\N	\N	jsonb_to_recordset	\N	\N	\N	\N
    3492	to_regoper	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2203	25	\N	\N	\N	\N	\N	to_regoper	\N	\N	\N	\N
    3493	to_regtype	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2206	25	\N	\N	\N	\N	\N	to_regtype	\N	\N	\N	\N
    3494	to_regproc	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	24	25	\N	\N	\N	\N	\N	to_regproc	\N	\N	\N	\N
    3495	to_regclass	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2205	25	\N	\N	\N	\N	\N	to_regclass	\N	\N	\N	\N
    3496	bool_accum	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 16	\N	\N	\N	\N	\N	bool_accum	\N	\N	\N	\N
    3497	bool_accum_inv	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 16	\N	\N	\N	\N	\N	bool_accum_inv	\N	\N	\N	\N
    3498	bool_alltrue	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	2281	\N	\N	\N	\N	\N	bool_alltrue	\N	\N	\N	\N
    3499	bool_anytrue	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	2281	\N	\N	\N	\N	\N	bool_anytrue	\N	\N	\N	\N
    3504	anyenum_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3500	2275	\N	\N	\N	\N	\N	anyenum_in	\N	\N	\N	\N
    3505	anyenum_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	3500	\N	\N	\N	\N	\N	anyenum_out	\N	\N	\N	\N
    3506	enum_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	3500	2275 26	\N	\N	\N	\N	\N	enum_in	\N	\N	\N	\N
    3507	enum_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	3500	\N	\N	\N	\N	\N	enum_out	\N	\N	\N	\N
    3508	enum_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3500 3500	\N	\N	\N	\N	\N	enum_eq	\N	\N	\N	\N
    3509	enum_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3500 3500	\N	\N	\N	\N	\N	enum_ne	\N	\N	\N	\N
    3510	enum_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3500 3500	\N	\N	\N	\N	\N	enum_lt	\N	\N	\N	\N
    3511	enum_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3500 3500	\N	\N	\N	\N	\N	enum_gt	\N	\N	\N	\N
    3512	enum_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3500 3500	\N	\N	\N	\N	\N	enum_le	\N	\N	\N	\N
    3513	enum_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3500 3500	\N	\N	\N	\N	\N	enum_ge	\N	\N	\N	\N
    3514	enum_cmp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	3500 3500	\N	\N	\N	\N	\N	enum_cmp	\N	\N	\N	\N
    3515	hashenum	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	3500	\N	\N	\N	\N	\N	hashenum	\N	\N	\N	\N
    3524	enum_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3500	3500 3500	\N	\N	\N	\N	\N	enum_smaller	\N	\N	\N	\N
    3525	enum_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3500	3500 3500	\N	\N	\N	\N	\N	enum_larger	\N	\N	\N	\N
    3526	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	3500	3500	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3527	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	3500	3500	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3528	enum_first	11	10	12	1	0	0	0	f	f	f	f	f	s	s	1	0	3500	3500	\N	\N	\N	\N	\N	enum_first	\N	\N	\N	\N
    3529	enum_last	11	10	12	1	0	0	0	f	f	f	f	f	s	s	1	0	3500	3500	\N	\N	\N	\N	\N	enum_last	\N	\N	\N	\N
    3530	enum_range	11	10	12	1	0	0	0	f	f	f	f	f	s	s	2	0	2277	3500 3500	\N	\N	\N	\N	\N	enum_range_bounds	\N	\N	\N	\N
    3531	enum_range	11	10	12	1	0	0	0	f	f	f	f	f	s	s	1	0	2277	3500	\N	\N	\N	\N	\N	enum_range_all	\N	\N	\N	\N
    3532	enum_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	3500	2281 26	\N	\N	\N	\N	\N	enum_recv	\N	\N	\N	\N
    3533	enum_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	3500	\N	\N	\N	\N	\N	enum_send	\N	\N	\N	\N
    3535	string_agg_transfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	2281	2281 25 25	\N	\N	\N	\N	\N	string_agg_transfn	\N	\N	\N	\N
    3536	string_agg_finalfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	25	2281	\N	\N	\N	\N	\N	string_agg_finalfn	\N	\N	\N	\N
    3537	pg_describe_object	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	25	26 26 23	\N	\N	\N	\N	\N	pg_describe_object	\N	\N	\N	\N
    3538	string_agg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3539	format	11	10	12	1	0	2276	0	f	f	f	f	f	s	s	2	0	25	25 2276	{25,2276}	{i,v}	\N	\N	\N	text_format	\N	\N	\N	\N
    3540	format	11	10	12	1	0	0	0	f	f	f	f	f	s	s	1	0	25	25	\N	\N	\N	\N	\N	text_format_nv	\N	\N	\N	\N
    3543	bytea_string_agg_transfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	2281	2281 17 17	\N	\N	\N	\N	\N	bytea_string_agg_transfn	\N	\N	\N	\N
    3544	bytea_string_agg_finalfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	17	2281	\N	\N	\N	\N	\N	bytea_string_agg_finalfn	\N	\N	\N	\N
    3545	string_agg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	17	17 17	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3546	int8dec	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	int8dec	\N	\N	\N	\N
    3547	int8dec_any	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 2276	\N	\N	\N	\N	\N	int8dec_any	\N	\N	\N	\N
    3548	numeric_accum_inv	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 1700	\N	\N	\N	\N	\N	numeric_accum_inv	\N	\N	\N	\N
    3549	interval_accum_inv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1187	1187 1186	\N	\N	\N	\N	\N	interval_accum_inv	\N	\N	\N	\N
    3551	network_overlap	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	network_overlap	\N	\N	\N	\N
    3553	inet_gist_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 869 21 26 2281	\N	\N	\N	\N	\N	inet_gist_consistent	\N	\N	\N	\N
    3554	inet_gist_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	869	2281 2281	\N	\N	\N	\N	\N	inet_gist_union	\N	\N	\N	\N
    3555	inet_gist_compress	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	inet_gist_compress	\N	\N	\N	\N
    3556	bool	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	3802	\N	\N	\N	\N	\N	jsonb_bool	\N	\N	\N	\N
    3557	inet_gist_penalty	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	2281 2281 2281	\N	\N	\N	\N	\N	inet_gist_penalty	\N	\N	\N	\N
    3558	inet_gist_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	2281 2281	\N	\N	\N	\N	\N	inet_gist_picksplit	\N	\N	\N	\N
    3559	inet_gist_same	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	869 869 2281	\N	\N	\N	\N	\N	inet_gist_same	\N	\N	\N	\N
    3560	networksel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	networksel	\N	\N	\N	\N
    3561	networkjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	networkjoinsel	\N	\N	\N	\N
    3562	network_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	869	869 869	\N	\N	\N	\N	\N	network_larger	\N	\N	\N	\N
    3563	network_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	869	869 869	\N	\N	\N	\N	\N	network_smaller	\N	\N	\N	\N
    3564	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	869	869	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3565	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	869	869	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3566	pg_event_trigger_dropped_objects	11	10	12	10	100	0	0	f	f	f	t	t	s	r	0	0	2249		{26,26,23,16,16,16,25,25,25,25,1009,1009}	{o,o,o,o,o,o,o,o,o,o,o,o}	{classid,objid,objsubid,original,normal,is_temporary,object_type,schema_name,object_name,object_identity,address_names,address_args}	\N	\N	pg_event_trigger_dropped_objects	\N	\N	\N	\N
    3567	int2_accum_inv	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 21	\N	\N	\N	\N	\N	int2_accum_inv	\N	\N	\N	\N
    3568	int4_accum_inv	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 23	\N	\N	\N	\N	\N	int4_accum_inv	\N	\N	\N	\N
    3569	int8_accum_inv	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 20	\N	\N	\N	\N	\N	int8_accum_inv	\N	\N	\N	\N
    3570	int2_avg_accum_inv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1016	1016 21	\N	\N	\N	\N	\N	int2_avg_accum_inv	\N	\N	\N	\N
    3571	int4_avg_accum_inv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1016	1016 23	\N	\N	\N	\N	\N	int4_avg_accum_inv	\N	\N	\N	\N
    3572	int2int4_sum	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	1016	\N	\N	\N	\N	\N	int2int4_sum	\N	\N	\N	\N
    3573	inet_gist_fetch	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	inet_gist_fetch	\N	\N	\N	\N
    3577	pg_logical_emit_message	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	3220	16 25 25	\N	\N	\N	\N	\N	pg_logical_emit_message_text	\N	\N	\N	\N
    3578	pg_logical_emit_message	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	3220	16 25 17	\N	\N	\N	\N	\N	pg_logical_emit_message_bytea	\N	\N	\N	\N
    3579	jsonb_insert	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	1	3802	3802 1009 3802 16	\N	\N	{jsonb_in,path,replacement,insert_after}	false	\N	jsonb_insert	\N	\N	\N	\N
    3581	pg_xact_commit_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	1184	28	\N	\N	\N	\N	\N	pg_xact_commit_timestamp	\N	\N	\N	\N
    3582	binary_upgrade_set_next_pg_type_oid	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_pg_type_oid	\N	\N	\N	\N
    3583	pg_last_committed_xact	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	2249		{28,1184,26}	{o,o,o}	{xid,timestamp,roident}	\N	\N	pg_last_committed_xact	\N	\N	\N	\N
    3584	binary_upgrade_set_next_array_pg_type_oid	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_array_pg_type_oid	\N	\N	\N	\N
    3586	binary_upgrade_set_next_heap_pg_class_oid	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_heap_pg_class_oid	\N	\N	\N	\N
    3587	binary_upgrade_set_next_index_pg_class_oid	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_index_pg_class_oid	\N	\N	\N	\N
    3588	binary_upgrade_set_next_toast_pg_class_oid	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_toast_pg_class_oid	\N	\N	\N	\N
    3589	binary_upgrade_set_next_pg_enum_oid	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_pg_enum_oid	\N	\N	\N	\N
    3590	binary_upgrade_set_next_pg_authid_oid	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_pg_authid_oid	\N	\N	\N	\N
    3591	binary_upgrade_create_empty_extension	11	10	12	1	0	0	0	f	f	f	f	f	v	u	7	0	2278	25 25 16 25 1028 1009 1009	\N	\N	\N	\N	\N	binary_upgrade_create_empty_extension	\N	\N	\N	\N
    3594	event_trigger_in	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	3838	2275	\N	\N	\N	\N	\N	event_trigger_in	\N	\N	\N	\N
    3595	event_trigger_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	3838	\N	\N	\N	\N	\N	event_trigger_out	\N	\N	\N	\N
    3610	tsvectorin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3614	2275	\N	\N	\N	\N	\N	tsvectorin	\N	\N	\N	\N
    3611	tsvectorout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	3614	\N	\N	\N	\N	\N	tsvectorout	\N	\N	\N	\N
    3612	tsqueryin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3615	2275	\N	\N	\N	\N	\N	tsqueryin	\N	\N	\N	\N
    3613	tsqueryout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	3615	\N	\N	\N	\N	\N	tsqueryout	\N	\N	\N	\N
    3616	tsvector_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3614 3614	\N	\N	\N	\N	\N	tsvector_lt	\N	\N	\N	\N
    3617	tsvector_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3614 3614	\N	\N	\N	\N	\N	tsvector_le	\N	\N	\N	\N
    3618	tsvector_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3614 3614	\N	\N	\N	\N	\N	tsvector_eq	\N	\N	\N	\N
    3619	tsvector_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3614 3614	\N	\N	\N	\N	\N	tsvector_ne	\N	\N	\N	\N
    3620	tsvector_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3614 3614	\N	\N	\N	\N	\N	tsvector_ge	\N	\N	\N	\N
    3621	tsvector_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3614 3614	\N	\N	\N	\N	\N	tsvector_gt	\N	\N	\N	\N
    3622	tsvector_cmp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	3614 3614	\N	\N	\N	\N	\N	tsvector_cmp	\N	\N	\N	\N
    3623	strip	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3614	3614	\N	\N	\N	\N	\N	tsvector_strip	\N	\N	\N	\N
    3624	setweight	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3614	3614 18	\N	\N	\N	\N	\N	tsvector_setweight	\N	\N	\N	\N
    3625	tsvector_concat	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3614	3614 3614	\N	\N	\N	\N	\N	tsvector_concat	\N	\N	\N	\N
    3634	ts_match_vq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3614 3615	\N	\N	\N	\N	\N	ts_match_vq	\N	\N	\N	\N
    3635	ts_match_qv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3615 3614	\N	\N	\N	\N	\N	ts_match_qv	\N	\N	\N	\N
    3638	tsvectorsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	3614	\N	\N	\N	\N	\N	tsvectorsend	\N	\N	\N	\N
    3639	tsvectorrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3614	2281	\N	\N	\N	\N	\N	tsvectorrecv	\N	\N	\N	\N
    3640	tsquerysend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	3615	\N	\N	\N	\N	\N	tsquerysend	\N	\N	\N	\N
    3641	tsqueryrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3615	2281	\N	\N	\N	\N	\N	tsqueryrecv	\N	\N	\N	\N
    3646	gtsvectorin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3642	2275	\N	\N	\N	\N	\N	gtsvectorin	\N	\N	\N	\N
    3647	gtsvectorout	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	3642	\N	\N	\N	\N	\N	gtsvectorout	\N	\N	\N	\N
    3648	gtsvector_compress	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	gtsvector_compress	\N	\N	\N	\N
    3649	gtsvector_decompress	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	gtsvector_decompress	\N	\N	\N	\N
    3650	gtsvector_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	2281 2281	\N	\N	\N	\N	\N	gtsvector_picksplit	\N	\N	\N	\N
    3651	gtsvector_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3642	2281 2281	\N	\N	\N	\N	\N	gtsvector_union	\N	\N	\N	\N
    3652	gtsvector_same	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	3642 3642 2281	\N	\N	\N	\N	\N	gtsvector_same	\N	\N	\N	\N
    3653	gtsvector_penalty	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	2281 2281 2281	\N	\N	\N	\N	\N	gtsvector_penalty	\N	\N	\N	\N
    3654	gtsvector_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 3614 21 26 2281	\N	\N	\N	\N	\N	gtsvector_consistent	\N	\N	\N	\N
    3656	gin_extract_tsvector	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	3614 2281 2281	\N	\N	\N	\N	\N	gin_extract_tsvector	\N	\N	\N	\N
    3657	gin_extract_tsquery	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	0	2281	3614 2281 21 2281 2281 2281 2281	\N	\N	\N	\N	\N	gin_extract_tsquery	\N	\N	\N	\N
    3658	gin_tsquery_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	8	0	16	2281 21 3614 23 2281 2281 2281 2281	\N	\N	\N	\N	\N	gin_tsquery_consistent	\N	\N	\N	\N
    3662	tsquery_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3615 3615	\N	\N	\N	\N	\N	tsquery_lt	\N	\N	\N	\N
    3663	tsquery_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3615 3615	\N	\N	\N	\N	\N	tsquery_le	\N	\N	\N	\N
    3664	tsquery_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3615 3615	\N	\N	\N	\N	\N	tsquery_eq	\N	\N	\N	\N
    3665	tsquery_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3615 3615	\N	\N	\N	\N	\N	tsquery_ne	\N	\N	\N	\N
    3666	tsquery_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3615 3615	\N	\N	\N	\N	\N	tsquery_ge	\N	\N	\N	\N
    3667	tsquery_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3615 3615	\N	\N	\N	\N	\N	tsquery_gt	\N	\N	\N	\N
    3668	tsquery_cmp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	3615 3615	\N	\N	\N	\N	\N	tsquery_cmp	\N	\N	\N	\N
    3669	tsquery_and	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3615	3615 3615	\N	\N	\N	\N	\N	tsquery_and	\N	\N	\N	\N
    3670	tsquery_or	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3615	3615 3615	\N	\N	\N	\N	\N	tsquery_or	\N	\N	\N	\N
    3671	tsquery_not	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3615	3615	\N	\N	\N	\N	\N	tsquery_not	\N	\N	\N	\N
    3672	numnode	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	3615	\N	\N	\N	\N	\N	tsquery_numnode	\N	\N	\N	\N
    3673	querytree	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	3615	\N	\N	\N	\N	\N	tsquerytree	\N	\N	\N	\N
    3684	ts_rewrite	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	3615	3615 3615 3615	\N	\N	\N	\N	\N	tsquery_rewrite	\N	\N	\N	\N
    3685	ts_rewrite	11	10	12	100	0	0	0	f	f	f	t	f	v	u	2	0	3615	3615 25	\N	\N	\N	\N	\N	tsquery_rewrite_query	\N	\N	\N	\N
    3686	tsmatchsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	tsmatchsel	\N	\N	\N	\N
    3687	tsmatchjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	tsmatchjoinsel	\N	\N	\N	\N
    3688	ts_typanalyze	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	16	2281	\N	\N	\N	\N	\N	ts_typanalyze	\N	\N	\N	\N
    3689	ts_stat	11	10	12	10	10000	0	0	f	f	f	t	t	v	u	1	0	2249	25	{25,25,23,23}	{i,o,o,o}	{query,word,ndoc,nentry}	\N	\N	ts_stat1	\N	\N	\N	\N
    3690	ts_stat	11	10	12	10	10000	0	0	f	f	f	t	t	v	u	2	0	2249	25 25	{25,25,25,23,23}	{i,i,o,o,o}	{query,weights,word,ndoc,nentry}	\N	\N	ts_stat2	\N	\N	\N	\N
    3691	tsq_mcontains	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3615 3615	\N	\N	\N	\N	\N	tsq_mcontains	\N	\N	\N	\N
    3692	tsq_mcontained	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3615 3615	\N	\N	\N	\N	\N	tsq_mcontained	\N	\N	\N	\N
    3695	gtsquery_compress	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	gtsquery_compress	\N	\N	\N	\N
    3696	starts_with	11	10	12	1	0	0	6242	f	f	t	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	text_starts_with	\N	\N	\N	\N
    3697	gtsquery_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	2281 2281	\N	\N	\N	\N	\N	gtsquery_picksplit	\N	\N	\N	\N
    3698	gtsquery_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	2281 2281	\N	\N	\N	\N	\N	gtsquery_union	\N	\N	\N	\N
    3699	gtsquery_same	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	20 20 2281	\N	\N	\N	\N	\N	gtsquery_same	\N	\N	\N	\N
    3700	gtsquery_penalty	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	2281 2281 2281	\N	\N	\N	\N	\N	gtsquery_penalty	\N	\N	\N	\N
    3701	gtsquery_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 3615 21 26 2281	\N	\N	\N	\N	\N	gtsquery_consistent	\N	\N	\N	\N
    3703	ts_rank	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	700	1021 3614 3615 23	\N	\N	\N	\N	\N	ts_rank_wttf	\N	\N	\N	\N
    3704	ts_rank	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	700	1021 3614 3615	\N	\N	\N	\N	\N	ts_rank_wtt	\N	\N	\N	\N
    3705	ts_rank	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	700	3614 3615 23	\N	\N	\N	\N	\N	ts_rank_ttf	\N	\N	\N	\N
    3706	ts_rank	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	700	3614 3615	\N	\N	\N	\N	\N	ts_rank_tt	\N	\N	\N	\N
    3707	ts_rank_cd	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	700	1021 3614 3615 23	\N	\N	\N	\N	\N	ts_rankcd_wttf	\N	\N	\N	\N
    3708	ts_rank_cd	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	700	1021 3614 3615	\N	\N	\N	\N	\N	ts_rankcd_wtt	\N	\N	\N	\N
    3709	ts_rank_cd	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	700	3614 3615 23	\N	\N	\N	\N	\N	ts_rankcd_ttf	\N	\N	\N	\N
    3710	ts_rank_cd	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	700	3614 3615	\N	\N	\N	\N	\N	ts_rankcd_tt	\N	\N	\N	\N
    3711	length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	3614	\N	\N	\N	\N	\N	tsvector_length	\N	\N	\N	\N
    3713	ts_token_type	11	10	12	1	16	0	0	f	f	f	t	t	i	s	1	0	2249	26	{26,23,25,25}	{i,o,o,o}	{parser_oid,tokid,alias,description}	\N	\N	ts_token_type_byid	\N	\N	\N	\N
    3714	ts_token_type	11	10	12	1	16	0	0	f	f	f	t	t	s	s	1	0	2249	25	{25,23,25,25}	{i,o,o,o}	{parser_name,tokid,alias,description}	\N	\N	ts_token_type_byname	\N	\N	\N	\N
    3715	ts_parse	11	10	12	1	1000	0	0	f	f	f	t	t	i	s	2	0	2249	26 25	{26,25,23,25}	{i,i,o,o}	{parser_oid,txt,tokid,token}	\N	\N	ts_parse_byid	\N	\N	\N	\N
    3716	ts_parse	11	10	12	1	1000	0	0	f	f	f	t	t	s	s	2	0	2249	25 25	{25,25,23,25}	{i,i,o,o}	{parser_name,txt,tokid,token}	\N	\N	ts_parse_byname	\N	\N	\N	\N
    3717	prsd_start	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	2281 23	\N	\N	\N	\N	\N	prsd_start	\N	\N	\N	\N
    3718	prsd_nexttoken	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	2281 2281 2281	\N	\N	\N	\N	\N	prsd_nexttoken	\N	\N	\N	\N
    3719	prsd_end	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	prsd_end	\N	\N	\N	\N
    3720	prsd_headline	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	2281 2281 3615	\N	\N	\N	\N	\N	prsd_headline	\N	\N	\N	\N
    3721	prsd_lextype	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	prsd_lextype	\N	\N	\N	\N
    3723	ts_lexize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1009	3769 25	\N	\N	\N	\N	\N	ts_lexize	\N	\N	\N	\N
    3724	gin_cmp_tslexeme	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	25 25	\N	\N	\N	\N	\N	gin_cmp_tslexeme	\N	\N	\N	\N
    3725	dsimple_init	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	dsimple_init	\N	\N	\N	\N
    3726	dsimple_lexize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	2281	2281 2281 2281 2281	\N	\N	\N	\N	\N	dsimple_lexize	\N	\N	\N	\N
    3728	dsynonym_init	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	dsynonym_init	\N	\N	\N	\N
    3729	dsynonym_lexize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	2281	2281 2281 2281 2281	\N	\N	\N	\N	\N	dsynonym_lexize	\N	\N	\N	\N
    3731	dispell_init	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	dispell_init	\N	\N	\N	\N
    3732	dispell_lexize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	2281	2281 2281 2281 2281	\N	\N	\N	\N	\N	dispell_lexize	\N	\N	\N	\N
    3736	regconfigin	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	3734	2275	\N	\N	\N	\N	\N	regconfigin	\N	\N	\N	\N
    3737	regconfigout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	3734	\N	\N	\N	\N	\N	regconfigout	\N	\N	\N	\N
    3738	regconfigrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3734	2281	\N	\N	\N	\N	\N	regconfigrecv	\N	\N	\N	\N
    3739	regconfigsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	3734	\N	\N	\N	\N	\N	regconfigsend	\N	\N	\N	\N
    3740	thesaurus_init	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	thesaurus_init	\N	\N	\N	\N
    3741	thesaurus_lexize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	2281	2281 2281 2281 2281	\N	\N	\N	\N	\N	thesaurus_lexize	\N	\N	\N	\N
    3743	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	i	s	4	0	25	3734 25 3615 25	\N	\N	\N	\N	\N	ts_headline_byid_opt	\N	\N	\N	\N
    3744	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	i	s	3	0	25	3734 25 3615	\N	\N	\N	\N	\N	ts_headline_byid	\N	\N	\N	\N
    3745	to_tsvector	11	10	12	100	0	0	0	f	f	f	t	f	i	s	2	0	3614	3734 25	\N	\N	\N	\N	\N	to_tsvector_byid	\N	\N	\N	\N
    3746	to_tsquery	11	10	12	100	0	0	0	f	f	f	t	f	i	s	2	0	3615	3734 25	\N	\N	\N	\N	\N	to_tsquery_byid	\N	\N	\N	\N
    3747	plainto_tsquery	11	10	12	100	0	0	0	f	f	f	t	f	i	s	2	0	3615	3734 25	\N	\N	\N	\N	\N	plainto_tsquery_byid	\N	\N	\N	\N
    3749	to_tsvector	11	10	12	100	0	0	0	f	f	f	t	f	s	s	1	0	3614	25	\N	\N	\N	\N	\N	to_tsvector	\N	\N	\N	\N
    3750	to_tsquery	11	10	12	100	0	0	0	f	f	f	t	f	s	s	1	0	3615	25	\N	\N	\N	\N	\N	to_tsquery	\N	\N	\N	\N
    3751	plainto_tsquery	11	10	12	100	0	0	0	f	f	f	t	f	s	s	1	0	3615	25	\N	\N	\N	\N	\N	plainto_tsquery	\N	\N	\N	\N
    3752	tsvector_update_trigger	11	10	12	1	0	0	0	f	f	f	f	f	v	s	0	0	2279		\N	\N	\N	\N	\N	tsvector_update_trigger_byid	\N	\N	\N	\N
    3753	tsvector_update_trigger_column	11	10	12	1	0	0	0	f	f	f	f	f	v	s	0	0	2279		\N	\N	\N	\N	\N	tsvector_update_trigger_bycolumn	\N	\N	\N	\N
    3754	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	s	s	3	0	25	25 3615 25	\N	\N	\N	\N	\N	ts_headline_opt	\N	\N	\N	\N
    3755	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	s	s	2	0	25	25 3615	\N	\N	\N	\N	\N	ts_headline	\N	\N	\N	\N
    3756	pg_ts_parser_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_ts_parser_is_visible	\N	\N	\N	\N
    3757	pg_ts_dict_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_ts_dict_is_visible	\N	\N	\N	\N
    3758	pg_ts_config_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_ts_config_is_visible	\N	\N	\N	\N
    3759	get_current_ts_config	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	3734		\N	\N	\N	\N	\N	get_current_ts_config	\N	\N	\N	\N
    3760	ts_match_tt	11	10	12	100	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	ts_match_tt	\N	\N	\N	\N
    3761	ts_match_tq	11	10	12	100	0	0	0	f	f	f	t	f	s	s	2	0	16	25 3615	\N	\N	\N	\N	\N	ts_match_tq	\N	\N	\N	\N
    3768	pg_ts_template_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_ts_template_is_visible	\N	\N	\N	\N
    3771	regdictionaryin	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	3769	2275	\N	\N	\N	\N	\N	regdictionaryin	\N	\N	\N	\N
    3772	regdictionaryout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	3769	\N	\N	\N	\N	\N	regdictionaryout	\N	\N	\N	\N
    3773	regdictionaryrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3769	2281	\N	\N	\N	\N	\N	regdictionaryrecv	\N	\N	\N	\N
    3774	regdictionarysend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	3769	\N	\N	\N	\N	\N	regdictionarysend	\N	\N	\N	\N
    3775	pg_stat_reset_shared	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	2278	25	\N	\N	\N	\N	\N	pg_stat_reset_shared	\N	\N	\N	{postgres=X/postgres}
    3776	pg_stat_reset_single_table_counters	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	2278	26	\N	\N	\N	\N	\N	pg_stat_reset_single_table_counters	\N	\N	\N	{postgres=X/postgres}
    3777	pg_stat_reset_single_function_counters	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	2278	26	\N	\N	\N	\N	\N	pg_stat_reset_single_function_counters	\N	\N	\N	{postgres=X/postgres}
    3778	pg_tablespace_location	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_tablespace_location	\N	\N	\N	\N
    3779	pg_create_physical_replication_slot	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	2	2249	19 16 16	{19,16,16,19,3220}	{i,i,i,o,o}	{slot_name,immediately_reserve,temporary,slot_name,lsn}	false, false	\N	pg_create_physical_replication_slot	\N	\N	\N	\N
    3780	pg_drop_replication_slot	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	2278	19	\N	\N	\N	\N	\N	pg_drop_replication_slot	\N	\N	\N	\N
    3781	pg_get_replication_slots	11	10	12	1	10	0	0	f	f	f	f	t	s	s	0	0	2249		{19,19,25,26,16,16,23,28,28,3220,3220,25,20,16}	{o,o,o,o,o,o,o,o,o,o,o,o,o,o}	{slot_name,plugin,slot_type,datoid,temporary,active,active_pid,xmin,catalog_xmin,restart_lsn,confirmed_flush_lsn,wal_status,safe_wal_size,two_phase}	\N	\N	pg_get_replication_slots	\N	\N	\N	\N
    3782	pg_logical_slot_get_changes	11	10	12	1000	1000	25	0	f	f	f	f	t	v	u	4	1	2249	19 3220 23 1009	{19,3220,23,1009,3220,28,25}	{i,i,i,v,o,o,o}	{slot_name,upto_lsn,upto_nchanges,options,lsn,xid,data}	'{}'::text[]	\N	pg_logical_slot_get_changes	\N	\N	\N	\N
    3783	pg_logical_slot_get_binary_changes	11	10	12	1000	1000	25	0	f	f	f	f	t	v	u	4	1	2249	19 3220 23 1009	{19,3220,23,1009,3220,28,17}	{i,i,i,v,o,o,o}	{slot_name,upto_lsn,upto_nchanges,options,lsn,xid,data}	'{}'::text[]	\N	pg_logical_slot_get_binary_changes	\N	\N	\N	\N
    3784	pg_logical_slot_peek_changes	11	10	12	1000	1000	25	0	f	f	f	f	t	v	u	4	1	2249	19 3220 23 1009	{19,3220,23,1009,3220,28,25}	{i,i,i,v,o,o,o}	{slot_name,upto_lsn,upto_nchanges,options,lsn,xid,data}	'{}'::text[]	\N	pg_logical_slot_peek_changes	\N	\N	\N	\N
    3785	pg_logical_slot_peek_binary_changes	11	10	12	1000	1000	25	0	f	f	f	f	t	v	u	4	1	2249	19 3220 23 1009	{19,3220,23,1009,3220,28,17}	{i,i,i,v,o,o,o}	{slot_name,upto_lsn,upto_nchanges,options,lsn,xid,data}	'{}'::text[]	\N	pg_logical_slot_peek_binary_changes	\N	\N	\N	\N
    3786	pg_create_logical_replication_slot	11	10	12	1	0	0	0	f	f	f	t	f	v	u	4	2	2249	19 19 16 16	{19,19,16,16,19,3220}	{i,i,i,i,o,o}	{slot_name,plugin,temporary,twophase,slot_name,lsn}	false, false	\N	pg_create_logical_replication_slot	\N	\N	\N	\N
    3787	to_jsonb	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	3802	2283	\N	\N	\N	\N	\N	to_jsonb	\N	\N	\N	\N
    3788	pg_stat_get_snapshot_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	1184		\N	\N	\N	\N	\N	pg_stat_get_snapshot_timestamp	\N	\N	\N	\N
    3789	gin_clean_pending_list	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	20	2205	\N	\N	\N	\N	\N	gin_clean_pending_list	\N	\N	\N	\N
    3790	gtsvector_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 3642 23 26 2281	\N	\N	\N	\N	\N	gtsvector_consistent_oldsig	\N	\N	\N	\N
    3791	gin_extract_tsquery	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	0	2281	3615 2281 21 2281 2281 2281 2281	\N	\N	\N	\N	\N	gin_extract_tsquery_oldsig	\N	\N	\N	\N
    3792	gin_tsquery_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	8	0	16	2281 21 3615 23 2281 2281 2281 2281	\N	\N	\N	\N	\N	gin_tsquery_consistent_oldsig	\N	\N	\N	\N
    3793	gtsquery_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 2281 23 26 2281	\N	\N	\N	\N	\N	gtsquery_consistent_oldsig	\N	\N	\N	\N
    3795	inet_spg_config	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	inet_spg_config	\N	\N	\N	\N
    3796	inet_spg_choose	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	inet_spg_choose	\N	\N	\N	\N
    3797	inet_spg_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	inet_spg_picksplit	\N	\N	\N	\N
    3798	inet_spg_inner_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	inet_spg_inner_consistent	\N	\N	\N	\N
    3799	inet_spg_leaf_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2281 2281	\N	\N	\N	\N	\N	inet_spg_leaf_consistent	\N	\N	\N	\N
    3800	pg_current_logfile	11	10	12	1	0	0	0	f	f	f	f	f	v	s	0	0	25		\N	\N	\N	\N	\N	pg_current_logfile	\N	\N	\N	{postgres=X/postgres}
    3801	pg_current_logfile	11	10	12	1	0	0	0	f	f	f	f	f	v	s	1	0	25	25	\N	\N	\N	\N	\N	pg_current_logfile_1arg	\N	\N	\N	{postgres=X/postgres}
    3803	jsonb_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	3802	\N	\N	\N	\N	\N	jsonb_send	\N	\N	\N	\N
    3804	jsonb_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	3802	\N	\N	\N	\N	\N	jsonb_out	\N	\N	\N	\N
    3805	jsonb_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3802	2281	\N	\N	\N	\N	\N	jsonb_recv	\N	\N	\N	\N
    3806	jsonb_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3802	2275	\N	\N	\N	\N	\N	jsonb_in	\N	\N	\N	\N
    3808	pg_get_function_arg_default	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	25	26 23	\N	\N	\N	\N	\N	pg_get_function_arg_default	\N	\N	\N	\N
    3809	pg_export_snapshot	11	10	12	1	0	0	0	f	f	f	t	f	v	u	0	0	25		\N	\N	\N	\N	\N	pg_export_snapshot	\N	\N	\N	\N
    3810	pg_is_in_recovery	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	16		\N	\N	\N	\N	\N	pg_is_in_recovery	\N	\N	\N	\N
    3811	money	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	790	23	\N	\N	\N	\N	\N	int4_cash	\N	\N	\N	\N
    3812	money	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	790	20	\N	\N	\N	\N	\N	int8_cash	\N	\N	\N	\N
    3815	pg_collation_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_collation_is_visible	\N	\N	\N	\N
    3816	array_typanalyze	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	16	2281	\N	\N	\N	\N	\N	array_typanalyze	\N	\N	\N	\N
    3817	arraycontsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	arraycontsel	\N	\N	\N	\N
    3818	arraycontjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	arraycontjoinsel	\N	\N	\N	\N
    3819	pg_get_multixact_members	11	10	12	1	1000	0	0	f	f	f	t	t	v	s	1	0	2249	28	{28,28,25}	{i,o,o}	{multixid,xid,mode}	\N	\N	pg_get_multixact_members	\N	\N	\N	\N
    3820	pg_last_wal_receive_lsn	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	3220		\N	\N	\N	\N	\N	pg_last_wal_receive_lsn	\N	\N	\N	\N
    3821	pg_last_wal_replay_lsn	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	3220		\N	\N	\N	\N	\N	pg_last_wal_replay_lsn	\N	\N	\N	\N
    3822	cash_div_cash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	790 790	\N	\N	\N	\N	\N	cash_div_cash	\N	\N	\N	\N
    3823	numeric	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1700	790	\N	\N	\N	\N	\N	cash_numeric	\N	\N	\N	\N
    3824	money	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	790	1700	\N	\N	\N	\N	\N	numeric_cash	\N	\N	\N	\N
    3826	pg_read_file	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	25	25	\N	\N	\N	\N	\N	pg_read_file_all	\N	\N	\N	{postgres=X/postgres}
    3827	pg_read_binary_file	11	10	12	1	0	0	0	f	f	f	t	f	v	s	3	0	17	25 20 20	\N	\N	\N	\N	\N	pg_read_binary_file_off_len	\N	\N	\N	{postgres=X/postgres}
    3828	pg_read_binary_file	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	17	25	\N	\N	\N	\N	\N	pg_read_binary_file_all	\N	\N	\N	{postgres=X/postgres}
    3829	pg_opfamily_is_visible	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	16	26	\N	\N	\N	\N	\N	pg_opfamily_is_visible	\N	\N	\N	\N
    3830	pg_last_xact_replay_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	1184		\N	\N	\N	\N	\N	pg_last_xact_replay_timestamp	\N	\N	\N	\N
    3832	anyrange_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	3831	2275 26 23	\N	\N	\N	\N	\N	anyrange_in	\N	\N	\N	\N
    3833	anyrange_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	3831	\N	\N	\N	\N	\N	anyrange_out	\N	\N	\N	\N
    3834	range_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	3831	2275 26 23	\N	\N	\N	\N	\N	range_in	\N	\N	\N	\N
    3835	range_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	3831	\N	\N	\N	\N	\N	range_out	\N	\N	\N	\N
    3836	range_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	3831	2281 26 23	\N	\N	\N	\N	\N	range_recv	\N	\N	\N	\N
    3837	range_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	3831	\N	\N	\N	\N	\N	range_send	\N	\N	\N	\N
    3839	pg_identify_object	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	2249	26 26 23	{26,26,23,25,25,25,25}	{i,i,i,o,o,o,o}	{classid,objid,objsubid,type,schema,name,identity}	\N	\N	pg_identify_object	\N	\N	\N	\N
    3840	int4range	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	3904	23 23	\N	\N	\N	\N	\N	range_constructor2	\N	\N	\N	\N
    3841	int4range	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	3904	23 23 25	\N	\N	\N	\N	\N	range_constructor3	\N	\N	\N	\N
    3842	pg_relation_is_updatable	11	10	12	10	0	0	0	f	f	f	t	f	s	s	2	0	23	2205 16	\N	\N	\N	\N	\N	pg_relation_is_updatable	\N	\N	\N	\N
    3843	pg_column_is_updatable	11	10	12	10	0	0	0	f	f	f	t	f	s	s	3	0	16	2205 21 16	\N	\N	\N	\N	\N	pg_column_is_updatable	\N	\N	\N	\N
    3844	numrange	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	3906	1700 1700	\N	\N	\N	\N	\N	range_constructor2	\N	\N	\N	\N
    3845	numrange	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	3906	1700 1700 25	\N	\N	\N	\N	\N	range_constructor3	\N	\N	\N	\N
    3846	make_date	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1082	23 23 23	\N	\N	{year,month,day}	\N	\N	make_date	\N	\N	\N	\N
    3847	make_time	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1083	23 23 701	\N	\N	{hour,min,sec}	\N	\N	make_time	\N	\N	\N	\N
    3848	lower	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2283	3831	\N	\N	\N	\N	\N	range_lower	\N	\N	\N	\N
    3849	upper	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2283	3831	\N	\N	\N	\N	\N	range_upper	\N	\N	\N	\N
    3850	isempty	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	3831	\N	\N	\N	\N	\N	range_empty	\N	\N	\N	\N
    3851	lower_inc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	3831	\N	\N	\N	\N	\N	range_lower_inc	\N	\N	\N	\N
    3852	upper_inc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	3831	\N	\N	\N	\N	\N	range_upper_inc	\N	\N	\N	\N
    3853	lower_inf	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	3831	\N	\N	\N	\N	\N	range_lower_inf	\N	\N	\N	\N
    3854	upper_inf	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	3831	\N	\N	\N	\N	\N	range_upper_inf	\N	\N	\N	\N
    3855	range_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_eq	\N	\N	\N	\N
    3856	range_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_ne	\N	\N	\N	\N
    3857	range_overlaps	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_overlaps	\N	\N	\N	\N
    3858	range_contains_elem	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 2283	\N	\N	\N	\N	\N	range_contains_elem	\N	\N	\N	\N
    3859	range_contains	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_contains	\N	\N	\N	\N
    3860	elem_contained_by_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2283 3831	\N	\N	\N	\N	\N	elem_contained_by_range	\N	\N	\N	\N
    3861	range_contained_by	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_contained_by	\N	\N	\N	\N
    3862	range_adjacent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_adjacent	\N	\N	\N	\N
    3863	range_before	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_before	\N	\N	\N	\N
    3864	range_after	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_after	\N	\N	\N	\N
    3865	range_overleft	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_overleft	\N	\N	\N	\N
    3866	range_overright	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_overright	\N	\N	\N	\N
    3867	range_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3831	3831 3831	\N	\N	\N	\N	\N	range_union	\N	\N	\N	\N
    3868	range_intersect	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3831	3831 3831	\N	\N	\N	\N	\N	range_intersect	\N	\N	\N	\N
    3869	range_minus	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3831	3831 3831	\N	\N	\N	\N	\N	range_minus	\N	\N	\N	\N
    3870	range_cmp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	3831 3831	\N	\N	\N	\N	\N	range_cmp	\N	\N	\N	\N
    3871	range_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_lt	\N	\N	\N	\N
    3872	range_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_le	\N	\N	\N	\N
    3873	range_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_ge	\N	\N	\N	\N
    3874	range_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 3831	\N	\N	\N	\N	\N	range_gt	\N	\N	\N	\N
    3875	range_gist_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 3831 21 26 2281	\N	\N	\N	\N	\N	range_gist_consistent	\N	\N	\N	\N
    3876	range_gist_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3831	2281 2281	\N	\N	\N	\N	\N	range_gist_union	\N	\N	\N	\N
    3878	pg_replication_slot_advance	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	2249	19 3220	{19,3220,19,3220}	{i,i,o,o}	{slot_name,upto_lsn,slot_name,end_lsn}	\N	\N	pg_replication_slot_advance	\N	\N	\N	\N
    3879	range_gist_penalty	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	2281 2281 2281	\N	\N	\N	\N	\N	range_gist_penalty	\N	\N	\N	\N
    3880	range_gist_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2281	2281 2281	\N	\N	\N	\N	\N	range_gist_picksplit	\N	\N	\N	\N
    3881	range_gist_same	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	2281	3831 3831 2281	\N	\N	\N	\N	\N	range_gist_same	\N	\N	\N	\N
    3902	hash_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	3831	\N	\N	\N	\N	\N	hash_range	\N	\N	\N	\N
    3914	int4range_canonical	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3904	3904	\N	\N	\N	\N	\N	int4range_canonical	\N	\N	\N	\N
    3915	daterange_canonical	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3912	3912	\N	\N	\N	\N	\N	daterange_canonical	\N	\N	\N	\N
    3916	range_typanalyze	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	16	2281	\N	\N	\N	\N	\N	range_typanalyze	\N	\N	\N	\N
    3917	timestamp_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	timestamp_support	\N	\N	\N	\N
    3918	interval_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	interval_support	\N	\N	\N	\N
    3920	ginarraytriconsistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	0	18	2281 21 2277 23 2281 2281 2281	\N	\N	\N	\N	\N	ginarraytriconsistent	\N	\N	\N	\N
    3921	gin_tsquery_triconsistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	0	18	2281 21 3614 23 2281 2281 2281	\N	\N	\N	\N	\N	gin_tsquery_triconsistent	\N	\N	\N	\N
    3922	int4range_subdiff	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	23 23	\N	\N	\N	\N	\N	int4range_subdiff	\N	\N	\N	\N
    3923	int8range_subdiff	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	20 20	\N	\N	\N	\N	\N	int8range_subdiff	\N	\N	\N	\N
    3924	numrange_subdiff	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	1700 1700	\N	\N	\N	\N	\N	numrange_subdiff	\N	\N	\N	\N
    3925	daterange_subdiff	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	1082 1082	\N	\N	\N	\N	\N	daterange_subdiff	\N	\N	\N	\N
    3928	int8range_canonical	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3926	3926	\N	\N	\N	\N	\N	int8range_canonical	\N	\N	\N	\N
    3929	tsrange_subdiff	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	1114 1114	\N	\N	\N	\N	\N	tsrange_subdiff	\N	\N	\N	\N
    3930	tstzrange_subdiff	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	1184 1184	\N	\N	\N	\N	\N	tstzrange_subdiff	\N	\N	\N	\N
    3931	jsonb_object_keys	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	25	3802	\N	\N	\N	\N	\N	jsonb_object_keys	\N	\N	\N	\N
    3932	jsonb_each_text	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	2249	3802	{3802,25,25}	{i,o,o}	{from_json,key,value}	\N	\N	jsonb_each_text	\N	\N	\N	\N
    3933	tsrange	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	3908	1114 1114	\N	\N	\N	\N	\N	range_constructor2	\N	\N	\N	\N
    3934	tsrange	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	3908	1114 1114 25	\N	\N	\N	\N	\N	range_constructor3	\N	\N	\N	\N
    3935	pg_sleep_for	11	10	14	1	0	0	0	f	f	f	t	f	v	s	1	0	2278	1186	\N	\N	\N	\N	\N		\N	RETURN pg_sleep(((EXTRACT(epoch FROM (clock_timestamp() + $1)) - EXTRACT(epoch FROM clock_timestamp())))::double precision)	\N	\N
    3936	pg_sleep_until	11	10	14	1	0	0	0	f	f	f	t	f	v	s	1	0	2278	1184	\N	\N	\N	\N	\N		\N	RETURN pg_sleep(((EXTRACT(epoch FROM $1) - EXTRACT(epoch FROM clock_timestamp())))::double precision)	\N	\N
    3937	tstzrange	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	3910	1184 1184	\N	\N	\N	\N	\N	range_constructor2	\N	\N	\N	\N
    3938	tstzrange	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	3910	1184 1184 25	\N	\N	\N	\N	\N	range_constructor3	\N	\N	\N	\N
    3939	mxid_age	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	23	28	\N	\N	\N	\N	\N	mxid_age	\N	\N	\N	\N
    3940	jsonb_extract_path_text	11	10	12	1	0	25	0	f	f	f	t	f	i	s	2	0	25	3802 1009	{3802,1009}	{i,v}	{from_json,path_elems}	\N	\N	jsonb_extract_path_text	\N	\N	\N	\N
    3941	daterange	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	3912	1082 1082	\N	\N	\N	\N	\N	range_constructor2	\N	\N	\N	\N
    3942	daterange	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	3912	1082 1082 25	\N	\N	\N	\N	\N	range_constructor3	\N	\N	\N	\N
    3943	acldefault	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1034	18 26	\N	\N	\N	\N	\N	acldefault_sql	\N	\N	\N	\N
    3944	time_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	time_support	\N	\N	\N	\N
    3945	int8range	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	3926	20 20	\N	\N	\N	\N	\N	range_constructor2	\N	\N	\N	\N
    3946	int8range	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	3926	20 20 25	\N	\N	\N	\N	\N	range_constructor3	\N	\N	\N	\N
    3947	json_object_field	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	114	114 25	\N	\N	{from_json,field_name}	\N	\N	json_object_field	\N	\N	\N	\N
    3948	json_object_field_text	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	114 25	\N	\N	{from_json,field_name}	\N	\N	json_object_field_text	\N	\N	\N	\N
    3949	json_array_element	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	114	114 23	\N	\N	{from_json,element_index}	\N	\N	json_array_element	\N	\N	\N	\N
    3950	json_array_element_text	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	114 23	\N	\N	{from_json,element_index}	\N	\N	json_array_element_text	\N	\N	\N	\N
    3951	json_extract_path	11	10	12	1	0	25	0	f	f	f	t	f	i	s	2	0	114	114 1009	{114,1009}	{i,v}	{from_json,path_elems}	\N	\N	json_extract_path	\N	\N	\N	\N
    3952	brin_summarize_new_values	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	23	2205	\N	\N	\N	\N	\N	brin_summarize_new_values	\N	\N	\N	\N
    3953	json_extract_path_text	11	10	12	1	0	25	0	f	f	f	t	f	i	s	2	0	25	114 1009	{114,1009}	{i,v}	{from_json,path_elems}	\N	\N	json_extract_path_text	\N	\N	\N	\N
    3954	pg_get_object_address	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	2249	25 1009 1009	{25,1009,1009,26,26,23}	{i,i,i,o,o,o}	{type,object_names,object_args,classid,objid,objsubid}	\N	\N	pg_get_object_address	\N	\N	\N	\N
    3955	json_array_elements	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	114	114	{114,114}	{i,o}	{from_json,value}	\N	\N	json_array_elements	\N	\N	\N	\N
    3956	json_array_length	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	114	\N	\N	\N	\N	\N	json_array_length	\N	\N	\N	\N
    3957	json_object_keys	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	25	114	\N	\N	\N	\N	\N	json_object_keys	\N	\N	\N	\N
    3958	json_each	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	2249	114	{114,25,114}	{i,o,o}	{from_json,key,value}	\N	\N	json_each	\N	\N	\N	\N
    3959	json_each_text	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	2249	114	{114,25,25}	{i,o,o}	{from_json,key,value}	\N	\N	json_each_text	\N	\N	\N	\N
    3960	json_populate_record	11	10	12	1	0	0	0	f	f	f	f	f	s	s	3	1	2283	2283 114 16	\N	\N	{base,from_json,use_json_as_text}	false	\N	json_populate_record	\N	\N	\N	\N
    3961	json_populate_recordset	11	10	12	1	100	0	0	f	f	f	f	t	s	s	3	1	2283	2283 114 16	\N	\N	{base,from_json,use_json_as_text}	false	\N	json_populate_recordset	\N	\N	\N	\N
    3968	json_typeof	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	114	\N	\N	\N	\N	\N	json_typeof	\N	\N	\N	\N
    3969	json_array_elements_text	11	10	12	1	100	0	0	f	f	f	t	t	i	s	1	0	25	114	{114,25}	{i,o}	{from_json,value}	\N	\N	json_array_elements_text	\N	\N	\N	\N
    3970	ordered_set_transition	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 2276	\N	\N	\N	\N	\N	ordered_set_transition	\N	\N	\N	\N
    3971	ordered_set_transition_multi	11	10	12	1	0	2276	0	f	f	f	f	f	i	s	2	0	2281	2281 2276	{2281,2276}	{i,v}	\N	\N	\N	ordered_set_transition_multi	\N	\N	\N	\N
    3972	percentile_disc	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	2283	701 2283	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3973	percentile_disc_final	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	2283	2281 701 2283	\N	\N	\N	\N	\N	percentile_disc_final	\N	\N	\N	\N
    3974	percentile_cont	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	701	701 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3975	percentile_cont_float8_final	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	701	2281 701	\N	\N	\N	\N	\N	percentile_cont_float8_final	\N	\N	\N	\N
    3976	percentile_cont	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	1186	701 1186	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3977	percentile_cont_interval_final	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	1186	2281 701	\N	\N	\N	\N	\N	percentile_cont_interval_final	\N	\N	\N	\N
    3978	percentile_disc	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	2277	1022 2283	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3979	percentile_disc_multi_final	11	10	12	1	0	0	0	f	f	f	f	f	i	s	3	0	2277	2281 1022 2283	\N	\N	\N	\N	\N	percentile_disc_multi_final	\N	\N	\N	\N
    3980	percentile_cont	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	1022	1022 701	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3981	percentile_cont_float8_multi_final	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	1022	2281 1022	\N	\N	\N	\N	\N	percentile_cont_float8_multi_final	\N	\N	\N	\N
    3982	percentile_cont	11	10	12	1	0	0	0	a	f	f	f	f	i	s	2	0	1187	1022 1186	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3983	percentile_cont_interval_multi_final	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	1187	2281 1022	\N	\N	\N	\N	\N	percentile_cont_interval_multi_final	\N	\N	\N	\N
    3984	mode	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	2283	2283	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3985	mode_final	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2283	2281 2283	\N	\N	\N	\N	\N	mode_final	\N	\N	\N	\N
    3986	rank	11	10	12	1	0	2276	0	a	f	f	f	f	i	s	1	0	20	2276	{2276}	{v}	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3987	rank_final	11	10	12	1	0	2276	0	f	f	f	f	f	i	s	2	0	20	2281 2276	{2281,2276}	{i,v}	\N	\N	\N	hypothetical_rank_final	\N	\N	\N	\N
    3988	percent_rank	11	10	12	1	0	2276	0	a	f	f	f	f	i	s	1	0	701	2276	{2276}	{v}	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3989	percent_rank_final	11	10	12	1	0	2276	0	f	f	f	f	f	i	s	2	0	701	2281 2276	{2281,2276}	{i,v}	\N	\N	\N	hypothetical_percent_rank_final	\N	\N	\N	\N
    3990	cume_dist	11	10	12	1	0	2276	0	a	f	f	f	f	i	s	1	0	701	2276	{2276}	{v}	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3991	cume_dist_final	11	10	12	1	0	2276	0	f	f	f	f	f	i	s	2	0	701	2281 2276	{2281,2276}	{i,v}	\N	\N	\N	hypothetical_cume_dist_final	\N	\N	\N	\N
    3992	dense_rank	11	10	12	1	0	2276	0	a	f	f	f	f	i	s	1	0	20	2276	{2276}	{v}	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    3993	dense_rank_final	11	10	12	1	0	2276	0	f	f	f	f	f	i	s	2	0	20	2281 2276	{2281,2276}	{i,v}	\N	\N	\N	hypothetical_dense_rank_final	\N	\N	\N	\N
    3994	generate_series_int4_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	generate_series_int4_support	\N	\N	\N	\N
    3995	generate_series_int8_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	generate_series_int8_support	\N	\N	\N	\N
    3996	array_unnest_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	array_unnest_support	\N	\N	\N	\N
    3998	gist_box_distance	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	701	2281 603 21 26 2281	\N	\N	\N	\N	\N	gist_box_distance	\N	\N	\N	\N
    3999	brin_summarize_range	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	23	2205 20	\N	\N	\N	\N	\N	brin_summarize_range	\N	\N	\N	\N
    4001	jsonpath_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4072	2275	\N	\N	\N	\N	\N	jsonpath_in	\N	\N	\N	\N
    4002	jsonpath_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4072	2281	\N	\N	\N	\N	\N	jsonpath_recv	\N	\N	\N	\N
    4003	jsonpath_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	4072	\N	\N	\N	\N	\N	jsonpath_out	\N	\N	\N	\N
    4004	jsonpath_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	4072	\N	\N	\N	\N	\N	jsonpath_send	\N	\N	\N	\N
    4005	jsonb_path_exists	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	2	16	3802 4072 3802 16	\N	\N	{target,path,vars,silent}	'{}'::jsonb, false	\N	jsonb_path_exists	\N	\N	\N	\N
    4006	jsonb_path_query	11	10	12	1	1000	0	0	f	f	f	t	t	i	s	4	2	3802	3802 4072 3802 16	\N	\N	{target,path,vars,silent}	'{}'::jsonb, false	\N	jsonb_path_query	\N	\N	\N	\N
    4007	jsonb_path_query_array	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	2	3802	3802 4072 3802 16	\N	\N	{target,path,vars,silent}	'{}'::jsonb, false	\N	jsonb_path_query_array	\N	\N	\N	\N
    4008	jsonb_path_query_first	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	2	3802	3802 4072 3802 16	\N	\N	{target,path,vars,silent}	'{}'::jsonb, false	\N	jsonb_path_query_first	\N	\N	\N	\N
    4009	jsonb_path_match	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	2	16	3802 4072 3802 16	\N	\N	{target,path,vars,silent}	'{}'::jsonb, false	\N	jsonb_path_match	\N	\N	\N	\N
    4010	jsonb_path_exists_opr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 4072	\N	\N	\N	\N	\N	jsonb_path_exists_opr	\N	\N	\N	\N
    4011	jsonb_path_match_opr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 4072	\N	\N	\N	\N	\N	jsonb_path_match_opr	\N	\N	\N	\N
    4014	brin_desummarize_range	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	2278	2205 20	\N	\N	\N	\N	\N	brin_desummarize_range	\N	\N	\N	\N
    4018	spg_quad_config	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_quad_config	\N	\N	\N	\N
    4019	spg_quad_choose	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_quad_choose	\N	\N	\N	\N
    4020	spg_quad_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_quad_picksplit	\N	\N	\N	\N
    4021	spg_quad_inner_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_quad_inner_consistent	\N	\N	\N	\N
    4022	spg_quad_leaf_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2281 2281	\N	\N	\N	\N	\N	spg_quad_leaf_consistent	\N	\N	\N	\N
    4023	spg_kd_config	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_kd_config	\N	\N	\N	\N
    4024	spg_kd_choose	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_kd_choose	\N	\N	\N	\N
    4025	spg_kd_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_kd_picksplit	\N	\N	\N	\N
    4026	spg_kd_inner_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_kd_inner_consistent	\N	\N	\N	\N
    4027	spg_text_config	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_text_config	\N	\N	\N	\N
    4028	spg_text_choose	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_text_choose	\N	\N	\N	\N
    4029	spg_text_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_text_picksplit	\N	\N	\N	\N
    4030	spg_text_inner_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_text_inner_consistent	\N	\N	\N	\N
    4031	spg_text_leaf_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2281 2281	\N	\N	\N	\N	\N	spg_text_leaf_consistent	\N	\N	\N	\N
    4032	pg_sequence_last_value	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	20	2205	\N	\N	\N	\N	\N	pg_sequence_last_value	\N	\N	\N	\N
    4038	jsonb_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 3802	\N	\N	\N	\N	\N	jsonb_ne	\N	\N	\N	\N
    4039	jsonb_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 3802	\N	\N	\N	\N	\N	jsonb_lt	\N	\N	\N	\N
    4040	jsonb_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 3802	\N	\N	\N	\N	\N	jsonb_gt	\N	\N	\N	\N
    4041	jsonb_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 3802	\N	\N	\N	\N	\N	jsonb_le	\N	\N	\N	\N
    4042	jsonb_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 3802	\N	\N	\N	\N	\N	jsonb_ge	\N	\N	\N	\N
    4043	jsonb_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 3802	\N	\N	\N	\N	\N	jsonb_eq	\N	\N	\N	\N
    4044	jsonb_cmp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	3802 3802	\N	\N	\N	\N	\N	jsonb_cmp	\N	\N	\N	\N
    4045	jsonb_hash	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	3802	\N	\N	\N	\N	\N	jsonb_hash	\N	\N	\N	\N
    4046	jsonb_contains	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 3802	\N	\N	\N	\N	\N	jsonb_contains	\N	\N	\N	\N
    4047	jsonb_exists	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 25	\N	\N	\N	\N	\N	jsonb_exists	\N	\N	\N	\N
    4048	jsonb_exists_any	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 1009	\N	\N	\N	\N	\N	jsonb_exists_any	\N	\N	\N	\N
    4049	jsonb_exists_all	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 1009	\N	\N	\N	\N	\N	jsonb_exists_all	\N	\N	\N	\N
    4050	jsonb_contained	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3802 3802	\N	\N	\N	\N	\N	jsonb_contained	\N	\N	\N	\N
    4051	array_agg_array_transfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 2277	\N	\N	\N	\N	\N	array_agg_array_transfn	\N	\N	\N	\N
    4052	array_agg_array_finalfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2277	2281 2277	\N	\N	\N	\N	\N	array_agg_array_finalfn	\N	\N	\N	\N
    4053	array_agg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	2277	2277	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    4057	range_merge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3831	3831 3831	\N	\N	\N	\N	\N	range_merge	\N	\N	\N	\N
    4063	inet_merge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	650	869 869	\N	\N	\N	\N	\N	inet_merge	\N	\N	\N	\N
    4067	bound_box	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	603	603 603	\N	\N	\N	\N	\N	boxes_bound_box	\N	\N	\N	\N
    4071	inet_same_family	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	869 869	\N	\N	\N	\N	\N	inet_same_family	\N	\N	\N	\N
    4083	binary_upgrade_set_record_init_privs	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	16	\N	\N	\N	\N	\N	binary_upgrade_set_record_init_privs	\N	\N	\N	\N
    4084	regnamespacein	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	4089	2275	\N	\N	\N	\N	\N	regnamespacein	\N	\N	\N	\N
    4085	regnamespaceout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	4089	\N	\N	\N	\N	\N	regnamespaceout	\N	\N	\N	\N
    4086	to_regnamespace	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	4089	25	\N	\N	\N	\N	\N	to_regnamespace	\N	\N	\N	\N
    4087	regnamespacerecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4089	2281	\N	\N	\N	\N	\N	regnamespacerecv	\N	\N	\N	\N
    4088	regnamespacesend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	4089	\N	\N	\N	\N	\N	regnamespacesend	\N	\N	\N	\N
    4091	box	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	603	600	\N	\N	\N	\N	\N	point_box	\N	\N	\N	\N
    4092	regroleout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	4096	\N	\N	\N	\N	\N	regroleout	\N	\N	\N	\N
    4093	to_regrole	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	4096	25	\N	\N	\N	\N	\N	to_regrole	\N	\N	\N	\N
    4094	regrolerecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4096	2281	\N	\N	\N	\N	\N	regrolerecv	\N	\N	\N	\N
    4095	regrolesend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	4096	\N	\N	\N	\N	\N	regrolesend	\N	\N	\N	\N
    4098	regrolein	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	4096	2275	\N	\N	\N	\N	\N	regrolein	\N	\N	\N	\N
    4099	pg_rotate_logfile_old	11	10	12	1	0	0	0	f	f	f	t	f	v	s	0	0	16		\N	\N	\N	\N	\N	pg_rotate_logfile	\N	\N	\N	\N
    4100	pg_read_file_old	11	10	12	1	0	0	0	f	f	f	t	f	v	s	3	0	25	25 20 20	\N	\N	\N	\N	\N	pg_read_file	\N	\N	\N	\N
    4101	binary_upgrade_set_missing_value	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	2278	26 25 25	\N	\N	\N	\N	\N	binary_upgrade_set_missing_value	\N	\N	\N	\N
    4105	brin_inclusion_opcinfo	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	brin_inclusion_opcinfo	\N	\N	\N	\N
    4106	brin_inclusion_add_value	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	16	2281 2281 2281 2281	\N	\N	\N	\N	\N	brin_inclusion_add_value	\N	\N	\N	\N
    4107	brin_inclusion_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	16	2281 2281 2281	\N	\N	\N	\N	\N	brin_inclusion_consistent	\N	\N	\N	\N
    4108	brin_inclusion_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	16	2281 2281 2281	\N	\N	\N	\N	\N	brin_inclusion_union	\N	\N	\N	\N
    4110	macaddr8_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	774	2275	\N	\N	\N	\N	\N	macaddr8_in	\N	\N	\N	\N
    4111	macaddr8_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	774	\N	\N	\N	\N	\N	macaddr8_out	\N	\N	\N	\N
    4112	trunc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	774	774	\N	\N	\N	\N	\N	macaddr8_trunc	\N	\N	\N	\N
    4113	macaddr8_eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	774 774	\N	\N	\N	\N	\N	macaddr8_eq	\N	\N	\N	\N
    4114	macaddr8_lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	774 774	\N	\N	\N	\N	\N	macaddr8_lt	\N	\N	\N	\N
    4115	macaddr8_le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	774 774	\N	\N	\N	\N	\N	macaddr8_le	\N	\N	\N	\N
    4116	macaddr8_gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	774 774	\N	\N	\N	\N	\N	macaddr8_gt	\N	\N	\N	\N
    4117	macaddr8_ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	774 774	\N	\N	\N	\N	\N	macaddr8_ge	\N	\N	\N	\N
    4118	macaddr8_ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	774 774	\N	\N	\N	\N	\N	macaddr8_ne	\N	\N	\N	\N
    4119	macaddr8_cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	774 774	\N	\N	\N	\N	\N	macaddr8_cmp	\N	\N	\N	\N
    4120	macaddr8_not	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	774	774	\N	\N	\N	\N	\N	macaddr8_not	\N	\N	\N	\N
    4121	macaddr8_and	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	774	774 774	\N	\N	\N	\N	\N	macaddr8_and	\N	\N	\N	\N
    4122	macaddr8_or	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	774	774 774	\N	\N	\N	\N	\N	macaddr8_or	\N	\N	\N	\N
    4123	macaddr8	11	10	12	1	0	0	0	f	f	t	t	f	i	s	1	0	774	829	\N	\N	\N	\N	\N	macaddrtomacaddr8	\N	\N	\N	\N
    4124	macaddr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	829	774	\N	\N	\N	\N	\N	macaddr8tomacaddr	\N	\N	\N	\N
    4125	macaddr8_set7bit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	774	774	\N	\N	\N	\N	\N	macaddr8_set7bit	\N	\N	\N	\N
    4126	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	20 20 20 16 16	\N	\N	\N	\N	\N	in_range_int8_int8	\N	\N	\N	\N
    4127	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	23 23 20 16 16	\N	\N	\N	\N	\N	in_range_int4_int8	\N	\N	\N	\N
    4128	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	23 23 23 16 16	\N	\N	\N	\N	\N	in_range_int4_int4	\N	\N	\N	\N
    4129	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	23 23 21 16 16	\N	\N	\N	\N	\N	in_range_int4_int2	\N	\N	\N	\N
    4130	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	21 21 20 16 16	\N	\N	\N	\N	\N	in_range_int2_int8	\N	\N	\N	\N
    4131	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	21 21 23 16 16	\N	\N	\N	\N	\N	in_range_int2_int4	\N	\N	\N	\N
    4132	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	21 21 21 16 16	\N	\N	\N	\N	\N	in_range_int2_int2	\N	\N	\N	\N
    4133	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	1082 1082 1186 16 16	\N	\N	\N	\N	\N	in_range_date_interval	\N	\N	\N	\N
    4134	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	1114 1114 1186 16 16	\N	\N	\N	\N	\N	in_range_timestamp_interval	\N	\N	\N	\N
    4135	in_range	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	16	1184 1184 1186 16 16	\N	\N	\N	\N	\N	in_range_timestamptz_interval	\N	\N	\N	\N
    4136	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	1186 1186 1186 16 16	\N	\N	\N	\N	\N	in_range_interval_interval	\N	\N	\N	\N
    4137	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	1083 1083 1186 16 16	\N	\N	\N	\N	\N	in_range_time_interval	\N	\N	\N	\N
    4138	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	1266 1266 1186 16 16	\N	\N	\N	\N	\N	in_range_timetz_interval	\N	\N	\N	\N
    4139	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	701 701 701 16 16	\N	\N	\N	\N	\N	in_range_float8_float8	\N	\N	\N	\N
    4140	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	700 700 701 16 16	\N	\N	\N	\N	\N	in_range_float4_float8	\N	\N	\N	\N
    4141	in_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	1700 1700 1700 16 16	\N	\N	\N	\N	\N	in_range_numeric_numeric	\N	\N	\N	\N
    4187	pg_lsn_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3220	3220 3220	\N	\N	\N	\N	\N	pg_lsn_larger	\N	\N	\N	\N
    4188	pg_lsn_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3220	3220 3220	\N	\N	\N	\N	\N	pg_lsn_smaller	\N	\N	\N	\N
    4189	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	3220	3220	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    4190	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	3220	3220	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    4193	regcollationin	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	4191	2275	\N	\N	\N	\N	\N	regcollationin	\N	\N	\N	\N
    4194	regcollationout	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	4191	\N	\N	\N	\N	\N	regcollationout	\N	\N	\N	\N
    4195	to_regcollation	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	4191	25	\N	\N	\N	\N	\N	to_regcollation	\N	\N	\N	\N
    4196	regcollationrecv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4191	2281	\N	\N	\N	\N	\N	regcollationrecv	\N	\N	\N	\N
    4197	regcollationsend	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	4191	\N	\N	\N	\N	\N	regcollationsend	\N	\N	\N	\N
    4201	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	i	s	4	0	3802	3734 3802 3615 25	\N	\N	\N	\N	\N	ts_headline_jsonb_byid_opt	\N	\N	\N	\N
    4202	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	i	s	3	0	3802	3734 3802 3615	\N	\N	\N	\N	\N	ts_headline_jsonb_byid	\N	\N	\N	\N
    4203	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	s	s	3	0	3802	3802 3615 25	\N	\N	\N	\N	\N	ts_headline_jsonb_opt	\N	\N	\N	\N
    4204	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	s	s	2	0	3802	3802 3615	\N	\N	\N	\N	\N	ts_headline_jsonb	\N	\N	\N	\N
    4205	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	i	s	4	0	114	3734 114 3615 25	\N	\N	\N	\N	\N	ts_headline_json_byid_opt	\N	\N	\N	\N
    4206	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	i	s	3	0	114	3734 114 3615	\N	\N	\N	\N	\N	ts_headline_json_byid	\N	\N	\N	\N
    4207	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	s	s	3	0	114	114 3615 25	\N	\N	\N	\N	\N	ts_headline_json_opt	\N	\N	\N	\N
    4208	ts_headline	11	10	12	100	0	0	0	f	f	f	t	f	s	s	2	0	114	114 3615	\N	\N	\N	\N	\N	ts_headline_json	\N	\N	\N	\N
    4209	to_tsvector	11	10	12	100	0	0	0	f	f	f	t	f	s	s	1	0	3614	3802	\N	\N	\N	\N	\N	jsonb_string_to_tsvector	\N	\N	\N	\N
    4210	to_tsvector	11	10	12	100	0	0	0	f	f	f	t	f	s	s	1	0	3614	114	\N	\N	\N	\N	\N	json_string_to_tsvector	\N	\N	\N	\N
    4211	to_tsvector	11	10	12	100	0	0	0	f	f	f	t	f	i	s	2	0	3614	3734 3802	\N	\N	\N	\N	\N	jsonb_string_to_tsvector_byid	\N	\N	\N	\N
    4212	to_tsvector	11	10	12	100	0	0	0	f	f	f	t	f	i	s	2	0	3614	3734 114	\N	\N	\N	\N	\N	json_string_to_tsvector_byid	\N	\N	\N	\N
    4213	jsonb_to_tsvector	11	10	12	100	0	0	0	f	f	f	t	f	s	s	2	0	3614	3802 3802	\N	\N	\N	\N	\N	jsonb_to_tsvector	\N	\N	\N	\N
    4214	jsonb_to_tsvector	11	10	12	100	0	0	0	f	f	f	t	f	i	s	3	0	3614	3734 3802 3802	\N	\N	\N	\N	\N	jsonb_to_tsvector_byid	\N	\N	\N	\N
    4215	json_to_tsvector	11	10	12	100	0	0	0	f	f	f	t	f	s	s	2	0	3614	114 3802	\N	\N	\N	\N	\N	json_to_tsvector	\N	\N	\N	\N
    4216	json_to_tsvector	11	10	12	100	0	0	0	f	f	f	t	f	i	s	3	0	3614	3734 114 3802	\N	\N	\N	\N	\N	json_to_tsvector_byid	\N	\N	\N	\N
    4220	pg_copy_physical_replication_slot	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	2249	19 19 16	{19,19,16,19,3220}	{i,i,i,o,o}	{src_slot_name,dst_slot_name,temporary,slot_name,lsn}	\N	\N	pg_copy_physical_replication_slot_a	\N	\N	\N	\N
    4221	pg_copy_physical_replication_slot	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	2249	19 19	{19,19,19,3220}	{i,i,o,o}	{src_slot_name,dst_slot_name,slot_name,lsn}	\N	\N	pg_copy_physical_replication_slot_b	\N	\N	\N	\N
    4222	pg_copy_logical_replication_slot	11	10	12	1	0	0	0	f	f	f	t	f	v	u	4	0	2249	19 19 16 19	{19,19,16,19,19,3220}	{i,i,i,i,o,o}	{src_slot_name,dst_slot_name,temporary,plugin,slot_name,lsn}	\N	\N	pg_copy_logical_replication_slot_a	\N	\N	\N	\N
    4223	pg_copy_logical_replication_slot	11	10	12	1	0	0	0	f	f	f	t	f	v	u	3	0	2249	19 19 16	{19,19,16,19,3220}	{i,i,i,o,o}	{src_slot_name,dst_slot_name,temporary,slot_name,lsn}	\N	\N	pg_copy_logical_replication_slot_b	\N	\N	\N	\N
    4224	pg_copy_logical_replication_slot	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	2249	19 19	{19,19,19,3220}	{i,i,o,o}	{src_slot_name,dst_slot_name,slot_name,lsn}	\N	\N	pg_copy_logical_replication_slot_c	\N	\N	\N	\N
    4226	anycompatiblemultirange_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	4538	2275 26 23	\N	\N	\N	\N	\N	anycompatiblemultirange_in	\N	\N	\N	\N
    4227	anycompatiblemultirange_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	4538	\N	\N	\N	\N	\N	anycompatiblemultirange_out	\N	\N	\N	\N
    4228	range_merge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3831	4537	\N	\N	\N	\N	\N	range_merge_from_multirange	\N	\N	\N	\N
    4229	anymultirange_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	4537	2275 26 23	\N	\N	\N	\N	\N	anymultirange_in	\N	\N	\N	\N
    4230	anymultirange_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	4537	\N	\N	\N	\N	\N	anymultirange_out	\N	\N	\N	\N
    4231	multirange_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	4537	2275 26 23	\N	\N	\N	\N	\N	multirange_in	\N	\N	\N	\N
    4232	multirange_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	4537	\N	\N	\N	\N	\N	multirange_out	\N	\N	\N	\N
    4233	multirange_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	4537	2281 26 23	\N	\N	\N	\N	\N	multirange_recv	\N	\N	\N	\N
    4234	multirange_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	4537	\N	\N	\N	\N	\N	multirange_send	\N	\N	\N	\N
    4235	lower	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2283	4537	\N	\N	\N	\N	\N	multirange_lower	\N	\N	\N	\N
    4236	upper	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2283	4537	\N	\N	\N	\N	\N	multirange_upper	\N	\N	\N	\N
    4237	isempty	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	4537	\N	\N	\N	\N	\N	multirange_empty	\N	\N	\N	\N
    4238	lower_inc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	4537	\N	\N	\N	\N	\N	multirange_lower_inc	\N	\N	\N	\N
    4239	upper_inc	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	4537	\N	\N	\N	\N	\N	multirange_upper_inc	\N	\N	\N	\N
    4240	lower_inf	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	4537	\N	\N	\N	\N	\N	multirange_lower_inf	\N	\N	\N	\N
    4241	upper_inf	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	4537	\N	\N	\N	\N	\N	multirange_upper_inf	\N	\N	\N	\N
    4242	multirange_typanalyze	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	16	2281	\N	\N	\N	\N	\N	multirange_typanalyze	\N	\N	\N	\N
    4243	multirangesel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	multirangesel	\N	\N	\N	\N
    4244	multirange_eq	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_eq	\N	\N	\N	\N
    4245	multirange_ne	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_ne	\N	\N	\N	\N
    4246	range_overlaps_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 4537	\N	\N	\N	\N	\N	range_overlaps_multirange	\N	\N	\N	\N
    4247	multirange_overlaps_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 3831	\N	\N	\N	\N	\N	multirange_overlaps_range	\N	\N	\N	\N
    4248	multirange_overlaps_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_overlaps_multirange	\N	\N	\N	\N
    4249	multirange_contains_elem	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 2283	\N	\N	\N	\N	\N	multirange_contains_elem	\N	\N	\N	\N
    4250	multirange_contains_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 3831	\N	\N	\N	\N	\N	multirange_contains_range	\N	\N	\N	\N
    4251	multirange_contains_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_contains_multirange	\N	\N	\N	\N
    4252	elem_contained_by_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2283 4537	\N	\N	\N	\N	\N	elem_contained_by_multirange	\N	\N	\N	\N
    4253	range_contained_by_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 4537	\N	\N	\N	\N	\N	range_contained_by_multirange	\N	\N	\N	\N
    4254	multirange_contained_by_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_contained_by_multirange	\N	\N	\N	\N
    4255	range_adjacent_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 4537	\N	\N	\N	\N	\N	range_adjacent_multirange	\N	\N	\N	\N
    4256	multirange_adjacent_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_adjacent_multirange	\N	\N	\N	\N
    4257	multirange_adjacent_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 3831	\N	\N	\N	\N	\N	multirange_adjacent_range	\N	\N	\N	\N
    4258	range_before_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 4537	\N	\N	\N	\N	\N	range_before_multirange	\N	\N	\N	\N
    4259	multirange_before_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 3831	\N	\N	\N	\N	\N	multirange_before_range	\N	\N	\N	\N
    4260	multirange_before_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_before_multirange	\N	\N	\N	\N
    4261	range_after_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 4537	\N	\N	\N	\N	\N	range_after_multirange	\N	\N	\N	\N
    4262	multirange_after_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 3831	\N	\N	\N	\N	\N	multirange_after_range	\N	\N	\N	\N
    4263	multirange_after_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_after_multirange	\N	\N	\N	\N
    4264	range_overleft_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 4537	\N	\N	\N	\N	\N	range_overleft_multirange	\N	\N	\N	\N
    4265	multirange_overleft_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 3831	\N	\N	\N	\N	\N	multirange_overleft_range	\N	\N	\N	\N
    4266	multirange_overleft_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_overleft_multirange	\N	\N	\N	\N
    4267	range_overright_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 4537	\N	\N	\N	\N	\N	range_overright_multirange	\N	\N	\N	\N
    4268	multirange_overright_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 3831	\N	\N	\N	\N	\N	multirange_overright_range	\N	\N	\N	\N
    4269	multirange_overright_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_overright_multirange	\N	\N	\N	\N
    4270	multirange_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	4537	4537 4537	\N	\N	\N	\N	\N	multirange_union	\N	\N	\N	\N
    4271	multirange_minus	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	4537	4537 4537	\N	\N	\N	\N	\N	multirange_minus	\N	\N	\N	\N
    4272	multirange_intersect	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	4537	4537 4537	\N	\N	\N	\N	\N	multirange_intersect	\N	\N	\N	\N
    4273	multirange_cmp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	4537 4537	\N	\N	\N	\N	\N	multirange_cmp	\N	\N	\N	\N
    4274	multirange_lt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_lt	\N	\N	\N	\N
    4275	multirange_le	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_le	\N	\N	\N	\N
    4276	multirange_ge	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_ge	\N	\N	\N	\N
    4277	multirange_gt	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 4537	\N	\N	\N	\N	\N	multirange_gt	\N	\N	\N	\N
    4278	hash_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	4537	\N	\N	\N	\N	\N	hash_multirange	\N	\N	\N	\N
    4279	hash_multirange_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	4537 20	\N	\N	\N	\N	\N	hash_multirange_extended	\N	\N	\N	\N
    4280	int4multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	0	0	4451		\N	\N	\N	\N	\N	multirange_constructor0	\N	\N	\N	\N
    4281	int4multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4451	3904	\N	\N	\N	\N	\N	multirange_constructor1	\N	\N	\N	\N
    4282	int4multirange	11	10	12	1	0	3904	0	f	f	f	t	f	i	s	1	0	4451	3905	{3905}	{v}	\N	\N	\N	multirange_constructor2	\N	\N	\N	\N
    4283	nummultirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	0	0	4532		\N	\N	\N	\N	\N	multirange_constructor0	\N	\N	\N	\N
    4284	nummultirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4532	3906	\N	\N	\N	\N	\N	multirange_constructor1	\N	\N	\N	\N
    4285	nummultirange	11	10	12	1	0	3906	0	f	f	f	t	f	i	s	1	0	4532	3907	{3907}	{v}	\N	\N	\N	multirange_constructor2	\N	\N	\N	\N
    4286	tsmultirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	0	0	4533		\N	\N	\N	\N	\N	multirange_constructor0	\N	\N	\N	\N
    4287	tsmultirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4533	3908	\N	\N	\N	\N	\N	multirange_constructor1	\N	\N	\N	\N
    4288	tsmultirange	11	10	12	1	0	3908	0	f	f	f	t	f	i	s	1	0	4533	3909	{3909}	{v}	\N	\N	\N	multirange_constructor2	\N	\N	\N	\N
    4289	tstzmultirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	0	0	4534		\N	\N	\N	\N	\N	multirange_constructor0	\N	\N	\N	\N
    4290	tstzmultirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4534	3910	\N	\N	\N	\N	\N	multirange_constructor1	\N	\N	\N	\N
    4291	tstzmultirange	11	10	12	1	0	3910	0	f	f	f	t	f	i	s	1	0	4534	3911	{3911}	{v}	\N	\N	\N	multirange_constructor2	\N	\N	\N	\N
    4292	datemultirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	0	0	4535		\N	\N	\N	\N	\N	multirange_constructor0	\N	\N	\N	\N
    4293	datemultirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4535	3912	\N	\N	\N	\N	\N	multirange_constructor1	\N	\N	\N	\N
    4294	datemultirange	11	10	12	1	0	3912	0	f	f	f	t	f	i	s	1	0	4535	3913	{3913}	{v}	\N	\N	\N	multirange_constructor2	\N	\N	\N	\N
    4295	int8multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	0	0	4536		\N	\N	\N	\N	\N	multirange_constructor0	\N	\N	\N	\N
    4296	int8multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4536	3926	\N	\N	\N	\N	\N	multirange_constructor1	\N	\N	\N	\N
    4297	int8multirange	11	10	12	1	0	3926	0	f	f	f	t	f	i	s	1	0	4536	3927	{3927}	{v}	\N	\N	\N	multirange_constructor2	\N	\N	\N	\N
    4298	multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4537	3831	\N	\N	\N	\N	\N	multirange_constructor1	\N	\N	\N	\N
    4299	range_agg_transfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 3831	\N	\N	\N	\N	\N	range_agg_transfn	\N	\N	\N	\N
    4300	range_agg_finalfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	4537	2281 3831	\N	\N	\N	\N	\N	range_agg_finalfn	\N	\N	\N	\N
    4301	range_agg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	4537	3831	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    4350	normalize	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	1	25	25 25	\N	\N	\N	'NFC'::text	\N	unicode_normalize_func	\N	\N	\N	\N
    4351	is_normalized	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	1	16	25 25	\N	\N	\N	'NFC'::text	\N	unicode_is_normalized	\N	\N	\N	\N
    4388	multirange_intersect_agg_transfn	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	4537	4537 4537	\N	\N	\N	\N	\N	multirange_intersect_agg_transfn	\N	\N	\N	\N
    4389	range_intersect_agg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	4537	4537	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    4390	binary_upgrade_set_next_multirange_pg_type_oid	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_multirange_pg_type_oid	\N	\N	\N	\N
    4391	binary_upgrade_set_next_multirange_array_pg_type_oid	11	10	12	1	0	0	0	f	f	f	t	f	v	r	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_multirange_array_pg_type_oid	\N	\N	\N	\N
    4401	range_intersect_agg_transfn	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3831	3831 3831	\N	\N	\N	\N	\N	range_intersect_agg_transfn	\N	\N	\N	\N
    4450	range_intersect_agg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	3831	3831	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    4541	range_contains_multirange	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	3831 4537	\N	\N	\N	\N	\N	range_contains_multirange	\N	\N	\N	\N
    4542	multirange_contained_by_range	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	4537 3831	\N	\N	\N	\N	\N	multirange_contained_by_range	\N	\N	\N	\N
    4543	pg_log_backend_memory_contexts	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	16	23	\N	\N	\N	\N	\N	pg_log_backend_memory_contexts	\N	\N	\N	{postgres=X/postgres}
    4545	binary_upgrade_set_next_heap_relfilenode	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_heap_relfilenode	\N	\N	\N	\N
    4546	binary_upgrade_set_next_index_relfilenode	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_index_relfilenode	\N	\N	\N	\N
    4547	binary_upgrade_set_next_toast_relfilenode	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_toast_relfilenode	\N	\N	\N	\N
    4548	binary_upgrade_set_next_pg_tablespace_oid	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	2278	26	\N	\N	\N	\N	\N	binary_upgrade_set_next_pg_tablespace_oid	\N	\N	\N	\N
    4566	pg_event_trigger_table_rewrite_oid	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	26		{26}	{o}	{oid}	\N	\N	pg_event_trigger_table_rewrite_oid	\N	\N	\N	\N
    4567	pg_event_trigger_table_rewrite_reason	11	10	12	1	0	0	0	f	f	f	t	f	s	r	0	0	23		\N	\N	\N	\N	\N	pg_event_trigger_table_rewrite_reason	\N	\N	\N	\N
    4568	pg_event_trigger_ddl_commands	11	10	12	10	100	0	0	f	f	f	t	t	s	r	0	0	2249		{26,26,23,25,25,25,25,16,32}	{o,o,o,o,o,o,o,o,o}	{classid,objid,objsubid,command_tag,object_type,schema_name,object_identity,in_extension,command}	\N	\N	pg_event_trigger_ddl_commands	\N	\N	\N	\N
    4591	brin_bloom_opcinfo	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	brin_bloom_opcinfo	\N	\N	\N	\N
    4592	brin_bloom_add_value	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	16	2281 2281 2281 2281	\N	\N	\N	\N	\N	brin_bloom_add_value	\N	\N	\N	\N
    4593	brin_bloom_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	16	2281 2281 2281 23	\N	\N	\N	\N	\N	brin_bloom_consistent	\N	\N	\N	\N
    4594	brin_bloom_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	16	2281 2281 2281	\N	\N	\N	\N	\N	brin_bloom_union	\N	\N	\N	\N
    4595	brin_bloom_options	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	brin_bloom_options	\N	\N	\N	\N
    4596	brin_bloom_summary_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4600	2275	\N	\N	\N	\N	\N	brin_bloom_summary_in	\N	\N	\N	\N
    4597	brin_bloom_summary_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	4600	\N	\N	\N	\N	\N	brin_bloom_summary_out	\N	\N	\N	\N
    4598	brin_bloom_summary_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	4600	2281	\N	\N	\N	\N	\N	brin_bloom_summary_recv	\N	\N	\N	\N
    4599	brin_bloom_summary_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	4600	\N	\N	\N	\N	\N	brin_bloom_summary_send	\N	\N	\N	\N
    4616	brin_minmax_multi_opcinfo	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	brin_minmax_multi_opcinfo	\N	\N	\N	\N
    4617	brin_minmax_multi_add_value	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	16	2281 2281 2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_add_value	\N	\N	\N	\N
    4618	brin_minmax_multi_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	16	2281 2281 2281 23	\N	\N	\N	\N	\N	brin_minmax_multi_consistent	\N	\N	\N	\N
    4619	brin_minmax_multi_union	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	16	2281 2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_union	\N	\N	\N	\N
    4620	brin_minmax_multi_options	11	10	12	1	0	0	0	f	f	f	f	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	brin_minmax_multi_options	\N	\N	\N	\N
    4621	brin_minmax_multi_distance_int2	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_int2	\N	\N	\N	\N
    4622	brin_minmax_multi_distance_int4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_int4	\N	\N	\N	\N
    4623	brin_minmax_multi_distance_int8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_int8	\N	\N	\N	\N
    4624	brin_minmax_multi_distance_float4	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_float4	\N	\N	\N	\N
    4625	brin_minmax_multi_distance_float8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_float8	\N	\N	\N	\N
    4626	brin_minmax_multi_distance_numeric	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_numeric	\N	\N	\N	\N
    4627	brin_minmax_multi_distance_tid	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_tid	\N	\N	\N	\N
    4628	brin_minmax_multi_distance_uuid	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_uuid	\N	\N	\N	\N
    4629	brin_minmax_multi_distance_date	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_date	\N	\N	\N	\N
    4630	brin_minmax_multi_distance_time	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_time	\N	\N	\N	\N
    4631	brin_minmax_multi_distance_interval	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_interval	\N	\N	\N	\N
    4632	brin_minmax_multi_distance_timetz	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_timetz	\N	\N	\N	\N
    4633	brin_minmax_multi_distance_pg_lsn	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_pg_lsn	\N	\N	\N	\N
    4634	brin_minmax_multi_distance_macaddr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_macaddr	\N	\N	\N	\N
    4635	brin_minmax_multi_distance_macaddr8	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_macaddr8	\N	\N	\N	\N
    4636	brin_minmax_multi_distance_inet	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_inet	\N	\N	\N	\N
    4637	brin_minmax_multi_distance_timestamp	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	701	2281 2281	\N	\N	\N	\N	\N	brin_minmax_multi_distance_timestamp	\N	\N	\N	\N
    4638	brin_minmax_multi_summary_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	4601	2275	\N	\N	\N	\N	\N	brin_minmax_multi_summary_in	\N	\N	\N	\N
    4639	brin_minmax_multi_summary_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	4601	\N	\N	\N	\N	\N	brin_minmax_multi_summary_out	\N	\N	\N	\N
    4640	brin_minmax_multi_summary_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	4601	2281	\N	\N	\N	\N	\N	brin_minmax_multi_summary_recv	\N	\N	\N	\N
    4641	brin_minmax_multi_summary_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	4601	\N	\N	\N	\N	\N	brin_minmax_multi_summary_send	\N	\N	\N	\N
    5001	phraseto_tsquery	11	10	12	100	0	0	0	f	f	f	t	f	s	s	1	0	3615	25	\N	\N	\N	\N	\N	phraseto_tsquery	\N	\N	\N	\N
    5003	tsquery_phrase	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3615	3615 3615	\N	\N	\N	\N	\N	tsquery_phrase	\N	\N	\N	\N
    5004	tsquery_phrase	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	3615	3615 3615 23	\N	\N	\N	\N	\N	tsquery_phrase_distance	\N	\N	\N	\N
    5006	phraseto_tsquery	11	10	12	100	0	0	0	f	f	f	t	f	i	s	2	0	3615	3734 25	\N	\N	\N	\N	\N	phraseto_tsquery_byid	\N	\N	\N	\N
    5007	websearch_to_tsquery	11	10	12	100	0	0	0	f	f	f	t	f	i	s	2	0	3615	3734 25	\N	\N	\N	\N	\N	websearch_to_tsquery_byid	\N	\N	\N	\N
    5009	websearch_to_tsquery	11	10	12	100	0	0	0	f	f	f	t	f	s	s	1	0	3615	25	\N	\N	\N	\N	\N	websearch_to_tsquery	\N	\N	\N	\N
    5010	spg_bbox_quad_config	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_bbox_quad_config	\N	\N	\N	\N
    5011	spg_poly_quad_compress	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	603	604	\N	\N	\N	\N	\N	spg_poly_quad_compress	\N	\N	\N	\N
    5012	spg_box_quad_config	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_box_quad_config	\N	\N	\N	\N
    5013	spg_box_quad_choose	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_box_quad_choose	\N	\N	\N	\N
    5014	spg_box_quad_picksplit	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_box_quad_picksplit	\N	\N	\N	\N
    5015	spg_box_quad_inner_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2278	2281 2281	\N	\N	\N	\N	\N	spg_box_quad_inner_consistent	\N	\N	\N	\N
    5016	spg_box_quad_leaf_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	2281 2281	\N	\N	\N	\N	\N	spg_box_quad_leaf_consistent	\N	\N	\N	\N
    5018	pg_mcv_list_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	5017	2275	\N	\N	\N	\N	\N	pg_mcv_list_in	\N	\N	\N	\N
    5019	pg_mcv_list_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	5017	\N	\N	\N	\N	\N	pg_mcv_list_out	\N	\N	\N	\N
    5020	pg_mcv_list_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	5017	2281	\N	\N	\N	\N	\N	pg_mcv_list_recv	\N	\N	\N	\N
    5021	pg_mcv_list_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	5017	\N	\N	\N	\N	\N	pg_mcv_list_send	\N	\N	\N	\N
    5022	pg_lsn_pli	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3220	3220 1700	\N	\N	\N	\N	\N	pg_lsn_pli	\N	\N	\N	\N
    5023	numeric_pl_pg_lsn	11	10	14	1	0	0	0	f	f	f	t	f	i	s	2	0	3220	1700 3220	\N	\N	\N	\N	\N		\N	RETURN ($2 + $1)	\N	\N
    5024	pg_lsn_mii	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	3220	3220 1700	\N	\N	\N	\N	\N	pg_lsn_mii	\N	\N	\N	\N
    5028	satisfies_hash_partition	11	10	12	1	0	2276	0	f	f	f	f	f	i	s	4	0	16	26 23 23 2276	\N	{i,i,i,v}	\N	\N	\N	satisfies_hash_partition	\N	\N	\N	\N
    5029	pg_ls_tmpdir	11	10	12	10	20	0	0	f	f	f	t	t	v	s	0	0	2249		{25,20,1184}	{o,o,o}	{name,size,modification}	\N	\N	pg_ls_tmpdir_noargs	\N	\N	\N	{postgres=X/postgres,pg_monitor=X/postgres}
    5030	pg_ls_tmpdir	11	10	12	10	20	0	0	f	f	f	t	t	v	s	1	0	2249	26	{26,25,20,1184}	{i,o,o,o}	{tablespace,name,size,modification}	\N	\N	pg_ls_tmpdir_1arg	\N	\N	\N	{postgres=X/postgres,pg_monitor=X/postgres}
    5031	pg_ls_archive_statusdir	11	10	12	10	20	0	0	f	f	f	t	t	v	s	0	0	2249		{25,20,1184}	{o,o,o}	{name,size,modification}	\N	\N	pg_ls_archive_statusdir	\N	\N	\N	{postgres=X/postgres,pg_monitor=X/postgres}
    5033	network_sortsupport	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2278	2281	\N	\N	\N	\N	\N	network_sortsupport	\N	\N	\N	\N
    5034	xid8lt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	5069 5069	\N	\N	\N	\N	\N	xid8lt	\N	\N	\N	\N
    5035	xid8gt	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	5069 5069	\N	\N	\N	\N	\N	xid8gt	\N	\N	\N	\N
    5036	xid8le	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	5069 5069	\N	\N	\N	\N	\N	xid8le	\N	\N	\N	\N
    5037	xid8ge	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	5069 5069	\N	\N	\N	\N	\N	xid8ge	\N	\N	\N	\N
    5040	matchingsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	4	0	701	2281 26 2281 23	\N	\N	\N	\N	\N	matchingsel	\N	\N	\N	\N
    5041	matchingjoinsel	11	10	12	1	0	0	0	f	f	f	t	f	s	s	5	0	701	2281 26 2281 21 2281	\N	\N	\N	\N	\N	matchingjoinsel	\N	\N	\N	\N
    5042	min_scale	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	1700	\N	\N	\N	\N	\N	numeric_min_scale	\N	\N	\N	\N
    5043	trim_scale	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	1700	1700	\N	\N	\N	\N	\N	numeric_trim_scale	\N	\N	\N	\N
    5044	gcd	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4gcd	\N	\N	\N	\N
    5045	gcd	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8gcd	\N	\N	\N	\N
    5046	lcm	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	23 23	\N	\N	\N	\N	\N	int4lcm	\N	\N	\N	\N
    5047	lcm	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	20 20	\N	\N	\N	\N	\N	int8lcm	\N	\N	\N	\N
    5048	gcd	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_gcd	\N	\N	\N	\N
    5049	lcm	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	1700 1700	\N	\N	\N	\N	\N	numeric_lcm	\N	\N	\N	\N
    5050	btvarstrequalimage	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	26	\N	\N	\N	\N	\N	btvarstrequalimage	\N	\N	\N	\N
    5051	btequalimage	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	16	26	\N	\N	\N	\N	\N	btequalimage	\N	\N	\N	\N
    5052	pg_get_shmem_allocations	11	10	12	1	50	0	0	f	f	f	t	t	v	s	0	0	2249		{25,20,20,20}	{o,o,o,o}	{name,off,size,allocated_size}	\N	\N	pg_get_shmem_allocations	\N	\N	\N	{postgres=X/postgres,pg_read_all_stats=X/postgres}
    5053	pg_stat_get_ins_since_vacuum	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_ins_since_vacuum	\N	\N	\N	\N
    5054	jsonb_set_lax	11	10	12	1	0	0	0	f	f	f	f	f	i	s	5	2	3802	3802 1009 3802 16 25	\N	\N	{jsonb_in,path,replacement,create_if_missing,null_value_treatment}	true, 'use_json_null'::text	\N	jsonb_set_lax	\N	\N	\N	\N
    5055	pg_snapshot_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	5038	2275	\N	\N	\N	\N	\N	pg_snapshot_in	\N	\N	\N	\N
    5056	pg_snapshot_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	5038	\N	\N	\N	\N	\N	pg_snapshot_out	\N	\N	\N	\N
    5057	pg_snapshot_recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	5038	2281	\N	\N	\N	\N	\N	pg_snapshot_recv	\N	\N	\N	\N
    5058	pg_snapshot_send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	5038	\N	\N	\N	\N	\N	pg_snapshot_send	\N	\N	\N	\N
    5059	pg_current_xact_id	11	10	12	1	0	0	0	f	f	f	t	f	s	u	0	0	5069		\N	\N	\N	\N	\N	pg_current_xact_id	\N	\N	\N	\N
    5060	pg_current_xact_id_if_assigned	11	10	12	1	0	0	0	f	f	f	t	f	s	u	0	0	5069		\N	\N	\N	\N	\N	pg_current_xact_id_if_assigned	\N	\N	\N	\N
    5061	pg_current_snapshot	11	10	12	1	0	0	0	f	f	f	t	f	s	s	0	0	5038		\N	\N	\N	\N	\N	pg_current_snapshot	\N	\N	\N	\N
    5062	pg_snapshot_xmin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	5069	5038	\N	\N	\N	\N	\N	pg_snapshot_xmin	\N	\N	\N	\N
    5063	pg_snapshot_xmax	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	5069	5038	\N	\N	\N	\N	\N	pg_snapshot_xmax	\N	\N	\N	\N
    5064	pg_snapshot_xip	11	10	12	1	50	0	0	f	f	f	t	t	i	s	1	0	5069	5038	\N	\N	\N	\N	\N	pg_snapshot_xip	\N	\N	\N	\N
    5065	pg_visible_in_snapshot	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	5069 5038	\N	\N	\N	\N	\N	pg_visible_in_snapshot	\N	\N	\N	\N
    5066	pg_xact_status	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	25	5069	\N	\N	\N	\N	\N	pg_xact_status	\N	\N	\N	\N
    5070	xid8in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	5069	2275	\N	\N	\N	\N	\N	xid8in	\N	\N	\N	\N
    5071	xid	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	28	5069	\N	\N	\N	\N	\N	xid8toxid	\N	\N	\N	\N
    5081	xid8out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	5069	\N	\N	\N	\N	\N	xid8out	\N	\N	\N	\N
    5082	xid8recv	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	5069	2281	\N	\N	\N	\N	\N	xid8recv	\N	\N	\N	\N
    5083	xid8send	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	17	5069	\N	\N	\N	\N	\N	xid8send	\N	\N	\N	\N
    5084	xid8eq	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	5069 5069	\N	\N	\N	\N	\N	xid8eq	\N	\N	\N	\N
    5085	xid8ne	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	16	5069 5069	\N	\N	\N	\N	\N	xid8ne	\N	\N	\N	\N
    5086	anycompatible_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	5077	2275	\N	\N	\N	\N	\N	anycompatible_in	\N	\N	\N	\N
    5087	anycompatible_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	5077	\N	\N	\N	\N	\N	anycompatible_out	\N	\N	\N	\N
    5088	anycompatiblearray_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	5078	2275	\N	\N	\N	\N	\N	anycompatiblearray_in	\N	\N	\N	\N
    5089	anycompatiblearray_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	5078	\N	\N	\N	\N	\N	anycompatiblearray_out	\N	\N	\N	\N
    5090	anycompatiblearray_recv	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	5078	2281	\N	\N	\N	\N	\N	anycompatiblearray_recv	\N	\N	\N	\N
    5091	anycompatiblearray_send	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	17	5078	\N	\N	\N	\N	\N	anycompatiblearray_send	\N	\N	\N	\N
    5092	anycompatiblenonarray_in	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	5079	2275	\N	\N	\N	\N	\N	anycompatiblenonarray_in	\N	\N	\N	\N
    5093	anycompatiblenonarray_out	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2275	5079	\N	\N	\N	\N	\N	anycompatiblenonarray_out	\N	\N	\N	\N
    5094	anycompatiblerange_in	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	5080	2275 26 23	\N	\N	\N	\N	\N	anycompatiblerange_in	\N	\N	\N	\N
    5095	anycompatiblerange_out	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	2275	5080	\N	\N	\N	\N	\N	anycompatiblerange_out	\N	\N	\N	\N
    5096	xid8cmp	11	10	12	1	0	0	0	f	f	t	t	f	i	s	2	0	23	5069 5069	\N	\N	\N	\N	\N	xid8cmp	\N	\N	\N	\N
    5097	xid8_larger	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	5069	5069 5069	\N	\N	\N	\N	\N	xid8_larger	\N	\N	\N	\N
    5098	xid8_smaller	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	5069	5069 5069	\N	\N	\N	\N	\N	xid8_smaller	\N	\N	\N	\N
    5099	max	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	5069	5069	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    5100	min	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	5069	5069	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    6003	pg_replication_origin_create	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	26	25	\N	\N	\N	\N	\N	pg_replication_origin_create	\N	\N	\N	{postgres=X/postgres}
    6004	pg_replication_origin_drop	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	2278	25	\N	\N	\N	\N	\N	pg_replication_origin_drop	\N	\N	\N	{postgres=X/postgres}
    6005	pg_replication_origin_oid	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	26	25	\N	\N	\N	\N	\N	pg_replication_origin_oid	\N	\N	\N	{postgres=X/postgres}
    6006	pg_replication_origin_session_setup	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	2278	25	\N	\N	\N	\N	\N	pg_replication_origin_session_setup	\N	\N	\N	{postgres=X/postgres}
    6007	pg_replication_origin_session_reset	11	10	12	1	0	0	0	f	f	f	t	f	v	u	0	0	2278		\N	\N	\N	\N	\N	pg_replication_origin_session_reset	\N	\N	\N	{postgres=X/postgres}
    6008	pg_replication_origin_session_is_setup	11	10	12	1	0	0	0	f	f	f	t	f	v	r	0	0	16		\N	\N	\N	\N	\N	pg_replication_origin_session_is_setup	\N	\N	\N	{postgres=X/postgres}
    6009	pg_replication_origin_session_progress	11	10	12	1	0	0	0	f	f	f	t	f	v	u	1	0	3220	16	\N	\N	\N	\N	\N	pg_replication_origin_session_progress	\N	\N	\N	{postgres=X/postgres}
    6010	pg_replication_origin_xact_setup	11	10	12	1	0	0	0	f	f	f	t	f	v	r	2	0	2278	3220 1184	\N	\N	\N	\N	\N	pg_replication_origin_xact_setup	\N	\N	\N	{postgres=X/postgres}
    6011	pg_replication_origin_xact_reset	11	10	12	1	0	0	0	f	f	f	t	f	v	r	0	0	2278		\N	\N	\N	\N	\N	pg_replication_origin_xact_reset	\N	\N	\N	{postgres=X/postgres}
    6012	pg_replication_origin_advance	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	2278	25 3220	\N	\N	\N	\N	\N	pg_replication_origin_advance	\N	\N	\N	{postgres=X/postgres}
    6013	pg_replication_origin_progress	11	10	12	1	0	0	0	f	f	f	t	f	v	u	2	0	3220	25 16	\N	\N	\N	\N	\N	pg_replication_origin_progress	\N	\N	\N	{postgres=X/postgres}
    6014	pg_show_replication_origin_status	11	10	12	1	100	0	0	f	f	f	f	t	v	r	0	0	2249		{26,25,3220,3220}	{o,o,o,o}	{local_id,external_id,remote_lsn,local_lsn}	\N	\N	pg_show_replication_origin_status	\N	\N	\N	{postgres=X/postgres}
    6098	jsonb_subscript_handler	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	jsonb_subscript_handler	\N	\N	\N	\N
    6103	pg_lsn	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	3220	1700	\N	\N	\N	\N	\N	numeric_pg_lsn	\N	\N	\N	\N
    6118	pg_stat_get_subscription	11	10	12	1	10	0	0	f	f	f	f	t	s	r	1	0	2249	26	{26,26,26,23,3220,1184,1184,3220,1184}	{i,o,o,o,o,o,o,o,o}	{subid,subid,relid,pid,received_lsn,last_msg_send_time,last_msg_receipt_time,latest_end_lsn,latest_end_time}	\N	\N	pg_stat_get_subscription	\N	\N	\N	\N
    6119	pg_get_publication_tables	11	10	12	1	1000	0	0	f	f	f	t	t	s	s	1	0	2249	25	{25,26,22,194}	{i,o,o,o}	{pubname,relid,attrs,qual}	\N	\N	pg_get_publication_tables	\N	\N	\N	\N
    6120	pg_get_replica_identity_index	11	10	12	10	0	0	0	f	f	f	t	f	s	s	1	0	2205	2205	\N	\N	\N	\N	\N	pg_get_replica_identity_index	\N	\N	\N	\N
    6121	pg_relation_is_publishable	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	16	2205	\N	\N	\N	\N	\N	pg_relation_is_publishable	\N	\N	\N	\N
    6154	multirange_gist_consistent	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	16	2281 4537 21 26 2281	\N	\N	\N	\N	\N	multirange_gist_consistent	\N	\N	\N	\N
    6156	multirange_gist_compress	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	multirange_gist_compress	\N	\N	\N	\N
    6159	pg_get_catalog_foreign_keys	11	10	12	10	250	0	0	f	f	f	t	t	s	s	0	0	2249		{2205,1009,2205,1009,16,16}	{o,o,o,o,o,o}	{fktable,fkcols,pktable,pkcols,is_array,is_opt}	\N	\N	pg_get_catalog_foreign_keys	\N	\N	\N	\N
    6160	string_to_table	11	10	12	1	1000	0	0	f	f	f	f	t	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	text_to_table	\N	\N	\N	\N
    6161	string_to_table	11	10	12	1	1000	0	0	f	f	f	f	t	i	s	3	0	25	25 25 25	\N	\N	\N	\N	\N	text_to_table_null	\N	\N	\N	\N
    6162	bit_count	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	1560	\N	\N	\N	\N	\N	bit_bit_count	\N	\N	\N	\N
    6163	bit_count	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	20	17	\N	\N	\N	\N	\N	bytea_bit_count	\N	\N	\N	\N
    6164	bit_xor	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	21	21	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    6165	bit_xor	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	23	23	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    6166	bit_xor	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	20	20	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    6167	bit_xor	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	1560	1560	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    6168	pg_xact_commit_timestamp_origin	11	10	12	1	0	0	0	f	f	f	t	f	v	s	1	0	2249	28	{28,1184,26}	{i,o,o}	{xid,timestamp,roident}	\N	\N	pg_xact_commit_timestamp_origin	\N	\N	\N	\N
    6169	pg_stat_get_replication_slot	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	2249	25	{25,25,20,20,20,20,20,20,20,20,1184}	{i,o,o,o,o,o,o,o,o,o,o}	{slot_name,slot_name,spill_txns,spill_count,spill_bytes,stream_txns,stream_count,stream_bytes,total_txns,total_bytes,stats_reset}	\N	\N	pg_stat_get_replication_slot	\N	\N	\N	\N
    6170	pg_stat_reset_replication_slot	11	10	12	1	0	0	0	f	f	f	f	f	v	s	1	0	2278	25	\N	\N	\N	\N	\N	pg_stat_reset_replication_slot	\N	\N	\N	{postgres=X/postgres}
    6172	trim_array	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	2277	2277 23	\N	\N	\N	\N	\N	trim_array	\N	\N	\N	\N
    6173	pg_get_statisticsobjdef_expressions	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1009	26	\N	\N	\N	\N	\N	pg_get_statisticsobjdef_expressions	\N	\N	\N	\N
    6174	pg_get_statisticsobjdef_columns	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_statisticsobjdef_columns	\N	\N	\N	\N
    6177	date_bin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1114	1186 1114 1114	\N	\N	\N	\N	\N	timestamp_bin	\N	\N	\N	\N
    6178	date_bin	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	1184	1186 1184 1184	\N	\N	\N	\N	\N	timestamptz_bin	\N	\N	\N	\N
    6179	array_subscript_handler	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	array_subscript_handler	\N	\N	\N	\N
    6180	raw_array_subscript_handler	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	raw_array_subscript_handler	\N	\N	\N	\N
    6183	ts_debug	11	10	14	100	1000	0	0	f	f	f	t	t	s	s	2	0	2249	3734 25	{3734,25,25,25,25,3770,3769,1009}	{i,i,o,o,o,o,o,o}	{config,document,alias,description,token,dictionaries,dictionary,lexemes}	\N	\N		\N	BEGIN ATOMIC\n SELECT tt.alias,\n     tt.description,\n     parse.token,\n     ARRAY( SELECT (m.mapdict)::regdictionary AS mapdict\n            FROM pg_ts_config_map m\n           WHERE ((m.mapcfg = (ts_debug.config)::oid) AND (m.maptokentype = parse.tokid))\n           ORDER BY m.mapseqno) AS dictionaries,\n     ( SELECT (m.mapdict)::regdictionary AS mapdict\n            FROM pg_ts_config_map m\n           WHERE ((m.mapcfg = (ts_debug.config)::oid) AND (m.maptokentype = parse.tokid))\n           ORDER BY (ts_lexize((m.mapdict)::regdictionary, parse.token) IS NULL), m.mapseqno\n          LIMIT 1) AS dictionary,\n     ( SELECT ts_lexize((m.mapdict)::regdictionary, parse.token) AS ts_lexize\n            FROM pg_ts_config_map m\n           WHERE ((m.mapcfg = (ts_debug.config)::oid) AND (m.maptokentype = parse.tokid))\n           ORDER BY (ts_lexize((m.mapdict)::regdictionary, parse.token) IS NULL), m.mapseqno\n          LIMIT 1) AS lexemes\n    FROM ts_parse(( SELECT pg_ts_config.cfgparser\n            FROM pg_ts_config\n           WHERE (pg_ts_config.oid = (ts_debug.config)::oid)), ts_debug.document) parse(tokid, token),\n     ts_token_type(( SELECT pg_ts_config.cfgparser\n            FROM pg_ts_config\n           WHERE (pg_ts_config.oid = (ts_debug.config)::oid))) tt(tokid, alias, description)\n   WHERE (tt.tokid = parse.tokid);\nEND	\N	\N
    6184	ts_debug	11	10	14	100	1000	0	0	f	f	f	t	t	s	s	1	0	2249	25	{25,25,25,25,3770,3769,1009}	{i,o,o,o,o,o,o}	{document,alias,description,token,dictionaries,dictionary,lexemes}	\N	\N		\N	BEGIN ATOMIC\n SELECT ts_debug.alias,\n     ts_debug.description,\n     ts_debug.token,\n     ts_debug.dictionaries,\n     ts_debug.dictionary,\n     ts_debug.lexemes\n    FROM ts_debug(get_current_ts_config(), ts_debug.document) ts_debug(alias, description, token, dictionaries, dictionary, lexemes);\nEND	\N	\N
    6185	pg_stat_get_db_session_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	701	26	\N	\N	\N	\N	\N	pg_stat_get_db_session_time	\N	\N	\N	\N
    6186	pg_stat_get_db_active_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	701	26	\N	\N	\N	\N	\N	pg_stat_get_db_active_time	\N	\N	\N	\N
    6187	pg_stat_get_db_idle_in_transaction_time	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	701	26	\N	\N	\N	\N	\N	pg_stat_get_db_idle_in_transaction_time	\N	\N	\N	\N
    6188	pg_stat_get_db_sessions	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_sessions	\N	\N	\N	\N
    6189	pg_stat_get_db_sessions_abandoned	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_sessions_abandoned	\N	\N	\N	\N
    6190	pg_stat_get_db_sessions_fatal	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_sessions_fatal	\N	\N	\N	\N
    6191	pg_stat_get_db_sessions_killed	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	20	26	\N	\N	\N	\N	\N	pg_stat_get_db_sessions_killed	\N	\N	\N	\N
    6192	hash_record	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	23	2249	\N	\N	\N	\N	\N	hash_record	\N	\N	\N	\N
    6193	hash_record_extended	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	20	2249 20	\N	\N	\N	\N	\N	hash_record_extended	\N	\N	\N	\N
    6195	ltrim	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	17	17 17	\N	\N	\N	\N	\N	bytealtrim	\N	\N	\N	\N
    6196	rtrim	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	17	17 17	\N	\N	\N	\N	\N	byteartrim	\N	\N	\N	\N
    6197	pg_get_function_sqlbody	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	25	26	\N	\N	\N	\N	\N	pg_get_function_sqlbody	\N	\N	\N	\N
    6198	unistr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	25	25	\N	\N	\N	\N	\N	unistr	\N	\N	\N	\N
    6199	extract	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	25 1082	\N	\N	\N	\N	\N	extract_date	\N	\N	\N	\N
    6200	extract	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	25 1083	\N	\N	\N	\N	\N	extract_time	\N	\N	\N	\N
    6201	extract	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	25 1266	\N	\N	\N	\N	\N	extract_timetz	\N	\N	\N	\N
    6202	extract	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	25 1114	\N	\N	\N	\N	\N	extract_timestamp	\N	\N	\N	\N
    6203	extract	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	1700	25 1184	\N	\N	\N	\N	\N	extract_timestamptz	\N	\N	\N	\N
    6204	extract	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	1700	25 1186	\N	\N	\N	\N	\N	extract_interval	\N	\N	\N	\N
    6205	has_parameter_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	19 25 25	\N	\N	\N	\N	\N	has_parameter_privilege_name_name	\N	\N	\N	\N
    6206	has_parameter_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	3	0	16	26 25 25	\N	\N	\N	\N	\N	has_parameter_privilege_id_name	\N	\N	\N	\N
    6207	has_parameter_privilege	11	10	12	1	0	0	0	f	f	f	t	f	s	s	2	0	16	25 25	\N	\N	\N	\N	\N	has_parameter_privilege_name	\N	\N	\N	\N
    6224	pg_get_wal_resource_managers	11	10	12	1	50	0	0	f	f	f	t	t	v	s	0	0	2249		{23,25,16}	{o,o,o}	{rm_id,rm_name,rm_builtin}	\N	\N	pg_get_wal_resource_managers	\N	\N	\N	\N
    6225	multirange_agg_transfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	2281	2281 4537	\N	\N	\N	\N	\N	multirange_agg_transfn	\N	\N	\N	\N
    6226	multirange_agg_finalfn	11	10	12	1	0	0	0	f	f	f	f	f	i	s	2	0	4537	2281 4537	\N	\N	\N	\N	\N	range_agg_finalfn	\N	\N	\N	\N
    6227	range_agg	11	10	12	1	0	0	0	a	f	f	f	f	i	s	1	0	4537	4537	\N	\N	\N	\N	\N	aggregate_dummy	\N	\N	\N	\N
    6230	pg_stat_have_stats	11	10	12	1	0	0	0	f	f	f	t	f	v	r	3	0	16	25 26 26	\N	\N	\N	\N	\N	pg_stat_have_stats	\N	\N	\N	{postgres=X/postgres}
    6231	pg_stat_get_subscription_stats	11	10	12	1	0	0	0	f	f	f	t	f	s	r	1	0	2249	26	{26,26,20,20,1184}	{i,o,o,o,o}	{subid,subid,apply_error_count,sync_error_count,stats_reset}	\N	\N	pg_stat_get_subscription_stats	\N	\N	\N	\N
    6232	pg_stat_reset_subscription_stats	11	10	12	1	0	0	0	f	f	f	f	f	v	s	1	0	2278	26	\N	\N	\N	\N	\N	pg_stat_reset_subscription_stats	\N	\N	\N	{postgres=X/postgres}
    6233	window_row_number_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	window_row_number_support	\N	\N	\N	\N
    6234	window_rank_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	window_rank_support	\N	\N	\N	\N
    6235	window_dense_rank_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	window_dense_rank_support	\N	\N	\N	\N
    6236	int8inc_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	int8inc_support	\N	\N	\N	\N
    6240	pg_settings_get_flags	11	10	12	1	0	0	0	f	f	f	t	f	s	s	1	0	1009	25	\N	\N	\N	\N	\N	pg_settings_get_flags	\N	\N	\N	\N
    6241	pg_stop_making_pinned_objects	11	10	12	1	0	0	0	f	f	f	t	f	v	u	0	0	2278		\N	\N	\N	\N	\N	pg_stop_making_pinned_objects	\N	\N	\N	\N
    6242	text_starts_with_support	11	10	12	1	0	0	0	f	f	f	t	f	i	s	1	0	2281	2281	\N	\N	\N	\N	\N	text_starts_with_support	\N	\N	\N	\N
    6248	pg_stat_get_recovery_prefetch	11	10	12	1	1	0	0	f	f	f	t	t	v	s	0	0	2249		{1184,20,20,20,20,20,20,23,23,23}	{o,o,o,o,o,o,o,o,o,o}	{stats_reset,prefetch,hit,skip_init,skip_new,skip_fpw,skip_rep,wal_distance,block_distance,io_depth}	\N	\N	pg_stat_get_recovery_prefetch	\N	\N	\N	\N
    6249	pg_database_collation_actual_version	11	10	12	100	0	0	0	f	f	f	t	f	v	s	1	0	25	26	\N	\N	\N	\N	\N	pg_database_collation_actual_version	\N	\N	\N	\N
    6250	pg_ident_file_mappings	11	10	12	1	1000	0	0	f	f	f	t	t	v	s	0	0	2249		{23,25,25,25,25}	{o,o,o,o,o}	{line_number,map_name,sys_name,pg_username,error}	\N	\N	pg_ident_file_mappings	\N	\N	\N	{postgres=X/postgres}
    6251	regexp_replace	11	10	12	1	0	0	0	f	f	f	t	f	i	s	6	0	25	25 25 25 23 23 25	\N	\N	\N	\N	\N	textregexreplace_extended	\N	\N	\N	\N
    6252	regexp_replace	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	25	25 25 25 23 23	\N	\N	\N	\N	\N	textregexreplace_extended_no_flags	\N	\N	\N	\N
    6253	regexp_replace	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	25	25 25 25 23	\N	\N	\N	\N	\N	textregexreplace_extended_no_n	\N	\N	\N	\N
    6254	regexp_count	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	25 25	\N	\N	\N	\N	\N	regexp_count_no_start	\N	\N	\N	\N
    6255	regexp_count	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	23	25 25 23	\N	\N	\N	\N	\N	regexp_count_no_flags	\N	\N	\N	\N
    6256	regexp_count	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	23	25 25 23 25	\N	\N	\N	\N	\N	regexp_count	\N	\N	\N	\N
    6257	regexp_instr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	23	25 25	\N	\N	\N	\N	\N	regexp_instr_no_start	\N	\N	\N	\N
    6258	regexp_instr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	23	25 25 23	\N	\N	\N	\N	\N	regexp_instr_no_n	\N	\N	\N	\N
    6259	regexp_instr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	23	25 25 23 23	\N	\N	\N	\N	\N	regexp_instr_no_endoption	\N	\N	\N	\N
    6260	regexp_instr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	23	25 25 23 23 23	\N	\N	\N	\N	\N	regexp_instr_no_flags	\N	\N	\N	\N
    6261	regexp_instr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	6	0	23	25 25 23 23 23 25	\N	\N	\N	\N	\N	regexp_instr_no_subexpr	\N	\N	\N	\N
    6262	regexp_instr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	7	0	23	25 25 23 23 23 25 23	\N	\N	\N	\N	\N	regexp_instr	\N	\N	\N	\N
    6263	regexp_like	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	16	25 25	\N	\N	\N	\N	\N	regexp_like_no_flags	\N	\N	\N	\N
    6264	regexp_like	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	16	25 25 25	\N	\N	\N	\N	\N	regexp_like	\N	\N	\N	\N
    6265	regexp_substr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	2	0	25	25 25	\N	\N	\N	\N	\N	regexp_substr_no_start	\N	\N	\N	\N
    6266	regexp_substr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	3	0	25	25 25 23	\N	\N	\N	\N	\N	regexp_substr_no_n	\N	\N	\N	\N
    6267	regexp_substr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	4	0	25	25 25 23 23	\N	\N	\N	\N	\N	regexp_substr_no_flags	\N	\N	\N	\N
    6268	regexp_substr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	5	0	25	25 25 23 23 25	\N	\N	\N	\N	\N	regexp_substr_no_subexpr	\N	\N	\N	\N
    6269	regexp_substr	11	10	12	1	0	0	0	f	f	f	t	f	i	s	6	0	25	25 25 23 23 25 23	\N	\N	\N	\N	\N	regexp_substr	\N	\N	\N	\N
    6270	pg_ls_logicalsnapdir	11	10	12	10	20	0	0	f	f	f	t	t	v	s	0	0	2249		{25,20,1184}	{o,o,o}	{name,size,modification}	\N	\N	pg_ls_logicalsnapdir	\N	\N	\N	{postgres=X/postgres,pg_monitor=X/postgres}
    6271	pg_ls_logicalmapdir	11	10	12	10	20	0	0	f	f	f	t	t	v	s	0	0	2249		{25,20,1184}	{o,o,o}	{name,size,modification}	\N	\N	pg_ls_logicalmapdir	\N	\N	\N	{postgres=X/postgres,pg_monitor=X/postgres}
    6272	pg_ls_replslotdir	11	10	12	10	20	0	0	f	f	f	t	t	v	s	1	0	2249	25	{25,25,20,1184}	{i,o,o,o}	{slot_name,name,size,modification}	\N	\N	pg_ls_replslotdir	\N	\N	\N	{postgres=X/postgres,pg_monitor=X/postgres}
    """#
