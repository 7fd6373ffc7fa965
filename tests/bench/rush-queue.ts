import { v7 } from 'uuid';
import { openDatabase } from '../../src/server/database/open-database.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';
import { RealServer } from '../support/real-server.ts';
import { plainRoster, WireClients, type WireDevice } from '../support/wire-client.ts';
import { inParallel, median, quantile, spread, type Figure } from './figure.ts';
import { faultsOf } from './rush-faults.ts';
import { ITEMS, together, wishesOf, type Done, type RushRound, type RushRun } from './rush-crowd.ts';
import { rushByHand } from './rush-by-hand.ts';
import type { PushAnswer } from '../../src/sync/wire.ts';

const HOUSEHOLDS = 5_000;
const RUNS = 30;
/** Everybody taps at one moment; so many requests are under way, the others wait in line, which counts as waiting. */
const CONNECTIONS = 256;
/** Of each item. 750 portions are wanted (three things a household), so two of five wish for what is gone. */
const STOCK = 450;
/**
 * 5,000 households order from one round at the same moment, more than there is: who finds something sold out waits for it
 * and orders the rest; one in ten takes the order back, and the queue gets it. Beside it the same by hand.
 * @param runs rounds of it, each new
 */
export async function rushQueue(runs = RUNS, households = HOUSEHOLDS): Promise<Figure[]> {
  const server = await RealServer.prepare({ NODE_ENV: 'production' });
  const { codes, gridWorker } = await server.openCommunity(plainRoster(households), '抢购小区');
  await server.start();
  const clients = new WireClients(server.port, CONNECTIONS);
  const database = await openDatabase({ dataFolder: server.dataFolder, join: true }, silentLog, serverWorld);
  try {
    const worker = await clients.join(gridWorker);
    const devices = await inParallel(codes, 64, (code) => clients.join(code));
    const ours: RushRun[] = [];
    const byHand: RushRun[] = [];
    const faults: string[] = [];
    for (let run = 0; run < runs; run++) {
      const stock = Math.round((STOCK * devices.length) / HOUSEHOLDS);
      const round = await openRound(worker, stock);
      ours.push(
        await together(
          devices,
          (device, i, tellFirst) => orderOne(device, wishesOf(round, i), round.id, tellFirst),
          (device) => takeBack(device, round.id),
        ),
      );
      faults.push(...(await faultsOf(database.db, round.id)));
      byHand.push(await rushByHand(database.db, devices, stock));
    }
    return [
      { name: 'rush with a queue: households, items, runs', value: `${devices.length}, ${ITEMS}, ${runs}`, raw: runs },
      {
        name: 'rush with a queue: oversold, unserved though free, out of turn',
        value: faults.slice(0, 3).join('; ') || '0',
        raw: faults.length,
        aim: '0',
      },
      ...figuresOf('', ours),
      ...figuresOf(', by hand on a plain data model, no HTTP', byHand),
    ];
  } finally {
    clients.close();
    await database.stop();
    await server.remove();
  }
}

function figuresOf(how: string, runs: readonly RushRun[]): Figure[] {
  const name = (what: string) => `rush with a queue${how}: ${what}`;
  const of = (values: (run: RushRun) => readonly number[], share: number) =>
    runs.map((run) => quantile(values(run), share));
  const counts = (['asked', 'ordered', 'waited', 'cancelled'] as const).map((what) =>
    median(runs.map((run) => run[what])),
  );
  const p95 = of((run) => run.first, 0.95);
  return [
    { name: name('asked, ordered, waited, took back'), value: counts.join(', '), raw: counts[0]! },
    line(name('ms from the tap to the first verdict, p50'), of((run) => run.first, 0.5)), // prettier-ignore
    { ...line(name('ms from the tap to the first verdict, p95'), p95), ...(how === '' && { aim: '≤ 2000' }) },
    line(name('ms from the tap until all is said, p95'), of((run) => run.last, 0.95)), // prettier-ignore
  ];
}

function line(name: string, values: readonly number[]): Figure {
  return { name, value: spread(values), raw: median(values) };
}

/** One household: orders what it wants; waits for what is sold out and orders the rest. */
async function orderOne(
  device: WireDevice,
  wanted: readonly string[],
  groupBuyId: string,
  tellFirst: () => void,
): Promise<Done> {
  const ground = { groupBuyId, householdId: device.householdId };
  const order = (itemIds: readonly string[]) => ({
    name: 'groupBuy.placeOrder',
    args: { ...ground, lines: itemIds.map((itemId) => ({ itemId, quantity: 1, ifShort: 'drop' })) },
  });
  const wait = (itemId: string) => ({
    name: 'groupBuy.wait',
    args: { ...ground, itemId, quantity: 1, ifShort: 'drop' },
  });
  let wishes = wanted;
  let verdicts = await said(device, [order(wishes)]);
  tellFirst();
  let [asked, waited] = [1, 0];
  while (verdicts.at(-1)!.code === 'soldOut') {
    const gone = (verdicts.at(-1)!.details as { itemId: string }).itemId;
    const rest = wishes.filter((itemId) => itemId !== gone);
    verdicts = await said(device, [wait(gone), ...(rest.length > 0 ? [order(rest)] : [])]);
    asked++;
    if (verdicts[0]!.code === 'stillFree') {
      // Somebody took it back in between: it can be ordered after all.
      verdicts = await said(device, [order(wishes)]);
      asked++;
      continue;
    }
    waited++;
    wishes = rest;
    if (wishes.length === 0) return { asked, ordered: 0, waited };
  }
  if (verdicts.at(-1)!.outcome !== 'accepted') throw new Error(JSON.stringify(verdicts));
  return { asked, ordered: 1, waited };
}

async function takeBack(device: WireDevice, groupBuyId: string): Promise<boolean> {
  const args = { groupBuyId, householdId: device.householdId };
  const [verdict] = await said(device, [{ name: 'groupBuy.cancelOrder', args }]);
  return verdict!.outcome === 'accepted';
}

/** A phone sends again until it has a verdict. */
async function said(
  device: WireDevice,
  acts: readonly { name: string; args: unknown }[],
): Promise<PushAnswer['verdicts']> {
  const body = device.envelopeOf(acts);
  for (let tries = 0; tries < 20; tries++) {
    const answer = await device.send(body);
    if (answer !== undefined) return answer.verdicts;
  }
  throw new Error('the server gave no verdict');
}

async function openRound(worker: WireDevice, stock: number): Promise<RushRound> {
  const [id, items] = [v7(), Array.from({ length: ITEMS }, () => v7())];
  const now = Date.now();
  const offered = items.map((itemId, i) => ({
    id: itemId,
    name: `蔬菜套餐${i + 1}`,
    unit: '份',
    contents: '五样',
    priceFen: 3_980,
    stock,
    perHousehold: 2,
  }));
  const [verdict] = await said(worker, [
    {
      name: 'groupBuy.open',
      args: { id, title: '蔬菜第 1 团', opensAt: now - 60_000, closesAt: now + 36_000_000, items: offered },
    },
  ]);
  if (verdict?.outcome !== 'accepted') throw new Error(`the round was not opened: ${JSON.stringify(verdict)}`);
  return { id, items };
}
