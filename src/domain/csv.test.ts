import { describe, expect, it } from 'vitest';
import { csvCell, csvOf, looksLikeDay } from './csv.ts';

describe('a cell', () => {
  it.each(['=1', '+1', '-1', '@a', '\t1', '\r1', '＝1', '＋1', '－1', '＠a', ' =1'])('takes %j for text', (value) => {
    expect(csvCell(value).replace(/^"/u, '')).toMatch(/^'/u);
  });

  it.each(['3-2-501', '湖畔', '1栋', ''])('leaves %j alone', (value) => {
    expect(csvCell(value)).toBe(value);
  });

  it('keeps commas, quotes and lines within their cell', () => {
    expect(csvCell('a,"b"\nc')).toBe('"a,""b""\nc"');
  });

  it('knows a door that a spreadsheet takes for a day', () => {
    expect(['3-2-501', '3-2-1901', '3-2-501甲', '3栋2单元'].map(looksLikeDay)).toEqual([true, true, false, false]);
  });
});

it('begins with the mark and ends its lines as spreadsheets do', () => {
  expect(
    csvOf([
      ['门牌', '份'],
      ['=1+1', 2],
    ]),
  ).toBe("\uFEFF门牌,份\r\n'=1+1,2\r\n");
});
