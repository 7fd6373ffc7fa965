import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { addDays, dayOf } from '../../../domain/day.ts';
import { helpsOthers, livesIn } from '../../../domain/actor.ts';
import { touchKey } from '../../../client/outbox-entry.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { useEntries, useList, useNow, useRow } from '../../../client/use-rows.ts';
import { belongs } from '../../../people/rules.ts';
import { community, household, person } from '../../../people/schema.ts';
import {
  dueTime,
  isAsked,
  isAskedAtHome,
  isAtHome,
  isDue,
  isReportedUnwell,
  isUndoable,
  slotAt,
  standing,
  unanswered,
  worse,
} from '../rules.ts';
import { checkIn, lifeSign } from '../schema.ts';
import type { ComputedRef } from 'vue';
import type { CheckIn, Level } from '../schema.ts';

/**
 * Where a household's day stands: still to be answered, answered, all who would be asked need not report (不用天天报), nobody
 * asked, nobody at home, or not known yet.
 */
export type Stage = 'loading' | 'open' | 'done' | 'quiet' | 'notAsked' | 'away';

/**
 * A household's day as every screen of 报平安 shows it: who lives there, what was said of them today, what is open.
 * @param of the household; the device's own where it gives none
 */
export function useHouseholdDay(of: () => string | undefined = () => undefined) {
  const phone = usePhone();
  const now = useNow(10_000);
  const entries = useEntries();
  const householdId = computed(() => of() ?? phone.actor.value.households[0]);
  const town = useRow(community, () => phone.actor.value.communityId);
  const home = useRow(household, () => householdId.value);
  const members = useList(person, 'householdId', () => householdId.value);
  const all = useList(checkIn, 'householdId', () => householdId.value);
  const allSigns = useList(lifeSign, 'householdId', () => householdId.value);

  const day = computed(() => dayOf(now.value));
  const slot = computed(() => (town.value ? slotAt(town.value, now.value) : 'morning'));
  const dueAt = computed(() => (town.value ? dueTime(town.value, day.value, slot.value) : undefined));
  const isPastDue = computed(() => town.value !== undefined && isDue(town.value, day.value, slot.value, now.value));
  const persons = computed(() =>
    (members.value ?? []).filter(belongs).sort((one, other) => one.position - other.position),
  );
  const answers = computed(() => (all.value ?? []).filter((answer) => answer.day === day.value));
  const answersOf = (personId: string) => answers.value.filter((answer) => answer.personId === personId);
  const atHome = computed(() => persons.value.filter((one) => isAtHome(one, day.value)));
  const open = computed(() => unanswered(persons.value, answers.value, day.value, slot.value));
  const unwell = computed(() => persons.value.filter((one) => isReportedUnwell(answersOf(one.id))));
  const latest = computed(() => standing(answers.value));
  /** Of whom two phones said different things. */
  const disputed = computed(() =>
    persons.value.filter((one) => answersOf(one.id).some((answer) => answer.disputed === true)),
  );
  /** Those of whom something was reported yesterday, with what was said. Helpers do not hold it. */
  const yesterday = computed(() => {
    const before = (all.value ?? []).filter((answer) => answer.day === addDays(day.value, -1) && !answer.forgotten);
    return persons.value.flatMap((one) => {
      const said = standing(before.filter((answer) => answer.personId === one.id));
      return said !== undefined && said.level !== 'ok' ? [{ person: one, said }] : [];
    });
  });
  /** Today's signs of life of those who need not report, and the first of them (epoch ms). */
  const signs = computed(() => (allSigns.value ?? []).filter((sign) => sign.day === day.value));
  const signedAt = computed(() =>
    signs.value.length > 0 ? Math.min(...signs.value.map((sign) => sign.happenedAt)) : undefined,
  );
  const level = computed(() =>
    unwell.value.reduce<Level>((worst, one) => worse(worst, standing(answersOf(one.id))?.level ?? 'ok'), 'ok'),
  );

  const stage = computed<Stage>(() => {
    const place = town.value;
    if (!place || !members.value || !all.value) return 'loading';
    const asked = persons.value.filter((one) => isAsked(place, one, day.value));
    const waiting = asked.some(
      (one) => isAskedAtHome(place, one, day.value) && open.value.some((other) => other.id === one.id),
    );
    if (waiting) return 'open';
    if (answers.value.length > 0) return 'done';
    if (asked.length > 0) return 'quiet';
    return atHome.value.length > 0 || persons.value.length === 0 ? 'notAsked' : 'away';
  });

  const unsentKeys = computed(
    () => new Set(entries.value.flatMap((entry) => (entry.state === 'unsent' ? entry.touches : []))),
  );
  /** Whether any of these answers is still only on this phone. */
  const isUnsentOf = (said: readonly CheckIn[]): boolean =>
    said.some((answer) => unsentKeys.value.has(touchKey(checkIn.name, answer.id)));
  const isUnsent = computed(() => isUnsentOf(answers.value));

  /** What this device said last and can still take back: one tap may have answered for several. */
  const undoable = computed(() => {
    const mine = answers.value.filter(
      (answer) => answer.by.deviceId === phone.actor.value.deviceId && isUndoable(answer, now.value),
    );
    const last = standing(mine);
    return last === undefined ? [] : mine.filter((answer) => answer.happenedAt === last.happenedAt);
  });

  /** `happenedAt` of the answer about a person that this screen shows, for a correction: what is not seen is not corrected. */
  const knewOf = (personId: string): number | undefined => {
    const said = answersOf(personId);
    return (said.find((answer) => answer.slot === slot.value) ?? standing(said))?.happenedAt;
  };

  const actsForOthers = computed(
    () => householdId.value !== undefined && !livesIn(phone.actor.value, householdId.value),
  );

  return {
    now,
    /** Whether this phone may answer for other households, whose list it then offers. */
    helpsOthers: computed(() => helpsOthers(phone.actor.value, now.value)),
    householdId,
    town,
    home,
    persons,
    atHome,
    day,
    slot,
    dueAt,
    isPastDue,
    answers,
    open,
    unwell,
    disputed,
    yesterday,
    signs,
    signedAt,
    latest,
    level,
    stage,
    isUnsent,
    isUnsentOf,
    undoable,
    actsForOthers,
    isAlone: computed(() => persons.value.length === 1),
    answersOf,
    knewOf,
    /** Everything that was ever said of the household and is on this phone. */
    all: computed(() => all.value ?? []),
  };
}

export type HouseholdDay = ReturnType<typeof useHouseholdDay>;

/** The household named by the address (`?household=…`, for a helper or the desk), else none: the device's own. */
export function useHouseholdOfRoute(): ComputedRef<string | undefined> {
  const route = useRoute();
  return computed(() => {
    const named = route.query['household'];
    return typeof named === 'string' && named !== '' ? named : undefined;
  });
}
