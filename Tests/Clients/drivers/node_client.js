// node-postgres: types, prepared statements, pools, errors, notifications.
const { Client, Pool } = require('pg');

const where = { host: process.argv[2], port: +process.argv[3], user: 'postgres', database: 'postgres' };
const show = (...values) => console.log(values.map((v) => JSON.stringify(v)).join(' '));

async function run(client, text, values, name) {
  try {
    const result = await client.query({ text, values, name });
    const lists = Array.isArray(result) ? result : [result];
    for (const one of lists) show(text, one.command, one.rowCount, one.fields.map((f) => [f.name, f.dataTypeID, f.dataTypeSize, f.dataTypeModifier, f.format]), one.rows);
  } catch (error) {
    show(text, error.code, error.message, error.detail, error.hint, error.position, error.schema, error.table, error.column, error.constraint);
  }
}

async function main() {
  const client = new Client(where);
  client.on('notice', (notice) => show('notice', notice.message));
  client.on('notification', (note) => show('notification', note.channel, note.payload));
  await client.connect();
  await run(client, 'SELECT $1::int + 1 AS a, $2::text AS b, now() > $3 AS c, $4::jsonb AS d, ARRAY[1, 2] AS e, 1.5::numeric AS f, 9007199254740993::bigint AS g, $5::bytea AS h',
    [4, 'x', new Date(0), { a: [1] }, Buffer.from([1, 255])]);
  await run(client, "SELECT '2024-01-01'::date::text, '2024-01-01 10:00+00'::timestamptz, interval '1 day 02:03', '{a,\"b c\",NULL}'::text[], '{\"x\": 1}'::json, true, NULL, 1.5::float4, 'c'::char(3)");
  await run(client, 'DROP TABLE IF EXISTS nodes');
  await run(client, 'CREATE TABLE nodes (id serial PRIMARY KEY, name text NOT NULL UNIQUE, tags text[], doc jsonb, n numeric(8,2) CHECK (n > 0))');
  for (let number = 0; number < 4; number += 1) {
    await run(client, 'INSERT INTO nodes (name, tags, doc, n) VALUES ($1, $2, $3, $4) RETURNING id, n', [`n${number}`, ['a', `t${number}`], { number }, number + 0.5], 'insert-node');
  }
  await run(client, 'INSERT INTO nodes (name) VALUES ($1)', ['n1']);
  await run(client, 'INSERT INTO nodes (name) VALUES (NULL)');
  await run(client, 'INSERT INTO nodes (name, n) VALUES ($1, $2)', ['x', -1]);
  await run(client, 'SELECT * FROM nodes WHERE id = ANY($1) ORDER BY id', [[1, 3]]);
  await run(client, "SELECT doc ->> 'number' AS number FROM nodes WHERE tags @> $1 ORDER BY id", [['t2']]);
  await run(client, 'SELECT nosuch FROM nodes');
  await run(client, 'SELECT $1', [1]);
  await run(client, 'SELECT 1 AS a; SELECT 2 AS b, 3 AS c; UPDATE nodes SET n = n + 1 WHERE id < 3');
  await run(client, 'BEGIN');
  await run(client, 'SELECT 1/0');
  await run(client, 'SELECT 1');
  await run(client, 'ROLLBACK');
  await run(client, 'LISTEN news');
  await run(client, "SELECT pg_notify('news', $1)", ['hello']);
  await run(client, 'SELECT 1');
  const array = await client.query({ text: 'SELECT id, name FROM nodes ORDER BY id', rowMode: 'array' });
  show(array.rows);
  const pool = new Pool({ ...where, max: 3 });
  const answers = await Promise.all([...Array(8).keys()].map((n) => pool.query('SELECT $1::int AS n', [n])));
  show(answers.map((answer) => answer.rows[0].n));
  await pool.end();
  await run(client, 'DROP TABLE nodes');
  await client.end();
}

main().catch((error) => { show('failed', error.message); process.exit(1); });
