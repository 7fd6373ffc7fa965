import { describe, expect, it } from 'vitest';
import { nearestTo } from './nearest.ts';

const box = (left: number, top: number) => ({ left, right: left + 28, top, bottom: top + 28 });
const row = [box(0, 0), box(31, 0), box(62, 0)];

describe('the door that a tap means', () => {
  it('is the one it hits', () => {
    expect(nearestTo({ x: 40, y: 10 }, row)).toBe(1);
  });

  it('is the nearest where it hits none', () => {
    expect(nearestTo({ x: 30.5, y: 10 }, row)).toBe(1);
    expect(nearestTo({ x: 29, y: 10 }, row)).toBe(0);
    expect(nearestTo({ x: 70, y: 45 }, row)).toBe(2);
  });

  it('is none far from all', () => {
    expect(nearestTo({ x: 140, y: 10 }, row)).toBeUndefined();
    expect(nearestTo({ x: 10, y: 10 }, [])).toBeUndefined();
  });
});
