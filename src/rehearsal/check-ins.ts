import { addDays, dayOf, MINUTE_MS, timeOn } from '../domain/day.ts';
import { naturalId } from '../people/natural-id.ts';
import type { SubmitArgs } from '../pillars/check-in/schema.ts';
import { phoneOf, phoneOfDuty } from './act.ts';
import type { Act } from './act.ts';
import { chanceOf } from './chance.ts';
import type { Chance } from './chance.ts';
import { quietHome } from './people-acts.ts';
import type { Home, Town } from './town.ts';

type Entry = SubmitArgs['entries'][number];

/** Share of doors that have answered, by days ago: today some are still missing. */
const ANSWERED = [0.9, 0.97, 0.96] as const;
/** These have not answered today: theirs is the tap to try. */
const UNANSWERED = ['elder', 'family', 'neighbour'];
/** Share of the elders living alone whom the grid worker rang. */
const RUNG = 0.25;

/** What has just been said, and nobody has seen yet. */
const JUST_NOW_MS = 4 * MINUTE_MS;

interface Illness {
  readonly daysAgo: number;
  readonly justNow?: true;
  /** Where it is to happen: at the desk of the grid worker whom one tries out. */
  readonly grid?: string;
  readonly said: Omit<Entry, 'personId'>;
}

/** Illnesses of the days, given out to doors by chance: two want somebody at once, the others a look. */
const UNWELL: readonly Illness[] = [
  {
    daysAgo: 0,
    grid: '二格',
    said: { feels: 'unwell', temperatureC: 38.4, symptoms: ['fever', 'cough'], needs: ['medicine'] },
  },
  {
    daysAgo: 0,
    grid: '二格',
    justNow: true,
    said: { feels: 'unwell', symptoms: ['shortBreath', 'tired'], needs: ['visit'] },
  },
  { daysAgo: 0, said: { feels: 'unwell', temperatureC: 36.9, symptoms: ['soreThroat'], needs: [] } },
  { daysAgo: 0, grid: '二格', said: { feels: 'unwell', symptoms: ['dizzy'], needs: ['talk'] } },
  { daysAgo: 0, said: { feels: 'unwell', symptoms: ['cough', 'noAppetite'], needs: [] } },
  { daysAgo: 1, said: { feels: 'unwell', temperatureC: 37.8, symptoms: ['fever'], needs: ['medicine'] } },
  { daysAgo: 1, said: { feels: 'unwell', symptoms: ['stomach'], needs: [] } },
  { daysAgo: 1, said: { feels: 'unwell', symptoms: ['headache'], needs: [] } },
  { daysAgo: 2, said: { feels: 'unwell', symptoms: ['ache'], needs: [] } },
];

/** What households have said of themselves today and on the two days before. */
export function checkInActs(town: Town, seed: number, now: number): Act[] {
  const today = dayOf(now);
  const quiet = quietHome(town);
  return ANSWERED.flatMap((share, daysAgo) => {
    const chance = chanceOf(seed, `check-in ${daysAgo}`);
    const day = addDays(today, -daysAgo);
    const time = morningOf(day, now);
    const illnesses = UNWELL.filter((one) => one.daysAgo === daysAgo);
    const sickAt = giveOut(illnesses, chance.shuffle(town.homes.filter((home) => canFallIll(home) && home !== quiet)));
    return town.homes.flatMap((home): Act[] => {
      const answers = chance.happens(share);
      const early = time(chance.next());
      const by = whoAnswers(town, home, chance);
      const atHome = home.residents.filter((who) => who.home);
      const sick = sickAt.get(home);
      const at = sick?.justNow ? Math.max(early, now - JUST_NOW_MS) : early;
      if (atHome.length === 0 || (!answers && !sick) || home === quiet) return [];
      if (daysAgo === 0 && UNANSWERED.includes(home.cast?.key ?? '')) return [];
      const entries = atHome.map(({ id }, place): Entry => {
        return sick && place === 0 ? { personId: id, ...sick.said } : { personId: id, feels: 'well' };
      });
      const args: SubmitArgs = { householdId: home.id, day, slot: 'morning', ...by.how, entries };
      const id = naturalId('r', town.communityId, 'check-in', home.id, String(daysAgo));
      return [{ as: by.as, order: { id, name: 'checkIn.submit', args, happenedAt: at } }];
    });
  });
}

/** Each illness to the first of the homes that fits it, no home two. */
function giveOut(illnesses: readonly Illness[], homes: readonly Home[]): ReadonlyMap<Home, Illness> {
  const given = new Map<Home, Illness>();
  for (const illness of illnesses) {
    const home = homes.find((one) => !given.has(one) && (illness.grid === undefined || one.grid === illness.grid));
    if (home) given.set(home, illness);
  }
  return given;
}

/** Not those of the cast: what they say is for whoever tries it out. */
function canFallIll(home: Home): boolean {
  return home.cast === undefined && home.residents.some((who) => who.home);
}

function whoAnswers(town: Town, home: Home, chance: Chance): { as: Act['as']; how?: { how: 'phoned' | 'seen' } } {
  const rung = chance.happens(RUNG);
  const how = chance.pick(['phoned', 'phoned', 'seen'] as const);
  const alone = home.residents.some((who) => who.needs.includes('livesAlone'));
  if (alone && rung && home.cast === undefined) return { as: phoneOfDuty(town, 'gridWorker', home.grid), how: { how } };
  return { as: phoneOf(town, home, home.residents[0]) };
}

/** Maps a draw to a time of the morning (6:00 to 9:50), never after now; of the small hours while it is not yet six. */
function morningOf(day: string, now: number): (draw: number) => number {
  const end = Math.min(timeOn(day, '09:50'), now);
  const start = Math.max(timeOn(day), Math.min(timeOn(day, '06:00'), end - 30 * MINUTE_MS));
  return (draw) => Math.floor(start + draw * Math.max(0, end - start));
}
