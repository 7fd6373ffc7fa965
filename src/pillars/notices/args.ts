import * as v from 'valibot';
import { id, time, words } from '../../people/schema.ts';
import { categories, levels } from './schema.ts';

/** Characters of a title, at most. */
export const MAX_TITLE = 80;
/** Characters of a body (markdown), at most. */
export const MAX_BODY = 20_000;
/** Characters of the reason for which a notice is withdrawn, at most. */
export const MAX_REASON = 200;

/** Who can be told: everybody, everybody signed in, one grid, one building. */
export const audience = v.pipe(v.string(), v.maxLength(140), v.regex(/^(?:public|community|(?:grid|building):.+)$/u));

const translation = v.object({ title: words(MAX_TITLE), body: words(MAX_BODY) });

export const publishArgs = v.object({
  id,
  title: words(MAX_TITLE),
  body: words(MAX_BODY),
  level: v.picklist(levels),
  category: v.picklist(categories),
  scope: audience,
  needsReceipt: v.boolean(),
  pinnedUntil: v.optional(time),
  expiresAt: v.optional(time),
  translations: v.optional(v.record(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u)), translation)),
  /** The id of an earlier notice that this one puts right. */
  corrects: v.optional(id),
});
export type PublishArgs = v.InferOutput<typeof publishArgs>;

export const acknowledgeArgs = v.object({ noticeId: id, householdId: id });

export const withdrawArgs = v.object({ noticeId: id, reason: words(MAX_REASON) });
