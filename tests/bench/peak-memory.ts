import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** @returns the id of the server that this process started; undefined where there is no /proc to look in */
export function serverProcess(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => field(pid, 'PPid') === process.pid && read(`/proc/${pid}/cmdline`).includes('main.server'));
}

/**
 * Begins to watch how much memory a process holds (resident, as the kernel counts it: no moment is missed).
 * @returns a function that gives MB at the beginning and at most since
 */
export function greatestSince(pid: number): () => { readonly before: number; readonly most: number } {
  // 5: forgets the greatest so far (proc_pid_clear_refs(5)).
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = field(pid, 'VmRSS');
  return () => ({ before: inMegabytes(before), most: inMegabytes(field(pid, 'VmHWM')) });
}

const inMegabytes = (kilobytes: number): number => Math.round(kilobytes / 1024);

function field(pid: number, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
