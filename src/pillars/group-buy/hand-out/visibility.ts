import { organisersScope, volunteersScope } from '../../../domain/scope.ts';
import { inScopes, visible } from '../../../domain/entity.ts';
import type { Visibility } from '../../../domain/entity.ts';
import { handOutRun } from './schema.ts';

/** Stairways and who carries them: for those who may carry, and organisers. What is in the bags opens with the stairway. */
export const handOutVisibility: readonly Visibility[] = [
  visible(handOutRun, (row) => inScopes(handOutRun, row, volunteersScope, organisersScope)),
];
