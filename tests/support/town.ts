import type { Accompany } from '../../src/client/acting.ts';
import { complete, gather } from '../../src/domain/registry.ts';
import type { Slice } from '../../src/domain/slice.ts';
import { communityIdOf, householdIdOf, personIdOf, slipIdOf, staffIdOf } from '../../src/people/natural-id.ts';
import { registry } from '../../src/pillars/registry.ts';
import type { Server } from '../../src/server/create-server.ts';
import type { Database } from '../../src/server/database/database.ts';
import type { Log } from '../../src/server/log.ts';
import type { Post } from '../../src/server/slice.ts';
import { keepCodes } from '../../src/server/slip-codes.ts';
import { testDatabase, type TestDatabase } from './cluster.ts';
import { HttpDevice } from './http-device.ts';
import { StoryPhone } from './story-phone.ts';
import { StoryWorld } from './story-world.ts';
import { nobodyThere, testServer } from './test-server.ts';
import { roster, townName } from './town-roster.ts';

/** Whose slip opens which phone: a household's, or one person's own. */
export type Who = keyof typeof slips;

const communityId = communityIdOf(townName);
const home = (building: string, unit: string, room: string) => householdIdOf(communityId, building, unit, room);
/** The households of the town, by the name that stories call them. */
export const homes = {
  wang: home('3', '2', '501'),
  li: home('3', '1', '402'),
  chen: home('1', '1', '101'),
  he: home('1', '1', '201'),
};
/** The people of the town that stories speak of. */
export const people = {
  wang: personIdOf(homes.wang, '王秀兰', 1940),
  li: personIdOf(homes.li, '李明', 1985),
  chenFang: personIdOf(homes.li, '陈芳', 1987),
  lele: personIdOf(homes.li, '李乐', 2015),
  grandma: personIdOf(homes.li, '赵桂芳', 1948),
  chen: personIdOf(homes.chen, '陈国强', 1970),
  he: personIdOf(homes.he, '何志远', 1998),
  zhou: personIdOf(homes.he, '周敏', 1999),
  tian: staffIdOf(communityId, 'gridWorker'),
  secretary: staffIdOf(communityId, 'secretary'),
};
const slips = {
  wang: { householdId: homes.wang },
  li: { householdId: homes.li },
  chen: { householdId: homes.chen },
  he: { personId: people.he },
  zhou: { personId: people.zhou },
  tian: { personId: people.tian },
  secretary: { personId: people.secretary },
};

export interface Town {
  readonly communityId: string;
  readonly db: Database;
  readonly connection: TestDatabase['connection'];
  readonly server: Server;
  /** How its server tells other servers something; they are out of reach unless the test says otherwise. */
  readonly post: Post;
  readonly world: StoryWorld;
  /** A code that signs in as this household or person. */
  code(who: Who): string;
  /** Signs in a bare HTTP client, to say to the server what no honest phone would. */
  device(who: Who): Promise<HttpDevice>;
  /** Signs in a real phone, as people use it. `accompany`: what goes along with what is done on it; nothing by default. */
  phone(who: Who, accompany?: readonly Accompany[]): Promise<StoryPhone>;
  close(): Promise<void>;
}

/** A small town on a database of its own: a real server, real SQL, and a clock that stories turn by hand. */
export async function openTown(options: { log?: Log; post?: Post; slices?: readonly Slice[] } = {}): Promise<Town> {
  const { db, connection, drop } = await testDatabase();
  const world = new StoryWorld();
  const phones: StoryPhone[] = [];
  const known = options.slices ? gather([...registry.slices, ...options.slices]) : registry;
  const { post = nobodyThere } = options;
  const server = testServer(db, world, { log: options.log, post, registry: await complete(known) });
  const issued = Object.entries(slips).map(([who, slip], i) => ({
    code: `ST${who.toUpperCase()}`.padEnd(8, '2') + i,
    slip: { id: slipIdOf(communityId, Object.values(slip)[0]!), ...slip },
  }));
  await keepCodes(
    db,
    communityId,
    issued.map(({ code, slip }) => ({ code, slipId: slip.id })),
  );
  const verdicts = await server.operate(communityId, [
    { id: world.newId(), name: 'people.importRoster', args: roster },
    ...issued.map(({ slip }) => ({ id: world.newId(), name: 'people.issueSlip', args: slip })),
  ]);
  const refused = verdicts.find((verdict) => verdict.outcome !== 'accepted');
  if (refused) throw new Error(`the town could not be opened: ${JSON.stringify(refused)}`);
  const code = (who: Who) => issued[Object.keys(slips).indexOf(who)]!.code;
  return {
    communityId,
    db,
    connection,
    server,
    post,
    world,
    code,
    device: (who) => HttpDevice.join(server.app, world, code(who)),
    async phone(who, accompany) {
      const phone = await StoryPhone.join(server.app, known, world, code(who), accompany);
      phones.push(phone);
      return phone;
    },
    async close() {
      for (const phone of phones) phone.close();
      await drop();
    },
  };
}
