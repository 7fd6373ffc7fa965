import { wrapped, wrappedList } from '../../../../client/ui/wrapped.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import type { DeliverySlot } from '../../schema.ts';
import type { SheetColumn, SheetDoor, SheetStairway } from '../sheet.ts';
import { asideOf } from './paper-words.ts';

/** Labels on a sheet of A4: two beside each other, seven down, 99.1 × 38.1 mm (a common size of sticky sheets). */
export const LABELS_ACROSS = 2;
export const LABELS_DOWN = 7;
export const LABELS_ON_SHEET = LABELS_ACROSS * LABELS_DOWN;

/** Lines below a label's door: five of contents, or fewer with what the household wrote, whose lines are a little lower. */
const LINES = 5;
const ASIDE_LINE = 0.9;
/** Chinese characters in a line of contents, and in one in larger letters, of which four lines fit. */
const LINE_ROOM = 19;
const LARGE = { room: 15, lines: 4 } as const;
/** Of what the household wrote: the rest stands on the sorting sheet. */
const ASIDE_ROOM = 3 * LINE_ROOM;

/** What hangs at a bag. */
export interface Label {
  /** Unique within the round. */
  readonly key: string;
  readonly door: string;
  readonly building: string;
  readonly unit: string;
  readonly number?: number;
  /** `东北大米 2 袋`. */
  readonly contents: readonly string[];
  /** What the household wrote, and how it wants to have it; empty where there is nothing to say. */
  readonly aside: string;
  /** Whether there is room for larger letters. */
  readonly large: boolean;
  /** Where one label does not take it all: this one's place among how many. */
  readonly part?: { readonly at: number; readonly of: number };
}

/**
 * The labels of a stairway, in carrying order: one for each bag that has something in it, more where one is too small for
 * what is in it. What is never named in public is counted, not named: a bag waits at the door for neighbours to read.
 */
export function labelsOf(
  t: TextSource['t'],
  { columns, slots }: { readonly columns: readonly SheetColumn[]; readonly slots: readonly DeliverySlot[] },
  stairway: SheetStairway,
): readonly Label[] {
  const { building, unit } = stairway;
  return stairway.doors.flatMap((one, place) => {
    const contents = contentsOf(t, columns, one);
    if (contents.length === 0) return [];
    const aside = shortened(asideOf(t, slots, one));
    const parts = packed(contents, linesOf(aside));
    return parts.map((own, at): Label => ({
      key: `${building}/${unit}/${place}/${at}`,
      door: one.door,
      building,
      unit,
      contents: own,
      aside: at === 0 ? aside : '',
      large: aside === '' && wrappedList(own, LARGE.room, widthOf).length <= LARGE.lines,
      ...(one.number !== undefined && { number: one.number }),
      ...(parts.length > 1 && { part: { at: at + 1, of: parts.length } }),
    }));
  });
}

function contentsOf(t: TextSource['t'], columns: readonly SheetColumn[], { counts }: SheetDoor): readonly string[] {
  const filled = columns.map((column, at) => ({ ...column, count: counts[at] ?? 0 })).filter(({ count }) => count > 0);
  const unnamed = filled.reduce((sum, { count, sensitive }) => sum + (sensitive === true ? count : 0), 0);
  return [
    ...filled.flatMap(({ name, unit, count, sensitive }) => (sensitive === true ? [] : [`${name} ${count} ${unit}`])),
    ...(unnamed > 0 ? [t('paper.labels.unnamed', { count: unnamed })] : []),
  ];
}

/** Fills one label after the other, in order. @param taken lines of the first one that hold something else */
function packed(contents: readonly string[], taken: number): readonly (readonly string[])[] {
  const labels: string[][] = [[]];
  for (const part of contents) {
    const free = LINES - (labels.length === 1 ? taken : 0);
    const own = labels.at(-1)!;
    if (own.length > 0 && wrappedList([...own, part], LINE_ROOM, widthOf).length > free) labels.push([part]);
    else own.push(part);
  }
  return labels;
}

const linesOf = (aside: string): number => (aside === '' ? 0 : wrapped(aside, LINE_ROOM, widthOf).length * ASIDE_LINE);

function shortened(aside: string): string {
  let [width, kept] = [0, ''];
  for (const sign of aside) {
    width += widthOf(sign);
    if (width > ASIDE_ROOM - 1) return `${kept}…`;
    kept += sign;
  }
  return kept;
}

/** As wide as so many Chinese characters: what is Latin or a digit takes a good half of one. */
function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[\u0000-\u00ff]/u.test(sign) ? 0.6 : 1), 0);
}
