import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/actor.ts';
import type { Row } from '../../src/domain/entity.ts';
import type { Run } from './book.ts';
import type { Rows } from './memory-tx.ts';
import { alertsAreFollowed, worstHolds } from './oracle-answers.ts';
import { countedToTheLastDoor, DeskWatch, sweptInAnyOrder } from './oracle-desk.ts';

const day = '2026-11-22';
const MINUTE_MS = 60_000;

/** Something that a phone did. */
function run(name: string, args: object, when: { at?: number; by?: string; id?: string } = {}): Run {
  const { at = 0, by = 'a' } = when;
  const id = when.id ?? `${name}/${by}/${at}`;
  const actor: Actor = { kind: 'device', communityId: 'c', deviceId: by, households: [], roles: [], grants: [] };
  const context = { actor, now: at, happenedAt: at, today: day, mutationId: id };
  return { id, name, args, context, outcome: 'accepted' };
}

const says = (entry: object, when: { at?: number; by?: string } = {}) =>
  run('checkIn.submit', { day, slot: 'morning', entries: [{ personId: 'p', feels: 'unwell', ...entry }] }, when);
const fever = { temperatureC: 38 };
const rows = (tables: Readonly<Record<string, readonly object[]>>): Rows =>
  new Map(Object.entries(tables).map(([name, all]) => [name, new Map((all as Row[]).map((row) => [row.id, row]))]));
const told = (found: readonly { detail: string }[]) => found.map((one) => one.detail).join('\n');

describe('alertsAreFollowed', () => {
  const followUp = { id: `p/${day}`, level: 'alert', reasons: ['alert'] };
  const reading = { observationId: 'o', day, temperatureC: 37.3 };
  const observed = [run('checkIn.startObservation', { id: 'o', personId: 'p' }), run('checkIn.takeReading', reading)];

  it('is content where each has a follow-up, and where nobody is in need of one', () => {
    for (const runs of [[says(fever)], [says({ symptoms: ['fell'] })], observed])
      expect(alertsAreFollowed(runs, rows({ followUp: [followUp] }))).toEqual([]);
    expect(alertsAreFollowed([says({ symptoms: ['cough'] })], rows({}))).toEqual([]);
    expect(alertsAreFollowed([{ ...says(fever), outcome: 'refused' }], rows({}))).toEqual([]);
  });

  it.each<[string, readonly object[], RegExp]>([
    ['opened none', [], /nobody is asked to look after p/],
    ['opened one for another day', [{ ...followUp, id: 'p/2026-11-23' }], /nobody is asked/],
    ['made it less', [{ ...followUp, level: 'watch' }], /no alert any more/],
    ['forgot the reason', [{ ...followUp, reasons: ['medicine'] }], /no alert any more/],
    ['closed it by itself', [{ ...followUp, closedAt: 5 }], /nobody closed it/],
  ])('finds a server that %s', (_what, followUps, words) => {
    for (const runs of [[says(fever)], observed])
      expect(told(alertsAreFollowed(runs, rows({ followUp: followUps })))).toMatch(words);
  });

  it('lets it be closed by somebody, and taken back', () => {
    const closed = rows({ followUp: [{ ...followUp, closedAt: 5 }] });
    const close = run('checkIn.closeFollowUp', { followUpId: followUp.id });
    expect(alertsAreFollowed([says(fever), close], closed)).toEqual([]);
    expect(alertsAreFollowed([says(fever), run('checkIn.retract', { personIds: ['p'], day })], closed)).toEqual([]);
  });
});

describe('worstHolds', () => {
  const holds = (level: string, more: object = {}) =>
    rows({ checkIn: [{ id: `p/${day}/morning`, level, happenedAt: 1, ...more }] });
  const cough = { symptoms: ['cough'] };
  const well = { feels: 'well' };

  it('is content with the gravest, whoever said it when', () => {
    expect(worstHolds([says(fever, { at: 1 })], holds('alert'))).toEqual([]);
    const two = [says(fever, { at: 1 }), says(cough, { at: 2, by: 'b' })];
    for (const runs of [two, [...two].reverse()])
      expect(worstHolds(runs, holds('alert', { disputed: true }))).toEqual([]);
    expect(worstHolds([says(well, { at: 2, by: 'b' }), says(cough, { at: 1 })], holds('watch'))).toEqual([]);
  });

  it('finds a milder one that knew nothing, one that is not marked, and none at all', () => {
    const two = [says(fever, { at: 1 }), says(cough, { at: 2, by: 'b' })];
    expect(told(worstHolds(two, holds('watch')))).toMatch(/alert was said and nobody knew better, but watch holds/);
    expect(told(worstHolds(two, holds('alert')))).toMatch(/not marked/);
    expect(told(worstHolds([says(fever)], rows({})))).toMatch(/but nothing holds/);
    const guessed = says({ ...cough, knew: 7 }, { at: 2, by: 'b' });
    expect(told(worstHolds([two[0]!, guessed], holds('watch')))).toMatch(/nobody knew better/);
    expect(told(worstHolds([two[0]!, says(well, { at: 2, by: 'b' })], holds('ok')))).toMatch(/nobody knew better/);
  });

  it('lets a milder one hold that knew, or that says 现在好了, or that corrects what the same phone said', () => {
    const milder = [
      { ...cough, knew: 1 },
      { ...well, recovered: true },
    ].map((one) => says(one, { at: 2, by: 'b' }));
    for (const one of [...milder, says(cough, { at: 2 })])
      expect(worstHolds([says(fever, { at: 1 }), one], holds('watch'))).toEqual([]);
    expect(worstHolds([says(fever), run('checkIn.retract', { personIds: ['p'], day })], rows({}))).toEqual([]);
  });
});

describe('sweptInAnyOrder', () => {
  const found = (finding: string, at: number, more: object = {}) =>
    run('sweep.answer', { sweepId: 's', householdId: 'h', finding, ...more }, { at, id: `${finding}${at}` });
  const door = (finding: string, answered: boolean, ...actIds: string[]) =>
    rows({ sweptDoor: [{ id: 's/h', finding, answered, findings: actIds.map((actId) => ({ actId })) }] });

  it('is content in any order, with what was put right left out', () => {
    const runs = [found('met', 1), found('noAnswer', 2)];
    for (const all of [runs, [...runs].reverse()])
      expect(sweptInAnyOrder(all, door('met', true, 'met1', 'noAnswer2'))).toEqual([]);
    const right = [found('met', 1), found('noAnswer', 2, { instead: 'met1' })];
    expect(sweptInAnyOrder(right, door('noAnswer', false, 'met1', 'noAnswer2'))).toEqual([]);
  });

  it('finds the last arrival, an answer that is none, a finding that was lost, and a door of which nobody spoke', () => {
    const runs = [found('met', 1), found('noAnswer', 2)];
    expect(told(sweptInAnyOrder(runs, door('noAnswer', true, 'met1', 'noAnswer2')))).toMatch(/should be met true/);
    expect(sweptInAnyOrder([runs[1]!], door('noAnswer', true, 'noAnswer2'))).toHaveLength(1);
    expect(sweptInAnyOrder(runs, door('met', true, 'met1'))).toHaveLength(1);
    expect(told(sweptInAnyOrder(runs, rows({})))).toMatch(/is not there/);
    expect(told(sweptInAnyOrder([], door('met', true, 'met1')))).toMatch(/nobody has said/);
  });
});

describe('countedToTheLastDoor', () => {
  const findings = [{ actId: 'x', finding: 'met', at: 1 }];
  const stored = rows({
    household: ['h', 'i', 'j'].map((id) => ({ id, grid: id === 'j' ? '二格' : '一格' })),
    sweep: [{ id: 's', grids: ['一格'] }],
    sweptDoor: [{ id: 's/h', findings }],
  });
  const sweep = { id: 's' };

  it('is content with every door once', () => {
    expect(countedToTheLastDoor([{ sweep, doors: 2, answered: 1 }], stored)).toEqual([]);
  });

  it('finds all of it done while a door is left, a door too many, and one that only was tried', () => {
    expect(told(countedToTheLastDoor([{ sweep, doors: 2, answered: 2 }], stored))).toMatch(/1 of 2 are/);
    expect(countedToTheLastDoor([{ sweep, doors: 3, answered: 1 }], stored)).toHaveLength(1);
    const tried = new Map([
      ...stored,
      ...rows({ sweptDoor: [{ id: 's/h', findings: [{ ...findings[0], finding: 'noAnswer' }] }] }),
    ]);
    expect(countedToTheLastDoor([{ sweep, doors: 2, answered: 1 }], tried)).toHaveLength(1);
  });
});

describe('who looks on at the desk', () => {
  const pass = { at: 0, to: 'tian' };
  const opened = { id: `p/${day}`, stage: 'onDuty', raisedAt: 0, passes: [pass] };
  const staff = (role: object = {}, person: object = {}) => ({
    role: [
      { id: 'r', personId: 'tian', kind: 'gridWorker', ...role },
      { id: 's', personId: 'sun', kind: 'secretary' },
    ],
    person: [
      { id: 'tian', presence: 'home', ...person },
      { id: 'sun', presence: 'home' },
    ],
  });
  const passedOn = { ...opened, stage: 'secretary', raisedAt: 20 * MINUTE_MS, passes: [pass, { at: 0, to: 'sun' }] };

  /** What is told of an alert that comes up, and of what is made of it at a time. */
  function watched(who: ReturnType<typeof staff>, ...after: readonly [object, number][]): string {
    const watch = new DeskWatch();
    watch.look(rows({ ...who, followUp: [opened] }), run('checkIn.submit', {}, { at: 0 }));
    for (const [row, at] of after) watch.look(rows({ ...who, followUp: [row] }), run('checkIn.passOn', {}, { at }));
    return told(watch.violations());
  }

  it('is content with what waited, and went to who works here', () => {
    expect(watched(staff(), [passedOn, 15 * MINUTE_MS])).toBe('');
  });

  it('finds what went to a volunteer, to who is dismissed, to who has moved out', () => {
    for (const who of [staff({ kind: 'volunteer' }), staff({ until: 0 }), staff({}, { presence: 'movedOut' })])
      expect(watched(who)).toMatch(/went to tian, who works at no desk/);
  });

  it('finds what went on too early, or though it was seen, or twice', () => {
    expect(watched(staff(), [passedOn, 14 * MINUTE_MS])).toMatch(/after 840000 ms/);
    const seen = { ...opened, seenAt: 5 };
    expect(watched(staff(), [seen, 0], [passedOn, 20 * MINUTE_MS])).toMatch(/though it was seen/);
    const again = { ...passedOn, passes: [...passedOn.passes, { at: 1, to: 'sun' }] };
    expect(watched(staff(), [passedOn, 20 * MINUTE_MS], [again, 21 * MINUTE_MS])).toMatch(/after 60000 ms/);
  });
});
