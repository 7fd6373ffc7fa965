import * as v from 'valibot';
import type { HeldGrant, HeldRole } from '../domain/actor.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Row } from '../domain/entity.ts';
import type { RefusalCode } from '../domain/refusal.ts';

/** The version of what phone and server say to each other. A server answers 426 to one it does not speak. */
export const PROTOCOL = 1;

/** Mutations in one push, at most. */
export const MAX_PUSH = 500;
/** Bytes of a push's body, at most. A phone halves what is answered 413. */
export const MAX_PUSH_BYTES = 2_000_000;
/** Rows in one page of a pull, at most: the phone stores a page with its cursor in one transaction. */
export const MAX_PAGE = 1_000;
/** How long the server keeps a verdict under its mutation's id, at least. */
export const VERDICT_DAYS = 400;
/** How long the feed remembers that a row is gone. An older cursor starts its scopes over. */
export const TOMBSTONE_DAYS = 60;
/** After a restore the phone offers again what was acknowledged within these days. */
export const REOFFER_DAYS = 35;

/** What a mutation's args are before the mutation's own schema has looked at them. */
const envelope = v.object({
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  id: v.pipe(v.string(), v.uuid()),
  name: v.pipe(v.string(), v.maxLength(80)),
  args: v.unknown(),
  at: v.pipe(v.number(), v.safeInteger()),
});

export const pushRequest = v.object({
  protocol: v.number(),
  deviceId: v.pipe(v.string(), v.maxLength(64)),
  stream: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  sentAt: v.pipe(v.number(), v.safeInteger()),
  mutations: v.pipe(v.array(envelope), v.maxLength(MAX_PUSH)),
});

/** A person's act on its way: `(stream, seq)` orders it within its device, `id` makes it happen once, `at` is the phone's time of the tap. */
export type Envelope = v.InferOutput<typeof envelope>;
export type PushRequest = v.InferOutput<typeof pushRequest>;

/** `accepted`: a rule said yes. `held`: durable, a person must decide. `refused`: no, with a code. */
export type Outcome = 'accepted' | 'held' | 'refused';

export interface Verdict {
  readonly seq: number;
  readonly id: string;
  readonly outcome: Outcome;
  readonly code?: RefusalCode;
  readonly details?: JsonObject;
}

export interface PushAnswer {
  readonly epoch: string;
  /** The last seq of this stream that has a verdict: everything up to it is settled. */
  readonly lastSeq: number;
  readonly verdicts: readonly Verdict[];
}

export const pullRequest = v.object({
  protocol: v.number(),
  cursor: v.nullable(v.pipe(v.string(), v.maxLength(200_000))),
  /** Acts that wait on the phone as it asks. Should its data be lost, the next sign-in can say so. */
  unsent: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  /** The last act that was queued, by its place in the order: tells later which of them came after all. */
  queued: v.optional(
    v.object({
      stream: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
      seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    }),
  ),
});
export type PullRequest = v.InferOutput<typeof pullRequest>;

/** A line of a pull (application/x-ndjson). */
export type PullLine =
  | { readonly drop: readonly string[] }
  | { readonly put: string; readonly scope: string; readonly rows: readonly Row[] }
  | { readonly gone: string; readonly scope: string; readonly ids: readonly string[] }
  | { readonly cursor: string; readonly done?: false }
  | PullEnd;

/** The last line: without it the pull was cut and ends at the last page's cursor. */
export interface PullEnd {
  readonly cursor: string;
  readonly done: true;
  readonly epoch: string;
  /** Server's time of the snapshot, epoch ms. */
  readonly at: number;
  /** The last seq of this device's newest stream that this snapshot contains. */
  readonly lastSeq: number;
  readonly verdicts: readonly Verdict[];
  /** Who the device acts as, as of this snapshot: rights and rows change together on the phone. */
  readonly actor?: Pick<SessionAnswer, 'person' | 'roles' | 'households' | 'grants'>;
  /** Ends (epoch ms) of the scopes that end by themselves. */
  readonly until: Readonly<Record<string, number>>;
}

/** Whom a browser holds data of. It goes on as that where it proves it, or where the server has forgotten the device. */
const former = v.object({
  deviceId: v.pipe(v.string(), v.uuid(), v.toLowerCase()),
  /** The slip it was enrolled by (`slip` of its join): what was queued goes out for the same household or person only. */
  slip: v.optional(v.pipe(v.string(), v.maxLength(120))),
  /** `proof` of its join. */
  proof: v.optional(v.pipe(v.string(), v.maxLength(64))),
});
export type Former = v.InferOutput<typeof former>;

/** Identities that a phone names when it signs in, at most. */
export const MAX_FORMERS = 8;

export const joinRequest = v.object({
  code: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40)),
  deviceName: v.pipe(v.string(), v.trim(), v.maxLength(80)),
  /** A secret of this sign-in, the same each time it is tried: sent twice, it enrols one device. */
  attempt: v.optional(v.pipe(v.string(), v.uuid())),
  formers: v.optional(v.pipe(v.array(former), v.maxLength(MAX_FORMERS)), []),
});
export type JoinRequest = v.InferInput<typeof joinRequest>;

/** What a device of the same household or person said that it had not sent, and what has not come since. */
export interface UnsentElsewhere {
  readonly deviceName: string;
  readonly count: number;
  /** When it said so, epoch ms by the server's clock. */
  readonly at: number;
}

export interface JoinAnswer {
  readonly deviceId: string;
  readonly community: { readonly id: string; readonly name: string };
  readonly households: readonly string[];
  readonly persons: readonly { readonly id: string; readonly name: string }[];
  /** Which slip it was: to be named when this phone signs in again. Opens nothing. */
  readonly slip?: string;
  /** To be shown when this phone signs in again, with a slip of the same household or person: it goes on as this device. Opens nothing. */
  readonly proof?: string;
  /** Told to a phone that holds nothing of who it becomes: if it is one of these and its data was cleared, so much is lost. */
  readonly unsent?: readonly UnsentElsewhere[];
}

export interface SessionAnswer {
  readonly deviceId: string;
  readonly person?: string;
  readonly community: { readonly id: string; readonly name: string; readonly rehearsal: boolean };
  readonly roles: readonly HeldRole[];
  readonly households: readonly string[];
  readonly grants: readonly HeldGrant[];
  readonly epoch: string;
}

/** RFC 9457. `type` is a word of ours: what the phone decides by, never the text. */
export interface Problem {
  readonly type: ProblemType;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly [extension: string]: Json | undefined;
}

export type ProblemType =
  | 'malformed'
  | 'crossSite'
  | 'expired'
  | 'ended'
  | 'notFound'
  | 'wrongDevice'
  | 'wrongStream'
  | 'gap'
  | 'wrongCode'
  | 'tooLarge'
  | 'notPicture'
  | 'tooManyPixels'
  | 'protocol'
  | 'tooMany'
  | 'busy'
  | 'diskFull'
  | 'fault';
