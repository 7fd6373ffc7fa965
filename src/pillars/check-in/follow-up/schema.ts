import * as v from 'valibot';
import { entity, naturalKey } from '../../../domain/entity.ts';
import { day, id, time, words } from '../../../people/schema.ts';
import type { Row } from '../../../domain/entity.ts';
import type { Day } from '../../../domain/day.ts';
import type { Level } from '../schema.ts';

/** An alert that nobody has opened for so long goes on to the next person. */
export const UNSEEN_MINUTES = 15;
/** Whoever says 我来打 has the door for so long; then it is free for the next. */
export const CALLING_MINUTES = 15;
export const MAX_NOTE = 120;

/** Why somebody has to look after a person: what was said of them, never in the words of a symptom. */
export const FOLLOW_UP_REASONS = ['urgent', 'alert', 'visit', 'food', 'medicine', 'talk', 'missedReading'] as const;
export type FollowUpReason = (typeof FOLLOW_UP_REASONS)[number];
/** What came of it: 电话问过 · 上门看过 · 去了发热门诊 · 居家观察 · 虚惊一场 */
export const FOLLOW_UP_RESULTS = ['called', 'visited', 'feverClinic', 'homeObservation', 'falseAlarm'] as const;
export type FollowUpResult = (typeof FOLLOW_UP_RESULTS)[number];
/** What came of a call or a knock: 接了 · 没人接 · 敲了门没人 · 见到了 */
export const CALL_OUTCOMES = ['answered', 'noAnswer', 'knocked', 'met'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** Whose turn it is while nobody has opened an alert. */
export type Stage = 'onDuty' | 'colleague' | 'secretary';

/** That a follow-up went to somebody: epoch ms, to whom and why. */
export interface Pass {
  readonly at: number;
  readonly to: string;
  readonly toName: string;
  readonly because: 'opened' | 'unseen' | 'handOver';
}

/** One try to reach the person or the door. Epoch ms. */
export interface Contact {
  readonly at: number;
  readonly by?: string | null;
  readonly byName?: string | null;
  readonly outcome: CallOutcome;
  readonly note?: string | null;
}

/** Somebody has to look after a person, today. Id: personId/day. It holds no symptom and no temperature. */
export interface FollowUp extends Row {
  readonly personId: string;
  readonly personName: string;
  readonly householdId: string;
  readonly grid: string;
  readonly door: string;
  readonly phone?: string | null;
  readonly day: Day;
  /** `alert` escalates while unseen; `watch` does not. */
  readonly level: Exclude<Level, 'ok'>;
  readonly reasons: readonly FollowUpReason[];
  /** Epoch ms: when it happened, and when the server heard of it (the 15 minutes count from here, and anew at each pass). */
  readonly openedAt: number;
  readonly raisedAt: number;
  /** Whose it is; nobody's where nobody was on duty: then the grid's desk has it. Absent once it is closed. */
  readonly assignedTo?: string | null;
  readonly assignedName?: string | null;
  readonly stage: Stage;
  readonly passes: readonly Pass[];
  /** The first person who opened it, and when (epoch ms). */
  readonly seenAt?: number | null;
  readonly seenBy?: string | null;
  readonly seenByName?: string | null;
  /** Epoch ms of the first contact that reached somebody (answered or met). */
  readonly firstContactAt?: number | null;
  readonly contacts: readonly Contact[];
  readonly result?: FollowUpResult | null;
  readonly note?: string | null;
  readonly closedAt?: number | null;
  readonly closedByName?: string | null;
  /** Epoch ms at which the group chat's robot was told of its present stage. */
  readonly robotAt?: number | null;
}

/**
 * What the household, its helpers and the secretary's desk see of a follow-up: whether somebody has opened it, who, when,
 * how it ended. No notes. Its id is the follow-up's.
 */
export interface FollowUpCard extends Row {
  readonly personId: string;
  readonly personName: string;
  readonly householdId: string;
  readonly door: string;
  readonly day: Day;
  readonly level: Exclude<Level, 'ok'>;
  readonly openedAt: number;
  readonly raisedAt: number;
  readonly assignedTo?: string | null;
  readonly assignedName?: string | null;
  readonly stage: Stage;
  readonly seenAt?: number | null;
  readonly seenByName?: string | null;
  readonly firstContactAt?: number | null;
  readonly result?: FollowUpResult | null;
  readonly closedAt?: number | null;
}

/** A door's calls of a day, so that two workers do not ring the same door. Id: householdId/day. */
export interface Call extends Row {
  readonly householdId: string;
  readonly grid: string;
  readonly day: Day;
  /** Who is calling just now, since when (epoch ms); for CALLING_MINUTES. */
  readonly callingBy?: string | null;
  readonly callingName?: string | null;
  readonly callingAt?: number | null;
  /** Oldest first, in whatever order they arrived. */
  readonly attempts: readonly Contact[];
}

export const followUp = entity<FollowUp>('followUp', ['householdId', 'assignedTo']);
export const followUpCard = entity<FollowUpCard>('followUpCard', ['householdId']);
export const call = entity<Call>('call', ['householdId']);

export const followUpId = (personId: string, dayOf: Day): string => naturalKey(personId, dayOf);
export const callId = (householdId: string, dayOf: Day): string => naturalKey(householdId, dayOf);

/** `openedAt` as the person's screen had it: what was raised anew since then has not been seen by it. */
export const seeArgs = v.object({ followUpId: id, openedAt: v.optional(time) });
export const closeArgs = v.object({
  followUpId: id,
  /** As the person's screen had it: what was raised anew since then is not closed by it (`changedMeanwhile`). */
  openedAt: v.optional(time),
  result: v.picklist(FOLLOW_UP_RESULTS, 'checkIn.issues.result'),
  note: v.optional(words(MAX_NOTE)),
});
/** 我来打 */
export const takeCallArgs = v.object({ householdId: id, day });
/** What came of a call or a knock; it also counts for the open follow-ups behind the door. */
export const recordCallArgs = v.object({
  householdId: id,
  day,
  outcome: v.picklist(CALL_OUTCOMES, 'checkIn.issues.outcome'),
  note: v.optional(words(MAX_NOTE)),
});
