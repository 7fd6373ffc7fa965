import { dayOf } from '../../../domain/day.ts';
import { doorState, isDue, isReportedUnwell, slotAt, standing } from '../rules.ts';
import type { HeldGrant } from '../../../domain/actor.ts';
import type { Day } from '../../../domain/day.ts';
import type { Community, Household, Person } from '../../../people/schema.ts';
import type { DoorState } from '../desk/schema.ts';
import type { CheckIn } from '../schema.ts';

/**
 * The households that a helper may check in for now, each once: who was asked twice has the longer of the two grants.
 * @param now epoch ms
 * @returns until when (epoch ms) by household
 */
export function mayCheckInFor(grants: readonly HeldGrant[], now: number): ReadonlyMap<string, number> {
  const until = new Map<string, number>();
  for (const grant of grants) {
    if (!grant.powers.includes('check-in') || now >= grant.until) continue;
    until.set(grant.householdId, Math.max(grant.until, until.get(grant.householdId) ?? 0));
  }
  return until;
}

/** A household that somebody may check in for, as their phone holds it. `until`: the grant's end, epoch ms. */
export interface HelpedHousehold {
  readonly householdId: string;
  readonly until: number;
  readonly home?: Household;
  readonly persons: readonly Person[];
  /** What was said of them on this day. */
  readonly answers: readonly CheckIn[];
  /** Persons who gave a sign of life on this day. */
  readonly signs: ReadonlySet<string>;
}

/** How such a household stands, and why. */
export interface HelpedLine {
  readonly household: HelpedHousehold;
  readonly state: DoorState | 'unknown';
  /** The due time has passed. */
  readonly isLate: boolean;
  readonly unwell: readonly Person[];
  /** Epoch ms of what was said last on this day. */
  readonly heardAt?: number;
}

const need: Readonly<Record<HelpedLine['state'], number>> = {
  alert: 6,
  watch: 4,
  missing: 3,
  unknown: 2,
  observed: 1,
  notAsked: 1,
  away: 1,
  done: 0,
  vacant: 0,
};
/** Past the due time a silent door comes before one where somebody is a little unwell, and was heard. */
const LATE = 5;
const needOf = ({ state, isLate }: HelpedLine): number => (state === 'missing' && isLate ? LATE : need[state]);

/** @returns the households, most in need first; nobody's door left out @param now epoch ms */
export function helpedInOrder(town: Community, households: readonly HelpedHousehold[], now: number): HelpedLine[] {
  const today: Day = dayOf(now);
  const slot = slotAt(town, now);
  return households
    .map((household): HelpedLine => {
      const { home, persons, answers, signs } = household;
      const said = answers.filter((answer) => answer.day === today);
      const isLate = isDue(town, today, slot, now);
      const state = home === undefined ? 'unknown' : doorState(town, persons, said, today, slot, { signs, now });
      const unwell = persons.filter((one) => isReportedUnwell(said.filter(({ personId }) => personId === one.id)));
      return { household, state, isLate, unwell, heardAt: standing(said)?.happenedAt };
    })
    .sort((one, other) => needOf(other) - needOf(one) || doorText(one).localeCompare(doorText(other), 'zh'));
}

const doorText = ({ household }: HelpedLine): string => household.home?.door ?? '';
