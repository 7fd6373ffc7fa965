import qrcode from 'qrcode-generator';

/** A code to scan: its dark modules, row by row. */
export interface Code {
  /** Modules of a side, without the quiet zone. */
  readonly size: number;
  isDark(row: number, column: number): boolean;
}

/** Modules of white that a code needs around it (ISO/IEC 18004). */
export const QUIET = 4;

/** @param text an address; level M stands a crease or a drop of water */
export function codeOf(text: string): Code {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  return { size: code.getModuleCount(), isDark: (row, column) => code.isDark(row, column) };
}

/** The dark modules as the path of an SVG whose box is `size + 2 × QUIET` wide: runs of a row in one piece. */
export function codePath(code: Code): string {
  let path = '';
  for (let row = 0; row < code.size; row++) {
    for (let column = 0; column < code.size; column++) {
      if (!code.isDark(row, column)) continue;
      const from = column;
      while (column + 1 < code.size && code.isDark(row, column + 1)) column++;
      const width = column - from + 1;
      path += `M${from + QUIET} ${row + QUIET}h${width}v1h-${width}z`;
    }
  }
  return path;
}

/**
 * What a bag's label holds: the round's page, and which bag it is by the order's number. Nothing of anybody. Whoever scans it sees
 * what they may see in the app: the household its order, a stranger the way in.
 */
export function labelAddress(origin: string, groupBuyId: string, number: number | undefined): string {
  const page = `${origin}/buy/${encodeURIComponent(groupBuyId)}`;
  return number === undefined ? page : `${page}?bag=${number}`;
}
