import { inScopes, visible } from '../../../domain/entity.ts';
import { deskScope, healthScope, householdDayScope, householdScope, personScope } from '../../../domain/scope.ts';
import { cardOf } from './card.ts';
import { isOpen } from './rules.ts';
import { call, followUp, followUpCard } from './schema.ts';

/**
 * The grid's worker reads a follow-up while it is open, and so does whoever has it. The household, its helpers of that
 * day and every desk of the grid read its card: whether somebody has seen it, who, when, how it ended. A door's calls
 * are the desk's.
 */
export const followUpVisibility = [
  visible(followUp, (row) => [
    ...(isOpen(row) ? inScopes(followUp, row, healthScope(row.grid)) : []),
    ...(isOpen(row) && row.assignedTo ? inScopes(followUp, row, personScope(row.assignedTo)) : []),
    ...inScopes(
      followUpCard,
      cardOf(row),
      householdScope(row.householdId, 'check-in'),
      householdDayScope(row.householdId, row.day),
      deskScope(row.grid),
    ),
  ]),
  visible(call, (row) => inScopes(call, row, deskScope(row.grid))),
];
