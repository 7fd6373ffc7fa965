import type { RosterInput } from '../../src/people/args.ts';

export const townName = '湖畔小区';

/** The people of the stories: an elder alone, a family of four, neighbours, two volunteers, the desk. */
export const roster: RosterInput = {
  community: {
    name: townName,
    mode: 'emergency',
    modeReason: '演练',
    modeUntil: '2026-12-31',
    slots: ['morning'],
    dueAt: { morning: '10:00' },
    asksTemperature: true,
    dutyPhone: '17000009999',
    dutyName: '值班室',
  },
  buildings: [
    { name: '1栋', units: 1, floors: 6 },
    { name: '3栋', units: 2, floors: 18, lift: true },
  ],
  households: [
    door('3栋', '2', 5, '501', [
      { name: '王秀兰', birthYear: 1940, phone: '17000000001', needs: ['livesAlone', 'chronic'] },
    ]),
    door('3栋', '1', 4, '402', [
      { name: '李明', birthYear: 1985, phone: '17000000002' },
      { name: '陈芳', birthYear: 1987 },
      { name: '李乐', birthYear: 2015 },
      { name: '赵桂芳', birthYear: 1948, needs: ['chronic'] },
    ]),
    door('1栋', '1', 1, '101', [{ name: '陈国强', birthYear: 1970, phone: '17000000003' }]),
    door('1栋', '1', 2, '201', [
      { name: '何志远', birthYear: 1998, phone: '17000000004', duties: [{ kind: 'volunteer' }] },
      { name: '周敏', birthYear: 1999, phone: '17000000005', duties: [{ kind: 'volunteer' }] },
    ]),
    door('1栋', '1', 6, '602', []),
  ],
  staff: [
    { key: 'gridWorker', name: '田建国', phone: '17000000008', duties: [{ kind: 'gridWorker', grid: '一格' }] },
    { key: 'secretary', name: '孙书记', duties: [{ kind: 'secretary' }] },
  ],
};

type Persons = RosterInput['households'][number]['persons'];

function door(building: string, unit: string, floor: number, room: string, persons: Persons) {
  return { building, unit, floor, room, persons, grid: building === '1栋' ? '二格' : '一格' };
}
