import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainKeyOf } from './chain-key.ts';
import { corpusDoors, corpusGoods } from '../../../../tests/support/chain-corpus.ts';
import { findDoor } from './find-door.ts';
import { LONGEST_MESSAGE, entryInWords, messagesOf } from './list-text.ts';
import { parseChain } from './parse.ts';
import { planOrders } from './plan-orders.ts';
import { isDoubtful, settleEntries } from './settle-entries.ts';
import type { DoorStands } from './entry.ts';
import type { EntryEdit } from './settle-entries.ts';

const settled = (text: string, edits: readonly (EntryEdit | undefined)[] = []) => {
  const { entries } = parseChain(text, corpusDoors, corpusGoods);
  const keys = settleEntries(entries, {}, corpusGoods).map(({ key }) => key);
  return settleEntries(entries, Object.fromEntries(keys.map((key, i) => [key, edits[i] ?? {}])), corpusGoods);
};
const plan = (text: string, edits: readonly (EntryEdit | undefined)[] = [], stands?: DoorStands) =>
  planOrders(settled(text, edits), {
    doors: corpusDoors.map((door) => ({ ...door, floor: 1, ...(door.door === '3-2-501' && { order: stands }) })),
  });
const inWords = (orders: ReturnType<typeof plan>) =>
  orders.map(
    ({ door, lines, kind, isReady }) =>
      `${door} ${lines.map((line) => `${line.itemId}${line.quantity}`).join(' ')} ${kind}${isReady ? '' : ' (waits)'}`,
  );
const stood = (lines: [string, number][], more: Partial<DoorStands> = {}): DoorStands => ({
  state: 'placed',
  own: false,
  source: 'chain',
  lines: lines.map(([itemId, quantity]) => ({ itemId, name: itemId, unit: '份', quantity })),
  ...more,
});

describe('settling doubts', () => {
  it('a clear entry needs nobody', () => {
    expect(settled('3-2-501 白菜2').map(({ isSettled }) => isSettled)).toEqual([true]);
    expect(inWords(plan('3-2-501 白菜2'))).toEqual(['3-2-501 白菜2 new']);
  });

  it('a choice answers just the doubt that asked for it', () => {
    expect(inWords(plan('501 白菜2', [{ householdId: '3-2-501' }]))).toEqual(['3-2-501 白菜2 new']);
    expect(settled('501 鸡蛋2', [{ householdId: '3-2-501' }])[0]?.isSettled).toBe(false);
    expect(settled('501 鸡蛋2', [{ householdId: '3-2-501', lines: { 0: { itemId: '草鸡蛋' } } }])[0]?.isSettled).toBe(
      true,
    );
    expect(settled('3-2-501 白菜', [{ lines: { 0: { quantity: 1 } } }])[0]?.isSettled).toBe(true);
  });

  it('saying that it is right needs all of it to be there', () => {
    expect(settled('501 白菜2', [{ checked: true }])[0]?.isSettled).toBe(false);
    expect(settled('3-2-501 白菜2 7', [{ checked: true }])[0]?.isSettled).toBe(true);
    expect(settled('3-2-501 白菜2 7')[0]?.isSettled).toBe(false);
  });

  it('more than a household may have is not right, whoever says so', () => {
    expect(settled('3-2-501 白菜99', [{ checked: true }])[0]?.isSettled).toBe(false);
    expect(settled('3-2-501 白菜99', [{ lines: { 0: { quantity: 98 } } }])[0]?.isSettled).toBe(false);
    expect(settled('3-2-501 白菜99', [{ lines: { 0: { quantity: 5 } } }])[0]?.isSettled).toBe(true);
  });

  it('a line taken away is answered too, and the last one leaves nothing to order', () => {
    expect(inWords(plan('3-2-501 白菜2 菠萝1', [{ lines: { 1: { quantity: 0 } } }]))).toEqual(['3-2-501 白菜2 new']);
    expect(settled('3-2-501 菠萝1', [{ lines: { 0: { quantity: 0 } } }])[0]?.isSettled).toBe(false);
  });

  it('never settles what was read with a doubt by itself', () => {
    const pieces = fc.constantFrom('3-2-501', '501', ' ', '白菜', '鸡蛋', '菠萝', '2', '0', '取消', '7', '\n', '各');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        for (const { entry, isSettled } of settled(parts.join(''))) expect(isSettled).toBe(!isDoubtful(entry));
      }),
    );
  });
});

describe('what would be ordered', () => {
  it('the entries of a door go together, and only once each of them is settled or left out', () => {
    const text = '1. 3-2-501 白菜2\n2. 3-2-501 白菜1 土豆3';
    expect(inWords(plan(text))).toEqual([]);
    expect(inWords(plan(text, [{ checked: true }]))).toEqual(['3-2-501 白菜2 new (waits)']);
    expect(inWords(plan(text, [{ checked: true }, { checked: true }]))).toEqual(['3-2-501 白菜3 土豆3 new']);
    expect(inWords(plan(text, [{ leftOut: true }, { checked: true }]))).toEqual(['3-2-501 白菜1 土豆3 new']);
  });

  it('what the household ordered by itself is not touched', () => {
    expect(inWords(plan('3-2-501 白菜2', [], stood([['土豆', 1]], { own: true, source: null })))).toEqual([
      '3-2-501 白菜2 own (waits)',
    ]);
  });

  it('the same again changes nothing; a changed line amends', () => {
    const [first] = plan('3-2-501 白菜2');
    const stands = stood([['白菜', 2]], { chainKey: first!.chainKey });
    expect(inWords(plan('12、3栋2单元501 白菜x2', [], stands))).toEqual(['3-2-501 白菜2 same (waits)']);
    expect(inWords(plan('3-2-501 白菜3', [], stands))).toEqual(['3-2-501 白菜3 amend']);
  });

  it('what the household took back is not ordered again by the same text', () => {
    const [first] = plan('3-2-501 白菜2');
    const stands = stood([['白菜', 2]], { state: 'cancelled', chainKey: first!.chainKey });
    expect(inWords(plan('3-2-501 白菜2', [], stands))).toEqual(['3-2-501 白菜2 withdrawn (waits)']);
    expect(inWords(plan('3-2-501 白菜3', [], stands))).toEqual(['3-2-501 白菜3 again (waits)']);
    expect(inWords(plan('3-2-501 白菜3', [{ checked: true }], stands))).toEqual(['3-2-501 白菜3 again']);
  });

  it('what was entered by telephone is replaced only where somebody says so', () => {
    const stands = stood([['土豆', 1]], { source: 'phone' });
    expect(inWords(plan('3-2-501 白菜2', [], stands))).toEqual(['3-2-501 白菜2 over (waits)']);
    expect(inWords(plan('3-2-501 白菜2', [{ checked: true }], stands))).toEqual(['3-2-501 白菜2 over']);
    expect(inWords(plan('3-2-501 土豆1', [], stands))).toEqual(['3-2-501 土豆1 same (waits)']);
  });

  it('a key is of what is asked for, not of how it is written', () => {
    const lines = [
      { itemId: 'a', quantity: 2 },
      { itemId: 'b', quantity: 1 },
    ];
    const key = chainKeyOf({ householdId: 'h', lines });
    expect(chainKeyOf({ householdId: 'h', lines: [...lines].reverse() })).toBe(key);
    const others = [
      chainKeyOf({ householdId: 'h2', lines }),
      chainKeyOf({ householdId: 'h', lines, note: '不要辣' }),
      chainKeyOf({ householdId: 'h', lines: lines.slice(1) }),
    ];
    expect(new Set([key, ...others]).size).toBe(4);
    expect(key.length).toBeLessThanOrEqual(120);
  });
});

describe('the list as text', () => {
  const entry = (number: number) => ({
    number,
    building: '3栋',
    portions: 2,
    goods: [{ name: '白菜', unit: '棵', quantity: 2 }],
  });
  const part = (number: number, of: number) => `（${number}/${of}）`;

  it('says number, building and goods, a name only where one is given', () => {
    expect(entryInWords(entry(12))).toBe('12. 3栋 白菜 2 棵');
    expect(entryInWords({ ...entry(1), name: '王阿姨' })).toBe('1. 3栋 王阿姨 白菜 2 棵');
  });

  it('headline first, link last; cut between entries where it is long', () => {
    const lines = Array.from({ length: 400 }, (_, i) => entryInWords(entry(i + 1)));
    const messages = messagesOf(['蔬菜团', '今晚 8 点截止'], lines, '链接', part);
    expect(messages.length).toBeGreaterThan(2);
    expect(messages.every((message) => message.length <= LONGEST_MESSAGE)).toBe(true);
    expect(messages[0]).toMatch(/^蔬菜团（1\/\d）\n今晚 8 点截止\n1\. /u);
    expect(messages.at(-1)).toMatch(/\n链接$/u);
    expect(messages.flatMap((message) => message.split('\n')).filter((line) => /^\d+\./u.test(line))).toEqual(lines);
    expect(messagesOf(['蔬菜团'], lines.slice(0, 2), '链接', part)).toEqual([
      '蔬菜团\n1. 3栋 白菜 2 棵\n2. 3栋 白菜 2 棵\n链接',
    ]);
  });
});

describe('finding a door by typing', () => {
  it.each([
    ['3-2-501', '3-2-501'],
    ['32501', '3-2-501'],
    ['3栋2单元501', '3-2-501'],
    ['1203甲', '7-2-1203甲'],
  ])('%s', (typed, door) => {
    expect(findDoor(corpusDoors, typed)[0]?.door).toBe(door);
  });
  it('nothing before anything is typed', () => {
    expect(findDoor(corpusDoors, ' ')).toEqual([]);
  });
});
