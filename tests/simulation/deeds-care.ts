import { dayOf, MINUTE_MS } from '../../src/domain/day.ts';
import type { Entry } from '../../src/pillars/check-in/schema.ts';
import { FINDINGS } from '../../src/pillars/sweep/schema.ts';
import { SeededChance } from './chance.ts';
import { Deed } from './deed.ts';
import { clockLooks } from './deeds-clock.ts';
import type { SimDevice } from './device.ts';
import type { History } from './history.ts';

/** Virtual ms in which what one phone did is known to the others, if all goes well. */
const SOON_MS = 1_200;
const UNSEEN_MS = 16 * MINUTE_MS;

/** What two people may say of one person who did not hear one another. */
const SAYINGS: readonly Omit<Entry, 'personId'>[] = [
  { feels: 'well' },
  { feels: 'well', recovered: true },
  { feels: 'unwell' },
  { feels: 'unwell', symptoms: ['cough'] },
  { feels: 'unwell', symptoms: ['cough'], needs: ['medicine'] },
  { feels: 'unwell', temperatureC: 38.4 },
  { feels: 'unwell', symptoms: ['fell'] },
];

/** The phone of somebody of a household that the town knows, and its household. */
function atHome(history: History): { home: SimDevice; household: 'wang' | 'li' | 'chen' } | undefined {
  const home = history.devices.find((one) => ['wang', 'li', 'chen'].includes(one.who) && one.phone !== undefined);
  return home && { home, household: home.who as 'wang' | 'li' | 'chen' };
}

function staffOf(history: History): SimDevice[] {
  return history.devices.filter((one) => ['tian', 'secretary'].includes(one.who) && one.phone !== undefined);
}

/** Everybody looks at their phone: it asks what the others have done. */
async function everybodyLooks(history: History): Promise<void> {
  for (const device of history.devices) void device.phone?.syncNow();
  await history.scheduler.pass(SOON_MS);
}

/** Somebody is reported with fever; nobody opens it in time, or the desk does, and closes it. */
export class WorriesTheDesk extends Deed {
  protected readonly words: string;

  constructor(
    private readonly salt: number,
    private readonly waits: boolean,
  ) {
    super();
    this.words = `somebody has a fever, ${waits ? 'nobody looks for a while' : 'the desk looks'}`;
  }

  protected async happen(history: History) {
    const at = atHome(history);
    if (at === undefined) return 'nobody at home';
    const chance = new SeededChance(this.salt, 'worry', () => history.scheduler.now);
    const [desk] = staffOf(history);
    const said: string[] = [];
    const does = async (who: SimDevice | undefined, ...names: string[]): Promise<void> => {
      if (who !== undefined) said.push(`${who.name} ${(await history.act(who, chance, names)) ?? 'does nothing'}`);
      await history.scheduler.pass(SOON_MS);
    };
    if (chance.chance(0.6)) await does(desk, 'checkIn.startDuty');
    said.push(await says(history, at.home, at.household, { feels: 'unwell', temperatureC: 38.5 }));
    await history.scheduler.pass(SOON_MS);
    history.count('worry');
    if (this.waits) {
      history.leap(UNSEEN_MS);
      said.push(await clockLooks(history, chance.chance(0.5) ? 2 : 1));
    }
    await everybodyLooks(history);
    await does(desk, 'checkIn.seeFollowUp', 'checkIn.takeCall');
    await does(desk, 'checkIn.recordCall', 'checkIn.closeFollowUp', 'checkIn.handOverDuty');
    if (chance.chance(0.4)) await does(at.home, 'checkIn.retract', 'checkIn.submit');
    return said.join(', ');
  }
}

/** Two phones say something of the same person without hearing of each other; then both are in reach, in any order. */
export class SaysTwoThings extends Deed {
  protected readonly words = 'two phones say two things of one person';

  constructor(private readonly salt: number) {
    super();
  }

  protected async happen(history: History) {
    const at = atHome(history);
    const others = history.devices.filter((one) => one !== at?.home && one.phone !== undefined);
    const other = others.find((one) => one.who === at?.home.who) ?? staffOf(history)[0];
    if (at === undefined || other === undefined) return 'nobody to say it';
    const chance = new SeededChance(this.salt, 'two things', () => history.scheduler.now);
    const two = [at.home, other];
    for (const device of two) device.goOffline();
    const said: string[] = [];
    let left = SAYINGS;
    for (const device of chance.chance(0.5) ? two : [...two].reverse()) {
      const what = chance.pick(left);
      left = left.filter((one) => one !== what);
      said.push(await says(history, device, at.household, what));
      if (chance.chance(0.15)) said.push(await says(history, device, at.household, chance.pick(SAYINGS)));
      await history.scheduler.pass(chance.whole(3_000));
    }
    for (const device of chance.chance(0.5) ? two : [...two].reverse()) {
      device.goOnline();
      await history.scheduler.pass(SOON_MS);
    }
    history.count('twoThings');
    return said.join(', ');
  }
}

/** A desk asks at every door; several people say what they found at one of them, out of reach, and arrive in any order. */
export class SweepsADoor extends Deed {
  protected readonly words = 'several people answer for one door of a sweep';

  constructor(private readonly salt: number) {
    super();
  }

  protected async happen(history: History) {
    const [desk] = staffOf(history);
    if (desk === undefined) return 'nobody to ask';
    const chance = new SeededChance(this.salt, 'sweep', () => history.scheduler.now);
    const { town, memory } = history;
    const sweepId = memory.add('sweep', chance.newId());
    const deadline = Math.floor(history.scheduler.now) + 3 * 86_400_000;
    const grids = desk.who === 'tian' ? ['一格'] : [];
    const said = [await history.does(desk, 'sweep.start', { id: sweepId, title: '排查', grids, deadline })];
    await history.scheduler.pass(SOON_MS);
    await everybodyLooks(history);
    const workers = history.devices.filter((one) => ['tian', 'secretary', 'he'].includes(one.who) && one.phone);
    const householdId = town.households[chance.pick(['wang', 'li', 'chen'] as const)];
    for (const worker of workers) worker.goOffline();
    for (let i = 0; i < 4; i++) {
      const worker = chance.pick(workers);
      if (worker.phone === undefined) continue;
      const finding = chance.pick(FINDINGS);
      said.push(
        `${worker.name} ${finding} ${await history.does(worker, 'sweep.answer', { sweepId, householdId, finding })}`,
      );
      await history.scheduler.pass(chance.whole(2_000));
    }
    for (const worker of chance.chance(0.5) ? workers : [...workers].reverse()) {
      worker.goOnline();
      await history.scheduler.pass(SOON_MS);
    }
    history.count('sweptDoor');
    return said.join(', ');
  }
}

/** Somebody at this phone says how one person of the household is. */
async function says(
  history: History,
  device: SimDevice,
  household: 'wang' | 'li' | 'chen',
  what: Omit<Entry, 'personId'>,
): Promise<string> {
  const { phone } = device;
  if (phone === undefined) return 'nobody is signed in';
  const householdId = history.town.households[household];
  const outside = !phone.actor.value.households.includes(householdId);
  const told = await history.does(device, 'checkIn.submit', {
    householdId,
    day: dayOf(phone.now()),
    slot: 'morning',
    ...(outside && { how: 'phoned' }),
    entries: [{ personId: history.town.persons[household], ...what }],
  });
  return `${device.name} ${told}`;
}
