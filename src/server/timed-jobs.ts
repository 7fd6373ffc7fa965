import { DAY_MS } from '../domain/day.ts';
import { TOMBSTONE_DAYS, VERDICT_DAYS } from '../sync/wire.ts';
import type { Log } from './log.ts';
import type { Operate } from './operate.ts';
import type { ServerContext, TimedJob } from './slice.ts';

/** Runs the jobs, each again `everyMs` after it ended. @returns a function that stops them */
export function runTimedJobs(
  jobs: readonly TimedJob[],
  context: ServerContext & { operate: Operate; log: Log },
): () => void {
  let stopped = false;
  const cancels = new Map<string, () => void>();
  const schedule = (job: TimedJob): void => {
    cancels.set(
      job.name,
      context.world.after(job.everyMs, () => {
        job
          .run(context)
          .catch((error: unknown) => context.log.error(`the job ${job.name} failed`, error))
          .finally(() => stopped || schedule(job));
      }),
    );
  };
  jobs.forEach(schedule);
  return () => {
    stopped = true;
    for (const cancel of cancels.values()) cancel();
  };
}

/** Sweeps what the mechanism need not remember any longer: old tombstones (and says so in the clock) and old verdicts. */
export const sweep: TimedJob = {
  name: 'sweep',
  everyMs: 6 * 3_600_000,
  async run({ db, world }) {
    const now = world.now();
    for (const { communityId } of await db.query<{ communityId: string }>(
      'select community_id as "communityId" from clock',
    )) {
      await db.transaction(async (sql) => {
        await sql.query('select seq from clock where community_id = $1 for update', [communityId]);
        await sql.query(
          `with gone as (
             delete from feed where community_id = $1 and row is null and changed_at < $2 returning seq
           )
           update clock set tombstone_floor = greatest(tombstone_floor, (select coalesce(max(seq), 0) from gone))
           where community_id = $1`,
          [communityId, now - TOMBSTONE_DAYS * DAY_MS],
        );
        await sql.query('delete from verdict where community_id = $1 and received_at < $2', [
          communityId,
          now - VERDICT_DAYS * DAY_MS,
        ]);
      });
    }
  },
};
