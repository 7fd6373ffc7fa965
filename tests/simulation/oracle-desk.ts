import type { Row } from '../../src/domain/entity.ts';
import type { Run, Violation } from './book.ts';
import type { Rows } from './memory-tx.ts';
import type { Watching } from './oracle.ts';
import { violations } from './oracle-rows.ts';

/** Ms for which an alert waits with each, unseen. */
const UNSEEN_MS = 15 * 60_000;

interface Pass {
  readonly at: number;
  readonly to: string;
}
interface FollowUp extends Row {
  readonly passes: readonly Pass[];
  readonly stage: string;
  readonly raisedAt: number;
  readonly seenAt?: number | null;
  readonly closedAt?: number | null;
}
interface Role extends Row {
  readonly personId: string;
  readonly kind: string;
  readonly until?: number | null;
}

/**
 * Looks on while a history is run again. Law `givenToStaff`: a follow-up goes only to who works at a desk at that moment.
 * Law `escalatesInTime`: the clock passes on what waited unseen and open for 15 minutes with whoever had it, and each stage
 * once.
 */
export class DeskWatch {
  private readonly known = new Map<string, FollowUp>();
  private readonly details: { readonly staff: string[]; readonly late: string[] } = { staff: [], late: [] };

  readonly look: Watching = (rows, run) => {
    for (const row of (rows.get('followUp') as ReadonlyMap<string, FollowUp> | undefined)?.values() ?? []) {
      const before = this.known.get(row.id);
      if (before === row) continue;
      this.known.set(row.id, row);
      for (const { to } of row.passes.slice(before?.passes.length ?? 0)) {
        if (!isStaff(rows, to, run.context.now)) {
          this.details.staff.push(`${row.id} went to ${to}, who works at no desk (${run.name} ${run.id})`);
        }
      }
      if (run.name === 'checkIn.passOn') this.details.late.push(...tooEarly(row.id, before, run));
    }
  };

  /** @returns what was broken so far */
  violations(): Violation[] {
    return [...violations('givenToStaff', this.details.staff), ...violations('escalatesInTime', this.details.late)];
  }
}

function isStaff(rows: Rows, personId: string, now: number): boolean {
  const person = rows.get('person')?.get(personId) as { readonly presence?: string } | undefined;
  if (person === undefined || ['movedOut', 'deceased'].includes(person.presence ?? '')) return false;
  const roles = [...((rows.get('role') as ReadonlyMap<string, Role> | undefined)?.values() ?? [])];
  return roles.some(
    (one) =>
      one.personId === personId &&
      ['gridWorker', 'secretary'].includes(one.kind) &&
      (one.until == null || now < one.until),
  );
}

function tooEarly(id: string, before: FollowUp | undefined, { id: runId, context }: Run): string[] {
  if (before === undefined) return [`${id} was passed on and had never been opened`];
  const waited = context.now - before.raisedAt;
  if (before.seenAt != null || before.closedAt != null) return [`${id} was passed on by ${runId} though it was seen`];
  return waited < UNSEEN_MS ? [`${id} was passed on by ${runId} after ${waited} ms`] : [];
}

interface Finding {
  readonly actId: string;
  readonly finding: string;
  readonly at: number;
  readonly instead?: string | null;
}
interface SweptDoor extends Row {
  readonly findings: readonly Finding[];
  readonly finding: string;
  readonly answered: boolean;
}

const ANSWERS = ['met', 'phoned', 'empty'];

/** Law `sweptInAnyOrder`: a swept door is what the set of its findings gives, whatever the order in which they arrived. */
export function sweptInAnyOrder(runs: readonly Run[], rows: Rows): Violation[] {
  const doors = new Map<string, Finding[]>();
  for (const { id, name, args, context, outcome } of runs) {
    if (name !== 'sweep.answer' || outcome !== 'accepted') continue;
    const { sweepId, householdId, finding, instead } = args as Finding & { sweepId: string; householdId: string };
    const door = `${sweepId}/${householdId}`;
    doors.set(door, [...(doors.get(door) ?? []), { actId: id, finding, instead, at: context.happenedAt }]);
  }
  const stored = rows.get('sweptDoor') as ReadonlyMap<string, SweptDoor> | undefined;
  const details = [...doors].flatMap(([id, findings]) => {
    const row = stored?.get(id);
    const holds = holding(findings);
    const answered = ANSWERS.includes(holds.finding) && isStanding(holds, findings);
    const found = row && `${row.finding} ${row.answered} of ${idsOf(row.findings)}`;
    const should = `${holds.finding} ${answered} of ${idsOf(findings)}`;
    return found === should ? [] : [`door ${id} should be ${should} and is ${found ?? 'not there'}`];
  });
  for (const id of stored?.keys() ?? []) if (!doors.has(id)) details.push(`door ${id}: nobody has said anything of it`);
  return violations('sweptInAnyOrder', details);
}

/** The latest finding that answers for the door, else the latest try, of those that nobody put right. */
function holding(findings: readonly Finding[]): Finding {
  const inTime = [...findings].sort((one, other) => one.at - other.at || (one.actId < other.actId ? -1 : 1));
  const standing = inTime.filter((one) => isStanding(one, findings));
  return standing.filter((one) => ANSWERS.includes(one.finding)).at(-1) ?? standing.at(-1) ?? inTime.at(-1)!;
}

function isStanding(one: Finding, findings: readonly Finding[]): boolean {
  return !findings.some((other) => other.instead === one.actId);
}

const idsOf = (findings: readonly Finding[]): string =>
  findings
    .map((one) => one.actId)
    .sort()
    .join(' ');

interface Told {
  readonly sweep: { readonly id: string };
  readonly doors: number;
  readonly answered: number;
}

/**
 * Law `countedToTheLastDoor`: what the desk reads of how far a sweep is counts every door once, and as answered only those
 * that are: all of it is done only when nobody is left.
 * @param told what the server answered to the secretary, who answers for every door
 */
export function countedToTheLastDoor(told: readonly Told[], rows: Rows): Violation[] {
  const homes = [
    ...((rows.get('household') as ReadonlyMap<string, Row & { grid: string }> | undefined)?.values() ?? []),
  ];
  const details = told.flatMap(({ sweep: { id }, doors, answered }) => {
    const grids = (rows.get('sweep')?.get(id) as { grids?: readonly string[] } | undefined)?.grids ?? [];
    const asked = homes.filter(({ grid }) => grids.length === 0 || grids.includes(grid));
    const done = asked.filter((home) => {
      const { findings = [] } = (rows.get('sweptDoor')?.get(`${id}/${home.id}`) ?? {}) as Partial<SweptDoor>;
      return (
        findings.length > 0 && ANSWERS.includes(holding(findings).finding) && isStanding(holding(findings), findings)
      );
    });
    const right = doors === asked.length && answered === done.length;
    return right ? [] : [`sweep ${id}: ${answered} of ${doors} were told, ${done.length} of ${asked.length} are`];
  });
  return violations('countedToTheLastDoor', details);
}
