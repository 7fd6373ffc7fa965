import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../src/domain/day.ts';
import { submit } from '../src/pillars/check-in/mutations.ts';
import { SESSION_DAYS } from '../src/server/sessions.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const wellToday = () => ({
  householdId: homes.li,
  day: new Date(town.world.now() + 8 * 3_600_000).toISOString().slice(0, 10),
  slot: 'morning' as const,
  entries: [{ personId: people.li, feels: 'well' as const }],
});

describe('a session', () => {
  it('that has expired keeps everything on the phone; signed in again with the slip, it is sent', async () => {
    const li = await town.phone('li');
    town.world.pass((SESSION_DAYS + 1) * DAY_MS);
    const waiting = await li.does(submit, wellToday());
    await li.sync();
    expect(li.phone.status.value.state).toBe('signInAgain');
    expect(await li.word(waiting)).toBe('unsent');
    await li.joinAgain(town.code('li'));
    await li.sync();
    const record = await town.db.query('select outcome from verdict where id = $1', [waiting]);
    expect(record).toEqual([{ outcome: 'accepted' }]);
  });

  it('of a device that its household has ended is over: rows go, what was not sent stays readable', async () => {
    const [lost, mine] = [await town.phone('li'), await town.device('li')];
    const waiting = await lost.does(submit, wellToday());
    const ended = await mine.act('people.endDevice', { deviceId: lost.phone.actor.value.deviceId });
    expect(ended).toMatchObject({ outcome: 'accepted' });
    await lost.sync();
    expect(lost.phone.status.value.state).toBe('ended');
    expect(await lost.word(waiting)).toBe('unsent');
    expect(await lost.phone.database.rows.count()).toBe(0);
  });

  it('cannot be had by guessing: wrong codes are counted, then the address waits', async () => {
    const join = (code: string) =>
      town.server.app.request('/api/session/join', {
        method: 'POST',
        headers: { 'x-requested-by': 'shouwang', 'content-type': 'application/json' },
        body: JSON.stringify({ code, deviceName: '猜码的' }),
      });
    const first = await join('WRNG-CDE2');
    expect(first.status).toBe(404);
    let last = first;
    for (let i = 0; i < 25 && last.status !== 429; i++) last = await join(`WRNG-CD${i}`);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await join(town.code('li'))).status).toBe(429);
    town.world.pass(16 * 60_000);
    expect((await join(town.code('li'))).status).toBe(201);
  });

  it('needs the header that another site cannot send', async () => {
    const li = await town.device('li');
    const bare = await town.server.app.request('/api/push', {
      method: 'POST',
      headers: { cookie: li.cookie, 'content-type': 'application/json' },
      body: JSON.stringify(li.envelope([])),
    });
    expect(bare.status).toBe(403);
    const foreign = await li.request('/api/push', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: JSON.stringify(li.envelope([])),
    });
    expect(foreign.status).toBe(403);
  });

  it('enrols one device, however often the network sends the sign-in or the person tries again', async () => {
    const tries = async (attempt: string) => {
      const response = await town.server.app.request('/api/session/join', {
        method: 'POST',
        headers: { 'x-requested-by': 'shouwang', 'content-type': 'application/json' },
        body: JSON.stringify({ code: town.code('chen'), deviceName: '老陈的手机', attempt }),
      });
      expect(response.status).toBe(201);
      return ((await response.json()) as { deviceId: string }).deviceId;
    };
    const [one, another] = [town.world.newId(), town.world.newId()];
    const devices = await Promise.all([tries(one), tries(one), tries(another)]);
    expect(devices[1]).toBe(devices[0]);
    expect(devices[2]).not.toBe(devices[0]);
    expect(devices[0]).not.toContain(one.slice(0, 8));
    const enrolled = await town.db.query('select id from device where household_id = $1', [homes.chen]);
    expect(enrolled).toHaveLength(2);
  });

  it('sends a body that is too large, or none at all, away in plain words', async () => {
    const li = await town.device('li');
    const large = await li.request('/api/push', {
      method: 'POST',
      headers: { 'content-length': '3000000' },
      body: `{"x":"${'a'.repeat(2_999_992)}"}`,
    });
    expect(large.status).toBe(413);
    for (const body of ['', '{', '[]', '{"protocol":1}']) {
      const response = await li.request('/api/push', { method: 'POST', body });
      expect(response.status, body).toBe(400);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    }
    expect(await li.pushProblem({ ...li.envelope([]), protocol: 2 })).toMatchObject({ status: 426, type: 'protocol' });
  });
});
