import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../domain/day.ts';
import { arrivesTooLate, claimablePortions, claimUntil, claimWorthFen, mayClaim, portionsGiven } from './rules.ts';
import type { Claim } from './schema.ts';
import type { Order, OrderLine } from '../schema.ts';

const line = (more: Partial<OrderLine> = {}): OrderLine => ({
  itemId: 'egg',
  name: '鸡蛋',
  unit: '板',
  quantity: 3,
  priceFen: 1_000,
  ifShort: 'drop',
  ...more,
});
const order = (more: Partial<Order> = {}): Order => ({
  id: 'r/h',
  groupBuyId: 'r',
  householdId: 'h',
  buildingId: 'b',
  door: '3-1-402',
  state: 'placed',
  lines: [line()],
  totalFen: 3_000,
  revision: 'm',
  changedBy: 'd',
  placedAt: 0,
  changedAt: 0,
  changes: [],
  ...more,
});
const claim = (more: Partial<Claim>): Claim => ({
  id: 'c',
  groupBuyId: 'r',
  householdId: 'h',
  door: '3-1-402',
  itemId: 'egg',
  name: '鸡蛋',
  unit: '板',
  kind: 'spoiled',
  quantity: 1,
  at: 0,
  state: 'open',
  ...more,
});

describe('what can be claimed', () => {
  it('is what came, and what was given in its place', () => {
    expect(portionsGiven(line())).toBe(3);
    expect(portionsGiven(line({ got: 1 }))).toBe(1);
    expect(portionsGiven(line({ got: 1, similar: { name: '鸭蛋', unit: '板', quantity: 2, priceFen: 900 } }))).toBe(3);
  });

  it('grows less with every claim that was not declined, of this round and item', () => {
    const claims = [
      claim({ quantity: 1 }),
      claim({ quantity: 1, state: 'declined' }),
      claim({ quantity: 1, state: 'replaced' }),
      claim({ quantity: 1, itemId: 'rice' }),
      claim({ quantity: 1, groupBuyId: 'another' }),
    ];
    expect(claimablePortions(order(), line(), claims)).toBe(1);
    expect(claimablePortions(order(), line({ got: 1 }), claims)).toBe(0);
  });

  it('is claimed within a day of the hand-over, to the millisecond', () => {
    const handed = order({ handedOut: { at: 1_000, how: 'atDoor' } });
    const round = { state: 'handingOut' } as const;
    expect(mayClaim(handed, round, 1_000 + DAY_MS)).toBe(true);
    expect(mayClaim(handed, round, 1_001 + DAY_MS)).toBe(false);
    expect(mayClaim({ ...handed, state: 'cancelled' }, round, 1_000)).toBe(false);
    expect(arrivesTooLate(handed, round, 1_000 + 8 * DAY_MS)).toBe(false);
    expect(arrivesTooLate(handed, round, 1_001 + 8 * DAY_MS)).toBe(true);
  });

  it('that nobody noted is claimed while the round is handed out, and for a day after it was settled', () => {
    const settled = { state: 'settled', steps: [{ state: 'settled', at: 5_000 }] } as const;
    expect(claimUntil(order(), { state: 'arrived' })).toBeUndefined();
    expect(mayClaim(order(), { state: 'arrived' }, 0)).toBe(false);
    expect(mayClaim(order(), { state: 'handingOut' }, 99 * DAY_MS)).toBe(true);
    expect(mayClaim(order(), settled, 5_000 + DAY_MS)).toBe(true);
    expect(mayClaim(order(), settled, 5_001 + DAY_MS)).toBe(false);
  });
});

describe('what a claim is worth', () => {
  it.each<[string, OrderLine, number, number]>([
    ['one of three', line(), 1, 1_000],
    ['all of them', line(), 3, 3_000],
    ['more than there were', line(), 9, 3_000],
    ['one of those that came', line({ got: 1 }), 1, 1_000],
    ['nothing where nothing came', line({ got: 0 }), 1, 0],
    ['a third by the scales, the odd fen up', line({ weighed: { grams: 1, fen: 1_000 } }), 1, 334],
    ['no more than is left of the line', line({ allowanceFen: 2_500 }), 1, 500],
    ['nothing where all was given back', line({ allowanceFen: 3_000 }), 1, 0],
  ])('%s', (_what, of, quantity, fen) => {
    expect(claimWorthFen(of, quantity)).toBe(fen);
  });
});
