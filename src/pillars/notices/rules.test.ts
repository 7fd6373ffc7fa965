import { describe, expect, test } from 'vitest';
import { DAY_MS, timeOn } from '../../domain/day.ts';
import { plainText, searchWords, searchable } from './plain-text.ts';
import {
  awaitingReceipt,
  concerns,
  isCurrent,
  isPinned,
  isUrgentNow,
  loudest,
  mayAcknowledgeFor,
  mayPublish,
  monthOf,
  recentMonths,
  sortForReading,
} from './rules.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Notice } from './schema.ts';

const now = timeOn('2026-11-22', '08:32');

function noticeOf(changes: Partial<Notice>): Notice {
  const publishedAt = changes.publishedAt ?? now;
  return {
    id: 'n1',
    title: '明天上午停水',
    body: '今晚接一桶水。',
    level: 'ordinary',
    category: 'water',
    scope: 'community',
    needsReceipt: false,
    publishedAt,
    month: monthOf(publishedAt),
    issuer: '湖畔小区',
    version: 1,
    ...changes,
  };
}

function actorOf(changes: Partial<Actor>): Actor {
  return { kind: 'device', communityId: 'c', deviceId: 'd', households: [], roles: [], grants: [], ...changes };
}

describe('a notice holds', () => {
  test.each([
    ['with no end', {}, true],
    ['before its end', { expiresAt: now + 1 }, true],
    ['not at its end', { expiresAt: now }, false],
    ['not once withdrawn', { withdrawnAt: now - 1 }, false],
    ['not once it was put right', { correctedBy: 'n2' }, false],
    ['with the columns it lacks as nulls', { expiresAt: null, withdrawnAt: null, correctedBy: null }, true],
  ])('%s', (_, changes: Partial<Notice>, expected) => {
    expect(isCurrent(noticeOf(changes), now)).toBe(expected);
  });
});

describe('a notice is pinned', () => {
  test.each([
    ['until the time its writer set', { pinnedUntil: now + 1 }, true],
    ['no longer at that time', { pinnedUntil: now }, false],
    ['not without a pin', {}, false],
    ['not when it no longer holds', { pinnedUntil: now + DAY_MS, withdrawnAt: now }, false],
    ['four weeks at most', { pinnedUntil: now + DAY_MS, publishedAt: now - 28 * DAY_MS }, false],
    ['to the last moment of the four weeks', { pinnedUntil: now + DAY_MS, publishedAt: now - 28 * DAY_MS + 1 }, true],
  ])('%s', (_, changes: Partial<Notice>, expected) => {
    expect(isPinned(noticeOf(changes), now)).toBe(expected);
  });
});

test('urgent news is urgent for a week', () => {
  expect(isUrgentNow(noticeOf({ level: 'urgent', publishedAt: now - 7 * DAY_MS + 1 }), now)).toBe(true);
  expect(isUrgentNow(noticeOf({ level: 'urgent', publishedAt: now - 7 * DAY_MS }), now)).toBe(false);
  expect(isUrgentNow(noticeOf({ level: 'important' }), now)).toBe(false);
});

test('people read what is urgent first, then what is pinned, then the newest', () => {
  const old = noticeOf({ id: 'old', publishedAt: now - 3 * DAY_MS });
  const fresh = noticeOf({ id: 'fresh', publishedAt: now - 1 });
  const pinned = noticeOf({ id: 'pinned', publishedAt: now - 9 * DAY_MS, pinnedUntil: now + 1 });
  const urgent = noticeOf({ id: 'urgent', level: 'urgent', publishedAt: now - 2 * DAY_MS });
  const over = noticeOf({ id: 'over', level: 'urgent', publishedAt: now - 4 * DAY_MS, expiresAt: now });
  const order = sortForReading([old, over, pinned, fresh, urgent], now).map((notice) => notice.id);
  expect(order).toEqual(['urgent', 'pinned', 'fresh', 'old', 'over']);
});

describe('a notice concerns a household', () => {
  const home = { buildingId: 'b3', grid: '一格' };
  test.each([
    ['public', true],
    ['community', true],
    ['grid:一格', true],
    ['grid:二格', false],
    ['building:b3', true],
    ['building:b33', false],
  ])('with the scope %s: %s', (scope, expected) => {
    expect(concerns({ scope }, home)).toBe(expected);
  });
});

describe('who may publish', () => {
  const worker = actorOf({ roles: [{ kind: 'gridWorker', grid: '一格' }] });
  const former = actorOf({ roles: [{ kind: 'gridWorker', grid: '一格', until: now }] });
  const secretary = actorOf({ roles: [{ kind: 'secretary' }] });
  const volunteer = actorOf({ roles: [{ kind: 'volunteer' }] });
  test.each([
    ['a grid worker, to the community', worker, 'community', true],
    ['a grid worker, to the own grid', worker, 'grid:一格', true],
    ['a grid worker, not to another grid', worker, 'grid:二格', false],
    ['a grid worker, to a building', worker, 'building:b3', true],
    ['not a grid worker whose duty has ended', former, 'community', false],
    ['the secretary, to any grid', secretary, 'grid:二格', true],
    ['not a volunteer', volunteer, 'community', false],
    ['not a resident', actorOf({ households: ['h1'] }), 'public', false],
  ])('%s', (_, actor, scope, expected) => {
    expect(mayPublish(actor, scope, now)).toBe(expected);
  });
});

test('only a device of the household takes note for it', () => {
  expect(mayAcknowledgeFor(actorOf({ households: ['h1'] }), 'h1')).toBe(true);
  expect(mayAcknowledgeFor(actorOf({ households: ['h2'] }), 'h1')).toBe(false);
  expect(mayAcknowledgeFor(actorOf({ roles: [{ kind: 'secretary' }] }), 'h1')).toBe(false);
});

test('what awaits a receipt holds, asks for one and has none', () => {
  const asked = noticeOf({ id: 'asked', needsReceipt: true });
  const noted = noticeOf({ id: 'noted', needsReceipt: true });
  const over = noticeOf({ id: 'over', needsReceipt: true, expiresAt: now });
  const plain = noticeOf({ id: 'plain' });
  const waiting = awaitingReceipt([asked, noted, over, plain], [{ noticeId: 'noted' }], now);
  expect(waiting.map((notice) => notice.id)).toEqual(['asked']);
});

describe('the months that the first screen reads', () => {
  test.each([
    ['2026-11-22', ['2026-11', '2026-10']],
    ['2026-03-31', ['2026-03', '2026-02']],
    ['2026-01-01', ['2026-01', '2025-12']],
  ])('on %s', (day, expected) => {
    expect(recentMonths(timeOn(day))).toEqual(expected);
  });

  test('hold everything that can be pinned, whatever the month', () => {
    for (let publishedAt = timeOn('2026-01-01'); publishedAt < timeOn('2028-03-01'); publishedAt += DAY_MS) {
      const lastPinned = publishedAt + 28 * DAY_MS - 1;
      expect(recentMonths(lastPinned)).toContain(monthOf(publishedAt));
    }
  });
});

test.each([
  [[], undefined],
  [['ordinary'], 'ordinary'],
  [['ordinary', 'important'], 'important'],
  [['important', 'urgent', 'ordinary'], 'urgent'],
] as const)('the loudest of %j is %s', (levels, expected) => {
  expect(loudest(levels.map((level) => ({ level })))).toBe(expected);
});

describe('plain text', () => {
  test.each([
    ['paragraphs stay apart', '第一段。\n\n\n第二段。', '第一段。\n\n第二段。'],
    ['headings lose their marks', '## 时间\n明天', '时间\n明天'],
    ['emphasis loses its marks', '**8 点**到 *10 点*，~~7 点~~', '8 点到 10 点，7 点'],
    ['lists keep a dot', '- 水桶\n- 电筒', '· 水桶\n· 电筒'],
    ['numbered lists stay', '1. 关阀\n2. 接水', '1. 关阀\n2. 接水'],
    ['links keep their words', '见[地图](https://example.org/a)', '见地图'],
    ['quotes lose their marks', '> 有人说停水三天', '有人说停水三天'],
    ['tables become lines', '| 楼 | 时间 |\n|---|---|\n| 1 栋 | 8 点 |', '楼 时间\n1 栋 8 点'],
    ['rules go', '上\n\n---\n\n下', '上\n\n下'],
    ['a lone star stays', '3 * 4 = 12', '3 * 4 = 12'],
    ['an escaped mark stays as itself', '\\*不是强调\\*', '*不是强调*'],
  ])('%s', (_, markdown, expected) => {
    expect(plainText(markdown)).toBe(expected);
  });
});

describe('search', () => {
  test.each([
    ['full-width letters and digits', 'Ｗ１２栋', 'w12栋'],
    ['spaces between Chinese and digits', '明天 8 点', '明天8点'],
    ['marks inside words', '明天**8 点**', '明天8点'],
  ])('reads past %s', (_, text, expected) => {
    expect(searchable(text)).toBe(expected);
  });

  test('takes each word that was typed', () => {
    expect(searchWords(' 停水　8点 ')).toEqual(['停水', '8点']);
    expect(searchWords('  ')).toEqual([]);
  });
});
