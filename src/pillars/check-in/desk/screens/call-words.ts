import { MINUTE_MS } from '../../../../domain/day.ts';
import { spokenClock } from '../../../../client/i18n/times.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import { CALLING_MINUTES } from '../../follow-up/schema.ts';
import type { Call, Contact } from '../../follow-up/schema.ts';
import type { DoorCall } from '../schema.ts';

/** `周桂英 86岁`, or `田家` where several are meant. */
export function whomToCall(call: DoorCall, t: TextSource['t']): string {
  const [first, ...others] = call.persons;
  if (!first) return '';
  if (others.length > 0 && call.state === 'missing') return t('desk.family', { name: [...first.name][0] ?? '' });
  return first.age === undefined ? first.name : t('desk.age', { name: first.name, age: first.age });
}

/** `独居 · 2 天没消息 · 平时 8:10 前报`, or what was said: `发烧 · 38.2 ℃ · 要买药`. */
export function whyToCall(call: DoorCall, t: TextSource['t'], has: TextSource['has']): string {
  const word = (key: string, raw: string) => (has(key) ? t(key) : raw);
  const told = call.persons.flatMap((person) => [
    ...person.symptoms.map((symptom) => word(`checkIn.symptoms.${symptom}`, symptom)),
    ...(person.temperatureC === undefined
      ? []
      : [t('checkIn.keypad.value', { degrees: person.temperatureC.toFixed(1) })]),
    ...(person.disputed === true ? [t('desk.disputed')] : []),
  ]);
  const reasons = call.reasons
    .filter((reason) => reason !== 'usualTimePassed' || call.usualBy === undefined)
    .map((reason) => t(`desk.reasons.${reason}`));
  const silent = (call.silentDays ?? 0) > 1 ? [t('desk.silent', { days: call.silentDays ?? 0 })] : [];
  const usual = call.usualBy === undefined ? [] : [t('desk.usualBy', { time: call.usualBy.replace(/^0/, '') })];
  const parts = [...told, ...reasons, ...(call.state === 'missing' ? [...silent, ...usual] : [])];
  return [...new Set(parts)].join(' · ') || t(`desk.states.${call.state}`);
}

/** A number to dial, and whose it is. */
export interface Number {
  readonly name: string;
  readonly phone: string;
}

/** Whose numbers to dial: of those it is about first, then of anybody behind the door, then of their guardians. */
export function numbersOf(call: DoorCall, t: TextSource['t']): readonly Number[] {
  const own = call.persons.map(({ name, phone }) => ({ name, phone }));
  const guardians = call.persons.map(({ guardianName, guardianPhone }) => ({
    name: t('desk.calls.guardian', { name: guardianName ?? '' }),
    phone: guardianPhone,
  }));
  const found = new Map<string, Number>();
  for (const { name, phone } of [...own, ...guardians]) {
    if (phone && !found.has(phone)) found.set(phone, { name, phone });
  }
  return [...found.values()];
}

/**
 * Who is ringing the door just now; nobody once their time is up. The phone's own row, where it has one, is newer than
 * the answer: it holds what was done here and not sent yet.
 */
export function callingNow(call: DoorCall, row: Call | undefined, now: number): DoorCall['calling'] {
  const { callingBy, callingName, callingAt } = row ?? {};
  const calling =
    row === undefined
      ? call.calling
      : callingBy && callingAt
        ? { by: callingBy, name: callingName ?? '', at: callingAt }
        : undefined;
  return calling !== undefined && now - calling.at < CALLING_MINUTES * MINUTE_MS ? calling : undefined;
}

/** The day's tries, oldest first. What was noted of them only the server's answer says, to who may read it. */
export function attemptsOf(call: DoorCall, row: Call | undefined): readonly Contact[] {
  if (row === undefined || row.attempts.length < call.attempts.length) return call.attempts;
  return row.attempts.map((attempt) => {
    const told = call.attempts.find((one) => one.at === attempt.at && one.by === attempt.by);
    return { ...attempt, note: attempt.note ?? told?.note };
  });
}

/** `9:10 小何 没人接 · 邻居说在家` */
export function attemptLine(attempt: Contact, t: TextSource['t']): string {
  const what = [spokenClock(attempt.at), attempt.byName ?? '', t(`desk.outcomes.${attempt.outcome}`)];
  return [what.filter(Boolean).join(' '), attempt.note ?? ''].filter(Boolean).join(' · ');
}
