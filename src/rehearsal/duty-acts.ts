import { addDays, dayOf, timeOn } from '../domain/day.ts';
import { naturalId } from '../people/natural-id.ts';
import { phoneOfDuty } from './act.ts';
import type { Act } from './act.ts';
import { SHAPES } from './buildings.ts';
import type { Town } from './town.ts';

/** Shifts change at this time and last until it comes again. */
const CHANGE = '08:00';
/** Whose turn it is in the duty room, by grid: the two days before, today (the secretary), tomorrow. */
const DUTY_ROOM = ['五格', '三格', undefined, '四格'] as const;
/** Of these shifts, those that a grid's own worker has as well. */
const SHIFTS = [0, 1, 2] as const;

/** Who is on duty since the last change of shifts, who was before and, in the duty room, who comes next. */
export function dutyActs(town: Town, now: number): Act[] {
  const today = dayOf(now);
  const first = now < timeOn(today, CHANGE) ? addDays(today, -3) : addDays(today, -2);
  const shift = (number: number, place: string | undefined, holder: Act['as']): Act => {
    const [from, to] = [0, 1].map((day) => timeOn(addDays(first, number + day), CHANGE));
    const id = naturalId('r', town.communityId, 'duty', place ?? '', String(number));
    const args = { id, personId: holder.personId, ...(place !== undefined && { grid: place }), from, to };
    const as = phoneOfDuty(town, 'secretary');
    const happenedAt = Math.min(from ?? now, now);
    return { as, order: { id: naturalId('r', id, 'start'), name: 'checkIn.startDuty', args, happenedAt } };
  };
  const grids = [...new Set(SHAPES.map((shape) => shape.grid))];
  return [
    ...grids.flatMap((grid) => SHIFTS.map((number) => shift(number, grid, phoneOfDuty(town, 'gridWorker', grid)))),
    ...DUTY_ROOM.map((grid, number) =>
      shift(
        number,
        undefined,
        grid === undefined ? phoneOfDuty(town, 'secretary') : phoneOfDuty(town, 'gridWorker', grid),
      ),
    ),
  ];
}
