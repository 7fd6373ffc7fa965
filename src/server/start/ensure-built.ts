import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// Run by `npm start` before the server: builds the app when it is missing or its sources have changed. Imports nothing
// but Node, so that a start with nothing to do costs no more than reading the sources.

const root = findRoot(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', 'sources.sha256');
const products = ['dist/client/index.html', 'dist/server'].map((path) => join(root, path));

/** What the app is built from. Tests are not. */
const sources = ['src', 'public', 'vite.config.ts', 'package.json', 'package-lock.json'].map((path) =>
  join(root, path),
);

/** The client and the server, each from the same vite.config.ts. */
const builds = [['build'], ['build', '--mode', 'server']];

const now = fingerprint();
const isBuilt = (): boolean => now === readStamp() && products.every((path) => existsSync(path));
if (!isBuilt()) await oneAtATime(async () => (isBuilt() ? undefined : build()));

/** Two that build into one folder spoil each other's work: whoever comes second waits, and finds it done. */
async function oneAtATime(work: () => Promise<void>): Promise<void> {
  const lock = join(root, 'dist', 'building.pid');
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isOwned(lock)) await sleep(200);
      else rmSync(lock, { force: true });
    }
  }
  process.once('exit', () => rmSync(lock, { force: true }));
  await work();
}

/** Whether whoever wrote the lock still runs: a killed build leaves its lock behind. */
function isOwned(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // Not written yet, a moment after it was made.
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function build(): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(vite)) {
    say('需要构建，但构建工具没有装。请运行 npm ci（不要加 --omit=dev），再启动。');
    process.exit(1);
  }
  say('正在构建（第一次启动，或源码改过之后），最多一分钟…');
  rmSync(stamp, { force: true });
  const codes = await Promise.all(builds.map((args) => runToEnd(vite, [...args, '--logLevel', 'warn'])));
  if (codes.some((code) => code !== 0)) {
    say('构建没有成功，原因见上。');
    process.exit(1);
  }
  writeFileSync(stamp, now);
}

function runToEnd(script: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** By content, not by time: a checkout or a copied folder changes times. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const path of sources.flatMap(filesBelow)) {
    const bytes = readFileSync(path);
    hash.update(`${relative(root, path)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path];
  }
  const names = entries.filter((entry) => !entry.name.endsWith('.test.ts')).map((entry) => entry.name);
  return names.sort().flatMap((name) => filesBelow(join(path, name)));
}

function readStamp(): string | undefined {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
}

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
