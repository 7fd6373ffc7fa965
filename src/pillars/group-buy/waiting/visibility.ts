import { householdScope } from '../../../domain/scope.ts';
import { inScopes, visible } from '../../../domain/entity.ts';
import type { Visibility } from '../../../domain/entity.ts';
import { waitingPlace } from './schema.ts';

/** Who waits for what only the household (and who orders for it) sees; how many wait stands on the item. */
export const waitingVisibility: readonly Visibility[] = [
  visible(waitingPlace, (row) => inScopes(waitingPlace, row, householdScope(row.householdId, 'orders'))),
];
