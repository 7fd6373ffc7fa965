import { inCapitals, plainText } from './plain-text.ts';
import { isOneSlip } from './near.ts';
import type { ChainGood } from './entry.ts';

/** Syllables of a Chinese text, one for each sign, without tones: `鸡蛋` gives `JI`, `DAN`. Handed in: its dictionary is large. */
export type Syllables = (text: string) => readonly string[];

/** How a written word was found among the goods; `like` and `initials` are no more than a guess. */
export type HowNamed = 'exact' | 'short' | 'contains' | 'pinyin' | 'initials' | 'like' | 'none';

export interface Named {
  /** The likeliest first. */
  readonly ids: readonly string[];
  readonly how: HowNamed;
}

/** The goods of a round, by the names that people give them. */
export interface GoodsNames {
  /** A name, or a common short form of one, that stands at this place. */
  at(text: string, from: number): { readonly length: number; readonly named: Named } | undefined;
  /** What a whole word means. */
  of(word: string): Named;
  /** The item with this number in the headline's list, from 1. */
  byMark(number: number): string | undefined;
  readonly byId: ReadonlyMap<string, ChainGood>;
}

/** Candidates worth showing. */
const MOST = 6;

export const nameKey = (name: string): string => inCapitals(plainText(name)).replace(/\s/gu, '');
const withoutBrackets = (name: string): string => name.replace(/\([^()]*\)/gu, '');

/**
 * How the headline marks the goods: letters where there are at most 26 and no name ends in a letter that would be another
 * one's mark, numbers else.
 */
export function marksLetters(goods: readonly Pick<ChainGood, 'name'>[]): boolean {
  return (
    goods.length <= 26 &&
    goods.every(({ name }, i) => !/[A-Z]$/u.test(nameKey(name)) || nameKey(name).endsWith(letterOf(i)))
  );
}

/** `A` for the first. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place);

/** Common short forms: 蔬菜A, 套餐A, A套餐 and A for 蔬菜套餐A; 叶菜 for 叶菜组合; 鲫鱼 for 鲫鱼(杀好). */
function shortForms(key: string): string[] {
  const bare = withoutBrackets(key);
  const forms = [bare];
  const short = bare.replace(/套餐|组合|礼盒|系列/gu, '');
  if (short.length >= 2) forms.push(short);
  const letter = /[A-Z]$/u.exec(bare)?.[0];
  if (letter !== undefined && bare.length > 1)
    forms.push(letter, `套餐${letter}`, `${letter}套餐`, `${letter}款`, `${letter}餐`);
  return forms.filter((form) => form !== key && form !== '');
}

/** @param syllables absent until its dictionary is there: names in pinyin are not known then */
export function goodsNames(goods: readonly ChainGood[], syllables?: Syllables): GoodsNames {
  const inOrder = [...goods].sort((a, b) => a.position - b.position);
  const exact = new Map<string, string[]>();
  const short = new Map<string, string[]>();
  const put = (map: Map<string, string[]>, at: string, id: string) => {
    const there = map.get(at) ?? [];
    if (!there.includes(id)) map.set(at, [...there, id]);
  };
  const letters = marksLetters(inOrder);
  for (const [place, { id, name }] of inOrder.entries()) {
    const full = nameKey(name);
    put(exact, full, id);
    for (const form of shortForms(full)) put(short, form, id);
    if (letters) put(short, letterOf(place), id);
  }
  const byFirst = new Map<string, string[]>();
  for (const name of new Set([...exact.keys(), ...short.keys()])) {
    byFirst.set(
      name[0] ?? '',
      [...(byFirst.get(name[0] ?? '') ?? []), name].sort((a, b) => b.length - a.length),
    );
  }
  const keyed = inOrder.map(({ id, name }) => ({ id, name: nameKey(name), bare: withoutBrackets(nameKey(name)) }));
  const spoken = () => (spokenOnce ??= keyed.map(({ id, bare }) => ({ id, said: syllables?.(bare) ?? [] })));
  let spokenOnce: { id: string; said: readonly string[] }[] | undefined;
  const known = new Map<string, Named>();

  const named = (ids: readonly string[], how: HowNamed): Named => ({ ids: ids.slice(0, MOST), how });
  const directly = (word: string): Named | undefined => {
    const ids = exact.get(word);
    if (ids !== undefined) return named(ids, 'exact');
    const meant = short.get(word);
    return meant === undefined ? undefined : named(meant, 'short');
  };

  /** Items some part of whose name sounds like this. */
  function sounding(run: (said: readonly string[]) => string, wanted: string): string[] {
    const isPart = (said: readonly string[]) =>
      said.some((_, from) => said.some((__, last) => last > from && run(said.slice(from, last + 1)) === wanted));
    return spoken()
      .filter(({ said }) => isPart(said))
      .map(({ id }) => id);
  }

  function lookUp(word: string): Named {
    const direct = directly(word);
    if (direct !== undefined) return direct;
    const within = keyed.filter(({ name }) => name.includes(word)).map(({ id }) => id);
    if (word.length >= 2 && within.length > 0) return named(within, 'contains');
    if (/^[A-Z]{2,}$/u.test(word)) {
      const whole = sounding((said) => said.join(''), word);
      if (whole.length > 0) return named(whole, 'pinyin');
      const first = sounding((said) => said.map((one) => one[0]).join(''), word);
      if (first.length > 0) return named(first, 'initials');
    }
    const around = keyed.filter(({ bare }) => bare.length >= 2 && word.includes(bare)).map(({ id }) => id);
    const alike = new Set([...around, ...(word.length === 1 ? within : []), ...soundingLike(word), ...slipped(word)]);
    return alike.size > 0 ? named([...alike], 'like') : named([], 'none');
  }

  function soundingLike(word: string): string[] {
    if (syllables === undefined || !/^\p{Script=Han}{2,}$/u.test(word)) return [];
    return sounding((said) => said.join(''), syllables(word).join(''));
  }

  /** One slip away from the name, or from a part of it of the same length. */
  function slipped(word: string): string[] {
    if (word.length < 2 || word.length > 12) return [];
    const isNear = (name: string) =>
      isOneSlip(word, name) ||
      Array.from({ length: Math.max(0, name.length - word.length + 1) }, (_, from) =>
        name.slice(from, from + word.length),
      ).some((part) => isOneSlip(word, part));
    return keyed.filter(({ bare }) => isNear(bare)).map(({ id }) => id);
  }

  return {
    at(text, from) {
      const name = byFirst
        .get(text[from] ?? '')
        ?.find((one) => text.startsWith(one, from) && endsClean(text, from, one));
      const direct = name === undefined ? undefined : directly(name);
      return name === undefined || direct === undefined ? undefined : { length: name.length, named: direct };
    },
    of(word) {
      const before = known.get(word);
      if (before !== undefined) return before;
      const meant = lookUp(word);
      known.set(word, meant);
      return meant;
    },
    byMark: (number) => (letters ? undefined : inOrder[number - 1]?.id),
    byId: new Map(goods.map((good) => [good.id, good])),
  };
}

/** A name that ends or begins within a number or a Latin word is none: 套餐1 is not meant by 套餐12. */
function endsClean(text: string, from: number, name: string): boolean {
  const isSplit = (one: string | undefined, other: string | undefined) =>
    one !== undefined &&
    other !== undefined &&
    ((/[0-9]/u.test(one) && /[0-9.]/u.test(other)) || (/[A-Z]/u.test(one) && /[A-Z]/u.test(other)));
  return !isSplit(text[from - 1], name[0]) && !isSplit(name.at(-1), text[from + name.length]);
}
