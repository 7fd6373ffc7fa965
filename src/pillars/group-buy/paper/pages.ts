import type { SheetColumn, SheetStairway, SortingSheet } from './sheet.ts';

/** Columns of goods that A4 takes beside door, note and boxes: upright, and across. 7 mm a column. */
export const UPRIGHT_COLUMNS = 12;
export const WIDE_COLUMNS = 24;

/** How the sheet lies: upright as long as the goods fit, else across. One way for the whole round, so that a pile is one. */
export function layOf({ columns }: Pick<SortingSheet, 'columns'>): 'upright' | 'wide' {
  return columns.length <= UPRIGHT_COLUMNS ? 'upright' : 'wide';
}

/**
 * Which columns stand on which sheet of a stairway. As long as all fit they are the same on every sheet, so that one packs
 * without looking up; beyond that a stairway shows only what somebody there gets, on as many sheets as that takes.
 * @returns places of columns, a list for each sheet; at least one sheet
 */
export function columnParts(
  columns: readonly SheetColumn[],
  totals: readonly number[],
): readonly (readonly number[])[] {
  const all = columns.map((_, at) => at);
  if (all.length <= WIDE_COLUMNS) return [all];
  const asked = all.filter((at) => (totals[at] ?? 0) > 0);
  const sheets = Math.max(1, Math.ceil(asked.length / WIDE_COLUMNS));
  // Evenly: 26 columns are twice 13, not 24 and 2.
  const width = Math.ceil(asked.length / sheets);
  return Array.from({ length: sheets }, (_, sheet) => asked.slice(sheet * width, (sheet + 1) * width));
}

/** What may be chosen to print: everything (`''`), a building (`3栋`), a stairway (`3栋/1`). */
export function stairwaysOf(sheet: SortingSheet, part: string): readonly SheetStairway[] {
  return part === ''
    ? sheet.stairways
    : sheet.stairways.filter(({ building, unit }) => building === part || `${building}/${unit}` === part);
}
