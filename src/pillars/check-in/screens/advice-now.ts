import { FEVER_C } from '../rules.ts';
import type { WARNING_SYMPTOMS } from '../schema.ts';

/** What is said to be grave, in the order in which it is to be acted on. */
export type AdviceKind = (typeof WARNING_SYMPTOMS)[number];

const order: readonly AdviceKind[] = [
  'confused',
  'chestPain',
  'shortBreath',
  'oneSide',
  'bleeding',
  'fell',
  'urgent',
  'fever',
];

/** @returns the kinds of advice that apply, gravest first; 很急 alone only where nothing says more */
export function adviceOf(said: { symptoms: readonly string[]; temperatureC?: number | null }): readonly AdviceKind[] {
  const hasFever = (said.temperatureC ?? 0) >= FEVER_C || said.symptoms.includes('fever');
  const named = order.filter((kind) => (kind === 'fever' ? hasFever : said.symptoms.includes(kind)));
  const isNamed = named.some((kind) => kind !== 'urgent' && kind !== 'fever');
  return named.filter((kind) => kind !== 'urgent' || !isNamed);
}
