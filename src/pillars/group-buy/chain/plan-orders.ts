import { chainKeyOf } from './chain-key.ts';
import type { DoorStands, RoundDoors } from './entry.ts';
import type { PlaceForArgs } from '../args.ts';
import type { SettledEntry } from './settle-entries.ts';

/**
 * How what a household is to get stands to what it has. `own`: it ordered by itself, and that is not touched. `same`: it
 * has this already. `withdrawn`: it has taken back just this. `again`: it has taken back something else. `amend`: an
 * earlier paste is changed. `over`: it would replace what was entered by telephone or in person.
 */
export type PlanKind = 'new' | 'amend' | 'same' | 'own' | 'withdrawn' | 'again' | 'over';

/** One household's order, from all its entries together. */
export interface PlannedOrder {
  readonly householdId: string;
  readonly door: string;
  readonly lines: readonly { readonly itemId: string; readonly quantity: number }[];
  readonly note?: string;
  readonly chainKey: string;
  readonly kind: PlanKind;
  readonly before?: DoorStands;
  /** Keys of the entries, in the order of the text. */
  readonly entries: readonly string[];
  /** Still to be sent: it changes something, and nothing about it is left to look at. */
  readonly isReady: boolean;
}

/** Kinds that somebody has to agree to by hand, although the entry itself is clear. */
const ASKED: readonly PlanKind[] = ['again', 'over'];
const LONGEST_NOTE = 60;

/**
 * What would be ordered for whom, in the order of the text. A household that is named twice gets its entries together, and
 * nothing until each of them is settled or left out.
 */
export function planOrders(entries: readonly SettledEntry[], { doors }: Pick<RoundDoors, 'doors'>): PlannedOrder[] {
  const byId = new Map(doors.map((door) => [door.householdId, door]));
  const byHousehold = new Map<string, SettledEntry[]>();
  for (const entry of entries) {
    if (entry.householdId === undefined || entry.edit.leftOut === true) continue;
    byHousehold.set(entry.householdId, [...(byHousehold.get(entry.householdId) ?? []), entry]);
  }
  return [...byHousehold].flatMap(([householdId, own]): PlannedOrder[] => {
    const door = byId.get(householdId);
    const settled = own.filter(({ isSettled }) => isSettled);
    if (door === undefined || settled.length === 0) return [];
    const wanted = { householdId, ...together(settled) };
    const chainKey = chainKeyOf(wanted);
    const kind = kindOf(wanted, chainKey, door.order);
    const isAgreed = !ASKED.includes(kind) || settled.every(({ edit }) => edit.checked === true);
    const isReady = settled.length === own.length && isAgreed && ['new', 'amend', ...ASKED].includes(kind);
    return [
      { ...wanted, door: door.door, chainKey, kind, before: door.order, entries: own.map(({ key }) => key), isReady },
    ];
  });
}

/**
 * What is sent for it. In a chat nobody says what becomes of a line that comes short: it is left out then, so that nobody
 * gets, or pays, what they did not ask for.
 */
export function argsOf(groupBuyId: string, { householdId, lines, note, chainKey }: PlannedOrder): PlaceForArgs {
  return {
    groupBuyId,
    householdId,
    source: 'chain',
    chainKey,
    lines: lines.map((line) => ({ ...line, ifShort: 'drop' })),
    note: note ?? null,
  };
}

/** Portions of the same goods added up; remarks one after the other, each once. */
function together(entries: readonly SettledEntry[]): Pick<PlannedOrder, 'lines' | 'note'> {
  const quantities = new Map<string, number>();
  for (const { itemId, quantity } of entries.flatMap(({ lines }) => lines)) {
    if (itemId === undefined || quantity === undefined || quantity === 0) continue;
    quantities.set(itemId, (quantities.get(itemId) ?? 0) + quantity);
  }
  const notes = new Set(entries.flatMap(({ entry }) => (entry.note === undefined ? [] : [entry.note])));
  const note = [...notes].join(' ').slice(0, LONGEST_NOTE).trim();
  return {
    lines: [...quantities].map(([itemId, quantity]) => ({ itemId, quantity })),
    ...(note !== '' && { note }),
  };
}

function kindOf(wanted: Pick<PlannedOrder, 'lines' | 'note'>, key: string, stands: DoorStands | undefined): PlanKind {
  if (stands === undefined) return 'new';
  if (stands.state === 'placed' && stands.own) return 'own';
  if (stands.chainKey === key) return stands.state === 'placed' ? 'same' : 'withdrawn';
  if (stands.state === 'cancelled') return 'again';
  if (stands.source !== 'chain') return saysTheSame(wanted, stands) ? 'same' : 'over';
  return saysTheSame(wanted, stands) ? 'same' : 'amend';
}

function saysTheSame({ lines, note }: Pick<PlannedOrder, 'lines' | 'note'>, stands: DoorStands): boolean {
  const there = new Map(stands.lines.map(({ itemId, quantity }) => [itemId, quantity]));
  return (
    lines.length === there.size &&
    lines.every(({ itemId, quantity }) => there.get(itemId) === quantity) &&
    (note ?? '') === (stands.note ?? '')
  );
}
