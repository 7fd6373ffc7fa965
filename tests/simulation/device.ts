import { IDBKeyRange } from 'fake-indexeddb';
import Dexie from 'dexie';
import type { Environment, PageEvent } from '../../src/client/environment.ts';
import { openPhone } from '../../src/client/open-phone.ts';
import type { Phone } from '../../src/client/phone.ts';
import { join } from '../../src/client/join.ts';
import type { JoinOutcome } from '../../src/client/join.ts';
import type { Registry } from '../../src/domain/slice.ts';
import type { SeededChance } from './chance.ts';
import { Disk } from './disk.ts';
import { endOf, Life, worldOf } from './life.ts';
import type { Line, Network } from './network.ts';
import type { Scheduler } from './scheduler.ts';
import { BrowserLocks } from './sim-locks.ts';
import type { Who } from './sim-town.ts';

/** A tab of a phone's browser. */
export interface Tab {
  readonly life: Life;
  phone: Phone | undefined;
  readonly say: (event: PageEvent) => void;
}

/** Who wants to know what a tab shows. */
export type Spectator = (device: SimDevice, phone: Phone) => void;

/** Ms of virtual time within which a phone opens, signs in or does something. */
const PATIENCE_MS = 120_000;

/** A phone in somebody's hand: its disk, its clock, its line, and the tabs that are open. */
export class SimDevice {
  readonly disk = new Disk();
  readonly line: Line;
  readonly tabs: Tab[] = [];
  /** Ms by which its clock is fast, and when (virtual time) it jumped. */
  clockMs = 0;
  readonly clockJumps: number[] = [];
  /** An earlier version left its entries here, and nothing has been drawn anew since. */
  isDrawnByOthers = false;
  /** Whose slip it was signed in with last. */
  who: Who;
  /** The identity that it last showed. */
  identity: string | undefined;
  private readonly locks = new BrowserLocks();
  /** The page on which somebody signs in. */
  private entrance: Life | undefined;

  constructor(
    readonly name: string,
    who: Who,
    readonly chance: SeededChance,
    private readonly scheduler: Scheduler,
    private readonly network: Network,
    private readonly registry: Registry,
    private readonly usesLive: boolean,
    private readonly spectator: Spectator,
  ) {
    this.who = who;
    this.line = { name, online: true, faults: [], cookie: undefined, chance };
    // Live queries ask this before they run; the databases themselves are each phone's own.
    Dexie.dependencies.IDBKeyRange ??= IDBKeyRange;
    Dexie.dependencies.indexedDB ??= this.disk.of(new Life());
  }

  /** The phone as the tab shows it that was opened last; undefined where none is open or nobody is signed in. */
  get phone(): Phone | undefined {
    return this.tabs.at(-1)?.phone;
  }

  /** Signs in on this phone with a slip's code, as the entrance does: nothing else is open. */
  async signIn(who: Who, code: string): Promise<JoinOutcome | undefined> {
    this.closeTabs();
    const life = new Life();
    this.entrance = life;
    const joining = join(this.environment(life, new Set()), code, `${this.name}的手机`);
    const outcome = await this.scheduler.until(Promise.race([joining, endOf(life)]), PATIENCE_MS);
    this.scheduler.trace(`${this.name} signs in: ${outcome?.kind}`);
    if (outcome?.kind === 'joined') this.who = who;
    if (!life.isOver) {
      life.end();
      await this.openTab();
    }
    return outcome;
  }

  /** Opens a tab, as a tap on the icon does, and waits until it shows something. */
  async openTab(): Promise<void> {
    const { opened } = this.beginTab();
    await this.scheduler.until(opened, PATIENCE_MS);
  }

  private beginTab(): { opened: Promise<unknown> } {
    const life = new Life();
    const listeners = new Set<(event: PageEvent) => void>();
    const say = (event: PageEvent): void => {
      for (const listener of [...listeners]) listener(event);
    };
    const environment = this.environment(life, listeners);
    const tab: Tab = { life, phone: undefined, say };
    this.tabs.push(tab);
    life.onEnd(() => {
      const at = this.tabs.indexOf(tab);
      if (at >= 0) this.tabs.splice(at, 1);
    });
    const opening = openPhone({ registry: this.registry, environment }).then((phone) => {
      tab.phone = phone;
      if (phone !== undefined) {
        this.identity = phone.actor.value.deviceId;
        this.spectator(this, phone);
      }
    });
    return { opened: Promise.race([opening, endOf(life)]) };
  }

  /** Closes everything in an orderly way. */
  closeTabs(): void {
    for (const tab of [...this.tabs]) {
      tab.phone?.stop();
      tab.life.end();
    }
  }

  /** The process of a tab is gone, in the middle of whatever it was doing. */
  killTab(tab: Tab | undefined = this.tabs.at(-1)): void {
    if (tab === undefined) return;
    this.scheduler.trace(`${this.name}: tab killed`);
    tab.life.end();
    // Too late to reach anything. Only what Dexie keeps for the whole of this process is let go.
    tab.phone?.stop();
  }

  /** Everything is gone at once. @param power the battery died: what was not flushed is lost @returns whether something was */
  kill(power: boolean): boolean {
    this.entrance?.end();
    for (const tab of [...this.tabs]) this.killTab(tab);
    return power && this.disk.loseUnflushed();
  }

  goOffline(): void {
    this.line.online = false;
    this.say('offline');
  }

  goOnline(): void {
    this.line.online = true;
    this.say('online');
  }

  private say(event: PageEvent): void {
    for (const tab of [...this.tabs]) tab.say(event);
  }

  /** What a page on this phone has around it, for whoever prepares its disk. */
  surroundings(life: Life): Environment {
    return this.environment(life, new Set());
  }

  private environment(life: Life, listeners: Set<(event: PageEvent) => void>): Environment {
    const { line, network } = this;
    return {
      world: worldOf(this.scheduler, this.chance, life, () => this.clockMs),
      fetch: (url, init) => network.fetch(line, life, url, init),
      indexedDB: this.disk.of(life),
      IDBKeyRange,
      baseUrl: 'http://localhost',
      locks: this.locks.of(life),
      ...(this.usesLive && { openLive: (url, listener) => network.openLive(line, life, url, listener) }),
      page: {
        online: () => line.online,
        visible: () => true,
        listen: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        reload: () => this.reload(life),
      },
    };
  }

  private reload(life: Life): void {
    this.scheduler.later(50, () => {
      if (life.isOver) return;
      life.end();
      this.beginTab();
    });
  }
}
