import { expect, test } from 'vitest';
import { timeOn } from '../../../domain/day.ts';
import { addTexts, textOf, hasText } from '../../../client/i18n/i18n.ts';
import { checkInScreenTexts } from '../screen-texts.ts';
import { checkInTexts } from '../texts.ts';
import { adviceOf } from './advice-now.ts';
import { careFacts, careLine, mustCall } from './follow-up-words.ts';
import { saidWords } from './said-words.ts';
import { likeYesterday } from './unwell-form.ts';
import type { FollowUpCard } from '../follow-up/schema.ts';
import type { CheckIn } from '../schema.ts';
import type { Waiting } from './care.ts';

addTexts(checkInTexts);
addTexts(checkInScreenTexts);

const DAY = '2026-11-22';
const at = (clock: string) => timeOn(DAY, clock);
const card = (over: Partial<FollowUpCard> = {}): FollowUpCard => ({
  id: `wang/${DAY}`,
  personId: 'wang',
  personName: '王秀兰',
  householdId: 'h',
  door: '3-2-501',
  day: DAY,
  level: 'alert',
  openedAt: at('10:20'),
  raisedAt: at('10:20'),
  stage: 'onDuty',
  ...over,
});
const waiting = (over: Partial<FollowUpCard> | undefined, isUnsent = false, level: CheckIn['level'] = 'alert') =>
  ({
    person: { id: 'wang', name: '王秀兰' },
    said: { level, needs: [] },
    card: over && card({ level: level === 'ok' ? 'watch' : level, ...over }),
    isUnsent,
  }) as unknown as Waiting;
const facts = (one: Waiting) => careFacts(one, textOf);

test('an alert reads 请打电话 until a person has opened it, then who and when', () => {
  const sent = waiting({ assignedName: '田姐' });
  expect(facts(sent)).toEqual(['还没有人看到，请打电话', '已经交给田姐']);
  expect(mustCall(sent)).toBe(true);
  const seen = waiting({ seenAt: at('10:32'), seenByName: '田姐' });
  expect([facts(seen), mustCall(seen)]).toEqual([['田姐 10:32 看到了'], false]);
  const reached = waiting({ seenAt: at('10:32'), seenByName: '田姐', firstContactAt: at('10:40') });
  expect(facts(reached)).toEqual(['田姐 10:32 看到了', '10:40 联系上了']);
  const over = waiting({ seenAt: at('10:32'), seenByName: '田姐', closedAt: at('11:00'), result: 'visited' });
  expect(careLine(over, textOf)).toBe('办完了：上门看过');
});

test('a phone that knows no answer knows of nobody who has seen it', () => {
  expect(facts(waiting(undefined))).toEqual(['还没有人看到，请打电话']);
  expect(facts(waiting(undefined, true))).toEqual(['还没发出去，请打电话']);
  expect(careLine(waiting({}, true), textOf)).toBe('还没发出去，请打电话');
});

test('what is not grave asks nobody to telephone', () => {
  const one = waiting({}, false, 'watch');
  expect([careLine(one, textOf), mustCall(one)]).toEqual(['还没有人看到', false]);
});

test('advice: the gravest first, 很急 alone only where nothing says more, fever by rule', () => {
  expect(adviceOf({ symptoms: ['cough'] })).toEqual([]);
  expect(adviceOf({ symptoms: ['cough'], temperatureC: 37.3 })).toEqual(['fever']);
  expect(adviceOf({ symptoms: ['cough'], temperatureC: 37.2 })).toEqual([]);
  expect(adviceOf({ symptoms: ['urgent'] })).toEqual(['urgent']);
  expect(adviceOf({ symptoms: ['urgent', 'bleeding', 'chestPain'] })).toEqual(['chestPain', 'bleeding']);
});

test('和昨天一样 repeats what was felt and needed, never a measurement or 很急', () => {
  expect(likeYesterday({ symptoms: ['urgent', 'cough'], needs: ['medicine'], temperatureC: 38.2 })).toEqual({
    symptoms: ['cough', 'fever'],
    needs: ['medicine'],
  });
  expect(likeYesterday({ symptoms: ['cough'], needs: [], temperatureC: 36.8 }).symptoms).toEqual(['cough']);
});

test('what was said, in words; a word of a later version is left out', () => {
  const words = { t: textOf, has: hasText };
  const said = { feels: 'unwell', level: 'alert', recovered: false, temperatureC: 37.8 } as const;
  expect(saidWords({ ...said, symptoms: ['cough', 'unheardOf'], needs: ['medicine'] }, words)).toBe(
    '不舒服 · 37.8 ℃ · 咳嗽 · 要买药',
  );
  expect(saidWords({ feels: 'well', level: 'ok', recovered: true, symptoms: [], needs: [] }, words)).toBe('现在好了');
});
