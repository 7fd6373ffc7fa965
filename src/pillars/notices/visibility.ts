import { inScopes, visible } from '../../domain/entity.ts';
import { deskScope, householdScope } from '../../domain/scope.ts';
import { notice, receipt } from './schema.ts';

export const visibility = [
  // Whoever is signed in holds `public` too, so a notice stands in the one scope that it names.
  visible(notice, (row) => inScopes(notice, row, row.scope)),
  visible(receipt, (row) => inScopes(receipt, row, householdScope(row.householdId), deskScope(row.grid))),
];
