import { DAY_MS } from '../../src/domain/day.ts';
import { SeededChance } from './chance.ts';
import { Deed } from './deed.ts';
import { deviceOf } from './deeds-people.ts';
import type { History } from './history.ts';
import type { NetworkFault } from './network.ts';
import type { DatabaseFault } from './sim-database.ts';

/** Something to send: what people do most. */
export const ORDINARY = [
  'checkIn.submit',
  'groupBuy.placeOrder',
  'errands.request',
  'notices.acknowledge',
  'people.setPresence',
];

/** Somebody at the phone does something while the fault lies in wait, without anybody waiting for the end of it. */
async function actsMeanwhile(history: History, phone: number, salt: number): Promise<string> {
  const device = deviceOf(history, phone);
  const chance = new SeededChance(salt, 'meanwhile', () => history.scheduler.now);
  const said = await history.act(device, chance, chance.chance(0.5) ? ORDINARY : undefined);
  return `${device.name} ${said ?? 'does nothing'}`;
}

/** The network does something to the next exchange of a phone. */
export class NetworkFails extends Deed {
  protected readonly words: string;

  constructor(
    private readonly phone: number,
    private readonly fault: NetworkFault,
    private readonly salt: number,
  ) {
    super();
    this.words = `the network: ${fault} for phone ${phone}`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    device.line.faults.push(this.fault);
    const said = await actsMeanwhile(history, this.phone, this.salt);
    await history.scheduler.pass(400);
    return said;
  }
}

/** The database fails the next batch, or the server dies at a certain place of it. */
export class DatabaseFails extends Deed {
  protected readonly words: string;

  constructor(
    private readonly phone: number,
    private readonly fault: DatabaseFault,
    private readonly salt: number,
  ) {
    super();
    this.words = `the next batch: ${Object.values(fault).join(' ')}`;
  }

  protected async happen(history: History) {
    history.server.faults.push(this.fault);
    const said = await actsMeanwhile(history, this.phone, this.salt);
    await history.scheduler.pass(600);
    return said;
  }
}

/** The server's process is killed, whatever it is doing. */
export class ServerDies extends Deed {
  protected readonly words: string;

  constructor(
    private readonly phone: number,
    private readonly steps: number,
    private readonly salt: number,
  ) {
    super();
    this.words = `the server is killed after ${steps} steps`;
  }

  protected async happen(history: History) {
    history.scheduler.afterSteps(this.steps, () => {
      history.count('serverKilled');
      history.server.kill();
    });
    const said = await actsMeanwhile(history, this.phone, this.salt);
    await history.scheduler.pass(500);
    return said;
  }
}

/** A backup is made; a while later the server is set back to it. */
export class ServerIsSetBack extends Deed {
  protected readonly words: string;

  /** @param later after so many further deeds */
  constructor(private readonly later: number) {
    super();
    this.words = `a backup is made; after ${later} deeds the server is set back to it`;
  }

  protected async happen(history: History) {
    return (await history.backup(this.later)) ? undefined : 'another one is waiting';
  }
}

/** A phone's browser is killed, in the middle of what it is doing, or its battery dies. It is opened again. */
export class PhoneDies extends Deed {
  protected readonly words: string;

  constructor(
    private readonly phone: number,
    private readonly steps: number,
    private readonly power: boolean,
    private readonly salt: number,
  ) {
    super();
    this.words = `phone ${phone} ${power ? 'loses its battery' : 'is killed'} after ${steps} steps`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    let isOver = false;
    history.scheduler.afterSteps(this.steps, () => {
      if (isOver) return;
      history.count('phoneKilled');
      if (device.kill(this.power)) history.count('unflushedLost');
    });
    const said = await actsMeanwhile(history, this.phone, this.salt);
    // A form that is being filled in: written down as it grows, and worth no waiting for the disk.
    const draft = { key: 'errand', value: this.salt, at: 0 };
    device.phone?.database.drafts.put(draft).catch(() => {});
    await history.scheduler.pass(300);
    isOver = true;
    if (device.tabs.length === 0) await device.openTab();
    return said;
  }
}

/** The phone's disk is full from its n-th write on, for some writes. */
export class DiskIsFull extends Deed {
  protected readonly words: string;

  constructor(
    private readonly phone: number,
    private readonly nth: number,
    private readonly times: number,
    private readonly salt: number,
  ) {
    super();
    this.words = `phone ${phone} is full from write ${nth} on, ${times} times`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    const before = device.disk.fullTimes;
    device.disk.fillAfter(this.nth, this.times);
    const said = await actsMeanwhile(history, this.phone, this.salt);
    await history.scheduler.pass(1_500);
    if (device.disk.fullTimes > before) history.count('quota');
    device.disk.makeRoom();
    return said;
  }
}

/** The app is opened a second time on the same phone; one of the tabs may die later. */
export class OpensAnotherTab extends Deed {
  protected readonly words: string;

  constructor(
    private readonly phone: number,
    private readonly salt: number,
    private readonly thenKills: boolean,
  ) {
    super();
    this.words = `phone ${phone} opens another tab${thenKills ? ', then the first one is killed' : ''}`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    if (device.tabs.length === 0 || device.tabs.length > 2) return 'no';
    history.count('secondTab');
    const [first] = device.tabs;
    await device.openTab();
    const said = await actsMeanwhile(history, this.phone, this.salt);
    if (this.thenKills) device.killTab(first);
    await history.scheduler.pass(300);
    return said;
  }
}

/** A phone's clock is wrong from now on, or jumps. */
export class ClockIsWrong extends Deed {
  protected readonly words: string;

  constructor(
    private readonly phone: number,
    private readonly ms: number,
    private readonly salt: number,
  ) {
    super();
    this.words = `the clock of phone ${phone} jumps by ${ms} ms`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    device.clockMs += this.ms;
    device.clockJumps.push(history.scheduler.now);
    history.count(Math.abs(this.ms) >= DAY_MS ? 'clockOffByADay' : 'clockJumps');
    return actsMeanwhile(history, this.phone, this.salt);
  }
}

/** The session of a phone has expired at the server. */
export class SessionExpires extends Deed {
  protected readonly words: string;

  constructor(
    private readonly phone: number,
    private readonly salt: number,
  ) {
    super();
    this.words = `the session of phone ${phone} expires`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    const deviceId = device.phone?.actor.value.deviceId;
    if (deviceId === undefined) return 'nobody is signed in';
    history.count('sessionExpired');
    await history.sql('update session set seen_at = 0 where community_id = $1 and device_id = $2', deviceId);
    // As long as the server believes a session without asking.
    await history.scheduler.pass(5_100);
    return actsMeanwhile(history, this.phone, this.salt);
  }
}
