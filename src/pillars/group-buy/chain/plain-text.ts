/** Runs of characters that stand for whole numbers in a ring or with a stop: first code point, first number, how many. */
const RINGED: readonly (readonly [from: number, first: number, count: number])[] = [
  [0x2460, 1, 20],
  [0x2474, 1, 20],
  [0x2488, 1, 20],
  [0x24f5, 1, 10],
  [0x2776, 1, 10],
  [0x2780, 1, 10],
  [0x278a, 1, 10],
  [0x3251, 21, 15],
  [0x3280, 1, 10],
  [0x32b1, 36, 15],
];
const ringed = new Map(
  RINGED.flatMap(([from, first, count]) =>
    Array.from({ length: count }, (_, i): [string, string] => [String.fromCodePoint(from + i), `〔${first + i}〕`]),
  ),
);

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * A text as it is read: one form of each sign, full-width or not; ①, 1️⃣ and their like as 〔1〕; a raised 9 as ^9, so that
 * 10⁹ does not become 109; pictures and invisible signs gone. Lines stay lines. Linear in its length.
 */
export function plainText(text: string): string {
  return (
    text
      .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n')
      .replace(/([0-9])\uFE0F?\u20E3/gu, '〔$1〕')
      .replace(/🔟/gu, '〔10〕')
      .replace(/[\u2460-\u24fe\u2776-\u2793\u3251-\u325f\u3280-\u32bf]/gu, (sign) => ringed.get(sign) ?? sign)
      .replace(/[⁰¹²³⁴-⁹]/gu, (sign) => `^${RAISED.indexOf(sign)}`)
      .replace(/[✕✖✗✘╳⨯×]/gu, '*')
      .replace(/[➕＋]/gu, '+')
      .replace(/[➖−﹣－‐‑‒–—―]/gu, '-')
      .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff\u00ad]/gu, '')
      // Digits, # and * count as pictures too: they carry the keycaps.
      .replace(/(?![0-9#*])[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{1f1e6}-\u{1f1ff}]/gu, ' ')
      .normalize('NFKC')
      .replace(/-{2,}/gu, ' ')
      .replace(/[^\S\n]/gu, ' ')
  );
}

/** Latin letters in capitals; everything keeps its place. */
export function inCapitals(text: string): string {
  return text.replace(/[a-z]/gu, (letter) => letter.toUpperCase());
}
