import { describe, expect, it } from 'vitest';
import { timeOn } from '../../../../domain/day.ts';
import { usualEnds } from './shift-times.ts';

const at = (clock: string, day = '2026-11-22') => timeOn(day, clock);

describe('when a shift may end', () => {
  it('is at the next changes, or a day later', () => {
    expect(usualEnds(at('09:30'))).toEqual([at('18:00'), at('08:00', '2026-11-23'), at('09:30', '2026-11-23')]);
    expect(usualEnds(at('19:00'))).toEqual([
      at('08:00', '2026-11-23'),
      at('18:00', '2026-11-23'),
      at('19:00', '2026-11-23'),
    ]);
  });

  it('is never within the hour', () => {
    expect(usualEnds(at('17:30'))[0]).toBe(at('08:00', '2026-11-23'));
  });

  it('names a time once', () => {
    expect(usualEnds(at('18:00'))).toEqual([at('08:00', '2026-11-23'), at('18:00', '2026-11-23')]);
  });
});
