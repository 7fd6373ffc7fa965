import { addDays, DAY_MS, dayOf, MINUTE_MS, timeOn } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import { buildingScope } from '../domain/scope.ts';
import { buildingIdOf, buildingLabel, naturalId } from '../people/natural-id.ts';
import type { PublishArgs } from '../pillars/notices/args.ts';
import { phoneOf, phoneOfDuty } from './act.ts';
import type { Act } from './act.ts';
import { chanceOf } from './chance.ts';
import { EARLIER } from './notice-texts-earlier.ts';
import { RECENT } from './notice-texts.ts';
import type { NoticeText } from './notice-texts.ts';
import type { Town } from './town.ts';

/** Share of doors that took note of what asked for it. The cast has not: theirs is the tap to try. */
const NOTED = 0.55;

/** The notices of the last three weeks, oldest first, and who took note of them. */
export function noticeActs(town: Town, seed: number, now: number): { notices: Act[]; receipts: Act[] } {
  const chance = chanceOf(seed, 'receipts');
  const receipts: Act[] = [];
  const notices = [...RECENT, ...EARLIER]
    .map((text, number) => ({
      text,
      id: naturalId('r', town.communityId, 'notice', String(number)),
      at: timeOf(text, number, now),
    }))
    .sort((a, b) => a.at - b.at)
    .map(({ text, id, at }): Act => {
      const args: PublishArgs = {
        id,
        title: text.title,
        body: withDays(text.body, dayOf(at)),
        level: text.level,
        category: text.category,
        scope: scopeOf(town, text.scope),
        needsReceipt: text.needsReceipt ?? false,
        ...(text.pinnedDays !== undefined && { pinnedUntil: at + text.pinnedDays * DAY_MS }),
        ...(text.expiresDays !== undefined && { expiresAt: endOf(at, text.expiresDays, text.expiresClock) }),
      };
      if (text.needsReceipt) receipts.push(...receiptsOf(id, at));
      const by = text.by === undefined ? phoneOfDuty(town, 'secretary') : phoneOfDuty(town, 'gridWorker', text.by);
      return { as: by, order: { id: naturalId('r', id, 'publish'), name: 'notices.publish', args, happenedAt: at } };
    });
  return { notices, receipts };

  function receiptsOf(noticeId: string, at: number): Act[] {
    return town.homes.flatMap((home): Act[] => {
      const noted = chance.happens(NOTED);
      const happenedAt = Math.floor(at + chance.next() * Math.min(now - at, DAY_MS));
      if (!noted || home.cast?.key !== undefined || home.residents.length === 0) return [];
      const args = { noticeId, householdId: home.id };
      const id = naturalId('r', noticeId, 'receipt', home.id);
      return [
        { as: phoneOf(town, home, home.residents[0]), order: { id, name: 'notices.acknowledge', args, happenedAt } },
      ];
    });
  }
}

/** When it was written; early in the day, some minutes before now. */
function timeOf(text: NoticeText, number: number, now: number): number {
  const at = timeOn(addDays(dayOf(now), -text.daysAgo), text.clock);
  return Math.min(at, now - (3 + 2 * number) * MINUTE_MS);
}

function endOf(at: number, days: number, clock: string | undefined): number {
  return clock === undefined ? at + days * DAY_MS : timeOn(addDays(dayOf(at), days), clock);
}

/** `{1}` becomes the day after the notice was written: `11月23日`. */
function withDays(text: string, written: Day): string {
  return text.replace(/\{(-?\d+)\}/gu, (_, days: string) => {
    const [, month, day] = addDays(written, Number(days)).split('-');
    return `${Number(month)}月${Number(day)}日`;
  });
}

function scopeOf(town: Town, written: string): string {
  if (!written.startsWith('building:')) return written;
  return buildingScope(buildingIdOf(town.communityId, buildingLabel(written.slice('building:'.length))));
}
