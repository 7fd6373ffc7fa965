import type { Drawing, DrawnText, Measure, Place, Weight } from './picture.ts';
import { wrapped } from './wrapped.ts';

/** A sheet as it is drawn into a picture: what paper shows, for phones that neither print nor keep files. */
export interface Sheet {
  readonly title: string;
  readonly sub: string;
  readonly lines: readonly SheetLine[];
  readonly foot?: string;
}

/** A line: a box to tick, big words (the door), words beside them, and small ones below. */
export interface SheetLine {
  readonly box?: boolean;
  readonly big?: string;
  readonly text?: string;
  readonly small?: string;
}

/** px of the picture: twice a phone's width, so that it stays sharp when it is sent on. */
const WIDTH = 750;
const EDGE = 36;
const BOX = 34;
const STYLES = {
  title: { size: 40, line: 54, weight: 700 },
  sub: { size: 25, line: 36, weight: 400 },
  big: { size: 34, line: 46, weight: 700 },
  text: { size: 30, line: 42, weight: 400 },
  small: { size: 25, line: 36, weight: 400 },
} as const satisfies Record<string, { size: number; line: number; weight: Weight }>;

/** Lays the sheet out as one picture, as high as its words need. */
export function sheetDrawing(sheet: Sheet, measure: Measure): Drawing {
  const texts: DrawnText[] = [];
  const boxes: Place[] = [];
  const fills: Place[] = [];
  let height = EDGE;
  const put = (words: string | undefined, style: keyof typeof STYLES, x = EDGE): void => {
    if (!words) return;
    const { size, weight, line } = STYLES[style];
    for (const text of wrapped(words, WIDTH - EDGE - x, (part) => measure(part, size, weight))) {
      texts.push({ text, size, weight, x, y: height });
      height += line;
    }
  };
  put(sheet.title, 'title');
  put(sheet.sub, 'sub');
  for (const line of sheet.lines) {
    height += 10;
    fills.push({ x: EDGE, y: height, width: WIDTH - 2 * EDGE, height: 1 });
    height += 10;
    const x = line.box ? EDGE + BOX + 18 : EDGE;
    if (line.box) boxes.push({ x: EDGE, y: height + 5, width: BOX, height: BOX });
    put(line.big, 'big', x);
    put(line.text, 'text', x);
    put(line.small, 'small', x);
  }
  height += 20;
  put(sheet.foot, 'sub');
  height += EDGE;
  return { width: WIDTH, height, texts, boxes, fills };
}
