import { addDays, dayOf, MINUTE_MS, timeOn } from '../domain/day.ts';
import { naturalId } from '../people/natural-id.ts';
import { commonMedicines } from '../pillars/errands/medicines-list.ts';
import type { RequestArgs } from '../pillars/errands/args.ts';
import { phoneOf, phonesOfDuty } from './act.ts';
import type { Act } from './act.ts';
import { chanceOf } from './chance.ts';
import type { Home, Town } from './town.ts';

type Step = 'claim' | 'collectPacket' | 'buy' | 'handOver' | 'close';
type Ask = Pick<RequestArgs, 'kind' | 'handOver'> & Partial<Pick<RequestArgs, 'text' | 'packet'>>;

interface Plan extends Ask {
  readonly hoursAgo: number;
  /** By name, with the boxes wanted. */
  readonly medicines?: readonly (readonly [name: string, boxes: number])[];
  /** How far it has come: steps after the request. */
  readonly steps: readonly Step[];
  readonly amountFen?: number;
  /** A door of the cast; any elder's otherwise. */
  readonly door?: string;
  /** Taken by the volunteer of the cast. */
  readonly byCast?: boolean;
}

const WHOLE: readonly Step[] = ['claim', 'collectPacket', 'buy', 'handOver', 'close'];
const SHORT: readonly Step[] = ['claim', 'handOver', 'close'];

const PLANS: readonly Plan[] = [
  {
    hoursAgo: 1,
    kind: 'medicine',
    medicines: [['苯磺酸氨氯地平', 2]],
    packet: ['card', 'emptyBox'],
    handOver: 'inPerson',
    steps: [],
  },
  { hoursAgo: 2, kind: 'parcel', text: '北门快递柜，取件码到时候当面说，箱子不大', handOver: 'callFirst', steps: [] },
  {
    hoursAgo: 3,
    kind: 'groceries',
    text: '青菜两斤，豆腐一块，软一点的面包',
    packet: ['cash'],
    handOver: 'inPerson',
    steps: [],
  },
  { hoursAgo: 5, kind: 'other', text: '客厅灯不亮了，想找人帮着看看，灯泡家里有', handOver: 'callFirst', steps: [] },
  {
    hoursAgo: 7,
    kind: 'medicine',
    medicines: [
      ['二甲双胍', 2],
      ['阿卡波糖', 1],
    ],
    packet: ['card', 'prescription'],
    handOver: 'inPerson',
    steps: [],
  },
  { hoursAgo: 9, kind: 'ride', text: '周四上午去社区医院换药，坐轮椅，要人推', handOver: 'callFirst', steps: [] },
  {
    hoursAgo: 6,
    kind: 'medicine',
    medicines: [['缬沙坦', 2]],
    packet: ['card', 'emptyBox'],
    handOver: 'inPerson',
    steps: ['claim'],
    byCast: true,
  },
  {
    hoursAgo: 8,
    kind: 'bill',
    text: '交水费，单子和钱一起给',
    packet: ['cash'],
    handOver: 'inPerson',
    steps: ['claim', 'collectPacket'],
  },
  {
    hoursAgo: 20,
    kind: 'medicine',
    medicines: [
      ['阿托伐他汀钙', 2],
      ['阿司匹林肠溶片', 1],
    ],
    packet: ['card', 'prescription'],
    handOver: 'inPerson',
    steps: ['claim', 'collectPacket', 'buy'],
    amountFen: 8640,
  },
  { hoursAgo: 26, kind: 'parcel', text: '东门驿站的一袋猫粮，有点沉', handOver: 'door', steps: ['claim', 'handOver'] },
  {
    hoursAgo: 30,
    kind: 'groceries',
    text: '鸡蛋十个，挂面两把，盐一包',
    packet: ['cash'],
    handOver: 'inPerson',
    steps: WHOLE,
    amountFen: 3150,
  },
  {
    hoursAgo: 50,
    kind: 'medicine',
    medicines: [['苯磺酸氨氯地平', 1]],
    packet: ['card', 'emptyBox'],
    handOver: 'inPerson',
    steps: WHOLE,
    amountFen: 2360,
    door: '3-2-501',
    byCast: true,
  },
  { hoursAgo: 52, kind: 'parcel', text: '女儿寄来的棉鞋，在北门快递柜', handOver: 'callFirst', steps: SHORT },
  {
    hoursAgo: 55,
    kind: 'meal',
    text: '中午的饭，社区食堂，软一点，少盐',
    packet: ['cash'],
    handOver: 'inPerson',
    steps: WHOLE,
    amountFen: 1200,
  },
  { hoursAgo: 74, kind: 'other', text: '把阳台的花盆搬进屋，台风要来了', handOver: 'callFirst', steps: SHORT },
  {
    hoursAgo: 78,
    kind: 'medicine',
    medicines: [
      ['氨溴索', 1],
      ['氯雷他定', 1],
    ],
    packet: ['card'],
    handOver: 'inPerson',
    steps: WHOLE,
    amountFen: 4180,
  },
];

/** What households asked for in the last days, step by step: everybody's first step, everybody's second, and so on. */
export function errandActs(town: Town, seed: number, now: number): Act[][] {
  const chance = chanceOf(seed, 'errands');
  const elders = chance.shuffle(
    town.homes.filter(
      (home) => home.cast === undefined && home.residents.some((who) => who.home && who.birthYear < 1960),
    ),
  );
  const volunteers = phonesOfDuty(town, 'volunteer');
  const cast = town.homes.find((home) => home.cast?.key === 'volunteer');
  const others = chance.shuffle(volunteers.filter((one) => !cast || !one.households.includes(cast.id)));
  const mine = volunteers.find((one) => cast && one.households.includes(cast.id));

  const ways = PLANS.map((plan, number): Act[] => {
    const home = plan.door === undefined ? elders[number] : town.homes.find((one) => one.door === plan.door);
    const volunteer = plan.byCast ? mine : others[number];
    if (!home || !volunteer) throw new Error('the rehearsal has too few elders or volunteers');
    return wayOf(town, plan, home, volunteer, naturalId('r', town.communityId, 'errand', String(number)), now);
  });
  const longest = Math.max(...ways.map((way) => way.length));
  return Array.from({ length: longest }, (_, step) => ways.flatMap((way) => way[step] ?? []));
}

function wayOf(town: Town, plan: Plan, home: Home, volunteer: Act['as'], errandId: string, now: number): Act[] {
  const asks = home.residents.find((who) => who.home && who.birthYear < 1960) ?? home.residents[0];
  const medicines = plan.medicines?.map(([name, quantity]) => ({ name, strength: strengthOf(name), quantity }));
  const request: RequestArgs = {
    id: errandId,
    householdId: home.id,
    personId: asks?.id,
    kind: plan.kind,
    ...(medicines && { medicines }),
    text: plan.text,
    neededBy: addDays(dayOf(now), plan.steps.length > 3 ? 0 : 1),
    packet: plan.packet ?? [],
    handOver: plan.handOver,
  };
  const argsOf: Readonly<Record<Step, object>> = {
    claim: {},
    collectPacket: { packet: plan.packet ?? [] },
    buy: {
      amountFen: plan.amountFen ?? 0,
      checked: (medicines ?? []).map(({ name, strength }) => ({ name, strength })),
    },
    handOver: { how: plan.handOver },
    close: {},
  };
  const begin = daytime(now - plan.hoursAgo * 60 * MINUTE_MS, now);
  const act = (as: Act['as'], name: string, args: unknown, step: number): Act => ({
    as,
    order: { id: naturalId('r', errandId, name), name, args, happenedAt: Math.min(now, begin + step * 25 * MINUTE_MS) },
  });
  return [
    act(phoneOf(town, home, asks), 'errands.request', request, 0),
    ...plan.steps.map((step, at) => act(volunteer, `errands.${step}`, { errandId, ...argsOf[step] }, at + 1)),
  ];
}

/** People ask by day: what falls into the night is moved to the morning after, or before where that is still to come. */
function daytime(time: number, now: number): number {
  const morning = timeOn(dayOf(time), '08:30');
  if (time >= morning) return time;
  return morning <= now ? morning : time;
}

function strengthOf(name: string): string {
  const medicine = commonMedicines.find((one) => one.name === name);
  if (!medicine) throw new Error(`no such medicine: ${name}`);
  return medicine.strength;
}
