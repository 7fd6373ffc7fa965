import { csvOf } from '../../../domain/csv.ts';
import { headRow, orderRow, totalsRow } from './order-table.ts';
import { summed } from './sheet.ts';
import type { DeliverySlot } from '../schema.ts';
import type { SheetColumn } from './sheet.ts';
import type { TableOrder } from './order-table.ts';

/** The orders as a table: the sums first, then the doors in carrying order. */
export function ordersCsv(
  columns: readonly SheetColumn[],
  slots: readonly DeliverySlot[],
  orders: readonly TableOrder[],
): string {
  const totalFen = orders.reduce((sum, order) => sum + order.totalFen, 0);
  return csvOf([
    headRow(columns, slots.length > 0),
    totalsRow(summed(orders, columns.length), totalFen),
    ...orders.map((order) => orderRow(order, slots)),
  ]);
}
