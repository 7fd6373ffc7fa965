import * as v from 'valibot';
import { id, words } from '../../../people/schema.ts';
import { limits, noneTwice } from '../args.ts';
import type { HandOutProblem } from '../schema.ts';

export const takeRunArgs = v.object({ runId: id });
export type TakeRunArgs = v.InferOutput<typeof takeRunArgs>;
export const releaseRunArgs = v.object({ runId: id });

/** All households behind one door that have a bag in the round. */
const households = v.pipe(
  v.array(id),
  v.minLength(1),
  v.maxLength(20),
  noneTwice((one: string) => one),
);

export const handOutArgs = v.object({
  groupBuyId: id,
  householdIds: households,
  how: v.picklist(['inPerson', 'atDoor', 'pickedUp']),
});
export type HandOutArgs = v.InferOutput<typeof handOutArgs>;

const problems = ['notAtHome', 'wrongBag', 'missingPiece'] as const satisfies readonly HandOutProblem[];
export const notHandedOutArgs = v.object({
  groupBuyId: id,
  householdIds: households,
  what: v.picklist(problems),
  text: v.optional(words(limits.note)),
});
export type NotHandedOutArgs = v.InferOutput<typeof notHandedOutArgs>;

export const undoHandOutArgs = v.object({ groupBuyId: id, householdIds: households });
export type UndoHandOutArgs = v.InferOutput<typeof undoHandOutArgs>;
