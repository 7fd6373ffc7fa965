import { communityIdOf, householdIdOf, personIdOf, slipIdOf, staffIdOf } from '../../src/people/natural-id.ts';
import type { Database } from '../../src/server/database/database.ts';
import type { Operate, Order } from '../../src/server/operate.ts';
import { keepCodes } from '../../src/server/slip-codes.ts';
import { roster } from '../support/town-roster.ts';

/** Whose slip a phone signs in with: a household's, or one person's own. */
export const WHO = ['wang', 'li', 'chen', 'he', 'zhou', 'tian', 'secretary'] as const;
export type Who = (typeof WHO)[number];

/** The community of one history. The same people in each; their ids and codes follow from the seed. */
export interface SimTown {
  readonly communityId: string;
  readonly households: Readonly<Record<'wang' | 'li' | 'chen' | 'he', string>>;
  readonly persons: Readonly<Record<string, string>>;
  code(who: Who): string;
}

export function simTown(name: string): SimTown {
  const communityId = communityIdOf(name);
  const home = (building: string, unit: string, room: string) => householdIdOf(communityId, building, unit, room);
  const households = {
    wang: home('3', '2', '501'),
    li: home('3', '1', '402'),
    chen: home('1', '1', '101'),
    he: home('1', '1', '201'),
  };
  const persons = {
    wang: personIdOf(households.wang, '王秀兰', 1940),
    li: personIdOf(households.li, '李明', 1985),
    chenFang: personIdOf(households.li, '陈芳', 1987),
    lele: personIdOf(households.li, '李乐', 2015),
    grandma: personIdOf(households.li, '赵桂芳', 1948),
    chen: personIdOf(households.chen, '陈国强', 1970),
    he: personIdOf(households.he, '何志远', 1998),
    zhou: personIdOf(households.he, '周敏', 1999),
    tian: staffIdOf(communityId, 'gridWorker'),
    secretary: staffIdOf(communityId, 'secretary'),
  };
  return { communityId, households, persons, code: (who) => `${communityId}${who}`.replace(/[^0-9a-z]/g, '') };
}

/** Opens the community through the server as its keeper would: people, slips, a round of few portions, a notice. */
export async function settleTown(
  town: SimTown,
  db: Pick<Database, 'query'>,
  operate: Operate,
  now: number,
): Promise<void> {
  const { communityId, households, persons } = town;
  const owners: Readonly<Record<Who, { householdId?: string; personId?: string }>> = {
    wang: { householdId: households.wang },
    li: { householdId: households.li },
    chen: { householdId: households.chen },
    he: { personId: persons['he']! },
    zhou: { personId: persons['zhou']! },
    tian: { personId: persons['tian']! },
    secretary: { personId: persons['secretary']! },
  };
  const slips = WHO.map((who) => ({
    code: town.code(who).toUpperCase(),
    slip: { id: slipIdOf(communityId, Object.values(owners[who])[0]!), ...owners[who] },
  }));
  await keepCodes(
    db,
    communityId,
    slips.map(({ code, slip }) => ({ code, slipId: slip.id })),
  );
  const round = `${communityId}-round`;
  const orders: Omit<Order, 'id'>[] = [
    { name: 'people.importRoster', args: roster },
    ...slips.map(({ slip }) => ({ name: 'people.issueSlip', args: slip })),
    {
      name: 'groupBuy.open',
      args: {
        id: round,
        title: '蔬菜团',
        opensAt: now - 60_000,
        closesAt: now + 3 * 86_400_000,
        items: [
          offered(`${round}-hen`, '三黄鸡', 3),
          offered(`${round}-egg`, '鲜鸡蛋', 5),
          offered(`${round}-greens`, '上海青', 50),
        ],
      },
    },
    {
      name: 'notices.publish',
      args: {
        id: `${communityId}-notice`,
        title: '停水',
        body: '明早八点停水。',
        level: 'important',
        category: 'water',
        scope: 'community',
        needsReceipt: true,
      },
    },
  ];
  const verdicts = await operate(
    communityId,
    orders.map((order, n) => ({ ...order, id: `${communityId}-${n}` })),
  );
  const refused = verdicts.find((verdict) => verdict.outcome !== 'accepted');
  if (refused) throw new Error(`the town could not be opened: ${JSON.stringify(refused)}`);
}

function offered(id: string, name: string, stock: number) {
  return { id, name, unit: '份', contents: '一份', priceFen: 1_990, stock, perHousehold: 2 };
}
