import { describe, expect, it } from 'vitest';
import { addTexts } from '../../../client/i18n/i18n.ts';
import { groupBuyOrderTexts } from './screen-texts.ts';
import { priceBefore, priceHistory } from './price-history.ts';
import { priceBeforeWords, priceNote } from './price-words.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { GroupBuy, Item, OrderLine } from '../schema.ts';

addTexts(groupBuyOrderTexts);
const texts = useTexts();

const round = (id: string, opensAt: number, state: GroupBuy['state'] = 'settled') =>
  ({ id, opensAt, state }) as GroupBuy;
const item = (groupBuyId: string, priceFen: number, more: Partial<Item> = {}) =>
  ({ id: `${groupBuyId}-item`, groupBuyId, name: '鲜鸡蛋', unit: '板', pieces: 30, priceFen, ...more }) as Item;
const now = round('now', 300, 'open');

/** What is said of the item of now, with one earlier item. */
function said(before: Item, today: Item, earlier = round('before', 100)): string | undefined {
  const history = priceHistory([earlier, now], [before, today]);
  const found = priceBefore(history, today, now);
  return found && priceBeforeWords(texts, found);
}

describe('what the same goods cost last time', () => {
  it.each([
    ['cheaper now', 4000, 3800, '比上团便宜 2 元'],
    ['cheaper by some jiao', 4000, 3850, '比上团便宜 1.50 元'],
    ['the same', 3800, 3800, '和上团一样价'],
    ['dearer now', 3800, 4000, '上团 38.00 元'],
  ])('%s', (_what, before, today, words) => {
    expect(said(item('before', before), item('now', today))).toBe(words);
  });

  it('is found through spaces, width of letters and brackets', () => {
    const before = item('before', 4000, { name: '鲫鱼(杀好)', unit: '条' });
    expect(said(before, item('now', 3800, { name: '鲫鱼（杀好） ', unit: '条' }))).toBe('比上团便宜 2 元');
  });

  it.each([
    ['is other goods', { name: '草鸡蛋' }],
    ['is counted otherwise', { unit: '盒' }],
  ])('is not said of what %s', (_what, more) => {
    expect(said(item('before', 4000, more), item('now', 3800))).toBeUndefined();
  });

  it('of another size is not compared', () => {
    expect(said(item('before', 4000, { pieces: 20 }), item('now', 3800))).toBe('上团 40.00 元（份量不同）');
  });

  it('compares a jin with a jin', () => {
    const weighed = (id: string, perJinFen: number, weightJin: number) =>
      item(id, perJinFen * weightJin, { perJinFen, weightJin });
    expect(said(weighed('before', 900, 2), weighed('now', 850, 3))).toBe('每斤比上团便宜 0.50 元');
  });

  it.each(['draft', 'cancelled'] as const)('is not that of a round that is %s', (state) => {
    expect(said(item('before', 4000), item('now', 3800), round('before', 100, state))).toBeUndefined();
  });

  it('is that of the round before, not of a later or an older one', () => {
    const rounds = [round('old', 50), round('before', 100), now, round('later', 400, 'open')];
    const items = [item('old', 5000), item('before', 4000), item('now', 3800), item('later', 100)];
    expect(priceBefore(priceHistory(rounds, items), items[2]!, now)?.fen).toBe(4000);
  });
});

describe('what a changed price means for a line', () => {
  const line = (priceFen: number) => ({ unit: '板', priceFen }) as OrderLine;
  it.each([
    ['dearer, not grown', 3800, 4000, 3800, '现在 40.00 元一板，您订好的还按 38.00 元'],
    ['dearer, grown', 3800, 4000, 4000, '原来 38.00 元，加订以后这一样都按现在的 40.00 元一板'],
    ['cheaper', 4000, 3800, 3800, '降到 38.00 元一板了，按便宜的算'],
    ['the same', 4000, 4000, 4000, undefined],
  ])('%s', (_what, had, price, next, words) => {
    expect(priceNote(texts, { priceFen: price }, line(had), line(next))).toBe(words);
  });
});
