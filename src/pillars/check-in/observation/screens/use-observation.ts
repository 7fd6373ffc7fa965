import { computed } from 'vue';
import { addDays, clockOf, dayOf } from '../../../../domain/day.ts';
import { holdsRole, livesIn } from '../../../../domain/actor.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { useList, useNow, useRow } from '../../../../client/use-rows.ts';
import { dayNumber, expectedReadings, isRunning, readingDue } from '../rules.ts';
import { observation, reading } from '../schema.ts';
import type { Slot } from '../../../../people/schema.ts';
import type { Reading } from '../schema.ts';

const SLOTS: readonly Slot[] = ['morning', 'evening'];
/** From this wall clock on a reading is the evening's, unless somebody says otherwise. */
const EVENING_FROM = '12:00';

/** One of the day's two cards. */
export interface TodaysSlot {
  readonly slot: Slot;
  readonly reading: Reading | undefined;
  /** The day asks for it, and it is time: the morning's from midnight on, the evening's from noon on. */
  readonly isAsked: boolean;
  /** The day asks for it, and its due time has passed. */
  readonly isDue: boolean;
}

/** A home observation as the household sees it: which day it is, today's two cards, what was read before. */
export function useObservation(id: () => string | undefined) {
  const phone = usePhone();
  const now = useNow(10_000);
  const row = useRow(observation, id);
  const readings = useList(reading, 'observationId', id);
  const today = computed(() => dayOf(now.value));
  const clock = computed(() => clockOf(now.value));

  const slots = computed<readonly TodaysSlot[]>(() =>
    SLOTS.map((slot) => ({
      slot,
      reading: readings.value?.find((one) => one.day === today.value && one.slot === slot),
      isAsked: isExpected(slot) && (slot === 'morning' || clock.value >= EVENING_FROM),
      isDue: isExpected(slot) && readingDue(today.value, slot) < now.value,
    })),
  );
  /** Those of the two that today asks for: one that was due before it all began is not. */
  const expected = computed(() => (row.value ? expectedReadings(row.value, today.value) : []));
  const isExpected = (slot: Slot): boolean => expected.value.includes(slot);
  /** 1 on the first day. */
  const number = computed(() => (row.value ? dayNumber(row.value, today.value) : 0));
  const hasBegun = computed(() => row.value !== undefined && row.value.startDay <= today.value);
  /** The days up to today, latest first, each with what was read. */
  const days = computed(() => {
    const one = row.value;
    if (!one || !hasBegun.value) return [];
    const last = [today.value, one.endDay, ...(one.endedAt ? [dayOf(one.endedAt)] : [])].sort()[0] ?? today.value;
    const count = dayNumber(one, last);
    // A helper reads of the day alone: what this phone does not hold has not been missed.
    const isWhole =
      livesIn(phone.actor.value, one.householdId) || holdsRole(phone.actor.value, 'gridWorker', now.value, one.grid);
    return Array.from({ length: isWhole ? count : Math.min(1, count) }, (_, before) => {
      const day = addDays(last, -before);
      const of = (slot: Slot) => readings.value?.find((each) => each.day === day && each.slot === slot);
      const expected = expectedReadings(one, day);
      return { day, number: count - before, expected, morning: of('morning'), evening: of('evening') };
    });
  });

  return {
    now,
    today,
    row,
    isKnown: computed(() => row.value !== undefined && readings.value !== undefined),
    number,
    hasBegun,
    isRunning: computed(() => row.value !== undefined && isRunning(row.value, now.value)),
    slots,
    expected,
    days,
    /** The card that a reading now is most likely for. */
    slotNow: computed<Slot>(() => (clock.value < EVENING_FROM ? 'morning' : 'evening')),
    actsForOthers: computed(() => row.value !== undefined && !livesIn(phone.actor.value, row.value.householdId)),
  };
}
