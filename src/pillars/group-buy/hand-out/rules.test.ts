import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../domain/day.ts';
import { bagOf } from './bag-of.ts';
import {
  canUndo,
  demandFree,
  demandHandingOut,
  handOver,
  isCarried,
  leave,
  mayHandOut,
  recounted,
  undo,
} from './rules.ts';
import { runsOf } from './runs.ts';
import type { Actor, HeldRole } from '../../../domain/actor.ts';
import type { Bag, HandOutRun } from './schema.ts';
import type { GroupBuy, HandedOut, Order, OrderLine } from '../schema.ts';

const NOON = Date.UTC(2026, 10, 22, 4);
const round: GroupBuy = {
  id: 'r',
  title: '蔬菜第 7 团',
  opensAt: 0,
  closesAt: 1,
  state: 'handingOut',
  households: 1,
  portions: 1,
  slots: [
    { id: 'gate', kind: 'pickUp', from: 1, to: 2, place: '北门' },
    { id: 'evening', kind: 'delivery', from: 1, to: 2 },
  ],
};
const run: HandOutRun = { id: 'r/3栋/2', groupBuyId: 'r', building: '3栋', unit: '2', position: 0, doors: 2, done: 1 };
const greens: OrderLine = { itemId: 'i', name: '青菜', unit: '份', quantity: 2, priceFen: 500, ifShort: 'drop' };
const address = { building: '3栋', unit: '2', floor: 5, room: '501' };

function order(householdId: string, changes: Partial<Order> = {}): Order {
  return {
    id: `r/${householdId}`,
    groupBuyId: 'r',
    householdId,
    buildingId: 'b',
    door: `3-2-${householdId}`,
    state: 'placed',
    lines: [greens],
    totalFen: 1000,
    revision: 'm',
    changedBy: 'd',
    placedAt: 0,
    changedAt: 0,
    changes: [],
    bag: { ...address, room: householdId },
    ...changes,
  };
}
const bag = (householdId: string, changes: Partial<Bag> = {}): Bag => ({
  ...bagOf(order(householdId), { ...address, room: householdId }),
  ...changes,
});
const by = (personId: string, at = NOON): HandedOut => ({ at, how: 'atDoor', personId, name: personId });
const actor = (personId: string | undefined, ...roles: HeldRole[]): Actor => ({
  kind: 'device',
  communityId: 'c',
  deviceId: 'd',
  personId,
  households: [],
  roles,
  grants: [{ householdId: '501', powers: ['order'], until: NOON + 1 }],
});

describe('who says what became of a bag', () => {
  const mine = { ...run, personId: 'zhou', personName: '周敏' };
  it.each([
    ['a volunteer on the own stairway', actor('zhou', { kind: 'volunteer' }), mine, true],
    ['a volunteer on one that is free', actor('zhou', { kind: 'volunteer' }), run, false],
    ["a volunteer on somebody else's", actor('he', { kind: 'volunteer' }), mine, false],
    ['who was a volunteer until yesterday', actor('zhou', { kind: 'volunteer', until: NOON }), mine, false],
    ['the same person on a phone of the family', actor('zhou'), mine, false],
    ['a volunteer where nothing is carried', actor('zhou', { kind: 'volunteer' }), undefined, false],
    ['an organiser anywhere', actor('tian', { kind: 'organiser' }), undefined, true],
    ['a helper who may order for the household', actor('helper'), mine, false],
  ])('%s: %o', (_, who, where, may) => {
    expect(mayHandOut(who, where, NOON)).toBe(may);
  });

  it('takes a stairway that is free, or the own again, while there is something to carry', () => {
    const zhou = actor('zhou', { kind: 'volunteer' });
    expect(() => demandFree(run, round, zhou)).not.toThrow();
    expect(() => demandFree(mine, round, zhou)).not.toThrow();
    expect(() => demandFree(mine, round, actor('he'))).toThrow('alreadyClaimed');
    expect(() => demandFree({ ...run, ended: true }, round, zhou)).toThrow('wrongStep');
    expect(() => demandFree(run, { ...round, state: 'settled' }, zhou)).toThrow('wrongStep');
  });

  it('counts what was done before the round was settled, and nothing after it', () => {
    const settled: GroupBuy = { ...round, state: 'settled', steps: [{ state: 'settled', at: NOON }] };
    expect(() => demandHandingOut(settled, NOON - 1)).not.toThrow();
    expect(() => demandHandingOut(settled, NOON)).toThrow('wrongStep');
    expect(() => demandHandingOut({ ...round, state: 'arrived' }, NOON)).toThrow('wrongStep');
  });
});

describe('what became of a bag', () => {
  it('is handed over once: the first tap of a person stands, of two people the first', () => {
    const [handed] = handOver([bag('501')], by('zhou'));
    expect(handed).toMatchObject({ handedOut: { at: NOON, personId: 'zhou' } });
    expect(handOver([handed!], by('zhou', NOON + 1))).toEqual([]);
    expect(() => handOver([handed!], by('tian', NOON + 1))).toThrow('alreadyAnswered');
    expect(handOver([handed!, bag('502')], by('tian')).map((one) => one.householdId)).toEqual(['502']);
  });

  it('stays open with what hinders it, until it is handed over', () => {
    const [left] = leave([bag('501')], { what: 'missingPiece', at: NOON, text: '少一把葱' });
    expect(left?.handedOut).toBeUndefined();
    const [handed] = handOver([left!], by('zhou', NOON + 1));
    expect([handed?.problem, handed?.handedOut?.at]).toEqual([undefined, NOON + 1]);
    expect(() => leave([handed!], { what: 'wrongBag', at: NOON })).toThrow('alreadyAnswered');
  });

  it.each([
    [0, true],
    [10 * MINUTE_MS, true],
    [10 * MINUTE_MS + 1, false],
  ])('can be taken back %i ms later: %o', (later, may) => {
    const handed = bag('501', { handedOut: by('zhou') });
    const hindered = bag('501', { problem: { what: 'notAtHome', at: NOON } });
    expect(canUndo(handed, NOON + later)).toBe(may);
    for (const one of [handed, hindered]) {
      const taking = () => undo([one], NOON + later, (who) => who === 'zhou');
      if (may) expect(taking()[0]).toMatchObject({ handedOut: undefined, problem: undefined });
      else expect(taking).toThrow('tooLate');
    }
  });

  it('is taken back by whoever said it, and only where something was said', () => {
    const handed = bag('501', { handedOut: by('zhou') });
    expect(() => undo([handed], NOON, (who) => who === 'he')).toThrow('wrongStep');
    expect(() => undo([bag('501')], NOON, () => true)).toThrow('wrongStep');
    expect(canUndo(bag('501'), NOON)).toBe(false);
  });
});

describe('the stairways of a round', () => {
  it('are those to which something is brought, in carrying order', () => {
    const at = (building: string, unit: string) => ({ bag: { ...address, building, unit } });
    const runs = runsOf(round, [
      order('101', at('10栋', '1')),
      order('102', at('3栋', '2')),
      order('103', { ...at('3栋', '2'), slotId: 'evening' }),
      order('104', { ...at('3栋', '1'), slotId: 'gate' }),
      order('105', { ...at('3栋', '1'), lines: [{ ...greens, got: 0 }] }),
      order('106', { ...at('3栋', '1'), state: 'cancelled' }),
      order('107', { bag: undefined }),
    ]);
    expect(runs.map(({ id, doors, done, position }) => [id, doors, done, position])).toEqual([
      ['r/3栋/2', 2, 0, 0],
      ['r/10栋/1', 1, 0, 1],
    ]);
  });

  it('count what is handed over, and never beyond their doors', () => {
    const handed = bag('501', { handedOut: by('zhou') });
    expect(recounted(run, [bag('501')], [handed]).done).toBe(2);
    expect(recounted(run, [handed], [bag('501')]).done).toBe(0);
    expect(recounted({ ...run, done: 2 }, [bag('501')], [handed]).done).toBe(2);
  });

  it('carry what is given in place of what came short', () => {
    const similar = { name: '小白菜', unit: '份', quantity: 1, priceFen: 400 };
    const lines = [{ ...greens, got: 0, similar }];
    expect(bagOf(order('501', { lines }), address).contents).toEqual([{ name: '小白菜', unit: '份', quantity: 1 }]);
    expect(isCarried(round, bagOf(order('501', { lines }), address))).toBe(true);
  });
});
