import { SHARES } from './args.ts';
import type { RosterInput } from './args.ts';
import { buildingLabel, doorOf } from './natural-id.ts';
import type { Need } from './schema.ts';

/** A line of the roster: one person, or one empty flat. Cells are tidied, `line` is its number in the file. */
export interface RosterLine {
  readonly line: number;
  readonly grid: string;
  readonly building: string;
  readonly unit: string;
  readonly floor: string;
  readonly room: string;
  /** Tells households behind one door apart: `甲`, `乙`; empty where one has the door. */
  readonly share: string;
  readonly name: string;
  readonly birthYear: string;
  readonly phone: string;
  readonly needs: string;
}

/** What is wrong with a line, said to whoever wrote it. */
export interface RosterProblem {
  readonly line: number;
  readonly text: string;
}

/** The doors of a roster, ready to be imported, and lines that said the same thing twice. */
export interface RosterDoors {
  readonly buildings: RosterInput['buildings'];
  readonly households: RosterInput['households'];
  readonly remarks: readonly RosterProblem[];
}

interface Door {
  readonly line: number;
  readonly household: RosterInput['households'][number];
  readonly persons: { line: number; person: RosterInput['households'][number]['persons'][number] }[];
}

const NEEDS: Readonly<Record<string, Need>> = {
  独居: 'livesAlone',
  独居老人: 'livesAlone',
  慢病: 'chronic',
  慢性病: 'chronic',
  行动不便: 'limitedMobility',
  孕产妇: 'pregnant',
  孕妇: 'pregnant',
  产妇: 'pregnant',
  残疾: 'disabled',
  残疾人: 'disabled',
};

/**
 * Groups lines into doors. Every bad line is named; with a single one nothing may be imported.
 * @param thisYear nobody is born after it
 */
export function groupDoors(
  lines: readonly RosterLine[],
  thisYear: number,
): { doors: RosterDoors; problems: RosterProblem[] } {
  const problems: RosterProblem[] = [];
  const remarks: RosterProblem[] = [];
  const doors = new Map<string, Door>();
  const buildingNames = new Map<string, string>();
  for (const line of lines) {
    const wrong = (text: string) => void problems.push({ line: line.line, text });
    const place = placeOf(line, buildingNames, wrong);
    const person = personOf(line, thisYear, wrong);
    if (!place) continue;
    const key = doorOf(place.building, place.unit, place.room, place.share);
    let door = doors.get(key);
    if (!door) doors.set(key, (door = { line: line.line, household: place, persons: [] }));
    else compareDoors(door, place, key, wrong);
    if (person) addPerson(door, person, line.line, wrong, remarks);
    else if (line.name === '' && door.line !== line.line) emptyAgain(door, key, line, wrong, remarks);
  }
  const households = [...doors.values()].map(({ household, persons }) => ({
    ...household,
    persons: persons.map(({ person }) => person),
  }));
  return { doors: { buildings: buildingsOf(households), households, remarks }, problems: inOrder(problems) };
}

type Complain = (text: string) => void;

function placeOf(line: RosterLine, names: Map<string, string>, wrong: Complain): Door['household'] | undefined {
  if (line.grid === '') wrong('没写是哪个网格');
  if (line.building === '') wrong('没写楼栋');
  const room = line.room.replace(/(室|号|房)$/u, '');
  if (room === '') wrong('没写房号');
  const unit = line.unit.replace(/(单元|门洞|门|梯|号)+$/u, '');
  const floor = floorOf(line.floor, room);
  if (floor === undefined && room !== '') {
    wrong(line.floor === '' ? `从房号“${line.room}”看不出在几层，请写上楼层` : `楼层“${line.floor}”不是数字`);
  }
  if (line.grid === '' || line.building === '' || room === '' || floor === undefined) return undefined;
  const share = shareOf(line.share);
  if (share === undefined && line.share !== '') {
    wrong(`分户“${line.share}”不认识，同一扇门里的几户请写甲、乙、丙这样`);
    return undefined;
  }
  // 3, 3栋 and 3号楼 are one building, called as it is called first.
  const label = buildingLabel(line.building);
  const building = names.get(label) ?? (/^\d+$/u.test(line.building) ? `${line.building}栋` : line.building);
  names.set(label, building);
  return { building, grid: line.grid, unit, floor, room, ...(share && { share }), persons: [] };
}

/** 甲 as it is written: `甲`, `甲户`, `A` or `1`. */
function shareOf(written: string): (typeof SHARES)[number] | undefined {
  const word = written.replace(/(户|家)$/u, '');
  const place = /^\d+$/u.test(word) ? Number(word) - 1 : 'ABCDEFGHIJ'.indexOf(word.toUpperCase() || '-');
  return SHARES.find((share) => share === word) ?? SHARES[place];
}

/** The storey as written, or as the room's number has it: all but its last two digits. */
function floorOf(written: string, room: string): number | undefined {
  const said = /^(-?\d{1,3})\s*(层|楼|F)?$/iu.exec(written);
  if (said) return Number(said[1]);
  if (written !== '') return undefined;
  const derived = /^[A-Za-z]?(\d{1,2})\d{2}[A-Za-z]?$/u.exec(room);
  return derived ? Number(derived[1]) : undefined;
}

function personOf(line: RosterLine, thisYear: number, wrong: Complain): Door['persons'][number]['person'] | undefined {
  if (line.name === '') {
    if (line.birthYear !== '' || line.phone !== '' || line.needs !== '') wrong('没写姓名，却写了出生年、电话或需要');
    return undefined;
  }
  const person: { name: string; birthYear?: number; phone?: string; needs: Need[] } = { name: line.name, needs: [] };
  if (line.name.length > 40) wrong('姓名太长，超过 40 个字');
  if (line.birthYear !== '') {
    const year = Number(/^(\d{4})(年|[-./年]\d{1,2}.*)?$/u.exec(line.birthYear)?.[1]);
    if (Number.isNaN(year)) wrong(`出生年“${line.birthYear}”不是年份，要写四位数字，比如 1953`);
    else if (year < thisYear - 125 || year > thisYear)
      wrong(`出生年“${line.birthYear}”不在 ${thisYear - 125} 到 ${thisYear} 之间`);
    else person.birthYear = year;
  }
  if (line.phone !== '') {
    const phone = line.phone.replace(/[\s().]/gu, '');
    const digits = phone.replace(/\D/gu, '').length;
    if (!/^\+?\d[\d-]*\d$/u.test(phone)) wrong(`电话“${line.phone}”里有不是数字的字`);
    else if (/^1\d*$/u.test(phone) && digits !== 11) wrong(`电话“${line.phone}”是 ${digits} 位，手机号要 11 位`);
    else if (digits < 7 || digits > 15) wrong(`电话“${line.phone}”是 ${digits} 位，座机要 7 到 12 位`);
    else person.phone = phone;
  }
  for (const word of line.needs.split(/[、,，/;；\s]+/u).filter((one) => one !== '' && one !== '无')) {
    const need = NEEDS[word];
    if (!need) wrong(`特殊需要“${word}”不认识，能写的有：独居、慢病、行动不便、孕产妇、残疾`);
    else if (!person.needs.includes(need)) person.needs.push(need);
  }
  return person;
}

function compareDoors(door: Door, place: Door['household'], key: string, wrong: Complain): void {
  if (door.household.grid !== place.grid) {
    wrong(`${key} 在第 ${door.line} 行写的是${door.household.grid}，这里写的是${place.grid}`);
  }
  if (door.household.floor !== place.floor) {
    wrong(`${key} 在第 ${door.line} 行写的是 ${door.household.floor} 层，这里写的是 ${place.floor} 层`);
  }
}

function addPerson(
  door: Door,
  person: Door['persons'][number]['person'],
  line: number,
  wrong: Complain,
  remarks: RosterProblem[],
): void {
  if (door.persons.length === 0 && door.line !== line) {
    wrong(`第 ${door.line} 行说这一户是空的，这里又写了${person.name}`);
    return;
  }
  const namesake = door.persons.find(
    (known) =>
      known.person.name === person.name &&
      (known.person.birthYear === person.birthYear ||
        known.person.birthYear === undefined ||
        person.birthYear === undefined),
  );
  if (!namesake) door.persons.push({ line, person });
  else if (JSON.stringify(namesake.person) === JSON.stringify(person)) {
    remarks.push({ line, text: `和第 ${namesake.line} 行是同一个人，只算一次` });
  } else wrong(`${person.name}在第 ${namesake.line} 行已经写过，两行的出生年、电话或需要对不上`);
}

function emptyAgain(door: Door, key: string, line: RosterLine, wrong: Complain, remarks: RosterProblem[]): void {
  if (door.persons.length > 0) wrong(`${key} 在第 ${door.persons[0]?.line} 行写了住户，这里没有姓名`);
  else remarks.push({ line: line.line, text: `和第 ${door.line} 行是同一户空房，只算一次` });
}

/** Buildings in order of their number, each as tall as its highest door. */
function buildingsOf(households: RosterInput['households']): RosterInput['buildings'] {
  const shapes = new Map<string, { units: Set<string>; floors: number }>();
  for (const { building, unit, floor } of households) {
    const shape = shapes.get(building) ?? { units: new Set<string>(), floors: 1 };
    shape.units.add(unit);
    shape.floors = Math.max(shape.floors, floor);
    shapes.set(building, shape);
  }
  return [...shapes]
    .sort(([a], [b]) => a.localeCompare(b, 'zh-Hans-CN', { numeric: true }))
    .map(([name, { units, floors }]) => ({ name, units: units.size, floors }));
}

function inOrder(problems: RosterProblem[]): RosterProblem[] {
  return problems.sort((a, b) => a.line - b.line);
}
