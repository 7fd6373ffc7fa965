import { inScopes, visible } from '../../../domain/entity.ts';
import { deskScope, healthScope, householdDayScope, householdScope, workScope } from '../../../domain/scope.ts';
import { cardOf } from './card.ts';
import { isOpen, shownCall } from './rules.ts';
import { call, followUp, followUpCard } from './schema.ts';

/**
 * The grid's worker reads a follow-up while it is open, and so does whoever has it. The household, its helpers of that
 * day and every desk of the grid read its card: whether somebody has seen it, who, when, how it ended; once it is closed
 * the desks keep it for some days. A door's calls are the desk's of some days, without what was noted: that may be what ails somebody, and a secretary's desk holds none of it.
 */
export const followUpVisibility = [
  visible(followUp, (row) => [
    ...(isOpen(row) ? inScopes(followUp, row, healthScope(row.grid)) : []),
    ...(isOpen(row) && row.assignedTo ? inScopes(followUp, row, workScope(row.assignedTo)) : []),
    ...inScopes(
      followUpCard,
      cardOf(row),
      householdScope(row.householdId, 'check-in'),
      householdDayScope(row.householdId, row.day),
      isOpen(row) ? deskScope(row.grid) : deskScope(row.grid, row.day),
    ),
  ]),
  visible(call, (row) => inScopes(call, shownCall(row), deskScope(row.grid, row.day))),
];
