import { holdsRole } from '../../src/domain/actor.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { DAY_MS, MINUTE_MS } from '../../src/domain/day.ts';
import { mayOrganise } from '../../src/pillars/group-buy/order-rules.ts';
import { SeededChance } from './chance.ts';
import { Deed } from './deed.ts';
import { clockLooks } from './deeds-clock.ts';
import type { History, Mood } from './history.ts';
import type { Who } from './sim-town.ts';

/** Virtual ms in which what one phone did is known to the others, if all goes well. */
const SOON_MS = 1_200;
/** Phones that may come together over a round. */
const ENOUGH_PHONES = 5;

type Side = 'homes' | 'desk' | 'volunteer';
interface Step {
  readonly who: Side;
  readonly of: readonly string[];
}

/** What each of the steps of a round's life may be done with; every step happens in its order, as far as it can. */
export const LIFE: readonly Step[] = [
  { who: 'desk', of: ['groupBuy.open'] },
  { who: 'homes', of: ['groupBuy.placeOrder'] },
  { who: 'homes', of: ['groupBuy.placeOrder'] },
  { who: 'desk', of: ['groupBuy.placeFor', 'groupBuy.publish'] },
  { who: 'homes', of: ['groupBuy.wait'] },
  { who: 'homes', of: ['groupBuy.wait', 'groupBuy.placeOrder'] },
  { who: 'homes', of: ['groupBuy.wait'] },
  { who: 'homes', of: ['groupBuy.cancelOrder'] },
  { who: 'homes', of: ['groupBuy.cancelOrder', 'groupBuy.placeOrder', 'groupBuy.leaveQueue'] },
  { who: 'desk', of: ['groupBuy.changeItem', 'groupBuy.placeFor'] },
  { who: 'homes', of: ['groupBuy.placeOrder'] },
  { who: 'desk', of: ['groupBuy.close'] },
  { who: 'homes', of: ['groupBuy.sayPaid'] },
  { who: 'desk', of: ['groupBuy.receivePayment'] },
  { who: 'desk', of: ['groupBuy.receivePayment', 'groupBuy.markOrdered'] },
  { who: 'desk', of: ['groupBuy.arrive'] },
  { who: 'desk', of: ['groupBuy.substitute', 'groupBuy.weigh', 'groupBuy.addReceipt', 'groupBuy.arrive'] },
  { who: 'desk', of: ['groupBuy.startHandingOut'] },
  { who: 'volunteer', of: ['groupBuy.takeRun'] },
  { who: 'volunteer', of: ['groupBuy.handOut', 'groupBuy.notHandedOut'] },
  { who: 'desk', of: ['groupBuy.handOut', 'groupBuy.undoHandOut'] },
  { who: 'desk', of: ['groupBuy.handOut'] },
  { who: 'desk', of: ['groupBuy.handOut'] },
  { who: 'homes', of: ['groupBuy.claim'] },
  { who: 'homes', of: ['groupBuy.claim'] },
  { who: 'desk', of: ['groupBuy.decideClaim', 'groupBuy.takeBackPayment'] },
  { who: 'desk', of: ['groupBuy.refund', 'groupBuy.decideClaim'] },
  { who: 'desk', of: ['groupBuy.refund', 'groupBuy.decideRefund'] },
  { who: 'desk', of: ['groupBuy.settle'] },
  { who: 'homes', of: ['groupBuy.claim', 'groupBuy.sayPaid'] },
];
/** Before it some let more than a day go by: what was not right is said too late. */
const CLAIMS = LIFE.findIndex(({ of }) => of.includes('groupBuy.claim'));

/** A round lives through a part of its life, from any step on: people do what is due, as far as their phones know of it. */
export class BuysTogether extends Deed {
  protected readonly words: string;

  /** @param from the step that comes first @param steps how many */
  constructor(
    private readonly salt: number,
    private readonly from: number,
    private readonly steps: number,
  ) {
    super();
    this.words = `a round goes on from step ${from % LIFE.length}`;
  }

  protected async happen(history: History) {
    const chance = new SeededChance(this.salt, 'round', () => history.scheduler.now);
    const first = this.from % LIFE.length;
    const said = first === 0 ? await comeTogether(history, chance) : [];
    const careful = chance.chance(0.6);
    history.count('round');
    let about = history.memory.any('round', chance);
    for (const [at, step] of LIFE.entries()) {
      if (at < first || at >= first + this.steps) continue;
      if (at === CLAIMS && chance.chance(0.15)) history.leap(DAY_MS + 5 * MINUTE_MS);
      said.push(...(await takes(history, chance, step, { about, careful: careful || chance.chance(0.5) })));
      if (step.of.includes('groupBuy.open')) about = history.memory.last('round');
    }
    if (chance.chance(0.2)) {
      history.leap(41 * MINUTE_MS);
      said.push(await clockLooks(history, chance.chance(0.5) ? 2 : 1));
    }
    return said.join(', ');
  }
}

/** One step, by one of those whose it is. @returns what came of it, in words */
async function takes(history: History, chance: SeededChance, { who, of }: Step, mood: Mood): Promise<string[]> {
  const those = history.devices.filter(
    (one) => one.phone !== undefined && isOf(who, one.phone.actor.value, one.phone.now()),
  );
  if (those.length === 0) return [];
  await history.tellOrders();
  const turn = chance.whole(those.length);
  let said = 'nobody does anything';
  for (const device of [...those.slice(turn), ...those.slice(0, turn)]) {
    const did = await history.act(device, chance, of, mood);
    if (did === undefined) continue;
    said = `${device.name} ${did}`;
    break;
  }
  await history.scheduler.pass(SOON_MS);
  for (const each of history.devices) void each.phone?.syncNow();
  await history.scheduler.pass(SOON_MS);
  return [said];
}

function isOf(side: Side, actor: Actor, now: number): boolean {
  if (side === 'homes') return actor.households.length > 0;
  return mayOrganise(actor, now) || (side === 'volunteer' && holdsRole(actor, 'volunteer', now));
}

/** Who it takes to buy together: a desk, a volunteer, at times a second of the desk, or a neighbour who organises. */
async function comeTogether(history: History, chance: SeededChance): Promise<string[]> {
  const [home, neighbour] = chance.pick([
    ['wang', 'li'],
    ['li', 'chen'],
    ['chen', 'wang'],
  ] as const);
  const wanted: Who[] = [chance.pick(['tian', 'secretary']), 'he', home, neighbour];
  for (const who of wanted) {
    if (history.devices.length >= ENOUGH_PHONES || history.devices.some((one) => one.who === who)) continue;
    await history.addDevice(who);
  }
  const secretary = history.devices.find((one) => one.who === 'secretary' && one.phone !== undefined);
  if (secretary === undefined || chance.chance(0.4)) return [];
  const personId = history.town.persons['he'];
  const said = await history.does(secretary, 'people.giveRole', { personId, kind: 'organiser' });
  await history.scheduler.pass(SOON_MS);
  for (const each of history.devices)
    void (await history.scheduler.until(Promise.resolve(each.phone?.syncNow()), SOON_MS));
  return [`${secretary.name} ${said}`];
}

/** How many steps a round's life has. */
export const ROUND_STEPS = LIFE.length;
