import { describe, expect, it } from 'vitest';
import {
  isEstimate,
  paymentWord,
  refundableFen,
  refundLimitFen,
  saidNotReceivedFen,
  sayPaidFen,
  takesSecondPerson,
  weighedFen,
} from './rules.ts';
import { inMoneyOrder, sectionOf } from './money-view.ts';
import type { DoorMoney } from './money-view.ts';
import type { OrderMoney, PaymentState } from './rules.ts';

const said = (fen: number) => ({ fen, at: 1 });

describe('how a household stands with a round', () => {
  it.each<[string, OrderMoney, PaymentState, number]>([
    ['has ordered nothing', { totalFen: 0 }, 'nothing', 0],
    ['has paid nothing', { totalFen: 7_780 }, 'payOnDelivery', 7_780],
    ['says it paid', { totalFen: 7_780, saidPaid: said(7_780) }, 'said', 7_780],
    ['says it paid a part', { totalFen: 7_780, saidPaid: said(5_000) }, 'said', 5_000],
    ['said it, and it came', { totalFen: 7_780, saidPaid: said(7_780), paidFen: 7_780 }, 'paid', 7_780],
    ['said nothing, and it came', { totalFen: 7_780, paidFen: 7_780 }, 'paid', 7_780],
    ['said it, and less came', { totalFen: 7_780, saidPaid: said(7_780), paidFen: 7_000 }, 'said', 780],
    ['paid before it became dearer', { totalFen: 8_000, saidPaid: said(7_780), paidFen: 7_780 }, 'payMore', 220],
    ['paid before it became cheaper', { totalFen: 7_000, paidFen: 7_780 }, 'isOwed', 780],
    ['got back what was too much', { totalFen: 7_000, paidFen: 7_780, refundedFen: 780 }, 'paid', 7_000],
    ['got back too much', { totalFen: 7_000, paidFen: 7_780, refundedFen: 800 }, 'payMore', 20],
    ['paid for what was cancelled', { totalFen: 0, paidFen: 7_780 }, 'isOwed', 7_780],
    ['got back what it paid for nothing', { totalFen: 0, paidFen: 7_780, refundedFen: 7_780 }, 'paid', 0],
  ])('who %s', (_who, order, state, fen) => {
    expect(paymentWord(order, {})).toEqual({ state, fen });
  });

  it('is asked before the cut-off or at the door, as the round says', () => {
    expect(paymentWord({ totalFen: 100 }, { payment: 'before' }).state).toBe('payBefore');
    expect(paymentWord({ totalFen: 100 }, { payment: 'onDelivery' }).state).toBe('payOnDelivery');
  });
});

describe('我付了', () => {
  it('says all that was paid in the round, so that twice is once', () => {
    const order = { totalFen: 7_780 };
    const fen = sayPaidFen(order);
    expect(fen).toBe(7_780);
    expect(sayPaidFen({ ...order, saidPaid: said(fen) })).toBe(0);
    expect(saidNotReceivedFen({ saidPaid: said(fen), paidFen: 7_780 })).toBe(0);
  });

  it('says what was lacking on top', () => {
    const more = { totalFen: 8_000, saidPaid: said(7_780), paidFen: 7_780 };
    expect(sayPaidFen(more)).toBe(8_000);
    expect(saidNotReceivedFen({ ...more, saidPaid: said(8_000) })).toBe(220);
  });

  it('has nothing to say where nothing is owed', () => {
    expect(sayPaidFen({ totalFen: 0 })).toBe(0);
    expect(sayPaidFen({ totalFen: 100, paidFen: 200 })).toBe(0);
  });
});

describe('refunds', () => {
  it('go up to what is owed, less what already waits', () => {
    const order = { totalFen: 1_000, paidFen: 5_000, refundedFen: 500 };
    expect(refundableFen(order, [])).toBe(3_500);
    expect(refundableFen(order, [{ state: 'asked', fen: 3_000 }])).toBe(500);
    expect(refundableFen(order, [{ state: 'declined', fen: 3_000 }])).toBe(3_500);
    expect(refundableFen({ totalFen: 1_000 }, [])).toBe(0);
  });

  it.each<[number, boolean]>([
    [20_000, false],
    [20_001, true],
  ])('of %i fen in all take a second person: %s', (fen, does) => {
    const limit = refundLimitFen(undefined);
    expect(takesSecondPerson([], fen, limit)).toBe(does);
    const earlier = [
      { state: 'paid' as const, fen: 10_000 },
      { state: 'asked' as const, fen: 5_000 },
      { state: 'declined' as const, fen: 90_000 },
    ];
    expect(takesSecondPerson(earlier, fen - 15_000, limit)).toBe(does);
  });

  it('all take a second person where the community says so', () => {
    expect(takesSecondPerson([], 1, refundLimitFen({ refundLimitFen: 0 }))).toBe(true);
  });
});

describe('the scales', () => {
  it.each([
    [250, 2_500, 1_250],
    [250, 2_501, 1_251],
    [250, 1, 1],
    [333, 500, 333],
    [1, 249, 0],
    [1, 250, 1],
    [1_000_000, 5_000_000, 10_000_000_000],
  ])('%i fen a jin and %i g are %i fen', (perJin, grams, fen) => {
    expect(weighedFen(perJin, grams)).toBe(fen);
  });

  it('have the last word: until then the price is an estimate', () => {
    expect(isEstimate({}, { perJinFen: 250 })).toBe(true);
    expect(isEstimate({ weighed: { grams: 1, fen: 1 } }, { perJinFen: 250 })).toBe(false);
    expect(isEstimate({}, {})).toBe(false);
    expect(isEstimate({}, undefined)).toBe(false);
  });
});

describe('the organiser’s list', () => {
  const door = (name: string, money: Partial<DoorMoney>): DoorMoney => ({
    householdId: name,
    door: name,
    building: '3栋',
    unit: '1',
    floor: 1,
    room: '101',
    state: 'placed',
    totalFen: 100,
    paidFen: 0,
    refundedFen: 0,
    ...money,
  });

  it('begins with who says it paid, then who owes, then who is owed, then who is even, each as they came', () => {
    const doors = [
      door('even', { paidFen: 100 }),
      door('owed', { paidFen: 200 }),
      door('owes', {}),
      door('said', { saidPaid: said(100) }),
      door('owes too', {}),
    ];
    expect(inMoneyOrder(doors).map((one) => one.door)).toEqual(['said', 'owes', 'owes too', 'owed', 'even']);
    // The round was called off before anybody looked whether the money came.
    expect(sectionOf(door('said, then cancelled', { totalFen: 0, saidPaid: said(100) }))).toBe('said');
    expect(sectionOf(door('said, and it came', { saidPaid: said(100), paidFen: 100 }))).toBe('even');
  });
});
