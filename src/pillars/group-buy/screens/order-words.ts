import { order as orderEntity } from '../schema.ts';
import { standingLines } from '../rules.ts';
import { touchKey } from '../../../client/outbox-entry.ts';
import type { ChipState } from '../../../client/matter.ts';
import type { GroupBuy, Order } from '../schema.ts';
import type { OutboxEntry } from '../../../client/outbox-entry.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/** Says nothing of the goods: what the household says it paid has a word of its own. */
const SAY_PAID = 'groupBuy.sayPaid';

/**
 * The state of an order in its own word. 订上了 is not ✓: the food is not at the door yet. Held back for a person to
 * decide, it is only 小区已收到.
 */
export function orderChip(
  { t }: TextSource,
  order: Pick<Order, 'id' | 'state' | 'lines' | 'slotId' | 'handedOut' | 'handOutProblem'>,
  entries: readonly Pick<OutboxEntry, 'name' | 'state' | 'touches'>[],
  round: Pick<GroupBuy, 'state' | 'slots' | 'cancelReason'> | undefined,
): { state: ChipState; text?: string } {
  const key = touchKey(orderEntity.name, order.id);
  const sending = entries.filter((one) => one.touches.includes(key) && one.name !== SAY_PAID).map((one) => one.state);
  if (sending.includes('unsent')) return { state: 'unsent' };
  if (sending.includes('held')) return { state: 'received' };
  const chip = (state: ChipState, word: string) => ({ state, text: t(`groupBuy.chip.${word}`) });
  if (round?.state === 'cancelled') return chip('plain', isCalledOff(round) ? 'calledOff' : 'notReached');
  if (order.state === 'cancelled') return { state: 'plain', text: t('groupBuy.orderCancelled') };
  if (order.handedOut !== undefined) return chip('done', order.handedOut.how === 'pickedUp' ? 'fetched' : 'handed');
  if (isEmptyHanded(order)) return chip('plain', 'nothingCame');
  if (order.handOutProblem !== undefined) return chip('watch', 'problem');
  switch (round?.state) {
    case 'ordered':
      return chip('received', 'ordered');
    case 'arrived':
      return chip('way', 'arrived');
    case 'handingOut': {
      const slot = round.slots?.find((one) => one.id === order.slotId);
      return chip('way', slot?.kind === 'pickUp' ? 'toFetch' : 'onItsWay');
    }
    default:
      return { state: 'received', text: t('groupBuy.standing') };
  }
}

/** A cancelled round that did not lack orders: its organiser gave a reason. */
export function isCalledOff({ cancelReason = 'notReached' }: Pick<GroupBuy, 'cancelReason'>): boolean {
  return cancelReason !== 'notReached';
}

/** Nothing came of all that was ordered, and nothing is given in its place: there is no bag. */
export function isEmptyHanded(order: Pick<Order, 'lines'>): boolean {
  return order.lines.every(({ quantity, got = quantity, similar }) => got === 0 && similar === undefined);
}

/** `鸡蛋 1 板 · 土豆 3 斤`; where there are more than `most`, the first of them and how many kinds: `鸡蛋 1 板 等 5 样`. */
export function linesInWords(
  { t }: TextSource,
  lines: readonly { name: string; unit: string; quantity: number }[],
  most = 3,
): string {
  const words = lines.map(({ name, unit, quantity }) => t('groupBuy.line', { name, unit, quantity }));
  if (words.length <= most) return words.join(' · ');
  return t('groupBuy.lineMore', { lines: words.slice(0, most - 1).join(' · '), count: words.length });
}

/** What the household gets of the order, in words: nothing where it does not stand. */
export function orderInWords(source: TextSource, order: Order | undefined, most?: number): string {
  return linesInWords(source, standingLines(order), most);
}
