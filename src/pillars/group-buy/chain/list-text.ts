import { letterOf, marksLetters } from './goods-names.ts';
import type { PublicEntry } from './entry.ts';

/**
 * Longest text that goes through a chat as one message: 2,000 signs. Longer ones were cut off by chats, or taken only in
 * part.
 */
export const LONGEST_MESSAGE = 2_000;

/** `12. 3栋 王阿姨 白菜 2 棵、土豆 3 斤`: an order as the public list has it. Never a door. */
export function entryInWords({ number, building, name, goods }: PublicEntry): string {
  const what = goods.map((one) => `${one.name} ${one.quantity} ${one.unit}`).join('、');
  return onOneLine([number === null ? '' : `${number}.`, building, name ?? '', what].filter(Boolean).join(' '));
}

/** A name with a line's end in it would be an entry of its own; one with marks of direction would turn the rest around. */
function onOneLine(text: string): string {
  return text
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/**
 * A list as texts for a chat group: the headline first, the link last, cut into messages between entries where it is too
 * long for one; then each says which of how many it is.
 * @param lead the headline's lines @param lines one for each entry @param last the link's line
 * @param part `（2/3）`
 */
export function messagesOf(
  lead: readonly string[],
  lines: readonly string[],
  last: string,
  part: (number: number, of: number) => string,
): string[] {
  const whole = [...lead, ...lines, last].join('\n');
  if (whole.length <= LONGEST_MESSAGE) return [whole];
  // Room for the title and the part's own mark on each message after the first.
  const title = lead[0] ?? '';
  const room = LONGEST_MESSAGE - title.length - part(999, 999).length - last.length - 3;
  const pieces: string[][] = [];
  let piece: string[] = [...lead.slice(1)];
  let length = piece.join('\n').length;
  for (const line of lines) {
    const short = line.slice(0, room);
    if (length + short.length + 1 > room && piece.length > 0) {
      pieces.push(piece);
      [piece, length] = [[], 0];
    }
    piece.push(short);
    length += short.length + 1;
  }
  pieces.push(piece);
  return pieces.map((texts, i) =>
    [`${title}${part(i + 1, pieces.length)}`, ...texts, ...(i === pieces.length - 1 ? [last] : [])].join('\n'),
  );
}

/** `A`, or `①` where letters would mean two things: what a household may write in place of the name. From 0. */
export function markOf(goods: readonly { readonly name: string }[], place: number): string {
  if (marksLetters(goods)) return letterOf(place);
  if (place < 20) return String.fromCodePoint(0x2460 + place);
  return place < 35 ? String.fromCodePoint(0x3251 + place - 20) : `〔${place + 1}〕`;
}
