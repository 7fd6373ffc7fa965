import { DAY_MS } from '../../src/domain/day.ts';
import { SeededChance } from './chance.ts';
import { Deed } from './deed.ts';
import type { SimDevice } from './device.ts';
import type { History } from './history.ts';
import type { Who } from './sim-town.ts';

/** The phone meant by a number: whichever there is. */
export function deviceOf(history: History, number: number): SimDevice {
  return history.devices[number % history.devices.length]!;
}

/** Somebody does something at their phone. */
export class Acts extends Deed {
  protected readonly words: string;

  /** @param offered mutations that may come to mind; all where none are named */
  constructor(
    private readonly phone: number,
    private readonly offered: readonly string[] | undefined,
    private readonly salt: number,
    private readonly thenMs: number,
  ) {
    super();
    this.words = `somebody at phone ${phone} does ${offered?.join(' or ') ?? 'something'}`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    const chance = new SeededChance(this.salt, 'act', () => history.scheduler.now);
    const said = await history.act(device, chance, this.offered);
    await history.scheduler.pass(this.thenMs);
    return said === undefined ? 'nothing came to mind' : `${device.name} ${said}`;
  }
}

/** Time goes by. */
export class Waits extends Deed {
  protected readonly words: string;

  constructor(private readonly ms: number) {
    super();
    this.words = `${ms} ms go by`;
  }

  protected happen(history: History) {
    return history.scheduler.pass(this.ms);
  }
}

/** A phone loses the network, or has it back. */
export class GoesOutOfReach extends Deed {
  protected readonly words: string;

  constructor(private readonly phone: number) {
    super();
    this.words = `phone ${phone} goes out of reach, or comes back`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    if (device.line.online) device.goOffline();
    else device.goOnline();
    history.count('offline');
    await history.scheduler.pass(50);
    return `${device.name} is ${device.line.online ? 'back' : 'out of reach'}`;
  }
}

/** A phone lies in a drawer for thirty days. Everybody else's time goes by as well. */
export class LiesInADrawer extends Deed {
  protected readonly words: string;

  constructor(private readonly phone: number) {
    super();
    this.words = `phone ${phone} lies in a drawer for thirty days`;
  }

  protected async happen(history: History) {
    // Twice would be longer than what was acknowledged is kept for a server that is set back.
    if (history.counts.has('thirtyDaysAway')) return 'not again';
    history.count('thirtyDaysAway');
    const device = deviceOf(history, this.phone);
    device.goOffline();
    device.closeTabs();
    history.leap(30 * DAY_MS);
    device.line.online = true;
    await device.openTab();
    await history.scheduler.pass(500);
    return device.name;
  }
}

/** A person has read a refusal and puts it away. */
export class ReadsRefusals extends Deed {
  protected readonly words: string;

  constructor(private readonly phone: number) {
    super();
    this.words = `whoever holds phone ${phone} has read the refusals`;
  }

  protected async happen(history: History) {
    const { phone } = deviceOf(history, this.phone);
    for (const entry of phone?.entries.value ?? []) {
      if (entry.state === 'refused') await history.scheduler.until(phone!.settle(entry.id), 5_000);
    }
  }
}

/** Somebody signs out, and perhaps throws away what was not sent. */
export class SignsOut extends Deed {
  protected readonly words: string;

  constructor(
    private readonly phone: number,
    private readonly discards: boolean,
  ) {
    super();
    this.words = `phone ${phone} signs out${discards ? ' and throws away what was not sent' : ''}`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    const { phone } = device;
    if (phone === undefined) return 'nobody is signed in';
    const { deviceId } = phone.actor.value;
    if (this.discards) history.leftBy.set(deviceId, 'discarded');
    const end = await history.scheduler.until(phone.signOut({ discardUnsent: this.discards }), 30_000);
    if (end?.kind !== 'signedOut') return end === undefined ? 'no end' : `${end.count} unsent, stays`;
    history.leftBy.set(deviceId, this.discards ? 'discarded' : 'signedOut');
    history.count('signOut');
    device.closeTabs();
    return device.name;
  }
}

/** Somebody signs in on a phone, perhaps somebody else than before. */
export class SignsIn extends Deed {
  protected readonly words: string;

  constructor(
    private readonly phone: number,
    private readonly who: Who,
  ) {
    super();
    this.words = `phone ${phone} signs in as ${who}`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    history.count('signIn');
    const outcome = await history.signIn(device, this.who);
    await history.scheduler.pass(300);
    return `${device.name}: ${outcome?.kind ?? 'no end'}`;
  }
}

/** A household gets another phone. */
export class AddsADevice extends Deed {
  protected readonly words: string;

  constructor(private readonly who: Who) {
    super();
    this.words = `${who} gets another phone`;
  }

  protected async happen(history: History) {
    if (history.devices.length >= 4) return 'no more phones';
    history.count('addDevice');
    const device = await history.addDevice(this.who);
    return device.name;
  }
}
