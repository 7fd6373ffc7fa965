import type { OutboxEntry } from '../../../client/outbox-entry.ts';
import { isAnswered, mergeFinding } from '../rules.ts';
import type { SheetDoor } from '../sheet.ts';
import type { AnswerArgs } from '../args.ts';
import type { OpenDoor, SweptDoor } from '../schema.ts';

/** Doors with what is known of them. */
export function sheetOf(doors: readonly OpenDoor[], known: readonly SweptDoor[]): readonly SheetDoor[] {
  const found = new Map(known.map((one) => [one.householdId, one.findings]));
  return doors.map((door) => ({ ...door, findings: found.get(door.householdId) ?? [] }));
}

/**
 * Doors with what was said of them on this phone: volunteers hold no rows of doors, and their own ticks must show.
 * @param entries of `sweep.answer`, in the order in which they were queued
 */
export function saidHere(
  doors: readonly SheetDoor[],
  entries: readonly Pick<OutboxEntry, 'id' | 'args' | 'at'>[],
): readonly SheetDoor[] {
  return doors.map((door) => {
    const said = entries.filter(({ args }) => (args as AnswerArgs).householdId === door.householdId);
    const merged = said.reduce<Pick<SheetDoor, 'findings'>>((so, { id, args, at }) => {
      const { finding, people, yes, note, instead } = args as AnswerArgs;
      return mergeFinding(so, { actId: id, finding, people, yes, note, instead, at, late: false });
    }, door);
    return { ...door, findings: merged.findings };
  });
}

export function isAnsweredAt(door: Pick<SheetDoor, 'findings'>): boolean {
  return isAnswered(door.findings);
}
