import { describe, expect, it } from 'vitest';
import { addTexts } from '../../../client/i18n/i18n.ts';
import { asideArgs, basketOf } from './basket.ts';
import { changesInWords } from './change-words.ts';
import { claimableLines, readClaim } from './claim-form.ts';
import { dueFen, moneyFacts, moneyStands } from './money-words.ts';
import { groupBuyOrderTexts } from './screen-texts.ts';
import { groupBuyScreenTexts } from '../screen-texts.ts';
import { isChangedLately } from './code-change.ts';
import { similarWords, whyShort } from './short-words.ts';
import { timeOn } from '../../../domain/day.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { CollectionCode, LedgerEntry, Refund } from '../money/schema.ts';
import type { GroupBuy, Order, OrderLine } from '../schema.ts';

addTexts(groupBuyScreenTexts);
addTexts(groupBuyOrderTexts);
const texts = useTexts();
const at = (clock: string) => timeOn('2026-11-22', clock);
const now = at('17:00');

const line = (more: Partial<OrderLine> = {}): OrderLine => ({
  itemId: 'eggs',
  name: '鲜鸡蛋',
  unit: '板',
  quantity: 2,
  priceFen: 3800,
  ifShort: 'drop',
  ...more,
});
const order = (more: Partial<Order> = {}): Order => ({
  id: 'r/h',
  groupBuyId: 'r',
  householdId: 'h',
  buildingId: 'b',
  door: '3-2-501',
  state: 'placed',
  lines: [line()],
  totalFen: 7600,
  revision: '1',
  changedBy: 'd',
  placedAt: at('09:00'),
  changedAt: at('09:00'),
  changes: [],
  ...more,
});
const round = (more: Partial<GroupBuy> = {}) => ({ id: 'r', state: 'open', ...more }) as GroupBuy;

describe('why a line came short', () => {
  const short = { arrived: 20, ordered: 32, households: 26, place: 24, first: false };
  it('says what came, the rule and the own place', () => {
    expect(whyShort(texts, line({ got: 1, short }), { eldersFirst: true })).toBe(
      '来了 20 板，26 户一共要 32 板。先每户 1 板，还有多的再分第二板；长者和要照应的人家先，其余按开团时定好的号抽签。您家第 24 位，分到 1 板。',
    );
  });
  it.each([
    ['nothing for us', line({ got: 0, short }), '这次没有分到。'],
    [
      'first for who is to be looked after',
      line({ got: 1, short: { ...short, first: true } }),
      '您家有长者或要照应的人',
    ],
    ['nothing for anybody', line({ got: 0, short: { ...short, arrived: 0 } }), '这次一份也没来'],
  ])('%s', (_what, one, words) => {
    expect(whyShort(texts, one, undefined)).toContain(words);
  });
  it('is not asked of a line that is whole', () => {
    expect(whyShort(texts, line(), undefined)).toBeUndefined();
  });
  it('goes with what is given in its place', () => {
    const similar = { name: '草鸡蛋', unit: '盒', quantity: 2, priceFen: 1400 };
    expect(similarWords(texts, line({ similar }))).toBe('换成草鸡蛋 2 盒，28.00 元');
  });
});

describe('the history of an order', () => {
  const people = {
    living: new Set(['chen']),
    names: new Map([
      ['chen', '陈雪梅'],
      ['he', '小何'],
    ]),
  };
  const titles = (changes: Order['changes'], more: Partial<Order> = {}) =>
    changesInWords(texts, order({ changes, ...more }), people, now).map(({ title }) => title);
  const change = (personId?: string) => ({ what: 'changed', at: now, totalFen: 1, personId }) as const;

  it('says who did it: of the household, a helper, the organiser from a list', () => {
    expect(titles([change('chen'), change('he'), change()])).toEqual([
      '家里改的',
      '小何（替您办的人）改的',
      '陈雪梅改的',
    ]);
    expect(titles([change('organiser')], { source: 'chain' })).toEqual(['团长照群里的接龙改的']);
  });

  it('shows old and new, the newest first', () => {
    const changes: Order['changes'] = [
      { what: 'placed', at: at('09:00'), totalFen: 3800 },
      {
        what: 'fromQueue',
        at: at('10:30'),
        totalFen: 7600,
        beforeFen: 3800,
        lines: [{ itemId: 'eggs', name: '鲜鸡蛋', unit: '板', before: 1, after: 2 }],
      },
    ];
    expect(changesInWords(texts, order({ changes }), people, now)).toEqual([
      {
        title: '排队排到了，给您留上了',
        when: '今天 10:30',
        lines: ['鲜鸡蛋 1 板 → 2 板'],
        money: '38.00 元 → 76.00 元',
      },
      { title: '家里订的', when: '今天 9:00', lines: [], money: '38.00 元' },
    ]);
  });
});

describe('money', () => {
  const entry = (kind: LedgerEntry['kind'], fen: number, clock: string): LedgerEntry => ({
    id: kind,
    groupBuyId: 'r',
    householdId: 'h',
    kind,
    postings: [
      { account: 'cash', fen },
      { account: 'household:h', fen: -fen },
    ],
    at: at(clock),
    bookedAt: at(clock),
  });

  it('keeps what was said and what was received apart, in the order of time', () => {
    const refund = { id: 'x', fen: 100, state: 'asked', askedAt: at('16:00') } as Refund;
    const facts = moneyFacts(
      texts,
      {
        order: order({ saidPaid: { fen: 7600, at: at('10:00') } }),
        entries: [entry('payment', 7600, '10:20'), entry('refund', -300, '15:00')],
        refunds: [refund, { ...refund, id: 'y', state: 'paid' }],
      },
      now,
    );
    expect(facts.map(({ text }) => text)).toEqual([
      '您家说：一共付了 76.00 元（今天 10:00）',
      '团长说：收到 76.00 元（今天 10:20）',
      '团长说：退给您 3.00 元（今天 15:00）',
      '退款 1.00 元，等第二个人核对（今天 16:00）',
    ]);
  });

  it.each<[string, Partial<Order>, Partial<GroupBuy>, string, number]>([
    ['before the cut-off', {}, { payment: 'before' }, '先付款：要付 76.00 元', 7600],
    ['on delivery, not yet there', {}, {}, '货到付款：76.00 元', 0],
    ['on delivery, on its way', {}, { state: 'handingOut' }, '货到付款：76.00 元', 7600],
    ['more was ordered since', { paidFen: 3800 }, { payment: 'before' }, '还要付 38.00 元', 7600],
    ['said, not seen', { saidPaid: { fen: 7600, at: 1 } }, { payment: 'before' }, '说付了 76.00 元，团长还没点收到', 0],
    ['paid', { paidFen: 7600 }, { payment: 'before' }, '付清了，76.00 元', 0],
    ['owed', { paidFen: 8000 }, {}, '团长要退您 4.00 元', 0],
    ['not come about', { state: 'cancelled', totalFen: 0 }, { state: 'cancelled' }, '没有要付的钱', 0],
  ])('%s', (_what, of, terms, words, due) => {
    expect(moneyStands(texts, order(of), round(terms), false)).toBe(words);
    expect(dueFen(order(of), round(terms))).toBe(due);
  });

  it('is only about so much until the scales have spoken', () => {
    expect(moneyStands(texts, order(), round({ payment: 'before' }), true)).toBe('先付款：要付 约 76.00 元');
  });

  it('says for a week that the code is another one', () => {
    const code = { since: at('00:00'), formerPayee: '周姐' } as CollectionCode;
    expect(isChangedLately(code, code.since + 6 * 86_400_000)).toBe(true);
    expect(isChangedLately(code, code.since + 8 * 86_400_000)).toBe(false);
    expect(isChangedLately({ ...code, formerPayee: undefined }, code.since)).toBe(false);
  });
});

describe('what goes with an order', () => {
  const slots = [
    { id: 's1', kind: 'delivery', from: 1, to: 2 },
    { id: 's2', kind: 'pickUp', from: 1, to: 2 },
  ] as const;
  const none = basketOf(undefined);
  const standing = order({ note: '放门口', slotId: 's1', listedAs: '陈' });

  it('takes the first slot where nothing was chosen yet', () => {
    expect(asideArgs(none, undefined, round({ slots }))).toEqual({ slotId: 's1' });
    expect(asideArgs(none, undefined, round())).toEqual({});
  });
  it('says nothing that the order says already', () => {
    expect(asideArgs({ ...basketOf(standing), note: ' 放门口 ' }, standing, round({ slots }))).toEqual({});
  });
  it('says what is new, and takes away what was emptied', () => {
    const basket = { ...basketOf(standing), note: '', listedAs: '陈雪梅', slotId: 's2' };
    expect(asideArgs(basket, standing, round({ slots }))).toEqual({ note: null, listedAs: '陈雪梅', slotId: 's2' });
  });
  it('chooses no slot for an order that has none, and none that is no longer offered', () => {
    expect(asideArgs(none, order(), round({ slots }))).toEqual({});
    expect(asideArgs({ ...none, slotId: 'gone' }, undefined, round({ slots }))).toEqual({ slotId: 's1' });
  });
});

describe('a claim', () => {
  const lines = claimableLines(order({ lines: [line(), line({ itemId: 'rice', got: 0 })] }), []);
  const form = { id: 'c', itemId: 'eggs', kind: 'spoiled', quantity: 5, text: ' ' } as const;

  it('is of what came', () => {
    expect(lines.map(({ line: one, portions }) => [one.itemId, portions])).toEqual([['eggs', 2]]);
  });
  it('is for no more than came', () => {
    expect(readClaim(form, order(), lines)).toEqual({
      args: { id: 'c', groupBuyId: 'r', householdId: 'h', itemId: 'eggs', kind: 'spoiled', quantity: 2 },
    });
  });
  it('says what is not filled in', () => {
    expect(readClaim({ ...form, itemId: 'rice', kind: '' }, order(), lines)).toEqual({ missing: ['itemId', 'kind'] });
  });
});
