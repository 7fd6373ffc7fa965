import * as v from 'valibot';
import { entity } from '../domain/entity.ts';
import type { Power, RoleKind } from '../domain/actor.ts';
import type { Day } from '../domain/day.ts';
import type { Row } from '../domain/entity.ts';

/** Emergency asks everybody daily; ordinary asks only who joined 每日问候. */
export type Mode = 'emergency' | 'ordinary';
export type Slot = 'morning' | 'evening';

/** The community itself and its settings: one row, its id is the community's. */
export interface Community extends Row {
  readonly name: string;
  readonly mode: Mode;
  /** Why the mode is what it is, in words for residents, and the last day of an emergency. */
  readonly modeReason?: string | null;
  readonly modeUntil?: Day | null;
  /** When in the day people are asked. */
  readonly slots: readonly Slot[];
  /** Wall clock (`HH:MM`) by which each slot's answer is due. */
  readonly dueAt: Readonly<Partial<Record<Slot, string>>>;
  readonly asksTemperature: boolean;
  /** The number that is answered day and night; shown offline next to 120. */
  readonly dutyPhone?: string | null;
  readonly dutyName?: string | null;
  /** A synthetic community to try things on: every screen says so. */
  readonly rehearsal: boolean;
}

export interface Building extends Row {
  /** `3栋` */
  readonly name: string;
  readonly position: number;
  readonly units: number;
  readonly floors: number;
  readonly lift: boolean;
}

/** Who lives behind a door. Unrelated tenants behind one door are separate households. */
export interface Household extends Row {
  readonly buildingId: string;
  /** `一格`; its grid worker answers for it. */
  readonly grid: string;
  readonly buildingName: string;
  /** `1单元` as `1`. */
  readonly unit: string;
  readonly floor: number;
  readonly room: string;
  /** `3-2-501`: how people say the door. */
  readonly door: string;
  /** Nobody lives here. */
  readonly vacant: boolean;
  /** Tells unrelated tenants behind one door apart (`甲`); part of `door`. Absent where one household has the door. */
  readonly share?: string | null;
}

/** Where a person is. Away is accounted for and never counted as well. */
export type Presence = 'home' | 'away' | 'hospital' | 'withFamily' | 'movedOut' | 'deceased';

/** Where somebody was said to be: since when (epoch ms; 0 where the roster began with it), and who said so. */
export interface PresenceSpan {
  readonly presence: Presence;
  readonly until?: Day | null;
  readonly at: number;
  readonly byName?: string | null;
}

/** Whereabouts that are kept. */
export const MAX_PRESENCE_LOG = 30;

/** What makes a person need looking after, as the roster has it. */
export type Need = 'livesAlone' | 'chronic' | 'limitedMobility' | 'pregnant' | 'disabled';

export interface Person extends Row {
  /** Empty for staff who live elsewhere: they stand behind no door and are asked nothing. */
  readonly householdId: string;
  /** The household's grid (empty for staff who live elsewhere), copied here because sight rests on it (see `copied`). */
  readonly grid: string;
  readonly name: string;
  readonly birthYear?: number | null;
  readonly phone?: string | null;
  readonly needs: readonly Need[];
  readonly presence: Presence;
  /** Day on which someone away is expected back. */
  readonly presenceUntil?: Day | null;
  /** Epoch ms: when the person came to be where they are, as far as it was said. */
  readonly presenceAt?: number | null;
  /** All that was said of it, oldest first, at most MAX_PRESENCE_LOG, what holds included: a past day is shown as it was. */
  readonly presenceLog?: readonly PresenceSpan[] | null;
  /** Asked every day in ordinary mode too. */
  readonly dailyGreeting: boolean;
  /** 不用天天报: a deliberate act on the phone marked as theirs counts as the day's sign of life. Only they opt in. */
  readonly quiet?: boolean | null;
  /** Who answers for a minor or a ward; name and number are copied, as the household may not hold that person's row. */
  readonly guardianId?: string | null;
  readonly guardianName?: string | null;
  readonly guardianPhone?: string | null;
  /** Place in the household's list. */
  readonly position: number;
}

/** A duty of a person. Id: personId/kind. */
export interface Role extends Row {
  readonly personId: string;
  readonly kind: RoleKind;
  readonly grid?: string | null;
  readonly until?: number | null;
}

/** A household lets a helper act for it. Ends within 90 days. */
export interface Grant extends Row {
  readonly householdId: string;
  readonly helperId: string;
  /** The household's grid and the helper's name, copied: the household does not hold the helper's row. */
  readonly grid: string;
  readonly helperName: string;
  /** Who gave it: a person of the household, or the grid worker as witness. */
  readonly givenBy?: string | null;
  readonly witnessed: boolean;
  readonly powers: readonly Power[];
  readonly startsAt: number;
  readonly until: number;
  readonly endedAt?: number | null;
}

/** A phone (or one browser on it) that signed in. */
export interface Device extends Row {
  readonly householdId?: string | null;
  readonly personId?: string | null;
  /** Enrolled by the person's own slip: only such a device carries the person's duties. */
  readonly personal: boolean;
  readonly name: string;
  readonly joinedAt: number;
  readonly endedAt?: number | null;
}

/** A paper slip: its code (kept elsewhere, as a hash) enrols devices for a household, or for one person where it names one. */
export interface Slip extends Row {
  readonly householdId?: string | null;
  readonly personId?: string | null;
  readonly issuedAt: number;
  readonly endedAt?: number | null;
}

export const community = entity<Community>('community');
export const building = entity<Building>('building');
export const household = entity<Household>('household', ['buildingId', 'grid']);
export const person = entity<Person>('person', ['householdId', 'guardianId']);
export const role = entity<Role>('role', ['personId', 'kind']);
export const grant = entity<Grant>('grant', ['householdId', 'helperId']);
export const device = entity<Device>('device', ['householdId', 'personId']);
export const slip = entity<Slip>('slip', ['householdId', 'personId']);

/** A row's id: UUIDv7, or a natural key of such parts. */
export const id = v.pipe(v.string(), v.minLength(1), v.maxLength(120));
/** A calendar day of the community. */
export const day = v.pipe(v.string(), v.isoDate());
/** A time, epoch ms. */
export const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Words a person typed: trimmed, not empty, at most `max` characters. */
export const words = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));
