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
const FONT = `system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif`;
const INK = '#000000';
const STYLES = {
  title: { size: 40, line: 54, weight: 700 },
  sub: { size: 25, line: 36, weight: 400 },
  big: { size: 34, line: 46, weight: 700 },
  text: { size: 30, line: 42, weight: 400 },
  small: { size: 25, line: 36, weight: 400 },
} as const;
type Style = keyof typeof STYLES;

const CLOSING = /^[，。、；：）”·]$/u;

/** Breaks words into lines no wider than `room`. Chinese breaks anywhere; what is written in one piece of Latin or digits stays whole where it can. */
export function wrapped(words: string, room: number, widthOf: (text: string) => number): readonly string[] {
  const pieces = words.match(/[\p{Script=Latin}\d.:%/+-]+|\s+|./gu) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    // A mark that closes hangs over the edge, rather than begin a line.
    if (line !== '' && !CLOSING.test(piece) && widthOf(line + piece) > room) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** What stands where: each piece of text with its place, and the boxes and rules. Laid out first, so that the height is known. */
interface Laid {
  readonly texts: { text: string; style: Style; x: number; y: number }[];
  readonly boxes: { x: number; y: number }[];
  readonly rules: number[];
  height: number;
}

/** Draws the sheet in black on white. @returns a PNG as a data address, or undefined where the browser cannot draw */
export function drawSheet(sheet: Sheet): string | undefined {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (pen === null) return undefined;
  const widthOf = (style: Style) => (text: string) => {
    pen.font = fontOf(style);
    return pen.measureText(text).width;
  };
  const laid = layOut(sheet, widthOf);
  canvas.width = WIDTH;
  canvas.height = laid.height;
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, WIDTH, laid.height);
  pen.fillStyle = INK;
  pen.strokeStyle = INK;
  pen.textBaseline = 'top';
  for (const { text, style, x, y } of laid.texts) {
    pen.font = fontOf(style);
    pen.fillText(text, x, y);
  }
  pen.lineWidth = 3;
  for (const { x, y } of laid.boxes) pen.strokeRect(x, y, BOX, BOX);
  pen.lineWidth = 1;
  for (const y of laid.rules) pen.fillRect(EDGE, y, WIDTH - 2 * EDGE, 1);
  return canvas.toDataURL('image/png');
}

function layOut(sheet: Sheet, widthOf: (style: Style) => (text: string) => number): Laid {
  const laid: Laid = { texts: [], boxes: [], rules: [], height: EDGE };
  const put = (text: string | undefined, style: Style, x = EDGE): void => {
    if (!text) return;
    for (const line of wrapped(text, WIDTH - EDGE - x, widthOf(style))) {
      laid.texts.push({ text: line, style, x, y: laid.height });
      laid.height += STYLES[style].line;
    }
  };
  put(sheet.title, 'title');
  put(sheet.sub, 'sub');
  for (const line of sheet.lines) {
    laid.height += 10;
    laid.rules.push(laid.height);
    laid.height += 10;
    const x = line.box ? EDGE + BOX + 18 : EDGE;
    if (line.box) laid.boxes.push({ x: EDGE, y: laid.height + 5 });
    put(line.big, 'big', x);
    put(line.text, 'text', x);
    put(line.small, 'small', x);
  }
  laid.height += 20;
  put(sheet.foot, 'sub');
  laid.height += EDGE;
  return laid;
}

function fontOf(style: Style): string {
  const { size, weight } = STYLES[style];
  return `${weight} ${size}px ${FONT}`;
}
