const CLOSING = /^[，。、；：）”·]$/u;

/**
 * Breaks words into lines no wider than `room`. Chinese breaks anywhere; what is written in one piece of Latin or digits
 * stays whole where it can.
 */
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

/**
 * Breaks a list into lines between its parts, each with its comma. A part that is wider than a line breaks within, on lines
 * of its own.
 */
export function wrappedList(
  parts: readonly string[],
  room: number,
  widthOf: (text: string) => number,
): readonly string[] {
  const lines: string[] = [];
  let isOpen = false;
  for (const [at, part] of parts.entries()) {
    const piece = at < parts.length - 1 ? `${part}、` : part;
    const joined = (lines.at(-1) ?? '') + piece;
    if (isOpen && widthOf(joined) <= room) {
      lines[lines.length - 1] = joined;
      continue;
    }
    const own = wrapped(piece, room, widthOf);
    lines.push(...own);
    isOpen = own.length === 1;
  }
  return lines;
}
