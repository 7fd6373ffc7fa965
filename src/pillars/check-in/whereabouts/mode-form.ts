import * as v from 'valibot';
import { addDays } from '../../../domain/day.ts';
import { changeSettings } from '../../../people/mutations.ts';
import { MAX_EMERGENCY_DAYS } from '../../../people/rules.ts';
import { daysBetween } from '../rules.ts';
import type { Day } from '../../../domain/day.ts';
import type { Community, Mode } from '../../../people/schema.ts';

/** The community's settings while they are being changed; as texts, as their fields hold them. */
export interface ModeDraft {
  mode: Mode;
  reason: string;
  until: Day | '';
  slots: 'one' | 'two';
  morning: string;
  evening: string;
  temperature: 'yes' | 'no';
  dutyName: string;
  dutyPhone: string;
}

/** Which field, and the key of the words that say what is wrong with it. */
export interface ModeError {
  readonly field: 'reason' | 'until' | 'dutyPhone' | 'dutyName' | 'other';
  readonly key: 'reason' | 'reasonLong' | 'until' | 'dutyPhone' | 'dutyName' | 'other';
}

/** Days for which the form offers an emergency, counted from today. */
const TERMS = [3, 7, 14, 30, MAX_EMERGENCY_DAYS];
const MORNINGS = ['08:00', '09:00', '10:00', '11:00', '12:00'];
const EVENINGS = ['18:00', '19:00', '20:00', '21:00', '22:00'];

/** A draft that begins with what holds now. */
export function draftOf(town: Community): ModeDraft {
  return {
    mode: town.mode,
    reason: town.modeReason ?? '',
    until: town.modeUntil ?? '',
    slots: town.slots.length > 1 ? 'two' : 'one',
    morning: town.dueAt.morning ?? '10:00',
    evening: town.dueAt.evening ?? '20:00',
    temperature: town.asksTemperature ? 'yes' : 'no',
    dutyName: town.dutyName ?? '',
    dutyPhone: town.dutyPhone ?? '',
  };
}

/** The last days to choose from, the present one among them while it may still stand. */
export function untilChoices(town: Pick<Community, 'mode' | 'modeUntil'>, today: Day): readonly Day[] {
  const offered = TERMS.map((days) => addDays(today, days));
  const now = town.mode === 'emergency' && town.modeUntil && town.modeUntil >= today ? town.modeUntil : undefined;
  const isOffered = now === undefined || offered.includes(now) || daysBetween(today, now) > MAX_EMERGENCY_DAYS;
  return isOffered ? offered : [now, ...offered].sort();
}

/** Wall clocks to choose a due time from, the present one among them. */
export function clockChoices(slot: 'morning' | 'evening', now: string): readonly string[] {
  const usual = slot === 'morning' ? MORNINGS : EVENINGS;
  return usual.includes(now) ? usual : [now, ...usual].sort();
}

/** Whether the change is one that everybody must be told of: how they are asked, why, or until when. */
export function changesMode(town: Community, draft: ModeDraft): boolean {
  if (draft.mode !== town.mode) return true;
  if (draft.mode === 'ordinary') return false;
  return draft.reason.trim() !== (town.modeReason ?? '') || draft.until !== (town.modeUntil ?? '');
}

/** @returns the arguments, or what is wrong with the draft */
export function toSettings(town: Community, draft: ModeDraft, today: Day) {
  const reason = draft.reason.trim();
  const errors: ModeError[] = [];
  if (draft.mode === 'emergency') {
    if (reason === '') errors.push({ field: 'reason', key: 'reason' });
    if (draft.until === '' || draft.until < today) errors.push({ field: 'until', key: 'until' });
  }
  const isEmergency = draft.mode === 'emergency';
  const parsed = v.safeParse(changeSettings.args, {
    // Who changes the duty number alone does not say anew how people are asked.
    ...(changesMode(town, draft) && {
      mode: draft.mode,
      modeReason: isEmergency ? reason || undefined : null,
      modeUntil: isEmergency ? draft.until || undefined : null,
    }),
    slots: draft.slots === 'two' ? ['morning', 'evening'] : ['morning'],
    dueAt: { morning: draft.morning, ...(draft.slots === 'two' && { evening: draft.evening }) },
    asksTemperature: draft.temperature === 'yes',
    dutyName: draft.dutyName.trim() || null,
    dutyPhone: draft.dutyPhone.replace(/\s/gu, '') || null,
  });
  const issues = parsed.success ? [] : parsed.issues.map((issue) => errorOf(String(issue.path?.[0]?.key)));
  for (const error of issues) if (!errors.some(({ field }) => field === error.field)) errors.push(error);
  return parsed.success && errors.length === 0 ? { args: parsed.output } : { errors };
}

function errorOf(path: string): ModeError {
  if (path === 'modeReason') return { field: 'reason', key: 'reasonLong' };
  if (path === 'modeUntil') return { field: 'until', key: 'until' };
  if (path === 'dutyPhone' || path === 'dutyName') return { field: path, key: path };
  return { field: 'other', key: 'other' };
}
