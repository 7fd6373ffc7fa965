import { isStaffOf } from '../../src/domain/actor.ts';
import { DAY_MS } from '../../src/domain/day.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { household } from '../../src/people/schema.ts';
import { covers, isClosedAt, mayLead } from '../../src/pillars/sweep/rules.ts';
import { FINDINGS, sweep, sweptDoor } from '../../src/pillars/sweep/schema.ts';
import type { AnswerArgs, CloseArgs, StartArgs } from '../../src/pillars/sweep/args.ts';
import type { Sweep } from '../../src/pillars/sweep/schema.ts';
import { anyHousehold, some, strays } from './acts-doing.ts';
import { clockOnly } from './acts-duty.ts';
import type { Doing, Recipes } from './acts-doing.ts';

/** How people come to start a sweep, knock at its doors, and close it. */
export const sweepRecipes: Recipes = {
  'sweep.start': async (doing) => {
    const { actor, now, chance, memory } = doing;
    const stray = strays(doing);
    if (!stray && !isStaffOf(actor, now)) return undefined;
    const grids = await gridsToSweep(doing);
    if (!stray && !mayLead(actor, grids, now)) return undefined;
    return {
      id: (stray && memory.any('sweep', chance)) || memory.add('sweep', chance.newId()),
      title: `排查${chance.whole(900) + 100}`,
      ...(chance.chance(0.5) && { question: '家里有没有人发热' }),
      grids,
      // Now and then one that is over before it begins, and one without end.
      deadline: now + (stray ? chance.pick([-DAY_MS, 60 * DAY_MS]) : (1 + chance.whole(3)) * DAY_MS),
    } satisfies StartArgs;
  },

  'sweep.answer': async (doing) => {
    const { reader, actor, now, chance, memory } = doing;
    const stray = strays(doing);
    const sweeps = (await reader.all(sweep)).filter((one) => stray || !isClosedAt(one, now));
    const asked = some(chance, sweeps);
    if (asked === undefined && !stray) return undefined;
    const doors = (await reader.all(household)).filter(
      (door) => stray || (isStaffOf(actor, now, door.grid) && asked !== undefined && covers(asked, door.grid)),
    );
    const isVolunteer = actor.roles.some((held) => held.kind === 'volunteer');
    const householdId = stray || (isVolunteer && chance.chance(0.5)) ? anyHousehold(doing) : some(chance, doors)?.id;
    const sweepId = asked?.id ?? memory.any('sweep', chance);
    if (householdId === undefined || sweepId === undefined) return undefined;
    const before = await reader.get(sweptDoor, `${sweepId}/${householdId}`);
    const own = (before?.findings ?? []).filter((one) => stray || one.by === actor.personId);
    const instead = chance.chance(0.4) ? some(chance, own)?.actId : undefined;
    return {
      sweepId,
      householdId,
      finding: chance.pick(FINDINGS),
      ...(chance.chance(0.3) && { people: chance.whole(6) }),
      ...(asked?.question && chance.chance(0.5) && { yes: chance.chance(0.2) }),
      ...(chance.chance(0.2) && { note: '晚上再来' }),
      ...(instead !== undefined && { instead }),
    } satisfies AnswerArgs;
  },

  // Nobody comes to it but the community's clock: whoever tries is refused.
  'sweep.forget': clockOnly((doing) => ({
    doorIds: [`${doing.memory.any('sweep', doing.chance) ?? 'none'}/${anyHousehold(doing)}`],
  })),

  'sweep.close': async (doing) => {
    const { reader, actor, now, chance, memory } = doing;
    const open = (await reader.all(sweep)).filter((one) => one.closedAt == null && mayClose(actor, one, now));
    const sweepId = strays(doing) ? memory.any('sweep', chance) : some(chance, open)?.id;
    return sweepId === undefined ? undefined : ({ sweepId } satisfies CloseArgs);
  },
};

/** The whole community, or one grid, as far as this phone knows of them. */
async function gridsToSweep({ reader, actor, chance }: Doing): Promise<string[]> {
  const own = actor.roles.flatMap((held) => (held.kind === 'gridWorker' ? (held.grid ?? []) : []));
  if (own.length > 0 && chance.chance(0.8)) return own;
  const grids = [...new Set((await reader.all(household)).map((door) => door.grid))];
  return chance.chance(0.5) ? [] : grids.filter(() => chance.chance(0.5));
}

function mayClose(actor: Actor, one: Sweep, now: number): boolean {
  return isStaffOf(actor, now) && mayLead(actor, one.grids, now);
}
