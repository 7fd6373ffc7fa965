import { DAY_MS, MINUTE_MS } from '../domain/day.ts';
import { allDone } from './hand-out-life.ts';
import { lastMoment, placedAt, received, refunded, said, sumsOf } from './round-money.ts';
import { naturalId } from '../people/natural-id.ts';
import { phoneOf } from './act.ts';
import { closedAndOrdered } from './round-end.ts';
import type { Act } from './act.ts';
import type { Fen } from '../domain/money.ts';
import type { MadeOrder, MadeRound } from './round-orders.ts';
import type { Sum } from './round-money.ts';
import type { Town } from './town.ts';

/** What never came. */
const MISSING = '鲫鱼(杀好)';
/** What the supplier took of what the households paid. */
const SUPPLIER_SHARE = 0.86;
const SPOILED_FEN = 390;

/** A round from its orders to its end: paid, carried, claimed, paid back, with the supplier's receipt; one still owes. */
export function settledLife(town: Town, round: MadeRound): Act[][] {
  const { id, organiser, terms } = round;
  const family = familyOrder(town, round);
  const sums = [...sumsOf(round.orders), ...family.map(({ sum }) => sum)];
  const late = sums.slice(0, 2).map(({ order, fen }) => ({ order, fen: fen - shortFen(order as MadeOrder) }));
  const inTime = sums.slice(2);
  const { claims, decisions, back } = claimed(round);
  const owed = (order: Sum['order']): Fen => shortFen(order) + (back.get(order.home.id) ?? 0);
  const arrived = { groupBuyId: id, items: [{ itemId: round.itemId(MISSING), arrived: 0 }] };
  const receipt = {
    id: naturalId('r', id, 'receipt'),
    groupBuyId: id,
    fen: Math.round(SUPPLIER_SHARE * sums.reduce((all, { fen }) => all + fen, 0)),
    supplier: round.plan.supplier,
  };
  const later = terms.closesAt + 2 * DAY_MS;
  return [
    family.map(({ act }) => act),
    said(round, inTime),
    received(round, inTime, lastMoment(round)),
    ...closedAndOrdered(town, round),
    [round.act(organiser, 'arrive', arrived, terms.arrivedAt)],
    ...allDone(
      town,
      round,
      family.map(({ sum }) => sum.order.home),
    ),
    [
      ...claims,
      ...received(
        round,
        late.slice(1).filter(({ fen }) => fen > 0),
        terms.handedTo,
      ),
    ],
    decisions,
    [
      ...refunded(
        round,
        inTime.map(({ order }) => ({ order, fen: owed(order) })).filter(({ fen }) => fen > 0),
        later,
      ),
      round.act(organiser, 'addReceipt', receipt, later),
    ],
    [round.act(organiser, 'settle', { groupBuyId: id }, terms.settledAt)],
  ];
}

/** What an order cost of what never came. */
function shortFen(order: Partial<MadeOrder>): Fen {
  return (order.lines ?? []).reduce((sum, { good, fen }) => sum + (good.name === MISSING ? fen : 0), 0);
}

/** The family ordered, too: they have something to order again. */
function familyOrder(town: Town, round: MadeRound): readonly { readonly act: Act; readonly sum: Sum }[] {
  const home = town.homes.find(({ cast }) => cast?.key === 'family');
  if (home === undefined) return [];
  const as = phoneOf(town, home, home.residents[0]);
  const wanted = round.plan.goods.filter(({ name }) => name === '蔬菜套餐A' || name === '鲜鸡蛋');
  const lines = wanted.map(({ name }) => ({ itemId: round.itemId(name), quantity: 1, ifShort: 'similar' }));
  const args = { groupBuyId: round.id, householdId: home.id, lines };
  const act = round.act(as, 'placeOrder', args, lastMoment(round) - MINUTE_MS, home.id);
  const fen = wanted.reduce((sum, { priceFen = 0 }) => sum + priceFen, 0);
  return [{ act, sum: { order: { home, as, act }, fen } }];
}

/** Three were not content: one got money, one another portion, one a reason. */
function claimed(round: MadeRound) {
  const { handedTo } = round.terms;
  const has = (name: string) => (order: MadeOrder) => order.lines.some(({ good }) => good.name === name);
  // Those who have paid: whoever still owes has nothing to be paid back.
  const paid = round.orders.slice(2);
  const kinds = [
    { name: '鲜鸡蛋', kind: 'spoiled', text: '压坏了三个', outcome: 'refunded', fen: SPOILED_FEN },
    { name: '蔬菜套餐B', kind: 'wrong', text: '拿到的是套餐A', outcome: 'replaced', answer: '当天晚上换过了' },
    { name: '苹果', kind: 'missing', text: '好像不到十斤', outcome: 'declined', answer: '当面称过，是十斤二两' },
  ] as const;
  const claims: Act[] = [];
  const decisions: Act[] = [];
  const back = new Map<string, Fen>();
  for (const { name, kind, text, ...decided } of kinds) {
    const order = paid.find((one) => has(name)(one) && !back.has(one.home.id));
    if (order === undefined) continue;
    const claimId = naturalId('r', round.id, 'claim', name);
    const args = {
      id: claimId,
      groupBuyId: round.id,
      householdId: order.home.id,
      itemId: round.itemId(name),
      quantity: 1,
      kind,
      text,
    };
    claims.push(round.act(order.as, 'claim', args, Math.max(handedTo + 20 * MINUTE_MS, placedAt(order.act)), name));
    decisions.push(round.act(round.organiser, 'decideClaim', { claimId, ...decided }, handedTo + 80 * MINUTE_MS, name));
    back.set(order.home.id, 'fen' in decided ? decided.fen : 0);
  }
  return { claims, decisions, back };
}
