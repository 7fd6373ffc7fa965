import fc from 'fast-check';
import { DAY_MS } from '../../src/domain/day.ts';
import { registry } from '../../src/pillars/registry.server.ts';
import type { Deed } from './deed.ts';
import { SaysTwoThings, SweepsADoor, WorriesTheDesk } from './deeds-care.ts';
import { ClockLooks, SLEEPS } from './deeds-clock.ts';
import { DatabaseFails, DiskIsFull, NetworkFails, OpensAnotherTab, ORDINARY, PhoneDies } from './deeds-faults.ts';
import { ClockIsWrong, ServerDies, ServerIsSetBack, SessionExpires } from './deeds-faults.ts';
import {
  Acts,
  AddsADevice,
  GoesOutOfReach,
  LiesInADrawer,
  ReadsRefusals,
  SignsIn,
  SignsOut,
  Waits,
} from './deeds-people.ts';
import { Intrudes, WakesWithOldOutbox } from './deeds-strangers.ts';
import { BuysTogether, ROUND_STEPS } from './deeds-round.ts';
import { GrantsAndRevokes, RunsAnErrand } from './deeds-together.ts';
import { NETWORK_FAULTS } from './network.ts';
import type { DatabaseFault } from './sim-database.ts';
import { WHO } from './sim-town.ts';

const phone = fc.nat(3);
const salt = fc.noShrink(fc.nat(2 ** 31 - 1));
const names = [...registry.mutations.keys()];

/** Mutations that may come to mind: what people do most, and any that is registered. */
const offered = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant(ORDINARY) },
  { weight: 2, arbitrary: fc.constantFrom(...names).map((name) => [name]) },
);

const acts = fc.tuple(phone, offered, salt, fc.constantFrom(0, 0, 30, 400, 3_000)).map((parts) => new Acts(...parts));

const networkFault = fc.constantFrom(...NETWORK_FAULTS);

const nth = fc.integer({ min: 1, max: 6 });
const databaseFault = fc.oneof<fc.Arbitrary<DatabaseFault>[]>(
  nth.map((n) => ({ kind: 'killedInside' as const, nth: n })),
  fc.constant({ kind: 'killedBeforeCommit' as const }),
  fc.constant({ kind: 'killedAfterCommit' as const }),
  fc
    .tuple(nth, fc.constantFrom('40001', '40P01', 'XX000'))
    .map(([n, state]) => ({ kind: 'error' as const, nth: n, state })),
  nth.map((n) => ({ kind: 'connectionLost' as const, nth: n })),
  fc.boolean().map((committed) => ({ kind: 'unknownCommit' as const, committed })),
);

const shift = fc.oneof(fc.constantFrom(-DAY_MS, DAY_MS), fc.integer({ min: -3_600_000, max: 3_600_000 }));
const trick = fc.constantFrom('forgedHousehold' as const, 'replayed' as const, 'gap' as const, 'idReused' as const);

/** What may happen in a history, and how often. */
const weighted: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Deed> }[] = [
  { weight: 26, arbitrary: acts },
  { weight: 4, arbitrary: fc.constantFrom(100, 1_500, 40_000).map((ms) => new Waits(ms)) },
  { weight: 6, arbitrary: phone.map((p) => new GoesOutOfReach(p)) },
  { weight: 3, arbitrary: phone.map((p) => new LiesInADrawer(p)) },
  { weight: 1, arbitrary: phone.map((p) => new ReadsRefusals(p)) },
  { weight: 3, arbitrary: fc.tuple(phone, fc.boolean()).map((parts) => new SignsOut(...parts)) },
  { weight: 3, arbitrary: fc.tuple(phone, fc.constantFrom(...WHO)).map((parts) => new SignsIn(...parts)) },
  { weight: 3, arbitrary: fc.constantFrom(...WHO).map((who) => new AddsADevice(who)) },
  { weight: 24, arbitrary: fc.tuple(phone, networkFault, salt).map((parts) => new NetworkFails(...parts)) },
  { weight: 16, arbitrary: fc.tuple(phone, databaseFault, salt).map((parts) => new DatabaseFails(...parts)) },
  {
    weight: 2,
    arbitrary: fc.tuple(phone, fc.integer({ min: 1, max: 120 }), salt).map((parts) => new ServerDies(...parts)),
  },
  { weight: 4, arbitrary: fc.nat(3).map((later) => new ServerIsSetBack(later)) },
  {
    weight: 17,
    arbitrary: fc
      .tuple(phone, fc.integer({ min: 1, max: 110 }), fc.constantFrom(true, true, false), salt)
      .map((parts) => new PhoneDies(...parts)),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(phone, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), salt)
      .map((parts) => new DiskIsFull(...parts)),
  },
  { weight: 4, arbitrary: fc.tuple(phone, salt, fc.boolean()).map((parts) => new OpensAnotherTab(...parts)) },
  { weight: 4, arbitrary: fc.tuple(phone, shift, salt).map((parts) => new ClockIsWrong(...parts)) },
  { weight: 3, arbitrary: fc.tuple(phone, salt).map((parts) => new SessionExpires(...parts)) },
  { weight: 11, arbitrary: trick.map((one) => new Intrudes(one)) },
  { weight: 3, arbitrary: phone.map((p) => new WakesWithOldOutbox(p)) },
  { weight: 3, arbitrary: salt.map((one) => new RunsAnErrand(one)) },
  { weight: 7, arbitrary: salt.map((one) => new GrantsAndRevokes(one)) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...SLEEPS), fc.constantFrom(1 as const, 2 as const))
      .map((parts) => new ClockLooks(...parts)),
  },
  { weight: 3, arbitrary: fc.tuple(salt, fc.boolean()).map((parts) => new WorriesTheDesk(...parts)) },
  { weight: 5, arbitrary: salt.map((one) => new SaysTwoThings(one)) },
  { weight: 4, arbitrary: salt.map((one) => new SweepsADoor(one)) },
  { weight: 4, arbitrary: salt.map((one) => new BuysTogether(one, 0, ROUND_STEPS)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(salt, fc.nat(ROUND_STEPS - 1), fc.integer({ min: 4, max: 12 }))
      .map((parts) => new BuysTogether(...parts)),
  },
];

/** Single deeds, as often as their weights say. `fc.commands` draws evenly: each stands in its list as often as it weighs. */
export const deeds: fc.Arbitrary<Deed>[] = [fc.oneof(...weighted)];
