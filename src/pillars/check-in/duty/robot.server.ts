import { MINUTE_MS } from '../../../domain/day.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { Operate } from '../../../server/operate.ts';
import type { Post } from '../../../server/slice.ts';
import { UNSEEN_MINUTES } from '../follow-up/schema.ts';
import { robotMessage, wasTaken } from './robot.ts';
import type { RobotKind } from './schema.ts';

/** A robot that did not answer is tried again after this time: the services allow about 20 messages a minute. */
const RETRY_MS = MINUTE_MS;
/** Alerts told of in one message. */
const MAX_ALERTS = 200;

// The first time after UNSEEN_MINUTES, whether there was somebody to go on to or not; then once more at each further stage.
const UNTOLD = `
  select id, stage, raised_at as "raisedAt"
  from follow_up
  where community_id = $1 and closed_at is null and seen_at is null and level = 'alert' and robot_at is null
    and (stage <> 'onDuty' or raised_at <= $2)
  order by raised_at, id limit ${MAX_ALERTS}`;

interface Means {
  readonly db: Sql;
  readonly operate: Operate;
  readonly post: Post;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * Makes what tells a community's robot of alerts that nobody opened: one message for all that it has not been told of.
 * Where the robot took it and the machine stopped before that was written down, it is told again: rather twice than never.
 * @returns a function that gives the number of alerts told of
 */
export function createRobotTeller(): (communityId: string, means: Means) => Promise<number> {
  const failedAt = new Map<string, number>();
  return async (communityId, { db, operate, post, now }) => {
    const since = now - (failedAt.get(communityId) ?? 0);
    if (since >= 0 && since < RETRY_MS) return 0;
    const [robot] = await db.query<{ kind: RobotKind; url: string }>(
      'select kind, url from robot where community_id = $1 and id = $1',
      [communityId],
    );
    if (robot === undefined) return 0;
    const untold = await db.query<{ id: string; stage: string; raisedAt: number }>(UNTOLD, [
      communityId,
      now - UNSEEN_MINUTES * MINUTE_MS,
    ]);
    if (untold.length === 0) return 0;
    if (!wasTaken(await post(robot.url, robotMessage(robot.kind, untold.length)))) {
      failedAt.set(communityId, now);
      return 0;
    }
    failedAt.delete(communityId);
    await operate(
      communityId,
      untold.map(({ id, stage, raisedAt }) => ({
        id: `checkIn.robotTold/${id}/${stage}/${raisedAt}`,
        name: 'checkIn.robotTold',
        args: { followUpId: id, at: now },
      })),
    );
    return untold.length;
  };
}
