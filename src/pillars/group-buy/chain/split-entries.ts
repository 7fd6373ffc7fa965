import { inCapitals, plainText } from './plain-text.ts';
import type { DoorReader } from './find-doors.ts';

/** An entry before it is read. `text` is plain and may hold several lines; `written` is as it came. */
export interface RawEntry {
  readonly line: number;
  readonly number?: number;
  readonly text: string;
  readonly written: string;
}

export interface SplitText {
  readonly entries: readonly RawEntry[];
  readonly skipped: readonly { readonly line: number; readonly text: string }[];
}

/** Longest text that is read: 200,000 signs or 2,000 lines. A chat's message holds 2,000 signs, a round of 5,000 doors 40 of them. */
export const longest = { signs: 200_000, lines: 2_000 } as const;

/** Whether the text is more than is read at once. Looks at no more of it than that. */
export function isTooLong(text: string): boolean {
  if (text.length > longest.signs) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) if (++lines > longest.lines) return true;
  return false;
}

const NUMBERED = /^\s*(?:([0-9]{1,4})\s*(?:[.、,:)】\]]|-(?=\s))|〔([0-9]{1,3})〕|[([【]\s*([0-9]{1,4})\s*[)\]】])\s*/u;
const SPACED = /^\s*([0-9]{1,4})\s+(?=\S)/u;
const EXAMPLE = /^\s*(?:例|示例|举例|样例|格式|模板|参考|如:|例如|比如)/u;
const HEADING = /^\s*(?:#|@)/u;
/** A price makes a numbered line one of the heading's goods, not somebody's order. */
const PRICE = /[¥￥]\s?[0-9]|[0-9]\s?(?:元|块钱)/u;

const LINK = /https?:\/\//iu;
/** `(2/3)` at the end of a title: one of several messages. */
const PART = /\s*\([0-9]{1,3}\/[0-9]{1,3}\)$/u;

/**
 * Cuts a pasted list into its entries. Nothing is dropped unseen: what is no entry is in `skipped`.
 * @param ours lines of the public list as we wrote it for the group: it comes back with what people added below
 */
export function splitEntries(text: string, doors: DoorReader, ours: readonly string[] = []): SplitText {
  const own = new Set(ours.map((line) => plainText(line).trim()));
  const written = text.split(/\r\n?|\n/u);
  const plain = plainText(text).split('\n');
  // Line breaks of other kinds than those: then the plain lines are shown.
  const shown = written.length === plain.length ? written : plain;
  const entries: { line: number; number?: number; texts: string[]; shown: string[]; hasDoor: boolean }[] = [];
  const skipped: { line: number; text: string }[] = [];

  for (const [place, line] of plain.entries()) {
    if (line.trim() === '') continue;
    const upper = inCapitals(line);
    const skip = () => skipped.push({ line: place + 1, text: (shown[place] ?? '').trim().slice(0, 120) });
    const isOurs = own.has(line.trim()) || own.has(line.trim().replace(PART, ''));
    if (isOurs || HEADING.test(line) || EXAMPLE.test(line) || LINK.test(line)) {
      skip();
      continue;
    }
    const { number, rest } = numberOf(upper, doors);
    const begins = doors.beginsWithDoor(rest.slice(0, 60));
    const hasDoor = begins || doors.find(rest.slice(0, 200)).length > 0;
    const last = entries.at(-1);
    if (number !== undefined && rest.trim() === '') continue;
    if (number !== undefined && !hasDoor && PRICE.test(rest) && !entries.some((one) => one.hasDoor)) {
      skip();
      continue;
    }
    const isNew = number !== undefined || begins || (hasDoor && (last === undefined || last.hasDoor));
    if (isNew) {
      const text = line.slice(line.length - rest.length);
      entries.push({ line: place + 1, number, texts: [text], shown: [shown[place] ?? ''], hasDoor });
    } else if (last === undefined) skip();
    else {
      last.texts.push(line);
      last.shown.push(shown[place] ?? '');
      last.hasDoor ||= hasDoor;
    }
  }
  return {
    entries: entries.map((one) => ({
      line: one.line,
      number: one.number,
      text: one.texts.join('\n'),
      written: one.shown.map((part) => part.trim()).join(' '),
    })),
    skipped,
  };
}

/** The entry's number, and what follows it. A door at the beginning is no number. */
function numberOf(line: string, doors: DoorReader): { number?: number; rest: string } {
  const match = NUMBERED.exec(line);
  if (match !== null) {
    const rest = line.slice(match[0].length);
    const number = Number(match[1] ?? match[2] ?? match[3]);
    const isRoom =
      !doors.beginsWithDoor(rest.slice(0, 60)) && number >= 100 && doors.beginsWithDoor(match[0].replace(/\D/gu, ''));
    // 3.2.501 is a door, and so is 501：白菜2.
    const isDoor = isRoom || (!doors.beginsWithDoor(rest.slice(0, 60)) && doors.beginsWithDoor(line.slice(0, 60)));
    return isDoor ? { rest: line } : { number, rest };
  }
  const spaced = SPACED.exec(line);
  if (spaced !== null && doors.beginsWithDoor(line.slice(spaced[0].length, spaced[0].length + 60))) {
    return { number: Number(spaced[1]), rest: line.slice(spaced[0].length) };
  }
  return { rest: line };
}
