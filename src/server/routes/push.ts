import type { Hono } from 'hono';
import { PROTOCOL, pushRequest } from '../../sync/wire.ts';
import type { AppContext, AppEnv, AppRequest } from '../app-context.ts';
import { isDiskFull } from '../database/pool.ts';
import { happenedAt } from '../parse-push.ts';
import { problem } from '../problem.ts';
import { overFor } from '../session-guard.ts';
import { readBody } from './read-body.ts';

/** POST /api/push: what people did, in order. Answered after the commit that holds it. */
export function pushRoute(routes: Hono<AppEnv>, app: AppContext): void {
  routes.post('/push', async (c) => {
    const read = await readBody(c, pushRequest);
    if ('answer' in read) return read.answer;
    const { body } = read;
    if (body.protocol !== PROTOCOL) return problem(c, 'protocol');
    const { communityId, deviceId } = c.get('session');
    if (body.deviceId !== deviceId) return problem(c, 'wrongDevice');
    const receivedAt = app.world.now();
    const incoming = body.mutations.map(({ at, ...one }) => ({
      ...one,
      happenedAt: happenedAt(receivedAt, body.sentAt, at),
    }));
    const source = { kind: 'device', deviceId, stream: body.stream } as const;
    const end = await app.writers.submit(communityId, source, incoming, receivedAt);
    switch (end.kind) {
      case 'answered':
        return c.json(end.answer);
      case 'gap':
        return problem(c, 'gap', { lastSeq: end.lastSeq });
      case 'wrongStream':
        return problem(c, end.kind);
      case 'ended':
        return overFor(app, c);
      case 'failed':
        return failure(c, end.error);
    }
  });
}

/** Nothing was acknowledged, so nothing is lost: the phone keeps it and tries again. */
export function failure(c: AppRequest, error: unknown): Response {
  return isDiskFull(error) ? problem(c, 'diskFull') : problem(c, 'busy', {}, 3);
}
