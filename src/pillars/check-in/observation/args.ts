import * as v from 'valibot';
import { day, id, words } from '../../../people/schema.ts';
import { NEEDS, temperature } from '../schema.ts';
import { MAX_REASON, MOODS, OBSERVATION_DAYS } from './schema.ts';

const slot = v.picklist(['morning', 'evening'], 'checkIn.issues.slot');

export const startObservationArgs = v.object({
  id,
  personId: id,
  days: v.pipe(
    v.number(),
    v.integer('checkIn.issues.days'),
    v.minValue(OBSERVATION_DAYS.min, 'checkIn.issues.days'),
    v.maxValue(OBSERVATION_DAYS.max, 'checkIn.issues.days'),
  ),
  reason: v.optional(words(MAX_REASON)),
});
export const takeReadingArgs = v.object({
  observationId: id,
  day,
  slot,
  temperatureC: temperature,
  mood: v.optional(v.picklist(MOODS)),
  needs: v.optional(v.pipe(v.array(v.picklist(NEEDS)), v.maxLength(NEEDS.length))),
  how: v.optional(v.picklist(['seen', 'phoned', 'told'], 'checkIn.issues.how')),
});
export type TakeReadingArgs = v.InferOutput<typeof takeReadingArgs>;
export const endObservationArgs = v.object({ observationId: id, reason: words(MAX_REASON) });
/** By the community's clock: a reading that was due did not come. */
export const missReadingArgs = v.object({ observationId: id, day, slot });
