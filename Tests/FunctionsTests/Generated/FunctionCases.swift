// Written by tools/generate-type-cases. Do not edit.

/// key, S output, N null or E error, then type=value of each argument
let functionCases: StaticString = ##"""
    int2pl	S10	int2=7	int2=3
    int2pl	S-4	int2=-7	int2=3
    int2pl	S4	int2=7	int2=-3
    int2pl	E22003 smallint out of range	int2=32767	int2=1
    int2pl	S-32767	int2=-32768	int2=1
    int2pl	E22003 smallint out of range	int2=-32768	int2=-1
    int2pl	E22003 smallint out of range	int2=32767	int2=32767
    int2pl	S5	int2=5	int2=0
    int2pl	E22003 smallint out of range	int2=-32768	int2=-32768
    int2mi	S4	int2=7	int2=3
    int2mi	S-10	int2=-7	int2=3
    int2mi	S10	int2=7	int2=-3
    int2mi	S32766	int2=32767	int2=1
    int2mi	E22003 smallint out of range	int2=-32768	int2=1
    int2mi	S-32767	int2=-32768	int2=-1
    int2mi	S0	int2=32767	int2=32767
    int2mi	S5	int2=5	int2=0
    int2mi	S0	int2=-32768	int2=-32768
    int2mul	S21	int2=7	int2=3
    int2mul	S-21	int2=-7	int2=3
    int2mul	S-21	int2=7	int2=-3
    int2mul	S32767	int2=32767	int2=1
    int2mul	S-32768	int2=-32768	int2=1
    int2mul	E22003 smallint out of range	int2=-32768	int2=-1
    int2mul	E22003 smallint out of range	int2=32767	int2=32767
    int2mul	S0	int2=5	int2=0
    int2mul	E22003 smallint out of range	int2=-32768	int2=-32768
    int2div	S2	int2=7	int2=3
    int2div	S-2	int2=-7	int2=3
    int2div	S-2	int2=7	int2=-3
    int2div	S32767	int2=32767	int2=1
    int2div	S-32768	int2=-32768	int2=1
    int2div	E22003 smallint out of range	int2=-32768	int2=-1
    int2div	S1	int2=32767	int2=32767
    int2div	E22012 division by zero	int2=5	int2=0
    int2div	S1	int2=-32768	int2=-32768
    int2mod	S1	int2=7	int2=3
    int2mod	S-1	int2=-7	int2=3
    int2mod	S1	int2=7	int2=-3
    int2mod	E22012 division by zero	int2=5	int2=0
    int2mod	S0	int2=-32768	int2=-1
    int2um	S-5	int2=5
    int2um	S5	int2=-5
    int2um	E22003 smallint out of range	int2=-32768
    int2abs	S5	int2=5
    int2abs	S5	int2=-5
    int2abs	E22003 smallint out of range	int2=-32768
    int2and	S8	int2=12	int2=10
    int2or	S14	int2=12	int2=10
    int2xor	S6	int2=12	int2=10
    int2not	S-13	int2=12
    int2shl	S8	int2=1	int4=3
    int2shl	S2	int2=1	int4=33
    int2shl	S-32768	int2=-1	int4=15
    int2shr	S-4	int2=-16	int4=2
    int2shr	S8	int2=16	int4=1
    int4pl	S10	int4=7	int4=3
    int4pl	S-4	int4=-7	int4=3
    int4pl	S4	int4=7	int4=-3
    int4pl	E22003 integer out of range	int4=2147483647	int4=1
    int4pl	S-2147483647	int4=-2147483648	int4=1
    int4pl	E22003 integer out of range	int4=-2147483648	int4=-1
    int4pl	E22003 integer out of range	int4=2147483647	int4=2147483647
    int4pl	S5	int4=5	int4=0
    int4pl	E22003 integer out of range	int4=-2147483648	int4=-2147483648
    int4mi	S4	int4=7	int4=3
    int4mi	S-10	int4=-7	int4=3
    int4mi	S10	int4=7	int4=-3
    int4mi	S2147483646	int4=2147483647	int4=1
    int4mi	E22003 integer out of range	int4=-2147483648	int4=1
    int4mi	S-2147483647	int4=-2147483648	int4=-1
    int4mi	S0	int4=2147483647	int4=2147483647
    int4mi	S5	int4=5	int4=0
    int4mi	S0	int4=-2147483648	int4=-2147483648
    int4mul	S21	int4=7	int4=3
    int4mul	S-21	int4=-7	int4=3
    int4mul	S-21	int4=7	int4=-3
    int4mul	S2147483647	int4=2147483647	int4=1
    int4mul	S-2147483648	int4=-2147483648	int4=1
    int4mul	E22003 integer out of range	int4=-2147483648	int4=-1
    int4mul	E22003 integer out of range	int4=2147483647	int4=2147483647
    int4mul	S0	int4=5	int4=0
    int4mul	E22003 integer out of range	int4=-2147483648	int4=-2147483648
    int4div	S2	int4=7	int4=3
    int4div	S-2	int4=-7	int4=3
    int4div	S-2	int4=7	int4=-3
    int4div	S2147483647	int4=2147483647	int4=1
    int4div	S-2147483648	int4=-2147483648	int4=1
    int4div	E22003 integer out of range	int4=-2147483648	int4=-1
    int4div	S1	int4=2147483647	int4=2147483647
    int4div	E22012 division by zero	int4=5	int4=0
    int4div	S1	int4=-2147483648	int4=-2147483648
    int4mod	S1	int4=7	int4=3
    int4mod	S-1	int4=-7	int4=3
    int4mod	S1	int4=7	int4=-3
    int4mod	E22012 division by zero	int4=5	int4=0
    int4mod	S0	int4=-2147483648	int4=-1
    int4um	S-5	int4=5
    int4um	S5	int4=-5
    int4um	E22003 integer out of range	int4=-2147483648
    int4abs	S5	int4=5
    int4abs	S5	int4=-5
    int4abs	E22003 integer out of range	int4=-2147483648
    int4and	S8	int4=12	int4=10
    int4or	S14	int4=12	int4=10
    int4xor	S6	int4=12	int4=10
    int4not	S-13	int4=12
    int4shl	S8	int4=1	int4=3
    int4shl	S2	int4=1	int4=33
    int4shl	S-32768	int4=-1	int4=15
    int4shr	S-4	int4=-16	int4=2
    int4shr	S8	int4=16	int4=1
    int8pl	S10	int8=7	int8=3
    int8pl	S-4	int8=-7	int8=3
    int8pl	S4	int8=7	int8=-3
    int8pl	E22003 bigint out of range	int8=9223372036854775807	int8=1
    int8pl	S-9223372036854775807	int8=-9223372036854775808	int8=1
    int8pl	E22003 bigint out of range	int8=-9223372036854775808	int8=-1
    int8pl	E22003 bigint out of range	int8=9223372036854775807	int8=9223372036854775807
    int8pl	S5	int8=5	int8=0
    int8pl	E22003 bigint out of range	int8=-9223372036854775808	int8=-9223372036854775808
    int8mi	S4	int8=7	int8=3
    int8mi	S-10	int8=-7	int8=3
    int8mi	S10	int8=7	int8=-3
    int8mi	S9223372036854775806	int8=9223372036854775807	int8=1
    int8mi	E22003 bigint out of range	int8=-9223372036854775808	int8=1
    int8mi	S-9223372036854775807	int8=-9223372036854775808	int8=-1
    int8mi	S0	int8=9223372036854775807	int8=9223372036854775807
    int8mi	S5	int8=5	int8=0
    int8mi	S0	int8=-9223372036854775808	int8=-9223372036854775808
    int8mul	S21	int8=7	int8=3
    int8mul	S-21	int8=-7	int8=3
    int8mul	S-21	int8=7	int8=-3
    int8mul	S9223372036854775807	int8=9223372036854775807	int8=1
    int8mul	S-9223372036854775808	int8=-9223372036854775808	int8=1
    int8mul	E22003 bigint out of range	int8=-9223372036854775808	int8=-1
    int8mul	E22003 bigint out of range	int8=9223372036854775807	int8=9223372036854775807
    int8mul	S0	int8=5	int8=0
    int8mul	E22003 bigint out of range	int8=-9223372036854775808	int8=-9223372036854775808
    int8div	S2	int8=7	int8=3
    int8div	S-2	int8=-7	int8=3
    int8div	S-2	int8=7	int8=-3
    int8div	S9223372036854775807	int8=9223372036854775807	int8=1
    int8div	S-9223372036854775808	int8=-9223372036854775808	int8=1
    int8div	E22003 bigint out of range	int8=-9223372036854775808	int8=-1
    int8div	S1	int8=9223372036854775807	int8=9223372036854775807
    int8div	E22012 division by zero	int8=5	int8=0
    int8div	S1	int8=-9223372036854775808	int8=-9223372036854775808
    int8mod	S1	int8=7	int8=3
    int8mod	S-1	int8=-7	int8=3
    int8mod	S1	int8=7	int8=-3
    int8mod	E22012 division by zero	int8=5	int8=0
    int8mod	S0	int8=-9223372036854775808	int8=-1
    int8um	S-5	int8=5
    int8um	S5	int8=-5
    int8um	E22003 bigint out of range	int8=-9223372036854775808
    int8abs	S5	int8=5
    int8abs	S5	int8=-5
    int8abs	E22003 bigint out of range	int8=-9223372036854775808
    int8and	S8	int8=12	int8=10
    int8or	S14	int8=12	int8=10
    int8xor	S6	int8=12	int8=10
    int8not	S-13	int8=12
    int8shl	S8	int8=1	int4=3
    int8shl	S8589934592	int8=1	int4=33
    int8shl	S-32768	int8=-1	int4=15
    int8shr	S-4	int8=-16	int4=2
    int8shr	S8	int8=16	int4=1
    int24pl	S10	int2=7	int4=3
    int24pl	S-5	int2=-7	int4=2
    int24pl	S5	int2=5	int4=0
    int24mi	S4	int2=7	int4=3
    int24mi	S-9	int2=-7	int4=2
    int24mi	S5	int2=5	int4=0
    int24mul	S21	int2=7	int4=3
    int24mul	S-14	int2=-7	int4=2
    int24mul	S0	int2=5	int4=0
    int24div	S2	int2=7	int4=3
    int24div	S-3	int2=-7	int4=2
    int24div	E22012 division by zero	int2=5	int4=0
    int24eq	Sf	int2=7	int4=3
    int24eq	Sf	int2=3	int4=7
    int24eq	St	int2=5	int4=5
    int24ne	St	int2=7	int4=3
    int24ne	St	int2=3	int4=7
    int24ne	Sf	int2=5	int4=5
    int24lt	Sf	int2=7	int4=3
    int24lt	St	int2=3	int4=7
    int24lt	Sf	int2=5	int4=5
    int24le	Sf	int2=7	int4=3
    int24le	St	int2=3	int4=7
    int24le	St	int2=5	int4=5
    int24gt	St	int2=7	int4=3
    int24gt	Sf	int2=3	int4=7
    int24gt	Sf	int2=5	int4=5
    int24ge	St	int2=7	int4=3
    int24ge	Sf	int2=3	int4=7
    int24ge	St	int2=5	int4=5
    int42pl	S10	int4=7	int2=3
    int42pl	S-5	int4=-7	int2=2
    int42pl	S5	int4=5	int2=0
    int42mi	S4	int4=7	int2=3
    int42mi	S-9	int4=-7	int2=2
    int42mi	S5	int4=5	int2=0
    int42mul	S21	int4=7	int2=3
    int42mul	S-14	int4=-7	int2=2
    int42mul	S0	int4=5	int2=0
    int42div	S2	int4=7	int2=3
    int42div	S-3	int4=-7	int2=2
    int42div	E22012 division by zero	int4=5	int2=0
    int42eq	Sf	int4=7	int2=3
    int42eq	Sf	int4=3	int2=7
    int42eq	St	int4=5	int2=5
    int42ne	St	int4=7	int2=3
    int42ne	St	int4=3	int2=7
    int42ne	Sf	int4=5	int2=5
    int42lt	Sf	int4=7	int2=3
    int42lt	St	int4=3	int2=7
    int42lt	Sf	int4=5	int2=5
    int42le	Sf	int4=7	int2=3
    int42le	St	int4=3	int2=7
    int42le	St	int4=5	int2=5
    int42gt	St	int4=7	int2=3
    int42gt	Sf	int4=3	int2=7
    int42gt	Sf	int4=5	int2=5
    int42ge	St	int4=7	int2=3
    int42ge	Sf	int4=3	int2=7
    int42ge	St	int4=5	int2=5
    int48pl	S10	int4=7	int8=3
    int48pl	S-5	int4=-7	int8=2
    int48pl	S5	int4=5	int8=0
    int48mi	S4	int4=7	int8=3
    int48mi	S-9	int4=-7	int8=2
    int48mi	S5	int4=5	int8=0
    int48mul	S21	int4=7	int8=3
    int48mul	S-14	int4=-7	int8=2
    int48mul	S0	int4=5	int8=0
    int48div	S2	int4=7	int8=3
    int48div	S-3	int4=-7	int8=2
    int48div	E22012 division by zero	int4=5	int8=0
    int48eq	Sf	int4=7	int8=3
    int48eq	Sf	int4=3	int8=7
    int48eq	St	int4=5	int8=5
    int48ne	St	int4=7	int8=3
    int48ne	St	int4=3	int8=7
    int48ne	Sf	int4=5	int8=5
    int48lt	Sf	int4=7	int8=3
    int48lt	St	int4=3	int8=7
    int48lt	Sf	int4=5	int8=5
    int48le	Sf	int4=7	int8=3
    int48le	St	int4=3	int8=7
    int48le	St	int4=5	int8=5
    int48gt	St	int4=7	int8=3
    int48gt	Sf	int4=3	int8=7
    int48gt	Sf	int4=5	int8=5
    int48ge	St	int4=7	int8=3
    int48ge	Sf	int4=3	int8=7
    int48ge	St	int4=5	int8=5
    int84pl	S10	int8=7	int4=3
    int84pl	S-5	int8=-7	int4=2
    int84pl	S5	int8=5	int4=0
    int84mi	S4	int8=7	int4=3
    int84mi	S-9	int8=-7	int4=2
    int84mi	S5	int8=5	int4=0
    int84mul	S21	int8=7	int4=3
    int84mul	S-14	int8=-7	int4=2
    int84mul	S0	int8=5	int4=0
    int84div	S2	int8=7	int4=3
    int84div	S-3	int8=-7	int4=2
    int84div	E22012 division by zero	int8=5	int4=0
    int84eq	Sf	int8=7	int4=3
    int84eq	Sf	int8=3	int4=7
    int84eq	St	int8=5	int4=5
    int84ne	St	int8=7	int4=3
    int84ne	St	int8=3	int4=7
    int84ne	Sf	int8=5	int4=5
    int84lt	Sf	int8=7	int4=3
    int84lt	St	int8=3	int4=7
    int84lt	Sf	int8=5	int4=5
    int84le	Sf	int8=7	int4=3
    int84le	St	int8=3	int4=7
    int84le	St	int8=5	int4=5
    int84gt	St	int8=7	int4=3
    int84gt	Sf	int8=3	int4=7
    int84gt	Sf	int8=5	int4=5
    int84ge	St	int8=7	int4=3
    int84ge	Sf	int8=3	int4=7
    int84ge	St	int8=5	int4=5
    int28pl	S10	int2=7	int8=3
    int28pl	S-5	int2=-7	int8=2
    int28pl	S5	int2=5	int8=0
    int28mi	S4	int2=7	int8=3
    int28mi	S-9	int2=-7	int8=2
    int28mi	S5	int2=5	int8=0
    int28mul	S21	int2=7	int8=3
    int28mul	S-14	int2=-7	int8=2
    int28mul	S0	int2=5	int8=0
    int28div	S2	int2=7	int8=3
    int28div	S-3	int2=-7	int8=2
    int28div	E22012 division by zero	int2=5	int8=0
    int28eq	Sf	int2=7	int8=3
    int28eq	Sf	int2=3	int8=7
    int28eq	St	int2=5	int8=5
    int28ne	St	int2=7	int8=3
    int28ne	St	int2=3	int8=7
    int28ne	Sf	int2=5	int8=5
    int28lt	Sf	int2=7	int8=3
    int28lt	St	int2=3	int8=7
    int28lt	Sf	int2=5	int8=5
    int28le	Sf	int2=7	int8=3
    int28le	St	int2=3	int8=7
    int28le	St	int2=5	int8=5
    int28gt	St	int2=7	int8=3
    int28gt	Sf	int2=3	int8=7
    int28gt	Sf	int2=5	int8=5
    int28ge	St	int2=7	int8=3
    int28ge	Sf	int2=3	int8=7
    int28ge	St	int2=5	int8=5
    int82pl	S10	int8=7	int2=3
    int82pl	S-5	int8=-7	int2=2
    int82pl	S5	int8=5	int2=0
    int82mi	S4	int8=7	int2=3
    int82mi	S-9	int8=-7	int2=2
    int82mi	S5	int8=5	int2=0
    int82mul	S21	int8=7	int2=3
    int82mul	S-14	int8=-7	int2=2
    int82mul	S0	int8=5	int2=0
    int82div	S2	int8=7	int2=3
    int82div	S-3	int8=-7	int2=2
    int82div	E22012 division by zero	int8=5	int2=0
    int82eq	Sf	int8=7	int2=3
    int82eq	Sf	int8=3	int2=7
    int82eq	St	int8=5	int2=5
    int82ne	St	int8=7	int2=3
    int82ne	St	int8=3	int2=7
    int82ne	Sf	int8=5	int2=5
    int82lt	Sf	int8=7	int2=3
    int82lt	St	int8=3	int2=7
    int82lt	Sf	int8=5	int2=5
    int82le	Sf	int8=7	int2=3
    int82le	St	int8=3	int2=7
    int82le	St	int8=5	int2=5
    int82gt	St	int8=7	int2=3
    int82gt	Sf	int8=3	int2=7
    int82gt	Sf	int8=5	int2=5
    int82ge	St	int8=7	int2=3
    int82ge	Sf	int8=3	int2=7
    int82ge	St	int8=5	int2=5
    int84pl	E22003 bigint out of range	int8=9223372036854775807	int4=1
    int42mul	E22003 integer out of range	int4=2147483647	int2=2
    int4gcd	S6	int4=12	int4=18
    int4gcd	S0	int4=0	int4=0
    int4gcd	E22003 integer out of range	int4=-2147483648	int4=0
    int4gcd	S1	int4=-2147483648	int4=2147483647
    int8lcm	S36	int8=12	int8=18
    int8lcm	S0	int8=0	int8=5
    int8lcm	E22003 bigint out of range	int8=9223372036854775807	int8=2
    int82	S32767	int8=32767
    int82	E22003 smallint out of range	int8=32768
    int84	S2147483647	int8=2147483647
    int84	E22003 integer out of range	int8=2147483648
    i4toi2	S-32768	int4=-32768
    i4toi2	E22003 smallint out of range	int4=-32769
    float8pl	S3.75	float8=1.5	float8=2.25
    float8pl	S2e+30	float8=1e30	float8=1e30
    float8pl	SNaN	float8=NaN	float8=1
    float8pl	SNaN	float8=inf	float8=-inf
    float8pl	S1	float8=1	float8=0
    float8pl	S0	float8=0	float8=0
    float8pl	SNaN	float8=NaN	float8=0
    float8pl	SInfinity	float8=inf	float8=0
    float8pl	S4	float8=1	float8=3
    float8pl	SInfinity	float8=-1	float8=inf
    float8mi	S-0.75	float8=1.5	float8=2.25
    float8mi	S0	float8=1e30	float8=1e30
    float8mi	SNaN	float8=NaN	float8=1
    float8mi	SInfinity	float8=inf	float8=-inf
    float8mi	S1	float8=1	float8=0
    float8mi	S0	float8=0	float8=0
    float8mi	SNaN	float8=NaN	float8=0
    float8mi	SInfinity	float8=inf	float8=0
    float8mi	S-2	float8=1	float8=3
    float8mi	S-Infinity	float8=-1	float8=inf
    float8mul	S3.375	float8=1.5	float8=2.25
    float8mul	S1.0000000000000001e+60	float8=1e30	float8=1e30
    float8mul	SNaN	float8=NaN	float8=1
    float8mul	S-Infinity	float8=inf	float8=-inf
    float8mul	S0	float8=1	float8=0
    float8mul	S0	float8=0	float8=0
    float8mul	SNaN	float8=NaN	float8=0
    float8mul	SNaN	float8=inf	float8=0
    float8mul	S3	float8=1	float8=3
    float8mul	S-Infinity	float8=-1	float8=inf
    float8div	S0.6666666666666666	float8=1.5	float8=2.25
    float8div	S1	float8=1e30	float8=1e30
    float8div	SNaN	float8=NaN	float8=1
    float8div	SNaN	float8=inf	float8=-inf
    float8div	E22012 division by zero	float8=1	float8=0
    float8div	E22012 division by zero	float8=0	float8=0
    float8div	SNaN	float8=NaN	float8=0
    float8div	E22012 division by zero	float8=inf	float8=0
    float8div	S0.3333333333333333	float8=1	float8=3
    float8div	S-0	float8=-1	float8=inf
    float8eq	Sf	float8=1	float8=2
    float8eq	St	float8=NaN	float8=NaN
    float8eq	Sf	float8=NaN	float8=inf
    float8eq	St	float8=0	float8=-0
    float8eq	Sf	float8=-inf	float8=inf
    float8eq	Sf	float8=-1	float8=-2
    float8lt	St	float8=1	float8=2
    float8lt	Sf	float8=NaN	float8=NaN
    float8lt	Sf	float8=NaN	float8=inf
    float8lt	Sf	float8=0	float8=-0
    float8lt	St	float8=-inf	float8=inf
    float8lt	Sf	float8=-1	float8=-2
    float8gt	Sf	float8=1	float8=2
    float8gt	Sf	float8=NaN	float8=NaN
    float8gt	St	float8=NaN	float8=inf
    float8gt	Sf	float8=0	float8=-0
    float8gt	Sf	float8=-inf	float8=inf
    float8gt	St	float8=-1	float8=-2
    float8le	St	float8=1	float8=2
    float8le	St	float8=NaN	float8=NaN
    float8le	Sf	float8=NaN	float8=inf
    float8le	St	float8=0	float8=-0
    float8le	St	float8=-inf	float8=inf
    float8le	Sf	float8=-1	float8=-2
    float8ge	Sf	float8=1	float8=2
    float8ge	St	float8=NaN	float8=NaN
    float8ge	St	float8=NaN	float8=inf
    float8ge	St	float8=0	float8=-0
    float8ge	Sf	float8=-inf	float8=inf
    float8ge	St	float8=-1	float8=-2
    float8ne	St	float8=1	float8=2
    float8ne	Sf	float8=NaN	float8=NaN
    float8ne	St	float8=NaN	float8=inf
    float8ne	Sf	float8=0	float8=-0
    float8ne	St	float8=-inf	float8=inf
    float8ne	St	float8=-1	float8=-2
    float4pl	S3.75	float4=1.5	float4=2.25
    float4pl	S2e+30	float4=1e30	float4=1e30
    float4pl	SNaN	float4=NaN	float4=1
    float4pl	SNaN	float4=inf	float4=-inf
    float4pl	S1	float4=1	float4=0
    float4pl	S0	float4=0	float4=0
    float4pl	SNaN	float4=NaN	float4=0
    float4pl	SInfinity	float4=inf	float4=0
    float4pl	S4	float4=1	float4=3
    float4pl	SInfinity	float4=-1	float4=inf
    float4mi	S-0.75	float4=1.5	float4=2.25
    float4mi	S0	float4=1e30	float4=1e30
    float4mi	SNaN	float4=NaN	float4=1
    float4mi	SInfinity	float4=inf	float4=-inf
    float4mi	S1	float4=1	float4=0
    float4mi	S0	float4=0	float4=0
    float4mi	SNaN	float4=NaN	float4=0
    float4mi	SInfinity	float4=inf	float4=0
    float4mi	S-2	float4=1	float4=3
    float4mi	S-Infinity	float4=-1	float4=inf
    float4mul	S3.375	float4=1.5	float4=2.25
    float4mul	E22003 value out of range: overflow	float4=1e30	float4=1e30
    float4mul	SNaN	float4=NaN	float4=1
    float4mul	S-Infinity	float4=inf	float4=-inf
    float4mul	S0	float4=1	float4=0
    float4mul	S0	float4=0	float4=0
    float4mul	SNaN	float4=NaN	float4=0
    float4mul	SNaN	float4=inf	float4=0
    float4mul	S3	float4=1	float4=3
    float4mul	S-Infinity	float4=-1	float4=inf
    float4div	S0.6666667	float4=1.5	float4=2.25
    float4div	S1	float4=1e30	float4=1e30
    float4div	SNaN	float4=NaN	float4=1
    float4div	SNaN	float4=inf	float4=-inf
    float4div	E22012 division by zero	float4=1	float4=0
    float4div	E22012 division by zero	float4=0	float4=0
    float4div	SNaN	float4=NaN	float4=0
    float4div	E22012 division by zero	float4=inf	float4=0
    float4div	S0.33333334	float4=1	float4=3
    float4div	S-0	float4=-1	float4=inf
    float4eq	Sf	float4=1	float4=2
    float4eq	St	float4=NaN	float4=NaN
    float4eq	Sf	float4=NaN	float4=inf
    float4eq	St	float4=0	float4=-0
    float4eq	Sf	float4=-inf	float4=inf
    float4eq	Sf	float4=-1	float4=-2
    float4lt	St	float4=1	float4=2
    float4lt	Sf	float4=NaN	float4=NaN
    float4lt	Sf	float4=NaN	float4=inf
    float4lt	Sf	float4=0	float4=-0
    float4lt	St	float4=-inf	float4=inf
    float4lt	Sf	float4=-1	float4=-2
    float4gt	Sf	float4=1	float4=2
    float4gt	Sf	float4=NaN	float4=NaN
    float4gt	St	float4=NaN	float4=inf
    float4gt	Sf	float4=0	float4=-0
    float4gt	Sf	float4=-inf	float4=inf
    float4gt	St	float4=-1	float4=-2
    float4le	St	float4=1	float4=2
    float4le	St	float4=NaN	float4=NaN
    float4le	Sf	float4=NaN	float4=inf
    float4le	St	float4=0	float4=-0
    float4le	St	float4=-inf	float4=inf
    float4le	Sf	float4=-1	float4=-2
    float4ge	Sf	float4=1	float4=2
    float4ge	St	float4=NaN	float4=NaN
    float4ge	St	float4=NaN	float4=inf
    float4ge	St	float4=0	float4=-0
    float4ge	Sf	float4=-inf	float4=inf
    float4ge	St	float4=-1	float4=-2
    float4ne	St	float4=1	float4=2
    float4ne	Sf	float4=NaN	float4=NaN
    float4ne	St	float4=NaN	float4=inf
    float4ne	Sf	float4=0	float4=-0
    float4ne	St	float4=-inf	float4=inf
    float4ne	St	float4=-1	float4=-2
    float8mul	E22003 value out of range: overflow	float8=1e300	float8=1e300
    float8mul	E22003 value out of range: underflow	float8=1e-300	float8=1e-300
    float8div	E22003 value out of range: underflow	float8=1e-300	float8=1e300
    float8div	E22003 value out of range: overflow	float8=1e300	float8=1e-300
    dtoi4	S2	float8=2.5
    dtoi4	S4	float8=3.5
    dtoi4	S-2	float8=-2.5
    dtoi4	S2147483647	float8=2147483647.4
    dtoi4	E22003 integer out of range	float8=2147483647.5
    dtoi4	E22003 integer out of range	float8=NaN
    dtoi4	E22003 integer out of range	float8=inf
    dtoi8	S9200000000000000000	float8=9.2e18
    dtoi8	E22003 bigint out of range	float8=9.3e18
    dtoi8	S-9223372036854775808	float8=-9223372036854775808
    dtoi8	S2	float8=2.5
    dtoi2	S32767	float8=32767.4
    dtoi2	E22003 smallint out of range	float8=32767.5
    dtof	S0.1	float8=0.1
    dtof	E22003 value out of range: overflow	float8=1e39
    dtof	E22003 value out of range: underflow	float8=1e-50
    ftod	S0.10000000149011612	float4=0.1
    dround	S2	float8=2.5
    dround	S-2	float8=-2.5
    dround	S0	float8=0
    dround	S1000	float8=1000
    dround	SNaN	float8=NaN
    dround	SInfinity	float8=inf
    dtrunc	S2	float8=2.5
    dtrunc	S-2	float8=-2.5
    dtrunc	S0	float8=0
    dtrunc	S1000	float8=1000
    dtrunc	SNaN	float8=NaN
    dtrunc	SInfinity	float8=inf
    dceil	S3	float8=2.5
    dceil	S-2	float8=-2.5
    dceil	S0	float8=0
    dceil	S1000	float8=1000
    dceil	SNaN	float8=NaN
    dceil	SInfinity	float8=inf
    dfloor	S2	float8=2.5
    dfloor	S-3	float8=-2.5
    dfloor	S0	float8=0
    dfloor	S1000	float8=1000
    dfloor	SNaN	float8=NaN
    dfloor	SInfinity	float8=inf
    dsign	S1	float8=2.5
    dsign	S-1	float8=-2.5
    dsign	S0	float8=0
    dsign	S1	float8=1000
    dsign	S0	float8=NaN
    dsign	S1	float8=inf
    dsqrt	S1.5811388300841898	float8=2.5
    dsqrt	E2201F cannot take square root of a negative number	float8=-2.5
    dsqrt	S0	float8=0
    dsqrt	S31.622776601683793	float8=1000
    dsqrt	SNaN	float8=NaN
    dsqrt	SInfinity	float8=inf
    dexp	S12.182493960703473	float8=2.5
    dexp	S0.0820849986238988	float8=-2.5
    dexp	S1	float8=0
    dexp	E22003 value out of range: overflow	float8=1000
    dexp	SNaN	float8=NaN
    dexp	SInfinity	float8=inf
    dlog1	S0.9162907318741551	float8=2.5
    dlog1	E2201E cannot take logarithm of a negative number	float8=-2.5
    dlog1	E2201E cannot take logarithm of zero	float8=0
    dlog1	S6.907755278982137	float8=1000
    dlog1	SNaN	float8=NaN
    dlog1	SInfinity	float8=inf
    dpow	S1024	float8=2	float8=10
    dpow	S-8	float8=-2	float8=3
    dpow	E2201F a negative number raised to a non-integer power yields a complex result	float8=-2	float8=0.5
    dpow	E2201F zero raised to a negative power is undefined	float8=0	float8=-1
    dpow	S1	float8=0	float8=0
    dpow	S1.4142135623730951	float8=2	float8=0.5
    dpow	E22003 value out of range: overflow	float8=10	float8=400
    dpow	S1	float8=NaN	float8=0
    dpow	S1	float8=1	float8=NaN
    numeric_add	S4	numeric=1	numeric=3
    numeric_add	S13	numeric=10	numeric=3
    numeric_add	S-5	numeric=-7	numeric=2
    numeric_add	S9	numeric=2	numeric=7
    numeric_add	S1.75	numeric=1.5	numeric=0.25
    numeric_add	S100.001	numeric=100	numeric=0.001
    numeric_add	S5	numeric=0	numeric=5
    numeric_add	S5	numeric=5	numeric=0
    numeric_add	S12345678901234567893	numeric=12345678901234567890	numeric=3
    numeric_add	S98765432109876543211	numeric=1	numeric=98765432109876543210
    numeric_add	S0.4	numeric=0.1	numeric=0.3
    numeric_add	SNaN	numeric=NaN	numeric=1
    numeric_add	SInfinity	numeric=inf	numeric=2
    numeric_add	SInfinity	numeric=1	numeric=inf
    numeric_add	SInfinity	numeric=inf	numeric=inf
    numeric_add	S-Infinity	numeric=1	numeric=-inf
    numeric_add	SInfinity	numeric=0	numeric=inf
    numeric_add	SInfinity	numeric=inf	numeric=0
    numeric_add	S-Infinity	numeric=-inf	numeric=-3
    numeric_add	S1000000000000000000	numeric=999999999999999999	numeric=1
    numeric_add	S1999999999999999998	numeric=999999999999999999	numeric=999999999999999999
    numeric_add	S-999999999999999999.98	numeric=-999999999999999999.99	numeric=0.01
    numeric_add	S100000000000000000000.00000000000000000001	numeric=1e20	numeric=1e-20
    numeric_add	S2.000	numeric=1.000	numeric=1.0
    numeric_add	S8.4	numeric=4.2	numeric=4.2
    numeric_add	S0.00	numeric=0.00	numeric=-0.00
    numeric_add	S1000000000000000000000000000007	numeric=1e30	numeric=7
    numeric_add	S123.4561	numeric=123.456	numeric=0.0001
    numeric_add	S19999	numeric=9999	numeric=10000
    numeric_add	S19999	numeric=10000	numeric=9999
    numeric_add	S10000.9999	numeric=1	numeric=9999.9999
    numeric_add	S7.0003	numeric=0.0003	numeric=7
    numeric_add	S3.0000000001	numeric=1e-10	numeric=3
    numeric_sub	S-2	numeric=1	numeric=3
    numeric_sub	S7	numeric=10	numeric=3
    numeric_sub	S-9	numeric=-7	numeric=2
    numeric_sub	S-5	numeric=2	numeric=7
    numeric_sub	S1.25	numeric=1.5	numeric=0.25
    numeric_sub	S99.999	numeric=100	numeric=0.001
    numeric_sub	S-5	numeric=0	numeric=5
    numeric_sub	S5	numeric=5	numeric=0
    numeric_sub	S12345678901234567887	numeric=12345678901234567890	numeric=3
    numeric_sub	S-98765432109876543209	numeric=1	numeric=98765432109876543210
    numeric_sub	S-0.2	numeric=0.1	numeric=0.3
    numeric_sub	SNaN	numeric=NaN	numeric=1
    numeric_sub	SInfinity	numeric=inf	numeric=2
    numeric_sub	S-Infinity	numeric=1	numeric=inf
    numeric_sub	SNaN	numeric=inf	numeric=inf
    numeric_sub	SInfinity	numeric=1	numeric=-inf
    numeric_sub	S-Infinity	numeric=0	numeric=inf
    numeric_sub	SInfinity	numeric=inf	numeric=0
    numeric_sub	S-Infinity	numeric=-inf	numeric=-3
    numeric_sub	S999999999999999998	numeric=999999999999999999	numeric=1
    numeric_sub	S0	numeric=999999999999999999	numeric=999999999999999999
    numeric_sub	S-1000000000000000000.00	numeric=-999999999999999999.99	numeric=0.01
    numeric_sub	S99999999999999999999.99999999999999999999	numeric=1e20	numeric=1e-20
    numeric_sub	S0.000	numeric=1.000	numeric=1.0
    numeric_sub	S0.0	numeric=4.2	numeric=4.2
    numeric_sub	S0.00	numeric=0.00	numeric=-0.00
    numeric_sub	S999999999999999999999999999993	numeric=1e30	numeric=7
    numeric_sub	S123.4559	numeric=123.456	numeric=0.0001
    numeric_sub	S-1	numeric=9999	numeric=10000
    numeric_sub	S1	numeric=10000	numeric=9999
    numeric_sub	S-9998.9999	numeric=1	numeric=9999.9999
    numeric_sub	S-6.9997	numeric=0.0003	numeric=7
    numeric_sub	S-2.9999999999	numeric=1e-10	numeric=3
    numeric_mul	S3	numeric=1	numeric=3
    numeric_mul	S30	numeric=10	numeric=3
    numeric_mul	S-14	numeric=-7	numeric=2
    numeric_mul	S14	numeric=2	numeric=7
    numeric_mul	S0.375	numeric=1.5	numeric=0.25
    numeric_mul	S0.100	numeric=100	numeric=0.001
    numeric_mul	S0	numeric=0	numeric=5
    numeric_mul	S0	numeric=5	numeric=0
    numeric_mul	S37037036703703703670	numeric=12345678901234567890	numeric=3
    numeric_mul	S98765432109876543210	numeric=1	numeric=98765432109876543210
    numeric_mul	S0.03	numeric=0.1	numeric=0.3
    numeric_mul	SNaN	numeric=NaN	numeric=1
    numeric_mul	SInfinity	numeric=inf	numeric=2
    numeric_mul	SInfinity	numeric=1	numeric=inf
    numeric_mul	SInfinity	numeric=inf	numeric=inf
    numeric_mul	S-Infinity	numeric=1	numeric=-inf
    numeric_mul	SNaN	numeric=0	numeric=inf
    numeric_mul	SNaN	numeric=inf	numeric=0
    numeric_mul	SInfinity	numeric=-inf	numeric=-3
    numeric_mul	S999999999999999999	numeric=999999999999999999	numeric=1
    numeric_mul	S999999999999999998000000000000000001	numeric=999999999999999999	numeric=999999999999999999
    numeric_mul	S-9999999999999999.9999	numeric=-999999999999999999.99	numeric=0.01
    numeric_mul	S1.00000000000000000000	numeric=1e20	numeric=1e-20
    numeric_mul	S1.0000	numeric=1.000	numeric=1.0
    numeric_mul	S17.64	numeric=4.2	numeric=4.2
    numeric_mul	S0.0000	numeric=0.00	numeric=-0.00
    numeric_mul	S7000000000000000000000000000000	numeric=1e30	numeric=7
    numeric_mul	S0.0123456	numeric=123.456	numeric=0.0001
    numeric_mul	S99990000	numeric=9999	numeric=10000
    numeric_mul	S99990000	numeric=10000	numeric=9999
    numeric_mul	S9999.9999	numeric=1	numeric=9999.9999
    numeric_mul	S0.0021	numeric=0.0003	numeric=7
    numeric_mul	S0.0000000003	numeric=1e-10	numeric=3
    numeric_div	S0.33333333333333333333	numeric=1	numeric=3
    numeric_div	S3.3333333333333333	numeric=10	numeric=3
    numeric_div	S-3.5000000000000000	numeric=-7	numeric=2
    numeric_div	S0.28571428571428571429	numeric=2	numeric=7
    numeric_div	S6.0000000000000000	numeric=1.5	numeric=0.25
    numeric_div	S100000.000000000000	numeric=100	numeric=0.001
    numeric_div	S0.00000000000000000000	numeric=0	numeric=5
    numeric_div	E22012 division by zero	numeric=5	numeric=0
    numeric_div	S4115226300411522630	numeric=12345678901234567890	numeric=3
    numeric_div	S0.000000000000000000010124999998860938	numeric=1	numeric=98765432109876543210
    numeric_div	S0.33333333333333333333	numeric=0.1	numeric=0.3
    numeric_div	SNaN	numeric=NaN	numeric=1
    numeric_div	SInfinity	numeric=inf	numeric=2
    numeric_div	S0	numeric=1	numeric=inf
    numeric_div	SNaN	numeric=inf	numeric=inf
    numeric_div	S0	numeric=1	numeric=-inf
    numeric_div	S0	numeric=0	numeric=inf
    numeric_div	E22012 division by zero	numeric=inf	numeric=0
    numeric_div	SInfinity	numeric=-inf	numeric=-3
    numeric_div	S999999999999999999	numeric=999999999999999999	numeric=1
    numeric_div	S1.00000000000000000000	numeric=999999999999999999	numeric=999999999999999999
    numeric_div	S-99999999999999999999.00	numeric=-999999999999999999.99	numeric=0.01
    numeric_div	S10000000000000000000000000000000000000000.00000000000000000000	numeric=1e20	numeric=1e-20
    numeric_div	S1.00000000000000000000	numeric=1.000	numeric=1.0
    numeric_div	S1.00000000000000000000	numeric=4.2	numeric=4.2
    numeric_div	E22012 division by zero	numeric=0.00	numeric=-0.00
    numeric_div	S142857142857142857142857142857	numeric=1e30	numeric=7
    numeric_div	S1234560.000000000000	numeric=123.456	numeric=0.0001
    numeric_div	S0.99990000000000000000	numeric=9999	numeric=10000
    numeric_div	S1.0001000100010001	numeric=10000	numeric=9999
    numeric_div	S0.00010000000100000001	numeric=1	numeric=9999.9999
    numeric_div	S0.000042857142857142857143	numeric=0.0003	numeric=7
    numeric_div	S0.0000000000333333333333333333	numeric=1e-10	numeric=3
    numeric_mod	S1	numeric=1	numeric=3
    numeric_mod	S1	numeric=10	numeric=3
    numeric_mod	S-1	numeric=-7	numeric=2
    numeric_mod	S2	numeric=2	numeric=7
    numeric_mod	S0.00	numeric=1.5	numeric=0.25
    numeric_mod	S0.000	numeric=100	numeric=0.001
    numeric_mod	S0	numeric=0	numeric=5
    numeric_mod	E22012 division by zero	numeric=5	numeric=0
    numeric_mod	S0	numeric=12345678901234567890	numeric=3
    numeric_mod	S1	numeric=1	numeric=98765432109876543210
    numeric_mod	S0.1	numeric=0.1	numeric=0.3
    numeric_mod	SNaN	numeric=NaN	numeric=1
    numeric_mod	SNaN	numeric=inf	numeric=2
    numeric_mod	S1	numeric=1	numeric=inf
    numeric_mod	SNaN	numeric=inf	numeric=inf
    numeric_mod	S1	numeric=1	numeric=-inf
    numeric_mod	S0	numeric=0	numeric=inf
    numeric_mod	E22012 division by zero	numeric=inf	numeric=0
    numeric_mod	SNaN	numeric=-inf	numeric=-3
    numeric_mod	S0	numeric=999999999999999999	numeric=1
    numeric_mod	S0	numeric=999999999999999999	numeric=999999999999999999
    numeric_mod	S0.00	numeric=-999999999999999999.99	numeric=0.01
    numeric_mod	S0.00000000000000000000	numeric=1e20	numeric=1e-20
    numeric_mod	S0.000	numeric=1.000	numeric=1.0
    numeric_mod	S0.0	numeric=4.2	numeric=4.2
    numeric_mod	E22012 division by zero	numeric=0.00	numeric=-0.00
    numeric_mod	S1	numeric=1e30	numeric=7
    numeric_mod	S0.0000	numeric=123.456	numeric=0.0001
    numeric_mod	S9999	numeric=9999	numeric=10000
    numeric_mod	S1	numeric=10000	numeric=9999
    numeric_mod	S1.0000	numeric=1	numeric=9999.9999
    numeric_mod	S0.0003	numeric=0.0003	numeric=7
    numeric_mod	S0.0000000001	numeric=1e-10	numeric=3
    numeric_div_trunc	S0	numeric=1	numeric=3
    numeric_div_trunc	S3	numeric=10	numeric=3
    numeric_div_trunc	S-3	numeric=-7	numeric=2
    numeric_div_trunc	S0	numeric=2	numeric=7
    numeric_div_trunc	S6	numeric=1.5	numeric=0.25
    numeric_div_trunc	S100000	numeric=100	numeric=0.001
    numeric_div_trunc	S0	numeric=0	numeric=5
    numeric_div_trunc	E22012 division by zero	numeric=5	numeric=0
    numeric_div_trunc	S4115226300411522630	numeric=12345678901234567890	numeric=3
    numeric_div_trunc	S0	numeric=1	numeric=98765432109876543210
    numeric_div_trunc	S0	numeric=0.1	numeric=0.3
    numeric_div_trunc	SNaN	numeric=NaN	numeric=1
    numeric_div_trunc	SInfinity	numeric=inf	numeric=2
    numeric_div_trunc	S0	numeric=1	numeric=inf
    numeric_div_trunc	SNaN	numeric=inf	numeric=inf
    numeric_div_trunc	S0	numeric=1	numeric=-inf
    numeric_div_trunc	S0	numeric=0	numeric=inf
    numeric_div_trunc	E22012 division by zero	numeric=inf	numeric=0
    numeric_div_trunc	SInfinity	numeric=-inf	numeric=-3
    numeric_div_trunc	S999999999999999999	numeric=999999999999999999	numeric=1
    numeric_div_trunc	S1	numeric=999999999999999999	numeric=999999999999999999
    numeric_div_trunc	S-99999999999999999999	numeric=-999999999999999999.99	numeric=0.01
    numeric_div_trunc	S10000000000000000000000000000000000000000	numeric=1e20	numeric=1e-20
    numeric_div_trunc	S1	numeric=1.000	numeric=1.0
    numeric_div_trunc	S1	numeric=4.2	numeric=4.2
    numeric_div_trunc	E22012 division by zero	numeric=0.00	numeric=-0.00
    numeric_div_trunc	S142857142857142857142857142857	numeric=1e30	numeric=7
    numeric_div_trunc	S1234560	numeric=123.456	numeric=0.0001
    numeric_div_trunc	S0	numeric=9999	numeric=10000
    numeric_div_trunc	S1	numeric=10000	numeric=9999
    numeric_div_trunc	S0	numeric=1	numeric=9999.9999
    numeric_div_trunc	S0	numeric=0.0003	numeric=7
    numeric_div_trunc	S0	numeric=1e-10	numeric=3
    numeric_eq	Sf	numeric=1	numeric=3
    numeric_eq	Sf	numeric=10	numeric=3
    numeric_eq	Sf	numeric=-7	numeric=2
    numeric_eq	Sf	numeric=2	numeric=7
    numeric_eq	Sf	numeric=1.5	numeric=0.25
    numeric_eq	Sf	numeric=100	numeric=0.001
    numeric_eq	Sf	numeric=0	numeric=5
    numeric_eq	Sf	numeric=5	numeric=0
    numeric_eq	Sf	numeric=12345678901234567890	numeric=3
    numeric_eq	Sf	numeric=1	numeric=98765432109876543210
    numeric_eq	Sf	numeric=0.1	numeric=0.3
    numeric_eq	Sf	numeric=NaN	numeric=1
    numeric_eq	Sf	numeric=inf	numeric=2
    numeric_eq	Sf	numeric=1	numeric=inf
    numeric_eq	St	numeric=inf	numeric=inf
    numeric_eq	Sf	numeric=1	numeric=-inf
    numeric_eq	Sf	numeric=0	numeric=inf
    numeric_eq	Sf	numeric=inf	numeric=0
    numeric_eq	Sf	numeric=-inf	numeric=-3
    numeric_eq	Sf	numeric=999999999999999999	numeric=1
    numeric_eq	St	numeric=999999999999999999	numeric=999999999999999999
    numeric_eq	Sf	numeric=-999999999999999999.99	numeric=0.01
    numeric_eq	Sf	numeric=1e20	numeric=1e-20
    numeric_eq	St	numeric=1.000	numeric=1.0
    numeric_eq	St	numeric=4.2	numeric=4.2
    numeric_eq	St	numeric=0.00	numeric=-0.00
    numeric_eq	Sf	numeric=1e30	numeric=7
    numeric_eq	Sf	numeric=123.456	numeric=0.0001
    numeric_eq	Sf	numeric=9999	numeric=10000
    numeric_eq	Sf	numeric=10000	numeric=9999
    numeric_eq	Sf	numeric=1	numeric=9999.9999
    numeric_eq	Sf	numeric=0.0003	numeric=7
    numeric_eq	Sf	numeric=1e-10	numeric=3
    numeric_lt	St	numeric=1	numeric=3
    numeric_lt	Sf	numeric=10	numeric=3
    numeric_lt	St	numeric=-7	numeric=2
    numeric_lt	St	numeric=2	numeric=7
    numeric_lt	Sf	numeric=1.5	numeric=0.25
    numeric_lt	Sf	numeric=100	numeric=0.001
    numeric_lt	St	numeric=0	numeric=5
    numeric_lt	Sf	numeric=5	numeric=0
    numeric_lt	Sf	numeric=12345678901234567890	numeric=3
    numeric_lt	St	numeric=1	numeric=98765432109876543210
    numeric_lt	St	numeric=0.1	numeric=0.3
    numeric_lt	Sf	numeric=NaN	numeric=1
    numeric_lt	Sf	numeric=inf	numeric=2
    numeric_lt	St	numeric=1	numeric=inf
    numeric_lt	Sf	numeric=inf	numeric=inf
    numeric_lt	Sf	numeric=1	numeric=-inf
    numeric_lt	St	numeric=0	numeric=inf
    numeric_lt	Sf	numeric=inf	numeric=0
    numeric_lt	St	numeric=-inf	numeric=-3
    numeric_lt	Sf	numeric=999999999999999999	numeric=1
    numeric_lt	Sf	numeric=999999999999999999	numeric=999999999999999999
    numeric_lt	St	numeric=-999999999999999999.99	numeric=0.01
    numeric_lt	Sf	numeric=1e20	numeric=1e-20
    numeric_lt	Sf	numeric=1.000	numeric=1.0
    numeric_lt	Sf	numeric=4.2	numeric=4.2
    numeric_lt	Sf	numeric=0.00	numeric=-0.00
    numeric_lt	Sf	numeric=1e30	numeric=7
    numeric_lt	Sf	numeric=123.456	numeric=0.0001
    numeric_lt	St	numeric=9999	numeric=10000
    numeric_lt	Sf	numeric=10000	numeric=9999
    numeric_lt	St	numeric=1	numeric=9999.9999
    numeric_lt	St	numeric=0.0003	numeric=7
    numeric_lt	St	numeric=1e-10	numeric=3
    numeric_ge	Sf	numeric=1	numeric=3
    numeric_ge	St	numeric=10	numeric=3
    numeric_ge	Sf	numeric=-7	numeric=2
    numeric_ge	Sf	numeric=2	numeric=7
    numeric_ge	St	numeric=1.5	numeric=0.25
    numeric_ge	St	numeric=100	numeric=0.001
    numeric_ge	Sf	numeric=0	numeric=5
    numeric_ge	St	numeric=5	numeric=0
    numeric_ge	St	numeric=12345678901234567890	numeric=3
    numeric_ge	Sf	numeric=1	numeric=98765432109876543210
    numeric_ge	Sf	numeric=0.1	numeric=0.3
    numeric_ge	St	numeric=NaN	numeric=1
    numeric_ge	St	numeric=inf	numeric=2
    numeric_ge	Sf	numeric=1	numeric=inf
    numeric_ge	St	numeric=inf	numeric=inf
    numeric_ge	St	numeric=1	numeric=-inf
    numeric_ge	Sf	numeric=0	numeric=inf
    numeric_ge	St	numeric=inf	numeric=0
    numeric_ge	Sf	numeric=-inf	numeric=-3
    numeric_ge	St	numeric=999999999999999999	numeric=1
    numeric_ge	St	numeric=999999999999999999	numeric=999999999999999999
    numeric_ge	Sf	numeric=-999999999999999999.99	numeric=0.01
    numeric_ge	St	numeric=1e20	numeric=1e-20
    numeric_ge	St	numeric=1.000	numeric=1.0
    numeric_ge	St	numeric=4.2	numeric=4.2
    numeric_ge	St	numeric=0.00	numeric=-0.00
    numeric_ge	St	numeric=1e30	numeric=7
    numeric_ge	St	numeric=123.456	numeric=0.0001
    numeric_ge	Sf	numeric=9999	numeric=10000
    numeric_ge	St	numeric=10000	numeric=9999
    numeric_ge	Sf	numeric=1	numeric=9999.9999
    numeric_ge	Sf	numeric=0.0003	numeric=7
    numeric_ge	Sf	numeric=1e-10	numeric=3
    numeric_cmp	S-1	numeric=1	numeric=3
    numeric_cmp	S1	numeric=10	numeric=3
    numeric_cmp	S-1	numeric=-7	numeric=2
    numeric_cmp	S-1	numeric=2	numeric=7
    numeric_cmp	S1	numeric=1.5	numeric=0.25
    numeric_cmp	S1	numeric=100	numeric=0.001
    numeric_cmp	S-1	numeric=0	numeric=5
    numeric_cmp	S1	numeric=5	numeric=0
    numeric_cmp	S1	numeric=12345678901234567890	numeric=3
    numeric_cmp	S-1	numeric=1	numeric=98765432109876543210
    numeric_cmp	S-1	numeric=0.1	numeric=0.3
    numeric_cmp	S1	numeric=NaN	numeric=1
    numeric_cmp	S1	numeric=inf	numeric=2
    numeric_cmp	S-1	numeric=1	numeric=inf
    numeric_cmp	S0	numeric=inf	numeric=inf
    numeric_cmp	S1	numeric=1	numeric=-inf
    numeric_cmp	S-1	numeric=0	numeric=inf
    numeric_cmp	S1	numeric=inf	numeric=0
    numeric_cmp	S-1	numeric=-inf	numeric=-3
    numeric_cmp	S1	numeric=999999999999999999	numeric=1
    numeric_cmp	S0	numeric=999999999999999999	numeric=999999999999999999
    numeric_cmp	S-1	numeric=-999999999999999999.99	numeric=0.01
    numeric_cmp	S1	numeric=1e20	numeric=1e-20
    numeric_cmp	S0	numeric=1.000	numeric=1.0
    numeric_cmp	S0	numeric=4.2	numeric=4.2
    numeric_cmp	S0	numeric=0.00	numeric=-0.00
    numeric_cmp	S1	numeric=1e30	numeric=7
    numeric_cmp	S1	numeric=123.456	numeric=0.0001
    numeric_cmp	S-1	numeric=9999	numeric=10000
    numeric_cmp	S1	numeric=10000	numeric=9999
    numeric_cmp	S-1	numeric=1	numeric=9999.9999
    numeric_cmp	S-1	numeric=0.0003	numeric=7
    numeric_cmp	S-1	numeric=1e-10	numeric=3
    numeric_larger	S3	numeric=1	numeric=3
    numeric_larger	S10	numeric=10	numeric=3
    numeric_larger	S2	numeric=-7	numeric=2
    numeric_larger	S7	numeric=2	numeric=7
    numeric_larger	S1.5	numeric=1.5	numeric=0.25
    numeric_larger	S100	numeric=100	numeric=0.001
    numeric_larger	S5	numeric=0	numeric=5
    numeric_larger	S5	numeric=5	numeric=0
    numeric_larger	S12345678901234567890	numeric=12345678901234567890	numeric=3
    numeric_larger	S98765432109876543210	numeric=1	numeric=98765432109876543210
    numeric_larger	S0.3	numeric=0.1	numeric=0.3
    numeric_larger	SNaN	numeric=NaN	numeric=1
    numeric_larger	SInfinity	numeric=inf	numeric=2
    numeric_larger	SInfinity	numeric=1	numeric=inf
    numeric_larger	SInfinity	numeric=inf	numeric=inf
    numeric_larger	S1	numeric=1	numeric=-inf
    numeric_larger	SInfinity	numeric=0	numeric=inf
    numeric_larger	SInfinity	numeric=inf	numeric=0
    numeric_larger	S-3	numeric=-inf	numeric=-3
    numeric_larger	S999999999999999999	numeric=999999999999999999	numeric=1
    numeric_larger	S999999999999999999	numeric=999999999999999999	numeric=999999999999999999
    numeric_larger	S0.01	numeric=-999999999999999999.99	numeric=0.01
    numeric_larger	S100000000000000000000	numeric=1e20	numeric=1e-20
    numeric_larger	S1.0	numeric=1.000	numeric=1.0
    numeric_larger	S4.2	numeric=4.2	numeric=4.2
    numeric_larger	S0.00	numeric=0.00	numeric=-0.00
    numeric_larger	S1000000000000000000000000000000	numeric=1e30	numeric=7
    numeric_larger	S123.456	numeric=123.456	numeric=0.0001
    numeric_larger	S10000	numeric=9999	numeric=10000
    numeric_larger	S10000	numeric=10000	numeric=9999
    numeric_larger	S9999.9999	numeric=1	numeric=9999.9999
    numeric_larger	S7	numeric=0.0003	numeric=7
    numeric_larger	S3	numeric=1e-10	numeric=3
    numeric_round	S3	numeric=2.5	int4=0
    numeric_round	S-3	numeric=-2.5	int4=0
    numeric_round	S1.01	numeric=1.005	int4=2
    numeric_round	S12300	numeric=12345	int4=-2
    numeric_round	S20000	numeric=15000	int4=-4
    numeric_round	S1	numeric=0.5	int4=0
    numeric_round	S1.50000	numeric=1.5	int4=5
    numeric_round	S123456789012345678901235	numeric=123456789012345678901234.5	int4=0
    numeric_round	S1000000000000000000	numeric=999999999999999999.5	int4=0
    numeric_round	S10	numeric=5	int4=-1
    numeric_round	S0	numeric=4	int4=-1
    numeric_round	S0	numeric=5	int4=-3
    numeric_round	SNaN	numeric=NaN	int4=2
    numeric_round	SInfinity	numeric=inf	int4=1
    numeric_round	S1.000000000000000000000000000000	numeric=1	int4=30
    numeric_trunc	S2.5	numeric=2.59	int4=1
    numeric_trunc	S-2.5	numeric=-2.59	int4=1
    numeric_trunc	S12300	numeric=12345	int4=-2
    numeric_trunc	S123456789012345678901234	numeric=123456789012345678901234.5	int4=0
    numeric_trunc	S0	numeric=99	int4=-5
    numeric_ceil	S3	numeric=2.1
    numeric_ceil	S-2	numeric=-2.1
    numeric_ceil	S2	numeric=2.0
    numeric_ceil	S0	numeric=-0.5
    numeric_ceil	S0	numeric=0
    numeric_ceil	SNaN	numeric=NaN
    numeric_ceil	S-Infinity	numeric=-inf
    numeric_ceil	S123456789012345678902	numeric=123456789012345678901.5
    numeric_floor	S2	numeric=2.1
    numeric_floor	S-3	numeric=-2.1
    numeric_floor	S2	numeric=2.0
    numeric_floor	S-1	numeric=-0.5
    numeric_floor	S0	numeric=0
    numeric_floor	SNaN	numeric=NaN
    numeric_floor	S-Infinity	numeric=-inf
    numeric_floor	S123456789012345678901	numeric=123456789012345678901.5
    numeric_abs	S2.1	numeric=2.1
    numeric_abs	S2.1	numeric=-2.1
    numeric_abs	S2.0	numeric=2.0
    numeric_abs	S0.5	numeric=-0.5
    numeric_abs	S0	numeric=0
    numeric_abs	SNaN	numeric=NaN
    numeric_abs	SInfinity	numeric=-inf
    numeric_abs	S123456789012345678901.5	numeric=123456789012345678901.5
    numeric_sign	S1	numeric=2.1
    numeric_sign	S-1	numeric=-2.1
    numeric_sign	S1	numeric=2.0
    numeric_sign	S-1	numeric=-0.5
    numeric_sign	S0	numeric=0
    numeric_sign	SNaN	numeric=NaN
    numeric_sign	S-1	numeric=-inf
    numeric_sign	S1	numeric=123456789012345678901.5
    round$1708	S2	numeric=2.1
    round$1708	S-2	numeric=-2.1
    round$1708	S2	numeric=2.0
    round$1708	S-1	numeric=-0.5
    round$1708	S0	numeric=0
    round$1708	SNaN	numeric=NaN
    round$1708	S-Infinity	numeric=-inf
    round$1708	S123456789012345678902	numeric=123456789012345678901.5
    trunc$1710	S2	numeric=2.1
    trunc$1710	S-2	numeric=-2.1
    trunc$1710	S2	numeric=2.0
    trunc$1710	S0	numeric=-0.5
    trunc$1710	S0	numeric=0
    trunc$1710	SNaN	numeric=NaN
    trunc$1710	S-Infinity	numeric=-inf
    trunc$1710	S123456789012345678901	numeric=123456789012345678901.5
    numeric_sqrt	S1.414213562373095	numeric=2
    numeric_sqrt	S2.000000000000000	numeric=4
    numeric_sqrt	S0.000000000000000	numeric=0
    numeric_sqrt	S0.01000000000000000	numeric=0.0001
    numeric_sqrt	S1000000000000000.0	numeric=1e30
    numeric_sqrt	S11111.11106611111	numeric=123456789.123456789
    numeric_sqrt	E2201F cannot take square root of a negative number	numeric=-1
    numeric_sqrt	SNaN	numeric=NaN
    numeric_sqrt	SInfinity	numeric=inf
    numeric_sqrt	S10000000000.0000000	numeric=99999999999999999999
    numeric_sqrt	S1.41421356237309504880168872421	numeric=2.00000000000000000000000000000
    numeric_exp	S1.0000000000000000	numeric=0
    numeric_exp	S2.7182818284590452	numeric=1
    numeric_exp	S0.3678794411714423	numeric=-1
    numeric_exp	S22026.465794806717	numeric=10
    numeric_exp	S1.6487212707001281	numeric=0.5
    numeric_exp	S26881171418161354484126255515800135873611119	numeric=100
    numeric_exp	S0.0000000000000000000001928749847963918	numeric=-50
    numeric_exp	S2.7182818284590452353602877	numeric=1.0000000000000000000000001
    numeric_exp	SNaN	numeric=NaN
    numeric_exp	S0	numeric=-inf
    numeric_exp	S197007111401704699388887935224332312531693798532384578995280299138506385078244119347497807656302688993096381798752022693598298173054461289923262783660152825232320535169584566756192271567602788071422466826314006855168508653497941660316045367817938092905299728580132869945856470286534375900456564355589156220422320260518826112288638358372248724725214506150418881937494100871264232248436315760560377439930623959705844189509050047074217568	numeric=1000
    numeric_ln	S0.0000000000000000	numeric=1
    numeric_ln	S0.6931471805599453	numeric=2
    numeric_ln	S2.3025850929940457	numeric=10
    numeric_ln	S-0.6931471805599453	numeric=0.5
    numeric_ln	S46.051701859880914	numeric=1e20
    numeric_ln	E2201E cannot take logarithm of zero	numeric=0
    numeric_ln	E2201E cannot take logarithm of a negative number	numeric=-1
    numeric_ln	S0.00000009999999500000033	numeric=1.0000001
    numeric_ln	S18.631401767164318	numeric=123456789.123
    numeric_ln	S-23.025850929940457	numeric=1e-10
    numeric_ln	SNaN	numeric=NaN
    numeric_ln	SInfinity	numeric=inf
    log$1741	S2.0000000000000000	numeric=100
    log$1741	S0.3010299956639812	numeric=2
    log$1741	S-3.0000000000000000	numeric=0.001
    log$1741	S30.000000000000000	numeric=1e30
    numeric_log	S6.0000000000000000	numeric=2	numeric=64
    numeric_log	S3.3219280948873623	numeric=2	numeric=10
    numeric_log	S3.0000000000000000	numeric=10	numeric=1000
    numeric_log	S-2.0000000000000000	numeric=0.5	numeric=4
    numeric_power	S1024.0000000000000000	numeric=2	numeric=10
    numeric_power	S1.4142135623730950	numeric=2	numeric=0.5
    numeric_power	S0.2500000000000000	numeric=2	numeric=-2
    numeric_power	S1000000000000000000000000000000.0000000000000000	numeric=10	numeric=30
    numeric_power	S1.0000000000000000	numeric=0	numeric=0
    numeric_power	S0.0000000000000000	numeric=0	numeric=2
    numeric_power	E2201F zero raised to a negative power is undefined	numeric=0	numeric=-1
    numeric_power	S-8.0000000000000000	numeric=-2	numeric=3
    numeric_power	E2201F a negative number raised to a non-integer power yields a complex result	numeric=-2	numeric=0.5
    numeric_power	S2.7556759606310754	numeric=1.5	numeric=2.5
    numeric_power	S0.0000000000000000	numeric=10	numeric=-30
    numeric_power	S20959.1556378136600644	numeric=1.01	numeric=1000
    numeric_power	S1	numeric=NaN	numeric=0
    numeric_power	S1	numeric=1	numeric=NaN
    numeric_power	SInfinity	numeric=inf	numeric=2
    numeric_power	SInfinity	numeric=2	numeric=inf
    numeric_power	S0	numeric=0.5	numeric=inf
    numeric_power	S-Infinity	numeric=-inf	numeric=3
    numeric_power	S437104634676747.7954522358964667	numeric=123.456	numeric=7
    numeric_power	S1792728671193156477399422023278.7	numeric=2	numeric=100.5
    numeric_fac	S1	int8=0
    numeric_fac	S120	int8=5
    numeric_fac	S15511210043330985984000000	int8=25
    numeric_fac	E22003 factorial of a negative number is undefined	int8=-1
    numeric_gcd	S6	numeric=12	numeric=18
    numeric_gcd	S0.25	numeric=1.5	numeric=0.25
    numeric_gcd	S0	numeric=0	numeric=0
    numeric_gcd	SNaN	numeric=NaN	numeric=1
    numeric_lcm	S36	numeric=12	numeric=18
    numeric_lcm	S1.50	numeric=1.5	numeric=0.25
    numeric_lcm	S0	numeric=0	numeric=3
    numeric_scale	S2	numeric=1.50
    numeric_scale	S0	numeric=3
    numeric_scale	S	numeric=NaN
    numeric_min_scale	S1	numeric=1.50
    numeric_min_scale	S0	numeric=3.000
    numeric_min_scale	S	numeric=NaN
    numeric_min_scale	S0	numeric=0.00
    numeric_min_scale	S1	numeric=123456789012345678901234567890.5000
    numeric_trim_scale	S1.5	numeric=1.50
    numeric_trim_scale	S3	numeric=3.000
    numeric_trim_scale	S123456789012345678901234567890.5	numeric=123456789012345678901234567890.5000
    width_bucket_numeric	S3	numeric=5.35	numeric=0.024	numeric=10.06	int4=5
    width_bucket_numeric	S0	numeric=0	numeric=1	numeric=10	int4=3
    width_bucket_numeric	S4	numeric=11	numeric=1	numeric=10	int4=3
    width_bucket_numeric	S3	numeric=5	numeric=10	numeric=1	int4=4
    width_bucket_numeric	E2201G lower bound cannot equal upper bound	numeric=1	numeric=1	numeric=1	int4=2
    width_bucket_numeric	E2201G count must be greater than zero	numeric=1	numeric=1	numeric=2	int4=0
    numeric_int4	S3	numeric=2.5
    numeric_int4	S-3	numeric=-2.5
    numeric_int4	S2147483647	numeric=2147483647.4
    numeric_int4	E22003 integer out of range	numeric=2147483647.5
    numeric_int4	E0A000 cannot convert NaN to integer	numeric=NaN
    numeric_int4	E0A000 cannot convert infinity to integer	numeric=inf
    numeric_int4	E22003 integer out of range	numeric=1e30
    numeric_int4	S0	numeric=0.4999
    numeric_int8	S9223372036854775807	numeric=9223372036854775807.4
    numeric_int8	E22003 bigint out of range	numeric=9223372036854775807.5
    numeric_int8	E22003 bigint out of range	numeric=-9223372036854775808.5
    numeric_int8	S0	numeric=1e-5
    numeric_int2	S32767	numeric=32767.49
    numeric_int2	E22003 smallint out of range	numeric=32768
    numeric_float8	S1.5	numeric=1.5
    numeric_float8	S0.1	numeric=0.1
    numeric_float8	E22003 "10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" is out of range for type double precision	numeric=1e400
    numeric_float8	S1.2345678901234568e+29	numeric=123456789012345678901234567890
    numeric_float8	SNaN	numeric=NaN
    numeric_float8	S-Infinity	numeric=-inf
    numeric_float8	E22003 "0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001" is out of range for type double precision	numeric=1e-400
    numeric_float4	S0.1	numeric=0.1
    numeric_float4	E22003 "1000000000000000000000000000000000000000" is out of range for type real	numeric=1e39
    float8_numeric	S0.1	float8=0.1
    float8_numeric	S100000000000000000000	float8=1e20
    float8_numeric	S123456789.123457	float8=123456789.123456789
    float8_numeric	SNaN	float8=NaN
    float8_numeric	SInfinity	float8=inf
    float8_numeric	S0.00000015	float8=1.5e-7
    float8_numeric	S0.123456789012346	float8=0.1234567890123456789
    float4_numeric	S0.1	float4=0.1
    float4_numeric	S1234570	float4=1234567
    int8_numeric	S9223372036854775807	int8=9223372036854775807
    int8_numeric	S-5	int8=-5
    int8_numeric	S1000000000000000000	int8=1000000000000000000
    numeric_uminus	S-5	numeric=5
    numeric_uminus	S1.5	numeric=-1.5
    numeric_uminus	S0	numeric=0
    numeric_uminus	SNaN	numeric=NaN
    numeric_uminus	S-Infinity	numeric=inf
    numeric_uminus	S-12345678901234567890123	numeric=12345678901234567890123
    textcat	Sabcd	text=ab	text=cd
    textcat	Sx	text=	text=x
    textcat	Slonger than twelveand more	text=longer than twelve	text=and more
    textlen	S3	text=abc
    textlen	S0	text=
    textlen	S7	text=päivä日本
    bpcharlen	S3	bpchar=abc  
    textoctetlen	S7	text=päivä
    lower	Sabc	text=ABC
    lower	SÄb c	text=ÄB c
    upper	SABC	text=abc
    upper	SäB C1	text=äb C1
    initcap	SHello World Foo_Bar 1st	text=hello wORLD foo_bar 1st
    initcap	SO'Neil	text=o'neil
    text_substr	Sell	text=hello	int4=2	int4=3
    text_substr	She	text=hello	int4=0	int4=3
    text_substr	Sh	text=hello	int4=-1	int4=3
    text_substr	Slo	text=hello	int4=4	int4=100
    text_substr	E22011 negative substring length not allowed	text=hello	int4=2	int4=-1
    text_substr	Säi	text=päivä	int4=2	int4=2
    text_substr	S	text=hello	int4=2147483647	int4=1
    text_substr	S	text=hello	int4=-2147483648	int4=2147483647
    text_substr_no_len	Sello	text=hello	int4=2
    text_substr_no_len	Shello	text=hello	int4=0
    text_substr_no_len	S	text=hello	int4=10
    text_substr_no_len	Sivä	text=päivä	int4=3
    text_left	She	text=hello	int4=2
    text_left	Shel	text=hello	int4=-2
    text_left	S	text=hello	int4=0
    text_left	Shello	text=hello	int4=10
    text_left	S	text=hello	int4=-10
    text_left	Spä	text=päivä	int4=2
    text_right	Slo	text=hello	int4=2
    text_right	Sllo	text=hello	int4=-2
    text_right	S	text=hello	int4=0
    text_right	Shello	text=hello	int4=10
    text_right	S	text=hello	int4=-10
    text_right	Svä	text=päivä	int4=2
    text_right	Shello	text=hello	int4=-2147483648
    lpad	Sxyxhi	text=hi	int4=5	text=xy
    lpad	Sh	text=hi	int4=1	text=xy
    lpad	Shi	text=hi	int4=5	text=
    lpad	S	text=hi	int4=-1	text=x
    lpad	Söüöä	text=ä	int4=4	text=öü
    rpad	Shixyx	text=hi	int4=5	text=xy
    rpad	Sh	text=hi	int4=1	text=xy
    rpad	Shiabca	text=hi	int4=6	text=abc
    lpad$879	S   hi	text=hi	int4=5
    btrim	Strim	text=xyxtrimyyx	text=xyz
    btrim	Sabc	text=abc	text=
    ltrim	Stest	text=zzzytest	text=xyz
    rtrim	Stest	text=testxxzx	text=xyz
    rtrim	Säb	text=äbä	text=ä
    btrim1	Sa b	text=  a b  
    textpos	S2	text=high	text=ig
    textpos	S0	text=high	text=x
    textpos	S1	text=high	text=
    textpos	S3	text=päivä	text=ivä
    text_starts_with	St	text=alphabet	text=alph
    text_starts_with	Sf	text=a	text=ab
    text_starts_with	St	text=a	text=
    replace_text	SabXXefabXXef	text=abcdefabcdef	text=cd	text=XX
    replace_text	S	text=aaa	text=a	text=
    replace_text	Sabc	text=abc	text=	text=x
    replace_text	Sbb	text=aaaa	text=aa	text=b
    repeat	SPgPgPgPg	text=Pg	int4=4
    repeat	S	text=x	int4=0
    repeat	S	text=x	int4=-1
    text_reverse	Sedcba	text=abcde
    text_reverse	Säviäp	text=päivä
    split_part	Sdef	text=abc~@~def~@~ghi	text=~@~	int4=2
    split_part	Sc	text=a,b,c	text=,	int4=-1
    split_part	S	text=a,b	text=,	int4=5
    split_part	E22023 field position must not be zero	text=a,b	text=,	int4=0
    split_part	Sabc	text=abc	text=	int4=1
    split_part	S	text=abc	text=	int4=2
    translate	Sa2x5	text=12345	text=143	text=ax
    translate	Spaiva	text=päivä	text=ä	text=a
    ascii	S120	text=x
    ascii	S233	text=é
    ascii	S0	text=
    ascii	S26085	text=日
    chr	SA	int4=65
    chr	Sé	int4=233
    chr	E54000 null character not permitted	int4=0
    chr	E22023 character number must be positive	int4=-1
    chr	E54000 requested character too large for encoding: 1114112	int4=1114112
    chr	E54000 requested character not valid for encoding: 55296	int4=55296
    to_hex32	Sff	int4=255
    to_hex32	Sffffffff	int4=-1
    to_hex64	Sff	int8=255
    to_hex64	Sffffffffffffffff	int8=-1
    text_to_array	S{a,b,c}	text=a,b,c	text=,
    text_to_array	S{}	text=	text=,
    text_to_array	S{abc}	text=abc	text=
    text_to_array	S{a,b,c}	text=abc	text
    text_to_array_null	S{xx,NULL,zz}	text=xx~~yy~~zz	text=~~	text=yy
    text_concat_ws	Sa,c	text=,	text=a	int4	text=c
    text_concat_ws	S	text	text=a	int4=1	text=c
    text_concat_ws	Sa,5	text=,	text=a	int4=5	text
    text_concat	Sa1t	text=a	int4=1	bool=t
    text_concat	Saf	text=a	int4	bool=f
    text_format	SHello World 5	text=Hello %s %s	text=World	int4=5
    text_format	S1 a	text=%2$s %1$s	text=a	int4=1
    text_format	S"a b" '7'	text=%I %L	text=a b	int4=7
    text_format	S        ab1    !	text=%10s%-5s!	text=ab	int4=1
    text_format	S	text=%s	text	int4=1
    text_format	SNULL	text=%L	text	int4=1
    text_format	E22004 null values cannot be formatted as an SQL identifier	text=%I	text	int4=1
    text_format	E22023 unrecognized format() type specifier "x"	text=%x	text=a	int4=1
    text_format	E22023 unterminated format() type specifier	text=%	text=a	int4=1
    text_format	E22023 too few arguments for format()	text=%s %s %s	text=a	int4=1
    text_format	E22023 format specifies argument 0, but arguments are numbered from 1	text=%0$s	text=a	int4=1
    text_format	S% a	text=%% %s	text=a	int4=1
    text_format	SE'it''s \\\\ x'	text=%L	text=it's \\ x	int4=1
    text_format	S"select"	text=%I	text=select	int4=1
    text_format	S"Abc"	text=%I	text=Abc	int4=1
    quote_ident	Sfoo	text=foo
    quote_ident	S"Foo"	text=Foo
    quote_ident	S"foo bar"	text=foo bar
    quote_ident	S"a""b"	text=a"b
    quote_ident	S"select"	text=select
    quote_ident	Sabort	text=abort
    quote_ident	S"1a"	text=1a
    quote_ident	S_a1	text=_a1
    quote_ident	S""	text=
    quote_ident	S"between"	text=between
    quote_ident	S"char"	text=char
    quote_ident	S"table"	text=table
    quote_literal	S'it''s'	text=it's
    quote_literal	SE'a\\\\b'	text=a\\b
    quote_literal	S''	text=
    quote_literal$1285	S'42'	int4=42
    quote_nullable	S'a'	text=a
    quote_nullable	SNULL	text
    pg_size_pretty	S0 bytes	int8=0
    pg_size_pretty	S10239 bytes	int8=10239
    pg_size_pretty	S10 kB	int8=10240
    pg_size_pretty	S-10 kB	int8=-10240
    pg_size_pretty	S20 MB	int8=20971519
    pg_size_pretty	S20 MB	int8=20971520
    pg_size_pretty	S954 MB	int8=1000000000
    pg_size_pretty	S931 GB	int8=1000000000000
    pg_size_pretty	S8192 PB	int8=9223372036854775807
    pg_size_pretty	S10239 kB	int8=10485247
    pg_size_pretty	S10 MB	int8=10485248
    textlike	St	text=abc	text=a%
    textlike	St	text=abc	text=_b_
    textlike	Sf	text=abc	text=b%
    textlike	St	text=abc	text=%c
    textlike	St	text=abc	text=%b%
    textlike	Sf	text=abc	text=
    textlike	St	text=	text=%
    textlike	St	text=a%c	text=a\\%c
    textlike	Sf	text=abc	text=abc\\
    textlike	St	text=päivä	text=p_iv_
    textlike	Sf	text=ABC	text=abc
    textlike	St	text=aXbXc	text=%X%X%
    textlike	St	text=mississippi	text=%iss%ip%i
    textlike	St	text=abc	text=%%%
    textlike	Sf	text=abc	text=____
    texticlike	St	text=abc	text=a%
    texticlike	St	text=abc	text=_b_
    texticlike	Sf	text=abc	text=b%
    texticlike	St	text=abc	text=%c
    texticlike	St	text=abc	text=%b%
    texticlike	Sf	text=abc	text=
    texticlike	St	text=	text=%
    texticlike	St	text=a%c	text=a\\%c
    texticlike	Sf	text=abc	text=abc\\
    texticlike	St	text=päivä	text=p_iv_
    texticlike	St	text=ABC	text=abc
    texticlike	St	text=aXbXc	text=%X%X%
    texticlike	St	text=mississippi	text=%iss%ip%i
    texticlike	St	text=abc	text=%%%
    texticlike	Sf	text=abc	text=____
    like_escape	Sa\\%b	text=a#%b	text=#
    like_escape	Sa\\\\%	text=a\\%	text=
    like_escape	E22025 invalid escape string	text=ab	text=##
    like_escape	Sa\\#b	text=a##b	text=#
    texteq	St	text=a	text=a
    texteq	Sf	text=a	text=b
    texteq	St	text=longer than twelve!	text=longer than twelve!
    texteq	Sf	text=longer than twelve!	text=longer than twelve?
    bpchareq	St	bpchar=a  	bpchar=a
    bpchareq	Sf	bpchar=a	bpchar=b
    date_mi	S29	date=2024-03-01	date=2024-02-01
    date_mi	E22008 cannot subtract infinite dates	date=infinity	date=2024-01-01
    date_pli	S2024-03-01	date=2024-02-28	int4=2
    date_pli	E22008 date out of range	date=5874897-12-31	int4=1
    date_pli	Sinfinity	date=infinity	int4=3
    date_mii	S2024-02-29	date=2024-03-01	int4=1
    date_mii	E22008 date out of range	date=2024-01-01	int4=2147483647
    date_timestamp	S2024-01-15 00:00:00	date=2024-01-15
    date_timestamp	Sinfinity	date=infinity
    date_timestamp	E22008 date out of range for timestamp	date=5874897-12-31
    date_timestamptz	S2024-01-15 00:00:00-05	date=2024-01-15
    date_timestamptz	S2024-07-15 00:00:00-04	date=2024-07-15
    timestamptz_date	S2024-01-14	timestamptz=2024-01-15 03:00:00+00
    timestamptz_date	Sinfinity	timestamptz=infinity
    timestamp_date	S2024-01-15	timestamp=2024-01-15 23:59:59.999999
    timestamp_date	S1999-12-31	timestamp=1999-12-31 23:00:00
    timestamp_date	S-infinity	timestamp=-infinity
    timestamp_timestamptz	S2024-03-10 03:30:00-04	timestamp=2024-03-10 02:30:00
    timestamp_timestamptz	S2024-11-03 01:30:00-05	timestamp=2024-11-03 01:30:00
    timestamptz_timestamp	S2024-07-15 08:00:00	timestamptz=2024-07-15 12:00:00+00
    timestamptz_zone	S2024-07-15 16:00:00	text=UTC	timestamptz=2024-07-15 12:00:00-04
    timestamptz_zone	S2024-07-15 14:00:00	text=Europe/Paris	timestamptz=2024-07-15 12:00:00Z
    timestamptz_zone	S2024-07-15 07:00:00	text=EST	timestamptz=2024-07-15 12:00:00Z
    timestamptz_zone	E22023 time zone "nowhere" not recognized	text=nowhere	timestamptz=2024-07-15 12:00:00Z
    timestamp_zone	S2024-07-15 08:00:00-04	text=UTC	timestamp=2024-07-15 12:00:00
    timestamp_zone	S2024-07-14 23:00:00-04	text=Asia/Tokyo	timestamp=2024-07-15 12:00:00
    timestamp_trunc	S2024-08-17 13:45:56.789123	text=microseconds	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-03-15 12:34:56.5 BC	text=microseconds	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S56789123	text=microseconds	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S0	text=microseconds	timestamp=2001-01-01 00:00:00
    extract_timestamp	S59999999	text=microseconds	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S56500000	text=microseconds	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S	text=microseconds	timestamp=infinity
    timestamp_trunc	S2024-08-17 13:45:56.789	text=milliseconds	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-03-15 12:34:56.5 BC	text=milliseconds	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S56789.123	text=milliseconds	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S0.000	text=milliseconds	timestamp=2001-01-01 00:00:00
    extract_timestamp	S59999.999	text=milliseconds	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S56500.000	text=milliseconds	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S	text=milliseconds	timestamp=infinity
    timestamp_trunc	S2024-08-17 13:45:56	text=second	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-03-15 12:34:56 BC	text=second	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S56.789123	text=second	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S0.000000	text=second	timestamp=2001-01-01 00:00:00
    extract_timestamp	S59.999999	text=second	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S56.500000	text=second	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S	text=second	timestamp=infinity
    timestamp_trunc	S2024-08-17 13:45:00	text=minute	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-03-15 12:34:00 BC	text=minute	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S45	text=minute	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S0	text=minute	timestamp=2001-01-01 00:00:00
    extract_timestamp	S59	text=minute	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S34	text=minute	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S	text=minute	timestamp=infinity
    timestamp_trunc	S2024-08-17 13:00:00	text=hour	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-03-15 12:00:00 BC	text=hour	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S13	text=hour	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S0	text=hour	timestamp=2001-01-01 00:00:00
    extract_timestamp	S23	text=hour	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S12	text=hour	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S	text=hour	timestamp=infinity
    timestamp_trunc	S2024-08-17 00:00:00	text=day	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-03-15 00:00:00 BC	text=day	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S17	text=day	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S1	text=day	timestamp=2001-01-01 00:00:00
    extract_timestamp	S31	text=day	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S15	text=day	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S	text=day	timestamp=infinity
    timestamp_trunc	S2024-08-12 00:00:00	text=week	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-03-11 00:00:00 BC	text=week	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S33	text=week	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S1	text=week	timestamp=2001-01-01 00:00:00
    extract_timestamp	S52	text=week	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S11	text=week	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S	text=week	timestamp=infinity
    timestamp_trunc	S2024-08-01 00:00:00	text=month	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-03-01 00:00:00 BC	text=month	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S8	text=month	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S1	text=month	timestamp=2001-01-01 00:00:00
    extract_timestamp	S12	text=month	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S3	text=month	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S	text=month	timestamp=infinity
    timestamp_trunc	S2024-07-01 00:00:00	text=quarter	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-01-01 00:00:00 BC	text=quarter	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S3	text=quarter	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S1	text=quarter	timestamp=2001-01-01 00:00:00
    extract_timestamp	S4	text=quarter	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S1	text=quarter	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S	text=quarter	timestamp=infinity
    timestamp_trunc	S2024-01-01 00:00:00	text=year	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-01-01 00:00:00 BC	text=year	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S2024	text=year	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S2001	text=year	timestamp=2001-01-01 00:00:00
    extract_timestamp	S2000	text=year	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S-44	text=year	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	SInfinity	text=year	timestamp=infinity
    timestamp_trunc	S2020-01-01 00:00:00	text=decade	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0051-01-01 00:00:00 BC	text=decade	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S202	text=decade	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S200	text=decade	timestamp=2001-01-01 00:00:00
    extract_timestamp	S200	text=decade	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S-5	text=decade	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	SInfinity	text=decade	timestamp=infinity
    timestamp_trunc	S2001-01-01 00:00:00	text=century	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0100-01-01 00:00:00 BC	text=century	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S21	text=century	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S21	text=century	timestamp=2001-01-01 00:00:00
    extract_timestamp	S20	text=century	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S-1	text=century	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	SInfinity	text=century	timestamp=infinity
    timestamp_trunc	S2001-01-01 00:00:00	text=millennium	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S1000-01-01 00:00:00 BC	text=millennium	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S3	text=millennium	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S3	text=millennium	timestamp=2001-01-01 00:00:00
    extract_timestamp	S2	text=millennium	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S-1	text=millennium	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	SInfinity	text=millennium	timestamp=infinity
    timestamp_trunc	S2024-08-17 13:00:00	text=Hour	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	S0044-03-15 12:00:00 BC	text=Hour	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S13	text=Hour	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S0	text=Hour	timestamp=2001-01-01 00:00:00
    extract_timestamp	S23	text=Hour	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S12	text=Hour	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	S	text=Hour	timestamp=infinity
    timestamp_trunc	E22023 unit "fortnight" not recognized for type timestamp without time zone	text=fortnight	timestamp=2024-08-17 13:45:56.789123
    timestamp_trunc	E22023 unit "fortnight" not recognized for type timestamp without time zone	text=fortnight	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	E22023 unit "fortnight" not recognized for type timestamp without time zone	text=fortnight	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	E22023 unit "fortnight" not recognized for type timestamp without time zone	text=fortnight	timestamp=2001-01-01 00:00:00
    extract_timestamp	E22023 unit "fortnight" not recognized for type timestamp without time zone	text=fortnight	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	E22023 unit "fortnight" not recognized for type timestamp without time zone	text=fortnight	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	E22023 unit "fortnight" not recognized for type timestamp without time zone	text=fortnight	timestamp=infinity
    extract_timestamp	S2024	text=isoyear	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S2001	text=isoyear	timestamp=2001-01-01 00:00:00
    extract_timestamp	S2000	text=isoyear	timestamp=2000-12-31 23:59:59.999999
    extract_timestamp	S-44	text=isoyear	timestamp=0044-03-15 12:34:56.5 BC
    extract_timestamp	SInfinity	text=isoyear	timestamp=infinity
    extract_timestamp	S1723902356.789123	text=epoch	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S-Infinity	text=epoch	timestamp=-infinity
    extract_date	S1723939200	text=epoch	date=2024-08-18
    extract_timestamp	S6	text=dow	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S	text=dow	timestamp=-infinity
    extract_date	S0	text=dow	date=2024-08-18
    extract_timestamp	S6	text=isodow	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S	text=isodow	timestamp=-infinity
    extract_date	S7	text=isodow	date=2024-08-18
    extract_timestamp	S230	text=doy	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S	text=doy	timestamp=-infinity
    extract_date	S231	text=doy	date=2024-08-18
    extract_date	S2460541	text=julian	date=2024-08-18
    extract_timestamp	E0A000 unit "timezone" not supported for type timestamp without time zone	text=timezone	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	S	text=timezone	timestamp=-infinity
    extract_timestamp	E22023 unit "foo" not recognized for type timestamp without time zone	text=foo	timestamp=2024-08-17 13:45:56.789123
    extract_timestamp	E22023 unit "foo" not recognized for type timestamp without time zone	text=foo	timestamp=-infinity
    extract_date	E22023 unit "foo" not recognized for type date	text=foo	date=2024-08-18
    extract_date	S2024	text=year	date=2024-08-18
    extract_date	E0A000 unit "hour" not supported for type date	text=hour	date=2024-08-18
    extract_date	S53	text=week	date=2021-01-03
    extract_date	S2020	text=isoyear	date=2021-01-03
    extract_date	E0A000 unit "timezone" not supported for type date	text=timezone	date=2024-01-01
    extract_date	SInfinity	text=epoch	date=infinity
    extract_timestamptz	S-14400	text=timezone	timestamptz=2024-08-17 13:45:56+02
    extract_timestamptz	S-4	text=timezone_hour	timestamptz=2024-08-17 13:45:56+02
    extract_timestamptz	S7	text=hour	timestamptz=2024-08-17 13:45:56+02
    extract_timestamptz	S1723895156.500000	text=epoch	timestamptz=2024-08-17 13:45:56.5+02
    timestamp_part	S56.789123000000004	text=second	timestamp=2024-08-17 13:45:56.789123
    timestamp_part	S1723902356.789123	text=epoch	timestamp=2024-08-17 13:45:56.789123
    timestamp_part	SInfinity	text=year	timestamp=infinity
    timestamptz_trunc	S2024-07-14 00:00:00-04	text=day	timestamptz=2024-07-15 02:00:00Z
    timestamptz_trunc	S2024-03-01 00:00:00-05	text=month	timestamptz=2024-03-31 02:00:00Z
    make_date	S2024-02-29	int4=2024	int4=2	int4=29
    make_date	E22008 date field value out of range: 2023-02-29	int4=2023	int4=2	int4=29
    make_date	S0044-03-15 BC	int4=-44	int4=3	int4=15
    make_date	E22008 date field value out of range: 0-01-01	int4=0	int4=1	int4=1
    make_date	E22008 date field value out of range: 2024-13-01	int4=2024	int4=13	int4=1
    make_timestamp	S2024-02-29 10:30:15.5	int4=2024	int4=2	int4=29	int4=10	int4=30	float8=15.5
    make_timestamp	E22008 time field value out of range: 25:30:15.5	int4=2024	int4=2	int4=29	int4=25	int4=30	float8=15.5
    float8_timestamptz	S1969-12-31 19:00:00-05	float8=0
    float8_timestamptz	S2024-07-15 08:00:00.123456-04	float8=1721044800.123456
    float8_timestamptz	Sinfinity	float8=inf
    float8_timestamptz	E22008 timestamp cannot be NaN	float8=NaN
    float8_timestamptz	E22008 timestamp out of range: "1e+20"	float8=1e20
    date_eq_timestamp	St	date=2024-01-15	timestamp=2024-01-15 00:00:00
    date_eq_timestamp	Sf	date=5874897-12-31	timestamp=infinity
    date_lt_timestamptz	Sf	date=2024-01-15	timestamptz=2024-01-15 04:00:00Z
    date_lt_timestamptz	St	date=2024-01-15	timestamptz=2024-01-15 06:00:00Z
    timestamp_eq_timestamptz	St	timestamp=2024-01-15 00:00:00	timestamptz=2024-01-15 05:00:00Z
    timestamptz_gt_date	St	timestamptz=2024-01-15 06:00:00Z	date=2024-01-15
    array_length	S3	int4[]={1,2,3}	int4=1
    array_length	S	int4[]={}	int4=1
    array_length	S	int4[]={1,2}	int4=2
    array_upper	S7	int4[]=[5:7]={1,2,3}	int4=1
    array_append	S{1,2,3}	int4[]={1,2}	int4=3
    array_append	S{1}	int4[]={}	int4=1
    array_append	S{1}	int4[]	int4=1
    array_append	S{1,NULL}	int4[]={1}	int4
    array_cat	S{1,2,3}	int4[]={1}	int4[]={2,3}
    array_cat	S{1}	int4[]	int4[]={1}
    array_to_text	S1,2,3	int4[]={1,2,NULL,3}	text=,
    array_to_text_null	S1,2,*,3	int4[]={1,2,NULL,3}	text=,	text=*
    array_position	S2	text[]={sun,mon}	text=mon
    array_position	S	text[]={a}	text=z
    array_remove	S{1,3}	int4[]={1,2,3,2}	int4=2
    array_eq	St	int4[]={1,2}	int4[]={1,2}
    array_eq	Sf	int4[]={1,2}	int4[]={1,3}
    array_lt	St	int4[]={1,2}	int4[]={1,3}
    array_lt	St	int4[]={1}	int4[]={1,0}
    array_lt	St	int4[]={-1}	int4[]={1}
    arraycontains	St	int4[]={1,2,3}	int4[]={2,3}
    arraycontains	Sf	int4[]={1}	int4[]={2}
    md5_text	Sd41d8cd98f00b204e9800998ecf8427e	text=
    md5_text	S900150983cd24fb0d6963f7d28e17f72	text=abc
    md5_text	S3922ec406eaa8220127a887e7a345b31	text=a longer message that needs more than one block of sixty-four bytes to hash properly
    sha256_bytea	S\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855	bytea=
    sha256_bytea	S\\xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad	bytea=abc
    sha256_bytea	S\\xfaa82d1a9355ff5705350051cdff98146ecffc83dc3d8fcd40d3d9811c271c36	bytea=a longer message that needs more than one block of sixty-four bytes to hash properly
    binary_encode	S616263	bytea=abc	text=hex
    binary_encode	SYWJj	bytea=abc	text=base64
    binary_encode	SYWI=	bytea=ab	text=base64
    binary_encode	S\\000\\377A	bytea=\\x00ff41	text=escape
    binary_encode	E22023 unrecognized encoding: "foo"	bytea=x	text=foo
    binary_encode	SYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh\nYWFhYWFhYQ==	bytea=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa	text=base64
    binary_encode	SYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh\n	bytea=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa	text=base64
    binary_decode	S\\x616263	text=616263	text=hex
    binary_decode	S\\x616263	text=YWJj	text=base64
    binary_decode	S\\x6162	text=YWI=	text=base64
    binary_decode	E22023 invalid base64 end sequence	text=YW	text=base64
    binary_decode	E22023 invalid hexadecimal data: odd number of digits	text=6	text=hex
    binary_decode	E22023 invalid symbol "!" found while decoding base64 sequence	text=!!!!	text=base64
    bytea_substr	S\\x656c6c	bytea=hello	int4=2	int4=3
    bytea_substr	S\\x68	bytea=hello	int4=-1	int4=3
    byteaGetByte	S101	bytea=hello	int4=1
    byteaGetByte	E2202E index 9 out of valid range, 0..4	bytea=hello	int4=9
    format_type	Sinteger	oid=23	int4=-1
    format_type	Scharacter varying(20)	oid=1043	int4=24
    format_type	Sbpchar	oid=1042	int4=-1
    format_type	Scharacter	oid=1042	int4
    format_type	Scharacter(5)	oid=1042	int4=9
    format_type	Snumeric(10,2)	oid=1700	int4=655366
    format_type	Snumeric	oid=1700	int4
    format_type	Stimestamp(3) with time zone	oid=1184	int4=3
    format_type	Sinteger[]	oid=1007	int4=-1
    format_type	S???	oid=99999	int4=-1
    format_type	S-	oid=0	int4=-1
    format_type	S"char"	oid=18	int4=-1
    format_type	S	oid	int4=1
    format_type	Scharacter varying(20)[]	oid=1015	int4=24
    pg_lsn_mi	S15	pg_lsn=0/10	pg_lsn=0/1
    pg_lsn_mi	S-18446744069414584320	pg_lsn=0/0	pg_lsn=FFFFFFFF/0
    bool_int4	S1	bool=t
    bool_int4	S0	bool=f
    int4_bool	St	int4=5
    int4_bool	Sf	int4=0
    booltext	Strue	bool=t
    oidtoi8	S4294967295	oid=4294967295
    i8tooid	S4294967295	int8=4294967295
    i8tooid	E22003 OID out of range	int8=4294967296
    i8tooid	E22003 OID out of range	int8=-1
    varchar	Sabc	varchar=abcdef	int4=7	bool=t
    varchar	E22001 value too long for type character varying(3)	varchar=abcdef	int4=7	bool=f
    varchar	Sabc	varchar=abc  	int4=7	bool=f
    bpchar	Sab   	bpchar=ab	int4=9	bool=t
    bpchar	E22001 value too long for type character(3)	bpchar=abcdef	int4=7	bool=f
    timestamp_to_char	S2024-02-03 04:05:06	timestamp=2024-02-03 04:05:06.789123	text=YYYY-MM-DD HH24:MI:SS
    timestamp_to_char	S1999-12-31 23:59:59	timestamp=1999-12-31 23:59:59	text=YYYY-MM-DD HH24:MI:SS
    timestamp_to_char	S0044-03-15 12:00:00	timestamp=0044-03-15 12:00:00 BC	text=YYYY-MM-DD HH24:MI:SS
    timestamp_to_char	S2024-01-01 00:00:00	timestamp=2024-01-01 00:00:00	text=YYYY-MM-DD HH24:MI:SS
    timestamp_to_char	S03.02.2024	timestamp=2024-02-03 04:05:06.789123	text=DD.MM.YYYY
    timestamp_to_char	S31.12.1999	timestamp=1999-12-31 23:59:59	text=DD.MM.YYYY
    timestamp_to_char	S15.03.0044	timestamp=0044-03-15 12:00:00 BC	text=DD.MM.YYYY
    timestamp_to_char	S01.01.2024	timestamp=2024-01-01 00:00:00	text=DD.MM.YYYY
    timestamp_to_char	SSaturday , 03 February  2024	timestamp=2024-02-03 04:05:06.789123	text=Day, DD Month YYYY
    timestamp_to_char	SFriday   , 31 December  1999	timestamp=1999-12-31 23:59:59	text=Day, DD Month YYYY
    timestamp_to_char	SFriday   , 15 March     0044	timestamp=0044-03-15 12:00:00 BC	text=Day, DD Month YYYY
    timestamp_to_char	SMonday   , 01 January   2024	timestamp=2024-01-01 00:00:00	text=Day, DD Month YYYY
    timestamp_to_char	SSaturday, 3 February 2024	timestamp=2024-02-03 04:05:06.789123	text=FMDay, FMDD FMMonth YYYY
    timestamp_to_char	SFriday, 31 December 1999	timestamp=1999-12-31 23:59:59	text=FMDay, FMDD FMMonth YYYY
    timestamp_to_char	SFriday, 15 March 0044	timestamp=0044-03-15 12:00:00 BC	text=FMDay, FMDD FMMonth YYYY
    timestamp_to_char	SMonday, 1 January 2024	timestamp=2024-01-01 00:00:00	text=FMDay, FMDD FMMonth YYYY
    timestamp_to_char	SSAT Sat sat FEB Feb feb	timestamp=2024-02-03 04:05:06.789123	text=DY Dy dy MON Mon mon
    timestamp_to_char	SFRI Fri fri DEC Dec dec	timestamp=1999-12-31 23:59:59	text=DY Dy dy MON Mon mon
    timestamp_to_char	SFRI Fri fri MAR Mar mar	timestamp=0044-03-15 12:00:00 BC	text=DY Dy dy MON Mon mon
    timestamp_to_char	SMON Mon mon JAN Jan jan	timestamp=2024-01-01 00:00:00	text=DY Dy dy MON Mon mon
    timestamp_to_char	S04:05:06 AM	timestamp=2024-02-03 04:05:06.789123	text=HH:MI:SS AM
    timestamp_to_char	S11:59:59 PM	timestamp=1999-12-31 23:59:59	text=HH:MI:SS AM
    timestamp_to_char	S12:00:00 PM	timestamp=0044-03-15 12:00:00 BC	text=HH:MI:SS AM
    timestamp_to_char	S12:00:00 AM	timestamp=2024-01-01 00:00:00	text=HH:MI:SS AM
    timestamp_to_char	S04:05 a.m.	timestamp=2024-02-03 04:05:06.789123	text=HH12:MI p.m.
    timestamp_to_char	S11:59 p.m.	timestamp=1999-12-31 23:59:59	text=HH12:MI p.m.
    timestamp_to_char	S12:00 p.m.	timestamp=0044-03-15 12:00:00 BC	text=HH12:MI p.m.
    timestamp_to_char	S12:00 a.m.	timestamp=2024-01-01 00:00:00	text=HH12:MI p.m.
    timestamp_to_char	S2,024 024 24 4	timestamp=2024-02-03 04:05:06.789123	text=Y,YYY YYY YY Y
    timestamp_to_char	S1,999 999 99 9	timestamp=1999-12-31 23:59:59	text=Y,YYY YYY YY Y
    timestamp_to_char	S0,044 044 44 4	timestamp=0044-03-15 12:00:00 BC	text=Y,YYY YYY YY Y
    timestamp_to_char	S2,024 024 24 4	timestamp=2024-01-01 00:00:00	text=Y,YYY YYY YY Y
    timestamp_to_char	S2024-05-6 034	timestamp=2024-02-03 04:05:06.789123	text=IYYY-IW-ID IDDD
    timestamp_to_char	S1999-52-5 362	timestamp=1999-12-31 23:59:59	text=IYYY-IW-ID IDDD
    timestamp_to_char	S0044-11-5 075	timestamp=0044-03-15 12:00:00 BC	text=IYYY-IW-ID IDDD
    timestamp_to_char	S2024-01-1 001	timestamp=2024-01-01 00:00:00	text=IYYY-IW-ID IDDD
    timestamp_to_char	S034 7 1 05 1 21 2460344	timestamp=2024-02-03 04:05:06.789123	text=DDD D W WW Q CC J
    timestamp_to_char	S365 6 5 53 4 20 2451544	timestamp=1999-12-31 23:59:59	text=DDD D W WW Q CC J
    timestamp_to_char	S074 6 3 11 1 -01 1705428	timestamp=0044-03-15 12:00:00 BC	text=DDD D W WW Q CC J
    timestamp_to_char	S001 2 1 01 1 21 2460311	timestamp=2024-01-01 00:00:00	text=DDD D W WW Q CC J
    timestamp_to_char	S789 789123 14706 14706 789	timestamp=2024-02-03 04:05:06.789123	text=MS US SSSS SSSSS FF3
    timestamp_to_char	S000 000000 86399 86399 000	timestamp=1999-12-31 23:59:59	text=MS US SSSS SSSSS FF3
    timestamp_to_char	S000 000000 43200 43200 000	timestamp=0044-03-15 12:00:00 BC	text=MS US SSSS SSSSS FF3
    timestamp_to_char	S000 000000 0 0 000	timestamp=2024-01-01 00:00:00	text=MS US SSSS SSSSS FF3
    timestamp_to_char	SAD a.d.	timestamp=2024-02-03 04:05:06.789123	text=BC b.c.
    timestamp_to_char	SAD a.d.	timestamp=1999-12-31 23:59:59	text=BC b.c.
    timestamp_to_char	SBC b.c.	timestamp=0044-03-15 12:00:00 BC	text=BC b.c.
    timestamp_to_char	SAD a.d.	timestamp=2024-01-01 00:00:00	text=BC b.c.
    timestamp_to_char	S03rd 03RD	timestamp=2024-02-03 04:05:06.789123	text=DDth DDTH
    timestamp_to_char	S31st 31ST	timestamp=1999-12-31 23:59:59	text=DDth DDTH
    timestamp_to_char	S15th 15TH	timestamp=0044-03-15 12:00:00 BC	text=DDth DDTH
    timestamp_to_char	S01st 01ST	timestamp=2024-01-01 00:00:00	text=DDth DDTH
    timestamp_to_char	Syear 2024	timestamp=2024-02-03 04:05:06.789123	text="year" YYYY
    timestamp_to_char	Syear 1999	timestamp=1999-12-31 23:59:59	text="year" YYYY
    timestamp_to_char	Syear 0044	timestamp=0044-03-15 12:00:00 BC	text="year" YYYY
    timestamp_to_char	Syear 2024	timestamp=2024-01-01 00:00:00	text="year" YYYY
    timestamp_to_char	SII   ii   II	timestamp=2024-02-03 04:05:06.789123	text=RM rm FMRM
    timestamp_to_char	SXII  xii  XII	timestamp=1999-12-31 23:59:59	text=RM rm FMRM
    timestamp_to_char	SIII  iii  III	timestamp=0044-03-15 12:00:00 BC	text=RM rm FMRM
    timestamp_to_char	SI    i    I	timestamp=2024-01-01 00:00:00	text=RM rm FMRM
    timestamp_to_char	S2024-02-03 04:05	timestamp=2024-02-03 04:05:06.789123	text=yyyy-mm-dd hh24:mi
    timestamp_to_char	S1999-12-31 23:59	timestamp=1999-12-31 23:59:59	text=yyyy-mm-dd hh24:mi
    timestamp_to_char	S0044-03-15 12:00	timestamp=0044-03-15 12:00:00 BC	text=yyyy-mm-dd hh24:mi
    timestamp_to_char	S2024-01-01 00:00	timestamp=2024-01-01 00:00:00	text=yyyy-mm-dd hh24:mi
    timestamp_to_char	SFEBRUARY  february /	timestamp=2024-02-03 04:05:06.789123	text=MONTH month/
    timestamp_to_char	SDECEMBER  december /	timestamp=1999-12-31 23:59:59	text=MONTH month/
    timestamp_to_char	SMARCH     march    /	timestamp=0044-03-15 12:00:00 BC	text=MONTH month/
    timestamp_to_char	SJANUARY   january  /	timestamp=2024-01-01 00:00:00	text=MONTH month/
    timestamp_to_char	S2/3/24	timestamp=2024-02-03 04:05:06.789123	text=FMMM/FMDD/YY
    timestamp_to_char	S12/31/99	timestamp=1999-12-31 23:59:59	text=FMMM/FMDD/YY
    timestamp_to_char	S3/15/44	timestamp=0044-03-15 12:00:00 BC	text=FMMM/FMDD/YY
    timestamp_to_char	S1/1/24	timestamp=2024-01-01 00:00:00	text=FMMM/FMDD/YY
    timestamp_to_char	S +00	timestamp=2024-02-03 04:05:06.789123	text=TZ OF
    timestamp_to_char	S +00	timestamp=1999-12-31 23:59:59	text=TZ OF
    timestamp_to_char	S +00	timestamp=0044-03-15 12:00:00 BC	text=TZ OF
    timestamp_to_char	S +00	timestamp=2024-01-01 00:00:00	text=TZ OF
    timestamptz_to_char	S2024-07-15 08:00:00 EDT	timestamptz=2024-07-15 12:00:00+00	text=YYYY-MM-DD HH24:MI:SS TZ
    timestamptz_to_char	S-04 -04:00 edt	timestamptz=2024-07-15 12:00:00+00	text=OF TZH:TZM tz
    numeric_to_char	S 1,234.50	numeric=1234.5	text=9,999.99
    numeric_to_char	S    -5.00	numeric=-5	text=9,999.99
    numeric_to_char	S      .00	numeric=0	text=9,999.99
    numeric_to_char	S      .10	numeric=0.1	text=9,999.99
    numeric_to_char	S     -.55	numeric=-0.55	text=9,999.99
    numeric_to_char	S   123.00	numeric=123	text=9,999.99
    numeric_to_char	S   485.00	numeric=485	text=9,999.99
    numeric_to_char	S #,###.##	numeric=12345.678	text=9,999.99
    numeric_to_char	S-#,###.##	numeric=-1234567	text=9,999.99
    numeric_to_char	S ###	numeric=1234.5	text=000
    numeric_to_char	S-005	numeric=-5	text=000
    numeric_to_char	S 000	numeric=0	text=000
    numeric_to_char	S 000	numeric=0.1	text=000
    numeric_to_char	S-001	numeric=-0.55	text=000
    numeric_to_char	S 123	numeric=123	text=000
    numeric_to_char	S 485	numeric=485	text=000
    numeric_to_char	S ###	numeric=12345.678	text=000
    numeric_to_char	S-###	numeric=-1234567	text=000
    numeric_to_char	S ###	numeric=1234.5	text=999
    numeric_to_char	S  -5	numeric=-5	text=999
    numeric_to_char	S   0	numeric=0	text=999
    numeric_to_char	S   0	numeric=0.1	text=999
    numeric_to_char	S  -1	numeric=-0.55	text=999
    numeric_to_char	S 123	numeric=123	text=999
    numeric_to_char	S 485	numeric=485	text=999
    numeric_to_char	S ###	numeric=12345.678	text=999
    numeric_to_char	S-###	numeric=-1234567	text=999
    numeric_to_char	S 1235	numeric=1234.5	text=0999
    numeric_to_char	S-0005	numeric=-5	text=0999
    numeric_to_char	S 0000	numeric=0	text=0999
    numeric_to_char	S 0000	numeric=0.1	text=0999
    numeric_to_char	S-0001	numeric=-0.55	text=0999
    numeric_to_char	S 0123	numeric=123	text=0999
    numeric_to_char	S 0485	numeric=485	text=0999
    numeric_to_char	S ####	numeric=12345.678	text=0999
    numeric_to_char	S-####	numeric=-1234567	text=0999
    numeric_to_char	S 1234.50	numeric=1234.5	text=9990.00
    numeric_to_char	S   -5.00	numeric=-5	text=9990.00
    numeric_to_char	S    0.00	numeric=0	text=9990.00
    numeric_to_char	S    0.10	numeric=0.1	text=9990.00
    numeric_to_char	S   -0.55	numeric=-0.55	text=9990.00
    numeric_to_char	S  123.00	numeric=123	text=9990.00
    numeric_to_char	S  485.00	numeric=485	text=9990.00
    numeric_to_char	S ####.##	numeric=12345.678	text=9990.00
    numeric_to_char	S-####.##	numeric=-1234567	text=9990.00
    numeric_to_char	S1,234.50	numeric=1234.5	text=FM999,999.00
    numeric_to_char	S-5.00	numeric=-5	text=FM999,999.00
    numeric_to_char	S.00	numeric=0	text=FM999,999.00
    numeric_to_char	S.10	numeric=0.1	text=FM999,999.00
    numeric_to_char	S-.55	numeric=-0.55	text=FM999,999.00
    numeric_to_char	S123.00	numeric=123	text=FM999,999.00
    numeric_to_char	S485.00	numeric=485	text=FM999,999.00
    numeric_to_char	S12,345.68	numeric=12345.678	text=FM999,999.00
    numeric_to_char	S-###,###.##	numeric=-1234567	text=FM999,999.00
    numeric_to_char	S1234.5	numeric=1234.5	text=FM9999.99
    numeric_to_char	S-5.	numeric=-5	text=FM9999.99
    numeric_to_char	S0.	numeric=0	text=FM9999.99
    numeric_to_char	S.1	numeric=0.1	text=FM9999.99
    numeric_to_char	S-.55	numeric=-0.55	text=FM9999.99
    numeric_to_char	S123.	numeric=123	text=FM9999.99
    numeric_to_char	S485.	numeric=485	text=FM9999.99
    numeric_to_char	S####.##	numeric=12345.678	text=FM9999.99
    numeric_to_char	S-####.##	numeric=-1234567	text=FM9999.99
    numeric_to_char	S ##.##	numeric=1234.5	text=99.99
    numeric_to_char	S -5.00	numeric=-5	text=99.99
    numeric_to_char	S   .00	numeric=0	text=99.99
    numeric_to_char	S   .10	numeric=0.1	text=99.99
    numeric_to_char	S  -.55	numeric=-0.55	text=99.99
    numeric_to_char	S ##.##	numeric=123	text=99.99
    numeric_to_char	S ##.##	numeric=485	text=99.99
    numeric_to_char	S ##.##	numeric=12345.678	text=99.99
    numeric_to_char	S-##.##	numeric=-1234567	text=99.99
    numeric_to_char	S+###	numeric=1234.5	text=S999
    numeric_to_char	S  -5	numeric=-5	text=S999
    numeric_to_char	S  +0	numeric=0	text=S999
    numeric_to_char	S  +0	numeric=0.1	text=S999
    numeric_to_char	S  -1	numeric=-0.55	text=S999
    numeric_to_char	S+123	numeric=123	text=S999
    numeric_to_char	S+485	numeric=485	text=S999
    numeric_to_char	S+###	numeric=12345.678	text=S999
    numeric_to_char	S-###	numeric=-1234567	text=S999
    numeric_to_char	S###+	numeric=1234.5	text=999S
    numeric_to_char	S  5-	numeric=-5	text=999S
    numeric_to_char	S  0+	numeric=0	text=999S
    numeric_to_char	S  0+	numeric=0.1	text=999S
    numeric_to_char	S  1-	numeric=-0.55	text=999S
    numeric_to_char	S123+	numeric=123	text=999S
    numeric_to_char	S485+	numeric=485	text=999S
    numeric_to_char	S###+	numeric=12345.678	text=999S
    numeric_to_char	S###-	numeric=-1234567	text=999S
    numeric_to_char	S ###	numeric=1234.5	text=MI999
    numeric_to_char	S-  5	numeric=-5	text=MI999
    numeric_to_char	S   0	numeric=0	text=MI999
    numeric_to_char	S   0	numeric=0.1	text=MI999
    numeric_to_char	S-  1	numeric=-0.55	text=MI999
    numeric_to_char	S 123	numeric=123	text=MI999
    numeric_to_char	S 485	numeric=485	text=MI999
    numeric_to_char	S ###	numeric=12345.678	text=MI999
    numeric_to_char	S-###	numeric=-1234567	text=MI999
    numeric_to_char	S### 	numeric=1234.5	text=999MI
    numeric_to_char	S  5-	numeric=-5	text=999MI
    numeric_to_char	S  0 	numeric=0	text=999MI
    numeric_to_char	S  0 	numeric=0.1	text=999MI
    numeric_to_char	S  1-	numeric=-0.55	text=999MI
    numeric_to_char	S123 	numeric=123	text=999MI
    numeric_to_char	S485 	numeric=485	text=999MI
    numeric_to_char	S### 	numeric=12345.678	text=999MI
    numeric_to_char	S###-	numeric=-1234567	text=999MI
    numeric_to_char	S ### 	numeric=1234.5	text=999PR
    numeric_to_char	S  <5>	numeric=-5	text=999PR
    numeric_to_char	S   0 	numeric=0	text=999PR
    numeric_to_char	S   0 	numeric=0.1	text=999PR
    numeric_to_char	S  <1>	numeric=-0.55	text=999PR
    numeric_to_char	S 123 	numeric=123	text=999PR
    numeric_to_char	S 485 	numeric=485	text=999PR
    numeric_to_char	S ### 	numeric=12345.678	text=999PR
    numeric_to_char	S<###>	numeric=-1234567	text=999PR
    numeric_to_char	S+###	numeric=1234.5	text=SG999
    numeric_to_char	S-  5	numeric=-5	text=SG999
    numeric_to_char	S+  0	numeric=0	text=SG999
    numeric_to_char	S+  0	numeric=0.1	text=SG999
    numeric_to_char	S-  1	numeric=-0.55	text=SG999
    numeric_to_char	S+123	numeric=123	text=SG999
    numeric_to_char	S+485	numeric=485	text=SG999
    numeric_to_char	S+###	numeric=12345.678	text=SG999
    numeric_to_char	S-###	numeric=-1234567	text=SG999
    numeric_to_char	S+ ###	numeric=1234.5	text=PL999
    numeric_to_char	S   -5	numeric=-5	text=PL999
    numeric_to_char	S+   0	numeric=0	text=PL999
    numeric_to_char	S+   0	numeric=0.1	text=PL999
    numeric_to_char	S   -1	numeric=-0.55	text=PL999
    numeric_to_char	S+ 123	numeric=123	text=PL999
    numeric_to_char	S+ 485	numeric=485	text=PL999
    numeric_to_char	S+ ###	numeric=12345.678	text=PL999
    numeric_to_char	S -###	numeric=-1234567	text=PL999
    numeric_to_char	S###	numeric=1234.5	text=FM000
    numeric_to_char	S-005	numeric=-5	text=FM000
    numeric_to_char	S000	numeric=0	text=FM000
    numeric_to_char	S000	numeric=0.1	text=FM000
    numeric_to_char	S-001	numeric=-0.55	text=FM000
    numeric_to_char	S123	numeric=123	text=FM000
    numeric_to_char	S485	numeric=485	text=FM000
    numeric_to_char	S###	numeric=12345.678	text=FM000
    numeric_to_char	S-###	numeric=-1234567	text=FM000
    numeric_to_char	S 1,234.50	numeric=1234.5	text=9G999D99
    numeric_to_char	S    -5.00	numeric=-5	text=9G999D99
    numeric_to_char	S      .00	numeric=0	text=9G999D99
    numeric_to_char	S      .10	numeric=0.1	text=9G999D99
    numeric_to_char	S     -.55	numeric=-0.55	text=9G999D99
    numeric_to_char	S   123.00	numeric=123	text=9G999D99
    numeric_to_char	S   485.00	numeric=485	text=9G999D99
    numeric_to_char	S #,###.##	numeric=12345.678	text=9G999D99
    numeric_to_char	S-#,###.##	numeric=-1234567	text=9G999D99
    numeric_to_char	S ###	numeric=1234.5	text=999th
    numeric_to_char	S  -5	numeric=-5	text=999th
    numeric_to_char	S   0th	numeric=0	text=999th
    numeric_to_char	S   0th	numeric=0.1	text=999th
    numeric_to_char	S  -1	numeric=-0.55	text=999th
    numeric_to_char	S 123rd	numeric=123	text=999th
    numeric_to_char	S 485th	numeric=485	text=999th
    numeric_to_char	S ###	numeric=12345.678	text=999th
    numeric_to_char	S-###	numeric=-1234567	text=999th
    numeric_to_char	S###	numeric=1234.5	text=FM999th
    numeric_to_char	S-5	numeric=-5	text=FM999th
    numeric_to_char	S0th	numeric=0	text=FM999th
    numeric_to_char	S0th	numeric=0.1	text=FM999th
    numeric_to_char	S-1	numeric=-0.55	text=FM999th
    numeric_to_char	S123rd	numeric=123	text=FM999th
    numeric_to_char	S485th	numeric=485	text=FM999th
    numeric_to_char	S###	numeric=12345.678	text=FM999th
    numeric_to_char	S-###	numeric=-1234567	text=FM999th
    numeric_to_char	S #.##	numeric=1234.5	text=0.00
    numeric_to_char	S-5.00	numeric=-5	text=0.00
    numeric_to_char	S 0.00	numeric=0	text=0.00
    numeric_to_char	S 0.10	numeric=0.1	text=0.00
    numeric_to_char	S-0.55	numeric=-0.55	text=0.00
    numeric_to_char	S #.##	numeric=123	text=0.00
    numeric_to_char	S #.##	numeric=485	text=0.00
    numeric_to_char	S #.##	numeric=12345.678	text=0.00
    numeric_to_char	S-#.##	numeric=-1234567	text=0.00
    numeric_to_char	S .##	numeric=1234.5	text=.99
    numeric_to_char	S-.##	numeric=-5	text=.99
    numeric_to_char	S .##	numeric=0	text=.99
    numeric_to_char	S .##	numeric=0.1	text=.99
    numeric_to_char	S-.##	numeric=-0.55	text=.99
    numeric_to_char	S .##	numeric=123	text=.99
    numeric_to_char	S .##	numeric=485	text=.99
    numeric_to_char	S .##	numeric=12345.678	text=.99
    numeric_to_char	S-.##	numeric=-1234567	text=.99
    numeric_to_char	S #.#	numeric=1234.5	text=9.9
    numeric_to_char	S-5.0	numeric=-5	text=9.9
    numeric_to_char	S  .0	numeric=0	text=9.9
    numeric_to_char	S  .1	numeric=0.1	text=9.9
    numeric_to_char	S -.6	numeric=-0.55	text=9.9
    numeric_to_char	S #.#	numeric=123	text=9.9
    numeric_to_char	S #.#	numeric=485	text=9.9
    numeric_to_char	S #.#	numeric=12345.678	text=9.9
    numeric_to_char	S-#.#	numeric=-1234567	text=9.9
    numeric_to_char	S#.#	numeric=1234.5	text=FM9.9
    numeric_to_char	S-5.	numeric=-5	text=FM9.9
    numeric_to_char	S0.	numeric=0	text=FM9.9
    numeric_to_char	S.1	numeric=0.1	text=FM9.9
    numeric_to_char	S-.6	numeric=-0.55	text=FM9.9
    numeric_to_char	S#.#	numeric=123	text=FM9.9
    numeric_to_char	S#.#	numeric=485	text=FM9.9
    numeric_to_char	S#.#	numeric=12345.678	text=FM9.9
    numeric_to_char	S-#.#	numeric=-1234567	text=FM9.9
    numeric_to_char	S#.##	numeric=1234.5	text=FM0.99
    numeric_to_char	S-5.	numeric=-5	text=FM0.99
    numeric_to_char	S0.	numeric=0	text=FM0.99
    numeric_to_char	S0.1	numeric=0.1	text=FM0.99
    numeric_to_char	S-0.55	numeric=-0.55	text=FM0.99
    numeric_to_char	S#.##	numeric=123	text=FM0.99
    numeric_to_char	S#.##	numeric=485	text=FM0.99
    numeric_to_char	S#.##	numeric=12345.678	text=FM0.99
    numeric_to_char	S-#.##	numeric=-1234567	text=FM0.99
    numeric_to_char	S ###	numeric=1234.5	text=99V9
    numeric_to_char	S -50	numeric=-5	text=99V9
    numeric_to_char	S   0	numeric=0	text=99V9
    numeric_to_char	S   1	numeric=0.1	text=99V9
    numeric_to_char	S  -6	numeric=-0.55	text=99V9
    numeric_to_char	S ###	numeric=123	text=99V9
    numeric_to_char	S ###	numeric=485	text=99V9
    numeric_to_char	S ###	numeric=12345.678	text=99V9
    numeric_to_char	S-###	numeric=-1234567	text=99V9
    numeric_to_char	S 1.23e+03	numeric=1234.5	text=9.99EEEE
    numeric_to_char	S-5.00e+00	numeric=-5	text=9.99EEEE
    numeric_to_char	S 0.00e+00	numeric=0	text=9.99EEEE
    numeric_to_char	S 1.00e-01	numeric=0.1	text=9.99EEEE
    numeric_to_char	S-5.50e-01	numeric=-0.55	text=9.99EEEE
    numeric_to_char	S 1.23e+02	numeric=123	text=9.99EEEE
    numeric_to_char	S 4.85e+02	numeric=485	text=9.99EEEE
    numeric_to_char	S 1.23e+04	numeric=12345.678	text=9.99EEEE
    numeric_to_char	S-1.23e+06	numeric=-1234567	text=9.99EEEE
    numeric_to_char	S        MCCXXXV	numeric=1234.5	text=RN
    numeric_to_char	S###############	numeric=-5	text=RN
    numeric_to_char	S###############	numeric=0	text=RN
    numeric_to_char	S###############	numeric=0.1	text=RN
    numeric_to_char	S###############	numeric=-0.55	text=RN
    numeric_to_char	S         CXXIII	numeric=123	text=RN
    numeric_to_char	S        CDLXXXV	numeric=485	text=RN
    numeric_to_char	S###############	numeric=12345.678	text=RN
    numeric_to_char	S###############	numeric=-1234567	text=RN
    numeric_to_char	SMCCXXXV	numeric=1234.5	text=FMRN
    numeric_to_char	S###############	numeric=-5	text=FMRN
    numeric_to_char	S###############	numeric=0	text=FMRN
    numeric_to_char	S###############	numeric=0.1	text=FMRN
    numeric_to_char	S###############	numeric=-0.55	text=FMRN
    numeric_to_char	SCXXIII	numeric=123	text=FMRN
    numeric_to_char	SCDLXXXV	numeric=485	text=FMRN
    numeric_to_char	S###############	numeric=12345.678	text=FMRN
    numeric_to_char	S###############	numeric=-1234567	text=FMRN
    numeric_to_char	S  ###	numeric=1234.5	text=L999
    numeric_to_char	S   -5	numeric=-5	text=L999
    numeric_to_char	S    0	numeric=0	text=L999
    numeric_to_char	S    0	numeric=0.1	text=L999
    numeric_to_char	S   -1	numeric=-0.55	text=L999
    numeric_to_char	S  123	numeric=123	text=L999
    numeric_to_char	S  485	numeric=485	text=L999
    numeric_to_char	S  ###	numeric=12345.678	text=L999
    numeric_to_char	S -###	numeric=-1234567	text=L999
    numeric_to_char	Sn ###	numeric=1234.5	text="n"999
    numeric_to_char	Sn  -5	numeric=-5	text="n"999
    numeric_to_char	Sn   0	numeric=0	text="n"999
    numeric_to_char	Sn   0	numeric=0.1	text="n"999
    numeric_to_char	Sn  -1	numeric=-0.55	text="n"999
    numeric_to_char	Sn 123	numeric=123	text="n"999
    numeric_to_char	Sn 485	numeric=485	text="n"999
    numeric_to_char	Sn ###	numeric=12345.678	text="n"999
    numeric_to_char	Sn-###	numeric=-1234567	text="n"999
    numeric_to_char	S1235	numeric=1234.5	text=FM999999999
    numeric_to_char	S-5	numeric=-5	text=FM999999999
    numeric_to_char	S0	numeric=0	text=FM999999999
    numeric_to_char	S0	numeric=0.1	text=FM999999999
    numeric_to_char	S-1	numeric=-0.55	text=FM999999999
    numeric_to_char	S123	numeric=123	text=FM999999999
    numeric_to_char	S485	numeric=485	text=FM999999999
    numeric_to_char	S12346	numeric=12345.678	text=FM999999999
    numeric_to_char	S-1234567	numeric=-1234567	text=FM999999999
    int4_to_char	S 125	int4=125	text=999
    int4_to_char	S-125	int4=-125	text=999
    int4_to_char	S 007	int4=7	text=000
    int4_to_char	S 1,234,567	int4=1234567	text=9,999,999
    int4_to_char	S+12	int4=12	text=S99
    float8_to_char	S 125.8	float8=125.8	text=999D9
    float8_to_char	S 0.1	float8=0.1	text=0.9
    float8_to_char	S  -.10	float8=-0.1	text=99.99
    pg_convert_from	Sé	bytea=\\xc3a9	name=UTF8
    pg_convert_from	E22021 invalid byte sequence for encoding "UTF8": 0xff	bytea=\\xff	name=UTF8
    textregexeq	St	text=abc	text=b
    texticregexne	Sf	text=abc	text=b
    textregexsubstr	Sb	text=xabcabc abb 12	text=b
    textregexeq	St	text=abc	text=^a
    texticregexne	Sf	text=abc	text=^a
    textregexsubstr	S	text=xabcabc abb 12	text=^a
    textregexeq	St	text=abc	text=c$
    texticregexne	Sf	text=abc	text=c$
    textregexsubstr	S	text=xabcabc abb 12	text=c$
    textregexeq	St	text=abc	text=a.c
    texticregexne	Sf	text=abc	text=a.c
    textregexsubstr	Sabc	text=xabcabc abb 12	text=a.c
    textregexeq	St	text=abc	text=[ab]+c
    texticregexne	Sf	text=abc	text=[ab]+c
    textregexsubstr	Sabc	text=xabcabc abb 12	text=[ab]+c
    textregexeq	St	text=abc	text=[^a]
    texticregexne	Sf	text=abc	text=[^a]
    textregexsubstr	Sx	text=xabcabc abb 12	text=[^a]
    textregexeq	St	text=abc	text=x*
    texticregexne	Sf	text=abc	text=x*
    textregexsubstr	Sx	text=xabcabc abb 12	text=x*
    textregexeq	St	text=abc	text=(a)(b)(c)
    texticregexne	Sf	text=abc	text=(a)(b)(c)
    textregexsubstr	Sa	text=xabcabc abb 12	text=(a)(b)(c)
    textregexeq	Sf	text=abc	text=ab{2}
    texticregexne	St	text=abc	text=ab{2}
    textregexsubstr	Sabb	text=xabcabc abb 12	text=ab{2}
    textregexeq	St	text=abc	text=a{0,2}b
    texticregexne	Sf	text=abc	text=a{0,2}b
    textregexsubstr	Sab	text=xabcabc abb 12	text=a{0,2}b
    textregexeq	St	text=abc	text=[[:alpha:]]+
    texticregexne	Sf	text=abc	text=[[:alpha:]]+
    textregexsubstr	Sxabcabc	text=xabcabc abb 12	text=[[:alpha:]]+
    textregexeq	Sf	text=abc	text=\\d
    texticregexne	St	text=abc	text=\\d
    textregexsubstr	S1	text=xabcabc abb 12	text=\\d
    textregexeq	St	text=abc	text=\\w+
    texticregexne	Sf	text=abc	text=\\w+
    textregexsubstr	Sxabcabc	text=xabcabc abb 12	text=\\w+
    textregexeq	E2201B invalid regular expression: parentheses () not balanced	text=abc	text=(
    texticregexne	E2201B invalid regular expression: parentheses () not balanced	text=abc	text=(
    textregexsubstr	E2201B invalid regular expression: parentheses () not balanced	text=xabcabc abb 12	text=(
    textregexeq	E2201B invalid regular expression: parentheses () not balanced	text=abc	text=)
    texticregexne	E2201B invalid regular expression: parentheses () not balanced	text=abc	text=)
    textregexsubstr	E2201B invalid regular expression: parentheses () not balanced	text=xabcabc abb 12	text=)
    textregexeq	E2201B invalid regular expression: brackets [] not balanced	text=abc	text=[
    texticregexne	E2201B invalid regular expression: brackets [] not balanced	text=abc	text=[
    textregexsubstr	E2201B invalid regular expression: brackets [] not balanced	text=xabcabc abb 12	text=[
    textregexeq	E2201B invalid regular expression: quantifier operand invalid	text=abc	text=*a
    texticregexne	E2201B invalid regular expression: quantifier operand invalid	text=abc	text=*a
    textregexsubstr	E2201B invalid regular expression: quantifier operand invalid	text=xabcabc abb 12	text=*a
    textregexeq	E2201B invalid regular expression: quantifier operand invalid	text=abc	text=a**
    texticregexne	E2201B invalid regular expression: quantifier operand invalid	text=abc	text=a**
    textregexsubstr	E2201B invalid regular expression: quantifier operand invalid	text=xabcabc abb 12	text=a**
    textregexeq	E2201B invalid regular expression: invalid repetition count(s)	text=abc	text=a{2,1}
    texticregexne	E2201B invalid regular expression: invalid repetition count(s)	text=abc	text=a{2,1}
    textregexsubstr	E2201B invalid regular expression: invalid repetition count(s)	text=xabcabc abb 12	text=a{2,1}
    textregexeq	E2201B invalid regular expression: invalid repetition count(s)	text=abc	text=a{300}
    texticregexne	E2201B invalid regular expression: invalid repetition count(s)	text=abc	text=a{300}
    textregexsubstr	E2201B invalid regular expression: invalid repetition count(s)	text=xabcabc abb 12	text=a{300}
    textregexeq	E2201B invalid regular expression: invalid escape \\ sequence	text=abc	text=\\
    texticregexne	E2201B invalid regular expression: invalid escape \\ sequence	text=abc	text=\\
    textregexsubstr	E2201B invalid regular expression: invalid escape \\ sequence	text=xabcabc abb 12	text=\\
    textregexeq	E2201B invalid regular expression: invalid character range	text=abc	text=[z-a]
    texticregexne	E2201B invalid regular expression: invalid character range	text=abc	text=[z-a]
    textregexsubstr	E2201B invalid regular expression: invalid character range	text=xabcabc abb 12	text=[z-a]
    textregexeq	E2201B invalid regular expression: invalid character class	text=abc	text=[[:foo:]]
    texticregexne	E2201B invalid regular expression: invalid character class	text=abc	text=[[:foo:]]
    textregexsubstr	E2201B invalid regular expression: invalid character class	text=xabcabc abb 12	text=[[:foo:]]
    textregexeq	St	text=abc	text=
    texticregexne	Sf	text=abc	text=
    textregexsubstr	S	text=xabcabc abb 12	text=
    textregexeq	St	text=abc	text=(?i)ABC
    texticregexne	Sf	text=abc	text=(?i)ABC
    textregexsubstr	Sabc	text=xabcabc abb 12	text=(?i)ABC
    textregexeq	St	text=abc	text=(?:ab)+
    texticregexne	Sf	text=abc	text=(?:ab)+
    textregexsubstr	Sab	text=xabcabc abb 12	text=(?:ab)+
    textregexeq	St	text=abc	text=^abc$
    texticregexne	Sf	text=abc	text=^abc$
    textregexsubstr	S	text=xabcabc abb 12	text=^abc$
    textregexeq	St	text=abc	text=\\mabc\\M
    texticregexne	Sf	text=abc	text=\\mabc\\M
    textregexsubstr	S	text=xabcabc abb 12	text=\\mabc\\M
    textregexeq	Sf	text=abc	text=\\yb
    texticregexne	St	text=abc	text=\\yb
    textregexsubstr	S	text=xabcabc abb 12	text=\\yb
    textregexeq	Sf	text=abc	text=ABC
    texticregexne	Sf	text=abc	text=ABC
    textregexsubstr	S	text=xabcabc abb 12	text=ABC
    textregexeq	E2201B invalid regular expression: quantifier operand invalid	text=abc	text=a++
    texticregexne	E2201B invalid regular expression: quantifier operand invalid	text=abc	text=a++
    textregexsubstr	E2201B invalid regular expression: quantifier operand invalid	text=xabcabc abb 12	text=a++
    textregexeq	St	text=abc	text=^
    texticregexne	Sf	text=abc	text=^
    textregexsubstr	S	text=xabcabc abb 12	text=^
    textregexeq	St	text=abc	text=[]a]
    texticregexne	Sf	text=abc	text=[]a]
    textregexsubstr	Sa	text=xabcabc abb 12	text=[]a]
    textregexeq	St	text=abc	text=[a-]
    texticregexne	Sf	text=abc	text=[a-]
    textregexsubstr	Sa	text=xabcabc abb 12	text=[a-]
    textregexeq	E2201B invalid regular expression: invalid escape \\ sequence	text=abc	text=\\q
    texticregexne	E2201B invalid regular expression: invalid escape \\ sequence	text=abc	text=\\q
    textregexsubstr	E2201B invalid regular expression: invalid escape \\ sequence	text=xabcabc abb 12	text=\\q
    textregexreplace_noopt	SfooXbaz	text=foobarbaz	text=b..	text=X
    textregexreplace_noopt	SfooXarYbaz	text=foobarbaz	text=b(..)	text=X\\1Y
    textregexreplace_noopt	Sabc	text=abc	text=x	text=y
    textregexreplace_noopt	S-abc	text=abc	text=	text=-
    textregexreplace_noopt	Sbaa	text=aaa	text=a+?	text=b
    textregexreplace_noopt	Sa[b]\\c	text=abc	text=(b)	text=[\\&]\\\\
    textregexreplace	SfooXX	text=foobarbaz	text=b..	text=X	text=g
    textregexreplace	SfooXarYXazY	text=foobarbaz	text=B(..)	text=X\\1Y	text=gi
    textregexreplace	S-a-b-c-	text=abc	text=x*	text=-	text=g
    textregexreplace	E22023 invalid regular expression option: "1"	text=abc	text=b	text=x	text=1
    textregexreplace	SheLLo	text=hello	text=l	text=L	text=g
    regexp_match_no_flags	S{barbeque}	text=foobarbequebaz	text=bar.*que
    regexp_match_no_flags	S{bar,beque}	text=foobarbequebaz	text=(bar)(beque)
    regexp_match_no_flags	S	text=abc	text=x
    regexp_match_no_flags	S{NULL}	text=abc	text=(x)?b
    regexp_split_to_array_no_flags	S{hello,world,foo}	text=hello world foo	text=\\s+
    regexp_split_to_array_no_flags	S{a,b,c}	text=abc	text=
    regexp_split_to_array_no_flags	S{a,b,"",c}	text=a,b,,c	text=,
    regexp_split_to_array_no_flags	S{"",a,""}	text=,a,	text=,
    regexp_like_no_flags	Sf	text=abc	text=B
    regexp_like_no_flags	St	text=abc	text=b
    regexp_count_no_start	S3	text=ababab	text=ab
    regexp_count_no_start	S4	text=aaa	text=
    textoverlay	SaXXef	text=abcdef	text=XX	int4=2	int4=3
    textoverlay	SaXXbcdef	text=abcdef	text=XX	int4=2	int4=0
    textoverlay	E22011 negative substring length not allowed	text=abcdef	text=XX	int4=0	int4=1
    textoverlay	SabcXX	text=abc	text=XX	int4=10	int4=1
    textoverlay_no_len	SaXXdef	text=abcdef	text=XX	int4=2
    """##
