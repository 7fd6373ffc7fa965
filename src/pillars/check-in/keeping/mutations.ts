import { isSystem } from '../../../domain/actor.ts';
import { dayOf } from '../../../domain/day.ts';
import { mutation } from '../../../domain/mutation.ts';
import { demand } from '../../../domain/refusal.ts';
import { row } from '../../../domain/tx.ts';
import { duty } from '../duty/schema.ts';
import { call, followUp } from '../follow-up/schema.ts';
import { observation, reading } from '../observation/schema.ts';
import { checkIn, lifeSign, rowsArgs } from '../schema.ts';
import {
  lastDayDue,
  STATUS_DAYS,
  TEXT_DAYS,
  withoutHealth,
  withoutNotes,
  withoutReading,
  withoutReasons,
  SHIFT_DAYS,
} from './rules.ts';
import type { Day } from '../../../domain/day.ts';
import type { Entity, Row } from '../../../domain/entity.ts';
import type { AnyMutation } from '../../../domain/mutation.ts';
import type { Read, Tx } from '../../../domain/tx.ts';
import type { InferOutput } from 'valibot';

type Kept = InferOutput<typeof rowsArgs>['entity'];

/** How long rows of a kind are kept, and how they forget. */
interface Keeping {
  reads(id: string): Read;
  /** Takes the text out of a row whose day is due by then. Absent: the rows of this kind hold none. */
  forget?(tx: Tx, id: string, due: Day): Promise<void>;
  /** Removes a row whose day is due. */
  erase(tx: Tx, id: string, due: Day): Promise<void>;
  readonly days: number;
}

/** @param dayOfRow the day that a row is about, from which its time counts */
function keeping<R extends Row>(
  entity: Entity<R>,
  days: number,
  dayOfRow: (row: R) => Day,
  without?: (row: R) => R,
): Keeping {
  const due = async (tx: Tx, id: string, last: Day): Promise<R | undefined> => {
    const found = await tx.get(entity, id);
    return found !== undefined && dayOfRow(found) <= last ? found : undefined;
  };
  return {
    days,
    reads: (id) => row(entity, id),
    async erase(tx, id, last) {
      if (await due(tx, id, last)) await tx.remove(entity, id);
    },
    ...(without && {
      async forget(tx: Tx, id: string, last: Day) {
        const found = await due(tx, id, last);
        if (found) await tx.put(entity, without(found));
      },
    }),
  };
}

/** Text is kept for 90 days, the status for a year; signs of life, calls and shifts go whole after 90. */
export const kept: Readonly<Record<Kept, Keeping>> = {
  checkIn: keeping(checkIn, STATUS_DAYS, (one) => one.day, withoutHealth),
  followUp: keeping(followUp, STATUS_DAYS, (one) => one.day, withoutNotes),
  observation: keeping(observation, STATUS_DAYS, (one) => one.endDay, withoutReasons),
  reading: keeping(reading, STATUS_DAYS, (one) => one.day, withoutReading),
  lifeSign: keeping(lifeSign, TEXT_DAYS, (one) => one.day),
  call: keeping(call, TEXT_DAYS, (one) => one.day),
  duty: keeping(duty, SHIFT_DAYS, (one) => dayOf(one.to)),
};

/** What was said of people's health is forgotten when its time is over. By the community's clock; what is younger stays. */
export const forget = mutation({
  name: 'checkIn.forget',
  args: rowsArgs,
  reads: (args) => args.ids.map((id) => kept[args.entity].reads(id)),
  async run(tx, { entity, ids }, { actor, now }) {
    demand(isSystem(actor), 'notAllowed');
    const due = lastDayDue(now, TEXT_DAYS);
    for (const id of ids) await kept[entity].forget?.(tx, id, due);
  },
});

/** The rows go when their time is over. By the community's clock; what is younger stays. */
export const erase = mutation({
  name: 'checkIn.erase',
  args: rowsArgs,
  reads: (args) => args.ids.map((id) => kept[args.entity].reads(id)),
  async run(tx, { entity, ids }, { actor, now }) {
    demand(isSystem(actor), 'notAllowed');
    const { days, erase: remove } = kept[entity];
    const due = lastDayDue(now, days);
    for (const id of ids) await remove(tx, id, due);
  },
});

export const keepingMutations: readonly AnyMutation[] = [forget, erase];
