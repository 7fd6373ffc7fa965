import type { Day } from './day.ts';

/**
 * A circle of readers. A row stands in scopes (visibility.ts says which); a reader holds scopes (the server works them
 * out at every pull); the phone keeps what stands in a scope it holds and drops it with the last one.
 */
export type Scope = string;

/** What a household's member, or a helper with the power, reads of it. `household:<id>` itself holds who lives there. */
export type HouseholdPart = 'check-in' | 'orders' | 'errands';

/** Readable without a session. */
export const publicScope: Scope = 'public';
/** Everybody who is signed in. */
export const communityScope: Scope = 'community';
/** Volunteers, for the pool of errands. */
export const volunteersScope: Scope = 'volunteers';
/** Organisers of rounds, and everybody at a desk: drafts, claims, refunds that wait for a second person. */
export const organisersScope: Scope = 'organisers';

export const buildingScope = (buildingId: string): Scope => `building:${buildingId}`;
export const gridScope = (grid: string): Scope => `grid:${grid}`;
/**
 * The grid worker's desk. The secretary holds every grid's. With a day: what was done on it, which a desk's phone keeps
 * for some days only.
 */
export const deskScope = (grid: string, day?: Day): Scope =>
  day === undefined ? `desk:${grid}` : `desk:${grid}/${day}`;
export const householdScope = (householdId: string, part?: HouseholdPart): Scope =>
  part === undefined ? `household:${householdId}` : `household:${householdId}/${part}`;
/** What was said of a household on one day: a helper who may check in for it reads that day's, and no other. */
export const householdDayScope = (householdId: string, day: Day): Scope => `household:${householdId}/check-in/${day}`;
/** What is known of people's health in a grid, for its grid worker alone. With a day: what was said on it. */
export const healthScope = (grid: string, day?: Day): Scope =>
  day === undefined ? `health:${grid}` : `health:${grid}/${day}`;
/** The cards of one home observation, for the grid worker who looks after it, while it lasts. */
export const observationScope = (observationId: string): Scope => `observation:${observationId}`;
export const errandScope = (errandId: string): Scope => `errand:${errandId}`;
/** A stairway's bags in a round, for the volunteer who carries them. */
export const bagsScope = (groupBuyId: string, building: string, unit: string): Scope =>
  `bags:${groupBuyId}/${building}/${unit}`;
export const personScope = (personId: string): Scope => `person:${personId}`;
/** What somebody of the staff is given to do: on a phone of their own slip alone, for theirs may be any phone of the family. */
export const workScope = (personId: string): Scope => `work:${personId}`;

/** A scope that a reader holds, with its end where it has one (epoch ms): the phone drops it by itself then, offline. */
export interface HeldScope {
  readonly scope: Scope;
  readonly until?: number;
}
