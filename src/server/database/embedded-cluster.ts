import { appendFile, chown, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Binaries } from './embedded-binaries.ts';
import type { Home } from './embedded-home.ts';
import { keepSocketFolder, makeSocketFolder } from './embedded-home.ts';
import { commandOf, isTaken, processIdentity, run } from './embedded-process.ts';

/** How to reach the embedded server: a private socket, or on Windows loopback with a password. Fits `pg`. */
export interface EmbeddedConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

/** A server that runs on the cluster, as its postmaster.pid tells. */
export interface Postmaster {
  readonly pid: number;
  readonly run: string;
  readonly port: number;
  readonly socketFolder: string;
  readonly ready: boolean;
}

const user = 'shouwang';
const settingsName = 'shouwang.conf';
const windows = process.platform === 'win32';

/** The major version that wrote the cluster; undefined where there is none yet. */
export async function clusterMajor(home: Home): Promise<number | undefined> {
  const text = await readFile(join(home.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number.parseInt(text, 10);
}

/**
 * Makes an empty cluster: UTF-8, ordered by bytes, so that a new ICU or C library never changes the order of an index.
 * It gets its name when complete: one that was cut off is made anew.
 */
export async function createCluster(home: Home, binaries: Binaries, newId: () => string): Promise<void> {
  const draft = `${home.cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  const args = ['-D', draft, '-U', user, '--encoding=UTF8', '--locale=C'];
  if (windows) {
    await writeFile(passwordFile(home), `${newId()}${newId()}\n`, { mode: 0o600 });
    args.push('--auth=scram-sha-256', `--pwfile=${passwordFile(home)}`);
  } else {
    args.push('--auth=trust');
  }
  await run(join(binaries.bin, 'initdb'), args, home.account);
  await appendFile(join(draft, 'postgresql.conf'), `\ninclude_if_exists '${settingsName}'\n`);
  await rename(draft, home.cluster);
}

/**
 * Starts a server on the cluster and waits until it answers, recovery included.
 * @param former the server whose address it takes over, so that whoever knows that one finds this one
 * @throws an Error with the end of the server's log
 */
export async function startServer(home: Home, binaries: Binaries, fsync: boolean, former?: Postmaster): Promise<void> {
  if (!former) await forgetStaleSocket(home);
  const socketFolder = former?.socketFolder ?? (windows ? '' : await makeSocketFolder(home.account));
  if (former && !windows) await keepSocketFolder(former.socketFolder, home.account);
  const port = former?.port ?? (windows ? await freePort() : 5432);
  const conf = join(home.cluster, settingsName);
  const lines = settings(socketFolder, port, fsync);
  // Where nothing changes nothing is written: on a full disk it would be emptied.
  if ((await readFile(conf, 'utf8').catch(() => '')) !== lines) await writeFile(conf, lines);
  if (home.account) await chown(conf, home.account.uid, home.account.gid);
  const log = logFile(home);
  if (((await stat(log).catch(() => undefined))?.size ?? 0) > 4 << 20) await truncate(log);
  const args = ['start', '-D', home.cluster, '-l', log, '-s', '-w', '-t', '600'];
  await run(join(binaries.bin, 'pg_ctl'), args, home.account, true).catch(async () => {
    const lines = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n');
    throw new Error(`数据库服务没能启动。${log} 的末尾：\n${lines.slice(-8).join('\n')}`);
  });
}

/** Ends the server: sessions are cut off, transactions rolled back, everything is written out. Waits for it. */
export async function stopServer(home: Home, binaries: Binaries): Promise<void> {
  const running = await postmasterOf(home);
  if (!running) return;
  await run(
    join(binaries.bin, 'pg_ctl'),
    ['stop', '-D', home.cluster, '-m', 'fast', '-s', '-w', '-t', '120'],
    home.account,
  );
  await removeSocketFolder(running.socketFolder);
}

/** The server that runs on this cluster now, if any. */
export async function postmasterOf(home: Home): Promise<Postmaster | undefined> {
  const file = join(home.cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!(pid > 0)) return undefined;
  const running = await processIdentity(pid);
  const command = await commandOf(pid);
  if (running === undefined || (command !== undefined && !command.includes(home.cluster))) {
    // The server is dead, but its number is taken: by a stranger (numbers are small in a container), or by its own
    // remains. PostgreSQL would take that for a living server and refuse to start.
    if (isTaken(pid)) {
      await removeSocketFolder(lines[4] ?? '');
      await rm(file, { force: true });
    }
    return undefined;
  }
  return {
    pid,
    run: running,
    port: Number(lines[3]),
    socketFolder: lines[4] ?? '',
    ready: (lines[7] ?? '').trim() === 'ready',
  };
}

export async function connectionTo(home: Home, postmaster: Postmaster): Promise<EmbeddedConnection> {
  const { port, socketFolder } = postmaster;
  if (!windows) return { host: socketFolder, port, user, database: 'postgres' };
  const password = (await readFile(passwordFile(home), 'utf8')).trim();
  return { host: '127.0.0.1', port, user, password, database: 'postgres' };
}

/** For a small machine that does other things too. Everything else is PostgreSQL's own choice. */
function settings(socketFolder: string, port: number, fsync: boolean): string {
  const lines = [
    '# Written at every start. Own settings belong into postgresql.auto.conf (ALTER SYSTEM), which comes later.',
    `listen_addresses = '${windows ? '127.0.0.1' : ''}'`,
    `port = ${port}`,
    ...(windows
      ? []
      : [`unix_socket_directories = '${socketFolder.replaceAll("'", "''")}'`, 'unix_socket_permissions = 0700']),
    'max_connections = 60',
    'shared_buffers = 96MB',
    'max_wal_size = 512MB',
    // Statements are small and many: neither compiling nor spreading one over processes pays.
    'jit = off',
    'max_parallel_workers_per_gather = 0',
    // Without statistics the planner takes community_id, the same in every row of a small installation, for selective,
    // and reads whole tables by it: a new community must not wait a minute for them.
    "autovacuum_naptime = '5s'",
    'random_page_cost = 1.1',
    // Anyone who speaks to the server sets these too (openPool); here they hold for a person at a prompt.
    "lock_timeout = '10s'",
    "idle_in_transaction_session_timeout = '60s'",
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    // The server's own life, but no statement and no value: they are people's data.
    'log_min_messages = log',
    'log_min_error_statement = panic',
    // The tests' cluster alone lives without: it is thrown away.
    ...(fsync
      ? ['fsync = on', 'synchronous_commit = on']
      : ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off']),
  ];
  return `${lines.join('\n')}\n`;
}

async function forgetStaleSocket(home: Home): Promise<void> {
  const text = await readFile(join(home.cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  await removeSocketFolder(text.split('\n')[4] ?? '');
}

async function removeSocketFolder(folder: string): Promise<void> {
  if (/[\\/]shouwang-[^\\/]+$/.test(folder)) await rm(folder, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function logFile(home: Home): string {
  return join(home.folder, 'server.log');
}

function passwordFile(home: Home): string {
  return join(home.folder, 'password');
}
