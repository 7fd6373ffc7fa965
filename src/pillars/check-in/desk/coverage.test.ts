import { describe, expect, it } from 'vitest';
import { addDays, MINUTE_MS, timeOn } from '../../../domain/day.ts';
import { contactMinutes, coverageOf } from './coverage.ts';
import { reportOf, shiftSummaryOf } from './report.ts';
import { standingDoors } from './standing-door.ts';
import type { Person } from '../../../people/schema.ts';
import type { CoverageGround, Door, DoorFollowUp, Heard } from './ground.ts';
import type { CallReason } from './schema.ts';

const DAY = '2026-03-09';
const NOW = timeOn(DAY, '10:32');

function door(id: string, over: Partial<Door> = {}): Door {
  return {
    id,
    buildingId: 'b1',
    grid: '一格',
    unit: '1',
    floor: 1,
    room: id,
    door: `1-1-${id}`,
    vacant: false,
    ...over,
  };
}

function person(id: string, householdId: string, over: Partial<Person> = {}): Person {
  return {
    id,
    householdId,
    grid: '一格',
    name: id,
    needs: [],
    presence: 'home',
    dailyGreeting: false,
    position: 0,
    ...over,
  };
}

function heard(personId: string, householdId: string, over: Partial<Heard> = {}): Heard {
  return {
    personId,
    householdId,
    slot: 'morning',
    level: 'ok',
    symptoms: [],
    needs: [],
    happenedAt: timeOn(DAY, '08:00'),
    recovered: false,
    ...over,
  };
}

function followUp(personId: string, householdId: string, over: Partial<DoorFollowUp> = {}): DoorFollowUp {
  return {
    id: `${personId}/${DAY}`,
    personId,
    householdId,
    day: DAY,
    level: 'alert',
    reasons: ['alert'],
    stage: 'onDuty',
    openedAt: timeOn(DAY, '08:00'),
    ...over,
  };
}

function ground(over: Partial<CoverageGround>): CoverageGround {
  return {
    community: { mode: 'emergency', modeUntil: null, slots: ['morning'], dueAt: { morning: '10:00' } },
    asker: { personId: 'worker', grids: ['一格'], health: ['一格'] },
    day: DAY,
    slot: 'morning',
    now: NOW,
    buildings: [
      { id: 'b2', name: '2栋', position: 2 },
      { id: 'b1', name: '1栋', position: 1 },
    ],
    doors: [],
    persons: [],
    heard: [],
    signs: [],
    followUps: [],
    calls: new Map(),
    observations: [],
    readings: [],
    lastHeard: new Map(),
    usualBy: new Map(),
    ...over,
  };
}
const coverage = (over: Partial<CoverageGround>) => coverageOf(ground(over));
const states = (over: Partial<CoverageGround>) =>
  Object.fromEntries(
    coverage(over).buildings.flatMap(({ squares }) => squares.map((one) => [one.householdId, one.state])),
  );

it('counts every door once, by building and by stairway', () => {
  const answer = coverage({
    doors: [
      door('101'),
      door('102'),
      door('103', { vacant: true }),
      door('104', { unit: '2' }),
      door('201', { buildingId: 'b2' }),
    ],
    persons: [person('a', '101'), person('b', '102'), person('d', '104'), person('c', '201')],
    heard: [heard('a', '101'), heard('d', '104'), heard('c', '201', { level: 'alert', symptoms: ['fever'] })],
  });
  expect(
    answer.buildings.map((one) => [one.name, one.counts.doors, one.counts.done, one.counts.missing, one.counts.alert]),
  ).toEqual([
    ['1栋', 4, 2, 1, 0],
    ['2栋', 1, 0, 0, 1],
  ]);
  expect(answer.buildings[0]?.units.map((one) => [one.unit, one.counts.doors, one.counts.missing])).toEqual([
    ['1', 3, 1],
    ['2', 1, 0],
  ]);
  const { doors, alert, watch, missing, observed, done, away, notAsked, vacant } = answer.counts;
  expect(doors).toBe(5);
  expect(alert + watch + missing + observed + done + away + notAsked + vacant).toBe(doors);
});

it('orders a building by unit, from the top floor down', () => {
  const answer = coverage({
    doors: [
      door('a', { unit: '2', floor: 1, room: '101' }),
      door('b', { unit: '1', floor: 1, room: '102' }),
      door('c', { unit: '1', floor: 10, room: '1001' }),
      door('d', { unit: '1', floor: 1, room: '101' }),
    ],
  });
  expect(answer.buildings[0]?.squares.map((square) => square.householdId)).toEqual(['c', 'd', 'b', 'a']);
});

it('keeps several households behind one door apart', () => {
  const answer = coverage({
    doors: [door('101a', { room: '101', door: '1-1-101甲' }), door('101b', { room: '101', door: '1-1-101乙' })],
    persons: [person('a', '101a'), person('b', '101b')],
    heard: [heard('a', '101a')],
  });
  expect(answer.counts).toMatchObject({ doors: 2, done: 1, missing: 1 });
  expect(answer.calls.map((call) => [call.door, call.persons.map((one) => one.name)])).toEqual([['1-1-101乙', ['b']]]);
});

describe('how a door stands', () => {
  it('away is neither missing nor well, and asks again on the day of return', () => {
    const doors = [door('1'), door('2'), door('3'), door('4')];
    const persons = [
      person('a', '1', { presence: 'away', presenceUntil: addDays(DAY, 1) }),
      person('b', '2', { presence: 'hospital' }),
      person('c', '3', { presence: 'away', presenceUntil: DAY }),
      person('d', '4'),
      person('e', '4', { presence: 'hospital' }),
    ];
    expect(states({ doors, persons, heard: [heard('d', '4')] })).toEqual({
      1: 'away',
      2: 'away',
      3: 'missing',
      4: 'done',
    });
  });

  it('a sign of life is as good as an answer; without one, who need not report is missing once it is due', () => {
    const all = {
      doors: [door('1'), door('2')],
      persons: ['1', '2'].map((id) => person(`p${id}`, id, { quiet: true })),
    };
    const signs = [{ personId: 'p1' }];
    expect(states({ ...all, signs })).toEqual({ 1: 'done', 2: 'missing' });
    expect(states({ ...all, signs, now: timeOn(DAY, '09:00') })).toEqual({ 1: 'done', 2: 'notAsked' });
    const calls = coverage({ ...all, signs }).calls;
    expect(calls.map((call) => [call.householdId, call.persons[0]?.answered])).toEqual([['2', false]]);
  });

  it('a plain "all well" in the evening does not hide that somebody was unwell; 现在好了 does', () => {
    const all = { doors: [door('1')], persons: [person('a', '1')] };
    const morning = heard('a', '1', { level: 'alert', symptoms: ['fever'] });
    const evening = { slot: 'evening', happenedAt: timeOn(DAY, '09:00') } as const;
    expect(states({ ...all, heard: [morning, heard('a', '1', evening)] })).toEqual({ 1: 'alert' });
    expect(states({ ...all, heard: [morning, heard('a', '1', { ...evening, recovered: true })] })).toEqual({
      1: 'done',
    });
  });

  it('in ordinary mode only those are asked who joined', () => {
    const community = { mode: 'ordinary', slots: ['morning'], dueAt: { morning: '10:00' } } as const;
    const persons = [person('a', '1', { dailyGreeting: true }), person('b', '2')];
    expect(states({ community, doors: [door('1'), door('2')], persons })).toEqual({ 1: 'missing', 2: 'notAsked' });
  });

  it('what is still to be looked after keeps a door from being done, also from an earlier day', () => {
    const all = { doors: [door('1')], persons: [person('a', '1')], heard: [heard('a', '1')] };
    const yesterday = { day: addDays(DAY, -1), reasons: ['visit'] as const };
    expect(states({ ...all, followUps: [followUp('a', '1', yesterday)] })).toEqual({ 1: 'watch' });
    expect(states({ ...all, followUps: [followUp('a', '1', { ...yesterday, closedAt: NOW })] })).toEqual({ 1: 'done' });
    const [call] = coverage({ ...all, followUps: [followUp('a', '1', yesterday)] }).calls;
    expect(call?.reasons).toEqual(['needsVisit']);
  });

  it('what was asked for keeps it from being done until somebody has looked after it', () => {
    const all = { doors: [door('1')], persons: [person('a', '1')], heard: [heard('a', '1', { needs: ['food'] })] };
    const asked = { level: 'watch', reasons: ['food'] } as const;
    expect(states(all)).toEqual({ 1: 'watch' });
    expect(states({ ...all, followUps: [followUp('a', '1', asked)] })).toEqual({ 1: 'watch' });
    const closed = { ...asked, seenAt: NOW, closedAt: NOW };
    expect(states({ ...all, followUps: [followUp('a', '1', closed)] })).toEqual({ 1: 'done' });
    const askedAgain = [heard('a', '1', { needs: ['food'], happenedAt: NOW + MINUTE_MS })];
    expect(states({ ...all, heard: askedAgain, followUps: [followUp('a', '1', closed)] })).toEqual({ 1: 'watch' });
    const takenBack = { ...asked, closedAt: NOW };
    expect(states({ ...all, followUps: [followUp('a', '1', takenBack)] })).toEqual({ 1: 'watch' });
  });

  it('under home observation: the day of it, done by a temperature, missing without one that was due', () => {
    const observation = {
      id: 'o',
      personId: 'a',
      householdId: '1',
      startDay: addDays(DAY, -2),
      endDay: addDays(DAY, 4),
      startedAt: timeOn(addDays(DAY, -2), '08:00'),
    };
    const reading = {
      observationId: 'o',
      personId: 'a',
      householdId: '1',
      day: DAY,
      slot: 'morning',
      temperatureC: 36.6,
      needs: [],
      level: 'ok',
      happenedAt: timeOn(DAY, '08:10'),
    } as const;
    const all = { doors: [door('1')], persons: [person('a', '1')], observations: [observation] };
    const square = (over: Partial<CoverageGround>) => coverage({ ...all, ...over }).buildings[0]?.squares[0];
    expect(square({ readings: [reading] })).toMatchObject({ state: 'observed', observedDay: 3 });
    expect(square({ heard: [heard('a', '1')] })).toMatchObject({ state: 'done', observedDay: 3 });
    const late = timeOn(DAY, '11:01');
    expect(square({ heard: [heard('a', '1')], now: late })).toMatchObject({ state: 'missing' });
    expect(square({ readings: [reading], now: late })).toMatchObject({ state: 'observed' });
    expect(square({ readings: [{ ...reading, temperatureC: 38.1, level: 'alert' }] })).toMatchObject({
      state: 'alert',
    });
  });
});

describe('the calls', () => {
  it('put who needs somebody first, and say why', () => {
    const answer = coverage({
      doors: [door('1'), door('2'), door('3'), door('4')],
      persons: [
        person('young', '1'),
        person('old', '2', { birthYear: 1940, needs: ['livesAlone'] }),
        person('ill', '3'),
        person('new', '4'),
      ],
      heard: [heard('ill', '3', { level: 'watch', symptoms: ['cough'], needs: ['food'] })],
      lastHeard: new Map([
        ['1', addDays(DAY, -1)],
        ['2', addDays(DAY, -2)],
        ['3', DAY],
      ]),
    });
    expect(answer.calls.map((call) => [call.householdId, call.reasons, call.silentDays])).toEqual([
      ['3', ['needsFood'], 0],
      ['2', ['livesAlone', 'over80'], 2],
      ['4', ['neverHeard'], undefined],
      ['1', [], 1],
    ]);
    expect(answer.callsInAll).toBe(4);
  });

  const silent = (over: Partial<Person>) => ({ persons: [person('a', '1', over)] });
  const said = (over: Partial<Heard>) => ({
    persons: [person('a', '1')],
    heard: [heard('a', '1', over)],
  });
  const raised = (reasons: DoorFollowUp['reasons']) => ({
    persons: [person('a', '1')],
    heard: [heard('a', '1')],
    followUps: [followUp('a', '1', { level: 'watch', reasons })],
  });
  it.each<[CallReason, Partial<CoverageGround>]>([
    ['livesAlone', silent({ needs: ['livesAlone'] })],
    ['chronic', silent({ needs: ['chronic'] })],
    ['limitedMobility', silent({ needs: ['limitedMobility'] })],
    ['pregnant', silent({ needs: ['pregnant'] })],
    ['disabled', silent({ needs: ['disabled'] })],
    ['over80', silent({ birthYear: 1946 })],
    ['neverHeard', { ...silent({}), lastHeard: new Map() }],
    ['usualTimePassed', { ...silent({}), usualBy: new Map([['1', '08:40']]) }],
    ['urgent', said({ level: 'alert', symptoms: ['urgent'] })],
    ['needsFood', said({ needs: ['food'] })],
    ['needsMedicine', said({ needs: ['medicine'] })],
    ['needsVisit', said({ needs: ['visit'] })],
    ['needsTalk', said({ needs: ['talk'] })],
    ['urgent', raised(['urgent', 'alert'])],
    ['needsFood', raised(['food'])],
    ['needsMedicine', raised(['medicine'])],
    ['needsVisit', raised(['visit'])],
    ['needsTalk', raised(['talk'])],
    ['missedReading', raised(['missedReading'])],
  ])('give %s as the reason', (reason, over) => {
    const lastHeard = new Map([['1', addDays(DAY, -1)]]);
    expect(coverage({ doors: [door('1')], lastHeard, ...over }).calls.map((call) => call.reasons)).toEqual([[reason]]);
  });

  it('give no age of under 80 as the reason', () => {
    const answer = coverage({ doors: [door('1')], ...silent({ birthYear: 1947 }) });
    expect(answer.calls[0]?.reasons).toEqual(['neverHeard']);
  });

  it('tell what ails people to their grid worker alone: the secretary reads how grave it is, and why to call', () => {
    const all = {
      doors: [door('1'), door('2', { grid: '二格' })],
      persons: [person('a', '1'), person('b', '2', { grid: '二格' }), person('well', '1')],
      heard: [
        heard('a', '1', { level: 'alert', symptoms: ['urgent', 'chestPain'], needs: ['medicine'], temperatureC: 38.4 }),
        heard('b', '2', { level: 'alert', symptoms: ['fever'], temperatureC: 39 }),
        heard('well', '1', { temperatureC: 36.6 }),
      ],
    };
    const told = (asker: CoverageGround['asker']) =>
      new Map(coverage({ ...all, asker }).calls.flatMap((call) => call.persons.map((one) => [one.id, one])));
    const worker = told({ grids: [], health: ['一格'] });
    expect(worker.get('a')).toMatchObject({
      symptoms: ['urgent', 'chestPain'],
      needs: ['medicine'],
      temperatureC: 38.4,
    });
    expect(worker.get('b')).toMatchObject({ level: 'alert', symptoms: [], needs: [] });
    expect(worker.get('b')?.temperatureC).toBeUndefined();
    expect(worker.get('well')).toMatchObject({ answered: true, symptoms: [] });
    expect(worker.get('well')?.temperatureC).toBeUndefined();

    const secretary = coverage({ ...all, asker: { grids: [], health: [] } });
    expect(secretary.calls[0]?.reasons).toEqual(['urgent', 'needsMedicine']);
    expect(JSON.stringify(secretary)).not.toMatch(/chestPain|fever|38\.4|"medicine"/u);
  });

  it('say who spoke for somebody, that two phones disagree, and who answers for a child', () => {
    const answer = coverage({
      doors: [door('1')],
      persons: [person('child', '1', { guardianName: '李明', guardianPhone: '17000000002' })],
      heard: [heard('child', '1', { level: 'watch', how: 'phoned', byName: '田建国', disputed: true })],
    });
    expect(answer.calls[0]?.persons[0]).toMatchObject({
      how: 'phoned',
      byName: '田建国',
      disputed: true,
      guardianName: '李明',
      guardianPhone: '17000000002',
    });
  });

  it('leave a door out once somebody has looked after all that was said there', () => {
    const all = {
      doors: [door('1')],
      persons: [person('a', '1'), person('b', '1')],
      heard: [heard('a', '1', { level: 'alert', symptoms: ['fever'] }), heard('b', '1')],
    };
    const closed = followUp('a', '1', { closedAt: NOW - MINUTE_MS, seenAt: NOW - 9 * MINUTE_MS });
    expect(coverage({ ...all, followUps: [followUp('a', '1')] }).calls).toHaveLength(1);
    const settled = coverage({ ...all, followUps: [closed] });
    expect(settled.calls).toEqual([]);
    expect(settled.counts.alert).toBe(1);
    const bSilent = coverage({ ...all, heard: all.heard.slice(0, 1), followUps: [closed] });
    expect(bSilent.calls[0]?.persons[0]?.id).toBe('b');
  });

  it('tell the usual time of a silent door only once it has passed', () => {
    const all = { doors: [door('1')], persons: [person('a', '1')], usualBy: new Map([['1', '08:40']]) };
    const at = (clock: string, over: Partial<CoverageGround> = {}) =>
      coverage({ ...all, now: timeOn(DAY, clock), ...over }).calls[0];
    expect(at('08:40')?.usualBy).toBeUndefined();
    expect(at('08:41')).toMatchObject({ usualBy: '08:40', reasons: ['usualTimePassed', 'neverHeard'] });
    const watched = heard('a', '1', { level: 'watch' });
    expect(at('08:41', { heard: [watched] })?.usualBy).toBeUndefined();
  });

  it('show who is calling for a quarter of an hour, and what was tried', () => {
    const attempts = [{ at: NOW - 30 * MINUTE_MS, outcome: 'noAnswer', byName: '小何' }] as const;
    const call = (callingAt: number) => ({ callingBy: 'he', callingName: '小何', callingAt, attempts });
    const at = (callingAt: number) =>
      coverage({
        doors: [door('1')],
        persons: [person('a', '1')],
        calls: new Map([['1', call(callingAt)]]),
      }).calls[0];
    expect(at(NOW - 14 * MINUTE_MS)).toMatchObject({ calling: { by: 'he', name: '小何' }, attempts });
    expect(at(NOW - 15 * MINUTE_MS)?.calling).toBeUndefined();
  });
});

describe('a past day', () => {
  const then = addDays(DAY, -3);

  it('is shown as it was: who was where, and who lived there', () => {
    const moved = person('moved', '1', {
      presence: 'movedOut',
      presenceAt: NOW,
      presenceLog: [
        { presence: 'home', at: 0 },
        { presence: 'movedOut', at: NOW },
      ],
    });
    const back = person('back', '2', {
      presenceLog: [
        { presence: 'home', at: 0 },
        { presence: 'hospital', at: timeOn(addDays(then, -1)) },
        { presence: 'home', at: timeOn(addDays(then, 1)) },
      ],
    });
    const all = { doors: [door('1', { vacant: true }), door('2')], persons: [moved, back] };
    expect(states({ ...all })).toEqual({ 1: 'vacant', 2: 'missing' });
    expect(states({ ...all, day: then })).toEqual({ 1: 'missing', 2: 'away' });
    expect(states({ ...all, day: then, heard: [heard('moved', '1')] })).toEqual({ 1: 'done', 2: 'away' });
  });

  it('was an emergency until its last day', () => {
    const community = {
      mode: 'emergency',
      modeUntil: then,
      slots: ['morning'],
      dueAt: { morning: '10:00' },
    } as const;
    const all = { community, doors: [door('1')], persons: [person('a', '1')] };
    expect(states({ ...all, day: then })).toEqual({ 1: 'missing' });
    expect(states({ ...all, day: addDays(then, 1) })).toEqual({ 1: 'notAsked' });
  });
});

describe('time to contact', () => {
  it('is the middle of those that were reached', () => {
    const waited = (minutes: number) =>
      followUp('a', '1', { firstContactAt: timeOn(DAY, '08:00') + minutes * MINUTE_MS });
    expect(contactMinutes([followUp('a', '1'), followUp('b', '1', { level: 'watch', firstContactAt: NOW })])).toBe(
      undefined,
    );
    expect(contactMinutes([waited(9)])).toBe(9);
    expect(contactMinutes([waited(30), waited(4), waited(9), followUp('c', '1')])).toBe(9);
    expect(contactMinutes([waited(4), waited(9)])).toBe(7);
  });
});

describe('the report', () => {
  const all = ground({
    doors: [door('1'), door('2'), door('3')],
    persons: [person('王秀兰', '1'), person('b', '2'), person('c', '3')],
    heard: [heard('c', '3', { level: 'alert', symptoms: ['chestPain'] })],
    followUps: [
      followUp('c', '3', { seenAt: NOW, firstContactAt: timeOn(DAY, '08:12') }),
      followUp('b', '2', { day: addDays(DAY, -1) }),
    ],
    calls: new Map([
      [
        '1',
        {
          attempts: [
            { at: timeOn(DAY, '09:00'), outcome: 'noAnswer' },
            { at: timeOn(DAY, '09:20'), outcome: 'knocked' },
          ],
        },
      ],
      ['3', { attempts: [{ at: timeOn(DAY, '08:12'), outcome: 'answered', note: '胸口疼' }] }],
    ]),
    lastHeard: new Map([['1', addDays(DAY, -2)]]),
  });

  it('is made of what is known, without a name and without what ails anybody', () => {
    const report = reportOf(all, standingDoors(all), '湖畔小区');
    expect(report.counts).toMatchObject({ doors: 3, alert: 1, missing: 2 });
    expect(report.silent).toEqual([
      { door: '1-1-2', tries: 0 },
      { door: '1-1-1', silentDays: 2, tries: 2 },
    ]);
    expect(report.alerts).toEqual({ opened: 1, seen: 1, closed: 0, medianContactMinutes: 12 });
    expect(report.calls).toEqual({ made: 3, reached: 1, knocked: 1 });
    expect(JSON.stringify(report)).not.toMatch(/王秀兰|chestPain|胸口疼/u);
  });

  it('of a shift tells what was done since it began, and what is open: the unopened first, then the oldest', () => {
    const since = timeOn(DAY, '09:10');
    const about = (id: string, over: object) => ({
      id,
      door: '1-1-1',
      personName: '王秀兰',
      reasons: ['alert'] as const,
      openedAt: timeOn(DAY, '08:00'),
      raisedAt: timeOn(DAY, '08:00'),
      ...over,
    });
    const followUps = [
      about('seen early', { seenAt: NOW, seenByName: '田建国' }),
      about('unseen late', { openedAt: timeOn(DAY, '09:50') }),
      about('unseen early', { openedAt: timeOn(DAY, '09:40') }),
      about('closed', { closedAt: timeOn(DAY, '09:30') }),
      about('closed before', { closedAt: timeOn(DAY, '09:00') }),
    ];
    const attempts = [...all.calls.values()].flatMap((call) => call.attempts);
    const summary = shiftSummaryOf(all, standingDoors(all), since, followUps, attempts);
    expect(summary.open.map((one) => one.id)).toEqual(['unseen early', 'unseen late', 'seen early']);
    expect(summary.followUps).toEqual({ opened: 2, closed: 1 });
    expect(summary.calls).toEqual({ made: 1, reached: 0, knocked: 1 });
  });
});
