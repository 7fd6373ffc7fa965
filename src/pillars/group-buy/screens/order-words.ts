import { order as orderEntity } from '../schema.ts';
import { standingLines } from '../rules.ts';
import { touchKey } from '../../../client/outbox-entry.ts';
import type { ChipState } from '../../../client/matter.ts';
import type { Order } from '../schema.ts';
import type { OutboxEntry } from '../../../client/outbox-entry.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/**
 * The state of an order in its own word. 订上了 is not ✓: the food is not at the door yet. Held back for a person to
 * decide, it is only 小区已收到.
 */
export function orderChip(
  { t }: TextSource,
  order: Pick<Order, 'id' | 'state'>,
  entries: readonly Pick<OutboxEntry, 'state' | 'touches'>[],
): { state: ChipState; text?: string } {
  const key = touchKey(orderEntity.name, order.id);
  const sending = entries.filter((entry) => entry.touches.includes(key)).map((entry) => entry.state);
  if (sending.includes('unsent')) return { state: 'unsent' };
  if (sending.includes('held')) return { state: 'received' };
  if (order.state === 'cancelled') return { state: 'plain', text: t('groupBuy.orderCancelled') };
  return { state: 'received', text: t('groupBuy.standing') };
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
