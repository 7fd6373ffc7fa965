import * as v from 'valibot';
import { limits, openArgs } from '../../args.ts';
import { estimateFen } from '../../rules.ts';
import { parseYuan } from '../../order-rules.ts';
import { wallTime } from './round-form.ts';
import type { ItemForm, RoundForm } from './round-form.ts';
import type { OpenArgs } from '../../args.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';

/** What is wrong with a field; `field` is its dotted path and its id on the screen, `item` the one it belongs to, if any. */
export interface FieldError {
  readonly field: string;
  readonly text: string;
  readonly item?: string;
}

/**
 * Reads the form with the limits of the args themselves. Without a time of opening the round opens at once.
 * @param now epoch ms
 * @returns the args of `groupBuy.open`, or what is wrong, a line each
 */
export function readRound(
  { t }: TextSource,
  form: RoundForm,
  now: number,
): { args: OpenArgs } | { errors: FieldError[] } {
  const asked = {
    id: form.id,
    title: form.title,
    opensAt: form.opensAt === '' ? now : wallTime(form.opensAt),
    closesAt: wallTime(form.closesAt),
    minimumPortions: unlessEmpty(form.minimumPortions, amount),
    place: text(form.place),
    payment: form.payment,
    payTo: text(form.payTo),
    supplier: text(form.supplier),
    eldersFirst: form.eldersFirst,
    slots: form.slots.map(({ id, kind, from, to, place }) => ({
      id,
      kind,
      from: wallTime(from),
      to: wallTime(to),
      place: kind === 'pickUp' ? text(place) : undefined,
    })),
    copiedFrom: text(form.copiedFrom),
    items: form.items.map(readItem),
  };
  const parsed = v.safeParse(openArgs, asked);
  const errors = new Map<string, FieldError>();
  const add = (error: FieldError) => errors.has(error.field) || errors.set(error.field, error);
  if (asked.closesAt <= now) add({ field: 'closesAt', text: t('groupBuy.round.wrong.closesPast') });
  else if (asked.closesAt <= asked.opensAt) add({ field: 'closesAt', text: t('groupBuy.round.wrong.closesFirst') });
  for (const issue of parsed.issues ?? []) add(wrong(t, form, v.getDotPath(issue) ?? ''));
  if (parsed.success && errors.size === 0) return { args: parsed.output };
  return { errors: [...errors.values()] };
}

function readItem(one: ItemForm) {
  const weightJin = unlessEmpty(one.weightJin, decimal);
  const perJinFen = one.pricedBy === 'jin' ? (parseYuan(one.perJinFen) ?? NaN) : undefined;
  return {
    id: one.id,
    name: one.name,
    unit: one.unit,
    contents: one.contents,
    pieces: unlessEmpty(one.pieces, amount),
    // What is priced by weight needs one to be reckoned with.
    weightJin: perJinFen === undefined ? weightJin : (weightJin ?? NaN),
    priceFen: estimateOf(one) ?? parseYuan(one.priceFen) ?? NaN,
    perJinFen,
    stock: amount(one.stock),
    perHousehold: amount(one.perHousehold),
    caseSize: unlessEmpty(one.caseSize, amount),
    origin: text(one.origin),
    photoId: text(one.photoId),
    sensitive: one.sensitive ? true : undefined,
  };
}

/** What a portion is reckoned to cost, where it is priced by weight and both have been typed: fen. */
export function estimateOf({ pricedBy, perJinFen, weightJin }: ItemForm): number | undefined {
  if (pricedBy !== 'jin') return undefined;
  const fen = parseYuan(perJinFen);
  const jin = decimal(weightJin);
  return fen === undefined || Number.isNaN(jin) ? 0 : Math.min(estimateFen(fen, jin), limits.priceFen);
}

/** Largest values as the words name them, by field. */
const largest: Readonly<Record<string, number>> = {
  ...limits,
  perHousehold: limits.quantity,
  caseSize: limits.pieces,
  priceFen: limits.priceFen / 100,
  perJinFen: limits.priceFen / 100,
};

function wrong(t: TextSource['t'], form: RoundForm, field: string): FieldError {
  const [list, position, ofPart] = field.split('.');
  const key = ofPart === undefined ? field : list === 'slots' ? `slot.${ofPart}` : ofPart;
  const text = t(`groupBuy.round.wrong.${key}`, { max: largest[ofPart ?? field] ?? 0 });
  if (ofPart === undefined) return { field, text };
  if (list === 'slots') return { field, text, item: t('groupBuy.round.slots.one', { count: Number(position) + 1 }) };
  const name = form.items[Number(position)]?.name.trim() ?? '';
  return { field, text, item: name === '' ? t('groupBuy.round.form.item', { count: Number(position) + 1 }) : name };
}

/** What is typed may be full-width. NaN where it is not such a number: the schema names it. */
function number(words: string, shape: RegExp): number {
  const plain = words.normalize('NFKC').trim();
  return shape.test(plain) ? Number(plain) : NaN;
}
/** A whole number as it is typed; NaN where it is none. */
export const amount = (words: string): number => number(words, /^\d{1,9}$/);
const decimal = (words: string): number => number(words, /^\d{1,6}(\.\d{1,3})?$/);

function unlessEmpty(words: string, read: (words: string) => number): number | undefined {
  return words.trim() === '' ? undefined : read(words);
}

function text(words: string): string | undefined {
  return words.trim() === '' ? undefined : words;
}
