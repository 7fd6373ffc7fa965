import { execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** The operating system's user that the database server runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Runs a program to its end.
 * @param account whose rights it has; the caller's own where absent
 * @param quiet gives the program no pipe to us. For programs that leave a child behind, which would keep the pipe open.
 * @returns what it wrote to its output
 * @throws an Error with what it wrote, when it cannot be run or does not end with 0
 */
export function run(file: string, args: readonly string[], account?: Account, quiet = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...account,
      // The caller's folder may be closed to the account, and its settings for clients (PGDATA, PGPORT…) mean another server.
      cwd: process.platform === 'win32' ? undefined : '/',
      env: process.platform === 'win32' ? process.env : { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      // Its own group: Ctrl-C in the terminal reaches us alone, and we end the server in good order.
      detached: process.platform !== 'win32',
      stdio: quiet ? 'ignore' : ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${file} ended with ${code}${said === '' ? '' : `: ${said.trim()}`}`));
    });
  });
}

/**
 * A text that names one run of a process: the number alone is given to another process sooner or later.
 * @returns undefined where there is no such process, or only a dead one that nobody has collected
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    // The name in parentheses may hold anything; what follows is state, parent, …, and start time in the 20th place.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (!fields || fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    return `${boot.trim()}/${fields[19]}`;
  }
  if (!isTaken(pid)) return undefined;
  if (process.platform === 'win32') return 'running';
  const line = await outputOf('ps', ['-o', 'state=,lstart=', '-p', String(pid)]);
  return line === undefined || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '').trim();
}

/** The command line of a process, or undefined where the system does not tell. */
export async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  if (process.platform !== 'linux') return outputOf('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return line?.replaceAll('\0', ' ');
}

/** Whether the number is taken, be it by a dead process that nobody has collected. */
export function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function outputOf(file: string, args: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(file, args, { env: { PATH: process.env['PATH'], LC_ALL: 'C' } }, (error, stdout) => {
      resolve(error ? undefined : stdout.trim());
    });
  });
}
