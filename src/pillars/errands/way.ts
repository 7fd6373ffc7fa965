import { isLive, needsBuying } from './rules.ts';
import type { Errand, ErrandState } from './schema.ts';

/** A line of the errand's way: done with who and when, the one it stands at, or still to come. */
export interface WayPoint {
  readonly state: ErrandState;
  readonly mark: 'done' | 'now' | 'next';
  readonly at?: number;
  readonly by?: string;
  readonly byName?: string;
  readonly note?: string;
}

/** The way of the errand as people follow it: what happened, oldest first, and what is still to come. */
export function stepsOf(errand: Errand): readonly WayPoint[] {
  const underWay = isLive(errand) && errand.state !== 'handedOver';
  const past = errand.steps.map((step, index): WayPoint => {
    const last = index === errand.steps.length - 1;
    return { ...step, mark: last && underWay ? 'now' : 'done' };
  });
  return [...past, ...ahead(errand).map((state): WayPoint => ({ state, mark: 'next' }))];
}

function ahead(errand: Errand): readonly ErrandState[] {
  const whole: ErrandState[] = ['waiting', 'claimed'];
  if (errand.packet.length > 0 || errand.state === 'collected') whole.push('collected');
  if (needsBuying(errand.kind) || errand.state === 'bought') whole.push('bought');
  whole.push('handedOver');
  const at = whole.indexOf(errand.state);
  return at < 0 ? [] : whole.slice(at + 1);
}
