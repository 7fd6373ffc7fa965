import { inScopes, visible } from '../domain/entity.ts';
import type { Visibility } from '../domain/entity.ts';
import { communityScope, deskScope, householdScope, personScope, publicScope } from '../domain/scope.ts';
import type { Scope } from '../domain/scope.ts';
import { building, community, device, grant, household, person, role, slip } from './schema.ts';

/** Everybody at any desk of the community: for what belongs to no grid, such as a volunteer's duty. */
export const staffScope: Scope = 'staff';

/** Whose desk sees what carries this grid, or no grid. */
const deskOf = (grid: string | null | undefined): Scope => (grid ? deskScope(grid) : staffScope);

/** Who sees what of people. Volunteers see nobody here: a claimed errand shows its own door and phone. */
export const visibility: readonly Visibility[] = [
  visible(community, (row) => inScopes(community, row, publicScope, communityScope)),
  visible(building, (row) => inScopes(building, row, communityScope)),
  visible(household, (row) => inScopes(household, row, householdScope(row.id), deskScope(row.grid))),
  visible(person, (row) =>
    row.householdId === ''
      ? inScopes(person, row, personScope(row.id), deskOf(row.grid))
      : inScopes(person, row, householdScope(row.householdId), deskOf(row.grid)),
  ),
  visible(role, (row) => inScopes(role, row, personScope(row.personId), deskOf(row.grid))),
  visible(grant, (row) =>
    inScopes(grant, row, householdScope(row.householdId), personScope(row.helperId), deskScope(row.grid)),
  ),
  visible(device, (row) => [
    ...(row.householdId ? inScopes(device, row, householdScope(row.householdId)) : []),
    ...(row.personId ? inScopes(device, row, personScope(row.personId)) : []),
  ]),
  visible(slip, () => []),
];
