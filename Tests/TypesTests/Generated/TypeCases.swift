// Written by tools/generate-type-cases. Do not edit.

/// type, input, S output (H its MD5) or E error, S binary form in hexadecimal
let typeCases: StaticString = ##"""
    bool	t	St	S01
    bool	true	St	S01
    bool	 TRUE 	St	S01
    bool	f	Sf	S00
    bool	of	Sf	S00
    bool	off	Sf	S00
    bool	o	E22P02 invalid input syntax for type boolean: "o"	N
    bool	on	St	S01
    bool	yes	St	S01
    bool	n	Sf	S00
    bool	1	St	S01
    bool	0	Sf	S00
    bool	2	E22P02 invalid input syntax for type boolean: "2"	N
    bool		E22P02 invalid input syntax for type boolean: ""	N
    bool	tru	St	S01
    bool	truee	E22P02 invalid input syntax for type boolean: "truee"	N
    int2	0	S0	S0000
    int2	-32768	S-32768	S8000
    int2	32767	S32767	S7fff
    int2	32768	E22003 value "32768" is out of range for type smallint	N
    int2	-32769	E22003 value "-32769" is out of range for type smallint	N
    int2	 12 	S12	S000c
    int2	+7	S7	S0007
    int2	abc	E22P02 invalid input syntax for type smallint: "abc"	N
    int2		E22P02 invalid input syntax for type smallint: ""	N
    int2	1.5	E22P02 invalid input syntax for type smallint: "1.5"	N
    int2	1 2	E22P02 invalid input syntax for type smallint: "1 2"	N
    int2	--1	E22P02 invalid input syntax for type smallint: "--1"	N
    int2	999999999999999999999	E22003 value "999999999999999999999" is out of range for type smallint	N
    int4	0	S0	S00000000
    int4	2147483647	S2147483647	S7fffffff
    int4	-2147483648	S-2147483648	S80000000
    int4	2147483648	E22003 value "2147483648" is out of range for type integer	N
    int4	-2147483649	E22003 value "-2147483649" is out of range for type integer	N
    int4	\t42\n	S42	S0000002a
    int4	x	E22P02 invalid input syntax for type integer: "x"	N
    int4		E22P02 invalid input syntax for type integer: ""	N
    int4	 	E22P02 invalid input syntax for type integer: " "	N
    int4	-	E22P02 invalid input syntax for type integer: "-"	N
    int4	1e3	E22P02 invalid input syntax for type integer: "1e3"	N
    int4	0x10	E22P02 invalid input syntax for type integer: "0x10"	N
    int4	12a	E22P02 invalid input syntax for type integer: "12a"	N
    int8	9223372036854775807	S9223372036854775807	S7fffffffffffffff
    int8	-9223372036854775808	S-9223372036854775808	S8000000000000000
    int8	9223372036854775808	E22003 value "9223372036854775808" is out of range for type bigint	N
    int8	-9223372036854775809	E22003 value "-9223372036854775809" is out of range for type bigint	N
    int8	abc	E22P02 invalid input syntax for type bigint: "abc"	N
    int8		E22P02 invalid input syntax for type bigint: ""	N
    oid	0	S0	S00000000
    oid	4294967295	S4294967295	Sffffffff
    oid	4294967296	E22003 value "4294967296" is out of range for type oid	N
    oid	-1	S4294967295	Sffffffff
    oid	-2147483648	S2147483648	S80000000
    oid	-2147483649	E22003 value "-2147483649" is out of range for type oid	N
    oid	x	E22P02 invalid input syntax for type oid: "x"	N
    oid		E22P02 invalid input syntax for type oid: ""	N
    tid	(0,1)	S(0,1)	N
    tid	(4294967295,65535)	S(4294967295,65535)	N
    tid	(1,2	E22P02 invalid input syntax for type tid: "(1,2"	N
    tid	(1,65536)	E22P02 invalid input syntax for type tid: "(1,65536)"	N
    tid	(-1,3)	S(4294967295,3)	N
    tid		E22P02 invalid input syntax for type tid: ""	N
    pg_snapshot	10:20:10,14	S10:20:10,14	N
    pg_snapshot	10:20:	S10:20:	N
    pg_snapshot	10:9:	E22P02 invalid input syntax for type pg_snapshot: "10:9:"	N
    pg_snapshot	1:2	E22P02 invalid input syntax for type pg_snapshot: "1:2"	N
    pg_snapshot		E22P02 invalid input syntax for type pg_snapshot: ""	N
    xid	5	S5	N
    xid	4294967295	S4294967295	N
    xid8	5	S5	N
    xid8	18446744073709551615	S18446744073709551615	N
    pg_lsn	0/0	S0/0	N
    pg_lsn	16/B374D848	S16/B374D848	N
    pg_lsn	FFFFFFFF/FFFFFFFF	SFFFFFFFF/FFFFFFFF	N
    pg_lsn	1	E22P02 invalid input syntax for type pg_lsn: "1"	N
    pg_lsn	G/0	E22P02 invalid input syntax for type pg_lsn: "G/0"	N
    pg_lsn	1/123456789	E22P02 invalid input syntax for type pg_lsn: "1/123456789"	N
    float8	0	S0	S0000000000000000
    float8	-0	S-0	S8000000000000000
    float8	1	S1	S3ff0000000000000
    float8	1.5	S1.5	S3ff8000000000000
    float8	0.1	S0.1	S3fb999999999999a
    float8	1e15	S1e+15	S430c6bf526340000
    float8	1e14	S100000000000000	S42d6bcc41e900000
    float8	123456789012345680	S1.2345678901234568e+17	S437b69b4ba630f35
    float8	1e300	S1e+300	S7e37e43c8800759c
    float8	1e308	S1e+308	S7fe1ccf385ebc8a0
    float8	1e309	E22003 "1e309" is out of range for type double precision	N
    float8	1e-320	S1e-320	S00000000000007e8
    float8	1e-400	E22003 "1e-400" is out of range for type double precision	N
    float8	0e-400	S0	S0000000000000000
    float8	NaN	SNaN	S7ff8000000000000
    float8	nan	SNaN	S7ff8000000000000
    float8	inf	SInfinity	S7ff0000000000000
    float8	-Infinity	S-Infinity	Sfff0000000000000
    float8	infinity	SInfinity	S7ff0000000000000
    float8	infx	E22P02 invalid input syntax for type double precision: "infx"	N
    float8		E22P02 invalid input syntax for type double precision: ""	N
    float8	abc	E22P02 invalid input syntax for type double precision: "abc"	N
    float8	 1.5 	S1.5	S3ff8000000000000
    float8	1.5x	E22P02 invalid input syntax for type double precision: "1.5x"	N
    float8	1e22	S1e+22	S4480f0cf064dd592
    float8	1e21	S1e+21	S444b1ae4d6e2ef50
    float8	1e-5	S1e-05	S3ee4f8b588e368f1
    float8	0.0001	S0.0001	S3f1a36e2eb1c432d
    float8	0.00001	S1e-05	S3ee4f8b588e368f1
    float8	123456.789	S123456.789	S40fe240c9fbe76c9
    float8	3.141592653589793	S3.141592653589793	S400921fb54442d18
    float8	2.2250738585072014e-308	S2.2250738585072014e-308	S0010000000000000
    float8	5e-324	S5e-324	S0000000000000001
    float8	.5	S0.5	S3fe0000000000000
    float8	5.	S5	S4014000000000000
    float8	+3	S3	S4008000000000000
    float8	+inf	SInfinity	S7ff0000000000000
    float8	1e	E22P02 invalid input syntax for type double precision: "1e"	N
    float8	9007199254740993	S9.007199254740992e+15	S4340000000000000
    float8	100000000000000	S100000000000000	S42d6bcc41e900000
    float8	1000000000000000	S1e+15	S430c6bf526340000
    float8	-123.456e-10	S-1.23456e-08	Sbe4a8310bc7a31bf
    float4	0	S0	S00000000
    float4	1.5	S1.5	S3fc00000
    float4	0.1	S0.1	S3dcccccd
    float4	1e6	S1e+06	S49742400
    float4	1e5	S100000	S47c35000
    float4	123456	S123456	S47f12000
    float4	1234567	S1.234567e+06	S4996b438
    float4	1e38	S1e+38	S7e967699
    float4	1e39	E22003 "1e39" is out of range for type real	N
    float4	1e-46	E22003 "1e-46" is out of range for type real	N
    float4	1e-45	S1e-45	S00000001
    float4	NaN	SNaN	S7fc00000
    float4	-inf	S-Infinity	Sff800000
    float4	3.4028235e38	S3.4028235e+38	S7f7fffff
    float4	16777217	S1.6777216e+07	S4b800000
    float4	0.0001	S0.0001	S38d1b717
    float4	0.00001	S1e-05	S3727c5ac
    float4	abc	E22P02 invalid input syntax for type real: "abc"	N
    numeric	0	S0	S0000000000000000
    numeric	-0	S0	S0000000000000000
    numeric	0.00	S0.00	S0000000000000002
    numeric	1	S1	S00010000000000000001
    numeric	-1.50	S-1.50	S000200004000000200011388
    numeric	123456789012345678	S123456789012345678	S0005000400000000000c0d801ed204d2162e
    numeric	1234567890123456789	S1234567890123456789	S0005000400000000007b11d722c509291a85
    numeric	999999999999999999	S999999999999999999	S00050004000000000063270f270f270f270f
    numeric	1000000000000000000	S1000000000000000000	S00010004000000000064
    numeric	0.000000000000000001	S0.000000000000000001	S0001fffb000000120064
    numeric	0.0000000000000000001	S0.0000000000000000001	S0001fffb00000013000a
    numeric	123456789012345678901234567890.123456789	S123456789012345678901234567890.123456789	S000b000700000009000c0d801ed204d2162e23340d801ed204d2162e2328
    numeric	-99999999999999999999999999999999	S-99999999999999999999999999999999	S0008000740000000270f270f270f270f270f270f270f270f
    numeric	NaN	SNaN	S00000000c0000000
    numeric	nan	SNaN	S00000000c0000000
    numeric	+nan	E22P02 invalid input syntax for type numeric: "+nan"	N
    numeric	-nan	E22P02 invalid input syntax for type numeric: "-nan"	N
    numeric	Infinity	SInfinity	S00000000d0000020
    numeric	-inf	S-Infinity	S00000000f0000020
    numeric	+Infinity	SInfinity	S00000000d0000020
    numeric	1e5	S100000	S0001000100000000000a
    numeric	1e-5	S0.00001	S0001fffe0000000503e8
    numeric	1.5e3	S1500	S000100000000000005dc
    numeric	1.5e-3	S0.0015	S0001ffff00000004000f
    numeric	12345e10	S123450000000000	S0002000300000000007b1194
    numeric	1e20	S100000000000000000000	S00010005000000000001
    numeric	-1E+20	S-100000000000000000000	S00010005400000000001
    numeric	1e-20	S0.00000000000000000001	S0001fffb000000140001
    numeric	1e100	S10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000	S00010019000000000001
    numeric	1e-100	S0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001	S0001ffe7000000640001
    numeric	1e131071	Hdabc6d9326b11f73e87426f2d33eb575	N
    numeric	1e131072	E22003 value overflows numeric format	N
    numeric	1e-16383	H099a11a973a15eedc71a1c1145bc8bd7	N
    numeric	1e-16384	E22003 value overflows numeric format	N
    numeric	1e2000000000	E22003 value overflows numeric format	N
    numeric	1e99999999999	E22003 value overflows numeric format	N
    numeric		E22P02 invalid input syntax for type numeric: ""	N
    numeric	 	E22P02 invalid input syntax for type numeric: " "	N
    numeric	abc	E22P02 invalid input syntax for type numeric: "abc"	N
    numeric	1.2.3	E22P02 invalid input syntax for type numeric: "1.2.3"	N
    numeric	1e	E22P02 invalid input syntax for type numeric: "1e"	N
    numeric	1e+	E22P02 invalid input syntax for type numeric: "1e+"	N
    numeric	.5	S0.5	S0001ffff000000011388
    numeric	5.	S5	S00010000000000000005
    numeric	.	E22P02 invalid input syntax for type numeric: "."	N
    numeric	-.5	S-0.5	S0001ffff400000011388
    numeric	 12.5 	S12.5	S0002000000000001000c1388
    numeric	12 5	E22P02 invalid input syntax for type numeric: "12 5"	N
    numeric	00012.500	S12.500	S0002000000000003000c1388
    numeric	10000	S10000	S00010001000000000001
    numeric	100000000	S100000000	S00010002000000000001
    numeric	0.0001	S0.0001	S0001ffff000000040001
    numeric	9999.9999	S9999.9999	S0002000000000004270f270f
    numeric	10000.0001	S10000.0001	S0003000100000004000100000001
    numeric	1e9999	Hc98b3ffacb55af6310d1775b68764408	N
    numeric	12345678901234567.8	S12345678901234567.8	S0006000400000001000109291a85007b11d71f40
    numeric	123456789.123456789	S123456789.123456789	S0006000200000009000109291a8504d2162e2328
    text		S	N
    text	abc	Sabc	N
    text	päivä	Späivä	N
    text	'quoted'	S'quoted'	N
    text	tab\there	Stab\there	N
    text	日本語	S日本語	N
    name	abc	Sabc	N
    name	aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa	Saaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa	N
    name	éééééééééééééééééééééééééééééééééééééééé	Sééééééééééééééééééééééééééééééé	N
    bpchar	abc  	Sabc  	N
    bpchar		S	N
    varchar	abc  	Sabc  	N
    varchar		S	N
    "char"	a	Sa	N
    "char"	abc	Sa	N
    "char"		S	N
    "char"	\\101	SA	N
    "char"	\\377	S\\377	N
    bytea	\\x	S\\x	S
    bytea	\\x00ff	S\\x00ff	S00ff
    bytea	\\xDEADbeef	S\\xdeadbeef	Sdeadbeef
    bytea	\\x 12 34	S\\x1234	S1234
    bytea	\\x1	E22023 invalid hexadecimal data: odd number of digits	N
    bytea	\\xzz	E22023 invalid hexadecimal digit: "z"	N
    bytea	\\x1g	E22023 invalid hexadecimal digit: "g"	N
    bytea	abc	S\\x616263	S616263
    bytea	a\\\\b	S\\x615c62	S615c62
    bytea	\\001\\377	S\\x01ff	S01ff
    bytea	\\400	E22P02 invalid input syntax for type bytea	N
    bytea	\\8	E22P02 invalid input syntax for type bytea	N
    bytea	a\\	E22P02 invalid input syntax for type bytea	N
    uuid	a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11	Sa0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11	Sa0eebc999c0b4ef8bb6d6bb9bd380a11
    uuid	A0EEBC999C0B4EF8BB6D6BB9BD380A11	Sa0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11	Sa0eebc999c0b4ef8bb6d6bb9bd380a11
    uuid	{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}	Sa0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11	Sa0eebc999c0b4ef8bb6d6bb9bd380a11
    uuid	a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11	Sa0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11	Sa0eebc999c0b4ef8bb6d6bb9bd380a11
    uuid	a0eebc99	E22P02 invalid input syntax for type uuid: "a0eebc99"	N
    uuid		E22P02 invalid input syntax for type uuid: ""	N
    uuid	g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11	E22P02 invalid input syntax for type uuid: "g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"	N
    uuid	{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11	E22P02 invalid input syntax for type uuid: "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"	N
    uuid	a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1122	E22P02 invalid input syntax for type uuid: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1122"	N
    date	2024-02-29	S2024-02-29	S00002279
    date	2023-02-29	E22008 date/time field value out of range: "2023-02-29"	N
    date	1999-01-08	S1999-01-08	Sfffffe9a
    date	January 8, 1999	S1999-01-08	Sfffffe9a
    date	1/8/1999	S1999-01-08	Sfffffe9a
    date	1/18/1999	S1999-01-18	Sfffffea4
    date	18/1/1999	E22008 date/time field value out of range: "18/1/1999"	N
    date	01/02/03	S2003-01-02	S00000449
    date	1999-Jan-08	S1999-01-08	Sfffffe9a
    date	Jan-08-1999	S1999-01-08	Sfffffe9a
    date	08-Jan-1999	S1999-01-08	Sfffffe9a
    date	99-Jan-08	E22008 date/time field value out of range: "99-Jan-08"	N
    date	08-Jan-99	S1999-01-08	Sfffffe9a
    date	Jan-08-99	S1999-01-08	Sfffffe9a
    date	19990108	S1999-01-08	Sfffffe9a
    date	990108	S1999-01-08	Sfffffe9a
    date	1999.008	S1999-01-08	Sfffffe9a
    date	J2451187	S1999-01-08	Sfffffe9a
    date	January 8, 99 BC	S0099-01-08 BC	Sfff44ec0
    date	infinity	Sinfinity	S7fffffff
    date	-infinity	S-infinity	S80000000
    date	epoch	S1970-01-01	Sffffd533
    date	0001-01-01	S0001-01-01	Sfff4dbf9
    date	0001-01-01 BC	S0001-01-01 BC	Sfff4da8b
    date	0000-01-01	E22008 date/time field value out of range: "0000-01-01"	N
    date	4713-11-24 BC	S4713-11-24 BC	Sffda9915
    date	4714-01-01 BC	E22008 date out of range: "4714-01-01 BC"	N
    date	4714-11-23 BC	E22008 date out of range: "4714-11-23 BC"	N
    date	4714-11-24 BC	S4714-11-24 BC	Sffda97a7
    date	5874897-12-31	S5874897-12-31	S7fda970c
    date	5874898-01-01	E22008 date out of range: "5874898-01-01"	N
    date	2000-13-01	E22008 date/time field value out of range: "2000-13-01"	N
    date	2000-00-10	E22008 date/time field value out of range: "2000-00-10"	N
    date	2000-01-32	E22008 date/time field value out of range: "2000-01-32"	N
    date	2000-04-31	E22008 date/time field value out of range: "2000-04-31"	N
    date	abc	E22007 invalid input syntax for type date: "abc"	N
    date		E22007 invalid input syntax for type date: ""	N
    date	2000-1-1	S2000-01-01	S00000000
    date	Mon Jan 5 2004	S2004-01-05	S000005b9
    date	2024-01-15 10:30:00	S2024-01-15	S0000224c
    date	2024-01-15T10:30:00Z	S2024-01-15	S0000224c
    date	15 January 2024	S2024-01-15	S0000224c
    date	2024 January 15	S2024-01-15	S0000224c
    date	20240115T103000	S2024-01-15	S0000224c
    date	1999-01	E22007 invalid input syntax for type date: "1999-01"	N
    date	12.5.2004	S2004-12-05	S00000708
    date	2004/5/12	S2004-05-12	S00000639
    date	12345-06-07	S12345-06-07	S0039a81f
    date	May 5	E22007 invalid input syntax for type date: "May 5"	N
    date	5 6 2004	S2004-05-06	S00000633
    date	allballs	E22007 invalid input syntax for type date: "allballs"	N
    time	10:30	S10:30:00	S00000008cd0e3a00
    time	10:30:15	S10:30:15	S00000008cdf31bc0
    time	10:30:15.123456	S10:30:15.123456	S00000008cdf4fe00
    time	10:30:15.1234567	S10:30:15.123457	S00000008cdf4fe01
    time	24:00:00	S24:00:00	S000000141dd76000
    time	24:00:01	E22008 date/time field value out of range: "24:00:01"	N
    time	25:00	E22008 date/time field value out of range: "25:00"	N
    time	10:60	E22008 date/time field value out of range: "10:60"	N
    time	10:30:60	S10:31:00	S00000008d0a1c100
    time	10:30:61	E22008 date/time field value out of range: "10:30:61"	N
    time	103015	S10:30:15	S00000008cdf31bc0
    time	allballs	S00:00:00	S0000000000000000
    time	10:30 PM	S22:30:00	S00000012dbf9ea00
    time	12:30 AM	S00:30:00	S000000006b49d200
    time	13:00 PM	E22008 date/time field value out of range: "13:00 PM"	N
    time	abc	E22007 invalid input syntax for type time: "abc"	N
    time	10 pm	E22007 invalid input syntax for type time: "10 pm"	N
    timestamp	2024-01-15 10:30:00	S2024-01-15 10:30:00	S0002b1f843beba00
    timestamp	2024-01-15T10:30:00.123456	S2024-01-15 10:30:00.123456	S0002b1f843c09c40
    timestamp	2024-01-15 10:30:00.1234567	S2024-01-15 10:30:00.123457	S0002b1f843c09c41
    timestamp	2024-01-15 10:30	S2024-01-15 10:30:00	S0002b1f843beba00
    timestamp	2024-01-15	S2024-01-15 00:00:00	S0002b1ef76b08000
    timestamp	2024-01-15 24:00:00	S2024-01-16 00:00:00	S0002b2039487e000
    timestamp	2024-01-15 10:30:00+02	S2024-01-15 10:30:00	S0002b1f843beba00
    timestamp	2024-01-15 10:30 PM	S2024-01-15 22:30:00	S0002b20252aa6a00
    timestamp	Mon Jan 15 10:30:00 2024	S2024-01-15 10:30:00	S0002b1f843beba00
    timestamp	Jan 15 10:30:00.5 2024 PST	S2024-01-15 10:30:00.5	S0002b1f843c65b20
    timestamp	15.01.2024 10:30	E22008 date/time field value out of range: "15.01.2024 10:30"	N
    timestamp	01/15/2024 10:30:00	S2024-01-15 10:30:00	S0002b1f843beba00
    timestamp	infinity	Sinfinity	S7fffffffffffffff
    timestamp	-infinity	S-infinity	S8000000000000000
    timestamp	epoch	S1970-01-01 00:00:00	Sfffca2fec4c82000
    timestamp	20240115 103000	S2024-01-15 10:30:00	S0002b1f843beba00
    timestamp	20240115T103000.25	S2024-01-15 10:30:00.25	S0002b1f843c28a90
    timestamp	0044-03-15 12:00:00 BC	S0044-03-15 12:00:00 BC	Sff1af9e8fb46d000
    timestamp	294276-12-31 23:59:59.999999	S294276-12-31 23:59:59.999999	S7fffff5bb3b29fff
    timestamp	294277-01-01 00:00:00	E22008 timestamp out of range: "294277-01-01 00:00:00"	N
    timestamp	4714-11-24 00:00:00 BC	S4714-11-24 00:00:00 BC	Sfd0f7cc1411fa000
    timestamp	4714-11-23 23:59:59 BC	E22008 timestamp out of range: "4714-11-23 23:59:59 BC"	N
    timestamp	abc	E22007 invalid input syntax for type timestamp: "abc"	N
    timestamp	2024-01-15 10:30:00 foo	E22007 invalid input syntax for type timestamp: "2024-01-15 10:30:00 foo"	N
    timestamp	2024-01-15 25:00:00	E22008 date/time field value out of range: "2024-01-15 25:00:00"	N
    timestamp	1999-12-31 23:59:60	S2000-01-01 00:00:00	S0000000000000000
    timestamp	1969-12-31 23:59:59.999999	S1969-12-31 23:59:59.999999	Sfffca2fec4c81fff
    timestamp	2024-02-30 00:00:00	E22008 date/time field value out of range: "2024-02-30 00:00:00"	N
    timestamp	2024-01-15 10:30:00.000001	S2024-01-15 10:30:00.000001	S0002b1f843beba01
    timestamp	2024-01-15 10:30:00.10	S2024-01-15 10:30:00.1	S0002b1f843c040a0
    timestamptz	2024-01-15 10:30:00	S2024-01-15 10:30:00-05	S0002b1fc74a0ee00
    timestamptz	2024-07-15 10:30:00	S2024-07-15 10:30:00-04	S0002c048d52b8a00
    timestamptz	2024-01-15 10:30:00+00	S2024-01-15 05:30:00-05	S0002b1f843beba00
    timestamptz	2024-01-15 10:30:00Z	S2024-01-15 05:30:00-05	S0002b1f843beba00
    timestamptz	2024-01-15 10:30:00+05:30	S2024-01-15 00:00:00-05	S0002b1f3a792b400
    timestamptz	2024-01-15 10:30:00-0800	S2024-01-15 13:30:00-05	S0002b1fef85bda00
    timestamptz	2024-01-15 10:30:00 UTC	S2024-01-15 05:30:00-05	S0002b1f843beba00
    timestamptz	2024-01-15 10:30:00 PST	S2024-01-15 13:30:00-05	S0002b1fef85bda00
    timestamptz	2024-01-15 10:30:00 Europe/Paris	S2024-01-15 04:30:00-05	S0002b1f76d2b1600
    timestamptz	2024-07-15 10:30:00 America/Los_Angeles	S2024-07-15 13:30:00-04	S0002c04b58e67600
    timestamptz	2024-03-10 02:30:00	S2024-03-10 03:30:00-04	S0002b64829496e00
    timestamptz	2024-11-03 01:30:00	S2024-11-03 01:30:00-05	S0002c8fb10f10a00
    timestamptz	2024-11-03 01:30:00 EDT	S2024-11-03 01:30:00-04	S0002c8fa3a5d6600
    timestamptz	1900-01-01 00:00:00	S1900-01-01 00:00:00-05	Sfff4c9f2acedb400
    timestamptz	1883-11-18 12:00:00	S1883-11-18 12:00:00-05	Sfff2fb4e62396400
    timestamptz	2100-07-01 12:00:00	S2100-07-01 12:00:00-04	S000b446c244d0000
    timestamptz	2100-01-01 12:00:00	S2100-01-01 12:00:00-05	S000b3633e199c400
    timestamptz	2050-03-13 02:30:00	S2050-03-13 03:30:00-04	S0005a0b76fe08e00
    timestamptz	infinity	Sinfinity	S7fffffffffffffff
    timestamptz	-infinity	S-infinity	S8000000000000000
    timestamptz	epoch	S1969-12-31 19:00:00-05	Sfffca2fec4c82000
    timestamptz	2024-01-15 10:30:00 America/Nowhere	E22023 time zone "america/nowhere" not recognized	N
    timestamptz	2024-01-15 10:30:00+16	E22009 time zone displacement out of range: "2024-01-15 10:30:00+16"	N
    timestamptz	2024-01-15 10:30:00+15:59:59	S2024-01-14 13:30:01-05	S0002b1eada93bc40
    timestamptz	0001-01-01 00:00:00 BC	S0001-01-01 00:00:00-04:56:02 BC	Sff1fc6413e63bc80
    timestamptz	294276-12-31 23:59:59+00	S294276-12-31 18:59:59-05	S7fffff5bb3a35dc0
    timestamptz	294277-01-01 00:00:00+00	E22008 timestamp out of range: "294277-01-01 00:00:00+00"	N
    timestamptz	2024-01-15 10:30:00 europe/PARIS	S2024-01-15 04:30:00-05	S0002b1f76d2b1600
    timestamptz	2024-01-15 10:30:00.5-03	S2024-01-15 08:30:00.5-05	S0002b1fac7814720
    timestamptz	2037-12-31 23:59:59	S2037-12-31 23:59:59-05	S000442b6262ff1c0
    timestamptz	2038-06-01 00:00:00	S2038-06-01 00:00:00-04	S00044e92e9b53000
    int2vector	1 2 3	S1 2 3	S0000000100000000000000150000000300000000000000020001000000020002000000020003
    int2vector		S	S0000000100000000000000150000000000000000
    oidvector	1 2 4294967295	S1 2 4294967295	N
    int4[]	{}	S{}	S000000000000000000000017
    int4[]	{1,2,3}	S{1,2,3}	S0000000100000000000000170000000300000001000000040000000100000004000000020000000400000003
    int4[]	{1,NULL,3}	S{1,NULL,3}	S00000001000000010000001700000003000000010000000400000001ffffffff0000000400000003
    int4[]	{{1,2},{3,4}}	S{{1,2},{3,4}}	S000000020000000000000017000000020000000100000002000000010000000400000001000000040000000200000004000000030000000400000004
    int4[]	{{1,2},{3}}	E22P02 malformed array literal: "{{1,2},{3}}" | Multidimensional arrays must have sub-arrays with matching dimensions.	N
    int4[]	{1,2	E22P02 malformed array literal: "{1,2" | Unexpected end of input.	N
    int4[]	1,2	E22P02 malformed array literal: "1,2" | Array value must start with "{" or dimension information.	N
    int4[]	{1,a}	E22P02 invalid input syntax for type integer: "a"	N
    int4[]	[0:2]={1,2,3}	S[0:2]={1,2,3}	S0000000100000000000000170000000300000000000000040000000100000004000000020000000400000003
    int4[]	{ 1 , 2 }	S{1,2}	S000000010000000000000017000000020000000100000004000000010000000400000002
    int4[]	{,}	E22P02 malformed array literal: "{,}" | Unexpected "," character.	N
    int4[]	{1,}	E22P02 malformed array literal: "{1,}" | Unexpected "}" character.	N
    text[]	{a,b}	S{a,b}	S000000010000000000000019000000020000000100000001610000000162
    text[]	{"a b","c,d",NULL,"NULL",""}	S{"a b","c,d",NULL,"NULL",""}	S00000001000000010000001900000005000000010000000361206200000003632c64ffffffff000000044e554c4c00000000
    text[]	{"a\\"b","c\\\\d"}	S{"a\\"b","c\\\\d"}	S00000001000000000000001900000002000000010000000361226200000003635c64
    text[]	{a b , c}	S{"a b",c}	S0000000100000000000000190000000200000001000000036120620000000163
    text[]	{null}	S{NULL}	S0000000100000001000000190000000100000001ffffffff
    numeric[]	{1.5,2.25,NaN,123456789012345678901234567890}	S{1.5,2.25,NaN,123456789012345678901234567890}	S0000000100000000000006a400000004000000010000000c0002000000000001000113880000000c0002000000000002000209c40000000800000000c0000000000000180008000700000000000c0d801ed204d2162e23340d801ed2
    regtype	integer	Sinteger	N
    regtype	int4	Sinteger	N
    regtype	25	Stext	N
    regtype	-	S-	N
    """##
