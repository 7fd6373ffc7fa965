import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JoinOutcome } from '../../src/client/join.ts';
import type { Phone } from '../../src/client/phone.ts';
import type { AnyMutation, Mutation } from '../../src/domain/mutation.ts';
import { timeOn } from '../../src/domain/day.ts';
import { order } from '../../src/pillars/group-buy/schema.ts';
import { registry } from '../../src/pillars/registry.server.ts';
import { backup } from '../../src/server/database/backup.ts';
import { restore } from '../../src/server/database/restore.ts';
import type { Database } from '../../src/server/database/database.ts';
import type { Post } from '../../src/server/slice.ts';
import { roster } from '../support/town-roster.ts';
import { consoleLog, silentLog } from '../../src/server/log.ts';
import { rememberPayment } from './acts-money.ts';
import { comesTo } from './acts.ts';
import type { Doing } from './acts.ts';
import { SeededChance } from './chance.ts';
import { SimDevice } from './device.ts';
import { Intruder } from './intruder.ts';
import { Laws } from './laws.ts';
import { endOf } from './life.ts';
import { Memory } from './memory.ts';
import { Network } from './network.ts';
import { Scheduler } from './scheduler.ts';
import { SimServer } from './sim-server.ts';
import { settleTown, simTown } from './sim-town.ts';
import type { SimTown, Who } from './sim-town.ts';

/** 8:00 on the Sunday on which histories begin. */
const MORNING = timeOn('2026-11-22', '08:00');
/** What tells who somebody is: names and doors of the town. */
const NAMES = roster.households.flatMap((door) => [
  `${door.unit}-${door.room}`,
  ...door.persons.map((person) => person.name),
]);
/** Virtual ms for something that must come to an end. */
const PATIENCE_MS = 120_000;

/** The group chat's robot, which does not always answer. What it is told names nobody. */
function groupChat(history: History, chance: SeededChance): Post {
  return async (_url, body) => {
    const text = JSON.stringify(body);
    const named = NAMES.filter((name) => text.includes(name));
    if (named.length > 0) history.laws.broken('robotNamesNobody', text);
    history.count('robotTold');
    await new Promise<void>((resolve) => void history.scheduler.later(40, resolve));
    return { ok: chance.chance(0.7) };
  };
}

/** What people have in mind. */
export type Mood = Pick<Doing, 'about' | 'careful'>;

/** Something that a phone said it keeps. */
export interface Kept {
  readonly device: SimDevice;
  /** The identity under which it was queued. */
  readonly deviceId: string;
  readonly id: string;
  readonly name: string;
  /** Where in the server's book it was queued: what was set back since is no excuse for anything queued later. */
  readonly at: number;
  /** Virtual time of the tap, epoch ms; unknown for what an earlier version left behind. */
  readonly tappedAt?: number;
}

/** One simulated history: a community, its server, a few phones, and everything that happens to them. */
export class History {
  readonly scheduler: Scheduler;
  readonly chance: SeededChance;
  readonly server: SimServer;
  readonly network: Network;
  readonly laws: Laws;
  readonly town: SimTown;
  readonly devices: SimDevice[] = [];
  readonly memory = new Memory();
  readonly intruder: Intruder;
  readonly kept: Kept[] = [];
  /** Faults and events that really happened, by name. */
  readonly counts = new Map<string, number>();
  /** Identities whose work may be gone by right: signed out with a clear choice, or ended; and when (its place among all rewinds). */
  readonly leftBy = new Map<string, 'discarded' | 'signedOut' | 'deviceEnded'>();
  rewinds = 0;
  /** Whose slip each identity was enrolled by. */
  readonly slips = new Map<string, Who>();
  /** A backup, how many deeds later the server is set back to it, and how long the book was then. */
  private setBack: { readonly file: string; readonly runs: number; after: number } | undefined;

  constructor(
    readonly db: Database,
    readonly seed: number,
    { keepTrace = false } = {},
  ) {
    this.scheduler = new Scheduler(MORNING, { keepTrace });
    const now = () => this.scheduler.now;
    this.chance = new SeededChance(seed, 'history', now);
    const log = process.env['LOUD'] ? consoleLog : silentLog;
    const serverChance = new SeededChance(seed, 'server', now);
    this.server = new SimServer(db, registry, this.scheduler, serverChance, log, groupChat(this, serverChance));
    this.laws = new Laws(this.server);
    this.network = new Network(this.scheduler, this.server, {
      answered: (...args) => this.laws.answered(...args),
      happened: (fault) => this.count(fault),
    });
    this.town = simTown(`模拟 ${seed}`);
    this.intruder = new Intruder(this);
  }

  /** Whether a backup waits to which the server is going to be set back. */
  get awaitsSetBack(): boolean {
    return this.setBack !== undefined;
  }

  /** After each deed: what was to happen after so many of them. */
  async afterDeed(): Promise<void> {
    for (const fault of this.server.happened.splice(0)) this.count(fault);
    if (this.setBack === undefined || this.setBack.after-- > 0) return;
    await this.rewind();
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Opens the community and signs in the first phones. */
  async begin(first: readonly Who[]): Promise<void> {
    await this.scheduler.outside(this.server.prepare((operate) => settleTown(this.town, this.db, operate, MORNING)));
    this.server.start();
    for (const kind of ['hen', 'egg', 'greens']) this.memory.add('item', `${this.town.communityId}-round-${kind}`);
    this.memory.add('round', `${this.town.communityId}-round`);
    this.memory.add('notice', `${this.town.communityId}-notice`);
    for (const who of first) await this.addDevice(who);
  }

  /** Another phone, signed in with that slip. */
  async addDevice(who: Who): Promise<SimDevice> {
    const name = `${who}${this.devices.length}`;
    const { scheduler, network, laws, seed } = this;
    const chance = new SeededChance(seed, name, () => scheduler.now);
    const device = new SimDevice(name, who, chance, scheduler, network, registry, chance.chance(0.2), (one, phone) => {
      const stop = laws.watchPhone(one, phone);
      one.tabs.at(-1)?.life.onEnd(stop);
    });
    this.devices.push(device);
    await this.signIn(device, who);
    await scheduler.pass(500);
    return device;
  }

  /** Somebody signs in on this phone. What it was before, it may no longer be. */
  async signIn(device: SimDevice, who: Who): Promise<JoinOutcome | undefined> {
    const before = device.identity;
    const outcome = await device.signIn(who, this.town.code(who));
    const after = device.phone?.actor.value.deviceId;
    if (after !== undefined) this.memory.add('device', after);
    if (after !== undefined && !this.slips.has(after)) this.slips.set(after, who);
    if (before !== undefined && after !== undefined && before !== after && !this.leftBy.has(before)) {
      this.leftBy.set(before, 'signedOut');
    }
    return outcome;
  }

  /** Waits for something that must come to an end. Writes down where it does not. */
  async until<T>(promise: Promise<T>, what: string): Promise<T | undefined> {
    const over = promise.then((value) => ({ value }));
    const result = await this.scheduler.until(over, PATIENCE_MS);
    if (result === undefined) this.laws.broken('comesToAnEnd', `${what} did not come to an end`);
    return result?.value;
  }

  /**
   * Somebody at this phone does something: what comes to mind of the mutations named.
   * @returns what was done, in words; undefined where nothing came to mind
   */
  async act(
    device: SimDevice,
    chance: SeededChance,
    names?: readonly string[],
    mood: Mood = {},
  ): Promise<string | undefined> {
    const { phone, life } = device.tabs.at(-1) ?? {};
    if (phone === undefined || life === undefined) return undefined;
    const coming = life.whileAlive(comesTo({ ...this.doing(phone, chance), ...mood }, names));
    const mind = await this.scheduler.until(Promise.race([coming, endOf(life)]), PATIENCE_MS);
    if (mind === undefined) return undefined;
    return this.queue(device, phone, registry.mutations.get(mind.name)!, mind.args, chance.chance(0.25));
  }

  /** All tell what they have ordered, as far as their phones know. */
  async tellOrders(): Promise<void> {
    for (const { phone } of this.devices) {
      const held = phone && (await this.scheduler.until(phone.reader.all(order), 1_000));
      for (const one of held ?? []) this.memory.orders.set(one.id, one);
    }
  }

  /** Somebody at this phone does just this, whatever the phone's own rows say. @returns what came of it, in words */
  async does(device: SimDevice, name: string, args: object): Promise<string> {
    return this.queue(device, device.phone!, registry.mutations.get(name)!, args, true);
  }

  /** Says something to the database about this community ($1). */
  sql(text: string, ...values: readonly unknown[]): Promise<unknown> {
    return this.scheduler.outside(this.db.query(text, [this.town.communityId, ...values]));
  }

  /** Backs the community up. @param after deeds later the server is set back to it @returns false where one is waiting */
  async backup(after: number): Promise<boolean> {
    if (this.setBack !== undefined) return false;
    const file = join(tmpdir(), `shouwang-simulated-${process.pid}-${this.seed}.gz`);
    await this.scheduler.outside(backup(this.db, this.town.communityId, file, Math.floor(this.scheduler.now)));
    this.setBack = { file, runs: this.server.book.runs.length, after };
    return true;
  }

  /** The server ends, its community is set back, and it comes up again. Phones are not told. */
  private async rewind(): Promise<void> {
    const { file, runs } = this.setBack!;
    this.setBack = undefined;
    this.server.kill(400);
    await this.scheduler.settle();
    const newId = () => this.chance.newId();
    await this.scheduler.outside(restore(this.db, file, { replace: true, newId }));
    await rm(file);
    this.server.book.runs.length = runs;
    this.rewinds += 1;
    this.count('serverSetBack');
    this.scheduler.trace('— the server was set back');
    await this.scheduler.pass(600);
  }

  /** The last deed is done: what was still to happen happens. */
  async end(): Promise<void> {
    if (this.setBack !== undefined) await this.rewind();
  }

  /** Lets a long time go by at once, as when everything sleeps. */
  leap(ms: number): void {
    this.scheduler.now += ms;
    for (const device of this.devices) device.clockJumps.push(Math.floor(this.scheduler.now));
  }

  private doing(phone: Phone, chance: SeededChance): Doing {
    return {
      reader: phone.reader,
      actor: phone.actor.value,
      now: phone.now(),
      chance,
      memory: this.memory,
      people: {
        households: Object.values(this.town.households),
        persons: Object.values(this.town.persons),
        communityId: this.town.communityId,
      },
    };
  }

  private async queue(
    device: SimDevice,
    phone: Phone,
    mutation: AnyMutation,
    args: object,
    insist: boolean,
  ): Promise<string> {
    const { deviceId } = phone.actor.value;
    const tappedAt = this.scheduler.now;
    const acting = phone.act(mutation as unknown as Mutation<unknown>, args, { insist }).then((result) => {
      if (result.kind === 'queued') {
        for (const id of result.ids) {
          this.kept.push({ device, deviceId, id, name: mutation.name, at: this.rewinds, tappedAt });
          this.count(`act ${mutation.name}`);
          rememberPayment(this.memory, mutation.name, id, args);
        }
      }
      return result.kind === 'advice' ? `advice ${result.refusal.code}` : result.kind;
    });
    const told = acting.catch((error: unknown) => `failed: ${error instanceof Error ? error.name : 'unknown'}`);
    // An act whose process dies never says anything.
    const end = await this.scheduler.until(told, 5_000);
    this.scheduler.trace(`${device.name} does ${mutation.name}: ${end ?? 'nothing said'}`);
    return `${mutation.name} (${end ?? 'nothing said'})`;
  }
}
