import { describe, expect, it } from 'vitest';
import { MINUTE_MS, timeOn } from '../../../domain/day.ts';
import { byPressure, ranked } from './ranking.ts';
import { usualBy } from './usual-time.ts';
import type { CallFollowUp, CallReason, DoorCall } from './schema.ts';

const NOW = timeOn('2026-03-09', '10:32');
const ago = (minutes: number) => NOW - minutes * MINUTE_MS;

function call(door: string, over: Partial<DoorCall> = {}): DoorCall {
  return {
    householdId: door,
    door,
    state: 'missing',
    reasons: [],
    silentDays: 1,
    attempts: [],
    followUps: [],
    persons: [],
    ...over,
  };
}
const open = (over: Partial<CallFollowUp> = {}): CallFollowUp => ({
  id: 'f',
  personId: 'p',
  reasons: ['alert'],
  stage: 'onDuty',
  openedAt: ago(60),
  ...over,
});
const order = (calls: readonly DoorCall[], asker?: string) => ranked(calls, NOW, asker).map((one) => one.door);
const tried = (minutes: number) => [{ at: ago(minutes), outcome: 'noAnswer' as const }];

it('urgent, unopened, opened, then who is silent and alone, then the others', () => {
  const calls = [
    call('plain'),
    call('late', { reasons: ['usualTimePassed'] }),
    call('reading', { reasons: ['missedReading'] }),
    call('silent', { silentDays: 4 }),
    call('old', { reasons: ['over80'], silentDays: 3 }),
    call('alone', { reasons: ['livesAlone', 'over80'] }),
    call('seen', { state: 'alert', followUps: [open({ seenAt: ago(5) })] }),
    call('unseen', { state: 'alert', followUps: [open()] }),
    call('urgent', { state: 'alert', reasons: ['urgent'], followUps: [open({ seenAt: ago(5) })] }),
  ];
  const expected = ['urgent', 'unseen', 'seen', 'alone', 'old', 'silent', 'late', 'reading', 'plain'];
  expect(order(calls)).toEqual(expected);
  expect(order(calls.toReversed())).toEqual(expected);
});

it('doors that press alike stand in the order of their numbers', () => {
  expect(order(['1-1-1001', '1-1-201', '1-1-101'].map((door) => call(door)))).toEqual([
    '1-1-101',
    '1-1-201',
    '1-1-1001',
  ]);
});

describe('a door that another worker is at', () => {
  const alone = call('alone', { reasons: ['livesAlone'] });
  const plain = call('plain');

  it('comes after those that nobody has tried, for an hour', () => {
    expect(order([alone, plain])).toEqual(['alone', 'plain']);
    expect(order([{ ...alone, attempts: tried(59) }, plain])).toEqual(['plain', 'alone']);
    expect(order([{ ...alone, attempts: tried(60) }, plain])).toEqual(['alone', 'plain']);
  });

  it('comes after them while it is being called; for whoever calls it stays where it is', () => {
    const calling = { ...alone, calling: { by: 'he', name: '小何', at: ago(3) } };
    expect(order([calling, plain], 'tian')).toEqual(['plain', 'alone']);
    expect(order([calling, plain], 'he')).toEqual(['alone', 'plain']);
    const forgotten = { ...calling, calling: { ...calling.calling, at: ago(15) } };
    expect(order([forgotten, plain], 'tian')).toEqual(['alone', 'plain']);
  });

  it('never hides an alert behind doors that are merely silent', () => {
    const alert = call('alert', { state: 'alert', followUps: [open({ seenAt: ago(5) })], attempts: tried(10) });
    expect(order([alone, alert, plain])).toEqual(['alert', 'alone', 'plain']);
    const other = call('other', { state: 'alert', followUps: [open({ seenAt: ago(5) })] });
    expect(order([alone, alert, other])).toEqual(['other', 'alert', 'alone']);
  });
});

it('an alert whose people were reached no longer stands before those whom nobody has reached', () => {
  const reached = call('reached', {
    state: 'alert',
    reasons: ['urgent'],
    followUps: [open({ seenAt: ago(80), firstContactAt: ago(70) })],
  });
  expect(order([reached, call('alone', { reasons: ['livesAlone'] })])).toEqual(['alone', 'reached']);
  const anew = { ...reached, followUps: [...reached.followUps, open({ id: 'g', personId: 'q' })] };
  expect(order([anew, call('alone', { reasons: ['livesAlone'] })])).toEqual(['reached', 'alone']);
});

it('an alert of yesterday that nobody reached stands first where the door has fallen silent, and not where all is well', () => {
  const alone = call('alone', { reasons: ['livesAlone'] });
  expect(order([alone, call('silent since', { followUps: [open({ seenAt: ago(900) })] })])).toEqual([
    'silent since',
    'alone',
  ]);
  const merely = [open({ reasons: ['talk'] })];
  expect(order([alone, call('merely talk', { followUps: merely })])).toEqual(['alone', 'merely talk']);
  const better = call('better', { state: 'watch', followUps: [open()] });
  expect(order([better, call('urgent', { state: 'alert', followUps: [open()] })])).toEqual(['urgent', 'better']);
});

it('reasons stand in the order in which they press, each once', () => {
  const all: CallReason[] = ['neverHeard', 'chronic', 'over80', 'urgent', 'livesAlone', 'needsFood', 'chronic'];
  expect(byPressure(all)).toEqual(['urgent', 'needsFood', 'livesAlone', 'over80', 'chronic', 'neverHeard']);
});

it('the usual time has an hour of grace, to the full minute, and none past midnight', () => {
  expect(usualBy(7 * 60 * MINUTE_MS + 20 * MINUTE_MS)).toBe('08:20');
  expect(usualBy(7 * 60 * MINUTE_MS + 1)).toBe('08:01');
  expect(usualBy(23 * 60 * MINUTE_MS)).toBeUndefined();
});
