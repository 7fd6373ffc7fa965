import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '../src/server/database/open-database.ts';
import { silentLog } from '../src/server/log.ts';
import { serverWorld } from '../src/server/server-world.ts';
import type { Verdict } from '../src/sync/wire.ts';
import { RealServer } from './support/real-server.ts';
import { plainRoster, WireClients, type WireDevice } from './support/wire-client.ts';

const HOUSEHOLDS = 10;
const KILLS = 20;
/** The server lives so long after each start, ms: at random, so that it dies in the middle of anything. */
const LIFE_MS = { least: 30, most: 400 };
/** Less than ten households may want of the scarce item at three each: some orders are refused. */
const STOCK = { scarce: 17, plenty: 100 };

/** Something that was asked and answered. */
interface Told {
  readonly name: string;
  readonly args: { readonly id?: string; readonly lines?: readonly { itemId: string; quantity: number }[] };
  readonly verdict: Verdict;
}

/** A phone that always has something to send, and sends it again, word for word, until it is answered. */
class RestlessPhone {
  readonly told: Told[] = [];
  /** What was answered otherwise the second time. */
  readonly contradictions: unknown[] = [];
  sentAgain = 0;
  private isTired = false;
  private isFirst = true;

  constructor(
    private readonly device: WireDevice,
    private readonly round: Round,
  ) {}

  get householdId(): string {
    return this.device.householdId;
  }

  rest(): void {
    this.isTired = true;
  }

  /** Goes on until it is told to rest. @returns when the last thing sent has been answered */
  async live(): Promise<void> {
    for (let n = 0; !this.isTired; n++) await this.act(n);
  }

  /** Orders or amends, and every third time asks for something. */
  private async act(n: number): Promise<void> {
    const { id: groupBuyId, scarce, plenty } = this.round;
    const quantity = () => 1 + Math.floor(Math.random() * 3);
    const itemId = Math.random() < 0.5 ? scarce : plenty;
    const lines = [{ itemId, quantity: quantity(), ifShort: 'drop' }];
    const asks = n % 3 === 2;
    const name = asks ? 'errands.request' : 'groupBuy.placeOrder';
    const args = asks
      ? { id: v7(), householdId: this.householdId, kind: 'other', text: `换灯泡 ${n}`, handOver: 'inPerson' }
      : { groupBuyId, householdId: this.householdId, lines };
    const body = this.device.envelope(name, args);
    for (;;) {
      const verdict = (await this.device.send(body))?.verdicts.find((one) => one.id === body.mutations[0]?.id);
      if (verdict !== undefined) {
        this.told.push({ name, args, verdict });
        // Now and then the answer is as good as lost: it is asked again, and must be the same.
        if (this.isFirst || Math.random() < 0.05) await this.hearAgain(body, verdict);
        this.isFirst = false;
        return;
      }
      this.sentAgain++;
      await pause(15);
    }
  }

  private async hearAgain(body: ReturnType<WireDevice['envelope']>, first: Verdict): Promise<void> {
    const again = await this.device.send(body);
    if (again !== undefined && !isDeepStrictEqual(again.verdicts, [first])) {
      this.contradictions.push({ first, again: again.verdicts });
    }
  }
}

interface Round {
  readonly id: string;
  readonly scarce: string;
  readonly plenty: string;
}

let server: RealServer;
let clients: WireClients;
let database: OpenDatabase;
let round: Round;
let phones: RestlessPhone[];

beforeAll(async () => {
  server = await RealServer.prepare({ NODE_ENV: 'production' });
  const { codes, gridWorker } = await server.openCommunity(plainRoster(HOUSEHOLDS), '断电小区');
  await server.start();
  clients = new WireClients(server.port, HOUSEHOLDS);
  round = await openRound(await clients.join(gridWorker));
  phones = [];
  for (const code of codes) phones.push(new RestlessPhone(await clients.join(code), round));
});

afterAll(async () => {
  clients.close();
  await database?.stop();
  await server.remove();
});

test(`killed ${KILLS} times under load, and its database twice, the server loses nothing it acknowledged and does nothing twice`, async () => {
  const lives = phones.map((phone) => phone.live());
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(LIFE_MS.least + Math.random() * (LIFE_MS.most - LIFE_MS.least));
    await server.kill();
    // Once the whole machine goes: Node and its database at one time.
    if (kill === KILLS / 2) await killDatabase();
    await server.start();
  }
  // And once the database alone: the server starts it again and goes on.
  await killDatabase();
  const before = answers();
  while (answers() < before + 3 * HOUSEHOLDS) await pause(20);
  for (const phone of phones) phone.rest();
  await Promise.all(lives);
  database = await openDatabase({ dataFolder: server.dataFolder, join: true }, silentLog, serverWorld);

  // The test is worth something only if answers were really lost, and rules said both yes and no.
  expect(phones.filter((phone) => phone.sentAgain > 0).length).toBe(HOUSEHOLDS);
  const told = phones.flatMap((phone) => phone.told);
  expect(new Set(told.map(({ verdict }) => verdict.outcome))).toEqual(new Set(['accepted', 'refused']));

  expect(phones.flatMap((phone) => phone.contradictions)).toEqual([]);

  const kept = await database.db.query<{ id: string; outcome: string; code: string | null }>(
    `select id, outcome, code from verdict where name in ('groupBuy.placeOrder', 'errands.request')`,
  );
  expect(kept.length, 'each mutation has one verdict').toBe(told.length);
  expect(byId(kept.map(({ id, outcome, code }) => ({ id, outcome, code: code ?? undefined })))).toEqual(
    byId(told.map(({ verdict: { id, outcome, code } }) => ({ id, outcome, code }))),
  );

  const errands = await database.db.query<{ id: string }>('select id from errand');
  const asked = told.filter((one) => one.name === 'errands.request' && one.verdict.outcome === 'accepted');
  expect(errands.map(({ id }) => id).sort()).toEqual(asked.map(({ args }) => args.id!).sort());

  const orders = await database.db.query<{ householdId: string; lines: { itemId: string; quantity: number }[] }>(
    `select household_id as "householdId", lines from group_buy_order where group_buy_id = $1 and state = 'placed'`,
    [round.id],
  );
  for (const phone of phones) {
    const last = phone.told.findLast(
      ({ name, verdict }) => name === 'groupBuy.placeOrder' && verdict.outcome === 'accepted',
    );
    const mine = orders.filter((order) => order.householdId === phone.householdId);
    expect(mine.flatMap((order) => order.lines.map(({ itemId, quantity }) => ({ itemId, quantity })))).toEqual(
      (last?.args.lines ?? []).map(({ itemId, quantity }) => ({ itemId, quantity })),
    );
  }

  const items = await database.db.query<{ id: string; sold: number }>(
    'select id, sold from group_buy_item where group_buy_id = $1',
    [round.id],
  );
  for (const { id, sold } of items) {
    const lines = orders.flatMap((order) => order.lines).filter((line) => line.itemId === id);
    expect(sold).toBe(lines.reduce((sum, line) => sum + line.quantity, 0));
    expect(sold).toBeLessThanOrEqual(id === round.scarce ? STOCK.scarce : STOCK.plenty);
  }
}, 240_000);

function answers(): number {
  return phones.reduce((sum, phone) => sum + phone.told.length, 0);
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function openRound(worker: WireDevice): Promise<Round> {
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
  expect(answer?.verdicts[0]?.outcome).toBe('accepted');
  return made;
}

/** As the power goes for PostgreSQL: its first process, by the number it wrote down. */
async function killDatabase(): Promise<void> {
  const file = join(server.dataFolder, 'postgres', 'cluster', 'postmaster.pid');
  process.kill(Number((await readFile(file, 'utf8')).split('\n')[0]), 'SIGKILL');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
