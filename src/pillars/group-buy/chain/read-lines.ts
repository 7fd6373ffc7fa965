import { tokensOf } from './tokens.ts';
import { countsPortions } from './units.ts';
import type { ChainLine, LineDoubt } from './entry.ts';
import type { GoodsNames, Named } from './goods-names.ts';
import type { Token } from './tokens.ts';

/** What an entry says besides its door. */
export interface LinesRead {
  readonly lines: readonly ChainLine[];
  readonly name?: string;
  /** Words that say nothing we know. */
  readonly unread: readonly string[];
}

type NumberToken = Extract<Token, { kind: 'number' }>;

interface Draft {
  readonly text: string;
  readonly named: Named;
  readonly at: number;
  number?: NumberToken;
  /** Its number stands between it and other goods, nearer to those. */
  doubtful?: boolean;
}

const NOTHING: Named = { ids: [], how: 'none' };
const LONGEST_NAME = 8;

/** @param text plain, in capitals, without door, remark and prices */
export function readLines(text: string, goods: GoodsNames): LinesRead {
  const tokens = tokensOf(text, goods);
  const drafts: Draft[] = [];
  const unread: string[] = [];
  let waiting: NumberToken | undefined;
  let name: string | undefined;
  let each = false;

  const begin = (token: Token, named: Named) => {
    const draft: Draft = { text: token.text, named, at: token.to };
    if (waiting !== undefined) {
      draft.number = waiting;
      waiting = undefined;
    }
    drafts.push(draft);
  };
  const count = (number: NumberToken) => {
    const last = drafts.at(-1);
    const open = each ? drafts.filter((draft) => draft.number === undefined) : [];
    each = false;
    if (open.length > 0) for (const draft of open) draft.number = number;
    else if (last !== undefined && last.number === undefined) last.number = number;
    else {
      if (waiting !== undefined) unread.push(waiting.text);
      waiting = number;
    }
  };

  for (const [place, token] of tokens.entries()) {
    const next = tokens[place + 1];
    if (token.kind === 'goods') begin(token, token.named);
    else if (token.kind === 'each') each = true;
    else if (token.kind === 'number') {
      // 白菜 2份鸡蛋: the 2 may be either's.
      const last = drafts.at(-1);
      const isNearNext = next?.kind === 'goods' && next.from === token.to && last !== undefined && token.from > last.at;
      count(token);
      if (isNearNext && last?.number === token) last.doubtful = true;
    } else if (token.kind === 'mark') {
      const marked = goods.byMark(token.value);
      if (marked !== undefined && (next?.kind === 'number' || drafts.length === 0)) {
        begin(token, { ids: [marked], how: 'short' });
      } else count({ ...token, kind: 'number', value: token.value, unit: undefined });
    } else if (isCounted(tokens, place) || waiting !== undefined) {
      begin(token, goods.of(token.text).ids.length > 0 ? goods.of(token.text) : NOTHING);
    } else if (name === undefined && drafts.length === 0 && isLikeName(token.text)) name = token.text;
    else unread.push(token.text);
  }
  if (waiting !== undefined) {
    if (drafts.length === 0)
      drafts.push({ text: waiting.text, named: onlyOne(goods), at: waiting.to, number: waiting });
    else unread.push(waiting.text);
  }
  const isLacking = drafts.some((draft) => draft.number === undefined);
  const lines = drafts.map((draft) => lineOf(draft, goods, isLacking));
  return { lines: withTwice(lines), name, unread };
}

/** Of a round with one kind of goods, `2份` may mean it. */
function onlyOne(goods: GoodsNames): Named {
  return goods.byId.size === 1 ? { ids: [...goods.byId.keys()], how: 'like' } : NOTHING;
}

/** Whether a word is followed by a count that is not rather what comes next's: `菠萝2`, but not `王阿姨 2份白菜`. */
function isCounted(tokens: readonly Token[], place: number): boolean {
  const [next, after] = [tokens[place + 1], tokens[place + 2]];
  if (next?.kind !== 'number') return false;
  return !(after?.kind === 'goods' && after.from === next.to) || tokens[place]?.to === next.from;
}

function isLikeName(word: string): boolean {
  return word.length <= LONGEST_NAME && !/[0-9]/u.test(word);
}

function lineOf({ text, named, number, doubtful }: Draft, goods: GoodsNames, isLacking: boolean): ChainLine {
  const unit = number?.unit;
  // Of several that may be meant, those that are counted so come first.
  const fits = (id: string) => Number(goods.byId.get(id)?.unit === unit);
  const candidates = named.ids.length > 1 ? [...named.ids].sort((a, b) => fits(b) - fits(a)) : named.ids;
  const isOne = candidates.length === 1 && named.how !== 'none';
  const item = isOne ? goods.byId.get(candidates[0] ?? '') : undefined;
  const value = number?.value;
  const isWhole = value !== undefined && Number.isSafeInteger(value) && value >= 1 && value <= 9_999;
  const doubts: LineDoubt[] = [];
  if (candidates.length === 0) doubts.push('unknownGoods');
  else if (candidates.length > 1) doubts.push('whichGoods');
  if (named.how === 'like' || named.how === 'initials') doubts.push('like');
  if (number === undefined) doubts.push('noQuantity');
  else if (!isWhole) doubts.push('quantity');
  if (item !== undefined && number !== undefined && !countsPortions(unit, item.unit)) doubts.push('unit');
  if (item !== undefined && isWhole && value > item.perHousehold) doubts.push('overLimit');
  if (doubtful === true && isLacking) doubts.push('whose');
  const written = number === undefined || text === number.text ? text : `${text} ${number.text.trim()}`;
  return {
    text: written,
    itemId: item?.id,
    quantity: isWhole ? value : undefined,
    candidates,
    doubts,
  };
}

/** The same goods twice in an entry: added up or said again, nobody knows. */
function withTwice(lines: readonly ChainLine[]): ChainLine[] {
  return lines.map((line) =>
    line.itemId !== undefined && lines.filter((one) => one.itemId === line.itemId).length > 1
      ? { ...line, doubts: [...line.doubts, 'twice'] }
      : line,
  );
}
