// Written by tools/generate-catalog-tables. Do not edit.

/// oid, proname, key (name and argument types), proargtypes, provariadic, prorettype, sort operator.
let aggregateTable: StaticString = """
    2050	max	max(anyarray)	2277	0	2277	1073
    2051	min	min(anyarray)	2277	0	2277	1072
    2100	avg	avg(int8)	20	0	1700	0
    2101	avg	avg(int4)	23	0	1700	0
    2102	avg	avg(int2)	21	0	1700	0
    2103	avg	avg(numeric)	1700	0	1700	0
    2104	avg	avg(float4)	700	0	701	0
    2105	avg	avg(float8)	701	0	701	0
    2106	avg	avg(interval)	1186	0	1186	0
    2107	sum	sum(int8)	20	0	1700	0
    2108	sum	sum(int4)	23	0	20	0
    2109	sum	sum(int2)	21	0	20	0
    2110	sum	sum(float4)	700	0	700	0
    2111	sum	sum(float8)	701	0	701	0
    2112	sum	sum(money)	790	0	790	0
    2113	sum	sum(interval)	1186	0	1186	0
    2114	sum	sum(numeric)	1700	0	1700	0
    2115	max	max(int8)	20	0	20	413
    2116	max	max(int4)	23	0	23	521
    2117	max	max(int2)	21	0	21	520
    2118	max	max(oid)	26	0	26	610
    2119	max	max(float4)	700	0	700	623
    2120	max	max(float8)	701	0	701	674
    2122	max	max(date)	1082	0	1082	1097
    2123	max	max(time)	1083	0	1083	1112
    2124	max	max(timetz)	1266	0	1266	1554
    2125	max	max(money)	790	0	790	903
    2126	max	max(timestamp)	1114	0	1114	2064
    2127	max	max(timestamptz)	1184	0	1184	1324
    2128	max	max(interval)	1186	0	1186	1334
    2129	max	max(text)	25	0	25	666
    2130	max	max(numeric)	1700	0	1700	1756
    2131	min	min(int8)	20	0	20	412
    2132	min	min(int4)	23	0	23	97
    2133	min	min(int2)	21	0	21	95
    2134	min	min(oid)	26	0	26	609
    2135	min	min(float4)	700	0	700	622
    2136	min	min(float8)	701	0	701	672
    2138	min	min(date)	1082	0	1082	1095
    2139	min	min(time)	1083	0	1083	1110
    2140	min	min(timetz)	1266	0	1266	1552
    2141	min	min(money)	790	0	790	902
    2142	min	min(timestamp)	1114	0	1114	2062
    2143	min	min(timestamptz)	1184	0	1184	1322
    2144	min	min(interval)	1186	0	1186	1332
    2145	min	min(text)	25	0	25	664
    2146	min	min(numeric)	1700	0	1700	1754
    2147	count	count(any)	2276	0	20	0
    2148	variance	variance(int8)	20	0	1700	0
    2149	variance	variance(int4)	23	0	1700	0
    2150	variance	variance(int2)	21	0	1700	0
    2151	variance	variance(float4)	700	0	701	0
    2152	variance	variance(float8)	701	0	701	0
    2153	variance	variance(numeric)	1700	0	1700	0
    2154	stddev	stddev(int8)	20	0	1700	0
    2155	stddev	stddev(int4)	23	0	1700	0
    2156	stddev	stddev(int2)	21	0	1700	0
    2157	stddev	stddev(float4)	700	0	701	0
    2158	stddev	stddev(float8)	701	0	701	0
    2159	stddev	stddev(numeric)	1700	0	1700	0
    2236	bit_and	bit_and(int2)	21	0	21	0
    2237	bit_or	bit_or(int2)	21	0	21	0
    2238	bit_and	bit_and(int4)	23	0	23	0
    2239	bit_or	bit_or(int4)	23	0	23	0
    2240	bit_and	bit_and(int8)	20	0	20	0
    2241	bit_or	bit_or(int8)	20	0	20	0
    2242	bit_and	bit_and(bit)	1560	0	1560	0
    2243	bit_or	bit_or(bit)	1560	0	1560	0
    2244	max	max(bpchar)	1042	0	1042	1060
    2245	min	min(bpchar)	1042	0	1042	1058
    2335	array_agg	array_agg(anynonarray)	2776	0	2277	0
    2517	bool_and	bool_and(bool)	16	0	16	58
    2518	bool_or	bool_or(bool)	16	0	16	59
    2519	every	every(bool)	16	0	16	58
    2641	var_samp	var_samp(int8)	20	0	1700	0
    2642	var_samp	var_samp(int4)	23	0	1700	0
    2643	var_samp	var_samp(int2)	21	0	1700	0
    2644	var_samp	var_samp(float4)	700	0	701	0
    2645	var_samp	var_samp(float8)	701	0	701	0
    2646	var_samp	var_samp(numeric)	1700	0	1700	0
    2712	stddev_samp	stddev_samp(int8)	20	0	1700	0
    2713	stddev_samp	stddev_samp(int4)	23	0	1700	0
    2714	stddev_samp	stddev_samp(int2)	21	0	1700	0
    2715	stddev_samp	stddev_samp(float4)	700	0	701	0
    2716	stddev_samp	stddev_samp(float8)	701	0	701	0
    2717	stddev_samp	stddev_samp(numeric)	1700	0	1700	0
    2718	var_pop	var_pop(int8)	20	0	1700	0
    2719	var_pop	var_pop(int4)	23	0	1700	0
    2720	var_pop	var_pop(int2)	21	0	1700	0
    2721	var_pop	var_pop(float4)	700	0	701	0
    2722	var_pop	var_pop(float8)	701	0	701	0
    2723	var_pop	var_pop(numeric)	1700	0	1700	0
    2724	stddev_pop	stddev_pop(int8)	20	0	1700	0
    2725	stddev_pop	stddev_pop(int4)	23	0	1700	0
    2726	stddev_pop	stddev_pop(int2)	21	0	1700	0
    2727	stddev_pop	stddev_pop(float4)	700	0	701	0
    2728	stddev_pop	stddev_pop(float8)	701	0	701	0
    2729	stddev_pop	stddev_pop(numeric)	1700	0	1700	0
    2797	max	max(tid)	27	0	27	2800
    2798	min	min(tid)	27	0	27	2799
    2803	count	count(*)		0	20	0
    2818	regr_count	regr_count(float8,float8)	701 701	0	20	0
    2819	regr_sxx	regr_sxx(float8,float8)	701 701	0	701	0
    2820	regr_syy	regr_syy(float8,float8)	701 701	0	701	0
    2821	regr_sxy	regr_sxy(float8,float8)	701 701	0	701	0
    2822	regr_avgx	regr_avgx(float8,float8)	701 701	0	701	0
    2823	regr_avgy	regr_avgy(float8,float8)	701 701	0	701	0
    2824	regr_r2	regr_r2(float8,float8)	701 701	0	701	0
    2825	regr_slope	regr_slope(float8,float8)	701 701	0	701	0
    2826	regr_intercept	regr_intercept(float8,float8)	701 701	0	701	0
    2827	covar_pop	covar_pop(float8,float8)	701 701	0	701	0
    2828	covar_samp	covar_samp(float8,float8)	701 701	0	701	0
    2829	corr	corr(float8,float8)	701 701	0	701	0
    3175	json_agg	json_agg(anyelement)	2283	0	114	0
    3197	json_object_agg	json_object_agg(any,any)	2276 2276	0	114	0
    3267	jsonb_agg	jsonb_agg(anyelement)	2283	0	3802	0
    3270	jsonb_object_agg	jsonb_object_agg(any,any)	2276 2276	0	3802	0
    3526	max	max(anyenum)	3500	0	3500	3519
    3527	min	min(anyenum)	3500	0	3500	3518
    3538	string_agg	string_agg(text,text)	25 25	0	25	0
    3545	string_agg	string_agg(bytea,bytea)	17 17	0	17	0
    3564	max	max(inet)	869	0	869	1205
    3565	min	min(inet)	869	0	869	1203
    4053	array_agg	array_agg(anyarray)	2277	0	2277	0
    4189	max	max(pg_lsn)	3220	0	3220	3225
    4190	min	min(pg_lsn)	3220	0	3220	3224
    4301	range_agg	range_agg(anyrange)	3831	0	4537	0
    4389	range_intersect_agg	range_intersect_agg(anymultirange)	4537	0	4537	0
    4450	range_intersect_agg	range_intersect_agg(anyrange)	3831	0	3831	0
    5099	max	max(xid8)	5069	0	5069	5074
    5100	min	min(xid8)	5069	0	5069	5073
    6164	bit_xor	bit_xor(int2)	21	0	21	0
    6165	bit_xor	bit_xor(int4)	23	0	23	0
    6166	bit_xor	bit_xor(int8)	20	0	20	0
    6167	bit_xor	bit_xor(bit)	1560	0	1560	0
    6227	range_agg	range_agg(anymultirange)	4537	0	4537	0
    """
