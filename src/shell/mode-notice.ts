import type { Accompany } from '../client/acting.ts';
import { spokenClock, spokenDay } from '../client/i18n/times.ts';
import { addTexts } from '../client/i18n/i18n.ts';
import { useTexts } from '../client/i18n/use-texts.ts';
import { addDays, dayOf, timeOn } from '../domain/day.ts';
import { communityScope } from '../domain/scope.ts';
import { community } from '../people/schema.ts';
import type { Community } from '../people/schema.ts';
import type { PublishArgs } from '../pillars/notices/args.ts';
import { shellScreenTexts } from './screen-texts.ts';

/** What a change of settings may say; null takes away. */
type Changes = { readonly [K in 'mode' | 'modeReason' | 'modeUntil' | 'slots' | 'dueAt']?: Community[K] };

/**
 * Who switches the community's mode, or moves the end of an emergency, tells everybody in the same step: why, until when,
 * and who is asked.
 */
export const modeNotice: Accompany = async (acts, { reader, actor, now, newId }) => {
  const changes = acts.find(({ mutation }) => mutation.name === 'people.changeSettings')?.args as Changes | undefined;
  if (changes?.mode === undefined && changes?.modeUntil === undefined) return [];
  const before = await reader.get(community, actor.communityId);
  if (before === undefined) return [];
  const after: Community = { ...before, ...changes };
  const isSwitch = after.mode !== before.mode;
  if (!isSwitch && (after.mode === 'ordinary' || after.modeUntil === before.modeUntil)) return [];
  addTexts(shellScreenTexts);
  const said = after.mode === 'emergency' ? emergencyWords(after, isSwitch, now) : ordinaryWords(after);
  const notice: PublishArgs = {
    id: newId(),
    ...said,
    level: 'important',
    category: 'safety',
    scope: communityScope,
    needsReceipt: false,
    ...(after.mode === 'emergency' && after.modeUntil ? { expiresAt: timeOn(addDays(after.modeUntil, 1)) } : {}),
  };
  return [{ name: 'notices.publish', args: notice }];
};

function emergencyWords(after: Community, isSwitch: boolean, now: number): { title: string; body: string } {
  const { t } = useTexts();
  const today = dayOf(now);
  const until = after.modeUntil ? spokenDay(after.modeUntil, today) : t('shell.modeNotice.noEnd');
  const times = after.slots.map((slot) => {
    const due = after.dueAt[slot];
    const clock = due === undefined ? undefined : spokenClock(timeOn(today, due));
    return t(`shell.modeNotice.${slot}${clock === undefined ? '' : 'By'}`, { clock: clock ?? '' });
  });
  const lines = [
    ...(after.modeReason ? [t('shell.modeNotice.because', { reason: after.modeReason })] : []),
    t('shell.modeNotice.everybody', { until, times: times.join(t('shell.modeNotice.and')) }),
    t('shell.modeNotice.noPhone'),
  ];
  return {
    title: t(isSwitch ? 'shell.modeNotice.begins' : 'shell.modeNotice.moved', { until }),
    body: lines.join('\n\n'),
  };
}

function ordinaryWords(after: Community): { title: string; body: string } {
  const { t } = useTexts();
  const lines = [
    ...(after.modeReason ? [t('shell.modeNotice.because', { reason: after.modeReason })] : []),
    t('shell.modeNotice.onlyJoined'),
    t('shell.modeNotice.anyTime'),
  ];
  return { title: t('shell.modeNotice.ends'), body: lines.join('\n\n') };
}
