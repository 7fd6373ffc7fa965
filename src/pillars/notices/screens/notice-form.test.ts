import { expect, test } from 'vitest';
import { DAY_MS } from '../../../domain/day.ts';
import { draftFrom, emptyDraft, toArgs } from './notice-form.ts';
import type { NoticeDraft } from './notice-form.ts';

const now = Date.parse('2026-11-22T00:32:00Z');

function written(changes: Partial<NoticeDraft> = {}): NoticeDraft {
  return { ...emptyDraft('n1'), title: '停水', body: '今晚接水。', ...changes };
}

test('a finished draft becomes a notice for the whole community', () => {
  expect(toArgs(written({ title: ' 停水 ', pinDays: '3' }), now)).toEqual({
    args: {
      id: 'n1',
      title: '停水',
      body: '今晚接水。',
      level: 'ordinary',
      category: 'other',
      scope: 'community',
      needsReceipt: false,
      pinnedUntil: now + 3 * DAY_MS,
      expiresAt: undefined,
      corrects: undefined,
    },
  });
});

test.each([
  ['nothing is written', { title: ' ', body: '' }, ['titleMissing', 'bodyMissing']],
  ['the title is too long', { title: '水'.repeat(81) }, ['titleTooLong']],
  ['the body is too long', { body: '水'.repeat(20_001) }, ['bodyTooLong']],
  ['no building is chosen', { audience: 'building' }, ['buildingMissing']],
  ['no grid is chosen', { audience: 'grid' }, ['gridMissing']],
] as const)('says so when %s', (_, changes, keys) => {
  const result = toArgs(written(changes), now);
  expect('errors' in result ? result.errors.map((error) => error.key) : []).toEqual(keys);
});

test('the longest title and body that are allowed go through', () => {
  expect(toArgs(written({ title: '水'.repeat(80), body: '水'.repeat(20_000) }), now)).toHaveProperty('args');
});

test('a correction begins with what it puts right, for the same people', () => {
  const draft = draftFrom('n2', {
    title: '停水',
    body: '7 点',
    level: 'important',
    category: 'water',
    scope: 'building:b3',
    needsReceipt: true,
  });
  expect(draft).toMatchObject({
    id: 'n2',
    title: '停水',
    audience: 'building',
    buildingId: 'b3',
    grid: '',
    receipt: 'yes',
  });
  expect(toArgs(draft, now, 'n1')).toMatchObject({ args: { scope: 'building:b3', corrects: 'n1' } });
});
