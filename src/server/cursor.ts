import * as v from 'valibot';

/** How far a phone has read: the epoch it read in, the last seq of each scope, and the last verdict of its stream. */
const shape = v.object({
  e: v.string(),
  s: v.record(v.string(), v.number()),
  v: v.tuple([v.string(), v.number()]),
});

export interface Cursor {
  readonly epoch: string;
  readonly scopes: Readonly<Record<string, number>>;
  readonly verdicts: { readonly stream: string; readonly seq: number };
}

/** Opaque to the phone. It grants nothing: scopes are worked out afresh at every pull. */
export function writeCursor(cursor: Cursor): string {
  const { epoch: e, scopes: s, verdicts } = cursor;
  return Buffer.from(JSON.stringify({ e, s, v: [verdicts.stream, verdicts.seq] })).toString('base64url');
}

/** @returns undefined for null and for what is not one of ours: the phone starts over */
export function readCursor(text: string | null): Cursor | undefined {
  if (text === null) return undefined;
  try {
    const {
      e,
      s,
      v: [stream, seq],
    } = v.parse(shape, JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { epoch: e, scopes: s, verdicts: { stream, seq } };
  } catch {
    return undefined;
  }
}
