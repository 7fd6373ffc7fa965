import { describe, expect, it } from 'vitest';
import { addTexts, textOf } from '../../../client/i18n/i18n.ts';
import { timeOn } from '../../../domain/day.ts';
import { reportTexts } from './report-texts.ts';
import { reportCsv, reportParagraph } from './report-words.ts';
import type { Counts, DayReport } from './schema.ts';

addTexts(reportTexts);
const none: Counts = {
  alert: 0,
  watch: 0,
  missing: 0,
  observed: 0,
  done: 0,
  away: 0,
  notAsked: 0,
  vacant: 0,
  doors: 0,
};
const counts = {
  ...none,
  doors: 520,
  alert: 2,
  watch: 3,
  missing: 31,
  observed: 1,
  done: 450,
  away: 12,
  notAsked: 1,
  vacant: 20,
};
const report: DayReport = {
  day: '2026-03-09',
  at: timeOn('2026-03-09', '10:32'),
  communityName: '湖畔小区',
  grids: [],
  counts,
  buildings: [
    { name: '1栋', counts: { ...none, doors: 36, done: 36 } },
    { name: '=HYPERLINK("http://x")', counts: none },
  ],
  silent: [
    { door: '3-2-1901', silentDays: 2, tries: 1 },
    { door: '3-2-501甲', tries: 0 },
  ],
  alerts: { opened: 2, seen: 1, closed: 0, medianContactMinutes: 9 },
  calls: { made: 23, reached: 15, knocked: 4 },
  observed: 1,
};

describe('the paragraph', () => {
  it('tells counts, and neither a door nor a name', () => {
    expect(reportParagraph(report, textOf).split('\n')).toEqual([
      '湖畔小区 3月9日报平安小结（10:32）',
      '要问的 487 户里，456 户有消息，31 户还没有消息。',
      '不在家 12 户，不用报 1 户，空房 20 户。',
      '要马上处理的 2 户，要去看看的 3 户。',
      '要马上处理的事出了 2 件，看到 1 件，办完 0 件。',
      '从报上来到联系上，一般 9 分钟。',
      '打电话、上门 23 次，联系上 15 次，敲了门没人 4 次。',
      '居家观察 1 人。',
    ]);
  });

  it('of a quiet day is short, names the grids where it is not about all of them, and says when nobody is asked', () => {
    const quiet = {
      ...report,
      grids: ['二格'],
      counts: { ...none, doors: 40, done: 39, vacant: 1 },
      alerts: { opened: 0, seen: 0, closed: 0 },
      calls: { made: 0, reached: 0, knocked: 0 },
      observed: 0,
    };
    expect(reportParagraph(quiet, textOf).split('\n').slice(1)).toEqual([
      '管的是：二格。',
      '要问的 39 户，户户都有消息。',
      '不在家 0 户，不用报 0 户，空房 1 户。',
    ]);
    const ordinary = { ...quiet, counts: { ...none, doors: 40, notAsked: 40 } };
    expect(reportParagraph(ordinary, textOf)).toContain('今天没有要问的户。');
  });
});

describe('the table', () => {
  it('opens in a spreadsheet as what it is', () => {
    const csv = reportCsv(report, textOf);
    expect(csv.startsWith('\uFEFF湖畔小区,2026-03-09\r\n\r\n楼栋,户数,有消息,还没消息,')).toBe(true);
    expect(csv).toContain('\r\n1栋,36,36,0,0,0,0,0,0,0\r\n');
    expect(csv).toContain(`\r\n"'=HYPERLINK(""http://x"")",0,`);
    expect(csv).toContain('\r\n合计,520,456,31,2,3,1,12,1,20\r\n');
    expect(csv).toContain('\r\n3-2-1901室,2,1\r\n3-2-501甲,从来没有,0\r\n');
  });
});
