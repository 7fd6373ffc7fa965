import { holdsRole, isStaffOf } from '../../src/domain/actor.ts';
import { MINUTE_MS } from '../../src/domain/day.ts';
import { person, role } from '../../src/people/schema.ts';
import { duty, ROBOT_KINDS } from '../../src/pillars/check-in/duty/schema.ts';
import type { Duty } from '../../src/pillars/check-in/duty/schema.ts';
import { anyPerson, some, strays } from './acts-doing.ts';
import type { Doing, Recipe, Recipes } from './acts-doing.ts';

const HOUR_MS = 60 * MINUTE_MS;

/** How shifts come to begin, end and go to the next. */
export const dutyRecipes: Recipes = {
  'checkIn.startDuty': async (doing) => {
    const { actor, now, chance } = doing;
    const stray = strays(doing);
    if (!stray && !isStaffOf(actor, now)) return undefined;
    const personId = stray ? anyPerson(doing) : await aColleague(doing);
    if (personId === undefined) return undefined;
    const grids = actor.roles.flatMap((held) => (held.kind === 'gridWorker' && held.grid ? [held.grid] : []));
    const grid = some(chance, grids);
    const hours = stray ? chance.pick([-1, 100, 8]) : chance.pick([1, 8, 24]);
    return { id: chance.newId(), personId, from: now, to: now + hours * HOUR_MS, ...(grid && { grid }) };
  },

  'checkIn.endDuty': async (doing) => {
    const shift = await aShift(doing);
    return shift && { dutyId: shift.id };
  },

  'checkIn.handOverDuty': async (doing) => {
    const { now, chance } = doing;
    const shift = await aShift(doing);
    const toPersonId = strays(doing) ? anyPerson(doing) : await aColleague(doing, shift?.personId);
    if (shift === undefined || toPersonId === undefined) return undefined;
    return { dutyId: shift.id, nextId: chance.newId(), toPersonId, to: now + 8 * HOUR_MS };
  },

  'checkIn.setRobot': (doing) => {
    const { actor, now, chance } = doing;
    if (!strays(doing) && !holdsRole(actor, 'secretary', now)) return Promise.resolve(undefined);
    const robot = { kind: chance.pick(ROBOT_KINDS), url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k' };
    return Promise.resolve(chance.chance(0.3) ? {} : { ...robot, kind: 'wecom' });
  },

  'checkIn.passOn': clockOnly((doing) => ({
    followUpId: `${anyPerson(doing)}/2026-11-22`,
    stageBefore: 'onDuty',
    stage: 'colleague',
    toPersonId: anyPerson(doing),
  })),
  'checkIn.robotTold': clockOnly((doing) => ({ followUpId: `${anyPerson(doing)}/2026-11-22`, at: doing.now })),
};

/** What belongs to the community's clock alone: now and then somebody tries it, and is refused. */
export function clockOnly(args: (doing: Doing) => object): Recipe {
  return (doing) => Promise.resolve(strays(doing) ? args(doing) : undefined);
}

/** Somebody at a desk, as far as this phone knows; oneself at least. @param but whoever it is not to be */
async function aColleague({ reader, actor, chance }: Doing, but?: string): Promise<string | undefined> {
  const held = await reader.all(role);
  const staff = held.filter((one) => one.kind === 'gridWorker' || one.kind === 'secretary').map((one) => one.personId);
  const known = new Set((await reader.all(person)).map((one) => one.id));
  const all = new Set([...staff.filter((id) => known.has(id)), ...(actor.personId ? [actor.personId] : [])]);
  return some(
    chance,
    [...all].filter((id) => id !== but),
  );
}

/** A shift that is running: one's own, or anybody's for who strays. */
async function aShift(doing: Doing): Promise<Duty | undefined> {
  const { reader, actor, now, chance } = doing;
  const running = (one: Duty) => one.endedAt == null && one.from <= now && now < one.to;
  const shifts = (await reader.all(duty)).filter(
    (one) => strays(doing) || (running(one) && (one.personId === actor.personId || holdsRole(actor, 'secretary', now))),
  );
  return some(chance, shifts);
}
