import { NUMERAL_SIGNS, numberInWords } from './numerals.ts';
import { UNIT_PATTERN } from './units.ts';
import type { GoodsNames, Named } from './goods-names.ts';

/** A piece of an entry. `from` and `to` are its places in the text. */
export type Token = { readonly from: number; readonly to: number; readonly text: string } & (
  | { readonly kind: 'goods'; readonly named: Named }
  | { readonly kind: 'word' }
  /** `value` as written, also where it is no quantity: 0, -1, 1.5, 10⁹ (undefined). */
  | { readonly kind: 'number'; readonly value: number | undefined; readonly unit?: string }
  /** ① and its like. */
  | { readonly kind: 'mark'; readonly value: number }
  /** 各: what follows counts for each of those before. */
  | { readonly kind: 'each' }
);

const GAP = /[\s,、;。.·|/:!?"'“”‘’~…()[\]【】「」《》<>_#&^%$=+*\-〕]/u;
const MARK = /〔([0-9]{1,2})〕|([0-9]{1,2})号/uy;
const NUMBER = new RegExp(
  `(?:([*X+]|-(?=[0-9]))\\s?)?([0-9]+(?:\\.[0-9]+)?(?:\\^[0-9])*(?:⁄[0-9]+)?)\\s?(${UNIT_PATTERN})?(半)?`,
  'uy',
);
const COUNTED = new RegExp(`([${NUMERAL_SIGNS}]{1,4})(${UNIT_PATTERN})(半)?`, 'uy');
const LAST = new RegExp(`[*X]?([${NUMERAL_SIGNS}]{1,4})(?=$|[\\s,、;。)])`, 'uy');

/** Words around the goods that say nothing about them. Longer ones first: they are taken away as they stand. */
export const FILLERS: readonly string[] = [
  ...['已付款', '我家要', '我想要', '帮我订', '辛苦了', '麻烦了', '谢谢啦', '门牌号', '收货人', '谢谢您', '谢谢你'],
  ...[
    '谢谢',
    '多谢',
    '感谢',
    '辛苦',
    '麻烦',
    '已付',
    '已转',
    '付了',
    '姓名',
    '房号',
    '门牌',
    '地址',
    '楼栋',
    '商品',
    '数量',
    '电话',
  ],
  ...[
    '手机',
    '联系',
    '号码',
    '接龙',
    '一共',
    '合计',
    '总计',
    '总共',
    '我要',
    '帮我',
    '给我',
    '还要',
    '再要',
    '再来',
    '还有',
    '以及',
  ],
  ...[
    '另外',
    '加上',
    '住户',
    '团长',
    '我家',
    '报名',
    '下单',
    '要',
    '来',
    '买',
    '订',
    '和',
    '跟',
    '与',
    '加',
    '再',
    '请',
    '共',
    '户',
    '的',
  ],
];

function stepAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** @param text plain, in capitals, without door, remark and prices; at most some hundred signs */
export function tokensOf(text: string, goods: GoodsNames): Token[] {
  const tokens: Token[] = [];
  let word = '';
  let wordFrom = 0;
  const endWord = () => {
    const rest = withoutFillers(word);
    const each = rest.endsWith('各');
    const said = each ? withoutFillers(rest.slice(0, -1)) : rest;
    const to = wordFrom + word.length;
    if (said !== '') tokens.push(...wordTokens(said, wordFrom, to, goods));
    if (each) tokens.push({ kind: 'each', from: to - 1, to, text: '各' });
    word = '';
  };
  const push = (token: Token) => {
    endWord();
    tokens.push(token);
  };
  let at = 0;
  while (at < text.length) {
    const sign = text[at] ?? '';
    const from = at;
    const begun = withoutFillers(word);
    const isFresh = begun === '' || begun === '各';
    const mark = stepAt(MARK, text, at);
    const isMark = mark !== null && (mark[1] !== undefined || goods.byMark(Number(mark[2])) !== undefined);
    const named = isFresh ? goodsAt(text, at, goods) : undefined;
    const number = named === undefined && !isMark ? numberAt(text, at, begun, goods) : undefined;
    if (named !== undefined) {
      at += named.length;
      push({ kind: 'goods', from, to: at, text: text.slice(from, at), named: named.named });
    } else if (isMark) {
      at += mark[0].length;
      push({ kind: 'mark', from, to: at, text: text.slice(from, at), value: Number(mark[1] ?? mark[2]) });
    } else if (number !== undefined) {
      at += number.length;
      push({ kind: 'number', from, to: at, text: text.slice(from, at), value: number.value, unit: number.unit });
    } else if (GAP.test(sign)) {
      endWord();
      at++;
    } else {
      if (word === '') wordFrom = at;
      word += sign;
      at++;
    }
  }
  endWord();
  return tokens;
}

/** A name of goods here, where the word ends with it: 白菜 is not meant by 白菜苔. */
function goodsAt(text: string, at: number, goods: GoodsNames): ReturnType<GoodsNames['at']> {
  const named = goods.at(text, at);
  if (named === undefined) return undefined;
  const after = at + named.length;
  const next = text[after];
  const isEnd =
    next === undefined ||
    GAP.test(next) ||
    /[0-9*+\-〔各和跟与加要还]/u.test(next) ||
    (next === 'X' && /[0-9]/u.test(text[after + 1] ?? '')) ||
    stepAt(COUNTED, text, after) !== null ||
    stepAt(LAST, text, after) !== null ||
    goods.at(text, after) !== undefined;
  return isEnd ? named : undefined;
}

interface NumberRead {
  readonly length: number;
  readonly value: number | undefined;
  readonly unit?: string;
}

/** @param begun the word directly before: 张三 is a name, 白菜三 is not */
function numberAt(text: string, at: number, begun: string, goods: GoodsNames): NumberRead | undefined {
  const digits = stepAt(NUMBER, text, at);
  if (digits !== null) {
    const [all, sign, written = '', unit, half] = digits;
    const isPlain = /^[0-9]+(\.[0-9]+)?$/u.test(written);
    const value = (sign === '-' ? -1 : 1) * Number(written) + (half === undefined ? 0 : 0.5);
    const read = isPlain ? value : undefined;
    const unitAt = at + all.length - (unit?.length ?? 0) - (half?.length ?? 0);
    // 2包菜: the name wins over the unit.
    if (unit !== undefined && isNameAt(text, unitAt, goods)) return { length: unitAt - at, value: read };
    return { length: all.trimEnd().length, value: read, unit };
  }
  const counted = stepAt(COUNTED, text, at);
  if (counted !== null) {
    const [all, words = '', unit, half] = counted;
    const value = numberInWords(words);
    return {
      length: all.length,
      value: value === undefined ? undefined : value + (half === undefined ? 0 : 0.5),
      unit,
    };
  }
  const last = stepAt(LAST, text, at);
  if (last === null || !(begun === '' || begun.endsWith('各') || isSure(goods.of(begun)))) return undefined;
  return { length: last[0].length, value: numberInWords(last[1] ?? '') };
}

function isNameAt(text: string, at: number, goods: GoodsNames): boolean {
  const run = /^\p{Script=Han}{2,12}/u.exec(text.slice(at, at + 12))?.[0];
  return goodsAt(text, at, goods) !== undefined || (run !== undefined && isSure(goods.of(run)));
}

const isSure = ({ how }: Named): boolean => how === 'exact' || how === 'short' || how === 'contains';

/** Several names run together (白菜土豆各一份), or one word. */
function wordTokens(word: string, from: number, to: number, goods: GoodsNames): Token[] {
  const named = goods.of(word);
  if (named.how !== 'none' && named.how !== 'like') return [{ kind: 'goods', from, to, text: word, named }];
  const parts = word.length >= 4 && word.length <= 12 ? splitNames(word, goods) : undefined;
  if (parts !== undefined) return parts.map((part) => ({ kind: 'goods', from, to, text: part, named: goods.of(part) }));
  return [{ kind: 'word', from, to, text: word }];
}

/** The word as names of goods one after the other; undefined where something is left over. */
function splitNames(word: string, goods: GoodsNames): string[] | undefined {
  for (let length = word.length - 2; length >= 2; length--) {
    const first = word.slice(0, length);
    if (!isSure(goods.of(first))) continue;
    const rest = word.slice(length).replace(/^[和跟与加]/u, '');
    if (isSure(goods.of(rest))) return [first, rest];
    const more = rest.length >= 4 ? splitNames(rest, goods) : undefined;
    if (more !== undefined) return [first, ...more];
  }
  return undefined;
}

/** The word without what says nothing at its beginning and its end. */
export function withoutFillers(word: string): string {
  let rest = word;
  for (;;) {
    const before = rest;
    const first = FILLERS.find((filler) => rest.startsWith(filler));
    if (first !== undefined) rest = rest.slice(first.length);
    const last = FILLERS.find((filler) => filler.length > 1 && rest.endsWith(filler));
    if (last !== undefined) rest = rest.slice(0, -last.length);
    if (rest === before) return rest;
  }
}
