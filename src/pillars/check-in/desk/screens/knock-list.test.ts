import { describe, expect, it } from 'vitest';
import { timeOn } from '../../../../domain/day.ts';
import { knockList } from './knock-list.ts';
import { attemptLine, callingNow, numbersOf, whyToCall } from './call-words.ts';
import type { Counts, Coverage, DoorCall, DoorSquare } from '../schema.ts';

const day = '2026-11-22';
const at = (clock: string) => timeOn(day, clock);
const t = (key: string, places: Readonly<Record<string, string | number>> = {}) =>
  [key, ...Object.values(places)].join(' ');
const counts = {} as Counts;

const call = (householdId: string, more: Partial<DoorCall> = {}): DoorCall => ({
  householdId,
  door: householdId,
  state: 'missing',
  reasons: [],
  attempts: [],
  followUps: [],
  persons: [
    {
      id: 'zhou',
      name: '周桂英',
      age: 86,
      phone: '17000000001',
      answered: false,
      asked: true,
      level: 'ok',
      symptoms: [],
      needs: [],
    },
  ],
  ...more,
});
const square = (householdId: string, floor: number, state: DoorSquare['state'], unit = '1'): DoorSquare => ({
  householdId,
  unit,
  floor,
  room: '01',
  door: householdId,
  state,
});
const coverage: Coverage = {
  day,
  slot: 'morning',
  at: at('10:32'),
  grids: [],
  counts,
  buildings: [
    {
      id: 'b',
      name: '3栋',
      counts,
      units: [],
      squares: [
        square('3-1-601', 6, 'alert'),
        square('3-1-501', 5, 'done'),
        square('3-1-401', 4, 'missing'),
        square('3-1-301', 3, 'watch'),
        square('3-2-101', 1, 'missing', '2'),
      ],
    },
  ],
  calls: [
    call('3-1-601', {
      state: 'alert',
      reasons: ['chronic', 'livesAlone', 'pregnant', 'needsMedicine', 'missedReading'],
      persons: [{ ...call('').persons[0]!, symptoms: ['chestPain'], temperatureC: 38.6, needs: ['medicine'] }],
    }),
    call('3-1-401', {
      silentDays: 3,
      attempts: [{ at: at('09:10'), byName: '小何', outcome: 'noAnswer', note: '咳嗽' }],
    }),
    call('3-2-101'),
  ],
  callsInAll: 3,
};

describe('the knock list', () => {
  const list = knockList(coverage, t);

  it('goes by stairway, from the top floor down, past doors that nobody need knock at', () => {
    expect(list.map((one) => one.doors.map((door) => door.door))).toEqual([['3-1-601', '3-1-401'], ['3-2-101']]);
  });

  it('knocks in doubt, where the answer could not list every door', () => {
    const long = knockList({ ...coverage, callsInAll: 900 }, t);
    expect(long[0]?.doors.map((door) => door.door)).toContain('3-1-301');
  });

  it('says nothing of anybody’s health, for it is paper', () => {
    const [urgent, silent] = list[0]!.doors;
    expect(urgent?.why).toBe('desk.states.alert · desk.reasons.livesAlone · 17000000001');
    expect(silent?.why).toContain('desk.silent 3');
    expect(JSON.stringify(list)).not.toMatch(/chestPain|38\.6|edicine|chronic|pregnant|missedReading|咳嗽/);
    expect(silent?.tries).toBe('9:10 小何 desk.outcomes.noAnswer');
  });
});

describe('a call in words', () => {
  it('says why: what was said, the roster’s reasons, days of silence, the usual time', () => {
    const why = whyToCall(
      call('x', { reasons: ['livesAlone', 'usualTimePassed'], silentDays: 2, usualBy: '08:10' }),
      t,
      () => true,
    );
    expect(why).toBe('desk.reasons.livesAlone · desk.silent 2 · desk.usualBy 8:10');
  });

  it('offers every number once, guardians last', () => {
    const [first] = call('x').persons;
    const persons = [
      { ...first!, guardianName: '周小军', guardianPhone: '17000000002' },
      { ...first!, id: 'other', name: '周小军', phone: '17000000001' },
    ];
    expect(numbersOf(call('x', { persons }), t).map(({ phone }) => phone)).toEqual(['17000000001', '17000000002']);
  });

  it('has somebody ringing for fifteen minutes, and believes the phone’s own row first', () => {
    const ringing = call('x', { calling: { by: 'he', name: '小何', at: at('10:12') } });
    expect(callingNow(ringing, undefined, at('10:26'))?.name).toBe('小何');
    expect(callingNow(ringing, undefined, at('10:27'))).toBeUndefined();
    const row = { id: 'x/d', householdId: 'x', grid: '二格', day, attempts: [] };
    expect(callingNow(ringing, row, at('10:13'))).toBeUndefined();
  });

  it('tells of a try with its time, who, what came of it, and the note', () => {
    expect(attemptLine({ at: at('09:10'), byName: '小何', outcome: 'knocked', note: '灯亮着' }, t)).toBe(
      '9:10 小何 desk.outcomes.knocked · 灯亮着',
    );
  });
});
