import { expect, test } from 'vitest';
import { misplaced, plantedBugs } from './planted.ts';

test('every planted bug has its place in the source', () => {
  expect(plantedBugs.length).toBeGreaterThanOrEqual(15);
  expect(misplaced(process.cwd())).toEqual([]);
});
