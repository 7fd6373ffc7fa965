import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { Database } from '../../src/server/database/database.ts';
import { startEmbedded } from '../../src/server/database/embedded.ts';
import { openDatabase } from '../../src/server/database/open-database.ts';
import { openPool } from '../../src/server/database/pool.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';
import { RealServer } from '../support/real-server.ts';
import { plainRoster, WireClients } from '../support/wire-client.ts';
import { audit, STOCK } from './server-audit.ts';
import { pause, RestlessPhone, type Round } from './server-phone.ts';
import type { Figures } from './trial.ts';

const CLIENTS = 32;
/** Whoever has no end so long after a fault is stuck. */
export const PATIENCE_MS = 60_000;

/** The built server with 32 clients that never rest, and the figures of what was done to it. */
export class LoadedServer {
  private trials = 0;
  private stuck = 0;
  private slowestMs = 0;
  private readonly complaints = new Map<string, number>();
  private lives: Promise<void>[] = [];

  private constructor(
    readonly server: RealServer,
    private readonly clients: WireClients,
    private readonly round: Round,
    readonly phones: readonly RestlessPhone[],
  ) {}

  /**
   * Opens a community with an open group buy and sets the clients going. Close it in the end.
   * @param prepared does something to the server's data folder before anything lies in it
   */
  static async open(prepared?: (dataFolder: string) => Promise<void>): Promise<LoadedServer> {
    const server = await RealServer.prepare({ NODE_ENV: 'production' });
    try {
      await prepared?.(server.dataFolder);
      const { codes, gridWorker } = await server.openCommunity(plainRoster(CLIENTS), '断电小区');
      await server.start();
      const clients = new WireClients(server.port, CLIENTS);
      const round = await openRound(clients, gridWorker);
      const phones = await Promise.all(codes.map((code) => RestlessPhone.join(clients, code, round)));
      const load = new LoadedServer(server, clients, round, phones);
      load.lives = phones.map((phone) => phone.live());
      if ((await load.allEndedSince(performance.now())).includes(undefined)) throw new Error('the load does not run');
      return load;
    } catch (error) {
      await server.remove();
      throw error;
    }
  }

  /** What clients met since that moment in place of an answer. */
  failedSince(moment: number) {
    return this.phones.flatMap((phone) => phone.failed.filter(({ at }) => at >= moment));
  }

  /** One more fault was done, and met by the clients. */
  count(): void {
    this.trials++;
  }

  /** Something was broken. The same words are counted. */
  complain(what: string): void {
    this.complaints.set(what, (this.complaints.get(what) ?? 0) + 1);
  }

  /**
   * Waits until every client's act that was on its way at a moment has its end, and books how long that took.
   * @param moment by `performance.now()`: the fault is there, nothing sent before can be answered by what it hit
   * @param from where the clock starts, where that is not the same moment
   */
  async recovered(moment: number, from = moment): Promise<void> {
    const ends = await this.allEndedSince(moment);
    this.stuck += ends.filter((end) => end === undefined).length;
    for (const end of ends) this.slowestMs = Math.max(this.slowestMs, (end ?? performance.now()) - from);
  }

  /** Lets the clients come to rest, and holds what they were told against what is stored. */
  async figures(): Promise<Figures> {
    for (const phone of this.phones) phone.rest();
    let resting = this.phones.length;
    for (const life of this.lives) void life.then(() => resting--);
    for (const since = performance.now(); resting > 0 && performance.now() - since < PATIENCE_MS;) await pause(5);
    this.stuck += resting;
    const database = await openDatabase({ dataFolder: this.server.dataFolder, join: true }, silentLog, serverWorld);
    try {
      const { lost, doubled, broken } = await audit(database.db, this.phones, this.round);
      const { trials, stuck, slowestMs } = this;
      const complaints = [...this.complaints].map(([what, times]) => `${what} (${times} ×)`);
      return { trials, lost, doubled, stuck, slowestMs, broken: [...complaints, ...broken] };
    } finally {
      await database.stop();
    }
  }

  /** Ends the server and removes its data. */
  async close(): Promise<void> {
    for (const phone of this.phones) phone.leave();
    this.clients.close();
    await this.server.remove();
  }

  private async allEndedSince(moment: number): Promise<(number | undefined)[]> {
    const ends = () => this.phones.map((phone) => phone.endAfter(moment));
    while (ends().includes(undefined) && performance.now() - moment < PATIENCE_MS) await pause(5);
    return ends();
  }
}

/** A connection to the server's database beside its own: not among those of `application_name` shouwang. */
export async function secondConnection(dataFolder: string): Promise<Database> {
  const { connection } = await startEmbedded({ dataFolder, join: true, log: silentLog, world: serverWorld });
  return openPool({ ...connection, max: 1, application_name: 'rig' });
}

/** PostgreSQL's first process on the folder, by the number it wrote down. */
export async function postmasterPid(dataFolder: string): Promise<number> {
  const file = join(dataFolder, 'postgres', 'cluster', 'postmaster.pid');
  return Number((await readFile(file, 'utf8')).split('\n')[0]);
}

async function openRound(clients: WireClients, gridWorker: string): Promise<Round> {
  const worker = await clients.join(gridWorker);
  const made = { id: v7(), scarce: v7(), plenty: v7() };
  const now = Date.now();
  const item = (id: string, name: string, stock: number) => {
    return { id, name, unit: '份', contents: '五样', priceFen: 3980, stock, perHousehold: 3 };
  };
  const answer = await worker.send(
    worker.envelope('groupBuy.open', {
      id: made.id,
      title: '蔬菜第 1 团',
      opensAt: now - 60_000,
      closesAt: now + 36_000_000,
      items: [item(made.scarce, '三黄鸡', STOCK.scarce), item(made.plenty, '老豆腐', STOCK.plenty)],
    }),
  );
  if (answer?.verdicts[0]?.outcome !== 'accepted') throw new Error(`no round: ${JSON.stringify(answer)}`);
  return made;
}
