import { degreesOf } from '../../screens/temperature-digits.ts';
import { NEEDS } from '../../schema.ts';
import { MOODS } from '../schema.ts';
import type { TakeReadingArgs } from '../args.ts';

/** What is filled in on a visit card. */
export interface ReadingDraft {
  digits: string;
  mood: string;
  needs: string[];
  how: string;
}

export const emptyReading = (): ReadingDraft => ({ digits: '', mood: '', needs: [], how: '' });

/** What still has to be put right: the field's id and the key of its text. */
export function mistakesOf(draft: ReadingDraft, asksHow: boolean): readonly { field: string; key: string }[] {
  const temperature = draft.digits === '' ? 'observation.noTemperature' : 'checkIn.keypad.halfTyped';
  return [
    ...(asksHow && draft.how === '' ? [{ field: 'how', key: 'checkIn.unwell.chooseHow' }] : []),
    ...(degreesOf(draft.digits) === undefined ? [{ field: 'temperature', key: temperature }] : []),
  ];
}

/** The card as it is sent. Only of a form without mistakes. */
export function filledIn(
  draft: ReadingDraft,
  asksHow: boolean,
): Pick<TakeReadingArgs, 'temperatureC' | 'mood' | 'needs' | 'how'> {
  const temperatureC = degreesOf(draft.digits);
  if (temperatureC === undefined) throw new Error('the form has no temperature');
  const mood = MOODS.find((one) => one === draft.mood);
  const how = asksHow ? (['seen', 'phoned', 'told'] as const).find((one) => one === draft.how) : undefined;
  return {
    temperatureC,
    needs: NEEDS.filter((need) => draft.needs.includes(need)),
    ...(mood ? { mood } : {}),
    ...(how ? { how } : {}),
  };
}
