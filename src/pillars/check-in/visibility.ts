import { inScopes, visible } from '../../domain/entity.ts';
import { deskScope, householdScope } from '../../domain/scope.ts';
import { checkIn } from './schema.ts';

/**
 * The household and its helpers read what was said of it. The desk's phones hold only what needs somebody, and it leaves
 * them when the need ends; that a door is well they read off the coverage, without a name.
 */
export const visibility = [
  visible(checkIn, (row) =>
    inScopes(
      checkIn,
      row,
      householdScope(row.householdId, 'check-in'),
      ...(row.level !== 'ok' || row.needs.length > 0 ? [deskScope(row.grid)] : []),
    ),
  ),
];
