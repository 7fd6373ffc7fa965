import { goodsNames } from './goods-names.ts';
import { inCapitals } from './plain-text.ts';
import { readDoors } from './find-doors.ts';
import { readLines } from './read-lines.ts';
import { splitEntries } from './split-entries.ts';
import { tokensOf } from './tokens.ts';
import type { ChainDoor, ChainEntry, ChainGood, ChainText, EntryDoubt } from './entry.ts';
import type { DoorReader } from './find-doors.ts';
import type { GoodsNames, Syllables } from './goods-names.ts';
import type { RawEntry } from './split-entries.ts';

/** An entry longer than this is shown, but not read. */
const LONGEST_ENTRY = 1_000;
const LONGEST_NOTE = 60;

const REMARK = /(?:备注|附言|留言|要求|(?:^|[\s,、;])注\s*:)\s*:?(.*)$/u;
const PHONE = /(?<![0-9])1[3-9][0-9]{9}(?![0-9])/gu;
const MONEY = /[¥￥]\s?[0-9]+(?:\.[0-9]+)?|(?<![0-9.])[0-9]+(?:\.[0-9]+)?\s?(?:元|块钱|圆|RMB)/gu;
const SUM = /(?:一共|共计|合计|总计|总共|共)\s?[0-9]{1,5}\s?[份件样]/gu;
/** `第12` and the like before a door: no count of what comes after it. */
const LEADING_NUMBER = /^\s*(?:第|NO)?[\s.]?([0-9]{1,4})[\s.。,、:;)-]*$/u;
/** A building without a room is no door, and no count either. */
const BUILDING = /(?<![0-9])[0-9]{1,3}\s?(?:号楼|栋|幢|座)/u;
const CANCELS = /取消|不要了|不订了|不买了|退订|退单|撤单|撤销|划掉|算了/u;

/**
 * Reads a pasted 接龙: entries with door, goods and portions as they are written, and what somebody has to look at. Pure;
 * never guesses: what is not certain carries a doubt.
 * @param text at most `longest` (see `isTooLong`)
 * @param doors every door of the community @param goods those of the round
 * @param syllables of a pinyin dictionary, where it is there
 * @param ours lines of the list that came from here in the first place
 */
export function parseChain(
  text: string,
  doors: readonly ChainDoor[],
  goods: readonly ChainGood[],
  syllables?: Syllables,
  ours?: readonly string[],
): ChainText {
  const reader = readDoors(doors);
  const names = goodsNames(goods, syllables);
  const { entries, skipped } = splitEntries(text, reader, ours);
  const read = entries.map((entry) => readEntry(entry, reader, names));
  const times = new Map<string, number>();
  for (const { householdId } of read)
    if (householdId !== undefined) times.set(householdId, (times.get(householdId) ?? 0) + 1);
  return {
    entries: read.map((entry) =>
      (times.get(entry.householdId ?? '') ?? 0) > 1 ? { ...entry, doubts: [...entry.doubts, 'doorTwice'] } : entry,
    ),
    skipped,
  };
}

function readEntry(raw: RawEntry, doors: DoorReader, goods: GoodsNames): ChainEntry {
  const facts = { line: raw.line, number: raw.number, text: raw.written.slice(0, 300) };
  if (raw.text.length > LONGEST_ENTRY) return { ...facts, doors: [], lines: [], doubts: ['tooLong'] };
  const doubts: EntryDoubt[] = [];
  const { body, notes } = withoutRemarks(raw.text.replace(PHONE, ' ').replace(/@\S{1,20}/gu, ' '));
  const upper = inCapitals(body);

  const found = doors.find(upper);
  const ids = [...new Set(found.flatMap((one) => one.ids))];
  const first = found[0];
  const households = new Set(found.map((one) => one.ids.join()));
  if (first === undefined) doubts.push('noDoor');
  else if (first.how === 'unknown') doubts.push('unknownDoor');
  else if (households.size > 1) doubts.push('twoDoors');
  else if (first.how === 'unsure') doubts.push('whichDoor');
  const householdId = ids.length === 1 && first?.how !== 'unknown' ? ids[0] : undefined;
  if (householdId !== undefined && doors.byId.get(householdId)?.vacant === true) doubts.push('vacantDoor');

  // A gap of the same length in place of each door: everything else keeps its place.
  const rest = found.reduce(
    (left, { from, to }) => left.slice(0, from) + ' '.repeat(to - from) + left.slice(to),
    upper,
  );
  const counted = first === undefined ? null : LEADING_NUMBER.exec(rest.slice(0, first.from));
  const wanted = (first === undefined ? rest.replace(BUILDING, ' ') : rest)
    .slice(counted === null ? 0 : counted[0].length)
    .replace(SUM, ' ')
    .replace(MONEY, ' ');
  if (CANCELS.test(wanted)) doubts.push('cancels');
  const { lines, name, unread } = readLines(wanted.replace(CANCELS, ' '), goods);
  if (lines.length === 0) doubts.push('noGoods');
  const isNoteOrder = notes.some((note) => tokensOf(inCapitals(note), goods).some((token) => token.kind === 'goods'));
  if (unread.length > 0 || isNoteOrder) doubts.push('unread');
  const note = [...notes, ...unread].join(' ').trim().slice(0, LONGEST_NOTE);
  return {
    ...facts,
    number: raw.number ?? (counted === null ? undefined : Number(counted[1])),
    householdId,
    doors: ids,
    doorText: first && body.slice(first.from, first.to).trim(),
    name,
    lines,
    note: note === '' ? undefined : note,
    doubts,
  };
}

/** Takes the remarks away, line by line: each goes on to the end of its line. */
function withoutRemarks(text: string): { body: string; notes: string[] } {
  const notes: string[] = [];
  const body = text
    .split('\n')
    .map((line) => {
      const match = REMARK.exec(line);
      if (match === null) return line;
      const note = (match[1] ?? '').trim();
      if (note !== '') notes.push(note);
      return line.slice(0, match.index);
    })
    .join('\n');
  return { body, notes };
}
