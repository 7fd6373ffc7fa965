import { DAY_MS } from '../../src/domain/day.ts';
import { localDatabase, streamOf } from '../../src/client/local/database.ts';
import { Deed } from './deed.ts';
import { deviceOf } from './deeds-people.ts';
import type { History } from './history.ts';
import { Life } from './life.ts';
import { recordedOutbox, retiredEntries } from './recorded-outbox.ts';
import type { RecordedEntry } from './recorded-outbox.ts';

const TRICKS = {
  forgedHousehold: 'forgesHousehold',
  replayed: 'replays',
  gap: 'leavesAGap',
  idReused: 'reusesAnId',
} as const;
export type Trick = keyof typeof TRICKS;

/** Somebody who is no phone tries what no phone would. */
export class Intrudes extends Deed {
  protected readonly words: string;

  constructor(private readonly trick: Trick) {
    super();
    this.words = `an intruder tries: ${trick}`;
  }

  protected async happen(history: History) {
    if (!(await history.intruder.isIn())) return 'it does not get in';
    const wrong = await history.intruder[TRICKS[this.trick]]();
    history.count(this.trick);
    if (wrong !== undefined) history.laws.broken('strangersKeptOut', `${this.trick}: ${wrong}`);
    return wrong;
  }
}

/** How long an earlier version's outbox has lain there. */
const DAYS_AGO = 2;

/** The recorded entries with the ids of where they are replayed. */
function entriesHere({ town, chance }: History, household: string): RecordedEntry[] {
  const { li, grandma, lele } = town.persons;
  const ids = { household, community: town.communityId, errand: chance.newId(), li, grandma, lele };
  const text = JSON.stringify([...recordedOutbox, ...retiredEntries]);
  return JSON.parse(text.replace(/\{(\w+)\}/g, (_, word) => ids[word as keyof typeof ids]!)) as RecordedEntry[];
}

/** A phone wakes up with the outbox that an earlier version left on it. */
export class WakesWithOldOutbox extends Deed {
  protected readonly words: string;

  constructor(private readonly phone: number) {
    super();
    this.words = `phone ${phone} wakes up with an outbox of an earlier version`;
  }

  protected async happen(history: History) {
    const device = deviceOf(history, this.phone);
    const { phone } = device;
    if (phone === undefined || phone.status.value.state !== 'fine') return 'nobody is signed in';
    const { deviceId, households } = phone.actor.value;
    if (history.counts.has('oldOutbox')) return 'not again';
    device.closeTabs();
    await history.scheduler.pass(50);
    const life = new Life();
    const database = localDatabase(deviceId, device.surroundings(life));
    const home = households[0] ?? history.town.households.chen;
    const acts = entriesHere(history, home).map((entry) => ({ ...entry, id: history.chance.newId() }));
    await history.until(
      database.write(['outbox', 'meta'], async (tables) => {
        const stream = await streamOf(tables);
        const entries = acts.map((act, n) => ({
          ...act,
          stream: stream.id,
          seq: stream.nextSeq + n,
          at: Math.floor(history.scheduler.now + device.clockMs - DAYS_AGO * DAY_MS) + n,
        }));
        await tables.outbox.bulkAdd(entries);
        await tables.meta.put({ ...stream, nextSeq: stream.nextSeq + entries.length });
      }),
      'the old outbox is put in place',
    );
    life.end();
    device.isDrawnByOthers = true;
    history.count('oldOutbox');
    for (const { id, name } of acts) history.kept.push({ device, deviceId, id, name, at: history.rewinds });
    await device.openTab();
    await history.scheduler.pass(500);
    return device.name;
  }
}
