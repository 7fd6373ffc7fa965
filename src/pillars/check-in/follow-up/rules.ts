import { isStaffOf } from '../../../domain/actor.ts';
import { MINUTE_MS } from '../../../domain/day.ts';
import { compareLevels } from '../rules.ts';
import { CALLING_MINUTES, FOLLOW_UP_REASONS } from './schema.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { Duty } from '../duty/schema.ts';
import type { Level } from '../schema.ts';
import type { Call, Contact, FollowUp, FollowUpReason } from './schema.ts';

/** Tries that are kept of a door's day, and of a follow-up: more than anybody makes. */
export const MAX_CONTACTS = 50;

const known: ReadonlySet<string> = new Set(FOLLOW_UP_REASONS);

/** Whether it still waits for a person to close it. */
export function isOpen(row: Pick<FollowUp, 'closedAt'>): boolean {
  return row.closedAt == null;
}

/** Whether the actor may open, close or work on it: who has it, the grid's worker, the secretary. */
export function maySee(actor: Actor, row: Pick<FollowUp, 'assignedTo' | 'grid'>, now: number): boolean {
  return isStaffOf(actor, now, row.grid) || hasIt(actor, row, now);
}

/** Whether it is the actor's to look after: one of the staff, on a phone of their own slip. Their name on another lends nothing. */
export function hasIt(actor: Actor, row: Pick<FollowUp, 'assignedTo'>, now: number): boolean {
  return actor.personId !== undefined && actor.personId === row.assignedTo && isStaffOf(actor, now);
}

/** Why somebody has to look after a person of whom this was said; empty where nobody has to. */
export function reasonsOf(said: {
  readonly level: Level;
  readonly symptoms: readonly string[];
  readonly needs: readonly string[];
}): readonly FollowUpReason[] {
  const reasons: FollowUpReason[] = [];
  if (said.symptoms.includes('urgent')) reasons.push('urgent');
  if (said.level === 'alert') reasons.push('alert');
  for (const need of said.needs) if (known.has(need)) reasons.push(need as FollowUpReason);
  return [...new Set(reasons)];
}

/** What is raised: why, how grave, when it happened and when it was heard of (epoch ms), and who is on duty. */
export interface Raised {
  readonly reasons: readonly FollowUpReason[];
  readonly level: FollowUp['level'];
  readonly happenedAt: number;
  readonly now: number;
  readonly holder?: Pick<Duty, 'personId' | 'personName'>;
}

/** The part of a follow-up that begins anew each time it is raised: nobody has seen it, and whoever is on duty has it. */
export function raisedParts({ happenedAt, now, holder }: Raised) {
  return {
    openedAt: happenedAt,
    raisedAt: now,
    assignedTo: holder?.personId,
    assignedName: holder?.personName,
    stage: 'onDuty',
    seenAt: undefined,
    seenBy: undefined,
    seenByName: undefined,
    firstContactAt: undefined,
    result: undefined,
    note: undefined,
    closedAt: undefined,
    closedByName: undefined,
    robotAt: undefined,
  } as const satisfies Partial<FollowUp>;
}

/** That it went to whoever is on duty, to be added to its passes. */
export function openingPass({ now, holder }: Raised): FollowUp['passes'] {
  return holder ? [{ at: now, to: holder.personId, toName: holder.personName, because: 'opened' }] : [];
}

/**
 * What a further report makes of a follow-up that is there. Graver or urgent for the first time: it is raised anew, for
 * nobody has seen that. Closed: it opens again, unless somebody reached the person after this was said.
 * @returns the row as it was where nothing changes
 */
export function extended(row: FollowUp, raised: Raised): FollowUp {
  const open = isOpen(row);
  if (!open && wasSettledAfter(row, raised.happenedAt)) return row;
  const reasons = open ? [...new Set([...row.reasons, ...raised.reasons])] : [...raised.reasons];
  const isGraver = compareLevels(raised.level, row.level) > 0;
  const isUrgent = raised.reasons.includes('urgent') && !row.reasons.includes('urgent');
  if (!open || isGraver || isUrgent) {
    const level = open && !isGraver ? row.level : raised.level;
    return { ...row, ...raisedParts(raised), reasons, level, passes: [...row.passes, ...openingPass(raised)] };
  }
  return reasons.length === row.reasons.length ? row : { ...row, reasons };
}

function wasSettledAfter(row: FollowUp, happenedAt: number): boolean {
  return row.result !== 'falseAlarm' && row.closedAt != null && row.closedAt >= happenedAt;
}

/** Whether a contact reached somebody. */
export function hasReached({ outcome }: Pick<Contact, 'outcome'>): boolean {
  return outcome === 'answered' || outcome === 'met';
}

/** The contacts with one more, oldest first in whatever order they arrive. */
export function withContact(contacts: readonly Contact[], contact: Contact): readonly Contact[] {
  return [...contacts, contact]
    .sort((one, other) => one.at - other.at || compareText(one.by ?? '', other.by ?? ''))
    .slice(-MAX_CONTACTS);
}

/** The try without what was noted of it. */
export function withoutNote(contact: Contact): Contact {
  const { note: _, ...rest } = contact;
  return rest;
}

/** A door's calls as phones hold them: without what was noted. */
export function shownCall(row: Call): Call {
  return { ...row, attempts: row.attempts.map(withoutNote) };
}

/** Who is calling the door at `now` (epoch ms), if anybody: whoever said 我来打 has it for CALLING_MINUTES. */
export function callerAt(
  call: Call | undefined,
  now: number,
): { readonly by: string; readonly name: string } | undefined {
  if (call?.callingBy == null || call.callingAt == null) return undefined;
  if (now - call.callingAt >= CALLING_MINUTES * MINUTE_MS) return undefined;
  return { by: call.callingBy, name: call.callingName ?? '' };
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
