/** What people count portions in, the longer first. */
const UNITS: readonly string[] = [
  ...['公斤', '千克', '毫升', '市斤', '小盒', '大盒', '小袋', '大袋'],
  ...['KG', 'ML'],
  ...'份盒板袋斤桶箱包瓶把只条个棵颗根块串打件组提罐支枚克两升篮筐排尾片双筒听扎捆朵套单兜束碗杯尺张卷G',
];

/** Units in a pattern. */
export const UNIT_PATTERN = UNITS.map((unit) => (unit === 'G' ? 'G(?![0-9])' : unit)).join('|');

/** A portion, whatever it is counted in; left out, it is meant too. */
const ANY_PORTION = '份';

/** Whether a number in this unit counts the item's own portions. @param written in capitals; absent where none was written */
export function countsPortions(written: string | undefined, unit: string): boolean {
  return written === undefined || written === ANY_PORTION || written === unit.normalize('NFKC').toUpperCase();
}
