import { arrive } from './arrive.ts';
import { cancelRound, close, markOrdered } from './end.ts';
import { changeItem, changeRound } from './change.ts';
import { editDraft, publish } from './prepare.ts';
import { settle, startHandingOut } from './hand-over.ts';
import { substitute } from './substitute.ts';
import type { AnyMutation } from '../../../domain/mutation.ts';

export { arrive } from './arrive.ts';
export { cancelRound, close, markOrdered } from './end.ts';
export { changeItem, changeRound } from './change.ts';
export { editDraft, publish } from './prepare.ts';
export { settle, startHandingOut } from './hand-over.ts';
export { substitute } from './substitute.ts';

/** Everything that organisers (and the clock) do with a round as a whole, from its draft to its end. */
export const roundMutations: readonly AnyMutation[] = [
  editDraft,
  publish,
  changeRound,
  changeItem,
  close,
  cancelRound,
  markOrdered,
  arrive,
  substitute,
  startHandingOut,
  settle,
];
