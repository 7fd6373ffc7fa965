import type { Drawing, DrawnText, Measure, Place } from '../../../../client/ui/picture.ts';
import { wrapped } from '../../../../client/ui/wrapped.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import { columnParts } from '../pages.ts';
import type { SheetDoor, SheetStairway, SortingSheet } from '../sheet.ts';
import { asideOf, columnName, headLine, stairwayName } from './paper-words.ts';

/** Doors on one picture: more would be too small to read on a phone. */
const DOORS_ON_PICTURE = 30;
/** px. */
const EDGE = 30;
const ROW = 52;
const CELL = 56;
const NOTE = 260;
/** Of a vertical heading: a sign below the other, and so many below each other before it goes on beside. */
const SIGN = 24;
const SIGNS_DOWN = 10;
const [SMALL, TEXT, DOOR, TITLE] = [20, 26, 32, 38] as const;

/** A stairway's sheet as pictures, as it is on paper: the sums first, goods as columns, a box where a bag is packed. */
export function sortingDrawings(
  sheet: SortingSheet,
  stairway: SheetStairway,
  t: TextSource['t'],
  measure: Measure,
): readonly Drawing[] {
  const pages = columnParts(sheet.columns, stairway.totals).flatMap((at) =>
    inPieces(stairway.doors, DOORS_ON_PICTURE).map((doors) => ({ at, doors })),
  );
  return pages.map(({ at, doors }, page) => {
    const name = stairwayName(t, stairway);
    const title = pages.length > 1 ? name + t('paper.sheet.continued', { part: page + 1, of: pages.length }) : name;
    return pageDrawing({ sheet, stairway, at, doors, title }, t, measure);
  });
}

interface Page {
  readonly sheet: SortingSheet;
  readonly stairway: SheetStairway;
  readonly at: readonly number[];
  readonly doors: readonly SheetDoor[];
  readonly title: string;
}

function pageDrawing({ sheet, stairway, at, doors, title }: Page, t: TextSource['t'], measure: Measure): Drawing {
  const headings = at.map((column) => signsOf(columnName(t, sheet.columns[column]!), sheet.columns[column]!.unit));
  const asides = doors.map((door) => asideOf(t, sheet.slots, door));
  const doorWidth = Math.max(...doors.map(({ door }) => measure(door, DOOR, 700)), 120) + 24;
  const widths = [
    CELL,
    doorWidth,
    CELL,
    ...headings.map((lines) => Math.max(CELL, lines.length * SIGN + 12)),
    CELL,
    ...(asides.some(Boolean) ? [NOTE] : []),
  ];
  const lefts = widths.map((_, index) => EDGE + widths.slice(0, index).reduce((sum, width) => sum + width, 0));
  const right = lefts.at(-1)! + widths.at(-1)!;
  const width = right + EDGE;

  const texts: DrawnText[] = [];
  const boxes: Place[] = [];
  const fills: Place[] = [];
  let y = EDGE;
  const rule = (thickness: number): void => void fills.push({ x: EDGE, y, width: right - EDGE, height: thickness });
  const cell = (index: number, text: string | number, size: number, weight: 400 | 700 = 400): void => {
    const x = lefts[index]! + widths[index]! / 2;
    texts.push({ text: String(text), x, y: y + (ROW - size) / 2, size, weight, centred: true });
  };

  texts.push({ text: title, x: EDGE, y, size: TITLE, weight: 700 });
  y += TITLE + 14;
  for (const line of wrapped(headLine(t, sheet), width - 2 * EDGE, (part) => measure(part, SMALL, 400))) {
    texts.push({ text: line, x: EDGE, y, size: SMALL, weight: 400 });
    y += SMALL + 8;
  }
  y += 8;
  const top = y;
  rule(2);
  const high = Math.max(1, ...headings.flat().map((signs) => signs.length)) * SIGN + 16;
  for (const [index, lines] of headings.entries()) {
    for (const [across, signs] of lines.entries()) {
      // Read from the right to the left, as vertical lines are.
      const x = lefts[index + 3]! + widths[index + 3]! / 2 + ((lines.length - 1) / 2 - across) * SIGN;
      for (const [down, sign] of signs.entries())
        texts.push({ text: sign, x, y: y + 10 + down * SIGN, size: SMALL, weight: 400, centred: true });
    }
  }
  const named = [
    [0, 'packed'],
    [1, 'door'],
    [2, 'number'],
    [headings.length + 3, 'sum'],
  ] as const;
  for (const [index, name] of named) {
    const x = lefts[index]! + widths[index]! / 2;
    texts.push({
      text: t(`paper.sheet.columns.${name}`),
      x,
      y: y + high - SMALL - 8,
      size: SMALL,
      weight: 400,
      centred: true,
    });
  }
  y += high;
  rule(1);
  cell(1, t('paper.sheet.all'), SMALL, 700);
  for (const [index, column] of at.entries()) cell(index + 3, stairway.totals[column] || '', TEXT, 700);
  cell(headings.length + 3, total(stairway.totals, at), TEXT, 700);
  y += ROW;
  for (const [row, door] of doors.entries()) {
    // A thicker rule below the sums and where a floor begins.
    rule(row === 0 || doors[row - 1]?.floor !== door.floor ? 4 : 1);
    boxes.push({ x: lefts[0]! + (CELL - 28) / 2, y: y + (ROW - 28) / 2, width: 28, height: 28 });
    cell(1, door.door, DOOR, 700);
    cell(2, door.number ?? '', SMALL);
    for (const [index, column] of at.entries()) cell(index + 3, door.counts[column] || '', TEXT, 700);
    cell(headings.length + 3, total(door.counts, at), TEXT);
    const lines = asides[row] ? wrapped(asides[row], NOTE - 16, (part) => measure(part, SMALL, 400)) : [];
    for (const [index, text] of lines.entries())
      texts.push({ text, x: lefts.at(-1)! + 8, y: y + 6 + index * (SMALL + 4), size: SMALL, weight: 400 });
    y += Math.max(ROW, lines.length * (SMALL + 4) + 12);
  }
  rule(2);
  for (const x of [...lefts, right]) fills.push({ x, y: top, width: 1, height: y - top });
  return { width, height: y + EDGE, texts, boxes, fills };
}

const total = (counts: readonly number[], at: readonly number[]): number =>
  at.reduce((sum, column) => sum + (counts[column] ?? 0), 0);

/** A heading as signs below each other, cut into lines beside each other; a gap before the unit. */
function signsOf(name: string, unit: string): readonly (readonly string[])[] {
  const heading = `${name.replace(/\s/gu, '')} ${unit}`;
  return inPieces([...heading], SIGNS_DOWN);
}

function inPieces<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}
