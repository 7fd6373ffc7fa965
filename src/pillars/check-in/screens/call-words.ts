import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { Call, CallPerson } from '../schema.ts';

/** `周桂英 86岁`, or `田家` where several are meant. */
export function whomToCall(call: Call, t: TextSource['t']): string {
  const [first, ...others] = call.persons;
  if (!first) return '';
  if (others.length > 0 && call.state === 'missing')
    return t('checkIn.desk.family', { name: [...first.name][0] ?? '' });
  return first.age === undefined ? first.name : t('checkIn.desk.age', { name: first.name, age: first.age });
}

/** `独居 · 2 天没消息`, or what was said: `发烧 · 38.2 ℃ · 要买药`. */
export function whyToCall(call: Call, t: TextSource['t'], has: TextSource['has']): string {
  const word = (key: string, raw: string) => (has(key) ? t(key) : raw);
  const told = call.persons.flatMap((person) => [
    ...person.symptoms.map((symptom) => word(`checkIn.symptoms.${symptom}`, symptom)),
    ...(person.temperatureC === undefined
      ? []
      : [t('checkIn.keypad.value', { degrees: person.temperatureC.toFixed(1) })]),
  ]);
  const reasons = call.reasons.map((reason) => t(`checkIn.desk.reasons.${reason}`));
  const silent =
    call.state === 'missing' && (call.silentDays ?? 0) > 1
      ? [t('checkIn.desk.silent', { days: call.silentDays ?? 0 })]
      : [];
  return [...new Set([...told, ...reasons, ...silent])].join(' · ') || t(`checkIn.desk.states.${call.state}`);
}

/** Whose number to dial: of those it is about first, else of anybody behind the door. */
export function whoHasPhone(call: Call): CallPerson | undefined {
  return call.persons.find((person) => person.phone !== undefined);
}
