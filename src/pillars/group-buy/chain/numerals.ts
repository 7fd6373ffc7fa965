const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  两: 2,
  俩: 2,
  贰: 2,
  三: 3,
  仨: 3,
  叁: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** Signs that a number in words is made of, for a character class. */
export const NUMERAL_SIGNS = '零〇一壹二两俩贰三仨叁四五六七八九十百半';

/**
 * A number in words: 两 is 2, 十二 is 12, 二十 is 20, 一百零三 is 103, 五零一 is 501 (digit by digit), 半 is 0.5.
 * @returns undefined where it is none
 */
export function numberInWords(text: string): number | undefined {
  if (text === '半') return 0.5;
  if (!/[十百]/u.test(text)) {
    let value = 0;
    for (const sign of text) {
      const digit = DIGITS[sign];
      if (digit === undefined) return undefined;
      value = value * 10 + digit;
    }
    return text === '' ? undefined : value;
  }
  let value = 0;
  let digit: number | undefined;
  for (const sign of text) {
    if (sign === '十' || sign === '百') {
      value += (digit ?? 1) * (sign === '十' ? 10 : 100);
      digit = undefined;
    } else if (DIGITS[sign] !== undefined) {
      digit = DIGITS[sign];
    } else return undefined;
  }
  return value + (digit ?? 0);
}
