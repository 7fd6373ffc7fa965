import { yuan } from '../../../domain/money.ts';
import type { Again } from './last-order.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/** What is otherwise than last time, a line each: missing, fewer, dearer. */
export function againWords({ t }: TextSource, { missing, fewer, dearer }: Again): readonly string[] {
  return [
    ...missing.map(({ line, soldOut }) =>
      t(soldOut ? 'groupBuy.again.soldOut' : 'groupBuy.again.missing', { name: line.name }),
    ),
    ...fewer.map(({ line, now }) =>
      t('groupBuy.again.fewer', { name: line.name, unit: line.unit, now, was: line.quantity }),
    ),
    ...dearer.map(({ line, nowFen }) =>
      t('groupBuy.again.dearer', { name: line.name, was: yuan(line.priceFen), now: yuan(nowFen) }),
    ),
  ];
}
