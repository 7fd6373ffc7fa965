import { DAY_MS, MINUTE_MS } from '../domain/day.ts';
import { closed, closedAndOrdered } from './round-end.ts';
import { lastMoment, placedAt, received, refunded, said, sumsOf } from './round-money.ts';
import { naturalId } from '../people/natural-id.ts';
import { phoneOf } from './act.ts';
import { settledLife } from './settled-life.ts';
import { underWay } from './hand-out-life.ts';
import type { Act } from './act.ts';
import type { Actor } from '../domain/actor.ts';
import type { Home, Town } from './town.ts';
import type { MadeOrder, MadeRound } from './round-orders.ts';
import type { Sum } from './round-money.ts';

/** What became of a round after its orders, step by step: each step's acts rest on those before. */
export function lifeOf(town: Town, round: MadeRound): Act[][] {
  const sums = sumsOf(round.orders);
  switch (round.plan.state) {
    case 'open':
      return round.plan.payment === 'before' ? ordersByOthers(town, round, sums) : [waiting(round)];
    case 'closed':
      return [changesOfMind(round), [closed(town, round)]];
    case 'ordered':
      return [
        said(round, sums.slice(0, 10)),
        received(round, sums.slice(0, 7), lastMoment(round)),
        ...closedAndOrdered(town, round),
      ];
    case 'arrived':
      return [
        ...closedAndOrdered(town, round),
        [arrived(round, { 草鸡蛋: 0, 猪里脊: -3 })],
        substituted(round),
        weighed(round),
      ];
    case 'handingOut':
      return handedOut(town, round, sums);
    case 'settled':
      return settledLife(town, round);
    case 'cancelled':
      return calledOff(town, round, sums);
    default:
      return [];
  }
}

/** The four who came when the last of it was sold wait for more. */
function waiting(round: MadeRound): Act[] {
  const goods = round.plan.goods.find(({ left }) => left === 0);
  if (goods === undefined) return [];
  const without = round.orders.filter(({ lines }) => lines.every((line) => line.good !== goods)).slice(-4);
  return without.map(({ home, as, act }, place) => {
    const quantity = place === 1 ? 2 : 1;
    const args = { groupBuyId: round.id, householdId: home.id, itemId: round.itemId(goods.name), quantity };
    return round.act(as, 'wait', { ...args, ifShort: 'drop' }, placedAt(act) + 1, home.id);
  });
}

/** The organiser enters two: somebody rang, somebody wrote it into the chat. And the first have paid. */
function ordersByOthers(town: Town, round: MadeRound, sums: readonly Sum[]): Act[][] {
  const bought = new Set(round.orders.map(({ home }) => home.id));
  const alone = town.homes.filter(
    ({ id, cast, residents }) =>
      cast === undefined && !bought.has(id) && residents.some((who) => who.needs.includes('livesAlone')),
  );
  const lines = [{ itemId: round.itemId('面粉'), quantity: 1, ifShort: 'similar' }];
  const entered = (['phone', 'chain'] as const).flatMap((source, place): Act[] => {
    const home = alone[place];
    if (home === undefined) return [];
    const more = source === 'chain' ? { chainKey: naturalId('r', round.id, 'chain', home.id) } : {};
    const args = { groupBuyId: round.id, householdId: home.id, source, lines, ...more };
    const last = round.orders.at(-1);
    return last ? [round.act(round.organiser, 'placeFor', args, placedAt(last.act) + 1, home.id)] : [];
  });
  return [[...entered, ...said(round, sums.slice(0, 12))], received(round, sums.slice(0, 9), lastMoment(round))];
}

/** One household takes more, one takes its order back. */
function changesOfMind(round: MadeRound): Act[] {
  const [first, second] = round.orders;
  const goods = first?.lines[0];
  if (!first || !second || !goods) return [];
  const key = (one: MadeOrder) => ({ groupBuyId: round.id, householdId: one.home.id });
  const lines = [
    { itemId: goods.itemId, quantity: Math.min(goods.good.perHousehold, goods.quantity + 1), ifShort: 'drop' },
  ];
  const later = round.terms.closesAt - 2 * MINUTE_MS;
  return [
    round.act(first.as, 'placeOrder', { ...key(first), lines }, later, first.home.id, 'again'),
    round.act(second.as, 'cancelOrder', key(second), later, second.home.id),
  ];
}

/** The volunteer orders for the widow who lets them: on her behalf, from their own phone. */
function helped(town: Town, widow: Home | undefined, round: MadeRound): Act[] {
  const home = town.homes.find(({ cast }) => cast?.key === 'volunteer');
  if (!widow || !home) return [];
  const helper: Actor = {
    ...phoneOf(town, home, home.residents[0]),
    grants: [{ householdId: widow.id, powers: ['order'], until: round.terms.closesAt + DAY_MS }],
  };
  const lines = ['鲜鸡蛋', '老豆腐'].map((name) => ({ itemId: round.itemId(name), quantity: 1, ifShort: 'drop' }));
  const slotId = round.orders.find(({ slot }) => slot?.kind === 'delivery')?.slot?.id;
  const args = { groupBuyId: round.id, householdId: widow.id, lines, note: '走得慢，请等一等', slotId };
  return [round.act(helper, 'placeOrder', args, lastMoment(round), widow.id)];
}

/** What came: all of it but for these. Below 0: so many fewer than were ordered. */
function arrived(round: MadeRound, came: Readonly<Record<string, number>>): Act {
  const items = Object.entries(came).map(([name, count]) => ({
    itemId: round.itemId(name),
    arrived: count < 0 ? Math.max(0, soldOf(round, name) + count) : count,
  }));
  return round.act(round.organiser, 'arrive', { groupBuyId: round.id, items }, round.terms.arrivedAt);
}

function soldOf({ orders }: MadeRound, name: string): number {
  return orders
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => sum + (line.good.name === name ? line.quantity : 0), 0);
}

/** Whoever said 换差不多的 gets other eggs, a little cheaper. */
function substituted(round: MadeRound): Act[] {
  const itemId = round.itemId('草鸡蛋');
  return round.orders
    .filter(({ lines }) => lines.some((line) => line.itemId === itemId && line.ifShort === 'similar'))
    .map(({ home }) => {
      const similar = { name: '鲜鸡蛋 20 枚', unit: '盒', quantity: 1, priceFen: 2600 };
      const args = { groupBuyId: round.id, householdId: home.id, itemId, similar };
      return round.act(round.organiser, 'substitute', args, round.terms.arrivedAt + 15 * MINUTE_MS, home.id);
    });
}

/** Half of the pork has been on the scales. */
function weighed(round: MadeRound): Act[] {
  const itemId = round.itemId('猪五花肉');
  const wants = round.orders.flatMap(({ home, lines }) =>
    lines.filter((line) => line.itemId === itemId).map(({ quantity }) => ({ householdId: home.id, quantity })),
  );
  const weights = wants.slice(0, Math.ceil(wants.length / 2)).map(({ householdId, quantity }, place) => ({
    householdId,
    grams: quantity * 1000 + [40, -35, 85, -10][place % 4]!,
  }));
  if (weights.length === 0) return [];
  const args = { groupBuyId: round.id, itemId, weights };
  return [round.act(round.organiser, 'weigh', args, round.terms.arrivedAt + 20 * MINUTE_MS)];
}

/** The volunteer's round: half carried, some of it paid at the door. */
function handedOut(town: Town, round: MadeRound, sums: readonly Sum[]): Act[][] {
  const widow = town.homes.find(({ cast }) => cast?.key === 'elder');
  // What such an order costs in the end rests on the sharing out.
  const sure = sums.filter(({ order }) => (order as MadeOrder).lines.every(({ good }) => good.name !== '叶菜组合'));
  return [
    helped(town, widow, round),
    ...closedAndOrdered(town, round),
    [arrived(round, { 叶菜组合: -2 })],
    ...underWay(town, round, widow ? [widow] : []),
    [...said(round, sure.slice(0, 6)), ...received(round, sure.slice(0, 4), round.terms.handedTo)],
  ];
}

/**
 * The round that did not come about. Two have their money back, a large sum waits for a second person, the others' is still
 * to be paid back.
 */
function calledOff(town: Town, round: MadeRound, sums: readonly Sum[]): Act[][] {
  const [first, ...others] = sums;
  const oil = round.plan.goods.find(({ name }) => name === '菜籽油');
  if (first === undefined || oil?.priceFen === undefined) return [[closed(town, round)]];
  const { home, as, act } = first.order;
  const lines = [{ itemId: round.itemId(oil.name), quantity: oil.perHousehold, ifShort: 'drop' }];
  const args = { groupBuyId: round.id, householdId: home.id, lines };
  const paid = [{ order: first.order, fen: oil.perHousehold * oil.priceFen }, ...others.slice(0, 4)];
  return [
    [round.act(as, 'placeOrder', args, placedAt(act) + 1, home.id)],
    said(round, [...paid, ...others.slice(4, 5)]),
    received(round, paid, lastMoment(round)),
    [closed(town, round)],
    refunded(round, paid.slice(0, 3), round.terms.closesAt + DAY_MS),
  ];
}
