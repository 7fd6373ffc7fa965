/** A picture as it is laid out, in px, before anything is drawn: its height is known only when all has its place. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly DrawnText[];
  /** Boxes to tick, and frames. */
  readonly boxes: readonly Place[];
  /** Filled black: rules, and the modules of a code to scan. */
  readonly fills: readonly Place[];
}

/** Where something stands, and how large it is, px. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A piece of text. `x`, `y`: its upper left corner; `x` is its middle where it is `centred`. */
export interface DrawnText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: Weight;
  readonly centred?: boolean;
}

export type Weight = 400 | 700;

/** How wide a text is, px. */
export type Measure = (text: string, size: number, weight: Weight) => number;

const FONT = `system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif`;
const BOX_LINE = 2;

const fontOf = (size: number, weight: Weight): string => `${weight} ${size}px ${FONT}`;

/**
 * Draws pictures in black on white, for phones that neither print nor keep files.
 * @param layOut lays them out with the widths that this browser's letters have
 * @returns PNGs as data addresses, or undefined where the browser cannot draw
 */
export function drawn(layOut: (measure: Measure) => readonly Drawing[]): readonly string[] | undefined {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (pen === null) return undefined;
  const drawings = layOut((text, size, weight) => {
    pen.font = fontOf(size, weight);
    return pen.measureText(text).width;
  });
  return drawings.map((drawing) => {
    canvas.width = drawing.width;
    canvas.height = drawing.height;
    draw(pen, drawing);
    return canvas.toDataURL('image/png');
  });
}

function draw(pen: CanvasRenderingContext2D, { width, height, texts, boxes, fills }: Drawing): void {
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = '#000000';
  pen.strokeStyle = '#000000';
  pen.textBaseline = 'top';
  for (const { text, x, y, size, weight, centred } of texts) {
    pen.font = fontOf(size, weight);
    pen.textAlign = centred ? 'center' : 'left';
    pen.fillText(text, x, y);
  }
  pen.lineWidth = BOX_LINE;
  for (const box of boxes) pen.strokeRect(box.x, box.y, box.width, box.height);
  for (const fill of fills) pen.fillRect(fill.x, fill.y, fill.width, fill.height);
}
