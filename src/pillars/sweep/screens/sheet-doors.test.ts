import { expect, test } from 'vitest';
import { isAnsweredAt, saidHere, sheetOf } from './sheet-doors.ts';
import type { OpenDoor } from '../schema.ts';

const doorOf = (householdId: string): OpenDoor => ({
  householdId,
  building: '1栋',
  position: 1,
  unit: '1',
  floor: 1,
  room: '101',
  door: '1-1-101',
});
const said = (id: string, householdId: string, finding: string, more: object = {}) => ({
  id,
  at: Number(id.slice(1)),
  args: { sweepId: 's', householdId, finding, ...more },
});

test('a volunteer’s own ticks show, what was said in their place too', () => {
  const doors = sheetOf([doorOf('h1'), doorOf('h2'), doorOf('h3')], []);
  const entries = [
    said('a1', 'h1', 'met', { people: 2 }),
    said('a2', 'h2', 'met'),
    said('a3', 'h2', 'nobody', { instead: 'a2' }),
  ];
  const shown = saidHere(doors, entries);
  expect(shown.map(isAnsweredAt)).toEqual([true, false, false]);
  expect(shown.map((door) => door.findings.map((one) => one.finding))).toEqual([['met'], ['met', 'nobody'], []]);
  expect(saidHere(shown, entries)).toEqual(shown);
});
