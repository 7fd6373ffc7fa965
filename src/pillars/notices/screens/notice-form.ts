import * as v from 'valibot';
import { DAY_MS } from '../../../domain/day.ts';
import { buildingScope, communityScope, gridScope, publicScope } from '../../../domain/scope.ts';
import { MAX_BODY, MAX_TITLE, publishArgs } from '../args.ts';
import type { Scope } from '../../../domain/scope.ts';
import type { PublishArgs } from '../args.ts';
import type { Category, Level } from '../schema.ts';

/** Kinds of audience, as the form asks for them. */
export const audiences = ['community', 'building', 'grid', 'public'] as const;
export type Audience = (typeof audiences)[number];

/** Days that the form offers for a pin and for an end; `0` is none. */
export const dayChoices = ['0', '1', '3', '7'] as const;
export type DayChoice = (typeof dayChoices)[number];

/** A notice while it is being written. Its id is made at the start: the same draft sent twice is one notice. */
export interface NoticeDraft {
  id: string;
  title: string;
  body: string;
  level: Level;
  category: Category;
  audience: Audience;
  buildingId: string;
  grid: string;
  receipt: 'yes' | 'no';
  pinDays: DayChoice;
  expiryDays: DayChoice;
}

export function emptyDraft(id: string): NoticeDraft {
  return {
    id,
    title: '',
    body: '',
    level: 'ordinary',
    category: 'other',
    audience: 'community',
    buildingId: '',
    grid: '',
    receipt: 'no',
    pinDays: '0',
    expiryDays: '0',
  };
}

/** What a new draft can begin with: a notice that is to be put right, or one that was refused. */
export type Earlier = Pick<PublishArgs, 'title' | 'body' | 'level' | 'category' | 'scope' | 'needsReceipt'>;

/** A draft that begins with an earlier notice's words, for the same people. */
export function draftFrom(id: string, earlier: Earlier): NoticeDraft {
  const [kind = '', place = ''] = earlier.scope.split(/:(.*)/su);
  return {
    ...emptyDraft(id),
    title: earlier.title,
    body: earlier.body,
    level: earlier.level,
    category: earlier.category,
    audience: audiences.find((each) => each === kind) ?? 'community',
    buildingId: kind === 'building' ? place : '',
    grid: kind === 'grid' ? place : '',
    receipt: earlier.needsReceipt ? 'yes' : 'no',
  };
}

/** What to put right before it can go out: which field, and the key and places of the words that say so. */
export interface FormError {
  readonly field: 'title' | 'body' | 'buildingId' | 'grid' | 'other';
  readonly key: string;
  readonly places?: Readonly<Record<string, number>>;
}

/** @param now epoch ms: pins and ends count from it @returns the arguments, or what is wrong with the draft */
export function toArgs(
  draft: NoticeDraft,
  now: number,
  corrects?: string,
): { args: PublishArgs } | { errors: readonly FormError[] } {
  const after = (days: DayChoice): number | undefined => (days === '0' ? undefined : now + Number(days) * DAY_MS);
  const parsed = v.safeParse(publishArgs, {
    id: draft.id,
    title: draft.title,
    body: draft.body,
    level: draft.level,
    category: draft.category,
    scope: scopeOf(draft),
    needsReceipt: draft.receipt === 'yes',
    pinnedUntil: after(draft.pinDays),
    expiresAt: after(draft.expiryDays),
    corrects,
  });
  if (parsed.success) return { args: parsed.output };
  const errors = parsed.issues.map((issue) => errorOf(String(issue.path?.[0]?.key), draft));
  return {
    errors: errors.filter((error, place) => errors.findIndex((other) => other.field === error.field) === place),
  };
}

function scopeOf(draft: NoticeDraft): Scope {
  switch (draft.audience) {
    case 'public':
      return publicScope;
    case 'building':
      return buildingScope(draft.buildingId);
    case 'grid':
      return gridScope(draft.grid);
    case 'community':
      return communityScope;
  }
}

function errorOf(path: string, draft: NoticeDraft): FormError {
  if (path === 'title') return textError('title', draft.title.trim(), MAX_TITLE);
  if (path === 'body') return textError('body', draft.body.trim(), MAX_BODY);
  if (path === 'scope' && draft.audience === 'building') return { field: 'buildingId', key: 'buildingMissing' };
  if (path === 'scope' && draft.audience === 'grid') return { field: 'grid', key: 'gridMissing' };
  return { field: 'other', key: 'other' };
}

function textError(field: 'title' | 'body', text: string, max: number): FormError {
  if (text === '') return { field, key: `${field}Missing` };
  return { field, key: `${field}TooLong`, places: { max, count: text.length } };
}
