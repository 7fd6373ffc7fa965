import { entryKeys } from './chain-key.ts';
import type { ChainEntry, ChainGood, EntryDoubt, LineDoubt } from './entry.ts';

/** What a person set right of an entry. JSON only: it is kept with the draft. */
export interface EntryEdit {
  readonly householdId?: string;
  /** By the line's place. A quantity of 0 takes the line away. */
  readonly lines?: Readonly<Record<number, { readonly itemId?: string; readonly quantity?: number }>>;
  /** Looked at, and right as it stands now. */
  readonly checked?: boolean;
  /** Nothing is ordered from it. */
  readonly leftOut?: boolean;
}
export type Edits = Readonly<Record<string, EntryEdit>>;

/** An entry with what a person made of it. */
export interface SettledEntry {
  readonly key: string;
  readonly entry: ChainEntry;
  readonly edit: EntryEdit;
  readonly householdId?: string;
  readonly lines: readonly { readonly itemId?: string; readonly quantity?: number }[];
  /** Door, goods and portions are all there, and no more portions than a household may have. */
  readonly isComplete: boolean;
  /** Nothing is left to look at: it may be ordered. */
  readonly isSettled: boolean;
}

/** Doubts that go with the choice that they ask for. Others want somebody to say that it is right. */
const BY_DOOR: readonly EntryDoubt[] = ['noDoor', 'unknownDoor', 'whichDoor'];
const BY_GOODS: readonly LineDoubt[] = ['unknownGoods', 'whichGoods', 'like'];
const BY_QUANTITY: readonly LineDoubt[] = ['quantity', 'noQuantity', 'unit', 'overLimit', 'whose'];

/** Whether the entry was read with a doubt, whatever has been done about it since. */
export function isDoubtful({ doubts, lines }: ChainEntry): boolean {
  return doubts.length > 0 || lines.some((line) => line.doubts.length > 0);
}

/** @param goods for their limits */
export function settleEntries(
  entries: readonly ChainEntry[],
  edits: Edits,
  goods: readonly Pick<ChainGood, 'id' | 'perHousehold'>[],
): SettledEntry[] {
  const keys = entryKeys(entries);
  const limits = new Map(goods.map(({ id, perHousehold }) => [id, perHousehold]));
  return entries.map((entry, i) => settle(entry, keys[i] ?? '', edits[keys[i] ?? ''] ?? {}, limits));
}

function settle(entry: ChainEntry, key: string, edit: EntryEdit, limits: ReadonlyMap<string, number>): SettledEntry {
  const householdId = edit.householdId ?? entry.householdId;
  const lines = entry.lines.map(({ itemId, quantity }, i) => ({
    itemId: edit.lines?.[i]?.itemId ?? itemId,
    quantity: edit.lines?.[i]?.quantity ?? quantity,
  }));
  const kept = lines.filter(({ quantity }) => quantity !== 0);
  const isComplete =
    householdId !== undefined &&
    kept.length > 0 &&
    kept.every(
      ({ itemId, quantity }) =>
        itemId !== undefined && quantity !== undefined && quantity <= (limits.get(itemId) ?? Number.POSITIVE_INFINITY),
    );
  const isSettled = isComplete && edit.leftOut !== true && (edit.checked === true || isChosen(entry, edit));
  return { key, entry, edit, householdId, lines, isComplete, isSettled };
}

/** Whether each doubt was answered by a choice of its own. */
function isChosen({ doubts, lines }: ChainEntry, edit: EntryEdit): boolean {
  const isDoorChosen = doubts.every((doubt) => BY_DOOR.includes(doubt) && edit.householdId !== undefined);
  const areLinesChosen = lines.every((line, i) => {
    const chosen = edit.lines?.[i];
    if (chosen?.quantity === 0) return true;
    return line.doubts.every(
      (doubt) =>
        (BY_GOODS.includes(doubt) && chosen?.itemId !== undefined) ||
        (BY_QUANTITY.includes(doubt) && chosen?.quantity !== undefined),
    );
  });
  return isDoorChosen && areLinesChosen;
}
