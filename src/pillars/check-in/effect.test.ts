import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MINUTE_MS, timeOn } from '../../domain/day.ts';
import { settled } from './answer-for.ts';
import { effectOf } from './effect.ts';
import { compareLevels, levelOf, standing } from './rules.ts';
import type { Effect, Saying } from './effect.ts';
import type { CheckIn, Level } from './schema.ts';

const DAY = '2026-03-09';
const at = (clock: string) => timeOn(DAY, clock);

function said(over: Partial<CheckIn> = {}): CheckIn {
  const happenedAt = over.happenedAt ?? at('08:00');
  return {
    id: `a/${DAY}/morning`,
    personId: 'a',
    householdId: 'h',
    grid: '一格',
    day: DAY,
    slot: 'morning',
    feels: 'well',
    symptoms: [],
    needs: [],
    level: 'ok',
    recovered: false,
    by: { deviceId: 'first', actingFor: false },
    happenedAt,
    receivedAt: happenedAt,
    late: false,
    history: [],
    ...over,
  };
}

const well = { feels: 'well' } as const;
const unwell = { feels: 'unwell' } as const;
const fever = { feels: 'unwell', temperatureC: 38.5 } as const;
const better = { feels: 'well', recovered: true } as const;
const saying = (entry: Saying['entry'], clock: string, deviceId = 'other'): Saying => ({
  entry,
  deviceId,
  happenedAt: at(clock),
});

describe('what a new answer does to what was said before', () => {
  const ill = said({ feels: 'unwell', level: 'watch', happenedAt: at('09:00') });
  const grave = said({ feels: 'unwell', level: 'alert', happenedAt: at('09:00') });
  const fine = said({ happenedAt: at('09:00') });
  const betterBefore = said({ recovered: true, happenedAt: at('09:00') });

  test.each([
    ['the first answer', undefined, saying(well, '09:30'), 'holds'],
    ['the first answer, unwell', undefined, saying(unwell, '09:30'), 'holds'],
    ['well again', fine, saying(well, '09:30'), 'repeats'],
    ['well again, and out of food', fine, saying({ ...well, needs: ['food'] }, '09:30'), 'holds'],
    ['no food needed after all', fine, saying({ ...well, knew: at('09:00') }, '09:30'), 'holds'],
    ['all well over somebody unwell', ill, saying(well, '09:30'), 'reportedUnwell'],
    ['all well over somebody unwell, on the same phone', ill, saying(well, '09:30', 'first'), 'reportedUnwell'],
    ['all well said before but arriving after somebody was unwell', ill, saying(well, '08:30'), 'kept'],
    ['well, having seen that they were unwell', ill, saying({ ...well, knew: at('09:00') }, '09:30'), 'holds'],
    ['well, having seen something else', ill, saying({ ...well, knew: at('08:00') }, '09:30'), 'reportedUnwell'],
    ['better now', ill, saying(better, '09:30'), 'holds'],
    ['better, said before being unwell', ill, saying(better, '08:30'), 'kept'],
    ['unwell after well', fine, saying(unwell, '09:30'), 'holds'],
    ['unwell, said before a plain all well', fine, saying(unwell, '08:30'), 'holds'],
    ['unwell, said before 现在好了', betterBefore, saying(unwell, '08:30'), 'kept'],
    ['unwell again after 现在好了', betterBefore, saying(unwell, '09:30'), 'holds'],
    ['unwell, told earlier than what is known', ill, saying(unwell, '08:30'), 'kept'],
    ['unwell, with more to say', ill, saying(unwell, '09:30'), 'holds'],
    ['graver, said later', ill, saying(fever, '09:30'), 'holds'],
    ['graver, said earlier by another phone', ill, saying(fever, '08:30'), 'holds'],
    ['graver, said earlier by the same phone', ill, saying(fever, '08:30', 'first'), 'kept'],
    ['milder, by a phone that had not seen it', grave, saying(unwell, '09:30'), 'kept'],
    ['milder, by a phone that had seen it', grave, saying({ ...unwell, knew: at('09:00') }, '09:30'), 'holds'],
    ['milder, by a phone that had seen another', grave, saying({ ...unwell, knew: at('08:00') }, '09:30'), 'kept'],
    ['milder, by the phone that said it', grave, saying(unwell, '09:30', 'first'), 'holds'],
    [
      'milder, seen, by a clock that is a little behind',
      grave,
      saying({ ...unwell, knew: at('09:00') }, '08:59'),
      'holds',
    ],
  ] as const satisfies readonly (readonly [string, CheckIn | undefined, Saying, Effect])[])(
    '%s',
    (_, before, what, effect) => {
      expect(effectOf(before ? [before] : [], before, what)).toBe(effect);
    },
  );

  it('keeps all well of a phone that could not know yet, and refuses it once it could', () => {
    const heardLater = { ...ill, receivedAt: at('11:00') };
    expect(effectOf([heardLater], heardLater, saying(well, '10:59'))).toBe('kept');
    expect(effectOf([heardLater], heardLater, saying(well, '11:01'))).toBe('reportedUnwell');
  });

  it('leaves somebody unwell in the morning to 现在好了 in the evening', () => {
    expect(effectOf([ill], undefined, saying(well, '19:00'))).toBe('reportedUnwell');
    expect(effectOf([ill], undefined, saying(better, '19:00'))).toBe('holds');
    expect(effectOf([ill], undefined, saying({ ...well, knew: at('09:00') }, '19:00'))).toBe('holds');
  });

  it('an evening’s all well that did not know of the morning’s report does not hide it, whatever arrived first', () => {
    const evening = said({ slot: 'evening', happenedAt: at('19:00') });
    expect(standing([evening, ill])).toBe(ill);
    const settling = { ...evening, recovered: true };
    expect(standing([settling, ill])).toBe(settling);
    expect(standing([evening, { ...ill, happenedAt: at('20:00') }])?.level).toBe('watch');
    // The desk's answers do not carry whether it was 现在好了: they are taken by their times.
    expect(standing([{ ...evening, recovered: undefined }, ill])?.level).toBe('ok');
  });

  it('takes the graver of two answers of the same moment', () => {
    expect(standing([fine, ill])).toBe(ill);
    expect(standing([ill, fine])).toBe(ill);
  });
});

/** One phone's answer: how grave, and at which minute of the morning it was tapped. */
interface Tap {
  readonly level: Level;
  readonly minute: number;
  readonly phone: string;
  readonly knew?: number;
}

const entries: Readonly<Record<Level, Saying['entry']>> = { ok: well, watch: unwell, alert: fever };

/** Lets the taps arrive one after another, all of them after they were tapped. @returns the row in the end */
function arrive(taps: readonly Tap[]): CheckIn | undefined {
  let row: CheckIn | undefined;
  taps.forEach((tap, i) => {
    const happenedAt = at('08:00') + tap.minute * MINUTE_MS;
    const entry = { ...entries[tap.level], knew: tap.knew };
    const effect = effectOf(row ? [row] : [], row, { entry, deviceId: tap.phone, happenedAt });
    if (effect === 'reportedUnwell' || effect === 'repeats') return;
    const by = { deviceId: tap.phone, actingFor: false };
    const next = said({ level: levelOf(entry), feels: entry.feels, happenedAt, receivedAt: at('12:00') + i, by });
    if (row === undefined) row = next;
    else if (effect === 'kept') row = settled(row, [...row.history, next]);
    else row = settled(next, [...row.history, row]);
  });
  return row;
}

describe('phones of a family that do not know of each other', () => {
  const level = fc.constantFrom<Level>('ok', 'watch', 'alert');
  const taps = (of: fc.Arbitrary<Level>) =>
    fc
      .uniqueArray(fc.record({ level: of, minute: fc.nat(60) }), {
        selector: (tap) => tap.minute,
        minLength: 2,
        maxLength: 5,
      })
      .map((all) => all.map((tap, i): Tap => ({ ...tap, phone: `phone ${i}` })));
  const shuffled = (of: fc.Arbitrary<Level>) =>
    taps(of).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  const worst = (all: readonly Tap[]) =>
    all
      .map((tap) => tap.level)
      .sort(compareLevels)
      .at(-1);

  it('show the gravest, whatever arrives first', () => {
    fc.assert(
      fc.property(shuffled(level), ([all, order]) => {
        expect(arrive(order)?.level).toBe(worst(all));
      }),
    );
  });

  it('are said to disagree where something milder was said after it, whatever arrives first; nothing is lost', () => {
    fc.assert(
      fc.property(shuffled(fc.constantFrom<Level>('watch', 'alert')), ([all, order]) => {
        const row = arrive(order)!;
        const last = Math.max(...all.filter((tap) => tap.level === worst(all)).map((tap) => tap.minute));
        const disagrees = all.some((tap) => tap.minute > last && tap.level !== worst(all));
        expect(row.disputed ?? false).toBe(disagrees);
        expect(row.history).toHaveLength(all.length - 1);
      }),
    );
  });

  it('are settled by an answer that knew what holds, however mild', () => {
    fc.assert(
      fc.property(shuffled(level), level, ([, order], mild) => {
        const knew = arrive(order)!.happenedAt;
        const settledRow = arrive([...order, { level: mild, minute: 90, phone: 'one that had seen it', knew }])!;
        expect(settledRow).toMatchObject({ level: mild, happenedAt: at('09:30') });
        expect(settledRow.disputed).toBeUndefined();
      }),
    );
  });

  it('a well and an unwell of the same minutes disagree, in either order', () => {
    const mother: Tap = { level: 'alert', minute: 0, phone: 'mother' };
    const father: Tap = { level: 'ok', minute: 1, phone: 'father' };
    for (const order of [
      [mother, father],
      [father, mother],
    ]) {
      expect(arrive(order)).toMatchObject({ level: 'alert', disputed: true });
    }
  });
});
