import { readdirSync, readFileSync } from 'node:fs';

/** What the server and its database take, in MB: the greatest that was seen. */
export interface Memory {
  readonly node: number;
  readonly postgres: number;
}

/**
 * Watches the processes of a server that this process started, twice a second. Shared pages of PostgreSQL's processes are
 * counted once (Pss). Only where there is a /proc to read.
 * @returns a function that stops it and gives what was seen; undefined elsewhere
 */
export function watchMemory(dataFolder: string): (() => Memory) | undefined {
  if (process.platform !== 'linux') return undefined;
  let seen: Memory = { node: 0, postgres: 0 };
  const look = (): void => {
    const all = processes();
    const node = all.filter((one) => one.parent === process.pid && one.command.includes('main.server'));
    const roots = all.filter((one) => one.command.includes(dataFolder) && one.command.includes('postgres'));
    const ids = new Set(roots.map((one) => one.pid));
    const postgres = all.filter((one) => ids.has(one.pid) || ids.has(one.parent));
    seen = {
      node: Math.max(seen.node, sum(node.map(({ pid }) => kilobytes(pid, 'status', 'VmRSS')))),
      postgres: Math.max(seen.postgres, sum(postgres.map(({ pid }) => kilobytes(pid, 'smaps_rollup', 'Pss')))),
    };
  };
  const timer = setInterval(look, 500);
  return () => {
    clearInterval(timer);
    look();
    return seen;
  };
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = /\nPPid:\s+(\d+)/.exec(read(`/proc/${name}/status`))?.[1];
      const command = read(`/proc/${name}/cmdline`).replaceAll('\0', ' ');
      return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent), command }];
    });
}

function kilobytes(pid: number, file: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/${file}`))?.[1] ?? 0);
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function sum(values: readonly number[]): number {
  return Math.round(values.reduce((total, value) => total + value, 0) / 1024);
}
