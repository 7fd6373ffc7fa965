import { addDays, clockOf, dayOf, timeOn } from '../../../../domain/day.ts';
import { yuan } from '../../../../domain/money.ts';
import type { GroupBuy, Item } from '../../schema.ts';
import type { World } from '../../../../domain/world.ts';

/** An item as it is typed. */
export interface ItemForm {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly contents: string;
  readonly pieces: string;
  readonly weightJin: string;
  /** `jin`: `perJinFen` is typed and the portion's price is its estimate. */
  readonly pricedBy: 'portion' | 'jin';
  /** Yuan. */
  readonly priceFen: string;
  readonly perJinFen: string;
  readonly stock: string;
  readonly perHousehold: string;
  readonly caseSize: string;
  readonly origin: string;
  readonly photoId: string;
  readonly sensitive: boolean;
}

/** A slot as it is typed; times as `2026-11-22T16:00`, on the community's clock. */
export interface SlotForm {
  readonly id: string;
  readonly kind: 'delivery' | 'pickUp';
  readonly from: string;
  readonly to: string;
  readonly place: string;
}

/** A round as it is typed: field names are those of the args, so that an error finds its field. */
export interface RoundForm {
  readonly id: string;
  readonly title: string;
  /** Empty: at once. */
  readonly opensAt: string;
  /** `2026-11-22T20:00`, on the community's clock. */
  readonly closesAt: string;
  readonly minimumPortions: string;
  readonly place: string;
  readonly payment: 'before' | 'onDelivery';
  /** Id of a collection code; empty for none. */
  readonly payTo: string;
  readonly supplier: string;
  readonly eldersFirst: boolean;
  readonly slots: readonly SlotForm[];
  /** Empty where it was not copied. */
  readonly copiedFrom: string;
  readonly items: readonly ItemForm[];
}

export function emptyItem(world: World): ItemForm {
  return {
    id: world.newId(),
    name: '',
    unit: '份',
    contents: '',
    pieces: '',
    weightJin: '',
    pricedBy: 'portion',
    priceFen: '',
    perJinFen: '',
    stock: '',
    perHousehold: '2',
    caseSize: '',
    origin: '',
    photoId: '',
    sensitive: false,
  };
}

export function emptySlot(world: World): SlotForm {
  return { id: world.newId(), kind: 'delivery', from: '', to: '', place: '' };
}

export function emptyRound(world: World): RoundForm {
  return {
    id: world.newId(),
    title: '',
    opensAt: '',
    closesAt: '',
    minimumPortions: '',
    place: '',
    payment: 'onDelivery',
    payTo: '',
    supplier: '',
    eldersFirst: false,
    slots: [],
    copiedFrom: '',
    items: [emptyItem(world)],
  };
}

/** A draft as it was written, to be written on. @param now epoch ms: an opening that is past is at once */
export function writtenRound(round: GroupBuy, items: readonly Item[], now: number): RoundForm {
  return {
    id: round.id,
    title: round.title,
    opensAt: round.opensAt <= now ? '' : wallClock(round.opensAt),
    closesAt: wallClock(round.closesAt),
    minimumPortions: typed(round.minimumPortions),
    place: round.place ?? '',
    payment: round.payment ?? 'onDelivery',
    payTo: round.payTo ?? '',
    supplier: round.supplier ?? '',
    eldersFirst: round.share?.eldersFirst === true,
    slots: (round.slots ?? []).map(({ id, kind, from, to, place }) => ({
      id,
      kind,
      from: wallClock(from),
      to: wallClock(to),
      place: place ?? '',
    })),
    copiedFrom: round.copiedFrom ?? '',
    items: inOrder(items).map((one) => ({ ...writtenItem(one), stock: typed(one.stock) })),
  };
}

/**
 * A new round like an earlier one: everything but times and stock, which are another day's. The number in its name counts
 * on: 蔬菜第 7 团 becomes 蔬菜第 8 团.
 */
export function copiedRound(world: World, round: GroupBuy, items: readonly Item[]): RoundForm {
  const copy = writtenRound(round, items, Infinity);
  return {
    ...copy,
    id: world.newId(),
    title: copy.title.replace(/\d+(?!.*\d)/, (number) => String(Number(number) + 1)),
    closesAt: '',
    slots: [],
    copiedFrom: round.id,
    items: copy.items.map((one) => ({ ...one, id: world.newId(), stock: '' })),
  };
}

/** The form with an item one place further up or down; the same where there is none. */
export function movedItem(form: RoundForm, id: string, by: -1 | 1): RoundForm {
  const from = form.items.findIndex((one) => one.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= form.items.length) return form;
  const items = [...form.items];
  [items[from], items[to]] = [items[to]!, items[from]!];
  return { ...form, items };
}

/** The cut-off that most rounds have: this evening at eight, or tomorrow's where that is less than an hour away. @param now epoch ms */
export function usualCutOff(now: number): string {
  const today = dayOf(now);
  return `${clockOf(now) < '19:00' ? today : addDays(today, 1)}T20:00`;
}

function writtenItem(one: Item): ItemForm {
  return {
    id: one.id,
    name: one.name,
    unit: one.unit,
    contents: one.contents,
    pieces: typed(one.pieces),
    weightJin: typed(one.weightJin),
    pricedBy: one.perJinFen === undefined ? 'portion' : 'jin',
    priceFen: yuan(one.priceFen),
    perJinFen: one.perJinFen === undefined ? '' : yuan(one.perJinFen),
    stock: '',
    perHousehold: typed(one.perHousehold),
    caseSize: typed(one.caseSize),
    origin: one.origin ?? '',
    photoId: one.photoId ?? '',
    sensitive: one.sensitive === true,
  };
}

function inOrder(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => a.position - b.position);
}

const typed = (number: number | undefined): string => (number === undefined ? '' : String(number));

/** `2026-11-22T20:00` on the community's clock. @param ms epoch ms */
export function wallClock(ms: number): string {
  return `${dayOf(ms)}T${clockOf(ms)}`;
}

/** @returns epoch ms, NaN where it is no time */
export function wallTime(text: string): number {
  const [day, clock] = text.split('T');
  return day && clock ? timeOn(day, clock.slice(0, 5)) : NaN;
}
