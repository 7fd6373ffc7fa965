import * as v from 'valibot';
import { entity, naturalKey } from '../../domain/entity.ts';
import { id, time, words } from '../../people/schema.ts';
import type { Row } from '../../domain/entity.ts';
import type { Scope } from '../../domain/scope.ts';

/** How loud a notice is: 紧急 · 重要 · 一般. */
export const levels = ['urgent', 'important', 'ordinary'] as const;
export type Level = (typeof levels)[number];

/** What a notice is about. `rumour` is 辟谣. */
export const categories = [
  'water',
  'power',
  'health',
  'traffic',
  'groupBuy',
  'safety',
  'activity',
  'policy',
  'rumour',
  'other',
] as const;
export type Category = (typeof categories)[number];

/** Characters of a title, at most. */
export const MAX_TITLE = 80;
/** Characters of a body (markdown), at most. */
export const MAX_BODY = 20_000;
/** Characters of the reason for which a notice is withdrawn, at most. */
export const MAX_REASON = 200;

/** The same notice in another language. */
export interface Translation {
  readonly title: string;
  readonly body: string;
}

/** What the community tells its residents. */
export interface Notice extends Row {
  readonly title: string;
  /** Markdown, HTML switched off. */
  readonly body: string;
  readonly level: Level;
  readonly category: Category;
  /** Who it is for, and so who reads it: `public`, `community`, `grid:…` or `building:…`. */
  readonly scope: Scope;
  /** How people say that scope, where it is a building or a grid: `3栋`, `一格`. */
  readonly scopeName?: string | null;
  /** Every door is asked to tap 我知道了. */
  readonly needsReceipt: boolean;
  /** Epoch ms until which it stands above the others (see `isPinned`). */
  readonly pinnedUntil?: number | null;
  /** Epoch ms from which it no longer matters. */
  readonly expiresAt?: number | null;
  /** By language tag, such as `ug` or `en`. */
  readonly translations?: Readonly<Record<string, Translation>> | null;
  /** Epoch ms at which it was written. */
  readonly publishedAt: number;
  /** Month of `publishedAt`, `YYYY-MM`: lets a phone read the newest notices without touching years of them. */
  readonly month: string;
  /** In whose name: the community's. */
  readonly issuer: string;
  /** Whom to ask, and on what number. */
  readonly issuerPerson?: string | null;
  readonly issuerPhone?: string | null;
  /** 1, and one more with each correction. */
  readonly version: number;
  /** The notice that this one corrects, and the one that corrects this. */
  readonly correctedFrom?: string | null;
  readonly correctedBy?: string | null;
  /** Epoch ms; the reason is shown in its place. */
  readonly withdrawnAt?: number | null;
  readonly withdrawnReason?: string | null;
}

/**
 * A door has taken note of a notice. There is no counter on the notice itself: it would send the whole text to every
 * phone again with each tap. The desk counts the receipts.
 */
export interface Receipt extends Row {
  readonly noticeId: string;
  readonly householdId: string;
  /** The household's grid, copied here because sight rests on it. */
  readonly grid: string;
  /** Epoch ms of the tap. */
  readonly at: number;
}

export const notice = entity<Notice>('notice', ['month']);
export const receipt = entity<Receipt>('receipt', ['noticeId', 'householdId']);

/** The id of a door's receipt for a notice: one of each. */
export const receiptId = (noticeId: string, householdId: string): string => naturalKey(noticeId, householdId);

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

/** How many doors have taken note, for the desk: never which ones. */
export interface ReceiptCoverage {
  readonly doors: number;
  readonly noted: number;
  readonly buildings: readonly {
    readonly buildingId: string;
    readonly name: string;
    readonly doors: number;
    readonly noted: number;
  }[];
}
