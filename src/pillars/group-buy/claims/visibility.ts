import { householdScope, organisersScope } from '../../../domain/scope.ts';
import { inScopes, visible } from '../../../domain/entity.ts';
import type { Visibility } from '../../../domain/entity.ts';
import { claim } from './schema.ts';

/** A claim is its household's and the organisers', who decide it. */
export const claimVisibility: readonly Visibility[] = [
  visible(claim, (row) => inScopes(claim, row, householdScope(row.householdId, 'orders'), organisersScope)),
];
