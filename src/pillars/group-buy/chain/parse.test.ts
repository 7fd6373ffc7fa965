import fc from 'fast-check';
import { pinyin } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { corpusDoors, corpusGoods, corpusPacks } from '../../../../tests/support/chain-corpus.ts';
import { isTooLong, longest } from './split-entries.ts';
import { parseChain } from './parse.ts';
import type { ChainEntry, ChainGood } from './entry.ts';

const syllables = (text: string) => pinyin(text, { toneType: 'none', type: 'array' }).map((one) => one.toUpperCase());
const read = (text: string, goods: readonly ChainGood[] = corpusGoods) =>
  parseChain(text, corpusDoors, goods, syllables);

/** `3-2-501 白菜2 鲜鸡蛋1 / 备注 [疑问]`: an entry as a person would check it. */
function inWords({ householdId, doors, lines, note, doubts }: ChainEntry): string {
  const door = householdId ?? `?${doors.length > 4 ? doors.length : doors.join('|')}`;
  const goods = lines.map(({ itemId, quantity, candidates, doubts: why }) =>
    [itemId ?? `?${candidates.join('|')}`, quantity ?? '?', why.length > 0 ? `(${why.join()})` : ''].join(''),
  );
  return [door, ...goods, note === undefined ? '' : `/ ${note}`, doubts.length > 0 ? `[${doubts.join()}]` : '']
    .filter(Boolean)
    .join(' ');
}

/** What one entry reads as. */
const one = (text: string, goods?: readonly ChainGood[]) => read(text, goods).entries.map(inWords).join(' ; ');

describe('entries that are read without a doubt', () => {
  it.each([
    ['12. 3-2-501 姓名 白菜2 草鸡蛋1盒 备注不要辣', '3-2-501 白菜2 草鸡蛋1 / 不要辣'],
    ['5、3栋2单元501 白菜x2 鲜鸡蛋*1', '3-2-501 白菜2 鲜鸡蛋1'],
    ['3号楼2单元501室 青椒两份，土豆 3斤 一板鲜鸡蛋', '3-2-501 青椒2 土豆3 鲜鸡蛋1'],
    ['1. 3-2-501 王秀兰 白菜2 土豆3', '3-2-501 白菜2 土豆3'],
    ['1.3-2-501 张三 白菜 2', '3-2-501 白菜2'],
    ['１２．３－２－５０１　王　白菜２　土豆３', '3-2-501 白菜2 土豆3'],
    ['①3-2-501 白菜一棵', '3-2-501 白菜1'],
    ['1️⃣3-2-501 白菜2', '3-2-501 白菜2'],
    ['⑫ 3-2-501 白菜2', '3-2-501 白菜2'],
    ['（3）3-2-501 白菜2', '3-2-501 白菜2'],
    ['7 3-2-501 白菜2', '3-2-501 白菜2'],
    ['第12 3-2-501 白菜2', '3-2-501 白菜2'],
    ['2 。3-2-501 白菜3', '3-2-501 白菜3'],
    ['2-3-2-501 白菜3', '3-2-501 白菜3'],
    ['张三：3-2-501 白菜3', '3-2-501 白菜3'],
    ['3-2-501\t白菜\t2', '3-2-501 白菜2'],
    ['三栋二单元五零一 白菜两棵', '3-2-501 白菜2'],
    ['3#2-501 白菜2', '3-2-501 白菜2'],
    ['3#2#501 白菜2', '3-2-501 白菜2'],
    ['3/2/501 白菜2', '3-2-501 白菜2'],
    ['3 2 501 白菜2', '3-2-501 白菜2'],
    ['3.2.501 白菜2', '3-2-501 白菜2'],
    ['3—2—501：白菜2', '3-2-501 白菜2'],
    ['3栋2单元5楼501 白菜2', '3-2-501 白菜2'],
    ['03-2-501 白菜2', '3-2-501 白菜2'],
    ['5栋1203 白菜2', '5-1-1203 白菜2'],
    ['5号楼503室 白菜2', '5-1-503 白菜2'],
    ['玉兰苑2栋1单元201 白菜2', '玉兰苑2-1-201 白菜2'],
    ['a栋1单元302 白菜2', 'A-1-302 白菜2'],
    ['7-2-1203乙 白菜2', '7-2-1203乙 白菜2'],
    ['3-2-501 白菜2土豆3', '3-2-501 白菜2 土豆3'],
    ['3-2-501 白菜×2、土豆×3', '3-2-501 白菜2 土豆3'],
    ['3-2-501 2棵白菜 3斤土豆', '3-2-501 白菜2 土豆3'],
    ['3-2-501 白菜➕2 土豆+3', '3-2-501 白菜2 土豆3'],
    ['3-2-501 白菜(2) 土豆:3', '3-2-501 白菜2 土豆3'],
    ['3-2-501 白菜土豆各两份', '3-2-501 白菜2 土豆2'],
    ['3-2-501 白菜、土豆各1', '3-2-501 白菜1 土豆1'],
    ['3-2-501 大米1袋 五花肉一份 三黄鸡1只', '3-2-501 东北大米1 猪五花肉1 三黄鸡1'],
    ['3-2-501 鲫鱼2份 84消毒液1桶 叶菜1', '3-2-501 鲫鱼(杀好)2 84消毒液1 叶菜组合1'],
    ['3-2-501 消毒液1桶，牛奶1箱', '3-2-501 84消毒液1 纯牛奶1'],
    ['3-2-501 baicai2 tudou3', '3-2-501 白菜2 土豆3'],
    ['3-2-501 niunai 1箱', '3-2-501 纯牛奶1'],
    ['3-2-501 王 A2 B1', '3-2-501 白菜2 土豆1'],
    ['3-2-501 王 a2b1', '3-2-501 白菜2 土豆1'],
    ['3-2-501 我要白菜2，谢谢🙏', '3-2-501 白菜2'],
    ['3-2-501 🥬白菜2 🥚鲜鸡蛋1', '3-2-501 白菜2 鲜鸡蛋1'],
    ['3-2-501 13800138000 白菜2', '3-2-501 白菜2'],
    ['3-2-501 李四 电话：13800138000 白菜2 已付39.8元', '3-2-501 白菜2'],
    ['3-2-501 白菜2 土豆3 共5份', '3-2-501 白菜2 土豆3'],
    ['3-2-501 白菜2 土豆3 共78.5元', '3-2-501 白菜2 土豆3'],
    ['3-2-501 土豆十斤', '3-2-501 土豆10'],
    ['房号：3-2-501 姓名：王秀兰 商品：白菜 数量：2', '3-2-501 白菜2'],
    ['白菜2 土豆3 3-2-501', '3-2-501 白菜2 土豆3'],
    ['3-2-501 @团长 白菜2', '3-2-501 白菜2'],
    ['3-2-501\n白菜2\n土豆3斤\n备注：放门口', '3-2-501 白菜2 土豆3 / 放门口'],
  ])('%s', (text, expected) => {
    expect(one(text)).toBe(expected);
  });
});

describe('doors that are not certain', () => {
  it.each([
    ['6、501 王 A2 B1', '?6 白菜2 土豆1 [whichDoor]'],
    ['501：白菜2', '?6 白菜2 [whichDoor]'],
    ['3号楼501室 青椒两份，土豆 3斤', '?3-1-501|3-2-501 青椒2 土豆3 [whichDoor]'],
    ['3-501 白菜2', '?3-1-501|3-2-501 白菜2 [whichDoor]'],
    ['2单元501 白菜2', '?1-2-501|3-2-501 白菜2 [whichDoor]'],
    ['32501 白菜2', '3-2-501 白菜2 [whichDoor]'],
    ['7-2-1203 白菜2', '?7-2-1203甲|7-2-1203乙 白菜2 [whichDoor]'],
    ['3-2-510 白菜2', '?3-2-501 白菜2 [unknownDoor]'],
    ['9-9-999 白菜2', '? 白菜2 [unknownDoor]'],
    ['3-2-501/3-2-502 白菜2', '?3-2-501|3-2-502 白菜2 [twoDoors]'],
    ['7-2-1204 白菜2', '7-2-1204 白菜2 [vacantDoor]'],
    ['8. 王秀兰 白菜2', '? 白菜2 [noDoor]'],
    ['9. 3栋 王秀兰 白菜2', '? 白菜2 [noDoor]'],
    ['1. 3-2-501 白菜2\n2. 3-2-501 土豆3', '3-2-501 白菜2 [doorTwice] ; 3-2-501 土豆3 [doorTwice]'],
  ])('%s', (text, expected) => {
    expect(one(text)).toBe(expected);
  });
});

describe('goods and counts that are not certain', () => {
  it.each([
    ['12. 3-2-501 姓名 白菜2 鸡蛋1盒 备注不要辣', '3-2-501 白菜2 ?草鸡蛋|鲜鸡蛋1(whichGoods) / 不要辣'],
    ['3-2-501 白菜十棵', '3-2-501 白菜10(overLimit)'],
    ['3-2-501 白菜0', '3-2-501 白菜?(quantity)'],
    ['3-2-501 白菜-1', '3-2-501 白菜?(quantity)'],
    ['3-2-501 白菜1.5', '3-2-501 白菜?(quantity)'],
    ['3-2-501 白菜半棵', '3-2-501 白菜?(quantity)'],
    ['3-2-501 土豆一斤半', '3-2-501 土豆?(quantity)'],
    ['3-2-501 白菜10⁹', '3-2-501 白菜?(quantity)'],
    ['3-2-501 白菜1000000000', '3-2-501 白菜?(quantity)'],
    ['3-2-501 白菜½', '3-2-501 白菜?(quantity)'],
    ['3-2-501 白菜99', '3-2-501 白菜99(overLimit)'],
    ['3-2-501 白菜', '3-2-501 白菜?(noQuantity)'],
    ['3-2-501 鲜鸡蛋1盒', '3-2-501 鲜鸡蛋1(unit)'],
    ['3-2-501 鲜鸡蛋30个', '3-2-501 鲜鸡蛋30(unit,overLimit)'],
    ['3-2-501 鸡蛋2', '3-2-501 ?鲜鸡蛋|草鸡蛋2(whichGoods)'],
    ['3-2-501 白采2', '3-2-501 白菜2(like)'],
    ['3-2-501 百才2', '3-2-501 白菜2(like)'],
    ['3-2-501 bc2', '3-2-501 白菜2(like)'],
    ['3幢2单元501室王阿姨白菜2', '3-2-501 白菜2(like)'],
    ['3-2-501 大白菜2', '3-2-501 白菜2(like)'],
    ['3-2-501 菠萝2', '3-2-501 ?2(unknownGoods)'],
    ['3-2-501 2份菠萝', '3-2-501 ?2(unknownGoods)'],
    ['3-2-501 白菜2颗', '3-2-501 白菜2(unit)'],
    ['3-2-501 大米5斤', '3-2-501 东北大米5(unit,overLimit)'],
    ['3-2-501 白菜2，如果没有就换青椒', '3-2-501 白菜2 / 如果没有就换青椒 [unread]'],
    ['3-2-501 五花肉要肥一点2份', '3-2-501 ?2(unknownGoods)'],
    ['2 。3-2-501 白菜', '3-2-501 白菜?(noQuantity)'],
    ['3-2-501 白菜1 白菜2', '3-2-501 白菜1(twice) 白菜2(twice)'],
    ['3-2-501 白菜 2份鲜鸡蛋', '3-2-501 白菜2(whose) 鲜鸡蛋?(noQuantity)'],
    ['3-2-501 王秀兰', '3-2-501 [noGoods]'],
    ['3-2-501 +1', '3-2-501 ?1(unknownGoods)'],
    ['3-2-501 白菜2 要嫩一点的那种', '3-2-501 白菜2 / 嫩一点的那种 [unread]'],
    ['3-2-501 白菜2 取消', '3-2-501 白菜2 [cancels]'],
    ['3-2-501 不要了', '3-2-501 [cancels,noGoods]'],
    ['3-2-501 白菜2 备注 土豆3', '3-2-501 白菜2 / 土豆3 [unread]'],
    ['3-2-501 三黄鸡', '3-2-501 三黄鸡?(noQuantity)'],
    ['3-2-501 白菜2 7', '3-2-501 白菜2 / 7 [unread]'],
    ['3-2-501 鸡2', '3-2-501 ?鲜鸡蛋|草鸡蛋|三黄鸡2(whichGoods,like)'],
  ])('%s', (text, expected) => {
    expect(one(text)).toBe(expected);
  });

  it('names that end in letters: 蔬菜A, A套餐 and A are 蔬菜套餐A', () => {
    expect(one('3-2-501 蔬菜A2 套餐B1', corpusPacks)).toBe('3-2-501 蔬菜套餐A2 蔬菜套餐B1');
    expect(one('3-2-501 A2 B1 鸡蛋1板', corpusPacks)).toBe('3-2-501 蔬菜套餐A2 蔬菜套餐B1 鲜鸡蛋1');
    expect(one('3-2-501 A套餐一份 蔬菜套餐B两份', corpusPacks)).toBe('3-2-501 蔬菜套餐A1 蔬菜套餐B2');
    expect(one('3-2-501 套餐2', corpusPacks)).toBe('3-2-501 ?蔬菜套餐A|蔬菜套餐B2(whichGoods)');
  });

  it('marks by number where letters would mean two things', () => {
    const goods = [corpusGoods[0]!, ...corpusPacks.map((pack) => ({ ...pack, position: pack.position + 1 }))];
    expect(one('3-2-501 ①2 ②1', goods)).toBe('3-2-501 白菜2 蔬菜套餐A1');
    expect(one('3-2-501 1号2份 3号1份', goods)).toBe('3-2-501 白菜2 蔬菜套餐B1');
    expect(one('3-2-501 白菜②', goods)).toBe('3-2-501 白菜2');
  });

  it('a round of one kind: a bare count is asked about, not taken', () => {
    expect(one('3-2-501 2份', [corpusGoods[0]!])).toBe('3-2-501 白菜2(like)');
  });
});

describe('whole texts', () => {
  it('heading, example and goods with prices are no entries, and are shown', () => {
    const { entries, skipped } = read(
      [
        '#接龙',
        '蔬菜第 7 团 今晚 8 点截止',
        '1. 白菜 3.5元/棵',
        '2. 土豆 2元/斤',
        '例 3-2-501 王 A1 B2',
        '',
        '1. 3-2-501 王秀兰 白菜2',
        '2. 3-1-402 李 土豆3',
        '3. ',
        '4.',
      ].join('\n'),
    );
    expect(entries.map(inWords)).toEqual(['3-2-501 白菜2', '3-1-402 土豆3']);
    expect(entries.map(({ number, line }) => [number, line])).toEqual([
      [1, 7],
      [2, 8],
    ]);
    expect(skipped.map(({ text }) => text)).toEqual([
      '#接龙',
      '蔬菜第 7 团 今晚 8 点截止',
      '1. 白菜 3.5元/棵',
      '2. 土豆 2元/斤',
      '例 3-2-501 王 A1 B2',
    ]);
  });

  it('our own list comes back from the group with what people added below it', () => {
    const ours = ['蔬菜第 7 团', '1. 3栋 王阿姨 白菜 2 棵、土豆 3 斤', '2. 1栋 白菜 1 棵'];
    const link = '在这里订、在这里改：https://yulan.example.cn/buy/1';
    const pasted = [ours[0], ours[1], '蔬菜第 7 团（2/2）', ours[2], link, '3. 3-2-501 白菜2', '4. 3栋 白菜 1 棵'].join(
      '\n',
    );
    const { entries, skipped } = parseChain(pasted, corpusDoors, corpusGoods, syllables, ours);
    expect(entries.map(inWords)).toEqual(['3-2-501 白菜2', '? 白菜1 [noDoor]']);
    expect(skipped).toHaveLength(5);
  });

  it('an entry over several lines, and doors without numbers', () => {
    const { entries } = read('3-2-501 王秀兰\n白菜2\n土豆3\n3-1-402\n鲜鸡蛋1板\r\n1-1-101 白菜1');
    expect(entries.map(inWords)).toEqual(['3-2-501 白菜2 土豆3', '3-1-402 鲜鸡蛋1', '1-1-101 白菜1']);
  });

  it('without a pinyin dictionary Latin letters are only unknown', () => {
    const [entry] = parseChain('3-2-501 baicai2', corpusDoors, corpusGoods).entries;
    expect(inWords(entry!)).toBe('3-2-501 ?2(unknownGoods)');
  });

  it('an entry without an end is shown, not read', () => {
    expect(one(`3-2-501 ${'白菜2 '.repeat(400)}`)).toBe('? [tooLong]');
  });

  it('names of goods that look like patterns do no harm', () => {
    const odd = { id: 'odd', name: '=SUM(A1) [x].*+?', unit: '份', perHousehold: 5, position: 0 };
    expect(one('3-2-501 =SUM(A1) [x].*+? 2', [odd])).toMatch(/^3-2-501/);
  });

  it('what is too long is known at once', () => {
    expect(isTooLong('x'.repeat(longest.signs))).toBe(false);
    expect(isTooLong('x'.repeat(2_000_000))).toBe(true);
    expect(isTooLong('\n'.repeat(longest.lines - 1))).toBe(false);
    expect(isTooLong('\n'.repeat(longest.lines))).toBe(true);
  });
});

describe('whatever is pasted', () => {
  const pieces = fc.constantFrom(
    ...[
      '3-2-501',
      '12.',
      '白菜',
      '鸡蛋',
      '2',
      '-',
      '—',
      '各',
      '两份',
      '①',
      '1️⃣',
      '\n',
      ' ',
      '(',
      '))',
      '备注',
      'A',
      'x',
      '￥',
      '元',
    ],
    ...['取消', '〔', '^', '1000000000', '½', '栋', '单元', '室', '甲', '\u0000', '\ud800', '𠮷', '👨‍👩‍👧', 'á̂', '=', '.*'],
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  );

  it('never throws, and takes no quantity but whole ones', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const entry of read(text).entries) {
          for (const { quantity, doubts, itemId, candidates } of entry.lines) {
            if (quantity !== undefined) expect(Number.isInteger(quantity) && quantity >= 1).toBe(true);
            if (doubts.length === 0) expect([itemId, quantity]).not.toContain(undefined);
            if (itemId !== undefined) expect(candidates).toContain(itemId);
          }
          if (entry.doubts.length === 0) expect(entry.householdId).toBeDefined();
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('every line is an entry, a part of one, a bare number or skipped', () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
        (text) => {
          const { entries, skipped } = read(text);
          const begun = new Set([...entries, ...skipped].map(({ line }) => line));
          expect(begun.size).toBe(entries.length + skipped.length);
        },
      ),
    );
  });

  it('takes time in step with its length: the nastiest lines at full size', () => {
    const nasty = [
      '3-2-501 ',
      '1',
      '一',
      '3-',
      'A',
      '各',
      '(',
      '元1',
      '￥1',
      '备注',
      '白菜',
      '百',
      '3栋2单元',
      ' ',
      '〔1〕',
      '1.',
    ];
    for (const piece of nasty) {
      const whole = piece.repeat(Math.floor(longest.signs / piece.length));
      const lines = `${piece.repeat(Math.ceil(90 / piece.length))}\n`.repeat(longest.lines).slice(0, longest.signs);
      for (const text of [whole, lines]) {
        const began = performance.now();
        read(text);
        expect(performance.now() - began, piece).toBeLessThan(5_000);
      }
    }
  });
});
