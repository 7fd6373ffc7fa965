import { CsvError, parse } from 'csv-parse/sync';
import type { RosterLine, RosterProblem } from './roster-doors.server.ts';

type Field = keyof Omit<RosterLine, 'line'>;

/** The words that volunteers write over a column. */
const HEADERS: Readonly<Record<Field, readonly string[]>> = {
  grid: ['网格', '网格名', '网格名称', '所属网格', '片区'],
  building: ['楼栋', '楼', '栋', '楼号', '栋号', '幢', '楼幢', '楼栋号', '楼宇'],
  unit: ['单元', '单元号', '门洞', '楼门', '梯'],
  floor: ['楼层', '层', '层数'],
  room: ['房号', '室号', '房间', '房间号', '门牌', '门牌号', '室', '户号'],
  share: ['分户', '分户号', '合租', '户别', '同门分户'],
  name: ['姓名', '名字', '住户', '住户姓名', '居民姓名'],
  birthYear: ['出生年', '出生年份', '出生', '生年', '出生日期', '出生年月'],
  phone: ['电话', '手机', '手机号', '联系电话', '电话号码', '联系方式', '手机号码'],
  needs: ['特殊需要', '需要', '特殊情况', '备注需要', '特殊', '情况'],
};

const REQUIRED: readonly Field[] = ['building', 'room', 'name'];
const SEPARATORS = [',', '\t', ';', '，', '；'] as const;

/**
 * Reads a roster as a volunteer's spreadsheet writes it: UTF-8 with or without a mark, or GB18030; separated by comma, tab
 * or semicolon; columns in any order, known by the words over them.
 * @returns the lines with cells tidied, each with its number in the file, and what is wrong with the file as a whole
 */
export function readRosterLines(bytes: Uint8Array): { lines: RosterLine[]; problems: RosterProblem[] } {
  const text = decode(bytes);
  const head = text.split(/\r?\n/u, 1)[0] ?? '';
  const delimiter = SEPARATORS.reduce((best, one) => (count(head, one) > count(head, best) ? one : best));
  let records: { record: string[]; info: { lines: number } }[];
  try {
    const read = { delimiter, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
    records = parse(text, read) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return { lines: [], problems: [{ line, text: '这一行的引号没有配成对，后面的都读不出来' }] };
  }
  const [first, ...rest] = records;
  if (!first) return { lines: [], problems: [{ line: 1, text: '这是一个空文件' }] };

  const places = new Map<Field, number>();
  for (const [place, cell] of first.record.entries()) {
    const field = (Object.keys(HEADERS) as Field[]).find((one) =>
      HEADERS[one].includes(tidy(cell).replace(/\s/gu, '')),
    );
    if (field && !places.has(field)) places.set(field, place);
  }
  const missing = REQUIRED.filter((field) => !places.has(field));
  if (missing.length > 0) {
    const words = missing.map((field) => `“${HEADERS[field][0]}”`).join('、');
    return { lines: [], problems: [{ line: first.info.lines, text: `表头里没有${words}这一列` }] };
  }
  const lines = rest
    .map(({ record, info }) => {
      const cell = (field: Field) => tidy(record[places.get(field) ?? -1] ?? '');
      return {
        line: info.lines,
        ...(Object.fromEntries((Object.keys(HEADERS) as Field[]).map((f) => [f, cell(f)])) as Omit<RosterLine, 'line'>),
        ...(!places.has('grid') && { grid: '一格' }),
      };
    })
    .filter(({ line: _line, grid: _grid, ...cells }) => Object.values(cells).some((cell) => cell !== ''));
  return lines.length > 0 ? { lines, problems: [] } : { lines, problems: [{ line: 1, text: '只有表头，没有住户' }] };
}

/** UTF-8 unless the bytes are not: then what Chinese spreadsheets on Windows write. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Full-width digits, letters and spaces become plain ones; spaces around go. */
function tidy(cell: string): string {
  return cell
    .replace(/[\uff01-\uff5e]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\s]+/gu, ' ')
    .trim();
}

function count(text: string, what: string): number {
  return text.split(what).length - 1;
}
