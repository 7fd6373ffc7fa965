import { describe, expect, it } from 'vitest';
import { findPersons } from './find-persons.ts';

const people = [
  { id: 'zhou', name: '周桂英', door: '3-2-501' },
  { id: 'tian', name: '田建国', door: '3-1-402' },
  { id: 'tianlin', name: '田琳', door: '13-2-501' },
  { id: 'a', name: '王秀兰', door: '3-2-501甲' },
];
const ids = (typed: string, chosen?: string) => findPersons(people, typed, chosen).map((one) => one.id);

describe('whom somebody types', () => {
  it.each(['3-2-501', '32501', '3栋2单元501', ' 3-2-501室 '])('is found by the door: %s', (typed) => {
    expect(ids(typed)).toEqual(['zhou', 'a', 'tianlin']);
  });

  it('is found by the name', () => {
    expect(ids('田')).toEqual(['tian', 'tianlin']);
    expect(ids('桂英')).toEqual(['zhou']);
  });

  it('is nobody before anything is typed, and who is chosen stays', () => {
    expect(ids('')).toEqual([]);
    expect(ids('', 'tian')).toEqual(['tian']);
    expect(ids('周', 'tian')).toEqual(['tian', 'zhou']);
  });
});
