import { seedOf, shareOut } from '../share-out.ts';
import { amount } from './read-round.ts';
import type { ArrivalItem, ArrivalList } from '../answers.ts';

/** What was counted of an item, as it is typed: all came, or so many cases and so many loose. */
export interface CountForm {
  readonly whole: boolean;
  readonly cases: string;
  readonly loose: string;
}

/** Counts by item. */
export type Counts = Readonly<Record<string, CountForm>>;

/** What was counted before, or else that all came. */
export function countsOf(items: readonly ArrivalItem[]): Counts {
  return Object.fromEntries(
    items.map(({ id, ordered, arrived = ordered, caseSize }) => [
      id,
      {
        whole: arrived === ordered,
        cases: inCases(caseSize) ? String(Math.floor(arrived / caseSize)) : '',
        loose: String(inCases(caseSize) ? arrived % caseSize : arrived),
      },
    ]),
  );
}

/** Whether an item is counted in cases at all. */
export function inCases(caseSize: number | undefined): caseSize is number {
  return caseSize !== undefined && caseSize > 1;
}

/** Portions that came; NaN where what is typed is no count. An empty field is none. */
export function cameOf({ ordered, caseSize }: ArrivalItem, count: CountForm): number {
  if (count.whole) return ordered;
  const read = (text: string) => (text.trim() === '' ? 0 : amount(text));
  if (count.cases.trim() === '' && count.loose.trim() === '') return NaN;
  return (inCases(caseSize) ? read(count.cases) * caseSize : 0) + read(count.loose);
}

/** How an item would be shared out. */
export interface ItemPreview {
  readonly item: ArrivalItem;
  readonly arrived: number;
  /** Households that ordered it. */
  readonly households: number;
  /** Those that get fewer than they ordered, by their place in each turn. */
  readonly short: readonly ShortHousehold[];
}

export interface ShortHousehold {
  readonly householdId: string;
  readonly door: string;
  readonly quantity: number;
  readonly got: number;
  readonly place: number;
  readonly first: boolean;
}

/** What the server will do with this count: the same sharing out, before it is sent. @returns items that came short */
export function previewOf(list: ArrivalList, came: ReadonlyMap<string, number>): ItemPreview[] {
  return list.items.flatMap((item) => {
    const arrived = came.get(item.id) ?? item.ordered;
    if (!(arrived < item.ordered)) return [];
    const wants = list.households.flatMap(({ householdId, door, first, lines }) =>
      lines.filter((line) => line.itemId === item.id).map(({ quantity }) => ({ householdId, door, first, quantity })),
    );
    const byId = new Map(wants.map((want) => [want.householdId, want]));
    const shares = shareOut(arrived, wants, seedOf(list.seed, item.id), list.eldersFirst);
    const short = shares.flatMap(({ householdId, got, place, first }) => {
      const { door, quantity } = byId.get(householdId)!;
      return got < quantity ? [{ householdId, door, quantity, got, place, first }] : [];
    });
    return [{ item, arrived, households: wants.length, short }];
  });
}
