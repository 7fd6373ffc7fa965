import * as v from 'valibot';
import { isSystem, isStaffOf } from '../domain/actor.ts';
import { naturalKey } from '../domain/entity.ts';
import { dayOf } from '../domain/day.ts';
import { mutation } from '../domain/mutation.ts';
import { demand, found } from '../domain/refusal.ts';
import type { AnyMutation } from '../domain/mutation.ts';
import { row, rows } from '../domain/tx.ts';
import { gridName, powers, presence, roleKind, roster, settings } from './args.ts';
import { importRoster as importInto, rosterReads } from './import-roster.ts';
import { endWithPerson, noGuardian } from './leave.ts';
import { withSay } from './presence.ts';
import {
  belongs,
  demandGrantTerm,
  demandModeTerm,
  isLive,
  isThemselves,
  mayAppoint,
  mayBe,
  mayEndDevice,
  mayEndGrant,
  mayEndRole,
  mayGrantCare,
  maySetGreeting,
  maySetGuardian,
  maySetPresence,
} from './rules.ts';
import { community, day, device, grant, household, id, person, role, slip, time, words } from './schema.ts';
import type { Role } from './schema.ts';

/** A whole roster at once: all of it or nothing. */
export const importRoster = mutation({
  name: 'people.importRoster',
  args: roster,
  reads: rosterReads,
  async run(tx, args, { actor }) {
    demand(isSystem(actor), 'notAllowed');
    await importInto(tx, args, actor.communityId);
  },
});

export const giveRole = mutation({
  name: 'people.giveRole',
  args: v.object({ personId: id, kind: roleKind, grid: v.optional(gridName), until: v.optional(time) }),
  reads: (args) => [row(person, args.personId), row(role, naturalKey(args.personId, args.kind))],
  async run(tx, { personId, kind, grid, until }, { actor, now }) {
    const holder = found(await tx.get(person, personId));
    demand(belongs(holder), 'closed');
    demand(mayAppoint(actor, kind, grid ?? holder.grid, now), 'notAllowed');
    const given: Role = { id: naturalKey(personId, kind), personId, kind, grid, until };
    if (await tx.get(role, given.id)) await tx.put(role, given);
    else await tx.add(role, given);
  },
});

export const endRole = mutation({
  name: 'people.endRole',
  args: v.object({ personId: id, kind: roleKind }),
  reads: (args) => [row(person, args.personId), row(role, naturalKey(args.personId, args.kind))],
  async run(tx, { personId, kind }, { actor, now }) {
    const held = found(await tx.get(role, naturalKey(personId, kind)));
    const holder = await tx.get(person, personId);
    demand(mayEndRole(actor, { ...held, grid: held.grid ?? holder?.grid }, now), 'notAllowed');
    await tx.put(role, { ...held, until: Math.min(held.until ?? now, now) });
  },
});

/** One slip for a household or a person. Issued again it stays as it is, so that a reprint shows the same code. */
export const issueSlip = mutation({
  name: 'people.issueSlip',
  args: v.object({ id, householdId: v.optional(id), personId: v.optional(id) }),
  reads: (args) => [
    row(slip, args.id),
    ...(args.householdId ? [row(household, args.householdId)] : []),
    ...(args.personId ? [row(person, args.personId)] : []),
  ],
  async run(tx, args, { actor, now }) {
    demand(isSystem(actor), 'notAllowed');
    demand((args.householdId === undefined) !== (args.personId === undefined), 'malformed');
    if (args.householdId) found(await tx.get(household, args.householdId));
    if (args.personId) found(await tx.get(person, args.personId));
    if (!(await tx.get(slip, args.id))) await tx.add(slip, { ...args, issuedAt: now });
  },
});

/** A phone signs in with a slip. Asked for by the sessions route, which has checked the code. */
export const enrolDevice = mutation({
  name: 'people.enrolDevice',
  args: v.object({ deviceId: id, slipId: id, name: v.pipe(v.string(), v.maxLength(80)) }),
  reads: (args) => [row(slip, args.slipId), row(device, args.deviceId)],
  async run(tx, { deviceId, slipId, name }, { actor, now }) {
    demand(isSystem(actor), 'notAllowed');
    const from = found(await tx.get(slip, slipId));
    demand(isLive(from), 'expired');
    if (from.personId) demand(belongs(found(await tx.get(person, from.personId))), 'expired');
    const { householdId, personId } = from;
    await tx.add(device, { id: deviceId, householdId, personId, personal: Boolean(personId), name, joinedAt: now });
  },
});

export const endDevice = mutation({
  name: 'people.endDevice',
  args: v.object({ deviceId: id }),
  reads: (args) => [row(device, args.deviceId)],
  async run(tx, { deviceId }, { actor, now }) {
    const ended = found(await tx.get(device, deviceId));
    demand(mayEndDevice(actor, ended), 'notFound');
    if (isLive(ended)) await tx.put(device, { ...ended, endedAt: now });
  },
});

/** 我是谁: whoever holds this phone of the household says which of its people they are. */
export const sayWho = mutation({
  name: 'people.sayWho',
  args: v.object({ personId: id }),
  reads: (args, actor) => [row(device, actor.deviceId), row(person, args.personId)],
  async run(tx, { personId }, { actor }) {
    const here = found(await tx.get(device, actor.deviceId));
    const who = found(await tx.get(person, personId));
    demand(mayBe(here, who), 'notFound');
    await tx.put(device, { ...here, personId });
  },
});

/** A household lets a helper act for it until a time at most 90 days from now. */
export const grantCare = mutation({
  name: 'people.grantCare',
  args: v.object({ id, householdId: id, helperId: id, powers, until: time }),
  reads: (args) => [row(household, args.householdId), row(person, args.helperId)],
  async run(tx, args, { actor, now }) {
    const home = found(await tx.get(household, args.householdId));
    const helper = found(await tx.get(person, args.helperId));
    demand(mayGrantCare(actor, home, now) && belongs(helper), 'notAllowed');
    demandGrantTerm(now, args.until);
    await tx.add(grant, {
      ...args,
      grid: home.grid,
      helperName: helper.name,
      givenBy: actor.personId,
      witnessed: !actor.households.includes(home.id),
      startsAt: now,
    });
  },
  // The household's phone does not hold the helper's row: it shows the grant once the server has it.
  async foresee() {},
});

export const endGrant = mutation({
  name: 'people.endGrant',
  args: v.object({ grantId: id }),
  reads: (args) => [row(grant, args.grantId)],
  async run(tx, { grantId }, { actor, now }) {
    const ended = found(await tx.get(grant, grantId));
    demand(mayEndGrant(actor, ended, now), 'notFound');
    if (isLive(ended)) await tx.put(grant, { ...ended, endedAt: now });
  },
});

/** Says where somebody is. 已搬走 and 已故 end what rested on them in the same moment; taking that back revives none of it. */
export const setPresence = mutation({
  name: 'people.setPresence',
  args: v.object({ personId: id, presence, until: v.optional(day) }),
  reads: (args, actor) => [
    row(person, args.personId),
    ...(actor.personId === undefined ? [] : [row(person, actor.personId)]),
    ...(belongs(args)
      ? []
      : [
          rows(role, 'personId', args.personId),
          rows(grant, 'helperId', args.personId),
          rows(person, 'guardianId', args.personId),
          rows(device, 'personId', args.personId),
        ]),
  ],
  async run(tx, args, { actor, now, happenedAt }) {
    const who = await tx.get(person, args.personId);
    // One word for who is not there and who is not theirs: whoever tries ids learns nothing.
    demand(who !== undefined && maySetPresence(actor, who, args.presence, now), 'notAllowed');
    const sayer = actor.personId === undefined ? undefined : await tx.get(person, actor.personId);
    const until = args.presence === 'home' || !belongs(args) ? undefined : args.until;
    const whereabouts = withSay(who, { presence: args.presence, until, at: happenedAt, byName: sayer?.name });
    const isGone = !belongs(whereabouts);
    await tx.put(person, { ...who, ...whereabouts, ...(isGone && { dailyGreeting: false, quiet: false }) });
    if (isGone) return endWithPerson(tx, who, now);
    if (belongs(who) || who.householdId === '') return;
    const home = await tx.get(household, who.householdId);
    if (home?.vacant) await tx.put(household, { ...home, vacant: false });
  },
  // A phone may not hold somebody whom the server knows: then it shows nothing until the answer.
  async foresee(tx, args, context) {
    found(await tx.get(person, args.personId));
    await setPresence.run(tx, args, context);
  },
});

/** 每日问候 and 不用天天报 of one person; what is absent stays. */
export const setGreeting = mutation({
  name: 'people.setGreeting',
  args: v.object({ personId: id, daily: v.optional(v.boolean()), quiet: v.optional(v.boolean()) }),
  reads: (args) => [row(person, args.personId)],
  async run(tx, { personId, daily, quiet }, { actor, now }) {
    const who = await tx.get(person, personId);
    demand(who !== undefined && maySetGreeting(actor, who, now), 'notAllowed');
    demand(!quiet || isThemselves(actor, who), 'onlyThemselves');
    await tx.put(person, { ...who, dailyGreeting: daily ?? who.dailyGreeting, quiet: quiet ?? who.quiet });
  },
});

/** Who answers for a minor or a ward; null where nobody shall any more. */
export const setGuardian = mutation({
  name: 'people.setGuardian',
  args: v.object({ personId: id, guardianId: v.nullable(id) }),
  reads: (args) => [row(person, args.personId), ...(args.guardianId === null ? [] : [row(person, args.guardianId)])],
  async run(tx, { personId, guardianId }, { actor, now }) {
    const ward = await tx.get(person, personId);
    const guardian = guardianId === null ? undefined : await tx.get(person, guardianId);
    demand(ward !== undefined && (guardianId === null || guardian !== undefined), 'notAllowed');
    demand(maySetGuardian(actor, ward, guardian, now), 'notAllowed');
    const named = guardian && { guardianId, guardianName: guardian.name, guardianPhone: guardian.phone };
    await tx.put(person, { ...ward, ...(named ?? noGuardian) });
  },
});

export const changeSettings = mutation({
  name: 'people.changeSettings',
  args: v.object({ name: v.optional(words(60)), ...settings }),
  reads: (_args, actor) => [row(community, actor.communityId)],
  async run(tx, args, { actor, now }) {
    const known = found(await tx.get(community, actor.communityId));
    demand(isStaffOf(actor, now), 'notAllowed');
    const changed = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
    const after = { ...known, ...changed };
    // Whoever changes the duty number need not say again why everybody is asked.
    if ('mode' in changed || 'modeReason' in changed || 'modeUntil' in changed) demandModeTerm(after, dayOf(now));
    await tx.put(community, after);
  },
});

/** Everything that can be done to people, households and devices. */
export const mutations: readonly AnyMutation[] = [
  importRoster,
  giveRole,
  endRole,
  issueSlip,
  enrolDevice,
  endDevice,
  sayWho,
  grantCare,
  endGrant,
  setPresence,
  setGreeting,
  setGuardian,
  changeSettings,
];
