import * as v from 'valibot';
import { limits, openArgs } from '../args.ts';
import { parseYuan } from '../order-rules.ts';
import { timeOn } from '../../../domain/day.ts';
import type { OpenArgs } from '../args.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { World } from '../../../domain/world.ts';

/** An item as it is typed. */
export interface ItemForm {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly contents: string;
  readonly pieces: string;
  readonly weightJin: string;
  /** Yuan. */
  readonly priceFen: string;
  readonly stock: string;
  readonly perHousehold: string;
}

/** A round as it is typed: field names are those of the args, so that an error finds its field. */
export interface RoundForm {
  readonly id: string;
  readonly title: string;
  /** `2026-11-22T20:00`, on the community's clock. */
  readonly closesAt: string;
  readonly minimumPortions: string;
  readonly place: string;
  readonly items: readonly ItemForm[];
}

/** What is wrong with a field; `field` is its dotted path and its id on the screen, `item` the one it belongs to, if any. */
export interface FieldError {
  readonly field: string;
  readonly text: string;
  readonly item?: string;
}

export function emptyItem(world: World): ItemForm {
  return {
    id: world.newId(),
    name: '',
    unit: '份',
    contents: '',
    pieces: '',
    weightJin: '',
    priceFen: '',
    stock: '',
    perHousehold: '2',
  };
}

export function emptyRound(world: World): RoundForm {
  return { id: world.newId(), title: '', closesAt: '', minimumPortions: '', place: '', items: [emptyItem(world)] };
}

/**
 * Reads the form with the limits of the args themselves. The round opens at once.
 * @param now epoch ms
 * @returns the args of `groupBuy.open`, or what is wrong, a line each
 */
export function readRound(
  { t }: TextSource,
  form: RoundForm,
  now: number,
): { args: OpenArgs } | { errors: FieldError[] } {
  const typed = {
    id: form.id,
    title: form.title,
    opensAt: now,
    closesAt: wallTime(form.closesAt),
    minimumPortions: unlessEmpty(form.minimumPortions, amount),
    place: form.place.trim() === '' ? undefined : form.place,
    items: form.items.map((one) => ({
      ...one,
      pieces: unlessEmpty(one.pieces, amount),
      weightJin: unlessEmpty(one.weightJin, decimal),
      priceFen: parseYuan(one.priceFen) ?? NaN,
      stock: amount(one.stock),
      perHousehold: amount(one.perHousehold),
    })),
  };
  const parsed = v.safeParse(openArgs, typed);
  const errors = new Map<string, FieldError>();
  const add = (error: FieldError) => errors.has(error.field) || errors.set(error.field, error);
  if (typed.closesAt <= now) add({ field: 'closesAt', text: t('groupBuy.wrong.closesPast') });
  for (const issue of parsed.issues ?? []) add(wrong(t, v.getDotPath(issue) ?? ''));
  if (parsed.success && errors.size === 0) return { args: parsed.output };
  return { errors: [...errors.values()] };
}

/** Largest values as the words name them, by field. */
const largest: Readonly<Record<string, number>> = {
  ...limits,
  perHousehold: limits.quantity,
  priceFen: limits.priceFen / 100,
};

function wrong(t: TextSource['t'], field: string): FieldError {
  const [, position, ofItem] = field.split('.');
  const key = ofItem ?? field;
  const text = t(`groupBuy.wrong.${key}`, { max: largest[key] ?? 0 });
  return ofItem === undefined
    ? { field, text }
    : { field, text, item: t('groupBuy.form.item', { count: Number(position) + 1 }) };
}

/** What is typed may be full-width. NaN where it is not such a number: the schema names it. */
function number(text: string, shape: RegExp): number {
  const plain = text.normalize('NFKC').trim();
  return shape.test(plain) ? Number(plain) : NaN;
}
const amount = (text: string) => number(text, /^\d{1,9}$/);
const decimal = (text: string) => number(text, /^\d{1,6}(\.\d{1,3})?$/);

function unlessEmpty(text: string, read: (text: string) => number): number | undefined {
  return text.trim() === '' ? undefined : read(text);
}

function wallTime(text: string): number {
  const [day, clock] = text.split('T');
  return day && clock ? timeOn(day, clock.slice(0, 5)) : NaN;
}
