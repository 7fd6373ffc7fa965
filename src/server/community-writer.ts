import { pause, type World } from '../domain/world.ts';
import { applyBatch, Fault, type Applied, type ApplyContext } from './apply-batch.ts';
import { isDiskFull, isTransient } from './database/pool.ts';
import type { Job, JobEnd, Source } from './job.ts';
import { mutationsOf, type Incoming } from './parse-push.ts';

/** Mutations applied in one transaction, at most: keeps one hot community's commit short enough for the others. */
const MAX_BATCH = 1_000;
const MAX_JOBS = 256;
/** In a rush (batches of so many jobs), whoever was answered asks again at once: the next batch waits so long for them. */
const RUSH_JOBS = 8;
const GATHER_MS = 12;
/** Tries of a transaction that failed for a passing reason (40001, 40P01, the connection). */
const MAX_TRIES = 6;

export interface WriterOptions {
  readonly world: World;
  /** Called after each commit with the scopes that were written. */
  readonly wake: (communityId: string, scopes: ReadonlySet<string>) => void;
}

/**
 * One writer per community at a time. What arrives while a transaction runs waits and goes together into the next one, so
 * that one commit pays for many; nothing is answered before the commit that holds it.
 */
export class CommunityWriters {
  private readonly queues = new Map<string, Job[]>();
  private isFull = false;

  constructor(
    private readonly context: ApplyContext,
    private readonly options: WriterOptions,
  ) {}

  /** Waits in the community's queue until every mutation has a verdict, or the whole is refused. */
  submit(communityId: string, source: Source, incoming: readonly Incoming[], receivedAt: number): Promise<JobEnd> {
    const mutations = mutationsOf(this.context.registry, incoming);
    return new Promise((settle) => {
      const job: Job = { source, mutations, receivedAt, done: 0, verdicts: [], settle };
      const waiting = this.queues.get(communityId);
      if (waiting) {
        waiting.push(job);
        return;
      }
      const queue = [job];
      this.queues.set(communityId, queue);
      void this.drain(communityId, queue);
    });
  }

  private async drain(communityId: string, queue: Job[]): Promise<void> {
    const faults = new Set<string>();
    /** Mutations still to be applied one by one, after a batch failed for a reason that none could be blamed for. */
    let alone = 0;
    /** How many jobs the last two batches held. */
    let recent: readonly [number, number] = [0, 0];
    while (queue.length > 0) {
      await this.gather(queue, Math.max(...recent));
      const jobs = alone > 0 ? queue.slice(0, 1) : queue.slice(0, MAX_JOBS);
      try {
        const applied = await this.apply(communityId, jobs, alone > 0 ? 1 : MAX_BATCH, faults);
        alone = Math.max(0, alone - 1);
        recent = [jobs.length, recent[0]];
        this.isFull = false;
        advance(queue, applied);
        if (applied.scopes.size > 0) this.options.wake(communityId, applied.scopes);
      } catch (error) {
        if (error instanceof Fault) {
          this.context.log.error(`fault: ${error.message}`, error.cause);
          faults.add(error.mutationId);
        } else if (alone === 0 && !isTransient(error) && !isDiskFull(error)) {
          alone = jobs.reduce((n, job) => n + job.mutations.length - job.done, 0);
        } else {
          // Said once: every line that says it again takes of the disk that is full.
          if (!(this.isFull && isDiskFull(error))) this.context.log.error('a batch could not be written', error);
          this.isFull = isDiskFull(error);
          for (const job of jobs) job.settle({ kind: 'failed', error });
          queue.splice(0, jobs.length);
        }
      }
    }
    this.queues.delete(communityId);
  }

  /** Waits until as many are back as the last batches held, a moment at most: a commit for one costs as much as for all. */
  private async gather(queue: readonly Job[], expected: number): Promise<void> {
    for (let waited = 0; expected >= RUSH_JOBS && queue.length < expected && waited < GATHER_MS; waited++) {
      await pause(this.options.world, 1);
    }
  }

  /** A passing failure is tried again. After a lost connection the commit may have happened: the ids tell, nothing doubles. */
  private async apply(
    communityId: string,
    jobs: readonly Job[],
    limit: number,
    faults: ReadonlySet<string>,
  ): Promise<Applied> {
    for (let tries = 1; ; tries++) {
      try {
        return await applyBatch(this.context, communityId, jobs, limit, faults);
      } catch (error) {
        if (!isTransient(error) || tries === MAX_TRIES) throw error;
        await pause(this.options.world, 20 * 2 ** tries * (0.5 + this.options.world.random()));
      }
    }
  }
}

/** Books what a committed batch did, answers the jobs that came to their end and takes them out of the queue. */
function advance(queue: Job[], applied: Applied): void {
  const ended = new Set<Job>();
  for (const { job, verdicts, end } of applied.steps) {
    job.verdicts.push(...verdicts);
    job.done += verdicts.length;
    if (end) {
      job.settle(end);
      ended.add(job);
    }
  }
  const rest = queue.filter((job) => !ended.has(job));
  queue.splice(0, queue.length, ...rest);
}
