import * as v from 'valibot';
import { MINUTE_MS } from '../../src/domain/day.ts';
import type { Mutation } from '../../src/domain/mutation.ts';
import { communityIdOf, slipIdOf } from '../../src/people/natural-id.ts';
import { registry } from '../../src/pillars/registry.server.ts';
import { keepCodes } from '../../src/server/slip-codes.ts';
import { testDatabase } from '../support/cluster.ts';
import { StoryPhone } from '../support/story-phone.ts';
import { STORY_START, StoryWorld } from '../support/story-world.ts';
import { testServer } from '../support/test-server.ts';
import { homes, people } from '../support/town.ts';
import { roster, townName } from '../support/town-roster.ts';
import { rememberPayment } from './acts-money.ts';
import { comesTo, recipes } from './acts.ts';
import { communityClock } from './community-clock.ts';
import { LIFE } from './deeds-round.ts';
import { recordingRegistry } from './book.ts';
import type { Run } from './book.ts';
import { SeededChance } from './chance.ts';
import type { Mood } from './history.ts';
import { Memory } from './memory.ts';
import type { Taps } from './oracle.ts';

/** A clock that only the trial turns, and chance by a seed. */
class TrialWorld extends StoryWorld {
  private time = STORY_START;

  constructor(private readonly chance: SeededChance) {
    super();
  }

  override now = () => this.time;
  override random = () => this.chance.next();
  override newId = () => this.chance.newId();
  override pass(ms: number): void {
    this.time += ms;
  }
}

/** What an observation and an errand come to, in their order. */
const BESIDES = [
  ...['checkIn.startObservation', 'checkIn.takeReading', 'checkIn.endObservation'],
  ...['errands.request', 'errands.claim', 'errands.cannotBuy', 'errands.reopen'],
  ...['errands.claim', 'errands.buy', 'errands.handOver', 'errands.close'],
];

/** Something that somebody came to do. */
export interface Tried {
  readonly name: string;
  readonly args: unknown;
  readonly wellFormed: boolean;
  /** Whether the phone's own rows said yes. */
  readonly advised: boolean;
}

/** A phone of the trial, and what was tapped on it. */
interface Seat {
  readonly story: StoryPhone;
  readonly ids: string[];
  readonly deviceId: string;
}

const slips = [
  { householdId: homes.wang },
  { householdId: homes.li },
  { personId: people.he },
  { personId: people.tian },
  { personId: people.secretary },
];

/** A small town whose server keeps the book, without any fault: people do what the recipes say, phones are in step now and then. */
export async function openTrial(seed: number) {
  const { db, drop } = await testDatabase();
  const chance = new SeededChance(seed, 'trial', () => STORY_START);
  const world = new TrialWorld(chance);
  const runs: Run[] = [];
  const server = testServer(db, world, { registry: recordingRegistry(registry, (run) => runs.push(run)) });
  const communityId = communityIdOf(townName);
  const { operate } = server;
  const post = () => Promise.resolve({ ok: true });
  const look = communityClock({ db, operate, post, now: () => world.now() });
  const issued = slips.map((slip, i) => ({
    code: `TRIAL222${i}`,
    slip: { ...slip, id: slipIdOf(communityId, Object.values(slip)[0]!) },
  }));
  await keepCodes(
    db,
    communityId,
    issued.map(({ code, slip }) => ({ code, slipId: slip.id })),
  );
  await server.operate(communityId, [
    { id: world.newId(), name: 'people.importRoster', args: roster },
    ...issued.map(({ slip }) => ({ id: world.newId(), name: 'people.issueSlip', args: slip })),
  ]);
  const phones: Seat[] = [];
  const tried: Tried[] = [];
  for (const { code } of issued) {
    const story = await StoryPhone.join(server.app, registry, world, code);
    phones.push({ story, ids: [], deviceId: story.phone.actor.value.deviceId });
  }
  const memory = new Memory();
  const names = Object.keys(recipes).filter((name) => name !== 'people.endDevice');
  const everybody = { households: Object.values(homes), persons: Object.values(people), communityId };

  /** Somebody does something. @returns undefined where nobody comes to do anything now */
  async function act(among: readonly string[] = names): Promise<Tried | undefined> {
    world.pass(chance.whole(2 * MINUTE_MS));
    return actAt(chance.pick(phones), among, {});
  }

  /** Whoever comes to it first does it, about the round that was opened last; all hear of it. */
  async function somebodyActs(among: readonly string[]): Promise<void> {
    const turn = chance.whole(phones.length);
    for (const one of [...phones.slice(turn), ...phones.slice(0, turn)]) {
      const done = await actAt(one, among, { careful: true, about: memory.last('round') });
      if (done === undefined) continue;
      tried.push(done);
      return;
    }
  }

  async function actAt({ story, ids }: Seat, among: readonly string[], mood: Mood): Promise<Tried | undefined> {
    const { phone } = story;
    const doing = { reader: phone.reader, actor: phone.actor.value, now: phone.now(), chance, memory, ...mood };
    const one = await comesTo({ ...doing, people: everybody }, among);
    if (one === undefined) return undefined;
    const mutation = registry.mutations.get(one.name) as unknown as Mutation<unknown>;
    const wellFormed = v.safeParse(mutation.args, one.args).success;
    const first = await phone.act(mutation, one.args);
    const done = first.kind === 'advice' ? await phone.act(mutation, one.args, { insist: true }) : first;
    if (done.kind === 'queued') ids.push(...done.ids);
    if (done.kind === 'queued') done.ids.forEach((id) => rememberPayment(memory, one.name, id, one.args));
    if (chance.chance(0.5)) await story.sync();
    return { ...one, wellFormed, advised: first.kind === 'queued' };
  }

  return {
    db,
    communityId,
    runs,
    phones,
    act,
    /** People go through a round, an observation and an errand together, step by step. @returns what they tried */
    async buyTogether(): Promise<readonly Tried[]> {
      tried.length = 0;
      const steps = [['groupBuy.setMoneyRules'], ...LIFE.map((step) => step.of), ...BESIDES.map((name) => [name])];
      for (const of of steps) {
        for (let turn = 0; turn < 2; turn++) await somebodyActs(of);
        for (const { story } of phones) await story.sync();
      }
      return [...tried];
    },
    /** So much time goes by, and the community's clock looks. */
    async clockLooks(ms: number): Promise<void> {
      world.pass(ms);
      await look(communityId);
    },
    /** The doors of a building go to another grid, by a roster that says so. */
    async moveGrid(): Promise<void> {
      const households = roster.households.map((door) => (door.building === '3栋' ? { ...door, grid: '三格' } : door));
      const args = { ...roster, households };
      await server.operate(communityId, [{ id: world.newId(), name: 'people.importRoster', args }]);
    },
    taps: (): readonly Taps[] => phones,
    async inStep(): Promise<void> {
      for (const { story } of phones) await story.sync();
      for (const { story } of phones) await story.sync();
    },
    async close(): Promise<void> {
      for (const { story } of phones) story.close();
      await drop();
    },
  };
}
