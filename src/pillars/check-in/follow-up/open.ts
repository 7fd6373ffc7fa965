import { row, rows } from '../../../domain/tx.ts';
import { belongs } from '../../../people/rules.ts';
import { person, role } from '../../../people/schema.ts';
import { canTakeDuty, dutyHolder, isInForce } from '../duty/rules.ts';
import { duty } from '../duty/schema.ts';
import { extended, isOpen, openingPass, raisedParts } from './rules.ts';
import { followUp, followUpId } from './schema.ts';
import type { Day } from '../../../domain/day.ts';
import type { Context } from '../../../domain/mutation.ts';
import type { Read, Tx } from '../../../domain/tx.ts';
import type { Household, Person } from '../../../people/schema.ts';
import type { Duty } from '../duty/schema.ts';
import type { FollowUp, FollowUpReason } from './schema.ts';

/** What is raised about whom: the day it is about, why, and how grave it is. */
export interface Raising {
  readonly whom: Person;
  readonly home: Household;
  readonly day: Day;
  readonly reasons: readonly FollowUpReason[];
  readonly level: FollowUp['level'];
  readonly context: Context;
}

/** What `openFollowUp` reads, to be named by whoever calls it. The grid is known only once the household is. */
export function openingReads(personId: string, day: Day): readonly Read[] {
  return [row(followUp, followUpId(personId, day)), rows(duty, 'place', '')];
}

/**
 * Somebody has to look after this person: opens their follow-up of the day, or adds to the one that is there (see
 * `extended`). It goes to whoever is on duty for the grid, else for the whole community; to nobody where nobody is.
 */
export async function openFollowUp(tx: Tx, { whom, home, day, reasons, level, context }: Raising): Promise<void> {
  if (reasons.length === 0) return;
  const before = await tx.get(followUp, followUpId(whom.id, day));
  const holder = await onDuty(tx, home.grid, context.now);
  const raised = { reasons, level, happenedAt: context.happenedAt, now: context.now, holder };
  if (before !== undefined) {
    const next = extended(before, raised);
    if (next !== before) await tx.put(followUp, next);
    return;
  }
  await tx.add(followUp, {
    ...raisedParts(raised),
    id: followUpId(whom.id, day),
    personId: whom.id,
    personName: whom.name,
    householdId: home.id,
    grid: home.grid,
    door: home.door,
    phone: whom.phone ?? whom.guardianPhone,
    day,
    level,
    reasons,
    passes: openingPass(raised),
    contacts: [],
  });
}

/** What was said is taken back: a follow-up that it alone had opened is a false alarm, unless somebody is at it already. */
export async function withdrawFollowUp(
  tx: Tx,
  {
    personId,
    day,
    saidAt,
    byName,
    at,
  }: {
    readonly personId: string;
    readonly day: Day;
    /** When that which is taken back was said. */
    readonly saidAt: number;
    readonly byName: string | undefined;
    readonly at: number;
  },
): Promise<void> {
  const opened = await tx.get(followUp, followUpId(personId, day));
  if (opened === undefined || !isOpen(opened) || opened.openedAt !== saidAt) return;
  if (opened.seenAt != null || opened.contacts.length > 0 || opened.reasons.includes('missedReading')) return;
  await tx.put(followUp, { ...opened, ...nobody, result: 'falseAlarm', closedAt: at, closedByName: byName });
}

/** What a follow-up loses when it is closed: it is nobody's to do any longer. */
export const nobody = { assignedTo: undefined, assignedName: undefined } as const;

/** Whoever is on duty for the grid, else for the whole community, and still works here: the clock ends a shift only later. */
async function onDuty(tx: Tx, grid: string, now: number): Promise<Duty | undefined> {
  for (const place of [grid, '']) {
    const working: Duty[] = [];
    for (const shift of await tx.list(duty, 'place', place)) {
      if (isInForce(shift, now) && (await worksHere(tx, shift.personId, now))) working.push(shift);
    }
    const holder = dutyHolder(working, now);
    if (holder !== undefined) return holder;
  }
  return undefined;
}

/** Whether somebody on duty is still one of the staff. A phone that holds neither their duties nor them takes it to be so. */
async function worksHere(tx: Tx, personId: string, now: number): Promise<boolean> {
  const [who, roles] = await Promise.all([tx.get(person, personId), tx.list(role, 'personId', personId)]);
  return (who === undefined || belongs(who)) && (roles.length === 0 || canTakeDuty(roles, now));
}
