import { yuan } from '../../../domain/money.ts';
import type { Fen } from '../../../domain/money.ts';
import type { Item, OrderLine } from '../schema.ts';
import type { PriceBefore } from './price-history.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/** A difference as one says it: `2`, `2.50`. */
function short(fen: Fen): string {
  return yuan(fen).replace(/\.00$/, '');
}

/** `比上团便宜 2 元`; where it is dearer, or another portion than then, what it was: `上团 39.80 元`. */
export function priceBeforeWords({ t }: TextSource, { fen, byJin, lessFen }: PriceBefore): string {
  const of = (key: string, amount: string) =>
    t(`groupBuy.before.${byJin ? 'jin' : 'portion'}.${key}`, { yuan: amount });
  if (lessFen === undefined) return t('groupBuy.before.otherSize', { yuan: yuan(fen) });
  if (lessFen > 0) return of('cheaper', short(lessFen));
  return lessFen === 0 ? of('same', yuan(fen)) : of('was', yuan(fen));
}

/**
 * What a changed price means for a line of an order that is being changed: what does not grow keeps the lower price, what
 * grows or is new costs what it costs now.
 * @param had the line as it stands @param next the line as it would be; absent where it is left out
 */
export function priceNote(
  { t }: TextSource,
  item: Pick<Item, 'priceFen'>,
  had: OrderLine | undefined,
  next: OrderLine | undefined,
): string | undefined {
  if (had === undefined || next === undefined || had.priceFen === item.priceFen) return undefined;
  const prices = { was: yuan(had.priceFen), now: yuan(item.priceFen), unit: had.unit };
  if (next.priceFen === had.priceFen) return t('groupBuy.priceNote.kept', prices);
  return t(next.priceFen < had.priceFen ? 'groupBuy.priceNote.lower' : 'groupBuy.priceNote.dearer', prices);
}
