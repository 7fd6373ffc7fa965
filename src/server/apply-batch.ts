import { dayOf } from '../domain/day.ts';
import { Refusal, type RefusalCode } from '../domain/refusal.ts';
import type { Actor } from '../domain/actor.ts';
import type { Registry } from '../domain/slice.ts';
import type { Verdict } from '../sync/wire.ts';
import { isDatabaseError } from './database/database-error.ts';
import { isDiskFull, isTransient } from './database/pool.ts';
import { loadLedger, type Ledger } from './ledger.ts';
import type { Database, Sql } from './database/database.ts';
import type { Directory } from './directory.ts';
import { followCopies } from './follow-copies.ts';
import type { Job, JobEnd, Pending } from './job.ts';
import type { Log } from './log.ts';
import type { StoredEntity } from './stored-entity.ts';
import { UnitOfWork } from './unit-of-work.ts';
import { feedOf, writeFeed } from './write-feed.ts';

export interface ApplyContext {
  readonly db: Database;
  readonly registry: Registry;
  readonly stored: ReadonlyMap<string, StoredEntity>;
  readonly directory: Directory;
  readonly log: Log;
  readonly newId: () => string;
}

/** A batch's result: how far each job came, what ended, and whom to wake. Valid only once the transaction has committed. */
export interface Applied {
  readonly steps: readonly { readonly job: Job; readonly verdicts: readonly Verdict[]; readonly end?: JobEnd }[];
  readonly scopes: ReadonlySet<string>;
}

/** A mutation that threw something other than a refusal, or whose changes the database would not take when it was alone. */
export class Fault extends Error {
  constructor(
    readonly mutationId: string,
    override readonly cause: unknown,
  ) {
    super(`mutation ${mutationId} failed`);
  }
}

/**
 * Applies jobs of one community in one transaction: group commit. Locks the community's clock first, so that writes are
 * serial and the order of changes is the commit order. A refusal undoes its mutation alone. A mutation that changes who may
 * do what ends the batch, so that every actor is read afresh after it.
 * @param limit mutations at most
 * @param faults mutations known to fail by our own fault: refused, their body kept for the operator
 * @throws Fault where one mutation is to blame; anything else is the database's, or the batch's as a whole
 */
export async function applyBatch(
  context: ApplyContext,
  communityId: string,
  jobs: readonly Job[],
  limit: number,
  faults: ReadonlySet<string>,
): Promise<Applied> {
  return context.db.transaction(async (sql) => {
    const clock = await lockClock(sql, communityId, context.newId);
    const devices = jobs.flatMap((job) => (job.source.kind === 'device' ? [job.source.deviceId] : []));
    const now = Math.max(0, ...jobs.map((job) => job.receivedAt));
    const [actors, ledger] = await Promise.all([
      context.directory.actorsOf(sql, communityId, [...new Set(devices)], now),
      loadLedger(sql, communityId, jobs, limit),
    ]);
    const work = new UnitOfWork(sql, communityId, context.stored);
    await work.preload(wanted(jobs, ledger, actors, limit));

    // What rights rest on, and what others copy, is read afresh after it has changed.
    const barriers = new Set([...context.directory.restsOn, ...context.registry.copies.map((copy) => copy.of.name)]);
    const steps: Applied['steps'][number][] = [];
    let room = limit;
    let closed = false;
    let last: Pending | undefined;
    for (const job of jobs) {
      if (closed || room <= 0) break;
      const verdicts: Verdict[] = [];
      const actor = job.source.kind === 'device' ? actors.get(job.source.deviceId) : job.source.actor;
      const barrier = actor === undefined ? ({ kind: 'ended' } as const) : ledger.barrier(job);
      if (actor === undefined || barrier) {
        steps.push({ job, verdicts, end: barrier });
        continue;
      }
      let at = job.done;
      while (at < job.mutations.length && room > 0 && !closed) {
        const pending = job.mutations[at]!;
        const known = ledger.known(job, pending);
        if (known === 'gap') break;
        if (known === undefined) {
          const mark = work.mark();
          last = pending;
          const faulty = faults.has(pending.id);
          const verdict = faulty
            ? refused(pending, 'fault')
            : await runOne(work, pending, actor, arrival(job, pending));
          if (verdict.outcome === 'refused') work.undo(mark);
          ledger.record(job, pending, actor, verdict, faulty ? pending.args : undefined);
          verdicts.push(verdict);
          closed = work.changedSince(mark, barriers);
          room--;
        } else verdicts.push(known);
        at++;
      }
      const all = [...job.verdicts, ...verdicts];
      const lastSeq = ledger.lastSeq(job);
      if (at === job.mutations.length || (ledger.gapAt(job, at) && all.length > 0)) {
        steps.push({
          job,
          verdicts,
          end: { kind: 'answered', answer: { epoch: clock.epoch, lastSeq, verdicts: all } },
        });
      } else if (ledger.gapAt(job, at)) steps.push({ job, verdicts, end: { kind: 'gap', lastSeq } });
      else steps.push({ job, verdicts });
    }

    await followCopies(work, context.registry);
    const changes = work.changes();
    const fed = feedOf(context.registry, changes, clock.seq);
    try {
      await Promise.all([...work.flush(changes), ...ledger.flush(sql), ...writeFeed(sql, communityId, fed, now)]);
    } catch (error) {
      // Alone in its batch, a mutation whose changes cannot be written is the one to blame.
      if (limit === 1 && last && !isTransient(error) && !isDiskFull(error)) throw new Fault(last.id, error);
      throw error;
    }
    return { steps, scopes: fed.scopes };
  });
}

/** For rules, `now` is the arrival here; what the machinery itself asks for arrives when it happens. */
function arrival(job: Job, pending: Pending): number {
  return job.source.kind === 'system' ? pending.happenedAt : job.receivedAt;
}

function refused({ seq, id }: Pending, code: RefusalCode): Verdict {
  return { seq, id, outcome: 'refused', code };
}

/** Runs one mutation. What is no refusal leaves the batch, as the mutation's own fault or as the database's error. */
async function runOne(work: UnitOfWork, pending: Pending, actor: Actor, now: number): Promise<Verdict> {
  const { seq, id, call } = pending;
  if ('refused' in call) return refused(pending, call.refused);
  try {
    const happenedAt = pending.happenedAt;
    await call.mutation.run(work, call.args, { actor, now, happenedAt, today: dayOf(happenedAt), mutationId: id });
    return { seq, id, outcome: 'accepted' };
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw isTransient(error) || isDatabaseError(error) ? error : new Fault(id, error);
    }
    return { seq, id, outcome: 'refused', code: error.code, ...(error.details && { details: error.details }) };
  }
}

function wanted(jobs: readonly Job[], ledger: Ledger, actors: ReadonlyMap<string, Actor>, limit: number) {
  return ledger.fresh(jobs, limit).flatMap(({ job, pending }) => {
    const actor = job.source.kind === 'device' ? actors.get(job.source.deviceId) : job.source.actor;
    return actor && 'mutation' in pending.call ? pending.call.mutation.reads(pending.call.args, actor, pending.id) : [];
  });
}

/** Takes the community's clock. A community that writes for the first time gets one, with a fresh epoch. */
async function lockClock(sql: Sql, communityId: string, newId: () => string): Promise<{ seq: number; epoch: string }> {
  const lock = 'select seq, epoch from clock where community_id = $1 for update';
  const [clock] = await sql.query<{ seq: number; epoch: string }>(lock, [communityId]);
  if (clock) return clock;
  await sql.query(
    'insert into clock (community_id, seq, epoch, tombstone_floor) values ($1, 0, $2, 0) on conflict do nothing',
    [communityId, newId()],
  );
  const [made] = await sql.query<{ seq: number; epoch: string }>(lock, [communityId]);
  return made!;
}
