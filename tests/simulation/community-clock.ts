import { tendAlerts, tendDuties } from '../../src/pillars/check-in/duty/duty.server.ts';
import { createRobotTeller } from '../../src/pillars/check-in/duty/robot.server.ts';
import { keepCommunity } from '../../src/pillars/check-in/keeping/keeping.server.ts';
import { tendObservations } from '../../src/pillars/check-in/observation/observation.server.ts';
import { tendErrands } from '../../src/pillars/errands/server.ts';
import { forgetOldClaims } from '../../src/pillars/group-buy/claims/claims.server.ts';
import { closeDueRounds } from '../../src/pillars/group-buy/round/round.server.ts';
import { forgetOldDoors } from '../../src/pillars/sweep/forget.server.ts';
import type { Sql } from '../../src/server/database/database.ts';
import type { Operate } from '../../src/server/operate.ts';
import type { Post } from '../../src/server/slice.ts';

/** What the timed jobs of one server work with. */
export interface Machinery {
  readonly db: Sql;
  readonly operate: Operate;
  readonly post: Post;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * What one server's clock does for a community, as its timed jobs do it for all of them: every job begins at once, and one
 * that fails keeps no other from its turn.
 * @returns a function that lets the clock look once, and gives how many things it changed
 */
export function communityClock({ db, operate, post, now }: Machinery): (communityId: string) => Promise<number> {
  const tellRobot = createRobotTeller();
  const asked = new Set<string>();
  return async (communityId) => {
    const jobs = [
      tendAlerts(communityId, db, operate, now()),
      tellRobot(communityId, { db, operate, post, now: now() }),
      tendDuties(communityId, db, operate, now()),
      tendObservations(communityId, db, operate, now(), asked),
      tendErrands(communityId, db, operate, now()),
      keepCommunity(communityId, db, operate, now()),
      forgetOldDoors(communityId, db, operate, now()),
      closeDueRounds(communityId, db, operate, now()),
      forgetOldClaims(communityId, db, operate, now()),
    ];
    const ends = await Promise.allSettled(jobs);
    return ends.reduce((sum, end) => sum + (end.status === 'fulfilled' ? end.value : 0), 0);
  };
}
