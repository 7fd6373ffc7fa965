import type { HeldRole } from '../domain/actor.ts';
import type { RosterInput } from '../people/args.ts';

type RosterPerson = RosterInput['households'][number]['persons'][number];

/** Who can be tried out, each with a link of their own. */
export type CastKey =
  'elder' | 'family' | 'volunteer' | 'volunteer2' | 'neighbour' | 'gridWorker' | 'secretary' | 'organiser';

/** A household written by hand, because stories are told about it. */
export interface CastDoor {
  readonly door: string;
  readonly key?: CastKey;
  /** The link is the household's slip, or the own slip of its first person, who holds the duty. */
  readonly slip?: 'household' | 'person';
  /** What rehearsal.json says of whoever opens the link. */
  readonly role?: string;
  readonly persons: readonly RosterPerson[];
}

const duty = (kind: HeldRole['kind'], grid?: string) => [{ kind, ...(grid !== undefined && { grid }) }];

/** The people whom every rehearsal has, whatever its seed. */
export const CAST: readonly CastDoor[] = [
  {
    door: '3-2-501',
    key: 'elder',
    slip: 'household',
    role: '独居老人',
    persons: [
      { name: '王秀兰', birthYear: 1943, phone: '17000090001', needs: ['livesAlone', 'chronic'], dailyGreeting: true },
    ],
  },
  {
    door: '3-1-302',
    key: 'family',
    slip: 'household',
    role: '一家四口，有奶奶',
    persons: [
      { name: '李建军', birthYear: 1984, phone: '17000090002' },
      { name: '陈雪梅', birthYear: 1986, phone: '17000090003' },
      { name: '李乐瑶', birthYear: 2015 },
      { name: '张桂芳', birthYear: 1951, phone: '17000090004', needs: ['chronic'] },
    ],
  },
  {
    door: '3-2-502',
    key: 'neighbour',
    slip: 'household',
    role: '王秀兰的对门',
    persons: [
      { name: '许光明', birthYear: 1962, phone: '17000090005' },
      { name: '余素梅', birthYear: 1964, phone: '17000090006', needs: ['chronic'] },
    ],
  },
  {
    door: '2-3-402',
    key: 'volunteer',
    slip: 'person',
    role: '志愿者小何',
    persons: [
      { name: '何志远', birthYear: 1992, phone: '17000090007', duties: duty('volunteer') },
      { name: '宋佳怡', birthYear: 1993, phone: '17000090008' },
    ],
  },
  {
    door: '4-3-601',
    key: 'volunteer2',
    slip: 'person',
    role: '志愿者',
    persons: [
      { name: '方晓燕', birthYear: 1978, phone: '17000090009', duties: duty('volunteer') },
      { name: '丁海涛', birthYear: 1976, phone: '17000090010' },
      { name: '丁一诺', birthYear: 2011 },
    ],
  },
  {
    door: '4-1-101',
    key: 'gridWorker',
    slip: 'person',
    role: '二格网格员老田',
    persons: [
      { name: '田建民', birthYear: 1968, phone: '17000090011', duties: duty('gridWorker', '二格') },
      { name: '吕爱华', birthYear: 1969, phone: '17000090012' },
    ],
  },
  {
    door: '6-1-901',
    key: 'secretary',
    slip: 'person',
    role: '社区书记',
    persons: [
      { name: '顾文静', birthYear: 1979, phone: '17000090013', duties: duty('secretary') },
      { name: '沈国栋', birthYear: 1977, phone: '17000090014' },
      { name: '沈子墨', birthYear: 2009 },
    ],
  },
  {
    door: '4-2-301',
    key: 'organiser',
    slip: 'person',
    role: '团长',
    persons: [
      { name: '许美玲', birthYear: 1985, phone: '17000090015', duties: duty('organiser') },
      { name: '马俊杰', birthYear: 1984, phone: '17000090016' },
      { name: '马语桐', birthYear: 2017 },
    ],
  },
  {
    door: '1-2-201',
    persons: [{ name: '宋海燕', birthYear: 1974, phone: '17000090017', duties: duty('gridWorker', '一格') }],
  },
  {
    door: '5-1-702',
    persons: [
      { name: '罗振华', birthYear: 1971, phone: '17000090018', duties: duty('gridWorker', '三格') },
      { name: '夏丽萍', birthYear: 1973, phone: '17000090019' },
    ],
  },
  {
    door: '6-2-1203',
    persons: [
      { name: '范慧敏', birthYear: 1982, phone: '17000090020', duties: duty('gridWorker', '四格') },
      { name: '钟立峰', birthYear: 1981, phone: '17000090021' },
      { name: '钟奕辰', birthYear: 2013 },
    ],
  },
  {
    door: '7-1-504',
    persons: [
      { name: '邓国平', birthYear: 1966, phone: '17000090022', duties: duty('gridWorker', '五格') },
      { name: '彭惠芳', birthYear: 1967, phone: '17000090023' },
    ],
  },
  // Unrelated tenants behind one door.
  { door: '7-2-1203甲', persons: [{ name: '韦小军', birthYear: 1996, phone: '17000090024' }] },
  { door: '7-2-1203乙', persons: [{ name: '黎小燕', birthYear: 1998, phone: '17000090025' }] },
];
