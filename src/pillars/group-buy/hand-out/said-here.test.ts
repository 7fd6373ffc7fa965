import { describe, expect, it } from 'vitest';
import { doorsOf, isDoorDone, sortedOut } from './doors.ts';
import { ofRound, saidHere, unsentOf } from './said-here.ts';
import type { Bag } from './schema.ts';
import type { SaidOfBags } from './said-here.ts';

const bag = (householdId: string, room: string, more: Partial<Bag> = {}): Bag => ({
  id: `r/${householdId}`,
  groupBuyId: 'r',
  householdId,
  door: `3-2-${room}`,
  address: { building: '3栋', unit: '2', floor: 5, room },
  contents: [{ name: '青菜', unit: '份', quantity: 1 }],
  ...more,
});
const act = (what: string, at: number, ...householdIds: string[]): SaidOfBags => ({
  name: `groupBuy.${what}`,
  args: { groupBuyId: 'r', householdIds, how: 'pickedUp', what: 'notAtHome' },
  at,
});

describe('what an organiser did with bags on this phone', () => {
  const told = [bag('a', '501'), bag('b', '502')];

  it('is shown on what the server told last, in the order of the taps', () => {
    const said = [
      act('notHandedOut', 1, 'a'),
      act('handOut', 2, 'a'),
      act('handOut', 3, 'b'),
      act('undoHandOut', 4, 'b'),
    ];
    const [a, b] = saidHere(told, said, 'tian');
    expect(a).toMatchObject({ handedOut: { at: 2, how: 'pickedUp', personId: 'tian' } });
    expect([a?.problem, b?.handedOut]).toEqual([undefined, undefined]);
  });

  it('changes nothing where the server knows better, or of doors that are not here', () => {
    const given = [bag('a', '501', { handedOut: { at: 0, how: 'atDoor', personId: 'zhou' } })];
    expect(saidHere(given, [act('handOut', 1, 'a', 'z'), act('notHandedOut', 2, 'a')], 'tian')).toEqual(given);
    expect(saidHere(told, [act('undoHandOut', 1, 'a')], 'tian')).toEqual(told);
  });

  it('is told apart by round, and counted while it has not gone out', () => {
    const entries = [
      { ...act('handOut', 1, 'a', 'b'), state: 'unsent' },
      { ...act('handOut', 2, 'c'), state: 'received' },
      { ...act('takeRun', 3, 'd'), state: 'unsent' },
      { ...act('handOut', 4, 'e'), args: { groupBuyId: 'other', householdIds: ['e'] }, state: 'unsent' },
    ];
    expect([...unsentOf(ofRound(entries, 'r'))]).toEqual(['a', 'b']);
  });
});

describe('a door', () => {
  it('has all bags of its households under one tick; those with nothing in them are none', () => {
    const two = [bag('b', '1203', { door: '7-2-1203乙' }), bag('a', '1203', { door: '7-2-1203甲' })];
    const doors = doorsOf([...two, bag('c', '501', { contents: [] })]);
    expect(doors.map(({ door, bags }) => [door, bags.length])).toEqual([['7-2-1203甲、7-2-1203乙', 2]]);
    expect(isDoorDone(doors[0]!)).toBe(false);
  });

  it('whose household fetches its bag is not carried to', () => {
    const slots = [{ id: 'gate', kind: 'pickUp' as const, from: 0, to: 1 }];
    const sorted = sortedOut({ slots }, [bag('a', '501', { slotId: 'gate' }), bag('b', '502')]);
    expect(sorted.carried.map(({ householdId }) => householdId)).toEqual(['b']);
    expect(sorted.fetched.map(({ householdId }) => householdId)).toEqual(['a']);
  });
});
