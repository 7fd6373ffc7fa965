import { DAY_MS, MINUTE_MS } from '../../src/domain/day.ts';
import { mayOrganise } from '../../src/pillars/group-buy/order-rules.ts';
import { groupBuy, item } from '../../src/pillars/group-buy/schema.ts';
import type {
  ArriveArgs,
  ChangeItemArgs,
  ChangeRoundArgs,
  SubstituteArgs,
} from '../../src/pillars/group-buy/round/args.ts';
import type { GroupBuy, Item, Order, RoundState } from '../../src/pillars/group-buy/schema.ts';
import { anyHousehold, several, some, spokenOf, strays } from './acts-doing.ts';
import { aRound } from './acts-group-buy.ts';
import type { Doing, Recipe, Recipes } from './acts-doing.ts';

/** How organisers lead a round from a draft to its end, and at times try a step that is not due. */
export const roundRecipes: Recipes = {
  'groupBuy.editDraft': async (doing) => {
    const draft = await aRoundIn(doing, ['draft']);
    return draft && { ...aRound(doing, false), id: draft.id, draft: doing.chance.chance(0.5) };
  },
  'groupBuy.publish': step(['draft']),

  'groupBuy.change': async (doing) => {
    const { now, chance } = doing;
    const round = await aRoundIn(doing, ['draft', 'open']);
    if (round === undefined) return undefined;
    return {
      groupBuyId: round.id,
      ...(chance.chance(0.4) && { closesAt: now + chance.pick([-MINUTE_MS, 30 * MINUTE_MS, DAY_MS]) }),
      ...(chance.chance(0.3) && { minimumPortions: chance.pick([null, 1, 3]) }),
      ...(chance.chance(0.3) && { place: chance.pick([null, '送到楼下']) }),
    } satisfies ChangeRoundArgs;
  },

  'groupBuy.changeItem': async (doing) => {
    const { chance, reader } = doing;
    const round = await aRoundIn(doing, ['open']);
    const one = round && some(chance, await reader.list(item, 'groupBuyId', round.id));
    if (one === undefined) return undefined;
    const { stock, priceFen } = one;
    return {
      groupBuyId: one.groupBuyId,
      itemId: one.id,
      was: chance.chance(0.1) ? { stock: stock + 1 } : { stock, priceFen },
      ...(chance.chance(0.7) && { stock: Math.max(0, stock + chance.pick([-2, 1, 1, 2, 3])) }),
      ...(chance.chance(0.3) && { priceFen: Math.max(0, priceFen + chance.pick([-100, 100])) }),
      ...(chance.chance(0.1) && { perHousehold: 1 + chance.whole(3) }),
    } satisfies ChangeItemArgs;
  },

  'groupBuy.close': step(['open']),
  'groupBuy.cancelRound': async (doing) => {
    const round = await aRoundIn(doing, ['open', 'closed', 'ordered', 'arrived']);
    return round && { groupBuyId: round.id, reason: '供应商没货' };
  },
  'groupBuy.markOrdered': step(['closed']),

  'groupBuy.arrive': async (doing) => {
    const { chance, reader } = doing;
    const round = await aRoundIn(doing, ['closed', 'ordered', 'arrived']);
    if (round === undefined) return undefined;
    const ordered = (await reader.list(item, 'groupBuyId', round.id)).filter((one) => one.sold > 0);
    return {
      groupBuyId: round.id,
      items: several(chance, ordered).map((one: Item) => ({
        itemId: one.id,
        arrived: chance.chance(0.6) ? Math.max(0, one.sold - 1 - chance.whole(2)) : one.sold,
      })),
    } satisfies ArriveArgs;
  },

  'groupBuy.substitute': async (doing) => {
    const { chance, reader } = doing;
    const round = await aRoundIn(doing, ['arrived', 'handingOut']);
    const short = (order: Order) => order.lines.some(({ got }) => got !== undefined);
    const whose = round && anOrderSeen(doing, round.id, short);
    if (whose === undefined && !guesses(doing)) return undefined;
    const goods = round === undefined ? [] : await reader.list(item, 'groupBuyId', round.id);
    const lacks = whose?.lines.find(({ got }) => got !== undefined)?.itemId;
    const one = goods.find(({ id }) => id === lacks) ?? some(chance, goods);
    if (one === undefined) return undefined;
    const dearer = chance.chance(0.1) ? 10_000 : 0;
    return {
      groupBuyId: one.groupBuyId,
      householdId: whose?.householdId ?? anyHousehold(doing),
      itemId: one.id,
      similar: chance.chance(0.2)
        ? null
        : { name: '娃娃菜', unit: '份', quantity: 1, priceFen: Math.max(0, one.priceFen - 100) + dearer },
    } satisfies SubstituteArgs;
  },

  'groupBuy.startHandingOut': step(['arrived']),
  'groupBuy.settle': step(['handingOut']),
};

/** A step of a round that is due, as this phone sees it. */
function step(from: readonly RoundState[]): Recipe {
  return async (doing) => {
    const round = await aRoundIn(doing, from);
    return round && { groupBuyId: round.id };
  };
}

/** A round in one of these states, for who may organise; at times any round, or anybody. */
export async function aRoundIn(doing: Doing, states: readonly RoundState[]): Promise<GroupBuy | undefined> {
  const { reader, actor, now, chance } = doing;
  const stray = strays(doing);
  if (!stray && !mayOrganise(actor, now)) return undefined;
  const rounds = await reader.all(groupBuy);
  const due = rounds.filter((round) => stray || states.includes(round.state));
  return some(chance, stray ? due : spokenOf(doing, due, (round) => round.id));
}

/** Whether somebody who has seen no such order tries with any household all the same. */
export function guesses({ careful, chance }: Doing): boolean {
  return careful !== true && chance.chance(0.4);
}

/** An order of the round as it was seen last, of which this is true; none at times, so that people also try what is not so. */
export function anOrderSeen(doing: Doing, groupBuyId: string, due: (one: Order) => boolean): Order | undefined {
  const seen = [...doing.memory.orders.values()].filter((one) => one.groupBuyId === groupBuyId);
  const stray = strays(doing);
  return some(
    doing.chance,
    seen.filter((one) => stray || due(one)),
  );
}
