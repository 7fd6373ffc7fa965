import { CALLING_MINUTES } from '../follow-up/schema.ts';
import { byNumber } from './in-order.ts';
import { MINUTE_MS } from '../../../domain/day.ts';
import type { CallFollowUp, CallReason, DoorCall } from './schema.ts';

/** A door that somebody has just tried rests for so long before the next try. */
export const REST_MINUTES = 60;

/** How much each reason presses. Only the order matters. */
const weight: Readonly<Record<CallReason, number>> = {
  urgent: 1_000,
  needsFood: 60,
  needsVisit: 50,
  livesAlone: 40,
  over80: 30,
  needsMedicine: 30,
  limitedMobility: 20,
  chronic: 20,
  usualTimePassed: 18,
  disabled: 15,
  pregnant: 15,
  missedReading: 12,
  needsTalk: 10,
  neverHeard: 1,
};
/** An alert that nobody has opened; one that was opened; a door to look in on. */
const UNSEEN = 500;
const ALERT = 300;
const WATCH = 50;
/** Each day of silence after the first, up to a week of it. */
const SILENT_DAY = 10;
const MOST_SILENT_DAYS = 7;

/** The reasons, the most pressing first, each once. */
export function byPressure(reasons: Iterable<CallReason>): readonly CallReason[] {
  return [...new Set(reasons)].sort((one, other) => weight[other] - weight[one]);
}

/** Whether somebody else is calling the door at this time, or has said so within CALLING_MINUTES. */
export function isBeingCalled(calling: DoorCall['calling'], now: number): boolean {
  return calling !== undefined && now - calling.at < CALLING_MINUTES * MINUTE_MS;
}

/**
 * The doors, the most pressing first: alerts that nobody has reached yet before everything else; then by what is known of
 * the people and for how long the door has been silent. Among those that press alike in kind, a door that another worker
 * is calling just now, or that was tried within the last hour, comes after those that nobody has tried.
 * @param asker the person who asks: the own call does not sink under the own hands
 */
export function ranked(calls: readonly DoorCall[], now: number, asker?: string): DoorCall[] {
  const places = calls.map((call) => ({
    call,
    waits: waitsForContact(call),
    rests: isResting(call, now, asker),
    pressure: pressureOf(call),
  }));
  return places
    .sort(
      (one, other) =>
        Number(other.waits) - Number(one.waits) ||
        Number(one.rests) - Number(other.rests) ||
        other.pressure - one.pressure ||
        byNumber(one.call.door, other.call.door),
    )
    .map(({ call }) => call);
}

/** An alert whose people nobody has reached since; also one of an earlier day behind a door that has fallen silent. */
function waitsForContact({ state, followUps }: DoorCall): boolean {
  const open = followUps.filter((one) => one.closedAt === undefined);
  if (state === 'alert') return open.length === 0 || open.some((one) => one.firstContactAt === undefined);
  const isAlert = ({ reasons }: CallFollowUp) => reasons.includes('alert') || reasons.includes('urgent');
  return state === 'missing' && open.some((one) => isAlert(one) && one.firstContactAt === undefined);
}

function isResting({ calling, attempts }: DoorCall, now: number, asker?: string): boolean {
  const last = attempts[attempts.length - 1];
  const justTried = last !== undefined && now - last.at < REST_MINUTES * MINUTE_MS;
  return justTried || (calling?.by !== asker && isBeingCalled(calling, now));
}

function pressureOf(call: DoorCall): number {
  const waits = waitsForContact(call);
  const reasons = call.reasons.filter((reason) => reason !== 'urgent' || waits);
  const silence = Math.max(0, Math.min(call.silentDays ?? 0, MOST_SILENT_DAYS) - 1) * SILENT_DAY;
  return stateOf(call, waits) + reasons.reduce((sum, reason) => sum + weight[reason], 0) + silence;
}

function stateOf({ state, followUps }: DoorCall, waits: boolean): number {
  const open = followUps.filter((one) => one.closedAt === undefined);
  if (waits) return open.some((one) => one.seenAt === undefined) || open.length === 0 ? UNSEEN : ALERT;
  return state === 'missing' || open.some((one) => one.firstContactAt !== undefined) ? 0 : WATCH;
}
