import { startEmbedded } from '../../src/server/database/embedded.ts';
import { openPool } from '../../src/server/database/pool.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';

// A process that owns the database of the folder given, and writes rows until it is killed. Tells each row that the
// database has acknowledged.
const embedded = await startEmbedded({ dataFolder: process.argv[2] ?? '', log: silentLog, world: serverWorld });
const db = openPool({ ...embedded.connection, max: 1 });
await db.query('create table if not exists line (n int primary key)');
const [last] = await db.query<{ n: number }>('select coalesce(max(n), 0) as n from line');
for (let n = (last?.n ?? 0) + 1; ; n++) {
  await db.query('insert into line values ($1)', [n]);
  process.stdout.write(`${n}\n`);
}
