import { MINUTE_MS } from '../../../domain/day.ts';
import { UNSEEN_MINUTES } from '../follow-up/schema.ts';
import type { FollowUp, Stage } from '../follow-up/schema.ts';

/** Somebody with a duty in force that answers for alerts. Without a grid: for all of them. */
export interface Colleague {
  readonly personId: string;
  readonly kind: 'gridWorker' | 'secretary';
  readonly grid?: string | null;
}

/** Whose turn it is next, and as what. */
export interface Turn {
  readonly stage: Exclude<Stage, 'onDuty'>;
  readonly personId: string;
}

/** Of an alert that waits: whose it was and since when. */
type Waiting = Pick<FollowUp, 'grid' | 'stage' | 'assignedTo' | 'passes' | 'raisedAt'>;

/** Whether nobody has opened this alert yet and nobody has closed it. */
export function isUnseen(followUp: Pick<FollowUp, 'level' | 'seenAt' | 'closedAt'>): boolean {
  return followUp.level === 'alert' && followUp.seenAt == null && followUp.closedAt == null;
}

/** Whether an alert has waited unseen for UNSEEN_MINUTES with whoever has it now (epoch ms). */
export function isOverdue(
  followUp: Pick<FollowUp, 'level' | 'seenAt' | 'closedAt' | 'raisedAt'>,
  now: number,
): boolean {
  return isUnseen(followUp) && now - followUp.raisedAt >= UNSEEN_MINUTES * MINUTE_MS;
}

/**
 * To whom an alert goes that nobody opened: first to a colleague who has not had it, of the same grid before others; then to
 * the secretary (where there is none, to one more colleague); with the secretary it stays.
 * @returns undefined where there is nobody left to whom it could go
 */
export function nextTurn(followUp: Waiting, staff: readonly Colleague[]): Turn | undefined {
  if (followUp.stage === 'secretary') return undefined;
  const inOrder = [...staff].sort((one, other) => (one.personId < other.personId ? -1 : 1));
  const had = new Set(whoHadIt(followUp, inOrder));
  const colleagues = inOrder.filter((one) => one.kind === 'gridWorker' && !had.has(one.personId));
  const secretaries = inOrder.filter((one) => one.kind === 'secretary' && one.personId !== followUp.assignedTo);
  const colleague =
    colleagues.find((one) => isOf(one, followUp.grid)) ??
    colleagues.find((one) => isOf(one, undefined)) ??
    colleagues[0];
  const secretary = secretaries.find((one) => !had.has(one.personId)) ?? secretaries[0];
  const asColleague = colleague && ({ stage: 'colleague', personId: colleague.personId } as const);
  const asSecretary = secretary && ({ stage: 'secretary', personId: secretary.personId } as const);
  return followUp.stage === 'onDuty' ? (asColleague ?? asSecretary) : (asSecretary ?? asColleague);
}

/**
 * Everybody who has had it since it was last raised, whoever handed it over with their shift among them. Where it was
 * nobody's, the desk of its grid has had it: the grid's own workers.
 */
function whoHadIt({ grid, stage, assignedTo, raisedAt, passes }: Waiting, staff: readonly Colleague[]): string[] {
  const recent = passes.filter(({ at }) => at >= raisedAt);
  const isRaisedAnew = stage === 'onDuty' && !recent.some(({ because }) => because === 'handOver');
  const had = [...(isRaisedAnew ? recent : passes).map(({ to }) => to), ...(assignedTo ? [assignedTo] : [])];
  if (had.length > 0) return had;
  const workers = staff.filter((one) => one.kind === 'gridWorker');
  const own = workers.filter((one) => isOf(one, grid));
  return (own.length > 0 ? own : workers.filter((one) => isOf(one, undefined))).map((one) => one.personId);
}

const isOf = (one: Colleague, grid: string | undefined): boolean => (one.grid ?? undefined) === grid;

/** The alert with the one whose turn it is: the 15 minutes count anew, and the robot may be told of it again. */
export function passedOn(
  followUp: FollowUp,
  turn: { readonly stage: Stage; readonly personId: string; readonly name: string },
  now: number,
): FollowUp {
  return {
    ...followUp,
    stage: turn.stage,
    assignedTo: turn.personId,
    assignedName: turn.name,
    raisedAt: now,
    robotAt: null,
    passes: [...followUp.passes, { at: now, to: turn.personId, toName: turn.name, because: 'unseen' }],
  };
}

/** What goes along with a shift. What was opened stays opened; an alert that nobody opened begins with the next one anew. */
export function handedOver(
  followUp: FollowUp,
  next: { readonly personId: string; readonly name: string },
  now: number,
): FollowUp {
  const moved: FollowUp = {
    ...followUp,
    assignedTo: next.personId,
    assignedName: next.name,
    passes: [...followUp.passes, { at: now, to: next.personId, toName: next.name, because: 'handOver' }],
  };
  return followUp.seenAt == null ? { ...moved, stage: 'onDuty', raisedAt: now, robotAt: null } : moved;
}
