import { bagsScope, communityScope, householdScope, organisersScope } from '../../domain/scope.ts';
import { groupBuy, item, order } from './schema.ts';
import { bag } from './hand-out/schema.ts';
import { bagOf } from './hand-out/bag-of.ts';
import { inScopes, visible } from '../../domain/entity.ts';
import { isShown } from './rules.ts';
import type { Visibility } from '../../domain/entity.ts';

/**
 * Rounds and items are everybody's once the round was opened to residents (an item says nothing without its round); an order
 * is its household's, and its helpers' for orders. The organiser asks by SQL; the volunteer of a stairway sees bags.
 */
export const visibility: readonly Visibility[] = [
  visible(groupBuy, (row) => inScopes(groupBuy, row, isShown(row) ? communityScope : organisersScope)),
  visible(item, (row) => inScopes(item, row, row.draft === true ? organisersScope : communityScope)),
  visible(order, (row) => [
    ...inScopes(order, row, householdScope(row.householdId, 'orders')),
    ...(row.bag !== undefined && row.state === 'placed'
      ? inScopes(bag, bagOf(row, row.bag), bagsScope(row.groupBuyId, row.bag.building, row.bag.unit))
      : []),
  ]),
];
