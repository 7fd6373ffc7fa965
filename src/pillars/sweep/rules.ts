import { holdsRole, isStaffOf, isSystem } from '../../domain/actor.ts';
import { DAY_MS } from '../../domain/day.ts';
import { demand } from '../../domain/refusal.ts';
import { MAX_FINDINGS, MAX_HOURS } from './schema.ts';
import type { Actor } from '../../domain/actor.ts';
import type { DoorFinding, Finding, Sweep, SweptDoor } from './schema.ts';

const HOUR_MS = 3_600_000;

/** What follows from a door's findings. */
export type DoorState = Pick<SweptDoor, 'findings' | 'finding' | 'answered'>;

/**
 * Whether the actor may start or close a sweep of these grids (none named: the whole community): the secretary any, a grid
 * worker those of the own desk.
 */
export function mayLead(actor: Actor, grids: readonly string[], now: number): boolean {
  if (isSystem(actor) || holdsRole(actor, 'secretary', now)) return true;
  if (grids.length > 0) return grids.every((grid) => isStaffOf(actor, now, grid));
  return actor.roles.some((held) => held.grid === undefined && held.kind === 'gridWorker' && isHeld(held.until, now));
}

/** Whether the actor may say what was found at a door of this grid: whoever works at its desk, and volunteers. */
export function mayAnswerAt(actor: Actor, grid: string, now: number): boolean {
  return isStaffOf(actor, now, grid) || holdsRole(actor, 'volunteer', now);
}

/** Whether the sweep asks at the doors of this grid. */
export function covers(sweep: Pick<Sweep, 'grids'>, grid: string): boolean {
  return sweep.grids.length === 0 || sweep.grids.includes(grid);
}

/** Refuses a deadline that has passed (`expired`) or that is further off than MAX_HOURS (`overLimit`, with the days). */
export function demandDeadline(now: number, deadline: number): void {
  demand(deadline > now, 'expired');
  demand(deadline <= now + MAX_HOURS * HOUR_MS, 'overLimit', { days: MAX_HOURS / 24 });
}

/** Whether nobody is to knock any more at `time` (epoch ms). What was found before counts, whenever it arrives. */
export function isClosedAt(sweep: Pick<Sweep, 'closedAt'>, time: number): boolean {
  return sweep.closedAt != null && time > sweep.closedAt;
}

/** Whether what was found at `time` (epoch ms) came after the deadline. */
export function isLate(sweep: Pick<Sweep, 'deadline'>, time: number): boolean {
  return time > sweep.deadline;
}

/** Whether a finding answers for its door: somebody was met or phoned, or nobody lives there. */
export function isAnswer(finding: Finding): boolean {
  return finding === 'met' || finding === 'phoned' || finding === 'empty';
}

/**
 * Takes one more finding into a door. The same whatever the order in which findings arrive, and however often.
 * @param door as it is known so far; undefined where nothing is
 */
export function mergeFinding(door: Pick<SweptDoor, 'findings'> | undefined, finding: DoorFinding): DoorState {
  const others = (door?.findings ?? []).filter((known) => known.actId !== finding.actId);
  const findings = [...others, finding].sort(inTime);
  return { findings, finding: holding(findings)?.finding ?? finding.finding, answered: isAnswered(findings) };
}

/**
 * What holds at a door: the latest finding that answers for it, else the latest try. A later 敲了没人 does not take back
 * that somebody was met, unless it was said in its place.
 * @returns undefined for a door at which nobody was
 */
export function holding(findings: readonly DoorFinding[]): DoorFinding | undefined {
  const standing = findings.filter((one) => !isPutRight(one, findings)).sort(inTime);
  return standing.filter((one) => isAnswer(one.finding)).at(-1) ?? standing.at(-1) ?? [...findings].sort(inTime).at(-1);
}

/** Whether the door has an answer, neither put right since nor merely tried for. */
export function isAnswered(findings: readonly DoorFinding[]): boolean {
  return findings.some((one) => isAnswer(one.finding) && !isPutRight(one, findings));
}

/** Whether there is room for another finding at the door. */
export function hasRoom(door: Pick<SweptDoor, 'findings'> | undefined): boolean {
  return (door?.findings.length ?? 0) < MAX_FINDINGS;
}

/** Whether the actor may put right what was found at a door of this grid: its desk anything, a volunteer the own words. */
export function mayPutRight(actor: Actor, finding: Pick<DoorFinding, 'by'>, grid: string, now: number): boolean {
  return isStaffOf(actor, now, grid) || (finding.by != null && finding.by === actor.personId);
}

/** @returns the finding that answers for the door now, if any: what a correction takes the place of */
export function standingAnswer(findings: readonly DoorFinding[]): DoorFinding | undefined {
  const held = holding(findings);
  return held !== undefined && isAnswered(findings) ? held : undefined;
}

/** Whether something was said in place of this finding. */
export function isPutRight(finding: DoorFinding, findings: readonly DoorFinding[]): boolean {
  return findings.some((other) => other.instead === finding.actId);
}

/** Whether the door's last finding is that many days old at `now` (epoch ms). */
export function isOlderThan(door: Pick<SweptDoor, 'findings'>, days: number, now: number): boolean {
  return door.findings.every((one) => one.at + days * DAY_MS <= now);
}

/** The door without what was said there: that somebody was met, by whom and when, stays. */
export function withoutWords(door: SweptDoor): SweptDoor {
  const silent = { people: undefined, yes: undefined, note: undefined };
  return { ...door, findings: door.findings.map((one) => ({ ...one, ...silent })) };
}

function inTime(one: DoorFinding, other: DoorFinding): number {
  return one.at - other.at || (one.actId < other.actId ? -1 : one.actId > other.actId ? 1 : 0);
}

function isHeld(until: number | undefined, now: number): boolean {
  return until === undefined || now < until;
}
