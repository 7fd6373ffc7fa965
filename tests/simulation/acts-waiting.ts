import { mayOrganise, portionsLeft } from '../../src/pillars/group-buy/order-rules.ts';
import { isOpen } from '../../src/pillars/group-buy/rules.ts';
import { groupBuy, item } from '../../src/pillars/group-buy/schema.ts';
import { waitingPlace } from '../../src/pillars/group-buy/waiting/schema.ts';
import type { Item } from '../../src/pillars/group-buy/schema.ts';
import type { LeaveQueueArgs, WaitArgs } from '../../src/pillars/group-buy/waiting/args.ts';
import type { PlaceForArgs } from '../../src/pillars/group-buy/args.ts';
import { anyHousehold, homeToActFor, several, some, spokenOf, strays } from './acts-doing.ts';
import type { Doing, Recipes } from './acts-doing.ts';

/** How people wait for what is sold out, and how organisers enter orders for others. */
export const waitingRecipes: Recipes = {
  'groupBuy.wait': async (doing) => {
    const { chance, memory } = doing;
    const stray = strays(doing);
    const offered = await offeredNow(doing);
    const goods = some(
      chance,
      offered.filter((one) => stray || portionsLeft(one) === 0),
    );
    const householdId = stray ? anyHousehold(doing) : await homeToActFor(doing, 'order');
    if (goods === undefined || householdId === undefined) return undefined;
    return {
      groupBuyId: stray && chance.chance(0.3) ? (memory.any('round', chance) ?? goods.groupBuyId) : goods.groupBuyId,
      itemId: goods.id,
      householdId,
      quantity: 1 + chance.whole(stray ? 5 : goods.perHousehold),
      ifShort: chance.pick(['drop', 'similar', 'ask']),
    } satisfies WaitArgs;
  },

  'groupBuy.leaveQueue': async (doing) => {
    const { reader, chance } = doing;
    const stray = strays(doing);
    const householdId = await homeToActFor(doing, 'order');
    const places = householdId === undefined ? [] : await reader.list(waitingPlace, 'householdId', householdId);
    const mine = some(
      chance,
      places.filter(({ state }) => stray || state === 'waiting'),
    );
    if (mine === undefined) return undefined;
    const of = stray && chance.chance(0.5) ? anyHousehold(doing) : mine.householdId;
    return { groupBuyId: mine.groupBuyId, itemId: mine.itemId, householdId: of } satisfies LeaveQueueArgs;
  },

  'groupBuy.placeFor': async (doing) => {
    const { actor, now, chance, memory } = doing;
    const stray = strays(doing);
    if (!stray && !mayOrganise(actor, now)) return undefined;
    const goods = (await offeredNow(doing)).filter((one) => stray || portionsLeft(one) > 0);
    const one = some(chance, goods);
    if (one === undefined) return undefined;
    // A line of a list is pasted again now and then, by whoever has it before them.
    const again = chance.chance(0.4) ? memory.any('pasted', chance) : undefined;
    const householdId = again ?? anyHousehold(doing);
    const isPasted = again !== undefined || chance.chance(0.6);
    if (isPasted) memory.add('pasted', householdId);
    const chainKey = isPasted ? `line of ${householdId}` : undefined;
    return {
      groupBuyId: one.groupBuyId,
      householdId,
      source: chainKey === undefined ? chance.pick(['phone', 'inPerson']) : 'chain',
      ...(chainKey !== undefined && { chainKey }),
      ...(chance.chance(0.3) && { note: '=放门口' }),
      lines: several(
        chance,
        goods.filter((each) => each.groupBuyId === one.groupBuyId),
      ).map((each) => ({ itemId: each.id, quantity: 1 + chance.whole(stray ? 5 : 2), ifShort: 'drop' as const })),
    } satisfies PlaceForArgs;
  },
};

/** What the rounds offer that take orders now, as this phone knows it. */
async function offeredNow(doing: Doing): Promise<readonly Item[]> {
  const { reader, now } = doing;
  const open = new Set((await reader.all(groupBuy)).filter((round) => isOpen(round, now)).map(({ id }) => id));
  const offered = (await reader.all(item)).filter((one) => open.has(one.groupBuyId));
  return spokenOf(doing, offered, (one) => one.groupBuyId);
}
