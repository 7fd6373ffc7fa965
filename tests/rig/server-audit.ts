import type { Database } from '../../src/server/database/database.ts';
import type { RestlessPhone, Round, Told } from './server-phone.ts';

/** What the phones were told, held against what the database has. */
export interface Audit {
  lost: number;
  doubled: number;
  readonly broken: string[];
}

/** Of the scarce item most households get none. */
export const STOCK = { scarce: 17, plenty: 400 };

/** Compares every end that a phone was told with the verdicts, errands, orders and stock that are stored. */
export async function audit(db: Database, phones: readonly RestlessPhone[], round: Round): Promise<Audit> {
  const found: Audit = { lost: 0, doubled: 0, broken: [] };
  const told = phones.flatMap((phone) => phone.told);
  for (const { contradictions } of phones) found.broken.push(...contradictions.map((one) => JSON.stringify(one)));
  const outcomes = new Set(told.map(({ verdict }) => verdict.outcome));
  if (!outcomes.has('accepted') || !outcomes.has('refused')) found.broken.push('the rules did not say both yes and no');
  await compareVerdicts(db, told, found);
  await compareStreams(db, phones, found);
  await compareErrands(db, told, found);
  await compareOrders(db, phones, round, found);
  return found;
}

async function compareVerdicts(db: Database, told: readonly Told[], found: Audit): Promise<void> {
  const kept = await db.query<{ id: string; outcome: string; code: string | null }>(
    `select id, outcome, code from verdict where name in ('groupBuy.placeOrder', 'errands.request')`,
  );
  const rest = new Map(kept.map((row) => [row.id, row]));
  for (const { name, verdict } of told) {
    const row = rest.get(verdict.id);
    rest.delete(verdict.id);
    if (row?.outcome !== verdict.outcome) found.lost++;
    else if (row.code !== (verdict.code ?? null)) found.broken.push(`${name}: ${verdict.code}, stored as ${row.code}`);
    if (verdict.code === 'fault') found.broken.push(`${name} was refused by the server's own fault`);
  }
  if (rest.size > 0) found.broken.push(`${rest.size} verdicts that nobody was told`);
}

async function compareStreams(db: Database, phones: readonly RestlessPhone[], found: Audit): Promise<void> {
  const rows = await db.query<{ deviceId: string; lastSeq: number }>(
    'select device_id as "deviceId", last_seq as "lastSeq" from device_stream',
  );
  for (const phone of phones) {
    const seqs = rows.filter((row) => row.deviceId === phone.deviceId).map((row) => row.lastSeq);
    if (seqs.join() !== String(phone.told.length)) {
      found.broken.push(`a stream of ${phone.told.length} acts is kept as ${seqs.join()}`);
    }
  }
}

async function compareErrands(db: Database, told: readonly Told[], found: Audit): Promise<void> {
  const rows = await db.query<{ id: string }>('select id from errand');
  const kept = new Set(rows.map(({ id }) => id));
  for (const { name, args, verdict } of told) {
    if (name !== 'errands.request' || verdict.outcome !== 'accepted') continue;
    if (!kept.delete(args.id!)) found.lost++;
  }
  // An effect without its yes.
  found.doubled += kept.size;
}

async function compareOrders(db: Database, phones: readonly RestlessPhone[], round: Round, found: Audit) {
  const orders = await db.query<{ householdId: string; lines: { itemId: string; quantity: number }[] }>(
    `select household_id as "householdId", lines from group_buy_order where group_buy_id = $1 and state = 'placed'`,
    [round.id],
  );
  for (const phone of phones) {
    const last = phone.told.findLast(
      ({ name, verdict }) => name === 'groupBuy.placeOrder' && verdict.outcome === 'accepted',
    );
    const mine = orders.filter((order) => order.householdId === phone.householdId).flatMap((order) => order.lines);
    const words = (lines: readonly { itemId: string; quantity: number }[]): string =>
      lines.map(({ itemId, quantity }) => `${quantity} of ${itemId}`).join();
    if (words(mine) !== words(last?.args.lines ?? [])) found.lost++;
  }
  const items = await db.query<{ id: string; sold: number }>(
    'select id, sold from group_buy_item where group_buy_id = $1',
    [round.id],
  );
  if (items.length !== 2) found.broken.push(`${items.length} items in place of 2`);
  for (const { id, sold } of items) {
    const lines = orders.flatMap((order) => order.lines).filter((line) => line.itemId === id);
    const ordered = lines.reduce((sum, line) => sum + line.quantity, 0);
    found.doubled += Math.max(0, sold - ordered);
    found.lost += Math.max(0, ordered - sold);
    const stock = id === round.scarce ? STOCK.scarce : STOCK.plenty;
    if (sold > stock) found.broken.push(`${sold} sold of ${stock}`);
  }
}
