import { addDays } from '../../../domain/day.ts';
import type { Day } from '../../../domain/day.ts';
import { inScopes, visible } from '../../../domain/entity.ts';
import type { Visibility } from '../../../domain/entity.ts';
import { healthScope, householdDayScope, householdScope, observationScope } from '../../../domain/scope.ts';
import { OBSERVATION_DAYS, observation, reading } from './schema.ts';
import type { Observation } from './schema.ts';

/**
 * The household reads all of it, a helper what is of the day, the grid's worker who looks after them until some days after
 * its last one (see the check-in's own scopes); no other desk.
 */
export const observationVisibility: readonly Visibility[] = [
  visible(observation, (row) =>
    inScopes(
      observation,
      row,
      householdScope(row.householdId, 'check-in'),
      ...daysOf(row).flatMap((day) => [householdDayScope(row.householdId, day), healthScope(row.grid, day)]),
    ),
  ),
  visible(reading, (row) =>
    inScopes(
      reading,
      row,
      householdScope(row.householdId, 'check-in'),
      householdDayScope(row.householdId, row.day),
      observationScope(row.observationId),
    ),
  ),
];

function daysOf({ startDay, days }: Pick<Observation, 'startDay' | 'days'>): readonly Day[] {
  return Array.from({ length: Math.min(days, OBSERVATION_DAYS.max) }, (_, i) => addDays(startDay, i));
}
