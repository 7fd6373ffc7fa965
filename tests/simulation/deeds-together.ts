import { DAY_MS } from '../../src/domain/day.ts';
import { SeededChance } from './chance.ts';
import { Deed } from './deed.ts';
import type { SimDevice } from './device.ts';
import type { History } from './history.ts';

/** Virtual ms in which what one phone did is known to the others, if all goes well. */
const SOON_MS = 1_200;

/** A household's phone, and one of the volunteer who may help it. */
function pair(history: History): { home: SimDevice; helper: SimDevice } | undefined {
  const home = history.devices.find((one) => ['wang', 'li', 'chen'].includes(one.who) && one.phone !== undefined);
  const helper = history.devices.find((one) => one.who === 'he' && one.phone !== undefined);
  return home && helper && { home, helper };
}

/** One after the other does what comes to mind of some mutations. @returns what they did, in words */
async function inTurn(
  history: History,
  salt: number,
  turns: readonly { readonly who: SimDevice; readonly of: readonly string[] }[],
): Promise<string> {
  const chance = new SeededChance(salt, 'together', () => history.scheduler.now);
  const said: string[] = [];
  for (const { who, of } of turns) {
    said.push(`${who.name} ${(await history.act(who, chance, of)) ?? 'does nothing'}`);
    await history.scheduler.pass(SOON_MS);
    // Whoever is to go on looks at the phone.
    for (const device of history.devices) void device.phone?.syncNow();
    await history.scheduler.pass(SOON_MS);
  }
  return said.join(', ');
}

/** A household asks for an errand; a volunteer takes it and perhaps gives it back: door and telephone open and close again. */
export class RunsAnErrand extends Deed {
  protected readonly words = 'an errand is asked for, taken, and goes on';

  constructor(private readonly salt: number) {
    super();
  }

  protected async happen(history: History) {
    const two = pair(history);
    if (two === undefined) return 'nobody to run it';
    const { home, helper } = two;
    return inTurn(history, this.salt, [
      { who: home, of: ['errands.request'] },
      { who: helper, of: ['errands.claim'] },
      { who: helper, of: ['errands.release', 'errands.collectPacket', 'errands.cannotBuy'] },
      { who: home, of: ['errands.cancel', 'errands.reopen', 'errands.request'] },
    ]);
  }
}

/** A household lets a volunteer act for it; the volunteer does; the household ends it. */
export class GrantsAndRevokes extends Deed {
  protected readonly words = 'a household grants care, and perhaps revokes it';

  constructor(private readonly salt: number) {
    super();
  }

  protected async happen(history: History) {
    const two = pair(history);
    if (two === undefined) return 'nobody to grant it to';
    const { home, helper } = two;
    const householdId = home.phone!.actor.value.households[0];
    if (householdId === undefined) return 'no household';
    const grantId = history.memory.add('grant', history.chance.newId());
    const granted = await history.does(home, 'people.grantCare', {
      id: grantId,
      householdId,
      helperId: history.town.persons['he'],
      powers: ['check-in', 'order', 'errand'],
      until: Math.floor(history.scheduler.now) + 30 * DAY_MS,
    });
    history.count('grant');
    const helped = await inTurn(history, this.salt, [
      { who: helper, of: ['checkIn.submit', 'groupBuy.placeOrder', 'errands.request'] },
    ]);
    // Some go on helping, and read what is of the day.
    if (new SeededChance(this.salt, 'goes on').chance(0.4)) return `${home.name} ${granted}, ${helped}`;
    const revoked = home.phone && (await history.does(home, 'people.endGrant', { grantId }));
    history.count('revoke');
    await history.scheduler.pass(SOON_MS);
    return `${home.name} ${granted}, ${helped}, then ${revoked ?? 'nothing'}`;
  }
}
