import * as v from 'valibot';
import { id, time, words } from '../../people/schema.ts';
import { FINDINGS, MAX_NOTE, MAX_PEOPLE, MAX_QUESTION, MAX_TITLE } from './schema.ts';

export const startArgs = v.object({
  id,
  title: words(MAX_TITLE),
  question: v.optional(words(MAX_QUESTION)),
  grids: v.optional(v.pipe(v.array(words(20)), v.maxLength(200)), []),
  deadline: time,
});
export const answerArgs = v.object({
  sweepId: id,
  householdId: id,
  finding: v.picklist(FINDINGS, 'sweep.issues.finding'),
  people: v.optional(
    v.pipe(
      v.number('sweep.issues.people'),
      v.integer('sweep.issues.people'),
      v.minValue(0, 'sweep.issues.people'),
      v.maxValue(MAX_PEOPLE, 'sweep.issues.people'),
    ),
  ),
  yes: v.optional(v.boolean()),
  note: v.optional(words(MAX_NOTE)),
  /** The act that this one puts right. One that the door does not know is passed over. */
  instead: v.optional(id),
});
export const closeArgs = v.object({ sweepId: id });
export const forgetArgs = v.object({
  doorIds: v.pipe(v.array(v.pipe(v.string(), v.maxLength(250))), v.maxLength(500)),
});

export type StartArgs = v.InferInput<typeof startArgs>;
export type AnswerArgs = v.InferOutput<typeof answerArgs>;
export type CloseArgs = v.InferOutput<typeof closeArgs>;
