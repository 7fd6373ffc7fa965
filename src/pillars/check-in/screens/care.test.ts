import { expect, it } from 'vitest';
import { recentCards } from './care.ts';

it('an open one of yesterday is not over because the day is; a closed one is, and so is what is older', () => {
  const open = { day: '2026-11-21' };
  const closed = { day: '2026-11-21', closedAt: 1 };
  const older = { day: '2026-11-20' };
  const today = { day: '2026-11-22', closedAt: 1 };
  expect(recentCards([older, open, closed, today], '2026-11-22')).toEqual([today, open]);
  expect(recentCards([closed, older], '2026-11-22')).toEqual([]);
});
