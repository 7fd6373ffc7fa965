import { isCalledOff } from './order-words.ts';
import { isLater, isOpen, sharesMissing } from '../rules.ts';
import { spokenMoment } from './moments.ts';
import type { GroupBuy, Item } from '../schema.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/** How far a round has come: 还差 7 份成团, 已经成团, or, where it needs no minimum, 已订 43 份. */
export function progressWords({ t }: TextSource, round: GroupBuy): string {
  if (round.state === 'cancelled') return t(isCalledOff(round) ? 'groupBuy.calledOff' : 'groupBuy.cancelled');
  if (round.minimumPortions === undefined) return t('groupBuy.ordered', { count: round.portions });
  const missing = sharesMissing(round);
  return missing > 0 ? t('groupBuy.missing', { count: missing }) : t('groupBuy.reached');
}

/** When it opens, until when one orders, or since when one no longer can: 今晚 8 点前订. */
export function untilWords(source: TextSource, round: GroupBuy, now: number): string {
  if (isLater(round, now)) return source.t('groupBuy.opensAt', { when: spokenMoment(source, round.opensAt, now) });
  // Closed before its time: nobody wrote down when, so only that it is.
  if (!isOpen(round, now) && now < round.closesAt) return source.t('groupBuy.closed');
  const when = spokenMoment(source, round.closesAt, now);
  return source.t(isOpen(round, now) ? 'groupBuy.orderBefore' : 'groupBuy.closedAt', { when });
}

/** What a round offers, in one line: 蔬菜套餐等 12 样. Empty where it has no items (yet). */
export function goodsInWords({ t }: TextSource, items: readonly Item[]): string {
  const first = items.find((one) => one.position === 0) ?? items[0];
  if (first === undefined) return '';
  return items.length === 1 ? first.name : t('groupBuy.andMore', { first: first.name, count: items.length });
}
