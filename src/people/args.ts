import * as v from 'valibot';
import { day, id, words } from './schema.ts';

const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/u));
const slot = v.picklist(['morning', 'evening']);
const mode = v.picklist(['emergency', 'ordinary']);
export const presence = v.picklist(['home', 'away', 'hospital', 'withFamily', 'movedOut', 'deceased']);
export const roleKind = v.picklist(['volunteer', 'organiser', 'gridWorker', 'secretary']);
const power = v.picklist(['check-in', 'order', 'errand']);
export const powers = v.pipe(v.array(power), v.minLength(1), v.maxLength(3));
export const gridName = words(20);
export const birthYear = v.pipe(v.number(), v.integer(), v.minValue(1880), v.maxValue(2200));
export const phone = v.pipe(v.string(), v.regex(/^\+?[\d-]{3,20}$/u));
export const need = v.picklist(['livesAlone', 'chronic', 'limitedMobility', 'pregnant', 'disabled']);

/** What a community's staff may set; what is absent stays. Null takes a reason, an end or a number away. */
export const settings = {
  mode: v.optional(mode),
  modeReason: v.optional(v.nullable(words(200))),
  modeUntil: v.optional(v.nullable(day)),
  slots: v.optional(v.pipe(v.array(slot), v.minLength(1), v.maxLength(2))),
  dueAt: v.optional(v.object({ morning: v.optional(clock), evening: v.optional(clock) })),
  asksTemperature: v.optional(v.boolean()),
  dutyPhone: v.optional(v.nullable(phone)),
  dutyName: v.optional(v.nullable(words(40))),
};

const duty = v.object({ kind: roleKind, grid: v.optional(gridName) });

const rosterPerson = v.object({
  name: words(40),
  birthYear: v.optional(birthYear),
  phone: v.optional(phone),
  needs: v.optional(v.array(need), []),
  /** Where a person is who is met for the first time; whoever is known keeps what was said since. */
  presence: v.optional(presence),
  presenceUntil: v.optional(day),
  dailyGreeting: v.optional(v.boolean()),
  duties: v.optional(v.array(duty), []),
});

/** What unrelated tenants behind one door are told apart by. */
export const SHARES = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'] as const;

const rosterHousehold = v.object({
  /** The building's name as in `buildings`. */
  building: words(40),
  grid: gridName,
  /** Empty where the building has one stairway without a number. */
  unit: v.pipe(v.string(), v.maxLength(20)),
  floor: v.pipe(v.number(), v.integer(), v.minValue(-5), v.maxValue(150)),
  room: words(20),
  /** Absent where one household has the door. */
  share: v.optional(v.picklist(SHARES)),
  persons: v.pipe(v.array(rosterPerson), v.maxLength(50)),
});

/** A whole community as its roster has it. Rows are found by nature (see natural-id.ts); nobody who is missing is removed. */
export const roster = v.object({
  community: v.object({ name: words(60), rehearsal: v.optional(v.boolean(), false), ...settings }),
  buildings: v.pipe(
    v.array(
      v.object({
        name: words(40),
        units: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
        floors: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(150)),
        lift: v.optional(v.boolean()),
      }),
    ),
    v.maxLength(500),
  ),
  households: v.pipe(v.array(rosterHousehold), v.maxLength(20_000)),
  /** Staff who live elsewhere. `key` tells them apart for ever. */
  staff: v.optional(
    v.array(v.object({ key: id, name: words(40), phone: v.optional(phone), duties: v.optional(v.array(duty), []) })),
    [],
  ),
});

export type Roster = v.InferOutput<typeof roster>;
/** As it is written down, before defaults are filled in. */
export type RosterInput = v.InferInput<typeof roster>;
export type RosterPerson = Roster['households'][number]['persons'][number];
