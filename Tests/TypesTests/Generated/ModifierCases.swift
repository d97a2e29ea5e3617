// Written by tools/generate-type-cases. Do not edit.

/// type, typmod, format_type, input, S output or E error (of an explicit cast)
let modifierCases: StaticString = ##"""
    numeric	327686	numeric(5,2)	123.456	S123.46
    numeric	327686	numeric(5,2)	999.995	E22003 numeric field overflow | A field with precision 5, scale 2 must round to an absolute value less than 10^3.
    numeric	327686	numeric(5,2)	1000	E22003 numeric field overflow | A field with precision 5, scale 2 must round to an absolute value less than 10^3.
    numeric	327686	numeric(5,2)	-999.994	S-999.99
    numeric	327686	numeric(5,2)	NaN	SNaN
    numeric	327686	numeric(5,2)	inf	E22003 numeric field overflow | A field with precision 5, scale 2 cannot hold an infinite value.
    numeric	327686	numeric(5,2)	0.001	S0.00
    numeric	327686	numeric(5,2)	99.99	S99.99
    numeric	327686	numeric(5,2)	1e10	E22003 numeric field overflow | A field with precision 5, scale 2 must round to an absolute value less than 10^3.
    numeric	327686	numeric(5,2)	999.99	S999.99
    numeric	196617	numeric(3,5)	0.001	S0.00100
    numeric	196617	numeric(3,5)	0.01	E22003 numeric field overflow | A field with precision 3, scale 5 must round to an absolute value less than 10^-2.
    numeric	196617	numeric(3,5)	0.0099999	E22003 numeric field overflow | A field with precision 3, scale 5 must round to an absolute value less than 10^-2.
    numeric	133121	numeric(2,-3)	12345	S12000
    numeric	133121	numeric(2,-3)	99499	S99000
    numeric	133121	numeric(2,-3)	99500	E22003 numeric field overflow | A field with precision 2, scale -3 must round to an absolute value less than 10^5.
    numeric	133121	numeric(2,-3)	499	S0
    numeric	133121	numeric(2,-3)	500	S1000
    numeric	1179654	numeric(18,2)	9999999999999999.99	S9999999999999999.99
    numeric	1310726	numeric(20,2)	123456789012345678.99	S123456789012345678.99
    numeric	65536004	numeric(1000,0)	1e999	S1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
    numeric	2490382	numeric(38,10)	1234567890123456789012345678.12345678901	S1234567890123456789012345678.1234567890
    numeric	65536004	numeric(1000,0)	1e1000	E22003 numeric field overflow | A field with precision 1000, scale 0 must round to an absolute value less than 10^1000.
    varchar	7	character varying(3)	abcdef	Sabc
    varchar	7	character varying(3)	ab	Sab
    varchar	6	character varying(2)	äöü	Säö
    bpchar	9	character(5)	ab	Sab   
    bpchar	6	character(2)	abcd	Sab
    bpchar	7	character(3)	ä	Sä  
    timestamp	0	timestamp(0) without time zone	2024-01-15 10:30:00.5	S2024-01-15 10:30:01
    timestamp	3	timestamp(3) without time zone	1999-12-31 23:59:59.9995	S1999-12-31 23:59:59.999
    timestamp	2	timestamp(2) without time zone	2024-01-15 10:30:00.125	S2024-01-15 10:30:00.13
    time	1	time(1) without time zone	10:30:00.25	S10:30:00.3
    """##
