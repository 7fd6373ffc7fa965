import { v7 } from 'uuid';
import { openDatabase } from '../../src/server/database/open-database.ts';
import { silentLog } from '../../src/server/log.ts';
import { RealServer } from '../support/real-server.ts';
import { serverWorld } from '../../src/server/server-world.ts';
import { plainRoster, WireClients, type WireDevice } from '../support/wire-client.ts';
import { inParallel, median, type Figure } from './figure.ts';
import { ordersByHand } from './orders-by-hand.ts';

const HOUSEHOLDS = 500;
const CONNECTIONS = 64;
/** Of each of the round's three items. */
const SCARCE = 50;
/** Measurements of each side, taken in turn: these machines are noisy, so ratios are of medians within one run. */
const RUNS = 5;
/** Rounds that every household orders from in one measurement with plenty. */
const ROUNDS = 6;

interface Round {
  readonly id: string;
  readonly items: readonly string[];
}

/** 500 households order from one round at once: first with too little of everything, then with plenty. */
export async function rush(): Promise<Figure[]> {
  const server = await RealServer.prepare({ NODE_ENV: 'production' });
  const { codes, gridWorker } = await server.openCommunity(plainRoster(HOUSEHOLDS), '挤兑小区');
  await server.start();
  const clients = new WireClients(server.port, CONNECTIONS);
  const database = await openDatabase({ dataFolder: server.dataFolder, join: true }, silentLog, serverWorld);
  try {
    const worker = await clients.join(gridWorker);
    const devices = await inParallel(codes, CONNECTIONS, (code) => clients.join(code));

    const scarce = await openRound(worker, SCARCE);
    const words = await orderAll(devices, scarce);
    const sold = await database.db.query<{ sold: number }>('select sold from group_buy_item where id = any($1)', [
      scarce.items,
    ]);

    const [ours, byHand]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      const rounds = await inParallel(Array.from({ length: ROUNDS }), 1, () => openRound(worker, 9_000));
      const began = performance.now();
      for (const round of rounds) await orderAll(devices, round);
      ours.push((HOUSEHOLDS * ROUNDS * 1000) / (performance.now() - began));
      byHand.push(await ordersByHand(database.db, await openRound(worker, 9_000), devices));
    }
    const ratio = median(ours) / median(byHand);
    return [
      figure('rush, scarce: verdicts for 500 pushes', words.length, '500'),
      figure(`rush, scarce: accepted of ${SCARCE} × 3`, words.filter((word) => word === 'accepted').length, '150'),
      figure(
        'rush, scarce: portions sold',
        sold.reduce((sum, item) => sum + item.sold, 0),
        '150',
      ),
      figure('rush, plenty: orders/s over HTTP on 64 connections', Math.round(median(ours))),
      figure('rush, plenty: orders/s by hand, a transaction each, 16 connections', Math.round(median(byHand))),
      { name: 'rush, plenty: ratio', value: `${ratio.toFixed(1)} ×`, raw: ratio, aim: '≥ 6 ×' },
    ];
  } finally {
    clients.close();
    await database.stop();
    await server.remove();
  }
}

function figure(name: string, raw: number, aim?: string): Figure {
  return { name, value: String(raw), raw, ...(aim !== undefined && { aim }) };
}

async function openRound(worker: WireDevice, stock: number): Promise<Round> {
  const [id, items] = [v7(), [v7(), v7(), v7()]];
  const now = Date.now();
  const answer = await worker.send(
    worker.envelope('groupBuy.open', {
      id,
      title: '蔬菜第 1 团',
      opensAt: now - 60_000,
      closesAt: now + 36_000_000,
      items: items.map((item, i) => ({
        id: item,
        name: `蔬菜套餐${i}`,
        unit: '份',
        contents: '五样',
        priceFen: 3980,
        stock,
        perHousehold: 5,
      })),
    }),
  );
  if (answer?.verdicts[0]?.outcome !== 'accepted')
    throw new Error(`the round was not opened: ${JSON.stringify(answer)}`);
  return { id, items };
}

/** Each household orders one portion of one of the items. @returns the word that each got */
async function orderAll(devices: readonly WireDevice[], round: Round): Promise<string[]> {
  const words = await inParallel(devices, CONNECTIONS, async (device, i) => {
    const lines = [{ itemId: round.items[i % 3]!, quantity: 1, ifShort: 'drop' }];
    const body = device.envelope('groupBuy.placeOrder', {
      groupBuyId: round.id,
      householdId: device.householdId,
      lines,
    });
    const verdict = (await device.send(body))?.verdicts[0];
    return verdict && (verdict.code ?? verdict.outcome);
  });
  return words.filter((word) => word !== undefined);
}
