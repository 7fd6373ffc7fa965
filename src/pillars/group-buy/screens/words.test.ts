import { describe, expect, it } from 'vitest';
import { addTexts } from '../../../client/i18n/i18n.ts';
import { groupBuyScreenTexts } from '../screen-texts.ts';
import { groupBuyTexts } from '../texts.ts';
import { linesInWords } from './order-words.ts';
import { progressWords, untilWords } from './progress-words.ts';
import { spokenMoment } from './moments.ts';
import { timeOn } from '../../../domain/day.ts';
import { useReasons } from './use-reasons.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { GroupBuy } from '../schema.ts';

addTexts(groupBuyTexts);
addTexts(groupBuyScreenTexts);
const texts = useTexts();
const at = (day: number, clock: string) => timeOn(`2026-11-${day}`, clock);
const now = at(22, '10:15');

describe('a cut-off as one says it', () => {
  it.each([
    [at(22, '20:00'), '今晚 8 点'],
    [at(22, '12:00'), '今天中午 12 点'],
    [at(22, '12:30'), '今天中午 12 点半'],
    [at(22, '16:15'), '今天下午 4 点 15 分'],
    [at(22, '10:30'), '今天上午 10 点半'],
    [at(23, '00:00'), '今晚 12 点'],
    [at(23, '00:30'), '明天凌晨 0 点半'],
    [at(23, '09:00'), '明天上午 9 点'],
    [at(23, '20:00'), '明晚 8 点'],
    [at(21, '20:00'), '昨晚 8 点'],
    [at(25, '20:00'), '11 月 25 日晚上 8 点'],
  ])('%s is %s', (ms, words) => {
    expect(spokenMoment(texts, ms, now)).toBe(words);
  });
});

describe('a round in words', () => {
  const round: GroupBuy = {
    id: 'r',
    title: '蔬菜第 7 团',
    opensAt: at(22, '08:00'),
    closesAt: at(22, '20:00'),
    minimumPortions: 50,
    state: 'open',
    households: 20,
    portions: 43,
  };
  it.each([
    ['still short', round, '还差 7 份成团', '今晚 8 点前订'],
    ['full', { ...round, portions: 50 }, '已经成团', '今晚 8 点前订'],
    ['without a minimum', { ...round, minimumPortions: undefined }, '已订 43 份', '今晚 8 点前订'],
    ['to come', { ...round, opensAt: at(22, '12:00') }, '还差 7 份成团', '今天中午 12 点开始'],
    ['over', { ...round, closesAt: at(22, '09:00') }, '还差 7 份成团', '今天上午 9 点截止了'],
    ['called off early', { ...round, state: 'cancelled' as const }, '没有成团，已取消', '已截止'],
  ])('%s', (_what, one, progress, until) => {
    expect(progressWords(texts, one)).toBe(progress);
    expect(untilWords(texts, one, now)).toBe(until);
  });
});

describe('an order in words', () => {
  const line = (name: string) => ({ name, unit: '份', quantity: 1 });
  it.each([
    [['鸡蛋'], '鸡蛋 1 份'],
    [['鸡蛋', '土豆', '米'], '鸡蛋 1 份 · 土豆 1 份 · 米 1 份'],
    [['鸡蛋', '土豆', '米', '面'], '鸡蛋 1 份 · 土豆 1 份 等 4 样'],
  ])('%s', (names, words) => {
    expect(linesInWords(texts, names.map(line))).toBe(words);
  });
});

describe('why an order was refused', () => {
  const { reasonOf, adviceOf } = useReasons();
  const details = { itemId: 'rice', name: '东北大米', unit: '袋', asked: 2 };
  it.each([
    [0, '送到时东北大米已经卖完，没有订上。没有扣钱。', '东北大米卖完了。'],
    [1, '送到时东北大米只剩 1 袋，不够 2 袋，没有订上。没有扣钱。', '东北大米只剩 1 袋了。'],
  ])('with %s left', (left, reason, advice) => {
    expect(reasonOf('soldOut', { ...details, left }, 'groupBuy.placeOrder')).toBe(reason);
    expect(adviceOf('soldOut', { ...details, left })).toBe(advice);
  });
});
