import * as v from 'valibot';
import { timeOn } from '../../../domain/day.ts';
import { startArgs } from '../args.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { StartArgs } from '../args.ts';

const HOUR_MS = 3_600_000;

/** Until when, in hours from now, or a time of one's own. */
export const TERMS = ['24', '48', '72', 'own'] as const;
export type Term = (typeof TERMS)[number];

/** A sweep as it is typed. */
export interface SweepForm {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly term: Term;
  /** `2026-11-22T20:00`, on the community's clock. */
  readonly deadline: string;
  readonly grids: string[];
}

/** @returns the deadline that is chosen, epoch ms; NaN where none is typed */
export function deadlineOf({ term, deadline }: Pick<SweepForm, 'term' | 'deadline'>, now: number): number {
  if (term !== 'own') return now + Number(term) * HOUR_MS;
  const [day, clock] = deadline.split('T');
  return day && clock ? timeOn(day, clock.slice(0, 5)) : NaN;
}

/**
 * Reads the form with the limits of the args themselves.
 * @param mayAll whether the whole community may be asked; else a grid must be chosen
 * @returns the args of `sweep.start`, or what is wrong, a line each
 */
export function readSweep(
  { t }: Pick<TextSource, 't'>,
  form: SweepForm,
  now: number,
  mayAll: boolean,
): { args: StartArgs } | { errors: { field: string; text: string }[] } {
  const typed = {
    id: form.id,
    title: form.title,
    question: form.question.trim() === '' ? undefined : form.question,
    grids: [...form.grids],
    deadline: deadlineOf(form, now),
  };
  const parsed = v.safeParse(startArgs, typed);
  const wrong = new Set((parsed.issues ?? []).map((issue) => (v.getDotPath(issue) ?? '').split('.')[0]));
  if (!(typed.deadline > now)) wrong.add('deadline');
  if (typed.grids.length === 0 && !mayAll) wrong.add('grids');
  if (parsed.success && wrong.size === 0) return { args: parsed.output };
  const fields = ['title', 'question', 'grids', 'deadline'] as const;
  return {
    errors: fields
      .filter((field) => wrong.has(field))
      .map((field) => ({ field, text: t(`sweep.form.wrong.${field}`) })),
  };
}
