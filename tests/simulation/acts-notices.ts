import { isStaffOf } from '../../src/domain/actor.ts';
import { DAY_MS } from '../../src/domain/day.ts';
import { building, household } from '../../src/people/schema.ts';
import { awaitingReceipt, mayPublish } from '../../src/pillars/notices/rules.ts';
import { categories, levels, notice, receipt } from '../../src/pillars/notices/schema.ts';
import type { PublishArgs } from '../../src/pillars/notices/args.ts';
import { anyHousehold, some, strays } from './acts-doing.ts';
import type { Doing, Recipes } from './acts-doing.ts';

/** How people come to tell, note and take back notices. */
export const noticeRecipes: Recipes = {
  'notices.publish': async (doing) => {
    const { reader, actor, now, chance, memory } = doing;
    const stray = strays(doing);
    const scopes = await audiences(doing);
    const mine = stray ? scopes : scopes.filter((scope) => mayPublish(actor, scope, now));
    const scope = some(chance, mine);
    if (scope === undefined) return undefined;
    const earlier = (await reader.all(notice)).filter(
      (told) => stray || (told.correctedBy == null && mayPublish(actor, told.scope, now)),
    );
    const corrects = chance.chance(0.25) ? some(chance, earlier)?.id : undefined;
    return {
      id: (stray && memory.any('notice', chance)) || memory.add('notice', chance.newId()),
      title: `通知${chance.whole(900) + 100}`,
      body: '请大家**互相转告**。',
      level: chance.pick(levels),
      category: chance.pick(categories),
      scope,
      needsReceipt: chance.chance(0.7),
      ...(chance.chance(0.2) && { pinnedUntil: now + DAY_MS }),
      ...(chance.chance(0.2) && { expiresAt: now + 2 * DAY_MS }),
      ...(chance.chance(0.2) && { translations: { en: { title: 'Notice', body: 'Tell your neighbours.' } } }),
      ...(corrects !== undefined && { corrects }),
    } satisfies PublishArgs;
  },

  'notices.acknowledge': async (doing) => {
    const { reader, actor, now, chance, memory } = doing;
    const told = await reader.all(notice);
    if (strays(doing)) {
      // Another door's, one that is not for this door, or one that has been noted.
      const noticeId = memory.any('notice', chance) ?? some(chance, told)?.id ?? chance.newId();
      return { noticeId, householdId: chance.chance(0.5) ? anyHousehold(doing) : (actor.households[0] ?? 'none') };
    }
    const householdId = actor.households[0];
    if (householdId === undefined) return undefined;
    const waiting = awaitingReceipt(told, await reader.list(receipt, 'householdId', householdId), now);
    const noted = some(chance, waiting);
    return noted && { noticeId: noted.id, householdId };
  },

  'notices.withdraw': async (doing) => {
    const { reader, actor, now, chance, memory } = doing;
    const told = await reader.all(notice);
    const mine = told.filter((one) => one.withdrawnAt == null && mayPublish(actor, one.scope, now));
    const noticeId = strays(doing) ? memory.any('notice', chance) : some(chance, mine)?.id;
    return noticeId === undefined ? undefined : { noticeId, reason: chance.pick(['不停了', '写错了时间']) };
  },
};

/** Whom one can tell something, as far as this phone knows of them. */
async function audiences({ reader, actor, now, chance }: Doing): Promise<readonly string[]> {
  const grids = new Set((await reader.all(household)).map((door) => door.grid));
  const buildings = (await reader.all(building)).map((one) => `building:${one.id}`);
  const unknown = chance.chance(0.05) ? ['building:none', 'grid:九格'] : [];
  const wide = isStaffOf(actor, now) ? ['community', 'community', 'public'] : ['community'];
  return [...wide, ...[...grids].map((grid) => `grid:${grid}`), ...buildings, ...unknown];
}
