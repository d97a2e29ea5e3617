-- The type interval: input styles, output styles, fields and precision, arithmetic, order.
set timezone = 'America/New_York';
-- Input.
select interval '1 day', interval '1 day 2 hours 3 minutes 4.5 seconds', interval '1-2', interval '3 4:05:06';
select interval '@ 1 minute', interval '1 year 2 mons 3 days ago', interval '-1 day +02:03', interval '1 day -2 hours';
select interval 'P1Y2M3DT4H5M6.7S', interval 'P0001-02-03T04:05:06', interval 'PT30M', interval 'P1W', interval 'P-1Y-2M', interval 'P20200102T030405';
select interval '1.5 months', interval '1.5 years', interval '1.5 weeks', interval '1.5 days', interval '0.1 hours', interval '1.25 minutes';
select interval '1 decade', interval '1 century', interval '1 millennium', interval '2 decades 3 centuries', interval '1000 usecs', interval '5 msec';
select interval '12:34', interval '12:34:56', interval '-12:34:56.789', interval '12:34.5', interval '1 12:34:56', interval '100:00:00';
select interval '1', interval '1.5', interval '-1', interval '.5', interval '+3 days', interval '- 3 days';
select interval '1y 2mon 3w 4d 5h 6m 7s', interval '1 yr 2 mons 3 hrs 4 mins 5 secs', interval '1d', interval '2 W';
select interval '', interval '1 day';
select interval ' ';
select interval 'one day';
select interval '1 fortnight';
select interval '1 day 1 day';
select interval '1 hour 02:03';
select interval '1 quarter';
select interval 'infinity';
select interval '1-13';
select interval '1:60';
select interval '1:2:61';
select interval '999999999999 years';
select interval '178956971 years';
select interval '178956970 years 7 months', interval '-178956970 years -8 months';
select interval '178956970 years 8 months';
select interval '2147483647 days', interval '-2147483648 days';
select interval '2147483648 days';
select interval '9223372036854775807 microseconds', interval '2562047788:00:54.775807';
select interval '2562047789 hours';
select interval '5 ago';
select interval 'ago 5 days';
select interval '1 day 2 hours ago 3';
select interval 'P1Y2M3';
select interval 'P';
select interval 'PT';
select interval 'P1S';
select interval 'PT1Y';
select interval 'x1 day';
select interval '1 2 3 days';
select interval '1 day,2 hours', interval '1 day; 2 hours';
select interval '1 microsecondsandmore', interval '1.0000005 seconds', interval '1.0000015 seconds', interval '0.0000004 s';
-- Fields and precision.
select interval '1' year, interval '1' month, interval '1' day, interval '1' hour, interval '1' minute, interval '1' second;
select interval '1-2' year to month, interval '1 2' day to hour, interval '1 2:03' day to minute, interval '1 2:03:04.567' day to second;
select interval '2:03' hour to minute, interval '2:03:04' hour to second, interval '2:03' minute to second, interval '2:03:04' minute to second;
select interval '1 year 2 months 3 days 4 hours' year, interval '1 year 2 months 3 days 4 hours' month, interval '1 year 2 months 3 days 4 hours' day;
select interval '1 2:03:04' hour, interval '1 2:03:04' minute, interval '1 2:03:04' hour to minute, interval '1 2:03:04.56789' second;
select interval(0) '1.5', interval(2) '1.239', interval(3) '-1.2345', interval '1 2:03:04.56789' day to second(3), interval '1.23456' second(2);
select '1.239'::interval(2), '3 days 4:05:06'::interval day, '1 day'::interval second(1), cast('1:02:03.456' as interval(1));
select interval '1 year 25 hours'::interval year to month, (interval '1 day 2:03:04.567')::interval day to minute, (interval '2.999')::interval(0);
select interval '1' day to year;
select interval(-1) '1';
select pg_typeof(interval '1 day'), format_type(1186, 470286339), format_type(1186, 327679), format_type(1186, 2147418114), format_type(1186, -1);
create table spans (a interval, b interval(2), c interval day to second(3), d interval year to month, e interval hour);
select attname, format_type(atttypid, atttypmod), atttypmod from pg_attribute where attrelid = 'spans'::regclass and attnum > 0 order by attnum;
insert into spans values ('1 year 2 days 3:04:05.6789', '1.23456', '1 2:03:04.56789', '14 months 5 days', '3:59:59') returning *;
insert into spans select interval '1.23456', interval '1.23456', interval '1.23456', interval '1000 days', interval '1.5 hours' returning *;
select column_name, data_type, datetime_precision from information_schema.columns where table_name = 'spans' order by ordinal_position;
drop table spans;
-- Output styles.
set intervalstyle = postgres;
select interval '1 year 2 mons', interval '-1 year 2 days -3:04:05', interval '0', interval '1 day -1 sec', interval '-1 mon +1 day -1 hour', interval '-0.000001 s';
set intervalstyle = postgres_verbose;
select interval '1 year 2 mons', interval '-1 year 2 days -3:04:05', interval '0', interval '1 day -1 sec', interval '-1 mon +1 day -1 hour', interval '-0.000001 s';
select interval '1 min 1 sec', interval '-1 sec', interval '1.5 sec', interval '-2 hours -1.5 sec', interval '1 hour -1 sec';
set intervalstyle = sql_standard;
select interval '1 year 2 mons', interval '-1 year 2 days -3:04:05', interval '0', interval '1 day -1 sec', interval '-1 mon +1 day -1 hour', interval '-0.000001 s';
select interval '-1 2:03:04', interval '-1 +2:03:04', interval '-1 day 2 hours', interval '1 day 2 hours', interval '-3:04', interval '-1-2', interval '5 days', interval '1 year 1 day';
set intervalstyle = iso_8601;
select interval '1 year 2 mons', interval '-1 year 2 days -3:04:05', interval '0', interval '1 day -1 sec', interval '-1 mon +1 day -1 hour', interval '-0.000001 s';
show intervalstyle;
set intervalstyle = nonsense;
reset intervalstyle;
-- Arithmetic of intervals.
select interval '1 day' + interval '2 hours', interval '1 mon' - interval '1 day', - interval '1 day 2 hours', + interval '1 day';
select interval '1 mon' * 1.5, 2 * interval '1 day 1 hour', interval '1 year' / 7, interval '1 day' / 3, interval '10 days' * 0.1, interval '1 mon 1 day' * -0.5;
select interval '1 day' / 0;
select interval '1 day' * 'NaN'::float8;
select interval '178000000 years' * 2;
select interval '178000000 years' + interval '178000000 years';
select - interval '-178956970 years -8 months';
select interval '1 day' + 1;
select interval '1 day' * interval '2 days';
select justify_hours(interval '27 hours'), justify_hours(interval '1 day -1 hour'), justify_hours(interval '-50 hours'), justify_days(interval '35 days'), justify_days(interval '1 mon -1 day'), justify_days(interval '-65 days');
select justify_interval(interval '1 mon -1 hour'), justify_interval(interval '33 days 27 hours'), justify_interval(interval '-1 mon 1 day'), justify_interval(interval '2147483647 days 86400000 seconds');
select justify_hours(interval '2147483647 days 24 hours');
-- Order and equality.
select interval '1 mon' = interval '30 days', interval '24 hours' = interval '1 day', interval '1 mon' < interval '31 days', interval '1 year' > interval '360 days', interval '-1 day' < interval '0';
select interval '1 day' <> interval '24 hours', interval '1 day' >= interval '25 hours', interval '1 day' <= interval '25 hours';
create table lengths (id int, v interval);
insert into lengths values (1, '1 day'), (2, '23 hours'), (3, '1 mon'), (4, null), (5, '-1 day'), (6, '24 hours'), (7, '30 days'), (8, '0');
select id, v from lengths order by v, id;
select id, v from lengths order by v desc nulls last, id;
select count(distinct v), min(v), max(v), sum(v), avg(v) from lengths;
select v, count(*) from lengths where v is not null group by v having count(*) > 1 order by v;
select sum(v), avg(v) from lengths where id > 100;
create index on lengths (v);
select id from lengths where v > interval '12 hours' order by v, id;
select id from lengths where v = interval '1 day' order by id;
select id from lengths where v between interval '-2 days' and interval '1 day' order by id;
create table keyed (k interval primary key);
insert into keyed values ('1 day'), ('2 days');
insert into keyed values ('24 hours');
insert into keyed values ('-1 day'), ('-25 hours'), ('1 mon'), ('29 days 23 hours');
select * from keyed order by k;
delete from keyed where k = '720 hours' returning k;
select a.id, b.id from lengths a join lengths b on a.v = b.v and a.id < b.id order by 1, 2;
select interval_cmp('1 day', '24 hours'), interval_larger('1 day', '25 hours'), interval_smaller('1 day', '25 hours');
-- With dates and times.
select timestamp '2024-01-31' + interval '1 month', timestamp '2024-02-29' + interval '1 year', timestamp '2024-03-31 12:00' - interval '1 month', date '2024-01-31' + interval '1 month', date '2024-01-01' - interval '1 hour';
select interval '1 day' + timestamp '2024-01-01', interval '1 day' + date '2024-01-01', interval '1 day' + timestamptz '2024-01-01', interval '90 minutes' + time '23:00';
select timestamptz '2024-03-09 12:00' + interval '1 day', timestamptz '2024-03-09 12:00' + interval '24 hours', timestamptz '2024-11-02 12:00' + interval '1 day', timestamptz '2024-11-02 12:00' + interval '24 hours';
select timestamptz '2024-03-10 12:00' - interval '1 month', timestamptz '2024-03-31 02:30' - interval '21 days';
select timestamp '2024-03-10' - timestamp '2024-01-01 12:30', timestamp '2024-01-01' - timestamp '2024-03-10 06:00', timestamptz '2024-03-11' - timestamptz '2024-03-10';
select timestamp 'infinity' - timestamp '2024-01-01';
select timestamp 'infinity' + interval '1 day', timestamp '-infinity' - interval '1 month';
select timestamp '294276-12-31' + interval '1 day';
select timestamp '2000-01-01' + interval '178956970 years';
select date '5874897-12-31' + interval '1 day';
select time '10:00' + interval '15 hours', time '10:00' - interval '11 hours', time '10:00' - time '11:30', time '10:00' + interval '1 day 2 hours';
select time '10:30'::interval, interval '1 day 26:30:15'::time, interval '-1 hour'::time;
select age(timestamp '2024-03-10', timestamp '2023-01-31'), age(timestamp '2023-01-31', timestamp '2024-03-10'), age(timestamp '2024-03-01 01:00', timestamp '2024-02-29 23:00'), age(timestamptz '2024-06-01', timestamptz '2020-02-29');
select age(timestamp '2001-04-10', timestamp '1957-06-13'), age(timestamp '2024-01-01', timestamp '2024-01-01'), age(timestamp '2024-05-31', timestamp '2024-02-29');
select age(current_date), age(current_date::timestamp - interval '1 mon 2 days') > interval '1 mon';
-- Parts.
select extract(year from v), extract(month from v), extract(day from v), extract(hour from v), extract(minute from v), extract(second from v), extract(epoch from v) from (values (interval '5 years 4 mons 3 days 2:01:00.5'), (interval '-5 years -4 mons -3 days -2:01:00.5')) t(v);
select extract(decade from v), extract(century from v), extract(millennium from v), extract(quarter from v), extract(microseconds from v), extract(milliseconds from v) from (values (interval '2345 years 8 mons 1.234567 s'), (interval '-1 year 1 sec')) t(v);
select date_part('epoch', interval '1 day 1.5 s'), date_part('second', interval '1.25 s'), date_part('milliseconds', interval '1.25 s'), date_part('year', interval '30 months');
select extract(dow from interval '1 day');
select extract(week from interval '1 day');
select extract(nonsense from interval '1 day');
select extract(timezone from interval '1 day');
select date_trunc('hour', v), date_trunc('day', v), date_trunc('month', v), date_trunc('quarter', v), date_trunc('year', v), date_trunc('decade', v) from (values (interval '25 years 8 mons 3 days 2:01:00.5')) t(v);
select date_trunc('minute', v), date_trunc('milliseconds', v), date_trunc('century', v), date_trunc('millennium', v) from (values (interval '2525 years 8 mons 3 days 2:01:00.5678')) t(v);
select date_trunc('week', interval '1 day');
select date_trunc('nonsense', interval '1 day');
-- Making.
select make_interval(), make_interval(1), make_interval(1, 2, 3, 4, 5, 6, 7.5), make_interval(days => 10), make_interval(hours => 5, mins => -30), make_interval(1, secs => 1.5), make_interval(weeks => 2);
select make_interval(day => 1);
select make_interval(days => 1, days => 2);
select make_interval(days => 1, 2);
select make_interval(secs => 'infinity');
select make_interval(1, years => 2);
select isfinite(interval '1 day');
-- AT TIME ZONE and SET TIME ZONE.
select timestamptz '2024-01-01 12:00' at time zone interval '2 hours', timestamp '2024-01-01 12:00' at time zone interval '-05:30', timezone(interval '1 hour', timestamptz '2024-01-01 12:00+00');
select timestamp '2024-01-01' at time zone interval '1 day';
set time zone interval '-08:00' hour to minute;
select timestamptz '2024-01-01 00:00+00';
set time zone 'UTC';
-- Overlaps.
select (date '2024-01-01', interval '10 days') overlaps (date '2024-01-05', date '2024-01-06'), (timestamp '2024-01-01', timestamp '2024-01-02') overlaps (timestamp '2024-01-02', timestamp '2024-01-03');
select (time '10:00', time '11:00') overlaps (time '10:30', interval '1 hour'), (time '10:00', interval '1 hour') overlaps (time '11:00', interval '1 hour'), (time '11:00', time '10:00') overlaps (time '10:15', time '10:20');
select (timestamptz '2024-01-01', null) overlaps (timestamptz '2023-12-01', timestamptz '2024-02-01'), (null::timestamp, timestamp '2024-01-02') overlaps (timestamp '2024-01-03', timestamp '2024-01-04');
select (timestamp '2024-01-01', null::timestamp) overlaps (timestamp '2024-01-01', null), (timestamp '2024-01-01', timestamp '2024-01-01') overlaps (timestamp '2024-01-01', timestamp '2024-01-02');
-- Series.
select * from generate_series(timestamp '2024-01-30', timestamp '2024-04-30', interval '1 month');
select * from generate_series(timestamp '2024-01-03', timestamp '2024-01-01', interval '-1 day');
select * from generate_series(timestamp '2024-01-03', timestamp '2024-01-01', interval '1 day');
select * from generate_series(timestamp '2024-01-03', timestamp '2024-01-04', interval '0');
set timezone = 'America/New_York';
select * from generate_series(timestamptz '2024-03-09', timestamptz '2024-03-11', interval '1 day');
select * from generate_series(timestamptz '2024-03-09 12:00', timestamptz '2024-03-10 18:00', interval '12 hours');
select d::date from generate_series(date '2024-02-27', date '2024-03-01', interval '1 day') d;
select count(*) from generate_series(timestamp '2000-01-01', timestamp '2003-01-01', interval '1 hour');
-- Bins.
select date_bin('15 minutes', timestamp '2024-01-01 12:34:56', timestamp '2024-01-01'), date_bin('15 minutes', timestamp '2024-01-01 12:34:56', timestamp '2024-01-01 12:40'), date_bin('1 day', timestamptz '2024-03-10 12:00', timestamptz '2024-03-01');
select date_bin('1 month', timestamp '2024-01-01', timestamp '2024-01-01');
select date_bin('0', timestamp '2024-01-01', timestamp '2024-01-01');
select date_bin('-1 day', timestamp '2024-01-01', timestamp '2024-01-01');
select date_bin('1 day', timestamp 'infinity', timestamp '2024-01-01'), date_bin('1 week', timestamp '1999-12-30', timestamp '2000-01-03');
-- Literals in expressions, casts and text.
select now() - interval '1 day' < now(), now() + '1 hour' > now(), now() - '1 day'::interval = now() - interval '24 hours' or true;
select '1 day'::text::interval, (interval '1 day')::text || '!', interval '1 day'::varchar(3), 'x' || interval '2 hours';
select '1 day'::interval = '24:00'::text::interval, coalesce(null, interval '1 day'), greatest(interval '1 day', '25 hours'), case when true then interval '1 hour' end;
select array_agg(v order by v) from lengths where id not in (6, 7);
select '{1 day,"2 hours 3 minutes"}'::interval[];
select interval '1 day' + null, null::interval, interval '1 day' is null;
select statement_timestamp() >= now(), clock_timestamp() - statement_timestamp() < interval '1 hour', localtimestamp(0) - localtimestamp <= interval '1 second', age(now()) < interval '1 day';
select pg_sleep_for('1 millisecond'), pg_sleep_until(now() - interval '1 hour');
prepare later(interval) as select timestamp '2024-01-01' + $1;
execute later('1 month');
execute later(interval '2 days');
create table jobs (id int primary key, made timestamptz default '2024-01-01', ttl interval not null default '1 hour', check (ttl > interval '0'));
insert into jobs (id) values (1) returning ttl;
insert into jobs (id, ttl) values (2, '-1 hour');
insert into jobs (id, ttl) values (3, 'abc');
update jobs set ttl = ttl * 2 + '5 min' where id = 1 returning ttl;
select count(*) from jobs where made + ttl < now();
copy jobs (id, ttl) from stdin;
10	3 days
11	\N
\.
copy jobs (id, ttl) from stdin;
10	3 days
\.
copy (select ttl from jobs order by id) to stdout;
copy jobs (id, ttl) from stdin;
12	3 daze
\.
drop table jobs, lengths, keyed;
