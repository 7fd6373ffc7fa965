import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeOn } from '../domain/day.ts';
import { presenceOn, withSay } from './presence.ts';
import type { Whereabouts } from './presence.ts';
import { MAX_PRESENCE_LOG } from './schema.ts';
import type { PresenceSpan } from './schema.ts';

const start: Whereabouts = { presence: 'home' };
const at = (clock: string, day = '2026-11-22') => timeOn(day, clock);
const away = (time: number): PresenceSpan => ({ presence: 'away', until: '2026-11-30', at: time, byName: '李明' });
const home = (time: number): PresenceSpan => ({ presence: 'home', at: time });
const gone = (time: number): PresenceSpan => ({ presence: 'deceased', at: time, byName: '田建国' });
const all = (...says: PresenceSpan[]) => says.reduce<Whereabouts>(withSay, start);

describe('saying where somebody is', () => {
  it('holds, and keeps what was', () => {
    const after = withSay(start, away(at('08:00')));
    expect(after).toMatchObject({ presence: 'away', presenceUntil: '2026-11-30', presenceAt: at('08:00') });
    expect(after.presenceLog?.map((span) => [span.presence, span.at])).toEqual([
      ['home', 0],
      ['away', at('08:00')],
    ]);
  });

  it('of an earlier moment only fills in what was', () => {
    const after = all(home(at('09:00')), away(at('08:00')));
    expect(after).toMatchObject({ presence: 'home', presenceAt: at('09:00') });
    expect(after.presenceLog?.map((span) => span.presence)).toEqual(['home', 'away', 'home']);
  });

  it('comes to the same in whatever order it arrives', () => {
    const say = fc.record({
      presence: fc.constantFrom('home', 'away', 'hospital', 'withFamily' as const),
      at: fc.integer({ min: 1, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(say, { selector: (one) => one.at, maxLength: 8 }), fc.nat(), (says, seed) => {
        const mixed = says.map((one, i) => ({ one, key: (seed * (i + 7)) % 101 })).sort((a, b) => a.key - b.key);
        expect(all(...mixed.map(({ one }) => one))).toEqual(all(...[...says].sort((a, b) => a.at - b.at)));
      }),
    );
  });

  it('that they are gone is not undone by something milder, said by whoever did not know', () => {
    const after = all(away(at('09:30')), gone(at('09:00')));
    expect(after).toMatchObject({ presence: 'deceased', presenceAt: at('09:30') });
    expect(all(gone(at('09:00')), home(at('10:00')))).toMatchObject({ presence: 'home' });
  });

  it('is kept up to a bound, the latest of it', () => {
    const says = Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? away(1000 + i) : home(1000 + i)));
    const { presenceLog } = all(...says);
    expect(presenceLog).toHaveLength(MAX_PRESENCE_LOG);
    expect(presenceLog?.at(-1)?.at).toBe(1049);
  });
});

describe('where somebody was on a day', () => {
  const person = all(away(at('08:00', '2026-11-20')), home(at('18:00', '2026-11-22')));
  it.each([
    ['2026-11-19', 'home'],
    ['2026-11-20', 'away'],
    ['2026-11-21', 'away'],
    ['2026-11-22', 'home'],
    ['2026-11-25', 'home'],
  ])('%s: %s', (day, presence) => {
    expect(presenceOn(person, day).presence).toBe(presence);
  });

  it('keeps the day of return', () => {
    expect(presenceOn(person, '2026-11-21').presenceUntil).toBe('2026-11-30');
  });

  it('is where they are where nothing else was ever said', () => {
    expect(presenceOn({ presence: 'withFamily', presenceUntil: '2026-12-01' }, '2025-01-01')).toEqual({
      presence: 'withFamily',
      presenceUntil: '2026-12-01',
    });
  });
});
