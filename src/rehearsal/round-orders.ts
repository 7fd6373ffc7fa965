import { naturalId } from '../people/natural-id.ts';
import { phoneOf, phoneOfDuty } from './act.ts';
import { chanceOf } from './chance.ts';
import { GOODS } from './goods.ts';
import { termsOf } from './round-terms.ts';
import type { Act } from './act.ts';
import type { Actor } from '../domain/actor.ts';
import type { Chance } from './chance.ts';
import type { DeliverySlot } from '../pillars/group-buy/schema.ts';
import type { Fen } from '../domain/money.ts';
import type { Home, Town } from './town.ts';
import type { LineArgs, OpenArgs, PlaceOrderArgs } from '../pillars/group-buy/args.ts';
import type { PlannedGood, RoundPlan } from './round-plans.ts';
import type { Terms } from './round-terms.ts';

/** An order of the rehearsal, with what it costs as it was placed. */
export interface MadeOrder {
  readonly home: Home;
  readonly as: Actor;
  readonly lines: readonly (LineArgs & { readonly good: PlannedGood; readonly fen: Fen })[];
  readonly totalFen: Fen;
  readonly slot?: DeliverySlot;
  readonly act: Act;
}

/** A round of the rehearsal as far as its orders: what came afterwards is told by its life. */
export interface MadeRound {
  readonly plan: RoundPlan;
  readonly id: string;
  readonly terms: Terms;
  readonly organiser: Actor;
  readonly open: Act;
  readonly orders: readonly MadeOrder[];
  readonly itemId: (name: string) => string;
  /** Something done in this round; `parts` tell two of one name apart. */
  readonly act: (as: Actor, name: string, args: object, happenedAt: number, ...parts: readonly string[]) => Act;
}

const IF_SHORT = ['drop', 'similar', 'ask'] as const;
const NOTES = ['放门口就行', '门铃坏了，请敲门', '老人耳背，多敲一会儿', '六点以后家里才有人', '请轻一点，孩子在睡'];

/** @returns the round, its orders in, or (as a draft) without any. Stock is what was ordered and what the plan leaves. */
export function makeRound(town: Town, seed: number, plan: RoundPlan, now: number): MadeRound {
  const chance = chanceOf(seed, `round ${plan.key}`);
  const asides = chanceOf(seed, `asides ${plan.key}`);
  const terms = termsOf(plan, now);
  const id = naturalId('r', town.communityId, 'round', plan.key);
  const organiser = phoneOfDuty(town, 'organiser');
  const itemId = (name: string): string => naturalId('r', id, name);
  const slots = plan.hasSlots ? slotsOf(id, terms.closesAt) : undefined;
  const until = Math.min(now, terms.closesAt);

  const orders = buyersOf(town, plan, chance).map((home, at): MadeOrder => {
    const lines = chance
      .shuffle(plan.goods)
      .slice(0, chance.between(1, 4))
      .map((good) => {
        const quantity = Math.min(good.perHousehold, chance.pick([1, 1, 1, 2]));
        const ifShort = chance.pick(IF_SHORT);
        return { itemId: itemId(good.name), quantity, ifShort, good, fen: quantity * priceOf(good) };
      });
    const slot = slots && (asides.happens(0.2) ? slots[2] : asides.pick(slots.slice(0, 2)));
    const args: PlaceOrderArgs = {
      groupBuyId: id,
      householdId: home.id,
      lines: lines.map(({ good: _good, fen: _fen, ...line }) => line),
      ...(slot && { slotId: slot.id }),
      ...(asides.happens(0.12) && { note: asides.pick(NOTES) }),
      ...(asides.happens(0.25) && { listedAs: listedAs(home, asides) }),
    };
    const happenedAt = Math.floor(terms.opensAt + ((until - terms.opensAt) * (at + 1)) / (plan.households + 2));
    const as = phoneOf(town, home, home.residents[0]);
    const act = {
      as,
      order: { id: naturalId('r', id, 'order', home.id), name: 'groupBuy.placeOrder', args, happenedAt },
    };
    return { home, as, lines, totalFen: lines.reduce((sum, { fen }) => sum + fen, 0), slot, act };
  });

  const openArgs = argsOf(plan, { id, itemId, terms, slots, orders, payTo: organiser.personId });
  const act: MadeRound['act'] = (as, name, args, happenedAt, ...parts) => ({
    as,
    order: { id: naturalId('r', id, name, ...parts), name: `groupBuy.${name}`, args, happenedAt },
  });
  const opened = plan.state === 'draft' ? now - 40 * 60_000 : terms.opensAt;
  return { plan, id, terms, organiser, open: act(organiser, 'open', openArgs, opened), orders, itemId, act };
}

/** Who orders: nobody from whose door somebody tries things out. Of named stairways as many each, so that they are full. */
function buyersOf(town: Town, { households, stairways }: RoundPlan, chance: Chance): readonly Home[] {
  const all = chance.shuffle(town.homes.filter((home) => home.residents.length > 0 && home.cast?.key === undefined));
  if (stairways === undefined) return all.slice(0, households);
  const each = Math.ceil(households / stairways.length);
  return stairways.flatMap((place) => all.filter(({ door }) => door.startsWith(`${place}-`)).slice(0, each));
}

interface Made extends Pick<MadeRound, 'id' | 'itemId' | 'terms' | 'orders'> {
  readonly slots?: readonly DeliverySlot[];
  readonly payTo?: string;
}

function argsOf(plan: RoundPlan, { id, itemId, terms, slots, orders, payTo }: Made): OpenArgs {
  const lines = orders.flatMap((one) => one.lines);
  const sold = (good: PlannedGood) =>
    lines.filter((line) => line.good === good).reduce((sum, { quantity }) => sum + quantity, 0);
  const portions = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    id,
    title: plan.title,
    place: plan.place,
    opensAt: terms.opensAt,
    closesAt: terms.closesAt,
    ...(plan.short !== undefined && { minimumPortions: portions + plan.short }),
    ...(plan.payment && { payment: plan.payment, payTo }),
    ...(plan.eldersFirst && { eldersFirst: true }),
    ...(plan.supplier && { supplier: plan.supplier }),
    ...(slots && { slots: [...slots] }),
    ...(plan.state === 'draft' && { draft: true }),
    items: plan.goods.map((good) => {
      const { left, perHousehold, ...more } = good;
      const { unit, contents, pieces, weightJin } = goodNamed(good.name);
      const stock = sold(good) + left;
      const priceFen = priceOf(good);
      return { id: itemId(good.name), unit, contents, pieces, weightJin, stock, perHousehold, ...more, priceFen };
    }),
  };
}

/** The day after the cut-off: brought in the afternoon or the evening, or fetched at the gate. */
function slotsOf(roundId: string, closesAt: number): readonly DeliverySlot[] {
  const hours = (from: number, to: number) => ({ from: closesAt + from * 3_600_000, to: closesAt + to * 3_600_000 });
  const slotId = (name: string) => naturalId('r', roundId, 'slot', name);
  return [
    { id: slotId('afternoon'), kind: 'delivery', ...hours(18, 20) },
    { id: slotId('evening'), kind: 'delivery', ...hours(21, 23) },
    { id: slotId('gate'), kind: 'pickUp', ...hours(21, 23), place: '北门岗亭' },
  ];
}

function listedAs(home: Home, chance: Chance): string {
  const surname = home.residents[0]?.name.slice(0, 1) ?? '';
  return chance.pick([`${surname}家`, `小${surname}`, `老${surname}`]);
}

function priceOf(good: PlannedGood): Fen {
  return good.priceFen ?? goodNamed(good.name).priceFen;
}

function goodNamed(name: string): (typeof GOODS)[number] {
  const good = GOODS.find((one) => one.name === name);
  if (!good) throw new Error(`no such good: ${name}`);
  return good;
}
