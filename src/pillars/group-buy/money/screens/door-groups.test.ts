import { expect, test } from 'vitest';
import { doorGroups, steadyPlaces } from './door-groups.ts';
import type { DoorMoney } from '../money-view.ts';

const door = (householdId: string, paidFen: number): DoorMoney => ({
  householdId,
  door: householdId,
  building: '2栋',
  unit: '1',
  floor: 1,
  room: '1',
  state: 'placed',
  totalFen: 1000,
  paidFen,
  refundedFen: 0,
});
const standing = (groups: ReturnType<typeof doorGroups>) =>
  groups.map(({ name, count, groups: of }) => [
    name,
    count,
    of.flatMap(({ doors }) => doors.map((one) => one.householdId)),
  ]);

test('a door that has paid stays where it was as long as the screen is open', () => {
  const places = steadyPlaces();
  const before = [door('a', 0), door('b', 0), door('c', 0), door('d', 1000)];
  expect(standing(doorGroups(before, places))).toEqual([
    ['owes', 3, ['a', 'b', 'c']],
    ['even', 1, ['d']],
  ]);
  // As the server puts them: who is even last.
  const after = [door('a', 0), door('c', 0), door('b', 1000), door('d', 1000)];
  expect(standing(doorGroups(after, places))).toEqual([
    ['owes', 2, ['a', 'b', 'c']],
    ['even', 1, ['d']],
  ]);
  expect(standing(doorGroups(after))).toEqual([
    ['owes', 2, ['a', 'c']],
    ['even', 2, ['b', 'd']],
  ]);
});
