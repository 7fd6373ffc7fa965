import type { ActResult } from '../act.ts';
import { useRefusalWords } from './refusal-words.ts';

/** Why an act is not in the outbox. */
export type NotQueued = Exclude<ActResult, { kind: 'queued' }>;

/**
 * Says in words why an act was not queued, and what now.
 * @param mutationName `groupBuy.placeOrder`: that pillar's own words win over the general ones
 */
export type ActWords = (result: NotQueued, mutationName: string) => string;

export function useActWords(): ActWords {
  const wordsFor = useRefusalWords();
  return (result, mutationName) =>
    result.kind === 'advice'
      ? wordsFor(result.refusal.code, result.refusal.details, mutationName)
      : wordsFor(result.kind, undefined, mutationName);
}
