import { spokenTime } from '../../../client/i18n/times.ts';
import type { ChangeKind, Order, OrderChange } from '../schema.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';
import { yuan } from '../../../domain/money.ts';

/** An entry of an order's history in words. */
export interface ChangeWords {
  /** `陈雪梅改了`, `货来的不够，重新分了`. */
  readonly title: string;
  /** `今天 16:12`. */
  readonly when: string;
  /** `鲜鸡蛋 1 板 → 2 板`, a line for each item that changed. */
  readonly lines: readonly string[];
  /** `77.80 元 → 115.80 元`. */
  readonly money: string;
}

/** Whom a household knows by name, by the ids of persons; and who of them lives there. */
export interface KnownPeople {
  readonly names: ReadonlyMap<string, string>;
  readonly living: ReadonlySet<string>;
}

/** What a person did; the rest happens to an order by the round itself. */
const byPerson: readonly ChangeKind[] = ['placed', 'changed', 'cancelled'];

/** What made the order what it is, the newest first: old and new of each change, and who did it. */
export function changesInWords(source: TextSource, order: Order, people: KnownPeople, now: number): ChangeWords[] {
  return order.changes
    .map((change) => ({
      title: titleOf(source, order, change, people),
      when: spokenTime(change.at, now),
      lines: (change.lines ?? []).map((line) => source.t('groupBuy.history.line', { ...line })),
      money: moneyOf(source, change),
    }))
    .reverse();
}

function titleOf({ t }: TextSource, order: Order, change: OrderChange, people: KnownPeople): string {
  if (!byPerson.includes(change.what)) return t(`groupBuy.history.what.${change.what}`);
  return t(`groupBuy.history.what.${change.what}`, { who: whoDid({ t }, order, change, people) });
}

/** Of the household by name; else who helps it by name; else the organiser, and from what. */
function whoDid({ t }: Pick<TextSource, 't'>, order: Order, { personId }: OrderChange, people: KnownPeople): string {
  if (personId === undefined) return t('groupBuy.history.home');
  const name = people.names.get(personId);
  if (people.living.has(personId)) return name ?? t('groupBuy.history.home');
  if (name !== undefined) return t('groupBuy.history.helper', { name });
  return t(order.source === undefined ? 'groupBuy.history.someone' : `groupBuy.history.organiser.${order.source}`);
}

function moneyOf({ t }: TextSource, { beforeFen, totalFen }: OrderChange): string {
  return beforeFen === undefined
    ? t('groupBuy.price', { yuan: yuan(totalFen) })
    : t('groupBuy.history.money', { before: yuan(beforeFen), after: yuan(totalFen) });
}
