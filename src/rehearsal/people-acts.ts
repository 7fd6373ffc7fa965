import { addDays, DAY_MS, dayOf, timeOn } from '../domain/day.ts';
import { naturalId } from '../people/natural-id.ts';
import { phoneOf } from './act.ts';
import type { Act } from './act.ts';
import type { Home, Resident, Town } from './town.ts';

/** Days before today on which the quiet elder picked up her phone. */
const SIGNS = [3, 2, 1, 0] as const;

/** How long the widow lets the volunteer act for her. */
const CARE_DAYS = 60;

/** Where an elder lives alone who need not report: what she does on her phone is sign enough. None of the cast. */
export function quietHome(town: Town): Home | undefined {
  return town.homes.find((home) => home.cast === undefined && home.grid === '二格' && livesAlone(home));
}

/**
 * What people have said of themselves beyond the day's answer: who need not report, who is away, who answers for a child,
 * who acts for whom.
 */
export function peopleActs(town: Town, now: number): Act[] {
  const today = dayOf(now);
  const daysAgo = (days: number, clock: string) => Math.min(timeOn(addDays(today, -days), clock), now);
  const say = (home: Home, who: Resident, name: string, args: object, happenedAt: number): Act => {
    const id = naturalId('r', town.communityId, name, who.id, String(happenedAt));
    return { as: phoneOf(town, home, who), order: { id, name, args, happenedAt } };
  };
  const acts: Act[] = [];

  const quiet = quietHome(town);
  const elder = quiet?.residents[0];
  if (quiet && elder) {
    acts.push(say(quiet, elder, 'people.setGreeting', { personId: elder.id, quiet: true }, daysAgo(4, '09:10')));
    for (const days of SIGNS) {
      const at = daysAgo(days, '07:05');
      const args = { householdId: quiet.id, personId: elder.id, day: dayOf(at) };
      acts.push(say(quiet, elder, 'checkIn.sign', args, at));
    }
  }

  const couple = town.homes.find((home) => home.grid === '二格' && isCoupleAtHome(home));
  const [traveller] = couple?.residents ?? [];
  if (couple && traveller) {
    const args = { personId: traveller.id, presence: 'away', until: today };
    acts.push(say(couple, traveller, 'people.setPresence', args, daysAgo(3, '18:20')));
  }

  const family = town.homes.find((home) => home.cast?.key === 'family');
  const [father, , child] = family?.residents ?? [];
  if (family && father && child) {
    const args = { personId: child.id, guardianId: father.id };
    acts.push(say(family, father, 'people.setGuardian', args, daysAgo(4, '20:00')));
  }

  const alone = town.homes.find((home) => home.cast?.key === 'elder');
  const [widow] = alone?.residents ?? [];
  const [helper] = town.homes.find((home) => home.cast?.key === 'volunteer')?.residents ?? [];
  if (alone && widow && helper) {
    const at = daysAgo(5, '16:30');
    const id = naturalId('r', town.communityId, 'grant', widow.id);
    const powers = ['check-in', 'order', 'errand'];
    const args = { id, householdId: alone.id, helperId: helper.id, powers, until: at + CARE_DAYS * DAY_MS };
    acts.push(say(alone, widow, 'people.grantCare', args, at));
  }
  return acts;
}

function livesAlone({ residents }: Home): boolean {
  return residents.length === 1 && residents.every((who) => who.home && who.needs.includes('livesAlone'));
}

function isCoupleAtHome({ cast, residents }: Home): boolean {
  return cast === undefined && residents.length === 2 && residents.every((who) => who.home && who.duties.length === 0);
}
