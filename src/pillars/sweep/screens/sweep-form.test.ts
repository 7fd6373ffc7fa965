import { describe, expect, test } from 'vitest';
import { timeOn } from '../../../domain/day.ts';
import { deadlineOf, readSweep } from './sweep-form.ts';
import type { SweepForm } from './sweep-form.ts';

const now = timeOn('2026-11-22', '08:00');
const texts = { t: (key: string) => key };
const formOf = (changes: Partial<SweepForm> = {}): SweepForm => ({
  id: 's1',
  title: '台风前走访',
  question: '',
  term: '72',
  deadline: '',
  grids: ['一格'],
  ...changes,
});

test('a deadline is so many hours from now, or a time on the community’s clock', () => {
  expect(deadlineOf(formOf(), now)).toBe(timeOn('2026-11-25', '08:00'));
  expect(deadlineOf(formOf({ term: 'own', deadline: '2026-11-23T20:30' }), now)).toBe(timeOn('2026-11-23', '20:30'));
  expect(deadlineOf(formOf({ term: 'own' }), now)).toBeNaN();
});

test('a form that is filled in becomes the args, an empty question none', () => {
  const deadline = timeOn('2026-11-25', '08:00');
  expect(readSweep(texts, formOf(), now, false)).toEqual({
    args: { id: 's1', title: '台风前走访', question: undefined, grids: ['一格'], deadline },
  });
});

describe('what is wrong is said by its field', () => {
  test.each([
    ['no name', { title: '  ' }, false, ['title']],
    ['a name of 41 characters', { title: '长'.repeat(41) }, false, ['title']],
    ['a question too long', { question: '问'.repeat(121) }, false, ['question']],
    ['no grid, where all may not be asked', { grids: [] }, false, ['grids']],
    ['no grid, where all may be asked', { grids: [] }, true, []],
    ['no time of one’s own', { term: 'own' as const }, false, ['deadline']],
    ['a time that has passed', { term: 'own' as const, deadline: '2026-11-22T07:59' }, false, ['deadline']],
    ['several things', { title: '', grids: [], term: 'own' as const }, false, ['title', 'grids', 'deadline']],
  ])('%s', (_, changes: Partial<SweepForm>, mayAll, fields) => {
    const read = readSweep(texts, formOf(changes), now, mayAll);
    expect('errors' in read ? read.errors.map((error) => error.field) : []).toEqual(fields);
  });
});
