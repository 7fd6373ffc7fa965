import { v7 } from 'uuid';
import { chanceOf, type Chance } from '../../src/rehearsal/chance.ts';
import type { Database } from '../../src/server/database/database.ts';
import { openDatabase } from '../../src/server/database/open-database.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';
import { RealServer } from '../support/real-server.ts';
import { WireClients } from '../support/wire-client.ts';
import { Gate } from './browser-gate.ts';
import type { Figures } from './trial.ts';

/** How long anything may take to end once nothing is wrong any more, ms. */
export const END_PATIENCE_MS = 30_000;
/** What the round offers; plenty of it. */
export const GOODS = '老豆腐';
const DOORS = 240;

/** A community on a real server behind a gate, with doors that no trial has used yet. */
export interface RigTown {
  readonly server: RealServer;
  readonly gate: Gate;
  readonly db: Database;
  /** The round in which orders are placed. */
  readonly round: string;
  /** Stops the server as Ctrl-C does, and starts it again: a database connection of its own is opened anew. */
  restart(): Promise<void>;
  /** A slip's link of a household that nobody has signed in for. */
  nextLink(): string;
}

let shared: { readonly opening: Promise<RigTown>; users: number; close(): Promise<void> } | undefined;

/**
 * Runs the body in the town that all trials of a process share: opened by the first user, closed by the last. A file that
 * runs several trials holds it meanwhile.
 */
export async function inTown<T>(body: (town: RigTown) => Promise<T>): Promise<T> {
  shared ??= openShared();
  const mine = shared;
  mine.users += 1;
  try {
    return await body(await mine.opening);
  } finally {
    mine.users -= 1;
    if (mine.users === 0) {
      shared = undefined;
      await mine.close();
    }
  }
}

/** Keeps the town open from now on. @returns what leaves it: where nobody else is in it, it closes */
export async function holdTown(): Promise<() => Promise<void>> {
  let leave = (): void => {};
  const stay = new Promise<void>((resolve) => (leave = resolve));
  let isIn = (): void => {};
  const entered = new Promise<void>((resolve) => (isIn = resolve));
  const visit = inTown(() => {
    isIn();
    return stay;
  });
  await Promise.race([entered, visit]);
  return () => {
    leave();
    return visit;
  };
}

function openShared() {
  const closers: (() => Promise<unknown>)[] = [];
  return {
    opening: openTown(closers),
    users: 0,
    async close() {
      for (const close of closers.reverse()) await close();
    },
  };
}

async function openTown(closers: (() => Promise<unknown>)[]): Promise<RigTown> {
  const gate = await Gate.open();
  closers.push(() => gate.close());
  const server = await RealServer.prepare({ NODE_ENV: 'production', SHOUWANG_URL: gate.url });
  closers.push(() => server.remove());
  const { codes, gridWorker } = await server.openCommunity(pairsRoster(DOORS), '试炼小区');
  await server.start();
  gate.targetPort = server.port;
  const round = await openRound(server.port, gridWorker);
  const look = () => openDatabase({ dataFolder: server.dataFolder, join: true }, silentLog, serverWorld);
  let database = await look();
  let stopLooking: (() => Promise<void>) | undefined = () => database.stop();
  closers.push(async () => stopLooking?.());
  return {
    server,
    gate,
    get db() {
      return database.db;
    },
    round,
    async restart() {
      await stopLooking?.();
      stopLooking = undefined;
      await server.stop();
      await server.start();
      database = await look();
      stopLooking = () => database.stop();
    },
    nextLink() {
      const code = codes.pop();
      if (code === undefined) throw new Error('no door is left in this town');
      return `${gate.url}/in#${code}`;
    },
  };
}

/** Two people behind every door, as CSV. */
function pairsRoster(doors: number): string {
  const lines = ['网格,楼栋,单元,楼层,房号,姓名,出生年,电话,特殊需要'];
  for (let i = 0; i < doors; i++) {
    const [building, rest] = [Math.floor(i / 40) + 1, i % 40];
    const floor = Math.floor(rest / 4) + 1;
    const door = `一格,${building}栋,1单元,${floor},${floor}0${(rest % 4) + 1}`;
    lines.push(`${door},住户${i}甲,1980,,`, `${door},住户${i}乙,1982,,`);
  }
  return `${lines.join('\n')}\n`;
}

async function openRound(port: number, code: string): Promise<string> {
  const clients = new WireClients(port, 1);
  try {
    const worker = await clients.join(code);
    const now = Date.now();
    const id = v7();
    const item = {
      id: v7(),
      name: GOODS,
      unit: '份',
      contents: '一斤',
      priceFen: 500,
      stock: 100_000,
      perHousehold: 99,
    };
    const round = { id, title: '蔬菜第 1 团', opensAt: now - 60_000, closesAt: now + 36_000_000, items: [item] };
    const answer = await worker.send(worker.envelope('groupBuy.open', round));
    if (answer?.verdicts[0]?.outcome !== 'accepted') throw new Error(`no round: ${JSON.stringify(answer)}`);
    return id;
  } finally {
    clients.close();
  }
}

/** A seed of its own for each run, or the one to repeat (RIG_SEED). What is random is when things happen, never what is expected. */
export function seededChance(trial: string): { seed: number; chance: Chance } {
  const seed = Number(process.env['RIG_SEED'] ?? Math.floor(Math.random() * 1e9));
  return { seed, chance: chanceOf(seed, trial) };
}

/** Prints a trial's figures in one line, and what else is worth knowing of this run. */
export function sayFigures(trial: string, figures: Figures, details: string): void {
  const { trials, lost, doubled, stuck, slowestMs, broken } = figures;
  const counts = `trials ${trials}, lost ${lost}, doubled ${doubled}, stuck ${stuck}, slowest ${Math.round(slowestMs)} ms`;
  process.stdout.write(`${trial}: ${counts}, broken ${broken.length} (${details})\n`);
  for (const line of broken) process.stdout.write(`  ${line}\n`);
}

/** Asks again every few ms until it is so. @returns whether it was within the patience */
export async function until(isSo: () => Promise<boolean> | boolean, patienceMs = END_PATIENCE_MS): Promise<boolean> {
  const end = performance.now() + patienceMs;
  for (;;) {
    if (await isSo()) return true;
    if (performance.now() > end) return false;
    await pause(20);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
