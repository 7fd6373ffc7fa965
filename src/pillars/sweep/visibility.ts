import { inScopes, visible } from '../../domain/entity.ts';
import { deskScope, volunteersScope } from '../../domain/scope.ts';
import { staffScope } from '../../people/visibility.ts';
import { sweep, sweptDoor } from './schema.ts';

/** Everybody who knocks reads what is asked and until when; what was found at a door, its desk alone. */
export const visibility = [
  visible(sweep, (row) => inScopes(sweep, row, staffScope, volunteersScope)),
  visible(sweptDoor, (row) => inScopes(sweptDoor, row, deskScope(row.grid))),
];
