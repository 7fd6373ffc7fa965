import { describe, expect, it } from 'vitest';
import type { Actor, HeldRole } from '../../../domain/actor.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { canTakeDuty, demandTerm, dutyHolder, isInForce, mayArrangeDuty, mayHandOver } from './rules.ts';
import { MAX_DUTY_HOURS } from './schema.ts';
import type { Duty } from './schema.ts';

const HOUR = 3_600_000;
const shift = (id: string, from: number, to: number, endedAt?: number): Duty => ({
  id,
  personId: `p-${id}`,
  personName: id,
  place: '一格',
  from,
  to,
  endedAt,
});
const actor = (personId: string | undefined, ...roles: readonly HeldRole[]): Actor => ({
  kind: 'device',
  communityId: 'c',
  deviceId: 'd',
  personId,
  households: [],
  roles,
  grants: [],
});

describe('a shift', () => {
  it.each([
    [shift('not begun', 10, 20), 9, false],
    [shift('begins', 10, 20), 10, true],
    [shift('last moment', 10, 20), 19, true],
    [shift('over', 10, 20), 20, false],
    [shift('handed over', 10, 20, 15), 14, true],
    [shift('handed over', 10, 20, 15), 15, false],
    [shift('called off before it began', 10, 20, 5), 12, false],
  ])('is in force from its beginning until it runs out or is ended: %o at %i', (one, now, holds) => {
    expect(isInForce(one, now)).toBe(holds);
  });

  it('is held by whoever began last, and is told the same in any order', () => {
    const night = shift('a', 0, 100);
    const relief = shift('b', 50, 90);
    const twin = shift('c', 50, 80);
    expect(dutyHolder([night, relief], 49)?.id).toBe('a');
    for (const all of [
      [night, relief, twin],
      [twin, relief, night],
      [relief, night, twin],
    ]) {
      expect(dutyHolder(all, 60)?.id).toBe('c');
      expect(dutyHolder(all, 85)?.id).toBe('b');
      expect(dutyHolder(all, 95)?.id).toBe('a');
    }
    expect(dutyHolder([night], 100)).toBeUndefined();
    expect(dutyHolder([], 1)).toBeUndefined();
  });

  it('lasts 72 hours at most and is not over by now', () => {
    const code = (from: number, to: number, now: number) => {
      try {
        demandTerm({ from, to }, now);
        return undefined;
      } catch (error) {
        return (error as Refusal).code;
      }
    };
    expect(code(0, MAX_DUTY_HOURS * HOUR, HOUR)).toBeUndefined();
    expect(code(0, MAX_DUTY_HOURS * HOUR + 1, HOUR)).toBe('overLimit');
    expect(code(0, HOUR, HOUR)).toBe('expired');
    expect(code(5 * HOUR, 4 * HOUR, HOUR)).toBe('expired');
    expect(code(5 * HOUR, 5 * HOUR, HOUR)).toBe('expired');
  });
});

describe('who arranges shifts', () => {
  const worker = { kind: 'gridWorker', grid: '一格' } as const;
  const secretary = { kind: 'secretary' } as const;
  const everywhere = { kind: 'gridWorker' } as const;
  const own = { personId: 'me', place: '一格' };
  it.each([
    ['a resident, for themselves', actor('me'), own, false],
    ['a volunteer', actor('me', { kind: 'volunteer' }), own, false],
    ['the worker of the grid, for a colleague', actor('me', worker), { personId: 'she', place: '一格' }, true],
    ['the worker of another grid, for a colleague', actor('me', worker), { personId: 'she', place: '二格' }, false],
    ['the worker of another grid, themselves', actor('me', worker), { personId: 'me', place: '二格' }, true],
    ['a worker, for somebody in the whole community', actor('me', worker), { personId: 'she', place: '' }, false],
    ['a worker without a grid', actor('me', everywhere), { personId: 'she', place: '' }, true],
    ['a worker whose duty has ended', actor('me', { ...worker, until: 5 }), own, false],
    ['the secretary', actor('me', secretary), { personId: 'she', place: '' }, true],
  ])('%s', (_who, who, of, may) => {
    expect(mayArrangeDuty(who, of, 10)).toBe(may);
  });

  it('hands over only the own shift; the secretary anybody’s', () => {
    expect(mayHandOver(actor('me', worker), { personId: 'me' }, 0)).toBe(true);
    expect(mayHandOver(actor('me', worker), { personId: 'she' }, 0)).toBe(false);
    expect(mayHandOver(actor('me'), { personId: 'me' }, 0)).toBe(false);
    expect(mayHandOver(actor('me', secretary), { personId: 'she' }, 0)).toBe(true);
  });

  it('lets grid workers and the secretary be on duty, as long as they are', () => {
    const role = (kind: 'gridWorker' | 'secretary' | 'volunteer', until?: number) => ({
      id: kind,
      personId: 'p',
      kind,
      until,
    });
    expect(canTakeDuty([role('volunteer')], 0)).toBe(false);
    expect(canTakeDuty([role('volunteer'), role('gridWorker')], 0)).toBe(true);
    expect(canTakeDuty([role('secretary', 5)], 4)).toBe(true);
    expect(canTakeDuty([role('secretary', 5)], 5)).toBe(false);
    expect(canTakeDuty([], 0)).toBe(false);
  });
});
