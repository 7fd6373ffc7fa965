import { isStaffOf, isSystem, livesIn } from '../../domain/actor.ts';
import { DAY_MS, dayOf, timeOn } from '../../domain/day.ts';
import { buildingScope, communityScope, gridScope, publicScope } from '../../domain/scope.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Level, Notice, Receipt } from './schema.ts';

/**
 * A pin holds four weeks at most. So whatever stands on top was published this month or the month before (no month is
 * shorter than that), and the first screen needs to read no more than these two.
 */
export const PIN_DAYS = 28;

/** An urgent notice with no end of its own stands on top for a week; then it is one among the others. */
export const URGENT_DAYS = 7;

/** What the rules of time look at. */
type Timed = Pick<Notice, 'publishedAt' | 'expiresAt' | 'withdrawnAt' | 'correctedBy'>;

/** Whether a notice still holds at `now` (epoch ms): not expired, not withdrawn, not put right by a newer one. */
export function isCurrent(notice: Timed, now: number): boolean {
  const expired = notice.expiresAt != null && notice.expiresAt <= now;
  return !expired && notice.withdrawnAt == null && notice.correctedBy == null;
}

/** Whether a notice stands above the others at `now` (epoch ms) because somebody pinned it. */
export function isPinned(notice: Timed & Pick<Notice, 'pinnedUntil'>, now: number): boolean {
  if (notice.pinnedUntil == null || !isCurrent(notice, now)) return false;
  return now < Math.min(notice.pinnedUntil, notice.publishedAt + PIN_DAYS * DAY_MS);
}

/** Whether a notice is urgent news at `now` (epoch ms): it comes before everything, pinned or not. */
export function isUrgentNow(notice: Timed & Pick<Notice, 'level'>, now: number): boolean {
  return notice.level === 'urgent' && isCurrent(notice, now) && now < notice.publishedAt + URGENT_DAYS * DAY_MS;
}

/** @returns the notices in the order of reading at `now` (epoch ms): urgent, pinned, then newest first */
export function sortForReading(notices: readonly Notice[], now: number): readonly Notice[] {
  const place = (notice: Notice): number => (isUrgentNow(notice, now) ? 0 : isPinned(notice, now) ? 1 : 2);
  return notices
    .map((notice) => ({ notice, place: place(notice) }))
    .sort(
      (a, b) =>
        a.place - b.place || b.notice.publishedAt - a.notice.publishedAt || (a.notice.id < b.notice.id ? -1 : 1),
    )
    .map((entry) => entry.notice);
}

/** Whether the notice is meant for this household. */
export function concerns(notice: Pick<Notice, 'scope'>, household: { buildingId: string; grid: string }): boolean {
  const scopes: readonly Scope[] = [
    publicScope,
    communityScope,
    gridScope(household.grid),
    buildingScope(household.buildingId),
  ];
  return scopes.includes(notice.scope);
}

/** Whether the actor may tell this audience something, or take back what was told: its grid's staff, or any staff where it is wider than a grid. */
export function mayPublish(actor: Actor, scope: Scope, now: number): boolean {
  return scope.startsWith('grid:') ? isStaffOf(actor, now, scope.slice('grid:'.length)) : isStaffOf(actor, now);
}

/** Whether the actor may say 我知道了 for the household: whoever is at one of its own devices. */
export function mayAcknowledgeFor(actor: Actor, householdId: string): boolean {
  return isSystem(actor) || livesIn(actor, householdId);
}

/** @returns the notices that hold at `now` (epoch ms), ask for a receipt and have none among these, in the order of reading */
export function awaitingReceipt(
  notices: readonly Notice[],
  receipts: readonly Pick<Receipt, 'noticeId'>[],
  now: number,
): readonly Notice[] {
  const noted = new Set(receipts.map((receipt) => receipt.noticeId));
  return sortForReading(
    notices.filter((notice) => notice.needsReceipt && isCurrent(notice, now) && !noted.has(notice.id)),
    now,
  );
}

/** @param publishedAt epoch ms @returns the community's month, `YYYY-MM` */
export function monthOf(publishedAt: number): string {
  return dayOf(publishedAt).slice(0, 7);
}

/** @returns this month and the one before at `now` (epoch ms), newest first: everything that can stand on top is in them */
export function recentMonths(now: number): readonly [string, string] {
  const month = monthOf(now);
  return [month, monthOf(timeOn(`${month}-01`) - DAY_MS)];
}

/** @returns the loudest level among the notices, undefined where there are none */
export function loudest(notices: readonly Pick<Notice, 'level'>[]): Level | undefined {
  if (notices.some((notice) => notice.level === 'urgent')) return 'urgent';
  if (notices.some((notice) => notice.level === 'important')) return 'important';
  return notices.length > 0 ? 'ordinary' : undefined;
}
