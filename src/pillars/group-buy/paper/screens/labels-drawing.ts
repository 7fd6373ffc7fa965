import type { Drawing, DrawnText, Measure, Place } from '../../../../client/ui/picture.ts';
import { wrapped, wrappedList } from '../../../../client/ui/wrapped.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import { codeOf, labelAddress, QUIET } from './code.ts';
import { LABELS_ACROSS } from './labels.ts';
import type { Label } from './labels.ts';
import { stairwayName } from './paper-words.ts';

/** px a mm: A4 at 200 dots an inch, which a shop prints sharp and a phone can still draw. */
const MM = 200 / 25.4;
const mm = (length: number): number => Math.round(length * MM);
const [DOOR, NUMBER, LARGE, TEXT, SMALL] = [mm(7.8), mm(4.2), mm(4.2), mm(3.4), mm(3)] as const;
const CODE = mm(26);

/** A sheet of labels as a picture, in the size of A4, cut as the sticky paper is. */
export function labelsDrawing(
  labels: readonly Label[],
  groupBuyId: string,
  origin: string,
  t: TextSource['t'],
  measure: Measure,
): Drawing {
  const texts: DrawnText[] = [];
  const boxes: Place[] = [];
  const fills: Place[] = [];
  for (const [at, label] of labels.entries()) {
    const left = mm(4.6) + (at % LABELS_ACROSS) * mm(101.6);
    const top = mm(15.1) + Math.floor(at / LABELS_ACROSS) * mm(38.1);
    boxes.push({ x: left, y: top, width: mm(99.1), height: mm(38.1) });
    const x = left + mm(4);
    const room = mm(99.1) - CODE - mm(8);
    let y = top + mm(3);
    const put = (words: string | readonly string[], size: number, weight: 400 | 700): void => {
      const widthOf = (part: string) => measure(part, size, weight);
      for (const line of typeof words === 'string'
        ? wrapped(words, room, widthOf)
        : wrappedList(words, room, widthOf)) {
        texts.push({ text: line, x, y, size, weight });
        y += Math.round(size * 1.2);
      }
    };
    put(label.door, DOOR, 700);
    const part = label.part && t('paper.labels.part', label.part);
    put([stairwayName(t, label), part].filter(Boolean).join(' · '), SMALL, 400);
    y += mm(1);
    put(label.contents, label.large ? LARGE : TEXT, 400);
    if (label.aside) put(label.aside, SMALL, 700);
    const codeLeft = left + mm(99.1) - CODE - mm(2);
    fills.push(...modules(labelAddress(origin, groupBuyId, label.number), codeLeft, top + mm(2)));
    if (label.number !== undefined) {
      const number = t('paper.number', { number: label.number });
      texts.push({ text: number, x: codeLeft + CODE / 2, y: top + mm(29), size: NUMBER, weight: 700, centred: true });
    }
  }
  const height = mm(297);
  return { width: mm(210), height: labels.length > 0 ? height : mm(30), texts, boxes, fills };
}

/** The code's dark modules, each a whole number of px wide: no scanner likes a blurred edge. */
function modules(address: string, x: number, y: number): Place[] {
  const code = codeOf(address);
  const side = Math.floor(CODE / (code.size + 2 * QUIET));
  const inset = Math.floor((CODE - code.size * side) / 2);
  const found: Place[] = [];
  for (let row = 0; row < code.size; row++) {
    for (let column = 0; column < code.size; column++) {
      if (!code.isDark(row, column)) continue;
      found.push({ x: x + inset + column * side, y: y + inset + row * side, width: side, height: side });
    }
  }
  return found;
}
