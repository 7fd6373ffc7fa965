import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { doorOf, householdIdOf } from './natural-id.ts';
import { readRoster, sayProblem } from './roster.server.ts';

const HEAD = '网格,楼栋,单元,楼层,房号,姓名,出生年,电话,特殊需要';

function read(text: string | Uint8Array) {
  return readRoster(typeof text === 'string' ? Buffer.from(text, 'utf8') : text, 2026);
}

function good(text: string | Uint8Array) {
  const result = read(text);
  if (!('doors' in result)) throw new Error(result.problems.map(sayProblem).join('\n'));
  return result.doors;
}

const problems = (text: string) => read(text).problems.map(sayProblem);

/** A roster of 73 doors: 3 buildings of 2 stairways, 6 floors, 2 doors a floor, and one door on a seventh. */
function seventyThreeDoors(): string {
  const lines = [HEAD];
  for (const building of [1, 2, 3]) {
    for (const unit of [1, 2]) {
      for (let floor = 1; floor <= 6; floor++) {
        for (const place of [1, 2]) {
          const door = `${building === 3 ? '二格' : '一格'},${building}栋,${unit}单元,${floor},${floor}0${place}`;
          if (floor === 4 && place === 2) lines.push(`${door},,,,`);
          else lines.push(`${door},王建国,1950,17000000001,独居、慢病`, `${door},王小明,2015,,`);
        }
      }
    }
  }
  lines.push('二格,3栋,2单元,7,701,,,,');
  return lines.join('\r\n') + '\r\n';
}

describe('a roster as a volunteer writes it', () => {
  it('becomes exactly its doors and people', () => {
    const { buildings, households, remarks } = good(seventyThreeDoors());
    expect(buildings).toEqual([
      { name: '1栋', units: 2, floors: 6 },
      { name: '2栋', units: 2, floors: 6 },
      { name: '3栋', units: 2, floors: 7 },
    ]);
    expect(households).toHaveLength(73);
    expect(households.filter((door) => door.persons.length === 0)).toHaveLength(7);
    expect(households.flatMap((door) => door.persons)).toHaveLength(132);
    expect(households[0]).toEqual({
      building: '1栋',
      grid: '一格',
      unit: '1',
      floor: 1,
      room: '101',
      persons: [
        { name: '王建国', birthYear: 1950, phone: '17000000001', needs: ['livesAlone', 'chronic'] },
        { name: '王小明', birthYear: 2015, needs: [] },
      ],
    });
    expect(remarks).toEqual([]);
  });

  it.each([
    ['a mark at its head', (text: string) => Buffer.from(`\ufeff${text}`)],
    [
      'the old encoding of Windows',
      (text: string) => execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: text }),
    ],
    ['tabs', (text: string) => Buffer.from(text.replaceAll(',', '\t'))],
    ['semicolons', (text: string) => Buffer.from(text.replaceAll(',', ';'))],
    ['bare line feeds', (text: string) => Buffer.from(text.replaceAll('\r', ''))],
  ])('reads the same with %s', (_what, write) => {
    expect(good(write(seventyThreeDoors()))).toEqual(good(seventyThreeDoors()));
  });

  it('knows columns by other words, in any order, and works out the storey', () => {
    const { households } = good('姓名,手机号,门牌号,楼号,备注\n李秀英, 170 0000 0002 ,１２０３室,７,爱聊天');
    expect(households).toEqual([
      {
        building: '7栋',
        grid: '一格',
        unit: '',
        floor: 12,
        room: '1203',
        persons: [{ name: '李秀英', phone: '17000000002', needs: [] }],
      },
    ]);
  });

  it('takes 3, 3栋 and 3号楼 for one building', () => {
    const { buildings, households } = good(
      `${HEAD}\n一格,3,1,,101,甲,,,\n一格,3号楼,1单元,,102,乙,,,\n一格,3栋,1,,103,丙,,,`,
    );
    expect(buildings).toEqual([{ name: '3栋', units: 1, floors: 1 }]);
    expect(households.map((door) => door.building)).toEqual(['3栋', '3栋', '3栋']);
  });

  it('counts a line that stands there twice once, and says so', () => {
    const line = '一格,1栋,1单元,1,101,王建国,1950,,慢病';
    const { households, remarks } = good([HEAD, line, line].join('\n'));
    expect(households[0]?.persons).toHaveLength(1);
    expect(remarks.map(sayProblem)).toEqual(['第 3 行：和第 2 行是同一个人，只算一次']);
  });

  it('keeps namesakes of different years behind one door apart', () => {
    const { households } = good(`${HEAD}\n一格,1栋,1,5,501,马立新,1968,,\n一格,1栋,1,5,501,马立新,2003,,`);
    expect(households[0]?.persons.map((one) => one.birthYear)).toEqual([1968, 2003]);
  });
});

describe('several households behind one door', () => {
  const shared = good(
    [
      '楼栋,单元,房号,分户,姓名,出生年,网格',
      '3栋,2,501,甲,马立新,1968,一格',
      '3栋,2,501,甲,马小军,2003,一格',
      '3栋,2,501,乙户,马立新,1968,一格',
      '3栋,2,501,3,孙丽,1999,一格',
      '3栋,2,502,,孙丽,1999,一格',
    ].join('\n'),
  ).households;

  it('stay apart, each with its own people, namesakes too', () => {
    expect(shared.map((one) => [one.room, one.share, one.persons.map((person) => person.name)])).toEqual([
      ['501', '甲', ['马立新', '马小军']],
      ['501', '乙', ['马立新']],
      ['501', '丙', ['孙丽']],
      ['502', undefined, ['孙丽']],
    ]);
  });

  it('have their own ids and their own words for the door; a door of one household keeps what it had', () => {
    const ids = shared.map((one) => householdIdOf('c', '3', one.unit, one.room, one.share));
    expect(new Set(ids).size).toBe(4);
    expect(ids[3]).toBe(householdIdOf('c', '3', '2', '502'));
    expect(shared.map((one) => doorOf(one.building, one.unit, one.room, one.share))).toEqual([
      '3-2-501甲',
      '3-2-501乙',
      '3-2-501丙',
      '3-2-502',
    ]);
  });

  it('want a word that tells them apart', () => {
    expect(problems('楼栋,单元,房号,分户,姓名\n3栋,2,501,东屋,马立新')).toEqual([
      '第 2 行：分户“东屋”不认识，同一扇门里的几户请写甲、乙、丙这样',
    ]);
  });
});

describe('what is wrong', () => {
  const row = (rest: string) => `${HEAD}\n一格,1栋,1单元,1,101,王建国,1950,,\n${rest}`;

  it.each([
    ['a year', '一格,1栋,1单元,1,102,李明,19x3,,', '第 3 行：出生年“19x3”不是年份，要写四位数字，比如 1953'],
    ['a year to come', '一格,1栋,1单元,1,102,李明,2031,,', '第 3 行：出生年“2031”不在 1901 到 2026 之间'],
    ['a phone', '一格,1栋,1单元,1,102,李明,1953,1700000000,', '第 3 行：电话“1700000000”是 10 位，手机号要 11 位'],
    [
      'a need',
      '一格,1栋,1单元,1,102,李明,1953,,腿脚好',
      '第 3 行：特殊需要“腿脚好”不认识，能写的有：独居、慢病、行动不便、孕产妇、残疾',
    ],
    ['a building', '一格,,1单元,1,102,李明,1953,,', '第 3 行：没写楼栋'],
    ['a room', '一格,1栋,1单元,1,,李明,1953,,', '第 3 行：没写房号'],
    ['a storey', '一格,1栋,1单元,,东,李明,1953,,', '第 3 行：从房号“东”看不出在几层，请写上楼层'],
    ['a name', '一格,1栋,1单元,1,102,,1953,,', '第 3 行：没写姓名，却写了出生年、电话或需要'],
    ['another grid', '二格,1栋,1单元,1,101,李明,1953,,', '第 3 行：1-1-101 在第 2 行写的是一格，这里写的是二格'],
    ['an empty flat with people', '一格,1栋,1单元,1,101,,,,', '第 3 行：1-1-101 在第 2 行写了住户，这里没有姓名'],
    [
      'the same person otherwise',
      '一格,1栋,1单元,1,101,王建国,1950,,慢病',
      '第 3 行：王建国在第 2 行已经写过，两行的出生年、电话或需要对不上',
    ],
  ])('names the line: %s', (_what, line, said) => {
    expect(problems(row(line))).toEqual([said]);
  });

  it('names every bad line at once, by its number in the file, blank lines counted', () => {
    const text = `${HEAD}\n一格,1栋,1,1,101,甲,abcd,,\n\n一格,1栋,1,2,201,乙,,12,\n一格,1栋,1,3,301,丙,1960,,\n`;
    expect(problems(text).map((said) => said.slice(0, 6))).toEqual(['第 2 行：', '第 4 行：']);
  });

  it.each([
    ['', '第 1 行：这是一个空文件'],
    [HEAD, '第 1 行：只有表头，没有住户'],
    ['网格,姓名\n一格,甲', '第 1 行：表头里没有“楼栋”、“房号”这一列'],
  ])('says what a file lacks (%#)', (text, said) => {
    expect(problems(text)).toEqual([said]);
  });
});
