import { csvOf, looksLikeDay } from '../../../../domain/csv.ts';
import { dayOf, clockOf } from '../../../../domain/day.ts';
import { yuan } from '../../../../domain/money.ts';
import { owedFen } from '../book.ts';
import type { CsvCell } from '../../../../domain/csv.ts';
import type { Fen } from '../../../../domain/money.ts';
import type { Sheet } from '../../../../client/ui/sheet.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import type { ClosingSheet, DoorMoney, MoneySums } from '../money-view.ts';

type T = TextSource['t'];

/** The sums in the order in which they are read; what is nothing is left out, but for what came and what is in hand. */
export function sumLines(sums: MoneySums): readonly { readonly name: string; readonly fen: Fen }[] {
  const always = ['total', 'paid', 'cash'];
  // Who paid the supplier more than came in has advanced it.
  const inHand = sums.cashFen < 0 ? { name: 'advanced', fen: -sums.cashFen } : { name: 'cash', fen: sums.cashFen };
  return [
    { name: 'total', fen: sums.totalFen },
    { name: 'paid', fen: sums.paidFen },
    { name: 'refunded', fen: sums.refundedFen },
    { name: 'owed', fen: sums.owedFen },
    { name: 'isOwed', fen: sums.isOwedFen },
    { name: 'supplier', fen: sums.supplierFen },
    inHand,
  ].filter(({ name, fen }) => fen !== 0 || always.includes(name));
}

/** Doors that still owe, and doors that are owed, in the sheet's order. */
export function openDoors({ doors }: Pick<ClosingSheet, 'doors'>): {
  readonly owing: readonly DoorMoney[];
  readonly owed: readonly DoorMoney[];
} {
  return { owing: doors.filter((one) => owedFen(one) > 0), owed: doors.filter((one) => owedFen(one) < 0) };
}

/** When the sheet was worked out: `2026-11-22 16:02`. */
export const closingAt = ({ at }: Pick<ClosingSheet, 'at'>): string => `${dayOf(at)} ${clockOf(at)}`;

/** The closing sheet as text for the chat group: sums and goods. Which doors owe is nothing for a group to read. */
export function closingText(sheet: ClosingSheet, t: T): string {
  return [
    t('buyMoney.sheet.title', { title: sheet.title }),
    t('buyMoney.sheet.asOf', { when: closingAt(sheet) }),
    ...sheet.items.map((item) =>
      t('buyMoney.sheet.item', { name: item.name, given: item.given, unit: item.unit, yuan: yuan(itemFen(item)) }),
    ),
    ...sumLines(sheet.sums).map(({ name, fen }) =>
      t('buyMoney.sheet.sum', { name: t(`buyMoney.sums.${name}`), yuan: yuan(fen) }),
    ),
  ].join('\n');
}

/** What an item brought in the end. */
export function itemFen({ goodsFen, similarFen, allowanceFen }: ClosingSheet['items'][number]): Fen {
  return goodsFen + similarFen - allowanceFen;
}

/**
 * The closing sheet as a table: sums, goods, doors, receipts, and the book by kind, whose lines sum to 0. Sums are plain
 * numbers in yuan; a name that begins like a formula is text.
 */
export function closingCsv(sheet: ClosingSheet, t: T): string {
  const c = (name: string) => t(`buyMoney.columns.${name}`);
  const rows: CsvCell[][] = [
    [sheet.communityName, sheet.title, closingAt(sheet)],
    [],
    ...sumLines(sheet.sums).map(({ name, fen }) => [t(`buyMoney.sums.${name}`), plain(fen)]),
    [],
    [c('item'), c('unit'), c('ordered'), c('given'), c('goods'), c('similar'), c('allowance'), c('brought')],
    ...sheet.items.map((one) => [
      one.name,
      one.unit,
      one.ordered,
      one.given,
      plain(one.goodsFen),
      plain(one.similarFen),
      plain(one.allowanceFen),
      plain(itemFen(one)),
    ]),
    [],
    [c('door'), c('total'), c('paid'), c('refunded'), c('open')],
    ...sheet.doors.map((one) => [
      looksLikeDay(one.door) ? t('buyMoney.columns.room', { door: one.door }) : one.door,
      plain(one.totalFen),
      plain(one.paidFen),
      plain(one.refundedFen),
      plain(owedFen(one)),
    ]),
    [],
    [c('supplier'), c('sum'), c('when'), c('who')],
    ...sheet.receipts.map((one) => [one.supplier ?? '', plain(one.fen), dayOf(one.addedAt), one.addedByName ?? '']),
    [],
    [c('kind'), c('entries'), c('households'), c('goodsSide'), c('cash'), c('zero')],
    ...sheet.book.map((one) => [
      t(`buyMoney.kinds.${one.kind}`),
      one.entries,
      plain(one.householdsFen),
      plain(one.goodsFen),
      plain(one.cashFen),
      plain(one.householdsFen + one.goodsFen + one.cashFen),
    ]),
  ];
  return csvOf(rows);
}

/** Yuan as a number that a spreadsheet can add up: exact, for fen below 2^53 divided by 100 print with two digits at most. */
function plain(fen: Fen): number {
  return Number(yuan(fen));
}

/** The closing sheet as a picture to keep: sums and goods, like the text. */
export function closingPicture(sheet: ClosingSheet, t: T): Sheet {
  return {
    title: t('buyMoney.sheet.title', { title: sheet.title }),
    sub: [sheet.communityName, t('buyMoney.sheet.asOf', { when: closingAt(sheet) })].filter(Boolean).join(' · '),
    lines: [
      ...sumLines(sheet.sums).map(({ name, fen }) => ({
        text: t('buyMoney.sheet.sum', { name: t(`buyMoney.sums.${name}`), yuan: yuan(fen) }),
      })),
      ...sheet.items.map((item) => ({
        text: item.name,
        small: t('buyMoney.sheet.brought', { given: item.given, unit: item.unit, yuan: yuan(itemFen(item)) }),
      })),
    ],
  };
}
