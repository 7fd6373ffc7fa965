import { dayOf, timeOn } from '../../../domain/day.ts';
import { askerOf } from './asker.ts';
import { readColleagues } from './colleagues.server.ts';
import { coverageOfDoors } from './coverage.ts';
import { readGround } from './read.server.ts';
import { reportOf, shiftSummaryOf } from './report.ts';
import { readShift, shiftBegan } from './shift.server.ts';
import { UsualTimes } from './usual-time.server.ts';
import type { Day } from '../../../domain/day.ts';
import type { ServerSlice } from '../../../server/slice.ts';

/** The desk's answers: coverage of a day, its report, the shift's summary. For who is not staff there is no such page. */
export const deskRoutes: NonNullable<ServerSlice['routes']> = (app, { db, world }) => {
  const usual = new UsualTimes();

  app.get('/coverage', async (c) => {
    const { communityId } = c.get('actor');
    const now = world.now();
    const asker = askerOf(c.get('actor'), now);
    if (asker === undefined) return c.notFound();
    const day = dayAsked(c.req.query('day'), dayOf(now));
    const usualBy = day === dayOf(now) ? await usual.of(db, communityId, day) : new Map<string, string>();
    const read = await db.transaction((sql) => readGround(sql, communityId, asker, day, now, usualBy), 'snapshot');
    return read === undefined ? c.notFound() : c.json(coverageOfDoors(read.ground, read.doors));
  });

  app.get('/report', async (c) => {
    const { communityId } = c.get('actor');
    const now = world.now();
    const asker = askerOf(c.get('actor'), now);
    if (asker === undefined) return c.notFound();
    const day = dayAsked(c.req.query('day'), dayOf(now));
    const read = await db.transaction((sql) => readGround(sql, communityId, asker, day, now, new Map()), 'snapshot');
    return read === undefined ? c.notFound() : c.json(reportOf(read.ground, read.doors, read.communityName));
  });

  app.get('/shift', async (c) => {
    const { communityId } = c.get('actor');
    const now = world.now();
    const asker = askerOf(c.get('actor'), now);
    if (asker === undefined) return c.notFound();
    const summary = await db.transaction(async (sql) => {
      const since = await shiftBegan(sql, communityId, asker, now);
      const [read, shift, colleagues] = await Promise.all([
        readGround(sql, communityId, asker, dayOf(now), now, new Map()),
        readShift(sql, communityId, asker, since),
        readColleagues(sql, communityId, now),
      ]);
      if (read === undefined) return undefined;
      return { ...shiftSummaryOf(read.ground, read.doors, since, shift.followUps, shift.attempts), colleagues };
    }, 'snapshot');
    return summary === undefined ? c.notFound() : c.json(summary);
  });
};

/** The day asked for; today for none, for one that is no day, and for one that has not come. */
function dayAsked(text: string | undefined, today: Day): Day {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text) && text < today ? text : today;
}

/** Whether the calendar has this day. */
function isDay(text: string): boolean {
  const begins = timeOn(text);
  return Number.isFinite(begins) && dayOf(begins) === text;
}
