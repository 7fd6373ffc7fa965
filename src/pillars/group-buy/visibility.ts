import { communityScope, householdScope } from '../../domain/scope.ts';
import { groupBuy, item, order } from './schema.ts';
import { inScopes, visible } from '../../domain/entity.ts';
import type { Visibility } from '../../domain/entity.ts';

/** Rounds and items are everybody's; an order is its household's, and its helpers' for orders. The desk asks by SQL. */
export const visibility: readonly Visibility[] = [
  visible(groupBuy, (row) => inScopes(groupBuy, row, communityScope)),
  visible(item, (row) => inScopes(item, row, communityScope)),
  visible(order, (row) => inScopes(order, row, householdScope(row.householdId, 'orders'))),
];
