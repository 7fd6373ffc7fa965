/** A cell of a table that leaves the app. */
export type CsvCell = string | number;

/**
 * A table as a spreadsheet reads it: UTF-8 with a mark at its beginning (or Excel takes it for another encoding), lines
 * ended by CR LF (RFC 4180).
 */
export function csvOf(rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`;
}

/**
 * A cell that no spreadsheet takes for a formula: what begins like one (= + - @, a tab or a line's end, also full-width)
 * becomes text by an apostrophe.
 */
export function csvCell(value: CsvCell): string {
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Whether a spreadsheet would take the door for a day: 3-2-1901 for one of the year 1901. 3-2-1901室 it leaves alone. */
export function looksLikeDay(door: string): boolean {
  return /^\d+-\d+-\d+$/u.test(door);
}
