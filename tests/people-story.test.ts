import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../src/domain/day.ts';
import { openCommunity } from '../src/people/open-community.server.ts';
import { setPresence } from '../src/people/mutations.ts';
import { presenceOn } from '../src/people/rules.ts';
import { grant, household, person } from '../src/people/schema.ts';
import type { Device, Grant, Household, Person } from '../src/people/schema.ts';
import { HttpDevice } from './support/http-device.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

let town: Town;
let li: HttpDevice, wang: HttpDevice, he: HttpDevice, tian: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  li = await town.device('li');
  wang = await town.device('wang');
  he = await town.device('he');
  tian = await town.device('tian');
});
afterEach(() => town.close());

const accepted = { outcome: 'accepted' };
const says = (device: HttpDevice, personId: string, presence: string, more: object = {}) =>
  device.act('people.setPresence', { personId, presence, ...more });

async function row<R>(device: HttpDevice, entity: string, id: string): Promise<R> {
  await device.pull();
  return device.held(entity).find((one) => one.id === id) as R;
}

/** The household of Wang lets He check in for it and fetch things. */
async function care(powers = ['check-in', 'errand']): Promise<string> {
  const id = town.world.newId();
  const args = { id, householdId: homes.wang, helperId: people.he, powers, until: town.world.now() + 30 * DAY_MS };
  expect(await wang.act('people.grantCare', args)).toMatchObject(accepted);
  return id;
}

const isEnded = async (device: HttpDevice) => (await device.request('/api/session')).status === 401;

describe('where somebody is', () => {
  it('is said by the household, its helper and its grid worker, and kept with who said it', async () => {
    await care();
    await li.act('people.sayWho', { personId: people.li });
    expect(await says(li, people.lele, 'withFamily', { until: '2026-11-30' })).toMatchObject(accepted);
    expect(await says(he, people.wang, 'hospital')).toMatchObject(accepted);
    expect(await says(tian, people.wang, 'home')).toMatchObject(accepted);
    expect(await says(he, people.lele, 'away')).toMatchObject({ code: 'notAllowed' });
    const lele = await row<Person>(li, 'person', people.lele);
    expect(lele).toMatchObject({ presence: 'withFamily', presenceUntil: '2026-11-30' });
    expect(lele.presenceLog?.map((span) => span.byName ?? null)).toEqual([null, '李明']);
    const elder = await row<Person>(wang, 'person', people.wang);
    expect(elder.presenceLog?.map((span) => [span.presence, span.byName])).toEqual([
      ['home', undefined],
      ['hospital', '何志远'],
      ['home', '田建国'],
    ]);
  });

  it('said offline earlier and heard of later does not undo what was said since', async () => {
    const morning = town.world.now();
    town.world.pass(3 * 3_600_000);
    await says(wang, people.wang, 'home');
    const push = await tian.push({
      name: 'people.setPresence',
      args: { personId: people.wang, presence: 'away', until: '2026-11-30' },
      at: morning,
    });
    expect(push.verdicts[0]).toMatchObject(accepted);
    const elder = await row<Person>(wang, 'person', people.wang);
    expect(elder).toMatchObject({ presence: 'home' });
    expect(elder.presenceLog?.map((span) => span.presence)).toEqual(['home', 'away', 'home']);
  });

  it('is remembered for past days', async () => {
    await says(wang, people.wang, 'away');
    town.world.pass(2 * DAY_MS);
    await says(wang, people.wang, 'home');
    const elder = await row<Person>(wang, 'person', people.wang);
    const on = (day: string) => presenceOn(elder, day).presence;
    expect([on('2026-11-21'), on('2026-11-22'), on('2026-11-23'), on('2026-11-24')]).toEqual([
      'home',
      'away',
      'away',
      'home',
    ]);
  });
});

describe('已搬走 and 已故', () => {
  it('are the desk’s to say, and to take back', async () => {
    for (const presence of ['movedOut', 'deceased']) {
      expect(await says(li, people.grandma, presence)).toMatchObject({ code: 'notAllowed' });
    }
    expect(await says(tian, people.grandma, 'deceased')).toMatchObject(accepted);
    expect(await says(li, people.grandma, 'home')).toMatchObject({ code: 'notAllowed' });
    expect(await says(tian, people.grandma, 'home')).toMatchObject(accepted);
    expect(await row<Person>(li, 'person', people.grandma)).toMatchObject({ presence: 'home', dailyGreeting: false });
  });

  it('end the phone marked as theirs at once, and leave the family its own', async () => {
    const hers = await town.device('li');
    await hers.act('people.sayWho', { personId: people.grandma });
    await hers.act('people.setGreeting', { personId: people.grandma, quiet: true, daily: true });
    await says(tian, people.grandma, 'deceased');
    expect(await isEnded(hers)).toBe(true);
    expect((await hers.post('/api/push', hers.envelope([{ name: 'x', args: {} }]))).status).toBe(401);
    expect(await isEnded(li)).toBe(false);
    const device = await row<Device>(li, 'device', hers.deviceId);
    expect(device.endedAt).toEqual(expect.any(Number));
    expect(await row<Person>(li, 'person', people.grandma)).toMatchObject({ dailyGreeting: false, quiet: false });
    expect(await row<Household>(li, 'household', homes.li)).toMatchObject({ vacant: false });
    const home = await says(tian, people.grandma, 'home');
    expect(home).toMatchObject(accepted);
    expect(await isEnded(hers)).toBe(true);
  });

  it('take the rights off a helper’s phone when the helper moves out', async () => {
    const id = await care();
    await he.pull();
    expect(he.held('household').map((one) => one.id)).toContain(homes.wang);
    const secretary = await town.device('secretary');
    expect(await says(secretary, people.he, 'movedOut')).toMatchObject(accepted);
    expect(await isEnded(he)).toBe(true);
    expect((await row<Grant>(wang, 'grant', id)).endedAt).toEqual(expect.any(Number));
    const [role] = await town.db.query<{ until: number }>(
      'select until from person_role where community_id = $1 and person_id = $2',
      [town.communityId, people.he],
    );
    expect(Number(role!.until)).toBeLessThanOrEqual(town.world.now());
    await expect(town.device('he')).rejects.toThrow(/join/);
  });

  it('close the door behind the last one: grants, phones and slip end, the helper’s phone forgets her', async () => {
    await care();
    const helper = await town.phone('he');
    const hers = await town.phone('wang');
    hers.goOffline();
    await hers.does(setPresence, { personId: people.wang, presence: 'hospital' });
    expect(await helper.sees(person, people.wang)).toMatchObject({ name: '王秀兰' });
    await says(tian, people.wang, 'deceased');
    await helper.sync();
    expect(await helper.sees(person, people.wang)).toBeUndefined();
    expect(await helper.sees(household, homes.wang)).toBeUndefined();
    expect((await helper.seesAll(grant)).filter((one) => !one.endedAt)).toEqual([]);
    const tried = await helper.does(setPresence, { personId: people.wang, presence: 'home' });
    await helper.sync();
    expect(await helper.refusal(tried)).toMatchObject({ code: 'notAllowed' });
    hers.goOnline();
    await hers.sync();
    expect(hers.phone.status.value.state).toBe('ended');
    expect(await hers.seesAll(person)).toEqual([]);
    expect(await isEnded(wang)).toBe(true);
    await expect(town.device('wang')).rejects.toThrow(/join/);
    expect(await row<Household>(tian, 'household', homes.wang)).toMatchObject({ vacant: true });
    expect(await says(he, people.wang, 'home')).toMatchObject({ code: 'notAllowed' });

    await says(tian, people.wang, 'home');
    expect(await row<Household>(tian, 'household', homes.wang)).toMatchObject({ vacant: false });
    expect(await isEnded(wang)).toBe(true);
  });

  it('leave nobody with a guardian who is gone', async () => {
    await li.act('people.setGuardian', { personId: people.lele, guardianId: people.grandma });
    await says(tian, people.grandma, 'deceased');
    const lele = await row<Person>(li, 'person', people.lele);
    expect([lele.guardianId ?? null, lele.guardianName ?? null]).toEqual([null, null]);
  });
});

describe('每日问候 and 不用天天报', () => {
  it('joined by the household, helper, guardian or desk; opted out of only by the person on their own phone', async () => {
    const set = (device: HttpDevice, args: object) =>
      device.act('people.setGreeting', { personId: people.wang, ...args });
    await care();
    expect(await set(he, { daily: true })).toMatchObject(accepted);
    expect(await set(li, { daily: false })).toMatchObject({ code: 'notAllowed' });
    for (const device of [wang, he, tian]) {
      expect(await set(device, { quiet: true })).toMatchObject({ code: 'onlyThemselves' });
    }
    await wang.act('people.sayWho', { personId: people.wang });
    expect(await set(wang, { quiet: true })).toMatchObject(accepted);
    expect(await row<Person>(wang, 'person', people.wang)).toMatchObject({ dailyGreeting: true, quiet: true });
    expect(await set(tian, { quiet: false })).toMatchObject(accepted);
    expect(await row<Person>(wang, 'person', people.wang)).toMatchObject({ dailyGreeting: true, quiet: false });
  });
});

describe('a guardian', () => {
  it('is one of the family, or whom the desk names; name and number are shown to the household', async () => {
    const name = (device: HttpDevice, guardianId: string | null) =>
      device.act('people.setGuardian', { personId: people.lele, guardianId });
    expect(await name(li, people.li)).toMatchObject(accepted);
    expect(await row<Person>(li, 'person', people.lele)).toMatchObject({
      guardianName: '李明',
      guardianPhone: '17000000002',
    });
    for (const other of [people.wang, people.chen, 'nobody', people.lele]) {
      expect(await name(li, other)).toMatchObject({ code: 'notAllowed' });
    }
    expect(await name(wang, people.wang)).toMatchObject({ code: 'notAllowed' });
    expect(await name(tian, people.wang)).toMatchObject(accepted);
    expect(await row<Person>(li, 'person', people.lele)).toMatchObject({ guardianName: '王秀兰' });
    await li.pull();
    expect(li.held('person').map((one) => one.id)).not.toContain(people.wang);
    expect(await name(li, null)).toMatchObject(accepted);
  });
});

describe('the mode', () => {
  it('asks everybody only with a reason and a last day, and for sixty days at most', async () => {
    const change = (args: object) => tian.act('people.changeSettings', args);
    expect(await change({ mode: 'ordinary', modeReason: null, modeUntil: null })).toMatchObject(accepted);
    expect(await change({ mode: 'emergency' })).toMatchObject({ code: 'reasonNeeded' });
    expect(await change({ mode: 'emergency', modeReason: '流感高发', modeUntil: '2026-11-21' })).toMatchObject({
      code: 'reasonNeeded',
    });
    expect(await change({ mode: 'emergency', modeReason: '流感高发', modeUntil: '2027-02-01' })).toMatchObject({
      code: 'overLimit',
      details: { days: 60 },
    });
    expect(await change({ mode: 'emergency', modeReason: '流感高发', modeUntil: '2026-12-02' })).toMatchObject(
      accepted,
    );
    expect(await change({ modeUntil: null })).toMatchObject({ code: 'reasonNeeded' });
    expect(await change({ dutyName: '物业' })).toMatchObject(accepted);
    expect(await li.act('people.changeSettings', { mode: 'ordinary' })).toMatchObject({ code: 'notAllowed' });
  });
});

describe('several households behind one door', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shouwang-shared-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function open(lines: readonly string[]) {
    const file = join(folder, 'roster.csv');
    await writeFile(file, ['楼栋,单元,房号,分户,姓名,出生年', ...lines].join('\n'));
    town.world.pass(1_000);
    const { operate } = town.server;
    const report = await openCommunity({
      db: town.db,
      operate,
      file,
      name: '合租小区',
      dataFolder: folder,
      baseUrl: 'https://shared.example',
      now: town.world.now(),
      out: () => undefined,
    });
    if (report.kind !== 'opened') throw new Error(JSON.stringify(report));
    return report;
  }
  const shared = [
    '3栋,2,501,甲,马立新,1968',
    '3栋,2,501,乙,马立新,1968',
    '3栋,2,501,乙,孙丽,1999',
    '3栋,2,502,,钱进,1950',
  ];

  it('hold nothing of each other, and each has its slip', async () => {
    const { slips, page } = await open(shared);
    expect(slips.map((slip) => slip.door)).toEqual(['3-2-501甲', '3-2-501乙', '3-2-502']);
    expect(await readFile(page, 'utf8')).toContain('<p class="door">3-2-501甲</p>');
    const second = await HttpDevice.join(town.server.app, town.world, slips[1]!.code);
    await second.pull();
    expect(second.held<Person>('person').map((one) => one.name)).toEqual(['马立新', '孙丽']);
    expect(second.held<Household>('household').map(({ door, share }) => [door, share])).toEqual([['3-2-501乙', '乙']]);
  });

  it('who moves in after everybody has left gets a code that nobody knew', async () => {
    const first = await open(shared);
    const desk = await HttpDevice.join(town.server.app, town.world, first.gridWorker.code);
    await desk.pull();
    const last = desk.held<Person>('person').find((one) => one.name === '钱进')!;
    expect(await says(desk, last.id, 'movedOut')).toMatchObject(accepted);
    expect((await open(shared)).slips.map((slip) => slip.door)).toEqual(['3-2-501甲', '3-2-501乙']);

    const later = await open([...shared, '3栋,2,502,,周正,1990']);
    const codeOf = (report: typeof first, door: string) => report.slips.find((slip) => slip.door === door)!.code;
    expect(codeOf(later, '3-2-501甲')).toBe(codeOf(first, '3-2-501甲'));
    expect(codeOf(later, '3-2-502')).not.toBe(codeOf(first, '3-2-502'));
    await expect(HttpDevice.join(town.server.app, town.world, codeOf(first, '3-2-502'))).rejects.toThrow(/join/);
    const newcomer = await HttpDevice.join(town.server.app, town.world, codeOf(later, '3-2-502'));
    await newcomer.pull();
    expect(newcomer.held<Household>('household')[0]).toMatchObject({ vacant: false });
  });
});
