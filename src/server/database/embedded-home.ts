import { chmod, chown, lstat, mkdir, mkdtemp, readFile, realpath, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Log } from '../log.ts';
import type { Account } from './embedded-process.ts';
import { run } from './embedded-process.ts';

/** Where an embedded database lives and who runs it. */
export interface Home {
  /** Private folder of the server's user: cluster, its log, the owner's lock. */
  readonly folder: string;
  readonly cluster: string;
  /** Set where we are root: PostgreSQL refuses to run as root. */
  readonly account: Account | undefined;
  /** Where a copy of the programs may be put. */
  readonly copyFolder: string;
}

/** Where root keeps what cannot lie in a folder that is closed to the server's user. */
const sharedFolder = '/var/lib/shouwang';

/** Names the folder under /var/lib/shouwang that belongs to this data folder: moved together, found together. */
const pointerName = 'postgres-folder';

/**
 * Finds or makes the database's home below the data folder. As root it belongs to `nobody`; where that user cannot reach
 * the data folder, it says so and uses a folder of its own below /var/lib/shouwang.
 * @throws an Error that says what to do, when the folder belongs to someone else
 */
export async function openHome(dataFolder: string, log: Log, newId: () => string): Promise<Home> {
  const data = resolve(dataFolder);
  await mkdir(data, { recursive: true });
  const root = process.getuid?.() === 0;
  const pointer = join(data, pointerName);
  const elsewhere = root ? await readFile(pointer, 'utf8').catch(() => undefined) : undefined;
  const folder = elsewhere?.trim() ?? join(data, 'postgres');
  const account = root ? await accountFor(join(folder, 'cluster')) : undefined;
  if (!root) await refuseForeign(join(folder, 'cluster'));
  await privateFolder(folder, account);
  if (!account || (await canWrite(folder, account))) return homeIn(await realpath(folder), account, data);

  if (await stat(join(folder, 'cluster')).catch(() => undefined)) {
    throw new Error(`数据库 ${folder} 的用户（${account.uid}）进不去它的文件夹了。请放开上层文件夹（chmod o+x）。`);
  }
  const instead = join(sharedFolder, newId());
  log.info(`数据库服务以 nobody 的身份运行，进不去 ${data}，所以数据库放在 ${instead}。`);
  await rmdir(folder);
  await mkdir(sharedFolder, { recursive: true });
  await chmod(sharedFolder, 0o711);
  await privateFolder(instead, account);
  if (!(await canWrite(instead, account))) throw new Error(`nobody 用户既不能写 ${data}，也不能写 ${instead}。`);
  await writeFile(pointer, `${instead}\n`);
  return homeIn(instead, account, data);
}

/**
 * A private folder for the socket. Short, because the system cuts a socket's path off at 103 (macOS) or 107 bytes.
 */
export async function makeSocketFolder(account: Account | undefined): Promise<string> {
  for (const base of new Set([tmpdir(), '/tmp'])) {
    if (Buffer.byteLength(base) > 70) continue;
    const folder = await mkdtemp(join(base, 'shouwang-'));
    if (account) await chown(folder, account.uid, account.gid);
    if (!account || (await canWrite(folder, account))) return folder;
    await rmdir(folder);
  }
  throw new Error(`没有地方放数据库的套接字：${tmpdir()} 路径太长，或数据库服务进不去。`);
}

/** Makes a socket's folder again where it is gone: with its dead server, or swept away with the system's temporary files. */
export async function keepSocketFolder(folder: string, account: Account | undefined): Promise<void> {
  const made = await mkdir(folder, { mode: 0o700 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      return false;
    },
  );
  if (made && account) await chown(folder, account.uid, account.gid);
  // In a folder for all, anybody may have taken the name meanwhile.
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== (account?.uid ?? process.getuid?.())) {
    throw new Error(`${folder} 不是数据库服务自己的文件夹，请移走它。`);
  }
}

function homeIn(folder: string, account: Account | undefined, data: string): Home {
  return { folder, cluster: join(folder, 'cluster'), account, copyFolder: account ? sharedFolder : data };
}

/** The owner of an existing cluster, else `nobody`: a user without an entry in the system's list cannot run initdb. */
async function accountFor(cluster: string): Promise<Account> {
  const existing = await stat(cluster).catch(() => undefined);
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const [uid, gid] = await Promise.all([run('id', ['-u', 'nobody']), run('id', ['-g', 'nobody'])]);
  return { uid: Number(uid), gid: Number(gid) };
}

async function refuseForeign(cluster: string): Promise<void> {
  const owner = await stat(cluster).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES') return undefined;
    throw new Error(`${dirname(cluster)} 属于另一个用户。请用那个用户或 root 启动，或另设 SHOUWANG_DATA。`);
  });
  if (owner && process.getuid && owner.uid !== process.getuid()) {
    throw new Error(`${cluster} 属于用户 ${owner.uid}。请用那个用户或 root 启动，或另设 SHOUWANG_DATA。`);
  }
}

async function privateFolder(folder: string, account: Account | undefined): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (account) await chown(folder, account.uid, account.gid);
  await chmod(folder, 0o700);
}

/** Asks the system as the account itself: modes alone do not tell of every rule. */
async function canWrite(folder: string, account: Account): Promise<boolean> {
  return run('/bin/sh', ['-c', 'test -w "$0" && test -x "$0"', folder], account).then(
    () => true,
    () => false,
  );
}
