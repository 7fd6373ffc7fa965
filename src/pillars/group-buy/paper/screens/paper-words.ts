import { spokenClock } from '../../../../client/i18n/times.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import { clockOf, dayOf } from '../../../../domain/day.ts';
import type { DeliverySlot } from '../../schema.ts';
import type { PaperHead, SheetColumn, SheetDoor, SheetStairway } from '../sheet.ts';

type T = TextSource['t'];

/** `3栋 2 单元`; the building alone where it has no units. */
export function stairwayName(t: T, { building, unit }: Pick<SheetStairway, 'building' | 'unit'>): string {
  return unit ? t('paper.stairway', { building, unit }) : building;
}

/** `代替：小白菜` */
export function columnName(t: T, { name, instead }: SheetColumn): string {
  return instead === true ? t('paper.instead', { name }) : name;
}

/** Under every heading, because paper lies about for days: what it is of, and when it was counted. `11月22日 16:05` */
export function headLine(t: T, { title, communityName: community, at }: PaperHead): string {
  return t('paper.asOf', { title, community, time: `${dayOnPaper(at)} ${clockOf(at)}` });
}

/** What is in a door's bag, in words: `东北大米 2 袋、鲜鸡蛋 1 板`. */
export function contentsOf(t: T, columns: readonly SheetColumn[], { counts }: SheetDoor): string {
  return columns
    .map((column, at) => ({ column, count: counts[at] ?? 0 }))
    .filter(({ count }) => count > 0)
    .map(({ column, count }) => `${columnName(t, column)} ${count} ${column.unit}`)
    .join('、');
}

/** What the household wrote, and how it wants to have it where the round offers a choice. */
export function asideOf(
  t: T,
  slots: readonly DeliverySlot[],
  { note, slotId }: Pick<SheetDoor, 'note' | 'slotId'>,
): string {
  const slot = slots.find(({ id }) => id === slotId);
  return [note, slot && slotOnPaper(t, slot)].filter(Boolean).join(' · ');
}

/** `11月22日 16:00–18:00 自提 东门` */
function slotOnPaper(t: T, { kind, from, to, place }: DeliverySlot): string {
  const how = [t(`paper.slotKind.${kind}`), place].filter(Boolean).join(' ');
  return t('paper.slot', { day: dayOnPaper(from), from: spokenClock(from), to: spokenClock(to), how });
}

/** A day as it can be read on any later one: never 今天. */
function dayOnPaper(time: number): string {
  const [, month, day] = dayOf(time).split('-').map(Number);
  return `${month}月${day}日`;
}
