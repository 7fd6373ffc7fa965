import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { DAY_MS, dayOf, timeOn } from '../domain/day.ts';
import { registry } from '../pillars/registry.server.ts';
import { CAST } from './cast.ts';
import { checkInActs } from './check-ins.ts';
import { dutyActs } from './duty-acts.ts';
import { errandActs } from './errand-acts.ts';
import { followUpActs } from './follow-up-acts.ts';
import { noticeActs } from './notice-acts.ts';
import { observationActs } from './observation-acts.ts';
import { peopleActs } from './people-acts.ts';
import { roundActs } from './rounds.ts';
import { sweepActs } from './sweep-acts.ts';
import { makeTown } from './town.ts';

const NOW = timeOn('2026-11-22', '10:32');
const SEED = 7;

function everything(seed: number, now: number) {
  const town = makeTown(seed, dayOf(now));
  const { notices, receipts } = noticeActs(town, seed, now);
  const rounds = roundActs(town, seed, now).flat();
  const errands = errandActs(town, seed, now).flat();
  const checkIns = checkInActs(town, seed, now);
  const { start, answers } = sweepActs(town, seed, now);
  const care = [
    ...peopleActs(town, now),
    ...dutyActs(town, now),
    ...followUpActs(town, checkIns, now),
    ...observationActs(town, now),
  ];
  return { town, notices, receipts, rounds, errands, checkIns, care, sweep: [start, ...answers] };
}

const acts = (all: ReturnType<typeof everything>) =>
  [all.notices, all.receipts, all.rounds, all.errands, all.checkIns, all.care, all.sweep].flat();

describe('the rehearsal', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(everything(SEED, NOW)).toEqual(everything(SEED, NOW));
    expect(everything(SEED + 1, NOW).town.homes).not.toEqual(everything(SEED, NOW).town.homes);
  });

  it('keeps its doors, people and ids over the days', () => {
    const later = everything(SEED, NOW + 400 * DAY_MS).town;
    expect(later.communityId).toBe(everything(SEED, NOW).town.communityId);
    expect(later.homes).toEqual(everything(SEED, NOW).town.homes);
  });

  it.each([1, 7, 42, 2026])('is believable (seed %i)', (seed) => {
    const { town, notices, errands } = everything(seed, NOW);
    const people = town.homes.flatMap((home) => home.residents);
    const holders = (kind: string) => people.filter((who) => who.duties.some((duty) => duty.kind === kind)).length;
    const alone = town.homes.filter((home) => home.residents.some((who) => who.needs.includes('livesAlone')));
    expect(town.roster.buildings).toHaveLength(7);
    expect(town.homes).toHaveLength(517);
    expect(people.length).toBeGreaterThan(1_300);
    expect(people.length).toBeLessThan(1_500);
    expect(alone.length).toBeGreaterThan(35);
    expect(alone.length).toBeLessThan(75);
    expect([holders('volunteer'), holders('gridWorker'), holders('secretary'), holders('organiser')]).toEqual([
      40, 5, 1, 1,
    ]);
    expect(new Set(people.map((who) => who.id)).size).toBe(people.length);
    expect(notices).toHaveLength(30);
    expect(errands.filter((act) => act.order.name === 'errands.request')).toHaveLength(16);
  });

  it('has every door of its cast', () => {
    const doors = new Map(makeTown(SEED, dayOf(NOW)).homes.map((home) => [home.door, home]));
    for (const { door, persons } of CAST) {
      expect(doors.get(door)?.residents.map((who) => who.name)).toEqual(persons.map((one) => one.name));
    }
  });

  it('leaves some doors missing today, those of elder and family among them', () => {
    const { town, checkIns } = everything(SEED, NOW);
    const today = checkIns.filter((act) => (act.order.args as { day: string }).day === dayOf(NOW));
    const answered = new Set(today.map((act) => (act.order.args as { householdId: string }).householdId));
    const lived = town.homes.filter((home) => home.residents.some((who) => who.home));
    expect(answered.size / lived.length).toBeGreaterThan(0.82);
    expect(answered.size / lived.length).toBeLessThan(0.95);
    const waiting = town.homes.filter((home) => ['elder', 'family'].includes(home.cast?.key ?? ''));
    expect(waiting.map((home) => answered.has(home.id))).toEqual([false, false]);
  });

  it.each(['2026-11-22T00:03', '2026-11-22T05:40', '2026-11-22T10:32', '2026-11-22T23:50'])(
    'asks for nothing that a schema turns away, once each, and never ahead of time (%s)',
    (clock) => {
      const now = timeOn(clock.slice(0, 10), clock.slice(11));
      const all = everything(SEED, now);
      const roster = registry.mutations.get('people.importRoster');
      expect(v.safeParse(roster!.args, all.town.roster).issues).toBeUndefined();
      for (const { order } of acts(all)) {
        const mutation = registry.mutations.get(order.name);
        expect(mutation, order.name).toBeDefined();
        expect(v.safeParse(mutation!.args, order.args).issues, JSON.stringify(order)).toBeUndefined();
        expect(order.happenedAt).toBeLessThanOrEqual(now);
      }
      const ids = acts(all).map((act) => act.order.id);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
});
