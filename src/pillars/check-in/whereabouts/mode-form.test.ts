import { describe, expect, it } from 'vitest';
import type { Community } from '../../../people/schema.ts';
import { changesMode, clockChoices, draftOf, toSettings, untilChoices } from './mode-form.ts';
import type { ModeDraft } from './mode-form.ts';

const today = '2026-11-22';
const town: Community = {
  id: 'c',
  name: '湖畔小区',
  mode: 'emergency',
  modeReason: '流感高发',
  modeUntil: '2026-12-02',
  slots: ['morning'],
  dueAt: { morning: '10:00' },
  asksTemperature: false,
  dutyPhone: '17000009999',
  dutyName: '值班室',
  rehearsal: false,
};
const ordinary: Community = { ...town, mode: 'ordinary', modeReason: null, modeUntil: null };
const draft = (of: Community, parts: Partial<ModeDraft> = {}) => ({ ...draftOf(of), ...parts });

describe('the form of the mode', () => {
  it('left as it is changes nothing of how people are asked', () => {
    const result = toSettings(town, draft(town, { dutyPhone: '027 8888 0000' }), today);
    expect(result).toEqual({
      args: {
        slots: ['morning'],
        dueAt: { morning: '10:00' },
        asksTemperature: false,
        dutyName: '值班室',
        dutyPhone: '02788880000',
      },
    });
    expect(changesMode(town, draft(town))).toBe(false);
  });

  it('says an emergency with its reason and last day', () => {
    const said = draft(ordinary, { mode: 'emergency', reason: ' 台风 ', until: '2026-11-25', slots: 'two' });
    expect(toSettings(ordinary, said, today)).toMatchObject({
      args: {
        mode: 'emergency',
        modeReason: '台风',
        modeUntil: '2026-11-25',
        slots: ['morning', 'evening'],
        dueAt: { morning: '10:00', evening: '20:00' },
      },
    });
  });

  it('goes back to ordinary days without either', () => {
    expect(toSettings(town, draft(town, { mode: 'ordinary' }), today)).toMatchObject({
      args: { mode: 'ordinary', modeReason: null, modeUntil: null },
    });
  });

  it.each([
    ['no reason and no day', draft(ordinary, { mode: 'emergency' }), ['reason reason', 'until until']],
    ['a day that is over', draft(town, { until: '2026-11-21' }), ['until until']],
    ['too many words', draft(town, { reason: '很'.repeat(201) }), ['reason reasonLong']],
    ['words for a number', draft(town, { dutyPhone: '门口保安' }), ['dutyPhone dutyPhone']],
  ] as const)('names what is wrong: %s', (_what, said, wrong) => {
    const result = toSettings(town, said, today);
    expect('errors' in result && result.errors?.map(({ field, key }) => `${field} ${key}`)).toEqual(wrong);
  });

  it('offers the present last day and due time among the usual ones', () => {
    expect(untilChoices(town, today)).toEqual([
      '2026-11-25',
      '2026-11-29',
      '2026-12-02',
      '2026-12-06',
      '2026-12-22',
      '2027-01-21',
    ]);
    expect(untilChoices(ordinary, today)).toHaveLength(5);
    expect(clockChoices('morning', '09:30')).toContain('09:30');
    expect(clockChoices('evening', '20:00')).toHaveLength(5);
  });
});
