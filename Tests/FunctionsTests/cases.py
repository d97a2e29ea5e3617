# Calls whose answers tools/generate-type-cases asks of PostgreSQL: key of the kernel, SQL name, arguments.
FUNCTION_CASES = []


def add(key, name, types, *rows):
    """Rows of values separated by |; an empty-set sign is null."""
    types = types.split()
    for row in rows:
        values = [None if v == "∅" else v for v in row.split("|")] if types else []
        assert len(values) == len(types), (key, row)
        FUNCTION_CASES.append((key, name, list(zip(types, values))))


def same(key, types, *rows):
    add(key, key, types, *rows)


for p, t, lim in (("int2", "int2", 32767), ("int4", "int4", 2147483647), ("int8", "int8", 9223372036854775807)):
    low = -lim - 1
    for op in ("pl", "mi", "mul", "div"):
        same(p + op, f"{t} {t}", "7|3", "-7|3", "7|-3", f"{lim}|1", f"{low}|1", f"{low}|-1", f"{lim}|{lim}", "5|0", f"{low}|{low}")
    same(p + "mod", f"{t} {t}", "7|3", "-7|3", "7|-3", "5|0", f"{low}|-1")
    for op in ("um", "abs"):
        same(p + op, t, "5", "-5", f"{low}")
    same(p + "and", f"{t} {t}", "12|10")
    same(p + "or", f"{t} {t}", "12|10")
    same(p + "xor", f"{t} {t}", "12|10")
    same(p + "not", t, "12")
    same(p + "shl", f"{t} int4", "1|3", "1|33", "-1|15")
    same(p + "shr", f"{t} int4", "-16|2", "16|1")
for p, a, b in (("int24", "int2", "int4"), ("int42", "int4", "int2"), ("int48", "int4", "int8"), ("int84", "int8", "int4"), ("int28", "int2", "int8"), ("int82", "int8", "int2")):
    for op in ("pl", "mi", "mul", "div"):
        same(p + op, f"{a} {b}", "7|3", "-7|2", "5|0")
    for op in ("eq", "ne", "lt", "le", "gt", "ge"):
        same(p + op, f"{a} {b}", "7|3", "3|7", "5|5")
same("int84pl", "int8 int4", "9223372036854775807|1")
same("int42mul", "int4 int2", "2147483647|2")
add("int4gcd", "gcd", "int4 int4", "12|18", "0|0", "-2147483648|0", "-2147483648|2147483647")
add("int8lcm", "lcm", "int8 int8", "12|18", "0|5", "9223372036854775807|2")
add("int82", "int2", "int8", "32767", "32768")
add("int84", "int4", "int8", "2147483647", "2147483648")
add("i4toi2", "int2", "int4", "-32768", "-32769")
for f, t in (("float8", "float8"), ("float4", "float4")):
    for op in ("pl", "mi", "mul", "div"):
        same(f + op, f"{t} {t}", "1.5|2.25", "1e30|1e30", "NaN|1", "inf|-inf", "1|0", "0|0", "NaN|0", "inf|0", "1|3", "-1|inf")
    for op in ("eq", "lt", "gt", "le", "ge", "ne"):
        same(f + op, f"{t} {t}", "1|2", "NaN|NaN", "NaN|inf", "0|-0", "-inf|inf", "-1|-2")
same("float8mul", "float8 float8", "1e300|1e300", "1e-300|1e-300")
same("float8div", "float8 float8", "1e-300|1e300", "1e300|1e-300")
add("dtoi4", "int4", "float8", "2.5", "3.5", "-2.5", "2147483647.4", "2147483647.5", "NaN", "inf")
add("dtoi8", "int8", "float8", "9.2e18", "9.3e18", "-9223372036854775808", "2.5")
add("dtoi2", "int2", "float8", "32767.4", "32767.5")
add("dtof", "float4", "float8", "0.1", "1e39", "1e-50")
add("ftod", "float8", "float4", "0.1")
for n, k in (("round", "dround"), ("trunc", "dtrunc"), ("ceil", "dceil"), ("floor", "dfloor"), ("sign", "dsign"), ("sqrt", "dsqrt"), ("exp", "dexp"), ("ln", "dlog1")):
    add(k, n, "float8", "2.5", "-2.5", "0", "1000", "NaN", "inf")
add("dpow", "power", "float8 float8", "2|10", "-2|3", "-2|0.5", "0|-1", "0|0", "2|0.5", "10|400", "NaN|0", "1|NaN")
# numeric
N = ["1|3", "10|3", "-7|2", "2|7", "1.5|0.25", "100|0.001", "0|5", "5|0", "12345678901234567890|3", "1|98765432109876543210", "0.1|0.3", "NaN|1", "inf|2", "1|inf", "inf|inf",
     "1|-inf", "0|inf", "inf|0", "-inf|-3", "999999999999999999|1", "999999999999999999|999999999999999999", "-999999999999999999.99|0.01", "1e20|1e-20", "1.000|1.0", "4.2|4.2", "0.00|-0.00", "1e30|7",
     "123.456|0.0001", "9999|10000", "10000|9999", "1|9999.9999", "0.0003|7", "1e-10|3"]
for k in ("numeric_add", "numeric_sub", "numeric_mul", "numeric_div", "numeric_mod", "numeric_div_trunc", "numeric_eq", "numeric_lt", "numeric_ge", "numeric_cmp", "numeric_larger"):
    same(k, "numeric numeric", *N)
add("numeric_round", "round", "numeric int4", "2.5|0", "-2.5|0", "1.005|2", "12345|-2", "15000|-4", "0.5|0", "1.5|5", "123456789012345678901234.5|0", "999999999999999999.5|0", "5|-1", "4|-1", "5|-3", "NaN|2", "inf|1", "1|30")
add("numeric_trunc", "trunc", "numeric int4", "2.59|1", "-2.59|1", "12345|-2", "123456789012345678901234.5|0", "99|-5")
for n, k in (("ceil", "numeric_ceil"), ("floor", "numeric_floor"), ("abs", "numeric_abs"), ("sign", "numeric_sign"), ("round", "round$1708"), ("trunc", "trunc$1710")):
    add(k, n, "numeric", "2.1", "-2.1", "2.0", "-0.5", "0", "NaN", "-inf", "123456789012345678901.5")
add("numeric_sqrt", "sqrt", "numeric", "2", "4", "0", "0.0001", "1e30", "123456789.123456789", "-1", "NaN", "inf", "99999999999999999999", "2.00000000000000000000000000000")
add("numeric_exp", "exp", "numeric", "0", "1", "-1", "10", "0.5", "100", "-50", "1.0000000000000000000000001", "NaN", "-inf", "1000")
add("numeric_ln", "ln", "numeric", "1", "2", "10", "0.5", "1e20", "0", "-1", "1.0000001", "123456789.123", "1e-10", "NaN", "inf")
add("log$1741", "log", "numeric", "100", "2", "0.001", "1e30")
add("numeric_log", "log", "numeric numeric", "2|64", "2|10", "10|1000", "0.5|4")
add("numeric_power", "power", "numeric numeric", "2|10", "2|0.5", "2|-2", "10|30", "0|0", "0|2", "0|-1", "-2|3", "-2|0.5", "1.5|2.5", "10|-30", "1.01|1000", "NaN|0", "1|NaN", "inf|2", "2|inf", "0.5|inf", "-inf|3", "123.456|7", "2|100.5")
add("numeric_fac", "factorial", "int8", "0", "5", "25", "-1")
add("numeric_gcd", "gcd", "numeric numeric", "12|18", "1.5|0.25", "0|0", "NaN|1")
add("numeric_lcm", "lcm", "numeric numeric", "12|18", "1.5|0.25", "0|3")
add("numeric_scale", "scale", "numeric", "1.50", "3", "NaN")
add("numeric_min_scale", "min_scale", "numeric", "1.50", "3.000", "NaN", "0.00", "123456789012345678901234567890.5000")
add("numeric_trim_scale", "trim_scale", "numeric", "1.50", "3.000", "123456789012345678901234567890.5000")
add("width_bucket_numeric", "width_bucket", "numeric numeric numeric int4", "5.35|0.024|10.06|5", "0|1|10|3", "11|1|10|3", "5|10|1|4", "1|1|1|2", "1|1|2|0")
add("numeric_int4", "int4", "numeric", "2.5", "-2.5", "2147483647.4", "2147483647.5", "NaN", "inf", "1e30", "0.4999")
add("numeric_int8", "int8", "numeric", "9223372036854775807.4", "9223372036854775807.5", "-9223372036854775808.5", "1e-5")
add("numeric_int2", "int2", "numeric", "32767.49", "32768")
add("numeric_float8", "float8", "numeric", "1.5", "0.1", "1e400", "123456789012345678901234567890", "NaN", "-inf", "1e-400")
add("numeric_float4", "float4", "numeric", "0.1", "1e39")
add("float8_numeric", "\"numeric\"", "float8", "0.1", "1e20", "123456789.123456789", "NaN", "inf", "1.5e-7", "0.1234567890123456789")
add("float4_numeric", "\"numeric\"", "float4", "0.1", "1234567")
add("int8_numeric", "\"numeric\"", "int8", "9223372036854775807", "-5", "1000000000000000000")
add("numeric_uminus", "numeric_uminus", "numeric", "5", "-1.5", "0", "NaN", "inf", "12345678901234567890123")
# text
same("textcat", "text text", "ab|cd", "|x", "longer than twelve|and more")
add("textlen", "length", "text", "abc", "", "päivä日本")
add("bpcharlen", "length", "bpchar", "abc  ")
add("textoctetlen", "octet_length", "text", "päivä")
same("lower", "text", "ABC", "ÄB c")
same("upper", "text", "abc", "äb C1")
same("initcap", "text", "hello wORLD foo_bar 1st", "o'neil")
add("text_substr", "substr", "text int4 int4", "hello|2|3", "hello|0|3", "hello|-1|3", "hello|4|100", "hello|2|-1", "päivä|2|2", "hello|2147483647|1", "hello|-2147483648|2147483647")
add("text_substr_no_len", "substr", "text int4", "hello|2", "hello|0", "hello|10", "päivä|3")
add("text_left", '"left"', "text int4", "hello|2", "hello|-2", "hello|0", "hello|10", "hello|-10", "päivä|2")
add("text_right", '"right"', "text int4", "hello|2", "hello|-2", "hello|0", "hello|10", "hello|-10", "päivä|2", "hello|-2147483648")
same("lpad", "text int4 text", "hi|5|xy", "hi|1|xy", "hi|5|", "hi|-1|x", "ä|4|öü")
same("rpad", "text int4 text", "hi|5|xy", "hi|1|xy", "hi|6|abc")
add("lpad$879", "lpad", "text int4", "hi|5")
add("btrim", "btrim", "text text", "xyxtrimyyx|xyz", "abc|")
add("ltrim", "ltrim", "text text", "zzzytest|xyz")
add("rtrim", "rtrim", "text text", "testxxzx|xyz", "äbä|ä")
add("btrim1", "btrim", "text", "  a b  ")
add("textpos", "strpos", "text text", "high|ig", "high|x", "high|", "päivä|ivä")
add("text_starts_with", "starts_with", "text text", "alphabet|alph", "a|ab", "a|")
add("replace_text", "replace", "text text text", "abcdefabcdef|cd|XX", "aaa|a|", "abc||x", "aaaa|aa|b")
same("repeat", "text int4", "Pg|4", "x|0", "x|-1")
add("text_reverse", "reverse", "text", "abcde", "päivä")
same("split_part", "text text int4", "abc~@~def~@~ghi|~@~|2", "a,b,c|,|-1", "a,b|,|5", "a,b|,|0", "abc||1", "abc||2")
same("translate", "text text text", "12345|143|ax", "päivä|ä|a")
same("ascii", "text", "x", "é", "", "日")
same("chr", "int4", "65", "233", "0", "-1", "1114112", "55296")
add("to_hex32", "to_hex", "int4", "255", "-1")
add("to_hex64", "to_hex", "int8", "255", "-1")
add("text_to_array", "string_to_array", "text text", "a,b,c|,", "|,", "abc|", "abc|∅")
add("text_to_array_null", "string_to_array", "text text text", "xx~~yy~~zz|~~|yy")
add("text_concat_ws", "concat_ws", "text text int4 text", ",|a|∅|c", "∅|a|1|c", ",|a|5|∅")
add("text_concat", "concat", "text int4 bool", "a|1|t", "a|∅|f")
for row in ("Hello %s %s|World|5", "%2$s %1$s|a|1", "%I %L|a b|7", "%10s%-5s!|ab|1", "%s|∅|1", "%L|∅|1", "%I|∅|1", "%x|a|1", "%|a|1", "%s %s %s|a|1", "%0$s|a|1", "%% %s|a|1", "%L|it's \\ x|1", "%I|select|1", "%I|Abc|1"):
    add("text_format", "format", "text text int4", row)
same("quote_ident", "text", "foo", "Foo", "foo bar", 'a"b', "select", "abort", "1a", "_a1", "", "between", "char", "table")
same("quote_literal", "text", "it's", "a\\b", "")
add("quote_literal$1285", "quote_literal", "int4", "42")
add("quote_nullable", "quote_nullable", "text", "a", "∅")
add("pg_size_pretty", "pg_size_pretty", "int8", "0", "10239", "10240", "-10240", "20971519", "20971520", "1000000000", "1000000000000", "9223372036854775807", "10485247", "10485248")
for k in ("textlike", "texticlike"):
    same(k, "text text", "abc|a%", "abc|_b_", "abc|b%", "abc|%c", "abc|%b%", "abc|", "|%", "a%c|a\\%c", "abc|abc\\", "päivä|p_iv_", "ABC|abc", "aXbXc|%X%X%", "mississippi|%iss%ip%i", "abc|%%%", "abc|____")
add("like_escape", "like_escape", "text text", "a#%b|#", "a\\%|", "ab|##", "a##b|#")
same("texteq", "text text", "a|a", "a|b", "longer than twelve!|longer than twelve!", "longer than twelve!|longer than twelve?")
same("bpchareq", "bpchar bpchar", "a  |a", "a|b")
# dates
same("date_mi", "date date", "2024-03-01|2024-02-01", "infinity|2024-01-01")
same("date_pli", "date int4", "2024-02-28|2", "5874897-12-31|1", "infinity|3")
same("date_mii", "date int4", "2024-03-01|1", "2024-01-01|2147483647")
add("date_timestamp", '"timestamp"', "date", "2024-01-15", "infinity", "5874897-12-31")
add("date_timestamptz", "timestamptz", "date", "2024-01-15", "2024-07-15")
add("timestamptz_date", "date", "timestamptz", "2024-01-15 03:00:00+00", "infinity")
add("timestamp_date", "date", "timestamp", "2024-01-15 23:59:59.999999", "1999-12-31 23:00:00", "-infinity")
add("timestamp_timestamptz", "timestamptz", "timestamp", "2024-03-10 02:30:00", "2024-11-03 01:30:00")
add("timestamptz_timestamp", '"timestamp"', "timestamptz", "2024-07-15 12:00:00+00")
add("timestamptz_zone", "timezone", "text timestamptz", "UTC|2024-07-15 12:00:00-04", "Europe/Paris|2024-07-15 12:00:00Z", "EST|2024-07-15 12:00:00Z", "nowhere|2024-07-15 12:00:00Z")
add("timestamp_zone", "timezone", "text timestamp", "UTC|2024-07-15 12:00:00", "Asia/Tokyo|2024-07-15 12:00:00")
for unit in ("microseconds", "milliseconds", "second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century", "millennium", "Hour", "fortnight", "isoyear"):
    if unit != "isoyear":
        add("timestamp_trunc", "date_trunc", "text timestamp", f"{unit}|2024-08-17 13:45:56.789123", f"{unit}|0044-03-15 12:34:56.5 BC")
    for v in ("2024-08-17 13:45:56.789123", "2001-01-01 00:00:00", "2000-12-31 23:59:59.999999", "0044-03-15 12:34:56.5 BC", "infinity"):
        add("extract_timestamp", "pg_catalog.extract", "text timestamp", f"{unit}|{v}")
for unit in ("epoch", "dow", "isodow", "doy", "julian", "timezone", "foo"):
    if unit != "julian":
        add("extract_timestamp", "pg_catalog.extract", "text timestamp", f"{unit}|2024-08-17 13:45:56.789123", f"{unit}|-infinity")
    if unit not in ("timezone",):
        add("extract_date", "pg_catalog.extract", "text date", f"{unit}|2024-08-18")
add("extract_date", "pg_catalog.extract", "text date", "year|2024-08-18", "hour|2024-08-18", "week|2021-01-03", "isoyear|2021-01-03", "timezone|2024-01-01", "epoch|infinity")
add("extract_timestamptz", "pg_catalog.extract", "text timestamptz", "timezone|2024-08-17 13:45:56+02", "timezone_hour|2024-08-17 13:45:56+02", "hour|2024-08-17 13:45:56+02", "epoch|2024-08-17 13:45:56.5+02")
add("timestamp_part", "date_part", "text timestamp", "second|2024-08-17 13:45:56.789123", "epoch|2024-08-17 13:45:56.789123", "year|infinity")
add("timestamptz_trunc", "date_trunc", "text timestamptz", "day|2024-07-15 02:00:00Z", "month|2024-03-31 02:00:00Z")
same("make_date", "int4 int4 int4", "2024|2|29", "2023|2|29", "-44|3|15", "0|1|1", "2024|13|1")
same("make_timestamp", "int4 int4 int4 int4 int4 float8", "2024|2|29|10|30|15.5", "2024|2|29|25|30|15.5")
add("float8_timestamptz", "to_timestamp", "float8", "0", "1721044800.123456", "inf", "NaN", "1e20")
same("date_eq_timestamp", "date timestamp", "2024-01-15|2024-01-15 00:00:00", "5874897-12-31|infinity")
same("date_lt_timestamptz", "date timestamptz", "2024-01-15|2024-01-15 04:00:00Z", "2024-01-15|2024-01-15 06:00:00Z")
same("timestamp_eq_timestamptz", "timestamp timestamptz", "2024-01-15 00:00:00|2024-01-15 05:00:00Z")
same("timestamptz_gt_date", "timestamptz date", "2024-01-15 06:00:00Z|2024-01-15")
# arrays
same("array_length", "int4[] int4", "{1,2,3}|1", "{}|1", "{1,2}|2")
same("array_upper", "int4[] int4", "[5:7]={1,2,3}|1")
same("array_append", "int4[] int4", "{1,2}|3", "{}|1", "∅|1", "{1}|∅")
same("array_cat", "int4[] int4[]", "{1}|{2,3}", "∅|{1}")
add("array_to_text", "array_to_string", "int4[] text", "{1,2,NULL,3}|,")
add("array_to_text_null", "array_to_string", "int4[] text text", "{1,2,NULL,3}|,|*")
same("array_position", "text[] text", "{sun,mon}|mon", "{a}|z")
same("array_remove", "int4[] int4", "{1,2,3,2}|2")
same("array_eq", "int4[] int4[]", "{1,2}|{1,2}", "{1,2}|{1,3}")
same("array_lt", "int4[] int4[]", "{1,2}|{1,3}", "{1}|{1,0}", "{-1}|{1}")
same("arraycontains", "int4[] int4[]", "{1,2,3}|{2,3}", "{1}|{2}")
# bytea, digests
add("md5_text", "md5", "text", "", "abc", "a longer message that needs more than one block of sixty-four bytes to hash properly")
add("sha256_bytea", "sha256", "bytea", "", "abc", "a longer message that needs more than one block of sixty-four bytes to hash properly")
add("binary_encode", "encode", "bytea text", "abc|hex", "abc|base64", "ab|base64", "\\x00ff41|escape", "x|foo", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|base64", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|base64")
add("binary_decode", "decode", "text text", "616263|hex", "YWJj|base64", "YWI=|base64", "YW|base64", "6|hex", "!!!!|base64")
add("bytea_substr", "substr", "bytea int4 int4", "hello|2|3", "hello|-1|3")
add("byteaGetByte", "get_byte", "bytea int4", "hello|1", "hello|9")
# system
same("format_type", "oid int4", "23|-1", "1043|24", "1042|-1", "1042|∅", "1042|9", "1700|655366", "1700|∅", "1184|3", "1007|-1", "99999|-1", "0|-1", "18|-1", "∅|1", "1015|24")
add("pg_lsn_mi", "pg_lsn_mi", "pg_lsn pg_lsn", "0/10|0/1", "0/0|FFFFFFFF/0")
add("bool_int4", "int4", "bool", "t", "f")
add("int4_bool", "bool", "int4", "5", "0")
add("booltext", '"text"', "bool", "t")
add("oidtoi8", "int8", "oid", "4294967295")
add("i8tooid", "oid", "int8", "4294967295", "4294967296", "-1")
add("varchar", '"varchar"', "varchar int4 bool", "abcdef|7|t", "abcdef|7|f", "abc  |7|f")
add("bpchar", "bpchar", "bpchar int4 bool", "ab|9|t", "abcdef|7|f")
# to_char
TS = ["2024-02-03 04:05:06.789123", "1999-12-31 23:59:59", "0044-03-15 12:00:00 BC", "2024-01-01 00:00:00"]
for f in ("YYYY-MM-DD HH24:MI:SS", "DD.MM.YYYY", "Day, DD Month YYYY", "FMDay, FMDD FMMonth YYYY", "DY Dy dy MON Mon mon", "HH:MI:SS AM", "HH12:MI p.m.", "Y,YYY YYY YY Y", "IYYY-IW-ID IDDD",
          "DDD D W WW Q CC J", "MS US SSSS SSSSS FF3", "BC b.c.", "DDth DDTH", "\"year\" YYYY", "RM rm FMRM", "yyyy-mm-dd hh24:mi", "MONTH month/", "FMMM/FMDD/YY", "TZ OF"):
    for v in TS:
        add("timestamp_to_char", "to_char", "timestamp text", f"{v}|{f}")
for f in ("YYYY-MM-DD HH24:MI:SS TZ", "OF TZH:TZM tz"):
    add("timestamptz_to_char", "to_char", "timestamptz text", f"2024-07-15 12:00:00+00|{f}")
for f in ("9,999.99", "000", "999", "0999", "9990.00", "FM999,999.00", "FM9999.99", "99.99", "S999", "999S", "MI999", "999MI", "999PR", "SG999", "PL999", "FM000", "9G999D99", "999th", "FM999th", "0.00", ".99", "9.9", "FM9.9", "FM0.99", "99V9", "9.99EEEE", "RN", "FMRN", "L999", "\"n\"999", "FM999999999"):
    for v in ("1234.5", "-5", "0", "0.1", "-0.55", "123", "485", "12345.678", "-1234567"):
        add("numeric_to_char", "to_char", "numeric text", f"{v}|{f}")
add("int4_to_char", "to_char", "int4 text", "125|999", "-125|999", "7|000", "1234567|9,999,999", "12|S99")
add("float8_to_char", "to_char", "float8 text", "125.8|999D9", "0.1|0.9", "-0.1|99.99")
add("pg_convert_from", "convert_from", "bytea name", "\\xc3a9|UTF8", "\\xff|UTF8")
# regular expressions
for p in ("b", "^a", "c$", "a.c", "a|x", "[ab]+c", "[^a]", "x*", "(a)(b)(c)", "ab{2}", "a{0,2}b", "[[:alpha:]]+", "\\d", "\\w+", "(", ")", "[", "*a", "a**", "a{2,1}", "a{300}", "\\", "[z-a]", "[[:foo:]]", "", "(?i)ABC", "(?:ab)+", "^abc$", "\\mabc\\M", "\\yb", "^(ab|abc)$", "ABC", "a++", "^", "[]a]", "[a-]", "\\q"):
    for k in ("textregexeq", "texticregexne"):
        add(k, k, "text text", f"abc|{p}") if "|" not in p else None
    add("textregexsubstr", "substring", "text text", f"xabcabc abb 12|{p}") if "|" not in p else None
add("textregexreplace_noopt", "regexp_replace", "text text text", "foobarbaz|b..|X", "foobarbaz|b(..)|X\\1Y", "abc|x|y", "abc||-", "aaa|a+?|b", "abc|(b)|[\\&]\\\\")
add("textregexreplace", "regexp_replace", "text text text text", "foobarbaz|b..|X|g", "foobarbaz|B(..)|X\\1Y|gi", "abc|x*|-|g", "abc|b|x|1", "hello|l|L|g")
add("regexp_match_no_flags", "regexp_match", "text text", "foobarbequebaz|bar.*que", "foobarbequebaz|(bar)(beque)", "abc|x", "abc|(x)?b")
add("regexp_split_to_array_no_flags", "regexp_split_to_array", "text text", "hello world foo|\\s+", "abc|", "a,b,,c|,", ",a,|,")
add("regexp_like_no_flags", "regexp_like", "text text", "abc|B", "abc|b")
add("regexp_count_no_start", "regexp_count", "text text", "ababab|ab", "aaa|")
add("textoverlay", "overlay", "text text int4 int4", "abcdef|XX|2|3", "abcdef|XX|2|0", "abcdef|XX|0|1", "abc|XX|10|1")
add("textoverlay_no_len", "overlay", "text text int4", "abcdef|XX|2")
