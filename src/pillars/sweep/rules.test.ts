import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import {
  covers,
  demandDeadline,
  hasRoom,
  holding,
  isAnswered,
  isClosedAt,
  isLate,
  isOlderThan,
  mayAnswerAt,
  mayLead,
  mayPutRight,
  mergeFinding,
  withoutWords,
} from './rules.ts';
import { FINDINGS, MAX_FINDINGS } from './schema.ts';
import { reportOf, stairwayKey, stairwaysOf } from './sheet.ts';
import type { Actor, HeldRole } from '../../domain/actor.ts';
import type { SheetDoor } from './sheet.ts';
import type { DoorFinding, Sweep } from './schema.ts';

const now = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

function actorOf(...roles: HeldRole[]): Actor {
  return { kind: 'device', communityId: 'c', deviceId: 'd', households: [], roles, grants: [] };
}

const worker = actorOf({ kind: 'gridWorker', grid: '一格' });
const everywhere = actorOf({ kind: 'gridWorker' });
const secretary = actorOf({ kind: 'secretary' });
const volunteer = actorOf({ kind: 'volunteer' });
const organiser = actorOf({ kind: 'organiser' });

function findingOf(changes: Partial<DoorFinding> = {}): DoorFinding {
  return { actId: 'a1', finding: 'met', by: 'p1', at: now, late: false, ...changes };
}

function merged(findings: readonly DoorFinding[]) {
  return findings.reduce<ReturnType<typeof mergeFinding> | undefined>(mergeFinding, undefined);
}

describe('a sweep is led', () => {
  test.each([
    ['by the secretary, anywhere', secretary, [], true],
    ['by a grid worker at the own doors', worker, ['一格'], true],
    ['not by a grid worker at others’', worker, ['一格', '二格'], false],
    ['not by one grid’s worker everywhere', worker, [], false],
    ['by a worker of the whole community everywhere', everywhere, [], true],
    ['not by one whose duty is over', actorOf({ kind: 'gridWorker', until: now }), [], false],
    ['not by a volunteer', volunteer, ['一格'], false],
    ['not by somebody without a duty', actorOf(), [], false],
  ])('%s', (_, actor, grids, expected) => {
    expect(mayLead(actor, grids, now)).toBe(expected);
  });
});

describe('a door is answered for', () => {
  test.each([
    ['by its grid worker', worker, true],
    ['by the secretary', secretary, true],
    ['by a volunteer', volunteer, true],
    ['not by another grid’s worker', actorOf({ kind: 'gridWorker', grid: '二格' }), false],
    ['not by an organiser of group buys', organiser, false],
    ['not by a volunteer of yesterday', actorOf({ kind: 'volunteer', until: now }), false],
  ])('%s', (_, actor, expected) => {
    expect(mayAnswerAt(actor, '一格', now)).toBe(expected);
  });
});

describe('what was found is put right', () => {
  const me = { ...volunteer, personId: 'p1' };
  test.each([
    ['by its desk, whoever said it', worker, 'p9', true],
    ['by the volunteer who said it', me, 'p1', true],
    ['not by another volunteer', me, 'p2', false],
    ['not by another desk', actorOf({ kind: 'gridWorker', grid: '二格' }), 'p1', false],
    ['by no nameless one for another', volunteer, undefined, false],
  ])('%s', (_, actor, by, expected) => {
    expect(mayPutRight(actor, { by }, '一格', now)).toBe(expected);
  });
});

test('a sweep covers its grids, and all of them where it names none', () => {
  expect(covers({ grids: ['一格'] }, '一格')).toBe(true);
  expect(covers({ grids: ['一格'] }, '二格')).toBe(false);
  expect(covers({ grids: [] }, '二格')).toBe(true);
});

test.each([
  ['has passed', now, new Refusal('expired')],
  ['is too far off', now + 14 * 24 * HOUR_MS + 1, new Refusal('overLimit', { days: 14 })],
])('a deadline that %s is refused', (_, deadline, refusal) => {
  expect(() => demandDeadline(now, deadline)).toThrow(refusal);
});

test.each([now + 1, now + 72 * HOUR_MS, now + 14 * 24 * HOUR_MS])('a deadline at %d is taken', (deadline) => {
  expect(() => demandDeadline(now, deadline)).not.toThrow();
});

test('what was found before the end counts whenever it arrives; after the deadline it is late', () => {
  expect(isClosedAt({ closedAt: now }, now)).toBe(false);
  expect(isClosedAt({ closedAt: now }, now + 1)).toBe(true);
  expect(isClosedAt({ closedAt: null }, now)).toBe(false);
  expect(isLate({ deadline: now }, now)).toBe(false);
  expect(isLate({ deadline: now }, now + 1)).toBe(true);
});

describe('at a door holds', () => {
  const met = findingOf({ actId: 'a1', finding: 'met' });
  const nobody = findingOf({ actId: 'a2', finding: 'nobody', at: now + 1 });
  const refused = findingOf({ actId: 'a3', finding: 'refused', at: now + 2 });

  test.each([
    ['nothing before anybody came', [], undefined, false],
    ['the latest try while nobody answered', [nobody, refused], 'refused', false],
    ['an answer, though somebody knocked in vain later', [met, nobody], 'met', true],
    ['the latest answer', [met, findingOf({ actId: 'a4', finding: 'empty', at: now + 9 })], 'empty', true],
    [
      'the greater act of two answers at one moment',
      [met, findingOf({ actId: 'a2', finding: 'phoned' })],
      'phoned',
      true,
    ],
    ['what was put in its place', [met, { ...nobody, instead: 'a1' }], 'nobody', false],
    [
      'the last of several corrections',
      [met, { ...nobody, instead: 'a1' }, findingOf({ actId: 'a9', finding: 'phoned', at: now + 3, instead: 'a2' })],
      'phoned',
      true,
    ],
    ['no answer where acts put each other right', [{ ...met, instead: 'a1' }], 'met', false],
  ])('%s', (_, findings: readonly DoorFinding[], expected, answered) => {
    expect(holding(findings)?.finding).toBe(expected);
    expect(isAnswered(findings)).toBe(answered);
  });
});

test('findings make the same door in any order, and however often each arrives', () => {
  const ids = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'];
  const finding = fc.record({
    finding: fc.constantFrom(...FINDINGS),
    by: fc.constantFrom('p1', 'p2', undefined),
    at: fc.integer({ min: now, max: now + 3 }),
    instead: fc.constantFrom(...ids, undefined, undefined, undefined),
    late: fc.boolean(),
  });
  const findings = fc
    .array(finding, { minLength: 1, maxLength: ids.length })
    .map((some) => some.map((one, place) => ({ ...one, actId: ids[place]! })));
  const arrivals = findings.chain((some) =>
    fc.record({
      some: fc.constant(some),
      arriving: fc
        .array(fc.constantFrom(...some), { maxLength: 6 })
        .chain((again) => fc.shuffledSubarray([...some, ...again], { minLength: some.length + again.length })),
    }),
  );
  fc.assert(
    fc.property(arrivals, ({ some, arriving }) => {
      const once = merged(some)!;
      expect(merged(arriving)).toEqual(once);
      expect(once.findings).toHaveLength(some.length);
      expect(once.answered).toBe(isAnswered(some));
    }),
    { numRuns: 500 },
  );
});

test('a door has room for many findings, and an end', () => {
  const full = { findings: Array.from({ length: MAX_FINDINGS }, (_, place) => findingOf({ actId: `a${place}` })) };
  expect(hasRoom(undefined)).toBe(true);
  expect(hasRoom({ findings: full.findings.slice(1) })).toBe(true);
  expect(hasRoom(full)).toBe(false);
});

test('what was said at a door is forgotten, that it was answered for stays', () => {
  const said = findingOf({ people: 3, yes: true, note: '发热', byName: '田建国' });
  const door = {
    id: 's/h',
    sweepId: 's',
    householdId: 'h',
    grid: '一格',
    door: '1-1-101',
    ...mergeFinding(undefined, said),
  };
  const silent = withoutWords(door);
  expect(JSON.parse(JSON.stringify(silent.findings))).toEqual([
    { actId: 'a1', finding: 'met', by: 'p1', byName: '田建国', at: now, late: false },
  ]);
  expect(silent).toMatchObject({ finding: 'met', answered: true });
  const day = 24 * HOUR_MS;
  expect(isOlderThan(door, 90, now + 90 * day - 1)).toBe(false);
  expect(isOlderThan(door, 90, now + 90 * day)).toBe(true);
  const again = mergeFinding(door, findingOf({ actId: 'a2', at: now + day }));
  expect(isOlderThan(again, 90, now + 90 * day)).toBe(false);
});

describe('on the sheet', () => {
  const sweep: Sweep = { id: 's', title: '排查', grids: [], startedAt: now, deadline: now + 72 * HOUR_MS };
  const doorOf = (
    position: number,
    unit: string,
    floor: number,
    room: string,
    ...findings: DoorFinding[]
  ): SheetDoor => ({
    householdId: `${position}-${unit}-${room}`,
    building: `${position}栋`,
    position,
    unit,
    floor,
    room,
    door: `${position}-${unit}-${room}`,
    findings,
  });
  const doors = [
    doorOf(10, '1', 1, '101', findingOf({ finding: 'empty' })),
    doorOf(2, '10', 1, '102'),
    doorOf(2, '2', 1, '102', findingOf({ people: 3, yes: true })),
    doorOf(
      2,
      '2',
      1,
      '101',
      findingOf({ finding: 'nobody' }),
      findingOf({ actId: 'a2', finding: 'refused', at: now + 1 }),
    ),
    doorOf(2, '2', 12, '1202', findingOf({ finding: 'phoned', people: 2 })),
  ];

  test('doors stand by stairway, from the top floor down', () => {
    const stairways = stairwaysOf(doors);
    expect(stairways.map(stairwayKey)).toEqual(['2栋/2', '2栋/10', '10栋/1']);
    expect(stairways[0]?.doors.map((door) => door.room)).toEqual(['1202', '101', '102']);
    expect(stairways.map((one) => one.answered)).toEqual([2, 0, 1]);
  });

  test('every door counts once, and those without an answer are named', () => {
    const report = reportOf(sweep, doors, now);
    expect(report).toMatchObject({ doors: 5, answered: 3, people: 5, yes: 1 });
    expect(report.findings).toEqual({ met: 1, phoned: 1, empty: 1, nobody: 0, refused: 1 });
    expect(report.stairways.map((one) => one.open.map((door) => [door.door, door.tries]))).toEqual([
      [['2-2-101', 2]],
      [['2-10-102', 0]],
      [],
    ]);
  });

  test('is the same whatever the order in which doors come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(doors, { minLength: doors.length }), (shuffled) => {
        expect(reportOf(sweep, shuffled, now)).toEqual(reportOf(sweep, doors, now));
      }),
    );
  });
});
