import { DAY_MS, MINUTE_MS } from '../../src/domain/day.ts';
import { mayOrganise, portionsLeft } from '../../src/pillars/group-buy/order-rules.ts';
import { estimateFen, isOpen, standingLines } from '../../src/pillars/group-buy/rules.ts';
import { groupBuy, item, order, orderId } from '../../src/pillars/group-buy/schema.ts';
import type { CancelOrderArgs, OpenArgs, PlaceOrderArgs } from '../../src/pillars/group-buy/args.ts';
import type { Item } from '../../src/pillars/group-buy/schema.ts';
import { anyHousehold, homeToActFor, several, some, spokenOf, strays } from './acts-doing.ts';
import type { Doing, Recipes } from './acts-doing.ts';

const HOUR_MS = 60 * MINUTE_MS;
const SLOTS = ['morning', 'evening'] as const;
const GOODS = ['鲜鸡蛋', '上海青', '土豆', '鲜牛奶', '五花肉', '东北大米'] as const;
/** Rounds that take orders at a time: enough that organisers stop opening more. */
const ENOUGH_ROUNDS = 3;

/** How people come to buy together. Stocks are small, so that portions run out. */
export const groupBuyRecipes: Recipes = {
  'groupBuy.open': async (doing) => {
    const { reader, actor, now } = doing;
    const stray = strays(doing);
    const running = (await reader.all(groupBuy)).filter((round) => isOpen(round, now));
    if (!stray && (!mayOrganise(actor, now) || running.length >= ENOUGH_ROUNDS)) return undefined;
    return aRound(doing, stray);
  },

  'groupBuy.placeOrder': async (doing) => {
    const meant = await anOrder(doing);
    return strays(doing) ? bent(doing, meant ?? blind(doing)) : meant;
  },

  'groupBuy.cancelOrder': async (doing) => {
    const { reader, now, chance } = doing;
    const householdId = await homeToActFor(doing, 'order');
    const held = householdId === undefined ? [] : await reader.list(order, 'householdId', householdId);
    const rounds = new Map((await reader.all(groupBuy)).map((round) => [round.id, round]));
    const standing = held.filter((each) => {
      const round = rounds.get(each.groupBuyId);
      return each.state === 'placed' && round !== undefined && isOpen(round, now);
    });
    const mine = some(
      chance,
      spokenOf(doing, standing, (one) => one.groupBuyId),
    );
    if (!strays(doing)) return mine && keyOf(mine);
    // Past the cut-off, already cancelled, nothing ordered, or somebody else's.
    const { groupBuyId, basedOn } = blind(doing);
    const other = some(chance, held);
    return other && chance.chance(0.5) ? keyOf(other) : { groupBuyId, householdId: anyHousehold(doing), basedOn };
  },
};

function keyOf(before: { groupBuyId: string; householdId: string; revision: string }): CancelOrderArgs {
  return { groupBuyId: before.groupBuyId, householdId: before.householdId, basedOn: before.revision };
}

/** A round as somebody would open it; one that is careful takes orders from now on. */
export function aRound({ now, chance, memory, careful = false }: Doing, stray: boolean): OpenArgs {
  const opensAt = now + (careful ? -MINUTE_MS : chance.pick([-MINUTE_MS, -MINUTE_MS, -MINUTE_MS, 5 * MINUTE_MS]));
  const names = several(chance, GOODS, 0.4).slice(0, careful && chance.chance(0.6) ? 1 : 3);
  const again = stray ? memory.any('round', chance) : undefined;
  return {
    id: again ?? memory.add('round', chance.newId()),
    title: `第${chance.whole(90) + 1}团`,
    opensAt,
    closesAt: Math.max(opensAt, now) + chance.pick([5 * MINUTE_MS, 40 * MINUTE_MS, 6 * 60 * MINUTE_MS, 3 * DAY_MS]),
    ...(chance.chance(careful ? 0.1 : 0.3) && { minimumPortions: 1 + chance.whole(5) }),
    ...(chance.chance(0.3) && { place: '送到门口' }),
    ...(chance.chance(0.3) && { payment: chance.pick(['before', 'onDelivery'] as const) }),
    ...(chance.chance(0.4) && { eldersFirst: chance.chance(0.7) }),
    ...(chance.chance(careful ? 0 : 0.2) && { draft: true }),
    ...(chance.chance(0.2) && {
      slots: SLOTS.map((id, i) => ({
        id,
        kind: 'delivery' as const,
        from: opensAt + i * HOUR_MS,
        to: opensAt + (i + 1) * HOUR_MS,
      })),
    }),
    ...(stray && chance.chance(0.3) && { payTo: chance.newId() }),
    items: names.map((name) => ({
      id: memory.add('item', chance.newId()),
      name,
      unit: '份',
      contents: '',
      ...priced(chance, careful ? 0.4 : 0.2),
      stock: 1 + chance.whole(careful ? 2 : 4),
      perHousehold: 1 + chance.whole(3),
    })),
  };
}

/** A price, at times by weight: a portion of 2.5 jin costs what they are estimated at. */
function priced(
  chance: Doing['chance'],
  byWeight: number,
): Pick<OpenArgs['items'][number], 'priceFen' | 'perJinFen' | 'weightJin'> {
  const fen = 100 * (5 + chance.whole(50));
  return chance.chance(byWeight)
    ? { priceFen: estimateFen(fen, 2.5), perJinFen: fen, weightJin: 2.5 }
    : { priceFen: fen };
}

/** What goes with an order, said or taken away; at times a slot that the round does not offer. */
function aside({ chance }: Doing): Pick<PlaceOrderArgs, 'note' | 'slotId' | 'listedAs'> {
  return {
    ...(chance.chance(0.2) && { note: chance.pick(['放门口', '=1+1', null]) }),
    ...(chance.chance(0.1) && { slotId: chance.pick([...SLOTS, null]) }),
    ...(chance.chance(0.1) && { listedAs: chance.pick(['李', null]) }),
  };
}

/** What somebody would order who looks at an open round: a new order, or a change of the one that stands. */
async function anOrder(doing: Doing): Promise<PlaceOrderArgs | undefined> {
  const { reader, now, chance, memory } = doing;
  const householdId = await homeToActFor(doing, 'order');
  const round = some(
    chance,
    spokenOf(
      doing,
      (await reader.all(groupBuy)).filter((each) => isOpen(each, now)),
      (each) => each.id,
    ),
  );
  if (householdId === undefined || round === undefined) return undefined;
  const before = await reader.get(order, orderId(round.id, householdId));
  if (before) memory.add('revision', before.revision);
  const had = new Map(standingLines(before).map((line) => [line.itemId, line.quantity]));
  const most = (one: Item) => Math.min(one.perHousehold, portionsLeft(one) + (had.get(one.id) ?? 0));
  const goods = (await reader.list(item, 'groupBuyId', round.id)).filter((one) => most(one) > 0);
  if (goods.length === 0) return undefined;
  const lines = several(chance, goods).map((one) => ({
    itemId: one.id,
    // People who fear that it runs out take all they can.
    quantity: chance.chance(0.5) ? most(one) : 1 + chance.whole(most(one)),
    ifShort: chance.pick(['drop', 'similar', 'ask'] as const),
  }));
  return { groupBuyId: round.id, householdId, basedOn: before?.revision ?? null, lines, ...aside(doing) };
}

/** An order for what the phone need not hold: a round and an item of which somebody has spoken. */
function blind(doing: Doing): PlaceOrderArgs {
  const { chance, memory } = doing;
  return {
    groupBuyId: memory.any('round', chance) ?? chance.newId(),
    householdId: anyHousehold(doing),
    basedOn: chance.pick([null, undefined, memory.any('revision', chance)]),
    lines: [{ itemId: memory.any('item', chance) ?? chance.newId(), quantity: 1 + chance.whole(5), ifShort: 'drop' }],
  };
}

/** The order with one thing about it wrong, or risked. */
function bent(doing: Doing, meant: PlaceOrderArgs): PlaceOrderArgs {
  const { chance, memory } = doing;
  const other = blind(doing);
  switch (chance.whole(6)) {
    case 0:
      return { ...meant, householdId: other.householdId };
    case 1:
      return { ...meant, groupBuyId: other.groupBuyId };
    case 2:
      return { ...meant, basedOn: memory.any('revision', chance) ?? chance.newId() };
    case 3:
      return { ...meant, basedOn: undefined };
    case 4:
      return { ...meant, lines: other.lines };
    default:
      return {
        ...meant,
        lines: meant.lines.map((line) => ({ ...line, quantity: line.quantity + 1 + chance.whole(4) })),
      };
  }
}
