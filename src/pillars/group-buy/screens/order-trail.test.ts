import { describe, expect, it } from 'vitest';
import { addTexts } from '../../../client/i18n/i18n.ts';
import { groupBuyOrderTexts } from './screen-texts.ts';
import { timeOn } from '../../../domain/day.ts';
import { trailOf } from './order-trail.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { GroupBuy, Order, RoundState } from '../schema.ts';

addTexts(groupBuyOrderTexts);
const texts = useTexts();
const at = (day: number, clock: string) => timeOn(`2026-11-${day}`, clock);
const now = at(23, '17:00');

const steps: readonly { state: RoundState; at: number }[] = [
  { state: 'open', at: at(22, '08:00') },
  { state: 'closed', at: at(22, '20:00') },
  { state: 'ordered', at: at(22, '20:30') },
  { state: 'arrived', at: at(23, '14:00') },
  { state: 'handingOut', at: at(23, '15:00') },
  { state: 'settled', at: at(23, '16:50') },
];
const round = (state: RoundState, more: Partial<GroupBuy> = {}): GroupBuy => ({
  id: 'r',
  title: '蔬菜第 7 团',
  opensAt: at(22, '08:00'),
  closesAt: state === 'open' ? at(23, '20:00') : at(22, '20:00'),
  state,
  households: 1,
  portions: 1,
  steps: steps.slice(0, 1 + steps.findIndex((step) => step.state === state)),
  ...more,
});
const order = (more: Partial<Order> = {}): Order => ({
  id: 'r/h',
  groupBuyId: 'r',
  householdId: 'h',
  buildingId: 'b',
  door: '3-2-501',
  state: 'placed',
  lines: [{ itemId: 'i', name: '鲜鸡蛋', unit: '板', quantity: 1, priceFen: 7780, ifShort: 'drop' }],
  totalFen: 7780,
  revision: '1',
  changedBy: 'd',
  placedAt: at(22, '09:15'),
  changedAt: at(22, '10:00'),
  changes: [],
  ...more,
});

/** `✓ text sub`, `→ …` where it stands, `… …` what comes. */
function told(one: Order, of: GroupBuy, unsent = false): string[] {
  const marks = { done: '✓', now: '→', next: '…' };
  return trailOf(texts, one, of, { unsent, now }).map(({ state, text, sub }) =>
    [marks[state], text, sub].join(' ').trim(),
  );
}

describe('the way of an order', () => {
  it('begins unsent', () => {
    expect(told(order(), round('open'), true).slice(0, 2)).toEqual(['→ 记下了 还没发出', '… 等截止，之前都能改 20:00']);
  });

  it.each<[RoundState, string[]]>([
    ['open', ['✓ 订上了 昨天 9:15', '→ 等截止，之前都能改 20:00', '… 团长下单', '… 货到', '… 送到门口', '… 结清']],
    [
      'closed',
      ['✓ 订上了 昨天 9:15', '→ 截止了，等团长下单 昨天 20:00', '… 团长下单', '… 货到', '… 送到门口', '… 结清'],
    ],
    ['ordered', ['✓ 订上了 昨天 9:15', '→ 团长下单了，等货到 昨天 20:30', '… 货到', '… 送到门口', '… 结清']],
    ['arrived', ['✓ 订上了 昨天 9:15', '✓ 团长下单了 昨天 20:30', '→ 货到了，在分 14:00', '… 送到门口', '… 结清']],
    ['handingOut', ['✓ 订上了 昨天 9:15', '✓ 团长下单了 昨天 20:30', '✓ 货到了 14:00', '→ 楼道里在送', '… 结清']],
  ])('while the round is %s', (state, lines) => {
    expect(told(order(), round(state))).toEqual(lines);
  });

  it('is closed by the time, though nobody has said so yet', () => {
    expect(told(order(), { ...round('open'), closesAt: at(23, '16:00') })[1]).toBe('→ 截止了，等团长下单 16:00');
  });

  const handedOut = { at: at(23, '16:12'), how: 'inPerson', name: '小何' } as const;
  it.each<[string, Partial<Order>, RoundState, string[]]>([
    ['handed over, not paid', { handedOut }, 'handingOut', ['✓ 送到了 16:12 小何', '→ 还要付 77.80 元']],
    ['handed over and paid', { handedOut, paidFen: 7780 }, 'handingOut', ['✓ 送到了 16:12 小何', '✓ 钱两清']],
    ['settled', { handedOut, paidFen: 7780 }, 'settled', ['✓ 送到了 16:12 小何', '✓ 结清了']],
    ['settled, owed', { handedOut, paidFen: 8000 }, 'settled', ['✓ 送到了 16:12 小何', '→ 团长会退您 2.20 元']],
    ['settled, hand-over not noted', { paidFen: 7780 }, 'settled', ['✓ 没有记下是几时交到的', '✓ 结清了']],
    [
      'nothing came',
      { totalFen: 0, lines: [{ ...order().lines[0]!, got: 0 }] },
      'handingOut',
      ['✓ 订的这次都没来，没有要送的', '… 结清'],
    ],
    [
      'nobody at home',
      { handOutProblem: { what: 'notAtHome', at: at(23, '16:05') } },
      'handingOut',
      ['→ 送来时没人应门，会再送；也可以打电话给团长约时间 16:05', '… 结清'],
    ],
  ])('%s', (_what, more, state, lines) => {
    expect(told(order(more), round(state)).slice(-2)).toEqual(lines);
  });

  it('of what is fetched says where and when', () => {
    const slots = [{ id: 's', kind: 'pickUp', from: at(23, '17:00'), to: at(23, '19:00'), place: '东门岗亭' }] as const;
    expect(told(order({ slotId: 's' }), round('handingOut', { slots }))[3]).toBe(
      '→ 可以去拿了 东门岗亭，今天 17:00 到 19:00',
    );
  });

  const cancelled = (reason: string) =>
    round('cancelled', { cancelReason: reason, steps: [{ state: 'cancelled', at: at(22, '20:00') }] });
  it.each<[string, Partial<Order>, GroupBuy, string[]]>([
    [
      'not reached, paid',
      { state: 'cancelled', totalFen: 0, paidFen: 7780 },
      cancelled('notReached'),
      ['✓ 没有成团 昨天 20:00', '→ 团长会退您 77.80 元'],
    ],
    [
      'not reached, paid back',
      { state: 'cancelled', totalFen: 0, paidFen: 7780, refundedFen: 7780 },
      cancelled('notReached'),
      ['✓ 没有成团 昨天 20:00', '✓ 退了您 77.80 元'],
    ],
    [
      'called off, paid as the household says, not received',
      { state: 'cancelled', totalFen: 0, saidPaid: { fen: 7780, at: at(22, '10:00') } },
      cancelled('供货的不来了'),
      ['✓ 这一团取消了：供货的不来了 昨天 20:00', '→ 您家说付了 77.80 元，团长还没点收到。真付了，请打电话给团长'],
    ],
    [
      'called off, nothing paid',
      { state: 'cancelled', totalFen: 0 },
      cancelled('供货的不来了'),
      ['✓ 这一团取消了：供货的不来了 昨天 20:00', '✓ 没有付过钱，不用退'],
    ],
    [
      'taken back by the household',
      { state: 'cancelled', totalFen: 0 },
      round('open'),
      ['✓ 您家取消了 昨天 10:00', '✓ 没有付过钱，不用退'],
    ],
  ])('%s', (_what, more, of, lines) => {
    expect(told(order(more), of).slice(-2)).toEqual(lines);
  });

  it('says who entered it', () => {
    expect(told(order({ source: 'chain' }), round('open'))[0]).toBe('✓ 团长照群里的接龙订上了 昨天 9:15');
  });
});
