import { inScopes, visible } from '../../domain/entity.ts';
import { healthScope, householdDayScope, householdScope } from '../../domain/scope.ts';
import { checkIn, lifeSign } from './schema.ts';

/**
 * The household reads what was said of it, its helpers that of the day. The grid's worker holds only what needs
 * somebody, and loses it when the need ends, or a few days later: that a door is well is read off the coverage, without a
 * name. No other desk holds any of it.
 */
export const visibility = [
  visible(checkIn, (row) =>
    inScopes(
      checkIn,
      row,
      householdScope(row.householdId, 'check-in'),
      householdDayScope(row.householdId, row.day),
      ...(needsSomebody(row) && row.forgotten !== true ? [healthScope(row.grid, row.day)] : []),
    ),
  ),
  visible(lifeSign, (row) =>
    inScopes(lifeSign, row, householdScope(row.householdId, 'check-in'), householdDayScope(row.householdId, row.day)),
  ),
];

function needsSomebody(row: { readonly level: string; readonly needs: readonly string[] }): boolean {
  return row.level !== 'ok' || row.needs.length > 0;
}
