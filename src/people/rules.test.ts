import { describe, expect, it } from 'vitest';
import type { Actor, HeldRole } from '../domain/actor.ts';
import { DAY_MS } from '../domain/day.ts';
import { buildingLabel, communityIdOf, doorOf, householdIdOf, personIdOf } from './natural-id.ts';
import * as rules from './rules.ts';
import type { Device, Grant, Person } from './schema.ts';

const NOW = 1_800_000_000_000;

function actor(parts: Partial<Actor> = {}): Actor {
  return { kind: 'device', communityId: 'c', deviceId: 'd', households: [], roles: [], grants: [], ...parts };
}
const withRole = (...roles: HeldRole[]) => actor({ personId: 'staff', roles });
const operator = actor({ kind: 'operator' });
const secretary = withRole({ kind: 'secretary' });
const workerOne = withRole({ kind: 'gridWorker', grid: '一格' });
const workerTwo = withRole({ kind: 'gridWorker', grid: '二格' });
const ended = withRole({ kind: 'secretary', until: NOW });
const member = actor({ personId: 'wang', households: ['h1'] });
const stranger = actor({ personId: 'zhao', households: ['h9'] });

const wang: Person = {
  id: 'wang',
  householdId: 'h1',
  grid: '一格',
  name: '王秀兰',
  birthYear: 1943,
  needs: [],
  presence: 'home',
  dailyGreeting: false,
  position: 0,
};
const phone: Device = { id: 'd', householdId: 'h1', personal: false, name: '', joinedAt: 0 };
const grant: Grant = {
  id: 'g',
  householdId: 'h1',
  helperId: 'he',
  grid: '一格',
  helperName: '何志远',
  witnessed: false,
  powers: ['check-in'],
  startsAt: NOW - 10,
  until: NOW + 10,
};

describe('who may give a duty', () => {
  it.each([
    ['operator', operator, 'secretary', undefined, true],
    ['secretary', secretary, 'gridWorker', '一格', true],
    ['a secretary whose time is over', ended, 'volunteer', '一格', false],
    ['grid worker, a volunteer of the own grid', workerOne, 'volunteer', '一格', true],
    ['grid worker, a volunteer of another grid', workerTwo, 'volunteer', '一格', false],
    ['grid worker, a colleague', workerOne, 'gridWorker', '一格', false],
    ['resident', member, 'volunteer', '一格', false],
  ] as const)('%s', (_who, who, kind, grid, may) => {
    expect(rules.mayAppoint(who, kind, grid, NOW)).toBe(may);
  });

  it('lets everybody lay down their own duty', () => {
    const role = { id: 'wang/volunteer', personId: 'wang', kind: 'volunteer' } as const;
    expect(rules.mayEndRole(member, role, NOW)).toBe(true);
    expect(rules.mayEndRole(stranger, role, NOW)).toBe(false);
  });
});

describe('who may end a session', () => {
  it.each([
    ['its own device', actor({ deviceId: 'd' }), phone, true],
    ['somebody of the household', { ...member, deviceId: 'x' }, phone, true],
    ['a neighbour', { ...stranger, deviceId: 'x' }, phone, false],
    [
      'the person at another of the own phones',
      { ...stranger, deviceId: 'x' },
      { ...phone, householdId: null, personId: 'zhao' },
      true,
    ],
    ['the grid worker', { ...workerOne, deviceId: 'x' }, phone, false],
    ['the operator', { ...operator, deviceId: 'x' }, phone, true],
  ])('%s', (_who, who, device, may) => {
    expect(rules.mayEndDevice(who, device)).toBe(may);
  });
});

describe('我是谁', () => {
  it.each([
    ['somebody of the household', phone, wang, true],
    ['somebody of another household', phone, { ...wang, householdId: 'h2' }, false],
    ['somebody who has moved out', phone, { ...wang, presence: 'movedOut' }, false],
    ['somebody else on a phone enrolled by an own slip', { ...phone, personal: true, personId: 'li' }, wang, false],
    ['the same person on such a phone', { ...phone, personal: true, personId: 'wang', householdId: null }, wang, true],
  ] as const)('%s', (_what, device, person, may) => {
    expect(rules.mayBe(device as Device, person as Person)).toBe(may);
  });
});

describe('a care grant', () => {
  it.each([
    ['now', grant, true],
    ['before it begins', { ...grant, startsAt: NOW + 1 }, false],
    ['at its end', { ...grant, until: NOW }, false],
    ['ended by hand', { ...grant, endedAt: NOW - 1 }, false],
  ])('is in force: %s', (_when, one, inForce) => {
    expect(rules.isGrantInForce(one, NOW)).toBe(inForce);
  });

  it.each([
    [1, undefined],
    [90, undefined],
    [90.001, 'overLimit'],
    [0, 'expired'],
    [-1, 'expired'],
  ])('for %d days: %s', (days, code) => {
    const ask = () => rules.demandGrantTerm(NOW, NOW + days * DAY_MS);
    if (code === undefined) expect(ask).not.toThrow();
    else expect(ask).toThrow(expect.objectContaining({ name: 'Refusal', code }) as Error);
  });

  it.each([
    ['a member', member, true, true],
    ['the helper', actor({ personId: 'he' }), false, true],
    ['the grid worker', workerOne, true, true],
    ['another grid worker', workerTwo, false, false],
    ['a stranger', stranger, false, false],
  ])('%s may give it or end it', (_who, who, mayGive, mayEnd) => {
    expect(rules.mayGrantCare(who, { id: 'h1', grid: '一格' }, NOW)).toBe(mayGive);
    expect(rules.mayEndGrant(who, grant, NOW)).toBe(mayEnd);
  });
});

describe('presence', () => {
  const helper = actor({ personId: 'he', grants: [{ householdId: 'h1', powers: ['check-in'], until: NOW + 1 }] });
  const courier = actor({ personId: 'he', grants: [{ householdId: 'h1', powers: ['order'], until: NOW + 1 }] });
  it.each([
    ['a member says away', member, wang, 'away', true],
    ['a helper says hospital', helper, wang, 'hospital', true],
    ['a helper for orders says hospital', courier, wang, 'hospital', false],
    ['a member says deceased', member, wang, 'deceased', false],
    ['the grid worker says deceased', workerOne, wang, 'deceased', true],
    ['another grid worker says moved out', workerTwo, wang, 'movedOut', false],
    ['a member brings somebody back who moved out', member, { ...wang, presence: 'movedOut' }, 'home', false],
    ['a stranger says away', stranger, wang, 'away', false],
  ] as const)('%s', (_what, who, person, presence, may) => {
    expect(rules.maySetPresence(who, person, presence, NOW)).toBe(may);
  });
});

describe('每日问候 and 不用天天报', () => {
  const daughter = actor({ personId: 'daughter', households: ['h9'] });
  const helper = actor({ personId: 'he', grants: [{ householdId: 'h1', powers: ['check-in'], until: NOW + 1 }] });
  const courier = actor({ personId: 'he', grants: [{ householdId: 'h1', powers: ['order'], until: NOW + 1 }] });
  it.each([
    ['a member', member, wang, true],
    ['a helper who may check in', helper, wang, true],
    ['a helper for orders', courier, wang, false],
    ['the guardian, from another household', daughter, { ...wang, guardianId: 'daughter' }, true],
    ['the same without being the guardian', daughter, wang, false],
    ['the grid worker', workerOne, wang, true],
    ['another grid worker', workerTwo, wang, false],
    ['a member, of somebody who moved out', member, { ...wang, presence: 'movedOut' }, false],
  ] as const)('%s may set it', (_who, who, person, may) => {
    expect(rules.maySetGreeting(who, person, NOW)).toBe(may);
  });

  it.each([
    ['on the phone marked as theirs', member, true],
    ['on the household’s phone of which nobody said whose', actor({ households: ['h1'] }), false],
    ['on another’s phone of the household', actor({ personId: 'li', households: ['h1'] }), false],
    ['on a phone in another household', actor({ personId: 'wang', households: ['h9'] }), false],
  ] as const)('is theirs alone: %s', (_where, who, themselves) => {
    expect(rules.isThemselves(who, wang)).toBe(themselves);
  });
});

describe('a guardian', () => {
  const son: Person = { ...wang, id: 'son', name: '李明' };
  const elsewhere: Person = { ...wang, id: 'far', householdId: 'h2', grid: '二格' };
  it.each([
    ['a member names one of its own', member, wang, son, true],
    ['a member names somebody of another household', member, wang, elsewhere, false],
    ['nobody guards themself', workerOne, wang, wang, false],
    ['the desk names somebody it knows', workerOne, wang, { ...elsewhere, grid: '一格' }, true],
    ['the desk names somebody of another grid', workerOne, wang, elsewhere, false],
    ['the secretary names anybody', secretary, wang, elsewhere, true],
    ['not somebody who has died', workerOne, wang, { ...son, presence: 'deceased' }, false],
    ['a stranger names anybody', stranger, wang, son, false],
    ['a member takes it away', member, wang, undefined, true],
    ['a stranger takes it away', stranger, wang, undefined, false],
  ] as const)('%s', (_what, who, ward, guardian, may) => {
    expect(rules.maySetGuardian(who, ward, guardian, NOW)).toBe(may);
  });
});

describe('an emergency', () => {
  const today = '2026-11-22';
  it.each([
    ['with a reason and a last day', { modeReason: '流感', modeUntil: '2026-12-02' }, undefined],
    ['until tonight', { modeReason: '流感', modeUntil: today }, undefined],
    ['for sixty days', { modeReason: '流感', modeUntil: '2027-01-21' }, undefined],
    ['for longer', { modeReason: '流感', modeUntil: '2027-01-22' }, 'overLimit'],
    ['without a reason', { modeUntil: '2026-12-02' }, 'reasonNeeded'],
    ['without a last day', { modeReason: '流感', modeUntil: null }, 'reasonNeeded'],
    ['that is over already', { modeReason: '流感', modeUntil: '2026-11-21' }, 'reasonNeeded'],
  ])('%s: %s', (_what, said, code) => {
    const ask = () => rules.demandModeTerm({ mode: 'emergency', ...said }, today);
    if (code === undefined) expect(ask).not.toThrow();
    else expect(ask).toThrow(expect.objectContaining({ name: 'Refusal', code }) as Error);
  });

  it('ordinary days want neither', () => {
    expect(() => rules.demandModeTerm({ mode: 'ordinary' }, today)).not.toThrow();
  });
});

describe('finding the person whom a roster means', () => {
  const young = { ...wang, id: 'young', birthYear: 1990 };
  const unknown = { ...wang, id: 'unknown', birthYear: null };
  it.each([
    ['by name and year', [wang, young], { name: '王秀兰', birthYear: 1990 }, 'young'],
    ['by name where the year was not known', [unknown], { name: '王秀兰', birthYear: 1943 }, 'unknown'],
    ['by name where the line has no year', [wang], { name: '王秀兰' }, 'wang'],
    ['nobody of another year', [wang], { name: '王秀兰', birthYear: 1944 }, undefined],
    ['nobody where two could be meant', [wang, young], { name: '王秀兰' }, undefined],
  ])('%s', (_how, persons, wanted, id) => {
    expect(rules.samePerson(persons, wanted)?.id).toBe(id);
  });
});

describe('ids by nature', () => {
  it('stay the same for ever', () => {
    const community = communityIdOf('玉兰小区');
    expect(community).toBe('c-1kt0lofrgje1d3esmls2ia');
    expect(householdIdOf(community, '3', '2', '501')).toBe(householdIdOf(communityIdOf('玉兰小区'), '3', '2', '501'));
  });

  it('tell doors and people apart', () => {
    const ids = [
      householdIdOf('c', '3', '2', '501'),
      householdIdOf('c', '3', '25', '01'),
      householdIdOf('d', '3', '2', '501'),
      personIdOf('h', '马立新', 1968),
      personIdOf('h', '马立新', 2003),
      personIdOf('h', '马立新'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[hp]-[0-9a-z]{22}$/u);
  });

  it.each([
    ['3栋', '3'],
    ['3号楼', '3'],
    ['12幢', '12'],
    ['A座', 'A'],
    ['5', '5'],
  ])('%s is said %s', (name, label) => {
    expect(buildingLabel(name)).toBe(label);
    expect(doorOf(name, '2', '501')).toBe(`${label}-2-501`);
    expect(doorOf(name, '', '501')).toBe(`${label}-501`);
  });
});
