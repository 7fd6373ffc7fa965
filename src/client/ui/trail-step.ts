/** A step on the way of a thing, as StepTrail draws it: `sub` is when or how much. */
export interface TrailStep {
  readonly text: string;
  readonly sub?: string;
  readonly state: 'done' | 'now' | 'next';
}
