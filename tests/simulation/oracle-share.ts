import type { Rows } from './memory-tx.ts';
import { allOf, oneOf } from './oracle-buying-rows.ts';
import type { Goods, Neighbour, Order, Round } from './oracle-buying-rows.ts';

/** Age from which somebody comes first, where elders do. */
const ELDER = 60;
/** The community's clock is this much ahead of UTC. */
const BEIJING_MS = 8 * 3_600_000;

/**
 * Law `share`, right after the arrival of a round was entered: what came is shared out portion by portion, everybody's
 * first before anybody's second, elders first in each turn where the round says so, the rest by lot. Reckoned anew: by its
 * own hand, from rows alone.
 * @param now epoch ms at which it was entered @returns what is wrong, in words
 */
export function wrongShares(rows: Rows, groupBuyId: string, now: number): string[] {
  const round = oneOf<Round>(rows, 'groupBuy', groupBuyId);
  if (round === undefined) return [`round ${groupBuyId}: is not there`];
  const orders = allOf<Order>(rows, 'order').filter((one) => one.groupBuyId === groupBuyId && one.state === 'placed');
  const goods = allOf<Goods>(rows, 'item').filter((one) => one.groupBuyId === groupBuyId);
  return goods.flatMap((one) => wrongGoods(rows, round, one, orders, now));
}

function wrongGoods(rows: Rows, round: Round, goods: Goods, orders: readonly Order[], now: number): string[] {
  const wants = orders.flatMap(({ householdId, lines }) =>
    lines.filter(({ itemId }) => itemId === goods.id).map((line) => ({ householdId, line })),
  );
  const ordered = wants.reduce((sum, { line }) => sum + line.quantity, 0);
  const came = goods.arrived ?? ordered;
  const seed = `${round.seed ?? round.id}/${goods.id}`;
  const people = allOf<Neighbour>(rows, 'person');
  const isFirst = (householdId: string): boolean =>
    round.share?.eldersFirst === true && people.some((one) => one.householdId === householdId && comesFirst(one, now));
  const row = wants
    .map(({ householdId, line }) => ({ householdId, line, first: isFirst(householdId), lot: lotOf(seed, householdId) }))
    .sort((a, b) => (a.first === b.first ? Number(a.lot - b.lot) : a.first ? -1 : 1));
  const gets = new Map(row.map(({ householdId }) => [householdId, 0]));
  let left = came;
  // Turn n is for those who ordered n portions or more.
  for (let turn = 1; left > 0 && row.some(({ line }) => line.quantity >= turn); turn++) {
    for (const { householdId, line } of row) {
      if (left === 0 || line.quantity < turn) continue;
      gets.set(householdId, turn);
      left -= 1;
    }
  }
  return wants.flatMap(({ householdId, line }) => {
    const should = gets.get(householdId)!;
    const is = line.got ?? line.quantity;
    const wrong = is === should ? [] : [`item ${goods.id}: ${householdId} gets ${is}, and should get ${should}`];
    const isWhole = line.got === undefined && line.short === undefined;
    if (should === line.quantity && !isWhole)
      wrong.push(`item ${goods.id}: ${householdId} gets all, and is called short`);
    return wrong;
  });
}

function comesFirst({ presence, birthYear, needs }: Neighbour, now: number): boolean {
  const year = new Date(now + BEIJING_MS).getUTCFullYear();
  return presence === 'home' && (needs.length > 0 || (birthYear !== undefined && year - birthYear >= ELDER));
}

const MASK = 0xffffffffn;

/** The lot that the page on sharing out states: FNV-1a of `seed/household`, stirred as MurmurHash3 does at its end. */
export function lotOf(seed: string, householdId: string): bigint {
  let hash = 2166136261n;
  for (const unit of `${seed}/${householdId}`.split(''))
    hash = ((hash ^ BigInt(unit.charCodeAt(0))) * 16777619n) & MASK;
  for (const [shift, factor] of [
    [16n, 0x85ebca6bn],
    [13n, 0xc2b2ae35n],
    [16n, 1n],
  ] as const)
    hash = ((hash ^ (hash >> shift)) * factor) & MASK;
  return hash;
}
