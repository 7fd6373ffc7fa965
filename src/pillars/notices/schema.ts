import { entity, naturalKey } from '../../domain/entity.ts';
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
