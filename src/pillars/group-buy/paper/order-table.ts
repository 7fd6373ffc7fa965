import { looksLikeDay } from '../../../domain/csv.ts';
import { clockOf, dayOf } from '../../../domain/day.ts';
import { casesOf } from './sheet.ts';
import { tableTexts as words } from './table-texts.ts';
import type { CsvCell } from '../../../domain/csv.ts';
import type { DeliverySlot } from '../schema.ts';
import type { SheetColumn, SupplierSheet } from './sheet.ts';

/** An order as a line of the table. */
export interface TableOrder {
  readonly building: string;
  readonly unit: string;
  readonly floor: number;
  readonly door: string;
  readonly number?: number;
  readonly counts: readonly number[];
  readonly note?: string;
  readonly slotId?: string;
  readonly listedAs?: string;
  readonly totalFen: number;
}

/** Columns before the goods. */
export const PLACE_COLUMNS = 6;

/** The head of the table of orders. */
export function headRow(columns: readonly SheetColumn[], hasSlots: boolean): string[] {
  return [
    words.building,
    words.unit,
    words.floor,
    words.door,
    words.number,
    words.listedAs,
    ...columns.map((column) => columnName(column)),
    words.yuan,
    ...(hasSlots ? [words.slot] : []),
    words.note,
  ];
}

/** The sums: they come before the orders. Money in yuan, as a number. */
export function totalsRow(totals: readonly number[], totalFen: number): CsvCell[] {
  return [words.totals, '', '', '', '', '', ...totals, totalFen / 100];
}

/** An order; a portion that is not there is an empty cell. */
export function orderRow(order: TableOrder, slots: readonly DeliverySlot[]): CsvCell[] {
  const slot = slots.find(({ id }) => id === order.slotId);
  return [
    order.building,
    order.unit,
    order.floor,
    looksLikeDay(order.door) ? order.door + words.room : order.door,
    order.number ?? '',
    order.listedAs ?? '',
    ...order.counts.map((count) => (count === 0 ? '' : count)),
    order.totalFen / 100,
    ...(slots.length > 0 ? [slot === undefined ? '' : slotText(slot)] : []),
    order.note ?? '',
  ];
}

/** Each item with its sum, what is given in place of another among them. */
export function totalsTable(columns: readonly SheetColumn[], orders: readonly TableOrder[]): CsvCell[][] {
  return [
    [words.item, words.unitOf, words.portions, words.households],
    ...columns.map((column, at) => [
      columnName(column, false),
      column.unit,
      orders.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0),
      orders.reduce((sum, { counts }) => sum + ((counts[at] ?? 0) > 0 ? 1 : 0), 0),
    ]),
  ];
}

/** What each supplier is asked for. */
export function supplierTable({ suppliers }: SupplierSheet): CsvCell[][] {
  const { supplier, item, contents, unitOf, portions, caseSize, cases, loose, waiting, arrived } = words;
  return [
    [supplier, item, contents, unitOf, portions, caseSize, cases, loose, waiting, arrived],
    ...suppliers.flatMap((part) =>
      part.items.map((one) => {
        const whole = casesOf(one);
        return [
          part.supplier ?? words.ofNobody,
          one.name,
          one.contents,
          one.unit,
          one.ordered,
          one.caseSize ?? '',
          one.caseSize === undefined ? '' : whole.cases,
          whole.loose,
          one.waiting,
          one.arrived ?? '',
        ];
      }),
    ),
  ];
}

/** `东北大米（袋）`, and 代替 before what is given in place of another. */
function columnName({ name, unit, instead }: SheetColumn, withUnit = true): string {
  const whole = withUnit ? `${name}（${unit}）` : name;
  return instead === true ? `${words.instead} ${whole}` : whole;
}

/** `2026-11-22 16:00-18:00 自提 东门` */
function slotText({ kind, from, to, place }: DeliverySlot): string {
  return [dayOf(from), `${clockOf(from)}-${clockOf(to)}`, words[kind], place ?? ''].join(' ').trim();
}
