import { addDays, dayOf, timeOn } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import { naturalId } from '../people/natural-id.ts';
import { phoneOf, phoneOfDuty } from './act.ts';
import type { Act } from './act.ts';
import type { Town } from './town.ts';

/** Two readings a day of somebody who gets better: days ago, slot, when, °C, how they feel. */
const READINGS = [
  [2, 'evening', '18:40', 37.1, 'low'],
  [1, 'morning', '08:15', 36.9, 'soso'],
  [1, 'evening', '18:25', 36.8, 'soso'],
  [0, 'morning', '07:50', 36.6, 'good'],
] as const;

/** Somebody under home observation on its third day, with what was measured so far. */
export function observationActs(town: Town, now: number): Act[] {
  const today = dayOf(now);
  const home = town.homes.find(
    (one) =>
      one.cast === undefined && one.grid === '二格' && one.residents.length === 3 && one.residents.every(isAtHome),
  );
  const [whom] = home?.residents ?? [];
  if (!home || !whom) return [];
  const id = naturalId('r', town.communityId, 'observation', whom.id);
  const begun = timeOn(addDays(today, -2), '11:20');
  const start: Act = {
    as: phoneOfDuty(town, 'gridWorker', home.grid),
    order: {
      id: naturalId('r', id, 'start'),
      name: 'checkIn.startObservation',
      args: { id, personId: whom.id, days: 7, reason: '出差回来，同车厢有人发烧' },
      happenedAt: begun,
    },
  };
  const readings = READINGS.flatMap(([daysAgo, slot, clock, temperatureC, mood]): Act[] => {
    const day: Day = addDays(today, -daysAgo);
    const happenedAt = timeOn(day, clock);
    if (happenedAt > now) return [];
    const args = { observationId: id, day, slot, temperatureC, mood };
    const order = { id: naturalId('r', id, day, slot), name: 'checkIn.takeReading', args, happenedAt };
    return [{ as: phoneOf(town, home, whom), order }];
  });
  return [start, ...readings];
}

function isAtHome(who: { readonly home: boolean; readonly duties: readonly unknown[] }): boolean {
  return who.home && who.duties.length === 0;
}
