import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import { household } from '../src/people/schema.ts';
import { forgetOldDoors } from '../src/pillars/sweep/forget.server.ts';
import { answerDoor, closeSweep, startSweep } from '../src/pillars/sweep/mutations.ts';
import { mayLead } from '../src/pillars/sweep/rules.ts';
import { sweep, sweptDoor, sweptDoorId } from '../src/pillars/sweep/schema.ts';
import type { AnswerArgs, StartArgs } from '../src/pillars/sweep/args.ts';
import type { Finding, OpenDoors, SweepList, SweepReport, SweptDoor } from '../src/pillars/sweep/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import type { StoryPhone } from './support/story-phone.ts';
import { homes, openTown, type Town, type Who } from './support/town.ts';
import { roster } from './support/town-roster.ts';

const HOUR_MS = 60 * MINUTE_MS;

let town: Town;
let tian: HttpDevice, secretary: HttpDevice, he: HttpDevice, wang: HttpDevice;
let empty: string;

beforeAll(async () => {
  town = await openTown();
  tian = await town.device('tian');
  secretary = await town.device('secretary');
  he = await town.device('he');
  wang = await town.device('wang');
  const [vacant] = await town.db.query<{ id: string }>('select id from household where vacant');
  empty = vacant!.id;
});
afterAll(() => town.close());

function asked(changes: Partial<StartArgs> = {}): StartArgs {
  return { id: town.world.newId(), title: '72 小时排查', deadline: town.world.now() + 72 * HOUR_MS, ...changes };
}

async function started(changes: Partial<StartArgs> = {}): Promise<string> {
  const args = asked(changes);
  expect(await secretary.act('sweep.start', args)).toMatchObject({ outcome: 'accepted' });
  return args.id;
}

const at = (sweepId: string, householdId: string, finding: Finding, more: Partial<AnswerArgs> = {}): AnswerArgs => ({
  sweepId,
  householdId,
  finding,
  ...more,
});

async function read<T>(device: HttpDevice, path: string): Promise<T | number> {
  const response = await device.request(`/api/desk${path}`);
  return response.status === 200 ? ((await response.json()) as T) : response.status;
}

const report = (device: HttpDevice, id: string) => read<SweepReport>(device, `/sweep/${id}`);

/** The doors of 3栋 go to another grid, by a roster that says so. */
async function moveTo(grid: string): Promise<void> {
  const households = roster.households.map((door) => (door.building === '3栋' ? { ...door, grid } : door));
  const args = { ...roster, households };
  await town.server.operate(town.communityId, [{ id: town.world.newId(), name: 'people.importRoster', args }]);
}

async function doorsOf(id: string): Promise<SweptDoor[]> {
  return town.db.query<SweptDoor>(
    `select id, household_id as "householdId", grid, door, findings, finding, answered from swept_door
      where sweep_id = $1 order by id`,
    [id],
  );
}

describe('a sweep is started', () => {
  it('by a grid worker at the own doors, by the secretary anywhere', async () => {
    expect(await tian.act('sweep.start', asked({ grids: ['一格'] }))).toMatchObject({ outcome: 'accepted' });
    expect(await tian.act('sweep.start', asked({ grids: ['一格', '二格'] }))).toMatchObject({ code: 'notAllowed' });
    expect(await tian.act('sweep.start', asked())).toMatchObject({ code: 'notAllowed' });
    expect(await secretary.act('sweep.start', asked())).toMatchObject({ outcome: 'accepted' });
    for (const other of [he, wang])
      expect(await other.act('sweep.start', asked({ grids: ['一格'] }))).toMatchObject({ code: 'notAllowed' });
  });

  it('once, with a deadline that is to come and within two weeks', async () => {
    const args = asked();
    await secretary.act('sweep.start', args);
    expect(await secretary.act('sweep.start', args)).toMatchObject({ code: 'alreadyThere' });
    const deadline = town.world.now() - 1;
    expect(await secretary.act('sweep.start', asked({ deadline }))).toMatchObject({ code: 'expired' });
    const far = town.world.now() + 15 * 24 * HOUR_MS;
    expect(await secretary.act('sweep.start', asked({ deadline: far }))).toMatchObject({ code: 'overLimit' });
    for (const wrong of [{ title: '  ' }, { deadline: -1 }, { title: '长'.repeat(41) }])
      expect(await secretary.act('sweep.start', asked(wrong))).toMatchObject({ code: 'malformed' });
  });

  it('and is known to who knocks, to no resident', async () => {
    const id = await started({ question: '家里有没有人发热' });
    for (const device of [tian, secretary, he, wang]) await device.pull();
    const knows = (device: HttpDevice) => device.held('sweep').some((row) => row.id === id);
    expect([tian, secretary, he, wang].map(knows)).toEqual([true, true, true, false]);
  });
});

describe('a door', () => {
  it('is answered for by its desk and by volunteers, and read by its desk alone', async () => {
    const id = await started();
    expect(await tian.act('sweep.answer', at(id, homes.wang, 'met', { people: 1 }))).toMatchObject({
      outcome: 'accepted',
    });
    expect(await he.act('sweep.answer', at(id, homes.chen, 'nobody'))).toMatchObject({ outcome: 'accepted' });
    expect(await tian.act('sweep.answer', at(id, homes.chen, 'met'))).toMatchObject({ code: 'notAllowed' });
    expect(await wang.act('sweep.answer', at(id, homes.wang, 'met'))).toMatchObject({ code: 'notAllowed' });
    expect(await tian.act('sweep.answer', at(id, 'none', 'met'))).toMatchObject({ code: 'notAllowed' });
    for (const device of [tian, secretary, he, wang]) await device.pull();
    const held = (device: HttpDevice) =>
      device
        .held<SweptDoor>('sweptDoor')
        .filter((row) => row.sweepId === id)
        .map((row) => row.door)
        .sort();
    expect([tian, secretary, he, wang].map(held)).toEqual([['3-2-501'], ['1-1-101', '3-2-501'], [], []]);
  });

  it('of another grid is not asked at', async () => {
    const id = await started({ grids: ['一格'] });
    expect(await secretary.act('sweep.answer', at(id, homes.chen, 'met'))).toMatchObject({ code: 'notFound' });
    expect(await secretary.act('sweep.answer', at('none', homes.wang, 'met'))).toMatchObject({ code: 'notFound' });
  });

  it('takes no word that nobody would say', async () => {
    const id = await started();
    const wrongs = [{ finding: 'fled' }, { people: -1 }, { people: 31 }, { people: 1.5 }, { note: '字'.repeat(121) }];
    for (const wrong of wrongs)
      expect(await tian.act('sweep.answer', { ...at(id, homes.wang, 'met'), ...wrong })).toMatchObject({
        code: 'malformed',
      });
    expect(await doorsOf(id)).toEqual([]);
  });

  it('counts only with an answer: nobody there and 不肯说 leave it open, an empty flat does not', async () => {
    const id = await started();
    await tian.act('sweep.answer', at(id, homes.wang, 'nobody'));
    await tian.act('sweep.answer', at(id, homes.li, 'refused'));
    await secretary.act('sweep.answer', at(id, empty, 'empty'));
    expect(await report(secretary, id)).toMatchObject({ doors: 5, answered: 1 });
    await tian.act('sweep.answer', at(id, homes.wang, 'phoned', { people: 1 }));
    await tian.act('sweep.answer', at(id, homes.li, 'met', { people: 4, yes: true }));
    await secretary.act('sweep.answer', at(id, homes.chen, 'met'));
    expect(await report(secretary, id)).toMatchObject({ doors: 5, answered: 4 });
    await he.act('sweep.answer', at(id, homes.he, 'met', { people: 2 }));
    const whole = (await report(secretary, id)) as SweepReport;
    expect(whole).toMatchObject({ doors: 5, answered: 5, people: 7, yes: 1 });
    expect(whole.findings).toEqual({ met: 3, phoned: 1, empty: 1, nobody: 0, refused: 0 });
    expect(whole.stairways.flatMap((one) => one.open)).toEqual([]);
  });

  it('that was ticked by mistake is open again once its worker says so', async () => {
    const id = await started({ grids: ['一格'] });
    const phone = await town.phone('tian');
    const slip = await phone.does(answerDoor, at(id, homes.wang, 'met'));
    await phone.does(answerDoor, at(id, homes.wang, 'nobody'));
    expect(await phone.sees(sweptDoor, sweptDoorId(id, homes.wang))).toMatchObject({ finding: 'met', answered: true });
    await phone.does(answerDoor, at(id, homes.wang, 'nobody', { instead: slip }));
    expect(await phone.sees(sweptDoor, sweptDoorId(id, homes.wang))).toMatchObject({ answered: false });
    await phone.sync();
    expect(await report(tian, id)).toMatchObject({ doors: 2, answered: 0 });
    expect((await doorsOf(id))[0]?.findings).toHaveLength(3);
  });

  it('is put right by its desk, by a volunteer only what is the own', async () => {
    const id = await started();
    const [own, others] = [town.world.newId(), town.world.newId()];
    await tian.push({ id: others, name: 'sweep.answer', args: at(id, homes.wang, 'met') });
    await he.push({ id: own, name: 'sweep.answer', args: at(id, homes.li, 'met') });
    const instead = (householdId: string, actId: string) => at(id, householdId, 'refused', { instead: actId });
    expect(await he.act('sweep.answer', instead(homes.wang, others))).toMatchObject({ code: 'notAllowed' });
    expect(await he.act('sweep.answer', instead(homes.li, own))).toMatchObject({ outcome: 'accepted' });
    expect(await secretary.act('sweep.answer', instead(homes.wang, others))).toMatchObject({ outcome: 'accepted' });
    expect(await he.act('sweep.answer', instead(homes.chen, 'nothing'))).toMatchObject({ outcome: 'accepted' });
    expect(await report(secretary, id)).toMatchObject({ doors: 5, answered: 0 });
  });

  it('goes with its household to another desk', async () => {
    const id = await started();
    await tian.act('sweep.answer', at(id, homes.li, 'met'));
    const holds = async (device: HttpDevice) => {
      await device.pull();
      return device.held<SweptDoor>('sweptDoor').some((row) => row.sweepId === id);
    };
    expect([await holds(tian), await holds(secretary)]).toEqual([true, true]);
    await moveTo('三格');
    expect((await doorsOf(id))[0]).toMatchObject({ grid: '三格', answered: true });
    expect([await holds(tian), await holds(secretary)]).toEqual([false, true]);
    await moveTo('一格');
    expect([await holds(tian), await holds(secretary)]).toEqual([true, true]);
  });
});

describe('three workers offline at once', () => {
  const orders: readonly (readonly Who[])[] = [
    ['tian', 'secretary', 'he'],
    ['tian', 'he', 'secretary'],
    ['secretary', 'tian', 'he'],
    ['secretary', 'he', 'tian'],
    ['he', 'tian', 'secretary'],
    ['he', 'secretary', 'tian'],
  ];
  /** Who found what where, in the order in which it happened. */
  const rounds: readonly (readonly [Who, keyof typeof homes, Finding])[] = [
    ['he', 'wang', 'nobody'],
    ['tian', 'wang', 'met'],
    ['secretary', 'wang', 'nobody'],
    ['secretary', 'li', 'phoned'],
    ['he', 'li', 'refused'],
    ['tian', 'li', 'met'],
    ['he', 'chen', 'empty'],
    ['secretary', 'chen', 'met'],
    ['he', 'he', 'refused'],
    ['secretary', 'he', 'nobody'],
  ];
  const phones = new Map<Who, StoryPhone>();
  const seen: unknown[] = [];

  it.each(orders)('make the same rows when %s, %s and %s come back', async (...order) => {
    for (const who of order) if (!phones.has(who)) phones.set(who, await town.phone(who));
    const id = await started();
    for (const phone of phones.values()) {
      await phone.sync();
      phone.goOffline();
    }
    for (const [who, home, finding] of rounds) {
      town.world.pass(MINUTE_MS);
      await phones.get(who)!.does(answerDoor, at(id, homes[home], finding));
    }
    for (const who of order) {
      town.world.pass(MINUTE_MS);
      phones.get(who)!.goOnline();
      await phones.get(who)!.sync();
    }
    for (const phone of phones.values()) await phone.sync();

    const stored = await doorsOf(id);
    const told = stored.map(({ householdId, finding, answered, findings }) => ({
      householdId,
      finding,
      answered,
      findings: findings.map((one) => [one.byName, one.finding]),
    }));
    const whose = Object.fromEntries(told.map((one) => [one.householdId, one]));
    expect(whose[homes.wang]).toMatchObject({
      finding: 'met',
      answered: true,
      findings: [
        ['何志远', 'nobody'],
        ['田建国', 'met'],
        ['孙书记', 'nobody'],
      ],
    });
    expect(whose[homes.li]).toMatchObject({ finding: 'met', answered: true });
    expect(whose[homes.chen]).toMatchObject({ finding: 'met', answered: true });
    expect(whose[homes.he]).toMatchObject({ finding: 'nobody', answered: false });
    seen.push(told);
    expect(told).toEqual(seen[0]);

    const plain = (row: SweptDoor) => JSON.parse(JSON.stringify(row)) as unknown;
    const onDesk = await phones.get('secretary')!.phone.reader.list(sweptDoor, 'sweepId', id);
    expect(onDesk.map(({ findings, finding, answered }) => ({ findings, finding, answered }))).toEqual(
      stored.map(({ findings, finding, answered }) => ({ findings, finding, answered })),
    );
    const atTian = await phones.get('tian')!.phone.reader.list(sweptDoor, 'sweepId', id);
    expect(atTian.map(plain)).toEqual(onDesk.filter((row) => row.grid === '一格').map(plain));
    expect(await phones.get('he')!.phone.reader.list(sweptDoor, 'sweepId', id)).toEqual([]);
    expect(await report(secretary, id)).toMatchObject({ doors: 5, answered: 3 });
  });
});

describe('a deadline and an end', () => {
  it('late answers count, and are marked', async () => {
    const id = await started({ grids: ['一格'], deadline: town.world.now() + HOUR_MS });
    await tian.act('sweep.answer', at(id, homes.wang, 'met'));
    town.world.pass(2 * HOUR_MS);
    await tian.act('sweep.answer', at(id, homes.li, 'met'));
    const late = Object.fromEntries((await doorsOf(id)).map((row) => [row.householdId, row.findings[0]?.late]));
    expect(late).toEqual({ [homes.wang]: false, [homes.li]: true });
    expect(await report(tian, id)).toMatchObject({ doors: 2, answered: 2 });
  });

  it('what was found before the end counts though it arrives after; what is found after does not', async () => {
    const id = await started({ grids: ['一格'] });
    const phone = await town.phone('tian');
    phone.goOffline();
    await phone.does(answerDoor, at(id, homes.wang, 'met'));
    town.world.pass(MINUTE_MS);
    expect(await wang.act('sweep.close', { sweepId: id })).toMatchObject({ code: 'notAllowed' });
    expect(await he.act('sweep.close', { sweepId: id })).toMatchObject({ code: 'notAllowed' });
    const closed = { sweepId: id };
    expect(await secretary.act('sweep.close', closed)).toMatchObject({ outcome: 'accepted' });
    expect(await secretary.act('sweep.close', closed)).toMatchObject({ outcome: 'accepted' });
    town.world.pass(MINUTE_MS);
    const after = await phone.does(answerDoor, at(id, homes.li, 'met'));
    phone.goOnline();
    await phone.sync();
    expect(await phone.refusal(after)).toMatchObject({ code: 'closed' });
    expect(await phone.tries(answerDoor, at(id, homes.li, 'phoned'))).toMatchObject({
      kind: 'advice',
      refusal: { code: 'closed' },
    });
    expect(await phone.sees(sweptDoor, sweptDoorId(id, homes.wang))).toMatchObject({ answered: true });
    expect(await report(tian, id)).toMatchObject({ doors: 2, answered: 1 });
  });

  it('is for who may lead it', async () => {
    const id = await started();
    expect(await tian.act('sweep.close', { sweepId: id })).toMatchObject({ code: 'notAllowed' });
    expect(await tian.act('sweep.close', { sweepId: 'none' })).toMatchObject({ code: 'notFound' });
    const phone = await town.phone('tian');
    const own = asked({ grids: ['一格'] });
    await phone.does(startSweep, own);
    await phone.does(closeSweep, { sweepId: own.id });
    await phone.sync();
    const row = await phone.sees(sweep, own.id);
    expect(row).toMatchObject({ startedByName: '田建国', closedByName: '田建国' });
    expect(mayLead(phone.phone.actor.value, row!.grids, town.world.now())).toBe(true);
  });
});

describe('the desk', () => {
  it('reads each sweep with how far it is at the own doors, the open ones from the top floor down', async () => {
    const id = await started();
    await tian.act('sweep.answer', at(id, homes.wang, 'met'));
    await secretary.act('sweep.answer', at(id, homes.chen, 'nobody'));
    const listed = async (device: HttpDevice) =>
      ((await read<SweepList>(device, '/sweeps')) as SweepList).sweeps.find((one) => one.sweep.id === id);
    expect(await listed(tian)).toMatchObject({ doors: 2, answered: 1 });
    expect(await listed(secretary)).toMatchObject({ doors: 5, answered: 1 });
    expect(((await report(tian, id)) as SweepReport).stairways).toMatchObject([
      { building: '3栋', unit: '1', open: [{ door: '3-1-402', tries: 0 }] },
      { building: '3栋', unit: '2', doors: 1, answered: 1, open: [] },
    ]);
    const [first] = ((await report(secretary, id)) as SweepReport).stairways;
    expect(first).toMatchObject({ building: '1栋', unit: '1', doors: 3, answered: 0 });
    expect(first?.open.map((door) => [door.room, door.tries])).toEqual([
      ['602', 0],
      ['201', 0],
      ['101', 1],
    ]);
  });

  it('of another grid has no such sweep, and nobody else any', async () => {
    const id = await started({ grids: ['二格'] });
    expect(await report(tian, id)).toBe(404);
    const { sweeps } = (await read<SweepList>(tian, '/sweeps')) as SweepList;
    expect(sweeps.map((one) => one.sweep.id)).not.toContain(id);
    for (const device of [he, wang]) {
      expect(await report(device, id)).toBe(404);
      expect(await read(device, '/sweeps')).toBe(404);
    }
    expect(await report(secretary, 'none')).toBe(404);
  });

  it('shows volunteers where to knock, doors and nothing else, until the end', async () => {
    const id = await started({ grids: ['二格'] });
    await secretary.act('sweep.answer', at(id, homes.chen, 'met'));
    await secretary.act('sweep.answer', at(id, homes.he, 'refused', { note: '不开门' }));
    const open = (await read<OpenDoors>(he, `/sweep/${id}/doors`)) as OpenDoors;
    expect(open.doors.map((door) => door.door).sort()).toEqual(['1-1-201', '1-1-602']);
    expect(Object.keys(open.doors[0]!).sort()).toEqual(
      ['building', 'door', 'floor', 'householdId', 'position', 'room', 'unit'].sort(),
    );
    expect(await read(wang, `/sweep/${id}/doors`)).toBe(404);
    expect(await read(tian, `/sweep/${id}/doors`)).toBe(404);
    await secretary.act('sweep.close', { sweepId: id });
    expect(await read(he, `/sweep/${id}/doors`)).toBe(404);
    const phone = await town.phone('he');
    expect((await phone.seesAll(household)).map((home) => home.id)).toEqual([homes.he]);
  });
});

describe('what was said at a door', () => {
  const DAYS = 24 * HOUR_MS;
  const forget = () => forgetOldDoors(town.communityId, town.db, town.server.operate, town.world.now());
  const noted = async (id: string) => JSON.stringify(await doorsOf(id)).includes('需要送药');

  it('is forgotten after 90 days, everywhere; that it was answered for goes after a year', async () => {
    const id = await started({ grids: ['一格'], question: '有没有人需要送药' });
    await tian.act('sweep.answer', at(id, homes.wang, 'met', { people: 1, yes: true, note: '需要送药' }));
    await tian.act('sweep.answer', at(id, homes.li, 'nobody'));
    const phone = await town.phone('tian');
    const held = async () => {
      await phone.sync();
      return JSON.stringify(await phone.phone.database.rows.toArray());
    };
    expect(await tian.act('sweep.forget', { doorIds: [sweptDoorId(id, homes.wang)] })).toMatchObject({
      code: 'notAllowed',
    });

    town.world.pass(89 * DAYS);
    await forget();
    expect([await noted(id), (await held()).includes('"note":"需要送药"')]).toEqual([true, true]);

    town.world.pass(DAYS + MINUTE_MS);
    expect(await forget()).toBeGreaterThan(0);
    expect(await forget()).toBe(0);
    expect([await noted(id), (await held()).includes('"note":"需要送药"')]).toEqual([false, false]);
    expect(await report(tian, id)).toMatchObject({ doors: 2, answered: 1, people: 0, yes: 0 });
    const feed = await town.db.query<{ text: string }>(`select t::text as text from feed t where entity = 'sweptDoor'`);
    expect(feed.some((row) => row.text.includes('需要送药'))).toBe(false);

    // The phone is used now and then, or it would have to sign in again.
    for (let passed = 90; passed < 365; passed += 55) {
      await phone.sync();
      town.world.pass(55 * DAYS);
    }
    expect(await forget()).toBeGreaterThan(0);
    expect(await doorsOf(id)).toEqual([]);
    await phone.sync();
    expect(await phone.sees(sweptDoor, sweptDoorId(id, homes.wang))).toBeUndefined();
  });
});
