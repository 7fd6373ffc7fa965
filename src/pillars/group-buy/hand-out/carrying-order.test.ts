import { describe, expect, it } from 'vitest';
import { byStairway, inCarryingOrder } from './carrying-order.ts';
import type { BagAddress } from '../schema.ts';

const at = (building: string, unit: string, floor: number, room: string): BagAddress => ({
  building,
  unit,
  floor,
  room,
});
const said = ({ building, unit, room }: BagAddress): string => `${building} ${unit} ${room}`;

describe('carrying order', () => {
  it('goes stairway by stairway, the top floor first, and counts as people count', () => {
    const bags = [
      at('10栋', '1', 2, '201'),
      at('2栋', '10', 1, '101'),
      at('2栋', '2', 5, '502'),
      at('2栋', '2', 11, '1101'),
      at('2栋', '2', 5, '501'),
    ];
    expect(bags.sort(inCarryingOrder).map(said)).toEqual([
      '2栋 2 1101',
      '2栋 2 501',
      '2栋 2 502',
      '2栋 10 101',
      '10栋 1 201',
    ]);
  });

  it('knows buildings that have a name and no number', () => {
    const names = [at('12栋', '1', 1, '101'), at('3栋', '乙', 1, '101'), at('3栋', '甲', 1, '101')];
    expect(names.sort(byStairway).map(said)).toEqual(['3栋 甲 101', '3栋 乙 101', '12栋 1 101']);
  });
});
